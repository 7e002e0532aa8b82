// test_translate_property: whatever is translated is read: by SQLite, which prepares it, and by the
// parser of the dialect it was translated to.
#include "query/fn.h"
#include "query/private.h"
#include "sql/fn.h"
#include "sql_random.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

// So many of each dialect; QUERIES=10000 looks longer.
static uint64_t queries(void)
{
    const char *most = getenv("QUERIES");
    return most ? strtoull(most, NULL, 10) : 400;
}

static sqlite3 *open_runtime(void)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    Variables *variables; // they end with the connection
    ck_assert(fn_register(db) && variables_register(db, &variables));
    ck_assert_int_eq(sqlite3_exec(db, sql_random_script, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

// Every statement, with what stands before it done; at the end nothing has happened.
static bool is_prepared(sqlite3 *db, Str text)
{
    static char fault[200];
    const char *at = text.ptr, *end = at + text.len;
    bool ok = true;
    (void)sqlite3_exec(db, "SAVEPOINT before", NULL, NULL, NULL);
    while (ok && at < end) {
        sqlite3_stmt *st;
        ok = sqlite3_prepare_v2(db, at, (int)(end - at), &st, &at) == SQLITE_OK;
        if (!ok) snprintf(fault, sizeof fault, "%s", sqlite3_errmsg(db));
        if (st && at < end) (void)sqlite3_step(st);
        sqlite3_finalize(st);
    }
    (void)sqlite3_exec(db, "ROLLBACK TO before; RELEASE before", NULL, NULL, NULL);
    if (!ok) printf("%s\n", fault);
    return ok;
}

START_TEST(what_runs_is_prepared_by_sqlite)
{
    Dialect d = (Dialect)_i;
    sqlite3 *db = open_runtime();
    int wrong = 0;
    uint64_t ran = 0, all = queries();
    for (uint64_t seed = 1; seed <= all; seed++) {
        Arena a = {0};
        Error err = {0};
        SqlProgram p;
        SqlHome home = sql_at_home(d);
        Str sql = sql_random(&a, d, seed);
        if (sql_compile(&a, sql, &home, &sql_random_schema, &p, &err)) {
            ran++;
            if (!is_prepared(db, p.text) && wrong++ < 3) {
                printf("%s %d: %s\n  " STR_FMT "\n  " STR_FMT "\n", dialect_name(d), (int)seed,
                       sqlite3_errmsg(db), STR_ARG(sql), STR_ARG(p.text));
            }
        } else if (getenv("REFUSED")) {
            printf("%s %d: %s\n  " STR_FMT "\n", dialect_name(d), (int)seed, err.text,
                   STR_ARG(sql));
        }
        arena_free(&a);
    }
    sqlite3_close(db);
    fflush(stdout);
    ck_assert_int_eq(wrong, 0);
    ck_assert_uint_gt(ran, all * 3 / 5);
}
END_TEST

START_TEST(what_is_translated_is_read_again)
{
    Dialect d = (Dialect)_i;
    int wrong = 0;
    uint64_t written = 0, all = queries();
    for (uint64_t seed = 1; seed <= all; seed++) {
        Arena a = {0};
        SqlHome home = sql_at_home(d);
        Dialect to = (Dialect)(seed % DIALECT_COUNT_);
        Error err = {0};
        Str sql = sql_random(&a, d, seed), out;
        SqlScript again;
        if (to != DIALECT_SQLITE &&
            sql_translate(&a, sql, &home, to, &sql_random_schema, &out, &err)) {
            written++;
            bool ok = sql_parse(&a, out, to, &again, &err) && sql_home(&again, &err);
            if (!ok && wrong++ < 3) {
                printf("%s > %s: %s\n  " STR_FMT "\n  " STR_FMT "\n", dialect_name(d),
                       dialect_name(to), err.text, STR_ARG(sql), STR_ARG(out));
            }
        }
        arena_free(&a);
    }
    fflush(stdout);
    ck_assert_int_eq(wrong, 0);
    ck_assert_uint_gt(written, all / 2);
}
END_TEST

// Every function that a dialect has, and one that it has not, with too few, too many and wrong
// arguments: it is refused by name, or SQLite prepares what comes out.
static bool is_named_or_prepared(sqlite3 *db, Dialect d, Str name, const char *arguments)
{
    Arena a = {0};
    Error err = {0};
    SqlProgram p;
    SqlHome home = sql_at_home(d);
    Str sql = str_fmt(&a, "SELECT " STR_FMT "(%s) FROM t", STR_ARG(name), arguments);
    bool ok = !sql_compile(&a, sql, &home, &sql_random_schema, &p, &err) || is_prepared(db, p.text);
    if (!ok) {
        printf("%s: " STR_FMT ": %s\n  " STR_FMT "\n", dialect_name(d), STR_ARG(sql),
               sqlite3_errmsg(db), STR_ARG(p.text));
    }
    arena_free(&a);
    return ok;
}

START_TEST(a_function_of_any_arguments_is_named_or_prepared)
{
    static const char *const arguments[] = {"",           "1", "'a'", "1, 2", "'a', 'b', 'c'",
                                            "1, 2, 3, 4", "*"};
    Dialect d = (Dialect)_i;
    sqlite3 *db = open_runtime();
    Arena a = {0};
    StrList own = fn_names(&a, d), other = fn_names(&a, DIALECT_SNOWFLAKE);
    int wrong = 0;
    for (size_t i = 0; i < own.len + other.len; i++) {
        Str name = i < own.len ? own.at[i] : other.at[i - own.len];
        size_t lists = i < own.len ? sizeof arguments / sizeof *arguments : 2;
        for (size_t k = 0; k < lists; k++)
            wrong += !is_named_or_prepared(db, d, name, arguments[k]);
    }
    ck_assert_uint_gt(own.len, 100);
    arena_free(&a);
    sqlite3_close(db);
    fflush(stdout);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

// What only a translation makes.
static bool is_made_later(SqlKind kind)
{
    return kind == NODE_TRANSFORM;
}

static void see(bool seen[NODE_COUNT_], const SqlNode *n)
{
    if (!n) return;
    seen[sql_kind_of(n)] = true;
    for (uint32_t i = 0; i < n->count; i++) see(seen, n->child[i]);
}

// So that what is said of all queries is said of everything that the parser makes.
START_TEST(every_kind_of_node_is_among_them)
{
    bool seen[NODE_COUNT_] = {0};
    for (Dialect d = 0; d <= DIALECT_LAST; d++) {
        for (uint64_t seed = 1; seed <= 500; seed++) {
            Arena a = {0};
            Error err = {0};
            SqlScript s;
            if (sql_parse(&a, sql_random(&a, d, seed), d, &s, &err)) see(seen, s.root);
            arena_free(&a);
        }
    }
    int missing = 0;
    for (SqlKind k = 0; k <= NODE_LAST; k++) {
        if (seen[k] || is_made_later(k)) continue;
        printf("no statement has a %s\n", sql_kind(k)->name);
        missing++;
    }
    fflush(stdout);
    ck_assert_int_eq(missing, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("translate property");
    TCase *c = tcase_create("random");
    tcase_add_loop_test(c, what_runs_is_prepared_by_sqlite, DIALECT_SQLITE + 1, DIALECT_COUNT_);
    tcase_add_loop_test(c, what_is_translated_is_read_again, 0, DIALECT_COUNT_);
    tcase_add_loop_test(c, a_function_of_any_arguments_is_named_or_prepared, DIALECT_SQLITE + 1,
                        DIALECT_COUNT_);
    tcase_set_timeout(c, 600);
    tcase_add_test(c, every_kind_of_node_is_among_them);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
