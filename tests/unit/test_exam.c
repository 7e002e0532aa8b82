// test_exam: right answers in many shapes are accepted, wrong ones meet a database of a few rows.
#include "exam/exam.h"
#include "exam_bench.h"
#include "sqlite_oracle.h"
#include "verdict_text.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

// --- A shop: customers and their orders ---

static const ValueChoice cities[] = {{STR_LIT("Oslo"), 1}, {STR_LIT("Bergen"), 1}};
static const ValueChoice tiers[] = {{STR_LIT("free"), 1}, {STR_LIT("plus"), 1}};
static const ValueChoice statuses[] = {{STR_LIT("paid"), 1}, {STR_LIT("open"), 1}};

static ColumnSpec customer_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("name"), .type = TYPE_TEXT, .not_null = true, .null_share = -1},
    {.name = STR_LIT("city"),
     .type = TYPE_TEXT,
     .values = cities,
     .value_count = 2,
     .null_share = -1},
    {.name = STR_LIT("tier"),
     .type = TYPE_TEXT,
     .values = tiers,
     .value_count = 2,
     .not_null = true,
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
    {.name = STR_LIT("ordered_on"),
     .type = TYPE_DATE,
     .not_null = true,
     .min = STR_LIT("2025-05-01"),
     .max = STR_LIT("2025-07-31"),
     .null_share = -1},
    {.name = STR_LIT("shipped_on"),
     .type = TYPE_DATE,
     .min = STR_LIT("2025-05-01"),
     .max = STR_LIT("2025-08-31"),
     .null_share = -1},
    {.name = STR_LIT("amount"), .type = TYPE_INTEGER, .null_share = -1},
    {.name = STR_LIT("status"),
     .type = TYPE_TEXT,
     .not_null = true,
     .values = statuses,
     .value_count = 2,
     .null_share = -1},
    {.name = STR_LIT("note"), .type = TYPE_TEXT, .null_share = -1},
};
static Str order_checks[] = {STR_LIT("shipped_on >= ordered_on")};
static TableSpec tables[] = {
    {.name = STR_LIT("customer"),
     .rows = 60,
     .columns = customer_columns,
     .width = COUNT(customer_columns)},
    {.name = STR_LIT("orders"),
     .rows = 400,
     .columns = order_columns,
     .width = COUNT(order_columns),
     .check = {order_checks, 1}},
};
static NeverRule rules[] = {
    {.why = STR_LIT("A paid order has an amount."),
     .sql = STR_LIT("SELECT 1 FROM orders WHERE status = 'paid' AND amount IS NULL")},
};
static WarehouseSpec shop = {.name = STR_LIT("shop"),
                             .today = 20269,
                             .now_ms = 1751284800000, // 2025-06-30 12:00:00
                             .tables = tables,
                             .table_count = 2,
                             .never = rules,
                             .never_count = 1};

static SortKey by_amount[] = {{STR_LIT("amount"), true}};

typedef struct {
    const char *reference;
    CompareRule rule;
    const char *right[8];
    const char *wrong[10];
} Question;

