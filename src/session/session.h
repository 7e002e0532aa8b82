// session: one attempt at a drill as a state machine. Events in, effects out; no clock, no screen.
//
// Time comes with each event (monotonic milliseconds). The session never grades: it emits
// EFFECT_GRADE and later gets EV_GRADED; so it needs neither SQL nor Python, a screen can show
// progress and cancel, and a stored attempt is its list of events: replay = test = bug report. All
// state is in the struct; texts of effects live in the arena of the step.
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H
#include "dialog/dialog.h"
#include "drill/drill.h"

typedef enum {
    PHASE_WORKING, // the clock runs, the candidate writes
    PHASE_CONFIRM, // submit was pressed once: "grade it?"
    PHASE_GRADING, // a job grades
    PHASE_GUESS,   // wrong: "which rows would break it?", 30 s, can be skipped
    PHASE_REFUTED, // the verdict is on the screen and it is not right
    PHASE_COMPARE, // kinds without an engine: the model answer beside mine, items ticked by myself
    PHASE_SCORE,   // the score card
    PHASE_OVER,    // of breaking a query: all is shown, the attempt is kept
    PHASE_ENDED,   // kept or left
    PHASE_LAST = PHASE_ENDED,
} Phase;
enum { PHASE_COUNT_ = PHASE_LAST + 1 };
const char *phase_name(Phase p);

typedef enum {
    EV_START,  // a fresh attempt
    EV_RESUME, // go on with a draft: text = what session_state wrote
    EV_TICK,   // time passed
    EV_EDIT,   // the answer changed; flag: in words (a comment, or any text of a text kind)
    EV_TALK,   // the talk key: "I am speaking"
    EV_ASK,    // text = a question to the interviewer
    EV_HINT,
    EV_BEAT,     // number = the beat to enter
    EV_RUN,      // text = the answer
    EV_RAN,      // number = rows, or -1 when it failed; text = the failure's kind
    EV_SUBMIT,   // text = the answer: asks first; in PHASE_CONFIRM it grades
    EV_BACK,     // out of confirm, guess, refuted, compare: to the answer; while grading: cancel
    EV_GRADED,   // number = VerdictKind; text = why; script = the counterexample
    EV_JUDGED,   // of breaking: number = BreakKind, value = rows that were used
    EV_FAILED,   // grading failed through no fault of the answer; text = the sentence
    EV_GUESS,    // text = the rows that would break it; empty = skipped
    EV_SOLUTION, // the model answer was looked at; of breaking: give up, asks first
    EV_ITEM,     // number = the item, flag = addressed
    EV_FINISH,   // from refuted: to the score card as it stands; from compare: the items are ticked
    EV_RATE,     // number = Axis, value = 1-4
    EV_KEEP,     // the score card is kept: the attempt ends
    EV_LEAVE,    // back to the list: the draft stays
    EV_LAST = EV_LEAVE,
} EventKind;
enum { EV_COUNT_ = EV_LAST + 1 };
const char *event_name(EventKind k);

typedef struct {
    EventKind kind;
    int64_t at; // monotonic ms; never goes back within an attempt
    Str text;
    int64_t number;
    int value;
    bool flag;
    Dialect dialect;
    Str script; // a text to run again; "" = none
} Event;

typedef enum {
    EFFECT_SAY,       // a line of the conversation: who and text
    EFFECT_LOG,       // a fact for the event log: name and JSON body
    EFFECT_RUN,       // run text on the visible data
    EFFECT_GRADE,     // grade text
    EFFECT_CANCEL,    // stop the job
    EFFECT_SAVE,      // save the draft now
    EFFECT_END_DRAFT, // the attempt is over: no draft any more
    EFFECT_LAST = EFFECT_END_DRAFT,
} EffectKind;
enum { EFFECT_COUNT_ = EFFECT_LAST + 1 };
const char *effect_name(EffectKind k);

typedef enum { WHO_INTERVIEWER, WHO_CANDIDATE, WHO_PROGRAM, WHO_LAST = WHO_PROGRAM } Who;
enum { WHO_COUNT_ = WHO_LAST + 1 };
const char *who_name(Who w);

typedef struct {
    EffectKind kind;
    Who who;
    Str name; // of a log entry
    Str text;
    Dialect dialect;
} Effect;
enum { EFFECTS_MAX = 8 };
typedef struct {
    Effect at[EFFECTS_MAX];
    size_t len;
} Effects;

enum { SESSION_BEATS_MAX = 16, SESSION_ITEMS_MAX = 128 };
typedef enum { ITEM_OPEN, ITEM_HIT, ITEM_MISS } ItemMark;

// One line of the score card.
typedef struct {
    bool scored;     // the drill carries something for this axis, or something was observed
    int hits, total; // of items or facts; total 0 = none
    int suggested;   // 1-4; 0 = nothing observed: I say it myself
    int rating;      // 1-4, mine; 0 = not yet
    int64_t at_ms;   // the moment, on the drill's clock; -1 = none
} ScoreLine;

typedef struct {
    const Drill *drill;
    Phase phase;
    Dialect dialect;
    size_t world;       // of the drill's: which hidden truth holds
    int64_t now;        // of the last event
    int64_t resumed_at; // the clock runs from here …
    int64_t base_ms;    // … on top of this
    size_t beat;
    int64_t beat_ms[SESSION_BEATS_MAX];
    DialogState dialog;
    int questions, hints, runs, submits;
    int64_t first_ask_ms, first_code_ms;                         // on the drill's clock; -1 = never
    int64_t stretch_ms, longest_ms, longest_at_ms, last_edit_at; // edits without a word
    ItemMark items[SESSION_ITEMS_MAX];
    int64_t guess_until; // PHASE_GUESS ends by itself
    VerdictKind verdict;
    bool started, graded, was_wrong, saw_solution;
    int ratings[AXIS_COUNT_];
    // The other way round: rows that break a query are wanted. EV_RUN runs them, EV_SUBMIT says
    // that it holds.
    bool breaking;
    bool giving_up; // PHASE_CONFIRM asks for that
    BreakTurn turn; // which query is shown
} Session;

Session session_new(const Drill *drill, Dialect dialect);     // the drill must outlive it
Session session_breaking(const Drill *drill, BreakTurn turn); // its world is the turn's
void session_draw(Session *s, uint64_t seed); // which world holds; the first otherwise
void session_step(Session *s, Arena *a, const Event *e, Effects *out);
void session_check(const Session *s); // invariants; Debug runs it after each step

int64_t session_spent_ms(const Session *s); // of the drill's clock; stands still outside working
typedef enum { CLOCK_CALM, CLOCK_WARM, CLOCK_OVER } ClockTone; // warm: the last fifth
ClockTone session_tone(const Session *s);
int64_t session_beat_left_ms(const Session *s, size_t beat); // may be negative

// The score card of this moment, by Axis.
void session_score(const Session *s, ScoreLine out[AXIS_COUNT_]);
// The evidence of a line in words: "asked 2 of 3 that matter, before typing".
Str session_evidence(const Session *s, Arena *a, Axis axis, const ScoreLine *line);
const char *session_verdict_word(const Session *s); // "right" … or "self": what the store keeps

// What a resumed attempt needs, as one JSON object of numbers; EV_RESUME takes it back.
Str session_state(const Session *s, Arena *a);
#endif
