// rule_group: a column that is neither grouped nor aggregated.
#include "sql/rule.h"

typedef struct {
    RuleRun *r;
    const SqlNode *select;
    VEC(const SqlNode *) groups; // the values of GROUP BY
    bool silent;                 // a group that is not understood
    bool grouped;                // there is a GROUP BY
    bool levels;                 // ROLLUP and its kin: a key may be NULL that determines nothing
    bool inside;                 // a subquery of the expression
} Group;

// ---- what GROUP BY names

static void add_group(Group *g, const SqlNode *e)
{
    RuleRun *r = g->r;
    uint32_t at;
    if (e->kind == NODE_GROUPING || e->kind == NODE_ROW) {
        for (uint32_t i = 0; i < sql_tail_count(e); i++) add_group(g, sql_tail(e, i));
        return;
    }
    if (rule_is_position(e, &at)) {
        const SqlNode *item = rule_item_at(g->select->child[SELECT_ITEMS], e);
        if (!item) g->silent = true;
        if (item) *vec_push(r->arena, &g->groups) = rule_value(r, item->child[ITEM_VALUE]);
        return;
    }
    *vec_push(r->arena, &g->groups) = rule_value(r, e);
}

// GROUP BY ALL: the items without an aggregate and without a window.
static void add_items(Group *g)
{
    const SqlNode *items = g->select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        bool unknown = rule_find_call(g->r, value, CALL_UNKNOWN, true) != NULL;
        if (value->kind == NODE_STAR || unknown) {
            g->silent = true;
        } else if (!rule_find_call(g->r, value, CALL_AGGREGATE, true) &&
                   !rule_find_call(g->r, value, CALL_WINDOW, true)) {
            *vec_push(g->r->arena, &g->groups) = rule_value(g->r, value);
        }
    }
}

static bool is_group(Group *g, const SqlNode *e)
{
    for (size_t i = 0; i < g->groups.len; i++) {
        if (rule_same(g->r, g->groups.at[i], e)) return true;
    }
    return false;
}

// ---- functional dependency

typedef struct {
    const SqlNode *source;
    uint32_t column;
} Determined;
typedef VEC(Determined) Closure;

// A query of one row: its columns are constants.
static bool is_one_row(Group *g, const SqlNode *query)
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

static bool brings_one_row(Group *g, const SqlNode *source)
{
    const SqlNode *query = source->kind == NODE_DERIVED ? source->child[DERIVED_QUERY]
                           : source->kind == NODE_TABLE ? g->r->meaning->queries[source->id]
                                                        : NULL;
    return query && query->kind == NODE_QUERY && is_one_row(g, query);
}

static bool is_in(const Closure *c, const SqlNode *source, uint32_t column)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->at[i].source == source && c->at[i].column == column) return true;
    }
    return false;
}

// All columns of the key are known, and none may be NULL.
static bool holds_key(Group *g, const Closure *c, const SqlNode *source, const StrList *key)
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

static bool key_is_in(Group *g, const Closure *c, const SqlNode *source)
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
static bool declares_keys(const Group *g, const SqlNode *source)
{
    const SqlTable *table = g->r->meaning->tables[source->id];
    return g->r->meaning->keys[source->id] || (table && table->unique_count);
}

static void add_column(Group *g, Closure *c, const SqlNode *n)
{
    if (n->kind != NODE_COLUMN) return;
    const SqlBinding *b = &g->r->meaning->bindings[n->id];
    if (b->source && !is_in(c, b->source, b->column))
        *vec_push(g->r->arena, c) = (Determined){b->source, b->column};
}

static bool knows(Group *g, const Closure *c, const SqlNode *n)
{
    if (n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_TYPED) return true;
    if (n->kind != NODE_COLUMN) return false;
    const SqlBinding *b = &g->r->meaning->bindings[n->id];
    return b->source && (is_in(c, b->source, b->column) || key_is_in(g, c, b->source));
}

// The columns of one name in the tables that a join has below it, and its own merged one.
static void columns_named(Group *g, const SqlNode *n, Str name, Closure *out)
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
static void add_merged(Group *g, Closure *c, const SqlNode *join)
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
static void add_equalities(Group *g, Closure *c, const SqlNode *n)
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

typedef enum { INDEPENDENT, MAY_DEPEND, DEPENDENT } Dependency;

// MySQL follows keys, constants and equal columns, Postgres the primary key alone.
static Dependency dependency(Group *g, const SqlBinding *b)
{
    Dialect d = g->r->dialect;
    if (g->levels || (d != DIALECT_POSTGRES && d != DIALECT_MYSQL)) return INDEPENDENT;
    if (d == DIALECT_MYSQL && brings_one_row(g, b->source)) return DEPENDENT;
    Closure c = {0};
    for (size_t i = 0; i < g->groups.len; i++) add_column(g, &c, g->groups.at[i]);
    if (d == DIALECT_MYSQL) {
        for (size_t before = SIZE_MAX; before != c.len;) {
            before = c.len;
            add_equalities(g, &c, g->select->child[SELECT_WHERE]);
            add_equalities(g, &c, g->select->child[SELECT_FROM]);
        }
    }
    if (is_in(&c, b->source, b->column) || key_is_in(g, &c, b->source)) return DEPENDENT;
    // Inside a derived table it is not followed, and a table that declares no key may have one.
    bool may =
        d == DIALECT_MYSQL && (b->source->kind != NODE_TABLE || !declares_keys(g, b->source));
    for (size_t i = 0; may && i < c.len; i++) {
        if (c.at[i].source == b->source) return MAY_DEPEND;
    }
    return INDEPENDENT;
}

// ---- the look at an expression

