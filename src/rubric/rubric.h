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

// Does this sentence hold one of the words? The form of facts' `ask`: stems, phrases, "=exact",
// "prefix*", $sets. An entry all of whose words stand in `said` (what the interviewer just said)
// does not count: an echo is no question.
bool rubric_hears(Str sentence, StrList words, const WordSets *sets, Str said);
#endif
