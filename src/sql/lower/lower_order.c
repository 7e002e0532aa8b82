// lower_order: ORDER BY where the target has no NULLS FIRST and NULLS LAST (MySQL): another key
// says it.
#include "sql/lower.h"

static bool has_words(Dialect d)
{
    return d != DIALECT_MYSQL;
}

// Of an output only its query knows what it stands for.
static bool is_output(const Translator *t, const SqlNode *value)
{
    const SqlBinding *b = node_binding(t, value);
    return is_position(value) || (b && b->item);
}

// x NULLS LAST is x IS NULL, x; the words that say what goes without saying are left out.
static void add_item(Translator *t, SqlNode *list, SqlNode *item, SqlNode *value)
{
    bool first = item->flags & FLAG_NULLS_FIRST, last = item->flags & FLAG_NULLS_LAST;
    bool usual = item->flags & FLAG_DESC ? last : first; // MySQL has them low
    item->flags &= ~(uint32_t)(FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
    if ((first || last) && !usual) {
        SqlNode *key = make_node(t, NODE_ORDER_ITEM, item, 0);
        key->child[ONLY] = make_is_null(t, value, false);
        key->flags = first ? FLAG_DESC : 0;
        node_add_tail(t, list, key);
    }
    node_add_tail(t, list, item);
}

SqlNode *lower_order(Translator *t, SqlNode *order)
{
    if (has_words(t->to) || order->flags & FLAG_ALL) return order;
    SqlNode *list = make_node(t, NODE_ORDER_BY, order, 0);
    for (uint32_t i = 0; i < order->count; i++) {
        SqlNode *item = order->child[i], *value = item->child[ONLY];
        if (is_output(t, value)) {
            node_add_tail(t, list, item);
        } else {
            add_item(t, list, item, node_clone(t, value));
        }
    }
    return list;
}

// ---- outputs

static SqlNode *item_at(Translator *t, const SqlNode *items, const SqlNode *value)
{
    if (!is_position(value)) return item_meant(t, items, value);
    uint64_t at = 0;
    for (size_t i = 0; i < value->text.len && at < 10000; i++)
        at = at * 10 + (uint64_t)(value->text.ptr[i] - '0');
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return NULL;
        if (i + 1 == at) return sql_tail(items, i);
    }
    return NULL;
}

// The output as an expression: its value, or its name where only outputs are seen.
static SqlNode *output_meant(Translator *t, const SqlNode *body, const SqlNode *value)
{
    bool outputs = body->kind != NODE_SELECT || body->flags & FLAG_DISTINCT;
    if (outputs && !is_position(value)) return node_clone(t, value);
    while (body->kind == NODE_SETOP || body->kind == NODE_QUERY)
        body = body->child[body->kind == NODE_SETOP ? LEFT_SIDE : QUERY_BODY];
    if (body->kind != NODE_SELECT) return NULL;
    const SqlNode *item = item_at(t, body->child[SELECT_ITEMS], value);
    if (!item) return NULL;
    const SqlNode *is = item->child[ITEM_VALUE], *name = item->child[ITEM_ALIAS];
    if (!name && is->kind == NODE_COLUMN) name = sql_last(is);
    if (!outputs || !name) return node_clone(t, is);
    return make_column(t, value, (Str){0}, name->text);
}

void lower_order_outputs(Translator *t, SqlNode *query)
{
    SqlNode *order = query->child[QUERY_ORDER];
    if (has_words(t->to) || !order || order->flags & FLAG_ALL) return;
    SqlNode *list = make_node(t, NODE_ORDER_BY, order, 0), *body = query->child[QUERY_BODY];
    for (uint32_t i = 0; i < order->count; i++) {
        SqlNode *item = order->child[i], *value = item->child[ONLY];
        SqlNode *meant = is_output(t, value) ? output_meant(t, body, value) : NULL;
        bool named = body->kind == NODE_SELECT && !(body->flags & FLAG_DISTINCT) && !meant;
        if (named && !is_output(t, value)) // no expression may hold the name of an aggregate
            item->child[ONLY] = aliases_spelled(t, body->child[SELECT_ITEMS], value);
        if (meant) {
            add_item(t, list, item, meant);
        } else {
            node_add_tail(t, list, item);
        }
    }
    query->child[QUERY_ORDER] = list;
}
