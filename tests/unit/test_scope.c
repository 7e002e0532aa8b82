// test_scope: what names mean and what types come out, and what is said of a name that means
// nothing; and tests/sql/types/types.txt, the types of each dialect over the tables of
// tests/sql/refusals/schema.sql.
#include "base/buf.h"
#include "base/file.h"
#include "sql/sql.h"
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

#define COLUMN(n, t, never)                                                                        \
    {                                                                                              \
        .name = STR_LIT(n), .type = (t), .not_null = (never)                                       \
    }
static const SqlColumn play[] = {
    COLUMN("event_id", TYPE_INTEGER, true),    COLUMN("profile_id", TYPE_INTEGER, true),
    COLUMN("title_id", TYPE_INTEGER, false),   COLUMN("ts", TYPE_TIMESTAMP, true),
    COLUMN("watch_seconds", TYPE_REAL, false),
};
static const SqlColumn title[] = {
    COLUMN("title_id", TYPE_INTEGER, true),
    COLUMN("name", TYPE_TEXT, true),
    COLUMN("released", TYPE_DATE, false),
};
static const SqlTable tables[] = {
    {.name = STR_LIT("play"), .columns = {play, 5, false}},
    {.name = STR_LIT("title"), .columns = {title, 3, false}},
};
static const SqlSchema schema = {tables, 2};

static Str columns_text(SqlColumns c)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < c.len; i++) {
        buf_fmt(&b, "%s" STR_FMT ":%s%s", i ? " " : "", STR_ARG(c.at[i].name),
                type_name(c.at[i].type), c.at[i].not_null ? "!" : "");
    }
    if (c.open) buf_add(&b, S(" …"));
    return buf_str(&b);
}

// "name:type! name:type" of the last statement (! = never NULL), or "line:column sentence".
static const char *meaning_of(const char *sql, Dialect d)
{
    SqlScript s;
    SqlMeaning m;
    Error err = {0};
    if (!sql_parse(&arena, str_from(sql), d, &s, &err)) return str_c(&arena, str_from(err.text));
    if (!sql_resolve(&arena, &s, &schema, &m, &err)) {
        Str home = str_from(err.text); // what the engine itself says stands behind, in parentheses
        size_t end = home.len;
        str_find(home, S(" (Postgres: "), &end);
        return str_fmt(&arena, "%d:%d %.*s", err.line, err.column, (int)end, err.text).ptr;
    }
    return columns_text(m.outputs[s.root->child[s.root->count - 1]->id]).ptr;
}

