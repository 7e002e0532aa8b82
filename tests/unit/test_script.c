// test_script: loads of every dialect on a copy of the data (tests/sql/load), and harm in them.
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "query/private.h"
#include "sql/sql.h"
#include "sqlite_image.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char tables_text[] =
    "CREATE TABLE dim(id INTEGER, name TEXT, ts TEXT);"
    "INSERT INTO dim VALUES (1, 'ann', '2025-01-01'), (2, 'bob', '2025-01-01'),"
    " (3, 'carl', '2025-01-01');"
    "CREATE TABLE stage(id INTEGER, name TEXT, ts TEXT);"
    "INSERT INTO stage VALUES (1, 'gone', '2025-02-01'), (4, 'dan', '2025-02-01');"
    "CREATE TABLE scd(id INTEGER, name TEXT, since TEXT, until TEXT);"
    "INSERT INTO scd VALUES (1, 'ann', '2025-01-01', NULL), (2, 'bob', '2025-01-01', NULL);"
    "CREATE TABLE fact(id INTEGER, amount INTEGER, day TEXT);"
    "INSERT INTO fact VALUES (1, 5, '2025-01-01'), (2, 6, '2025-01-02'), (3, 7, '2025-01-02');";

static const SqlColumn dim_columns[] = {{.name = STR_LIT("id"), .type = TYPE_INTEGER},
                                        {.name = STR_LIT("name"), .type = TYPE_TEXT},
                                        {.name = STR_LIT("ts"), .type = TYPE_DATE}};
static const SqlColumn scd_columns[] = {{.name = STR_LIT("id"), .type = TYPE_INTEGER},
                                        {.name = STR_LIT("name"), .type = TYPE_TEXT},
                                        {.name = STR_LIT("since"), .type = TYPE_DATE},
                                        {.name = STR_LIT("until"), .type = TYPE_DATE}};
static const SqlColumn fact_columns[] = {{.name = STR_LIT("id"), .type = TYPE_INTEGER},
                                         {.name = STR_LIT("amount"), .type = TYPE_INTEGER},
                                         {.name = STR_LIT("day"), .type = TYPE_DATE}};
static const SqlTable tables[] = {{.name = STR_LIT("dim"), .columns = {dim_columns, 3, false}},
                                  {.name = STR_LIT("stage"), .columns = {dim_columns, 3, false}},
                                  {.name = STR_LIT("scd"), .columns = {scd_columns, 4, false}},
                                  {.name = STR_LIT("fact"), .columns = {fact_columns, 3, false}}};
static const SqlSchema schema = {.at = tables, .len = 4};
static const QueryRound once[] = {{.until = QUERY_WHOLE, .shown = true}};

static Arena arena;
static Engine engine;
static Error err;

static void setup(void)
{
    arena = (Arena){0};
    ck_assert_msg(engine_open(&engine, &err), "%s", err.text);
    QueryImage image = {.bytes = sqlite_image(&arena, tables_text), .fd = -1};
    ck_assert_msg(engine_load(&engine, &image, &err), "%s", err.text);
}
static void teardown(void)
{
    engine_close(&engine);
    arena_free(&arena);
}

static bool compiled(Dialect d, Str sql, QueryScript *out)
{
    SqlProgram p;
    SqlHome home = sql_at_home(d);
    if (!sql_compile(&arena, sql, &home, &schema, &p, &err)) return false;
    QueryStatement *at = arena_array(&arena, QueryStatement, p.part_count);
    for (size_t i = 0; i < p.part_count; i++)
        at[i] = (QueryStatement){p.parts[i].text, p.parts[i].statement, p.parts[i].scratch,
                                 p.parts[i].rows};
    static Str names[] = {STR_LIT("dim"), STR_LIT("scd"), STR_LIT("fact"), STR_LIT("stage")};
    static Str key[] = {STR_LIT("CREATE UNIQUE INDEX k ON dim(id)")};
    *out = (QueryScript){.setup = {key, 1},
                         .at = at,
                         .len = p.part_count,
                         .rounds = once,
                         .round_count = 1,
                         .tables = {names, 4}};
    // Only those with enforced keys have one.
    bool held = d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_DUCKDB;
    if (!held) out->setup = (StrList){0};
    return true;
}

// --- The cases of tests/sql/load ---

static Str rows_text(const Table *t)
{
    Buf b = buf_new(&arena);
    for (size_t r = 0; r < t->rows; r++) {
        if (r) buf_add(&b, S(" |"));
        for (size_t c = 0; c < t->width; c++) {
            buf_char(&b, ' ');
            buf_add(&b, value_text(&arena, &t->cells[r * t->width + c], TYPE_UNKNOWN));
        }
    }
    return buf_str(&b);
}

