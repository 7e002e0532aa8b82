// fn_text: what the functions over text share: values as slices, results, places by code point.
#ifndef QUERY_FN_TEXT_H
#define QUERY_FN_TEXT_H
#include "base/utf8.h"
#include "query/fn.h"

Str value_str(sqlite3_value *v); // its text; borrowed until the call returns
// Its bytes as they stand: value_str makes SQLite end a text with a zero, which copies what another
// function gave. Of a UTF-16 database they are no UTF-8: a text not understood is asked for again.
Str value_bytes(sqlite3_value *v);
void result_str(sqlite3_context *c, Str s);
// The text that was built, or the error it came to; frees it.
void result_built(sqlite3_context *c, sqlite3_str *b);
sqlite3_str *build(sqlite3_context *c);
void build_str(sqlite3_str *b, Str s);
bool str_is_ascii(Str s);
// A result that is put together: without memory of its own while it is short.
typedef struct {
    sqlite3_context *context;
    sqlite3_str *more; // all of it, when `few` was too small
    size_t len;
    char few[120];
} TextOut;
void out_start(TextOut *t, sqlite3_context *c);
void out_put(TextOut *t, Str s);
void out_end(TextOut *t);                // sets the result
size_t str_points(Str s);                // code points
size_t str_byte_of(Str s, size_t point); // of the 0-based code point; s.len behind the last
bool text_like_folded(Str s, Str pattern, Str escape); // LIKE without case and accents
int collate_folded(void *ctx, int a_len, const void *a, int b_len, const void *b);
#endif
