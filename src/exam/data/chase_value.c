// chase_value: a value for what must be equal: as constants ask for it, a fresh one for a key, else
// one that rows of the generator lend; at times, in later copies, one that just misses.
#include "base/world.h"
#include "exam/data/chase.h"
#include "exam/data/texts.h"

enum { DAY_S = 86400, PLAIN_VALUES = 3, PLACED_MOST = 64 };

// What the constants ask of one class; numbers and moments in steps of its column.
typedef struct {
    bool has_low, has_high, low_open, high_open, null;
    double low, high;
    const Want *equal, *like, *differs;
    Str least, most; // texts
    char placed[PLACED_MOST];
    size_t placed_len;          // of a text that is put together of parts
    int part[CALENDAR_DAY + 1]; // year, month and day; 0 = any
} Asked;

static bool is_clock(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
}

static bool is_number(const ColumnSpec *c)
{
    return c->type == TYPE_INTEGER || c->type == TYPE_REAL;
}

static bool steps_of(const ColumnSpec *c, const Value *v, double *out)
{
    int64_t seconds;
    if (is_number(c) && v->kind == VALUE_INTEGER) {
        *out = (double)v->integer;
    } else if (is_number(c) && v->kind == VALUE_REAL) {
        *out = v->real;
    } else if (is_clock(c) && v->kind == VALUE_TEXT && bounds_moment(v->text, &seconds)) {
        *out = (double)(c->type == TYPE_DATE ? seconds / DAY_S : seconds);
    } else {
        return false;
    }
    return true;
}

static Value value_of(Arena *a, const ColumnSpec *c, double steps)
{
    switch (c->type) {
    case TYPE_REAL:
        return VALUE_FLT(steps);
    case TYPE_DATE:
        return VALUE_STR(date_text(a, (int64_t)steps));
    case TYPE_TIMESTAMP:
        return VALUE_STR(time_text(a, (int64_t)steps * 1000));
    default:
        return VALUE_INT((int64_t)steps);
    }
}

static void ask_part(Asked *k, const Want *w)
{
    int64_t number = w->value.kind == VALUE_INTEGER ? w->value.integer : 0;
    if (w->value.kind == VALUE_TEXT && !str_to_i64(w->value.text, &number)) return;
    if (w->part > CALENDAR_DAY || number < 1 || number > 9999) return;
    int n = (int)number;
    k->part[w->part] = w->op == OP_GT ? n + 1 : w->op == OP_LT ? n - 1 : w->op == OP_NE ? 0 : n;
}

// SUBSTR(x, 1, 4) = '2012' and SUBSTR(x, 5, 2) = '06': what is between them is filled up.
static void place(Asked *k, const Want *w)
{
    Str t = w->value.text;
    if (w->op != OP_EQ || w->value.kind != VALUE_TEXT) return;
    size_t from = w->from < 0 ? k->placed_len + 1 : (size_t)w->from - 1;
    if (from + t.len > PLACED_MOST) return;
    for (size_t i = k->placed_len; i < from; i++) k->placed[i] = '0';
    for (size_t i = 0; i < t.len; i++) k->placed[from + i] = t.ptr[i];
    if (from + t.len > k->placed_len) k->placed_len = from + t.len;
}

static void ask(Asked *k, const ColumnSpec *c, const Want *w)
{
    double at;
    if (w->parted && is_clock(c)) {
        ask_part(k, w);
        return;
    }
    if (w->from) {
        place(k, w);
        return;
    }
    if (w->op == OP_NE) k->differs = w;
    bool text = !is_clock(c) && w->value.kind == VALUE_TEXT;
    if (text && (w->op == OP_GE || w->op == OP_GT)) k->least = w->value.text;
    if (text && (w->op == OP_LE || w->op == OP_LT)) k->most = w->value.text;
    bool steps = steps_of(c, &w->value, &at);
    if (w->op == OP_IS_NULL) k->null = true;
    if (w->op == OP_EQ) k->equal = w;
    if (w->op == OP_LIKE) k->like = w;
    if (!steps) return;
    if ((w->op == OP_GE || w->op == OP_GT) && (!k->has_low || at > k->low)) {
        k->has_low = true;
        k->low = at;
        k->low_open = w->op == OP_GT;
    }
    if ((w->op == OP_LE || w->op == OP_LT) && (!k->has_high || at < k->high)) {
        k->has_high = true;
        k->high = at;
        k->high_open = w->op == OP_LT;
    }
}

