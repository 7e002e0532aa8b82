// division: a divisor that may be zero, and nothing that says what then.
#include "sql/lint/lint.h"

static bool is_zero(const SqlNode *n)
{
    double v;
    return n->kind == NODE_NUMBER && str_to_f64(n->text, &v) && v >= 0;
}

// x > 0, 0 <> x, x >= 1 …: somebody has thought of it.
static bool guards(const SqlNode *n, const SqlNode *divisor)
{
    if (n->kind != NODE_BINARY) return false;
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    SqlOp op = (SqlOp)n->op;
    if (is_zero(left)) left = n->child[RIGHT_SIDE], right = n->child[LEFT_SIDE];
    if (left != n->child[LEFT_SIDE]) op = sql_op_turned(op);
    bool compares = op == OP_GT || op == OP_NE || op == OP_GE || op == OP_EQ;
    return compares && sql_same(left, divisor) && is_zero(right);
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

static bool is_guarded_by(const SqlNode *choice, const SqlNode *divisor)
{
    if (sql_same(choice->child[CASE_OPERAND], divisor)) return true;
    for (uint32_t i = 0; i < sql_tail_count(choice); i++) {
        if (is_guarded_in(sql_tail(choice, i)->child[WHEN_CONDITION], divisor)) return true;
    }
    return false;
}

// In a CASE around it, or in what a row of its query has passed.
static bool is_guarded(const Lint *l, const SqlNode *n, const SqlNode *divisor)
{
    for (const SqlNode *p = lint_parent(l, n); p; p = lint_parent(l, p)) {
        bool call = p->kind == NODE_CALL && sql_tail_count(p);
        if (p->kind == NODE_CASE && is_guarded_by(p, divisor)) return true;
        if (call && is_guarded_in(sql_tail(p, 0), divisor)) return true;
        if (p->kind == NODE_SELECT) {
            return is_guarded_in(p->child[SELECT_WHERE], divisor) ||
                   is_guarded_in(p->child[SELECT_FROM], divisor) ||
                   is_guarded_in(p->child[SELECT_HAVING], divisor);
        }
    }
    return false;
}

// The same where a CTE gave it.
static bool is_guarded_before(const Lint *l, const SqlNode *n, const SqlNode *divisor)
{
    for (int i = 0; divisor && i < 4; i++) {
        if (is_guarded(l, n, divisor)) return true;
        n = divisor = lint_item_behind(l, divisor);
    }
    return false;
}

// TRY(a / b), and COALESCE(a / b, 0) where a / 0 is NULL.
static bool is_caught(const Lint *l, const SqlNode *n, bool gives_null)
{
    for (const SqlNode *p = lint_parent(l, n); p && p->kind != NODE_ITEM; p = lint_parent(l, p)) {
        if (lint_is_fn(l, p, "try")) return true;
        if (gives_null && lint_is_fn(l, p, "coalesce")) return true;
        if (p->kind == NODE_SELECT) return false;
    }
    return false;
}

// --- Where the divisor is zero, so is the numerator, or it is NULL ---

static const SqlNode *summed(const Lint *l, const SqlNode *n)
{
    bool sum = lint_is_fn(l, n, "sum") || lint_is_fn(l, n, "count");
    return sum && sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
}

// (SELECT SUM(x) FROM t): x.
static const SqlNode *summed_whole(const Lint *l, const SqlNode *n)
{
    const SqlNode *query = n->kind == NODE_SUBQUERY ? n->child[ONLY] : NULL;
    const SqlNode *select = query && query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    bool plain = select && select->kind == NODE_SELECT && !select->child[SELECT_WHERE] &&
                 !select->child[SELECT_GROUP];
    if (!plain || sql_tail_count(select->child[SELECT_ITEMS]) != 1) return NULL;
    return summed(l, sql_tail(select->child[SELECT_ITEMS], 0)->child[ITEM_VALUE]);
}

static bool reads_like(const Lint *l, const SqlNode *n, const SqlColumn *column,
                       const SqlNode *source)
{
    if (!n) return false;
    const SqlColumn *c = lint_column(l, n);
    const SqlNode *of = c ? lint_binding(l, n)->source : NULL;
    if (c && lint_is_base(l, of) && str_eq_nocase(c->name, column->name) &&
        str_eq_nocase(sql_last(of)->text, sql_last(source)->text))
        return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads_like(l, n->child[i], column, source)) return true;
    }
    return false;
}

// x / SUM(x) OVER (), SUM(x) / (SELECT SUM(x) FROM t): a share of the whole, which is zero only
// where nothing is to be shared.
static bool is_share(const Lint *l, const SqlNode *n)
{
    const SqlNode *part = n->child[LEFT_SIDE], *whole = n->child[RIGHT_SIDE];
    bool window = lint_is_window(l, whole) && lint_is_fn(l, whole, "sum");
    if (window && sql_tail_count(whole) == 1) return lint_holds(part, sql_tail(whole, 0));
    const SqlNode *x = summed_whole(l, whole);
    const SqlColumn *c = x ? lint_column(l, x) : NULL;
    const SqlNode *source = c ? lint_binding(l, x)->source : NULL;
    return c && lint_is_base(l, source) && reads_like(l, part, c, source);
}

