// fn_math: rounding, roots, logarithms and what else numbers are asked for.
#include "query/fn_number.h"
#include "query/fn_text.h"
#include <math.h>

// --- Rounding ---

static void rounded(sqlite3_context *c, int n, sqlite3_value **v, double (*f)(double, long long))
{
    if (fn_any_null(n, v)) return;
    int64_t places = n > 1 ? sqlite3_value_int64(v[1]) : 0;
    bool integer = sqlite3_value_numeric_type(v[0]) == SQLITE_INTEGER;
    if (integer && places >= 0) {
        sqlite3_result_int64(c, sqlite3_value_int64(v[0]));
        return;
    }
    double r = f(sqlite3_value_double(v[0]), places);
    if (integer && fabs(r) < 9e18) {
        sqlite3_result_int64(c, (sqlite3_int64)r);
    } else {
        sqlite3_result_double(c, r);
    }
}
static void round_to(sqlite3_context *c, int n, sqlite3_value **v)
{
    rounded(c, n, v, round_places);
}
static void round_even(sqlite3_context *c, int n, sqlite3_value **v)
{
    rounded(c, n, v, even_places);
}
static void truncate_to(sqlite3_context *c, int n, sqlite3_value **v)
{
    rounded(c, n, v, cut_places);
}
static void floor_to(sqlite3_context *c, int n, sqlite3_value **v)
{
    rounded(c, n, v, floor_places);
}
static void ceil_to(sqlite3_context *c, int n, sqlite3_value **v)
{
    rounded(c, n, v, ceil_places);
}

// --- Roots and logarithms: (…, beyond, at) ---

static void result_real(sqlite3_context *c, double d)
{
    if (!isnan(d)) sqlite3_result_double(c, d); // SQLite has NULL for it
}

static bool fails(sqlite3_value *beyond)
{
    Str word = value_str(beyond);
    return word.len && word.ptr[0] == 'F';
}

static void square_root(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    double d = sqlite3_value_double(v[0]);
    if (d < 0 && fails(v[1])) {
        fn_fail(c, v[2], "A negative number has no square root.");
    } else {
        result_real(c, sqrt(d));
    }
}

static void logarithm(sqlite3_context *c, double base, double x, sqlite3_value *beyond,
                      sqlite3_value *at)
{
    Str word = value_str(beyond);
    bool limit = word.len && word.ptr[0] == 'L';
    if (x > 0 && base > 0) {
        double r = base == 10 ? log10(x) : base == 2 ? log2(x) : log(x) / log(base);
        result_real(c, r);
    } else if (fails(beyond)) {
        fn_fail(c, at, x == 0 ? "Zero has no logarithm." : "A negative number has no logarithm.");
    } else if (limit && x == 0) {
        sqlite3_result_double(c, -INFINITY);
    }
}
static void natural(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    double x = sqlite3_value_double(v[0]);
    if (x > 0) {
        sqlite3_result_double(c, log(x));
    } else {
        logarithm(c, 2, x, v[1], v[2]);
    }
}
static void log_base(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    logarithm(c, sqlite3_value_double(v[0]), sqlite3_value_double(v[1]), v[2], v[3]);
}

static void cube_root(sqlite3_context *c, int n, sqlite3_value **v)
{
    // The plain one misses by a last place: 27 has the root 3.
    if (!fn_any_null(n, v)) result_real(c, (double)cbrtl(sqlite3_value_double(v[0])));
}

// --- Integers ---

static void factorial(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int64_t k = sqlite3_value_int64(v[0]), r = 1;
    if (k < 0 || k > 20) {
        fn_fail(c, v[1], "The factorial of %lld is not an integer that is supported here.",
                (long long)k);
        return;
    }
    for (int64_t i = 2; i <= k; i++) r *= i;
    sqlite3_result_int64(c, r);
}

