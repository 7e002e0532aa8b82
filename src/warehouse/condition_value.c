// condition_value: what a condition says of one row, as SQLite would.
#include "base/check.h"
#include "base/world.h"
#include "warehouse/condition_node.h"

static int truth_of(Value v)
{
    switch (v.kind) {
    case VALUE_INTEGER:
        return v.integer != 0;
    case VALUE_REAL:
        return v.real != 0;
    case VALUE_NULL:
    case VALUE_TEXT:
    case VALUE_BLOB:
        break;
    }
    return -1;
}

static Value truth_value(int truth)
{
    return truth < 0 ? (Value){0} : VALUE_INT(truth);
}

static int compare_real(double a, double b)
{
    return (a > b) - (a < b);
}

// Exact, also where a double cannot hold the integer.
static int compare_mixed(int64_t i, double r)
{
    const double limit = 0x1p63;
    if (r < -limit) return 1;
    if (r >= limit) return -1;
    int64_t whole = (int64_t)r;
    if (i != whole) return i > whole ? 1 : -1;
    return compare_real((double)i, r);
}

static int compare_values(const Value *a, const Value *b)
{
    if (a->kind == VALUE_TEXT) return str_cmp(a->text, b->text);
    if (a->kind == VALUE_INTEGER && b->kind == VALUE_INTEGER) {
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    if (a->kind == VALUE_INTEGER) return compare_mixed(a->integer, b->real);
    if (b->kind == VALUE_INTEGER) return -compare_mixed(b->integer, a->real);
    return compare_real(a->real, b->real);
}

static int compare_by(Op op, const Value *a, const Value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL) return -1;
    int d = compare_values(a, b);
    switch (op) {
    case OP_EQ:
        return d == 0;
    case OP_NE:
        return d != 0;
    case OP_LT:
        return d < 0;
    case OP_LE:
        return d <= 0;
    case OP_GT:
        return d > 0;
    case OP_GE:
        return d >= 0;
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
    case OP_MOD:
        break;
    }
    CHECK(false); // only comparisons come here
    return -1;
}

static int64_t whole_of(const Value *v)
{
    const double limit = 0x1p63;
    if (v->kind == VALUE_INTEGER) return v->integer;
    if (v->real >= limit) return INT64_MAX;
    return v->real < -limit ? INT64_MIN : (int64_t)v->real;
}

static double real_of(const Value *v)
{
    return v->kind == VALUE_INTEGER ? (double)v->integer : v->real;
}

static Value integers(Op op, int64_t a, int64_t b, bool *overflow)
{
    int64_t out = 0;
    *overflow = false;
    if (op == OP_ADD) *overflow = __builtin_add_overflow(a, b, &out);
    if (op == OP_SUB) *overflow = __builtin_sub_overflow(a, b, &out);
    if (op == OP_MUL) *overflow = __builtin_mul_overflow(a, b, &out);
    if (op == OP_DIV) *overflow = a == INT64_MIN && b == -1;
    if (op == OP_DIV && !*overflow) out = a / b;
    return VALUE_INT(out);
}

static Value reals(Op op, double a, double b)
{
    double out = op == OP_ADD ? a + b : op == OP_SUB ? a - b : op == OP_MUL ? a * b : a / b;
    return out == out ? VALUE_FLT(out) : (Value){0};
}

static Value calculate(Op op, Value a, Value b)
{
    if (a.kind == VALUE_TEXT) a = VALUE_INT(a.text.ptr[0] - '0'); // of strftime('%w')
    if (b.kind == VALUE_TEXT) b = VALUE_INT(b.text.ptr[0] - '0');
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL) return (Value){0};
    bool both = a.kind == VALUE_INTEGER && b.kind == VALUE_INTEGER, overflow;
    if (op == OP_MOD) {
        int64_t by = whole_of(&b), rest;
        if (by == 0) return (Value){0};
        rest = by == -1 ? 0 : whole_of(&a) % by;
        return both ? VALUE_INT(rest) : VALUE_FLT((double)rest);
    }
    if (op == OP_DIV && real_of(&b) == 0) return (Value){0};
    if (both) {
        Value out = integers(op, a.integer, b.integer, &overflow);
        if (!overflow) return out;
    }
    return reals(op, real_of(&a), real_of(&b));
}

