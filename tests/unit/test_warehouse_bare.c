// test_warehouse_bare: tables made from nothing but the types, names and constraints of their
// columns.
#include "sqlite_oracle.h"
#include "tiffin.h"
#include <check.h>
#include <stdio.h>
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

static Data make(const WarehouseSpec *w, DataOptions o)
{
    Data data;
    DataJudge judge = oracle_judge(&questions);
    bool ok = warehouse_generate(&arena, w, &o, &judge, &data, &err);
    ck_assert_msg(ok, "%s", err.text);
    return data;
}

static Str ask(const WarehouseSpec *w, const Data *data, const char *sql)
{
    return oracle_query(&arena, warehouse_image(&arena, w, data), sql);
}

// ---- tiffin

// What must return no row in every database of tiffin.
static const char *const tiffin_faults[] = {
    "SELECT 1 FROM delivery WHERE NOT (promised_at > ordered_at) OR NOT (delivered_at > "
    "ordered_at)",
    "SELECT 1 FROM delivery WHERE (status = 'delivered') <> (delivered_at IS NOT NULL)",
    "SELECT 1 FROM delivery WHERE delivered_at > '2025-06-30 09:00:00'",
    "SELECT 1 FROM delivery WHERE restaurant_id IS NULL OR restaurant_id NOT IN (SELECT id FROM "
    "restaurant)",
    "SELECT 1 FROM restaurant WHERE city_id IS NULL OR city_id NOT IN (SELECT id FROM city)",
    "SELECT 1 FROM city GROUP BY id HAVING COUNT(*) > 1",
    "SELECT 1 FROM city GROUP BY name HAVING COUNT(*) > 1",
    "SELECT 1 FROM delivery GROUP BY id HAVING COUNT(*) > 1",
    "SELECT 1 FROM city WHERE id IS NULL OR name IS NULL",
    "SELECT 1 FROM delivery WHERE ordered_at < '2025-05-01' OR ordered_at > '2025-06-30 09:00:00'",
    "SELECT 1 FROM delivery WHERE ordered_at IS NOT datetime(ordered_at) OR promised_at IS NOT "
    "datetime(promised_at)",
    "SELECT 1 FROM delivery WHERE status NOT IN ('delivered', 'cancelled', 'on_the_way')",
    "SELECT 1 WHERE (SELECT COUNT(*) FROM city) > 0 AND NOT EXISTS (SELECT 1 FROM city WHERE id "
    "NOT "
    "IN (SELECT city_id FROM restaurant))",
};

START_TEST(the_example_warehouse_keeps_all_its_constraints)
{
    Data d = make(&tiffin, (DataOptions){.scale = 1, .seed = 1 + (uint64_t)_i});
    for (size_t i = 0; i < LEN(tiffin_faults); i++) text_is(ask(&tiffin, &d, tiffin_faults[i]), "");
    text_is(ask(&tiffin, &d, "SELECT COUNT(*), (SELECT COUNT(*) FROM restaurant) FROM city"),
            "6|40");
    ck_assert_uint_ge(d.tables[0].rows, 2990);
}
END_TEST

START_TEST(weights_of_values_are_kept)
{
    Data d = make(&tiffin, (DataOptions){.scale = 1, .seed = 1});
    text_is(ask(&tiffin, &d,
                "SELECT AVG(status = 'delivered') BETWEEN 0.86 AND 0.90, AVG(status = 'cancelled') "
                "BETWEEN 0.06 AND 0.10 FROM delivery"),
            "1|1");
}
END_TEST