static void ways(QueryScript *s, Str way)
{
    static QueryRound two[2];
    two[0] = two[1] = (QueryRound){.until = QUERY_WHOLE};
    Str crash = S("crash ");
    s->rounds = two;
    s->round_count = str_eq(way, S("once")) ? 1 : 2;
    two[s->round_count - 1].shown = true;
    if (str_starts(way, crash)) two[0].until = (uint32_t)(way.ptr[crash.len] - '0');
    static Str batch[] = {STR_LIT("DELETE FROM stage"),
                          STR_LIT("INSERT INTO stage VALUES (1, 'late', '2024-12-01'),"
                                  " (5, 'eve', '2024-12-01')")};
    if (str_eq(way, S("batches"))) two[1].before = (StrList){batch, 2};
}

static Str outcome(Str head, Str sql, Str table)
{
    Str dialect, way;
    Dialect d;
    QueryScript s;
    QueryScriptResult r;
    str_cut(head, ' ', &dialect, &way);
    ck_assert(dialect_from_name(dialect, &d));
    if (!compiled(d, sql, &s)) return str_fmt(&arena, "! %s", err.text);
    ways(&s, way);
    ck_assert_msg(engine_script(&engine, &arena, &s, &QUERY_SHOW, &r, &err), "%s", err.text);
    if (r.last.error.kind != ERROR_NONE) return str_fmt(&arena, "! %s", r.last.error.text);
    for (size_t i = 0; i < r.final_count; i++) {
        if (str_eq(s.tables.at[i], table))
            return str_fmt(&arena, "= " STR_FMT STR_FMT, STR_ARG(table),
                           STR_ARG(rows_text(&r.finals[i].rows)));
    }
    return S("no such table");
}

START_TEST(every_load_leaves_what_its_case_says)
{
    Str text, line, head = {0};
    Buf sql = buf_new(&arena);
    int number = 0, wrong = 0, cases = 0;
    ck_assert_msg(
        file_read(&arena, S(SOURCE_DIR "/tests/sql/load/loads.txt"), 1 << 20, &text, &err), "%s",
        err.text);
    while (str_line(&text, &line)) {
        number++;
        if (line.len && line.ptr[0] == '#') continue;
        if (!line.len) {
            head = (Str){0};
        } else if (!head.len) {
            head = line;
            sql = buf_new(&arena);
        } else if (line.ptr[0] == '=' || line.ptr[0] == '!') {
            Str table = {0}, rest;
            if (line.ptr[0] == '=') str_cut(str_slice(line, 2, line.len), ' ', &table, &rest);
            Str got = outcome(head, buf_str(&sql), table);
            cases++;
            if (str_eq(got, line)) continue;
            wrong++;
            printf("loads.txt:%d:\n  want " STR_FMT "\n  got  " STR_FMT "\n", number, STR_ARG(line),
                   STR_ARG(got));
            fflush(stdout);
        } else {
            buf_add(&sql, line);
            buf_char(&sql, '\n');
        }
    }
    ck_assert_int_gt(cases, 20);
    ck_assert_msg(!wrong, "%d of %d loads", wrong, cases);
}
END_TEST

// --- Harm ---

static const struct {
    const char *sql;
    ErrorKind kind;
} harms[] = {
    {"ATTACH 'x.db' AS x", ERROR_NOT_ALLOWED},
    {"DETACH main", ERROR_NOT_ALLOWED},
    {"PRAGMA writable_schema = 1", ERROR_NOT_ALLOWED},
    {"EXPLAIN DELETE FROM dim", ERROR_NOT_ALLOWED},
    {"VACUUM", ERROR_NOT_ALLOWED},
    {"VACUUM INTO 'x.db'", ERROR_NOT_ALLOWED},
    {"REINDEX", ERROR_NOT_ALLOWED},
    {"ANALYZE", ERROR_NOT_ALLOWED},
    {"ALTER TABLE dim RENAME TO x", ERROR_NOT_ALLOWED},
    {"CREATE INDEX i ON dim(id)", ERROR_NOT_ALLOWED},
    {"CREATE TRIGGER tr AFTER DELETE ON dim BEGIN DELETE FROM dim; END", ERROR_NOT_ALLOWED},
    {"CREATE VIRTUAL TABLE v USING fts5(x)", ERROR_NOT_ALLOWED},
    {"INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)", ERROR_SYNTAX},
    {"UPDATE sqlite_master SET sql = 'x'", ERROR_SYNTAX},
    {"DELETE FROM sqlite_master", ERROR_SYNTAX},
    {"DROP TABLE sqlite_master", ERROR_SYNTAX},
    {"DELETE FROM json_each('[1]')", ERROR_SYNTAX},
    {"SELECT load_extension('x')", ERROR_NOT_ALLOWED},
    {"SELECT * FROM pragma_table_info('dim')", ERROR_NOT_ALLOWED},
    {"INSERT INTO dim SELECT ?, 'x', 'y'", ERROR_SYNTAX},
    {"INSERT INTO fact WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
     " SELECT i, i, i FROM n",
     ERROR_TIME},
    {"INSERT INTO dim SELECT 100 + a.id, zeroblob(90000), b.ts FROM dim a, dim b, dim c, dim d,"
     " dim e, dim f, dim g, dim h, dim i, dim j",
     ERROR_MEMORY},
    {"UPDATE dim SET name = zeroblob(1000000)", ERROR_TOO_LARGE},
};

