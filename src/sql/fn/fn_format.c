// fn_format: dates as texts and texts as dates, by a format.
#include "sql/neutral_time.h"

static bool is_time(const SqlNode *n)
{
    return node_is_moment(n) || node_is(n, TYPE_TIME);
}

// TO_CHAR(x, format) of a date; of a number its digits.
static SqlNode *formatted(Translator *t, SqlNode *call, SqlNode *time, SqlNode *format,
                          const char *notation)
{
    Str neutral;
    bool number = node_is(time, TYPE_INTEGER) || node_is(time, TYPE_REAL);
    if (number) return typed(make_call2(t, call, "number_text", time, format), TYPE_TEXT);
    if (node_is(time, TYPE_INTERVAL) && t->from == DIALECT_POSTGRES) {
        if (!fn_format_read(t, format, str_from(notation), &neutral)) return call;
        SqlNode *written = make_string(t, format, neutral);
        return typed(make_call2(t, call, "interval_format", time, written), TYPE_TEXT);
    }
    if (!is_time(time) && (time->type || time->kind == NODE_NUMBER)) return NULL;
    if (format->kind != NODE_STRING && node_is(time, TYPE_UNKNOWN)) return NULL;
    if (!fn_format_read(t, format, str_from(notation), &neutral)) return call;
    return typed(make_call2(t, call, "date_format", time, make_string(t, format, neutral)),
                 TYPE_TEXT);
}
static SqlNode *read_to_char_pg(Translator *t, SqlNode *call)
{
    return formatted(t, call, sql_tail(call, 0), sql_tail(call, 1), "pg");
}
static SqlNode *read_to_char_snow(Translator *t, SqlNode *call)
{
    return formatted(t, call, sql_tail(call, 0), sql_tail(call, 1), "snow");
}
static SqlNode *read_to_char_java(Translator *t, SqlNode *call)
{
    return formatted(t, call, sql_tail(call, 0), sql_tail(call, 1), "java");
}

static SqlNode *read_strftime(Translator *t, SqlNode *call) // DuckDB takes either order
{
    SqlNode *a = sql_tail(call, 0), *b = sql_tail(call, 1);
    bool turned = a->kind == NODE_STRING && b->kind != NODE_STRING;
    SqlNode *time = time_as(t, turned ? b : a, TIME_EITHER);
    return formatted(t, call, time, turned ? a : b, "strf");
}

// FROM_UNIXTIME(n[, format])
static SqlNode *read_from_unixtime(Translator *t, SqlNode *call)
{
    const char *notation = t->from == DIALECT_MYSQL ? "mysql" : "java";
    SqlNode *unit = make_word(t, call, S("SECOND"));
    SqlNode *time =
        typed(make_call2(t, call, "from_epoch", unit, sql_tail(call, 0)), TYPE_TIMESTAMP);
    if (sql_tail_count(call) == 1) {
        if (t->from == DIALECT_MYSQL) return time;
        SqlNode *format = make_string(t, call, S("%Y-%m-%d %H:%M:%S"));
        return typed(make_call2(t, call, "date_format", time, format), TYPE_TEXT);
    }
    return formatted(t, call, time, sql_tail(call, 1), notation);
}

// UNIX_TIMESTAMP(text, format)
static SqlNode *read_unix_timestamp(Translator *t, SqlNode *call)
{
    Str neutral;
    SqlNode *text = sql_tail(call, 0), *format = sql_tail(call, 1), *time = text;
    if (!is_time(text)) {
        if (!fn_format_read(t, format, S("java"), &neutral)) return call;
        time = make_call2(t, call, "try_parse_timestamp", text, make_string(t, format, neutral));
        time->type = TYPE_TIMESTAMP;
    }
    SqlNode *part = make_word(t, call, S("EPOCH_SECOND"));
    return typed(make_call2(t, call, "date_part", part, time), TYPE_INTEGER);
}
static SqlNode *read_unix_now(Translator *t, SqlNode *call)
{
    SqlNode *now = typed(make_call(t, call, "current_timestamp", NULL, 0), TYPE_TIMESTAMP);
    SqlNode *part = make_word(t, call, S("EPOCH_SECOND"));
    return typed(make_call2(t, call, "date_part", part, now), TYPE_INTEGER);
}

// STR_TO_DATE: a date or a timestamp, as the format says.
static SqlNode *read_str_to_date(Translator *t, SqlNode *call)
{
    Str neutral;
    SqlNode *format = sql_tail(call, 1);
    if (!fn_format_read(t, format, S("mysql"), &neutral)) return call;
    bool clock = fn_format_has_clock(neutral);
    SqlNode *n = make_call2(t, call, clock ? "try_parse_timestamp" : "try_parse_date",
                            sql_tail(call, 0), make_string(t, format, neutral));
    return typed(n, clock ? TYPE_TIMESTAMP : TYPE_DATE);
}