static const struct {
    const char *sql, *want;
} cases[] = {
    {"SELECT * FROM title", "title_id:integer! name:text! released:date"},
    {"SELECT t.* FROM title AS t", "title_id:integer! name:text! released:date"},
    {"SELECT * EXCLUDE (name) FROM title", "title_id:integer! released:date"},
    {"SELECT NAME FROM Title", "NAME:text!"},
    {"SELECT COUNT(*) AS n, MAX(ts) AS last FROM play", "n:integer! last:timestamp"},
    {"SELECT SUM(watch_seconds) / 60 AS m, AVG(title_id) FROM play", "m:real avg:real"},
    {"SELECT 1 AS a, 1.5 AS b, 'x' AS c, TRUE AS d, NULL AS e",
     "a:integer! b:real! c:text! d:boolean! e:unknown"},
    {"SELECT 7 / 2 AS q, 7 * 2 AS p", "q:integer p:integer!"},
    {"SELECT CAST(name AS DATE) AS d, ts::date AS e FROM title, play", "d:date e:date"},
    {"SELECT p.ts, t.name FROM play p LEFT JOIN title t ON t.title_id = p.title_id",
     "ts:timestamp! name:text"},
    {"SELECT p.ts, t.name FROM play p RIGHT JOIN title t USING (title_id)",
     "ts:timestamp name:text!"},
    {"SELECT title_id FROM play JOIN title USING (title_id)", "title_id:integer!"},
    {"SELECT * FROM play JOIN title USING (title_id)",
     "title_id:integer! event_id:integer! profile_id:integer! ts:timestamp! watch_seconds:real "
     "name:text! released:date"},
    {"WITH a AS (SELECT name AS n FROM title) SELECT n FROM a", "n:text!"},
    {"WITH a (x) AS (SELECT name FROM title) SELECT x FROM a", "x:text!"},
    {"WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 9) SELECT i FROM r",
     "i:integer!"},
    {"WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT b.x FROM b", "x:integer!"},
    {"SELECT x.n FROM (SELECT COUNT(*) AS n FROM play) x", "n:integer!"},
    {"SELECT name FROM title t WHERE EXISTS (SELECT 1 FROM play WHERE title_id = t.title_id)",
     "name:text!"},
    {"SELECT (SELECT MAX(ts) FROM play p WHERE p.title_id = t.title_id) AS last FROM title t",
     "last:timestamp"},
    {"SELECT name FROM title UNION ALL SELECT NULL", "name:text"},
    {"SELECT title_id AS k FROM play GROUP BY k ORDER BY k", "k:integer"},
    {"SELECT name FROM title ORDER BY released, name", "name:text!"},
    {"SELECT ROW_NUMBER() OVER (PARTITION BY title_id ORDER BY ts) AS rn FROM play", "rn:integer!"},
    {"SELECT COALESCE(watch_seconds, 0) AS w, COALESCE(title_id, NULL) AS t FROM play",
     "w:real! t:integer"},
    {"SELECT CASE WHEN title_id IS NULL THEN 'a' ELSE 'b' END AS c FROM play", "c:text!"},
    {"SELECT DATEDIFF(day, ts, ts) AS d, DATE_TRUNC('month', ts) AS m FROM play",
     "d:integer m:timestamp"},
    {"SELECT f.value, anything FROM play, LATERAL FLATTEN(input => play.ts) f",
     "value:unknown anything:unknown"},
    {"SELECT i FROM generate_series(1, 10) AS g (i)", "i:integer"},
    {"SELECT a, b FROM (VALUES (1, 'x'), (2, 'y')) AS v (a, b)", "a:integer! b:text!"},
    {"SELECT column1 FROM (VALUES (1)) AS v", "column1:integer!"},
    {"CREATE TABLE n (a INT NOT NULL, b VARCHAR(3)); SELECT * FROM n", "a:integer! b:text"},
    {"CREATE TABLE n AS SELECT ts FROM play; SELECT ts FROM n", "ts:timestamp!"},
    {"SELECT * FROM play PIVOT (SUM(watch_seconds) FOR title_id IN (1, 2)) AS p",
     "event_id:integer! profile_id:integer! ts:timestamp! 1:real 2:real"},
    // refusals
    {"SELECT nam FROM title", "1:8 There is no column nam here: did you mean name?"},
    {"SELECT xyzzy FROM title", "1:8 There is no column xyzzy here."},
    {"SELECT foo AS foo FROM title", "1:8 There is no column foo here."},
    {"SELECT t.titel_id FROM title t", "1:8 t has no column titel_id: did you mean title_id?"},
    {"SELECT x.name FROM title t", "1:8 There is no table or alias x here, only t."},
    {"SELECT title.name FROM title t",
     "1:8 There is no table or alias title here: did you mean t?"},
    {"SELECT title_id FROM play, title",
     "1:8 The name title_id is ambiguous: several tables here have it."},
    {"SELECT 1 FROM play p JOIN title t ON p.title_id = title_id",
     "1:51 The name title_id is ambiguous: several tables here have it."},
    {"SELECT 1 FROM titel", "1:15 There is no table titel: did you mean title?"},
    {"SELECT 1\nFROM title\nWHERE nme = 'x'",
     "3:7 There is no column nme here: did you mean name?"},
    {"SELECT name FROM title UNION SELECT ts, title_id FROM play",
     "1:30 UNION joins 1 columns with 2: both need as many."},
    {"WITH a AS (SELECT 1 AS x) SELECT y FROM a", "1:34 There is no column y here."},
    {"SELECT b.x FROM (SELECT 1 AS x) a", "1:8 There is no table or alias b here, only a."},
    {"SELECT 1 FROM title t, (SELECT t.name) d",
     "1:32 t stands beside this derived table, which sees the tables before it only behind the "
     "word LATERAL."},
    {"SELECT q.* FROM title", "1:8 There is no table or alias q here."},
    {"SELECT a FROM (WITH c AS (SELECT 1 AS a) SELECT a FROM c) d, c", "1:62 There is no table c."},
    {"SELECT name FROM title ORDER BY relesed",
     "1:33 There is no column relesed here: did you mean released?"},
};

START_TEST(names_and_types_are_those_of_the_table)
{
    ck_assert_str_eq(meaning_of(cases[_i].sql, DIALECT_POSTGRES), cases[_i].want);
}
END_TEST

START_TEST(division_has_the_type_of_its_dialect)
{
    ck_assert_str_eq(meaning_of("SELECT 7 / 2 AS q", DIALECT_SNOWFLAKE), "q:real");
    ck_assert_str_eq(meaning_of("SELECT 7 / 2 AS q", DIALECT_TRINO), "q:integer");
    const char *sql = "SELECT watch_seconds AS w, w * 2 AS v FROM play";
    ck_assert_str_eq(meaning_of(sql, DIALECT_SNOWFLAKE), "w:real v:real");
}
END_TEST

START_TEST(lambdas_and_quoted_paths_bring_their_own_names)
{
    const char *sql = "SELECT transform(name, x -> x || name) AS l FROM title";
    ck_assert_str_eq(meaning_of(sql, DIALECT_SPARK), "l:array");
    ck_assert_str_eq(meaning_of("SELECT name FROM `p.d.title`", DIALECT_BIGQUERY), "name:text!");
    sql = "SELECT x, o FROM title, UNNEST(title.name) AS x WITH OFFSET AS o";
    ck_assert_str_eq(meaning_of(sql, DIALECT_BIGQUERY), "x:unknown o:integer!");
}
END_TEST

