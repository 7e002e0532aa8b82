// grid: cells, clipping, and wide characters that are never split.
#include "tui/grid.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clean.h"
#include "base/utf8.h"
#include "tui/theme.h"
#include <string.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}
static int most(int a, int b)
{
    return a > b ? a : b;
}

Rect rect_top(Rect *r, int rows)
{
    rows = most(0, least(rows, r->rows));
    Rect strip = {r->row, r->col, rows, r->cols};
    r->row += rows;
    r->rows -= rows;
    return strip;
}

Rect rect_bottom(Rect *r, int rows)
{
    rows = most(0, least(rows, r->rows));
    r->rows -= rows;
    return (Rect){r->row + r->rows, r->col, rows, r->cols};
}

Rect rect_left(Rect *r, int cols)
{
    cols = most(0, least(cols, r->cols));
    Rect strip = {r->row, r->col, r->rows, cols};
    r->col += cols;
    r->cols -= cols;
    return strip;
}

Rect rect_right(Rect *r, int cols)
{
    cols = most(0, least(cols, r->cols));
    r->cols -= cols;
    return (Rect){r->row, r->col + r->cols, r->rows, cols};
}

Rect rect_inset(Rect r, int rows, int cols)
{
    return (Rect){r.row + rows, r.col + cols, most(0, r.rows - 2 * rows),
                  most(0, r.cols - 2 * cols)};
}

Rect rect_row(Rect r, int row)
{
    bool in = row >= 0 && row < r.rows;
    return (Rect){r.row + row, r.col, in ? 1 : 0, r.cols};
}

Rect rect_part(Rect r, int row, int col, int cells)
{
    return rect_clip((Rect){r.row + row, r.col + col, 1, cells}, r);
}

Rect rect_clip(Rect r, Rect to)
{
    int top = most(r.row, to.row), left = most(r.col, to.col);
    int bottom = least(r.row + r.rows, to.row + to.rows);
    int right = least(r.col + r.cols, to.col + to.cols);
    return (Rect){top, left, most(0, bottom - top), most(0, right - left)};
}

