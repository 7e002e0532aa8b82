// vary: a new database out of an old one: with a few cells or rows changed.
//
// Random rows seldom form a chain of four steps in a week, or eleven viewers of one month. A
// database on which the reference has something to say does already: beside it lie those that a
// nearly right answer stumbles over. Whatever comes out is kept only when all rules hold.
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

enum { DAY_S = 86400, ATTEMPTS = 4, EDITS_MOST = 3 };

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    Rng rng;
    Data data; // being changed; its cells are ours, with room for EDITS_MOST more rows
} Variation;

// --- Values ---

bool value_stands(const Table *t, size_t column, const Value *v)
{
    for (size_t r = 0; r < t->rows; r++) {
        if (value_same(table_at(t, r, column), v)) return true;
    }
    return false;
}

Value value_fresh(Arena *a, const ColumnSpec *c, const Table *t, size_t column, Value v)
{
    bool date = c->type == TYPE_DATE, clock = c->type == TYPE_TIMESTAMP;
    int64_t seconds;
    for (int64_t i = 1; value_stands(t, column, &v); i++) {
        if (v.kind == VALUE_INTEGER) {
            v.integer++;
        } else if (v.kind == VALUE_REAL) {
            v.real++;
        } else if (v.kind == VALUE_TEXT && (date || clock) && bounds_moment(v.text, &seconds)) {
            v.text = date ? date_text(a, seconds / DAY_S + 1) : time_text(a, (seconds + 1) * 1000);
        } else if (v.kind == VALUE_TEXT) {
            v.text = str_fmt(a, STR_FMT "%d", STR_ARG(v.text), (int)i);
        } else {
            break;
        }
    }
    return v;
}

// --- One changed cell ---

static int64_t seconds_of(const Value *v)
{
    int64_t s = 0;
    return v->kind == VALUE_TEXT && bounds_moment(v->text, &s) ? s : 0;
}

static int64_t any_span(Variation *v)
{
    int64_t span;
    for (size_t i = 0, n = v->literals->len; i < n; i++) {
        const Literal *l = &v->literals->at[rng_below(&v->rng, n)];
        if (l->string && literals_span(l->text, &span)) return span;
        if (!l->string && str_to_i64(l->text, &span) && span >= 60) return span;
    }
    return DAY_S;
}

// One that stands in the query, mostly one that only the answer has; 0 = none does.
static int64_t literal_time(Variation *v)
{
    int64_t at = 0, one;
    uint64_t seen = 0;
    for (size_t i = 0; i < v->literals->len; i++) {
        const Literal *l = &v->literals->at[i];
        if (!l->string || !bounds_moment(l->text, &one)) continue;
        seen += l->own ? 3 : 1;
        if (rng_below(&v->rng, seen) < (l->own ? 3 : 1)) at = one;
    }
    return at;
}

// A time that lies from another one just as far as a span of the query says, or at it; at times a
// little off.
static Value nearby_time(Variation *v, const ColumnSpec *c, int64_t from)
{
    int64_t step = c->type == TYPE_DATE ? DAY_S : 1, offset = 0;
    int64_t literal = 0;
    switch (rng_below(&v->rng, 7)) {
    case 0:
    case 1:
        offset = any_span(v);
        break;
    case 5:
        literal = literal_time(v);
        if (literal) from = literal;
        break;
    case 2:
        offset = -any_span(v);
        break;
    case 3:
        if (v->literals->units)
            from = calendar_later(from, calendar_unit(v->literals, &v->rng),
                                  rng_below(&v->rng, 2) ? 1 : -1);
        break;
    case 4:
        if (v->literals->ages || v->literals->units)
            from = calendar_later(from, CALENDAR_YEAR, rng_below(&v->rng, 2) ? 1 : -1);
        break;
    default:
        break;
    }
    if (rng_below(&v->rng, 2)) offset += step * rng_between(&v->rng, -1, 1);
    int64_t at = from + offset < 0 ? 0 : from + offset;
    return VALUE_STR(c->type == TYPE_DATE ? date_text(v->arena, at / DAY_S)
                                          : time_text(v->arena, at * 1000));
}

