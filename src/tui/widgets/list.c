// list: filter, selection and scrolling of rows that somebody else knows.
#include "tui/widgets/list.h"
#include "tui/widgets/fuzzy.h"
#include <stdlib.h>

static Str text_of(const List *l, size_t i)
{
    return l->source.text ? l->source.text(l->source.ctx, i) : (Str){0};
}

static bool is_head(const List *l, size_t i)
{
    return l->source.is_head && l->source.is_head(l->source.ctx, i);
}

typedef struct {
    size_t i;
    int score;
} Ranked;

static int by_score(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return x->i < y->i ? -1 : x->i > y->i;
}

static void keep_fuzzy(List *l, Str pattern)
{
    Ranked *ranked = arena_array(&l->arena, Ranked, l->source.count);
    size_t n = 0;
    for (size_t i = 0; i < l->source.count; i++) {
        int score = is_head(l, i) ? 0 : fuzzy_score(text_of(l, i), pattern);
        if (score > 0) ranked[n++] = (Ranked){i, score};
    }
    qsort(ranked, n, sizeof *ranked, by_score);
    for (size_t i = 0; i < n; i++) l->shown[i] = ranked[i].i;
    l->shown_count = n;
}

// Moves off headings, in the given direction first.
static void settle(List *l, int direction)
{
    if (l->shown_count == 0) {
        l->at = 0;
        return;
    }
    if (l->at >= l->shown_count) l->at = l->shown_count - 1;
    for (int turn = 0; turn < 2; turn++, direction = -direction) {
        size_t at = l->at;
        while (is_head(l, l->shown[at])) {
            if (direction < 0 ? at == 0 : at + 1 == l->shown_count) break;
            at = direction < 0 ? at - 1 : at + 1;
        }
        l->at = at;
        if (!is_head(l, l->shown[at])) return;
    }
}

static void refilter(List *l)
{
    Str words = input_text(&l->filter);
    arena_free(&l->arena);
    l->shown = arena_array(&l->arena, size_t, l->source.count + 1);
    l->shown_count = 0;
    for (size_t i = 0; i < l->source.count; i++) {
        bool keep = words.len == 0 || (!is_head(l, i) && fuzzy_contains(text_of(l, i), words));
        if (keep) l->shown[l->shown_count++] = i;
    }
    if (l->shown_count == 0) keep_fuzzy(l, words);
    settle(l, 1);
}

void list_set(List *l, ListSource source)
{
    bool had = l->at < l->shown_count;
    size_t i = had ? l->shown[l->at] : 0;
    l->source = source;
    refilter(l);
    if (had) list_select(l, i);
}

void list_close(List *l)
{
    arena_free(&l->arena);
    *l = (List){0};
}

bool list_selected(const List *l, size_t *i)
{
    if (l->at >= l->shown_count || is_head(l, l->shown[l->at])) return false;
    *i = l->shown[l->at];
    return true;
}

void list_select(List *l, size_t i)
{
    for (size_t at = 0; at < l->shown_count; at++) {
        if (l->shown[at] != i) continue;
        l->at = at;
        settle(l, 1);
        return;
    }
}

static Reply move(List *l, int64_t by)
{
    int64_t at = (int64_t)l->at + by, last = (int64_t)l->shown_count - 1;
    l->at = (size_t)(at < 0 || last < 0 ? 0 : at > last ? last : at);
    settle(l, by < 0 ? -1 : 1);
    return REPLY_YES;
}

static Rect rows_area(const List *l)
{
    Rect r = l->area;
    if (l->filtering || l->filter.len > 0) rect_top(&r, 1);
    return r;
}

static Reply on_mouse(List *l, Key k)
{
    Rect rows = rows_area(l);
    if (!rect_has(rows, k.row, k.col)) return REPLY_NO;
    if (k.mouse == MOUSE_WHEEL_UP) return move(l, -3);
    if (k.mouse == MOUSE_WHEEL_DOWN) return move(l, 3);
    if (k.mouse != MOUSE_PRESS || k.button != 1) return REPLY_NO;
    size_t at = l->top + (size_t)(k.row - rows.row);
    if (at >= l->shown_count || is_head(l, l->shown[at])) return REPLY_YES;
    if (at == l->at) return REPLY_CHOSEN;
    l->at = at;
    return REPLY_YES;
}

