// fn_tuples: several values as one: for counting different pairs.
#include "query/fn_json.h"
#include <math.h>

// Each value with its kind and length, so that no two tuples look alike; 1 and 1.0 are the same.
static void put(sqlite3_str *s, sqlite3_value *v)
{
    double real;
    switch (sqlite3_value_type(v)) {
    case SQLITE_NULL:
        sqlite3_str_appendall(s, "n;");
        break;
    case SQLITE_INTEGER:
        sqlite3_str_appendf(s, "i%lld;", sqlite3_value_int64(v));
        break;
    case SQLITE_FLOAT:
        real = sqlite3_value_double(v);
        if (floor(real) == real && fabs(real) < 9e15) {
            sqlite3_str_appendf(s, "i%lld;", (sqlite3_int64)real);
        } else {
            sqlite3_str_appendf(s, "r%!.17g;", real);
        }
        break;
    default: {
        Str text = fn_text_of(v);
        sqlite3_str_appendf(s, "t%d:", (int)text.len);
        sqlite3_str_append(s, text.ptr ? text.ptr : "", (int)text.len);
        break;
    }
    }
}

static void tuple(sqlite3_context *c, int n, sqlite3_value **v)
{
    sqlite3_str *s = sqlite3_str_new(sqlite3_context_db_handle(c));
    for (int i = 0; i < n; i++) put(s, v[i]);
    json_result(c, s);
}

static void whole_tuple(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (!fn_any_null(n, v)) tuple(c, n, v);
}

static const QueryFn rows[] = {
    {.name = "gr_tuple", .args = -1, .call = tuple},
    {.name = "gr_whole_tuple", .args = -1, .call = whole_tuple}, // NULL when one of them is
};
const QueryFns fn_tuples = {rows, sizeof rows / sizeof *rows};
