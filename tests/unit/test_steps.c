// test_steps: which parts of a query can be run alone, what they are called, and what runs them.
#include "base/buf.h"
#include "sql/sql.h"
#include <check.h>
#include <stdlib.h>

static const SqlColumn columns[] = {{.name = STR_LIT("a"), .type = TYPE_INTEGER},
                                    {.name = STR_LIT("b"), .type = TYPE_TEXT}};
static const SqlTable tables[] = {{STR_LIT("t"), {columns, 2, false}, {NULL, 0}, NULL, 0},
                                  {STR_LIT("u"), {columns, 2, false}, {NULL, 0}, NULL, 0}};
static const SqlSchema schema = {tables, 2};

// The names of the steps before the whole, with a semicolon behind each.
typedef struct {
    Dialect dialect;
    const char *sql, *steps;
} Case;
static const Case cases[] = {
    {DIALECT_POSTGRES, "SELECT a FROM t", ""},
    {DIALECT_POSTGRES, "WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT * FROM y",
     "x; y; "},
    {DIALECT_POSTGRES, "SELECT a FROM t WHERE a IN (SELECT a FROM u) AND EXISTS (SELECT 1 FROM u)",
     "(SELECT a FROM u); (SELECT 1 FROM u); "},
    {DIALECT_POSTGRES, "SELECT a FROM t WHERE a IN (SELECT a FROM u WHERE u.b = t.b)", ""},
    {DIALECT_POSTGRES, "SELECT s.a FROM (SELECT a FROM t) AS s, LATERAL (SELECT s.a AS c) AS l",
     "s; "},
    // a name in quotes stays in quotes
    {DIALECT_SNOWFLAKE, "WITH \"My Step\" AS (SELECT a FROM t) SELECT * FROM \"My Step\"",
     "My Step; "},
    {DIALECT_MYSQL, "WITH `order` AS (SELECT a FROM t) SELECT * FROM `order`", "order; "},
    // arms of a UNION; of a constant there is nothing to see
    {DIALECT_POSTGRES, "SELECT a FROM t UNION ALL SELECT a FROM u UNION ALL SELECT 1",
     "(SELECT a FROM t); (SELECT a FROM u); "},
    {DIALECT_POSTGRES, "(SELECT a FROM t LIMIT 2) EXCEPT (SELECT a FROM u)",
     "(SELECT a FROM t LIMIT 2); (SELECT a FROM u); "},
    {DIALECT_POSTGRES, "WITH x AS (SELECT a FROM t UNION SELECT a FROM u) SELECT * FROM x",
     "(SELECT a FROM t); (SELECT a FROM u); x; "},
    // what calls itself is run by its CTE alone
    {DIALECT_POSTGRES,
     "WITH RECURSIVE n AS (SELECT a FROM t UNION ALL SELECT a + 1 FROM n WHERE a < 9) "
     "SELECT * FROM n",
     "(SELECT a FROM t); n; "},
    {DIALECT_POSTGRES,
     "WITH x AS (SELECT a FROM t), y AS (WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a + 1 "
     "FROM n WHERE a < 3) SELECT * FROM n) SELECT * FROM y, x",
     "x; n; y; "},
    // loads: what they read
    {DIALECT_SNOWFLAKE, "INSERT INTO t WITH x AS (SELECT a, b FROM u) SELECT a, b FROM x",
     "x; (WITH x AS (SELECT a, b FROM u) SELECT …); "},
    {DIALECT_POSTGRES, "WITH x AS (SELECT a, b FROM u) INSERT INTO t SELECT a, b FROM x",
     "x; (SELECT a, b FROM x); "},
    {DIALECT_SNOWFLAKE,
     "MERGE INTO t USING (SELECT a, b FROM u) s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b",
     "s; "},
    {DIALECT_POSTGRES, "UPDATE t SET b = (SELECT MAX(b) FROM u) WHERE a IN (SELECT a FROM u)",
     "(SELECT MAX(b) FROM u); (SELECT a FROM u); "},
    {DIALECT_POSTGRES, "CREATE TABLE n AS SELECT a FROM t", "(SELECT a FROM t); "},
    {DIALECT_POSTGRES, "DELETE FROM t WHERE a = 1", ""},
    // a variable that is set elsewhere
    {DIALECT_MYSQL, "SELECT * FROM (SELECT a, @n := @n + 1 AS k FROM t) x, (SELECT @n := 0) y",
     "y; "},
    {DIALECT_MYSQL, "SELECT * FROM (SELECT a, @n := @n + 1 AS k FROM t, (SELECT @n := 0) y) x",
     "y; x; "},
};

START_TEST(the_parts_are_found_by_name)
{
    const Case *c = &cases[_i];
    Arena a = {0};
    SqlScript s, alone;
    SqlMeaning m;
    Error err;
    Buf names = buf_new(&a);
    ck_assert_msg(sql_parse(&a, str_from(c->sql), c->dialect, &s, &err), "%s", err.text);
    SqlSteps steps = sql_steps(&a, &s, &schema);
    bool query = s.root->child[s.root->count - 1]->kind == NODE_QUERY;
    for (size_t i = 0; i < steps.len; i++) {
        const SqlStep *x = &steps.at[i];
        ck_assert_int_eq(x->whole, i + 1 == steps.len && query);
        ck_assert_msg(sql_parse(&a, x->sql, c->dialect, &alone, &err) &&
                          sql_resolve(&a, &alone, &schema, &m, &err),
                      STR_FMT ": %s", STR_ARG(x->sql), err.text);
        if (!x->whole) buf_fmt(&names, STR_FMT "; ", STR_ARG(x->name));
    }
    ck_assert_str_eq(str_c(&a, buf_str(&names)), c->steps);
    arena_free(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("steps");
    TCase *c = tcase_create("parts");
    tcase_add_loop_test(c, the_parts_are_found_by_name, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
