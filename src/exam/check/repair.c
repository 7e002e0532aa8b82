// repair: the one change that would make a wrong answer right, where there is one.
//
// The changes are those of mutate, made to the answer instead of the reference. Whoever gives what
// is expected on the counterexample meets the drill's first databases, and whoever differs once is
// out. Two queries that give nothing agree, too, which says little: rows must have been expected
// often enough. Who is left is examined as if it were an answer, on the rest of the drill's
// databases and those made for its own text: so what is said of the place is what they say.
#include "base/vec.h"
#include "exam/check/check.h"
#include "exam/mutate/mutants.h"
#include "exam/private.h"

// All meet so many databases; of those who are left so many are examined.
enum { DATABASES_MOST = 120, EXAMINED_MOST = 3 };

// Of some 700 wrong answers whose mistake is known, a change that passes this stands where the
// mistake is in 97 of 100 cases; one that only agrees in 93.
enum { MENDED_LEAST = 2, FULL_LEAST = 6, FULL_ALONE = 12 };

typedef struct {
    const Mutant *mutant;
    SqlProgram program;
    size_t full;   // databases where rows are expected
    size_t mended; // those of them where the answer gives others
} Change;

typedef struct {
    Check *c;
    Arena *scratch;
    VEC(Change) left; // changes that agree everywhere so far, in the order of the text
    size_t met;       // databases
} Repair;

static void read_changes(Repair *p)
{
    const ExamSpec *spec = p->c->x.spec;
    const ExamAnswer *answer = p->c->answer;
    SqlHome home = {.dialect = answer->dialect, .ambient = p->c->ambient};
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants all = mutants_find(p->scratch, answer->sql, answer->dialect, ordered);
    for (size_t i = 0; i < all.len; i++) {
        Error none;
        Change c = {.mutant = &all.at[i]};
        if (exam_compile(p->scratch, spec->warehouse, c.mutant->sql, &home, &c.program, &none))
            *vec_push(p->scratch, &p->left) = c;
    }
}

// --- On the first databases, all of them together ---

static bool agrees(const Repair *p, Arena *a, const Table *expected, const QueryResult *r)
{
    return r->error.kind == ERROR_NONE &&
           run_compare(&p->c->x, a, expected, &r->table).kind == COMPARE_SAME;
}

// Of those who are left, those who give what is expected. `k`: the case it is, which decides only
// where the reference is stable; NULL = it is.
static bool meet(Repair *p, Str image, const Table *expected, Case *k, Error *err)
{
    Arena scratch = {0};
    Examinee *x = &p->c->x;
    size_t count = p->left.len, n = 0;
    Change *same = arena_array(&scratch, Change, count);
    const SqlProgram **programs = arena_array(&scratch, const SqlProgram *, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count), own;
    for (size_t i = 0; i < count; i++) programs[i] = &p->left.at[i].program;
    bool ok = run_on(x, &scratch, (Run){image, x->answer, &EXAM_TINY}, &own, err);
    QueryLimits limits = run_near(own.steps);
    ok =
        ok && run_many(x, &scratch, (RunMany){image, programs, count, &limits, NULL}, results, err);
    bool wrong = ok && expected->rows && !agrees(p, &scratch, expected, &own);
    for (size_t i = 0; ok && i < count; i++) {
        if (!agrees(p, &scratch, expected, &results[i])) continue;
        same[n] = p->left.at[i];
        same[n].full += expected->rows > 0;
        same[n++].mended += wrong;
    }
    bool stable = true;
    if (ok && n < count && k) ok = case_is_stable(x, k, &stable, err);
    if (ok && stable) {
        for (size_t i = 0; i < n; i++) p->left.at[i] = same[i];
        p->left.len = n;
        p->met++;
    }
    arena_free(&scratch);
    return ok;
}

static bool meet_case(Repair *p, Case *k, Error *err)
{
    if (!case_make(&p->c->x, p->c->paper, k, err)) return false;
    return k->state != CASE_READY || meet(p, k->image, &k->expected, k, err);
}

static size_t first_cases(const Paper *s)
{
    return s->planned < DATABASES_MOST ? s->planned : DATABASES_MOST;
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

// --- On the others, one alone ---

size_t repair_step(const SqlSteps *steps, const Mutant *m)
{
    size_t best = steps->len - 1;
    for (size_t i = 0; i < steps->len; i++) {
        const SqlStep *s = &steps->at[i], *b = &steps->at[best];
        if (m->at >= s->at && m->at < s->end && s->end - s->at < b->end - b->at) best = i;
    }
    return best;
}

// The first of those in the earliest step.
static size_t earliest(const Repair *p, const SqlSteps *steps)
{
    size_t first = 0;
    for (size_t i = 1; i < p->left.len; i++) {
        size_t best = repair_step(steps, p->left.at[first].mutant);
        if (repair_step(steps, p->left.at[i].mutant) < best) first = i;
    }
    return first;
}

// *met: databases on which it does.
static bool stands(Repair *p, const Change *change, bool *out, size_t *met, Error *err)
{
    Check *c = p->c;
    Arena verdict = {0};
    ExamAnswer text = *c->answer;
    Verdict v = {0};
    text.sql = change->mutant->sql;
    Check one = {.x = c->x, .a = &verdict, .answer = &text, .paper = c->paper, .v = &v};
    one.program = change->program;
    one.ambient = c->ambient;
    one.x.answer = &one.program;
    size_t from = first_cases(c->paper);
    Case *rest = c->paper->cases + from;
    bool ok = check_cases(&one, c->paper, rest, c->paper->planned - from, err);
    if (ok && check_is_open(&one)) ok = check_own(&one, err);
    *out = check_is_open(&one);
    *met = v.agreed;
    c->x.spent_ms = one.x.spent_ms;
    arena_free(&one.scratch);
    arena_free(&verdict);
    return ok;
}

static bool examine(Repair *p, const SqlSteps *steps, const Mutant **out, Error *err)
{
    for (size_t tries = 0; p->left.len && tries < EXAMINED_MOST; tries++) {
        bool right;
        size_t at = earliest(p, steps), met;
        const Change *c = &p->left.at[at];
        if (!stands(p, c, &right, &met, err)) return false;
        if (right) {
            *out = c->mutant;
            p->met += met;
            return true;
        }
        p->left.len--;
        for (size_t i = at; i < p->left.len; i++) p->left.at[i] = p->left.at[i + 1];
    }
    return true;
}

bool check_repair(Check *c, Arena *a, const RepairAsk *ask, Repaired *out, Error *err)
{
    Repair p = {.c = c, .scratch = a};
    Paper *s = c->paper;
    *out = (Repaired){0};
    read_changes(&p);
    bool ok = meet(&p, ask->image, ask->expected, NULL, err);
    for (size_t i = 0; ok && p.left.len && i < first_cases(s); i++)
        ok = meet_case(&p, &s->cases[i], err);
    keep_telling(&p);
    ok = ok && examine(&p, ask->steps, &out->change, err);
    out->met = p.met;
    return ok;
}
