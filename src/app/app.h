// app: opens the world, carries out what a session asks for, and feeds results back. No screen: it
// is driven by whoever has one, through app_send, and by its timers and descriptors, through
// app_pump.
//
// Long work (making data, running and grading answers) is a job in a helper process: the caller
// polls app_fd and stays alive; cancelling kills the helper. Drafts are saved as one types, at most
// every autosave_ms.
#ifndef APP_APP_H
#define APP_APP_H
#include "base/diag.h"
#include "drill/drill.h"
#include "grade/grade.h"
#include "pack/pack.h"
#include "session/session.h"
#include "store/store.h"

typedef struct App App;

typedef struct {
    const World *world; // must outlive the app
    PackSources packs;
    bool remember; // open the store; run, check and demo never do
} AppOptions;

// Reads packs and store. Packs with faults are left out drill by drill; app_faults says why.
MUST_USE bool app_open(const AppOptions *o, App **out, Error *err);
void app_close(App *app); // saves the draft, ends helpers; NULL is fine

const World *app_world(const App *app);
const Library *app_library(const App *app);
const Diags *app_faults(const App *app);
const StoreOpening *
app_opening(const App *app); // what had to be done to the store, for one line on the screen

// ---- what is remembered
typedef struct {
    const StoreItem *at;
    size_t len;
} AppItems;
AppItems app_items(App *app); // one row a drill ever tried; refreshed after each attempt
const StoreItem *app_item(App *app, Str drill_id); // NULL = never tried
const StoreDraft *app_draft(App *app);             // the newest unfinished attempt, or NULL
const Drill *app_draft_drill(App *app); // its drill; NULL when the pack is gone (the draft is kept)
bool app_has_draft(App *app, Str item); // also when it is not the newest
// What attempts at breaking a drill's query are remembered under: "ID#break".
Str app_break_item(Arena *a, const Drill *drill);
bool app_is_break(Str item);
const Drill *app_item_drill(const App *app, Str item); // of both kinds of items; NULL = gone
void app_drop_draft(App *app);                         // "start fresh"
Str app_setting(App *app, Arena *a, Str key);          // "" when unset
void app_set(App *app, Str key, Str value);
// The newest attempts at one drill, or at all ("").
MUST_USE bool app_attempts(App *app, Arena *a, Str item, size_t limit, StoreAttempt **out,
                           size_t *count, Error *err);

// ---- one attempt
typedef struct {
    Who who;
    Str text;
    int64_t at_ms; // on the drill's clock
} Line;

typedef enum {
    WORK_NONE,
    WORK_PREPARING,
    WORK_RUNNING,
    WORK_STEPPING,
    WORK_GRADING,
    WORK_BREAKING,  // a query is chosen, or rows are run against it
    WORK_SEARCHING, // for another counterexample
    WORK_LAST = WORK_SEARCHING
} Work;
enum { WORK_COUNT_ = WORK_LAST + 1 };

typedef struct {
    Session session;
    Str id;   // of the attempt, in the event log
    Str item; // what it is an attempt at: the drill's id, or app_break_item
    Str text; // the answer as it was last handed in by app_type
    size_t cursor;
    VEC(Line) talk; // the conversation
    Work work;
    int64_t work_since; // monotonic ms
    Str work_phase;     // what the helper says it is at
    bool data_ready;
    int64_t data_rows; // of the visible data
    bool has_result;   // of the last run
    QueryResult result;
    bool has_steps; // of the last app_steps
    GradeSteps steps;
    bool has_verdict;
    Verdict verdict;
    bool has_another; // the newest answer of app_another
    ExamAnother another;
    bool has_case; // of breaking: the query is there …
    BreakCase shown;
    bool has_end; // … and what the newest rows did to it
    BreakVerdict end;
    Str trouble; // something to say in one line: the disk is full, the helper died …; "" = none
    int64_t saved_at; // monotonic ms of the last draft that is on disk; 0 = none
} Attempt;

MUST_USE bool app_begin(App *app, const Drill *drill,
                        Error *err);            // fresh; the dialect is the one used last
MUST_USE bool app_resume(App *app, Error *err); // goes on with app_draft
MUST_USE bool app_resume_of(App *app, Str item, Error *err); // with the draft of this item
// The same drill the other way round: goes on with a draft of it, else shows a query that was not
// shown yet.
MUST_USE bool app_break(App *app, const Drill *drill, Error *err);
const Attempt *app_attempt(const App *app); // NULL = none under way
void app_send(App *app, EventKind kind, Str text, int64_t number,
              bool flag); // `at` and the dialect are filled in
void app_rate(App *app, Axis axis, int value);
// The answer changed: kept for the next autosave. `words`: the change was in a comment, or in a
// text kind.
void app_type(App *app, Str text, size_t cursor, bool words);
void app_choose_dialect(App *app, Dialect d);
void app_steps(App *app, Str text); // runs each step of the query alone
// Looks for another counterexample of the answer that was graded last, of a kind not shown yet.
void app_another(App *app);
void app_forget_another(App *app); // the verdict's own again
void app_choose_query(App *app);   // of breaking: once more, when it failed
void app_stop(App *app);           // the run under way; grading is stopped by EV_BACK

// ---- the loop
int app_fd(const App *app);      // -1 = nothing to wait for
int app_wait_ms(const App *app); // how long until a timer is due; -1 = none
bool app_pump(App *app);         // reads replies, fires timers; true when something changed

// ---- the other side
int app_helper_main(void); // the helper mode behind all jobs
#endif
