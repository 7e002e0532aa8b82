// fn_number: arithmetic and mathematics.
#include "sql/translate.h"
#include <stdlib.h>

// A divisor that is a number other than zero cannot fail: then it is plain arithmetic.
static bool is_safe_divisor(const SqlNode *n)
{
    double v;
    return n->kind == NODE_NUMBER && str_to_f64(n->text, &v) && v != 0;
}

// SQLite's own division by zero is NULL: it will do where that is wanted, or cannot happen.
static bool fails_by_zero(const SqlNode *call)
{
    const SqlNode *b = node_arg(call, "b");
    if (is_safe_divisor(b) || str_eq(node_arg(call, "zero")->text, S("NULL"))) return false;
    if (!node_is_call(b, "nullif")) return true;
    const SqlNode *no = node_arg(b, "b");
    double v;
    return !no || no->kind != NODE_NUMBER || !str_to_f64(no->text, &v) || v != 0;
}

// A number that is written with a point, or computed of one: SQLite holds it as a REAL. What is
// only typed as REAL may be held as an integer.
static bool is_held_real(const SqlNode *n)
{
    if (n->kind == NODE_NUMBER) return str_find(n->text, S("."), NULL);
    bool computes = n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT ||
                                               n->op == OP_MULTIPLY || n->op == OP_DIVIDE);
    return computes && (is_held_real(n->child[LEFT_SIDE]) || is_held_real(n->child[RIGHT_SIDE]));
}

// a / 60 as a / 60.0, which needs no cast.
static SqlNode *with_point(Translator *t, SqlNode *n)
{
    int64_t whole;
    if (n->kind != NODE_NUMBER || !str_to_i64(n->text, &whole)) return n;
    SqlNode *made = node_clone(t, n);
    made->text = str_fmt(t->arena, STR_FMT ".0", STR_ARG(n->text));
    return made;
}

// By one real side SQLite divides with a fraction.
static SqlNode *lower_divide(Translator *t, SqlNode *call)
{
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    if (fails_by_zero(call)) return call;
    if (!is_held_real(a)) b = with_point(t, b);
    if (!is_held_real(a) && !is_held_real(b)) a = make_cast(t, a, "REAL");
    SqlNode *made = make_binary(t, OP_DIVIDE, a, b);
    made->type = TYPE_REAL;
    return made;
}

static SqlNode *lower_divide_whole(Translator *t, SqlNode *call)
{
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    bool whole = node_is(a, TYPE_INTEGER) && node_is(b, TYPE_INTEGER);
    if (!whole || !is_safe_divisor(b)) return call;
    SqlNode *made = make_binary(t, OP_DIVIDE, a, b);
    made->type = TYPE_INTEGER;
    return made;
}

// SQLite's own remainder has the sign of the first side, as at home.
static SqlNode *lower_modulo(Translator *t, SqlNode *call)
{
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    bool whole = node_is(a, TYPE_INTEGER) && node_is(b, TYPE_INTEGER);
    if (!whole || fails_by_zero(call)) return call;
    SqlNode *made = make_binary(t, OP_MODULO, a, b);
    made->type = TYPE_INTEGER;
    return made;
}

// --- In other dialects ---

static bool is_whole(const SqlNode *n)
{
    return node_is(n, TYPE_INTEGER);
}

static SqlNode *cast_there(Translator *t, SqlNode *n, const char *type)
{
    return lower_cast(t, make_cast(t, n, type));
}

// Postgres rounds to places what is NUMERIC, and no double.
static SqlNode *as_numeric(Translator *t, SqlNode *n)
{
    SqlNode *made = make_node(t, NODE_CAST, n, 0), *name = make_node(t, NODE_TYPE, n, 0);
    name->text = S("NUMERIC");
    made->op = OP_CAST;
    made->child[CAST_VALUE] = n;
    made->child[CAST_TYPE] = name;
    return typed(made, TYPE_REAL);
}

