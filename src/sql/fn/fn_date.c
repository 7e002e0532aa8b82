// fn_date: arithmetic of dates, times and intervals: adding, subtracting, counting, truncating.
#include "base/calendar.h"
#include "sql/fn_group.h"
#include "sql/neutral_time.h"

// --- Reading ---

// f(time, INTERVAL …), whatever the interval is made of.
static SqlNode *shifted(Translator *t, SqlNode *call, int type, bool minus)
{
    SqlNode *time = sql_tail(call, 0), *by = sql_tail(call, 1);
    if (type == TIME_EITHER || !node_is(time, TYPE_TIME)) time = time_as(t, time, type);
    if (node_is(by, TYPE_INTERVAL)) return time_shift(t, time, by, minus);
    if (by->kind == NODE_STRING)
        return time_shift(t, time, time_interval_text(t, by, by->text), minus);
    return translate_unsupported(t, by, "An INTERVAL is expected here: INTERVAL 1 DAY.");
}
static SqlNode *read_add(Translator *t, SqlNode *call)
{
    return shifted(t, call, TIME_EITHER, false);
}
static SqlNode *read_sub(Translator *t, SqlNode *call)
{
    return shifted(t, call, TIME_EITHER, true);
}
static SqlNode *read_add_timestamp(Translator *t, SqlNode *call)
{
    return shifted(t, call, TYPE_TIMESTAMP, false);
}

static SqlNode *days_or_interval(Translator *t, SqlNode *call, bool minus) // ADDDATE(d, 3)
{
    SqlNode *by = sql_tail(call, 1);
    if (node_is(by, TYPE_INTERVAL)) return shifted(t, call, TIME_EITHER, minus);
    return time_add(t, time_as(t, sql_tail(call, 0), TIME_EITHER), by, S("DAY"), minus);
}
static SqlNode *read_adddate(Translator *t, SqlNode *call)
{
    return days_or_interval(t, call, false);
}
static SqlNode *read_subdate(Translator *t, SqlNode *call)
{
    return days_or_interval(t, call, true);
}

// make_interval(days => 3), make_interval(years, months, weeks, days, hours, mins, secs)
static SqlNode *read_make_interval(Translator *t, SqlNode *call)
{
    static const struct {
        const char *arg, *unit;
    } args[] = {{"years", "YEAR"}, {"months", "MONTH"}, {"weeks", "WEEK"}, {"days", "DAY"},
                {"hours", "HOUR"}, {"mins", "MINUTE"},  {"secs", "SECOND"}};
    SqlNode *sum = NULL;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        SqlNode *n = sql_tail(call, i);
        size_t which = t->from == DIALECT_BIGQUERY && i >= 2 ? i + 1 : i;    // it has no weeks
        if (str_eq_nocase(call->text, S("MAKE_DT_INTERVAL"))) which = i + 3; // days and below
        for (size_t k = 0; n->kind == NODE_ARG && k < 7; k++) {
            Str arg = str_from(args[k].arg), unit = str_from(args[k].unit); // hours, hour
            if (str_eq_nocase(n->text, arg) || str_eq_nocase(n->text, unit)) which = k;
        }
        if (n->kind == NODE_ARG) n = n->child[ONLY];
        if (which >= 7) return NULL;
        bool zero = n->kind == NODE_NUMBER && str_eq(n->text, S("0"));
        if (zero) continue;
        SqlNode *one = time_interval(t, n, args[which].unit);
        if (sum) sum = make_binary(t, OP_ADD, sum, one);
        if (!sum) sum = one;
        sum->type = TYPE_INTERVAL;
    }
    return sum ? sum : time_interval(t, make_number(t, call, 0), "SECOND");
}

// to_days(n), NUMTODSINTERVAL and their like: one unit by the name.
static SqlNode *read_to_units(Translator *t, SqlNode *call)
{
    static const char *const units[] = {"YEAR",   "MONTH",  "WEEK",        "DAY",        "HOUR",
                                        "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};
    Str name = call->text;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str unit = str_from(units[i]);
        if (name.len > 3 + unit.len && str_eq_nocase(str_slice(name, 3, 3 + unit.len), unit))
            return time_interval(t, sql_tail(call, 0), units[i]);
    }
    return NULL;
}

static SqlNode *lower_day_start(Translator *t, SqlNode *call) // of what is a date already
{
    (void)t;
    SqlNode *unit = node_arg(call, "unit"), *time = node_arg(call, "time");
    return node_is(time, TYPE_DATE) && str_eq(unit->text, S("DAY")) ? time : call;
}

