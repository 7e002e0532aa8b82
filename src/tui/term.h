// term: the terminal. Shows a Grid, gives Keys, and is left as it was found, however we leave.
//
// Two make one: term_curses.c for the real one, term_fake.c for tests.
#ifndef TUI_TERM_H
#define TUI_TERM_H
#include "base/error.h"
#include "tui/grid.h"
#include "tui/keys.h"
#include "tui/theme.h"

typedef struct Term Term;

typedef struct {
    bool no_color;
    bool no_mouse;
    int escape_ms; // how long ESC may wait for the rest of a sequence; 0 = 25
} TermOptions;

// Takes the terminal on stdin and stdout. ERROR_ENVIRONMENT (exit 5) with a hint when there is none
// or TERM is unknown. Installs handlers that put the terminal back on exit, die() and signals; one
// terminal at a time.
MUST_USE bool term_open(Arena *a, const TermOptions *o, Term **out, Error *err);
void term_close(Term *t); // NULL is fine

Grid *term_grid(Term *t); // blank, of the present size: draw the next frame into it …
void term_show(Term *t);  // … and show it; only what changed is written

typedef struct {
    int fd;
    bool ready; // set by term_poll: readable, or closed by the other side
} TermWatch;
// The next key. Waits at most timeout_ms (-1 = no limit) for it or for one of the descriptors. ^Z
// stops the program and comes back as KC_RESIZE. After KC_GONE every call gives KC_GONE.
Key term_poll(Term *t, TermWatch *fds, size_t count, int timeout_ms);

void term_set_theme(Term *t, const Theme *theme); // borrowed
void term_set_mouse(Term *t, bool on);            // off: the terminal's own selection works again
bool term_has_mouse(const Term *t);
void term_copy(Term *t, Str text); // to the clipboard, by OSC 52; at most 74 kB, else nothing
// Gives the terminal to another program and takes it back; then draw everything again.
void term_suspend(Term *t);
void term_resume(Term *t);

// For tests: keys are queued. An empty queue waits for the descriptors, or gives KC_NONE when there
// is a timeout, else KC_GONE.
Term *term_fake(Arena *a, int rows, int cols);
void term_fake_push(Term *t, Key k);
void term_fake_type(Term *t, Str text);  // characters; \n is enter
void term_fake_keys(Term *t, Str names); // "F5 ctrl-right enter"
void term_fake_resize(Term *t, int rows, int cols);
const Grid *term_fake_shown(const Term *t); // the frame on the screen
Str term_fake_copied(const Term *t);
int term_fake_suspended(const Term *t); // how often
#endif
