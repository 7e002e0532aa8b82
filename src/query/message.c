// message: what SQLite says, in a sentence that helps: the place, the nearest name, the way out.
#include "query/fn.h"
#include "query/private.h"
#include "sql/sql.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MILLION = 1000 * 1000 };

void message_set(QueryResult *out, Str sql, size_t at, ErrorKind kind, const char *fmt, ...)
{
    char text[sizeof out->error.text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    error_set(&out->error, kind, "%s", text);
    out->error_at = at;
    if (at != SIZE_MAX) sql_place(sql, at, &out->error.line, &out->error.column);
}

// --- The nearest name ---

static void add_names(Engine *e, Arena *a, const char *sql, Str bind, StrList *names)
{
    VEC(Str) list = {names->at, names->len, names->len};
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(e->db, sql, -1, &st, NULL) == SQLITE_OK) {
        if (bind.len) sqlite3_bind_text(st, 1, bind.ptr, (int)bind.len, SQLITE_TRANSIENT);
        while (sqlite3_step(st) == SQLITE_ROW) {
            *vec_push(a, &list) = str_copy(a, str_from((const char *)sqlite3_column_text(st, 0)));
        }
    }
    sqlite3_finalize(st);
    *names = (StrList){list.at, list.len};
}

static StrList table_names(Engine *e, Arena *a)
{
    StrList names = {0};
    add_names(e, a, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')", (Str){0},
              &names);
    return names;
}

static StrList function_names(Engine *e, Arena *a)
{
    StrList names = {0};
    add_names(
        e, a,
        "SELECT DISTINCT name FROM pragma_function_list WHERE name NOT LIKE 'gr!_%' ESCAPE '!'",
        (Str){0}, &names);
    return names;
}

// Columns of the tables that the text names.
static StrList column_names(Engine *e, Arena *a, Str sql)
{
    StrList tables = table_names(e, a), names = {0};
    for (size_t i = 0; i < tables.len; i++) {
        size_t at;
        if (!scan_find(sql, tables.at[i], &at)) continue;
        add_names(e, a, "SELECT name FROM pragma_table_info(?1)", tables.at[i], &names);
    }
    return names;
}

static Str after_dot(Str name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '.') return str_slice(name, i, name.len);
    }
    return name;
}

static Str nearest(Arena *a, Str name, StrList list)
{
    Str near = str_nearest(name, list);
    if (near.len == 0 || str_eq(near, name)) return (Str){0};
    return str_fmt(a, " Did you mean " STR_FMT "?", STR_ARG(near));
}

// --- Rules: how a message begins, and what is added to it ---

typedef enum {
    ADD_NOTHING,
    ADD_COLUMN, // the nearest column; or that "x" is a name
    ADD_TABLE,
    ADD_FUNCTION,
    ADD_TEXT,    // the rule's own words
    ADD_INSTEAD, // … in place of SQLite's
} Add;

typedef struct {
    const char *begins;
    ErrorKind kind;
    Add add;
    const char *text; // of ADD_TEXT
} Rule;

static const Rule rules[] = {
    {"no such column: ", ERROR_SYNTAX, ADD_COLUMN, NULL},
    {"no such table: ", ERROR_SYNTAX, ADD_TABLE, NULL},
    {"no such function: ", ERROR_SYNTAX, ADD_FUNCTION, NULL},
    {"ambiguous column name: ", ERROR_SYNTAX, ADD_TEXT,
     " More than one table has it: write table.column."},
    {"misuse of aggregate", ERROR_SYNTAX, ADD_TEXT,
     " Groups are filtered with HAVING, or in an outer query."},
    {"misuse of window function", ERROR_SYNTAX, ADD_TEXT,
     " WHERE, GROUP BY and HAVING come before it: filter in an outer query."},
    {"misuse of aliased window function", ERROR_SYNTAX, ADD_TEXT,
     " WHERE, GROUP BY and HAVING come before it: filter in an outer query."},
    {"misuse of aliased aggregate", ERROR_SYNTAX, ADD_TEXT,
     " Groups are filtered with HAVING, or in an outer query."},
    {"incomplete input", ERROR_SYNTAX, ADD_TEXT, " The statement stops too early."},
    {"SELECTs to the left and right of", ERROR_SYNTAX, ADD_NOTHING, NULL},
    {"too many columns in", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"too many terms in", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"too many arguments on function", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"too many references to", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"Expression tree is too large", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"parser stack overflow", ERROR_TOO_LARGE, ADD_TEXT, " It is nested too deeply."},
    {"integer overflow", ERROR_RUNTIME, ADD_TEXT,
     " A whole number has 64 bits here, up to 9223372036854775807: sum it as a decimal."},
    {"LIKE or GLOB pattern too complex", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"at most 64 tables in a join", ERROR_TOO_LARGE, ADD_NOTHING, NULL},
    {"recursive reference in a subquery", ERROR_SYNTAX, ADD_NOTHING, NULL},
    {"row value misused", ERROR_SYNTAX, ADD_INSTEAD,
     "A row (a, b) stands where one value belongs: write its values apart."},
};

