// lower_group: aggregates as the runtime has them: what SQLite's own cannot say becomes a call of
// an added function, which takes its order as a first argument (src/query/fn_bag.h).
#include "base/buf.h"
#include "sql/fn_group.h"
#include "sql/neutral_time.h"
#include <stdarg.h>
#include <stdio.h>

char json_kind(const SqlNode *n)
{
    if (node_is(n, TYPE_BOOLEAN)) return 'B';
    return node_is(n, TYPE_ARRAY) || node_is(n, TYPE_STRUCT) ? 'J' : '\0';
}

SqlNode *make_words(Translator *t, const SqlNode *place, const char *fmt, ...)
{
    char text[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return make_string(t, place, str_copy(t->arena, str_from(text)));
}

// --- Calls of added functions ---

typedef struct {
    const char *fn;   // its meaning
    const char *more; // letters of the order besides those of the call
    SqlNode *value[3];
    uint32_t count;
    SqlNode *order; // ORDER_BY, or NULL
} Added;

static void add_keys(Buf *b, const SqlNode *order)
{
    buf_char(b, ':');
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        uint32_t flags = sql_tail(order, i)->flags;
        bool down = flags & FLAG_DESC, last = down;
        if (flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST)) last = flags & FLAG_NULLS_LAST;
        buf_char(b, down ? 'd' : 'a');
        buf_char(b, last ? 'l' : 'f');
    }
}

// How texts are compared where an array or a struct is among the values or keys; 0 = none is.
static char structured_letter(const Translator *t, const Added *a)
{
    bool found = false;
    for (uint32_t i = 0; i < a->count && !found; i++) found = json_kind(a->value[i]) == 'J';
    for (uint32_t i = 0; i < sql_tail_count(a->order) && !found; i++)
        found = json_kind(sql_tail(a->order, i)->child[ONLY]) == 'J';
    if (!found || t->from == DIALECT_SQLITE) return '\0';
    return sql_rules(t->from)->nulls == NULLS_LOW ? 'S' : 'H';
}

static SqlNode *order_text(Translator *t, const SqlNode *call, const Added *a)
{
    Buf b = buf_new(t->arena);
    const SqlNode *limit = call->child[CALL_LIMIT];
    if (call->flags & FLAG_DISTINCT) buf_char(&b, 'D');
    if (call->flags & FLAG_IGNORE_NULLS) buf_char(&b, 'I');
    const SqlNode *x = a->value[0];
    bool exact = x && x->kind == NODE_COLLATE && str_eq(x->text, S("BINARY"));
    char structured = structured_letter(t, a);
    if (structured) {
        buf_char(&b, structured);
    } else if (sql_rules(t->ambient)->text_folds_case && !exact) {
        buf_char(&b, 'C');
    }
    if (a->more) buf_add(&b, str_from(a->more));
    if (limit && limit->kind == NODE_NUMBER) buf_add(&b, limit->text);
    if (a->order) add_keys(&b, a->order);
    return make_string(t, call, buf_str(&b));
}

static SqlNode *make_added(Translator *t, SqlNode *call, const Added *a)
{
    SqlNode *text = order_text(t, call, a);
    uint32_t keys = a->order ? sql_tail_count(a->order) : 0, n = 0;
    SqlNode **args = arena_array(t->arena, SqlNode *, 1 + a->count + keys);
    args[n++] = text;
    for (uint32_t i = 0; i < a->count; i++) args[n++] = a->value[i];
    // The value itself as the only key is said once.
    bool own = keys == 1 && sql_same(sql_tail(a->order, 0)->child[ONLY], a->value[0]);
    for (uint32_t i = 0; i < keys && !own; i++) args[n++] = sql_tail(a->order, i)->child[ONLY];
    SqlNode *made = make_call(t, call, a->fn, args, n);
    made->child[CALL_FILTER] = call->child[CALL_FILTER];
    made->child[CALL_OVER] = call->child[CALL_OVER];
    made->type = call->type;
    return made;
}

static SqlNode *order_by(Translator *t, SqlNode *x, uint32_t flags)
{
    SqlNode *order = make_node(t, NODE_ORDER_BY, x, 1);
    SqlNode *item = make_node(t, NODE_ORDER_ITEM, x, 0);
    item->child[ONLY] = x;
    item->flags = flags;
    order->child[sql_roles(NODE_ORDER_BY)] = item;
    return order;
}

static SqlNode *place_of(Translator *t, const SqlNode *call)
{
    return make_number(t, call, call->at);
}

static SqlNode *both(Translator *t, SqlNode *a, SqlNode *b)
{
    return make_and(t, a, b);
}

