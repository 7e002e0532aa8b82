// now_load: a load that chooses its rows by CURRENT_DATE: run again tomorrow it loads other rows.
#include "sql/lint/lint.h"

static bool is_load(const SqlNode *n)
{
    return n->kind == NODE_INSERT || n->kind == NODE_MERGE || n->kind == NODE_DELETE ||
           n->kind == NODE_UPDATE || n->kind == NODE_CREATE_TABLE;
}

static bool is_column(const Lint *l, const SqlNode *n)
{
    return lint_binding(l, n) != NULL;
}

static bool compares(const Lint *l, const SqlNode *n)
{
    bool compares =
        n->kind == NODE_BETWEEN || (n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE);
    return compares && lint_find(l, n, is_column, lint_is_query);
}

static void look(Lint *l, const SqlNode *n)
{
    bool filters = false;
    if (!lint_is_fn(l, n, "current_date") && !lint_is_fn(l, n, "current_timestamp")) return;
    for (const SqlNode *p = lint_parent(l, n); p; p = lint_parent(l, p)) {
        if ((p->kind == NODE_ITEM || p->kind == NODE_ASSIGN || p->kind == NODE_CASE) && !filters)
            return;
        filters = filters || compares(l, p);
        if (!filters || !is_load(p)) continue;
        Str text = sql_source(l->script->sql, n);
        lint_say(l, n,
                 "Which rows are loaded depends on the day it runs: with " STR_FMT
                 " no earlier load can be repeated.",
                 STR_ARG(text));
        return;
    }
}

const LintRule lint_now_load = {
    .name = "now-in-load",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Take the day as a parameter of the run, and reload that one.",
};
