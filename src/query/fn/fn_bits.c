// fn_bits: aggregates over the bits of integers, and events counted along a window.
#include "query/fn.h"
#include "query/fn_bag.h"
#include <stdint.h>

// How often each bit is set: so a row can leave a frame again.
typedef struct {
    sqlite3_int64 n;
    sqlite3_int64 set[64];
} Bits;

static void take(sqlite3_context *c, sqlite3_value **v, int sign)
{
    Bits *b = sqlite3_aggregate_context(c, sizeof *b);
    if (!b) {
        sqlite3_result_error_nomem(c);
        return;
    }
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    uint64_t x = (uint64_t)sqlite3_value_int64(v[0]);
    b->n += sign;
    for (int i = 0; i < 64; i++) {
        if (x >> i & 1) b->set[i] += sign;
    }
}
static void step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    take(c, v, 1);
}
static void inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    take(c, v, -1);
}

static void value(sqlite3_context *c)
{
    const char *op = sqlite3_user_data(c);
    const Bits *b = sqlite3_aggregate_context(c, 0);
    if (!b || b->n == 0) return;
    uint64_t all = 0;
    for (int i = 0; i < 64; i++) {
        bool one = *op == '&' ? b->set[i] == b->n : *op == '|' ? b->set[i] > 0 : b->set[i] % 2 == 1;
        if (one) all |= UINT64_C(1) << i;
    }
    sqlite3_result_int64(c, (sqlite3_int64)all);
}

// How often the value was another than the one before it (NULLs do not count): a running count,
// which takes no row out again.
typedef struct {
    sqlite3_int64 n;
    sqlite3_value *last;
} Changes;

static void change_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Changes *s = sqlite3_aggregate_context(c, sizeof *s);
    if (!s) {
        sqlite3_result_error_nomem(c);
        return;
    }
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (s->last && value_compare(s->last, v[0], false) == 0) return;
    s->n += s->last != NULL;
    sqlite3_value_free(s->last);
    s->last = sqlite3_value_dup(v[0]);
}
static void change_value(sqlite3_context *c)
{
    const Changes *s = sqlite3_aggregate_context(c, 0);
    sqlite3_result_int64(c, s ? s->n : 0);
}
static void change_final(sqlite3_context *c)
{
    change_value(c);
    Changes *s = sqlite3_aggregate_context(c, 0);
    if (s) sqlite3_value_free(s->last);
}
static void change_inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    sqlite3_result_error(c, "Changes are counted from the start of the window on.", -1);
}

#define BITS(text, op)                                                                             \
    {                                                                                              \
        .name = text, .args = 1, .step = step, .inverse = inverse, .value = value, .final = value, \
        .data = op                                                                                 \
    }
static const QueryFn rows[] = {
    BITS("gr_bit_and_agg", "&"),
    BITS("gr_bit_or_agg", "|"),
    BITS("gr_bit_xor_agg", "^"),
    {.name = "gr_changes",
     .args = 1,
     .step = change_step,
     .inverse = change_inverse,
     .value = change_value,
     .final = change_final},
};
const QueryFns fn_bits = {rows, sizeof rows / sizeof *rows};
