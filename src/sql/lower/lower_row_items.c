// lower_row_items: functions that make rows where a list of items calls them: SELECT id,
// EXPLODE(a).
#include "sql/home.h"
#include "sql/lower/lower_rows.h"

static bool makes_rows(const Translator *t, const SqlNode *n)
{
    if (n->kind != NODE_CALL || !n->fn) return false;
    if (t->from == t->to) return false;
    if (node_is_call(n, "series")) return t->from == DIALECT_POSTGRES; // elsewhere an array
    return fn_at(n->fn)->class == FN_TABLE;
}

static SqlNode *find_rows(const Translator *t, SqlNode *n, SqlNode ***place)
{
    if (!n || n->kind == NODE_QUERY) return NULL;
    for (uint32_t i = 0; i < n->count; i++) {
        SqlNode *c = n->child[i];
        if (c && makes_rows(t, c)) {
            *place = &n->child[i];
            return c;
        }
        SqlNode *found = find_rows(t, c, place);
        if (found) return found;
    }
    return NULL;
}

static bool is_aggregate(const SqlNode *n)
{
    bool group = n->kind == NODE_CALL && n->fn && fn_at(n->fn)->class == FN_AGGREGATE;
    return group && !n->child[CALL_OVER];
}

static bool is_grouped(const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return false;
    if (is_aggregate(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_grouped(n->child[i])) return true;
    }
    return false;
}

void from_add(FromScope *s, SqlNode *one, bool outer)
{
    Translator *t = s->t;
    SqlNode *from = s->node->child[SELECT_FROM];
    if (!from) {
        s->node->child[SELECT_FROM] = make_from(t, one);
        return;
    }
    SqlNode *join = make_node(t, NODE_JOIN, one, 0);
    SqlNode *last = sql_tail(from, sql_tail_count(from) - 1);
    join->op = outer ? OP_LEFT : OP_CROSS;
    join->child[JOIN_LEFT] = last;
    join->child[JOIN_RIGHT] = one;
    from->child[from->count - 1] = join;
}

// Spark's EXPLODE of a map: two columns.
static bool is_map(const Translator *t, const SqlNode *call)
{
    bool explode = node_is_call(call, "unnest") || node_is_call(call, "unnest_outer");
    const SqlNode *of = explode && sql_tail_count(call) ? sql_tail(call, 0) : NULL;
    bool map = node_is_call(of, "object") || node_is_call(of, "object_of");
    return t->from == DIALECT_SPARK && of && map;
}

// Where one call makes rows of an item: its value, or its columns.
static void replace_item(FromScope *s, SqlNode *item, SqlNode **place, Rows *r)
{
    Translator *t = s->t;
    SqlNode *list = s->node->child[SELECT_ITEMS];
    bool whole = place == &item->child[ITEM_VALUE];
    if (r->made.columns.len == 1 || !whole) {
        if (whole && !item->child[ITEM_ALIAS]) {
            bool pg = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
            Str source = (*place)->text;
            item->child[ITEM_ALIAS] = make_word(t, item, pg ? source : S("col"));
        }
        *place = node_clone(t, r->made.columns.at[r->made.columns.len - 1]);
        return;
    }
    bool at = node_is_call(*place, "unnest_at") || node_is_call(*place, "unnest_at_outer");
    bool map = is_map(t, *place);
    Nodes all = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *one = sql_tail(list, i);
        if (one != item) *vec_push(t->arena, &all) = one;
        for (size_t c = 0; one == item && c < r->made.columns.len; c++) {
            Str name = !at ? str_fmt(t->arena, "col%zu", c) : c ? S("col") : S("pos");
            if (map) name = c ? S("value") : S("key");
            *vec_push(t->arena, &all) = make_item(t, r->made.columns.at[c], name);
        }
    }
    node_set_tail(t, list, all.at, (uint32_t)all.len);
}

static SqlNode *bare_call(Rows *r)
{
    SqlNode *one = make_node(r->s->t, NODE_TABLE_CALL, r->n, 0);
    one->child[TABLE_CALL_CALL] = r->made.call;
    one->child[TABLE_CALL_ALIAS] = make_alias(r->s->t, r->n, r->alias);
    return one;
}

// A query that makes the rows: Spark calls its columns col0, col1 …
static SqlNode *as_items(Rows *r)
{
    Translator *t = r->s->t;
    Names names;
    if (!query_names(t, &r->made.query, &names)) return make_null(t, r->n);
    bool beside = from_is_correlated(r->s, r->made.query);
    for (size_t i = 0; i < names.len; i++) {
        Str name = beside ? make_part(t, "col", i) : names.at[i];
        rows_add(r, make_column(t, r->n, r->alias, name));
    }
    return beside ? lower_lateral(r->s, r->n, r->made.query, r->alias)
                  : make_derived(t, r->made.query, r->alias);
}

