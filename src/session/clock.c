// clock: the drill's clock, the silence that is measured on it, and the beats it is divided into.
#include "session/private.h"

enum {
    PAUSE_MS = 10 * 1000
}; // a longer gap between edits is thinking, and thinking is never marked

bool clock_runs(Phase p)
{
    return p == PHASE_WORKING || p == PHASE_CONFIRM;
}

int64_t session_spent_ms(const Session *s)
{
    return s->base_ms + (clock_runs(s->phase) ? s->now - s->resumed_at : 0);
}

void clock_pass(Session *s, int64_t at)
{
    if (at < s->now) at = s->now; // a clock that goes back loses nothing and gains nothing
    if (clock_runs(s->phase)) s->beat_ms[s->beat] += at - s->now;
    s->now = at;
}

void clock_enter(Session *s, Phase p)
{
    if (clock_runs(s->phase) && !clock_runs(p)) {
        s->base_ms = session_spent_ms(s);
        s->last_edit_at = -1; // time off the clock is no silence
    }
    if (!clock_runs(s->phase) && clock_runs(p)) s->resumed_at = s->now;
    s->phase = p;
}

void clock_spoke(Session *s)
{
    s->stretch_ms = 0;
    s->last_edit_at = -1;
}

void clock_edited(Session *s)
{
    int64_t gap = s->last_edit_at < 0 ? 0 : s->now - s->last_edit_at;
    if (gap <= PAUSE_MS) s->stretch_ms += gap;
    s->last_edit_at = s->now;
    if (s->stretch_ms > s->longest_ms) {
        s->longest_ms = s->stretch_ms;
        s->longest_at_ms = session_spent_ms(s);
    }
}

size_t beat_named(const Session *s, Str name)
{
    for (size_t i = 0; i < s->drill->beat_count; i++) {
        if (str_eq(s->drill->beats[i].name, name)) return i;
    }
    return 0;
}

void beat_enter(Step *x, size_t beat)
{
    if (beat == x->s->beat || beat >= x->s->drill->beat_count || beat >= SESSION_BEATS_MAX) return;
    x->s->beat = beat;
    step_log_text(x, "beat", "beat", x->s->drill->beats[beat].name);
}
