// rule_depend: functional dependency: does GROUP BY fix a column that it does not name?
#include "sql/rule.h"

typedef struct {
    RuleRun *r;
    const SqlNode *select;
} Depend;

typedef struct {
    const SqlNode *source;
    uint32_t column;
} Determined;
typedef VEC(Determined) Closure;

// A query of one row: its columns are constants.
static bool is_one_row(Depend *g, const SqlNode *query)
{
    const SqlNode *n = query->child[QUERY_BODY];
    if (n->kind != NODE_SELECT || n->child[SELECT_GROUP]) return false;
    const SqlNode *items = n->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (rule_find_call(g->r, sql_tail(items, i)->child[ITEM_VALUE], CALL_AGGREGATE, false))
            return true;
    }
    return !n->child[SELECT_FROM];
}

// Of a derived table or a CTE.
static const SqlNode *query_of(const RuleRun *r, const SqlNode *source)
{
    const SqlNode *query = source->kind == NODE_DERIVED ? source->child[DERIVED_QUERY]
                           : source->kind == NODE_TABLE ? r->meaning->queries[source->id]
                                                        : NULL;
    return query && query->kind == NODE_QUERY ? query : NULL;
}

static bool brings_one_row(Depend *g, const SqlNode *source)
{
    const SqlNode *query = query_of(g->r, source);
    return query && is_one_row(g, query);
}

static bool is_in(const Closure *c, const SqlNode *source, uint32_t column)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->at[i].source == source && c->at[i].column == column) return true;
    }
    return false;
}

// All columns of the key are known, and none may be NULL.
static bool holds_key(Depend *g, const Closure *c, const SqlNode *source, const StrList *key)
{
    const SqlColumns *columns = &g->r->meaning->sources[source->id];
    const SqlTable *table = g->r->meaning->tables[source->id];
    for (size_t k = 0; k < key->len; k++) {
        bool found = false;
        for (uint32_t i = 0; i < columns->len && !found; i++) {
            bool may_be_null = table && !table->columns.at[i].not_null;
            found = !may_be_null && str_eq_nocase(columns->at[i].name, key->at[k]) &&
                    is_in(c, source, i);
        }
        if (!found) return false;
    }
    return key->len > 0;
}

static bool key_is_in(Depend *g, const Closure *c, const SqlNode *source)
{
    if (source->kind != NODE_TABLE) return false;
    const StrList *key = g->r->meaning->keys[source->id];
    if (key && holds_key(g, c, source, key)) return true;
    const SqlTable *table = g->r->meaning->tables[source->id];
    bool unique = table && g->r->dialect == DIALECT_MYSQL; // Postgres follows the primary key alone
    for (size_t i = 0; unique && i < table->unique_count; i++) {
        if (holds_key(g, c, source, &table->uniques[i])) return true;
    }
    return false;
}

// A table of the schema that says what its keys are.
static bool declares_keys(const Depend *g, const SqlNode *source)
{
    const SqlTable *table = g->r->meaning->tables[source->id];
    return g->r->meaning->keys[source->id] || (table && table->unique_count);
}

// In Postgres a column that USING or NATURAL makes one is that of its one side, where no FULL JOIN
// makes it of both.
static Determined column_of(const Depend *g, const SqlBinding *b)
{
    const SqlMeaning *m = g->r->meaning;
    Determined d = {b->source, b->column};
    while (g->r->dialect == DIALECT_POSTGRES && d.source && d.source->kind == NODE_JOIN) {
        const SqlNode *join = d.source;
        const SqlNode *from = join->child[join->op == OP_RIGHT ? JOIN_RIGHT : JOIN_LEFT];
        SqlSide side;
        bool known = join->op != OP_FULL && d.column < m->sources[join->id].len &&
                     sql_using_side(m, from, m->sources[join->id].at[d.column].name, &side);
        if (!known) break;
        d = (Determined){side.source, side.column};
    }
    return d;
}

