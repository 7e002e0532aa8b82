// grow: a database with more of the same: what belongs to one thing once more, as another one's.
//
// "In three orders or more", "bought by five": rows drawn one by one seldom come together so often.
// Those that come together once do so again under another number.
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

enum { ATTEMPTS = 3, GROW_STREAM = 0x6e0 };

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    Rng rng;
    const Data *base;
    size_t table, column; // of the thing
    Value was, now;       // its number, and the other one's
    Data out;
} Growing;

static const ColumnSpec *column_at(const Growing *g, size_t table, size_t column)
{
    return &g->w->tables[table].columns[column];
}

// One that the query names and that is not measured: what stands in it several rows may share.
static bool draw_thing(Growing *g)
{
    uint64_t seen = 0;
    for (size_t t = 0; t < g->base->table_count; t++) {
        const Table *rows = &g->base->tables[t];
        for (size_t c = 0; rows->rows && c < rows->width; c++) {
            const ColumnSpec *column = column_at(g, t, c);
            bool named = literals_name(g->literals, column->name);
            if (!named || column->type == TYPE_REAL || column->value_count) continue;
            if (rng_below(&g->rng, ++seen)) continue;
            g->table = t;
            g->column = c;
        }
    }
    if (!seen) return false;
    const Table *rows = &g->base->tables[g->table];
    g->was = *table_at(rows, rng_below(&g->rng, rows->rows), g->column);
    return g->was.kind != VALUE_NULL;
}

// Whether this column holds the thing, too: by a reference, by its name, or as the query joins
// them.
static bool holds_thing(const Growing *g, size_t table, size_t column)
{
    const ColumnSpec *c = column_at(g, table, column), *thing = column_at(g, g->table, g->column);
    if (links_root(g->w, c) == links_root(g->w, thing)) return true;
    if (c->family.len && str_eq(c->family, thing->family)) return c->type == thing->type;
    return c->type == thing->type && str_eq_nocase(c->name, thing->name);
}

static bool is_taken(const Growing *g, const Value *v)
{
    for (size_t t = 0; t < g->base->table_count; t++) {
        const Table *rows = &g->base->tables[t];
        for (size_t c = 0; c < rows->width; c++) {
            for (size_t r = 0; holds_thing(g, t, c) && r < rows->rows; r++) {
                if (value_same(table_at(rows, r, c), v)) return true;
            }
        }
    }
    return false;
}

// False where a bound or a list of a column forbids it.
static bool append(Growing *g, size_t table, size_t row)
{
    const Table *from = &g->base->tables[table];
    const TableSpec *spec = &g->w->tables[table];
    Table *to = &g->out.tables[table];
    for (size_t c = 0; c < from->width; c++) {
        Value v = *table_at(from, row, c);
        if (holds_thing(g, table, c) && value_same(&v, &g->was)) {
            v = g->now;
        } else if (bounds_is_key(spec, &spec->columns[c])) {
            v = value_fresh(g->arena, &spec->columns[c], to, c, v);
        }
        if (!bounds_value(g->w, &spec->columns[c], &v)) return false;
        to->cells[to->rows * to->width + c] = v;
    }
    to->rows++;
    return true;
}

static bool has_thing(const Growing *g, size_t table, size_t row)
{
    const Table *rows = &g->base->tables[table];
    for (size_t c = 0; c < rows->width; c++) {
        if (holds_thing(g, table, c) && value_same(table_at(rows, row, c), &g->was)) return true;
    }
    return false;
}

static Value other_thing(Growing *g, const Table *own, Value v)
{
    const ColumnSpec *c = column_at(g, g->table, g->column);
    Str shape;
    bool shaped =
        v.kind == VALUE_TEXT && c->type == TYPE_TEXT && shaped_like(g->literals, c->name, &shape);
    if (!shaped) return value_fresh(g->arena, c, own, g->column, v);
    return VALUE_STR(shaped_beside(g->arena, shaped_over(g->arena, shape, v.text), &g->rng));
}

static bool grow(Growing *g)
{
    const Table *own = &g->base->tables[g->table];
    g->now = other_thing(g, own, g->was);
    for (int i = 0; i < ATTEMPTS && is_taken(g, &g->now); i++) g->now = other_thing(g, own, g->now);
    if (is_taken(g, &g->now)) return false;
    g->out = data_copy(g->arena, g->base);
    for (size_t t = 0; t < g->out.table_count; t++) {
        Table *to = &g->out.tables[t];
        Value *cells = arena_array(g->arena, Value, 2 * to->rows * to->width);
        for (size_t i = 0; i < to->rows * to->width; i++) cells[i] = to->cells[i];
        to->cells = cells;
        for (size_t r = 0; r < g->base->tables[t].rows; r++) {
            if (has_thing(g, t, r) && !append(g, t, r)) return false;
        }
    }
    return true;
}

bool grow_data(const Making *m, const Data *base, Data *out, bool *made, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    *made = false;
    Growing g = {.arena = &scratch, .w = m->w, .literals = m->literals, .base = base};
    g.rng = (Rng){.seed = m->seed, .stream = GROW_STREAM};
    for (int i = 0; i < ATTEMPTS && ok && !*made; i++) {
        if (draw_thing(&g) && grow(&g)) ok = witness_holds(m->w, &g.out, m->judge, made, err);
    }
    if (ok && *made) *out = data_copy(m->arena, &g.out);
    arena_free(&scratch);
    return ok;
}