static SqlNode *read_age(Translator *t, SqlNode *call) // until today
{
    SqlNode *today = make_call(t, call, "current_date", NULL, 0);
    today->type = TYPE_DATE;
    SqlNode *n = make_call2(t, call, "age", time_as(t, today, TYPE_TIMESTAMP),
                            time_as(t, sql_tail(call, 0), TYPE_TIMESTAMP));
    n->type = TYPE_INTERVAL;
    return n;
}

static SqlNode *read_trunc(Translator *t, SqlNode *call) // of a number it is somebody else's
{
    SqlNode *time = sql_tail(call, 0), *word = sql_tail(call, 1);
    if (word->kind != NODE_STRING || node_is(time, TYPE_REAL) || node_is(time, TYPE_INTEGER))
        return NULL;
    Str unit = fn_unit(t, word);
    if (!unit.len) return translate_refused(t, word, "This is no unit of time: 'MONTH' is one.");
    time = time_as(t, time, TIME_EITHER);
    SqlNode *n = make_call2(t, call, "date_trunc", make_word(t, word, unit), time);
    n->type = time->type;
    return n;
}

// TIME_BUCKET(INTERVAL 3 MONTHS, time): months are as long as they are. NULL: of other units.
static SqlNode *read_bucket_of_months(Translator *t, SqlNode *call)
{
    SqlNode *width = sql_tail(call, 0), *time = time_as(t, sql_tail(call, 1), TIME_EITHER);
    if (!node_is_call(width, "interval")) return NULL;
    const SqlNode *unit = node_arg(width, "unit");
    bool years = str_eq(unit->text, S("YEAR"));
    if (!years && !str_eq(unit->text, S("MONTH"))) return NULL;
    SqlNode *args[] = {node_arg(width, "amount"), make_word(t, call, unit->text), time,
                       make_word(t, call, S("START"))};
    SqlNode *made = make_call(t, call, "time_slice", args, 4);
    made->type = time->type;
    return made;
}

// BigQuery counts buckets from 1950 on where no origin is said.
static SqlNode *read_bucket_big(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode *origin = count > 2 ? time_as(t, sql_tail(call, 2), TYPE_TIMESTAMP)
                                : make_moment(t, call, S("1950-01-01 00:00:00"));
    SqlNode *time = time_as(t, sql_tail(call, 0), TYPE_TIMESTAMP);
    if (!node_is(sql_tail(call, 1), TYPE_INTERVAL)) return NULL;
    return typed(make_call3(t, call, "date_bin", sql_tail(call, 1), time, origin), TYPE_TIMESTAMP);
}

// DuckDB's weeks are seven days between dates; its other units are boundaries.
static SqlNode *read_diff_duck(Translator *t, SqlNode *call)
{
    SqlNode *word = sql_tail(call, 0), *from = sql_tail(call, 1), *to = sql_tail(call, 2);
    Str unit = fn_unit(t, word);
    if (!unit.len) return translate_refused(t, word, "This is no unit of time: 'month' is one.");
    bool weeks = str_eq(unit, S("WEEK"));
    from = time_as(t, from, weeks ? (int)TYPE_DATE : (int)TIME_EITHER);
    to = time_as(t, to, weeks ? (int)TYPE_DATE : (int)TIME_EITHER);
    SqlNode *n = make_call3(t, call, weeks ? "date_elapsed" : "date_diff", make_word(t, word, unit),
                            from, to);
    n->type = TYPE_INTEGER;
    return n;
}

static bool has_months(Str unit) // whose length differs
{
    Unit u;
    return unit_read(unit, &u) && u.kind >= UNIT_MONTH;
}

// Whole units: from the 31st to the last of a shorter month is a month in these dialects.
static SqlNode *read_elapsed(Translator *t, SqlNode *call)
{
    SqlNode *word = sql_tail(call, 0);
    Str unit = fn_unit(t, word);
    if (!unit.len) return translate_refused(t, word, "This is no unit of time: 'month' is one.");
    SqlNode *from = time_as(t, sql_tail(call, 1), TIME_EITHER);
    SqlNode *to = time_as(t, sql_tail(call, 2), TIME_EITHER);
    SqlNode *n = make_call3(t, call, has_months(unit) ? "date_elapsed_clamped" : "date_elapsed",
                            make_word(t, word, unit), from, to);
    n->type = TYPE_INTEGER;
    return n;
}

