// dress_group: a call over a group as another dialect writes it: where its ORDER BY, its separator
// and its condition stand.
#include "sql/fn_group.h"

static unsigned target(const Translator *t)
{
    return 1u << t->to;
}

static void order_within(SqlNode *n)
{
    n->child[CALL_WITHIN] = n->child[CALL_ORDER];
    n->child[CALL_ORDER] = NULL;
}

static void dress_string_agg(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x"), *separator = node_arg(n, "separator");
    if (target(t) & (SNOW | TRINO | SPARK)) order_within(n);
    if (target(t) & MY) {
        n->child[CALL_SEPARATOR] = separator;
        node_set_tail(t, n, &x, 1);
    }
}

static void dress_array_agg(Translator *t, SqlNode *n)
{
    bool skips = n->flags & FLAG_IGNORE_NULLS;
    if (target(t) & SNOW) order_within(n);
    if (target(t) & (SNOW | SPARK))
        n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS; // they never list them
    if (!skips || !(target(t) & (PG | TRINO | DUCK | FLINK))) return;
    n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
    n->child[CALL_FILTER] =
        make_and(t, n->child[CALL_FILTER], make_is_null(t, sql_tail(n, 0), true));
}

// Where the order of a percentile cannot be said: from the other end.
static SqlNode *dress_percentile(Translator *t, SqlNode *n)
{
    bool within = target(t) & (SNOW | PG | SPARK | DUCK);
    if (!node_arg(n, "desc") || within) return n;
    SqlNode *args[2] = {node_arg(n, "x"), node_arg(n, "p")};
    args[1] = make_binary(t, OP_SUBTRACT, make_number(t, n, 1), args[1]);
    node_set_tail(t, n, args, 2);
    return n;
}

// Several columns where COUNT(DISTINCT …) takes one value: of a row, when no part of it is NULL.
static SqlNode *dress_count(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    if (count < 2 || target(t) & (MY | SPARK | SNOW)) return n;
    if (!(target(t) & (PG | TRINO | DUCK)) || !(n->flags & FLAG_DISTINCT)) {
        return translate_unsupported(t, n, "%s counts one value, not several.",
                                     dialect_name(t->to));
    }
    SqlNode *row = make_node(t, NODE_ROW, n, count);
    for (uint32_t i = 0; i < count; i++) {
        row->child[i] = sql_tail(n, i);
        n->child[CALL_FILTER] =
            make_and(t, n->child[CALL_FILTER], make_is_null(t, sql_tail(n, i), true));
    }
    node_set_tail(t, n, &row, 1);
    return n;
}

// FILTER (WHERE c) as CASE inside: the rows that are left out are NULL, which no aggregate counts.
static void filter_inside(Translator *t, SqlNode *n)
{
    SqlNode *filter = n->child[CALL_FILTER];
    uint32_t count = sql_tail_count(n);
    if (!filter || !(target(t) & (SNOW | BIG | MY)) || !count) return;
    n->child[CALL_FILTER] = NULL;
    SqlNode *x = sql_tail(n, 0);
    bool star = x->kind == NODE_STAR;
    SqlNode *then = star ? make_number(t, n, 1) : x;
    n->child[sql_roles(NODE_CALL)] = make_case(t, filter, then, NULL);
}

SqlNode *dress_group(Translator *t, SqlNode *n)
{
    if (node_is_call(n, "string_agg")) dress_string_agg(t, n);
    if (node_is_call(n, "array_agg")) dress_array_agg(t, n);
    filter_inside(t, n);
    if (node_is_call(n, "count")) return dress_count(t, n);
    if (node_is_call(n, "percentile_cont")) return dress_percentile(t, n);
    bool by = node_is_call(n, "max_by") || node_is_call(n, "min_by");
    if (by && target(t) & PG && (n->child[CALL_OVER] || n->child[CALL_FILTER])) {
        return translate_unsupported(t, n,
                                     "Postgres has nothing that means %s over a window or "
                                     "with a FILTER.",
                                     fn_at(n->fn)->name);
    }
    return n;
}
