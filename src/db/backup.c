// backup: copies that are whole or absent, and SQLite's own checks in words.
#include "base/file.h"
#include "db/private.h"

bool db_check(Db *db, DbCheck depth, Error *err)
{
    static const char *const sql[] = {
        [DB_CHECK_QUICK] = "PRAGMA quick_check(1)", [DB_CHECK_FULL] = "PRAGMA integrity_check(1)"};
    DbStmt s;
    if (!db_prepare(db, sql[depth], &s, err)) return false;
    bool row;
    bool ok = db_step(&s, &row, err);
    if (ok && !(row && str_eq(db_text(&s, 0), S("ok")))) {
        Str finding = db_text(&s, 0);
        Str line;
        while (str_line(&finding, &line) && str_starts(line, S("***"))) {
        } // a heading
        db->damaged = true;
        ok = error_set(err, ERROR_INPUT, STR_FMT " is damaged: " STR_FMT, STR_ARG(db->name),
                       STR_ARG(line));
    }
    db_finish(&s);
    return ok;
}

// All pages in one step: the copy is of one moment, and a writer waits at most for one read.
static bool copy_pages(Db *from, Db *to, Error *err)
{
    sqlite3_backup *b = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!b) return db_fault(to, sqlite3_extended_errcode(to->handle), err);
    int rc = sqlite3_backup_step(b, -1);
    int end = sqlite3_backup_finish(b);
    if (rc == SQLITE_DONE && end == SQLITE_OK) return true;
    // The code does not say which of the two files it was; writing is the likelier to fail, unless
    // it speaks of damage, which a new file cannot have.
    int primary = rc & 0xFF;
    bool source = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_BUSY;
    return db_fault(source ? from : to, rc == SQLITE_DONE ? end : rc, err);
}

static bool write_copy(Db *from, Str beside, Error *err)
{
    Db *to;
    // Nothing is lost when this file is torn: it has not got its name yet, and is fsynced before.
    if (!db_open_fast(beside, &to, err)) return false;
    bool ok = copy_pages(from, to, err) && db_check(to, DB_CHECK_QUICK, err);
    db_close(to);
    return ok;
}

bool db_backup(Db *db, Str path, Error *err)
{
    Arena scratch = {0};
    Str beside = str_fmt(&scratch, STR_FMT ".part", STR_ARG(path));
    file_remove(beside); // of a process that died here
    bool ok = write_copy(db, beside, err) && file_rename(beside, path, err);
    if (!ok) file_remove(beside);
    arena_free(&scratch);
    return ok;
}
