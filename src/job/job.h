// job: long work in a helper process: a request, phases on the way, one bounded reply.
//
// The side with the screen never waits: it polls job_fd and calls job_poll. Cancelling kills the
// helper; the next request starts another. Blame follows the phase the helper said last: dying in
// "candidate" is the answer's doing (ERROR_ENGINE_CRASHED), dying anywhere else is ours
// (ERROR_INTERNAL).
#ifndef JOB_JOB_H
#define JOB_JOB_H
#include "base/buf.h"
#include "base/world.h"

enum { JOB_BYTES_MAX = 16 << 20 }; // of a request and of a reply

// ---- the side that asks
typedef struct Job Job;
MUST_USE bool job_open(const World *w, Job **out,
                       Error *err); // starts a helper; it is warm when the first request comes
void job_close(Job *j);             // kills it; NULL is fine
// One request at a time: false when one is under way or no helper can be started.
MUST_USE bool job_start(Job *j, Str request, Error *err);
void job_cancel(Job *j);  // the request is forgotten, its helper killed, the next one started
int job_fd(const Job *j); // for poll(): readable when job_poll has something; -1 = no helper runs

typedef enum { JOB_QUIET, JOB_PHASE, JOB_DONE, JOB_FAILED, JOB_LAST = JOB_FAILED } JobEventKind;
enum { JOB_COUNT_ = JOB_LAST + 1 };
typedef struct {
    JobEventKind kind;
    Str text;    // JOB_PHASE: its name; JOB_DONE: the reply; in the arena
    Error error; // JOB_FAILED
} JobEvent;
JobEvent job_poll(Job *j, Arena *a); // never blocks
JobEvent job_wait(Job *j, Arena *a,
                  int wait_ms); // the next event; JOB_QUIET when none came in time

// ---- the side that works
typedef struct JobPort JobPort;
void job_phase(JobPort *port, Str name);
// True and a reply in `out`, or false and the sentence for the one who asked.
typedef bool JobHandler(void *ctx, Arena *a, Str request, JobPort *port, Buf *out, Error *err);
// A step of work ahead, of some milliseconds, while nobody waits: false when nothing is left to do
// until the next request.
typedef bool JobIdle(void *ctx);
// Until the other side is gone; the exit status. idle: NULL = there is nothing to do ahead.
int job_serve(JobHandler *handle, JobIdle *idle, void *ctx);
#endif
