// Str: a borrowed, length-bounded slice of bytes.
#include "base/str.h"
#include "base/buf.h"
#include "base/check.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

Str str_from(const char *cstr)
{
    return cstr ? (Str){cstr, strlen(cstr)} : (Str){0};
}

Str str_copy(Arena *a, Str s)
{
    char *p = arena_array(a, char, s.len + 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    return (Str){p, s.len};
}

const char *str_c(Arena *a, Str s)
{
    return str_copy(a, s).ptr;
}

Str str_fmt(Arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    CHECK(n >= 0);
    char *p = arena_array(a, char, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (Str){p, (size_t)n};
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(Str a, Str b)
{
    if (a.len != b.len) return false;
    // From the end: names that come in numbers, c1 to c9999, differ there.
    for (size_t i = a.len; i-- > 0;) {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    }
    return true;
}

int str_cmp(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int d = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return d ? d : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){s.ptr, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq((Str){s.ptr + s.len - suffix.len, suffix.len}, suffix);
}

bool str_find(Str s, Str needle, size_t *at)
{
    for (size_t i = 0; i + needle.len <= s.len; i++) {
        if (needle.len && memcmp(s.ptr + i, needle.ptr, needle.len) != 0) continue;
        if (at) *at = i;
        return true;
    }
    return false;
}

Str str_slice(Str s, size_t from, size_t to)
{
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    return s.ptr ? (Str){s.ptr + from, to - from} : (Str){0};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str s)
{
    while (s.len && is_space(s.ptr[0])) s = str_slice(s, 1, s.len);
    while (s.len && is_space(s.ptr[s.len - 1])) s.len--;
    return s;
}

Str str_lower(Arena *a, Str s)
{
    char *p = arena_array(a, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++) p[i] = lower(s.ptr[i]);
    return (Str){p, s.len};
}

Str str_upper(Arena *a, Str s)
{
    char *p = arena_array(a, char, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        p[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (Str){p, s.len};
}

bool str_cut(Str s, char sep, Str *head, Str *rest)
{
    const char *p = s.len ? memchr(s.ptr, sep, s.len) : NULL;
    size_t at = p ? (size_t)(p - s.ptr) : s.len;
    *head = str_slice(s, 0, at);
    *rest = p ? str_slice(s, at + 1, s.len) : (Str){0};
    return p != NULL;
}

bool str_line(Str *rest, Str *line)
{
    if (rest->len == 0) return false;
    str_cut(*rest, '\n', line, rest);
    if (line->len && line->ptr[line->len - 1] == '\r') line->len--;
    return true;
}

Str str_join(Arena *a, StrList parts, Str glue)
{
    Buf b = buf_new(a);
    for (size_t i = 0; i < parts.len; i++) {
        if (i) buf_add(&b, glue);
        buf_add(&b, parts.at[i]);
    }
    return buf_str(&b);
}

bool str_to_i64(Str s, int64_t *out)
{
    size_t i = 0;
    bool minus = s.len && s.ptr[0] == '-';
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) i++;
    if (i == s.len) return false;
    int64_t v = 0; // kept negative: INT64_MIN has no positive twin
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if (c < '0' || c > '9') return false;
        if (__builtin_mul_overflow(v, (int64_t)10, &v)) return false;
        if (__builtin_sub_overflow(v, (int64_t)(c - '0'), &v)) return false;
    }
    if (!minus && v == INT64_MIN) return false;
    *out = minus ? v : -v;
    return true;
}

// The shape of a real, checked before strtod so that hex, inf, nan and locale tricks never reach
// it.
static bool real_shape(Str s)
{
    size_t i = 0, digits = 0;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) digits++;
    if (i < s.len && s.ptr[i] == '.') {
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) digits++;
    }
    if (!digits) return false;
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        i++;
        if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
        if (i == s.len) return false;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9') i++;
    }
    return i == s.len;
}

bool str_to_f64(Str s, double *out)
{
    char text[64];
    if (!real_shape(s) || s.len >= sizeof text) return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    *out = strtod(text, NULL); // LC_NUMERIC is never set: see main.c
    return true;
}

uint64_t str_hash(Str s)
{
    return XXH3_64bits(s.len ? s.ptr : "", s.len);
}

enum { NEAREST_MAX = 64 };

// Optimal string alignment (Damerau–Levenshtein without overlapping swaps), two rows and one for
// swaps.
static size_t distance(Str a, Str b)
{
    size_t row[3][NEAREST_MAX + 1];
    for (size_t j = 0; j <= b.len; j++) row[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *now = row[i % 3], *up = row[(i + 2) % 3], *upper = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = lower(a.ptr[i - 1]), y = lower(b.ptr[j - 1]);
            size_t best = up[j - 1] + (x != y);
            if (up[j] + 1 < best) best = up[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && x == lower(b.ptr[j - 2]) && lower(a.ptr[i - 2]) == y;
            if (swapped && upper[j - 2] + 1 < best) best = upper[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a.len % 3][b.len];
}

enum { NEAREST_PART = 3 }; // letters that say something

static bool is_alnum(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

// `part` in `whole` from the start of a word of it, and to its end where `whole_words` says so.
static bool is_part(Str part, Str whole, bool whole_words)
{
    for (size_t at = 0; part.len >= NEAREST_PART && at + part.len <= whole.len; at++) {
        if (at > 0 && is_alnum(whole.ptr[at - 1])) continue;
        size_t end = at + part.len;
        if (whole_words && end < whole.len && is_alnum(whole.ptr[end])) continue;
        if (str_eq_nocase(part, str_slice(whole, at, end))) return true;
    }
    return false;
}

// The shortest member of which `s` is a part, or that is words of `s`.
static Str nearest_part(Str s, StrList list)
{
    Str best = {0};
    for (size_t i = 0; i < list.len; i++) {
        Str one = list.at[i];
        if (one.len > NEAREST_MAX || (best.len && best.len <= one.len)) continue;
        if (is_part(s, one, false) || is_part(one, s, true)) best = one;
    }
    return best;
}

Str str_nearest(Str s, StrList list)
{
    Str best = {0};
    size_t limit = s.len / 3 + 1;
    if (s.len == 0 || s.len > NEAREST_MAX) return best;
    for (size_t i = 0; i < list.len; i++) {
        Str one = list.at[i];
        if (one.len > NEAREST_MAX) continue;
        size_t d = distance(s, one);
        // Letters left out of a longer name: amnt for amount.
        bool cut = !best.len && one.len == s.len + d && d <= one.len / 3 && d < s.len &&
                   lower(one.ptr[0]) == lower(s.ptr[0]);
        if (d < limit || cut) {
            limit = d;
            best = list.at[i];
        }
    }
    return best.len ? best : nearest_part(s, list);
}
