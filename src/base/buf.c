// Buf: a text that grows in an arena.
#include "base/buf.h"
#include "base/check.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Buf buf_new(Arena *a)
{
    return (Buf){.arena = a};
}

static void reserve(Buf *b, size_t more)
{
    size_t want = b->len + more + 1; // one for the NUL
    if (want <= b->cap) return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < want) cap *= 2;
    char *p = arena_array(b->arena, char, cap);
    if (b->len) memcpy(p, b->ptr, b->len);
    b->ptr = p;
    b->cap = cap;
}

void buf_add(Buf *b, Str s)
{
    reserve(b, s.len);
    if (s.len) memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = '\0';
}

void buf_char(Buf *b, char c)
{
    buf_add(b, (Str){&c, 1});
}

void buf_repeat(Buf *b, char c, size_t n)
{
    reserve(b, n);
    memset(b->ptr + b->len, c, n);
    b->len += n;
    b->ptr[b->len] = '\0';
}

void buf_fmt(Buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    CHECK(n >= 0);
    reserve(b, (size_t)n);
    vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, again);
    va_end(again);
    b->len += (size_t)n;
}

void buf_quoted(Buf *b, Str s, char quote)
{
    buf_char(b, quote);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == quote) buf_char(b, quote);
        buf_char(b, s.ptr[i]);
    }
    buf_char(b, quote);
}

Str str_quoted(Arena *a, Str s, char quote)
{
    Buf b = buf_new(a);
    buf_quoted(&b, s, quote);
    return buf_str(&b);
}

Str buf_str(Buf *b)
{
    reserve(b, 0);
    b->ptr[b->len] = '\0';
    return (Str){b->ptr, b->len};
}
