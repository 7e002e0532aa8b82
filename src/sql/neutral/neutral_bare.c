// neutral_bare: columns that are neither grouped nor aggregated, where home takes any row's value.
//
// SQLite takes them from the row of the MIN or MAX beside them, which no other engine promises: a
// query that hangs on it must not be right here by that luck.
#include "sql/translate.h"

static bool is_bare(const Translator *t, const SqlNode *n)
{
    return n->kind == NODE_COLUMN && n->id < t->script->nodes && t->meaning->bare[n->id];
}

static SqlNode *any_value(Translator *t, SqlNode *column)
{
    SqlNode *call = make_node(t, NODE_CALL, column, 1);
    call->text = S("ANY_VALUE");
    call->type = column->type;
    call->child[sql_roles(NODE_CALL)] = column;
    return call;
}

static void wrap(Translator *t, SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (!c) continue;
        if (!is_bare(t, c)) {
            wrap(t, c);
            continue;
        }
        bool unnamed = n->kind == NODE_ITEM && i == ITEM_VALUE && !n->child[ITEM_ALIAS];
        if (unnamed) n->child[ITEM_ALIAS] = make_word(t, c, sql_last(c)->text);
        n->child[i] = any_value(t, c);
    }
}

void bare_columns(Translator *t, SqlNode *root)
{
    if (t->to == DIALECT_SQLITE && t->meaning) wrap(t, root);
}
