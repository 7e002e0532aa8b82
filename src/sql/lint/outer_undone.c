// outer_undone: a LEFT JOIN whose missing rows the WHERE throws away again.
#include "sql/lint/lint.h"

// An inner join above that compares with the table whose row may be missing.
static void look_joins(Lint *l, const SqlNode *join, const SqlNode *source)
{
    enum { MOST = 24 };
    bool below = false;
    if (join->kind != NODE_JOIN) return;
    const SqlNode *conditions[MOST], *left = join->child[JOIN_LEFT];
    bool missing = lint_is_optional(left, source, &below);
    if (!below) return;
    size_t count = lint_conjuncts(join->child[JOIN_ON], conditions, MOST);
    for (size_t i = 0; missing && join->op == OP_INNER && i < count; i++) {
        if (!lint_rejects(l, conditions[i], source)) continue;
        lint_say(l, conditions[i],
                 "This inner join keeps no row that the outer join adds: of " STR_FMT
                 " only matches remain.",
                 STR_ARG(lint_source_name(source)));
        return;
    }
    look_joins(l, left, source);
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *conditions[MOST], *sources[MOST];
    size_t count = lint_conjuncts(n->child[SELECT_WHERE], conditions, MOST);
    size_t tables = lint_sources(n->child[SELECT_FROM], sources, MOST);
    for (size_t s = 0; s < tables; s++) {
        const SqlNode *from = n->child[SELECT_FROM];
        for (uint32_t i = 0; i < sql_tail_count(from); i++)
            look_joins(l, sql_tail(from, i), sources[s]);
        if (!lint_is_optional(from, sources[s], NULL)) continue;
        for (size_t i = 0; i < count; i++) {
            if (!lint_rejects(l, conditions[i], sources[s])) continue;
            lint_say(l, conditions[i],
                     "This condition is not true for the rows that the outer join adds: of " STR_FMT
                     " only matches remain, as in an inner join.",
                     STR_ARG(lint_source_name(sources[s])));
            Str text = lint_text(l, conditions[i]);
            if (text.len)
                lint_instead(l,
                             "Move " STR_FMT " into the ON of " STR_FMT
                             ", or write an inner join if that is what is meant.",
                             STR_ARG(text), STR_ARG(lint_source_name(sources[s])));
            break;
        }
    }
}

const LintRule lint_outer_undone = {
    .name = "outer-join-undone",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Move the condition into ON, or write an inner join if that is what is meant.",
};
