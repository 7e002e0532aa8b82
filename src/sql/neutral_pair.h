// neutral_pair: how two values of two types compare.
#ifndef SQL_NEUTRAL_PAIR_H
#define SQL_NEUTRAL_PAIR_H
#include "sql/translate.h"

// Both sides as home compares them: of one type, in one case where the target needs it said; rows
// member by member.
void compare_pair(Translator *t, SqlNode **a, SqlNode **b);
void compare_set(Translator *t, SqlNode **x, SqlNode **set, uint32_t n); // x against each of them
void compare_rows(Translator *t, SqlNode **x, SqlNode *subquery);        // … of a subquery
#endif
