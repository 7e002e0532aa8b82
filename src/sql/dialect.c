// dialect: the names of the dialects.
#include "sql/sql.h"
#include <assert.h>

static const char *const names[] = {
    [DIALECT_SQLITE] = "sqlite", [DIALECT_SNOWFLAKE] = "snowflake", [DIALECT_BIGQUERY] = "bigquery",
    [DIALECT_SPARK] = "spark",   [DIALECT_POSTGRES] = "postgres",   [DIALECT_TRINO] = "trino",
    [DIALECT_MYSQL] = "mysql",   [DIALECT_DUCKDB] = "duckdb",       [DIALECT_FLINK] = "flink",
};
static_assert(sizeof names / sizeof *names == DIALECT_COUNT_, "name every dialect");

const char *dialect_name(Dialect d)
{
    return names[d];
}

bool dialect_from_name(Str name, Dialect *out)
{
    for (int i = 0; i < DIALECT_COUNT_; i++) {
        if (!str_eq_nocase(name, str_from(names[i]))) continue;
        *out = (Dialect)i;
        return true;
    }
    return false;
}
