// nulls_first: the top n by a column that may be NULL, where NULL sorts before all values.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *order = n->child[QUERY_ORDER], *limit = n->child[QUERY_LIMIT];
    const SqlNode *body = n->child[QUERY_BODY];
    bool high = sql_rules(l->script->dialect)->nulls == NULLS_HIGH;
    if (!high || !order || !limit || !limit->child[LIMIT_COUNT] || body->kind != NODE_SELECT)
        return;
    const SqlNode *first = sql_tail(order, 0), *key = first->child[ONLY];
    const SqlNode *item = key->kind == NODE_COLUMN ? l->meaning->bindings[key->id].item : NULL;
    if (item) key = item->child[ITEM_VALUE]; // an output's name
    const SqlColumn *c = lint_column(l, key);
    bool says = first->flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
    if (says || !(first->flags & FLAG_DESC) || !c || lint_never_null(l, key)) return;
    if (!lint_is_base(l, lint_binding(l, key)->source)) return;
    if (lint_holds(body->child[SELECT_WHERE], key))
        return; // a condition on it is taken to keep NULL out
    lint_say(l, first,
             "In descending order NULL comes first here: rows whose " STR_FMT
             " is not known take the top places.",
             STR_ARG(c->name));
    Str text = lint_text(l, first->child[ONLY]);
    if (text.len)
        lint_instead(l, "ORDER BY " STR_FMT " DESC NULLS LAST, or leave them out in WHERE.",
                     STR_ARG(text));
}

const LintRule lint_nulls_first = {
    .name = "nulls-first-in-top",
    .kind = NODE_QUERY,
    .look = look,
    .instead = "Say NULLS LAST, or leave them out in WHERE.",
};
