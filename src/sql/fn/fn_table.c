// fn_table: functions that stand in FROM, or make rows of one: unnest, flatten, series, windows.
//
// lower_rows.c turns them into what the runtime has. Meanings that start with rows_ are the
// runtime's own (query/fn_rows.c) and have no spelling.
#include "sql/neutral_time.h"

static SqlNode *lower_series(Translator *t, SqlNode *call)
{
    uint32_t step = sql_roles(NODE_CALL) + 2;
    call->child[step] = time_step(t, call->child[step], false);
    return call;
}

// Its end is left out: of numbers one step before it, of times by a word.
static SqlNode *lower_series_before(Translator *t, SqlNode *call)
{
    SqlNode *step = sql_tail(call, 2), *stop = sql_tail(call, 1);
    bool times = node_is(step, TYPE_INTERVAL) || node_is(step, TYPE_TEXT);
    SqlNode *last = stop;
    if (!times) {
        SqlNode *sign = make_call1(t, call, "rows_sign", node_clone(t, step));
        last = make_binary(t, OP_SUBTRACT, stop, sign);
    }
    return make_call3(t, call, "series", sql_tail(call, 0), last,
                      times ? time_step(t, step, true) : step);
}

static const SqlFn fns[] = {
    {"unnest", "array...", FN_TABLE, "", NULL, NULL},
    {"unnest_outer", "array", FN_TABLE, "", NULL, NULL},
    {"unnest_at", "array", FN_TABLE, "", NULL, NULL}, // the position first, from 0
    {"unnest_at_outer", "array", FN_TABLE, "", NULL, NULL},
    {"unnest_structs", "array", FN_TABLE, "", NULL, NULL},
    {"unnest_structs_outer", "array", FN_TABLE, "", NULL, NULL},
    {"stack", "rows value...", FN_TABLE, "", NULL, NULL},
    {"flatten", "input path? outer? recursive? mode?", FN_TABLE, "", NULL, NULL},
    {"split_rows", "text separator", FN_TABLE, "", NULL, NULL},
    {"json_elements", "array json?", FN_TABLE, "", NULL, NULL},
    {"json_text_rows", "json", FN_TABLE, "", NULL, NULL}, // in other dialects alone
    {"json_value_rows", "json", FN_TABLE, "", NULL, NULL},
    {"json_text_table", "json value position?", FN_TABLE, "", NULL, NULL},
    {"json_value_table", "json value position?", FN_TABLE, "", NULL, NULL},
    {"json_text_members", "json", FN_TABLE, "", NULL, NULL},
    {"json_value_members", "json", FN_TABLE, "", NULL, NULL},
    {"json_members", "object json?", FN_TABLE, "", NULL, NULL},
    {"json_keys", "object", FN_TABLE, "", NULL, NULL},
    {"generator", "rows? seconds?", FN_TABLE, "", NULL, NULL},
    {"row_sequence", "sign?", FN_SCALAR, "integer!", "(row_number() OVER () - 1)", NULL},
    {"series", "start stop step?", FN_SCALAR, "array",
     "(SELECT json_group_array(gr_value) FROM gr_series({start}, {stop}, {step}, {at}))",
     lower_series},
    {"series_before", "start stop step?", FN_SCALAR, "array", NULL, lower_series_before},
    {"series_rows", "start stop step", FN_TABLE, "", NULL, NULL}, // where it is a function of FROM
    {"rows_each", "array", FN_TABLE, "", "gr_each({array}, {at})", NULL},
    {"rows_each_lenient", "array", FN_TABLE, "", "gr_each({array}, NULL)", NULL},
    {"rows_series", "start stop step", FN_TABLE, "", "gr_series({start}, {stop}, {step}, {at})",
     NULL},
    {"rows_packed", "packed", FN_TABLE, "", "gr_rows({packed})", NULL},
    {"rows_pack", "cell...", FN_AGGREGATE, "", "gr_pack({cell...})", NULL},
    {"rows_member", "base path", FN_SCALAR, "", "json_extract({base}, {path})", NULL},
    {"rows_repeat", "row", FN_AGGREGATE, "boolean", "gr_repeats({row})", NULL},
    {"rows_stop", "text", FN_SCALAR, "", "gr_stop({text}, {at})", NULL},
    {"inserted", "column", FN_SCALAR, "=column", "", NULL}, // ON DUPLICATE KEY: VALUES(a)
    {"rows_length", "array", FN_SCALAR, "integer", "json_array_length({array})", NULL},
    {"rows_sign", "number", FN_SCALAR, "integer", "sign({number})", NULL},
    {"rows_most", "count...", FN_SCALAR, "integer", "max({count...})", NULL},
};

