// mean: SUM(x) / COUNT(*) where x may be NULL, or where / drops the fraction.
#include "sql/lint/lint.h"

static const SqlNode *under_nullif(const Lint *l, const SqlNode *n)
{
    return lint_is_fn(l, n, "nullif") && sql_tail_count(n) ? sql_tail(n, 0) : n;
}

static bool counts_rows(const Lint *l, const SqlNode *n)
{
    bool count = lint_is_aggregate(l, n) && lint_is_fn(l, n, "count") && sql_tail_count(n) == 1;
    return count && sql_tail(n, 0)->kind == NODE_STAR && !n->child[CALL_FILTER];
}

// SUM of a column of a table, over the same rows; SUM(x) * 1.0, too.
static const SqlNode *summed_column(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_CAST) n = n->child[CAST_VALUE];
    if (n->kind == NODE_BINARY && n->op == OP_MULTIPLY)
        n = n->child[n->child[LEFT_SIDE]->kind == NODE_NUMBER ? RIGHT_SIDE : LEFT_SIDE];
    bool sum = lint_is_aggregate(l, n) && lint_is_fn(l, n, "sum") && sql_tail_count(n) == 1;
    bool plain = sum && !n->child[CALL_FILTER] && !(n->flags & FLAG_DISTINCT);
    return plain && sql_tail(n, 0)->kind == NODE_COLUMN ? sql_tail(n, 0) : NULL;
}

// FLOOR(SUM(x) / COUNT(*)), … DIV …: a whole number is wanted.
static bool wants_whole(const Lint *l, const SqlNode *n)
{
    const SqlNode *parent = lint_parent(l, n);
    return lint_is_fn(l, parent, "floor") || lint_is_fn(l, parent, "truncate");
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_DIVIDE) return;
    const SqlNode *below = under_nullif(l, n->child[RIGHT_SIDE]);
    const SqlNode *x = summed_column(l, n->child[LEFT_SIDE]);
    if (!x || !counts_rows(l, below)) return;
    const SqlColumn *c = lint_column(l, x);
    const SqlBinding *b = lint_binding(l, x);
    bool whole = lint_type(l, n->child[LEFT_SIDE]) == TYPE_INTEGER &&
                 sql_rules(l->script->dialect)->whole_division && !wants_whole(l, n);
    bool nullable =
        c && c->type != TYPE_BOOLEAN && !lint_never_null(l, x) && lint_is_base(l, b->source);
    if (whole) {
        lint_say(l, n,
                 "A sum of whole numbers over a count: here / drops the fraction of the mean%s.",
                 nullable ? ", and COUNT(*) counts the rows without a value, too" : "");
    } else if (nullable) {
        lint_say(l, n,
                 STR_FMT " may be NULL: COUNT(*) counts these rows as well, as if they were 0.",
                 STR_ARG(c->name));
    }
}

const LintRule lint_mean = {
    .name = "mean-by-hand",
    .kind = NODE_BINARY,
    .look = look,
    .instead =
        "AVG(x) is the mean of the values that there are; COALESCE(x, 0) says that a missing "
        "one is 0.",
};
