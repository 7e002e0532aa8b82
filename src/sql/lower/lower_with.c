// lower_with: which CTE a name means: SQLite sees every CTE of a WITH from each of them, home only
// those that stand before.
#include "sql/lower.h"
#include "sql/scope.h"

typedef struct With {
    const struct With *outer;
    SqlNode *node;
    uint32_t upto; // the CTE that is being read; all of them from the query
    bool itself;   // … sees itself
} With;

typedef struct {
    SqlNode *table, *cte; // NULL = a table
} Reference;

typedef struct {
    Translator *t;
    VEC(Reference) references;
    VEC(Str) mixed; // names that SQLite would take for something else
} Reading;

static bool matches(const Translator *t, const SqlNode *cte, const SqlNode *name)
{
    return name_is(t->from, cte->text, cte->flags & FLAG_QUOTED, name);
}

static SqlNode *home_cte(const Translator *t, const With *w, const SqlNode *name)
{
    for (; w; w = w->outer) {
        uint32_t all = sql_tail_count(w->node), seen = w->upto + (w->itself ? 1 : 0);
        if (w->node->flags & FLAG_RECURSIVE) seen = all;
        for (uint32_t i = seen < all ? seen : all; i-- > 0;) {
            if (matches(t, sql_tail(w->node, i), name)) return sql_tail(w->node, i);
        }
    }
    return NULL;
}

static SqlNode *lite_cte(const With *w, Str name)
{
    for (; w; w = w->outer) {
        for (uint32_t i = 0; i < sql_tail_count(w->node); i++) {
            SqlNode *cte = sql_tail(w->node, i);
            if (str_eq_nocase(cte->text, name)) return cte;
        }
    }
    return NULL;
}

static void read_table(Reading *r, SqlNode *n, const With *w)
{
    const SqlNode *name = sql_last(n);
    bool path = sql_tail_count(n) > 1;
    SqlNode *cte = path ? NULL : home_cte(r->t, w, name);
    if (cte != lite_cte(w, name->text)) *vec_push(r->t->arena, &r->mixed) = name->text;
    *vec_push(r->t->arena, &r->references) = (Reference){n, cte};
    bool itself = cte && w && w->itself && w->upto < sql_tail_count(w->node) &&
                  sql_tail(w->node, w->upto) == cte;
    if (itself) w->node->flags |= FLAG_RECURSIVE; // where it goes without saying elsewhere
}

static void read_names(Reading *r, SqlNode *n, const With *w);

// Dialects in which a set operation that reads its own name is recursive without the word.
static bool may_recurse(const Translator *t, const SqlNode *cte)
{
    Dialect d = t->from;
    bool wordless =
        d == DIALECT_SQLITE || d == DIALECT_SNOWFLAKE || d == DIALECT_SPARK || d == DIALECT_FLINK;
    return wordless && cte->child[CTE_QUERY]->child[QUERY_BODY]->kind == NODE_SETOP;
}

static void read_with(Reading *r, SqlNode *n, With *w)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        SqlNode *cte = sql_tail(n, i);
        w->upto = i;
        w->itself = n->flags & FLAG_RECURSIVE || may_recurse(r->t, cte);
        read_names(r, cte, w);
    }
    w->upto = sql_tail_count(n);
    w->itself = false;
}

static bool is_statement(const SqlNode *n)
{
    return n->kind == NODE_QUERY || n->kind == NODE_INSERT || n->kind == NODE_UPDATE ||
           n->kind == NODE_DELETE || n->kind == NODE_MERGE;
}

static void read_names(Reading *r, SqlNode *n, const With *w)
{
    if (!n) return;
    With own = {.outer = w};
    uint32_t first = 0;
    if (is_statement(n) && n->child[QUERY_WITH]) { // their first role, too
        own.node = n->child[QUERY_WITH];
        read_with(r, own.node, &own);
        w = &own;
        first = 1;
    }
    if (n->kind == NODE_TABLE) read_table(r, n, w);
    for (uint32_t i = first; i < n->count; i++) read_names(r, n->child[i], w);
}

// ---- new names

static bool is_mixed(const Reading *r, Str name)
{
    for (size_t i = 0; i < r->mixed.len; i++) {
        if (str_eq_nocase(r->mixed.at[i], name)) return true;
    }
    return false;
}

static void rename_table(Translator *t, SqlNode *table, const SqlNode *cte)
{
    SqlNode *name = sql_last(table), *alias = table->child[TABLE_ALIAS];
    if (!alias) alias = table->child[TABLE_ALIAS] = make_node(t, NODE_ALIAS, table, 0);
    if (!alias->child[ALIAS_NAME]) alias->child[ALIAS_NAME] = node_clone(t, name);
    name->text = cte->text;
    name->flags = 0;
}

static void rename_ctes(Translator *t, const Reading *r, SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) rename_ctes(t, r, n->child[i]);
    }
    if (n->kind != NODE_CTE || !is_mixed(r, n->text)) return;
    n->text = make_name(t, "cte");
    n->flags &= ~(uint32_t)FLAG_QUOTED;
}

// Hints that the target does not read.
static void drop_hints(SqlNode *n)
{
    if (n->kind == NODE_CTE) n->flags &= ~(uint32_t)(FLAG_MATERIALIZED | FLAG_NOT);
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) drop_hints(n->child[i]);
    }
}

void lower_with(Translator *t, SqlNode *root)
{
    Reading r = {.t = t};
    read_names(&r, root, NULL);
    bool hints = t->to == DIALECT_SQLITE || t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB;
    if (!hints) drop_hints(root);
    if (t->to != DIALECT_SQLITE || !r.mixed.len) return;
    VEC(Reference) renamed = {0};
    for (size_t i = 0; i < r.references.len; i++) {
        const Reference *f = &r.references.at[i];
        if (f->cte && is_mixed(&r, f->cte->text)) *vec_push(t->arena, &renamed) = *f;
    }
    rename_ctes(t, &r, root);
    for (size_t i = 0; i < renamed.len; i++)
        rename_table(t, renamed.at[i].table, renamed.at[i].cte);
}
