// fn: the functions that greenroom adds to SQLite: what every dialect's functions come down to.
//
// A family is a file with a table of QueryFn; fn.c lists the families. Their names start with gr_,
// except where SQLite lacks a name that means the same in every dialect. All are deterministic and
// innocuous, but for those of fn_variable.c. A function that may fail takes, last, the place in the
// source of the call it stands for, and fails by fn_fail.
#ifndef QUERY_FN_H
#define QUERY_FN_H
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

typedef void FnCall(sqlite3_context *c, int n, sqlite3_value **v);
typedef void FnFinal(sqlite3_context *c);

typedef struct {
    const char *name;
    int args;     // -1: any number
    int most;     // args … most of them; 0 = args
    FnCall *call; // of a scalar function
    FnCall *step; // of an aggregate; with `value` and `inverse` it may be a window function too
    FnFinal *final, *value;
    FnCall *inverse;
    const void *data; // what tells functions apart that share their code: sqlite3_user_data
} QueryFn;

typedef struct {
    const QueryFn *at;
    size_t len;
} QueryFns;
// clang-format off
extern const QueryFns
    fn_arrays,
    fn_bits,
    fn_bytes,
    fn_casts,
    fn_choices,
    fn_date_buckets,
    fn_dates,
    fn_finds,
    fn_formats,
    fn_hashes,
    fn_intervals,
    fn_json_changes,
    fn_json_finds,
    fn_lists,
    fn_maps,
    fn_maths,
    fn_moments,
    fn_numbers,
    fn_objects,
    fn_ordered,
    fn_patterns,
    fn_prints,
    fn_selects,
    fn_similars,
    fn_sketches,
    fn_since, fn_statistics, fn_stops,
    fn_texts,
    fn_tuples,
    fn_urls,
    fn_wholes,
    fn_zones;
// clang-format on

bool fn_register(sqlite3 *db); // all of them
// The error of a call: a sentence for the candidate, and the place that stands in `at`.
void fn_fail(sqlite3_context *c, sqlite3_value *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
// "@12 sentence" as fn_fail makes it: the place and where the sentence starts.
bool fn_failed_at(const char *message, size_t *at, const char **sentence);
bool fn_any_null(int n, sqlite3_value **v);
#endif
