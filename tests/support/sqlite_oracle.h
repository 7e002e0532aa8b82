// sqlite_oracle: what SQLite itself says about an image, and a judge made of it, for tests only.
#ifndef SUPPORT_SQLITE_ORACLE_H
#define SUPPORT_SQLITE_ORACLE_H
#include "warehouse/warehouse.h"

// The rows of a query on the image: cells joined by '|', rows by '\n', NULL as "NULL". A failure is
// its message behind "error: ".
Str oracle_query(Arena *a, Str image, const char *sql);
Str oracle_script(Arena *a, const char *script, const char *sql); // the same after running a script
// Judges in this process; `ctx` may be a size_t that counts the calls, or NULL.
DataJudge oracle_judge(size_t *calls);
#endif
