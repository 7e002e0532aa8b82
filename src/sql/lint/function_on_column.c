// function_on_column: a function around the column that is filtered by: no pruning, no index.
#include "sql/lint/lint.h"

static bool is_moment_column(const Lint *l, const SqlNode *n)
{
    if (n->kind != NODE_COLUMN) return false;
    const SqlBinding *b = lint_binding(l, n);
    LogicalType t = lint_type(l, n);
    return b && lint_is_base(l, b->source) && (t == TYPE_DATE || t == TYPE_TIMESTAMP);
}

static bool wraps(const Lint *l, const SqlNode *n)
{
    bool call = n->kind == NODE_CALL && !n->child[CALL_OVER] && !lint_is_aggregate(l, n);
    bool cast = n->kind == NODE_CAST;
    if (!call && !cast) return false;
    return lint_find(l, n, is_moment_column, lint_is_query) != NULL;
}

static void judge(Lint *l, const SqlNode *n)
{
    const SqlNode *of = NULL, *other = NULL;
    if (n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE) {
        of = n->child[LEFT_SIDE], other = n->child[RIGHT_SIDE];
        if (!wraps(l, of)) of = n->child[RIGHT_SIDE], other = n->child[LEFT_SIDE];
    } else if (n->kind == NODE_BETWEEN || n->kind == NODE_IN) {
        of = n->child[OPERAND], other = n->child[OPERAND_SECOND];
    }
    if (!of || !wraps(l, of) || !lint_is_constant(l, other)) return;
    const SqlNode *column = lint_find(l, of, is_moment_column, lint_is_query);
    lint_say(l, n,
             "A function around " STR_FMT " hides it: partitions are not pruned, an index is "
             "not used.",
             STR_ARG(sql_last(column)->text));
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *conditions[24];
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], conditions, 24);
    for (size_t i = 0; i < count; i++) judge(l, conditions[i]);
}

const LintRule lint_function_on_column = {
    .name = "function-on-column",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Compare the bare column with a range of constants.",
};
