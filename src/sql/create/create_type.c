// create_type: the types of columns: what each dialect's name means, and how the others spell it.
#include "base/buf.h"
#include "base/vec.h"
#include "sql/create.h"
#include "sql/dialects.h"
#include "sql/home.h"
#include "sql/scope.h"

enum { EVERY_ONE = (1 << DIALECT_COUNT_) - 1 };

// --- Reading ---

// The first row that names the type and the dialect says what it means.
static const struct {
    const char *name;
    unsigned in;
    TypeKind kind;
} reads[] = {
    {"INT", SNOW | BIG, KIND_INT64}, // of 38 digits: more than others hold
    {"INTEGER", SNOW | BIG | LITE, KIND_INT64},
    {"SMALLINT", SNOW | BIG, KIND_INT64},
    {"TINYINT", SNOW | BIG, KIND_INT64},
    {"BYTEINT", SNOW | BIG, KIND_INT64},
    {"BOOLEAN", EVERY_ONE, KIND_BOOLEAN},
    {"BOOL", EVERY_ONE, KIND_BOOLEAN},
    {"TINYINT", EVERY_ONE, KIND_INT8},
    {"BYTE", EVERY_ONE, KIND_INT8},
    {"SMALLINT", EVERY_ONE, KIND_INT16},
    {"SHORT", EVERY_ONE, KIND_INT16},
    {"INT2", EVERY_ONE, KIND_INT16},
    {"SMALLSERIAL", EVERY_ONE, KIND_INT16},
    {"YEAR", MY, KIND_INT16},
    {"INT", EVERY_ONE, KIND_INT32},
    {"INTEGER", EVERY_ONE, KIND_INT32},
    {"INT4", EVERY_ONE, KIND_INT32},
    {"MEDIUMINT", EVERY_ONE, KIND_INT32},
    {"SERIAL", MY, KIND_UINT64},
    {"SERIAL", EVERY_ONE, KIND_INT32},
    {"SERIAL4", EVERY_ONE, KIND_INT32},
    {"BIGINT", EVERY_ONE, KIND_INT64},
    {"INT8", EVERY_ONE, KIND_INT64},
    {"INT64", EVERY_ONE, KIND_INT64},
    {"LONG", EVERY_ONE, KIND_INT64},
    {"BIGSERIAL", EVERY_ONE, KIND_INT64},
    {"SERIAL8", EVERY_ONE, KIND_INT64},
    {"HUGEINT", EVERY_ONE, KIND_INT128},
    {"TINYINT UNSIGNED", EVERY_ONE, KIND_UINT8},
    {"UTINYINT", EVERY_ONE, KIND_UINT8},
    {"SMALLINT UNSIGNED", EVERY_ONE, KIND_UINT16},
    {"USMALLINT", EVERY_ONE, KIND_UINT16},
    {"INT UNSIGNED", EVERY_ONE, KIND_UINT32},
    {"INTEGER UNSIGNED", EVERY_ONE, KIND_UINT32},
    {"MEDIUMINT UNSIGNED", EVERY_ONE, KIND_UINT32},
    {"UINTEGER", EVERY_ONE, KIND_UINT32},
    {"BIGINT UNSIGNED", EVERY_ONE, KIND_UINT64},
    {"UBIGINT", EVERY_ONE, KIND_UINT64},
    {"FLOAT", SNOW | PG | BIG, KIND_DOUBLE},
    {"FLOAT4", SNOW, KIND_DOUBLE},
    {"REAL", SNOW | MY | LITE, KIND_DOUBLE},
    {"FLOAT", EVERY_ONE, KIND_FLOAT},
    {"FLOAT4", EVERY_ONE, KIND_FLOAT},
    {"REAL", EVERY_ONE, KIND_FLOAT},
    {"DOUBLE", EVERY_ONE, KIND_DOUBLE},
    {"DOUBLE PRECISION", EVERY_ONE, KIND_DOUBLE},
    {"FLOAT8", EVERY_ONE, KIND_DOUBLE},
    {"FLOAT64", EVERY_ONE, KIND_DOUBLE},
    {"DECIMAL", EVERY_ONE, KIND_DECIMAL},
    {"DEC", EVERY_ONE, KIND_DECIMAL},
    {"NUMERIC", EVERY_ONE, KIND_DECIMAL},
    {"NUMBER", EVERY_ONE, KIND_DECIMAL},
    {"BIGNUMERIC", EVERY_ONE, KIND_DECIMAL},
    {"BIGDECIMAL", EVERY_ONE, KIND_DECIMAL},
    {"FIXED", EVERY_ONE, KIND_DECIMAL},
    {"DECIMAL UNSIGNED", EVERY_ONE, KIND_DECIMAL},
    {"CHAR", EVERY_ONE, KIND_CHAR},
    {"CHARACTER", EVERY_ONE, KIND_CHAR},
    {"NCHAR", EVERY_ONE, KIND_CHAR},
    {"BPCHAR", EVERY_ONE, KIND_CHAR},
    {"VARCHAR", EVERY_ONE, KIND_VARCHAR},
    {"CHARACTER VARYING", EVERY_ONE, KIND_VARCHAR},
    {"CHAR VARYING", EVERY_ONE, KIND_VARCHAR},
    {"NVARCHAR", EVERY_ONE, KIND_VARCHAR},
    {"TEXT", EVERY_ONE, KIND_TEXT},
    {"STRING", EVERY_ONE, KIND_VARCHAR},
    {"TINYTEXT", EVERY_ONE, KIND_TEXT},
    {"MEDIUMTEXT", EVERY_ONE, KIND_TEXT},
    {"LONGTEXT", EVERY_ONE, KIND_TEXT},
    {"BINARY", EVERY_ONE, KIND_BYTES},
    {"VARBINARY", EVERY_ONE, KIND_BYTES},
    {"BYTES", EVERY_ONE, KIND_BYTES},
    {"BYTEA", EVERY_ONE, KIND_BYTES},
    {"BLOB", EVERY_ONE, KIND_BYTES},
    {"TINYBLOB", EVERY_ONE, KIND_BYTES},
    {"MEDIUMBLOB", EVERY_ONE, KIND_BYTES},
    {"LONGBLOB", EVERY_ONE, KIND_BYTES},
    {"DATE", EVERY_ONE, KIND_DATE},
    {"TIME", EVERY_ONE, KIND_TIME},
    {"TIME WITHOUT TIME ZONE", EVERY_ONE, KIND_TIME},
    {"TIMESTAMP", BIG | SPARK | MY, KIND_INSTANT},
    {"TIMESTAMP", EVERY_ONE, KIND_TIMESTAMP},
    {"DATETIME", EVERY_ONE, KIND_TIMESTAMP},
    {"TIMESTAMP_NTZ", EVERY_ONE, KIND_TIMESTAMP},
    {"TIMESTAMP WITHOUT TIME ZONE", EVERY_ONE, KIND_TIMESTAMP},
    {"TIMESTAMPTZ", EVERY_ONE, KIND_INSTANT},
    {"TIMESTAMP_TZ", EVERY_ONE, KIND_INSTANT},
    {"TIMESTAMP_LTZ", EVERY_ONE, KIND_INSTANT},
    {"TIMESTAMP WITH TIME ZONE", EVERY_ONE, KIND_INSTANT},
    {"TIMESTAMP WITH LOCAL TIME ZONE", EVERY_ONE, KIND_INSTANT},
    {"JSON", EVERY_ONE, KIND_JSON},
    {"JSONB", EVERY_ONE, KIND_JSON},
    {"VARIANT", EVERY_ONE, KIND_JSON},
    {"SUPER", EVERY_ONE, KIND_JSON},
    {"UUID", EVERY_ONE, KIND_UUID},
    {"ENUM", EVERY_ONE, KIND_ENUM},
    {"ARRAY", EVERY_ONE, KIND_ARRAY},
    {"STRUCT", EVERY_ONE, KIND_STRUCT},
    {"ROW", EVERY_ONE, KIND_STRUCT},
    {"OBJECT", EVERY_ONE, KIND_STRUCT},
    {"MAP", EVERY_ONE, KIND_MAP},
};