START_TEST(some_parents_have_several_times_the_children_of_others)
{
    Data d = make(&tiffin, (DataOptions){.scale = 1, .seed = 1});
    text_is(ask(&tiffin, &d,
                "SELECT MAX(n) > 4 * MIN(n) FROM (SELECT COUNT(*) n FROM delivery GROUP BY "
                "restaurant_id)"),
            "1");
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes_and_another_seed_others)
{
    Data a = make(&tiffin, (DataOptions){.scale = 0.2, .seed = 7});
    Data b = make(&tiffin, (DataOptions){.scale = 0.2, .seed = 7});
    Data c = make(&tiffin, (DataOptions){.scale = 0.2, .seed = 8});
    Str image = warehouse_image(&arena, &tiffin, &a);
    ck_assert(str_eq(image, warehouse_image(&arena, &tiffin, &b)));
    ck_assert(!str_eq(image, warehouse_image(&arena, &tiffin, &c)));
}
END_TEST

START_TEST(rows_are_the_same_everywhere)
{
    Data d = make(&tiffin, (DataOptions){.scale = 1, .seed = 1});
    uint64_t hash = str_hash(warehouse_script(&arena, &tiffin, &d));
    ck_assert_msg(hash == 0xc7bc407934da0e4au, "0x%016llx", (unsigned long long)hash);
}
END_TEST

START_TEST(lookups_keep_their_size_while_other_tables_scale)
{
    Data d = make(&tiffin, (DataOptions){.scale = 3, .seed = 1});
    text_is(ask(&tiffin, &d, "SELECT COUNT(*), (SELECT COUNT(*) FROM restaurant) FROM city"),
            "6|120");
    ck_assert_uint_ge(d.tables[0].rows, 8950);
}
END_TEST

START_TEST(a_few_questions_are_enough)
{
    make(&tiffin, (DataOptions){.scale = 1, .seed = 1});
    ck_assert_uint_le(questions, 30);
}
END_TEST

START_TEST(rules_without_a_judge_are_refused)
{
    Data d;
    DataOptions o = {.scale = 1, .seed = 1};
    ck_assert(!warehouse_generate(&arena, &tiffin, &o, NULL, &d, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "tiffin"));
}
END_TEST

// ---- what a column's name says

START_TEST(generators_are_picked_from_names_without_a_judge)
{
    static ColumnSpec columns[] = {
        {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("name"), .type = TYPE_TEXT, .not_null = true},
        {.name = T("email"), .type = TYPE_TEXT, .not_null = true, .unique = true},
        {.name = T("country"), .type = TYPE_TEXT, .not_null = true},
        {.name = T("price"), .type = TYPE_REAL, .not_null = true},
        {.name = T("churn_rate"),
         .type = TYPE_REAL,
         .not_null = true,
         .min = T("0"),
         .max = T("1")},
        {.name = T("order_count"), .type = TYPE_INTEGER, .not_null = true},
        {.name = T("signed_on"), .type = TYPE_DATE, .not_null = true},
        {.name = T("seen_at"), .type = TYPE_TIMESTAMP, .not_null = true, .max = T("now")},
        {.name = T("is_active"), .type = TYPE_BOOLEAN, .not_null = true},
        {.name = T("note"), .type = TYPE_TEXT, .null_share = -1},
        {.name = T("score"), .type = TYPE_INTEGER, .null_share = 0.5},
    };
    TableSpec t = {.name = T("customer"), .rows = 2000, .columns = columns, .width = LEN(columns)};
    WarehouseSpec w = {.today = TODAY, .now_ms = NOW_MS, .tables = &t, .table_count = 1};
    Data d;
    ck_assert(
        warehouse_generate(&arena, &w, &(DataOptions){.scale = 1, .seed = 1}, NULL, &d, &err));
    text_is(
        ask(&w, &d,
            "SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), COUNT(DISTINCT email), SUM(email LIKE "
            "'%_@example.com'), SUM(length(country) = 2), SUM(instr(name, ' ') > 0) FROM "
            "customer"),
        "2000|2000|1|2000|2000|2000|2000");
    text_is(
        ask(&w, &d,
            "SELECT COUNT(*) FROM customer WHERE price < 0 OR price > 1000 OR churn_rate < 0 OR "
            "churn_rate > 1 OR order_count < 0 OR signed_on <> date(signed_on) OR signed_on > "
            "'2025-06-30' OR seen_at <> datetime(seen_at) OR seen_at > '2025-06-30 09:00:00' OR "
            "is_active NOT IN (0, 1) OR typeof(price) <> 'real' OR typeof(id) <> 'integer'"),
        "0");
    text_is(
        ask(&w, &d,
            "SELECT AVG(note IS NULL) BETWEEN 0.06 AND 0.10, AVG(score IS NULL) BETWEEN 0.46 AND "
            "0.54, COUNT(DISTINCT churn_rate) > 500 FROM customer"),
        "1|1|1");
}
END_TEST

