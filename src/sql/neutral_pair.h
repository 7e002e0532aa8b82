// neutral_pair: how two values of two types compare.
#ifndef SQL_NEUTRAL_PAIR_H
#define SQL_NEUTRAL_PAIR_H
#include "sql/translate.h"

// Both sides as home compares them: of one type, in one case where the target needs it said; rows
// member by member.
void compare_pair(Translator *t, SqlNode **a, SqlNode **b);
void compare_set(Translator *t, SqlNode **x, SqlNode **set, uint32_t n); // x against each of them
void compare_rows(Translator *t, SqlNode **x, SqlNode *subquery);        // … of a subquery

// JSON values (neutral_document.c): beside what is none; n is the comparison.
void document_pair(Translator *t, SqlNode *n, SqlNode **a, SqlNode **b);
void document_cast(Translator *t, SqlNode *cast, LogicalType into);
SqlNode *document_texts(Translator *t, SqlNode *cast, SqlType into);
bool document_sorted(Translator *t, const SqlNode *item); // refused, where targets sort otherwise
void document_set(Translator *t, SqlNode **x, SqlNode *const *set, uint32_t n);
bool document_exact(const Translator *t, const SqlNode *a, const SqlNode *b); // with their case
SqlDocument document_of(const Translator *t, const SqlNode *n);
const char *document_collation(const Translator *t, const SqlNode *n); // NULL: it has none
SqlNode *document_text(Translator *t, SqlNode *n);
#endif
