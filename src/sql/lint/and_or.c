// and_or: AND inside OR without parentheses: right by the rules, read wrongly by people.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        const SqlNode *c = n->child[i];
        if (c->kind != NODE_AND || c->parens) continue;
        lint_say(l, n, "AND binds tighter than OR: is that what is meant here?");
        return;
    }
}

const LintRule lint_and_or = {
    .name = "and-or",
    .kind = NODE_OR,
    .look = look,
    .instead = "Put the ANDs in parentheses.",
};
