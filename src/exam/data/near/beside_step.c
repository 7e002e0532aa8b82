// beside_step: one step away from a database: with a cell, a row, or all that happens in it
// changed.
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/near/beside.h"
#include "exam/data/rows.h"
#include "exam/paper.h"

enum { DAY_S = 86400, STEP_STREAM = 0xbe51de };

typedef struct {
    const Making *m;
    const BesideStep *s;
    Rng rng;
    Data data; // being changed; its cells are ours, with room for all rows once more
} Step;

static const Value null_value = {.kind = VALUE_NULL};

// --- Moments ---

bool beside_clocked(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
}

static bool says_when(const TableSpec *t, const Literals *names)
{
    bool any = false;
    for (size_t c = 0; c < t->width; c++)
        any |= beside_clocked(&t->columns[c]) && literals_name(names, t->columns[c].name);
    return any;
}

bool beside_has_clock(const WarehouseSpec *w, const Literals *names, const Data *base)
{
    bool any = false;
    for (size_t t = 0; t < base->table_count; t++)
        any |= base->tables[t].rows && says_when(&w->tables[t], names);
    return any;
}

static bool moment_of(const ColumnSpec *c, const Value *v, int64_t *at)
{
    return beside_clocked(c) && v->kind == VALUE_TEXT && bounds_moment(v->text, at);
}

static Value moment_at(const Step *e, const ColumnSpec *c, int64_t at)
{
    return VALUE_STR(c->type == TYPE_DATE ? date_text(e->m->arena, at / DAY_S)
                                          : time_text(e->m->arena, at * 1000));
}

// A day or a second further, a unit that the query counts in, a quarter, or a year.
static Value other_moment(Step *e, const ColumnSpec *c, int64_t at)
{
    int64_t by = rng_below(&e->rng, 2) ? 1 : -1;
    switch (rng_below(&e->rng, 6)) {
    case 0:
    case 1:
        at = calendar_later(at, calendar_unit(e->m->literals, &e->rng), by);
        break;
    case 2:
        at = calendar_later(at, CALENDAR_YEAR, by);
        break;
    case 3:
        at = calendar_later(at, CALENDAR_MONTH, by * (rng_below(&e->rng, 2) ? 3 : 1));
        break;
    default:
        at += by * (c->type == TYPE_DATE ? DAY_S : 1);
    }
    return moment_at(e, c, at);
}

// --- Another value ---

// One that the query holds against the column; of those that only the answer has at least half.
static bool said_value(Step *e, const ColumnSpec *c, const Value *but, Value *out)
{
    const Literals *l = e->m->literals;
    uint64_t seen = 0;
    Str shape;
    bool shaped = c->type == TYPE_TEXT && shaped_like(l, c->name, &shape);
    for (size_t i = 0; i < l->len; i++) {
        if (l->at[i].use != LITERAL_VALUE || !str_eq_nocase(l->at[i].column, c->name)) continue;
        Value one = value_fitted(e->m->arena, c, VALUE_STR(l->at[i].text));
        if (shaped && one.kind == VALUE_TEXT) one.text = shaped_over(e->m->arena, shape, one.text);
        if (value_same(&one, but)) continue;
        uint64_t weight = l->at[i].own ? 8 : 1;
        seen += weight;
        if (rng_below(&e->rng, seen) < weight) *out = one;
    }
    return seen > 0;
}

static Value other_text(Step *e, const ColumnSpec *c, Str text)
{
    Arena *a = e->m->arena;
    Str shape;
    if (!shaped_like(e->m->literals, c->name, &shape))
        return VALUE_STR(str_fmt(a, STR_FMT "z", STR_ARG(text)));
    return VALUE_STR(shaped_beside(a, shaped_over(a, shape, text), &e->rng));
}

