// fn_json_text: the text of JSON: walked over without a tree, and written.
#include "query/fn_json.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// --- Reading ---

// A document is looked at byte by byte, so what a byte may be is a table.
enum { BLANK = 1, NUMERIC = 2, DIGIT = 4, AFTER = 8 }; // AFTER: may stand behind a number

static const uint8_t marks[256] = {
    [' '] = BLANK | AFTER,   ['\t'] = BLANK,          ['\n'] = BLANK,
    ['\r'] = BLANK,          [','] = AFTER,           [']'] = AFTER,
    ['}'] = AFTER,           ['+'] = NUMERIC,         ['-'] = NUMERIC,
    ['.'] = NUMERIC,         ['e'] = NUMERIC,         ['E'] = NUMERIC,
    ['0'] = NUMERIC | DIGIT, ['1'] = NUMERIC | DIGIT, ['2'] = NUMERIC | DIGIT,
    ['3'] = NUMERIC | DIGIT, ['4'] = NUMERIC | DIGIT, ['5'] = NUMERIC | DIGIT,
    ['6'] = NUMERIC | DIGIT, ['7'] = NUMERIC | DIGIT, ['8'] = NUMERIC | DIGIT,
    ['9'] = NUMERIC | DIGIT};

static bool is(char c, int what)
{
    return marks[(unsigned char)c] & what;
}

static bool is_blank(char c)
{
    return is(c, BLANK);
}

static Str from(Str s, size_t i) // the rest: str_slice without its bounds
{
    return (Str){s.ptr + i, s.len - i};
}

static Str skip_blanks(Str s)
{
    size_t i = 0;
    while (i < s.len && is_blank(s.ptr[i])) i++;
    return i ? from(s, i) : s;
}

// The end of the text in quotes that starts `s`; 0 = it has none.
static size_t string_end(Str s)
{
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] == '\\') {
            i++;
        } else if (s.ptr[i] == '"') {
            return i + 1;
        }
    }
    return 0;
}

// Most numbers are whole ones, which need no reading to be known as numbers.
static size_t number_end(Str s)
{
    size_t i = s.ptr[0] == '-', first = i;
    while (i < s.len && is(s.ptr[i], DIGIT)) i++;
    if (i > first && i < s.len && is(s.ptr[i], AFTER)) return i;
    i = 0;
    while (i < s.len && is(s.ptr[i], NUMERIC)) i++;
    double unused;
    return str_to_f64(str_slice(s, 0, i), &unused) ? i : 0;
}

static size_t value_end(Str s, int depth);

// Behind the value, at , or the closing bracket.
static size_t member_end(Str s, size_t i, bool object, int depth)
{
    while (i < s.len && is_blank(s.ptr[i])) i++;
    if (object) {
        size_t key = i < s.len && s.ptr[i] == '"' ? string_end(from(s, i)) : 0;
        if (!key) return 0;
        i += key;
        while (i < s.len && is_blank(s.ptr[i])) i++;
        if (i >= s.len || s.ptr[i++] != ':') return 0;
        while (i < s.len && is_blank(s.ptr[i])) i++;
    }
    size_t v = value_end(from(s, i), depth + 1);
    if (!v) return 0;
    i += v;
    while (i < s.len && is_blank(s.ptr[i])) i++;
    return i;
}

static size_t nest_end(Str s, int depth)
{
    bool object = s.ptr[0] == '{';
    char close = object ? '}' : ']';
    size_t i = 1;
    while (i < s.len && is_blank(s.ptr[i])) i++;
    if (i < s.len && s.ptr[i] == close) return i + 1;
    while (i < s.len) {
        i = member_end(s, i, object, depth);
        if (!i || i >= s.len) return 0;
        if (s.ptr[i] == close) return i + 1;
        if (s.ptr[i++] != ',') return 0;
    }
    return 0;
}

static size_t value_end(Str s, int depth)
{
    if (!s.len || depth > JSON_DEPTH_MAX) return 0;
    switch (s.ptr[0]) {
    case '"':
        return string_end(s);
    case '[':
    case '{':
        return nest_end(s, depth);
    case 't':
        return str_starts(s, S("true")) ? 4 : 0;
    case 'f':
        return str_starts(s, S("false")) ? 5 : 0;
    case 'n':
        return str_starts(s, S("null")) ? 4 : 0;
    default:
        return number_end(s);
    }
}

