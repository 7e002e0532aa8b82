// sql_random: random queries of a dialect over the tables t (a, b, c) and u (a, d, e), all
// integers.
#ifndef SUPPORT_SQL_RANDOM_H
#define SUPPORT_SQL_RANDOM_H
#include "sql/sql.h"

extern const SqlSchema sql_random_schema;
// One statement; the same for the same seed. Most of them are right at home, all of them have the
// grammar that the dialect has.
Str sql_random(Arena *a, Dialect d, uint64_t seed);
#endif
