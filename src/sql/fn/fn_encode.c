// fn_encode: texts by their bytes: addresses, checksums, base 64, quotes.
#include "sql/translate.h"

// GEOMETRIC_MEAN(x) is EXP(AVG(LN(x))).
static SqlNode *read_geometric(Translator *t, SqlNode *call)
{
    SqlNode *ln = typed(make_call1(t, call, "ln", sql_tail(call, 0)), TYPE_REAL);
    SqlNode *mean = typed(make_call1(t, call, "avg", ln), TYPE_REAL);
    mean->child[CALL_FILTER] = call->child[CALL_FILTER];
    mean->child[CALL_OVER] = call->child[CALL_OVER];
    return typed(make_call1(t, call, "exp", mean), TYPE_REAL);
}

static SqlNode *read_hypot(Translator *t, SqlNode *call)
{
    SqlNode *sum = NULL;
    for (uint32_t i = 0; i < 2; i++) {
        SqlNode *x = sql_tail(call, i);
        SqlNode *square = typed(make_binary(t, OP_MULTIPLY, x, node_clone(t, x)), TYPE_REAL);
        sum = sum ? typed(make_binary(t, OP_ADD, sum, square), TYPE_REAL) : square;
    }
    return typed(make_call1(t, call, "sqrt", sum), TYPE_REAL);
}

// Postgres: ENCODE(bytes, 'hex' | 'base64')
static SqlNode *read_encode(Translator *t, SqlNode *call)
{
    SqlNode *x = sql_tail(call, 0);
    const SqlNode *how = sql_tail(call, 1);
    bool hex = how->kind == NODE_STRING && str_eq_nocase(how->text, S("hex"));
    bool base = how->kind == NODE_STRING && str_eq_nocase(how->text, S("base64"));
    if (base) return typed(make_call1(t, call, "base64", x), TYPE_TEXT);
    if (!hex) return translate_unsupported(t, how, "ENCODE writes 'hex' or 'base64' here.");
    SqlNode *made = typed(make_call1(t, call, "hex", x), TYPE_TEXT);
    return typed(make_call1(t, call, "lower", made), TYPE_TEXT);
}

static const SqlFn fns[] = {
    {"base64", "text", FN_SCALAR, "text", "gr_base64({text})", NULL},
    {"crc32", "text", FN_SCALAR, "integer", "gr_crc32({text})", NULL},
    {"geometric_mean", "x", FN_AGGREGATE, "real", NULL, NULL},
    {"hypot", "a b", FN_SCALAR, "real", NULL, NULL},
    {"inet_aton", "text", FN_SCALAR, "integer", "gr_inet_aton({text})", NULL},
    {"inet_ntoa", "number", FN_SCALAR, "text", "gr_inet_ntoa({number})", NULL},
    {"is_finite", "x", FN_SCALAR, "boolean", "({x} BETWEEN -1.8e308 AND 1.8e308)", NULL},
    {"is_infinite", "x", FN_SCALAR, "boolean", "(abs({x}) > 1.7976931348623157e308)", NULL},
    {"is_nan", "x", FN_SCALAR, "boolean", "({x} <> {x})", NULL},
    {"negated", "x", FN_SCALAR, "=x", "(-{x})", NULL},
    {"from_base", "text radix", FN_SCALAR, "integer",
     "(CASE WHEN substr({text}, 1, 1) = '-' THEN -1 ELSE 1 END * "
     "CAST(gr_conv(ltrim({text}, '-'), {radix}, 10) AS INTEGER))",
     NULL},
    {"to_base", "x radix", FN_SCALAR, "text",
     "(CASE WHEN {x} < 0 THEN '-' ELSE '' END || lower(gr_conv(abs({x}), 10, {radix})))", NULL},
    {"octal", "x", FN_SCALAR, "text", "gr_conv({x}, 10, 8)", NULL},
    {"ord", "text", FN_SCALAR, "integer", "gr_ord({text})", NULL},
    {"quote_ident", "text", FN_SCALAR, "text", "gr_quote_ident({text})", NULL},
    {"quote_literal", "text", FN_SCALAR, "text", "gr_quote_literal({text})", NULL},
    {"quote_nullable", "text", FN_SCALAR, "text", "coalesce(gr_quote_literal({text}), 'NULL')",
     NULL},
    {"range_bucket", "point bounds", FN_SCALAR, "integer",
     "(SELECT count(*) FROM json_each({bounds}) WHERE value <= {point})", NULL},
    {"unbase64", "text", FN_SCALAR, "text", "gr_unbase64({text})", NULL},
    {"unhex", "text", FN_SCALAR, "text", "gr_unhex({text})", NULL},
};

