// ahead: many queries at once: they are sent ahead of their answers, so that neither side waits for
// the other between two of them.
#include "query/pool.h"

// A socket holds more without a reader: what was sent is always taken, though nobody reads the
// answers yet.
enum { AHEAD_BYTES = 80 * 1024 };

typedef struct {
    const QueryAsk *asks;
    size_t count;
    const QueryLimits *limits;
} Queue;

static size_t bytes_of(const QueryAsk *ask)
{
    return ask->sql.len + (ask->image ? ask->image->bytes.len : 0);
}

static void hold_query(QueryWorker *q, const QueryAsk *ask, const QueryLimits *limits)
{
    QueryLimits own = *limits;
    own.draw = ask->draw;
    client_hold(q, &(Asked){.sql = ask->sql}, &own);
}

// Another one for the worker that is there.
static bool hold(QueryWorker *q, const QueryAsk *ask, const QueryLimits *limits)
{
    Error none;
    if (ask->image) {
        if (!client_note_image(q, ask->image, &none)) return false;
        if (!q->loaded && pool_send_image(q) != PROC_IO_DONE) return false;
        q->loaded = true;
    }
    hold_query(q, ask, limits);
    return true;
}

// As many as go together, from asks[from] on; what happens to the worker shows when they are sent.
static size_t hold_some(QueryWorker *q, const Queue *queue, size_t from, size_t most)
{
    size_t n = 1, bytes = bytes_of(&queue->asks[from]);
    hold_query(q, &queue->asks[from], queue->limits);
    for (; n < most; n++) {
        const QueryAsk *next = &queue->asks[from + n];
        bool small = !next->image || next->image->fd < 0;
        bytes += bytes_of(next);
        if (!small || bytes > AHEAD_BYTES || next->sql.len > SQL_BYTES) break;
        if (!hold(q, next, queue->limits)) break;
    }
    return n;
}

// Sends from asks[from] on, `most` at most; a worker that came between knows nothing of the image
// before it. One that died while it had nothing to do is replaced once without a word.
static bool send_ahead(QueryWorker *q, const Queue *queue, size_t from, size_t most, size_t *sent,
                       Error *err)
{
    const QueryImage *image = queue->asks[from].image;
    for (size_t i = from; i > 0 && !image; i--) image = queue->asks[i - 1].image;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (image ? !query_load(q, image, err) : !pool_ready(q, err)) return false;
        *sent = hold_some(q, queue, from, most);
        if (proc_flush(proc_link(q->now), queue->limits->wall_ms) == PROC_IO_DONE) return true;
        (void)pool_failed(q, "it was given a query", err);
    }
    return false;
}

// Takes the answers to `sent` of them from *i on. *alone: the worker did not outlive one of them;
// which one shows when it is asked by itself.
static bool take(QueryWorker *q, Arena *a, const Queue *queue, size_t sent, size_t *i, bool *alone,
                 QueryResult *out, Error *err)
{
    size_t worker = q->started;
    bool several = sent > 1;
    *alone = false;
    for (; sent && q->started == worker; sent--, ++*i) { // a new worker was asked nothing yet
        ReplyMessage reply;
        if (!client_take(q, a, queue->limits, &reply, err)) {
            if (sent > 1) pool_drop(q); // the other answers are nobody's
            return false;
        }
        *alone = several && q->started != worker;
        if (*alone) return true;
        out[*i] = reply.result;
    }
    return true;
}

bool query_run_each(QueryWorker *q, Arena *a, const QueryAsk *asks, size_t count,
                    const QueryLimits *limits, QueryResult *out, Error *err)
{
    const Queue queue = {asks, count, limits};
    bool alone = false;
    for (size_t i = 0; i < count;) {
        size_t sent;
        out[i] = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
        if (client_is_too_long(asks[i].sql, &out[i])) {
            i++;
            continue;
        }
        if (!send_ahead(q, &queue, i, alone ? 1 : count - i, &sent, err)) return false;
        if (!take(q, a, &queue, sent, &i, &alone, out, err)) return false;
    }
    return true;
}
