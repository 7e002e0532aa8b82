// neutral: a tree that means the same whatever the dialect was: by kinds of node, children first.
#include "sql/fn_group.h"
#include "sql/neutral_time.h"
#include "sql/rule.h"
#include <string.h>

static SqlNode *neutral_boolean_pipes(Translator *t, SqlNode *n)
{
    SqlNode * or = make_node(t, NODE_OR, n, 2);
    or->child[0] = n->child[LEFT_SIDE];
    or->child[1] = n->child[RIGHT_SIDE];
    or->type = TYPE_BOOLEAN;
    return or ;
}

// A text in arithmetic is a number there.
static bool reads_texts(const Translator *t)
{
    bool here = t->to == DIALECT_SQLITE;
    return t->from == DIALECT_MYSQL ||
           (here && (t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK));
}

static SqlNode *neutral_sum(Translator *t, SqlNode *n)
{
    for (int i = LEFT_SIDE; i <= RIGHT_SIDE; i++) {
        n->child[i] = time_number(t, truth_number(t, n->child[i]));
        if (reads_texts(t)) n->child[i] = text_number(t, n->child[i]);
    }
    LogicalType a = node_type(n->child[LEFT_SIDE]), b = node_type(n->child[RIGHT_SIDE]);
    bool numbers = (a == TYPE_INTEGER || a == TYPE_REAL) && (b == TYPE_INTEGER || b == TYPE_REAL);
    if (node_is(n, TYPE_UNKNOWN) && numbers)
        n->type = a == TYPE_REAL || b == TYPE_REAL ? TYPE_REAL : TYPE_INTEGER;
    bool sums = n->op == OP_ADD || n->op == OP_SUBTRACT || n->op == OP_MULTIPLY;
    if (sums) wide_there(t, n);
    if (sums && numbers) exact_there(t, &n->child[LEFT_SIDE], &n->child[RIGHT_SIDE]);
    return sums ? neutral_whole(t, n) : n;
}

SqlNode *neutral_binary(Translator *t, SqlNode *n)
{
    SqlNode *time = time_binary(t, n);
    if (time) return time;
    SqlNode *json = neutral_json_binary(t, n);
    if (json) return json;
    SqlNode *array = neutral_array_binary(t, n);
    if (array) return array;
    switch ((SqlOp)n->op) {
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
    case OP_BIT_AND:
    case OP_BIT_OR:
        return neutral_sum(t, n);
    case OP_JSON:
    case OP_JSON_TEXT:
        return neutral_json_arrow(t, n);
    case OP_DIVIDE:
    case OP_DIV:
    case OP_MODULO:
    case OP_POWER:
    case OP_BIT_XOR:
        return neutral_arithmetic(t, n);
    case OP_CONCAT:
        if (sql_rules(t->from)->pipes_are_or) return neutral_boolean_pipes(t, n);
        return neutral_concat(t, n);
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_SAME:
    case OP_DISTINCT:
        return neutral_compare(t, n);
    case OP_OVERLAP:
        return neutral_ampersands(t, n);
    case OP_PERIODS:
        return time_periods(t, n);
    case OP_XOR:
        return neutral_xor(t, n);
    case OP_MATCH:
    case OP_MATCH_ANY:
    case OP_NOT_MATCH:
    case OP_NOT_MATCH_ANY:
        return neutral_match(t, n);
    default:
        return n;
    }
}

// Postgres rounds a double to the even neighbour, a numeric away from 0.
static SqlNode *round_of_double(Translator *t, SqlNode *n)
{
    bool whole = t->from == DIALECT_POSTGRES && node_is_call(n, "round") && !node_arg(n, "places");
    if (!whole || !rule_is_double(sql_tail(n, 0))) return n;
    n->text = S("round_even");
    n->fn = fn_index(fn_named("round_even"));
    return n;
}

// BigQuery's DATE_ADD(t, …) of a TIMESTAMP stays one.
static void add_to_timestamp(const Translator *t, SqlNode *n)
{
    bool add = str_eq_nocase(n->text, S("DATE_ADD")), sub = str_eq_nocase(n->text, S("DATE_SUB"));
    bool it = t->from == DIALECT_BIGQUERY && (add || sub) && sql_tail_count(n) == 2;
    if (it && node_is(sql_tail(n, 0), TYPE_TIMESTAMP))
        n->text = add ? S("TIMESTAMP_ADD") : S("TIMESTAMP_SUB");
}

