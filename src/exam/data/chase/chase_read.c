// chase_read: which rows a query asks for: its tables in FROM, those of its subqueries, what it
// groups by. Of the sides of a set operation one is drawn, or both are there.
#include "exam/data/chase/chase.h"

size_t chase_class(Chase *c, size_t slot)
{
    size_t *of = c->class.at;
    while (of[slot] != slot) slot = of[slot] = of[of[slot]];
    return slot;
}

void chase_unite(Chase *c, size_t x, size_t y)
{
    if (x == CHASE_NOWHERE || y == CHASE_NOWHERE) return;
    c->class.at[chase_class(c, x)] = chase_class(c, y);
}

size_t chase_add_stand(Chase *c, const SqlNode *source, size_t table)
{
    size_t first = c->class.len;
    if (c->stands.len == CHASE_STANDS_MOST) return CHASE_NOWHERE;
    *vec_push(c->arena, &c->stands) =
        (Stand){.source = source, .context = c->context, .table = table, .first = first};
    for (size_t i = 0; i < c->w->tables[table].width; i++)
        *vec_push(c->arena, &c->class) = first + i;
    return c->stands.len - 1;
}

static const Stand *stand_of(const Chase *c, size_t slot)
{
    const Stand *s = c->stands.at;
    while (slot >= s->first + c->w->tables[s->table].width) s++;
    return s;
}

const ColumnSpec *chase_column(const Chase *c, size_t slot)
{
    const Stand *s = stand_of(c, slot);
    return &c->w->tables[s->table].columns[slot - s->first];
}

bool chase_one_in(Chase *c, uint64_t n)
{
    return rng_below(&c->rng, n) == 0;
}

bool chase_active(const Chase *c, const ChasePath *path)
{
    for (size_t i = 0; i < path->len; i++) {
        if (c->chosen[path->choice[i]] != path->branch[i]) return false;
    }
    return true;
}

// One more choice among so many; false when they are too deep.
bool chase_open_choice(Chase *c, uint32_t branches)
{
    ChasePath *p = &c->path;
    if (p->len == CHASE_PATH_MOST || branches > UINT8_MAX || c->choices.len > UINT8_MAX)
        return false;
    p->choice[p->len] = (uint16_t)c->choices.len;
    p->branch[p->len++] = 0;
    *vec_push(c->arena, &c->choices) = (uint16_t)branches;
    return true;
}

// --- FROM ---

static void unite_named(Chase *c, size_t from, size_t middle, Str name)
{
    size_t left = CHASE_NOWHERE, at;
    for (size_t i = from; i < c->stands.len; i++) {
        const Stand *s = &c->stands.at[i];
        if (!warehouse_column(&c->w->tables[s->table], name, &at)) continue;
        if (i < middle) left = s->first + at;
        if (i >= middle) chase_unite(c, left, s->first + at);
    }
}

static void read_using(Chase *c, const SqlNode *join, size_t from, size_t middle)
{
    const SqlNode *names = join->child[JOIN_USING];
    for (uint32_t i = 0; i < sql_tail_count(names); i++)
        unite_named(c, from, middle, sql_tail(names, i)->text);
    for (size_t s = from; join->flags & FLAG_NATURAL && s < middle; s++) {
        const TableSpec *t = &c->w->tables[c->stands.at[s].table];
        for (size_t i = 0; i < t->width; i++) unite_named(c, from, middle, t->columns[i].name);
    }
}

static void read_from(Chase *c, const SqlNode *n);

static void read_join(Chase *c, const SqlNode *n)
{
    size_t from = c->stands.len;
    read_from(c, n->child[JOIN_LEFT]);
    size_t middle = c->stands.len;
    read_from(c, n->child[JOIN_RIGHT]);
    bool outer = n->op == OP_LEFT || n->op == OP_FULL || n->op == OP_ANTI;
    bool absent = outer && chase_one_in(c, n->op == OP_ANTI ? 2 : 6);
    for (size_t i = middle; absent && i < c->stands.len; i++) c->stands.at[i].absent = true;
    read_using(c, n, from, middle);
    if (n->child[JOIN_ON]) chase_read_condition(c, n->child[JOIN_ON], false);
}

static void read_from(Chase *c, const SqlNode *n)
{
    if (!n) return;
    switch (n->kind) {
    case NODE_FROM:
        for (uint32_t i = 0; i < sql_tail_count(n); i++) read_from(c, sql_tail(n, i));
        return;
    case NODE_JOIN:
        read_join(c, n);
        return;
    case NODE_TABLE:
    case NODE_DERIVED: {
        const TableSpec *t = tree_table(c->tree, n);
        const SqlNode *query = t ? NULL : tree_query_of(c->tree, n);
        if (t) chase_add_stand(c, n, (size_t)(t - c->w->tables));
        uint64_t context = c->context;
        c->context = chase_within(context, n);
        if (query) chase_read_query(c, query);
        c->context = context;
        return;
    }
    default:
        return;
    }
}

