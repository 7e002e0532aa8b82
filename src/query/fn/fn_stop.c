// fn_stop: what ends a statement that must not go on, and how it is known.
#include "query/fn.h"
#include <stdint.h>
#include <stdlib.h>

// gr_stop(text, at): what a statement that must not go on says.
static void stop(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    fn_fail(c, v[1], "%s", (const char *)sqlite3_value_text(v[0]));
}

// --- gr_repeats(x): is one of these integers there twice? NULLs do not count ---

typedef struct {
    int64_t *at;
    size_t len, cap;
    bool unsorted; // rows mostly come in the order of their numbers
} Seen;

static bool push(Seen *s, int64_t x)
{
    enum { CAP_FIRST = 64 };
    if (s->len == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : CAP_FIRST;
        int64_t *at = sqlite3_realloc64(s->at, cap * sizeof *at);
        if (!at) return false;
        s->at = at;
        s->cap = cap;
    }
    s->unsorted = s->unsorted || (s->len && s->at[s->len - 1] > x);
    s->at[s->len++] = x;
    return true;
}

static void see(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    Seen *s = sqlite3_aggregate_context(c, sizeof *s);
    if (!s || !push(s, sqlite3_value_int64(v[0]))) sqlite3_result_error_nomem(c);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void seen_twice(sqlite3_context *c)
{
    Seen *s = sqlite3_aggregate_context(c, 0);
    bool twice = false;
    if (s && s->unsorted) qsort(s->at, s->len, sizeof *s->at, by_size);
    for (size_t i = 1; s && i < s->len && !twice; i++) twice = s->at[i] == s->at[i - 1];
    if (s) sqlite3_free(s->at);
    sqlite3_result_int(c, twice);
}

static const QueryFn rows[] = {
    {.name = "gr_repeats", .args = 1, .step = see, .final = seen_twice},
    {.name = "gr_stop", .args = 2, .call = stop},
};
const QueryFns fn_stops = {rows, sizeof rows / sizeof *rows};
