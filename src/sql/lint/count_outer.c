// count_outer: COUNT(*) behind a LEFT JOIN counts 1 for a group without a match.
#include "sql/lint/lint.h"

// SUM(x) / COUNT(*): without a match it is NULL, whatever is counted.
static bool divides_sum(const Lint *l, const SqlNode *n)
{
    const SqlNode *p = lint_parent(l, n);
    return p && p->kind == NODE_BINARY && p->op == OP_DIVIDE && p->child[RIGHT_SIDE] == n &&
           lint_is_fn(l, p->child[LEFT_SIDE], "sum");
}

// COUNT of a column of the right table beside it: the difference is known.
static bool counts_matches(const Lint *l, const SqlNode *n, const SqlNode *right)
{
    if (!n || n->kind == NODE_QUERY) return false;
    const SqlBinding *b = NULL;
    if (lint_is_fn(l, n, "count") && sql_tail_count(n)) b = lint_binding(l, sql_tail(n, 0));
    if (b && b->source == right) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (counts_matches(l, n->child[i], right)) return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || n->child[CALL_OVER] || n->child[CALL_FILTER]) return;
    const SqlNode *x = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    bool rows = x && (x->kind == NODE_NUMBER || (x->kind == NODE_STAR && !x->child[STAR_OF]));
    if (!rows || divides_sum(l, n)) return;
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    if (!select || sql_tail_count(select->child[SELECT_FROM]) != 1) return;
    const SqlNode *join = sql_tail(select->child[SELECT_FROM], 0);
    if (join->kind != NODE_JOIN || join->op != OP_LEFT || lint_finds_one(l, join)) return;
    // A condition on the right table speaks of the rows without a match.
    if (lint_reads(l, select->child[SELECT_WHERE], join->child[JOIN_RIGHT])) return;
    if (counts_matches(l, select->child[SELECT_ITEMS], join->child[JOIN_RIGHT])) return;
    const SqlNode *group = select->child[SELECT_GROUP];
    if (!sql_tail_count(group)) return;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlBinding *b = lint_binding(l, sql_tail(group, i));
        if (!b || !lint_within(l, b->source, join->child[JOIN_LEFT])) return;
    }
    lint_say(l, n,
             "A group without a match still has the one row that the LEFT JOIN keeps: " STR_FMT
             " says 1 there, not 0.",
             STR_ARG(sql_source(l->script->sql, n)));
    const SqlNode *right = join->child[JOIN_RIGHT];
    const SqlTable *t = right->kind == NODE_TABLE ? l->meaning->tables[right->id] : NULL;
    if (t && t->key.len)
        lint_instead(l, "COUNT(" STR_FMT "." STR_FMT ") counts the matches.",
                     STR_ARG(lint_source_name(right)), STR_ARG(t->key.at[0]));
}

const LintRule lint_count_outer = {
    .name = "count-star-outer",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Count a column of the right table that is never NULL, its key.",
};
