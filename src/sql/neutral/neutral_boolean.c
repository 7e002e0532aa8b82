// neutral_boolean: truth values: words that differ (UNKNOWN, XOR, && and !), and the dialects whose
// truth is a number beside those where it is a type of its own.
#include "sql/home.h"
#include "sql/translate.h"

SqlNode *neutral_is(Translator *t, SqlNode *n)
{
    if (n->op == OP_IS_UNKNOWN) n->op = OP_IS_NULL; // of a boolean the same
    n->child[OPERAND] = as_one_value(t, n->child[OPERAND]);
    if (n->op == OP_IS_NULL || t->to != DIALECT_TRINO) return n;
    bool negated = n->flags & FLAG_NOT, is_true = n->op == OP_IS_TRUE; // Trino has neither
    SqlNode *no = make_node(t, NODE_BOOLEAN, n, 0);
    no->text = is_true ? S("FALSE") : S("TRUE");
    SqlNode *made = make_call2(t, n, "coalesce", n->child[OPERAND], no);
    made->type = TYPE_BOOLEAN;
    return negate(t, made, negated == is_true);
}

SqlNode *neutral_truth(Translator *t, SqlNode *n)
{
    return str_eq(n->text, S("UNKNOWN")) ? make_null(t, n) : n;
}

SqlNode *neutral_unary(Translator *t, SqlNode *n)
{
    bool reads =
        t->from == DIALECT_MYSQL || t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_SPARK;
    if (n->op == OP_MINUS && reads && node_is(n->child[ONLY], TYPE_TEXT)) {
        n->child[ONLY] = make_cast(t, n->child[ONLY], "DOUBLE"); // -'5'
        n->type = TYPE_REAL;
    }
    if (n->op == OP_NOT) n->flags &= ~(uint32_t)FLAG_BARE; // !a
    return n;
}

// a XOR b: NOT makes 0 or 1 of each, and leaves NULL.
SqlNode *neutral_xor(Translator *t, SqlNode *n)
{
    SqlNode *a = make_unary(t, OP_NOT, n->child[LEFT_SIDE]);
    SqlNode *b = make_unary(t, OP_NOT, n->child[RIGHT_SIDE]);
    return make_binary(t, OP_NE, a, b);
}

// MySQL's a && b. Between arrays neutral_array.c has read it; elsewhere it is nothing.
SqlNode *neutral_ampersands(Translator *t, SqlNode *n)
{
    if (t->from != DIALECT_MYSQL) {
        return translate_unsupported(t, n, "%s has no operator &&: write AND.",
                                     home_title(t->from));
    }
    return make_and(t, n->child[LEFT_SIDE], n->child[RIGHT_SIDE]);
}

// --- Truth as a number: MySQL and SQLite add, compare and sum it; elsewhere it is a type ---

static bool is_number(const SqlNode *n)
{
    return node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
}

static bool counts_truth(Dialect d)
{
    return d == DIALECT_MYSQL || d == DIALECT_SQLITE;
}

static bool parts_truth(const Translator *t)
{
    return counts_truth(t->from) && !counts_truth(t->to);
}

// TRUE as 1 where the target would not take it for a number.
SqlNode *truth_number(Translator *t, SqlNode *n)
{
    if (!n || !parts_truth(t) || !node_is(n, TYPE_BOOLEAN)) return n;
    return n->kind == NODE_BOOLEAN ? make_number(t, n, str_eq(n->text, S("TRUE")))
                                   : make_cast(t, n, "INTEGER");
}

// f = 1: the side that is a literal 0 or 1 becomes a truth value, else the other a number.
void truth_pair(Translator *t, SqlNode **a, SqlNode **b)
{
    if (!parts_truth(t)) return;
    SqlNode **truth = node_is(*a, TYPE_BOOLEAN) ? a : b, **number = truth == a ? b : a;
    if (!node_is(*truth, TYPE_BOOLEAN) || !is_number(*number)) return;
    bool one = (*number)->kind == NODE_NUMBER && str_eq((*number)->text, S("1"));
    bool zero = (*number)->kind == NODE_NUMBER && str_eq((*number)->text, S("0"));
    if (!one && !zero) {
        *truth = truth_number(t, *truth);
        return;
    }
    SqlNode *word = make_node(t, NODE_BOOLEAN, *number, 0);
    word->text = one ? S("TRUE") : S("FALSE");
    word->type = TYPE_BOOLEAN;
    *number = word;
}

// Of values of which one is taken: numbers, where some are. `whole` is the one that takes them.
static void unify(Translator *t, SqlNode *whole, SqlNode **at, uint32_t n)
{
    bool number = false, truth = false;
    for (uint32_t i = 0; i < n; i++) {
        number = number || (at[i] && is_number(at[i]));
        truth = truth || (at[i] && node_is(at[i], TYPE_BOOLEAN));
    }
    if (!number || !truth) return;
    for (uint32_t i = 0; i < n; i++) at[i] = truth_number(t, at[i]);
    if (node_is(whole, TYPE_BOOLEAN)) whole->type = TYPE_INTEGER;
}

