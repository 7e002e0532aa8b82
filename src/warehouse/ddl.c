// ddl: the tables of a warehouse as SQLite's CREATE TABLE and INSERT statements.
//
// Keys and NOT NULL stay out: an index would have to be in the image too, and a counterexample may
// show rows as they are. The generator holds the constraints, not the engine.
#include "warehouse/ddl.h"
#include "base/buf.h"
#include "base/check.h"
#include <assert.h>

static const struct {
    const char *word;
    Affinity affinity;
} of_type[] = {
    [TYPE_UNKNOWN] = {"TEXT", AFFINITY_TEXT},        [TYPE_INTEGER] = {"INTEGER", AFFINITY_INTEGER},
    [TYPE_REAL] = {"REAL", AFFINITY_REAL},           [TYPE_TEXT] = {"TEXT", AFFINITY_TEXT},
    [TYPE_DATE] = {"TEXT", AFFINITY_TEXT},           [TYPE_TIMESTAMP] = {"TEXT", AFFINITY_TEXT},
    [TYPE_BOOLEAN] = {"INTEGER", AFFINITY_INTEGER},  [TYPE_TIME] = {"TEXT", AFFINITY_TEXT},
    [TYPE_INTERVAL] = {"INTEGER", AFFINITY_INTEGER}, [TYPE_ARRAY] = {"TEXT", AFFINITY_TEXT},
    [TYPE_STRUCT] = {"TEXT", AFFINITY_TEXT},
};
static_assert(sizeof of_type / sizeof *of_type == TYPE_COUNT_, "say how every type is stored");

Affinity ddl_affinity(LogicalType t)
{
    return of_type[t].affinity;
}

// Words that SQLite takes as a name only in quotes.
static const char *const reserved[] = {
    "add",       "all",     "alter",      "and",         "as",       "autoincrement",
    "between",   "case",    "check",      "collate",     "commit",   "constraint",
    "create",    "default", "deferrable", "delete",      "distinct", "drop",
    "else",      "escape",  "except",     "exists",      "foreign",  "from",
    "group",     "having",  "if",         "in",          "index",    "insert",
    "intersect", "into",    "is",         "isnull",      "join",     "limit",
    "not",       "nothing", "notnull",    "null",        "on",       "or",
    "order",     "primary", "references", "returning",   "select",   "set",
    "table",     "then",    "to",         "transaction", "union",    "unique",
    "update",    "using",   "values",     "when",        "where",
};

static bool is_plain(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (str_eq_nocase(name, str_from(reserved[i]))) return false;
    }
    return name.len > 0;
}

Str ddl_name(Arena *a, Str name)
{
    return is_plain(name) ? name : str_quoted(a, name, '"');
}

static void add_unique(Buf *b, const StrList *names)
{
    for (size_t i = 0; i < names->len; i++) {
        buf_add(b, i ? S(", ") : S(", UNIQUE ("));
        buf_add(b, ddl_name(b->arena, names->at[i]));
    }
    if (names->len) buf_char(b, ')');
}

static void add_keys(Buf *b, const TableSpec *t)
{
    StrList primary = {arena_array(b->arena, Str, t->width), 0};
    for (size_t i = 0; i < t->width; i++) {
        ColumnSpec *c = &t->columns[i];
        if (c->primary_key) primary.at[primary.len++] = c->name;
        if (c->unique) add_unique(b, &(StrList){&c->name, 1});
    }
    add_unique(b, &primary); // PRIMARY KEY would make one integer the number of the row
    for (size_t i = 0; i < t->unique_count; i++) add_unique(b, &t->unique[i]);
}

// SQLite takes neither a query nor the clock in a CHECK.
static bool may_stand_in_check(Str condition)
{
    Arena scratch = {0};
    Str s = str_lower(&scratch, condition);
    bool may = !str_find(s, S("select"), NULL) && !str_find(s, S("current_"), NULL) &&
               !str_find(s, S("now"), NULL) && !str_find(s, S("random"), NULL);
    arena_free(&scratch);
    return may;
}

Str warehouse_table_sql(Arena *a, const TableSpec *t, TableHolds holds)
{
    Buf b = buf_new(a);
    buf_add(&b, S("CREATE TABLE "));
    buf_add(&b, ddl_name(a, t->name));
    for (size_t i = 0; i < t->width; i++) {
        const ColumnSpec *c = &t->columns[i];
        buf_add(&b, i ? S(", ") : S(" ("));
        buf_add(&b, ddl_name(a, c->name));
        buf_char(&b, ' ');
        buf_add(&b, str_from(of_type[c->type].word));
        if (holds.not_null && (c->not_null || c->primary_key)) buf_add(&b, S(" NOT NULL"));
    }
    if (holds.keys) add_keys(&b, t);
    for (size_t i = 0; holds.checks && i < t->check.len; i++) {
        if (may_stand_in_check(t->check.at[i]))
            buf_fmt(&b, ", CHECK (" STR_FMT "\n)", STR_ARG(t->check.at[i]));
    }
    buf_char(&b, ')');
    return buf_str(&b);
}

Str ddl_table(Arena *a, const TableSpec *t)
{
    return warehouse_table_sql(a, t, (TableHolds){0});
}

// A text with a NUL byte has no literal that SQLite reads whole.
static Str literal(Arena *a, const Value *v)
{
    bool nul = false;
    for (size_t i = 0; v->kind == VALUE_TEXT && i < v->text.len; i++) nul |= !v->text.ptr[i];
    if (!nul) return value_sql(a, v);
    Value bytes = {.kind = VALUE_BLOB, .text = v->text};
    return str_fmt(a, "CAST(" STR_FMT " AS TEXT)", STR_ARG(value_sql(a, &bytes)));
}

enum { ROWS_EACH = 100 }; // of one INSERT: SQLite takes 500 and more

static void insert_rows(Buf *b, const TableSpec *spec, const Table *t)
{
    Arena scratch = {0};
    for (size_t r = 0; r < t->rows; r++) {
        ArenaMark mark = arena_mark(&scratch);
        if (r % ROWS_EACH == 0) {
            buf_add(b, S("INSERT INTO "));
            buf_add(b, ddl_name(&scratch, spec->name));
            buf_add(b, S(" VALUES\n  ("));
        } else {
            buf_add(b, S(",\n  ("));
        }
        for (size_t c = 0; c < t->width; c++) {
            if (c) buf_add(b, S(", "));
            buf_add(b, literal(&scratch, table_at(t, r, c)));
        }
        buf_char(b, ')');
        if (r % ROWS_EACH == ROWS_EACH - 1 || r + 1 == t->rows) buf_add(b, S(";\n"));
        arena_rewind(&scratch, mark);
    }
    arena_free(&scratch);
}

Str warehouse_script(Arena *a, const WarehouseSpec *w, const Data *data)
{
    CHECK(data->table_count == w->table_count);
    Buf b = buf_new(a);
    for (size_t i = 0; i < w->table_count; i++) {
        if (w->tables[i].width == 0) continue;
        buf_add(&b, ddl_table(a, &w->tables[i]));
        buf_add(&b, S(";\n"));
        insert_rows(&b, &w->tables[i], &data->tables[i]);
    }
    return buf_str(&b);
}
