// run: one statement, checked before it is prepared and before it is stepped, and its rows.
#include "base/interval.h"
#include "query/private.h"
#include "sql/sql.h"
#include <string.h>

static const char NOTHING_YET[] = "There is no statement here yet.";

// --- Before SQLite sees it ---

// Statements that are no query, by their first word: told apart here, so that the sentence can name
// them; the authorizer would refuse most of them too.
// Where a copy is written to, only those with a second sentence are refused.
static const struct {
    const char *word, *sentence, *writing;
} verbs[] = {
    {"INSERT", "This drill reads; it does not write: INSERT is not allowed.", NULL},
    {"REPLACE", "This drill reads; it does not write: REPLACE is not allowed.", NULL},
    {"UPDATE", "This drill reads; it does not write: UPDATE is not allowed.", NULL},
    {"DELETE", "This drill reads; it does not write: DELETE is not allowed.", NULL},
    {"MERGE", "This drill reads; it does not write: MERGE is not allowed.", NULL},
    {"TRUNCATE", "This drill reads; it does not write: TRUNCATE is not allowed.", NULL},
    {"CREATE", "This drill reads; it does not write: instead of CREATE use WITH name AS (…).",
     NULL},
    {"DROP", "This drill reads; it does not write: DROP is not allowed.", NULL},
    {"ALTER", "This drill reads; it does not write: ALTER is not allowed.",
     "ALTER is not allowed in a load."},
    {"VACUUM", "This drill reads; it does not write: VACUUM is not allowed.",
     "VACUUM is not allowed in a load."},
    {"REINDEX", "This drill reads; it does not write: REINDEX is not allowed.",
     "REINDEX is not allowed in a load."},
    {"ANALYZE", "This drill reads; it does not write: ANALYZE is not allowed.",
     "ANALYZE is not allowed in a load."},
    {"ATTACH", "ATTACH is not allowed: the tables of this drill are all there is.",
     "ATTACH is not allowed: the tables of this drill are all there is."},
    {"DETACH", "DETACH is not allowed: the tables of this drill are all there is.",
     "DETACH is not allowed: the tables of this drill are all there is."},
    {"PRAGMA", "PRAGMA is not allowed: the schema is shown beside the question.",
     "PRAGMA is not allowed: the schema is shown beside the question."},
    {"EXPLAIN", "EXPLAIN is not allowed here: write the query itself.",
     "EXPLAIN is not allowed here: write the query itself."},
    {"BEGIN", "Transactions are not allowed: a drill only reads.", NULL},
    {"COMMIT", "Transactions are not allowed: a drill only reads.", NULL},
    {"END", "Transactions are not allowed: a drill only reads.", NULL},
    {"ROLLBACK", "Transactions are not allowed: a drill only reads.", NULL},
    {"SAVEPOINT", "Transactions are not allowed: a drill only reads.", NULL},
    {"RELEASE", "Transactions are not allowed: a drill only reads.", NULL},
};

static size_t place_in(Str sql, Str token)
{
    return (size_t)(token.ptr - sql.ptr);
}

static bool is_refused_verb(const Engine *e, Str sql, Str word, QueryResult *out)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (!str_eq_nocase(word, str_from(verbs[i].word))) continue;
        const char *sentence = e->writes ? verbs[i].writing : verbs[i].sentence;
        if (!sentence) return false;
        message_set(out, sql, place_in(sql, word), ERROR_NOT_ALLOWED, "%s", sentence);
        return true;
    }
    return false;
}

static bool is_refused_text(const Engine *e, Str sql, QueryResult *out)
{
    if (sql.len > SQL_BYTES) {
        message_set(out, sql, SIZE_MAX, ERROR_TOO_LARGE,
                    "The statement has %zu bytes; at most %d are taken.", sql.len, SQL_BYTES);
        return true;
    }
    const char *nul = sql.len ? memchr(sql.ptr, '\0', sql.len) : NULL;
    if (nul) {
        message_set(out, sql, (size_t)(nul - sql.ptr), ERROR_SYNTAX,
                    "A NUL character stands in the statement.");
        return true;
    }
    Str word = scan_first(sql, 0);
    if (word.len == 0) {
        message_set(out, sql, SIZE_MAX, ERROR_SYNTAX, "%s", NOTHING_YET);
        return true;
    }
    return is_refused_verb(e, sql, word, out);
}

