// sheet: a result as a grid of cells that scrolls both ways.
//
// Widths come from the rows on the page, so a million rows cost no more than ten. Numbers stand
// right; NULL is dim and apart from the text 'NULL'; what is too wide ends in ….
#ifndef TUI_WIDGETS_SHEET_H
#define TUI_WIDGETS_SHEET_H
#include "base/table.h"
#include "tui/grid.h"
#include "tui/keys.h"
#include "tui/widgets/widget.h"

typedef struct {
    const Table *table; // borrowed; NULL = nothing
    int64_t total;      // rows there are in all, when more than table->rows; 0 = unknown
    size_t row, col;    // the cursor's cell
    size_t top, left;   // first row and column on the page
    size_t page;        // rows on the page when last drawn
    Rect area;
} Sheet;

void sheet_set(Sheet *s, const Table *t, int64_t total); // goes to the first cell
Reply sheet_key(Sheet *s, Key k); // arrows, hjkl, Home End, PgUp PgDn, g G, 0 $, mouse
void sheet_draw(Sheet *s, Grid *g, Rect area, bool focused);
Str sheet_caption(Arena *a, const Sheet *s); // "rows 1-5 of 40,812"; after sheet_draw
Str sheet_cell(Arena *a, const Sheet *s);    // the whole text of the cursor's cell
Str sheet_count(Arena *a, int64_t n);        // 40,812
#endif
