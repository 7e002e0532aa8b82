// between_moments: a timestamp BETWEEN two dates loses the last day after midnight.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *of = n->child[OPERAND], *high = n->child[OPERAND_THIRD];
    if (lint_type(l, of) != TYPE_TIMESTAMP || of->kind != NODE_COLUMN) return;
    bool date =
        lint_is_date_text(high) || (lint_type(l, high) == TYPE_DATE && lint_is_constant(l, high));
    if (!date) return;
    lint_say(l, n, STR_FMT " is a timestamp: the upper bound is midnight, so the last day is lost.",
             STR_ARG(sql_last(of)->text));
    Str x = lint_text(l, of), low = lint_text(l, n->child[OPERAND_SECOND]),
        last = lint_text(l, high);
    if (x.len && low.len && last.len)
        lint_instead(
            l, "Half open: " STR_FMT " >= " STR_FMT " AND " STR_FMT " < the day after " STR_FMT ".",
            STR_ARG(x), STR_ARG(low), STR_ARG(x), STR_ARG(last));
}

const LintRule lint_between_moments = {
    .name = "between-timestamps",
    .kind = NODE_BETWEEN,
    .look = look,
    .instead = "Half open: ts >= first day AND ts < the day after the last.",
};
