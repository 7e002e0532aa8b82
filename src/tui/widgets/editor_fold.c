// editor_fold: where the text stands on the screen.
//
// Cells are counted as the grid will draw them: what the sanitiser spells out (<U+200B>) is as wide
// as its spelling.
#include "base/clean.h"
#include "base/utf8.h"
#include "tui/widgets/editor_impl.h"

static bool plain(Str s, size_t at)
{
    return s.ptr[at] >= ' ' && s.ptr[at] <= '~';
}

static int spelled_cells(Str cluster)
{
    Arena scratch = {0};
    int cells = utf8_width(clean_text(&scratch, cluster, CLEAN_LINE, NULL));
    arena_free(&scratch);
    return cells;
}

int editor_cluster(Str line, size_t at, size_t *next)
{
    if (plain(line, at) && (at + 1 == line.len || plain(line, at + 1))) {
        *next = at + 1;
        return 1;
    }
    *next = utf8_next(line, at);
    return spelled_cells(str_slice(line, at, *next));
}

// How many bytes from `at` on are characters of one cell each that nothing joins: most of any text.
static size_t plain_run(Str line, size_t at, size_t to)
{
    size_t end = at;
    while (end < to && plain(line, end)) end++;
    return end > at && end < line.len && !plain(line, end) ? end - at - 1 : end - at;
}

int editor_cells(Str line, size_t from, size_t to)
{
    int cells = 0;
    while (from < to) {
        size_t run = plain_run(line, from, to), next = from + run;
        cells += (int)run;
        if (next < to) cells += editor_cluster(line, next, &next);
        from = next;
    }
    return cells;
}

size_t editor_byte_at(Str line, size_t from, size_t to, int cell)
{
    while (from < to) {
        size_t limit = to - from > (size_t)cell ? from + (size_t)cell : to, next;
        size_t run = plain_run(line, from, limit);
        from += run;
        cell -= (int)run;
        if (from == to) break;
        int width = editor_cluster(line, from, &next);
        if (width > cell) break;
        cell -= width;
        from = next;
    }
    return from;
}

static int fold_cells(const Editor *e)
{
    enum { NARROWEST = 4 };
    int cells = e->body.cols - 1; // one is the cursor's, behind a full row
    return cells > NARROWEST ? cells : NARROWEST;
}

// Where a fold ends of which only what stands before `full` fits: behind the last blank, or in a
// long word. A blank that does not fit hangs over.
static size_t fold_before(Str line, size_t from, size_t full)
{
    if (line.ptr[full] == ' ') return full + 1;
    size_t at = full;
    while (at > from && line.ptr[at - 1] != ' ') at--;
    return at > from ? at : full;
}

static size_t fold_end(const Editor *e, Str line, size_t from)
{
    if (!e->options.wrap) return line.len;
    int cells = fold_cells(e);
    size_t full = from + (size_t)cells;
    if (full < line.len && plain_run(line, from, full + 1) > (size_t)cells) {
        return fold_before(line, from, full);
    }
    for (size_t at = from, next; at < line.len; at = next) {
        int width = editor_cluster(line, at, &next);
        if (width > cells && at > from) return fold_before(line, from, at);
        cells -= width;
    }
    return line.len;
}

Fold editor_fold_of(const Editor *e, size_t line, size_t at)
{
    Str s = text_line(&e->text, line);
    Fold f = {.line = line, .to = fold_end(e, s, 0)};
    while (f.to < s.len && at >= f.to) {
        f.from = f.to;
        f.to = fold_end(e, s, f.from);
    }
    return f;
}

Fold editor_fold_of_cursor(const Editor *e)
{
    size_t line = text_line_of(&e->text, e->at);
    return editor_fold_of(e, line, e->at - text_start(&e->text, line));
}

bool editor_fold_is_last(const Editor *e, const Fold *f)
{
    return f->to == text_line(&e->text, f->line).len;
}

bool editor_fold_next(const Editor *e, Fold *f)
{
    if (!editor_fold_is_last(e, f)) {
        f->from = f->to;
        f->to = fold_end(e, text_line(&e->text, f->line), f->from);
        return true;
    }
    if (f->line + 1 >= text_lines(&e->text)) return false;
    *f = editor_fold_of(e, f->line + 1, 0);
    return true;
}

bool editor_fold_prev(const Editor *e, Fold *f)
{
    if (f->from > 0) {
        *f = editor_fold_of(e, f->line, f->from - 1);
        return true;
    }
    if (f->line == 0) return false;
    *f = editor_fold_of(e, f->line - 1, SIZE_MAX);
    return true;
}

// The offset in the text of a cell of a fold; behind the last cluster only on a line's last fold.
static size_t offset_in(const Editor *e, const Fold *f, int cell)
{
    Str line = text_line(&e->text, f->line);
    size_t at = editor_byte_at(line, f->from, f->to, cell);
    if (at == f->to && at > f->from && !editor_fold_is_last(e, f)) at = utf8_prev(line, at);
    return text_start(&e->text, f->line) + at;
}

size_t editor_up_down(Editor *e, int64_t rows)
{
    Fold f = editor_fold_of_cursor(e);
    Str line = text_line(&e->text, f.line);
    if (e->goal < 0) e->goal = editor_cells(line, f.from, e->at - text_start(&e->text, f.line));
    for (; rows < 0; rows++) {
        if (!editor_fold_prev(e, &f)) return 0;
    }
    for (; rows > 0; rows--) {
        if (!editor_fold_next(e, &f)) return e->text.len;
    }
    return offset_in(e, &f, e->goal);
}

size_t editor_offset_at(const Editor *e, int row, int col)
{
    Fold f = editor_fold_of(e, e->top, e->top_from);
    for (row -= e->body.row; row > 0; row--) {
        if (!editor_fold_next(e, &f)) return e->text.len;
    }
    int cell = col - e->body.col + (e->options.wrap ? 0 : e->left);
    return offset_in(e, &f, cell < 0 ? 0 : cell);
}
