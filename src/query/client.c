// client: the parent's side: what is asked of a worker, and the wall clock over it.
//
// Whatever a worker does (hang, crash, talk nonsense) costs that worker and nothing else: the next
// one takes its place and gets the image again.
#define _GNU_SOURCE
#include "base/check.h"
#include "query/pool.h"
#include "sql/sql.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { END_MS = 500 };

// A window query over 25,000 rows takes 0.3 million steps, a self-join of it 6; 30 million take
// about a second, so that the count decides before the wall clock does, also on a slower machine.
const QueryLimits QUERY_SHOW = {
    .steps = 30 * 1000 * 1000, .rows = 1000, .bytes = 4 * MIB, .wall_ms = 2000};
const QueryLimits QUERY_GRADE = {
    .steps = 30 * 1000 * 1000, .rows = 1000 * 1000, .bytes = 64 * MIB, .wall_ms = 4000};

bool query_open(const World *w, QueryWorker **out, Error *err)
{
    QueryWorker *q = calloc(1, sizeof *q);
    if (!q) die_out_of_memory();
    q->world = *w;
    q->world.self = str_copy(&q->arena, w->self);
    q->mark = arena_mark(&q->arena);
    q->image.fd = -1;
    if (!pool_start(q, err)) {
        query_close(q);
        return false;
    }
    *out = q;
    return true;
}

void query_close(QueryWorker *q)
{
    if (!q) return;
    proc_close(q->now);
    proc_close(q->spare);
    pool_forget_image(q);
    arena_free(&q->arena);
    free(q->bytes);
    free(q);
}

// --- Loading ---

static bool is_same_file(const struct stat *x, const struct stat *y)
{
    return x->st_dev == y->st_dev && x->st_ino == y->st_ino && x->st_size == y->st_size &&
           x->st_mtim.tv_sec == y->st_mtim.tv_sec && x->st_mtim.tv_nsec == y->st_mtim.tv_nsec;
}

static bool is_loaded(const QueryWorker *q, const QueryImage *image, const struct stat *file)
{
    if (!q->has_image || q->image.now_ms != image->now_ms) return false;
    if ((q->image.fd >= 0) != (image->fd >= 0)) return false;
    if (image->fd >= 0) return q->image.size == image->size && is_same_file(&q->file, file);
    return str_eq(q->image.bytes, image->bytes);
}

static Str keep_bytes(QueryWorker *q, Str bytes)
{
    if (bytes.len > q->bytes_cap) {
        free(q->bytes);
        q->bytes_cap = bytes.len;
        q->bytes = malloc(q->bytes_cap);
        if (!q->bytes) die_out_of_memory();
    }
    if (bytes.len) memcpy(q->bytes, bytes.ptr, bytes.len);
    return (Str){q->bytes, bytes.len};
}

bool client_note_image(QueryWorker *q, const QueryImage *image, Error *err)
{
    struct stat file = {0};
    if (image->fd >= 0 && fstat(image->fd, &file) != 0) {
        return error_set(err, ERROR_INTERNAL, "The data image cannot be read.");
    }
    if (!is_loaded(q, image, &file)) {
        int fd = image->fd >= 0 ? fcntl(image->fd, F_DUPFD_CLOEXEC, 0) : -1;
        if (image->fd >= 0 && fd < 0) {
            return error_set(err, ERROR_ENVIRONMENT, "No more files can be opened.");
        }
        pool_forget_image(q);
        q->image = *image;
        q->image.fd = fd;
        q->image.bytes = fd < 0 ? keep_bytes(q, image->bytes) : (Str){0};
        q->file = file;
        q->has_image = true;
    }
    return true;
}

bool query_load(QueryWorker *q, const QueryImage *image, Error *err)
{
    if (!client_note_image(q, image, err)) return false;
    if (pool_ready(q, err)) return true;
    pool_forget_image(q); // it is the image that is bad, or no worker can be had
    return false;
}

// --- Running ---

static void crashed(QueryWorker *q, QueryResult *out)
{
    Arena scratch = {0};
    proc_end(q->now, END_MS);
    ProcEnd end = proc_kill(q->now);
    Str text = proc_end_text(&scratch, end);
    if (proc_ran_out_of_memory(end)) {
        error_set(&out->error, ERROR_MEMORY, "Stopped: the query ran out of memory.");
    } else {
        error_set(&out->error, ERROR_ENGINE_CRASHED,
                  "The engine crashed on this query (" STR_FMT "); the next one runs in a new one.",
                  STR_ARG(text));
    }
    arena_free(&scratch);
}

static void timed_out(const QueryLimits *limits, QueryResult *out)
{
    error_set(&out->error, ERROR_TIME, "Stopped after %d.%d seconds.", limits->wall_ms / 1000,
              limits->wall_ms % 1000 / 100);
    out->elapsed_ms = limits->wall_ms;
}

