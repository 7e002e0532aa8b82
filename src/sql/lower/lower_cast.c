// lower_cast: casts as the runtime does them.
#include "sql/cast.h"
#include "sql/home.h"
#include "sql/scope.h"

static SqlNode *native(Translator *t, SqlNode *x, const char *type, LogicalType logical)
{
    return typed(make_cast(t, x, type), logical);
}

// What is computed may be too large for the type; a column is taken to be none of that.
static int bits_of(Dialect d, Str name)
{
    bool sized = d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_DUCKDB ||
                 d == DIALECT_SPARK || d == DIALECT_FLINK;
    if (!sized) return 64;
    if (type_starts(name, "TINY")) return 8;
    if (type_starts(name, "SMALL") || str_eq(name, S("INT2"))) return 16;
    bool four = str_eq(name, S("INT")) || str_eq(name, S("INTEGER")) || str_eq(name, S("INT4"));
    return four ? 32 : 64;
}

// What is a double as far as the text says so: DuckDB divides and averages into doubles.
static bool makes_double(bool duck, const SqlNode *x)
{
    static const char *const keeps[] = {"abs",   "sqrt", "exp", "ln",  "power",
                                        "round", "sum",  "avg", "min", "max"};
    static const char *const makes[] = {"divide", "avg", "sqrt", "exp", "ln", "power", "median"};
    switch (x->kind) {
    case NODE_CAST:
        return x->type == TYPE_REAL;
    case NODE_UNARY:
        return makes_double(duck, x->child[ONLY]);
    case NODE_BINARY:
        if (duck && x->op == OP_DIVIDE) return true;
        return x->op >= OP_ADD && x->op <= OP_MODULO &&
               (makes_double(duck, x->child[LEFT_SIDE]) ||
                makes_double(duck, x->child[RIGHT_SIDE]));
    case NODE_CALL:
        for (size_t i = 0; duck && i < sizeof makes / sizeof *makes; i++) {
            if (node_is_call(x, makes[i])) return true;
        }
        for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++) {
            if (node_is_call(x, keeps[i])) return makes_double(duck, sql_tail(x, 0));
        }
        return false;
    default:
        return false;
    }
}

// Postgres and DuckDB round a double to the even neighbour, a decimal away from 0.
static bool rounds_even(const Translator *t, const SqlNode *x)
{
    bool duck = t->from == DIALECT_DUCKDB;
    return (duck || t->from == DIALECT_POSTGRES) && makes_double(duck, x);
}

static SqlNode *to_integer(Translator *t, SqlNode *n, SqlNode *x)
{
    int bits = bits_of(t->from, n->child[CAST_TYPE]->text);
    bool computed = x->kind == NODE_NUMBER || x->kind == NODE_BINARY || x->kind == NODE_UNARY;
    if (node_is(x, TYPE_INTEGER) && computed && bits < 64 && t->from == DIALECT_SPARK &&
        n->op != OP_TRY_CAST)
        return typed(make_call2(t, n, "cast_wrapped", x, make_number(t, n, bits)), TYPE_INTEGER);
    if (node_is(x, TYPE_INTEGER) && computed && bits < 64) {
        SqlNode *size = make_number(t, n, bits);
        return typed(make_call3(t, n, "cast_small", x, size, cast_how_word(t, n)), TYPE_INTEGER);
    }
    if (node_is(x, TYPE_INTEGER)) return x;
    if (node_is(x, TYPE_BOOLEAN)) return native(t, x, "INTEGER", TYPE_INTEGER); // text of it is '1'
    if (node_is(x, TYPE_REAL) && cast_cuts(t->from)) return native(t, x, "INTEGER", TYPE_INTEGER);
    if (node_is(x, TYPE_REAL)) {
        const char *fn = rounds_even(t, x) ? "round_even" : "lite_round";
        SqlNode *round = typed(make_call1(t, n, fn, x), TYPE_REAL);
        return native(t, round, "INTEGER", TYPE_INTEGER);
    }
    return typed(make_call2(t, n, "cast_integer", x, cast_how_word(t, n)), TYPE_INTEGER);
}

static SqlNode *to_real(Translator *t, SqlNode *n, SqlNode *x)
{
    const SqlNode *of = x->kind == NODE_UNARY ? x->child[ONLY] : x;
    if (node_is(x, TYPE_REAL) && of->kind != NODE_NUMBER) return x; // a literal is a decimal
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_BOOLEAN) || node_is(x, TYPE_REAL))
        return native(t, x, "REAL", TYPE_REAL);
    bool prefix = n->op == OP_CAST && cast_how(t->from)[0] == 'p'; // as SQLite's own
    if (prefix) return native(t, x, "REAL", TYPE_REAL);
    return typed(make_call2(t, n, "cast_real", x, cast_how_word(t, n)), TYPE_REAL);
}

static SqlNode *to_decimal(Translator *t, SqlNode *n, SqlNode *x)
{
    const SqlNode *type = n->child[CAST_TYPE];
    CastScale s = cast_scale(t->from, type);
    if (node_is(n, TYPE_INTEGER)) return to_integer(t, n, x);
    if (!s.fixed) return to_real(t, n, x);
    SqlNode *args[] = {x, make_number(t, n, s.precision), make_number(t, n, s.scale),
                       cast_how_word(t, n)};
    return typed(make_call(t, n, "cast_decimal", args, 4), (LogicalType)n->type);
}

