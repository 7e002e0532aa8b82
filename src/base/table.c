// Table: values, their texts, and their way over a wire.
#include "base/table.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/interval.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

static const char *const type_names[] = {
    [TYPE_UNKNOWN] = "unknown", [TYPE_INTEGER] = "integer", [TYPE_REAL] = "real",
    [TYPE_TEXT] = "text",       [TYPE_DATE] = "date",       [TYPE_TIMESTAMP] = "timestamp",
    [TYPE_BOOLEAN] = "boolean", [TYPE_TIME] = "time",       [TYPE_INTERVAL] = "interval",
    [TYPE_ARRAY] = "array",     [TYPE_STRUCT] = "struct",
};
static_assert(sizeof type_names / sizeof *type_names == TYPE_COUNT_, "name every type");

const char *type_name(LogicalType t)
{
    return type_names[t];
}

bool type_from_name(Str name, LogicalType *t)
{
    for (int i = TYPE_INTEGER; i < TYPE_COLUMN_COUNT_; i++) {
        if (!str_eq(name, str_from(type_names[i]))) continue;
        *t = (LogicalType)i;
        return true;
    }
    return false;
}

const Value *table_at(const Table *t, size_t row, size_t column)
{
    CHECK(row < t->rows && column < t->width);
    return &t->cells[row * t->width + column];
}

Table table_copy(Arena *a, const Table *t)
{
    Table c = *t;
    c.columns = arena_array(a, Column, t->width);
    for (size_t i = 0; i < t->width; i++) {
        c.columns[i] = (Column){str_copy(a, t->columns[i].name), t->columns[i].type};
    }
    c.cells = arena_array(a, Value, t->rows * t->width);
    for (size_t i = 0; i < t->rows * t->width; i++) {
        c.cells[i] = t->cells[i];
        if (t->cells[i].text.len) c.cells[i].text = str_copy(a, t->cells[i].text);
    }
    return c;
}

bool value_same(const Value *a, const Value *b)
{
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_INTEGER:
        return a->integer == b->integer;
    case VALUE_REAL:
        return memcmp(&a->real, &b->real, sizeof a->real) == 0;
    case VALUE_TEXT:
    case VALUE_BLOB:
        return str_eq(a->text, b->text);
    }
    return false;
}

static Str hex_text(Arena *a, Str bytes)
{
    Buf b = buf_new(a);
    buf_add(&b, S("x'"));
    for (size_t i = 0; i < bytes.len; i++) buf_fmt(&b, "%02x", (unsigned char)bytes.ptr[i]);
    buf_char(&b, '\'');
    return buf_str(&b);
}

// Without a text that says more its days have 24 hours.
static Str interval_shown(Arena *a, const Value *v)
{
    if (v->text.len) return v->text;
    Value own = *v;
    interval_show(a, &own, INTERVAL_DUCKDB);
    return own.text;
}

Str value_text(Arena *a, const Value *v, LogicalType type)
{
    switch (v->kind) {
    case VALUE_NULL:
        return S("NULL");
    case VALUE_INTEGER:
        if (type == TYPE_BOOLEAN && v->integer == 0) return S("FALSE");
        if (type == TYPE_BOOLEAN && v->integer == 1) return S("TRUE");
        if (type == TYPE_INTERVAL) return interval_shown(a, v);
        return str_fmt(a, "%" PRId64, v->integer);
    case VALUE_REAL:
        return real_text(a, v->real);
    case VALUE_TEXT:
        return v->text;
    case VALUE_BLOB:
        return hex_text(a, v->text);
    }
    return (Str){0};
}

Str value_sql(Arena *a, const Value *v)
{
    return v->kind == VALUE_TEXT ? str_quoted(a, v->text, '\'') : value_text(a, v, TYPE_UNKNOWN);
}

