// lower_names: names that the target would not take as home did: aliases, outputs, positions, GROUP
// BY ALL, stars with changes. Before all other passes: FROM is still as it was resolved.
#include "sql/lower.h"
#include "sql/scope.h"

typedef struct Place {
    const struct Place *outer; // around the query
    const SqlNode *select;     // whose clause it is; NULL = of none
    Clause clause;
    const SqlNode *root; // the whole expression, in ORDER BY and GROUP BY
} Place;

static SqlNode *visit(Translator *t, SqlNode *n, const Place *p);

static bool lacks(const Translator *t, SqlFeature f)
{
    return !sql_feature_in(f, t->to);
}

// ---- what FROM brings

typedef enum { BRINGS_NOT, BRINGS_MAYBE, BRINGS } Brings;

static Brings brings(const Translator *t, const SqlNode *from, const SqlNode *name, int *times)
{
    Brings all = BRINGS_NOT;
    bool several = from && (from->kind == NODE_FROM || from->kind == NODE_JOIN ||
                            from->kind == NODE_LATERAL_VIEW);
    for (uint32_t i = 0; several && i < from->count; i++) {
        bool table = from->kind == NODE_FROM || i == JOIN_LEFT || i == JOIN_RIGHT;
        if (!table || (from->kind == NODE_LATERAL_VIEW && i != VIEW_LEFT)) continue;
        Brings one = brings(t, from->child[i], name, times);
        all = one > all ? one : all;
    }
    if (!from || from->id >= t->script->nodes || from->kind == NODE_FROM) return all;
    const SqlColumns *c = &t->meaning->sources[from->id];
    for (size_t i = 0; i < c->len; i++) {
        if (!name_is(t->from, c->at[i].name, c->at[i].exact, name)) continue;
        if (from->kind == NODE_JOIN) { // a merged column is one
            *times -= 1;
        } else {
            *times += 1;
        }
        return BRINGS;
    }
    return c->open && all == BRINGS_NOT ? BRINGS_MAYBE : all;
}

static const SqlNode *source_name(const SqlNode *source)
{
    static const int aliases[NODE_COUNT_] = {
        [NODE_TABLE] = 1 + TABLE_ALIAS,           [NODE_DERIVED] = 1 + DERIVED_ALIAS,
        [NODE_TABLE_CALL] = 1 + TABLE_CALL_ALIAS, [NODE_LATERAL_VIEW] = 1 + VIEW_ALIAS,
        [NODE_PIVOT] = 1 + PIVOT_ALIAS,           [NODE_UNPIVOT] = 1 + UNPIVOT_ALIAS,
    };
    int role = source ? aliases[source->kind] : 0;
    const SqlNode *alias = role ? source->child[role - 1] : NULL;
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME];
    return source && source->kind == NODE_TABLE ? sql_last(source) : NULL;
}

// ---- a column

static SqlNode *item_by_id(const SqlNode *select, const SqlNode *item)
{
    const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->id == item->id) return sql_tail(items, i);
    }
    return NULL;
}

// ORDER BY id where an item is a.id: SQLite looks for the alias id, and then among the tables.
static bool is_ambiguous_output(const Translator *t, const SqlNode *select, const SqlNode *n,
                                const SqlNode *item)
{
    if (t->to != DIALECT_SQLITE || item->child[ITEM_ALIAS]) return false;
    int times = 0;
    brings(t, select->child[SELECT_FROM], sql_last(n), &times);
    return times != 1;
}

static bool keeps_alias(const Translator *t, const SqlNode *n, const SqlNode *item, const Place *p)
{
    bool whole = n == p->root;
    const SqlNode *select = p->select;
    if (p->clause == CLAUSE_ORDER && whole) return !is_ambiguous_output(t, select, n, item);
    if (p->clause == CLAUSE_QUALIFY && lacks(t, FEATURE_QUALIFY)) return true; // lower_query's
    bool sets = p->clause == CLAUSE_GROUP && lacks(t, FEATURE_GROUPING_SETS);
    if (sets && !whole) return false;
    if (!item->child[ITEM_ALIAS]) return false;
    int times = 0;
    Brings there = brings(t, select->child[SELECT_FROM], sql_last(n), &times);
    bool home_first = alias_rule(t->from, p->clause, whole) == ALIAS_BEFORE_COLUMNS;
    switch (alias_rule(t->to, p->clause, whole)) {
    case ALIAS_BEFORE_COLUMNS:
        return true;
    case ALIAS_BEHIND_COLUMNS:
        return there == BRINGS_NOT || (there == BRINGS_MAYBE && !home_first);
    default:
        return false;
    }
}

