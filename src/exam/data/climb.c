// climb: databases on which the reference has something to say, where drawing makes hardly any.
//
// Three products in three orders, a month after a month after a month: rows drawn one by one seldom
// meet all conditions at once. But those that meet some are steps: the reference without its
// conditions, with the first one, with the first two … says how far a database has come, and what
// is grown out of the furthest ones comes further. Who examines a query that never gives a row
// examines nothing.
#include "base/rng.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam/run.h"

enum {
    TELLING_ENOUGH = 10,
    STARTS = 48,      // databases of the plan that are looked at
    SLICES = 8,       // of the visible data
    TRIES_MOST = 280, // databases that are made on the way up,
    TRIES_ABOVE = 48, // and once the reference has given rows
    PEAKS = 6,
    ROWS_MOST = 60,
    CLIMB_STREAM = 0xc11,
};

typedef struct {
    const Data *data;
    size_t step, rows; // how far it comes: the last step that gives rows, and how many
} Peak;

typedef struct {
    Examinee *x;
    Paper *s;
    DataJudge judge;
    Arena *arena;
    const SqlProgram **programs; // of the steps, the last one is the goal
    size_t count;
    Peak peaks[PEAKS]; // the highest first
    size_t peak_count, kept;
    Rng rng;
} Climber;

static const SqlProgram *compiled(Climber *c, Str sql)
{
    Error none;
    SqlHome home = sql_at_home(c->s->spec->dialect);
    SqlProgram *p = arena_new(c->arena, SqlProgram);
    return exam_compile(c->arena, c->s->spec->warehouse, sql, &home, p, &none) ? p : NULL;
}

static bool read_steps(Climber *c, Str goal)
{
    StrList steps = relaxed_steps(c->arena, goal, c->s->spec->dialect);
    c->programs = arena_array(c->arena, const SqlProgram *, steps.len);
    c->count = 0;
    for (size_t i = 0; i < steps.len; i++) {
        const SqlProgram *p = compiled(c, steps.at[i]);
        if (p) c->programs[c->count++] = p;
        if (!p && i + 1 == steps.len) return false; // not the goal itself
    }
    return c->count > 1;
}

static bool weigh(Climber *c, const Data *data, Peak *out, Error *err)
{
    Arena scratch = {0};
    QueryResult *r = arena_array(&scratch, QueryResult, c->count);
    Str image = warehouse_image(&scratch, &c->s->w, data);
    bool ok =
        run_many(c->x, &scratch, (RunMany){image, c->programs, c->count, &EXAM_TINY, NULL}, r, err);
    *out = (Peak){.data = data};
    for (size_t i = 0; ok && i < c->count; i++) {
        if (r[i].error.kind != ERROR_NONE || !r[i].table.rows) continue;
        out->step = i + 1;
        out->rows = r[i].table.rows;
    }
    arena_free(&scratch);
    return ok;
}

static bool is_higher(const Peak *x, const Peak *y)
{
    return x->step != y->step ? x->step > y->step : x->rows > y->rows;
}

// The latest of equals comes first, so that others get their turn.
static void keep_peak(Climber *c, const Peak *p)
{
    size_t at = 0;
    while (at < c->peak_count && is_higher(&c->peaks[at], p)) at++;
    if (at == PEAKS) return;
    if (c->peak_count < PEAKS) c->peak_count++;
    for (size_t i = c->peak_count - 1; i > at; i--) c->peaks[i] = c->peaks[i - 1];
    c->peaks[at] = *p;
}

static bool add_case(Climber *c, const Data *data, Error *err)
{
    Paper *s = c->s;
    if (c->kept == CLIMBED_CASES) return true;
    Case *k = &s->cases[s->count];
    Data *base = arena_new(&s->arena, Data);
    size_t voids = s->void_count;
    *base = data_copy(&s->arena, data);
    *k = (Case){.recipe = {.kind = RECIPE_CLIMBED, .base = base}};
    if (!case_make(c->x, s, k, err)) return false;
    s->void_count = voids; // of the planned ones only
    bool ready = k->state == CASE_READY;
    s->count += ready;
    c->kept += ready;
    return true;
}

static bool start(Climber *c, Error *err)
{
    Paper *s = c->s;
    size_t stride = s->planned / STARTS + 1;
    for (size_t i = 0; i < s->planned; i++) {
        Peak p;
        const Case *k = &s->cases[i];
        if (k->state != CASE_READY || !data_rows(&k->data)) continue;
        bool looked_at = i % stride == 0 || k->expected.rows;
        if (!looked_at || data_rows(&k->data) > ROWS_MOST) continue;
        if (!weigh(c, &k->data, &p, err)) return false;
        keep_peak(c, &p);
    }
    for (size_t i = 0; i < SLICES && s->sample.state == CASE_READY; i++) {
        Peak p;
        Data *slice = arena_new(c->arena, Data);
        if (!slice_data(c->arena, &s->w, &s->sample.data, rng_next(&c->rng), slice)) break;
        if (data_rows(slice) > ROWS_MOST) continue;
        if (!weigh(c, slice, &p, err)) return false;
        keep_peak(c, &p);
    }
    return true;
}

