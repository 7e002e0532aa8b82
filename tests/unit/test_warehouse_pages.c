// test_warehouse_pages: what our page writer writes is a database to SQLite.
#include "sqlite_oracle.h"
#include "warehouse/pages.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static void setup(void)
{
    arena = (Arena){0};
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

static Table make_table(const TableSpec *spec, size_t rows)
{
    Table t = {.width = spec->width, .rows = rows};
    t.columns = arena_array(&arena, Column, spec->width);
    for (size_t i = 0; i < spec->width; i++) {
        t.columns[i] = (Column){spec->columns[i].name, spec->columns[i].type};
    }
    t.cells = arena_array(&arena, Value, rows * spec->width);
    return t;
}

static ColumnSpec mixed[] = {{.name = STR_LIT("n"), .type = TYPE_INTEGER},
                             {.name = STR_LIT("x"), .type = TYPE_REAL},
                             {.name = STR_LIT("s"), .type = TYPE_TEXT}};
static TableSpec mixed_spec = {.name = STR_LIT("t"), .columns = mixed, .width = 3};
static const WarehouseSpec mixed_house = {.tables = &mixed_spec, .table_count = 1};

static Str mixed_image(size_t rows)
{
    Table t = make_table(&mixed_spec, rows);
    for (size_t i = 0; i < rows; i++) {
        t.cells[i * 3] = VALUE_INT((int64_t)i - 7);
        t.cells[i * 3 + 1] = i % 5 ? VALUE_FLT((double)i / 4) : (Value){0};
        t.cells[i * 3 + 2] = VALUE_STR(i % 2 ? S("odd") : S(""));
    }
    return warehouse_image(&arena, &mixed_house, &(Data){&t, 1});
}

static const size_t row_counts[] = {0, 1, 2, 50, 150, 151, 5000, 200000};

START_TEST(an_image_of_any_number_of_rows_passes_the_integrity_check)
{
    size_t rows = row_counts[_i];
    Str image = mixed_image(rows);
    text_is(oracle_query(&arena, image, "PRAGMA integrity_check"), "ok");
    Str want = str_fmt(&arena, "%zu|%zu|%zu", rows, rows - (rows + 4) / 5, rows / 2);
    text_is(oracle_query(&arena, image, "SELECT COUNT(*), COUNT(x), COUNT(NULLIF(s, '')) FROM t"),
            want.ptr);
    if (rows) {
        want = str_fmt(&arena, "1|-7\n%zu|%zd", rows, (ssize_t)rows - 8);
        Str got = oracle_query(&arena, image,
                               "SELECT rowid, n FROM t WHERE rowid IN (1, (SELECT MAX(rowid) FROM "
                               "t)) ORDER BY rowid");
        text_is(got, rows > 1 ? want.ptr : "1|-7");
    }
}
END_TEST

START_TEST(the_header_says_what_a_reader_needs)
{
    Str image = mixed_image(5000);
    const unsigned char *p = (const unsigned char *)image.ptr;
    ck_assert_int_eq(memcmp(p, "SQLite format 3", 16), 0);
    ck_assert_uint_eq((unsigned)p[16] << 8 | p[17], 4096);
    ck_assert_uint_eq(p[18], 1); // not WAL
    ck_assert_uint_eq(p[19], 1);
    ck_assert_uint_eq((unsigned)p[28] << 24 | (unsigned)p[29] << 16 | (unsigned)p[30] << 8 | p[31],
                      image.len / 4096);
    text_is(oracle_query(&arena, image, "PRAGMA journal_mode"), "memory");
}
END_TEST

static const int64_t odd_numbers[] = {0,
                                      1,
                                      -1,
                                      127,
                                      128,
                                      -128,
                                      -129,
                                      32767,
                                      32768,
                                      -32769,
                                      8388607,
                                      8388608,
                                      -8388609,
                                      2147483647,
                                      2147483648,
                                      -2147483649,
                                      140737488355327,
                                      140737488355328,
                                      -140737488355329,
                                      INT64_MAX,
                                      INT64_MIN};

START_TEST(integers_of_every_length_come_back)
{
    enum { N = sizeof odd_numbers / sizeof *odd_numbers };
    Table t = make_table(&mixed_spec, N);
    Buf want = buf_new(&arena);
    for (size_t i = 0; i < N; i++) {
        t.cells[i * 3] = VALUE_INT(odd_numbers[i]);
        buf_fmt(&want, "%s%lld", i ? "\n" : "", (long long)odd_numbers[i]);
    }
    Str image = warehouse_image(&arena, &mixed_house, &(Data){&t, 1});
    text_is(oracle_query(&arena, image, "SELECT n FROM t ORDER BY rowid"), buf_str(&want).ptr);
}
END_TEST

static const size_t text_lengths[] = {0,    1,    57,   58,   4040, 4050, 4056,  4057,   4058,
                                      4059, 4060, 4061, 4062, 5000, 8180, 20000, 1000000};

START_TEST(texts_longer_than_a_page_come_back)
{
    enum { N = 3 };
    size_t len = text_lengths[_i];
    char *text = arena_array(&arena, char, len + 1);
    for (size_t i = 0; i < len; i++) text[i] = (char)('a' + i % 26);
    Table t = make_table(&mixed_spec, N);
    for (size_t i = 0; i < N; i++) {
        t.cells[i * 3] = VALUE_INT((int64_t)i);
        t.cells[i * 3 + 2] = VALUE_STR(((Str){text, len - (i < len ? i : len)}));
    }
    Str image = warehouse_image(&arena, &mixed_house, &(Data){&t, 1});
    text_is(oracle_query(&arena, image, "PRAGMA integrity_check"), "ok");
    for (size_t i = 0; i < N; i++) {
        Str sql = str_fmt(&arena, "SELECT s FROM t WHERE n = %zu", i);
        ck_assert(str_eq(oracle_query(&arena, image, sql.ptr), t.cells[i * 3 + 2].text));
    }
}
END_TEST

START_TEST(a_schema_of_many_tables_grows_over_its_first_page)
{
    size_t n = (size_t[]){0, 1, 30, 60, 2000}[_i];
    TableSpec *specs = arena_array(&arena, TableSpec, n);
    Table *tables = arena_array(&arena, Table, n);
    for (size_t i = 0; i < n; i++) {
        specs[i] = mixed_spec;
        specs[i].name = str_fmt(&arena, "table_%zu", i);
        tables[i] = make_table(&specs[i], 1);
        tables[i].cells[0] = VALUE_INT((int64_t)i);
    }
    WarehouseSpec w = {.tables = specs, .table_count = n};
    Str image = warehouse_image(&arena, &w, &(Data){tables, n});
    text_is(oracle_query(&arena, image, "PRAGMA integrity_check"), "ok");
    text_is(oracle_query(&arena, image, "SELECT COUNT(*) FROM sqlite_schema"),
            str_fmt(&arena, "%zu", n).ptr);
    if (n == 0) return;
    Str sql = str_fmt(&arena, "SELECT n FROM table_%zu", n - 1);
    text_is(oracle_query(&arena, image, sql.ptr), str_fmt(&arena, "%zu", n - 1).ptr);
}
END_TEST

// Around the size at which the only row of the schema no longer fits page 1 but still fits a page.
START_TEST(a_wide_table_fits_whatever_its_ddl_weighs)
{
    size_t width = 150 + (size_t)_i;
    ColumnSpec *columns = arena_array(&arena, ColumnSpec, width);
    for (size_t i = 0; i < width; i++) {
        columns[i] = (ColumnSpec){.name = str_fmt(&arena, "column_%04zu", i), .type = TYPE_INTEGER};
    }
    TableSpec spec = {.name = S("wide"), .columns = columns, .width = width};
    Table t = make_table(&spec, 40);
    for (size_t i = 0; i < width * 40; i++) t.cells[i] = VALUE_INT((int64_t)i);
    WarehouseSpec w = {.tables = &spec, .table_count = 1};
    Str image = warehouse_image(&arena, &w, &(Data){&t, 1});
    text_is(oracle_query(&arena, image, "PRAGMA integrity_check"), "ok");
    text_is(oracle_query(&arena, image, "SELECT MAX(column_0149) FROM wide"),
            str_fmt(&arena, "%zu", 39 * width + 149).ptr);
}
END_TEST

START_TEST(values_take_the_affinity_of_their_column)
{
    Table t = make_table(&mixed_spec, 2);
    t.cells[0] = VALUE_STR(S("12"));
    t.cells[1] = VALUE_INT(3);
    t.cells[2] = VALUE_INT(5);
    t.cells[3] = VALUE_FLT(2.0);
    t.cells[4] = VALUE_STR(S("abc"));
    t.cells[5] = VALUE_FLT(2.5);
    Str image = warehouse_image(&arena, &mixed_house, &(Data){&t, 1});
    text_is(oracle_query(&arena, image, "SELECT n, typeof(n), x, typeof(x), s, typeof(s) FROM t"),
            "12|integer|3.0|real|5|text\n2|integer|abc|text|2.5|text");
    text_is(oracle_query(&arena, image, "PRAGMA integrity_check"), "ok");
}
END_TEST

START_TEST(the_script_makes_the_same_rows_as_the_image)
{
    TableSpec spec = mixed_spec;
    spec.name = S("order");
    ColumnSpec columns[3] = {mixed[0], mixed[1], mixed[2]};
    columns[1].name = S("a \"b\"");
    columns[2].name = S("group");
    spec.columns = columns;
    WarehouseSpec w = {.tables = &spec, .table_count = 1};
    Table t = make_table(&spec, 250);
    for (size_t i = 0; i < 250; i++) {
        t.cells[i * 3] = VALUE_INT((int64_t)i);
        t.cells[i * 3 + 1] = i % 3 ? VALUE_FLT((double)i / 3) : (Value){0};
        t.cells[i * 3 + 2] = VALUE_STR(i % 2 ? S("it's") : S("nul\0byte"));
    }
    const char *sql = "SELECT \"n\", \"a \"\"b\"\"\", hex(\"group\"), typeof(\"group\") FROM "
                      "\"order\" ORDER BY n";
    Str image = warehouse_image(&arena, &w, &(Data){&t, 1});
    Str script = warehouse_script(&arena, &w, &(Data){&t, 1});
    Str want = oracle_query(&arena, image, sql);
    ck_assert(!str_starts(want, S("error")));
    text_is(oracle_script(&arena, script.ptr, sql), want.ptr);
}
END_TEST

START_TEST(every_keyword_may_name_a_table_and_a_column)
{
    static const char *const words[] = {"select", "Order", "VALUES", "primary", "transaction",
                                        "check",  "if",    "left",   "window",  "returning"};
    ColumnSpec column = {.name = str_from(words[_i]), .type = TYPE_TEXT};
    TableSpec spec = {.name = str_from(words[_i]), .columns = &column, .width = 1};
    WarehouseSpec w = {.tables = &spec, .table_count = 1};
    Table t = make_table(&spec, 1);
    t.cells[0] = VALUE_STR(S("here"));
    Data data = {&t, 1};
    Str sql = str_fmt(&arena, "SELECT t.\"%s\" FROM \"%s\" t", words[_i], words[_i]);
    text_is(oracle_query(&arena, warehouse_image(&arena, &w, &data), sql.ptr), "here");
    text_is(oracle_script(&arena, warehouse_script(&arena, &w, &data).ptr, sql.ptr), "here");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("warehouse_pages");
    TCase *t = tcase_create("pages");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    int counts = (int)(sizeof row_counts / sizeof *row_counts);
    tcase_add_loop_test(t, an_image_of_any_number_of_rows_passes_the_integrity_check, 0, counts);
    tcase_add_test(t, the_header_says_what_a_reader_needs);
    tcase_add_test(t, integers_of_every_length_come_back);
    int lengths = (int)(sizeof text_lengths / sizeof *text_lengths);
    tcase_add_loop_test(t, texts_longer_than_a_page_come_back, 0, lengths);
    tcase_add_loop_test(t, a_schema_of_many_tables_grows_over_its_first_page, 0, 5);
    tcase_add_loop_test(t, a_wide_table_fits_whatever_its_ddl_weighs, 0, 60);
    tcase_add_test(t, values_take_the_affinity_of_their_column);
    tcase_add_test(t, the_script_makes_the_same_rows_as_the_image);
    tcase_add_loop_test(t, every_keyword_may_name_a_table_and_a_column, 0, 10);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
