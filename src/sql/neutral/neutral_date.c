// neutral_date: intervals, and arithmetic with dates, times and intervals.
#include "base/calendar.h"
#include "sql/neutral_time.h"
#include <stdlib.h>

// --- Intervals ---

SqlNode *time_interval(Translator *t, SqlNode *amount, const char *unit)
{
    SqlNode *word = make_word(t, amount, str_from(unit));
    return typed(make_call2(t, amount, "interval", amount, word), TYPE_INTERVAL);
}

static SqlNode *plus(Translator *t, SqlNode *a, SqlNode *b)
{
    if (!a || !b) return a ? a : b;
    return typed(make_binary(t, OP_ADD, a, b), TYPE_INTERVAL);
}

// Each in the largest unit that holds it.
static SqlNode *of_parts(Translator *t, const SqlNode *place, Interval i)
{
    static const struct {
        const char *unit;
        int64_t us;
    } units[] = {{"HOUR", HOUR_US},
                 {"MINUTE", MINUTE_US},
                 {"SECOND", SECOND_US},
                 {"MILLISECOND", 1000},
                 {"MICROSECOND", 1}};
    SqlNode *sum = NULL;
    if (i.months) {
        bool years = i.months % 12 == 0;
        SqlNode *n = make_number(t, place, years ? i.months / 12 : i.months);
        sum = time_interval(t, n, years ? "YEAR" : "MONTH");
    }
    if (i.days) sum = plus(t, sum, time_interval(t, make_number(t, place, i.days), "DAY"));
    for (size_t u = 0; u < sizeof units / sizeof *units && i.us; u++) {
        if (i.us % units[u].us) continue;
        SqlNode *n = make_number(t, place, i.us / units[u].us);
        sum = plus(t, sum, time_interval(t, n, units[u].unit));
        break;
    }
    return sum ? sum : time_interval(t, make_number(t, place, 0), "SECOND");
}

static SqlNode *number_of(Translator *t, const SqlNode *place, Str text)
{
    text = str_trim(text);
    bool minus = str_starts(text, S("-"));
    if (minus || str_starts(text, S("+"))) text = str_slice(text, 1, text.len);
    double v;
    if (!text.len || !str_to_f64(text, &v)) return NULL;
    SqlNode *n = make_node(t, NODE_NUMBER, place, 0);
    n->text = text;
    n->type =
        str_find(text, S("."), NULL) || str_find(text, S("e"), NULL) ? TYPE_REAL : TYPE_INTEGER;
    return minus ? make_unary(t, OP_MINUS, n) : n;
}

static bool is_many_years(Str unit)
{
    Unit u;
    return unit_read(unit, &u) && u.kind > UNIT_YEAR;
}

// '2 weeks' keeps its unit; other texts come down to months, days and the rest.
SqlNode *time_interval_text(Translator *t, const SqlNode *place, Str text)
{
    Str head, rest;
    Interval i;
    if (str_cut(str_trim(text), ' ', &head, &rest)) {
        SqlNode *n = number_of(t, place, head);
        Str unit = fn_amount_unit(t, str_trim(rest));
        bool kept = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB || !is_many_years(unit);
        if (n && unit.len && kept) return time_interval(t, n, str_c(t->arena, unit));
    }
    if (interval_read(text, &i)) return of_parts(t, place, i);
    return translate_refused(t, place, "'" STR_FMT "' is not an interval: write '1 day'.",
                             STR_ARG(text));
}

