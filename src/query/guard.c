// guard: what a statement may be and may cost: authorizer, limits, heap, steps.
//
// The values come from measurements with hostile statements on SQLite 3.40: its own defaults let a
// single one take gigabytes or never end.
#include "query/fn.h"
#include "query/fn_rows.h"
#include "query/private.h"
#include <stdio.h>
#include <string.h>

// --- What a statement may do ---

// Functions that load code, reach into memory or belong to modules that are closed here. A name
// that ends in * is a prefix.
static const char *const closed_functions[] = {
    "load_extension", "fts*", "rtree*",   "geopoly_*", "matchinfo",  "snippet",
    "offsets",        "bm25", "optimize", "highlight", "sqlite_log", "sqlite_compileoption_*",
    "subtype",
};

// Table-valued functions that SQLite adds when they are named; of these only json_each and
// json_tree are open. The others (full text, R-trees, dbstat …) are dropped when the connection
// opens.
static const char *const closed_tables[] = {"pragma_*"};
static const char *const table_functions[] = {"json_*", "pragma_*"};

static bool on_list(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(list[i]);
        bool prefix = list[i][len - 1] == '*';
        if (prefix ? sqlite3_strnicmp(name, list[i], (int)len - 1) == 0
                   : sqlite3_stricmp(name, list[i]) == 0) {
            return true;
        }
    }
    return false;
}
#define ON_LIST(name, list) on_list((name), (list), sizeof(list) / sizeof *(list))

static bool is_allowed(int action, const char *one, const char *two)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return true;
    case SQLITE_READ:
        return !one || !ON_LIST(one, closed_tables);
    // SQLite asks this when it sets up a table-valued function. A real update of the schema is
    // stopped by its first word, by the defensive mode and because it does not only read.
    case SQLITE_UPDATE:
        return one && strcmp(one, "sqlite_master") == 0;
    case SQLITE_FUNCTION:
        return two && !ON_LIST(two, closed_functions);
    default:
        return false;
    }
}

// On a copy that may be changed: tables and views, and what SQLite itself writes for them. Its own
// tables are guarded by the defensive mode.
static bool may_write(int action, const char *one)
{
    switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return one && (sqlite3_strnicmp(one, "sqlite_", 7) != 0 ||
                       strcmp(one, "sqlite_master") == 0 || strcmp(one, "sqlite_temp_master") == 0);
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_TEMP_VIEW:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TEMP_TABLE:
    case SQLITE_DROP_VIEW:
    case SQLITE_DROP_TEMP_VIEW:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return true;
    default:
        return false;
    }
}

static int authorize(void *ctx, int action, const char *one, const char *two, const char *schema,
                     const char *trigger)
{
    (void)schema;
    (void)trigger;
    Engine *e = ctx;
    if (action == SQLITE_READ && one && (ON_LIST(one, table_functions) || fn_makes_rows(one)))
        e->stale = true;
    if (e->trusted || is_allowed(action, one, two)) return SQLITE_OK;
    if (e->writes && may_write(action, one)) return SQLITE_OK;
    if (!e->refused.action) {
        const char *what = action == SQLITE_FUNCTION ? two : one;
        e->refused.action = action;
        snprintf(e->refused.what, sizeof e->refused.what, "%s", what ? what : "");
    }
    return SQLITE_DENY;
}

void guard_sentence(const Engine *e, Error *err)
{
    switch (e->refused.action) {
    case SQLITE_FUNCTION:
        error_set(err, ERROR_NOT_ALLOWED, "The function %s is closed in this drill.",
                  e->refused.what);
        break;
    case SQLITE_READ:
        error_set(err, ERROR_NOT_ALLOWED, "The table %s is closed in this drill.", e->refused.what);
        break;
    case SQLITE_PRAGMA:
        error_set(err, ERROR_NOT_ALLOWED, "PRAGMA %s is closed in this drill.", e->refused.what);
        break;
    default:
        error_set(err, ERROR_NOT_ALLOWED,
                  e->writes ? "A load changes tables and views, and nothing else."
                            : "This drill reads; it does not write.");
    }
}

// --- What it may cost ---

static const struct {
    int limit, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, CELL_BYTES},
    {SQLITE_LIMIT_SQL_LENGTH, SQL_BYTES},
    {SQLITE_LIMIT_COLUMN, 200},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 50},
    {SQLITE_LIMIT_VDBE_OP, 250000},
    {SQLITE_LIMIT_FUNCTION_ARG, 32},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int option, value;
} settings[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    // "x" is a name and never a text: a misspelt column must not become a constant.
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
};

static void (*busy)(void *ctx);
static void *busy_ctx;
static unsigned looks;
enum { BUSY_EVERY = 16 };

void guard_while_busy(void (*call)(void *ctx), void *ctx)
{
    busy = call;
    busy_ctx = ctx;
}

static int look_at_budget(void *ctx)
{
    Engine *e = ctx;
    if (busy && ++looks % BUSY_EVERY == 0) busy(busy_ctx);
    if (e->trusted) return 0;
    e->steps += STEP_INTERVAL;
    return e->steps > e->most;
}

// What a small statement allocates for a moment comes from here: the cells of its cursors most of
// all, which are larger than SQLite's own slots.
enum { SLOT_BYTES = 1200, SLOTS = 320 };

bool guard_apply(Engine *e)
{
    sqlite3_db_config(e->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, SLOT_BYTES, SLOTS);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        int now = -1;
        sqlite3_db_config(e->db, settings[i].option, settings[i].value, &now);
        if (now != settings[i].value) return false;
    }
    // The mapped image is read where it lies (mmap_size concerns the in-memory file only: there is
    // no other).
    const char *pragmas = "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; "
                          "PRAGMA trusted_schema=OFF; PRAGMA mmap_size=2147418112;";
    if (sqlite3_exec(e->db, pragmas, NULL, NULL, NULL) != SQLITE_OK) return false;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        sqlite3_limit(e->db, limits[i].limit, limits[i].value);
    }
    const char *kept[] = {"json_each", "json_tree", NULL};
    sqlite3_drop_modules(e->db, kept);
    if (!fn_register(e->db) || !variables_register(e->db, &e->variables)) return false;
    sqlite3_progress_handler(e->db, STEP_INTERVAL, look_at_budget, e);
    guard_heap(e, 0);
    return sqlite3_set_authorizer(e->db, authorize, e) == SQLITE_OK;
}

void guard_heap(Engine *e, size_t image)
{
    int64_t want = image > HEAP_MOST / 4 ? HEAP_MOST : (int64_t)image * 4;
    e->heap = want > HEAP_LEAST ? want : HEAP_LEAST;
    sqlite3_hard_heap_limit64(e->heap);
}
