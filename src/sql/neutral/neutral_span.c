// neutral_span: intervals as values: what they are made of, as far as the tree says, and the texts
// that a cast makes of them.
#include "base/calendar.h"
#include "sql/home.h"
#include "sql/neutral_time.h"

typedef struct {
    SqlNode *months, *days, *us;
} Parts;

static SqlNode *sum_of(Translator *t, SqlNode *a, SqlNode *b, bool minus)
{
    if (!b) return a;
    SqlNode *made = a ? make_binary(t, minus ? OP_SUBTRACT : OP_ADD, a, b)
                      : (minus ? make_unary(t, OP_MINUS, b) : b);
    made->type = TYPE_INTEGER;
    return made;
}

static SqlNode *times(Translator *t, SqlNode *n, SqlNode *by)
{
    if (!n) return NULL;
    SqlNode *made = make_binary(t, OP_MULTIPLY, n, node_clone(t, by));
    made->type = TYPE_INTEGER;
    return made;
}

static bool of_constant(Translator *t, const SqlNode *amount, Unit u, Parts *p)
{
    bool minus = amount->kind == NODE_UNARY && amount->op == OP_MINUS;
    const SqlNode *number = minus ? amount->child[ONLY] : amount;
    double v;
    Interval i;
    if (number->kind != NODE_NUMBER || !str_to_f64(number->text, &v)) return false;
    if (!interval_of(minus ? -v : v, u, &i)) return false;
    if (i.months) p->months = make_number(t, amount, i.months);
    if (i.days) p->days = make_number(t, amount, i.days);
    if (i.us) p->us = make_number(t, amount, i.us);
    return true;
}

// n units: whole ones, where n is no constant.
static bool of_interval(Translator *t, const SqlNode *n, Parts *p)
{
    SqlNode *amount = node_arg(n, "amount");
    Unit u;
    Interval one;
    if (!unit_read(node_arg(n, "unit")->text, &u)) return false;
    if (of_constant(t, amount, u, p)) return true;
    if (!node_is(amount, TYPE_INTEGER) || !interval_of(1, u, &one)) return false;
    if (one.months) p->months = times(t, node_clone(t, amount), make_number(t, n, one.months));
    if (one.days) p->days = times(t, node_clone(t, amount), make_number(t, n, one.days));
    if (one.us) p->us = times(t, node_clone(t, amount), make_number(t, n, one.us));
    return true;
}

static bool parts_of(Translator *t, const SqlNode *n, Parts *p)
{
    *p = (Parts){0};
    if (node_is_call(n, "interval")) return of_interval(t, n, p);
    if (n->kind == NODE_UNARY && n->op == OP_MINUS) {
        Parts x;
        if (!parts_of(t, n->child[ONLY], &x)) return false;
        *p = (Parts){sum_of(t, NULL, x.months, true), sum_of(t, NULL, x.days, true),
                     sum_of(t, NULL, x.us, true)};
        return true;
    }
    if (n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT)) {
        Parts a, b;
        bool minus = n->op == OP_SUBTRACT;
        if (!parts_of(t, n->child[LEFT_SIDE], &a) || !parts_of(t, n->child[RIGHT_SIDE], &b))
            return false;
        *p = (Parts){sum_of(t, a.months, b.months, minus), sum_of(t, a.days, b.days, minus),
                     sum_of(t, a.us, b.us, minus)};
        return true;
    }
    SqlNode *by = node_is_call(n, "interval_times") ? node_arg(n, "number") : NULL;
    Parts x;
    if (!by || !node_is(by, TYPE_INTEGER) || !parts_of(t, node_arg(n, "interval"), &x))
        return false;
    *p = (Parts){times(t, x.months, by), times(t, x.days, by), times(t, x.us, by)};
    return true;
}

static SqlNode *or_zero(Translator *t, const SqlNode *place, SqlNode *n)
{
    return n ? n : make_number(t, place, 0);
}

static SqlNode *style_word(Translator *t, const SqlNode *place)
{
    static const char *const styles[DIALECT_COUNT_] = {
        [DIALECT_POSTGRES] = "P",
        [DIALECT_BIGQUERY] = "B",
        [DIALECT_SPARK] = "S",
        [DIALECT_TRINO] = "T",
    };
    return make_word(t, place, str_from(styles[t->from] ? styles[t->from] : "D"));
}

// CAST(interval AS text), for the runtime.
SqlNode *interval_as_text(Translator *t, SqlNode *n)
{
    Parts p;
    SqlNode *style = style_word(t, n), *made;
    if (node_is_call(n, "age")) {
        made = make_call3(t, n, "age_text", style, node_arg(n, "a"), node_arg(n, "b"));
    } else if (parts_of(t, n, &p)) {
        SqlNode *args[] = {style, or_zero(t, n, p.months), or_zero(t, n, p.days),
                           or_zero(t, n, p.us)};
        made = make_call(t, n, "interval_text", args, 4);
    } else if (t->from == DIALECT_BIGQUERY && node_is_call(n, "time_minus") &&
               node_is(node_arg(n, "a"), TYPE_TIMESTAMP)) { // hours, and no days
        SqlNode *args[] = {style, make_number(t, n, 0), make_number(t, n, 0), n};
        made = make_call(t, n, "interval_text", args, 4);
    } else {
        made = make_call2(t, n, "interval_days_text", style, n);
    }
    made->type = TYPE_TEXT;
    return made;
}

// DATE_TRUNC('hour', interval): what is less than the unit is dropped. NULL: it is no such call.
SqlNode *interval_trunc(Translator *t, SqlNode *call)
{
    bool named = str_eq_nocase(call->text, S("DATE_TRUNC")) && sql_tail_count(call) == 2;
    SqlNode *x = named ? sql_tail(call, 1) : NULL;
    Unit u;
    Interval one;
    if (!x || !node_is(x, TYPE_INTERVAL)) return NULL;
    if (is_foreign(t) && t->to != DIALECT_POSTGRES)
        return translate_unsupported(t, call, "%s truncates times, and no intervals.",
                                     home_title(t->to));
    if (t->to != DIALECT_SQLITE) return NULL;
    Str unit = fn_unit(t, sql_tail(call, 0));
    if (!unit_read(unit, &u) || !interval_of(1, u, &one) || one.months) return NULL;
    SqlNode *args[] = {x, make_number(t, call, interval_us(one))};
    SqlNode *made = make_call(t, call, "interval_trunc", args, 2);
    made->type = TYPE_INTERVAL;
    return made;
}

// EXTRACT(part FROM interval) where the query says what it is made of: a month is no 30 days, 27
// hours are no day.
SqlNode *interval_part_said(Translator *t, SqlNode *call, Str part, const SqlNode *interval)
{
    Parts p;
    if (!parts_of(t, interval, &p)) return NULL;
    SqlNode *args[] = {make_word(t, call, part), or_zero(t, call, p.months),
                       or_zero(t, call, p.days), or_zero(t, call, p.us)};
    return make_call(t, call, "interval_parts", args, 4);
}
