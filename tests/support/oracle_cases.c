// oracle_cases: reads the case files and the tables of tests/sql/oracle (format:
// tests/oracle/README.md).
#include "oracle_cases.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/interval.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 4 << 20, CELLS_MAX = 64 };

typedef struct {
    Arena *a;
    const char *path;
    Str rest, line; // the line under the eye
    int number;
    bool more;
} Reader;

static _Noreturn void bad(const Reader *r, const char *what)
{
    fprintf(stderr, "%s:%d: %s: " STR_FMT "\n", r->path, r->number, what, STR_ARG(r->line));
    abort();
}

static void next(Reader *r)
{
    r->more = str_line(&r->rest, &r->line);
    r->number++;
}

static Reader reader(Arena *a, const char *path)
{
    Reader r = {.a = a, .path = path};
    Error err = {0};
    if (!file_read(a, str_from(path), FILE_MAX, &r.rest, &err)) bad(&r, err.text);
    next(&r);
    return r;
}

// --- Cells: SQL literals with ' | ' between them ---

static bool take(Str *s, Str word)
{
    if (!str_starts(*s, word)) return false;
    *s = str_slice(*s, word.len, s->len);
    return true;
}

static Value text_cell(Reader *r, Str *rest)
{
    Buf b = buf_new(r->a);
    for (;;) {
        if (!rest->len) bad(r, "a text without an end");
        char c = rest->ptr[0];
        *rest = str_slice(*rest, 1, rest->len);
        if (c == '\'') {
            if (!rest->len || rest->ptr[0] != '\'') break;
            *rest = str_slice(*rest, 1, rest->len);
        } else if (c == '\\' && rest->len) {
            c = rest->ptr[0];
            *rest = str_slice(*rest, 1, rest->len);
            if (c == 'n') c = '\n';
            if (c == 't') c = '\t';
        }
        buf_char(&b, c);
    }
    return VALUE_STR(buf_str(&b));
}

static Value cell(Reader *r, Str *rest)
{
    if (take(rest, S("'"))) return text_cell(r, rest);
    size_t end = 0;
    if (!str_find(*rest, S(" | "), &end)) end = rest->len;
    Str word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    Value v = {0};
    if (str_eq(word, S("NULL"))) return v;
    if (str_eq(word, S("TRUE"))) return VALUE_INT(1);
    if (str_eq(word, S("FALSE"))) return VALUE_INT(0);
    if (str_to_i64(word, &v.integer)) {
        v.kind = VALUE_INTEGER;
    } else if (str_to_f64(word, &v.real)) {
        v.kind = VALUE_REAL;
    } else {
        bad(r, "no cell");
    }
    return v;
}

// As a result has it: what it is compared by, and how home writes it.
static Value interval_cell(Arena *a, Value v)
{
    Interval i;
    Str text = v.text, head = S("INTERVAL '");
    size_t end = 0;
    if (str_starts(text, head)) text = str_slice(text, head.len, text.len);
    bool days = str_ends(text, S("' DAY"));
    if (str_find(text, S("'"), &end)) text = str_slice(text, 0, end);
    if (days) text = str_fmt(a, STR_FMT " day", STR_ARG(text));
    // '-1 02:00:00' of Spark and Trino: less than nothing, all of it
    bool minus = str_starts(text, S("-")) && str_find(text, S(" "), &end) && end + 1 < text.len &&
                 text.ptr[end + 1] != '-' && text.len - end >= 9 && text.ptr[end + 3] == ':';
    if (minus && !str_find(text, S("day"), NULL)) text = str_slice(text, 1, text.len);
    bool known = v.kind == VALUE_TEXT && interval_read(text, &i);
    if (known && minus && !str_find(text, S("day"), NULL))
        i = (Interval){-i.months, -i.days, -i.us};
    return known ? (Value){.kind = VALUE_INTEGER, .integer = interval_us(i), .text = v.text} : v;
}

static void row(Reader *r, Value *out, size_t width)
{
    Str rest = r->line;
    for (size_t c = 0; c < width; c++) {
        if (c && !take(&rest, S(" | "))) bad(r, "too few cells");
        out[c] = cell(r, &rest);
    }
    if (rest.len) bad(r, "too many cells");
}

static LogicalType type_word(const Reader *r, Str word)
{
    for (LogicalType t = 0; t <= TYPE_LAST; t++) {
        if (str_eq(word, str_from(type_name(t)))) return t;
    }
    bad(r, "no type");
}

// What a column of a table is besides its type.
typedef struct {
    bool not_null, key;
} Rule;

static bool take_end(Str *s, Str end)
{
    bool ends = str_ends(*s, end);
    if (ends) *s = str_slice(*s, 0, s->len - end.len);
    return ends;
}

// "name type [key|not null] | …"
static size_t head(Reader *r, Column *out, Rule *rules)
{
    size_t width = 0;
    Str rest = r->line;
    for (bool more = true; more; width++) {
        size_t end = 0, space = 0;
        if (width == CELLS_MAX) bad(r, "too many columns");
        more = str_find(rest, S(" | "), &end);
        Str part = more ? str_slice(rest, 0, end) : rest;
        rest = str_slice(rest, end + 3, rest.len);
        rules[width].key = take_end(&part, S(" key"));
        rules[width].not_null = rules[width].key || take_end(&part, S(" not null"));
        for (size_t i = 0; i < part.len; i++) {
            if (part.ptr[i] == ' ') space = i;
        }
        out[width] =
            (Column){str_slice(part, 0, space), type_word(r, str_slice(part, space + 1, part.len))};
    }
    return width;
}

static bool at_heading(const Reader *r)
{
    return !r->more || str_starts(r->line, S("== ")) || str_starts(r->line, S("=> ")) ||
           str_starts(r->line, S("-- via "));
}