// TO_DATE(x, format) of what is a date already is a cast.
static SqlNode *parsed(Translator *t, SqlNode *call, const char *fn, const char *notation)
{
    bool date = str_ends(str_from(fn), S("date"));
    LogicalType type = date ? TYPE_DATE : TYPE_TIMESTAMP;
    SqlNode *x = sql_tail(call, 0), *format = sql_tail(call, 1);
    Str neutral;
    if (is_time(x)) return time_as(t, x, (int)type);
    if (format->kind == NODE_STRING && str_eq_nocase(format->text, S("AUTO")))
        return time_cast(t, x, type, str_starts(str_from(fn), S("try")));
    bool scale = format->kind == NODE_NUMBER && !date; // TO_TIMESTAMP(n, 3)
    if (scale) {
        bool ms = str_eq(format->text, S("3")), us = str_eq(format->text, S("6"));
        SqlNode *unit = make_word(t, call,
                                  ms   ? S("MILLISECOND")
                                  : us ? S("MICROSECOND")
                                       : S("SECOND"));
        return typed(make_call2(t, call, "from_epoch", unit, x), TYPE_TIMESTAMP);
    }
    if (!fn_format_read(t, format, str_from(notation), &neutral)) return call;
    return typed(make_call2(t, call, fn, x, make_string(t, format, neutral)), type);
}
static SqlNode *read_date_snow(Translator *t, SqlNode *call)
{
    return parsed(t, call, "parse_date", "snow");
}
static SqlNode *read_try_date_snow(Translator *t, SqlNode *call)
{
    return parsed(t, call, "try_parse_date", "snow");
}
static SqlNode *read_timestamp_snow(Translator *t, SqlNode *call)
{
    return parsed(t, call, "parse_timestamp", "snow");
}
static SqlNode *read_try_timestamp_snow(Translator *t, SqlNode *call)
{
    return parsed(t, call, "try_parse_timestamp", "snow");
}
static SqlNode *read_date_java(Translator *t, SqlNode *call)
{
    return parsed(t, call, "try_parse_date", "java");
}
static SqlNode *read_timestamp_java(Translator *t, SqlNode *call)
{
    return parsed(t, call, "try_parse_timestamp", "java");
}

static const SqlFn fns[] = {
    {"interval_format", "interval format", FN_SCALAR, "text",
     "gr_interval_format({interval}, {format})", NULL},
    {"date_format", "time format", FN_SCALAR, "text", "gr_strftime({time}, '{format}')",
     lower_format_digits},
    {"parse_date", "text format", FN_SCALAR, "date", "gr_parse_date({text}, {format}, {at})", NULL},
    {"parse_time", "text format", FN_SCALAR, "time", "gr_parse_time({text}, {format}, {at})", NULL},
    {"parse_timestamp", "text format", FN_SCALAR, "timestamp",
     "gr_parse_timestamp({text}, {format}, {at})", NULL},
    {"try_parse_date", "text format", FN_SCALAR, "date", "gr_parse_date({text}, {format})", NULL},
    {"try_parse_timestamp", "text format", FN_SCALAR, "timestamp",
     "gr_parse_timestamp({text}, {format})", NULL},
};

