// fn_number: arithmetic and mathematics.
#include "sql/translate.h"
#include <stdlib.h>

// A divisor that is a number other than zero cannot fail: then it is plain arithmetic.
static bool is_safe_divisor(const SqlNode *n)
{
    double v;
    return n->kind == NODE_NUMBER && str_to_f64(n->text, &v) && v != 0;
}

static SqlNode *lower_divide(Translator *t, SqlNode *call)
{
    SqlNode *divisor = node_arg(call, "b");
    if (!is_safe_divisor(divisor)) return call;
    SqlNode *real = make_cast(t, node_arg(call, "a"), "REAL");
    SqlNode *made = make_binary(t, OP_DIVIDE, real, divisor);
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

static const SqlFn fns[] = {
    {"abs", "x", FN_SCALAR, "=x", NULL, NULL},
    {"bit_xor", "a b", FN_SCALAR, "integer", "gr_bit_xor({a}, {b})", NULL},
    // zero: what x / 0 is: FAIL, NULL or INFINITE
    {"divide", "a b zero", FN_SCALAR, "real", "gr_divide({a}, {b}, '{zero}', {at})", lower_divide},
    {"divide_whole", "a b zero", FN_SCALAR, "integer", "gr_divide_whole({a}, {b}, '{zero}', {at})",
     lower_divide_whole},
    {"modulo", "a b zero", FN_SCALAR, "~a", "gr_modulo({a}, {b}, '{zero}', {at})", NULL},
    {"power", "x y", FN_SCALAR, "real", "pow({x}, {y})", NULL},
};

static const SqlSpelling spellings[] = {
    {"abs", EVERY, "ABS", NULL, NULL, NULL},
    {"divide", EVERY, "", NULL, "({a} / {b})", NULL},
    {"power", EVERY, "POWER", NULL, NULL, NULL},
    {"power", EVERY & ~FLINK, "POW", NULL, NULL, NULL},
};

const FnFamily fn_number = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
