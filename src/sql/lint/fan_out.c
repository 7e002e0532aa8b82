// fan_out: a sum over a table whose rows a join has multiplied.
#include "sql/lint/lint.h"

static bool sums(const Lint *l, const SqlNode *n)
{
    if (n->kind == NODE_QUERY) return false;
    bool one = lint_is_fn(l, n, "sum") || lint_is_fn(l, n, "avg") || lint_is_fn(l, n, "count");
    return one && sql_tail_count(n) && sql_tail(n, 0)->kind != NODE_STAR && !n->child[CALL_OVER] &&
           !(n->flags & FLAG_DISTINCT) && sql_tail_count(n) == 1;
}

static const SqlNode *first_column(const Lint *l, const SqlNode *n)
{
    if (lint_binding(l, n)) return n;
    const SqlNode *found = NULL;
    for (uint32_t i = 0; n && i < n->count && !found; i++) {
        if (n->child[i]) found = first_column(l, n->child[i]);
    }
    return found;
}

// The columns of `of` that a condition holds equal to those of other tables. False when it says
// more about the table (a range, a flag, a constant): that may be what leaves one row.
static bool add_equal(const Lint *l, const SqlNode *condition, const SqlNode *of, LintColumns *c)
{
    enum { ROOM = sizeof c->at / sizeof *c->at };
    const SqlNode *all[24];
    size_t count = lint_conjuncts(condition, all, 24);
    for (size_t i = 0; i < count; i++) {
        const SqlNode *n = all[i];
        if (!lint_reads(l, n, of)) continue;
        if (n->kind != NODE_BINARY || n->op != OP_EQ) return false;
        const SqlBinding *left = lint_binding(l, n->child[LEFT_SIDE]);
        const SqlBinding *right = lint_binding(l, n->child[RIGHT_SIDE]);
        if (!left || !right || left->source == right->source || c->len == ROOM) return false;
        c->at[c->len++] = n->child[left->source == of ? LEFT_SIDE : RIGHT_SIDE];
    }
    return true;
}

static bool is_in(const SqlNode *join, const SqlNode *source)
{
    if (join == source) return true;
    return join->kind == NODE_JOIN &&
           (is_in(join->child[JOIN_LEFT], source) || is_in(join->child[JOIN_RIGHT], source));
}

// The right table of a join above `summed` that may have several rows for one of its.
static const SqlNode *multiplier(const Lint *l, const SqlNode *join, const SqlNode *summed,
                                 const SqlNode *where)
{
    if (join->kind != NODE_JOIN || !is_in(join, summed)) return NULL;
    const SqlNode *left = join->child[JOIN_LEFT], *right = join->child[JOIN_RIGHT];
    const SqlNode *below = multiplier(l, is_in(left, summed) ? left : right, summed, where);
    if (below || right == summed || !lint_has_key(l, right)) return below;
    if (join->op != OP_INNER && join->op != OP_LEFT) return NULL;
    const SqlNode *names = join->child[JOIN_USING];
    bool base = lint_is_base(l, right);
    if (names) return base && !lint_names_key(l, right, names) ? right : NULL;
    if (!join->child[JOIN_ON]) return NULL;
    LintColumns c = {.len = 0};
    if (!add_equal(l, join->child[JOIN_ON], right, &c) || !add_equal(l, where, right, &c))
        return NULL;
    return c.len && lint_unique_in(l, right, &c) == UNIQUE_NO ? right : NULL;
}

// The same of FROM a, b WHERE a.id = b.id.
static const SqlNode *listed(const Lint *l, const SqlNode *from, const SqlNode *summed,
                             const SqlNode *where)
{
    for (uint32_t i = 0; i < sql_tail_count(from); i++) {
        const SqlNode *one = sql_tail(from, i);
        LintColumns c = {.len = 0};
        if (one == summed || !lint_has_key(l, one)) continue;
        if (!add_equal(l, where, one, &c) || !c.len) continue;
        if (lint_unique_in(l, one, &c) == UNIQUE_NO) return one;
    }
    return NULL;
}

static const SqlNode *many_of(const Lint *l, const SqlNode *select, const SqlNode *summed)
{
    const SqlNode *from = select->child[SELECT_FROM], *where = select->child[SELECT_WHERE];
    return sql_tail_count(from) == 1 ? multiplier(l, sql_tail(from, 0), summed, where)
                                     : listed(l, from, summed, where);
}

// Its rows are those of its FROM, less what WHERE leaves out.
static bool keeps_rows(const Lint *l, const SqlNode *select)
{
    const SqlNode *query = lint_parent(l, select);
    bool plain = !(select->flags & FLAG_DISTINCT) && !select->child[SELECT_ON] &&
                 !select->child[SELECT_GROUP] && !select->child[SELECT_QUALIFY];
    return plain && query->kind == NODE_QUERY && !query->child[QUERY_LIMIT];
}

// WHERE rn = 1: of what the join has made one row may be chosen.
static bool reads_window(const Lint *l, const SqlNode *n)
{
    if (!n) return false;
    if (lint_is_window(l, lint_item_behind(l, n))) return true;
    for (uint32_t i = 0; i < n->count; i++) {
        if (reads_window(l, n->child[i])) return true;
    }
    return false;
}

typedef struct {
    const SqlNode *summed, *many; // two sources of one FROM
} Pair;

// The join that multiplies what is summed: here, or in a CTE or derived table that it comes from.
static Pair multiplied(const Lint *l, const SqlNode *select, const SqlNode *call)
{
    enum { DEPTH_MOST = 4 };
    const SqlBinding *b = lint_binding(l, first_column(l, sql_tail(call, 0)));
    if (!b || b->query != select) return (Pair){0};
    const SqlNode *source = b->source;
    uint32_t column = b->column;
    for (int depth = 0; depth < DEPTH_MOST; depth++) {
        const SqlNode *many = many_of(l, select, source);
        // A sum over pairs is meant.
        if (many) return (Pair){source, depth == 0 && lint_reads(l, call, many) ? NULL : many};
        if (reads_window(l, select->child[SELECT_WHERE]) || !lint_origin(l, &source, &column))
            break;
        select = lint_around(l, source, NODE_SELECT);
        if (!select || !keeps_rows(l, select)) break;
    }
    return (Pair){0};
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *items = n->child[SELECT_ITEMS];
    if (lint_fan_of(l, n).call) return; // fan-trap says it
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        const SqlNode *call = lint_find(l, sql_tail(items, i), sums, lint_is_query);
        Pair p = call ? multiplied(l, n, call) : (Pair){0};
        if (!p.many) continue;
        lint_say(l, call,
                 "The join repeats a row of " STR_FMT " for each match in " STR_FMT
                 ": it is counted that many times.",
                 STR_ARG(lint_source_name(p.summed)), STR_ARG(lint_source_name(p.many)));
        return;
    }
}

const LintRule lint_fan_out = {
    .name = "fan-out-before-sum",
    .kind = NODE_SELECT,
    .look = look,
    .instead = "Aggregate each side to the grain of the join first, then join.",
};
