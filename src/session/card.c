// card: events from the verdict to the card that is kept.
#include "base/check.h"
#include "session/private.h"

enum { GUESS_MS = 30 * 1000 }; // "which rows would break it?" waits so long

// Points that count are ticked by oneself before the card is shown.
static void enter_card(Session *s)
{
    clock_enter(s, s->drill->item_count ? PHASE_COMPARE : PHASE_SCORE);
}

void on_graded(Step *x)
{
    Session *s = x->s;
    if (s->phase != PHASE_GRADING) return; // cancelled meanwhile
    CHECK(x->e->number >= 0 && x->e->number < VERDICT_COUNT_);
    s->verdict = (VerdictKind)x->e->number;
    s->graded = true;
    Body b;
    body_open(&b, x, "verdict");
    json_pair_str(&b.json, "verdict", str_from(verdict_name(s->verdict)));
    json_pair_str(&b.json, "why", x->e->text);
    json_pair_int(&b.json, "ms", x->e->value);
    if (x->e->script.len) json_pair_str(&b.json, "script", x->e->script);
    body_close(&b);
    if (s->verdict == VERDICT_RIGHT) {
        enter_card(s);
    } else if (s->verdict == VERDICT_WRONG) {
        s->was_wrong = true;
        s->guess_until = s->now + GUESS_MS;
        clock_enter(s, PHASE_GUESS);
    } else {
        clock_enter(s, PHASE_REFUTED);
    }
}

void on_failed(Step *x)
{
    step_say(x, WHO_PROGRAM, x->e->text);
    if (x->s->phase == PHASE_GRADING) clock_enter(x->s, PHASE_WORKING);
}

void on_guess(Step *x)
{
    if (x->s->phase != PHASE_GUESS) return;
    if (x->e->text.len) step_log_text(x, "guess", "text", x->e->text);
    clock_enter(x->s, PHASE_REFUTED);
}

void on_solution(Step *x)
{
    if (x->s->breaking) {
        breaking_give_up(x);
        return;
    }
    if (!x->s->saw_solution) step_log_number(x, "solution", "at_ms", session_spent_ms(x->s));
    x->s->saw_solution = true;
}

void on_item(Step *x)
{
    Session *s = x->s;
    size_t i = (size_t)x->e->number;
    if (x->e->number < 0 || i >= s->drill->item_count || i >= SESSION_ITEMS_MAX) return;
    s->items[i] = x->e->flag ? ITEM_HIT : ITEM_MISS;
    Body b;
    body_open(&b, x, "tick");
    json_pair_str(&b.json, "item", s->drill->items[i].id);
    json_pair_bool(&b.json, "hit", x->e->flag);
    body_close(&b);
}

void on_finish(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_REFUTED) {
        enter_card(s);
    } else if (s->phase == PHASE_COMPARE) {
        clock_enter(s, PHASE_SCORE);
    }
}

void on_rate(Step *x)
{
    const Event *e = x->e;
    if (x->s->phase != PHASE_SCORE || e->number < 0 || e->number >= AXIS_COUNT_) return;
    if (e->value < 1 || e->value > 4) return;
    x->s->ratings[e->number] = e->value;
    Body b;
    body_open(&b, x, "rate");
    json_pair_str(&b.json, "axis", str_from(axis_name((Axis)e->number)));
    json_pair_int(&b.json, "value", e->value);
    body_close(&b);
}

void on_keep(Step *x)
{
    Session *s = x->s;
    if (s->phase != PHASE_SCORE) return;
    ScoreLine lines[AXIS_COUNT_];
    session_score(s, lines);
    Body b;
    body_open(&b, x, "keep");
    json_pair_int(&b.json, "spent_ms", session_spent_ms(s));
    json_pair_str(&b.json, "verdict", str_from(session_verdict_word(s)));
    json_key(&b.json, S("ratings"));
    json_begin_object(&b.json);
    for (int i = 0; i < AXIS_COUNT_; i++) {
        int value = lines[i].rating ? lines[i].rating : lines[i].suggested;
        if (value) json_pair_int(&b.json, axis_name((Axis)i), value);
    }
    json_end_object(&b.json);
    body_close(&b);
    step_emit(x, EFFECT_END_DRAFT);
    clock_enter(s, PHASE_ENDED);
}

void on_leave(Step *x)
{
    Session *s = x->s;
    if (s->breaking) {
        breaking_leave(x);
        return;
    }
    bool right = s->phase == PHASE_COMPARE && s->graded && s->verdict == VERDICT_RIGHT;
    if (right) clock_enter(s, PHASE_SCORE);
    if (s->phase == PHASE_SCORE) { // an attempt that is over is kept, also when one just leaves
        on_keep(x);
        return;
    }
    if (s->phase == PHASE_ENDED) return;
    if (s->phase == PHASE_GRADING) step_emit(x, EFFECT_CANCEL);
    clock_enter(s, PHASE_WORKING); // a resumed attempt goes on with the answer
    step_emit(x, EFFECT_SAVE);
    step_log_number(x, "leave", "spent_ms", session_spent_ms(s));
    clock_enter(s, PHASE_ENDED);
}
