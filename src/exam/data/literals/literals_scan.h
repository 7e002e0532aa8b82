// private: what the files of literals share: the reading of a query, a token after the other.
#ifndef EXAM_LITERALS_SCAN_H
#define EXAM_LITERALS_SCAN_H
#include "base/vec.h"
#include "exam/data/literals/literals.h"

enum { CALLS_MOST = 32 }; // of open parentheses that are looked at

typedef VEC(Literal) LiteralVec;

typedef struct {
    Arena *arena;
    Dialect dialect;
    LiteralVec list;
    VEC(Str) names;
    VEC(Str) glued;
    Str column;     // the last name of this comparison
    Str column_was; // before that name: r'…' is no column beside a string
    bool between;   // its AND does not end the comparison
    bool waiting;   // the last literal stood before its column: 5 < x
    LiteralUse use; // of the next string
    bool similar, glob, many;
    bool in_list; // of IN
    bool negated;
    bool rounds[CALLS_MOST]; // by depth: the call keeps some decimals
    bool comma[CALLS_MOST];  // … and says how many
    size_t depth;
    size_t gluing; // the depth within the outermost CONCAT; 0 = outside
    bool piped;    // this name stands behind ||
    VEC(Str) joined;
    VEC(Str) grouped;
    bool grouping;   // names behind PARTITION BY
    Str left, right; // of the = that is being read
    size_t listing;  // the depth within a STRING_AGG and its like; 0 = outside
    Str listed;      // what is gathered there
    Token before[2];
    Literals *out;
} Scan;

bool scan_is_word(const Token *t, const char *word);
bool scan_is_any(const Token *t, const char *const *words, size_t len);
bool scan_is_comparison(const Token *t);

// ---- what a string stands for (literals_use.c)
// r'…' and e'…': the letter that stands right before this string.
char scan_prefix(const Scan *s, const Token *t);
// Without its quotes; a doubled quote, and a backslash where it is one, stand for one character.
Str scan_unquoted(const Scan *s, const Token *t);
// The pattern of GLOB as one of LIKE, that of SIMILAR TO as a regular expression.
Str scan_respelled(const Scan *s, Str pattern);
void scan_use(Scan *s, const Token *t); // what the next string is to the query

// ---- what calls say, and what is put together (literals_calls.c)
void scan_calls(Scan *s, const Token *t);
void scan_glue(Scan *s, const Token *t);   // CONCAT(x, y) and x || y
void scan_joins(Scan *s, const Token *t);  // x = y
void scan_groups(Scan *s, const Token *t); // PARTITION BY x
void scan_lists(Scan *s, const Token *t);  // STRING_AGG(x, '')

// ---- the units of time that it counts in (literals_units.c): a bit for each
unsigned units_of_word(Str word);
unsigned units_of_text(Str text); // 'month', '-7 days', 'YYYY-MM', '%Y-%m'
#endif
