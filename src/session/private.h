// private: what the files of session share: one step under way, its log entries, its clock.
#ifndef SESSION_PRIVATE_H
#define SESSION_PRIVATE_H
#include "session/session.h"

typedef struct {
    Session *s;
    Arena *a;
    const Event *e;
    Effects *out;
} Step;

// log.c: effects and log entries of this step
Effect *step_emit(Step *x, EffectKind kind);
void step_say(Step *x, Who who, Str text);
void step_log_text(Step *x, const char *name, const char *key, Str text);
void step_log_number(Step *x, const char *name, const char *key, int64_t v);

// The body of a log entry: one flat JSON object.
typedef struct {
    Step *x;
    Buf text;
    Json json;
    const char *name;
} Body;
void body_open(Body *b, Step *x, const char *name);
void body_close(Body *b);

// clock.c: time, silence and beats
bool clock_runs(Phase p);
void clock_pass(Session *s, int64_t at);       // time goes on to `at`; never back
void clock_enter(Session *s, Phase p);         // another phase: the clock starts or stops with it
void clock_spoke(Session *s);                  // a word ends a stretch of silence
void clock_edited(Session *s);                 // an edit without a word lengthens it
size_t beat_named(const Session *s, Str name); // 0 when there is none of that name
void beat_enter(Step *x, size_t beat);

// breaking.c: what the events below do when a query is to be broken
void breaking_start(Step *x);
void breaking_edit(Step *x);
void breaking_run(Step *x);
void breaking_submit(Step *x);
void breaking_give_up(Step *x);
void breaking_leave(Step *x);

// The handlers, one an event: working.c, card.c, state.c.
void on_start(Step *x);
void on_tick(Step *x);
void on_edit(Step *x);
void on_talk(Step *x);
void on_ask(Step *x);
void on_hint(Step *x);
void on_beat(Step *x);
void on_run(Step *x);
void on_ran(Step *x);
void on_submit(Step *x);
void on_back(Step *x);
void on_graded(Step *x);
void on_judged(Step *x);
void on_failed(Step *x);
void on_guess(Step *x);
void on_solution(Step *x);
void on_item(Step *x);
void on_finish(Step *x);
void on_rate(Step *x);
void on_keep(Step *x);
void on_leave(Step *x);
void on_resume(Step *x);
#endif