static Str plain_name(Str name) // without ZEROFILL, which only says how numbers are shown
{
    Str shown = S(" ZEROFILL");
    return str_ends(name, shown) ? str_slice(name, 0, name.len - shown.len) : name;
}

static bool is_one(const SqlNode *type) // TINYINT(1)
{
    return sql_tail_count(type) == 1 && str_eq(sql_tail(type, 0)->text, S("1"));
}

TypeKind type_kind(Dialect d, const SqlNode *type)
{
    if (!type) return KIND_NONE;
    Str name = plain_name(type->text);
    if (str_ends(name, S("[]"))) return KIND_ARRAY;
    if (str_starts(name, S("INTERVAL"))) return KIND_INTERVAL;
    if (d == DIALECT_MYSQL && str_eq(name, S("TINYINT")) && is_one(type)) return KIND_BOOLEAN;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        if (!(reads[i].in >> d & 1) || !str_eq(name, str_from(reads[i].name))) continue;
        TypeKind kind = reads[i].kind;
        bool sized = sql_tail_count(type);
        if (kind == KIND_VARCHAR && !sized) return KIND_TEXT;
        if (kind == KIND_STRUCT && !sized) return KIND_JSON; // Snowflake's OBJECT
        return kind;
    }
    return KIND_OTHER;
}

