// fn_instead: how a dialect writes what a call of another's habit means: for refusals.
#include "sql/fn.h"

static const struct {
    const char *name;
    unsigned in;
    const char *instead;
} rows[] = {
    {"DATEDIFF", PG, "end - start, which gives days"},
    {"DATE_DIFF", PG, "end - start, which gives days"},
    {"TIMESTAMPDIFF", PG, "EXTRACT(EPOCH FROM end - start), which gives seconds"},
    {"DATEDIFF", MY, "DATEDIFF(end, start), or TIMESTAMPDIFF(DAY, start, end)"},
    {"DATE_DIFF", MY, "DATEDIFF(end, start), or TIMESTAMPDIFF(DAY, start, end)"},
    {"DATEDIFF", SPARK, "datediff(end, start), or timestampdiff(DAY, start, end)"},
    {"DATEDIFF", TRINO, "date_diff('day', start, end)"},
    {"DATE_DIFF", TRINO, "date_diff('day', start, end)"},
    {"DATEDIFF", DUCK, "date_diff('day', start, end)"},
    {"DATE_DIFF", DUCK, "date_diff('day', start, end)"},
    {"DATEDIFF", BIG, "DATE_DIFF(end, start, DAY)"},
    {"DATE_DIFF", BIG, "DATE_DIFF(end, start, DAY)"},
    {"TIMESTAMP_DIFF", BIG, "TIMESTAMP_DIFF(end, start, HOUR)"},
    {"DATETIME_DIFF", BIG, "DATETIME_DIFF(end, start, HOUR)"},
    {"DATEDIFF", SNOW, "DATEDIFF(day, start, end)"},
    {"DATE_DIFF", SNOW, "DATEDIFF(day, start, end)"},
    {"DATEDIFF", LITE, "julianday(end) - julianday(start)"},
    {"DATEADD", PG, "d + INTERVAL '1 day'"},
    {"DATE_ADD", PG, "d + INTERVAL '1 day'"},
    {"DATEADD", TRINO, "date_add('day', 1, d)"},
    {"DATE_ADD", TRINO, "date_add('day', 1, d)"},
    {"DATEADD", DUCK, "d + INTERVAL 1 DAY"},
    {"DATE_ADD", DUCK, "d + INTERVAL 1 DAY"},
    {"DATEADD", BIG, "DATE_ADD(d, INTERVAL 1 DAY)"},
    {"DATE_ADD", BIG, "DATE_ADD(d, INTERVAL 1 DAY)"},
    {"DATEADD", MY, "DATE_ADD(d, INTERVAL 1 DAY)"},
    {"DATE_ADD", MY, "DATE_ADD(d, INTERVAL 1 DAY)"},
    {"DATE_ADD", SNOW, "DATEADD(day, 1, d)"},
    {"DATEADD", SNOW, "DATEADD(day, 1, d)"},
    {"DATE_ADD", SPARK, "date_add(d, 1)"},
    {"DATEADD", SPARK, "date_add(d, 1)"},
    {"DATE_TRUNC", BIG, "DATE_TRUNC(d, MONTH)"},
    {"TIMESTAMP_TRUNC", BIG, "TIMESTAMP_TRUNC(t, HOUR)"},
    {"DATE_TRUNC", SNOW | PG | TRINO | DUCK | SPARK, "DATE_TRUNC('month', d)"},
    {"DATE_TRUNC", MY, "DATE_FORMAT(d, '%Y-%m-01')"},
    {"DATE_TRUNC", LITE, "date(d, 'start of month')"},
    {"DATE_DIFF", LITE, "julianday(end) - julianday(start)"},
    {"DATEADD", LITE, "date(d, '+1 day')"},
    {"DATE_ADD", LITE, "date(d, '+1 day')"},
    {"TO_CHAR", LITE, "strftime('%Y-%m', d)"},
    {"DATE_FORMAT", LITE, "strftime('%Y-%m', d)"},
    {"EXTRACT", LITE, "CAST(strftime('%Y', d) AS INTEGER)"},
    {"YEAR", LITE, "CAST(strftime('%Y', d) AS INTEGER)"},
    {"MONTH", LITE, "CAST(strftime('%m', d) AS INTEGER)"},
    {"TO_DATE", LITE, "date(text), of 2024-05-31"},
    {"SPLIT_PART", LITE, "substr(x, 1, instr(x, '-') - 1)"},
    {"LISTAGG", LITE, "group_concat(x, ',')"},
    {"LPAD", LITE, "substr('000' || x, -3)"},
    {"TO_CHAR", MY, "DATE_FORMAT(d, '%Y-%m')"},
    {"TO_CHAR", BIG, "FORMAT_DATE('%Y-%m', d)"},
    {"TO_CHAR", DUCK, "strftime(d, '%Y-%m')"},
    {"DATE_FORMAT", PG | SNOW, "TO_CHAR(d, 'YYYY-MM')"},
    {"DATE_FORMAT", BIG, "FORMAT_DATE('%Y-%m', d)"},
};

