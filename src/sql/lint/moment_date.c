// moment_date: a timestamp held against a date: = is true at midnight alone, <= ends there.
#include "sql/lint/lint.h"

static bool is_moment(const Lint *l, const SqlNode *n)
{
    const SqlBinding *b = lint_binding(l, n);
    return b && lint_is_base(l, b->source) && lint_type(l, n) == TYPE_TIMESTAMP;
}

static size_t times_in(const SqlNode *n, const SqlNode *part)
{
    if (!n) return 0;
    size_t count = sql_same(n, part);
    for (uint32_t i = 0; i < n->count; i++) count += times_in(n->child[i], part);
    return count;
}

// valid_from <= d AND valid_to > d: what held at a moment.
static bool is_as_of(const Lint *l, const SqlNode *n, const SqlNode *day)
{
    const SqlNode *select = lint_around(l, n, NODE_SELECT);
    return select &&
           times_in(select->child[SELECT_WHERE], day) + times_in(select->child[SELECT_FROM], day) >
               1;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *moment = n->child[LEFT_SIDE], *day = n->child[RIGHT_SIDE];
    SqlOp op = (SqlOp)n->op;
    if (op < OP_EQ || op > OP_GE) return;
    if (is_moment(l, day)) {
        moment = n->child[RIGHT_SIDE], day = n->child[LEFT_SIDE];
        op = sql_op_turned(op);
    }
    if (!is_moment(l, moment) || !lint_is_date_text(day)) return;
    Str name = sql_last(moment)->text, x = sql_source(l->script->sql, moment);
    Str text = sql_source(l->script->sql, day);
    if (op == OP_EQ) {
        lint_say(l, n, STR_FMT " is a timestamp: it equals the day at midnight alone.",
                 STR_ARG(name));
        lint_instead(l, "Half open: " STR_FMT " >= " STR_FMT " AND " STR_FMT " < the day after.",
                     STR_ARG(x), STR_ARG(text), STR_ARG(x));
    } else if (op == OP_LE && !is_as_of(l, n, day)) {
        lint_say(l, n,
                 STR_FMT " is a timestamp: the day is its midnight, and nothing after that is in.",
                 STR_ARG(name));
        lint_instead(l, "Half open: " STR_FMT " < the day after " STR_FMT ".", STR_ARG(x),
                     STR_ARG(text));
    }
}

const LintRule lint_moment_date = {
    .name = "timestamp-meets-date",
    .kind = NODE_BINARY,
    .look = look,
    .instead = "Half open: ts >= the day AND ts < the day after.",
};
