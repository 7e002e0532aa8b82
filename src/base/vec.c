// VEC: the one function behind vec_push.
#include "base/vec.h"
#include <string.h>

void vec_grow(Arena *a, void **at, size_t len, size_t *cap, size_t size)
{
    if (len == *cap) {
        size_t bigger = *cap ? *cap * 2 : 8;
        char *p = arena_alloc(a, bigger, size);
        if (len) memcpy(p, *at, len * size);
        *at = p;
        *cap = bigger;
    }
    memset((char *)*at + len * size, 0, size);
}
