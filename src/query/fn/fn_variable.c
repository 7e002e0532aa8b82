// fn_variable: MySQL's user variables: what a row leaves behind for the next one. The two functions
// of this file are the only ones that are not deterministic.
#include "base/check.h"
#include "query/private.h"
#include <stdlib.h>
#include <string.h>

enum { VARIABLES_MAX = 64, NAME_MAX_ = 64 };

typedef struct {
    char name[NAME_MAX_ + 1];
    sqlite3_value *value;
} Variable;

struct Variables {
    Variable at[VARIABLES_MAX];
    size_t len;
};

static Variable *find(Variables *all, const char *name, bool make)
{
    for (size_t i = 0; i < all->len; i++) {
        if (sqlite3_stricmp(all->at[i].name, name) == 0) return &all->at[i];
    }
    bool fits = make && all->len < VARIABLES_MAX && strlen(name) <= NAME_MAX_;
    if (!fits) return NULL;
    Variable *v = &all->at[all->len++];
    memcpy(v->name, name, strlen(name) + 1);
    v->value = NULL;
    return v;
}

static const char *name_of(sqlite3_value *v)
{
    const unsigned char *name = sqlite3_value_text(v);
    return name ? (const char *)name : "";
}

static void get(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    const Variable *found = find(sqlite3_user_data(c), name_of(v[0]), false);
    if (found && found->value) sqlite3_result_value(c, found->value); // else NULL
}

static void set(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Variable *to = find(sqlite3_user_data(c), name_of(v[0]), true);
    sqlite3_value *value = to ? sqlite3_value_dup(v[1]) : NULL;
    if (!to) {
        sqlite3_result_error(c, "There are too many variables, or a name is too long.", -1);
    } else if (!value) {
        sqlite3_result_error_nomem(c);
    } else {
        sqlite3_value_free(to->value);
        to->value = value;
        sqlite3_result_value(c, value);
    }
}

void variables_clear(Variables *all)
{
    for (size_t i = 0; i < all->len; i++) sqlite3_value_free(all->at[i].value);
    all->len = 0;
}

static void drop(void *all)
{
    variables_clear(all);
    free(all);
}

bool variables_register(sqlite3 *db, Variables **out)
{
    int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
    Variables *all = calloc(1, sizeof *all);
    if (!all) die_out_of_memory();
    *out = all;
    int code = sqlite3_create_function_v2(db, "gr_variable", 1, flags, all, get, NULL, NULL, NULL);
    int last = sqlite3_create_function_v2(db, "gr_variable_set", 2, flags, all, set, NULL, NULL,
                                          drop); // frees them when the connection closes
    return code == SQLITE_OK && last == SQLITE_OK;
}
