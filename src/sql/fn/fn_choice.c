// fn_choice: functions that choose between values: NULL or not, this or that, the largest of them.
#include "sql/home.h"
#include "sql/translate.h"
#include <string.h>

// --- Calls that are operators in other words ---

static SqlNode *read_is_null(Translator *t, SqlNode *call)
{
    return make_is_null(t, sql_tail(call, 0), false);
}
static SqlNode *read_is_not_null(Translator *t, SqlNode *call)
{
    return make_is_null(t, sql_tail(call, 0), true);
}
static SqlNode *read_equal_null(Translator *t, SqlNode *call)
{
    return neutral_compare(t, make_binary(t, OP_SAME, sql_tail(call, 0), sql_tail(call, 1)));
}

static SqlNode *chain(Translator *t, SqlNode *call, SqlKind kind)
{
    SqlNode *n = make_node(t, kind, call, 2);
    n->type = TYPE_BOOLEAN;
    n->child[0] = sql_tail(call, 0);
    n->child[1] = sql_tail(call, 1);
    return n;
}
static SqlNode *read_bool_and(Translator *t, SqlNode *call)
{
    return chain(t, call, NODE_AND);
}
static SqlNode *read_bool_or(Translator *t, SqlNode *call)
{
    return chain(t, call, NODE_OR);
}
static SqlNode *read_bool_not(Translator *t, SqlNode *call)
{
    return make_unary(t, OP_NOT, sql_tail(call, 0));
}
static SqlNode *read_bool_xor(Translator *t, SqlNode *call)
{
    return make_binary(t, OP_NE, node_truth(t, sql_tail(call, 0)),
                       node_truth(t, sql_tail(call, 1)));
}

static SqlNode *read_zero_if_null(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0), *zero = make_number(t, call, 0);
    SqlNode *made = make_call2(t, call, "coalesce", x, zero);
    made->type = x->type;
    return made;
}
static SqlNode *read_null_if_zero(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0), *zero = make_number(t, call, 0);
    SqlNode *made = make_call2(t, call, "nullif", x, zero);
    made->type = x->type;
    return made;
}

// --- DECODE(x, a, b, …, other): NULL finds NULL ---

static bool is_plain_constant(const SqlNode *n)
{
    return node_is_constant(n) && n->kind != NODE_NULL;
}

static SqlNode *decode_condition(Translator *t, SqlNode *x, SqlNode *value)
{
    SqlNode *copy = node_clone(t, x);
    if (value->kind == NODE_NULL) return make_is_null(t, copy, false);
    bool plain = is_plain_constant(value);
    return neutral_compare(t, make_binary(t, plain ? OP_EQ : OP_SAME, copy, value));
}

static SqlNode *read_decode(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 3) return NULL;
    bool simple = true;
    for (uint32_t i = 1; i + 1 < count; i += 2)
        simple = simple && is_plain_constant(sql_tail(call, i));
    SqlNode *x = sql_tail(call, 0), *n = make_node(t, NODE_CASE, call, (count - 1) / 2);
    uint32_t roles = sql_roles(NODE_CASE);
    if (simple) n->child[CASE_OPERAND] = x;
    for (uint32_t i = 1, k = 0; i + 1 < count; i += 2, k++) {
        SqlNode *value = sql_tail(call, i), *when = make_node(t, NODE_WHEN, value, 0);
        when->child[WHEN_CONDITION] = simple ? value : decode_condition(t, x, value);
        when->child[WHEN_RESULT] = sql_tail(call, i + 1);
        n->child[roles + k] = when;
    }
    if (count % 2 == 0) n->child[CASE_ELSE] = sql_tail(call, count - 1);
    n->type = sql_tail(call, 2)->type;
    return neutral_case(t, n);
}

// --- TRY(x): what fails inside is NULL ---

SqlNode *forgive(Translator *t, SqlNode *n)
{
    if (n->kind == NODE_CAST && n->op == OP_CAST) n->op = OP_TRY_CAST;
    if (n->kind != NODE_CALL || !n->fn) return n;
    static const char *const words[] = {"zero", "beyond"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        SqlNode *word = node_arg(n, words[i]);
        if (word && str_eq(word->text, S("FAIL"))) word->text = S("NULL");
    }
    const SqlFn *tries = fn_named(str_fmt(t->arena, "try_%s", fn_at(n->fn)->name).ptr);
    if (!tries) return n;
    n->text = str_from(tries->name);
    n->fn = fn_index(tries);
    return n;
}

bool may_fail(const SqlNode *call)
{
    const SqlFn *fn = fn_at(call->fn);
    if (node_arg(call, "zero") || node_arg(call, "beyond")) return false; // they say so
    return !str_starts(str_from(fn->name), S("try_")) && fn->lite && strstr(fn->lite, "{at}");
}

static SqlNode *read_try(Translator *t, SqlNode *call)
{
    return node_map(t, sql_tail(call, 0), forgive);
}

// --- Quotients that do not fail ---

