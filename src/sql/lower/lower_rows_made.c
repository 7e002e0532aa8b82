// lower_rows_made: what a function that makes rows comes down to.
//
// One function of the runtime with an expression a column, or a query.
#include "sql/lower/lower_rows.h"
#include "sql/neutral_time.h"
#include "sql/scope.h"

static SqlNode *own(Rows *r, const char *column)
{
    return make_column(r->s->t, r->n, r->alias, str_from(column));
}

void rows_add(Rows *r, SqlNode *column)
{
    *vec_push(r->s->t->arena, &r->made.columns) = column;
}

SqlNode *rows_plus_one(Translator *t, SqlNode *n)
{
    SqlNode *sum = make_binary(t, OP_ADD, n, make_number(t, n, 1));
    sum->type = TYPE_INTEGER;
    sum->parens = 1;
    return sum;
}

// The elements of an array, of a series without making the array first.
static SqlNode *elements(Rows *r, SqlNode *array)
{
    Translator *t = r->s->t;
    bool series = node_is_call(array, "series");
    bool before = node_is_call(array, "series_before");
    if (!series && !before) return make_call1(t, array, "rows_each", array);
    SqlNode *start = sql_tail(array, 0), *stop = sql_tail(array, 1), *step = sql_tail(array, 2);
    step = time_step(t, step, before);
    if (before && !node_is(step, TYPE_TEXT)) { // the end is left out: integers only
        SqlNode *one = make_call1(t, array, "rows_sign", node_clone(t, step));
        stop = make_binary(t, OP_SUBTRACT, stop, one);
    }
    return make_call3(t, array, "rows_series", start, stop, step);
}

static void make_unnest(Rows *r, SqlNode *array)
{
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    rows_add(r, own(r, "gr_value"));
}

// A map: its keys and values where two names are given for them.
static void make_explode(Rows *r, SqlNode *array, uint32_t names, bool position)
{
    bool map = names == (position ? 3u : 2u);
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    if (position) rows_add(r, own(r, "gr_index"));
    if (map) rows_add(r, own(r, "gr_key"));
    rows_add(r, own(r, "gr_value"));
}

// Several arrays side by side, short ones filled with NULL: a series of positions, and each array
// joined to it.
static void make_zip(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    uint32_t n = sql_tail_count(call);
    Str at = make_name(t, "at");
    SqlNode **lengths = arena_array(t->arena, SqlNode *, n);
    for (uint32_t i = 0; i < n; i++) {
        SqlNode *length = make_call1(t, call, "rows_length", node_clone(t, sql_tail(call, i)));
        lengths[i] = make_call2(t, call, "coalesce", length, make_number(t, call, 0));
    }
    SqlNode *most = make_call(t, call, "rows_most", lengths, n);
    SqlNode *last = make_binary(t, OP_SUBTRACT, most, make_number(t, call, 1));
    SqlNode *from = make_node(t, NODE_TABLE_CALL, call, 0);
    from->child[TABLE_CALL_CALL] =
        make_call3(t, call, "rows_series", make_number(t, call, 0), last, make_number(t, call, 1));
    from->child[TABLE_CALL_ALIAS] = make_alias(t, call, at);
    SqlNode *items = make_node(t, NODE_LIST, call, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        Str name = make_name(t, "each");
        SqlNode *join = make_node(t, NODE_JOIN, call, 0),
                *one = make_node(t, NODE_TABLE_CALL, call, 0);
        one->child[TABLE_CALL_CALL] = make_call1(t, call, "rows_each", sql_tail(call, i));
        one->child[TABLE_CALL_ALIAS] = make_alias(t, call, name);
        join->op = OP_LEFT;
        join->child[JOIN_LEFT] = from;
        join->child[JOIN_RIGHT] = one;
        join->child[JOIN_ON] = make_binary(t, OP_EQ, make_column(t, call, name, S("gr_index")),
                                           make_column(t, call, at, S("gr_value")));
        from = join;
        SqlNode *value = make_column(t, call, name, S("gr_value"));
        items->child[i] = make_item(t, value, make_name(t, "c"));
    }
    SqlNode *position = rows_plus_one(t, make_column(t, call, at, S("gr_value")));
    items->child[n] = make_item(t, position, S("ordinality"));
    SqlNode *select = make_select(t, call, items);
    select->child[SELECT_FROM] = make_from(t, from);
    r->made.query = make_query(t, select);
}

