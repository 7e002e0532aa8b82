// Map: entries in a row, and open addressing with linear probes over their indexes.
#include "base/map.h"
#include "base/check.h"
#include <string.h>

enum { SLOTS_MIN = 16 };

// The slot that holds `key`, or the free one where it belongs. There is always a free one.
static size_t slot_of(const Map *m, Str key)
{
    size_t mask = m->slot_count - 1;
    size_t i = (size_t)str_hash(key) & mask;
    while (m->slots[i] && !str_eq(m->entries[m->slots[i] - 1].key, key)) i = (i + 1) & mask;
    return i;
}

// Room for one more entry, with at least half of the slots free.
static void grow(Map *m)
{
    if (m->len == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : SLOTS_MIN / 2;
        MapEntry *entries = arena_array(m->arena, MapEntry, cap);
        if (m->len) memcpy(entries, m->entries, m->len * sizeof *entries);
        m->entries = entries;
        m->cap = cap;
    }
    if (m->slot_count >= 2 * m->cap) return;
    CHECK(m->cap < UINT32_MAX / 2);
    m->slot_count = 2 * m->cap;
    m->slots = arena_array(m->arena, uint32_t, m->slot_count);
    for (size_t i = 0; i < m->len; i++) m->slots[slot_of(m, m->entries[i].key)] = (uint32_t)i + 1;
}

void *map_get(const Map *m, Str key)
{
    if (m->slot_count == 0) return NULL;
    uint32_t at = m->slots[slot_of(m, key)];
    return at ? m->entries[at - 1].value : NULL;
}

bool map_put(Map *m, Str key, void *value)
{
    grow(m);
    size_t slot = slot_of(m, key);
    if (m->slots[slot]) {
        m->entries[m->slots[slot] - 1].value = value;
        return false;
    }
    m->entries[m->len++] = (MapEntry){key, value};
    m->slots[slot] = (uint32_t)m->len;
    return true;
}