// --- Counts, sums, extremes ---

static bool is_distinct_window(const SqlNode *n)
{
    return n->flags & FLAG_DISTINCT && n->child[CALL_OVER];
}

static SqlNode *none_null(Translator *t, const SqlNode *call)
{
    SqlNode *all = NULL;
    for (uint32_t i = 0; i < sql_tail_count(call); i++)
        all = both(t, all, make_is_null(t, sql_tail(call, i), true));
    return all;
}

SqlNode *lower_count(Translator *t, SqlNode *n)
{
    bool distinct = n->flags & FLAG_DISTINCT;
    uint32_t count = sql_tail_count(n), roles = sql_roles(NODE_CALL);
    SqlNode *x = count ? sql_tail(n, 0) : NULL;
    if (distinct && x && x->kind == NODE_STAR)
        return translate_unsupported(t, n,
                                     "COUNT(DISTINCT *) is not supported here: name the columns.");
    if (count == 1 && x->kind == NODE_ROW && distinct) {
        x = make_call(t, x, "tuple", x->child, x->count); // a row is a value, NULLs in it or not
    } else if (count > 1 && distinct) {
        x = make_call(t, n, "whole_tuple", n->child + roles, count);
    } else if (count > 1) {
        x = make_case(t, none_null(t, n), make_number(t, n, 1), NULL);
    }
    node_set_tail(t, n, &x, count ? 1 : 0);
    if (!is_distinct_window(n)) return n;
    return make_added(t, n, &(Added){.fn = "gr_count", .value = {x}, .count = 1});
}

SqlNode *lower_approx_count(Translator *t, SqlNode *n)
{
    SqlNode *count = make_call1(t, n, "count", sql_tail(n, 0));
    count->flags = FLAG_DISTINCT;
    count->type = TYPE_INTEGER;
    count->child[CALL_FILTER] = n->child[CALL_FILTER];
    count->child[CALL_OVER] = n->child[CALL_OVER];
    return lower_count(t, count);
}

SqlNode *lower_sum(Translator *t, SqlNode *n)
{
    if (span_aggregate(t, n, "interval_sum") || !is_distinct_window(n)) return n;
    return make_added(t, n, &(Added){.fn = "gr_sum", .value = {sql_tail(n, 0)}, .count = 1});
}

// What is computed of intervals is one: a whole number of microseconds.
static SqlNode *whole_interval(Translator *t, SqlNode *n)
{
    SqlNode *made = make_call2(t, n, "micros_times", n, make_number(t, n, 1));
    made->type = TYPE_INTERVAL;
    return made;
}

static SqlNode *interval_avg(Translator *t, SqlNode *n)
{
    SqlNode *mean = make_call(t, n, "avg", n->child + sql_roles(NODE_CALL), 1);
    mean->flags = n->flags;
    mean->child[CALL_FILTER] = n->child[CALL_FILTER];
    mean->child[CALL_OVER] = n->child[CALL_OVER];
    mean->type = TYPE_REAL;
    return whole_interval(t, mean);
}

SqlNode *lower_avg(Translator *t, SqlNode *n)
{
    bool left = t->from == DIALECT_DUCKDB;
    if (span_aggregate(t, n, left ? "interval_avg_left" : "interval_avg")) return n;
    if (node_is(sql_tail(n, 0), TYPE_INTERVAL)) return interval_avg(t, n);
    if (!is_distinct_window(n)) return n;
    return make_added(t, n, &(Added){.fn = "gr_avg", .value = {sql_tail(n, 0)}, .count = 1});
}

SqlNode *lower_product(Translator *t, SqlNode *n)
{
    return make_added(t, n, &(Added){.fn = "gr_product", .value = {sql_tail(n, 0)}, .count = 1});
}

SqlNode *lower_extreme(Translator *t, SqlNode *n)
{
    (void)t;
    n->flags &= ~(uint32_t)FLAG_DISTINCT; // the greatest of different ones is the greatest
    return n;
}

// Snowflake takes numbers: other than 0 is true.
SqlNode *lower_bool_agg(Translator *t, SqlNode *n)
{
    SqlNode *x = sql_tail(n, 0);
    bool number = node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL);
    if (number) x = make_binary(t, OP_NE, x, make_number(t, x, 0));
    node_set_tail(t, n, &x, 1);
    return lower_extreme(t, n);
}

SqlNode *lower_bool_xor(Translator *t, SqlNode *n)
{
    SqlNode *count = make_call1(t, n, "count_if", sql_tail(n, 0));
    count->child[CALL_FILTER] = n->child[CALL_FILTER];
    count->child[CALL_OVER] = n->child[CALL_OVER];
    return make_binary(t, OP_EQ, count, make_number(t, n, 1));
}

