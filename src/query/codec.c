// codec: requests and replies as bytes. A reply comes from a process that ran hostile text.
#include "query/private.h"
#include <stdio.h>
#include <string.h>

// --- Requests ---

void ask_load(Buf *b, const QueryImage *image)
{
    wire_u8(b, ASK_LOAD);
    wire_i64(b, image->now_ms);
    wire_u8(b, image->fd >= 0);
    if (image->fd >= 0) {
        wire_u64(b, image->size);
    } else {
        wire_u32(b, (uint32_t)image->bytes.len); // the bytes themselves follow as a second part
    }
}

static void wire_limits(Buf *b, const QueryLimits *limits)
{
    wire_i64(b, limits->steps);
    wire_u64(b, limits->rows);
    wire_u64(b, limits->bytes);
    wire_u64(b, limits->draw);
}

void ask_run(Buf *b, Str sql, const QueryLimits *limits)
{
    wire_u8(b, ASK_RUN);
    wire_limits(b, limits);
    wire_str(b, sql);
}

static QueryLimits read_limits(Wire *w)
{
    QueryLimits l = {.steps = wire_get_i64(w)};
    l.rows = wire_get_u64(w);
    l.bytes = wire_get_u64(w);
    l.draw = wire_get_u64(w);
    return l;
}

static void wire_list(Buf *b, StrList list)
{
    wire_u32(b, (uint32_t)list.len);
    for (size_t i = 0; i < list.len; i++) wire_str(b, list.at[i]);
}

static StrList read_list(Arena *a, Wire *w)
{
    StrList list = {.len = wire_count(w, 4)};
    list.at = arena_array(a, Str, list.len);
    for (size_t i = 0; i < list.len; i++) list.at[i] = wire_get_str(w);
    return list;
}

void ask_script(Buf *b, const QueryScript *s, const QueryLimits *limits)
{
    wire_u8(b, ASK_SCRIPT);
    wire_limits(b, limits);
    wire_list(b, s->setup);
    wire_list(b, s->fill);
    wire_u32(b, (uint32_t)s->len);
    for (size_t i = 0; i < s->len; i++) {
        wire_str(b, s->at[i].sql);
        wire_u32(b, s->at[i].statement);
        wire_str(b, s->at[i].scratch);
        wire_u32(b, (uint32_t)s->at[i].rows.len);
    }
    wire_u32(b, (uint32_t)s->round_count);
    for (size_t i = 0; i < s->round_count; i++) {
        wire_list(b, s->rounds[i].before);
        wire_u32(b, s->rounds[i].until);
        wire_u8(b, s->rounds[i].shown);
    }
    wire_u32(b, (uint32_t)s->way_count);
    for (size_t i = 0; i < s->way_count; i++) wire_u32(b, (uint32_t)s->ways[i]);
    wire_list(b, s->tables);
}

static QueryScript read_script(Arena *a, Wire *w)
{
    QueryScript s = {.setup = read_list(a, w)};
    s.fill = read_list(a, w);
    s.len = wire_count(w, 16);
    QueryStatement *at = arena_array(a, QueryStatement, s.len);
    for (size_t i = 0; i < s.len; i++) {
        at[i].sql = wire_get_str(w);
        at[i].statement = wire_get_u32(w);
        at[i].scratch = wire_get_str(w);
        size_t rows = wire_get_u32(w), all = at[i].sql.len;
        at[i].rows = str_slice(at[i].sql, rows < all ? all - rows : 0, all); // it ends with them
        if (!rows) at[i].rows = (Str){0};
    }
    s.round_count = wire_count(w, 9);
    QueryRound *rounds = arena_array(a, QueryRound, s.round_count);
    for (size_t i = 0; i < s.round_count; i++) {
        rounds[i].before = read_list(a, w);
        rounds[i].until = wire_get_u32(w);
        rounds[i].shown = wire_get_u8(w);
    }
    s.way_count = wire_count(w, 4);
    size_t *ways = arena_array(a, size_t, s.way_count);
    for (size_t i = 0; i < s.way_count; i++) ways[i] = wire_get_u32(w);
    s.ways = ways;
    s.tables = read_list(a, w);
    s.at = at;
    s.rounds = rounds;
    return s;
}

