// test_warehouse_edge: tiny databases hold every constraint, and between them what tells queries
// apart; simple conditions mean here what they mean to SQLite.
#include "base/buf.h"
#include "spec_faults.h"
#include "spec_file.h"
#include "sqlite_oracle.h"
#include "tiffin.h"
#include "warehouse/condition.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static Error err;
static size_t questions;
static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    questions = 0;
}
static void teardown(void)
{
    arena_free(&arena);
}

static void text_is(Str got, const char *want)
{
    ck_assert_msg(str_eq(got, str_from(want)), "got '" STR_FMT "', wanted '%s'", STR_ARG(got),
                  want);
}

static Data edge(const WarehouseSpec *w, size_t rows, uint64_t seed)
{
    Data data;
    DataJudge judge = oracle_judge(&questions);
    bool ok = warehouse_edge(&arena, w, rows, seed, &judge, &data, &err);
    ck_assert_msg(ok, "%s", err.text);
    return data;
}

static Str ask(const WarehouseSpec *w, const Data *data, const char *sql)
{
    return oracle_query(&arena, warehouse_image(&arena, w, data), sql);
}

static WarehouseSpec netflix(void)
{
    return spec_file(&arena, SOURCE_DIR "/schemas/warehouses/netflix.yaml");
}

enum { DATABASES = 60 };

START_TEST(every_constraint_of_the_shipped_warehouse_holds)
{
    WarehouseSpec w = netflix();
    size_t rows[] = {1, 2, 3, 5, 7};
    for (uint64_t seed = 1; seed <= DATABASES; seed++) {
        Data d = edge(&w, rows[seed % LEN(rows)], seed);
        text_is(spec_faults(&arena, &w, &d), "");
        for (size_t i = 0; i < d.table_count; i++) {
            ck_assert_uint_le(d.tables[i].rows, rows[seed % LEN(rows)]);
        }
    }
    ck_assert_uint_le(questions, DATABASES * 3 / 2); // what is simple is not asked
}
END_TEST

START_TEST(every_constraint_of_a_bare_warehouse_holds)
{
    for (uint64_t seed = 1; seed <= 4 * DATABASES; seed++) {
        Data d = edge(&tiffin, 1 + seed % 6, seed);
        text_is(spec_faults(&arena, &tiffin, &d), "");
    }
}
END_TEST

// What must be met in a share of the databases between these bounds, in hundredths.
static const struct {
    const char *sql;
    int least, most;
} sights[] = {
    {"SELECT COUNT(*) = 0 FROM delivery", 5, 30},
    {"SELECT COUNT(*) = 0 FROM city", 1, 10},
    {"SELECT COUNT(*) > 0 FROM city WHERE country IS NULL", 15, 80},
    {"SELECT COUNT(*) > 0 FROM delivery JOIN restaurant r ON r.id = restaurant_id", 60, 98},
    {"SELECT COUNT(*) > 0 FROM restaurant WHERE id NOT IN (SELECT restaurant_id FROM delivery)", 40,
     95},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE delivered_at IS NULL", 20, 80},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE delivered_at IS NOT NULL", 20, 80},
    {"SELECT COUNT(*) > 0 FROM delivery a JOIN delivery b ON a.ordered_at = b.ordered_at AND a.id "
     "< b.id",
     30, 95},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE delivered_at > promised_at", 10, 70},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE delivered_at = promised_at", 1, 60},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE ordered_at >= '2025-06-30'", 5, 80},
    {"SELECT COUNT(*) > 0 FROM delivery WHERE status = 'cancelled'", 15, 80},
    {"SELECT COUNT(*) > 1 AND COUNT(DISTINCT restaurant_id) = 1 FROM delivery", 5, 60},
    {"SELECT COUNT(*) > 0 FROM (SELECT 1 FROM restaurant GROUP BY city_id, name HAVING COUNT(*) > "
     "1)",
     5, 70},
    {"SELECT COUNT(*) > 0 FROM restaurant r JOIN city c ON c.id = r.id WHERE r.city_id <> r.id", 10,
     90},
};

