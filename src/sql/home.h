// home: what the engines themselves say where they refuse: one row a refusal, one column a dialect.
#ifndef SQL_HOME_H
#define SQL_HOME_H
#include "sql/sql.h"

typedef enum {
    HOME_NONE, // no well-known name
    HOME_COLUMN,
    HOME_AMBIGUOUS,
    HOME_TABLE,
    HOME_GROUP,
    HOME_HAVING,
    HOME_AGGREGATE_PLACE,
    HOME_AGGREGATE_NESTED,
    HOME_WINDOW_PLACE,
    HOME_WINDOW_NESTED,
    HOME_DISTINCT_ORDER,
    HOME_MERGE_WHEN,
    HOME_POSITION,
    HOME_SETOP_WIDTH,
    HOME_SETOP_TYPE,
    HOME_COMPARE,
    HOME_ASSIGN,
    HOME_OPERATOR,
    HOME_BOOLEAN,
    HOME_FUNCTION,
    HOME_ARGUMENTS,
    HOME_ARGUMENT_TYPE,
    HOME_CAST,
    HOME_SUBQUERY_WIDTH,
    HOME_ALIAS_TWICE,
    HOME_DERIVED_ALIAS,
    HOME_LAST = HOME_DERIVED_ALIAS,
} HomeName;
enum { HOME_COUNT_ = HOME_LAST + 1 };

const char *home_title(Dialect d);        // "Postgres"
const char *home_lacks(const char *name); // "has no" QUALIFY, "lacks" a name in backticks
// Sets err: a sentence of our own, and behind it what the engine says. Always false.
__attribute__((format(printf, 6, 7))) bool home_refuse(const SqlScript *s, const SqlNode *n,
                                                       HomeName h, Str subject, Error *err,
                                                       const char *fmt, ...);
#endif
