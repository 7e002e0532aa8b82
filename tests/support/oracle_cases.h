// oracle_cases: the corpus of tests/sql/oracle: queries and what the real engines say they give.
#ifndef SUPPORT_ORACLE_CASES_H
#define SUPPORT_ORACLE_CASES_H
#include "sql/sql.h"

typedef enum {
    ORACLE_ROWS,    // in any order
    ORACLE_ORDERED, // in this order
    ORACLE_REFUSED, // before it runs
    ORACLE_FAILS,   // while it runs, on these rows
} OracleKind;

typedef struct {
    Str id;
    int line;
    Str query;
    Dialect dialect;
    OracleKind kind;
    Table table; // types are TYPE_UNKNOWN where they do not matter
    Str message; // the real engine's, for a person
} OracleCase;    // one dialect of one query
typedef VEC(OracleCase) OracleCases;

// Both abort with file and line on what they do not understand.
OracleCases oracle_cases(Arena *a, const char *path);
typedef struct {
    SqlSchema schema;
    Str script; // that makes the tables in SQLite
} OracleWorld;
OracleWorld oracle_world(Arena *a, const char *path);
#endif
