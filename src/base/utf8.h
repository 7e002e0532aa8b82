// UTF-8: decoding, validity, grapheme clusters and the width of a text in terminal cells.
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/str.h"

// The code point at s.ptr[at] and its length in bytes. A bad byte gives U+FFFD with length 1. at <
// s.len.
uint32_t utf8_decode(Str s, size_t at, size_t *len);
size_t utf8_encode(uint32_t cp,
                   char out[4]); // bytes written; surrogates and > U+10FFFF give U+FFFD
bool utf8_valid(Str s);
// Ends of grapheme clusters: the next boundary after `at` (<= s.len), the one before it (>= 0).
size_t utf8_next(Str s, size_t at);
size_t utf8_prev(Str s, size_t at);
uint32_t utf8_upper(uint32_t cp); // of one code point: no letter becomes two
uint32_t utf8_lower(uint32_t cp);
uint32_t utf8_fold(uint32_t cp); // without case and without accents: É, é and e are one
bool utf8_is_word(uint32_t cp);  // a letter or a digit
int utf8_cp_width(uint32_t cp);  // cells of one code point: 0, 1 or 2 (ambiguous = 1)
int utf8_width(Str s);           // cells of a text, cluster by cluster
Str utf8_fit(Str s, int cells,
             int *used); // the longest prefix of whole clusters that fits; used may be NULL
#endif