static uint64_t size_of(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static uint64_t divisor(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static void gcd(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    uint64_t g = divisor(size_of(sqlite3_value_int64(v[0])), size_of(sqlite3_value_int64(v[1])));
    sqlite3_result_int64(c, g > INT64_MAX ? INT64_MAX : (sqlite3_int64)g);
}

static void lcm(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    uint64_t a = size_of(sqlite3_value_int64(v[0])), b = size_of(sqlite3_value_int64(v[1]));
    uint64_t g = divisor(a, b), r;
    if (!g) {
        sqlite3_result_int(c, 0);
    } else if (__builtin_mul_overflow(a / g, b, &r) || r > INT64_MAX) {
        fn_fail(c, v[2], "The least common multiple is out of range.");
    } else {
        sqlite3_result_int64(c, (sqlite3_int64)r);
    }
}

// (x, from, to): digits of one base in those of another.
static void base_to_base(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int64_t from = sqlite3_value_int64(v[1]), to = sqlite3_value_int64(v[2]);
    if (from < 2 || from > 36 || to < 2 || to > 36) return;
    Str s = str_trim(value_str(v[0]));
    bool minus = s.len && s.ptr[0] == '-';
    uint64_t value = 0;
    for (size_t i = minus; i < s.len; i++) {
        char ch = s.ptr[i];
        int digit = ch >= '0' && ch <= '9' ? ch - '0' : (ch | 0x20) - 'a' + 10;
        bool is_digit = digit >= 0 && digit < from && (ch <= '9' || (ch | 0x20) >= 'a');
        if (!is_digit) break; // what follows does not count
        value = value * (uint64_t)from + (uint64_t)digit;
    }
    if (minus) value = 0 - value;
    char out[64];
    size_t at = sizeof out;
    do {
        out[--at] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % (uint64_t)to];
        value /= (uint64_t)to;
    } while (value);
    result_str(c, (Str){out + at, sizeof out - at});
}

static void bit_count(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    sqlite3_result_int(c, __builtin_popcountll((unsigned long long)sqlite3_value_int64(v[0])));
}

static void modulo_positive(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    bool whole = sqlite3_value_numeric_type(v[0]) == SQLITE_INTEGER &&
                 sqlite3_value_numeric_type(v[1]) == SQLITE_INTEGER;
    double x = sqlite3_value_double(v[0]), y = sqlite3_value_double(v[1]);
    if (y == 0) return;
    if (!whole) {
        sqlite3_result_double(c, fmod(fmod(x, y) + y, y));
        return;
    }
    int64_t a = sqlite3_value_int64(v[0]), b = sqlite3_value_int64(v[1]);
    int64_t r = b == -1 ? 0 : a % b;
    sqlite3_result_int64(c, r < 0 && b > 0 ? r + b : r);
}

// --- Histograms ---

static void width_bucket(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    double x = sqlite3_value_double(v[0]), low = sqlite3_value_double(v[1]);
    double high = sqlite3_value_double(v[2]);
    int64_t count = sqlite3_value_int64(v[3]);
    if (count < 1 || low == high || count > 1000000000) {
        fn_fail(c, v[4], "WIDTH_BUCKET needs two different bounds and at least one bucket.");
        return;
    }
    double share = (x - low) / (high - low);
    if (share < 0) {
        sqlite3_result_int(c, 0);
    } else if (share >= 1) {
        sqlite3_result_int64(c, count + 1);
    } else {
        sqlite3_result_int64(c, (int64_t)floor(share * (double)count) + 1);
    }
}

static const QueryFn rows[] = {
    {.name = "gr_bit_count", .args = 1, .call = bit_count},
    {.name = "gr_cbrt", .args = 1, .call = cube_root},
    {.name = "gr_ceil", .args = 1, .most = 2, .call = ceil_to},
    {.name = "gr_conv", .args = 3, .call = base_to_base},
    {.name = "gr_factorial", .args = 2, .call = factorial},
    {.name = "gr_floor", .args = 1, .most = 2, .call = floor_to},
    {.name = "gr_gcd", .args = 2, .call = gcd},
    {.name = "gr_lcm", .args = 3, .call = lcm},
    {.name = "gr_ln", .args = 3, .call = natural},
    {.name = "gr_log", .args = 4, .call = log_base},
    {.name = "gr_modulo_positive", .args = 2, .call = modulo_positive},
    {.name = "gr_round", .args = 1, .most = 2, .call = round_to},
    {.name = "gr_round_even", .args = 1, .most = 2, .call = round_even},
    {.name = "gr_sqrt", .args = 3, .call = square_root},
    {.name = "gr_truncate", .args = 1, .most = 2, .call = truncate_to},
    {.name = "gr_width_bucket", .args = 5, .call = width_bucket},
};
const QueryFns fn_maths = {rows, sizeof rows / sizeof *rows};
