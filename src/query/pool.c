// pool: starting, warming, replacing workers, and handing them the image.
#include "query/pool.h"
#include <unistd.h>

enum { WARM_MS = 20000, LOAD_MS = 20000, END_MS = 500, PLAIN_BYTES = 4096 };

// A worker is thrown away after so many queries or so much work, whatever they were: what hostile
// text may have left in it does not live for ever. An exam runs some thousand tiny queries an
// answer.
enum { RECYCLE_QUERIES = 200 * 1000, RECYCLE_MS = 60000 };

void pool_drop(QueryWorker *q)
{
    proc_close(q->now);
    q->now = NULL;
}

// The spare steps forward; another begins to warm up.
bool pool_start(QueryWorker *q, Error *err)
{
    pool_drop(q);
    q->warm = q->loaded = false;
    q->queries = 0;
    q->started++;
    q->busy_ms = 0;
    if (!q->spare && !proc_spawn(&q->world, PROC_SQL, &q->spare, err)) return false;
    q->now = q->spare;
    q->spare = NULL;
    Error later; // without a spare now, the next replacement starts one
    (void)!proc_spawn(&q->world, PROC_SQL, &q->spare, &later);
    return true;
}

bool pool_failed(QueryWorker *q, const char *doing, Error *err)
{
    Arena scratch = {0};
    (void)proc_end(q->now, END_MS);
    Str end = proc_end_text(&scratch, proc_kill(q->now));
    error_set(err, ERROR_INTERNAL, "The SQL worker gave no answer while %s (" STR_FMT ").", doing,
              STR_ARG(end));
    arena_free(&scratch);
    pool_drop(q);
    return false;
}

// An answer that is not a result: hello, or loaded. A worker that says why not lives on.
static bool receive_plain(QueryWorker *q, const char *doing, int wait_ms, Error *err)
{
    ProcMessage m;
    ReplyMessage reply;
    Arena scratch = {0};
    bool ok = proc_receive(proc_link(q->now), PLAIN_BYTES, wait_ms, &m) == PROC_IO_DONE &&
              reply_read(&scratch, m.bytes, &QUERY_SHOW, &reply) && !reply.has_result;
    arena_free(&scratch);
    if (!ok) return pool_failed(q, doing, err);
    if (reply.failed) *err = reply.error;
    return !reply.failed;
}

// Small images, sent as bytes, are made by greenroom a moment before and get no answer: that a bad
// one is bad comes with the first query, and they are sent together with it.
ProcIo pool_send_image(QueryWorker *q)
{
    enum { HOLD_MOST = 128 * 1024 };
    ProcLink *link = proc_link(q->now);
    Buf b = buf_new(&q->arena);
    ProcIo io = PROC_IO_DONE;
    ask_load(&b, &q->image);
    if (q->image.fd < 0 && proc_held(link) + q->image.bytes.len <= HOLD_MOST) {
        proc_hold(link, buf_str(&b), q->image.bytes);
    } else {
        io = proc_send_parts(link, buf_str(&b), q->image.bytes, q->image.fd, LOAD_MS);
    }
    arena_rewind(&q->arena, q->mark);
    return io;
}

static bool load(QueryWorker *q, Error *err)
{
    if (pool_send_image(q) != PROC_IO_DONE) return pool_failed(q, "it was given the data", err);
    q->loaded = q->image.fd < 0 || receive_plain(q, "it loaded the data", LOAD_MS, err);
    return q->loaded;
}

static bool warm_and_load(QueryWorker *q, Error *err)
{
    if (!q->now && !pool_start(q, err)) return false;
    if (!q->warm) {
        q->warm = receive_plain(q, "it warmed up", WARM_MS, err);
        if (!q->warm) {
            pool_drop(q);
            return false;
        }
    }
    return q->loaded || !q->has_image || load(q, err);
}

bool pool_ready(QueryWorker *q, Error *err)
{
    if (q->queries >= RECYCLE_QUERIES || q->busy_ms >= RECYCLE_MS) pool_drop(q);
    if (warm_and_load(q, err)) return true;
    return !q->now && warm_and_load(q, err);
}

void pool_forget_image(QueryWorker *q)
{
    if (q->image.fd >= 0) close(q->image.fd);
    q->image = (QueryImage){.fd = -1};
    q->has_image = q->loaded = false;
}