// What the other rows of the column add up to.
static double sum_of_others(const Table *t, size_t column, const Value *but)
{
    double sum = 0;
    for (size_t r = 0; r < t->rows; r++) {
        const Value *v = table_at(t, r, column);
        if (v == but) continue;
        if (v->kind == VALUE_INTEGER) sum += (double)v->integer;
        if (v->kind == VALUE_REAL) sum += v->real;
    }
    return sum;
}

// Around the value itself, around a literal, or what makes the column add up to one.
static Value nearby_number(Variation *v, size_t table, size_t column, const Value *now)
{
    const ColumnSpec *c = &v->w->tables[table].columns[column];
    int64_t n = rng_between(&v->rng, -1, 1);
    const Literals *l = v->literals;
    Value from = *now;
    double literal;
    if (l->len && rng_below(&v->rng, 3) == 0 &&
        str_to_f64(l->at[rng_below(&v->rng, l->len)].text, &literal) && literal < 1e15) {
        if (rng_below(&v->rng, 2)) literal -= sum_of_others(&v->data.tables[table], column, now);
        from = c->type == TYPE_REAL ? VALUE_FLT(literal) : VALUE_INT((int64_t)literal);
    }
    if (from.kind == VALUE_NULL) from = c->type == TYPE_REAL ? VALUE_FLT(0) : VALUE_INT(0);
    if (from.kind == VALUE_REAL) from.real += (double)n;
    if (from.kind == VALUE_INTEGER) from.integer += n;
    return from;
}

static Value typed(const ColumnSpec *c, Str text)
{
    int64_t n = 0;
    double x = 0;
    if (c->type == TYPE_INTEGER && str_to_i64(text, &n)) return VALUE_INT(n);
    if (c->type == TYPE_REAL && str_to_f64(text, &x)) return VALUE_FLT(x);
    return VALUE_STR(text);
}

// What the cell may become: a neighbour's value, NULL, another one of its list, or something near.
static Value other_value(Variation *v, size_t table, size_t column, const Value *now)
{
    const ColumnSpec *c = &v->w->tables[table].columns[column];
    const Table *t = &v->data.tables[table];
    Value neighbour = *table_at(t, rng_below(&v->rng, t->rows), column);
    bool key = c->ref_table.len || bounds_is_thing_of(&v->w->tables[table], column);
    if (key || rng_below(&v->rng, 3) == 0) return neighbour;
    if (!c->not_null && rng_below(&v->rng, 6) == 0) return (Value){.kind = VALUE_NULL};
    if (c->value_count) {
        return typed(c, c->values[rng_below(&v->rng, c->value_count)].text);
    }
    switch (c->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        return nearby_number(v, table, column, now);
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        return nearby_time(v, c, seconds_of(&neighbour));
    case TYPE_BOOLEAN:
        return VALUE_INT(now->kind == VALUE_INTEGER ? !now->integer : 1);
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        break;
    }
    return neighbour;
}

// Mostly one that the query names.
static size_t draw_column(Variation *v, const TableSpec *t)
{
    size_t from = rng_below(&v->rng, t->width);
    if (rng_below(&v->rng, 8) == 0) return from;
    for (size_t i = 0; i < t->width; i++) {
        size_t c = (from + i) % t->width;
        if (literals_name(v->literals, t->columns[c].name)) return c;
    }
    return from;
}

static bool change_cell(Variation *v, size_t table)
{
    Table *t = &v->data.tables[table];
    const TableSpec *spec = &v->w->tables[table];
    size_t row = rng_below(&v->rng, t->rows), column = draw_column(v, spec);
    if (bounds_is_key(spec, &spec->columns[column])) return false;
    Value *cell = &t->cells[row * t->width + column];
    Value other = other_value(v, table, column, cell);
    if (value_same(cell, &other) || !bounds_value(v->w, &spec->columns[column], &other)) {
        return false;
    }
    *cell = other;
    return true;
}