// ---- keys

START_TEST(composite_keys_and_composite_references_hold)
{
    static ColumnSpec orders[] = {
        {.name = T("shop"),
         .type = TYPE_INTEGER,
         .primary_key = true,
         .min = T("1"),
         .max = T("9")},
        {.name = T("no"), .type = TYPE_INTEGER, .primary_key = true, .min = T("1"), .max = T("60")},
    };
    static ColumnSpec lines[] = {
        {.name = T("shop"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("order_no"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("line_no"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("item"), .type = TYPE_TEXT, .null_share = -1},
        {.name = T("day"), .type = TYPE_DATE, .not_null = true},
    };
    static Str from[] = {T("shop"), T("order_no")}, to[] = {T("shop"), T("no")};
    static Str day_key[] = {T("day"), T("line_no"), T("shop")};
    static ForeignKey key = {{from, 2}, T("orders"), {to, 2}};
    static StrList unique = {day_key, 3};
    TableSpec t[] = {{.name = T("lines"),
                      .rows = 900,
                      .columns = lines,
                      .width = LEN(lines),
                      .foreign_keys = &key,
                      .foreign_key_count = 1,
                      .unique = &unique,
                      .unique_count = 1},
                     {.name = T("orders"), .rows = 300, .columns = orders, .width = 2}};
    WarehouseSpec w = {.today = TODAY, .now_ms = NOW_MS, .tables = t, .table_count = 2};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1 + (uint64_t)_i});
    text_is(ask(&w, &d, "SELECT 1 FROM orders GROUP BY shop, no HAVING COUNT(*) > 1"), "");
    text_is(ask(&w, &d, "SELECT 1 FROM lines GROUP BY shop, order_no, line_no HAVING COUNT(*) > 1"),
            "");
    text_is(ask(&w, &d, "SELECT 1 FROM lines GROUP BY day, line_no, shop HAVING COUNT(*) > 1"), "");
    text_is(ask(&w, &d,
                "SELECT 1 FROM lines WHERE (shop, order_no) NOT IN (SELECT shop, no FROM orders)"),
            "");
    ck_assert_uint_ge(d.tables[1].rows, 290);
    ck_assert_uint_ge(d.tables[0].rows, 850);
}
END_TEST

START_TEST(a_unique_reference_uses_each_parent_once)
{
    static ColumnSpec users[] = {{.name = T("id"), .type = TYPE_INTEGER, .primary_key = true}};
    static ColumnSpec profiles[] = {{.name = T("user_id"),
                                     .type = TYPE_INTEGER,
                                     .primary_key = true,
                                     .ref_table = T("users"),
                                     .ref_column = T("id"),
                                     .orphan_parents = 5}};
    TableSpec t[] = {{.name = T("users"), .rows = 50, .columns = users, .width = 1},
                     {.name = T("profiles"), .rows = 500, .columns = profiles, .width = 1}};
    WarehouseSpec w = {.tables = t, .table_count = 2};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 3});
    text_is(ask(&w, &d, "SELECT COUNT(*), COUNT(DISTINCT user_id) FROM profiles"), "45|45");
}
END_TEST

