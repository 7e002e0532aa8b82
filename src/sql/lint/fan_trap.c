// fan_trap: two one-to-many joins of one table, where each branch multiplies the other's sums.
#include "sql/lint/lint.h"

enum { MOST_SOURCES = 12, MOST_CONDITIONS = 32 };
typedef struct { // many JOIN … USING (names), all of them columns of the hub
    const SqlNode *many, *hub, *names;
} Using;
typedef struct {
    const SqlNode *source[MOST_SOURCES];
    size_t sources;
    const SqlNode *condition[MOST_CONDITIONS]; // of the joins and of WHERE
    size_t conditions;
    Using used[MOST_SOURCES];
    size_t uses;
    bool plain; // inner and left joins with ON or USING; of a list fan_out speaks
} Joined;

static void add_conditions(Joined *j, const SqlNode *condition)
{
    j->conditions += lint_conjuncts(condition, j->condition + j->conditions,
                                    (size_t)MOST_CONDITIONS - j->conditions);
}

// The table on the left that has all columns of USING; NULL = there is no such one.
static const SqlNode *hub_of(const Lint *l, const SqlNode *join)
{
    const SqlNode *names = join->child[JOIN_USING], *hub = NULL;
    for (uint32_t i = 0; i < sql_tail_count(names); i++) {
        const SqlNode *from = join->child[JOIN_LEFT];
        SqlSide side = {0};
        while (from && sql_using_side(l->meaning, from, sql_tail(names, i)->text, &side))
            from = side.source->kind == NODE_JOIN ? side.source->child[JOIN_LEFT] : NULL;
        if (from || !side.source || (hub && hub != side.source)) return NULL;
        hub = side.source;
    }
    return hub;
}

static void add_joins(const Lint *l, Joined *j, const SqlNode *n)
{
    if (n->kind != NODE_JOIN) return;
    bool plain = n->op == OP_INNER || n->op == OP_LEFT, on = n->child[JOIN_ON] != NULL;
    const SqlNode *right = n->child[JOIN_RIGHT], *hub = hub_of(l, n);
    if (!plain || (!on && !hub) || j->conditions + 4 > MOST_CONDITIONS) {
        j->plain = false;
        return;
    }
    add_joins(l, j, n->child[JOIN_LEFT]);
    add_joins(l, j, right);
    add_conditions(j, n->child[JOIN_ON]);
    if (hub && j->uses < MOST_SOURCES)
        j->used[j->uses++] = (Using){right, hub, n->child[JOIN_USING]};
}

static const SqlNode *names_between(const Joined *j, const SqlNode *many, const SqlNode *hub)
{
    for (size_t i = 0; i < j->uses; i++) {
        if (j->used[i].many == many && j->used[i].hub == hub) return j->used[i].names;
    }
    return NULL;
}

static Joined joined(const Lint *l, const SqlNode *select)
{
    const SqlNode *from = select->child[SELECT_FROM];
    Joined j = {.plain = sql_tail_count(from) == 1};
    if (!j.plain) return j;
    j.sources = lint_sources(from, j.source, MOST_SOURCES);
    j.plain = j.sources < MOST_SOURCES;
    if (!j.plain) return j;
    add_joins(l, &j, sql_tail(from, 0));
    add_conditions(&j, select->child[SELECT_WHERE]);
    j.plain = j.plain && j.conditions < MOST_CONDITIONS;
    return j;
}

// The columns of `one` that conditions hold equal to those of `other`; false when a condition says
// something else about `one`: that may be what leaves one row of it.
static bool tied(const Lint *l, const Joined *j, const SqlNode *one, const SqlNode *other,
                 LintColumns *c)
{
    for (size_t i = 0; i < j->conditions; i++) {
        const SqlNode *n = j->condition[i];
        if (!lint_reads(l, n, one)) continue;
        if (n->kind != NODE_BINARY || n->op != OP_EQ) return false;
        const SqlBinding *left = lint_binding(l, n->child[LEFT_SIDE]);
        const SqlBinding *right = lint_binding(l, n->child[RIGHT_SIDE]);
        if (!left || !right || c->len == sizeof c->at / sizeof *c->at) return false;
        bool here = left->source == one && right->source == other;
        if (!here && (right->source != one || left->source != other)) return false;
        c->at[c->len++] = n->child[here ? LEFT_SIDE : RIGHT_SIDE];
    }
    return c->len > 0;
}

