// fn_map: maps made of maps, entries, texts and groups; counts of the values of a group.
#include "sql/fn_group.h"
#include <string.h>

// --- Of a group: its list, and what is made of that ---

// The aggregate's own FILTER, ORDER BY and window go with the list.
static SqlNode *list_of(Translator *t, const SqlNode *call, SqlNode *x)
{
    SqlNode *list = typed(make_call1(t, call, "array_agg", x), TYPE_ARRAY);
    list->child[CALL_FILTER] = call->child[CALL_FILTER];
    list->child[CALL_ORDER] = call->child[CALL_ORDER];
    list->child[CALL_OVER] = call->child[CALL_OVER];
    return list;
}

static SqlNode *read_histogram(Translator *t, SqlNode *call)
{
    SqlNode *list = list_of(t, call, sql_tail(call, 0));
    return typed(make_call1(t, call, "map_histogram", list), TYPE_STRUCT);
}

static SqlNode *read_multimap_agg(Translator *t, SqlNode *call)
{
    SqlNode *keys = list_of(t, call, sql_tail(call, 0));
    SqlNode *values = list_of(t, call, sql_tail(call, 1));
    return typed(make_call2(t, call, "map_lists", keys, values), TYPE_STRUCT);
}

static SqlNode *read_map_union(Translator *t, SqlNode *call)
{
    SqlNode *list = list_of(t, call, sql_tail(call, 0));
    return typed(make_call2(t, call, "map_union", make_word(t, call, S("L")), list), TYPE_STRUCT);
}

static SqlNode *read_array_concat_agg(Translator *t, SqlNode *call)
{
    SqlNode *list = list_of(t, call, sql_tail(call, 0));
    return typed(make_call1(t, call, "array_flatten", list), TYPE_ARRAY);
}

// APPROX_TOP_COUNT(x, n), APPROX_TOP_SUM(x, weight, n): here it is exact.
static SqlNode *read_top(Translator *t, SqlNode *call)
{
    uint32_t last = sql_tail_count(call) - 1;
    SqlNode *list = list_of(t, call, sql_tail(call, 0)), *most = sql_tail(call, last);
    SqlNode *args[] = {list, most, last > 1 ? list_of(t, call, sql_tail(call, 1)) : NULL};
    return typed(make_call(t, call, "top", args, last + 1), TYPE_ARRAY);
}

// --- Of maps ---

static Str twice(Dialect d)
{
    return d == DIALECT_SPARK ? S("F") : d == DIALECT_DUCKDB ? S("S") : S("L");
}

static SqlNode *read_map_concat(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode **args = arena_array(t->arena, SqlNode *, count + 1);
    args[0] = make_word(t, call, twice(t->from));
    for (uint32_t i = 0; i < count; i++) args[i + 1] = sql_tail(call, i);
    return typed(make_call(t, call, "map_concat", args, count + 1), TYPE_STRUCT);
}

// OBJECT_PICK(object, key …), OBJECT_PICK(object, array)
static SqlNode *read_pick(Translator *t, SqlNode *call)
{
    SqlNode *keys = sql_tail(call, 1);
    if (!node_is(keys, TYPE_ARRAY)) {
        uint32_t count = sql_tail_count(call) - 1;
        SqlNode *array = make_node(t, NODE_ARRAY, call, count);
        for (uint32_t i = 0; i < count; i++)
            array->child[array->count - count + i] = sql_tail(call, i + 1);
        keys = typed(array, TYPE_ARRAY);
    }
    return typed(make_call2(t, call, "map_keep", sql_tail(call, 0), keys), TYPE_STRUCT);
}

// --- Of texts ---

// STR_TO_MAP(text[, between[, mark]]): its marks are patterns at home.
static SqlNode *read_str_to_map(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode *between = count > 1 ? sql_tail(call, 1) : make_string(t, call, S(","));
    SqlNode *mark = count > 2 ? sql_tail(call, 2) : make_string(t, call, S(":"));
    const SqlNode *const marks[] = {between, mark};
    for (size_t i = 0; i < 2; i++) {
        if (marks[i]->kind == NODE_STRING && marks[i]->text.len &&
            strcspn(marks[i]->text.ptr, "\\.[]{}()*+?^$|") >= marks[i]->text.len)
            continue;
        return translate_unsupported(t, marks[i],
                                     "STR_TO_MAP takes marks that are no patterns here.");
    }
    SqlNode *args[] = {make_word(t, call, S("FN")), sql_tail(call, 0), between, mark};
    return typed(make_call(t, call, "map_split", args, 4), TYPE_STRUCT);
}

