// scene: what all rows of a tiny database are about, so that they belong together.
//
// Cells drawn one by one seldom make a purchase and its sale after another purchase and its sale,
// two stays of which one lies within the other, or a mean just below the limit. A scene is a small
// story of one table: which of its columns go on from row to row, which stay as they are, and which
// follow each other in turn. Rules and keys are asked afterwards, as for any other rows.
#include "exam/data/scene/scene.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/private.h"

// --- Which table, which columns ---

static bool has_filter(const WarehouseSpec *w, const Literals *l)
{
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            for (size_t i = 0; i < l->len; i++) {
                if (direct_asks_for(&l->at[i], &w->tables[t].columns[c])) return true;
            }
        }
    }
    return false;
}

// By the query, or by a rule that speaks of this table.
static bool is_spoken_of(const WarehouseSpec *w, const Literals *l, const TableSpec *t, Str name)
{
    if (literals_name(l, name)) return true;
    for (size_t i = 0; i < w->never_count; i++) {
        if (focus_names(w->never[i].sql, t->name) && focus_names(w->never[i].sql, name))
            return true;
    }
    return false;
}

// Whether a check of the table or a rule speaks of both columns.
static bool are_ruled(const WarehouseSpec *w, const TableSpec *t, Str x, Str y)
{
    for (size_t i = 0; i < t->check.len; i++) {
        if (focus_names(t->check.at[i], x) && focus_names(t->check.at[i], y)) return true;
    }
    for (size_t i = 0; i < w->never_count; i++) {
        if (focus_names(w->never[i].sql, x) && focus_names(w->never[i].sql, y)) return true;
    }
    return false;
}

// One more that would do: it is taken with the same chance as those before.
static bool takes(Scene *s, uint64_t *seen)
{
    return rng_below(&s->rng, ++*seen) == 0;
}

// From and to: two times of a row, or two numbers of which a rule speaks together.
static bool are_ends(const WarehouseSpec *w, const Literals *l, const TableSpec *t,
                     const ColumnSpec *x, const ColumnSpec *y)
{
    if (x->type != y->type || !direct_is_free(t, x) || !direct_is_free(t, y)) return false;
    if (!literals_name(l, x->name) || !literals_name(l, y->name)) return false;
    if (bounds_is_key(t, x) || bounds_is_key(t, y)) return false;
    if (direct_is_clock(x)) return true;
    bool things = bounds_is_thing(x) || bounds_is_thing(y);
    return x->type == TYPE_INTEGER && !things && are_ruled(w, t, x->name, y->name);
}

static bool find_ends(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; t < w->table_count; t++) {
        const TableSpec *table = &w->tables[t];
        for (size_t x = 0; x < table->width; x++) {
            for (size_t y = x + 1; y < table->width; y++) {
                if (!are_ends(w, l, table, &table->columns[x], &table->columns[y])) continue;
                if (!takes(s, &seen)) continue;
                s->table = t;
                s->from = x;
                s->to = y;
            }
        }
    }
    return seen > 0;
}

// A column along which rows follow each other: a time, a number of a key, a number in a rule.
static bool is_order(const WarehouseSpec *w, const Literals *l, const TableSpec *t, size_t column)
{
    const ColumnSpec *c = &t->columns[column];
    if (!direct_is_free(t, c) || !is_spoken_of(w, l, t, c->name)) return false;
    if (direct_is_clock(c)) return true;
    if (c->type != TYPE_INTEGER) return false;
    if (c->primary_key) return w->never_count > 0 || t->width == 2;
    for (size_t i = 0; i < t->unique_count; i++) {
        for (size_t k = 0; t->unique[i].len > 1 && k < t->unique[i].len; k++) {
            if (str_eq_nocase(t->unique[i].at[k], c->name)) return !bounds_is_thing(c);
        }
    }
    return false;
}

static bool find_order(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            if (!is_order(w, l, &w->tables[t], c) || !takes(s, &seen)) continue;
            s->table = t;
            s->from = c;
        }
    }
    return seen > 0;
}