static bool is_numeric(const SqlNode *n)
{
    bool kept = node_is_call(n, "avg") || node_is_call(n, "sum") || node_is_call(n, "abs") ||
                node_is_call(n, "coalesce") || node_is_call(n, "nullif") ||
                node_is_call(n, "max") || node_is_call(n, "min") || node_is_call(n, "round");
    if (node_is(n, TYPE_INTEGER)) return true;
    if (n->kind == NODE_NUMBER) return !str_find(n->text, S("e"), NULL);
    if (n->kind == NODE_UNARY) return is_numeric(n->child[ONLY]);
    if (n->kind == NODE_CAST)
        return str_eq(n->child[CAST_TYPE]->text, S("NUMERIC")) || node_is(n, TYPE_INTEGER);
    if (n->kind == NODE_BINARY)
        return is_numeric(n->child[LEFT_SIDE]) && is_numeric(n->child[RIGHT_SIDE]);
    return kept && is_numeric(sql_tail(n, 0));
}

static SqlNode *round_there(Translator *t, SqlNode *call)
{
    SqlNode **x = &call->child[sql_roles(NODE_CALL)];
    bool wanted = t->to == DIALECT_POSTGRES && t->from != t->to && node_arg(call, "places");
    if (wanted && !is_numeric(*x)) *x = as_numeric(t, *x);
    return call;
}

// With a point and no exponent, or computed of such and of integers: a double's column is none.
static bool is_decimal(const SqlNode *n)
{
    static const char *const kept[] = {"avg",   "sum",      "min",    "max",
                                       "round", "coalesce", "nullif", "abs"};
    if (n->kind == NODE_NUMBER) return !is_whole(n) && !str_find(n->text, S("e"), NULL);
    if (n->kind == NODE_UNARY) return is_decimal(n->child[ONLY]);
    if (n->kind == NODE_CAST) return str_starts(n->child[CAST_TYPE]->text, S("DEC"));
    if (n->kind == NODE_BINARY) {
        const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
        return (is_decimal(a) && (is_decimal(b) || is_whole(b))) || (is_whole(a) && is_decimal(b));
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (node_is_call(n, kept[i])) return is_decimal(sql_tail(n, 0));
    }
    return false;
}

// Trino's quotient of decimals has no more places than they have: 1.0 / 3 is 0.3.
static bool loses_places(const Translator *t, const SqlNode *a, const SqlNode *b)
{
    bool decimals =
        (is_decimal(a) && (is_decimal(b) || is_whole(b))) || (is_whole(a) && is_decimal(b));
    return t->to == DIALECT_TRINO && t->from != DIALECT_TRINO && decimals;
}

// What a division by zero is here and not there is written out; integers are made to divide as at
// home.
static SqlNode *divide_there(Translator *t, SqlNode *call)
{
    const SqlRules *to = sql_rules(t->to);
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    bool null = str_eq(node_arg(call, "zero")->text, S("NULL"));
    bool whole = to->whole_division && is_whole(a) && is_whole(b);
    if (whole) a = t->to == DIALECT_POSTGRES ? as_numeric(t, a) : cast_there(t, a, "DOUBLE");
    if (loses_places(t, a, b)) a = typed(cast_there(t, a, "DOUBLE"), TYPE_REAL);
    if (null && to->zero != ZERO_NULL && !is_safe_divisor(b))
        b = typed(make_call2(t, b, "nullif", b, make_number(t, b, 0)), node_type(b));
    return typed(make_binary(t, OP_DIVIDE, a, b), TYPE_REAL);
}

// Postgres's EXTRACT and its SUM of BIGINT are NUMERIC: there / divides with a fraction.
static bool divides_whole_in(const Translator *t, const SqlNode *n)
{
    if (t->to != DIALECT_POSTGRES) return true;
    switch (n->kind) {
    case NODE_COLUMN:
    case NODE_NUMBER:
    case NODE_CAST:
        return true;
    case NODE_UNARY:
        return divides_whole_in(t, n->child[ONLY]);
    case NODE_BINARY:
        return divides_whole_in(t, n->child[LEFT_SIDE]) &&
               divides_whole_in(t, n->child[RIGHT_SIDE]);
    case NODE_CALL:
        return node_is_call(n, "count") || node_is_call(n, "char_length");
    default:
        return false;
    }
}

