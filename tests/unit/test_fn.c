// test_fn: the functions that greenroom adds to SQLite: the cases of tests/sql/functions.
//
// A case: a query, "=> " and its rows (columns with |, rows with ;), or "!> " and its error. Lines
// that start with # are comments.
#include "base/buf.h"
#include "base/file.h"
#include "query/fn.h"
#include "query/sketch.h"
#include "sql/sql.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static sqlite3 *db;

static void setup(void)
{
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert(fn_register(db));
}
static void teardown(void)
{
    sqlite3_close(db);
    arena_free(&arena);
}

static void add_row(Buf *b, sqlite3_stmt *stmt)
{
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const char *text = (const char *)sqlite3_column_text(stmt, i);
        buf_fmt(b, "%s%s", i ? "|" : "", text ? text : "NULL");
    }
}

static Str answer(const char *sql)
{
    Buf b = buf_new(&arena);
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    for (int rows = 0; code == SQLITE_OK || code == SQLITE_ROW; rows++) {
        code = sqlite3_step(stmt);
        if (code != SQLITE_ROW) break;
        buf_add(&b, rows ? S(";") : S("=> "));
        add_row(&b, stmt);
    }
    if (code != SQLITE_DONE) {
        b.len = 0;
        buf_fmt(&b, "!> %s", sqlite3_errmsg(db));
    }
    sqlite3_finalize(stmt);
    return buf_str(&b);
}

static int run_file(const char *path, int *wrong)
{
    Str text, line, query = {0};
    Error err;
    int cases = 0;
    ck_assert_msg(file_read(&arena, str_from(path), 1 << 20, &text, &err), "%s", err.text);
    for (int at = 1; str_line(&text, &line); at++) {
        bool result = str_starts(line, S("=> ")) || str_starts(line, S("!> "));
        if (!line.len || line.ptr[0] == '#') continue;
        if (!result) {
            query = line;
            continue;
        }
        cases++;
        Str got = answer(str_c(&arena, query));
        if (str_eq(got, line)) continue;
        ++*wrong;
        printf("%s:%d:\n  want " STR_FMT "\n  got  " STR_FMT "\n", path, at, STR_ARG(line),
               STR_ARG(got));
    }
    return cases;
}

START_TEST(every_call_gives_what_its_case_says)
{
    int cases = 0, wrong = 0;
    DIR *dir = opendir(SOURCE_DIR "/tests/sql/functions");
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        if (e->d_name[0] == '.') continue;
        char path[512];
        snprintf(path, sizeof path, SOURCE_DIR "/tests/sql/functions/%s", e->d_name);
        cases += run_file(path, &wrong);
    }
    closedir(dir);
    fflush(stdout);
    ck_assert_int_gt(cases, 50);
    ck_assert_msg(!wrong, "%d of %d cases", wrong, cases);
}
END_TEST

static uint64_t mixed(uint64_t x) // splitmix64: Steele, Lea and Flood 2014
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

// 40 sketches of each size: the mean error is near 0, and its spread that of 4096 registers.
START_TEST(estimates_are_within_the_error_of_the_method)
{
    static const int sizes[] = {600, 5000, 100000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        double sum = 0, squares = 0;
        for (uint64_t run = 0; run < 40; run++) {
            Sketch *s = arena_new(&arena, Sketch);
            for (int i = 0; i < sizes[k]; i++) sketch_add(s, mixed(run << 32 | (uint64_t)i));
            double e = (double)sketch_estimate(s) / sizes[k] - 1;
            sum += e;
            squares += e * e;
        }
        ck_assert_double_lt(sum / 40 < 0 ? -sum / 40 : sum / 40, 0.01);
        ck_assert_double_lt(squares / 40, 0.0163 * 0.0163 * 2);
    }
}
END_TEST

// The text is the same whatever came first, read back it is the same sketch, and no other text is.
START_TEST(a_sketch_depends_on_its_values_alone)
{
    char one[SKETCH_TEXT_MAX], other[SKETCH_TEXT_MAX];
    static const int sizes[] = {0, 1, 512, 513, 4000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        Sketch *up = arena_new(&arena, Sketch), *down = arena_new(&arena, Sketch);
        Sketch *half = arena_new(&arena, Sketch), *read = arena_new(&arena, Sketch);
        for (int i = 0; i < sizes[k]; i++) {
            sketch_add(up, mixed((uint64_t)i));
            sketch_add(i % 3 ? down : half, mixed((uint64_t)(sizes[k] - 1 - i)));
        }
        sketch_merge(down, half);
        size_t len = sketch_write(up, one);
        ck_assert_uint_eq(sketch_write(down, other), len);
        ck_assert_str_eq(one, other);
        ck_assert(sketch_read((Str){one, len}, read));
        sketch_write(read, other);
        ck_assert_str_eq(one, other);
        for (size_t cut = 0; cut < len; cut++) {
            bool whole = sketch_read((Str){one, cut}, read);
            ck_assert(!whole || (!read->dense)); // fewer hashes are a sketch too
        }
    }
}
END_TEST

