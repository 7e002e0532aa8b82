// wire: a verdict as bytes, from the helper that grades to whoever shows it.
//
// The reader trusts nothing: what it lets through has every kind in its enum and every row and
// column number inside its table, so nobody behind it has to look again.
#include "base/clean.h"
#include "exam/mutate/rivals.h"
#include "exam/private.h"
#include <limits.h>

enum { WIRE_VERSION = 3, ELAPSED_MOST = 1000 * 1000 * 1000 };

// --- Writing ---

static void put_bool(Buf *b, bool v)
{
    wire_u8(b, v);
}

void wire_error(Buf *b, const Error *e)
{
    wire_u8(b, (uint8_t)e->kind);
    wire_u32(b, (uint32_t)e->line);
    wire_u32(b, (uint32_t)e->column);
    wire_str(b, str_from(e->file));
    wire_str(b, str_from(e->text));
}

static void put_indices(Buf *b, const size_t *at, size_t len)
{
    wire_u32(b, (uint32_t)len);
    for (size_t i = 0; i < len; i++) wire_u32(b, (uint32_t)at[i]);
}

static void put_comparison(Buf *b, const Comparison *c, size_t width)
{
    wire_u8(b, (uint8_t)c->kind);
    wire_str(b, c->why);
    put_indices(b, c->column_of, c->column_of ? width : 0);
    put_indices(b, c->missing, c->missing_len);
    wire_u64(b, c->missing_total);
    put_indices(b, c->extra, c->extra_len);
    wire_u64(b, c->extra_total);
}

void wire_counterexample(Buf *b, const Counterexample *c)
{
    wire_u32(b, (uint32_t)c->table_count);
    for (size_t i = 0; i < c->table_count; i++) {
        wire_str(b, c->tables[i].name);
        table_wire(b, &c->tables[i].table);
    }
    wire_u64(b, c->rows);
    table_wire(b, &c->expected);
    table_wire(b, &c->actual);
    put_comparison(b, &c->diff, c->expected.width);
    put_bool(b, c->unstable);
    if (c->unstable) table_wire(b, &c->again);
    wire_str(b, c->setup);
    wire_str(b, c->expected_sql);
    wire_str(b, c->actual_sql);
    wire_u32(b, (uint32_t)c->functions.len);
    for (size_t i = 0; i < c->functions.len; i++) wire_str(b, c->functions.at[i]);
}

static void put_review(Buf *b, const Verdict *v)
{
    wire_u32(b, (uint32_t)v->review_count);
    for (size_t i = 0; i < v->review_count; i++) {
        wire_str(b, v->review[i].rule);
        wire_u32(b, (uint32_t)v->review[i].line);
        wire_u32(b, (uint32_t)v->review[i].column);
        wire_str(b, v->review[i].message);
    }
}

static void put_steps(Buf *b, const Verdict *v)
{
    wire_str(b, v->astray);
    wire_u32(b, (uint32_t)v->step_count);
    for (size_t i = 0; i < v->step_count; i++) {
        wire_str(b, v->steps[i].name);
        wire_u32(b, (uint32_t)v->steps[i].line);
        put_bool(b, v->steps[i].whole);
        table_wire(b, &v->steps[i].table);
        wire_str(b, v->steps[i].fault);
    }
}

void verdict_wire(Buf *b, const Verdict *v)
{
    wire_u8(b, WIRE_VERSION);
    wire_u8(b, (uint8_t)v->kind);
    wire_str(b, v->why);
    wire_str(b, v->diagnosis);
    wire_u8(b, (uint8_t)v->dialect);
    wire_u32(b, (uint32_t)v->assumed.len);
    for (size_t i = 0; i < v->assumed.len; i++) wire_str(b, v->assumed.at[i]);
    wire_u64(b, v->tried);
    wire_u64(b, v->agreed);
    wire_u64(b, v->dropped);
    put_bool(b, v->has_counterexample);
    if (v->has_counterexample) wire_counterexample(b, &v->counterexample);
    put_steps(b, v);
    wire_error(b, &v->error);
    put_review(b, v);
    wire_f64(b, v->elapsed_ms);
}

// --- Reading ---

static Str get_str(Arena *a, Wire *w)
{
    return str_copy(a, wire_get_str(w));
}

static bool get_bool(Wire *w)
{
    return wire_get_enum(w, 2) != 0;
}

static int get_place(Wire *w)
{
    uint32_t v = wire_get_u32(w);
    return v > INT_MAX ? 0 : (int)v;
}

Error wire_get_error(Wire *w)
{
    ErrorKind kind = (ErrorKind)wire_get_enum(w, ERROR_COUNT_);
    int line = get_place(w), column = get_place(w);
    Str file = wire_get_str(w), text = wire_get_str(w);
    Error e;
    error_at(&e, kind, file, line, column, STR_FMT, STR_ARG(text));
    return e;
}

// Numbers below `end`.
static size_t *get_indices(Arena *a, Wire *w, size_t end, size_t *len)
{
    *len = wire_count(w, 4);
    size_t *at = *len ? arena_array(a, size_t, *len) : NULL;
    for (size_t i = 0; i < *len; i++) {
        at[i] = wire_get_u32(w);
        if (at[i] >= end) w->bad = true;
    }
    return at;
}

