// plan: which databases an answer meets, the smallest first.
//
// Of wrong human answers to practice questions 10 random databases of 2 to 7 rows refute 87%, 100
// of them 98.6%, 300 99.3%, and one of 60 rows 70%: many small ones, a few larger last. Two of
// three draw their values from the query's literals, and at times rows that belong together.
#include "base/rng.h"
#include "exam/data/literals/literals.h"
#include "exam/data/rows.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"

typedef struct {
    RecipeKind kind;
    size_t rows, count;
} Strategy;

static const Strategy strategies[] = {
    {RECIPE_TINY, 0, 1}, // all tables empty
    {RECIPE_TINY, 1, 16},
    {RECIPE_TINY, 2, 32},
    {RECIPE_TINY, 3, 36},
    {RECIPE_CHASED, 1, 6},
    {RECIPE_CHASED, 2, 8},
    {RECIPE_TINY, 4, 34},
    {RECIPE_CHASED, 3, 8},
    {RECIPE_CHASED, 5, 6},
    {RECIPE_BESIDE, 0, BESIDE_CASES},
    {RECIPE_TINY, 6, 34},
    {RECIPE_TINY, 9, 30},
    {RECIPE_TINY, 14, 16},
    {RECIPE_TINY, 24, 10},
    {RECIPE_VARIATION, 0, 30},
    {RECIPE_EDGE, 0, 16},
    {RECIPE_UNION, 2, 8},
    {RECIPE_UNION, 3, 6},
    {RECIPE_UNION, 8, 4},
    {RECIPE_UNION, 14, 6},
    {RECIPE_CHASED, STORY_COPIES, 6},
};
static const Strategy for_answer[] = {
    {RECIPE_CHASED, 1, 4}, {RECIPE_TINY, 2, 14},  {RECIPE_TINY, 3, 16},
    {RECIPE_CHASED, 2, 6}, {RECIPE_CHASED, 3, 4}, {RECIPE_TINY, 5, 12},
    {RECIPE_TINY, 9, 6},   {RECIPE_TINY, 15, 4},  {RECIPE_VARIATION, 0, 8},
    {RECIPE_GROWN, 0, 4},  {RECIPE_TURN, 0, 8},   {RECIPE_CHASED, STORY_COPIES, 4},
};

enum {
    WITNESS_BEFORE = 2, // the authors' databases stand before those of so many rows
    FILLINGS = 2,       // of each of them
    PAPER_STREAM = 0xe8a3,
    WITNESS_STREAM = 0xe8a4,
    ANSWER_STREAM = 0xe8a5,
    SEARCH_STREAM = 0xe8a6,
    CHASED_STREAM = 0xe8a7,
    BESIDE_STREAM = 0xe8a8,
    OWN_STEPS = 20,
    CHASED_MOST = 64, // of one number of copies
};

static size_t witness_count(const ExamSpec *spec)
{
    size_t n = 0;
    for (size_t i = 0; i < spec->wrong_count; i++) n += spec->wrong[i].witness_count > 0;
    return n * FILLINGS;
}

static void add_witnesses(Paper *s)
{
    for (size_t i = 0; i < s->spec->wrong_count; i++) {
        const ExamWrong *wrong = &s->spec->wrong[i];
        for (size_t k = 0; k < FILLINGS && wrong->witness_count; k++) {
            uint64_t seed = rng_at(s->seed, WITNESS_STREAM, i * FILLINGS + k);
            s->cases[s->count++].recipe =
                (Recipe){.kind = RECIPE_WITNESS, .seed = seed, .witness = wrong};
        }
    }
}

// *made counts those that are drawn.
static Recipe planned(const Paper *s, const Strategy *y, size_t k, size_t *made)
{
    Recipe r = {.kind = y->kind, .rows = y->rows};
    if (y->kind == RECIPE_CHASED) {
        r.seed = rng_at(s->seed, CHASED_STREAM, y->rows * CHASED_MOST + k);
        r.literals = &s->literals;
        r.tree = s->tree;
        return r;
    }
    if (y->kind == RECIPE_BESIDE) {
        r.seed = rng_at(s->seed, BESIDE_STREAM, k);
        r.rows = k;
        return r;
    }
    if (y->kind == RECIPE_EDGE) r.rows = k % 2;
    r.seed = rng_at(s->seed, PAPER_STREAM, *made);
    r.literals = (*made)++ % 3 ? &s->literals : NULL;
    return r;
}

