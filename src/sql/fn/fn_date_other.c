// fn_date_other: how dialects say what they have no function for: boundaries and whole units
// between two times, weeks from Sunday, days of the week by another count.
//
// Rows are only written. They mean exactly the same, or they are not here.
#include "sql/fn.h"

#define SECONDS_PG(n)                                                                              \
    "TRUNC(EXTRACT(EPOCH FROM CAST({to} AS TIMESTAMP) - CAST({from} AS TIMESTAMP)) / " n ")"
#define TRUNCATED_PG(unit, n)                                                                      \
    "(EXTRACT(EPOCH FROM DATE_TRUNC('" unit "', {to}) - DATE_TRUNC('" unit "', {from})) / " n ")"
#define YEARS "(EXTRACT(YEAR FROM {to}) - EXTRACT(YEAR FROM {from}))"
#define AGE_MONTHS                                                                                 \
    "(EXTRACT(YEAR FROM AGE({to}, {from})) * 12 + EXTRACT(MONTH FROM AGE({to}, {from})))"
#define MICROSECONDS_SNOW(n) "TRUNC(DATEDIFF(microsecond, {from}, {to}) / " n ")"
#define ELAPSED_BIG "TIMESTAMP_DIFF(TIMESTAMP({to}), TIMESTAMP({from}), {unit})"
#define MINUTES_MY "'%Y-%m-%d %H:%i:00'"
#define HOURS_MY "'%Y-%m-%d %H:00:00'"
#define SECONDS_MY "'%Y-%m-%d %H:%i:%s'"
#define TRUNCATED_MY(unit, format)                                                                 \
    "TIMESTAMPDIFF(" unit ", DATE_FORMAT({from}, " format "), DATE_FORMAT({to}, " format "))"

