// refute: a wrong answer's verdict: the smallest database that shows it, and in words what differs.
#include "exam/check/check.h"
#include "exam/mutate/rivals.h"
#include "exam/shrink/shrink.h"

static Str size_words(Arena *a, const Counterexample *e)
{
    if (e->diff.kind == COMPARE_COLUMNS) return (Str){0}; // no database is needed to see it
    if (e->rows == 0) return S(" The empty database shows it already.");
    return str_fmt(a, " The smallest database that shows it has %zu row%s.", e->rows,
                   e->rows == 1 ? "" : "s");
}

static bool ends_in_order(const ExamAnswer *answer)
{
    Arena scratch = {0};
    SqlScript script;
    Error none;
    bool ordered = true; // whatever is not understood
    if (sql_parse(&scratch, answer->sql, answer->dialect, &script, &none) && script.root->count) {
        const SqlNode *last = script.root->child[script.root->count - 1];
        ordered = last->kind != NODE_QUERY || last->child[QUERY_ORDER];
    }
    arena_free(&scratch);
    return ordered;
}

// How an answer is wrong that gives what is expected only as the rows happen to lie.
static const char *by_luck(const Check *c, const Counterexample *e)
{
    if (e->diff.kind == COMPARE_ORDER && !ends_in_order(c->answer))
        return "nondeterministic: an order is asked for and your query does not end in ORDER BY, "
               "so "
               "its rows may come in any.";
    return c->x.lucky ? "nondeterministic: rows tie in your order, and nothing says which comes "
                        "first; this is what it may show on another day."
                      : "nondeterministic: nothing in your query says which of several rows comes "
                        "first; one way it is right, and this is another.";
}

bool check_refute(Check *c, Error *err)
{
    Verdict *v = c->v;
    Data small;
    v->kind = VERDICT_WRONG;
    v->why = S("Your answer differs.");
    if (!check_fewest(c, &small, err)) return false;
    if (!proof_make(&c->x, c->a, &small, &v->counterexample, &v->has_counterexample, err)) {
        return false;
    }
    if (!v->has_counterexample) {
        v->counterexample = (Counterexample){0};
        return true;
    }
    const Counterexample *e = &v->counterexample;
    bool alike = !e->unstable && e->diff.kind != COMPARE_COLUMNS;
    if (alike && !diagnose(&c->x, c->paper, c->answer, &small, &v->diagnosis, err)) return false;
    v->diagnosis = str_copy(c->a, v->diagnosis);
    if (alike && !check_astray(c, &small, err)) return false;
    Str size = size_words(c->a, e);
    const char *how = e->unstable ? by_luck(c, e) : "Your answer differs.";
    v->why = str_fmt(c->a, "%s " STR_FMT STR_FMT, how, STR_ARG(e->diff.why), STR_ARG(size));
    return true;
}

// It runs, also on the visible data, but not on rows that may come: that is wrong, not unable to
// run.
static void call_wrong(Check *c)
{
    Verdict *v = c->v;
    Str size = size_words(c->a, &v->counterexample), place = {0};
    if (v->error.line)
        place = str_fmt(c->a, " (line %d, column %d)", v->error.line, v->error.column);
    v->why = str_fmt(c->a, "Your answer stops on rows that may come" STR_FMT ": %s" STR_FMT,
                     STR_ARG(place), v->error.text, STR_ARG(size));
    v->kind = VERDICT_WRONG;
    v->error = (Error){0};
}

// An answer that runs and stops on rows that may come: the fewest of them.
bool check_show_failure(Check *c, Error *err)
{
    Verdict *v = c->v;
    Data few, small;
    c->x.fails = true;
    if (!shrink_rows(&c->x, &c->scratch, c->failed, &few, err)) return false;
    if (!simplify_values(&c->x, &c->scratch, &few, &small, err)) return false;
    if (!proof_make(&c->x, c->a, &small, &v->counterexample, &v->has_counterexample, err)) {
        return false;
    }
    if (!v->has_counterexample) {
        v->counterexample = (Counterexample){0};
    } else if (v->error.kind == ERROR_RUNTIME) {
        call_wrong(c);
    }
    return true;
}
