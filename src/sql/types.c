// types: the logical type of an expression from those of its parts; a row a function.
//
// Only what is sure is said: TYPE_UNKNOWN and "may be NULL" are always right.
#include "sql/scope.h"

typedef enum { LIKE_FIRST, LIKE_SECOND, LIKE_ANY, FIXED } How;

static const struct {
    const char *name;
    How how;
    LogicalType type;
    bool not_null;
} functions[] = {
    {"COUNT", FIXED, TYPE_INTEGER, true},
    {"COUNT_IF", FIXED, TYPE_INTEGER, true},
    {"COUNTIF", FIXED, TYPE_INTEGER, true},
    {"APPROX_COUNT_DISTINCT", FIXED, TYPE_INTEGER, true},
    {"APPROX_DISTINCT", FIXED, TYPE_INTEGER, true},
    {"ROW_NUMBER", FIXED, TYPE_INTEGER, true},
    {"RANK", FIXED, TYPE_INTEGER, true},
    {"DENSE_RANK", FIXED, TYPE_INTEGER, true},
    {"NTILE", FIXED, TYPE_INTEGER, false},
    {"PERCENT_RANK", FIXED, TYPE_REAL, true},
    {"CUME_DIST", FIXED, TYPE_REAL, true},
    {"AVG", FIXED, TYPE_REAL, false},
    {"STDDEV", FIXED, TYPE_REAL, false},
    {"VARIANCE", FIXED, TYPE_REAL, false},
    {"CORR", FIXED, TYPE_REAL, false},
    {"MEDIAN", FIXED, TYPE_REAL, false},
    {"SUM", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"MIN", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"MAX", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"ANY_VALUE", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"MAX_BY", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"MIN_BY", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"LAG", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"LEAD", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"FIRST_VALUE", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"LAST_VALUE", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"NTH_VALUE", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"ABS", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"NULLIF", LIKE_FIRST, TYPE_UNKNOWN, false},
    {"COALESCE", LIKE_ANY, TYPE_UNKNOWN, false},
    {"NVL", LIKE_ANY, TYPE_UNKNOWN, false},
    {"IFNULL", LIKE_ANY, TYPE_UNKNOWN, false},
    {"GREATEST", LIKE_ANY, TYPE_UNKNOWN, false},
    {"LEAST", LIKE_ANY, TYPE_UNKNOWN, false},
    {"IFF", LIKE_SECOND, TYPE_UNKNOWN, false},
    {"IF", LIKE_SECOND, TYPE_UNKNOWN, false},
    {"UPPER", FIXED, TYPE_TEXT, false},
    {"LOWER", FIXED, TYPE_TEXT, false},
    {"TRIM", FIXED, TYPE_TEXT, false},
    {"SUBSTRING", FIXED, TYPE_TEXT, false},
    {"SUBSTR", FIXED, TYPE_TEXT, false},
    {"REPLACE", FIXED, TYPE_TEXT, false},
    {"CONCAT", FIXED, TYPE_TEXT, false},
    {"CONCAT_WS", FIXED, TYPE_TEXT, false},
    {"LISTAGG", FIXED, TYPE_TEXT, false},
    {"STRING_AGG", FIXED, TYPE_TEXT, false},
    {"GROUP_CONCAT", FIXED, TYPE_TEXT, false},
    {"SPLIT_PART", FIXED, TYPE_TEXT, false},
    {"TO_CHAR", FIXED, TYPE_TEXT, false},
    {"LENGTH", FIXED, TYPE_INTEGER, false},
    {"POSITION", FIXED, TYPE_INTEGER, false},
    {"DATEDIFF", FIXED, TYPE_INTEGER, false},
    {"DATE_DIFF", FIXED, TYPE_INTEGER, false},
    {"TIMESTAMPDIFF", FIXED, TYPE_INTEGER, false},
    {"TIMESTAMP_DIFF", FIXED, TYPE_INTEGER, false},
    {"YEAR", FIXED, TYPE_INTEGER, false},
    {"MONTH", FIXED, TYPE_INTEGER, false},
    {"DAY", FIXED, TYPE_INTEGER, false},
    {"DATE", FIXED, TYPE_DATE, false},
    {"TO_DATE", FIXED, TYPE_DATE, false},
    {"LAST_DAY", FIXED, TYPE_DATE, false},
    {"CURRENT_DATE", FIXED, TYPE_DATE, true},
    {"CURRENT_TIMESTAMP", FIXED, TYPE_TIMESTAMP, true},
    {"NOW", FIXED, TYPE_TIMESTAMP, true},
    {"TO_TIMESTAMP", FIXED, TYPE_TIMESTAMP, false},
    {"BOOL_AND", FIXED, TYPE_BOOLEAN, false},
    {"BOOL_OR", FIXED, TYPE_BOOLEAN, false},
};

