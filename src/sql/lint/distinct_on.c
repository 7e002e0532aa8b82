// distinct_on: DISTINCT ON without an order keeps a row of each group by luck.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *on = n->child[SELECT_ON], *query = lint_parent(l, n);
    if (!on || !query || query->kind != NODE_QUERY) return;
    LintColumns c = {.len = 0};
    lint_add_columns(&c, on);
    const SqlNode *order = query->child[QUERY_ORDER];
    if (sql_tail_count(order) > sql_tail_count(on) || (order && order->flags & FLAG_ALL)) return;
    if (lint_unique(l, n, &c) == UNIQUE_YES) return;
    lint_say(l, on,
             order ? "The ORDER BY has no key behind those of DISTINCT ON: which row of each group "
                     "stays is luck."
                   : "DISTINCT ON keeps the first row of each group, and no ORDER BY says which "
                     "that is.");
}

const LintRule lint_distinct_on = {
    .name = "distinct-on-order",
    .kind = NODE_SELECT,
    .look = look,
    .instead =
        "ORDER BY the same keys first, then what makes a row the first, then a unique column.",
};
