// direct_scene: what all rows of a tiny database are about, so that they belong together.
//
// Cells drawn one by one seldom make a purchase and its sale after another purchase and its sale,
// two stays of which one lies within the other, or a mean just below the limit. A scene is a small
// story of one table: which of its columns go on from row to row, which stay as they are, and which
// follow each other in turn. Rules and keys are asked afterwards, as for any other rows.
#include "base/world.h"
#include "exam/data/direct.h"

enum { SCENE_STREAM = 0x7a1, LEVEL_ROWS = 20, LISTED_MOST = 8, MINUTE_S = 60 };

// --- What the query and the rules say of a column ---

static bool is_named(const Literals *l, Str name)
{
    for (size_t i = 0; i < l->names.len; i++) {
        if (str_eq_nocase(l->names.at[i], name)) return true;
    }
    return false;
}

// By the query, or by a rule that speaks of this table.
static bool is_spoken_of(const WarehouseSpec *w, const Literals *l, const TableSpec *t, Str name)
{
    if (is_named(l, name)) return true;
    for (size_t i = 0; i < w->never_count; i++) {
        if (focus_names(w->never[i].sql, t->name) && focus_names(w->never[i].sql, name))
            return true;
    }
    return false;
}

static bool is_clock(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
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

static bool asks_for(const Literal *l, const ColumnSpec *c)
{
    return l->equal && l->use == LITERAL_VALUE && l->text.len && str_eq_nocase(l->column, c->name);
}

static bool is_listed(const ColumnSpec *c, Str text)
{
    bool any = c->value_count == 0;
    for (size_t i = 0; i < c->value_count; i++) any |= str_eq(c->values[i].text, text);
    return any;
}

static bool has_filter(const WarehouseSpec *w, const Literals *l)
{
    for (size_t t = 0; t < w->table_count; t++) {
        for (size_t c = 0; c < w->tables[t].width; c++) {
            for (size_t i = 0; i < l->len; i++) {
                if (asks_for(&l->at[i], &w->tables[t].columns[c])) return true;
            }
        }
    }
    return false;
}

// --- Which table, which columns ---

typedef bool Fits(const WarehouseSpec *w, const Literals *l, Scene *s);

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
    if (!is_named(l, x->name) || !is_named(l, y->name)) return false;
    if (bounds_is_key(t, x) || bounds_is_key(t, y)) return false;
    if (is_clock(x)) return true;
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
    if (is_clock(c)) return true;
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

static bool is_number(const Literal *l)
{
    double v;
    return direct_number_of(l, &v);
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
                if (!is_number(&l->at[i]) || !str_eq_nocase(l->at[i].column, column->name))
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
            if (!is_named(l, column->name) || !takes(s, &seen)) continue;
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
            if (!is_named(l, one->name) || !is_named(l, other->name) || !takes(s, &seen)) continue;
            s->table = t;
            s->from = x;
            s->to = y;
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
        if (thing && is_named(l, column->name) && takes(s, &seen)) s->thing = c;
    }
}

// --- From and to ---

// Where the next one begins and ends, as one of the ways in which two of them can lie.
static void place_next(Scene *s, size_t i, int64_t step, int64_t length, int64_t far)
{
    int64_t from = s->starts[i - 1], to = s->ends[i - 1], inside = (to - from) / 4;
    bool held = i > 1 && to < s->ends[i - 2]; // then one may come that only the longer one meets
    switch (held && rng_below(&s->rng, 2) ? 1 : rng_below(&s->rng, 8)) {
    case 0: // they touch
        from = to;
        break;
    case 1:
        from = to + step;
        break;
    case 2:
        from = to - step;
        break;
    case 3: // within
    case 4:
        from += inside > step ? inside : step;
        length = inside;
        break;
    case 5: // both begin at once
        break;
    case 6:
        from += inside > step ? inside : step;
        break;
    default:
        from += far;
    }
    s->starts[i] = from;
    s->ends[i] = from + length;
}

// As long as the query's span, a part of it, or a little beside; where it rounds, by a part of the
// unit.
static int64_t length_of(Scene *s, const Literals *l, int64_t span, int64_t step)
{
    static const int64_t beside[] = {0, 0, 1, -1};
    static const int64_t parts[] = {0, 1, -1, 1 - MINUTE_S, 1 - MINUTE_S, MINUTE_S / 2};
    bool rounds = l->averages && step == 1;
    int64_t length = span / rng_between(&s->rng, 1, rounds ? 3 : 2);
    size_t n = rounds ? sizeof parts / sizeof *parts : sizeof beside / sizeof *beside;
    int64_t more = (rounds ? parts : beside)[rng_below(&s->rng, n)] * step;
    return length + more < 0 ? length : length + more;
}