static bool is_true(const SqlNode *n)
{
    return n && n->kind == NODE_BOOLEAN && str_eq_nocase(n->text, S("TRUE"));
}

// Snowflake: SEQ, KEY, PATH, INDEX, VALUE, THIS. What is neither array nor object has no rows.
static void make_flatten(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *input = node_arg(call, "input"), *path = node_arg(call, "path");
    if (is_true(node_arg(call, "recursive"))) {
        translate_unsupported(t, call, "FLATTEN with RECURSIVE is not supported here.");
        return;
    }
    if (path && path->kind != NODE_STRING) {
        translate_unsupported(t, path, "The PATH of FLATTEN is a string here.");
        return;
    }
    if (path && path->text.len) {
        Str at = str_fmt(t->arena, "$.%.*s", STR_ARG(path->text));
        input = make_call2(t, call, "rows_member", input, make_string(t, path, at));
    }
    r->made.outer = is_true(node_arg(call, "outer"));
    r->made.call = make_call1(t, call, "rows_each_lenient", input);
    SqlNode *array = make_is_null(t, own(r, "gr_key"), false);
    SqlNode *bracket = make_binary(t, OP_CONCAT, make_string(t, call, S("[")), own(r, "gr_index"));
    bracket = make_binary(t, OP_CONCAT, bracket, make_string(t, call, S("]")));
    rows_add(r, NULL);
    rows_add(r, own(r, "gr_key"));
    rows_add(r, make_case(t, array, bracket, own(r, "gr_key")));
    rows_add(r, make_case(t, node_clone(t, array), own(r, "gr_index"), NULL));
    rows_add(r, own(r, "gr_value"));
    rows_add(r, node_clone(t, input));
}

static void make_generator(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *rows = node_arg(call, "rows");
    if (!rows) {
        translate_unsupported(t, call, "GENERATOR wants a ROWCOUNT here.");
        return;
    }
    SqlNode *last = make_binary(t, OP_SUBTRACT, rows, make_number(t, call, 1));
    r->made.call =
        make_call3(t, call, "rows_series", make_number(t, call, 0), last, make_number(t, call, 1));
    rows_add(r, own(r, "gr_value"));
    r->s->generator = r->alias;
}

// STACK(2, a, b, c, d): rows of equal parts.
static void make_stack(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    const SqlNode *count = sql_tail(call, 0);
    int64_t rows;
    uint32_t values = sql_tail_count(call) - 1;
    bool known =
        count->kind == NODE_NUMBER && str_to_i64(count->text, &rows) && rows > 0 && rows <= values;
    if (!known) {
        translate_unsupported(t, call, "STACK wants a whole number of rows first.");
        return;
    }
    uint32_t width = (values + (uint32_t)rows - 1) / (uint32_t)rows;
    SqlNode *all = make_node(t, NODE_VALUES, call, (uint32_t)rows);
    for (uint32_t i = 0; i < rows; i++) {
        SqlNode *row = all->child[i] = make_node(t, NODE_ROW, call, width);
        for (uint32_t c = 0; c < width; c++) {
            uint32_t at = i * width + c;
            row->child[c] = at < values ? sql_tail(call, 1 + at) : make_null(t, call);
        }
    }
    r->made.query = make_query(t, all);
}

// Snowflake: SEQ, INDEX from 1, VALUE; Postgres: the parts.
static void make_split(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *parts = make_call2(t, call, "array_split", sql_tail(call, 0), sql_tail(call, 1));
    r->made.call = make_call1(t, call, "rows_each", parts);
    r->made.index = own(r, "gr_index");
    if (t->from == DIALECT_SNOWFLAKE) {
        rows_add(r, NULL);
        rows_add(r, rows_plus_one(t, own(r, "gr_index")));
    }
    rows_add(r, own(r, "gr_value"));
}