static char kind_of(Str s)
{
    switch (s.ptr[0]) {
    case '"':
    case '[':
    case '{':
    case 't':
    case 'f':
    case 'n':
        return s.ptr[0];
    default:
        return '0';
    }
}

bool json_item(Str text, JsonItem *out)
{
    *out = (JsonItem){0};
    Str s = skip_blanks(text);
    size_t end = value_end(s, 0);
    if (!end || skip_blanks(from(s, end)).len) return false;
    *out = (JsonItem){str_slice(s, 0, end), kind_of(s)};
    return true;
}

JsonWalk json_walk(JsonItem of)
{
    bool nest = of.kind == '[' || of.kind == '{';
    JsonWalk w = {.object = of.kind == '{'};
    if (nest) w.rest = str_slice(of.text, 1, of.text.len - 1);
    return w;
}

// The text was found to be whole when its item was made: what is read here has its end.
bool json_next(JsonWalk *w)
{
    w->rest = skip_blanks(w->rest);
    if (w->started && w->rest.len && w->rest.ptr[0] == ',') w->rest = skip_blanks(from(w->rest, 1));
    w->started = true;
    if (!w->rest.len) return false;
    if (w->object) {
        size_t key = string_end(w->rest);
        w->key = str_slice(w->rest, 0, key);
        w->rest = skip_blanks(from(w->rest, key));
        w->rest = skip_blanks(str_slice(w->rest, 1, w->rest.len));
    }
    size_t end = value_end(w->rest, 0);
    w->bad = end == 0;
    if (w->bad) return false;
    w->item = (JsonItem){str_slice(w->rest, 0, end), kind_of(w->rest)};
    w->rest = from(w->rest, end);
    return true;
}

Str fn_text_of(sqlite3_value *v)
{
    const char *text = (const char *)sqlite3_value_text(v);
    return text ? (Str){text, (size_t)sqlite3_value_bytes(v)} : (Str){0};
}

// --- Writing ---

void json_put_text(sqlite3_str *s, Str text)
{
    sqlite3_str_appendchar(s, 1, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') {
            sqlite3_str_appendf(s, "\\%c", c);
        } else if (c == '\n') {
            sqlite3_str_appendall(s, "\\n");
        } else if (c == '\t') {
            sqlite3_str_appendall(s, "\\t");
        } else if (c == '\r') {
            sqlite3_str_appendall(s, "\\r");
        } else if (c < 0x20) {
            sqlite3_str_appendf(s, "\\u%04x", c);
        } else {
            sqlite3_str_appendchar(s, 1, (char)c);
        }
    }
    sqlite3_str_appendchar(s, 1, '"');
}

static void put_real(sqlite3_str *s, double v)
{
    if (!isfinite(v)) {
        sqlite3_str_appendall(s, "null");
        return;
    }
    // The shortest text that gives the number back: 15 digits mostly, else 17.
    char *text = sqlite3_mprintf("%!.15g", v);
    double back;
    if (text && (!str_to_f64(str_from(text), &back) || back != v)) {
        sqlite3_free(text);
        text = sqlite3_mprintf("%!.17g", v);
    }
    sqlite3_str_appendall(s, text ? text : "null");
    sqlite3_free(text);
}

static void put_whole(sqlite3_str *s, sqlite3_int64 v)
{
    char text[24], *at = text + sizeof text;
    sqlite3_uint64 rest = v < 0 ? 0 - (sqlite3_uint64)v : (sqlite3_uint64)v;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (v < 0) *--at = '-';
    sqlite3_str_append(s, at, (int)(text + sizeof text - at));
}