static const Question questions[] = {
    {"SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
     "GROUP BY c.id",
     {0},
     {"SELECT id, (SELECT COUNT(*) FROM orders WHERE customer_id = customer.id) AS n FROM customer",
      "WITH k AS (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id) "
      "SELECT COALESCE(n, 0) AS n, id FROM customer LEFT JOIN k ON k.customer_id = id",
      "SELECT id AS customer, 0 + (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) "
      "AS orders FROM customer c",
      "SELECT COUNT(o.id) AS how_many, c.id AS who FROM customer c LEFT JOIN orders o "
      "ON o.customer_id = c.id GROUP BY c.id",
      "SELECT customer_id AS id, SUM(k) AS n FROM (SELECT id AS customer_id, 0 AS k FROM customer "
      "UNION ALL SELECT customer_id, 1 FROM orders) GROUP BY customer_id"},
     {"SELECT c.id, COUNT(o.id) AS n FROM customer c JOIN orders o ON o.customer_id = c.id "
      "GROUP BY c.id",
      "SELECT c.id, COUNT(*) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "GROUP BY c.id",
      "SELECT c.id, COUNT(o.amount) AS n FROM customer c LEFT JOIN orders o "
      "ON o.customer_id = c.id GROUP BY c.id",
      "SELECT c.id, COUNT(DISTINCT o.ordered_on) AS n FROM customer c LEFT JOIN orders o "
      "ON o.customer_id = c.id GROUP BY c.id",
      "SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "WHERE o.status = 'paid' GROUP BY c.id",
      "SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "GROUP BY c.name",
      "SELECT c.id FROM customer c",
      "SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o ON o.id = c.id "
      "GROUP BY c.id"}},
    {"SELECT id FROM orders WHERE amount > 100",
     {0},
     {"SELECT id FROM orders WHERE NOT (amount <= 100)", "SELECT id FROM orders WHERE 100 < amount",
      "SELECT id FROM orders WHERE amount >= 101",
      "SELECT o.id FROM orders o JOIN (SELECT id FROM orders WHERE amount - 100 > 0) USING (id)"},
     {"SELECT id FROM orders WHERE amount >= 100", "SELECT id FROM orders WHERE amount > 99",
      "SELECT id FROM orders WHERE amount > 101", "SELECT id FROM orders WHERE amount <> 100",
      "SELECT id FROM orders WHERE NOT COALESCE(amount <= 100, 0)",
      "SELECT customer_id AS id FROM orders WHERE amount > 100",
      "SELECT id FROM orders WHERE amount > 100 AND status = 'paid'"}},
    {"SELECT id FROM customer WHERE city IS NULL OR city <> 'Oslo'",
     {0},
     {"SELECT id FROM customer WHERE city IS NOT 'Oslo'",
      "SELECT id FROM customer WHERE COALESCE(city, '') <> 'Oslo'",
      "SELECT id FROM customer EXCEPT SELECT id FROM customer WHERE city = 'Oslo'"},
     {"SELECT id FROM customer WHERE city <> 'Oslo'",
      "SELECT id FROM customer WHERE city NOT IN ('Oslo')",
      "SELECT id FROM customer WHERE city IS NULL",
      "SELECT id FROM customer WHERE city IS NULL OR city <> 'oslo'",
      "SELECT id FROM customer WHERE COALESCE(city, 'Oslo') <> 'Oslo'"}},
    {"SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM orders o "
     "WHERE o.customer_id = c.id AND o.status = 'paid')",
     {0},
     {"SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM orders "
      "WHERE status = 'paid')",
      "SELECT c.id FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "AND o.status = 'paid' WHERE o.id IS NULL"},
     {"SELECT c.id FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "WHERE o.status <> 'paid' OR o.id IS NULL",
      "SELECT c.id FROM customer c LEFT JOIN orders o ON o.customer_id = c.id "
      "WHERE o.id IS NULL AND o.status = 'paid'",
      "SELECT DISTINCT customer_id AS id FROM orders WHERE status <> 'paid'",
      "SELECT id FROM customer WHERE id NOT IN (SELECT id FROM orders WHERE status = 'paid')"}},
    {"SELECT status FROM orders UNION ALL SELECT tier FROM customer",
     {0},
     {"SELECT tier AS status FROM customer UNION ALL SELECT status FROM orders"},
     {"SELECT status FROM orders UNION SELECT tier FROM customer",
      "SELECT DISTINCT status FROM orders UNION ALL SELECT tier FROM customer"}},
    {"SELECT id, amount FROM orders WHERE amount IS NOT NULL ORDER BY amount DESC",
     {.keys = by_amount, .key_count = 1},
     {"SELECT id, amount FROM orders WHERE amount IS NOT NULL ORDER BY amount DESC, id",
      "SELECT amount, id FROM orders WHERE amount NOTNULL ORDER BY 1 DESC, id DESC"},
     {"SELECT id, amount FROM orders WHERE amount IS NOT NULL",
      "SELECT id, amount FROM orders WHERE amount IS NOT NULL ORDER BY amount",
      "SELECT id, amount FROM orders WHERE amount IS NOT NULL ORDER BY id"}},
    {"SELECT city, COUNT(*) AS n FROM customer GROUP BY city ORDER BY city",
     {.as_reference = true},
     {"SELECT city, SUM(1) AS n FROM customer GROUP BY 1 ORDER BY city NULLS FIRST"},
     {"SELECT city, COUNT(*) AS n FROM customer GROUP BY city ORDER BY city NULLS LAST",
      "SELECT city, COUNT(city) AS n FROM customer GROUP BY city ORDER BY city"}},
    {"SELECT id FROM orders WHERE amount = (SELECT MAX(amount) FROM orders)",
     {0},
     {"SELECT id FROM (SELECT id, amount, RANK() OVER (ORDER BY amount DESC) AS r FROM orders) "
      "WHERE r = 1 AND amount IS NOT NULL"},
     {"SELECT id FROM orders ORDER BY amount DESC LIMIT 1",
      "SELECT id FROM (SELECT id, RANK() OVER (ORDER BY amount DESC) AS r FROM orders) "
      "WHERE r = 1",
      "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY amount DESC) AS r FROM orders "
      "WHERE amount IS NOT NULL) WHERE r = 1"}},
    {"SELECT MAX(amount) AS second FROM orders WHERE amount < (SELECT MAX(amount) FROM orders)",
     {0},
     {"SELECT (SELECT DISTINCT amount FROM orders WHERE amount IS NOT NULL ORDER BY amount DESC "
      "LIMIT 1 OFFSET 1) AS second"},
     {"SELECT DISTINCT amount AS second FROM orders WHERE amount IS NOT NULL "
      "ORDER BY amount DESC LIMIT 1 OFFSET 1",
      "SELECT (SELECT amount FROM orders ORDER BY amount DESC LIMIT 1 OFFSET 1) AS second",
      "SELECT COALESCE(MAX(amount), 0) AS second FROM orders "
      "WHERE amount < (SELECT MAX(amount) FROM orders)"}},
    {"SELECT id FROM orders WHERE ordered_on >= '2025-06-01' AND ordered_on < '2025-07-01'",
     {0},
     {"SELECT id FROM orders WHERE ordered_on BETWEEN '2025-06-01' AND '2025-06-30'",
      "SELECT id FROM orders WHERE strftime('%Y-%m', ordered_on) = '2025-06'",
      "SELECT id FROM orders WHERE ordered_on LIKE '2025-06-%'"},
     {"SELECT id FROM orders WHERE ordered_on BETWEEN '2025-06-01' AND '2025-07-01'",
      "SELECT id FROM orders WHERE ordered_on > '2025-06-01' AND ordered_on < '2025-07-01'",
      "SELECT id FROM orders WHERE ordered_on >= '2025-06-01' AND ordered_on < '2025-06-30'",
      "SELECT id FROM orders WHERE ordered_on >= '2025-06-01'"}},
    {"SELECT id FROM orders WHERE ordered_on >= date(CURRENT_DATE, '-7 days') "
     "AND ordered_on < CURRENT_DATE",
     {0},
     {"SELECT id FROM orders WHERE ordered_on BETWEEN date('now', '-7 days') "
      "AND date('now', '-1 day')"},
     {"SELECT id FROM orders WHERE ordered_on > date(CURRENT_DATE, '-7 days') "
      "AND ordered_on < CURRENT_DATE",
      "SELECT id FROM orders WHERE ordered_on >= date(CURRENT_DATE, '-7 days') "
      "AND ordered_on <= CURRENT_DATE",
      "SELECT id FROM orders WHERE ordered_on >= date(CURRENT_DATE, '-7 days')"}},
    {"SELECT customer_id FROM orders GROUP BY customer_id HAVING SUM(amount) > 100",
     {0},
     {"SELECT customer_id FROM (SELECT customer_id, SUM(amount) AS s FROM orders "
      "GROUP BY customer_id) WHERE s > 100"},
     {"SELECT customer_id FROM orders GROUP BY customer_id HAVING SUM(amount) >= 100",
      "SELECT customer_id FROM orders GROUP BY customer_id HAVING SUM(DISTINCT amount) > 100",
      "SELECT customer_id FROM orders WHERE amount > 100 GROUP BY customer_id",
      "SELECT customer_id FROM orders GROUP BY customer_id HAVING MAX(amount) > 100"}},
    {"SELECT tier, AVG(amount) AS mean FROM customer JOIN orders ON customer_id = customer.id "
     "GROUP BY tier",
     {0},
     {"SELECT tier, SUM(amount) * 1.0 / COUNT(amount) AS mean FROM orders "
      "JOIN customer ON customer_id = customer.id GROUP BY tier"},
     {"SELECT tier, SUM(amount) / COUNT(amount) AS mean FROM orders "
      "JOIN customer ON customer_id = customer.id GROUP BY tier",
      "SELECT tier, SUM(amount) * 1.0 / COUNT(*) AS mean FROM orders "
      "JOIN customer ON customer_id = customer.id GROUP BY tier",
      "SELECT tier, AVG(COALESCE(amount, 0)) AS mean FROM orders "
      "JOIN customer ON customer_id = customer.id GROUP BY tier",
      "SELECT tier, AVG(DISTINCT amount) AS mean FROM orders "
      "JOIN customer ON customer_id = customer.id GROUP BY tier"}},
    {"SELECT id, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_on, id) AS s "
     "FROM orders",
     {0},
     {"SELECT o.id, (SELECT SUM(amount) FROM orders p WHERE p.customer_id = o.customer_id "
      "AND (p.ordered_on, p.id) <= (o.ordered_on, o.id)) AS s FROM orders o"},
     {"SELECT id, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS s FROM orders",
      "SELECT id, SUM(amount) OVER (ORDER BY ordered_on, id) AS s FROM orders",
      "SELECT id, SUM(amount) OVER (PARTITION BY customer_id) AS s FROM orders",
      "SELECT id, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_on, id "
      "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM orders"}},
};

static ExamSpec spec_of(const Question *q)
{
    return (ExamSpec){.warehouse = &shop,
                      .answer = str_from(q->reference),
                      .rule = q->rule,
                      .answer_at = {S("pack.yaml"), 7, 3}};
}

static Verdict check_answer(const ExamSpec *spec, const char *sql)
{
    Verdict v;
    ExamAnswer answer = {.sql = str_from(sql), .seed = 1};
    err = (Error){0};
    ck_assert_msg(exam_check(bank, &arena, spec, &answer, &v, &err), "%s: %s", sql, err.text);
    return v;
}

// --- Right and wrong ---

START_TEST(right_answers_are_accepted_in_every_shape)
{
    ExamSpec spec = spec_of(&questions[_i]);
    Verdict v = check_answer(&spec, questions[_i].reference);
    ck_assert_msg(v.kind == VERDICT_RIGHT, "the reference itself: " STR_FMT, STR_ARG(v.why));
    for (size_t i = 0; i < COUNT(questions[_i].right) && questions[_i].right[i]; i++) {
        v = check_answer(&spec, questions[_i].right[i]);
        ck_assert_msg(v.kind == VERDICT_RIGHT, "%s: " STR_FMT "\n" STR_FMT, questions[_i].right[i],
                      STR_ARG(v.why), STR_ARG(v.counterexample.setup));
        ck_assert_uint_eq(v.agreed, v.tried);
        ck_assert_uint_gt(v.tried, 100);
    }
}
END_TEST

// The cells as the oracle joins them.
static Str joined(const Table *t)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < t->rows * t->width; i++) {
        if (i) buf_char(&b, i % t->width ? '|' : '\n');
        buf_add(&b, value_text(&arena, &t->cells[i], TYPE_UNKNOWN));
    }
    return buf_str(&b);
}

