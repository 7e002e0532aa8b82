// fn_cast: values cast as the dialects cast them, and numbers as text.
//
// `how` is three letters: what is no number fails, is NULL, or counts as far as it is one (f n p);
// a text may have decimals or not (d x) where an integer is wanted; numbers are rounded or cut
// (r c).
#include "query/fn_number.h"
#include "query/fn_text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    sqlite3_context *c;
    sqlite3_value *at;
    char no, decimals, round, words;
} Cast;

static Cast cast_of(sqlite3_context *c, sqlite3_value *how, sqlite3_value *at)
{
    Str h = value_str(how);
    char letters[4] = {'f', 'x', 'r', 0};
    for (size_t i = 0; i < h.len && i < 4; i++) letters[i] = h.ptr[i];
    return (Cast){c, at, letters[0], letters[1], letters[2], letters[3]};
}

static void refuse(const Cast *k, sqlite3_value *v, const char *what)
{
    Str s = value_str(v);
    int shown = (int)(s.len > 40 ? 40 : s.len);
    if (k->no != 'n')
        fn_fail(k->c, k->at, "'%.*s' is no %s: the cast fails.", shown, s.len ? s.ptr : "", what);
}

// As many bytes at the start as are a number.
static Str number_prefix(Str s, bool whole)
{
    size_t i = 0, digits = 0;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) digits++;
    if (!whole && i < s.len && s.ptr[i] == '.') {
        size_t point = i++;
        for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) digits++;
        if (i == point + 1 && !digits) i = point;
    }
    if (!whole && digits && i < s.len && (s.ptr[i] | 0x20) == 'e') {
        size_t e = i + 1;
        if (e < s.len && (s.ptr[e] == '-' || s.ptr[e] == '+')) e++;
        if (e < s.len && s.ptr[e] >= '0' && s.ptr[e] <= '9') {
            while (e < s.len && s.ptr[e] >= '0' && s.ptr[e] <= '9') e++;
            i = e;
        }
    }
    return digits ? str_slice(s, 0, i) : (Str){0};
}

static Str without_plus(Str s)
{
    return s.len && s.ptr[0] == '+' ? str_slice(s, 1, s.len) : s;
}

static bool read_real(const Cast *k, sqlite3_value *v, double *out)
{
    int type = sqlite3_value_type(v);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        *out = sqlite3_value_double(v);
        return true;
    }
    Str s = str_trim(value_str(v)), prefix = number_prefix(s, false);
    bool all = prefix.len && prefix.len == s.len;
    if (k->no == 'p' && !prefix.len) {
        *out = 0;
        return true;
    }
    if (!all && k->no != 'p') return false;
    char text[400];
    if (prefix.len >= sizeof text) return false;
    memcpy(text, prefix.ptr, prefix.len);
    text[prefix.len] = 0;
    *out = strtod(text, NULL);
    return isfinite(*out);
}

static void out_of_range(const Cast *k)
{
    if (k->no != 'n') fn_fail(k->c, k->at, "The number is out of the range of an integer.");
}

static void whole(const Cast *k, double v)
{
    v = k->round == 'r' ? round_places(v, 0) : trunc(v);
    if (v >= -9223372036854775808.0 && v < 9223372036854775808.0) {
        sqlite3_result_int64(k->c, (sqlite3_int64)v);
    } else {
        out_of_range(k);
    }
}

static void cast_integer(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    int type = sqlite3_value_type(v[0]);
    int64_t i;
    double d;
    if (type == SQLITE_NULL) return;
    if (type == SQLITE_INTEGER) {
        sqlite3_result_int64(c, sqlite3_value_int64(v[0]));
        return;
    }
    if (type == SQLITE_TEXT && str_to_i64(value_bytes(v[0]), &i)) { // most are such
        sqlite3_result_int64(c, i);
        return;
    }
    Cast k = cast_of(c, v[1], v[2]);
    if (type == SQLITE_FLOAT) {
        whole(&k, sqlite3_value_double(v[0]));
        return;
    }
    Str s = str_trim(value_str(v[0]));
    if (k.no == 'p') s = number_prefix(s, true);
    if (k.no == 'p' && !s.len) {
        sqlite3_result_int(c, 0);
    } else if (str_to_i64(without_plus(s), &i)) {
        sqlite3_result_int64(c, i);
    } else if (k.decimals == 'd' && read_real(&k, v[0], &d)) {
        whole(&k, d);
    } else {
        refuse(&k, v[0], "integer");
    }
}

