// bench_translated: what a translated query costs beside the same question written for SQLite by
// hand, over a million rows.
//
//     bench_translated [ROWS]     prints the best of a few runs of each, and their ratio
#include "query/fn.h"
#include "sql/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 3 };

static const SqlColumn columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("profile"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("title"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("country"), .type = TYPE_TEXT},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true},
    {.name = STR_LIT("day"), .type = TYPE_DATE, .not_null = true},
    {.name = STR_LIT("seconds"), .type = TYPE_INTEGER},
    {.name = STR_LIT("price"), .type = TYPE_REAL},
};
static const SqlTable table = {
    STR_LIT("play"), {columns, sizeof columns / sizeof *columns, false}, {NULL, 0}, NULL, 0};
static const SqlSchema schema = {&table, 1};

static const char made[] =
    "CREATE TABLE play(id INTEGER PRIMARY KEY, profile INTEGER, title INTEGER, country TEXT, ts "
    "TEXT, day TEXT, seconds INTEGER, price REAL);"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) "
    "INSERT INTO play SELECT i, i * 7919 % 50021, i * 104729 % 2003, "
    "substr('USDEFRGBBRINJPMXCAES', 1 + i * 31 % 10 * 2, 2), "
    "datetime(1735689600 + i * 7907 % 15552000, 'unixepoch'), "
    "date(1735689600 + i * 7907 % 15552000, 'unixepoch'), i * 577 % 7200, i * 13 % 1999 / 100.0 "
    "FROM n";

static const struct {
    const char *name;
    Dialect from;
    const char *query, *by_hand;
} cases[] = {
    {"division of integers", DIALECT_SNOWFLAKE, "SELECT SUM(seconds / NULLIF(title, 0)) FROM play",
     "SELECT sum(CAST(seconds AS REAL) / nullif(title, 0)) FROM play"},
    {"whole division", DIALECT_POSTGRES, "SELECT SUM(seconds / 60) FROM play",
     "SELECT sum(seconds / 60) FROM play"},
    {"share of a group", DIALECT_BIGQUERY,
     "SELECT country, SAFE_DIVIDE(COUNTIF(seconds > 600), COUNT(*)) FROM play GROUP BY country",
     "SELECT country, CAST(count(CASE WHEN seconds > 600 THEN 1 END) AS REAL) / count(*) FROM play "
     "GROUP BY country"},
    {"modulo", DIALECT_POSTGRES, "SELECT COUNT(*) FROM play WHERE id % 3 = 0",
     "SELECT count(*) FROM play WHERE id % 3 = 0"},
    {"group by month", DIALECT_SNOWFLAKE,
     "SELECT DATE_TRUNC('month', ts) AS m, COUNT(*) FROM play GROUP BY 1",
     "SELECT substr(ts, 1, 7) || '-01 00:00:00' AS m, count(*) FROM play GROUP BY 1"},
    {"group by day", DIALECT_POSTGRES, "SELECT ts::date AS d, COUNT(*) FROM play GROUP BY 1",
     "SELECT substr(ts, 1, 10) AS d, count(*) FROM play GROUP BY 1"},
    {"group by week", DIALECT_POSTGRES,
     "SELECT DATE_TRUNC('week', day) AS w, COUNT(*) FROM play GROUP BY 1",
     "SELECT date(day, '-6 days', 'weekday 1') AS w, count(*) FROM play GROUP BY 1"},
    {"parts of a time", DIALECT_POSTGRES,
     "SELECT EXTRACT(HOUR FROM ts) AS h, COUNT(*) FROM play GROUP BY 1",
     "SELECT CAST(substr(ts, 12, 2) AS INTEGER) AS h, count(*) FROM play GROUP BY 1"},
    {"days between", DIALECT_SNOWFLAKE, "SELECT SUM(DATEDIFF('day', '2025-01-01', day)) FROM play",
     "SELECT sum(CAST(julianday(day) - julianday('2025-01-01') AS INTEGER)) FROM play"},
    {"minutes between", DIALECT_MYSQL,
     "SELECT SUM(TIMESTAMPDIFF(MINUTE, '2025-01-01', ts)) FROM play",
     "SELECT sum((unixepoch(ts) - unixepoch('2025-01-01')) / 60) FROM play"},
    {"interval added", DIALECT_POSTGRES,
     "SELECT COUNT(*) FROM play WHERE ts < day + INTERVAL '7 hours'",
     "SELECT count(*) FROM play WHERE ts < datetime(day, '+7 hours')"},
    {"last 30 days", DIALECT_POSTGRES,
     "SELECT COUNT(*) FROM play WHERE day >= DATE '2025-06-30' - 30",
     "SELECT count(*) FROM play WHERE day >= date('2025-06-30', '-30 days')"},
    {"ILIKE", DIALECT_POSTGRES, "SELECT COUNT(*) FROM play WHERE country ILIKE '%u%'",
     "SELECT count(*) FROM play WHERE country LIKE '%u%'"},
    {"LIKE", DIALECT_POSTGRES, "SELECT COUNT(*) FROM play WHERE country LIKE 'U%'",
     "SELECT count(*) FROM play WHERE country GLOB 'U*'"},
    {"text without case", DIALECT_MYSQL, "SELECT COUNT(*) FROM play WHERE country = 'us'",
     "SELECT count(*) FROM play WHERE country = 'us' COLLATE NOCASE"},
    {"group without case", DIALECT_MYSQL, "SELECT country, COUNT(*) FROM play GROUP BY country",
     "SELECT country, count(*) FROM play GROUP BY country COLLATE NOCASE"},
    {"QUALIFY top 1", DIALECT_SNOWFLAKE,
     "SELECT id, profile FROM play QUALIFY ROW_NUMBER() OVER (PARTITION BY profile ORDER BY ts "
     "DESC, id) = 1",
     "SELECT id, profile FROM (SELECT id, profile, row_number() OVER (PARTITION BY profile ORDER "
     "BY ts DESC, id) AS r FROM play) WHERE r = 1"},
    {"DISTINCT ON", DIALECT_POSTGRES,
     "SELECT DISTINCT ON (profile) profile, id FROM play ORDER BY profile, ts DESC, id",
     "SELECT profile, id FROM (SELECT profile, id, row_number() OVER (PARTITION BY profile ORDER "
     "BY ts DESC, id) AS r FROM play) WHERE r = 1 ORDER BY profile"},
    {"sessions by LAG", DIALECT_POSTGRES,
     "SELECT COUNT(*) FROM (SELECT ts - LAG(ts) OVER (PARTITION BY profile ORDER BY ts) > INTERVAL "
     "'30 minutes' AS n FROM play) q WHERE n",
     "SELECT count(*) FROM (SELECT unixepoch(ts) - unixepoch(lag(ts) OVER (PARTITION BY profile "
     "ORDER BY ts)) > 1800 AS n FROM play) q WHERE n"},
    {"string agg in order", DIALECT_POSTGRES,
     "SELECT profile, STRING_AGG(country, ',' ORDER BY ts) FROM play GROUP BY profile",
     "SELECT profile, group_concat(country, ',') FROM (SELECT profile, country FROM play ORDER BY "
     "profile, ts) GROUP BY profile"},
    {"ROUND", DIALECT_POSTGRES, "SELECT SUM(ROUND(price, 1)) FROM play",
     "SELECT sum(round(price, 1)) FROM play"},
    {"UPPER", DIALECT_POSTGRES, "SELECT COUNT(*) FROM play WHERE UPPER(country) = 'US'",
     "SELECT count(*) FROM play WHERE upper(country) = 'US'"},
    {"cast of a real", DIALECT_POSTGRES, "SELECT SUM(price::int) FROM play",
     "SELECT sum(CAST(round(price) AS INTEGER)) FROM play"},
};
enum { CASES = sizeof cases / sizeof *cases };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(EXIT_FAILURE);
}

