// test_exam_parts: the parts of the exam alone: which tables, which values, keys, orders,
// witnesses, judging.
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define COLUMN(n, t, ...)                                                                          \
    {                                                                                              \
        .name = STR_LIT(n), .type = t, .null_share = -1, __VA_ARGS__                               \
    }

static Arena arena;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
}

static void teardown(void)
{
    arena_free(&arena);
}

// city <- shop <- sale, and a table that only a rule connects.
static const ValueChoice names[] = {{STR_LIT("NO"), 1}, {STR_LIT("SE"), 1}};
static ColumnSpec city_columns[] = {
    COLUMN("code", TYPE_TEXT, .primary_key = true, .values = names, .value_count = 2),
};
static ColumnSpec shop_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("city", TYPE_TEXT, .not_null = true, .ref_table = STR_LIT("city"),
           .ref_column = STR_LIT("code")),
    COLUMN("opened", TYPE_DATE, .min = STR_LIT("2025-01-01"), .max = STR_LIT("today")),
};
static ColumnSpec sale_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("shop_id", TYPE_INTEGER, .not_null = true, .ref_table = STR_LIT("shop"),
           .ref_column = STR_LIT("id")),
    COLUMN("city", TYPE_TEXT, .ref_table = STR_LIT("shop"), .ref_column = STR_LIT("city")),
    COLUMN("amount", TYPE_INTEGER, .min = STR_LIT("0")),
    COLUMN("sold_at", TYPE_TIMESTAMP, .not_null = true),
    COLUMN("paid_at", TYPE_TIMESTAMP, .after = STR_LIT("sold_at"), .after_min_s = 60,
           .after_max_s = 600),
    COLUMN("who", TYPE_TEXT, ),
};
static ColumnSpec day_columns[] = {COLUMN("d", TYPE_DATE, .primary_key = true)};
static Str sale_checks[] = {STR_LIT("amount <> 13"), STR_LIT("paid_at >= sold_at -- at once")};
static TableSpec tables[] = {
    {.name = STR_LIT("city"), .columns = city_columns, .width = COUNT(city_columns)},
    {.name = STR_LIT("shop"), .columns = shop_columns, .width = COUNT(shop_columns)},
    {.name = STR_LIT("sale"),
     .columns = sale_columns,
     .width = COUNT(sale_columns),
     .check = {sale_checks, 2}},
    {.name = STR_LIT("day"), .columns = day_columns, .width = COUNT(day_columns)},
};
static NeverRule rules[] = {
    {.sql = STR_LIT("SELECT 1 FROM city GROUP BY code HAVING COUNT(*) > 1")},
    {.sql = STR_LIT("SELECT 1 FROM shop WHERE opened NOT IN (SELECT d FROM \"day\")")},
};
static WarehouseSpec w = {.name = STR_LIT("w"),
                          .today = 20269,
                          .now_ms = 1751284800000,
                          .tables = tables,
                          .table_count = 4,
                          .never = rules,
                          .never_count = 2};

static ExamSpec spec_of(const char *reference)
{
    return (ExamSpec){.warehouse = &w, .answer = str_from(reference)};
}

// --- Which tables ---

static const struct {
    const char *reference, *answer, *key;
    size_t rules;
    Dialect dialect; // of the answer
} narrowings[] = {
    {"SELECT id FROM sale", "SELECT 1", "..x.", 0, DIALECT_SQLITE},
    {"SELECT id FROM sale", "SELECT code FROM CITY", "x.x.", 1, DIALECT_SQLITE},
    {"SELECT id FROM [sale] -- city", "SELECT 'city'", "..x.", 0, DIALECT_SQLITE},
    {"SELECT id FROM shop", "SELECT 1", ".x.x", 1, DIALECT_SQLITE}, // a rule speaks of both
    {"SELECT id FROM sale", "SELECT 'it\\'s', code FROM city # 'day", "x.x.", 1, DIALECT_MYSQL},
    {"SELECT id FROM sale", "SELECT \"city\"", "..x.", 0, DIALECT_MYSQL},
    {"SELECT id FROM sale", "SELECT code FROM `my.city`", "x.x.", 1, DIALECT_BIGQUERY},
    {"SELECT 1", "SELECT 2", "xxxx", 2, DIALECT_SQLITE},
};

