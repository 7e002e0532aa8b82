// rows: how a drill stands on a line, on the home screen and in the list. Private to the screens.
#ifndef TUI_SCREENS_ROWS_H
#define TUI_SCREENS_ROWS_H
#include "tui/ui.h"

typedef struct {
    const char *word; // "new", "again", "done"
    Role role;
} DrillMark;
DrillMark rows_mark(Ui *ui, const Drill *d);
// Kind, title, mark and clock, in one row.
void rows_drill(Ui *ui, const Drill *d, Grid *g, Rect row);
// "3 min ago", "yesterday", "12 Mar": a moment as a person says it.
Str rows_ago(Arena *a, int64_t then_ms, int64_t now_ms);
#endif