static void add_column(Depend *g, Closure *c, const SqlNode *n)
{
    if (n->kind != NODE_COLUMN) return;
    Determined d = column_of(g, &g->r->meaning->bindings[n->id]);
    if (d.source && !is_in(c, d.source, d.column)) *vec_push(g->r->arena, c) = d;
}

static bool knows(Depend *g, const Closure *c, const SqlNode *n)
{
    if (n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_TYPED) return true;
    if (n->kind != NODE_COLUMN) return false;
    const SqlBinding *b = &g->r->meaning->bindings[n->id];
    return b->source && (is_in(c, b->source, b->column) || key_is_in(g, c, b->source));
}

// The columns of one name in the tables that a join has below it, and its own merged one.
static void columns_named(Depend *g, const SqlNode *n, Str name, Closure *out)
{
    if (!n || !rule_step(g->r)) return;
    const SqlColumns *columns = &g->r->meaning->sources[n->id];
    for (uint32_t i = 0; i < columns->len; i++) {
        if (str_eq_nocase(columns->at[i].name, name))
            *vec_push(g->r->arena, out) = (Determined){n, i};
    }
    if (n->kind != NODE_JOIN) return;
    columns_named(g, n->child[JOIN_LEFT], name, out);
    columns_named(g, n->child[JOIN_RIGHT], name, out);
}

// USING and NATURAL: the columns that a join makes one are known together.
static void add_merged(Depend *g, Closure *c, const SqlNode *join)
{
    const SqlColumns *merged = &g->r->meaning->sources[join->id];
    for (uint32_t i = 0; i < merged->len; i++) {
        Closure same = {0};
        bool known = false;
        columns_named(g, join, merged->at[i].name, &same);
        for (size_t k = 0; k < same.len && !known; k++)
            known = is_in(c, same.at[k].source, same.at[k].column);
        for (size_t k = 0; known && k < same.len; k++) {
            if (!is_in(c, same.at[k].source, same.at[k].column))
                *vec_push(g->r->arena, c) = same.at[k];
        }
    }
}

// a = b in WHERE and ON: one side that is known makes the other known.
static void add_equalities(Depend *g, Closure *c, const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY || !rule_step(g->r)) return;
    if (n->kind == NODE_BINARY && n->op == OP_EQ) {
        const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
        if (knows(g, c, a)) add_column(g, c, b);
        if (knows(g, c, b)) add_column(g, c, a);
        return;
    }
    if (n->kind == NODE_JOIN) add_merged(g, c, n);
    bool through = n->kind == NODE_AND || n->kind == NODE_FROM || n->kind == NODE_JOIN;
    for (uint32_t i = 0; through && i < n->count; i++) add_equalities(g, c, n->child[i]);
}

// ---- inside derived tables, which MySQL follows as well

typedef VEC(const SqlNode *) Values;

static Dependency worse(Dependency a, Dependency b)
{
    return a < b ? a : b;
}

// A SELECT whose columns are its items, one each, and whose rows are all of them.
static const SqlNode *plain_select(const SqlNode *query)
{
    const SqlNode *n = query->child[QUERY_BODY];
    if (n->kind != NODE_SELECT || n->flags & FLAG_DISTINCT || query->child[QUERY_LIMIT])
        return NULL;
    const SqlNode *items = n->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return NULL;
    }
    return n;
}

static const SqlNode *value_at(const SqlNode *select, uint32_t column)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    return column < sql_tail_count(items) ? sql_tail(items, column)->child[ITEM_VALUE] : NULL;
}

