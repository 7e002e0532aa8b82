// json: a writer by hand, since its bytes are a contract, and jansson behind the reader.
#include "base/json.h"
#include "base/check.h"
#include "base/clean.h"
#include "base/utf8.h"
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Json json_new(Buf *out)
{
    return (Json){.out = out};
}

static void before_value(Json *j)
{
    if (j->comma) buf_char(j->out, ',');
    j->comma = true;
}

static void begin(Json *j, char bracket)
{
    before_value(j);
    buf_char(j->out, bracket);
    j->comma = false;
    j->depth++;
}

static void end(Json *j, char bracket)
{
    CHECK(j->depth > 0);
    buf_char(j->out, bracket);
    j->comma = true;
    j->depth--;
}

void json_begin_object(Json *j)
{
    begin(j, '{');
}
void json_end_object(Json *j)
{
    end(j, '}');
}
void json_begin_array(Json *j)
{
    begin(j, '[');
}
void json_end_array(Json *j)
{
    end(j, ']');
}

static void escape_unit(Buf *out, uint32_t unit)
{
    buf_fmt(out, "\\u%04x", (unsigned)unit);
}

static void put_char(Buf *out, uint32_t cp)
{
    static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt"; // pairs: the character, its escape
    const char *p = cp && cp < 0x80 ? strchr(names, (int)cp) : NULL;
    if (p && (cp < 0x20 || cp == '"' || cp == '\\')) {
        buf_char(out, '\\');
        buf_char(out, p[1]);
    } else if (clean_is_safe(cp)) {
        char bytes[4];
        buf_add(out, (Str){bytes, utf8_encode(cp, bytes)});
    } else if (cp > 0xFFFF) {
        escape_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
        escape_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
    } else {
        escape_unit(out, cp);
    }
}

static void put_quoted(Buf *out, Str s)
{
    buf_char(out, '"');
    for (size_t at = 0, n = 0; at < s.len; at += n) put_char(out, utf8_decode(s, at, &n));
    buf_char(out, '"');
}

void json_key(Json *j, Str key)
{
    before_value(j);
    put_quoted(j->out, key);
    buf_char(j->out, ':');
    j->comma = false;
}

void json_str(Json *j, Str s)
{
    before_value(j);
    put_quoted(j->out, s);
}

void json_int(Json *j, int64_t v)
{
    before_value(j);
    buf_fmt(j->out, "%" PRId64, v);
}

enum { REAL_MAX = 48 }; // longest is "-1.7976931348623157e+308" with a decimal point of some bytes

// The locale's decimal point, of whatever bytes, becomes one '.'.
static void point(char text[REAL_MAX])
{
    char *to = text;
    for (const char *p = text; *p; p++) {
        if (strchr("0123456789+-e", *p)) {
            *to++ = *p;
        } else if (to == text || to[-1] != '.') {
            *to++ = '.';
        }
    }
    *to = '\0';
}

// Shortest of 15, 16 and 17 digits that reads back; v is finite.
static void shortest(double v, char text[REAL_MAX])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, REAL_MAX, "%.*g", digits, v);
        if (strtod(text, NULL) == v) break; // in the same locale as snprintf
    }
    point(text);
    if (!strpbrk(text, ".e")) {
        size_t n = strlen(text);
        memcpy(text + n, ".0", 3);
    }
}

Str real_text(Arena *a, double v)
{
    if (isnan(v)) return S("NaN");
    if (isinf(v)) return v < 0 ? S("-Infinity") : S("Infinity");
    char text[REAL_MAX];
    shortest(v, text);
    return str_copy(a, str_from(text));
}

void json_float(Json *j, double v)
{
    if (isnan(v)) {
        json_nil(j);
        return;
    }
    if (isinf(v)) { // JSON has no word for it: the engines' own
        json_str(j, v < 0 ? S("-Infinity") : S("Infinity"));
        return;
    }
    char text[REAL_MAX];
    shortest(v, text);
    before_value(j);
    buf_add(j->out, str_from(text));
}

void json_bool(Json *j, bool v)
{
    before_value(j);
    buf_add(j->out, v ? S("true") : S("false"));
}

void json_nil(Json *j)
{
    before_value(j);
    buf_add(j->out, S("null"));
}

void json_pair_str(Json *j, const char *key, Str s)
{
    json_key(j, str_from(key));
    json_str(j, s);
}

void json_pair_int(Json *j, const char *key, int64_t v)
{
    json_key(j, str_from(key));
    json_int(j, v);
}

void json_pair_bool(Json *j, const char *key, bool v)
{
    json_key(j, str_from(key));
    json_bool(j, v);
}

static bool read_member(Arena *a, const char *key, const json_t *v, JsonMember *m)
{
    m->key = str_copy(a, str_from(key)); // jansson refuses keys with a NUL inside
    switch (json_typeof(v)) {
    case JSON_NULL:
        m->kind = MEMBER_NULL;
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        m->kind = MEMBER_BOOL;
        m->integer = json_is_true(v);
        return true;
    case JSON_INTEGER:
        m->kind = MEMBER_INT;
        m->integer = json_integer_value(v);
        return true;
    case JSON_REAL:
        m->kind = MEMBER_REAL;
        m->real = json_real_value(v);
        return true;
    case JSON_STRING:
        m->kind = MEMBER_STR;
        m->text = str_copy(a, (Str){json_string_value(v), json_string_length(v)});
        return true;
    case JSON_OBJECT:
    case JSON_ARRAY:
        return false;
    }
    return false;
}

static bool read_members(Arena *a, json_t *root, JsonObject *out, Error *err)
{
    if (!json_is_object(root)) {
        return error_set(err, ERROR_INPUT, "this is JSON, but not an object in braces");
    }
    JsonObject o = {.at = arena_array(a, JsonMember, json_object_size(root))};
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        if (!read_member(a, key, value, &o.at[o.len++])) {
            return error_set(err, ERROR_INPUT,
                             "\"%s\" holds an object or a list, not a plain value", key);
        }
    }
    *out = o;
    return true;
}

bool json_read_object(Arena *a, Str text, JsonObject *out, Error *err)
{
    json_error_t e;
    json_t *root = json_loadb(text.len ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &e);
    if (!root) {
        if (json_error_code(&e) == json_error_out_of_memory) die_out_of_memory();
        return error_at(err, ERROR_INPUT, (Str){0}, e.line > 0 ? e.line : 0,
                        e.line > 0 && e.column > 0 ? e.column : 0, "not valid JSON: %s", e.text);
    }
    bool ok = read_members(a, root, out, err);
    json_decref(root);
    return ok;
}

const JsonMember *json_member(const JsonObject *o, Str key)
{
    for (size_t i = 0; i < o->len; i++) {
        if (str_eq(o->at[i].key, key)) return &o->at[i];
    }
    return NULL;
}

Str json_member_str(const JsonObject *o, Str key)
{
    const JsonMember *m = json_member(o, key);
    return m && m->kind == MEMBER_STR ? m->text : (Str){0};
}
