// dress_group: a call over a group as another dialect writes it: where its ORDER BY, its separator
// and its condition stand.
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/lower.h"

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
    bool text = node_is(x, TYPE_TEXT) || node_is(x, TYPE_UNKNOWN);
    if (!text && target(t) & (PG | BIG | TRINO | FLINK)) {
        x = lower_cast(t, make_cast(t, x, "VARCHAR"));
        n->child[sql_roles(NODE_CALL)] = x;
    }
    if (n->child[CALL_OVER] && target(t) & MY)
        translate_unsupported(t, n, "MySQL has no GROUP_CONCAT over a window.");
    if (target(t) & (SNOW | TRINO | SPARK)) order_within(n);
    if (target(t) & MY) {
        n->child[CALL_SEPARATOR] = separator;
        node_set_tail(t, n, &x, 1);
    }
}

// Several columns where COUNT(DISTINCT …) takes one value: of a row, when no part of it is NULL.
static SqlNode *dress_count(Translator *t, SqlNode *n)
{
    uint32_t count = sql_tail_count(n);
    const SqlNode *only = count == 1 ? sql_tail(n, 0) : NULL;
    if (only && only->kind == NODE_ROW && target(t) & (MY | SNOW | BIG)) {
        return translate_unsupported(t, n,
                                     "%s does not count rows as values: count the columns, or "
                                     "rows of a SELECT DISTINCT.",
                                     home_title(t->to));
    }
    if (count < 2 || target(t) & (MY | SPARK | SNOW)) return n;
    if (!(target(t) & (PG | TRINO | DUCK)) || !(n->flags & FLAG_DISTINCT)) {
        return translate_unsupported(t, n, "%s counts one value, not several.", home_title(t->to));
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

static SqlNode *dress_any(Translator *t, SqlNode *n)
{
    filter_inside(t, n);
    return n;
}

// By the elements of a list; from the other end where its order cannot be said.
static SqlNode *sorted_percentile(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x"), *p = node_arg(n, "p");
    bool exact = !node_is_call(n, "percentile_disc");
    if (n->child[CALL_FILTER]) x = make_case(t, n->child[CALL_FILTER], x, NULL);
    if (node_arg(n, "desc") && exact) p = make_binary(t, OP_SUBTRACT, make_number(t, n, 1), p);
    bool odd = n->flags & FLAG_DISTINCT || (p && node_is(p, TYPE_ARRAY));
    if (n->child[CALL_OVER] || (node_arg(n, "desc") && !exact) || odd) {
        return translate_unsupported(t, n,
                                     "%s's percentiles are approximate, and a list is not sorted "
                                     "over a window: group in a CTE.",
                                     home_title(t->to));
    }
    SqlNode *made = node_is_call(n, "median") ? make_call1(t, n, "median_sorted", x)
                    : exact                   ? make_call2(t, n, "percentile_cont_sorted", x, p)
                                              : make_call2(t, n, "percentile_disc_sorted", x, p);
    made->type = n->type;
    return made;
}

static SqlNode *dress_percentile(Translator *t, SqlNode *n)
{
    bool window = target(t) & BIG && n->child[CALL_OVER] && !node_arg(n, "desc");
    bool sorted = target(t) & (TRINO | BIG) && !window && t->from != t->to;
    if (n->flags & FLAG_DISTINCT && target(t) & (PG | SNOW) && t->from != t->to)
        return translate_unsupported(t, n,
                                     "%s has no percentile of DISTINCT values: take them "
                                     "from a SELECT DISTINCT.",
                                     home_title(t->to));
    return sorted ? sorted_percentile(t, n) : dress_any(t, n);
}

// Snowflake's list of nothing is an empty text.
static SqlNode *or_nothing(Translator *t, SqlNode *n, bool filled)
{
    if (t->to != DIALECT_SNOWFLAKE || t->from == t->to || filled) return n;
    SqlNode *count = make_call1(t, n, "count", node_clone(t, sql_tail(n, 0)));
    count->child[CALL_OVER] = n->child[CALL_OVER] ? node_clone(t, n->child[CALL_OVER]) : NULL;
    count->type = TYPE_INTEGER;
    SqlNode *some = make_binary(t, OP_GT, count, make_number(t, n, 0));
    SqlNode *made = make_case(t, some, n, NULL);
    made->type = TYPE_TEXT;
    return made;
}

// DISTINCT numbers in their own order: once they are texts, ORDER BY would see other values.
static SqlNode *joined_list(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x"), *separator = node_arg(n, "separator");
    bool text = node_is(x, TYPE_TEXT) || node_is(x, TYPE_UNKNOWN) || !separator;
    if (text || !(n->flags & FLAG_DISTINCT) || !n->child[CALL_ORDER] || t->from == t->to ||
        !(target(t) & (PG | TRINO | DUCK)))
        return NULL;
    n->text = S("array_agg");
    n->fn = fn_index(fn_named("array_agg"));
    n->flags |= FLAG_IGNORE_NULLS;
    node_set_tail(t, n, &x, 1);
    SqlNode *made = make_call2(t, n, "array_text", dress_list(t, n), separator);
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *dress_joined(Translator *t, SqlNode *n)
{
    SqlNode *list = joined_list(t, n);
    if (list) return list;
    bool filled =
        is_never_null(t, sql_tail(n, 0)) && !n->child[CALL_FILTER] && n->flags & FLAG_GROUPED;
    dress_string_agg(t, n);
    filter_inside(t, n);
    return or_nothing(t, n, filled);
}

static SqlNode *dress_listed(Translator *t, SqlNode *n)
{
    SqlNode *list = dress_list(t, n);
    return node_is_call(list, "array_agg") ? dress_any(t, list) : list;
}

static SqlNode *dress_counted(Translator *t, SqlNode *n)
{
    return dress_count(t, dress_any(t, n));
}

// DuckDB's FIRST takes a NULL as well: a condition leaves it out.
static SqlNode *dress_picked(Translator *t, SqlNode *n)
{
    if (n->flags & FLAG_IGNORE_NULLS && target(t) & DUCK) {
        n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
        n->child[CALL_FILTER] = make_and(t, n->child[CALL_FILTER],
                                         make_is_null(t, node_clone(t, sql_tail(n, 0)), true));
    }
    return dress_any(t, n);
}

static SqlNode *dress_sum(Translator *t, SqlNode *n)
{
    bool spans = node_is(sql_tail(n, 0), TYPE_INTERVAL);
    if (spans && target(t) & DUCK && t->from != t->to)
        return translate_unsupported(t, n, "DuckDB has no SUM of intervals: count in a unit.");
    return dress_any(t, n);
}

// DuckDB's leave out the rows whose value is NULL, the others' do not.
static SqlNode *by_values(Translator *t, SqlNode *n)
{
    bool from = t->from == DIALECT_DUCKDB, to = t->to == DIALECT_DUCKDB;
    SqlNode *x = node_arg(n, "x");
    if (from == to || node_arg(n, "n") || node_is_constant(x) || is_never_null(t, x)) return n;
    bool most = node_is_call(n, "max_by");
    const char *means =
        most ? (to ? "max_by_any" : "max_by_seen") : (to ? "min_by_any" : "min_by_seen");
    n->text = str_from(means);
    n->fn = fn_index(fn_named(means));
    return n;
}

static SqlNode *dress_by(Translator *t, SqlNode *n)
{
    if (target(t) & PG && (n->child[CALL_OVER] || n->child[CALL_FILTER])) {
        return translate_unsupported(t, n,
                                     "Postgres has nothing that means %s over a window or "
                                     "with a FILTER.",
                                     fn_at(n->fn)->name);
    }
    return dress_any(t, by_values(t, n));
}

// What is dressed otherwise than by its FILTER alone.
static const struct {
    const char *meaning;
    SqlNode *(*dress)(Translator *t, SqlNode *n);
} dresses[] = {
    {"any_value", dress_picked},
    {"array_agg", dress_listed},
    {"count", dress_counted},
    {"first", dress_picked},
    {"last", dress_picked},
    {"max_by", dress_by},
    {"median", dress_percentile},
    {"min_by", dress_by},
    {"percentile_cont", dress_percentile},
    {"percentile_disc", dress_percentile},
    {"string_agg", dress_joined},
    {"sum", dress_sum},
};

SqlNode *dress_group(Translator *t, SqlNode *n)
{
    if (!sql_tail_count(n)) return n;
    for (size_t i = 0; i < sizeof dresses / sizeof *dresses; i++) {
        if (node_is_call(n, dresses[i].meaning)) return dresses[i].dress(t, n);
    }
    return dress_any(t, n);
}
