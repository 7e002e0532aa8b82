// Arena: allocations that live and die together.
//
// Results of a function live in the arena passed to it first; a caller that wants scratch takes a
// mark and rewinds. There is no single free. Running out of memory ends the program (die.h), so no
// caller checks. With ARENA_DEBUG every object is its own malloc, so that ASan sees each overrun.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;
typedef struct {
    ArenaBlock *top;
} Arena; // zero value = empty
typedef struct {
    ArenaBlock *top;
    size_t used;
} ArenaMark;

#define arena_new(a, T) ((T *)arena_alloc((a), 1, sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T)))

void *arena_alloc(Arena *a, size_t n, size_t size); // zeroed, aligned for any type, never NULL
ArenaMark arena_mark(const Arena *a);
void arena_rewind(Arena *a, ArenaMark m);
void arena_free(Arena *a);          // back to the zero value
size_t arena_bytes(const Arena *a); // bytes held from malloc, for limits and tests
#endif
