// versus: pages of lines put together by hand, and two results side by side on one of them. Private
// to the screens.
#ifndef TUI_SCREENS_VERSUS_H
#define TUI_SCREENS_VERSUS_H
#include "tui/ui.h"

typedef struct {
    Arena *a;
    int cells;
    VEC(ProseLine) lines;
} Leaf; // zero lines = empty

void leaf_prose(Leaf *p, Prose prose);
void leaf_gap(Leaf *p); // one blank line
// Markdown, and a blank line below it.
void leaf_words(Leaf *p, Str text);
void leaf_code(Leaf *p, Str line); // one line of SQL in its colours
void leaf_table(Leaf *p, Str head, const Table *t);
void leaf_heading(Leaf *p, Str text);
Prose leaf_end(const Leaf *p);

// The tables of a database, narrowed to the columns that its queries name.
void versus_database(Leaf *p, const Counterexample *x);
// Both results side by side where they fit, else one below the other. A row without a partner has a
// mark before it; where it has a near one, the cells that differ stand out and their columns are
// named behind the actual row.
void versus_results(Leaf *p, const Counterexample *x, const char *expected, const char *actual);
#endif
