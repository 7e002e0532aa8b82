// distinct_join: DISTINCT that sweeps away what a join has multiplied.
#include "sql/lint/lint.h"

static bool reads(const Lint *l, const SqlNode *n, const SqlNode *source)
{
    if (!n) return false;
    if (n->kind == NODE_STAR) return true; // at least it may
    const SqlBinding *b = lint_binding(l, n);
    if (n->kind == NODE_COLUMN && (!b || b->source == source || b->source->kind == NODE_JOIN))
        return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(l, n->child[i], source)) return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *from = n->child[SELECT_FROM];
    if (!(n->flags & FLAG_DISTINCT) || n->child[SELECT_ON] || sql_tail_count(from) != 1) return;
    const SqlNode *join = sql_tail(from, 0);
    if (join->kind != NODE_JOIN || join->op != OP_INNER) return;
    const SqlNode *right = join->child[JOIN_RIGHT];
    if (right->kind != NODE_TABLE || reads(l, n->child[SELECT_ITEMS], right)) return;
    lint_say(l, n,
             "Nothing of " STR_FMT " is shown: it only asks whether there is a match, and "
             "DISTINCT sweeps the copies away.",
             STR_ARG(lint_source_name(right)));
}

const LintRule lint_distinct_join = {
    .name = "distinct-after-join",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Ask with EXISTS or IN; then no row is multiplied.",
};
