// fn_url: the parts of an address: scheme://user@host:port/path?query#fragment (RFC 3986).
#include "query/fn_text.h"
#include <stddef.h>
#include <string.h>

typedef struct {
    Str scheme, authority, user, host, port, path, query, fragment; // ptr NULL: it is not there
} Url;

static Str before(Str s, const char *marks, Str *rest)
{
    size_t n = 0;
    while (n < s.len && !strchr(marks, s.ptr[n])) n++;
    *rest = str_slice(s, n, s.len);
    return str_slice(s, 0, n);
}

static void read_authority(Url *u)
{
    Str rest = u->authority;
    size_t at;
    if (str_find(rest, S("@"), &at)) {
        u->user = str_slice(rest, 0, at);
        rest = str_slice(rest, at + 1, rest.len);
    }
    u->host = before(rest, ":", &rest);
    if (rest.len) u->port = str_slice(rest, 1, rest.len);
}

// False when it has no scheme: then it is no address.
static bool url_read(Str s, Url *u)
{
    *u = (Url){0};
    size_t colon;
    s = str_trim(s);
    if (!str_find(s, S(":"), &colon) || !colon) return false;
    u->scheme = str_slice(s, 0, colon);
    if (strcspn(u->scheme.ptr, "/?#") < colon) return false;
    s = str_slice(s, colon + 1, s.len);
    if (str_starts(s, S("//"))) {
        u->authority = before(str_slice(s, 2, s.len), "/?#", &s);
        read_authority(u);
    }
    u->path = before(s, "?#", &s);
    if (s.len && s.ptr[0] == '?') u->query = before(str_slice(s, 1, s.len), "#", &s);
    if (s.len) u->fragment = str_slice(s, 1, s.len);
    return true;
}

// The value of a key in a=1&b=2.
static bool parameter(Str query, Str key, Str *out)
{
    Str pair, name;
    for (bool more = query.len > 0; more;) {
        more = str_cut(query, '&', &pair, &query);
        bool valued = str_cut(pair, '=', &name, out);
        if (!valued) *out = S("");
        if (str_eq(name, key)) return true;
    }
    return false;
}

static int hex_of(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits, c | 0x20);
    return c && at ? (int)(at - digits) : -1;
}

// %41 is A, + a space where it stands for one.
static void result_decoded(sqlite3_context *c, Str s, bool plus)
{
    sqlite3_str *b = build(c);
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len ? hex_of(s.ptr[i + 1]) : -1,
            low = high < 0 ? -1 : hex_of(s.ptr[i + 2]);
        if (s.ptr[i] == '%' && low >= 0) {
            sqlite3_str_appendchar(b, 1, (char)(high * 16 + low));
            i += 2;
        } else {
            sqlite3_str_appendchar(b, 1, plus && s.ptr[i] == '+' ? ' ' : s.ptr[i]);
        }
    }
    result_built(c, b);
}

static const struct {
    const char *name;
    size_t at;
} parts[] = {
    {"AUTHORITY", offsetof(Url, authority)}, {"FRAGMENT", offsetof(Url, fragment)},
    {"HOST", offsetof(Url, host)},           {"PATH", offsetof(Url, path)},
    {"PORT", offsetof(Url, port)},           {"PROTOCOL", offsetof(Url, scheme)},
    {"QUERY", offsetof(Url, query)},         {"REF", offsetof(Url, fragment)},
    {"USERINFO", offsetof(Url, user)},
};

// url, which part; '' instead of NULL for one that is not there when a third argument says so.
static void part_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    Url u;
    if (fn_any_null(2, v) || !url_read(value_str(v[0]), &u)) return;
    Str part = value_str(v[1]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!str_eq(part, str_from(parts[i].name))) continue;
        Str found = *(const Str *)((const char *)&u + parts[i].at);
        if (found.ptr) {
            result_str(c, found);
        } else if (n > 2) {
            result_str(c, S(""));
        }
    }
}

// url, key, whether %41 is read as A
static void parameter_of(sqlite3_context *c, int n, sqlite3_value **v)
{
    Url u;
    Str value;
    if (fn_any_null(n, v) || !url_read(value_str(v[0]), &u)) return;
    if (!parameter(u.query, value_str(v[1]), &value)) return;
    if (sqlite3_value_int(v[2])) {
        result_decoded(c, value, true);
    } else {
        result_str(c, value);
    }
}

static void decode(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    result_decoded(c, value_str(v[0]), str_eq(value_str(v[1]), S("FORM")));
}

// FORM: a blank is +, and * is kept; PLAIN: a blank is %20, and ~ is kept (RFC 3986).
static void encode(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    bool form = str_eq(value_str(v[1]), S("FORM"));
    sqlite3_str *b = build(c);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char x = (unsigned char)s.ptr[i];
        bool word = (x >= '0' && x <= '9') || ((x | 0x20) >= 'a' && (x | 0x20) <= 'z');
        if (word || (x && strchr(form ? "-_.*" : "-_.~", x))) {
            sqlite3_str_appendchar(b, 1, (char)x);
        } else if (form && x == ' ') {
            sqlite3_str_appendchar(b, 1, '+');
        } else {
            sqlite3_str_appendf(b, "%%%02X", x);
        }
    }
    result_built(c, b);
}

static const QueryFn rows[] = {
    {.name = "gr_url_decode", .args = 2, .call = decode},
    {.name = "gr_url_encode", .args = 2, .call = encode},
    {.name = "gr_url_parameter", .args = 3, .call = parameter_of},
    {.name = "gr_url_part", .args = 2, .call = part_of},
    {.name = "gr_url_part", .args = 3, .call = part_of},
};
const QueryFns fn_urls = {rows, sizeof rows / sizeof *rows};
