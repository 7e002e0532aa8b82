// parse_spread: what Spark says in one word: items that are several columns, and the window of a
// group.
//
// SELECT id, STACK(…) AS (a, b) FROM t reads from t LATERAL VIEW STACK(…) AS a, b, and takes a, b.
#include "sql/parse.h"

static SqlNode *with_tail(Parser *p, SqlKind kind, const SqlNode *place, SqlNode *one)
{
    size_t mark = tail_open(p);
    tail_add(p, one);
    return node_around(tail_close(p, node_from(p, kind, place), mark));
}

static void add_view(Parser *p, SqlNode *select, SqlNode *item)
{
    SqlNode *call = item->child[ITEM_VALUE], *names = item->child[ITEM_ALIAS];
    SqlNode *from = select->child[SELECT_FROM], *alias = node_from(p, NODE_ALIAS, names);
    alias->child[ALIAS_COLUMNS] = names;
    if (!from) {
        SqlNode *name = alias->child[ALIAS_NAME] = node_from(p, NODE_NAME, names);
        name->text = S("made");
        name->end = name->at;
    }
    node_around(alias);
    SqlNode *view = node_from(p, from ? NODE_LATERAL_VIEW : NODE_TABLE_CALL, call);
    if (from) {
        view->child[VIEW_LEFT] = from->child[from->count - 1];
        view->child[VIEW_CALL] = call;
        view->child[VIEW_ALIAS] = alias;
        from->child[from->count - 1] = node_around(view);
        node_reach(from, view);
    } else {
        view->child[TABLE_CALL_CALL] = call;
        view->child[TABLE_CALL_ALIAS] = alias;
        select->child[SELECT_FROM] = with_tail(p, NODE_FROM, call, node_around(view));
    }
}

static SqlNode *column_item(Parser *p, const SqlNode *name)
{
    SqlNode *copy = node_from(p, NODE_NAME, name), *item = node_from(p, NODE_ITEM, name);
    copy->text = name->text;
    copy->flags = name->flags;
    copy->end = name->end;
    item->child[ITEM_VALUE] = with_tail(p, NODE_COLUMN, name, copy);
    return node_around(item);
}

static bool is_spread(const SqlNode *item)
{
    const SqlNode *alias = item->child[ITEM_ALIAS];
    return alias && alias->kind == NODE_LIST;
}

void parse_spread(Parser *p, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    bool found = false;
    for (uint32_t i = 0; i < items->count && !p->failed; i++) {
        if (!is_spread(items->child[i])) continue;
        add_view(p, select, items->child[i]);
        found = true;
    }
    if (!found || p->failed) return;
    SqlNode *all = node_from(p, NODE_LIST, items);
    size_t mark = tail_open(p);
    for (uint32_t i = 0; i < items->count; i++) {
        SqlNode *item = items->child[i];
        if (!is_spread(item)) tail_add(p, item);
        for (uint32_t k = 0; is_spread(item) && k < item->child[ITEM_ALIAS]->count; k++)
            tail_add(p, column_item(p, item->child[ITEM_ALIAS]->child[k]));
    }
    select->child[SELECT_ITEMS] = node_around(tail_close(p, all, mark));
}

// ---- Spark's window, the name of what GROUP BY WINDOW(ts, '1 hour') groups by

static SqlNode *copy(Parser *p, const SqlNode *n)
{
    SqlNode *c = node_from(p, sql_kind_of(n), n);
    uint32_t id = c->id;
    *c = *n;
    c->id = id;
    c->child = n->count ? arena_array(p->arena, SqlNode *, n->count) : NULL;
    for (uint32_t i = 0; i < n->count; i++) c->child[i] = n->child[i] ? copy(p, n->child[i]) : NULL;
    return c;
}

static void set_place(SqlNode *n, const SqlNode *place)
{
    n->at = place->at, n->end = place->end;
    n->line = place->line, n->column = place->column;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) set_place(n->child[i], place);
    }
}

// window.start as a field of the call, at the place of the name.
static SqlNode *field_of_window(Parser *p, const SqlNode *column, const SqlNode *call)
{
    SqlNode *value = copy(p, call);
    set_place(value, column);
    if (column->count < 2) return value;
    SqlNode *member = node_from(p, NODE_MEMBER, column);
    member->text = column->child[1]->text;
    member->child[ONLY] = value;
    member->end = column->end;
    member->height = (uint16_t)(value->height + 1);
    return member;
}

static void grow(SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && n->child[i]->height >= n->height)
            n->height = (uint16_t)(n->child[i]->height + 1);
    }
}

static void put_window(Parser *p, SqlNode *n, const SqlNode *call)
{
    for (uint32_t i = 0; n && i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (!c || c->kind == NODE_QUERY) continue;
        bool named = c->kind == NODE_COLUMN && c->count <= 2 &&
                     str_eq_nocase(c->child[0]->text, S("window"));
        if (named) {
            n->child[i] = field_of_window(p, c, call);
        } else {
            put_window(p, c, call);
        }
    }
    if (n) grow(n);
}

void parse_window_names(Parser *p, SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY], *call = NULL;
    if (p->dialect != DIALECT_SPARK || p->failed || body->kind != NODE_SELECT) return;
    const SqlNode *group = body->child[SELECT_GROUP];
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *key = sql_tail(group, i);
        if (key->kind == NODE_CALL && str_eq_nocase(key->text, S("window"))) call = key;
    }
    if (!call) return;
    put_window(p, body->child[SELECT_ITEMS], call);
    put_window(p, body->child[SELECT_HAVING], call);
    put_window(p, query->child[QUERY_ORDER], call);
    grow(query->child[QUERY_BODY]);
    grow(query);
}