static const struct {
    const char *start;
    LogicalType type;
} type_names[] = {
    {"TIMESTAMP", TYPE_TIMESTAMP}, {"DATETIME", TYPE_TIMESTAMP}, {"DATE", TYPE_DATE},
    {"BOOL", TYPE_BOOLEAN},        {"VARCHAR", TYPE_TEXT},       {"CHAR", TYPE_TEXT},
    {"TEXT", TYPE_TEXT},           {"STRING", TYPE_TEXT},        {"NVARCHAR", TYPE_TEXT},
    {"DOUBLE", TYPE_REAL},         {"FLOAT", TYPE_REAL},         {"REAL", TYPE_REAL},
    {"DECIMAL", TYPE_REAL},        {"NUMERIC", TYPE_REAL},       {"NUMBER", TYPE_REAL},
    {"BIGNUMERIC", TYPE_REAL},     {"INTERVAL", TYPE_UNKNOWN},   {"INT", TYPE_INTEGER},
    {"BIGINT", TYPE_INTEGER},      {"SMALLINT", TYPE_INTEGER},   {"TINYINT", TYPE_INTEGER},
    {"LONG", TYPE_INTEGER},        {"SIGNED", TYPE_INTEGER},     {"UNSIGNED", TYPE_INTEGER},
};

LogicalType type_of_name(Str name)
{
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
        bool array = str_ends(name, S("[]"));
        if (!array && str_starts(name, str_from(type_names[i].start))) return type_names[i].type;
    }
    return TYPE_UNKNOWN;
}

static SqlType of(const Resolver *r, const SqlNode *n)
{
    return n ? r->meaning->types[n->id] : (SqlType){0};
}

static SqlType infer_call(const Resolver *r, const SqlNode *n)
{
    uint32_t args = sql_tail_count(n);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (!str_eq_nocase(n->text, str_from(functions[i].name))) continue;
        SqlType t = {functions[i].type, functions[i].not_null};
        if (functions[i].how == LIKE_FIRST && args > 0) t.type = of(r, sql_tail(n, 0)).type;
        if (functions[i].how == LIKE_SECOND && args > 1) t.type = of(r, sql_tail(n, 1)).type;
        for (uint32_t a = 0; functions[i].how == LIKE_ANY && a < args; a++) {
            SqlType arg = of(r, sql_tail(n, a));
            if (t.type == TYPE_UNKNOWN) t.type = arg.type;
            bool any = str_eq_nocase(n->text, S("COALESCE")) || str_eq_nocase(n->text, S("NVL"));
            if (any && arg.not_null) t.not_null = true;
        }
        return t;
    }
    return (SqlType){0};
}

static bool is_number(LogicalType t)
{
    return t == TYPE_INTEGER || t == TYPE_REAL;
}

// Where integers divide to an integer.
static bool divides_whole(Dialect d)
{
    return d == DIALECT_SQLITE || d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_FLINK;
}

