// test_exam_scene: databases whose rows belong together: the mistakes that only they show.
//
// Each pair of queries differs on databases that cells drawn one by one hardly make. The verdict
// must be "wrong" on every seed, and the right spelling beside it must pass.
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/direct.h"
#include "exam_bench.h"
#include <check.h>
#include <stdlib.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define COLUMN(n, t, ...)                                                                          \
    {                                                                                              \
        .name = STR_LIT(n), .type = t, .null_share = -1, .not_null = true, __VA_ARGS__             \
    }

// --- Warehouses of one table, or two ---

static const ValueChoice sides[] = {{STR_LIT("sell"), 1}, {STR_LIT("buy"), 1}};
static ColumnSpec airport_columns[] = {
    COLUMN("code", TYPE_TEXT, .primary_key = true),
    COLUMN("city", TYPE_TEXT, .unique = false),
};
static ColumnSpec flight_columns[] = {
    COLUMN("source", TYPE_TEXT, .unique = false),
    COLUMN("target", TYPE_TEXT, .unique = false),
};
static ColumnSpec post_columns[] = {
    COLUMN("person", TYPE_INTEGER, .unique = false),
    {.name = STR_LIT("until"), .type = TYPE_DATE, .null_share = -1},
};
static ColumnSpec trade_columns[] = {
    COLUMN("stock", TYPE_TEXT, .unique = false),
    COLUMN("side", TYPE_TEXT, .values = sides, .value_count = 2),
    COLUMN("day", TYPE_INTEGER, .min = STR_LIT("1")),
    COLUMN("price", TYPE_INTEGER, .min = STR_LIT("1")),
};
static Str trade_key[] = {STR_LIT("stock"), STR_LIT("day")};
static StrList trade_unique[] = {{trade_key, 2}};
static NeverRule trade_rules[] = {
    {.sql = STR_LIT("SELECT 1 FROM trade a WHERE side = 'sell' AND IFNULL((SELECT side FROM trade "
                    "b WHERE b.stock = a.stock AND b.day < a.day ORDER BY b.day DESC LIMIT 1), "
                    "'x') <> 'buy'")},
    {.sql = STR_LIT("SELECT 1 FROM trade a WHERE side = 'buy' AND IFNULL((SELECT side FROM trade b "
                    "WHERE b.stock = a.stock AND b.day > a.day ORDER BY b.day LIMIT 1), 'x') <> "
                    "'sell'")},
};
static ColumnSpec stay_columns[] = {
    COLUMN("guest_id", TYPE_INTEGER, .unique = false),
    COLUMN("room", TYPE_INTEGER, .unique = false),
    COLUMN("came_at", TYPE_TIMESTAMP, .unique = false),
    COLUMN("left_at", TYPE_TIMESTAMP, .unique = false),
};
static NeverRule stay_rules[] = {{.sql = STR_LIT("SELECT 1 FROM stay WHERE left_at < came_at")}};
static ColumnSpec person_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("owed_hours", TYPE_INTEGER, .min = STR_LIT("0")),
};
static ColumnSpec work_columns[] = {
    COLUMN("person_id", TYPE_INTEGER, .ref_table = STR_LIT("person"), .ref_column = STR_LIT("id")),
    COLUMN("began", TYPE_TIMESTAMP, .unique = false),
    COLUMN("ended", TYPE_TIMESTAMP, .unique = false),
};
static NeverRule work_rules[] = {{.sql = STR_LIT("SELECT 1 FROM work WHERE ended < began")}};
static ColumnSpec order_columns[] = {
    COLUMN("order_id", TYPE_INTEGER, .primary_key = true),
    COLUMN("customer_id", TYPE_INTEGER, .unique = false),
    COLUMN("ordered", TYPE_DATE, .unique = false),
    COLUMN("price", TYPE_INTEGER, .min = STR_LIT("1")),
};
static ColumnSpec sale_columns[] = {
    COLUMN("sale_id", TYPE_INTEGER, .primary_key = true),
    COLUMN("product", TYPE_TEXT, .unique = false),
};
static ColumnSpec fault_columns[] = {COLUMN("day", TYPE_DATE, .primary_key = true)};
static ColumnSpec mark_columns[] = {
    COLUMN("student_id", TYPE_INTEGER, .unique = false),
    COLUMN("mark", TYPE_INTEGER, .min = STR_LIT("0"), .max = STR_LIT("100")),
};
static ColumnSpec report_columns[] = {
    COLUMN("post_id", TYPE_INTEGER, .unique = false),
    COLUMN("day", TYPE_DATE, .unique = false),
    COLUMN("kind", TYPE_TEXT, .unique = false),
    COLUMN("detail", TYPE_TEXT, .unique = false),
};
static ColumnSpec removal_columns[] = {COLUMN("post_id", TYPE_INTEGER, .primary_key = true)};