bool rect_has(Rect r, int row, int col)
{
    return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

Grid grid_new(Arena *a, int rows, int cols)
{
    rows = most(1, rows);
    cols = most(1, cols);
    return (Grid){.rows = rows,
                  .cols = cols,
                  .cells = arena_array(a, Cell, (size_t)rows * (size_t)cols),
                  .scratch = a};
}

void grid_clear(Grid *g)
{
    memset(g->cells, 0, (size_t)g->rows * (size_t)g->cols * sizeof *g->cells);
    g->cursor_shown = false;
}

Rect grid_rect(const Grid *g)
{
    return (Rect){0, 0, g->rows, g->cols};
}

static Cell *cell_at(const Grid *g, int row, int col)
{
    return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

// Blanks the other half of a wide character before one half is drawn over.
static void part(Grid *g, int row, int col)
{
    Cell *c = cell_at(g, row, col);
    if (c->span == CELL_TAIL) {
        Cell *head = c - 1;
        *head = (Cell){.role = head->role, .over = head->over};
        *c = (Cell){.role = c->role, .over = c->over};
    } else if (c->span == CELL_WIDE) {
        Cell *tail = c + 1;
        *tail = (Cell){.role = tail->role, .over = tail->over};
    }
}

// Bytes of a cluster that a cell can hold: whole code points.
static size_t held(Str cluster)
{
    size_t at = 0;
    while (at < cluster.len) {
        size_t n;
        utf8_decode(cluster, at, &n);
        if (at + n > CELL_BYTES) break;
        at += n;
    }
    return at;
}

static void put(Grid *g, int row, int col, Role role, Str cluster, int width)
{
    part(g, row, col);
    Cell *c = cell_at(g, row, col);
    *c = (Cell){.role = (uint8_t)role};
    if (!(cluster.len == 1 && cluster.ptr[0] == ' ')) {
        c->len = (uint8_t)held(cluster);
        memcpy(c->bytes, cluster.ptr, c->len);
    }
    if (width < 2) return;
    part(g, row, col + 1);
    c->span = CELL_WIDE;
    c[1] = (Cell){.span = CELL_TAIL, .role = (uint8_t)role};
}

static bool plain(Str s, size_t at)
{
    return s.ptr[at] >= ' ' && s.ptr[at] <= '~';
}

static bool all_plain(Str s)
{
    for (size_t at = 0; at < s.len; at++) {
        if (!plain(s, at)) return false;
    }
    return true;
}

// As it may be drawn, on one line; what lies beyond `cells` is left out, for a cell takes a few
// dozen bytes at most.
static Str cleaned(Grid *g, Str text, int cells)
{
    text = str_slice(text, 0, 64 * (size_t)(most(cells, 0) + 1));
    return all_plain(text) ? text : clean_text(g->scratch, text, CLEAN_LINE, NULL);
}

// The next piece of clean text that goes into cells of its own: a cluster, or, where the marks of a
// cluster take cells (spacing vowels, flags), what belongs to one of its code points.
static Str piece(Str text, size_t at, int *width)
{
    if (plain(text, at) && (at + 1 == text.len || plain(text, at + 1))) {
        *width = 1;
        return str_slice(text, at, at + 1);
    }
    Str cluster = str_slice(text, at, utf8_next(text, at));
    size_t end;
    *width = utf8_cp_width(utf8_decode(cluster, 0, &end));
    if (utf8_width(cluster) <= *width) return cluster;
    for (size_t n; end < cluster.len; end += n) {
        if (utf8_cp_width(utf8_decode(cluster, end, &n)) > 0) break;
    }
    return str_slice(cluster, 0, end);
}

// Draws clean text in screen coordinates, clipped to one row; returns the cell behind it.
static int draw(Grid *g, Rect clip, int col, Role role, Str text)
{
    int right = clip.col + clip.cols;
    for (size_t at = 0; at < text.len && col < right;) {
        int width;
        Str p = piece(text, at, &width);
        if (col >= clip.col && col + width <= right) {
            if (width > 0) put(g, clip.row, col, role, p, width);
        } else {
            for (int c = most(col, clip.col); c < least(col + width, right); c++) {
                put(g, clip.row, c, role, S(" "), 1); // half of a wide one
            }
        }
        col += width;
        at += p.len;
    }
    return least(col, right);
}

int grid_text(Grid *g, Rect area, int row, int col, Role role, Str text)
{
    Rect clip = rect_clip(rect_row(area, row), grid_rect(g));
    if (clip.rows == 0) return col;
    int cells = clip.col + clip.cols - area.col - least(col, 0);
    ArenaMark m = arena_mark(g->scratch);
    Str clean = cleaned(g, text, cells);
    int end = draw(g, clip, area.col + col, role, clean) - area.col;
    arena_rewind(g->scratch, m);
    return end;
}

void grid_fit(Grid *g, Rect field, Role role, Str text)
{
    ArenaMark m = arena_mark(g->scratch);
    Str clean = cleaned(g, text, field.cols);
    if (utf8_width(clean) <= field.cols) {
        grid_text(g, field, 0, 0, role, clean);
    } else {
        int used;
        Str head = utf8_fit(clean, field.cols - 1, &used);
        grid_text(g, field, 0, 0, role, head);
        grid_text(g, field, 0, used, role, S("…"));
    }
    arena_rewind(g->scratch, m);
}

void grid_fit_right(Grid *g, Rect field, Role role, Str text)
{
    ArenaMark m = arena_mark(g->scratch);
    int width = utf8_width(cleaned(g, text, field.cols));
    arena_rewind(g->scratch, m);
    rect_left(&field, field.cols - width);
    grid_fit(g, field, role, text);
}

void grid_repeat(Grid *g, Rect area, Role role, Str cluster)
{
    area = rect_clip(area, grid_rect(g));
    for (int row = 0; row < area.rows; row++) {
        for (int col = 0; col < area.cols; col++) {
            put(g, area.row + row, area.col + col, role, cluster, 1);
        }
    }
}

void grid_fill(Grid *g, Rect area, Role role)
{
    grid_repeat(g, area, role, S(" "));
}

void grid_over(Grid *g, Rect area, Role over)
{
    area = rect_clip(area, grid_rect(g));
    for (int row = 0; row < area.rows; row++) {
        for (int col = 0; col < area.cols; col++) {
            cell_at(g, area.row + row, area.col + col)->over = (uint8_t)over;
        }
    }
}

void grid_rule(Grid *g, Rect area, int row)
{
    grid_repeat(g, rect_row(area, row), ROLE_RULE, S("─"));
}

void grid_wall(Grid *g, Rect area, int col)
{
    rect_left(&area, col);
    grid_repeat(g, rect_left(&area, 1), ROLE_RULE, S("│"));
}

void grid_cursor(Grid *g, Rect area, int row, int col)
{
    Rect r = rect_clip(area, grid_rect(g));
    g->cursor_row = area.row + row;
    g->cursor_col = area.col + col;
    g->cursor_shown = rect_has(r, g->cursor_row, g->cursor_col);
}

static bool same(const Cell *a, const Cell *b)
{
    return a->len == b->len && a->span == b->span && a->role == b->role && a->over == b->over &&
           memcmp(a->bytes, b->bytes, a->len) == 0;
}

bool grid_change(const Grid *was, const Grid *now, GridRun *run)
{
    CHECK(was->rows == now->rows && was->cols == now->cols);
    int total = now->rows * now->cols;
    int at = run->row * now->cols + run->col + run->cells;
    while (at < total && same(&was->cells[at], &now->cells[at])) at++;
    if (at == total) return false;
    if (now->cells[at].span == CELL_TAIL) at--; // a run begins with a head
    *run = (GridRun){.row = at / now->cols, .col = at % now->cols};
    int end = (run->row + 1) * now->cols;
    do at++;
    while (at < end &&
           (!same(&was->cells[at], &now->cells[at]) || now->cells[at].span == CELL_TAIL));
    run->cells = at - run->row * now->cols - run->col;
    return true;
}

Str grid_dump(Arena *a, const Grid *g)
{
    Buf out = buf_new(a);
    for (int row = 0; row < g->rows; row++) {
        int blanks = 0;
        for (int col = 0; col < g->cols; col++) {
            const Cell *c = cell_at(g, row, col);
            if (c->span == CELL_TAIL) continue;
            if (c->len == 0) {
                blanks++;
                continue;
            }
            buf_repeat(&out, ' ', (size_t)blanks);
            blanks = 0;
            buf_add(&out, (Str){c->bytes, c->len});
        }
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

Str grid_dump_roles(Arena *a, const Grid *g)
{
    Buf out = buf_new(a);
    for (int row = 0; row < g->rows; row++) {
        int blanks = 0;
        for (int col = 0; col < g->cols; col++) {
            const Cell *c = cell_at(g, row, col);
            char letter = role_letter(c->over ? c->over : c->role);
            if (c->len == 0 && c->over == 0 && c->span == CELL_NARROW) letter = ' ';
            if (letter == ' ') {
                blanks++;
                continue;
            }
            buf_repeat(&out, ' ', (size_t)blanks);
            blanks = 0;
            buf_char(&out, letter);
        }
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

static void check_cell(const Cell *c, bool first, bool last)
{
    CHECK(c->len <= CELL_BYTES && c->role < ROLE_COUNT_ && c->over < ROLE_COUNT_);
    CHECK(c->span != CELL_TAIL || (!first && c[-1].span == CELL_WIDE && c->len == 0));
    CHECK(c->span != CELL_WIDE || (!last && c[1].span == CELL_TAIL));
    for (size_t at = 0, n; at < c->len; at += n) {
        CHECK(clean_is_safe(utf8_decode((Str){c->bytes, c->len}, at, &n)));
    }
}

void grid_check(const Grid *g)
{
    for (int row = 0; row < g->rows; row++) {
        for (int col = 0; col < g->cols; col++) {
            check_cell(cell_at(g, row, col), col == 0, col + 1 == g->cols);
        }
    }
    CHECK(!g->cursor_shown || rect_has(grid_rect(g), g->cursor_row, g->cursor_col));
}
