// lower_grouping: ROLLUP, CUBE and GROUPING SETS.
#include "sql/lower.h"

static bool has_sets(const SqlNode *group)
{
    bool found = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group) && !found; i++)
        found = sql_tail(group, i)->kind == NODE_GROUPING;
    return found;
}

void lower_grouping(Translator *t, SqlNode *query)
{
    const SqlNode *group = query->child[QUERY_BODY]->child[SELECT_GROUP];
    if (!has_sets(group) || sql_feature_in(FEATURE_GROUPING_SETS, t->to)) return;
    translate_unsupported(t, group, "ROLLUP, CUBE and GROUPING SETS are not supported here.");
}
