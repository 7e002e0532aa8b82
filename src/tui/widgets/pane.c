// pane: lines of prose, from one of them on.
#include "tui/widgets/pane.h"
#include "tui/widgets/highlight.h"
#include <assert.h>

static const uint8_t roles[] = {
    [PROSE_TEXT] = ROLE_TEXT,         [PROSE_DIM] = ROLE_DIM,       [PROSE_STRONG] = ROLE_STRONG,
    [PROSE_EMPHASIS] = ROLE_EMPHASIS, [PROSE_CODE] = ROLE_CODE,     [PROSE_HEADING] = ROLE_HEADING,
    [PROSE_BULLET] = ROLE_BULLET,     [PROSE_QUOTE] = ROLE_QUOTE,   [PROSE_LINK] = ROLE_LINK,
    [PROSE_HEADER] = ROLE_HEADER,     [PROSE_NUMBER] = ROLE_NUMBER, [PROSE_NULL] = ROLE_NULL,
    [PROSE_MARK] = ROLE_BAD,
};
static_assert(sizeof roles / sizeof *roles == PROSE_COUNT_, "show every role of prose");

static size_t last_top(const Pane *p)
{
    size_t rows = (size_t)p->area.rows;
    return p->prose.len > rows ? p->prose.len - rows : 0;
}

void pane_set(Pane *p, Prose prose)
{
    p->prose = prose;
    if (p->top > last_top(p) || p->follow) p->top = last_top(p);
}

bool pane_is_at_end(const Pane *p)
{
    return p->top >= last_top(p);
}

static Reply scroll(Pane *p, int64_t by)
{
    int64_t top = (int64_t)p->top + by, last = (int64_t)last_top(p);
    if (last == 0) return REPLY_NO; // all of it is seen: the key may mean something else
    p->top = (size_t)(top < 0 ? 0 : top > last ? last : top);
    return REPLY_YES;
}

static Reply on_char(Pane *p, uint32_t ch, int64_t page)
{
    switch (ch) {
    case 'k':
        return scroll(p, -1);
    case 'j':
        return scroll(p, 1);
    case ' ':
        return scroll(p, page);
    case 'g':
        return scroll(p, INT32_MIN);
    case 'G':
        return scroll(p, INT32_MAX);
    default:
        return REPLY_NO;
    }
}

Reply pane_key(Pane *p, Key k)
{
    enum { WHEEL_LINES = 3 };
    int64_t page = p->area.rows > 1 ? p->area.rows - 1 : 1;
    switch (k.code) {
    case KC_UP:
        return scroll(p, -1);
    case KC_DOWN:
        return scroll(p, 1);
    case KC_PAGE_UP:
        return scroll(p, -page);
    case KC_PAGE_DOWN:
        return scroll(p, page);
    case KC_HOME:
        return scroll(p, INT32_MIN);
    case KC_END:
        return scroll(p, INT32_MAX);
    case KC_CHAR:
        return k.mods ? REPLY_NO : on_char(p, k.ch, page);
    case KC_MOUSE:
        if (!rect_has(p->area, k.row, k.col)) return REPLY_NO;
        if (k.mouse == MOUSE_WHEEL_UP) return scroll(p, -WHEEL_LINES);
        if (k.mouse == MOUSE_WHEEL_DOWN) return scroll(p, WHEEL_LINES);
        return REPLY_NO;
    default:
        return REPLY_NO;
    }
}

void pane_line(Grid *g, Rect row, const ProseLine *line)
{
    int col = 0;
    bool sql = str_eq_nocase(line->language, S("sql"));
    for (size_t i = 0; i < line->count; i++) {
        const ProseSpan *s = &line->spans[i];
        col = sql && s->role == PROSE_CODE
                  ? highlight_line(g, row, col, s->text)
                  : grid_text(g, row, 0, col, (Role)roles[s->role], s->text);
    }
}

void pane_draw(Pane *p, Grid *g, Rect area)
{
    bool at_end = p->area.rows == 0 || pane_is_at_end(p);
    p->area = area;
    if (p->top > last_top(p) || (p->follow && at_end)) p->top = last_top(p);
    for (int row = 0; row < area.rows && p->top + (size_t)row < p->prose.len; row++) {
        pane_line(g, rect_row(area, row), &p->prose.at[p->top + (size_t)row]);
    }
    // What is out of sight is said at the edge, in the last cell of the first and the last row.
    if (area.cols < 2 || area.rows < 2) return;
    if (p->top > 0) grid_text(g, area, 0, area.cols - 1, ROLE_DIM, S("↑"));
    if (!pane_is_at_end(p)) grid_text(g, area, area.rows - 1, area.cols - 1, ROLE_DIM, S("↓"));
}
