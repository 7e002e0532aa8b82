// chase_value: a value for what must be equal: as constants ask for it, a fresh one for a key, else
// one that rows of the generator lend.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"

enum { DAY_S = 86400, PLAIN_VALUES = 3 };

static bool has_key(Chase *c, size_t class)
{
    for (size_t s = 0; s < c->stands.len; s++) {
        const Stand *stand = &c->stands.at[s];
        const TableSpec *t = &c->w->tables[stand->table];
        for (size_t i = 0; i < t->width; i++) {
            if (chase_class(c, stand->first + i) != class) continue;
            if (bounds_is_key(t, &t->columns[i]) || bounds_is_thing_of(t, i)) return true;
        }
    }
    return false;
}

// Whether a key column of the class holds it already.
static bool is_taken(Chase *c, const ChaseDraw *d, size_t class, const Value *v)
{
    for (size_t s = 0; s < c->stands.len; s++) {
        const Stand *stand = &c->stands.at[s];
        const TableSpec *t = &c->w->tables[stand->table];
        for (size_t i = 0; i < t->width; i++) {
            bool key = chase_class(c, stand->first + i) == class &&
                       (bounds_is_key(t, &t->columns[i]) || bounds_is_thing_of(t, i));
            if (key && value_stands(&d->out->tables[stand->table], i, v)) return true;
        }
    }
    return false;
}

static Value plain_value(Chase *c, const ColumnSpec *column, int64_t n)
{
    double low;
    switch (column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        return chase_at(c->arena, column, (str_to_f64(column->min, &low) ? low : 1) + (double)n);
    case TYPE_DATE:
        return VALUE_STR(date_text(c->arena, c->w->today - n));
    case TYPE_TIMESTAMP:
        return VALUE_STR(time_text(c->arena, ((c->w->today - n) * DAY_S + DAY_S / 2) * 1000));
    case TYPE_BOOLEAN:
        return VALUE_INT(n % 2);
    default:
        return VALUE_STR(str_fmt(c->arena, "k%lld", (long long)n + 1));
    }
}

// Where years and long months end, some of the last years.
static Value edge_moment(Chase *c, const ColumnSpec *column)
{
    static const uint8_t days[][2] = {{12, 31}, {12, 15}, {1, 1}, {1, 31}, {2, 28}, {7, 31}};
    int year, month, day;
    date_civil(c->w->today, &year, &month, &day);
    const uint8_t *at = days[rng_below(&c->rng, sizeof days / sizeof *days)];
    int64_t on = date_days(year - 1 - (int)rng_below(&c->rng, 2), at[0], at[1]);
    return VALUE_STR(column->type == TYPE_DATE ? date_text(c->arena, on)
                                               : time_text(c->arena, on * DAY_S * 1000));
}

// Whether months are counted from it: the one after December is in another year.
static bool begins_months(Chase *c, size_t slot)
{
    for (size_t i = 0; i < c->pairs.len; i++) {
        const Pair *p = &c->pairs.at[i];
        bool months = p->shift.timed && p->shift.unit == CALENDAR_MONTH;
        if (months && chase_class(c, p->other) == chase_class(c, slot)) return true;
    }
    return false;
}

// The row of the base whose turn it is; of a table that is joined with itself the next one.
static size_t row_in_turn(const Chase *c, const ChaseDraw *d, const Stand *stand)
{
    size_t before = 0;
    for (const Stand *s = c->stands.at; s < stand; s++) before += s->table == stand->table;
    return (d->copy + before) % d->base->tables[stand->table].rows;
}

static Value lent_value(Chase *c, const ChaseDraw *d, size_t slot)
{
    const ColumnSpec *column = chase_column(c, slot);
    const Stand *s = c->stands.at;
    while (slot >= s->first + c->w->tables[s->table].width) s++;
    const Table *rows = &d->base->tables[s->table];
    if (d->in_turn && rows->rows) return *table_at(rows, row_in_turn(c, d, s), slot - s->first);
    if (chase_is_clock(column) && rng_below(&c->rng, begins_months(c, slot) ? 2 : 5) == 0)
        return edge_moment(c, column);
    if (column->value_count && column->type != TYPE_BOOLEAN) {
        Value listed = VALUE_STR(column->values[rng_below(&c->rng, column->value_count)].text);
        int64_t n;
        if (column->type == TYPE_INTEGER && str_to_i64(listed.text, &n)) listed = VALUE_INT(n);
        return listed;
    }
    if (rows->rows && rng_below(&c->rng, 3))
        return *table_at(rows, rng_below(&c->rng, rows->rows), slot - s->first);
    return plain_value(c, column, (int64_t)rng_below(&c->rng, PLAIN_VALUES));
}

Value chase_value(Chase *c, const ChaseDraw *d, size_t class)
{
    Asked k = {0};
    Value v;
    size_t head = chase_asked(c, class, &k);
    const ColumnSpec *column = chase_column(c, head);
    Str shape;
    if (chase_by_constants(c, column, &k, d->slip, &v)) {
        bool text = v.kind == VALUE_TEXT && column->type == TYPE_TEXT;
        if (text && shaped_like(c->literals, column->name, &shape)) {
            v.text = shaped_over(c->arena, shape, v.text);
            if (d->slip) v.text = shaped_beside(c->arena, v.text, &c->rng);
        }
        bool listed = !column->value_count || bounds_value(c->w, column, &v);
        return listed ? v : lent_value(c, d, head);
    }
    if (!has_key(c, class)) return lent_value(c, d, head);
    int64_t n = (int64_t)rng_below(&c->rng, 2);
    for (v = plain_value(c, column, n); n < 100 && is_taken(c, d, class, &v); n++)
        v = plain_value(c, column, n + 1);
    return v;
}

Value chase_other(Chase *c, size_t slot, Value v)
{
    const ColumnSpec *column = chase_column(c, slot);
    double at;
    if (chase_steps(column, &v, &at)) return chase_at(c->arena, column, at + 1);
    if (column->value_count && column->type != TYPE_BOOLEAN)
        return VALUE_STR(column->values[rng_below(&c->rng, column->value_count)].text);
    Str shape;
    bool shaped = v.kind == VALUE_TEXT && shaped_like(c->literals, column->name, &shape);
    if (shaped)
        v.text = shaped_beside(c->arena, shape, &c->rng);
    else if (v.kind == VALUE_TEXT)
        v.text = str_fmt(c->arena, STR_FMT "z", STR_ARG(v.text));
    return v;
}