START_TEST(tiny_databases_show_what_queries_are_wrong_about)
{
    enum { MANY = 300 };
    int met[LEN(sights)] = {0};
    for (uint64_t seed = 1; seed <= MANY; seed++) {
        Data d = edge(&tiffin, 5, seed);
        Str image = warehouse_image(&arena, &tiffin, &d);
        for (size_t i = 0; i < LEN(sights); i++) {
            met[i] += str_eq(oracle_query(&arena, image, sights[i].sql), S("1"));
        }
    }
    for (size_t i = 0; i < LEN(sights); i++) {
        bool within =
            met[i] * 100 >= sights[i].least * MANY && met[i] * 100 <= sights[i].most * MANY;
        ck_assert_msg(within, "%d of %d: %s", met[i], MANY, sights[i].sql);
    }
}
END_TEST

static const ValueChoice actions[] = {{STR_LIT("show"), 1}, {STR_LIT("answer"), 1}};
static ColumnSpec log_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .primary_key = true, .min = STR_LIT("1")},
    {.name = STR_LIT("action"),
     .type = TYPE_TEXT,
     .values = actions,
     .value_count = LEN(actions),
     .not_null = true},
    {.name = STR_LIT("answer_id"), .type = TYPE_INTEGER},
    {.name = STR_LIT("delta"), .type = TYPE_INTEGER, .not_null = true},
};
static NeverRule log_rules[] = {
    {.sql = STR_LIT("SELECT 1 FROM log WHERE (action = 'answer') <> (answer_id IS NOT NULL)")},
    {.sql = STR_LIT("SELECT 1 FROM log WHERE id > 1 AND id - 1 NOT IN (SELECT id FROM log)")},
};
static TableSpec log_tables[] = {
    {.name = STR_LIT("log"), .rows = 9, .columns = log_columns, .width = LEN(log_columns)}};
static const WarehouseSpec survey = {.name = STR_LIT("survey"),
                                     .today = 20269,
                                     .tables = log_tables,
                                     .table_count = 1,
                                     .never = log_rules,
                                     .never_count = LEN(log_rules)};

// Rows fit a rule about single rows from the start, and keys run on: so rules leave most rows in.
START_TEST(rules_leave_most_rows_of_a_tiny_database_in)
{
    enum { MANY = 100, ROWS = 6 };
    size_t rows = 0, below_zero = 0;
    for (uint64_t seed = 1; seed <= MANY; seed++) {
        Data d = edge(&survey, ROWS, seed);
        rows += d.tables[0].rows;
        for (size_t i = 0; i < LEN(log_rules); i++) {
            Str broken =
                str_fmt(&arena, "SELECT COUNT(*) FROM (" STR_FMT ")", STR_ARG(log_rules[i].sql));
            text_is(ask(&survey, &d, str_c(&arena, broken)), "0");
        }
        below_zero +=
            str_eq(ask(&survey, &d, "SELECT COUNT(*) > 0 FROM log WHERE delta < 0"), S("1"));
    }
    ck_assert_uint_ge(rows, MANY * ROWS * 2 / 5); // a table has half as many as it may have
    ck_assert_uint_ge(below_zero, 10);
}
END_TEST

START_TEST(joins_without_a_declared_key_meet_too)
{
    WarehouseSpec w = netflix();
    int by_id = 0, by_day = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        Data d = edge(&w, 6, seed);
        by_id += str_eq(ask(&w, &d,
                            "SELECT COUNT(*) > 0 FROM fact_play_event_raw JOIN "
                            "fact_play_event USING (event_id)"),
                        S("1"));
        by_day += str_eq(ask(&w, &d,
                             "SELECT COUNT(*) > 0 FROM fact_play_event_raw JOIN dim_date ON "
                             "d = date(ts)"),
                         S("1"));
    }
    ck_assert_int_ge(by_id, 30);
    ck_assert_int_ge(by_day, 25);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_tiny_database)
{
    Data a = edge(&tiffin, 5, 9), b = edge(&tiffin, 5, 9), c = edge(&tiffin, 5, 10);
    Str script = warehouse_script(&arena, &tiffin, &a);
    ck_assert(str_eq(script, warehouse_script(&arena, &tiffin, &b)));
    ck_assert(!str_eq(script, warehouse_script(&arena, &tiffin, &c)));
}
END_TEST

START_TEST(tiny_databases_are_the_same_everywhere)
{
    Buf b = buf_new(&arena);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        Data d = edge(&tiffin, 5, seed);
        buf_add(&b, warehouse_script(&arena, &tiffin, &d));
    }
    uint64_t hash = str_hash(buf_str(&b));
    ck_assert_msg(hash == 0x66a8bbd6ee8a955fu, "0x%016llx", (unsigned long long)hash);
}
END_TEST

