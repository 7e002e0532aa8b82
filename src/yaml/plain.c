// plain: what YAML 1.2 reads in a plain scalar of a declared type, and what YAML 1.1 would read.
//
// Sources: YAML 1.2.2 §10.3.2 (core schema); for 1.1 the types of yaml.org/type as PyYAML resolves
// them, since that is the reader an author is likely to check a pack with.
#include "base/json.h"
#include "yaml/private.h"
#include <math.h>
#include <string.h>

static bool one_of(Str s, const char *const *words)
{
    for (; *words; words++) {
        if (str_eq(s, str_from(*words))) return true;
    }
    return false;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

// How many of the first characters of `s` stand in `set`.
static size_t run(Str s, const char *set)
{
    size_t n = 0;
    while (n < s.len && s.ptr[n] && strchr(set, s.ptr[n])) n++;
    return n;
}

static Str rest(Str s, size_t n)
{
    return str_slice(s, n, s.len);
}

static Str unsigned_part(Str s, bool *minus)
{
    *minus = s.len && s.ptr[0] == '-';
    return s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? rest(s, 1) : s;
}

// Digits of a base, '_' skipped; false when the number does not fit.
static bool digits_value(Str s, unsigned base, uint64_t *out)
{
    uint64_t v = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '_') continue;
        unsigned d = digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
        if (v > ((uint64_t)INT64_MAX - d) / base) return false;
        v = v * base + d;
    }
    *out = v;
    return true;
}

// ---- YAML 1.2 -----------------------------------------------------------------------------------
static const struct {
    const char *prefix, *digits;
    unsigned base;
} bases12[] = {{"0o", "01234567", 8}, {"0x", "0123456789abcdefABCDEF", 16}};

bool yaml12_integer(Str plain, int64_t *out)
{
    for (size_t i = 0; i < sizeof bases12 / sizeof *bases12; i++) {
        if (!str_starts(plain, str_from(bases12[i].prefix))) continue;
        Str body = rest(plain, 2);
        uint64_t v;
        if (!body.len || run(body, bases12[i].digits) != body.len) return false;
        if (!digits_value(body, bases12[i].base, &v)) return false;
        *out = (int64_t)v;
        return true;
    }
    return str_to_i64(plain, out);
}

bool yaml12_real(Str plain, double *out)
{
    double v; // str_to_f64 takes just the shape of YAML 1.2, but not .inf and .nan
    if (!str_to_f64(plain, &v) || !isfinite(v)) return false;
    *out = v;
    return true;
}

bool yaml12_boolean(Str plain, bool *out)
{
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};
    if (!one_of(plain, yes) && !one_of(plain, no)) return false;
    *out = one_of(plain, yes);
    return true;
}

bool yaml12_nothing(Str plain)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return one_of(plain, words);
}

// ---- YAML 1.1 -----------------------------------------------------------------------------------
// [0-9][0-9_]*(:[0-5]?[0-9])+ : base sixty, as in 12:30. Nothing else is counted when it does not
// fit.
static bool sexagesimal(Str s, uint64_t *out)
{
    size_t n = run(s, "0123456789_");
    if (!n || s.ptr[0] == '_' || s.ptr[0] == '0' || n > 12 || n == s.len) return false;
    if (!digits_value(str_slice(s, 0, n), 10, out)) return false;
    for (s = rest(s, n); s.len; s = rest(s, 1 + n)) {
        n = s.ptr[0] == ':' ? run(rest(s, 1), "0123456789") : 0;
        uint64_t part;
        if (n < 1 || n > 2 || (n == 2 && s.ptr[1] > '5')) return false;
        if (!digits_value(str_slice(s, 1, 1 + n), 10, &part)) return false;
        if (*out > (uint64_t)INT64_MAX / 60 - 60) return false;
        *out = *out * 60 + part;
    }
    return true;
}

static const struct {
    const char *prefix, *digits;
    unsigned base;
} bases11[] = {{"0b", "01_", 2}, {"0x", "0123456789abcdefABCDEF_", 16}, {"0", "01234567_", 8}};

static bool integer11(Str s, uint64_t *out)
{
    if (s.len && s.ptr[0] >= '1' && s.ptr[0] <= '9' && run(s, "0123456789_") == s.len) {
        return digits_value(s, 10, out);
    }
    for (size_t i = 0; i < sizeof bases11 / sizeof *bases11; i++) {
        Str prefix = str_from(bases11[i].prefix);
        Str body = rest(s, prefix.len);
        if (!str_starts(s, prefix) || !body.len || run(body, bases11[i].digits) != body.len) {
            continue;
        }
        return digits_value(body, bases11[i].base, out);
    }
    return sexagesimal(s, out);
}

// [0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)? : the dot and the sign of the exponent are compulsory.
bool yaml11_has_real(Str plain)
{
    bool minus;
    Str s = unsigned_part(plain, &minus);
    size_t whole = run(s, "0123456789_");
    s = rest(s, whole);
    if (!s.len || s.ptr[0] != '.') return false;
    size_t fraction = run(rest(s, 1), "0123456789_");
    if (!whole && !fraction) return false;
    s = rest(s, 1 + fraction);
    if (!s.len) return true;
    if (s.len < 3 || (s.ptr[0] | 0x20) != 'e' || (s.ptr[1] != '-' && s.ptr[1] != '+')) return false;
    return run(rest(s, 2), "0123456789") == s.len - 2;
}

static Str changed(Str was, Str is)
{
    return str_eq(was, is) ? S("") : is;
}

Str yaml11_changes(Arena *a, Str plain)
{
    static const char *const yes[] = {"yes", "Yes",  "YES",  "on",   "On",
                                      "ON",  "true", "True", "TRUE", NULL};
    static const char *const no[] = {"no",  "No",    "NO",    "off",   "Off",
                                     "OFF", "false", "False", "FALSE", NULL};
    if (one_of(plain, yes)) return S("true");
    if (one_of(plain, no)) return S("false");
    if (yaml12_nothing(plain)) return S("nothing");
    bool minus;
    uint64_t v;
    if (integer11(unsigned_part(plain, &minus), &v)) {
        return changed(plain, str_fmt(a, "%s%llu", minus ? "-" : "", (unsigned long long)v));
    }
    double real;
    if (yaml11_has_real(plain) && yaml12_real(plain, &real)) {
        return changed(plain, real_text(a, real));
    }
    return S("");
}