// --- Before it runs ---

static bool is_refused_statement(const Engine *e, sqlite3_stmt *st, Str sql, size_t tail,
                                 QueryResult *out)
{
    Str next = scan_first(sql, tail);
    if (!st) {
        message_set(out, sql, SIZE_MAX, ERROR_SYNTAX, "%s", NOTHING_YET);
    } else if (next.len) {
        message_set(out, sql, place_in(sql, next), ERROR_NOT_ALLOWED,
                    "One statement at a time: a second one begins here.");
    } else if (!e->writes && (!sqlite3_stmt_readonly(st) || sqlite3_column_count(st) == 0 ||
                              sqlite3_stmt_isexplain(st))) {
        message_set(out, sql, place_in(sql, scan_first(sql, 0)), ERROR_NOT_ALLOWED,
                    "This drill reads: write one SELECT.");
    } else if (sqlite3_bind_parameter_count(st) > 0) {
        const char *name = sqlite3_bind_parameter_name(st, 1);
        size_t at = SIZE_MAX;
        if (!str_find(sql, str_from(name ? name : "?"), &at)) at = SIZE_MAX;
        message_set(out, sql, at, ERROR_SYNTAX,
                    "The parameter %s has no value here: write the value itself.",
                    name ? name : "?");
    }
    return out->error.kind != ERROR_NONE;
}

// --- Rows ---

typedef struct {
    Arena *arena;
    const QueryLimits *limits;
    VEC(Value) cells;
    size_t bytes;
} Rows;

static Str column_text(Arena *a, const char *s)
{
    return str_copy(a, str_from(s));
}

static void read_columns(Rows *r, sqlite3_stmt *st, QueryResult *out)
{
    size_t n = (size_t)sqlite3_column_count(st);
    Table *t = &out->table;
    *t = (Table){.columns = arena_array(r->arena, Column, n), .width = n};
    out->origin_table = (StrList){arena_array(r->arena, Str, n), n};
    out->origin_column = (StrList){arena_array(r->arena, Str, n), n};
    for (size_t i = 0; i < n; i++) {
        int c = (int)i;
        t->columns[i].name = column_text(r->arena, sqlite3_column_name(st, c));
        out->origin_table.at[i] = column_text(r->arena, sqlite3_column_table_name(st, c));
        out->origin_column.at[i] = column_text(r->arena, sqlite3_column_origin_name(st, c));
        r->bytes += t->columns[i].name.len;
    }
}

static Value read_cell(Arena *a, sqlite3_stmt *st, int c)
{
    Str bytes = {0};
    int64_t key;
    switch (sqlite3_column_type(st, c)) {
    case SQLITE_INTEGER:
        return VALUE_INT(sqlite3_column_int64(st, c));
    case SQLITE_FLOAT:
        return VALUE_FLT(sqlite3_column_double(st, c));
    case SQLITE_TEXT:
        bytes.ptr = (const char *)sqlite3_column_text(st, c);
        bytes.len = (size_t)sqlite3_column_bytes(st, c);
        if (interval_key(bytes, &key)) // compared by it (base/interval.h)
            return (Value){.kind = VALUE_INTEGER, .integer = key, .text = str_copy(a, bytes)};
        return VALUE_STR(str_copy(a, bytes));
    case SQLITE_BLOB:
        bytes.ptr = sqlite3_column_blob(st, c);
        bytes.len = (size_t)sqlite3_column_bytes(st, c);
        return (Value){.kind = VALUE_BLOB, .text = str_copy(a, bytes)};
    default:
        return (Value){0};
    }
}