START_TEST(harm_in_a_load_is_stopped)
{
    QueryLimits limits = QUERY_SHOW;
    limits.steps /= 10;
    QueryStatement one = {.sql = str_from(harms[_i].sql)};
    QueryScript s = {.at = &one, .len = 1, .rounds = once, .round_count = 1};
    QueryScriptResult r;
    ck_assert_msg(engine_script(&engine, &arena, &s, &limits, &r, &err), "%s", err.text);
    ck_assert_msg(r.last.error.kind == harms[_i].kind, "%s: %s, %s", harms[_i].sql,
                  error_kind_name(r.last.error.kind), r.last.error.text);
}
END_TEST

START_TEST(the_image_stays_as_it_was)
{
    QueryScript s;
    QueryScriptResult r;
    QueryResult q;
    ck_assert(compiled(DIALECT_SQLITE, S("DELETE FROM dim; DROP TABLE fact"), &s));
    ck_assert(engine_script(&engine, &arena, &s, &QUERY_SHOW, &r, &err));
    ck_assert_int_eq(r.last.error.kind, ERROR_NONE);
    ck_assert(r.finals[0].found && r.finals[0].rows.rows == 0);
    ck_assert(!r.finals[2].found);
    ck_assert(
        engine_run(&engine, &arena, S("SELECT count(*) FROM dim, fact"), &QUERY_SHOW, &q, &err));
    ck_assert_int_eq(q.table.cells[0].integer, 9);
}
END_TEST

static QueryWorker *open_worker(void)
{
    World world = world_fake(0);
    world.self = S(GREENROOM_BINARY);
    QueryWorker *worker;
    ck_assert_msg(query_open(&world, &worker, &err), "%s", err.text);
    QueryImage image = {.bytes = sqlite_image(&arena, tables_text), .fd = -1};
    ck_assert(query_load(worker, &image, &err));
    return worker;
}

START_TEST(a_worker_answers_a_script_as_the_engine_does)
{
    QueryWorker *worker = open_worker();
    QueryScript s;
    QueryScriptResult r, again;
    ck_assert(compiled(DIALECT_POSTGRES,
                       S("DELETE FROM dim WHERE id = 1; SELECT id FROM dim ORDER BY id"), &s));
    ck_assert_msg(query_script(worker, &arena, &s, &QUERY_SHOW, &r, &err), "%s", err.text);
    ck_assert_int_eq(r.last.error.kind, ERROR_NONE);
    ck_assert_uint_eq(r.last.table.rows, 2);
    ck_assert(r.finals[0].found && r.finals[0].rows.rows == 2);
    ck_assert(query_script(worker, &arena, &s, &QUERY_SHOW, &again, &err));
    ck_assert(r.finals[0].digest == again.finals[0].digest);
    ck_assert(r.finals[0].digest != r.finals[1].digest);
    // What fails tells where.
    ck_assert(compiled(DIALECT_SQLITE, S("DELETE FROM fact; SELECT gr_stop('Enough.', 3)"), &s));
    ck_assert(query_script(worker, &arena, &s, &QUERY_SHOW, &r, &err));
    ck_assert_int_eq(r.last.error.kind, ERROR_RUNTIME);
    ck_assert_str_eq(r.last.error.text, "Enough.");
    ck_assert_uint_eq(r.at, 1);
    ck_assert_uint_eq(r.last.source_at, 3);
    query_close(worker);
}
END_TEST

// --- What is kept from run to run ---

static const char merge[] =
    "MERGE INTO dim AS t USING stage AS s ON t.id = s.id "
    "WHEN MATCHED AND s.ts > t.ts THEN UPDATE SET name = s.name, ts = s.ts "
    "WHEN NOT MATCHED THEN INSERT (id, name, ts) VALUES (s.id, s.name, s.ts)";

