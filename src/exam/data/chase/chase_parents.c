// chase_parents: rows that others refer to, and rows that are one.
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/rows.h"

static size_t stand_with_key(Chase *c, size_t table, size_t key, size_t slot)
{
    for (size_t s = 0; s < c->stands.len; s++) {
        const Stand *stand = &c->stands.at[s];
        bool meets = chase_class(c, stand->first + key) == chase_class(c, slot);
        if (stand->table == table && meets && !stand->absent) return s;
    }
    return CHASE_NOWHERE;
}

// A row that refers to another one has it.
static void add_parents(Chase *c)
{
    for (size_t s = 0; s < c->stands.len; s++) {
        const Stand stand = c->stands.at[s];
        const TableSpec *t = &c->w->tables[stand.table];
        for (size_t i = 0; i < t->width && !stand.absent; i++) {
            size_t key, slot = stand.first + i;
            const TableSpec *parent =
                t->columns[i].ref_table.len ? warehouse_table(c->w, t->columns[i].ref_table) : NULL;
            if (!parent || !warehouse_column(parent, t->columns[i].ref_column, &key)) continue;
            size_t table = (size_t)(parent - c->w->tables);
            if (stand_with_key(c, table, key, slot) != CHASE_NOWHERE) continue;
            size_t added = chase_add_stand(c, NULL, table);
            if (added != CHASE_NOWHERE) chase_unite(c, c->stands.at[added].first + key, slot);
        }
    }
}

// What refers to things of one kind may be about the same one: the team of a goal is one of the two
// of its game. At times two such columns are.
static void coincide(Chase *c)
{
    for (size_t s = 0; s < c->stands.len; s++) {
        const Stand *stand = &c->stands.at[s];
        const TableSpec *t = &c->w->tables[stand->table];
        for (size_t i = 0; i < t->width; i++) {
            if (!t->columns[i].ref_table.len || rng_below(&c->rng, 4)) continue;
            size_t other = rng_below(&c->rng, c->class.len);
            for (size_t k = 0; k < c->class.len; k++, other = (other + 1) % c->class.len) {
                const ColumnSpec *o = chase_column(c, other);
                bool same =
                    o->ref_table.len && links_root(c->w, o) == links_root(c->w, &t->columns[i]);
                if (!same || other == stand->first + i) continue;
                chase_unite(c, stand->first + i, other);
                break;
            }
        }
    }
}

// Two rows of one table with one key are one row.
static void unite_rows(Chase *c)
{
    for (size_t x = 0; x < c->stands.len; x++) {
        for (size_t y = x + 1; y < c->stands.len; y++) {
            const Stand *a = &c->stands.at[x], *b = &c->stands.at[y];
            const TableSpec *t = &c->w->tables[a->table];
            bool same = false;
            for (size_t i = 0; a->table == b->table && i < t->width; i++)
                same |= bounds_is_key(t, &t->columns[i]) &&
                        chase_class(c, a->first + i) == chase_class(c, b->first + i);
            for (size_t i = 0; same && i < t->width; i++)
                chase_unite(c, a->first + i, b->first + i);
        }
    }
}

void chase_parents(Chase *c)
{
    if (rng_below(&c->rng, 2)) coincide(c);
    add_parents(c);
    unite_rows(c);
}