static ColumnSpec account_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("email", TYPE_TEXT, .unique = false),
};
static NeverRule account_rules[] = {
    {.sql = STR_LIT("SELECT 1 FROM account WHERE email NOT LIKE '_%@_%' OR length(email) - "
                    "length(replace(email, '@', '')) <> 1")}};
static ColumnSpec product_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("kind", TYPE_TEXT, .unique = false),
    {.name = STR_LIT("price"), .type = TYPE_INTEGER, .null_share = -1},
};
static ColumnSpec page_columns[] = {COLUMN("page_id", TYPE_INTEGER, .primary_key = true)};
static ColumnSpec like_columns[] = {
    COLUMN("user_id", TYPE_INTEGER, .unique = false),
    {.name = STR_LIT("page_id"), .type = TYPE_INTEGER, .null_share = -1},
};
static ColumnSpec price_columns[] = {
    COLUMN("product_id", TYPE_INTEGER, .unique = false),
    COLUMN("valid_from", TYPE_DATE, .unique = false),
    {.name = STR_LIT("valid_to"), .type = TYPE_DATE, .null_share = -1},
    COLUMN("cents", TYPE_INTEGER, .min = STR_LIT("1")),
};
static ColumnSpec sold_columns[] = {
    COLUMN("sold_id", TYPE_INTEGER, .primary_key = true),
    COLUMN("product_id", TYPE_INTEGER, .unique = false),
    COLUMN("sold_on", TYPE_DATE, .unique = false),
};
static Str price_key[] = {STR_LIT("product_id"), STR_LIT("valid_from")};
static StrList price_unique[] = {{price_key, 2}};
static ColumnSpec event_columns[] = {
    COLUMN("shop_id", TYPE_INTEGER, .unique = false),
    COLUMN("kind", TYPE_TEXT, .unique = false),
    COLUMN("times", TYPE_INTEGER, .min = STR_LIT("0")),
};
static Str event_key[] = {STR_LIT("shop_id"), STR_LIT("kind")};
static StrList event_unique[] = {{event_key, 2}};

static TableSpec airports[] = {{.name = STR_LIT("airport"), .columns = airport_columns, .width = 2},
                               {.name = STR_LIT("flight"), .columns = flight_columns, .width = 2}};
static TableSpec posts[] = {{.name = STR_LIT("post"), .columns = post_columns, .width = 2}};
static TableSpec trades[] = {{.name = STR_LIT("trade"),
                              .columns = trade_columns,
                              .width = 4,
                              .unique = trade_unique,
                              .unique_count = 1}};
static TableSpec stays[] = {{.name = STR_LIT("stay"), .columns = stay_columns, .width = 4}};
static TableSpec works[] = {{.name = STR_LIT("person"), .columns = person_columns, .width = 2},
                            {.name = STR_LIT("work"), .columns = work_columns, .width = 3}};
static TableSpec orders[] = {{.name = STR_LIT("orders"), .columns = order_columns, .width = 4}};
static TableSpec sales[] = {{.name = STR_LIT("sale"), .columns = sale_columns, .width = 2}};
static TableSpec faults[] = {{.name = STR_LIT("fault"), .columns = fault_columns, .width = 1}};
static TableSpec marks[] = {{.name = STR_LIT("mark"), .columns = mark_columns, .width = 2}};
static TableSpec reports[] = {{.name = STR_LIT("report"), .columns = report_columns, .width = 4},
                              {.name = STR_LIT("removal"), .columns = removal_columns, .width = 1}};

static TableSpec accounts[] = {
    {.name = STR_LIT("account"), .columns = account_columns, .width = 2}};