static bool is_spoken_of(const Lint *l, const Joined *j, const SqlNode *source)
{
    for (size_t i = 0; i < j->conditions; i++) {
        if (lint_reads(l, j->condition[i], source)) return true;
    }
    return false;
}

// Several rows of `many` belong to one of `hub`, and nothing else is said of them.
static bool is_branch(const Lint *l, const Joined *j, const SqlNode *many, const SqlNode *hub)
{
    LintColumns c = {.len = 0};
    if (many == hub || !lint_is_base(l, many) || !lint_has_key(l, many)) return false;
    const SqlNode *names = names_between(j, many, hub);
    if (names) return !is_spoken_of(l, j, many) && !lint_names_key(l, many, names);
    return tied(l, j, many, hub, &c) && lint_unique_in(l, many, &c) == UNIQUE_NO;
}

// The other side of the equalities with `branch` is a key of `hub`.
static bool is_hub(const Lint *l, const Joined *j, const SqlNode *hub, const SqlNode *branch)
{
    LintColumns c = {.len = 0};
    const SqlNode *names = names_between(j, branch, hub);
    if (names) return lint_names_key(l, hub, names);
    for (size_t i = 0; i < j->conditions; i++) {
        const SqlNode *n = j->condition[i];
        if (!lint_reads(l, n, hub) || !lint_reads(l, n, branch)) continue;
        const SqlBinding *left = lint_binding(l, n->child[LEFT_SIDE]);
        if (c.len == sizeof c.at / sizeof *c.at) return false;
        c.at[c.len++] = n->child[left && left->source == hub ? LEFT_SIDE : RIGHT_SIDE];
    }
    return c.len && lint_unique_in(l, hub, &c) == UNIQUE_YES;
}

static bool sums(const Lint *l, const SqlNode *n)
{
    bool one = lint_is_fn(l, n, "sum") || lint_is_fn(l, n, "avg") || lint_is_fn(l, n, "count");
    return one && lint_is_aggregate(l, n) && sql_tail_count(n) == 1 &&
           sql_tail(n, 0)->kind != NODE_STAR && !(n->flags & FLAG_DISTINCT);
}

// The branch that multiplies what `call` sums of `summed`: another one of the same hub.
static const SqlNode *other_branch(const Lint *l, const Joined *j, const SqlNode *call,
                                   const SqlNode *summed, const SqlNode *group)
{
    for (size_t h = 0; h < j->sources; h++) {
        const SqlNode *hub = j->source[h];
        if (!is_branch(l, j, summed, hub) || !is_hub(l, j, hub, summed)) continue;
        for (size_t i = 0; i < j->sources; i++) {
            const SqlNode *other = j->source[i];
            if (other == summed || lint_reads(l, call, other) || lint_reads(l, group, other))
                continue;
            if (is_branch(l, j, other, hub) && is_hub(l, j, hub, other)) return other;
        }
    }
    return NULL;
}

LintFan lint_fan_of(const Lint *l, const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS], *group = select->child[SELECT_GROUP];
    Joined j = joined(l, select);
    for (uint32_t i = 0; j.plain && j.sources >= 3 && i < sql_tail_count(items); i++) {
        const SqlNode *call = lint_find(l, sql_tail(items, i), sums, lint_is_query);
        for (size_t s = 0; call && s < j.sources; s++) {
            const SqlNode *summed = j.source[s];
            if (!lint_reads(l, sql_tail(call, 0), summed)) continue;
            const SqlNode *other = other_branch(l, &j, call, summed, group);
            if (other) return (LintFan){call, summed, other};
        }
    }
    return (LintFan){0};
}

static void look(Lint *l, const SqlNode *n)
{
    LintFan f = lint_fan_of(l, n);
    if (!f.call) return;
    lint_say(l, f.call,
             "Each row of " STR_FMT " stands beside every row of " STR_FMT
             " of the same key: it is counted that many times.",
             STR_ARG(lint_source_name(f.summed)), STR_ARG(lint_source_name(f.other)));
}

const LintRule lint_fan_trap = {
    .name = "fan-trap",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Aggregate each branch to the key in a subquery of its own, then join.",
};
