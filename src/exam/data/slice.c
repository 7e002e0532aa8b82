// slice: a few rows of the sample that belong together: all of one thing, with their parents.
//
// The visible data is made to look real: its visitors go through their steps in order and its
// events lie in sessions. A slice keeps that, in the size of a tiny database.
#include "base/rng.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

enum { ROWS_MOST = 8 }; // of one table

// The column by which `like` names its thing in this table: of the same name; false when none.
static bool same_thing(const TableSpec *t, const ColumnSpec *like, size_t *column)
{
    return warehouse_column(t, like->name, column) != NULL;
}

static void keep_thing(const WarehouseSpec *w, const Data *data, const ColumnSpec *like,
                       const Value *thing, bool *const *keep)
{
    for (size_t t = 0; t < w->table_count; t++) {
        size_t column, kept = 0;
        if (!same_thing(&w->tables[t], like, &column)) continue;
        for (size_t r = 0; r < data->tables[t].rows && kept < ROWS_MOST; r++) {
            if (!value_same(table_at(&data->tables[t], r, column), thing)) continue;
            keep[t][r] = true;
            kept++;
        }
    }
}

// Whatever a kept row refers to is kept, with all rows of that key.
static void keep_parents(const Links *links, const Data *data, bool *const *keep)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < links->len; i++) {
            const Link *l = &links->at[i];
            Arena scratch = {0};
            bool *asked = arena_array(&scratch, bool, l->keys);
            for (size_t r = 0; r < data->tables[l->child].rows; r++) {
                if (keep[l->child][r]) asked[l->child_key[r]] = true;
            }
            for (size_t r = 0; r < data->tables[l->parent].rows; r++) {
                bool take = l->parent_key[r] && asked[l->parent_key[r]] && !keep[l->parent][r];
                keep[l->parent][r] |= take;
                more |= take;
            }
            arena_free(&scratch);
        }
    }
}

static bool is_thing(const TableSpec *t, size_t column)
{
    const ColumnSpec *c = &t->columns[column];
    return !c->primary_key && !c->unique && (bounds_is_thing_of(t, column) || c->ref_table.len);
}

// A row's table and one of its things, drawn so that tables with more rows come up more often.
static bool draw_thing(const WarehouseSpec *w, const Data *data, Rng *rng, size_t *table,
                       size_t *column)
{
    enum { DRAWS = 8 };
    size_t rows = data_rows(data);
    for (int n = 0; n < DRAWS && rows; n++) {
        size_t at = rng_below(rng, rows);
        for (*table = 0; at >= data->tables[*table].rows;) at -= data->tables[(*table)++].rows;
        const TableSpec *t = &w->tables[*table];
        size_t from = rng_below(rng, t->width);
        for (size_t i = 0; i < t->width; i++) {
            *column = (from + i) % t->width;
            if (is_thing(t, *column)) return true;
        }
    }
    return false;
}

bool slice_data(Arena *a, const WarehouseSpec *w, const Data *data, uint64_t seed, Data *out)
{
    Arena scratch = {0};
    Rng rng = {.seed = seed};
    size_t table, column;
    bool drawn = draw_thing(w, data, &rng, &table, &column);
    if (drawn) {
        bool **keep = arena_array(&scratch, bool *, w->table_count);
        for (size_t t = 0; t < w->table_count; t++) {
            keep[t] = arena_array(&scratch, bool, data->tables[t].rows);
        }
        const Table *t = &data->tables[table];
        const Value *thing = table_at(t, rng_below(&rng, t->rows), column);
        keep_thing(w, data, &w->tables[table].columns[column], thing, keep);
        Links links = links_find(&scratch, w, data);
        keep_parents(&links, data, keep);
        Data rows = links_subset(&scratch, data, keep);
        *out = data_copy(a, &rows);
    }
    arena_free(&scratch);
    return drawn;
}
