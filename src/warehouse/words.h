// words: texts that look like what a column's name says.
#ifndef WAREHOUSE_WORDS_H
#define WAREHOUSE_WORDS_H
#include "warehouse/ink.h"

typedef enum {
    WORDS_LABEL, // a few short labels: what is grouped by
    WORDS_PERSON,
    WORDS_FIRST,
    WORDS_LAST_NAME,
    WORDS_EMAIL,
    WORDS_CITY,
    WORDS_COUNTRY,
    WORDS_COUNTRY_NAME,
    WORDS_CURRENCY,
    WORDS_STATUS,
    WORDS_DEPARTMENT,
    WORDS_PRODUCT,
    WORDS_TITLE,
    WORDS_COMPANY,
    WORDS_STREET,
    WORDS_PHONE,
    WORDS_URL,
    WORDS_CODE,
    WORDS_SENTENCE,
    WORDS_LAST = WORDS_SENTENCE
} Words;
enum { WORDS_COUNT_ = WORDS_LAST + 1 };

// A pattern is a whole name, or a part of one with '*' before or behind it; no case.
bool words_match(Str pattern, Str name);
Words words_of(Str table, Str column); // by patterns over both names
// A text of the kind: a pure function of `random`. `again` > 0 asks for one that is less likely to
// have been made before (uniqueness).
Str words_make(Ink *k, Words w, uint64_t random, unsigned again);
#endif
