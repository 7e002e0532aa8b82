// chase_read: which rows a query asks for, and what it asks of them: tables in FROM, keys that are
// equal, values that are compared with constants. Of alternatives one is drawn.
#include "exam/data/chase.h"

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

static bool one_in(Chase *c, uint64_t n)
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
static bool open_choice(Chase *c, uint32_t branches)
{
    ChasePath *p = &c->path;
    if (p->len == CHASE_PATH_MOST || branches > UINT8_MAX || c->choices.len > UINT8_MAX)
        return false;
    p->choice[p->len] = (uint16_t)c->choices.len;
    p->branch[p->len++] = 0;
    *vec_push(c->arena, &c->choices) = (uint16_t)branches;
    return true;
}

static void unite(Chase *c, size_t x, size_t y)
{
    if (!c->apart) chase_unite(c, x, y);
}

static void read_query(Chase *c, const SqlNode *query);
static void read_condition(Chase *c, const SqlNode *n, bool negated);

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
    bool absent = outer && one_in(c, n->op == OP_ANTI ? 2 : 6);
    for (size_t i = middle; absent && i < c->stands.len; i++) c->stands.at[i].absent = true;
    read_using(c, n, from, middle);
    if (n->child[JOIN_ON]) read_condition(c, n->child[JOIN_ON], false);
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
        if (query) read_query(c, query);
        c->context = context;
        return;
    }
    default:
        return;
    }
}

// --- Conditions ---

static SqlOp opposite(SqlOp op)
{
    switch (op) {
    case OP_LT:
        return OP_GE;
    case OP_LE:
        return OP_GT;
    case OP_GT:
        return OP_LE;
    case OP_GE:
        return OP_LT;
    case OP_EQ:
        return OP_NE;
    case OP_NE:
        return OP_EQ;
    default:
        return op;
    }
}

static void add_want(Chase *c, const SqlNode *operand, SqlOp op, const SqlNode *constant)
{
    SlotUse u = chase_slot(c, operand);
    Want w = {.slot = u.slot,
              .op = op,
              .from = u.from,
              .part = u.part,
              .parted = u.parted,
              .path = c->path};
    if (u.slot == CHASE_NOWHERE) return;
    if (constant && !chase_constant(c->arena, constant, &w.value)) return;
    *vec_push(c->arena, &c->wants) = w;
}

static void add_pair(Chase *c, SlotUse x, SqlOp op, SlotUse y)
{
    if (x.slot == CHASE_NOWHERE || y.slot == CHASE_NOWHERE) return;
    bool parted = x.parted && y.parted && (x.shifted || y.shifted);
    if (op == OP_EQ && !x.shifted && !y.shifted) {
        unite(c, x.slot, y.slot);
        return;
    }
    if (x.slot == y.slot) return;
    Pair p = {.slot = x.slot, .other = y.slot, .op = op, .shift = y.shift, .path = c->path};
    if (x.shifted && !y.shifted) {
        p.shift = x.shift;
        p.shift.by = -x.shift.by;
    }
    if (parted && !p.shift.timed) {
        p.shift.timed = true;
        p.shift.unit = x.part;
    }
    *vec_push(c->arena, &c->pairs) = p;
}

// How many rows a group is to have, where it is asked for.
static void note_count(Chase *c, const SqlNode *n, const Value *v)
{
    const int64_t most = 12;
    bool counts = n->kind == NODE_CALL && str_eq_nocase(n->text, S("count"));
    if (counts && v->kind == VALUE_INTEGER && v->integer > 0 && v->integer <= most)
        c->crowd = (size_t)v->integer;
}

static void read_constant(Chase *c, const SqlNode *n, SqlOp op, const SqlNode *constant,
                          const Value *v)
{
    SlotUse x, y;
    note_count(c, n, v);
    bool number = v->kind == VALUE_INTEGER || v->kind == VALUE_REAL;
    if (number && chase_difference(c, n, &x, &y)) {
        y.shifted = true;
        y.shift.by = v->kind == VALUE_REAL ? v->real : (double)v->integer;
        add_pair(c, x, op, y);
        return;
    }
    add_want(c, n, op, constant);
}

