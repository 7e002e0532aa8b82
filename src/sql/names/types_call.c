// types_call: the type of a call: by the catalogue of functions, else by the name alone.
//
// The catalogue says what is sure of a dialect's own functions; the list of names here is for what
// it does not have, and every dialect means the same by.
#include "sql/fn.h"
#include "sql/scope.h"
#include <string.h>

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
    {"FROM_ISO8601_DATE", FIXED, TYPE_DATE, false},
    {"FROM_ISO8601_TIMESTAMP", FIXED, TYPE_TIMESTAMP, false},
    {"AT_TIMEZONE", FIXED, TYPE_TIMESTAMP, false},
    {"CONVERT_TIMEZONE", FIXED, TYPE_TIMESTAMP, false},
    {"CONVERT_TZ", FIXED, TYPE_TIMESTAMP, false},
    {"DATETIME", FIXED, TYPE_TIMESTAMP, false},
    {"FROM_UTC_TIMESTAMP", FIXED, TYPE_TIMESTAMP, false},
    {"TIMESTAMP", FIXED, TYPE_TIMESTAMP, false},
    {"TIMESTAMP_TRUNC", FIXED, TYPE_TIMESTAMP, false},
    {"TO_UTC_TIMESTAMP", FIXED, TYPE_TIMESTAMP, false},
    {"WITH_TIMEZONE", FIXED, TYPE_TIMESTAMP, false},
    {"BOOL_AND", FIXED, TYPE_BOOLEAN, false},
    {"BOOL_OR", FIXED, TYPE_BOOLEAN, false},
};

static SqlType of(const Resolver *r, const SqlNode *n)
{
    return n ? r->meaning->types[n->id] : (SqlType){0};
}

static LogicalType type_of_arg(void *ctx, const SqlNode *n)
{
    const Resolver *r = ctx;
    return r->meaning->types[n->id].type;
}

typedef struct {
    SqlType values, texts; // text literals take the type of the others
    bool all, any;         // never NULL
    VEC(const SqlNode *) args;
} Widest;

static void widen(const Resolver *r, Widest *w, const SqlNode *arg)
{
    SqlType one = of(r, arg);
    w->all = w->all && one.not_null;
    w->any = w->any || one.not_null;
    *vec_push(r->arena, &w->args) = arg;
    SqlType *into = arg->kind == NODE_STRING ? &w->texts : &w->values;
    *into = type_wider(*into, one);
}

// "~a": a and the parameters behind it.
static SqlType widest(const Resolver *r, const SqlNode *n, const FnBound *b, int param, bool some)
{
    SqlType none = {.untyped = true};
    Widest w = {.values = none, .texts = none, .all = true};
    for (int i = param; i >= 0 && i < FN_PARAMS_MAX; i++) {
        const FnArg *a = &b->at[i];
        bool missing = a->token.name.len && !a->node && !a->token.constant.len;
        w.all = w.all && !missing; // NULL stands for it
        if (a->node && !a->rest) widen(r, &w, a->node);
        for (uint32_t k = 0; k < a->rest; k++) widen(r, &w, sql_tail(n, a->first + k));
    }
    bool joins = r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_SPARK;
    SqlType t = w.values.untyped ? w.texts : w.values;
    if (joins && type_of_choice(r, w.args.at, (uint32_t)w.args.len).type == TYPE_TEXT)
        t = type_plain(TYPE_TEXT, false);
    t.not_null = some ? w.any : w.all;
    return t;
}

static bool is_among(const SqlFn *fn, const FnFamily *const *families, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const SqlFn *first = families[i]->fns;
        if (fn >= first && fn < first + families[i]->fn_count) return true;
    }
    return false;
}

// MySQL's SUM(d), ROUND(d): of the digits of a date.
static bool counts_digits(const Resolver *r, const SqlFn *fn, LogicalType t)
{
    static const FnFamily *const numbers[] = {&fn_math, &fn_number};
    bool moment = t == TYPE_DATE || t == TYPE_TIMESTAMP || t == TYPE_TIME;
    bool sums = fn->type[0] == '#' || is_among(fn, numbers, sizeof numbers / sizeof *numbers);
    return r->dialect == DIALECT_MYSQL && moment && sums;
}

