// diagnose: what a wrong answer behaves like: one of the author's wrong answers, or a mutant of the
// reference.
//
// Whoever gave the same on the counterexample meets the answer on more databases, and whoever
// differs once is out. Named is only what is left, and only when the databases have told the answer
// from the reference more than once and leave no two different things to say.
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
    bool ok = run_on(p->x, &scratch, (Run){image, p->x->answer->text, &EXAM_TINY}, &r, err);
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
    Run reference = {image, p->x->reference->text, &EXAM_TINY};
    bool ok = run_on(p->x, &scratch, reference, &expected, err) &&
              run_answer(p, image, &expected.table, &print, err) &&
              rivals_run(p->x, image, &expected.table, p->who, p->count, p->prints, err);
    if (ok) keep_those_like(p, print);
    arena_free(&scratch);
    return ok;
}

static bool meet_case(Suspects *p, size_t at, Error *err)
{
    Case *c = &p->paper->cases[at];
    uint64_t print;
    bool stable;
    if (!case_make(p->x, p->paper, c, err)) return false;
    if (c->state != CASE_READY) return true;
    if (!run_answer(p, c->image, &c->expected, &print, err)) return false;
    if (!rivals_run(p->x, c->image, &c->expected, p->who, p->count, p->prints, err)) return false;
    if (!case_is_stable(p->x, c, &stable, err)) return false;
    if (stable) keep_those_like(p, print);
    return true;
}

static bool is_one_class(const Suspects *p)
{
    for (size_t i = 1; i < p->count; i++) {
        if (!str_eq(p->who[i]->mutant->class, p->who[0]->mutant->class)) return false;
    }
    return true;
}

// Those of one class that behave alike say the same; the first one's words are taken.
static Str say(Arena *a, const Suspects *p)
{
    if (p->count == 0 || p->seen < SEEN_LEAST) return (Str){0};
    const Rival *first = p->who[0]; // authors' answers stand before mutants
    if (first->wrong) return str_copy(a, first->wrong->why);
    if (!is_one_class(p)) return (Str){0};
    return str_fmt(a, "It behaves as if " STR_FMT ".", STR_ARG(first->mutant->words));
}

bool diagnose(Examinee *x, Arena *a, Paper *s, const Data *shown, Str *sentence, Error *err)
{
    Arena scratch = {0};
    *sentence = (Str){0};
    rivals_read(s);
    Suspects p = {.x = x, .paper = s, .who = arena_array(&scratch, Rival *, s->rival_count)};
    p.prints = arena_array(&scratch, uint64_t, s->rival_count);
    for (size_t i = 0; i < s->rival_count; i++) {
        if (!s->rivals[i].dead) p.who[p.count++] = &s->rivals[i];
    }
    bool ok = meet_shown(&p, shown, err);
    for (size_t i = 0; ok && p.count && i < s->planned && i < DATABASES_MOST; i++) {
        ok = meet_case(&p, i, err);
    }
    if (ok) *sentence = say(a, &p);
    arena_free(&scratch);
    return ok;
}