// A number that the query compares with something made of this column.
static bool find_level(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; l->averages && t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *column = &w->tables[t].columns[c];
            bool number = column->type == TYPE_INTEGER || column->type == TYPE_REAL;
            if (!number || !direct_is_free(&w->tables[t], column)) continue;
            if (bounds_is_thing_of(&w->tables[t], c)) continue;
            for (size_t i = 0; i < l->len; i++) {
                if (!direct_is_number(&l->at[i]) || !str_eq_nocase(l->at[i].column, column->name))
                    continue;
                if (!takes(s, &seen)) continue;
                s->table = t;
                s->from = c;
            }
        }
    }
    return seen > 0;
}

// A measure of which the query makes one value of many.
static bool find_measure(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; l->gathers && t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *column = &w->tables[t].columns[c];
            bool number = column->type == TYPE_INTEGER || column->type == TYPE_REAL;
            if (!number || !direct_is_free(&w->tables[t], column)) continue;
            if (bounds_is_thing_of(&w->tables[t], c) || bounds_is_key(&w->tables[t], column))
                continue;
            if (!literals_name(l, column->name) || !takes(s, &seen)) continue;
            s->table = t;
            s->from = c;
        }
    }
    return seen > 0;
}

// Two things that together are the key of a table.
static bool find_grid(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; t < w->table_count; t++) {
        const TableSpec *table = &w->tables[t];
        for (size_t i = 0; i < table->unique_count; i++) {
            size_t x, y;
            if (table->unique[i].len != 2) continue;
            const ColumnSpec *one = warehouse_column(table, table->unique[i].at[0], &x);
            const ColumnSpec *other = warehouse_column(table, table->unique[i].at[1], &y);
            if (!one || !other || !direct_is_free(table, one) || !direct_is_free(table, other))
                continue;
            if (!bounds_is_thing_of(table, x) || !bounds_is_thing_of(table, y)) continue;
            if (!literals_name(l, one->name) || !literals_name(l, other->name) || !takes(s, &seen))
                continue;
            s->table = t;
            s->from = x;
            s->to = y;
        }
    }
    return seen > 0;
}

// Two columns of one table that the query compares with each other.
static bool find_chain(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    uint64_t seen = 0;
    for (size_t t = 0; l->joined.len && t < w->table_count; t++) {
        const TableSpec *table = &w->tables[t];
        for (size_t x = 0; x < table->width; x++) {
            for (size_t y = 0; y < table->width; y++) {
                const ColumnSpec *from = &table->columns[x], *to = &table->columns[y];
                bool apart = x != y && from->type == to->type && !bounds_is_key(table, to);
                if (!apart || !direct_is_free(table, from) || !direct_is_free(table, to)) continue;
                bool type = from->type == TYPE_TEXT || from->type == TYPE_INTEGER;
                if (!type || !literals_joined(l, from->name, to->name) || !takes(s, &seen))
                    continue;
                s->table = t;
                s->from = x;
                s->to = y;
            }
        }
    }
    return seen > 0;
}

// The thing whose rows these are: an account, a stock. Its column stays as it is.
static void find_thing(const WarehouseSpec *w, const Literals *l, Scene *s)
{
    const TableSpec *t = &w->tables[s->table];
    uint64_t seen = 0;
    for (size_t c = 0; c < t->width; c++) {
        const ColumnSpec *column = &t->columns[c];
        if (c == s->from || c == s->to || bounds_is_key(t, column)) continue;
        bool thing = bounds_is_thing_of(t, c) || column->ref_table.len;
        if (thing && literals_name(l, column->name) && takes(s, &seen)) s->thing = c;
    }
    // Of a bare table: by what the query tells its rows apart.
    for (size_t c = 0; !seen && c < t->width; c++) {
        const ColumnSpec *column = &t->columns[c];
        if (c == s->from || c == s->to || bounds_is_key(t, column)) continue;
        bool names = column->type == TYPE_TEXT || column->type == TYPE_INTEGER;
        bool free = names && direct_is_free(t, column) && !column->min.len && !column->max.len;
        if (free && literals_grouped(l, column->name) && takes(s, &seen)) s->thing = c;
    }
}

// --- Which scene ---

