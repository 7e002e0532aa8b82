// resolve_name: what each dialect calls an output that has no name of its own.
#include "base/buf.h"
#include "sql/scope.h"

static Str source_of(const Resolver *r, const SqlNode *n)
{
    return sql_source(r->script->sql, n);
}

// ---- Postgres: after what the value is

static Str postgres_type(Arena *a, Str name)
{
    static const char *const rows[][2] = {
        {"INT", "int4"},
        {"INTEGER", "int4"},
        {"BIGINT", "int8"},
        {"SMALLINT", "int2"},
        {"DECIMAL", "numeric"},
        {"NUMBER", "numeric"},
        {"DOUBLE", "float8"},
        {"FLOAT", "float8"},
        {"REAL", "float4"},
        {"BOOLEAN", "bool"},
        {"CHAR", "bpchar"},
        {"STRING", "text"},
        {"DOUBLE PRECISION", "float8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (str_eq_nocase(name, str_from(rows[i][0]))) return str_from(rows[i][1]);
    }
    return str_lower(a, name);
}

static Str postgres_name(const Resolver *r, const SqlNode *n);

static Str postgres_subquery(const Resolver *r, const SqlNode *query)
{
    const SqlNode *body = query->child[QUERY_BODY];
    if (body->kind != NODE_SELECT || !sql_tail_count(body->child[SELECT_ITEMS])) return (Str){0};
    const SqlNode *item = sql_tail(body->child[SELECT_ITEMS], 0);
    if (item->child[ITEM_ALIAS]) return item->child[ITEM_ALIAS]->text;
    return postgres_name(r, item->child[ITEM_VALUE]);
}

// Empty: nothing gives it a name.
static Str postgres_name(const Resolver *r, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_COLUMN:
        return sql_last(n)->text;
    case NODE_CALL:
        return str_lower(r->arena, n->text);
    case NODE_MEMBER:
        return n->text;
    case NODE_CAST: {
        Str name = postgres_name(r, n->child[CAST_VALUE]);
        return name.len ? name : postgres_type(r->arena, n->child[CAST_TYPE]->text);
    }
    case NODE_CASE: {
        const SqlNode *other = n->child[CASE_ELSE];
        Str name = other && other->kind == NODE_COLUMN ? sql_last(other)->text : (Str){0};
        return name.len ? name : S("case");
    }
    case NODE_TYPED:
        return postgres_type(r->arena, n->text);
    case NODE_INTERVAL:
        return S("interval");
    case NODE_BOOLEAN:
        return S("bool");
    case NODE_EXISTS:
        return S("exists");
    case NODE_ARRAY:
        return S("array");
    case NODE_ROW:
        return S("row");
    case NODE_SUBQUERY:
        return postgres_subquery(r, n->child[ONLY]);
    case NODE_SUBSCRIPT:
        return postgres_name(r, n->child[SUBSCRIPT_BASE]);
    case NODE_COLLATE:
        return postgres_name(r, n->child[ONLY]);
    default:
        return (Str){0};
    }
}

// ---- DuckDB and Spark: the value in their own spelling

static bool spell(const Resolver *r, Buf *b, const SqlNode *n);

static bool spell_list(const Resolver *r, Buf *b, const SqlNode *n, const char *gap)
{
    for (uint32_t i = 0; i < sql_tail_count(n); i++) {
        if (i) buf_add(b, str_from(gap));
        if (!spell(r, b, sql_tail(n, i))) return false;
    }
    return true;
}

static bool spell_call(const Resolver *r, Buf *b, const SqlNode *n)
{
    for (uint32_t i = 0; i < sql_roles(NODE_CALL); i++) {
        if (n->child[i]) return false;
    }
    bool star = sql_tail_count(n) == 1 && sql_tail(n, 0)->kind == NODE_STAR;
    Str name = str_lower(r->arena, n->text);
    bool duck = r->dialect == DIALECT_DUCKDB;
    if (star) {
        buf_add(b, duck ? S("count_star()") : S("count(1)"));
        return true;
    }
    buf_fmt(b, STR_FMT "(%s", STR_ARG(name), n->flags & FLAG_DISTINCT ? "DISTINCT " : "");
    bool ok = spell_list(r, b, n, ", ");
    buf_char(b, ')');
    return ok;
}

