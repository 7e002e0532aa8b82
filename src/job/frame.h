// frame: what a helper says, as bytes. Private to job.
#ifndef JOB_FRAME_H
#define JOB_FRAME_H
#include "job/job.h"

Str frame_write(Arena *a, JobEventKind kind, Str text, const Error *error);
// False when it is malformed: then what comes behind it is not to be trusted either.
MUST_USE bool frame_read(Arena *a, Str bytes, JobEvent *out);
#endif