static SqlNode *divide_whole_there(Translator *t, SqlNode *call)
{
    const SqlRules *to = sql_rules(t->to);
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    bool null = str_eq(node_arg(call, "zero")->text, S("NULL"));
    if (null && to->zero_whole != ZERO_NULL && !is_safe_divisor(b))
        b = typed(make_call2(t, b, "nullif", b, make_number(t, b, 0)), TYPE_INTEGER);
    bool whole = to->whole_division && is_whole(a) && is_whole(b);
    if (whole && divides_whole_in(t, a) && divides_whole_in(t, b))
        return typed(make_binary(t, OP_DIVIDE, a, b), TYPE_INTEGER);
    bool wholes = is_whole(a) && is_whole(b); // DuckDB's // of decimals keeps their places
    bool word = t->to == DIALECT_MYSQL || t->to == DIALECT_SPARK ||
                (t->to == DIALECT_DUCKDB && (wholes || t->from == t->to));
    if (word) return typed(make_binary(t, OP_DIV, a, b), TYPE_INTEGER);
    call->child[sql_roles(NODE_CALL) + 1] = b;
    return call;
}

static SqlNode *modulo_there(Translator *t, SqlNode *call)
{
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b");
    bool null = str_eq(node_arg(call, "zero")->text, S("NULL"));
    if (null && sql_rules(t->to)->zero_whole != ZERO_NULL && !is_safe_divisor(b))
        b = typed(make_call2(t, b, "nullif", b, make_number(t, b, 0)), node_type(b));
    call->child[sql_roles(NODE_CALL) + 1] = b;
    if (t->to == DIALECT_BIGQUERY || t->to == DIALECT_SNOWFLAKE) return call; // MOD(a, b)
    return typed(make_binary(t, OP_MODULO, a, b), node_type(call));
}

static SqlNode *div0_there(Translator *t, SqlNode *call, bool null)
{
    if (t->to == DIALECT_SNOWFLAKE) return call;
    SqlNode *a = node_arg(call, "a"), *b = node_arg(call, "b"), *zero = make_number(t, call, 0);
    SqlNode *args[] = {a, node_clone(t, b), make_word(t, call, S("NULL"))};
    SqlNode *quotient = make_call(t, call, "divide", args, 3);
    SqlNode *tested = b;
    if (null) tested = typed(make_call2(t, b, "coalesce", b, make_number(t, b, 0)), node_type(b));
    bool fails = sql_rules(t->to)->zero == ZERO_FAILS;
    if (fails) args[2]->text = S("FAIL"); // the CASE keeps it from zero
    SqlNode *is_zero = make_binary(t, OP_EQ, tested, make_number(t, b, 0));
    bool sure = a->kind == NODE_NUMBER || node_is_call(a, "count") || is_never_null(t, a);
    if (!sure) is_zero = make_and(t, is_zero, make_is_null(t, node_clone(t, a), true));
    return typed(make_case(t, is_zero, zero, divide_there(t, quotient)), TYPE_REAL);
}

// MySQL's bits are of a number without a sign: below zero it would be huge. AND with a number that
// is written cannot be.
static SqlNode *signed_bits(Translator *t, SqlNode *n)
{
    bool small = n->op == OP_BIT_AND && (n->child[LEFT_SIDE]->kind == NODE_NUMBER ||
                                         n->child[RIGHT_SIDE]->kind == NODE_NUMBER);
    return small ? n : typed(lower_cast(t, make_cast(t, n, "BIGINT")), TYPE_INTEGER);
}

