// test_translate_property: whatever is translated is read: by SQLite, which prepares it, and by the
// parser of the dialect it was translated to.
#include "query/fn.h"
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

static const char script[] = "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER);"
                             "CREATE TABLE u (a INTEGER, d INTEGER, e INTEGER);";

static sqlite3 *open_runtime(void)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert(fn_register(db));
    ck_assert_int_eq(sqlite3_exec(db, script, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static bool is_prepared(sqlite3 *db, Str text)
{
    sqlite3_stmt *st;
    int rc = sqlite3_prepare_v2(db, text.ptr, (int)text.len, &st, NULL);
    sqlite3_finalize(st);
    return rc == SQLITE_OK;
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

int main(void)
{
    Suite *s = suite_create("translate property");
    TCase *c = tcase_create("random");
    tcase_add_loop_test(c, what_runs_is_prepared_by_sqlite, DIALECT_SQLITE + 1, DIALECT_COUNT_);
    tcase_add_loop_test(c, what_is_translated_is_read_again, 0, DIALECT_COUNT_);
    tcase_add_loop_test(c, a_function_of_any_arguments_is_named_or_prepared, DIALECT_SQLITE + 1,
                        DIALECT_COUNT_);
    tcase_set_timeout(c, 120);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
