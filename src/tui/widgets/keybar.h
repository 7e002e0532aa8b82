// keybar: the last line of a screen: what the keys do now. Its entries can be clicked.
#ifndef TUI_WIDGETS_KEYBAR_H
#define TUI_WIDGETS_KEYBAR_H
#include "tui/grid.h"
#include "tui/keys.h"

enum { KEYBAR_MAX = 24 };

typedef struct {
    struct {
        Rect at;
        Key key;
    } items[KEYBAR_MAX];
    size_t count;
} Keybar;

// The labelled rows of the tables, in order, as far as they fit; the last label of the last table
// always fits (help, quit).
void keybar_draw(Keybar *b, Grid *g, Rect area, const KeyTable *const *tables, size_t count);
bool keybar_hit(const Keybar *b, Key click, Key *pressed); // a click on an entry is its key
#endif
