// fn_since: windows over times: order keys as numbers, and frames that start months before a row.
//
// SQLite's RANGE adds numbers to numbers: days and hours become microseconds. A month has no length
// of its own: gr_since sees all rows up to the current one and its peers, the time of each as a
// key, and takes those that are no more than so many calendar months away.
#include "query/fn_bag.h"
#include "query/fn_date.h"

static void micros(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Moment m;
    if (fn_moment(c, v[0], &m)) sqlite3_result_int64(c, m.us);
}

typedef struct {
    sqlite3_value *x;
    Moment time;
    bool none; // the key is NULL
} Row;

typedef struct {
    char op; // + the sum, # the count, / the mean, < the least, > the greatest
    sqlite3_int64 months;
    Row *at;
    size_t len, cap;
} Since;

static bool push(sqlite3_context *c, Since *s, sqlite3_value **v)
{
    if (s->len == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 16;
        Row *at = sqlite3_realloc64(s->at, cap * sizeof *at);
        if (!at) return false;
        s->at = at;
        s->cap = cap;
    }
    Row r = {.none = sqlite3_value_type(v[2]) == SQLITE_NULL};
    if (!r.none && !fn_moment(c, v[2], &r.time)) return true;
    r.x = sqlite3_value_dup(v[1]);
    if (!r.x) return false;
    s->at[s->len++] = r;
    return true;
}

// op, x, time, months: negative where the order is descending
static void step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Since *s = sqlite3_aggregate_context(c, sizeof *s);
    const char *op = (const char *)sqlite3_value_text(v[0]);
    if (!s || !op || !push(c, s, v)) {
        sqlite3_result_error_nomem(c);
        return;
    }
    s->op = op[0];
    s->months = sqlite3_value_int64(v[3]);
}

static void inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    sqlite3_result_error(c, "This window starts with its first row.", -1);
}

// The rows of the frame of the last one: from this index on.
static size_t start_of(const Since *s)
{
    const Row *now = &s->at[s->len - 1];
    size_t from = s->len - 1;
    Moment bound;
    Interval back = {.months = -s->months};
    if (!now->none && !moment_plus(now->time, back, &bound)) bound = now->time;
    while (from > 0) {
        const Row *r = &s->at[from - 1];
        if (r->none != now->none) break;
        bool inside = r->none || (s->months > 0 ? r->time.us >= bound.us : r->time.us <= bound.us);
        if (!inside) break;
        from--;
    }
    return from;
}

static void result_total(sqlite3_context *c, const Since *s, size_t from)
{
    double sum = 0;
    sqlite3_int64 whole = 0, count = 0;
    bool real = s->op == '/';
    for (size_t i = from; i < s->len; i++) {
        int type = sqlite3_value_numeric_type(s->at[i].x);
        if (type == SQLITE_NULL) continue;
        count++;
        sum += sqlite3_value_double(s->at[i].x);
        real = real || type != SQLITE_INTEGER ||
               __builtin_add_overflow(whole, sqlite3_value_int64(s->at[i].x), &whole);
    }
    if (s->op == '#') {
        sqlite3_result_int64(c, count);
    } else if (count && real) {
        sqlite3_result_double(c, s->op == '/' ? sum / (double)count : sum);
    } else if (count) {
        sqlite3_result_int64(c, whole);
    }
}

static void result_extreme(sqlite3_context *c, const Since *s, size_t from)
{
    sqlite3_value *best = NULL;
    for (size_t i = from; i < s->len; i++) {
        sqlite3_value *x = s->at[i].x;
        if (sqlite3_value_type(x) == SQLITE_NULL) continue;
        int order = best ? value_compare(x, best, false) : 0;
        bool better = !best || (s->op == '<' ? order < 0 : order > 0);
        if (better) best = x;
    }
    if (best) sqlite3_result_value(c, best);
}

static void value(sqlite3_context *c)
{
    const Since *s = sqlite3_aggregate_context(c, 0);
    if (!s || !s->len) return;
    size_t from = start_of(s);
    if (s->op == '<' || s->op == '>') {
        result_extreme(c, s, from);
    } else {
        result_total(c, s, from);
    }
}

static void final(sqlite3_context *c)
{
    value(c);
    Since *s = sqlite3_aggregate_context(c, 0);
    if (!s) return;
    for (size_t i = 0; i < s->len; i++) sqlite3_value_free(s->at[i].x);
    sqlite3_free(s->at);
}

static const QueryFn rows[] = {
    {.name = "gr_micros", .args = 1, .call = micros},
    {.name = "gr_since",
     .args = 4,
     .step = step,
     .inverse = inverse,
     .value = value,
     .final = final},
};
const QueryFns fn_since = {rows, sizeof rows / sizeof *rows};