// BigQuery spreads an array of structs: its fields are the columns.
static bool spreads(const Rows *r, SqlColumns known)
{
    if (r->s->t->from != DIALECT_BIGQUERY || known.len == 0) return false;
    return known.len > 1 || !str_eq_nocase(known.at[0].name, r->alias);
}

static void make_fields(Rows *r, SqlNode *array, SqlColumns known)
{
    Translator *t = r->s->t;
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    for (size_t i = 0; i < known.len; i++) {
        SqlNode *name = make_string(t, array, known.at[i].name);
        SqlNode *word = make_word(t, array, S("0N"));
        rows_add(r, make_call3(t, array, "element", own(r, "gr_value"), name, word));
    }
}

// Trino spreads rows, too: UNNEST(ARRAY[ROW(1, 'a')]) AS t (n, s). The fields of the first row, or
// NULL where they are not written.
static const SqlNode *row_written(const Rows *r, const SqlNode *array, uint32_t names)
{
    bool rows = r->s->t->from == DIALECT_TRINO && names > 1 && array->kind == NODE_ARRAY &&
                array->count && node_is_call(array->child[0], "object");
    return rows && sql_tail_count(array->child[0]) == 2 * names ? array->child[0] : NULL;
}

static void make_row_fields(Rows *r, SqlNode *array, const SqlNode *row)
{
    Translator *t = r->s->t;
    Nodes names = {0};
    for (uint32_t i = 0; i < sql_tail_count(row); i += 2)
        *vec_push(t->arena, &names) = sql_tail(row, i);
    r->made.call = elements(r, array);
    r->made.index = own(r, "gr_index");
    for (size_t i = 0; i < names.len; i++)
        rows_add(r, make_call3(t, array, "element", own(r, "gr_value"), names.at[i],
                               make_word(t, array, S("0N"))));
}

// … or cast to rows: UNNEST(CAST(json AS ARRAY(ROW(a INTEGER, b VARCHAR)))) AS t (a, b)
static const SqlNode *row_cast(const Rows *r, const SqlNode *array, uint32_t names)
{
    bool cast = r->s->t->from == DIALECT_TRINO && array->kind == NODE_CAST;
    const SqlNode *type = cast ? array->child[CAST_TYPE] : NULL;
    const SqlNode *row = type && sql_tail_count(type) == 1 ? sql_tail(type, 0) : NULL;
    bool rows = row && row->kind == NODE_TYPE && str_eq(row->text, S("ROW"));
    if (!rows || !names || sql_tail_count(row) != names) return NULL;
    for (uint32_t i = 0; i < names; i++) {
        if (sql_tail(row, i)->kind != NODE_FIELD) return NULL;
    }
    return row;
}

static void make_cast_fields(Rows *r, SqlNode *array, const SqlNode *row)
{
    Translator *t = r->s->t;
    r->made.call = elements(r, array->child[CAST_VALUE]);
    r->made.index = own(r, "gr_index");
    for (uint32_t i = 0; i < sql_tail_count(row); i++) {
        SqlNode *field = sql_tail(row, i), *cast = make_node(t, NODE_CAST, array, 0);
        SqlNode *value =
            make_call3(t, array, "element", own(r, "gr_value"), make_string(t, array, field->text),
                       make_word(t, array, S("0N")));
        cast->op = array->op;
        cast->child[CAST_VALUE] = value;
        cast->child[CAST_TYPE] = node_clone(t, field->child[ONLY]);
        cast->type = (uint8_t)type_of_name(field->child[ONLY]->text);
        bool plain = !node_is(cast, TYPE_ARRAY) && !node_is(cast, TYPE_STRUCT);
        rows_add(r, plain ? lower_cast(t, cast) : value);
    }
}

// The value as JSON has it, a text in its quotes (J), or as a text (X), where that is asked for.
static SqlNode *as_json(Rows *r, SqlNode *call, SqlNode *value, SqlNode *step)
{
    const SqlNode *how = node_arg(call, "json");
    if (!how) return value;
    SqlNode *of = node_clone(r->s->t, sql_tail(call, 0));
    SqlNode *made =
        make_call3(r->s->t, call, "json_step", of, step, make_word(r->s->t, call, how->text));
    made->type = str_eq(how->text, S("J")) ? TYPE_STRUCT : TYPE_TEXT;
    return made;
}