START_TEST(the_edge_profile_is_a_tiny_database)
{
    DataJudge judge = oracle_judge(NULL);
    DataOptions o = {.scale = 1, .seed = 5, .profile = PROFILE_EDGE};
    Data d;
    WarehouseSpec w = netflix();
    ck_assert_msg(warehouse_generate(&arena, &w, &o, &judge, &d, &err), "%s", err.text);
    for (size_t i = 0; i < d.table_count; i++) ck_assert_uint_le(d.tables[i].rows, 6);
    text_is(spec_faults(&arena, &w, &d), "");
}
END_TEST

START_TEST(a_table_with_exact_rows_lends_its_values)
{
    Value rows[] = {VALUE_INT(1), VALUE_STR(S("Riga")), VALUE_INT(2), VALUE_STR(S("Oslo"))};
    ColumnSpec columns[] = {{.name = S("id"), .type = TYPE_INTEGER, .primary_key = true},
                            {.name = S("town"), .type = TYPE_TEXT, .not_null = true}};
    TableSpec t = {.name = S("town"),
                   .columns = columns,
                   .width = 2,
                   .data = rows,
                   .data_rows = 2,
                   .has_data = true};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    bool seen = false;
    for (uint64_t seed = 1; seed < 20; seed++) {
        Data d = edge(&w, 3, seed);
        text_is(ask(&w, &d, "SELECT town FROM town WHERE town NOT IN ('Riga', 'Oslo')"), "");
        seen |= d.tables[0].rows > 0;
    }
    ck_assert(seen);
}
END_TEST

// ---- conditions

static ColumnSpec cell_columns[] = {
    {.name = T("n"), .type = TYPE_INTEGER}, {.name = T("m"), .type = TYPE_INTEGER},
    {.name = T("x"), .type = TYPE_REAL},    {.name = T("s"), .type = TYPE_TEXT},
    {.name = T("d"), .type = TYPE_DATE},    {.name = T("at"), .type = TYPE_TIMESTAMP},
    {.name = T("b"), .type = TYPE_BOOLEAN}};
static TableSpec cell_table = {.name = T("c"), .columns = cell_columns, .width = LEN(cell_columns)};
static const WarehouseSpec cell_house = {
    .today = TODAY, .now_ms = NOW_MS, .tables = &cell_table, .table_count = 1};

static const char *const simple[] = {
    "n = m",
    "n <> m AND x > 1.5",
    "n < m OR s = 'abc'",
    "NOT (n >= m)",
    "NOT n = 1 AND b",
    "s IS NULL",
    "s IS NOT NULL OR n IS m",
    "n IN (1, 2, NULL)",
    "s NOT IN ('abc', 'b')",
    "n NOT BETWEEN 0 AND m",
    "d BETWEEN '2025-01-01' AND date(at)",
    "(s = 'abc') = (d IS NOT NULL)",
    "n + m * 2 - 3 > x / 2",
    "n / m = 1 OR n % m = 1",
    "x % 2 = 1",
    "-n + - 5 < 0 -- tail\n AND 1",
    "COALESCE(n, m, 7) = 7",
    "ifnull(s, 'abc') = 'abc'",
    "NULLIF(n, m) IS NULL",
    "n = TRUE",
    "at > d",
    "d = date(at, 'start of month')",
    "date(d, 'weekday 0', '-6 days') <= d",
    "1 + (strftime('%w', d) + 6) % 7 = n",
    "n * 9223372036854775807 > 0",
    "n - 9007199254740993 < x * 9007199254740992",
    "n == m OR n != m",
    "b",
    "NULL OR n = 1",
    "n < m < 2",
    "n = m = b",
};

static const char *const beyond[] = {
    "n = s",
    "s",
    "s || 'a' = s",
    "n LIKE 1",
    "length(s) > 1",
    "q = 1",
    "n = (SELECT 1)",
    "c.n = 1",
    "n = '1'",
    "s > 1",
    "n COLLATE nocase = 1",
    "n =",
    "n = 1)",
    "(n = 1",
    "s = 'it''s'",
    "CASE n WHEN 1 THEN 1 END",
    "n IS TRUE",
    "date(d, '+1 month') > d",
    "n = 1e5",
    "n & 1",
    "NOT s",
    "s = \"n\"",
    "n; n",
    "n = 1 1",
};