// What the row would cost, known before it is copied.
static size_t row_cost(sqlite3_stmt *st, size_t width)
{
    size_t cost = width * CELL_COST;
    for (size_t i = 0; i < width; i++) {
        int type = sqlite3_column_type(st, (int)i);
        if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
            cost += (size_t)sqlite3_column_bytes(st, (int)i);
        }
    }
    return cost;
}

// The columns are those of the first step: a kept statement may have met another schema there.
static int read_rows(Rows *r, sqlite3_stmt *st, QueryResult *out)
{
    Table *t = &out->table;
    int rc = sqlite3_step(st);
    read_columns(r, st, out);
    for (; rc == SQLITE_ROW; rc = sqlite3_step(st)) {
        r->bytes += row_cost(st, t->width);
        if (t->rows == r->limits->rows || r->bytes > r->limits->bytes) {
            t->more = true;
            rc = SQLITE_DONE;
            break;
        }
        for (size_t i = 0; i < t->width; i++) {
            *vec_push(r->arena, &r->cells) = read_cell(r->arena, st, (int)i);
        }
        t->rows++;
    }
    t->cells = r->cells.at;
    return rc;
}

// --- The whole ---

bool run_is_damage(int rc)
{
    return rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB || rc == SQLITE_CANTOPEN;
}

// The statement, prepared now or before; NULL when *rc or out->error says why not.
static sqlite3_stmt *prepare(Engine *e, Arena *a, Str sql, QueryResult *out, int *rc)
{
    sqlite3_stmt *st = kept_find(&e->kept, sql);
    const char *tail = NULL;
    *rc = SQLITE_OK;
    if (st) return st;
    *rc = sqlite3_prepare_v3(e->db, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT, &st, &tail);
    if (*rc != SQLITE_OK) {
        message_from(e, a, sql, *rc, false, out);
    } else if (!is_refused_statement(e, st, sql, (size_t)(tail - sql.ptr), out)) {
        kept_add(&e->kept, sql, st);
        return st;
    }
    sqlite3_finalize(st);
    return NULL;
}

static int prepare_and_step(Engine *e, Arena *a, Str sql, const QueryLimits *limits,
                            QueryResult *out)
{
    int rc;
    int64_t before = e->steps;
    sqlite3_stmt *st = prepare(e, a, sql, out, &rc);
    if (!st) return rc & 0xff;
    Rows rows = {.arena = a, .limits = limits};
    rc = read_rows(&rows, st, out);
    if (rc != SQLITE_DONE) message_from(e, a, sql, rc, true, out);
    int exact = sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
    if (out->error.kind != ERROR_TIME) e->steps = before + exact;
    sqlite3_reset(st);
    if (rc != SQLITE_DONE) kept_drop(&e->kept, st);
    return rc & 0xff;
}

int run_statement(Engine *e, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out)
{
    *out = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    e->refused = (Refusal){0};
    variables_clear(e->variables);
    return is_refused_text(e, sql, out) ? SQLITE_OK : prepare_and_step(e, a, sql, limits, out);
}

static int attempt(Engine *e, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out)
{
    e->steps = 0;
    e->most = limits->steps;
    vfs_draw(limits->draw);
    return run_statement(e, a, sql, limits, out);
}

bool engine_run(Engine *e, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out,
                Error *err)
{
    int64_t began = world_real_us();
    double cpu = world_cpu_ms();
    int rc = attempt(e, a, sql, limits, out);
    if (rc == SQLITE_NOMEM && e->kept.count) { // what is kept must not decide what fits
        kept_clear(&e->kept);
        rc = attempt(e, a, sql, limits, out);
    }
    out->steps = e->steps;
    out->elapsed_ms = (double)(world_real_us() - began) / 1000;
    out->cpu_ms = world_cpu_ms() - cpu;
    if (!run_is_damage(rc)) return true;
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.", sqlite3_errmsg(e->db));
}
