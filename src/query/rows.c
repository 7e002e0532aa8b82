// rows: the largest matching between the rows of two results.
//
// Rows are put into groups by all that must agree exactly; in columns that hold a REAL on either
// side only "is a number" goes into the group, and the numbers themselves are matched inside the
// group within the tolerance. That is not an equivalence (a ~ b, b ~ c, not a ~ c), so it is a
// bipartite matching: a merge of the two sorted sides pairs nearly all, augmenting paths (Berge)
// the rest.
#include "query/private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_DEPTH = 64, CLOSE_BUDGET = 5 * 1000 * 1000 };
#define NO_ROW SIZE_MAX

static bool is_date(Str s)
{
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? s.ptr[i] != '-' : s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    }
    return true;
}

Str query_plain(Str text)
{
    bool midnight = text.len == 19 && str_ends(text, S(" 00:00:00")) && is_date(text);
    return midnight ? str_slice(text, 0, 10) : text;
}

// A REAL; or an interval with its parts, whose mean each engine rounds in its own way.
static bool is_inexact(const Value *v)
{
    return v->kind == VALUE_REAL || (v->kind == VALUE_INTEGER && v->text.len);
}

bool cell_close(const Value *x, const Value *y, double tolerance)
{
    bool numbers = (x->kind == VALUE_INTEGER || x->kind == VALUE_REAL) &&
                   (y->kind == VALUE_INTEGER || y->kind == VALUE_REAL);
    if (!numbers && x->kind != y->kind) return false;
    if (x->kind == VALUE_TEXT) return str_eq(query_plain(x->text), query_plain(y->text));
    bool exact = x->kind == y->kind && !is_inexact(x) && !is_inexact(y);
    if (exact) return value_same(x, y);
    double a = x->kind == VALUE_REAL ? x->real : (double)x->integer;
    double b = y->kind == VALUE_REAL ? y->real : (double)y->integer;
    if (a == b) return true;
    return fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)));
}

static bool is_skipped(const RowMatch *m, size_t column)
{
    return m->skip && m->skip[column];
}

bool row_close(const RowMatch *m, size_t expected, size_t actual)
{
    for (size_t c = 0; c < m->expected->width; c++) {
        if (is_skipped(m, c)) continue;
        if (!cell_close(table_at(m->expected, expected, c),
                        table_at(m->actual, actual, m->column_of[c]), m->tolerance)) {
            return false;
        }
    }
    return true;
}

// --- Keys: what groups a row, and what orders it within its group ---

typedef struct {
    uint64_t hash;       // of all that must agree exactly
    const double *reals; // the rest, one for each REAL column
    size_t real_count;
    size_t row;
} RowKey;

static bool has_real(const Table *t, size_t column)
{
    for (size_t r = 0; r < t->rows; r++) {
        if (is_inexact(table_at(t, r, column))) return true;
    }
    return false;
}

static uint64_t mix(uint64_t hash, uint64_t kind, uint64_t content)
{
    uint64_t parts[3] = {hash, kind, content};
    return str_hash((Str){(const char *)parts, sizeof parts});
}

static uint64_t mix_cell(uint64_t hash, const Value *v, bool real)
{
    switch (v->kind) {
    case VALUE_NULL:
        return mix(hash, VALUE_NULL, 0);
    case VALUE_INTEGER:
    case VALUE_REAL: // a number in a REAL column says no more than that it is one
        return mix(hash, VALUE_INTEGER, real ? 0 : (uint64_t)v->integer);
    case VALUE_TEXT:
        return mix(hash, v->kind, str_hash(query_plain(v->text)));
    case VALUE_BLOB:
        return mix(hash, v->kind, str_hash(v->text));
    }
    return hash;
}

static double number(const Value *v)
{
    if (v->kind == VALUE_REAL) return v->real;
    return v->kind == VALUE_INTEGER ? (double)v->integer : 0;
}