// The script in a plain SQLite gives exactly what is shown.
static void ck_replays(const Counterexample *c, const char *sql)
{
    if (c->functions.len) return; // the clock is another one there
    const char *script = str_c(&arena, c->setup);
    Str expected = oracle_script(&arena, script, str_c(&arena, c->expected_sql));
    Str actual = oracle_script(&arena, script, str_c(&arena, c->actual_sql));
    ck_assert_msg(str_eq(expected, joined(&c->expected)), "%s: " STR_FMT, sql, STR_ARG(expected));
    ck_assert_msg(str_eq(actual, joined(&c->actual)), "%s: " STR_FMT, sql, STR_ARG(actual));
    ck_assert_str_eq(str_c(&arena, c->actual_sql), sql);
}

// What must hold in every database of the shop; each query counts what breaks it.
static const char *const broken_rules[] = {
    "SELECT COUNT(*) - COUNT(DISTINCT id) FROM customer",
    "SELECT COUNT(*) - COUNT(DISTINCT id) FROM orders",
    "SELECT COUNT(*) FROM customer WHERE name IS NULL OR tier IS NULL",
    "SELECT COUNT(*) FROM orders WHERE ordered_on IS NULL OR status IS NULL",
    "SELECT COUNT(*) FROM orders WHERE customer_id NOT IN (SELECT id FROM customer)",
    "SELECT COUNT(*) FROM orders WHERE shipped_on < ordered_on",
    "SELECT COUNT(*) FROM orders WHERE status = 'paid' AND amount IS NULL",
    "SELECT COUNT(*) FROM orders WHERE ordered_on NOT BETWEEN '2025-05-01' AND '2025-07-31'",
};

