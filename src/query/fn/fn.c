// fn: registers the added functions, and how they fail.
#include "query/fn_interval.h"
#include "query/fn_json.h"
#include "query/fn_rows.h"
#include "query/fn_text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// clang-format off
static const QueryFns *const families[] = {
    &fn_arrays,
    &fn_bits,
    &fn_bytes,
    &fn_casts,
    &fn_choices,
    &fn_date_buckets,
    &fn_dates,
    &fn_finds,
    &fn_formats,
    &fn_hashes,
    &fn_intervals,
    &fn_json_changes,
    &fn_json_finds,
    &fn_lists,
    &fn_maps,
    &fn_maths,
    &fn_moments,
    &fn_numbers,
    &fn_objects,
    &fn_ordered,
    &fn_packs,
    &fn_patterns,
    &fn_prints,
    &fn_selects,
    &fn_similars,
    &fn_sketches,
    &fn_since, &fn_statistics,
    &fn_stops,
    &fn_texts,
    &fn_tuples,
    &fn_urls,
    &fn_wholes,
    &fn_zones,
};
// clang-format on

static int add_with(sqlite3 *db, const QueryFn *f, int args)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    void *data = (void *)f->data; // never written through
    if (f->inverse) {
        return sqlite3_create_window_function(db, f->name, args, flags, data, f->step, f->final,
                                              f->value, f->inverse, NULL);
    }
    return sqlite3_create_function_v2(db, f->name, args, flags, data, f->call, f->step, f->final,
                                      NULL);
}

static int add(sqlite3 *db, const QueryFn *f)
{
    int code = SQLITE_OK, most = f->most ? f->most : f->args;
    for (int n = f->args; n <= most && code == SQLITE_OK; n++) code = add_with(db, f, n);
    return code;
}

typedef int Collation(void *ctx, int a_len, const void *a, int b_len, const void *b);

static bool collations_register(sqlite3 *db)
{
    static char high, other;
    static const struct {
        const char *name;
        Collation *compare;
        void *ctx;
    } all[] = {
        {"gr_folded", collate_folded, NULL},     {"gr_interval", collate_interval, NULL},
        {"gr_json_low", collate_json, NULL},     {"gr_json_high", collate_json, &high},
        {"gr_document", collate_document, NULL}, {"gr_document_other", collate_document, &other}};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof all / sizeof *all; i++) {
        ok = sqlite3_create_collation_v2(db, all[i].name, SQLITE_UTF8, all[i].ctx, all[i].compare,
                                         NULL) == SQLITE_OK;
    }
    return ok;
}

bool fn_register(sqlite3 *db)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        for (size_t k = 0; k < families[i]->len; k++) {
            if (add(db, &families[i]->at[k]) != SQLITE_OK) return false;
        }
    }
    return fn_rows_register(db) && collations_register(db);
}

void fn_fail(sqlite3_context *c, sqlite3_value *at, const char *fmt, ...)
{
    char text[400], all[440];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    snprintf(all, sizeof all, "@%lld %s", (long long)sqlite3_value_int64(at), text);
    sqlite3_result_error(c, all, -1);
}

bool fn_failed_at(const char *message, size_t *at, const char **sentence)
{
    if (message[0] != '@') return false;
    char *end;
    long long v = strtoll(message + 1, &end, 10);
    if (*end != ' ' || end == message + 1 || v < 0) return false;
    *at = (size_t)v;
    *sentence = end + 1;
    return true;
}

bool fn_any_null(int n, sqlite3_value **v)
{
    for (int i = 0; i < n; i++) {
        if (sqlite3_value_type(v[i]) == SQLITE_NULL) return true;
    }
    return false;
}
