// natural_join: a join whose condition is whatever columns share a name today.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!(n->flags & FLAG_NATURAL)) return;
    lint_say(l, n->child[JOIN_RIGHT],
             "NATURAL JOIN compares all columns that share a name: one more column, such as "
             "updated_at, and the join is another one.");
}

const LintRule lint_natural_join = {
    .name = "natural-join",
    .kind = NODE_JOIN,
    .look = look,
    .instead = "Name the columns in USING or ON.",
};