static void place_spans(Scene *s, Drawing *d)
{
    int64_t at, span, step = d->column->type == TYPE_DATE ? DAY_S : 1;
    direct_moment(d, &at, &span);
    if (d->column->type == TYPE_INTEGER) {
        double v;
        const Literal *l = direct_draw(d, is_number);
        span = l && direct_number_of(l, &v) && v >= 2 && v < 1000 ? (int64_t)v : 4;
        if (!str_to_i64(d->column->min, &at)) at = 1;
    }
    const int64_t far = is_clock(d->column) ? (span > DAY_S ? span : DAY_S) : 10;
    int64_t lengths[2];
    for (size_t i = 0; i < 2; i++) lengths[i] = length_of(s, d->literals, span, step);
    bool alike = rng_below(&s->rng, 2);
    s->starts[0] = at;
    s->ends[0] = at + lengths[0];
    for (size_t i = 1; i < VALUES_MOST; i++) {
        place_next(s, i, step, lengths[alike ? 0 : rng_below(&s->rng, 2)], far);
    }
}

// --- Which scene ---

static const struct {
    SceneKind kind;
    Fits *fits;
    size_t rows_from, rows_to;
} scenes[] = {
    {SCENE_SERIES, find_order, 3, VALUES_MOST},
    {SCENE_SPANS, find_ends, 2, VALUES_MOST},
    {SCENE_LEVEL, find_level, LEVEL_ROWS, VALUES_MOST},
    {SCENE_GROUP, find_measure, 3, LEVEL_ROWS - 1},
    {SCENE_GRID, find_grid, 4, VALUES_MOST},
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

Scene scene_draw(const WarehouseSpec *w, const Literals *l, size_t rows, uint64_t seed)
{
    Scene s = {.rng = {.seed = seed, .stream = SCENE_STREAM}};
    s.from = s.to = s.thing = SIZE_MAX;
    if (rows < 2) return s;
    s.rows = rows < VALUES_MOST ? rows : VALUES_MOST;
    s.pass = rng_below(&s.rng, 3) == 0 && has_filter(w, l);
    bool wide = rows >= LEVEL_ROWS && l->averages;
    if (rng_below(&s.rng, 3) < (wide ? 2 : 1)) draw_kind(&s, w, l, rows);
    if (s.kind == SCENE_NONE) return s;
    if (s.kind != SCENE_GRID) find_thing(w, l, &s);
    if (s.kind == SCENE_LEVEL) s.pass = true;
    if (s.kind == SCENE_SPANS) {
        Arena scratch = {0};
        const ColumnSpec *c = &w->tables[s.table].columns[s.from];
        Drawing d = {.arena = &scratch, .w = w, .literals = l, .column = c, .rows = rows};
        d.rng.seed = seed;
        place_spans(&s, &d);
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

// --- What a column gets ---

static void put_raw(Drawing *d, Str text)
{
    if (d->len < VALUES_MOST) d->at[d->len++] = (ValueChoice){text, 1};
    d->in_turn = true;
}

static Str moment_text(Drawing *d, int64_t at)
{
    if (d->column->type == TYPE_INTEGER) return str_fmt(d->arena, "%lld", (long long)at);
    return d->column->type == TYPE_DATE ? date_text(d->arena, at / DAY_S)
                                        : time_text(d->arena, at * 1000);
}

static bool is_allowed(const Drawing *d, int64_t at)
{
    if (d->column->type == TYPE_INTEGER) return bounds_number(d->column, (double)at);
    return bounds_time(d->w, d->column, at);
}

// All or nothing: half of a series is none.
static bool put_moments(Drawing *d, const int64_t *at, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (!is_allowed(d, at[i])) return false;
    }
    for (size_t i = 0; i < rows; i++) put_raw(d, moment_text(d, at[i]));
    return true;
}

// Where a block of rows ends: of a thing, a state, a price. The same for all columns of a scene.
static size_t block_of(const Scene *s)
{
    return 2 + rng_at(s->rng.seed, SCENE_STREAM, 1) % (s->rows > 3 ? s->rows - 2 : 1);
}

// Steps in a unit that the query counts in, at times with one left out; each thing's own begin
// anew.
static bool put_order(Drawing *d, Scene *s)
{
    int64_t all[VALUES_MOST], at, span;
    size_t block = block_of(s), gap = rng_below(&d->rng, 2 * s->rows);
    CalendarUnit unit = direct_unit(d->literals, &d->rng);
    bool anew = s->thing != SIZE_MAX && !d->key && rng_below(&d->rng, 3),
         number = !is_clock(d->column);
    if (d->column->type == TYPE_DATE && unit > CALENDAR_DAY) unit = CALENDAR_DAY;
    direct_moment(d, &at, &span);
    if (number && !str_to_i64(d->column->min, &at)) at = 1;
    int64_t back = number ? 0 : (int64_t)rng_below(&d->rng, s->rows);
    for (size_t i = 0; i < s->rows; i++) {
        int64_t n = (int64_t)(anew ? i % block : i) + (i >= gap) - back;
        all[i] = number ? at + n : direct_later(at, unit, n);
    }
    return put_moments(d, all, s->rows);
}

// The thing: one, or one after the other.
static bool put_thing(Drawing *d, Scene *s)
{
    size_t block = block_of(s);
    bool one = s->kind != SCENE_SERIES || rng_at(s->rng.seed, SCENE_STREAM, 2) % 3 == 0;
    for (size_t i = 0; i < s->rows; i++) {
        int64_t n = one ? 1 : 1 + (int64_t)(i / block);
        bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
        put_raw(d, str_fmt(d->arena, number ? "%lld" : "t%lld", (long long)n));
    }
    return true;
}

// The column's list, or what the query asks of it: in turn, or each for some rows.
static bool put_states(Drawing *d, Scene *s)
{
    Str all[LISTED_MOST];
    size_t n = 0, block = block_of(s);
    const ColumnSpec *c = d->column;
    for (size_t i = 0; i < d->literals->len && n < LISTED_MOST; i++) {
        const Literal *l = &d->literals->at[i];
        bool known = !asks_for(l, c) || !is_listed(c, l->text);
        for (size_t k = 0; k < n && !known; k++) known = str_eq(all[k], l->text);
        if (!known) all[n++] = l->text;
    }
    for (size_t i = 0; n < 2 && i < c->value_count && i < LISTED_MOST; i++) {
        if (n == 0 || !str_eq(all[0], c->values[i].text)) all[n++] = c->values[i].text;
    }
    if (n < 2) return false;
    bool turns = rng_below(&d->rng, 4) > 0;
    size_t first = rng_below(&d->rng, n);
    for (size_t i = 0; i < s->rows; i++) put_raw(d, all[(first + (turns ? i : i / block)) % n]);
    return true;
}

static bool series_column(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    const ColumnSpec *c = &t->columns[column];
    if (column == s->from) return put_order(d, s);
    if (c->ref_table.len || c->after.len || bounds_is_key(t, c)) return false;
    if (column == s->thing) return direct_is_free(t, c) && put_thing(d, s);
    return c->type != TYPE_BOOLEAN && put_states(d, s);
}

// Rooms, addresses, machines: the same for some that follow each other, then another one.
static bool put_places(Drawing *d, Scene *s)
{
    bool number = d->column->type == TYPE_INTEGER;
    bool name = number ? !d->column->min.len && !d->column->max.len : d->column->type == TYPE_TEXT;
    if (!name || d->key || rng_below(&d->rng, 2)) return false;
    size_t block = rng_below(&d->rng, 3) ? 2 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        size_t n = 1 + i / block % 2;
        put_raw(d, str_fmt(d->arena, number ? "%zu" : "t%zu", n));
    }
    return true;
}

static bool span_column(Drawing *d, Scene *s, size_t column)
{
    if (column == s->from) return put_moments(d, s->starts, s->rows);
    if (column == s->to) return put_moments(d, s->ends, s->rows);
    const TableSpec *t = &d->w->tables[s->table];
    if (!direct_is_free(t, d->column)) return false;
    if (column == s->thing) return put_thing(d, s);
    return is_named(d->literals, d->column->name) && put_places(d, s);
}

// All on the limit but one, which is next to it.
static bool level_column(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    double v;
    if (column != s->from)
        return column == s->thing && direct_is_free(t, d->column) && put_thing(d, s);
    const Literal *l = direct_draw(d, is_number);
    if (!l || !direct_number_of(l, &v) || !bounds_number(d->column, v)) return false;
    size_t other = rng_below(&d->rng, s->rows);
    double side = rng_below(&d->rng, 4) ? -1 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        double x = i == other && bounds_number(d->column, v + side) ? v + side : v;
        bool real = d->column->type == TYPE_REAL;
        put_raw(d, real ? real_text(d->arena, x) : str_fmt(d->arena, "%lld", (long long)x));
    }
    return true;
}

