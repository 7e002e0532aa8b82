// rule_type: types that an engine would not add, join or take for true.
#include "sql/rule.h"

// ---- arithmetic

// Trino reads no text literal beside a date as one.
static bool is_wrong_literal(RuleRun *r, const SqlNode *n, const SqlNode *literal, TypeClass other)
{
    bool plus = n->op == OP_ADD || n->op == OP_SUBTRACT;
    return rule_is_literal(literal) && other == IS_MOMENT && plus && r->dialect == DIALECT_TRINO;
}

static bool is_wrong_sum(RuleRun *r, const SqlNode *n)
{
    const SqlNode *a = n->child[LEFT_SIDE], *b = n->child[RIGHT_SIDE];
    TypeClass x = rule_class(r, a), y = rule_class(r, b);
    bool numbers = x == IS_NUMBER || y == IS_NUMBER;
    bool plus = n->op == OP_ADD || n->op == OP_SUBTRACT;
    bool moments = x == IS_MOMENT || y == IS_MOMENT;
    if (!plus && moments) return numbers || x == y;
    if (n->op == OP_ADD && x == IS_MOMENT && y == IS_MOMENT) return true;
    if (x == IS_BOOLEAN && y == IS_BOOLEAN) return true;
    if ((x == IS_TEXT && y == IS_NUMBER) || (y == IS_TEXT && x == IS_NUMBER)) return true;
    if (x == IS_TEXT && y == IS_TEXT) return true;
    if (is_wrong_literal(r, n, a, y) || is_wrong_literal(r, n, b, x)) return true;
    if (numbers && (x == IS_BOOLEAN || y == IS_BOOLEAN)) return true;
    if (plus && numbers && (x == IS_INTERVAL || y == IS_INTERVAL)) return true;
    const SqlNode *other = x == IS_MOMENT ? b : a;
    if (moments && (x == IS_TEXT || y == IS_TEXT) && !rule_is_literal(other)) return true;
    LogicalType moment = x == IS_MOMENT ? rule_type(r, a) : rule_type(r, b);
    bool shift = numbers && (x == IS_MOMENT || y == IS_MOMENT);
    if (shift && moment == TYPE_TIMESTAMP) return true;
    return shift && r->dialect == DIALECT_TRINO;
}

// Trino and BigQuery join only text to text.
static bool is_wrong_concat(RuleRun *r, const SqlNode *n)
{
    if (r->dialect != DIALECT_TRINO && r->dialect != DIALECT_BIGQUERY) return false;
    TypeClass x = rule_class(r, n->child[LEFT_SIDE]), y = rule_class(r, n->child[RIGHT_SIDE]);
    return (x == IS_TEXT && y != IS_TEXT && y != IS_UNKNOWN) ||
           (y == IS_TEXT && x != IS_TEXT && x != IS_UNKNOWN);
}

// Postgres and DuckDB have their operators in the list of signatures. Sums of documents are
// rule_document's.
static bool is_wrong(RuleRun *r, const SqlNode *n)
{
    const SqlNode *const sides[] = {n->child[LEFT_SIDE], n->child[RIGHT_SIDE]};
    bool sum = n->op >= OP_ADD && n->op <= OP_MODULO;
    bool document = rule_type(r, sides[0]) == TYPE_STRUCT || rule_type(r, sides[1]) == TYPE_STRUCT;
    if (1u << r->dialect & (PG | DUCK))
        return !(sum && document) &&
               !rule_operator_takes(r, str_from(sql_op_word((SqlOp)n->op)), sides, 2);
    if (sum) return is_wrong_sum(r, n);
    return n->op == OP_CONCAT && is_wrong_concat(r, n);
}

static void check_arithmetic(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    if (!is_wrong(r, n)) return;
    LogicalType a = rule_type(r, n->child[LEFT_SIDE]), b = rule_type(r, n->child[RIGHT_SIDE]);
    const char *word = sql_op_word((SqlOp)n->op);
    rule_refuse(r, n, HOME_OPERATOR, rule_signature(r, a, word, b),
                "%s has no %s for %s and %s: cast, or "
                "use the function for it.",
                home_title(r->dialect), word, rule_type_word(r->dialect, a),
                rule_type_word(r->dialect, b));
}

const SqlRule rule_arithmetic = {
    "arithmetic on types that have none", PG | TRINO | BIG | DUCK, {NODE_BINARY}, check_arithmetic};

// ---- SUM and AVG

