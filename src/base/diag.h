// Diag: everything that is wrong with a file, each with its place. Readers of files go on after a
// fault.
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
#include "base/error.h"
#include "base/vec.h"

typedef enum { DIAG_ERROR, DIAG_WARNING, DIAG_LAST = DIAG_WARNING } DiagSeverity;
enum { DIAG_COUNT_ = DIAG_LAST + 1 };

typedef struct {
    Str file;
    int line, column; // 1-based
} Place;

typedef struct {
    DiagSeverity severity;
    Place place;
    Str text; // one sentence
} Diag;

typedef struct {
    Arena *arena; // where texts live
    VEC(Diag) list;
    size_t errors, warnings;
} Diags;

__attribute__((format(printf, 3, 4))) void diag_error(Diags *d, Place at, const char *fmt, ...);
__attribute__((format(printf, 3, 4))) void diag_warn(Diags *d, Place at, const char *fmt, ...);
void diag_sort(Diags *d);               // by file, line, column; stable
Str diag_line(Arena *a, const Diag *g); // "file:line:column: error: sentence"
#endif
