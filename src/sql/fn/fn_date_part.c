// fn_date_part: the parts of dates and times, and dates and times made of parts, of texts, of
// numbers and of now.
#include "sql/neutral_time.h"

// --- Reading ---

static SqlNode *part_call(Translator *t, const SqlNode *place, const char *fn, Str part,
                          SqlNode *time)
{
    SqlNode *n = make_call2(t, place, fn, make_word(t, place, part), time);
    bool real = str_eq(str_from(fn), S("date_part_exact")) || str_eq(part, S("EPOCH")) ||
                str_eq(part, S("SECOND_EXACT"));
    return typed(n, real ? TYPE_REAL : TYPE_INTEGER);
}

// Microseconds have no days there, where they have some at home.
static bool hours_apart(const Translator *t, const SqlNode *interval)
{
    if (t->from == t->to || !interval_micros(t, interval)) return false;
    if (t->to == DIALECT_BIGQUERY) return true;
    return t->to == DIALECT_POSTGRES && sql_interval_kinds(t->from) &&
           !node_is_call(interval, "time_minus");
}

// MySQL: EXTRACT(DAY_MINUTE FROM x) is ddhhmm, its parts written side by side. NULL: none of these.
static SqlNode *parts_joined(Translator *t, SqlNode *call, const SqlNode *word, SqlNode *time)
{
    static const struct {
        const char *name;
        int64_t size; // of what stands before it
    } order[] = {
        {"YEAR", 0},     {"MONTH", 100},          {"DAY", 100}, {"HOUR", 100}, {"MINUTE", 100},
        {"SECOND", 100}, {"MICROSECOND", 1000000}};
    Str first, last, name = word->kind == NODE_COLUMN ? sql_last(word)->text : word->text;
    if (t->from != DIALECT_MYSQL || !str_cut(name, '_', &first, &last)) return NULL;
    SqlNode *sum = NULL;
    bool ends = false;
    for (size_t i = 0; i < sizeof order / sizeof *order && !ends; i++) {
        Str unit = str_from(order[i].name);
        if (!sum && !str_eq_nocase(first, unit)) continue;
        ends = sum && str_eq_nocase(last, unit);
        bool of_second = str_eq(unit, S("MICROSECOND"));
        SqlNode *one =
            part_call(t, call, "date_part", of_second ? S("MICROSECOND_OF_SECOND") : unit,
                      time_as(t, sum ? node_clone(t, time) : time, TIME_EITHER));
        if (!sum) {
            sum = one;
            continue;
        }
        SqlNode *before = typed(
            make_binary(t, OP_MULTIPLY, sum, make_number(t, call, order[i].size)), TYPE_INTEGER);
        sum = typed(make_binary(t, OP_ADD, before, one), TYPE_INTEGER);
    }
    return ends ? sum : NULL;
}

// EXTRACT(part FROM x): of an interval, of an age, of a moment; BigQuery's DATE and TIME.
static SqlNode *part_of(Translator *t, SqlNode *call, SqlNode *word, SqlNode *time,
                        const char *meaning)
{
    Str part = fn_part(t, word);
    SqlNode *joined = part.len ? NULL : parts_joined(t, call, word, time);
    if (joined) return joined;
    if (!part.len) {
        return translate_refused(t, word, "This is no part of a time: YEAR, DOW and so on are.");
    }
    if (str_eq(part, S("DATE"))) return time_as(t, time, TYPE_DATE);
    if (str_eq(part, S("DATETIME"))) return time_as(t, time, TYPE_TIMESTAMP);
    if (str_eq(part, S("TIME"))) return time_as(t, time, TYPE_TIME);
    if (node_is_call(time, "time_minus") && str_eq(part, S("EPOCH"))) {
        SqlNode *a = node_arg(time, "a"), *b = node_arg(time, "b");
        return typed(make_call2(t, call, "seconds_between", a, b), TYPE_REAL);
    }
    if (node_is_call(time, "time_minus") && str_eq(part, S("DAY"))) {
        SqlNode *n = make_call3(t, call, "date_elapsed", make_word(t, call, part),
                                node_arg(time, "b"), node_arg(time, "a"));
        return typed(n, str_eq(str_from(meaning), S("date_part_exact")) ? TYPE_REAL : TYPE_INTEGER);
    }
    if (node_is(time, TYPE_INTERVAL)) {
        bool exact = str_eq(str_from(meaning), S("date_part_exact"));
        if (hours_apart(t, time))
            time = typed(make_call1(t, call, "justify_hours", time), TYPE_INTERVAL);
        SqlNode *n = part_call(t, call, "interval_part", part, time);
        return exact ? typed(n, TYPE_REAL) : n;
    }
    return part_call(t, call, meaning, part, time_as(t, time, TIME_EITHER));
}
static SqlNode *read_part(Translator *t, SqlNode *call)
{
    return part_of(t, call, sql_tail(call, 0), sql_tail(call, 1), "date_part");
}
// TIME_TO_SEC(TIMEDIFF(a, b)): more than a day, too.
static SqlNode *read_time_to_sec(Translator *t, SqlNode *call)
{
    SqlNode *time = sql_tail_count(call) == 1 ? sql_tail(call, 0) : NULL;
    if (!time || !node_is_call(time, "time_diff")) return NULL;
    SqlNode *seconds =
        make_call2(t, call, "seconds_between", node_arg(time, "a"), node_arg(time, "b"));
    return typed(make_cast(t, typed(seconds, TYPE_REAL), "BIGINT"), TYPE_INTEGER);
}
static SqlNode *read_part_exact(Translator *t, SqlNode *call)
{
    return part_of(t, call, sql_tail(call, 0), sql_tail(call, 1), "date_part_exact");
}

