// Str: a borrowed, length-bounded slice of bytes. C strings exist only at a library's edge.
#ifndef BASE_STR_H
#define BASE_STR_H
#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *ptr;
    size_t len;
} Str; // zero value = empty; ptr may be NULL then

typedef struct {
    Str *at;
    size_t len;
} StrList; // a fixed list, in an arena

#define S(lit) ((Str){"" lit, sizeof(lit) - 1})
#define STR_LIT(lit)                                                                               \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    } // the same where C wants a constant: in static tables
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""
#define MUST_USE __attribute__((warn_unused_result))

Str str_from(const char *cstr); // borrows; NULL gives the empty Str
Str str_copy(Arena *a, Str s);  // the copy is also NUL-terminated
const char *str_c(Arena *a,
                  Str s); // a NUL-terminated copy; bytes after an inner NUL are not seen by C
__attribute__((format(printf, 2, 3))) Str str_fmt(Arena *a, const char *fmt, ...);

bool str_eq(Str a, Str b);
bool str_eq_nocase(Str a, Str b); // ASCII letters only
int str_cmp(Str a, Str b);        // byte order: <0, 0, >0
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
bool str_find(Str s, Str needle,
              size_t *at); // first place; at may be NULL; the empty needle is at 0
Str str_slice(Str s, size_t from, size_t to); // bounds are clamped
Str str_trim(Str s);                          // ASCII white space at both ends
Str str_lower(Arena *a, Str s);               // ASCII letters only
Str str_upper(Arena *a, Str s);
// Cuts at the first `sep`: head = what stands before it, *rest = what stands after. False (and all
// in *head) when absent.
bool str_cut(Str s, char sep, Str *head, Str *rest);
bool str_line(Str *rest,
              Str *line); // takes the next line (without \n or \r\n) off *rest; false at the end
Str str_join(Arena *a, StrList parts, Str glue);

// Numbers read without locale, whole slice or false. Ints: optional sign, decimal. Reals: what JSON
// and SQL allow.
MUST_USE bool str_to_i64(Str s, int64_t *out);
MUST_USE bool str_to_f64(Str s, double *out);
uint64_t str_hash(Str s); // xxh3, stable between runs and machines
// The member of `list` nearest to `s` by edit distance (at most a third of its length, no case);
// else the shortest of which it is a part ("event" of fact_event), or whose words it holds; else
// the empty Str.
Str str_nearest(Str s, StrList list);
#endif
