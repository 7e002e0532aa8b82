// tuples: open addressing over row numbers; rows are compared by their values.
#include "warehouse/tuples.h"
#include "base/check.h"
#include "base/rng.h"
#include <string.h>

static uint64_t value_hash(const Value *v)
{
    uint64_t bits;
    switch (v->kind) {
    case VALUE_NULL:
        return 0;
    case VALUE_INTEGER:
        return rng_at((uint64_t)v->integer, 1, 0);
    case VALUE_REAL:
        memcpy(&bits, &v->real, sizeof bits);
        return rng_at(bits, 2, 0);
    case VALUE_TEXT:
    case VALUE_BLOB:
        return str_hash(v->text);
    }
    return 0;
}

static uint64_t tuple_hash(Columns c, const Value *cells)
{
    uint64_t h = 0;
    for (size_t i = 0; i < c.len; i++) h = h * 31 + value_hash(&cells[c.at[i]]);
    return h;
}

static bool has_null(Columns c, const Value *cells)
{
    for (size_t i = 0; i < c.len; i++) {
        if (cells[c.at[i]].kind == VALUE_NULL) return true;
    }
    return false;
}

bool tuple_equal(Columns c, const Value *a, const Value *b)
{
    for (size_t i = 0; i < c.len; i++) {
        if (!value_same(&a[c.at[i]], &b[c.at[i]]) || a[c.at[i]].kind == VALUE_NULL) return false;
    }
    return true;
}

TupleSet tuples_new(Arena *a, Columns columns, const Value *cells, size_t width, size_t rows)
{
    TupleSet s = {.columns = columns, .cells = cells, .width = width, .slot_count = 16};
    CHECK(rows < UINT32_MAX / 4);
    while (s.slot_count < 2 * rows) s.slot_count *= 2;
    s.slots = arena_array(a, uint32_t, s.slot_count);
    return s;
}

// The slot of an equal row, or the free one.
static size_t slot_of(const TupleSet *s, const Value *cells)
{
    size_t i = (size_t)tuple_hash(s->columns, cells) & (s->slot_count - 1);
    while (s->slots[i]) {
        const Value *there = s->cells + (size_t)(s->slots[i] - 1) * s->width;
        if (tuple_equal(s->columns, there, cells)) break;
        i = (i + 1) & (s->slot_count - 1);
    }
    return i;
}

bool tuples_find(const TupleSet *s, const Value *cells, size_t *row)
{
    if (has_null(s->columns, cells)) return false;
    uint32_t at = s->slots[slot_of(s, cells)];
    if (at && row) *row = at - 1;
    return at != 0;
}

bool tuples_add(TupleSet *s, size_t row)
{
    const Value *cells = s->cells + row * s->width;
    if (has_null(s->columns, cells)) return true;
    size_t i = slot_of(s, cells);
    if (s->slots[i]) return false;
    CHECK(++s->len * 2 <= s->slot_count);
    s->slots[i] = (uint32_t)row + 1;
    return true;
}