static Value other_than(Step *e, const ColumnSpec *c, Value v)
{
    Value said;
    int64_t at, by = rng_below(&e->rng, 2) ? 1 : -1;
    if (c->type == TYPE_BOOLEAN && v.kind == VALUE_INTEGER) return VALUE_INT(!v.integer);
    if (rng_below(&e->rng, 2) && said_value(e, c, &v, &said)) return said;
    if (c->value_count)
        return value_fitted(e->m->arena, c,
                            VALUE_STR(c->values[rng_below(&e->rng, c->value_count)].text));
    if (moment_of(c, &v, &at)) return other_moment(e, c, at);
    if (v.kind == VALUE_INTEGER) v.integer += v.integer < 1 ? 1 : by; // hardly any is below zero
    if (v.kind == VALUE_REAL) v.real += v.real < 1 ? 1 : (double)by;
    return v.kind == VALUE_TEXT ? other_text(e, c, v.text) : v;
}

// --- Rows once more ---

static Value *row_at(Table *t, size_t row)
{
    return &t->cells[row * t->width];
}

// One that the column does not hold yet, in its shape.
static Value fresh(Step *e, const ColumnSpec *c, const Table *t, size_t column, Value v)
{
    enum { TRIES = 6 };
    Arena *a = e->m->arena;
    Str shape;
    bool shaped = v.kind == VALUE_TEXT && c->type == TYPE_TEXT &&
                  shaped_like(e->m->literals, c->name, &shape);
    if (!shaped) return value_fresh(a, c, t, column, v);
    for (int i = 0; i < TRIES && value_stands(t, column, &v); i++)
        v.text = shaped_beside(a, shaped_over(a, shape, v.text), &e->rng);
    return v;
}

static Value *double_row(Step *e, size_t table, size_t row)
{
    const TableSpec *spec = &e->m->w->tables[table];
    Table *t = &e->data.tables[table];
    Value *out = row_at(t, t->rows);
    for (size_t c = 0; c < t->width; c++) {
        out[c] = *table_at(t, row, c);
        if (bounds_is_key(spec, &spec->columns[c]))
            out[c] = fresh(e, &spec->columns[c], t, c, out[c]);
    }
    t->rows++;
    return out;
}

// Another row about the same things, with other measures, moments and words.
static void double_like(Step *e)
{
    const TableSpec *spec = &e->m->w->tables[e->s->table];
    Value *row = double_row(e, e->s->table, e->s->row);
    for (size_t c = 0; c < spec->width; c++) {
        bool named = literals_name(e->m->literals, spec->columns[c].name);
        bool key = spec->columns[c].ref_table.len || bounds_is_thing_of(spec, c);
        if (key || !named || row[c].kind == VALUE_NULL || rng_below(&e->rng, 4) == 0) continue;
        row[c] = other_than(e, &spec->columns[c], row[c]);
    }
}

// The unit within which what only the answer cuts by begins anew: DAY(x) each month, MONTH(x) each
// year.
static CalendarUnit unit_around(Step *e)
{
    static const CalendarUnit around[] = {
        [CALENDAR_YEAR] = CALENDAR_YEAR,  [CALENDAR_QUARTER] = CALENDAR_YEAR,
        [CALENDAR_MONTH] = CALENDAR_YEAR, [CALENDAR_WEEK] = CALENDAR_YEAR,
        [CALENDAR_DAY] = CALENDAR_MONTH,  [CALENDAR_HOUR] = CALENDAR_DAY,
        [CALENDAR_MINUTE] = CALENDAR_HOUR};
    CalendarUnit found = CALENDAR_YEAR;
    uint64_t seen = 0;
    for (size_t u = 0; u < CALENDAR_COUNT_; u++) {
        bool cut = e->m->literals->fresh.units >> u & 1;
        if (cut && rng_below(&e->rng, ++seen) == 0) found = around[u];
    }
    return found;
}

// All that happened happens again, each a unit of the query's time later, or each so much as it
// likes.
static void repeat(Step *e)
{
    bool cut = e->m->literals->fresh.units, alike = e->s->row == 0 || cut;
    CalendarUnit unit = !cut             ? calendar_unit(e->m->literals, &e->rng)
                        : e->s->row == 0 ? CALENDAR_YEAR
                                         : unit_around(e);
    for (size_t i = 0; i < e->data.table_count; i++) {
        const TableSpec *spec = &e->m->w->tables[i];
        Table *t = &e->data.tables[i];
        size_t rows = says_when(spec, e->m->literals) ? t->rows : 0;
        for (size_t r = 0; r < rows; r++) {
            Value *row = double_row(e, i, r);
            int64_t at, by = cut ? -1 : alike ? 1 : rng_between(&e->rng, -1, 2);
            for (size_t c = 0; c < t->width; c++) {
                if (moment_of(&spec->columns[c], &row[c], &at))
                    row[c] = moment_at(e, &spec->columns[c], calendar_later(at, unit, by));
            }
        }
    }
}

