// neutral_outer: an aggregate of the query around, in the WHERE of a subquery: x.pay = MAX(e.pay).
//
// SQLite takes it for one of the subquery, whose WHERE has none. In the list of items of a query of
// its own it belongs to the query around in SQLite, too.
#include "sql/lower.h"

// Are all columns below those of a query around `select`, and is there one?
static bool is_of_outer(const Translator *t, const SqlNode *n, const SqlNode *select, bool *any)
{
    if (n->kind == NODE_QUERY) return false;
    if (n->kind == NODE_COLUMN && n->id < t->script->nodes) {
        const SqlBinding *b = &t->meaning->bindings[n->id];
        if (!b->query || b->query->id == select->id) return false;
        *any = true;
        return true;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && !is_of_outer(t, n->child[i], select, any)) return false;
    }
    return true;
}

static bool is_aggregate_call(const Translator *t, const SqlNode *n)
{
    const SqlFn *fn = n->kind == NODE_CALL ? sql_fn_of(n, t->from) : NULL;
    return fn && fn->class == FN_AGGREGATE && !n->child[CALL_OVER];
}

static SqlNode *in_query(Translator *t, SqlNode *call)
{
    SqlNode *item = make_item(t, call, (Str){0});
    SqlNode *query =
        make_query(t, make_select(t, call, make_list(t, call, (const SqlNode *const[]){item}, 1)));
    SqlNode *n = make_node(t, NODE_SUBQUERY, call, 0);
    n->child[ONLY] = query;
    n->type = call->type;
    return n;
}

static void wrap(Translator *t, SqlNode *n, const SqlNode *select)
{
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        bool any = false;
        if (!c || c->kind == NODE_QUERY) continue;
        if (is_aggregate_call(t, c) && is_of_outer(t, c, select, &any) && any) {
            n->child[i] = in_query(t, c);
        } else {
            wrap(t, c, select);
        }
    }
}

static void visit(Translator *t, SqlNode *n)
{
    if (n->kind == NODE_SELECT && n->child[SELECT_WHERE]) {
        SqlNode *where = n->child[SELECT_WHERE];
        wrap(t, where, n);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) visit(t, n->child[i]);
    }
}

void outer_aggregates(Translator *t, SqlNode *root)
{
    if (t->to == DIALECT_SQLITE && t->meaning) visit(t, root);
}
