// session: the step function: one handler an event, in a table.
#include "session/session.h"
#include "base/check.h"
#include <assert.h>
#include <string.h>

static const char *const phase_names[] = {
    [PHASE_WORKING] = "working", [PHASE_CONFIRM] = "confirm", [PHASE_GRADING] = "grading",
    [PHASE_GUESS] = "guess",     [PHASE_REFUTED] = "refuted", [PHASE_COMPARE] = "compare",
    [PHASE_SCORE] = "score",     [PHASE_ENDED] = "ended",
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

enum {
    GUESS_MS = 30 * 1000, // "which rows would break it?" waits so long
    PAUSE_MS = 10 * 1000, // a longer gap between edits is thinking, and thinking is never marked
};

typedef struct {
    Session *s;
    Arena *a;
    const Event *e;
    Effects *out;
} Step;

static Effect *emit(Step *x, EffectKind kind)
{
    CHECK(x->out->len < EFFECTS_MAX);
    Effect *f = &x->out->at[x->out->len++];
    *f = (Effect){.kind = kind, .dialect = x->s->dialect};
    return f;
}

static void say(Step *x, Who who, Str text)
{
    Effect *f = emit(x, EFFECT_SAY);
    f->who = who;
    f->text = text;
}

// ---- log bodies: one flat JSON object each

typedef struct {
    Step *x;
    Buf text;
    Json json;
    const char *name;
} Body;

static void body_open(Body *b, Step *x, const char *name)
{
    *b = (Body){.x = x, .text = buf_new(x->a), .name = name};
    b->json = json_new(&b->text);
    json_begin_object(&b->json);
}

static void body_close(Body *b)
{
    json_end_object(&b->json);
    Effect *f = emit(b->x, EFFECT_LOG);
    f->name = str_from(b->name);
    f->text = buf_str(&b->text);
}

static void log_text(Step *x, const char *name, const char *key, Str text)
{
    Body b;
    body_open(&b, x, name);
    json_pair_str(&b.json, key, text);
    body_close(&b);
}

static void log_number(Step *x, const char *name, const char *key, int64_t v)
{
    Body b;
    body_open(&b, x, name);
    json_pair_int(&b.json, key, v);
    body_close(&b);
}

// ---- the clock

static bool running(Phase p)
{
    return p == PHASE_WORKING || p == PHASE_CONFIRM;
}

int64_t session_spent_ms(const Session *s)
{
    return s->base_ms + (running(s->phase) ? s->now - s->resumed_at : 0);
}

static void pass_time(Session *s, int64_t at)
{
    if (at < s->now) at = s->now; // a clock that goes back loses nothing and gains nothing
    if (running(s->phase)) s->beat_ms[s->beat] += at - s->now;
    s->now = at;
}

static void enter(Session *s, Phase p)
{
    if (running(s->phase) && !running(p)) {
        s->base_ms = session_spent_ms(s);
        s->last_edit_at = -1; // time off the clock is no silence
    }
    if (!running(s->phase) && running(p)) s->resumed_at = s->now;
    s->phase = p;
}

// ---- words and silence

static void spoke(Session *s)
{
    s->stretch_ms = 0;
    s->last_edit_at = -1;
}

static void edited_in_silence(Session *s)
{
    int64_t gap = s->last_edit_at < 0 ? 0 : s->now - s->last_edit_at;
    if (gap <= PAUSE_MS) s->stretch_ms += gap;
    s->last_edit_at = s->now;
    if (s->stretch_ms > s->longest_ms) {
        s->longest_ms = s->stretch_ms;
        s->longest_at_ms = session_spent_ms(s);
    }
}

static size_t beat_named(const Session *s, Str name)
{
    for (size_t i = 0; i < s->drill->beat_count; i++) {
        if (str_eq(s->drill->beats[i].name, name)) return i;
    }
    return 0;
}

static void enter_beat(Step *x, size_t beat)
{
    if (beat == x->s->beat || beat >= x->s->drill->beat_count || beat >= SESSION_BEATS_MAX) return;
    x->s->beat = beat;
    log_text(x, "beat", "beat", x->s->drill->beats[beat].name);
}

// ---- handlers

static void on_start(Step *x)
{
    Session *s = x->s;
    s->resumed_at = s->now;
    Body b;
    body_open(&b, x, "start");
    json_pair_int(&b.json, "clock_s", s->drill->clock_seconds);
    json_pair_str(&b.json, "dialect", str_from(dialect_name(s->dialect)));
    body_close(&b);
    emit(x, EFFECT_SAVE);
}

static int64_t number_of(const JsonObject *o, const char *key, int64_t otherwise)
{
    const JsonMember *m = json_member(o, str_from(key));
    return m && m->kind == MEMBER_INT ? m->integer : otherwise;
}

static void on_resume(Step *x)
{
    Session *s = x->s;
    JsonObject o;
    Error ignored; // a state that cannot be read costs the clock and the beat, never the draft
    s->resumed_at = s->now;
    if (!json_read_object(x->a, x->e->text, &o, &ignored)) return;
    s->base_ms = number_of(&o, "spent", 0);
    s->dialog.told = (uint64_t)number_of(&o, "told", 0);
    s->dialog.asked = (size_t)number_of(&o, "asked", 0);
    s->dialog.heard = (size_t)number_of(&o, "heard", 0);
    s->questions = (int)number_of(&o, "questions", 0);
    s->hints = (int)number_of(&o, "hints", 0);
    s->runs = (int)number_of(&o, "runs", 0);
    s->submits = (int)number_of(&o, "submits", 0);
    s->first_ask_ms = number_of(&o, "first_ask", -1);
    s->first_code_ms = number_of(&o, "first_code", -1);
    s->longest_ms = number_of(&o, "longest", 0);
    s->longest_at_ms = number_of(&o, "longest_at", -1);
    s->was_wrong = number_of(&o, "was_wrong", 0) != 0;
    s->saw_solution = number_of(&o, "saw_solution", 0) != 0;
    int64_t beat = number_of(&o, "beat", 0);
    if (beat >= 0 && (size_t)beat < s->drill->beat_count) s->beat = (size_t)beat;
    dialect_from_name(json_member_str(&o, S("dialect")), &s->dialect);
    log_number(x, "resume", "spent_ms", s->base_ms);
}

static void on_tick(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_GUESS && s->now >= s->guess_until) enter(s, PHASE_REFUTED);
}