// What SQLite runs is never read as another dialect's.
START_TEST(functions_of_sqlite_are_not_borrowed)
{
    const char *all = "SELECT name, narg FROM pragma_function_list WHERE name GLOB '[a-z]*' "
                      "AND name NOT GLOB 'gr_*'";
    sqlite3 *bare;
    sqlite3_stmt *stmt;
    int seen = 0;
    Buf wrong = buf_new(&arena);
    ck_assert_int_eq(sqlite3_open(":memory:", &bare), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(bare, all, -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; seen++) {
        int most = sqlite3_column_int(stmt, 1);
        // count() is read as count(*) wherever else there is one.
        if (!most && !strcmp((const char *)sqlite3_column_text(stmt, 0), "count")) continue;
        for (int args = most < 0 ? 1 : most; args <= (most < 0 ? 3 : most); args++) {
            Buf b = buf_new(&arena);
            SqlScript script;
            Error err;
            buf_fmt(&b, "SELECT \"%s\"(", (const char *)sqlite3_column_text(stmt, 0));
            for (int i = 0; i < args; i++) buf_fmt(&b, "%s1", i ? ", " : "");
            buf_fmt(&b, ")");
            ck_assert(sql_parse(&arena, buf_str(&b), DIALECT_SQLITE, &script, &err));
            if (sql_borrows(&script)) buf_fmt(&wrong, "%s\n", buf_str(&b).ptr);
        }
    }
    ck_assert_int_gt(seen, 80);
    ck_assert_str_eq(buf_str(&wrong).ptr, "");
    sqlite3_finalize(stmt);
    sqlite3_close(bare);
}
END_TEST

START_TEST(what_only_others_say_is_borrowed)
{
    static const struct {
        const char *sql;
        bool borrows;
    } rows[] = {
        {"SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1", true},
        {"SELECT a::INT FROM t", true},
        {"SELECT NVL(a, 1) FROM t", true},
        {"SELECT DATE_TRUNC('month', a) FROM t", true},
        {"SELECT MOD(a, 2), NVL(a, 1) FROM t", false}, // SQLite's MOD is a float
        {"SELECT j.value, j.type FROM t, json_each(t.a) AS j WHERE value = 'x'", false},
        {"SELECT COUNT(*) FILTER (WHERE a > 1), IIF(a, 1, 2), STRFTIME('%Y', a) FROM t", false},
        {"WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < 9) "
         "SELECT x, LAG(x) OVER w FROM n WINDOW w AS (ORDER BY x)",
         false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SqlScript script;
        Error err;
        ck_assert(sql_parse(&arena, str_from(rows[i].sql), DIALECT_SQLITE, &script, &err));
        ck_assert_msg(sql_borrows(&script) == rows[i].borrows, "%s", rows[i].sql);
    }
}
END_TEST

// Bytes that are taken as they stand are another text in UTF-16: the same comes of it.
START_TEST(a_database_in_utf16_answers_alike)
{
    static const char *const cases[][2] = {
        {"SELECT gr_cast_integer(substr('x42', 2), 'fxr', 0), gr_cast_integer(' -7 ', 'fxr', 0)",
         "=> 42|-7"},
        {"SELECT gr_element(gr_element('{\"a\":{\"b\":\"c\"}}', 'a', '0N', 0), 'b', '0N', 0)",
         "=> c"},
        {"SELECT gr_json_step(gr_json_step('{\"a\":[1,2]}', 'a', 'J'), 1, 'X')", "=> 2"},
        {"SELECT gr_json_get('{\"a\":\"\u00e9\"}', '$.a', 'T')", "=> \u00e9"},
    };
    for (int wide = 0; wide < 2; wide++) {
        if (wide) ck_assert_int_eq(sqlite3_exec(db, "PRAGMA encoding = 'UTF-16le'", 0, 0, 0), 0);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            Str got = answer(cases[i][0]);
            ck_assert_msg(str_eq(got, str_from(cases[i][1])), STR_FMT, STR_ARG(got));
        }
    }
}
END_TEST

// gr_each keeps its memory from one row of a lateral query to the next, which may be longer.
START_TEST(lists_of_any_length_follow_one_another)
{
    Str got = answer("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
                     "SELECT sum(f.gr_value = i), count(*), sum(length(j)) FROM (SELECT i, '[' || "
                     "rtrim(replace(hex(zeroblob(i * 37 % 41)), '00', i || ','), ',') || ']' AS j "
                     "FROM n) AS l, gr_each(l.j, 0) AS f");
    ck_assert_msg(str_eq(got, S("=> 820|820|62311")), STR_FMT, STR_ARG(got));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("fn");
    TCase *c = tcase_create("cases");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, every_call_gives_what_its_case_says);
    tcase_add_test(c, estimates_are_within_the_error_of_the_method);
    tcase_add_test(c, a_sketch_depends_on_its_values_alone);
    tcase_add_test(c, functions_of_sqlite_are_not_borrowed);
    tcase_add_test(c, what_only_others_say_is_borrowed);
    tcase_add_test(c, a_database_in_utf16_answers_alike);
    tcase_add_test(c, lists_of_any_length_follow_one_another);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
