// fn_rows: functions that stand in FROM and make rows.
#ifndef QUERY_FN_ROWS_H
#define QUERY_FN_ROWS_H
#include "query/fn.h"

// After the modules of SQLite itself were dropped.
bool fn_rows_register(sqlite3 *db);
bool fn_makes_rows(const char *name); // one of ours in FROM
extern const QueryFns fn_packs;       // the aggregate gr_pack
#endif
