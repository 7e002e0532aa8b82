// lower_join: joins that the target has no word for: SEMI, ANTI, ASOF.
#include "sql/lower.h"
#include "sql/lower_from.h"

// --- SEMI and ANTI: [NOT] EXISTS in WHERE ---

static SqlNode *using_condition(Translator *t, const SqlNode *join, Str left, Str right)
{
    SqlNode *all = NULL;
    const SqlNode *names = join->child[JOIN_USING];
    for (uint32_t i = 0; i < sql_tail_count(names); i++) {
        Str name = sql_tail(names, i)->text;
        all = make_and(t, all,
                       make_binary(t, OP_EQ, make_column(t, join, left, name),
                                   make_column(t, join, right, name)));
    }
    return all;
}

static Str name_of(Translator *t, const SqlNode *n)
{
    const SqlNode *alias = n->kind == NODE_TABLE        ? n->child[TABLE_ALIAS]
                           : n->kind == NODE_DERIVED    ? n->child[DERIVED_ALIAS]
                           : n->kind == NODE_TABLE_CALL ? n->child[TABLE_CALL_ALIAS]
                                                        : NULL;
    if (alias && alias->child[ALIAS_NAME]) return alias->child[ALIAS_NAME]->text;
    (void)t;
    return n->kind == NODE_TABLE ? sql_last(n)->text : (Str){0};
}

// The table on the left that has the column: the last one of a chain of joins that may.
static Str left_with(Translator *t, const SqlNode *n, Str column)
{
    if (n->kind == NODE_JOIN) {
        bool one = n->op == OP_SEMI || n->op == OP_ANTI;
        Str right = one ? (Str){0} : left_with(t, n->child[JOIN_RIGHT], column);
        return right.len ? right : left_with(t, n->child[JOIN_LEFT], column);
    }
    SqlColumns known = source_columns(t, n->id);
    for (size_t i = 0; i < known.len; i++) {
        if (str_eq_nocase(known.at[i].name, column)) return name_of(t, n);
    }
    return known.open ? name_of(t, n) : (Str){0};
}

static SqlNode *condition(FromScope *s, const SqlNode *join, const SqlNode *right)
{
    Translator *t = s->t;
    const SqlNode *using = join->child[JOIN_USING];
    SqlNode *on = join->child[JOIN_ON];
    if (!using) return on;
    Str left = left_with(t, join->child[JOIN_LEFT], sql_tail(using, 0)->text);
    Str name = name_of(t, right);
    if (left.len && name.len) return using_condition(t, join, left, name);
    return translate_unsupported(t, join, "USING is not supported in this join: write ON.");
}

static SqlNode *exists(FromScope *s, SqlNode *join)
{
    Translator *t = s->t;
    SqlNode *items = make_node(t, NODE_LIST, join, 1), *right = join->child[JOIN_RIGHT];
    items->child[0] = make_item(t, make_number(t, join, 1), (Str){0});
    SqlNode *select = make_select(t, join, items), *n = make_node(t, NODE_EXISTS, join, 0);
    select->child[SELECT_WHERE] = condition(s, join, right);
    select->child[SELECT_FROM] = make_from(t, right);
    n->child[ONLY] = make_query(t, select);
    n->type = TYPE_BOOLEAN;
    return join->op == OP_ANTI ? make_unary(t, OP_NOT, n) : n;
}

static SqlNode *lower_semi(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    if (s->missing) {
        return translate_unsupported(t, n,
                                     "A SEMI or ANTI JOIN inside an outer join is not "
                                     "supported here: put it into a subquery.");
    }
    if (n->flags & FLAG_NATURAL)
        return translate_unsupported(t, n, "A NATURAL SEMI JOIN is not supported here.");
    n->child[JOIN_LEFT] = lower_item(s, n->child[JOIN_LEFT]);
    bool first = s->first;
    s->first = true; // it sees nothing beside it
    n->child[JOIN_RIGHT] = lower_item(s, n->child[JOIN_RIGHT]);
    s->first = first;
    if (!t->failed) s->filter = make_and(t, s->filter, exists(s, n));
    return n->child[JOIN_LEFT];
}

// --- ASOF: the nearest row of the right side, by LATERAL ---

static bool is_bound_to(const FromScope *s, const SqlNode *n, uint32_t source)
{
    if (!n) return false;
    const SqlBinding *b = n->kind == NODE_COLUMN ? node_binding(s->t, n) : NULL;
    if (b) return b->source && b->source->id == source;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_bound_to(s, n->child[i], source)) return true;
    }
    return false;
}

// References to the right side stay as they are: they stand in the query that reads it.
static void unbind(const FromScope *s, SqlNode *n, uint32_t source)
{
    if (!n) return;
    if (n->kind == NODE_COLUMN && is_bound_to(s, n, source)) n->id = NODE_MADE;
    for (uint32_t i = 0; i < n->count; i++) unbind(s, n->child[i], source);
}

static bool is_inequality(const SqlNode *n)
{
    return n && n->kind == NODE_BINARY && n->op >= OP_LT && n->op <= OP_GE;
}

