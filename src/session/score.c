// score: the card of an attempt: for each axis what was observed, the mark it suggests, and the
// sentence behind it.
#include "session/session.h"
#include <assert.h>

ClockTone session_tone(const Session *s)
{
    int64_t all = (int64_t)s->drill->clock_seconds * 1000, spent = session_spent_ms(s);
    if (spent > all) return CLOCK_OVER;
    return spent * 5 >= all * 4 ? CLOCK_WARM : CLOCK_CALM;
}

int64_t session_beat_left_ms(const Session *s, size_t beat)
{
    return (int64_t)s->drill->beats[beat].seconds * 1000 - s->beat_ms[beat];
}

const char *session_verdict_word(const Session *s)
{
    if (s->drill->kind != KIND_SQL) return "self";
    return s->graded ? verdict_name(s->verdict) : "self";
}

// Shares of items found. The steps are ours: all but one of seven is a 4, more than half a 3.
static int mark_of_share(int hits, int total)
{
    if (total == 0) return 0;
    if (hits * 100 >= total * 85) return 4;
    if (hits * 100 >= total * 55) return 3;
    return hits * 100 >= total * 25 ? 2 : 1;
}

static void count_items(const Session *s, Axis axis, ScoreLine *line)
{
    for (size_t i = 0; i < s->drill->item_count && i < SESSION_ITEMS_MAX; i++) {
        if (s->drill->items[i].axis != axis) continue;
        line->scored = true;
        line->total++;
        line->hits += s->items[i] == ITEM_HIT;
    }
    bool ticked = s->phase == PHASE_SCORE || s->phase == PHASE_ENDED;
    if (line->total && ticked) line->suggested = mark_of_share(line->hits, line->total);
}

static void score_correctness(const Session *s, ScoreLine *line)
{
    if (s->drill->kind != KIND_SQL) return;
    line->scored = s->graded;
    if (s->graded) line->suggested = s->verdict != VERDICT_RIGHT ? 1 : s->was_wrong ? 3 : 4;
    line->at_ms = session_spent_ms(s);
}

static bool asked_first(const Session *s)
{
    return s->first_ask_ms >= 0 && (s->first_code_ms < 0 || s->first_ask_ms < s->first_code_ms);
}

static void score_clarification(const Session *s, ScoreLine *line)
{
    if (s->drill->fact_count == 0) return;
    line->scored = true;
    for (size_t i = 0; i < s->drill->fact_count && i < DIALOG_FACTS_MAX; i++) {
        line->total++;
        line->hits += (int)(s->dialog.told >> i & 1);
    }
    line->suggested = mark_of_share(line->hits, line->total);
    if (line->suggested > 1 && !asked_first(s))
        line->suggested--; // asking late is allowed, and timed
    line->at_ms = s->first_ask_ms;
}

// Seconds of edits without a word that still make a 4, 3, 2.
static void score_communication(const Session *s, ScoreLine *line)
{
    if (s->drill->kind != KIND_SQL || s->first_code_ms < 0) return;
    int64_t seconds = s->longest_ms / 1000;
    line->scored = true;
    line->suggested = seconds <= 60 ? 4 : seconds <= 120 ? 3 : seconds <= 240 ? 2 : 1;
    line->at_ms = s->longest_at_ms;
}

void session_score(const Session *s, ScoreLine out[AXIS_COUNT_])
{
    static void (*const observe[])(const Session *, ScoreLine *) = {
        [AXIS_CORRECTNESS] = score_correctness,
        [AXIS_CLARIFICATION] = score_clarification,
        [AXIS_TRADEOFFS] = NULL,
        [AXIS_FAILURE] = NULL,
        [AXIS_COMMUNICATION] = score_communication,
    };
    static_assert(sizeof observe / sizeof *observe == AXIS_COUNT_,
                  "observe every axis, or say NULL");
    for (int i = 0; i < AXIS_COUNT_; i++) {
        out[i] = (ScoreLine){.at_ms = -1};
        count_items(s, (Axis)i, &out[i]);
        if (!out[i].scored && observe[i]) observe[i](s, &out[i]);
        out[i].rating = s->ratings[i];
    }
}

static Str clock_text(Arena *a, int64_t ms)
{
    int64_t seconds = ms / 1000;
    return str_fmt(a, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

static bool has_items(const Session *s, Axis axis)
{
    for (size_t i = 0; i < s->drill->item_count; i++) {
        if (s->drill->items[i].axis == axis) return true;
    }
    return false;
}

static Str correctness_words(const Session *s)
{
    if (s->verdict == VERDICT_RIGHT && s->was_wrong)
        return S("right, after an answer that was not");
    if (s->verdict == VERDICT_RIGHT) return S("right on every database tried");
    if (s->verdict == VERDICT_WRONG) return S("not yet: on some database it differs");
    return s->verdict == VERDICT_ERROR ? S("it did not run") : S("it was stopped before it ended");
}

static Str clarification_words(const Session *s, Arena *a, const ScoreLine *line)
{
    if (s->questions == 0) return S("asked nothing before the answer");
    const char *when = asked_first(s) ? ", before typing" : ", after typing";
    return str_fmt(a, "asked %d of %d that matter%s", line->hits, line->total, when);
}

static Str communication_words(const Session *s, Arena *a)
{
    if (s->longest_ms < 1000) return S("every edit went with a word");
    Str length = clock_text(a, s->longest_ms);
    return str_fmt(a, "longest edits without a word " STR_FMT, STR_ARG(length));
}

Str session_evidence(const Session *s, Arena *a, Axis axis, const ScoreLine *line)
{
    if (!line->scored) return S("not part of this drill");
    if (has_items(s, axis) && line->total == 1)
        return line->hits ? S("the one point that counts was made") : S("the point was not made");
    if (has_items(s, axis)) return str_fmt(a, "%d of %d points addressed", line->hits, line->total);
    switch (axis) {
    case AXIS_CORRECTNESS:
        return correctness_words(s);
    case AXIS_CLARIFICATION:
        return clarification_words(s, a, line);
    case AXIS_COMMUNICATION:
        return communication_words(s, a);
    case AXIS_TRADEOFFS:
    case AXIS_FAILURE:
        break;
    }
    return (Str){0};
}