// A column of a table that the target would take for an alias of the same name.
static void keep_column(Translator *t, SqlNode *n, const SqlBinding *b, const Place *p)
{
    bool bare = sql_tail_count(n) == 1 && p->select && b->query->id == p->select->id;
    bool whole = n == p->root;
    if (!bare || (whole && p->clause == CLAUSE_ORDER)) return;
    if (alias_rule(t->to, p->clause, whole) != ALIAS_BEFORE_COLUMNS) return;
    const SqlNode *items = p->select->child[SELECT_ITEMS], *name = source_name(b->source);
    for (uint32_t i = 0; name && i < sql_tail_count(items); i++) {
        const SqlNode *alias = sql_tail(items, i)->child[ITEM_ALIAS];
        if (!alias || !str_eq_nocase(alias->text, n->child[0]->text)) continue;
        SqlNode *both[] = {node_clone(t, name), n->child[0]};
        node_set_tail(t, n, both, 2);
        return;
    }
}

// db.t.c: the runtime has one database.
static void drop_database(const Translator *t, SqlNode *n, const SqlBinding *b)
{
    if (t->to != DIALECT_SQLITE || n->count < 3 || b->column == SQL_COLUMN_OPEN) return;
    const SqlColumns *c = &t->meaning->sources[b->source->id];
    bool last = b->column < c->len &&
                name_is(t->from, c->at[b->column].name, c->at[b->column].exact, sql_last(n));
    if (!last) return; // a field of a struct
    n->child += n->count - 2;
    n->count = 2;
}

static SqlNode *with_table(void *ctx, SqlNode *n)
{
    Translator *t = ctx;
    const SqlBinding *b = node_binding(t, n);
    const SqlNode *name = b && sql_tail_count(n) == 1 ? source_name(b->source) : NULL;
    if (!name) return NULL;
    SqlNode *both[] = {node_clone(t, name), n->child[0]};
    node_set_tail(t, n, both, 2);
    return n;
}

SqlNode *value_qualified(Translator *t, SqlNode *value)
{
    return value_map(t, value, with_table, t);
}

// MySQL's GROUP BY id where several tables have an id, and an item is a.id.
static void spell_item_column(Translator *t, SqlNode *n, const Place *p)
{
    bool late = p->clause == CLAUSE_GROUP || p->clause == CLAUSE_HAVING;
    if (t->from != DIALECT_MYSQL || !late || !p->select) return;
    int times = 0;
    brings(t, p->select->child[SELECT_FROM], sql_last(n), &times);
    if (times > 1) with_table(t, n);
}

static SqlNode *visit_column(Translator *t, SqlNode *n, const Place *p)
{
    const SqlBinding *b = node_binding(t, n);
    if (!b) return n;
    if (!b->item) {
        if (b->source) drop_database(t, n, b);
        keep_column(t, n, b, p);
        spell_item_column(t, n, p);
        return n;
    }
    SqlNode *item = item_by_id(p->select, b->item);
    if (item && keeps_alias(t, n, item, p)) return n;
    if (item) return value_again(t, item->child[ITEM_VALUE], n);
    for (const Place *o = p->outer; o && !item; o = o->outer) item = item_by_id(o->select, b->item);
    return item ? value_qualified(t, value_again(t, item->child[ITEM_VALUE], n)) : n;
}

// ---- SELECT

static void visit_role(Translator *t, Place *p, SqlNode *select, uint32_t role, Clause clause)
{
    p->clause = clause;
    p->root = NULL;
    select->child[role] = visit(t, select->child[role], p);
}

