// function_on_column: a function around the column that is filtered by: no pruning, no index.
#include "sql/lint/lint.h"

static bool is_moment_column(const Lint *l, const SqlNode *n)
{
    if (n->kind != NODE_COLUMN) return false;
    const SqlBinding *b = lint_binding(l, n);
    LogicalType t = lint_type(l, n);
    return b && lint_is_base(l, b->source) && (t == TYPE_DATE || t == TYPE_TIMESTAMP);
}

// Two columns in one function are no range of either.
static bool reads_only(const Lint *l, const SqlNode *n, const SqlNode *column)
{
    const SqlBinding *b = lint_binding(l, n);
    if (n->kind == NODE_QUERY || (b && !sql_same(n, column))) return false;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && !reads_only(l, n->child[i], column)) return false;
    }
    return true;
}

static bool tells_year(const Lint *l, const SqlNode *n)
{
    (void)l;
    bool text = n->kind == NODE_STRING;
    return text && (str_find(n->text, S("Y"), NULL) || str_find(n->text, S("y"), NULL));
}

// The month, hour or day of the week alone: no range of dates says that.
static bool is_cyclic(const Lint *l, const SqlNode *n)
{
    static const Str parts[] = {STR_LIT("YEAR"),          STR_LIT("ISOYEAR"),
                                STR_LIT("YEAROFWEEK"),    STR_LIT("YEARWEEK"),
                                STR_LIT("YEAROFWEEKISO"), STR_LIT("YEAR_MONTH"),
                                STR_LIT("EPOCH"),         STR_LIT("EPOCH_SECOND")};
    const SqlNode *time = NULL;
    Str part = lint_date_part(l, n, &time);
    for (size_t i = 0; part.len && i < sizeof parts / sizeof *parts; i++) {
        if (str_eq(part, parts[i])) return false;
    }
    bool format = lint_is_fn(l, n, "date_format") || lint_is_fn(l, n, "strftime");
    return part.len || (format && !lint_find(l, n, tells_year, lint_is_query));
}

static bool wraps(const Lint *l, const SqlNode *n)
{
    bool call = n->kind == NODE_CALL && !n->child[CALL_OVER] && !lint_is_aggregate(l, n);
    bool cast = n->kind == NODE_CAST;
    if ((!call && !cast) || is_cyclic(l, n)) return false;
    const SqlNode *column = lint_find(l, n, is_moment_column, lint_is_query);
    return column && reads_only(l, n, column);
}

// The column that a condition hides; NULL = it hides none.
static const SqlNode *hidden(const Lint *l, const SqlNode *n)
{
    const SqlNode *of = NULL, *other = NULL;
    if (n->kind == NODE_BINARY && n->op >= OP_EQ && n->op <= OP_GE) {
        of = n->child[LEFT_SIDE], other = n->child[RIGHT_SIDE];
        if (!wraps(l, of)) of = n->child[RIGHT_SIDE], other = n->child[LEFT_SIDE];
    } else if (n->kind == NODE_BETWEEN || n->kind == NODE_IN) {
        of = n->child[OPERAND], other = n->child[OPERAND_SECOND];
    }
    if (!of || !wraps(l, of) || !lint_is_constant(l, other)) return NULL;
    return lint_find(l, of, is_moment_column, lint_is_query);
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *conditions[MOST], *said = NULL;
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], conditions, MOST);
    for (size_t i = 0; i < count; i++) {
        const SqlNode *column = hidden(l, conditions[i]);
        if (!column || (said && sql_same(said, column))) continue;
        said = column;
        lint_say(l, conditions[i],
                 "A function around " STR_FMT " hides it: most engines then prune no partition and "
                 "use no index.",
                 STR_ARG(sql_last(column)->text));
    }
}

const LintRule lint_function_on_column = {
    .name = "function-on-column",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Compare the bare column with a range of constants.",
};
