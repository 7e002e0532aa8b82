// rubric/private: what the files of this module share.
#ifndef RUBRIC_PRIVATE_H
#define RUBRIC_PRIVATE_H
#include "match/match.h"
#include "rubric/rubric.h"

// ---- entry.c: one entry of a list of words ------------------------------------------------------
typedef enum { ENTRY_STEMS, ENTRY_EXACT, ENTRY_PREFIX, ENTRY_LAST = ENTRY_PREFIX } EntryKind;
enum { ENTRY_COUNT_ = ENTRY_LAST + 1 };

typedef struct {
    EntryKind kind;
    MatchText words; // none: the entry is never heard
    Str closed;      // ENTRY_STEMS: all words written as one, stemmed
} RubricEntry;

typedef struct {
    size_t first, count; // words of the text
} RubricSpan;

RubricEntry rubric_entry(Arena *a, MatchStemmer *s, Str written); // no $set
// The first place in the sentence, at or behind word `from` of the text, at which it is heard.
bool rubric_entry_find(const RubricEntry *e, const MatchText *text, const MatchSentence *sentence,
                       size_t from, RubricSpan *out);

// ---- function.c: words that carry grammar and not content ---------------------------------------
bool rubric_is_function_word(const MatchWord *w);
#endif
