// lower_grouping: ROLLUP, CUBE and GROUPING SETS: a grouped SELECT a set of keys, joined by UNION
// ALL, and what stands behind the groups in a SELECT over them.
#include "sql/lower.h"

enum { KEYS_MOST = 60, SETS_MOST = 256 };

typedef VEC(SqlNode *) Nodes;
typedef VEC(uint64_t) Masks; // which keys a set has

typedef struct {
    Translator *t;
    SqlNode *select;
    Nodes keys;
    Nodes aggregates;
    Nodes levels; // calls of GROUPING
    Masks sets;
    Str alias;     // of the joined groups
    Str source;    // the CTE that gives what is grouped; "" = FROM and WHERE themselves
    Nodes columns; // … which these are
    bool nested;   // inside a subquery
} Groups;

static bool has_sets(const SqlNode *group)
{
    bool found = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group) && !found; i++)
        found = sql_tail(group, i)->kind == NODE_GROUPING;
    return found;
}

// ---- sets of keys

static size_t index_of(const Translator *t, const Nodes *list, const SqlNode *n)
{
    for (size_t i = 0; i < list->len; i++) {
        if (same_value(t, list->at[i], n)) return i;
    }
    return list->len;
}

static SqlNode *by_position(const Groups *g, SqlNode *n)
{
    const SqlNode *items = g->select->child[SELECT_ITEMS];
    uint64_t at = 0;
    for (size_t i = 0; is_position(n) && i < n->text.len && at < 10000; i++)
        at = at * 10 + (uint64_t)(n->text.ptr[i] - '0');
    if (!at || at > sql_tail_count(items)) return n;
    return value_again(g->t, sql_tail(items, (uint32_t)at - 1)->child[ITEM_VALUE], n);
}

static uint64_t mask_of(Groups *g, SqlNode *n)
{
    uint64_t mask = 0;
    if (n->kind == NODE_ROW) {
        for (uint32_t i = 0; i < n->count; i++) mask |= mask_of(g, n->child[i]);
        return mask;
    }
    SqlNode *key = by_position(g, n);
    size_t i = index_of(g->t, &g->keys, key);
    if (i == KEYS_MOST) {
        translate_unsupported(g->t, n, "More than %d columns to group by.", KEYS_MOST);
        return 0;
    }
    if (i == g->keys.len) *vec_push(g->t->arena, &g->keys) = key;
    return (uint64_t)1 << i;
}

static void add_set(Groups *g, Masks *out, uint64_t mask)
{
    if (out->len == SETS_MOST) {
        translate_unsupported(g->t, g->select->child[SELECT_GROUP],
                              "More than %d sets of columns to group by.", SETS_MOST);
    } else {
        *vec_push(g->t->arena, out) = mask;
    }
}

static void sets_of(Groups *g, SqlNode *n, Masks *out);

static void sets_of_list(Groups *g, SqlOp op, SqlNode *const *list, uint32_t n, Masks *out)
{
    Masks parts = {0};
    for (uint32_t i = 0; i < n && op == OP_SETS; i++) sets_of(g, list[i], out);
    if (op == OP_SETS) return;
    for (uint32_t i = 0; i < n; i++) *vec_push(g->t->arena, &parts) = mask_of(g, list[i]);
    bool cube = op == OP_CUBE;
    uint32_t count = !cube ? n + 1 : n < 16 ? 1u << n : 1u << 16; // too many are refused below
    for (uint32_t k = count; k-- > 0 && !g->t->failed;) {
        uint64_t mask = 0; // ROLLUP: the first k; CUBE: those of the bits of k, the first highest
        for (uint32_t i = 0; i < n; i++) {
            bool in = cube ? k >> (n - 1 - i) % 32 & 1 : i < k;
            if (in) mask |= parts.at[i];
        }
        add_set(g, out, mask);
    }
}

static void sets_of(Groups *g, SqlNode *n, Masks *out)
{
    if (n->kind == NODE_GROUPING) {
        sets_of_list(g, (SqlOp)n->op, n->child, n->count, out);
    } else {
        add_set(g, out, mask_of(g, n));
    }
}

