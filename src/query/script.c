// script: statements that write, on a copy of the image that is thrown away: a load, run as often
// and as far as the exam wants it, and the tables that it leaves.
#include "base/check.h"
#include "query/private.h"
#include <stdlib.h>
#include <string.h>

typedef struct {
    Engine *copy;
    Arena *arena;
    const QueryScript *script;
    const QueryLimits *limits;
    QueryScriptResult *out;
} Load;

static bool failed(const Load *l)
{
    return l->out->last.error.kind != ERROR_NONE;
}

// --- Our own statements ---

static bool ours(Load *l, const char *sql)
{
    l->copy->trusted = true;
    int rc = sqlite3_exec(l->copy->db, sql, NULL, NULL, NULL);
    l->copy->trusted = false;
    return rc == SQLITE_OK;
}

static bool prepare_data(Load *l, Str sql, Error *err)
{
    if (!sql.len || ours(l, str_c(l->arena, sql))) return true;
    return error_set(err, ERROR_INTERNAL, "The data of the load cannot be prepared: %s.",
                     sqlite3_errmsg(l->copy->db));
}

static void roll_back(Load *l)
{
    if (!sqlite3_get_autocommit(l->copy->db)) ours(l, "ROLLBACK");
}

static bool next_temp(Load *l, Str *drop)
{
    sqlite3_stmt *st = NULL;
    const char *sql = "SELECT 'DROP ' || type || ' temp.\"' || replace(name, '\"', '\"\"') || '\"' "
                      "FROM sqlite_temp_master WHERE type IN ('table', 'view') LIMIT 1";
    l->copy->trusted = true;
    bool found = sqlite3_prepare_v2(l->copy->db, sql, -1, &st, NULL) == SQLITE_OK &&
                 sqlite3_step(st) == SQLITE_ROW;
    if (found) *drop = str_copy(l->arena, str_from((const char *)sqlite3_column_text(st, 0)));
    sqlite3_finalize(st);
    l->copy->trusted = false;
    return found;
}

// A session ends: its open transaction is undone, its temporary tables go.
static void end_session(Load *l)
{
    Str drop;
    roll_back(l);
    while (next_temp(l, &drop) && ours(l, str_c(l->arena, drop))) {
    }
}

// --- Statements of the candidate ---

static size_t group_end(const QueryScript *s, size_t from)
{
    size_t i = from + 1;
    while (i < s->len && s->at[i].statement == s->at[from].statement) i++;
    return i;
}

// False when the copy turns out to be damaged.
static bool run_one(Load *l, size_t at, Error *err)
{
    QueryResult r;
    int rc = run_statement(l->copy, l->arena, l->script->at[at].sql, l->limits, &r);
    if (run_is_damage(rc)) {
        return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.",
                         sqlite3_errmsg(l->copy->db));
    }
    bool wrong = r.error.kind != ERROR_NONE;
    if (wrong || r.table.width) l->out->last = r;
    if (wrong) l->out->at = at;
    return true;
}

// The statements that stand for one of the source: all or nothing.
static bool run_group(Load *l, size_t from, size_t to, Error *err)
{
    bool several = to - from > 1;
    if (several) ours(l, "SAVEPOINT gr_one");
    for (size_t i = from; i < to && !failed(l); i++) {
        if (!run_one(l, i, err)) return false;
    }
    if (several && failed(l) && !sqlite3_get_autocommit(l->copy->db)) ours(l, "ROLLBACK TO gr_one");
    if (several && !sqlite3_get_autocommit(l->copy->db)) ours(l, "RELEASE gr_one");
    return true;
}

static bool run_round(Load *l, const QueryRound *round, Error *err)
{
    const QueryScript *s = l->script;
    if (!prepare_data(l, round->before, err)) return false;
    for (size_t i = 0; i < s->len && !failed(l); i = group_end(s, i)) {
        if (s->at[i].statement >= round->until) break;
        if (!run_group(l, i, group_end(s, i), err)) return false;
    }
    end_session(l);
    return true;
}

// --- What it leaves ---

static Str quoted(Arena *a, Str name)
{
    Buf b = buf_new(a);
    buf_char(&b, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '"') buf_char(&b, '"');
        buf_char(&b, name.ptr[i]);
    }
    buf_char(&b, '"');
    return buf_str(&b);
}