START_TEST(tables_that_nobody_reads_are_left_out)
{
    ExamSpec spec = spec_of(narrowings[_i].reference);
    ExamAnswer answer = {.sql = str_from(narrowings[_i].answer), .dialect = narrowings[_i].dialect};
    Str key;
    WarehouseSpec n = narrow_tables(&arena, &spec, &answer, &key);
    ck_assert_str_eq(str_c(&arena, key), narrowings[_i].key);
    ck_assert_uint_eq(n.never_count, narrowings[_i].rules);
}
END_TEST

START_TEST(a_key_whose_parent_is_left_out_keeps_the_values_that_the_parent_allows)
{
    ExamSpec spec = spec_of("SELECT id FROM sale");
    ExamAnswer answer = {.sql = S("SELECT 1")};
    Str key;
    WarehouseSpec n = narrow_tables(&arena, &spec, &answer, &key);
    const ColumnSpec *shop_id = &n.tables[0].columns[1], *city = &n.tables[0].columns[2];
    ck_assert_uint_eq(shop_id->ref_table.len, 0);
    ck_assert_uint_eq(shop_id->value_count, 0);
    ck_assert_uint_eq(city->ref_table.len, 0);
    ck_assert_uint_eq(city->value_count, 2); // of city.code, two references up
    Value data[] = {VALUE_STR(S("FI")), VALUE_STR(S("IS"))};
    TableSpec exact[COUNT(tables)];
    memcpy(exact, tables, sizeof tables);
    exact[0].data = data;
    exact[0].data_rows = 2;
    exact[0].has_data = true;
    WarehouseSpec with_data = w;
    with_data.tables = exact;
    spec.warehouse = &with_data;
    n = narrow_tables(&arena, &spec, &answer, &key);
    ck_assert_str_eq(str_c(&arena, n.tables[0].columns[2].values[1].text), "IS");
}
END_TEST

// --- Literals ---

static const struct {
    const char *sql, *found; // text@column …
    bool clock;
} scans[] = {
    {"SELECT a FROM t WHERE x > 100 AND 5 < y", "100@x 5@y", false},
    {"SELECT a FROM t WHERE x BETWEEN 1 AND 2 OR z = 'it''s'", "1@x 2@x it's@z", false},
    {"SELECT a FROM t WHERE x IN (1, 2) AND -3 = 3", "1@x 2@x -3@ 3@", false},
    {"SELECT CASE WHEN x >= 7 THEN 'big' ELSE 'small' END FROM t LIMIT 3", "7@x", false},
    {"SELECT 1 FROM t WHERE d >= date('now', '-7 days') -- 99", "1@ now@d -7 days@d", true},
    {"SELECT x - 4 FROM t WHERE CURRENT_DATE > d", "4@x", true},
};

START_TEST(literals_are_found_beside_their_columns)
{
    Literals l = literals_find(&arena, str_from(scans[_i].sql), DIALECT_SQLITE);
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < l.len; i++) {
        buf_fmt(&b, "%s" STR_FMT "@" STR_FMT, i ? " " : "", STR_ARG(l.at[i].text),
                STR_ARG(l.at[i].column));
    }
    ck_assert_str_eq(buf_str(&b).ptr, scans[_i].found);
    ck_assert_int_eq(l.clock, scans[_i].clock);
}
END_TEST