// (x, bits, how, at): an integer in the range of a type.
static void cast_small(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Cast k = cast_of(c, v[2], v[3]);
    int64_t x = sqlite3_value_int64(v[0]);
    int bits = sqlite3_value_int(v[1]);
    int64_t most = bits > 0 && bits < 64 ? ((int64_t)1 << (bits - 1)) - 1 : INT64_MAX;
    if (x <= most && x >= -most - 1) {
        sqlite3_result_int64(c, x);
    } else {
        out_of_range(&k);
    }
}

// (x, bits): the low bits of it, as Spark casts without ANSI.
static void cast_wrapped(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int bits = sqlite3_value_int(v[1]);
    if (bits < 1 || bits > 63) return;
    uint64_t x = (uint64_t)sqlite3_value_int64(v[0]), size = (uint64_t)1 << bits;
    uint64_t low = x & (size - 1);
    bool negative = low >> (bits - 1) & 1;
    sqlite3_result_int64(c, negative ? (int64_t)low - (int64_t)size : (int64_t)low);
}

static void cast_real(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Cast k = cast_of(c, v[1], v[2]);
    double d;
    if (read_real(&k, v[0], &d)) {
        sqlite3_result_double(c, d);
        return;
    }
    Str s = str_trim(value_str(v[0]));
    bool minus = s.len && s.ptr[0] == '-';
    if (minus) s = str_slice(s, 1, s.len);
    if (str_eq_nocase(s, S("inf")) || str_eq_nocase(s, S("infinity"))) {
        sqlite3_result_double(c, minus ? -INFINITY : INFINITY);
    } else if (!str_eq_nocase(s, S("nan"))) {
        refuse(&k, v[0], "number");
    }
}

// A whole number of at most so many digits: nothing of it is rounded.
static bool fits_whole(int64_t x, int64_t digits)
{
    static const int64_t tens[] = {1,
                                   10,
                                   100,
                                   1000,
                                   10000,
                                   100000,
                                   1000000,
                                   10000000,
                                   100000000,
                                   1000000000,
                                   10000000000,
                                   100000000000,
                                   1000000000000,
                                   10000000000000,
                                   100000000000000,
                                   1000000000000000}; // a double is exact so far
    int64_t last = sizeof tens / sizeof *tens - 1;
    int64_t most = tens[digits < 0 ? 0 : digits > last ? last : digits];
    return x < most && x > -most;
}

// (x, precision, scale, how, at)
static void cast_decimal(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    int type = sqlite3_value_type(v[0]);
    if (type == SQLITE_NULL) return;
    int64_t precision = sqlite3_value_int64(v[1]), scale = sqlite3_value_int64(v[2]);
    if (type == SQLITE_INTEGER && scale >= 0) {
        int64_t x = sqlite3_value_int64(v[0]);
        if (fits_whole(x, precision - scale)) {
            sqlite3_result_double(c, (double)x);
            return;
        }
    }
    Cast k = cast_of(c, v[3], v[4]);
    double d;
    if (!read_real(&k, v[0], &d)) {
        refuse(&k, v[0], "number");
        return;
    }
    d = round_places(d, scale);
    double most = pow(10, (double)(precision - scale));
    if (fabs(d) < most) {
        sqlite3_result_double(c, d);
    } else if (k.no == 'p') { // MySQL: the largest there is
        double top = most - pow(10, (double)-scale);
        sqlite3_result_double(c, d < 0 ? -top : top);
    } else if (k.no != 'n') {
        fn_fail(c, k.at, "The number %.15g does not fit into DECIMAL(%lld, %lld).", d,
                (long long)precision, (long long)scale);
    }
}

static bool one_of(Str s, const char *const *words)
{
    for (; *words; words++) {
        if (str_eq_nocase(s, str_from(*words))) return true;
    }
    return false;
}

static void cast_boolean(sqlite3_context *c, int n, sqlite3_value **v)
{
    static const char *const yes[] = {"true", "t", "yes", "y", "on", "1", NULL};
    static const char *const no[] = {"false", "f", "no", "n", "off", "0", NULL};
    if (fn_any_null(n, v)) return;
    Cast k = cast_of(c, v[1], v[2]);
    if (sqlite3_value_type(v[0]) != SQLITE_TEXT) {
        sqlite3_result_int(c, sqlite3_value_double(v[0]) != 0);
        return;
    }
    Str s = str_trim(value_str(v[0]));
    bool few = k.words == '2' && s.len < 4;
    if (!few && one_of(s, yes)) {
        sqlite3_result_int(c, 1);
    } else if (!few && one_of(s, no)) {
        sqlite3_result_int(c, 0);
    } else {
        refuse(&k, v[0], "boolean");
    }
}

