// rule_function: arguments that a function does not take.
//
// Unknown functions and numbers of arguments are the catalogue's to judge (fn_read.c): only it
// knows how much of a dialect it knows.
#include "sql/rule.h"

static bool means(RuleRun *r, const SqlNode *call, const char *const *names, size_t count)
{
    FnFound f = fn_find(r->dialect, call);
    for (size_t i = 0; f.fn && !f.foreign && i < count; i++) {
        if (str_eq(str_from(f.fn->name), str_from(names[i]))) return true;
    }
    return false;
}

static void check_star(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const whole[] = {"sum", "avg", "min", "max"};
    for (uint32_t i = 0; i < sql_tail_count(n) && sql_tail_count(n) > 1; i++) {
        if (sql_tail(n, i)->kind != NODE_STAR) continue;
        rule_refuse(r, sql_tail(n, i), HOME_NONE, (Str){0},
                    "A * stands for columns only alone: in a list, or in COUNT(*).");
        return;
    }
    bool star = sql_tail_count(n) == 1 && sql_tail(n, 0)->kind == NODE_STAR;
    if (!star || !means(r, n, whole, sizeof whole / sizeof *whole)) return;
    rule_refuse(r, n, HOME_ARGUMENTS, n->text,
                STR_FMT "(*) says not of which column: only COUNT counts whole rows.",
                STR_ARG(n->text));
}

const SqlRule rule_star_argument = {
    "an aggregate of * that is not COUNT", EVERY, {NODE_CALL}, check_star};

// What SQLite alone reads as the larger of two values; of DuckDB's MAX(x, n) the n is a number.
static void check_many(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const names[] = {"MAX", "MIN", "COUNT"};
    bool found = false, counts = str_eq_nocase(n->text, S("COUNT"));
    for (size_t i = 0; i < 3; i++) found |= str_eq_nocase(n->text, str_from(names[i]));
    if (!found || sql_tail_count(n) < 2) return;
    bool rows = counts && (n->flags & FLAG_DISTINCT || 1u << r->dialect & (SNOW | SPARK));
    bool has = r->dialect == DIALECT_DUCKDB || r->dialect == DIALECT_TRINO;
    bool some =
        !counts && has && sql_tail_count(n) == 2 && rule_class(r, sql_tail(n, 1)) == IS_NUMBER;
    if (rows || some) return;
    bool larger = str_eq_nocase(n->text, S("MAX"));
    const char *advice = counts   ? "count a column, or the rows with COUNT(*)"
                         : larger ? "the largest of several values is GREATEST(…)"
                                  : "the smallest of several values is LEAST(…)";
    rule_refuse(r, n, HOME_ARGUMENTS, n->text, STR_FMT " takes one argument in %s: %s.",
                STR_ARG(n->text), home_title(r->dialect), advice);
}

const SqlRule rule_many_arguments = {
    "MIN, MAX or COUNT of several arguments", EVERY & ~LITE, {NODE_CALL}, check_many};

// Snowflake and Spark count distinct rows so; what that is here is the lowering's to say.
static void check_distinct_star(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool star = sql_tail_count(n) == 1 && sql_tail(n, 0)->kind == NODE_STAR;
    if (!star || !(n->flags & FLAG_DISTINCT)) return;
    rule_refuse(
        r, n, HOME_NONE, n->text,
        "%s has no DISTINCT *: name the columns whose values are counted, or count the rows "
        "of a SELECT DISTINCT.",
        home_title(r->dialect));
}

const SqlRule rule_distinct_star = {
    "an aggregate of DISTINCT *", EVERY & ~SNOW & ~SPARK, {NODE_CALL}, check_distinct_star};

static void check_ntile(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const ntile[] = {"ntile"};
    if (!n->child[CALL_OVER] || sql_tail_count(n) != 1 || !means(r, n, ntile, 1)) return;
    const SqlNode *count = sql_tail(n, 0);
    bool minus = count->kind == NODE_UNARY && count->op == OP_MINUS;
    int64_t v;
    bool none = count->kind == NODE_NUMBER && str_to_i64(count->text, &v) && v <= 0;
    if (!minus && !none) return;
    rule_refuse(r, count, HOME_NONE, n->text,
                STR_FMT " makes at least one group: its argument is above zero.", STR_ARG(n->text));
}

// NTH_VALUE(x, 0), NTILE('a'): a whole number from 1 on.
static void check_place(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    static const char *const nth[] = {"nth_value"}, *const ntile[] = {"ntile"};
    bool second = means(r, n, nth, 1), first = means(r, n, ntile, 1);
    uint32_t at = second ? 1 : 0;
    if (!n->child[CALL_OVER] || !(first || second) || sql_tail_count(n) <= at) return;
    const SqlNode *place = sql_tail(n, at);
    int64_t v = 1;
    bool text = place->kind == NODE_STRING && !str_to_i64(place->text, &v);
    bool zero = place->kind == NODE_NUMBER && str_to_i64(place->text, &v) && v < 1 && second;
    if (!text && !zero) return;
    rule_refuse(r, place, HOME_NONE, (Str){0}, STR_FMT " takes a whole number from 1 on here.",
                STR_ARG(n->text));
}