static bool spell(const Resolver *r, Buf *b, const SqlNode *n)
{
    switch (n->kind) {
    case NODE_NUMBER:
        buf_add(b, n->text);
        return true;
    case NODE_STRING:
        if (r->dialect == DIALECT_DUCKDB) {
            buf_fmt(b, "'" STR_FMT "'", STR_ARG(n->text));
        } else {
            buf_add(b, n->text);
        }
        return true;
    case NODE_COLUMN:
        if (r->dialect == DIALECT_SPARK) {
            buf_add(b, sql_last(n)->text);
            return true;
        }
        return spell_list(r, b, n, ".");
    case NODE_NAME:
        buf_add(b, n->text);
        return true;
    case NODE_CALL:
        return spell_call(r, b, n);
    case NODE_CAST: {
        Str type = n->child[CAST_TYPE]->text;
        bool whole = str_eq(type, S("INT")) && r->dialect == DIALECT_DUCKDB;
        buf_add(b, S("CAST("));
        if (!spell(r, b, n->child[CAST_VALUE])) return false;
        buf_fmt(b, " AS " STR_FMT ")", STR_ARG(whole ? S("INTEGER") : type));
        return n->child[CAST_TYPE]->count == 0;
    }
    case NODE_BINARY:
        buf_char(b, '(');
        if (!spell(r, b, n->child[LEFT_SIDE])) return false;
        buf_fmt(b, " %s ", sql_op_word((SqlOp)n->op));
        if (!spell(r, b, n->child[RIGHT_SIDE])) return false;
        buf_char(b, ')');
        return true;
    default:
        return false;
    }
}

static Str own_spelling(const Resolver *r, const SqlNode *n)
{
    Buf b = buf_new(r->arena);
    return spell(r, &b, n) ? buf_str(&b) : source_of(r, n);
}

static Str name_of_field(const SqlNode *n)
{
    return n->kind == NODE_MEMBER ? n->text : (Str){0};
}

// Spark: EXPLODE(array) has one column, col.
static bool is_exploded_array(const Resolver *r, const SqlNode *n)
{
    bool explodes =
        n->kind == NODE_CALL && sql_tail_count(n) == 1 &&
        (str_eq_nocase(n->text, S("EXPLODE")) || str_eq_nocase(n->text, S("EXPLODE_OUTER")));
    return explodes && r->meaning->types[sql_tail(n, 0)->id].type != TYPE_STRUCT; // of a map: two
}

Str implicit_name(const Resolver *r, const SqlNode *value, uint32_t position, uint32_t nameless)
{
    if (value->kind == NODE_COLUMN) return sql_last(value)->text;
    Str name = name_of_field(value);
    switch (r->dialect) {
    case DIALECT_POSTGRES:
        name = postgres_name(r, value);
        return name.len ? name : S("?column?");
    case DIALECT_BIGQUERY:
        return name.len ? name : str_fmt(r->arena, "f%u_", nameless);
    case DIALECT_TRINO:
        return name.len ? name : str_fmt(r->arena, "_col%u", position);
    case DIALECT_FLINK:
        return str_fmt(r->arena, "EXPR$%u", position);
    case DIALECT_SNOWFLAKE:
        return str_upper(r->arena, source_of(r, value));
    case DIALECT_SPARK:
        if (is_exploded_array(r, value)) return S("col");
        return own_spelling(r, value);
    case DIALECT_DUCKDB:
        return own_spelling(r, value);
    case DIALECT_MYSQL:
        if (value->kind == NODE_STRING) return value->text;
        return source_of(r, value);
    case DIALECT_SQLITE:
        break;
    }
    return source_of(r, value);
}
