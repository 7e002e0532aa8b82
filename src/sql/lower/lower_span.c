// lower_span: arithmetic with intervals for the runtime: constants become what they are, the rest
// calls that take the parts one by one (base/interval.h).
#include "base/interval.h"
#include "sql/fn_group.h"
#include "sql/neutral_time.h"

static SqlNode *interval(SqlNode *n)
{
    n->type = TYPE_INTERVAL;
    return n;
}

// --- Constants ---

static SqlNode *constant(Translator *t, const SqlNode *place, Interval i)
{
    char code[INTERVAL_CODE_MAX];
    size_t len = interval_encode(i, code);
    return interval(make_string(t, place, str_copy(t->arena, (Str){code, len})));
}

static bool is_constant(const SqlNode *n, Interval *out)
{
    return n->kind == NODE_STRING && node_is(n, TYPE_INTERVAL) && interval_decode(n->text, out);
}

static bool number_of(const SqlNode *n, double *out)
{
    bool minus = n->kind == NODE_UNARY && n->op == OP_MINUS;
    if (minus) n = n->child[ONLY];
    if (n->kind != NODE_NUMBER || !str_to_f64(n->text, out)) return false;
    if (minus) *out = -*out;
    return true;
}

SqlNode *lower_interval(Translator *t, SqlNode *call)
{
    SqlNode *amount = node_arg(call, "amount"), *unit = node_arg(call, "unit");
    double v;
    Unit u;
    Interval i;
    bool micros = interval_micros(t, call);
    if (number_of(amount, &v) && unit_read(unit->text, &u) && interval_of(v, u, &i)) {
        if (!micros) return constant(t, call, i);
        return interval(make_number(t, call, interval_us(i)));
    }
    return micros ? interval(make_call2(t, call, "duration", amount, unit)) : call;
}

SqlNode *lower_micros(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0);
    Interval i;
    if (is_constant(x, &i)) return interval(make_number(t, call, interval_us(i)));
    if (interval_micros(t, x)) return x;
    if (node_is_call(x, "interval_hours") || node_is_call(x, "interval_code"))
        return sql_tail(x, 0);
    // What is summed part by part is as long as the sum of what is summed.
    bool sum = node_is_call(x, "interval_sum") && interval_micros(t, sql_tail(x, 0));
    if (!sum) return call;
    x->fn = fn_index(fn_named("sum"));
    x->text = S("sum");
    return x;
}

SqlNode *lower_code(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0);
    int64_t us;
    bool number = x->kind == NODE_NUMBER && str_to_i64(x->text, &us);
    return number ? constant(t, call, interval_of_us(us)) : call;
}

// DATE_BIN of a width that is known: it is read once.
SqlNode *lower_width(Translator *t, SqlNode *call)
{
    SqlNode **width = &call->child[sql_roles(NODE_CALL)];
    Interval i;
    if (is_constant(*width, &i)) *width = interval(make_number(t, *width, interval_us(i)));
    return call;
}

// --- a + b, a - b, -a ---

SqlNode *lower_span_sum(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    bool sums = n->op == OP_ADD || n->op == OP_SUBTRACT;
    bool spans = node_is(a, TYPE_INTERVAL) && node_is(b, TYPE_INTERVAL);
    if (t->to != DIALECT_SQLITE || !sums || !spans || interval_micros(t, n)) return n;
    Interval x, y;
    bool minus = n->op == OP_SUBTRACT;
    bool known = is_constant(a, &x) && is_constant(b, &y) && (!minus || interval_negate(y, &y)) &&
                 interval_plus(x, y, &x);
    if (known) return constant(t, n, x);
    return interval(make_call2(t, n, minus ? "interval_sub" : "interval_add", a, b));
}

SqlNode *lower_span_minus(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[ONLY];
    Interval i;
    bool span = n->op == OP_MINUS && node_is(x, TYPE_INTERVAL) && !interval_micros(t, x);
    if (t->to != DIALECT_SQLITE || !span) return n;
    if (is_constant(x, &i) && interval_negate(i, &i)) return constant(t, n, i);
    return interval(make_call1(t, n, "interval_less", x));
}

// --- a * n, a / n ---

SqlNode *lower_scaled(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "interval"), *by = node_arg(call, "number");
    bool divides = node_is_call(call, "interval_over");
    if (sql_interval_kinds(t->from) && interval_micros(t, x))
        return interval(make_call2(t, call, divides ? "micros_over" : "micros_times", x, by));
    Interval i;
    double v;
    bool known = is_constant(x, &i) && number_of(by, &v) && (!divides || v != 0) &&
                 interval_scale(i, v, divides, &i);
    if (known) return constant(t, call, i);
    bool fails = divides && t->from == DIALECT_POSTGRES;
    return fails ? interval(make_call2(t, call, "interval_over_fails", x, by)) : call;
}

// --- Groups ---

// SUM and AVG of intervals: itself, or with the name of the aggregate that adds the parts.
bool span_aggregate(const Translator *t, SqlNode *n, const char *meaning)
{
    SqlNode *x = sql_tail(n, 0);
    bool native = sql_interval_kinds(t->from) && interval_micros(t, x);
    if (!node_is(x, TYPE_INTERVAL) || native) return false;
    n->fn = fn_index(fn_named(meaning));
    n->text = str_from(meaning);
    n->type = TYPE_INTERVAL;
    return true;
}