static void check_sum(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlFn *fn = sql_fn_of(n, r->dialect);
    if (!fn || sql_tail_count(n) != 1) return;
    bool sums = str_eq(str_from(fn->name), S("sum")) || str_eq(str_from(fn->name), S("avg"));
    const SqlNode *value = sql_tail(n, 0);
    TypeClass c = rule_class(r, value);
    bool average = fn->name[0] == 'a', duck = r->dialect == DIALECT_DUCKDB;
    bool text = c == IS_TEXT && r->dialect != DIALECT_SNOWFLAKE && r->dialect != DIALECT_SPARK;
    bool truth = c == IS_BOOLEAN && !(duck && !average);
    bool moment = c == IS_MOMENT && !(duck && average);
    if (!sums || !(text || truth || moment)) return;
    Str subject = str_fmt(r->arena, STR_FMT "(%s)", STR_ARG(str_lower(r->arena, n->text)),
                          rule_type_word(r->dialect, rule_type(r, value)));
    bool counted = r->dialect == DIALECT_SNOWFLAKE || r->dialect == DIALECT_SPARK;
    rule_refuse(r, n, counted ? HOME_NONE : HOME_ARGUMENTS, subject,
                "%s has no " STR_FMT " of %s%s.", home_title(r->dialect), STR_ARG(n->text),
                rule_type_word(r->dialect, rule_type(r, value)),
                truth ? ": sum a CASE that gives 1 and 0" : "");
}

const SqlRule rule_sum_type = {"SUM or AVG of what is no number",
                               PG | TRINO | BIG | DUCK | SNOW | SPARK,
                               {NODE_CALL},
                               check_sum};

// ---- conditions

static void check_condition(RuleRun *r, const SqlNode *n, const char *clause)
{
    if (!n) return;
    TypeClass c = rule_class(r, n);
    bool cast = r->dialect == DIALECT_DUCKDB && (c == IS_NUMBER || c == IS_TEXT);
    if (c == IS_BOOLEAN || c == IS_UNKNOWN || cast) return;
    if (rule_is_literal(n)) return; // 't', 'true'
    rule_refuse(r, n, HOME_BOOLEAN, str_from(clause),
                "%s needs a condition, and this is %s: compare it with something.", clause,
                rule_type_word(r->dialect, rule_type(r, n)));
}

static void check_boolean(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    switch (n->kind) {
    case NODE_SELECT:
        check_condition(r, n->child[SELECT_WHERE], "WHERE");
        check_condition(r, n->child[SELECT_HAVING], "HAVING");
        check_condition(r, n->child[SELECT_QUALIFY], "QUALIFY");
        break;
    case NODE_JOIN:
        check_condition(r, n->child[JOIN_ON], "ON");
        break;
    case NODE_AND:
    case NODE_OR:
        for (uint32_t i = 0; i < n->count; i++)
            check_condition(r, n->child[i], n->kind == NODE_AND ? "AND" : "OR");
        break;
    case NODE_UNARY:
        if (n->op == OP_NOT) check_condition(r, n->child[ONLY], "NOT");
        break;
    case NODE_CALL:
        check_condition(r, n->child[CALL_FILTER], "FILTER");
        break;
    case NODE_IS:
        if (1u << r->dialect & (PG | DUCK) && n->op >= OP_IS_TRUE && n->op <= OP_IS_UNKNOWN)
            check_condition(r, n->child[OPERAND], "IS");
        break;
    case NODE_WHEN:
        if (parent && !parent->child[CASE_OPERAND])
            check_condition(r, n->child[WHEN_CONDITION], "WHEN");
        break;
    default:
        break;
    }
}

const SqlRule rule_boolean = {
    "a condition that is no boolean",
    PG | TRINO | BIG | DUCK | SPARK | FLINK,
    {NODE_SELECT, NODE_JOIN, NODE_AND, NODE_OR, NODE_UNARY, NODE_WHEN, NODE_CALL, NODE_IS},
    check_boolean};

// ---- values that become one column

// A text literal beside a number or a time: can it be read as one?
static bool literal_reads(const SqlNode *literal, TypeClass other)
{
    double x;
    Str text = str_trim(literal->text);
    if (other == IS_NUMBER) return str_to_f64(text, &x);
    if (other == IS_MOMENT) return text.len && text.ptr[0] >= '0' && text.ptr[0] <= '9';
    return true;
}

// Where text is cast to the other's type while the query runs, a text literal tells now.
static bool casts_text(RuleRun *r, const SqlNode *a, const SqlNode *b, bool in_case, bool *fits)
{
    TypeClass x = rule_class(r, a), y = rule_class(r, b);
    bool late = r->dialect == DIALECT_SNOWFLAKE || r->dialect == DIALECT_DUCKDB;
    bool newer = x == IS_ARRAY || y == IS_ARRAY || x == IS_TIME || y == IS_TIME;
    if (newer && r->dialect == DIALECT_SNOWFLAKE) return *fits = true;
    if (!late || (x != IS_TEXT && y != IS_TEXT)) return false;
    const SqlNode *text = x == IS_TEXT ? a : b;
    bool literal = rule_is_literal(text), duck = r->dialect == DIALECT_DUCKDB;
    if (duck && !(literal && in_case)) return false; // DuckDB's COALESCE casts what it comes to
    *fits = !literal || literal_reads(text, x == IS_TEXT ? y : x);
    return true;
}