static const SqlSpelling spellings[] = {
    {"base64", DUCK, "", NULL, "TO_BASE64(ENCODE({text}))", NULL},
    {"base64", TRINO, "", NULL, "TO_BASE64(TO_UTF8({text}))", NULL},
    {"base64", BIG, "", NULL, "TO_BASE64(CAST({text} AS BYTES))", NULL},
    {"base64", MY | BIG | TRINO | DUCK, "TO_BASE64", NULL, NULL, NULL},
    {"base64", PG, "ENCODE", "_ _", NULL, read_encode},
    {"base64", SNOW, "BASE64_ENCODE", NULL, NULL, NULL},
    {"base64", SPARK, "BASE64", NULL, NULL, NULL},
    {"crc32", MY | SPARK, "CRC32", NULL, NULL, NULL},
    {"geometric_mean", TRINO | DUCK, "GEOMETRIC_MEAN", "_", NULL, read_geometric},
    {"geometric_mean", DUCK, "GEOMEAN", "_", NULL, read_geometric},
    {"hypot", SPARK, "HYPOT", "_ _", NULL, read_hypot},
    {"inet_aton", MY, "INET_ATON", NULL, NULL, NULL},
    {"inet_ntoa", MY, "INET_NTOA", NULL, NULL, NULL},
    {"is_finite", TRINO, "IS_FINITE", NULL, NULL, NULL},
    {"is_infinite", TRINO, "IS_INFINITE", NULL, NULL, NULL},
    {"is_infinite", BIG, "IS_INF", NULL, NULL, NULL},
    {"is_infinite", DUCK, "ISINF", NULL, NULL, NULL},
    {"is_nan", TRINO | BIG, "IS_NAN", NULL, NULL, NULL},
    {"is_nan", SPARK | DUCK, "ISNAN", NULL, NULL, NULL},
    {"from_base", TRINO, "FROM_BASE", NULL, NULL, NULL},
    {"negated", BIG, "SAFE_NEGATE", NULL, NULL, NULL},
    {"negated", SPARK, "NEGATIVE", NULL, NULL, NULL},
    {"base_to_base", DUCK, "TO_BASE", "x to from=10", NULL, NULL}, // in capitals
    {"to_base", TRINO, "TO_BASE", NULL, NULL, NULL},
    {"octal", MY, "OCT", NULL, NULL, NULL},
    {"ord", MY, "ORD", NULL, NULL, NULL},
    {"quote_ident", PG, "QUOTE_IDENT", NULL, NULL, NULL},
    {"quote_literal", PG, "QUOTE_LITERAL", NULL, NULL, NULL},
    {"quote_nullable", PG, "QUOTE_NULLABLE", NULL, NULL, NULL},
    {"range_bucket", BIG, "RANGE_BUCKET", NULL, NULL, NULL},
    {"unbase64", MY | BIG | TRINO | DUCK, "FROM_BASE64", NULL, NULL, NULL},
    {"unbase64", SNOW, "BASE64_DECODE_STRING", NULL, NULL, NULL},
    {"unbase64", SPARK, "UNBASE64", NULL, NULL, NULL},
    {"unhex", MY | SPARK | DUCK, "UNHEX", NULL, NULL, NULL},
};

const FnFamily fn_encode = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