void plan_paper(Paper *s)
{
    size_t total = witness_count(s->spec), made = 0;
    size_t n = sizeof strategies / sizeof *strategies;
    bool witnessed = false;
    for (size_t i = 0; i < n; i++) total += strategies[i].count;
    s->cases = arena_array(&s->arena, Case, total + FOUND_CASES);
    for (size_t i = 0; i < n; i++) {
        if (!witnessed && strategies[i].rows >= WITNESS_BEFORE) {
            add_witnesses(s);
            witnessed = true;
        }
        for (size_t k = 0; k < strategies[i].count; k++)
            s->cases[s->count++].recipe = planned(s, &strategies[i], k, &made);
    }
    s->planned = s->count;
}

Recipe plan_search(const Paper *s, const Literals *l, size_t k)
{
    static const Recipe kinds[] = {
        {.kind = RECIPE_TINY, .rows = 3},   {.kind = RECIPE_VARIATION},
        {.kind = RECIPE_TINY, .rows = 6},   {.kind = RECIPE_UNION, .rows = 3},
        {.kind = RECIPE_CHASED, .rows = 4}, {.kind = RECIPE_VARIATION},
        {.kind = RECIPE_TINY, .rows = 12},  {.kind = RECIPE_VARIATION},
    };
    Recipe r = kinds[k % (sizeof kinds / sizeof *kinds)];
    r.seed = rng_at(s->seed, SEARCH_STREAM, k);
    r.literals = l;
    r.tree = s->tree;
    return r;
}

// A small database on which the reference has something to say; NULL = none was met.
static const Data *draw_base(const Paper *s, uint64_t random)
{
    enum { ROWS_MOST = 14 };
    for (size_t i = 0; i < s->count; i++) {
        const Case *c = &s->cases[(random + i) % s->count];
        size_t rows = c->state == CASE_READY && c->expected.rows ? data_rows(&c->data) : 0;
        if (rows && rows <= ROWS_MOST) return &c->data;
    }
    return NULL;
}

// Where only the answer looks.
static void add_steps(Arena *a, const Paper *s, const Literals *said, Recipe r, Case *cases,
                      size_t *count)
{
    BesideAsk ask = {.names = said, .but = &s->literals, .bounds = r.literals, .most = OWN_STEPS};
    BesideSteps steps = beside_steps(a, s, &ask);
    for (size_t i = 0; i < steps.len; i++) {
        Case *c = &cases[(*count)++];
        c->recipe = r;
        c->recipe.seed = rng_at(r.seed, BESIDE_STREAM, i);
        c->recipe.step = &steps.at[i];
    }
}

Case *plan_for_answer(Arena *a, const Paper *s, const ExamAnswer *answer, size_t *count)
{
    Literals *l = arena_new(a, Literals);
    Literals said = literals_find(a, answer->sql, answer->dialect);
    *l = literals_both(a, &s->literals, said);
    uint64_t seed = answer->seed ^ str_hash(answer->sql);
    const SameTree *tree = same_tree(a, &s->w, answer->sql, answer->dialect);
    size_t total = 0, n = sizeof for_answer / sizeof *for_answer;
    for (size_t i = 0; i < n; i++) total += for_answer[i].count;
    Case *cases = arena_array(a, Case, total + OWN_STEPS);
    *count = 0;
    add_steps(a, s, &said, (Recipe){.kind = RECIPE_BESIDE, .seed = seed, .literals = l}, cases,
              count);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < for_answer[i].count; k++) {
            uint64_t own = rng_at(seed, ANSWER_STREAM, *count);
            Recipe r = {for_answer[i].kind, for_answer[i].rows, own, .literals = l};
            if (r.kind == RECIPE_TURN) r.rows = k % 2;
            bool alone = r.kind == RECIPE_TINY || r.kind == RECIPE_CHASED;
            if (!alone) r.base = draw_base(s, own);
            if (r.kind == RECIPE_CHASED) r.tree = k % 3 == 2 ? s->tree : tree;
            if (alone || r.base) cases[(*count)++].recipe = r;
        }
    }
    return cases;
}