static void ck_keeps_rules(const Counterexample *c, const char *sql)
{
    for (size_t k = 0; k < COUNT(broken_rules); k++) {
        Str n = oracle_script(&arena, str_c(&arena, c->setup), broken_rules[k]);
        if (str_find(n, S("no such table"), NULL)) continue; // the question leaves it out
        ck_assert_msg(str_eq(n, S("0")), "%s: %s: " STR_FMT "\n" STR_FMT, sql, broken_rules[k],
                      STR_ARG(n), STR_ARG(c->setup));
    }
}

enum { ROWS_SHOWN_MOST = 5 };

START_TEST(wrong_answers_meet_a_lawful_database_of_a_few_rows)
{
    ExamSpec spec = spec_of(&questions[_i]);
    for (size_t i = 0; i < COUNT(questions[_i].wrong) && questions[_i].wrong[i]; i++) {
        const char *sql = questions[_i].wrong[i];
        Verdict v = check_answer(&spec, sql);
        ck_assert_msg(v.kind == VERDICT_WRONG, "%s: " STR_FMT, sql, STR_ARG(v.why));
        ck_assert_msg(v.has_counterexample, "%s: no counterexample", sql);
        ck_assert_msg(v.counterexample.rows <= ROWS_SHOWN_MOST, "%s: %zu rows\n" STR_FMT, sql,
                      v.counterexample.rows, STR_ARG(v.counterexample.setup));
        ck_assert_int_ne(v.counterexample.diff.kind, COMPARE_SAME);
        ck_replays(&v.counterexample, sql);
        ck_keeps_rules(&v.counterexample, sql);
    }
}
END_TEST

// --- Columns ---

START_TEST(columns_in_another_order_and_under_other_names_are_recognised_with_a_note)
{
    ExamSpec spec = spec_of(&questions[0]);
    Verdict v = check_answer(&spec, "SELECT COUNT(o.id) AS k, c.id AS who FROM customer c "
                                    "LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id");
    ck_assert_int_eq(v.kind, VERDICT_RIGHT);
    ck_assert_uint_eq(v.review_count, 1);
    ck_assert_str_eq(str_c(&arena, v.review[0].rule), "exam/columns");
    spec.rule.columns = COLUMNS_BY_POSITION;
    v = check_answer(&spec, "SELECT COUNT(o.id) AS k, c.id AS who FROM customer c "
                            "LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id");
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    spec.rule.columns = COLUMNS_BY_NAME;
    v = check_answer(&spec, "SELECT c.id AS who, COUNT(o.id) AS k FROM customer c "
                            "LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id");
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert(str_find(v.why, S("named id was asked for"), NULL));
}
END_TEST

START_TEST(columns_that_swap_from_database_to_database_are_wrong)
{
    // On each single database some order of the columns fits: only one for all is right.
    Question q = {.reference = "SELECT COUNT(*) AS a, SUM(id) AS b FROM customer"};
    ExamSpec spec = spec_of(&q);
    Verdict v =
        check_answer(&spec, "SELECT MIN(COUNT(*), SUM(id)) AS x, MAX(COUNT(*), SUM(id)) AS y "
                            "FROM customer");
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
}
END_TEST

