// fn_whole: sums and products of integers that home would not let grow beyond their type.
#include "query/fn_text.h"
#include <inttypes.h>
#include <string.h>

typedef struct {
    const char *home, *title, *says; // + the operation, where %s stands
} Words;

static const Words words[] = {
    {"postgres", "Postgres", "%s out of range"},
    {"mysql", "MySQL", "BIGINT value is out of range"},
    {"bigquery", "BigQuery", "int64 overflow"},
    {"trino", "Trino", "%s %s overflow"},
    {"duckdb", "DuckDB", "Overflow in %s of %s"},
};

static const char *operation(char op)
{
    return op == '+' ? "addition" : op == '-' ? "subtraction" : "multiplication";
}

static void too_large(sqlite3_context *c, sqlite3_value **v, char op, bool narrow)
{
    Str home = value_str(v[3]);
    long long a = sqlite3_value_int64(v[1]), b = sqlite3_value_int64(v[2]);
    char said[120] = "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const Words *w = &words[i];
        if (!str_eq(home, str_from(w->home))) continue;
        const char *type = narrow ? "integer" : "bigint", *does = operation(op);
        bool duck = w->home[0] == 'd', trino = w->home[0] == 't';
        char text[80];
        sqlite3_snprintf((int)sizeof text, text, w->says, duck ? does : type,
                         duck    ? (narrow ? "INT32" : "INT64")
                         : trino ? does
                                 : "");
        sqlite3_snprintf((int)sizeof said, said, " (%s: %s)", w->title, text);
    }
    fn_fail(c, v[5], "%lld %c %lld is too large for %s.%s", a, op, b,
            narrow ? "an integer of 32 bits" : "an integer of 64 bits", said);
}

static bool compute(char op, int64_t a, int64_t b, int64_t *out) // true: wrapped
{
    return op == '+'   ? __builtin_add_overflow(a, b, out)
           : op == '-' ? __builtin_sub_overflow(a, b, out)
                       : __builtin_mul_overflow(a, b, out);
}

static void whole(sqlite3_context *c, int n, sqlite3_value **v) // op, a, b, home, bits, at
{
    (void)n;
    if (fn_any_null(4, v)) return;
    Str op = value_str(v[0]);
    bool narrow = sqlite3_value_int(v[4]) == 32;
    int64_t r = 0;
    bool wraps = compute(op.ptr[0], sqlite3_value_int64(v[1]), sqlite3_value_int64(v[2]), &r);
    bool beyond = wraps || (narrow && (r > INT32_MAX || r < INT32_MIN));
    bool spark = str_eq(value_str(v[3]), S("spark")); // without ANSI: from below again
    if (beyond && !spark) {
        too_large(c, v, op.ptr[0], narrow);
    } else {
        sqlite3_result_int64(c, narrow ? (int32_t)(uint32_t)(uint64_t)r : r);
    }
}

static const QueryFn rows[] = {{.name = "gr_whole", .args = 6, .call = whole}};
const QueryFns fn_wholes = {rows, sizeof rows / sizeof *rows};
