// ui: what every screen gets: the app, the terminal, this frame's arena, and what floats above the
// screens.
//
// A screen is a row of `screens[]`: it draws the body between header and key line, answers keys,
// and names its key tables, from which footer, help and palette are made. State that outlives a
// frame is in Ui; what is drawn is read from the app. An attempt's phase decides which screen shows
// it.
#ifndef TUI_UI_H
#define TUI_UI_H
#include "tui/term.h"
#include "tui/tui.h"
#include "tui/widgets/editor.h"
#include "tui/widgets/help.h"
#include "tui/widgets/keybar.h"
#include "tui/widgets/list.h"
#include "tui/widgets/palette.h"
#include "tui/widgets/pane.h"
#include "tui/widgets/sheet.h"
#include "tui/widgets/toast.h"

typedef enum {
    SCREEN_HOME,
    SCREEN_DRILLS,
    SCREEN_WORK,    // question, conversation, answer, rows
    SCREEN_REFUTED, // the verdict that is not right
    SCREEN_COMPARE, // the model answer beside mine
    SCREEN_SCORE,
    SCREEN_BREAK, // the drill the other way round: rows that break a query
    SCREEN_LAST = SCREEN_BREAK,
} ScreenKind;
enum { SCREEN_COUNT_ = SCREEN_LAST + 1 };

enum { UI_TABLES_MAX = 4 };

typedef enum { FOCUS_ANSWER, FOCUS_ROWS, FOCUS_TALK, FOCUS_ASK, FOCUS_LAST = FOCUS_ASK } Focus;
enum { FOCUS_COUNT_ = FOCUS_LAST + 1 };

// The workbench of the attempt under way: kept while the verdict is looked at.
typedef struct {
    const Drill *drill; // whose workbench this is; NULL = none
    Arena arena;        // candidates
    Editor editor;
    Input ask;
    Sheet sheet;
    Pane talk;
    Focus focus;
    bool schema;           // the schema stands in place of the conversation
    uint64_t seen_changes; // of the editor, already handed to the app
    uint64_t ran_changes;  // of the editor, when the query was run that the rows are of
    size_t comment_bytes;  // of the answer then: more of them = words
    const Value *shown;    // the cells the sheet shows, and after which run
    int shown_runs;
    bool steps;                   // the steps of the query stand in place of the rows
    size_t step;                  // which one
    uint64_t steps_changes;       // of the editor, when they were run
    const GradeStep *steps_shown; // those the sheet knows
} Bench;

typedef struct Ui Ui;
struct Ui {
    App *app;
    Term *term;
    Arena frame;         // for the time of one frame or key
    ScreenKind at, from; // from: where to go back to
    bool quit;
    Theme theme;
    Arena theme_arena;
    Keybar keybar;
    Help help;
    Palette palette;
    Toast toast;
    Str shown_trouble; // the app's trouble that was toasted last
    List home, drills;
    Arena next_arena; // of the home screen: what to do next, in order, and what was done lately
    const Drill **next;
    size_t next_count;
    StoreAttempt *history; // newest first
    size_t history_count;
    Error history_error;
    Bench bench;
    const Drill *left_for_break; // its draft is gone on with after breaking; NULL = none
    Pane verdict, solution, query;
    bool verdict_steps; // F6 there: the steps are on the page
    bool solution_open;
    Input guess;
    List items;       // of the comparison
    Pane mine, model; // of the comparison
    size_t axis;      // selected on the score card
    Rect corner;      // where Screen.corner was drawn
};

typedef struct {
    void (*enter)(Ui *ui); // NULL = nothing to do
    void (*draw)(Ui *ui, Grid *g, Rect body);
    Str (*title)(Ui *ui);                      // left side of the header
    void (*header)(Ui *ui, Grid *g, Rect row); // the rest of it; NULL = nothing
    bool (*key)(Ui *ui, Key k);                // what is no action: true = taken
    void (*act)(Ui *ui, int action);           // a row of its key table
    size_t (*tables)(Ui *ui, const KeyTable *out[UI_TABLES_MAX]);
    Str (*corner)(Ui *ui); // right end of the key line; NULL = nothing
    int corner_action;     // of a click on it
} Screen;
extern const Screen screen_home, screen_drills, screen_work, screen_refuted, screen_compare,
    screen_score, screen_break;

// What tui_run is made of; a test has its own terminal and turns the loop itself.
MUST_USE bool ui_open(Ui *ui, const TuiOptions *o, Error *err);              // packs and store
MUST_USE bool ui_start(Ui *ui, const TuiOptions *o, Term *term, Error *err); // the first screen
void ui_draw(Ui *ui);
void ui_turn(Ui *ui); // waits for a key, a reply or a timer, and takes it
void ui_key(Ui *ui, Key k);
void ui_load_theme(Ui *ui); // the one that is set
void ui_close(Ui *ui);      // keeps the draft; the terminal stays the caller's

void ui_go(Ui *ui, ScreenKind to);
void ui_say(Ui *ui, Role role, Str text); // a toast
void ui_begin(Ui *ui, const Drill *d);    // starts an attempt, or says why not
void ui_resume(Ui *ui);
// A query of this drill to be broken. An attempt at writing it is left, and gone on with
// afterwards.
void ui_break(Ui *ui, const Drill *d);
void ui_follow_phase(Ui *ui);       // to the screen of the attempt's phase
Str ui_clock(Arena *a, int64_t ms); // "9:41", "-0:12"
int64_t ui_now(const Ui *ui);       // monotonic ms
// Opens the model answer over any screen of an attempt.
void ui_show_solution(Ui *ui);
Prose ui_solution(Ui *ui, int cells); // the model answer: query and reasons
Prose ui_answer(Ui *ui, int cells);   // mine, a query in its colours
// "9:41 of 15:00" on the right, in the tone of the clock.
void ui_draw_clock(Ui *ui, Grid *g, Rect row);
#endif
