// test_query: foreign SQL through a worker: rows, places of errors, guards, crashes, recovery.
#include "query/private.h"
#include "sqlite_image.h"
#include "temp_dir.h"
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static Arena arena;
static World world;
static Error err;
static QueryWorker *worker;
static QueryResult result;

static const char SCRIPT[] =
    "CREATE TABLE title(id INTEGER PRIMARY KEY, name TEXT NOT NULL, minutes REAL);"
    "INSERT INTO title VALUES (1,'Alpha',90.5),(2,'Beta',NULL),(3,'Gamma',30.0);"
    "CREATE TABLE play(title_id INTEGER, started_at TEXT, seconds INTEGER);"
    "INSERT INTO play VALUES (1,'2025-06-01 10:00:00',60),(1,'2025-06-02 10:00:00',30),"
    "(3,'2025-06-03 10:00:00',NULL);"
    "CREATE VIEW long_title AS SELECT * FROM title WHERE minutes > 60;";

// 2025-06-30 12:00:00 UTC
static const int64_t NOON = 1751284800000;

static void load(void)
{
    QueryImage image = {.bytes = sqlite_image(&arena, SCRIPT), .fd = -1, .now_ms = NOON};
    ck_assert_msg(query_load(worker, &image, &err), "%s", err.text);
}

static void setup(void)
{
    arena = (Arena){0};
    err = (Error){0};
    world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    ck_assert_msg(query_open(&world, &worker, &err), "%s", err.text);
    load();
}
static void teardown(void)
{
    query_close(worker);
    arena_free(&arena);
}

static void run_with(const char *sql, const QueryLimits *limits)
{
    ck_assert_msg(query_run(worker, &arena, str_from(sql), limits, &result, &err), "%s", err.text);
}
static void run(const char *sql)
{
    run_with(sql, &QUERY_SHOW);
}

// "a|b\n1|2": names, then rows.
static const char *shown(void)
{
    Buf b = buf_new(&arena);
    const Table *t = &result.table;
    for (size_t c = 0; c < t->width; c++) {
        buf_fmt(&b, "%s" STR_FMT, c ? "|" : "", STR_ARG(t->columns[c].name));
    }
    for (size_t i = 0; i < t->rows * t->width; i++) {
        Str text = value_text(&arena, &t->cells[i], TYPE_UNKNOWN);
        buf_fmt(&b, "%s" STR_FMT, i % t->width ? "|" : "\n", STR_ARG(text));
    }
    return buf_str(&b).ptr;
}

// --- Rows ---

static const struct {
    const char *sql, *shown;
} answers[] = {
    {"SELECT 1 AS a, 'x' AS b, 2.5, NULL, x'0aff'", "a|b|2.5|NULL|x'0aff'\n1|x|2.5|NULL|x'0aff'"},
    {"SELECT name, minutes FROM title ORDER BY id",
     "name|minutes\nAlpha|90.5\nBeta|NULL\nGamma|30.0"},
    {"VALUES (1, 2), (3, 4)", "column1|column2\n1|2\n3|4"},
    {"WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT sum(n) AS s FROM t",
     "s\n6"},
    {"SELECT name FROM long_title", "name\nAlpha"},
    {"SELECT title_id, row_number() OVER (ORDER BY started_at DESC) AS rn FROM play ORDER BY rn",
     "title_id|rn\n3|1\n1|2\n1|3"},
    {"SELECT name FROM title WHERE id > 9", "name"},
    {"SELECT current_date, current_timestamp, date('now', '-1 day') AS d",
     "current_date|current_timestamp|d\n2025-06-30|2025-06-30 12:00:00|2025-06-29"},
    {"SELECT value FROM json_each('[4,5]')", "value\n4\n5"},
    {"SELECT name FROM title WHERE name LIKE 'b%' -- the end", "name\nBeta"},
    {"/* first */ SELECT 1 AS a; /* last */ ; ", "a\n1"},
    {"SELECT count(*) AS n FROM sqlite_schema", "n\n3"},
};

START_TEST(a_query_gives_its_rows)
{
    run(answers[_i].sql);
    ck_assert_msg(result.error.kind == ERROR_NONE, "%s", result.error.text);
    ck_assert_str_eq(shown(), answers[_i].shown);
    ck_assert(!result.table.more);
    ck_assert_int_gt(result.steps, 0);
}
END_TEST