// --- Parts and gaps ---

// What a row says of a sum two rows say, some time apart.
static void part(Step *e)
{
    const TableSpec *spec = &e->m->w->tables[e->s->table];
    Value *second = double_row(e, e->s->table, e->s->row);
    Value *first = row_at(&e->data.tables[e->s->table], e->s->row);
    size_t c = e->s->column;
    int64_t at;
    bool half = rng_below(&e->rng, 2); // else one of them is hardly less than both
    if (first[c].kind == VALUE_INTEGER) {
        second[c].integer = half ? first[c].integer / 2 : 1;
        first[c].integer -= second[c].integer;
    } else {
        second[c].real = first[c].real / 2;
        first[c].real -= second[c].real;
    }
    for (size_t i = 0; i < spec->width; i++) {
        bool known = moment_of(&spec->columns[i], &second[i], &at);
        if (known && literals_name(e->m->literals, spec->columns[i].name))
            second[i] = moment_at(e, &spec->columns[i],
                                  at + (spec->columns[i].type == TYPE_DATE ? DAY_S : DAY_S / 2));
    }
}

// What came later in this column comes a unit of the query's time later still.
static void widen(Step *e)
{
    Table *t = &e->data.tables[e->s->table];
    const ColumnSpec *c = &e->m->w->tables[e->s->table].columns[e->s->column];
    CalendarUnit unit = calendar_unit(e->m->literals, &e->rng);
    int64_t pivot, at;
    if (!moment_of(c, table_at(t, e->s->row, e->s->column), &pivot)) return;
    for (size_t r = 0; r < t->rows; r++) {
        Value *v = &row_at(t, r)[e->s->column];
        if (moment_of(c, v, &at) && at > pivot) *v = moment_at(e, c, calendar_later(at, unit, 1));
    }
}

// --- One thing that is two ---

static bool holds_thing(const Step *e, size_t table, size_t column)
{
    const TableSpec *own = &e->m->w->tables[e->s->table], *t = &e->m->w->tables[table];
    const ColumnSpec *thing = &own->columns[e->s->column], *c = &t->columns[column];
    if (c->type != thing->type || (table == e->s->table && column == e->s->column)) return false;
    return links_root(e->m->w, c) == links_root(e->m->w, thing) ||
           str_eq_nocase(c->name, thing->name) ||
           literals_joined(e->m->literals, c->name, thing->name);
}

// The row stands there under another key as well, to which some of what belonged to it belongs now.
static void move_apart(Step *e)
{
    Table *own = &e->data.tables[e->s->table];
    const ColumnSpec *c = &e->m->w->tables[e->s->table].columns[e->s->column];
    Value was = *table_at(own, e->s->row, e->s->column);
    Value now = fresh(e, c, own, e->s->column, was);
    double_row(e, e->s->table, e->s->row)[e->s->column] = now;
    size_t nth = rng_below(&e->rng, 2), seen = 0;
    for (size_t i = 0; i < e->data.table_count; i++) {
        Table *t = &e->data.tables[i];
        for (size_t k = 0; k < t->width; k++) {
            for (size_t r = 0; holds_thing(e, i, k) && r < t->rows; r++) {
                Value *v = &row_at(t, r)[k];
                if (value_same(v, &was) && seen++ % 2 == nth) *v = now;
            }
        }
    }
}

// --- Bounds ---

