// fn_choice: the largest of values that may be NULL, and how many are.
#include "base/interval.h"
#include "query/fn_json.h"
#include "query/fn_text.h"

// Like SQLite's own MAX and MIN of values: numbers before texts, texts by bytes; arrays and structs
// by their elements, NULLs in them high, as the dialects that skip NULLs here mostly have them.
static int compare(sqlite3_value *a, sqlite3_value *b)
{
    int ta = sqlite3_value_type(a), tb = sqlite3_value_type(b);
    if (ta == SQLITE_INTEGER && tb == SQLITE_INTEGER) {
        int64_t x = sqlite3_value_int64(a), y = sqlite3_value_int64(b);
        return (x > y) - (x < y);
    }
    bool na = ta == SQLITE_INTEGER || ta == SQLITE_FLOAT;
    bool nb = tb == SQLITE_INTEGER || tb == SQLITE_FLOAT;
    if (na != nb) return na ? -1 : 1;
    int64_t p, q; // the lengths of two intervals
    if (!na && interval_key(value_str(a), &p) && interval_key(value_str(b), &q))
        return (p > q) - (p < q);
    if (!na) return json_text_compare(value_str(a), value_str(b), true);
    double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
    return (x > y) - (x < y);
}

static void extreme(sqlite3_context *c, int n, sqlite3_value **v, int sign)
{
    sqlite3_value *best = NULL;
    for (int i = 0; i < n; i++) {
        if (sqlite3_value_type(v[i]) == SQLITE_NULL) continue;
        if (!best || compare(v[i], best) * sign > 0) best = v[i];
    }
    if (best) sqlite3_result_value(c, best);
}
static void greatest(sqlite3_context *c, int n, sqlite3_value **v)
{
    extreme(c, n, v, 1);
}
static void least(sqlite3_context *c, int n, sqlite3_value **v)
{
    extreme(c, n, v, -1);
}

static int nulls(int n, sqlite3_value **v)
{
    int count = 0;
    for (int i = 0; i < n; i++) count += sqlite3_value_type(v[i]) == SQLITE_NULL;
    return count;
}
static void num_nulls(sqlite3_context *c, int n, sqlite3_value **v)
{
    sqlite3_result_int(c, nulls(n, v));
}
static void num_nonnulls(sqlite3_context *c, int n, sqlite3_value **v)
{
    sqlite3_result_int(c, n - nulls(n, v));
}

static const QueryFn rows[] = {
    {.name = "gr_greatest", .args = -1, .call = greatest},
    {.name = "gr_least", .args = -1, .call = least},
    {.name = "gr_num_nonnulls", .args = -1, .call = num_nonnulls},
    {.name = "gr_num_nulls", .args = -1, .call = num_nulls},
};
const QueryFns fn_choices = {rows, sizeof rows / sizeof *rows};
