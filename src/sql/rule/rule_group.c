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

// ---- the look at an expression

static Dependency dependency(Group *g, const SqlBinding *b)
{
    if (g->levels) return INDEPENDENT;
    return rule_depends(g->r, g->select, g->groups.at, g->groups.len, b);
}

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
    // A window or an aggregate in GROUP BY is refused for that.
    if (rule_find_call(r, group, CALL_WINDOW, true) ||
        rule_find_call(r, group, CALL_AGGREGATE, true))
        return;
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