static void visit_roots(Translator *t, SqlNode *list, Place *p)
{
    uint32_t roles = list ? sql_roles(sql_kind_of(list)) : 0;
    for (uint32_t i = roles; list && i < list->count; i++) {
        SqlNode *e = list->child[i];
        if (e->kind == NODE_ORDER_ITEM) {
            p->root = e->child[ONLY];
            e->child[ONLY] = visit(t, e->child[ONLY], p);
        } else {
            p->root = e;
            list->child[i] = visit(t, e, p);
        }
    }
}

// A key that is a number after all would be a position.
static SqlNode *as_key(Translator *t, SqlNode *value)
{
    return value->kind == NODE_NUMBER ? make_null(t, value) : value;
}

static void visit_group(Translator *t, Place *p, SqlNode *select)
{
    SqlNode *group = select->child[SELECT_GROUP];
    p->clause = CLAUSE_GROUP;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        SqlNode *e = sql_tail(group, i);
        p->root = e;
        bool alias = e->kind == NODE_COLUMN;
        SqlNode *made = visit(t, e, p);
        group->child[i] = alias && made != e ? as_key(t, made) : made;
    }
}

static void add_keys(Translator *t, SqlNode *group, const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items) && !t->failed; i++) {
        SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        const SqlStar *star = value->kind == NODE_STAR ? star_meant(t, value) : NULL;
        if (value->kind == NODE_STAR && (!star || star->open)) {
            translate_unsupported(t, value, "GROUP BY ALL needs to know the columns of *.");
        }
        for (size_t c = 0; star && c < star->len; c++)
            node_add_tail(t, group, star_column(t, select, value, &star->at[c]));
        if (value->kind == NODE_STAR || holds_aggregate(value) || holds_window(value)) continue;
        node_add_tail(t, group, as_key(t, value_again(t, value, value)));
    }
}

// GROUP BY (a, b) is GROUP BY a, b; GROUP BY () makes one group of all.
static void flatten_group(Translator *t, SqlNode *select)
{
    SqlNode *group = select->child[SELECT_GROUP];
    bool rows = false, sets = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        rows = rows || group->child[i]->kind == NODE_ROW;
        sets = sets || group->child[i]->kind == NODE_GROUPING;
    }
    if (!rows || sets) return;
    SqlNode *flat = make_node(t, NODE_GROUP_BY, group, 0);
    for (uint32_t i = 0; i < group->count; i++) {
        SqlNode *e = group->child[i];
        for (uint32_t k = 0; e->kind == NODE_ROW && k < e->count; k++)
            node_add_tail(t, flat, e->child[k]);
        if (e->kind != NODE_ROW) node_add_tail(t, flat, e);
    }
    select->child[SELECT_GROUP] = flat->count ? flat : NULL;
}

// DuckDB's GROUP BY ALL is by the columns that HAVING reads outside its aggregates, too.
static void add_bare(Translator *t, SqlNode *group, const SqlNode *select, const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY || is_aggregate(n)) return;
    const SqlBinding *b = n->kind == NODE_COLUMN ? node_binding(t, n) : NULL;
    bool own = b && b->source && b->query && b->query->id == select->id;
    if (own) node_add_tail(t, group, node_clone(t, n));
    for (uint32_t i = 0; n->kind != NODE_COLUMN && i < n->count; i++)
        add_bare(t, group, select, n->child[i]);
}

// GROUP BY ALL: by every item without an aggregate.
static void spell_group_all(Translator *t, SqlNode *select)
{
    SqlNode *group = select->child[SELECT_GROUP];
    if (!group || !(group->flags & FLAG_ALL) || !lacks(t, FEATURE_GROUP_BY_ALL)) return;
    group->flags &= ~(uint32_t)FLAG_ALL;
    add_keys(t, group, select);
    if (t->from == DIALECT_DUCKDB) add_bare(t, group, select, select->child[SELECT_HAVING]);
    if (!group->count) select->child[SELECT_GROUP] = NULL;
}

