// breaking: a drill taken the other way round: a query is shown, and the candidate types rows that
// break it, says that it holds, or gives up.
//
// Rows may be run as often as one likes; the first end decides: rows that break it, or "it holds".
// It is remembered as an attempt at another item (the drill's id with #break), so that breaking a
// query never counts as having written one.
#include "base/check.h"
#include "session/private.h"

Session session_breaking(const Drill *drill, BreakTurn turn)
{
    Session s = session_new(drill, drill->exam.dialect);
    s.breaking = true;
    s.turn = turn;
    session_draw(&s, turn.seed + turn.turn);
    return s;
}

static bool is_right(BreakKind k)
{
    return k == BREAK_BROKEN || k == BREAK_HELD;
}

static const char *verdict_word(BreakKind k)
{
    if (k == BREAK_INVALID || k == BREAK_FAILED) return "error";
    return is_right(k) ? "right" : "wrong";
}

static void judge(Step *x, Str text)
{
    Session *s = x->s;
    s->submits++;
    Body b;
    body_open(&b, x, "submit");
    json_pair_str(&b.json, "text", text);
    body_close(&b);
    step_emit(x, EFFECT_SAVE);
    clock_enter(s, PHASE_GRADING);
    step_emit(x, EFFECT_GRADE)->text = text;
}

static void end(Step *x, const char *verdict)
{
    Session *s = x->s;
    clock_enter(s, PHASE_OVER);
    Body b;
    body_open(&b, x, "keep");
    json_pair_int(&b.json, "spent_ms", session_spent_ms(s));
    json_pair_str(&b.json, "verdict", str_from(verdict));
    body_close(&b);
    step_emit(x, EFFECT_END_DRAFT);
}

void breaking_start(Step *x)
{
    Body b;
    body_open(&b, x, "start");
    json_pair_int(&b.json, "clock_s", 0);
    json_pair_str(&b.json, "dialect", str_from(dialect_name(x->s->dialect)));
    json_pair_int(&b.json, "seed", (int64_t)x->s->turn.seed);
    json_pair_int(&b.json, "turn", (int64_t)x->s->turn.turn);
    json_pair_int(&b.json, "world", (int64_t)x->s->world);
    body_close(&b);
}

void breaking_edit(Step *x)
{
    if (x->s->first_code_ms < 0) x->s->first_code_ms = session_spent_ms(x->s);
}

void breaking_run(Step *x)
{
    if (x->s->phase != PHASE_WORKING) return;
    // Nothing typed is judged too: it says what is missing.
    judge(x, x->e->text.len ? x->e->text : S("\n"));
}

// "It holds": asks once. While giving up is asked for, yes means that.
void breaking_submit(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_WORKING) {
        s->giving_up = false;
        clock_enter(s, PHASE_CONFIRM);
    } else if (s->phase == PHASE_CONFIRM && s->giving_up) {
        end(x, "wrong");
    } else if (s->phase == PHASE_CONFIRM) {
        judge(x, S("holds"));
    }
}

void breaking_give_up(Step *x)
{
    if (x->s->phase != PHASE_WORKING) return;
    x->s->giving_up = true;
    clock_enter(x->s, PHASE_CONFIRM);
}

void breaking_leave(Step *x)
{
    Session *s = x->s;
    bool over = s->phase == PHASE_OVER;
    if (s->phase == PHASE_GRADING) step_emit(x, EFFECT_CANCEL);
    if (!over) {
        clock_enter(s, PHASE_WORKING);
        step_log_number(x, "leave", "spent_ms", session_spent_ms(s));
        bool idle = s->first_code_ms < 0 && !s->submits; // it was only looked at
        step_emit(x, idle ? EFFECT_END_DRAFT : EFFECT_SAVE);
    }
    clock_enter(s, PHASE_ENDED);
}

void on_judged(Step *x)
{
    Session *s = x->s;
    if (!s->breaking || s->phase != PHASE_GRADING) return; // cancelled meanwhile
    CHECK(x->e->number >= 0 && x->e->number < BREAK_COUNT_);
    BreakKind kind = (BreakKind)x->e->number;
    Body b;
    body_open(&b, x, "verdict");
    json_pair_str(&b.json, "verdict", str_from(verdict_word(kind)));
    json_pair_str(&b.json, "end", str_from(break_name(kind)));
    json_pair_int(&b.json, "rows", x->e->value);
    body_close(&b);
    clock_enter(s, PHASE_WORKING);
    if (break_is_end(kind)) end(x, verdict_word(kind));
}
