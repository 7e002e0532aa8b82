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

bool frame_read(Arena *a, Str bytes, JobEvent *out)
{
    Wire w = wire_open(bytes);
    *out = (JobEvent){.kind = (JobEventKind)wire_get_enum(&w, JOB_COUNT_)};
    if (out->kind == JOB_FAILED) {
        *out = failure(&w);
    } else {
        out->text = str_copy(a, wire_get_str(&w));
    }
    return wire_done(&w) && out->kind != JOB_QUIET;
}
