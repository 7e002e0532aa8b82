// unit: rows that hang together: chains of versions, columns that a key tells, unique keys.
#include "base/check.h"
#include "base/rng.h"
#include "warehouse/maker.h"
#include <stdlib.h>

enum {
    CHAIN_STREAM = 0xc4a1,
    TIME_STREAM = 0x71e5,
    END_STREAM = 0xe2d5,
    CHAIN_MAX = 4,
    TRIES = 32, // for uniqueness
    DAY_S = 86400,
};

void unit_split(Maker *m, Draft *d)
{
    Units u = {.start = arena_array(&m->scratch, size_t, d->rows + 1)};
    d->attempt = arena_array(&m->scratch, unsigned, d->rows + 1);
    size_t in_chain = CHAIN_MAX;
    for (size_t i = 0; i < d->rows; i++) {
        // Of four chains two hold one version.
        bool longer = rng_at(m->seed, CHAIN_STREAM + d->table, i) % 2;
        if (d->plan->versions.is && i > 0 && longer && in_chain < CHAIN_MAX) {
            in_chain++;
            continue;
        }
        in_chain = 1;
        u.start[u.len++] = i;
    }
    u.start[u.len] = d->rows;
    d->units = u;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

// When the versions of a chain begin, rising; false when they do not fit below the upper bound.
static bool chain_times(Maker *m, const Draft *d, size_t first, size_t n, unsigned attempt,
                        int64_t *times)
{
    const Versions *v = &d->plan->versions;
    const ColumnPlan *c = &d->plan->columns[v->from];
    const int64_t step = c->spec->type == TYPE_DATE ? 1 : DAY_S;
    for (size_t i = 0; i < n; i++) {
        Value begin = cell_make(m, d, (size_t)v->from, first + i, attempt);
        if (!range_units(c->spec->type, c->per_one, &begin, &times[i])) return false;
    }
    qsort(times, n, sizeof *times, by_number);
    for (size_t i = 1; i < n; i++) {
        if (times[i] <= times[i - 1]) times[i] = times[i - 1] + step;
    }
    return times[n - 1] <= c->high;
}

// Where nothing says that a chain goes on for ever, some in a tiny database have ended, or hold a
// gap.
static bool may_end(const Maker *m, const Draft *d, size_t row, bool last)
{
    const Versions *v = &d->plan->versions;
    bool whole = v->ruled || v->close_at_zero || v->current >= 0 || !m->tiny_rows;
    return !whole && rng_at(m->seed, END_STREAM + d->table, row) % 8 < (last ? 3 : 1);
}

static bool chain_make(Maker *m, Draft *d, size_t first, size_t n, unsigned attempt)
{
    const Versions *v = &d->plan->versions;
    const ColumnPlan *from = &d->plan->columns[v->from], *to = &d->plan->columns[v->to];
    int64_t times[CHAIN_MAX];
    const int64_t step = from->spec->type == TYPE_DATE ? 1 : DAY_S;
    CHECK(n <= CHAIN_MAX);
    if (!chain_times(m, d, first, n, attempt, times)) return false;
    Value *head = d->cells + first * d->width;
    for (size_t i = 0; i < n; i++) {
        Value *cells = head + i * d->width;
        bool last = i + 1 == n;
        for (size_t k = 0; k < v->key.len; k++) cells[v->key.at[k]] = head[v->key.at[k]];
        cells[v->from] = range_value(&m->ink, from, times[i]);
        if (!last) {
            cells[v->to] = range_value(&m->ink, to, times[i + 1]);
        } else if (v->close_at_zero) {
            int64_t open = to->spec->type == TYPE_DATE ? 1 : DAY_S;
            cells[v->to] = range_value(&m->ink, to, DATE_LAST * open);
        } else {
            cells[v->to] = (Value){0};
        }
        if (may_end(m, d, first + i, last)) {
            int64_t end = last ? times[i] + 2 * step : times[i + 1] - step;
            if (end > times[i] && end <= to->high) cells[v->to] = range_value(&m->ink, to, end);
        }
        if (v->current >= 0) cells[v->current] = VALUE_INT(last);
    }
    return true;
}

// A column that a key tells is as in the row that had the key before.
static void depend(Draft *d, const TupleSet *known, size_t first, size_t row)
{
    Value *cells = d->cells + row * d->width;
    for (size_t i = 0; i < d->plan->dependency_count; i++) {
        const Dependency *dep = &d->plan->dependencies[i];
        const Value *before = NULL;
        size_t at;
        if (tuples_find(&known[i], cells, &at)) before = d->cells + at * d->width;
        for (size_t r = first; r < row && !before; r++) {
            if (tuple_equal(dep->key, d->cells + r * d->width, cells)) {
                before = d->cells + r * d->width;
            }
        }
        if (before) cells[dep->column] = before[dep->column];
    }
}

static bool unique_in(const Draft *d, const TupleSet *sets, size_t first, size_t row)
{
    const Value *cells = d->cells + row * d->width;
    for (size_t i = 0; i < d->plan->unique_count; i++) {
        if (tuples_find(&sets[i], cells, NULL)) return false;
        for (size_t r = first; r < row; r++) {
            if (tuple_equal(sets[i].columns, d->cells + r * d->width, cells)) return false;
        }
    }
    return true;
}

static bool try_unit(Maker *m, Draft *d, const Parents *parents, const TupleSet *sets,
                     const TupleSet *known, size_t unit, unsigned attempt)
{
    size_t first = d->units.start[unit], end = d->units.start[unit + 1];
    for (size_t r = first; r < end; r++) {
        if (!row_make(m, d, parents, r, attempt)) return false;
    }
    const Versions *v = &d->plan->versions;
    if (v->is) {
        if (!chain_make(m, d, first, end - first, attempt)) return false;
        // The last set belongs to the key of the chains: no two have the same.
        if (tuples_find(&sets[d->plan->unique_count], d->cells + first * d->width, NULL)) {
            return false;
        }
    }
    for (size_t r = first; r < end; r++) {
        depend(d, known, first, r);
        if (!unique_in(d, sets, first, r)) return false;
    }
    return true;
}

bool unit_make(Maker *m, Draft *d, const Parents *parents, const TupleSet *sets,
               const TupleSet *known, size_t unit)
{
    for (int i = 0; i < TRIES; i++) {
        if (try_unit(m, d, parents, sets, known, unit, d->attempt[unit]++)) return true;
    }
    return false;
}
