// frame: kind, then text or error.
#include "job/frame.h"
#include "base/wire.h"

Str frame_write(Arena *a, JobEventKind kind, Str text, const Error *error)
{
    Buf b = buf_new(a);
    wire_u8(&b, (uint8_t)kind);
    if (kind == JOB_FAILED) {
        wire_u8(&b, (uint8_t)error->kind);
        wire_u32(&b, (uint32_t)error->line);
        wire_u32(&b, (uint32_t)error->column);
        wire_str(&b, str_from(error->file));
        wire_str(&b, str_from(error->text));
    } else {
        wire_str(&b, text);
    }
    return buf_str(&b);
}

static JobEvent failure(Wire *w)
{
    JobEvent e = {.kind = JOB_FAILED};
    ErrorKind kind = (ErrorKind)wire_get_enum(w, ERROR_COUNT_);
    int line = (int)(wire_get_u32(w) & 0x7fffffff), column = (int)(wire_get_u32(w) & 0x7fffffff);
    Str file = wire_get_str(w), text = wire_get_str(w);
    error_at(&e.error, kind == ERROR_NONE ? ERROR_INTERNAL : kind, file, line, column, STR_FMT,
             STR_ARG(text));
    return e;
}

JobEvent frame_read(Arena *a, Str bytes)
{
    Wire w = wire_open(bytes);
    JobEvent e = {.kind = (JobEventKind)wire_get_enum(&w, JOB_COUNT_)};
    if (e.kind == JOB_FAILED) {
        e = failure(&w);
    } else {
        e.text = str_copy(a, wire_get_str(&w));
    }
    if (!wire_done(&w) || e.kind == JOB_QUIET) {
        e = (JobEvent){.kind = JOB_FAILED};
        error_set(&e.error, ERROR_INTERNAL, "the helper's answer could not be read; try again");
    }
    return e;
}