// --- Numbers as text ---

// The fewest digits that read back as the same number, as "d.ddde±x".
static void shortest(double v, char *out, size_t size)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, size, "%.*e", digits - 1, v);
        if (strtod(out, NULL) == v) return;
    }
}

// how: (P)LAIN 1, 1e+15; (D)OTTED 1.0, 1e+15; (J)AVA 1.0, 1.0E7; (T)RINO 1.0E0, 1.0E7
static void write_real(double v, char how, char *out, size_t size)
{
    char e[40];
    shortest(v, e, sizeof e);
    char *mark = strchr(e, 'e');
    int exponent = mark ? (int)strtol(mark + 1, NULL, 10) : 0;
    if (mark) *mark = 0;
    size_t len = strlen(e);
    bool point = strchr(e, '.') != NULL;
    while (point && len && e[len - 1] == '0') e[--len] = 0;
    if (point && len && e[len - 1] == '.') e[--len] = 0;
    int digits = (int)len - (e[0] == '-') - (strchr(e, '.') != NULL);
    bool java = how == 'J' || how == 'T', far = exponent < -4 || exponent > 14;
    if (java) far = how == 'T' || exponent < -3 || exponent > 6;
    if (!far) {
        int places = digits - 1 - exponent;
        int least = how == 'P' ? 0 : 1;
        snprintf(out, size, "%.*f", places > least ? places : least, v);
    } else if (java) {
        snprintf(out, size, "%s%sE%d", e, strchr(e, '.') ? "" : ".0", exponent);
    } else {
        snprintf(out, size, "%se%+03d", e, exponent);
    }
}

static void real_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    char text[80];
    double d = sqlite3_value_double(v[0]);
    Str how = value_str(v[1]);
    if (sqlite3_value_type(v[0]) == SQLITE_TEXT) {
        sqlite3_result_value(c, v[0]);
    } else if (isinf(d)) {
        result_str(c, d > 0 ? S("Infinity") : S("-Infinity"));
    } else {
        write_real(d, how.len ? how.ptr[0] : 'P', text, sizeof text);
        result_str(c, str_from(text));
    }
}

static void fixed_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    char text[400];
    int64_t places = sqlite3_value_int64(v[1]);
    if (places < 0 || places > 38) places = 0;
    snprintf(text, sizeof text, "%.*f", (int)places,
             round_places(sqlite3_value_double(v[0]), places));
    result_str(c, str_from(text));
}

// '$1,234.50' by any format of digits: what is no part of a number falls away.
static void parse_number(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = str_trim(value_str(v[0]));
    sqlite3_str *b = build(c);
    bool minus = str_ends(s, S("-")) || (str_starts(s, S("<")) && str_ends(s, S(">")));
    if (minus) sqlite3_str_appendchar(b, 1, '-');
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.ptr[i];
        bool kept = (ch >= '0' && ch <= '9') || ch == '.' || (ch == '-' && !minus);
        bool dropped =
            ch == ',' || ch == '$' || ch == ' ' || ch == '+' || ch == '<' || ch == '>' || ch == '-';
        if (kept || !dropped) sqlite3_str_appendchar(b, 1, ch);
    }
    result_built(c, b);
}

static const QueryFn rows[] = {
    {.name = "gr_cast_boolean", .args = 3, .call = cast_boolean},
    {.name = "gr_cast_decimal", .args = 5, .call = cast_decimal},
    {.name = "gr_cast_integer", .args = 3, .call = cast_integer},
    {.name = "gr_cast_real", .args = 3, .call = cast_real},
    {.name = "gr_cast_small", .args = 4, .call = cast_small},
    {.name = "gr_cast_wrapped", .args = 2, .call = cast_wrapped},
    {.name = "gr_fixed_text", .args = 2, .call = fixed_text},
    {.name = "gr_parse_number", .args = 2, .call = parse_number},
    {.name = "gr_real_text", .args = 2, .call = real_text},
};
const QueryFns fn_casts = {rows, sizeof rows / sizeof *rows};