static SqlNode *read_week_mode(Translator *t, SqlNode *call) // MySQL: WEEK(d, mode)
{
    const SqlNode *mode = sql_tail(call, 1);
    int64_t m;
    if (mode->kind != NODE_NUMBER || !str_to_i64(mode->text, &m) || m < 0 || m > 7)
        return translate_unsupported(t, mode, "The mode of WEEK is a number from 0 to 7 here.");
    Str part = m == 3 ? S("WEEK") : str_fmt(t->arena, "WEEK_%d", (int)m);
    return part_call(t, call, "date_part", part, time_as(t, sql_tail(call, 0), TIME_EITHER));
}

static SqlNode *read_yearweek_mode(Translator *t, SqlNode *call)
{
    const SqlNode *mode = sql_tail(call, 1);
    static const char *const parts[] = {"YEARWEEK", "YEARWEEK_ISO", "YEARWEEK_6", "YEARWEEK_7"};
    int64_t m;
    if (mode->kind != NODE_NUMBER || !str_to_i64(mode->text, &m) || m < 0 || m > 7)
        return translate_unsupported(t, mode, "The mode of YEARWEEK is a number from 0 to 7 here.");
    const char *part = parts[m / 4 * 2 + m % 2]; // it has no week 0: 0 is 2, 5 is 7
    return part_call(t, call, "date_part", str_from(part),
                     time_as(t, sql_tail(call, 0), TIME_EITHER));
}

// Snowflake's hours may be 25; where they may not, constants are said as the time that they are.
static SqlNode *read_time_from_parts(Translator *t, SqlNode *call)
{
    int64_t size[] = {3600, 60, 1}, sum = 0;
    if (t->to == DIALECT_SQLITE || t->to == DIALECT_SNOWFLAKE || sql_tail_count(call) != 3)
        return NULL;
    SqlNode *parts[3];
    bool known = true;
    for (uint32_t i = 0; i < 3; i++) {
        int64_t n = 0;
        parts[i] = sql_tail(call, i);
        known = known && parts[i]->kind == NODE_NUMBER && str_to_i64(parts[i]->text, &n) &&
                n < INT32_MAX;
        if (known) sum += n * size[i];
    }
    for (uint32_t i = 0; i < 3 && known; i++)
        parts[i] = make_number(t, call, sum / size[i] % (i ? 60 : 24));
    return typed(make_call3(t, call, "make_time", parts[0], parts[1], parts[2]), TYPE_TIME);
}

// DATE(x), DATE(2024, 1, 31), DATE(ts, zone).
static SqlNode *cast_to(Translator *t, SqlNode *call, LogicalType type)
{
    SqlNode *x = sql_tail(call, 0);
    if (sql_tail_count(call) == 2) {
        bool back = type == TYPE_TIMESTAMP && str_eq_nocase(call->text, S("TIMESTAMP"));
        x = time_in_zone(t, x, sql_tail(call, 1), back);
    }
    return time_as(t, x, (int)type);
}
static SqlNode *read_date(Translator *t, SqlNode *call)
{
    return cast_to(t, call, TYPE_DATE);
}
static SqlNode *read_timestamp(Translator *t, SqlNode *call)
{
    return cast_to(t, call, TYPE_TIMESTAMP);
}
static SqlNode *read_time(Translator *t, SqlNode *call)
{
    return cast_to(t, call, TYPE_TIME);
}

// BigQuery's DATETIME(date, time).
static SqlNode *read_datetime_pair(Translator *t, SqlNode *call)
{
    SqlNode *time = sql_tail(call, 1);
    if (!node_is(time, TYPE_TIME)) return cast_to(t, call, TYPE_TIMESTAMP);
    SqlNode *day = time_as(t, sql_tail(call, 0), TYPE_DATE);
    return typed(make_call2(t, call, "date_at_time", day, time), TYPE_TIMESTAMP);
}

// TO_DATE(x) of a text, TO_TIMESTAMP(x) of a text or of seconds.
static SqlNode *converted(Translator *t, SqlNode *call, LogicalType type, bool tries)
{
    SqlNode *x = sql_tail(call, 0);
    bool number = node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL);
    if (!number) return time_cast(t, x, type, tries);
    SqlNode *n = make_call2(t, call, "from_epoch", make_word(t, call, S("SECOND")), x);
    n->type = TYPE_TIMESTAMP;
    return time_as(t, n, (int)type);
}
static SqlNode *read_to_date(Translator *t, SqlNode *call)
{
    return converted(t, call, TYPE_DATE, false);
}
static SqlNode *read_to_timestamp(Translator *t, SqlNode *call)
{
    return converted(t, call, TYPE_TIMESTAMP, false);
}
static SqlNode *read_try_date(Translator *t, SqlNode *call)
{
    return converted(t, call, TYPE_DATE, true);
}
static SqlNode *read_try_timestamp(Translator *t, SqlNode *call)
{
    return converted(t, call, TYPE_TIMESTAMP, true);
}
static SqlNode *read_to_time(Translator *t, SqlNode *call)
{
    return converted(t, call, TYPE_TIME, false);
}

