// sum_ones: SUM(CASE WHEN … THEN 1 END) counts, and is NULL where there is nothing to count.
#include "sql/lint/lint.h"

static bool gives_one(const SqlNode *n)
{
    if (n->kind != NODE_CASE) return false;
    const SqlNode *other = n->child[CASE_ELSE];
    if (other && other->kind != NODE_NULL) return false;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *result = sql_tail(n, i)->child[WHEN_RESULT];
        if (result->kind != NODE_NUMBER || !str_eq(result->text, S("1"))) return false;
    }
    return true;
}

// It stands as a count in the list of items: not compared, not divided, not filled.
static bool is_shown(const Lint *l, const SqlNode *n)
{
    const SqlNode *p = lint_parent(l, n);
    return p && p->kind == NODE_ITEM;
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_aggregate(l, n) || !lint_is_fn(l, n, "sum") || sql_tail_count(n) != 1) return;
    if (n->child[CALL_FILTER] || !gives_one(sql_tail(n, 0)) || !is_shown(l, n)) return;
    lint_say(l, n, "Where no row matches, this count is NULL and not 0.");
}

const LintRule lint_sum_ones = {
    .name = "sum-of-ones",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Write ELSE 0, or COUNT the CASE instead of summing it.",
};