static void on_edit(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_CONFIRM) enter(s, PHASE_WORKING);
    if (s->phase != PHASE_WORKING) return;
    if (x->e->flag) {
        spoke(s);
        return;
    }
    if (s->first_code_ms < 0) {
        s->first_code_ms = session_spent_ms(s);
        size_t build = beat_named(s, S("build"));
        if (s->beat < build) enter_beat(x, build);
    }
    edited_in_silence(s);
}

static void on_talk(Step *x)
{
    spoke(x->s);
    log_number(x, "talk", "at_ms", session_spent_ms(x->s));
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

static void on_ask(Step *x)
{
    Session *s = x->s;
    if (str_trim(x->e->text).len == 0 || s->phase == PHASE_ENDED) return;
    DialogSpec spec = {s->drill->facts, s->drill->fact_count, s->drill->prompt};
    DialogReply r = dialog_ask(x->a, &spec, &s->dialog, x->e->text, &s->drill->sets);
    spoke(s);
    if (r.question) s->questions++;
    if (r.question && s->first_ask_ms < 0) s->first_ask_ms = session_spent_ms(s);
    say(x, WHO_CANDIDATE, x->e->text);
    say(x, WHO_INTERVIEWER, r.say);
    log_ask(x, &r);
}

static void on_hint(Step *x)
{
    Session *s = x->s;
    if ((size_t)s->hints >= s->drill->hints.len) {
        say(x, WHO_PROGRAM,
            s->drill->hints.len ? S("That was the last hint.") : S("This drill has no hints."));
        return;
    }
    say(x, WHO_INTERVIEWER, s->drill->hints.at[s->hints++]);
    log_number(x, "hint", "n", s->hints);
}

static void on_beat(Step *x)
{
    if (x->e->number >= 0) enter_beat(x, (size_t)x->e->number);
}

static void on_run(Step *x)
{
    if (str_trim(x->e->text).len == 0) {
        say(x, WHO_PROGRAM, S("There is no query to run yet."));
        return;
    }
    x->s->runs++;
    emit(x, EFFECT_SAVE);
    emit(x, EFFECT_RUN)->text = x->e->text;
}

static void on_ran(Step *x)
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
    emit(x, EFFECT_SAVE);
    if (s->drill->kind == KIND_SQL) {
        enter(s, PHASE_GRADING);
        emit(x, EFFECT_GRADE)->text = x->e->text;
    } else {
        enter(s, PHASE_COMPARE);
    }
}

static void on_submit(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_CONFIRM) {
        grade(x);
    } else if (s->phase == PHASE_WORKING && str_trim(x->e->text).len == 0) {
        say(x, WHO_PROGRAM, S("There is nothing to submit yet."));
    } else if (s->phase == PHASE_WORKING) {
        enter(s, PHASE_CONFIRM);
    }
}