// What the query asks of the column by =, and nothing else.
static bool put_passing(Drawing *d)
{
    for (size_t i = 0; i < d->literals->len; i++) {
        const Literal *l = &d->literals->at[i];
        double v;
        bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
        if (!asks_for(l, d->column) || !is_listed(d->column, l->text)) continue;
        if (number && direct_number_of(l, &v)) direct_put_number(d, v);
        if (d->column->type == TYPE_TEXT && l->string) direct_put(d, l->text);
    }
    return d->len > 0;
}

// Two equal values and another one: around a limit, where the query has one.
static bool put_group(Drawing *d, Scene *s)
{
    static const double around[][2] = {{-1, 1}, {1, -1}, {0, -1}, {0, 1}, {-1, 0}, {1, 0}};
    const double *by = around[rng_below(&d->rng, sizeof around / sizeof *around)];
    const Literal *l = direct_draw(d, is_number);
    double v, values[2] = {10, 4};
    bool limit =
        l && direct_number_of(l, &v) && (v > 3 || str_eq_nocase(l->column, d->column->name));
    for (size_t i = 0; limit && i < 2; i++) values[i] = v + by[i] * (rng_below(&d->rng, 3) ? 1 : 3);
    size_t once = s->rows > 3 && rng_below(&d->rng, 2) ? 2 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        double x = values[i + once >= s->rows];
        if (!bounds_number(d->column, x)) return d->len > 0;
        bool real = d->column->type == TYPE_REAL;
        put_raw(d, real ? real_text(d->arena, x) : str_fmt(d->arena, "%lld", (long long)x));
    }
    return true;
}

