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
}

const LintRule lint_between_moments = {
    .name = "between-timestamps",
    .kind = NODE_BETWEEN,
    .look = look,
    .instead = "Half open: ts >= first day AND ts < the day after the last.",
};
