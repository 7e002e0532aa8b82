// test_exam_mutate: which mutants a query has. The queries stand in tests/exam/mutants.sql, their
// mutants in mutants.txt; with BLESS=1 in the environment the list is written anew: read it before
// it is committed.
#include "base/file.h"
#include "exam/mutate/mutants.h"
#include <check.h>
#include <stdlib.h>

static Arena arena;
static Error err;

static void teardown(void)
{
    arena_free(&arena);
}

static Str read(const char *name)
{
    Str text, path = str_fmt(&arena, SOURCE_DIR "/tests/exam/%s", name);
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    return text;
}

static void list(Buf *b, Str sql, bool ordered)
{
    Mutants m = mutants_find(&arena, sql, DIALECT_SQLITE, ordered);
    for (size_t i = 0; i < m.len; i++) {
        const Mutant *one = &m.at[i];
        buf_fmt(b, "%d:%d " STR_FMT ": " STR_FMT "  =>  " STR_FMT "\n    as if " STR_FMT "\n",
                one->line, one->column, STR_ARG(one->class), STR_ARG(one->was), STR_ARG(one->now),
                STR_ARG(one->words));
    }
}

START_TEST(the_mutants_of_a_query_are_those_that_are_listed)
{
    StrList queries = sql_statements(&arena, read("mutants.sql"), DIALECT_SQLITE);
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < queries.len; i++) {
        bool ordered = str_find(queries.at[i], S("-- ordered\n"), NULL);
        size_t at = 0;
        str_find(queries.at[i], S("SELECT"), &at);
        Str sql = str_slice(queries.at[i], at, queries.at[i].len);
        buf_fmt(&b, "%s" STR_FMT "\n", i ? "\n" : "", STR_ARG(sql));
        list(&b, sql, ordered);
    }
    if (getenv("BLESS")) {
        Str path = S(SOURCE_DIR "/tests/exam/mutants.txt");
        ck_assert_msg(file_write_atomic(path, buf_str(&b), &err), "%s", err.text);
    }
    ck_assert_str_eq(buf_str(&b).ptr, read("mutants.txt").ptr);
}
END_TEST

START_TEST(every_mutant_parses_and_differs)
{
    StrList queries = sql_statements(&arena, read("mutants.sql"), DIALECT_SQLITE);
    size_t mutants = 0;
    for (size_t i = 0; i < queries.len; i++) {
        Mutants m = mutants_find(&arena, queries.at[i], DIALECT_SQLITE, true);
        mutants += m.len;
        for (size_t k = 0; k < m.len; k++) {
            SqlScript s;
            ck_assert_msg(sql_parse(&arena, m.at[k].sql, DIALECT_SQLITE, &s, &err),
                          STR_FMT ": " STR_FMT "\n%s", STR_ARG(m.at[k].class), STR_ARG(m.at[k].sql),
                          err.text);
            ck_assert(!str_eq(m.at[k].sql, queries.at[i]));
            for (size_t l = 0; l < k; l++) ck_assert(!str_eq(m.at[k].sql, m.at[l].sql));
        }
    }
    ck_assert_uint_gt(mutants, 150);
}
END_TEST

START_TEST(what_does_not_parse_has_no_mutants)
{
    ck_assert_uint_eq(mutants_find(&arena, S("SELECT FROM WHERE"), DIALECT_SQLITE, true).len, 0);
    ck_assert_uint_eq(mutants_find(&arena, S(""), DIALECT_SQLITE, true).len, 0);
    ck_assert_uint_eq(
        mutants_find(&arena, S("SELECT 1 < 2; SELECT 1 < 2"), DIALECT_SQLITE, true).len, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam_mutate");
    TCase *t = tcase_create("mutants");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, the_mutants_of_a_query_are_those_that_are_listed);
    tcase_add_test(t, every_mutant_parses_and_differs);
    tcase_add_test(t, what_does_not_parse_has_no_mutants);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