// --- One row more or less ---

static bool double_row(Variation *v, size_t table)
{
    Table *t = &v->data.tables[table];
    const TableSpec *spec = &v->w->tables[table];
    size_t row = rng_below(&v->rng, t->rows);
    for (size_t c = 0; c < t->width; c++) {
        Value value = *table_at(t, row, c);
        if (bounds_is_key(spec, &spec->columns[c])) {
            value = value_fresh(v->arena, &spec->columns[c], t, c, value);
            if (!bounds_value(v->w, &spec->columns[c], &value)) return false;
        }
        t->cells[t->rows * t->width + c] = value;
    }
    t->rows++;
    return true;
}

// The same row with two of its measures the other way round: equal products, sums and pairs of
// other parts.
static bool turn_row(Variation *v, size_t table)
{
    const TableSpec *spec = &v->w->tables[table];
    Table *t = &v->data.tables[table];
    if (!double_row(v, table)) return false;
    Value *row = &t->cells[(t->rows - 1) * t->width];
    size_t from = rng_below(&v->rng, t->width);
    for (size_t i = 0; i < t->width; i++) {
        size_t x = (from + i) % t->width;
        for (size_t y = 0; y < t->width; y++) {
            const ColumnSpec *a = &spec->columns[x], *b = &spec->columns[y];
            bool alike = x != y && a->type == b->type && !bounds_is_key(spec, a) &&
                         !bounds_is_key(spec, b) && !a->ref_table.len && !b->ref_table.len;
            if (!alike || value_same(&row[x], &row[y]) || !bounds_value(v->w, a, &row[y]) ||
                !bounds_value(v->w, b, &row[x]))
                continue;
            Value other = row[x];
            row[x] = row[y];
            row[y] = other;
            return true;
        }
    }
    return false;
}

static bool drop_row(Variation *v, size_t table)
{
    Table *t = &v->data.tables[table];
    size_t row = rng_below(&v->rng, t->rows);
    for (size_t c = 0; c < t->width; c++) {
        t->cells[row * t->width + c] = *table_at(t, t->rows - 1, c);
    }
    t->rows--;
    return true;
}

static bool change(Variation *v)
{
    size_t rows = data_rows(&v->data), table = 0;
    if (!rows) return false;
    size_t at = rng_below(&v->rng, rows);
    while (at >= v->data.tables[table].rows) at -= v->data.tables[table++].rows;
    switch (rng_below(&v->rng, 9)) {
    case 0:
        return drop_row(v, table);
    case 2:
        return turn_row(v, table);
    case 1:
        return double_row(v, table) && change_cell(v, table);
    default:
        return change_cell(v, table);
    }
}

static Data roomy_copy(Arena *a, const Data *base)
{
    Data d = data_copy(a, base);
    for (size_t i = 0; i < d.table_count; i++) {
        Table *t = &d.tables[i];
        Value *cells = arena_array(a, Value, (t->rows + EDITS_MOST) * t->width);
        for (size_t k = 0; k < t->rows * t->width; k++) cells[k] = t->cells[k];
        t->cells = cells;
    }
    return d;
}

bool vary_data(const Making *m, const Data *base, Data *out, bool *made, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    *made = false;
    Variation v = {.arena = &scratch, .w = m->w, .literals = m->literals, .rng.seed = m->seed};
    for (int i = 0; i < ATTEMPTS && ok && !*made; i++) {
        v.data = roomy_copy(&scratch, base);
        bool changed = false;
        for (int64_t n = rng_between(&v.rng, 1, EDITS_MOST); n; n--) changed |= change(&v);
        if (changed) ok = witness_holds(m->w, &v.data, m->judge, made, err);
    }
    if (ok && *made) *out = data_copy(m->arena, &v.data);
    arena_free(&scratch);
    return ok;
}
