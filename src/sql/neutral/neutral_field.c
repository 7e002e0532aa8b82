// neutral_field: s.a where s is a column: the field of a struct, not the column of a table.
#include "sql/fn_group.h"

static const SqlColumns *columns_of(const Translator *t, const SqlNode *n, const SqlBinding **b)
{
    bool known = t->meaning && t->meaning->bindings && n->id < t->script->nodes;
    *b = known ? &t->meaning->bindings[n->id] : NULL;
    bool bound = *b && (*b)->source && (*b)->source->id < t->script->nodes;
    return bound ? &t->meaning->sources[(*b)->source->id] : NULL;
}

// How many of the names are the column's; all of them when there are no fields.
static uint32_t names_of_column(const Translator *t, const SqlNode *n)
{
    const SqlBinding *b;
    const SqlColumns *columns = columns_of(t, n, &b);
    uint32_t all = sql_tail_count(n);
    if (!columns || b->column >= columns->len) return all;
    Str column = columns->at[b->column].name;
    if (str_eq_nocase(sql_last(n)->text, column)) return all; // t.a
    for (uint32_t i = 0; i < all; i++) {
        if (str_eq_nocase(sql_tail(n, i)->text, column)) return i + 1;
    }
    return all;
}

SqlNode *neutral_column(Translator *t, SqlNode *n)
{
    uint32_t all = sql_tail_count(n), own = all > 1 ? names_of_column(t, n) : all;
    if (own > 3 && t->to == DIALECT_SQLITE)
        return translate_unsupported(t, n, "A column's name has three parts at most here.");
    if (own == all) return n;
    SqlNode *at = make_node(t, NODE_COLUMN, n, own);
    at->id = n->id;
    at->type = TYPE_STRUCT;
    for (uint32_t i = 0; i < own; i++) at->child[i] = sql_tail(n, i);
    for (uint32_t i = own; i < all; i++) {
        SqlNode *name = make_string(t, n, sql_tail(n, i)->text);
        at = make_call3(t, n, "element", at, name, make_word(t, n, S("0N")));
        at->type = i + 1 == all ? n->type : TYPE_STRUCT;
    }
    return at;
}
