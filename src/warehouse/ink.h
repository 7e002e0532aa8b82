// ink: short texts set one after the other into slabs of an arena: ids, dates and times by the
// million.
#ifndef WAREHOUSE_INK_H
#define WAREHOUSE_INK_H
#include "base/str.h"

typedef struct {
    Arena *arena;
    char *at;
    size_t left, slab; // bytes of the slab: left, and in all
} Ink;                 // zero value with `arena` set = empty

char *ink_take(Ink *k, size_t n); // n bytes, not zeroed
Str ink_copy(Ink *k, Str s);
Str ink_date(Ink *k, int64_t days); // YYYY-MM-DD; days since 1970, years 0 to 9999
Str ink_time(Ink *k, int64_t ms);   // YYYY-MM-DD HH:MM:SS[.f], zeros of the fraction cut
Str ink_id(Ink *k, Str prefix, uint64_t n, int digits); // prefix and n with zeros in front
#endif