void truth_case(Translator *t, SqlNode *n)
{
    if (!parts_truth(t)) return;
    uint32_t count = sql_tail_count(n);
    SqlNode **all = arena_array(t->arena, SqlNode *, count + 1);
    for (uint32_t i = 0; i < count; i++) all[i] = sql_tail(n, i)->child[WHEN_RESULT];
    all[count] = n->child[CASE_ELSE];
    unify(t, n, all, count + 1);
    for (uint32_t i = 0; i < count; i++) sql_tail(n, i)->child[WHEN_RESULT] = all[i];
    n->child[CASE_ELSE] = all[count];
}

static bool is_one_of(const SqlNode *call, const char *const *names)
{
    for (; *names; names++) {
        if (node_is_call(call, *names)) return true;
    }
    return false;
}

// The greatest truth value is whether one of them is true: few dialects order them in MAX.
static SqlNode *greatest_truth(Translator *t, SqlNode *n)
{
    bool max = node_is_call(n, "max");
    bool orders = counts_truth(t->to) || t->to == DIALECT_DUCKDB || t->to == DIALECT_SPARK;
    if (orders || !(max || node_is_call(n, "min")) || t->from == t->to) return n;
    if (!node_is(sql_tail(n, 0), TYPE_BOOLEAN)) return n;
    n->text = max ? S("bool_or") : S("bool_and");
    n->fn = fn_index(fn_named(n->text.ptr));
    n->flags &= ~(uint32_t)FLAG_DISTINCT;
    return n;
}

SqlNode *truth_call(Translator *t, SqlNode *n)
{
    static const char *const adds[] = {
        "sum",    "avg",   "product", "stddev_pop", "stddev_samp", "var_pop",   "var_samp",
        "median", "round", "abs",     "string_agg", "concat",      "concat_ws", NULL};
    static const char *const takes_one[] = {"coalesce", "greatest", "least", "nullif", NULL};
    uint32_t roles = sql_roles(NODE_CALL), count = sql_tail_count(n);
    if (!n->fn || !count) return n;
    if (parts_truth(t) && is_one_of(n, adds)) {
        for (uint32_t i = 0; i < count; i++)
            n->child[roles + i] = truth_number(t, n->child[roles + i]);
    }
    if (parts_truth(t) && is_one_of(n, takes_one)) unify(t, n, n->child + roles, count);
    if (parts_truth(t) && node_is_call(n, "if")) unify(t, n, n->child + roles + 1, count - 1);
    return greatest_truth(t, n);
}

// --- A number or a text as a condition ---

// Where home casts a text that is a condition, and fails where it says neither true nor false.
static bool casts_conditions(const Translator *t)
{
    return t->from != t->to && (t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_DUCKDB);
}

static void condition(Translator *t, SqlNode **n)
{
    if (!*n) return;
    if (casts_conditions(t)) {
        if (node_is(*n, TYPE_TEXT)) *n = make_cast(t, *n, "BOOLEAN");
    } else if (is_number(*n)) {
        *n = make_binary(t, OP_NE, *n, make_number(t, *n, 0));
    } else if ((*n)->kind == NODE_STRING || ((*n)->kind == NODE_COLUMN && node_is(*n, TYPE_TEXT))) {
        *n = translate_unsupported(t, *n,
                                   "%s reads a text as a number where a condition stands: "
                                   "compare it with something.",
                                   home_title(t->from));
    }
}

static void conditions(Translator *t, SqlNode *n)
{
    uint32_t roles = sql_roles(sql_kind_of(n));
    switch (n->kind) {
    case NODE_SELECT:
        condition(t, &n->child[SELECT_WHERE]);
        condition(t, &n->child[SELECT_HAVING]);
        condition(t, &n->child[SELECT_QUALIFY]);
        break;
    case NODE_JOIN:
        condition(t, &n->child[JOIN_ON]);
        break;
    case NODE_AND:
    case NODE_OR:
        for (uint32_t i = 0; i < n->count; i++) condition(t, &n->child[i]);
        break;
    case NODE_UNARY:
        if (n->op == OP_NOT) condition(t, &n->child[ONLY]);
        break;
    case NODE_IS:
        if (n->op == OP_IS_TRUE || n->op == OP_IS_FALSE) condition(t, &n->child[OPERAND]);
        break;
    case NODE_CASE:
        for (uint32_t i = 0; i < sql_tail_count(n) && !n->child[CASE_OPERAND]; i++)
            condition(t, &sql_tail(n, i)->child[WHEN_CONDITION]);
        break;
    case NODE_CALL:
        condition(t, &n->child[CALL_FILTER]);
        if (node_is_call(n, "if") || node_is_call(n, "count_if")) condition(t, &n->child[roles]);
        break;
    case NODE_INSERT:
        condition(t, &n->child[INSERT_REPLACED]);
        break;
    case NODE_UPDATE:
        condition(t, &n->child[UPDATE_WHERE]);
        break;
    case NODE_DELETE:
        condition(t, &n->child[DELETE_WHERE]);
        break;
    default:
        break;
    }
}

static void walk(Translator *t, SqlNode *n)
{
    if (!n || t->failed) return;
    for (uint32_t i = 0; i < n->count; i++) walk(t, n->child[i]);
    conditions(t, n);
}

void truth_conditions(Translator *t, SqlNode *root)
{
    if (parts_truth(t) || casts_conditions(t)) walk(t, root);
}