static SqlNode *read_timestamp_diff(Translator *t, SqlNode *call) // BigQuery: to, from, unit
{
    if (sql_tail_count(call) != 3) return NULL;
    SqlNode *word = sql_tail(call, 2);
    LogicalType type = str_eq_nocase(call->text, S("TIME_DIFF")) ? TYPE_TIME : TYPE_TIMESTAMP;
    Str unit = fn_unit(t, word);
    if (!unit.len || has_months(unit) || str_starts(unit, S("WEEK"))) {
        return translate_refused(
            t, word, STR_FMT " takes DAY and smaller units: DATE_DIFF takes the others.",
            STR_ARG(call->text));
    }
    SqlNode *to = time_as(t, sql_tail(call, 0), (int)type);
    SqlNode *from = time_as(t, sql_tail(call, 1), (int)type);
    SqlNode *n = make_call3(t, call, "date_elapsed", make_word(t, word, unit), from, to);
    n->type = TYPE_INTEGER;
    return n;
}

// A time of day, or a moment, as a text says.
static SqlNode *clock_or_moment(Translator *t, SqlNode *n)
{
    Moment m;
    bool text = n->kind == NODE_STRING, time = text && moment_read(n->text, &m);
    return time_as(t, n, time && m.kind == MOMENT_TIME ? TYPE_TIME : TIME_EITHER);
}

static SqlNode *read_timediff(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call) != 2) return NULL;
    SqlNode *a = clock_or_moment(t, sql_tail(call, 0)), *b = clock_or_moment(t, sql_tail(call, 1));
    SqlNode *made = make_call2(t, call, "time_diff", a, b);
    made->type = TYPE_TIME;
    return made;
}

// ADDTIME(x, '02:30:00'): the clock is how much.
static SqlNode *add_clock(Translator *t, SqlNode *call, const char *meaning)
{
    SqlNode *by = sql_tail_count(call) == 2 ? sql_tail(call, 1) : NULL;
    if (!by || by->kind != NODE_STRING) return NULL;
    SqlNode *time = clock_or_moment(t, sql_tail(call, 0));
    SqlNode *made = make_call2(t, call, meaning, time, time_interval_text(t, by, by->text));
    made->type = time->type;
    return made;
}
static SqlNode *read_addtime(Translator *t, SqlNode *call)
{
    return add_clock(t, call, "time_plus");
}
static SqlNode *read_subtime(Translator *t, SqlNode *call)
{
    return add_clock(t, call, "time_minus_interval");
}

