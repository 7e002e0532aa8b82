// nonzero: where a divisor is never zero (it may be NULL): a number, a count of a group, NULLIF.
#include "sql/lint/lint.h"

static bool all_arms_nonzero(const Lint *l, const SqlNode *n)
{
    const SqlNode *other = n->child[CASE_ELSE];
    bool safe = !other || lint_is_nonzero(l, other);
    for (uint32_t i = 0; i < sql_tail_count(n); i++)
        safe = safe && lint_is_nonzero(l, sql_tail(n, i)->child[WHEN_RESULT]);
    return safe;
}

// COUNT over a group counts at least the row that made it, unless all it counts may be NULL.
static bool counts_a_row(const Lint *l, const SqlNode *n)
{
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    bool over = n->child[CALL_OVER] != NULL, grouped = select && select->child[SELECT_GROUP];
    if ((!over && !grouped) || n->child[CALL_FILTER] || sql_tail_count(n) != 1) return false;
    const SqlNode *arg = sql_tail(n, 0);
    if (arg->kind == NODE_STAR || arg->kind == NODE_NUMBER) return true;
    return lint_never_null(l, arg);
}

// (SELECT COUNT(*) FROM t) in a query of t: where it has a row, so has the subquery.
static bool counts_same_table(const Lint *l, const SqlNode *n)
{
    enum { MOST = 16 };
    const SqlNode *query = n->child[ONLY], *inner = query ? query->child[QUERY_BODY] : NULL;
    bool select = inner && inner->kind == NODE_SELECT && !inner->child[SELECT_WHERE] &&
                  !inner->child[SELECT_GROUP] && !inner->child[SELECT_HAVING] &&
                  sql_tail_count(inner->child[SELECT_ITEMS]) == 1;
    const SqlNode *outer = lint_around(l, n, NODE_SELECT), *own[MOST], *around[MOST];
    if (!select || !outer) return false;
    const SqlNode *count = sql_tail(inner->child[SELECT_ITEMS], 0)->child[ITEM_VALUE];
    bool star = lint_is_fn(l, count, "count") && sql_tail_count(count) == 1 &&
                sql_tail(count, 0)->kind == NODE_STAR;
    if (!star || lint_sources(inner->child[SELECT_FROM], own, MOST) != 1) return false;
    size_t tables = lint_sources(outer->child[SELECT_FROM], around, MOST);
    for (size_t i = 0; i < tables && own[0]->kind == NODE_TABLE; i++) {
        if (around[i]->kind == NODE_TABLE &&
            str_eq_nocase(sql_last(around[i])->text, sql_last(own[0])->text))
            return true;
    }
    return false;
}

// A CASE, or a number, that is greater than zero or NULL.
static bool is_positive(const Lint *l, const SqlNode *n)
{
    double v;
    if (!n || n->kind == NODE_NULL) return true;
    if (n->kind == NODE_NUMBER) return str_to_f64(n->text, &v) && v > 0;
    if (n->kind != NODE_CASE || !is_positive(l, n->child[CASE_ELSE])) return false;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (!is_positive(l, sql_tail(n, i)->child[WHEN_RESULT])) return false;
    }
    return true;
}

bool lint_is_nonzero(const Lint *l, const SqlNode *n)
{
    double v;
    switch ((SqlKind)n->kind) {
    case NODE_NUMBER:
        return str_to_f64(n->text, &v) && v != 0;
    case NODE_NULL:
        return true;
    case NODE_CAST:
        return lint_is_nonzero(l, n->child[CAST_VALUE]);
    case NODE_UNARY:
        return lint_is_nonzero(l, n->child[ONLY]);
    case NODE_CASE:
        return all_arms_nonzero(l, n);
    case NODE_BINARY:
        return (n->op == OP_MULTIPLY || n->op == OP_POWER) &&
               lint_is_nonzero(l, n->child[LEFT_SIDE]) && lint_is_nonzero(l, n->child[RIGHT_SIDE]);
    case NODE_COLUMN: // of a CTE: what it stands for there
        n = lint_behind(l, n);
        return n->kind != NODE_COLUMN && lint_is_nonzero(l, n);
    case NODE_SUBQUERY:
        return counts_same_table(l, n);
    case NODE_CALL:
        break;
    default:
        return false;
    }
    if (lint_is_fn(l, n, "nullif")) return true;
    if (lint_is_fn(l, n, "sum") && sql_tail_count(n) == 1) return is_positive(l, sql_tail(n, 0));
    bool picks =
        lint_is_fn(l, n, "first_value") || lint_is_fn(l, n, "max") || lint_is_fn(l, n, "min");
    if (picks && n->child[CALL_OVER] && sql_tail_count(n) == 1)
        return lint_is_nonzero(l, sql_tail(n, 0));
    if (lint_is_fn(l, n, "count")) return counts_a_row(l, n);
    if (lint_is_fn(l, n, "greatest")) {
        for (uint32_t i = 0; i < sql_tail_count(n); i++) {
            const SqlNode *a = sql_tail(n, i);
            if (a->kind == NODE_NUMBER && str_to_f64(a->text, &v) && v > 0) return true;
        }
    }
    return false;
}