static SqlNode *quotient(Translator *t, SqlNode *call, Str zero)
{
    SqlNode *made = make_call3(t, call, "divide", sql_tail(call, 0), sql_tail(call, 1),
                               make_word(t, call, zero));
    made->type = TYPE_REAL;
    return made;
}
static SqlNode *read_safe_divide(Translator *t, SqlNode *call)
{
    return quotient(t, call, S("NULL"));
}
static SqlNode *read_ieee_divide(Translator *t, SqlNode *call)
{
    return quotient(t, call, S("INFINITE"));
}

// The largest of one is itself; MAX(x) would be the aggregate.
static SqlNode *lower_one(Translator *t, SqlNode *call)
{
    (void)t;
    return sql_tail_count(call) == 1 ? sql_tail(call, 0) : call;
}

// --- The largest, where another dialect means it otherwise ---

// NULL counts: CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE GREATEST(a, b) END.
static SqlNode *strict_there(Translator *t, SqlNode *call, const char *skips)
{
    SqlNode *any = make_node(t, NODE_OR, call, 0);
    any->type = TYPE_BOOLEAN;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        SqlNode *one = sql_tail(call, i);
        if (one->kind == NODE_NUMBER || one->kind == NODE_STRING) continue;
        node_add_tail(t, any, make_is_null(t, node_clone(t, one), false));
    }
    call->text = str_from(skips);
    call->fn = fn_index(fn_named(skips));
    if (!any->count) return call;
    SqlNode *when = any->count == 1 ? any->child[0] : any;
    return make_case(t, when, make_null(t, call), call);
}

// NULLs do not count: COALESCE(GREATEST(a, b), a, b).
static SqlNode *skipping_there(Translator *t, SqlNode *call, const char *strict)
{
    if (sql_tail_count(call) != 2) {
        return translate_unsupported(t, call,
                                     "%s gives NULL where one of the values is: take two "
                                     "at a time.",
                                     home_title(t->to));
    }
    SqlNode *a = sql_tail(call, 0), *b = sql_tail(call, 1);
    SqlNode *inner = make_call2(t, call, strict, node_clone(t, a), node_clone(t, b));
    inner->type = call->type;
    SqlNode *made = make_call3(t, call, "coalesce", inner, a, b);
    made->type = call->type;
    return made;
}

SqlNode *lower_choice_there(Translator *t, SqlNode *call)
{
    bool here = t->to == DIALECT_SQLITE;
    bool skips = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB || t->to == DIALECT_SPARK;
    if (here) return call;
    if (skips && node_is_call(call, "greatest")) return strict_there(t, call, "greatest_skip");
    if (skips && node_is_call(call, "least")) return strict_there(t, call, "least_skip");
    if (skips || t->to == DIALECT_SNOWFLAKE) return call;
    if (node_is_call(call, "greatest_skip")) return skipping_there(t, call, "greatest");
    if (node_is_call(call, "least_skip")) return skipping_there(t, call, "least");
    return call;
}