START_TEST(a_table_may_refer_to_itself_and_tables_to_each_other)
{
    static ColumnSpec staff[] = {
        {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("boss_id"),
         .type = TYPE_INTEGER,
         .ref_table = T("staff"),
         .ref_column = T("id")},
        {.name = T("root_id"),
         .type = TYPE_INTEGER,
         .not_null = true,
         .ref_table = T("staff"),
         .ref_column = T("id")},
        {.name = T("team_id"),
         .type = TYPE_INTEGER,
         .not_null = true,
         .ref_table = T("team"),
         .ref_column = T("id")},
        {.name = T("salary"), .type = TYPE_INTEGER, .not_null = true},
    };
    static ColumnSpec team[] = {
        {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("lead_id"),
         .type = TYPE_INTEGER,
         .ref_table = T("staff"),
         .ref_column = T("id")},
    };
    static Str checks[] = {T("id % 3 > 0")};
    TableSpec t[] = {{.name = T("staff"),
                      .rows = 200,
                      .columns = staff,
                      .width = LEN(staff),
                      .check = {checks, 1}},
                     {.name = T("team"), .rows = 9, .columns = team, .width = LEN(team)}};
    WarehouseSpec w = {.tables = t, .table_count = 2};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 3});
    text_is(
        ask(&w, &d,
            "SELECT COUNT(*), SUM(boss_id IS NULL), SUM(boss_id NOT IN (SELECT id FROM staff)), "
            "SUM(root_id NOT IN (SELECT id FROM staff)), SUM(team_id NOT IN (SELECT id FROM "
            "team)) FROM staff"),
        // Every third id is dropped, and with it the bosses that had it.
        ask(&w, &d, "SELECT COUNT(*), SUM(boss_id IS NULL), 0, 0, 0 FROM staff").ptr);
    text_is(ask(&w, &d, "SELECT COUNT(*) BETWEEN 130 AND 134, SUM(id % 3 = 0) FROM staff"), "1|0");
}
END_TEST

START_TEST(orders_that_need_each_other_are_an_error)
{
    static ColumnSpec a[] = {{.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
                             {.name = T("b_id"),
                              .type = TYPE_INTEGER,
                              .not_null = true,
                              .ref_table = T("b"),
                              .ref_column = T("id")}};
    static ColumnSpec b[] = {{.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
                             {.name = T("a_id"),
                              .type = TYPE_INTEGER,
                              .not_null = true,
                              .ref_table = T("a"),
                              .ref_column = T("id")}};
    TableSpec t[] = {{.name = T("a"), .columns = a, .width = 2},
                     {.name = T("b"), .columns = b, .width = 2}};
    WarehouseSpec w = {.tables = t, .table_count = 2};
    Data d;
    ck_assert(!warehouse_generate(&arena, &w, &(DataOptions){.scale = 1}, NULL, &d, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "'a' needs a row"));
}
END_TEST

// ---- rules

START_TEST(a_column_after_another_keeps_its_own_bounds_and_presence)
{
    static ColumnSpec columns[] = {
        {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("begun"),
         .type = TYPE_TIMESTAMP,
         .null_share = 0.3,
         .min = T("2025-06-01"),
         .max = T("now")},
        {.name = T("ended"),
         .type = TYPE_TIMESTAMP,
         .not_null = true,
         .after = T("begun"),
         .after_max_s = 40 * 86400,
         .min = T("2025-06-10"),
         .max = T("2025-07-05")},
        {.name = T("paid_on"), .type = TYPE_DATE, .after = T("ended"), .null_share = -1},
    };
    TableSpec t = {.name = T("task"), .rows = 400, .columns = columns, .width = LEN(columns)};
    WarehouseSpec w = {.today = TODAY, .now_ms = NOW_MS, .tables = &t, .table_count = 1};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1});
    text_is(ask(&w, &d,
                "SELECT COUNT(*) > 350, SUM(begun IS NULL), SUM(ended IS NULL OR ended < begun), "
                "MIN(ended) >= '2025-06-10', MAX(ended) <= '2025-07-05 23:59:59', MAX(paid_on) <= "
                "'2025-06-30', SUM(paid_on <= date(ended)), AVG(paid_on IS NULL) > 0.1 FROM task"),
            "1|0|0|1|1|1|0|1");
}
END_TEST

