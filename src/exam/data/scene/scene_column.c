// scene_column: what each column of a scene's table gets, one value a row.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/scene/scene.h"

void scene_put_raw(Drawing *d, Str text)
{
    if (d->len < VALUES_MOST) d->at[d->len++] = (ValueChoice){direct_shaped(d, text), 1};
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
bool scene_put_moments(Drawing *d, const int64_t *at, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        if (!is_allowed(d, at[i])) return false;
    }
    for (size_t i = 0; i < rows; i++) scene_put_raw(d, moment_text(d, at[i]));
    return true;
}

// Where a block of rows ends: of a thing, a state, a price. The same for all columns of a scene.
static size_t block_of(const Scene *s)
{
    return 2 + rng_at(s->rng.seed, SCENE_STREAM, 1) % (s->rows > 3 ? s->rows - 2 : 1);
}

static int64_t year_start(int64_t at)
{
    int year, month, day;
    date_civil(at / DAY_S, &year, &month, &day);
    return date_days(year, 1, 1) * DAY_S;
}

// A part of a unit more or less than one: hours and a half, of which two are three hours.
static int64_t part_of(Drawing *d, CalendarUnit unit, int64_t n)
{
    const int64_t whole = calendar_later(0, unit, 1);
    bool parts = d->column->type == TYPE_TIMESTAMP && unit >= CALENDAR_DAY;
    return parts && rng_at(d->rng.seed, SCENE_STREAM, 5) % 3 == 0 ? n * whole / 2 : 0;
}

// Steps in a unit that the query counts in, at times with one left out; each thing's own begin
// anew.
static bool put_order(Drawing *d, Scene *s)
{
    int64_t all[VALUES_MOST], at, span;
    size_t block = block_of(s), gap = rng_below(&d->rng, 2 * s->rows);
    CalendarUnit unit = calendar_unit(d->literals, &d->rng);
    bool anew = s->thing != SIZE_MAX && !d->key && rng_below(&d->rng, 3),
         number = !direct_is_clock(d->column);
    if (d->column->type == TYPE_DATE && unit > CALENDAR_DAY) unit = CALENDAR_DAY;
    direct_moment(d, &at, &span);
    if (number && !str_to_i64(d->column->min, &at)) at = 1;
    int64_t back = number ? 0 : (int64_t)rng_below(&d->rng, s->rows);
    if (!number && unit <= CALENDAR_MONTH && rng_below(&d->rng, 3) == 0) { // over the end of a year
        at = year_start(at);
        back = 1 + (int64_t)rng_below(&d->rng, s->rows - 1);
    }
    for (size_t i = 0; i < s->rows; i++) {
        int64_t n = (int64_t)(anew ? i % block : i) + (i >= gap) - back;
        all[i] = number ? at + n : calendar_later(at, unit, n) + part_of(d, unit, n);
    }
    return scene_put_moments(d, all, s->rows);
}

// The thing: one, or one after the other.
bool scene_put_thing(Drawing *d, Scene *s)
{
    size_t block = block_of(s);
    bool one = s->kind != SCENE_SERIES || rng_at(s->rng.seed, SCENE_STREAM, 2) % 3 == 0;
    for (size_t i = 0; i < s->rows; i++) {
        int64_t n = one ? 1 : 1 + (int64_t)(i / block);
        bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
        scene_put_raw(d, str_fmt(d->arena, number ? "%lld" : "t%lld", (long long)n));
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
        bool known = !direct_asks_for(l, c) || !direct_allows(c, l->text);
        for (size_t k = 0; k < n && !known; k++) known = str_eq(all[k], l->text);
        if (!known) all[n++] = l->text;
    }
    for (size_t i = 0; n < 2 && i < c->value_count && i < LISTED_MOST; i++) {
        if (n == 0 || !str_eq(all[0], c->values[i].text)) all[n++] = c->values[i].text;
    }
    if (n < 2) return false;
    bool turns = rng_below(&d->rng, 4) > 0;
    size_t first = rng_below(&d->rng, n);
    for (size_t i = 0; i < s->rows; i++)
        scene_put_raw(d, all[(first + (turns ? i : i / block)) % n]);
    return true;
}

// What is measured goes up from row to row, or down, or up with one that falls back.
static bool put_slope(Drawing *d, Scene *s)
{
    int64_t least = 1;
    size_t dip = rng_below(&d->rng, 2 * s->rows);
    bool down = rng_below(&d->rng, 4) == 0, real = d->column->type == TYPE_REAL;
    if (rng_below(&d->rng, 2)) return false;
    if (!str_to_i64(d->column->min, &least)) least = 1;
    for (size_t i = 0; i < s->rows; i++) {
        int64_t v = least + (int64_t)(down ? s->rows - 1 - i : i);
        if (i == dip && i) v -= 1 + (int64_t)rng_below(&d->rng, 2);
        if (v < least || !bounds_number(d->column, (double)v)) v = least;
        scene_put_raw(d, real ? real_text(d->arena, (double)v)
                              : str_fmt(d->arena, "%lld", (long long)v));
    }
    return true;
}

