// why: one sentence that tells a candidate how two results differ.
#include "base/utf8.h"
#include "query/private.h"

enum { CELL_SHOWN = 40, COLUMNS_SHOWN = 5 };

// --- Cells and rows ---

static Str cell(Arena *a, const Value *v)
{
    Str text = v->kind == VALUE_TEXT ? v->text : value_text(a, v, TYPE_UNKNOWN);
    const char *more = "";
    if (text.len > CELL_SHOWN) {
        size_t end = CELL_SHOWN;
        while (end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80) end--; // whole code points
        text = str_slice(text, 0, end);
        more = "…";
    }
    const char *quote = v->kind == VALUE_TEXT ? "'" : "";
    return str_fmt(a, "%s" STR_FMT "%s%s", quote, STR_ARG(text), more, quote);
}

// "(title 'A', views 3)" with the reference's names, in the reference's order.
static Str row(Arena *a, const RowMatch *m, const Table *t, size_t r)
{
    Buf b = buf_new(a);
    for (size_t c = 0; c < m->expected->width && c < COLUMNS_SHOWN; c++) {
        Str text = cell(a, table_at(t, r, t == m->expected ? c : m->column_of[c]));
        buf_fmt(&b, "%s" STR_FMT " " STR_FMT, c ? ", " : "(", STR_ARG(m->expected->columns[c].name),
                STR_ARG(text));
    }
    buf_add(&b, m->expected->width > COLUMNS_SHOWN ? S(", …)") : S(")"));
    return buf_str(&b);
}

static Str count(Arena *a, size_t n, const char *one, const char *many)
{
    return n == 1 ? str_fmt(a, "1 %s", one) : str_fmt(a, "%zu %s", n, many);
}

// --- The same row another number of times ---

// How often a row equal to `like` (of table `of`) stands on each side.
static void occurrences(const RowMatch *m, const Table *of, size_t like, size_t *expected,
                        size_t *actual)
{
    // Rows of one side are compared with one row of their own side: both tables are that side.
    size_t *same = of == m->expected ? expected : actual;
    size_t *other = of == m->expected ? actual : expected;
    *same = *other = 0;
    const Table *that = of == m->expected ? m->actual : m->expected;
    for (size_t r = 0; r < of->rows; r++) {
        bool equal = true;
        for (size_t c = 0; c < of->width && equal; c++) {
            equal = cell_close(table_at(of, r, c), table_at(of, like, c), m->tolerance);
        }
        *same += equal;
    }
    for (size_t r = 0; r < that->rows; r++) {
        *other += of == m->expected ? row_close(m, like, r) : row_close(m, r, like);
    }
}

static Str repeated(Arena *a, const RowMatch *m, const Table *of, size_t r)
{
    size_t expected, actual;
    occurrences(m, of, r, &expected, &actual);
    if (expected == 0 || actual == 0) return (Str){0};
    Str text = row(a, m, of, r);
    Str has = count(a, actual, "time", "times");
    return str_fmt(a, "The row " STR_FMT " comes " STR_FMT "; %zu %s expected.", STR_ARG(text),
                   STR_ARG(has), expected, expected == 1 ? "was" : "were");
}

// --- One column that differs ---

static bool differs_only_in(Arena *a, const RowMatch *m, bool *skip, size_t c)
{
    ArenaMark mark = arena_mark(a);
    RowMatch without = *m;
    without.skip = skip;
    skip[c] = true;
    Unmatched u = rows_unmatched(a, &without);
    bool only = u.missing_len == 0 && u.extra_len == 0;
    skip[c] = false;
    arena_rewind(a, mark);
    return only;
}

// The first unmatched pair that agrees in all but column c; a column before or behind c names it,
// unless it is the only row.
static Str column_sentence(Arena *a, const RowMatch *m, const Unmatched *u, bool *skip, size_t c)
{
    RowMatch without = *m;
    without.skip = skip;
    skip[c] = true;
    size_t e = u->missing[0], x = SIZE_MAX;
    for (size_t i = 0; i < u->extra_len && x == SIZE_MAX; i++) {
        if (row_close(&without, e, u->extra[i])) x = u->extra[i];
    }
    skip[c] = false;
    if (x == SIZE_MAX) return (Str){0};
    size_t key = c == 0 ? 1 : 0;
    Str name = m->expected->columns[c].name, where = m->expected->columns[key].name;
    Str at = cell(a, table_at(m->expected, e, key));
    Str want = cell(a, table_at(m->expected, e, c));
    Str got = cell(a, table_at(m->actual, x, m->column_of[c]));
    if (m->expected->rows == 1) {
        return str_fmt(
            a, "Only column " STR_FMT " differs: it should be " STR_FMT " and is " STR_FMT ".",
            STR_ARG(name), STR_ARG(want), STR_ARG(got));
    }
    Str rows = count(a, u->missing_len, "row", "rows");
    return str_fmt(a,
                   "Only column " STR_FMT " differs, in " STR_FMT ": where " STR_FMT " is " STR_FMT
                   " it should be " STR_FMT " and is " STR_FMT ".",
                   STR_ARG(name), STR_ARG(rows), STR_ARG(where), STR_ARG(at), STR_ARG(want),
                   STR_ARG(got));
}

