// join_or: a join by OR, or by a function of both sides: no hash join, every row meets every row.
#include "sql/lint/lint.h"

enum { MOST = 24, LEFT_ROWS = 1, RIGHT_ROWS = 2, OTHERS = 4 };
typedef struct {
    const SqlNode *left, *right; // a table or a join of them
} Sides;

static unsigned sides_of(const Lint *l, const SqlNode *n, const Sides *s)
{
    if (!n) return 0;
    if (n->kind == NODE_QUERY) return OTHERS;
    unsigned found = 0;
    const SqlBinding *b = lint_binding(l, n);
    if (b) {
        found = lint_within(l, b->source, s->right)  ? RIGHT_ROWS
                : lint_within(l, b->source, s->left) ? LEFT_ROWS
                                                     : OTHERS;
    }
    for (uint32_t i = 0; i < n->count; i++) found |= sides_of(l, n->child[i], s);
    return found;
}

static bool is_equality(const Lint *l, const SqlNode *n, const Sides *s)
{
    if (n->kind != NODE_BINARY || n->op != OP_EQ) return false;
    unsigned a = sides_of(l, n->child[LEFT_SIDE], s), b = sides_of(l, n->child[RIGHT_SIDE], s);
    return (a == LEFT_ROWS && b == RIGHT_ROWS) || (a == RIGHT_ROWS && b == LEFT_ROWS);
}

static bool is_choice(const Lint *l, const SqlNode *n, const Sides *s)
{
    const SqlNode *all[MOST];
    if (n->kind != NODE_OR) return false;
    for (uint32_t i = 0; i < n->count; i++) {
        size_t count = lint_conjuncts(n->child[i], all, MOST);
        bool equal = false;
        for (size_t k = 0; k < count; k++) equal = equal || is_equality(l, all[k], s);
        if (!equal) return false;
    }
    return true;
}

// DATEDIFF(day, a.day, b.day) = 1
static bool is_mixed(const Lint *l, const SqlNode *n, const Sides *s)
{
    if (n->kind != NODE_BINARY || n->op != OP_EQ) return false;
    unsigned a = sides_of(l, n->child[LEFT_SIDE], s), b = sides_of(l, n->child[RIGHT_SIDE], s);
    return (a == (LEFT_ROWS | RIGHT_ROWS) && !b) || (b == (LEFT_ROWS | RIGHT_ROWS) && !a);
}

static void judge(Lint *l, const SqlNode *condition, const Sides *s)
{
    const SqlNode *all[MOST], *found = NULL;
    size_t count = lint_conjuncts(condition, all, MOST);
    for (size_t i = 0; i < count; i++) {
        if (is_equality(l, all[i], s) || all[i]->kind == NODE_IN) return;
        if (!found && (is_choice(l, all[i], s) || is_mixed(l, all[i], s))) found = all[i];
    }
    if (!found) return;
    lint_say(l, found, "%s is nothing to hash or merge by: every row is held against every row.",
             found->kind == NODE_OR ? "An OR" : "A value that is made of both sides");
}

static void look_joins(Lint *l, const SqlNode *n)
{
    if (n->kind != NODE_JOIN) return;
    look_joins(l, n->child[JOIN_LEFT]);
    look_joins(l, n->child[JOIN_RIGHT]);
    if (n->op != OP_CROSS && n->child[JOIN_ON])
        judge(l, n->child[JOIN_ON], &(Sides){n->child[JOIN_LEFT], n->child[JOIN_RIGHT]});
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *from = n->child[SELECT_FROM];
    for (uint32_t i = 0; i < sql_tail_count(from); i++) look_joins(l, sql_tail(from, i));
    if (sql_tail_count(from) != 2) return;
    const Sides list = {sql_tail(from, 0), sql_tail(from, 1)};
    bool tables = list.left->kind == NODE_TABLE && list.right->kind == NODE_TABLE;
    if (tables) judge(l, n->child[SELECT_WHERE], &list);
}

const LintRule lint_join_or = {
    .name = "join-without-equality",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Join by a column equal to an expression of the other side; of an OR make two joins "
               "and UNION them.",
};
