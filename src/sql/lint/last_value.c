// last_value: LAST_VALUE with an ORDER BY and no frame sees no further than the current row.
#include "sql/lint/lint.h"

// The last value that is known, up to this row: the default frame is what is wanted.
static bool fills_forward(const SqlNode *n)
{
    const SqlNode *flag = sql_tail_count(n) == 2 ? sql_tail(n, 1) : NULL; // Spark: last(x, true)
    bool word = flag && flag->kind == NODE_BOOLEAN && str_eq_nocase(flag->text, S("TRUE"));
    return n->flags & FLAG_IGNORE_NULLS || word;
}

static void look(Lint *l, const SqlNode *n)
{
    if (fills_forward(n)) return;
    bool last = lint_is_fn(l, n, "last_value"), nth = lint_is_fn(l, n, "nth_value");
    if ((!last && !nth) || !n->child[CALL_OVER]) return;
    if (l->script->dialect == DIALECT_SNOWFLAKE) return; // there the default is the whole partition
    const SqlNode *over = lint_window(l, n);
    if (!over || over->text.len || !over->child[WINDOW_ORDER] || over->child[WINDOW_FRAME]) return;
    if (last) {
        lint_say(l, n,
                 "The default frame ends at the current row, so LAST_VALUE gives this row's "
                 "own value, or a tie's.");
    } else {
        lint_say(l, n,
                 "The default frame ends at the current row, so NTH_VALUE is NULL for the "
                 "rows before the n-th.");
    }
}

const LintRule lint_last_value = {
    .name = "last-value-frame",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Add ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING, or take FIRST_VALUE "
               "in descending order.",
};
