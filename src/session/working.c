// working: events while the candidate works: edits, questions, hints, runs, and handing in.
#include "session/private.h"

void on_start(Step *x)
{
    Session *s = x->s;
    s->resumed_at = s->now;
    if (s->breaking) {
        breaking_start(x);
        return;
    }
    Body b;
    body_open(&b, x, "start");
    json_pair_int(&b.json, "clock_s", s->drill->clock_seconds);
    json_pair_str(&b.json, "dialect", str_from(dialect_name(s->dialect)));
    body_close(&b);
    step_emit(x, EFFECT_SAVE);
}

void on_tick(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_GUESS && s->now >= s->guess_until) clock_enter(s, PHASE_REFUTED);
}

void on_edit(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_CONFIRM) clock_enter(s, PHASE_WORKING);
    if (s->phase != PHASE_WORKING) return;
    if (s->breaking) {
        breaking_edit(x);
        return;
    }
    if (x->e->flag) {
        clock_spoke(s);
        return;
    }
    if (s->first_code_ms < 0) {
        s->first_code_ms = session_spent_ms(s);
        size_t build = beat_named(s, S("build"));
        if (s->beat < build) beat_enter(x, build);
    }
    clock_edited(s);
}

void on_talk(Step *x)
{
    clock_spoke(x->s);
    step_log_number(x, "talk", "at_ms", session_spent_ms(x->s));
}

static void log_ask(Step *x, const DialogReply *r)
{
    const Drill *d = x->s->drill;
    Body b;
    body_open(&b, x, "ask");
    json_pair_str(&b.json, "text", x->e->text);
    json_key(&b.json, S("told"));
    json_begin_array(&b.json);
    for (size_t i = 0; i < d->fact_count && i < DIALOG_FACTS_MAX; i++) {
        if (r->told >> i & 1) json_str(&b.json, d->facts[i].id);
    }
    json_end_array(&b.json);
    body_close(&b);
}

void on_ask(Step *x)
{
    Session *s = x->s;
    if (str_trim(x->e->text).len == 0 || s->phase == PHASE_ENDED) return;
    DialogSpec spec = {drill_facts(x->a, s->drill, s->world), s->drill->fact_count,
                       s->drill->prompt};
    DialogReply r = dialog_ask(x->a, &spec, &s->dialog, x->e->text, &s->drill->sets);
    clock_spoke(s);
    if (r.question) s->questions++;
    if (r.question && s->first_ask_ms < 0) s->first_ask_ms = session_spent_ms(s);
    step_say(x, WHO_CANDIDATE, x->e->text);
    step_say(x, WHO_INTERVIEWER, r.say);
    log_ask(x, &r);
}

void on_hint(Step *x)
{
    Session *s = x->s;
    if ((size_t)s->hints >= s->drill->hints.len) {
        step_say(x, WHO_PROGRAM,
                 s->drill->hints.len ? S("That was the last hint.")
                                     : S("This drill has no hints."));
        return;
    }
    step_say(x, WHO_INTERVIEWER, s->drill->hints.at[s->hints++]);
    step_log_number(x, "hint", "n", s->hints);
}

void on_beat(Step *x)
{
    if (x->e->number >= 0) beat_enter(x, (size_t)x->e->number);
}

void on_run(Step *x)
{
    if (x->s->breaking) {
        breaking_run(x);
        return;
    }
    if (str_trim(x->e->text).len == 0) {
        step_say(x, WHO_PROGRAM, S("There is no query to run yet."));
        return;
    }
    x->s->runs++;
    step_emit(x, EFFECT_SAVE);
    step_emit(x, EFFECT_RUN)->text = x->e->text;
}

void on_ran(Step *x)
{
    Body b;
    body_open(&b, x, "run");
    json_pair_int(&b.json, "rows", x->e->number);
    json_pair_int(&b.json, "ms", x->e->value);
    if (x->e->text.len) json_pair_str(&b.json, "error", x->e->text);
    body_close(&b);
}

static void grade(Step *x)
{
    Session *s = x->s;
    s->submits++;
    Body b;
    body_open(&b, x, "submit");
    json_pair_str(&b.json, "text", x->e->text);
    json_pair_str(&b.json, "dialect", str_from(dialect_name(s->dialect)));
    body_close(&b);
    step_emit(x, EFFECT_SAVE);
    if (s->drill->kind == KIND_SQL) {
        clock_enter(s, PHASE_GRADING);
        step_emit(x, EFFECT_GRADE)->text = x->e->text;
    } else {
        clock_enter(s, PHASE_COMPARE);
    }
}

void on_submit(Step *x)
{
    Session *s = x->s;
    if (s->breaking) {
        breaking_submit(x);
    } else if (s->phase == PHASE_CONFIRM) {
        grade(x);
    } else if (s->phase == PHASE_WORKING && str_trim(x->e->text).len == 0) {
        step_say(x, WHO_PROGRAM, S("There is nothing to submit yet."));
    } else if (s->phase == PHASE_WORKING) {
        clock_enter(s, PHASE_CONFIRM);
    }
}

void on_back(Step *x)
{
    Session *s = x->s;
    switch (s->phase) {
    case PHASE_GRADING:
        step_emit(x, EFFECT_CANCEL);
        clock_enter(s, PHASE_WORKING);
        break;
    case PHASE_GUESS:
        clock_enter(s, PHASE_REFUTED);
        break;
    case PHASE_COMPARE: // after a right verdict there is nothing to go back to
        if (!s->graded || s->verdict != VERDICT_RIGHT) clock_enter(s, PHASE_WORKING);
        break;
    case PHASE_CONFIRM:
    case PHASE_REFUTED:
        clock_enter(s, PHASE_WORKING);
        break;
    case PHASE_WORKING:
    case PHASE_SCORE:
    case PHASE_OVER:
    case PHASE_ENDED:
        break;
    }
}
