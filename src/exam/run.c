// run: the answer and the reference on one database.
#include "exam/run.h"
#include "exam/private.h"

// Counts decide, so that every machine gives the same verdict; the wall clock is the last fence. A
// tiny database has a few hundred rows at the very most: who needs millions of steps for it does
// not end in any useful time on real data.
const QueryLimits EXAM_TINY = {
    .steps = 5 * 1000 * 1000, .rows = 100 * 1000, .bytes = 16 << 20, .wall_ms = 4000};
const QueryLimits EXAM_SAMPLE = {
    .steps = 10 * 1000 * 1000, .rows = 200 * 1000, .bytes = 32 << 20, .wall_ms = 4000};

// Who needs a hundred times as much as the reference runs away from it, and is not worth waiting
// for: most such mutants never end.
QueryLimits run_near(int64_t steps)
{
    enum { STEPS_LEAST = 50 * 1000, TIMES = 100 };
    QueryLimits l = EXAM_TINY;
    int64_t most = STEPS_LEAST + TIMES * steps;
    if (most < l.steps) l.steps = most;
    return l;
}

// More of the visible data: an answer that joins it with itself may be slow there and still right.
const QueryLimits EXAM_VISIBLE = {
    .steps = 40 * 1000 * 1000, .rows = 200 * 1000, .bytes = 32 << 20, .wall_ms = 8000};

// A part of a result is no result.
static void stop_at_part(QueryResult *r)
{
    if (r->error.kind != ERROR_NONE || !r->table.more) return;
    error_set(&r->error, ERROR_ROWS, "Stopped: the result has more rows than anybody reads.");
}

static void after_run(Examinee *x, const SqlProgram *p, QueryResult *r)
{
    exam_names(p, r);
    x->spent_ms += r->cpu_ms;
    stop_at_part(r);
}

static QueryImage image_of(const Examinee *x, Str bytes)
{
    return (QueryImage){.bytes = bytes, .fd = -1, .now_ms = x->w->now_ms};
}

bool run_on(Examinee *x, Arena *a, Run run, QueryResult *out, Error *err)
{
    QueryImage db = image_of(x, run.image);
    if (!query_load(x->q, &db, err)) return false;
    if (x->spec->load.len) {
        if (!load_run(x, a, run.program, run.limits, out, err)) return false;
        x->spent_ms += out->cpu_ms;
        stop_at_part(out);
        return true;
    }
    if (!query_run(x->q, a, run.program->text, run.limits, out, err)) return false;
    after_run(x, run.program, out);
    return true;
}

bool run_many(Examinee *x, Arena *a, RunMany run, QueryResult *out, Error *err)
{
    for (size_t i = 0; x->spec->load.len && i < run.count; i++) {
        Run one = {run.image, run.programs[i], run.limits};
        if (!run_on(x, a, one, &out[i], err)) return false;
    }
    if (x->spec->load.len) return true;
    QueryImage db = image_of(x, run.image);
    QueryAsk *asks = arena_array(a, QueryAsk, run.count);
    for (size_t i = 0; i < run.count; i++)
        asks[i] = (QueryAsk){i ? NULL : &db, run.programs[i]->text, run.draws ? run.draws[i] : 0};
    if (!query_run_each(x->q, a, asks, run.count, run.limits, out, err)) return false;
    for (size_t i = 0; i < run.count; i++) after_run(x, run.programs[i], &out[i]);
    return true;
}

bool run_each(Examinee *x, Arena *a, RunEach run, QueryResult *out, Error *err)
{
    for (size_t i = 0; x->spec->load.len && i < run.count; i++) {
        if (!run_on(x, a, (Run){run.images[i], run.program, run.limits}, &out[i], err))
            return false;
    }
    if (x->spec->load.len) return true;
    QueryImage *db = arena_array(a, QueryImage, run.count);
    QueryAsk *asks = arena_array(a, QueryAsk, run.count);
    for (size_t i = 0; i < run.count; i++) {
        db[i] = image_of(x, run.images[i]);
        asks[i] = (QueryAsk){&db[i], run.program->text, 0};
    }
    if (!query_run_each(x->q, a, asks, run.count, run.limits, out, err)) return false;
    for (size_t i = 0; i < run.count; i++) after_run(x, run.program, &out[i]);
    return true;
}

