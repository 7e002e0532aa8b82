// crowd: so many rows of one group that a share of them is a row: the 95th percentile of fewer than
// twenty rows is the greatest, whichever way it is asked for.
//
// Where a query says a fraction, some of the larger databases hold just so many rows, one more, or
// twice as many, all about the same things, with measures that go up row by row.
#include "base/rng.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include <math.h>

enum { ROWS_LEAST = 8, ROWS_MOST = 50 };

// Of how many rows the fraction, or what it leaves of the whole, is one; 0 = of too few or many.
static size_t rows_of_share(double share)
{
    if (share <= 0 || share >= 1) return 0;
    double least = share < 1 - share ? share : 1 - share, n = ceil(1 / least - 1e-6);
    return n >= ROWS_LEAST && n <= ROWS_MOST ? (size_t)n : 0;
}

size_t crowd_rows(const Literals *l, uint64_t seed)
{
    size_t n = 0;
    double share;
    for (size_t i = 0; i < l->len && !n; i++) {
        if (!l->at[i].string && str_to_f64(l->at[i].text, &share)) n = rows_of_share(share);
    }
    if (!n) return 0;
    switch (seed / 2 % 4) {
    case 0:
    case 1:
        return n;
    case 2:
        return n + 1;
    default:
        return 2 * n;
    }
}

static bool is_measure(const TableSpec *t, size_t column)
{
    const ColumnSpec *c = &t->columns[column];
    bool number = c->type == TYPE_INTEGER || c->type == TYPE_REAL;
    return number && !c->value_count && !c->ref_table.len && !bounds_is_name_of(t, column);
}

static bool is_clock(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
}

// Up by one a row where the column allows it.
static void go_up(const WarehouseSpec *w, const ColumnSpec *c, Table *t, size_t column)
{
    Value first = t->cells[column];
    if (first.kind == VALUE_NULL) first = c->type == TYPE_REAL ? VALUE_FLT(1) : VALUE_INT(1);
    for (size_t r = 0; r < t->rows; r++) {
        Value v = first;
        if (v.kind == VALUE_INTEGER) v.integer += (int64_t)r;
        if (v.kind == VALUE_REAL) v.real += (double)r;
        if (bounds_value(w, c, &v)) t->cells[r * t->width + column] = v;
    }
}

static void gather(const WarehouseSpec *w, const Literals *l, const TableSpec *spec, Table *t)
{
    for (size_t c = 0; c < t->width; c++) {
        const ColumnSpec *column = &spec->columns[c];
        bool own = bounds_is_key(spec, column) || is_clock(column);
        if (own || !literals_name(l, column->name)) continue;
        if (is_measure(spec, c)) {
            go_up(w, column, t, c);
            continue;
        }
        for (size_t r = 1; r < t->rows; r++) t->cells[r * t->width + c] = t->cells[c];
    }
}

void crowd(const WarehouseSpec *w, const Literals *l, size_t rows, Data *data)
{
    for (size_t i = 0; i < data->table_count; i++) {
        Table *t = &data->tables[i];
        if (t->rows < rows) continue;
        t->rows = rows;
        gather(w, l, &w->tables[i], t);
    }
}
