// palette: a list of all actions over the screen.
#include "tui/widgets/palette.h"
#include "base/utf8.h"

enum { WIDTH = 70, HEIGHT = 14 };

static Str entry_text(const void *ctx, size_t i)
{
    const Palette *p = ctx;
    return str_from(p->entries[i].row->help);
}

static void entry_draw(const void *ctx, size_t i, Grid *g, Rect row, bool selected)
{
    (void)selected;
    const Palette *p = ctx;
    Str keys = str_from(p->entries[i].row->keys);
    grid_fit_right(g, rect_right(&row, utf8_width(keys) + 1), ROLE_KEY, keys);
    rect_right(&row, 2);
    grid_fit(g, row, ROLE_TEXT, entry_text(ctx, i));
}

void palette_open(Palette *p, const KeyTable *const *tables, size_t count)
{
    palette_close(p);
    size_t rows = 0;
    for (size_t t = 0; t < count; t++) rows += tables[t]->count;
    p->entries = arena_array(&p->arena, PaletteEntry, rows);
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const KeyRow *row = &tables[t]->rows[i];
            if (row->help) p->entries[p->count++] = (PaletteEntry){tables[t], row};
        }
    }
    p->open = true;
    p->list.filtering = true;
    list_set(&p->list,
             (ListSource){.count = p->count, .ctx = p, .text = entry_text, .draw = entry_draw});
}

void palette_close(Palette *p)
{
    list_close(&p->list);
    arena_free(&p->arena);
    *p = (Palette){0};
}

PaletteEntry palette_chosen(const Palette *p)
{
    size_t i;
    return list_selected(&p->list, &i) ? p->entries[i] : (PaletteEntry){0};
}

Reply palette_key(Palette *p, Key k)
{
    if (!p->open) return REPLY_NO;
    if (k.code == KC_ESC || key_is_ctrl(k, 'p') || key_is_ctrl(k, 'c')) {
        p->open = false;
        return REPLY_CLOSED;
    }
    Reply r = list_key(&p->list, k);
    if (r == REPLY_CHOSEN) p->open = false;
    return r == REPLY_NO ? REPLY_YES : r;
}

void palette_draw(Palette *p, Grid *g, Rect area)
{
    if (!p->open) return;
    int cols = area.cols < WIDTH ? area.cols : WIDTH;
    int found = p->list.shown_count > 0 ? (int)p->list.shown_count : 1;
    int rows = found + 1 < HEIGHT ? found + 1 : HEIGHT;
    if (rows > area.rows) rows = area.rows;
    p->area = (Rect){area.row + (area.rows - HEIGHT > 0 ? (area.rows - HEIGHT) / 4 : 0),
                     area.col + (area.cols - cols) / 2, rows, cols};
    grid_fill(g, p->area, ROLE_TEXT);
    list_draw(&p->list, g, rect_inset(p->area, 0, 1), true);
    grid_over(g, p->area, ROLE_POPUP);
    if (p->list.shown_count > 0) {
        int row = 1 + (int)(p->list.at - p->list.top); // below the filter
        grid_over(g, rect_row(p->area, row), ROLE_SELECTION);
    }
}
