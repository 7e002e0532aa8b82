// pool: the parent's workers: one at work, one warming behind it. Private to query.
#ifndef QUERY_POOL_H
#define QUERY_POOL_H
#include "proc/proc.h"
#include "query/private.h"
#include <sys/stat.h>

struct QueryWorker {
    World world;
    Arena arena; // the world's texts, and behind `mark` the request being sent
    ArenaMark mark;
    Proc *now, *spare; // NULL = none
    bool warm, loaded; // `now` said hello; was sent the image
    size_t started;    // workers so far
    size_t queries;    // of `now`
    double busy_ms;
    bool has_image;
    QueryImage image; // a copy: fd is a duplicate, bytes lie in `bytes`
    struct stat file; // which file fd was
    char *bytes;
    size_t bytes_cap;
};

MUST_USE bool pool_start(QueryWorker *q, Error *err); // one at work, a spare behind it
// Makes `now` a worker that is warm and has the image. What a dead one leaves is taken over by the
// next; false when the image is bad (then `now` lives) or no worker can be had.
MUST_USE bool pool_ready(QueryWorker *q, Error *err);
void pool_drop(QueryWorker *q); // ends the one at work
// Ends it and says that it gave no answer `doing` something; always false.
bool pool_failed(QueryWorker *q, const char *doing, Error *err);
void pool_forget_image(QueryWorker *q);
ProcIo pool_send_image(QueryWorker *q); // without waiting; to `now`

// ---- asking and waiting (client.c)
typedef struct { // a query, or a script
    Str sql;
    const QueryScript *script;
} Asked;
bool client_is_too_long(Str sql, QueryResult *out);
// The image of what is asked next; it is sent when a worker is made ready.
MUST_USE bool client_note_image(QueryWorker *q, const QueryImage *image, Error *err);
// To the worker that is there; it goes with what is sent next.
void client_hold(QueryWorker *q, const Asked *what, const QueryLimits *limits);
// Waits for the answer. False when greenroom itself fails; else there is a result.
MUST_USE bool client_take(QueryWorker *q, Arena *a, const QueryLimits *limits, ReplyMessage *reply,
                          Error *err);
#endif