START_TEST(columns_say_where_they_come_from)
{
    run("SELECT t.name AS n, p.seconds, 1 + 1, count(*) FROM title t JOIN play p ON p.title_id = "
        "t.id");
    ck_assert_uint_eq(result.origin_table.len, 4);
    ck_assert(str_eq(result.origin_table.at[0], S("title")));
    ck_assert(str_eq(result.origin_column.at[0], S("name")));
    ck_assert(str_eq(result.origin_table.at[1], S("play")));
    ck_assert(str_eq(result.origin_column.at[1], S("seconds")));
    ck_assert_uint_eq(result.origin_table.at[2].len, 0);
    ck_assert_uint_eq(result.origin_column.at[3].len, 0);
}
END_TEST

START_TEST(random_is_the_same_for_every_query)
{
    run("SELECT random(), hex(randomblob(4))");
    const char *first = shown();
    run("SELECT random(), hex(randomblob(4))");
    ck_assert_str_eq(shown(), first);
}
END_TEST

START_TEST(each_draw_is_its_own_row_of_random_numbers)
{
    QueryLimits limits = QUERY_SHOW;
    const char *rows[3];
    for (limits.draw = 0; limits.draw < 3; limits.draw++) {
        run_with("SELECT random(), hex(randomblob(4))", &limits);
        rows[limits.draw] = shown();
    }
    ck_assert_str_ne(rows[0], rows[1]);
    ck_assert_str_ne(rows[1], rows[2]);
    limits.draw = 1;
    run_with("SELECT random(), hex(randomblob(4))", &limits);
    ck_assert_str_eq(shown(), rows[1]);
}
END_TEST

START_TEST(rows_above_the_limit_are_left_out_and_told)
{
    QueryLimits limits = QUERY_SHOW;
    limits.rows = 2;
    run_with("SELECT name FROM title ORDER BY id", &limits);
    ck_assert_str_eq(shown(), "name\nAlpha\nBeta");
    ck_assert(result.table.more);
    limits.rows = 3;
    run_with("SELECT name FROM title ORDER BY id", &limits);
    ck_assert_uint_eq(result.table.rows, 3);
    ck_assert(!result.table.more);
}
END_TEST

START_TEST(bytes_above_the_limit_are_left_out_and_told)
{
    run("WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
        "SELECT n, hex(zeroblob(40000)) FROM t");
    ck_assert_int_eq(result.error.kind, ERROR_NONE);
    ck_assert(result.table.more);
    ck_assert_uint_gt(result.table.rows, 40);
    ck_assert_uint_lt(result.table.rows * 80000, QUERY_SHOW.bytes);
}
END_TEST

START_TEST(text_with_any_bytes_arrives_as_it_is)
{
    run("SELECT CAST(x'61001bff' AS TEXT) AS t");
    ck_assert_uint_eq(result.table.cells[0].text.len, 4);
    ck_assert_mem_eq(result.table.cells[0].text.ptr, "a\0\x1b\xff", 4);
}
END_TEST

// --- What is wrong, and where ---

