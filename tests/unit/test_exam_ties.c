// test_exam_ties: what hangs on ties and on where NULLs sort. A counterexample differs whichever of
// tied rows comes first: for the wrong answers of tests/exam/ties.txt, SQLite alone runs each way
// of breaking the tie on the rows shown.
#include "base/file.h"
#include "exam_bench.h"
#include "sqlite_oracle.h"
#include <check.h>
#include <stdlib.h>

enum { CASES_LEAST = 5, WAYS_LEAST = 2 };

static ColumnSpec columns[] = {
    {.name = STR_LIT("device"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("at"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("status"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("late"), .type = TYPE_INTEGER},
};
static TableSpec table = {.name = STR_LIT("readings"), .rows = 40, .columns = columns, .width = 4};
static WarehouseSpec warehouse = {.name = STR_LIT("ties"), .tables = &table, .table_count = 1};

typedef struct {
    Str name, right, wrong, ties;
} Tied;

static Str with(Str sql, Str tie)
{
    Str before, after;
    size_t at;
    ck_assert_msg(str_find(sql, S("{}"), &at), STR_FMT, STR_ARG(sql));
    before = str_slice(sql, 0, at);
    after = str_slice(sql, at + 2, sql.len);
    return str_fmt(&arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(tie), STR_ARG(after));
}

static Str rows_of(const Counterexample *c, Str sql)
{
    Str out = oracle_script(&arena, str_c(&arena, c->setup), str_c(&arena, sql));
    ck_assert_msg(!str_starts(out, S("error: ")), STR_FMT, STR_ARG(out));
    return out;
}

// Rows in any order.
static Str sorted(const Counterexample *c, Str sql)
{
    return rows_of(c, str_fmt(&arena, "SELECT * FROM (" STR_FMT ") ORDER BY 1, 2", STR_ARG(sql)));
}

static void check_case(const Tied *t, uint64_t seed)
{
    ExamSpec spec = {.warehouse = &warehouse, .answer = t->right};
    ExamAnswer answer = {.sql = with(t->wrong, S("")), .seed = seed};
    Verdict v;
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind == VERDICT_WRONG, STR_FMT, STR_ARG(t->name));
    ck_assert_msg(!v.counterexample.unstable, STR_FMT, STR_ARG(t->name));
    Str expected = sorted(&v.counterexample, t->right), rest = t->ties;
    size_t ways = 0;
    for (bool more = true; more; ways++) {
        size_t at;
        more = str_find(rest, S("|"), &at);
        Str tie = more ? str_slice(rest, 0, at) : rest;
        Str actual = sorted(&v.counterexample, with(t->wrong, str_trim(tie)));
        ck_assert_msg(!str_eq(expected, actual),
                      STR_FMT ", seed %d: right with \"" STR_FMT "\" on\n" STR_FMT,
                      STR_ARG(t->name), (int)seed, STR_ARG(tie), STR_ARG(v.counterexample.setup));
        if (more) rest = str_slice(rest, at + 1, rest.len);
    }
    ck_assert_uint_ge(ways, WAYS_LEAST);
}

START_TEST(what_is_shown_is_wrong_whichever_of_tied_rows_comes_first)
{
    Str text, line, path = S(SOURCE_DIR "/tests/exam/ties.txt");
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    Tied t = {.name = {0}};
    size_t cases = 0;
    while (str_line(&text, &line)) {
        Str word = str_slice(line, 0, 8), value = str_trim(str_slice(line, word.len, line.len));
        word = str_trim(word);
        if (str_eq(word, S("name"))) t.name = value;
        if (str_eq(word, S("right"))) t.right = value;
        if (str_eq(word, S("wrong"))) t.wrong = value;
        if (!str_eq(word, S("ties"))) continue;
        t.ties = value;
        check_case(&t, (uint64_t)_i);
        cases++;
    }
    ck_assert_uint_ge(cases, CASES_LEAST);
}
END_TEST

// --- What is called nondeterministic ---

enum { LUCK_LEAST = 27, PLAIN_LEAST = 9 };

typedef struct {
    Str name;
    ExamSpec spec;
    size_t luck, plain; // answers
} Luck;

// "duckdb    SELECT …"
static Dialect take_dialect(Str *text)
{
    Dialect d;
    size_t at;
    ck_assert(str_find(*text, S(" "), &at));
    ck_assert(dialect_from_name(str_slice(*text, 0, at), &d));
    *text = str_trim(str_slice(*text, at, text->len));
    return d;
}

static void check_luck(Luck *l, bool luck, Str text, uint64_t seed)
{
    ExamAnswer answer = {.seed = seed};
    answer.dialect = take_dialect(&text);
    answer.sql = text;
    Verdict v;
    ck_assert_msg(exam_check(bank, &arena, &l->spec, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind == VERDICT_WRONG, STR_FMT ": " STR_FMT " " STR_FMT, STR_ARG(l->name),
                  STR_ARG(text), STR_ARG(v.why));
    bool named = str_starts(v.why, S("nondeterministic: "));
    ck_assert_msg(named == luck, STR_FMT ", seed %d: " STR_FMT "\n" STR_FMT "\n" STR_FMT,
                  STR_ARG(l->name), (int)seed, STR_ARG(text), STR_ARG(v.why),
                  STR_ARG(v.counterexample.setup));
    *(luck ? &l->luck : &l->plain) += 1;
}

START_TEST(what_hangs_on_a_tie_is_called_nondeterministic)
{
    Str text, line, path = S(SOURCE_DIR "/tests/exam/luck.txt");
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    Luck l = {.spec.warehouse = &warehouse};
    while (str_line(&text, &line)) {
        Str word = str_slice(line, 0, 8), value = str_trim(str_slice(line, word.len, line.len));
        word = str_trim(word);
        if (str_eq(word, S("name"))) l.name = value;
        if (str_eq(word, S("right"))) {
            l.spec.dialect = take_dialect(&value);
            l.spec.answer = value;
        }
        if (str_eq(word, S("luck"))) check_luck(&l, true, value, (uint64_t)_i);
        if (str_eq(word, S("plain"))) check_luck(&l, false, value, (uint64_t)_i);
    }
    ck_assert_uint_ge(l.luck, LUCK_LEAST);
    ck_assert_uint_ge(l.plain, PLAIN_LEAST);
}
END_TEST

// --- Where NULLs sort ---

static const struct {
    const char *key; // as Postgres, DESC sorts NULLs first
    Dialect dialect;
    VerdictKind kind;
    const char *told; // "" = nothing
} answers[] = {
    {"late DESC", DIALECT_MYSQL, VERDICT_RIGHT, "Right as Postgres "},
    {"late DESC NULLS LAST", DIALECT_DUCKDB, VERDICT_WRONG, ""},
    {"late DESC", DIALECT_POSTGRES, VERDICT_RIGHT, ""},
    {"late DESC NULLS FIRST", DIALECT_DUCKDB, VERDICT_RIGHT, ""},
    {"late IS NULL DESC, late DESC", DIALECT_MYSQL, VERDICT_RIGHT, ""},
};

START_TEST(who_is_right_by_the_questions_rules_alone_is_told)
{
    ExamSpec spec = {.warehouse = &warehouse, .dialect = DIALECT_POSTGRES};
    spec.answer = S("SELECT device, RANK() OVER (ORDER BY late DESC) AS r FROM readings");
    ExamAnswer answer = {.dialect = answers[_i].dialect, .seed = 1};
    answer.sql = str_fmt(&arena, "SELECT device, RANK() OVER (ORDER BY %s) AS r FROM readings",
                         answers[_i].key);
    Verdict v;
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_int_eq(v.kind, answers[_i].kind);
    size_t told = 0;
    for (size_t i = 0; i < v.review_count; i++) {
        if (!str_eq(v.review[i].rule, S("exam/ambient"))) continue;
        told++;
        ck_assert(str_starts(v.review[i].message, str_from(answers[_i].told)));
    }
    ck_assert_uint_eq(told, answers[_i].told[0] != '\0');
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam ties");
    TCase *t = tcase_create("ties");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, what_is_shown_is_wrong_whichever_of_tied_rows_comes_first, 1, 4);
    tcase_add_loop_test(t, what_hangs_on_a_tie_is_called_nondeterministic, 1, 4);
    tcase_add_loop_test(t, who_is_right_by_the_questions_rules_alone_is_told, 0,
                        (int)(sizeof answers / sizeof *answers));
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
