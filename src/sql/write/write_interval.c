// write_interval: an INTERVAL in each dialect's spelling.
#include "sql/format.h"

static bool is_number(const SqlNode *n)
{
    if (n->kind == NODE_UNARY && n->op == OP_MINUS) n = n->child[ONLY];
    return n->kind == NODE_NUMBER;
}

static bool is_one(const SqlNode *n)
{
    return n->kind == NODE_NUMBER && str_eq(n->text, S("1"));
}

static void out_unit(Out *o, const SqlNode *unit)
{
    Str word = unit->text;
    bool week = str_starts(word, S("WEEK"));
    out_str(o, week ? S("WEEK") : word);
}

static void out_text_unit(Out *o, const SqlNode *amount, const SqlNode *unit) // '2 days'
{
    int64_t n;
    bool quarters = o->dialect == DIALECT_POSTGRES && str_eq(unit->text, S("QUARTER")) &&
                    amount->kind == NODE_NUMBER && str_to_i64(amount->text, &n);
    if (quarters) { // it has none
        buf_fmt(&o->b, "'%lld months'", (long long)n * 3);
        return;
    }
    buf_char(&o->b, '\'');
    out_node(o, amount);
    buf_char(&o->b, ' ');
    out_str(o, str_lower(o->t->arena, unit->text));
    out_text(o, is_one(amount) ? "'" : "s'");
}

// Trino's literals have no weeks and no quarters.
static int days_or_months_of(const SqlNode *unit, const char **word)
{
    bool week = str_eq(unit->text, S("WEEK")), quarter = str_eq(unit->text, S("QUARTER"));
    *word = week ? "DAY" : quarter ? "MONTH" : NULL;
    return week ? 7 : quarter ? 3 : 1;
}

static void out_standard(Out *o, const SqlNode *amount, const SqlNode *unit) // '2' DAY
{
    const char *word;
    int64_t n, factor = days_or_months_of(unit, &word);
    const SqlNode *number = amount->kind == NODE_UNARY ? amount->child[ONLY] : amount;
    bool minus = amount != number;
    bool folds = o->dialect == DIALECT_TRINO && word && str_to_i64(number->text, &n) &&
                 n < INT32_MAX && n > INT32_MIN;
    buf_char(&o->b, '\'');
    if (minus) buf_char(&o->b, '-');
    if (folds) {
        buf_fmt(&o->b, "%lld' %s", (long long)(n * factor), word);
        return;
    }
    out_str(o, number->text);
    out_text(o, "' ");
    out_unit(o, unit);
}

static bool has_point(const SqlNode *amount)
{
    const SqlNode *n = amount->kind == NODE_UNARY ? amount->child[ONLY] : amount;
    return str_find(n->text, S("."), NULL);
}

static void out_constant(Out *o, const SqlNode *amount, const SqlNode *unit)
{
    out_text(o, "INTERVAL ");
    if (o->dialect == DIALECT_DUCKDB && has_point(amount)) { // no number of its grammar has one
        out_text_unit(o, amount, unit);
        return;
    }
    switch (o->dialect) {
    case DIALECT_SNOWFLAKE:
    case DIALECT_POSTGRES:
        out_text_unit(o, amount, unit);
        break;
    case DIALECT_TRINO:
    case DIALECT_FLINK:
        out_standard(o, amount, unit);
        break;
    case DIALECT_SQLITE:
    case DIALECT_BIGQUERY:
    case DIALECT_SPARK:
    case DIALECT_MYSQL:
    case DIALECT_DUCKDB: {
        bool negative = amount->kind == NODE_UNARY && o->dialect == DIALECT_DUCKDB;
        if (negative) buf_char(&o->b, '(');
        out_node(o, amount);
        if (negative) buf_char(&o->b, ')');
        buf_char(&o->b, ' ');
        out_unit(o, unit);
        break;
    }
    }
}

void out_interval(Out *o, const SqlNode *amount, const SqlNode *unit)
{
    Dialect d = o->dialect;
    if (is_number(amount)) {
        out_constant(o, amount, unit);
        return;
    }
    if (d == DIALECT_BIGQUERY || d == DIALECT_MYSQL || d == DIALECT_DUCKDB) {
        bool alone = amount->kind == NODE_COLUMN || amount->parens;
        bool parens = d == DIALECT_DUCKDB ? !amount->parens : !alone;
        out_text(o, parens ? "INTERVAL (" : "INTERVAL ");
        out_node(o, amount);
        out_text(o, parens ? ") " : " ");
        out_unit(o, unit);
        return;
    }
    SqlNode product = {.kind = NODE_BINARY, .op = OP_MULTIPLY};
    out_operand(o, &product, amount);
    out_text(o, " * ");
    out_constant(o, make_number(o->t, amount, 1), unit);
}
