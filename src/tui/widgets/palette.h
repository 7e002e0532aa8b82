// palette: every action by name. `:` or ^P opens it, typing narrows it, Enter does it.
#ifndef TUI_WIDGETS_PALETTE_H
#define TUI_WIDGETS_PALETTE_H
#include "tui/widgets/list.h"

typedef struct {
    const KeyTable *table;
    const KeyRow *row;
} PaletteEntry;

typedef struct {
    bool open;
    Arena arena; // owned: entries
    PaletteEntry *entries;
    size_t count;
    List list;
    Rect area;
} Palette; // zero value = closed; palette_close at the end

void palette_open(Palette *p, const KeyTable *const *tables, size_t count);
void palette_close(Palette *p);
Reply palette_key(Palette *p, Key k); // REPLY_CHOSEN closes it; palette_chosen stays valid
PaletteEntry palette_chosen(const Palette *p);
void palette_draw(Palette *p, Grid *g, Rect area);
#endif
