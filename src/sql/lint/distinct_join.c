// distinct_join: DISTINCT that sweeps away what a join has multiplied.
#include "sql/lint/lint.h"

static bool names(const SqlNode *star_of, const SqlNode *source)
{
    return str_eq_nocase(sql_last(star_of)->text, lint_source_name(source));
}

static bool reads(const Lint *l, const SqlNode *n, const SqlNode *source)
{
    if (!n) return false;
    if (n->kind == NODE_STAR) return !n->child[STAR_OF] || names(n->child[STAR_OF], source);
    const SqlBinding *b = lint_binding(l, n);
    if (n->kind == NODE_COLUMN && (!b || b->source == source || b->source->kind == NODE_JOIN))
        return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads(l, n->child[i], source)) return true;
    }
    return false;
}

// Without the join no two rows were alike: a key of the one other table is shown.
static bool shows_key(const Lint *l, const SqlNode *select, const SqlNode *other)
{
    LintColumns c = {.len = 0};
    const SqlNode *items = select->child[SELECT_ITEMS];
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *value = sql_tail(items, i)->child[ITEM_VALUE];
        bool whole = value->kind == NODE_STAR && value->child[STAR_OF];
        if (whole && names(value->child[STAR_OF], other)) return lint_has_key(l, other);
        if (value->kind == NODE_COLUMN && c.len < sizeof c.at / sizeof *c.at) c.at[c.len++] = value;
    }
    return lint_unique_in(l, other, &c) == UNIQUE_YES;
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *from = n->child[SELECT_FROM];
    bool plain = !n->child[SELECT_ON] && !n->child[SELECT_GROUP] && sql_tail_count(from) == 1;
    if (!(n->flags & FLAG_DISTINCT) || !plain) return;
    const SqlNode *join = sql_tail(from, 0);
    if (join->kind != NODE_JOIN || join->op != OP_INNER) return;
    const SqlNode *left = join->child[JOIN_LEFT], *right = join->child[JOIN_RIGHT];
    if (right->kind != NODE_TABLE || reads(l, n->child[SELECT_ITEMS], right)) return;
    if (!shows_key(l, n, left) || lint_finds_one(l, join)) return;
    lint_say(l, n,
             "Nothing of " STR_FMT " is shown: it only asks whether there is a match, and "
             "DISTINCT sweeps the copies away.",
             STR_ARG(lint_source_name(right)));
}

const LintRule lint_distinct_join = {
    .name = "distinct-after-join",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Ask with EXISTS or IN; then no row is multiplied.",
};
