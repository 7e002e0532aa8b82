// types: what a person would call the columns of a result.
#include "base/interval.h"
#include "exam/exam.h"

// What all values of a column are; unknown when there are none or they are mixed.
static LogicalType by_values(const Table *t, size_t column)
{
    bool seen[VALUE_COUNT_] = {false};
    for (size_t r = 0; r < t->rows; r++) seen[table_at(t, r, column)->kind] = true;
    if (seen[VALUE_BLOB]) return TYPE_UNKNOWN;
    if (seen[VALUE_TEXT]) return seen[VALUE_INTEGER] || seen[VALUE_REAL] ? TYPE_UNKNOWN : TYPE_TEXT;
    if (seen[VALUE_REAL]) return TYPE_REAL;
    return seen[VALUE_INTEGER] ? TYPE_INTEGER : TYPE_UNKNOWN;
}

static LogicalType by_origin(const WarehouseSpec *w, Str table, Str column)
{
    const TableSpec *t = table.len ? warehouse_table(w, table) : NULL;
    const ColumnSpec *c = t ? warehouse_column(t, column, NULL) : NULL;
    return c ? c->type : TYPE_UNKNOWN;
}

void exam_names(const SqlProgram *p, QueryResult *r)
{
    const SqlColumns *out = &p->output;
    for (size_t i = 0; !out->open && out->len == r->table.width && i < out->len; i++) {
        if (out->at[i].name.len) r->table.columns[i].name = out->at[i].name;
    }
}

// GREATEST(2.5, 3) is 3.0: the value is of the column's type, whichever argument won.
static void as_real(Table *t, size_t column)
{
    for (size_t r = 0; r < t->rows; r++) {
        Value *v = &t->cells[r * t->width + column];
        if (v->kind == VALUE_INTEGER) *v = VALUE_FLT((double)v->integer);
    }
}

static void show_intervals(Arena *a, Table *t, size_t column, IntervalStyle style)
{
    for (size_t r = 0; r < t->rows; r++) interval_show(a, &t->cells[r * t->width + column], style);
}
static void show_lists(Arena *a, Table *t, size_t column, IntervalStyle style)
{
    for (size_t r = 0; r < t->rows; r++)
        interval_show_list(a, &t->cells[r * t->width + column], style);
}

void exam_types(Arena *a, const WarehouseSpec *w, const SqlProgram *p, QueryResult *r)
{
    const SqlColumns *output = &p->output;
    for (size_t i = 0; i < r->table.width; i++) {
        LogicalType t =
            output->len == r->table.width ? output->at[i].type : r->table.columns[i].type;
        if (t == TYPE_UNKNOWN && i < r->origin_table.len && i < r->origin_column.len) {
            t = by_origin(w, r->origin_table.at[i], r->origin_column.at[i]);
        }
        r->table.columns[i].type = t == TYPE_UNKNOWN ? by_values(&r->table, i) : t;
        if (t == TYPE_REAL) as_real(&r->table, i);
        bool lists = t == TYPE_ARRAY && output->len == r->table.width &&
                     output->at[i].element == TYPE_INTERVAL;
        if (lists) show_lists(a, &r->table, i, p->intervals);
        if (t == TYPE_INTERVAL) show_intervals(a, &r->table, i, sql_interval_style_of(p, i));
    }
}