// --- Lists ---

SqlNode *lower_string_agg(Translator *t, SqlNode *n)
{
    SqlNode *order = n->child[CALL_ORDER];
    bool distinct = n->flags & FLAG_DISTINCT;
    if (!order && !distinct && !n->child[CALL_LIMIT]) return n;
    return make_added(t, n,
                      &(Added){.fn = "gr_string_agg",
                               .more = "I",
                               .value = {node_arg(n, "x"), node_arg(n, "separator")},
                               .count = 2,
                               .order = order});
}

// All values of a group as they come, numbers or texts of a column: SQLite's own does.
static bool is_plain_list(const Translator *t, const SqlNode *n)
{
    const SqlNode *x = node_arg(n, "x");
    bool column = x->kind == NODE_COLUMN && (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_TEXT));
    bool all =
        !(n->flags & FLAG_DISTINCT) && (!(n->flags & FLAG_IGNORE_NULLS) || is_never_null(t, x));
    bool bare = !n->child[CALL_ORDER] && !n->child[CALL_OVER] && !n->child[CALL_FILTER] &&
                !n->child[CALL_LIMIT] && !n->child[CALL_HAVING] && !n->child[CALL_WITHIN];
    return column && all && bare && n->flags & FLAG_GROUPED;
}

SqlNode *lower_array_agg(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x");
    if (is_plain_list(t, n)) {
        SqlNode *made = make_call1(t, n, "json_group", x);
        made->type = TYPE_ARRAY;
        return made;
    }
    char kind[2] = {json_kind(x), '\0'};
    return make_added(t, n,
                      &(Added){.fn = "gr_array_agg",
                               .more = kind,
                               .value = {x},
                               .count = 1,
                               .order = n->child[CALL_ORDER]});
}

// The keys stand in their order, whatever came first: the same rows are the same object.
SqlNode *lower_object_agg(Translator *t, SqlNode *n)
{
    SqlNode *key = node_arg(n, "key"), *value = node_arg(n, "value");
    char kind = json_kind(value), more[3] = {'I', kind == 'B' ? 'b' : kind ? 'j' : '\0', '\0'};
    return make_added(t, n,
                      &(Added){.fn = "gr_object_agg",
                               .more = more,
                               .value = {key, value},
                               .count = 2,
                               .order = order_by(t, key, 0)});
}

// --- Percentiles ---

// Between two intervals with parts the runtime reckons part by part. True: they are microseconds.
static bool percentile_of_micros(Translator *t, SqlNode *n)
{
    SqlNode **x = &n->child[sql_roles(NODE_CALL) + (uint32_t)fn_param(fn_at(n->fn), S("x"))];
    if (!node_is(*x, TYPE_INTERVAL)) return false;
    if (sql_interval_kinds(t->from) && interval_micros(t, *x)) return true;
    *x = interval_coded(t, *x);
    return false;
}

static SqlNode *sorted(Translator *t, SqlNode *n, const char *fn, SqlNode *p)
{
    SqlNode *x = node_arg(n, "x"), *desc = node_arg(n, "desc");
    char kind[2] = {json_kind(x), '\0'};
    return make_added(t, n,
                      &(Added){.fn = fn,
                               .more = kind,
                               .value = {x, p, place_of(t, n)},
                               .count = p ? 3 : 1,
                               .order = order_by(t, x, desc ? FLAG_DESC : 0)});
}

SqlNode *lower_percentile(Translator *t, SqlNode *n)
{
    bool cont = node_is_call(n, "percentile_cont");
    bool interval = cont && percentile_of_micros(t, n);
    SqlNode *made =
        sorted(t, n, cont ? "gr_percentile_cont" : "gr_percentile_disc", node_arg(n, "p"));
    return interval ? whole_interval(t, made) : made;
}

SqlNode *lower_median(Translator *t, SqlNode *n)
{
    bool interval = percentile_of_micros(t, n);
    SqlNode *half = make_node(t, NODE_NUMBER, n, 0);
    half->text = S("0.5");
    half->type = TYPE_REAL;
    SqlNode *made = sorted(t, n, "gr_percentile_cont", half);
    return interval ? whole_interval(t, made) : made;
}

// Exact answers are fair for approximate questions: interpolated where home interpolates.
SqlNode *lower_approx_percentile(Translator *t, SqlNode *n)
{
    bool between = t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_DUCKDB;
    return sorted(t, n, between ? "gr_percentile_cont" : "gr_percentile_disc", node_arg(n, "p"));
}

