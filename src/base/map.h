// Map: Str keys to pointers, in an arena, in insertion order. Keys are borrowed: they must outlive
// the map.
#ifndef BASE_MAP_H
#define BASE_MAP_H
#include "base/str.h"

typedef struct {
    Str key;
    void *value;
} MapEntry;
typedef struct {
    Arena *arena;
    MapEntry *entries; // in insertion order
    size_t len, cap;
    uint32_t *slots; // open addressing over entries; 0 = free, else index + 1
    size_t slot_count;
} Map; // zero value with `arena` set = empty

void *map_get(const Map *m, Str key);       // NULL when absent
bool map_put(Map *m, Str key, void *value); // true when the key is new; else the value is replaced
#endif
