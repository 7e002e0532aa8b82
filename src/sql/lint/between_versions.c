// between_versions: x BETWEEN valid_from AND valid_to finds two versions at the moment of a change.
#include "sql/lint/lint.h"

// valid_to, COALESCE(valid_to, …)
static const SqlNode *end_column(const Lint *l, const SqlNode *n)
{
    bool filled = lint_is_fn(l, n, "coalesce") && sql_tail_count(n) == 2;
    return filled ? sql_tail(n, 0) : n;
}

static bool is_moment(const Lint *l, const SqlNode *n)
{
    LogicalType t = lint_type(l, n);
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *low = n->child[OPERAND_SECOND];
    const SqlNode *high = end_column(l, n->child[OPERAND_THIRD]);
    const SqlColumn *from = lint_column(l, low), *to = lint_column(l, high);
    bool open = high == n->child[OPERAND_THIRD] && to && !to->not_null; // between-open-end says it
    if (!from || !to || open || n->flags & FLAG_NOT) return;
    const SqlBinding *a = lint_binding(l, low), *b = lint_binding(l, high);
    // Days that are both known may be the first and the last one.
    bool days = lint_type(l, high) == TYPE_DATE && to->not_null;
    if (days || !is_moment(l, low) || !is_moment(l, high) || a->source != b->source ||
        !lint_is_base(l, b->source))
        return;
    lint_say(l, n,
             "BETWEEN takes both ends: where one row's " STR_FMT " is the next one's " STR_FMT
             ", that moment is in both.",
             STR_ARG(to->name), STR_ARG(from->name));
    Str x = lint_text(l, n->child[OPERAND]), since = lint_text(l, low), until = lint_text(l, high);
    if (x.len && since.len && until.len)
        lint_instead(l,
                     STR_FMT " >= " STR_FMT " AND (" STR_FMT " < " STR_FMT " OR " STR_FMT
                             " IS NULL): the end belongs to the next version.",
                     STR_ARG(x), STR_ARG(since), STR_ARG(x), STR_ARG(until), STR_ARG(until));
}

const LintRule lint_between_versions = {
    .name = "between-versions",
    .kind = NODE_BETWEEN,
    .look = look,
    .instead = "x >= valid_from AND x < valid_to: the end belongs to the next version.",
};
