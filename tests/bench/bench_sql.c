// bench_sql: how long a query of some sixty lines takes on its way to SQLite, beside SQLite's own
// work on what comes out.
//
//     bench_sql     prints the best of many repeats, in microseconds
#include "base/buf.h"
#include "base/file.h"
#include "query/fn.h"
#include "sql/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#define COLUMNS(list)                                                                              \
    {                                                                                              \
        list, sizeof list / sizeof *list, false                                                    \
    }
static const SqlColumn events[] = {
    {.name = STR_LIT("event_id"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("profile_id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("device_id"), .type = TYPE_INTEGER},
    {.name = STR_LIT("title_id"), .type = TYPE_INTEGER},
    {.name = STR_LIT("event_type"), .type = TYPE_TEXT},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true},
};
static const SqlColumn viewing[] = {
    {.name = STR_LIT("profile_id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("title_id"), .type = TYPE_INTEGER},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true},
    {.name = STR_LIT("watch_seconds"), .type = TYPE_INTEGER},
};
static const SqlColumn titles[] = {
    {.name = STR_LIT("title_id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("name"), .type = TYPE_TEXT},
    {.name = STR_LIT("valid_from"), .type = TYPE_DATE, .not_null = true},
    {.name = STR_LIT("valid_to"), .type = TYPE_DATE},
};
static const SqlTable tables[] = {{STR_LIT("fact_play_event"), COLUMNS(events), {NULL, 0}, NULL, 0},
                                  {STR_LIT("fact_viewing"), COLUMNS(viewing), {NULL, 0}, NULL, 0},
                                  {STR_LIT("dim_title"), COLUMNS(titles), {NULL, 0}, NULL, 0}};
static const SqlSchema schema = {tables, 3};
static const char made[] =
    "CREATE TABLE fact_play_event(event_id TEXT, profile_id INTEGER, device_id INTEGER, title_id "
    "INTEGER, event_type TEXT, ts TEXT);"
    "CREATE TABLE fact_viewing(profile_id INTEGER, title_id INTEGER, ts TEXT, watch_seconds "
    "INTEGER);"
    "CREATE TABLE dim_title(title_id INTEGER, name TEXT, valid_from TEXT, valid_to TEXT);";

typedef enum { PARSE, FORMAT, COMPILE, LINT, PREPARE, PARTS } Part;
static const char *const words[] = {[PARSE] = "parse",
                                    [FORMAT] = "format",
                                    [COMPILE] = "compile (parse, names, rules, translation)",
                                    [LINT] = "lint",
                                    [PREPARE] = "SQLite's prepare of the result"};

static void fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(EXIT_FAILURE);
}

static void keep(double best[PARTS], Part part, double took)
{
    if (best[part] == 0 || took < best[part]) best[part] = took;
}

static void once(Str sql, sqlite3 *db, double best[PARTS])
{
    Arena a = {0};
    Error err = {0};
    SqlScript s;
    SqlProgram p;
    SqlHome home = sql_at_home(DIALECT_SNOWFLAKE);
    double t0 = now();
    if (!sql_parse(&a, sql, DIALECT_SNOWFLAKE, &s, &err)) fail(err.text);
    double t1 = now();
    sql_format(&a, &s);
    double t2 = now();
    if (!sql_compile(&a, sql, &home, &schema, &p, &err)) fail(err.text);
    double t3 = now();
    sql_lint(&a, &p.script, &p.meaning);
    double t4 = now();
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, p.text.ptr, (int)p.text.len, &st, NULL)) fail(sqlite3_errmsg(db));
    double t5 = now();
    sqlite3_finalize(st);
    keep(best, PARSE, t1 - t0);
    keep(best, FORMAT, t2 - t1);
    keep(best, COMPILE, t3 - t2);
    keep(best, LINT, t4 - t3);
    keep(best, PREPARE, t5 - t4);
    arena_free(&a);
}

int main(void)
{
    enum { REPEATS = 2000, FILE_MAX = 1 << 16 };
    Arena files = {0};
    Error err = {0};
    Str sql;
    sqlite3 *db;
    double best[PARTS] = {0};
    if (!file_read(&files, S(SOURCE_DIR "/tests/bench/sixty.sql"), FILE_MAX, &sql, &err))
        fail(err.text);
    bool ok = sqlite3_open(":memory:", &db) == SQLITE_OK && fn_register(db) &&
              sqlite3_exec(db, made, NULL, NULL, NULL) == SQLITE_OK;
    if (!ok) fail(sqlite3_errmsg(db));
    for (int i = 0; i < REPEATS; i++) once(sql, db, best);
    printf("%zu bytes, best of %d\n", sql.len, REPEATS);
    for (int i = 0; i < PARTS; i++) printf("%8.1f us  %s\n", 1e6 * best[i], words[i]);
    sqlite3_close(db);
    arena_free(&files);
    return EXIT_SUCCESS;
}
