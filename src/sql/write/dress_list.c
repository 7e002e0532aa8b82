// dress_list: ARRAY_AGG as another dialect writes it: where its ORDER BY stands or what sorts
// instead, what becomes of NULLs, and the first few of a list.
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/lower.h"

static unsigned target(const Translator *t)
{
    return 1u << t->to;
}

static bool says_not_null(const Translator *t, const SqlNode *condition, const SqlNode *x)
{
    if (!condition) return false;
    if (condition->kind == NODE_AND) {
        for (uint32_t i = 0; i < condition->count; i++) {
            if (says_not_null(t, condition->child[i], x)) return true;
        }
    }
    return condition->kind == NODE_IS && condition->op == OP_IS_NULL &&
           condition->flags & FLAG_NOT && same_value(t, condition->child[OPERAND], x);
}

static bool holds_no_null(const Translator *t, const SqlNode *n)
{
    const SqlNode *x = sql_tail(n, 0);
    return node_is_constant(x) || is_never_null(t, x) || node_is_call(x, "object") ||
           says_not_null(t, n->child[CALL_FILTER], x);
}

// Whether home lists NULLs, and there may be some.
static bool lists_null(const Translator *t, const SqlNode *n)
{
    bool keeps = !(n->flags & FLAG_IGNORE_NULLS) && t->from != DIALECT_BIGQUERY;
    return keeps && !holds_no_null(t, n);
}

static void condition_not_null(Translator *t, SqlNode *n)
{
    SqlNode *there = make_is_null(t, node_clone(t, sql_tail(n, 0)), true);
    n->child[CALL_FILTER] = make_and(t, n->child[CALL_FILTER], there);
}

// --- Spark: a list is sorted when it is there ---

static SqlNode *lambda(Translator *t, const SqlNode *place, const char *a, const char *b,
                       SqlNode *body)
{
    SqlNode *n = make_node(t, NODE_LAMBDA, place, 0);
    SqlNode *names[] = {make_word(t, place, str_from(a)), b ? make_word(t, place, str_from(b)) : 0};
    n->child[LAMBDA_PARAMS] = make_list(t, place, (const SqlNode *const *)names, b ? 2 : 1);
    n->child[LAMBDA_BODY] = body;
    return n;
}

static Str key_name(Translator *t, uint32_t i)
{
    return str_fmt(t->arena, "key_%u", i + 1);
}

// STRUCT of the keys and the value: its parts decide one after the other.
static SqlNode *keyed(Translator *t, SqlNode *x, const SqlNode *order)
{
    uint32_t keys = sql_tail_count(order);
    SqlNode *made = make_call(t, x, "object", NULL, 0);
    for (uint32_t i = 0; i < keys; i++) {
        node_add_tail(t, made, make_string(t, x, key_name(t, i)));
        node_add_tail(t, made, sql_tail(order, i)->child[ONLY]);
    }
    node_add_tail(t, made, make_string(t, x, S("value")));
    node_add_tail(t, made, x);
    made->type = TYPE_STRUCT;
    return made;
}

static bool key_has_null(const Translator *t, const SqlNode *list, const SqlNode *item)
{
    const SqlNode *key = item->child[ONLY];
    return !is_never_null(t, key) && !says_not_null(t, list->child[CALL_FILTER], key);
}

// 'f' all ascending, 'l' all descending, as SORT_ARRAY has them; 0: a comparison must say it.
static char common_way(const Translator *t, const SqlNode *list, const SqlNode *order)
{
    bool down = false, up = false;
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *item = sql_tail(order, i);
        bool desc = item->flags & FLAG_DESC;
        uint32_t unusual = desc ? FLAG_NULLS_FIRST : FLAG_NULLS_LAST;
        if (item->flags & unusual && key_has_null(t, list, item)) return 0;
        *(desc ? &down : &up) = true;
    }
    return down && up ? 0 : down ? 'l' : 'f';
}

static SqlNode *sorted_way(Translator *t, SqlNode *list, char way)
{
    SqlNode *made =
        make_call2(t, list, "array_sort", list, make_word(t, list, way == 'l' ? S("dl") : S("af")));
    made->type = TYPE_ARRAY;
    return made;
}

