// fn_cast: casts that are functions: TO_NUMBER, TO_VARCHAR, TRY_TO_DOUBLE, STRING(x); and what the
// runtime casts by.
#include "sql/translate.h"

static SqlNode *cast_as(Translator *t, SqlNode *call, const char *type)
{
    SqlNode *n = make_node(t, NODE_CAST, call, 0), *name = make_node(t, NODE_TYPE, call, 0);
    name->text = str_from(type);
    bool tries = call->text.len > 4 && str_eq_nocase(str_slice(call->text, 0, 4), S("TRY_"));
    n->op = tries ? OP_TRY_CAST : OP_CAST;
    n->child[CAST_VALUE] = sql_tail(call, 0);
    n->child[CAST_TYPE] = name;
    return n;
}

static SqlNode *read_boolean(Translator *t, SqlNode *call)
{
    return neutral_cast(t, cast_as(t, call, "BOOLEAN"));
}
static SqlNode *read_integer(Translator *t, SqlNode *call)
{
    bool big = str_eq_nocase(call->text, S("BIGINT"));
    return neutral_cast(t, cast_as(t, call, big ? "BIGINT" : "INT"));
}
static SqlNode *read_real(Translator *t, SqlNode *call)
{
    return neutral_cast(t, cast_as(t, call, "DOUBLE"));
}
static SqlNode *read_text(Translator *t, SqlNode *call)
{
    return neutral_cast(t, cast_as(t, call, "VARCHAR"));
}

// BigQuery: INT64(json), LAX_INT64(json) …: of the scalar that it is. The lax ones give NULL.
static SqlNode *json_as(Translator *t, SqlNode *call, const char *type)
{
    SqlNode *cast = cast_as(t, call, type), *json = sql_tail(call, 0);
    SqlNode *get = make_call3(t, call, "json_get", json, make_string(t, call, S("$")),
                              make_word(t, call, S("T")));
    bool element = node_is_call(json, "element");
    cast->child[CAST_VALUE] = typed(element ? json : get, TYPE_TEXT);
    if (str_starts(call->text, S("LAX_")) || str_starts(call->text, S("lax_")))
        cast->op = OP_TRY_CAST;
    return neutral_cast(t, cast);
}
static SqlNode *read_json_integer(Translator *t, SqlNode *call)
{
    return json_as(t, call, "INT64");
}
static SqlNode *read_json_real(Translator *t, SqlNode *call)
{
    return json_as(t, call, "FLOAT64");
}
static SqlNode *read_json_boolean(Translator *t, SqlNode *call)
{
    return json_as(t, call, "BOOL");
}
static SqlNode *read_json_text(Translator *t, SqlNode *call)
{
    return json_as(t, call, "STRING");
}

// (x [, format] [, precision [, scale]])
static SqlNode *read_number(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call), at = 1;
    if (!count || count > 4) return NULL;
    SqlNode *cast = cast_as(t, call, "NUMBER");
    if (count > 1 && sql_tail(call, 1)->kind == NODE_STRING) {
        SqlNode *parsed = make_call2(t, call, "parse_number", sql_tail(call, 0), sql_tail(call, 1));
        parsed->type = TYPE_TEXT;
        cast->child[CAST_VALUE] = parsed;
        at = 2;
    }
    SqlNode *sizes[2] = {make_number(t, call, 38), make_number(t, call, 0)};
    uint32_t said = count - at;
    if (said > 2) return NULL;
    for (uint32_t i = 0; i < said; i++) sizes[i] = sql_tail(call, at + i);
    if (at == 2 && !said) cast->child[CAST_TYPE]->text = S("DOUBLE");
    if (said) node_set_tail(t, cast->child[CAST_TYPE], sizes, 2);
    return neutral_cast(t, cast);
}

// Postgres and Spark: TO_NUMBER(text, format)
static SqlNode *read_to_number(Translator *t, SqlNode *call)
{
    SqlNode *cast = cast_as(t, call, t->from == DIALECT_SPARK ? "DOUBLE" : "NUMERIC");
    cast->child[CAST_VALUE] =
        make_call2(t, call, "parse_number", sql_tail(call, 0), sql_tail(call, 1));
    cast->child[CAST_VALUE]->type = TYPE_TEXT;
    return neutral_cast(t, cast);
}