static void lower_row_item(FromScope *s, SqlNode *item, SqlNode **place, SqlNode *call)
{
    Translator *t = s->t;
    Rows r = {.s = s, .n = call, .alias = make_name(t, "rows")};
    s->first = !s->node->child[SELECT_FROM];
    if (node_is_call(call, "flatten")) {
        translate_refused(t, call, "FLATTEN makes rows: it stands in FROM, behind LATERAL.");
        return;
    }
    if (!rows_make(&r, call, is_map(t, call) ? 2 : 0)) {
        translate_unsupported(t, call, "This function is not supported in a list of items.");
        return;
    }
    SqlNode *one = r.made.query ? as_items(&r) : bare_call(&r);
    for (size_t i = 0; i < r.made.columns.len && !t->failed; i++) {
        if (!r.made.columns.at[i])
            translate_refused(t, call, STR_FMT " makes rows: it stands in FROM.",
                              STR_ARG(source_short(t, call)));
    }
    if (t->failed) return;
    from_add(s, r.made.outer ? rows_outer(&r, one) : one, r.made.outer);
    replace_item(s, item, place, &r);
}

// The names that the items have outside: their own, a column's, or what home calls them.
static Str outer_name(const Translator *t, const SqlNode *select, const SqlNode *item, uint32_t i)
{
    const SqlNode *alias = item->child[ITEM_ALIAS], *value = item->child[ITEM_VALUE];
    if (alias) return alias->text;
    if (value->kind == NODE_COLUMN) return sql_last(value)->text;
    bool known = t->meaning && select->id < t->script->nodes;
    const SqlColumns *out = known ? &t->meaning->outputs[select->id] : NULL;
    return out && i < out->len ? out->at[i].name : (Str){0};
}

// What the arguments of a call that makes rows read: each becomes a column of the groups.
typedef VEC(SqlNode **) Places;

static bool reads(const SqlNode *n, const SqlNode *but)
{
    if (!n || n == but) return false;
    if (n->kind == NODE_COLUMN || n->kind == NODE_QUERY || is_aggregate(n)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(n->child[i], but)) return true;
    }
    return false;
}

static void add_reading(Translator *t, SqlNode *call, Places *out)
{
    bool one = sql_tail_count(call) == 1;
    SqlNode *of = one ? sql_tail(call, 0) : call;
    bool series = node_is_call(of, "series") || node_is_call(of, "series_before");
    if (!series) of = call;
    for (uint32_t i = 0; i < sql_tail_count(of); i++) {
        if (reads(sql_tail(of, i), NULL))
            *vec_push(t->arena, out) = &of->child[sql_roles(NODE_CALL) + i];
    }
}

// Whether nothing but the call and the keys by their place or name reads the groups.
static bool groups_apart(const FromScope *s, const SqlNode *of, const SqlNode *call,
                         const SqlNode *order)
{
    const SqlNode *list = s->node->child[SELECT_ITEMS];
    bool plain = !s->filter && !reads(of->child[ITEM_VALUE], call);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *key = sql_tail(order, i)->child[ONLY];
        bool output =
            key->kind == NODE_NUMBER || (key->kind == NODE_COLUMN && sql_tail_count(key) == 1);
        plain = plain && output;
    }
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        plain = plain && sql_tail(list, i)->child[ITEM_VALUE]->kind != NODE_STAR;
    return plain;
}

// EXPLODE(COLLECT_SET(x)), generate_series(MIN(d), MAX(d), '1 day')::date: the groups become a
// derived table, and the rows are made of its columns.
static bool group_first(FromScope *s, SqlNode *of, SqlNode *call, const SqlNode *order)
{
    Translator *t = s->t;
    SqlNode *select = s->node, *list = select->child[SELECT_ITEMS];
    if (!groups_apart(s, of, call, order)) return false;
    Places values = {0};
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *item = sql_tail(list, i);
        Str outside = outer_name(t, select, item, i);
        if (item == of) {
            add_reading(t, call, &values);
        } else {
            *vec_push(t->arena, &values) = &item->child[ITEM_VALUE];
        }
        bool kept = item != of || item->child[ITEM_VALUE] != call;
        if (kept && !item->child[ITEM_ALIAS] && outside.len)
            item->child[ITEM_ALIAS] = make_word(t, item, outside);
    }
    Str alias = make_name(t, "groups");
    SqlNode *items = make_node(t, NODE_LIST, list, 0), *inner = make_select(t, select, items);
    for (size_t i = 0; i < values.len; i++) {
        SqlNode **value = values.at[i];
        Str name = make_name(t, "g");
        uint8_t type = (*value)->type;
        const SqlNode *place = *value;
        node_add_tail(t, items, make_item(t, *value, name));
        *value = make_column(t, place, alias, name);
        (*value)->type = type;
    }
    static const int roles[] = {SELECT_FROM, SELECT_WHERE, SELECT_GROUP, SELECT_HAVING,
                                SELECT_WINDOWS};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        inner->child[roles[i]] = select->child[roles[i]];
        select->child[roles[i]] = NULL;
    }
    select->child[SELECT_FROM] = make_from(t, make_derived(t, make_query(t, inner), alias));
    return true;
}