// What no column of its type holds is found out later.
static void put_bound(Step *e)
{
    const ColumnSpec *c = &e->m->w->tables[e->s->table].columns[e->s->column];
    Value *v = &row_at(&e->data.tables[e->s->table], e->s->row)[e->s->column];
    int64_t at;
    if (!e->s->bound.len) {
        if (moment_of(c, v, &at)) *v = moment_at(e, c, calendar_later(at, CALENDAR_YEAR, e->s->by));
        return;
    }
    Str shape;
    *v = value_fitted(e->m->arena, c, VALUE_STR(e->s->bound));
    bool shaped = v->kind == VALUE_TEXT && c->type == TYPE_TEXT &&
                  shaped_like(e->m->literals, c->name, &shape);
    if (shaped) v->text = shaped_over(e->m->arena, shape, v->text);
    if (moment_of(c, v, &at))
        *v = moment_at(e, c, at + e->s->by * (c->type == TYPE_DATE ? DAY_S : 1));
    bool name = bounds_is_name_of(&e->m->w->tables[e->s->table], e->s->column);
    bool least = name && v->kind == VALUE_INTEGER && v->integer < 1; // no name is below zero
    if (v->kind == VALUE_INTEGER && !(least && e->s->by < 0)) v->integer += e->s->by;
    if (v->kind == VALUE_REAL) v->real += e->s->by;
}

// --- Each kind ---

static void make_null(Step *e, bool all)
{
    Table *t = &e->data.tables[e->s->table];
    Value was = *table_at(t, e->s->row, e->s->column);
    for (size_t r = 0; r < t->rows; r++) {
        Value *v = &row_at(t, r)[e->s->column];
        if (r == e->s->row || (all && value_same(v, &was))) *v = null_value;
    }
}

static void take(Step *e)
{
    size_t column = e->s->column;
    const ColumnSpec *c = &e->m->w->tables[e->s->table].columns[column];
    Table *t = &e->data.tables[e->s->table];
    Value *row;
    switch (e->s->kind) {
    case BESIDE_AGAIN:
        repeat(e);
        break;
    case BESIDE_TWICE:
        double_row(e, e->s->table, e->s->row);
        break;
    case BESIDE_TWICE_LIKE:
        double_like(e);
        break;
    case BESIDE_NULL:
    case BESIDE_NULLS:
        make_null(e, e->s->kind == BESIDE_NULLS);
        break;
    case BESIDE_BOUND:
        put_bound(e);
        break;
    case BESIDE_OTHER:
        row = row_at(t, e->s->row);
        row[column] = other_than(e, c, row[column]);
        break;
    case BESIDE_TWICE_NULL:
        double_row(e, e->s->table, e->s->row)[column] = null_value;
        break;
    case BESIDE_TWICE_OTHER:
        row = double_row(e, e->s->table, e->s->row);
        row[column] = other_than(e, c, row[column]);
        break;
    case BESIDE_PARTS:
        part(e);
        break;
    case BESIDE_GAP:
        widen(e);
        break;
    case BESIDE_APART:
        move_apart(e);
        break;
    }
}

static Data roomy(Arena *a, const Data *base)
{
    Data d = data_copy(a, base);
    for (size_t i = 0; i < d.table_count; i++) {
        Table *t = &d.tables[i];
        Value *cells = arena_array(a, Value, 2 * (t->rows + 1) * t->width);
        for (size_t k = 0; k < t->rows * t->width; k++) cells[k] = t->cells[k];
        t->cells = cells;
    }
    return d;
}

static bool is_bounded(const WarehouseSpec *w, const Data *d)
{
    for (size_t t = 0; t < d->table_count; t++) {
        const Table *rows = &d->tables[t];
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            if (!bounds_value(w, &w->tables[t].columns[i % rows->width], &rows->cells[i]))
                return false;
        }
    }
    return true;
}

bool beside_data(const Making *m, const BesideStep *s, Data *out, bool *made, Error *err)
{
    Step e = {.m = m, .s = s, .data = roomy(m->arena, s->base)};
    e.rng = (Rng){.seed = m->seed, .stream = STEP_STREAM};
    take(&e);
    *made = is_bounded(m->w, &e.data);
    if (*made && !witness_holds(m->w, &e.data, m->judge, made, err)) return false;
    *out = e.data;
    return true;
}
