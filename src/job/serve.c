// serve: the side that works: one request after the other, until nobody asks any more. In between
// it works ahead, in steps so small that a request need not wait.
#include "job/frame.h"
#include "proc/proc.h"

struct JobPort {
    ProcLink *link;
};

static bool tell(ProcLink *link, JobEventKind kind, Str text, const Error *error)
{
    Arena a = {0};
    bool sent =
        proc_send(link, frame_write(&a, kind, text, error), -1, PROC_FOREVER) == PROC_IO_DONE;
    arena_free(&a);
    return sent;
}

void job_phase(JobPort *port, Str name)
{
    (void)tell(port->link, JOB_PHASE, name,
               NULL); // if nobody listens any more, the reply will notice
}

static bool work(ProcLink *link, JobHandler *handle, void *ctx, Str request)
{
    Arena a = {0};
    Buf reply = buf_new(&a);
    Error err = {0};
    JobPort port = {link};
    bool ok = handle(ctx, &a, str_copy(&a, request), &port, &reply, &err);
    if (ok && reply.len > JOB_BYTES_MAX / 2) {
        ok = error_set(&err, ERROR_TOO_LARGE, "the result is too large to be shown");
    }
    bool sent = tell(link, ok ? JOB_DONE : JOB_FAILED, ok ? buf_str(&reply) : (Str){0}, &err);
    arena_free(&a);
    return sent;
}

// The next request; false when none will come.
static bool next(ProcLink *link, JobIdle *idle, void *ctx, ProcMessage *m)
{
    bool ahead = idle != NULL;
    for (;;) {
        ProcIo io = proc_receive(link, JOB_BYTES_MAX, ahead ? 0 : PROC_FOREVER, m);
        if (io != PROC_IO_WAITING) return io == PROC_IO_DONE;
        if (ahead) ahead = idle(ctx);
    }
}

int job_serve(JobHandler *handle, JobIdle *idle, void *ctx)
{
    ProcLink *link = proc_child();
    if (!link) return 2;
    ProcLayers layers;
    proc_confine(PROC_JOB, &layers);
    ProcMessage m;
    while (next(link, idle, ctx, &m)) {
        if (!work(link, handle, ctx, m.bytes)) break;
    }
    return 0;
}