static const struct {
    const char *text;
    int64_t seconds; // -1: no span
} spans[] = {{"-30 minutes", 1800},
             {"+1 day", 86400},
             {"7 DAYS", 604800},
             {"2 weeks", 1209600},
             {"1 month", 2592000},
             {"start of day", -1},
             {"30", -1},
             {"x days", -1},
             {"", -1},
             {"99999999999999999 years", -1}};

START_TEST(spans_of_time_are_read)
{
    int64_t seconds = -1;
    bool ok = literals_span(str_from(spans[_i].text), &seconds);
    ck_assert_int_eq(ok, spans[_i].seconds >= 0);
    if (ok) ck_assert_int_eq(seconds, spans[_i].seconds);
}
END_TEST

// --- Values out of literals ---

static bool lists(const WarehouseSpec *s, size_t table, size_t column, const char *text)
{
    const ColumnSpec *c = &s->tables[table].columns[column];
    for (size_t i = 0; i < c->value_count; i++) {
        if (str_eq(c->values[i].text, str_from(text))) return true;
    }
    return false;
}

// How many of 40 seeds list the value.
static int seeds_with(const char *sql, size_t table, size_t column, const char *text)
{
    int n = 0;
    Literals l = literals_find(&arena, str_from(sql), DIALECT_SQLITE);
    for (uint64_t seed = 0; seed < 40; seed++) {
        WarehouseSpec s = direct_values(&arena, &w, &l, 4, seed);
        n += lists(&s, table, column, text);
    }
    return n;
}

enum {
    SHOP = 1,
    SALE = 2,
    OPENED = 2,
    SALE_SHOP = 1,
    AMOUNT = 3,
    SOLD_AT = 4,
    PAID_AT = 5,
    WHO = 6
};

START_TEST(a_number_comes_with_its_neighbours_within_the_bounds)
{
    const char *sql = "SELECT 1 FROM sale WHERE amount > 100";
    ck_assert_int_gt(seeds_with(sql, SALE, AMOUNT, "99"), 15);
    ck_assert_int_gt(seeds_with(sql, SALE, AMOUNT, "100"), 15);
    ck_assert_int_gt(seeds_with(sql, SALE, AMOUNT, "101"), 15);
    ck_assert_int_eq(seeds_with("SELECT 1 FROM sale WHERE amount > 0", SALE, AMOUNT, "-1"), 0);
}
END_TEST

START_TEST(products_of_two_literals_are_among_the_values)
{
    ck_assert_int_gt(seeds_with("SELECT 1 FROM sale WHERE amount / 60 > 5", SALE, AMOUNT, "300"),
                     0);
}
END_TEST

START_TEST(texts_come_with_their_other_case)
{
    const char *sql = "SELECT 1 FROM sale WHERE who LIKE 'Ann%'";
    ck_assert_int_gt(seeds_with(sql, SALE, WHO, "Ann"), 15);
    ck_assert_int_gt(seeds_with(sql, SALE, WHO, "ann"), 5);
}
END_TEST

START_TEST(times_meet_the_edges_of_days_and_spans)
{
    ck_assert_int_gt(
        seeds_with("SELECT 1 FROM shop WHERE opened >= '2025-06-01'", SHOP, OPENED, "2025-05-31"),
        5);
    const char *month = "SELECT 1 FROM sale WHERE sold_at >= '2025-06-01'";
    ck_assert_int_gt(seeds_with(month, SALE, SOLD_AT, "2025-06-01 00:00:00"), 6);
    ck_assert_int_gt(seeds_with(month, SALE, SOLD_AT, "2025-05-31 23:59:59"), 6);
    // Nothing beyond today, which bounds the column.
    ck_assert_int_eq(
        seeds_with("SELECT 1 FROM shop WHERE opened >= '2025-06-30'", SHOP, OPENED, "2025-07-01"),
        0);
}
END_TEST