// A moment of one zone's clocks, by those of another one; NULL stands for UTC.
static SqlNode *moved(Translator *t, SqlNode *time, SqlNode *from, SqlNode *to)
{
    if (from) time = time_in_zone(t, time, from, true);
    return to ? time_in_zone(t, time, to, false) : time;
}
static SqlNode *read_convert_zone(Translator *t, SqlNode *call) // Snowflake: [from,] to, time
{
    bool three = sql_tail_count(call) == 3;
    return moved(t, sql_tail(call, three ? 2 : 1), three ? sql_tail(call, 0) : NULL,
                 sql_tail(call, three ? 1 : 0));
}
static SqlNode *read_convert_tz(Translator *t, SqlNode *call) // MySQL: time, from, to
{
    return moved(t, sql_tail(call, 0), sql_tail(call, 1), sql_tail(call, 2));
}
static SqlNode *read_from_utc(Translator *t, SqlNode *call)
{
    return moved(t, sql_tail(call, 0), NULL, sql_tail(call, 1));
}
static SqlNode *read_to_utc(Translator *t, SqlNode *call)
{
    return moved(t, sql_tail(call, 0), sql_tail(call, 1), NULL);
}

// --- At run time ---

// DATE_TRUNC('month', ts)::date: so much of the text as is kept, and the first day. NULL: no such.
static SqlNode *first_day(Translator *t, SqlNode *x)
{
    if (!node_is_call(x, "date_trunc")) return NULL;
    SqlNode *time = node_arg(x, "time");
    const SqlNode *unit = node_arg(x, "unit");
    bool year = str_eq(unit->text, S("YEAR")), month = str_eq(unit->text, S("MONTH"));
    bool written = node_is(time, TYPE_TIMESTAMP) || node_is(time, TYPE_DATE);
    if (!written || (!year && !month)) return NULL;
    SqlNode *kept =
        make_call3(t, x, "substr", time, make_number(t, x, 1), make_number(t, x, year ? 4 : 7));
    kept->type = TYPE_TEXT;
    SqlNode *rest = make_string(t, x, year ? S("-01-01") : S("-01"));
    return typed(make_binary(t, OP_CONCAT, kept, rest), TYPE_DATE);
}

static SqlNode *lower_to_date(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "value");
    if (node_is(x, TYPE_DATE)) return x;
    if (!node_is(x, TYPE_TIMESTAMP)) return call;
    SqlNode *first = first_day(t, x);
    if (first) return first;
    return typed(make_call1(t, call, "day_of_timestamp", x), TYPE_DATE);
}

static SqlNode *lower_to_timestamp(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "value");
    if (node_is(x, TYPE_TIMESTAMP)) return x;
    if (!node_is(x, TYPE_DATE)) return call;
    SqlNode *n = make_binary(t, OP_CONCAT, x, make_string(t, call, S(" 00:00:00")));
    return typed(n, TYPE_TIMESTAMP);
}

