// dialect: the dialects, a row each: their names and what the same text means in them.
#include "sql/sql.h"
#include <assert.h>

static const SqlRules rows[] = {
    [DIALECT_SQLITE] = {.name = "sqlite",
                        .title = "SQLite",
                        .keys_held = true,
                        .whole_division = true,
                        .zero = ZERO_NULL,
                        .zero_whole = ZERO_NULL,
                        .nulls = NULLS_LOW,
                        .like_folds_case = true},
    [DIALECT_SNOWFLAKE] = {.name = "snowflake",
                           .title = "Snowflake",
                           .zero = ZERO_FAILS,
                           .zero_whole = ZERO_FAILS,
                           .nulls = NULLS_HIGH},
    [DIALECT_BIGQUERY] = {.name = "bigquery",
                          .title = "BigQuery",
                          .zero = ZERO_FAILS,
                          .zero_whole = ZERO_FAILS,
                          .nulls = NULLS_LOW,
                          .caret_is_xor = true},
    [DIALECT_SPARK] = {.name = "spark",
                       .title = "Spark",
                       .zero = ZERO_NULL,
                       .zero_whole = ZERO_NULL,
                       .nulls = NULLS_LOW,
                       .caret_is_xor = true},
    [DIALECT_POSTGRES] = {.name = "postgres",
                          .title = "Postgres",
                          .keys_held = true,
                          .whole_division = true,
                          .zero = ZERO_FAILS,
                          .zero_whole = ZERO_FAILS,
                          .nulls = NULLS_HIGH},
    [DIALECT_TRINO] = {.name = "trino",
                       .title = "Trino",
                       .whole_division = true,
                       .zero = ZERO_INFINITE,
                       .zero_whole = ZERO_FAILS,
                       .nulls = NULLS_LAST},
    [DIALECT_MYSQL] = {.name = "mysql",
                       .title = "MySQL",
                       .keys_held = true,
                       .zero = ZERO_NULL,
                       .zero_whole = ZERO_NULL,
                       .nulls = NULLS_LOW,
                       .like_folds_case = true,
                       .text_folds_case = true,
                       .pipes_are_or = true,
                       .caret_is_xor = true},
    [DIALECT_DUCKDB] = {.name = "duckdb",
                        .title = "DuckDB",
                        .keys_held = true,
                        .zero = ZERO_INFINITE,
                        .zero_whole = ZERO_NULL,
                        .nulls = NULLS_LAST},
    [DIALECT_FLINK] = {.name = "flink",
                       .title = "Flink",
                       .whole_division = true,
                       .zero = ZERO_FAILS,
                       .zero_whole = ZERO_FAILS,
                       .nulls = NULLS_LOW},
};
static_assert(sizeof rows / sizeof *rows == DIALECT_COUNT_, "a row for every dialect");

const SqlRules *sql_rules(Dialect d)
{
    return &rows[d];
}

const char *dialect_name(Dialect d)
{
    return rows[d].name;
}

bool dialect_from_name(Str name, Dialect *out)
{
    for (int i = 0; i < DIALECT_COUNT_; i++) {
        if (!str_eq_nocase(name, str_from(rows[i].name))) continue;
        *out = (Dialect)i;
        return true;
    }
    return false;
}

IntervalStyle sql_interval_style(Dialect d)
{
    static const IntervalStyle styles[DIALECT_COUNT_] = {
        [DIALECT_POSTGRES] = INTERVAL_POSTGRES, [DIALECT_BIGQUERY] = INTERVAL_BIGQUERY,
        [DIALECT_SPARK] = INTERVAL_SPARK,       [DIALECT_TRINO] = INTERVAL_TRINO,
        [DIALECT_DUCKDB] = INTERVAL_DUCKDB, // and of those that show none
    };
    return styles[d];
}

IntervalStyle sql_interval_style_of(const SqlProgram *p, size_t column)
{
    bool days = column < p->output.len && p->output.at[column].element == TYPE_DATE;
    return days ? INTERVAL_SPARK_DAY : p->intervals;
}

bool sql_interval_kinds(Dialect d)
{
    return d != DIALECT_POSTGRES && d != DIALECT_DUCKDB && d != DIALECT_BIGQUERY;
}