// The elements of GROUP BY multiply.
static void all_sets(Groups *g)
{
    SqlNode *group = g->select->child[SELECT_GROUP];
    Translator *t = g->t;
    if (group->op != OP_NONE) {
        sets_of_list(g, (SqlOp)group->op, group->child, group->count, &g->sets);
        return;
    }
    add_set(g, &g->sets, 0);
    for (uint32_t i = 0; i < group->count && !t->failed; i++) {
        Masks one = {0}, both = {0};
        sets_of(g, group->child[i], &one);
        for (size_t a = 0; a < g->sets.len; a++) {
            for (size_t b = 0; b < one.len; b++) add_set(g, &both, g->sets.at[a] | one.at[b]);
        }
        g->sets = both;
    }
}

// ---- what stands behind the groups

static SqlNode *group_column(const Groups *g, const SqlNode *n, const char *stem, size_t i)
{
    SqlNode *c = make_column(g->t, n, g->alias, make_part(g->t, stem, i));
    c->type = n->type;
    return c;
}

static bool is_level(const SqlNode *n)
{
    return node_is_call(n, "grouping");
}

static SqlNode *kept(Groups *g, Nodes *list, SqlNode *n, const char *stem)
{
    size_t i = index_of(g->t, list, n);
    if (i == list->len) *vec_push(g->t->arena, list) = n;
    return group_column(g, n, stem, i);
}

// Is the column one of the tables that are grouped?
static bool is_own(const Groups *g, const SqlNode *from, const SqlNode *n)
{
    const SqlBinding *b = node_binding(g->t, n);
    if (!b || !b->source || !from) return false;
    bool found = from->id == b->source->id;
    for (uint32_t i = 0; i < from->count && !found; i++) {
        const SqlNode *c = from->child[i];
        found = c && c->kind != NODE_QUERY && is_own(g, c, n);
    }
    return found;
}

// Keys and aggregates are columns of the groups.
static SqlNode *behind(void *ctx, SqlNode *n)
{
    Groups *g = ctx;
    if (n->kind == NODE_QUERY && !g->nested) {
        g->nested = true;
        for (uint32_t i = 0; i < n->count; i++)
            n->child[i] = value_map(g->t, n->child[i], behind, g);
        g->nested = false;
        return n;
    }
    if (g->nested && n->kind != NODE_COLUMN) return NULL;
    size_t key = node_is_constant(n) ? g->keys.len : index_of(g->t, &g->keys, n);
    if (key < g->keys.len) return group_column(g, n, "key", key);
    if (g->nested) return NULL;
    if (is_level(n)) return kept(g, &g->levels, n, "level");
    if (is_aggregate(n)) return kept(g, &g->aggregates, n, "agg");
    if (n->kind == NODE_COLUMN && is_own(g, g->select->child[SELECT_FROM], n)) {
        return translate_unsupported(g->t, n, STR_FMT " is neither grouped nor aggregated.",
                                     STR_ARG(sql_last(n)->text));
    }
    return NULL;
}

static SqlNode *spelled_behind(Groups *g, SqlNode *n)
{
    if (!n) return NULL;
    return value_map(g->t, aliases_spelled(g->t, g->select->child[SELECT_ITEMS], n), behind, g);
}

static void order_behind(Groups *g, SqlNode *order)
{
    const SqlNode *items = g->select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *e = sql_tail(order, i), **value = &e->child[ONLY];
        if (is_position(*value)) continue;
        const SqlNode *item = item_meant(g->t, items, *value);
        if (item && item->child[ITEM_ALIAS]) continue;
        *value = spelled_behind(g, *value);
    }
}

static void items_behind(Groups *g)
{
    SqlNode *items = g->select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < items->count; i++) {
        SqlNode *item = items->child[i], *value = item->child[ITEM_VALUE];
        bool named = item->child[ITEM_ALIAS] || value->kind != NODE_COLUMN;
        if (!named) item->child[ITEM_ALIAS] = node_clone(g->t, sql_last(value));
    }
    for (uint32_t i = 0; i < items->count; i++) {
        SqlNode **value = &items->child[i]->child[ITEM_VALUE];
        *value = value_map(g->t, *value, behind, g);
    }
}

// ---- the groups of one set

static uint64_t level_of(Groups *g, const SqlNode *call, uint64_t mask)
{
    uint64_t level = 0;
    uint32_t n = sql_tail_count(call);
    for (size_t i = 0; i < g->keys.len && !n; i++) // GROUPING_ID(): of all
        level = level << 1 | !(mask >> i & 1);
    for (uint32_t i = 0; i < n; i++) {
        SqlNode *arg = by_position(g, sql_tail(call, i));
        size_t key = index_of(g->t, &g->keys, arg);
        if (key == g->keys.len)
            translate_unsupported(g->t, arg, "GROUPING asks about a column of GROUP BY.");
        level = level << 1 | !(mask >> key & 1);
    }
    return level;
}