static const SqlNode *filter_of(const SqlNode *call)
{
    return call->child[CALL_FILTER];
}

// The conditions of two CASEs without ELSE are the same ones, one by one.
static bool same_conditions(const SqlNode *a, const SqlNode *b)
{
    bool both = a->kind == NODE_CASE && b->kind == NODE_CASE && !a->child[CASE_ELSE] &&
                !b->child[CASE_ELSE] && sql_tail_count(a) == sql_tail_count(b);
    for (uint32_t i = 0; both && i < sql_tail_count(a); i++)
        both =
            sql_same(sql_tail(a, i)->child[WHEN_CONDITION], sql_tail(b, i)->child[WHEN_CONDITION]);
    return both;
}

// SUM(x * 2) beside COUNT(x), COUNT(*): where nothing is counted, it is NULL.
static bool is_null_with(const Lint *l, const SqlNode *n, const SqlNode *count)
{
    n = lint_behind(l, n);
    if (n->kind == NODE_CAST || n->kind == NODE_UNARY)
        return is_null_with(l, n->child[ONLY], count);
    if (n->kind == NODE_BINARY)
        return is_null_with(l, n->child[LEFT_SIDE], count) ||
               is_null_with(l, n->child[RIGHT_SIDE], count);
    bool sums = lint_is_fn(l, n, "sum") || lint_is_fn(l, n, "avg") || lint_is_fn(l, n, "min") ||
                lint_is_fn(l, n, "max");
    if (!sums || !lint_is_aggregate(l, n) || sql_tail_count(n) != 1) return false;
    if (lint_around(l, n, NODE_SELECT) != lint_around(l, count, NODE_SELECT)) return false;
    const SqlNode *x = sql_tail(n, 0), *y = sql_tail(count, 0), *only = filter_of(count);
    if (only && !(filter_of(n) && sql_same(filter_of(n), only))) return false;
    if (y->kind == NODE_STAR || y->kind == NODE_NUMBER || lint_never_null(l, y)) return true;
    return (x->kind != NODE_CALL && x->kind != NODE_CASE && lint_holds(x, y)) ||
           same_conditions(x, y);
}

// All that there is, counted: zero where there is nothing at all.
static bool counts_all(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_SUBQUERY) {
        const SqlNode *body =
            n->child[ONLY]->kind == NODE_QUERY ? n->child[ONLY]->child[QUERY_BODY] : NULL;
        bool one =
            body && body->kind == NODE_SELECT && sql_tail_count(body->child[SELECT_ITEMS]) == 1;
        return one && counts_all(l, sql_tail(body->child[SELECT_ITEMS], 0)->child[ITEM_VALUE]);
    }
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    return lint_is_aggregate(l, n) && lint_is_fn(l, n, "count") && !n->child[CALL_FILTER] &&
           sql_tail_count(n) && sql_tail(n, 0)->kind != NODE_CASE && select &&
           !select->child[SELECT_GROUP];
}

static SqlZero zero_of(const Lint *l, const SqlNode *n)
{
    const SqlRules *r = sql_rules(l->script->dialect);
    bool whole = lint_type(l, n->child[LEFT_SIDE]) == TYPE_INTEGER &&
                 lint_type(l, n->child[RIGHT_SIDE]) == TYPE_INTEGER;
    return whole ? r->zero_whole : r->zero;
}

static void look(Lint *l, const SqlNode *n)
{
    static const char *const then[] = {
        [ZERO_FAILS] = "then the division fails",
        [ZERO_NULL] = "then the division gives NULL here, and fails elsewhere",
        [ZERO_INFINITE] = "then the division gives infinity or NaN here, and fails elsewhere",
    };
    if (n->op != OP_DIVIDE && n->op != OP_DIV) return;
    const SqlNode *divisor = n->child[RIGHT_SIDE], *meant = lint_behind(l, divisor);
    while (meant->kind == NODE_CAST) meant = meant->child[CAST_VALUE];
    SqlZero zero = zero_of(l, n);
    if (lint_is_constant(l, divisor) || lint_is_nonzero(l, divisor) || is_share(l, n)) return;
    if (is_guarded_before(l, n, divisor) || is_caught(l, n, zero == ZERO_NULL)) return;
    if (zero == ZERO_NULL && counts_all(l, meant)) return; // a share of nothing is not known
    bool count = lint_is_aggregate(l, meant) && lint_is_fn(l, meant, "count");
    if (count && sql_tail_count(meant) == 1 && is_null_with(l, n->child[LEFT_SIDE], meant)) return;
    Str text = lint_text(l, divisor);
    lint_say(l, n, STR_FMT " may be zero: %s.", STR_ARG(text.len ? text : S("The divisor")),
             then[zero]);
    if (text.len)
        lint_instead(l, "Divide by NULLIF(" STR_FMT ", 0), and say what a share of nothing means.",
                     STR_ARG(text));
}

const LintRule lint_division = {
    .name = "division-by-zero",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Divide by NULLIF(x, 0), and say what an empty denominator means.",
};