START_TEST(keys_get_values_for_their_rows_and_what_follows_others_is_left_alone)
{
    Literals l = literals_find(&arena,
                               S("SELECT 1 FROM sale WHERE shop_id = 5 AND paid_at > "
                                 "'2025-06-01' AND id > 7"),
                               DIALECT_SQLITE);
    for (uint64_t seed = 0; seed < 20; seed++) {
        WarehouseSpec s = direct_values(&arena, &w, &l, 4, seed);
        size_t keys = s.tables[SALE].columns[0].value_count;
        ck_assert(keys == 0 || keys >= 4);
        ck_assert_uint_eq(s.tables[SALE].columns[SALE_SHOP].value_count, 0);
        ck_assert_uint_eq(s.tables[SALE].columns[PAID_AT].value_count, 0);
    }
}
END_TEST

// A literal that is a mark parts texts: none, one and several of it are met, and numbers beside it.
START_TEST(texts_are_made_of_parts_where_the_query_takes_them_apart)
{
    static ColumnSpec columns[] = {{.name = STR_LIT("ip"), .type = TYPE_TEXT, .not_null = true}};
    static TableSpec logs = {.name = STR_LIT("log"), .columns = columns, .width = 1};
    WarehouseSpec one = {.tables = &logs, .table_count = 1};
    Literals l = literals_find(
        &arena, S("SELECT 1 FROM log WHERE SUBSTRING_INDEX(ip, '.', 1) > 255"), DIALECT_MYSQL);
    int none = 0, three = 0, above = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        const ColumnSpec *c = &direct_values(&arena, &one, &l, 4, seed).tables[0].columns[0];
        for (size_t i = 0; i < c->value_count; i++) {
            Str text = c->values[i].text;
            size_t marks = 0;
            for (size_t k = 0; k < text.len; k++) marks += text.ptr[k] == '.';
            none += !marks;
            three += marks == 3;
            above += str_find(text, S("256."), NULL);
        }
    }
    ck_assert_int_gt(none, 3);
    ck_assert_int_gt(three, 8);
    ck_assert_int_gt(above, 3);
}
END_TEST

// Of a long list what the query asks for, in some of the databases alone.
START_TEST(a_long_list_is_cut_down_to_what_the_query_asks_for)
{
    static const ValueChoice kinds[] = {
        {STR_LIT("view"), 1}, {STR_LIT("like"), 1}, {STR_LIT("share"), 1}, {STR_LIT("report"), 1}};
    static ColumnSpec columns[] = {
        {.name = STR_LIT("kind"), .type = TYPE_TEXT, .values = kinds, .value_count = 4}};
    static TableSpec actions = {.name = STR_LIT("action"), .columns = columns, .width = 1};
    WarehouseSpec one = {.tables = &actions, .table_count = 1};
    Literals l =
        literals_find(&arena, S("SELECT 1 FROM action WHERE kind = 'report'"), DIALECT_SQLITE);
    int alone = 0, whole = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        WarehouseSpec s = direct_values(&arena, &one, &l, 4, seed);
        const ColumnSpec *c = &s.tables[0].columns[0];
        ck_assert(lists(&s, 0, 0, "report"));
        alone += c->value_count == 1;
        whole += c->value_count == 4;
    }
    ck_assert_int_gt(alone, 4);
    ck_assert_int_gt(whole, 8);
}
END_TEST

// --- Keys and orders ---

static Table table_of(const TableSpec *t, const Value *cells, size_t rows)
{
    Table out = {.width = t->width, .rows = rows};
    out.columns = arena_array(&arena, Column, t->width);
    for (size_t i = 0; i < t->width; i++) {
        out.columns[i] = (Column){t->columns[i].name, t->columns[i].type};
    }
    out.cells = arena_array(&arena, Value, rows * t->width);
    if (rows) memcpy(out.cells, cells, rows * t->width * sizeof *cells);
    return out;
}

#define TEXT(s) VALUE_STR(S(s))
#define NONE ((Value){.kind = VALUE_NULL})

