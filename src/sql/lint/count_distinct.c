// count_distinct: exact distinct counts of an audience over a fact table: right here, dear at
// scale.
#include "sql/lint/lint.h"

// user_id, profileId …: what there are as many of as people use it.
static bool is_audience(const Lint *l, const SqlNode *n)
{
    static const Str words[] = {STR_LIT("user"),     STR_LIT("profile"), STR_LIT("account"),
                                STR_LIT("customer"), STR_LIT("member"),  STR_LIT("visitor"),
                                STR_LIT("session"),  STR_LIT("device"),  STR_LIT("viewer"),
                                STR_LIT("player"),   STR_LIT("person"),  STR_LIT("subscriber"),
                                STR_LIT("listener")};
    if (!n || n->kind != NODE_COLUMN) return false;
    Str name = str_lower(l->arena, sql_last(n)->text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_starts(name, words[i]) && str_ends(name, S("id"))) return true;
    }
    return false;
}

static bool counts_audience(const Lint *l, const SqlNode *n)
{
    if (!lint_is_fn(l, n, "count") || !(n->flags & FLAG_DISTINCT) || !sql_tail_count(n))
        return false;
    const SqlBinding *b = lint_binding(l, sql_tail(n, 0));
    if (!b || !lint_is_base(l, b->source) || !is_audience(l, sql_tail(n, 0))) return false;
    Str name = str_lower(l->arena, sql_last(b->source)->text);
    return str_starts(name, S("fact")) || str_find(name, S("event"), NULL);
}

// Of one person there is little to count. What HAVING asks is not kept for anybody to add up.
static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *call = lint_find(l, n->child[SELECT_ITEMS], counts_audience, lint_is_query);
    if (!call || lint_find(l, n->child[SELECT_GROUP], is_audience, lint_is_query)) return;
    lint_say(l, call,
             "COUNT(DISTINCT …) over " STR_FMT " keeps every value: the state grows with the "
             "data and cannot be merged from day to day.",
             STR_ARG(sql_last(lint_binding(l, sql_tail(call, 0))->source)->text));
}

const LintRule lint_count_distinct = {
    .name = "count-distinct-at-scale",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Say that you know it, and name the way out: HLL sketches, APPROX_COUNT_DISTINCT.",
};