SqlNode *lower_quantiles(Translator *t, SqlNode *n)
{
    return sorted(t, n, "gr_quantiles", node_arg(n, "n"));
}

SqlNode *lower_mode(Translator *t, SqlNode *n)
{
    return sorted(t, n, "gr_mode", NULL);
}

// --- One of the values ---

// Any is the least, so that the answer is the same each time.
SqlNode *lower_any_value(Translator *t, SqlNode *n)
{
    if (!n->child[CALL_ORDER]) return lower_extreme(t, n);
    return make_added(t, n,
                      &(Added){.fn = "gr_first",
                               .more = "I",
                               .value = {sql_tail(n, 0)},
                               .count = 1,
                               .order = n->child[CALL_ORDER]});
}

SqlNode *lower_first(Translator *t, SqlNode *n)
{
    bool first = node_is_call(n, "first");
    return make_added(t, n,
                      &(Added){.fn = first ? "gr_first" : "gr_last",
                               .value = {sql_tail(n, 0)},
                               .count = 1,
                               .order = n->child[CALL_ORDER]});
}

// MAX_BY(x, y, n): the x of the n greatest y.
static SqlNode *many_by(Translator *t, SqlNode *n, SqlNode *x, SqlNode *y, uint32_t flags)
{
    SqlNode *limit = node_arg(n, "n");
    if (limit->kind != NODE_NUMBER)
        return translate_unsupported(t, limit, "How many values is a number here.");
    n->child[CALL_LIMIT] = limit;
    n->child[CALL_FILTER] = both(t, n->child[CALL_FILTER], make_is_null(t, y, true));
    char kind[2] = {json_kind(x), '\0'};
    SqlNode *made = make_added(t, n,
                               &(Added){.fn = "gr_array_agg",
                                        .more = kind,
                                        .value = {x},
                                        .count = 1,
                                        .order = order_by(t, y, flags)});
    made->type = TYPE_ARRAY;
    return made;
}

SqlNode *lower_by(Translator *t, SqlNode *n)
{
    SqlNode *x = node_arg(n, "x"), *y = node_arg(n, "y");
    uint32_t flags = str_starts(n->text, S("max")) ? FLAG_DESC : 0;
    bool any = str_ends(n->text, S("_any"));
    bool skips =
        t->from == DIALECT_DUCKDB && !any && !node_is_constant(x); // rows without an x do not count
    if (!any && node_arg(n, "n")) return many_by(t, n, x, y, flags);
    if (skips) y = make_case(t, make_is_null(t, x, true), y, NULL);
    SqlNode *order = order_by(t, y, flags), *own = n->child[CALL_ORDER];
    for (uint32_t i = 0; own && i < sql_tail_count(own); i++) // says which of those that tie
        node_add_tail(t, order, sql_tail(own, i));
    return make_added(t, n, &(Added){.fn = "gr_by", .value = {y, x}, .count = 2, .order = order});
}

// --- What stays around a call ---

static bool is_group(const SqlNode *n)
{
    SqlFnClass class = fn_at(n->fn)->class;
    return class == FN_AGGREGATE || class == FN_WINDOW;
}

static SqlNode *runtime_group(Translator *t, SqlNode *n)
{
    const char *name = fn_at(n->fn)->name;
    if (n->flags & FLAG_DISTINCT && n->child[CALL_OVER])
        return translate_unsupported(t, n, "%s(DISTINCT …) is not supported over a window.", name);
    if (n->flags & FLAG_DISTINCT && sql_tail_count(n) > 1 && !node_is_call(n, "string_agg"))
        return translate_unsupported(t, n, "%s(DISTINCT …) of two arguments is not supported.",
                                     name);
    bool sketch = str_starts(str_from(name), S("hll"));
    if (sketch && n->child[CALL_OVER])
        return translate_unsupported(t, n, "Sketches are not supported over a window.");
    n->child[CALL_ORDER] = n->child[CALL_LIMIT] = NULL; // of a sum the order changes nothing
    n->child[CALL_HAVING] = NULL;
    n->flags &= ~(uint32_t)(FLAG_IGNORE_NULLS | FLAG_RESPECT_NULLS | FLAG_ALL);
    return n;
}

SqlNode *lower_group(Translator *t, SqlNode *n)
{
    if (n->kind != NODE_CALL || !n->fn) return n;
    if (!is_group(n)) return t->to == DIALECT_SQLITE ? n : dress_scalar(t, n);
    if (fn_at(n->fn)->class == FN_WINDOW) return n; // lower_window.c
    return t->to == DIALECT_SQLITE ? runtime_group(t, n) : dress_group(t, n);
}
