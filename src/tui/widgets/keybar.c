// keybar: labels of the keys that matter here.
#include "tui/widgets/keybar.h"
#include "base/utf8.h"

enum { GAP = 3 };

static int item_cells(const KeyRow *row)
{
    return utf8_width(keymap_first(str_from(row->keys))) + 1 + utf8_width(str_from(row->label));
}

static const KeyRow *last_labelled(const KeyTable *const *tables, size_t count)
{
    const KeyRow *last = NULL;
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            if (tables[t]->rows[i].label) last = &tables[t]->rows[i];
        }
    }
    return last;
}

static void draw_item(Keybar *b, Grid *g, Rect *rest, const KeyRow *row)
{
    Str key = keymap_first(str_from(row->keys));
    Rect at = rect_left(rest, item_cells(row));
    rect_left(rest, GAP);
    int col = grid_text(g, at, 0, 0, ROLE_KEY, key);
    grid_text(g, at, 0, col + 1, ROLE_TEXT, str_from(row->label));
    Key k;
    if (b->count == KEYBAR_MAX || !key_parse(key, &k)) return;
    b->items[b->count].at = at;
    b->items[b->count++].key = k;
}

void keybar_draw(Keybar *b, Grid *g, Rect area, const KeyTable *const *tables, size_t count)
{
    *b = (Keybar){0};
    const KeyRow *last = last_labelled(tables, count);
    if (!last) return;
    Rect rest = rect_row(area, 0);
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            const KeyRow *row = &tables[t]->rows[i];
            if (!row->label) continue;
            int kept = row == last ? 0 : GAP + item_cells(last);
            if (item_cells(row) + kept <= rest.cols) draw_item(b, g, &rest, row);
        }
    }
}

bool keybar_hit(const Keybar *b, Key click, Key *pressed)
{
    if (click.code != KC_MOUSE || click.mouse != MOUSE_PRESS) return false;
    for (size_t i = 0; i < b->count; i++) {
        if (!rect_has(b->items[i].at, click.row, click.col)) continue;
        *pressed = b->items[i].key;
        return true;
    }
    return false;
}