START_TEST(definitions_are_computed_and_unlikely_checks_met)
{
    static ColumnSpec columns[] = {
        {.name = T("d"), .type = TYPE_DATE, .primary_key = true, .min = T("2024-07-01")},
        {.name = T("weekday"),
         .type = TYPE_INTEGER,
         .not_null = true,
         .min = T("1"),
         .max = T("7")},
        {.name = T("week_start"), .type = TYPE_DATE, .not_null = true},
        {.name = T("is_weekend"), .type = TYPE_BOOLEAN, .not_null = true},
        {.name = T("rank"), .type = TYPE_INTEGER, .not_null = true, .min = T("1"), .max = T("99")},
    };
    static Str checks[] = {T("weekday = 1 + (strftime('%w', d) + 6) % 7"),
                           T("week_start = date(d, 'weekday 0', '-6 days')"),
                           T("is_weekend = (weekday >= 6)"), T("rank % 3 = 0 -- thirds")};
    TableSpec t = {.name = T("dim_date"),
                   .rows = 549,
                   .columns = columns,
                   .width = LEN(columns),
                   .check = {checks, LEN(checks)}};
    WarehouseSpec w = {.today = TODAY, .now_ms = NOW_MS, .tables = &t, .table_count = 1};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1});
    text_is(ask(&w, &d,
                "SELECT COUNT(*), MIN(d), MAX(d), SUM(weekday = 1 + (strftime('%w', d) + 6) % 7), "
                "SUM(week_start = date(d, 'weekday 0', '-6 days')), SUM(is_weekend = (weekday >= "
                "6)), SUM(rank % 3 = 0) FROM dim_date"),
            "549|2024-07-01|2025-12-31|549|549|549|549");
}
END_TEST

static ColumnSpec event_columns[] = {
    {.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
    {.name = T("pair"), .type = TYPE_INTEGER, .not_null = true, .min = T("1"), .max = T("40")},
    {.name = T("kind"),
     .type = TYPE_TEXT,
     .not_null = true,
     .values = status_values,
     .value_count = 2},
};
static TableSpec event_table = {.name = T("ev"), .rows = 60, .columns = event_columns, .width = 3};

START_TEST(rows_that_break_a_never_rule_are_left_out)
{
    static NeverRule rules[] = {
        {.why = T("One of a kind a pair."),
         .sql = T("SELECT 1 FROM ev GROUP BY pair, kind HAVING COUNT(*) > 1")},
        {.why = T("No cancellation without a delivery."),
         .sql = T("SELECT 1 FROM ev c WHERE kind = 'cancelled' AND NOT EXISTS (SELECT 1 FROM ev d "
                  "WHERE d.pair = c.pair AND d.kind = 'delivered')")}};
    WarehouseSpec w = {.tables = &event_table, .table_count = 1, .never = rules, .never_count = 2};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1 + (uint64_t)_i});
    for (size_t i = 0; i < LEN(rules); i++) text_is(ask(&w, &d, rules[i].sql.ptr), "");
    ck_assert_uint_ge(d.tables[0].rows, 10);
    ck_assert_uint_le(questions, 600);
}
END_TEST

START_TEST(a_rule_that_asks_for_children_leaves_parents_out)
{
    static NeverRule rules[] = {
        {.why = T("Every city has a restaurant."),
         .sql = T("SELECT 1 FROM city WHERE id NOT IN (SELECT city_id FROM restaurant)")}};
    WarehouseSpec w = tiffin;
    w.never = rules;
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1});
    text_is(ask(&w, &d, rules[0].sql.ptr), "");
    text_is(ask(&w, &d, "SELECT COUNT(*) BETWEEN 3 AND 5 FROM city"), "1");
    text_is(ask(&w, &d, tiffin_faults[3]), "");
    text_is(ask(&w, &d, tiffin_faults[4]), "");
    ck_assert_uint_ge(d.tables[0].rows, 2000);
}
END_TEST

