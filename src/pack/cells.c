// cells: exact rows of data and witnesses, each value in the type of its column.
#include "base/world.h"
#include "pack/shape.h"

bool pack_fits_type(Str text, LogicalType type)
{
    int64_t i;
    double d;
    if (str_eq(text, S("today")) || str_eq(text, S("now"))) {
        return type == TYPE_DATE || type == TYPE_TIMESTAMP || type == TYPE_TEXT;
    }
    switch (type) {
    case TYPE_INTEGER:
        return str_to_i64(text, &i);
    case TYPE_REAL:
        return str_to_f64(text, &d);
    case TYPE_DATE:
        return date_parse(text, &i);
    case TYPE_TIMESTAMP:
        return time_parse(text, &i);
    case TYPE_BOOLEAN:
        return str_eq(text, S("true")) || str_eq(text, S("false"));
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        return true;
    }
    return true;
}

static bool read_timestamp(Reader *r, const YamlNode *n, Value *out)
{
    Str text;
    int64_t ms;
    if (!yaml_text(n, YAML_WORD, r->diags, &text)) return false;
    if (!time_parse(text, &ms))
        return yaml_expected(n, "a time like 2025-06-30 09:00:00", r->diags);
    *out = VALUE_STR(time_text(r->arena, ms));
    return true;
}

static bool read_typed(Reader *r, LogicalType type, const YamlNode *n, Value *out)
{
    int64_t i;
    bool b;
    *out = (Value){.kind = VALUE_NULL};
    switch (type) {
    case TYPE_INTEGER:
        out->kind = VALUE_INTEGER;
        return yaml_integer(n, r->diags, &out->integer);
    case TYPE_REAL:
        out->kind = VALUE_REAL;
        return yaml_real(n, r->diags, &out->real);
    case TYPE_BOOLEAN:
        if (!yaml_boolean(n, r->diags, &b)) return false;
        *out = VALUE_INT(b);
        return true;
    case TYPE_DATE:
        if (!yaml_date(n, r->diags, &i)) return false;
        *out = VALUE_STR(date_text(r->arena, i));
        return true;
    case TYPE_TIMESTAMP:
        return read_timestamp(r, n, out);
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        out->kind = VALUE_TEXT;
        return yaml_text(n, YAML_WORD, r->diags, &out->text);
    }
    return false;
}

bool pack_read_cell(Reader *r, const ColumnSpec *c, const YamlNode *n, Value *out)
{
    *out = (Value){.kind = VALUE_NULL};
    if (n->bad) return false;
    if (!yaml_is_nothing(n)) return read_typed(r, c->type, n, out);
    if (!c->not_null && !c->primary_key) return true;
    diag_error(r->diags, n->at, "the column `" STR_FMT "` may not hold NULL", STR_ARG(c->name));
    return false;
}

static bool read_row(Reader *r, const ColumnSpec *const *columns, size_t width, const YamlNode *n,
                     Value *out)
{
    if (n->bad || n->kind != YAML_LIST) return false;
    if (n->count != width) {
        diag_error(r->diags, n->at, "this row has %zu values, there are %zu columns", n->count,
                   width);
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < width; i++) ok &= pack_read_cell(r, columns[i], n->items[i], &out[i]);
    return ok;
}

bool pack_read_rows(Reader *r, const ColumnSpec *const *columns, size_t width, const YamlNode *n,
                    Value **cells, size_t *rows)
{
    bool ok = n->kind == YAML_LIST;
    if (!ok) return false; // the shape said so
    *rows = n->count;
    *cells = arena_array(r->arena, Value, n->count * width);
    for (size_t i = 0; i < n->count; i++) {
        ok &= read_row(r, columns, width, n->items[i], *cells + i * width);
    }
    return ok;
}
