// like_plain: LIKE without a wildcard is an equality that looks like a search.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *pattern = n->child[OPERAND_SECOND];
    if ((n->op != OP_LIKE && n->op != OP_ILIKE) || pattern->kind != NODE_STRING) return;
    if (n->op == OP_ILIKE || str_find(pattern->text, S("%"), NULL) ||
        str_find(pattern->text, S("_"), NULL)) {
        return;
    }
    lint_say(l, n, "The pattern has no wildcard: LIKE finds only the text itself.");
}

const LintRule lint_like_plain = {
    .name = "like-without-wildcard",
    .kind = NODE_LIKE,
    .look = look,
    .instead = "Write =, or add the % that is missing.",
};