static TableSpec products[] = {
    {.name = STR_LIT("product"), .columns = product_columns, .width = 3}};
static TableSpec pages[] = {{.name = STR_LIT("page"), .columns = page_columns, .width = 1},
                            {.name = STR_LIT("page_like"), .columns = like_columns, .width = 2}};
static TableSpec prices[] = {{.name = STR_LIT("price"),
                              .columns = price_columns,
                              .width = 4,
                              .unique = price_unique,
                              .unique_count = 1},
                             {.name = STR_LIT("sold"), .columns = sold_columns, .width = 3}};
static TableSpec events[] = {{.name = STR_LIT("event"),
                              .columns = event_columns,
                              .width = 3,
                              .unique = event_unique,
                              .unique_count = 1}};

#define WAREHOUSE(t, n, r, m)                                                                      \
    {                                                                                              \
        .name = STR_LIT("w"), .today = 20269, .now_ms = 1751284800000, .tables = t,                \
        .table_count = n, .never = r, .never_count = m                                             \
    }
static WarehouseSpec airport = WAREHOUSE(airports, 2, NULL, 0);
static WarehouseSpec post = WAREHOUSE(posts, 1, NULL, 0);
static WarehouseSpec trade = WAREHOUSE(trades, 1, trade_rules, 2);
static WarehouseSpec stay = WAREHOUSE(stays, 1, stay_rules, 1);
static WarehouseSpec work = WAREHOUSE(works, 2, work_rules, 1);
static WarehouseSpec order = WAREHOUSE(orders, 1, NULL, 0);
static WarehouseSpec sale = WAREHOUSE(sales, 1, NULL, 0);
static WarehouseSpec fault = WAREHOUSE(faults, 1, NULL, 0);
static WarehouseSpec mark = WAREHOUSE(marks, 1, NULL, 0);
static WarehouseSpec report = WAREHOUSE(reports, 2, NULL, 0);
static WarehouseSpec account = WAREHOUSE(accounts, 1, account_rules, 1);
static WarehouseSpec product = WAREHOUSE(products, 1, NULL, 0);
static WarehouseSpec page = WAREHOUSE(pages, 2, NULL, 0);
static WarehouseSpec price = WAREHOUSE(prices, 2, NULL, 0);
static WarehouseSpec event = WAREHOUSE(events, 1, NULL, 0);

// --- Mistakes that only such rows show ---

#define GAIN "SELECT stock, "
#define BY_STOCK " AS gain FROM trade GROUP BY stock"
#define TOGETHER                                                                                   \
    "SELECT DISTINCT a.guest_id FROM stay a JOIN stay b ON a.guest_id = b.guest_id AND a.room <> " \
    "b.room AND a.came_at <= b.left_at AND b.came_at <= a.left_at"
#define OWES(minutes)                                                                              \
    "SELECT p.id FROM person p LEFT JOIN (SELECT person_id, " minutes " AS m FROM work GROUP BY "  \
    "person_id) l ON l.person_id = p.id WHERE IFNULL(l.m, 0) < p.owed_hours * 60"
#define GROWS                                                                                      \
    "WITH t AS (SELECT customer_id, strftime('%Y', ordered) + 0 AS y, SUM(price) AS s FROM "       \
    "orders GROUP BY 1, 2) SELECT a.customer_id FROM t a GROUP BY a.customer_id HAVING "
#define RUNS(expression)                                                                           \
    "SELECT MIN(day) AS a, MAX(day) AS b FROM (SELECT day, " expression " AS g FROM fault WHERE "  \
    "day BETWEEN '2019-01-01' AND '2019-12-31') GROUP BY g"

#define HOST "substr(email, instr(email, '@') + 1)"
#define LOCAL "substr(email, 1, instr(email, '@') - 1)"
#define BUSY(mean)                                                                                 \
    "SELECT e.shop_id FROM event e JOIN (SELECT kind, " mean " AS a FROM event GROUP BY kind) t "  \
    "ON t.kind = e.kind WHERE e.times > t.a GROUP BY e.shop_id HAVING COUNT(*) > 1"

