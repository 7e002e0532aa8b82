// lower_alias: the names of columns that stand behind an alias: SQLite has no t (a, b), and its
// VALUES call their columns column1, column2 …
#include "sql/lower_from.h"

SqlColumns source_columns(const Translator *t, uint32_t id)
{
    bool known = t->meaning && id < t->script->nodes;
    return known ? t->meaning->sources[id] : (SqlColumns){.open = true};
}

static SqlColumns output_columns(const Translator *t, uint32_t id)
{
    bool known = t->meaning && id < t->script->nodes;
    return known ? t->meaning->outputs[id] : (SqlColumns){.open = true};
}

// --- The names that a query gives ---

static bool add_unique(Translator *t, Names *names, Str name)
{
    for (size_t i = 0; i < names->len; i++) {
        if (str_eq_nocase(names->at[i], name)) return false;
    }
    *vec_push(t->arena, names) = name;
    return name.len > 0;
}

static bool add_star(Translator *t, const SqlNode *star, Names *out)
{
    bool known = t->meaning && star->id < t->script->nodes && t->meaning->stars[star->id];
    if (!known || t->meaning->stars[star->id]->open) return false;
    const SqlStar *all = t->meaning->stars[star->id];
    for (size_t i = 0; i < all->len; i++) {
        if (!add_unique(t, out, all->at[i].column.name)) return false;
    }
    return true;
}

// An item without a name gets one: nothing can refer to it yet.
static bool add_item(Translator *t, SqlNode *item, Names *out)
{
    const SqlNode *value = item->child[ITEM_VALUE];
    if (value->kind == NODE_STAR) return add_star(t, value, out);
    if (!item->child[ITEM_ALIAS]) {
        bool column = value->kind == NODE_COLUMN;
        if (column) return add_unique(t, out, sql_last(value)->text);
        item->child[ITEM_ALIAS] = make_word(t, item, make_name(t, "c"));
    }
    return add_unique(t, out, item->child[ITEM_ALIAS]->text);
}

static const SqlNode *first_arm(const SqlNode *body)
{
    while (body->kind == NODE_SETOP || body->kind == NODE_QUERY)
        body = body->child[body->kind == NODE_QUERY ? QUERY_BODY : LEFT_SIDE];
    return body;
}

// SQLite calls the columns of VALUES column1 …, but after a column where the first row has one.
static bool add_values(Translator *t, const SqlNode *row, Names *out)
{
    for (uint32_t i = 0; i < row->count; i++) {
        if (row->child[i]->kind == NODE_COLUMN) return false;
        *vec_push(t->arena, out) = str_fmt(t->arena, "column%u", i + 1);
    }
    return true;
}

static bool add_arm(Translator *t, const SqlNode *query, Names *out)
{
    const SqlNode *body = first_arm(query);
    if (body->kind == NODE_VALUES) return add_values(t, body->child[0], out);
    const SqlNode *items = body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (!add_item(t, sql_tail(items, i), out)) return false;
    }
    return items && sql_tail_count(items);
}

// WITH name (names) AS (query) SELECT names FROM name
static SqlNode *named_by_cte(Translator *t, SqlNode *query, const Names *names)
{
    SqlNode *with = make_node(t, NODE_WITH, query, 1), *cte = make_node(t, NODE_CTE, query, 0);
    cte->text = make_name(t, "named");
    cte->child[CTE_COLUMNS] = make_node(t, NODE_LIST, query, (uint32_t)names->len);
    for (size_t i = 0; i < names->len; i++)
        cte->child[CTE_COLUMNS]->child[i] = make_word(t, query, names->at[i]);
    cte->child[CTE_QUERY] = query;
    with->child[0] = cte;
    SqlNode *table = make_node(t, NODE_TABLE, query, 1),
            *items = make_node(t, NODE_LIST, query, (uint32_t)names->len);
    table->child[table->count - 1] = make_word(t, query, cte->text);
    for (size_t i = 0; i < names->len; i++) {
        SqlNode *column = make_column(t, query, (Str){0}, names->at[i]);
        items->child[i] = make_item(t, column, (Str){0});
    }
    SqlNode *select = make_select(t, query, items), *outer = make_query(t, select);
    select->child[SELECT_FROM] = make_from(t, table);
    outer->child[QUERY_WITH] = with;
    return outer;
}

SqlColumns query_columns(const Translator *t, const SqlNode *query)
{
    return output_columns(t, query->id);
}

bool query_names(Translator *t, SqlNode **query, Names *out)
{
    *out = (Names){0};
    if (add_arm(t, *query, out)) return true;
    SqlColumns known = output_columns(t, (*query)->id);
    *out = (Names){0};
    const SqlNode *arm = first_arm(*query);
    size_t width = arm->kind == NODE_VALUES ? arm->child[0]->count : known.open ? 0 : known.len;
    if (!width) return false;
    for (size_t i = 0; i < width; i++) *vec_push(t->arena, out) = make_name(t, "c");
    *query = named_by_cte(t, *query, out);
    return true;
}

