// lower_variable: MySQL's variables, @a := @a + 1: each row is computed once, in the order of its
// query, after what a derived table beside it sets.
//
// SQLite is free to compute an item before it sorts, twice, or not at all where nobody reads it. So
// a query that has variables is read from rows that are sorted already, and what stands in FROM is
// a CTE that is materialised.
#include "sql/lower.h"

static bool is_variable(const SqlNode *n)
{
    return node_is_call(n, "variable") || node_is_call(n, "variable_set");
}

// Of this query alone; `deep`: of those inside, too.
static bool holds_variable(const SqlNode *n, bool deep)
{
    if (!n || (n->kind == NODE_QUERY && !deep)) return false;
    if (is_variable(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (holds_variable(n->child[i], deep)) return true;
    }
    return false;
}

static bool selects_variable(const SqlNode *select)
{
    static const int roles[] = {SELECT_ITEMS, SELECT_WHERE, SELECT_HAVING};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (holds_variable(select->child[roles[i]], false)) return true;
    }
    return false;
}

// (WITH v AS MATERIALIZED (query) SELECT * FROM v)
static SqlNode *kept_apart(Translator *t, SqlNode *query)
{
    Str name = make_name(t, "v");
    SqlNode *cte = make_node(t, NODE_CTE, query, 0), *with = make_node(t, NODE_WITH, query, 0);
    cte->text = name;
    cte->flags = FLAG_MATERIALIZED;
    cte->child[CTE_QUERY] = query;
    node_add_tail(t, with, cte);
    SqlNode *items = make_node(t, NODE_LIST, query, 0);
    node_add_tail(t, items, make_item(t, make_node(t, NODE_STAR, query, 0), (Str){0}));
    SqlNode *table = make_node(t, NODE_TABLE, query, 0), *select = make_select(t, query, items);
    node_add_tail(t, table, make_word(t, query, name));
    select->child[SELECT_FROM] = make_from(t, table);
    SqlNode *outer = make_query(t, select);
    outer->child[QUERY_WITH] = with;
    outer->id = query->id; // has the same columns
    return outer;
}

// A query that is sorted stays so where there is a LIMIT.
static void keep_order(Translator *t, SqlNode *query)
{
    if (!query->child[QUERY_ORDER] || query->child[QUERY_LIMIT]) return;
    SqlNode *limit = make_node(t, NODE_LIMIT, query, 0);
    limit->child[LIMIT_COUNT] = make_unary(t, OP_MINUS, make_number(t, query, 1));
    query->child[QUERY_LIMIT] = limit;
}

static void settle_from(Translator *t, SqlNode *n, bool reads)
{
    if (!n || n->kind == NODE_QUERY) return;
    for (uint32_t i = 0; i < n->count; i++) settle_from(t, n->child[i], reads);
    if (n->kind != NODE_DERIVED) return;
    SqlNode *query = n->child[DERIVED_QUERY];
    bool sorted = reads && query->child[QUERY_ORDER];
    if (!sorted && !holds_variable(query, true)) return;
    keep_order(t, query);
    n->child[DERIVED_QUERY] = kept_apart(t, query);
}

// ---- ORDER BY before the items

typedef struct {
    Translator *t;
    const SqlNode *select;
    SqlNode *items; // of the sorted rows
    Str alias;
} Sorted;

static SqlNode *sorted_column(void *ctx, SqlNode *n)
{
    Sorted *s = ctx;
    const SqlBinding *b = node_binding(s->t, n);
    bool named = n->kind == NODE_COLUMN && !b; // of a table that is not known
    bool own = b && b->source && b->query->id == s->select->id;
    if (!named && !own) return NULL;
    for (uint32_t i = 0; i < s->items->count; i++) {
        SqlNode *item = s->items->child[i];
        if (same_value(s->t, item->child[ITEM_VALUE], n))
            return make_column(s->t, n, s->alias, item->child[ITEM_ALIAS]->text);
    }
    Str name = make_name(s->t, "c");
    node_add_tail(s->t, s->items, make_item(s->t, n, name));
    SqlNode *made = make_column(s->t, n, s->alias, name);
    made->type = n->type;
    return made;
}

static bool sorts_by_variable(Translator *t, const SqlNode *select, const SqlNode *order)
{
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *value = sql_tail(order, i)->child[ONLY],
                      *items = select->child[SELECT_ITEMS];
        const SqlNode *item = item_meant(t, items, value);
        int64_t at;
        bool position = is_position(value) && str_to_i64(value->text, &at) && at > 0 &&
                        at <= (int64_t)sql_tail_count(items);
        if (position) item = sql_tail(items, (uint32_t)(at - 1));
        if (holds_variable(value, true) || (item && holds_variable(item, true))) return true;
    }
    return false;
}

