// order_inside: ORDER BY in a subquery or CTE without a LIMIT orders nothing.
#include "sql/lint/lint.h"

// MySQL's @r := @r + 1 counts in the order in which the rows come.
static bool counts_rows(const SqlNode *n)
{
    if (!n) return false;
    if (n->kind == NODE_CALL && str_eq(n->text, S("@:="))) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (counts_rows(n->child[i])) return true;
    }
    return false;
}

static bool joins_rows(const Lint *l, const SqlNode *n)
{
    return lint_is_fn(l, n, "string_agg") || lint_is_fn(l, n, "array_agg");
}

// SQLite's group_concat had no order of its own before 3.44: it takes that of the rows.
static bool is_joined(const Lint *l, const SqlNode *around)
{
    const SqlNode *select =
        around->kind == NODE_DERIVED ? lint_around(l, around, NODE_SELECT) : NULL;
    return select && l->script->dialect == DIALECT_SQLITE &&
           lint_find(l, select->child[SELECT_ITEMS], joins_rows, lint_is_query);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *around = lint_parent(l, n), *body = n->child[QUERY_BODY];
    if (!n->child[QUERY_ORDER] || n->child[QUERY_LIMIT] || !around) return;
    bool inside = around->kind == NODE_CTE || around->kind == NODE_DERIVED ||
                  around->kind == NODE_SUBQUERY || around->kind == NODE_EXISTS;
    bool top = body->kind == NODE_SELECT && (body->child[SELECT_TOP] || body->child[SELECT_ON]);
    const SqlNode *outside = lint_parent(l, around); // ARRAY(SELECT … ORDER BY x) keeps it
    bool listed = around->kind == NODE_SUBQUERY && outside &&
                  (outside->kind == NODE_ARRAY || outside->kind == NODE_CALL);
    if (!inside || top || listed || counts_rows(body) || is_joined(l, around)) return;
    lint_say(l, n->child[QUERY_ORDER], "The order of a subquery without LIMIT is lost outside.");
}

const LintRule lint_order_inside = {
    .name = "order-in-subquery",
    .kind = NODE_QUERY,
    .look = look,
    .instead = "Order the outermost query.",
};