static SqlType infer_arithmetic(const Resolver *r, const SqlNode *n)
{
    SqlType a = of(r, n->child[LEFT_SIDE]), b = of(r, n->child[RIGHT_SIDE]);
    SqlType t = {TYPE_UNKNOWN, a.not_null && b.not_null};
    if (n->op == OP_DIVIDE || n->op == OP_MODULO || n->op == OP_DIV) t.not_null = false;
    bool moment = a.type == TYPE_TIMESTAMP && n->child[RIGHT_SIDE]->kind == NODE_INTERVAL;
    if (is_number(a.type) && is_number(b.type)) {
        bool whole = a.type == TYPE_INTEGER && b.type == TYPE_INTEGER;
        if (n->op == OP_DIVIDE && !divides_whole(r->script->dialect)) whole = false;
        if (n->op == OP_POWER) whole = false;
        t.type = whole ? TYPE_INTEGER : TYPE_REAL;
    } else if (moment || (a.type == TYPE_DATE && b.type == TYPE_INTEGER)) {
        t.type = a.type;
    }
    return t;
}

static SqlType infer_binary(const Resolver *r, const SqlNode *n)
{
    SqlType a = of(r, n->child[LEFT_SIDE]), b = of(r, n->child[RIGHT_SIDE]);
    bool both = a.not_null && b.not_null;
    if (n->op >= OP_ADD && n->op <= OP_POWER) return infer_arithmetic(r, n);
    if (n->op == OP_CONCAT) return (SqlType){TYPE_TEXT, both};
    if (n->op >= OP_EQ && n->op <= OP_GE) return (SqlType){TYPE_BOOLEAN, both};
    if (n->op == OP_SAME || n->op == OP_DISTINCT) return (SqlType){TYPE_BOOLEAN, true};
    return (SqlType){0};
}

static SqlType infer_case(const Resolver *r, const SqlNode *n)
{
    const SqlNode *other = n->child[CASE_ELSE];
    SqlType t = of(r, other);
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        SqlType branch = of(r, sql_tail(n, i)->child[WHEN_RESULT]);
        if (t.type == TYPE_UNKNOWN) t.type = branch.type;
        if (t.type == TYPE_INTEGER && branch.type == TYPE_REAL) t.type = TYPE_REAL;
        t.not_null = t.not_null && branch.not_null;
    }
    return t;
}

static SqlType infer_number(const SqlNode *n)
{
    bool real = str_find(n->text, S("."), NULL) || str_find(n->text, S("e"), NULL) ||
                str_find(n->text, S("E"), NULL);
    bool hex = str_starts(n->text, S("0x")) || str_starts(n->text, S("0X"));
    return (SqlType){real && !hex ? TYPE_REAL : TYPE_INTEGER, true};
}

static SqlType infer_subquery(const Resolver *r, const SqlNode *n)
{
    SqlColumns c = r->meaning->outputs[n->child[ONLY]->id];
    return (SqlType){c.len ? c.at[0].type : TYPE_UNKNOWN, false}; // no row is NULL
}

SqlType infer_type(const Resolver *r, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_NUMBER:
        return infer_number(n);
    case NODE_STRING:
        return (SqlType){TYPE_TEXT, true};
    case NODE_BOOLEAN:
    case NODE_IS:
    case NODE_EXISTS:
        return (SqlType){TYPE_BOOLEAN, true};
    case NODE_AND:
    case NODE_OR:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_LIKE:
    case NODE_QUANTIFIED:
        return (SqlType){TYPE_BOOLEAN, false};
    case NODE_TYPED:
        return (SqlType){type_of_name(n->text), true};
    case NODE_CAST:
        return (SqlType){type_of_name(n->child[CAST_TYPE]->text), false};
    case NODE_UNARY:
        if (n->op == OP_NOT) return (SqlType){TYPE_BOOLEAN, of(r, n->child[ONLY]).not_null};
        return of(r, n->child[ONLY]);
    case NODE_BINARY:
        return infer_binary(r, n);
    case NODE_CASE:
        return infer_case(r, n);
    case NODE_CALL:
        return infer_call(r, n);
    case NODE_SUBQUERY:
        return infer_subquery(r, n);
    case NODE_COLLATE:
        return of(r, n->child[ONLY]);
    default:
        return (SqlType){0};
    }
}
