// break_rows: rows as a person types or pastes them, read into the types of their columns.
#include "base/vec.h"
#include "base/world.h"
#include "exam/breaking/break_private.h"
#include <stdarg.h>
#include <stdio.h>

enum { ROWS_MOST = 200 };

typedef struct {
    Str text;
    bool quoted;
    int column; // of its line
} Cell;
typedef VEC(Cell) Cells;

typedef struct {
    const TableSpec *spec;
    size_t *columns;
    size_t width;
    bool named; // its columns were
    VEC(Value) cells;
    VEC(int) lines;
    int head;
} Sheet;

typedef struct {
    Arena *a;
    const WarehouseSpec *w;
    VEC(Sheet) sheets;
    Sheet *now; // the last one; NULL = no table was named yet
    int line;
    size_t rows;
    Error *err;
} Typed;

__attribute__((format(printf, 3, 4))) static bool fail(Typed *t, int column, const char *fmt, ...)
{
    char text[sizeof t->err->text];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return error_at(t->err, ERROR_INPUT, (Str){0}, t->line, column, "%s", text);
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t word_length(Str s)
{
    size_t n = 0;
    while (n < s.len && is_word(s.ptr[n])) n++;
    return n && s.ptr[0] >= '0' && s.ptr[0] <= '9' ? 0 : n;
}

// --- Values of a line ---

static Str unquote(Typed *t, Str body, char quote)
{
    Buf b = buf_new(t->a);
    for (size_t i = 0; i < body.len; i++) {
        buf_char(&b, body.ptr[i]);
        if (body.ptr[i] == quote) i++; // it stands there twice
    }
    return buf_str(&b);
}

static size_t quote_end(Str s, size_t from)
{
    size_t i = from + 1;
    while (i < s.len && (s.ptr[i] != s.ptr[from] || (i + 1 < s.len && s.ptr[i + 1] == s.ptr[i]))) {
        i += s.ptr[i] == s.ptr[from] ? 2 : 1;
    }
    return i;
}

// Parentheses around a row, and what parts it from the next one, are left over from an INSERT.
static Str bare_line(Str line, size_t *from)
{
    Str s = str_trim(line);
    *from = s.len ? (size_t)(s.ptr - line.ptr) : 0;
    bool open = s.len && s.ptr[0] == '(';
    if (!open) return s;
    while (s.len && (s.ptr[s.len - 1] == ',' || s.ptr[s.len - 1] == ';')) s.len--;
    if (s.ptr[s.len - 1] != ')') return s;
    *from += 1;
    return str_slice(s, 1, s.len - 1);
}

static bool read_cell(Typed *t, Str s, size_t *at, size_t from, char parting, Cell *out)
{
    while (*at < s.len && s.ptr[*at] == ' ') (*at)++;
    *out = (Cell){.column = (int)(from + *at) + 1};
    size_t start = *at;
    if (*at < s.len && (s.ptr[*at] == '\'' || s.ptr[*at] == '"')) {
        size_t end = quote_end(s, start);
        if (end >= s.len) return fail(t, out->column, "this text has no closing quote");
        out->quoted = true;
        out->text = unquote(t, str_slice(s, start + 1, end), s.ptr[start]);
        *at = end + 1;
        while (*at < s.len && s.ptr[*at] == ' ') (*at)++;
        if (*at < s.len && s.ptr[*at] != parting) {
            return fail(t, (int)(from + *at) + 1, "a comma is expected behind the text");
        }
        return true;
    }
    while (*at < s.len && s.ptr[*at] != parting) (*at)++;
    out->text = str_trim(str_slice(s, start, *at));
    return true;
}

static bool read_cells(Typed *t, Str line, Cells *out)
{
    size_t from, at = 0;
    Str s = bare_line(line, &from);
    char parting = !str_find(s, S(","), NULL) && str_find(s, S("\t"), NULL) ? '\t' : ',';
    for (bool more = true; more; at++) {
        Cell *c = vec_push(t->a, out);
        if (!read_cell(t, s, &at, from, parting, c)) return false;
        more = at < s.len;
    }
    return true;
}

static Str wanted(LogicalType type)
{
    switch (type) {
    case TYPE_INTEGER:
        return S("a whole number");
    case TYPE_REAL:
        return S("a number");
    case TYPE_BOOLEAN:
        return S("true or false");
    case TYPE_DATE:
        return S("a date like 2025-06-30");
    case TYPE_TIMESTAMP:
        return S("a time like 2025-06-30 09:00:00");
    default:
        return S("a text");
    }
}

static bool boolean(Str text, int64_t *out)
{
    *out = str_eq_nocase(text, S("true")) || str_eq(text, S("1"));
    return *out || str_eq_nocase(text, S("false")) || str_eq(text, S("0"));
}

static bool typed_value(Typed *t, const Cell *c, LogicalType type, Value *out)
{
    int64_t i;
    double d;
    bool ok = true;
    switch (type) {
    case TYPE_INTEGER:
        ok = str_to_i64(c->text, &i);
        if (ok) *out = VALUE_INT(i);
        return ok;
    case TYPE_REAL:
        ok = str_to_f64(c->text, &d);
        if (ok) *out = VALUE_FLT(d);
        return ok;
    case TYPE_BOOLEAN:
        ok = boolean(c->text, &i);
        if (ok) *out = VALUE_INT(i);
        return ok;
    case TYPE_DATE:
        ok = date_parse(c->text, &i);
        if (ok) *out = VALUE_STR(date_text(t->a, i));
        return ok;
    case TYPE_TIMESTAMP:
        ok = time_parse(c->text, &i);
        if (ok) *out = VALUE_STR(time_text(t->a, i));
        return ok;
    default:
        *out = VALUE_STR(str_copy(t->a, c->text));
        return true;
    }
}

static bool read_value(Typed *t, const Cell *c, const ColumnSpec *column, Value *out)
{
    *out = (Value){.kind = VALUE_NULL};
    bool nothing = !c->quoted && (!c->text.len || str_eq_nocase(c->text, S("NULL")));
    if (!nothing && typed_value(t, c, column->type, out)) return true;
    if (!nothing) {
        Str want = str_fmt(t->a, STR_FMT ", not `" STR_FMT "`", STR_ARG(wanted(column->type)),
                           STR_ARG(c->text));
        return fail(t, c->column, "the column " STR_FMT " wants " STR_FMT, STR_ARG(column->name),
                    STR_ARG(want));
    }
    if (!column->not_null && !column->primary_key) return true;
    return fail(t, c->column, "the column " STR_FMT " may not be NULL", STR_ARG(column->name));
}

// --- Lines ---

static bool put_row(Typed *t, const Cells *cells)
{
    Sheet *s = t->now;
    if (cells->len != s->width) {
        Str have =
            str_fmt(t->a, "this row has %zu value%s", cells->len, cells->len == 1 ? "" : "s");
        Str want =
            str_fmt(t->a, "but %zu column%s of " STR_FMT " %s expected", s->width,
                    s->width == 1 ? "" : "s", STR_ARG(s->spec->name), s->width == 1 ? "is" : "are");
        return fail(t, 1, STR_FMT ", " STR_FMT, STR_ARG(have), STR_ARG(want));
    }
    if (++t->rows > ROWS_MOST) {
        return fail(t, 1, "more than 200 rows; a few break a query, or none does");
    }
    for (size_t i = 0; i < s->width; i++) {
        Value *v = vec_push(t->a, &s->cells);
        if (!read_value(t, &cells->at[i], &s->spec->columns[s->columns[i]], v)) return false;
    }
    *vec_push(t->a, &s->lines) = t->line;
    return true;
}

static Str column_names(Typed *t, const TableSpec *spec)
{
    StrList names = {arena_array(t->a, Str, spec->width), spec->width};
    for (size_t i = 0; i < spec->width; i++) names.at[i] = spec->columns[i].name;
    return str_join(t->a, names, S(", "));
}

static bool add_column(Typed *t, Str name, int at)
{
    Sheet *s = t->now;
    size_t k;
    if (!warehouse_column(s->spec, name, &k)) {
        Str has = str_fmt(t->a, STR_FMT "; it has " STR_FMT, STR_ARG(s->spec->name),
                          STR_ARG(column_names(t, s->spec)));
        return fail(t, at, "there is no column " STR_FMT " in " STR_FMT, STR_ARG(name),
                    STR_ARG(has));
    }
    for (size_t i = 0; i < s->width; i++) {
        if (s->columns[i] != k) continue;
        return fail(t, at, "the column " STR_FMT " is named twice", STR_ARG(name));
    }
    s->columns[s->width++] = k;
    return true;
}

static void take_all_columns(Sheet *s)
{
    for (s->width = 0; s->width < s->spec->width; s->width++) s->columns[s->width] = s->width;
}

// Columns parted by blanks or commas.
static bool read_columns(Typed *t, Str line, size_t from)
{
    Sheet *s = t->now;
    s->width = 0;
    s->named = true;
    for (size_t i = from; i < line.len;) {
        size_t n = word_length(str_slice(line, i, line.len));
        char c = line.ptr[i];
        if (!n && (c == ' ' || c == ',' || c == '\t' || c == '(' || c == ')' || c == ';')) {
            i++;
            continue;
        }
        if (!n) return fail(t, (int)i + 1, "the name of a column is expected here");
        if (!add_column(t, str_slice(line, i, i + n), (int)i + 1)) return false;
        i += n;
    }
    if (!s->width) {
        s->named = false;
        take_all_columns(s);
    }
    return true;
}

static bool open_sheet(Typed *t, const TableSpec *spec, int at)
{
    for (size_t i = 0; i < t->sheets.len; i++) {
        if (t->sheets.at[i].spec != spec) continue;
        return fail(t, at, "the table " STR_FMT " stands here twice; put its rows together",
                    STR_ARG(spec->name));
    }
    t->now = vec_push(t->a, &t->sheets);
    *t->now = (Sheet){.spec = spec, .head = t->line};
    t->now->columns = arena_array(t->a, size_t, spec->width);
    take_all_columns(t->now);
    return true;
}

static bool no_table(Typed *t, Str name, int at)
{
    StrList names = {arena_array(t->a, Str, t->w->table_count), t->w->table_count};
    for (size_t i = 0; i < names.len; i++) names.at[i] = t->w->tables[i].name;
    Str near = str_nearest(name, names);
    Str has = near.len ? str_fmt(t->a, "did you mean " STR_FMT "?", STR_ARG(near))
                       : str_fmt(t->a, "the queries read " STR_FMT,
                                 STR_ARG(str_join(t->a, names, S(", "))));
    return fail(t, at, "neither query reads a table " STR_FMT "; " STR_FMT, STR_ARG(name),
                STR_ARG(has));
}

// "table", "table: columns", "table (columns)". *head: it is such a line.
static bool read_head(Typed *t, Str line, bool *head)
{
    Str s = str_trim(line);
    size_t from = (size_t)(s.ptr - line.ptr), n = word_length(s);
    Str name = str_slice(s, 0, n), rest = str_trim(str_slice(s, n, s.len));
    const TableSpec *spec = n ? warehouse_table(t->w, name) : NULL;
    bool colon = n && rest.len && rest.ptr[0] == ':';
    bool typo = !spec && n == s.len && n && !t->now && t->w->table_count > 1;
    *head = spec ? !rest.len || colon || rest.ptr[0] == '(' : colon || typo;
    if (!*head) return true;
    if (!spec) return no_table(t, name, (int)from + 1);
    if (!open_sheet(t, spec, (int)from + 1)) return false;
    return !rest.len || read_columns(t, line, (size_t)(rest.ptr - line.ptr) + (colon ? 1 : 0));
}

// The first line below a table, when all it holds are names of columns.
static bool is_column_line(const Sheet *s, const Cells *cells)
{
    if (s->named || s->lines.len) return false;
    for (size_t i = 0; i < cells->len; i++) {
        if (!warehouse_column(s->spec, cells->at[i].text, NULL)) return false;
    }
    return true;
}

static bool read_line(Typed *t, Str line)
{
    Str s = str_trim(line);
    bool head;
    if (!s.len || s.ptr[0] == '#' || str_starts(s, S("--"))) return true;
    if (!read_head(t, line, &head)) return false;
    if (head) return true;
    if (!t->now && t->w->table_count == 1 && !open_sheet(t, t->w->tables, 1)) return false;
    if (!t->now) {
        return fail(t, 1, "name the table first, on a line of its own, such as `" STR_FMT "`",
                    STR_ARG(t->w->tables[0].name));
    }
    Cells cells = {0};
    if (!read_cells(t, line, &cells)) return false;
    if (!is_column_line(t->now, &cells)) return put_row(t, &cells);
    t->now->width = 0;
    t->now->named = true;
    for (size_t i = 0; i < cells.len; i++) {
        if (!add_column(t, cells.at[i].text, cells.at[i].column)) return false;
    }
    return true;
}

static void hand_over(Typed *t, BreakRows *out)
{
    size_t n = t->sheets.len;
    *out = (BreakRows){.at = arena_array(t->a, WitnessTable, n),
                       .lines = arena_array(t->a, int *, n),
                       .heads = arena_array(t->a, int, n),
                       .len = n};
    for (size_t i = 0; i < n; i++) {
        const Sheet *s = &t->sheets.at[i];
        WitnessTable *w = &out->at[i];
        *w = (WitnessTable){.table = s->spec->name, .cells = s->cells.at, .rows = s->lines.len};
        w->columns = (StrList){arena_array(t->a, Str, s->width), s->width};
        for (size_t k = 0; k < s->width; k++) {
            w->columns.at[k] = s->spec->columns[s->columns[k]].name;
        }
        out->lines[i] = s->lines.at;
        out->heads[i] = s->head;
    }
}

bool break_rows_read(Arena *a, const WarehouseSpec *w, Str text, BreakRows *out, Error *err)
{
    Typed t = {.a = a, .w = w, .err = err};
    Str line;
    while (str_line(&text, &line)) {
        t.line++;
        if (!read_line(&t, line)) return false;
    }
    if (!t.sheets.len) {
        t.line = 1;
        return fail(&t, 1, "there are no rows; type some, or `holds`");
    }
    hand_over(&t, out);
    return true;
}

bool break_says_holds(Str text)
{
    Str s = str_trim(text);
    while (s.len && (s.ptr[s.len - 1] == '.' || s.ptr[s.len - 1] == '!')) s.len--;
    return str_eq_nocase(s, S("holds")) || str_eq_nocase(s, S("it holds"));
}
