// rule_compare: types that an engine would not compare: operators, rows, sets, CASE, USING.
#include "sql/rule.h"

Str rule_signature(RuleRun *r, LogicalType a, const char *word, LogicalType b)
{
    const char *left = rule_type_word(r->dialect, a), *right = rule_type_word(r->dialect, b);
    if (r->dialect == DIALECT_BIGQUERY)
        return str_fmt(r->arena, "%s for argument types: %s, %s", word, left, right);
    if (r->dialect == DIALECT_DUCKDB &&
        str_find(str_from("=<>"), str_slice(str_from(word), 0, 1), 0))
        return str_fmt(r->arena, "%s and type %s", left, right);
    return str_fmt(r->arena, "%s %s %s", left, word, right);
}

// Pairs of classes that do not compare, in each dialect that insists.
static const struct {
    TypeClass a, b;
    unsigned in;   // dialects
    unsigned sets; // more of them in BETWEEN, before a subquery and where they are sorted
} strangers[] = {
    {IS_NUMBER, IS_TEXT, PG | TRINO | BIG, DUCK},
    {IS_NUMBER, IS_MOMENT, PG | TRINO | BIG | DUCK | SPARK | SNOW, 0},
    {IS_NUMBER, IS_BOOLEAN, PG | TRINO | BIG, 0}, // DuckDB's whole numbers compare
    {IS_NUMBER, IS_INTERVAL, PG | TRINO | BIG | DUCK, 0},
    {IS_TEXT, IS_MOMENT, PG | TRINO | BIG, DUCK},
    {IS_TEXT, IS_BOOLEAN, PG | TRINO | BIG, DUCK},
    {IS_TEXT, IS_INTERVAL, PG | TRINO | BIG, DUCK},
    {IS_MOMENT, IS_BOOLEAN, PG | TRINO | BIG | DUCK, 0},
    {IS_MOMENT, IS_INTERVAL, PG | TRINO | BIG | DUCK, 0},
    {IS_BOOLEAN, IS_INTERVAL, PG | TRINO | BIG | DUCK, 0},
    {IS_NUMBER, IS_TIME, PG | TRINO | BIG | DUCK, 0},
    {IS_TEXT, IS_TIME, PG | TRINO | BIG, DUCK},
    {IS_MOMENT, IS_TIME, PG | TRINO | BIG | DUCK, 0},
    {IS_BOOLEAN, IS_TIME, PG | TRINO | BIG | DUCK, 0},
    {IS_INTERVAL, IS_TIME, TRINO | BIG | DUCK, 0},
    {IS_NUMBER, IS_ARRAY, PG | TRINO | BIG | DUCK, 0},
    {IS_TEXT, IS_ARRAY, PG | TRINO | BIG, DUCK},
    {IS_MOMENT, IS_ARRAY, PG | TRINO | BIG | DUCK, 0},
    {IS_BOOLEAN, IS_ARRAY, PG | TRINO | BIG | DUCK, 0},
    {IS_INTERVAL, IS_ARRAY, PG | TRINO | BIG | DUCK, 0},
    {IS_TIME, IS_ARRAY, PG | TRINO | BIG | DUCK, 0},
};

// A text literal takes the other's type: in Postgres and DuckDB any that it can be read as, in
// BigQuery a moment.
bool rule_literal_fits(Dialect d, const SqlNode *literal, TypeClass other)
{
    double x;
    switch (d) {
    case DIALECT_POSTGRES:
        return other != IS_NUMBER || str_to_f64(str_trim(literal->text), &x);
    case DIALECT_DUCKDB: // numbers, too
        return true;
    case DIALECT_BIGQUERY:
        return other == IS_MOMENT || other == IS_TIME;
    default:
        return false;
    }
}

// ---- two types

// DuckDB's booleans are whole numbers where one is wanted, and no others.
bool rule_is_fraction_and_truth(const RuleRun *r, LogicalType a, LogicalType b)
{
    bool pair = (a == TYPE_REAL && b == TYPE_BOOLEAN) || (a == TYPE_BOOLEAN && b == TYPE_REAL);
    return pair && r->dialect == DIALECT_DUCKDB;
}

static bool are_strangers(RuleRun *r, LogicalType a, LogicalType b, bool set)
{
    TypeClass x = rule_class_of(a), y = rule_class_of(b);
    if (set && rule_is_fraction_and_truth(r, a, b)) return true;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        bool pair = (strangers[i].a == x && strangers[i].b == y) ||
                    (strangers[i].a == y && strangers[i].b == x);
        unsigned in = strangers[i].in | (set ? strangers[i].sets : 0);
        if (pair && in >> r->dialect & 1) return true;
    }
    return false;
}

static void refuse(RuleRun *r, const SqlNode *at, LogicalType a, const char *word, LogicalType b)
{
    rule_refuse(r, at, HOME_COMPARE, rule_signature(r, a, word, b),
                "%s does not compare %s with %s: cast one of them.", home_title(r->dialect),
                rule_type_word(r->dialect, a), rule_type_word(r->dialect, b));
}

// ---- two values

// A literal that takes the other's type.
static bool adapts(RuleRun *r, const SqlNode *n, const SqlNode *other)
{
    return rule_is_literal(n) && rule_literal_fits(r->dialect, n, rule_class(r, other));
}

