// test_grade: the desk: visible data, running with places and types, grading, kinds it cannot
// grade.
#include "grade/grade.h"
#include "temp_dir.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static Arena arena;
static World world;
static Error err;
static GradeDesk *desk;
static Str folder;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    folder = temp_dir_make(&arena);
    world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    world.cache_dir = folder;
    ck_assert_msg(grade_open(&world, &desk, &err), "%s", err.text);
}

static void teardown(void)
{
    grade_close(desk);
    temp_dir_remove(&arena, folder);
    arena_free(&arena);
}

static ColumnSpec columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("day"), .type = TYPE_DATE, .not_null = true, .null_share = -1},
    {.name = STR_LIT("is_new"), .type = TYPE_BOOLEAN, .not_null = true, .null_share = -1},
    {.name = STR_LIT("score"), .type = TYPE_INTEGER, .null_share = -1},
};
static Str checks[] = {STR_LIT("score IS NULL OR score >= 0")};
static TableSpec tables[] = {
    {.name = STR_LIT("visit"),
     .rows = 40,
     .columns = columns,
     .width = COUNT(columns),
     .check = {checks, 1}},
};
static const WarehouseSpec warehouse = {.name = STR_LIT("visits"),
                                        .today = 20269,
                                        .now_ms = 1751284800000,
                                        .tables = tables,
                                        .table_count = 1};
static const Drill drill = {
    .id = STR_LIT("p/new"),
    .kind = KIND_SQL,
    .exam = {.warehouse = &warehouse, .answer = STR_LIT("SELECT id FROM visit WHERE is_new")}};

static QueryResult run(const char *sql, Dialect dialect)
{
    QueryResult r;
    ck_assert_msg(grade_run(desk, &arena, &drill, str_from(sql), dialect, &r, &err), "%s",
                  err.text);
    return r;
}

START_TEST(visible_data_is_made_once_and_counted)
{
    int64_t rows = 0, again = 0;
    ck_assert_msg(grade_prepare(desk, &drill, &rows, &err), "%s", err.text);
    ck_assert_int_eq(rows, 40);
    ck_assert(grade_prepare(desk, &drill, &again, &err));
    ck_assert_int_eq(again, rows);
    QueryResult r = run("SELECT COUNT(*) FROM visit", DIALECT_SQLITE);
    ck_assert_int_eq(r.table.cells[0].integer, 40);
}
END_TEST

