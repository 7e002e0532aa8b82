// test_exam_shown: what a candidate sees of a counterexample: plain values, and a script that runs
// anywhere.
#include "base/buf.h"
#include "exam/exam.h"
#include "exam/mutate/rivals.h"
#include "exam_bench.h"
#include "sqlite_oracle.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const ValueChoice cities[] = {{STR_LIT("Oslo"), 1}, {STR_LIT("Bergen"), 1}};
static ColumnSpec customer_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("city"),
     .type = TYPE_TEXT,
     .values = cities,
     .value_count = 2,
     .null_share = -1},
};
static ColumnSpec order_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("customer_id"),
     .type = TYPE_INTEGER,
     .not_null = true,
     .ref_table = STR_LIT("customer"),
     .ref_column = STR_LIT("id"),
     .null_share = -1},
    {.name = STR_LIT("amount"), .type = TYPE_INTEGER, .min = STR_LIT("50"), .null_share = -1},
};
static ColumnSpec log_columns[] = {
    {.name = STR_LIT("id"),
     .type = TYPE_INTEGER,
     .primary_key = true,
     .min = STR_LIT("1"),
     .null_share = -1},
    {.name = STR_LIT("num"), .type = TYPE_INTEGER, .not_null = true},
};
static ColumnSpec word_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("spelling"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("code"), .type = TYPE_TEXT, .not_null = true},
};
static TableSpec tables[] = {
    {.name = STR_LIT("customer"),
     .rows = 60,
     .columns = customer_columns,
     .width = COUNT(customer_columns)},
    {.name = STR_LIT("orders"),
     .rows = 200,
     .columns = order_columns,
     .width = COUNT(order_columns)},
    {.name = STR_LIT("log"), .rows = 60, .columns = log_columns, .width = COUNT(log_columns)},
    {.name = STR_LIT("word"), .rows = 60, .columns = word_columns, .width = COUNT(word_columns)},
};
static NeverRule rules[] = {
    {.why = STR_LIT("ids have no gaps"),
     .sql = STR_LIT("SELECT 1 FROM log WHERE id > 1 AND id - 1 NOT IN (SELECT id FROM log)")},
};
static WarehouseSpec shop = {.name = STR_LIT("shop"),
                             .today = 20269,
                             .now_ms = 1751284800000, // 2025-06-30 12:00:00
                             .tables = tables,
                             .table_count = COUNT(tables),
                             .never = rules,
                             .never_count = COUNT(rules)};

static Counterexample refuted(Dialect d, const char *reference, const char *sql)
{
    Verdict v;
    ExamSpec *spec = arena_new(&arena, ExamSpec);
    *spec = (ExamSpec){.warehouse = &shop, .dialect = d, .answer = str_from(reference)};
    ExamAnswer answer = {.sql = str_from(sql), .dialect = d, .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, spec, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind == VERDICT_WRONG && v.has_counterexample, "%s: " STR_FMT, sql,
                  STR_ARG(v.why));
    return v.counterexample;
}

static Str shown(const Counterexample *c)
{
    Buf b = buf_new(&arena);
    for (size_t t = 0; t < c->table_count; t++) {
        const Table *rows = &c->tables[t].table;
        for (size_t i = 0; i < rows->rows * rows->width; i++) {
            if (i % rows->width == 0) buf_fmt(&b, "%s", b.len ? "; " : "");
            if (i % rows->width) buf_char(&b, ' ');
            buf_add(&b, value_text(&arena, &rows->cells[i], TYPE_UNKNOWN));
        }
    }
    return buf_str(&b);
}

static const struct {
    const char *reference, *wrong, *shown;
} plain[] = {
    // Two orders of one amount, the least that the column allows; the customer is counted from 1.
    {"SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id",
     "SELECT customer_id, SUM(DISTINCT amount) AS total FROM orders GROUP BY customer_id",
     "1 1 50; 2 1 50"},
    // A parent and its child have one number.
    {"SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
     "GROUP BY c.id",
     "SELECT c.id, COUNT(o.amount) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
     "GROUP BY c.id",
     "1 Oslo; 1 1 NULL"},
    // Where ids have no gaps, a row goes and those behind it move up.
    {"SELECT DISTINCT a.num FROM log a JOIN log b ON b.id = a.id + 1 AND b.num = a.num",
     "SELECT a.num FROM log a JOIN log b ON b.id = a.id + 1 AND b.num = a.num", "1 1; 2 1; 3 1"},
};

