// chase_pair: columns that are compared with each other: values that are just so far apart.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"

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

static bool year_of(const Value *v, double *out)
{
    int64_t seconds;
    int year, month, day;
    if (v->kind != VALUE_TEXT || !bounds_moment(v->text, &seconds)) return false;
    date_civil(seconds / DAY_S, &year, &month, &day);
    *out = year;
    return true;
}

// The same day of another year.
static Value in_year(Chase *c, const ColumnSpec *column, const Value *v, double year)
{
    int64_t seconds;
    double now;
    if (year < 1 || year > 9999 || !year_of(v, &now) || !bounds_moment(v->text, &seconds))
        return *v;
    seconds = calendar_later(seconds, CALENDAR_YEAR, (int64_t)(year - now));
    return chase_at(c->arena, column,
                    (double)(column->type == TYPE_DATE ? seconds / DAY_S : seconds));
}

static Value moved_to(Chase *c, const Pair *p, const ColumnSpec *column, const Value *v, double at)
{
    return p->year ? in_year(c, column, v, at) : chase_at(c->arena, column, at);
}

// Where the other slot's value comes to, moved as the pair says.
static bool target_of(Chase *c, const Pair *p, const Value *other, double *out)
{
    const ColumnSpec *from = chase_column(c, p->other), *to = chase_column(c, p->slot);
    if (p->other_year ? !year_of(other, out) : !chase_steps(from, other, out)) return false;
    if (!chase_is_clock(from) || p->other_year) {
        *out += p->shift.by;
        return p->year || chase_is_number(to);
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
    bool known = p->year ? year_of(&values[at], &x) : chase_steps(column, &values[at], &x);
    if (at == other || !known || !target_of(c, p, &values[other], &y)) return;
    bool less = p->op == OP_LT || p->op == OP_LE, exact = p->op == OP_EQ;
    bool meets = exact || p->op == OP_LE || p->op == OP_GE; // at the target itself
    bool stays = !exact && holds_pair(p->op, x, y) && rng_below(&c->rng, 2);
    if (slip && exact && p->shift.timed && rng_below(&c->rng, 2)) {
        Pair further = *p; // by one unit more
        further.shift.by += p->shift.by < 0 ? -1 : 1;
        if (target_of(c, &further, &values[other], &y))
            values[at] = moved_to(c, p, column, &values[at], y);
    } else if (slip) {
        double away = meets ? 1 : 0;
        values[at] = moved_to(c, p, column, &values[at], less ? y + away : y - away);
    } else if (!stays) {
        double away = meets ? 0 : 1 + (double)rng_below(&c->rng, 2);
        values[at] = moved_to(c, p, column, &values[at], less ? y - away : y + away);
    }
}
