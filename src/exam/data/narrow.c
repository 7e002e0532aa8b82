// narrow: the tables that an answer can be told apart by.
//
// A tiny database with all tables of a warehouse would spend its rows and its rules on tables that
// nobody reads. So it is a part of a database: what is left out could always be added. All tables
// of a never rule that names one of the chosen come along. A parent that nobody reads does not: its
// keys are free, but for what its own column says of them, which its child takes over.
#include "base/vec.h"
#include "exam/data/literals/literals.h"
#include "exam/data/rows.h"
#include "exam/paper.h"

typedef struct {
    const WarehouseSpec *w;
    bool *in;
} Choice;

// BigQuery quotes a whole path: `shop.sales`.
static Str last_part(Str name)
{
    size_t from = name.len;
    while (from > 0 && name.ptr[from - 1] != '.') from--;
    return str_slice(name, from, name.len);
}

// Marks the tables that the text names; a column or alias of that name marks too many, never too
// few.
static void mark_named(const WarehouseSpec *w, Str sql, Dialect d, bool *named)
{
    Lexer x = sql_lexer(sql, d);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        if (t.kind != TOKEN_NAME && t.kind != TOKEN_KEYWORD) continue;
        Str name = last_part(literals_bare(t.text));
        for (size_t i = 0; i < w->table_count; i++)
            named[i] |= str_eq_nocase(name, w->tables[i].name);
    }
}

static void take(Choice *c, Str table)
{
    const TableSpec *t = warehouse_table(c->w, table);
    if (t) c->in[t - c->w->tables] = true;
}

// The rule's tables all come in when one of them is in.
static bool take_rule(Choice *c, const bool *named)
{
    bool touches = false, more = false;
    for (size_t i = 0; i < c->w->table_count; i++) touches |= named[i] && c->in[i];
    for (size_t i = 0; touches && i < c->w->table_count; i++) {
        more |= named[i] && !c->in[i];
        c->in[i] |= named[i];
    }
    return more;
}

static void close_choice(Choice *c, const bool *named)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < c->w->never_count; i++) {
            more |= take_rule(c, named + i * c->w->table_count);
        }
    }
}

static bool is_whole(const Choice *c, const bool *named)
{
    bool any = false;
    for (size_t i = 0; i < c->w->table_count; i++) {
        if (named[i] && !c->in[i]) return false;
        any |= named[i];
    }
    return any;
}

// --- What is left of a reference whose parent is left out ---

static bool is_in(const Choice *c, Str table)
{
    const TableSpec *t = warehouse_table(c->w, table);
    return t && c->in[t - c->w->tables];
}

// The keys of a parent with exact rows are all there are.
static void take_data(Arena *a, const TableSpec *parent, size_t at, ColumnSpec *column)
{
    ValueChoice *values = arena_array(a, ValueChoice, parent->data_rows);
    column->value_count = 0;
    for (size_t r = 0; r < parent->data_rows; r++) {
        const Value *v = &parent->data[r * parent->width + at];
        if (v->kind == VALUE_NULL) continue;
        Str text = value_text(a, v, parent->columns[at].type);
        values[column->value_count++] = (ValueChoice){text, 1};
    }
    column->values = values;
}

static void take_values(ColumnSpec *column, const ColumnSpec *parent)
{
    if (!column->value_count) {
        column->values = parent->values;
        column->value_count = parent->value_count;
    }
    if (!column->min.len) column->min = parent->min;
    if (!column->max.len) column->max = parent->max;
}

// Follows references up to where the keys are made.
static void free_column(Arena *a, const Choice *c, ColumnSpec *column)
{
    enum { STEPS = 16 }; // of a chain; more would be a circle
    if (!column->ref_table.len || is_in(c, column->ref_table)) return;
    Str table = column->ref_table, name = column->ref_column;
    column->ref_table = column->ref_column = (Str){0};
    for (int i = 0; i < STEPS && table.len; i++) {
        const TableSpec *t = warehouse_table(c->w, table);
        size_t at;
        const ColumnSpec *parent = t ? warehouse_column(t, name, &at) : NULL;
        if (!parent) return;
        if (t->has_data) {
            take_data(a, t, at, column);
            return;
        }
        take_values(column, parent);
        table = parent->ref_table;
        name = parent->ref_column;
    }
}

static TableSpec free_table(Arena *a, const Choice *c, const TableSpec *from)
{
    TableSpec t = *from;
    t.process = (Str){0};
    t.columns = arena_array(a, ColumnSpec, t.width);
    for (size_t i = 0; i < t.width; i++) {
        t.columns[i] = from->columns[i];
        free_column(a, c, &t.columns[i]);
    }
    t.foreign_keys = arena_array(a, ForeignKey, from->foreign_key_count);
    t.foreign_key_count = 0;
    for (size_t i = 0; i < from->foreign_key_count; i++) {
        if (!is_in(c, from->foreign_keys[i].ref_table)) continue;
        t.foreign_keys[t.foreign_key_count++] = from->foreign_keys[i];
    }
    return t;
}

static WarehouseSpec cut(Arena *a, const Choice *c, const bool *named)
{
    WarehouseSpec w = *c->w;
    w.table_count = w.never_count = 0;
    w.tables = arena_array(a, TableSpec, c->w->table_count);
    w.never = arena_array(a, NeverRule, c->w->never_count);
    for (size_t i = 0; i < c->w->table_count; i++) {
        if (c->in[i]) w.tables[w.table_count++] = free_table(a, c, &c->w->tables[i]);
    }
    for (size_t i = 0; i < c->w->never_count; i++) {
        if (is_whole(c, named + i * c->w->table_count)) w.never[w.never_count++] = c->w->never[i];
    }
    return w;
}

WarehouseSpec narrow_tables(Arena *a, const ExamSpec *spec, const ExamAnswer *answer, Str *key)
{
    const WarehouseSpec *w = spec->warehouse;
    Choice c = {.w = w, .in = arena_array(a, bool, w->table_count)};
    bool *named = arena_array(a, bool, w->never_count * w->table_count);
    for (size_t i = 0; i < w->never_count; i++) {
        mark_named(w, w->never[i].sql, DIALECT_SQLITE, named + i * w->table_count);
    }
    for (size_t i = 0; i < spec->wrong_count; i++) {
        const ExamWrong *wrong = &spec->wrong[i];
        for (size_t k = 0; k < wrong->witness_count; k++) take(&c, wrong->witness[k].table);
    }
    for (size_t i = 0; i < spec->load.len; i++) take(&c, spec->load.at[i]);
    mark_named(w, spec->answer, spec->dialect, c.in);
    mark_named(w, answer->sql, answer->dialect, c.in);
    close_choice(&c, named);
    Buf b = buf_new(a);
    bool any = false;
    for (size_t i = 0; i < w->table_count; i++) any |= c.in[i];
    for (size_t i = 0; i < w->table_count; i++) {
        c.in[i] |= !any; // a question about no table: all of them, so that there is a database
        buf_char(&b, c.in[i] ? 'x' : '.');
    }
    *key = buf_str(&b);
    return cut(a, &c, named);
}
