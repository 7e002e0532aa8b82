// unused_cte: a CTE that nothing reads.
#include "sql/lint/lint.h"

static bool is_read(const SqlNode *n, Str name, const SqlNode *self)
{
    if (!n || n == self) return false;
    if (n->kind == NODE_TABLE && sql_tail_count(n) == 1 && str_eq_nocase(sql_last(n)->text, name))
        return true;
    if (n->kind == NODE_TABLE_ARG) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_read(n->child[i], name, self)) return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *with = lint_parent(l, n), *query = lint_parent(l, with);
    if (is_read(query, n->text, n)) return;
    lint_say(l, n, "Nothing reads the CTE " STR_FMT ".", STR_ARG(n->text));
}

const LintRule lint_unused_cte = {
    .name = "unused-cte",
    .kind = NODE_CTE,
    .look = look,
    .instead = "Take it out, or use it.",
};