static void add_when(Translator *t, SqlNode *n, SqlNode *when, int64_t then)
{
    SqlNode *parts = make_node(t, NODE_WHEN, n, 0);
    parts->child[WHEN_CONDITION] = when;
    parts->child[WHEN_RESULT] = make_number(t, n, then);
    node_add_tail(t, n, parts);
}

static SqlNode *is_only_null(Translator *t, SqlNode *a, SqlNode *b)
{
    return make_and(t, make_is_null(t, a, false), make_is_null(t, b, true));
}

// (a, b) -> CASE WHEN a.key_1 < b.key_1 THEN -1 WHEN … ELSE 0 END
static SqlNode *comparison(Translator *t, const SqlNode *list, const SqlNode *order)
{
    SqlNode *n = make_node(t, NODE_CASE, order, 0);
    for (uint32_t i = 0; i < sql_tail_count(order); i++) {
        const SqlNode *item = sql_tail(order, i);
        SqlNode *a = make_column(t, item, S("a"), key_name(t, i));
        SqlNode *b = make_column(t, item, S("b"), key_name(t, i));
        bool desc = item->flags & FLAG_DESC, last = desc;
        if (item->flags & (FLAG_NULLS_FIRST | FLAG_NULLS_LAST))
            last = item->flags & FLAG_NULLS_LAST;
        add_when(t, n, make_binary(t, OP_LT, a, b), desc ? 1 : -1);
        add_when(t, n, make_binary(t, OP_GT, a, b), desc ? -1 : 1);
        if (!key_has_null(t, list, item)) continue;
        add_when(t, n, is_only_null(t, a, b), last ? 1 : -1);
        add_when(t, n, is_only_null(t, b, a), last ? -1 : 1);
    }
    n->child[CASE_ELSE] = make_number(t, n, 0);
    return lambda(t, order, "a", "b", n);
}

static SqlNode *values_of(Translator *t, SqlNode *list)
{
    SqlNode *value = make_column(t, list, S("s"), S("value"));
    SqlNode *made = make_call2(t, list, "lambda_map", list, lambda(t, list, "s", NULL, value));
    made->type = TYPE_ARRAY;
    return made;
}

static SqlNode *sorted_list(Translator *t, SqlNode *n)
{
    SqlNode *order = n->child[CALL_ORDER], *x = sql_tail(n, 0);
    bool nulls = lists_null(t, n);
    if (n->flags & FLAG_IGNORE_NULLS && order && !holds_no_null(t, n)) condition_not_null(t, n);
    n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS; // Spark never lists them
    n->child[CALL_ORDER] = NULL;
    if (!order && !nulls) return n;
    char way = order ? common_way(t, n, order) : 0;
    bool itself = order && sql_tail_count(order) == 1 && way && !nulls &&
                  same_value(t, sql_tail(order, 0)->child[ONLY], x);
    if (itself) return sorted_way(t, n, way);
    if (n->flags & FLAG_DISTINCT) {
        return translate_unsupported(
            t, n,
            "Spark has no list of different values with NULL among them, or in an order "
            "that is not their own.");
    }
    n->child[sql_roles(NODE_CALL)] = keyed(t, x, order);
    if (!order) return values_of(t, n);
    if (way) return values_of(t, sorted_way(t, n, way));
    SqlNode *made = make_call2(t, n, "array_sort_by", n, comparison(t, n, order));
    made->type = TYPE_ARRAY;
    return values_of(t, made);
}

// --- MySQL: what JSON_ARRAYAGG cannot do, GROUP_CONCAT can ---

// An element as JSON.
static SqlNode *json_text(Translator *t, SqlNode *x)
{
    if (node_is(x, TYPE_ARRAY) || node_is(x, TYPE_STRUCT) || node_is(x, TYPE_INTEGER) ||
        node_is(x, TYPE_REAL))
        return x;
    bool truth = node_is(x, TYPE_BOOLEAN);
    return truth ? make_case(t, x, make_string(t, x, S("true")), make_string(t, x, S("false")))
                 : make_call1(t, x, "json_quoted", x);
}

