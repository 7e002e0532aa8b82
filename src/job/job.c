// job: the side that asks: one helper, one request under way.
#include "job/job.h"
#include "base/check.h"
#include "job/frame.h"
#include "proc/proc.h"
#include <stdlib.h>

enum { SEND_MS = 5000 }; // a helper that does not read for so long is stuck

struct Job {
    const World *world;
    Proc *helper; // NULL = none runs
    bool busy;
    bool candidate; // the phase said last was the candidate's
};

bool job_open(const World *w, Job **out, Error *err)
{
    Job *j = calloc(1, sizeof *j);
    if (!j) die_out_of_memory();
    j->world = w;
    if (!proc_spawn(w, PROC_JOB, &j->helper, err)) {
        free(j);
        return false;
    }
    *out = j;
    return true;
}

void job_close(Job *j)
{
    if (!j) return;
    proc_close(j->helper);
    free(j);
}

static void drop_helper(Job *j)
{
    proc_close(j->helper);
    j->helper = NULL;
    j->busy = false;
    j->candidate = false;
}

bool job_start(Job *j, Str request, Error *err)
{
    if (j->busy) return error_set(err, ERROR_INTERNAL, "another job is still running");
    if (request.len > JOB_BYTES_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "the pack is too large to be handed to a helper");
    }
    for (int attempt = 0; attempt < 2;
         attempt++) { // an idle helper may have died: then a new one is asked
        if (!j->helper && !proc_spawn(j->world, PROC_JOB, &j->helper, err)) return false;
        if (proc_send(proc_link(j->helper), request, -1, SEND_MS) == PROC_IO_DONE) {
            j->busy = true;
            j->candidate = false;
            return true;
        }
        drop_helper(j);
    }
    return error_set(err, ERROR_INTERNAL, "the helper process does not answer");
}

void job_cancel(Job *j)
{
    if (!j->busy) return;
    Error ignored; // started again with the next request if not now
    drop_helper(j);
    if (!proc_spawn(j->world, PROC_JOB, &j->helper, &ignored)) j->helper = NULL;
}

int job_fd(const Job *j)
{
    return j->helper ? proc_fd(j->helper) : -1;
}

static JobEvent died(Job *j, Arena *a)
{
    enum { PATIENCE_MS = 200 };
    JobEvent e = {.kind = JOB_FAILED};
    (void)proc_end(j->helper, PATIENCE_MS);
    ProcEnd end = proc_kill(j->helper); // if it only closed its end, or says too much
    Str how = proc_end_text(a, end);
    if (j->candidate) {
        error_set(&e.error, ERROR_ENGINE_CRASHED, "the engine crashed on this answer (" STR_FMT ")",
                  STR_ARG(how));
    } else if (proc_ran_out_of_memory(end)) {
        error_set(&e.error, ERROR_INTERNAL, "the helper process ran out of memory");
    } else {
        error_set(&e.error, ERROR_INTERNAL, "the helper process ended (" STR_FMT "); try again",
                  STR_ARG(how));
    }
    drop_helper(j);
    return e;
}

static JobEvent decode(Job *j, Arena *a, Str bytes)
{
    JobEvent e;
    if (!frame_read(a, bytes, &e)) {
        e = (JobEvent){.kind = JOB_FAILED};
        error_set(&e.error, ERROR_INTERNAL, "the helper's answer could not be read; try again");
        drop_helper(j);
    }
    if (e.kind == JOB_PHASE) j->candidate = str_eq(e.text, S("candidate"));
    if (e.kind == JOB_DONE || e.kind == JOB_FAILED) j->busy = false;
    return e;
}

JobEvent job_wait(Job *j, Arena *a, int wait_ms)
{
    if (!j->busy) return (JobEvent){0};
    ProcMessage m;
    switch (proc_receive(proc_link(j->helper), JOB_BYTES_MAX, wait_ms, &m)) {
    case PROC_IO_DONE:
        return decode(j, a, m.bytes);
    case PROC_IO_WAITING:
        return (JobEvent){0};
    case PROC_IO_CLOSED:
    case PROC_IO_BROKEN:
        break;
    }
    return died(j, a);
}

JobEvent job_poll(Job *j, Arena *a)
{
    return job_wait(j, a, 0);
}
