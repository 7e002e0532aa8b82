// bank: the databases of the drills that were asked for lately, with what the reference gives on
// them.
//
// A case is made when it is first needed and then kept, so the second answer to a drill costs only
// its own queries. Nothing here depends on an answer but the choice of tables, which is part of a
// paper's key.
#include "exam/bank.h"
#include "base/check.h"
#include "exam/data/literals/literals.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/run.h"
#include <stdlib.h>

enum { PAPERS_MOST = 6 };

struct ExamBank {
    QueryWorker *q;
    Paper *papers[PAPERS_MOST]; // the latest first
    size_t count;
    BreakSeries *series; // of the drill that was played last
};

ExamBank *exam_bank_open(QueryWorker *q)
{
    ExamBank *b = calloc(1, sizeof *b);
    if (!b) die_out_of_memory();
    b->q = q;
    return b;
}

static void drop_paper(Paper *s)
{
    arena_free(&s->arena);
    free(s);
}

void exam_bank_close(ExamBank *b)
{
    if (!b) return;
    for (size_t i = 0; i < b->count; i++) drop_paper(b->papers[i]);
    break_series_close(b->series);
    free(b);
}

QueryWorker *bank_worker(ExamBank *b)
{
    return b->q;
}

BreakSeries **bank_series(ExamBank *b)
{
    return &b->series;
}

static void to_front(ExamBank *b, size_t at, Paper *s)
{
    for (; at > 0; at--) b->papers[at] = b->papers[at - 1];
    b->papers[0] = s;
}

static Paper *new_paper(const ExamSpec *spec, const ExamAnswer *answer)
{
    Paper *s = calloc(1, sizeof *s);
    if (!s) die_out_of_memory();
    s->spec = spec;
    s->seed = answer->seed;
    s->w = narrow_tables(&s->arena, spec, answer, &s->key);
    meets_find(&s->arena, &s->w, spec->answer, spec->dialect);
    s->reference = str_copy(&s->arena, spec->answer);
    s->dialect = spec->dialect;
    s->plain = str_eq(answer->sql, s->reference) && answer->dialect == s->dialect;
    SqlHome home = sql_at_home(spec->dialect);
    if (!exam_compile(&s->arena, spec->warehouse, s->reference, &home, &s->program, &s->unfit)) {
        s->program = (SqlProgram){0};
    }
    s->ties = ties_find(&s->arena, spec, s->reference, &home);
    s->tree = same_tree(&s->arena, &s->w, s->reference, s->dialect);
    dated_find(&s->arena, &s->w, s->tree);
    s->computed = computed_find(&s->arena, spec, s->tree);
    s->literals = literals_find(&s->arena, s->reference, s->dialect);
    s->literals.seen = &s->sample.data;
    s->literals.forms = &s->forms;
    plan_paper(s);
    return s;
}

static bool is_about(const Paper *p, const ExamSpec *spec, uint64_t seed)
{
    return p->spec == spec && p->dialect == spec->dialect && p->seed == seed &&
           str_eq(p->reference, spec->answer);
}

// The reference's own text is asked for at every step of the warm-up: its tables are known.
static size_t find_plain(const ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer)
{
    size_t at = 0;
    bool own = str_eq(answer->sql, spec->answer) && answer->dialect == spec->dialect;
    if (!own) return b->count;
    while (at < b->count && !(b->papers[at]->plain && is_about(b->papers[at], spec, answer->seed)))
        at++;
    return at;
}

static size_t find_paper(const ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer)
{
    Arena scratch = {0};
    Str key;
    size_t at = find_plain(b, spec, answer);
    if (at == b->count) {
        narrow_tables(&scratch, spec, answer, &key);
        at = 0;
        while (at < b->count &&
               !(is_about(b->papers[at], spec, answer->seed) && str_eq(b->papers[at]->key, key)))
            at++;
    }
    arena_free(&scratch);
    return at;
}

Paper paper_beside(const Paper *s)
{
    return (Paper){.spec = s->spec,
                   .reference = s->reference,
                   .dialect = s->dialect,
                   .program = s->program,
                   .ties = s->ties,
                   .seed = s->seed,
                   .steps_most = s->steps_most,
                   .computed = s->computed,
                   .w = s->w};
}

Paper *bank_paper(ExamBank *b, const ExamSpec *spec, const ExamAnswer *answer)
{
    size_t at = find_paper(b, spec, answer);
    if (at < b->count) {
        to_front(b, at, b->papers[at]);
        return b->papers[0];
    }
    if (b->count == PAPERS_MOST) drop_paper(b->papers[--b->count]);
    to_front(b, b->count++, new_paper(spec, answer));
    return b->papers[0];
}
