// lower_interval: dialects without values that are intervals: what is compared with one is a time
// moved by it.
//
// MySQL and Snowflake take an INTERVAL only where it is added to a time; a - b > INTERVAL 30 MINUTE
// is a > b + INTERVAL 30 MINUTE there. What stays an interval has no spelling, and is refused.
#include "sql/lower.h"
#include "sql/neutral_time.h"

#define EPOCH "1970-01-01 00:00:00"

static bool has_values(Dialect d)
{
    return d != DIALECT_MYSQL && d != DIALECT_SNOWFLAKE && d != DIALECT_FLINK;
}

static bool is_comparison(SqlOp op)
{
    return op >= OP_EQ && op <= OP_DISTINCT;
}

static SqlNode *amount_of(const SqlNode *interval)
{
    return node_arg(interval, "amount");
}

static bool is_gap(const SqlNode *n)
{
    return node_is_call(n, "time_minus") && node_is_moment(node_arg(n, "a"));
}

// A month is as long as it is: then nothing may be moved by it.
static bool is_fixed(const SqlNode *n)
{
    if (n->kind == NODE_UNARY && n->op == OP_MINUS) return is_fixed(n->child[ONLY]);
    if (n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT))
        return is_fixed(n->child[LEFT_SIDE]) && is_fixed(n->child[RIGHT_SIDE]);
    if (!node_is_call(n, "interval")) return false;
    Str unit = node_arg(n, "unit")->text;
    return !str_eq(unit, S("MONTH")) && !str_eq(unit, S("QUARTER")) && !str_eq(unit, S("YEAR"));
}

static SqlNode *later(Translator *t, SqlNode *time, SqlNode *by)
{
    SqlNode *made = time_shift(t, node_clone(t, time), by, false);
    made->type = node_is(made, TYPE_UNKNOWN) ? time->type : made->type;
    return made;
}

// a - b > i is a > b + i; a - b > c - d has no such form.
SqlNode *lower_gap(Translator *t, SqlNode *n)
{
    if (has_values(t->to) || t->to == DIALECT_SQLITE || !is_comparison((SqlOp)n->op)) return n;
    SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    bool turned = is_gap(b) && is_fixed(a);
    SqlNode *gap = turned ? b : a, *by = turned ? a : b;
    if (!is_gap(gap) || !is_fixed(by)) return n;
    SqlNode *made = make_binary(t, turned ? sql_op_turned((SqlOp)n->op) : (SqlOp)n->op,
                                node_arg(gap, "a"), later(t, node_arg(gap, "b"), by));
    made->type = TYPE_BOOLEAN;
    made->parens = n->parens;
    return made;
}

// a - b BETWEEN i AND k is a BETWEEN b + i AND b + k.
SqlNode *lower_gap_between(Translator *t, SqlNode *n)
{
    SqlNode *gap = n->child[OPERAND], *low = n->child[OPERAND_SECOND];
    SqlNode *high = n->child[OPERAND_THIRD];
    bool here = has_values(t->to) || t->to == DIALECT_SQLITE;
    if (here || !is_gap(gap) || !is_fixed(low) || !is_fixed(high)) return n;
    n->child[OPERAND] = node_arg(gap, "a");
    n->child[OPERAND_SECOND] = later(t, node_arg(gap, "b"), low);
    n->child[OPERAND_THIRD] = later(t, node_arg(gap, "b"), high);
    return n;
}

// A date takes an INTEGER, and no BIGINT, which ROW_NUMBER and COUNT give.
SqlNode *lower_days(Translator *t, SqlNode *n)
{
    bool days = node_is_call(n, "date_add") || node_is_call(n, "date_sub");
    bool takes = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB;
    if (!days || !takes || t->from == t->to || !node_is(node_arg(n, "time"), TYPE_DATE)) return n;
    SqlNode **amount = &n->child[sql_roles(NODE_CALL) + 1];
    bool plain = node_is_constant(*amount) || (*amount)->kind == NODE_CAST;
    if (str_eq(node_arg(n, "unit")->text, S("DAY")) && !plain)
        *amount = lower_cast(t, make_cast(t, *amount, "INTEGER"));
    return n;
}