// --- A query under other names ---

static bool can_name_items(const SqlNode *query, size_t names)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_SELECT || query->child[QUERY_ORDER]) return false;
    const SqlNode *items = body->child[SELECT_ITEMS];
    if (sql_tail_count(items) < names) return false;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *item = sql_tail(items, i);
        if (item->child[ITEM_ALIAS] || item->child[ITEM_VALUE]->kind == NODE_STAR) return false;
    }
    return true;
}

SqlNode *from_derived(Translator *t, const SqlNode *source, SqlNode *query, Str alias)
{
    SqlNode *n = make_derived(t, query, alias);
    n->id = source->id;
    return n;
}

SqlNode *derived_named(Translator *t, const SqlNode *source, SqlNode *query, Str alias,
                       const Names *names)
{
    if (can_name_items(query, names->len)) {
        const SqlNode *items = query->child[QUERY_BODY]->child[SELECT_ITEMS];
        for (uint32_t i = 0; i < names->len; i++)
            sql_tail(items, i)->child[ITEM_ALIAS] = make_word(t, source, names->at[i]);
        return from_derived(t, source, query, alias);
    }
    Names inner;
    if (!query_names(t, &query, &inner))
        return from_derived(t, source, named_by_cte(t, query, names), alias);
    SqlNode *items = make_node(t, NODE_LIST, source, (uint32_t)inner.len);
    for (size_t i = 0; i < inner.len; i++) {
        Str name = i < names->len ? names->at[i] : inner.at[i];
        SqlNode *column = make_column(t, source, (Str){0}, inner.at[i]);
        items->child[i] = make_item(t, column, str_eq(name, inner.at[i]) ? (Str){0} : name);
    }
    SqlNode *select = make_select(t, source, items);
    select->child[SELECT_FROM] = make_from(t, make_derived(t, query, make_name(t, "q")));
    return from_derived(t, source, make_query(t, select), alias);
}

// --- What is written in FROM ---

static Names names_of_list(Translator *t, const SqlNode *list)
{
    Names names = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        *vec_push(t->arena, &names) = sql_tail(list, i)->text;
    return names;
}

static SqlNode *table_named(Translator *t, SqlNode *n, SqlNode *alias)
{
    SqlColumns known = source_columns(t, n->id);
    Names names = names_of_list(t, alias->child[ALIAS_COLUMNS]);
    for (size_t i = names.len; i < known.len; i++) *vec_push(t->arena, &names) = known.at[i].name;
    SqlNode *items = make_node(t, NODE_LIST, n, 1);
    items->child[0] = make_item(t, make_node(t, NODE_STAR, n, 0), (Str){0});
    SqlNode *select = make_select(t, n, items);
    n->child[TABLE_ALIAS] = NULL;
    uint32_t id = n->id;
    n->id = NODE_MADE;
    select->child[SELECT_FROM] = make_from(t, n);
    SqlNode *query = named_by_cte(t, make_query(t, select), &names);
    SqlNode *derived = make_derived(t, query, alias->child[ALIAS_NAME]->text);
    derived->id = id;
    return derived;
}

// VALUES without names have those of home.
static Names values_names(Translator *t, const SqlNode *query)
{
    Names names = {0};
    const SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_VALUES) return names;
    SqlColumns home = output_columns(t, body->id);
    bool other = false;
    for (size_t i = 0; i < home.len; i++) {
        other = other || !str_eq(home.at[i].name, str_fmt(t->arena, "column%zu", i + 1));
        *vec_push(t->arena, &names) = home.at[i].name;
    }
    return other ? names : (Names){0};
}

SqlNode *lower_alias(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    bool table = n->kind == NODE_TABLE;
    SqlNode *alias = n->child[table ? TABLE_ALIAS : DERIVED_ALIAS];
    const SqlNode *list = alias ? alias->child[ALIAS_COLUMNS] : NULL;
    if (table) return list ? table_named(t, n, alias) : n;
    SqlNode *query = n->child[DERIVED_QUERY];
    Names names = {0};
    if (list) {
        names = names_of_list(t, list);
    } else if (n->id != NODE_MADE) { // a pass goes by the names of the runtime
        names = values_names(t, query);
    }
    n->flags &= ~(uint32_t)(FLAG_LATERAL | FLAG_BARE);
    if (!names.len) return n;
    bool named = alias && alias->child[ALIAS_NAME];
    return derived_named(t, n, query, named ? alias->child[ALIAS_NAME]->text : (Str){0}, &names);
}
