// json: writing JSON text, and reading one small JSON object (jansson) for --batch lines.
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "base/buf.h"
#include "base/error.h"

// Names keep clear of jansson's (json_object, json_array, json_real, json_null, JSON_REAL).
//
// The writer places commas itself. Strings: invalid UTF-8 becomes U+FFFD; controls, bidi,
// zero-width and the rest of clean.h's set are \u-escaped, so that the output may be printed to a
// terminal.
typedef struct {
    Buf *out;
    int depth;
    bool comma; // a value stands before the next one
} Json;

Json json_new(Buf *out);
void json_begin_object(Json *j);
void json_end_object(Json *j);
void json_begin_array(Json *j);
void json_end_array(Json *j);
void json_key(Json *j, Str key);
void json_str(Json *j, Str s);
void json_int(Json *j, int64_t v);
void json_float(Json *j, double v); // as real_text; inf and nan: null
void json_bool(Json *j, bool v);
void json_nil(Json *j);
// Key and value in one call.
void json_pair_str(Json *j, const char *key, Str s);
void json_pair_int(Json *j, const char *key, int64_t v);
void json_pair_bool(Json *j, const char *key, bool v);

// The shortest of %.15g, %.16g and %.17g that reads back, always with '.' or 'e', in any locale:
// SQL cells, YAML, anywhere a REAL is shown. Inf, -Inf and NaN by these names.
Str real_text(Arena *a, double v);

// An object's members as text or numbers; nested values are refused. Depth and size are bounded by
// the caller's line.
typedef enum { MEMBER_NULL, MEMBER_BOOL, MEMBER_INT, MEMBER_REAL, MEMBER_STR } MemberKind;
typedef struct {
    Str key;
    MemberKind kind;
    Str text;        // MEMBER_STR
    int64_t integer; // MEMBER_INT, MEMBER_BOOL
    double real;     // MEMBER_REAL
} JsonMember;
typedef struct {
    JsonMember *at;
    size_t len;
} JsonObject;
MUST_USE bool json_read_object(Arena *a, Str text, JsonObject *out, Error *err);
const JsonMember *json_member(const JsonObject *o, Str key); // NULL when absent
Str json_member_str(const JsonObject *o, Str key);           // "" when absent or not a string
#endif
