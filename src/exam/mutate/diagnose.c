// diagnose: what a wrong answer behaves like: one of the author's wrong answers, or a mutant of the
// reference.
//
// Whoever gave the same on the counterexample meets the answer on more databases, and whoever
// differs once is out. Named is only what is left, and only when the databases have told the answer
// from the reference more than once and leave no more than two things to say.
#include "exam/private.h"

enum { DATABASES_MOST = 120, SEEN_LEAST = 2 };

typedef struct {
    Examinee *x;
    Paper *paper;
    Rival **who; // who is left
    size_t count;
    uint64_t *prints;
    size_t seen; // databases on which the answer differs from the reference, and is as they are
} Suspects;

static void keep_those_like(Suspects *p, uint64_t print)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!p->who[i]->dead && p->prints[i] == print) p->who[n++] = p->who[i];
    }
    p->count = n;
    p->seen += print != PRINT_SAME;
}

static bool run_answer(Suspects *p, Str image, const Table *expected, uint64_t *print, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = run_on(p->x, &scratch, (Run){image, p->x->answer, &EXAM_TINY}, &r, err);
    if (ok) *print = print_of(p->x, expected, &r);
    arena_free(&scratch);
    return ok;
}

// The database of the counterexample: here most of them go.
static bool meet_shown(Suspects *p, const Data *shown, Error *err)
{
    Arena scratch = {0};
    QueryResult expected;
    uint64_t print;
    Str image = warehouse_image(&scratch, p->x->w, shown);
    Run reference = {image, p->x->reference, &EXAM_TINY};
    bool ok = run_on(p->x, &scratch, reference, &expected, err) &&
              run_answer(p, image, &expected.table, &print, err) &&
              rivals_run(p->x, image, &expected.table, p->who, p->count, p->prints, err);
    if (ok) keep_those_like(p, print);
    arena_free(&scratch);
    return ok;
}

static bool meet_case(Suspects *p, Paper *s, Case *c, Error *err)
{
    uint64_t print;
    bool stable;
    if (!case_make(p->x, s, c, err)) return false;
    if (c->state != CASE_READY) return true;
    if (!run_answer(p, c->image, &c->expected, &print, err)) return false;
    if (!rivals_run(p->x, c->image, &c->expected, p->who, p->count, p->prints, err)) return false;
    if (!case_is_stable(p->x, c, &stable, err)) return false;
    if (stable) keep_those_like(p, print);
    return true;
}

// Databases out of the answer's own literals: `amount * 3 > 400` is not `amount > 101`, though the
// drill's databases have nothing between.
static bool meet_own(Suspects *p, const ExamAnswer *answer, Error *err)
{
    Arena scratch = {0};
    size_t count;
    Paper beside = paper_beside(p->paper);
    Case *cases = plan_for_answer(&scratch, p->paper, answer, &count);
    bool ok = true;
    for (size_t i = 0; ok && p->count && i < count; i++) {
        ok = meet_case(p, &beside, &cases[i], err);
    }
    arena_free(&beside.arena);
    arena_free(&scratch);
    return ok;
}

// The first of each class; mutants of one class that behave alike say the same.
static size_t first_of_classes(const Suspects *p, const Rival **first, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool known = false;
        for (size_t k = 0; k < n && k < most; k++) {
            known |= str_eq(p->who[i]->mutant->class, first[k]->mutant->class);
        }
        if (known) continue;
        if (n < most) first[n] = p->who[i];
        n++;
    }
    return n;
}

// Two things that nothing tells apart are both said; of more nobody learns anything.
static Str say(Arena *a, const Suspects *p)
{
    const Rival *first[2];
    if (p->count == 0 || p->seen < SEEN_LEAST) return (Str){0};
    if (p->who[0]->wrong) return p->who[0]->wrong->why; // authors' answers stand before mutants
    switch (first_of_classes(p, first, 2)) {
    case 1:
        return str_fmt(a, "It behaves as if " STR_FMT ".", STR_ARG(first[0]->mutant->words));
    case 2:
        return str_fmt(a, "It behaves as if " STR_FMT ", or as if " STR_FMT ".",
                       STR_ARG(first[0]->mutant->words), STR_ARG(first[1]->mutant->words));
    default:
        return (Str){0};
    }
}

bool diagnose(Examinee *x, Paper *s, const ExamAnswer *answer, const Data *shown, Str *sentence,
              Error *err)
{
    Arena scratch = {0};
    *sentence = (Str){0};
    rivals_read(s);
    Suspects p = {.x = x, .paper = s, .who = arena_array(&scratch, Rival *, s->rival_count)};
    p.prints = arena_array(&scratch, uint64_t, s->rival_count);
    for (size_t i = 0; i < s->rival_count; i++) {
        if (!s->rivals[i].dead && !s->rivals[i].same.proof.len) p.who[p.count++] = &s->rivals[i];
    }
    bool ok = meet_shown(&p, shown, err);
    for (size_t i = 0; ok && p.count && i < s->planned && i < DATABASES_MOST; i++) {
        ok = meet_case(&p, s, &s->cases[i], err);
    }
    if (ok) ok = meet_own(&p, answer, err);
    if (ok) *sentence = say(&s->arena, &p);
    arena_free(&scratch);
    return ok;
}