START_TEST(a_counterexample_is_as_plain_as_the_difference_allows)
{
    Counterexample c = refuted(DIALECT_SQLITE, plain[_i].reference, plain[_i].wrong);
    ck_assert_str_eq(str_c(&arena, shown(&c)), plain[_i].shown);
}
END_TEST

static const struct {
    const char *right, *wrong; // a condition
    size_t longest;            // of the spelling: what the difference hangs on
} texts[] = {
    {"spelling REGEXP 'x[0-9]{2}-y'", "spelling REGEXP '^x[0-9]{2}-y'", 6},
    {"spelling LIKE '%ab%'", "spelling LIKE '%ab'", 4},
    {"LENGTH(spelling) > 3", "LENGTH(spelling) > 4", 4},
};

START_TEST(of_texts_made_along_a_pattern_stays_what_matters)
{
    enum { WORD = 0, SPELLING = 1, CODE = 2, SHORT = 6 };
    const char *head = "SELECT id FROM word WHERE code LIKE '%q%' AND ";
    Str right = str_fmt(&arena, "%s%s", head, texts[_i].right);
    Str wrong = str_fmt(&arena, "%s%s", head, texts[_i].wrong);
    Counterexample c = refuted(DIALECT_MYSQL, str_c(&arena, right), str_c(&arena, wrong));
    ck_assert_uint_eq(c.rows, 1);
    const Table *word = &c.tables[WORD].table;
    ck_assert_msg(table_at(word, 0, SPELLING)->text.len <= texts[_i].longest, STR_FMT,
                  STR_ARG(shown(&c)));
    ck_assert_msg(table_at(word, 0, CODE)->text.len <= SHORT, STR_FMT, STR_ARG(shown(&c)));
}
END_TEST

// In MySQL text has no case. Where SQLite's own collation does as well, the script needs no other.
START_TEST(a_script_without_case_runs_anywhere)
{
    Counterexample c =
        refuted(DIALECT_MYSQL, "SELECT DISTINCT city FROM customer WHERE city <> 'Oslo'",
                "SELECT city FROM customer WHERE city <> 'OSLO'");
    ck_assert_uint_eq(c.functions.len, 0);
    ck_assert(str_find(c.actual_sql, S("COLLATE NOCASE"), NULL));
    Str rows = oracle_script(&arena, str_c(&arena, c.setup), str_c(&arena, c.actual_sql));
    ck_assert_str_eq(str_c(&arena, rows), "Bergen\nBergen");
}
END_TEST

START_TEST(a_script_that_needs_another_collation_says_so)
{
    Counterexample c = refuted(DIALECT_MYSQL, "SELECT city FROM customer WHERE city <> 'Oslo'",
                               "SELECT city FROM customer WHERE city <> 'Oslo' OR 'é' = 'E'");
    ck_assert_uint_eq(c.functions.len, 1);
    ck_assert_str_eq(str_c(&arena, c.functions.at[0]), "gr_folded");
}
END_TEST

// --- Databases that there cannot be ---

static ColumnSpec point_columns[] = {
    {.name = STR_LIT("x"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
};
static TableSpec point_tables[] = {
    {.name = STR_LIT("point"), .rows = 20, .columns = point_columns, .width = COUNT(point_columns)},
};
static NeverRule two_points[] = {
    {.why = STR_LIT("two points at least"),
     .sql = STR_LIT("SELECT 1 FROM (SELECT COUNT(*) AS n FROM point) WHERE n < 2")},
};
static WarehouseSpec line = {.name = STR_LIT("line"),
                             .today = 20269,
                             .tables = point_tables,
                             .table_count = COUNT(point_tables),
                             .never = two_points,
                             .never_count = COUNT(two_points)};

static ColumnSpec sale_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("country"), .type = TYPE_TEXT, .not_null = true, .null_share = -1},
    {.name = STR_LIT("amount"), .type = TYPE_INTEGER, .not_null = true, .null_share = -1},
};
static TableSpec sale_tables[] = {
    {.name = STR_LIT("sale"), .rows = 60, .columns = sale_columns, .width = COUNT(sale_columns)},
};
static WarehouseSpec sales = {.name = STR_LIT("sales"),
                              .today = 20269,
                              .tables = sale_tables,
                              .table_count = COUNT(sale_tables)};

