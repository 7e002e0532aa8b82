// not_in: NOT IN over a set that may hold NULL is never true.
#include "sql/lint/lint.h"

static bool keeps_out_null(const Lint *l, const SqlNode *query, Str name)
{
    (void)l;
    while (query && query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
    if (!query || query->kind != NODE_SELECT) return false;
    const SqlNode *conditions[16];
    size_t n = lint_conjuncts(query->child[SELECT_WHERE], conditions, 16);
    for (size_t i = 0; i < n; i++) {
        const SqlNode *c = conditions[i];
        const SqlNode *of = c->count ? c->child[0] : NULL;
        bool column = of && of->kind == NODE_COLUMN && str_eq_nocase(sql_last(of)->text, name);
        bool says = c->kind == NODE_IS && c->op == OP_IS_NULL && c->flags & FLAG_NOT;
        bool compares = c->kind == NODE_BINARY || c->kind == NODE_BETWEEN || c->kind == NODE_LIKE ||
                        c->kind == NODE_IN;
        if (column && (says || compares)) return true;
    }
    return false;
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
    if (keeps_out_null(l, query, out.at[0].name)) return;
    lint_say(l, n, STR_FMT " may be NULL in the subquery: one NULL there, and NOT IN keeps no row.",
             STR_ARG(out.at[0].name.len ? out.at[0].name : S("The column")));
}

const LintRule lint_not_in = {
    .name = "not-in-null",
    .kind = NODE_IN,
    .look = look,
    .instead = "Leave NULL out of the set, or write NOT EXISTS.",
};
