// dialects: sets of dialects as bits, for the tables that have a row with those that know a thing.
#ifndef SQL_DIALECTS_H
#define SQL_DIALECTS_H
#include "sql/sql.h"

enum {
    SNOW = 1 << DIALECT_SNOWFLAKE,
    BIG = 1 << DIALECT_BIGQUERY,
    SPARK = 1 << DIALECT_SPARK,
    PG = 1 << DIALECT_POSTGRES,
    TRINO = 1 << DIALECT_TRINO,
    MY = 1 << DIALECT_MYSQL,
    DUCK = 1 << DIALECT_DUCKDB,
    FLINK = 1 << DIALECT_FLINK,
    LITE = 1 << DIALECT_SQLITE,
    EVERY = (1 << DIALECT_COUNT_) - 1,
};
#endif
