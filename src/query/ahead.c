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

// The first of several: starts a worker where there is none.
static bool send_first(QueryWorker *q, const QueryAsk *ask, const QueryLimits *limits, Error *err)
{
    if (ask->image && !query_load(q, ask->image, err)) return false;
    return client_ask(q, &(Asked){.sql = ask->sql}, limits, err);
}

// Another one, to a worker that may be gone by now: that shows when its answers are taken.
static bool send_next(QueryWorker *q, const QueryAsk *ask, const QueryLimits *limits)
{
    Error none;
    if (ask->image) {
        if (!client_note_image(q, ask->image, &none)) return false;
        if (!q->loaded && pool_send_image(q) != PROC_IO_DONE) return false;
        q->loaded = true;
    }
    return client_send(q, &(Asked){.sql = ask->sql}, limits) == PROC_IO_DONE;
}

// Sends from asks[from] on; a worker that came between knows nothing of the image before it.
static bool send_ahead(QueryWorker *q, const Queue *queue, size_t from, size_t *sent, Error *err)
{
    const QueryAsk *asks = queue->asks;
    const QueryLimits *limits = queue->limits;
    QueryAsk first = asks[from];
    for (size_t i = from; i > 0 && !first.image; i--) first.image = asks[i - 1].image;
    size_t bytes = bytes_of(&first);
    if (!send_first(q, &first, limits, err)) return false;
    for (*sent = 1; from + *sent < queue->count; ++*sent) {
        const QueryAsk *next = &asks[from + *sent];
        bool small = !next->image || next->image->fd < 0;
        bytes += bytes_of(next);
        if (!small || bytes > AHEAD_BYTES || next->sql.len > SQL_BYTES) break;
        if (!send_next(q, next, limits)) break;
    }
    return true;
}

bool query_run_each(QueryWorker *q, Arena *a, const QueryAsk *asks, size_t count,
                    const QueryLimits *limits, QueryResult *out, Error *err)
{
    const Queue queue = {asks, count, limits};
    for (size_t i = 0; i < count;) {
        size_t sent;
        out[i] = (QueryResult){.error_at = SIZE_MAX, .source_at = SIZE_MAX};
        if (client_is_too_long(asks[i].sql, &out[i])) {
            i++;
            continue;
        }
        if (!send_ahead(q, &queue, i, &sent, err)) return false;
        size_t worker = q->started;
        for (; sent && q->started == worker; sent--, i++) { // a new worker was asked nothing yet
            ReplyMessage reply;
            if (!client_take(q, a, limits, &reply, err)) return false;
            out[i] = reply.result;
        }
    }
    return true;
}