static const SqlFn fns[] = {
    {"both_and", "a b", FN_SCALAR, "boolean", NULL, NULL},
    {"bool_not", "a", FN_SCALAR, "boolean", NULL, NULL},
    {"both_or", "a b", FN_SCALAR, "boolean", NULL, NULL},
    {"both_xor", "a b", FN_SCALAR, "boolean", NULL, NULL},
    {"coalesce", "values...", FN_SCALAR, "~values?", NULL, lower_one},
    {"decode", "x pairs...", FN_SCALAR, "", NULL, NULL},
    {"div0", "a b", FN_SCALAR, "real", "gr_divide({a}, {b}, 'ZERO', {at})", NULL},
    {"div0null", "a b", FN_SCALAR, "real", "gr_divide({a}, coalesce({b}, 0), 'ZERO', {at})", NULL},
    {"equal_null", "a b", FN_SCALAR, "boolean!", NULL, NULL},
    // NULL when one of them is
    {"greatest", "values...", FN_SCALAR, "~values", "max({values...})", lower_one},
    {"greatest_skip", "values...", FN_SCALAR, "~values?", "gr_greatest({values...})", lower_one},
    {"if", "condition then other?", FN_SCALAR, "~then",
     "CASE WHEN {condition} THEN {then}[ ELSE {other}] END", NULL},
    {"in_array", "x array", FN_SCALAR, "boolean",
     // json_each has columns called id, key, type …: {x} may be one of those
     "CASE WHEN {array} IS NOT NULL THEN (SELECT CASE WHEN max({x} = gr_v) = 1 THEN 1 WHEN "
     "count(*) > count({x} = gr_v) THEN NULL ELSE 0 END FROM (SELECT value AS gr_v FROM "
     "json_each({array}))) END",
     NULL},
    {"is_not_null", "x", FN_SCALAR, "boolean!", NULL, NULL},
    {"is_null", "x", FN_SCALAR, "boolean!", NULL, NULL},
    {"least", "values...", FN_SCALAR, "~values", "min({values...})", lower_one},
    {"least_skip", "values...", FN_SCALAR, "~values?", "gr_least({values...})", lower_one},
    {"nullif", "a b", FN_SCALAR, "=a", NULL, NULL},
    {"null_if_zero", "x", FN_SCALAR, "=x", NULL, NULL},
    {"num_nonnulls", "values...", FN_SCALAR, "integer!", "gr_num_nonnulls({values...})", NULL},
    {"num_nulls", "values...", FN_SCALAR, "integer!", "gr_num_nulls({values...})", NULL},
    {"nvl2", "x then other", FN_SCALAR, "~then",
     "CASE WHEN {x} IS NOT NULL THEN {then} ELSE {other} END", NULL},
    {"safe_divide", "a b", FN_SCALAR, "real", NULL, NULL},
    {"try", "x", FN_SCALAR, "=x", NULL, NULL},
    {"zero_if_null", "x", FN_SCALAR, "=x", NULL, NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"both_and", SNOW, "BOOLAND", "_ _", NULL, read_bool_and},
    {"bool_not", SNOW, "BOOLNOT", "_", NULL, read_bool_not},
    {"both_or", SNOW, "BOOLOR", "_ _", NULL, read_bool_or},
    {"both_xor", SNOW, "BOOLXOR", "_ _", NULL, read_bool_xor},
    {"coalesce", EVERY, "COALESCE", NULL, NULL, NULL},
    {"coalesce", EVERY & ~PG & ~TRINO, "IFNULL", NULL, NULL, NULL},
    {"coalesce", SNOW | SPARK, "NVL", NULL, NULL, NULL},
    {"coalesce", 0, "ISNULL", "values values...", NULL, NULL}, // SQL Server's: only ever forgiven
    {"decode", SNOW | SPARK, "DECODE", NULL, NULL, read_decode},
    {"div0", SNOW, "DIV0", NULL, NULL, NULL},
    {"div0null", SNOW, "DIV0NULL", NULL, NULL, NULL},
    {"equal_null", SNOW | SPARK, "EQUAL_NULL", "_ _", NULL, read_equal_null},
    {"greatest", SNOW | BIG | MY | TRINO | FLINK, "GREATEST", NULL, NULL, NULL},
    {"greatest", LITE, "MAX", NULL, NULL, NULL},
    {"greatest_skip", PG | DUCK | SPARK, "GREATEST", NULL, NULL, NULL},
    {"greatest_skip", SNOW, "GREATEST_IGNORE_NULLS", NULL, NULL, NULL},
    {"if", SNOW, "IFF", "condition then other", NULL, NULL},
    {"if", BIG | SPARK | MY | TRINO | FLINK | DUCK, "IF", "condition then other", NULL, NULL},
    {"if", TRINO, "IF", NULL, NULL, NULL},
    {"if", EVERY, "", NULL, "CASE WHEN {condition} THEN {then}[ ELSE {other}] END", NULL},
    {"if", LITE, "IIF", NULL, NULL, NULL},
    {"in_array", PG, "", NULL, "({x} = ANY({array}))", NULL},
    {"in_array", BIG, "", NULL, "({x} IN UNNEST({array}))", NULL},
    {"in_array", TRINO, "", NULL, "CONTAINS({array}, {x})", NULL},
    {"in_array", DUCK, "", NULL, "LIST_CONTAINS({array}, {x})", NULL},
    {"in_array", SPARK | FLINK, "", NULL, "ARRAY_CONTAINS({array}, {x})", NULL},
    {"in_array", SNOW, "", NULL, "ARRAY_CONTAINS({x}::VARIANT, {array})", NULL},
    {"is_not_null", SPARK, "ISNOTNULL", "_", NULL, read_is_not_null},
    {"is_null", MY | SPARK, "ISNULL", "_", NULL, read_is_null},
    {"least", SNOW | BIG | MY | TRINO | FLINK, "LEAST", NULL, NULL, NULL},
    {"least", LITE, "MIN", NULL, NULL, NULL},
    {"least_skip", PG | DUCK | SPARK, "LEAST", NULL, NULL, NULL},
    {"least_skip", SNOW, "LEAST_IGNORE_NULLS", NULL, NULL, NULL},
    {"null_if_zero", SNOW | SPARK, "NULLIFZERO", "_", NULL, read_null_if_zero},
    {"nullif", EVERY, "NULLIF", NULL, NULL, NULL},
    {"num_nonnulls", PG, "NUM_NONNULLS", NULL, NULL, NULL},
    {"num_nulls", PG, "NUM_NULLS", NULL, NULL, NULL},
    {"nvl2", SNOW | SPARK, "NVL2", NULL, NULL, NULL},
    {"nvl2", EVERY, "", NULL, "CASE WHEN {x} IS NOT NULL THEN {then} ELSE {other} END", NULL},
    {"safe_divide", BIG, "IEEE_DIVIDE", "_ _", NULL, read_ieee_divide},
    {"safe_divide", BIG, "SAFE_DIVIDE", "_ _", NULL, read_safe_divide},
    {"safe_divide", SPARK, "TRY_DIVIDE", "_ _", NULL, read_safe_divide},
    {"try", TRINO, "TRY", "_", NULL, read_try},
    {"zero_if_null", SNOW | SPARK, "ZEROIFNULL", "_", NULL, read_zero_if_null},
};

const FnFamily fn_choice = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
