// versus: two results side by side, with what differs marked.
#include "tui/screens/versus.h"
#include "base/utf8.h"

enum { MARK_CELLS = 2, ROWS_SHOWN = 12, WIDEST = 400, HEAD_LINES = 2 };

void leaf_prose(Leaf *p, Prose prose)
{
    for (size_t i = 0; i < prose.len; i++) *vec_push(p->a, &p->lines) = prose.at[i];
}

void leaf_gap(Leaf *p)
{
    *vec_push(p->a, &p->lines) = (ProseLine){0};
}

void leaf_words(Leaf *p, Str text)
{
    leaf_prose(p, prose_markdown(p->a, text, p->cells));
    leaf_gap(p);
}

static void add_line(Leaf *p, Str text, ProseRole role, Str language)
{
    ProseSpan *span = arena_new(p->a, ProseSpan);
    *span = (ProseSpan){text, role};
    *vec_push(p->a, &p->lines) = (ProseLine){.spans = span, .count = 1, .language = language};
}

void leaf_code(Leaf *p, Str line)
{
    add_line(p, line, PROSE_CODE, S("sql"));
}

void leaf_heading(Leaf *p, Str text)
{
    add_line(p, text, PROSE_HEADING, (Str){0});
}

Prose leaf_end(const Leaf *p)
{
    return (Prose){p->lines.at, p->lines.len};
}

// ---- one table

typedef struct {
    const Table *table;
    const size_t *lone; // rows without a partner
    size_t lone_count;
    const bool *cells; // rows * width: those that stand out; NULL = none
    bool names;        // their columns behind the row
} Side;

static bool is_lone(const Side *s, size_t row)
{
    for (size_t i = 0; i < s->lone_count; i++) {
        if (s->lone[i] == row) return true;
    }
    return false;
}

// The columns of a row that stand out, behind a mark; "" = none.
static Str named(Arena *a, const Side *s, size_t row)
{
    Buf b = buf_new(a);
    for (size_t c = 0; s->cells && c < s->table->width; c++) {
        if (!s->cells[row * s->table->width + c]) continue;
        buf_add(&b, b.len ? S(", ") : S("  ✗ "));
        buf_add(&b, s->table->columns[c].name);
    }
    return buf_str(&b);
}

static ProseLine marked_line(Arena *a, const ProseLine *line, const char *mark, Str behind)
{
    ProseLine out = {.spans = arena_array(a, ProseSpan, line->count + 2), .count = line->count + 1};
    out.spans[0] = (ProseSpan){str_from(mark), PROSE_MARK};
    for (size_t i = 0; i < line->count; i++) out.spans[i + 1] = line->spans[i];
    if (behind.len) out.spans[out.count++] = (ProseSpan){behind, PROSE_MARK};
    return out;
}

static Prose lay_side(Arena *a, const Side *s, const char *head, int cells)
{
    ProseTableOptions o = {.cells = cells - MARK_CELLS, .rows_max = ROWS_SHOWN, .marked = s->cells};
    Prose p = prose_table(a, s->table, &o);
    Prose out = {arena_array(a, ProseLine, p.len + 1), p.len + 1};
    ProseSpan *span = arena_new(a, ProseSpan);
    *span = (ProseSpan){str_fmt(a, "  %s", head), PROSE_HEADING};
    out.at[0] = (ProseLine){.spans = span, .count = 1};
    for (size_t i = 0; i < p.len; i++) {
        bool row = i >= HEAD_LINES && i - HEAD_LINES < s->table->rows;
        bool lone = row && is_lone(s, i - HEAD_LINES);
        Str behind = lone && s->names ? named(a, s, i - HEAD_LINES) : (Str){0};
        if (prose_cells(&p.at[i]) + MARK_CELLS + utf8_width(behind) > cells) behind = (Str){0};
        out.at[i + 1] = marked_line(a, &p.at[i], lone ? "✗ " : "  ", behind);
    }
    return out;
}

void leaf_table(Leaf *p, Str head, const Table *t)
{
    Side s = {.table = t};
    leaf_prose(p, lay_side(p->a, &s, str_c(p->a, head), p->cells));
    leaf_gap(p);
}

void versus_database(Leaf *p, const Counterexample *x)
{
    for (size_t i = 0; i < x->table_count; i++) {
        Table t = exam_focus(p->a, x, i);
        leaf_table(p, x->tables[i].name, &t);
    }
    if (x->table_count == 0) leaf_words(p, S("Every table of that database is empty."));
}

// ---- which cells differ

