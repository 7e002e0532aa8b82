// case: one of a drill's databases, with what the reference gives on it.
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/private.h"
#include "exam/run.h"

// A case that cannot be made, or on which the reference fails, is left out; greenroom's own faults
// are not.
bool case_give_up(Paper *s, Case *c, const Error *why, Error *err)
{
    if (why->kind == ERROR_INTERNAL || why->kind == ERROR_ENVIRONMENT) {
        *err = *why;
        return false;
    }
    c->state = CASE_VOID;
    s->void_count++;
    s->fault = *why;
    return true;
}

// --- What a database may cost ---

// Of a query that joins a table with itself many times a database of a few dozen rows can cost as
// much as all the others together, and every mutant as much again: such a one is left out. What the
// query needs on hardly any rows, for a calendar that it makes, is its own.
enum { STEPS_MOST = 300 * 1000, TIMES_FIRST = 8, FIRST_CASES = 5, FEW_ROWS = 4 };

static bool first_steps(Examinee *x, Paper *s, int64_t *out, Error *err)
{
    *out = 0;
    for (size_t i = 0; i < FIRST_CASES && i < s->planned; i++) {
        Case *c = &s->cases[i];
        if (!case_make(x, s, c, err)) return false;
        if (c->state == CASE_READY && c->steps > *out) *out = c->steps;
    }
    return true;
}

static bool is_small(const Case *c)
{
    return data_rows(&c->data) <= FEW_ROWS;
}

// Asked before any case is made but the first ones.
static bool find_cost(Examinee *x, Paper *s, Error *err)
{
    int64_t first;
    if (s->steps_most || !s->planned || s->spec->load.len) return true;
    s->steps_most = EXAM_TINY.steps; // of the first ones themselves
    if (!first_steps(x, s, &first, err)) return false;
    int64_t most = STEPS_MOST + TIMES_FIRST * first;
    if (most < s->steps_most) s->steps_most = most;
    return true;
}

static QueryLimits limits_of(const Paper *s, const Case *c)
{
    QueryLimits l = EXAM_TINY;
    if (s->steps_most && !is_small(c)) l.steps = s->steps_most;
    return l;
}

// Whether it is only that the database costs too much.
static bool is_dear(const Paper *s, const Case *c, const QueryResult *r)
{
    return error_is_limit(r->error.kind) && s->steps_most && !is_small(c);
}

// What the reference gave on the case's image.
static bool conclude(Paper *s, Case *c, QueryResult *r, Error *err)
{
    Str after;
    if (r->error.kind == ERROR_NONE && s->spec->load.len && !load_agrees(&r->table, &after)) {
        error_set(&r->error, ERROR_INPUT,
                  "It leaves other tables after " STR_FMT " than it should.", STR_ARG(after));
    }
    if (is_dear(s, c, r)) {
        c->state = CASE_VOID;
        s->fault = r->error;
        return true;
    }
    if (r->error.kind != ERROR_NONE) return case_give_up(s, c, &r->error, err);
    c->expected = r->table;
    c->steps = r->steps;
    c->state = CASE_READY;
    return true;
}

bool case_run(Examinee *x, Paper *s, Case *c, const QueryLimits *limits, Error *err)
{
    QueryResult r;
    c->image = warehouse_image(&s->arena, &s->w, &c->data);
    Run run = {c->image, &s->program, limits};
    return run_on(x, &s->arena, run, &r, err) && conclude(s, c, &r, err);
}

// To a dialect without case 'C' and 'c' are one value, and which of the two a group shows is
// chance: so a database holds one of them.
static bool one_case(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    DataJudge judge = exam_judge(x->q);
    bool folds = sql_rules(s->dialect)->text_folds_case;
    if (!*made || !folds || !data_one_case(&c->data)) return true;
    return witness_holds(&s->w, &c->data, &judge, made, err);
}

// The rows of a new case. *made: they are there; else it is given up.
static bool fill_case(Examinee *x, Paper *s, Case *c, bool *made, Error *err)
{
    Error why;
    if (!case_data(x, s, c, made, &why) || !one_case(x, s, c, made, &why)) {
        *made = false;
        return case_give_up(s, c, &why, err);
    }
    if (!*made) c->state = CASE_VOID;
    return true;
}

bool case_make(Examinee *x, Paper *s, Case *c, Error *err)
{
    bool made;
    if (!find_cost(x, s, err)) return false;
    if (c->state != CASE_NEW) return true;
    if (!fill_case(x, s, c, &made, err)) return false;
    if (!made) return true;
    QueryLimits limits = limits_of(s, c);
    return case_run(x, s, c, &limits, err);
}

// Whether it is made without a look at what the reference gives on others.
static bool stands_alone(const Case *c)
{
    return c->state == CASE_NEW &&
           (c->recipe.kind == RECIPE_TINY || c->recipe.kind == RECIPE_WITNESS ||
            c->recipe.kind == RECIPE_CHASED);
}

bool cases_make(Examinee *x, Paper *s, Case *cases, size_t count, Error *err)
{
    Arena scratch = {0};
    Case **who = arena_array(&scratch, Case *, count);
    Str *images = arena_array(&scratch, Str, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    size_t n = 0;
    bool ok = find_cost(x, s, err);
    for (size_t i = 0; ok && i < count; i++) {
        bool made = false;
        if (!stands_alone(&cases[i])) continue;
        ok = fill_case(x, s, &cases[i], &made, err);
        if (!ok || !made) continue;
        cases[i].image = images[n] = warehouse_image(&s->arena, &s->w, &cases[i].data);
        who[n++] = &cases[i];
    }
    const Case *large = n ? who[0] : NULL;
    for (size_t i = 1; i < n; i++) {
        if (data_rows(&who[i]->data) > data_rows(&large->data)) large = who[i];
    }
    QueryLimits limits = large ? limits_of(s, large) : EXAM_TINY;
    RunEach run = {&s->program, images, n, &limits};
    ok = ok && run_each(x, &s->arena, run, results, err);
    for (size_t i = 0; ok && i < n; i++) ok = conclude(s, who[i], &results[i], err);
    for (size_t i = 0; ok && i < count; i++) ok = case_make(x, s, &cases[i], err);
    arena_free(&scratch);
    return ok;
}