static const struct {
    const WarehouseSpec *w;
    Dialect dialect;
    const char *reference, *right;
} fair[] = {
    // The empty table is no database of this warehouse: there NULL and no row would differ.
    {&line, DIALECT_SQLITE,
     "SELECT MIN(ABS(a.x - b.x)) AS shortest FROM point a JOIN point b ON a.x <> b.x",
     "SELECT ABS(a.x - b.x) AS shortest FROM point a JOIN point b ON a.x <> b.x ORDER BY 1 LIMIT "
     "1"},
    // Which of 'C' and 'c' stands for a group is chance in MySQL.
    {&sales, DIALECT_MYSQL,
     "SELECT country, COUNT(*) AS n FROM (SELECT country FROM sale WHERE amount > 5 UNION ALL "
     "SELECT country FROM sale WHERE amount < 3 OR country = 'C') AS u GROUP BY country",
     "SELECT country, COUNT(*) AS n FROM (SELECT country FROM sale WHERE amount < 3 OR country = "
     "'c' UNION ALL SELECT country FROM sale WHERE amount > 5) AS u GROUP BY country"},
};

START_TEST(no_right_answer_meets_a_database_that_cannot_be)
{
    Verdict v;
    ExamSpec spec = {.warehouse = fair[_i].w,
                     .dialect = fair[_i].dialect,
                     .answer = str_from(fair[_i].reference)};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        ExamAnswer answer = {
            .sql = str_from(fair[_i].right), .dialect = fair[_i].dialect, .seed = seed};
        ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
        ck_assert_msg(v.kind == VERDICT_RIGHT, STR_FMT "\n" STR_FMT, STR_ARG(v.why),
                      STR_ARG(v.counterexample.setup));
    }
}
END_TEST

#define CITIES "SELECT city, COUNT(*) AS n FROM customer WHERE city IS NOT NULL GROUP BY city"
static const struct {
    const char *reference, *wrong, *says;
} strays[] = {
    // One change, in a step with a name; and in a query in one line, where the line says nothing.
    {"SELECT id FROM orders WHERE amount > 100",
     "WITH big AS (\n  SELECT id, amount FROM orders\n  WHERE amount >= 100)\nSELECT id FROM big",
     "With one change in big (1 row here), on line 3, your answer would agree"},
    {"SELECT id FROM orders WHERE amount > 100", "SELECT id FROM orders WHERE amount < 100",
     "With one change at line 1, column 29 your answer would agree"},
    // No change of one thing does it: where the rows are lost.
    {CITIES,
     "WITH none AS (SELECT city, 1 AS k FROM customer WHERE id > 5 AND id < 5),\n"
     "  all_of_them AS (SELECT city, SUM(k) AS n FROM none GROUP BY city)\n"
     "SELECT city, n FROM all_of_them",
     "The rows are lost early: none (line 1) has none here."},
    {CITIES,
     "WITH here AS (SELECT city FROM customer WHERE city IS NOT NULL)\n"
     "SELECT city, 1 + COUNT(*) AS n FROM here WHERE city > 'Z' GROUP BY city",
     "Each step has rows here; only the whole query has none."},
    // A step over a table that has no rows here loses none.
    {"SELECT c.id, o.amount FROM customer c LEFT JOIN orders o ON o.customer_id = c.id",
     "WITH paid AS (SELECT customer_id, amount FROM orders)\n"
     "SELECT id, amount FROM customer JOIN paid ON customer_id = id WHERE amount + id > 7 OR id > "
     "0",
     ""},
    // Or where they are too many.
    {CITIES,
     "WITH twice AS (SELECT city FROM customer UNION ALL SELECT city FROM customer)\n"
     "SELECT city, 1 AS n FROM twice WHERE city IS NOT NULL",
     "Rows here: (SELECT city FROM customer) (line 1) 1, (SELECT city FROM customer) (line 1) 1, "
     "twice (line 1) 2, the whole query 2; expected 1."},
    // Two answers that share nothing: nothing is said.
    {CITIES, "SELECT city, id + 7 AS n FROM customer WHERE city IS NOT NULL", ""},
};