// '1-2' YEAR TO MONTH, '1 02:30' DAY TO MINUTE, MySQL's '1:30' MINUTE_SECOND: numbers from the
// first unit to the last, whatever stands between them.
static SqlNode *fields(Translator *t, const SqlNode *place, Str text, Str first, Str last)
{
    static const char *const order[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};
    size_t from = 6, to = 6;
    for (size_t i = 0; i < 6; i++) {
        if (str_eq_nocase(first, str_from(order[i]))) from = i;
        if (str_eq_nocase(last, str_from(order[i]))) to = i;
    }
    text = str_trim(text);
    bool minus = str_starts(text, S("-"));
    Interval sum = {0};
    double numbers[6];
    size_t n = 0;
    for (size_t i = minus; i < text.len && n < 6;) {
        size_t end = i;
        while (end < text.len &&
               ((text.ptr[end] >= '0' && text.ptr[end] <= '9') || text.ptr[end] == '.'))
            end++;
        if (end == i || !str_to_f64(str_slice(text, i, end), &numbers[n])) break;
        n++;
        i = end + 1;
    }
    bool fits = from < 6 && to < 6 && n > 0 && n <= to - from + 1;
    for (size_t i = 0; fits && i < n; i++) { // fewer numbers than units are the last ones
        Unit u;
        Interval one;
        if (!unit_read(str_from(order[to + 1 - n + i]), &u)) fits = false;
        if (!fits || !interval_of(minus ? -numbers[i] : numbers[i], u, &one)) return NULL;
        sum = (Interval){sum.months + one.months, sum.days + one.days, sum.us + one.us};
    }
    return fits ? of_parts(t, place, sum) : NULL;
}

static SqlNode *part(Translator *t, SqlNode *n)
{
    SqlNode *amount = n->child[PART_AMOUNT], *to = n->child[PART_TO];
    bool text = amount->kind == NODE_STRING;
    if (text && !n->text.len) return time_interval_text(t, amount, amount->text);
    Str first, last, unit = fn_amount_unit(t, n->text);
    if (to || str_cut(n->text, '_', &first, &last)) {
        if (to) first = n->text, last = to->text;
        Str value = sql_source(t->script->sql, amount);
        SqlNode *made = fields(t, amount, text ? amount->text : value, first, last);
        if (made) return made;
        return translate_unsupported(t, amount, "This is not an interval of %.*s to %.*s.",
                                     STR_ARG(first), STR_ARG(last));
    }
    if (!unit.len)
        return translate_unsupported(t, n, STR_FMT " is no unit of an interval that is known here.",
                                     STR_ARG(n->text));
    if (text) {
        SqlNode *number = number_of(t, amount, amount->text);
        if (number) {
            amount = number;
        } else { // '1 day' DAY, '02:30' HOUR: as the text says
            return time_interval_text(t, amount, amount->text);
        }
    }
    return time_interval(t, amount, str_c(t->arena, unit));
}

SqlNode *neutral_interval(Translator *t, SqlNode *n)
{
    SqlNode *sum = NULL;
    for (uint32_t i = 0; i < n->count && !t->failed; i++) sum = plus(t, sum, part(t, n->child[i]));
    return sum ? sum : n;
}

// --- Moments and intervals ---

static SqlNode *negated(Translator *t, SqlNode *amount)
{
    if (amount->kind == NODE_UNARY && amount->op == OP_MINUS) return amount->child[ONLY];
    return make_unary(t, OP_MINUS, amount);
}

static bool is_negative(const SqlNode *n)
{
    return n->kind == NODE_UNARY && n->op == OP_MINUS && n->child[ONLY]->kind == NODE_NUMBER;
}

static bool is_clock(Str unit)
{
    Unit u;
    return unit_read(unit, &u) && u.kind < UNIT_DAY;
}

SqlNode *time_add(Translator *t, SqlNode *time, SqlNode *amount, Str unit, bool minus)
{
    if (minus && is_negative(amount)) {
        amount = negated(t, amount);
        minus = false;
    }
    SqlNode *word = make_word(t, amount, unit);
    bool lifts_itself = node_is(time, TYPE_DATE) && is_clock(unit);
    if (lifts_itself && t->to != DIALECT_SQLITE) time = time_as(t, time, TYPE_TIMESTAMP);
    SqlNode *n = make_call3(t, time, minus ? "date_sub" : "date_add", word, amount, time);
    return typed(n, lifts_itself ? TYPE_TIMESTAMP : node_type(time));
}

