// integer_division: a share of two whole numbers where / divides whole numbers: it is 0 or 1.
#include "sql/lint/lint.h"

// A count of rows, said as one or as a sum of ones: what rates are made of. A sum of whole numbers
// over a count is a mean, and may be wanted whole.
static bool counts(const Lint *l, const SqlNode *n)
{
    if (!lint_is_aggregate(l, n) || lint_type(l, n) != TYPE_INTEGER) return false;
    if (lint_is_fn(l, n, "count") || lint_is_fn(l, n, "count_if")) return true;
    return lint_is_fn(l, n, "sum") && sql_tail_count(n) && sql_tail(n, 0)->kind == NODE_CASE;
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_DIVIDE || !sql_rules(l->script->dialect)->whole_division) return;
    const SqlNode *above = n->child[LEFT_SIDE], *below = n->child[RIGHT_SIDE];
    if (lint_is_fn(l, below, "nullif") && sql_tail_count(below)) below = sql_tail(below, 0);
    if (!counts(l, above) || !counts(l, below)) return;
    lint_say(l, n,
             "Both sides are whole numbers, and here / drops the fraction: a share comes out as 0 "
             "or 1.");
}

const LintRule lint_integer_division = {
    .name = "integer-division",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Multiply by 1.0 first, or cast one side to a decimal.",
};