// What stands in a subquery for a value is there as well, mostly.
static void read_inner(Chase *c, const SqlNode *n)
{
    if (c->apart) return;
    if (n->kind == NODE_SUBQUERY && !one_in(c, 6)) read_query(c, n->child[ONLY]);
    for (uint32_t i = 0; n->kind == NODE_BINARY && i < n->count; i++) read_inner(c, n->child[i]);
}

static void read_comparison(Chase *c, const SqlNode *n, bool negated)
{
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    SqlOp op = negated ? opposite(n->op) : (SqlOp)n->op;
    Value any;
    if (op == OP_SAME) op = OP_EQ;
    if (op < OP_EQ || op > OP_GE) return;
    if (chase_constant(c->arena, right, &any)) {
        read_constant(c, left, op, right, &any);
        return;
    }
    if (chase_constant(c->arena, left, &any)) {
        read_constant(c, right, sql_op_turned(op), left, &any);
        return;
    }
    read_inner(c, left);
    read_inner(c, right);
    add_pair(c, chase_slot(c, left), op, chase_slot(c, right));
}

static void read_listed(Chase *c, const SqlNode *operand, const SqlNode *one, bool not )
{
    Value any;
    if (chase_constant(c->arena, one, &any)) {
        add_want(c, operand, not ? OP_NE : OP_EQ, one);
    } else if (!not ) {
        unite(c, chase_slot(c, operand).slot, chase_slot(c, one).slot);
    }
}

// One of the list, or none of them.
static void read_list(Chase *c, const SqlNode *operand, const SqlNode *set, bool not )
{
    uint32_t count = sql_tail_count(set);
    bool apart = c->apart;
    if (!count) return;
    uint32_t drawn = (uint32_t)rng_below(&c->rng, count);
    if (not || !open_choice(c, count)) {
        read_listed(c, operand, sql_tail(set, drawn), not );
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        c->apart = apart || i != drawn;
        read_listed(c, operand, sql_tail(set, i), false);
    }
    c->apart = apart;
    c->path.len--;
}

static void read_in(Chase *c, const SqlNode *n, bool negated)
{
    const SqlNode *set = n->child[OPERAND_SECOND];
    bool not = !(n->flags & FLAG_NOT) == negated;
    if (!set) return;
    if (set->kind == NODE_QUERY || set->kind == NODE_SUBQUERY) {
        const SqlNode *query = set->kind == NODE_SUBQUERY ? set->child[ONLY] : set;
        if (not &&one_in(c, 2)) return;
        read_query(c, query);
        const SqlNode *select = tree_select_of(query);
        const SqlNode *items = select ? select->child[SELECT_ITEMS] : NULL;
        if (!items || sql_tail_count(items) != 1 || (not &&one_in(c, 2))) return;
        unite(c, chase_slot(c, n->child[OPERAND]).slot,
              chase_slot(c, sql_tail(items, 0)->child[ITEM_VALUE]).slot);
        return;
    }
    read_list(c, n->child[OPERAND], set, not );
}

static void read_bound(Chase *c, const SqlNode *operand, SqlOp op, const SqlNode *bound)
{
    Value any;
    if (chase_constant(c->arena, bound, &any)) {
        add_want(c, operand, op, bound);
        return;
    }
    add_pair(c, chase_slot(c, operand), op, chase_slot(c, bound));
}

// A subquery whose rows are asked for; of one that must give none, at times.
static void read_exists(Chase *c, const SqlNode *n, bool negated)
{
    bool not = !(n->flags & FLAG_NOT) == negated;
    if (!c->apart && (!not || one_in(c, 2))) read_query(c, n->child[ONLY]);
}