// A text where a number is wanted is read as one in Snowflake and Spark, or fails or is NULL there.
static void read_numbers(Translator *t, SqlNode *n)
{
    static const char *const takes[] = {"abs",         "cbrt", "ceil_whole", "exp",
                                        "floor_whole", "ln",   "power",      "round",
                                        "sign",        "sqrt", "truncate",   "log"};
    bool reads = t->from == DIALECT_SPARK || t->from == DIALECT_SNOWFLAKE;
    for (size_t i = 0; reads && n->fn && i < sizeof takes / sizeof *takes; i++) {
        if (!node_is_call(n, takes[i]) || !sql_tail_count(n)) continue;
        n->child[sql_roles(NODE_CALL)] = text_number(t, sql_tail(n, 0));
    }
}

// MySQL's SUM(d), ROUND(d): of the digits of a date.
static void read_dates(Translator *t, SqlNode *n)
{
    static const char *const takes[] = {
        "abs", "avg",      "ceil",       "ceil_whole",  "exp",     "floor",   "floor_whole",
        "ln",  "log",      "modulo",     "power",       "round",   "sign",    "sqrt",
        "sum", "truncate", "stddev_pop", "stddev_samp", "var_pop", "var_samp"};
    bool it = false;
    for (size_t i = 0; n->fn && i < sizeof takes / sizeof *takes; i++)
        it = it || node_is_call(n, takes[i]);
    for (uint32_t i = sql_roles(NODE_CALL); it && i < n->count; i++) {
        if (n->child[i]) n->child[i] = time_number(t, n->child[i]);
    }
}

// The step of a series of times is said while the tree still tells of what it is made.
static void step_of_series(Translator *t, SqlNode *call)
{
    bool before = node_is_call(call, "series_before");
    if (t->to != DIALECT_SQLITE || !(before || node_is_call(call, "series"))) return;
    uint32_t step = sql_roles(NODE_CALL) + 2;
    if (step < call->count) call->child[step] = time_step(t, call->child[step], before);
}

// DuckDB's AVG of timestamps is the moment in the middle.
static SqlNode *mean_moment(Translator *t, SqlNode *avg)
{
    if (t->to == t->from) return avg;
    if (t->to != DIALECT_SQLITE) {
        return translate_unsupported(
            t, avg, "%s has no AVG of times: average a number, as seconds.", home_title(t->to));
    }
    SqlNode *x = sql_tail(avg, 0);
    SqlNode *seconds = make_call2(t, avg, "date_part", make_word(t, avg, S("EPOCH_SECOND")),
                                  time_as(t, x, TYPE_TIMESTAMP));
    seconds->type = TYPE_REAL;
    node_set_tail(t, avg, &seconds, 1);
    avg->type = TYPE_REAL;
    SqlNode *made = make_call2(t, avg, "from_epoch", make_word(t, avg, S("SECOND")), avg);
    made->type = TYPE_TIMESTAMP;
    return made;
}

// DuckDB: EPOCH(b - a), YEAR(AGE(a))
static SqlNode *part_of_interval(Translator *t, SqlNode *call)
{
    bool part = node_is_call(call, "date_part") || node_is_call(call, "date_part_exact");
    if (!part || !node_is(node_arg(call, "time"), TYPE_INTERVAL)) return call;
    SqlNode *made =
        make_call2(t, call, "interval_part", node_arg(call, "part"), node_arg(call, "time"));
    made->type = call->type;
    return made;
}

static bool takes_no_more(const Translator *t, const SqlNode *n)
{
    bool more = n->child[CALL_ORDER] || n->child[CALL_FILTER] || n->flags & FLAG_DISTINCT;
    return more && t->to == DIALECT_DUCKDB && t->from != DIALECT_DUCKDB;
}

