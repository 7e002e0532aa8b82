// fn_sketches: HyperLogLog sketches as values: made, merged and read.
#include "query/fn_json.h"
#include "query/sketch.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// Equal values have equal hashes: 1 and 1.0 are one value, '1' is another.
static uint64_t hash_of(sqlite3_value *v)
{
    char text[64];
    double real = sqlite3_value_double(v);
    int type = sqlite3_value_type(v);
    if (type == SQLITE_INTEGER ||
        (type == SQLITE_FLOAT && floor(real) == real && fabs(real) < 9e15)) {
        snprintf(text, sizeof text, "n%lld", (long long)sqlite3_value_int64(v));
        return str_hash(str_from(text));
    }
    if (type == SQLITE_FLOAT) {
        snprintf(text, sizeof text, "r%a", real);
        return str_hash(str_from(text));
    }
    return str_hash(fn_text_of(v));
}

// The state of an aggregate is the sketch itself, made at the first value.
static Sketch *sketch_of(sqlite3_context *c)
{
    Sketch **held = sqlite3_aggregate_context(c, sizeof *held);
    if (held && !*held) {
        *held = sqlite3_malloc64(sizeof **held);
        if (*held) memset(*held, 0, sizeof **held);
    }
    if (held && *held) return *held;
    sqlite3_result_error_nomem(c);
    return NULL;
}

static void add_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Sketch *s = sketch_of(c);
    if (s && sqlite3_value_type(v[0]) != SQLITE_NULL) sketch_add(s, hash_of(v[0]));
}

static bool read_sketch(sqlite3_context *c, sqlite3_value **v, Sketch *out)
{
    if (sketch_read(fn_text_of(v[0]), out)) return true;
    fn_fail(c, v[1], "This is no HyperLogLog sketch.");
    return false;
}

static void merge_step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Sketch *s = sketch_of(c), other;
    if (!s || sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (read_sketch(c, v, &other)) sketch_merge(s, &other);
}

static void result_sketch(sqlite3_context *c, const Sketch *s)
{
    char text[SKETCH_TEXT_MAX];
    size_t len = sketch_write(s, text);
    sqlite3_result_text(c, text, (int)len, SQLITE_TRANSIENT);
}

static void finish(sqlite3_context *c, bool count)
{
    Sketch **held = sqlite3_aggregate_context(c, 0);
    if (!held || !*held) {
        if (count) sqlite3_result_int64(c, 0);
        return;
    }
    if (count) {
        sqlite3_result_int64(c, sketch_estimate(*held));
    } else {
        result_sketch(c, *held);
    }
    sqlite3_free(*held);
    *held = NULL;
}
static void finish_sketch(sqlite3_context *c)
{
    finish(c, false);
}
static void finish_count(sqlite3_context *c)
{
    finish(c, true);
}

static void estimate(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Sketch s;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (read_sketch(c, v, &s)) sqlite3_result_int64(c, sketch_estimate(&s));
}

// Of two; of NULL and a sketch: NULL.
static void join(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Sketch a, b;
    if (fn_any_null(2, v)) return;
    if (!read_sketch(c, (sqlite3_value *[]){v[0], v[2]}, &a)) return;
    if (!read_sketch(c, v + 1, &b)) return;
    sketch_merge(&a, &b);
    result_sketch(c, &a);
}

static void empty(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n, (void)v;
    result_sketch(c, &(const Sketch){0});
}

static const QueryFn rows[] = {
    {.name = "gr_hll", .args = 1, .step = add_step, .final = finish_sketch},
    {.name = "gr_hll_empty", .args = 0, .call = empty},
    {.name = "gr_hll_estimate", .args = 2, .call = estimate},
    {.name = "gr_hll_join", .args = 3, .call = join},
    {.name = "gr_hll_merge", .args = 2, .step = merge_step, .final = finish_sketch},
    {.name = "gr_hll_merge_count", .args = 2, .step = merge_step, .final = finish_count},
};
const QueryFns fn_sketches = {rows, sizeof rows / sizeof *rows};