START_TEST(a_drill_without_data_has_nothing_to_prepare)
{
    Drill story = {.id = S("p/story"), .kind = KIND_STORY};
    int64_t rows = 7;
    ck_assert(grade_prepare(desk, &story, &rows, &err));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(columns_of_a_run_have_the_types_of_the_schema)
{
    QueryResult r =
        run("SELECT day, is_new, is_new + 1 AS k, 0.5 AS x FROM visit LIMIT 3", DIALECT_SQLITE);
    static const LogicalType types[] = {TYPE_DATE, TYPE_BOOLEAN, TYPE_INTEGER, TYPE_REAL};
    for (size_t i = 0; i < COUNT(types); i++) {
        ck_assert_int_eq(r.table.columns[i].type, types[i]);
    }
    ck_assert_uint_eq(r.table.rows, 3);
}
END_TEST

START_TEST(what_a_run_does_wrong_has_its_place)
{
    QueryResult r = run("SELECT id\nFROM visit\nWHERE dya = 1", DIALECT_SQLITE);
    ck_assert_int_eq(r.error.kind, ERROR_SYNTAX);
    ck_assert_int_eq(r.error.line, 3);
    ck_assert_int_eq(r.error.column, 7);
    r = run("SELECT id FROM visit ORDER BY id\nWHERE id = 1", DIALECT_SQLITE);
    ck_assert_int_eq(r.error.kind, ERROR_SYNTAX);
    ck_assert_str_eq(r.error.text,
                     "WHERE comes before ORDER BY."); // what was meant, not "near WHERE"
    ck_assert(r.error.line == 2 && r.error.column == 1);
    r = run("DROP TABLE visit", DIALECT_SQLITE);
    ck_assert_int_eq(r.error.kind, ERROR_NOT_ALLOWED);
    r = run("SELECT id,\n  id / (id - id) AS never\nFROM visit", DIALECT_BIGQUERY);
    ck_assert_int_eq(r.error.kind, ERROR_RUNTIME);
    ck_assert_str_eq(r.error.text, "Division by zero.");
    ck_assert(r.error.line == 2 && r.error.column == 3); // in the candidate's text
}
END_TEST

START_TEST(answers_are_graded)
{
    Verdict v;
    ck_assert_msg(grade_answer(desk, &arena, &drill,
                               &(GradeAnswer){S("SELECT id FROM visit WHERE is_new = 1"),
                                              DIALECT_SQLITE, 1, 0},
                               &v, &err),
                  "%s", err.text);
    ck_assert_int_eq(v.kind, VERDICT_RIGHT);
    ck_assert(grade_answer(desk, &arena, &drill,
                           &(GradeAnswer){S("SELECT id FROM visit"), DIALECT_SQLITE, 1, 0}, &v,
                           &err));
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert_uint_eq(v.counterexample.rows, 1);
    ck_assert_double_eq(v.elapsed_ms, 0); // by the desk's clock, which stands still here
}
END_TEST

START_TEST(running_and_grading_take_turns)
{
    for (int i = 0; i < 3; i++) {
        Verdict v;
        ck_assert(grade_answer(
            desk, &arena, &drill,
            &(GradeAnswer){S("SELECT id FROM visit WHERE is_new"), DIALECT_SQLITE, 1, 0}, &v,
            &err));
        ck_assert_int_eq(v.kind, VERDICT_RIGHT);
        QueryResult r = run("SELECT COUNT(*) FROM visit", DIALECT_SQLITE);
        ck_assert_int_eq(r.table.cells[0].integer, 40);
    }
}
END_TEST

START_TEST(more_warehouses_than_the_desk_holds_are_served)
{
    enum { MANY = 7 };
    WarehouseSpec all[MANY];
    Drill drills[MANY];
    for (int i = 0; i < 2 * MANY; i++) {
        int k = i % MANY;
        if (i < MANY) {
            all[k] = warehouse;
            all[k].name = str_fmt(&arena, "visits%d", k);
            drills[k] = drill;
            drills[k].exam.warehouse = &all[k];
        }
        int64_t rows;
        ck_assert_msg(grade_prepare(desk, &drills[k], &rows, &err), "%s", err.text);
        ck_assert_int_eq(rows, 40);
    }
}
END_TEST

START_TEST(kinds_without_an_engine_are_refused_with_a_sentence)
{
    Drill other = {.id = S("p/talk"), .kind = (DrillKind)(_i)};
    Verdict v;
    QueryResult r;
    ck_assert(!grade_answer(desk, &arena, &other, &(GradeAnswer){S("x"), DIALECT_SQLITE, 1, 0}, &v,
                            &err));
    ck_assert_int_eq(err.kind, ERROR_UNSUPPORTED);
    ck_assert_ptr_nonnull(strstr(err.text, kind_name(other.kind)));
    ck_assert(!grade_run(desk, &arena, &other, S("x"), DIALECT_SQLITE, &r, &err));
    ck_assert_int_eq(err.kind, ERROR_UNSUPPORTED);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("grade");
    TCase *t = tcase_create("desk");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, visible_data_is_made_once_and_counted);
    tcase_add_test(t, a_drill_without_data_has_nothing_to_prepare);
    tcase_add_test(t, columns_of_a_run_have_the_types_of_the_schema);
    tcase_add_test(t, what_a_run_does_wrong_has_its_place);
    tcase_add_test(t, answers_are_graded);
    tcase_add_test(t, running_and_grading_take_turns);
    tcase_add_test(t, more_warehouses_than_the_desk_holds_are_served);
    tcase_add_loop_test(t, kinds_without_an_engine_are_refused_with_a_sentence, KIND_SQL + 1,
                        KIND_COUNT_);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