static const SqlFn fns[] = {
    // the last day of a month stays the last: Snowflake
    {"add_months_end", "time amount", FN_SCALAR, "=time", "gr_add_months_end({time}, {amount})",
     NULL},
    {"age", "a b", FN_SCALAR, "interval", "gr_age({a}, {b})", NULL},
    {"date_add", "unit amount time", FN_SCALAR, "+time", "gr_date_add('{unit}', {amount}, {time})",
     NULL},
    {"date_at_time", "date time", FN_SCALAR, "timestamp", "{date} || ' ' || {time}", NULL},
    {"interval_ms", "interval", FN_SCALAR, "integer", "(gr_interval_us({interval}) / 1000)", NULL},
    {"date_bin", "width time origin?", FN_SCALAR, "timestamp",
     "gr_date_bin({width}, {time}[, {origin}])", lower_width},
    {"epoch_bin", "seconds time", FN_SCALAR, "timestamp", NULL, NULL}, // to other dialects only
    {"date_ceil", "unit time", FN_SCALAR, "=time", "gr_date_ceil('{unit}', {time})", NULL},
    {"date_diff", "unit from to", FN_SCALAR, "integer", "gr_date_diff('{unit}', {from}, {to})",
     NULL},
    {"date_elapsed", "unit from to", FN_SCALAR, "integer",
     "gr_date_elapsed('{unit}', {from}, {to})", NULL},
    {"date_elapsed_clamped", "unit from to", FN_SCALAR, "integer",
     "gr_date_elapsed_clamped('{unit}', {from}, {to})", NULL},
    {"date_sub", "unit amount time", FN_SCALAR, "+time", "gr_date_add('{unit}', -{amount}, {time})",
     NULL},
    {"date_trunc", "unit time", FN_SCALAR, "=time", "gr_date_trunc('{unit}', {time})",
     lower_day_start},
    {"interval", "amount unit", FN_SCALAR, "interval", "gr_interval({amount}, '{unit}')",
     lower_interval},
    // intervals (base/interval.h): with their parts, or as microseconds
    {"duration", "amount unit", FN_SCALAR, "interval", "gr_duration({amount}, '{unit}')", NULL},
    {"interval_add", "a b", FN_SCALAR, "interval", "gr_interval_add({a}, {b})", NULL},
    {"interval_avg", "x", FN_AGGREGATE, "interval", "gr_interval_avg({x})", NULL},
    {"interval_avg_left", "x", FN_AGGREGATE, "interval", "gr_interval_avg_left({x})", NULL},
    {"interval_bound", "amount unit", FN_SCALAR, "interval", NULL, NULL}, // of a frame
    {"interval_code", "x", FN_SCALAR, "interval", "gr_interval_code({x})", lower_code},
    {"interval_hours", "us", FN_SCALAR, "interval", "gr_interval_hours({us})", NULL},
    {"interval_less", "x", FN_SCALAR, "interval", "gr_interval_less({x})", NULL},
    {"interval_over", "interval number", FN_SCALAR, "interval",
     "gr_interval_over({interval}, {number})", lower_scaled},
    {"interval_over_fails", "interval number", FN_SCALAR, "interval",
     "gr_interval_over({interval}, {number}, {at})", NULL},
    {"interval_sub", "a b", FN_SCALAR, "interval", "gr_interval_sub({a}, {b})", NULL},
    {"interval_sum", "x", FN_AGGREGATE, "interval", "gr_interval_sum({x})", NULL},
    {"interval_text", "style x", FN_SCALAR, "text", "gr_interval_text('{style}', {x})", NULL},
    {"interval_times", "interval number", FN_SCALAR, "interval",
     "gr_interval_times({interval}, {number})", lower_scaled},
    {"interval_trunc", "unit x", FN_SCALAR, "interval", "gr_interval_trunc('{unit}', {x})", NULL},
    {"interval_us", "x", FN_SCALAR, "interval", "gr_interval_us({x})", lower_micros},
    {"micros_over", "interval number", FN_SCALAR, "interval",
     "CAST(round(CAST({interval} AS REAL) / nullif({number}, 0)) AS INTEGER)", NULL},
    {"micros_times", "interval number", FN_SCALAR, "interval",
     "CAST(round({interval} * {number}) AS INTEGER)", NULL},
    {"last_day", "unit time", FN_SCALAR, "date", "gr_last_day('{unit}', {time})", NULL},
    {"months_between", "a b digits", FN_SCALAR, "real", "gr_months_between({a}, {b}, {digits})",
     NULL},
    {"next_day", "time day", FN_SCALAR, "date", "gr_next_day({time}, {day})", NULL},
    {"previous_day", "time day", FN_SCALAR, "date", "gr_previous_day({time}, {day})", NULL},
    {"isfinite", "x", FN_SCALAR, "boolean", "{x} = {x}", NULL},
    {"justify", "x", FN_SCALAR, "interval", "gr_justify('', {x})", NULL},
    {"justify_days", "x", FN_SCALAR, "interval", "gr_justify('days', {x})", NULL},
    {"justify_hours", "x", FN_SCALAR, "interval", "gr_justify('hours', {x})", NULL},
    {"period_add", "period months", FN_SCALAR, "integer", "gr_period_add({period}, {months})",
     NULL},
    {"period_diff", "a b", FN_SCALAR, "integer", "gr_period_diff({a}, {b})", NULL},
    {"time_diff", "a b", FN_SCALAR, "time", "gr_clock(gr_time_minus({a}, {b}))", NULL},
    {"time_minus", "a b", FN_SCALAR, "interval", "gr_time_minus({a}, {b})", NULL},
    {"time_minus_interval", "time interval", FN_SCALAR, "=time", "gr_time_less({time}, {interval})",
     NULL},
    {"time_plus", "time interval", FN_SCALAR, "=time", "gr_time_plus({time}, {interval})", NULL},
    {"time_slice", "amount unit time end", FN_SCALAR, "=time",
     "gr_time_slice({amount}, '{unit}', {time}, '{end}')", NULL},
};

#define VALUES (EVERY & ~MY & ~SNOW & ~FLINK) // have values that are intervals

// Of microseconds the boundaries are the whole ones.
#define MICROS_PG "CAST(EXTRACT(EPOCH FROM {to} - {from}) * 1000000 AS BIGINT)"
#define MICROS_TRINO "CAST(ROUND((TO_UNIXTIME({to}) - TO_UNIXTIME({from})) * 1000000) AS BIGINT)"

