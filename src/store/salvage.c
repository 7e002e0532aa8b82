// salvage: what can still be read of a damaged store, row by row.
//
// A range of rows is read until one fails; the rest is halved until the unreadable rows stand
// alone. Ten bad pages of five hundred cost a few hundred rows, not the file.
#include "base/check.h"
#include "store/private.h"

// One row a table: what is read (?1 … ?2 a range of its row ids, which are the first column, and
// are not copied) and how the other columns are put into the new store. Rows of the damaged file
// are never older than those of a backup, except events, which do not change. Wrong types are
// damage.
static const struct {
    const char *read, *put, *last;
} tables[] = {
    {"SELECT seq, uid, session, utc_ms, mono_ms, tz_min, kind, version, item, item_hash, body"
     " FROM event WHERE seq BETWEEN ?1 AND ?2",
     "INSERT INTO event(uid, session, utc_ms, mono_ms, tz_min, kind, version, item, item_hash, "
     "body)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
     "SELECT max(seq) FROM event"},
    {"SELECT saved, session, item, item_hash, text, cursor, spent_ms, state, utc_ms"
     " FROM draft WHERE saved BETWEEN ?1 AND ?2",
     "INSERT OR REPLACE INTO draft(session, item, item_hash, text, cursor, spent_ms, state, utc_ms)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
     "SELECT max(saved) FROM draft"},
    {"SELECT id, session, n, spent_ms, at, cut, put FROM edit WHERE id BETWEEN ?1 AND ?2",
     "INSERT OR REPLACE INTO edit(session, n, spent_ms, at, cut, put)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
     "SELECT max(id) FROM edit"},
    {"SELECT id, session, edits FROM replay WHERE id BETWEEN ?1 AND ?2",
     "INSERT OR REPLACE INTO replay(session, edits) VALUES (?1, ?2)", "SELECT max(id) FROM replay"},
    {"SELECT id, key, value FROM setting WHERE id BETWEEN ?1 AND ?2",
     "INSERT OR REPLACE INTO setting(key, value) VALUES (?1, ?2)", "SELECT max(id) FROM setting"},
};
enum { EVENTS = 0, TABLES = sizeof tables / sizeof *tables };

static const int64_t ID_MAX = INT64_C(1) << 60;
enum {
    PROBES = 50000, // failed reads before a table is given up; each takes microseconds
    ROW_BYTES = 16, // no row takes less, so a file has no more rows than this allows
};

typedef struct {
    DbStmt read, put;
    Db *to;
    int64_t added;
    int probes; // left
    bool full;  // the new file could not be written: *err says why
    Error *err;
} Salvage;

// STRICT tables refuse a value of the wrong type: such a row is damaged, and skipped.
static void put_row(Salvage *v)
{
    int width = db_width(&v->read);
    for (int i = 1; i < width; i++) {
        Value cell = db_value(&v->read, i);
        db_bind(&v->put, i, &cell);
    }
    bool row;
    Error why;
    if (db_step(&v->put, &row, &why)) {
        v->added += db_changes(v->to);
    } else if (why.kind == ERROR_ENVIRONMENT) {
        v->full = true;
        *v->err = why;
    }
    db_reset(&v->put);
}

// Copies from `low` on; *next is the first row that was not read. True when the range is finished.
static bool copy_rows(Salvage *v, int64_t low, int64_t high, int64_t *next)
{
    Error ignored;
    bool row, ok;
    *next = low;
    db_bind(&v->read, 1, &VALUE_INT(low));
    db_bind(&v->read, 2, &VALUE_INT(high));
    while ((ok = db_step(&v->read, &row, &ignored)) && row && !v->full) {
        int64_t id = db_int(&v->read, 0);
        if (id < *next || id > high) break; // a broken tree gives rows out of order
        put_row(v);
        *next = id + 1;
    }
    ok = ok && !row;
    db_reset(&v->read);
    return ok;
}

static void copy_range(Salvage *v, int64_t low, int64_t high)
{
    int64_t next;
    if (low > high || v->probes <= 0 || v->full || copy_rows(v, low, high, &next)) return;
    v->probes--;
    if (next >= high) return;
    int64_t middle = next + (high - next) / 2;
    copy_range(v, next, middle);
    copy_range(v, middle + 1, high);
}

// The greatest id, or, where the end of the table cannot be read, one that it can hardly exceed.
static int64_t last_id(Db *from, size_t i, int64_t first, int64_t size)
{
    int64_t id;
    Error ignored;
    if (db_query_int(from, tables[i].last, DB_NO_ARGS, 0, &id, &ignored)) return id;
    return first + size / ROW_BYTES;
}

static bool copy_table(Db *from, Db *to, size_t i, int64_t size, int64_t *added, Error *err)
{
    Salvage v = {.to = to, .probes = PROBES, .err = err};
    Error ignored;
    if (!db_prepare(from, tables[i].read, &v.read, &ignored)) return true; // nothing left of it
    bool ok = db_prepare(to, tables[i].put, &v.put, err);
    int64_t next;
    if (ok && !copy_rows(&v, 0, ID_MAX, &next)) copy_range(&v, next, last_id(from, i, next, size));
    db_finish(&v.read);
    db_finish(&v.put);
    *added = v.added;
    return ok && !v.full;
}

// A draft that the backup still has may have ended since.
static const char ended_drafts[] =
    "DELETE FROM edit WHERE session IN (SELECT session FROM attempt WHERE ended = 1);"
    "DELETE FROM draft WHERE session IN (SELECT session FROM attempt WHERE ended = 1);";

static bool copy_all(Db *from, Db *to, int64_t *events, Error *err)
{
    int64_t pages, page;
    if (!db_query_int(from, "PRAGMA page_count", DB_NO_ARGS, 0, &pages, &(Error){0}) ||
        !db_query_int(from, "PRAGMA page_size", DB_NO_ARGS, 0, &page, &(Error){0})) {
        return true; // not a database at all
    }
    for (size_t i = 0; i < TABLES; i++) {
        int64_t added = 0;
        if (!copy_table(from, to, i, pages * page, &added, err)) return false;
        if (i == EVENTS) *events = added;
    }
    return fold_rebuild(to, err) && db_exec(to, ended_drafts, err);
}

bool salvage(Db *to, Str damaged, int64_t *events, Error *err)
{
    Db *from;
    Error ignored;
    *events = 0;
    if (!db_open(damaged, DB_PEEK, &from, &ignored)) return true;
    bool ok = db_begin(to, err) && db_end(to, copy_all(from, to, events, err), err);
    db_close(from);
    return ok;
}
