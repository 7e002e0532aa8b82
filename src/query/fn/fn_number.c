// fn_number: arithmetic as the dialects mean it.
#include "query/fn_number.h"
#include "query/fn.h"
#include <math.h>
#include <stdint.h>

// What the text said x / 0 is; `at` is the place of the division.
static void by_zero(sqlite3_context *c, double a, sqlite3_value *how, sqlite3_value *at)
{
    const unsigned char *word = sqlite3_value_text(how);
    switch (word ? word[0] : 'N') {
    case 'F':
        fn_fail(c, at, "Division by zero.");
        break;
    case 'I':
        if (a == 0) return; // not a number: SQLite has none but NULL
        sqlite3_result_double(c, a > 0 ? INFINITY : -INFINITY);
        break;
    case 'Z':
        sqlite3_result_double(c, 0);
        break;
    default:
        break; // NULL
    }
}

static void divide(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_any_null(2, v)) return;
    double a = sqlite3_value_double(v[0]), b = sqlite3_value_double(v[1]);
    if (b == 0) {
        by_zero(c, a, v[2], v[3]);
    } else {
        sqlite3_result_double(c, a / b);
    }
}

static bool are_integers(sqlite3_value **v)
{
    return sqlite3_value_numeric_type(v[0]) == SQLITE_INTEGER &&
           sqlite3_value_numeric_type(v[1]) == SQLITE_INTEGER;
}

static void divide_whole(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_any_null(2, v)) return;
    if (!are_integers(v)) {
        double a = sqlite3_value_double(v[0]), b = sqlite3_value_double(v[1]), q = trunc(a / b);
        if (b == 0) {
            by_zero(c, a, v[2], v[3]);
        } else if (fabs(q) < 9e18) {
            sqlite3_result_int64(c, (sqlite3_int64)q);
        } else {
            sqlite3_result_double(c, q);
        }
        return;
    }
    int64_t a = sqlite3_value_int64(v[0]), b = sqlite3_value_int64(v[1]);
    if (b == 0) {
        by_zero(c, (double)a, v[2], v[3]);
    } else if (a == INT64_MIN && b == -1) {
        fn_fail(c, v[3], "The result of the division is out of range.");
    } else {
        sqlite3_result_int64(c, a / b);
    }
}

static void modulo(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_any_null(2, v)) return;
    double x = sqlite3_value_double(v[0]), y = sqlite3_value_double(v[1]);
    if (y == 0) {
        by_zero(c, x, v[2], v[3]);
    } else if (are_integers(v)) {
        int64_t a = sqlite3_value_int64(v[0]), b = sqlite3_value_int64(v[1]);
        sqlite3_result_int64(c, b == -1 ? 0 : a % b); // the lowest integer has no negative
    } else {
        sqlite3_result_double(c, fmod(x, y));
    }
}

static void bit_xor(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    sqlite3_result_int64(c, sqlite3_value_int64(v[0]) ^ sqlite3_value_int64(v[1]));
}

// A double that is a decimal at home: without what is behind its places. SQLite's round() goes by
// way of a text, which costs five times as much.
static void exact(sqlite3_context *c, int n, sqlite3_value **v) // x, places
{
    if (fn_any_null(n, v)) return;
    sqlite3_result_double(c, round_places(sqlite3_value_double(v[0]), sqlite3_value_int(v[1])));
}

static const QueryFn rows[] = {
    {.name = "gr_bit_xor", .args = 2, .call = bit_xor},
    {.name = "gr_divide", .args = 4, .call = divide},
    {.name = "gr_divide_whole", .args = 4, .call = divide_whole},
    {.name = "gr_exact", .args = 2, .call = exact},
    {.name = "gr_modulo", .args = 4, .call = modulo},
};
const QueryFns fn_numbers = {rows, sizeof rows / sizeof *rows};
