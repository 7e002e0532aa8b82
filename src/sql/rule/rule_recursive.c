// rule_recursive: an aggregate in the recursive arm of a CTE, which is read a row at a time.
#include "sql/rule.h"

static bool is_called(const RuleRun *r, const SqlNode *table, const SqlNode *cte)
{
    (void)r;
    return table->kind == NODE_TABLE && sql_tail_count(table) == 1 &&
           str_eq_nocase(sql_last(table)->text, cte->text);
}

// The table of this FROM by which the CTE reads itself; subqueries are their own.
static const SqlNode *itself(const RuleRun *r, const SqlNode *from, const SqlNode *cte)
{
    if (!from || from->kind == NODE_QUERY) return NULL;
    if (is_called(r, from, cte)) return from;
    for (uint32_t i = 0; i < from->count; i++) {
        const SqlNode *found = itself(r, from->child[i], cte);
        if (found) return found;
    }
    return NULL;
}

static void check_arm(RuleRun *r, const SqlNode *arm, const SqlNode *cte)
{
    if (arm->kind == NODE_SETOP) {
        check_arm(r, arm->child[LEFT_SIDE], cte);
        check_arm(r, arm->child[RIGHT_SIDE], cte);
        return;
    }
    if (arm->kind == NODE_QUERY) arm = arm->child[QUERY_BODY];
    if (arm->kind != NODE_SELECT || !itself(r, arm->child[SELECT_FROM], cte)) return;
    const SqlNode *call = rule_find_call(r, arm->child[SELECT_ITEMS], CALL_AGGREGATE, false);
    if (!call) call = rule_find_call(r, arm->child[SELECT_HAVING], CALL_AGGREGATE, false);
    if (!call) return;
    rule_refuse(r, call, HOME_NONE, (Str){0},
                "The recursive arm of " STR_FMT " sees a step of rows at a time: it has no "
                "aggregate. Aggregate what the CTE gives.",
                STR_ARG(cte->text));
}

static void check(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    bool recursive = parent && (parent->flags & FLAG_RECURSIVE || r->dialect == DIALECT_SNOWFLAKE);
    const SqlNode *body = n->child[CTE_QUERY];
    while (body && body->kind == NODE_QUERY) body = body->child[QUERY_BODY];
    if (!recursive || !body || body->kind != NODE_SETOP) return;
    check_arm(r, body->child[RIGHT_SIDE], n);
}

const SqlRule rule_recursive = {
    "an aggregate in the recursive arm of a CTE", EVERY, {NODE_CTE}, check};