bool ask_read(Arena *a, Str bytes, AskMessage *out)
{
    Wire w = wire_open(bytes);
    *out = (AskMessage){.kind = (Ask)wire_get_enum(&w, ASK_COUNT_)};
    switch (out->kind) {
    case ASK_LOAD:
        out->image = (QueryImage){.fd = -1, .now_ms = wire_get_i64(&w)};
        if (wire_get_u8(&w)) {
            out->image.fd = 0; // the receiver puts the real one in its place
            out->image.size = wire_get_u64(&w);
        } else {
            out->image.bytes = wire_get_str(&w);
        }
        break;
    case ASK_RUN:
        out->limits = read_limits(&w);
        out->sql = wire_get_str(&w);
        break;
    case ASK_SCRIPT:
        out->limits = read_limits(&w);
        out->script = read_script(a, &w);
        break;
    }
    return wire_done(&w);
}

// --- Replies ---

typedef enum {
    REPLY_FAILURE,
    REPLY_LOADED,
    REPLY_RESULT,
    REPLY_SCRIPT,
    REPLY_LAST = REPLY_SCRIPT
} Reply;
enum { REPLY_COUNT_ = REPLY_LAST + 1, REPLY_SLACK = 64 * 1024 };

static void wire_error(Buf *b, const Error *e)
{
    wire_u8(b, (uint8_t)e->kind);
    wire_u32(b, (uint32_t)e->line);
    wire_u32(b, (uint32_t)e->column);
    wire_str(b, str_from(e->text));
}

void reply_failure(Buf *b, const Error *err)
{
    wire_u8(b, REPLY_FAILURE);
    wire_error(b, err);
}

void reply_loaded(Buf *b)
{
    wire_u8(b, REPLY_LOADED);
}

static void wire_names(Buf *b, const StrList *names, size_t n)
{
    for (size_t i = 0; i < n; i++) wire_str(b, names->at[i]);
}

static void wire_result(Buf *b, const QueryResult *r)
{
    wire_error(b, &r->error);
    wire_u64(b, r->error_at == SIZE_MAX ? UINT64_MAX : r->error_at);
    wire_u64(b, r->source_at == SIZE_MAX ? UINT64_MAX : r->source_at);
    wire_i64(b, r->steps);
    wire_f64(b, r->elapsed_ms);
    wire_f64(b, r->cpu_ms);
    if (r->error.kind != ERROR_NONE) return;
    table_wire(b, &r->table);
    wire_names(b, &r->origin_table, r->table.width);
    wire_names(b, &r->origin_column, r->table.width);
}

void reply_result(Buf *b, const QueryResult *r)
{
    wire_u8(b, REPLY_RESULT);
    wire_result(b, r);
}

void reply_script(Buf *b, const QueryScriptResult *r)
{
    wire_u8(b, REPLY_SCRIPT);
    wire_result(b, &r->last);
    wire_u32(b, (uint32_t)r->round);
    wire_u32(b, (uint32_t)r->at);
    wire_u32(b, (uint32_t)r->final_count);
    for (size_t i = 0; i < r->final_count; i++) {
        wire_u8(b, r->finals[i].found);
        if (r->finals[i].found) table_wire(b, &r->finals[i].rows);
    }
}

static int small_int(Wire *w)
{
    uint32_t v = wire_get_u32(w);
    if (v > INT32_MAX) w->bad = true;
    return w->bad ? 0 : (int)v;
}

