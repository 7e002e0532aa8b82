// compare_null: = NULL is never true.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    bool compares = n->op >= OP_EQ && n->op <= OP_GE;
    bool null = n->child[LEFT_SIDE]->kind == NODE_NULL || n->child[RIGHT_SIDE]->kind == NODE_NULL;
    const SqlNode *around = lint_parent(l, n);
    if (!compares || !null || around->kind == NODE_ASSIGN) return;
    lint_say(l, n, "A comparison with NULL is unknown, never true.");
    const SqlNode *of = n->child[n->child[LEFT_SIDE]->kind == NODE_NULL ? RIGHT_SIDE : LEFT_SIDE];
    bool known = of->kind != NODE_NULL && lint_text(l, of).len;
    if ((n->op == OP_EQ || n->op == OP_NE) && known)
        lint_instead(l, "Write " STR_FMT " IS %sNULL.", STR_ARG(lint_text(l, of)),
                     n->op == OP_NE ? "NOT " : "");
}

const LintRule lint_compare_null = {
    .name = "compare-null",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Write IS NULL or IS NOT NULL.",
};
