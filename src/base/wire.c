// wire: little-endian integers, f64 by bits, strings with a length.
#include "base/wire.h"
#include <string.h>

static void put(Buf *b, uint64_t v, size_t bytes)
{
    char raw[8];
    for (size_t i = 0; i < bytes; i++) raw[i] = (char)(v >> (8 * i) & 0xff);
    buf_add(b, (Str){raw, bytes});
}

void wire_u8(Buf *b, uint8_t v)
{
    put(b, v, 1);
}
void wire_u32(Buf *b, uint32_t v)
{
    put(b, v, 4);
}
void wire_u64(Buf *b, uint64_t v)
{
    put(b, v, 8);
}
void wire_i64(Buf *b, int64_t v)
{
    put(b, (uint64_t)v, 8);
}

void wire_f64(Buf *b, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    put(b, bits, 8);
}

void wire_str(Buf *b, Str s)
{
    wire_u32(b, (uint32_t)s.len);
    buf_add(b, s);
}

Wire wire_open(Str bytes)
{
    return (Wire){.rest = bytes};
}

static Str take(Wire *w, size_t n)
{
    if (w->bad || w->rest.len < n) {
        w->bad = true;
        return (Str){0};
    }
    Str s = str_slice(w->rest, 0, n);
    w->rest = str_slice(w->rest, n, w->rest.len);
    return s;
}

static uint64_t get(Wire *w, size_t bytes)
{
    Str s = take(w, bytes);
    uint64_t v = 0;
    for (size_t i = 0; i < s.len; i++) v |= (uint64_t)(unsigned char)s.ptr[i] << (8 * i);
    return v;
}

uint8_t wire_get_u8(Wire *w)
{
    return (uint8_t)get(w, 1);
}
uint32_t wire_get_u32(Wire *w)
{
    return (uint32_t)get(w, 4);
}
uint64_t wire_get_u64(Wire *w)
{
    return get(w, 8);
}
int64_t wire_get_i64(Wire *w)
{
    return (int64_t)get(w, 8);
}

double wire_get_f64(Wire *w)
{
    uint64_t bits = get(w, 8);
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

Str wire_get_str(Wire *w)
{
    uint32_t n = wire_get_u32(w);
    return take(w, n);
}

size_t wire_count(Wire *w, size_t bytes_each)
{
    uint32_t n = wire_get_u32(w);
    if (bytes_each == 0) bytes_each = 1;
    if (n > w->rest.len / bytes_each) w->bad = true;
    return w->bad ? 0 : n;
}

uint8_t wire_get_enum(Wire *w, uint8_t count)
{
    uint8_t v = wire_get_u8(w);
    if (v >= count) w->bad = true;
    return w->bad ? 0 : v;
}

bool wire_done(const Wire *w)
{
    return !w->bad && w->rest.len == 0;
}
