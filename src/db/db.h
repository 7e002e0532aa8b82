// db: the edge over SQLite: files and images, statements, rows as values, migrations, backups.
//
// Only SQL written in greenroom's own source comes here, with what varies bound to `?1 …`; a
// candidate's or a pack's text never does (query runs that, in a worker). Files are opened with
// journal_mode=TRUNCATE and synchronous=FULL: of the modes measured the cheapest that lost nothing
// in simulated power cuts. A lock held by another process is waited for, DB_BUSY_MS long.
//
// False always means that the sentence stands in *err: ERROR_INPUT when the file is damaged, newer
// or foreign, ERROR_ENVIRONMENT when disk, permission or a lock is in the way, else ERROR_INTERNAL.
#ifndef DB_DB_H
#define DB_DB_H
#include "base/table.h"

typedef struct Db Db;
typedef struct {
    Db *db;
    struct sqlite3_stmt *handle;
} DbStmt; // zero value = none; made by db_prepare

enum { DB_BUSY_MS = 5000 };

typedef enum {
    DB_MAKE,  // read and write; an absent file is made
    DB_WRITE, // read and write; the file must exist
    DB_READ,  // read, also what is write-protected; rolls back what a dead process left half done,
              // as SQLite must
    DB_PEEK,  // the bytes as they lie: no lock, no look at the journal, never a change
    DB_LAST = DB_PEEK,
} DbMode;
enum { DB_COUNT_ = DB_LAST + 1 };

// Fails when the path cannot be opened; the content is not looked at before the first statement.
MUST_USE bool db_open(Str path, DbMode mode, Db **out, Error *err);
// A database in memory: empty, or the bytes of a database file, read-only. The bytes are used in
// place and must outlive the handle.
MUST_USE bool db_open_memory(Db **out, Error *err);
MUST_USE bool db_open_image(Str bytes, Db **out, Error *err);
void db_close(Db *db); // rolls back what is open; NULL is fine; no statement may be left

bool db_damaged(const Db *db); // some call met a file that is no database or is broken

// ---- statements that are run at once
typedef struct {
    const Value *at;
    size_t len;
} DbArgs; // bound to ?1, ?2 …
#define DB_ARGS(...)                                                                               \
    ((DbArgs){(const Value[]){__VA_ARGS__}, sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value)})
#define DB_NO_ARGS ((DbArgs){0})

MUST_USE bool db_exec(Db *db, const char *sql, Error *err); // any number of statements, no rows
MUST_USE bool db_run(Db *db, const char *sql, DbArgs args, Error *err); // one; rows are ignored
// One statement's rows, copied into the arena. Columns carry names; their type is unknown.
MUST_USE bool db_query(Db *db, Arena *a, const char *sql, DbArgs args, Table *out, Error *err);
// The first cell of the first row as an integer; `fallback` when there is no row or it is NULL.
MUST_USE bool db_query_int(Db *db, const char *sql, DbArgs args, int64_t fallback, int64_t *out,
                           Error *err);
int64_t db_changes(const Db *db); // rows that the last INSERT, UPDATE or DELETE touched
int64_t db_last_id(const Db *db); // rowid of the last INSERT

// ---- statements that are stepped
MUST_USE bool db_prepare(Db *db, const char *sql, DbStmt *out, Error *err);
void db_finish(DbStmt *s);                               // back to the zero value, which is fine
void db_bind(DbStmt *s, int i, const Value *v);          // 1-based; the text is copied
int db_params(const DbStmt *s);                          // the greatest ?N in it
MUST_USE bool db_step(DbStmt *s, bool *row, Error *err); // *row: a row stands ready
void db_reset(DbStmt *s);                                // to run again; bindings stay
int db_width(const DbStmt *s);                           // columns of a row
Str db_name(const DbStmt *s, int column);                // 0-based; valid until db_finish
Value db_value(DbStmt *s, int column);                   // its text is valid until the next step
int64_t db_int(DbStmt *s, int column);                   // 0 for NULL
Str db_text(DbStmt *s, int column);                      // valid until the next step; "" for NULL

// ---- transactions
MUST_USE bool db_begin(Db *db, Error *err); // BEGIN IMMEDIATE: waits for the lock here, not later
// Commits when `ok`, else (or when the commit fails) rolls back and leaves *err as it is:
//     return db_begin(db, err) && db_end(db, work(db, err), err);
MUST_USE bool db_end(Db *db, bool ok, Error *err);

// ---- what kind of file it is, and how it grows
typedef struct {
    const char *sql;                  // statements, or NULL
    bool (*then)(Db *db, Error *err); // what SQL cannot do, after them; or NULL
} DbStep;
typedef struct {
    int32_t application_id; // tells our files from others
    const DbStep *steps;    // steps[v] leads from version v to v + 1; those released never change
    int version;            // how many there are: the version that this program writes
} DbSchema;

typedef struct {
    int32_t application_id;
    int version;
    bool empty; // no table in it
} DbHead;
typedef enum {
    DB_IS_CURRENT,
    DB_IS_EMPTY, // ours to fill
    DB_IS_OLDER,
    DB_IS_NEWER,   // of a newer greenroom: not to be touched
    DB_IS_FOREIGN, // of another program: not to be touched
    DB_IS_BROKEN,  // ours, of a version that never was: the header is damaged
    DB_IS_LAST = DB_IS_BROKEN,
} DbKinship;
enum { DB_IS_COUNT_ = DB_IS_LAST + 1 };

MUST_USE bool db_head(Db *db, DbHead *out, Error *err); // reads a few bytes
DbKinship db_kinship(const DbHead *head, const DbSchema *schema);
// The sentence for a newer, foreign or broken file; always false. A broken one counts as damaged.
bool db_refuse(Db *db, DbKinship why, Error *err);
// Takes the file to schema->version in one transaction. An older file is checked first, and backed
// up to `backup` ("" = not). A newer, foreign or broken file is refused with a sentence,
// untouched.
MUST_USE bool db_migrate(Db *db, const DbSchema *schema, Str backup, Error *err);

// ---- copies and checks
// Copies by SQLite's backup API into a temporary name, checks the copy, fsyncs it and renames it to
// `path`: there is a whole copy or none. Other processes may write meanwhile.
MUST_USE bool db_backup(Db *db, Str path, Error *err);
typedef enum {
    DB_CHECK_QUICK, // structure; 0.1 s for 46 MB
    DB_CHECK_FULL,  // also indexes against tables; ten times slower
    DB_CHECK_LAST = DB_CHECK_FULL,
} DbCheck;
enum { DB_CHECK_COUNT_ = DB_CHECK_LAST + 1 };
MUST_USE bool db_check(Db *db, DbCheck depth, Error *err);
Str db_sqlite_version(void); // of the library that runs: "3.40.1"; part of every key of made things
#endif