static void make_json_elements(Rows *r, SqlNode *call)
{
    Translator *t = r->s->t;
    SqlNode *array = sql_tail(call, 0);
    if (!node_arg(call, "json")) {
        make_unnest(r, array);
        return;
    }
    r->made.call = make_call1(t, call, "rows_each", array);
    r->made.index = own(r, "gr_index");
    rows_add(r, as_json(r, call, NULL, own(r, "gr_index")));
}

// DuckDB's json_each takes an array, too: its keys are the places in it.
static SqlNode *member_key(Rows *r, SqlNode *call, bool shown)
{
    Translator *t = r->s->t;
    SqlNode *key = own(r, "gr_key"), *place = own(r, "gr_index");
    if (t->from != DIALECT_DUCKDB) return key;
    if (shown) place = make_cast(t, place, "VARCHAR");
    return make_call2(t, call, "coalesce", key, place);
}

static void make_json_members(Rows *r, SqlNode *call, bool keys)
{
    r->made.call = make_call1(r->s->t, call, "rows_each", sql_tail(call, 0));
    rows_add(r, member_key(r, call, true));
    if (!keys) rows_add(r, as_json(r, call, own(r, "gr_value"), member_key(r, call, false)));
}

// What makes rows of a value, and has none.
static bool lacks_value(const SqlNode *call)
{
    static const char *const takes[] = {"unnest",          "unnest_outer",  "unnest_at",
                                        "unnest_at_outer", "json_elements", "json_members",
                                        "json_keys",       "split_rows"};
    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
        if (node_is_call(call, takes[i])) return !sql_tail_count(call);
    }
    return false;
}

// False when it is no function that makes rows.
bool rows_make(Rows *r, SqlNode *call, uint32_t names)
{
    static const struct {
        const char *meaning;
        bool position, outer;
    } explodes[] = {
        {"unnest_outer", false, true}, {"unnest_at", true, false}, {"unnest_at_outer", true, true}};
    if (lacks_value(call)) {
        make_explode(r,
                     translate_refused(r->s->t, call, "The function takes what it makes rows of."),
                     names, false);
        return true;
    }
    for (size_t i = 0; i < sizeof explodes / sizeof *explodes; i++) {
        if (!node_is_call(call, explodes[i].meaning)) continue;
        make_explode(r, sql_tail(call, 0), names, explodes[i].position);
        r->made.outer = explodes[i].outer;
        return true;
    }
    if (node_is_call(call, "unnest") && sql_tail_count(call) > 1) {
        make_zip(r, call);
    } else if (node_is_call(call, "split_rows")) {
        make_split(r, call);
    } else if (node_is_call(call, "unnest") && row_written(r, sql_tail(call, 0), names)) {
        make_row_fields(r, sql_tail(call, 0), row_written(r, sql_tail(call, 0), names));
    } else if (node_is_call(call, "unnest") && row_cast(r, sql_tail(call, 0), names)) {
        make_cast_fields(r, sql_tail(call, 0), row_cast(r, sql_tail(call, 0), names));
    } else if (node_is_call(call, "unnest") && spreads(r, source_columns(r->s->t, r->n->id))) {
        make_fields(r, sql_tail(call, 0), source_columns(r->s->t, r->n->id));
    } else if (node_is_call(call, "unnest")) {
        make_explode(r, sql_tail(call, 0), names, false);
    } else if (node_is_call(call, "series") || node_is_call(call, "series_before")) {
        make_unnest(r, call);
    } else if (node_is_call(call, "json_elements")) {
        make_json_elements(r, call);
    } else if (node_is_call(call, "json_members") || node_is_call(call, "json_keys")) {
        make_json_members(r, call, node_is_call(call, "json_keys"));
    } else if (node_is_call(call, "flatten")) {
        make_flatten(r, call);
    } else if (node_is_call(call, "generator")) {
        make_generator(r, call);
    } else if (node_is_call(call, "stack")) {
        make_stack(r, call);
    } else {
        return false;
    }
    return true;
}
