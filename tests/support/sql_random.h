// sql_random: random statements of a dialect over the tables t (a, b, c) and u (a, d, e), integers,
// both with a text, a date, a time and a truth beside them, and v (id, k, w), which is written.
#ifndef SUPPORT_SQL_RANDOM_H
#define SUPPORT_SQL_RANDOM_H
#include "sql/sql.h"

extern const SqlSchema sql_random_schema;
extern const char sql_random_script[]; // the tables in SQLite
// One statement; the same for the same seed. Most of them are right at home, all of them have the
// grammar that the dialect has.
Str sql_random(Arena *a, Dialect d, uint64_t seed);
#endif
