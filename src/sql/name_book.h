// name_book: the rows of static tables by a name, without case; several rows may have one name.
//
// The book numbers names from 1 on in the order they are added; what a number stands for its owner
// knows. It has no arena and is never freed: one book a table, filled at the first look.
#ifndef SQL_NAME_BOOK_H
#define SQL_NAME_BOOK_H
#include "base/str.h"

enum { NAME_BOOK_MAX = 4000, NAME_BOOK_CHAINS = 2048 };

typedef struct {
    Str names[NAME_BOOK_MAX + 1]; // borrowed
    uint16_t next[NAME_BOOK_MAX + 1];
    uint16_t first[NAME_BOOK_CHAINS], last[NAME_BOOK_CHAINS];
    uint16_t count;
} NameBook; // zero value = empty

uint16_t name_book_add(NameBook *b, Str name);
// The numbers of a name in the order they were added; 0 = there is none, or no other.
uint16_t name_book_find(const NameBook *b, Str name);
uint16_t name_book_next(const NameBook *b, uint16_t at);
#endif