// --- Named arguments in any order, the others by position ---

static SqlNode *named_argument(const SqlNode *call, Str name)
{
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        SqlNode *arg = sql_tail(call, i);
        if (arg->kind == NODE_ARG && str_eq_nocase(arg->text, name)) return arg->child[ONLY];
    }
    return NULL;
}

// `names`: those of the dialect, in the order of the meaning's params.
SqlNode *fn_by_names(Translator *t, SqlNode *call, const char *meaning, const char *names)
{
    SqlNode *args[FN_PARAMS_MAX] = {0};
    uint32_t n = 0, most = 0, used = 0;
    Str rest = str_from(names), name;
    for (bool more = true; more && most < FN_PARAMS_MAX; most++) {
        more = str_cut(rest, ' ', &name, &rest);
        args[most] = named_argument(call, name);
        bool positional = most < sql_tail_count(call) && sql_tail(call, most)->kind != NODE_ARG;
        if (!args[most] && positional) args[most] = sql_tail(call, most);
        if (!args[most]) continue;
        used++;
        n = most + 1;
    }
    if (used != sql_tail_count(call)) return NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (!args[i]) args[i] = make_node(t, NODE_DEFAULT, call, 0);
    }
    return make_call(t, call, meaning, args, n);
}

static SqlNode *read_flatten(Translator *t, SqlNode *call)
{
    SqlNode *n = fn_by_names(t, call, "flatten", "INPUT PATH OUTER RECURSIVE MODE");
    return n && node_arg(n, "input") ? n : NULL;
}
static SqlNode *read_generator(Translator *t, SqlNode *call)
{
    return fn_by_names(t, call, "generator", "ROWCOUNT TIMELIMIT");
}

// --- Series: the step is always said; DuckDB's range(n) starts at 0 and leaves the end out ---

// Of dates and timestamps, a day apart where nothing is said. NULL: of numbers.
static SqlNode *series_of_moments(Translator *t, SqlNode *call, const char *meaning)
{
    uint32_t n = sql_tail_count(call);
    if (n < 2) return NULL;
    SqlNode *start = sql_tail(call, 0), *stop = sql_tail(call, 1);
    SqlNode *step = n > 2 ? sql_tail(call, 2) : NULL;
    bool moments = node_is_moment(start) || node_is_moment(stop);
    if (!moments && !(step && node_is(step, TYPE_INTERVAL))) return NULL;
    bool timestamps = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    time_align(t, &start, &stop);
    LogicalType type = timestamps || !node_is(start, TYPE_DATE) ? TYPE_TIMESTAMP : TYPE_DATE;
    if (!step) step = time_interval(t, make_number(t, call, 1), "DAY");
    if (step->kind == NODE_STRING) step = time_interval_text(t, step, step->text);
    bool before = str_eq(str_from(meaning), S("series_before"));
    if (t->to == DIALECT_SQLITE && node_is_call(step, "interval")) // while it says its unit
        step = time_step(t, step, before);
    SqlNode *args[3] = {time_as(t, start, (int)type), time_as(t, stop, (int)type), step};
    SqlNode *made = make_call(t, call, meaning, args, 3);
    made->type = TYPE_ARRAY;
    return made;
}

