// program: queries as the worker runs them, from whatever dialect they are written in.
#include "exam/exam.h"

SqlSchema exam_schema(Arena *a, const WarehouseSpec *w)
{
    SqlTable *tables = arena_array(a, SqlTable, w->table_count);
    for (size_t t = 0; t < w->table_count; t++) {
        const TableSpec *from = &w->tables[t];
        SqlColumn *columns = arena_array(a, SqlColumn, from->width);
        StrList key = {arena_array(a, Str, from->width), 0};
        StrList *uniques = arena_array(a, StrList, from->unique_count + from->width);
        size_t unique = from->unique_count;
        for (size_t u = 0; u < unique; u++) uniques[u] = from->unique[u];
        for (size_t c = 0; c < from->width; c++) {
            const ColumnSpec *k = &from->columns[c];
            columns[c] = (SqlColumn){
                .name = k->name, .type = k->type, .not_null = k->not_null || k->primary_key};
            if (k->primary_key) key.at[key.len++] = k->name;
            if (k->unique) uniques[unique++] = (StrList){(Str *)&k->name, 1};
        }
        tables[t] = (SqlTable){from->name, {columns, from->width, false}, key, uniques, unique};
    }
    return (SqlSchema){tables, w->table_count};
}

// The runtime's own functions are no part of SQLite: an answer does not call them.
static bool has_no_own(Arena *a, Str sql, Error *err)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        bool own = t.kind == TOKEN_NAME && str_starts(str_lower(a, t.text), S("gr_"));
        Str rest = str_trim(str_slice(sql, t.at + t.text.len, sql.len));
        if (!own || !str_starts(rest, S("("))) continue;
        return error_at(err, ERROR_HOME_REFUSED, S(""), t.line, t.column,
                        "SQLite has no function " STR_FMT ". (SQLite: no such function: " STR_FMT
                        ")",
                        STR_ARG(t.text), STR_ARG(t.text));
    }
    return true;
}

// SQLite itself is the best judge of its own text; what that takes from another dialect is read as
// in any other (contracts.md, syntax amnesty).
static bool is_for_sqlite(Arena *a, Str sql, const SqlHome *home)
{
    SqlScript script;
    Error said;
    if (home->dialect != DIALECT_SQLITE) return false;
    return home->strict || !sql_parse(a, sql, DIALECT_SQLITE, &script, &said) ||
           !sql_borrows(&script);
}

bool exam_compile(Arena *a, const WarehouseSpec *w, Str sql, const SqlHome *home, SqlProgram *out,
                  Error *err)
{
    *out = (SqlProgram){.text = sql};
    if (home->dialect == DIALECT_SQLITE && !has_no_own(a, sql, err)) return false;
    if (is_for_sqlite(a, sql, home)) {
        sql_as_written(a, sql, out);
        return true;
    }
    SqlSchema schema = exam_schema(a, w);
    return sql_compile(a, sql, home, &schema, out, err);
}

void exam_place(const SqlProgram *p, Str sql, QueryResult *r)
{
    size_t at = r->source_at;
    if (at == SIZE_MAX && r->error_at != SIZE_MAX) at = sql_origin(p, r->error_at);
    r->error.line = r->error.column = 0;
    if (at <= sql.len) sql_place(sql, at, &r->error.line, &r->error.column);
}