static void refuse(Group *g, const SqlNode *n, Str name)
{
    if (g->grouped) {
        rule_refuse(g->r, n, HOME_GROUP, name,
                    STR_FMT " is neither grouped nor aggregated: add it to GROUP BY, or say which "
                            "of its values is meant.",
                    STR_ARG(name));
    } else {
        rule_refuse(g->r, n, HOME_GROUP, name,
                    STR_FMT " stands beside an aggregate and there is no GROUP BY: group by it, or "
                            "aggregate it too.",
                    STR_ARG(name));
    }
}

static void check_column(Group *g, const SqlNode *n)
{
    const SqlBinding *b = &g->r->meaning->bindings[n->id];
    if (b->query != g->select || !b->source) return; // of another query, an alias, not known
    Dependency how = dependency(g, b);
    if (how == INDEPENDENT) refuse(g, n, sql_last(n)->text);
    if (how == MAY_DEPEND && !g->inside) g->r->meaning->bare[n->id] = true;
}

static void check_value(Group *g, const SqlNode *n);

static void check_children(Group *g, const SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) check_value(g, n->child[i]);
    }
}

static void check_call(Group *g, const SqlNode *n)
{
    switch (rule_call(g->r, n)) {
    case CALL_AGGREGATE:
        return;
    case CALL_UNKNOWN: // may be an aggregate
        return;
    case CALL_WINDOW: // its arguments are those of the grouped rows
    case CALL_SCALAR:
        break;
    }
    bool grouping = str_starts(str_lower(g->r->arena, n->text), S("grouping"));
    if (!grouping) check_children(g, n);
}

static void check_value(Group *g, const SqlNode *n)
{
    if (!rule_step(g->r)) return;
    if (n->kind != NODE_QUERY && n->kind != NODE_LIST && is_group(g, n)) return;
    switch (n->kind) {
    case NODE_COLUMN:
        check_column(g, n);
        break;
    case NODE_CALL:
        check_call(g, n);
        break;
    case NODE_STAR:
    case NODE_TYPE:
    case NODE_LAMBDA:
        break;
    case NODE_QUERY: {
        bool before = g->inside;
        g->inside = true;
        check_children(g, n);
        g->inside = before;
        break;
    }
    default:
        check_children(g, n);
        break;
    }
}

static void check_star(Group *g, const SqlNode *star)
{
    const SqlStar *s = g->r->meaning->stars[star->id];
    for (size_t i = 0; s && !s->open && i < s->len; i++) {
        const SqlStarColumn *c = &s->at[i];
        if (c->value) continue;
        bool found = false;
        for (size_t k = 0; k < g->groups.len && !found; k++) {
            const SqlNode *e = g->groups.at[k];
            if (e->kind != NODE_COLUMN) continue;
            const SqlBinding *b = &g->r->meaning->bindings[e->id];
            bool named = str_eq_nocase(sql_last(e)->text, c->column.name);
            bool merged =
                b->source && (b->source->kind == NODE_JOIN || c->source->kind == NODE_JOIN);
            found = !b->source ? named
                    : merged   ? named
                               : b->source == c->source && b->column == c->index;
        }
        SqlBinding b = {.query = g->select, .source = c->source, .column = c->index};
        if (found || dependency(g, &b) == DEPENDENT) continue;
        refuse(g, star, c->column.name);
        return;
    }
}

static bool has_aggregate(Group *g)
{
    const SqlNode *n = g->select, *items = n->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (rule_find_call(g->r, sql_tail(items, i)->child[ITEM_VALUE], CALL_AGGREGATE, false))
            return true;
    }
    if (rule_find_call(g->r, g->r->order, CALL_AGGREGATE, false)) return true;
    if (rule_find_call(g->r, n->child[SELECT_HAVING], CALL_AGGREGATE, false)) return true;
    // A window in HAVING is refused for that, and makes no group.
    if (rule_find_call(g->r, n->child[SELECT_HAVING], CALL_WINDOW, true)) return false;
    // MySQL takes HAVING without a group for a WHERE that sees aliases.
    return n->child[SELECT_HAVING] && g->r->dialect != DIALECT_MYSQL;
}

static void check(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *group = n->child[SELECT_GROUP], *items = n->child[SELECT_ITEMS];
    Group g = {.r = r, .select = n, .grouped = group != NULL};
    bool all = group && group->flags & FLAG_ALL;
    if (!group && !has_aggregate(&g)) return;
    if (all) add_items(&g);
    g.levels = group && group->op != OP_NONE;
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        g.levels = g.levels || sql_tail(group, i)->kind == NODE_GROUPING;
        add_group(&g, sql_tail(group, i));
    }
    if (g.silent) return;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        if (value->kind == NODE_STAR) {
            check_star(&g, value);
        } else {
            check_value(&g, value);
        }
    }
    bool joins = all && r->dialect == DIALECT_DUCKDB; // columns of HAVING are keys, too
    if (n->child[SELECT_HAVING] && !joins) check_value(&g, n->child[SELECT_HAVING]);
    if (n->child[SELECT_QUALIFY]) check_value(&g, n->child[SELECT_QUALIFY]);
    bool one_row = !group && r->dialect == DIALECT_MYSQL; // which has no order to look at
    // What orders a DISTINCT is rule_distinct_order's affair where that looks.
    bool distinct = n->flags & FLAG_DISTINCT && 1u << r->dialect & rule_distinct_order.in;
    if (r->order && !one_row && !distinct) check_value(&g, r->order);
}

const SqlRule rule_group = {
    "a column that is neither grouped nor aggregated", EVERY & ~LITE, {NODE_SELECT}, check};
