// list: rows of anything, with a `/` filter, one of them selected.
//
// The owner says how many rows there are, what the filter reads in each, and how one is drawn. The
// filter keeps rows that contain its words; when none does, it keeps fuzzy matches, best first.
#ifndef TUI_WIDGETS_LIST_H
#define TUI_WIDGETS_LIST_H
#include "tui/widgets/input.h"

typedef struct {
    size_t count;
    const void *ctx;
    Str (*text)(const void *ctx, size_t i); // what the filter reads
    // `row` is one row high; the selection is laid over it afterwards. NULL draws text().
    void (*draw)(const void *ctx, size_t i, Grid *g, Rect row, bool selected);
    bool (*is_head)(const void *ctx, size_t i); // a heading that cannot be selected; NULL = none
} ListSource;

typedef struct {
    ListSource source;
    Arena arena; // owned: the filtered rows
    size_t *shown;
    size_t shown_count;
    size_t at, top; // of `shown`
    bool filtering; // keys go to the filter
    Input filter;
    Rect area;
} List; // zero value = empty; list_close at the end

void list_set(List *l, ListSource source); // keeps filter and, where it can, selection
void list_close(List *l);
bool list_selected(const List *l, size_t *i); // index into the source; false when nothing is shown
void list_select(List *l, size_t i);
// Arrows, hjkl, g G, PgUp PgDn, Home End, / and the mouse; Enter (or a click on the selected row)
// gives REPLY_CHOSEN.
Reply list_key(List *l, Key k);
void list_draw(List *l, Grid *g, Rect area, bool focused);
#endif