static Table read_table(Reader *r, Rule *rules)
{
    VEC(Value) cells = {0};
    Column columns[CELLS_MAX];
    Table t = {.width = head(r, columns, rules)};
    t.columns = arena_array(r->a, Column, t.width);
    memcpy(t.columns, columns, t.width * sizeof *columns);
    for (next(r); !at_heading(r) && r->line.len; next(r)) {
        Value values[CELLS_MAX] = {0};
        row(r, values, t.width);
        for (size_t c = 0; c < t.width; c++) {
            if (t.columns[c].type == TYPE_INTERVAL) values[c] = interval_cell(r->a, values[c]);
            *vec_push(r->a, &cells) = values[c];
        }
        t.rows++;
    }
    t.cells = cells.at;
    return t;
}

// --- Cases ---

static Str read_query(Reader *r)
{
    const char *start = r->line.ptr;
    const char *end = start;
    for (; !at_heading(r); next(r)) end = r->line.ptr + r->line.len;
    return str_trim((Str){start, (size_t)(end - start)});
}

// "=> postgres mysql ordered", and what stands below it.
static void read_outcome(Reader *r, OracleCase base, OracleCases *all)
{
    Rule rules[CELLS_MAX];
    bool in[DIALECT_COUNT_] = {false};
    Str rest = str_slice(r->line, 3, r->line.len), word;
    base.line = r->number;
    for (bool more = true; more;) {
        Dialect d;
        more = str_cut(rest, ' ', &word, &rest);
        if (str_eq(word, S("ordered"))) {
            base.kind = ORACLE_ORDERED;
        } else if (str_eq(word, S("refused"))) {
            base.kind = ORACLE_REFUSED;
        } else if (str_eq(word, S("fails"))) {
            base.kind = ORACLE_FAILS;
        } else if (dialect_from_name(word, &d)) {
            in[d] = true;
        } else if (!str_eq(word, S("by-hand"))) {
            bad(r, "no dialect");
        }
    }
    next(r);
    if (base.kind == ORACLE_REFUSED || base.kind == ORACLE_FAILS) {
        base.message = read_query(r);
    } else {
        base.table = read_table(r, rules);
        while (!at_heading(r)) next(r);
    }
    for (Dialect d = 0; d <= DIALECT_LAST; d++) {
        if (!in[d]) continue;
        base.dialect = d;
        *vec_push(r->a, all) = base;
    }
}

OracleCases oracle_cases(Arena *a, const char *path)
{
    OracleCases all = {0};
    Reader r = reader(a, path);
    while (r.more && !str_starts(r.line, S("== "))) next(&r);
    while (r.more) {
        OracleCase c = {0};
        Str id;
        str_cut(str_slice(r.line, 3, r.line.len), ' ', &c.id, &id);
        size_t before = all.len;
        next(&r);
        c.query = read_query(&r);
        while (r.more && !str_starts(r.line, S("== "))) {
            if (str_starts(r.line, S("=> "))) {
                read_outcome(&r, c, &all);
            } else {
                next(&r); // how the tool asks another engine for it
                (void)read_query(&r);
            }
        }
        if (all.len == before) bad(&r, "a case before this line has no outcome");
    }
    return all;
}

// --- Tables ---

static void add_script(Buf *b, Str name, const Table *t)
{
    static const char *const sqlite_types[] = {
        [TYPE_INTEGER] = "INTEGER", [TYPE_REAL] = "REAL",      [TYPE_TEXT] = "TEXT",
        [TYPE_DATE] = "TEXT",       [TYPE_TIMESTAMP] = "TEXT", [TYPE_BOOLEAN] = "INTEGER"};
    buf_fmt(b, "CREATE TABLE " STR_FMT "(", STR_ARG(name));
    for (size_t c = 0; c < t->width; c++) {
        buf_fmt(b, "%s" STR_FMT " %s", c ? ", " : "", STR_ARG(t->columns[c].name),
                sqlite_types[t->columns[c].type]);
    }
    buf_add(b, S(");\n"));
    for (size_t i = 0; i < t->rows; i++) {
        buf_fmt(b, "INSERT INTO " STR_FMT " VALUES (", STR_ARG(name));
        for (size_t c = 0; c < t->width; c++) {
            Str v = value_sql(b->arena, table_at(t, i, c));
            buf_fmt(b, "%s" STR_FMT, c ? ", " : "", STR_ARG(v));
        }
        buf_add(b, S(");\n"));
    }
}

OracleWorld oracle_world(Arena *a, const char *path)
{
    VEC(SqlTable) tables = {0};
    Buf script = buf_new(a);
    Reader r = reader(a, path);
    for (; r.more; next(&r)) {
        Rule rules[CELLS_MAX];
        VEC(Str) key = {0};
        Str name = r.line;
        if (!take(&name, S("table "))) continue;
        next(&r);
        Table t = read_table(&r, rules);
        SqlColumn *columns = arena_array(a, SqlColumn, t.width);
        for (size_t c = 0; c < t.width; c++) {
            if (t.columns[c].type > TYPE_COLUMN_LAST) bad(&r, "no column of a table has this type");
            Column of = t.columns[c];
            columns[c] =
                (SqlColumn){.name = of.name, .type = of.type, .not_null = rules[c].not_null};
            if (rules[c].key) *vec_push(a, &key) = of.name;
        }
        *vec_push(a, &tables) = (SqlTable){
            .name = name, .columns = {columns, t.width, false}, .key = {key.at, key.len}};
        add_script(&script, name, &t);
    }
    return (OracleWorld){{tables.at, tables.len}, buf_str(&script)};
}
