// lower_query: what stands behind the rows of a SELECT: QUALIFY, DISTINCT ON, TOP, FETCH, ties.
#include "sql/home.h"
#include "sql/lower.h"

static bool lacks(const Translator *t, SqlFeature f)
{
    return !sql_feature_in(f, t->to);
}

static SqlNode *over(Translator *t, const char *fn, SqlNode *partition, SqlNode *order,
                     const SqlNode *place)
{
    SqlNode *call = make_call(t, place, fn, NULL, 0), *w = make_node(t, NODE_WINDOW, place, 0);
    w->child[WINDOW_PARTITION] = partition;
    w->child[WINDOW_ORDER] = sql_tail_count(order) ? order : NULL;
    call->child[CALL_OVER] = w;
    call->type = TYPE_INTEGER;
    return call;
}

// ORDER BY as a window inside the select has it.
static SqlNode *inner_order(const Shell *s, const SqlNode *order, const SqlNode *place)
{
    SqlNode *list = make_node(s->t, NODE_ORDER_BY, place, 0);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        SqlNode *item = node_clone(s->t, sql_tail(order, i));
        item->child[ONLY] = shell_value(s, item->child[ONLY]);
        if (!node_is_constant(item->child[ONLY])) node_add_tail(s->t, list, item);
    }
    return list;
}

// The outer select is DISTINCT where the inner one was.
static void move_distinct(SqlNode *inner, SqlNode *outer)
{
    outer->flags |= inner->flags & FLAG_DISTINCT;
    inner->flags &= ~(uint32_t)FLAG_DISTINCT;
}

static SqlNode *hidden_list(Shell *s, const SqlNode *list)
{
    if (!list) return NULL;
    SqlNode *out = make_node(s->t, NODE_LIST, list, 0);
    for (uint32_t i = 0; i < sql_tail_count(list); i++)
        node_add_tail(s->t, out, shell_hide(s, shell_value(s, sql_tail(list, i)), "k"));
    return out;
}

// ---- QUALIFY

// Nothing but windows, constants and aliases: the windows become columns, and the condition stands
// outside as it was.
static bool is_idiom(const Shell *s, const SqlNode *n)
{
    if (!n || is_window(n)) return true;
    if (n->kind == NODE_QUERY || n->kind == NODE_STAR) return false;
    if (n->kind == NODE_COLUMN) return item_meant(s->t, s->select->child[SELECT_ITEMS], n);
    if (is_aggregate(n)) return false;
    for (uint32_t i = 0; i < n->count; i++) {
        if (!is_idiom(s, n->child[i])) return false;
    }
    return true;
}

static SqlNode *outside(void *ctx, SqlNode *n)
{
    Shell *s = ctx;
    const SqlNode *items = s->select->child[SELECT_ITEMS];
    if (is_window(n)) return shell_hide(s, aliases_spelled(s->t, items, n), "w");
    SqlNode *item = item_meant(s->t, items, n);
    for (size_t i = 0; item && i < s->columns.len; i++) {
        if (s->columns.at[i].item == item) return shell_output(s, n, i);
    }
    return NULL;
}

static void lower_qualify(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *condition = select->child[SELECT_QUALIFY];
    if (!condition || !lacks(t, FEATURE_QUALIFY)) return;
    Shell s;
    if (!shell_open(&s, t, select)) return;
    select->child[SELECT_QUALIFY] = NULL;
    SqlNode *on = hidden_list(&s, select->child[SELECT_ON]);
    if (is_idiom(&s, condition)) {
        condition = value_map(t, condition, outside, &s);
    } else {
        condition = aliases_spelled(t, select->child[SELECT_ITEMS], condition);
        condition = shell_hide(&s, condition, "q");
    }
    shell_order(&s, query->child[QUERY_ORDER]);
    SqlNode *outer = shell_close(&s);
    select->child[SELECT_ON] = NULL;
    outer->child[SELECT_ON] = on;
    outer->child[SELECT_WHERE] = condition;
    move_distinct(select, outer);
    query->child[QUERY_BODY] = outer;
}

// ---- DISTINCT ON

static bool order_holds_window(const Shell *s, const SqlNode *list)
{
    for (uint32_t i = 0; i < sql_tail_count(list); i++) {
        SqlNode *e = sql_tail(list, i);
        if (holds_window(shell_value(s, e->kind == NODE_ORDER_ITEM ? e->child[ONLY] : e)))
            return true;
    }
    return false;
}

