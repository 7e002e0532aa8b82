// integer_division: a share of two whole numbers where / divides whole numbers: it is 0 or 1.
#include "sql/lint/lint.h"

static bool is_fn_of(const Lint *l, const SqlNode *n, const char *a, const char *b, const char *c)
{
    return lint_is_fn(l, n, a) || lint_is_fn(l, n, b) || lint_is_fn(l, n, c);
}

// COUNT or SUM of whole numbers, of a CTE and of a subquery too.
static bool is_total(const Lint *l, const SqlNode *n)
{
    if (lint_is_fn(l, n, "nullif") && sql_tail_count(n)) n = sql_tail(n, 0);
    n = lint_behind(l, n);
    if (n->kind == NODE_SUBQUERY) {
        const SqlNode *body =
            n->child[ONLY]->kind == NODE_QUERY ? n->child[ONLY]->child[QUERY_BODY] : NULL;
        const SqlNode *items = body && body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
        if (sql_tail_count(items) != 1) return false;
        n = sql_tail(items, 0)->child[ITEM_VALUE];
    }
    return lint_type(l, n) == TYPE_INTEGER && is_fn_of(l, n, "count", "count_if", "sum");
}

// SUM(x) / COUNT(*) is a mean, of which mean-by-hand speaks.
static bool is_mean(const Lint *l, const SqlNode *above, const SqlNode *below)
{
    if (lint_is_fn(l, below, "nullif") && sql_tail_count(below)) below = sql_tail(below, 0);
    return lint_is_aggregate(l, above) && lint_is_fn(l, above, "sum") && sql_tail_count(above) &&
           sql_tail(above, 0)->kind == NODE_COLUMN && lint_is_fn(l, below, "count") &&
           sql_tail_count(below) && sql_tail(below, 0)->kind == NODE_STAR;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *above = n->child[LEFT_SIDE], *below = n->child[RIGHT_SIDE];
    if (n->op != OP_DIVIDE || !sql_rules(l->script->dialect)->whole_division) return;
    if (!is_total(l, above) || !is_total(l, below) || is_mean(l, above, below)) return;
    if (is_fn_of(l, lint_parent(l, n), "floor", "truncate", "ceil")) return; // it is wanted
    lint_say(l, n,
             "Both sides are whole numbers, and here / drops the fraction: of a share 0 or 1 is "
             "left.");
}

const LintRule lint_integer_division = {
    .name = "integer-division",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Multiply by 1.0 first, or cast one side to a decimal.",
};
