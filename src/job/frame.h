// frame: what a helper says, as bytes. Private to job.
#ifndef JOB_FRAME_H
#define JOB_FRAME_H
#include "job/job.h"

Str frame_write(Arena *a, JobEventKind kind, Str text, const Error *error);
JobEvent frame_read(Arena *a, Str bytes); // anything malformed is JOB_FAILED
#endif