static bool move(Climber *c, const Peak *from, Data *out, bool *made, Error *err)
{
    Making m = {.arena = c->arena,
                .w = &c->s->w,
                .literals = &c->s->literals,
                .judge = &c->judge,
                .seed = rng_next(&c->rng)};
    uint64_t how = rng_below(&c->rng, 10);
    if (how < 4) return grow_data(&m, from->data, out, made, err);
    if (how < 9) return vary_data(&m, from->data, out, made, err);
    const Data *parts[] = {from->data, c->peaks[rng_below(&c->rng, c->peak_count)].data};
    return vary_unite(&m, parts, 2, out, made, err);
}

// One database more. Beside one on which the reference begins to say something lies the one before,
// on which it does not yet: both are kept.
static bool step_up(Climber *c, bool *arrived, Error *err)
{
    size_t x = rng_below(&c->rng, c->peak_count), y = rng_below(&c->rng, c->peak_count);
    const Peak from = c->peaks[x < y ? x : y];
    Data *next = arena_new(c->arena, Data);
    bool made;
    Peak p;
    if (!move(c, &from, next, &made, err)) return false;
    if (!made || data_rows(next) > ROWS_MOST) return true;
    if (!weigh(c, next, &p, err)) return false;
    *arrived = p.step == c->count;
    bool first = *arrived && from.step < c->count;
    if (first && !add_case(c, from.data, err)) return false;
    if (*arrived && !add_case(c, next, err)) return false;
    if (c->peak_count < PEAKS || !is_higher(&c->peaks[PEAKS - 1], &p)) keep_peak(c, &p);
    return true;
}

// On how many databases the goal is reached, as far as somebody wants to know.
static bool count_telling(Climber *c, const SqlProgram *goal, size_t *n, Error *err)
{
    *n = 0;
    for (size_t i = 0; i < c->s->count && *n < TELLING_ENOUGH; i++) {
        Case *k = &c->s->cases[i];
        if (k->state != CASE_READY || !k->expected.rows) continue;
        Arena scratch = {0};
        QueryResult r = {.table.rows = k->expected.rows};
        bool ok = !goal || run_on(c->x, &scratch, (Run){k->image, goal, &EXAM_TINY}, &r, err);
        *n += ok && r.error.kind == ERROR_NONE && r.table.rows;
        arena_free(&scratch);
        if (!ok) return false;
    }
    return true;
}

static bool climb_to(Climber *c, Str goal, Error *err)
{
    c->peak_count = 0;
    if (!read_steps(c, goal)) return true;
    bool ok = start(c, err);
    size_t left = TRIES_MOST;
    while (ok && left && c->peak_count && c->kept < CLIMBED_CASES) {
        bool arrived = false;
        ok = step_up(c, &arrived, err);
        left--;
        if (arrived && left > TRIES_ABOVE) left = TRIES_ABOVE;
    }
    return ok;
}

// Beside the ones that were so hard to find lie those that a nearly right answer stumbles over.
static bool add_steps(Climber *c, Error *err)
{
    Paper *s = c->s;
    BesideAsk ask = {
        .from = s->base_count, .names = &s->literals, .bounds = &s->literals, .most = ABOVE_CASES};
    if (!beside_bases(c->x, s, s->planned, s->count, err)) return false;
    BesideSteps steps = beside_steps(&s->arena, s, &ask);
    for (size_t i = 0; i < steps.len; i++) {
        Case *k = &s->cases[s->count];
        size_t voids = s->void_count;
        *k = (Case){
            .recipe = {.kind = RECIPE_BESIDE, .seed = rng_next(&c->rng), .step = &steps.at[i]}};
        if (!case_make(c->x, s, k, err)) return false;
        s->void_count = voids; // of the planned ones only
        s->count += k->state == CASE_READY;
    }
    return true;
}

bool climb(Examinee *x, Paper *s, Error *err)
{
    if (s->spec->load.len) return true;
    Arena scratch = {0};
    Climber c = {.x = x, .s = s, .judge = exam_judge(x->q), .arena = &scratch};
    c.rng = (Rng){.seed = s->seed, .stream = CLIMB_STREAM};
    StrList goals = relaxed_goals(&scratch, s->reference, s->spec->dialect);
    bool ok = true;
    for (size_t i = 0; i < goals.len && ok; i++) {
        size_t n = TELLING_ENOUGH;
        bool itself = str_eq(goals.at[i], s->reference);
        const SqlProgram *goal = itself ? NULL : compiled(&c, goals.at[i]);
        if (itself || goal) ok = count_telling(&c, goal, &n, err);
        if (ok && n < TELLING_ENOUGH) ok = climb_to(&c, goals.at[i], err);
    }
    ok = ok && add_steps(&c, err);
    arena_free(&scratch);
    return ok;
}
