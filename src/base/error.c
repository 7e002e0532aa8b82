// Error: kinds, their names and exit statuses in one table, and the sentence with its place.
#include "base/error.h"
#include "base/buf.h"
#include "base/clean.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int exit; // the contract of cli.md: 2 usage, 3 input, 4 could not be run, 5 the environment
              // lacks something
    bool limit;
} kinds[] = {
    [ERROR_NONE] = {"none", 0, false},
    [ERROR_USAGE] = {"usage", 2, false},
    [ERROR_INPUT] = {"input", 3, false},
    [ERROR_SYNTAX] = {"syntax", 4, false},
    [ERROR_HOME_REFUSED] = {"home_refused", 4, false},
    [ERROR_UNSUPPORTED] = {"unsupported", 4, false},
    [ERROR_RUNTIME] = {"runtime", 4, false},
    [ERROR_NOT_ALLOWED] = {"not_allowed", 4, false},
    [ERROR_ENGINE_CRASHED] = {"engine_crashed", 4, false},
    [ERROR_TIME] = {"time", 4, true},
    [ERROR_MEMORY] = {"memory", 4, true},
    [ERROR_ROWS] = {"rows", 4, true},
    [ERROR_TOO_LARGE] = {"too_large", 4, true},
    [ERROR_CANCELLED] = {"cancelled", 4, false},
    [ERROR_ENVIRONMENT] = {"environment", 5, false},
    [ERROR_INTERNAL] = {"internal", 5, false},
};
static_assert(sizeof kinds / sizeof *kinds == ERROR_COUNT_, "name every kind of error");

const char *error_kind_name(ErrorKind k)
{
    return kinds[k].name;
}
bool error_is_limit(ErrorKind k)
{
    return kinds[k].limit;
}
int error_exit(ErrorKind k)
{
    return kinds[k].exit;
}

// Error texts quote foreign bytes (a path, an engine's message), so they are cleaned once, here.
static void set_text(Error *err, const char *fmt, va_list ap)
{
    char raw[sizeof err->text];
    vsnprintf(raw, sizeof raw, fmt, ap);
    Arena scratch = {0};
    Str text = clean_text(&scratch, str_from(raw), CLEAN_LINE, NULL);
    snprintf(err->text, sizeof err->text, STR_FMT, STR_ARG(text));
    arena_free(&scratch);
}

bool error_set(Error *err, ErrorKind kind, const char *fmt, ...)
{
    *err = (Error){.kind = kind};
    va_list ap;
    va_start(ap, fmt);
    set_text(err, fmt, ap);
    va_end(ap);
    return false;
}

bool error_at(Error *err, ErrorKind kind, Str file, int line, int column, const char *fmt, ...)
{
    *err = (Error){.kind = kind, .line = line, .column = column};
    snprintf(err->file, sizeof err->file, STR_FMT, STR_ARG(file));
    va_list ap;
    va_start(ap, fmt);
    set_text(err, fmt, ap);
    va_end(ap);
    return false;
}

Str error_line(Arena *a, const Error *e)
{
    Buf b = buf_new(a);
    if (e->file[0]) buf_fmt(&b, "%s:", e->file);
    if (e->line) buf_fmt(&b, "%d:%d:", e->line, e->column);
    if (b.len) buf_char(&b, ' ');
    buf_fmt(&b, "error: %s", e->text);
    return clean_text(a, buf_str(&b), CLEAN_LINE, NULL);
}