static void add_named(Groups *g, SqlNode *items, SqlNode *value, const char *stem, size_t i)
{
    node_add_tail(g->t, items, make_item(g->t, value, make_part(g->t, stem, i)));
}

static SqlNode *count_rows(Translator *t, const SqlNode *place)
{
    return make_call1(t, place, "count", make_node(t, NODE_STAR, place, 0));
}

// No rows at all: the standard has one group of them, these have none.
static bool leaves_empty_out(Dialect d)
{
    return d == DIALECT_MYSQL || d == DIALECT_SPARK;
}

static SqlNode *groups_of(Groups *g, uint64_t mask, const SqlNode *from, const SqlNode *where)
{
    Translator *t = g->t;
    SqlNode *place = g->select, *items = make_node(t, NODE_LIST, place, 0);
    SqlNode *group = make_node(t, NODE_GROUP_BY, place, 0);
    for (size_t i = 0; i < g->keys.len; i++) {
        SqlNode *key = g->keys.at[i];
        bool in = mask >> i & 1;
        add_named(g, items, in ? node_clone(t, key) : make_null(t, key), "key", i);
        if (in)
            node_add_tail(t, group, node_is_constant(key) ? make_null(t, key) : node_clone(t, key));
    }
    for (size_t i = 0; i < g->aggregates.len; i++)
        add_named(g, items, node_clone(t, g->aggregates.at[i]), "agg", i);
    for (size_t i = 0; i < g->levels.len; i++) {
        uint64_t level = level_of(g, g->levels.at[i], mask);
        add_named(g, items, make_number(t, place, (int64_t)level), "level", i);
    }
    if (!mask && !g->aggregates.len) add_named(g, items, count_rows(t, place), "rows", 0);
    if (mask && !g->aggregates.len) add_named(g, items, make_number(t, place, 0), "rows", 0);
    SqlNode *arm = make_select(t, place, items);
    arm->child[SELECT_FROM] = node_clone(t, from);
    arm->child[SELECT_WHERE] = node_clone(t, where);
    if (group->count) arm->child[SELECT_GROUP] = group;
    if (!mask && leaves_empty_out(t->from)) {
        SqlNode *none = make_number(t, place, 0);
        arm->child[SELECT_HAVING] = make_binary(t, OP_GT, count_rows(t, place), none);
    }
    return arm;
}

// ---- what is grouped: read once

static SqlNode *from_source(void *ctx, SqlNode *n)
{
    Groups *g = ctx;
    if (n->kind != NODE_COLUMN || !is_own(g, g->select->child[SELECT_FROM], n)) return NULL;
    size_t i = index_of(g->t, &g->columns, n);
    if (i == g->columns.len) *vec_push(g->t->arena, &g->columns) = n;
    SqlNode *c = make_column(g->t, n, g->source, make_part(g->t, "col", i));
    c->type = n->type;
    return c;
}

static bool is_known(const Groups *g, const SqlNode *n)
{
    bool known = !n || n->kind != NODE_COLUMN || node_binding(g->t, n);
    for (uint32_t i = 0; n && i < n->count && known; i++) known = is_known(g, n->child[i]);
    return known;
}

static bool all_known(const Groups *g)
{
    for (size_t i = 0; i < g->keys.len; i++) {
        if (!is_known(g, g->keys.at[i])) return false;
    }
    for (size_t i = 0; i < g->aggregates.len; i++) {
        if (!is_known(g, g->aggregates.at[i])) return false;
    }
    return true;
}

static void add_cte(Translator *t, SqlNode *query, Str name, SqlNode *select)
{
    SqlNode *cte = make_node(t, NODE_CTE, select, 0);
    cte->text = name;
    cte->child[CTE_QUERY] = make_query(t, select);
    if (t->to == DIALECT_SQLITE) cte->flags = FLAG_MATERIALIZED;
    if (!query->child[QUERY_WITH]) query->child[QUERY_WITH] = make_node(t, NODE_WITH, select, 0);
    node_add_tail(t, query->child[QUERY_WITH], cte);
}

