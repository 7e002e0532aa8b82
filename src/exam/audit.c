// audit: what `pack test` asks of a drill: do its reference and what is also right pass, is every
// wrong answer refuted, which mutants live, and does the question ask for anything at all?
#include "base/vec.h"
#include "exam/bank.h"
#include "exam/mutate/mutants.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

static bool grade(ExamBank *bank, Arena *a, const ExamSpec *spec, Str sql, uint64_t seed,
                  Verdict *out, Error *err)
{
    ExamAnswer answer = {.sql = sql, .dialect = spec->dialect, .seed = seed};
    return exam_check(bank, a, spec, &answer, out, err);
}

static bool grade_all(ExamBank *bank, Arena *a, const ExamSpec *spec, uint64_t seed, ExamAudit *out,
                      Error *err)
{
    out->also_right = arena_array(a, Verdict, spec->also_right.len);
    out->wrong = arena_array(a, Verdict, spec->wrong_count);
    if (!grade(bank, a, spec, spec->answer, seed, &out->reference, err)) return false;
    for (size_t i = 0; i < spec->also_right.len; i++) {
        Verdict *v = &out->also_right[i];
        if (!grade(bank, a, spec, spec->also_right.at[i], seed, v, err)) return false;
    }
    for (size_t i = 0; i < spec->wrong_count; i++) {
        Str sql;
        if (!exam_wrong_sql(a, spec, &spec->wrong[i], &sql, err)) return false;
        if (!grade(bank, a, spec, sql, seed, &out->wrong[i], err)) return false;
    }
    return true;
}

// --- Mutants ---

// On databases on which the reference hangs on the order of the rows nothing is decided: a mutant
// that differs only there shows that the question leaves ties open.
static bool differs_on_ties(const Paper *s, const Rival *r)
{
    for (size_t i = 0; i < s->count; i++) {
        if (r->prints[i] > PRINT_SAME && s->cases[i].weighed && !s->cases[i].stable) return true;
    }
    return false;
}

static ExamMutant mutant_of(Arena *a, const Paper *s, const Rival *r)
{
    const Mutant *m = r->mutant;
    return (ExamMutant){.class = str_copy(a, m->class),
                        .words = str_copy(a, m->words),
                        .was = str_copy(a, m->was),
                        .now = str_copy(a, m->now),
                        .line = m->line,
                        .column = m->column,
                        .proof = r->same.proof,
                        .why = r->same.why,
                        .by_ties = !r->same.proof.len && differs_on_ties(s, r)};
}

static void count_mutants(Arena *a, const Paper *s, ExamAudit *out)
{
    VEC(ExamMutant) alive = {0}, same = {0};
    for (size_t i = 0; i < s->rival_count; i++) {
        const Rival *r = &s->rivals[i];
        if (!r->mutant || r->dead) continue;
        bool proved = r->same.proof.len;
        out->mutants += !proved;
        out->refuted += r->killed;
        if (proved) *vec_push(a, &same) = mutant_of(a, s, r);
        if (!proved && !r->killed) *vec_push(a, &alive) = mutant_of(a, s, r);
    }
    out->survivors = alive.at;
    out->survivor_count = alive.len;
    out->same = same.at;
    out->same_count = same.len;
}

// --- Questions that ask for nothing ---

static bool is_constant(const Examinee *x, const Paper *s)
{
    const Table *first = NULL;
    Arena scratch = {0};
    bool same = true;
    for (size_t i = 0; i < s->count && same; i++) {
        if (s->cases[i].state != CASE_READY) continue;
        if (!first) first = &s->cases[i].expected;
        same = run_compare(x, &scratch, first, &s->cases[i].expected).kind == COMPARE_SAME;
    }
    arena_free(&scratch);
    return same;
}

// What a part of the visible data lacks all of it may have.
static bool is_empty(Examinee *x, Paper *s, bool *empty, Error *err)
{
    Case whole = {0};
    *empty = false;
    if (s->visible.state == CASE_READY && s->visible.expected.rows) return true;
    if (!case_whole(x, s, &whole, err)) return false;
    *empty = whole.state == CASE_READY && !whole.expected.rows;
    return true;
}

bool exam_audit(ExamBank *bank, Arena *a, const ExamSpec *spec, uint64_t seed, ExamAudit *out,
                Error *err)
{
    *out = (ExamAudit){0};
    if (!grade_all(bank, a, spec, seed, out, err)) return false;
    ExamAnswer answer = {.sql = spec->answer, .dialect = spec->dialect, .seed = seed};
    Paper *s = bank_paper(bank, spec, &answer);
    Examinee x = {.q = bank_worker(bank),
                  .spec = spec,
                  .reference = &s->program,
                  .ties = &s->ties,
                  .answer = &s->program,
                  .w = &s->w};
    if (!rivals_search(&x, s, err) || !case_visible(&x, s, err)) return false;
    count_mutants(a, s, out);
    out->constant = is_constant(&x, s);
    return is_empty(&x, s, &out->empty, err);
}
