// coalesce_join: COALESCE(a, '') = COALESCE(b, '') joins the rows without a value with each other.
#include "sql/lint/lint.h"

static const SqlNode *filled(const Lint *l, const SqlNode *n)
{
    bool call = lint_is_fn(l, n, "coalesce") && sql_tail_count(n) == 2;
    return call && lint_is_constant(l, sql_tail(n, 1)) ? sql_tail(n, 0) : NULL;
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(n->child[JOIN_ON], all, MOST);
    for (size_t i = 0; i < count; i++) {
        if (all[i]->kind != NODE_BINARY || all[i]->op != OP_EQ) continue;
        const SqlNode *a = filled(l, all[i]->child[LEFT_SIDE]);
        const SqlNode *b = filled(l, all[i]->child[RIGHT_SIDE]);
        const SqlBinding *x = lint_binding(l, a), *y = lint_binding(l, b);
        if (!x || !y || x->source == y->source) continue;
        lint_say(l, all[i],
                 "Every row without a value meets every other one, and those that hold the filler "
                 "itself.");
        if (!sql_feature_in(FEATURE_IS_DISTINCT, l->script->dialect))
            lint_instead(l, "Write <=> where NULLs are to meet, and = where they are not.");
    }
}

const LintRule lint_coalesce_join = {
    .name = "coalesce-in-join",
    .kind = NODE_JOIN,
    .look = look,
    .instead = "Say IS NOT DISTINCT FROM where NULLs are to meet, and = where they are not.",
};