// What SQLite has and no spelling here is SQLite's: it runs them itself, and nobody else does.
static const char *const lite_only[] = {
    "CEILING",
    "FORMAT",
    "JSON",
    "JSON_ARRAY",
    "JSON_EACH",
    "JSON_GROUP_ARRAY",
    "JSON_GROUP_OBJECT",
    "JSON_OBJECT",
    "JSON_QUOTE",
    "JSON_TREE",
    "JSON_TYPE",
    "MOD",
    "PRINTF",
    "RANDOM",
    "SOUNDEX",
    "TIME",
    "TYPEOF",
};

bool fn_is_lite_only(Str name)
{
    for (size_t i = 0; i < sizeof lite_only / sizeof *lite_only; i++) {
        if (str_eq_nocase(name, str_from(lite_only[i]))) return true;
    }
    return false;
}

// Known, and not run.
static const struct {
    const char *name, *sentence;
} unsupported[] = {
    {"SESSION_WINDOW",
     "session_window is not supported here: mark where a session starts with LAG, "
     "and number them with a running SUM."},
    {"TYPEOF", "typeof is not supported here: types are known only as far as a query needs them."},
    {"SHUFFLE", "shuffle is not supported here: it gives another order each time."},
    {"RANDN", "randn is not supported here: it gives another number each time."},
    {"NAN", "There is no NaN here: NULL stands for what is no number."},
    {"NUMERIC_HISTOGRAM", "numeric_histogram is not supported here: group by WIDTH_BUCKET."},
    {"HISTOGRAM_NUMERIC", "histogram_numeric is not supported here: group by WIDTH_BUCKET."},
    {"MONOTONICALLY_INCREASING_ID",
     "monotonically_increasing_id is not supported here: its numbers depend on how rows are spread "
     "over machines. ROW_NUMBER() OVER (ORDER BY …) numbers them."},
    {"HASH", "hash is not supported here: its values are the engine's own. MD5 gives the same "
             "everywhere."},
    {"FARM_FINGERPRINT", "FARM_FINGERPRINT is not supported here: MD5 gives the same everywhere."},
    {"XXHASH64", "xxhash64 is not supported here: MD5 gives the same everywhere."},
    {"CURRENT_USER", "There are no users here: leave CURRENT_USER out."},
    {"SESSION_USER", "There are no users here: leave SESSION_USER out."},
    {"JSON_TUPLE", "json_tuple is not supported here: get_json_object takes one field each."},
};

const char *fn_unsupported(Str name)
{
    for (size_t i = 0; i < sizeof unsupported / sizeof *unsupported; i++) {
        if (str_eq_nocase(name, str_from(unsupported[i].name))) return unsupported[i].sentence;
    }
    return NULL;
}

Str fn_instead(Dialect d, Str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool here = rows[i].in >> d & 1 && str_eq_nocase(name, str_from(rows[i].name));
        if (here) return str_from(rows[i].instead);
    }
    return (Str){0};
}