// The text passes error_set once more, which cleans it.
static void read_error(Wire *w, Error *e)
{
    ErrorKind kind = (ErrorKind)wire_get_enum(w, ERROR_COUNT_);
    int line = small_int(w), column = small_int(w);
    Str text = wire_get_str(w);
    *e = (Error){0};
    if (w->bad || kind == ERROR_NONE) return;
    error_set(e, kind, STR_FMT, STR_ARG(str_slice(text, 0, sizeof e->text)));
    e->line = line;
    e->column = column;
}

// A table of one-byte NULLs would grow 30 times while it is read, so its size is looked at first.
static bool is_within(Wire w, const QueryLimits *limits)
{
    size_t width = wire_count(&w, 5);
    for (size_t i = 0; i < width; i++) {
        (void)wire_get_str(&w);
        (void)wire_get_u8(&w);
    }
    (void)wire_get_u8(&w);
    size_t rows = wire_get_u32(&w);
    return !w.bad && rows <= limits->rows &&
           (width == 0 || rows <= limits->bytes / CELL_COST / width);
}

static StrList read_names(Arena *a, Wire *w, size_t n)
{
    StrList names = {arena_array(a, Str, n), n};
    for (size_t i = 0; i < n; i++) names.at[i] = str_copy(a, wire_get_str(w));
    return names;
}

static void read_result(Arena *a, Wire *w, const QueryLimits *limits, QueryResult *r)
{
    read_error(w, &r->error);
    uint64_t at = wire_get_u64(w);
    r->error_at = at > UINT32_MAX ? SIZE_MAX : (size_t)at;
    at = wire_get_u64(w);
    r->source_at = at > UINT32_MAX ? SIZE_MAX : (size_t)at;
    r->steps = wire_get_i64(w);
    r->elapsed_ms = wire_get_f64(w);
    r->cpu_ms = wire_get_f64(w);
    if (w->bad || r->error.kind != ERROR_NONE) return;
    if (!is_within(*w, limits)) {
        w->bad = true;
        return;
    }
    r->table = table_read(a, w);
    r->origin_table = read_names(a, w, r->table.width);
    r->origin_column = read_names(a, w, r->table.width);
}

static uint64_t digest_of(const Table *t)
{
    Arena scratch = {0};
    Buf b = buf_new(&scratch);
    table_wire(&b, t);
    uint64_t digest = str_hash(buf_str(&b));
    arena_free(&scratch);
    return digest;
}

static void read_script_result(Arena *a, Wire *w, const QueryLimits *limits, QueryScriptResult *r)
{
    read_result(a, w, limits, &r->last);
    r->round = wire_get_u32(w);
    r->at = wire_get_u32(w);
    r->final_count = wire_count(w, 1);
    r->finals = arena_array(a, QueryFinal, r->final_count);
    for (size_t i = 0; i < r->final_count && !w->bad; i++) {
        QueryFinal *f = &r->finals[i];
        f->found = wire_get_u8(w);
        if (!f->found) continue;
        if (!is_within(*w, limits)) {
            w->bad = true;
            return;
        }
        f->rows = table_read(a, w);
        f->digest = digest_of(&f->rows);
    }
}

bool reply_read(Arena *a, Str bytes, const QueryLimits *limits, ReplyMessage *out)
{
    Wire w = wire_open(bytes);
    *out = (ReplyMessage){0};
    switch ((Reply)wire_get_enum(&w, REPLY_COUNT_)) {
    case REPLY_FAILURE:
        out->failed = true;
        read_error(&w, &out->error);
        if (out->error.kind == ERROR_NONE) return false;
        break;
    case REPLY_LOADED:
        break;
    case REPLY_RESULT:
        out->has_result = true;
        read_result(a, &w, limits, &out->result);
        break;
    case REPLY_SCRIPT:
        out->has_script = true;
        read_script_result(a, &w, limits, &out->script);
        break;
    }
    return wire_done(&w);
}

size_t reply_limit(const QueryLimits *limits)
{
    return limits->bytes + limits->bytes / 2 + REPLY_SLACK;
}
