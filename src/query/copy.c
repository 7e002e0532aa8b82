// copy: the connection that scripts write to, and the data they start from.
//
// A load is run several times from one start: the image with the script's setup. The start is made
// once and put back byte by byte, and another image of the same tables is filled in row by row:
// so the schema stays, and with it every statement that was prepared.
#include "base/buf.h"
#include "base/check.h"
#include "base/vec.h"
#include "query/private.h"
#include <stdlib.h>
#include <string.h>

enum {
    COMMITS_MOST = 1 << 20, // between two starts, for the change counter
    VALUES_MOST = 200,      // columns of a table
};

// --- Our own statements ---

static sqlite3_stmt *kept_or_made(Engine *e, Str sql)
{
    sqlite3_stmt *st = kept_find(&e->kept, sql);
    if (st) return st;
    e->trusted = true;
    sqlite3_limit(e->db, SQLITE_LIMIT_VARIABLE_NUMBER, VALUES_MOST);
    bool ok = sqlite3_prepare_v3(e->db, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT, &st,
                                 NULL) == SQLITE_OK;
    e->trusted = false;
    if (ok) kept_add(&e->kept, sql, st);
    return ok ? st : NULL;
}

bool copy_exec(Engine *e, Str sql)
{
    sqlite3_stmt *st = kept_or_made(e, sql);
    int rc = SQLITE_ROW;
    e->trusted = true;
    while (st && rc == SQLITE_ROW) rc = sqlite3_step(st);
    if (st) sqlite3_reset(st);
    e->trusted = false;
    return st && rc == SQLITE_DONE;
}

Str copy_text(Engine *e, Arena *a, Str sql)
{
    Str out = {0};
    sqlite3_stmt *st = kept_or_made(e, sql);
    e->trusted = true;
    if (st && sqlite3_step(st) == SQLITE_ROW)
        out = str_copy(a, str_from((const char *)sqlite3_column_text(st, 0)));
    if (st) sqlite3_reset(st);
    e->trusted = false;
    return out;
}

int copy_width(Engine *e, Str table)
{
    Arena scratch = {0};
    Str none = str_fmt(&scratch, "SELECT * FROM " STR_FMT " LIMIT 0", STR_ARG(table));
    sqlite3_stmt *st = kept_or_made(e, none);
    e->trusted = true;
    // The first step tells whether the schema is another one by now.
    int n = st && sqlite3_step(st) == SQLITE_DONE ? sqlite3_column_count(st) : 0;
    e->trusted = false;
    if (st && (sqlite3_reset(st) != SQLITE_OK || !n)) kept_drop(&e->kept, st);
    arena_free(&scratch);
    return n;
}

static bool exec_all(Copy *c, StrList list, Error *err)
{
    for (size_t i = 0; i < list.len; i++) {
        if (copy_exec(&c->engine, list.at[i])) continue;
        return error_set(err, ERROR_INTERNAL, "The data of the load cannot be prepared: %s.",
                         sqlite3_errmsg(c->engine.db));
    }
    return true;
}

// --- The start, kept and put back ---

static unsigned char *live_bytes(Copy *c, size_t *len)
{
    sqlite3_int64 size = 0;
    unsigned char *p = sqlite3_serialize(c->engine.db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
    *len = p ? (size_t)size : 0;
    return p;
}

static bool keep_start(Copy *c, const Engine *of, Error *err)
{
    size_t len;
    const unsigned char *p = live_bytes(c, &len);
    if (!p) return error_set(err, ERROR_INTERNAL, "The copy of the data cannot be kept.");
    if (len > c->room) {
        free(c->start);
        c->start = malloc(len);
        if (!c->start) die_out_of_memory();
        c->room = len;
    }
    memcpy(c->start, p, len);
    c->len = len;
    c->loaded = of->loads;
    return true;
}

// To SQLite another process has written the file. It never grows shorter, so there is room.
static bool put_back(Copy *c)
{
    size_t len;
    unsigned char *p = live_bytes(c, &len);
    if (!p || len < c->len || !sqlite3_get_autocommit(c->engine.db)) return false;
    memcpy(p, c->start, c->len);
    image_touch(p, ++c->restarts * COMMITS_MOST);
    return true;
}

// --- The same tables with other rows ---

static bool bind_row(sqlite3_stmt *to, sqlite3_stmt *from)
{
    for (int i = 0; i < sqlite3_column_count(from); i++) {
        if (sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i)) != SQLITE_OK) return false;
    }
    return true;
}

static Str insert_of(Arena *a, Str table, int width)
{
    Buf b = buf_new(a);
    buf_fmt(&b, "INSERT INTO main." STR_FMT " VALUES (", STR_ARG(table));
    for (int i = 0; i < width; i++) buf_fmt(&b, "%s?", i ? ", " : "");
    buf_char(&b, ')');
    return buf_str(&b);
}