// The columns of `t` in the order of the assignment.
static Table assigned(Arena *a, const Table *t, const size_t *column_of)
{
    Table p = *t;
    p.columns = arena_array(a, Column, t->width);
    p.cells = arena_array(a, Value, t->rows * t->width);
    for (size_t c = 0; c < t->width; c++) {
        p.columns[c] = t->columns[column_of[c]];
        for (size_t r = 0; r < t->rows; r++) {
            p.cells[r * t->width + c] = *table_at(t, r, column_of[c]);
        }
    }
    return p;
}

Comparison run_compare(const Examinee *x, Arena *a, const Table *expected, const Table *actual)
{
    CompareRule rule = x->spec->rule;
    if (!x->column_of || expected->width != actual->width) {
        return query_compare(a, expected, actual, &rule);
    }
    rule.columns = COLUMNS_BY_POSITION;
    Table t = assigned(a, actual, x->column_of);
    Comparison c = query_compare(a, expected, &t, &rule);
    for (size_t i = 0; c.column_of && i < t.width; i++) {
        c.column_of[i] = x->column_of[c.column_of[i]];
    }
    return c;
}

static bool is_silent(const Table *t)
{
    bool silent = true;
    for (size_t i = 0; i < t->rows * t->width && silent; i++)
        silent = t->cells[i].kind == VALUE_NULL;
    return silent;
}

bool run_forgives(const Data *data, const Table *expected, const Error *stopped)
{
    bool empty = false;
    for (size_t i = 0; i < data->table_count; i++) empty |= !data->tables[i].rows;
    return stopped->kind == ERROR_RUNTIME && empty && is_silent(expected);
}

static bool differ(const Examinee *x, Arena *a, const QueryResult *expected,
                   const QueryResult *actual)
{
    if (expected->error.kind != ERROR_NONE) return false;
    if (x->fails) return actual->error.kind != ERROR_NONE && !error_is_limit(actual->error.kind);
    return actual->error.kind == ERROR_NONE &&
           run_compare(x, a, &expected->table, &actual->table).kind != COMPARE_SAME;
}

// Only the order is wrong: whoever has not asked for one may get any.
static bool is_order(const Examinee *x, Arena *a, const QueryResult both[2])
{
    return run_compare(x, a, &both[0].table, &both[1].table).kind == COMPARE_ORDER;
}

bool run_differs_each(Examinee *x, const Data *data, size_t count, TryOut *out, Error *err)
{
    Arena scratch = {0};
    QueryLimits limits = run_near(0);
    QueryImage *images = arena_array(&scratch, QueryImage, count);
    QueryAsk *asks = arena_array(&scratch, QueryAsk, 2 * count);
    QueryResult *results = arena_array(&scratch, QueryResult, 2 * count);
    for (size_t i = 0; i < count; i++) {
        images[i] = image_of(x, warehouse_image(&scratch, x->w, &data[i]));
        asks[2 * i] = (QueryAsk){&images[i], x->reference->text, 0};
        asks[2 * i + 1] = (QueryAsk){NULL, x->answer->text, 0};
    }
    bool ok = query_run_each(x->q, &scratch, asks, 2 * count, &limits, results, err);
    for (size_t i = 0; ok && i < count; i++) {
        after_run(x, x->reference, &results[2 * i]);
        after_run(x, x->answer, &results[2 * i + 1]);
        out[i].differs = differ(x, &scratch, &results[2 * i], &results[2 * i + 1]);
        out[i].endless = error_is_limit(results[2 * i].error.kind) ||
                         error_is_limit(results[2 * i + 1].error.kind);
    }
    arena_free(&scratch);
    return ok;
}

bool run_differs(Examinee *x, const Data *data, bool *differs, Error *err)
{
    *differs = false;
    if (x->veto && x->veto(x->veto_ctx, data)) return true;
    Arena scratch = {0};
    QueryResult both[2]; // of the reference, of the answer
    const SqlProgram *const programs[] = {x->reference, x->answer};
    RunMany run = {warehouse_image(&scratch, x->w, data), programs, 2, &EXAM_SAMPLE, NULL};
    bool ok = run_many(x, &scratch, run, both, err);
    *differs = ok && differ(x, &scratch, &both[0], &both[1]) &&
               !run_forgives(data, &both[0].table, &both[1].error);
    if (*differs && !x->fails) ok = run_is_stable(x, data, &both[0].table, differs, err);
    if (ok && *differs && x->firm && !is_order(x, &scratch, both))
        ok = run_stands(x, data, &both[0].table, differs, err);
    arena_free(&scratch);
    return ok;
}
