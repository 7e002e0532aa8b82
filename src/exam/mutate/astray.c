// astray: which step of a wrong answer goes astray first: each CTE and subquery run alone on the
// rows of the counterexample, and the place where one change would make the answer right.
//
// The changes are those of mutate, made to the answer instead of the reference. Whoever gives what
// is expected on the counterexample meets the drill's databases, and whoever differs once is out:
// so what is said of the place is what the databases say. Two queries that give nothing agree, too,
// which says little: rows must have been expected often enough. The change itself is left to the
// candidate.
#include "base/buf.h"
#include "base/vec.h"
#include "exam/mutate/mutants.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/private.h"
#include "exam/run.h"

enum { DATABASES_MOST = 120, STEPS_SAID = 6 };

// Of some 700 wrong answers whose mistake is known, a change that passes this stands where the
// mistake is in 97 of 100 cases; one that only agrees in 93.
enum { MENDED_LEAST = 2, FULL_LEAST = 6, FULL_ALONE = 12 };

typedef struct {
    Mutant *mutant;
    SqlProgram program;
    size_t full;   // databases where rows are expected
    size_t mended; // those of them where the answer gives others
} Change;

typedef struct {
    Examinee *x;
    Paper *paper;
    const ExamAnswer *answer;
    SqlHome home;
    Arena *scratch;
    VEC(Change) left; // changes that agree everywhere so far
    size_t met;       // databases
} Repair;

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

static bool run_steps(Examinee *x, Arena *a, const SqlSteps *steps, const SqlHome *home, Str image,
                      Verdict *v, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    v->steps = arena_array(a, ExamStep, steps->len);
    for (size_t i = 0; ok && i < steps->len; i++) {
        SqlProgram p;
        QueryResult r = {0};
        const SqlStep *s = &steps->at[i];
        if (exam_compile(&scratch, x->spec->warehouse, s->sql, home, &p, &r.error))
            ok = run_on(x, &scratch, (Run){image, &p, &EXAM_TINY}, &r, err);
        if (ok) v->steps[v->step_count++] = step_of(a, x, s, &p, &r);
    }
    arena_free(&scratch);
    return ok;
}

// --- One change that makes it right ---

static bool agrees(const Repair *p, Arena *a, const Table *expected, const QueryResult *r)
{
    return r->error.kind == ERROR_NONE &&
           run_compare(p->x, a, expected, &r->table).kind == COMPARE_SAME;
}

// Of those who are left, those who give what is expected. `c`: the case it is, which decides only
// where the reference is stable; NULL = it is.
static bool meet(Repair *p, Str image, const Table *expected, Case *c, Error *err)
{
    Arena scratch = {0};
    size_t count = p->left.len, n = 0;
    Change *same = arena_array(&scratch, Change, count);
    const SqlProgram **programs = arena_array(&scratch, const SqlProgram *, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count), own;
    for (size_t i = 0; i < count; i++) programs[i] = &p->left.at[i].program;
    bool ok = run_on(p->x, &scratch, (Run){image, p->x->answer, &EXAM_TINY}, &own, err);
    QueryLimits limits = run_near(own.steps);
    ok = ok &&
         run_many(p->x, &scratch, (RunMany){image, programs, count, &limits, NULL}, results, err);
    bool wrong = ok && expected->rows && !agrees(p, &scratch, expected, &own);
    for (size_t i = 0; ok && i < count; i++) {
        if (!agrees(p, &scratch, expected, &results[i])) continue;
        same[n] = p->left.at[i];
        same[n].full += expected->rows > 0;
        same[n++].mended += wrong;
    }
    bool stable = true;
    if (ok && n < count && c) ok = case_is_stable(p->x, c, &stable, err);
    if (ok && stable) {
        for (size_t i = 0; i < n; i++) p->left.at[i] = same[i];
        p->left.len = n;
        p->met++;
    }
    arena_free(&scratch);
    return ok;
}

static bool meet_case(Repair *p, Case *c, Error *err)
{
    if (!case_make(p->x, p->paper, c, err)) return false;
    return c->state != CASE_READY || meet(p, c->image, &c->expected, c, err);
}

static void read_changes(Repair *p)
{
    const ExamSpec *spec = p->x->spec;
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants all = mutants_find(p->scratch, p->answer->sql, p->answer->dialect, ordered);
    for (size_t i = 0; i < all.len; i++) {
        Error none;
        Change c = {.mutant = &all.at[i]};
        if (exam_compile(p->scratch, spec->warehouse, c.mutant->sql, &p->home, &c.program, &none))
            *vec_push(p->scratch, &p->left) = c;
    }
}

