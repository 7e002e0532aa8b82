// test_dialects: right and wrong answers mean the same in every dialect: each is translated, and
// graded in the other dialect against the drill's own reference.
#include "exam/exam.h"
#include "exam_bench.h"
#include "pack/pack.h"
#include <check.h>
#include <stdlib.h>

enum { TURNS = 7 }; // dialects but the drill's own

static Arena library_arena;
static Library library;
static int written, refused; // answers of a drill, in another dialect

static Dialect nth_other(Dialect own, size_t n)
{
    return (Dialect)(((size_t)own + 1 + n % TURNS) % (TURNS + 1));
}

// What hangs on case in MySQL is another query where text has case anyway: it is graded by the
// collation of the drill.
static bool hangs_on_case(Str sql)
{
    static const Str words[] = {STR_LIT("BINARY"), STR_LIT("binary"), STR_LIT("'c'")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(sql, words[i], NULL)) return true;
    }
    return false;
}

static bool has_moments(const WarehouseSpec *w)
{
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *table = &w->tables[i];
        for (size_t c = 0; c < table->width; c++) {
            LogicalType type = table->columns[c].type;
            if (type == TYPE_DATE || type == TYPE_TIMESTAMP) return true;
        }
    }
    return false;
}

// Dates kept as texts: '1996-06-2' is a day in Spark and none in SQLite.
static bool hangs_on_dates_of_text(const WarehouseSpec *w, Str sql)
{
    return str_find(sql, S("STRFTIME("), NULL) && !has_moments(w);
}

// SQLite and MySQL read any text as a number or a moment; elsewhere the cast stops on some.
static bool stops_on_texts(Dialect from, const Verdict *v)
{
    bool reads_all = from == DIALECT_SQLITE || from == DIALECT_MYSQL;
    bool stops = v->kind == VERDICT_ERROR || str_starts(v->why, S("Your answer stops on rows"));
    return reads_all && stops;
}

// In the n-th other dialect, where that can say it.
static void ck_same_verdict(const Drill *d, Str sql, size_t n, VerdictKind kind)
{
    const ExamSpec *exam = &d->exam;
    SqlHome home = sql_at_home(exam->dialect);
    SqlSchema schema = exam_schema(&arena, exam->warehouse);
    Dialect to = nth_other(exam->dialect, n);
    if (hangs_on_case(sql) || hangs_on_dates_of_text(exam->warehouse, sql)) return;
    Str text;
    Verdict v;
    if (!sql_translate(&arena, sql, &home, to, &schema, &text, &err)) {
        ck_assert_msg(err.kind == ERROR_UNSUPPORTED, STR_FMT " to %s: %s", STR_ARG(d->id),
                      dialect_name(to), err.text);
        refused++;
        return;
    }
    // What SQLite lacks is written with the runtime's functions, which no candidate has.
    if (to == DIALECT_SQLITE && str_find(text, S("gr_"), NULL)) {
        refused++;
        return;
    }
    written++;
    ExamAnswer answer = {.sql = text, .dialect = to, .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, exam, &answer, &v, &err), STR_FMT ": %s", STR_ARG(d->id),
                  err.text);
    // SQLite takes the first row of a subquery for a value; elsewhere that is an error.
    bool stopped = kind == VERDICT_WRONG && v.kind == VERDICT_ERROR;
    stopped = stopped || stops_on_texts(exam->dialect, &v);
    ck_assert_msg(v.kind == kind || stopped,
                  STR_FMT " in %s is %s: " STR_FMT " %s\n" STR_FMT "\n" STR_FMT, STR_ARG(d->id),
                  dialect_name(to), verdict_name(v.kind), STR_ARG(v.why), v.error.text,
                  STR_ARG(text), STR_ARG(v.counterexample.setup));
}

// Two dialects for each answer, another pair for the next: all meet all.
static void ck_in_others(const Drill *d, Str sql, VerdictKind kind)
{
    static size_t turn;
    for (size_t i = 0; i < 2; i++) ck_same_verdict(d, sql, turn++, kind);
}

START_TEST(an_answer_means_the_same_in_every_dialect)
{
    const Drill *d = library_at(&library, (size_t)_i);
    if (!d || d->kind != KIND_SQL || d->exam.load.len) return;
    const ExamSpec *exam = &d->exam;
    ck_in_others(d, exam->answer, VERDICT_RIGHT);
    for (size_t i = 0; i < exam->also_right.len; i++)
        ck_in_others(d, exam->also_right.at[i], VERDICT_RIGHT);
    for (size_t i = 0; i < exam->wrong_count; i++) {
        Str sql;
        ck_assert_msg(exam_wrong_sql(&arena, exam, &exam->wrong[i], &sql, &err), "%s", err.text);
        ck_in_others(d, sql, VERDICT_WRONG);
    }
    ck_assert_msg(3 * written >= refused, STR_FMT ": of %d answers %d cannot be said elsewhere",
                  STR_ARG(d->id), written + refused, refused);
}
END_TEST

static void load_library(void)
{
    static Str practice = STR_LIT(SOURCE_DIR "/tests/packs-exam");
    PackSources from = {
        .share_dir = S(SOURCE_DIR), .shipped = true, .extra = (StrList){&practice, 1}};
    Diags diags = {.arena = &library_arena};
    if (!pack_load(&library_arena, &from, &library, &diags, &err)) abort();
    for (size_t i = 0; i < library_drill_count(&library); i++)
        library_read(&library, library_at(&library, i));
}

int main(void)
{
    load_library();
    Suite *s = suite_create("dialects");
    TCase *t = tcase_create("answers");
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, an_answer_means_the_same_in_every_dialect, 0,
                        (int)library_drill_count(&library));
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&library_arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