static const SqlFn fns[] = {
    {"approx_top_count", "x n", FN_AGGREGATE, "array", NULL, NULL},
    {"approx_top_sum", "x weight n", FN_AGGREGATE, "array", NULL, NULL},
    {"array_concat_agg", "x", FN_AGGREGATE, "array", NULL, NULL},
    {"histogram", "x", FN_AGGREGATE, "struct", NULL, NULL},
    {"map_concat", "how maps...", FN_SCALAR, "struct", "gr_map_concat('{how}', {at}, {maps...})",
     NULL},
    {"map_filter", "map f", FN_SCALAR, "struct", NULL, lower_map_filter},
    {"map_from_entries", "entries how", FN_SCALAR, "struct",
     "gr_map_from_entries('{how}', {at}, {entries})", NULL},
    {"map_histogram", "array", FN_SCALAR, "struct", "gr_histogram({array})", NULL},
    {"map_keep", "map keys", FN_SCALAR, "struct", "gr_map_keep({map}, {keys})", NULL},
    {"map_lists", "keys values", FN_SCALAR, "struct", "gr_map_lists({keys}, {values})", NULL},
    {"map_split", "how text between mark", FN_SCALAR, "struct",
     "gr_map_split('{how}', {at}, {text}, {between}, {mark})", NULL},
    {"map_union", "how array", FN_SCALAR, "struct", "gr_map_union('{how}', {at}, {array})", NULL},
    {"map_union_agg", "map", FN_AGGREGATE, "struct", NULL, NULL},
    {"map_zip", "map other f", FN_SCALAR, "struct", NULL, lower_map_zip},
    {"multimap_agg", "key value", FN_AGGREGATE, "struct", NULL, NULL},
    {"top", "values n weights?", FN_SCALAR, "array", "gr_top({values}, {n}[, {weights}])", NULL},
    {"transform_keys", "map f", FN_SCALAR, "struct", NULL, lower_transform_keys},
    {"transform_values", "map f", FN_SCALAR, "struct", NULL, lower_transform_values},
};

static const SqlSpelling spellings[] = {
    {"approx_top_count", BIG, "APPROX_TOP_COUNT", "_ _", NULL, read_top},
    {"approx_top_sum", BIG, "APPROX_TOP_SUM", "_ _ _", NULL, read_top},
    {"array_concat_agg", BIG, "ARRAY_CONCAT_AGG", "_", NULL, read_array_concat_agg},
    {"histogram", TRINO | DUCK, "HISTOGRAM", "_", NULL, read_histogram},
    {"map_concat", SPARK | TRINO | DUCK, "MAP_CONCAT", "_ _?...", NULL, read_map_concat},
    {"map_filter", SPARK | TRINO, "MAP_FILTER", NULL, NULL, NULL},
    {"map_from_entries", SPARK | TRINO | DUCK, "MAP_FROM_ENTRIES", "entries how=F", NULL, NULL},
    {"map_keep", SNOW, "OBJECT_PICK", "_ _ _?...", NULL, read_pick},
    {"map_split", TRINO, "SPLIT_TO_MAP", "text between mark how=F", NULL, NULL},
    {"map_split", TRINO, "SPLIT_TO_MULTIMAP", "text between mark how=M", NULL, NULL},
    {"map_split", SPARK, "STR_TO_MAP", "_ _? _?", NULL, read_str_to_map},
    {"map_union_agg", TRINO, "MAP_UNION", "_", NULL, read_map_union},
    {"map_zip", SPARK | TRINO, "MAP_ZIP_WITH", NULL, NULL, NULL},
    {"multimap_agg", TRINO, "MULTIMAP_AGG", "_ _", NULL, read_multimap_agg},
    {"object_of", SNOW, "ARRAYS_TO_OBJECT", NULL, NULL, NULL},
    {"transform_keys", SPARK | TRINO, "TRANSFORM_KEYS", NULL, NULL, NULL},
    {"transform_values", SPARK | TRINO, "TRANSFORM_VALUES", NULL, NULL, NULL},
};

const FnFamily fn_map = {fns, sizeof fns / sizeof *fns, spellings,
                         sizeof spellings / sizeof *spellings};
