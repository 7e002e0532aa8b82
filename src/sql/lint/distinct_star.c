// distinct_star: SELECT DISTINCT * as deduplication: it only finds rows that are equal throughout.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!(n->flags & FLAG_DISTINCT) || n->child[SELECT_ON] || n->child[SELECT_GROUP]) return;
    const SqlNode *items = n->child[SELECT_ITEMS];
    const SqlNode *first = sql_tail_count(items) ? sql_tail(items, 0)->child[ITEM_VALUE] : NULL;
    const SqlNode *sources[2]; // of several tables the copies come from the join
    if (!first || first->kind != NODE_STAR || first->child[STAR_EXCEPT]) return;
    if (lint_sources(n->child[SELECT_FROM], sources, 2) != 1 || !lint_is_base(l, sources[0]))
        return;
    lint_say(l, n,
             "DISTINCT over all columns keeps two versions of a row that differ in one of "
             "them.");
}

const LintRule lint_distinct_star = {
    .name = "distinct-to-dedupe",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Number the rows by the key, best first, and keep the first.",
};
