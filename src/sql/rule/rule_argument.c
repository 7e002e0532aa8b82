// rule_argument: values of two types where one is taken, signs and extremes of what has none.
#include "sql/rule.h"

bool rule_reads_as(const SqlNode *literal, TypeClass wanted)
{
    double v;
    Str text = str_trim(literal->text);
    if (wanted == IS_NUMBER) return str_to_f64(text, &v);
    if (wanted == IS_MOMENT) return text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';
    return true;
}

// ---- MIN and MAX of a truth value, - of what is no number

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
    if (n->op != OP_MINUS && n->op != OP_PLUS) return;
    Str op = str_from(sql_op_word((SqlOp)n->op));
    TypeClass c = rule_class(r, of);
    bool text = c == IS_TEXT, listed = 1u << r->dialect & (PG | DUCK);
    bool signs = c == IS_NUMBER || c == IS_INTERVAL || c == IS_UNKNOWN;
    if (listed ? rule_operator_takes(r, op, &of, 1) : signs) return;
    const char *word = text ? "text" : rule_type_word(r->dialect, rule_type(r, of));
    rule_refuse(r, n, HOME_OPERATOR, str_fmt(r->arena, STR_FMT " %s", STR_ARG(op), word),
                "%s has no " STR_FMT " of a %s%s.", home_title(r->dialect), STR_ARG(op), word,
                text ? ": cast it to a number" : "");
}

const SqlRule rule_minus_text = {
    "a sign before what is no number", PG | TRINO | BIG | DUCK, {NODE_UNARY}, check_minus};

// ---- values of which one is taken, or that stand in one array

// DuckDB: a boolean beside a whole number becomes one.
bool rule_is_whole_truth(const RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    LogicalType x = rule_type(r, a), y = rule_type(r, b);
    bool pair =
        (x == TYPE_INTEGER && y == TYPE_BOOLEAN) || (x == TYPE_BOOLEAN && y == TYPE_INTEGER);
    return pair && r->dialect == DIALECT_DUCKDB;
}

static bool clash(RuleRun *r, const SqlNode *a, const SqlNode *b)
{
    TypeClass x = rule_class(r, a), y = rule_class(r, b);
    if (x == IS_UNKNOWN || y == IS_UNKNOWN || x == y) return false;
    bool reads = r->dialect == DIALECT_POSTGRES || r->dialect == DIALECT_DUCKDB;
    bool moments = r->dialect == DIALECT_BIGQUERY &&
                   (x == IS_MOMENT || y == IS_MOMENT || x == IS_TIME || y == IS_TIME);
    if ((reads || moments) && rule_is_literal(a)) return !rule_reads_as(a, y);
    if ((reads || moments) && rule_is_literal(b)) return !rule_reads_as(b, x);
    return !rule_is_whole_truth(r, a, b);
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

// DuckDB casts the default of LAG while it runs: anything to a text and back, booleans and numbers.
static bool casts_default(const RuleRun *r, const SqlNode *lag)
{
    const SqlNode *value = sql_tail(lag, 0), *other = sql_tail(lag, 2);
    TypeClass x = rule_class(r, value), y = rule_class(r, other);
    if (r->dialect != DIALECT_DUCKDB || rule_is_literal(other)) return false;
    bool numbers = (x == IS_BOOLEAN && y == IS_NUMBER) || (x == IS_NUMBER && y == IS_BOOLEAN);
    return x == IS_TEXT || y == IS_TEXT || numbers || (x == IS_TIME && y == IS_MOMENT);
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
    bool list = str_eq_nocase(n->text, S("LIST_VALUE")) || str_eq_nocase(n->text, S("LIST_PACK"));
    if (str_starts(name, S("greatest")) || str_starts(name, S("least")) || list)
        check_mix(r, n, 0, n->text);
    bool shifted = (str_eq(name, S("lag")) || str_eq(name, S("lead"))) && count == 3;
    if (shifted && !casts_default(r, n) && clash(r, sql_tail(n, 0), sql_tail(n, 2)))
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

static bool is_truth_sum(LogicalType a, LogicalType b)
{
    TypeClass x = rule_class_of(a), y = rule_class_of(b);
    return (x == IS_BOOLEAN && (y == IS_NUMBER || y == IS_BOOLEAN)) ||
           (x == IS_NUMBER && y == IS_BOOLEAN);
}

static void check_moments(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    LogicalType a = rule_type(r, n->child[LEFT_SIDE]), b = rule_type(r, n->child[RIGHT_SIDE]);
    bool left = rule_class_of(a) == IS_MOMENT, right = rule_class_of(b) == IS_MOMENT;
    bool scales = n->op == OP_MULTIPLY || n->op == OP_DIVIDE || n->op == OP_MODULO;
    bool clocks = a == TYPE_TIMESTAMP || b == TYPE_TIMESTAMP;
    bool gap = n->op == OP_SUBTRACT && left && right && clocks && r->dialect == DIALECT_SNOWFLAKE;
    bool counted = n->op == OP_ADD || n->op == OP_SUBTRACT;
    bool days = r->dialect == DIALECT_SPARK && counted && left != right && clocks &&
                rule_class_of(left ? b : a) == IS_NUMBER;
    bool sum = n->op == OP_ADD && left && right;
    bool truth = r->dialect == DIALECT_SPARK && (counted || scales) && is_truth_sum(a, b);
    if (!gap && !sum && !days && !truth && !(scales && (left || right))) return;
    const char *word = sql_op_word((SqlOp)n->op);
    rule_refuse(r, n, HOME_NONE, (Str){0}, "%s has no %s for %s and %s%s.", home_title(r->dialect),
                word, rule_type_word(r->dialect, a), rule_type_word(r->dialect, b),
                truth  ? ": count with CASE, or cast it to INT"
                : gap  ? ": write DATEDIFF with a unit"
                : days ? ": say of what, + INTERVAL 1 DAY"
                       : "");
}

const SqlRule rule_moments = {"arithmetic on dates and conditions that has no meaning",
                              SNOW | SPARK,
                              {NODE_BINARY},
                              check_moments};
