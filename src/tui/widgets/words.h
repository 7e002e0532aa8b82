// words: where words and clusters begin and end in a line being edited.
#ifndef TUI_WIDGETS_WORDS_H
#define TUI_WIDGETS_WORDS_H
#include "base/str.h"

bool word_is_part(char c);                // letters, digits, _, and every byte of other scripts
size_t word_left(Str s, size_t at);       // start of the word before
size_t word_right(Str s, size_t at);      // end of the word behind
size_t word_blank_left(Str s, size_t at); // the same, where only blanks part words (^W)
size_t cluster_snap(Str s, size_t at);    // the first cluster boundary at or behind `at`
// What may stand in an edited text: valid UTF-8 (bad bytes U+FFFD), tabs as two blanks, CR and CRLF
// as newlines, no other control character, no-break blanks as blanks.
Str words_gate(Arena *a, Str raw);
#endif