static const Rule *rule_for(Str message)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (str_starts(message, str_from(rules[i].begins))) return &rules[i];
    }
    return NULL;
}

static Str addition(Engine *e, Arena *a, Str sql, const Rule *r, Str name, size_t at)
{
    switch (r->add) {
    case ADD_NOTHING:
        return (Str){0};
    case ADD_TEXT:
    case ADD_INSTEAD:
        return str_from(r->text);
    case ADD_COLUMN:
        if (at < sql.len && sql.ptr[at] == '"') {
            return S(" Double quotes name a column; a text stands in 'single quotes'.");
        }
        return nearest(a, after_dot(name), column_names(e, a, sql));
    case ADD_TABLE:
        return nearest(a, after_dot(name), table_names(e, a));
    case ADD_FUNCTION:
        return nearest(a, name, function_names(e, a));
    }
    return (Str){0};
}

// "no such column: x" becomes "No such column: x."
static Str sentence(Arena *a, Str message)
{
    Buf b = buf_new(a);
    buf_add(&b, message);
    if (b.len && b.ptr[0] >= 'a' && b.ptr[0] <= 'z') b.ptr[0] = (char)(b.ptr[0] - 'a' + 'A');
    if (b.len && !strchr(".?!", b.ptr[b.len - 1])) buf_char(&b, '.');
    return buf_str(&b);
}

// Where SQLite names no place: the first place of the name in the text.
static size_t place_of(Engine *e, Str sql, Str name)
{
    int offset = sqlite3_error_offset(e->db);
    if (offset >= 0 && (size_t)offset <= sql.len) return (size_t)offset;
    size_t at;
    return name.len && scan_find(sql, after_dot(name), &at) ? at : SIZE_MAX;
}

static void from_text(Engine *e, Arena *a, Str sql, bool running, QueryResult *out)
{
    Str message = str_copy(a, str_from(sqlite3_errmsg(e->db)));
    const char *sentence_only;
    if (fn_failed_at(message.ptr, &out->source_at, &sentence_only)) {
        message_set(out, sql, SIZE_MAX, ERROR_RUNTIME, "%s", sentence_only);
        return;
    }
    const Rule *r = rule_for(message);
    Str name = {0};
    if (r && r->add >= ADD_COLUMN && r->add <= ADD_FUNCTION) {
        name = str_slice(message, strlen(r->begins), message.len);
    }
    size_t at = place_of(e, sql, name);
    if (at == SIZE_MAX && str_starts(message, S("incomplete input"))) at = sql.len;
    e->trusted = true; // our own look into the schema
    Str more = r ? addition(e, a, sql, r, name, at) : (Str){0};
    e->trusted = false;
    Str text = r && r->add == ADD_INSTEAD ? (Str){0} : sentence(a, message);
    message_set(out, sql, at,
                r         ? r->kind
                : running ? ERROR_RUNTIME
                          : ERROR_SYNTAX,
                STR_FMT STR_FMT, STR_ARG(text), STR_ARG(more));
}

static void from_refusal(Engine *e, Str sql, QueryResult *out)
{
    guard_sentence(e, &out->error);
    out->error_at = place_of(e, sql, str_from(e->refused.what));
    if (out->error_at == SIZE_MAX) out->error_at = (size_t)(scan_first(sql, 0).ptr - sql.ptr);
    sql_place(sql, out->error_at, &out->error.line, &out->error.column);
}

static void out_of_steps(const Engine *e, Str sql, QueryResult *out)
{
    bool round = e->most % MILLION == 0;
    message_set(out, sql, SIZE_MAX, ERROR_TIME,
                "Stopped after %lld%s steps: the query does too much work.",
                (long long)(round ? e->most / MILLION : e->most), round ? " million" : "");
}

void message_from(Engine *e, Arena *a, Str sql, int rc, bool running, QueryResult *out)
{
    if (e->refused.action) { // SQLite reports it under several codes
        from_refusal(e, sql, out);
        return;
    }
    switch (rc & 0xff) {
    case SQLITE_INTERRUPT:
        out_of_steps(e, sql, out);
        break;
    case SQLITE_NOMEM:
        message_set(out, sql, SIZE_MAX, ERROR_MEMORY,
                    "Stopped: the query wants more than %lld MiB of memory.",
                    (long long)(e->heap / MIB));
        break;
    case SQLITE_TOOBIG:
        message_set(out, sql, SIZE_MAX, ERROR_TOO_LARGE,
                    "A value of the query is longer than %d bytes.", CELL_BYTES);
        break;
    default:
        from_text(e, a, sql, running, out);
    }
}