static void compare(RuleRun *r, const SqlNode *a, const SqlNode *b, const char *word,
                    const SqlNode *at, bool set);

static const SqlColumns *rows_of(const RuleRun *r, const SqlNode *n, uint32_t count)
{
    const SqlColumns *out =
        n->kind == NODE_SUBQUERY ? &r->meaning->outputs[n->child[ONLY]->id] : NULL;
    return out && !out->open && out->len == count ? out : NULL;
}

static void compare_row(RuleRun *r, const SqlNode *row, const SqlNode *b, const char *word,
                        const SqlNode *at)
{
    const SqlColumns *out = rows_of(r, b, row->count);
    bool same = b->kind == NODE_ROW && b->count == row->count;
    for (uint32_t i = 0; i < row->count; i++) {
        const SqlNode *one = row->child[i];
        if (same) compare(r, one, b->child[i], word, at, false);
        if (!out || rule_is_literal(one)) continue;
        LogicalType x = rule_type(r, one), y = out->at[i].type;
        if (are_strangers(r, x, y, true)) refuse(r, at, x, word, y);
    }
}

static void compare(RuleRun *r, const SqlNode *a, const SqlNode *b, const char *word,
                    const SqlNode *at, bool set)
{
    if (a->kind == NODE_ROW) {
        compare_row(r, a, b, word, at);
    } else if (!adapts(r, a, b) && !adapts(r, b, a)) {
        LogicalType x = rule_type(r, a), y = rule_type(r, b);
        if (are_strangers(r, x, y, set)) refuse(r, at, x, word, y);
    }
}

// ---- what compares

static void check_in(RuleRun *r, const SqlNode *n)
{
    const SqlNode *left = n->child[OPERAND], *set = n->child[OPERAND_SECOND];
    if (set->kind == NODE_LIST) {
        for (uint32_t i = 0; i < sql_tail_count(set); i++)
            compare(r, left, sql_tail(set, i), "=", sql_tail(set, i), false);
    } else if (set->kind == NODE_SUBQUERY) {
        compare(r, left, set, "=", n, true);
    }
}

static void check_case(RuleRun *r, const SqlNode *n)
{
    for (uint32_t i = 0; n->child[CASE_OPERAND] && i < sql_tail_count(n); i++) {
        const SqlNode *when = sql_tail(n, i)->child[WHEN_CONDITION];
        compare(r, n->child[CASE_OPERAND], when, "=", when, false);
    }
}

static void check_nullif(RuleRun *r, const SqlNode *n)
{
    bool it = str_eq_nocase(n->text, S("NULLIF")) && sql_tail_count(n) == 2;
    if (it) compare(r, sql_tail(n, 0), sql_tail(n, 1), "=", n, false);
}

static void check_binary(RuleRun *r, const SqlNode *n)
{
    bool same = n->op == OP_SAME || n->op == OP_DISTINCT;
    if (!(n->op >= OP_EQ && n->op <= OP_GE) && !same) return;
    compare(r, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], same ? "=" : sql_op_word((SqlOp)n->op), n,
            n->op >= OP_LT && n->op <= OP_GE);
}

static void check_quantified(RuleRun *r, const SqlNode *n)
{
    if (n->op < OP_EQ || n->op > OP_GE || n->child[RIGHT_SIDE]->kind != NODE_SUBQUERY) return;
    compare(r, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], sql_op_word((SqlOp)n->op), n, true);
}

static void check_using(RuleRun *r, const SqlNode *join)
{
    if (!join->child[JOIN_USING] && !(join->flags & FLAG_NATURAL)) return;
    const SqlColumns *merged = &r->meaning->sources[join->id];
    for (size_t i = 0; i < merged->len; i++) {
        SqlSide a, b;
        if (!sql_using_side(r->meaning, join->child[JOIN_LEFT], merged->at[i].name, &a) ||
            !sql_using_side(r->meaning, join->child[JOIN_RIGHT], merged->at[i].name, &b))
            continue;
        if (!are_strangers(r, a.at->type, b.at->type, false)) continue;
        const SqlNode *at = join->child[JOIN_USING] ? sql_tail(join->child[JOIN_USING], (uint32_t)i)
                                                    : join->child[JOIN_RIGHT];
        refuse(r, at, a.at->type, "=", b.at->type);
    }
}

static void check_compare(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    switch (n->kind) {
    case NODE_IN:
        check_in(r, n);
        break;
    case NODE_BETWEEN:
        compare(r, n->child[OPERAND], n->child[OPERAND_SECOND], ">=", n, true);
        compare(r, n->child[OPERAND], n->child[OPERAND_THIRD], "<=", n, true);
        break;
    case NODE_CALL:
        check_nullif(r, n);
        break;
    case NODE_CASE:
        check_case(r, n);
        break;
    case NODE_JOIN:
        check_using(r, n);
        break;
    case NODE_QUANTIFIED:
        check_quantified(r, n);
        break;
    default:
        check_binary(r, n);
        break;
    }
}

const SqlRule rule_compare = {
    "types that do not compare",
    PG | TRINO | BIG | DUCK | SPARK | SNOW,
    {NODE_BINARY, NODE_IN, NODE_BETWEEN, NODE_CALL, NODE_CASE, NODE_JOIN, NODE_QUANTIFIED},
    check_compare};
