// editor_draw: the page of the editor: gutter, coloured text, selection, marks, cursor.
#include "base/clean.h"
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"

// One drawing.
typedef struct {
    Editor *e;
    Grid *g;
    bool focused;
    size_t from, to; // bytes on the page
    const uint8_t *roles;
    bool paired;
    size_t pair[2];
    int cursor_row, cursor_col, word_row, word_col; // on the screen; row -1 = not on the page
} Page;

static int digits(size_t n)
{
    int d = 1;
    while (n >= 10) {
        n /= 10;
        d++;
    }
    return d;
}

static int gutter_cells(const Editor *e)
{
    enum { MARK = 1, WALL = 3, DIGITS_MIN = 2, NARROW = 20 };
    if (e->options.no_gutter || e->area.cols < NARROW) return 0;
    int d = digits(text_lines(&e->text));
    return MARK + (d > DIGITS_MIN ? d : DIGITS_MIN) + WALL;
}

static void lay_out(Editor *e, Rect area)
{
    e->area = area;
    e->body = area;
    if (e->find.open && area.rows > 1) rect_bottom(&e->body, 1);
    rect_left(&e->body, gutter_cells(e));
}

static int compare(const Fold *a, const Fold *b)
{
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

// Brings the cursor's fold onto the page, with as little movement as possible.
static void scroll_rows(Editor *e)
{
    Fold cursor = editor_fold_of_cursor(e);
    size_t last = text_lines(&e->text) - 1;
    if (e->top > last) e->top = last;
    Fold top = editor_fold_of(e, e->top, e->top_from);
    if (!e->roaming && compare(&cursor, &top) < 0) top = cursor;
    Fold f = top;
    for (int row = 1; row < e->body.rows && compare(&f, &cursor) < 0; row++) {
        if (!editor_fold_next(e, &f)) break;
    }
    if (!e->roaming && compare(&f, &cursor) < 0) {
        top = cursor;
        for (int row = 1; row < e->body.rows; row++) {
            if (!editor_fold_prev(e, &top)) break;
        }
    }
    e->top = top.line;
    e->top_from = top.from;
}

static void scroll_cells(Editor *e)
{
    enum { MARGIN = 8 };
    if (e->options.wrap) {
        e->left = 0;
        return;
    }
    size_t line = text_line_of(&e->text, e->at);
    int cell = editor_cells(text_line(&e->text, line), 0, e->at - text_start(&e->text, line));
    int margin = e->body.cols > 4 * MARGIN ? MARGIN : 0;
    if (e->roaming) return;
    if (cell < e->left + margin) e->left = cell > margin ? cell - margin : 0;
    if (cell < e->body.cols - 1 && e->left <= margin) e->left = 0;
    if (cell >= e->left + e->body.cols) e->left = cell - e->body.cols + 1 + margin;
}

static void draw_gutter(const Page *p, Rect strip, const Fold *f)
{
    if (strip.cols == 0) return;
    const Editor *e = p->e;
    bool current = f->line == text_line_of(&e->text, e->at);
    grid_text(p->g, strip, 0, strip.cols - 2, ROLE_GUTTER, S("│"));
    if (f->from > 0) return;
    ArenaMark m = arena_mark(p->g->scratch);
    Rect number = rect_left(&strip, strip.cols - 3);
    grid_fit_right(p->g, number, current ? ROLE_ACCENT : ROLE_GUTTER,
                   str_fmt(p->g->scratch, "%zu", f->line + 1));
    if (e->mark.line == (int)f->line + 1) grid_text(p->g, number, 0, 0, ROLE_BAD, S("✗"));
    arena_rewind(p->g->scratch, m);
}

static Role over_of(const Page *p, size_t at, bool found)
{
    const Editor *e = p->e;
    if (at >= editor_low(e) && at < editor_high(e)) return ROLE_SELECTION;
    if (found) return ROLE_MATCH;
    return p->paired && (at == p->pair[0] || at == p->pair[1]) ? ROLE_MATCH : ROLE_TEXT;
}

// Is `at` within something that the search found? Looks back as far as the pattern is long.
static bool is_found(const Editor *e, Str line, size_t at)
{
    Str what = input_text(&e->find.input);
    if (!e->find.open || what.len == 0) return false;
    size_t first = at + 1 > what.len ? at + 1 - what.len : 0;
    for (size_t i = first; i <= at && i + what.len <= line.len; i++) {
        if (str_eq_nocase(str_slice(line, i, i + what.len), what)) return true;
    }
    return false;
}

static Role role_at(const Page *p, size_t at)
{
    return at >= p->from && at < p->to ? (Role)p->roles[at - p->from] : ROLE_TEXT;
}

// Draws the clusters of a fold that are in sight; returns the cell behind the last.
static int draw_text(const Page *p, Rect row, const Fold *f)
{
    const Editor *e = p->e;
    Str line = text_line(&e->text, f->line);
    size_t start = text_start(&e->text, f->line);
    size_t first = editor_byte_at(line, f->from, f->to, e->left);
    int cell = editor_cells(line, f->from, first) - e->left;
    for (size_t at = first, next; at < f->to && cell < row.cols; at = next) {
        int width = editor_cluster(line, at, &next);
        if (cell + width > 0) {
            grid_text(p->g, row, 0, cell, role_at(p, start + at), str_slice(line, at, next));
            Role over = over_of(p, start + at, is_found(e, line, at));
            if (over) grid_over(p->g, rect_part(row, 0, cell, width), over);
        }
        cell += width;
    }
    return cell;
}

// What the text itself does not show: a selected line end, what stands out of sight, the error.
static void draw_edges(const Page *p, Rect row, const Fold *f, int end)
{
    const Editor *e = p->e;
    Str line = text_line(&e->text, f->line);
    size_t break_at = text_start(&e->text, f->line) + line.len;
    bool last = editor_fold_is_last(e, f);
    if (last && break_at >= editor_low(e) && break_at < editor_high(e)) {
        grid_over(p->g, rect_part(row, 0, end, 1), ROLE_SELECTION);
    }
    if (e->left > 0 && line.len > 0) grid_text(p->g, row, 0, 0, ROLE_DIM, S("‹"));
    if (end > row.cols || (end == row.cols && f->to > 0 && e->left > 0 && !last)) {
        grid_text(p->g, row, 0, row.cols - 1, ROLE_DIM, S("›"));
    }
    if (e->mark.line == (int)f->line + 1 && last && end + 4 < row.cols) {
        Rect rest = row;
        rect_left(&rest, end + 3);
        grid_fit(p->g, rest, ROLE_BAD, (Str){e->mark.text, e->mark.len});
    }
}

static bool holds(const Editor *e, const Fold *f, size_t line, size_t at)
{
    if (f->line != line || at < f->from) return false;
    return at < f->to || (at == f->to && editor_fold_is_last(e, f));
}

static void place(const Page *p, Rect row, const Fold *f, size_t at, int *out_row, int *out_col)
{
    const Editor *e = p->e;
    size_t line = text_line_of(&e->text, at), within = at - text_start(&e->text, line);
    if (!holds(e, f, line, within)) return;
    *out_row = row.row;
    *out_col = row.col + editor_cells(text_line(&e->text, line), f->from, within) - e->left;
}

static void draw_fold(Page *p, Rect row, Rect gutter, const Fold *f)
{
    draw_gutter(p, gutter, f);
    int end = draw_text(p, row, f);
    draw_edges(p, row, f, end);
    place(p, row, f, p->e->at, &p->cursor_row, &p->cursor_col);
    if (p->e->popup.open) place(p, row, f, p->e->popup.from, &p->word_row, &p->word_col);
}

// The bytes that the page will show, and their roles.
static void measure(Page *p)
{
    Editor *e = p->e;
    Fold f = editor_fold_of(e, e->top, e->top_from);
    p->from = text_start(&e->text, f.line);
    for (int row = 1; row < e->body.rows; row++) {
        if (!editor_fold_next(e, &f)) break;
    }
    p->to = text_start(&e->text, f.line) + f.to;
    p->roles = editor_roles(e, p->g->scratch, p->from, p->to);
    if (e->options.syntax == SYNTAX_SQL && p->focused) {
        p->paired = editor_bracket(e, p->roles, p->from, p->to, p->pair);
    }
}

void editor_draw(Editor *e, Grid *g, Rect area, bool focused)
{
    lay_out(e, area);
    if (area.rows <= 0 || e->body.cols <= 0) return;
    ArenaMark m = arena_mark(g->scratch);
    scroll_rows(e);
    scroll_cells(e);
    Page p = {.e = e, .g = g, .focused = focused, .cursor_row = -1, .word_row = -1};
    measure(&p);
    Fold f = editor_fold_of(e, e->top, e->top_from);
    int gutter = e->body.col - area.col;
    for (int row = 0; row < e->body.rows; row++) {
        Rect strip = {e->body.row + row, area.col, 1, gutter};
        draw_fold(&p, rect_row(e->body, row), strip, &f);
        if (!editor_fold_next(e, &f)) break;
    }
    if (focused && p.cursor_row >= 0) {
        grid_cursor(g, e->body, p.cursor_row - e->body.row, p.cursor_col - e->body.col);
    }
    if (e->popup.open && p.word_row >= 0) editor_popup_draw(e, g, p.word_row, p.word_col);
    Rect bottom = area;
    if (e->find.open) editor_find_draw(e, g, rect_bottom(&bottom, 1), focused);
    arena_rewind(g->scratch, m);
}
