// select_star: SELECT * of a table as the result: what downstream reads changes with the table.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *item = lint_parent(l, n);
    if (item->kind != NODE_ITEM || n->child[STAR_EXCEPT] || n->child[STAR_REPLACE]) return;
    const SqlNode *select = lint_around(l, item, NODE_SELECT);
    const SqlNode *query = select ? lint_parent(l, select) : NULL;
    const SqlNode *around = query ? lint_parent(l, query) : NULL;
    bool outermost = around && (around->kind == NODE_SCRIPT || around->kind == NODE_INSERT ||
                                around->kind == NODE_CREATE_TABLE);
    if (!outermost) return;
    const SqlNode *sources[16];
    size_t count = lint_sources(select->child[SELECT_FROM], sources, 16);
    const SqlNode *of = n->child[STAR_OF];
    for (size_t i = 0; i < count; i++) {
        bool named = of && str_eq_nocase(sql_last(of)->text, lint_source_name(sources[i]));
        if (!lint_is_base(l, sources[i]) || (of && !named)) continue;
        lint_say(l, n, "SELECT * gives whatever columns " STR_FMT " has that day%s.",
                 STR_ARG(sql_last(sources[i])->text),
                 count > 1 && !of ? ", some of them twice" : "");
        return;
    }
}

const LintRule lint_select_star = {
    .name = "select-star",
    .kind = NODE_STAR,
    .look = look,
    .instead = "Name the columns of the result: they are its contract.",
};
