// compare: is one result the other? Columns first, then rows as a multiset, then the order asked
// for.
#include "base/clean.h"
#include "query/private.h"

enum { NO_COLUMN = -1 };
static const double DEFAULT_TOLERANCE = 1e-9; // sums in another order differ in their last bits

// --- Order ---

static int key_column(const Table *t, Str name)
{
    for (size_t c = 0; c < t->width; c++) {
        if (str_eq_nocase(t->columns[c].name, name)) return (int)c;
    }
    return NO_COLUMN; // not in the output: nothing can be said about it
}

static int kind_rank(const Value *v)
{
    static const int ranks[] = {[VALUE_NULL] = 0,
                                [VALUE_INTEGER] = 1,
                                [VALUE_REAL] = 1,
                                [VALUE_TEXT] = 2,
                                [VALUE_BLOB] = 3};
    return ranks[v->kind];
}

// SQLite's order of values; numbers within the tolerance are equal.
static int cell_order(const Value *x, const Value *y, double tolerance)
{
    if (cell_close(x, y, tolerance)) return 0;
    int rx = kind_rank(x), ry = kind_rank(y);
    if (rx != ry) return rx < ry ? -1 : 1;
    if (rx >= 2) return str_cmp(x->text, y->text);
    if (x->kind == VALUE_INTEGER && y->kind == VALUE_INTEGER) {
        return x->integer < y->integer ? -1 : 1;
    }
    double a = x->kind == VALUE_REAL ? x->real : (double)x->integer;
    double b = y->kind == VALUE_REAL ? y->real : (double)y->integer;
    return a < b ? -1 : 1;
}

// Whether the expected side itself follows the keys.
static bool follows_keys(const RowMatch *m, const Table *t, const CompareRule *rule)
{
    for (size_t r = 1; r < t->rows; r++) {
        int order = 0;
        for (size_t k = 0; k < rule->key_count && order == 0; k++) {
            int e = key_column(m->expected, rule->keys[k].column);
            if (e == NO_COLUMN) continue;
            size_t c = t == m->expected ? (size_t)e : m->column_of[e];
            order = cell_order(table_at(t, r - 1, c), table_at(t, r, c), m->tolerance);
            if (rule->keys[k].descending) order = -order;
        }
        if (order > 0) return false;
    }
    return true;
}

// Rows that agree in every key may stand in any order: then both sides show the same keys row by
// row.
static bool same_keys(const RowMatch *m, size_t r, const CompareRule *rule)
{
    for (size_t k = 0; k < rule->key_count; k++) {
        int c = key_column(m->expected, rule->keys[k].column);
        if (c == NO_COLUMN) continue;
        if (!cell_close(table_at(m->expected, r, (size_t)c),
                        table_at(m->actual, r, m->column_of[c]), m->tolerance)) {
            return false;
        }
    }
    return true;
}

// The first row out of order, or SIZE_MAX. The reference shows what the order is, NULLs included;
// where it does not follow the keys itself, following them is enough.
static size_t out_of_order(const RowMatch *m, const CompareRule *rule)
{
    for (size_t r = 0; r < m->expected->rows; r++) {
        bool right = rule->as_reference ? row_close(m, r, r) : same_keys(m, r, rule);
        if (right) continue;
        bool pardoned = !rule->as_reference && !follows_keys(m, m->expected, rule) &&
                        follows_keys(m, m->actual, rule);
        return pardoned ? SIZE_MAX : r;
    }
    return SIZE_MAX;
}

// --- The whole ---

static void list_rows(const Unmatched *u, Comparison *out)
{
    out->missing = u->missing;
    out->extra = u->extra;
    out->missing_total = u->missing_len;
    out->extra_total = u->extra_len;
    out->missing_len = u->missing_len < COMPARE_SHOWN ? u->missing_len : COMPARE_SHOWN;
    out->extra_len = u->extra_len < COMPARE_SHOWN ? u->extra_len : COMPARE_SHOWN;
}

static bool is_even(const Unmatched *u)
{
    return u->missing_len == 0 && u->extra_len == 0;
}

Comparison query_compare(Arena *a, const Table *expected, const Table *actual,
                         const CompareRule *rule)
{
    Comparison out = {.kind = COMPARE_SAME};
    Assignment columns = columns_assign(a, expected, actual, rule->columns);
    out.column_of = columns.column_of;
    if (!out.column_of) {
        out.kind = COMPARE_COLUMNS;
        out.why = clean_text(a, columns.why, CLEAN_LINE, NULL);
        return out;
    }
    double tolerance = rule->tolerance > 0 ? rule->tolerance : DEFAULT_TOLERANCE;
    RowMatch m = {expected, actual, out.column_of, NULL, tolerance};
    Unmatched u = rows_unmatched(a, &m);
    bool may_permute = rule->columns == COLUMNS_BY_NAME_OR_POSITION && !columns.by_name;
    if (!is_even(&u) && may_permute &&
        columns_permute(a, expected, actual, tolerance, out.column_of)) {
        u = (Unmatched){0};
    }
    size_t row = SIZE_MAX;
    if (!is_even(&u)) {
        out.kind = COMPARE_ROWS;
        out.why = why_rows(a, &m, &u);
        list_rows(&u, &out);
    } else if (rule->as_reference || rule->key_count) {
        row = out_of_order(&m, rule);
    }
    if (row != SIZE_MAX) {
        out.kind = COMPARE_ORDER;
        out.why = why_order(a, &m, row, rule);
    }
    out.why = clean_text(a, out.why, CLEAN_LINE, NULL);
    return out;
}
