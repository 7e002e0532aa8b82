// name_book: rows of static tables by name: chains of one hash, each in the order it was added.
#include "sql/name_book.h"
#include "base/check.h"

static uint32_t chain_of(Str name) // no case
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c | 0x20u : c)) * 16777619u;
    }
    return h % NAME_BOOK_CHAINS;
}

uint16_t name_book_add(NameBook *b, Str name)
{
    CHECK(b->count < NAME_BOOK_MAX);
    uint32_t chain = chain_of(name);
    uint16_t at = ++b->count, last = b->last[chain];
    b->names[at] = name;
    *(last ? &b->next[last] : &b->first[chain]) = at;
    b->last[chain] = at;
    return at;
}

static uint16_t from(const NameBook *b, uint16_t at, Str name)
{
    while (at && !str_eq_nocase(b->names[at], name)) at = b->next[at];
    return at;
}

uint16_t name_book_find(const NameBook *b, Str name)
{
    return from(b, b->first[chain_of(name)], name);
}

uint16_t name_book_next(const NameBook *b, uint16_t at)
{
    return from(b, b->next[at], b->names[at]);
}