static SqlNode *neutral_function(Translator *t, SqlNode *n)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (sql_tail(n, i)->kind == NODE_FIELD)
            return translate_unsupported(t, sql_tail(n, i), "An argument has no alias.");
    }
    bool back = false;
    add_to_timestamp(t, n);
    count_star(t, n);
    SqlNode *span = time_trunc_interval(t, n), *zone = span ? NULL : time_zone_taken(t, n, &back);
    if (span) return span;
    SqlNode *bound = range_bound(t, n);
    if (bound) return bound;
    bool document = node_is(n, TYPE_STRUCT);
    SqlNode *made = round_of_double(t, neutral_call(t, n));
    if (document && node_is_call(made, "json_get") && node_is(made, TYPE_TEXT))
        made->type = TYPE_STRUCT;
    if (zone && back) return time_in_zone(t, made, zone, true);
    if (made->kind != NODE_CALL || t->failed) return made;
    if (node_is_call(made, "max_by") || node_is_call(made, "min_by"))
        made = value_by_struct(t, made);
    if (node_is_call(made, "date_format")) return format_in_pieces(t, made);
    if (node_is_call(made, "array_sort")) made = sorted_in_list(t, made);
    step_of_series(t, made);
    made = part_of_interval(t, made);
    for (uint32_t i = 0; i < sql_tail_count(made) && made->fn; i++) {
        SqlNode *arg = sql_tail(made, i);
        if (arg->kind == NODE_ARG)
            return translate_unsupported(t, arg, "An argument by name is not known here.");
    }
    bool adds = node_is_call(made, "sum") || node_is_call(made, "avg");
    if (adds && reads_texts(t) && t->from != DIALECT_MYSQL)
        made->child[sql_roles(NODE_CALL)] = text_number(t, sql_tail(made, 0));
    read_dates(t, made);
    if (node_is_call(made, "avg") && sql_tail_count(made) && node_is_moment(sql_tail(made, 0)))
        return mean_moment(t, made);
    read_numbers(t, made);
    if (made->child[CALL_HAVING])
        return translate_unsupported(t, made->child[CALL_HAVING],
                                     "HAVING MAX and HAVING MIN are read inside ANY_VALUE alone.");
    if (node_is_call(made, "object_agg") && takes_no_more(t, made))
        return translate_unsupported(
            t, made,
            "DuckDB's JSON_GROUP_OBJECT is a macro, which takes no ORDER BY, DISTINCT or "
            "FILTER.");
    made = fold_call(t, made);
    return made->kind == NODE_CALL ? truth_call(t, made) : made;
}

// A text beside AND, OR and NOT is read as TRUE or FALSE, or fails.
static SqlNode *neutral_logic(Translator *t, SqlNode *n)
{
    bool reads = t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_DUCKDB;
    for (uint32_t i = 0; reads && t->to == DIALECT_SQLITE && i < n->count; i++) {
        if (!node_is(n->child[i], TYPE_TEXT)) continue;
        n->child[i] = make_cast(t, n->child[i], "BOOLEAN");
        n->child[i]->type = TYPE_BOOLEAN;
    }
    return n;
}

static bool is_word(Str name) // and no expression that an output is called by
{
    for (size_t i = 0; i < name.len; i++) {
        if (strchr("()'\" .", name.ptr[i])) return false;
    }
    return name.len;
}

// The field of a struct that is a column by now keeps the name of the field.
static void names_kept(Translator *t, const SqlNode *select)
{
    const SqlNode *items = select->child[SELECT_ITEMS];
    bool known = t->meaning && select->id < t->script->nodes && is_foreign(t);
    SqlColumns out = known ? t->meaning->outputs[select->id] : (SqlColumns){0};
    if (out.open || out.len != sql_tail_count(items)) return; // a star, if any
    for (uint32_t i = 0; i < out.len; i++) {
        SqlNode *item = sql_tail(items, i), *value = item->child[ITEM_VALUE];
        bool bare = item->kind == NODE_ITEM && value->kind == NODE_COLUMN &&
                    !item->child[ITEM_ALIAS] && is_word(out.at[i].name);
        if (bare && !str_eq_nocase(sql_last(value)->text, out.at[i].name))
            item->child[ITEM_ALIAS] = make_word(t, value, out.at[i].name);
    }
}

// SQLite compares rows; it has no column that is one.
static SqlNode *neutral_select(Translator *t, SqlNode *n)
{
    SqlNode *items = n->child[SELECT_ITEMS];
    bool foreign = t->to == DIALECT_SQLITE && t->from != DIALECT_SQLITE;
    for (uint32_t i = 0; foreign && i < sql_tail_count(items); i++) {
        SqlNode *item = sql_tail(items, i);
        SqlNode *value = item->kind == NODE_ITEM ? item->child[ITEM_VALUE] : item;
        if (value && value->kind == NODE_ROW)
            return translate_unsupported(
                t, value, "A row as a column is not supported here: write its values.");
        if (item->kind == NODE_ITEM && value) item->child[ITEM_VALUE] = exact_decimal(t, value);
    }
    structs_apart(t, n->child[SELECT_GROUP]);
    names_kept(t, n);
    return fold_select(t, n);
}

