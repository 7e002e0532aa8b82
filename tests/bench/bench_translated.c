// bench_translated: what a translated query costs beside the same question written for SQLite by
// hand, over a million rows.
//
//     bench_translated [ROWS [NAME]]     prints the best of a few runs of each, and their ratio
//
// Time is the processor's own for this thread, and the two forms take turns, so that what else the
// machine does counts little. Before it is timed both forms must give the same rows: a form that
// means something else is no measure. NAME picks the cases that start so; TEXT=1 prints what runs.
#include "base/file.h"
#include "base/vec.h"
#include "query/fn.h"
#include "sql/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 5 };

static const SqlColumn columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("profile"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("title"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("country"), .type = TYPE_TEXT},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true},
    {.name = STR_LIT("day"), .type = TYPE_DATE, .not_null = true},
    {.name = STR_LIT("seconds"), .type = TYPE_INTEGER},
    {.name = STR_LIT("price"), .type = TYPE_REAL},
    {.name = STR_LIT("props"), .type = TYPE_STRUCT},
    {.name = STR_LIT("tags"), .type = TYPE_ARRAY, .element = TYPE_TEXT},
};
static const SqlTable table = {
    STR_LIT("play"), {columns, sizeof columns / sizeof *columns, false}, {NULL, 0}, NULL, 0};
static const SqlSchema schema = {&table, 1};

static const char made[] =
    "CREATE TABLE play(id INTEGER PRIMARY KEY, profile INTEGER, title INTEGER, country TEXT, ts "
    "TEXT, day TEXT, seconds INTEGER, price REAL, "
    "props TEXT, tags TEXT);"
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) "
    "INSERT INTO play SELECT i, i * 7919 % 50021, i * 104729 % 2003, "
    "substr('USDEFRGBBRINJPMXCAES', 1 + i * 31 % 10 * 2, 2), "
    "datetime(1735689600 + i * 7907 % 15552000, 'unixepoch'), "
    "date(1735689600 + i * 7907 % 15552000, 'unixepoch'), i * 577 % 7200, i * 13 % 1999 / 100.0, "
    "'{\"n\":' || (i % 97) || ',\"device\":{\"os\":\"' || substr('iostvos', 1 + i % 2 * 3, 3) || "
    "'\"}}', "
    "'[\"t' || (i % 7) || '\",\"t' || (i % 11) || '\"]' FROM n";

// --- The cases: "== name [dialect]", the query, "=>", what a person writes for SQLite ---

typedef struct {
    Str name;
    Dialect from;
    Str query, by_hand;
} Case;
typedef VEC(Case) Cases;

static void fail(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(EXIT_FAILURE);
}

static Case headed(Str line)
{
    Case c = {0};
    size_t bracket;
    if (!str_find(line, S(" ["), &bracket)) fail("a case has no dialect");
    c.name = str_slice(line, 3, bracket);
    if (!dialect_from_name(str_slice(line, bracket + 2, line.len - 1), &c.from))
        fail("what dialect?");
    return c;
}

static Cases read_cases(Arena *a)
{
    Cases cases = {0};
    Error err = {0};
    Str text, line;
    bool other = false;
    if (!file_read(a, S(SOURCE_DIR "/tests/bench/translated.txt"), 1 << 20, &text, &err))
        fail(err.text);
    while (str_line(&text, &line)) {
        if (str_starts(line, S("#")) || !line.len) continue;
        if (str_starts(line, S("==")))
            *vec_push(a, &cases) = headed(line), other = false;
        else if (str_eq(line, S("=>")))
            other = true;
        else {
            Case *c = &cases.at[cases.len - 1];
            Str *to = other ? &c->by_hand : &c->query;
            *to = to->len ? str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(*to), STR_ARG(line)) : line;
        }
    }
    return cases;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// --- Running a text of one or more statements ---

// A row's digest: numbers as nine digits, so that 2 and 2.0 are the same.
static uint64_t digest(sqlite3_stmt *st)
{
    uint64_t h = 1469598103934665603u;
    for (int i = 0; i < sqlite3_column_count(st); i++) {
        int type = sqlite3_column_type(st, i);
        char text[40];
        const char *s = text;
        if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
            snprintf(text, sizeof text, "%.9g", sqlite3_column_double(st, i));
        else
            s = type == SQLITE_NULL ? "\x01" : (const char *)sqlite3_column_text(st, i);
        for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
        h = (h ^ 0xff) * 1099511628211u;
    }
    return h;
}

// Steps through all rows, and adds up their digests when they are asked for.
static void run(sqlite3 *db, Str sql, uint64_t *sum)
{
    const char *at = sql.ptr, *end = sql.ptr + sql.len;
    while (at < end) {
        sqlite3_stmt *st;
        int rc;
        if (sqlite3_prepare_v2(db, at, (int)(end - at), &st, &at)) fail(sqlite3_errmsg(db));
        if (!st) break;
        while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
            if (sum) *sum += digest(st);
        }
        if (rc != SQLITE_DONE) fail(sqlite3_errmsg(db));
        sqlite3_finalize(st);
    }
}

// A write is undone; what it did is read before.
static double timed(sqlite3 *db, Str sql, uint64_t *sum)
{
    static const char written[] = "SELECT count(*), sum(seconds), sum(price) FROM play";
    bool writes = str_find(sql, S("INSERT "), NULL) || str_find(sql, S("UPDATE "), NULL) ||
                  str_find(sql, S("DELETE "), NULL);
    if (writes) run(db, S("BEGIN"), NULL);
    double start = now();
    run(db, sql, sum);
    double took = now() - start;
    if (writes && sum) run(db, str_from(written), sum);
    if (writes) run(db, S("ROLLBACK"), NULL);
    return took;
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

// --- One case ---

static bool compare(sqlite3 *db, const Case *c)
{
    Arena a = {0};
    SqlProgram p;
    Error err = {0};
    SqlHome home = sql_at_home(c->from);
    if (!sql_compile(&a, c->query, &home, &schema, &p, &err)) {
        fprintf(stderr, STR_FMT ": ", STR_ARG(c->name));
        fail(err.text);
    }
    if (getenv("TEXT")) printf("    " STR_FMT "\n", STR_ARG(p.text));
    uint64_t left = 0, right = 0;
    timed(db, p.text, &left);
    timed(db, c->by_hand, &right);
    double ours = 0, theirs = 0;
    for (int n = 0; n < RUNS; n++) {
        double one = timed(db, p.text, NULL), other = timed(db, c->by_hand, NULL);
        if (!n || one < ours) ours = one;
        if (!n || other < theirs) theirs = other;
    }
    printf("%-28.*s %8.1f ms %8.1f ms  %5.2f%s\n", STR_ARG(c->name), 1e3 * ours, 1e3 * theirs,
           ours / theirs, left == right ? "" : "  THE ROWS DIFFER");
    fflush(stdout);
    arena_free(&a);
    return left == right;
}

int main(int argc, char **argv)
{
    int64_t rows = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000;
    Str only = argc > 2 ? str_from(argv[2]) : S("");
    Arena a = {0};
    Cases cases = read_cases(&a);
    sqlite3 *db = filled(rows);
    bool same = true;
    printf("%lld rows                    translated     by hand  ratio\n", (long long)rows);
    for (size_t i = 0; i < cases.len; i++) {
        if (str_starts(cases.at[i].name, only)) same &= compare(db, &cases.at[i]);
    }
    sqlite3_close(db);
    arena_free(&a);
    return same ? EXIT_SUCCESS : EXIT_FAILURE;
}
