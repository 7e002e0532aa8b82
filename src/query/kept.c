// kept: prepared statements by their text, for the next database with the same schema.
#include "base/check.h"
#include "query/private.h"
#include <stdlib.h>
#include <string.h>

static void drop_at(Kept *k, size_t i)
{
    sqlite3_finalize(k->at[i].st);
    free(k->at[i].sql);
    k->at[i] = k->at[--k->count];
}

sqlite3_stmt *kept_find(Kept *k, Str sql)
{
    uint64_t hash = str_hash(sql);
    for (size_t i = 0; i < k->count; i++) {
        KeptStatement *one = &k->at[i];
        if (one->hash != hash || one->len != sql.len || memcmp(one->sql, sql.ptr, sql.len) != 0) {
            continue;
        }
        one->used = ++k->clock;
        return one->st;
    }
    return NULL;
}

void kept_add(Kept *k, Str sql, sqlite3_stmt *st)
{
    if (k->count == KEPT_MOST) {
        size_t oldest = 0;
        for (size_t i = 1; i < k->count; i++) {
            if (k->at[i].used < k->at[oldest].used) oldest = i;
        }
        drop_at(k, oldest);
    }
    char *copy = malloc(sql.len + 1);
    if (!copy) die_out_of_memory();
    memcpy(copy, sql.ptr, sql.len);
    k->at[k->count++] = (KeptStatement){st, copy, sql.len, str_hash(sql), ++k->clock};
}

void kept_drop(Kept *k, const sqlite3_stmt *st)
{
    for (size_t i = 0; i < k->count; i++) {
        if (k->at[i].st != st) continue;
        drop_at(k, i);
        return;
    }
}

void kept_clear(Kept *k)
{
    while (k->count) drop_at(k, k->count - 1);
}
