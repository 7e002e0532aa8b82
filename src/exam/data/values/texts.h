// texts: texts that meet a query's pattern, that miss it by one thing, or that are just so long.
//
// A pattern of LIKE or REGEXP is read into a small tree, and texts are written along it. What is
// not understood of a regular expression (a look around, a reference back) gives texts that miss
// it: they make a database less telling, never a verdict wrong. Patterns are foreign: their parts,
// the length of a text and the steps that write it are bounded.
#ifndef EXAM_TEXTS_H
#define EXAM_TEXTS_H
#include "base/rng.h"
#include "exam/data/literals/literals.h"

enum {
    TEXTS_PATTERN_MAX = 200, // bytes; of a longer pattern there are no texts
    TEXTS_LENGTH_MAX = 120,  // bytes of a text; what would be longer is cut
};

// A text that fits the literal as its query uses it: equal to it, LIKE it, or matching it. False
// when the literal is no string, or too long or too odd to read.
bool texts_fit(Arena *a, const Literal *l, Rng *rng, Str *out);

// The same with one thing wrong: a character more, fewer or another one, in the other case, one
// repetition beside the bounds, parts the other way round, something before ^ or behind $, halves
// of two alternatives. Mostly it misses. Only letters, digits and characters that the pattern
// itself names come in, and where a class says what is allowed, a space and a #: so "a word of its
// own" may be asked in several ways.
bool texts_miss(Arena *a, const Literal *l, Rng *rng, Str *out);

// Exactly `n` characters, at times with a space at an end or within; ASCII, so that bytes and
// characters count alike.
Str texts_long(Arena *a, size_t n, Rng *rng);
#endif