// False when the worker is of no more use.
static bool receive_result(QueryWorker *q, Arena *a, const QueryLimits *limits, int wait_ms,
                           ReplyMessage *reply)
{
    ProcMessage m;
    QueryResult *out = &reply->result;
    switch (proc_receive(proc_link(q->now), reply_limit(limits), wait_ms, &m)) {
    case PROC_IO_DONE:
        if (reply_read(a, m.bytes, limits, reply) &&
            (reply->has_result || reply->has_script || reply->failed)) {
            return true;
        }
        *reply = (ReplyMessage){.has_result = true,
                                .result = {.error_at = SIZE_MAX, .source_at = SIZE_MAX}};
        error_set(&out->error, ERROR_ENGINE_CRASHED,
                  "The engine gave an answer that makes no sense.");
        return false;
    case PROC_IO_WAITING:
        timed_out(limits, out);
        return false;
    case PROC_IO_BROKEN:
        error_set(&out->error, ERROR_ENGINE_CRASHED, "The engine gave more than it may.");
        return false;
    case PROC_IO_CLOSED:
        crashed(q, out);
        return false;
    }
    return false;
}

bool client_is_too_long(Str sql, QueryResult *out)
{
    if (sql.len <= SQL_BYTES) return false;
    message_set(out, sql, SIZE_MAX, ERROR_TOO_LARGE,
                "The statement has %zu bytes; at most %d are taken.", sql.len, SQL_BYTES);
    return true;
}

static Str request(QueryWorker *q, const Asked *what, const QueryLimits *limits)
{
    Buf b = buf_new(&q->arena);
    if (what->script) {
        ask_script(&b, what->script, limits);
    } else {
        ask_run(&b, what->sql, limits);
    }
    return buf_str(&b);
}

static ProcIo client_send(QueryWorker *q, const Asked *what, const QueryLimits *limits)
{
    ProcIo io = proc_send(proc_link(q->now), request(q, what, limits), -1, limits->wall_ms);
    arena_rewind(&q->arena, q->mark);
    return io;
}

void client_hold(QueryWorker *q, const Asked *what, const QueryLimits *limits)
{
    proc_hold(proc_link(q->now), request(q, what, limits), (Str){0});
    arena_rewind(&q->arena, q->mark);
}

// A worker that died while it had nothing to do is replaced once without a word.
static bool ask(QueryWorker *q, const Asked *what, const QueryLimits *limits, Error *err)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!pool_ready(q, err)) return false;
        if (client_send(q, what, limits) == PROC_IO_DONE) return true;
        (void)pool_failed(q, "it was given a query", err);
    }
    return false;
}

bool client_take(QueryWorker *q, Arena *a, const QueryLimits *limits, ReplyMessage *reply,
                 Error *err)
{
    int64_t began = world_real_us();
    *reply =
        (ReplyMessage){.has_result = true, .result = {.error_at = SIZE_MAX, .source_at = SIZE_MAX}};
    bool alive = receive_result(q, a, limits, limits->wall_ms, reply);
    q->queries++;
    q->busy_ms += (double)(world_real_us() - began) / 1000;
    ErrorKind kind = reply->has_script ? reply->script.last.error.kind : reply->result.error.kind;
    if (!alive || kind == ERROR_MEMORY) {
        Error later;
        pool_drop(q);
        (void)!pool_ready(q, &later); // what fails now is told by the next query
    }
    if (!reply->failed) return true;
    *err = reply->error;
    pool_forget_image(q); // the image is bad
    return false;
}

// Asks and waits.
static bool converse(QueryWorker *q, Arena *a, const Asked *what, const QueryLimits *limits,
                     ReplyMessage *reply, Error *err)
{
    return ask(q, what, limits, err) && client_take(q, a, limits, reply, err);
}

bool query_run(QueryWorker *q, Arena *a, Str sql, const QueryLimits *limits, QueryResult *out,
               Error *err)
{
    *out = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
    if (client_is_too_long(sql, out)) return true;
    ReplyMessage reply;
    if (!converse(q, a, &(Asked){.sql = sql}, limits, &reply, err)) return false;
    *out = reply.result;
    return true;
}

size_t query_script_ways(const QueryScript *s)
{
    return s->way_count ? s->way_count : 1;
}

// False when a statement is too long, which is the answer then.
static bool scripts_fit(const QueryScript *script, QueryScriptResult *out)
{
    for (size_t i = 0; i < script->len; i++) {
        out->at = i;
        if (client_is_too_long(script->at[i].sql, &out->last)) return false;
    }
    out->at = 0;
    return true;
}

bool query_script(QueryWorker *q, Arena *a, const QueryScript *script, const QueryLimits *limits,
                  QueryScriptResult *out, Error *err)
{
    QueryScriptResult none = {.last.error_at = SIZE_MAX, .last.source_at = SIZE_MAX};
    bool alive = scripts_fit(script, &none);
    if (alive && !ask(q, &(Asked){.script = script}, limits, err)) return false;
    for (size_t i = 0; i < query_script_ways(script); i++) {
        ReplyMessage reply;
        size_t worker = q->started;
        out[i] = none;
        if (!alive) continue; // it is as the one before
        if (!client_take(q, a, limits, &reply, err)) {
            pool_drop(q); // the answers for the other ways are nobody's
            return false;
        }
        out[i] = reply.has_script ? reply.script : (QueryScriptResult){.last = reply.result};
        alive = q->started == worker;
        none = (QueryScriptResult){.last = out[i].last};
    }
    return true;
}