static const struct {
    SceneKind kind;
    bool (*fits)(const WarehouseSpec *w, const Literals *l, Scene *s);
    bool (*column)(Drawing *d, Scene *s, size_t column); // what a column of the table gets
    size_t rows_from, rows_to;
} scenes[] = {
    {SCENE_SERIES, find_order, scene_series, 3, VALUES_MOST},
    {SCENE_SPANS, find_ends, scene_spans, 2, VALUES_MOST},
    {SCENE_LEVEL, find_level, scene_level, LEVEL_ROWS, VALUES_MOST},
    {SCENE_GROUP, find_measure, scene_group, 3, LEVEL_ROWS - 1},
    {SCENE_GRID, find_grid, scene_grid, 4, VALUES_MOST},
    {SCENE_CHAIN, find_chain, scene_chain, 2, VALUES_MOST},
};

static void draw_kind(Scene *s, const WarehouseSpec *w, const Literals *l, size_t rows)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        Scene one = *s;
        if (rows < scenes[i].rows_from || rows > scenes[i].rows_to || !scenes[i].fits(w, l, &one))
            continue;
        s->rng = one.rng;
        if (!takes(s, &seen)) continue;
        one.kind = scenes[i].kind;
        one.rng = s->rng;
        *s = one;
    }
}

Scene scene_draw(const WarehouseSpec *w, const Literals *l, size_t rows, uint64_t seed, bool always)
{
    Scene s = {.rng = {.seed = seed, .stream = SCENE_STREAM}};
    s.from = s.to = s.thing = SIZE_MAX;
    if (rows < 2) return s;
    s.rows = rows < VALUES_MOST ? rows : VALUES_MOST;
    s.pass = rng_below(&s.rng, 3) == 0 && has_filter(w, l);
    s.known = rng_at(seed, SCENE_STREAM, 12) % 3 > 0;
    bool wide = rows >= LEVEL_ROWS && l->averages;
    if (rng_below(&s.rng, 3) < (wide ? 2 : 1) || always) draw_kind(&s, w, l, rows);
    if (s.kind == SCENE_NONE) return s;
    if (s.kind != SCENE_GRID && s.kind != SCENE_CHAIN) find_thing(w, l, &s);
    if (s.kind == SCENE_LEVEL) s.pass = true;
    if (s.kind == SCENE_SPANS) {
        Arena scratch = {0};
        const ColumnSpec *c = &w->tables[s.table].columns[s.from];
        Drawing d = {.arena = &scratch, .w = w, .literals = l, .column = c, .rows = rows};
        d.rng.seed = seed;
        scene_place_spans(&s, &d);
        arena_free(&scratch);
    }
    return s;
}
void scene_rows(const Scene *s, WarehouseSpec *w)
{
    if (s->kind == SCENE_NONE) return;
    TableSpec *t = &w->tables[s->table];
    t->tiny_least = s->rows;
    if (s->thing == SIZE_MAX || !t->columns[s->thing].ref_table.len) return;
    const TableSpec *parent = warehouse_table(w, t->columns[s->thing].ref_table);
    if (parent && parent != t) w->tables[parent - w->tables].tiny_most = s->rows > 6 ? 2 : 1;
}

// Whether the query says what a NULL stands for, or leaves it out.
static bool cares_for_null(const Literals *l)
{
    static const Str words[] = {STR_LIT("null"), STR_LIT("nulls"), STR_LIT("coalesce"),
                                STR_LIT("ifnull"), STR_LIT("nvl")};
    bool cares = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) cares |= literals_name(l, words[i]);
    return cares;
}

bool scene_column(Drawing *d, Scene *s, size_t table, size_t column)
{
    const ColumnSpec *c = d->column;
    d->rng.stream = SCENE_STREAM + column;
    bool staged = false;
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
        bool here = s->kind == scenes[i].kind && s->table == table;
        if (here) staged = scenes[i].column(d, s, column);
    }
    bool frame = column == s->from || column == s->to || column == s->thing;
    d->known = staged && s->known && (frame || !cares_for_null(d->literals));
    if (staged || !s->pass || c->ref_table.len || c->after.len || d->key || d->thing) return staged;
    return scene_passing(d);
}