static int width_of(Load *l, Str sql)
{
    sqlite3_stmt *st = NULL;
    bool ok = sqlite3_prepare_v2(l->copy->db, sql.ptr, (int)sql.len, &st, NULL) == SQLITE_OK;
    int n = ok ? sqlite3_column_count(st) : 0;
    sqlite3_finalize(st);
    return n;
}

// What a view says may fail: that is the script's fault.
static void read_final(Load *l, Str name, QueryLimits *left, QueryFinal *out)
{
    Arena *a = l->arena;
    Str select = str_fmt(a, "SELECT * FROM " STR_FMT, STR_ARG(quoted(a, name)));
    int width = width_of(l, select);
    if (!width) return; // there is no such table any more
    Buf b = buf_new(a);
    buf_add(&b, select);
    for (int i = 1; i <= width; i++) buf_fmt(&b, i == 1 ? " ORDER BY %d" : ", %d", i);
    QueryResult r;
    run_statement(l->copy, a, buf_str(&b), left, &r);
    if (r.error.kind != ERROR_NONE) {
        l->out->last = r;
        l->out->at = l->script->len;
        return;
    }
    *out = (QueryFinal){.found = true, .rows = r.table};
    size_t bytes = r.table.rows * r.table.width * CELL_COST;
    for (size_t i = 0; i < r.table.rows * r.table.width; i++) bytes += r.table.cells[i].text.len;
    left->bytes -= bytes < left->bytes ? bytes : left->bytes;
}

static void read_finals(Load *l)
{
    const StrList *tables = &l->script->tables;
    QueryLimits left = *l->limits;
    l->out->finals = arena_array(l->arena, QueryFinal, tables->len);
    for (size_t i = 0; i < tables->len && !failed(l); i++)
        read_final(l, tables->at[i], &left, &l->out->finals[i]);
    l->out->final_count = failed(l) ? 0 : tables->len;
}

// --- The whole ---

// The connection of the last script, unless it ended badly.
static bool ready_copy(Engine *of, Error *err)
{
    if (of->copy && of->copy->stale) engine_drop_copy(of);
    if (of->copy) return true;
    of->copy = calloc(1, sizeof *of->copy);
    if (!of->copy) die_out_of_memory();
    if (engine_open(of->copy, err)) return true;
    engine_drop_copy(of);
    return false;
}

static bool open_copy(Engine *of, Load *l, Error *err)
{
    if (!ready_copy(of, err)) return false;
    l->copy = of->copy;
    l->copy->writes = true;
    l->copy->heap = of->heap;
    guard_heap(l->copy, of->image.len);
    sqlite3_int64 n = (sqlite3_int64)of->image.len;
    unsigned char *bytes = sqlite3_malloc64(of->image.len + 1);
    if (!bytes) return error_set(err, ERROR_INTERNAL, "There is no memory for a copy of the data.");
    memcpy(bytes, of->image.bytes, of->image.len);
    int flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    l->copy->trusted = true;
    int rc = sqlite3_deserialize(l->copy->db, "main", bytes, n, n, (unsigned)flags);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(l->copy->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    l->copy->trusted = false;
    if (rc == SQLITE_OK) return true;
    return error_set(err, ERROR_INTERNAL, "The data image is damaged: %s.",
                     sqlite3_errmsg(l->copy->db));
}

static bool run_all(Load *l, Error *err)
{
    if (!prepare_data(l, l->script->setup, err)) return false;
    for (size_t i = 0; i < l->script->round_count && !failed(l); i++) {
        l->out->round = i;
        if (!run_round(l, &l->script->rounds[i], err)) return false;
    }
    if (!failed(l)) read_finals(l);
    return true;
}

bool engine_script(Engine *e, Arena *a, const QueryScript *script, const QueryLimits *limits,
                   QueryScriptResult *out, Error *err)
{
    *out = (QueryScriptResult){.last.error_at = SIZE_MAX, .last.source_at = SIZE_MAX};
    Load l = {.arena = a, .script = script, .limits = limits, .out = out};
    int64_t began = world_real_us();
    sqlite3_randomness(0, NULL);
    bool ok = open_copy(e, &l, err);
    if (ok) {
        l.copy->steps = 0;
        l.copy->most = limits->steps;
        ok = run_all(&l, err);
        out->last.steps = l.copy->steps;
    }
    out->last.elapsed_ms = (double)(world_real_us() - began) / 1000;
    if (!ok || out->last.error.kind != ERROR_NONE) engine_drop_copy(e);
    guard_heap(e, e->image.len);
    return ok;
}