// Do the classes of two branches exclude each other? Text literals fit in Postgres, and before a
// moment in BigQuery.
static bool excludes(RuleRun *r, const SqlNode *a, const SqlNode *b, bool in_case)
{
    TypeClass x = rule_class(r, a), y = rule_class(r, b);
    bool fits;
    if (x == IS_UNKNOWN || y == IS_UNKNOWN || x == y) return false;
    if (casts_text(r, a, b, in_case, &fits)) return !fits;
    if (rule_is_literal(a) && rule_literal_fits(r->dialect, a, y)) return false;
    if (rule_is_literal(b) && rule_literal_fits(r->dialect, b, x)) return false;
    return !rule_is_whole_truth(r, a, b);
}

static void check_branches(RuleRun *r, const SqlNode **all, size_t count, const char *what)
{
    const SqlNode *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (rule_class(r, all[i]) == IS_UNKNOWN) continue;
        if (!first || rule_is_literal(first))
            first = first && rule_is_literal(all[i]) ? first : all[i];
    }
    for (size_t i = 0; first && i < count; i++) {
        if (!excludes(r, first, all[i], str_eq(str_from(what), S("CASE")))) continue;
        rule_refuse(r, all[i], HOME_NONE, (Str){0},
                    "%s mixes %s and %s, which are no one type in %s: cast one of them.", what,
                    rule_type_word(r->dialect, rule_type(r, first)),
                    rule_type_word(r->dialect, rule_type(r, all[i])), home_title(r->dialect));
        return;
    }
}

static void check_case(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    VEC(const SqlNode *) all = {0};
    const SqlFn *fn = n->kind == NODE_CALL ? sql_fn_of(n, r->dialect) : NULL;
    if (n->kind == NODE_CALL && !(fn && str_eq(str_from(fn->name), S("coalesce")))) return;
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        const SqlNode *e = sql_tail(n, i);
        *vec_push(r->arena, &all) = n->kind == NODE_CASE ? e->child[WHEN_RESULT] : e;
    }
    if (n->kind == NODE_CASE && n->child[CASE_ELSE])
        *vec_push(r->arena, &all) = n->child[CASE_ELSE];
    check_branches(r, all.at, all.len, n->kind == NODE_CASE ? "CASE" : "COALESCE");
}

const SqlRule rule_case = {"CASE or COALESCE of types that are no one type",
                           PG | TRINO | BIG | DUCK | SNOW,
                           {NODE_CASE, NODE_CALL},
                           check_case};

// The expression of column i in an arm that is a plain SELECT.
static const SqlNode *arm_value(const SqlNode *arm, uint32_t i)
{
    while (arm->kind == NODE_QUERY) arm = arm->child[QUERY_BODY];
    if (arm->kind != NODE_SELECT) return NULL;
    const SqlNode *items = arm->child[SELECT_ITEMS];
    for (uint32_t k = 0; k <= i && k < sql_tail_count(items); k++) {
        if (sql_tail(items, k)->child[ITEM_VALUE]->kind == NODE_STAR) return NULL;
    }
    return i < sql_tail_count(items) ? sql_tail(items, i)->child[ITEM_VALUE] : NULL;
}

static void check_setop(RuleRun *r, const SqlNode *n, const SqlNode *parent)
{
    (void)parent;
    const SqlNode *left = n->child[LEFT_SIDE], *right = n->child[RIGHT_SIDE];
    SqlColumns a = r->meaning->outputs[left->id], b = r->meaning->outputs[right->id];
    if (a.open || b.open || a.len != b.len || n->flags & FLAG_BY_NAME) return;
    for (uint32_t i = 0; i < a.len; i++) {
        TypeClass x = rule_class_of(a.at[i].type), y = rule_class_of(b.at[i].type);
        const SqlNode *from = arm_value(left, i), *to = arm_value(right, i);
        bool known = x != IS_UNKNOWN && y != IS_UNKNOWN && x != y;
        bool literal = (x == IS_TEXT && (!from || rule_is_literal(from))) ||
                       (y == IS_TEXT && (!to || rule_is_literal(to)));
        if (!known || (literal && r->dialect != DIALECT_TRINO)) continue;
        const char *word = sql_op_word((SqlOp)n->op);
        rule_refuse(r, to ? to : right, HOME_SETOP_TYPE, str_from(word),
                    "Column %u of this %s is %s above and %s below: cast one of them.", i + 1, word,
                    rule_type_word(r->dialect, a.at[i].type),
                    rule_type_word(r->dialect, b.at[i].type));
        return;
    }
}

const SqlRule rule_setop_types = {
    "a set operation of columns that are no one type", PG | TRINO | BIG, {NODE_SETOP}, check_setop};
