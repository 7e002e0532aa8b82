// like_moment: a date that is matched as a text.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    LogicalType t = lint_type(l, n->child[OPERAND]);
    if (t != TYPE_DATE && t != TYPE_TIMESTAMP) return;
    lint_say(l, n,
             "A %s is matched as text: it depends on how dates are written, and every row is "
             "read.",
             type_name(t));
}

const LintRule lint_like_moment = {
    .name = "like-on-date",
    .kind = NODE_LIKE,
    .look = look,
    .instead = "Compare with a range of dates, half open.",
};
