// fn_list: arrays zipped, filled up, picked from by places, and told of as an aggregate would.
#include "sql/fn_group.h"

// --- Names of the fields of what is zipped ---

static Str field_name(Translator *t, const SqlNode *array, uint32_t i)
{
    switch (t->from) {
    case DIALECT_SNOWFLAKE:
        return str_fmt(t->arena, "$%u", i + 1);
    case DIALECT_SPARK:
        return array->kind == NODE_COLUMN ? sql_last(array)->text : str_fmt(t->arena, "%u", i);
    default:
        return str_fmt(t->arena, "f%u", i + 1);
    }
}

static SqlNode *read_zip(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count > 1 && node_is(sql_tail(call, count - 1), TYPE_BOOLEAN)) // DuckDB: to the shortest
        return translate_unsupported(t, call, "LIST_ZIP takes arrays alone here.");
    SqlNode **args = arena_array(t->arena, SqlNode *, count + 1);
    SqlNode *names = make_node(t, NODE_ARRAY, call, count);
    for (uint32_t i = 0; i < count; i++) {
        args[i + 1] = sql_tail(call, i);
        names->child[names->count - count + i] =
            make_string(t, call, field_name(t, args[i + 1], i));
    }
    args[0] = typed(names, TYPE_ARRAY);
    return typed(make_call(t, call, "array_zip", args, count + 1), TYPE_ARRAY);
}

// ARRAY_FILL(x, ARRAY[n])
static SqlNode *read_fill(Translator *t, SqlNode *call)
{
    const SqlNode *sizes = sql_tail(call, 1);
    if (sizes->kind != NODE_ARRAY || sql_tail_count(sizes) != 1)
        return translate_unsupported(t, call,
                                     "Only the first dimension of an array is known here.");
    SqlNode *made = make_call2(t, call, "array_repeat", sql_tail(call, 0), sql_tail(sizes, 0));
    return typed(made, TYPE_ARRAY);
}

static SqlNode *read_none_match(Translator *t, SqlNode *call)
{
    SqlNode *any = make_call2(t, call, "lambda_any", sql_tail(call, 0), sql_tail(call, 1));
    return typed(make_unary(t, OP_NOT, typed(any, TYPE_BOOLEAN)), TYPE_BOOLEAN);
}

// MAD(x), SEM(x): of the list of the group.
static SqlNode *read_told(Translator *t, SqlNode *call)
{
    SqlNode *list = typed(make_call1(t, call, "array_agg", sql_tail(call, 0)), TYPE_ARRAY);
    list->child[CALL_FILTER] = call->child[CALL_FILTER];
    list->child[CALL_OVER] = call->child[CALL_OVER];
    SqlNode *what = make_word(t, call, str_lower(t->arena, call->text));
    return typed(make_call2(t, call, "array_told", list, what), TYPE_REAL);
}

static const SqlFn fns[] = {
    {"array_at", "array places", FN_SCALAR, "array", "gr_array_at({array}, {places})", NULL},
    {"array_dimensions", "array", FN_SCALAR, "integer",
     "CASE WHEN gr_array_length({array}) > 0 THEN 1 END", NULL},
    {"array_insert", "array x place first", FN_SCALAR, "array", NULL, lower_array_put},
    {"array_ngrams", "array size", FN_SCALAR, "array", "gr_array_ngrams({array}, {size})", NULL},
    {"array_places", "array x", FN_SCALAR, "array", NULL, lower_array_put},
    {"array_remove_at", "array place", FN_SCALAR, "array", "gr_array_remove_at({array}, {place})",
     NULL},
    {"array_resize", "array length x?", FN_SCALAR, "array", NULL, lower_array_put},
    {"array_swap", "array old new", FN_SCALAR, "array", NULL, lower_array_put},
    // what: the name of an aggregate
    {"array_told", "array what", FN_SCALAR, "", "gr_array_told({array}, '{what}')", NULL},
    {"array_truth", "array what", FN_SCALAR, "boolean", "gr_array_told({array}, '{what}')", NULL},
    {"array_where", "array mask", FN_SCALAR, "array", "gr_array_where({array}, {mask})", NULL},
    {"array_zip", "names arrays...", FN_SCALAR, "array", "gr_array_zip({names}, {arrays...})",
     NULL},
    {"mad", "x", FN_AGGREGATE, "real", NULL, NULL},
    {"sem", "x", FN_AGGREGATE, "real", NULL, NULL},
    {"gr_array_insert", "array kind x place first", FN_SCALAR, "array", NULL, NULL},
    {"gr_array_places", "array kind x", FN_SCALAR, "array", NULL, NULL},
    {"gr_array_resize", "array length kind x", FN_SCALAR, "array", NULL, NULL},
    {"gr_array_swap", "array kind old kind_new new", FN_SCALAR, "array", NULL, NULL},
};

