// test_shipped: every SQL drill that we ship proves itself: its reference and what is also right
// pass, its wrong answers meet a counterexample, and its visible data holds what it promises.
#include "grade/grade.h"
#include "pack/pack.h"
#include "temp_dir.h"
#include "verdict_text.h"
#include <check.h>
#include <stdlib.h>

enum { ROWS_SHOWN_MOST = 12 };

static Arena library_arena, arena;
static Library library;
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

static const Drill *sql_drill(int i)
{
    const Drill *d = library_at(&library, (size_t)i);
    return d && d->kind == KIND_SQL ? d : NULL;
}

static size_t worlds(const Drill *d)
{
    return d->world_count ? d->world_count : 1;
}

static Verdict grade(const Drill *d, size_t w, Str answer)
{
    Verdict v;
    ck_assert_msg(
        grade_answer(desk, &arena, d, &(GradeAnswer){answer, d->exam.dialect, 1, w}, &v, &err),
        STR_FMT ": %s", STR_ARG(d->id), err.text);
    return v;
}

START_TEST(what_is_right_is_accepted)
{
    const Drill *d = sql_drill(_i);
    for (size_t w = 0; d && w < worlds(d); w++) {
        const ExamSpec *exam = drill_exam(d, w);
        Verdict v = grade(d, w, exam->answer);
        ck_assert_msg(v.kind == VERDICT_RIGHT, STR_FMT ", the reference: " STR_FMT, STR_ARG(d->id),
                      STR_ARG(v.why));
        ck_assert_uint_gt(v.tried, 100);
        for (size_t i = 0; i < exam->also_right.len; i++) {
            v = grade(d, w, exam->also_right.at[i]);
            ck_assert_msg(v.kind == VERDICT_RIGHT,
                          STR_FMT ", also_right %zu: " STR_FMT "\n" STR_FMT, STR_ARG(d->id), i + 1,
                          STR_ARG(v.why), STR_ARG(v.counterexample.setup));
        }
    }
}
END_TEST

// Whoever did not ask is told what he took for true.
START_TEST(what_is_right_in_another_world_is_told_so)
{
    const Drill *d = sql_drill(_i);
    for (size_t w = 0; d && w < d->world_count; w++) {
        const ExamSpec *exam = drill_exam(d, w);
        ck_assert_uint_eq(exam->other_count, d->world_count - 1);
        for (size_t i = 0; i < exam->other_count; i++) {
            Verdict v = grade(d, w, exam->others[i].answer);
            ck_assert_int_eq(v.kind, VERDICT_WRONG);
            ck_assert_uint_gt(v.assumed.len, 0);
            ck_assert(str_starts(v.why, S("Right, for another question.")));
        }
    }
}
END_TEST

START_TEST(every_wrong_answer_is_refuted)
{
    const Drill *d = sql_drill(_i);
    for (size_t k = 0; d && k < worlds(d); k++) {
        const ExamSpec *exam = drill_exam(d, k);
        ck_assert_uint_ge(exam->wrong_count, 2);
        for (size_t i = 0; i < exam->wrong_count; i++) {
            Str sql;
            ck_assert_msg(exam_wrong_sql(&arena, exam, &exam->wrong[i], &sql, &err), STR_FMT ": %s",
                          STR_ARG(d->id), err.text);
            Verdict v = grade(d, k, sql);
            ck_assert_msg(v.kind == VERDICT_WRONG && v.has_counterexample,
                          STR_FMT ", wrong %zu (" STR_FMT "): " STR_FMT, STR_ARG(d->id), i + 1,
                          STR_ARG(exam->wrong[i].why), STR_ARG(v.why));
            ck_assert_msg(v.counterexample.rows <= ROWS_SHOWN_MOST,
                          STR_FMT ", wrong %zu: %zu rows\n" STR_FMT, STR_ARG(d->id), i + 1,
                          v.counterexample.rows, STR_ARG(v.counterexample.setup));
        }
    }
}
END_TEST

static void warm(const Drill *d)
{
    enum { STEPS_MOST = 5000 };
    bool more = true;
    for (int i = 0; more; i++) {
        ck_assert_int_lt(i, STEPS_MOST);
        ck_assert_msg(grade_warm(desk, d, 1, 0, &more, &err), "%s", err.text);
    }
}

// By a fresh desk, and by one that has worked ahead and met other answers: one verdict, to the
// letter.
START_TEST(a_verdict_does_not_hang_on_what_was_done_before)
{
    const Drill *d = sql_drill(_i);
    Str sql, cold;
    if (!d) return;
    const ExamSpec *exam = drill_exam(d, 0);
    ck_assert(exam_wrong_sql(&arena, exam, &exam->wrong[1], &sql, &err));
    cold = verdict_text(&arena, grade(d, 0, sql));
    grade_close(desk);
    ck_assert(grade_open(&world, &desk, &err));
    warm(d);
    for (size_t i = 0; i < exam->wrong_count; i++) {
        Str other;
        ck_assert(exam_wrong_sql(&arena, exam, &exam->wrong[i], &other, &err));
        if (i != 1) (void)grade(d, 0, other);
    }
    Str warmed = verdict_text(&arena, grade(d, 0, sql));
    ck_assert_msg(str_eq(cold, warmed), STR_FMT ":\n" STR_FMT "\n" STR_FMT, STR_ARG(d->id),
                  STR_ARG(cold), STR_ARG(warmed));
}
END_TEST

START_TEST(the_visible_data_shows_what_the_question_is_about)
{
    const Drill *d = sql_drill(_i);
    if (!d) return;
    for (size_t i = 0; i < d->exam.must_have.len; i++) {
        Str condition = d->exam.must_have.at[i];
        Str sql = str_fmt(&arena, "SELECT 1 FROM (\n" STR_FMT "\n) WHERE (" STR_FMT "\n) LIMIT 1",
                          STR_ARG(d->exam.answer), STR_ARG(condition));
        QueryResult r;
        ck_assert_msg(grade_run(desk, &arena, d, sql, d->exam.dialect, &r, &err), STR_FMT ": %s",
                      STR_ARG(d->id), err.text);
        ck_assert_msg(r.error.kind == ERROR_NONE && r.table.rows == 1,
                      STR_FMT ": no row with " STR_FMT ". %s", STR_ARG(d->id), STR_ARG(condition),
                      r.error.text);
    }
}
END_TEST

int main(void)
{
    Diags diags = {.arena = &library_arena};
    PackSources from = {.share_dir = S(SOURCE_DIR), .shipped = true};
    if (!pack_load(&library_arena, &from, &library, &diags, &err) || diags.errors) {
        fprintf(stderr, "%s\n", err.text);
        return EXIT_FAILURE;
    }
    int count = (int)library_drill_count(&library);
    Suite *s = suite_create("shipped");
    TCase *t = tcase_create("sql drills");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, what_is_right_is_accepted, 0, count);
    tcase_add_loop_test(t, every_wrong_answer_is_refuted, 0, count);
    tcase_add_loop_test(t, what_is_right_in_another_world_is_told_so, 0, count);
    tcase_add_loop_test(t, a_verdict_does_not_hang_on_what_was_done_before, 0, count);
    tcase_add_loop_test(t, the_visible_data_shows_what_the_question_is_about, 0, count);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&library_arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
