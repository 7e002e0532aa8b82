// session: the step function: one handler an event, in a table.
#include "base/check.h"
#include "session/private.h"
#include <assert.h>

static const char *const phase_names[] = {
    [PHASE_WORKING] = "working", [PHASE_CONFIRM] = "confirm", [PHASE_GRADING] = "grading",
    [PHASE_GUESS] = "guess",     [PHASE_REFUTED] = "refuted", [PHASE_COMPARE] = "compare",
    [PHASE_SCORE] = "score",     [PHASE_OVER] = "over",       [PHASE_ENDED] = "ended",
};
static_assert(sizeof phase_names / sizeof *phase_names == PHASE_COUNT_, "name every phase");
const char *phase_name(Phase p)
{
    return phase_names[p];
}

static const char *const effect_names[] = {
    [EFFECT_SAY] = "say",
    [EFFECT_LOG] = "log",
    [EFFECT_RUN] = "run",
    [EFFECT_GRADE] = "grade",
    [EFFECT_CANCEL] = "cancel",
    [EFFECT_SAVE] = "save",
    [EFFECT_END_DRAFT] = "end-draft",
};
static_assert(sizeof effect_names / sizeof *effect_names == EFFECT_COUNT_, "name every effect");
const char *effect_name(EffectKind k)
{
    return effect_names[k];
}

static const char *const who_names[] = {
    [WHO_INTERVIEWER] = "interviewer", [WHO_CANDIDATE] = "candidate", [WHO_PROGRAM] = "program"};
static_assert(sizeof who_names / sizeof *who_names == WHO_COUNT_, "name every speaker");
const char *who_name(Who w)
{
    return who_names[w];
}

static const struct {
    const char *name;
    void (*handle)(Step *x);
} events[] = {
    [EV_START] = {"start", on_start},    [EV_RESUME] = {"resume", on_resume},
    [EV_TICK] = {"tick", on_tick},       [EV_EDIT] = {"edit", on_edit},
    [EV_TALK] = {"talk", on_talk},       [EV_ASK] = {"ask", on_ask},
    [EV_HINT] = {"hint", on_hint},       [EV_BEAT] = {"beat", on_beat},
    [EV_RUN] = {"run", on_run},          [EV_RAN] = {"ran", on_ran},
    [EV_SUBMIT] = {"submit", on_submit}, [EV_BACK] = {"back", on_back},
    [EV_GRADED] = {"graded", on_graded}, [EV_FAILED] = {"failed", on_failed},
    [EV_GUESS] = {"guess", on_guess},    [EV_SOLUTION] = {"solution", on_solution},
    [EV_ITEM] = {"item", on_item},       [EV_FINISH] = {"finish", on_finish},
    [EV_RATE] = {"rate", on_rate},       [EV_KEEP] = {"keep", on_keep},
    [EV_LEAVE] = {"leave", on_leave},    [EV_JUDGED] = {"judged", on_judged},
};
static_assert(sizeof events / sizeof *events == EV_COUNT_, "handle every event");
const char *event_name(EventKind k)
{
    return events[k].name;
}

void session_draw(Session *s, uint64_t seed)
{
    s->world = drill_draw(s->drill, seed);
}

Session session_new(const Drill *drill, Dialect dialect)
{
    CHECK(drill->beat_count > 0);
    return (Session){.drill = drill,
                     .dialect = dialect,
                     .first_ask_ms = -1,
                     .first_code_ms = -1,
                     .longest_at_ms = -1,
                     .last_edit_at = -1};
}

void session_step(Session *s, Arena *a, const Event *e, Effects *out)
{
    *out = (Effects){0};
    bool first = e->kind == EV_START || e->kind == EV_RESUME;
    if (first && s->started) return; // an attempt begins once
    if (first) s->now = e->at;
    s->started = true;
    clock_pass(s, e->at);
    if (e->kind == EV_RUN || e->kind == EV_SUBMIT) s->dialect = e->dialect;
    events[e->kind].handle(&(Step){s, a, e, out});
#if !defined(NDEBUG)
    session_check(s);
#endif
}

void session_check(const Session *s)
{
    CHECK((int)s->phase < (int)PHASE_COUNT_);
    CHECK(s->beat < s->drill->beat_count);
    CHECK(session_spent_ms(s) >= 0);
    CHECK(s->longest_ms <= session_spent_ms(s) + 1);
    CHECK(s->hints >= 0 && (size_t)s->hints <= s->drill->hints.len);
    for (int i = 0; i < AXIS_COUNT_; i++) CHECK(s->ratings[i] >= 0 && s->ratings[i] <= 4);
}
