// count_distinct: exact distinct counts over a fact table: right here, dear at scale.
#include "sql/lint/lint.h"

static void look(Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || !(n->flags & FLAG_DISTINCT) || !sql_tail_count(n)) return;
    const SqlBinding *b = lint_binding(l, sql_tail(n, 0));
    if (!b || !lint_is_base(l, b->source)) return;
    Str name = str_lower(l->arena, sql_last(b->source)->text);
    if (!str_starts(name, S("fact")) && !str_find(name, S("event"), NULL)) return;
    lint_say(l, n,
             "COUNT(DISTINCT …) over " STR_FMT " keeps every value: the state grows with the "
             "data and cannot be merged from day to day.",
             STR_ARG(name));
}

const LintRule lint_count_distinct = {
    .name = "count-distinct-at-scale",
    .kind = NODE_CALL,
    .look = look,
    .instead = "Say that you know it, and name the way out: HLL sketches, APPROX_COUNT_DISTINCT.",
};