const SqlRule rule_window_place_number = {
    "NTH_VALUE or NTILE of no whole number", EVERY, {NODE_CALL}, check_place};

const SqlRule rule_ntile = {"NTILE of no group", EVERY, {NODE_CALL}, check_ntile};

static void check_within(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (!n->child[CALL_WITHIN] || !n->child[CALL_OVER]) return;
    rule_refuse(r, n, HOME_NONE, n->text,
                "Postgres has no OVER behind WITHIN GROUP (Postgres: OVER is not supported for "
                "ordered-set aggregate " STR_FMT "): aggregate in a CTE and join it.",
                STR_ARG(n->text));
}

const SqlRule rule_within_over = {"OVER behind WITHIN GROUP", PG, {NODE_CALL}, check_within};

// ---- Postgres's doubles: what is cast to one, and what is computed of such

bool rule_is_double(const SqlNode *n)
{
    static const char *const types[] = {"DOUBLE", "FLOAT", "REAL"};
    static const char *const made[] = {"percentile_cont",
                                       "corr",
                                       "random",
                                       "regr_slope",
                                       "cume_dist",
                                       "percent_rank",
                                       "covar_pop",
                                       "covar_samp",
                                       "regr_intercept",
                                       "regr_r2",
                                       "date_part",
                                       "cbrt",
                                       "degrees",
                                       "radians",
                                       "sin",
                                       "cos",
                                       "tan",
                                       "atan2"};
    static const char *const keeps[] = {"abs", "sum", "avg", "min", "max", "round", "coalesce"};
    switch (n->kind) {
    case NODE_CAST:
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            if (str_starts(n->child[CAST_TYPE]->text, str_from(types[i]))) return true;
        }
        return false;
    case NODE_UNARY:
        return rule_is_double(n->child[ONLY]);
    case NODE_BINARY:
        return n->op >= OP_ADD && n->op <= OP_MODULO &&
               (rule_is_double(n->child[LEFT_SIDE]) || rule_is_double(n->child[RIGHT_SIDE]));
    case NODE_CALL:
        for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
            if (str_eq_nocase(n->text, str_from(made[i]))) return true;
        }
        for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++) {
            if (str_eq_nocase(n->text, str_from(keeps[i])) && sql_tail_count(n))
                return rule_is_double(sql_tail(n, 0));
        }
        return false;
    default:
        return false;
    }
}

// What computes doubles of whole numbers, and decimals of decimals.
static bool is_double(const RuleRun *r, const SqlNode *n)
{
    static const char *const widens[] = {"sqrt", "exp",  "ln",      "log",  "power",
                                         "pow",  "ceil", "ceiling", "floor"};
    if (rule_is_double(n)) return true;
    bool it = false;
    for (size_t i = 0; n->kind == NODE_CALL && i < sizeof widens / sizeof *widens; i++)
        it = it || str_eq_nocase(n->text, str_from(widens[i]));
    for (uint32_t i = 0; it && i < sql_tail_count(n); i++)
        it = rule_type(r, sql_tail(n, i)) == TYPE_INTEGER;
    return it && sql_tail_count(n);
}

static void check_round(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    bool places = str_eq_nocase(n->text, S("ROUND")) && sql_tail_count(n) == 2;
    if (!places || !is_double(r, sql_tail(n, 0))) return;
    rule_refuse(r, n, HOME_ARGUMENTS, S("round(double precision, integer)"),
                "Postgres rounds a double to no places: cast it to numeric, ROUND(x::numeric, 2).");
}

const SqlRule rule_round_double = {"ROUND of a double to places", PG, {NODE_CALL}, check_round};

static void check_like(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *side = n->child[OPERAND];
    if (rule_class(r, side) == IS_TEXT) side = n->child[OPERAND_SECOND]; // the pattern
    TypeClass c = rule_class(r, side);
    if (c == IS_UNKNOWN || c == IS_TEXT) return;
    const char *word = rule_type_word(r->dialect, rule_type(r, side));
    rule_refuse(r, n, HOME_NONE, (Str){0},
                "%s has no %s for %s: compare it with a range, or cast it to text.",
                home_title(r->dialect), sql_op_word((SqlOp)n->op), word);
}

const SqlRule rule_like = {
    "LIKE on what is no text", PG | TRINO | BIG | DUCK, {NODE_LIKE}, check_like};
