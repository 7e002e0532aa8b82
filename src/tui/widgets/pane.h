// pane: prose that scrolls. Code in SQL is coloured.
#ifndef TUI_WIDGETS_PANE_H
#define TUI_WIDGETS_PANE_H
#include "prose/prose.h"
#include "tui/grid.h"
#include "tui/keys.h"
#include "tui/widgets/widget.h"

typedef struct {
    Prose prose; // borrowed: laid out by the owner for area.cols
    size_t top;
    bool follow; // stay at the end when prose grows: a conversation
    Rect area;
} Pane;

void pane_set(Pane *p, Prose prose); // keeps the place
Reply pane_key(Pane *p, Key k);      // arrows, jk, space, PgUp PgDn, g G, wheel
void pane_draw(Pane *p, Grid *g, Rect area);
bool pane_is_at_end(const Pane *p);
void pane_line(Grid *g, Rect row, const ProseLine *line); // also for owners of their own
#endif
