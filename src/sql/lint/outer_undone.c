// outer_undone: a LEFT JOIN whose missing rows the WHERE throws away again.
#include "sql/lint/lint.h"

// Is it NULL or unknown whenever the column is NULL?
static bool is_strict(const Lint *l, const SqlNode *n, const SqlNode *source)
{
    const SqlBinding *b;
    switch ((SqlKind)n->kind) {
    case NODE_COLUMN:
        b = lint_binding(l, n);
        return b && b->source == source;
    case NODE_UNARY:
    case NODE_CAST:
        return is_strict(l, n->child[0], source);
    case NODE_BINARY:
        if (n->op == OP_SAME || n->op == OP_DISTINCT) return false;
        return is_strict(l, n->child[LEFT_SIDE], source) ||
               is_strict(l, n->child[RIGHT_SIDE], source);
    case NODE_IN:
        return n->child[OPERAND_SECOND]->kind != NODE_SUBQUERY &&
               is_strict(l, n->child[OPERAND], source);
    case NODE_BETWEEN:
    case NODE_LIKE:
        return is_strict(l, n->child[OPERAND], source);
    case NODE_IS:
        return n->op == OP_IS_NULL && n->flags & FLAG_NOT &&
               is_strict(l, n->child[OPERAND], source);
    default:
        return false;
    }
}

static bool is_missing(const SqlNode *join, const SqlNode *source, bool outer, bool *found)
{
    if (join == source) {
        *found = true;
        return outer;
    }
    if (join->kind != NODE_JOIN) return false;
    bool left = outer || join->op == OP_RIGHT || join->op == OP_FULL;
    bool right = outer || join->op == OP_LEFT || join->op == OP_FULL;
    bool missing = is_missing(join->child[JOIN_LEFT], source, left, found);
    return *found ? missing : is_missing(join->child[JOIN_RIGHT], source, right, found);
}

static bool is_outer(const SqlNode *from, const SqlNode *source)
{
    for (uint32_t i = 0; i < sql_tail_count(from); i++) {
        bool found = false;
        bool missing = is_missing(sql_tail(from, i), source, false, &found);
        if (found) return missing;
    }
    return false;
}

// An inner join above that compares with the table whose row may be missing.
static void look_joins(Lint *l, const SqlNode *join, const SqlNode *source)
{
    enum { MOST = 24 };
    bool below = false;
    if (join->kind != NODE_JOIN) return;
    const SqlNode *conditions[MOST], *left = join->child[JOIN_LEFT];
    bool missing = is_missing(left, source, false, &below);
    if (!below) return;
    size_t count = lint_conjuncts(join->child[JOIN_ON], conditions, MOST);
    for (size_t i = 0; missing && join->op == OP_INNER && i < count; i++) {
        if (!is_strict(l, conditions[i], source)) continue;
        lint_say(l, conditions[i],
                 "This inner join keeps no row that the outer join adds: of " STR_FMT
                 " only matches remain.",
                 STR_ARG(lint_source_name(source)));
        return;
    }
    look_joins(l, left, source);
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *conditions[MOST], *sources[MOST];
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], conditions, MOST);
    size_t tables = lint_sources(n->child[SELECT_FROM], sources, MOST);
    for (size_t s = 0; s < tables; s++) {
        const SqlNode *from = n->child[SELECT_FROM];
        for (uint32_t i = 0; i < sql_tail_count(from); i++)
            look_joins(l, sql_tail(from, i), sources[s]);
        if (!is_outer(from, sources[s])) continue;
        for (size_t i = 0; i < count; i++) {
            if (!is_strict(l, conditions[i], sources[s])) continue;
            lint_say(l, conditions[i],
                     "This condition is not true for the rows that the outer join adds: of " STR_FMT
                     " only matches remain, as in an inner join.",
                     STR_ARG(lint_source_name(sources[s])));
            break;
        }
    }
}

const LintRule lint_outer_undone = {
    .name = "outer-join-undone",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Move the condition into ON, or write an inner join if that is what is meant.",
};
