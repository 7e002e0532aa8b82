// lower_deep: aggregates inside a lambda's array or a subquery: SUM over the elements of
// ARRAY_AGG(x), (SELECT … WHERE s = MAX(outer.s)). SQLite takes an aggregate only where its own
// query can see it: so the groups are made in an inner SELECT, and what is computed of them in one
// around it.
#include "sql/lower.h"

typedef struct {
    Translator *t;
    const SqlNode *select;
    Shell *shell; // NULL while it is only looked for
} Deep;

static bool is_own(const Deep *d, const SqlNode *column)
{
    const SqlBinding *b = node_binding(d->t, column);
    return b && b->query->id == d->select->id && (b->source || b->item);
}

// Every column in it is the query's own, and there is one.
static bool is_of_group(const Deep *d, const SqlNode *n, bool *some)
{
    if (!n) return true;
    if (n->kind == NODE_COLUMN) {
        bool own = is_own(d, n);
        *some = *some || own;
        return own;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (!is_of_group(d, n->child[i], some)) return false;
    }
    return true;
}

static bool is_own_aggregate(const Deep *d, const SqlNode *n)
{
    bool some = false;
    return is_aggregate(n) && is_of_group(d, n, &some) && some;
}

static bool holds_deep(const Deep *d, const SqlNode *n, bool inside)
{
    if (!n) return false;
    if (inside && is_own_aggregate(d, n)) return true;
    bool query = n->kind == NODE_QUERY && d->select->child[SELECT_GROUP];
    inside = inside || n->kind == NODE_TABLE_CALL || query || node_is_call(n, "lambda_reduce");
    for (uint32_t i = 0; i < n->count; i++) {
        if (holds_deep(d, n->child[i], inside)) return true;
    }
    return false;
}

// What the SELECT around sees: aggregates and columns of the groups as columns of the inner one.
static SqlNode *seen_outside(const Deep *d, SqlNode *n, bool inside)
{
    if (!n || d->t->failed) return n;
    bool group = inside ? is_own_aggregate(d, n) : is_aggregate(n);
    if (group || (n->kind == NODE_COLUMN && is_own(d, n))) return shell_hide(d->shell, n, "a");
    inside = inside || n->kind == NODE_QUERY;
    for (uint32_t i = 0; i < n->count; i++) n->child[i] = seen_outside(d, n->child[i], inside);
    return n;
}

static bool is_grouped(const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    return body->kind == NODE_SELECT && !(body->flags & FLAG_DISTINCT) && !body->child[SELECT_ON];
}

static void lower_one(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *items = select->child[SELECT_ITEMS];
    Deep d = {.t = t, .select = select};
    bool found = false;
    for (uint32_t i = 0; i < sql_tail_count(items); i++)
        found = found || holds_deep(&d, sql_tail(items, i)->child[ITEM_VALUE], false);
    Shell s;
    if (!found || !shell_open(&s, t, select)) return;
    d.shell = &s;
    items = select->child[SELECT_ITEMS];
    uint32_t count = items->count;
    SqlNode **outer = arena_array(t->arena, SqlNode *, count);
    for (uint32_t i = 0; i < count; i++) {
        SqlNode *value = items->child[i]->child[ITEM_VALUE];
        if (!holds_deep(&d, value, false)) continue;
        items->child[i]->child[ITEM_VALUE] = make_null(t, value);
        outer[i] = seen_outside(&d, value, false);
    }
    shell_order(&s, query->child[QUERY_ORDER]);
    SqlNode *around = shell_close(&s), *list = around->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < count; i++) {
        if (!outer[i]) continue;
        SqlNode *item = list->child[i];
        if (!item->child[ITEM_ALIAS] && s.columns.at[i].name.len)
            item->child[ITEM_ALIAS] = make_word(t, item, s.columns.at[i].name);
        item->child[ITEM_VALUE] = outer[i];
    }
    query->child[QUERY_BODY] = around;
}

void lower_deep(Translator *t, SqlNode *n)
{
    if (!n || t->failed || t->to != DIALECT_SQLITE) return;
    for (uint32_t i = 0; i < n->count; i++) lower_deep(t, n->child[i]);
    if (n->kind == NODE_QUERY && is_grouped(n)) lower_one(t, n);
}