// Steps through all rows; how long it took.
static double run(sqlite3 *db, Str sql)
{
    sqlite3_stmt *st;
    double start = now();
    if (sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &st, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) continue;
    if (rc != SQLITE_DONE) fail(sqlite3_errmsg(db));
    sqlite3_finalize(st);
    return now() - start;
}

static sqlite3 *filled(int64_t rows)
{
    sqlite3 *db;
    const char *rest = made;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK || !fn_register(db)) fail("no database");
    while (*rest) {
        sqlite3_stmt *st;
        if (sqlite3_prepare_v2(db, rest, -1, &st, &rest) != SQLITE_OK) fail(sqlite3_errmsg(db));
        if (sqlite3_bind_parameter_count(st)) sqlite3_bind_int64(st, 1, rows);
        if (sqlite3_step(st) != SQLITE_DONE) fail(sqlite3_errmsg(db));
        sqlite3_finalize(st);
    }
    return db;
}

static void compare(sqlite3 *db, size_t i)
{
    Arena a = {0};
    SqlProgram p;
    Error err = {0};
    SqlHome home = sql_at_home(cases[i].from);
    if (!sql_compile(&a, str_from(cases[i].query), &home, &schema, &p, &err)) fail(err.text);
    double ours = 0, theirs = 0;
    for (int n = 0; n < RUNS; n++) {
        double one = run(db, p.text), other = run(db, str_from(cases[i].by_hand));
        if (!n || one < ours) ours = one;
        if (!n || other < theirs) theirs = other;
    }
    printf("%-22s %8.1f ms %8.1f ms  %5.2f\n", cases[i].name, 1e3 * ours, 1e3 * theirs,
           ours / theirs);
    if (getenv("TEXT")) printf("    %.*s\n", STR_ARG(p.text));
    arena_free(&a);
}

int main(int argc, char **argv)
{
    int64_t rows = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000;
    sqlite3 *db = filled(rows);
    printf("%lld rows              translated     by hand  ratio\n", (long long)rows);
    for (size_t i = 0; i < CASES; i++) compare(db, i);
    sqlite3_close(db);
    return 0;
}