// JSON of '[' … ']': in an order, without doubles, without NULLs.
static SqlNode *listed_text(Translator *t, SqlNode *n)
{
    if (n->child[CALL_OVER])
        return translate_unsupported(t, n,
                                     "MySQL has no list over a window in an order of its own.");
    SqlNode *x = sql_tail(n, 0), *element = json_text(t, x), *filter = n->child[CALL_FILTER];
    if (lists_null(t, n)) {
        SqlNode *args[] = {element, make_string(t, n, S("null"))};
        element = make_call(t, n, "coalesce", args, 2);
    }
    n->child[CALL_FILTER] = NULL;
    n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
    if (filter) element = make_case(t, filter, element, NULL);
    SqlNode *joined = make_call1(t, n, "string_agg", element);
    for (uint32_t i = 0; i < sql_roles(NODE_CALL); i++) joined->child[i] = n->child[i];
    joined->flags = n->flags;
    joined->child[CALL_SEPARATOR] = make_string(t, n, S(","));
    SqlNode *made = make_call1(t, n, "json_list", joined);
    made->type = TYPE_ARRAY;
    return made;
}

// --- All ---

// Where lists leave NULLs out, those of a list that keeps them must not be there.
static void keep_nulls(Translator *t, SqlNode *n)
{
    if (!lists_null(t, n)) return;
    translate_unsupported(t, n,
                          "%s leaves NULLs out of a list: say FILTER (WHERE … IS NOT NULL) where "
                          "that is meant.",
                          home_title(t->to));
}

// The first few of a list: a part of it.
static SqlNode *first_of_list(Translator *t, SqlNode *list, SqlNode *limit)
{
    bool from_nought = target(t) & SNOW;
    const char *how = from_nought                   ? "0"
                      : target(t) & (SPARK | TRINO) ? "L"
                      : target(t) & PG              ? "1"
                                                    : "D";
    SqlNode *args[] = {list, make_number(t, list, !from_nought), limit,
                       make_word(t, list, str_from(how))};
    list->parens = (target(t) & PG) != 0;
    SqlNode *made = make_call(t, list, "array_slice", args, 4);
    made->type = TYPE_ARRAY;
    return made;
}

static SqlNode *whole_list(Translator *t, SqlNode *n)
{
    bool skips = n->flags & FLAG_IGNORE_NULLS;
    if (target(t) & SPARK) return sorted_list(t, n);
    if (target(t) & SNOW) {
        keep_nulls(t, n);
        n->child[CALL_WITHIN] = n->child[CALL_ORDER];
        n->child[CALL_ORDER] = NULL;
        n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS; // it never lists them
    }
    bool plain = !n->child[CALL_ORDER] && !(n->flags & FLAG_DISTINCT) && !n->child[CALL_FILTER] &&
                 (!skips || holds_no_null(t, n));
    if (target(t) & MY && !plain) return listed_text(t, n);
    if (target(t) & MY) n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
    if (!skips || !(target(t) & (PG | TRINO | DUCK | FLINK))) return n;
    n->flags &= ~(uint32_t)FLAG_IGNORE_NULLS;
    if (!holds_no_null(t, n)) condition_not_null(t, n);
    return n;
}

// A list of nothing is NULL at home, and empty in Snowflake and Spark.
static SqlNode *count_of_list(Translator *t, const SqlNode *n)
{
    unsigned home = 1u << t->from, empty = SNOW | SPARK;
    bool some = (n->flags & FLAG_GROUPED || n->child[CALL_OVER]) && !n->child[CALL_FILTER];
    if (home & empty || !(target(t) & empty) || some) return NULL;
    SqlNode *count = make_call1(t, n, "count", make_node(t, NODE_STAR, n, 0));
    for (int role = CALL_FILTER; role <= CALL_OVER; role++)
        count->child[role] = n->child[role] ? node_clone(t, n->child[role]) : NULL;
    count->type = TYPE_INTEGER;
    return count;
}

SqlNode *dress_list(Translator *t, SqlNode *n)
{
    SqlNode *count = count_of_list(t, n);
    SqlNode *limit = target(t) & BIG ? NULL : n->child[CALL_LIMIT];
    if (limit) n->child[CALL_LIMIT] = NULL;
    SqlNode *list = whole_list(t, n);
    if (t->failed) return n;
    if (limit) list = first_of_list(t, list, limit);
    if (!count) return list;
    return make_case(t, make_binary(t, OP_GT, count, make_number(t, n, 0)), list, NULL);
}
