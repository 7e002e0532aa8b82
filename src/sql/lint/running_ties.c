// running_ties: SUM(…) OVER (ORDER BY x) without a frame takes all rows that tie with this one,
// too.
#include "sql/lint/lint.h"

static bool accumulates(const Lint *l, const SqlNode *n)
{
    static const char *const names[] = {"sum", "count", "avg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (lint_is_fn(l, n, names[i])) return true;
    }
    return false;
}

// SUM of 0 and 1, where 1 opens a session, a run: rows that tie are of the same one.
static bool counts_flags(const Lint *l, const SqlNode *total)
{
    const SqlNode *x = sql_tail_count(total) == 1 ? lint_behind(l, sql_tail(total, 0)) : NULL;
    if (!x || !lint_is_fn(l, total, "sum")) return false;
    if (lint_is_fn(l, x, "if") && sql_tail_count(x) == 3)
        return sql_tail(x, 1)->kind == NODE_NUMBER && sql_tail(x, 2)->kind == NODE_NUMBER;
    if (x->kind != NODE_CASE) return lint_type(l, x) == TYPE_BOOLEAN;
    bool flags = x->child[CASE_ELSE] && x->child[CASE_ELSE]->kind == NODE_NUMBER;
    for (uint32_t i = 0; flags && i < sql_tail_count(x); i++)
        flags = sql_tail(x, i)->child[WHEN_RESULT]->kind == NODE_NUMBER;
    return flags;
}

static bool is_inside(const Lint *l, const SqlNode *select)
{
    const SqlNode *query = lint_parent(l, select), *around = query ? lint_parent(l, query) : NULL;
    return around && (around->kind == NODE_CTE || around->kind == NODE_DERIVED);
}

// The total as of a day, and nothing else of its rows: there it is one of all peers that is meant.
static bool shows_rest(const SqlNode *select, const SqlNode *total, const LintColumns *c)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (value != total && !lint_made_of(value, c)) return false;
    }
    return true;
}

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_window(l, n) || !accumulates(l, n)) return;
    const SqlNode *over = lint_window(l, n), *select = lint_around(l, n, NODE_SELECT);
    if (!over || !select || over->text.len) return;
    if (!over->child[WINDOW_ORDER] || over->child[WINDOW_FRAME]) return;
    LintColumns c = {.len = 0};
    const SqlNode *order = over->child[WINDOW_ORDER];
    for (uint32_t i = 0; i < sql_tail_count(order); i++) { // a day of a timestamp: peers are meant
        if (sql_tail(order, i)->child[ONLY]->kind != NODE_COLUMN) return;
    }
    lint_add_columns(&c, over->child[WINDOW_PARTITION]);
    lint_add_columns(&c, order);
    if (!c.len || lint_unique(l, select, &c) != UNIQUE_NO) return;
    if (counts_flags(l, n)) return;
    if (is_inside(l, select) && shows_rest(select, n, &c)) return;
    lint_say(l, n,
             "Without a frame the running value jumps for all rows that tie in the ORDER BY "
             "at once.");
}

const LintRule lint_running_ties = {
    .name = "running-ties",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Say ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW, and break ties in the order.",
};
