// Error: why an operation failed, in the sentence that the user will see, with its place.
//
// A function that can fail returns bool, must be used, and takes `Error *err` last. False means
// that *err is set; true leaves it alone. What a candidate gets wrong is a Verdict, not an Error.
// The kind decides the exit status of a command (design: one table, error_exit).
#ifndef BASE_ERROR_H
#define BASE_ERROR_H
#include "base/str.h"

typedef enum {
    ERROR_NONE,
    ERROR_USAGE,          // a wrong command line
    ERROR_INPUT,          // a file that cannot be read or is not valid
    ERROR_SYNTAX,         // the answer does not parse
    ERROR_HOME_REFUSED,   // the dialect's own engine would refuse it
    ERROR_UNSUPPORTED,    // a construct or dialect that is named, not guessed at
    ERROR_RUNTIME,        // the answer failed while it ran
    ERROR_NOT_ALLOWED,    // a guard said no: writes, ATTACH, PRAGMA …
    ERROR_ENGINE_CRASHED, // the worker died on this answer
    ERROR_TIME,           // limits, from here …
    ERROR_MEMORY,
    ERROR_ROWS,
    ERROR_TOO_LARGE,   // … to here
    ERROR_CANCELLED,   // the user stopped it
    ERROR_ENVIRONMENT, // the machine lacks something: says what and how to get it
    ERROR_INTERNAL,    // greenroom's own fault: a helper died in our phase, the store cannot be
                       // written
    ERROR_LAST = ERROR_INTERNAL,
} ErrorKind;
enum { ERROR_COUNT_ = ERROR_LAST + 1 };

typedef struct {
    ErrorKind kind;
    int line, column; // 1-based; 0 = unknown
    char file[256];   // empty = the answer itself, or no file
    char text[512];   // one sentence, no newline at its end, already without control characters
} Error;              // zero value = no error

// Sets the sentence; always false: `return error_set(err, ERROR_INPUT, "…")`. Place is left empty.
__attribute__((format(printf, 3, 4))) bool error_set(Error *err, ErrorKind kind, const char *fmt,
                                                     ...);
// The same with a place.
__attribute__((format(printf, 6, 7))) bool error_at(Error *err, ErrorKind kind, Str file, int line,
                                                    int column, const char *fmt, ...);

const char *
error_kind_name(ErrorKind k); // "syntax", "home_refused", "time" …: the words of the JSON contract
bool error_is_limit(ErrorKind k); // time, memory, rows, too_large
int error_exit(ErrorKind k);      // exit status of a command that ends with it
Str error_line(Arena *a,
               const Error *e); // "file:line:column: error: sentence", leaving out what is unknown
#endif