// How a dialect adds comes in the order of how well it reads: its own function for that type first.
static const SqlSpelling spellings[] = {
    {"age", PG | DUCK, "AGE", "a:timestamp b:timestamp", NULL, NULL},
    {"age", PG | DUCK, "AGE", "b:timestamp", NULL, read_age},

    {"date_add", SNOW, "DATEADD", "unit amount time:moment", NULL, NULL},
    {"date_add", SNOW, "DATE_ADD", "unit amount time:moment", NULL, NULL},
    {"date_add", SNOW, "TIMEADD", "unit amount time:moment", NULL, NULL},
    {"date_add", SNOW, "TIMESTAMPADD", "unit amount time:moment", NULL, NULL},
    {"add_months_end", SNOW, "ADD_MONTHS", "time:moment amount", NULL, NULL},
    {"date_add", BIG, "DATE_ADD", "time:date interval", NULL, NULL},
    {"date_add", BIG, "", "unit=MONTH amount time:timestamp", "DATETIME_ADD({time}, {interval})",
     NULL},
    {"date_add", BIG, "", "unit=QUARTER amount time:timestamp", "DATETIME_ADD({time}, {interval})",
     NULL},
    {"date_add", BIG, "", "unit=YEAR amount time:timestamp", "DATETIME_ADD({time}, {interval})",
     NULL},
    {"date_add", BIG, "", "unit=WEEK amount time:timestamp", "DATETIME_ADD({time}, {interval})",
     NULL},
    {"date_add", BIG, "TIMESTAMP_ADD", "time:timestamp interval", NULL, NULL},
    {"date_add", BIG, "DATETIME_ADD", "time:timestamp interval", NULL, NULL},
    {"date_add", BIG, "TIME_ADD", "time:time interval", NULL, NULL},
    {"date_add", SPARK, "DATE_ADD", "time:date amount unit=DAY", NULL, NULL},
    {"date_add", SPARK, "ADD_MONTHS", "time:date amount unit=MONTH", NULL, NULL},
    {"date_add", SPARK, "DATEADD", "time:date amount unit=DAY", NULL, NULL},
    {"date_add", SPARK, "TIMESTAMPADD", "unit amount time:timestamp", NULL, NULL},
    {"date_add", SPARK, "DATEADD", "unit amount time:timestamp", NULL, NULL},
    {"date_add", SPARK, "DATE_ADD", "unit amount time:timestamp", NULL, NULL},
    {"date_add", SPARK | FLINK, "", NULL, "{time} + {interval}", NULL},
    {"date_add", PG | DUCK, "", "unit=DAY amount time:date", "{time} + {amount}", NULL},
    {"date_add", PG | DUCK, "", "unit amount time:date", "CAST({time} + {interval} AS DATE)", NULL},
    {"date_add", PG | DUCK, "", "unit amount time:timestamp", "{time} + {interval}", NULL},
    {"date_add", PG | DUCK, "", NULL, "{time} + {interval}", NULL},
    {"date_add", TRINO, "DATE_ADD", "'unit' amount time:moment", NULL, NULL},
    {"date_add", MY, "DATE_ADD", "time interval", NULL, read_add},
    {"date_add", MY, "ADDDATE", "time interval", NULL, read_adddate},
    {"date_add", MY, "TIMESTAMPADD", "unit amount time:moment", NULL, NULL},
    {"date_add", DUCK, "DATE_ADD", "time interval", NULL, read_add_timestamp},
    {"date_add", FLINK, "TIMESTAMPADD", "unit amount time:moment", NULL, NULL},

    {"date_at_time", PG | DUCK, "", NULL, "{date} + {time}", NULL},
    {"date_at_time", MY, "TIMESTAMP", "date:date time:time", NULL, NULL},
    {"date_at_time", BIG, "", NULL, "DATETIME({date}, {time})", NULL},
    {"date_at_time", SNOW, "TIMESTAMP_NTZ_FROM_PARTS", "date:date time:time", NULL, NULL},
    {"date_at_time", SNOW, "TIMESTAMP_FROM_PARTS", "date:date time:time", NULL, NULL},

    {"date_bin", PG, "DATE_BIN", "width:interval time:timestamp origin:timestamp", NULL, NULL},
    {"time_slice", DUCK, "TIME_BUCKET", "_ _", NULL, read_bucket_of_months},
    {"date_bin", DUCK, "TIME_BUCKET", "width:interval time:timestamp origin:timestamp?", NULL,
     NULL},
    {"date_bin", BIG, "TIMESTAMP_BUCKET", "_ _ _?", NULL, read_bucket_big},
    {"date_bin", BIG, "", NULL, "TIMESTAMP_BUCKET({time}, {width}[, {origin}])", NULL},

    {"date_ceil", FLINK, "CEIL", "time:moment unit", "CEIL({time} TO {unit})", NULL},

    {"date_diff", SNOW, "DATEDIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_diff", SNOW, "TIMEDIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_diff", SNOW, "TIMESTAMPDIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_diff", BIG, "DATE_DIFF", "to:date from:date unit", NULL, NULL},
    {"date_diff", BIG, "DATETIME_DIFF", "to:timestamp from:timestamp unit", NULL, NULL},
    {"date_diff", SPARK, "DATEDIFF", "to:date from:date unit=DAY", NULL, NULL},
    {"date_diff", SPARK, "DATE_DIFF", "to:date from:date unit=DAY", NULL, NULL},
    {"date_diff", MY, "DATEDIFF", "to:date from:date unit=DAY", NULL, NULL},
    {"date_diff", DUCK, "", "unit=WEEK from:moment to:moment",
     "(DATE_DIFF('day', DATE_TRUNC('week', {from}), DATE_TRUNC('week', {to})) // 7)", NULL},
    {"date_diff", DUCK, "", "unit=WEEK_SUNDAY from:moment to:moment",
     "(DATE_DIFF('day', DATE_TRUNC('week', {from} + INTERVAL 1 DAY), DATE_TRUNC('week', {to} + "
     "INTERVAL 1 DAY)) // 7)",
     NULL},
    {"date_diff", DUCK, "DATE_DIFF", "'unit' from:moment to:moment", NULL, read_diff_duck},
    {"date_diff", DUCK, "DATEDIFF", "'unit' from:moment to:moment", NULL, read_diff_duck},
    {"date_diff", PG, "", "unit=DAY from:date to:date", "({to} - {from})", NULL},
    {"date_diff", TRINO, "", "unit=DAY from:date to:date", "DATE_DIFF('day', {from}, {to})", NULL},
    {"date_diff", FLINK, "", "unit=DAY from:date to:date", "TIMESTAMPDIFF(DAY, {from}, {to})",
     NULL},

    {"date_diff", PG, "", "unit=MICROSECOND from:timestamp to:timestamp", MICROS_PG, NULL},
    {"date_diff", MY | SPARK, "", "unit=MICROSECOND from:moment to:moment",
     "TIMESTAMPDIFF(MICROSECOND, {from}, {to})", NULL},
    {"date_diff", TRINO, "", "unit=MICROSECOND from:moment to:moment", MICROS_TRINO, NULL},
    {"date_elapsed", PG, "", "unit=MICROSECOND from:timestamp to:timestamp", MICROS_PG, NULL},
    {"date_elapsed", TRINO, "", "unit=MICROSECOND from:moment to:moment", MICROS_TRINO, NULL},
    {"date_elapsed", SNOW, "", "unit=MICROSECOND from:moment to:moment",
     "DATEDIFF(MICROSECOND, {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=MICROSECOND from:moment to:moment",
     "DATE_DIFF('microsecond', {from}, {to})", NULL},

    {"date_elapsed", BIG, "TIMESTAMP_DIFF", NULL, NULL, read_timestamp_diff},
    {"date_elapsed", BIG, "TIME_DIFF", NULL, NULL, read_timestamp_diff},
    {"date_elapsed", MY | SPARK | FLINK, "TIMESTAMPDIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_elapsed", SPARK, "DATEDIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_elapsed", SPARK, "DATE_DIFF", "unit from:moment to:moment", NULL, NULL},
    {"date_elapsed_clamped", TRINO, "DATE_DIFF", "'unit' from:moment to:moment", NULL,
     read_elapsed},
    {"date_elapsed_clamped", DUCK, "DATE_SUB", "'unit' from:moment to:moment", NULL, read_elapsed},
    {"date_elapsed_clamped", DUCK, "DATESUB", "'unit' from:moment to:moment", NULL, read_elapsed},

    {"date_sub", SNOW, "", NULL, "DATEADD({unit}, -{amount}, {time})", NULL},
    {"date_sub", BIG, "DATE_SUB", "time:date interval", NULL, NULL},
    {"date_sub", BIG, "", "unit=MONTH amount time:timestamp", "DATETIME_SUB({time}, {interval})",
     NULL},
    {"date_sub", BIG, "", "unit=QUARTER amount time:timestamp", "DATETIME_SUB({time}, {interval})",
     NULL},
    {"date_sub", BIG, "", "unit=YEAR amount time:timestamp", "DATETIME_SUB({time}, {interval})",
     NULL},
    {"date_sub", BIG, "", "unit=WEEK amount time:timestamp", "DATETIME_SUB({time}, {interval})",
     NULL},
    {"date_sub", BIG, "TIMESTAMP_SUB", "time:timestamp interval", NULL, NULL},
    {"date_sub", BIG, "DATETIME_SUB", "time:timestamp interval", NULL, NULL},
    {"date_sub", BIG, "TIME_SUB", "time:time interval", NULL, NULL},
    {"date_sub", SPARK, "DATE_SUB", "time:date amount unit=DAY", NULL, NULL},
    {"date_sub", SPARK | FLINK, "", NULL, "{time} - {interval}", NULL},
    {"date_sub", PG | DUCK, "", "unit=DAY amount time:date", "{time} - {amount}", NULL},
    {"date_sub", PG | DUCK, "", "unit amount time:date", "CAST({time} - {interval} AS DATE)", NULL},
    {"date_sub", PG | DUCK, "", "unit amount time:timestamp", "{time} - {interval}", NULL},
    {"date_sub", PG | DUCK, "", NULL, "{time} - {interval}", NULL},
    {"date_sub", TRINO, "", NULL, "DATE_ADD('{unit}', -{amount}, {time})", NULL},
    {"date_sub", MY, "DATE_SUB", "time interval", NULL, read_sub},
    {"date_sub", MY, "SUBDATE", "time interval", NULL, read_subdate},

    {"date_trunc", SNOW, "DATE_TRUNC", "'unit' time:moment", NULL, NULL},
    {"date_trunc", SNOW, "TRUNC", "time:moment 'unit'", NULL, read_trunc},
    {"date_trunc", BIG, "DATE_TRUNC", "time:date unit", NULL, NULL},
    {"date_trunc", BIG, "TIMESTAMP_TRUNC", "time:timestamp unit", NULL, NULL},
    {"date_trunc", BIG, "DATETIME_TRUNC", "time:timestamp unit", NULL, NULL},
    {"date_trunc", BIG, "TIME_TRUNC", "time:time unit", NULL, NULL},
    {"date_trunc", SPARK, "TRUNC", "time:date 'unit'", NULL, NULL},
    {"date_trunc", SPARK, "DATE_TRUNC", "'unit' time:timestamp", NULL, NULL},
    {"date_trunc", PG, "", "'unit' time:date", "CAST(DATE_TRUNC('{unit}', {time}) AS DATE)", NULL},
    {"date_trunc", PG, "DATE_TRUNC", "'unit' time:timestamp", NULL, NULL},
    {"date_trunc", DUCK, "", "'unit' time:date", "CAST(DATE_TRUNC('{unit}', {time}) AS DATE)",
     NULL},
    {"date_trunc", DUCK, "DATE_TRUNC", "'unit' time:timestamp", NULL, NULL},
    {"date_trunc", DUCK, "DATETRUNC", "'unit' time:timestamp", NULL, NULL},
    {"date_trunc", TRINO, "DATE_TRUNC", "'unit' time:moment", NULL, NULL},
    {"date_trunc", FLINK, "FLOOR", "time:moment unit", "FLOOR({time} TO {unit})", NULL},
    {"date_trunc", MY, "", "unit=DAY time:timestamp", "CAST(DATE({time}) AS DATETIME)", NULL},
    {"date_trunc", MY, "", "unit=MONTH time:date", "CAST(DATE_FORMAT({time}, '%Y-%m-01') AS DATE)",
     NULL},
    {"date_trunc", MY, "", "unit=MONTH time:timestamp",
     "CAST(DATE_FORMAT({time}, '%Y-%m-01') AS DATETIME)", NULL},
    {"date_trunc", MY, "", "unit=YEAR time:date", "MAKEDATE(YEAR({time}), 1)", NULL},
    {"date_trunc", MY, "", "unit=WEEK time:date", "DATE_SUB({time}, INTERVAL WEEKDAY({time}) DAY)",
     NULL},
    {"date_trunc", MY, "", "unit=WEEK time:timestamp",
     "CAST(DATE_SUB(DATE({time}), INTERVAL WEEKDAY({time}) DAY) AS DATETIME)", NULL},
    {"date_trunc", MY, "", "unit=YEAR time:timestamp",
     "CAST(MAKEDATE(YEAR({time}), 1) AS DATETIME)", NULL},
    {"date_trunc", MY, "", "unit=QUARTER time:date",
     "DATE_ADD(MAKEDATE(YEAR({time}), 1), INTERVAL (QUARTER({time}) - 1) QUARTER)", NULL},
    {"date_trunc", MY, "", "unit=QUARTER time:timestamp",
     "CAST(DATE_ADD(MAKEDATE(YEAR({time}), 1), INTERVAL (QUARTER({time}) - 1) QUARTER) AS "
     "DATETIME)",
     NULL},
    {"date_trunc", MY, "", "unit=HOUR time:timestamp",
     "CAST(DATE_FORMAT({time}, '%Y-%m-%d %H:00:00') AS DATETIME)", NULL},
    {"date_trunc", MY, "", "unit=MINUTE time:timestamp",
     "CAST(DATE_FORMAT({time}, '%Y-%m-%d %H:%i:00') AS DATETIME)", NULL},

    {"interval", VALUES, "", "amount unit", "{interval}", NULL},
    {"interval", PG | SPARK | DUCK | BIG, "MAKE_INTERVAL", "amount...", NULL, read_make_interval},
    {"interval", SPARK, "MAKE_DT_INTERVAL", "amount...", NULL, read_make_interval},
    {"interval", SPARK, "MAKE_YM_INTERVAL", "amount...", NULL, read_make_interval},
    {"interval", DUCK, "TO_YEARS", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_MONTHS", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_WEEKS", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_DAYS", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_HOURS", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_MINUTES", "amount", NULL, read_to_units},
    {"interval", DUCK, "TO_SECONDS", "amount", NULL, read_to_units},
    {"interval_ms", TRINO, "TO_MILLISECONDS", NULL, NULL, NULL},
    {"interval", DUCK, "TO_MILLISECONDS", "amount", NULL, read_to_units},
    {"interval_bound", EVERY, "", "amount unit", "{interval}", NULL},
    {"interval_over", VALUES, "", NULL, "{interval} / {number}", NULL},
    {"interval_times", VALUES, "", NULL, "{number} * {interval}", NULL},

    {"isfinite", PG | DUCK, "ISFINITE", NULL, NULL, NULL},
    {"interval_trunc", PG | DUCK, "", "'unit' x", "DATE_TRUNC('{unit}', {x})", NULL},
    {"justify_days", PG | BIG, "JUSTIFY_DAYS", NULL, NULL, NULL},
    {"justify_hours", PG | BIG, "JUSTIFY_HOURS", NULL, NULL, NULL},
    {"justify_hours", SPARK | TRINO, "", NULL, "{x}", NULL}, // they have no hours beyond a day
    {"justify", PG | BIG, "JUSTIFY_INTERVAL", NULL, NULL, NULL},

    {"last_day", SNOW | BIG | DUCK | MY | SPARK, "LAST_DAY", "time:date unit=MONTH", NULL, NULL},
    {"last_day", SNOW | BIG, "LAST_DAY", "time:date unit", NULL, NULL},
    {"last_day", TRINO, "LAST_DAY_OF_MONTH", "time:date unit=MONTH", NULL, NULL},
    {"last_day", PG, "", "unit=MONTH time",
     "CAST(DATE_TRUNC('month', {time}) + INTERVAL '1 month' - INTERVAL '1 day' AS DATE)", NULL},

    {"months_between", SNOW, "MONTHS_BETWEEN", "a:moment b:moment digits=6", NULL, NULL},
    {"months_between", SPARK, "MONTHS_BETWEEN", "a:moment b:moment digits=8", NULL, NULL},
    {"months_between", SPARK, "", "a:moment b:moment digits=6",
     "ROUND(MONTHS_BETWEEN({a}, {b}), 6)", NULL},
    {"months_between", SNOW, "", "a:moment b:moment digits=8", "MONTHS_BETWEEN({a}, {b})", NULL},

    {"next_day", SNOW | SPARK, "NEXT_DAY", "time:date day", NULL, NULL},
    {"previous_day", SNOW, "PREVIOUS_DAY", "time:date day", NULL, NULL},

    {"period_add", MY, "PERIOD_ADD", NULL, NULL, NULL},
    {"period_diff", MY, "PERIOD_DIFF", NULL, NULL, NULL},

    {"time_diff", MY, "TIMEDIFF", NULL, NULL, read_timediff},
    {"time_diff", MY, "", NULL, "TIMEDIFF({a}, {b})", NULL},
    {"time_plus", MY, "ADDTIME", NULL, NULL, read_addtime},
    {"time_minus_interval", MY, "SUBTIME", NULL, NULL, read_subtime},
    {"time_minus", VALUES, "", NULL, "{a} - {b}", NULL},
    {"time_minus_interval", VALUES, "", NULL, "{time} - {interval}", NULL},
    {"time_plus", VALUES, "", NULL, "{time} + {interval}", NULL},
    {"time_slice", SNOW, "TIME_SLICE", "time:moment amount 'unit' end=START", NULL, NULL},
    {"time_slice", SNOW, "TIME_SLICE", "time:moment amount 'unit' end", NULL, NULL},
};

const FnFamily fn_date = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
