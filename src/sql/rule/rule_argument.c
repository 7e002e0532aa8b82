// rule_argument: functions given a value of a type that they do not take at home, and values of two
// types where one is taken.
#include "sql/rule.h"

enum { FIRST, ALL_OF_THEM };

// By the meanings of the functions. What is not listed takes anything, or is not known to mind.
static const struct {
    const char *fn;
    int which;
    TypeClass takes;
    unsigned in;
} wants[] = {
    {"abs", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"array_split", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"bool_and", FIRST, IS_BOOLEAN, PG | TRINO | BIG | DUCK},
    {"bool_or", FIRST, IS_BOOLEAN, PG | TRINO | BIG | DUCK},
    {"cbrt", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"ceil", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"contains", FIRST, IS_TEXT, TRINO | BIG},
    {"corr", ALL_OF_THEM, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"count_if", FIRST, IS_BOOLEAN, TRINO | BIG | DUCK},
    {"ends_with", FIRST, IS_TEXT, TRINO | BIG | DUCK},
    {"exp", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"floor", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"ln", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"log", ALL_OF_THEM, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"median", FIRST, IS_NUMBER, TRINO},
    {"power", ALL_OF_THEM, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"regexp_count", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"regexp_extract", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"regexp_extract_all", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"regexp_like", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"regexp_replace", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"round", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"sign", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"sqrt", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"starts_with", FIRST, IS_TEXT, PG | TRINO | BIG | DUCK},
    {"stddev_pop", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"stddev_samp", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"string_agg", FIRST, IS_TEXT, PG | TRINO | BIG},
    {"truncate", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"var_pop", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
    {"var_samp", FIRST, IS_NUMBER, PG | TRINO | BIG | DUCK},
};

static bool reads_as(const SqlNode *literal, TypeClass wanted)
{
    double v;
    Str text = str_trim(literal->text);
    if (wanted == IS_NUMBER) return str_to_f64(text, &v);
    if (wanted == IS_MOMENT) return text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';
    return true;
}

static bool takes(RuleRun *r, const SqlNode *arg, TypeClass wanted)
{
    TypeClass c = rule_class(r, arg);
    if (arg->kind == NODE_ARG || arg->kind == NODE_LAMBDA) return true;
    if (c == IS_UNKNOWN || c == IS_INTERVAL || c == wanted) return true;
    bool literal = rule_is_literal(arg) && r->dialect == DIALECT_POSTGRES;
    return literal && reads_as(arg, wanted);
}

static void refuse(RuleRun *r, const SqlNode *call, const SqlNode *arg, TypeClass wanted)
{
    static const char *const words[] = {[IS_NUMBER] = "a number",
                                        [IS_TEXT] = "a text",
                                        [IS_BOOLEAN] = "a condition",
                                        [IS_MOMENT] = "a date or a timestamp"};
    const char *word = rule_type_word(r->dialect, rule_type(r, arg));
    Str subject = str_fmt(r->arena, STR_FMT "(%s)", STR_ARG(str_lower(r->arena, call->text)), word);
    rule_refuse(r, arg, HOME_ARGUMENTS, subject, STR_FMT " takes %s, and this is %s: %s.",
                STR_ARG(call->text), words[wanted], word,
                wanted == IS_BOOLEAN ? "compare it with something" : "cast it");
}

// Trino joins texts or arrays.
static void check_concat(RuleRun *r, const SqlNode *n)
{
    bool it = r->dialect == DIALECT_TRINO && str_eq_nocase(n->text, S("CONCAT"));
    for (uint32_t i = 0; it && i < sql_tail_count(n); i++) {
        if (takes(r, sql_tail(n, i), IS_TEXT)) continue;
        refuse(r, n, sql_tail(n, i), IS_TEXT);
        return;
    }
}

static void check_takes(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    check_concat(r, n);
    FnFound f = fn_find(r->dialect, n);
    for (size_t i = 0; f.fn && !f.foreign && !f.ambiguous && i < sizeof wants / sizeof *wants;
         i++) {
        if (!(wants[i].in >> r->dialect & 1)) continue;
        if (!str_eq(str_from(f.fn->name), str_from(wants[i].fn))) continue;
        uint32_t count = wants[i].which == FIRST && sql_tail_count(n) ? 1 : sql_tail_count(n);
        for (uint32_t k = 0; k < count; k++) {
            if (takes(r, sql_tail(n, k), wants[i].takes)) continue;
            refuse(r, n, sql_tail(n, k), wants[i].takes);
            return;
        }
    }
}

const SqlRule rule_argument_type = {"a function given a type that it does not take",
                                    PG | TRINO | BIG | DUCK,
                                    {NODE_CALL},
                                    check_takes};

// ---- MIN and MAX of a truth value, - of a text

static void check_extreme(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    bool extreme =
        fn && (str_eq(str_from(fn->name), S("max")) || str_eq(str_from(fn->name), S("min")));
    if (!extreme || sql_tail_count(n) != 1 || rule_class(r, sql_tail(n, 0)) != IS_BOOLEAN) return;
    rule_refuse(r, n, HOME_ARGUMENTS,
                str_fmt(r->arena, STR_FMT "(boolean)", STR_ARG(str_lower(r->arena, n->text))),
                "Postgres has no " STR_FMT " of boolean: BOOL_OR and BOOL_AND are for those.",
                STR_ARG(n->text));
}

const SqlRule rule_extreme_truth = {"MIN or MAX of a boolean", PG, {NODE_CALL}, check_extreme};

static void check_minus(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *of = n->child[ONLY];
    if ((n->op != OP_MINUS && n->op != OP_PLUS) || rule_class(r, of) != IS_TEXT) return;
    rule_refuse(r, n, HOME_OPERATOR, S("- text"), "%s has no %s of a text: cast it to a number.",
                home_title(r->dialect), sql_op_word((SqlOp)n->op));
}

const SqlRule rule_minus_text = {
    "a sign before a text", PG | TRINO | BIG | DUCK, {NODE_UNARY}, check_minus};

// ---- values of which one is taken, or that stand in one array

static bool clash(RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    TypeClass x = rule_class(r, a), y = rule_class(r, b);
    if (x == IS_UNKNOWN || y == IS_UNKNOWN || x == y) return false;
    bool reads = r->dialect == DIALECT_POSTGRES || r->dialect == DIALECT_DUCKDB;
    bool moments = r->dialect == DIALECT_BIGQUERY && (x == IS_MOMENT || y == IS_MOMENT);
    if ((reads || moments) && rule_is_literal(a)) return !reads_as(a, y);
    if ((reads || moments) && rule_is_literal(b)) return !reads_as(b, x);
    bool truth = x == IS_BOOLEAN || y == IS_BOOLEAN;
    return !(truth && r->dialect == DIALECT_DUCKDB);
}

static void refuse_mix(RuleRun *r, const SqlNode *a, const SqlNode *b, Str what)
{
    rule_refuse(r, b, HOME_NONE, (Str){0},
                STR_FMT " mixes %s and %s, which are no one type in %s: cast one of them.",
                STR_ARG(what), rule_type_word(r->dialect, rule_type(r, a)),
                rule_type_word(r->dialect, rule_type(r, b)), home_title(r->dialect));
}

static void check_mix(RuleRun *r, const SqlNode *n, uint32_t from, Str what)
{
    const SqlNode *first = NULL;
    for (uint32_t i = from; i < sql_tail_count(n); i++) {
        const SqlNode *one = sql_tail(n, i);
        if (rule_class(r, one) == IS_UNKNOWN) continue;
        if (first && clash(r, first, one)) {
            refuse_mix(r, first, one, what);
            return;
        }
        if (!first || rule_is_literal(first)) first = one;
    }
}

static void check_together(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (n->kind == NODE_ARRAY) {
        check_mix(r, n, 0, S("An array"));
        return;
    }
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    Str name = fn ? str_from(fn->name) : (Str){0};
    uint32_t count = sql_tail_count(n);
    if (str_starts(name, S("greatest")) || str_starts(name, S("least")))
        check_mix(r, n, 0, n->text);
    bool shifted = (str_eq(name, S("lag")) || str_eq(name, S("lead"))) && count == 3;
    if (shifted && clash(r, sql_tail(n, 0), sql_tail(n, 2)))
        refuse_mix(r, sql_tail(n, 0), sql_tail(n, 2), n->text);
    bool chooses = str_eq_nocase(n->text, S("IF")) && count == 3;
    if (chooses && clash(r, sql_tail(n, 1), sql_tail(n, 2)))
        refuse_mix(r, sql_tail(n, 1), sql_tail(n, 2), n->text);
}

const SqlRule rule_mixed = {"values of two types where one is taken",
                            PG | TRINO | BIG | DUCK,
                            {NODE_CALL, NODE_ARRAY},
                            check_together};

// ---- Snowflake and Spark, which read texts as numbers: dates are none

static void check_moments(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    LogicalType a = rule_type(r, n->child[LEFT_SIDE]), b = rule_type(r, n->child[RIGHT_SIDE]);
    bool left = rule_class_of(a) == IS_MOMENT, right = rule_class_of(b) == IS_MOMENT;
    bool scales = n->op == OP_MULTIPLY || n->op == OP_DIVIDE || n->op == OP_MODULO;
    bool clocks = a == TYPE_TIMESTAMP || b == TYPE_TIMESTAMP;
    bool gap = n->op == OP_SUBTRACT && left && right && clocks && r->dialect == DIALECT_SNOWFLAKE;
    bool sum = n->op == OP_ADD && left && right;
    if (!gap && !sum && !(scales && (left || right))) return;
    const char *word = sql_op_word((SqlOp)n->op);
    rule_refuse(r, n, HOME_NONE, (Str){0}, "%s has no %s for %s and %s%s.", home_title(r->dialect),
                word, rule_type_word(r->dialect, a), rule_type_word(r->dialect, b),
                gap ? ": write DATEDIFF with a unit" : "");
}

const SqlRule rule_moments = {
    "arithmetic on dates that has no meaning", SNOW | SPARK, {NODE_BINARY}, check_moments};
