// cross_join: tables side by side, and no condition that ties one to the others.
#include "sql/lint/lint.h"

static bool mentions(const Lint *l, const SqlNode *n, const SqlNode *source)
{
    if (!n) return false;
    if (n->kind == NODE_COLUMN) {
        const SqlBinding *b = lint_binding(l, n);
        return !b || b->source == source; // what is not known may be it
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (mentions(l, n->child[i], source)) return true;
    }
    return false;
}

static bool is_linked(const Lint *l, const SqlNode *where, const SqlNode *source,
                      const SqlNode *const *all, size_t count)
{
    const SqlNode *conditions[32];
    size_t n = lint_conjuncts(where, conditions, 32);
    for (size_t i = 0; i < n; i++) {
        if (!mentions(l, conditions[i], source)) continue;
        for (size_t k = 0; k < count; k++) {
            if (all[k] != source && mentions(l, conditions[i], all[k])) return true;
        }
    }
    return false;
}

// (SELECT MAX(x) AS m FROM t), (SELECT @r := 0): one row, which multiplies nothing.
static bool is_one_row(const Lint *l, const SqlNode *source)
{
    const SqlNode *query = source->kind == NODE_DERIVED ? source->child[DERIVED_QUERY] : NULL;
    const SqlNode *select = query && query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    if (!select || select->kind != NODE_SELECT || select->child[SELECT_GROUP]) return false;
    return !select->child[SELECT_FROM] ||
           lint_find(l, select->child[SELECT_ITEMS], lint_is_aggregate, lint_is_query) != NULL;
}

static bool others_are_one_row(const Lint *l, const SqlNode *source, const SqlNode *const *all,
                               size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i] != source && !is_one_row(l, all[i])) return false;
    }
    return true;
}

// FROM a, b with no condition between: a CROSS JOIN that says so is meant.
static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *from = n->child[SELECT_FROM], *sources[16];
    if (sql_tail_count(from) < 2) return;
    size_t count = lint_sources(from, sources, 16);
    for (uint32_t i = 1; i < sql_tail_count(from); i++) {
        const SqlNode *one = sql_tail(from, i);
        if (one->kind != NODE_TABLE || !lint_is_base(l, one)) continue;
        if (others_are_one_row(l, one, sources, count)) continue;
        if (is_linked(l, n->child[SELECT_WHERE], one, sources, count)) continue;
        lint_say(l, one,
                 "No condition ties " STR_FMT " to the other tables: every row meets every "
                 "row.",
                 STR_ARG(lint_source_name(one)));
    }
}

const LintRule lint_cross_join = {
    .name = "implicit-cross-join",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Join with ON; write CROSS JOIN where every pair is meant.",
};
