// unequal_null: country <> 'US' leaves out the rows that have no country.
#include "sql/lint/lint.h"

static bool is_unequal(const SqlNode *n)
{
    bool in = n->kind == NODE_IN && n->flags & FLAG_NOT;
    return in || (n->kind == NODE_BINARY && n->op == OP_NE);
}

static bool all_constant(const Lint *l, const SqlNode *set)
{
    if (set->kind != NODE_LIST && set->kind != NODE_ROW) return lint_is_constant(l, set);
    for (uint32_t i = 0; i < sql_tail_count(set); i++) {
        const SqlNode *one = sql_tail(set, i);
        if (!lint_is_constant(l, one) || one->kind == NODE_NULL)
            return false; // not-in-null says it
    }
    return true;
}

// The column that is held unequal to constants.
static const SqlNode *column_of(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_IN) {
        const SqlNode *x = n->child[OPERAND], *set = n->child[OPERAND_SECOND];
        return set->kind != NODE_SUBQUERY && all_constant(l, set) ? x : NULL;
    }
    const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    if (lint_is_constant(l, b)) return a;
    return lint_is_constant(l, a) ? b : NULL;
}

// Something else in the query asks whether it is there: its NULLs have been thought of.
static bool is_asked(const Lint *l, const SqlNode *n, const SqlNode *but, const SqlNode *column)
{
    if (!n || n == but) return false;
    const SqlNode *of = n->kind == NODE_IS ? n->child[OPERAND] : NULL;
    if (lint_is_fn(l, n, "coalesce") && sql_tail_count(n)) of = sql_tail(n, 0);
    if (of && sql_same(of, column)) return true;
    bool pinned = (n->kind == NODE_BINARY && n->op != OP_NE) || n->kind == NODE_LIKE ||
                  n->kind == NODE_BETWEEN || (n->kind == NODE_IN && !(n->flags & FLAG_NOT));
    if (pinned && n != but && lint_holds(n, column)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_asked(l, n->child[i], but, column)) return true;
    }
    return false;
}

// x <> '': what is blank is to go, and so is what is missing.
static bool drops_empty(const SqlNode *n)
{
    if (n->kind != NODE_BINARY) return false;
    const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    return (a->kind == NODE_STRING && !a->text.len) || (b->kind == NODE_STRING && !b->text.len);
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], all, MOST);
    for (size_t i = 0; i < count; i++) {
        const SqlNode *column = is_unequal(all[i]) ? column_of(l, all[i]) : NULL;
        const SqlColumn *c = lint_column(l, column);
        if (!c || c->not_null || drops_empty(all[i]) ||
            !lint_is_base(l, lint_binding(l, column)->source))
            continue;
        if (is_asked(l, n, all[i], column)) continue;
        lint_say(l, all[i],
                 "Rows whose " STR_FMT " is NULL are left out as well: NULL is not <> either.",
                 STR_ARG(c->name));
        Str x = sql_source(l->script->sql, column);
        lint_instead(l,
                     "Say what becomes of them: OR " STR_FMT " IS NULL keeps them, AND " STR_FMT
                     " IS NOT NULL leaves them out in so many words.",
                     STR_ARG(x), STR_ARG(x));
    }
}

const LintRule lint_unequal_null = {
    .name = "unequal-leaves-null",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Say what becomes of them: IS DISTINCT FROM keeps them, IS NOT NULL leaves them out "
               "in so many words.",
};