// A spelling with a reader makes of the call what it likes; in these families always something of
// the type that the row says, where that does not follow the arguments.
static bool keeps_type(const SqlFn *fn)
{
    const FnFamily *const families[] = {&fn_choice, &fn_math,   &fn_number,
                                        &fn_print,  &fn_regexp, &fn_text};
    if (strchr("=~+#", fn->type[0])) return false;
    if (str_starts(str_from(fn->type), S("boolean"))) return true; // whoever reads it
    if (str_starts(str_from(fn->type), S("interval"))) return true;
    if (str_starts(str_from(fn->type), S("struct"))) return true;
    return is_among(fn, families, sizeof families / sizeof *families);
}

// What the catalogue says; false where it has no rule for the type.
static bool by_catalogue(const Resolver *r, const SqlNode *n, SqlType *out)
{
    FnFound f = fn_find(r->dialect, n);
    FnBound b;
    if (!f.fn || f.ambiguous || !f.fn->type || !*f.fn->type) return false;
    if (f.spelling->read && !keeps_type(f.fn)) return false;
    Str rule = str_from(f.fn->type);
    bool never = str_ends(rule, S("!")), some = str_ends(rule, S("?"));
    if (never || some) rule = str_slice(rule, 0, rule.len - 1);
    bool bound = fn_bind(&f, n, &b), follows = strchr("=~+", rule.ptr[0]) != NULL;
    if (follows && !bound) return false;
    int param = follows ? fn_param(f.fn, str_slice(rule, 1, rule.len)) : 0;
    if (rule.ptr[0] == '~') {
        *out = widest(r, n, &b, param, some);
        return true;
    }
    Resolver *ctx = (Resolver *)r; // only read
    LogicalType t = fn_result(&f, n, &b, type_of_arg, ctx);
    if (t == TYPE_UNKNOWN && !follows) return false;
    if (counts_digits(r, f.fn, t)) t = TYPE_INTEGER;
    *out = type_plain(t, never);
    const SqlNode *like = param >= 0 && bound ? b.at[param].node : NULL;
    SqlType from = of(r, like);
    if (follows && from.type == t) {
        out->element = from.element;
        out->fields = from.fields;
        out->document = from.document;
    } else if (t == TYPE_INTERVAL && strchr("#%", rule.ptr[0]) && sql_interval_kinds(r->dialect)) {
        const SqlNode *x = sql_tail_count(n) ? sql_tail(n, 0) : NULL; // SUM, AVG
        out->element = of(r, x).element;
        if (rule.ptr[0] == '%' && out->element) out->element = TYPE_INTEGER;
    } else if (t == TYPE_ARRAY && f.fn->class == FN_AGGREGATE) { // ARRAY_AGG(x)
        out->element = from.type;
        out->fields = from.fields;
    }
    return true;
}

static SqlType by_name(const Resolver *r, const SqlNode *n)
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

// ARRAY(SELECT x …)
static bool is_array_query(const SqlNode *n)
{
    return str_eq_nocase(n->text, S("ARRAY")) && sql_tail_count(n) == 1 &&
           sql_tail(n, 0)->kind == NODE_SUBQUERY;
}

// EXTRACT(YEAR FROM x): of seconds and epochs dialects make different numbers.
static bool is_whole_part(const SqlNode *n)
{
    static const char *const whole[] = {"YEAR", "QUARTER", "MONTH",  "WEEK",    "DAY",      "HOUR",
                                        "DOW",  "DOY",     "MINUTE", "ISOWEEK", "DAYOFWEEK"};
    if (!str_eq_nocase(n->text, S("EXTRACT")) || sql_tail_count(n) != 2) return false;
    const SqlNode *part = sql_tail(n, 0);
    Str word = part->kind == NODE_COLUMN ? sql_last(part)->text : part->text;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (str_eq_nocase(word, str_from(whole[i]))) return true;
    }
    return false;
}

static SqlType type_of_variable(const Resolver *r, const SqlNode *n)
{
    for (size_t i = 0; i < r->variables.len; i++) {
        const Variable *v = &r->variables.at[i];
        if (str_eq_nocase(v->name, sql_tail(n, 0)->text) && !v->mixed)
            return (SqlType){.type = v->type.type, .element = v->type.element};
    }
    return (SqlType){0};
}