static const SqlSpelling spellings[] = {
    // Boundaries.
    {"date_diff", BIG, "", "unit from to", "DATETIME_DIFF({to}, {from}, {unit})", NULL},
    {"date_diff", PG, "", "unit=DAY from to", "(CAST({to} AS DATE) - CAST({from} AS DATE))", NULL},
    {"date_diff", PG, "", "unit=WEEK from to",
     "((CAST(DATE_TRUNC('week', {to}) AS DATE) - CAST(DATE_TRUNC('week', {from}) AS DATE)) / 7)",
     NULL},
    {"date_diff", PG, "", "unit=MONTH from to",
     "(" YEARS " * 12 + EXTRACT(MONTH FROM {to}) - EXTRACT(MONTH FROM {from}))", NULL},
    {"date_diff", PG, "", "unit=QUARTER from to",
     "(" YEARS " * 4 + EXTRACT(QUARTER FROM {to}) - EXTRACT(QUARTER FROM {from}))", NULL},
    {"date_diff", PG, "", "unit=YEAR from to", YEARS, NULL},
    {"date_diff", PG, "", "unit=HOUR from to", TRUNCATED_PG("hour", "3600"), NULL},
    {"date_diff", PG, "", "unit=MINUTE from to", TRUNCATED_PG("minute", "60"), NULL},
    {"date_diff", PG, "", "unit=SECOND from to", TRUNCATED_PG("second", "1"), NULL},
    {"date_diff", MY | SPARK, "", "unit=DAY from to", "DATEDIFF({to}, {from})", NULL},
    {"date_diff", MY, "", "unit=WEEK from to",
     "(DATEDIFF(DATE_SUB({to}, INTERVAL WEEKDAY({to}) DAY), "
     "DATE_SUB({from}, INTERVAL WEEKDAY({from}) DAY)) DIV 7)",
     NULL},
    {"date_diff", MY, "", "unit=MONTH from to",
     "PERIOD_DIFF(EXTRACT(YEAR_MONTH FROM {to}), EXTRACT(YEAR_MONTH FROM {from}))", NULL},
    {"date_diff", MY, "", "unit=QUARTER from to",
     "((YEAR({to}) - YEAR({from})) * 4 + QUARTER({to}) - QUARTER({from}))", NULL},
    {"date_diff", MY, "", "unit=YEAR from to", "(YEAR({to}) - YEAR({from}))", NULL},
    {"date_diff", MY, "", "unit=HOUR from to", TRUNCATED_MY("HOUR", HOURS_MY), NULL},
    {"date_diff", MY, "", "unit=MINUTE from to", TRUNCATED_MY("MINUTE", MINUTES_MY), NULL},
    {"date_diff", MY, "", "unit=SECOND from to", TRUNCATED_MY("SECOND", SECONDS_MY), NULL},
    {"date_diff", TRINO, "", "unit from to",
     "DATE_DIFF('{unit}', DATE_TRUNC('{unit}', {from}), DATE_TRUNC('{unit}', {to}))", NULL},
    {"date_diff", SPARK, "", "unit from to",
     "DATEDIFF({unit}, DATE_TRUNC('{unit}', {from}), DATE_TRUNC('{unit}', {to}))", NULL},
    {"date_diff", FLINK, "", "unit from to",
     "TIMESTAMPDIFF({unit}, FLOOR({from} TO {unit}), FLOOR({to} TO {unit}))", NULL},

    // Whole units.
    {"date_elapsed", SNOW, "", "unit=WEEK from to", MICROSECONDS_SNOW("604800000000"), NULL},
    {"date_elapsed", SNOW, "", "unit=DAY from to", MICROSECONDS_SNOW("86400000000"), NULL},
    {"date_elapsed", SNOW, "", "unit=HOUR from to", MICROSECONDS_SNOW("3600000000"), NULL},
    {"date_elapsed", SNOW, "", "unit=MINUTE from to", MICROSECONDS_SNOW("60000000"), NULL},
    {"date_elapsed", SNOW, "", "unit=SECOND from to", MICROSECONDS_SNOW("1000000"), NULL},
    {"date_elapsed", BIG, "", "unit=DAY from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=HOUR from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=MINUTE from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=SECOND from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=MILLISECOND from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=MICROSECOND from to", ELAPSED_BIG, NULL},
    {"date_elapsed", BIG, "", "unit=WEEK from to",
     "DIV(TIMESTAMP_DIFF(TIMESTAMP({to}), TIMESTAMP({from}), DAY), 7)", NULL},
    {"date_elapsed", PG, "", "unit=WEEK from to", SECONDS_PG("604800"), NULL},
    {"date_elapsed", PG, "", "unit=DAY from:date to:date", "({to} - {from})", NULL},
    {"date_elapsed", PG, "", "unit=DAY from to", SECONDS_PG("86400"), NULL},
    {"date_elapsed", PG, "", "unit=HOUR from to", SECONDS_PG("3600"), NULL},
    {"date_elapsed", PG, "", "unit=MINUTE from to", SECONDS_PG("60"), NULL},
    {"date_elapsed", PG, "", "unit=SECOND from to", SECONDS_PG("1"), NULL},
    {"date_elapsed", PG | DUCK, "", "unit=MONTH from to", AGE_MONTHS, NULL},
    {"date_elapsed", PG | DUCK, "", "unit=QUARTER from to", "TRUNC(" AGE_MONTHS " / 3)", NULL},
    {"date_elapsed", PG | DUCK, "", "unit=YEAR from to", "EXTRACT(YEAR FROM AGE({to}, {from}))",
     NULL},
    {"date_elapsed", TRINO, "", "unit=WEEK from to", "DATE_DIFF('week', {from}, {to})", NULL},
    {"date_elapsed", TRINO, "", "unit=DAY from to", "DATE_DIFF('day', {from}, {to})", NULL},
    {"date_elapsed", TRINO, "", "unit=HOUR from to", "DATE_DIFF('hour', {from}, {to})", NULL},
    {"date_elapsed", TRINO, "", "unit=MINUTE from to", "DATE_DIFF('minute', {from}, {to})", NULL},
    {"date_elapsed", TRINO, "", "unit=SECOND from to", "DATE_DIFF('second', {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=WEEK from to", "DATE_SUB('week', {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=DAY from to", "DATE_SUB('day', {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=HOUR from to", "DATE_SUB('hour', {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=MINUTE from to", "DATE_SUB('minute', {from}, {to})", NULL},
    {"date_elapsed", DUCK, "", "unit=SECOND from to", "DATE_SUB('second', {from}, {to})", NULL},

    // Weeks from Sunday.
    {"date_trunc", SNOW, "", "unit=WEEK_SUNDAY time",
     "DATEADD(DAY, -1, DATE_TRUNC('week', DATEADD(DAY, 1, {time})))", NULL},
    {"date_trunc", SPARK, "", "unit=WEEK_SUNDAY time:date",
     "DATE_SUB(TRUNC(DATE_ADD({time}, 1), 'week'), 1)", NULL},
    {"date_trunc", PG | DUCK, "", "unit=WEEK_SUNDAY time:date",
     "CAST(DATE_TRUNC('week', {time} + 1) AS DATE) - 1", NULL},
    {"date_trunc", TRINO, "", "unit=WEEK_SUNDAY time",
     "DATE_ADD('day', -1, DATE_TRUNC('week', DATE_ADD('day', 1, {time})))", NULL},
    {"date_trunc", MY, "", "unit=WEEK_SUNDAY time:date",
     "DATE_SUB({time}, INTERVAL DAYOFWEEK({time}) - 1 DAY)", NULL},
    {"date_trunc", MY, "", "unit=QUARTER time:date",
     "DATE_ADD(MAKEDATE(YEAR({time}), 1), INTERVAL QUARTER({time}) - 1 QUARTER)", NULL},

    // Days of the week.
    {"date_part", BIG, "", "time part=DOW_SUNDAY_0", "(EXTRACT(DAYOFWEEK FROM {time}) - 1)", NULL},
    {"date_part", BIG, "", "time part=DOW_MONDAY_0", "MOD(EXTRACT(DAYOFWEEK FROM {time}) + 5, 7)",
     NULL},
    {"date_part", BIG, "", "time part=DOW_MONDAY_1",
     "(MOD(EXTRACT(DAYOFWEEK FROM {time}) + 5, 7) + 1)", NULL},
    {"date_part", TRINO, "", "time part=DOW_SUNDAY_0", "(DAY_OF_WEEK({time}) % 7)", NULL},
    {"date_part", TRINO, "", "time part=DOW_SUNDAY_1", "(DAY_OF_WEEK({time}) % 7 + 1)", NULL},
    {"date_part", TRINO, "", "time part=DOW_MONDAY_0", "(DAY_OF_WEEK({time}) - 1)", NULL},
    {"date_part", SPARK | FLINK, "", "time part=DOW_SUNDAY_0", "(DAYOFWEEK({time}) - 1)", NULL},
    {"date_part", FLINK, "", "time part=DOW_MONDAY_0", "(EXTRACT(ISODOW FROM {time}) - 1)", NULL},
    {"date_part", SNOW, "", "time part=DOW_SUNDAY_1", "(DAYOFWEEK({time}) + 1)", NULL},
    {"date_part", SNOW, "", "time part=DOW_MONDAY_0", "(DAYOFWEEKISO({time}) - 1)", NULL},
    {"date_part", PG | DUCK, "", "time part=DOW_SUNDAY_1", "(EXTRACT(DOW FROM {time}) + 1)", NULL},
    {"date_part", PG | DUCK, "", "time part=DOW_MONDAY_0", "(EXTRACT(ISODOW FROM {time}) - 1)",
     NULL},
    {"date_part", EVERY & ~MY, "", "time part=YEARMONTH",
     "(EXTRACT(YEAR FROM {time}) * 100 + EXTRACT(MONTH FROM {time}))", NULL},

    // Seconds since 1970.
    {"date_part", PG, "", "time part=EPOCH_SECOND",
     "CAST(FLOOR(EXTRACT(EPOCH FROM {time})) AS BIGINT)", NULL},
    {"date_part", TRINO, "", "time part=EPOCH_SECOND", "CAST(FLOOR(TO_UNIXTIME({time})) AS BIGINT)",
     NULL},
    {"date_part", DUCK, "", "time part=EPOCH_SECOND", "CAST(FLOOR(EPOCH({time})) AS BIGINT)", NULL},
    {"date_part_exact", SNOW, "", "time part=EPOCH",
     "(DATE_PART(EPOCH_MICROSECOND, {time}) / 1000000)", NULL},
    {"date_part_exact", BIG | SPARK, "", "time part=EPOCH", "(UNIX_MICROS({time}) / 1000000)",
     NULL},
    {"seconds_between", PG | DUCK, "", NULL, "EXTRACT(EPOCH FROM {a} - {b})", NULL},
    {"seconds_between", SNOW, "", NULL, "(DATEDIFF(MICROSECOND, {b}, {a}) / 1000000)", NULL},
    {"seconds_between", BIG, "", NULL, "(TIMESTAMP_DIFF({a}, {b}, MICROSECOND) / 1000000)", NULL},
    {"seconds_between", SPARK, "", NULL, "((UNIX_MICROS({a}) - UNIX_MICROS({b})) / 1000000)", NULL},
    {"seconds_between", TRINO, "", NULL, "(TO_UNIXTIME({a}) - TO_UNIXTIME({b}))", NULL},
    {"seconds_between", MY, "", NULL, "(TIMESTAMPDIFF(MICROSECOND, {b}, {a}) / 1000000)", NULL},

    // Days made of parts, and the last of a month.
    {"last_day", FLINK, "", "unit=MONTH time:date",
     "TIMESTAMPADD(DAY, -1, TIMESTAMPADD(MONTH, 1, FLOOR({time} TO MONTH)))", NULL},
    {"roll_date", PG, "", NULL,
     "CAST(MAKE_DATE({year}, 1, 1) + MAKE_INTERVAL(months => {month} - 1, days => {day} - 1) AS "
     "DATE)",
     NULL},
    {"epoch_bin", SPARK, "", NULL,
     "TIMESTAMP_SECONDS(FLOOR(UNIX_SECONDS({time}) / {seconds}) * {seconds})", NULL},
    {"epoch_bin", TRINO, "", NULL,
     "DATE_ADD('second', DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', {time}) / {seconds} "
     "* {seconds}, TIMESTAMP '1970-01-01 00:00:00')",
     NULL},
    {"epoch_bin", MY, "", NULL,
     "TIMESTAMPADD(SECOND, TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', {time}) DIV "
     "{seconds} * {seconds}, TIMESTAMP '1970-01-01 00:00:00')",
     NULL},
    {"date_bin", PG, "", "width time:timestamp",
     "DATE_BIN({width}, {time}, TIMESTAMP '2000-01-03')", NULL},
};

const FnFamily fn_date_other = {NULL, 0, spellings, sizeof spellings / sizeof *spellings};
