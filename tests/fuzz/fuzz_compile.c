// fuzz_compile: byte one picks the dialect, byte two another; the rest is compiled, read by a
// reviewer and translated: SQLite reads what comes out, or a sentence with a place says why not.
#include "base/check.h"
#include "query/fn.h"
#include "query/private.h"
#include "sql/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const SqlColumn t_columns[] = {
    {.name = STR_LIT("a"), .type = TYPE_INTEGER}, {.name = STR_LIT("b"), .type = TYPE_INTEGER},
    {.name = STR_LIT("x"), .type = TYPE_REAL},    {.name = STR_LIT("s"), .type = TYPE_TEXT},
    {.name = STR_LIT("d"), .type = TYPE_DATE},    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP},
    {.name = STR_LIT("f"), .type = TYPE_BOOLEAN},
};
static const SqlColumn u_columns[] = {
    {.name = STR_LIT("a"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("name"), .type = TYPE_TEXT},
};
static Str key[] = {STR_LIT("a")};
static const SqlTable tables[] = {{STR_LIT("t"), {t_columns, 7, false}, {NULL, 0}, NULL, 0},
                                  {STR_LIT("u"), {u_columns, 2, false}, {key, 1}, NULL, 0}};
static const SqlSchema schema = {tables, 2};
static const char made[] = "CREATE TABLE t(a INTEGER, b INTEGER, x REAL, s TEXT, d TEXT, ts TEXT, "
                           "f INTEGER); CREATE TABLE u(a INTEGER PRIMARY KEY, name TEXT)";

static sqlite3 *database(void)
{
    static sqlite3 *db; // lives as long as the process
    if (db) return db;
    static Variables *variables;
    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK && fn_register(db));
    CHECK(variables_register(db, &variables));
    CHECK(sqlite3_exec(db, made, NULL, NULL, NULL) == SQLITE_OK);
    return db;
}

// What only a translation that is wrong can bring about.
static bool is_our_fault(const char *message)
{
    static const char *const words[] = {"syntax error", "unrecognized token",
                                        "no such function: gr_", "incomplete input"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(message, words[i])) return true;
    }
    return false;
}

static void prepare_all(Str text)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    if (text.len && memchr(text.ptr, 0, text.len)) return; // runs are refused: SQLite ends there
    while (at < end) {
        sqlite3_stmt *st = NULL;
        const char *tail = end;
        int rc = sqlite3_prepare_v2(database(), at, (int)(end - at), &st, &tail);
        bool ours = rc != SQLITE_OK && is_our_fault(sqlite3_errmsg(database()));
        if (ours)
            fprintf(stderr, "%s in:\n%.*s\n", sqlite3_errmsg(database()), (int)(end - at), at);
        CHECK(!ours);
        sqlite3_finalize(st);
        if (rc != SQLITE_OK || tail == at) return;
        at = tail;
    }
}

static bool all_queries(const SqlScript *s)
{
    bool all = true;
    for (uint32_t i = 0; i < s->root->count; i++)
        all = all && s->root->child[i]->kind == NODE_QUERY;
    return all;
}

static void compile(Arena *a, Str text, Dialect from, const SqlSchema *known)
{
    SqlProgram p;
    Error err = {0};
    SqlHome home = sql_at_home(from);
    if (sql_compile(a, text, &home, known, &p, &err)) {
        if (from != DIALECT_SQLITE && all_queries(&p.script)) prepare_all(p.text);
        for (size_t i = 0; i < p.text.len; i += 7) CHECK(sql_origin(&p, i) <= text.len);
        sql_lint(a, &p.script, &p.meaning);
        sql_steps(a, &p.script, known);
    } else {
        CHECK(err.text[0] && err.kind != ERROR_INTERNAL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    Str text = {(const char *)data + 2, size - 2};
    Dialect from = (Dialect)(data[0] % DIALECT_COUNT_), to = (Dialect)(data[1] % DIALECT_COUNT_);
    Arena a = {0};
    Error err = {0};
    Str out;
    compile(&a, text, from, &schema);
    compile(&a, text, from, NULL); // any table, any column
    SqlHome home = sql_at_home(from);
    if (!sql_translate(&a, text, &home, to, NULL, &out, &err)) CHECK(err.text[0]);
    arena_free(&a);
    return 0;
}
