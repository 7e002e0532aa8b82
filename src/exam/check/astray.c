// astray: which step of a wrong answer goes astray first: each CTE and subquery run alone on the
// rows of the counterexample, and the place where one change would make the answer right.
// The change itself is left to the candidate.
#include "base/buf.h"
#include "exam/check/check.h"
#include "exam/private.h"

enum { STEPS_SAID = 6 };

// --- The steps ---

static ExamStep step_of(Arena *a, const Examinee *x, const SqlStep *s, const SqlProgram *p,
                        QueryResult *r)
{
    ExamStep out = {.name = str_copy(a, s->name), .line = s->line, .whole = s->whole};
    if (r->error.kind != ERROR_NONE) {
        out.fault = str_copy(a, str_from(r->error.text));
        return out;
    }
    exam_names(p, r);
    exam_types(a, x->w, p, r);
    out.table = table_copy(a, &r->table);
    return out;
}

static bool run_steps(Check *c, const SqlSteps *steps, Str image, Error *err)
{
    Arena scratch = {0};
    Verdict *v = c->v;
    SqlHome home = {.dialect = c->answer->dialect, .ambient = c->ambient};
    bool ok = true;
    v->steps = arena_array(c->a, ExamStep, steps->len);
    for (size_t i = 0; ok && i < steps->len; i++) {
        SqlProgram p;
        QueryResult r = {0};
        const SqlStep *s = &steps->at[i];
        if (exam_compile(&scratch, c->x.spec->warehouse, s->sql, &home, &p, &r.error))
            ok = run_on(&c->x, &scratch, (Run){image, &p, &EXAM_TINY}, &r, err);
        if (ok) v->steps[v->step_count++] = step_of(c->a, &c->x, s, &p, &r);
    }
    arena_free(&scratch);
    return ok;
}

// --- In words ---

static Str step_words(Arena *a, const ExamStep *s)
{
    if (s->whole) return S("the whole query");
    return str_fmt(a, STR_FMT " (line %d)", STR_ARG(s->name), s->line);
}

// A line alone says nothing of a query in one line.
static Str place_words(Arena *a, const Check *c, const Mutant *m)
{
    size_t at;
    bool lines = str_find(str_trim(c->answer->sql), S("\n"), &at);
    if (lines) return str_fmt(a, "on line %d", m->line);
    return str_fmt(a, "at line %d, column %d", m->line, m->column);
}

static Str say_change(Arena *a, const Check *c, const Repaired *r, const SqlSteps *steps)
{
    const ExamStep *s = &c->v->steps[repair_step(steps, r->change)];
    Str where = place_words(a, c, r->change);
    if (!s->whole) {
        where = str_fmt(a, "in " STR_FMT " (%zu row%s here), " STR_FMT ",", STR_ARG(s->name),
                        s->table.rows, s->table.rows == 1 ? "" : "s", STR_ARG(where));
    }
    return str_fmt(a,
                   "With one change " STR_FMT " your answer would agree with the reference on all "
                   "%zu databases it was tried on.",
                   STR_ARG(where), r->met);
}

// A table that has rows here is named in the step.
static bool reads_rows(const Verdict *v, const SqlStep *step)
{
    for (size_t i = 0; i < v->counterexample.table_count; i++) {
        if (focus_names(step->sql, v->counterexample.tables[i].name)) return true;
    }
    return false;
}

// Where the last rows are lost: the first step without any that was given some.
static Str say_empty(Arena *a, const SqlSteps *steps, const Verdict *v)
{
    bool all = true; // before it
    for (size_t i = 0; i < v->step_count; i++) {
        bool empty = !v->steps[i].table.rows && !v->steps[i].fault.len;
        bool whole = v->steps[i].whole;
        all = all && (!empty || whole);
        if (!empty || !reads_rows(v, &steps->at[i])) continue;
        if (whole)
            return all ? S("Each step has rows here; only the whole query has none.") : S("");
        return str_fmt(a, "The rows are lost early: " STR_FMT " has none here.",
                       STR_ARG(step_words(a, &v->steps[i])));
    }
    return (Str){0};
}

static Str say_counts(Arena *a, const Verdict *v)
{
    Buf b = buf_new(a);
    if (v->step_count > STEPS_SAID) return (Str){0};
    for (size_t i = 0; i < v->step_count; i++) {
        const ExamStep *s = &v->steps[i];
        if (s->fault.len) return (Str){0};
        buf_add(&b, i ? S(", ") : S("Rows here: "));
        buf_fmt(&b, STR_FMT " %zu", STR_ARG(step_words(a, s)), s->table.rows);
    }
    buf_fmt(&b, "; expected %zu.", v->counterexample.expected.rows);
    return buf_str(&b);
}

static Str say(Arena *a, const Check *c, const Repaired *r, const SqlSteps *steps)
{
    const Verdict *v = c->v;
    size_t expected = v->counterexample.expected.rows, actual = v->counterexample.actual.rows;
    if (r->change) return say_change(a, c, r, steps);
    if (v->step_count < 2 || expected == actual) return (Str){0};
    return actual == 0 ? say_empty(a, steps, v) : say_counts(a, v);
}

static bool look_at(Check *c, Arena *a, const SqlSteps *steps, const Data *shown, Error *err)
{
    Repaired repaired;
    RepairAsk ask = {.steps = steps, .expected = &c->v->counterexample.expected};
    ask.image = warehouse_image(a, c->x.w, shown);
    if (!run_steps(c, steps, ask.image, err)) return false;
    if (!check_repair(c, a, &ask, &repaired, err)) return false;
    c->v->astray = str_copy(c->a, say(a, c, &repaired, steps));
    return true;
}

bool check_astray(Check *c, const Data *shown, Error *err)
{
    Arena scratch = {0};
    SqlScript script;
    Error none;
    const ExamSpec *spec = c->x.spec;
    bool ok = true;
    if (!spec->load.len &&
        sql_parse(&scratch, c->answer->sql, c->answer->dialect, &script, &none)) {
        SqlSchema schema = exam_schema(&scratch, spec->warehouse);
        SqlSteps steps = sql_steps(&scratch, &script, &schema);
        if (steps.len) ok = look_at(c, &scratch, &steps, shown, err);
    }
    arena_free(&scratch);
    return ok;
}