static SqlNode *read_dates(Translator *t, SqlNode *call) // GENERATE_DATE_ARRAY
{
    LogicalType type =
        str_eq_nocase(call->text, S("GENERATE_DATE_ARRAY")) ? TYPE_DATE : TYPE_TIMESTAMP;
    for (uint32_t i = 0; i < 2 && i < sql_tail_count(call); i++) {
        SqlNode **arg = &call->child[sql_roles(NODE_CALL) + i];
        *arg = time_as(t, *arg, (int)type);
    }
    return series_of_moments(t, call, "series");
}

static SqlNode *read_range(Translator *t, SqlNode *call)
{
    uint32_t n = sql_tail_count(call);
    if (n < 1 || n > 3) return NULL;
    SqlNode *moments = series_of_moments(t, call, "series_before");
    if (moments) return moments;
    SqlNode *args[3] = {make_number(t, call, 0), sql_tail(call, 0), make_number(t, call, 1)};
    if (n > 1) args[0] = sql_tail(call, 0), args[1] = sql_tail(call, 1);
    if (n > 2) args[2] = sql_tail(call, 2);
    return make_call(t, call, "series_before", args, 3);
}

static SqlNode *read_series(Translator *t, SqlNode *call)
{
    uint32_t n = sql_tail_count(call);
    if (n < 1 || n > 3 || (n == 1 && t->from != DIALECT_DUCKDB)) return NULL;
    // Postgres makes rows of it wherever it stands, the others an array.
    bool rows = t->from == DIALECT_POSTGRES && t->to == t->from;
    const char *meaning = rows ? "series_rows" : "series";
    SqlNode *moments = series_of_moments(t, call, meaning);
    if (moments) return moments;
    SqlNode *args[3] = {make_number(t, call, 0), sql_tail(call, 0), make_number(t, call, 1)};
    if (n > 1) args[0] = sql_tail(call, 0), args[1] = sql_tail(call, 1);
    if (n > 2) args[2] = sql_tail(call, 2);
    return make_call(t, call, meaning, args, 3);
}

// The rows are the elements of what REGEXP_SPLIT_TO_ARRAY gives.
static SqlNode *read_regexp_rows(Translator *t, SqlNode *call)
{
    SqlNode *array = node_clone(t, call);
    array->id = NODE_MADE;
    array->text = S("REGEXP_SPLIT_TO_ARRAY");
    return make_call1(t, call, "unnest", neutral_call(t, array));
}

