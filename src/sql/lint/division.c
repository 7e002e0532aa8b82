// division: a divisor that may be zero, and nothing that says what then.
#include "sql/lint/lint.h"

static bool is_safe(const Lint *l, const SqlNode *n);

static bool all_arms_safe(const Lint *l, const SqlNode *n)
{
    const SqlNode *other = n->child[CASE_ELSE];
    bool safe = !other || is_safe(l, other);
    for (uint32_t i = 0; i < sql_tail_count(n); i++)
        safe = safe && is_safe(l, sql_tail(n, i)->child[WHEN_RESULT]);
    return safe;
}

static bool has_outer_join(const SqlNode *n)
{
    if (!n || n->kind == NODE_QUERY) return false;
    if (n->kind == NODE_JOIN && n->op != OP_INNER && n->op != OP_CROSS) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (has_outer_join(n->child[i])) return true;
    }
    return false;
}

// COUNT over a group counts at least the row that made it, unless all it counts may be NULL.
static bool counts_a_row(const Lint *l, const SqlNode *n)
{
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    bool over = n->child[CALL_OVER] != NULL, grouped = select && select->child[SELECT_GROUP];
    if ((!over && !grouped) || n->child[CALL_FILTER] || sql_tail_count(n) != 1) return false;
    const SqlNode *arg = sql_tail(n, 0);
    if (arg->kind == NODE_STAR || arg->kind == NODE_NUMBER) return true;
    const SqlColumn *c = lint_column(l, arg);
    return c && c->not_null && select && !has_outer_join(select->child[SELECT_FROM]);
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

// What a column of a CTE stands for, through a few CTEs.
static const SqlNode *behind(const Lint *l, const SqlNode *n)
{
    for (int i = 0; n && n->kind == NODE_COLUMN && i < 4; i++) n = lint_item_behind(l, n);
    return n && n->kind != NODE_COLUMN ? n : NULL;
}

static bool is_safe(const Lint *l, const SqlNode *n)
{
    double v;
    switch ((SqlKind)n->kind) {
    case NODE_NUMBER:
        return str_to_f64(n->text, &v) && v != 0;
    case NODE_NULL:
        return true;
    case NODE_CAST:
        return is_safe(l, n->child[CAST_VALUE]);
    case NODE_UNARY:
        return is_safe(l, n->child[ONLY]);
    case NODE_CASE:
        return all_arms_safe(l, n);
    case NODE_BINARY:
        return (n->op == OP_MULTIPLY || n->op == OP_POWER) && is_safe(l, n->child[LEFT_SIDE]) &&
               is_safe(l, n->child[RIGHT_SIDE]);
    case NODE_COLUMN: // of a CTE: what it stands for there
        n = behind(l, n);
        return n && is_safe(l, n);
    case NODE_SUBQUERY:
        return counts_same_table(l, n);
    case NODE_CALL:
        break;
    default:
        return false;
    }
    if (lint_is_fn(l, n, "nullif")) return true;
    bool picks =
        lint_is_fn(l, n, "first_value") || lint_is_fn(l, n, "max") || lint_is_fn(l, n, "min");
    if (picks && n->child[CALL_OVER] && sql_tail_count(n) == 1) return is_safe(l, sql_tail(n, 0));
    if (lint_is_fn(l, n, "count")) return counts_a_row(l, n);
    if (lint_is_fn(l, n, "greatest")) {
        for (uint32_t i = 0; i < sql_tail_count(n); i++) {
            const SqlNode *a = sql_tail(n, i);
            if (a->kind == NODE_NUMBER && str_to_f64(a->text, &v) && v > 0) return true;
        }
    }
    return false;
}

static bool is_zero(const SqlNode *n)
{
    double v;
    return n->kind == NODE_NUMBER && str_to_f64(n->text, &v) && v >= 0;
}

// x > 0, x <> 0, x >= 1 …: somebody has thought of it.
static bool guards(const SqlNode *n, const SqlNode *divisor)
{
    if (n->kind != NODE_BINARY) return false;
    bool compares = n->op == OP_GT || n->op == OP_NE || n->op == OP_GE || n->op == OP_EQ;
    return compares && sql_same(n->child[LEFT_SIDE], divisor) && is_zero(n->child[RIGHT_SIDE]);
}

static bool is_guarded_in(const SqlNode *n, const SqlNode *divisor)
{
    if (!n) return false;
    if (guards(n, divisor)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (is_guarded_in(n->child[i], divisor)) return true;
    }
    return false;
}

// In a CASE around it, or in the WHERE or HAVING of its query or of one around.
static bool is_guarded(const Lint *l, const SqlNode *n, const SqlNode *divisor)
{
    for (const SqlNode *p = lint_parent(l, n); p; p = lint_parent(l, p)) {
        if (p->kind == NODE_CASE) {
            for (uint32_t i = 0; i < sql_tail_count(p); i++) {
                if (is_guarded_in(sql_tail(p, i)->child[WHEN_CONDITION], divisor)) return true;
            }
        }
        if (p->kind == NODE_CALL &&
            is_guarded_in(sql_tail_count(p) ? sql_tail(p, 0) : NULL, divisor))
            return true;
        if (p->kind == NODE_SELECT) {
            return is_guarded_in(p->child[SELECT_WHERE], divisor) ||
                   is_guarded_in(p->child[SELECT_HAVING], divisor);
        }
    }
    return false;
}

// x / SUM(x) OVER (): a share of the whole, which is zero only where nothing is to be shared.
static bool is_share(const Lint *l, const SqlNode *n)
{
    const SqlNode *whole = n->child[RIGHT_SIDE];
    bool window = lint_is_fn(l, whole, "sum") && whole->child[CALL_OVER] != NULL;
    return window && sql_tail_count(whole) == 1 &&
           lint_holds(n->child[LEFT_SIDE], sql_tail(whole, 0));
}

static void look(Lint *l, const SqlNode *n)
{
    if (n->op != OP_DIVIDE && n->op != OP_DIV) return;
    const SqlNode *divisor = n->child[RIGHT_SIDE];
    if (lint_is_constant(l, divisor) || is_safe(l, divisor) || is_share(l, n)) return;
    if (is_guarded(l, n, divisor)) return;
    Str text = sql_source(l->script->sql, divisor);
    if (text.len > 40) text = S("The divisor");
    lint_say(l, n, STR_FMT " may be zero: then the division %s.", STR_ARG(text),
             sql_rules(l->script->dialect)->zero == ZERO_FAILS ? "fails" : "gives NULL or worse");
}

const LintRule lint_division = {
    .name = "division-by-zero",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Divide by NULLIF(x, 0), and say what an empty denominator means.",
};