static size_t column_of(const Counterexample *x, size_t column)
{
    return x->diff.column_of ? x->diff.column_of[column] : column;
}

static size_t distance(const Counterexample *x, size_t row, size_t other)
{
    size_t n = 0;
    for (size_t c = 0; c < x->expected.width; c++) {
        n += !value_same(table_at(&x->expected, row, c),
                         table_at(&x->actual, other, column_of(x, c)));
    }
    return n;
}

static void mark_pair(const Counterexample *x, size_t row, size_t other, bool *left, bool *right)
{
    for (size_t c = 0; c < x->expected.width; c++) {
        size_t d = column_of(x, c);
        if (value_same(table_at(&x->expected, row, c), table_at(&x->actual, other, d))) continue;
        left[row * x->expected.width + c] = right[other * x->actual.width + d] = true;
    }
}

// Each row that should not be there is held against the missing one that is most like it, when they
// share something.
static void mark_cells(Arena *a, const Counterexample *x, bool *left, bool *right)
{
    const Comparison *d = &x->diff;
    bool *taken = arena_array(a, bool, d->missing_len + 1);
    for (size_t i = 0; i < d->extra_len; i++) {
        size_t best = x->expected.width, at = d->missing_len;
        for (size_t k = 0; k < d->missing_len; k++) {
            size_t n = taken[k] ? x->expected.width : distance(x, d->missing[k], d->extra[i]);
            if (n >= best) continue;
            best = n;
            at = k;
        }
        if (at == d->missing_len) continue;
        taken[at] = true;
        mark_pair(x, d->missing[at], d->extra[i], left, right);
    }
}

// ---- both

static ProseLine joined(Arena *a, const ProseLine *left, const ProseLine *right, int left_cells)
{
    size_t l = left ? left->count : 0, r = right ? right->count : 0;
    ProseLine out = {.spans = arena_array(a, ProseSpan, l + r + 1), .count = l + r + 1};
    for (size_t i = 0; i < l; i++) out.spans[i] = left->spans[i];
    Buf pad = buf_new(a);
    int used = left ? prose_cells(left) : 0;
    buf_repeat(&pad, ' ', used < left_cells ? (size_t)(left_cells - used) : 1);
    out.spans[l] = (ProseSpan){buf_str(&pad), PROSE_TEXT};
    for (size_t i = 0; i < r; i++) out.spans[l + 1 + i] = right->spans[i];
    return out;
}

static int widest(const Prose *p)
{
    int most = 0;
    for (size_t i = 0; i < p->len; i++) {
        int cells = prose_cells(&p->at[i]);
        if (cells > most) most = cells;
    }
    return most;
}

static void put_beside(Leaf *p, const Prose *e, const Prose *m, int left_cells)
{
    for (size_t i = 0; i < e->len || i < m->len; i++) {
        *vec_push(p->a, &p->lines) =
            joined(p->a, i < e->len ? &e->at[i] : NULL, i < m->len ? &m->at[i] : NULL, left_cells);
    }
}

void versus_results(Leaf *p, const Counterexample *x, const char *expected, const char *actual)
{
    enum { GAP = 3 };
    const Comparison *d = &x->diff;
    Side left = {.table = &x->expected, .lone = d->missing, .lone_count = d->missing_len};
    Side right = {&x->actual, d->extra, d->extra_len, NULL, true};
    if (d->kind == COMPARE_ROWS && x->expected.width <= x->actual.width) {
        bool *l = arena_array(p->a, bool, x->expected.rows * x->expected.width + 1);
        bool *r = arena_array(p->a, bool, x->actual.rows * x->actual.width + 1);
        mark_cells(p->a, x, l, r);
        left.cells = l;
        right.cells = r;
    }
    Prose e = lay_side(p->a, &left, expected, WIDEST), m = lay_side(p->a, &right, actual, WIDEST);
    int half = p->cells / 2, l = widest(&e) + GAP;
    if (l + widest(&m) > p->cells) { // side by side is worth more than the names of columns
        right.names = false;
        m = lay_side(p->a, &right, actual, WIDEST);
        right.names = true;
    }
    if (l + widest(&m) <= p->cells) {
        put_beside(p, &e, &m, l < half && half + widest(&m) <= p->cells ? half : l);
    } else {
        e = lay_side(p->a, &left, expected, p->cells);
        m = lay_side(p->a, &right, actual, p->cells);
        leaf_prose(p, e);
        leaf_gap(p);
        leaf_prose(p, m);
    }
    leaf_gap(p);
}