START_TEST(a_rule_that_cannot_be_met_is_named)
{
    static NeverRule rules[] = {
        {.why = T("There is always a row."),
         .sql = T("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM ev WHERE pair = "
                  "77)"),
         .at = {.file = T("w.yaml"), .line = 12, .column = 5}}};
    WarehouseSpec w = {.tables = &event_table, .table_count = 1, .never = rules, .never_count = 1};
    Data d;
    DataJudge judge = oracle_judge(NULL);
    ck_assert(
        !warehouse_generate(&arena, &w, &(DataOptions){.scale = 1, .seed = 1}, &judge, &d, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "There is always a row."));
    ck_assert_int_eq(err.line, 12);
    ck_assert_str_eq(err.file, "w.yaml");
}
END_TEST

static const struct {
    Str check;
    const char *says;
} bad_checks[] = {
    {T("pair > 100"), "meets its check 'pair > 100'"},
    {T("pairs > 1"), "no such column: pairs"},
    {T("pair >"), "a check cannot be run"},
};

START_TEST(a_check_that_cannot_be_met_or_run_is_named)
{
    Str checks[] = {T("id > 0"), bad_checks[_i].check};
    TableSpec t = event_table;
    t.check = (StrList){checks, 2};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    Data d;
    DataJudge judge = oracle_judge(NULL);
    ck_assert(
        !warehouse_generate(&arena, &w, &(DataOptions){.scale = 1, .seed = 1}, &judge, &d, &err));
    ck_assert_msg(strstr(err.text, bad_checks[_i].says), "%s", err.text);
    ck_assert_int_eq(err.kind, ERROR_INPUT);
}
END_TEST

static bool dies(void *ctx, const WarehouseSpec *w, const Data *data, Str sql, bool *returns,
                 Error *e)
{
    (void)ctx, (void)w, (void)data, (void)sql, (void)returns;
    return error_set(e, ERROR_INTERNAL, "the worker died");
}

START_TEST(a_judge_that_fails_is_not_blamed_on_the_rule)
{
    Data d;
    DataJudge judge = oracle_judge(NULL);
    judge.returns_rows = dies;
    DataOptions o = {.scale = 0.1, .seed = 1};
    ck_assert(!warehouse_generate(&arena, &tiffin, &o, &judge, &d, &err));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    ck_assert_str_eq(err.text, "the worker died");
}
END_TEST

START_TEST(a_judge_without_values_meets_definitions_by_retries)
{
    static ColumnSpec columns[] = {{.name = T("id"), .type = TYPE_INTEGER, .primary_key = true},
                                   {.name = T("even"), .type = TYPE_BOOLEAN, .not_null = true},
                                   {.name = T("word"),
                                    .type = TYPE_TEXT,
                                    .not_null = true,
                                    .values = status_values,
                                    .value_count = 3}};
    static Str checks[] = {T("even = (length(word) % 2 = 0)")};
    TableSpec t = {.name = T("t"),
                   .rows = 100,
                   .columns = columns,
                   .width = LEN(columns),
                   .check = {checks, 1}};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    DataJudge judge = oracle_judge(NULL);
    judge.values = NULL;
    Data d;
    DataOptions o = {.scale = 1, .seed = 1};
    ck_assert_msg(warehouse_generate(&arena, &w, &o, &judge, &d, &err), "%s", err.text);
    text_is(
        ask(&w, &d, "SELECT COUNT(*) > 95, SUM(even = (length(word) % 2 = 0)) = COUNT(*) FROM t"),
        "1|1");
}
END_TEST

