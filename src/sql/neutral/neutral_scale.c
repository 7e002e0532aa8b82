// neutral_scale: how many places behind the point a decimal has at home, as far as the tree says:
// where it becomes a text, 2.50 stays 2.50; where it is shown or compared, 0.1 + 0.2 is 0.3.
#include "sql/translate.h"

enum { SCALE_UNKNOWN = -1, DIVISION_PLACES = 4, SCALE_MOST = 30 };

static int whole_number(const SqlNode *n, int otherwise)
{
    int64_t v;
    bool ok = n && n->kind == NODE_NUMBER && str_to_i64(n->text, &v) && v >= 0 && v <= SCALE_MOST;
    return ok ? (int)v : otherwise;
}

// BigQuery's 0.1 is a double; its NUMERIC '0.1' is none.
static int of_literal(const Translator *t, const SqlNode *n)
{
    size_t point;
    bool numeric = n->flags & FLAG_WORDS || node_is(n, TYPE_INTEGER);
    if (t->from == DIALECT_BIGQUERY && !numeric) return SCALE_UNKNOWN;
    if (str_find(n->text, S("e"), NULL) || str_find(n->text, S("E"), NULL)) return SCALE_UNKNOWN;
    return str_find(n->text, S("."), &point) ? (int)(n->text.len - point - 1) : 0;
}

static int least(int a, int b)
{
    return a < 0 || b < 0 ? SCALE_UNKNOWN : a < b ? a : b;
}
static int most(int a, int b)
{
    return a < 0 || b < 0 ? SCALE_UNKNOWN : a > b ? a : b;
}
static int plus(int a, int b)
{
    return a < 0 || b < 0 || a + b > SCALE_MOST ? SCALE_UNKNOWN : a + b;
}

static int scale(const Translator *t, const SqlNode *n);

static int of_all(const Translator *t, const SqlNode *call)
{
    int all = 0;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        const SqlNode *one = sql_tail(call, i);
        if (one->kind != NODE_NULL) all = most(all, scale(t, one));
    }
    return all;
}

// Postgres gives as many places as are asked for, Trino those it had, others at most as many.
static int of_round(const Translator *t, const SqlNode *call)
{
    const SqlNode *places = node_arg(call, "places");
    int wanted = places ? whole_number(places, SCALE_UNKNOWN) : 0;
    int own = scale(t, node_arg(call, "x"));
    if (t->from == DIALECT_POSTGRES) return places || own >= 0 ? wanted : SCALE_UNKNOWN;
    return t->from == DIALECT_TRINO ? own : least(wanted, own);
}

static int of_call(const Translator *t, const SqlNode *n)
{
    static const char *const keeps[] = {"sum", "min", "max", "abs", "any_value", "first", "last"};
    static const char *const widest[] = {"coalesce", "greatest", "least"};
    bool mysql = t->from == DIALECT_MYSQL;
    if (!n->fn) return SCALE_UNKNOWN;
    if (node_is_call(n, "round") || node_is_call(n, "truncate")) return of_round(t, n);
    if (node_is_call(n, "cast_decimal")) return whole_number(node_arg(n, "scale"), SCALE_UNKNOWN);
    if (mysql && node_is_call(n, "divide"))
        return plus(scale(t, node_arg(n, "a")), DIVISION_PLACES);
    if (mysql && node_is_call(n, "avg")) return plus(scale(t, sql_tail(n, 0)), DIVISION_PLACES);
    for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++) {
        if (node_is_call(n, keeps[i]) && sql_tail_count(n)) return scale(t, sql_tail(n, 0));
    }
    for (size_t i = 0; i < sizeof widest / sizeof *widest; i++) {
        if (node_is_call(n, widest[i])) return of_all(t, n);
    }
    return SCALE_UNKNOWN;
}

static int of_case(const Translator *t, const SqlNode *n)
{
    int all = n->child[CASE_ELSE] && n->child[CASE_ELSE]->kind != NODE_NULL
                  ? scale(t, n->child[CASE_ELSE])
                  : 0;
    for (uint32_t i = 0; i < sql_tail_count(n); i++)
        all = most(all, scale(t, sql_tail(n, i)->child[WHEN_RESULT]));
    return all;
}

static int of_binary(const Translator *t, const SqlNode *n)
{
    int a = scale(t, n->child[LEFT_SIDE]), b = scale(t, n->child[RIGHT_SIDE]);
    switch ((SqlOp)n->op) {
    case OP_ADD:
    case OP_SUBTRACT:
        return most(a, b);
    case OP_MULTIPLY:
        return plus(a, b);
    case OP_DIVIDE:
        return t->from == DIALECT_MYSQL ? plus(a, DIVISION_PLACES) : SCALE_UNKNOWN;
    default:
        return SCALE_UNKNOWN;
    }
}

static int scale(const Translator *t, const SqlNode *n)
{
    if (node_is(n, TYPE_INTEGER) || node_is(n, TYPE_BOOLEAN)) return 0;
    switch (n->kind) {
    case NODE_NUMBER:
        return of_literal(t, n);
    case NODE_UNARY:
        return scale(t, n->child[ONLY]);
    case NODE_BINARY:
        return of_binary(t, n);
    case NODE_CASE:
        return of_case(t, n);
    case NODE_CALL:
        return of_call(t, n);
    case NODE_CAST: { // made by a pass: the REAL of an integer
        const SqlNode *value = n->child[CAST_VALUE];
        return node_is(value, TYPE_INTEGER) ? 0 : SCALE_UNKNOWN;
    }
    default:
        return SCALE_UNKNOWN;
    }
}