static Table cells_of(size_t rows)
{
    static const int64_t numbers[] = {0, 1, 2, 3, -1, 7, 9007199254740993};
    Table t = {.width = LEN(cell_columns), .rows = rows};
    t.columns = arena_array(&arena, Column, t.width);
    for (size_t i = 0; i < t.width; i++)
        t.columns[i] = (Column){cell_columns[i].name, cell_columns[i].type};
    t.cells = arena_array(&arena, Value, rows * t.width);
    for (size_t r = 0; r < rows; r++) {
        Value *c = &t.cells[r * t.width];
        c[0] = VALUE_INT(numbers[r % 7]);
        c[1] = VALUE_INT(numbers[r / 7 % 4]);
        c[2] = VALUE_FLT((double)(r % 5) * 0.75);
        c[3] = VALUE_STR(r % 3 ? S("abc") : S("b"));
        c[4] = VALUE_STR(date_text(&arena, TODAY - (int64_t)(r % 40)));
        c[5] = VALUE_STR(time_text(&arena, NOW_MS - (int64_t)(r % 11) * 33333000));
        c[6] = VALUE_INT(r % 2);
        if (r % 6 == 5) c[r / 6 % t.width] = (Value){0};
    }
    return t;
}

START_TEST(a_simple_condition_means_what_it_means_to_sqlite)
{
    enum { ROWS = 300 };
    Table t = cells_of(ROWS);
    Data d = {&t, 1};
    DataJudge judge = oracle_judge(NULL);
    Ink ink = {.arena = &arena};
    Value *want;
    const Condition *c =
        condition_compile(&arena, &cell_house, &cell_table, str_from(simple[_i]), true);
    ck_assert_msg(c != NULL, "%s", simple[_i]);
    ck_assert_msg(judge.values(NULL, &arena, &cell_house, &d, 0, str_from(simple[_i]), &want, &err),
                  "%s", err.text);
    size_t known = 0;
    for (size_t r = 0; r < ROWS; r++) {
        Value got = condition_value(c, &t.cells[r * t.width], &ink);
        ck_assert_msg(value_same(&got, &want[r]), "%s of row %zu: " STR_FMT " for " STR_FMT,
                      simple[_i], r, STR_ARG(value_text(&arena, &got, TYPE_UNKNOWN)),
                      STR_ARG(value_text(&arena, &want[r], TYPE_UNKNOWN)));
        known += got.kind != VALUE_NULL;
    }
    ck_assert_uint_gt(known, 0);
}
END_TEST

START_TEST(what_is_not_simple_is_left_to_the_judge)
{
    ck_assert_msg(!condition_compile(&arena, &cell_house, &cell_table, str_from(beyond[_i]), true),
                  "%s", beyond[_i]);
}
END_TEST

START_TEST(no_condition_is_too_deep_or_too_long)
{
    enum { MANY = 100000 };
    static const char *const pieces[] = {"(",      "- ",     "NOT ",        "n + ",
                                         "n AND ", "n IN (", "COALESCE(n, "};
    Buf b = buf_new(&arena);
    for (int i = 0; i < MANY; i++) buf_add(&b, str_from(pieces[_i]));
    buf_add(&b, S("n"));
    ck_assert(!condition_compile(&arena, &cell_house, &cell_table, buf_str(&b), true));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("warehouse_edge");
    TCase *t = tcase_create("edge");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 240);
    tcase_add_test(t, every_constraint_of_the_shipped_warehouse_holds);
    tcase_add_test(t, every_constraint_of_a_bare_warehouse_holds);
    tcase_add_test(t, tiny_databases_show_what_queries_are_wrong_about);
    tcase_add_test(t, rules_leave_most_rows_of_a_tiny_database_in);
    tcase_add_test(t, joins_without_a_declared_key_meet_too);
    tcase_add_test(t, the_same_seed_gives_the_same_tiny_database);
    tcase_add_test(t, tiny_databases_are_the_same_everywhere);
    tcase_add_test(t, the_edge_profile_is_a_tiny_database);
    tcase_add_test(t, a_table_with_exact_rows_lends_its_values);
    suite_add_tcase(s, t);
    TCase *c = tcase_create("conditions");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, a_simple_condition_means_what_it_means_to_sqlite, 0, LEN(simple));
    tcase_add_loop_test(c, what_is_not_simple_is_left_to_the_judge, 0, LEN(beyond));
    tcase_add_loop_test(c, no_condition_is_too_deep_or_too_long, 0, 7);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