// FROM DUAL: one row without columns.
static void drop_dual(const Translator *t, SqlNode *select)
{
    const SqlNode *from = select->child[SELECT_FROM];
    bool one = from && from->count == 1 && from->child[0]->kind == NODE_TABLE;
    if (!one || !str_eq_nocase(sql_last(from->child[0])->text, S("DUAL"))) return;
    const SqlColumns *c = &t->meaning->sources[from->child[0]->id];
    if (!c->len && !c->open) select->child[SELECT_FROM] = NULL;
}

// FROM t [SELECT …].
static void spell_from_first(Translator *t, SqlNode *select)
{
    bool table = select->flags & FLAG_WORDS; // TABLE t
    if (!(select->flags & FLAG_FROM_FIRST) || (!table && !lacks(t, FEATURE_FROM_FIRST))) return;
    select->flags &= ~(uint32_t)(FLAG_FROM_FIRST | FLAG_WORDS);
    SqlNode *items = select->child[SELECT_ITEMS];
    if (sql_tail_count(items)) return;
    SqlNode *star = make_node(t, NODE_STAR, items, 0);
    star->id = items->id; // what it stands for is known by the empty list
    node_add_tail(t, items, make_item(t, star, (Str){0}));
}

// EXCEPT and EXCLUDE are two words for one thing.
// At run time a function that makes rows has columns of its own, which no * of home's shows.
static bool makes_rows(const Translator *t, const SqlNode *from)
{
    if (!from || from->kind == NODE_QUERY) return false;
    if (from->kind == NODE_TABLE_CALL || from->kind == NODE_LATERAL_VIEW) return true;
    bool path = from->kind == NODE_TABLE && t->from == DIALECT_BIGQUERY; // FROM t, t.list
    if (path && sql_tail_count(from) > 1) return true;
    for (uint32_t i = 0; i < from->count; i++) {
        if (makes_rows(t, from->child[i])) return true;
    }
    return false;
}

static bool shows_more(const Translator *t, const SqlNode *select, const SqlNode *star)
{
    bool flattens = t->from == DIALECT_SNOWFLAKE; // one of its columns, SEQ, is not known here
    if (t->to != DIALECT_SQLITE || flattens || !makes_rows(t, select->child[SELECT_FROM]))
        return false;
    const SqlStar *meant = star_meant(t, star);
    return meant && !meant->open && meant->len;
}

static bool writes_star(const Translator *t, const SqlNode *select, SqlNode *star)
{
    if (shows_more(t, select, star)) return false;
    bool except = sql_feature_in(FEATURE_STAR_EXCEPT, t->to);
    bool exclude = sql_feature_in(FEATURE_STAR_EXCLUDE, t->to);
    if (star->flags & FLAG_NAMED && t->to != DIALECT_DUCKDB) return false;
    if (star->child[STAR_EXCEPT] && !except && !exclude) return false;
    if (star->child[STAR_REPLACE] && lacks(t, FEATURE_STAR_REPLACE)) return false;
    if (star->child[STAR_RENAME] && lacks(t, FEATURE_STAR_RENAME)) return false;
    star->flags &= ~(uint32_t)FLAG_WORDS;
    if (exclude) star->flags |= FLAG_WORDS;
    return true;
}

static void spell_stars(Translator *t, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    bool spelled = true;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (value->kind == NODE_STAR && !writes_star(t, select, value)) spelled = false;
    }
    if (spelled) return;
    SqlNode *list = items_spelled(t, select);
    if (list) select->child[SELECT_ITEMS] = list;
}

static void visit_select(Translator *t, SqlNode *n, const Place *outer)
{
    Place p = {.outer = outer, .select = n};
    SqlNode *items = n->child[SELECT_ITEMS];
    visit_role(t, &p, n, SELECT_FROM, CLAUSE_FROM);
    p.clause = CLAUSE_ITEM;
    for (uint32_t i = 0; i < items->count; i++) items->child[i] = visit(t, items->child[i], &p);
    visit_role(t, &p, n, SELECT_WHERE, CLAUSE_WHERE);
    visit_group(t, &p, n);
    visit_role(t, &p, n, SELECT_HAVING, CLAUSE_HAVING);
    visit_role(t, &p, n, SELECT_WINDOWS, CLAUSE_WINDOW);
    visit_role(t, &p, n, SELECT_QUALIFY, CLAUSE_QUALIFY);
    p.clause = CLAUSE_ORDER;
    visit_roots(t, n->child[SELECT_ON], &p);
    if (t->failed) return;
    drop_dual(t, n);
    spell_group_all(t, n);
    flatten_group(t, n);
    spell_from_first(t, n);
    if (!t->failed) spell_stars(t, n);
}

