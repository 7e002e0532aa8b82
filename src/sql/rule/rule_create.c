// rule_create: definitions of tables that no engine takes: columns named twice, keys of columns
// that are not there, and values that a row alone does not give.
#include "sql/rule.h"

// --- Columns and keys ---

static const SqlNode *column_named(const SqlNode *list, uint32_t before, Str name)
{
    for (uint32_t i = 0; i < before; i++) {
        const SqlNode *c = sql_tail(list, i);
        bool same = c->kind == NODE_COLUMN_DEF && str_eq_nocase(c->child[DEF_NAME]->text, name);
        if (same) return c;
    }
    return NULL;
}

static const SqlNode *defined(const SqlNode *create, Str name)
{
    const SqlNode *list = create->child[CREATE_COLUMNS], *clause = sql_clause(create, OP_PARTITION);
    const SqlNode *more = clause ? clause->child[CLAUSE_LIST] : NULL;
    const SqlNode *found = column_named(list, sql_tail_count(list), name);
    return found ? found : column_named(more, sql_tail_count(more), name);
}

static void check_key(RuleRun *r, const SqlNode *create, const SqlNode *key)
{
    const SqlNode *names = key->child[CONSTRAINT_COLUMNS];
    for (uint32_t i = 0; i < sql_tail_count(names); i++) {
        const SqlNode *name = sql_tail(names, i);
        if (defined(create, name->text)) continue;
        rule_refuse(r, name, HOME_NONE, name->text,
                    "The key names " STR_FMT ", which is no column of this table.",
                    STR_ARG(name->text));
    }
}

static void check_table(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *list = n->child[CREATE_COLUMNS];
    bool whole = !n->child[CREATE_QUERY]; // else it has columns that are not written
    for (uint32_t i = 0; i < sql_tail_count(list) && rule_step(r); i++) {
        const SqlNode *one = sql_tail(list, i);
        if (one->kind == NODE_CONSTRAINT && whole) check_key(r, n, one);
        if (one->kind != NODE_COLUMN_DEF) continue;
        const SqlNode *name = one->child[DEF_NAME];
        if (!column_named(list, i, name->text)) continue;
        rule_refuse(r, name, HOME_NONE, name->text,
                    "The column " STR_FMT " is defined twice: a table has one of each name.",
                    STR_ARG(name->text));
    }
}

const SqlRule rule_create_names = {"a column defined twice, a key of a column that is not there",
                                   EVERY,
                                   {NODE_CREATE_TABLE},
                                   check_table};

// --- One primary key ---

static const SqlNode *primary_of(const SqlNode *one)
{
    if (one->kind == NODE_CONSTRAINT) return one->op == OP_PRIMARY_KEY ? one : NULL;
    for (uint32_t i = 0; one->kind == NODE_COLUMN_DEF && i < sql_tail_count(one); i++) {
        if (sql_tail(one, i)->op == OP_PRIMARY_KEY) return sql_tail(one, i);
    }
    return NULL;
}

static void check_primary(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *list = n->child[CREATE_COLUMNS], *first = NULL;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        const SqlNode *key = primary_of(sql_tail(list, i));
        if (key && first) {
            rule_refuse(r, key, HOME_NONE, (Str){0},
                        "A table has one primary key: name all of its columns in one PRIMARY KEY "
                        "(a, b).");
            return;
        }
        if (key) first = key;
    }
}

const SqlRule rule_create_primary = {
    "a second primary key", EVERY, {NODE_CREATE_TABLE}, check_primary};

// --- Values ---

static const SqlNode *find_kind(const SqlNode *n, SqlKind kind)
{
    if (!n || n->kind == kind) return n;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = find_kind(n->child[i], kind);
        if (found) return found;
    }
    return NULL;
}

static void check_value(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *value = n->child[CONSTRAINT_VALUE];
    if (!value || !rule_step(r)) return;
    const SqlNode *query = find_kind(value, NODE_QUERY);
    const SqlNode *call = rule_find_call(r, value, CALL_AGGREGATE, false);
    if (!call) call = rule_find_call(r, value, CALL_WINDOW, false);
    const SqlNode *found = query ? query : call;
    if (!found) return;
    rule_refuse(r, found, HOME_NONE, (Str){0},
                "A %s of a column sees one row only: no %s stands in it.",
                n->op == OP_CHECK     ? "check"
                : n->op == OP_DEFAULT ? "default"
                                      : "generated value",
                query ? "query" : "aggregate and no window");
}

const SqlRule rule_create_value = {
    "a query or an aggregate in the definition of a column", EVERY, {NODE_CONSTRAINT}, check_value};

static bool is_now(const SqlNode *n)
{
    static const char *const names[] = {
        "CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME", "NOW", "SYSDATE", "GETDATE", "RAND",
        "RANDOM",       "LOCALTIMESTAMP"};
    for (size_t i = 0; n->kind == NODE_CALL && i < sizeof names / sizeof *names; i++) {
        if (str_eq_nocase(n->text, str_from(names[i]))) return true;
    }
    return false;
}

static const SqlNode *find_now(const SqlNode *n)
{
    if (!n || is_now(n)) return n;
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *found = find_now(n->child[i]);
        if (found) return found;
    }
    return NULL;
}

// Of two readers of one row, both are to see the same value.
static void check_generated(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *now = n->op == OP_GENERATED ? find_now(n->child[CONSTRAINT_VALUE]) : NULL;
    if (!now) return;
    rule_refuse(r, now, HOME_NONE, now->text,
                "A generated column depends on its row alone, and " STR_FMT
                " changes by itself: make it a DEFAULT.",
                STR_ARG(now->text));
}

const SqlRule rule_create_generated = {"a generated column that changes by itself",
                                       EVERY & ~FLINK & ~LITE,
                                       {NODE_CONSTRAINT},
                                       check_generated};
