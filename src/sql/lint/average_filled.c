// average_filled: AVG(COALESCE(x, 0)) counts the rows without a value as if they had been 0.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_aggregate(l, n) || !lint_is_fn(l, n, "avg") || sql_tail_count(n) != 1) return;
    const SqlNode *filled = sql_tail(n, 0);
    if (!lint_is_fn(l, filled, "coalesce") || sql_tail_count(filled) != 2) return;
    const SqlNode *x = sql_tail(filled, 0), *zero = sql_tail(filled, 1);
    const SqlBinding *b = lint_binding(l, x);
    if (zero->kind != NODE_NUMBER || !b || !lint_is_base(l, b->source)) return;
    // The row that an outer join adds has none of it: there 0 is what is meant.
    if (lint_never_null(l, x) || b->query->kind != NODE_SELECT ||
        lint_is_optional(b->query->child[SELECT_FROM], b->source, NULL))
        return;
    Str text = sql_source(l->script->sql, x);
    lint_say(l, n, "A row whose " STR_FMT " is not known goes into the mean as " STR_FMT ".",
             STR_ARG(text), STR_ARG(zero->text));
}

const LintRule lint_average_filled = {
    .name = "average-of-filled",
    .kind = NODE_CALL,
    .look = look,
    .instead = "AVG(x) leaves it out; fill it only where a missing value is 0, and say so.",
};