static bool refill_table(Copy *c, Engine *of, Arena *a, Str table)
{
    Str all = str_fmt(a, "SELECT * FROM main." STR_FMT, STR_ARG(table));
    Str none = str_fmt(a, "DELETE FROM main." STR_FMT, STR_ARG(table));
    sqlite3_stmt *from = kept_or_made(of, all);
    if (!from || !copy_exec(&c->engine, none)) return false;
    sqlite3_stmt *to = kept_or_made(&c->engine, insert_of(a, table, sqlite3_column_count(from)));
    bool ok = to != NULL;
    of->trusted = c->engine.trusted = true;
    while (ok && sqlite3_step(from) == SQLITE_ROW) {
        ok = bind_row(to, from) && sqlite3_step(to) == SQLITE_DONE;
        sqlite3_reset(to);
    }
    of->trusted = c->engine.trusted = false;
    if (to) sqlite3_clear_bindings(to);
    return sqlite3_reset(from) == SQLITE_OK && ok;
}

static bool refill(Copy *c, Engine *of, Arena *a, StrList fill)
{
    bool ok = copy_exec(&c->engine, S("BEGIN"));
    for (size_t i = 0; ok && i < c->tables.len; i++) ok = refill_table(c, of, a, c->tables.at[i]);
    for (size_t i = 0; ok && i < fill.len; i++) ok = copy_exec(&c->engine, fill.at[i]);
    return copy_exec(&c->engine, ok ? S("COMMIT") : S("ROLLBACK")) && ok;
}

// --- From scratch ---

static bool read_tables(Copy *c, Engine *of, Error *err)
{
    arena_free(&c->arena);
    VEC(Str) names = {0};
    sqlite3_stmt *st =
        kept_or_made(of, S("SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM sqlite_schema "
                           "WHERE type = 'table'"));
    of->trusted = true;
    while (st && sqlite3_step(st) == SQLITE_ROW)
        *vec_push(&c->arena, &names) =
            str_copy(&c->arena, str_from((const char *)sqlite3_column_text(st, 0)));
    of->trusted = false;
    c->tables = (StrList){names.at, names.len};
    if (st && sqlite3_reset(st) == SQLITE_OK) return true;
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.", sqlite3_errmsg(of->db));
}

static bool attach(Copy *c, const Image *image, Error *err)
{
    Engine *e = &c->engine;
    sqlite3_int64 n = (sqlite3_int64)image->len;
    unsigned char *bytes = sqlite3_malloc64(image->len + 1);
    if (!bytes) return error_set(err, ERROR_INTERNAL, "There is no memory for a copy of the data.");
    memcpy(bytes, image->bytes, image->len);
    kept_clear(&e->kept);
    e->trusted = true;
    int flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    int rc = sqlite3_deserialize(e->db, "main", bytes, n, n, (unsigned)flags);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(e->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    e->trusted = false;
    if (rc == SQLITE_OK) return true;
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.", sqlite3_errmsg(e->db));
}

// --- Which copy ---

static uint64_t setup_hash(StrList setup)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < setup.len; i++) hash = hash * 31 + str_hash(setup.at[i]);
    return hash;
}

// Its place: that of a copy with the same tables, else of the one unused longest.
static size_t place_of(const Engine *of, uint64_t setup, uint64_t scratch)
{
    size_t oldest = 0;
    for (size_t i = 0; i < COPIES_MOST; i++) {
        const Copy *c = of->copies[i], *old = of->copies[oldest];
        if (c && c->setup == setup && c->scratch_hash == scratch) return i;
        if (old && (!c || c->used < old->used)) oldest = i;
    }
    return oldest;
}

// The connection of a script with the same tables, unless it holds on to another schema.
static bool open_copy(Engine *of, const QueryScript *s, Error *err)
{
    uint64_t setup = setup_hash(s->setup), scratch = scratch_hash(s);
    size_t at = place_of(of, setup, scratch);
    Copy *c = of->copies[at];
    bool fits = c && c->setup == setup && c->scratch_hash == scratch && !c->engine.stale;
    if (!fits) {
        engine_drop_copy(of, at);
        c = of->copies[at] = calloc(1, sizeof *c);
        if (!c) die_out_of_memory();
        c->setup = setup;
        c->scratch_hash = scratch;
    }
    c->used = ++of->copies_used;
    of->copy = c;
    if (fits || engine_open(&c->engine, err)) return true;
    engine_drop_copy(of, at);
    return false;
}

static bool make(Engine *of, Arena *a, const QueryScript *s, Error *err)
{
    Copy *c = of->copy;
    c->engine.writes = true;
    c->engine.heap = of->heap;
    guard_heap(&c->engine, of->image.len);
    c->len = 0;
    if (c->scratch.len) scratch_drop(c, a);
    memcpy(c->page, of->image.bytes, IMAGE_PAGE);
    return attach(c, &of->image, err) && read_tables(c, of, err) && exec_all(c, s->setup, err) &&
           exec_all(c, s->fill, err) && keep_start(c, of, err);
}

bool copy_begin(Engine *of, Arena *a, const QueryScript *s, Error *err)
{
    if (!open_copy(of, s, err)) return false;
    Copy *c = of->copy;
    if (c->len && c->loaded == of->loads && put_back(c)) return true;
    bool alike = c->len && of->image.room && image_same_schema(c->page, of->image.bytes);
    if (alike && put_back(c) && refill(c, of, a, s->fill) && keep_start(c, of, err)) return true;
    return make(of, a, s, err);
}

void copy_discard(Engine *of)
{
    for (size_t i = 0; i < COPIES_MOST; i++) {
        if (of->copies[i] && of->copies[i] == of->copy) engine_drop_copy(of, i);
    }
}