static const SqlSpelling spellings[] = {
    {"interval_format", PG, "", "interval format:pg", "TO_CHAR({interval}, {format})", NULL},
    {"date_format", SNOW, "DAYNAME", "time:moment format=%a", NULL, NULL},
    {"date_format", SNOW, "MONTHNAME", "time:moment format=%b", NULL, NULL},
    {"date_format", MY | DUCK, "DAYNAME", "time:moment format=%A", NULL, NULL},
    {"date_format", MY | DUCK, "MONTHNAME", "time:moment format=%B", NULL, NULL},
    {"date_format", SNOW, "TO_CHAR", "time format:snow", NULL, read_to_char_snow},
    {"date_format", SNOW, "TO_VARCHAR", "time format:snow", NULL, read_to_char_snow},
    {"date_format", BIG, "FORMAT_DATE", "format:strf time:date", NULL, NULL},
    {"date_format", BIG, "FORMAT_TIMESTAMP", "format:strf time:timestamp", NULL, NULL},
    {"date_format", BIG, "FORMAT_DATETIME", "format:strf time:timestamp", NULL, NULL},
    {"date_format", BIG, "FORMAT_TIME", "format:strf time:time", NULL, NULL},
    {"date_format", SPARK | FLINK, "DATE_FORMAT", "time:moment format:java", NULL, NULL},
    {"date_format", SPARK, "DAYNAME", "time:moment format=%a", NULL, NULL},
    {"date_format", SPARK, "MONTHNAME", "time:moment format=%b", NULL, NULL},
    {"date_format", SPARK, "TO_CHAR", "time format:java", NULL, read_to_char_java},
    {"date_format", PG, "TO_CHAR", "time format:pg", NULL, read_to_char_pg},
    {"date_format", TRINO | MY, "DATE_FORMAT", "time:moment format:mysql", NULL, NULL},
    {"date_format", MY, "TIME_FORMAT", "time:time format:mysql", NULL, NULL},
    {"date_format", TRINO, "FORMAT_DATETIME", "time:moment format:java", NULL, NULL},
    {"date_format", DUCK, "STRFTIME", "time format:strf", NULL, read_strftime},
    {"date_format", SPARK | FLINK, "FROM_UNIXTIME", "number", NULL, read_from_unixtime},
    {"date_format", SPARK | FLINK | MY, "FROM_UNIXTIME", "number format", NULL, read_from_unixtime},

    {"parse_date", BIG, "PARSE_DATE", "format:strf text", NULL, NULL},
    {"parse_date", PG, "TO_DATE", "text format:pg", NULL, NULL},
    {"parse_date", SNOW, "TO_DATE", "text format:snow", NULL, read_date_snow},
    {"parse_date", SNOW, "DATE", "text format:snow", NULL, read_date_snow},
    {"parse_date", TRINO, "", "text format:mysql", "CAST(DATE_PARSE({text}, {format}) AS DATE)",
     NULL},
    {"parse_date", DUCK, "", "text format:strf", "CAST(STRPTIME({text}, {format}) AS DATE)", NULL},
    {"parse_date", SPARK | FLINK, "TO_DATE", "text format:java", NULL, read_date_java},
    {"parse_date", MY, "STR_TO_DATE", "text format:mysql", NULL, read_str_to_date},
    {"parse_time", BIG, "PARSE_TIME", "format:strf text", NULL, NULL},
    {"parse_timestamp", BIG, "PARSE_TIMESTAMP", "format:strf text", NULL, NULL},
    {"parse_timestamp", BIG, "PARSE_DATETIME", "format:strf text", NULL, NULL},
    {"parse_timestamp", PG, "TO_TIMESTAMP", "text format:pg", NULL, NULL},
    {"parse_timestamp", SNOW, "TO_TIMESTAMP", "text format:snow", NULL, read_timestamp_snow},
    {"parse_timestamp", SNOW, "TO_TIMESTAMP_NTZ", "text format:snow", NULL, read_timestamp_snow},
    {"parse_timestamp", TRINO, "DATE_PARSE", "text format:mysql", NULL, NULL},
    {"parse_timestamp", TRINO, "PARSE_DATETIME", "text format:java", NULL, NULL},
    {"parse_timestamp", DUCK, "STRPTIME", "text format:strf", NULL, NULL},
    {"parse_timestamp", SPARK | FLINK, "TO_TIMESTAMP", "text format:java", NULL,
     read_timestamp_java},
    {"parse_timestamp", FLINK, "TO_TIMESTAMP_LTZ", "text format:java", NULL, read_timestamp_java},
    {"parse_timestamp", SPARK, "TO_TIMESTAMP_NTZ", "text format:java", NULL, read_timestamp_java},
    {"parse_timestamp", MY, "", "text format:mysql", "STR_TO_DATE({text}, {format})", NULL},
    {"try_parse_date", SNOW, "TRY_TO_DATE", "text format:snow", NULL, read_try_date_snow},
    {"try_parse_date", BIG, "", "text format:strf", "SAFE.PARSE_DATE({format}, {text})", NULL},
    {"try_parse_date", SPARK | FLINK, "", "text format:java", "TO_DATE({text}, {format})", NULL},
    {"try_parse_date", MY, "", "text format:mysql", "STR_TO_DATE({text}, {format})", NULL},
    {"try_parse_date", DUCK, "", "text format:strf", "CAST(TRY_STRPTIME({text}, {format}) AS DATE)",
     NULL},
    {"try_parse_date", TRINO, "", "text format:mysql",
     "TRY(CAST(DATE_PARSE({text}, {format}) AS DATE))", NULL},
    {"try_parse_date", PG, "", "text format:pg", "TO_DATE({text}, {format})", NULL},
    {"try_parse_timestamp", SNOW, "TRY_TO_TIMESTAMP", "text format:snow", NULL,
     read_try_timestamp_snow},
    {"try_parse_timestamp", BIG, "", "text format:strf", "SAFE.PARSE_TIMESTAMP({format}, {text})",
     NULL},
    {"try_parse_timestamp", SPARK | FLINK, "", "text format:java", "TO_TIMESTAMP({text}, {format})",
     NULL},
    {"try_parse_timestamp", MY, "", "text format:mysql", "STR_TO_DATE({text}, {format})", NULL},
    {"try_parse_timestamp", DUCK, "TRY_STRPTIME", "text format:strf", NULL, NULL},
    {"try_parse_timestamp", TRINO, "", "text format:mysql", "TRY(DATE_PARSE({text}, {format}))",
     NULL},
    {"try_parse_timestamp", PG, "", "text format:pg", "TO_TIMESTAMP({text}, {format})", NULL},
    {"date_part", SPARK | FLINK, "UNIX_TIMESTAMP", "time format", NULL, read_unix_timestamp},
    {"date_part", SPARK, "TO_UNIX_TIMESTAMP", "time format", NULL, read_unix_timestamp},
    {"date_part", SPARK | FLINK | MY, "UNIX_TIMESTAMP", "", NULL, read_unix_now},
};

const FnFamily fn_format = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
