// test_wide_sql: long statements of one kind go the whole way, from text to translation, review and
// layout, soon: with a result or with one sentence. What grows with the square of its input is far
// slower than the time that a case has.
#include "base/buf.h"
#include "sql/sql.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

// `start`, then `times` copies of `one` with `between` among them, then `end`. In a copy # is its
// number and @ the number before.
typedef struct {
    const char *start, *one, *between, *end;
    int times;
    bool refused; // one sentence; else it is translated
} Wide;

static const Wide cases[] = {
    {"SELECT ", "a AS c#", ", ", " FROM t", 10000, false},
    {"SELECT * FROM (SELECT ", "a AS c#", ", ", " FROM t) AS x ORDER BY c9999", 10000, false},
    {"SELECT MAX(c9999) AS m FROM (SELECT ", "a AS c#", ", ", " FROM t) AS x GROUP BY c1, c2",
     10000, false},
    {"SELECT a FROM t WHERE a IN (", "#", ", ", ")", 10000, false},
    {"SELECT a FROM t WHERE s IN (", "'v#'", ", ", ")", 10000, false},
    {"SELECT a FROM t WHERE ", "a <> #", " AND ", "", 5000, false},
    {"SELECT a FROM t WHERE ", "(a = # OR b = @)", " OR ", "", 3000, false},
    {"SELECT CASE ", "WHEN a = # THEN '#'", " ", " END AS c FROM t", 5000, false},
    {"SELECT COALESCE(", "a", ", ", ") AS c FROM t", 5000, false},
    {"SELECT ", "SUM(a) OVER (PARTITION BY b ORDER BY s) AS w#", ", ", " FROM t", 2000, false},
    {"SELECT ", "SUM(CASE WHEN b = # THEN a END) AS s#", ", ", " FROM t GROUP BY s", 3000, false},
    {"SELECT a, COUNT(*) AS n FROM t GROUP BY ", "a + #", ", ", ", a", 1000, false},
    {"SELECT * FROM (VALUES ", "(#, 'a')", ", ", ") AS v (a, b)", 5000, false},
    {"WITH c0 AS (SELECT a, b FROM t), ", "c# AS (SELECT a, b FROM c@)", ", ",
     " SELECT a FROM c1000", 1000, false},
    {"SELECT 1 AS one FROM t AS t0 ", "JOIN t AS t# ON t#.a = t@.a", " ", "", 150, false},
    {"", "SELECT a FROM t", " UNION ALL ", "", 150, false},
    {"", "SELECT a FROM t", "; ", "", 3000, false},
    {"SELECT /* ", "word", " ", " */ a FROM t", 20000, false},
    {"SELECT ", "/* # */", " ", " a FROM t", 5000, false},
    {"SELECT ", "a", "", " FROM t", 100000, true},
    {"SELECT zz.", "a.", "", "a FROM t", 30000, true},
    {"SELECT ", "(", "", "a FROM t", 100000, true},
    {"SELECT ", "NOT ", "", "a FROM t", 25000, true},
    {"SELECT ", "a+", "", "a FROM t", 50000, true},
    {"SELECT ", "CASE WHEN ", "", "a FROM t", 10000, true},
    {"", "SELECT 1 UNION ", "", "SELECT 1", 7000, true},
    {"", "SELECT * FROM (", "", "SELECT 1", 7000, true},
};
enum { CASES = sizeof cases / sizeof *cases };

static const SqlColumn columns[] = {
    {.name = STR_LIT("a"), .type = TYPE_INTEGER},
    {.name = STR_LIT("b"), .type = TYPE_INTEGER},
    {.name = STR_LIT("s"), .type = TYPE_TEXT},
};
static const SqlTable table = {.name = STR_LIT("t"), .columns = {columns, 3, false}};
static const SqlSchema schema = {&table, 1};

static void put_copy(Buf *b, const char *text, int i)
{
    for (; *text; text++) {
        if (*text == '#' || *text == '@')
            buf_fmt(b, "%d", *text == '#' ? i : i - 1);
        else
            buf_char(b, *text);
    }
}

static Str written(Arena *a, const Wide *w)
{
    Buf b = buf_new(a);
    buf_add(&b, str_from(w->start));
    for (int i = 1; i <= w->times; i++) {
        if (i > 1) buf_add(&b, str_from(w->between));
        put_copy(&b, w->one, i);
    }
    buf_add(&b, str_from(w->end));
    return buf_str(&b);
}

static void go_through(const Wide *w, Dialect d)
{
    Arena a = {0};
    Error err = {0};
    SqlProgram p;
    SqlHome home = sql_at_home(d);
    Str sql = written(&a, w), there;
    bool ok = sql_compile(&a, sql, &home, &schema, &p, &err);
    ck_assert_msg(ok != w->refused, "%s: %.60s …: %s", dialect_name(d), sql.ptr, err.text);
    if (ok) {
        sql_lint(&a, &p.script, &p.meaning);
        sql_steps(&a, &p.script, &schema);
        ck_assert(sql_format(&a, &p.script).len > 0);
        Dialect to = d == DIALECT_POSTGRES ? DIALECT_MYSQL : DIALECT_POSTGRES;
        if (!sql_translate(&a, sql, &home, to, &schema, &there, &err)) ck_assert(err.text[0]);
    } else {
        ck_assert(err.text[0] && err.line);
    }
    arena_free(&a);
}

START_TEST(what_is_long_ends_soon)
{
    go_through(&cases[_i], DIALECT_POSTGRES);
    go_through(&cases[_i], DIALECT_SNOWFLAKE);
    go_through(&cases[_i], DIALECT_MYSQL);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("wide sql");
    TCase *t = tcase_create("wide");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, what_is_long_ends_soon, 0, CASES);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
