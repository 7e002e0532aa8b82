// term_impl: what the real and the fake terminal have in common. Private to tui/term*.c.
#ifndef TUI_TERM_IMPL_H
#define TUI_TERM_IMPL_H
#include "tui/term.h"

typedef struct {
    void (*close)(Term *t);
    void (*show)(Term *t, const Grid *was, const Grid *now, bool whole); // whole: was means nothing
    Key (*poll)(Term *t, TermWatch *fds, size_t count, int timeout_ms);
    void (*restyle)(Term *t); // theme or mouse changed
    void (*copy)(Term *t, Str text);
    void (*suspend)(Term *t);
    void (*resume)(Term *t);
} TermOps;

struct Term {
    const TermOps *ops;
    Arena frames; // owned: the two grids, made anew when the size changes
    Grid next, shown;
    bool whole; // show everything next time
    const Theme *theme;
    bool mouse;
    bool gone;
};

// Makes the grids for a terminal of this size and asks for a whole repaint.
void term_sized(Term *t, int rows, int cols);
#endif