// Is the value fixed where those of `known` are?
static Dependency value_depends(RuleRun *r, const SqlNode *select, const Values *known,
                                const SqlNode *value)
{
    if (!value) return DEPENDENT;
    if (!rule_step(r)) return MAY_DEPEND;
    for (size_t i = 0; i < known->len; i++) {
        if (rule_same(r, known->at[i], value)) return DEPENDENT;
    }
    bool call = value->kind == NODE_CALL;
    if (value->kind == NODE_QUERY || (call && rule_call(r, value) != CALL_SCALAR))
        return MAY_DEPEND;
    if (value->kind == NODE_COLUMN) {
        const SqlBinding *b = &r->meaning->bindings[value->id];
        bool read = b->source && !b->item && b->query == select && b->column != SQL_COLUMN_OPEN;
        return read ? rule_depends(r, select, known->at, known->len, b) : MAY_DEPEND;
    }
    Dependency all = DEPENDENT;
    for (uint32_t i = 0; i < value->count; i++)
        all = worse(all, value_depends(r, select, known, value->child[i]));
    return all;
}

// Are the values by which the rows are grouped?
static Dependency groups_depend(RuleRun *r, const SqlNode *select, const Values *known)
{
    const SqlNode *groups = select->child[SELECT_GROUP];
    Dependency all = DEPENDENT;
    for (uint32_t i = 0; i < sql_tail_count(groups); i++) {
        const SqlNode *one = rule_value(r, sql_tail(groups, i)), *item;
        if (one->kind == NODE_GROUPING) return MAY_DEPEND;
        uint32_t place;
        if (rule_is_position(one, &place)) {
            item = rule_item_at(select->child[SELECT_ITEMS], one);
            if (!item) return MAY_DEPEND;
            one = item->child[ITEM_VALUE];
        }
        all = worse(all, value_depends(r, select, known, one));
    }
    return sql_tail_count(groups) ? all : MAY_DEPEND;
}

static Dependency derived_depends(Depend *g, const Closure *c, const SqlBinding *b)
{
    const SqlNode *select = plain_select(query_of(g->r, b->source));
    const SqlNode *value = select ? value_at(select, b->column) : NULL;
    Values known = {0};
    for (size_t i = 0; select && i < c->len; i++) {
        if (c->at[i].source == b->source && value_at(select, c->at[i].column))
            *vec_push(g->r->arena, &known) = value_at(select, c->at[i].column);
    }
    if (!value || !rule_step(g->r)) return MAY_DEPEND;
    if (!select->child[SELECT_GROUP]) return value_depends(g->r, select, &known, value);
    Dependency groups = groups_depend(g->r, select, &known);
    bool made = rule_find_call(g->r, value, CALL_AGGREGATE, false) != NULL;
    bool window = rule_find_call(g->r, value, CALL_WINDOW, false) != NULL;
    if (groups == DEPENDENT || window) return window ? MAY_DEPEND : DEPENDENT;
    return made ? groups : value_depends(g->r, select, &known, value);
}

// MySQL follows keys, constants and equal columns, Postgres the primary key alone.
Dependency rule_depends(RuleRun *r, const SqlNode *select, const SqlNode *const *groups,
                        size_t count, const SqlBinding *b)
{
    Depend g = {r, select};
    Dialect d = r->dialect;
    if (d != DIALECT_POSTGRES && d != DIALECT_MYSQL) return INDEPENDENT;
    if (d == DIALECT_MYSQL && brings_one_row(&g, b->source)) return DEPENDENT;
    Closure c = {0};
    for (size_t i = 0; i < count; i++) add_column(&g, &c, groups[i]);
    if (d == DIALECT_MYSQL) {
        for (size_t before = SIZE_MAX; before != c.len;) {
            before = c.len;
            add_equalities(&g, &c, select->child[SELECT_WHERE]);
            add_equalities(&g, &c, select->child[SELECT_FROM]);
        }
    }
    Determined own = column_of(&g, b);
    if (is_in(&c, own.source, own.column) || key_is_in(&g, &c, own.source)) return DEPENDENT;
    // A table that declares no key may have one.
    bool query = query_of(r, b->source) != NULL;
    bool may = d == DIALECT_MYSQL &&
               (query || b->source->kind != NODE_TABLE || !declares_keys(&g, b->source));
    for (size_t i = 0; may && i < c.len; i++) {
        if (c.at[i].source == b->source) return query ? derived_depends(&g, &c, b) : MAY_DEPEND;
    }
    return INDEPENDENT;
}
