// chase_constant: what an expression without columns is worth, as far as it is calculated here.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"

enum { DAY_S = 86400 };

static bool number_of(const Value *v, double *out)
{
    if (v->kind == VALUE_INTEGER) *out = (double)v->integer;
    if (v->kind == VALUE_REAL) *out = v->real;
    return v->kind == VALUE_INTEGER || v->kind == VALUE_REAL;
}

static Value number_value(double v)
{
    bool whole = v > -1e15 && v < 1e15 && v == (double)(int64_t)v;
    return whole ? VALUE_INT((int64_t)v) : VALUE_FLT(v);
}

bool chase_unit(Arena *a, Str word, CalendarUnit *unit)
{
    static const struct {
        Str word;
        CalendarUnit unit;
    } units[] = {{STR_LIT("year"), CALENDAR_YEAR},    {STR_LIT("quarter"), CALENDAR_QUARTER},
                 {STR_LIT("month"), CALENDAR_MONTH},  {STR_LIT("week"), CALENDAR_WEEK},
                 {STR_LIT("day"), CALENDAR_DAY},      {STR_LIT("hour"), CALENDAR_HOUR},
                 {STR_LIT("minute"), CALENDAR_MINUTE}};
    word = str_trim(str_lower(a, word));
    if (word.len > 1 && word.ptr[word.len - 1] == 's') word = str_slice(word, 0, word.len - 1);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!str_eq(word, units[i].word)) continue;
        *unit = units[i].unit;
        return true;
    }
    return false;
}

bool chase_span(Arena *a, const SqlNode *n, CalendarUnit *unit, int64_t *count)
{
    const SqlNode *part = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    const SqlNode *amount = part ? part->child[PART_AMOUNT] : NULL;
    if (!amount || part->child[PART_TO]) return false;
    Str number = str_trim(amount->text), word = part->text;
    if (!word.len && !str_cut(number, ' ', &number, &word)) return false;
    return chase_unit(a, word, unit) && str_to_i64(number, count);
}

static bool moved_moment(Arena *a, const SqlNode *n, Value *out)
{
    int64_t at, count;
    CalendarUnit unit;
    const SqlNode *span = n->child[RIGHT_SIDE];
    if (span->kind != NODE_INTERVAL || !chase_constant(a, n->child[LEFT_SIDE], out)) return false;
    bool fits = out->kind == VALUE_TEXT && bounds_moment(out->text, &at) &&
                chase_span(a, span, &unit, &count) && count > -5000 && count < 5000;
    if (!fits) return false;
    at = calendar_later(at, unit, n->op == OP_ADD ? count : -count);
    *out = VALUE_STR(at % DAY_S ? time_text(a, at * 1000) : date_text(a, at / DAY_S));
    return true;
}

static bool calculated(Arena *a, const SqlNode *n, Value *out)
{
    Value left, right;
    double x, y;
    if (n->op != OP_ADD && n->op != OP_SUBTRACT && n->op != OP_MULTIPLY && n->op != OP_DIVIDE)
        return false;
    if (moved_moment(a, n, out)) return true;
    bool numbers = chase_constant(a, n->child[LEFT_SIDE], &left) && number_of(&left, &x) &&
                   chase_constant(a, n->child[RIGHT_SIDE], &right) && number_of(&right, &y);
    if (!numbers || (n->op == OP_DIVIDE && y == 0)) return false;
    *out = number_value(n->op == OP_ADD        ? x + y
                        : n->op == OP_SUBTRACT ? x - y
                        : n->op == OP_MULTIPLY ? x * y
                                               : x / y);
    return true;
}

bool chase_constant(Arena *a, const SqlNode *n, Value *out)
{
    double v;
    switch (n->kind) {
    case NODE_NUMBER:
        if (!str_to_f64(n->text, &v)) return false;
        *out = number_value(v);
        return true;
    case NODE_STRING:
        *out = VALUE_STR(n->text);
        return true;
    case NODE_TYPED:
        return n->count && n->child[ONLY] && chase_constant(a, n->child[ONLY], out);
    case NODE_CAST:
        return chase_constant(a, n->child[CAST_VALUE], out);
    case NODE_COLLATE:
        return chase_constant(a, n->child[ONLY], out);
    case NODE_CALL: // DATE('2024-01-01')
        return sql_tail_count(n) == 1 && chase_constant(a, sql_tail(n, 0), out);
    case NODE_BOOLEAN:
        *out = VALUE_INT(str_eq(n->text, S("TRUE")));
        return true;
    case NODE_UNARY:
        if (n->op != OP_MINUS || !chase_constant(a, n->child[ONLY], out) || !number_of(out, &v))
            return false;
        *out = number_value(-v);
        return true;
    case NODE_BINARY:
        return calculated(a, n, out);
    default:
        return false;
    }
}