// clang-format off
static Neutral *const kinds[NODE_COUNT_] = {
    // clang-format off
    [NODE_AND] = neutral_logic,
    [NODE_ARRAY] = neutral_array,
    [NODE_AT_ZONE] = neutral_at_zone,
    [NODE_BETWEEN] = neutral_between,
    [NODE_BINARY] = neutral_binary,
    [NODE_BOOLEAN] = neutral_truth,
    [NODE_CALL] = neutral_function,
    [NODE_CASE] = neutral_case,
    [NODE_CAST] = neutral_cast_format,
    [NODE_COLUMN] = neutral_column,
    [NODE_COLLATE] = neutral_collate,
    [NODE_IN] = neutral_in,
    [NODE_INTERVAL] = neutral_interval,
    [NODE_IS] = neutral_is,
    [NODE_LIKE] = neutral_like,
    [NODE_MAP] = neutral_map,
    [NODE_MEMBER] = neutral_member,
    [NODE_OR] = neutral_logic,
    [NODE_ORDER_ITEM] = neutral_order_item,
    [NODE_QUANTIFIED] = neutral_quantified,
    [NODE_SELECT] = neutral_select,
    [NODE_SETOP] = neutral_setop,
    [NODE_STRUCT] = neutral_struct,
    [NODE_SUBSCRIPT] = neutral_subscript,
    [NODE_TYPED] = neutral_typed,
    [NODE_UNARY] = neutral_unary,
    [NODE_WINDOW] = fold_window,
    // clang-format on
};
// clang-format on

static bool holds_values(SqlKind kind)
{
    return kind == NODE_CALL || kind == NODE_ARRAY || kind == NODE_FIELD || kind == NODE_STRUCT ||
           kind == NODE_ORDER_ITEM;
}

static SqlNode *neutral_node(Translator *t, SqlNode *n)
{
    if (holds_values(sql_kind_of(n))) rows_are_values(t, n);
    Neutral *f = kinds[n->kind];
    return f ? f(t, n) : n;
}

static Str field_name(const SqlNode *field)
{
    if (field->kind == NODE_FIELD) return field->text;
    return field->kind == NODE_COLUMN ? sql_last(field)->text : (Str){0};
}

// [STRUCT(1 AS a), (2), STRUCT(3)]: the first names the fields of all.
static void name_fields(Translator *t, const SqlNode *first, SqlNode *n)
{
    bool row = n->kind == NODE_ROW, same = sql_tail_count(n) == sql_tail_count(first);
    if (!(row || (n->kind == NODE_STRUCT && !n->child[ONLY])) || !same) return;
    SqlNode *named = make_node(t, NODE_STRUCT, n, sql_tail_count(n));
    named->id = n->id;
    named->type = TYPE_STRUCT;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        SqlNode *value = sql_tail(n, i), *field = make_node(t, NODE_FIELD, value, 0);
        field->text = field_name(sql_tail(first, i));
        field->child[ONLY] = value->kind == NODE_FIELD ? value->child[ONLY] : value;
        named->child[sql_roles(NODE_STRUCT) + i] = field;
    }
    *n = *named;
}

static void name_structs(Translator *t, SqlNode *n)
{
    if (!n) return;
    for (uint32_t i = 0; i < n->count; i++) name_structs(t, n->child[i]);
    const SqlNode *first = n->kind == NODE_ARRAY && n->count ? n->child[0] : NULL;
    if (!first || first->kind != NODE_STRUCT || first->child[ONLY]) return;
    for (uint32_t i = 1; i < n->count; i++) name_fields(t, first, n->child[i]);
}

// Behind GROUP BY there is no group without a row; without it there may be.
static void mark_groups(SqlNode *n, bool grouped)
{
    if (!n) return;
    bool own = n->kind == NODE_SELECT && n->child[SELECT_GROUP] && n->child[SELECT_GROUP]->count;
    if (n->kind == NODE_SELECT) grouped = own && !has_levels(n->child[SELECT_GROUP]);
    if (n->kind == NODE_CALL && grouped && !n->child[CALL_OVER]) n->flags |= FLAG_GROUPED;
    for (uint32_t i = 0; i < n->count; i++) mark_groups(n->child[i], grouped);
}

SqlNode *neutral_tree(Translator *t, SqlNode *root)
{
    if (t->from == DIALECT_BIGQUERY || t->from == DIALECT_SPARK) name_structs(t, root);
    spread_orders(t, root);
    if (t->from != t->to) mark_orders(t, root);
    root = node_map(t, neutral_using(t, root), neutral_node);
    mark_groups(root, false);
    truth_conditions(t, root);
    return root;
}
