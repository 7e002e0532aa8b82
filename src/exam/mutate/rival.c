// rival: the queries that are known to be wrong, run on the drill's databases.
//
// A database that tells one more of them from the reference is worth keeping: it tells human
// mistakes apart too. Who lives on all databases is either the reference in other words or a
// mistake that nobody would notice here.
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { SEARCH_TRIES = 96, NEAR = 4 };

void rivals_read(Paper *s)
{
    if (s->rivals) return;
    const ExamSpec *spec = s->spec;
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants m = {
        0}; // of a load none: it is run in many ways, each costs as much as a hundred queries
    if (!spec->load.len) m = mutants_find(&s->arena, s->reference, spec->dialect, ordered);
    s->rivals = arena_array(&s->arena, Rival, spec->wrong_count + m.len + 1);
    for (size_t i = 0; i < spec->wrong_count; i++) {
        Error none;
        Rival r = {.wrong = &spec->wrong[i]};
        if (exam_wrong_sql(&s->arena, spec, r.wrong, &r.sql, &none))
            s->rivals[s->rival_count++] = r;
    }
    SameTree *same = m.len ? same_tree(&s->arena, &s->w, s->reference, spec->dialect) : NULL;
    for (size_t i = 0; i < m.len; i++) {
        s->rivals[s->rival_count++] =
            (Rival){.mutant = &m.at[i], .sql = m.at[i].sql, .same = mutant_same(same, &m.at[i])};
    }
    SqlHome home = sql_at_home(spec->dialect);
    for (size_t i = 0; i < s->rival_count; i++) {
        Error none;
        Rival *r = &s->rivals[i];
        // Whose tie nobody breaks any more shows it only where chance breaks it.
        bool tied = r->mutant && str_eq(r->mutant->class, S("tie-break"));
        if (tied && tie_program(&s->arena, spec, r->sql, &home, &r->program)) {
            r->prints = arena_array(&s->arena, uint64_t, s->planned + FOUND_CASES);
            continue;
        }
        r->dead = r->unfit =
            !exam_compile(&s->arena, spec->warehouse, r->sql, &home, &r->program, &none);
        s->rivals[i].prints = arena_array(&s->arena, uint64_t, s->planned + FOUND_CASES);
    }
}

