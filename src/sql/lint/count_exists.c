// count_exists: (SELECT COUNT(*) …) > 0 counts all matches to learn whether there is one.
#include "sql/lint/lint.h"

static bool counts(const Lint *l, const SqlNode *n)
{
    const SqlNode *query = n->kind == NODE_SUBQUERY ? n->child[ONLY] : NULL;
    const SqlNode *select = query && query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    bool plain = select && select->kind == NODE_SELECT && !select->child[SELECT_GROUP] &&
                 !select->child[SELECT_HAVING] && select->child[SELECT_FROM];
    if (!plain || sql_tail_count(select->child[SELECT_ITEMS]) != 1) return false;
    const SqlNode *value = sql_tail(select->child[SELECT_ITEMS], 0)->child[ITEM_VALUE];
    return lint_is_aggregate(l, value) && lint_is_fn(l, value, "count");
}

// count > 0, >= 1, <> 0: at least one; = 0, < 1: none.
static bool asks_for_one(SqlOp op, Str number)
{
    if (str_eq(number, S("0"))) return op == OP_GT || op == OP_NE || op == OP_EQ;
    return str_eq(number, S("1")) && (op == OP_GE || op == OP_LT);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *count = n->child[LEFT_SIDE], *number = n->child[RIGHT_SIDE];
    SqlOp op = (SqlOp)n->op;
    if (count->kind == NODE_NUMBER) {
        count = n->child[RIGHT_SIDE], number = n->child[LEFT_SIDE];
        op = sql_op_turned(op);
    }
    if (number->kind != NODE_NUMBER || !asks_for_one(op, number->text) || !counts(l, count)) return;
    lint_say(l, n, "All matches are counted to learn whether there is %s.",
             op == OP_EQ || op == OP_LT ? "none" : "one");
}

const LintRule lint_count_exists = {
    .name = "count-for-exists",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "EXISTS and NOT EXISTS stop at the first match, and say what is asked.",
};
