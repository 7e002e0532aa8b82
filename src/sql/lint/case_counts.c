// case_counts: COUNT(CASE … ELSE 0 END) counts every row, AVG(CASE WHEN … THEN 1 END) is always 1.
#include "sql/lint/lint.h"

static bool is_literal(const SqlNode *n)
{
    return n->kind == NODE_NUMBER || n->kind == NODE_STRING || n->kind == NODE_BOOLEAN;
}

static bool gives_literals(const SqlNode *choice)
{
    for (uint32_t i = 0; i < sql_tail_count(choice); i++) {
        if (!is_literal(sql_tail(choice, i)->child[WHEN_RESULT])) return false;
    }
    return true;
}

// CASE WHEN x THEN 1 ELSE 0 END, IF(x, 1, 0): never NULL.
static bool always_gives(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_CASE) {
        const SqlNode *other = n->child[CASE_ELSE];
        return other && is_literal(other) && gives_literals(n);
    }
    return lint_is_fn(l, n, "if") && sql_tail_count(n) == 3 && is_literal(sql_tail(n, 1)) &&
           is_literal(sql_tail(n, 2));
}

static bool is_condition(const SqlNode *n)
{
    bool compares = n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE;
    return compares || n->kind == NODE_IN || n->kind == NODE_BETWEEN || n->kind == NODE_LIKE;
}

// CASE WHEN x THEN 1 END: one number or NULL.
static bool gives_one(const SqlNode *n)
{
    bool plain = n->kind == NODE_CASE && sql_tail_count(n) == 1 && gives_literals(n);
    const SqlNode *other = plain ? n->child[CASE_ELSE] : NULL;
    return plain && (!other || other->kind == NODE_NULL);
}

// CASE WHEN x THEN amount ELSE 0 END
static bool fills_with_zero(const SqlNode *n)
{
    const SqlNode *other = n->kind == NODE_CASE ? n->child[CASE_ELSE] : NULL;
    return other && other->kind == NODE_NUMBER && str_eq(other->text, S("0")) && !gives_literals(n);
}

static void look(Lint *l, const SqlNode *n)
{
    bool count = lint_is_fn(l, n, "count"), mean = lint_is_fn(l, n, "avg");
    bool least = lint_is_fn(l, n, "min");
    if ((!count && !mean && !least) || n->flags & FLAG_DISTINCT || sql_tail_count(n) != 1) return;
    const SqlNode *x = sql_tail(n, 0);
    if (count && always_gives(l, x)) {
        lint_say(l, n, "Every row is counted: ELSE gives a value, and only NULL is not counted.");
    } else if (count && is_condition(x)) {
        lint_say(l, n, "COUNT of a condition counts the rows where it is false as well.");
    } else if (mean && gives_one(x)) {
        lint_say(l, n,
                 "The rows that do not match are NULL and left out: the mean is the same number "
                 "whatever their share.");
    } else if (!count && fills_with_zero(x)) {
        lint_say(l, n, "The rows that do not match go into the %s as 0.",
                 mean ? "mean" : "minimum");
        lint_instead(l, "Leave ELSE out: then only the rows that match are taken.");
    }
}

const LintRule lint_case_counts = {
    .name = "case-counts-all",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Under COUNT leave ELSE out; under SUM and AVG write ELSE 0.",
};
