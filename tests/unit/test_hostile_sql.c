// test_hostile_sql: statements that mean harm (tests/sql-hostile) end soon, for the right reason.
//
// A file is comment lines "-- …", then cases: a line "--! reason[|reason…] [quick]" and the
// statement up to the next case. A reason is an error kind's name, or ok. <<N|text>> in a statement
// stands for N copies of text, in which # is the number of the copy and @ the number before it.
// Without an argument the cases marked quick run, with little work allowed; with `all` every case
// runs under the limits of the screen. HOSTILE_SHOW=1 prints what each came to.
#include "base/file.h"
#include "base/path.h"
#include "base/vec.h"
#include "query/query.h"
#include "sqlite_image.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
    Str reasons, sql;
    bool quick;
} Case;
typedef VEC(Case) Cases;

static Arena corpus; // lives as long as the program
static StrList files;
static bool all;

static Arena arena;
static QueryWorker *worker;

// --- Reading the corpus ---

static Str expanded(Arena *a, Str text)
{
    Buf b = buf_new(a);
    while (text.len) {
        size_t open, bar, close;
        int64_t times;
        if (!str_find(text, S("<<"), &open)) break;
        Str rest = str_slice(text, open + 2, text.len);
        ck_assert(str_find(rest, S("|"), &bar) && str_find(rest, S(">>"), &close));
        ck_assert(str_to_i64(str_slice(rest, 0, bar), &times));
        buf_add(&b, str_slice(text, 0, open));
        Str copy = str_slice(rest, bar + 1, close);
        for (int64_t i = 1; i <= times; i++) {
            for (size_t k = 0; k < copy.len; k++) {
                if (copy.ptr[k] == '#' || copy.ptr[k] == '@') {
                    buf_fmt(&b, "%lld", (long long)(copy.ptr[k] == '#' ? i : i - 1));
                } else {
                    buf_char(&b, copy.ptr[k]);
                }
            }
        }
        text = str_slice(rest, close + 2, rest.len);
    }
    buf_add(&b, text);
    return buf_str(&b);
}

static Cases read_cases(Arena *a, Str path)
{
    Error err = {0};
    Str text, line;
    Cases cases = {0};
    ck_assert_msg(file_read(a, path, 1 << 20, &text, &err), "%s", err.text);
    while (str_line(&text, &line)) {
        if (str_starts(line, S("--! "))) {
            Case *c = vec_push(a, &cases);
            Str rest;
            (void)str_cut(str_slice(line, 4, line.len), ' ', &c->reasons, &rest);
            c->quick = str_eq(rest, S("quick"));
        } else if (cases.len) {
            Str *sql = &cases.at[cases.len - 1].sql;
            *sql = sql->len ? str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(*sql), STR_ARG(line)) : line;
        }
    }
    for (size_t i = 0; i < cases.len; i++) cases.at[i].sql = expanded(a, cases.at[i].sql);
    return cases;
}

// --- Running it ---

// 25,000 rows, a small table of letters, a table of numbers, and views that double 24 times.
static Str victim(Arena *a)
{
    Buf b = buf_new(a);
    buf_add(&b, S("CREATE TABLE big(n INTEGER, k INTEGER, t TEXT);"
                  "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x LIMIT 25000) "
                  "INSERT INTO big SELECT n, n * 7919 % 500, datetime(1750000000 + n * 61, "
                  "'unixepoch') FROM x;"
                  "CREATE TABLE small(a TEXT, b INTEGER);"
                  "INSERT INTO small SELECT char(96 + n), n FROM big WHERE n <= 12;"
                  "CREATE TABLE small_n(n INTEGER); INSERT INTO small_n SELECT b FROM small;"
                  "CREATE VIEW v0 AS SELECT 1 AS x;"));
    for (int i = 1; i <= 24; i++) {
        buf_fmt(&b, "CREATE VIEW v%d AS SELECT p.x FROM v%d AS p, v%d AS q;", i, i - 1, i - 1);
    }
    return sqlite_image(a, buf_str(&b).ptr);
}