// The same tables, with another row of dim and of stage.
static void load_rows(const char *name)
{
    Str text =
        str_fmt(&arena, "%sINSERT INTO dim VALUES (9, '%s', '2025-01-01');", tables_text, name);
    QueryImage image = {.bytes = sqlite_image(&arena, str_c(&arena, text)), .fd = -1};
    ck_assert_msg(engine_load(&engine, &image, &err), "%s", err.text);
}

static int prepared_again(void)
{
    int n = 0;
    const Kept *kept = &engine.copy->engine.kept;
    for (size_t i = 0; i < kept->count; i++)
        n += sqlite3_stmt_status(kept->at[i].st, SQLITE_STMTSTATUS_REPREPARE, 0);
    return n;
}

static Str dim_after(const QueryScript *s)
{
    QueryScriptResult r;
    ck_assert_msg(engine_script(&engine, &arena, s, &QUERY_SHOW, &r, &err), "%s", err.text);
    if (r.last.error.kind != ERROR_NONE) return str_copy(&arena, str_from(r.last.error.text));
    return rows_text(&r.finals[0].rows);
}

START_TEST(a_merge_is_prepared_once_for_all_databases_of_one_schema)
{
    QueryScript s;
    load_rows("eve");
    ck_assert(compiled(DIALECT_POSTGRES, str_from(merge), &s));
    Str first = dim_after(&s);
    load_rows("fay");
    (void)dim_after(&s);
    const Copy *copy = engine.copy;
    size_t kept = copy->engine.kept.count;
    int again = prepared_again();
    for (int i = 0; i < 4; i++) {
        load_rows(i % 2 ? "eve" : "gil");
        Str got = dim_after(&s);
        ck_assert_int_eq(str_eq(got, first), i % 2);
    }
    ck_assert_ptr_eq(engine.copy, copy);
    ck_assert_uint_eq(copy->engine.kept.count, kept);
    ck_assert_int_eq(prepared_again(), again);
}
END_TEST

START_TEST(two_merges_in_turn_keep_what_is_theirs)
{
    QueryScript one, other;
    load_rows("eve");
    ck_assert(compiled(DIALECT_POSTGRES, str_from(merge), &one));
    ck_assert(compiled(DIALECT_POSTGRES,
                       S("MERGE INTO dim AS t USING (SELECT id, ts FROM stage) AS s ON t.id = s.id "
                         "WHEN MATCHED THEN DELETE"),
                       &other));
    Str first = dim_after(&one), second = dim_after(&other);
    ck_assert(!str_eq(first, second));
    const Copy *copy = engine.copy;
    ck_assert(str_eq(dim_after(&one), first));
    ck_assert_ptr_ne(engine.copy, copy);
    ck_assert(str_eq(dim_after(&other), second));
    ck_assert_ptr_eq(engine.copy, copy);
    ck_assert_int_eq(prepared_again(), 0);
}
END_TEST

START_TEST(a_merge_that_fails_leaves_nothing_to_the_next)
{
    QueryScript s;
    ck_assert(compiled(DIALECT_POSTGRES,
                       S("MERGE INTO dim AS t USING (SELECT 1 AS id, name FROM stage) AS s "
                         "ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name"),
                       &s));
    Str first = dim_after(&s);
    ck_assert(str_find(first, S("cannot affect row a second time"), NULL));
    ck_assert(str_eq(dim_after(&s), first));
    ck_assert(compiled(DIALECT_POSTGRES, str_from(merge), &s));
    Str good = dim_after(&s);
    ck_assert(
        compiled(DIALECT_POSTGRES, str_fmt(&arena, "BEGIN; %s; ROLLBACK; %s", merge, merge), &s));
    ck_assert(str_eq(dim_after(&s), good));
    ck_assert(str_eq(dim_after(&s), good));
    // A session that ends with an open transaction has done nothing.
    ck_assert(compiled(DIALECT_POSTGRES, str_fmt(&arena, "BEGIN; %s", merge), &s));
    first = dim_after(&s);
    ck_assert(!str_eq(first, good));
    ck_assert(str_eq(dim_after(&s), first));
}
END_TEST

// What a temporary table of the translation reads may be made by the script itself.
START_TEST(a_merge_from_a_table_of_the_script_runs_again)
{
    QueryScript s;
    Str text = str_fmt(&arena, "CREATE TEMP TABLE newer AS SELECT * FROM stage WHERE id > 1; "
                               "MERGE INTO dim AS t USING newer AS s ON t.id = s.id "
                               "WHEN NOT MATCHED THEN INSERT (id, name, ts) "
                               "VALUES (s.id, s.name, s.ts)");
    ck_assert_msg(compiled(DIALECT_POSTGRES, text, &s), "%s", err.text);
    Str first = dim_after(&s);
    ck_assert(str_find(first, S("4 dan"), NULL));
    ck_assert(str_eq(dim_after(&s), first));
}
END_TEST