// Keys and order that are windows themselves are columns first.
static bool settle_keys(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *on = select->child[SELECT_ON];
    Shell s;
    if (!shell_open(&s, t, select)) return false;
    SqlNode *keys = hidden_list(&s, on);
    shell_order(&s, query->child[QUERY_ORDER]);
    SqlNode *outer = shell_close(&s);
    select->child[SELECT_ON] = NULL;
    outer->child[SELECT_ON] = keys;
    move_distinct(select, outer);
    query->child[QUERY_BODY] = outer;
    return !t->failed;
}

static bool is_key(const Shell *s, const SqlNode *keys, SqlNode *item)
{
    SqlNode *value = shell_value(s, item->child[ONLY]);
    for (uint32_t i = 0; i < sql_tail_count(keys); i++) {
        if (same_value(s->t, sql_tail(keys, i), value)) return true;
    }
    return false;
}

// ORDER BY of DISTINCT ON: the keys that lead it sort the rows that are left, what follows them
// says which ones these are. NULL where it does not start with them.
typedef struct {
    SqlNode *leading, *following;
} Halves;

static Halves halves_of(const Shell *s, const SqlNode *order, const SqlNode *keys)
{
    Translator *t = s->t;
    uint32_t lead = 0, count = sql_tail_count(order);
    while (lead < count && lead < sql_tail_count(keys) && is_key(s, keys, sql_tail(order, lead)))
        lead++;
    if (!count || order->flags & FLAG_ALL || lead < sql_tail_count(keys) || lead == count)
        return (Halves){0};
    Halves h = {make_node(t, NODE_ORDER_BY, order, 0), make_node(t, NODE_ORDER_BY, order, 0)};
    for (uint32_t i = 0; i < count; i++)
        node_add_tail(t, i < lead ? h.leading : h.following, sql_tail(order, i));
    return h;
}

static void lower_distinct_on(Translator *t, SqlNode *query)
{
    SqlNode *select = query->child[QUERY_BODY], *on = select->child[SELECT_ON];
    if (!on || !lacks(t, FEATURE_DISTINCT_ON)) return;
    Shell s;
    if (!shell_open(&s, t, select)) return;
    if (order_holds_window(&s, on) || order_holds_window(&s, query->child[QUERY_ORDER])) {
        if (!settle_keys(t, query)) return;
        select = query->child[QUERY_BODY];
        on = select->child[SELECT_ON];
        if (!shell_open(&s, t, select)) return;
    }
    select->child[SELECT_ON] = NULL;
    select->flags &= ~(uint32_t)FLAG_DISTINCT;
    SqlNode *keys = make_node(t, NODE_LIST, on, 0);
    for (uint32_t i = 0; i < sql_tail_count(on); i++)
        node_add_tail(t, keys, shell_value(&s, sql_tail(on, i)));
    Halves h = halves_of(&s, query->child[QUERY_ORDER], keys);
    SqlNode *order = inner_order(&s, h.following ? h.following : query->child[QUERY_ORDER], on);
    SqlNode *number = shell_hide(&s, over(t, "row_number", keys, order, on), "n");
    if (h.leading) query->child[QUERY_ORDER] = h.leading;
    shell_order(&s, query->child[QUERY_ORDER]);
    SqlNode *outer = shell_close(&s);
    outer->child[SELECT_WHERE] = make_binary(t, OP_EQ, number, make_number(t, on, 1));
    query->child[QUERY_BODY] = outer;
}

// ---- LIMIT

static bool is_null(const SqlNode *n)
{
    return n && n->kind == NODE_NULL;
}

static bool value_of(const SqlNode *n, int64_t *v)
{
    int64_t a, b;
    if (n->kind == NODE_NUMBER) return str_to_i64(n->text, v);
    if (n->kind != NODE_BINARY || !value_of(n->child[LEFT_SIDE], &a) ||
        !value_of(n->child[RIGHT_SIDE], &b) || a > INT32_MAX || b > INT32_MAX)
        return false;
    *v = n->op == OP_ADD ? a + b : n->op == OP_SUBTRACT ? a - b : a * b;
    return n->op == OP_ADD || n->op == OP_SUBTRACT || n->op == OP_MULTIPLY;
}