static const SqlFn fns[] = {
    {"cast_boolean", "x how", FN_SCALAR, "boolean", "gr_cast_boolean({x}, '{how}', {at})", NULL},
    {"cast_decimal", "x precision scale how", FN_SCALAR, "real",
     "gr_cast_decimal({x}, {precision}, {scale}, '{how}', {at})", NULL},
    {"cast_integer", "x how", FN_SCALAR, "integer", "gr_cast_integer({x}, '{how}', {at})", NULL},
    {"cast_real", "x how", FN_SCALAR, "real", "gr_cast_real({x}, '{how}', {at})", NULL},
    {"cast_small", "x bits how", FN_SCALAR, "integer", "gr_cast_small({x}, {bits}, '{how}', {at})",
     NULL},
    {"cast_wrapped", "x bits", FN_SCALAR, "integer", "gr_cast_wrapped({x}, {bits})", NULL},
    {"fixed_text", "x scale", FN_SCALAR, "text", "gr_fixed_text({x}, {scale})", NULL},
    {"lite_round", "x", FN_SCALAR, "real", "round({x})", NULL},
    {"number_text", "x format", FN_SCALAR, "text", "gr_number_text({x}, {format})", NULL},
    // a text of digits and what a format puts around them
    {"parse_number", "x format", FN_SCALAR, "text", "gr_parse_number({x}, {format})", NULL},
    // how: PLAIN "1", DOTTED "1.0", JAVA "1.0E7", TRINO "1.0E0"
    {"real_text", "x how", FN_SCALAR, "text", "gr_real_text({x}, '{how}')", NULL},
    {"to_boolean", "x", FN_SCALAR, "boolean", NULL, NULL},
    {"to_integer", "x", FN_SCALAR, "integer", NULL, NULL},
    {"to_number", "x more...", FN_SCALAR, "", NULL, NULL},
    {"to_real", "x", FN_SCALAR, "real", NULL, NULL},
    {"to_text", "x", FN_SCALAR, "text", NULL, NULL},
};

// DECIMAL's text has all of its places; only BigQuery's has no zeros at its end.
static const SqlSpelling spellings[] = {
    {"fixed_text", BIG, "", NULL, "FORMAT('%.{scale}f', {x})", NULL},
    {"fixed_text", PG, "", NULL, "CAST(CAST({x} AS NUMERIC(38, {scale})) AS TEXT)", NULL},
    {"fixed_text", MY, "", NULL, "CAST(CAST({x} AS DECIMAL(38, {scale})) AS CHAR)", NULL},
    {"fixed_text", SNOW, "", NULL, "CAST(CAST({x} AS NUMBER(38, {scale})) AS VARCHAR)", NULL},
    {"fixed_text", SPARK | FLINK, "", NULL, "CAST(CAST({x} AS DECIMAL(38, {scale})) AS STRING)",
     NULL},
    {"fixed_text", TRINO | DUCK, "", NULL, "CAST(CAST({x} AS DECIMAL(38, {scale})) AS VARCHAR)",
     NULL},
    {"number_text", PG | SNOW | SPARK, "", NULL, "TO_CHAR({x}, {format})", NULL},
    {"parse_number", PG | SNOW, "", NULL, "TO_NUMBER({x}, {format})", NULL},
    {"to_boolean", SNOW, "TO_BOOLEAN", "x", NULL, read_boolean},
    {"to_boolean", SNOW, "TRY_TO_BOOLEAN", "x", NULL, read_boolean},
    {"to_boolean", SPARK, "BOOLEAN", "x", NULL, read_boolean},
    {"to_boolean", BIG, "BOOL", "x", NULL, read_json_boolean},
    {"to_boolean", BIG, "LAX_BOOL", "x", NULL, read_json_boolean},
    {"to_integer", BIG, "INT64", "x", NULL, read_json_integer},
    {"to_integer", BIG, "LAX_INT64", "x", NULL, read_json_integer},
    {"to_real", BIG, "FLOAT64", "x", NULL, read_json_real},
    {"to_real", BIG, "LAX_FLOAT64", "x", NULL, read_json_real},
    {"to_text", BIG, "LAX_STRING", "x", NULL, read_json_text},
    {"to_integer", SPARK, "BIGINT", "x", NULL, read_integer},
    {"to_integer", SPARK, "INT", "x", NULL, read_integer},
    {"to_number", PG | SPARK, "TO_NUMBER", "x more", NULL, read_to_number},
    {"to_number", SPARK, "TRY_TO_NUMBER", "x more", NULL, read_to_number},
    {"to_number", SNOW, "TO_DECIMAL", NULL, NULL, read_number},
    {"to_number", SNOW, "TO_NUMBER", NULL, NULL, read_number},
    {"to_number", SNOW, "TO_NUMERIC", NULL, NULL, read_number},
    {"to_number", SNOW, "TRY_TO_DECIMAL", NULL, NULL, read_number},
    {"to_number", SNOW, "TRY_TO_NUMBER", NULL, NULL, read_number},
    {"to_number", SNOW, "TRY_TO_NUMERIC", NULL, NULL, read_number},
    {"to_real", SNOW, "TO_DOUBLE", "x", NULL, read_real},
    {"to_real", SNOW, "TRY_TO_DOUBLE", "x", NULL, read_real},
    {"to_real", SPARK, "DOUBLE", "x", NULL, read_real},
    {"to_real", SPARK, "FLOAT", "x", NULL, read_real},
    {"to_text", SNOW, "TO_CHAR", "x", NULL, read_text},
    {"to_text", SNOW, "TO_VARCHAR", "x", NULL, read_text},
    {"to_text", SPARK, "STRING", "x", NULL, read_text},
};

const FnFamily fn_cast = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