// Those that have shown rows often enough; the only one needs not have mended as often.
static void keep_telling(Repair *p)
{
    size_t n = 0;
    bool alone = p->left.len == 1;
    for (size_t i = 0; i < p->left.len; i++) {
        const Change *c = &p->left.at[i];
        bool mends = c->mended >= MENDED_LEAST && c->full >= FULL_LEAST;
        if (mends || (alone && c->full >= FULL_ALONE)) p->left.at[n++] = *c;
    }
    p->left.len = n;
}

static bool repair(Repair *p, Str image, const Table *expected, Error *err)
{
    read_changes(p);
    if (!meet(p, image, expected, NULL, err)) return false;
    Paper *s = p->paper;
    for (size_t i = 0; p->left.len && i < s->count && i < DATABASES_MOST; i++) {
        if (!meet_case(p, &s->cases[i], err)) return false;
    }
    keep_telling(p);
    return true;
}

// --- In words ---

// The innermost step with that byte in it.
static size_t step_at(const SqlSteps *steps, size_t at)
{
    size_t best = steps->len - 1;
    for (size_t i = 0; i < steps->len; i++) {
        const SqlStep *s = &steps->at[i], *b = &steps->at[best];
        if (at >= s->at && at < s->end && s->end - s->at < b->end - b->at) best = i;
    }
    return best;
}

static Str step_words(Arena *a, const ExamStep *s)
{
    if (s->whole) return S("the whole query");
    return str_fmt(a, STR_FMT " (line %d)", STR_ARG(s->name), s->line);
}

// A line alone says nothing of a query in one line.
static Str place_words(Arena *a, const Repair *p, const Mutant *m)
{
    size_t at;
    bool lines = str_find(str_trim(p->answer->sql), S("\n"), &at);
    if (lines) return str_fmt(a, "on line %d", m->line);
    return str_fmt(a, "at line %d, column %d", m->line, m->column);
}

static Str say_change(Arena *a, const Repair *p, const SqlSteps *steps, const Verdict *v)
{
    size_t first = SIZE_MAX;
    const Mutant *m = NULL;
    for (size_t i = 0; i < p->left.len; i++) {
        size_t step = step_at(steps, p->left.at[i].mutant->at);
        if (step >= first) continue;
        first = step;
        m = p->left.at[i].mutant;
    }
    const ExamStep *s = &v->steps[first];
    Str where = place_words(a, p, m);
    if (!s->whole) {
        where = str_fmt(a, "in " STR_FMT " (%zu row%s here), " STR_FMT ",", STR_ARG(s->name),
                        s->table.rows, s->table.rows == 1 ? "" : "s", STR_ARG(where));
    }
    return str_fmt(a,
                   "With one change " STR_FMT " your answer would agree with the reference on all "
                   "%zu databases it was tried on.",
                   STR_ARG(where), p->met);
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

static Str say(Arena *a, const Repair *p, const SqlSteps *steps, const Verdict *v)
{
    size_t expected = v->counterexample.expected.rows, actual = v->counterexample.actual.rows;
    if (p->left.len) return say_change(a, p, steps, v);
    if (v->step_count < 2 || expected == actual) return (Str){0};
    return actual == 0 ? say_empty(a, steps, v) : say_counts(a, v);
}

bool astray(Examinee *x, Arena *a, Paper *paper, const ExamAnswer *answer, const Data *shown,
            Verdict *v, Error *err)
{
    Arena scratch = {0};
    SqlScript script;
    Error none;
    Repair p = {.x = x, .paper = paper, .answer = answer, .scratch = &scratch};
    p.home = (SqlHome){.dialect = answer->dialect, .ambient = x->spec->dialect};
    bool ok = true;
    if (!x->spec->load.len && sql_parse(&scratch, answer->sql, answer->dialect, &script, &none)) {
        SqlSchema schema = exam_schema(&scratch, x->spec->warehouse);
        SqlSteps steps = sql_steps(&scratch, &script, &schema);
        Str image = warehouse_image(&scratch, x->w, shown);
        if (steps.len) {
            ok = run_steps(x, a, &steps, &p.home, image, v, err) &&
                 repair(&p, image, &v->counterexample.expected, err);
            if (ok) v->astray = str_copy(a, say(&scratch, &p, &steps, v));
        }
    }
    arena_free(&scratch);
    return ok;
}
