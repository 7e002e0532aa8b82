// average: an average of averages weighs small groups as much as large ones.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "avg") || n->child[CALL_OVER] || sql_tail_count(n) != 1) return;
    const SqlNode *behind = lint_item_behind(l, sql_tail(n, 0));
    if (!behind || !lint_is_fn(l, behind, "avg") || behind->child[CALL_OVER]) return;
    lint_say(l, n, "An average of averages weighs every group alike, however many rows it has.");
}

const LintRule lint_average_of_averages = {
    .name = "average-of-averages",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Carry sums and counts upwards and divide once, at the end; or say that groups are "
               "to weigh alike.",
};
