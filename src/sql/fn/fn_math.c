// fn_math: mathematics: roots, logarithms, angles, and numbers by chance.
#include "sql/translate.h"

// --- Logarithms: which base LOG(x) has, and what it is of nothing ---

// FAIL: an error. NULL. LIMIT: minus infinity of 0, nothing of less.
static Str beyond(Dialect d)
{
    switch (d) {
    case DIALECT_MYSQL:
    case DIALECT_SPARK:
    case DIALECT_SQLITE:
        return S("NULL");
    case DIALECT_TRINO:
    case DIALECT_FLINK:
        return S("LIMIT");
    case DIALECT_SNOWFLAKE:
    case DIALECT_BIGQUERY:
    case DIALECT_POSTGRES:
    case DIALECT_DUCKDB:
        break;
    }
    return S("FAIL");
}

static SqlNode *log_of(Translator *t, SqlNode *call, SqlNode *base, SqlNode *x)
{
    return typed(make_call3(t, call, "log", base, x, make_word(t, call, beyond(t->from))),
                 TYPE_REAL);
}
static SqlNode *ln_of(Translator *t, SqlNode *call, SqlNode *x)
{
    return typed(make_call2(t, call, "ln", x, make_word(t, call, beyond(t->from))), TYPE_REAL);
}

static SqlNode *read_ln(Translator *t, SqlNode *call)
{
    return ln_of(t, call, sql_tail(call, 0));
}
// LOG1P(x) is LN(1 + x).
static SqlNode *read_log1p(Translator *t, SqlNode *call)
{
    SqlNode *sum = make_binary(t, OP_ADD, make_number(t, call, 1), sql_tail(call, 0));
    return ln_of(t, call, typed(sum, TYPE_REAL));
}
static SqlNode *read_log2(Translator *t, SqlNode *call)
{
    return log_of(t, call, make_number(t, call, 2), sql_tail(call, 0));
}
static SqlNode *read_log10(Translator *t, SqlNode *call)
{
    return log_of(t, call, make_number(t, call, 10), sql_tail(call, 0));
}

// LOG(base, x), in BigQuery LOG(x, base); LOG(x) is natural in some and decimal in others.
static SqlNode *read_log(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (!count || count > 2) return NULL;
    SqlNode *a = sql_tail(call, 0), *b = count > 1 ? sql_tail(call, 1) : NULL;
    if (b) return t->from == DIALECT_BIGQUERY ? log_of(t, call, b, a) : log_of(t, call, a, b);
    if (t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_TRINO) return NULL;
    bool ten =
        t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB || t->from == DIALECT_SQLITE;
    return ten ? read_log10(t, call) : ln_of(t, call, a);
}

static SqlNode *read_sqrt(Translator *t, SqlNode *call)
{
    SqlNode *word = make_word(t, call, beyond(t->from));
    return typed(make_call2(t, call, "sqrt", sql_tail(call, 0), word), TYPE_REAL);
}

// --- By chance: a seed makes no difference here, the worker's numbers repeat anyway ---

static SqlNode *read_random(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call) > 1) return NULL;
    const char *name = t->from == DIALECT_SNOWFLAKE ? "random_integer" : "random";
    return typed(make_call(t, call, name, NULL, 0),
                 t->from == DIALECT_SNOWFLAKE ? TYPE_INTEGER : TYPE_REAL);
}

// SQLite's own, which draws from the worker's fixed source.
#define LITE_RANDOM                                                                                \
    "random"                                                                                       \
    "()"