START_TEST(exact_rows_are_kept_as_they_are)
{
    Value rows[] = {VALUE_INT(7), VALUE_INT(40), VALUE_STR(S("odd")),
                    VALUE_INT(5), {0},           VALUE_STR(S("cancelled"))};
    TableSpec t = event_table;
    t.data = rows;
    t.data_rows = 2;
    t.has_data = true;
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    Data d = make(&w, (DataOptions){.scale = 9, .seed = 4});
    text_is(ask(&w, &d, "SELECT * FROM ev"), "7|40|odd\n5|NULL|cancelled");
    t.data_rows = 0;
    d = make(&w, (DataOptions){.scale = 9, .seed = 4});
    ck_assert_uint_eq(d.tables[0].rows, 0);
}
END_TEST

START_TEST(exact_rows_that_break_a_check_are_an_error)
{
    Value rows[] = {VALUE_INT(7), VALUE_INT(40), VALUE_STR(S("odd")),
                    VALUE_INT(5), VALUE_INT(0),  VALUE_STR(S("cancelled"))};
    Str checks[] = {T("pair > 0")};
    TableSpec t = event_table;
    t.data = rows;
    t.data_rows = 2;
    t.has_data = true;
    t.check = (StrList){checks, 1};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    Data d;
    DataJudge judge = oracle_judge(NULL);
    ck_assert(!warehouse_generate(&arena, &w, &(DataOptions){.scale = 1}, &judge, &d, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "row 2 of the 'data'"));
}
END_TEST

START_TEST(versions_form_chains)
{
    static ColumnSpec columns[] = {
        {.name = T("plan_sk"), .type = TYPE_INTEGER, .primary_key = true},
        {.name = T("plan_code"), .type = TYPE_TEXT, .not_null = true},
        {.name = T("country"), .type = TYPE_TEXT, .not_null = true},
        {.name = T("currency"), .type = TYPE_TEXT, .not_null = true},
        {.name = T("valid_from"), .type = TYPE_TIMESTAMP, .not_null = true, .min = T("2023-01-01")},
        {.name = T("valid_to"), .type = TYPE_TIMESTAMP, .null_share = -1},
        {.name = T("is_current"), .type = TYPE_BOOLEAN, .not_null = true},
    };
    static NeverRule rules[] = {
        {.sql = T("SELECT 1 FROM plan GROUP BY plan_code, country HAVING SUM(valid_to IS NULL) <> "
                  "1")},
        {.sql = T("SELECT 1 FROM plan GROUP BY country HAVING COUNT(DISTINCT currency) > 1")},
        {.sql = T("SELECT 1 FROM plan a JOIN plan b ON b.plan_code = a.plan_code AND b.country = "
                  "a.country AND b.plan_sk > a.plan_sk WHERE a.valid_from < COALESCE(b.valid_to, "
                  "'9999') AND b.valid_from < COALESCE(a.valid_to, '9999')")},
        {.sql = T("SELECT 1 FROM plan a WHERE valid_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                  "plan b WHERE b.plan_code = a.plan_code AND b.country = a.country AND "
                  "b.valid_from = a.valid_to)")}};
    static Str checks[] = {T("is_current = (valid_to IS NULL)"), T("valid_to > valid_from")};
    TableSpec t = {.name = T("plan"),
                   .rows = 60,
                   .columns = columns,
                   .width = LEN(columns),
                   .check = {checks, 2}};
    WarehouseSpec w = {.today = TODAY,
                       .now_ms = NOW_MS,
                       .tables = &t,
                       .table_count = 1,
                       .never = rules,
                       .never_count = LEN(rules)};
    Data d = make(&w, (DataOptions){.scale = 1, .seed = 1 + (uint64_t)_i});
    for (size_t i = 0; i < LEN(rules); i++) text_is(ask(&w, &d, rules[i].sql.ptr), "");
    text_is(ask(&w, &d,
                "SELECT SUM(is_current <> (valid_to IS NULL)), MAX(valid_from) <= "
                "'2025-06-30 09:00:00' FROM plan"),
            "0|1");
    ck_assert_uint_ge(d.tables[0].rows, 55);
    ck_assert_uint_le(questions, 12); // it fits from the start
}
END_TEST

