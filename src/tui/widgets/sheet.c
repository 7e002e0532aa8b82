// sheet: the visible part of a result.
#include "tui/widgets/sheet.h"
#include "base/buf.h"
#include "prose/prose.h"

enum { GAP = 2, COLUMN_MAX = 40, COLUMN_MIN = 4 };

void sheet_set(Sheet *s, const Table *t, int64_t total)
{
    *s = (Sheet){.table = t, .total = total, .area = s->area, .page = s->page};
}

static size_t rows(const Sheet *s)
{
    return s->table ? s->table->rows : 0;
}

static size_t columns(const Sheet *s)
{
    return s->table ? s->table->width : 0;
}

static size_t bounded(int64_t at, size_t count)
{
    if (at < 0 || count == 0) return 0;
    return (size_t)at < count ? (size_t)at : count - 1;
}

static Reply go(Sheet *s, int64_t row, int64_t column)
{
    s->row = bounded(row, rows(s));
    s->col = bounded(column, columns(s));
    return REPLY_YES;
}

static Reply step(Sheet *s, int64_t down, int64_t right)
{
    return go(s, (int64_t)s->row + down, (int64_t)s->col + right);
}

static Reply on_char(Sheet *s, uint32_t ch)
{
    switch (ch) {
    case 'h':
        return step(s, 0, -1);
    case 'j':
        return step(s, 1, 0);
    case 'k':
        return step(s, -1, 0);
    case 'l':
        return step(s, 0, 1);
    case 'g':
        return go(s, 0, (int64_t)s->col);
    case 'G':
        return go(s, INT32_MAX, (int64_t)s->col);
    case '0':
        return go(s, (int64_t)s->row, 0);
    case '$':
        return go(s, (int64_t)s->row, INT32_MAX);
    default:
        return REPLY_NO;
    }
}

// Where columns stand: from `left` on, as far as they fit.
typedef struct {
    int *widths;
    size_t from, count; // visible, the last perhaps in part
} Span;

static Span span_of(Arena *a, const Sheet *s, int cells)
{
    Span v = {.widths = prose_widths(a, s->table, s->top, s->top + s->page, COLUMN_MAX),
              .from = s->left};
    for (size_t c = s->left; c < columns(s); c++) {
        if (v.count > 0 && cells < COLUMN_MIN) break;
        cells -= v.widths[c] + GAP;
        v.count++;
    }
    return v;
}

static Reply on_mouse(Sheet *s, Key k)
{
    enum { WHEEL_ROWS = 3 };
    if (!rect_has(s->area, k.row, k.col)) return REPLY_NO;
    if (k.mouse == MOUSE_WHEEL_UP) return step(s, -WHEEL_ROWS, 0);
    if (k.mouse == MOUSE_WHEEL_DOWN) return step(s, WHEEL_ROWS, 0);
    int row = k.row - s->area.row - 1, col = k.col - s->area.col;
    if (k.mouse != MOUSE_PRESS || row < 0 || !s->table) return REPLY_NO;
    Arena scratch = {0};
    Span v = span_of(&scratch, s, s->area.cols);
    size_t c = v.from;
    for (; c + 1 < v.from + v.count && col >= v.widths[c] + GAP; c++) col -= v.widths[c] + GAP;
    arena_free(&scratch);
    return go(s, (int64_t)s->top + row, (int64_t)c);
}

Reply sheet_key(Sheet *s, Key k)
{
    if (rows(s) == 0 && columns(s) == 0) return REPLY_NO;
    int64_t page = s->page > 1 ? (int64_t)s->page - 1 : 1;
    bool ends = k.mods & MOD_CTRL;
    switch (k.code) {
    case KC_UP:
        return step(s, -1, 0);
    case KC_DOWN:
        return step(s, 1, 0);
    case KC_LEFT:
        return step(s, 0, -1);
    case KC_RIGHT:
        return step(s, 0, 1);
    case KC_PAGE_UP:
        return step(s, -page, 0);
    case KC_PAGE_DOWN:
        return step(s, page, 0);
    case KC_HOME:
        return go(s, ends ? 0 : (int64_t)s->row, 0);
    case KC_END:
        return go(s, ends ? INT32_MAX : (int64_t)s->row, INT32_MAX);
    case KC_CHAR:
        return k.mods ? REPLY_NO : on_char(s, k.ch);
    case KC_MOUSE:
        return on_mouse(s, k);
    default:
        return REPLY_NO;
    }
}