SqlNode *cast_boolean_text(Translator *t, SqlNode *x)
{
    bool capital = t->from == DIALECT_FLINK;
    if (t->from == DIALECT_MYSQL) return native(t, x, "TEXT", TYPE_TEXT);
    SqlNode *made = make_node(t, NODE_CASE, x, 2);
    made->child[CASE_OPERAND] = x;
    for (uint32_t i = 0; i < 2; i++) {
        SqlNode *when = make_node(t, NODE_WHEN, x, 0);
        when->child[WHEN_CONDITION] = make_number(t, x, i ? 0 : 1);
        const char *word = i ? capital ? "FALSE" : "false" : capital ? "TRUE" : "true";
        when->child[WHEN_RESULT] = make_string(t, x, str_from(word));
        made->child[sql_roles(NODE_CASE) + i] = when;
    }
    return typed(made, TYPE_TEXT);
}

// 1.0 of a double is '1' here, '1.0' elsewhere.
static bool drops_point(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_BIGQUERY ||
           d == DIALECT_SNOWFLAKE;
}

// A decimal keeps its places: a literal those it is written with, a cast those it rounds to.
static SqlNode *text_of_real(Translator *t, SqlNode *x)
{
    bool decimals = t->from != DIALECT_BIGQUERY;
    bool written = x->kind == NODE_NUMBER && !str_find(x->text, S("e"), NULL) &&
                   !str_find(x->text, S("E"), NULL);
    if (decimals && written) {
        Str text =
            x->text.ptr[0] == '.' ? str_fmt(t->arena, "0" STR_FMT, STR_ARG(x->text)) : x->text;
        return make_string(t, x, text);
    }
    SqlNode *scale = node_is_call(x, "cast_decimal") ? node_arg(x, "scale") : NULL;
    if (decimals && scale) return make_call2(t, x, "fixed_text", x, node_clone(t, scale));
    int places = decimals ? decimal_places(t, x) : -1;
    if (places >= 0) return make_call2(t, x, "fixed_text", x, make_number(t, x, places));
    bool java = t->from == DIALECT_SPARK || t->from == DIALECT_FLINK;
    const char *how = drops_point(t->from)       ? "PLAIN"
                      : java                     ? "JAVA"
                      : t->from == DIALECT_TRINO ? "TRINO"
                                                 : "DOTTED";
    return make_call2(t, x, "real_text", x, make_word(t, x, str_from(how)));
}

static SqlNode *to_text(Translator *t, SqlNode *n, SqlNode *x)
{
    int64_t most = cast_size(n->child[CAST_TYPE], 0, 0);
    SqlNode *made = x;
    if (node_is(x, TYPE_BOOLEAN)) made = cast_boolean_text(t, x);
    if (node_is(x, TYPE_INTEGER)) made = native(t, x, "TEXT", TYPE_TEXT);
    if (node_is(x, TYPE_REAL)) made = typed(text_of_real(t, x), TYPE_TEXT);
    if (node_is(x, TYPE_UNKNOWN) && x->kind != NODE_NULL) made = native(t, x, "TEXT", TYPE_TEXT);
    bool limited = most > 0 && t->from != DIALECT_DUCKDB && t->from != DIALECT_SPARK;
    if (!limited) return made;
    SqlNode *cut = make_call3(t, n, "substr", made, make_number(t, n, 1), make_number(t, n, most));
    return typed(cut, TYPE_TEXT);
}

static SqlNode *to_boolean(Translator *t, SqlNode *n, SqlNode *x)
{
    if (node_is(x, TYPE_BOOLEAN)) return x;
    if (node_is(x, TYPE_INTEGER) || node_is(x, TYPE_REAL)) return node_truth(t, x);
    bool few = t->from == DIALECT_BIGQUERY;
    SqlNode *how = cast_how_word(t, n);
    how->text = str_fmt(t->arena, STR_FMT "%s", STR_ARG(how->text), few ? "2" : "");
    return typed(make_call2(t, n, "cast_boolean", x, how), TYPE_BOOLEAN);
}

static bool is_json(Str name)
{
    static const char *const names_of[] = {"JSON",   "VARIANT", "OBJECT", "ARRAY",
                                           "STRUCT", "MAP",     "ROW"};
    for (size_t i = 0; i < sizeof names_of / sizeof *names_of; i++) {
        if (type_starts(name, names_of[i])) return true;
    }
    return str_ends(name, S("[]"));
}

// JSON text already; texts in it that are to be numbers compare otherwise.
static SqlNode *to_array(Translator *t, SqlNode *n, SqlNode *x)
{
    LogicalType element = type_of_node(n->child[CAST_TYPE]).element;
    bool numbers = element == TYPE_INTEGER || element == TYPE_REAL;
    return numbers ? typed(make_call1(t, n, "array_numbers", x), TYPE_ARRAY) : x;
}

static SqlNode *cast_here(Translator *t, SqlNode *n)
{
    SqlNode *x = n->child[CAST_VALUE];
    Str name = n->child[CAST_TYPE]->text;
    switch (type_of_node(n->child[CAST_TYPE]).type) {
    case TYPE_INTEGER:
        return to_integer(t, n, x);
    case TYPE_REAL:
        return cast_is_decimal(name) ? to_decimal(t, n, x) : to_real(t, n, x);
    case TYPE_TEXT:
        return to_text(t, n, x);
    case TYPE_BOOLEAN:
        return to_boolean(t, n, x);
    case TYPE_ARRAY:
        return to_array(t, n, x);
    case TYPE_STRUCT:
        return x; // JSON text already
    case TYPE_UNKNOWN:
        if (is_json(name)) return x;
        return translate_unsupported(t, n->child[CAST_TYPE],
                                     "A cast to " STR_FMT " is not supported here.", STR_ARG(name));
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
    case TYPE_TIME:
    case TYPE_INTERVAL:
        break; // neutral_moment.c has made them calls
    }
    return n;
}

SqlNode *lower_cast(Translator *t, SqlNode *n)
{
    return t->to == DIALECT_SQLITE ? cast_here(t, n) : lower_cast_there(t, n);
}
