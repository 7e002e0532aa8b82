// help: the keys of this screen, from its key tables, filtered by key or by words.
#ifndef TUI_WIDGETS_HELP_H
#define TUI_WIDGETS_HELP_H
#include "tui/widgets/input.h"

typedef struct {
    bool open;
    Input filter;
    int top, rows, page, keys_cells;
    Rect area;
} Help; // zero value = closed

void help_open(Help *h);
Reply help_key(Help *h, Key k); // REPLY_NO only while closed; Esc and F1 close, letters filter
void help_draw(Help *h, Grid *g, Rect area, const KeyTable *const *tables, size_t count);
#endif