// Arrays whose spellings have a reader: what they are made of tells what they hold.
static bool is_collected(const Resolver *r, const SqlNode *n, SqlType *out)
{
    static const struct {
        const char *name;
        LogicalType element; // TYPE_UNKNOWN: the type of the first argument
    } rows[] = {
        {"GENERATE_DATE_ARRAY", TYPE_DATE}, {"GENERATE_TIMESTAMP_ARRAY", TYPE_TIMESTAMP},
        {"GENERATE_ARRAY", TYPE_UNKNOWN},   {"SEQUENCE", TYPE_UNKNOWN},
        {"COLLECT_LIST", TYPE_UNKNOWN},     {"COLLECT_SET", TYPE_UNKNOWN},
        {"ARRAY_UNIQUE_AGG", TYPE_UNKNOWN}, {"ARRAY_AGG", TYPE_UNKNOWN},
        {"STRING_TO_ARRAY", TYPE_TEXT},     {"SPLIT", TYPE_TEXT},
        {"REGEXP_MATCH", TYPE_TEXT},        {"REGEXP_SPLIT_TO_ARRAY", TYPE_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FnFound f = fn_find(r->dialect, n);
        bool it = str_eq_nocase(n->text, str_from(rows[i].name)) && sql_tail_count(n);
        if (!it || !f.fn || f.ambiguous || !f.spelling->read) continue;
        SqlType first = of(r, sql_tail(n, 0));
        bool known = rows[i].element != TYPE_UNKNOWN;
        *out = (SqlType){.type = TYPE_ARRAY,
                         .element = known ? rows[i].element : first.type,
                         .fields = known ? NULL : first.fields};
        return true;
    }
    return false;
}

// BigQuery: EXTRACT(DATE FROM ts)
static bool is_day_part(const SqlNode *n)
{
    if (!str_eq_nocase(n->text, S("EXTRACT")) || sql_tail_count(n) != 2) return false;
    const SqlNode *part = sql_tail(n, 0);
    return str_eq_nocase(part->kind == NODE_COLUMN ? sql_last(part)->text : part->text, S("DATE"));
}

// PERCENTILE_DISC(p) WITHIN GROUP (ORDER BY x): one of the x, or between two of them.
static bool is_within(const Resolver *r, const SqlNode *n, SqlType *out)
{
    const SqlNode *order = n->child[CALL_WITHIN];
    bool cont = str_eq_nocase(n->text, S("PERCENTILE_CONT"));
    bool one = str_eq_nocase(n->text, S("PERCENTILE_DISC")) || str_eq_nocase(n->text, S("MODE"));
    if (!order || !sql_tail_count(order) || (!cont && !one)) return false;
    const SqlNode *item = sql_tail(order, 0);
    SqlType x = of(r, item->kind == NODE_ORDER_ITEM ? item->child[ONLY] : item);
    if (sql_tail_count(n) && of(r, sql_tail(n, 0)).type == TYPE_ARRAY) return false; // one for each
    LogicalType t = !cont || x.type == TYPE_INTERVAL ? x.type : TYPE_REAL;
    *out = (SqlType){.type = t, .element = x.element, .fields = x.fields};
    if (cont && t == TYPE_INTERVAL && !sql_interval_kinds(r->dialect)) out->element = TYPE_UNKNOWN;
    return true;
}

// EXPLODE(array) in a list of items: a row for each of its elements
static bool is_exploded(const Resolver *r, const SqlNode *n, SqlType *out)
{
    bool rows = str_eq_nocase(n->text, S("EXPLODE")) ||
                str_eq_nocase(n->text, S("EXPLODE_OUTER")) || str_eq_nocase(n->text, S("UNNEST"));
    SqlType array = rows && sql_tail_count(n) == 1 ? of(r, sql_tail(n, 0)) : (SqlType){0};
    if (array.type != TYPE_ARRAY || array.element == TYPE_UNKNOWN) return false;
    *out = (SqlType){.type = array.element, .fields = array.fields};
    return true;
}

// BigQuery: DATE_ADD(t, …) of a TIMESTAMP
static bool is_moved_timestamp(const Resolver *r, const SqlNode *n)
{
    bool adds = str_eq_nocase(n->text, S("DATE_ADD")) || str_eq_nocase(n->text, S("DATE_SUB"));
    return r->dialect == DIALECT_BIGQUERY && adds && sql_tail_count(n) == 2 &&
           of(r, sql_tail(n, 0)).type == TYPE_TIMESTAMP;
}

// DATE_TRUNC('hour', b - a)
static bool is_interval_trunc(const Resolver *r, const SqlNode *n)
{
    return str_eq_nocase(n->text, S("DATE_TRUNC")) && sql_tail_count(n) == 2 &&
           of(r, sql_tail(n, 1)).type == TYPE_INTERVAL;
}

// Postgres: UPPER(INT4RANGE(a, b))
static bool is_range_bound(const Resolver *r, const SqlNode *n, SqlType *out)
{
    static const struct {
        const char *name;
        LogicalType type;
    } ranges[] = {{"INT4RANGE", TYPE_INTEGER}, {"INT8RANGE", TYPE_INTEGER},
                  {"NUMRANGE", TYPE_REAL},     {"DATERANGE", TYPE_DATE},
                  {"TSRANGE", TYPE_TIMESTAMP}, {"TSTZRANGE", TYPE_TIMESTAMP}};
    bool bound = str_eq_nocase(n->text, S("UPPER")) || str_eq_nocase(n->text, S("LOWER"));
    const SqlNode *of = sql_tail_count(n) == 1 ? sql_tail(n, 0) : NULL;
    if (r->dialect != DIALECT_POSTGRES || !bound || !of || of->kind != NODE_CALL) return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (!str_eq_nocase(of->text, str_from(ranges[i].name))) continue;
        *out = type_plain(ranges[i].type, false);
        return true;
    }
    return false;
}

