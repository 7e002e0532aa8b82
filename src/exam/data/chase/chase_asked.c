// chase_asked: what the constants of a query ask of a class, and a value that they let pass, or
// that just misses.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/texts.h"

enum { DAY_S = 86400 };

bool chase_is_clock(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
}

bool chase_is_number(const ColumnSpec *c)
{
    return c->type == TYPE_INTEGER || c->type == TYPE_REAL;
}

bool chase_steps(const ColumnSpec *c, const Value *v, double *out)
{
    int64_t seconds;
    if (chase_is_number(c) && v->kind == VALUE_INTEGER) {
        *out = (double)v->integer;
    } else if (chase_is_number(c) && v->kind == VALUE_REAL) {
        *out = v->real;
    } else if (chase_is_clock(c) && v->kind == VALUE_TEXT && bounds_moment(v->text, &seconds)) {
        *out = (double)(c->type == TYPE_DATE ? seconds / DAY_S : seconds);
    } else {
        return false;
    }
    return true;
}

Value chase_at(Arena *a, const ColumnSpec *c, double steps)
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

static void ask(Asked *k, const ColumnSpec *c, const Want *w)
{
    double at;
    // A text whose year is asked for is a date that is written out.
    if (w->parted && (chase_is_clock(c) || c->type == TYPE_TEXT)) {
        if (k->moment_count < CHASE_PARTS_MOST) k->moments[k->moment_count++] = w;
        return;
    }
    if (w->measured) {
        k->measured = w;
        return;
    }
    if (w->from) {
        if (k->part_count < CHASE_PARTS_MOST) k->parts[k->part_count++] = w;
        return;
    }
    if (w->op == OP_NE) k->differs = w;
    bool text = !chase_is_clock(c) && w->value.kind == VALUE_TEXT;
    if (text && (w->op == OP_GE || w->op == OP_GT)) {
        k->least = w->value.text;
        k->least_open = w->op == OP_GT;
    }
    if (text && (w->op == OP_LE || w->op == OP_LT)) {
        k->most = w->value.text;
        k->most_open = w->op == OP_LT;
    }
    bool steps = chase_steps(c, &w->value, &at);
    if (w->op == OP_IS_NULL) k->null = true;
    if (w->op == OP_EQ && k->equal_count < CHASE_PARTS_MOST) k->equals[k->equal_count++] = w;
    bool like = w->op == OP_LIKE && w->value.kind == VALUE_TEXT;
    if (like && k->like_count < CHASE_PARTS_MOST) k->likes[k->like_count++] = w;
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
size_t chase_asked(Chase *c, size_t class, Asked *k)
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
    // 'open' first and 'done' last are asked of several rows: each copy is one of them.
    if (k->equal_count) k->equal = k->equals[c->turn % k->equal_count];
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
    return chase_at(c->arena, column, at);
}

bool chase_like(Chase *c, const Want *w, bool slip, Str *out)
{
    Literal l = {.text = w->value.text, .string = true, .use = LITERAL_LIKE};
    *out = (Str){0};
    if (w->value.kind != VALUE_TEXT) return false;
    return (slip ? texts_miss : texts_fit)(c->arena, &l, &c->rng, out);
}

static Value equal_to(Chase *c, const ColumnSpec *column, const Want *w, bool slip)
{
    double at;
    Value v = w->value;
    if (chase_steps(column, &v, &at))
        return chase_at(c->arena, column, slip ? at + (rng_below(&c->rng, 2) ? 1 : -1) : at);
    if (v.kind == VALUE_TEXT && slip) v.text = str_fmt(c->arena, STR_FMT "z", STR_ARG(v.text));
    return v;
}

// Within the bounds, or with a slip just outside: an open bound is itself outside.
static Str within_texts(Chase *c, const Asked *k, bool slip)
{
    bool from_least = k->least.len && (!k->most.len || rng_below(&c->rng, 2));
    bool open = from_least ? k->least_open : k->most_open;
    Str bound = from_least ? k->least : k->most;
    if (open == slip) return bound;
    if (open) return chase_beyond(c->arena, bound, from_least);
    return str_fmt(c->arena, "%s" STR_FMT "%s", from_least ? " " : "", STR_ARG(bound),
                   from_least ? "" : "z");
}

bool chase_by_constants(Chase *c, const ColumnSpec *column, const Asked *k, bool slip, Value *out)
{
    bool parts = k->moment_count > 0;
    *out = (Value){.kind = VALUE_NULL}; // of parts alone there is no value yet
    if (k->null && !slip) {
        *out = (Value){.kind = VALUE_NULL};
    } else if (k->equal) {
        *out = equal_to(c, column, k->equal, slip);
    } else if (k->part_count || (k->measured && !k->like_count)) {
        *out = VALUE_STR(chase_placed(c, column, k, slip));
    } else if (k->differs && slip) {
        *out = equal_to(c, column, k->differs, false);
    } else if (k->least.len || k->most.len) {
        *out = VALUE_STR(within_texts(c, k, slip));
    } else if (k->like_count) {
        Str text;
        if (!chase_alike(c, k, slip, &text)) return false;
        *out = VALUE_STR(text);
    } else if (k->has_low || k->has_high) {
        *out = in_range(c, column, k, slip);
    } else if (!parts) {
        return false;
    }
    if (parts) *out = chase_with_parts(c, column, k, slip, *out);
    return true;
}