// Few dialects calculate in LIMIT.
static SqlNode *counted(Translator *t, SqlNode *n)
{
    bool calculates = t->to == DIALECT_SQLITE || t->to == DIALECT_POSTGRES ||
                      t->to == DIALECT_DUCKDB || t->to == DIALECT_SPARK;
    int64_t v;
    if (!n || calculates || n->kind == NODE_NUMBER) return n;
    if (value_of(n, &v)) return make_number(t, n, v);
    return translate_unsupported(t, n, "LIMIT takes a number in %s.", home_title(t->to));
}

// MySQL's LIMIT 18446744073709551615: all of them.
static bool is_endless_count(const SqlNode *n)
{
    int64_t v;
    return n && n->kind == NODE_NUMBER && n->text.len >= 19 && !str_to_i64(n->text, &v);
}

// TOP, FETCH and LIMIT are one thing; what is left empty is spelled.
static void lower_limit(Translator *t, SqlNode *query)
{
    SqlNode *body = query->child[QUERY_BODY];
    SqlNode **limit = &query->child[QUERY_LIMIT];
    if (body->kind == NODE_SELECT && body->child[SELECT_TOP]) {
        if (!*limit) *limit = body->child[SELECT_TOP];
        body->child[SELECT_TOP] = NULL;
    }
    if (!*limit) return;
    SqlNode *n = *limit;
    if (n->flags & FLAG_WORDS && !n->child[LIMIT_COUNT])
        n->child[LIMIT_COUNT] = make_number(t, n, 1);
    if (is_null(n->child[LIMIT_COUNT]) || is_endless_count(n->child[LIMIT_COUNT]))
        n->child[LIMIT_COUNT] = NULL;
    if (is_null(n->child[LIMIT_OFFSET])) n->child[LIMIT_OFFSET] = NULL;
    if (!n->child[LIMIT_COUNT] && !n->child[LIMIT_OFFSET]) *limit = NULL;
    n->flags &= ~(uint32_t)FLAG_WORDS;
    for (int i = LIMIT_COUNT; i <= LIMIT_OFFSET && *limit && t->to != t->from; i++)
        n->child[i] = counted(t, n->child[i]);
}

// OFFSET alone, where LIMIT has to stand before it.
static void lower_offset(Translator *t, SqlNode *query)
{
    SqlNode *n = query->child[QUERY_LIMIT];
    if (!n || n->child[LIMIT_COUNT]) return;
    bool most = t->to == DIALECT_MYSQL || t->to == DIALECT_BIGQUERY;
    if (t->to == DIALECT_SQLITE) n->child[LIMIT_COUNT] = make_number(t, n, -1);
    if (most) n->child[LIMIT_COUNT] = make_number(t, n, INT64_MAX);
}

static bool is_plain(const SqlNode *body)
{
    if (body->kind != NODE_SELECT || body->flags & FLAG_DISTINCT || body->child[SELECT_ON] ||
        body->child[SELECT_QUALIFY])
        return false;
    return !holds_window(body->child[SELECT_ITEMS]);
}

static SqlNode *count_of_all(Translator *t, const SqlNode *place)
{
    SqlNode *call = make_call1(t, place, "count", make_node(t, NODE_STAR, place, 0));
    call->child[CALL_OVER] = make_node(t, NODE_WINDOW, place, 0);
    call->type = TYPE_INTEGER;
    return call;
}

// Is row number (or rank) `at` among the first `n` percent? DuckDB's LIMIT cuts the last part of a
// row, the standard's FETCH and TOP take it.
static SqlNode *within_percent(Shell *s, const SqlNode *limit, SqlNode *at)
{
    Translator *t = s->t;
    SqlNode *all = shell_hide(s, count_of_all(t, limit), "c");
    SqlNode *share = make_binary(t, OP_MULTIPLY, limit->child[LIMIT_COUNT], all);
    bool cut = t->from == DIALECT_DUCKDB;
    if (!cut) at = make_binary(t, OP_SUBTRACT, at, make_number(t, limit, 1));
    SqlNode *scaled = make_binary(t, OP_MULTIPLY, at, make_number(t, limit, 100));
    return make_binary(t, cut ? OP_LE : OP_LT, scaled, share);
}

