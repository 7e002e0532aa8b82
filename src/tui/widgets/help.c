// help: every key of a screen with what it does.
#include "tui/widgets/help.h"
#include "base/utf8.h"
#include "tui/widgets/fuzzy.h"

enum { MARGIN = 2 };

void help_open(Help *h)
{
    *h = (Help){.open = true};
}

static Reply scroll(Help *h, int by)
{
    int last = h->rows > h->page ? h->rows - h->page : 0;
    h->top += by;
    if (h->top > last) h->top = last;
    if (h->top < 0) h->top = 0;
    return REPLY_YES;
}

static Reply close_help(Help *h)
{
    h->open = false;
    return REPLY_CLOSED;
}

Reply help_key(Help *h, Key k)
{
    if (!h->open) return REPLY_NO;
    int page = h->page > 1 ? h->page - 1 : 1;
    switch (k.code) {
    case KC_ESC:
    case KC_F1:
    case KC_ENTER:
        return close_help(h);
    case KC_UP:
        return scroll(h, -1);
    case KC_DOWN:
        return scroll(h, 1);
    case KC_PAGE_UP:
        return scroll(h, -page);
    case KC_PAGE_DOWN:
        return scroll(h, page);
    case KC_MOUSE:
        if (k.mouse == MOUSE_WHEEL_UP) return scroll(h, -3);
        if (k.mouse == MOUSE_WHEEL_DOWN) return scroll(h, 3);
        return REPLY_YES;
    default:
        break;
    }
    if (input_key(&h->filter, k) == REPLY_CHANGED) h->top = 0;
    return REPLY_YES;
}

static bool matches(const KeyRow *row, Str words)
{
    return fuzzy_contains(str_from(row->help), words) || fuzzy_contains(str_from(row->keys), words);
}

// Draws a line of the list if it is on the page; `line` counts all that match.
static Rect line_rect(const Help *h, Rect list, int line)
{
    return rect_row(list, line - h->top);
}

// Wide enough for the longest keys, but never half of the page.
static int keys_cells(const KeyTable *const *tables, size_t count, int cols)
{
    int cells = 0;
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t]->count; i++) {
            int width = 2 * MARGIN + utf8_width(str_from(tables[t]->rows[i].keys));
            if (tables[t]->rows[i].help && width > cells) cells = width;
        }
    }
    return cells < cols / 2 ? cells : cols / 2;
}

static int draw_table(const Help *h, Grid *g, Rect list, const KeyTable *t, int line)
{
    bool titled = false;
    for (size_t i = 0; i < t->count; i++) {
        const KeyRow *row = &t->rows[i];
        if (!row->help || !matches(row, input_text(&h->filter))) continue;
        if (!titled) {
            if (line > 0) line++;
            grid_fit(g, line_rect(h, list, line++), ROLE_TITLE, str_from(t->title));
            titled = true;
        }
        Rect r = line_rect(h, list, line++);
        Rect keys = rect_left(&r, h->keys_cells);
        rect_left(&keys, MARGIN);
        rect_right(&keys, MARGIN);
        grid_fit(g, keys, ROLE_KEY, str_from(row->keys));
        grid_fit(g, r, ROLE_TEXT, str_from(row->help));
    }
    return line;
}

void help_draw(Help *h, Grid *g, Rect area, const KeyTable *const *tables, size_t count)
{
    if (!h->open) return;
    h->area = area;
    grid_fill(g, area, ROLE_TEXT);
    Rect inner = rect_inset(area, 0, MARGIN);
    Rect head = rect_top(&inner, 1);
    grid_fit_right(g, head, ROLE_DIM, S("esc closes"));
    input_draw(&h->filter, g, head, S("Keys  /"), S("type a key or a word"), true);
    rect_top(&inner, 1);
    h->page = inner.rows;
    h->keys_cells = keys_cells(tables, count, inner.cols);
    scroll(h, 0);
    int line = 0;
    for (size_t i = 0; i < count; i++) line = draw_table(h, g, inner, tables[i], line);
    if (line == 0) grid_text(g, inner, 0, 0, ROLE_DIM, S("no key does that"));
    h->rows = line;
    if (h->top + h->page < line) {
        grid_text(g, inner, inner.rows - 1, inner.cols - 1, ROLE_DIM, S("↓"));
    }
}