// Of which one is enough: the rows of one of them are there, the values of any.
static void read_alternatives(Chase *c, const SqlNode *n, bool negated)
{
    uint32_t all = sql_tail_count(n), drawn = (uint32_t)rng_below(&c->rng, all);
    bool apart = c->apart;
    if (!open_choice(c, all)) {
        read_condition(c, sql_tail(n, drawn), negated);
        return;
    }
    for (uint32_t i = 0; i < all; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        c->apart = apart || i != drawn;
        read_condition(c, sql_tail(n, i), negated);
    }
    c->apart = apart;
    c->path.len--;
}

static void read_condition(Chase *c, const SqlNode *n, bool negated)
{
    bool not = !(n->flags & FLAG_NOT) == negated;
    uint32_t all = sql_tail_count(n);
    switch (n->kind) {
    case NODE_AND:
    case NODE_OR: // of which one is enough
        if ((n->kind == NODE_OR) != negated) {
            read_alternatives(c, n, negated);
            return;
        }
        for (uint32_t i = 0; i < all; i++) read_condition(c, sql_tail(n, i), negated);
        return;
    case NODE_UNARY:
        if (n->op == OP_NOT) read_condition(c, n->child[ONLY], !negated);
        return;
    case NODE_BINARY:
        read_comparison(c, n, negated);
        return;
    case NODE_IN:
        read_in(c, n, negated);
        return;
    case NODE_BETWEEN:
        if (not ) return;
        read_bound(c, n->child[OPERAND], OP_GE, n->child[OPERAND_SECOND]);
        read_bound(c, n->child[OPERAND], OP_LE, n->child[OPERAND_THIRD]);
        return;
    case NODE_LIKE:
        if (!not &&(n->op == OP_LIKE || n->op == OP_ILIKE))
            add_want(c, n->child[OPERAND], OP_LIKE, n->child[OPERAND_SECOND]);
        return;
    case NODE_IS:
        if (n->op == OP_IS_NULL) add_want(c, n->child[OPERAND], not ? OP_NONE : OP_IS_NULL, NULL);
        return;
    case NODE_EXISTS:
        read_exists(c, n, negated);
        return;
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
    if (!all.len || !open_choice(c, all.len + 1)) return;
    c->apart = true;
    for (uint32_t i = 0; i < all.len; i++) {
        c->path.branch[c->path.len - 1] = (uint16_t)i;
        read_condition(c, all.at[i], false);
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

static void read_select(Chase *c, const SqlNode *n)
{
    read_from(c, n->child[SELECT_FROM]);
    if (n->child[SELECT_WHERE]) read_condition(c, n->child[SELECT_WHERE], false);
    if (n->child[SELECT_HAVING] && !one_in(c, 3)) read_condition(c, n->child[SELECT_HAVING], false);
    read_within(c, n);
    if (n->child[SELECT_GROUP]) read_keys(c, n->child[SELECT_GROUP]);
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

static void read_query(Chase *c, const SqlNode *query)
{
    if (!query || c->visits++ == CHASE_VISITS_MOST) return;
    switch (query->kind) {
    case NODE_QUERY:
        read_query(c, query->child[QUERY_BODY]);
        return;
    case NODE_SETOP: {
        bool first = query->op == OP_EXCEPT || query->op == OP_MINUS_SET;
        bool right = !first && query->op != OP_INTERSECT && one_in(c, 2);
        c->branch[query->id] = right ? 2 : 1;
        read_query(c, query->child[right ? RIGHT_SIDE : LEFT_SIDE]);
        if (query->op != OP_INTERSECT && one_in(c, 2)) return;
        read_query(c, query->child[right ? LEFT_SIDE : RIGHT_SIDE]);
        if (query->op == OP_INTERSECT || one_in(c, 2)) unite_items(c, query);
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
    if (root->count) read_query(c, root->child[root->count - 1]);
}
