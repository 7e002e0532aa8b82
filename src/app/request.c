// request: the two codecs between app and its helper.
#include "app/request.h"
#include <stdio.h>

Str app_write_request(Arena *a, const Request *r)
{
    Buf b = buf_new(a);
    wire_u8(&b, (uint8_t)r->ask);
    wire_u8(&b, (uint8_t)r->dialect);
    wire_u64(&b, r->seed);
    wire_u32(&b, (uint32_t)r->world);
    wire_u64(&b, r->turn.seed);
    wire_u64(&b, r->turn.turn);
    wire_u32(&b, r->seen);
    wire_str(&b, r->cache_dir);
    wire_str(&b, r->drill);
    wire_str(&b, r->answer);
    pack_files_wire(&b, &r->files);
    return buf_str(&b);
}

bool app_read_request(Arena *a, Str bytes, Request *out)
{
    Wire w = wire_open(bytes);
    out->ask = (Ask)wire_get_enum(&w, ASK_COUNT_);
    out->dialect = (Dialect)wire_get_enum(&w, DIALECT_COUNT_);
    out->seed = wire_get_u64(&w);
    out->world = wire_get_u32(&w);
    out->turn.seed = wire_get_u64(&w);
    out->turn.turn = wire_get_u64(&w);
    out->seen = wire_get_u32(&w);
    out->cache_dir = wire_get_str(&w);
    out->drill = wire_get_str(&w);
    out->answer = wire_get_str(&w);
    out->files = pack_files_read(a, &w);
    return wire_done(&w);
}

static void error_wire(Buf *b, const Error *e)
{
    wire_u8(b, (uint8_t)e->kind);
    wire_u32(b, (uint32_t)e->line);
    wire_u32(b, (uint32_t)e->column);
    wire_str(b, str_from(e->text));
}

static Error error_read(Wire *w)
{
    Error e = {.kind = (ErrorKind)wire_get_enum(w, ERROR_COUNT_)};
    e.line = (int)(wire_get_u32(w) & 0x7fffffff);
    e.column = (int)(wire_get_u32(w) & 0x7fffffff);
    Str text = wire_get_str(w);
    if (text.len >= sizeof e.text) text.len = sizeof e.text - 1;
    snprintf(e.text, sizeof e.text, STR_FMT, STR_ARG(text));
    return e;
}

static void result_wire(Buf *b, const QueryResult *r)
{
    error_wire(b, &r->error);
    wire_u64(b, r->error_at);
    wire_i64(b, r->steps);
    wire_f64(b, r->elapsed_ms);
    table_wire(b, &r->table);
}

// Origins of columns are left behind: the helper has already turned them into logical types.
static QueryResult result_read(Arena *a, Wire *w)
{
    QueryResult r = {.error = error_read(w)};
    r.error_at = wire_get_u64(w);
    r.steps = wire_get_i64(w);
    r.elapsed_ms = wire_get_f64(w);
    r.table = table_read(a, w);
    return r;
}

enum { STEP_BYTES = 16 }; // the least that a step takes

static void steps_wire(Buf *b, const GradeSteps *s)
{
    error_wire(b, &s->error);
    wire_u32(b, (uint32_t)s->len);
    for (size_t i = 0; i < s->len; i++) {
        const GradeStep *step = &s->at[i];
        wire_str(b, step->name);
        wire_u32(b, (uint32_t)step->line);
        wire_u8(b, step->whole);
        wire_i64(b, step->rows);
        result_wire(b, &step->result);
    }
}

static GradeSteps steps_read(Arena *a, Wire *w)
{
    GradeSteps s = {.error = error_read(w)};
    size_t n = wire_count(w, STEP_BYTES);
    s.at = arena_array(a, GradeStep, n);
    for (; s.len < n && !w->bad; s.len++) {
        GradeStep *step = &s.at[s.len];
        step->name = str_copy(a, wire_get_str(w));
        step->line = (int)(wire_get_u32(w) & 0x7fffffff);
        step->whole = wire_get_u8(w);
        step->rows = wire_get_i64(w);
        step->result = result_read(a, w);
    }
    return s;
}

void app_write_reply(Buf *b, const Reply *r)
{
    wire_u8(b, (uint8_t)r->ask);
    switch (r->ask) {
    case ASK_PREPARE:
        wire_i64(b, r->rows);
        break;
    case ASK_RUN:
        result_wire(b, &r->result);
        break;
    case ASK_STEPS:
        steps_wire(b, &r->steps);
        break;
    case ASK_GRADE:
        verdict_wire(b, &r->verdict);
        break;
    case ASK_ANOTHER:
        another_wire(b, &r->another);
        break;
    case ASK_BREAK:
        break_wire(b, &r->shown, r->judged ? &r->end : NULL);
        break;
    }
}

bool app_read_reply(Arena *a, Str bytes, Reply *out)
{
    Wire w = wire_open(bytes);
    *out = (Reply){.ask = (Ask)wire_get_enum(&w, ASK_COUNT_)};
    switch (out->ask) {
    case ASK_PREPARE:
        out->rows = wire_get_i64(&w);
        break;
    case ASK_RUN:
        out->result = result_read(a, &w);
        break;
    case ASK_STEPS:
        out->steps = steps_read(a, &w);
        break;
    case ASK_GRADE:
        return verdict_read(a, &w, &out->verdict) && wire_done(&w);
    case ASK_ANOTHER:
        return another_read(a, &w, &out->another) && wire_done(&w);
    case ASK_BREAK:
        return break_read(a, &w, &out->shown, &out->end, &out->judged) && wire_done(&w);
    }
    return wire_done(&w);
}
