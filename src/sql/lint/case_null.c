// case_null: CASE x WHEN NULL compares, and nothing equals NULL.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *of = n->child[CASE_OPERAND];
    for (uint32_t i = 0; of && i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i);
        if (when->child[WHEN_CONDITION]->kind != NODE_NULL) continue;
        lint_say(l, when, "This arm is never taken: CASE with an operand compares by =.");
        if (lint_text(l, of).len)
            lint_instead(l, "Write CASE WHEN " STR_FMT " IS NULL THEN …",
                         STR_ARG(lint_text(l, of)));
    }
}

const LintRule lint_case_null = {
    .name = "case-when-null",
    .kind = NODE_CASE,
    .look = look,
    .instead = "Write CASE WHEN x IS NULL THEN …",
};
