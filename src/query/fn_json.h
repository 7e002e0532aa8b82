// fn_json: JSON text as arrays, structs and variants have it at run time, read and written.
#ifndef QUERY_FN_JSON_H
#define QUERY_FN_JSON_H
#include "base/str.h"
#include "query/fn.h"

enum { JSON_DEPTH_MAX = 200 };

// A value in its text: kind is one of  n(ull) t(rue) f(alse) 0 (a number) " [ {  or 0: none.
typedef struct {
    Str text; // with quotes and brackets
    char kind;
} JsonItem;

// Goes over the members of an array or object. `key` is the key's text with quotes, or empty.
typedef struct {
    Str rest;
    bool object, bad, started;
    Str key;
    JsonItem item;
} JsonWalk;

// One whole value, white space around it allowed: false when the text is no JSON.
bool json_item(Str text, JsonItem *out);
JsonWalk json_walk(JsonItem of);  // of an array or object: for others there is nothing to walk
bool json_next(JsonWalk *w);      // false at the end, or when w->bad
Str fn_text_of(sqlite3_value *v); // the bytes of a text; empty for NULL

// ---- writing
void json_put(sqlite3_str *s, sqlite3_value *v, char kind); // B: 1 is true; J: it is JSON text
void json_put_text(sqlite3_str *s, Str text);               // in quotes
void json_put_plain(sqlite3_str *s, Str quoted);            // what a text in quotes means
// The result of a call: a text that was built, or memory that was not there.
void json_result(sqlite3_context *c, sqlite3_str *s);
// An item as SQL has it: texts without quotes, true as 1, arrays and objects as JSON text.
void json_result_item(sqlite3_context *c, JsonItem item);
// The same two items, as SQL would compare them: numbers by value, texts by what they mean.
int json_compare(JsonItem a, JsonItem b);
// Two texts: arrays and objects as SQL orders them, with NULLs in them low or high, other texts by
// their bytes. As a collation: nulls_high is any pointer but NULL.
int json_text_compare(Str a, Str b, bool nulls_high);
int collate_json(void *nulls_high, int a_len, const void *a, int b_len, const void *b);
// Whole JSON values by their kinds first: as Postgres sorts jsonb, or as MySQL does (any pointer
// but NULL).
int collate_document(void *mysql, int a_len, const void *a, int b_len, const void *b);
#endif