// A member of the class that stands for it: one that a constant is compared with comes first.
static size_t head_of(Chase *c, size_t class, Asked *k)
{
    size_t head = CHASE_NOWHERE;
    for (size_t i = 0; i < c->wants.len; i++) {
        const Want *w = &c->wants.at[i];
        if (chase_class(c, w->slot) == class && chase_active(c, &w->path)) head = w->slot;
    }
    for (size_t i = 0; head == CHASE_NOWHERE && i < c->class.len; i++) {
        if (chase_class(c, i) == class) head = i;
    }
    for (size_t i = 0; i < c->wants.len; i++) {
        const Want *w = &c->wants.at[i];
        if (chase_class(c, w->slot) == class && chase_active(c, &w->path))
            ask(k, chase_column(c, head), w);
    }
    return head;
}

// --- By constants ---

static Value in_range(Chase *c, const ColumnSpec *column, const Asked *k, bool slip)
{
    bool cents = column->type == TYPE_REAL && rng_below(&c->rng, 2);
    double step = cents ? 0.01 : 1, low = k->low + (k->low_open ? step : 0),
           high = k->high - (k->high_open ? step : 0), at;
    bool from_low = k->has_low && (!k->has_high || rng_below(&c->rng, 2));
    if (slip) {
        at = from_low ? low - step : high + step;
    } else if (k->has_low && k->has_high && rng_below(&c->rng, 4) == 0) {
        at = (double)(int64_t)((low + high) / 2);
        if (at < low || at > high) at = low;
    } else {
        double away = (double)rng_below(&c->rng, 4) - 1; // mostly none
        if (away < 0) away = 0;
        if (away == 2) away = (double)(column->type == TYPE_TIMESTAMP ? DAY_S : 10);
        at = from_low ? low + away * step : high - away * step;
        bool outside = (k->has_high && at > high) || (k->has_low && at < low);
        if (outside) at = from_low ? low : high;
    }
    return value_of(c->arena, column, at);
}

static Value with_parts(Chase *c, const ColumnSpec *column, const Asked *k, Value v)
{
    int64_t seconds;
    int year, month, day;
    if (v.kind != VALUE_TEXT || !bounds_moment(v.text, &seconds)) seconds = c->w->today * DAY_S;
    date_civil(seconds / DAY_S, &year, &month, &day);
    if (k->part[CALENDAR_YEAR]) year = k->part[CALENDAR_YEAR];
    if (k->part[CALENDAR_MONTH]) month = k->part[CALENDAR_MONTH];
    if (k->part[CALENDAR_DAY]) day = k->part[CALENDAR_DAY];
    if (day > 28 && !k->part[CALENDAR_DAY]) day = 28;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return v;
    int64_t days = date_days(year, month, day);
    return VALUE_STR(column->type == TYPE_DATE
                         ? date_text(c->arena, days)
                         : time_text(c->arena, (days * DAY_S + seconds % DAY_S) * 1000));
}

static bool by_pattern(Chase *c, const Want *w, bool slip, Value *out)
{
    Literal l = {.text = w->value.text, .string = true, .use = LITERAL_LIKE};
    Str text;
    if (w->value.kind != VALUE_TEXT) return false;
    if (!(slip ? texts_miss : texts_fit)(c->arena, &l, &c->rng, &text)) return false;
    *out = VALUE_STR(text);
    return true;
}

static Value equal_to(Chase *c, const ColumnSpec *column, const Want *w, bool slip)
{
    double at;
    Value v = w->value;
    if (steps_of(column, &v, &at))
        return value_of(c->arena, column, slip ? at + (rng_below(&c->rng, 2) ? 1 : -1) : at);
    if (v.kind == VALUE_TEXT && slip) v.text = str_fmt(c->arena, STR_FMT "z", STR_ARG(v.text));
    return v;
}

static bool by_constants(Chase *c, const ColumnSpec *column, const Asked *k, bool slip, Value *out)
{
    bool parts = k->part[CALENDAR_YEAR] || k->part[CALENDAR_MONTH] || k->part[CALENDAR_DAY];
    *out = (Value){.kind = VALUE_NULL}; // of parts alone there is no value yet
    if (k->null && !slip) {
        *out = (Value){.kind = VALUE_NULL};
    } else if (k->equal) {
        *out = equal_to(c, column, k->equal, slip);
    } else if (k->placed_len) {
        bool longer = rng_below(&c->rng, 2);
        *out = VALUE_STR(str_fmt(c->arena, "%s" STR_FMT "%s", slip ? "z" : "",
                                 STR_ARG(((Str){k->placed, k->placed_len})), longer ? "0" : ""));
    } else if (k->differs && slip) {
        *out = equal_to(c, column, k->differs, false);
    } else if (k->least.len || k->most.len) {
        bool from_least = k->least.len && (!k->most.len || rng_below(&c->rng, 2));
        *out = VALUE_STR(from_least ? k->least : k->most);
        if (slip)
            out->text = str_fmt(c->arena, "%s" STR_FMT "%s", from_least ? " " : "",
                                STR_ARG(out->text), from_least ? "" : "z");
    } else if (k->like) {
        if (!by_pattern(c, k->like, slip, out)) return false;
    } else if (k->has_low || k->has_high) {
        *out = in_range(c, column, k, slip);
    } else if (!parts) {
        return false;
    }
    if (parts && is_clock(column)) *out = with_parts(c, column, k, *out);
    return true;
}