static const struct {
    WarehouseSpec *w;
    const char *reference, *wrong, *right;
} mistakes[] = {
    // two purchases with their sales of one stock
    {&trade, GAIN "SUM(CASE side WHEN 'buy' THEN -price ELSE price END)" BY_STOCK,
     GAIN "MAX(CASE side WHEN 'sell' THEN price END) - MAX(CASE side WHEN 'buy' THEN price "
          "END)" BY_STOCK,
     GAIN "SUM(CASE WHEN side = 'sell' THEN price ELSE 0 END) - SUM(CASE WHEN side = 'buy' THEN "
          "price ELSE 0 END)" BY_STOCK},
    // a long stay that holds a short one and meets a third
    {&stay, TOGETHER,
     "SELECT DISTINCT guest_id FROM (SELECT guest_id, room, came_at, LAG(left_at) OVER w AS p, "
     "LAG(room) OVER w AS q FROM stay WINDOW w AS (PARTITION BY guest_id ORDER BY came_at, "
     "left_at, room)) WHERE came_at <= p AND room <> q",
     "SELECT a.guest_id FROM stay a, stay b WHERE a.guest_id = b.guest_id AND a.room < b.room AND "
     "NOT (a.left_at < b.came_at OR b.left_at < a.came_at) GROUP BY 1"},
    // minutes rounded row by row, with the limit just met
    {&work, OWES("SUM((strftime('%s', ended) - strftime('%s', began) + 59) / 60)"),
     OWES("SUM((strftime('%s', ended) - strftime('%s', began) + 30) / 60)"),
     OWES("SUM((unixepoch(ended) - unixepoch(began) + 59) / 60)")},
    // a year without orders
    {&order, GROWS "MAX(y) - MIN(y) + 1 = COUNT(*)", GROWS "COUNT(*) = COUNT(DISTINCT y)",
     GROWS "COUNT(*) - 1 = MAX(y) - MIN(y)"},
    // blanks at the ends of a word
    {&sale, "SELECT TRIM(product) AS p, COUNT(*) AS n FROM sale GROUP BY 1",
     "SELECT LTRIM(product) AS p, COUNT(*) AS n FROM sale GROUP BY 1",
     "SELECT LTRIM(RTRIM(product)) AS p, COUNT(*) AS n FROM sale GROUP BY 1"},
    // days that follow each other over the end of a month, within the year
    {&fault, RUNS("julianday(day) - ROW_NUMBER() OVER (ORDER BY day)"),
     RUNS("strftime('%d', day) - ROW_NUMBER() OVER (ORDER BY day)"),
     RUNS("unixepoch(day) / 86400 - RANK() OVER (ORDER BY day)")},
    // a mean just below the limit
    {&mark, "SELECT student_id FROM mark GROUP BY 1 HAVING AVG(mark) >= 60",
     "SELECT student_id FROM mark GROUP BY 1 HAVING ROUND(AVG(mark), 1) >= 60",
     "SELECT student_id FROM mark GROUP BY 1 HAVING SUM(mark) >= 60 * COUNT(*)"},
    // some reported twice, with all filters passed
    {&report,
     "SELECT a.day, COUNT(DISTINCT r.post_id) * 1.0 / COUNT(DISTINCT a.post_id) AS s FROM report a "
     "LEFT JOIN removal r ON r.post_id = a.post_id WHERE kind = 'report' AND detail = 'spam' GROUP "
     "BY a.day",
     "SELECT a.day, COUNT(r.post_id) * 1.0 / COUNT(a.post_id) AS s FROM report a LEFT JOIN removal "
     "r ON r.post_id = a.post_id WHERE kind = 'report' AND detail = 'spam' GROUP BY a.day",
     "SELECT day, AVG(post_id IN (SELECT post_id FROM removal)) AS s FROM (SELECT DISTINCT day, "
     "post_id FROM report WHERE kind = 'report' AND detail = 'spam') GROUP BY day"},
    // addresses that differ in the case of one part, where a rule says what they are like
    {&account,
     "SELECT LOWER(" HOST ") AS h, COUNT(*) AS n, COUNT(DISTINCT " LOCAL ") AS l FROM account "
     "GROUP BY 1",
     "SELECT LOWER(" HOST ") AS h, COUNT(*) AS n, COUNT(DISTINCT LOWER(" LOCAL ")) AS l FROM "
     "account GROUP BY 1",
     "SELECT LOWER(" HOST ") AS h, COUNT(id) AS n, COUNT(DISTINCT " LOCAL ") AS l FROM account "
     "GROUP BY LOWER(" HOST ")"},
    // two equal values and another one
    {&product, "SELECT kind, AVG(price) AS a FROM product GROUP BY kind HAVING AVG(price) >= 25",
     "SELECT kind, AVG(price) AS a FROM product GROUP BY kind HAVING AVG(DISTINCT price) >= 25",
     "SELECT kind, AVG(price) AS a FROM product GROUP BY kind HAVING SUM(price) >= 25 * "
     "COUNT(price)"},
    // what stands for NULL in the answer is a key
    {&page,
     "SELECT p.page_id FROM page p LEFT JOIN page_like l ON l.page_id = p.page_id WHERE l.page_id "
     "IS NULL",
     "SELECT page_id FROM page WHERE page_id NOT IN (SELECT COALESCE(page_id, 0) FROM page_like)",
     "SELECT page_id FROM page p WHERE NOT EXISTS (SELECT 1 FROM page_like l WHERE l.page_id = "
     "p.page_id)"},
    // a price that has ended, and none after it
    {&price,
     "SELECT s.sold_id, p.cents FROM sold s LEFT JOIN price p ON p.product_id = s.product_id AND "
     "s.sold_on >= p.valid_from AND (p.valid_to IS NULL OR s.sold_on < p.valid_to)",
     "SELECT sold_id, (SELECT cents FROM price p WHERE p.product_id = s.product_id AND "
     "p.valid_from <= s.sold_on ORDER BY valid_from DESC LIMIT 1) AS cents FROM sold s",
     "SELECT s.sold_id, p.cents FROM sold s LEFT JOIN price p ON p.product_id = s.product_id AND "
     "s.sold_on >= p.valid_from AND s.sold_on < COALESCE(p.valid_to, '9999-12-31')"},
    // each shop with each kind
    {&event, BUSY("AVG(times)"), BUSY("AVG(DISTINCT times)"), BUSY("SUM(times) * 1.0 / COUNT(*)")},
    // a text key and columns of other names that are held against it
    {&airport,
     "SELECT code FROM airport WHERE code NOT IN (SELECT source FROM flight) AND code NOT IN "
     "(SELECT target FROM flight)",
     "SELECT code FROM airport LEFT JOIN flight ON source = code WHERE source IS NULL",
     "SELECT code FROM airport WHERE NOT EXISTS (SELECT 1 FROM flight WHERE code IN (source, "
     "target))"},
    // texts of two tables under each other
    {&airport, "SELECT city FROM airport UNION SELECT source FROM flight",
     "SELECT DISTINCT city FROM airport UNION ALL SELECT DISTINCT source FROM flight",
     "SELECT DISTINCT city FROM (SELECT city FROM airport UNION ALL SELECT source FROM flight)"},
    // the day that never comes
    {&post, "SELECT person FROM post WHERE until = '9999-12-31'",
     "SELECT person FROM post WHERE until IS NULL",
     "SELECT person FROM post WHERE until > '9999-12-30'"},
};

