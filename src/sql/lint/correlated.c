// correlated: an aggregate over the same table, asked again for every row: a window says it once.
#include "sql/lint/lint.h"

enum { MOST = 24 };
typedef struct {
    const Lint *lint;
    const SqlNode *inner, *outer, *select; // the two sources; the SELECT of the subquery
    uint64_t own, around;                  // columns of the sources that one condition reads
    bool other;                            // it reads something else from outside
} Pair;

static void add_columns(Pair *p, const SqlNode *n)
{
    const SqlBinding *b = lint_binding(p->lint, n);
    bool outside = b && b->query != p->select && !lint_within(p->lint, b->query, p->select);
    bool known = b && b->column < 64;
    if (known && b->source == p->inner) {
        p->own |= UINT64_C(1) << b->column;
    } else if (known && b->source == p->outer) {
        p->around |= UINT64_C(1) << b->column;
    } else if (outside) {
        p->other = true;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) add_columns(p, n->child[i]);
    }
}

static bool is_range(const SqlNode *n)
{
    return n->kind == NODE_BETWEEN || (n->kind == NODE_BINARY && n->op >= OP_LT && n->op <= OP_GE);
}

// Each condition holds a column of the row against the same column of its fellows: they are a
// partition, or a frame of it. Where others are compared, no window has the rows.
static bool is_partition(Pair p, const SqlNode *where, bool *ranges)
{
    const SqlNode *all[MOST];
    size_t count = lint_conjuncts(where, all, MOST), ties = 0;
    for (size_t i = 0; i < count; i++) {
        p.own = p.around = 0;
        add_columns(&p, all[i]);
        if (p.other || (p.around && p.around != p.own)) return false;
        ties += p.around != 0;
        *ranges = *ranges || (p.around && is_range(all[i]));
    }
    return ties > 0;
}

static bool same_table(const Lint *l, const SqlNode *a, const SqlNode *b)
{
    return lint_is_base(l, a) && lint_is_base(l, b) &&
           str_eq_nocase(sql_last(a)->text, sql_last(b)->text);
}

static void look(Lint *l, const SqlNode *n)
{
    const SqlNode *query = n->child[ONLY], *inner[2], *outer[MOST];
    const SqlNode *select = query->kind == NODE_QUERY ? query->child[QUERY_BODY] : NULL;
    if (!select || select->kind != NODE_SELECT || select->child[SELECT_GROUP]) return;
    const SqlNode *items = select->child[SELECT_ITEMS], *around = lint_around(l, n, NODE_SELECT);
    const SqlNode *value =
        sql_tail_count(items) == 1 ? sql_tail(items, 0)->child[ITEM_VALUE] : NULL;
    bool one = lint_sources(select->child[SELECT_FROM], inner, 2) == 1;
    if (!value || !lint_is_aggregate(l, value) || !around || !one) return;
    size_t count = lint_sources(around->child[SELECT_FROM], outer, MOST);
    for (size_t i = 0; i < count; i++) {
        if (!same_table(l, inner[0], outer[i])) continue;
        bool ranges = false;
        Pair p = {.lint = l, .inner = inner[0], .outer = outer[i], .select = select};
        if (!is_partition(p, select->child[SELECT_WHERE], &ranges)) continue;
        if (value->flags & FLAG_DISTINCT && !ranges) continue; // few windows count distinct values
        lint_say(l, n, "For every row of " STR_FMT " this reads " STR_FMT " again.",
                 STR_ARG(lint_source_name(outer[i])), STR_ARG(sql_last(inner[0])->text));
        return;
    }
}

const LintRule lint_correlated = {
    .name = "correlated-aggregate",
    .kind = NODE_SUBQUERY,
    .look = look,
    .instead = "A window over the same partition, or a rank in it, gives the value in one pass.",
};
