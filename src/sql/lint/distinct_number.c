// distinct_number: DISTINCT beside ROW_NUMBER(), which makes every row another one.
#include "sql/lint/lint.h"

static bool is_shown(const SqlNode *items, const SqlNode *key)
{
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_same(sql_tail(items, i)->child[ITEM_VALUE], key)) return true;
    }
    return false;
}

// The numbers start again in each part, and the parts are shown.
static bool tells_rows_apart(const SqlNode *items, const SqlNode *over)
{
    const SqlNode *parts = over->child[WINDOW_PARTITION];
    for (uint32_t i = 0; i < sql_tail_count(parts); i++) {
        if (!is_shown(items, sql_tail(parts, i))) return false;
    }
    return !over->text.len;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *items = n->child[SELECT_ITEMS];
    if (!(n->flags & FLAG_DISTINCT) || n->child[SELECT_ON]) return;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (!lint_is_window(l, value) || !lint_is_fn(l, value, "row_number")) continue;
        const SqlNode *over = lint_window(l, value);
        if (!over || !tells_rows_apart(items, over)) continue;
        lint_say(l, value,
                 "The rows are numbered before DISTINCT looks at them: no two are alike, none "
                 "goes.");
        return;
    }
}

const LintRule lint_distinct_number = {
    .name = "distinct-with-row-number",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Take the copies away in a CTE first and number what is left, or use DENSE_RANK.",
};