// The first arm of a recursive CTE is read before the whole: once, or this would take for ever.
START_TEST(nested_recursive_ctes_stay_linear)
{
    enum { DEPTH = 60 };
    Buf b = buf_new(&arena);
    for (int i = 0; i < DEPTH; i++) buf_fmt(&b, "WITH RECURSIVE c%d AS (SELECT * FROM (", i);
    buf_add(&b, S("SELECT 1 AS x"));
    for (int i = DEPTH - 1; i >= 0; i--)
        buf_fmt(&b, ") d%d UNION ALL SELECT 2) SELECT * FROM c%d", i, i);
    ck_assert_str_eq(meaning_of(buf_str(&b).ptr, DIALECT_POSTGRES), "x:integer!");
}
END_TEST

static Str read_file(const char *name)
{
    Error err = {0};
    Str bytes = {0};
    ck_assert(file_read(&arena, str_fmt(&arena, SOURCE_DIR "/tests/sql/%s", name), 1 << 20, &bytes,
                        &err));
    return bytes;
}

static Str types_in(Str schema_sql, Str sql, Dialect d)
{
    SqlScript s;
    SqlMeaning m;
    Error err = {0};
    SqlSchema none = {0};
    Str both = str_fmt(&arena, STR_FMT STR_FMT, STR_ARG(schema_sql), STR_ARG(sql));
    if (!sql_parse(&arena, both, d, &s, &err) || !sql_resolve(&arena, &s, &none, &m, &err))
        return str_fmt(&arena, "! %s", err.text);
    return columns_text(m.outputs[s.root->child[s.root->count - 1]->id]);
}

// Dialects that give the same share a line: "= dialects: columns".
static void add_types(Buf *b, Str schema_sql, Str dialects, Str sql)
{
    Str types[DIALECT_COUNT_] = {{0}}, word;
    for (bool more = true; more;) {
        more = str_cut(dialects, ' ', &word, &dialects);
        Dialect one = DIALECT_SQLITE;
        bool all = str_eq(word, S("all"));
        ck_assert(all || dialect_from_name(word, &one));
        for (int d = 0; d < DIALECT_COUNT_; d++) {
            if (all || d == (int)one) types[d] = types_in(schema_sql, sql, (Dialect)d);
        }
    }
    for (int d = 0; d < DIALECT_COUNT_; d++) {
        if (!types[d].len) continue;
        buf_add(b, S("="));
        for (int e = d + 1; e <= DIALECT_COUNT_; e++) {
            bool first = e == d + 1;
            if (first) buf_fmt(b, " %s", dialect_name((Dialect)d));
            if (e == DIALECT_COUNT_ || !str_eq(types[e], types[d])) continue;
            buf_fmt(b, " %s", dialect_name((Dialect)e));
            types[e] = (Str){0};
        }
        buf_fmt(b, ": " STR_FMT "\n", STR_ARG(types[d]));
    }
}

START_TEST(types_follow_each_dialect)
{
    Str text = read_file("types/types.txt"), rest = text, line, dialects, sql;
    Str schema_sql = read_file("refusals/schema.sql");
    Buf b = buf_new(&arena);
    while (str_line(&rest, &line)) {
        if (str_starts(line, S("="))) continue;
        buf_fmt(&b, STR_FMT "\n", STR_ARG(line));
        if (line.len && line.ptr[0] != '#' && str_cut(line, ':', &dialects, &sql))
            add_types(&b, schema_sql, dialects, str_trim(sql));
    }
    if (getenv("BLESS")) {
        Error err = {0};
        ck_assert(file_write_atomic(S(SOURCE_DIR "/tests/sql/types/types.txt"), buf_str(&b), &err));
        return;
    }
    Str g = buf_str(&b), w = text, gl, wl;
    for (int n = 1; str_line(&g, &gl); n++) {
        if (!str_line(&w, &wl)) wl = S("(the end)");
        if (!str_eq(gl, wl))
            ck_abort_msg("types.txt:%d:\n got  " STR_FMT "\n want " STR_FMT, n, STR_ARG(gl),
                         STR_ARG(wl));
    }
    ck_assert(!w.len);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sql scope");
    TCase *t = tcase_create("scope");
    tcase_add_checked_fixture(t, setup, teardown);
    int n = (int)(sizeof cases / sizeof *cases);
    tcase_add_loop_test(t, names_and_types_are_those_of_the_table, 0, n);
    tcase_add_test(t, division_has_the_type_of_its_dialect);
    tcase_add_test(t, lambdas_and_quoted_paths_bring_their_own_names);
    tcase_add_test(t, types_follow_each_dialect);
    tcase_add_test(t, nested_recursive_ctes_stay_linear);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
