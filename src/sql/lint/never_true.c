// never_true: x = 1 AND x = 2, x <> 1 OR x <> 2, x BETWEEN 9 AND 1: true of no row, or of every
// one.
#include "sql/lint/lint.h"

static bool is_literal(const SqlNode *n)
{
    return n->kind == NODE_NUMBER || n->kind == NODE_STRING;
}

static bool differ(const SqlNode *a, const SqlNode *b)
{
    return a->kind == b->kind && !str_eq(a->text, b->text);
}

// column OP literal: the literal.
static const SqlNode *literal_of(const Lint *l, const SqlNode *n, SqlOp op)
{
    if (n->kind != NODE_BINARY || n->op != op || !lint_binding(l, n->child[LEFT_SIDE])) return NULL;
    return is_literal(n->child[RIGHT_SIDE]) ? n->child[RIGHT_SIDE] : NULL;
}

// A member that holds the same column against another literal than an earlier one.
static const SqlNode *clashing(const Lint *l, const SqlNode *n, SqlOp op)
{
    enum { MOST = 24 }; // it looks at all pairs
    for (uint32_t i = 1; i < n->count && i < MOST; i++) {
        const SqlNode *here = literal_of(l, n->child[i], op);
        for (uint32_t k = 0; here && k < i; k++) {
            const SqlNode *there = literal_of(l, n->child[k], op);
            bool same =
                there && sql_same(n->child[i]->child[LEFT_SIDE], n->child[k]->child[LEFT_SIDE]);
            if (same && differ(here, there)) return n->child[i];
        }
    }
    return NULL;
}

static void look_and(Lint *l, const SqlNode *n)
{
    const SqlNode *found = clashing(l, n, OP_EQ);
    if (found)
        lint_say(l, found, STR_FMT " is two values at once here: no row is.",
                 STR_ARG(sql_last(found->child[LEFT_SIDE])->text));
}

static void look_or(Lint *l, const SqlNode *n)
{
    const SqlNode *found = clashing(l, n, OP_NE);
    if (found)
        lint_say(l, found,
                 "Every " STR_FMT " is unlike one of the two: the condition keeps them all.",
                 STR_ARG(sql_last(found->child[LEFT_SIDE])->text));
}

// ISO dates are in the order of their texts.
static bool is_above(const SqlNode *low, const SqlNode *high)
{
    double a, b;
    if (low->kind == NODE_NUMBER && high->kind == NODE_NUMBER)
        return str_to_f64(low->text, &a) && str_to_f64(high->text, &b) && a > b;
    bool dates = lint_is_date_text(low) && lint_is_date_text(high) && low->kind == high->kind;
    return dates && low->kind == NODE_STRING && str_cmp(low->text, high->text) > 0;
}

static void look_between(Lint *l, const SqlNode *n)
{
    if (is_above(n->child[OPERAND_SECOND], n->child[OPERAND_THIRD]))
        lint_say(l, n, "The lower bound stands above the upper one: nothing is between them.");
}

const LintRule lint_never_true = {
    .name = "never-true",
    .kind = NODE_AND,
    .look = look_and,
    .instead = "Write IN (…) where either will do.",
};
const LintRule lint_always_true = {
    .name = "always-true",
    .kind = NODE_OR,
    .look = look_or,
    .instead = "Write NOT IN (…), or AND between them.",
};
const LintRule lint_between_reversed = {
    .name = "between-reversed",
    .kind = NODE_BETWEEN,
    .look = look_between,
    .instead = "BETWEEN takes the lower bound first.",
};