static const struct {
    const char *sql;
    ErrorKind kind;
    int line, column; // 0 = not told
    const char *text; // a part of the sentence
} faults[] = {
    {"SELEC 1", ERROR_SYNTAX, 1, 1, "syntax error"},
    {"SELECT 1\nFROM title\nWHER id = 1", ERROR_SYNTAX, 3, 6, "syntax error"},
    {"SELECT nme FROM title", ERROR_SYNTAX, 1, 8, "Did you mean name?"},
    {"SELECT id,\n  t.minuts\nFROM title t", ERROR_SYNTAX, 2, 3, "Did you mean minutes?"},
    {"WITH x AS (SELECT 1) UPDATE sqlite_master SET sql = 'x'", ERROR_SYNTAX, 0, 0,
     "may not be modified"},
    {"SELECT * FROM dbstat", ERROR_SYNTAX, 1, 15, "No such table"},
    {"SELECT * FROM sqlite_stmt", ERROR_SYNTAX, 1, 15, "No such table"},
    {"SELECT * FROM fts3tokenize", ERROR_SYNTAX, 1, 15, "No such table"},
    {"SELECT 'ä', nme FROM title", ERROR_SYNTAX, 1, 13, "No such column: nme."},
    {"SELECT 1 FROM titel", ERROR_SYNTAX, 1, 15, "Did you mean title?"},
    {"SELECT 1 -- titel\nFROM main.titel", ERROR_SYNTAX, 2, 11, "No such table: main.titel."},
    {"SELECT coun(1) FROM title", ERROR_SYNTAX, 1, 8, "Did you mean count?"},
    {"SELECT \"free\" FROM title", ERROR_SYNTAX, 1, 8, "single quotes"},
    {"SELECT id FROM title JOIN (SELECT id FROM title)", ERROR_SYNTAX, 1, 8, "table.column"},
    {"SELECT 1 FROM title WHERE count(*) > 1", ERROR_SYNTAX, 1, 27, "HAVING"},
    {"SELECT 1 FROM title WHERE row_number() OVER () = 1", ERROR_SYNTAX, 1, 27, "outer query"},
    {"SELECT 1 FROM", ERROR_SYNTAX, 1, 14, "stops too early"},
    {"SELECT (1", ERROR_SYNTAX, 1, 10, "stops too early"},
    {"SELECT 'a", ERROR_SYNTAX, 1, 8, "nrecognized token"},
    {"SELECT 1 UNION SELECT 1, 2", ERROR_SYNTAX, 0, 0, "same number of result columns"},
    {"SELECT substr('a')", ERROR_SYNTAX, 1, 8, "rong number of arguments"},
    {"", ERROR_SYNTAX, 0, 0, "no statement"},
    {"  -- nothing\n;;", ERROR_SYNTAX, 0, 0, "no statement"},
    {"/* open", ERROR_SYNTAX, 0, 0, "no statement"},
    {"SELECT 1;\nSELECT 2", ERROR_NOT_ALLOWED, 2, 1, "One statement at a time"},
    {"SELECT ?", ERROR_SYNTAX, 1, 8, "parameter ?"},
    {"SELECT id FROM title WHERE id = :id", ERROR_SYNTAX, 1, 33, "parameter :id"},
    {"SELECT abs(-9223372036854775808)", ERROR_RUNTIME, 0, 0, "nteger overflow"},
    {"SELECT json_extract('{', '$')", ERROR_RUNTIME, 0, 0, "alformed JSON"},
};

START_TEST(a_fault_is_told_with_its_place)
{
    run(faults[_i].sql);
    ck_assert_int_eq(result.error.kind, faults[_i].kind);
    ck_assert_msg(strstr(result.error.text, faults[_i].text), "%s", result.error.text);
    ck_assert_msg(result.error.line == faults[_i].line && result.error.column == faults[_i].column,
                  "%d:%d %s", result.error.line, result.error.column, result.error.text);
    ck_assert_int_eq(result.error_at == SIZE_MAX, faults[_i].line == 0);
    ck_assert_ptr_nonnull(strchr(".?", result.error.text[strlen(result.error.text) - 1]));
}
END_TEST

START_TEST(a_nul_character_is_told)
{
    ck_assert(query_run(worker, &arena, (Str){"SELECT 1\0 + 1", 13}, &QUERY_SHOW, &result, &err));
    ck_assert_int_eq(result.error.kind, ERROR_SYNTAX);
    ck_assert_uint_eq(result.error_at, 8);
}
END_TEST

// --- What may not be done ---

