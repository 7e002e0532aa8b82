// exists_always: EXISTS over an aggregate without GROUP BY is true: there is always one row.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *query = n->child[ONLY];
    const SqlNode *select = query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    if (!select || select->kind != NODE_SELECT) return;
    if (select->child[SELECT_GROUP] || select->child[SELECT_HAVING] || query->child[QUERY_LIMIT])
        return;
    if (!lint_find(l, select->child[SELECT_ITEMS], lint_is_aggregate, lint_is_query)) return;
    lint_say(l, n,
             "An aggregate without GROUP BY gives one row, even of nothing: EXISTS is true "
             "everywhere.");
}

const LintRule lint_exists_always = {
    .name = "exists-of-aggregate",
    .kind = NODE_EXISTS,
    .look = look,
    .instead = "SELECT 1 inside EXISTS; a count is compared, not asked for its existence.",
};
