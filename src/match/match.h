// match: regular expressions that always end, English stems, and text cut into words and sentences.
//
// Regular expressions come from packs, texts from candidates: both are foreign. Every search has a
// budget of work that is counted, so it ends the same way on every machine; the wall clock is only
// the last fence. Words keep the bytes they came from, since what was heard is shown as evidence.
#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H
#include "base/world.h"

// ---- regular expressions (PCRE2, interpreter only) ----------------------------------------------
enum {
    MATCH_PATTERN_MAX = 2048,    // bytes of a pattern
    MATCH_SUBJECT_MAX = 1 << 16, // bytes of a text that are searched; the rest is not looked at
    MATCH_WALL_MS = 1000,        // the last fence
};

typedef struct MatchRegex MatchRegex;
typedef struct {
    size_t from, to; // bytes [from, to)
} MatchSpan;

// Compiles a pattern (UTF-8; `nocase`: letters of both cases are equal). On failure err->column is
// the character of the pattern at which it is wrong, and the sentence names it. Close accepts NULL.
MUST_USE bool match_regex_open(Str pattern, bool nocase, MatchRegex **out, Error *err);
void match_regex_close(MatchRegex *re);
// The first match at or behind byte `from`. False: the search was stopped (ERROR_TIME,
// ERROR_MEMORY) or the text is not UTF-8 (ERROR_INPUT). `world` gives the fence its clock; NULL =
// no fence, the count alone ends the search.
MUST_USE bool match_regex_find(MatchRegex *re, Str text, size_t from, const World *world,
                               bool *found, MatchSpan *span, Error *err);

// Of the last match: the bytes of group `i` (0 = all of it); false when it took no part.
bool match_regex_group(const MatchRegex *re, size_t i, MatchSpan *span);
size_t match_regex_groups(const MatchRegex *re); // capturing ones

// ---- stems (Snowball English) -------------------------------------------------------------------
typedef struct MatchStemmer MatchStemmer;
MatchStemmer *match_stemmer_open(void); // never NULL
void match_stemmer_close(MatchStemmer *s);
// The stem of one lower-case word; words with digits are their own stems.
Str match_stem(Arena *a, MatchStemmer *s, Str word);

// ---- words and sentences ------------------------------------------------------------------------
// --------------------------------------------------------------------------- "exactly-once",
// "e-mail" are two words glued by a hyphen, "read_committed" two glued by an underscore; "2pc",
// "p90", "don't", "2.4", "1,288" are one. A % is a word of its own.

typedef enum {
    MATCH_APART,      // a space or a mark stands in front
    MATCH_HYPHEN,     // glued to the word in front
    MATCH_UNDERSCORE, // glued to the word in front: an identifier is only heard whole
    MATCH_GLUE_LAST = MATCH_UNDERSCORE,
} MatchGlue;
enum { MATCH_GLUE_COUNT_ = MATCH_GLUE_LAST + 1 };

typedef struct {
    Str text;        // as written, in the text itself
    Str norm;        // lower case, straight apostrophe, digits without commas; "SLAs" is "sla"
    Str stem;        // of norm
    MatchGlue glue;  // to the word in front
    size_t run;      // at the first of N words glued by hyphens alone: N; else 0
    Str closed;      // there: the stem of all of them written as one, "e-mail" as "email"
    size_t sentence; // index
} MatchWord;

typedef struct {
    size_t first, count; // words
} MatchSentence;         // never empty

typedef struct {
    Str text;
    MatchWord *words;
    size_t word_count;
    MatchSentence *sentences; // end at . ! ? … and at the end of a line
    size_t sentence_count;
} MatchText;

// Cuts a text into words and sentences; any bytes are a text. It borrows the text.
MatchText match_words(Arena *a, MatchStemmer *s, Str text);
#endif
