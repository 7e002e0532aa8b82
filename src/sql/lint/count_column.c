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

// SUM(x), MAX(x) … beside it: its values are what is spoken of.
static bool is_described(const Lint *l, const SqlNode *n, const SqlNode *column)
{
    if (!n || n->kind == NODE_QUERY) return false;
    bool other = lint_is_aggregate(l, n) && !lint_is_fn(l, n, "count") && sql_tail_count(n) == 1;
    if (other && sql_same(sql_tail(n, 0), column)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_described(l, n->child[i], column)) return true;
    }
    return false;
}

// In GROUP BY x, or PARTITION BY x, it leaves out a whole group: that of NULL.
static bool is_key(const SqlNode *select, const SqlNode *count, const SqlNode *column)
{
    const SqlNode *over = count->child[CALL_OVER];
    return lint_holds(select->child[SELECT_GROUP], column) ||
           (over && lint_holds(over->child[WINDOW_PARTITION], column));
}

// HAVING COUNT(x) = 0: no row has one.
static bool asks_for_none(const Lint *l, const SqlNode *n)
{
    const SqlNode *p = lint_parent(l, n);
    bool compares = p && p->kind == NODE_BINARY && p->op >= OP_EQ && p->op <= OP_GE;
    const SqlNode *other = compares ? p->child[p->child[LEFT_SIDE] == n] : NULL;
    return other && other->kind == NODE_NUMBER && str_eq(other->text, S("0"));
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || n->flags & FLAG_DISTINCT || sql_tail_count(n) != 1) return;
    const SqlNode *arg = sql_tail(n, 0), *select = lint_around(l, n, NODE_SELECT);
    const SqlColumn *c = lint_column(l, arg);
    const SqlBinding *b = lint_binding(l, arg);
    if (!c || lint_never_null(l, arg) || !lint_is_base(l, b->source)) return;
    // Behind an outer join it counts the matches, which is the way to do it.
    if (!select || has_outer_join(select->child[SELECT_FROM])) return;
    // Beside COUNT(*) the difference is what is wanted.
    if (lint_find(l, select->child[SELECT_ITEMS], counts_rows, lint_is_query)) return;
    if (is_described(l, select->child[SELECT_ITEMS], arg) || is_key(select, n, arg)) return;
    if (asks_for_none(l, n)) return;
    lint_say(l, n, "COUNT(" STR_FMT ") leaves out the rows where it is NULL.", STR_ARG(c->name));
}

const LintRule lint_count_column = {
    .name = "count-column",
    .kind = NODE_CALL,
    .look = look,
    .instead = "COUNT(*) counts rows; say so where only the known values are to be counted.",
};