static void setup(void)
{
    arena = (Arena){0};
    Error err = {0};
    World world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    ck_assert_msg(query_open(&world, &worker, &err), "%s", err.text);
    QueryImage image = {.bytes = victim(&arena), .fd = -1, .now_ms = 1751284800000};
    ck_assert_msg(query_load(worker, &image, &err), "%s", err.text);
}
static void teardown(void)
{
    query_close(worker);
    arena_free(&arena);
}

static bool is_among(Str reasons, const char *reason)
{
    Str one;
    for (bool more = true; more;) {
        more = str_cut(reasons, '|', &one, &reasons);
        if (str_eq(one, str_from(reason))) return true;
    }
    return false;
}

static void run_case(const Case *c, Buf *faults)
{
    ArenaMark mark = arena_mark(&arena);
    QueryLimits limits = QUERY_SHOW;
    if (!all) limits.steps /= 20;
    QueryResult r;
    Error err = {0};
    bool ran = query_run(worker, &arena, c->sql, &limits, &r, &err);
    const char *reason = !ran ? "greenroom failed" : error_kind_name(r.error.kind);
    if (ran && r.error.kind == ERROR_NONE) reason = "ok";
    if (getenv("HOSTILE_SHOW")) {
        printf("%-12s %6.0f ms %9lld steps  %.70s\n", reason, ran ? r.elapsed_ms : 0.0,
               ran ? (long long)r.steps : 0, str_c(&arena, c->sql));
        if (ran) printf("        %s\n", r.error.text);
    }
    bool right = is_among(c->reasons, reason);
    if (!right) {
        buf_fmt(faults, "\n" STR_FMT " was expected, not %s (%s):\n  " STR_FMT, STR_ARG(c->reasons),
                reason, ran ? r.error.text : err.text, STR_ARG(str_slice(c->sql, 0, 200)));
    }
    arena_rewind(&arena, mark);
}

START_TEST(hostile_statements_end_soon_for_the_right_reason)
{
    Arena a = {0};
    Buf faults = buf_new(&a);
    Cases cases = read_cases(&a, files.at[_i]);
    ck_assert_uint_gt(cases.len, 5);
    size_t run = 0;
    for (size_t i = 0; i < cases.len; i++) {
        if (!all && !cases.at[i].quick) continue;
        run_case(&cases.at[i], &faults);
        run++;
    }
    ck_assert_uint_gt(run, 0);
    // And afterwards everything is as it was.
    Error err = {0};
    QueryResult r;
    ck_assert(query_run(worker, &arena, S("SELECT count(*), sum(n), max(t) FROM big"), &QUERY_SHOW,
                        &r, &err));
    ck_assert_int_eq(r.table.cells[0].integer, 25000);
    ck_assert_msg(faults.len == 0, STR_FMT, STR_ARG(buf_str(&faults)));
    arena_free(&a);
#if !defined(GREENROOM_SANITIZED)
    query_close(worker); // reaps, so that their memory is known
    worker = NULL;
    struct rusage used;
    ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &used), 0);
    ck_assert_int_lt(used.ru_maxrss, 120 * 1024);
#endif
}
END_TEST

static bool find_corpus(void)
{
    Error err = {0};
    Str dir = S(SOURCE_DIR "/tests/sql-hostile");
    if (!file_list(&corpus, dir, 100, &files, &err) || files.len == 0) return false;
    for (size_t i = 0; i < files.len; i++) files.at[i] = path_join(&corpus, dir, files.at[i]);
    return true;
}

int main(int argc, char **argv)
{
    all = argc > 1 && strcmp(argv[1], "all") == 0;
    if (!find_corpus()) return EXIT_FAILURE;
    Suite *s = suite_create("hostile_sql");
    TCase *t = tcase_create("corpus");
    tcase_set_timeout(t, 600);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, hostile_statements_end_soon_for_the_right_reason, 0, (int)files.len);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&corpus);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
