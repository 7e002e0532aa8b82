// toast: one sentence, for a while.
#include "tui/widgets/toast.h"
#include "base/clean.h"
#include "base/utf8.h"
#include "prose/prose.h"
#include <string.h>

enum { SHORTEST_MS = 3000, MS_PER_BYTE = 50, WIDTH = 60, PADDING = 1 };

void toast_show(Toast *t, Role role, Str text, int64_t now_ms)
{
    while (text.len > TOAST_BYTES) text.len = utf8_prev(text, text.len);
    if (text.len) memcpy(t->text, text.ptr, text.len);
    t->len = text.len;
    t->role = role;
    t->until_ms = now_ms + SHORTEST_MS + (int64_t)text.len * MS_PER_BYTE;
}

int toast_left(const Toast *t, int64_t now_ms)
{
    return t->len > 0 && t->until_ms > now_ms ? (int)(t->until_ms - now_ms) : 0;
}

void toast_draw(const Toast *t, Grid *g, Rect area, int64_t now_ms)
{
    if (!toast_left(t, now_ms)) return;
    ArenaMark m = arena_mark(g->scratch);
    int cells = area.cols - 2 * PADDING < WIDTH ? area.cols - 2 * PADDING : WIDTH;
    Prose p = prose_plain(g->scratch, (Str){t->text, t->len}, cells);
    int widest = 0;
    for (size_t i = 0; i < p.len; i++) {
        if (prose_cells(&p.at[i]) > widest) widest = prose_cells(&p.at[i]);
    }
    Rect box = rect_bottom(&area, (int)p.len);
    box = rect_right(&box, widest + 2 * PADDING);
    grid_fill(g, box, t->role);
    for (size_t i = 0; i < p.len; i++) {
        int col = PADDING;
        for (size_t j = 0; j < p.at[i].count; j++) {
            col = grid_text(g, box, (int)i, col, t->role, p.at[i].spans[j].text);
        }
    }
    grid_over(g, box, ROLE_POPUP);
    arena_rewind(g->scratch, m);
}
