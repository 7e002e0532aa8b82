// lower_depend: GROUP BY d.id with d.name beside it, which a key determines in Postgres and MySQL:
// elsewhere the columns that are shown stand in GROUP BY, too.
#include "sql/lower.h"

typedef struct {
    Translator *t;
    SqlNode *select, *group;
} Depend;

// What an element of GROUP BY means: an item by its place or its alias, else itself.
static const SqlNode *meant(const Depend *d, const SqlNode *e)
{
    const SqlNode *items = d->select->child[SELECT_ITEMS];
    int64_t place;
    bool number = e->kind == NODE_NUMBER && str_to_i64(e->text, &place);
    if (number && place >= 1 && place <= sql_tail_count(items))
        return sql_tail(items, (uint32_t)place - 1)->child[ITEM_VALUE];
    const SqlBinding *b = node_binding(d->t, e);
    for (uint32_t i = 0; b && b->item && i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->id == b->item->id) return sql_tail(items, i)->child[ITEM_VALUE];
    }
    return e;
}

static bool same_column(const Depend *d, const SqlNode *a, const SqlNode *b)
{
    const SqlBinding *x = node_binding(d->t, a), *y = node_binding(d->t, b);
    return x && y && x->source && x->source == y->source && x->column == y->column;
}

static bool is_grouped(const Depend *d, const SqlNode *n)
{
    for (uint32_t i = 0; i < d->group->count; i++) {
        const SqlNode *e = meant(d, d->group->child[i]);
        if (e == n || same_column(d, e, n) || sql_same(e, n)) return true;
    }
    return false;
}

static void add_columns(Depend *d, const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY || is_aggregate(n) || is_grouped(d, n)) return;
    const SqlBinding *b = node_binding(d->t, n);
    bool own = b && b->source && b->query && b->query->id == d->select->id;
    if (own) node_add_tail(d->t, d->group, node_clone(d->t, n));
    for (uint32_t i = 0; n->kind != NODE_COLUMN && i < n->count; i++) add_columns(d, n->child[i]);
}

static bool is_plain(const SqlNode *group)
{
    if (!group || !group->count || group->op || group->flags & FLAG_ALL) return false;
    for (uint32_t i = 0; i < group->count; i++) {
        if (group->child[i]->kind == NODE_GROUPING || group->child[i]->kind == NODE_ROW)
            return false;
    }
    return true;
}

static void visit(Translator *t, SqlNode *n)
{
    if (!n) return;
    for (uint32_t i = 0; i < n->count; i++) visit(t, n->child[i]);
    SqlNode *select = n->kind == NODE_QUERY ? n->child[QUERY_BODY] : NULL;
    if (!select || select->kind != NODE_SELECT || !is_plain(select->child[SELECT_GROUP])) return;
    Depend d = {.t = t, .select = select, .group = select->child[SELECT_GROUP]};
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++)
        add_columns(&d, sql_tail(items, i)->child[ITEM_VALUE]);
    add_columns(&d, select->child[SELECT_HAVING]);
    for (uint32_t i = 0; i < sql_tail_count(n->child[QUERY_ORDER]); i++)
        add_columns(&d, sql_tail(n->child[QUERY_ORDER], i)->child[ONLY]);
}

void lower_dependent(Translator *t, SqlNode *root)
{
    static const unsigned homes = PG | MY, lenient = PG | MY | LITE;
    if (homes >> t->from & 1 && !(lenient >> t->to & 1)) visit(t, root);
}
