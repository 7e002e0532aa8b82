// stmt: statements over SQLite: prepared, bound, stepped, and run at once; transactions.
#include "base/check.h"
#include "base/vec.h"
#include "db/private.h"

typedef VEC(Value) ValueVec;

static bool settled(Db *db, Error *err)
{
    const char *settings = db->unsettled;
    int rc = settings ? sqlite3_exec(db->handle, settings, NULL, NULL, NULL) : SQLITE_OK;
    if (rc != SQLITE_OK) return db_fault(db, rc, err);
    db->unsettled = NULL;
    return true;
}

bool db_exec(Db *db, const char *sql, Error *err)
{
    if (!settled(db, err)) return false;
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || db_fault(db, rc, err);
}

bool db_prepare(Db *db, const char *sql, DbStmt *out, Error *err)
{
    sqlite3_stmt *handle = NULL;
    if (!settled(db, err)) return false;
    int rc = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);
    if (rc != SQLITE_OK) return db_fault(db, rc, err);
    *out = (DbStmt){.db = db, .handle = handle};
    return true;
}

void db_finish(DbStmt *s)
{
    sqlite3_finalize(s->handle);
    *s = (DbStmt){0};
}

// A NULL pointer would bind NULL; the empty text is a text.
static const char *bytes(Str s)
{
    return s.ptr ? s.ptr : "";
}

static int bind(sqlite3_stmt *s, int i, const Value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        return sqlite3_bind_null(s, i);
    case VALUE_INTEGER:
        return sqlite3_bind_int64(s, i, v->integer);
    case VALUE_REAL:
        return sqlite3_bind_double(s, i, v->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(s, i, bytes(v->text), v->text.len, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(s, i, bytes(v->text), v->text.len, SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

void db_bind(DbStmt *s, int i, const Value *v)
{
    int rc = bind(s->handle, i, v);
    if (rc == SQLITE_NOMEM) die_out_of_memory();
    CHECK(rc == SQLITE_OK); // no such parameter, or bound while rows are read
}

int db_params(const DbStmt *s)
{
    return sqlite3_bind_parameter_count(s->handle);
}

bool db_step(DbStmt *s, bool *row, Error *err)
{
    int rc = sqlite3_step(s->handle);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE || db_fault(s->db, rc, err);
}

void db_reset(DbStmt *s)
{
    sqlite3_reset(s->handle);
}

int db_width(const DbStmt *s)
{
    return sqlite3_column_count(s->handle);
}

Str db_name(const DbStmt *s, int column)
{
    return str_from(sqlite3_column_name(s->handle, column));
}

int64_t db_int(DbStmt *s, int column)
{
    return sqlite3_column_int64(s->handle, column);
}

static Str cell(Str v)
{
    return v.len ? v : (Str){0};
}

Str db_text(DbStmt *s, int column)
{
    const unsigned char *p = sqlite3_column_text(s->handle, column);
    return cell((Str){(const char *)p, (size_t)sqlite3_column_bytes(s->handle, column)});
}

Value db_value(DbStmt *s, int column)
{
    switch (sqlite3_column_type(s->handle, column)) {
    case SQLITE_INTEGER:
        return VALUE_INT(db_int(s, column));
    case SQLITE_FLOAT:
        return VALUE_FLT(sqlite3_column_double(s->handle, column));
    case SQLITE_TEXT:
        return VALUE_STR(db_text(s, column));
    case SQLITE_BLOB: {
        const void *p = sqlite3_column_blob(s->handle, column);
        size_t n = (size_t)sqlite3_column_bytes(s->handle, column);
        return (Value){.kind = VALUE_BLOB, .text = cell((Str){p, n})};
    }
    default:
        return (Value){0};
    }
}

// --- Statements that are run at once ---

static bool prepare_bound(Db *db, const char *sql, DbArgs args, DbStmt *out, Error *err)
{
    if (!db_prepare(db, sql, out, err)) return false;
    for (size_t i = 0; i < args.len; i++) db_bind(out, (int)i + 1, &args.at[i]);
    return true;
}

bool db_run(Db *db, const char *sql, DbArgs args, Error *err)
{
    DbStmt s;
    if (!prepare_bound(db, sql, args, &s, err)) return false;
    bool row = true, ok = true;
    while (ok && row) ok = db_step(&s, &row, err);
    db_finish(&s);
    return ok;
}

static void copy_row(DbStmt *s, Arena *a, ValueVec *cells, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        Value v = db_value(s, (int)i);
        if (v.text.len) v.text = str_copy(a, v.text);
        *vec_push(a, cells) = v;
    }
}

bool db_query(Db *db, Arena *a, const char *sql, DbArgs args, Table *out, Error *err)
{
    DbStmt s;
    if (!prepare_bound(db, sql, args, &s, err)) return false;
    Table t = {.width = (size_t)db_width(&s)};
    t.columns = arena_array(a, Column, t.width);
    for (size_t i = 0; i < t.width; i++) t.columns[i].name = str_copy(a, db_name(&s, (int)i));
    ValueVec cells = {0};
    bool row, ok;
    while ((ok = db_step(&s, &row, err)) && row) {
        copy_row(&s, a, &cells, t.width);
        t.rows++;
    }
    t.cells = cells.at;
    db_finish(&s);
    if (ok) *out = t;
    return ok;
}

bool db_query_int(Db *db, const char *sql, DbArgs args, int64_t fallback, int64_t *out, Error *err)
{
    DbStmt s;
    if (!prepare_bound(db, sql, args, &s, err)) return false;
    bool row, ok = db_step(&s, &row, err);
    if (ok) *out = row && db_value(&s, 0).kind != VALUE_NULL ? db_int(&s, 0) : fallback;
    db_finish(&s);
    return ok;
}

int64_t db_changes(const Db *db)
{
    return sqlite3_changes64(db->handle);
}

int64_t db_last_id(const Db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

// --- Transactions ---

bool db_begin(Db *db, Error *err)
{
    return db_exec(db, "BEGIN IMMEDIATE", err);
}

bool db_end(Db *db, bool ok, Error *err)
{
    if (ok && db_exec(db, "COMMIT", err)) return true;
    // SQLite has rolled back by itself after some faults, and then this one is refused: both are
    // fine.
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
