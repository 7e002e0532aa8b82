// lower_trunc: at run time, what is asked of a time that has the form of its type is asked of its
// text: DATE_TRUNC('month', ts) = '2025-02-01' is ts between two texts, YEAR(ts) four of its
// digits.
//
// That holds for columns, whose type says what stands in them (contracts.md); of anything else a
// text may be written otherwise.
#include "base/calendar.h"
#include "sql/lower.h"

// --- DATE_TRUNC(unit, column) compared with a start of such a unit ---

typedef struct {
    SqlNode *column;
    Unit unit;
    bool dates; // it holds dates, though the start may be a timestamp
} Truncated;

// The column may be a date made a timestamp: d || ' 00:00:00'.
static SqlNode *column_of(SqlNode *n, bool *dates)
{
    bool midnight = n->kind == NODE_BINARY && n->op == OP_CONCAT &&
                    n->child[RIGHT_SIDE]->kind == NODE_STRING &&
                    str_eq(n->child[RIGHT_SIDE]->text, S(" 00:00:00"));
    SqlNode *of = midnight ? n->child[LEFT_SIDE] : n;
    *dates = node_is(of, TYPE_DATE);
    return of->kind == NODE_COLUMN && (*dates || node_is(of, TYPE_TIMESTAMP)) ? of : NULL;
}

static bool read_truncated(SqlNode *n, Truncated *out)
{
    if (!node_is_call(n, "date_trunc")) return false;
    out->column = column_of(node_arg(n, "time"), &out->dates);
    if (!out->column || !unit_read(node_arg(n, "unit")->text, &out->unit)) return false;
    return !out->dates || out->unit.kind >= UNIT_DAY;
}

// The starts of the unit that a constant begins, and of the next one, as texts of the column.
static bool starts(Translator *t, const Truncated *x, const SqlNode *constant, SqlNode **start,
                   SqlNode **next)
{
    Moment m;
    bool text = constant->kind == NODE_STRING && node_is_moment(constant);
    if (!text || !moment_read(constant->text, &m)) return false;
    if (moment_trunc(m, x->unit).us != m.us) return false; // then nothing is equal to it
    Moment both[] = {m, moment_next(m, x->unit)};
    if (!moment_in_range(both[1])) return false;
    SqlNode **out[] = {start, next};
    for (size_t i = 0; i < 2; i++) {
        char buf[MOMENT_TEXT_MAX];
        both[i].kind = x->dates ? MOMENT_DATE : MOMENT_TIMESTAMP;
        Str s = {buf, moment_write(both[i], buf)};
        *out[i] = typed(make_string(t, constant, str_copy(t->arena, s)), node_type(x->column));
    }
    return true;
}

static SqlNode *side(Translator *t, const Truncated *x, SqlOp op, SqlNode *bound)
{
    return typed(make_binary(t, op, node_clone(t, x->column), bound), TYPE_BOOLEAN);
}

static SqlNode *either(Translator *t, SqlNode *a, SqlNode *b)
{
    SqlNode *n = make_node(t, NODE_OR, a, 2);
    n->child[0] = a;
    n->child[1] = b;
    n->parens = 1;
    return typed(n, TYPE_BOOLEAN);
}

static SqlNode *within(Translator *t, const Truncated *x, SqlNode *start, SqlNode *next)
{
    SqlNode *n = make_and(t, side(t, x, OP_GE, start), side(t, x, OP_LT, next));
    n->parens = 1;
    return typed(n, TYPE_BOOLEAN);
}

SqlNode *lower_truncated(Translator *t, SqlNode *n)
{
    Truncated x;
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE], *start, *next;
    if (t->to != DIALECT_SQLITE || n->op < OP_EQ || n->op > OP_GE) return n;
    bool turned = !node_is_call(a, "date_trunc");
    SqlOp op = turned ? sql_op_turned((SqlOp)n->op) : (SqlOp)n->op;
    if (!read_truncated(turned ? b : a, &x) || !starts(t, &x, turned ? a : b, &start, &next))
        return n;
    switch (op) {
    case OP_EQ:
        return within(t, &x, start, next);
    case OP_NE:
        return either(t, side(t, &x, OP_LT, start), side(t, &x, OP_GE, next));
    case OP_LT:
    case OP_GE:
        return side(t, &x, op, start);
    case OP_LE:
        return side(t, &x, OP_LT, next);
    case OP_GT:
        return side(t, &x, OP_GE, next);
    default:
        return n;
    }
}

SqlNode *lower_truncated_between(Translator *t, SqlNode *n)
{
    Truncated x;
    SqlNode *low, *high, *next;
    bool here = t->to == DIALECT_SQLITE && read_truncated(n->child[OPERAND], &x) &&
                starts(t, &x, n->child[OPERAND_SECOND], &low, &next) &&
                starts(t, &x, n->child[OPERAND_THIRD], &high, &next);
    if (!here) return n;
    if (n->flags & FLAG_NOT) return either(t, side(t, &x, OP_LT, low), side(t, &x, OP_GE, next));
    return within(t, &x, low, next);
}

// --- Parts: YEAR(ts), DATE_FORMAT(ts, '%Y-%m') ---

static bool is_time_column(const SqlNode *n)
{
    return n->kind == NODE_COLUMN && node_is_moment(n);
}

SqlNode *lower_digits(Translator *t, SqlNode *call)
{
    static const struct {
        const char *part;
        int64_t from, digits;
    } places[] = {
        {"YEAR", 1, 4}, {"MONTH", 6, 2}, {"DAY", 9, 2}, {"HOUR", 12, 2}, {"MINUTE", 15, 2}};
    SqlNode *time = node_arg(call, "time");
    for (size_t i = 0; is_time_column(time) && i < sizeof places / sizeof *places; i++) {
        bool clock = places[i].from > 9;
        bool it = str_eq(node_arg(call, "part")->text, str_from(places[i].part));
        if (!it || (clock && node_is(time, TYPE_DATE))) continue;
        return typed(make_call3(t, call, "digits", time, make_number(t, call, places[i].from),
                                make_number(t, call, places[i].digits)),
                     TYPE_INTEGER);
    }
    return call;
}

SqlNode *lower_format_digits(Translator *t, SqlNode *call)
{
    static const struct {
        const char *format;
        int64_t digits;
    } heads[] = {{"%Y", 4}, {"%Y-%m", 7}, {"%Y-%m-%d", 10}};
    SqlNode *time = node_arg(call, "time"), *one = make_number(t, call, 1);
    for (size_t i = 0; is_time_column(time) && i < sizeof heads / sizeof *heads; i++) {
        if (!str_eq(node_arg(call, "format")->text, str_from(heads[i].format))) continue;
        SqlNode *count = make_number(t, call, heads[i].digits);
        return typed(make_call3(t, call, "substr", time, one, count), TYPE_TEXT);
    }
    return call;
}
