// table: results in columns.
#include "base/clean.h"
#include "base/utf8.h"
#include "prose/flow.h"

enum { PAGE_CELLS = 100, PAGE_ROWS = 40, CELL_MAX = 60, CELL_MIN = 4, GAP = 2, SAMPLE_ROWS = 100 };

static bool is_number(const Value *v)
{
    return v->kind == VALUE_INTEGER || v->kind == VALUE_REAL;
}

bool prose_is_right(const Table *t, size_t column)
{
    LogicalType type = t->columns[column].type;
    if (type != TYPE_UNKNOWN) return type == TYPE_INTEGER || type == TYPE_REAL;
    bool any = false;
    for (size_t row = 0; row < t->rows && row < SAMPLE_ROWS; row++) {
        const Value *v = table_at(t, row, column);
        if (v->kind == VALUE_NULL) continue;
        if (!is_number(v)) return false;
        any = true;
    }
    return any;
}

static Str cut(Arena *a, Str text, int cells)
{
    enum { CELL_BYTES_MAX = 64 }; // more than any cluster that people write
    bool whole = text.len <= CELL_BYTES_MAX * (size_t)cells;
    text = clean_text(a, str_slice(text, 0, CELL_BYTES_MAX * (size_t)cells), CLEAN_LINE, NULL);
    if (whole && utf8_width(text) <= cells) return text;
    return str_fmt(a, STR_FMT "…", STR_ARG(utf8_fit(text, cells - 1, NULL)));
}