// RANGE BETWEEN INTERVAL 6 DAY PRECEDING: there every dialect has one.
SqlNode *lower_bound(Translator *t, SqlNode *n)
{
    SqlNode *amount = n->child[ONLY];
    if (t->to == DIALECT_SQLITE || !node_is_call(amount, "interval")) return n;
    amount->text = S("interval_bound");
    amount->fn = fn_index(fn_named("interval_bound"));
    return n;
}

// --- Windows of so many hours ---

static SqlNode *typed_like(SqlNode *made, const SqlNode *call)
{
    made->type = call->type ? call->type : TYPE_TIMESTAMP;
    made->parens = call->parens;
    return made;
}

static bool is_short(Str unit) // than two days: every dialect begins them at the same time
{
    return str_eq(unit, S("SECOND")) || str_eq(unit, S("MINUTE")) || str_eq(unit, S("HOUR")) ||
           str_eq(unit, S("DAY"));
}

static SqlNode *trunc_of(Translator *t, SqlNode *call, SqlNode *unit, SqlNode *time)
{
    SqlNode *word = make_word(t, call, unit->text);
    return typed_like(make_call2(t, call, "date_trunc", word, time), call);
}

static SqlNode *slice_there(Translator *t, SqlNode *call)
{
    SqlNode *amount = node_arg(call, "amount"), *unit = node_arg(call, "unit");
    SqlNode *time = node_arg(call, "time");
    bool start = str_eq_nocase(node_arg(call, "end")->text, S("START"));
    if (amount->kind != NODE_NUMBER || !start) return call;
    if (str_eq(amount->text, S("1"))) return trunc_of(t, call, unit, time);
    if (!is_short(unit->text)) return call;
    SqlNode *origin = make_moment(t, call, S(EPOCH));
    SqlNode *width = make_call2(t, call, "interval", amount, make_word(t, call, unit->text));
    width->type = TYPE_INTERVAL;
    return typed_like(make_call3(t, call, "date_bin", width, time, origin), call);
}

// How many seconds an interval of short units has; 0 = it is no number that is written.
static int64_t seconds_of(const SqlNode *amount, const SqlNode *unit)
{
    enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };
    int64_t count, of = str_eq(unit->text, S("DAY"))      ? DAY
                        : str_eq(unit->text, S("HOUR"))   ? HOUR
                        : str_eq(unit->text, S("MINUTE")) ? MINUTE
                                                          : 1;
    bool known = amount->kind == NODE_NUMBER && str_to_i64(amount->text, &count);
    return known && count < INT64_MAX / DAY ? count * of : 0;
}

// Buckets of which a day holds so many are the same from whatever midnight they are counted.
static bool fills_days(int64_t seconds)
{
    enum { DAY = 86400 };
    return seconds > 0 && DAY % seconds == 0;
}

static bool is_midnight(const SqlNode *origin)
{
    const SqlNode *text = origin->kind == NODE_TYPED ? origin->child[ONLY] : NULL;
    return text && text->kind == NODE_STRING && str_ends(text->text, S(" 00:00:00"));
}

static bool is_epoch(const SqlNode *origin)
{
    return origin->kind == NODE_TYPED && str_eq(origin->child[ONLY]->text, S(EPOCH));
}