static const struct {
    const char *sql, *text;
} refused[] = {
    {"INSERT INTO title VALUES (9, 'x', 1)", "INSERT"},
    {"update title SET name = 'x'", "UPDATE"},
    {"DELETE FROM title", "DELETE"},
    {"REPLACE INTO title VALUES (1, 'x', 1)", "REPLACE"},
    {"WITH x AS (SELECT 1) DELETE FROM title", "does not write"},
    {"WITH x AS (SELECT 1) INSERT INTO title SELECT 9, 'x', 1", "does not write"},
    {"CREATE TABLE x(a)", "WITH name AS"},
    {"CREATE TEMP TABLE x AS SELECT 1", "WITH name AS"},
    {"CREATE VIRTUAL TABLE x USING fts5(a)", "CREATE"},
    {"DROP TABLE title", "DROP"},
    {"ALTER TABLE title RENAME TO x", "ALTER"},
    {"ATTACH 'x.db' AS x", "ATTACH"},
    {"DETACH main", "DETACH"},
    {"VACUUM INTO 'x.db'", "VACUUM"},
    {"VACUUM", "VACUUM"},
    {"PRAGMA writable_schema = ON", "PRAGMA"},
    {"PRAGMA table_info(title)", "PRAGMA"},
    {"EXPLAIN SELECT 1", "EXPLAIN"},
    {"EXPLAIN QUERY PLAN SELECT 1", "EXPLAIN"},
    {"BEGIN", "Transactions"},
    {"SAVEPOINT x", "Transactions"},
    {"ANALYZE", "ANALYZE"},
    {"REINDEX", "REINDEX"},
    {"SELECT load_extension('x.so')", "load_extension"},
    {"SELECT fts3_tokenizer('simple')", "fts3_tokenizer"},
    {"SELECT * FROM pragma_table_info('title')", "pragma_table_info"},
    {"SELECT count(*) FROM pragma_database_list", "pragma_database_list"},
    {"; /* x */ DROP TABLE title", "DROP"},
};

START_TEST(what_does_not_read_is_refused_by_name)
{
    run(refused[_i].sql);
    ck_assert_msg(result.error.kind == ERROR_NOT_ALLOWED, "%s: %s",
                  error_kind_name(result.error.kind), result.error.text);
    ck_assert_msg(strstr(result.error.text, refused[_i].text), "%s", result.error.text);
    ck_assert_int_eq(result.error.line, 1);
    run("SELECT count(*) AS n FROM title");
    ck_assert_str_eq(shown(), "n\n3");
}
END_TEST

static size_t count_files(Str dir)
{
    DIR *d = opendir(str_c(&arena, dir));
    ck_assert_ptr_nonnull(d);
    size_t n = 0;
    while (readdir(d)) n++;
    closedir(d);
    return n;
}

// E26. The worker keeps the folder it was started in, so relative names would lie there.
START_TEST(no_statement_touches_a_file)
{
    static const char *const names[] = {"ATTACH '%s/x.db' AS x",
                                        "VACUUM INTO '%s/x.db'",
                                        "SELECT load_extension('%s/x.so')",
                                        "SELECT writefile('%s/x', 'a')",
                                        "SELECT readfile('%s/x')",
                                        "PRAGMA temp_store_directory = '%s'",
                                        "CREATE TABLE x AS SELECT edit('%s')"};
    Str dir = temp_dir_make(&arena);
    size_t before = count_files(dir);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Buf b = buf_new(&arena);
        Str rest = str_from(names[i]), head;
        ck_assert(str_cut(rest, '%', &head, &rest));
        buf_fmt(&b, STR_FMT STR_FMT STR_FMT, STR_ARG(head), STR_ARG(dir),
                STR_ARG(str_slice(rest, 1, rest.len)));
        run(buf_str(&b).ptr);
        ck_assert_int_ne(result.error.kind, ERROR_NONE);
    }
    ck_assert_uint_eq(count_files(dir), before);
    temp_dir_remove(&arena, dir);
}
END_TEST

// --- What may not be spent ---

static const char ENDLESS[] =
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t";

START_TEST(steps_decide_and_always_the_same)
{
    QueryLimits limits = QUERY_SHOW;
    limits.steps = 100000;
    run_with(ENDLESS, &limits);
    ck_assert_int_eq(result.error.kind, ERROR_TIME);
    ck_assert_ptr_nonnull(strstr(result.error.text, "steps"));
    int64_t steps = result.steps;
    run_with(ENDLESS, &limits);
    ck_assert_int_eq(result.steps, steps);
    run("SELECT 1 AS a");
    ck_assert_str_eq(shown(), "a\n1");
}
END_TEST

// One call of a function that takes seconds, again and again: no step is ever counted.
static const char NO_STEPS[] =
    "SELECT printf('%.*c', 999999999, 'x'), printf('%.*c', 999999998, 'x'), "
    "printf('%.*c', 999999997, 'x'), printf('%.*c', 999999996, 'x')";

