// db: handles over SQLite, and its result codes as sentences.
//
// A file is not read when it is opened, so a damaged one still gives a handle that can say so. Some
// settings need a look at the file; all are therefore made just before the first statement.
#include "db/db.h"
#include "base/check.h"
#include "db/private.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define MEMORY ":memory:"

// --- Faults ---

// What a primary result code means to the person in front of the screen; %s is the file.
static const struct {
    int code;
    ErrorKind kind;
    const char *format;
} faults[] = {
    {SQLITE_BUSY, ERROR_ENVIRONMENT, "another greenroom holds %s and did not let go in 5 seconds"},
    {SQLITE_LOCKED, ERROR_ENVIRONMENT, "another part of greenroom holds %s"},
    {SQLITE_FULL, ERROR_ENVIRONMENT, "the disk is full: nothing more could be written to %s"},
    {SQLITE_READONLY, ERROR_ENVIRONMENT, "%s may be read but not written"},
    {SQLITE_PERM, ERROR_ENVIRONMENT, "%s may not be opened: permission denied"},
    {SQLITE_AUTH, ERROR_ENVIRONMENT, "%s may not be opened: permission denied"},
    {SQLITE_CORRUPT, ERROR_INPUT, "%s is damaged"},
    {SQLITE_NOTADB, ERROR_INPUT, "%s is damaged: it is not a database any more"},
};

// Why a file cannot be opened or read. SQLite's errno may be of a call that came before the fatal
// one.
static const char *reason(Db *db, int rc)
{
    struct stat st;
    Arena scratch = {0};
    int bad = stat(str_c(&scratch, db->path), &st) ? errno : 0;
    arena_free(&scratch);
    if (bad && bad != ENOENT) return strerror(bad);
    if (!bad && S_ISDIR(st.st_mode)) return "it is a folder";
    int why = sqlite3_system_errno(db->handle);
    return why ? strerror(why) : sqlite3_errstr(rc);
}

static bool fault_by_errno(Db *db, int rc, Error *err)
{
    const char *what = (rc & 0xFF) == SQLITE_CANTOPEN ? "open" : "read or write";
    return error_set(err, ERROR_ENVIRONMENT, "cannot %s " STR_FMT ": %s", what, STR_ARG(db->name),
                     reason(db, rc));
}

bool db_fault(Db *db, int rc, Error *err)
{
    int primary = rc & 0xFF;
    if (primary == SQLITE_NOMEM) die_out_of_memory();
    if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB) db->damaged = true;
    if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) return fault_by_errno(db, rc, err);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (faults[i].code != primary) continue;
        Arena scratch = {0};
        error_set(err, faults[i].kind, faults[i].format, str_c(&scratch, db->name));
        arena_free(&scratch);
        return false;
    }
    return error_set(err, ERROR_INTERNAL, STR_FMT ": %s", STR_ARG(db->name),
                     sqlite3_errmsg(db->handle));
}

// --- Opening and closing ---

static Db *new_db(Str path, const char *settings)
{
    Arena own = {0};
    Db *db = arena_new(&own, Db);
    db->path = str_copy(&own, path);
    db->name = str_eq(path, S(MEMORY)) ? S("the database in memory")
                                       : str_fmt(&own, "'" STR_FMT "'", STR_ARG(path));
    db->unsettled = settings;
    db->arena = own;
    return db;
}

void db_close(Db *db)
{
    if (!db) return;
    CHECK(sqlite3_close(db->handle) == SQLITE_OK); // busy: a statement was not finished
    Arena own = db->arena;
    arena_free(&own);
}

// The file name as a URI, so that "immutable" can be asked for: whatever URIs give a meaning to is
// escaped.
static Str uri(Arena *a, Str path, Str query)
{
    Buf b = buf_new(a);
    buf_add(&b, S("file:"));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (c <= ' ' || c >= 0x7F || strchr("%?#&", c)) {
            buf_fmt(&b, "%%%02X", c);
        } else {
            buf_char(&b, (char)c);
        }
    }
    buf_add(&b, query);
    return buf_str(&b);
}

static int open_named(Db *db, Arena *scratch, Str path, int flags)
{
    bool peek = flags & SQLITE_OPEN_URI;
    const char *name = peek ? uri(scratch, path, S("?immutable=1")).ptr : str_c(scratch, path);
    int rc = sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc == SQLITE_OK && !(flags & SQLITE_OPEN_MEMORY) && !peek) {
        sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    }
    return rc;
}

static bool open_with(Str path, int flags, const char *settings, Db **out, Error *err)
{
    Arena scratch = {0};
    Db *db = new_db(path, settings);
    bool ok = false;
    if (memchr(path.ptr ? path.ptr : "", 0, path.len)) {
        error_set(err, ERROR_INPUT, "'" STR_FMT "' is no file name: it holds a NUL byte",
                  STR_ARG(path));
    } else {
        int rc = open_named(db, &scratch, path, flags);
        ok = rc == SQLITE_OK || db_fault(db, rc, err);
    }
    arena_free(&scratch);
    if (!ok) {
        db_close(db);
        return false;
    }
    // A damaged or doctored schema must not run code of its own.
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    *out = db;
    return true;
}

bool db_open(Str path, DbMode mode, Db **out, Error *err)
{
    // CELL_SIZE_CHECK notices damage early. To read, too, a hot journal may have to be rolled back,
    // so that the file is opened for writing and query_only keeps the rest out.
    static const char written[] = "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                                  "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL;"
                                  "PRAGMA journal_mode=TRUNCATE;";
    static const char only_read[] = "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                                    "PRAGMA temp_store=MEMORY; PRAGMA query_only=ON;";
    static const struct {
        int flags;
        const char *settings;
    } modes[] = {
        [DB_MAKE] = {SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, written},
        [DB_WRITE] = {SQLITE_OPEN_READWRITE, written},
        [DB_READ] = {SQLITE_OPEN_READWRITE, only_read},
        [DB_PEEK] = {SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, only_read},
    };
    Db *db;
    if (!open_with(path, modes[mode].flags, modes[mode].settings, &db, err)) return false;
    // SQLite falls back to reading in silence.
    bool writes = mode == DB_MAKE || mode == DB_WRITE;
    if (writes && sqlite3_db_readonly(db->handle, "main") == 1) {
        db_fault(db, SQLITE_READONLY, err);
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_open_fast(Str path, Db **out, Error *err)
{
    return open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                     "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;", out, err);
}

bool db_open_memory(Db **out, Error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    return open_with(S(MEMORY), flags, NULL, out, err);
}

bool db_open_image(Str bytes, Db **out, Error *err)
{
    Db *db;
    if (bytes.len == 0) {
        return error_set(err, ERROR_INPUT, "there is no database in an image of 0 bytes");
    }
    if (!db_open_memory(&db, err)) return false;
    // SQLite takes a pointer to non-const, but READONLY keeps it from writing there.
    unsigned char *page = (unsigned char *)(uintptr_t)bytes.ptr;
    sqlite3_int64 size = (sqlite3_int64)bytes.len;
    int rc = sqlite3_deserialize(db->handle, "main", page, size, size, SQLITE_DESERIALIZE_READONLY);
    if (rc != SQLITE_OK) {
        db_fault(db, rc, err);
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_damaged(const Db *db)
{
    return db->damaged;
}

Str db_sqlite_version(void)
{
    return str_from(sqlite3_libversion());
}