static const SqlFn fns[] = {
    {"current_date", "", FN_SCALAR, "date!", "CURRENT_DATE", NULL},
    {"current_time", "", FN_SCALAR, "time!", "CURRENT_TIME", NULL},
    {"current_timestamp", "", FN_SCALAR, "timestamp!", "CURRENT_TIMESTAMP", NULL},
    {"digits", "time from count", FN_SCALAR, "integer",
     "CAST(substr({time}, {from}, {count}) AS INTEGER)", NULL}, // at run time alone
    {"date_part", "part time", FN_SCALAR, "integer", "gr_date_part('{part}', {time})",
     lower_digits},
    // a number with decimals, whatever the part: Postgres
    // a date in arithmetic: 20240229, 20240229123000
    {"date_number", "time", FN_SCALAR, "integer",
     "CAST(replace(replace(replace({time}, '-', ''), ' ', ''), ':', '') AS NUMERIC)", NULL},
    {"date_part_exact", "part time", FN_SCALAR, "real", "gr_date_part('{part}', {time})", NULL},
    {"day_of_timestamp", "value", FN_SCALAR, "date", "substr({value}, 1, 10)", NULL},
    {"from_epoch", "unit number", FN_SCALAR, "timestamp", "gr_from_epoch('{unit}', {number})",
     NULL},
    {"from_mysql_days", "number", FN_SCALAR, "date",
     "gr_date_add('DAY', {number} - 719528, '1970-01-01')", NULL},
    {"from_epoch_days", "number", FN_SCALAR, "date", "gr_date_add('DAY', {number}, '1970-01-01')",
     NULL},
    {"interval_part", "part interval", FN_SCALAR, "integer",
     "gr_interval_part('{part}', {interval})", NULL},
    {"zone", "time zone back", FN_SCALAR, "timestamp", "gr_zone({time}, {zone}, {back}, {at})",
     NULL},
    {"zoned", "time", FN_SCALAR, "timestamp", "{time}", NULL}, // TIMESTAMPTZ, while it is read
    {"make_date", "year month day", FN_SCALAR, "date", "gr_make_date({year}, {month}, {day}, {at})",
     NULL},
    {"make_date_of_day", "year day", FN_SCALAR, "date",
     "gr_date_add('DAY', {day} - 1, gr_roll_date({year}, 1, 1))", NULL},
    {"make_time", "hour minute second", FN_SCALAR, "time",
     "gr_make_time({hour}, {minute}, {second})", NULL},
    {"roll_time", "hour minute second nano?", FN_SCALAR, "time",
     "gr_roll_time({hour}, {minute}, {second}[, {nano}])", NULL},
    {"make_timestamp", "year month day hour minute second", FN_SCALAR, "timestamp",
     "gr_make_timestamp({year}, {month}, {day}, {hour}, {minute}, {second})", NULL},
    {"roll_date", "year month day", FN_SCALAR, "date", "gr_roll_date({year}, {month}, {day})",
     NULL},
    {"seconds_between", "a b", FN_SCALAR, "real", "(gr_time_minus({a}, {b}) / 1000000.0)", NULL},
    {"time_of_seconds", "number", FN_SCALAR, "time", "gr_date_add('SECOND', {number}, '00:00:00')",
     NULL},
    {"to_date", "value", FN_SCALAR, "date", "gr_to_date({value}, {at})", lower_to_date},
    {"to_interval", "value", FN_SCALAR, "interval", "gr_to_interval({value}, {at})", NULL},
    {"to_time", "value", FN_SCALAR, "time", "gr_to_time({value}, {at})", NULL},
    {"to_timestamp", "value", FN_SCALAR, "timestamp", "gr_to_timestamp({value}, {at})",
     lower_to_timestamp},
    {"try_make_date", "year month day", FN_SCALAR, "date", "gr_make_date({year}, {month}, {day})",
     NULL},
    {"try_to_date", "value", FN_SCALAR, "date", "gr_try_date({value})", NULL},
    {"try_to_interval", "value", FN_SCALAR, "interval", "gr_to_interval({value})", NULL},
    {"try_to_time", "value", FN_SCALAR, "time", "gr_try_time({value})", NULL},
    {"try_to_moment", "value", FN_SCALAR, "timestamp", "gr_try_moment({value})", NULL},
    {"try_to_timestamp", "value", FN_SCALAR, "timestamp", "gr_try_timestamp({value})", NULL},
};

#define NAMED_PART (MY | SPARK | SNOW | TRINO | DUCK | FLINK)

// Postgres has no lenient cast: only what is a day is cast. Months of 31, 30 and 28 days, and the
// 29th of February of leap years.
#define REAL_DAY                                                                                   \
    "(\\[0-9\\]\\{4\\}-((0\\[13578\\]|1\\[02\\])-(0\\[1-9\\]|\\[12\\]\\[0-9\\]|3\\[01"             \
    "\\])|(0\\[469\\]|11)-(0\\[1-9\\]|\\[12\\]\\[0-9\\]|30)|02-(0\\[1-9\\]|1\\[0-9\\]"             \
    "|2\\[0-8\\]))|(\\[0-9\\]\\{2\\}(0\\[48\\]|\\[2468\\]\\[048\\]|\\[13579\\]\\[26"               \
    "\\])|(\\[02468\\]\\[048\\]|\\[13579\\]\\[26\\])00)-02-29)"
#define REAL_CLOCK                                                                                 \
    "(\\[ T\\](\\[01\\]\\[0-9\\]|2\\[0-3\\]):\\[0-5\\]\\[0-9\\](:\\[0-5\\]\\[0-9\\]("              \
    "\\[.\\]\\[0-9\\]+)?)?)?"
#define IF_REAL "CASE WHEN {value} ~ '^" REAL_DAY REAL_CLOCK "$' THEN "

// DuckDB's EPOCH_MS goes both ways. NULL: of a moment.
static SqlNode *read_epoch_number(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0);
    if (!node_is(x, TYPE_INTEGER)) return NULL;
    SqlNode *made = make_call2(t, call, "from_epoch", make_word(t, call, S("MILLISECOND")), x);
    made->type = TYPE_TIMESTAMP;
    return made;
}

// CURRENT_DATE('America/New_York')
static SqlNode *read_today_in(Translator *t, SqlNode *call)
{
    SqlNode *now = make_call(t, call, "current_timestamp", NULL, 0);
    now->type = TYPE_TIMESTAMP;
    return time_as(t, time_in_zone(t, now, sql_tail(call, 0), false), TYPE_DATE);
}