static bool group_column(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    const ColumnSpec *c = d->column;
    if (column == s->from) return put_group(d, s);
    if (!direct_is_free(t, c) || d->key) return false;
    if (column == s->thing) return put_thing(d, s);
    bool name = c->type == TYPE_TEXT && is_named(d->literals, c->name) && rng_below(&d->rng, 3);
    if (name && !put_passing(d)) direct_put(d, S("t1"));
    return d->len > 0;
}

// Each with each; what is measured of them are small numbers, of which some are equal.
static bool grid_column(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    size_t wide = 2 + rng_at(s->rng.seed, SCENE_STREAM, 3) % (s->rows / 2);
    bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
    if (column == s->from || column == s->to) {
        for (size_t i = 0; i < s->rows; i++) {
            size_t n = 1 + (column == s->from ? i % wide : i / wide);
            put_raw(d, str_fmt(d->arena, number ? "%zu" : "t%zu", n));
        }
        return true;
    }
    int64_t least = 0;
    if (!number || !direct_is_free(t, d->column) || d->key || d->thing) return false;
    if (!str_to_i64(d->column->min, &least)) least = 1;
    for (int64_t i = 0; i < 4; i++) direct_put_number(d, (double)(least + i));
    return d->len > 0;
}

bool scene_column(Drawing *d, Scene *s, size_t table, size_t column)
{
    const ColumnSpec *c = d->column;
    d->rng.stream = SCENE_STREAM + column;
    bool staged = false;
    if (s->kind != SCENE_NONE && s->table == table) {
        if (s->kind == SCENE_SERIES) staged = series_column(d, s, column);
        if (s->kind == SCENE_SPANS) staged = span_column(d, s, column);
        if (s->kind == SCENE_LEVEL) staged = level_column(d, s, column);
        if (s->kind == SCENE_GROUP) staged = group_column(d, s, column);
        if (s->kind == SCENE_GRID) staged = grid_column(d, s, column);
    }
    if (staged || !s->pass || c->ref_table.len || c->after.len || d->key || d->thing) return staged;
    return put_passing(d);
}
