// fn: registers the added functions, and how they fail.
#include "query/fn.h"
#include "query/fn_rows.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const QueryFns *const families[] = {
    &fn_arrays,  &fn_bits,  &fn_dates,   &fn_formats,  &fn_moments,    &fn_numbers, &fn_objects,
    &fn_ordered, &fn_packs, &fn_selects, &fn_sketches, &fn_statistics, &fn_tuples,
};

static int add(sqlite3 *db, const QueryFn *f)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    void *data = (void *)f->data; // never written through
    if (f->inverse) {
        return sqlite3_create_window_function(db, f->name, f->args, flags, data, f->step, f->final,
                                              f->value, f->inverse, NULL);
    }
    return sqlite3_create_function_v2(db, f->name, f->args, flags, data, f->call, f->step, f->final,
                                      NULL);
}

bool fn_register(sqlite3 *db)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        for (size_t k = 0; k < families[i]->len; k++) {
            if (add(db, &families[i]->at[k]) != SQLITE_OK) return false;
        }
    }
    return fn_rows_register(db);
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