START_TEST(the_wall_clock_stops_what_takes_no_steps)
{
    QueryLimits limits = QUERY_SHOW;
    limits.wall_ms = 150;
    run_with(NO_STEPS, &limits);
    ck_assert_int_eq(result.error.kind, ERROR_TIME);
    ck_assert_ptr_nonnull(strstr(result.error.text, "0.1 seconds"));
    run("SELECT count(*) AS n FROM title"); // a new worker, the same image
    ck_assert_str_eq(shown(), "n\n3");
}
END_TEST

// Several are sent at once, and their answers come together: who is stopped is still the one that
// takes so long, wherever it stands.
START_TEST(among_several_the_one_that_does_not_end_is_stopped)
{
    const Str fine = S("SELECT count(*) AS n FROM title");
    QueryLimits limits = QUERY_SHOW;
    limits.wall_ms = 300;
    for (size_t bad = 0; bad < 3; bad++) {
        QueryAsk asks[3] = {{.sql = fine}, {.sql = fine}, {.sql = fine}};
        QueryResult results[3];
        asks[bad].sql = str_from(NO_STEPS);
        ck_assert_msg(query_run_each(worker, &arena, asks, 3, &limits, results, &err), "%s",
                      err.text);
        for (size_t i = 0; i < 3; i++) {
            ck_assert_int_eq(results[i].error.kind, i == bad ? ERROR_TIME : ERROR_NONE);
            if (i != bad) ck_assert_int_eq(results[i].table.cells[0].integer, 3);
        }
    }
}
END_TEST

// Two sets of tables by turns: each statement sees the image that is loaded, and no other.
START_TEST(sets_of_tables_by_turns_do_not_meet)
{
    enum { SETS = 5 }; // more than the worker keeps engines for
    for (int i = 0; i < 4 * SETS; i++) {
        int set = (i * 3) % SETS;
        Str script =
            str_fmt(&arena, "CREATE TABLE s%d(a); INSERT INTO s%d VALUES (%d)", set, set, i);
        QueryImage image = {.bytes = sqlite_image(&arena, script.ptr), .fd = -1, .now_ms = NOON};
        ck_assert(query_load(worker, &image, &err));
        run(str_fmt(&arena, "SELECT a FROM s%d", set).ptr);
        ck_assert_int_eq(result.error.kind, ERROR_NONE);
        ck_assert_int_eq(result.table.cells[0].integer, i);
        run(str_fmt(&arena, "SELECT a FROM s%d", (set + 1) % SETS).ptr);
        ck_assert_int_eq(result.error.kind, ERROR_SYNTAX);
    }
}
END_TEST

START_TEST(memory_is_bounded)
{
    run("WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 100000) "
        "SELECT n, hex(zeroblob(2000)) AS z FROM t ORDER BY z, n DESC");
    ck_assert_int_eq(result.error.kind, ERROR_MEMORY);
    ck_assert_ptr_nonnull(strstr(result.error.text, "64 MiB"));
    run("SELECT count(*) AS n FROM title");
    ck_assert_str_eq(shown(), "n\n3");
}
END_TEST

START_TEST(a_text_that_is_too_long_is_refused_unsent)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("SELECT 1 --"));
    buf_repeat(&b, 'x', 70000);
    ck_assert(query_run(worker, &arena, buf_str(&b), &QUERY_SHOW, &result, &err));
    ck_assert_int_eq(result.error.kind, ERROR_TOO_LARGE);
}
END_TEST

// --- Crashes ---

// The children of this test: the workers.
static int workers(pid_t *pids, int most)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *f = fopen(path, "r");
    int n = 0, pid;
    while (f && n < most && fscanf(f, "%d", &pid) == 1) pids[n++] = pid;
    if (f) fclose(f);
    return n;
}

static void kill_workers(int signal)
{
    pid_t pids[4];
    int n = workers(pids, 4);
    ck_assert_int_ge(n, 1);
    for (int i = 0; i < n; i++) kill(pids[i], signal);
}

// All workers were shot, the spare as well: a query may still reach one that is dying; the third
// cannot.
static void count_after_a_shot(void)
{
    for (int i = 0; i < 3; i++) {
        bool ok = query_run(worker, &arena, S("SELECT count(*) AS n FROM title"), &QUERY_SHOW,
                            &result, &err);
        if (ok && result.error.kind == ERROR_NONE) break;
    }
    ck_assert_str_eq(shown(), "n\n3");
}

