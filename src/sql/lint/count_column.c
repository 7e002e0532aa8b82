// count_column: COUNT(x) where rows are meant: it leaves out those whose x is NULL.
#include "sql/lint/lint.h"

static bool has_outer_join(const SqlNode *n)
{
    if (!n) return false;
    if (n->kind == NODE_JOIN && n->op != OP_INNER && n->op != OP_CROSS) return true;
    for (uint32_t i = 0; n->kind != NODE_QUERY && i < n->count; i++) {
        if (has_outer_join(n->child[i])) return true;
    }
    return false;
}

static bool counts_rows(const Lint *l, const SqlNode *n)
{
    return lint_is_fn(l, n, "count") && (!sql_tail_count(n) || sql_tail(n, 0)->kind == NODE_STAR ||
                                         sql_tail(n, 0)->kind == NODE_NUMBER);
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || n->flags & FLAG_DISTINCT || sql_tail_count(n) != 1) return;
    const SqlNode *arg = sql_tail(n, 0), *select = lint_around(l, n, NODE_SELECT);
    const SqlColumn *c = lint_column(l, arg);
    const SqlBinding *b = lint_binding(l, arg);
    if (!c || c->not_null || !lint_is_base(l, b->source)) return;
    // Behind an outer join it counts the matches, which is the way to do it.
    if (!select || has_outer_join(select->child[SELECT_FROM])) return;
    // Beside COUNT(*) the difference is what is wanted.
    if (lint_find(l, select->child[SELECT_ITEMS], counts_rows, lint_is_query)) return;
    lint_say(l, n, "COUNT(" STR_FMT ") leaves out the rows where it is NULL.", STR_ARG(c->name));
}

const LintRule lint_count_column = {
    .name = "count-column",
    .kind = NODE_CALL,
    .look = look,
    .instead = "COUNT(*) counts rows; say so where only the known values are to be counted.",
};
