// limit: LIMIT without ORDER BY takes any rows.
#include "sql/lint/lint.h"

static bool one_row(const Lint *l, const SqlNode *select)
{
    if (select->kind != NODE_SELECT || select->child[SELECT_GROUP]) return false;
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (lint_is_aggregate(l, sql_tail(items, i)->child[ITEM_VALUE])) return true;
    }
    return !select->child[SELECT_FROM];
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *limit = n->child[QUERY_LIMIT], *around = lint_parent(l, n);
    if (!limit || n->child[QUERY_ORDER] || !limit->child[LIMIT_COUNT]) return;
    bool zero = str_eq(limit->child[LIMIT_COUNT]->text, S("0"));
    bool exists = around && around->kind == NODE_EXISTS;
    if (zero || exists || one_row(l, n->child[QUERY_BODY])) return;
    lint_say(l, limit, "LIMIT without ORDER BY keeps any rows: another run may give others.");
}

const LintRule lint_limit = {
    .name = "limit-without-order",
    .kind = NODE_QUERY,
    .look = look,
    .instead = "Order by what makes these the rows that are wanted, down to a unique column.",
};
