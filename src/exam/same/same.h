// same: mutants that mean the same as the reference, and the keys of a query's rows that prove it.
//
// Only what is proved is given: a key that is not found is no proof that there is none.
#ifndef EXAM_SAME_H
#define EXAM_SAME_H
#include "exam/mutate/mutants.h"

enum { KEY_COLUMNS = 8, KEYS_MOST = 6 };

// ---- the reference with what its names mean (tree.c)
struct SameTree {
    Arena *arena;
    const WarehouseSpec *w;
    SqlScript script;
    SqlMeaning meaning;
    const SqlNode **nodes;  // by id
    const SqlNode **parent; // by id
};

// The query behind a CTE or derived table; NULL = it is a table, or something else.
const SqlNode *tree_query_of(const SameTree *t, const SqlNode *source);
const TableSpec *tree_table(const SameTree *t, const SqlNode *source); // NULL = it is none
const SqlNode *tree_select_of(const SqlNode *query); // NULL = it is a set operation
// The SELECT to which this node belongs, its ORDER BY included.
const SqlNode *tree_select_around(const SameTree *t, const SqlNode *n);
// A column of a TABLE or DERIVED in FROM, by its place.
typedef struct {
    const SqlNode *source;
    uint32_t column;
} KeyColumn;
bool tree_bound(const SameTree *t, const SqlNode *column, KeyColumn *out);
// What an alias of the same SELECT stands for; the node itself where it is none.
const SqlNode *tree_meant(const SameTree *t, const SqlNode *n);
// The expression behind a column of a CTE or derived table; NULL when there is none such.
const SqlNode *tree_value(const SameTree *t, const SqlNode *column);
bool tree_has_star(const SqlNode *select);
// Whether all columns in this expression are brought by the SELECT itself.
bool tree_is_own(const SameTree *t, const SqlNode *select, const SqlNode *n);
bool tree_same(const SameTree *t, const SqlNode *x, const SqlNode *y); // the same value in a row
bool tree_folds(const SameTree *t, LogicalType type); // values that differ may be equal there
bool tree_plain_group(const SqlNode *group);          // keys and nothing else; NULL is none

// ---- keys (rowkeys.c)
typedef struct {
    KeyColumn at[KEY_COLUMNS];
    size_t len; // 0 = there is one row at most
} RowKey;
typedef struct {
    RowKey at[KEYS_MOST];
    size_t len;
} RowKeys;
RowKeys rowkeys_of_source(const SameTree *t, const SqlNode *source);
bool rowkeys_has(const RowKey *k, KeyColumn c);

// Values of a row, with aliases and numbers of items replaced by what they stand for.
typedef struct {
    const SqlNode *at[2 * KEY_COLUMNS];
    size_t len;
} KeyList;
void keylist_add(const SameTree *t, KeyList *l, const SqlNode *value);
// The first `upto` of a GROUP BY or of a query's ORDER BY, where numbers stand for items.
void keylist_add_places(const SameTree *t, KeyList *l, const SqlNode *select, const SqlNode *list,
                        uint32_t upto);
// Whether no two rows of the select, before it puts out its items, agree in all these values.
bool rowkeys_tell(const SameTree *t, const SqlNode *select, const KeyList *by);
bool rowkeys_ungrouped_tell(const SameTree *t, const SqlNode *select, const KeyList *by);
bool rowkeys_output(const SameTree *t, const SqlNode *select); // no two rows it puts out are equal

// ---- proofs (same.c, and same_order.c for what depends on an order)
typedef struct {
    const SameTree *t;
    const Mutant *m;
    const SqlNode *n;      // at which it was made
    const SqlNode *select; // to which that belongs
} Doubt;
const char *same_rank(const Doubt *d);
const char *same_rank_bound(const Doubt *d);
const char *same_frame(const Doubt *d);
const char *same_order(const Doubt *d);
#endif
