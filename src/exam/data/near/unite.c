// unite: several databases in one, their keys kept apart.
#include "base/rng.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

enum { APART = 1000, SHARED_STREAM = 0x4a1, DENSE_STREAM = 0xde };

static bool is_referred_to(const WarehouseSpec *w, const TableSpec *to, const ColumnSpec *column)
{
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *from = &w->tables[t].columns[c];
            if (str_eq_nocase(from->ref_table, to->name) &&
                str_eq_nocase(from->ref_column, column->name)) {
                return true;
            }
        }
    }
    return false;
}

// One kind of thing that all parts share, so that what belongs to it comes from several of them:
// two processes of one machine, each of which starts and ends. NULL = there is none.
static const ColumnSpec *draw_shared(const WarehouseSpec *w, Rng *rng)
{
    const ColumnSpec *found = NULL;
    uint64_t seen = 0;
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *column = &w->tables[t].columns[c];
            bool alone =
                bounds_is_key(&w->tables[t], column) && !is_referred_to(w, &w->tables[t], column);
            if (alone || !(column->ref_table.len || bounds_is_thing_of(&w->tables[t], c))) continue;
            if (rng_below(rng, ++seen) == 0) found = links_root(w, column);
        }
    }
    return found;
}

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    const ColumnSpec *shared;
    bool dense; // the numbers of a part follow those of the one before, as rows without gaps do
    size_t part;
    int64_t by; // how far its numbers are moved
} Uniting;

// Keys of the parts must not meet: so their columns are moved apart, unless a list says what they
// may be.
static Value moved(const Uniting *u, const TableSpec *t, size_t column, Value v)
{
    const ColumnSpec *c = &t->columns[column], *root = links_root(u->w, c);
    bool key = bounds_is_key(t, &t->columns[column]) || c->ref_table.len ||
               is_referred_to(u->w, t, c) || bounds_is_thing_of(t, column);
    bool alike = u->shared && !bounds_is_key(t, &t->columns[column]) &&
                 str_eq_nocase(c->name, u->shared->name);
    bool shared = u->shared && (root == u->shared || alike);
    if (!u->part || shared || c->value_count || root->value_count) return v;
    if (v.kind == VALUE_INTEGER && key) {
        Value far = VALUE_INT(v.integer + u->by);
        return bounds_value(u->w, c, &far) ? far : v;
    }
    Str shape; // a month that is written as a text stays one
    bool text = (c->type == TYPE_TEXT || c->type == TYPE_UNKNOWN) &&
                !shaped_like(u->literals, c->name, &shape);
    if (v.kind == VALUE_TEXT && text && key) {
        return VALUE_STR(str_fmt(u->arena, STR_FMT "-%zu", STR_ARG(v.text), u->part));
    }
    return v;
}

static void append(const Uniting *u, size_t table, Table *to, const Table *from)
{
    const TableSpec *spec = &u->w->tables[table];
    for (size_t r = 0; r < from->rows; r++) {
        bool doubled = false;
        for (size_t c = 0; c < to->width; c++) {
            Value v = moved(u, spec, c, *table_at(from, r, c));
            doubled |= bounds_is_key(spec, &spec->columns[c]) && value_stands(to, c, &v);
            to->cells[to->rows * to->width + c] = v;
        }
        if (!doubled) to->rows++; // a day or a country stands in several parts
    }
}

// The largest number of a key in a part.
static int64_t last_key(const WarehouseSpec *w, const Data *part)
{
    int64_t last = 0;
    for (size_t t = 0; t < part->table_count; t++) {
        const Table *rows = &part->tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            const Value *v = &rows->cells[i];
            bool key = bounds_is_key(&w->tables[t], &w->tables[t].columns[i % rows->width]);
            if (key && v->kind == VALUE_INTEGER && v->integer > last) last = v->integer;
        }
    }
    return last;
}

static Data united(Uniting *u, const Data *const *parts, size_t count)
{
    Data d = {arena_array(u->arena, Table, u->w->table_count), u->w->table_count};
    for (size_t t = 0; t < d.table_count; t++) {
        size_t rows = 0;
        d.tables[t] = parts[0]->tables[t];
        for (size_t i = 0; i < count; i++) rows += parts[i]->tables[t].rows;
        d.tables[t].cells = arena_array(u->arena, Value, rows * d.tables[t].width);
        d.tables[t].rows = 0;
        u->by = 0;
        for (u->part = 0; u->part < count; u->part++) {
            append(u, t, &d.tables[t], &parts[u->part]->tables[t]);
            u->by += u->dense ? last_key(u->w, parts[u->part]) : APART;
        }
    }
    return d;
}

bool vary_unite(const Making *m, const Data *const *parts, size_t count, Data *out, bool *made,
                Error *err)
{
    Arena scratch = {0};
    Rng rng = {.seed = m->seed, .stream = DENSE_STREAM}, sharing = rng;
    bool dense = rng_below(&rng, 3) == 0, ok = true;
    sharing.stream = SHARED_STREAM;
    const ColumnSpec *shared = rng_below(&sharing, 3) ? draw_shared(m->w, &sharing) : NULL;
    const Uniting ways[] = {
        {.shared = shared, .dense = dense}, {.dense = dense}, {.dense = !dense}};
    *made = false;
    for (size_t i = shared ? 0 : 1; i < sizeof ways / sizeof *ways && ok && !*made; i++) {
        Uniting u = ways[i]; // the next one where a rule forbids it
        u.arena = &scratch;
        u.w = m->w;
        u.literals = m->literals;
        Data d = united(&u, parts, count);
        ok = witness_holds(m->w, &d, m->judge, made, err);
        if (ok && *made) *out = data_copy(m->arena, &d);
    }
    arena_free(&scratch);
    return ok;
}