// prints[i] is of the i-th of `which`.
static bool run_all(Examinee *x, const Case *c, Rival *const *which, size_t count, uint64_t *prints,
                    Error *err)
{
    Arena scratch = {0};
    const SqlProgram **programs = arena_array(&scratch, const SqlProgram *, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    QueryLimits limits = run_near(c->steps);
    Examinee as_written = *x; // not by the columns of the answer that is examined
    as_written.column_of = NULL;
    for (size_t i = 0; i < count; i++) programs[i] = &which[i]->program;
    bool ok =
        run_many(x, &scratch, (RunMany){c->image, programs, count, &limits, NULL}, results, err);
    for (size_t i = 0; ok && i < count; i++)
        prints[i] = print_of(&as_written, &c->expected, &results[i]);
    arena_free(&scratch);
    return ok;
}

static size_t living(const Paper *s, Rival **out)
{
    size_t n = 0;
    for (size_t i = 0; i < s->rival_count; i++) {
        Rival *r = &s->rivals[i];
        if (!r->dead && !r->killed && !r->same.proof.len) out[n++] = r;
    }
    return n;
}

// All who live meet one case. *kills: how many of them it tells from the reference.
static bool fight(Examinee *x, Paper *s, size_t at, size_t *kills, Error *err)
{
    Case *c = &s->cases[at];
    Arena scratch = {0};
    Rival **who = arena_array(&scratch, Rival *, s->rival_count);
    uint64_t *prints = arena_array(&scratch, uint64_t, s->rival_count);
    size_t n = living(s, who), differ = 0;
    bool ok = run_all(x, c, who, n, prints, err), stable = true;
    for (size_t i = 0; ok && i < n; i++) {
        who[i]->dead = prints[i] == PRINT_FAILED;
        differ += !who[i]->dead && prints[i] != PRINT_SAME;
    }
    if (ok && differ) ok = case_is_stable(x, c, &stable, err);
    for (size_t i = 0; ok && i < n; i++) {
        if (who[i]->dead) continue;
        who[i]->prints[at] = prints[i];
        if (!stable || prints[i] == PRINT_SAME) continue;
        who[i]->killed = true;
        who[i]->killer = at;
    }
    *kills = stable ? differ : 0;
    arena_free(&scratch);
    return ok;
}

static bool fight_planned(Examinee *x, Paper *s, size_t at, Error *err)
{
    size_t kills;
    if (!case_make(x, s, &s->cases[at], err)) return false;
    return s->cases[at].state != CASE_READY || fight(x, s, at, &kills, err);
}

// The database on which the change nearest to this one in the text was found out: what is changed
// here matters there. `rank`: 0 = the nearest; NULL when there are not so many.
static const Data *near_killer(const Paper *s, const Rival *of, size_t rank)
{
    size_t last = 0, floor = 0; // distances are looked through upwards
    const Rival *found = NULL;
    for (size_t n = 0; n <= rank; n++) {
        size_t best = SIZE_MAX;
        found = NULL;
        for (size_t i = 0; of->mutant && i < s->rival_count; i++) {
            const Rival *r = &s->rivals[i];
            if (!r->mutant || !r->killed) continue;
            size_t x = r->mutant->at, y = of->mutant->at,
                   away = 2 * (x > y ? x - y : y - x) + (x > y);
            if (away < floor || away >= best) continue;
            best = away;
            found = r;
        }
        last = best;
        floor = last + 1;
        if (!found) return NULL;
    }
    return &s->cases[found->killer].data;
}

// One more database, made for one of those who live; kept when it tells somebody from the
// reference.
static bool try_more(Examinee *x, Paper *s, size_t k, const Rival *of, Error *err)
{
    Case *c = &s->cases[s->count];
    Literals *l = arena_new(&s->arena, Literals);
    size_t kills = 0, voids = s->void_count;
    *l = literals_find(&s->arena, of->sql, s->dialect);
    l->seen = s->literals.seen;
    l->forms = s->literals.forms;
    Recipe r = plan_search(s, l, k);
    const Data *base = k % 3 ? near_killer(s, of, k / 3 % NEAR) : NULL;
    if (base) r = (Recipe){.kind = RECIPE_VARIATION, .seed = r.seed, .literals = l, .base = base};
    *c = (Case){.recipe = r};
    if (!case_make(x, s, c, err)) return false;
    s->void_count = voids; // of the planned ones only
    if (c->state == CASE_READY && !fight(x, s, s->count, &kills, err)) return false;
    s->count += kills > 0;
    return true;
}

bool rivals_step(Examinee *x, Paper *s, Error *err)
{
    rivals_read(s);
    if (s->fought < s->planned) return fight_planned(x, s, s->fought++, err);
    if (!s->has_climbed) {
        s->has_climbed = true;
        if (!climb(x, s, err)) return false;
        s->climbed = s->count - s->planned;
        return true;
    }
    if (s->fought < s->planned + s->climbed) return fight_planned(x, s, s->fought++, err);
    Arena scratch = {0};
    Rival **who = arena_array(&scratch, Rival *, s->rival_count);
    size_t n = living(s, who), k = s->tries++, most = s->planned + s->climbed + KEPT_CASES;
    s->searched = !n || k == SEARCH_TRIES || s->count == most;
    bool ok = s->searched || try_more(x, s, k, who[k % n], err);
    arena_free(&scratch);
    return ok;
}

bool rivals_search(Examinee *x, Paper *s, Error *err)
{
    while (!s->searched) {
        if (!rivals_step(x, s, err)) return false;
    }
    return true;
}