// Rows by their number or, with ties, by their rank.
static void lower_ties(Translator *t, SqlNode *query)
{
    SqlNode *limit = query->child[QUERY_LIMIT];
    bool ties = limit && limit->flags & FLAG_TIES, percent = limit && limit->flags & FLAG_PERCENT;
    if (!ties && !percent) return;
    if (!limit->child[LIMIT_COUNT]) { // more than there can be: OFFSET alone is left
        limit->flags &= ~(uint32_t)(FLAG_TIES | FLAG_PERCENT);
        return;
    }
    if (!percent && !lacks(t, FEATURE_TIES)) {
        limit->flags |= FLAG_WORDS;
        return;
    }
    if (percent && !ties && t->from == t->to) return;
    SqlNode *order = query->child[QUERY_ORDER];
    if ((!is_plain(query->child[QUERY_BODY]) || holds_window(order)) && !query_settle(t, query))
        return;
    Shell s;
    SqlNode *select = query->child[QUERY_BODY], *skip = limit->child[LIMIT_OFFSET];
    if (!shell_open(&s, t, select)) return;
    SqlNode *row = over(t, "row_number", NULL, inner_order(&s, order, limit), limit);
    SqlNode *rank = over(t, "rank", NULL, inner_order(&s, order, limit), limit);
    SqlNode *at = shell_hide(&s, ties ? rank : row, "n"), *within, *most;
    if (percent) {
        within = within_percent(&s, limit, at);
    } else {
        most = limit->child[LIMIT_COUNT];
        if (skip) most = make_binary(t, OP_ADD, most, node_clone(t, skip));
        within = make_binary(t, OP_LE, at, most);
    }
    if (skip) within = make_and(t, make_binary(t, OP_GT, shell_hide(&s, row, "n"), skip), within);
    shell_order(&s, order);
    SqlNode *outer = shell_close(&s);
    outer->child[SELECT_WHERE] = within;
    query->child[QUERY_BODY] = outer;
    query->child[QUERY_LIMIT] = NULL;
}

// ---- HAVING

// MySQL's HAVING without groups is a WHERE that sees the aliases.
static void having_as_where(Translator *t, SqlNode *select)
{
    SqlNode *having = select->child[SELECT_HAVING], *items = select->child[SELECT_ITEMS];
    having = node_truth(t, aliases_spelled(t, items, having));
    select->child[SELECT_WHERE] = make_and(t, select->child[SELECT_WHERE], having);
    select->child[SELECT_HAVING] = NULL;
}

// SQLite takes a SELECT for one of groups only where its items hold an aggregate.
SqlNode *lower_having(Translator *t, SqlNode *select)
{
    SqlNode *items = select->child[SELECT_ITEMS];
    SqlNode *item = sql_tail_count(items) ? sql_tail(items, 0) : NULL; // FROM t, without SELECT
    bool bare = select->child[SELECT_HAVING] && !select->child[SELECT_GROUP];
    bool rows = bare && !holds_aggregate(items) && !holds_aggregate(select->child[SELECT_HAVING]);
    if (rows && t->from == DIALECT_MYSQL && t->to != DIALECT_MYSQL) {
        having_as_where(t, select);
        return select;
    }
    if (t->to != DIALECT_SQLITE || !bare || holds_aggregate(items) || !item ||
        item->kind != NODE_ITEM)
        return select;
    SqlNode *all = make_call1(t, item, "count", make_node(t, NODE_STAR, item, 0));
    SqlNode *always = make_binary(t, OP_GE, all, make_number(t, item, 0));
    SqlNode *value = make_case(t, always, item->child[ITEM_VALUE], NULL);
    value->type = item->child[ITEM_VALUE]->type;
    item->child[ITEM_VALUE] = value;
    return select;
}

// ---- QUERY

static bool is_bare(const SqlNode *query)
{
    return !query->child[QUERY_WITH] && !query->child[QUERY_ORDER] && !query->child[QUERY_LIMIT];
}

// A query in parentheses as the whole body of another one.
static SqlNode *unwrap(Translator *t, SqlNode *query)
{
    SqlNode *body = query->child[QUERY_BODY];
    while (body->kind == NODE_QUERY) {
        if (is_bare(query)) return body;
        if (!is_bare(body)) {
            if (t->to == DIALECT_SQLITE) query->child[QUERY_BODY] = arm_wrapped(t, body);
            body->parens = t->to != DIALECT_SQLITE;
            return query;
        }
        body = query->child[QUERY_BODY] = body->child[QUERY_BODY];
    }
    return query;
}

