// verdict: the names of verdicts, and the object that `check --json` prints.
#include "exam/exam.h"
#include "exam/mutate/rivals.h"
#include <assert.h>

static const char *const names[] = {
    [VERDICT_RIGHT] = "right",
    [VERDICT_WRONG] = "wrong",
    [VERDICT_ERROR] = "error",
    [VERDICT_LIMIT] = "limit",
};
static_assert(sizeof names / sizeof *names == VERDICT_COUNT_, "name every verdict");

const char *verdict_name(VerdictKind k)
{
    return names[k];
}

static void open_object(Json *j, const char *key)
{
    json_key(j, str_from(key));
    json_begin_object(j);
}

static void table_member(Json *j, Str key, const Table *t)
{
    json_key(j, key);
    json_begin_object(j);
    table_json(j, t);
    json_end_object(j);
}

static void databases(Json *j, const Verdict *v)
{
    if (!v->tried && !v->dropped) return;
    open_object(j, "databases");
    json_pair_int(j, "tried", (int64_t)v->tried);
    json_pair_int(j, "agreed", (int64_t)v->agreed);
    if (v->dropped) json_pair_int(j, "dropped", (int64_t)v->dropped);
    json_end_object(j);
}

static void script(Json *j, const Counterexample *c)
{
    open_object(j, "sql");
    json_pair_str(j, "setup", c->setup);
    json_pair_str(j, "expected", c->expected_sql);
    json_pair_str(j, "actual", c->actual_sql);
    json_end_object(j);
    json_pair_str(j, "replay", c->functions.len ? S("greenroom") : S("plain"));
    if (!c->functions.len) return;
    json_key(j, S("functions"));
    json_begin_array(j);
    for (size_t i = 0; i < c->functions.len; i++) json_str(j, c->functions.at[i]);
    json_end_array(j);
}

Str exam_script(Arena *a, const Counterexample *c)
{
    Buf b = buf_new(a);
    if (c->functions.len) buf_add(&b, S("-- needs greenroom's own functions:"));
    for (size_t i = 0; i < c->functions.len; i++)
        buf_fmt(&b, " " STR_FMT, STR_ARG(c->functions.at[i]));
    if (c->functions.len) buf_char(&b, '\n');
    buf_fmt(&b, STR_FMT "\n-- expected\n" STR_FMT "\n;\n-- yours\n" STR_FMT "\n;\n",
            STR_ARG(str_trim(c->setup)), STR_ARG(str_trim(c->expected_sql)),
            STR_ARG(str_trim(c->actual_sql)));
    return buf_str(&b);
}

void counterexample_json(Json *j, const Counterexample *c)
{
    json_begin_object(j);
    json_pair_int(j, "rows", (int64_t)c->rows);
    open_object(j, "tables");
    for (size_t i = 0; i < c->table_count; i++) {
        table_member(j, c->tables[i].name, &c->tables[i].table);
    }
    json_end_object(j);
    table_member(j, S("expected"), &c->expected);
    if (c->actual.width) table_member(j, S("actual"), &c->actual);
    if (c->unstable) table_member(j, S("actual_reordered"), &c->again);
    script(j, c);
    json_end_object(j);
}

static void steps(Json *j, const Verdict *v)
{
    if (v->astray.len) json_pair_str(j, "astray", v->astray);
    if (v->step_count < 2) return; // the whole alone is `actual`
    json_key(j, S("steps"));
    json_begin_array(j);
    for (size_t i = 0; i < v->step_count; i++) {
        const ExamStep *s = &v->steps[i];
        json_begin_object(j);
        json_pair_str(j, "name", s->name);
        json_pair_int(j, "line", s->line);
        if (s->fault.len) {
            json_pair_str(j, "error", s->fault);
        } else {
            table_json(j, &s->table);
        }
        json_end_object(j);
    }
    json_end_array(j);
}

static void place(Json *j, int line, int column)
{
    if (line <= 0) return;
    json_pair_int(j, "line", line);
    json_pair_int(j, "column", column);
}

static void error(Json *j, const Error *e)
{
    open_object(j, "error");
    json_pair_str(j, "kind", str_from(error_kind_name(e->kind)));
    place(j, e->line, e->column);
    json_pair_str(j, "message", str_from(e->text));
    json_end_object(j);
}

static void review(Json *j, const Verdict *v)
{
    if (!v->review_count) return;
    json_key(j, S("review"));
    json_begin_array(j);
    for (size_t i = 0; i < v->review_count; i++) {
        json_begin_object(j);
        json_pair_str(j, "rule", v->review[i].rule);
        place(j, v->review[i].line, v->review[i].column);
        json_pair_str(j, "message", v->review[i].message);
        json_end_object(j);
    }
    json_end_array(j);
}

void verdict_json(Json *j, const Verdict *v)
{
    json_pair_str(j, "verdict", str_from(verdict_name(v->kind)));
    json_pair_str(j, "why", v->why);
    if (v->diagnosis.len) json_pair_str(j, "diagnosis", v->diagnosis);
    if (v->assumed.len) {
        json_key(j, S("assumed"));
        json_begin_array(j);
        for (size_t i = 0; i < v->assumed.len; i++) json_str(j, v->assumed.at[i]);
        json_end_array(j);
    }
    json_pair_str(j, "dialect", str_from(dialect_name(v->dialect)));
    databases(j, v);
    if (v->has_counterexample) {
        json_key(j, S("counterexample"));
        counterexample_json(j, &v->counterexample);
    }
    steps(j, v);
    if (v->kind == VERDICT_ERROR) error(j, &v->error);
    if (v->kind == VERDICT_LIMIT) {
        json_pair_str(j, "limit", str_from(error_kind_name(v->error.kind)));
    }
    review(j, v);
    json_pair_int(j, "elapsed_ms", (int64_t)(v->elapsed_ms + 0.5));
}