// & | << where the dialect has functions for them.
SqlNode *lower_bits(Translator *t, SqlNode *n)
{
    static const char *const names[] = {[OP_BIT_AND] = "bit_and",
                                        [OP_BIT_OR] = "bit_or",
                                        [OP_SHIFT_LEFT] = "shift_left",
                                        [OP_SHIFT_RIGHT] = "shift_right"};
    bool words = t->to == DIALECT_SNOWFLAKE || t->to == DIALECT_TRINO;
    bool bits = n->op == OP_BIT_AND || n->op == OP_BIT_OR || n->op == OP_SHIFT_LEFT ||
                n->op == OP_SHIFT_RIGHT;
    if (bits && t->to == DIALECT_MYSQL && is_foreign(t)) return signed_bits(t, n);
    if (!words || !bits) return n;
    SqlNode *made = make_call2(t, n, names[n->op], n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
    return typed(made, TYPE_INTEGER);
}

// ~x of MySQL is a number without a sign, as its & and |.
SqlNode *lower_bit_not(Translator *t, SqlNode *n)
{
    if (n->op != OP_BIT_NOT || t->to != DIALECT_MYSQL || !is_foreign(t)) return n;
    return typed(lower_cast(t, make_cast(t, n, "BIGINT")), TYPE_INTEGER);
}

// What has no root and no logarithm is NULL in MySQL and SQLite, and fails elsewhere.
static SqlNode *defined_there(Translator *t, SqlNode *call)
{
    bool root = node_is_call(call, "sqrt");
    bool lenient = t->from == DIALECT_MYSQL || t->from == DIALECT_SQLITE;
    bool there = t->to == DIALECT_MYSQL || t->to == DIALECT_SPARK;
    SqlNode **x = &call->child[sql_roles(NODE_CALL)];
    double v;
    bool sure = (*x)->kind == NODE_NUMBER && str_to_f64((*x)->text, &v) && (root || v > 0);
    if (!lenient || there || sure) return call;
    SqlNode *is = make_binary(t, root ? OP_GE : OP_GT, node_clone(t, *x), make_number(t, *x, 0));
    *x = typed(make_case(t, is, *x, NULL), node_type(*x));
    return call;
}

SqlNode *lower_number_there(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return call;
    if (node_is_call(call, "ln") || node_is_call(call, "sqrt")) return defined_there(t, call);
    if (node_is_call(call, "divide")) return divide_there(t, call);
    if (node_is_call(call, "divide_whole")) return divide_whole_there(t, call);
    if (node_is_call(call, "modulo")) return modulo_there(t, call);
    if (node_is_call(call, "round") || node_is_call(call, "truncate")) return round_there(t, call);
    if (node_is_call(call, "div0")) return div0_there(t, call, false);
    if (node_is_call(call, "div0null")) return div0_there(t, call, true);
    return call;
}

// --- Operators that are functions ---

static SqlNode *as_operator(Translator *t, SqlNode *call, SqlOp op)
{
    SqlNode *n = make_binary(t, op, sql_tail(call, 0), sql_tail(call, 1));
    return neutral_binary(t, n);
}
// Whole only where both sides are: else ROUND would find nothing to round.
static SqlNode *as_sum(Translator *t, SqlNode *call, SqlOp op)
{
    LogicalType a = node_type(sql_tail(call, 0)), b = node_type(sql_tail(call, 1));
    SqlNode *n = as_operator(t, call, op);
    if (a == TYPE_INTEGER && b == TYPE_INTEGER) return n;
    bool real = a == TYPE_REAL || b == TYPE_REAL;
    n->type = (uint8_t)(real ? TYPE_REAL : TYPE_UNKNOWN);
    return n;
}
static SqlNode *read_add(Translator *t, SqlNode *call)
{
    return sql_tail_count(call) == 2 ? as_sum(t, call, OP_ADD) : NULL;
}
static SqlNode *read_subtract(Translator *t, SqlNode *call)
{
    return sql_tail_count(call) == 2 ? as_sum(t, call, OP_SUBTRACT) : NULL;
}
static SqlNode *read_multiply(Translator *t, SqlNode *call)
{
    return sql_tail_count(call) == 2 ? as_sum(t, call, OP_MULTIPLY) : NULL;
}
static SqlNode *read_mod(Translator *t, SqlNode *call)
{
    return as_operator(t, call, OP_MODULO);
}
static SqlNode *read_div(Translator *t, SqlNode *call)
{
    return as_operator(t, call, OP_DIV);
}
static SqlNode *read_bit_and(Translator *t, SqlNode *call)
{
    return typed(as_operator(t, call, OP_BIT_AND), TYPE_INTEGER);
}
static SqlNode *read_bit_or(Translator *t, SqlNode *call)
{
    return typed(as_operator(t, call, OP_BIT_OR), TYPE_INTEGER);
}
static SqlNode *read_shift_left(Translator *t, SqlNode *call)
{
    return typed(as_operator(t, call, OP_SHIFT_LEFT), TYPE_INTEGER);
}
static SqlNode *read_shift_right(Translator *t, SqlNode *call)
{
    return typed(as_operator(t, call, OP_SHIFT_RIGHT), TYPE_INTEGER);
}

// --- Rounding ---

static bool is_count(const SqlNode *n) // of places: none, or 0 and more
{
    int64_t v;
    return !n || (n->kind == NODE_NUMBER && str_to_i64(n->text, &v));
}

// An integer has no places to lose.
static SqlNode *lower_round(Translator *t, SqlNode *call)
{
    SqlNode *x = node_arg(call, "x"), *places = node_arg(call, "places");
    bool same = is_whole(x) && is_count(places);
    if (!same) return call;
    return t->from == DIALECT_POSTGRES && !places ? make_cast(t, x, "REAL") : x;
}

// What is computed of decimals, where they are exact at home: 8.3333 - 5.3333 is 3, and no more.
static SqlNode *edge_of(Translator *t, SqlNode *x)
{
    enum { PLACES = 9, PLACES_MOST = 12 };
    static const unsigned decimals = PG | MY | SNOW | TRINO;
    bool sums =
        x->kind == NODE_BINARY && (x->op == OP_ADD || x->op == OP_SUBTRACT || x->op == OP_MULTIPLY);
    bool call = node_is_call(x, "divide"), binary = x->kind == NODE_BINARY && x->op == OP_DIVIDE;
    SqlNode *a = binary ? x->child[LEFT_SIDE] : call ? node_arg(x, "a") : NULL;
    SqlNode *b = binary ? x->child[RIGHT_SIDE] : call ? node_arg(x, "b") : NULL;
    bool divides = a && b && !(is_whole(a) && is_whole(b));
    if (divides && t->from == DIALECT_TRINO) // whose columns are doubles
        divides = decimal_places(t, a) >= 0 && decimal_places(t, b) >= 0;
    bool here = t->to == DIALECT_SQLITE && decimals >> t->from & 1;
    if (!here || !node_is(x, TYPE_REAL) || !(sums || divides)) return x;
    int places = decimal_places(t, x);
    if (places < 1 || places > PLACES_MOST) places = PLACES;
    return typed(make_call2(t, x, "exact", x, make_number(t, x, places)), TYPE_REAL);
}

// CEIL and FLOOR give an integer in some dialects and keep the type in others.
static SqlNode *read_edge(Translator *t, SqlNode *call, const char *keeps, const char *whole)
{
    uint32_t count = sql_tail_count(call);
    if (!count || count > 2) return NULL;
    SqlNode *x = sql_tail(call, 0);
    if (count == 2) {
        const char *places = keeps[0] == 'c' ? "ceil_places" : "floor_places";
        return typed(make_call2(t, call, places, x, sql_tail(call, 1)), node_type(x));
    }
    x = edge_of(t, x);
    bool integer =
        t->from == DIALECT_MYSQL || t->from == DIALECT_SPARK || t->from == DIALECT_SNOWFLAKE;
    SqlNode *made = make_call1(t, call, integer ? whole : keeps, x);
    return typed(made, integer ? TYPE_INTEGER : node_type(x));
}
static SqlNode *read_ceil(Translator *t, SqlNode *call)
{
    return read_edge(t, call, "ceil", "ceil_whole");
}
static SqlNode *read_floor(Translator *t, SqlNode *call)
{
    return read_edge(t, call, "floor", "floor_whole");
}

// Snowflake: ROUND(x, places, 'HALF_TO_EVEN' | 'HALF_AWAY_FROM_ZERO')
static SqlNode *read_round_mode(Translator *t, SqlNode *call)
{
    const SqlNode *mode = sql_tail(call, 2);
    bool even = mode->kind == NODE_STRING && str_eq_nocase(mode->text, S("HALF_TO_EVEN"));
    if (!even &&
        !(mode->kind == NODE_STRING && str_eq_nocase(mode->text, S("HALF_AWAY_FROM_ZERO"))))
        return translate_unsupported(t, mode, "ROUND takes 'HALF_TO_EVEN' as its mode here.");
    SqlNode *x = sql_tail(call, 0);
    SqlNode *made = make_call2(t, call, even ? "round_even" : "round", x, sql_tail(call, 1));
    return typed(made, node_type(x));
}

static const SqlFn fns[] = {
    {"exact", "x places", FN_SCALAR, "real", "gr_exact({x}, {places})", NULL}, // exact_decimal
    {"abs", "x", FN_SCALAR, "=x", NULL, NULL},
    {"whole", "op a b home bits", FN_SCALAR, "integer",
     "gr_whole({op}, {a}, {b}, {home}, {bits}, {at})", NULL}, // neutral_whole
    {"add", "a b", FN_SCALAR, "~a", NULL, NULL},
    {"bit_and", "a b", FN_SCALAR, "integer", "({a} & {b})", NULL},
    {"bit_count", "x", FN_SCALAR, "integer", "gr_bit_count({x})", NULL},
    {"bit_not", "x", FN_SCALAR, "integer", "(~{x})", NULL},
    {"bit_or", "a b", FN_SCALAR, "integer", "({a} | {b})", NULL},
    {"bit_xor", "a b", FN_SCALAR, "integer", "gr_bit_xor({a}, {b})", NULL},
    {"ceil", "x", FN_SCALAR, "=x", NULL, NULL},
    {"ceil_places", "x places", FN_SCALAR, "=x", "gr_ceil({x}, {places})", NULL},
    {"ceil_whole", "x", FN_SCALAR, "integer", "CAST(ceil({x}) AS INTEGER)", NULL},
    // zero: what x / 0 is: FAIL, NULL or INFINITE
    {"base_to_base", "x from to", FN_SCALAR, "text", "gr_conv({x}, {from}, {to})", NULL},
    {"divide", "a b zero", FN_SCALAR, "real", "gr_divide({a}, {b}, '{zero}', {at})", lower_divide},
    {"divide_whole", "a b zero", FN_SCALAR, "integer", "gr_divide_whole({a}, {b}, '{zero}', {at})",
     lower_divide_whole},
    {"floor", "x", FN_SCALAR, "=x", NULL, NULL},
    {"floor_places", "x places", FN_SCALAR, "=x", "gr_floor({x}, {places})", NULL},
    {"floor_whole", "x", FN_SCALAR, "integer", "CAST(floor({x}) AS INTEGER)", NULL},
    {"bit_at", "x n", FN_SCALAR, "integer", "(({x} >> {n}) & 1)", NULL},
    {"even", "x", FN_SCALAR, "real",
     "(CASE WHEN {x} < 0 THEN -2.0 ELSE 2.0 END * ceil(abs({x}) / 2.0))", NULL},
    {"same_number", "x other?", FN_SCALAR, "=x", "{x}", NULL},
    {"sign_bit", "x", FN_SCALAR, "boolean", "({x} < 0)", NULL},
    {"gcd", "a b", FN_SCALAR, "integer", "gr_gcd({a}, {b})", NULL},
    {"lcm", "a b", FN_SCALAR, "integer", "gr_lcm({a}, {b}, {at})", NULL},
    {"modulo", "a b zero", FN_SCALAR, "~a", "gr_modulo({a}, {b}, '{zero}', {at})", lower_modulo},
    {"modulo_positive", "a b", FN_SCALAR, "~a", "gr_modulo_positive({a}, {b})", NULL},
    {"multiply", "a b", FN_SCALAR, "~a", NULL, NULL},
    {"power", "x y", FN_SCALAR, "real", "pow({x}, {y})", NULL},
    {"round", "x places?", FN_SCALAR, "=x", "gr_round({x}[, {places}])", lower_round},
    {"round_even", "x places?", FN_SCALAR, "=x", "gr_round_even({x}[, {places}])", NULL},
    {"shift_left", "a b", FN_SCALAR, "integer", "({a} << {b})", NULL},
    {"shift_right", "a b", FN_SCALAR, "integer", "({a} >> {b})", NULL},
    {"sign", "x", FN_SCALAR, "integer", NULL, NULL},
    {"square", "x", FN_SCALAR, "=x", "({x} * {x})", NULL},
    {"subtract", "a b", FN_SCALAR, "~a", NULL, NULL},
    {"truncate", "x places?", FN_SCALAR, "=x", "gr_truncate({x}[, {places}])", NULL},
    {"width_bucket", "x low high count", FN_SCALAR, "integer",
     "gr_width_bucket({x}, {low}, {high}, {count}, {at})", NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"abs", EVERY, "ABS", NULL, NULL, NULL},
    {"add", BIG, "SAFE_ADD", "_ _", NULL, read_add},
    {"add", SPARK, "TRY_ADD", "_ _", NULL, read_add},
    {"base_to_base", MY | SPARK, "CONV", NULL, NULL, NULL},
    {"base_to_base", MY | SPARK | FLINK, "BIN", "x from=10 to=2", NULL, NULL},
    {"bit_and", SNOW, "BITAND", "_ _", NULL, read_bit_and},
    {"bit_and", TRINO, "BITWISE_AND", "_ _", NULL, read_bit_and},
    {"bit_and", SNOW, "", NULL, "BITAND({a}, {b})", NULL},
    {"bit_and", TRINO, "", NULL, "BITWISE_AND({a}, {b})", NULL},
    {"bit_count", BIG | SPARK | MY | DUCK, "BIT_COUNT", NULL, NULL, NULL},
    {"bit_count", SNOW, "BITCOUNT", NULL, NULL, NULL},
    {"bit_not", SNOW, "BITNOT", NULL, NULL, NULL},
    {"bit_not", TRINO, "BITWISE_NOT", NULL, NULL, NULL},
    {"bit_not", MY, "", NULL, "CAST(~{x} AS SIGNED)", NULL},
    {"bit_not", EVERY & ~SNOW & ~TRINO, "", NULL, "(~{x})", NULL},
    {"bit_or", SNOW, "BITOR", "_ _", NULL, read_bit_or},
    {"bit_or", TRINO, "BITWISE_OR", "_ _", NULL, read_bit_or},
    {"bit_or", SNOW, "", NULL, "BITOR({a}, {b})", NULL},
    {"bit_or", TRINO, "", NULL, "BITWISE_OR({a}, {b})", NULL},
    {"bit_xor", SNOW, "BITXOR", NULL, NULL, NULL},
    {"bit_xor", TRINO, "BITWISE_XOR", NULL, NULL, NULL},
    {"bit_xor", DUCK, "XOR", NULL, NULL, NULL},
    {"bit_xor", BIG | SPARK, "", NULL, "({a} ^ {b})", NULL},
    {"bit_xor", MY, "", NULL, "CAST({a} ^ {b} AS SIGNED)", NULL},
    {"bit_xor", PG, "", NULL, "({a} # {b})", NULL},
    {"ceil", EVERY, "CEIL", NULL, NULL, read_ceil},
    {"ceil", EVERY & ~LITE, "CEILING", NULL, NULL, read_ceil},
    {"ceil", EVERY, "", NULL, "CEIL({x})", NULL},
    {"ceil_places", SNOW | SPARK, "", NULL, "CEIL({x}, {places})", NULL},
    {"ceil_whole", EVERY, "", NULL, "CEIL({x})", NULL},
    {"divide_whole", SNOW, "", NULL, "TRUNC({a} / {b})", NULL},
    {"divide_whole", DUCK, "", NULL, "CAST(TRUNC({a} / {b}) AS BIGINT)", NULL},
    {"divide_whole", TRINO | FLINK, "", NULL, "CAST(TRUNCATE({a} / {b}) AS BIGINT)", NULL},
    {"divide_whole", BIG | PG, "", NULL, "DIV({a}, {b})", NULL},
    {"divide_whole", BIG | PG, "DIV", "a b", NULL, read_div},
    {"floor", EVERY, "FLOOR", NULL, NULL, read_floor},
    {"floor", EVERY, "", NULL, "FLOOR({x})", NULL},
    {"floor_places", SNOW | SPARK, "", NULL, "FLOOR({x}, {places})", NULL},
    {"floor_whole", EVERY, "", NULL, "FLOOR({x})", NULL},
    {"gcd", PG | DUCK, "GCD", NULL, NULL, NULL},
    {"gcd", DUCK, "GREATEST_COMMON_DIVISOR", NULL, NULL, NULL},
    {"lcm", DUCK, "LEAST_COMMON_MULTIPLE", NULL, NULL, NULL},
    {"bit_at", SPARK | SNOW, "GETBIT", NULL, NULL, NULL},
    {"bit_at", SPARK, "BIT_GET", NULL, NULL, NULL},
    {"even", DUCK, "EVEN", NULL, NULL, NULL},
    {"same_number", SPARK, "POSITIVE", "x", NULL, NULL},
    {"same_number", SPARK, "NANVL", "x other", NULL, NULL}, // there is no NaN here
    {"same_number", PG, "TRIM_SCALE", "x", NULL, NULL},
    {"sign_bit", DUCK, "SIGNBIT", NULL, NULL, NULL},
    {"lcm", PG | DUCK, "LCM", NULL, NULL, NULL},
    {"modulo", EVERY & ~LITE, "MOD", "a b", NULL, read_mod},
    {"modulo", BIG | SNOW, "", NULL, "MOD({a}, {b})", NULL},
    {"modulo_positive", SPARK, "PMOD", NULL, NULL, NULL},
    {"modulo_positive", EVERY & ~BIG & ~SPARK, "", NULL,
     "CASE WHEN {a} % {b} < 0 THEN ({a} % {b} + {b}) % {b} ELSE {a} % {b} END", NULL},
    {"multiply", BIG, "SAFE_MULTIPLY", "_ _", NULL, read_multiply},
    {"multiply", SPARK, "TRY_MULTIPLY", "_ _", NULL, read_multiply},
    {"power", EVERY, "POWER", NULL, NULL, NULL},
    {"power", EVERY & ~FLINK, "POW", NULL, NULL, NULL},
    {"round", EVERY, "ROUND", NULL, NULL, NULL},
    {"round", SNOW, "ROUND", "_ _ _", NULL, read_round_mode},
    {"round_even", SPARK, "BROUND", NULL, NULL, NULL},
    {"round_even", SPARK, "RINT", "x", NULL, NULL},
    {"round_even", DUCK, "ROUND_EVEN", "x places", NULL, NULL},
    {"round_even", DUCK, "", "x", "ROUND_EVEN({x}, 0)", NULL},
    {"shift_left", SNOW, "BITSHIFTLEFT", "_ _", NULL, read_shift_left},
    {"shift_left", SPARK, "SHIFTLEFT", "_ _", NULL, read_shift_left},
    {"shift_left", TRINO, "BITWISE_LEFT_SHIFT", "_ _", NULL, read_shift_left},
    {"shift_left", SNOW, "", NULL, "BITSHIFTLEFT({a}, {b})", NULL},
    {"shift_left", TRINO, "", NULL, "BITWISE_LEFT_SHIFT({a}, {b})", NULL},
    {"shift_right", SNOW, "BITSHIFTRIGHT", "_ _", NULL, read_shift_right},
    {"shift_right", SPARK, "SHIFTRIGHT", "_ _", NULL, read_shift_right},
    {"shift_right", TRINO, "BITWISE_RIGHT_SHIFT", "_ _", NULL, read_shift_right},
    {"shift_right", SNOW, "", NULL, "BITSHIFTRIGHT({a}, {b})", NULL},
    {"shift_right", TRINO, "", NULL, "BITWISE_RIGHT_SHIFT({a}, {b})", NULL},
    {"sign", EVERY, "SIGN", NULL, NULL, NULL},
    {"sign", SPARK, "SIGNUM", NULL, NULL, NULL},
    {"square", SNOW, "SQUARE", NULL, NULL, NULL},
    {"square", EVERY, "", NULL, "POWER({x}, 2)", NULL},
    {"subtract", BIG, "SAFE_SUBTRACT", "_ _", NULL, read_subtract},
    {"subtract", SPARK, "TRY_SUBTRACT", "_ _", NULL, read_subtract},
    {"truncate", SNOW | PG | BIG, "TRUNC", NULL, NULL, NULL},
    {"truncate", DUCK, "TRUNC", "x", NULL, NULL},
    {"truncate", TRINO | FLINK, "TRUNCATE", NULL, NULL, NULL},
    {"truncate", MY, "TRUNCATE", "x places", NULL, NULL},
    {"truncate", MY, "", "x", "TRUNCATE({x}, 0)", NULL},
    {"truncate", SPARK, "", "x", "CAST({x} AS BIGINT)", NULL},
    {"truncate", LITE, "TRUNC", "x", NULL, NULL},
    {"range_bucket", PG, "WIDTH_BUCKET", "point bounds", NULL, NULL},
    {"width_bucket", SNOW | PG | SPARK | TRINO, "WIDTH_BUCKET", NULL, NULL, NULL},
};

const FnFamily fn_number = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