START_TEST(another_number_of_columns_needs_no_database)
{
    ExamSpec spec = spec_of(&questions[0]);
    Verdict v = check_answer(&spec, "SELECT id FROM customer");
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert_str_eq(str_c(&arena, v.why), "Your answer differs. Your result has 1 column (id); 2 "
                                           "were asked for (id, n).");
}
END_TEST

// --- What does not run ---

static const struct {
    const char *sql;
    ErrorKind kind;
    int line, column;
} faults[] = {
    {"SELECT id\nFROM customer\nWHERE naem = 'x'", ERROR_SYNTAX, 3, 7},
    {"SELECT id FROM custmer", ERROR_SYNTAX, 1, 16},
    {"SELECT id,\n  FROM customer", ERROR_SYNTAX, 2, 3},
    {"", ERROR_SYNTAX, 0, 0},
    {"-- nothing yet", ERROR_SYNTAX, 0, 0},
    {"\n\nDROP TABLE customer", ERROR_NOT_ALLOWED, 3, 1},
    {"ATTACH 'x.db' AS x", ERROR_NOT_ALLOWED, 1, 1},
    {"SELECT 1; SELECT 2", ERROR_NOT_ALLOWED, 1, 11},
    {"SELECT load_extension('x')", ERROR_NOT_ALLOWED, 1, 8},
    {"PRAGMA writable_schema = 1", ERROR_NOT_ALLOWED, 1, 1},
};

START_TEST(an_answer_that_cannot_run_is_an_error_with_its_place)
{
    ExamSpec spec = spec_of(&questions[0]);
    Verdict v = check_answer(&spec, faults[_i].sql);
    ck_assert_int_eq(v.kind, VERDICT_ERROR);
    ck_assert_msg(v.error.kind == faults[_i].kind, "%s: %s", error_kind_name(v.error.kind),
                  v.error.text);
    ck_assert_msg(v.error.line == faults[_i].line && v.error.column == faults[_i].column,
                  "%s at %d:%d", v.error.text, v.error.line, v.error.column);
    ck_assert(v.why.len > 0 && !v.has_counterexample);
}
END_TEST

START_TEST(an_endless_query_is_stopped_and_named)
{
    ExamSpec spec = spec_of(&questions[0]);
    Verdict v =
        check_answer(&spec, "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
                            "SELECT MAX(n) AS id, 1 AS n FROM t");
    ck_assert_int_eq(v.kind, VERDICT_LIMIT);
    ck_assert(error_is_limit(v.error.kind));
    v = check_answer(&spec, questions[0].reference);
    ck_assert_int_eq(v.kind, VERDICT_RIGHT);
}
END_TEST

START_TEST(what_is_too_slow_only_on_many_rows_is_right_with_a_note)
{
    TableSpec many[] = {tables[0], tables[1]};
    many[1].rows = 20000;
    WarehouseSpec large = shop;
    large.tables = many;
    Question q = {.reference = "SELECT COUNT(*) AS n FROM orders"};
    ExamSpec spec = spec_of(&q);
    spec.warehouse = &large;
    // Cubic: a trifle on the 24 rows of the largest tiny database, too much on a sample.
    Verdict v = check_answer(&spec, "SELECT COUNT(DISTINCT a.id) AS n FROM orders a, orders b, "
                                    "orders c WHERE c.id + b.id + a.id IS NOT 0.5");
    ck_assert_msg(v.kind == VERDICT_RIGHT, STR_FMT, STR_ARG(v.why));
    ck_assert_uint_eq(v.review_count, 1);
    ck_assert_str_eq(str_c(&arena, v.review[0].rule), "exam/over-budget");
}
END_TEST

START_TEST(what_only_the_visible_data_is_large_enough_to_show_is_wrong)
{
    TableSpec many[] = {tables[0], tables[1]};
    many[1].rows = 200;
    WarehouseSpec large = shop;
    large.tables = many;
    Question q = {.reference = "SELECT COUNT(*) AS n FROM orders"};
    ExamSpec spec = spec_of(&q);
    spec.warehouse = &large;
    Verdict v = check_answer(&spec, "SELECT MIN(COUNT(*), 60) AS n FROM orders");
    ck_assert_msg(v.kind == VERDICT_WRONG, STR_FMT, STR_ARG(v.why));
    const Counterexample *e = &v.counterexample;
    ck_assert_int_eq(table_at(&e->expected, 0, 0)->integer, 61); // the smallest that shows it
    ck_assert_int_eq(table_at(&e->actual, 0, 0)->integer, 60);
}
END_TEST

START_TEST(an_answer_that_fails_on_some_rows_only_is_an_error)
{
    Question q = {.reference = "SELECT id FROM orders WHERE amount > 100"};
    ExamSpec spec = spec_of(&q);
    Verdict v = check_answer(&spec, "SELECT id FROM orders WHERE abs(CASE WHEN amount > 100 "
                                    "THEN -9223372036854775808 ELSE 0 END) > 5");
    ck_assert_int_eq(v.kind, VERDICT_ERROR);
    ck_assert_int_eq(v.error.kind, ERROR_RUNTIME);
}
END_TEST

