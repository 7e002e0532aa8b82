// pairs: a table joined with itself by <>: each pair comes twice, as (a, b) and as (b, a).
#include "sql/lint/lint.h"

enum { MOST = 24 };

static bool same_column(const Lint *l, const SqlNode *n, const SqlNode *a, const SqlNode *b)
{
    const SqlBinding *x = lint_binding(l, n->child[LEFT_SIDE]);
    const SqlBinding *y = lint_binding(l, n->child[RIGHT_SIDE]);
    bool both = x && y && x->column == y->column && x->column != SQL_COLUMN_OPEN;
    return both && ((x->source == a && y->source == b) || (x->source == b && y->source == a));
}

// The condition that parts the two, where all others hold one column of both equal.
static const SqlNode *parted(const Lint *l, const SqlNode *const *all, size_t count,
                             const SqlNode *a, const SqlNode *b)
{
    const SqlNode *found = NULL;
    for (size_t i = 0; i < count; i++) {
        bool compares = all[i]->kind == NODE_BINARY && same_column(l, all[i], a, b);
        if (!compares || (all[i]->op != OP_EQ && all[i]->op != OP_NE)) return NULL;
        if (all[i]->op == OP_NE) found = all[i];
    }
    return found;
}

// What is shown of one is shown of the other.
static bool shows(const Lint *l, const SqlNode *items, const SqlNode *source, uint32_t column)
{
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlBinding *b = lint_binding(l, sql_tail(items, i)->child[ITEM_VALUE]);
        if (b && b->source == source && b->column == column) return true;
    }
    return false;
}

static bool shows_both(const Lint *l, const SqlNode *items, const SqlNode *a, const SqlNode *b)
{
    bool some = false;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlBinding *x = lint_binding(l, sql_tail(items, i)->child[ITEM_VALUE]);
        if (x && !shows(l, items, x->source == a ? b : a, x->column)) return false;
        some = some || x;
    }
    return some;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *sources[3], *all[2 * MOST], *from = n->child[SELECT_FROM];
    if (lint_sources(from, sources, 3) != 2) return;
    const SqlNode *a = sources[0], *b = sources[1], *join = sql_tail(from, 0);
    bool same = lint_is_base(l, a) && lint_is_base(l, b) &&
                str_eq_nocase(sql_last(a)->text, sql_last(b)->text);
    bool inner = join->kind != NODE_JOIN || (join->op == OP_INNER && join->child[JOIN_ON]);
    if (!same || !inner) return;
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], all, MOST);
    if (join->kind == NODE_JOIN) count += lint_conjuncts(join->child[JOIN_ON], all + count, MOST);
    const SqlNode *by = parted(l, all, count, a, b);
    if (!by || !shows_both(l, n->child[SELECT_ITEMS], a, b)) return;
    lint_say(l, by, "Each pair of " STR_FMT " and " STR_FMT " comes twice, in either order.",
             STR_ARG(lint_source_name(a)), STR_ARG(lint_source_name(b)));
    Str left = lint_text(l, by->child[LEFT_SIDE]), right = lint_text(l, by->child[RIGHT_SIDE]);
    if (left.len && right.len)
        lint_instead(l, "Write " STR_FMT " < " STR_FMT "; then each pair comes once.",
                     STR_ARG(left), STR_ARG(right));
}

const LintRule lint_pairs = {
    .name = "pairs-twice",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Write < instead of <>; then each pair comes once.",
};