static const SqlNode *inequality_in(const SqlNode *on)
{
    if (is_inequality(on) || !on || on->kind != NODE_AND) return is_inequality(on) ? on : NULL;
    for (uint32_t i = 0; i < on->count; i++) {
        if (is_inequality(on->child[i])) return on->child[i];
    }
    return NULL;
}

// l.t >= r.t looks back: the greatest r.t; l.t <= r.t looks on: the least.
static SqlNode *asof_order(FromScope *s, const SqlNode *match, uint32_t right)
{
    Translator *t = s->t;
    bool last = is_bound_to(s, match->child[RIGHT_SIDE], right);
    SqlNode *key = node_clone(t, match->child[last ? RIGHT_SIDE : LEFT_SIDE]);
    bool greater = match->op == OP_GT || match->op == OP_GE;
    SqlNode *order = make_node(t, NODE_ORDER_BY, match, 1),
            *by = make_node(t, NODE_ORDER_ITEM, match, 0);
    by->child[ONLY] = key;
    if (greater == last) by->flags = FLAG_DESC;
    order->child[0] = by;
    return order;
}

static SqlNode *lower_asof(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    SqlNode *right = n->child[JOIN_RIGHT], *on = n->child[JOIN_ON];
    const SqlNode *match = n->child[JOIN_MATCH] ? n->child[JOIN_MATCH] : inequality_in(on);
    bool table = right->kind == NODE_TABLE || right->kind == NODE_DERIVED;
    if (n->child[JOIN_USING] || !is_inequality(match) || !table) {
        return translate_unsupported(t, n,
                                     "An ASOF JOIN wants a table, ON and one comparison of "
                                     "times here.");
    }
    uint32_t id = right->id;
    Str alias = name_of(t, right);
    SqlColumns known = source_columns(t, id);
    if (known.open || !known.len)
        return translate_unsupported(t, n, "The columns of the right side are not known here.");
    n->child[JOIN_LEFT] = lower_item(s, n->child[JOIN_LEFT]);
    s->first = true;
    right = lower_item(s, right);
    s->first = false;
    SqlNode *items = make_node(t, NODE_LIST, n, (uint32_t)known.len);
    for (size_t i = 0; i < known.len; i++)
        items->child[i] = make_item(t, make_column(t, n, alias, known.at[i].name), (Str){0});
    SqlNode *select = make_select(t, n, items), *query = make_query(t, select);
    select->child[SELECT_FROM] = make_from(t, right);
    select->child[SELECT_WHERE] = make_and(t, on, n->child[JOIN_MATCH]);
    query->child[QUERY_ORDER] = asof_order(s, match, id);
    query->child[QUERY_LIMIT] = make_node(t, NODE_LIMIT, n, 0);
    query->child[QUERY_LIMIT]->child[LIMIT_COUNT] = make_number(t, n, 1);
    right->id = NODE_MADE;
    unbind(s, query, id);
    SqlNode *place = make_node(t, NODE_DERIVED, n, 0);
    place->id = id;
    bool keeps = n->flags & FLAG_OUTER || t->from == DIALECT_SNOWFLAKE;
    SqlNode *join = make_node(t, NODE_JOIN, n, 0);
    join->op = keeps ? OP_LEFT : OP_CROSS;
    join->child[JOIN_LEFT] = n->child[JOIN_LEFT];
    join->child[JOIN_RIGHT] = lower_lateral(s, place, query, make_name(t, "asof"));
    return join;
}

// --- The others ---

static bool is_virtual(const FromScope *s, const SqlNode *right)
{
    (void)s;
    return right->kind == NODE_TABLE_CALL;
}

SqlNode *lower_join(FromScope *s, SqlNode *n)
{
    Translator *t = s->t;
    bool half = n->op == OP_SEMI || n->op == OP_ANTI;
    if (half && !sql_feature_in(FEATURE_SEMI_JOIN, t->to)) return lower_semi(s, n);
    if (n->op == OP_ASOF) return lower_asof(s, n);
    bool missing = s->missing, first = s->first;
    s->missing = missing || n->op == OP_RIGHT || n->op == OP_FULL;
    n->child[JOIN_LEFT] = lower_item(s, n->child[JOIN_LEFT]);
    s->missing = missing || n->op == OP_LEFT || n->op == OP_RIGHT || n->op == OP_FULL;
    s->first = false;
    SqlNode *was = n->child[JOIN_RIGHT];
    n->child[JOIN_RIGHT] = lower_item(s, was);
    s->missing = missing;
    s->first = first;
    if (t->failed) return n;
    bool beside = is_virtual(s, n->child[JOIN_RIGHT]);
    if (beside && (n->op == OP_RIGHT || n->op == OP_FULL))
        return translate_unsupported(t, n, "This side of the join cannot read the other one.");
    if (beside && (n->child[JOIN_USING] || n->flags & FLAG_NATURAL))
        return translate_unsupported(t, n, "USING is not supported in this join: write ON.");
    bool outer = was->kind == NODE_TABLE_CALL && was->flags & FLAG_OUTER;
    if (outer && (n->op == OP_INNER || n->op == OP_CROSS)) n->op = OP_LEFT;
    return t->to == DIALECT_SQLITE ? n : foreign_joined(t, n);
}