static void value_json(Json *j, const Value *v, LogicalType type)
{
    Arena scratch = {0};
    switch (v->kind) {
    case VALUE_NULL:
        json_nil(j);
        break;
    case VALUE_INTEGER:
        if (type == TYPE_BOOLEAN && (v->integer == 0 || v->integer == 1)) {
            json_bool(j, v->integer == 1);
        } else if (type == TYPE_INTERVAL) {
            json_str(j, interval_shown(&scratch, v));
        } else {
            json_int(j, v->integer);
        }
        break;
    case VALUE_REAL:
        json_float(j, v->real);
        break;
    case VALUE_TEXT:
        json_str(j, v->text);
        break;
    case VALUE_BLOB:
        json_str(j, hex_text(&scratch, v->text));
        break;
    }
    arena_free(&scratch);
}

void table_json(Json *j, const Table *t)
{
    json_key(j, S("columns"));
    json_begin_array(j);
    for (size_t i = 0; i < t->width; i++) json_str(j, t->columns[i].name);
    json_end_array(j);
    json_key(j, S("types"));
    json_begin_array(j);
    for (size_t i = 0; i < t->width; i++) json_str(j, str_from(type_name(t->columns[i].type)));
    json_end_array(j);
    json_key(j, S("rows"));
    json_begin_array(j);
    for (size_t r = 0; r < t->rows; r++) {
        json_begin_array(j);
        for (size_t c = 0; c < t->width; c++) value_json(j, table_at(t, r, c), t->columns[c].type);
        json_end_array(j);
    }
    json_end_array(j);
}

enum { WIRE_INTERVAL = VALUE_COUNT_, WIRE_KINDS }; // an integer with a text

static void value_wire(Buf *b, const Value *v)
{
    bool interval = v->kind == VALUE_INTEGER && v->text.len;
    wire_u8(b, interval ? (uint8_t)WIRE_INTERVAL : (uint8_t)v->kind);
    switch (v->kind) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        wire_i64(b, v->integer);
        if (interval) wire_str(b, v->text);
        break;
    case VALUE_REAL:
        wire_f64(b, v->real);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        wire_str(b, v->text);
        break;
    }
}

void table_wire(Buf *b, const Table *t)
{
    wire_u32(b, (uint32_t)t->width);
    for (size_t i = 0; i < t->width; i++) {
        wire_str(b, t->columns[i].name);
        wire_u8(b, (uint8_t)t->columns[i].type);
    }
    wire_u8(b, t->more);
    wire_u32(b, (uint32_t)t->rows);
    for (size_t i = 0; i < t->rows * t->width; i++) value_wire(b, &t->cells[i]);
}

static Value value_read(Arena *a, Wire *w)
{
    int kind = (int)wire_get_enum(w, WIRE_KINDS);
    bool interval = kind == WIRE_INTERVAL;
    Value v = {.kind = interval ? VALUE_INTEGER : (ValueKind)kind};
    switch (v.kind) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        v.integer = wire_get_i64(w);
        if (interval) v.text = str_copy(a, wire_get_str(w));
        break;
    case VALUE_REAL:
        v.real = wire_get_f64(w);
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        v.text = str_copy(a, wire_get_str(w));
        break;
    }
    return v;
}

Table table_read(Arena *a, Wire *w)
{
    Table t = {.width = wire_count(w, 5)};
    t.columns = arena_array(a, Column, t.width);
    for (size_t i = 0; i < t.width; i++) {
        t.columns[i].name = str_copy(a, wire_get_str(w));
        t.columns[i].type = (LogicalType)wire_get_enum(w, TYPE_COUNT_);
    }
    t.more = wire_get_u8(w) != 0;
    t.rows = wire_count(w, t.width);
    if (w->bad || (t.rows && !t.width)) {
        w->bad = true;
        return (Table){0};
    }
    t.cells = arena_array(a, Value, t.rows * t.width);
    for (size_t i = 0; i < t.rows * t.width && !w->bad; i++) t.cells[i] = value_read(a, w);
    return w->bad ? (Table){0} : t;
}