void json_put(sqlite3_str *s, sqlite3_value *v, char kind)
{
    JsonItem unused;
    int type = sqlite3_value_type(v);
    if (type == SQLITE_NULL || type == SQLITE_BLOB) {
        sqlite3_str_appendall(s, "null");
    } else if (kind == 'B' && type == SQLITE_INTEGER) {
        sqlite3_str_appendall(s, sqlite3_value_int64(v) ? "true" : "false");
    } else if (type == SQLITE_INTEGER) {
        put_whole(s, sqlite3_value_int64(v));
    } else if (type == SQLITE_FLOAT) {
        put_real(s, sqlite3_value_double(v));
    } else if (kind == 'J' && json_item(fn_text_of(v), &unused)) {
        sqlite3_str_append(s, unused.text.ptr, (int)unused.text.len);
    } else {
        json_put_text(s, fn_text_of(v));
    }
}

static uint32_t hex4(Str s, size_t at)
{
    char digits[5] = {0};
    for (size_t i = 0; i < 4 && at + i < s.len; i++) digits[i] = s.ptr[at + i];
    return (uint32_t)strtoul(digits, NULL, 16);
}

static void put_code_point(sqlite3_str *s, uint32_t c)
{
    char b[4];
    int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (int i = n - 1; i > 0; i--, c >>= 6) b[i] = (char)(0x80 | (c & 0x3f));
    b[0] = (char)(n == 1 ? c : lead[n] | c);
    sqlite3_str_append(s, b, n);
}

// \u… at `i` of the escape's letter; gives the index of its last byte.
static size_t put_unicode(sqlite3_str *s, Str q, size_t i)
{
    uint32_t c = hex4(q, i + 1);
    bool high = c >= 0xd800 && c < 0xdc00 && i + 10 < q.len && q.ptr[i + 5] == '\\';
    uint32_t low = high ? hex4(q, i + 7) : 0;
    if (low >= 0xdc00 && low < 0xe000) {
        put_code_point(s, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
        return i + 10;
    }
    put_code_point(s, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    return i + 4;
}

void json_put_plain(sqlite3_str *s, Str q)
{
    static const char letters[] = "nrtbf", to[] = "\n\r\t\b\f";
    for (size_t i = 1; i + 1 < q.len; i++) {
        if (q.ptr[i] != '\\') {
            sqlite3_str_appendchar(s, 1, q.ptr[i]);
            continue;
        }
        char c = q.ptr[++i];
        const char *known = c ? strchr(letters, c) : NULL;
        if (c == 'u') {
            i = put_unicode(s, q, i);
        } else {
            sqlite3_str_appendchar(s, 1, known ? to[known - letters] : c);
        }
    }
}

void json_result(sqlite3_context *c, sqlite3_str *s)
{
    int failed = sqlite3_str_errcode(s), len = sqlite3_str_length(s);
    char *text = sqlite3_str_finish(s);
    if (failed) {
        sqlite3_free(text);
        if (failed == SQLITE_TOOBIG) {
            sqlite3_result_error_toobig(c);
        } else {
            sqlite3_result_error_nomem(c);
        }
    } else {
        sqlite3_result_text(c, text ? text : "", len, text ? sqlite3_free : SQLITE_STATIC);
    }
}

static void result_string(sqlite3_context *c, Str quoted)
{
    Str inside = str_slice(quoted, 1, quoted.len - 1);
    if (inside.len && !memchr(inside.ptr, '\\', inside.len)) { // most are as they mean
        sqlite3_result_text(c, inside.ptr, (int)inside.len, SQLITE_TRANSIENT);
        return;
    }
    sqlite3_str *s = sqlite3_str_new(sqlite3_context_db_handle(c));
    json_put_plain(s, quoted);
    json_result(c, s);
}

void json_result_item(sqlite3_context *c, JsonItem item)
{
    int64_t whole;
    double real;
    switch (item.kind) {
    case '"':
        result_string(c, item.text);
        break;
    case 't':
    case 'f':
        sqlite3_result_int(c, item.kind == 't');
        break;
    case '0':
        if (str_to_i64(item.text, &whole)) {
            sqlite3_result_int64(c, whole);
        } else if (str_to_f64(item.text, &real)) {
            sqlite3_result_double(c, real);
        }
        break;
    case '[':
    case '{':
        sqlite3_result_text(c, item.text.ptr, (int)item.text.len, SQLITE_TRANSIENT);
        break;
    default:
        break;
    }
}
