// between_open_end: x BETWEEN valid_from AND valid_to, where the version that still holds has no
// end.
#include "sql/lint/lint.h"

static bool is_moment(const Lint *l, const SqlNode *n)
{
    LogicalType t = lint_type(l, n);
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *low = n->child[OPERAND_SECOND], *high = n->child[OPERAND_THIRD];
    const SqlColumn *from = lint_column(l, low), *to = lint_column(l, high);
    if (!from || !from->not_null || !to || to->not_null || !is_moment(l, low) ||
        !is_moment(l, high))
        return;
    const SqlBinding *a = lint_binding(l, low), *b = lint_binding(l, high);
    if (a->source != b->source || !lint_is_base(l, b->source)) return;
    lint_say(l, n, STR_FMT " may be NULL while a row still holds: BETWEEN leaves that row out.",
             STR_ARG(to->name));
    Str x = lint_text(l, n->child[OPERAND]), since = lint_text(l, low), until = lint_text(l, high);
    if (x.len && since.len && until.len)
        lint_instead(l,
                     STR_FMT " >= " STR_FMT " AND (" STR_FMT " < " STR_FMT " OR " STR_FMT
                             " IS NULL): the end belongs to the next version.",
                     STR_ARG(x), STR_ARG(since), STR_ARG(x), STR_ARG(until), STR_ARG(until));
}

const LintRule lint_between_open_end = {
    .name = "between-open-end",
    .kind = NODE_BETWEEN,
    .look = look,
    .instead = "x >= valid_from AND (x < valid_to OR valid_to IS NULL), with the end excluded.",
};
