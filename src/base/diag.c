// Diag: a list of faults with their places.
#include "base/diag.h"
#include "base/buf.h"
#include "base/clean.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

static const char *const names[] = {[DIAG_ERROR] = "error", [DIAG_WARNING] = "warning"};
static_assert(sizeof names / sizeof *names == DIAG_COUNT_, "name every severity");

static void add(Diags *d, DiagSeverity severity, Place at, const char *fmt, va_list ap)
{
    char text[1024];
    vsnprintf(text, sizeof text, fmt, ap);
    *vec_push(d->arena, &d->list) = (Diag){severity, at, str_copy(d->arena, str_from(text))};
    *(severity == DIAG_ERROR ? &d->errors : &d->warnings) += 1;
}

void diag_error(Diags *d, Place at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DIAG_ERROR, at, fmt, ap);
    va_end(ap);
}

void diag_warn(Diags *d, Place at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(d, DIAG_WARNING, at, fmt, ap);
    va_end(ap);
}

static bool before(const Place *a, const Place *b)
{
    int c = str_cmp(a->file, b->file);
    if (c) return c < 0;
    if (a->line != b->line) return a->line < b->line;
    return a->column < b->column;
}

// Insertion sort: faults come nearly in order already, and it is stable.
void diag_sort(Diags *d)
{
    for (size_t i = 1; i < d->list.len; i++) {
        Diag moving = d->list.at[i];
        size_t j = i;
        for (; j && before(&moving.place, &d->list.at[j - 1].place); j--) {
            d->list.at[j] = d->list.at[j - 1];
        }
        d->list.at[j] = moving;
    }
}

Str diag_line(Arena *a, const Diag *g)
{
    Buf b = buf_new(a);
    buf_fmt(&b, STR_FMT ":%d:%d: %s: " STR_FMT, STR_ARG(g->place.file), g->place.line,
            g->place.column, names[g->severity], STR_ARG(g->text));
    return clean_text(a, buf_str(&b), CLEAN_LINE, NULL);
}