// What is behind the first month of a sum: 1 month + 1 month is one step of two.
static bool has_months(const SqlNode *by)
{
    Unit u;
    if (node_is_call(by, "interval"))
        return !unit_read(node_arg(by, "unit")->text, &u) || u.kind >= UNIT_MONTH;
    return by->kind != NODE_UNARY || has_months(by->child[ONLY]);
}

// What an interval comes to that is made of constants.
static bool constant_of(const SqlNode *by, Interval *out)
{
    Interval x, y;
    double v;
    Unit u;
    if (by->kind == NODE_BINARY && (by->op == OP_ADD || by->op == OP_SUBTRACT)) {
        int64_t sign = by->op == OP_ADD ? 1 : -1;
        if (!constant_of(by->child[LEFT_SIDE], &x) || !constant_of(by->child[RIGHT_SIDE], &y))
            return false;
        *out = (Interval){x.months + sign * y.months, x.days + sign * y.days, x.us + sign * y.us};
        return true;
    }
    if (!node_is_call(by, "interval")) return false;
    const SqlNode *amount = node_arg(by, "amount");
    bool number = amount->kind == NODE_NUMBER && str_to_f64(amount->text, &v);
    return number && unit_read(node_arg(by, "unit")->text, &u) && interval_of(v, u, out);
}

SqlNode *time_shift(Translator *t, SqlNode *time, SqlNode *by, bool minus)
{
    if (node_is_call(by, "interval")) {
        return time_add(t, time, node_arg(by, "amount"), node_arg(by, "unit")->text, minus);
    }
    if (by->kind == NODE_UNARY && by->op == OP_MINUS)
        return time_shift(t, time, by->child[ONLY], !minus);
    bool sum = by->kind == NODE_BINARY && (by->op == OP_ADD || by->op == OP_SUBTRACT);
    Interval i;
    if (sum && has_months(by->child[RIGHT_SIDE]) && constant_of(by, &i))
        return time_shift(t, time, of_parts(t, by, i), minus);
    if (sum && (t->to != DIALECT_SQLITE || !has_months(by->child[RIGHT_SIDE]))) {
        SqlNode *first = time_shift(t, time, by->child[LEFT_SIDE], minus);
        return time_shift(t, first, by->child[RIGHT_SIDE], minus != (by->op == OP_SUBTRACT));
    }
    if (node_is(time, TYPE_DATE)) time = time_as(t, time, TYPE_TIMESTAMP);
    SqlNode *n = make_call2(t, time, minus ? "time_minus_interval" : "time_plus", time, by);
    return typed(n, node_type(time));
}

// Where a date and an interval of whole days are a timestamp.
static bool lifts(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_DUCKDB || d == DIALECT_BIGQUERY;
}

static SqlNode *shift(Translator *t, SqlNode *time, SqlNode *by, bool minus)
{
    if (node_is(time, TYPE_TEXT)) time = time_as(t, time, TIME_EITHER);
    bool clock = node_is_call(by, "interval") && is_clock(node_arg(by, "unit")->text);
    bool itself = clock && t->to == DIALECT_SQLITE; // the runtime makes a timestamp of it by itself
    if (node_is(time, TYPE_DATE) && lifts(t->from) && !itself)
        time = time_as(t, time, TYPE_TIMESTAMP);
    return time_shift(t, time, by, minus);
}

