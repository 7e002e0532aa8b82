// rule_aggregate: aggregates where no group exists yet, and inside each other.
#include "sql/rule.h"

static void find_columns(RuleRun *r, const SqlNode *n, const SqlNode *query, bool *own, bool *other)
{
    if (!n || !rule_step(r)) return;
    if (n->kind == NODE_COLUMN) {
        const SqlBinding *b = &r->meaning->bindings[n->id];
        if (b->query == query) *own = true;
        if (b->query && b->query != query) *other = true;
    }
    for (uint32_t i = 0; i < n->count; i++) find_columns(r, n->child[i], query, own, other);
}

// An aggregate of nothing but outer columns belongs to the query around this one.
static bool is_outer(RuleRun *r, const SqlNode *call, const SqlNode *query)
{
    bool own = false, other = false;
    find_columns(r, call, query, &own, &other);
    return other && !own;
}

static void check_place(RuleRun *r, const SqlNode *n, const SqlNode *query, const char *clause,
                        const char *instead)
{
    const SqlNode *call = n ? rule_find_call(r, n, CALL_AGGREGATE, true) : NULL;
    if (!call || is_outer(r, call, query)) return;
    bool alias = call->at < n->at || call->at >= n->end;
    const SqlNode *at = alias ? n : call;
    bool where = str_eq(str_from(clause), S("WHERE"));
    rule_refuse(r, at, where ? HOME_AGGREGATE_PLACE : HOME_NONE, call->text,
                "The aggregate " STR_FMT " does not stand in %s, which is read before rows are "
                "grouped: %s.",
                STR_ARG(call->text), clause, instead);
}

static void check_group(RuleRun *r, const SqlNode *select)
{
    const SqlNode *group = select->child[SELECT_GROUP];
    for (uint32_t i = 0; i < sql_tail_count(group); i++) {
        const SqlNode *e = sql_tail(group, i), *item = NULL;
        uint32_t at;
        if (rule_is_position(e, &at)) item = rule_item_at(select->child[SELECT_ITEMS], e);
        const SqlNode *value = item ? item->child[ITEM_VALUE] : e;
        const SqlNode *call = rule_find_call(r, value, CALL_AGGREGATE, true);
        if (!call || is_outer(r, call, select)) continue;
        rule_refuse(r, e, HOME_NONE, call->text,
                    "GROUP BY cannot group by the aggregate " STR_FMT
                    ": that is known only when the groups are made.",
                    STR_ARG(call->text));
    }
}

static void check_place_of(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const char *having = "filter groups in HAVING";
    if (n->kind == NODE_SELECT) {
        check_place(r, n->child[SELECT_WHERE], n, "WHERE", having);
        check_group(r, n);
    } else if (n->kind == NODE_JOIN) {
        check_place(r, n->child[JOIN_ON], r->query, "ON", "aggregate in a CTE and join that");
    } else if (n->kind == NODE_UPDATE) {
        check_place(r, n->child[UPDATE_WHERE], n, "WHERE", "compare with a subquery");
        check_place(r, n->child[UPDATE_SET], n, "SET", "take it from a subquery");
    } else {
        check_place(r, n->child[DELETE_WHERE], n, "WHERE", "compare with a subquery");
    }
}

const SqlRule rule_aggregate_place = {"an aggregate in WHERE, ON, GROUP BY or SET",
                                      EVERY,
                                      {NODE_SELECT, NODE_JOIN, NODE_UPDATE, NODE_DELETE},
                                      check_place_of};

static void check_nested(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (rule_call(r, n) != CALL_AGGREGATE) return;
    for (uint32_t i = CALL_ORDER; i < n->count; i++) {
        const SqlNode *value = n->child[i];
        const SqlNode *inner = value ? rule_find_call(r, value, CALL_AGGREGATE, true) : NULL;
        if (!inner) continue;
        bool alias = inner->at < value->at || inner->at >= value->end;
        rule_refuse(r, alias ? value : inner, HOME_AGGREGATE_NESTED, inner->text,
                    "The aggregate " STR_FMT " stands inside the aggregate " STR_FMT
                    ": make the inner one in a CTE, then aggregate that.",
                    STR_ARG(inner->text), STR_ARG(n->text));
        return;
    }
}

const SqlRule rule_aggregate_nested = {
    "an aggregate inside an aggregate", EVERY, {NODE_CALL}, check_nested};