START_TEST(a_worker_that_died_while_idle_is_replaced_unnoticed)
{
    kill_workers(SIGKILL);
    count_after_a_shot();
}
END_TEST

static volatile sig_atomic_t alarmed;
static void shoot(int signal)
{
    (void)signal;
    alarmed = 1;
    pid_t pids[4];
    int n = workers(pids, 4);
    for (int i = 0; i < n; i++) kill(pids[i], SIGSEGV);
}

START_TEST(a_crash_in_mid_query_is_told_and_the_next_query_works)
{
    struct sigaction sa = {.sa_handler = shoot};
    sigaction(SIGALRM, &sa, NULL);
    struct itimerval soon = {.it_value.tv_usec = 100000};
    QueryLimits limits = {.steps = INT64_MAX, .rows = 10, .bytes = MIB, .wall_ms = 60000};
    ck_assert_int_eq(setitimer(ITIMER_REAL, &soon, NULL), 0);
    run_with(ENDLESS, &limits);
    ck_assert_int_eq(alarmed, 1);
    ck_assert_int_eq(result.error.kind, ERROR_ENGINE_CRASHED);
    count_after_a_shot();
}
END_TEST

// --- Images ---

static int image_file(Str bytes)
{
    Str dir = temp_dir_make(&arena);
    Str path = str_fmt(&arena, STR_FMT "/image", STR_ARG(dir));
    int fd = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
    temp_dir_remove(&arena, dir); // the descriptor is enough
    return fd;
}

START_TEST(table_valued_functions_outlive_the_image)
{
    for (int i = 0; i < 5; i++) {
        run("SELECT j.value AS v FROM json_each('[1,2]') j JOIN json_tree('[2,3]') k ON k.atom = "
            "j.value");
        ck_assert_str_eq(shown(), "v\n2");
        Str script = str_fmt(&arena, "CREATE TABLE t%d(a)", i);
        QueryImage image = {.bytes = sqlite_image(&arena, script.ptr), .fd = -1};
        ck_assert(query_load(worker, &image, &err));
    }
}
END_TEST

START_TEST(an_image_behind_a_descriptor_is_read)
{
    Str bytes = sqlite_image(&arena, "CREATE TABLE t(a); INSERT INTO t VALUES (7)");
    int fd = image_file(bytes);
    QueryImage image = {.fd = fd, .size = bytes.len, .now_ms = NOON};
    ck_assert_msg(query_load(worker, &image, &err), "%s", err.text);
    ck_assert(query_load(worker, &image, &err)); // again: nothing to do
    close(fd);
    run("SELECT a FROM t");
    ck_assert_str_eq(shown(), "a\n7");
    QueryLimits limits = QUERY_SHOW;
    limits.wall_ms = 50;
    run_with(NO_STEPS, &limits);
    run("SELECT a FROM t"); // in the next worker, though the descriptor is closed
    ck_assert_str_eq(shown(), "a\n7");
}
END_TEST

START_TEST(the_next_image_takes_the_place_of_the_one_before)
{
    for (int i = 0; i < 20; i++) {
        Str script = str_fmt(&arena, "CREATE TABLE t%d(a); INSERT INTO t%d VALUES (%d)", i, i, i);
        QueryImage image = {
            .bytes = sqlite_image(&arena, script.ptr), .fd = -1, .now_ms = NOON + i};
        ck_assert(query_load(worker, &image, &err));
        run(str_fmt(&arena, "SELECT a FROM t%d", i).ptr);
        ck_assert_int_eq(result.table.cells[0].integer, i);
        run("SELECT * FROM title");
        ck_assert_int_eq(result.error.kind, ERROR_SYNTAX);
    }
}
END_TEST

static const char *const bad_images[] = {"", "x", "SQLite format 3",
                                         "not a database at all, though long "
                                         "enough to have a header of a hundred bytes, which is "
                                         "what is looked at first, is it not? It is."};

