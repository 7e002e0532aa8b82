// private: casts: what the files of casts share: text columns that a query reads as numbers or
// dates.
#ifndef EXAM_CASTS_H
#define EXAM_CASTS_H
#include "exam/paper.h"

enum { CAST_TEXTS_MOST = 200 };

// What is tried in a column, the likeliest form first.
typedef struct {
    Arena *arena;
    const Paper *s;
    bool parts;    // it is read in parts of so many characters
    bool splits;   // … in parts between marks
    bool marked;   // a mark stands before all its numbers, or behind
    bool matched;  // a pattern is held against it
    bool dates;    // as a date or a moment
    StrList words; // strings within what is cast, and those it is compared with
    Str at[CAST_TEXTS_MOST];
    size_t len;
    size_t forms[CAST_TEXTS_MOST]; // by text: of which form it is
} CastTexts;
void cast_texts_list(CastTexts *c);
#endif
