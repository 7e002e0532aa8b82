// case: one of a drill's databases, with what the reference gives on it.
#include "exam/private.h"

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

// What the reference gave on the case's image.
static bool conclude(Paper *s, Case *c, QueryResult *r, Error *err)
{
    Str after;
    if (r->error.kind == ERROR_NONE && s->spec->load.len && !load_agrees(&r->table, &after)) {
        error_set(&r->error, ERROR_INPUT,
                  "It leaves other tables after " STR_FMT " than it should.", STR_ARG(after));
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
    if (c->state != CASE_NEW) return true;
    if (!fill_case(x, s, c, &made, err)) return false;
    return !made || case_run(x, s, c, &EXAM_TINY, err);
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
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        bool made = false;
        if (!stands_alone(&cases[i])) continue;
        ok = fill_case(x, s, &cases[i], &made, err);
        if (!ok || !made) continue;
        cases[i].image = images[n] = warehouse_image(&s->arena, &s->w, &cases[i].data);
        who[n++] = &cases[i];
    }
    RunEach run = {&s->program, images, n, &EXAM_TINY};
    ok = ok && run_each(x, &s->arena, run, results, err);
    for (size_t i = 0; ok && i < n; i++) ok = conclude(s, who[i], &results[i], err);
    for (size_t i = 0; ok && i < count; i++) ok = case_make(x, s, &cases[i], err);
    arena_free(&scratch);
    return ok;
}