// Two cities, two shops, three sales.
static Data small(void)
{
    Value city[] = {TEXT("NO"), TEXT("SE")};
    Value shop[] = {VALUE_INT(1), TEXT("NO"), NONE, VALUE_INT(2), TEXT("SE"), NONE};
    Value sale[] = {
        VALUE_INT(1), VALUE_INT(1), TEXT("NO"), VALUE_INT(5), TEXT("2025-06-01"), NONE, NONE,
        VALUE_INT(2), VALUE_INT(2), NONE,       NONE,         TEXT("2025-06-02"), NONE, TEXT("a"),
        VALUE_INT(3), VALUE_INT(2), TEXT("SE"), VALUE_INT(7), TEXT("2025-06-03"), NONE, TEXT("b"),
    };
    Data d = {arena_array(&arena, Table, 4), 4};
    d.tables[0] = table_of(&tables[0], city, 2);
    d.tables[1] = table_of(&tables[1], shop, 2);
    d.tables[2] = table_of(&tables[2], sale, 3);
    d.tables[3] = table_of(&tables[3], NULL, 0);
    return d;
}

START_TEST(taking_a_parent_takes_what_hangs_on_it)
{
    Data d = small();
    bool cities[] = {true, false}, shops[] = {true, true}, sales[] = {true, true, true};
    bool *keep[] = {cities, shops, sales, NULL};
    Links l = links_find(&arena, &w, &d);
    links_close(&l, &d, keep);
    ck_assert(shops[0] && !shops[1]);
    ck_assert(sales[0] && !sales[1] && !sales[2]);
}
END_TEST

static void duplicate_key(Data *d)
{
    d->tables[2].cells[7] = VALUE_INT(1);
}
static void lost_parent(Data *d)
{
    d->tables[2].cells[1] = VALUE_INT(9);
}
static void missing_value(Data *d)
{
    d->tables[2].cells[4] = NONE;
}
static void lost_grandparent(Data *d)
{
    d->tables[0].rows = 1;
}
static void (*const harms[])(Data *) = {duplicate_key, lost_parent, missing_value,
                                        lost_grandparent};

START_TEST(broken_keys_are_noticed)
{
    Data d = small();
    ck_assert(links_hold(&w, &d));
    harms[_i](&d);
    ck_assert(!links_hold(&w, &d));
}
END_TEST

START_TEST(another_order_holds_the_same_rows)
{
    Data d = small();
    for (RowOrder o = 0; o <= ORDER_LAST; o++) {
        Data other = order_rows(&arena, &d, o);
        int64_t sum = 0;
        bool moved = false;
        for (size_t r = 0; r < 3; r++) {
            sum += table_at(&other.tables[2], r, 0)->integer;
            moved |= table_at(&other.tables[2], r, 0)->integer != (int64_t)r + 1;
        }
        ck_assert_int_eq(sum, 6);
        ck_assert(moved);
        ck_assert_uint_eq(data_rows(&other), data_rows(&d));
    }
    ck_assert_int_eq(d.tables[2].cells[0].integer, 1);
}
END_TEST

static const struct {
    size_t table, column;
    Value value;
    bool allowed;
} allowed[] = {
    {0, 0, {.kind = VALUE_TEXT, .text = STR_LIT("NO")}, true},
    {0, 0, {.kind = VALUE_TEXT, .text = STR_LIT("FI")}, false}, // not listed
    {0, 0, {.kind = VALUE_NULL}, false},
    {1, 2, {.kind = VALUE_NULL}, true},
    {1, 2, {.kind = VALUE_TEXT, .text = STR_LIT("2025-06-30")}, true},
    {1, 2, {.kind = VALUE_TEXT, .text = STR_LIT("2025-07-01")}, false}, // behind today
    {1, 2, {.kind = VALUE_TEXT, .text = STR_LIT("soon")}, false},
    {2, 3, {.kind = VALUE_INTEGER, .integer = 0}, true},
    {2, 3, {.kind = VALUE_INTEGER, .integer = -1}, false},
    {2, 3, {.kind = VALUE_REAL, .real = 1.5}, false},
};

