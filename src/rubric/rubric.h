// rubric: free text against items. Words are stems; what fired is shown as evidence.
#ifndef RUBRIC_RUBRIC_H
#define RUBRIC_RUBRIC_H
#include "base/diag.h"

typedef enum {
    AXIS_CORRECTNESS,
    AXIS_CLARIFICATION,
    AXIS_TRADEOFFS,
    AXIS_FAILURE,
    AXIS_COMMUNICATION,
    AXIS_LAST = AXIS_COMMUNICATION
} Axis;
enum { AXIS_COUNT_ = AXIS_LAST + 1 };
const char *axis_title(Axis a); // as a person reads it: "trade-offs"
const char *
axis_name(Axis a); // "correctness", "clarification", "tradeoffs", "failure", "communication"
bool axis_from_name(Str name, Axis *out);

// A shared synonym set: `$name` in a list stands for its words.
typedef struct {
    Str name;
    StrList words;
} WordSet;
typedef struct {
    WordSet *at;
    size_t len;
} WordSets;

// What an item listens for, as written: alone (one is enough), pair (two different groups in one
// sentence, at most `within` words apart), and the rare forms (near, before, all_of, at_least, not,
// num, re, unless).
typedef enum {
    MATCH_WORDS,
    MATCH_NUM,
    MATCH_RE,
    MATCH_GROUP,
    MATCH_RULE,
    MATCH_LAST = MATCH_RULE
} MatchKind;
typedef struct MatchTerm MatchTerm;
typedef struct MatchSpec MatchSpec;
struct MatchTerm {
    MatchKind kind;
    Str text; // MATCH_WORDS: one entry as written ("=word", "word*", "$set", a phrase); MATCH_RE:
              // the pattern
    double num_min, num_max; // MATCH_NUM; num_max < num_min = no bound
    bool has_min, has_max;
    StrList units;
    MatchTerm *any; // MATCH_GROUP: any of these
    size_t any_count;
    const MatchSpec *rule; // MATCH_RULE: operators of its own: {near: [...]} in a list
    Place at;
};
typedef struct {
    MatchTerm *at;
    size_t len;
} MatchTerms;
struct MatchSpec {
    MatchTerms alone, pair, near, before, all_of, at_least, never;
    int within; // words; 8 by default
    int at_least_count;
    bool scope_answer; // the whole answer instead of one sentence
    bool present;      // a match was written
};

typedef struct {
    Str id, want;
    Axis axis;
    Str beat;     // "" = any
    double worth; // 1 by default
    MatchSpec match;
    MatchTerms unless;
    Str hint, narrow, tell;
    StrList hits, misses;
    Place at;
} RubricItem;

// Does this text hold one of the words, within a sentence? The form of facts' `ask`: a word is
// heard in all its forms ("checkpoint" in "checkpointing", "e-mail" in "email"), "=word" only as it
// stands, "word*" by its beginning, several words as a phrase, $name as any word of that set. An
// entry that is heard only in words that also stand in `said` (what the interviewer just said) does
// not count: an echo is no question. Sets that are unknown or hold themselves are passed over.
bool rubric_hears(Str text, StrList words, const WordSets *sets, Str said);
// Does the text only give back what was said: nothing but words of `said` and function words
// ("the", "how", "is"), and at least one of the former?
bool rubric_is_echo(Str text, Str said);
// Reports entries that can never be heard: unknown sets (with the nearest name), sets that hold
// themselves, and entries without a word. Sets may be NULL.
void rubric_check_words(StrList words, const WordSets *sets, Place at, Diags *d);
#endif