// SQLite sorts a compound by its columns and by nothing else.
static void lower_compound_order(Translator *t, SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY], *order = query->child[QUERY_ORDER];
    bool compound = body->kind == NODE_SETOP || body->kind == NODE_VALUES, plain = true;
    if (t->to != DIALECT_SQLITE || !compound) return;
    for (uint32_t i = 0; i < sql_tail_count(order); i++)
        plain = plain && is_position(sql_tail(order, i)->child[ONLY]);
    if (!plain) query_settle(t, query);
}

static bool reads_outside(const Translator *t, const SqlNode *n, const SqlNode *select)
{
    if (!n || n->kind == NODE_QUERY) return false;
    const SqlBinding *b = node_binding(t, n);
    bool found = b && b->query->id != select->id;
    for (uint32_t i = 0; i < n->count && !found; i++) found = reads_outside(t, n->child[i], select);
    return found;
}

// In SQLite the ORDER BY of a subquery sees no column of the query around it; its items do.
static void lower_correlated_order(Translator *t, SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    bool known = body->kind == NODE_SELECT && body->id < t->script->nodes;
    if (t->to == DIALECT_SQLITE && known && reads_outside(t, query->child[QUERY_ORDER], body))
        query_settle(t, query);
}

// ORDER BY ALL where NULLs would stand elsewhere: column by column.
static void lower_order_all(Translator *t, SqlNode *query)
{
    SqlNode *order = query->child[QUERY_ORDER], *body = query->child[QUERY_BODY];
    SqlNulls from = sql_rules(t->ambient)->nulls, to = sql_rules(t->to)->nulls;
    bool all = order && order->flags & FLAG_ALL && body->kind == NODE_SELECT;
    bool said = order && order->flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST);
    if (!all || said || from == to || t->to == DIALECT_SQLITE || t->from == t->to) return;
    SqlNode *list = make_node(t, NODE_ORDER_BY, order, 0), *items = body->child[SELECT_ITEMS];
    bool down = order->flags & FLAG_DESC;
    bool first = from == NULLS_LOW ? !down : from == NULLS_HIGH && down;
    for (uint32_t i = 0; i < sql_tail_count(items); i++) {
        if (sql_tail(items, i)->child[ITEM_VALUE]->kind == NODE_STAR) return;
        SqlNode *key = make_node(t, NODE_ORDER_ITEM, order, 0);
        key->child[ONLY] = make_number(t, order, i + 1);
        key->flags = (uint32_t)(first ? FLAG_NULLS_FIRST : FLAG_NULLS_LAST);
        if (down) key->flags |= FLAG_DESC;
        node_add_tail(t, list, key);
    }
    query->child[QUERY_ORDER] = list;
}

// ORDER BY 'name' sorts nothing, and most dialects refuse it.
static void drop_constants(Translator *t, SqlNode *query)
{
    SqlNode *order = query->child[QUERY_ORDER];
    if (!order || t->from == t->to || t->to == DIALECT_SQLITE || order->flags & FLAG_ALL) return;
    SqlNode *list = make_node(t, NODE_ORDER_BY, order, 0);
    list->flags = order->flags;
    for (uint32_t i = 0; i < order->count; i++) {
        if (order->child[i]->child[ONLY]->kind != NODE_STRING)
            node_add_tail(t, list, order->child[i]);
    }
    query->child[QUERY_ORDER] = list->count ? list : NULL;
}

SqlNode *lower_query(Translator *t, SqlNode *query)
{
    query->parens = 0;
    query = unwrap(t, query);
    lower_order_all(t, query);
    drop_constants(t, query);
    lower_order_outputs(t, query);
    SqlNode *body = query->child[QUERY_BODY];
    if (body->kind == NODE_SELECT) {
        if (lacks(t, FEATURE_SELECT_AS)) body->text = (Str){0};
        lower_limit(t, query);
        if (!t->failed) lower_grouping(t, query);
        if (!t->failed) lower_qualify(t, query);
        if (!t->failed) lower_distinct_on(t, query);
        if (!t->failed) lower_correlated_order(t, query);
    } else {
        lower_limit(t, query);
    }
    if (!t->failed) lower_ties(t, query);
    if (!t->failed) lower_offset(t, query);
    if (!t->failed) lower_compound_order(t, query);
    return query;
}
