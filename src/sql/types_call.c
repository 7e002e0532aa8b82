// types_call: the type of a call from those of its arguments; a row a function.
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

static SqlType of(const Resolver *r, const SqlNode *n)
{
    return n ? r->meaning->types[n->id] : (SqlType){0};
}

SqlType infer_call(const Resolver *r, const SqlNode *n)
{
    uint32_t args = sql_tail_count(n);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (!str_eq_nocase(n->text, str_from(functions[i].name))) continue;
        SqlType t = type_plain(functions[i].type, functions[i].not_null);
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
