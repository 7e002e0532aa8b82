// latest_ties: a join with the MAX(ts) of each group finds two rows where two have the same time.
#include "sql/lint/lint.h"

static bool is_extreme(const Lint *l, const SqlNode *n)
{
    bool call = lint_is_aggregate(l, n) && (lint_is_fn(l, n, "max") || lint_is_fn(l, n, "min"));
    return call && sql_tail_count(n) == 1;
}

static bool is_moment(const Lint *l, const SqlNode *n)
{
    LogicalType t = lint_type(l, n);
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

// The side of an equality that is a time of a table, where the other is the latest of a group.
static const SqlNode *time_side(const Lint *l, const SqlNode *n)
{
    if (n->kind != NODE_BINARY || n->op != OP_EQ) return NULL;
    for (int side = LEFT_SIDE; side <= RIGHT_SIDE; side++) {
        const SqlNode *time = n->child[side], *other = n->child[LEFT_SIDE + RIGHT_SIDE - side];
        const SqlBinding *b = lint_binding(l, time);
        const SqlNode *behind = lint_item_behind(l, other);
        if (b && behind && lint_is_base(l, b->source) && is_moment(l, time) &&
            is_extreme(l, behind))
            return time;
    }
    return NULL;
}

static bool takes_first(const Lint *l, const SqlNode *equality)
{
    return lint_is_fn(l, lint_item_behind(l, equality->child[LEFT_SIDE]), "min") ||
           lint_is_fn(l, lint_item_behind(l, equality->child[RIGHT_SIDE]), "min");
}

// The columns of the same table that the condition holds equal to others.
static void add_equals(const Lint *l, const SqlNode *condition, const SqlNode *source,
                       LintColumns *c)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(condition, all, MOST);
    for (size_t i = 0; i < count; i++) {
        for (int side = LEFT_SIDE; all[i]->kind == NODE_BINARY && side <= RIGHT_SIDE; side++) {
            const SqlBinding *b = lint_binding(l, all[i]->child[side]);
            if (all[i]->op == OP_EQ && b && b->source == source && c->len < MOST)
                c->at[c->len++] = all[i]->child[side];
        }
    }
}

// What asks for one row a group afterwards has thought of it, and so has an aggregate.
static bool is_settled(const Lint *l, const SqlNode *join)
{
    const SqlNode *select = lint_around(l, join, NODE_SELECT);
    return !select || select->flags & FLAG_DISTINCT || select->child[SELECT_GROUP] ||
           select->child[SELECT_ON] || select->child[SELECT_QUALIFY];
}

static void look(Lint *l, const SqlNode *n)
{
    enum { MOST = 24 };
    const SqlNode *all[MOST];
    if (n->op != OP_INNER || !n->child[JOIN_ON] || is_settled(l, n)) return;
    size_t count = lint_conjuncts(n->child[JOIN_ON], all, MOST);
    for (size_t i = 0; i < count; i++) {
        const SqlNode *time = time_side(l, all[i]);
        const SqlNode *source = time ? lint_binding(l, time)->source : NULL;
        LintColumns c = {.len = 0};
        if (!source) continue;
        add_equals(l, n->child[JOIN_ON], source, &c);
        if (c.len < 2 || lint_unique_in(l, source, &c) != UNIQUE_NO) continue;
        lint_say(l, all[i],
                 "Two rows of " STR_FMT " with the same " STR_FMT " both match: the %s is not one "
                 "row there.",
                 STR_ARG(lint_source_name(source)), STR_ARG(sql_last(time)->text),
                 takes_first(l, all[i]) ? "first" : "latest");
        return;
    }
}

const LintRule lint_latest_ties = {
    .name = "latest-with-ties",
    .kind = NODE_JOIN,
    .look = look,
    .instead = "Number the rows of each group by time and a unique column, and keep the first.",
};