// Scrolls so that the cursor's cell is on the page.
static void scroll_to_cursor(Sheet *s, Grid *g, Rect area)
{
    s->area = area;
    s->page = area.rows > 1 ? (size_t)(area.rows - 1) : 0;
    go(s, (int64_t)s->row, (int64_t)s->col);
    if (s->row < s->top) s->top = s->row;
    if (s->page > 0 && s->row >= s->top + s->page) s->top = s->row - s->page + 1;
    if (s->top + s->page > rows(s)) s->top = rows(s) > s->page ? rows(s) - s->page : 0;
    if (s->col < s->left) s->left = s->col;
    ArenaMark m = arena_mark(g->scratch);
    const int *widths = prose_widths(g->scratch, s->table, s->top, s->top + s->page, COLUMN_MAX);
    int needed = -GAP;
    for (size_t c = s->left; c <= s->col; c++) needed += widths[c] + GAP;
    while (needed > area.cols && s->left < s->col) needed -= widths[s->left++] + GAP;
    arena_rewind(g->scratch, m);
}

static void draw_cell(Sheet *s, Grid *g, Rect field, size_t row, size_t c, bool focused)
{
    const Column *column = &s->table->columns[c];
    ProseSpan cell = prose_cell(g->scratch, table_at(s->table, row, c), column->type, COLUMN_MAX);
    Role role = cell.role == PROSE_NULL     ? ROLE_NULL
                : cell.role == PROSE_NUMBER ? ROLE_NUMBER
                : cell.role == PROSE_DIM    ? ROLE_DIM
                                            : ROLE_TEXT;
    if (prose_is_right(s->table, c)) {
        grid_fit_right(g, field, role, cell.text);
    } else {
        grid_fit(g, field, role, cell.text);
    }
    if (focused && row == s->row && c == s->col) grid_over(g, field, ROLE_SELECTION);
}

static void draw_column(Sheet *s, Grid *g, Rect strip, size_t c, bool focused)
{
    bool right = prose_is_right(s->table, c);
    (right ? grid_fit_right : grid_fit)(g, rect_row(strip, 0), ROLE_HEADER,
                                        s->table->columns[c].name);
    for (size_t row = s->top; row < rows(s) && row < s->top + s->page; row++) {
        ArenaMark m = arena_mark(g->scratch);
        draw_cell(s, g, rect_row(strip, (int)(row - s->top) + 1), row, c, focused);
        arena_rewind(g->scratch, m);
    }
}

void sheet_draw(Sheet *s, Grid *g, Rect area, bool focused)
{
    s->area = area;
    if (columns(s) == 0 || area.rows <= 0 || area.cols <= 0) return;
    scroll_to_cursor(s, g, area);
    ArenaMark m = arena_mark(g->scratch);
    Span v = span_of(g->scratch, s, area.cols);
    Rect rest = area;
    for (size_t c = v.from; c < v.from + v.count; c++) {
        draw_column(s, g, rect_left(&rest, v.widths[c]), c, focused);
        rect_left(&rest, GAP);
    }
    arena_rewind(g->scratch, m);
    if (rows(s) == 0) grid_text(g, area, 1, 0, ROLE_DIM, S("(no rows)"));
    // Columns out of sight are said at the end of the line of names.
    if (v.from > 0) grid_text(g, area, 0, area.cols - 2, ROLE_DIM, S("‹"));
    if (v.from + v.count < columns(s)) {
        grid_text(g, area, 0, area.cols - 1, ROLE_DIM, S("›"));
    }
}

Str sheet_count(Arena *a, int64_t n)
{
    Buf b = buf_new(a);
    Str digits = str_fmt(a, "%lld", (long long)n);
    for (size_t i = 0; i < digits.len; i++) {
        bool starts = i == 0 || digits.ptr[i - 1] == '-';
        if (!starts && (digits.len - i) % 3 == 0) buf_char(&b, ',');
        buf_char(&b, digits.ptr[i]);
    }
    return buf_str(&b);
}

Str sheet_caption(Arena *a, const Sheet *s)
{
    if (!s->table) return (Str){0};
    if (rows(s) == 0) return S("no rows");
    size_t last = s->page && s->top + s->page < rows(s) ? s->top + s->page : rows(s);
    int64_t total = s->total > (int64_t)rows(s) ? s->total : (int64_t)rows(s);
    bool unknown = s->table->more && s->total <= (int64_t)rows(s);
    if (last == s->top + 1) {
        return str_fmt(a, "row " STR_FMT " of %s" STR_FMT, STR_ARG(sheet_count(a, (int64_t)last)),
                       unknown ? "more than " : "", STR_ARG(sheet_count(a, total)));
    }
    return str_fmt(a, "rows " STR_FMT "-" STR_FMT " of %s" STR_FMT,
                   STR_ARG(sheet_count(a, (int64_t)s->top + 1)),
                   STR_ARG(sheet_count(a, (int64_t)last)), unknown ? "more than " : "",
                   STR_ARG(sheet_count(a, total)));
}

Str sheet_cell(Arena *a, const Sheet *s)
{
    if (rows(s) == 0 || columns(s) == 0) return (Str){0};
    return value_text(a, table_at(s->table, s->row, s->col), s->table->columns[s->col].type);
}
