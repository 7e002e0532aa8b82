// document: which values are documents at home (JSON, JSONB, variants, maps), by casts and calls.
//
// A document is JSON text at run time, whatever it is called; home compares, groups and sorts some
// kinds of it and not others.
#include "sql/fn.h"
#include "sql/fn_group.h"
#include "sql/scope.h"

SqlDocument document_of_name(Str type)
{
    static const struct {
        const char *start;
        SqlDocument document;
    } rows[] = {
        {"JSONB", DOCUMENT_JSONB},    {"JSON", DOCUMENT_JSON}, {"VARIANT", DOCUMENT_VARIANT},
        {"OBJECT", DOCUMENT_VARIANT}, {"MAP", DOCUMENT_MAP},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (str_starts(type, str_from(rows[i].start))) return rows[i].document;
    }
    return DOCUMENT_NONE;
}

// What a path leads to in such a value. A text that is read as JSON where home has arrows for
// texts, too, is JSON; in Postgres it may be either.
SqlType document_at(const Resolver *r, LogicalType type, SqlType of)
{
    SqlType t = type_plain(type, false);
    if (type == TYPE_TEXT) {
        t.document = r->dialect == DIALECT_MYSQL ? DOCUMENT_TEXT : DOCUMENT_NONE;
    } else {
        bool text = r->dialect == DIALECT_MYSQL || r->dialect == DIALECT_DUCKDB;
        t.document = of.document ? of.document : text ? DOCUMENT_JSON : DOCUMENT_NONE;
    }
    return t;
}

// Calls that give a document, by the beginning of their names: the first row that fits.
static const struct {
    unsigned in; // dialects
    const char *start;
    bool whole; // nothing may follow
    bool path;  // also where the catalogue calls it a text: what a path leads to
    SqlDocument document;
} calls[] = {
    {PG, "JSONB_EXTRACT_PATH", true, true, DOCUMENT_JSONB},
    {PG, "JSON_EXTRACT_PATH", true, true, DOCUMENT_JSON},
    {PG, "JSONB_", false, false, DOCUMENT_JSONB},
    {PG, "TO_JSONB", true, false, DOCUMENT_JSONB},
    {PG, "JSON_", false, false, DOCUMENT_JSON},
    {PG, "TO_JSON", true, false, DOCUMENT_JSON},
    {PG, "ROW_TO_JSON", true, false, DOCUMENT_JSON},
    {PG, "ARRAY_TO_JSON", true, false, DOCUMENT_JSON},
    {MY | DUCK | TRINO, "JSON_EXTRACT", true, true, DOCUMENT_JSON},
    {MY, "JSON_UNQUOTE", true, false, DOCUMENT_TEXT},
    {MY, "JSON_VALUE", true, false, DOCUMENT_TEXT},
    {MY, "JSON_", false, false, DOCUMENT_JSON},
    {DUCK, "JSON_VALUE", true, true, DOCUMENT_JSON},
    {DUCK, "TO_JSON", true, false, DOCUMENT_JSON},
    {DUCK, "JSON", true, false, DOCUMENT_JSON},
    {DUCK | TRINO, "MAP", true, false, DOCUMENT_MAP},
    {TRINO, "JSON_PARSE", true, false, DOCUMENT_JSON},
    {BIG, "PARSE_JSON", true, false, DOCUMENT_JSON},
    {BIG, "TO_JSON", true, false, DOCUMENT_JSON},
    {BIG, "JSON_OBJECT", true, false, DOCUMENT_JSON},
    {BIG, "JSON_ARRAY", true, false, DOCUMENT_JSON},
    {SNOW, "PARSE_JSON", true, false, DOCUMENT_VARIANT},
    {SNOW, "TRY_PARSE_JSON", true, false, DOCUMENT_VARIANT},
    {SPARK, "PARSE_JSON", true, false, DOCUMENT_VARIANT},
    {SPARK, "MAP", true, false, DOCUMENT_MAP},
    {SPARK, "MAP_FROM_ARRAYS", true, false, DOCUMENT_MAP},
    {SPARK, "STR_TO_MAP", true, false, DOCUMENT_MAP},
};

bool document_of_call(const Resolver *r, const SqlNode *call, SqlType *t)
{
    Str name = call->text;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        Str start = str_from(calls[i].start);
        bool here = calls[i].in >> r->dialect & 1 && name.len >= start.len;
        if (!here || !str_eq_nocase(str_slice(name, 0, start.len), start)) continue;
        if (calls[i].whole && name.len != start.len) continue;
        bool text = calls[i].document == DOCUMENT_TEXT;
        bool many = sql_tail_count(call) > 1 && sql_tail(call, 1)->kind == NODE_ARRAY; // paths
        if (calls[i].path && !many) t->type = TYPE_STRUCT;
        bool fits = text ? t->type == TYPE_TEXT || t->type == TYPE_UNKNOWN
                         : t->type == TYPE_STRUCT || t->type == TYPE_ARRAY;
        if (!fits) return false;
        if (text) t->type = TYPE_TEXT;
        if (!(text || !calls[i].path) || !many) t->document = calls[i].document;
        return true;
    }
    return false;
}