// ---- QUERY

// No expression of MySQL's ORDER BY may hold the name of an aggregate.
static bool is_computed(const SqlNode *query, size_t output)
{
    const SqlNode *body = query->child[QUERY_BODY];
    const SqlNode *items = body->kind == NODE_SELECT ? body->child[SELECT_ITEMS] : NULL;
    if (output >= sql_tail_count(items)) return false;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return false;
    }
    return sql_tail(items, (uint32_t)output)->child[ITEM_VALUE]->kind != NODE_COLUMN;
}

// The output `i` in ORDER BY: by its place, or where NULLs are to be sorted apart and the target
// has no words for it, by its name.
static SqlNode *output_at(Translator *t, const SqlNode *query, const SqlNode *place, size_t i)
{
    const SqlColumns *out = &t->meaning->outputs[query->id];
    bool named = t->to == DIALECT_MYSQL && out->at[i].name.len && !is_computed(query, i);
    if (!named) return make_number(t, place, (int64_t)i + 1);
    return typed(make_column(t, place, (Str){0}, out->at[i].name), out->at[i].type);
}

// ORDER BY ALL: by every column, from the left.
static void spell_order_all(Translator *t, SqlNode *query)
{
    SqlNode *order = query->child[QUERY_ORDER];
    if (!order || !(order->flags & FLAG_ALL) || !lacks(t, FEATURE_ORDER_BY_ALL)) return;
    const SqlColumns *out = &t->meaning->outputs[query->id];
    if (out->open || !out->len) {
        translate_unsupported(t, order, "ORDER BY ALL needs to know the columns of the query.");
        return;
    }
    uint32_t flags = order->flags & ~(uint32_t)FLAG_ALL;
    order->flags = 0;
    for (size_t i = 0; i < out->len; i++) {
        SqlNode *item = make_node(t, NODE_ORDER_ITEM, order, 0);
        item->flags = flags;
        item->child[ONLY] = output_at(t, query, order, i);
        node_add_tail(t, order, neutral_order_item(t, item));
    }
}

// The outputs of a set operation are reached by their places: SQLite looks for their names in all
// of its arms.
static void order_by_places(Translator *t, SqlNode *query)
{
    SqlNode *order = query->child[QUERY_ORDER], *body = query->child[QUERY_BODY];
    if (t->to != DIALECT_SQLITE || body->kind == NODE_SELECT) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *item = sql_tail(order, i), *value = item->child[ONLY];
        const SqlBinding *b = node_binding(t, value);
        bool output = b && b->source && b->source->id == body->id && b->column != SQL_COLUMN_OPEN;
        if (output) item->child[ONLY] = make_number(t, value, (int64_t)b->column + 1);
    }
}

static void visit_query(Translator *t, SqlNode *n, const Place *outer)
{
    Place around = {.outer = outer}, order = {.outer = outer, .clause = CLAUSE_ORDER};
    SqlNode *body = n->child[QUERY_BODY];
    n->child[QUERY_WITH] = visit(t, n->child[QUERY_WITH], &around);
    n->child[QUERY_BODY] = visit(t, body, &around);
    if (body->kind == NODE_SELECT) order.select = body;
    visit_roots(t, n->child[QUERY_ORDER], &order);
    n->child[QUERY_LIMIT] = visit(t, n->child[QUERY_LIMIT], &around);
    if (t->failed) return;
    spell_order_all(t, n);
    order_by_places(t, n);
}

// ---- names of outputs

