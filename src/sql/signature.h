// signature: the types that functions take: a little language, and where its rows are found.
//
// Names in capitals, and operators, are a dialect's own spelling, names in small letters a meaning
// of the catalogue, whoever spells it. A row says what the arguments take, parted by blanks; the
// choices of one by `|`, other forms of the call by `;`. Behind an argument `?` = it may be
// missing, `...` = it may be repeated, `!` before those = nothing is cast to it and no bare text is
// read as it.
//
//   _        anything             typed    anything but a bare text
//   number   any number           exact    whole or decimal, no double
//   whole    a whole number       fraction any other number
//   moment   date or timestamp    date     timestamp (a date is one)    instant (no date is one)
//   text  boolean  time  interval  bytes  array  map  json  jsonb
//   written  and a bare text that reads as one of the others
//   constant of the others what is no column
//
// A call of another number of arguments is another row's. "bytes", "array", "map", "json" are
// refused only to what is surely something else.
#ifndef SQL_SIGNATURE_H
#define SQL_SIGNATURE_H
#include "sql/dialects.h"

typedef struct {
    unsigned in; // dialects
    const char *names, *takes;
} Signature;
typedef struct {
    const Signature *rows;
    size_t count;
} Signatures;
extern const Signatures signatures_engine; // signature_engine.c

typedef enum { SIGNATURE_SPELLED, SIGNATURE_MEANT } SignatureName;
// What the arguments take of the next row of that name; NULL behind the last. *after is 0 at first.
const char *signature_find(Dialect d, Str name, SignatureName which, uint16_t *after);
#endif
