// Buf: a text that grows in an arena. Zero value is not usable: start with buf_new.
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/str.h"

typedef struct {
    Arena *arena;
    char *ptr;
    size_t len, cap;
} Buf;

Buf buf_new(Arena *a);
void buf_add(Buf *b, Str s);
void buf_char(Buf *b, char c);
void buf_repeat(Buf *b, char c, size_t n);
__attribute__((format(printf, 2, 3))) void buf_fmt(Buf *b, const char *fmt, ...);
void buf_quoted(Buf *b, Str s, char quote); // between quotes; those in it are doubled
Str str_quoted(Arena *a, Str s, char quote);
Str buf_str(Buf *b); // what it holds now, NUL-terminated; valid until the next addition
#endif
