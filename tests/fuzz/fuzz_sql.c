// fuzz_sql: byte one picks the dialect, the rest is parsed: a sound tree, which stays the same when
// it is laid out (with all comments; twice gives the same text), or one sentence with a place;
// names and rules over three tables and over any tables give a meaning, or such a sentence.
#include "base/check.h"
#include "sql/sql.h"
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define COLUMN(n, t)                                                                               \
    {                                                                                              \
        .name = STR_LIT(n), .type = (t)                                                            \
    }
static const SqlColumn emp[] = {
    COLUMN("id", TYPE_INTEGER),  COLUMN("name", TYPE_TEXT),  COLUMN("dept_id", TYPE_INTEGER),
    COLUMN("salary", TYPE_REAL), COLUMN("hired", TYPE_DATE), COLUMN("active", TYPE_BOOLEAN),
};
static const SqlColumn t[] = {COLUMN("a", TYPE_INTEGER), COLUMN("b", TYPE_TEXT),
                              COLUMN("c", TYPE_TIMESTAMP)};
static Str emp_key[] = {STR_LIT("id")};
static const SqlTable tables[] = {
    {.name = STR_LIT("emp"), .columns = {emp, 6, false}, .key = {emp_key, 1}},
    {.name = STR_LIT("dept"), .columns = {emp, 3, false}},
    {.name = STR_LIT("t"), .columns = {t, 3, false}},
};

static void mean(Arena *a, const SqlScript *s, const SqlSchema *schema)
{
    SqlMeaning m;
    Error err = {0};
    bool ok = sql_resolve(a, s, schema, &m, &err) && sql_rules_check(a, s, &m, NULL, &err);
    CHECK(ok || (err.text[0] && err.line && err.kind == ERROR_HOME_REFUSED));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = {(const char *)data, size};
    Dialect d = size ? (Dialect)(data[0] % DIALECT_COUNT_) : DIALECT_SQLITE;
    Arena a = {0};
    SqlScript s;
    Error err = {0};
    if (sql_parse(&a, str_slice(text, 1, size), d, &s, &err)) {
        sql_check(&s);
        CHECK(sql_dump(&a, s.root).len);
        SqlScript again;
        Str laid_out = sql_format(&a, &s);
        bool read = sql_parse(&a, laid_out, d, &again, &err);
        if (!read) fprintf(stderr, "%s in:\n" STR_FMT "\n", err.text, STR_ARG(laid_out));
        CHECK(read);
        CHECK(sql_same(s.root, again.root));
        CHECK(s.comment_count == again.comment_count);
        // A comment beside UNION may move to a line of its own.
        CHECK(s.comment_count || str_eq(laid_out, sql_format(&a, &again)));
        SqlSchema some = {tables, sizeof tables / sizeof *tables};
        mean(&a, &s, &some);
        mean(&a, &s, NULL);
        if (!sql_home(&s, &err)) CHECK(err.kind == ERROR_HOME_REFUSED);
    } else {
        CHECK(err.text[0] && err.line && err.column);
    }
    arena_free(&a);
    return 0;
}