// ---- what is wrong with a spec

static ColumnSpec wrong_columns[][1] = {
    {{.name = T("x"), .type = TYPE_INTEGER, .min = T("soon")}},
    {{.name = T("x"), .type = TYPE_INTEGER, .min = T("9"), .max = T("1")}},
    {{.name = T("x"), .type = TYPE_INTEGER, .ref_table = T("nowhere"), .ref_column = T("id")}},
    {{.name = T("x"), .type = TYPE_INTEGER, .ref_table = T("t"), .ref_column = T("y")}},
    {{.name = T("x"), .type = TYPE_DATE, .after = T("y")}},
    {{.name = T("x"), .type = TYPE_DATE, .after = T("x")}},
    {{.name = T("x"), .type = TYPE_TEXT, .min = T("a")}},
    {{.name = T("x"), .type = TYPE_INTEGER, .values = status_values, .value_count = 3}},
};
static const char *const wrong_says[] = {
    "'soon' cannot bound", "lies between '9' and '1'", "'nowhere', which is not",
    "has no column 'y'",   "after a column 'y'",       "after itself",
    "'a' cannot bound",    "'delivered' is no value",
};

START_TEST(a_spec_that_contradicts_itself_is_an_error)
{
    TableSpec t = {.name = T("t"), .columns = wrong_columns[_i], .width = 1};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    Data d;
    ck_assert(!warehouse_generate(&arena, &w, &(DataOptions){.scale = 1}, NULL, &d, &err));
    ck_assert_msg(strstr(err.text, wrong_says[_i]), "%s", err.text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("warehouse_bare");
    TCase *t = tcase_create("bare");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, the_example_warehouse_keeps_all_its_constraints, 0, 4);
    tcase_add_test(t, weights_of_values_are_kept);
    tcase_add_test(t, some_parents_have_several_times_the_children_of_others);
    tcase_add_test(t, the_same_seed_gives_the_same_bytes_and_another_seed_others);
    tcase_add_test(t, rows_are_the_same_everywhere);
    tcase_add_test(t, lookups_keep_their_size_while_other_tables_scale);
    tcase_add_test(t, a_few_questions_are_enough);
    tcase_add_test(t, rules_without_a_judge_are_refused);
    tcase_add_test(t, generators_are_picked_from_names_without_a_judge);
    tcase_add_loop_test(t, composite_keys_and_composite_references_hold, 0, 3);
    tcase_add_test(t, a_unique_reference_uses_each_parent_once);
    tcase_add_test(t, a_table_may_refer_to_itself_and_tables_to_each_other);
    tcase_add_test(t, orders_that_need_each_other_are_an_error);
    tcase_add_test(t, a_column_after_another_keeps_its_own_bounds_and_presence);
    tcase_add_test(t, definitions_are_computed_and_unlikely_checks_met);
    tcase_add_loop_test(t, rows_that_break_a_never_rule_are_left_out, 0, 3);
    tcase_add_test(t, a_rule_that_asks_for_children_leaves_parents_out);
    tcase_add_test(t, a_rule_that_cannot_be_met_is_named);
    tcase_add_loop_test(t, a_check_that_cannot_be_met_or_run_is_named, 0, LEN(bad_checks));
    tcase_add_test(t, a_judge_that_fails_is_not_blamed_on_the_rule);
    tcase_add_test(t, a_judge_without_values_meets_definitions_by_retries);
    tcase_add_test(t, exact_rows_are_kept_as_they_are);
    tcase_add_test(t, exact_rows_that_break_a_check_are_an_error);
    tcase_add_loop_test(t, versions_form_chains, 0, 4);
    tcase_add_loop_test(t, a_spec_that_contradicts_itself_is_an_error, 0, LEN(wrong_says));
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