static const SqlSpelling spellings[] = {
    {"array_append", DUCK, "ARRAY_PUSH_BACK", NULL, NULL, NULL},
    {"array_at", DUCK, "LIST_SELECT", NULL, NULL, NULL},
    {"array_at", DUCK, "ARRAY_SELECT", NULL, NULL, NULL},
    {"array_dimensions", PG, "ARRAY_NDIMS", NULL, NULL, NULL},
    {"array_dimensions", PG, "ARRAY_LOWER", "_ _", NULL, read_array_lower},
    {"array_insert", SPARK, "ARRAY_INSERT", "array place x first=1", NULL, NULL},
    {"array_insert", SNOW, "ARRAY_INSERT", "array place x first=0", NULL, NULL},
    {"array_length", PG, "ARRAY_UPPER", "_ _", NULL, read_array_length_pg},
    {"array_ngrams", TRINO, "NGRAMS", NULL, NULL, NULL},
    {"array_places", PG, "ARRAY_POSITIONS", NULL, NULL, NULL},
    {"array_position", DUCK, "ARRAY_INDEXOF", "array x first=1 none=NULL", NULL, NULL},
    {"array_prepend", DUCK, "ARRAY_PUSH_FRONT", NULL, NULL, NULL},
    {"array_remove_at", SNOW, "ARRAY_REMOVE_AT", NULL, NULL, NULL},
    {"array_repeat", PG, "ARRAY_FILL", "_ _", NULL, read_fill},
    {"array_resize", DUCK, "LIST_RESIZE", NULL, NULL, NULL},
    {"array_resize", DUCK, "ARRAY_RESIZE", NULL, NULL, NULL},
    {"array_swap", PG, "ARRAY_REPLACE", NULL, NULL, NULL},
    {"array_told", DUCK, "LIST_ANY_VALUE", "array what=any_value", NULL, NULL},
    {"array_truth", DUCK, "LIST_BOOL_AND", "array what=bool_and", NULL, NULL},
    {"array_truth", DUCK, "LIST_BOOL_OR", "array what=bool_or", NULL, NULL},
    {"array_told", DUCK, "LIST_COUNT", "array what=count", NULL, NULL},
    {"array_told", DUCK, "LIST_MEDIAN", "array what=median", NULL, NULL},
    {"array_told", DUCK, "LIST_MODE", "array what=mode", NULL, NULL},
    {"array_told", DUCK, "LIST_PRODUCT", "array what=product", NULL, NULL},
    {"array_told", DUCK, "LIST_STDDEV_POP", "array what=stddev_pop", NULL, NULL},
    {"array_told", DUCK, "LIST_STDDEV_SAMP", "array what=stddev_samp", NULL, NULL},
    {"array_told", DUCK, "LIST_VAR_POP", "array what=var_pop", NULL, NULL},
    {"array_told", DUCK, "LIST_VAR_SAMP", "array what=var_samp", NULL, NULL},
    {"array_sum", DUCK, "LIST_AGGR", NULL, NULL, read_list_aggregate},
    {"array_sum", DUCK, "ARRAY_AGGREGATE", NULL, NULL, read_list_aggregate},
    {"array_sum", DUCK, "ARRAY_AGGR", NULL, NULL, read_list_aggregate},
    {"array_unique_count", DUCK, "ARRAY_UNIQUE", NULL, NULL, NULL},
    {"array_where", DUCK, "LIST_WHERE", NULL, NULL, NULL},
    {"array_where", DUCK, "ARRAY_WHERE", NULL, NULL, NULL},
    {"array_zip", SPARK | SNOW, "ARRAYS_ZIP", "_ _?...", NULL, read_zip},
    {"array_zip", TRINO, "ZIP", "_ _ _?...", NULL, read_zip},
    {"array_zip", DUCK, "LIST_ZIP", "_ _ _?...", NULL, read_zip},
    {"array_zip", DUCK, "ARRAY_ZIP", "_ _ _?...", NULL, read_zip},
    {"lambda_any", TRINO, "NONE_MATCH", "_ _", NULL, read_none_match},
    {"lambda_map", DUCK, "ARRAY_APPLY", NULL, NULL, NULL},
    {"lambda_map", DUCK, "APPLY", NULL, NULL, NULL},
    {"mad", DUCK, "MAD", "_", NULL, read_told},
    {"sem", DUCK, "SEM", "_", NULL, read_told},
};

const FnFamily fn_list = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