ProseSpan prose_cell(Arena *a, const Value *v, LogicalType type, int cell_max)
{
    if (type == TYPE_BOOLEAN && v->kind == VALUE_INTEGER) {
        return (ProseSpan){value_text(a, v, type), PROSE_TEXT};
    }
    switch (v->kind) {
    case VALUE_NULL:
        return (ProseSpan){S("NULL"), PROSE_NULL};
    case VALUE_INTEGER:
    case VALUE_REAL:
        return (ProseSpan){cut(a, value_text(a, v, type), cell_max), PROSE_NUMBER};
    case VALUE_TEXT:
        // What could be taken for NULL or for nothing is quoted, for there may be no colours.
        if (v->text.len == 0) return (ProseSpan){S("''"), PROSE_DIM};
        if (str_eq(v->text, S("NULL"))) return (ProseSpan){S("'NULL'"), PROSE_TEXT};
        return (ProseSpan){cut(a, v->text, cell_max), PROSE_TEXT};
    case VALUE_BLOB:
        break;
    }
    return (ProseSpan){cut(a, value_text(a, v, type), cell_max), PROSE_TEXT};
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

int *prose_widths(Arena *a, const Table *t, size_t from, size_t to, int cell_max)
{
    int *widths = arena_array(a, int, t->width);
    for (size_t c = 0; c < t->width; c++) {
        widths[c] = larger(1, utf8_width(cut(a, t->columns[c].name, cell_max)));
        for (size_t row = from; row < to && row < t->rows; row++) {
            ArenaMark m = arena_mark(a);
            Str text = prose_cell(a, table_at(t, row, c), t->columns[c].type, cell_max).text;
            widths[c] = larger(widths[c], utf8_width(text));
            arena_rewind(a, m);
        }
    }
    return widths;
}

// How many columns stand on a page of `cells`, the widest of them cut as far as it must be.
static size_t fit_columns(int *widths, size_t count, int cells)
{
    for (;;) {
        int total = 0;
        size_t widest = 0;
        for (size_t c = 0; c < count; c++) {
            total += widths[c] + (c ? GAP : 0);
            if (widths[c] > widths[widest]) widest = c;
        }
        if (total <= cells || count <= 1) {
            if (count == 1 && widths[0] > cells) widths[0] = cells;
            return count;
        }
        if (widths[widest] > CELL_MIN) {
            widths[widest]--;
        } else {
            count--;
        }
    }
}

static void add_cell(Arena *a, SpanVec *line, ProseSpan cell, int width, bool right)
{
    int blanks = width - utf8_width(cell.text);
    if (right) spans_pad(a, line, blanks);
    spans_add(a, line, cell.role, cell.text);
    if (!right) spans_pad(a, line, blanks);
}

typedef struct {
    Arena *arena;
    const Table *table;
    int *widths;
    bool *right;
    size_t columns;
    int indent;
    const bool *marked;
    LineVec lines;
} Layout;

static void end_line(Layout *l, const SpanVec *spans)
{
    *vec_push(l->arena, &l->lines) = (ProseLine){.spans = spans->at, .count = spans->len};
}

// One line: `row` of the table, or its names when row is negative.
static void add_row(Layout *l, int64_t row)
{
    SpanVec spans = {0};
    spans_pad(l->arena, &spans, l->indent);
    for (size_t c = 0; c < l->columns; c++) {
        const Column *column = &l->table->columns[c];
        if (c) spans_pad(l->arena, &spans, GAP);
        ProseSpan cell = {cut(l->arena, column->name, l->widths[c]), PROSE_HEADER};
        if (row >= 0) {
            const Value *v = table_at(l->table, (size_t)row, c);
            cell = prose_cell(l->arena, v, column->type, larger(l->widths[c], CELL_MIN));
            if (l->marked && l->marked[(size_t)row * l->table->width + c]) cell.role = PROSE_MARK;
        }
        add_cell(l->arena, &spans, cell, l->widths[c], l->right[c]);
    }
    end_line(l, &spans);
}

static void add_rule(Layout *l)
{
    SpanVec spans = {0};
    spans_pad(l->arena, &spans, l->indent);
    for (size_t c = 0; c < l->columns; c++) {
        Buf dashes = buf_new(l->arena);
        for (int i = 0; i < l->widths[c]; i++) buf_add(&dashes, S("─"));
        if (c) spans_pad(l->arena, &spans, GAP);
        spans_add(l->arena, &spans, PROSE_DIM, buf_str(&dashes));
    }
    end_line(l, &spans);
}

static void add_note(Layout *l, Str text)
{
    SpanVec spans = {0};
    spans_pad(l->arena, &spans, l->indent);
    spans_add(l->arena, &spans, PROSE_DIM, text);
    end_line(l, &spans);
}

Prose prose_table(Arena *a, const Table *t, const ProseTableOptions *o)
{
    int cells = (o->cells > 0 ? o->cells : PAGE_CELLS) - o->indent;
    size_t rows = o->rows_max ? o->rows_max : PAGE_ROWS;
    if (rows > t->rows) rows = t->rows;
    Layout l = {.arena = a, .table = t, .indent = o->indent, .marked = o->marked};
    if (t->width == 0) return (Prose){0};
    l.widths = prose_widths(a, t, 0, rows, CELL_MAX);
    l.right = arena_array(a, bool, t->width);
    for (size_t c = 0; c < t->width; c++) l.right[c] = prose_is_right(t, c);
    l.columns = fit_columns(l.widths, t->width, larger(cells, CELL_MIN));
    add_row(&l, -1);
    add_rule(&l);
    for (size_t row = 0; row < rows; row++) add_row(&l, (int64_t)row);
    if (t->rows == 0) add_note(&l, S("(no rows)"));
    if (t->more) {
        add_note(&l, S("… and more rows"));
    } else if (rows < t->rows) {
        add_note(
            &l, str_fmt(a, "… and %zu more row%s", t->rows - rows, t->rows - rows == 1 ? "" : "s"));
    }
    if (l.columns < t->width) {
        add_note(&l, str_fmt(a, "… and %zu more column%s", t->width - l.columns,
                             t->width - l.columns == 1 ? "" : "s"));
    }
    return (Prose){l.lines.at, l.lines.len};
}