START_TEST(the_step_that_goes_astray_is_named)
{
    Verdict v;
    ExamSpec spec = {.warehouse = &shop, .answer = str_from(strays[_i].reference)};
    ExamAnswer answer = {.sql = str_from(strays[_i].wrong), .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    bool said =
        strays[_i].says[0] ? str_starts(v.astray, str_from(strays[_i].says)) : !v.astray.len;
    ck_assert_msg(said, "\"" STR_FMT "\"", STR_ARG(v.astray));
}
END_TEST

static ColumnSpec visit_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("who"), .type = TYPE_INTEGER, .not_null = true, .null_share = -1},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true, .null_share = -1},
};
static TableSpec visit_tables[] = {
    {.name = STR_LIT("visit"), .rows = 60, .columns = visit_columns, .width = COUNT(visit_columns)},
};
static WarehouseSpec site = {.name = STR_LIT("site"),
                             .today = 20269,
                             .now_ms = 1751284800000,
                             .tables = visit_tables,
                             .table_count = COUNT(visit_tables)};

// Half hours counted from the first visit on are no sessions, and neither are they of 1801 seconds:
// a change that agrees on the drill's databases is tried on those made for its own text, too.
START_TEST(a_change_that_does_not_make_it_right_is_not_said)
{
    Verdict v;
    ExamSpec spec = {
        .warehouse = &site,
        .dialect = DIALECT_POSTGRES,
        .answer = S("WITH g AS (SELECT who, CASE WHEN LAG(ts) OVER (PARTITION BY who ORDER BY ts) "
                    "IS NULL OR ts - LAG(ts) OVER (PARTITION BY who ORDER BY ts) > INTERVAL '30 "
                    "minutes' THEN 1 ELSE 0 END AS s FROM visit) SELECT who, SUM(s) AS sessions "
                    "FROM g GROUP BY who")};
    ExamAnswer answer = {
        .dialect = DIALECT_POSTGRES,
        .sql = S("SELECT who, COUNT(DISTINCT FLOOR(EXTRACT(EPOCH FROM ts - f) / 1800)) AS "
                 "sessions\nFROM (SELECT who, ts, MIN(ts) OVER (PARTITION BY who) AS f FROM "
                 "visit) t GROUP BY who"),
        .seed = 1};
    for (; answer.seed <= 6; answer.seed++) {
        ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
        ck_assert_int_eq(v.kind, VERDICT_WRONG);
        ck_assert_msg(!v.astray.len, STR_FMT, STR_ARG(v.astray));
    }
}
END_TEST

// The text that an attempt keeps runs from its first to its last line.
START_TEST(the_whole_script_runs_in_one_go)
{
    Counterexample c = refuted(DIALECT_POSTGRES, "SELECT id FROM orders WHERE amount > 100 -- dear",
                               "SELECT id FROM orders WHERE amount >= 100; -- not dear enough");
    Str all = exam_script(&arena, &c);
    ck_assert(str_find(all, S("-- expected\n"), NULL) && str_find(all, S("-- yours\n"), NULL));
    Str rows = oracle_script(&arena, str_c(&arena, all), "SELECT COUNT(*) FROM orders");
    ck_assert_str_eq(str_c(&arena, rows), "1");
}
END_TEST

