// rows: how a drill stands on a line, on the home screen and in the list. Private to the screens.
#ifndef TUI_SCREENS_ROWS_H
#define TUI_SCREENS_ROWS_H
#include "tui/ui.h"

typedef struct {
    const char *word; // "new", "begun", "again", "right", "done"
    Role role;
} DrillMark;
DrillMark rows_mark(Ui *ui, const Drill *d);
// Kind, title, mark and clock, in one row.
void rows_drill(Ui *ui, const Drill *d, Grid *g, Rect row);
// Text in at most `most` rows taken off the top of *body.
void rows_words(Ui *ui, Grid *g, Rect *body, Role role, Str text, int most);
Prose rows_about(Ui *ui, const Drill *d, int cells); // its question, level, skills, and my record
// "3 min ago", "yesterday", "12 Mar": a moment as a person says it.
Str rows_ago(const World *w, Arena *a, int64_t then_ms);
Str rows_date(Arena *a, int64_t day);             // "12 Mar"
int64_t rows_day(const World *w, int64_t utc_ms); // the local day, since 1970
#endif
