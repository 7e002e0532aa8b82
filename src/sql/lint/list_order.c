// list_order: values strung together without an order come in any.
#include "sql/lint/lint.h"

// Where the aggregate has a place for ORDER BY.
static bool takes_order(Dialect d)
{
    return d != DIALECT_SQLITE && d != DIALECT_SPARK && d != DIALECT_FLINK;
}

static bool is_ordered(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n->kind == NODE_QUERY && n->child[QUERY_ORDER];
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    if (!lint_is_aggregate(l, n) || !lint_is_fn(l, n, "string_agg") || !select) return;
    if (!takes_order(l->script->dialect) || n->child[CALL_ORDER] || n->child[CALL_WITHIN]) return;
    // It may hang on the order of a subquery, of which order-in-subquery speaks.
    if (lint_find(l, select->child[SELECT_FROM], is_ordered, NULL)) return;
    lint_say(l, n, "Nothing says in which order the values stand: another run may give another.");
}

const LintRule lint_list_order = {
    .name = "list-without-order",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Give the aggregate an ORDER BY of its own.",
};
