// correlated: an aggregate over the same table, asked again for every row: a window says it once.
#include "sql/lint/lint.h"

static bool reads_outer(const Lint *l, const SqlNode *n, const SqlNode *select)
{
    if (!n) return false;
    const SqlBinding *b = lint_binding(l, n);
    if (b && b->query != select && !lint_within(l, b->query, select)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads_outer(l, n->child[i], select)) return true;
    }
    return false;
}

static bool same_table(const Lint *l, const SqlNode *a, const SqlNode *b)
{
    return lint_is_base(l, a) && lint_is_base(l, b) &&
           str_eq_nocase(sql_last(a)->text, sql_last(b)->text);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *query = n->child[ONLY];
    const SqlNode *select = query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    if (!select || select->kind != NODE_SELECT || select->child[SELECT_GROUP]) return;
    const SqlNode *items = select->child[SELECT_ITEMS], *inner[2], *outer[16];
    if (sql_tail_count(items) != 1) return;
    if (!lint_is_aggregate(l, sql_tail(items, 0)->child[ITEM_VALUE])) return;
    const SqlNode *around = lint_around(l, n, NODE_SELECT);
    size_t one = lint_sources(select->child[SELECT_FROM], inner, 2);
    if (!around || one != 1 || !reads_outer(l, select->child[SELECT_WHERE], select)) return;
    size_t count = lint_sources(around->child[SELECT_FROM], outer, 16);
    for (size_t i = 0; i < count; i++) {
        if (!same_table(l, inner[0], outer[i])) continue;
        lint_say(l, n, "This reads " STR_FMT " again for every row of it.",
                 STR_ARG(sql_last(inner[0])->text));
        return;
    }
}

const LintRule lint_correlated = {
    .name = "correlated-aggregate",
    .kind = NODE_SUBQUERY,
    .look = look,
    .instead = "A window over the same partition gives the value in one pass.",
};