START_TEST(rounds_that_are_shown_are_as_if_the_script_had_ended_there)
{
    QueryScript s;
    QueryScriptResult all, one;
    ck_assert(compiled(DIALECT_SPARK, S("INSERT INTO fact SELECT 9, count(*), 'x' FROM fact"), &s));
    QueryRound rounds[] = {{.until = QUERY_WHOLE},
                           {.until = QUERY_WHOLE, .shown = true},
                           {.until = QUERY_WHOLE, .shown = true}};
    s.rounds = rounds;
    s.round_count = 3;
    ck_assert(engine_script(&engine, &arena, &s, &QUERY_SHOW, &all, &err));
    ck_assert_uint_eq(all.final_count, 2 * s.tables.len);
    s.round_count = 2;
    ck_assert(engine_script(&engine, &arena, &s, &QUERY_SHOW, &one, &err));
    ck_assert_uint_eq(one.final_count, s.tables.len);
    for (size_t i = 0; i < s.tables.len; i++)
        ck_assert(str_eq(rows_text(&all.finals[i].rows), rows_text(&one.finals[i].rows)));
    ck_assert(!str_eq(rows_text(&all.finals[2].rows), rows_text(&all.finals[6].rows)));
}
END_TEST

// Ways of one request each begin anew; behind one that goes over a limit nothing is run any more.
START_TEST(each_way_begins_anew)
{
    QueryWorker *worker = open_worker();
    QueryScript s;
    QueryScriptResult r[2], one;
    ck_assert(compiled(DIALECT_SPARK, S("INSERT INTO fact SELECT 9, count(*), 'x' FROM fact"), &s));
    QueryRound rounds[] = {{.until = QUERY_WHOLE},
                           {.until = QUERY_WHOLE, .shown = true},
                           {.until = QUERY_WHOLE, .shown = true}};
    static const size_t ways[] = {2, 1};
    s.rounds = rounds;
    s.round_count = 3;
    s.ways = ways;
    s.way_count = 2;
    ck_assert_msg(query_script(worker, &arena, &s, &QUERY_SHOW, r, &err), "%s", err.text);
    s.way_count = 0;
    for (size_t i = 0; i < 2; i++) {
        s.rounds = i ? &rounds[2] : rounds;
        s.round_count = ways[i];
        ck_assert(query_script(worker, &arena, &s, &QUERY_SHOW, &one, &err));
        ck_assert_uint_eq(r[i].final_count, s.tables.len);
        for (size_t k = 0; k < s.tables.len; k++)
            ck_assert(str_eq(rows_text(&r[i].finals[k].rows), rows_text(&one.finals[k].rows)));
    }
    QueryLimits few = QUERY_SHOW;
    few.steps = 500;
    ck_assert(compiled(DIALECT_SPARK,
                       S("INSERT INTO fact SELECT 9, count(*), 'x' FROM fact a CROSS JOIN fact b "
                         "CROSS JOIN fact c CROSS JOIN fact d CROSS JOIN fact e CROSS JOIN fact f"),
                       &s));
    s.ways = ways;
    s.rounds = rounds;
    s.round_count = 3;
    s.way_count = 2;
    ck_assert(query_script(worker, &arena, &s, &few, r, &err));
    for (size_t i = 0; i < 2; i++) ck_assert_int_eq(r[i].last.error.kind, ERROR_TIME);
    query_close(worker);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("script");
    TCase *c = tcase_create("loads");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 60);
    tcase_add_test(c, every_load_leaves_what_its_case_says);
    tcase_add_loop_test(c, harm_in_a_load_is_stopped, 0, sizeof harms / sizeof *harms);
    tcase_add_test(c, the_image_stays_as_it_was);
    tcase_add_test(c, a_worker_answers_a_script_as_the_engine_does);
    tcase_add_test(c, a_merge_is_prepared_once_for_all_databases_of_one_schema);
    tcase_add_test(c, two_merges_in_turn_keep_what_is_theirs);
    tcase_add_test(c, a_merge_that_fails_leaves_nothing_to_the_next);
    tcase_add_test(c, a_merge_from_a_table_of_the_script_runs_again);
    tcase_add_test(c, rounds_that_are_shown_are_as_if_the_script_had_ended_there);
    tcase_add_test(c, each_way_begins_anew);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
