// judge: conditions of a warehouse, evaluated where foreign SQL may run.
//
// One query answers for all rows of a table, on an image of that table alone: a check or a `when`
// reads its own row. Rules that never may return a row get the whole database.
#include "base/buf.h"
#include "exam/exam.h"

static const QueryLimits JUDGE = {
    .steps = 500 * 1000 * 1000, .rows = 10 * 1000 * 1000, .bytes = 512 << 20, .wall_ms = 20000};

typedef struct {
    QueryWorker *q;
    const WarehouseSpec *w;
    const Data *data;
    size_t table;
} Bench;

static QueryImage image_of(Arena *a, const WarehouseSpec *w, const Data *data)
{
    return (QueryImage){.bytes = warehouse_image(a, w, data), .fd = -1, .now_ms = w->now_ms};
}

static bool ask(const Bench *b, Arena *a, Str sql, QueryResult *out, Error *err)
{
    Arena scratch = {0};
    QueryImage image = image_of(&scratch, b->w, b->data);
    bool ok = query_load(b->q, &image, err) && query_run(b->q, a, sql, &JUDGE, out, err);
    arena_free(&scratch);
    return ok;
}

static bool blame(Place at, const char *what, Str sql, const QueryResult *r, Error *err)
{
    return error_at(err, ERROR_INPUT, at.file, at.line, at.column,
                    "The %s \"" STR_FMT "\" does not run: %s", what,
                    STR_ARG(str_slice(sql, 0, 160)), r->error.text);
}

// One value a row: `expression` over the rows of one table. A line end stands behind it, so that a
// comment at its end does not swallow the rest.
static bool each_row(const Bench *b, Arena *a, Str expression, Table *out, Error *err)
{
    const TableSpec *t = &b->w->tables[b->table];
    WarehouseSpec one = *b->w;
    one.tables = &b->w->tables[b->table];
    one.table_count = 1;
    Data rows = {&b->data->tables[b->table], 1};
    Bench alone = {b->q, &one, &rows, 0};
    Str sql = str_fmt(a, "SELECT (" STR_FMT "\n) FROM " STR_FMT " ORDER BY rowid",
                      STR_ARG(expression), STR_ARG(str_quoted(a, t->name, '"')));
    QueryResult r;
    if (!ask(&alone, a, sql, &r, err)) return false;
    if (r.error.kind != ERROR_NONE) return blame(t->at, "condition", expression, &r, err);
    if (r.table.width != 1 || r.table.rows != rows.tables->rows) {
        return error_at(err, ERROR_INPUT, t->at.file, t->at.line, t->at.column,
                        "The condition \"" STR_FMT "\" does not give one value a row.",
                        STR_ARG(str_slice(expression, 0, 160)));
    }
    *out = r.table;
    return true;
}

static bool is_true(const Value *v)
{
    return (v->kind == VALUE_INTEGER && v->integer != 0) || (v->kind == VALUE_REAL && v->real != 0);
}

static bool broken(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                   Str condition, size_t **rows_out, size_t *count, Error *err)
{
    Arena scratch = {0};
    Table values;
    Str fails = str_fmt(&scratch, "(" STR_FMT "\n) IS FALSE", STR_ARG(condition));
    bool ok = each_row(&(Bench){ctx, w, data, table}, &scratch, fails, &values, err);
    if (ok) {
        *count = 0;
        *rows_out = arena_array(a, size_t, values.rows);
        for (size_t r = 0; r < values.rows; r++) {
            if (is_true(&values.cells[r])) (*rows_out)[(*count)++] = r;
        }
    }
    arena_free(&scratch);
    return ok;
}

static bool truth(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                  Str expression, uint8_t **truth_out, Error *err)
{
    Arena scratch = {0};
    Table values;
    Str holds = str_fmt(&scratch, "(" STR_FMT "\n) IS TRUE", STR_ARG(expression));
    bool ok = each_row(&(Bench){ctx, w, data, table}, &scratch, holds, &values, err);
    if (ok) {
        *truth_out = arena_array(a, uint8_t, values.rows);
        for (size_t r = 0; r < values.rows; r++) (*truth_out)[r] = is_true(&values.cells[r]);
    }
    arena_free(&scratch);
    return ok;
}

static bool values(void *ctx, Arena *a, const WarehouseSpec *w, const Data *data, size_t table,
                   Str expression, Value **values_out, Error *err)
{
    Table t;
    if (!each_row(&(Bench){ctx, w, data, table}, a, expression, &t, err)) return false;
    *values_out = t.cells;
    return true;
}

static Place rule_place(const WarehouseSpec *w, Str sql)
{
    for (size_t i = 0; i < w->never_count; i++) {
        if (str_eq(w->never[i].sql, sql)) return w->never[i].at;
    }
    return w->at;
}

static bool returns_rows(void *ctx, const WarehouseSpec *w, const Data *data, Str sql,
                         bool *returns, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    bool ok = ask(&(Bench){ctx, w, data, 0}, &scratch, sql, &r, err);
    if (ok && r.error.kind != ERROR_NONE) {
        ok = blame(rule_place(w, sql), "rule", sql, &r, err);
    }
    if (ok) *returns = r.table.rows > 0;
    arena_free(&scratch);
    return ok;
}

static bool returns_rows_each(void *ctx, const WarehouseSpec *w, const Data *data, size_t count,
                              Str sql, bool *returns, Error *err)
{
    Arena scratch = {0};
    QueryImage *images = arena_array(&scratch, QueryImage, count);
    QueryAsk *asks = arena_array(&scratch, QueryAsk, count);
    QueryResult *results = arena_array(&scratch, QueryResult, count);
    for (size_t i = 0; i < count; i++) {
        images[i] = image_of(&scratch, w, &data[i]);
        asks[i] = (QueryAsk){&images[i], sql, 0};
    }
    bool ok = query_run_each(ctx, &scratch, asks, count, &JUDGE, results, err);
    for (size_t i = 0; ok && i < count; i++) {
        ok = results[i].error.kind == ERROR_NONE ||
             blame(rule_place(w, sql), "rule", sql, &results[i], err);
        returns[i] = results[i].table.rows > 0;
    }
    arena_free(&scratch);
    return ok;
}

DataJudge exam_judge(QueryWorker *q)
{
    return (DataJudge){.ctx = q,
                       .broken = broken,
                       .returns_rows = returns_rows,
                       .returns_rows_each = returns_rows_each,
                       .truth = truth,
                       .values = values};
}
