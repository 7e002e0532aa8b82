// weigh: what one database says of an answer, and many of them, one after the other.
#include "exam/check/check.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"

enum {
    SLOW_FROM = 9, // rows
    SLOW_MOST = 12,
    TOGETHER_MOST = 8, // databases
};

// --- Verdicts that are not about rows ---

void check_refuse(Check *c, const Error *why)
{
    Verdict *v = c->v;
    v->kind = error_is_limit(why->kind) ? VERDICT_LIMIT : VERDICT_ERROR;
    v->error = *why;
    v->why = str_copy(c->a, str_from(v->error.text));
    c->decided = true;
}

void check_fail(Check *c, QueryResult *r)
{
    exam_place(&c->program, c->answer->sql, r);
    check_refuse(c, &r->error);
}

void check_note(Check *c, Str rule, Str message)
{
    *vec_push(c->a, &c->notes) = (ReviewNote){.rule = rule, .message = message};
}

bool check_blame(const ExamSpec *spec, const Error *why, Error *err)
{
    return error_at(err, why->kind, spec->answer_at.file, spec->answer_at.line,
                    spec->answer_at.column, "The reference answer does not run: %s", why->text);
}

// --- One database ---

bool check_is_open(const Check *c)
{
    return !c->decided && !c->found;
}

// A difference counts where the reference gives the same in any order of the rows.
bool check_weigh(Check *c, Case *k, const Table *actual, Error *err)
{
    Arena scratch = {0};
    bool same = run_compare(&c->x, &scratch, &k->expected, actual).kind == COMPARE_SAME;
    arena_free(&scratch);
    c->v->tried++;
    if (same) {
        c->v->agreed++;
        return true;
    }
    bool stable;
    if (!case_is_stable(&c->x, k, &stable, err)) return false;
    if (stable) {
        c->found = &k->data;
    } else {
        c->v->tried--;
        c->v->dropped++;
    }
    return true;
}

// An answer may compare all rows with all others and be right: a few databases, the larger ones,
// may be too much for it and decide nothing then.
static bool weigh_case(Check *c, Case *k, QueryResult *r, Error *err)
{
    bool may_be_slow = data_widest(&k->data) > SLOW_FROM && c->slow < SLOW_MOST;
    if (r->error.kind == ERROR_NONE) return check_weigh(c, k, &r->table, err);
    if (error_is_limit(r->error.kind) && may_be_slow) {
        c->slow++;
        c->over = r->error;
        c->over_on = "a larger one";
        return true;
    }
    if (run_forgives(&k->data, &k->expected, &r->error)) {
        c->stopped = r->error;
        return true;
    }
    check_fail(c, r);
    if (c->v->kind == VERDICT_ERROR) {
        c->failed = arena_new(&c->scratch, Data);
        *c->failed = data_copy(&c->scratch, &k->data); // a case of its own goes away
    }
    return true;
}

// Some that stand side by side: they are run together, and decide one after the other.
static bool try_some(Check *c, Case *cases, size_t count, Error *err)
{
    Arena scratch = {0};
    Case **who = arena_array(&scratch, Case *, count);
    Str *images = arena_array(&scratch, Str, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (cases[i].state != CASE_READY) continue;
        images[n] = cases[i].image;
        who[n++] = &cases[i];
    }
    bool ok =
        run_each(&c->x, &scratch, (RunEach){&c->program, images, n, &EXAM_TINY}, results, err);
    for (size_t i = 0; ok && i < n && check_is_open(c); i++)
        ok = weigh_case(c, who[i], &results[i], err);
    arena_free(&scratch);
    return ok;
}

// The first ones alone, as most wrong answers end there; then more and more together.
bool check_cases(Check *c, Paper *s, Case *cases, size_t count, Error *err)
{
    bool ok = true, load = s->spec->load.len > 0;
    for (size_t i = 0, n = 1; ok && i < count && check_is_open(c); i += n) {
        size_t most = load ? 1 : TOGETHER_MOST;
        n = i + 1 < most ? i + 1 : most;
        if (n > count - i) n = count - i;
        ok = cases_make(&c->x, s, cases + i, n, err) && try_some(c, cases + i, n, err);
    }
    return ok;
}
