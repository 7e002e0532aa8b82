// prune_view: the data without some rows: whoever loses a parent goes too.
#include "warehouse/prune.h"
#include <string.h>

static bool has_parent(const Link *link, const Value *cells, const TupleSet *keys, Value *probe,
                       const TablePlan *child)
{
    for (size_t i = 0; i < link->from.len; i++) {
        probe[link->to.at[i]] = cells[link->from.at[i]];
        bool nil = cells[link->from.at[i]].kind == VALUE_NULL;
        if (nil && column_allows(&child->columns[link->from.at[i]], &(Value){0})) return true;
    }
    return tuples_find(keys, probe, NULL);
}

// Takes the rows that lost a parent out of `alive`; false when there are none.
static bool orphans_out(Maker *m, uint8_t **alive, size_t table)
{
    const TablePlan *t = &m->plan->tables[table];
    const Table *rows = &m->data->tables[table];
    Arena *scratch = &m->scratch;
    ArenaMark mark = arena_mark(scratch);
    bool any = false;
    for (size_t i = 0; i < t->link_count; i++) {
        const Link *link = &t->links[i];
        const Table *parent = &m->data->tables[link->table];
        if (link->deferred) continue;
        TupleSet keys = tuples_new(scratch, link->to, parent->cells, parent->width, parent->rows);
        Value *probe = arena_array(scratch, Value, parent->width);
        for (size_t r = 0; r < parent->rows; r++) {
            if (alive[link->table][r]) tuples_add(&keys, r);
        }
        for (size_t r = 0; r < rows->rows; r++) {
            const Value *cells = rows->cells + r * rows->width;
            if (!alive[table][r] || has_parent(link, cells, &keys, probe, t)) continue;
            alive[table][r] = 0;
            any = true;
        }
    }
    arena_rewind(scratch, mark);
    return any;
}

// A unit goes as a whole.
static void units_out(const Units *u, uint8_t *alive)
{
    for (size_t i = 0; i < u->len; i++) {
        bool whole = true;
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) whole &= alive[r] != 0;
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) alive[r] = whole;
    }
}

uint8_t **prune_everyone(const Maker *m, Arena *a)
{
    size_t n = m->data->table_count;
    uint8_t **alive = arena_array(a, uint8_t *, n);
    for (size_t t = 0; t < n; t++) {
        alive[t] = arena_array(a, uint8_t, m->data->tables[t].rows + 1);
        memset(alive[t], 1, m->data->tables[t].rows);
    }
    return alive;
}

// Which rows live when only some units of one table do.
uint8_t **prune_living(const Pruning *p, Arena *a, const uint8_t *keep)
{
    Maker *m = p->m;
    size_t n = m->data->table_count;
    uint8_t **alive = prune_everyone(m, a);
    const Units *u = &m->units[p->table];
    for (size_t i = 0; i < u->len; i++) {
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) alive[p->table][r] = keep[i];
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            size_t t = m->plan->order[i];
            if (!orphans_out(m, alive, t)) continue;
            units_out(&m->units[t], alive[t]);
            more = true;
        }
    }
    return alive;
}

static bool named(const Pruning *p, size_t table)
{
    const Plan *plan = p->m->plan;
    for (size_t i = 0; i < plan->w->never_count; i++) {
        if (p->which[i] && plan->rule_names[i * plan->w->table_count + table]) return true;
    }
    return false;
}

// The living rows of the tables that the rules name.
Data prune_view(const Pruning *p, Arena *a, uint8_t **alive)
{
    Data view = {.table_count = p->m->data->table_count};
    view.tables = arena_array(a, Table, view.table_count);
    for (size_t t = 0; t < view.table_count; t++) {
        const Table *from = &p->m->data->tables[t];
        Table *to = &view.tables[t];
        *to = *from;
        to->rows = 0;
        if (!named(p, t)) continue;
        to->cells = arena_array(a, Value, from->rows * from->width);
        for (size_t r = 0; r < from->rows; r++) {
            if (!alive[t][r]) continue;
            memcpy(to->cells + to->rows++ * to->width, from->cells + r * from->width,
                   from->width * sizeof *from->cells);
        }
    }
    return view;
}