int decimal_places(const Translator *t, const SqlNode *n)
{
    bool decimals = t->from == DIALECT_MYSQL || t->from == DIALECT_POSTGRES ||
                    t->from == DIALECT_SNOWFLAKE || t->from == DIALECT_TRINO;
    return decimals && n->kind != NODE_COLUMN ? scale(t, n) : SCALE_UNKNOWN;
}

// Sums and products of decimals; divisions are not exact at home either.
static bool computes(const SqlNode *n)
{
    if (n->kind == NODE_UNARY) return computes(n->child[ONLY]);
    if (n->kind == NODE_CALL) return node_is_call(n, "sum") && !n->child[CALL_OVER];
    return n->kind == NODE_BINARY &&
           (n->op == OP_ADD || n->op == OP_SUBTRACT || n->op == OP_MULTIPLY);
}

// Decimals are doubles here (contracts.md): what they are computed to is rounded to the places that
// it has at home. BigQuery's literals are doubles.
SqlNode *exact_decimal(Translator *t, SqlNode *n)
{
    enum { PLACES_MOST = 12 }; // beyond them a double has no more digits to be rounded
    static const unsigned decimals = PG | MY | SNOW | TRINO | SPARK | DUCK | BIG;
    if (t->to != DIALECT_SQLITE || !(decimals >> t->from & 1) || !node_is(n, TYPE_REAL)) return n;
    if (!computes(n)) return n;
    int places = scale(t, n);
    if (places < 1 || places > PLACES_MOST) return n;
    SqlNode *made = make_call2(t, n, "exact", n, make_number(t, n, places));
    made->type = TYPE_REAL;
    made->id = n->id;
    return made;
}

// --- Compared: n * 1.10 > 100.5 is n * 110 > 10050 ---

enum { WHOLE_PLACES = 6 }; // beyond them a product might leave 64 bits

static int64_t power_of_ten(int places)
{
    int64_t v = 1;
    while (places-- > 0) v *= 10;
    return v;
}

// The digits of a literal without its point, filled up to so many places.
static SqlNode *whole_literal(Translator *t, const SqlNode *n, int places)
{
    size_t point = n->text.len;
    bool has = str_find(n->text, S("."), &point);
    Str before = str_slice(n->text, 0, point);
    Str behind = has ? str_slice(n->text, point + 1, n->text.len) : (Str){0};
    int64_t whole = 0, part = 0;
    if (before.len + behind.len > 12) return NULL;
    if (before.len && !str_to_i64(before, &whole)) return NULL;
    if (behind.len && !str_to_i64(behind, &part)) return NULL;
    if ((int)behind.len > places) return NULL;
    return make_number(
        t, n, whole * power_of_ten(places) + part * power_of_ten(places - (int)behind.len));
}

static SqlNode *typed_whole(SqlNode *n)
{
    n->type = TYPE_INTEGER;
    return n;
}

// n as a number of its `places`-th places; NULL: not of literals, columns and what is summed of
// them.
static SqlNode *whole(Translator *t, SqlNode *n, int places)
{
    int own = scale(t, n);
    if (own < 0 || own > places || n->parens > 1) return NULL;
    if (n->kind == NODE_NUMBER) return whole_literal(t, n, places);
    if (n->kind == NODE_COLUMN && node_is(n, TYPE_INTEGER)) {
        if (!places) return n;
        SqlNode *factor = make_number(t, n, power_of_ten(places));
        return typed_whole(make_binary(t, OP_MULTIPLY, n, factor));
    }
    bool sum = n->kind == NODE_BINARY && (n->op == OP_ADD || n->op == OP_SUBTRACT);
    bool product = n->kind == NODE_BINARY && n->op == OP_MULTIPLY;
    if (!sum && !product) return NULL;
    int left = sum ? places : scale(t, n->child[LEFT_SIDE]);
    SqlNode *a = left < 0 ? NULL : whole(t, n->child[LEFT_SIDE], left);
    SqlNode *b = a ? whole(t, n->child[RIGHT_SIDE], sum ? places : places - left) : NULL;
    return b ? typed_whole(make_binary(t, (SqlOp)n->op, a, b)) : NULL;
}

bool whole_sides(Translator *t, SqlNode **a, SqlNode **b)
{
    static const unsigned decimals = PG | MY | SNOW | TRINO | SPARK | DUCK;
    bool one = computes(*a) || computes(*b),
         real = node_is(*a, TYPE_REAL) || node_is(*b, TYPE_REAL);
    if (t->to != DIALECT_SQLITE || !(decimals >> t->from & 1) || !one || !real) return false;
    int p = scale(t, *a), q = scale(t, *b), places = p > q ? p : q;
    if (p < 0 || q < 0 || places > WHOLE_PLACES) return false;
    SqlNode *x = whole(t, *a, places), *y = x ? whole(t, *b, places) : NULL;
    if (!y) return false;
    *a = x, *b = y;
    return true;
}
