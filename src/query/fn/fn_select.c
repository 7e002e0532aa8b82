// fn_select: what a query means beyond its rows: a subquery that stands for one value.
#include "query/fn.h"

typedef struct {
    sqlite3_value *value;
    bool seen;
} Single;

static void single_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Single *s = sqlite3_aggregate_context(c, sizeof *s);
    if (!s) {
        sqlite3_result_error_nomem(c);
    } else if (s->seen) {
        fn_fail(c, v[1], "This subquery stands for one value, and it gives more than one row.");
    } else {
        s->seen = true;
        s->value = sqlite3_value_dup(v[0]);
        if (!s->value) sqlite3_result_error_nomem(c);
    }
}

static void single_final(sqlite3_context *c)
{
    Single *s = sqlite3_aggregate_context(c, 0);
    if (!s || !s->value) return; // no row: NULL
    sqlite3_result_value(c, s->value);
    sqlite3_value_free(s->value);
    s->value = NULL;
}

static const QueryFn rows[] = {
    {.name = "gr_single", .args = 2, .step = single_step, .final = single_final},
};
const QueryFns fn_selects = {rows, sizeof rows / sizeof *rows};