// --- Queries ---

typedef struct {
    const SqlNode *at[UINT8_MAX];
    uint32_t len;
} Conditions;

// Conditions among what is put out: CASE WHEN status = 'late', FILTER (WHERE …), SUM(x = 'a').
static void find_conditions(const SqlNode *n, bool aggregated, Conditions *out)
{
    if (!n || n->kind == NODE_QUERY || out->len == UINT8_MAX) return;
    bool compares = n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE;
    if (n->kind == NODE_WHEN)
        out->at[out->len++] = n->child[WHEN_CONDITION];
    else if (aggregated && compares)
        out->at[out->len++] = n;
    if (n->kind == NODE_CALL && n->child[CALL_FILTER] && out->len < UINT8_MAX)
        out->at[out->len++] = n->child[CALL_FILTER];
    bool within = n->kind != NODE_WHEN && (aggregated || n->kind == NODE_CALL);
    for (uint32_t i = 0; i < n->count; i++) find_conditions(n->child[i], within, out);
}

// Each copy of the rows meets one of them, or none.
static void read_within(Chase *c, const SqlNode *select)
{
    Conditions all = {.len = 0};
    find_conditions(select->child[SELECT_ITEMS], false, &all);
    find_conditions(select->child[SELECT_HAVING], false, &all);
    bool apart = c->apart;
    if (!all.len || !chase_open_choice(c, all.len + 1)) return;
    c->apart = true;
    for (uint32_t i = 0; i < all.len; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        chase_read_condition(c, all.at[i], false);
    }
    c->apart = apart;
    c->path.len--;
}

static void read_keys(Chase *c, const SqlNode *list)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        size_t slot = chase_slot(c, sql_tail(list, i)).slot;
        if (slot != CHASE_NOWHERE) *vec_push(c->arena, &c->keys) = slot;
    }
}

// What windows are partitioned by, rows are grouped by.
static void read_windows(Chase *c, const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return;
    if (n->kind == NODE_WINDOW && n->child[WINDOW_PARTITION])
        read_keys(c, n->child[WINDOW_PARTITION]);
    for (uint32_t i = 0; i < n->count; i++) read_windows(c, n->child[i]);
}

static void read_select(Chase *c, const SqlNode *n)
{
    read_from(c, n->child[SELECT_FROM]);
    if (n->child[SELECT_WHERE]) chase_read_condition(c, n->child[SELECT_WHERE], false);
    if (n->child[SELECT_HAVING] && !chase_one_in(c, 3))
        chase_read_condition(c, n->child[SELECT_HAVING], false);
    read_within(c, n);
    if (n->child[SELECT_GROUP]) read_keys(c, n->child[SELECT_GROUP]);
    read_windows(c, n->child[SELECT_ITEMS]);
}

static const SqlNode *select_in(const SqlNode *n)
{
    while (n && (n->kind == NODE_QUERY || n->kind == NODE_SETOP))
        n = n->child[n->kind == NODE_QUERY ? (uint32_t)QUERY_BODY : (uint32_t)LEFT_SIDE];
    return n && n->kind == NODE_SELECT ? n->child[SELECT_ITEMS] : NULL;
}

static void unite_items(Chase *c, const SqlNode *n)
{
    const SqlNode *x = select_in(n->child[LEFT_SIDE]), *y = select_in(n->child[RIGHT_SIDE]);
    for (uint32_t i = 0; x && y && i < sql_tail_count(x) && i < sql_tail_count(y); i++)
        chase_unite(c, chase_slot(c, sql_tail(x, i)->child[ITEM_VALUE]).slot,
                    chase_slot(c, sql_tail(y, i)->child[ITEM_VALUE]).slot);
}

void chase_read_query(Chase *c, const SqlNode *query)
{
    if (!query || c->visits++ == CHASE_VISITS_MOST) return;
    switch (query->kind) {
    case NODE_QUERY:
        chase_read_query(c, query->child[QUERY_BODY]);
        return;
    case NODE_SETOP: {
        bool first = query->op == OP_EXCEPT || query->op == OP_MINUS_SET;
        bool right = !first && query->op != OP_INTERSECT && chase_one_in(c, 2);
        c->branch[query->id] = right ? 2 : 1;
        chase_read_query(c, query->child[right ? RIGHT_SIDE : LEFT_SIDE]);
        if (query->op != OP_INTERSECT && chase_one_in(c, 2)) return;
        chase_read_query(c, query->child[right ? LEFT_SIDE : RIGHT_SIDE]);
        if (query->op == OP_INTERSECT || chase_one_in(c, 2)) unite_items(c, query);
        return;
    }
    case NODE_SELECT:
        read_select(c, query);
        return;
    default:
        return;
    }
}

void chase_read(Chase *c)
{
    const SqlNode *root = c->tree->script.root;
    c->branch = arena_array(c->arena, uint8_t, c->tree->script.nodes);
    if (root->count) chase_read_query(c, root->child[root->count - 1]);
}
