// recursion: WITH RECURSIVE … UNION ALL over a graph does not end where the graph leads in a
// circle.
#include "sql/lint/lint.h"

enum { MOST = 24 };
typedef struct {
    const SqlNode *arm, *self, *table; // the SELECT that repeats, and what it joins
    const SqlNode *all[2 * MOST];      // its conditions
    size_t count;
} Walk;

static bool is_self(const SqlNode *source, Str name)
{
    return source->kind == NODE_TABLE && sql_tail_count(source) == 1 &&
           str_eq_nocase(sql_last(source)->text, name);
}

// An arm that joins the CTE with one table, and says nothing but which of their columns are equal.
static bool is_walk(const Lint *l, const SqlNode *cte, const SqlNode *arm, Walk *w)
{
    const SqlNode *sources[3], *from = arm->child[SELECT_FROM], *join;
    *w = (Walk){.arm = arm};
    if (lint_sources(from, sources, 3) != 2) return false;
    for (int i = 0; i < 2; i++) {
        if (is_self(sources[i], cte->text)) w->self = sources[i], w->table = sources[1 - i];
    }
    join = sql_tail(from, 0);
    bool inner = join->kind != NODE_JOIN || (join->op == OP_INNER && join->child[JOIN_ON]);
    if (!w->self || !inner || !lint_is_base(l, w->table)) return false;
    w->count = lint_conjuncts(arm->child[SELECT_WHERE], w->all, MOST);
    if (join->kind == NODE_JOIN)
        w->count += lint_conjuncts(join->child[JOIN_ON], w->all + w->count, MOST);
    return w->count > 0;
}

// WHERE manager_id IS NULL: it starts from the roots, and what hangs on them is a tree.
static bool asks_for_root(const Lint *l, const SqlNode *n)
{
    (void)l;
    return n->kind == NODE_IS && n->op == OP_IS_NULL && !(n->flags & FLAG_NOT);
}

static bool starts_from_roots(const Lint *l, const SqlNode *anchor)
{
    while (anchor->kind == NODE_QUERY) anchor = anchor->child[QUERY_BODY];
    return anchor->kind == NODE_SELECT &&
           lint_find(l, anchor->child[SELECT_WHERE], asks_for_root, lint_is_query);
}

// n * p.n: how many of a part there are in the whole. Each way to it counts, and there is no
// circle.
static bool multiplies(const Lint *l, const SqlNode *items)
{
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        bool product = value->kind == NODE_BINARY && value->op == OP_MULTIPLY;
        if (product && !lint_is_constant(l, value->child[LEFT_SIDE]) &&
            !lint_is_constant(l, value->child[RIGHT_SIDE]))
            return true;
    }
    return false;
}

// In a tree each row is reached once: from its one parent, or from its one child.
static bool is_tree(const Lint *l, const Walk *w)
{
    for (size_t i = 0; i < w->count; i++) {
        if (w->all[i]->kind != NODE_BINARY || w->all[i]->op != OP_EQ) return true; // it is bounded
        const SqlNode *here = w->all[i]->child[LEFT_SIDE], *there = w->all[i]->child[RIGHT_SIDE];
        if (lint_reads(l, here, w->self)) there = here, here = w->all[i]->child[RIGHT_SIDE];
        const SqlBinding *from = lint_binding(l, there);
        const SqlNode *items = w->arm->child[SELECT_ITEMS];
        if (!lint_binding(l, here) || !from || from->source != w->self) return true;
        if (from->column >= sql_tail_count(items)) return true;
        const SqlNode *next = sql_tail(items, from->column)->child[ITEM_VALUE];
        LintColumns parent = {.at = {here}, .len = 1}, child = {.at = {next}, .len = 1};
        if (next->kind != NODE_COLUMN || lint_unique_in(l, w->table, &parent) == UNIQUE_YES ||
            lint_unique_in(l, w->table, &child) == UNIQUE_YES)
            return true;
    }
    return false;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *body = n->child[CTE_QUERY];
    Walk w;
    while (body && body->kind == NODE_QUERY) body = body->child[QUERY_BODY];
    if (!body || body->kind != NODE_SETOP || body->op != OP_UNION || !(body->flags & FLAG_ALL))
        return;
    const SqlNode *arm = body->child[RIGHT_SIDE];
    if (starts_from_roots(l, body->child[LEFT_SIDE])) return;
    while (arm->kind == NODE_QUERY) arm = arm->child[QUERY_BODY];
    if (arm->kind != NODE_SELECT || !is_walk(l, n, arm, &w) || is_tree(l, &w)) return;
    if (multiplies(l, arm->child[SELECT_ITEMS])) return;
    lint_say(l, w.self,
             "Where " STR_FMT " loops back (a to b to a) this never ends, and what two paths reach "
             "comes twice.",
             STR_ARG(sql_last(w.table)->text));
}

const LintRule lint_recursion = {
    .name = "recursion-unbounded",
    .kind = NODE_CTE,
    .look = look,
    .instead = "Carry the depth or the path and stop by it; UNION without ALL drops what was there "
               "already.",
};
