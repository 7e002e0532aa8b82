// sum_distinct: SUM(DISTINCT x) drops equal amounts, not copies of a row.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    bool sums = lint_is_fn(l, n, "sum") || lint_is_fn(l, n, "avg");
    if (!sums || !(n->flags & FLAG_DISTINCT)) return;
    lint_say(l, n,
             "Two rows with the same amount count once: DISTINCT here drops values, not "
             "copies.");
}

const LintRule lint_sum_distinct = {
    .name = "sum-distinct",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Take the copies away first, by key; or join so that none arise.",
};
