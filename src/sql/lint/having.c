// having: a condition on rows in HAVING: they are grouped first and thrown away then.
#include "sql/lint/lint.h"

static bool groups(const Lint *l, const SqlNode *n)
{
    return lint_is_aggregate(l, n) || n->kind == NODE_SUBQUERY;
}
static bool is_column(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n->kind == NODE_COLUMN;
}
// An alias may stand for an aggregate.
static bool is_alias(const Lint *l, const SqlNode *n)
{
    return n->kind == NODE_COLUMN && !lint_binding(l, n);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *conditions[16];
    if (!n->child[SELECT_GROUP]) return;
    size_t count = lint_conjuncts(n->child[SELECT_HAVING], conditions, 16);
    for (size_t i = 0; i < count; i++) {
        const SqlNode *c = conditions[i];
        if (lint_find(l, c, groups, NULL) || !lint_find(l, c, is_column, NULL)) continue;
        if (lint_find(l, c, is_alias, NULL)) continue;
        lint_say(l, c,
                 "This reads no aggregate: the rows could be left out before they are "
                 "grouped.");
    }
}

const LintRule lint_having = {
    .name = "having-for-where",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Rows are filtered in WHERE, groups in HAVING.",
};