// DuckDB: AVG of dates and timestamps
static bool is_mean_moment(const Resolver *r, const SqlNode *n)
{
    if (r->dialect != DIALECT_DUCKDB || sql_tail_count(n) != 1) return false;
    LogicalType t = of(r, sql_tail(n, 0)).type;
    return str_eq_nocase(n->text, S("AVG")) && (t == TYPE_DATE || t == TYPE_TIMESTAMP);
}

// Postgres: REGEXP_MATCHES makes rows of arrays.
static bool is_match_set(const Resolver *r, const SqlNode *n)
{
    return r->dialect == DIALECT_POSTGRES && str_eq_nocase(n->text, S("REGEXP_MATCHES"));
}

static SqlType type_of_call(const Resolver *r, const SqlNode *n)
{
    SqlType t;
    if (is_interval_trunc(r, n)) return type_plain(TYPE_INTERVAL, false);
    if (is_moved_timestamp(r, n)) return type_plain(TYPE_TIMESTAMP, false);
    if (str_eq_nocase(n->text, S("DATE_TRUNC")) && sql_tail_count(n) == 3) // in a time zone
        return type_plain(TYPE_TIMESTAMP, false);
    if (is_range_bound(r, n, &t)) return t;
    if (is_mean_moment(r, n)) return type_plain(TYPE_TIMESTAMP, false);
    if (is_match_set(r, n)) return (SqlType){.type = TYPE_ARRAY, .element = TYPE_TEXT};
    if (is_within(r, n, &t) || is_exploded(r, n, &t)) return t;
    if (str_eq(n->text, S("@"))) return type_of_variable(r, n);
    if (is_whole_part(n)) return type_plain(TYPE_INTEGER, false);
    if (is_day_part(n)) return type_plain(TYPE_DATE, false);
    if (is_collected(r, n, &t)) return t;
    if (is_array_query(n)) {
        t = of(r, sql_tail(n, 0));
        return (SqlType){
            .type = TYPE_ARRAY, .not_null = true, .element = t.type, .fields = t.fields};
    }
    if (!by_catalogue(r, n, &t)) return by_name(r, n);
    // Postgres: a series in SELECT gives its members row by row.
    bool members = r->dialect == DIALECT_POSTGRES && str_eq_nocase(n->text, S("GENERATE_SERIES"));
    return members && sql_tail_count(n) ? type_plain(of(r, sql_tail(n, 0)).type, false) : t;
}

// Postgres: COUNT and SUM of integers are a bigint, SUM of those is a numeric (SqlType.element).
static void width_of_call(const Resolver *r, const SqlNode *n, SqlType *t)
{
    static const char *const counts[] = {"COUNT", "ROW_NUMBER", "RANK", "DENSE_RANK"};
    if (r->dialect != DIALECT_POSTGRES || t->type != TYPE_INTEGER) return;
    if (str_eq_nocase(n->text, S("SUM")) && sql_tail_count(n) == 1)
        t->element = of(r, sql_tail(n, 0)).element ? TYPE_REAL : TYPE_INTEGER;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (str_eq_nocase(n->text, str_from(counts[i]))) t->element = TYPE_INTEGER;
    }
}

SqlType infer_call(const Resolver *r, const SqlNode *n)
{
    SqlType t = type_of_call(r, n);
    document_of_call(r, n, &t);
    width_of_call(r, n, &t);
    return t;
}