// What runs on most data and stops on some meets the fewest rows on which it does.
START_TEST(an_answer_that_stops_is_shown_where)
{
    Verdict v;
    ExamSpec spec = {.warehouse = &shop,
                     .dialect = DIALECT_POSTGRES,
                     .answer = S("SELECT id, amount FROM orders")};
    ExamAnswer answer = {.sql =
                             S("SELECT id, amount + 0 * (1 / (amount - 77)) AS amount FROM orders"),
                         .dialect = DIALECT_POSTGRES,
                         .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert_int_eq(v.error.kind, ERROR_NONE);
    ck_assert_msg(str_find(v.why, S("(line 1, column 25): Division by zero."), NULL), STR_FMT,
                  STR_ARG(v.why));
    ck_assert(v.has_counterexample);
    ck_assert_uint_eq(v.counterexample.rows, 1);
    ck_assert_uint_eq(v.counterexample.expected.rows, 1);
    ck_assert_uint_eq(v.counterexample.actual.width, 0);
    ck_assert(str_find(v.counterexample.setup, S("77"), NULL));
    ExamAnother other;
    ck_assert(exam_another(bank, &arena, &spec, &answer, 0, &other, &err) && !other.found);
}
END_TEST

// A share of no orders at all: who does not think of NULLIF stops on the empty table, where the
// model says NULL. Where orders are there and none is counted, the two differ in earnest.
START_TEST(who_stops_on_the_empty_table_only_is_right_with_a_note)
{
    static const struct {
        const char *reference, *answer;
        bool right;
    } shares[] = {
        {"SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / NULLIF(COUNT(*), 0) AS n "
         "FROM orders",
         "SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / COUNT(*) AS n FROM orders", true},
        {"SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / NULLIF(COUNT(*), 0) AS n "
         "FROM orders WHERE amount > 77",
         "SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / COUNT(*) AS n "
         "FROM orders WHERE amount > 77",
         false},
        {"SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / (COUNT(*) + 1) AS n FROM orders",
         "SELECT 100 * COUNT(CASE WHEN amount > 5 THEN 1 END) / (COUNT(*) + 1) + 0 / COUNT(*) AS n "
         "FROM orders",
         false}, // the model says 0 of no orders
    };
    for (size_t i = 0; i < COUNT(shares); i++) {
        Verdict v;
        ExamSpec spec = {.warehouse = &shop,
                         .dialect = DIALECT_POSTGRES,
                         .answer = str_from(shares[i].reference)};
        ExamAnswer answer = {
            .sql = str_from(shares[i].answer), .dialect = DIALECT_POSTGRES, .seed = 1};
        ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
        ck_assert_msg((v.kind == VERDICT_RIGHT) == shares[i].right, "%zu: " STR_FMT, i,
                      STR_ARG(v.why));
        bool noted = false;
        for (size_t k = 0; k < v.review_count; k++)
            noted |= str_eq(v.review[k].rule, S("exam/stops-on-empty"));
        ck_assert(noted == shares[i].right);
        if (shares[i].right) continue;
        ck_assert_int_eq(v.kind, VERDICT_WRONG);
        ck_assert_uint_eq(v.counterexample.rows, i == 1 ? 1 : 0);
    }
}
END_TEST

// Each step has its rows on the counterexample, the whole what the verdict shows.
START_TEST(the_steps_ran_on_the_rows_that_are_shown)
{
    Verdict v;
    ExamSpec spec = {.warehouse = &shop, .answer = S(CITIES)};
    ExamAnswer answer = {.sql = S("WITH named AS (SELECT city FROM customer)\n"
                                  "SELECT city, COUNT(*) AS n FROM named GROUP BY city"),
                         .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert_uint_eq(v.step_count, 2);
    ck_assert(str_eq(v.steps[0].name, S("named")) && !v.steps[0].whole && v.steps[1].whole);
    ck_assert_uint_eq(v.steps[0].table.rows, v.counterexample.rows);
    ck_assert_uint_eq(v.steps[1].table.rows, v.counterexample.actual.rows);
    ck_assert(str_eq(v.steps[0].table.columns[0].name, S("city")));
}
END_TEST

// Whoever agrees only because nothing ever comes out is not called right.
START_TEST(agreement_on_nothing_is_no_verdict)
{
    static const char *const answers[] = {"SELECT city FROM customer WHERE id < 0 AND id > 5",
                                          "SELECT city FROM customer WHERE id > 0"};
    for (size_t i = 0; i < COUNT(answers); i++) {
        Verdict v;
        ExamSpec spec = {.warehouse = &shop, .answer = str_from(answers[i])};
        ExamAnswer answer = {.sql = spec.answer, .seed = 1};
        ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
        ck_assert_int_eq(v.kind, i ? VERDICT_RIGHT : VERDICT_ERROR);
        ck_assert_int_eq(strstr(v.error.text, "could not be examined") != NULL, i == 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam shown");
    TCase *t = tcase_create("shown");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, a_counterexample_is_as_plain_as_the_difference_allows, 0, COUNT(plain));
    tcase_add_loop_test(t, of_texts_made_along_a_pattern_stays_what_matters, 0, COUNT(texts));
    tcase_add_test(t, a_script_without_case_runs_anywhere);
    tcase_add_loop_test(t, no_right_answer_meets_a_database_that_cannot_be, 0, COUNT(fair));
    tcase_add_test(t, agreement_on_nothing_is_no_verdict);
    tcase_add_loop_test(t, the_step_that_goes_astray_is_named, 0, COUNT(strays));
    tcase_add_test(t, a_change_that_does_not_make_it_right_is_not_said);
    tcase_add_test(t, the_whole_script_runs_in_one_go);
    tcase_add_test(t, an_answer_that_stops_is_shown_where);
    tcase_add_test(t, who_stops_on_the_empty_table_only_is_right_with_a_note);
    tcase_add_test(t, the_steps_ran_on_the_rows_that_are_shown);
    tcase_add_test(t, a_script_that_needs_another_collation_says_so);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