static SqlNode *difference(Translator *t, SqlNode *a, SqlNode *b)
{
    Dialect d = t->from;
    bool dates = node_is(a, TYPE_DATE) && node_is(b, TYPE_DATE);
    if (dates && (d == DIALECT_POSTGRES || d == DIALECT_DUCKDB || d == DIALECT_SNOWFLAKE)) {
        SqlNode *n = make_call3(t, a, "date_diff", make_word(t, a, S("DAY")), b, a);
        return typed(n, TYPE_INTEGER);
    }
    SqlNode *gap = typed(make_call2(t, a, "time_minus", a, b), TYPE_INTERVAL);
    bool counts = dates && (t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB); // a number there
    if (!counts && (d != DIALECT_BIGQUERY || t->to != DIALECT_SQLITE)) return gap;
    if (!dates) return typed(make_call1(t, a, "interval_hours", gap), TYPE_INTERVAL);
    SqlNode *days = make_call3(t, a, "date_diff", make_word(t, a, S("DAY")), b, a);
    return time_interval(t, typed(days, TYPE_INTEGER), "DAY");
}

static SqlNode *whole_days(Translator *t, SqlNode *time, SqlNode *days, bool minus)
{
    return time_add(t, time, days, S("DAY"), minus);
}

SqlNode *time_number(Translator *t, SqlNode *n)
{
    bool moment = node_is_moment(n);
    if (t->from != DIALECT_MYSQL || t->to == t->from || (!moment && !node_is(n, TYPE_TIME)))
        return n;
    if (moment)
        translate_note(t, n,
                       "MySQL reads a date in arithmetic as a number (20240229): use DATE_ADD or "
                       "DATEDIFF.");
    return typed(make_call1(t, n, "date_number", n), TYPE_INTEGER);
}

static SqlNode *number_sum(Translator *t, SqlNode *n, SqlNode *a, SqlNode *b)
{
    if (!node_is_moment(a) && !node_is_moment(b)) return NULL;
    n->child[LEFT_SIDE] = time_number(t, a);
    n->child[RIGHT_SIDE] = time_number(t, b);
    return typed(n, TYPE_INTEGER);
}

static SqlNode *sum(Translator *t, SqlNode *n, SqlNode *a, SqlNode *b)
{
    bool spans = node_is(a, TYPE_INTERVAL) || node_is(b, TYPE_INTERVAL);
    if (t->from == DIALECT_MYSQL && !spans) return number_sum(t, n, a, b);
    bool minus = n->op == OP_SUBTRACT;
    bool a_moment = node_is_moment(a) || node_is(a, TYPE_TIME);
    bool b_moment = node_is_moment(b) || node_is(b, TYPE_TIME);
    if (node_is(b, TYPE_INTERVAL) && node_is(a, TYPE_INTERVAL)) return typed(n, TYPE_INTERVAL);
    if (node_is(b, TYPE_INTERVAL)) return shift(t, a, b, minus);
    if (node_is(a, TYPE_INTERVAL) && !minus) return shift(t, b, a, false);
    if (a_moment && b->kind == NODE_STRING && minus) {
        b = time_as(t, b, (int)node_type(a));
        b_moment = true;
    }
    if (b_moment && a->kind == NODE_STRING && minus) {
        a = time_as(t, a, (int)node_type(b));
        a_moment = true;
    }
    if (a_moment && b_moment && minus) return difference(t, a, b);
    if (!minus && node_is(a, TYPE_DATE) && node_is(b, TYPE_TIME))
        return typed(make_call2(t, n, "date_at_time", a, b), TYPE_TIMESTAMP);
    if (a_moment && b_moment) return NULL;  // a sum of dates means nothing anywhere
    if (a_moment && b->kind == NODE_STRING) // Postgres: d + '1 day'
        return shift(t, a, time_interval_text(t, b, b->text), minus);
    if (node_is_moment(a)) return whole_days(t, a, b, minus);
    if (node_is_moment(b) && !minus) return whole_days(t, b, a, false);
    return NULL;
}

