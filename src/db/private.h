// private: what the files of db share: the handle, and how SQLite's codes become sentences.
#ifndef DB_PRIVATE_H
#define DB_PRIVATE_H
#include "db/db.h"
#include <sqlite3.h>

struct Db {
    sqlite3 *handle;
    Arena arena;           // holds this struct and its texts
    Str path, name;        // name: how sentences call it
    const char *unsettled; // settings that are still to be made, or NULL
    bool damaged;
};

// Puts the last failure of `db` into words; `rc` is its (extended) code. Always false.
bool db_fault(Db *db, int rc, Error *err);
// A new file for db_backup, without journal and syncs.
bool db_open_fast(Str path, Db **out, Error *err);
#endif