START_TEST(a_bad_image_is_our_fault_and_not_the_candidates)
{
    Str bytes = str_from(bad_images[_i]);
    QueryImage image = {.bytes = bytes, .fd = -1};
    bool loaded = query_load(worker, &image, &err) &&
                  query_run(worker, &arena, S("SELECT * FROM title"), &QUERY_SHOW, &result, &err);
    ck_assert(!loaded);
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    int fd = image_file(bytes);
    image = (QueryImage){.fd = fd, .size = bytes.len};
    ck_assert(!query_load(worker, &image, &err));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    close(fd);
    load();
    run("SELECT count(*) AS n FROM title");
    ck_assert_str_eq(shown(), "n\n3");
}
END_TEST

// A page inside is damaged: the query that meets it fails, and that is not the query's fault.
START_TEST(damage_that_a_query_meets_is_our_fault)
{
    Str bytes =
        sqlite_image(&arena, "CREATE TABLE t(a); WITH x(n) AS (SELECT 1 UNION ALL SELECT n+1 "
                             "FROM x LIMIT 5000) INSERT INTO t SELECT n FROM x");
    char *raw = (char *)bytes.ptr;
    memset(raw + 4096, 0x5a, 8192);
    QueryImage image = {.bytes = bytes, .fd = -1};
    ck_assert(query_load(worker, &image, &err));
    ck_assert(!query_run(worker, &arena, S("SELECT sum(a) FROM t"), &QUERY_SHOW, &result, &err));
    ck_assert_int_eq(err.kind, ERROR_INTERNAL);
    ck_assert_ptr_nonnull(strstr(err.text, "damaged"));
}
END_TEST

// --- Replies are not trusted ---

START_TEST(a_reply_cut_anywhere_is_refused)
{
    run("SELECT id, name, minutes FROM title");
    Buf b = buf_new(&arena);
    reply_result(&b, &result);
    Str whole = buf_str(&b);
    ReplyMessage m;
    ck_assert(reply_read(&arena, whole, &QUERY_SHOW, &m));
    ck_assert(m.has_result);
    ck_assert_uint_eq(m.result.table.rows, 3);
    for (size_t n = 0; n < whole.len; n++) {
        ck_assert(!reply_read(&arena, str_slice(whole, 0, n), &QUERY_SHOW, &m));
    }
    buf_char(&b, 'x');
    ck_assert(!reply_read(&arena, buf_str(&b), &QUERY_SHOW, &m));
}
END_TEST

START_TEST(a_reply_with_more_than_was_allowed_is_refused)
{
    run("SELECT id, name, minutes FROM title");
    Buf b = buf_new(&arena);
    reply_result(&b, &result);
    ReplyMessage m;
    QueryLimits fewer = {.rows = 2, .bytes = MIB};
    ck_assert(!reply_read(&arena, buf_str(&b), &fewer, &m));
    QueryLimits smaller = {.rows = 100, .bytes = 3 * 3 * CELL_COST - 1};
    ck_assert(!reply_read(&arena, buf_str(&b), &smaller, &m));
}
END_TEST

// Many images with one schema, of one page to dozens, by turns with another schema: whatever was
// kept from the last one, every query sees the rows and the clock of its own image.
START_TEST(statements_that_were_kept_see_only_the_image_that_is_loaded)
{
    static const char *const counts[] = {"SELECT count(*) AS n, sum(k) AS s, max(at) FROM t",
                                         "SELECT k, random() AS r FROM t ORDER BY k LIMIT 1",
                                         "SELECT count(*) FROM t, json_each('[1,2]')"};
    char script[256], expected[128], draw[64] = "";
    for (int i = 0; i < 60; i++) {
        int rows = i * 7919 % 23 * (i % 3 ? 1 : 40);
        snprintf(script, sizeof script,
                 "CREATE TABLE t(k INTEGER, at TEXT%s); WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL "
                 "SELECT i + 1 FROM n WHERE i < %d) INSERT INTO t SELECT i, 'x' || i%s FROM n;",
                 i % 20 == 19 ? ", more TEXT" : "", rows, i % 20 == 19 ? ", NULL" : "");
        QueryImage image = {.bytes = sqlite_image(&arena, script), .fd = -1, .now_ms = NOON + i};
        ck_assert_msg(query_load(worker, &image, &err), "%s", err.text);
        for (int again = 0; again < 2; again++) {
            run(counts[0]);
            snprintf(expected, sizeof expected, "%d|%d", rows + 1, rows * (rows + 1) / 2);
            ck_assert_msg(strstr(shown(), expected), "%d: %s, not %s", i, shown(), expected);
            run(counts[1]);
            if (!draw[0]) snprintf(draw, sizeof draw, "%s", shown());
            ck_assert_str_eq(shown(), draw);
            run(counts[2]);
            snprintf(expected, sizeof expected, "\n%d", 2 * (rows + 1));
            ck_assert_msg(strstr(shown(), expected), "%d: %s, not %s", i, shown(), expected);
        }
    }
}
END_TEST