// --- By nothing but the class itself ---

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
        return value_of(c->arena, column, (str_to_f64(column->min, &low) ? low : 1) + (double)n);
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

static Value lent_value(Chase *c, const ChaseDraw *d, size_t slot)
{
    const ColumnSpec *column = chase_column(c, slot);
    const Stand *s = c->stands.at;
    while (slot >= s->first + c->w->tables[s->table].width) s++;
    const Table *rows = &d->base->tables[s->table];
    if (is_clock(column) && rng_below(&c->rng, begins_months(c, slot) ? 2 : 5) == 0)
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
    size_t head = head_of(c, class, &k);
    const ColumnSpec *column = chase_column(c, head);
    Str shape;
    if (by_constants(c, column, &k, d->slip, &v)) {
        bool text = v.kind == VALUE_TEXT && column->type == TYPE_TEXT;
        if (text && shaped_like(c->literals, column->name, &shape)) {
            v.text = shaped_over(c->arena, shape, v.text);
            if (d->slip) v.text = shaped_beside(c->arena, v.text, &c->rng);
        }
        return v;
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
    if (steps_of(column, &v, &at)) return value_of(c->arena, column, at + 1);
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

// --- Slots that are compared with each other ---

static bool holds_pair(SqlOp op, double x, double y)
{
    switch (op) {
    case OP_LT:
        return x < y;
    case OP_LE:
        return x <= y;
    case OP_GT:
        return x > y;
    case OP_GE:
        return x >= y;
    default:
        return x != y;
    }
}

// Where the other slot's value comes to, moved as the pair says.
static bool target_of(Chase *c, const Pair *p, const Value *other, double *out)
{
    const ColumnSpec *from = chase_column(c, p->other), *to = chase_column(c, p->slot);
    if (!steps_of(from, other, out)) return false;
    if (!is_clock(from)) {
        *out += p->shift.by;
        return is_number(to);
    }
    int64_t seconds = (int64_t)*out * (from->type == TYPE_DATE ? DAY_S : 1);
    CalendarUnit unit = p->shift.timed ? p->shift.unit : CALENDAR_DAY;
    if (p->shift.by > -5000 && p->shift.by < 5000)
        seconds = calendar_later(seconds, unit, (int64_t)p->shift.by);
    *out = (double)(to->type == TYPE_DATE ? seconds / DAY_S : seconds);
    return is_clock(to);
}

void chase_settle(Chase *c, const Pair *p, Value *values, bool slip)
{
    size_t at = chase_class(c, p->slot), other = chase_class(c, p->other);
    const ColumnSpec *column = chase_column(c, p->slot);
    double x, y;
    if (p->op == OP_NE && !slip && value_same(&values[at], &values[other])) {
        if (values[at].kind == VALUE_TEXT && !is_clock(column))
            values[at].text = str_fmt(c->arena, STR_FMT "z", STR_ARG(values[at].text));
    }
    if (at == other || !steps_of(column, &values[at], &x) || !target_of(c, p, &values[other], &y))
        return;
    bool less = p->op == OP_LT || p->op == OP_LE, exact = p->op == OP_EQ;
    bool meets = exact || p->op == OP_LE || p->op == OP_GE; // at the target itself
    bool stays = !exact && holds_pair(p->op, x, y) && rng_below(&c->rng, 2);
    if (slip && exact && p->shift.timed && rng_below(&c->rng, 2)) {
        Pair further = *p; // by one unit more
        further.shift.by += p->shift.by < 0 ? -1 : 1;
        if (target_of(c, &further, &values[other], &y)) values[at] = value_of(c->arena, column, y);
    } else if (slip) {
        double away = meets ? 1 : 0;
        values[at] = value_of(c->arena, column, less ? y + away : y - away);
    } else if (!stays) {
        double away = meets ? 0 : 1 + (double)rng_below(&c->rng, 2);
        values[at] = value_of(c->arena, column, less ? y - away : y + away);
    }
}
