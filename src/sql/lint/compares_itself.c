// compares_itself: a.id = a.id in a join: true of every row that has one.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (n->op < OP_EQ || n->op > OP_GE) return;
    const SqlBinding *a = lint_binding(l, n->child[LEFT_SIDE]);
    const SqlBinding *b = lint_binding(l, n->child[RIGHT_SIDE]);
    if (!a || !b || a->source != b->source || a->column != b->column) return;
    if (a->column == SQL_COLUMN_OPEN || a->query != b->query) return;
    Str text = sql_source(l->script->sql, n->child[LEFT_SIDE]);
    lint_say(l, n, STR_FMT " is compared with itself.", STR_ARG(text));
}

const LintRule lint_compares_itself = {
    .name = "compares-itself",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Write the column of the other table, with its alias.",
};