static SqlNode *scaled(Translator *t, SqlNode *n, SqlNode *interval, SqlNode *by)
{
    bool divides = n->op == OP_DIVIDE;
    if (node_is_call(interval, "interval") && !divides) {
        SqlNode *amount = node_arg(interval, "amount");
        bool one = amount->kind == NODE_NUMBER && str_eq(amount->text, S("1"));
        SqlNode *product = one ? by : make_binary(t, OP_MULTIPLY, by, amount);
        if (!one && node_is(amount, TYPE_REAL)) product->type = TYPE_REAL;
        return time_interval(t, product, str_c(t->arena, node_arg(interval, "unit")->text));
    }
    const char *meaning = divides ? "interval_over" : "interval_times";
    return typed(make_call2(t, n, meaning, interval, by), TYPE_INTERVAL);
}

static SqlNode *product(Translator *t, SqlNode *n, SqlNode *a, SqlNode *b)
{
    if (n->op == OP_DIVIDE && node_is(a, TYPE_INTERVAL) && !node_is(b, TYPE_INTERVAL))
        return scaled(t, n, a, b);
    if (n->op != OP_MULTIPLY) return NULL;
    if (node_is(a, TYPE_INTERVAL)) return scaled(t, n, a, b);
    return node_is(b, TYPE_INTERVAL) ? scaled(t, n, b, a) : NULL;
}

// NULL where neither side is a date, a time or an interval.
SqlNode *time_binary(Translator *t, SqlNode *n)
{
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    switch ((SqlOp)n->op) {
    case OP_ADD:
    case OP_SUBTRACT:
        return sum(t, n, a, b);
    case OP_MULTIPLY:
    case OP_DIVIDE:
        return product(t, n, a, b);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_SAME:
    case OP_DISTINCT:
        time_align(t, &n->child[LEFT_SIDE], &n->child[RIGHT_SIDE]);
        return NULL;
    default:
        return NULL;
    }
}

// --- The steps of a series ---

// '1 MONTH', ' 1 DAY': what is no constant is joined to its unit. NULL: an interval of no shape.
static SqlNode *step_text(Translator *t, SqlNode *step, bool minus)
{
    if (step->kind == NODE_UNARY && step->op == OP_MINUS)
        return step_text(t, step->child[ONLY], !minus);
    if (step->kind == NODE_BINARY && (step->op == OP_ADD || step->op == OP_SUBTRACT)) {
        SqlNode *a = step_text(t, step->child[LEFT_SIDE], minus);
        SqlNode *b = step_text(t, step->child[RIGHT_SIDE], minus != (step->op == OP_SUBTRACT));
        return a && b ? make_binary(t, OP_CONCAT, a, b) : NULL;
    }
    if (!node_is_call(step, "interval")) return NULL;
    SqlNode *amount = node_arg(step, "amount");
    Str unit = node_arg(step, "unit")->text;
    if (minus) amount = negated(t, amount);
    bool sign = is_negative(amount);
    const SqlNode *number = sign ? amount->child[ONLY] : amount;
    if (number->kind == NODE_NUMBER) {
        Str text = str_fmt(t->arena, " %s" STR_FMT " " STR_FMT, sign ? "-" : "",
                           STR_ARG(number->text), STR_ARG(unit));
        return make_string(t, step, text);
    }
    Str behind = str_fmt(t->arena, " " STR_FMT, STR_ARG(unit));
    return make_binary(t, OP_CONCAT, amount, make_string(t, step, behind));
}

SqlNode *time_step(Translator *t, SqlNode *step, bool before)
{
    if (!node_is(step, TYPE_INTERVAL)) return step;
    SqlNode *text = step_text(t, step, false);
    if (!text) {
        return translate_unsupported(t, step,
                                     "The step of a series of dates is an INTERVAL literal here.");
    }
    bool chained = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    const char *words = chained ? before ? " chained before" : " chained" : before ? " before" : "";
    if (text->kind == NODE_STRING) {
        Str all = str_fmt(t->arena, STR_FMT "%s", STR_ARG(str_trim(text->text)), words);
        return make_string(t, step, all);
    }
    return *words ? make_binary(t, OP_CONCAT, text, make_string(t, step, str_from(words))) : text;
}