START_TEST(what_another_dialect_refuses_has_its_place_there)
{
    ExamSpec spec = spec_of(&questions[0]);
    Verdict v;
    ExamAnswer answer = {.sql = S("SELECT 1\nFROM customer c\n/* ü */ WHERE ide = 1"),
                         .dialect = DIALECT_SNOWFLAKE,
                         .seed = 1};
    ck_assert(exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_int_eq(v.kind, VERDICT_ERROR);
    ck_assert_int_eq(v.error.kind, ERROR_HOME_REFUSED);
    ck_assert_int_eq(v.dialect, DIALECT_SNOWFLAKE);
    ck_assert(v.error.line == 3 && v.error.column == 15);
    ck_assert_ptr_nonnull(strstr(v.error.text, "did you mean id?"));
}
END_TEST

// MySQL sorts NULLs last where it goes down, Postgres first: neither has written it.
START_TEST(nobody_is_wrong_for_what_their_engine_does_by_itself)
{
    Question q = {.reference = "SELECT id, RANK() OVER (ORDER BY shipped_on DESC NULLS LAST) AS r "
                               "FROM orders"};
    ExamSpec spec = spec_of(&q);
    spec.dialect = DIALECT_POSTGRES;
    ExamAnswer answer = {.sql = S("SELECT id, RANK() OVER (ORDER BY shipped_on DESC) AS r "
                                  "FROM orders"),
                         .dialect = DIALECT_MYSQL,
                         .seed = 1};
    Verdict v;
    ck_assert(exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_int_eq(v.kind, VERDICT_RIGHT);
    ck_assert_uint_eq(v.review_count, 1);
    ck_assert(str_eq(v.review[0].rule, S("exam/ambient")));
    answer.dialect = DIALECT_POSTGRES;
    ck_assert(exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    answer.dialect = DIALECT_MYSQL;
    answer.sql = S("SELECT id, RANK() OVER (ORDER BY shipped_on) AS r FROM orders");
    ck_assert(exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
}
END_TEST

// --- What a wrong answer behaves like ---

static ExamWrong known[] = {
    {.why = STR_LIT("Counts paid orders only."),
     .sql = STR_LIT("SELECT c.id, COUNT(o.id) AS n FROM customer c LEFT JOIN orders o "
                    "ON o.customer_id = c.id AND o.status = 'paid' GROUP BY c.id")},
};

static const struct {
    size_t question;
    const char *answer, *says; // "" = nothing
} diagnoses[] = {
    {0, "SELECT customer_id AS id, SUM(1) AS n FROM orders GROUP BY customer_id",
     "as if the join with orders were INNER"},
    {0,
     "SELECT id, MAX(1, (SELECT COUNT(*) FROM orders WHERE customer_id = c.id)) AS n "
     "FROM customer c",
     "COUNT(*) counted rows where o.id is NULL"},
    {0,
     "SELECT id, (SELECT COUNT(*) FROM orders WHERE customer_id = c.id AND status = 'paid') "
     "AS n FROM customer c",
     "Counts paid orders only."},
    {0, "SELECT id, 7 AS n FROM customer", ""},
    {1, "SELECT id FROM orders WHERE NOT amount < 100", "the bound itself counts"},
    {1, "SELECT id FROM orders WHERE amount > 250", ""},
    {2, "SELECT id FROM customer WHERE city NOT IN ('Oslo', 'oslo')", "city IS NULL were missing"},
    {2, "SELECT id FROM customer WHERE city > 'Oslo'", "OR were AND"}, // nobody
    {2, "SELECT id FROM customer WHERE city > 'Oslo'", "It gave no row on any of the "},
    {4, "SELECT status FROM orders UNION SELECT tier FROM customer", "shows once"},
    {5, "SELECT id, amount FROM orders WHERE amount IS NOT NULL ORDER BY -amount DESC",
     "amount were sorted upwards"},
};

START_TEST(a_wrong_answer_is_told_what_it_behaves_like)
{
    ExamSpec spec = spec_of(&questions[diagnoses[_i].question]);
    if (diagnoses[_i].question == 0) {
        spec.wrong = known;
        spec.wrong_count = COUNT(known);
    }
    Verdict v = check_answer(&spec, diagnoses[_i].answer);
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    bool said = str_find(v.diagnosis, str_from(diagnoses[_i].says), NULL);
    bool silent = !diagnoses[_i].says[0] && !v.diagnosis.len;
    ck_assert_msg(diagnoses[_i].says[0] ? said : silent, "%s: \"" STR_FMT "\"",
                  diagnoses[_i].answer, STR_ARG(v.diagnosis));
}
END_TEST

START_TEST(an_audit_counts_mutants_and_names_those_that_live)
{
    ExamSpec spec = spec_of(&questions[0]);
    spec.wrong = known;
    spec.wrong_count = COUNT(known);
    ExamAudit u;
    ck_assert_msg(exam_audit(bank, &arena, &spec, 1, &u, &err), "%s", err.text);
    ck_assert_int_eq(u.reference.kind, VERDICT_RIGHT);
    ck_assert_int_eq(u.wrong[0].kind, VERDICT_WRONG);
    ck_assert_uint_gt(u.mutants + u.same_count, 5);
    ck_assert_uint_eq(u.refuted + u.survivor_count, u.mutants);
    ck_assert(!u.constant);
    ck_assert(!u.empty);
    // COUNT(DISTINCT o.id) is the same as COUNT(o.id): nothing can tell.
    bool named = false;
    for (size_t i = 0; i < u.same_count; i++) {
        named |= str_eq(u.same[i].proof, S("key-in-group"));
        ck_assert_int_eq(u.same[i].line, 1);
        ck_assert_uint_gt(u.same[i].why.len, 0);
    }
    ck_assert(named);
}
END_TEST

START_TEST(a_question_that_asks_for_nothing_is_noticed)
{
    ExamSpec spec = spec_of(&questions[0]);
    ExamAudit u;
    spec.answer = S("SELECT COUNT(*) >= 0 AS yes FROM customer");
    ck_assert_msg(exam_audit(bank, &arena, &spec, 1, &u, &err), "%s", err.text);
    ck_assert(u.constant);
    ck_assert(!u.empty);
    spec.answer = S("SELECT id FROM customer WHERE name = 'nobody is called so'");
    ck_assert_msg(exam_audit(bank, &arena, &spec, 1, &u, &err), "%s", err.text);
    ck_assert(u.empty);
}
END_TEST

// --- Whose fault ---

START_TEST(a_reference_that_does_not_run_blames_the_pack)
{
    Question q = {.reference = "SELECT id FROM custmer"};
    ExamSpec spec = spec_of(&q);
    Verdict v;
    ExamAnswer answer = {.sql = S("SELECT id FROM customer"), .seed = 1};
    ck_assert(!exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_str_eq(err.file, "pack.yaml");
    ck_assert_int_eq(err.line, 7);
    ck_assert_ptr_nonnull(strstr(err.text, "custmer"));
    spec.dialect = DIALECT_TRINO;
    ck_assert(!exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_int_eq(err.kind, ERROR_HOME_REFUSED);
    ck_assert_ptr_nonnull(strstr(err.text, "custmer"));
}
END_TEST

START_TEST(a_rule_that_does_not_run_blames_the_warehouse)
{
    NeverRule bad = {
        .why = S("x"), .sql = S("SELECT nothing FROM orders"), .at = {S("w.yaml"), 4, 2}};
    WarehouseSpec w = shop;
    w.never = &bad;
    ExamSpec spec = spec_of(&questions[1]);
    spec.warehouse = &w;
    Verdict v;
    ExamAnswer answer = {.sql = S("SELECT id FROM orders"), .seed = 1};
    ck_assert(!exam_check(bank, &arena, &spec, &answer, &v, &err));
    ck_assert_str_eq(err.file, "w.yaml");
    ck_assert_ptr_nonnull(strstr(err.text, "nothing"));
}
END_TEST

// --- Chance ---

static const char LATEST[] =
    "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id "
    "ORDER BY ordered_on DESC, id DESC) AS r FROM orders) WHERE r = 1";

START_TEST(an_answer_that_hangs_on_the_order_of_the_rows_is_named)
{
    Question q = {.reference = LATEST};
    ExamSpec spec = spec_of(&q);
    const char *sql = "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id "
                      "ORDER BY ordered_on DESC) AS r FROM orders) WHERE r = 1";
    Verdict v = check_answer(&spec, sql);
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert(str_starts(v.why, S("nondeterministic: ")));
    ck_assert(v.counterexample.unstable);
    ck_assert(!str_eq(joined(&v.counterexample.actual), joined(&v.counterexample.again)));
    ck_replays(&v.counterexample, sql);
}
END_TEST

START_TEST(an_answer_that_is_right_by_luck_of_the_order_is_found)
{
    // Rows are made in order of id, so the first of equals happens to be the asked one.
    Question q = {.reference = "SELECT MIN(id) AS id FROM customer"};
    ExamSpec spec = spec_of(&q);
    Verdict v =
        check_answer(&spec, "SELECT id FROM (SELECT (SELECT id FROM customer LIMIT 1) AS id)");
    ck_assert_int_eq(v.kind, VERDICT_WRONG);
    ck_assert(str_starts(v.why, S("nondeterministic: ")));
}
END_TEST

static SortKey by_customer_and_status[] = {{STR_LIT("customer_id"), false},
                                           {STR_LIT("status"), false}};

// Groups come out sorted here, so that an ORDER BY that is too short would show the asked order.
START_TEST(an_order_that_groups_only_happen_to_have_is_found)
{
    Question q = {.reference = "SELECT customer_id, status, COUNT(*) AS n FROM orders "
                               "GROUP BY customer_id, status ORDER BY customer_id, status",
                  .rule = {.keys = by_customer_and_status, .key_count = 2}};
    ExamSpec spec = spec_of(&q);
    Verdict right = check_answer(&spec, "SELECT customer_id, status, COUNT(*) AS n FROM orders "
                                        "GROUP BY 1, 2 ORDER BY 1, 2, n");
    ck_assert_msg(right.kind == VERDICT_RIGHT, STR_FMT, STR_ARG(right.why));
    static const char *const lucky[] = {" ORDER BY customer_id", ""};
    for (size_t i = 0; i < COUNT(lucky); i++) {
        Str sql = str_fmt(&arena,
                          "SELECT customer_id, status, COUNT(*) AS n FROM orders "
                          "GROUP BY customer_id, status%s",
                          lucky[i]);
        Verdict v = check_answer(&spec, str_c(&arena, sql));
        ck_assert_int_eq(v.kind, VERDICT_WRONG);
        ck_assert(str_starts(v.why, S("nondeterministic: ")));
    }
}
END_TEST

START_TEST(where_the_reference_itself_hangs_on_the_order_nothing_is_decided)
{
    Question q = {.reference = "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY "
                               "customer_id ORDER BY ordered_on) AS r FROM orders) WHERE r = 1"};
    ExamSpec spec = spec_of(&q);
    Verdict v = check_answer(&spec, "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY "
                                    "customer_id ORDER BY ordered_on, id DESC) AS r FROM orders) "
                                    "WHERE r = 1");
    ck_assert_msg(v.kind == VERDICT_RIGHT, STR_FMT, STR_ARG(v.why));
    ck_assert_uint_gt(v.dropped, 0);
    ck_assert_uint_eq(v.agreed, v.tried);
}
END_TEST

// --- The same everywhere ---

START_TEST(the_same_answer_and_seed_give_the_same_verdict_with_a_cold_bank_too)
{
    ExamSpec spec = spec_of(&questions[_i]);
    const char *sql = questions[_i].wrong[0];
    Str first = verdict_text(&arena, check_answer(&spec, sql));
    check_answer(&spec, questions[_i].wrong[1]);
    ck_assert(str_eq(first, verdict_text(&arena, check_answer(&spec, sql))));
    bench_cold_bank();
    ck_assert(str_eq(first, verdict_text(&arena, check_answer(&spec, sql))));
}
END_TEST

START_TEST(another_seed_meets_other_databases_and_the_same_verdict)
{
    ExamSpec spec = spec_of(&questions[0]);
    for (uint64_t seed = 2; seed < 5; seed++) {
        Verdict v;
        ExamAnswer right = {.sql = str_from(questions[0].right[0]), .seed = seed};
        ExamAnswer wrong = {.sql = str_from(questions[0].wrong[0]), .seed = seed};
        ck_assert(exam_check(bank, &arena, &spec, &right, &v, &err));
        ck_assert_int_eq(v.kind, VERDICT_RIGHT);
        ck_assert(exam_check(bank, &arena, &spec, &wrong, &v, &err));
        ck_assert_int_eq(v.kind, VERDICT_WRONG);
    }
}
END_TEST

START_TEST(a_bank_serves_more_drills_than_it_keeps)
{
    enum { DRILLS = 9 };
    ExamSpec specs[DRILLS];
    for (size_t i = 0; i < DRILLS; i++) specs[i] = spec_of(&questions[i]);
    for (size_t i = 0; i < 2 * DRILLS; i++) {
        Verdict v = check_answer(&specs[i % DRILLS], questions[i % DRILLS].wrong[0]);
        ck_assert_int_eq(v.kind, VERDICT_WRONG);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam");
    TCase *t = tcase_create("verdicts");
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, right_answers_are_accepted_in_every_shape, 0, COUNT(questions));
    tcase_add_loop_test(t, wrong_answers_meet_a_lawful_database_of_a_few_rows, 0, COUNT(questions));
    suite_add_tcase(s, t);
    t = tcase_create("columns, faults, chance");
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_test(t, columns_in_another_order_and_under_other_names_are_recognised_with_a_note);
    tcase_add_test(t, columns_that_swap_from_database_to_database_are_wrong);
    tcase_add_test(t, another_number_of_columns_needs_no_database);
    tcase_add_loop_test(t, an_answer_that_cannot_run_is_an_error_with_its_place, 0, COUNT(faults));
    tcase_add_test(t, an_endless_query_is_stopped_and_named);
    tcase_add_test(t, what_is_too_slow_only_on_many_rows_is_right_with_a_note);
    tcase_add_test(t, what_only_the_visible_data_is_large_enough_to_show_is_wrong);
    tcase_add_test(t, an_answer_that_fails_on_some_rows_only_is_an_error);
    tcase_add_test(t, what_another_dialect_refuses_has_its_place_there);
    tcase_add_test(t, nobody_is_wrong_for_what_their_engine_does_by_itself);
    tcase_add_loop_test(t, a_wrong_answer_is_told_what_it_behaves_like, 0, COUNT(diagnoses));
    tcase_add_test(t, an_audit_counts_mutants_and_names_those_that_live);
    tcase_add_test(t, a_question_that_asks_for_nothing_is_noticed);
    tcase_add_test(t, a_reference_that_does_not_run_blames_the_pack);
    tcase_add_test(t, a_rule_that_does_not_run_blames_the_warehouse);
    tcase_add_test(t, an_answer_that_hangs_on_the_order_of_the_rows_is_named);
    tcase_add_test(t, an_answer_that_is_right_by_luck_of_the_order_is_found);
    tcase_add_test(t, an_order_that_groups_only_happen_to_have_is_found);
    tcase_add_test(t, where_the_reference_itself_hangs_on_the_order_nothing_is_decided);
    tcase_add_loop_test(t, the_same_answer_and_seed_give_the_same_verdict_with_a_cold_bank_too, 0,
                        3);
    tcase_add_test(t, another_seed_meets_other_databases_and_the_same_verdict);
    tcase_add_test(t, a_bank_serves_more_drills_than_it_keeps);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