static const SqlSpelling spellings[] = {
    {"unnest", BIG | PG | TRINO | DUCK | FLINK, "UNNEST", NULL, NULL, NULL},
    {"unnest", SPARK, "EXPLODE", NULL, NULL, NULL},
    {"unnest_outer", SPARK, "EXPLODE_OUTER", NULL, NULL, NULL},
    {"unnest_at", SPARK, "POSEXPLODE", NULL, NULL, NULL},
    {"unnest_at_outer", SPARK, "POSEXPLODE_OUTER", NULL, NULL, NULL},
    {"unnest_structs", SPARK, "INLINE", NULL, NULL, NULL},
    {"unnest_structs_outer", SPARK, "INLINE_OUTER", NULL, NULL, NULL},
    {"stack", SPARK, "STACK", NULL, NULL, NULL},
    {"flatten", SNOW, "", NULL, "FLATTEN(INPUT => {input})", NULL},
    {"flatten", SNOW, "FLATTEN", NULL, NULL, read_flatten},
    {"split_rows", SNOW, "SPLIT_TO_TABLE", NULL, NULL, NULL},
    {"unnest", PG, "REGEXP_SPLIT_TO_TABLE", "_ _ _?", NULL, read_regexp_rows},
    {"split_rows", PG, "STRING_TO_TABLE", NULL, NULL, NULL},
    {"json_elements", PG, "JSON_ARRAY_ELEMENTS", "array json=J", NULL, NULL},
    {"json_elements", MY, "JSON_TABLE", NULL, NULL, NULL}, // its rows alone (parse_json_table.c)
    {"json_elements", PG, "JSONB_ARRAY_ELEMENTS", "array json=J", NULL, NULL},
    {"json_elements", PG, "JSON_ARRAY_ELEMENTS_TEXT", "array json=X", NULL, NULL},
    {"json_elements", PG, "JSONB_ARRAY_ELEMENTS_TEXT", "array json=X", NULL, NULL},
    {"json_text_rows", PG, "", NULL, "JSONB_ARRAY_ELEMENTS_TEXT({json})", NULL},
    {"json_value_rows", PG, "", NULL, "JSONB_ARRAY_ELEMENTS({json})", NULL},
    {"json_text_table", MY, "", NULL,
     "JSON_TABLE({json}, '$\\[*\\]' COLUMNS ({value} VARCHAR(4000) PATH '$'[, {position} FOR "
     "ORDINALITY]))",
     NULL},
    {"json_value_table", MY, "", NULL,
     "JSON_TABLE({json}, '$\\[*\\]' COLUMNS ({value} JSON PATH '$'[, {position} FOR ORDINALITY]))",
     NULL},
    {"json_text_members", PG, "", NULL, "JSONB_EACH_TEXT({json})", NULL},
    {"json_value_members", PG, "", NULL, "JSONB_EACH({json})", NULL},
    {"json_text_members", DUCK, "", NULL, "JSON_EACH({json})", NULL},
    {"json_value_members", DUCK, "", NULL, "JSON_EACH({json})", NULL},
    {"json_members", PG | DUCK, "JSON_EACH", "object json=J", NULL, NULL},
    {"json_members", PG, "JSONB_EACH", "object json=J", NULL, NULL},
    {"json_members", PG, "JSON_EACH_TEXT", "object json=X", NULL, NULL},
    {"json_members", PG, "JSONB_EACH_TEXT", "object json=X", NULL, NULL},
    {"json_keys", PG, "JSON_OBJECT_KEYS", NULL, NULL, NULL},
    {"json_keys", PG, "JSONB_OBJECT_KEYS", NULL, NULL, NULL},
    {"generator", SNOW, "GENERATOR", NULL, NULL, read_generator},
    {"row_sequence", SNOW, "SEQ1", NULL, NULL, NULL},
    {"row_sequence", SNOW, "SEQ2", NULL, NULL, NULL},
    {"row_sequence", SNOW, "SEQ4", NULL, NULL, NULL},
    {"row_sequence", SNOW, "SEQ8", NULL, NULL, NULL},
    {"series", PG | DUCK, "GENERATE_SERIES", NULL, NULL, read_series},
    {"series", BIG, "GENERATE_DATE_ARRAY", "start:date stop:date step?", NULL, read_dates},
    {"series", BIG, "GENERATE_TIMESTAMP_ARRAY", "start:timestamp stop:timestamp step", NULL,
     read_dates},
    {"series", BIG, "GENERATE_ARRAY", NULL, NULL, read_series},
    {"series", BIG, "", NULL, "GENERATE_ARRAY({start}, {stop}, {step})", NULL},
    {"series", TRINO | SPARK, "SEQUENCE", NULL, NULL, read_series},
    {"series", TRINO | SPARK, "", NULL, "SEQUENCE({start}, {stop}, {step})", NULL},
    {"series", PG, "", NULL, "ARRAY(SELECT GENERATE_SERIES({start}, {stop}, {step}))", NULL},
    {"series", DUCK, "", NULL, "GENERATE_SERIES({start}, {stop}, {step})", NULL},
    {"series_rows", PG | DUCK, "", NULL, "GENERATE_SERIES({start}, {stop}, {step})", NULL},
    {"series_before", SNOW, "", NULL, "ARRAY_GENERATE_RANGE({start}, {stop}, {step})", NULL},
    {"series_before", DUCK | SPARK, "", NULL, "RANGE({start}, {stop}, {step})", NULL},
    {"series_before", DUCK | SPARK, "RANGE", NULL, NULL, read_range},
    {"series_before", SNOW, "ARRAY_GENERATE_RANGE", NULL, NULL, read_range},
    {"inserted", MY, "VALUES", NULL, NULL, NULL},
};

const FnFamily fn_table = {fns, sizeof fns / sizeof *fns, spellings,
                           sizeof spellings / sizeof *spellings};
