// fn_items: an array as the list of its items: what the functions of arrays and maps share.
//
// Items point into the text that they were taken from. Their list is freed by sqlite3_free(at).
#ifndef QUERY_FN_ITEMS_H
#define QUERY_FN_ITEMS_H
#include "query/fn_json.h"

typedef struct {
    JsonItem *at;
    size_t len, cap;
} Items;

typedef struct {
    bool down, nulls_last;
} ItemOrder;

bool items_push(Items *items, JsonItem item); // false: no memory
bool items_push_all(Items *items, JsonItem of);
// The items of the array in v; false, with NULL as the result, when it is none.
bool items_take(sqlite3_context *c, sqlite3_value *v, Items *out);
bool items_sort(sqlite3_context *c, Items *items, ItemOrder o); // false: no memory, which is said

sqlite3_str *items_text(sqlite3_context *c); // a text to be built
void items_free_text(sqlite3_str *s);
void items_put(sqlite3_str *s, JsonItem item); // behind a comma, unless it is the first
void items_result(sqlite3_context *c, const JsonItem *at, size_t len);
// A value as an item, in a text of its own.
bool items_value(sqlite3_str *s, sqlite3_value *v, char kind, JsonItem *out);
#endif
