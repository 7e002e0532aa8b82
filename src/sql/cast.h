// cast: how the dialects cast, shared by what reads casts and what writes them.
#ifndef SQL_CAST_H
#define SQL_CAST_H
#include "sql/translate.h"

// Three letters: a text that is no number fails, is NULL or counts as far as it is one (f n p);
// decimals in it are fine where an integer is wanted or not (d x); numbers are rounded or cut (r
// c).
const char *cast_how(Dialect d);
bool cast_cuts(Dialect d); // its third letter
// The letters for this CAST or TRY_CAST, as an argument of the runtime's functions.
SqlNode *cast_how_word(Translator *t, const SqlNode *n);

bool type_starts(Str name, const char *head);
bool cast_is_decimal(Str name);
// The i-th number in the brackets of a type.
int64_t cast_size(const SqlNode *type, uint32_t i, int64_t otherwise);

typedef struct {
    bool fixed; // rounded to `scale`
    int64_t precision, scale;
} CastScale;
// Of DECIMAL(10, 2), or what DECIMAL alone means.
CastScale cast_scale(Dialect d, const SqlNode *type);

SqlNode *cast_boolean_text(Translator *t, SqlNode *x); // 'true' and 'false', 1 and 0 in MySQL
SqlNode *lower_cast_there(Translator *t, SqlNode *n);  // for any dialect but SQLite
#endif