// What a value is called at home, as a query around it may call it.
static void name_outputs(Translator *t, SqlNode *query)
{
    SqlNode *body = query;
    while (body && (body->kind == NODE_QUERY || body->kind == NODE_SETOP))
        body = body->child[body->kind == NODE_SETOP ? LEFT_SIDE : QUERY_BODY];
    if (!body || body->kind != NODE_SELECT || t->to != DIALECT_SQLITE) return;
    const SqlColumns *out = &t->meaning->outputs[body->id];
    const SqlNode *items = body->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < items->count && i < out->len; i++) {
        SqlNode *item = items->child[i], *value = item->child[ITEM_VALUE];
        if (value->kind == NODE_STAR) return; // what follows stands somewhere else
        bool named = item->child[ITEM_ALIAS] || value->kind == NODE_COLUMN;
        if (named || !out->at[i].name.len) continue;
        item->child[ITEM_ALIAS] = make_word(t, item, out->at[i].name);
    }
}

static void name_inner_outputs(Translator *t, SqlNode *n)
{
    const SqlNode *alias = n->kind == NODE_DERIVED ? n->child[DERIVED_ALIAS] : NULL;
    bool listed = alias && alias->child[ALIAS_COLUMNS];
    if (n->kind == NODE_DERIVED && !listed) name_outputs(t, n->child[DERIVED_QUERY]);
    if (n->kind == NODE_CTE && !n->child[CTE_COLUMNS]) name_outputs(t, n->child[CTE_QUERY]);
    if (n->kind == NODE_CREATE_TABLE) name_outputs(t, n->child[CREATE_QUERY]);
}

// ---- all

// (SELECT AS STRUCT a, b …) as a value: one column, an object.
static void row_as_struct(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *order = query->child[QUERY_ORDER];
    bool row = select->kind == NODE_SELECT && str_eq(select->text, S("STRUCT"));
    if (!row || !lacks(t, FEATURE_SELECT_AS)) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode **value = &sql_tail(order, i)->child[ONLY];
        *value = aliases_spelled(t, select->child[SELECT_ITEMS], *value);
    }
    SqlNode *items = items_spelled(t, select);
    if (!items) return;
    SqlNode *object = make_call(t, select, "object", NULL, 0);
    object->type = TYPE_STRUCT;
    for (uint32_t i = 0; i < items->count; i++) {
        SqlNode *value = items->child[i]->child[ITEM_VALUE];
        const SqlNode *name = items->child[i]->child[ITEM_ALIAS];
        if (!name && value->kind == NODE_COLUMN) name = sql_last(value);
        Str text = name ? name->text : str_fmt(t->arena, "_field_%u", i + 1);
        node_add_tail(t, object, make_string(t, value, text));
        node_add_tail(t, object, value);
    }
    SqlNode *item = make_item(t, object, (Str){0});
    node_set_tail(t, items, &item, 1);
    select->child[SELECT_ITEMS] = items;
}

static bool is_set(const SqlNode *parent, const SqlNode *n)
{
    bool right = parent->kind == NODE_QUANTIFIED && n == parent->child[RIGHT_SIDE];
    return right || (parent->kind == NODE_IN && n == parent->child[OPERAND_SECOND]);
}

// db.t.*: the runtime has one database.
static void drop_star_database(const Translator *t, SqlNode *star)
{
    SqlNode *of = star->child[STAR_OF];
    if (t->to != DIALECT_SQLITE || !of || of->count < 2) return;
    of->child += of->count - 1;
    of->count = 1;
}

static SqlNode *visit(Translator *t, SqlNode *n, const Place *p)
{
    if (!n || t->failed) return n;
    if (n->kind == NODE_STAR) drop_star_database(t, n);
    switch (n->kind) {
    case NODE_COLUMN:
        return visit_column(t, n, p);
    case NODE_QUERY:
        visit_query(t, n, p);
        return n;
    case NODE_SELECT:
        visit_select(t, n, p);
        return n;
    default:
        break;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        n->child[i] = visit(t, c, p);
        if (c && c->kind == NODE_SUBQUERY && !t->failed) row_as_struct(t, c->child[ONLY]);
        if (c && c->kind == NODE_SUBQUERY && !is_set(n, n->child[i]))
            n->child[i] = single_row(t, n->child[i]);
    }
    if (!t->failed) name_inner_outputs(t, n);
    return n;
}

SqlNode *lower_names(Translator *t, SqlNode *root)
{
    Place none = {0};
    return visit(t, root, &none);
}
