// VEC: typed arrays that grow in an arena.
//
//     typedef VEC(Row) RowVec;          // struct { Row *at; size_t len, cap; }
//     RowVec rows = {0};
//     *vec_push(arena, &rows) = (Row){…};   // the new member is zeroed
#ifndef BASE_VEC_H
#define BASE_VEC_H
#include "base/arena.h"

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *at;                                                                                     \
        size_t len, cap;                                                                           \
    }
#define vec_push(arena, v)                                                                         \
    (vec_grow((arena), (void **)&(v)->at, (v)->len, &(v)->cap, sizeof *(v)->at),                   \
     &(v)->at[(v)->len++])

// Room for one more member behind `len`; zeroes it. Not called by hand.
void vec_grow(Arena *a, void **at, size_t len, size_t *cap, size_t size);
#endif
