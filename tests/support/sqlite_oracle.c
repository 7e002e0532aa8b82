// sqlite_oracle: opens images with sqlite3_deserialize, read-only.
#include "sqlite_oracle.h"
#include "base/buf.h"
#include "base/check.h"
#include <sqlite3.h>

static sqlite3 *open_image(Str image)
{
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
    if (image.len == 0) return db;
    CHECK(sqlite3_deserialize(db, "main", (unsigned char *)(uintptr_t)image.ptr,
                              (sqlite3_int64)image.len, (sqlite3_int64)image.len,
                              SQLITE_DESERIALIZE_READONLY) == SQLITE_OK);
    return db;
}

static Value column_value(Arena *a, sqlite3_stmt *s, int i)
{
    Str text;
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER:
        return VALUE_INT(sqlite3_column_int64(s, i));
    case SQLITE_FLOAT:
        return VALUE_FLT(sqlite3_column_double(s, i));
    case SQLITE_NULL:
        return (Value){0};
    default:
        break;
    }
    bool blob = sqlite3_column_type(s, i) == SQLITE_BLOB;
    text.ptr = blob ? sqlite3_column_blob(s, i) : (const char *)sqlite3_column_text(s, i);
    text.len = (size_t)sqlite3_column_bytes(s, i);
    return (Value){.kind = blob ? VALUE_BLOB : VALUE_TEXT, .text = str_copy(a, text)};
}

static Str rows_text(Arena *a, sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    Buf b = buf_new(a);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        buf_fmt(&b, "error: %s", sqlite3_errmsg(db));
        return buf_str(&b);
    }
    int rc;
    for (int row = 0; (rc = sqlite3_step(s)) == SQLITE_ROW; row++) {
        if (row) buf_char(&b, '\n');
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            Value v = column_value(a, s, i);
            if (i) buf_char(&b, '|');
            buf_add(&b, value_text(a, &v, TYPE_UNKNOWN));
        }
    }
    if (rc != SQLITE_DONE) buf_fmt(&b, "error: %s", sqlite3_errmsg(db));
    sqlite3_finalize(s);
    return buf_str(&b);
}

Str oracle_query(Arena *a, Str image, const char *sql)
{
    sqlite3 *db = open_image(image);
    Str out = rows_text(a, db, sql);
    sqlite3_close(db);
    return out;
}

Str oracle_script(Arena *a, const char *script, const char *sql)
{
    sqlite3 *db = open_image((Str){0});
    char *why = NULL;
    Str out;
    if (sqlite3_exec(db, script, NULL, NULL, &why) == SQLITE_OK) {
        out = rows_text(a, db, sql);
    } else {
        out = str_fmt(a, "error: %s", why);
    }
    sqlite3_free(why);
    sqlite3_close(db);
    return out;
}

// ---- the judge

typedef struct {
    Arena scratch;
    sqlite3 *db;
    sqlite3_stmt *stmt;
} Session;

static bool session_open(void *ctx, const WarehouseSpec *w, const Data *data, Str sql, Session *s,
                         Error *err)
{
    if (ctx) ++*(size_t *)ctx;
    *s = (Session){0};
    s->db = open_image(warehouse_image(&s->scratch, w, data));
    const char *text = str_c(&s->scratch, sql);
    if (sqlite3_prepare_v2(s->db, text, -1, &s->stmt, NULL) == SQLITE_OK) return true;
    return error_set(err, ERROR_SYNTAX, "%s", sqlite3_errmsg(s->db));
}

static bool session_close(Session *s, bool ok)
{
    sqlite3_finalize(s->stmt);
    sqlite3_close(s->db);
    arena_free(&s->scratch);
    return ok;
}

static bool judge_values(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data,
                         size_t table, Str expression, Value **out, Error *err)
{
    Arena scratch = {0};
    Session s;
    Str sql = str_fmt(&scratch, "SELECT (" STR_FMT "\n) FROM \"" STR_FMT "\" ORDER BY rowid",
                      STR_ARG(expression), STR_ARG(w->tables[table].name));
    bool ok = session_open(ctx, w, data, sql, &s, err);
    size_t rows = data->tables[table].rows;
    *out = arena_array(a, Value, rows);
    for (size_t i = 0; ok && i < rows; i++) {
        CHECK(sqlite3_step(s.stmt) == SQLITE_ROW);
        (*out)[i] = column_value(a, s.stmt, 0);
    }
    arena_free(&scratch);
    return session_close(&s, ok);
}

static bool is_true(const Value *v)
{
    return (v->kind == VALUE_INTEGER && v->integer) || (v->kind == VALUE_REAL && v->real != 0);
}

static bool judge_truth(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                        Str expression, uint8_t **out, Error *err)
{
    Value *values;
    if (!judge_values(ctx, a, w, data, table, expression, &values, err)) return false;
    size_t rows = data->tables[table].rows;
    *out = arena_array(a, uint8_t, rows);
    for (size_t i = 0; i < rows; i++) (*out)[i] = is_true(&values[i]);
    return true;
}

static bool judge_broken(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data,
                         size_t table, Str condition, size_t **out, size_t *count, Error *err)
{
    Value *values;
    if (!judge_values(ctx, a, w, data, table, condition, &values, err)) return false;
    size_t rows = data->tables[table].rows;
    *out = arena_array(a, size_t, rows);
    *count = 0;
    for (size_t i = 0; i < rows; i++) {
        if (values[i].kind != VALUE_NULL && !is_true(&values[i])) (*out)[(*count)++] = i;
    }
    return true;
}

static bool judge_returns(void *ctx, const WarehouseSpec *w, const Data *data, Str sql,
                          bool *returns, Error *err)
{
    Session s;
    bool ok = session_open(ctx, w, data, sql, &s, err);
    if (ok) {
        int rc = sqlite3_step(s.stmt);
        *returns = rc == SQLITE_ROW;
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
            ok = error_set(err, ERROR_RUNTIME, "%s", sqlite3_errmsg(s.db));
        }
    }
    return session_close(&s, ok);
}

DataJudge oracle_judge(size_t *calls)
{
    return (DataJudge){.ctx = calls,
                       .broken = judge_broken,
                       .returns_rows = judge_returns,
                       .truth = judge_truth,
                       .values = judge_values};
}
