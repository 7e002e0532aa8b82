// not_in: NOT IN over a set that may hold NULL is never true.
#include "sql/lint/lint.h"

static bool keeps_out_null(const Lint *l, const SqlNode *query)
{
    while (query && query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
    if (!query || query->kind != NODE_SELECT || sql_tail_count(query->child[SELECT_ITEMS]) != 1)
        return false;
    const SqlNode *value = sql_tail(query->child[SELECT_ITEMS], 0)->child[ITEM_VALUE];
    // The largest of a whole table is NULL only where there is none at all.
    bool extreme = lint_is_fn(l, value, "max") || lint_is_fn(l, value, "min");
    return lint_never_null(l, value) || (extreme && !query->child[SELECT_WHERE]);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    for (uint32_t i = 0; n->flags & FLAG_NOT && set->kind == NODE_LIST && i < sql_tail_count(set);
         i++) {
        if (sql_tail(set, i)->kind != NODE_NULL) continue;
        lint_say(l, sql_tail(set, i), "With a NULL in its list NOT IN keeps no row.");
        return;
    }
    if (!(n->flags & FLAG_NOT) || set->kind != NODE_SUBQUERY) return;
    const SqlNode *query = set->child[ONLY];
    SqlColumns out = l->meaning->outputs[query->id];
    if (out.len != 1 || out.open || out.at[0].not_null) return;
    if (keeps_out_null(l, query)) return;
    lint_say(l, n, STR_FMT " may be NULL in the subquery: one NULL there, and NOT IN keeps no row.",
             STR_ARG(out.at[0].name.len ? out.at[0].name : S("The column")));
    if (out.at[0].name.len)
        lint_instead(l, "Add " STR_FMT " IS NOT NULL to the subquery, or write NOT EXISTS.",
                     STR_ARG(out.at[0].name));
}

const LintRule lint_not_in = {
    .name = "not-in-null",
    .kind = NODE_IN,
    .look = look,
    .instead = "Leave NULL out of the set, or write NOT EXISTS.",
};
