// rank_gap: the n-th by RANK or ROW_NUMBER, where ties leave a gap or take two places.
#include "sql/lint/lint.h"

// The window function whose value a column is: here, or in the query behind a CTE or derived table.
static const SqlNode *call_behind(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_CALL) return n;
    const SqlBinding *b =
        n->kind == NODE_COLUMN && l->meaning->bindings ? &l->meaning->bindings[n->id] : NULL;
    if (b && b->item) return b->item->child[ITEM_VALUE];
    if (n->kind != NODE_COLUMN) return NULL;
    return lint_item_behind(l, n);
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_EQ) return;
    const SqlNode *value = n->child[LEFT_SIDE], *number = n->child[RIGHT_SIDE];
    int64_t place;
    if (number->kind != NODE_NUMBER || !str_to_i64(number->text, &place) || place < 2) return;
    const SqlNode *call = call_behind(l, value);
    if (!call || !lint_is_window(l, call)) return;
    if (lint_is_fn(l, call, "rank")) {
        lint_say(l, n,
                 "RANK() leaves gaps behind ties: where two rows share first place, nobody "
                 "is second.");
    }
}

const LintRule lint_rank_gap = {
    .name = "rank-gap",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "The n-th highest value is DENSE_RANK() = n; say which of the three is meant.",
};
