// tree: the reference as the proofs read it: what its names mean, and which values are the same.
#include "exam/mutate/mutants.h"
#include "exam/same/same.h"

static void note(SameTree *t, const SqlNode *n)
{
    t->nodes[n->id] = n;
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i]) continue;
        t->parent[n->child[i]->id] = n;
        note(t, n->child[i]);
    }
}

SameTree *same_tree(Arena *a, const WarehouseSpec *w, Str sql, Dialect d)
{
    Error none;
    SameTree *t = arena_new(a, SameTree);
    SqlSchema *schema = arena_new(a, SqlSchema);
    t->arena = a;
    t->w = w;
    *schema = exam_schema(a, w);
    if (!sql_parse(a, sql, d, &t->script, &none) ||
        !sql_resolve(a, &t->script, schema, &t->meaning, &none))
        return NULL;
    t->nodes = arena_array(a, const SqlNode *, t->script.nodes);
    t->parent = arena_array(a, const SqlNode *, t->script.nodes);
    note(t, t->script.root);
    return t;
}

// --- What stands behind a name in FROM ---

// A CTE is known behind itself, and in the query to which the WITH belongs.
static const SqlNode *cte_named(const SameTree *t, const SqlNode *source)
{
    const SqlNode *below = NULL; // the CTE from which we come
    if (sql_tail_count(source) != 1) return NULL;
    for (const SqlNode *n = source; n; n = t->parent[n->id]) {
        if (n->kind == NODE_CTE) below = n;
        const SqlNode *with = n->kind == NODE_QUERY ? n->child[QUERY_WITH] : NULL;
        for (uint32_t i = 0; i < sql_tail_count(with); i++) {
            const SqlNode *cte = sql_tail(with, i);
            bool recursive = with->flags & FLAG_RECURSIVE;
            if (cte == below && !recursive) break;
            if (str_eq_nocase(cte->text, sql_last(source)->text)) return cte;
        }
    }
    return NULL;
}

static bool is_within(const SameTree *t, const SqlNode *n, const SqlNode *whole)
{
    while (n && n != whole) n = t->parent[n->id];
    return n;
}

// A query beside others in FROM that reads them is another one for each of their rows.
static bool is_closed(const SameTree *t, const SqlNode *n, const SqlNode *query)
{
    if (n->kind == NODE_COLUMN) {
        const SqlBinding *b = &t->meaning.bindings[n->id];
        const SqlNode *brought = b->item ? b->item : b->source;
        return brought && is_within(t, brought, query);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && !is_closed(t, n->child[i], query)) return false;
    }
    return true;
}

const SqlNode *tree_query_of(const SameTree *t, const SqlNode *source)
{
    if (source->kind == NODE_DERIVED) {
        const SqlNode *alias = source->child[DERIVED_ALIAS], *query = source->child[DERIVED_QUERY];
        bool plain = !(alias && alias->child[ALIAS_COLUMNS]) && is_closed(t, query, query);
        return plain && !source->child[DERIVED_SAMPLE] ? query : NULL;
    }
    const SqlNode *cte = source->kind == NODE_TABLE ? cte_named(t, source) : NULL;
    const SqlNode *with = cte ? t->parent[cte->id] : NULL;
    const SqlNode *alias = cte ? source->child[TABLE_ALIAS] : NULL;
    bool plain = cte && !cte->child[CTE_COLUMNS] && !(with->flags & FLAG_RECURSIVE) &&
                 !(alias && alias->child[ALIAS_COLUMNS]) &&
                 is_closed(t, cte->child[CTE_QUERY], cte->child[CTE_QUERY]);
    return plain ? cte->child[CTE_QUERY] : NULL;
}

const TableSpec *tree_table(const SameTree *t, const SqlNode *source)
{
    if (source->kind != NODE_TABLE || source->child[TABLE_AS_OF] || source->child[TABLE_SAMPLE] ||
        cte_named(t, source))
        return NULL;
    return warehouse_table(t->w, sql_last(source)->text);
}

const SqlNode *tree_select_of(const SqlNode *query)
{
    while (query && query->kind == NODE_QUERY) query = query->child[QUERY_BODY];
    return query && query->kind == NODE_SELECT ? query : NULL;
}

const SqlNode *tree_select_around(const SameTree *t, const SqlNode *n)
{
    for (; n && n->kind != NODE_SELECT; n = t->parent[n->id]) {
        if (n->kind == NODE_QUERY) return tree_select_of(n);
    }
    return n;
}

bool tree_has_star(const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return true;
    }
    return !items || !sql_tail_count(items);
}

// --- Values ---

bool tree_bound(const SameTree *t, const SqlNode *column, KeyColumn *out)
{
    if (!column || column->kind != NODE_COLUMN) return false;
    const SqlBinding *b = &t->meaning.bindings[column->id];
    *out = (KeyColumn){b->source, b->column};
    return b->source && !b->item && b->column != SQL_COLUMN_OPEN && b->source->kind != NODE_JOIN;
}

const SqlNode *tree_meant(const SameTree *t, const SqlNode *n)
{
    const SqlNode *item = n->kind == NODE_COLUMN ? t->meaning.bindings[n->id].item : NULL;
    return item && item->kind == NODE_ITEM ? item->child[ITEM_VALUE] : n;
}

const SqlNode *tree_value(const SameTree *t, const SqlNode *column)
{
    KeyColumn c;
    if (!tree_bound(t, column, &c)) return NULL;
    const SqlNode *select = tree_select_of(tree_query_of(t, c.source));
    if (!select || tree_has_star(select)) return NULL;
    const SqlNode *items = select->child[SELECT_ITEMS];
    return c.column < sql_tail_count(items) ? sql_tail(items, c.column)->child[ITEM_VALUE] : NULL;
}

bool tree_is_own(const SameTree *t, const SqlNode *select, const SqlNode *n)
{
    if (n->kind == NODE_COLUMN) return t->meaning.bindings[n->id].query == select;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && !tree_is_own(t, select, n->child[i])) return false;
    }
    return true;
}

bool tree_same(const SameTree *t, const SqlNode *x, const SqlNode *y)
{
    x = tree_meant(t, x);
    y = tree_meant(t, y);
    if (x == y) return true;
    KeyColumn a, b;
    if (x->kind == NODE_COLUMN || y->kind == NODE_COLUMN)
        return tree_bound(t, x, &a) && tree_bound(t, y, &b) && a.source == b.source &&
               a.column == b.column;
    if (x->kind != y->kind || x->op != y->op || x->flags != y->flags || x->count != y->count ||
        !str_eq_nocase(x->text, y->text) || (x->kind == NODE_STRING && !str_eq(x->text, y->text)))
        return false;
    for (uint32_t i = 0; i < x->count; i++) {
        if (!x->child[i] != !y->child[i]) return false;
        if (x->child[i] && !tree_same(t, x->child[i], y->child[i])) return false;
    }
    return true;
}

bool tree_folds(const SameTree *t, LogicalType type)
{
    return sql_rules(t->script.dialect)->text_folds_case &&
           (type == TYPE_TEXT || type == TYPE_UNKNOWN);
}

bool tree_plain_group(const SqlNode *group)
{
    bool plain = group && group->op == OP_NONE && !(group->flags & FLAG_ALL);
    for (uint32_t i = 0; plain && i < sql_tail_count(group); i++)
        plain = sql_tail(group, i)->kind != NODE_GROUPING;
    return plain && sql_tail_count(group);
}
