// fuzz_sql: byte one picks the dialect, the rest is parsed: a sound tree, or one sentence with a
// place.
#include "base/check.h"
#include "sql/sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
        CHECK(sql_parse(&a, sql_format(&a, &s), d, &again, &err));
        CHECK(sql_same(s.root, again.root));
        SqlMeaning m;
        SqlSchema none = {0};
        if (!sql_resolve(&a, &s, &none, &m, &err)) CHECK(err.text[0] && err.line);
        if (!sql_home(&s, &err)) CHECK(err.kind == ERROR_HOME_REFUSED);
    } else {
        CHECK(err.text[0] && err.line && err.column);
    }
    arena_free(&a);
    return 0;
}