START_TEST(a_column_allows_what_its_spec_says)
{
    const ColumnSpec *c = &tables[allowed[_i].table].columns[allowed[_i].column];
    ck_assert_int_eq(bounds_value(&w, c, &allowed[_i].value), allowed[_i].allowed);
}
END_TEST

START_TEST(a_slice_holds_all_rows_of_one_thing_with_their_parents)
{
    Data d = small(), slice;
    bool sales_of_two = false;
    for (uint64_t seed = 0; seed < 30; seed++) {
        ck_assert(slice_data(&arena, &w, &d, seed, &slice));
        ck_assert(links_hold(&w, &slice));
        const Table *sale = &slice.tables[2];
        ck_assert_uint_gt(data_rows(&slice), 0);
        sales_of_two |= sale->rows == 2 && table_at(sale, 0, 1)->integer == 2;
    }
    ck_assert(sales_of_two); // both sales of shop 2
}
END_TEST

// --- Judging, in a worker ---

static World world;
static QueryWorker *worker;

static void setup_worker(void)
{
    setup();
    world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    ck_assert_msg(query_open(&world, &worker, &err), "%s", err.text);
}

static void teardown_worker(void)
{
    query_close(worker);
    teardown();
}

START_TEST(conditions_are_judged_row_by_row)
{
    Data d = small();
    DataJudge j = exam_judge(worker);
    size_t *rows, count;
    uint8_t *truth;
    Value *values;
    ck_assert(j.broken(j.ctx, &arena, &w, &d, SALE, S("amount > 5 -- or so"), &rows, &count, &err));
    ck_assert_uint_eq(count, 1); // NULL passes
    ck_assert_uint_eq(rows[0], 0);
    ck_assert(j.truth(j.ctx, &arena, &w, &d, SALE, S("amount > 5"), &truth, &err));
    ck_assert(truth[0] == 0 && truth[1] == 0 && truth[2] == 1);
    ck_assert(j.values(j.ctx, &arena, &w, &d, SALE, S("who || '!'"), &values, &err));
    ck_assert_int_eq(values[0].kind, VALUE_NULL);
    ck_assert_str_eq(str_c(&arena, values[2].text), "b!");
}
END_TEST

START_TEST(rules_are_judged_on_the_whole_database_at_the_warehouses_time)
{
    Data d = small();
    DataJudge j = exam_judge(worker);
    bool returns;
    ck_assert(j.returns_rows(j.ctx, &w, &d,
                             S("SELECT 1 FROM sale JOIN shop ON shop.id = shop_id "
                               "WHERE shop.city = 'SE'"),
                             &returns, &err));
    ck_assert(returns);
    ck_assert(j.returns_rows(j.ctx, &w, &d, S("SELECT 1 WHERE CURRENT_DATE <> '2025-06-30'"),
                             &returns, &err));
    ck_assert(!returns);
}
END_TEST

static const char *const bad_conditions[] = {"nothing > 1", "amount >", "",
                                             "1) FROM sale JOIN sale s ON (1"};

START_TEST(a_condition_that_does_not_run_blames_its_table)
{
    Data d = small();
    TableSpec placed[COUNT(tables)];
    memcpy(placed, tables, sizeof tables);
    placed[SALE].at = (Place){S("w.yaml"), 9, 3};
    WarehouseSpec here = w;
    here.tables = placed;
    DataJudge j = exam_judge(worker);
    size_t *rows, count;
    Str condition = str_from(bad_conditions[_i]);
    ck_assert(!j.broken(j.ctx, &arena, &here, &d, SALE, condition, &rows, &count, &err));
    ck_assert_str_eq(err.file, "w.yaml");
    ck_assert_int_eq(err.kind, ERROR_INPUT);
}
END_TEST