static Comparison get_comparison(Arena *a, Wire *w, const Table *expected, const Table *actual)
{
    Comparison c = {.kind = (CompareKind)wire_get_enum(w, COMPARE_COUNT_)};
    size_t columns;
    c.why = get_str(a, w);
    c.column_of = get_indices(a, w, actual->width, &columns);
    if (columns && columns != expected->width) w->bad = true;
    c.missing = get_indices(a, w, expected->rows, &c.missing_len);
    c.missing_total = wire_get_u64(w);
    c.extra = get_indices(a, w, actual->rows, &c.extra_len);
    c.extra_total = wire_get_u64(w);
    if (c.missing_len > c.missing_total || c.extra_len > c.extra_total) w->bad = true;
    return c;
}

enum { TABLE_LEAST = 13 }; // bytes of an empty table with its name

Counterexample wire_get_counterexample(Arena *a, Wire *w)
{
    Counterexample c = {.table_count = wire_count(w, TABLE_LEAST)};
    c.tables = arena_array(a, NamedTable, c.table_count);
    size_t rows = 0;
    for (size_t i = 0; i < c.table_count; i++) {
        c.tables[i].name = get_str(a, w);
        c.tables[i].table = table_read(a, w);
        rows += c.tables[i].table.rows;
    }
    c.rows = wire_get_u64(w);
    if (c.rows != rows) w->bad = true;
    c.expected = table_read(a, w);
    c.actual = table_read(a, w);
    c.diff = get_comparison(a, w, &c.expected, &c.actual);
    c.unstable = get_bool(w);
    if (c.unstable) c.again = table_read(a, w);
    c.setup = get_str(a, w);
    c.expected_sql = get_str(a, w);
    c.actual_sql = get_str(a, w);
    c.functions.len = wire_count(w, 4);
    c.functions.at = arena_array(a, Str, c.functions.len);
    for (size_t i = 0; i < c.functions.len; i++) c.functions.at[i] = get_str(a, w);
    return c;
}

enum { STEP_LEAST = 22 }; // bytes of an empty step without a name

static void get_steps(Arena *a, Wire *w, Verdict *v)
{
    v->astray = get_str(a, w);
    v->step_count = wire_count(w, STEP_LEAST);
    v->steps = arena_array(a, ExamStep, v->step_count);
    for (size_t i = 0; i < v->step_count; i++) {
        ExamStep *s = &v->steps[i];
        s->name = get_str(a, w);
        s->line = get_place(w);
        s->whole = get_bool(w);
        s->table = table_read(a, w);
        s->fault = get_str(a, w);
    }
}

enum { NOTE_LEAST = 16 }; // bytes of a note without words

static void get_review(Arena *a, Wire *w, Verdict *v)
{
    v->review_count = wire_count(w, NOTE_LEAST);
    v->review = arena_array(a, ReviewNote, v->review_count);
    for (size_t i = 0; i < v->review_count; i++) {
        v->review[i].rule = get_str(a, w);
        v->review[i].line = get_place(w);
        v->review[i].column = get_place(w);
        v->review[i].message = get_str(a, w);
    }
}

static bool makes_sense(const Verdict *v)
{
    bool failed = v->kind == VERDICT_ERROR || v->kind == VERDICT_LIMIT;
    if (failed != (v->error.kind != ERROR_NONE)) return false;
    if (v->kind == VERDICT_LIMIT && !error_is_limit(v->error.kind)) return false;
    if (v->agreed > v->tried) return false;
    return v->elapsed_ms >= 0 && v->elapsed_ms < ELAPSED_MOST; // false for NaN
}

static StrList read_texts(Arena *a, Wire *w)
{
    StrList list = {.len = wire_count(w, sizeof(uint32_t))};
    list.at = arena_array(a, Str, list.len);
    for (size_t i = 0; i < list.len; i++) list.at[i] = str_copy(a, wire_get_str(w));
    return list;
}

bool verdict_read(Arena *a, Wire *w, Verdict *out)
{
    *out = (Verdict){0};
    if (wire_get_u8(w) != WIRE_VERSION) w->bad = true;
    out->kind = (VerdictKind)wire_get_enum(w, VERDICT_COUNT_);
    out->why = get_str(a, w);
    out->diagnosis = get_str(a, w);
    out->dialect = (Dialect)wire_get_enum(w, DIALECT_COUNT_);
    out->assumed = read_texts(a, w);
    out->tried = wire_get_u64(w);
    out->agreed = wire_get_u64(w);
    out->dropped = wire_get_u64(w);
    out->has_counterexample = get_bool(w);
    if (out->has_counterexample) out->counterexample = wire_get_counterexample(a, w);
    get_steps(a, w, out);
    out->error = wire_get_error(w);
    get_review(a, w, out);
    out->elapsed_ms = wire_get_f64(w);
    if (!w->bad && !makes_sense(out)) w->bad = true;
    if (w->bad) *out = (Verdict){0};
    return !w->bad;
}