static Verdict check(const ExamSpec *spec, const char *sql, uint64_t seed)
{
    Verdict v;
    ExamAnswer answer = {.sql = str_from(sql), .dialect = DIALECT_SQLITE, .seed = seed};
    ck_assert_msg(exam_check(bank, &arena, spec, &answer, &v, &err), "%s", err.text);
    return v;
}

START_TEST(a_mistake_that_only_rows_of_one_story_show_is_found)
{
    ExamSpec spec = {.warehouse = mistakes[_i].w,
                     .dialect = DIALECT_SQLITE,
                     .answer = str_from(mistakes[_i].reference)};
    for (uint64_t seed = 1; seed <= 2; seed++) {
        Verdict wrong = check(&spec, mistakes[_i].wrong, seed);
        ck_assert_msg(wrong.kind == VERDICT_WRONG, "seed %d: " STR_FMT, (int)seed,
                      STR_ARG(wrong.why));
        Verdict right = check(&spec, mistakes[_i].right, seed);
        ck_assert_msg(right.kind == VERDICT_RIGHT, "seed %d: " STR_FMT, (int)seed,
                      STR_ARG(right.why));
    }
}
END_TEST

// --- What scenes give to columns ---

START_TEST(what_a_query_says_of_time_and_of_equality_is_read)
{
    Literals l = literals_find(&arena,
                               S("SELECT YEAR(d) FROM t WHERE a = 'x' AND b IN (1, 2) AND c <> 'y' "
                                 "AND e NOT IN (3) AND f LIKE '%d' AND DATE_FORMAT(d, '%Y-%m') > "
                                 "'2020-01' AND AVG(g) > TRIM(h)"),
                               DIALECT_MYSQL);
    const bool equal[] = {true, true, true, false, false, false, false, false};
    ck_assert_uint_eq(l.len, COUNT(equal));
    for (size_t i = 0; i < l.len; i++) ck_assert_int_eq(l.at[i].equal, equal[i]);
    // '%d' is a day to nobody but here a pattern: a unit too many costs nothing.
    ck_assert_uint_eq(l.units, 1u << CALENDAR_YEAR | 1u << CALENDAR_MONTH | 1u << CALENDAR_DAY);
    ck_assert(l.trims);
    ck_assert(l.averages);
}
END_TEST

