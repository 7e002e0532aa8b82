// lag_across: LAG(x) OVER (ORDER BY user_id, ts) looks from the first row of a user at the last one
// of the user before.
#include "sql/lint/lint.h"

static bool looks_aside(const Lint *l, const SqlNode *n)
{
    return lint_is_window(l, n) && (lint_is_fn(l, n, "lag") || lint_is_fn(l, n, "lead"));
}

// LAG(user_id) of the same order beside it: where a user ends is looked for.
static bool finds_ends(const Lint *l, const SqlNode *n, const SqlNode *entity)
{
    if (!n) return false;
    if (looks_aside(l, n) && sql_tail_count(n) && sql_same(sql_tail(n, 0), entity)) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (finds_ends(l, n->child[i], entity)) return true;
    }
    return false;
}

static bool is_moment(const Lint *l, const SqlNode *n)
{
    LogicalType t = lint_type(l, n);
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

// Rows of a base table that has several of one entity, each with a time.
static bool is_entity(const Lint *l, const SqlNode *key)
{
    const SqlBinding *b = lint_binding(l, key);
    LintColumns c = {.at = {key}, .len = 1};
    bool known = b && !is_moment(l, key) && lint_type(l, key) != TYPE_REAL;
    return known && lint_unique_in(l, b->source, &c) == UNIQUE_NO;
}

static void look(Lint *l, const SqlNode *n)
{
    if (!looks_aside(l, n)) return;
    const SqlNode *over = lint_window(l, n), *select = lint_around(l, n, NODE_SELECT);
    if (!over || !select || over->text.len || over->child[WINDOW_PARTITION]) return;
    const SqlNode *order = over->child[WINDOW_ORDER];
    if (sql_tail_count(order) < 2) return;
    const SqlNode *entity = sql_tail(order, 0)->child[ONLY],
                  *next = sql_tail(order, 1)->child[ONLY];
    if (!is_entity(l, entity) || !is_moment(l, next) || finds_ends(l, select, entity)) return;
    Str text = sql_source(l->script->sql, entity);
    lint_say(l, n,
             "The first row of one " STR_FMT " looks at a row of another: nothing parts them.",
             STR_ARG(text));
    lint_instead(l, "PARTITION BY " STR_FMT " ORDER BY " STR_FMT ".", STR_ARG(text),
                 STR_ARG(sql_source(l->script->sql, next)));
}

const LintRule lint_lag_across = {
    .name = "lag-across-groups",
    .kind = NODE_CALL,
    .look = look,
    .instead = "PARTITION BY the entity, and ORDER BY the time alone.",
};
