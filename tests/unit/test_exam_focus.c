// test_exam_focus: of a counterexample one is shown the columns that a query names.
#include "exam/exam.h"
#include <check.h>
#include <stdlib.h>

static const struct {
    Str expected, actual;
    const char *want;
} cases[] = {
    {STR_LIT("SELECT id FROM t"), STR_LIT("SELECT ID FROM t"), "id"},
    {STR_LIT("SELECT id FROM t"), STR_LIT("SELECT max(price) FROM t"), "id price"},
    {STR_LIT("SELECT count(*), price * 2 FROM t"), STR_LIT("SELECT \"name\" FROM t"), "name price"},
    {STR_LIT("SELECT * FROM t"), STR_LIT("SELECT id FROM t"), "id name price"},
    {STR_LIT("SELECT id, t.* FROM t"), STR_LIT("SELECT id FROM t"), "id name price"},
    {STR_LIT("SELECT DISTINCT * FROM t"), STR_LIT("SELECT id FROM t"), "id name price"},
    {STR_LIT("SELECT 1 FROM t NATURAL JOIN u"), STR_LIT("SELECT id FROM t"), "id name price"},
    {STR_LIT("SELECT count(*) FROM t"), STR_LIT("SELECT 1 -- name\n"),
     "id name price"}, // none named: all
    {STR_LIT("SELECT id -- price\n FROM t"), STR_LIT("SELECT 'name'"), "id"},
};

START_TEST(columns_that_a_query_names_are_shown)
{
    Arena a = {0};
    Column columns[] = {{S("id"), TYPE_INTEGER}, {S("name"), TYPE_TEXT}, {S("price"), TYPE_REAL}};
    Value cells[] = {VALUE_INT(1), VALUE_STR(S("x")), VALUE_FLT(2),
                     VALUE_INT(3), VALUE_STR(S("y")), VALUE_FLT(4)};
    NamedTable t = {S("t"), {.columns = columns, .width = 3, .cells = cells, .rows = 2}};
    Counterexample x = {.tables = &t,
                        .table_count = 1,
                        .expected_sql = cases[_i].expected,
                        .actual_sql = cases[_i].actual};
    Table shown = exam_focus(&a, &x, 0);
    Buf names = buf_new(&a);
    for (size_t k = 0; k < shown.width; k++)
        buf_fmt(&names, "%s" STR_FMT, k ? " " : "", STR_ARG(shown.columns[k].name));
    ck_assert_str_eq(buf_str(&names).ptr, cases[_i].want);
    ck_assert_uint_eq(shown.rows, 2);
    for (size_t k = 0; k < shown.width; k++) {
        size_t from = str_eq(shown.columns[k].name, S("id"))     ? 0
                      : str_eq(shown.columns[k].name, S("name")) ? 1
                                                                 : 2;
        ck_assert(value_same(table_at(&shown, 1, k), &cells[3 + from]));
    }
    arena_free(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam focus");
    TCase *t = tcase_create("focus");
    tcase_add_loop_test(t, columns_that_a_query_names_are_shown, 0,
                        (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