static Str at(const ColumnSpec *c, size_t i)
{
    return c->values[i].text;
}

START_TEST(states_of_one_thing_follow_each_other_in_turn)
{
    Literals l = literals_find(&arena, str_from(mistakes[0].reference), DIALECT_SQLITE);
    int in_turn = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        WarehouseSpec s = direct_values(&arena, &trade, &l, 6, seed);
        const ColumnSpec *side = &s.tables[0].columns[1], *day = &s.tables[0].columns[2];
        if (!side->in_turn || !day->in_turn) continue;
        ck_assert_uint_eq(day->value_count, 6);
        ck_assert_uint_eq(s.tables[0].tiny_least, 6);
        bool turns = true;
        for (size_t i = 2; i < side->value_count; i++)
            turns &= str_eq(at(side, i), at(side, i - 2));
        in_turn += turns && !str_eq(at(side, 0), at(side, 1));
    }
    ck_assert_int_gt(in_turn, 5);
}
END_TEST

START_TEST(spans_touch_overlap_and_hold_each_other)
{
    Literals l = literals_find(&arena, str_from(mistakes[1].reference), DIALECT_SQLITE);
    int touch = 0, overlap = 0, held = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        WarehouseSpec s = direct_values(&arena, &stay, &l, 6, seed);
        const ColumnSpec *came = &s.tables[0].columns[2], *left = &s.tables[0].columns[3];
        if (!came->in_turn || !left->in_turn || came->value_count != left->value_count) continue;
        for (size_t i = 1; i < came->value_count; i++) {
            int from = str_cmp(at(came, i), at(left, i - 1));
            touch += from == 0;
            overlap += from < 0 && str_cmp(at(left, i), at(left, i - 1)) > 0;
            held += from < 0 && str_cmp(at(left, i), at(left, i - 1)) < 0;
        }
    }
    ck_assert_int_gt(touch, 3);
    ck_assert_int_gt(overlap, 3);
    ck_assert_int_gt(held, 3);
}
END_TEST

START_TEST(all_but_one_are_on_the_level)
{
    Literals l = literals_find(&arena, str_from(mistakes[6].reference), DIALECT_SQLITE);
    int found = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        WarehouseSpec s = direct_values(&arena, &mark, &l, 24, seed);
        const ColumnSpec *c = &s.tables[0].columns[1];
        size_t on = 0;
        for (size_t i = 0; i < c->value_count; i++) on += str_eq(at(c, i), S("60"));
        found += on == 23 && c->value_count == 24;
    }
    ck_assert_int_gt(found, 5);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam_scene");
    TCase *t = tcase_create("scene");
    tcase_set_timeout(t, 300);
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, a_mistake_that_only_rows_of_one_story_show_is_found, 0,
                        (int)COUNT(mistakes));
    tcase_add_test(t, what_a_query_says_of_time_and_of_equality_is_read);
    tcase_add_test(t, states_of_one_thing_follow_each_other_in_turn);
    tcase_add_test(t, spans_touch_overlap_and_hold_each_other);
    tcase_add_test(t, all_but_one_are_on_the_level);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
