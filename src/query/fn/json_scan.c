// json_scan: one JSON array or object in a text, element by element, without a tree.
#include "query/json_scan.h"
#include "base/utf8.h"
#include <string.h>

enum { JSON_SUBTYPE = 'J' }; // as SQLite's own JSON functions mark it

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_space(JsonScan *s)
{
    while (s->at < s->end && is_space(*s->at)) s->at++;
}

static bool fail(JsonScan *s)
{
    s->bad = s->done = true;
    return false;
}

static bool skip_string(JsonScan *s)
{
    for (s->at++; s->at < s->end; s->at++) {
        if (*s->at == '\\') {
            s->at++;
        } else if (*s->at == '"') {
            s->at++;
            return true;
        }
    }
    return fail(s);
}

// An array or object by its brackets: what stands in it is read when somebody looks at it.
static bool skip_nested(JsonScan *s)
{
    size_t depth = 0;
    while (s->at < s->end) {
        char c = *s->at;
        if (c == '"') {
            if (!skip_string(s)) return false;
            continue;
        }
        s->at++;
        if (c == '[' || c == '{') depth++;
        if ((c == ']' || c == '}') && --depth == 0) return true;
    }
    return fail(s);
}

static bool is_word(Str raw)
{
    return str_eq(raw, S("true")) || str_eq(raw, S("false")) || str_eq(raw, S("null"));
}

// Most numbers are whole and short.
static bool is_short_whole(Str raw)
{
    size_t i = raw.len && raw.ptr[0] == '-';
    if (raw.len == i || raw.len > 18) return false;
    while (i < raw.len && raw.ptr[i] >= '0' && raw.ptr[i] <= '9') i++;
    return i == raw.len;
}

static bool is_number(Str raw)
{
    double number;
    if (is_short_whole(raw)) return true;
    bool starts = raw.len && (raw.ptr[0] == '-' || (raw.ptr[0] >= '0' && raw.ptr[0] <= '9'));
    return starts && str_to_f64(raw, &number);
}

static bool skip_plain(JsonScan *s)
{
    const char *from = s->at;
    while (s->at < s->end && *s->at && !strchr(",:]} \t\r\n", *s->at)) s->at++;
    Str raw = {from, (size_t)(s->at - from)};
    return is_word(raw) || is_number(raw) || fail(s);
}

static bool take_value(JsonScan *s, Str *out)
{
    skip_space(s);
    if (s->at >= s->end) return fail(s);
    const char *from = s->at;
    bool ok = *from == '"'                   ? skip_string(s)
              : *from == '[' || *from == '{' ? skip_nested(s)
                                             : skip_plain(s);
    *out = (Str){from, (size_t)(s->at - from)};
    return ok;
}

bool json_scan_open(JsonScan *s, Str text)
{
    *s = (JsonScan){.at = text.ptr, .end = text.ptr + text.len};
    skip_space(s);
    if (s->at >= s->end || (*s->at != '[' && *s->at != '{')) return fail(s);
    s->close = *s->at == '[' ? ']' : '}';
    s->at++;
    skip_space(s);
    if (s->at < s->end && *s->at == s->close) {
        s->at++;
        s->done = true;
        skip_space(s);
        if (s->at < s->end) return fail(s);
    }
    return true;
}

// Behind a value: a comma and the next one, or the end of all.
static bool take_end(JsonScan *s)
{
    skip_space(s);
    if (s->at >= s->end) return fail(s);
    char c = *s->at++;
    if (c == ',') return true;
    s->done = true;
    skip_space(s);
    return (c == s->close && s->at == s->end) || fail(s);
}

bool json_scan_next(JsonScan *s, JsonItem *out)
{
    *out = (JsonItem){0};
    if (s->done) return false;
    if (s->close == '}') {
        if (!take_value(s, &out->key)) return false;
        skip_space(s);
        if (out->key.ptr[0] != '"' || s->at >= s->end || *s->at++ != ':') return fail(s);
    }
    return take_value(s, &out->value) && take_end(s);
}

// --- Values ---

static bool hex4(Str raw, size_t at, uint32_t *out)
{
    *out = 0;
    if (at + 4 > raw.len) return false;
    for (size_t i = at; i < at + 4; i++) {
        char c = raw.ptr[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
                         : (c | 0x20) >= 'a' && (c | 0x20) <= 'f'
                             ? (uint32_t)((c | 0x20) - 'a' + 10)
                             : 16;
        if (digit == 16) return false;
        *out = *out * 16 + digit;
    }
    return true;
}

// \uXXXX at `at` (behind the u), with its second half; how many bytes of the text it took.
static size_t take_unicode(Str raw, size_t at, uint32_t *code)
{
    uint32_t low;
    if (!hex4(raw, at, code)) {
        *code = 0xfffd;
        return 0;
    }
    bool high = *code >= 0xd800 && *code < 0xdc00;
    bool pair = high && at + 6 <= raw.len && raw.ptr[at + 4] == '\\' && raw.ptr[at + 5] == 'u' &&
                hex4(raw, at + 6, &low) && low >= 0xdc00 && low < 0xe000;
    if (pair) {
        *code = 0x10000 + ((*code - 0xd800) << 10) + (low - 0xdc00);
        return 10;
    }
    if (*code >= 0xd800 && *code < 0xe000) *code = 0xfffd;
    return 4;
}

static char plain_escape(char c)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *p = strchr(from, c);
    return p && c ? to[p - from] : c;
}

// A string never grows when its escapes are read.
static size_t unescape(Str raw, char *out)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < raw.len; i++) {
        if (raw.ptr[i] != '\\' || i + 2 >= raw.len) {
            out[n++] = raw.ptr[i];
            continue;
        }
        i++;
        if (raw.ptr[i] != 'u') {
            out[n++] = plain_escape(raw.ptr[i]);
            continue;
        }
        uint32_t code;
        i += take_unicode(raw, i + 1, &code);
        n += utf8_encode(code, out + n);
    }
    return n;
}

static void string_result(sqlite3_context *c, Str raw)
{
    if (!memchr(raw.ptr, '\\', raw.len)) { // most are as they mean
        sqlite3_result_text64(c, raw.ptr + 1, raw.len - 2, SQLITE_TRANSIENT, SQLITE_UTF8);
        return;
    }
    char *text = sqlite3_malloc64(raw.len + 4);
    if (!text) {
        sqlite3_result_error_nomem(c);
        return;
    }
    sqlite3_result_text64(c, text, unescape(raw, text), sqlite3_free, SQLITE_UTF8);
}

void json_scan_result(sqlite3_context *c, Str raw)
{
    int64_t whole;
    double number;
    if (!raw.len || str_eq(raw, S("null"))) {
        sqlite3_result_null(c);
    } else if (raw.ptr[0] == '"') {
        string_result(c, raw);
    } else if (raw.ptr[0] == '[' || raw.ptr[0] == '{') {
        sqlite3_result_text64(c, raw.ptr, raw.len, SQLITE_TRANSIENT, SQLITE_UTF8);
        sqlite3_result_subtype(c, JSON_SUBTYPE);
    } else if (str_eq(raw, S("true")) || str_eq(raw, S("false"))) {
        sqlite3_result_int(c, raw.ptr[0] == 't');
    } else if (str_to_i64(raw, &whole)) {
        sqlite3_result_int64(c, whole);
    } else if (str_to_f64(raw, &number)) {
        sqlite3_result_double(c, number);
    } else {
        sqlite3_result_null(c);
    }
}