static Reply chosen(const List *l)
{
    size_t i;
    return list_selected(l, &i) ? REPLY_CHOSEN : REPLY_YES;
}

static Reply on_motion(List *l, Key k)
{
    int64_t page = rows_area(l).rows > 1 ? rows_area(l).rows - 1 : 1;
    switch (k.code) {
    case KC_UP:
        return move(l, -1);
    case KC_DOWN:
        return move(l, 1);
    case KC_PAGE_UP:
        return move(l, -page);
    case KC_PAGE_DOWN:
        return move(l, page);
    case KC_ENTER:
        return chosen(l);
    case KC_HOME:
        return move(l, INT32_MIN);
    case KC_END:
        return move(l, INT32_MAX);
    default:
        return REPLY_NO;
    }
}

static Reply unfilter(List *l)
{
    size_t i;
    bool had = list_selected(l, &i);
    l->filtering = false;
    input_set(&l->filter, (Str){0});
    refilter(l);
    if (had) list_select(l, i);
    return REPLY_CHANGED;
}

static Reply on_filter_key(List *l, Key k)
{
    bool edits = k.code == KC_HOME || k.code == KC_END;
    Reply r = edits ? REPLY_NO : on_motion(l, k);
    if (r != REPLY_NO) return r;
    r = input_key(&l->filter, k);
    if (r == REPLY_CLOSED) return unfilter(l);
    if (r == REPLY_CHANGED) {
        l->at = l->top = 0;
        refilter(l);
    }
    return r;
}

Reply list_key(List *l, Key k)
{
    if (k.code == KC_MOUSE) return on_mouse(l, k);
    if (l->filtering) return on_filter_key(l, k);
    if (k.mods == 0 && k.code != KC_CHAR) {
        if (k.code == KC_ESC && l->filter.len > 0) return unfilter(l);
        return on_motion(l, k);
    }
    if (k.code != KC_CHAR || k.mods != 0) return REPLY_NO;
    switch (k.ch) {
    case 'k':
        return move(l, -1);
    case 'j':
        return move(l, 1);
    case 'l':
        return chosen(l);
    case 'g':
        return move(l, INT32_MIN);
    case 'G':
        return move(l, INT32_MAX);
    case '/':
        l->filtering = true;
        return REPLY_CHANGED;
    default:
        return REPLY_NO;
    }
}

static void draw_row(List *l, Grid *g, Rect row, size_t at, bool focused)
{
    enum { MARK_CELLS = 2 };
    size_t i = l->shown[at];
    bool selected = at == l->at && !is_head(l, i);
    Rect mark = row;
    if (!is_head(l, i)) mark = rect_left(&row, MARK_CELLS);
    if (l->source.draw) {
        l->source.draw(l->source.ctx, i, g, row, selected);
    } else {
        grid_fit(g, row, is_head(l, i) ? ROLE_TITLE : ROLE_TEXT, text_of(l, i));
    }
    if (!selected) return;
    grid_text(g, mark, 0, 0, focused ? ROLE_ACCENT : ROLE_DIM, S("▸"));
    if (focused) grid_over(g, row, ROLE_CURSOR);
}

void list_draw(List *l, Grid *g, Rect area, bool focused)
{
    l->area = area;
    if (l->filtering || l->filter.len > 0) {
        input_draw(&l->filter, g, rect_top(&area, 1), S("/"), S("type to filter"),
                   focused && l->filtering);
    }
    if (l->shown_count == 0) {
        grid_text(g, area, 0, 2, ROLE_DIM,
                  l->filter.len ? S("nothing matches; esc clears the filter") : S("nothing here"));
        return;
    }
    size_t rows = (size_t)area.rows;
    if (l->at < l->top) l->top = l->at;
    if (rows > 0 && l->at >= l->top + rows) l->top = l->at - rows + 1;
    // A heading above the first row comes into view with it.
    if (l->at == l->top && l->top > 0 && is_head(l, l->shown[l->top - 1]) && rows > 1) l->top--;
    if (l->shown_count <= rows) l->top = 0;
    for (size_t i = 0; i < rows && l->top + i < l->shown_count; i++) {
        draw_row(l, g, rect_row(area, (int)i), l->top + i, focused);
    }
}