static int64_t date_moved(int64_t days, Str modifier)
{
    enum { WEEK = 7 };
    int year, month, day;
    int64_t by;
    Str head, tail;
    if (str_eq(modifier, S("start of month"))) {
        date_civil(days, &year, &month, &day);
        return days - day + 1;
    }
    if (str_starts(modifier, S("weekday "))) {
        int sunday_first = (date_weekday(days) + 1) % WEEK,
            want = modifier.ptr[modifier.len - 1] - '0';
        return days + (want - sunday_first + WEEK) % WEEK;
    }
    str_cut(modifier, ' ', &head, &tail);
    return str_to_i64(head, &by) ? days + by : days;
}

static bool day_of(const Value *v, int64_t *days)
{
    int64_t ms;
    const int64_t day_ms = 86400000;
    if (v->kind != VALUE_TEXT || !time_parse(v->text, &ms)) return false;
    *days = ms / day_ms - (ms % day_ms < 0);
    return true;
}

static Value date_value(const Node *n, const Value *cells, Ink *k)
{
    Value of = condition_value(n->args[0], cells, k);
    int64_t days;
    if (!day_of(&of, &days)) return (Value){0};
    if (n->kind == NODE_WEEKDAY) {
        return VALUE_STR(ink_id(k, (Str){0}, (uint64_t)(date_weekday(days) + 1) % 7, 1));
    }
    for (size_t i = 1; i < n->count; i++) days = date_moved(days, n->args[i]->literal.text);
    return VALUE_STR(ink_date(k, days));
}

static Value is_value(const Value *a, const Value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL) return VALUE_INT(a->kind == b->kind);
    return VALUE_INT(compare_values(a, b) == 0);
}

static Value in_value(const Node *n, const Value *cells, Ink *k)
{
    Value of = condition_value(n->args[0], cells, k);
    int found = 0;
    for (size_t i = 1; i < n->count; i++) {
        int same = compare_by(OP_EQ, &of, &n->args[i]->literal);
        if (same == 1) return VALUE_INT(1);
        if (same < 0) found = -1;
    }
    return truth_value(found);
}

static Value logic(const Node *n, const Value *cells, Ink *k)
{
    int decides = n->kind == NODE_OR, left = condition_truth(n->args[0], cells, k);
    if (left == decides) return VALUE_INT(decides);
    int right = condition_truth(n->args[1], cells, k);
    if (right == decides) return VALUE_INT(decides);
    return truth_value(left < 0 || right < 0 ? -1 : !decides);
}

Value condition_value(const Condition *n, const Value *cells, Ink *k)
{
    Value a = {0}, b = {0};
    bool pair = n->kind == NODE_COMPARE || n->kind == NODE_IS || n->kind == NODE_ARITHMETIC ||
                n->kind == NODE_NULLIF;
    if (pair) {
        a = condition_value(n->args[0], cells, k);
        b = condition_value(n->args[1], cells, k);
    }
    switch (n->kind) {
    case NODE_COLUMN:
        return cells[n->column];
    case NODE_LITERAL:
        return n->literal;
    case NODE_NOT: {
        int truth = condition_truth(n->args[0], cells, k);
        return truth_value(truth < 0 ? -1 : !truth);
    }
    case NODE_AND:
    case NODE_OR:
        return logic(n, cells, k);
    case NODE_COMPARE:
        return truth_value(compare_by(n->op, &a, &b));
    case NODE_IS:
        return is_value(&a, &b);
    case NODE_IN:
        return in_value(n, cells, k);
    case NODE_ARITHMETIC:
        return calculate(n->op, a, b);
    case NODE_COALESCE:
        for (size_t i = 0; i < n->count && a.kind == VALUE_NULL; i++) {
            a = condition_value(n->args[i], cells, k);
        }
        return a;
    case NODE_NULLIF:
        return compare_by(OP_EQ, &a, &b) == 1 ? (Value){0} : a;
    case NODE_DATE:
    case NODE_WEEKDAY:
        return date_value(n, cells, k);
    }
    return (Value){0};
}

int condition_truth(const Condition *c, const Value *cells, Ink *k)
{
    return truth_of(condition_value(c, cells, k));
}