static const SqlFn fns[] = {
    {"acos", "x", FN_SCALAR, "real", NULL, NULL},
    {"acosh", "x", FN_SCALAR, "real", NULL, NULL},
    {"asinh", "x", FN_SCALAR, "real", NULL, NULL},
    {"atanh", "x", FN_SCALAR, "real", NULL, NULL},
    {"asin", "x", FN_SCALAR, "real", NULL, NULL},
    {"atan", "x", FN_SCALAR, "real", NULL, NULL},
    {"atan2", "y x", FN_SCALAR, "real", NULL, NULL},
    {"cbrt", "x", FN_SCALAR, "real", "gr_cbrt({x})", NULL},
    {"cos", "x", FN_SCALAR, "real", NULL, NULL},
    {"cosh", "x", FN_SCALAR, "real", NULL, NULL},
    {"cot", "x", FN_SCALAR, "real", "(1 / tan({x}))", NULL},
    {"csc", "x", FN_SCALAR, "real", "(1 / sin({x}))", NULL},
    {"degrees", "x", FN_SCALAR, "real", NULL, NULL},
    {"e", "", FN_SCALAR, "real!", "exp(1)", NULL},
    {"exp", "x", FN_SCALAR, "real", NULL, NULL},
    {"expm1", "x", FN_SCALAR, "real", "(exp({x}) - 1)", NULL},
    {"factorial", "n", FN_SCALAR, "integer", "gr_factorial({n}, {at})", NULL},
    // kilometres between two points of latitude and longitude, on a sphere of radius 6371
    {"haversine", "lat1 lon1 lat2 lon2", FN_SCALAR, "real",
     "(12742 * asin(sqrt(pow(sin(radians({lat2} - {lat1}) / 2), 2) + cos(radians({lat1})) * "
     "cos(radians({lat2})) * pow(sin(radians({lon2} - {lon1}) / 2), 2))))",
     NULL},
    // beyond: what it is where it is not defined: FAIL, NULL or LIMIT
    {"ln", "x beyond", FN_SCALAR, "real", "gr_ln({x}, '{beyond}', {at})", NULL},
    {"log", "base x beyond", FN_SCALAR, "real", "gr_log({base}, {x}, '{beyond}', {at})", NULL},
    {"pi", "", FN_SCALAR, "real!", "pi()", NULL},
    {"radians", "x", FN_SCALAR, "real", NULL, NULL},
    {"random", "", FN_SCALAR, "real!",
     "((" LITE_RANDOM " & 9007199254740991) / 9007199254740992.0)", NULL},
    {"random_integer", "", FN_SCALAR, "integer!", LITE_RANDOM, NULL},
    {"sec", "x", FN_SCALAR, "real", "(1 / cos({x}))", NULL},
    {"sin", "x", FN_SCALAR, "real", NULL, NULL},
    {"sinh", "x", FN_SCALAR, "real", NULL, NULL},
    {"sqrt", "x beyond", FN_SCALAR, "real", "gr_sqrt({x}, '{beyond}', {at})", NULL},
    {"tan", "x", FN_SCALAR, "real", NULL, NULL},
    {"tanh", "x", FN_SCALAR, "real", NULL, NULL},
    {"uniform", "low high by", FN_SCALAR, "~low",
     "({low} + ({by} & 9223372036854775807) % ({high} - {low} + 1))", NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"acos", EVERY, "ACOS", NULL, NULL, NULL},
    {"acosh", SNOW | BIG | SPARK | PG | DUCK | LITE, "ACOSH", NULL, NULL, NULL},
    {"asin", EVERY, "ASIN", NULL, NULL, NULL},
    {"asinh", SNOW | BIG | SPARK | PG | DUCK | LITE, "ASINH", NULL, NULL, NULL},
    {"atanh", SNOW | BIG | SPARK | PG | DUCK | LITE, "ATANH", NULL, NULL, NULL},
    {"atan", EVERY, "ATAN", NULL, NULL, NULL},
    {"atan2", EVERY, "ATAN2", NULL, NULL, NULL},
    {"cbrt", EVERY & ~MY & ~LITE & ~FLINK, "CBRT", NULL, NULL, NULL},
    {"cos", EVERY, "COS", NULL, NULL, NULL},
    {"cosh", EVERY & ~MY, "COSH", NULL, NULL, NULL},
    {"cot", EVERY & ~TRINO & ~LITE, "COT", NULL, NULL, NULL},
    {"csc", BIG | SPARK, "CSC", NULL, NULL, NULL},
    {"degrees", EVERY & ~BIG, "DEGREES", NULL, NULL, NULL},
    {"e", SPARK | TRINO | FLINK, "E", NULL, NULL, NULL},
    {"e", EVERY, "", NULL, "EXP(1)", NULL},
    {"exp", EVERY, "EXP", NULL, NULL, NULL},
    {"expm1", SPARK, "EXPM1", NULL, NULL, NULL},
    {"haversine", SNOW, "HAVERSINE", NULL, NULL, NULL},
    {"factorial", SNOW | SPARK | PG | DUCK, "FACTORIAL", NULL, NULL, NULL},
    {"ln", EVERY, "LN", "_", NULL, read_ln},
    {"ln", SPARK, "LOG1P", "_", NULL, read_log1p},
    {"ln", EVERY, "", NULL, "LN({x})", NULL},
    {"log", EVERY, "LOG", NULL, NULL, read_log},
    {"log", EVERY & ~PG & ~SNOW, "LOG10", "_", NULL, read_log10},
    {"log", SPARK | TRINO | MY | DUCK | FLINK | LITE, "LOG2", "_", NULL, read_log2},
    {"log", BIG | SPARK | TRINO | MY | DUCK | FLINK, "", "x base=10 beyond", "LOG10({x})", NULL},
    {"log", SPARK | TRINO | MY | DUCK | FLINK, "", "x base=2 beyond", "LOG2({x})", NULL},
    {"log", BIG, "", NULL, "LOG({x}, {base})", NULL},
    {"log", PG, "", "x base=10 beyond", "LOG({x})", NULL},
    {"log", EVERY & ~BIG, "", NULL, "LOG({base}, {x})", NULL},
    {"pi", EVERY & ~BIG, "PI", NULL, NULL, NULL},
    {"pi", BIG, "", NULL, "ACOS(-1)", NULL},
    {"radians", EVERY & ~BIG, "RADIANS", NULL, NULL, NULL},
    {"random", PG | DUCK | TRINO, "RANDOM", NULL, NULL, read_random},
    {"random", BIG | SPARK | MY | FLINK | TRINO, "RAND", NULL, NULL, read_random},
    {"random", PG | DUCK | TRINO, "", NULL, "RANDOM()", NULL},
    {"random", BIG | SPARK | MY | FLINK, "", NULL, "RAND()", NULL},
    {"random", SNOW, "", NULL, "UNIFORM(0::FLOAT, 1::FLOAT, RANDOM())", NULL},
    {"random_integer", SNOW, "RANDOM", NULL, NULL, read_random},
    {"random_integer", SNOW, "", NULL, "RANDOM()", NULL},
    {"sec", BIG | SPARK, "SEC", NULL, NULL, NULL},
    {"sin", EVERY, "SIN", NULL, NULL, NULL},
    {"sinh", EVERY & ~MY, "SINH", NULL, NULL, NULL},
    {"sqrt", EVERY, "SQRT", "_", NULL, read_sqrt},
    {"sqrt", EVERY, "", NULL, "SQRT({x})", NULL},
    {"tan", EVERY, "TAN", NULL, NULL, NULL},
    {"tanh", EVERY & ~MY, "TANH", NULL, NULL, NULL},
    {"uniform", SNOW, "UNIFORM", NULL, NULL, NULL},
};

const FnFamily fn_math = {fns, sizeof fns / sizeof *fns, spellings,
                          sizeof spellings / sizeof *spellings};
