// fn_bytes: texts by their bytes: addresses, checksums, base 64, hexadecimal digits.
#include "query/fn_text.h"
#include <stdio.h>
#include <string.h>

// "10.0.0.1" as its number; NULL when it is no address.
static void inet_aton(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str rest = value_str(v[0]), part;
    int64_t number = 0, one;
    int parts = 0;
    for (bool more = rest.len > 0; more; parts++) {
        more = str_cut(rest, '.', &part, &rest);
        bool byte = part.len && part.len < 4 && str_to_i64(part, &one) && one >= 0 && one < 256;
        if (!byte || parts == 4) return;
        number = number << 8 | one;
    }
    if (parts == 4) sqlite3_result_int64(c, number);
}

static void inet_ntoa(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    int64_t x = sqlite3_value_int64(v[0]);
    char text[32];
    if (x < 0 || x > UINT32_MAX) return;
    int len = snprintf(text, sizeof text, "%d.%d.%d.%d", (int)(x >> 24), (int)(x >> 16 & 255),
                       (int)(x >> 8 & 255), (int)(x & 255));
    sqlite3_result_text(c, text, len, SQLITE_TRANSIENT);
}

// The bytes of the first character as one number.
static void ord(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    size_t len = 0;
    int64_t number = 0;
    if (s.len) utf8_decode(s, 0, &len);
    for (size_t i = 0; i < len; i++) number = number << 8 | (unsigned char)s.ptr[i];
    sqlite3_result_int64(c, number);
}

static void crc32(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < s.len; i++) {
        crc ^= (unsigned char)s.ptr[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    sqlite3_result_int64(c, (int64_t)(crc ^ UINT32_MAX));
}

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void base64(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    sqlite3_str *b = build(c);
    for (size_t i = 0; i < s.len; i += 3) {
        size_t left = s.len - i;
        uint32_t three = (uint32_t)(unsigned char)s.ptr[i] << 16;
        if (left > 1) three |= (uint32_t)(unsigned char)s.ptr[i + 1] << 8;
        if (left > 2) three |= (unsigned char)s.ptr[i + 2];
        sqlite3_str_appendchar(b, 1, digits64[three >> 18]);
        sqlite3_str_appendchar(b, 1, digits64[three >> 12 & 63]);
        sqlite3_str_appendchar(b, 1, left > 1 ? digits64[three >> 6 & 63] : '=');
        sqlite3_str_appendchar(b, 1, left > 2 ? digits64[three & 63] : '=');
    }
    result_built(c, b);
}

// NULL when it is none.
static void unbase64(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    sqlite3_str *b = build(c);
    uint32_t bits = 0;
    int count = 0;
    bool ok = true;
    for (size_t i = 0; i < s.len && s.ptr[i] != '=' && ok; i++) {
        const char *at = s.ptr[i] ? strchr(digits64, s.ptr[i]) : NULL;
        ok = at != NULL;
        bits = bits << 6 | (uint32_t)(at ? at - digits64 : 0);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        sqlite3_str_appendchar(b, 1, (char)(bits >> count & 255));
    }
    if (ok) {
        result_built(c, b);
    } else {
        sqlite3_free(sqlite3_str_finish(b));
    }
}

static int nibble(char ch)
{
    if (ch >= '0' && ch <= '9') return ch - '0';
    char low = (char)(ch | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static void unhex(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Str s = value_str(v[0]);
    sqlite3_str *b = build(c);
    bool ok = s.len % 2 == 0;
    for (size_t i = 0; i + 1 < s.len && ok; i += 2) {
        int high = nibble(s.ptr[i]), low = nibble(s.ptr[i + 1]);
        ok = high >= 0 && low >= 0;
        if (ok) sqlite3_str_appendchar(b, 1, (char)(high << 4 | low));
    }
    if (ok) {
        result_built(c, b);
    } else {
        sqlite3_free(sqlite3_str_finish(b));
    }
}

// sqlite3_user_data: i an identifier, in double quotes where it needs them; l a literal.
static void quoted(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    bool literal = *(const char *)sqlite3_user_data(c) == 'l';
    Str s = value_str(v[0]);
    char quote = literal ? '\'' : '"';
    bool plain = !literal && s.len && !(s.ptr[0] >= '0' && s.ptr[0] <= '9');
    for (size_t i = 0; i < s.len && plain; i++) {
        char ch = s.ptr[i];
        plain = (ch >= 'a' && ch <= 'z') || ch == '_' || (ch >= '0' && ch <= '9');
    }
    if (plain) {
        result_str(c, s);
        return;
    }
    sqlite3_str *b = build(c);
    sqlite3_str_appendchar(b, 1, quote);
    for (size_t i = 0; i < s.len; i++)
        sqlite3_str_appendchar(b, s.ptr[i] == quote ? 2 : 1, s.ptr[i]);
    sqlite3_str_appendchar(b, 1, quote);
    result_built(c, b);
}

static const QueryFn rows[] = {
    {.name = "gr_base64", .args = 1, .call = base64},
    {.name = "gr_crc32", .args = 1, .call = crc32},
    {.name = "gr_inet_aton", .args = 1, .call = inet_aton},
    {.name = "gr_inet_ntoa", .args = 1, .call = inet_ntoa},
    {.name = "gr_ord", .args = 1, .call = ord},
    {.name = "gr_quote_ident", .args = 1, .call = quoted, .data = "i"},
    {.name = "gr_quote_literal", .args = 1, .call = quoted, .data = "l"},
    {.name = "gr_unbase64", .args = 1, .call = unbase64},
    {.name = "gr_unhex", .args = 1, .call = unhex},
};
const QueryFns fn_bytes = {rows, sizeof rows / sizeof *rows};