static int by_key(const void *x, const void *y)
{
    const RowKey *a = x, *b = y;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    for (size_t i = 0; i < a->real_count; i++) {
        if (a->reals[i] != b->reals[i]) return a->reals[i] < b->reals[i] ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

// Keys of all rows, sorted. column_of: NULL for the expected side.
static RowKey *make_keys(Arena *a, const RowMatch *m, const Table *t, const size_t *column_of,
                         const bool *real)
{
    size_t n = 0, width = m->expected->width;
    for (size_t c = 0; c < width; c++) n += real[c];
    RowKey *keys = arena_array(a, RowKey, t->rows);
    double *reals = arena_array(a, double, t->rows *n);
    for (size_t r = 0; r < t->rows; r++) {
        keys[r] = (RowKey){.reals = reals, .real_count = n, .row = r};
        for (size_t c = 0; c < width; c++) {
            if (is_skipped(m, c)) continue;
            const Value *v = table_at(t, r, column_of ? column_of[c] : c);
            keys[r].hash = mix_cell(keys[r].hash, v, real[c]);
            if (real[c]) *reals++ = number(v);
        }
    }
    if (t->rows) qsort(keys, t->rows, sizeof *keys, by_key);
    return keys;
}

// --- Matching inside one group ---

typedef struct {
    const RowMatch *match;
    const RowKey *e, *x; // the group's rows on both sides, sorted
    size_t e_len, x_len;
    size_t *e_with, *x_with; // partner within the group, or NO_ROW
    size_t *seen;            // x rows seen on the path being looked for
    size_t path;
    int64_t budget; // comparisons of rows left
} Group;

static bool is_close(Group *g, size_t i, size_t j)
{
    g->budget--;
    return row_close(g->match, g->e[i].row, g->x[j].row);
}

// Both sides advance in order: pairs what is close, passes over the smaller of what is not.
static void pair_in_order(Group *g)
{
    for (size_t i = 0, j = 0; i < g->e_len && j < g->x_len;) {
        if (is_close(g, i, j)) {
            g->e_with[i] = j;
            g->x_with[j] = i;
            i++;
            j++;
        } else {
            RowKey e = g->e[i], x = g->x[j];
            e.row = x.row = 0;
            if (by_key(&e, &x) < 0) {
                i++;
            } else {
                j++;
            }
        }
    }
}

// The first x row whose first number can be close to that of e[i].
static size_t window_start(const Group *g, size_t i, double *end)
{
    double t = g->match->tolerance, r = g->e[i].reals[0];
    double slack = t < 0.5 ? t * fmax(1, fabs(r)) / (1 - t) * 1.0001 : INFINITY;
    *end = r + slack;
    size_t low = 0, high = g->x_len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (g->x[mid].reals[0] < r - slack) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

// Finds a partner for e[i], moving earlier pairs where that helps.
static bool augment(Group *g, size_t i, int depth)
{
    double end;
    for (size_t j = window_start(g, i, &end); j < g->x_len && g->budget > 0; j++) {
        if (g->x[j].reals[0] > end) break;
        if (g->seen[j] == g->path || !is_close(g, i, j)) continue;
        g->seen[j] = g->path;
        if (g->x_with[j] == NO_ROW || (depth < PATH_DEPTH && augment(g, g->x_with[j], depth + 1))) {
            g->e_with[i] = j;
            g->x_with[j] = i;
            return true;
        }
    }
    return false;
}

static void match_group(Group *g)
{
    for (size_t i = 0; i < g->e_len; i++) g->e_with[i] = NO_ROW;
    for (size_t j = 0; j < g->x_len; j++) g->x_with[j] = NO_ROW;
    for (size_t j = 0; j < g->x_len; j++) g->seen[j] = 0;
    g->path = 0;
    pair_in_order(g);
    if (g->e_len == 0 || g->e[0].real_count == 0) return;
    for (size_t i = 0; i < g->e_len; i++) {
        if (g->e_with[i] != NO_ROW) continue;
        g->path++;
        augment(g, i, 0);
    }
}

// --- All groups ---

static size_t group_end(const RowKey *keys, size_t from, size_t n)
{
    size_t end = from;
    while (end < n && keys[end].hash == keys[from].hash) end++;
    return end;
}

static void collect(Arena *a, const bool *left, size_t n, size_t **rows, size_t *len)
{
    *rows = arena_array(a, size_t, n);
    *len = 0;
    for (size_t r = 0; r < n; r++) {
        if (left[r]) (*rows)[(*len)++] = r;
    }
}

// Marks in left_e and left_x (by row) what found no partner.
static void match_all(Group *g, const RowKey *e, const RowKey *x, bool *left_e, bool *left_x)
{
    size_t e_len = g->match->expected->rows, x_len = g->match->actual->rows;
    for (size_t i = 0, j = 0; i < e_len || j < x_len;) {
        bool take_e = j == x_len || (i < e_len && e[i].hash <= x[j].hash);
        bool take_x = i == e_len || (j < x_len && x[j].hash <= e[i].hash);
        size_t i_end = take_e ? group_end(e, i, e_len) : i;
        size_t j_end = take_x ? group_end(x, j, x_len) : j;
        g->e = e + i;
        g->x = x + j;
        g->e_len = i_end - i;
        g->x_len = j_end - j;
        match_group(g);
        for (size_t k = 0; k < g->e_len; k++) left_e[g->e[k].row] = g->e_with[k] == NO_ROW;
        for (size_t k = 0; k < g->x_len; k++) left_x[g->x[k].row] = g->x_with[k] == NO_ROW;
        i = i_end;
        j = j_end;
    }
}

Unmatched rows_unmatched(Arena *a, const RowMatch *m)
{
    const Table *te = m->expected, *tx = m->actual;
    bool *real = arena_array(a, bool, te->width);
    for (size_t c = 0; c < te->width; c++) {
        real[c] = !is_skipped(m, c) && (has_real(te, c) || has_real(tx, m->column_of[c]));
    }
    RowKey *e = make_keys(a, m, te, NULL, real);
    RowKey *x = make_keys(a, m, tx, m->column_of, real);
    Group g = {.match = m,
               .e_with = arena_array(a, size_t, te->rows),
               .x_with = arena_array(a, size_t, tx->rows),
               .seen = arena_array(a, size_t, tx->rows),
               .budget = CLOSE_BUDGET + (int64_t)te->rows + (int64_t)tx->rows};
    bool *left_e = arena_array(a, bool, te->rows), *left_x = arena_array(a, bool, tx->rows);
    match_all(&g, e, x, left_e, left_x);
    Unmatched u;
    collect(a, left_e, te->rows, &u.missing, &u.missing_len);
    collect(a, left_x, tx->rows, &u.extra, &u.extra_len);
    return u;
}
