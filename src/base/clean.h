// clean: the one sanitiser that every foreign byte passes before screen, pipe or log.
//
// Foreign = packs, answers, result cells, engine messages, file names. Bad bytes become U+FFFD, C0
// and DEL become ^X, C1, bidi controls, zero-width, format, TAG, BOM, soft hyphen, U+2028/9 and
// noncharacters become <U+202E>; newline stays; a tab becomes spaces up to the next multiple of 4
// cells; at most 4 combining marks a cluster survive. So what comes out has no byte a terminal
// obeys, and its width is what utf8_width says.
#ifndef BASE_CLEAN_H
#define BASE_CLEAN_H
#include "base/str.h"

typedef enum { CLEAN_TEXT, CLEAN_LINE } CleanMode; // CLEAN_LINE also shows newlines, as ⏎

Str clean_text(Arena *a, Str raw, CleanMode mode,
               size_t *hidden); // hidden (may be NULL): characters replaced
bool clean_is_safe(
    uint32_t cp); // may this code point reach a terminal as it is? newline and tab: no
#endif