static SqlNode *bin_there(Translator *t, SqlNode *call)
{
    SqlNode *width = node_arg(call, "width"), *time = node_arg(call, "time");
    SqlNode *amount = node_is_call(width, "interval") ? amount_of(width) : NULL;
    SqlNode *unit = amount ? node_arg(width, "unit") : NULL, *origin = node_arg(call, "origin");
    if (!unit || !is_short(unit->text)) return call;
    if (!origin) origin = make_moment(t, call, S("2000-01-03 00:00:00")); // DuckDB's, a Monday
    int64_t seconds = seconds_of(amount, unit);
    bool any = fills_days(seconds) && is_midnight(origin);
    if (any && str_eq(amount->text, S("1"))) return trunc_of(t, call, unit, time);
    if (!any && !is_epoch(origin))
        return typed_like(make_call3(t, call, "date_bin", width, time, origin), call);
    bool none = t->to == DIALECT_SPARK || t->to == DIALECT_TRINO || t->to == DIALECT_MYSQL;
    if (none && seconds) {
        SqlNode *number = make_number(t, call, seconds);
        return typed_like(make_call2(t, call, "epoch_bin", number, time), call);
    }
    if (any && t->to != DIALECT_SNOWFLAKE)
        return typed_like(make_call2(t, call, "date_bin", width, time), call);
    if (t->to != DIALECT_SNOWFLAKE) return call;
    SqlNode *args[] = {amount, make_word(t, call, unit->text), time,
                       make_word(t, call, S("START"))};
    return typed_like(make_call(t, call, "time_slice", args, 4), call);
}

// --- Months between days that are the first of theirs: every dialect counts those ---

// What a month is begun of; NULL: it is no first day of a month.
static SqlNode *month_of(SqlNode *n)
{
    if (node_is_call(n, "to_date") && node_is_call(node_arg(n, "value"), "date_trunc"))
        n = node_arg(n, "value");
    bool month = node_is_call(n, "date_trunc") && str_eq(node_arg(n, "unit")->text, S("MONTH"));
    return month ? node_arg(n, "time") : NULL;
}

// EXTRACT(YEAR_MONTH FROM x), of which MySQL's PERIOD_DIFF takes two.
static SqlNode *period_of(SqlNode *n)
{
    bool period = node_is_call(n, "date_part") && str_eq(node_arg(n, "part")->text, S("YEARMONTH"));
    return period ? node_arg(n, "time") : NULL;
}

static SqlNode *months_there(Translator *t, SqlNode *call)
{
    SqlNode *from = NULL, *to = NULL;
    bool elapsed = node_is_call(call, "date_elapsed") || node_is_call(call, "date_elapsed_clamped");
    if (elapsed && str_eq(node_arg(call, "unit")->text, S("MONTH"))) {
        from = month_of(node_arg(call, "from"));
        to = month_of(node_arg(call, "to"));
    } else if (node_is_call(call, "months_between")) {
        from = month_of(node_arg(call, "b"));
        to = month_of(node_arg(call, "a"));
    } else if (node_is_call(call, "period_diff")) {
        from = period_of(sql_tail(call, 1));
        to = period_of(sql_tail(call, 0));
    }
    if (!from || !to) return call;
    return typed(make_call3(t, call, "date_diff", make_word(t, call, S("MONTH")), from, to),
                 TYPE_INTEGER);
}

// MySQL's UNIX_TIMESTAMP of a time with a fraction has one, too.
static SqlNode *whole_seconds(Translator *t, SqlNode *call)
{
    bool seconds = node_is_call(call, "date_part") && t->to == DIALECT_MYSQL &&
                   str_eq(node_arg(call, "part")->text, S("EPOCH_SECOND"));
    if (!seconds || !node_is(node_arg(call, "time"), TYPE_TIMESTAMP)) return NULL;
    return typed(make_call1(t, call, "floor_whole", call), TYPE_INTEGER);
}

SqlNode *lower_bins(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE || t->from == t->to) return call;
    SqlNode *seconds = whole_seconds(t, call);
    if (seconds) return seconds;
    if (node_is_call(call, "date_bin")) return bin_there(t, call);
    bool slices = node_is_call(call, "time_slice") && t->to != DIALECT_SNOWFLAKE;
    if (!slices) return months_there(t, call);
    SqlNode *bin = slice_there(t, call);
    return node_is_call(bin, "date_bin") ? bin_there(t, bin) : bin;
}