Str type_nearest(Arena *a, Str name)
{
    VEC(Str) all = {0};
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        *vec_push(a, &all) = str_from(reads[i].name);
    return str_nearest(name, (StrList){all.at, all.len});
}

// --- Writing ---

// In the order of the dialects: SQLite, Snowflake, BigQuery, Spark, Postgres, Trino, MySQL, DuckDB,
// Flink. 0: it has none.
// clang-format off
static const char *const names[TYPE_KIND_COUNT_][DIALECT_COUNT_] = {
    [KIND_BOOLEAN] = {"BOOLEAN", "BOOLEAN", "BOOL", "BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOLEAN", "BOOLEAN"},
    [KIND_INT8] = {"INTEGER", "TINYINT", "INT64", "TINYINT", "SMALLINT", "TINYINT", "TINYINT", "TINYINT", "TINYINT"},
    [KIND_INT16] = {"INTEGER", "SMALLINT", "INT64", "SMALLINT", "SMALLINT", "SMALLINT", "SMALLINT", "SMALLINT", "SMALLINT"},
    [KIND_INT32] = {"INTEGER", "INTEGER", "INT64", "INT", "INTEGER", "INTEGER", "INT", "INTEGER", "INT"},
    [KIND_INT64] = {"INTEGER", "BIGINT", "INT64", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "BIGINT"},
    [KIND_INT128] = {0, "NUMBER(38, 0)", "BIGNUMERIC(38)", "DECIMAL(38, 0)", "NUMERIC(38, 0)", "DECIMAL(38, 0)", "DECIMAL(38, 0)", "HUGEINT", "DECIMAL(38, 0)"},
    [KIND_UINT8] = {"INTEGER", "SMALLINT", "INT64", "SMALLINT", "SMALLINT", "SMALLINT", "TINYINT UNSIGNED", "UTINYINT", "SMALLINT"},
    [KIND_UINT16] = {"INTEGER", "INTEGER", "INT64", "INT", "INTEGER", "INTEGER", "SMALLINT UNSIGNED", "USMALLINT", "INT"},
    [KIND_UINT32] = {"INTEGER", "BIGINT", "INT64", "BIGINT", "BIGINT", "BIGINT", "INT UNSIGNED", "UINTEGER", "BIGINT"},
    [KIND_UINT64] = {"INTEGER", "NUMBER(20, 0)", "NUMERIC(20)", "DECIMAL(20, 0)", "NUMERIC(20, 0)", "DECIMAL(20, 0)", "BIGINT UNSIGNED", "UBIGINT", "DECIMAL(20, 0)"},
    [KIND_FLOAT] = {"REAL", "FLOAT", "FLOAT64", "FLOAT", "REAL", "REAL", "FLOAT", "FLOAT", "FLOAT"},
    [KIND_DOUBLE] = {"REAL", "DOUBLE", "FLOAT64", "DOUBLE", "DOUBLE PRECISION", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE"},
    [KIND_CHAR] = {"TEXT", "CHAR", "STRING", "CHAR", "CHAR", "CHAR", "CHAR", "VARCHAR", "CHAR"},
    [KIND_VARCHAR] = {"TEXT", "VARCHAR", "STRING", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"},
    [KIND_TEXT] = {"TEXT", "VARCHAR", "STRING", "STRING", "TEXT", "VARCHAR", "TEXT", "VARCHAR", "STRING"},
    [KIND_BYTES] = {"BLOB", "BINARY", "BYTES", "BINARY", "BYTEA", "VARBINARY", "LONGBLOB", "BLOB", "BYTES"},
    [KIND_DATE] = {"DATE", "DATE", "DATE", "DATE", "DATE", "DATE", "DATE", "DATE", "DATE"},
    [KIND_TIME] = {"TEXT", "TIME", "TIME", 0, "TIME", "TIME", "TIME", "TIME", "TIME"},
    [KIND_TIMESTAMP] = {"TEXT", "TIMESTAMP_NTZ", "DATETIME", "TIMESTAMP_NTZ", "TIMESTAMP", "TIMESTAMP", "DATETIME", "TIMESTAMP", "TIMESTAMP"},
    [KIND_INSTANT] = {"TEXT", "TIMESTAMP_LTZ", "TIMESTAMP", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_LTZ"},
    [KIND_INTERVAL] = {0, 0, "INTERVAL", 0, "INTERVAL", 0, 0, "INTERVAL", 0},
    [KIND_JSON] = {"TEXT", "VARIANT", "JSON", "VARIANT", "JSONB", "JSON", "JSON", "JSON", 0},
    [KIND_UUID] = {"TEXT", "VARCHAR(36)", "STRING(36)", "STRING", "UUID", "UUID", "CHAR(36)", "UUID", "CHAR(36)"},
    [KIND_ENUM] = {"TEXT", "VARCHAR", "STRING", "STRING", "TEXT", "VARCHAR", "ENUM", "ENUM", "STRING"},
    [KIND_ARRAY] = {"TEXT", "ARRAY", "ARRAY", "ARRAY", "[]", "ARRAY", "JSON", "[]", "ARRAY"},
    [KIND_STRUCT] = {"TEXT", "OBJECT", "STRUCT", "STRUCT", "JSONB", "ROW", "JSON", "STRUCT", "ROW"},
    [KIND_MAP] = {"TEXT", "OBJECT", 0, "MAP", "JSONB", "MAP", "JSON", "MAP", "MAP"},
};
// clang-format on

static SqlNode *lacking(Translator *t, const SqlNode *type, TypeKind kind)
{
    const char *instead = kind == KIND_INTERVAL ? "keep a number of seconds"
                          : kind == KIND_TIME   ? "keep a text or a number of seconds"
                          : kind == KIND_JSON   ? "keep the text, or name the fields in a ROW"
                          : kind == KIND_MAP    ? "keep an array of structs of key and value"
                                                : "choose one of its own";
    return translate_unsupported(t, type, "%s has no type like " STR_FMT " for a column: %s.",
                                 home_title(t->to), STR_ARG(type->text), instead);
}

static SqlNode *type_named(Translator *t, const SqlNode *place, const char *name)
{
    SqlNode *n = make_node(t, NODE_TYPE, place, 0);
    n->text = str_from(name);
    return n;
}

// --- … fractions of seconds: those that home keeps where nothing is said ---

typedef struct {
    int8_t usual, most; // most 0: none may be written
} Digits;

static Digits digits_of(Dialect d)
{
    static const Digits all[DIALECT_COUNT_] = {
        [DIALECT_SQLITE] = {6, 0}, [DIALECT_SNOWFLAKE] = {9, 9}, [DIALECT_BIGQUERY] = {6, 0},
        [DIALECT_SPARK] = {6, 0},  [DIALECT_POSTGRES] = {6, 6},  [DIALECT_TRINO] = {3, 12},
        [DIALECT_MYSQL] = {0, 6},  [DIALECT_DUCKDB] = {6, 0},    [DIALECT_FLINK] = {6, 9},
    };
    return all[d];
}

static void write_digits(Translator *t, SqlNode *made, const SqlNode *type)
{
    int64_t digits = digits_of(t->from).usual;
    Digits there = digits_of(t->to);
    const SqlNode *said = sql_tail_count(type) ? sql_tail(type, 0) : NULL;
    if (said && said->kind == NODE_NUMBER && !str_to_i64(said->text, &digits)) return;
    if (!there.most) return;
    if (digits > there.most) digits = there.most;
    if (!said && digits > 6 && there.usual == 6) return; // nanoseconds that nobody asked for
    if (digits != there.usual) node_add_tail(t, made, make_number(t, type, digits));
}

// --- … decimals ---

static int64_t number_at(const SqlNode *type, uint32_t i, int64_t otherwise)
{
    int64_t v = otherwise;
    if (i < sql_tail_count(type) && !str_to_i64(sql_tail(type, i)->text, &v)) return otherwise;
    return v;
}

static int64_t most_digits(Dialect d)
{
    return d == DIALECT_POSTGRES ? 1000 : d == DIALECT_MYSQL ? 65 : d == DIALECT_BIGQUERY ? 76 : 38;
}

static SqlNode *decimal_there(Translator *t, SqlNode *type)
{
    int64_t digits = number_at(type, 0, 0), scale = number_at(type, 1, 0);
    if (digits > most_digits(t->to)) {
        return translate_unsupported(t, type, "A decimal of %s has %lld digits at most.",
                                     home_title(t->to), (long long)most_digits(t->to));
    }
    bool whole = sql_tail_count(type) && scale == 0 && t->to == DIALECT_BIGQUERY;
    bool key = t->from == DIALECT_SNOWFLAKE && digits == 38; // what its INTEGER is
    if (str_ends(type->text, S(" UNSIGNED")))
        type->text = str_slice(type->text, 0, type->text.len - S(" UNSIGNED").len);
    if (whole && digits > 18 && !key) {
        type->text = digits > 29 ? S("BIGNUMERIC") : S("NUMERIC");
        node_set_tail(t, type, type->child, 1);
        return type;
    }
    bool wide = t->to == DIALECT_BIGQUERY && (scale > 9 || digits - scale > 29);
    spell_type(t, type);
    if (wide && sql_tail_count(type)) type->text = S("BIGNUMERIC");
    return type;
}

// --- … and types of types ---

static SqlNode *element_of(Translator *t, SqlNode *type)
{
    if (!str_ends(type->text, S("[]"))) return sql_tail_count(type) ? sql_tail(type, 0) : NULL;
    SqlNode *element = node_clone(t, type);
    element->text = str_slice(type->text, 0, type->text.len - 2);
    return element;
}

static SqlNode *array_there(Translator *t, SqlNode *type, const char *name)
{
    SqlNode *element = element_of(t, type);
    if (t->to == DIALECT_SNOWFLAKE || t->to == DIALECT_MYSQL) {
        if (element)
            left_out(t, type, "%s does not say what an array holds: " STR_FMT " is %s.",
                     home_title(t->to), STR_ARG(source_line(t, type)), name);
        return type_named(t, type, name);
    }
    SqlNode *json = element ? NULL : type_named(t, type, names[KIND_JSON][t->to]);
    if (!element && !names[KIND_JSON][t->to]) return lacking(t, type, KIND_JSON);
    SqlNode *of = element ? type_there(t, element) : json;
    bool nested = t->to == DIALECT_BIGQUERY && str_eq(of->text, S("ARRAY"));
    if (nested) {
        return translate_unsupported(t, type,
                                     "BigQuery has no array of arrays: put a STRUCT between them.");
    }
    if (str_eq(str_from(name), S("[]"))) {
        of->text = str_fmt(t->arena, STR_FMT "[]", STR_ARG(of->text));
        return of;
    }
    SqlNode *made = type_named(t, type, name);
    node_add_tail(t, made, of);
    return made;
}

static bool is_loose(Translator *t, SqlNode *type, const char *name)
{
    bool loose = t->to == DIALECT_SNOWFLAKE || t->to == DIALECT_MYSQL || t->to == DIALECT_POSTGRES;
    if (loose)
        left_out(t, type, "%s does not say what is inside: " STR_FMT " is %s.", home_title(t->to),
                 STR_ARG(source_line(t, type)), name);
    return loose;
}

static SqlNode *struct_there(Translator *t, SqlNode *type, const char *name)
{
    if (is_loose(t, type, name)) return type_named(t, type, name);
    SqlNode *made = type_named(t, type, name);
    for (uint32_t i = 0; i < sql_tail_count(type); i++) {
        SqlNode *part = sql_tail(type, i), *field = make_node(t, NODE_FIELD, part, 0);
        bool named = part->kind == NODE_FIELD;
        field->text = named ? part->text : str_fmt(t->arena, "field%u", i + 1);
        field->child[ONLY] = type_there(t, named ? part->child[ONLY] : part);
        node_add_tail(t, made, field);
    }
    return made;
}

// BigQuery writes a map as what it is: pairs.
static SqlNode *pairs_there(Translator *t, SqlNode *type)
{
    SqlNode *array = type_named(t, type, "ARRAY"), *pair = type_named(t, type, "STRUCT");
    static const char *const parts[] = {"key", "value"};
    for (uint32_t i = 0; i < 2 && i < sql_tail_count(type); i++) {
        SqlNode *field = make_node(t, NODE_FIELD, type, 0);
        field->text = str_from(parts[i]);
        field->child[ONLY] = type_there(t, sql_tail(type, i));
        node_add_tail(t, pair, field);
    }
    node_add_tail(t, array, pair);
    return array;
}

static SqlNode *map_there(Translator *t, SqlNode *type, const char *name)
{
    if (t->to == DIALECT_BIGQUERY && sql_tail_count(type) == 2) return pairs_there(t, type);
    if (!name) return lacking(t, type, KIND_MAP);
    if (is_loose(t, type, name)) return type_named(t, type, name);
    SqlNode *made = type_named(t, type, name);
    for (uint32_t i = 0; i < sql_tail_count(type); i++)
        node_add_tail(t, made, type_there(t, sql_tail(type, i)));
    return made;
}

static bool is_unsigned(TypeKind kind)
{
    return kind >= KIND_UINT8 && kind <= KIND_UINT64;
}

// CHAR(10) has a length; DuckDB's and Spark's texts keep none.
static SqlNode *text_there(Translator *t, SqlNode *type, TypeKind kind, const char *name)
{
    SqlNode *made = type_named(t, type, name);
    bool sized = sql_tail_count(type) && kind != KIND_TEXT && t->to != DIALECT_DUCKDB;
    if (sized) node_add_tail(t, made, sql_tail(type, 0));
    return made;
}

static SqlNode *simple_there(Translator *t, SqlNode *type, TypeKind kind, const char *name)
{
    SqlNode *made = type_named(t, type, name);
    if (kind == KIND_TIMESTAMP || kind == KIND_INSTANT || kind == KIND_TIME) {
        if (kind != KIND_TIME || sql_tail_count(type)) write_digits(t, made, type);
    } else if (kind == KIND_ENUM && str_eq(made->text, S("ENUM"))) {
        node_set_tail(t, made, type->child, type->count);
    }
    bool signs = is_unsigned(kind) && t->to != DIALECT_MYSQL && t->to != DIALECT_DUCKDB;
    if (signs && t->to != DIALECT_POSTGRES)
        left_out(t, type, "%s has no unsigned numbers: %s takes negative ones.", home_title(t->to),
                 name);
    return made;
}

SqlNode *type_there(Translator *t, SqlNode *type)
{
    if (type->kind != NODE_TYPE) return type;
    TypeKind kind = type_kind(t->from, type);
    if (kind == KIND_OTHER) return lacking(t, type, kind);
    const char *name = names[kind][t->to];
    if (kind == KIND_DECIMAL) return decimal_there(t, type);
    if (kind == KIND_MAP) return map_there(t, type, name);
    if (!name) return lacking(t, type, kind);
    switch (kind) {
    case KIND_ARRAY:
        return array_there(t, type, name);
    case KIND_STRUCT:
        return struct_there(t, type, name);
    case KIND_CHAR:
    case KIND_VARCHAR:
    case KIND_TEXT:
        return text_there(t, type, kind, name);
    default:
        return simple_there(t, type, kind, name);
    }
}