// GROUP BY the rows that an item makes: by its alias or its place. They are made before the groups.
static bool is_key(const SqlNode *group, const SqlNode *list, const SqlNode *item)
{
    const SqlNode *alias = item->child[ITEM_ALIAS];
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *key = sql_tail(group, i);
        int64_t place;
        bool named = alias && key->kind == NODE_COLUMN && sql_tail_count(key) == 1 &&
                     str_eq_nocase(sql_last(key)->text, alias->text);
        bool placed = key->kind == NODE_NUMBER && str_to_i64(key->text, &place) && place > 0 &&
                      (uint64_t)place <= sql_tail_count(list) &&
                      sql_tail(list, (uint32_t)place - 1) == item;
        if (named || placed) return true;
    }
    return false;
}

// SELECT UNNEST(a), UNNEST(b): side by side, the shorter filled with NULL.
static bool lower_row_zip(FromScope *s, uint32_t calls)
{
    Translator *t = s->t;
    SqlNode *list = s->node->child[SELECT_ITEMS];
    bool zips = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    SqlNode **args = arena_array(t->arena, SqlNode *, calls);
    SqlNode **items = arena_array(t->arena, SqlNode *, calls);
    uint32_t n = 0;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode **place = NULL, *item = sql_tail(list, i), *call = find_rows(t, item, &place);
        if (!call) continue;
        bool whole = item->kind == NODE_ITEM && place == &item->child[ITEM_VALUE];
        if (!whole || !node_is_call(call, "unnest") || sql_tail_count(call) != 1) return false;
        items[n] = item;
        args[n++] = sql_tail(call, 0);
    }
    if (!zips || t->to != DIALECT_SQLITE || !n) return false;
    SqlNode *zip = make_call(t, items[0], "unnest", args, n);
    Rows r = {.s = s, .n = items[0]->child[ITEM_VALUE], .alias = make_name(t, "rows")};
    s->first = !s->node->child[SELECT_FROM];
    if (!rows_make(&r, zip, 0) || !r.made.query) return false;
    SqlNode *one = as_items(&r);
    if (t->failed) return true;
    from_add(s, one, false);
    const Virtual *packed = virtual_named(s, r.alias); // what reads the tables beside it
    for (uint32_t i = 0; i < n; i++) {
        if (!items[i]->child[ITEM_ALIAS])
            items[i]->child[ITEM_ALIAS] = make_word(t, items[i], S("unnest"));
        items[i]->child[ITEM_VALUE] =
            node_clone(t, packed ? packed->columns.at[i] : r.made.columns.at[i]);
    }
    return true;
}

void lower_row_items(FromScope *s, const SqlNode *order)
{
    Translator *t = s->t;
    SqlNode *list = s->node->child[SELECT_ITEMS], *found = NULL, **at = NULL, *of = NULL;
    uint32_t calls = 0;
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode **place = NULL;
        SqlNode *call = find_rows(t, sql_tail(list, i), &place);
        if (!call) continue;
        found = call, at = place, of = sql_tail(list, i);
        calls++;
    }
    if (!found) return;
    if (t->to != DIALECT_SQLITE && is_map(t, found)) {
        translate_unsupported(t, found, "%s has no EXPLODE of a map: of its entries, perhaps.",
                              home_title(t->to));
        return;
    }
    if (t->to != DIALECT_SQLITE) {
        bool both = node_is_call(found, "unnest") && !node_is_call(sql_tail(found, 0), "series") &&
                    (t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB);
        if (both) return;
    }
    bool key = is_key(s->node->child[SELECT_GROUP], list, of);
    bool grouped = !key && (s->node->child[SELECT_GROUP] || is_grouped(list));
    if (grouped && group_first(s, of, found, order)) {
        lower_row_item(s, of, at, found);
    } else if (grouped) {
        translate_unsupported(t, found, "Rows made of a group: group in a subquery first.");
    } else if (calls > 1) {
        if (lower_row_zip(s, calls)) return;
        translate_unsupported(t, found,
                              "Two functions that make rows in one list of items are not "
                              "supported here: put them into FROM.");
    } else if (t->to != DIALECT_SQLITE) {
        foreign_row_item(s, of, at, found);
    } else {
        lower_row_item(s, of, at, found);
    }
}