// --- Witnesses ---

static DataJudge judge;

static Making making(uint64_t seed)
{
    static Literals none;
    judge = exam_judge(worker);
    return (Making){.arena = &arena, .w = &w, .literals = &none, .judge = &judge, .seed = seed};
}

START_TEST(a_witness_is_filled_in_with_parents_and_what_it_leaves_open)
{
    Str shop_names[] = {S("id"), S("opened")}, sale_names[] = {S("shop_id"), S("sold_at")};
    Value shops[] = {VALUE_INT(70), NONE};
    Value sales[] = {VALUE_INT(70), TEXT("2025-06-01 10:00:00"), VALUE_INT(70),
                     TEXT("2025-06-01 10:00:00")};
    WitnessTable given[] = {{S("shop"), {shop_names, 2}, shops, 1},
                            {S("SALE"), {sale_names, 2}, sales, 2}};
    ExamWrong wrong = {.witness = given, .witness_count = 2};
    for (uint64_t seed = 0; seed < 10; seed++) {
        Data d;
        bool made, holds;
        Making m = making(seed);
        ck_assert_msg(witness_data(&m, &wrong, &d, &made, &err), "%s", err.text);
        ck_assert(made);
        ck_assert(witness_holds(&w, &d, &judge, &holds, &err));
        ck_assert(holds);
        ck_assert_uint_eq(d.tables[SHOP].rows, 1);
        ck_assert_uint_eq(d.tables[SALE].rows, 2);
        ck_assert_int_eq(table_at(&d.tables[SALE], 1, SALE_SHOP)->integer, 70);
        ck_assert_str_eq(str_c(&arena, table_at(&d.tables[SALE], 0, SOLD_AT)->text),
                         "2025-06-01 10:00:00");
    }
}
END_TEST

START_TEST(a_witness_renames_a_parent_that_its_keys_ask_for)
{
    Str sale_names[] = {S("shop_id")};
    Value sales[] = {VALUE_INT(70), VALUE_INT(71), VALUE_INT(70)};
    WitnessTable given[] = {{S("sale"), {sale_names, 1}, sales, 3}};
    ExamWrong wrong = {.witness = given, .witness_count = 1};
    Making m = making(3);
    Data d;
    bool made;
    ck_assert_msg(witness_data(&m, &wrong, &d, &made, &err), "%s", err.text);
    ck_assert(made && links_hold(&w, &d));
    ck_assert_uint_ge(d.tables[SHOP].rows, 2);
    ck_assert_int_eq(table_at(&d.tables[SALE], 1, SALE_SHOP)->integer, 71);
}
END_TEST

START_TEST(a_witness_that_breaks_a_rule_is_not_made)
{
    Str sale_names[] = {S("amount")};
    Value sales[] = {VALUE_INT(13)};
    WitnessTable given[] = {{S("sale"), {sale_names, 1}, sales, 1}};
    ExamWrong wrong = {.witness = given, .witness_count = 1};
    Making m = making(1);
    Data d;
    bool made = true;
    ck_assert(witness_data(&m, &wrong, &d, &made, &err));
    ck_assert(!made);
}
END_TEST

// --- Variations ---

START_TEST(a_variation_differs_and_keeps_every_rule)
{
    Data d = small();
    size_t made_count = 0;
    WarehouseSpec without_rules = w; // a shop without a day breaks one: NULL is NOT IN nothing
    without_rules.never_count = 0;
    Literals l = literals_find(&arena,
                               S("SELECT id FROM sale WHERE amount > 6 AND sold_at < "
                                 "datetime('now', '-7 days')"),
                               DIALECT_SQLITE);
    for (uint64_t seed = 0; seed < 40; seed++) {
        Making m = making(seed);
        m.literals = &l;
        m.w = &without_rules;
        Data other;
        bool made, holds;
        ck_assert_msg(vary_data(&m, &d, &other, &made, &err), "%s", err.text);
        if (!made) continue;
        made_count++;
        ck_assert(witness_holds(&without_rules, &other, &judge, &holds, &err));
        ck_assert(holds);
        ck_assert(!str_eq(warehouse_script(&arena, &w, &other), warehouse_script(&arena, &w, &d)));
    }
    ck_assert_uint_gt(made_count, 20);
}
END_TEST

