// Arena: blocks in a chain, newest on top; a mark is a place in the chain.
#include "base/arena.h"
#include "base/check.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, ALIGN = alignof(max_align_t) };

struct ArenaBlock {
    ArenaBlock *prev;
    size_t used, cap;
    alignas(max_align_t) char data[];
};

// Blocks of the usual size that were given back wait here for the next arena: else a scratch arena
// in a loop makes the system take its pages away and hand out zeroed ones each time. The program
// has one thread.
enum { SPARE_MOST = 32 };
static ArenaBlock *spare;
static size_t spare_count;

static ArenaBlock *block_new(ArenaBlock *prev, size_t cap)
{
    ArenaBlock *b = cap == BLOCK_SIZE ? spare : NULL;
    if (b) {
        spare = b->prev;
        spare_count--;
    } else {
        b = malloc(sizeof *b + cap);
    }
    if (!b) die_out_of_memory();
    b->prev = prev;
    b->used = 0;
    b->cap = cap;
    return b;
}

static void block_free(ArenaBlock *b)
{
#if !defined(ARENA_DEBUG) // there, every object has a block of its own, for ASan to watch
    if (b->cap == BLOCK_SIZE && spare_count < SPARE_MOST) {
        b->prev = spare;
        spare = b;
        spare_count++;
        return;
    }
#endif
    free(b);
}

void *arena_alloc(Arena *a, size_t n, size_t size)
{
    if (size && n > (SIZE_MAX / 2 - ALIGN) / size) die_out_of_memory();
    size_t want = (n * size + ALIGN - 1) / ALIGN * ALIGN;
#if defined(ARENA_DEBUG)
    a->top = block_new(a->top, want);
#else
    if (!a->top || a->top->cap - a->top->used < want) {
        a->top = block_new(a->top, want > BLOCK_SIZE ? want : BLOCK_SIZE);
    }
#endif
    void *p = a->top->data + a->top->used;
    a->top->used += want;
    return memset(p, 0, want);
}

ArenaMark arena_mark(const Arena *a)
{
    return (ArenaMark){a->top, a->top ? a->top->used : 0};
}

void arena_rewind(Arena *a, ArenaMark m)
{
    while (a->top != m.top) {
        CHECK(a->top); // a mark of another arena, or one that was rewound already
        ArenaBlock *prev = a->top->prev;
        block_free(a->top);
        a->top = prev;
    }
    if (a->top) a->top->used = m.used;
}

void arena_free(Arena *a)
{
    arena_rewind(a, (ArenaMark){0});
}

size_t arena_bytes(const Arena *a)
{
    size_t n = 0;
    for (const ArenaBlock *b = a->top; b; b = b->prev) n += b->cap;
    return n;
}
