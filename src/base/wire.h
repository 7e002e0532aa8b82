// wire: the one bounded binary codec for what passes between our own processes.
//
// Little-endian, no padding: u8, u32, u64, f64 (bits), and strings with a u32 length. A reader
// never reads past its bytes: after the first fault `bad` is set and every later read gives zero.
// Replies of a worker are treated as hostile, so counts are taken with wire_count, which bounds
// them by the bytes that are left.
#ifndef BASE_WIRE_H
#define BASE_WIRE_H
#include "base/buf.h"

void wire_u8(Buf *b, uint8_t v);
void wire_u32(Buf *b, uint32_t v);
void wire_u64(Buf *b, uint64_t v);
void wire_i64(Buf *b, int64_t v);
void wire_f64(Buf *b, double v);
void wire_str(Buf *b, Str s);

typedef struct {
    Str rest;
    bool bad;
} Wire;
Wire wire_open(Str bytes);
uint8_t wire_get_u8(Wire *w);
uint32_t wire_get_u32(Wire *w);
uint64_t wire_get_u64(Wire *w);
int64_t wire_get_i64(Wire *w);
double wire_get_f64(Wire *w);
Str wire_get_str(Wire *w); // borrows from the message
size_t wire_count(Wire *w,
                  size_t bytes_each); // a u32 count; bad when count * bytes_each > bytes left
uint8_t wire_get_enum(Wire *w, uint8_t count); // a u8 below count, else bad and 0
bool wire_done(const Wire *w);                 // all read, nothing bad
#endif