START_TEST(united_parts_keep_their_keys_apart_or_share_one_kind_of_thing)
{
    Data d = small(), all;
    const Data *parts[] = {&d, &d, &d};
    size_t apart = 0, shared = 0;
    WarehouseSpec without_rules = w;
    without_rules.never_count = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        bool made;
        Making m = making(seed);
        m.w = &without_rules;
        ck_assert_msg(vary_unite(&m, parts, 3, &all, &made, &err), "%s", err.text);
        ck_assert(made);
        ck_assert(links_hold(&w, &all));
        ck_assert_uint_eq(all.tables[0].rows, 2); // NO and SE are all there are
        ck_assert_uint_eq(all.tables[2].rows, 9);
        apart += all.tables[1].rows == 6;
        shared += all.tables[1].rows == 2; // nine sales in the same two shops
    }
    ck_assert_uint_gt(apart, 5);
    ck_assert_uint_gt(shared, 5);
    ck_assert_uint_eq(apart + shared, 40);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam_parts");
    TCase *t = tcase_create("pure");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, tables_that_nobody_reads_are_left_out, 0, COUNT(narrowings));
    tcase_add_test(t, a_key_whose_parent_is_left_out_keeps_the_values_that_the_parent_allows);
    tcase_add_loop_test(t, literals_are_found_beside_their_columns, 0, COUNT(scans));
    tcase_add_loop_test(t, spans_of_time_are_read, 0, COUNT(spans));
    tcase_add_test(t, a_number_comes_with_its_neighbours_within_the_bounds);
    tcase_add_test(t, products_of_two_literals_are_among_the_values);
    tcase_add_test(t, texts_come_with_their_other_case);
    tcase_add_test(t, times_meet_the_edges_of_days_and_spans);
    tcase_add_test(t, keys_get_values_for_their_rows_and_what_follows_others_is_left_alone);
    tcase_add_test(t, texts_are_made_of_parts_where_the_query_takes_them_apart);
    tcase_add_test(t, a_long_list_is_cut_down_to_what_the_query_asks_for);
    tcase_add_test(t, taking_a_parent_takes_what_hangs_on_it);
    tcase_add_loop_test(t, broken_keys_are_noticed, 0, COUNT(harms));
    tcase_add_test(t, another_order_holds_the_same_rows);
    tcase_add_loop_test(t, a_column_allows_what_its_spec_says, 0, COUNT(allowed));
    tcase_add_test(t, a_slice_holds_all_rows_of_one_thing_with_their_parents);
    suite_add_tcase(s, t);
    t = tcase_create("in a worker");
    tcase_add_checked_fixture(t, setup_worker, teardown_worker);
    tcase_add_test(t, conditions_are_judged_row_by_row);
    tcase_add_test(t, rules_are_judged_on_the_whole_database_at_the_warehouses_time);
    tcase_add_loop_test(t, a_condition_that_does_not_run_blames_its_table, 0,
                        COUNT(bad_conditions));
    tcase_add_test(t, a_witness_is_filled_in_with_parents_and_what_it_leaves_open);
    tcase_add_test(t, a_witness_renames_a_parent_that_its_keys_ask_for);
    tcase_add_test(t, a_witness_that_breaks_a_rule_is_not_made);
    tcase_add_test(t, a_variation_differs_and_keeps_every_rule);
    tcase_add_test(t, united_parts_keep_their_keys_apart_or_share_one_kind_of_thing);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
