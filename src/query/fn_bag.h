// fn_bag: the rows of a group or of a window's frame, kept in the order that an aggregate asks for.
//
// What sorts its input (a median, a list with ORDER BY) or needs all of it keeps it here. The first
// argument of such a function is its order, a constant: flags, and behind a colon two letters a
// key.
//     D  the same value once            I  no NULLs
//     B  the first value is a boolean   J  it is JSON text      b, j: the second value
//     C  text is compared without case  S, H: as arrays and structs, their NULLs low or high
//     12 at most so many of them
//     :adfl…  a or d: ascending or descending; f or l: NULLs first or last
// Then come the values, then the keys; where the keys are left out, the first value is the key.
// Rows leave in the order in which they came, as frames move.
#ifndef QUERY_FN_BAG_H
#define QUERY_FN_BAG_H
#include "base/str.h"
#include "query/fn.h"

enum { BAG_KEYS_MAX = 12, BAG_VALUES_MAX = 3, BAG_WIDTH_MAX = 32 };

// A row is one piece of memory: the number, the values, its keys (fn_bag.c), the keys' texts.
typedef struct {
    sqlite3_int64 number; // in the order of arrival
    sqlite3_value *value[];
} BagRow;

typedef enum { TEXT_PLAIN, TEXT_FOLDED, TEXT_JSON_LOW, TEXT_JSON_HIGH } BagText;

typedef struct {
    bool started;
    bool distinct, no_nulls;
    BagText text;     // how texts are compared
    char kind[2];     // of the values: 0, 'B', 'J'
    size_t most;      // 0 = all
    int values, keys; // in a row
    // Of the first row. Those behind the first value are constants as a rule (a separator, a
    // percentile, a place): rows that have the same point here.
    sqlite3_value *kept[BAG_VALUES_MAX];
    bool key_is_value; // the one key is the first value
    bool down[BAG_KEYS_MAX], nulls_last[BAG_KEYS_MAX];
    BagRow **sorted; // [0, ordered) by keys, the rest as it came
    BagRow **come;   // by arrival, from `gone` on
    size_t len, cap, ordered, gone;
    sqlite3_int64 next;
} Bag;

// What a function with a bag is: sqlite3_user_data points at it.
typedef struct {
    int values;
    void (*finish)(sqlite3_context *c, Bag *b); // b is sorted and has rows
    bool keeps_nulls;                           // a NULL value is a row unless I is said
    bool counts;                                // of nothing: 0
} BagFn;

FnCall bag_step, bag_inverse;
FnFinal bag_value, bag_final;

// The rows as they are to be listed: sorted, each value once where that is asked, cut at `most`.
// In memory of SQLite's; NULL when there is none.
BagRow **bag_list(Bag *b, size_t *len);
int value_compare(sqlite3_value *a, sqlite3_value *b, BagText how); // NULLs are equal, and lowest
#endif
