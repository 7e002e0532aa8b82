// count_outer: COUNT(*) behind a LEFT JOIN counts 1 for a group without a match.
#include "sql/lint/lint.h"

// The join finds at most one row of the right table: the rows that are counted are the left ones.
static bool finds_one(const Lint *l, const SqlNode *join)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST], *right = join->child[JOIN_RIGHT];
    LintColumns c = {.len = 0};
    if (join->child[JOIN_USING]) return lint_names_key(l, right, join->child[JOIN_USING]);
    size_t count = lint_conjuncts(join->child[JOIN_ON], all, MOST);
    for (size_t i = 0; i < count; i++) {
        for (int side = LEFT_SIDE; all[i]->kind == NODE_BINARY && side <= RIGHT_SIDE; side++) {
            const SqlBinding *b = lint_binding(l, all[i]->child[side]);
            if (all[i]->op == OP_EQ && b && b->source == right && c.len < MOST)
                c.at[c.len++] = all[i]->child[side];
        }
    }
    return lint_unique_in(l, right, &c) == UNIQUE_YES;
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || n->child[CALL_OVER] || n->child[CALL_FILTER]) return;
    if (sql_tail_count(n) != 1 || sql_tail(n, 0)->kind != NODE_STAR) return;
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    if (!select || select->child[SELECT_WHERE] || sql_tail_count(select->child[SELECT_FROM]) != 1)
        return;
    const SqlNode *join = sql_tail(select->child[SELECT_FROM], 0);
    if (join->kind != NODE_JOIN || join->op != OP_LEFT) return;
    if (finds_one(l, join)) return;
    const SqlNode *group = select->child[SELECT_GROUP];
    if (!sql_tail_count(group)) return;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlBinding *b = lint_binding(l, sql_tail(group, i));
        if (!b || !lint_within(l, b->source, join->child[JOIN_LEFT])) return;
    }
    lint_say(l, n,
             "A group without a match still has the one row that the LEFT JOIN keeps: "
             "COUNT(*) says 1 there, not 0.");
}

const LintRule lint_count_outer = {
    .name = "count-star-outer",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Count a column of the right table that is never NULL, its key.",
};