static bool is_measure(const Drawing *d, const TableSpec *t, const ColumnSpec *c)
{
    bool number = c->type == TYPE_INTEGER || c->type == TYPE_REAL;
    return number && !d->thing && direct_is_free(t, c) && literals_name(d->literals, c->name);
}

bool scene_series(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    const ColumnSpec *c = &t->columns[column];
    if (column == s->from) return put_order(d, s);
    if (c->ref_table.len || c->after.len || bounds_is_key(t, c)) return false;
    if (column == s->thing) return direct_is_free(t, c) && scene_put_thing(d, s);
    if (is_measure(d, t, c) && put_slope(d, s)) return true;
    return c->type != TYPE_BOOLEAN && put_states(d, s);
}

// All on the limit but one, which is next to it.
bool scene_level(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    double v;
    if (column != s->from)
        return column == s->thing && direct_is_free(t, d->column) && scene_put_thing(d, s);
    const Literal *l = direct_draw(d, direct_is_number);
    if (!l || !direct_number_of(l, &v) || !bounds_number(d->column, v)) return false;
    size_t other = rng_below(&d->rng, s->rows);
    double side = rng_below(&d->rng, 4) ? -1 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        double x = i == other && bounds_number(d->column, v + side) ? v + side : v;
        bool real = d->column->type == TYPE_REAL;
        scene_put_raw(d, real ? real_text(d->arena, x) : str_fmt(d->arena, "%lld", (long long)x));
    }
    return true;
}

// What the query asks of the column by =, and nothing else.
bool scene_passing(Drawing *d)
{
    for (size_t i = 0; i < d->literals->len; i++) {
        const Literal *l = &d->literals->at[i];
        double v;
        bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
        if (!direct_asks_for(l, d->column) || !direct_allows(d->column, l->text)) continue;
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
    const Literal *l = direct_draw(d, direct_is_number);
    double v, values[2] = {10, 4};
    bool limit =
        l && direct_number_of(l, &v) && (v > 3 || str_eq_nocase(l->column, d->column->name));
    for (size_t i = 0; limit && i < 2; i++) values[i] = v + by[i] * (rng_below(&d->rng, 3) ? 1 : 3);
    size_t once = s->rows > 3 && rng_below(&d->rng, 2) ? 2 : 1;
    for (size_t i = 0; i < s->rows; i++) {
        double x = values[i + once >= s->rows];
        if (!bounds_number(d->column, x)) return d->len > 0;
        bool real = d->column->type == TYPE_REAL;
        scene_put_raw(d, real ? real_text(d->arena, x) : str_fmt(d->arena, "%lld", (long long)x));
    }
    return true;
}

bool scene_group(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    const ColumnSpec *c = d->column;
    if (column == s->from) return put_group(d, s);
    if (!direct_is_free(t, c) || d->key) return false;
    if (column == s->thing) return scene_put_thing(d, s);
    bool name =
        c->type == TYPE_TEXT && literals_name(d->literals, c->name) && rng_below(&d->rng, 3);
    if (name && !scene_passing(d)) direct_put(d, S("t1"));
    return d->len > 0;
}

// The places of the rows in the grid: all of them, or with holes.
static size_t place_of(const Scene *s, size_t row, size_t wide)
{
    size_t at = row;
    uint64_t how = rng_at(s->rng.seed, SCENE_STREAM, 6) % 3;
    bool holes = how == 1;
    // Of each thing all but one: any two are together somewhere, all of them nowhere.
    if (how == 2 && wide > 2) {
        size_t line = row / (wide - 1), left_out = line % wide, in_line = row % (wide - 1);
        return line * wide + in_line + (in_line >= left_out);
    }
    for (size_t i = 0; holes && i < row; i++)
        at += rng_at(s->rng.seed, SCENE_STREAM, 16 + i) % 3 == 0;
    return at;
}

// Each with each; what is measured of them are small numbers, of which some are equal.
bool scene_grid(Drawing *d, Scene *s, size_t column)
{
    const TableSpec *t = &d->w->tables[s->table];
    size_t wide = 2 + rng_at(s->rng.seed, SCENE_STREAM, 3) % (s->rows / 2);
    bool number = d->column->type == TYPE_INTEGER || d->column->type == TYPE_REAL;
    if (column == s->from || column == s->to) {
        for (size_t i = 0; i < s->rows; i++) {
            size_t at = place_of(s, i, wide), n = 1 + (column == s->from ? at % wide : at / wide);
            scene_put_raw(d, str_fmt(d->arena, number ? "%zu" : "t%zu", n));
        }
        return true;
    }
    int64_t least = 0;
    if (!number || !direct_is_free(t, d->column) || d->key || d->thing) return false;
    if (!str_to_i64(d->column->min, &least)) least = 1;
    for (int64_t i = 0; i < 4; i++) direct_put_number(d, (double)(least + i));
    return d->len > 0;
}