START_TEST(a_statement_takes_the_same_steps_again)
{
    run("SELECT count(*) FROM title a, title b, title c, title d");
    int64_t steps = result.steps;
    load();
    for (int i = 0; i < 3; i++) {
        run("SELECT count(*) FROM title a, title b, title c, title d");
        ck_assert_int_eq(result.steps, steps);
    }
    QueryLimits limits = QUERY_SHOW;
    limits.steps = steps / 2;
    run_with("SELECT count(*) FROM title a, title b, title c, title d", &limits);
    ck_assert_int_eq(result.error.kind, ERROR_TIME);
    run("SELECT count(*) FROM title a, title b, title c, title d");
    ck_assert_int_eq(result.steps, steps);
}
END_TEST

static void add_rows(TCase *t)
{
    tcase_add_loop_test(t, a_query_gives_its_rows, 0, (int)(sizeof answers / sizeof *answers));
    tcase_add_test(t, columns_say_where_they_come_from);
    tcase_add_test(t, random_is_the_same_for_every_query);
    tcase_add_test(t, each_draw_is_its_own_row_of_random_numbers);
    tcase_add_test(t, rows_above_the_limit_are_left_out_and_told);
    tcase_add_test(t, bytes_above_the_limit_are_left_out_and_told);
    tcase_add_test(t, text_with_any_bytes_arrives_as_it_is);
    tcase_add_loop_test(t, a_fault_is_told_with_its_place, 0,
                        (int)(sizeof faults / sizeof *faults));
    tcase_add_test(t, a_nul_character_is_told);
}

static void add_guards(TCase *t)
{
    tcase_add_loop_test(t, what_does_not_read_is_refused_by_name, 0,
                        (int)(sizeof refused / sizeof *refused));
    tcase_add_test(t, no_statement_touches_a_file);
    tcase_add_test(t, steps_decide_and_always_the_same);
    tcase_add_test(t, the_wall_clock_stops_what_takes_no_steps);
    tcase_add_test(t, among_several_the_one_that_does_not_end_is_stopped);
    tcase_add_test(t, sets_of_tables_by_turns_do_not_meet);
    tcase_add_test(t, memory_is_bounded);
    tcase_add_test(t, a_text_that_is_too_long_is_refused_unsent);
    tcase_add_test(t, a_worker_that_died_while_idle_is_replaced_unnoticed);
    tcase_add_test(t, a_crash_in_mid_query_is_told_and_the_next_query_works);
}

static void add_images(TCase *t)
{
    tcase_add_test(t, table_valued_functions_outlive_the_image);
    tcase_add_test(t, an_image_behind_a_descriptor_is_read);
    tcase_add_test(t, the_next_image_takes_the_place_of_the_one_before);
    tcase_add_test(t, statements_that_were_kept_see_only_the_image_that_is_loaded);
    tcase_add_test(t, a_statement_takes_the_same_steps_again);
    tcase_add_loop_test(t, a_bad_image_is_our_fault_and_not_the_candidates, 0,
                        (int)(sizeof bad_images / sizeof *bad_images));
    tcase_add_test(t, damage_that_a_query_meets_is_our_fault);
    tcase_add_test(t, a_reply_cut_anywhere_is_refused);
    tcase_add_test(t, a_reply_with_more_than_was_allowed_is_refused);
}

static Suite *query_suite(void)
{
    static const struct {
        const char *name;
        void (*add)(TCase *);
    } cases[] = {{"rows", add_rows}, {"guards", add_guards}, {"images", add_images}};
    Suite *s = suite_create("query");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TCase *t = tcase_create(cases[i].name);
        tcase_add_checked_fixture(t, setup, teardown);
        cases[i].add(t);
        suite_add_tcase(s, t);
    }
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(query_suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
