// viewing_steps: the way to sign-up: steps visited, repeated, skipped and left.
//
// Of a hundred landings some two thirds go on at each step. Those who confirm are profiles, at the
// second of their sign-up; about half of all profiles came this way, the others by partners.
#include "base/rng.h"
#include "base/vec.h"
#include "warehouse/viewing.h"
#include <string.h>

const char *const VIEWING_STEPS[STEPS] = {"landing", "plan_select", "payment_info", "confirm"};

typedef VEC(Step) StepVec;

typedef struct {
    Arena *arena;
    const Viewing *v;
    int64_t first; // nobody came before
    StepVec steps;
    uint64_t key, drawn; // of the visitor
    int64_t visitor;
    uint8_t country;
} Funnel;

static uint64_t next(Funnel *f)
{
    return rng_at(f->key, DRAW_STEP, f->drawn++);
}

static void visit(Funnel *f, StepName step, int64_t ts, int32_t person)
{
    if (ts < f->first || ts > f->v->now) return;
    Step *s = vec_push(f->arena, &f->steps);
    *s = (Step){.ts = ts,
                .visitor = f->visitor,
                .person = person,
                .step = (uint8_t)step,
                .country = f->country};
}

// Mostly minutes, at times days: a window of seven days tells the two apart.
static int64_t between_steps(Funnel *f)
{
    const double at_once = 0.02, days = 0.07;
    uint64_t random = next(f), length = next(f);
    if (draw_share(random, at_once)) return 0;
    if (draw_share(rng_at(random, 0, 0), days)) return draw_between(length, DAY_S, 12 * DAY_S);
    return draw_between(length, 8, 9 * MINUTE_S);
}

// The steps up to `last`, the last one at `end` or, going forward, from `start`.
static void visitor(Funnel *f, StepName last, int64_t end, int32_t person)
{
    const double skips = 0.05, repeats = 0.12, swaps = 0.04, twice = 0.05;
    int64_t at[STEPS];
    at[last] = end;
    for (int s = (int)last - 1; s >= 0; s--) at[s] = at[s + 1] - between_steps(f);
    // Out of order: the payment page opened from a mail, the plan chosen afterwards.
    if (last >= STEP_PAYMENT && draw_share(next(f), swaps)) {
        int64_t plan = at[STEP_PLAN];
        at[STEP_PLAN] = at[STEP_PAYMENT];
        at[STEP_PAYMENT] = plan;
    }
    for (int s = 0; s <= (int)last; s++) {
        bool confirm = s == STEP_CONFIRM;
        if (!confirm && s < (int)last && draw_share(next(f), skips)) continue;
        visit(f, (StepName)s, at[s], confirm ? person : -1);
        if (draw_share(next(f), confirm ? twice : repeats)) {
            int64_t again = at[s] + draw_between(next(f), 1, confirm ? 4 : 5 * MINUTE_S);
            visit(f, (StepName)s, again, confirm ? person : -1);
        }
    }
}

static void funnel_open(Funnel *f, uint64_t number, uint8_t country)
{
    const double nowhere = 0.04;
    f->key = draw(f->v, DRAW_VISITOR, number, 0);
    f->drawn = 0;
    f->visitor = 700000 + scattered((uint32_t)number) % 100000000;
    f->country = draw_share(next(f), nowhere) ? COUNTRIES : country;
}

// Visitors who stop at `last`; their time is drawn as sign-ups are: more of late.
static uint64_t leavers(Funnel *f, StepName last, size_t n, uint64_t number)
{
    const Viewing *v = f->v;
    double shares[COUNTRIES];
    for (size_t c = 0; c < COUNTRIES; c++) shares[c] = VIEWING_COUNTRIES[c].share;
    for (size_t i = 0; i < n; i++, number++) {
        uint64_t random = draw(v, DRAW_VISITOR, number, 1);
        funnel_open(f, number, (uint8_t)draw_weighted(rng_at(random, 0, 0), shares, COUNTRIES));
        double u = draw_unit(random);
        visitor(f, last, f->first + (int64_t)(u * (2 - u) * (double)(v->now - f->first)), -1);
    }
    return number;
}

void viewing_steps(Arena *a, Viewing *v, const ProcessRun *run)
{
    enum { ROWS_USUAL = 2400, FUNNEL_DAYS = 364 };
    const double confirmed = 0.12, left_payment = 0.06, left_plan = 0.10, left_landing = 0.14;
    const double steps_each = 1.08; // with repeated and without skipped ones
    double rows = (double)process_rows(run, S("fact_signup_event"), ROWS_USUAL) / steps_each;
    Arena scratch = {0};
    Funnel f = {.arena = &scratch, .v = v, .first = v->now - (int64_t)FUNNEL_DAYS * DAY_S};
    uint64_t number = 0;
    double share = confirmed * rows / (double)v->person_count;
    for (size_t i = 0; i < v->person_count; i++) {
        const Person *p = &v->people[i];
        if (!draw_share(draw(v, DRAW_VISITOR, i, 2), share)) continue;
        funnel_open(&f, number++, p->version[0].country);
        visitor(&f, STEP_CONFIRM, p->signup, (int32_t)i);
    }
    number = leavers(&f, STEP_PAYMENT, (size_t)(left_payment * rows), number);
    number = leavers(&f, STEP_PLAN, (size_t)(left_plan * rows), number);
    leavers(&f, STEP_LANDING, (size_t)(left_landing * rows), number);
    int64_t *ts = arena_array(&scratch, int64_t, f.steps.len);
    uint32_t *order = arena_array(&scratch, uint32_t, f.steps.len);
    for (size_t i = 0; i < f.steps.len; i++) ts[i] = f.steps.at[i].ts;
    order_by(&scratch, ts, f.steps.len, order);
    v->steps = arena_array(a, Step, f.steps.len);
    v->step_count = f.steps.len;
    for (size_t i = 0; i < f.steps.len; i++) v->steps[i] = f.steps.at[order[i]];
    arena_free(&scratch);
}
