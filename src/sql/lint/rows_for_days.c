// rows_for_days: a frame of n rows over an order by day counts rows, not days.
#include "sql/lint/lint.h"

// A calendar, a generated series, a spine: every day has its row.
static bool is_dense(const Lint *l, const SqlNode *n)
{
    static const Str words[] = {STR_LIT("date"), STR_LIT("day"), STR_LIT("calendar"),
                                STR_LIT("spine"), STR_LIT("series")};
    if (n->kind == NODE_TABLE_CALL || n->kind == NODE_LATERAL_VIEW) return true;
    if (n->kind != NODE_TABLE && n->kind != NODE_CTE) return false;
    Str name = str_lower(l->arena, n->kind == NODE_TABLE ? sql_last(n)->text : n->text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(name, words[i], NULL)) return true;
    }
    return false;
}

static bool is_numbered(const SqlNode *bound)
{
    return bound && bound->op == OP_PRECEDING && bound->child[ONLY] &&
           bound->child[ONLY]->kind == NODE_NUMBER && !str_eq(bound->child[ONLY]->text, S("1"));
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_ROWS || !is_numbered(n->child[FRAME_START])) return;
    const SqlNode *over = lint_parent(l, n), *order = over->child[WINDOW_ORDER];
    if (sql_tail_count(order) != 1) return;
    LogicalType t = lint_type(l, sql_tail(order, 0)->child[ONLY]);
    if (t != TYPE_DATE || lint_find(l, l->script->root, is_dense, NULL)) return;
    lint_say(l, n,
             "The frame counts rows, not days: where a day has no row it reaches further "
             "back.");
}

const LintRule lint_rows_for_days = {
    .name = "rows-for-days",
    .kind = NODE_FRAME,
    .look = look,
    .instead = "Frame by RANGE with an interval, or join to a date spine first.",
};