static SqlNode *sort_key(Translator *t, const SqlNode *items, SqlNode *value)
{
    int64_t at;
    bool position = is_position(value) && str_to_i64(value->text, &at) && at > 0 &&
                    at <= (int64_t)sql_tail_count(items);
    if (position) {
        return value_again(t, sql_tail(items, (uint32_t)(at - 1))->child[ITEM_VALUE], value);
    }
    return aliases_spelled(t, items, value);
}

// SELECT @a := @a + 1, x FROM t ORDER BY x reads from (SELECT x FROM t ORDER BY x).
static void sort_first(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *order = query->child[QUERY_ORDER];
    bool sorts = order && holds_variable(select->child[SELECT_ITEMS], false) &&
                 !select->child[SELECT_GROUP] && !sorts_by_variable(t, select, order);
    if (!sorts) return;
    SqlNode *items = items_spelled(t, select);
    if (!items) return;
    select->child[SELECT_ITEMS] = items;
    for (uint32_t i = 0; i < items->count; i++) { // a name of its own stays when the value changes
        SqlNode *item = items->child[i], *value = item->child[ITEM_VALUE];
        if (!item->child[ITEM_ALIAS] && value->kind == NODE_COLUMN)
            item->child[ITEM_ALIAS] = make_word(t, item, sql_last(value)->text);
    }
    Sorted s = {t, select, make_node(t, NODE_LIST, select, 0), make_name(t, "sorted")};
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *key = sql_tail(order, i);
        key->child[ONLY] = sort_key(t, items, key->child[ONLY]);
    }
    SqlNode *inner = make_select(t, select, s.items);
    inner->child[SELECT_FROM] = select->child[SELECT_FROM];
    inner->child[SELECT_WHERE] = select->child[SELECT_WHERE];
    SqlNode *rows = make_query(t, inner);
    rows->child[QUERY_ORDER] = order;
    keep_order(t, rows);
    query->child[QUERY_ORDER] = NULL;
    select->child[SELECT_ITEMS] = value_map(t, items, sorted_column, &s);
    if (select->child[SELECT_HAVING])
        select->child[SELECT_HAVING] =
            value_map(t, select->child[SELECT_HAVING], sorted_column, &s);
    if (!s.items->count)
        node_add_tail(t, s.items, make_item(t, make_number(t, select, 1), (Str){0}));
    select->child[SELECT_FROM] = make_from(t, make_derived(t, kept_apart(t, rows), s.alias));
    select->child[SELECT_WHERE] = NULL;
}

// ---- HAVING rank < 3, of a row

static SqlNode *output_column(void *ctx, SqlNode *n)
{
    Shell *s = ctx;
    const SqlNode *item = item_meant(s->t, s->select->child[SELECT_ITEMS], n);
    for (size_t i = 0; item && i < s->columns.len; i++) {
        if (s->columns.at[i].item == item) return shell_output(s, n, i);
    }
    return n->kind == NODE_COLUMN ? shell_hide(s, n, "h") : NULL;
}

static void filter_later(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *having = select->child[SELECT_HAVING];
    Shell s;
    if (!having || select->child[SELECT_GROUP] || !shell_open(&s, t, select)) return;
    select->child[SELECT_HAVING] = NULL;
    having = value_map(t, having, output_column, &s);
    if (query->child[QUERY_ORDER]) shell_order(&s, query->child[QUERY_ORDER]);
    SqlNode *outer = shell_close(&s);
    SqlNode *derived = sql_tail(outer->child[SELECT_FROM], 0);
    derived->child[DERIVED_QUERY] = kept_apart(t, derived->child[DERIVED_QUERY]);
    outer->child[SELECT_WHERE] = node_truth(t, having);
    query->child[QUERY_BODY] = outer;
}

static void walk(Translator *t, SqlNode *n)
{
    for (uint32_t i = 0; n && i < n->count; i++) walk(t, n->child[i]);
    if (!n || t->failed) return;
    if (n->kind == NODE_CTE && holds_variable(n, true)) n->flags |= FLAG_MATERIALIZED;
    if (n->kind == NODE_SELECT) settle_from(t, n->child[SELECT_FROM], selects_variable(n));
    bool own = n->kind == NODE_QUERY && n->child[QUERY_BODY]->kind == NODE_SELECT &&
               selects_variable(n->child[QUERY_BODY]);
    if (!own) return;
    sort_first(t, n);
    if (!t->failed) filter_later(t, n);
}

void lower_variables(Translator *t, SqlNode *root)
{
    if (t->to == DIALECT_SQLITE && t->from == DIALECT_MYSQL && holds_variable(root, true))
        walk(t, root);
}
