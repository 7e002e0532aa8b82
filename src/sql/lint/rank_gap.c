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

// The largest of numbers come first, and two rows may have the same one. (By time, the n-th is a
// row; and so it is where the order is that of a key.)
static bool may_tie(const Lint *l, const SqlNode *call)
{
    const SqlNode *over = lint_window(l, call), *order = over ? over->child[WINDOW_ORDER] : NULL;
    if (!sql_tail_count(order) || over->text.len) return false;
    const SqlNode *first = sql_tail(order, 0), *key = first->child[ONLY];
    LogicalType type = lint_type(l, key);
    bool number = type == TYPE_INTEGER || type == TYPE_REAL;
    if (!(first->flags & FLAG_DESC) || !number) return false;
    const SqlBinding *b = lint_binding(l, key);
    LintColumns c = {.len = 0};
    lint_add_columns(&c, over->child[WINDOW_PARTITION]);
    if (b && c.len < sizeof c.at / sizeof *c.at) c.at[c.len++] = key;
    return !b || lint_unique_in(l, b->source, &c) != UNIQUE_YES;
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
    } else if (lint_is_fn(l, call, "row_number") && may_tie(l, call)) {
        lint_say(l, n,
                 "ROW_NUMBER() gives rows that tie a place each: where two share first place, one "
                 "of them is second.");
    }
}

const LintRule lint_rank_gap = {
    .name = "rank-gap",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "The n-th highest value is DENSE_RANK() = n; say which of the three is meant.",
};