static void on_back(Step *x)
{
    Session *s = x->s;
    switch (s->phase) {
    case PHASE_GRADING:
        emit(x, EFFECT_CANCEL);
        enter(s, PHASE_WORKING);
        break;
    case PHASE_GUESS:
        enter(s, PHASE_REFUTED);
        break;
    case PHASE_COMPARE: // after a right verdict there is nothing to go back to
        if (!s->graded || s->verdict != VERDICT_RIGHT) enter(s, PHASE_WORKING);
        break;
    case PHASE_CONFIRM:
    case PHASE_REFUTED:
        enter(s, PHASE_WORKING);
        break;
    case PHASE_WORKING:
    case PHASE_SCORE:
    case PHASE_ENDED:
        break;
    }
}

// Points that count are ticked by oneself before the card is shown.
static void enter_card(Session *s)
{
    enter(s, s->drill->item_count ? PHASE_COMPARE : PHASE_SCORE);
}

static void on_graded(Step *x)
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
    body_close(&b);
    if (s->verdict == VERDICT_RIGHT) {
        enter_card(s);
    } else if (s->verdict == VERDICT_WRONG) {
        s->was_wrong = true;
        s->guess_until = s->now + GUESS_MS;
        enter(s, PHASE_GUESS);
    } else {
        enter(s, PHASE_REFUTED);
    }
}

static void on_failed(Step *x)
{
    say(x, WHO_PROGRAM, x->e->text);
    if (x->s->phase == PHASE_GRADING) enter(x->s, PHASE_WORKING);
}

static void on_guess(Step *x)
{
    if (x->s->phase != PHASE_GUESS) return;
    if (x->e->text.len) log_text(x, "guess", "text", x->e->text);
    enter(x->s, PHASE_REFUTED);
}

static void on_solution(Step *x)
{
    if (!x->s->saw_solution) log_number(x, "solution", "at_ms", session_spent_ms(x->s));
    x->s->saw_solution = true;
}

static void on_item(Step *x)
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

static void on_finish(Step *x)
{
    Session *s = x->s;
    if (s->phase == PHASE_REFUTED) {
        enter_card(s);
    } else if (s->phase == PHASE_COMPARE) {
        enter(s, PHASE_SCORE);
    }
}

static void on_rate(Step *x)
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

static void on_keep(Step *x)
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
    emit(x, EFFECT_END_DRAFT);
    enter(s, PHASE_ENDED);
}

static void on_leave(Step *x)
{
    Session *s = x->s;
    bool right = s->phase == PHASE_COMPARE && s->graded && s->verdict == VERDICT_RIGHT;
    if (right) enter(s, PHASE_SCORE);
    if (s->phase == PHASE_SCORE) { // an attempt that is over is kept, also when one just leaves
        on_keep(x);
        return;
    }
    if (s->phase == PHASE_ENDED) return;
    if (s->phase == PHASE_GRADING) emit(x, EFFECT_CANCEL);
    enter(s, PHASE_WORKING); // a resumed attempt goes on with the answer
    emit(x, EFFECT_SAVE);
    log_number(x, "leave", "spent_ms", session_spent_ms(s));
    enter(s, PHASE_ENDED);
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
    [EV_LEAVE] = {"leave", on_leave},
};
static_assert(sizeof events / sizeof *events == EV_COUNT_, "handle every event");
const char *event_name(EventKind k)
{
    return events[k].name;
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
    pass_time(s, e->at);
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

Str session_state(const Session *s, Arena *a)
{
    Buf text = buf_new(a);
    Json j = json_new(&text);
    json_begin_object(&j);
    json_pair_int(&j, "spent", session_spent_ms(s));
    json_pair_int(&j, "beat", (int64_t)s->beat);
    json_pair_int(&j, "told", (int64_t)s->dialog.told);
    json_pair_int(&j, "asked", (int64_t)s->dialog.asked);
    json_pair_int(&j, "heard", (int64_t)s->dialog.heard);
    json_pair_int(&j, "questions", s->questions);
    json_pair_int(&j, "hints", s->hints);
    json_pair_int(&j, "runs", s->runs);
    json_pair_int(&j, "submits", s->submits);
    json_pair_int(&j, "first_ask", s->first_ask_ms);
    json_pair_int(&j, "first_code", s->first_code_ms);
    json_pair_int(&j, "longest", s->longest_ms);
    json_pair_int(&j, "longest_at", s->longest_at_ms);
    json_pair_int(&j, "was_wrong", s->was_wrong);
    json_pair_int(&j, "saw_solution", s->saw_solution);
    json_pair_str(&j, "dialect", str_from(dialect_name(s->dialect)));
    json_end_object(&j);
    return buf_str(&text);
}