static Str one_column(Arena *a, const RowMatch *m, const Unmatched *u)
{
    size_t width = m->expected->width;
    if (u->missing_len != u->extra_len || width < 2) return (Str){0};
    bool *skip = arena_array(a, bool, width);
    for (size_t c = 0; c < width; c++) {
        if (differs_only_in(a, m, skip, c)) return column_sentence(a, m, u, skip, c);
    }
    return (Str){0};
}

// --- The sentences ---

static Str only_missing(Arena *a, const RowMatch *m, const Unmatched *u)
{
    Str text = repeated(a, m, m->expected, u->missing[0]);
    if (text.len) return text;
    Str first = row(a, m, m->expected, u->missing[0]);
    if (m->actual->rows == 0) {
        Str rows = count(a, u->missing_len, "row was", "rows were");
        return str_fmt(a, "Your result is empty; " STR_FMT " expected, the first is " STR_FMT ".",
                       STR_ARG(rows), STR_ARG(first));
    }
    if (u->missing_len == 1) return str_fmt(a, "1 row is missing: " STR_FMT ".", STR_ARG(first));
    return str_fmt(a, "%zu rows are missing; the first is " STR_FMT ".", u->missing_len,
                   STR_ARG(first));
}

static Str only_extra(Arena *a, const RowMatch *m, const Unmatched *u)
{
    Str text = repeated(a, m, m->actual, u->extra[0]);
    if (text.len) return text;
    Str first = row(a, m, m->actual, u->extra[0]);
    if (m->expected->rows == 0) {
        Str rows = count(a, u->extra_len, "row", "rows");
        return str_fmt(a, "No row was expected; yours has " STR_FMT ", the first is " STR_FMT ".",
                       STR_ARG(rows), STR_ARG(first));
    }
    if (u->extra_len == 1) {
        return str_fmt(a, "1 row should not be there: " STR_FMT ".", STR_ARG(first));
    }
    return str_fmt(a, "%zu rows should not be there; the first is " STR_FMT ".", u->extra_len,
                   STR_ARG(first));
}

Str why_rows(Arena *a, const RowMatch *m, const Unmatched *u)
{
    if (u->extra_len == 0) return only_missing(a, m, u);
    if (u->missing_len == 0) return only_extra(a, m, u);
    Str text = one_column(a, m, u);
    if (text.len) return text;
    Str missing = count(a, u->missing_len, "row is", "rows are");
    Str first = row(a, m, m->expected, u->missing[0]);
    Str other = row(a, m, m->actual, u->extra[0]);
    return str_fmt(a,
                   STR_FMT " missing and %zu should not be there; the first missing one is " STR_FMT
                           ", the first that should not be there " STR_FMT ".",
                   STR_ARG(missing), u->extra_len, STR_ARG(first), STR_ARG(other));
}

Str why_order(Arena *a, const RowMatch *m, size_t r, const CompareRule *rule)
{
    Str want = row(a, m, m->expected, r), got = row(a, m, m->actual, r);
    if (rule->as_reference) {
        return str_fmt(a,
                       "The rows are right, their order is not: row %zu should be " STR_FMT
                       " and is " STR_FMT ".",
                       r + 1, STR_ARG(want), STR_ARG(got));
    }
    Buf keys = buf_new(a);
    for (size_t i = 0; i < rule->key_count; i++) {
        buf_fmt(&keys, "%s" STR_FMT "%s", i ? ", " : "", STR_ARG(rule->keys[i].column),
                rule->keys[i].descending ? " DESC" : "");
    }
    return str_fmt(a,
                   "The rows are right, their order is not: by " STR_FMT
                   " row %zu should be one like " STR_FMT " and is " STR_FMT ".",
                   STR_ARG(buf_str(&keys)), r + 1, STR_ARG(want), STR_ARG(got));
}