static const SqlSpelling spellings[] = {

    {"current_date", EVERY & ~MY, "CURRENT_DATE", NULL, "CURRENT_DATE", NULL},
    {"current_date", MY, "CURRENT_DATE", NULL, "CURRENT_DATE()", NULL},
    {"current_date", BIG, "CURRENT_DATE", "_", NULL, read_today_in},
    {"current_date", MY | SPARK, "CURDATE", NULL, NULL, NULL},
    {"current_date", MY, "UTC_DATE", NULL, NULL, NULL},
    {"current_date", DUCK, "TODAY", NULL, NULL, NULL},
    {"current_time", EVERY & ~SPARK, "CURRENT_TIME", NULL, "CURRENT_TIME", NULL},
    {"current_time", MY, "CURTIME", NULL, NULL, NULL},
    {"current_time", PG | FLINK | MY, "LOCALTIME", NULL, "LOCALTIME", NULL},
    {"current_timestamp", EVERY & ~BIG & ~SPARK, "CURRENT_TIMESTAMP", NULL, "CURRENT_TIMESTAMP",
     NULL},
    {"current_timestamp", BIG | SPARK, "CURRENT_TIMESTAMP", NULL, "CURRENT_TIMESTAMP()", NULL},
    {"current_timestamp", BIG, "CURRENT_DATETIME", NULL, NULL, NULL},
    {"current_timestamp", PG | MY | TRINO | DUCK | SPARK | FLINK, "NOW", NULL, NULL, NULL},
    {"current_timestamp", SNOW, "GETDATE", NULL, NULL, NULL},
    {"current_timestamp", SNOW | MY, "SYSDATE", NULL, NULL, NULL},
    {"current_timestamp", SNOW, "SYSTIMESTAMP", NULL, NULL, NULL},
    {"current_timestamp", PG | MY | TRINO | SNOW | FLINK | SPARK | DUCK, "LOCALTIMESTAMP", NULL,
     NULL, NULL},
    {"current_timestamp", MY, "UTC_TIMESTAMP", NULL, NULL, NULL},
    {"current_timestamp", PG, "CLOCK_TIMESTAMP", NULL, NULL, NULL},
    {"current_timestamp", PG, "TRANSACTION_TIMESTAMP", NULL, NULL, NULL},
    {"current_timestamp", PG, "STATEMENT_TIMESTAMP", NULL, NULL, NULL},

    {"date_part", MY | SPARK | SNOW, "YEAR", "time part=YEAR", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "MONTH", "time part=MONTH", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "DAY", "time part=DAY", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "QUARTER", "time part=QUARTER", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "HOUR", "time part=HOUR", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "MINUTE", "time part=MINUTE", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "SECOND", "time part=SECOND", NULL, NULL},
    {"date_part", MY | SPARK, "DAYOFWEEK", "time part=DOW_SUNDAY_1", NULL, NULL},
    {"date_part", MY | SPARK, "WEEKDAY", "time part=DOW_MONDAY_0", NULL, NULL},
    {"date_part", MY | SPARK | SNOW, "DAYOFYEAR", "time part=DOY", NULL, NULL},
    {"date_part", MY | SPARK, "WEEKOFYEAR", "time part=WEEK", NULL, NULL},
    {"date_part", MY, "WEEK", "time part=WEEK_0", NULL, NULL},
    {"date_part", MY, "", "time part=WEEK_1", "WEEK({time}, 1)", NULL},
    {"date_part", MY, "", "time part=WEEK_2", "WEEK({time}, 2)", NULL},
    {"date_part", MY, "", "time part=WEEK_4", "WEEK({time}, 4)", NULL},
    {"date_part", MY, "", "time part=WEEK_5", "WEEK({time}, 5)", NULL},
    {"date_part", MY, "", "time part=WEEK_6", "WEEK({time}, 6)", NULL},
    {"date_part", MY, "", "time part=WEEK_7", "WEEK({time}, 7)", NULL},
    {"date_part", MY, "YEARWEEK", "time part=YEARWEEK", NULL, NULL},
    {"date_part", MY, "", "time part=YEARWEEK_ISO", "YEARWEEK({time}, 3)", NULL},
    {"date_part", MY, "", "time part=ISOYEAR", "(YEARWEEK({time}, 3) DIV 100)", NULL},
    {"date_part", MY, "MICROSECOND", "time part=MICROSECOND_OF_SECOND", NULL, NULL},
    {"date_part", MY, "", "time part=DOW_SUNDAY_0", "(DAYOFWEEK({time}) - 1)", NULL},
    {"date_part", MY | SPARK, "", "time part=DOW_MONDAY_1", "(WEEKDAY({time}) + 1)", NULL},
    {"date_part", SPARK | PG | DUCK | TRINO | SNOW | BIG | FLINK | MY, "EXTRACT", "part time",
     "EXTRACT({part} FROM {time})", read_part},
    {"date_part", SNOW | SPARK | DUCK, "DATE_PART", "'part' time", NULL, read_part},
    {"date_part", DUCK, "DATEPART", "'part' time", NULL, read_part},
    {"date_part", SPARK, "DATEPART", "'part' time", NULL, read_part},
    {"date_part", TRINO | DUCK | FLINK, "YEAR", "time part=YEAR", NULL, NULL},
    {"date_part", TRINO | DUCK | FLINK, "QUARTER", "time part=QUARTER", NULL, NULL},
    {"date_part", TRINO | DUCK | FLINK, "MONTH", "time part=MONTH", NULL, NULL},
    {"date_part", TRINO | DUCK, "DAY", "time part=DAY", NULL, NULL},
    {"date_part", NAMED_PART, "DAYOFMONTH", "time part=DAY", NULL, NULL},
    {"date_part", TRINO, "DAY_OF_MONTH", "time part=DAY", NULL, NULL},
    {"date_part", TRINO | DUCK | FLINK, "HOUR", "time part=HOUR", NULL, NULL},
    {"date_part", TRINO | DUCK | FLINK, "MINUTE", "time part=MINUTE", NULL, NULL},
    {"date_part", TRINO | DUCK | FLINK, "SECOND", "time part=SECOND", NULL, NULL},
    {"date_part", TRINO, "MILLISECOND", "time part=MILLISECOND_OF_SECOND", NULL, NULL},
    {"date_part", DUCK, "MILLISECOND", "time part=MILLISECOND_WHOLE", NULL, NULL},
    {"date_part", DUCK, "MICROSECOND", "time part=MICROSECOND", NULL, NULL},
    {"date_part", TRINO, "DAY_OF_WEEK", "time part=DOW_MONDAY_1", NULL, NULL},
    {"date_part", TRINO, "DOW", "time part=DOW_MONDAY_1", NULL, NULL},
    {"date_part", SNOW | DUCK, "DAYOFWEEK", "time part=DOW_SUNDAY_0", NULL, NULL},
    {"date_part", DUCK, "WEEKDAY", "time part=DOW_SUNDAY_0", NULL, NULL},
    {"date_part", FLINK, "DAYOFWEEK", "time part=DOW_SUNDAY_1", NULL, NULL},
    {"date_part", SNOW, "DAYOFWEEKISO", "time part=DOW_MONDAY_1", NULL, NULL},
    {"date_part", SNOW, "DAYOFWEEK_ISO", "time part=DOW_MONDAY_1", NULL, NULL},
    {"date_part", DUCK, "ISODOW", "time part=DOW_MONDAY_1", NULL, NULL},
    {"date_part", DUCK, "CENTURY", "time part=CENTURY", NULL, NULL},
    {"date_part", DUCK, "DECADE", "time part=DECADE", NULL, NULL},
    {"date_part", DUCK, "MILLENNIUM", "time part=MILLENNIUM", NULL, NULL},
    {"date_part", TRINO, "DAY_OF_YEAR", "time part=DOY", NULL, NULL},
    {"date_part", TRINO, "DOY", "time part=DOY", NULL, NULL},
    {"date_part", DUCK | FLINK, "DAYOFYEAR", "time part=DOY", NULL, NULL},
    {"date_part", SNOW | TRINO | DUCK | FLINK, "WEEK", "time part=WEEK", NULL, NULL},
    {"date_part", TRINO, "WEEK_OF_YEAR", "time part=WEEK", NULL, NULL},
    {"date_part", SNOW | DUCK, "WEEKOFYEAR", "time part=WEEK", NULL, NULL},
    {"date_part", SNOW, "WEEKISO", "time part=WEEK", NULL, NULL},
    {"date_part", TRINO, "YEAR_OF_WEEK", "time part=ISOYEAR", NULL, NULL},
    {"date_part", TRINO, "YOW", "time part=ISOYEAR", NULL, NULL},
    {"date_part", SNOW, "YEAROFWEEK", "time part=ISOYEAR", NULL, NULL},
    {"date_part", SNOW, "YEAROFWEEKISO", "time part=ISOYEAR", NULL, NULL},
    {"date_part", DUCK, "ISOYEAR", "time part=ISOYEAR", NULL, NULL},
    {"date_part", DUCK, "YEARWEEK", "time part=YEARWEEK_ISO", NULL, NULL},
    {"date_part", MY, "WEEK", "time part", NULL, read_week_mode},
    {"date_part", MY, "YEARWEEK", "time part", NULL, read_yearweek_mode},
    {"date_part", BIG, "WEEK", "time", NULL, read_week_word},
    {"date_part", BIG, "UNIX_SECONDS", "time:timestamp part=EPOCH_SECOND", NULL, NULL},
    {"date_part", BIG, "UNIX_MILLIS", "time:timestamp part=EPOCH_MILLISECOND", NULL, NULL},
    {"date_part", BIG, "UNIX_MICROS", "time:timestamp part=EPOCH_MICROSECOND", NULL, NULL},
    {"date_part", BIG | SPARK, "UNIX_DATE", "time:date part=EPOCH_DAY", NULL, NULL},
    {"date_part", SPARK, "UNIX_SECONDS", "time:timestamp part=EPOCH_SECOND", NULL, NULL},
    {"date_part", SPARK, "UNIX_MILLIS", "time:timestamp part=EPOCH_MILLISECOND", NULL, NULL},
    {"date_part", SPARK, "UNIX_MICROS", "time:timestamp part=EPOCH_MICROSECOND", NULL, NULL},
    {"date_part", SPARK | MY | FLINK, "UNIX_TIMESTAMP", "time:timestamp part=EPOCH_SECOND", NULL,
     NULL},
    {"date_part", SPARK, "TO_UNIX_TIMESTAMP", "time:timestamp part=EPOCH_SECOND", NULL, NULL},
    {"date_part", PG, "", "time:timestamp part=EPOCH_MICROSECOND",
     "CAST(EXTRACT(EPOCH FROM {time}) * 1000000 AS BIGINT)", NULL},
    {"date_part", TRINO, "", "time:timestamp part=EPOCH_MICROSECOND",
     "CAST(ROUND(TO_UNIXTIME({time}) * 1000000) AS BIGINT)", NULL},
    {"from_epoch", DUCK, "EPOCH_MS", "_", NULL, read_epoch_number},
    {"date_part", DUCK, "EPOCH_MS", "time:timestamp part=EPOCH_MILLISECOND", NULL, NULL},
    {"date_part", DUCK, "EPOCH_US", "time:timestamp part=EPOCH_MICROSECOND", NULL, NULL},
    {"date_part", MY, "TO_DAYS", "time part=DAYS_OF_MYSQL", NULL, NULL},
    {"date_part", MY, "TO_SECONDS", "time part=SECONDS_OF_MYSQL", NULL, NULL},
    {"date_part", MY, "TIME_TO_SEC", NULL, NULL, read_time_to_sec},
    {"date_part", MY, "TIME_TO_SEC", "time:time part=SECONDS_OF_DAY", NULL, NULL},

    {"date_number", MY, "", NULL, "({time} + 0)", NULL},
    {"date_part_exact", PG, "EXTRACT", "part time", "EXTRACT({part} FROM {time})", read_part_exact},
    {"date_part_exact", PG, "DATE_PART", "'part' time", NULL, read_part_exact},
    {"date_part_exact", TRINO, "TO_UNIXTIME", "time:timestamp part=EPOCH", NULL, NULL},
    {"date_part_exact", DUCK, "EPOCH", "time part=EPOCH", NULL, NULL},
    {"date_part_exact", EVERY & ~PG, "", "part time", "EXTRACT({part} FROM {time})", NULL},

    {"from_epoch", BIG, "TIMESTAMP_SECONDS", "number unit=SECOND", NULL, NULL},
    {"from_epoch", BIG, "TIMESTAMP_MILLIS", "number unit=MILLISECOND", NULL, NULL},
    {"from_epoch", BIG, "TIMESTAMP_MICROS", "number unit=MICROSECOND", NULL, NULL},
    {"from_epoch", SPARK, "TIMESTAMP_SECONDS", "number unit=SECOND", NULL, NULL},
    {"from_epoch", SPARK, "TIMESTAMP_MILLIS", "number unit=MILLISECOND", NULL, NULL},
    {"from_epoch", SPARK, "TIMESTAMP_MICROS", "number unit=MICROSECOND", NULL, NULL},
    {"from_epoch", PG | SNOW | DUCK, "", "number unit=SECOND", "TO_TIMESTAMP({number})", NULL},
    {"from_epoch", TRINO | MY, "FROM_UNIXTIME", "number unit=SECOND", NULL, NULL},
    {"from_epoch", DUCK, "MAKE_TIMESTAMP", "number unit=MICROSECOND", NULL, NULL},
    {"from_epoch", DUCK, "MAKE_TIMESTAMP_MS", "number unit=MILLISECOND", NULL, NULL},
    {"from_epoch", FLINK, "", "number unit=SECOND", "TO_TIMESTAMP(FROM_UNIXTIME({number}))", NULL},
    {"from_epoch_days", BIG | SPARK, "DATE_FROM_UNIX_DATE", "number", NULL, NULL},

    {"interval_part", EVERY & ~MY & ~SNOW, "", NULL, "EXTRACT({part} FROM {interval})", NULL},

    {"make_date", PG | DUCK, "MAKE_DATE", NULL, NULL, NULL},
    {"make_date", BIG, "DATE", NULL, NULL, NULL},
    {"make_date_of_day", MY, "MAKEDATE", NULL, NULL, NULL},
    {"make_time", PG | DUCK, "MAKE_TIME", NULL, NULL, NULL},
    {"make_time", BIG, "TIME", NULL, NULL, NULL},
    {"make_time", SNOW, "TIME_FROM_PARTS", NULL, NULL, read_time_from_parts},
    {"roll_time", SNOW, "TIME_FROM_PARTS", "hour minute second nano?", NULL, NULL},
    {"roll_time", SNOW, "TIMEFROMPARTS", "hour minute second nano?", NULL, NULL},
    {"make_time", MY, "MAKETIME", NULL, NULL, NULL},
    {"make_timestamp", PG | DUCK | SPARK, "MAKE_TIMESTAMP", NULL, NULL, NULL},
    {"make_timestamp", BIG, "DATETIME", NULL, NULL, NULL},
    {"make_timestamp", SNOW, "TIMESTAMP_FROM_PARTS", NULL, NULL, NULL},
    {"make_timestamp", SNOW, "TIMESTAMP_NTZ_FROM_PARTS", NULL, NULL, NULL},
    {"roll_date", SNOW, "DATE_FROM_PARTS", NULL, NULL, NULL},
    {"roll_date", SNOW, "DATEFROMPARTS", NULL, NULL, NULL},
    {"try_make_date", SPARK, "MAKE_DATE", NULL, NULL, NULL},
    {"time_of_seconds", MY, "SEC_TO_TIME", NULL, NULL, NULL},

    {"from_mysql_days", MY, "FROM_DAYS", NULL, NULL, NULL},
    {"to_date", EVERY, "", NULL, "CAST({value} AS DATE)", NULL},
    {"to_date", EVERY & ~PG & ~LITE, "DATE", "value", NULL, read_date},
    {"to_date", PG, "DATE", "value", NULL, read_date},
    {"to_date", BIG, "DATE", "value zone", NULL, read_date},
    {"to_date", SNOW | SPARK | FLINK, "TO_DATE", "value", NULL, read_to_date},
    {"to_date", SNOW, "TRY_TO_DATE", "value", NULL, read_try_date},
    {"to_interval", PG | DUCK | SPARK | TRINO, "", NULL, "CAST({value} AS INTERVAL)", NULL},
    {"to_time", EVERY & ~MY, "", NULL, "CAST({value} AS TIME)", NULL},
    {"to_time", MY, "", NULL, "CAST({value} AS TIME(6))", NULL},
    {"to_time", BIG | SNOW | MY | DUCK, "TIME", "value", NULL, read_time},
    {"to_time", SNOW, "TO_TIME", "value", NULL, read_to_time},
    {"to_timestamp", EVERY & ~MY, "", NULL, "CAST({value} AS TIMESTAMP)", NULL},
    {"to_timestamp", MY, "", "value:date", "CAST({value} AS DATETIME)", NULL},
    {"to_timestamp", MY, "", NULL, "CAST({value} AS DATETIME(6))", NULL},
    {"to_timestamp", BIG | MY | SPARK | DUCK, "TIMESTAMP", "value", NULL, read_timestamp},
    {"to_timestamp", BIG, "TIMESTAMP", "value zone", NULL, read_timestamp},
    {"to_timestamp", BIG, "DATETIME", "value", NULL, read_timestamp},
    {"to_timestamp", BIG, "DATETIME", "value time", NULL, read_datetime_pair},
    {"to_timestamp", SNOW | SPARK | PG | DUCK | FLINK, "TO_TIMESTAMP", "value", NULL,
     read_to_timestamp},
    {"to_timestamp", SNOW | SPARK, "TO_TIMESTAMP_NTZ", "value", NULL, read_to_timestamp},
    {"to_timestamp", SNOW, "TO_TIMESTAMP_LTZ", "value", NULL, read_to_timestamp},
    {"to_timestamp", SNOW, "TO_TIMESTAMP_TZ", "value", NULL, read_to_timestamp},
    {"to_timestamp", SNOW, "TRY_TO_TIMESTAMP", "value", NULL, read_try_timestamp},
    {"to_timestamp", SNOW, "TRY_TO_TIMESTAMP_NTZ", "value", NULL, read_try_timestamp},
    {"to_timestamp", TRINO, "FROM_ISO8601_TIMESTAMP", "value", NULL, read_to_timestamp},
    {"to_date", TRINO, "FROM_ISO8601_DATE", "value", NULL, read_to_date},
    {"to_timestamp", SNOW, "CONVERT_TIMEZONE", "zone value", NULL, read_convert_zone},
    {"to_timestamp", SNOW, "CONVERT_TIMEZONE", "from zone value", NULL, read_convert_zone},
    {"to_timestamp", MY, "CONVERT_TZ", "value zone to", NULL, read_convert_tz},
    {"to_timestamp", SPARK, "FROM_UTC_TIMESTAMP", "value zone", NULL, read_from_utc},
    {"to_timestamp", SPARK, "TO_UTC_TIMESTAMP", "value zone", NULL, read_to_utc},
    {"to_timestamp", SPARK, "CONVERT_TIMEZONE", "zone value", NULL, read_convert_zone},
    {"to_timestamp", SPARK, "CONVERT_TIMEZONE", "from zone value", NULL, read_convert_zone},
    {"to_timestamp", TRINO, "AT_TIMEZONE", "value zone", NULL, read_from_utc},
    {"to_timestamp", TRINO, "WITH_TIMEZONE", "value zone", NULL, read_to_utc},
    {"try_to_date", SNOW | SPARK | TRINO | DUCK | FLINK, "", NULL, "TRY_CAST({value} AS DATE)",
     NULL},
    {"try_to_date", PG, "", NULL, IF_REAL "CAST({value} AS DATE) END", NULL},
    {"try_to_date", BIG, "", NULL, "SAFE_CAST({value} AS DATE)", NULL},
    {"try_to_date", MY, "", NULL, "CAST({value} AS DATE)", NULL},
    {"try_to_time", SNOW | SPARK | TRINO | DUCK | FLINK, "", NULL, "TRY_CAST({value} AS TIME)",
     NULL},
    {"try_to_time", BIG, "", NULL, "SAFE_CAST({value} AS TIME)", NULL},
    {"try_to_time", MY, "", NULL, "CAST({value} AS TIME)", NULL},
    {"try_to_timestamp", SNOW | SPARK | TRINO | DUCK | FLINK, "", NULL,
     "TRY_CAST({value} AS TIMESTAMP)", NULL},
    {"try_to_timestamp", PG, "", NULL, IF_REAL "CAST({value} AS TIMESTAMP) END", NULL},
    {"try_to_timestamp", BIG, "", NULL, "SAFE_CAST({value} AS TIMESTAMP)", NULL},
    {"try_to_timestamp", MY, "", NULL, "CAST({value} AS DATETIME(6))", NULL},
};

const FnFamily fn_date_part = {fns, sizeof fns / sizeof *fns, spellings,
                               sizeof spellings / sizeof *spellings};