// One table is read again for each set; joins are made once.
static void share_source(Groups *g, SqlNode *query, SqlNode **from, SqlNode **where)
{
    Translator *t = g->t;
    bool table = (*from)->count == 1 && (*from)->child[0]->kind == NODE_TABLE;
    if (table || !all_known(g)) return;
    g->source = make_name(t, "rows");
    for (size_t i = 0; i < g->keys.len; i++)
        g->keys.at[i] = value_map(t, g->keys.at[i], from_source, g);
    for (size_t i = 0; i < g->aggregates.len; i++)
        g->aggregates.at[i] = value_map(t, g->aggregates.at[i], from_source, g);
    for (size_t i = 0; i < g->levels.len; i++)
        g->levels.at[i] = value_map(t, g->levels.at[i], from_source, g);
    SqlNode *items = make_node(t, NODE_LIST, g->select, 0);
    for (size_t i = 0; i < g->columns.len; i++)
        add_named(g, items, node_clone(t, g->columns.at[i]), "col", i);
    if (!items->count) add_named(g, items, make_number(t, g->select, 1), "col", 0);
    SqlNode *rows = make_select(t, g->select, items);
    rows->child[SELECT_FROM] = *from;
    rows->child[SELECT_WHERE] = *where;
    add_cte(t, query, g->source, rows);
    SqlNode *named = make_node(t, NODE_TABLE, g->select, 1);
    named->child[named->count - 1] = make_word(t, g->select, g->source);
    *from = make_from(t, named);
    *where = NULL;
}

static SqlNode *join_groups(Groups *g, const SqlNode *from, const SqlNode *where)
{
    SqlNode *all = NULL;
    for (size_t i = 0; i < g->sets.len && !g->t->failed; i++) {
        SqlNode *arm = groups_of(g, g->sets.at[i], from, where);
        if (!all) {
            all = arm;
            continue;
        }
        SqlNode *both = make_node(g->t, NODE_SETOP, g->select, 0);
        both->op = OP_UNION;
        both->flags = FLAG_ALL;
        both->child[LEFT_SIDE] = all;
        both->child[RIGHT_SIDE] = arm;
        all = both;
    }
    return all;
}

// GROUP BY a, b WITH ROLLUP and GROUP BY ROLLUP (a, b) say the same.
static bool is_spelled(Translator *t, SqlNode *group)
{
    bool with = sql_feature_in(FEATURE_WITH_ROLLUP, t->to);
    bool sets = sql_feature_in(FEATURE_GROUPING_SETS, t->to);
    bool rolled = group->op != OP_NONE, lone = group->count == 1 && !rolled;
    const SqlNode *only = group->child[0];
    if (sets && rolled && !with) {
        SqlNode *grouping = make_node(t, NODE_GROUPING, group, 0);
        grouping->op = group->op;
        node_set_tail(t, grouping, group->child, group->count);
        node_set_tail(t, group, &grouping, 1);
        group->op = OP_NONE;
    }
    bool plain = lone && only->kind == NODE_GROUPING && only->op == OP_ROLLUP;
    for (uint32_t i = 0; plain && i < only->count; i++) plain = only->child[i]->kind != NODE_ROW;
    if (with && !sets && plain) {
        node_set_tail(t, group, only->child, only->count);
        group->op = OP_ROLLUP;
        return true;
    }
    return sets || (with && rolled);
}

void lower_grouping(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *group = select->child[SELECT_GROUP];
    if (!has_sets(group) || is_spelled(t, group)) return;
    Groups g = {.t = t, .select = select, .alias = make_name(t, "t")};
    SqlNode *items = items_spelled(t, select);
    if (!items) return;
    select->child[SELECT_ITEMS] = items;
    all_sets(&g);
    if (t->failed) return;
    order_behind(&g, query->child[QUERY_ORDER]);
    static const int roles[] = {SELECT_ON, SELECT_HAVING, SELECT_WINDOWS, SELECT_QUALIFY};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        select->child[roles[i]] = spelled_behind(&g, select->child[roles[i]]);
    items_behind(&g);
    SqlNode *from = select->child[SELECT_FROM], *where = select->child[SELECT_WHERE];
    if (!from || t->failed) return;
    share_source(&g, query, &from, &where);
    SqlNode *groups = join_groups(&g, from, where);
    if (t->failed) return;
    select->child[SELECT_FROM] = make_from(t, make_derived(t, make_query(t, groups), g.alias));
    select->child[SELECT_WHERE] = select->child[SELECT_HAVING];
    select->child[SELECT_GROUP] = select->child[SELECT_HAVING] = NULL;
}
