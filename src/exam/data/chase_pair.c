// chase_pair: columns that are compared with each other: values that are just so far apart.
#include "exam/data/chase.h"

enum { DAY_S = 86400 };

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
    if (!chase_steps(from, other, out)) return false;
    if (!chase_is_clock(from)) {
        *out += p->shift.by;
        return chase_is_number(to);
    }
    int64_t seconds = (int64_t)*out * (from->type == TYPE_DATE ? DAY_S : 1);
    CalendarUnit unit = p->shift.timed ? p->shift.unit : CALENDAR_DAY;
    if (p->shift.by > -5000 && p->shift.by < 5000)
        seconds = calendar_later(seconds, unit, (int64_t)p->shift.by);
    *out = (double)(to->type == TYPE_DATE ? seconds / DAY_S : seconds);
    return chase_is_clock(to);
}

void chase_settle(Chase *c, const Pair *p, Value *values, bool slip)
{
    size_t at = chase_class(c, p->slot), other = chase_class(c, p->other);
    const ColumnSpec *column = chase_column(c, p->slot);
    double x, y;
    if (p->op == OP_NE && !slip && value_same(&values[at], &values[other])) {
        if (values[at].kind == VALUE_TEXT && !chase_is_clock(column))
            values[at].text = str_fmt(c->arena, STR_FMT "z", STR_ARG(values[at].text));
    }
    if (at == other || !chase_steps(column, &values[at], &x) ||
        !target_of(c, p, &values[other], &y))
        return;
    bool less = p->op == OP_LT || p->op == OP_LE, exact = p->op == OP_EQ;
    bool meets = exact || p->op == OP_LE || p->op == OP_GE; // at the target itself
    bool stays = !exact && holds_pair(p->op, x, y) && rng_below(&c->rng, 2);
    if (slip && exact && p->shift.timed && rng_below(&c->rng, 2)) {
        Pair further = *p; // by one unit more
        further.shift.by += p->shift.by < 0 ? -1 : 1;
        if (target_of(c, &further, &values[other], &y)) values[at] = chase_at(c->arena, column, y);
    } else if (slip) {
        double away = meets ? 1 : 0;
        values[at] = chase_at(c->arena, column, less ? y + away : y - away);
    } else if (!stays) {
        double away = meets ? 0 : 1 + (double)rng_below(&c->rng, 2);
        values[at] = chase_at(c->arena, column, less ? y - away : y + away);
    }
}
