// run: the answer and the reference on one database.
#include "exam/private.h"

// Counts decide, so that every machine gives the same verdict; the wall clock is the last fence. A
// tiny database has a few hundred rows at the very most: who needs millions of steps for it does
// not end in any useful time on real data.
const QueryLimits EXAM_TINY = {
    .steps = 5 * 1000 * 1000, .rows = 100 * 1000, .bytes = 16 << 20, .wall_ms = 4000};
const QueryLimits EXAM_SAMPLE = {
    .steps = 10 * 1000 * 1000, .rows = 200 * 1000, .bytes = 32 << 20, .wall_ms = 4000};

// All of the visible data: an answer that joins it with itself may be slow there and still right.
const QueryLimits EXAM_VISIBLE = {
    .steps = 40 * 1000 * 1000, .rows = 200 * 1000, .bytes = 32 << 20, .wall_ms = 8000};

bool run_on(Examinee *x, Arena *a, Run run, QueryResult *out, Error *err)
{
    QueryImage db = {.bytes = run.image, .fd = -1, .now_ms = x->w->now_ms};
    if (!query_load(x->q, &db, err)) return false;
    if (x->spec->load.len) {
        if (!load_run(x, a, run.program, run.limits, out, err)) return false;
    } else {
        if (!query_run(x->q, a, run.program->text, run.limits, out, err)) return false;
        exam_names(run.program, out);
    }
    x->spent_ms += out->elapsed_ms;
    if (out->error.kind == ERROR_NONE && out->table.more) { // a part of a result is no result
        error_set(&out->error, ERROR_ROWS, "Stopped: the result has more rows than anybody reads.");
    }
    return true;
}

bool run_many(Examinee *x, Arena *a, Str image, const SqlProgram *const *programs, size_t count,
              QueryResult *out, Error *err)
{
    for (size_t i = 0; x->spec->load.len && i < count; i++) {
        if (!run_on(x, a, (Run){image, programs[i], &EXAM_TINY}, &out[i], err)) return false;
    }
    if (x->spec->load.len) return true;
    StrList sql = {arena_array(a, Str, count), count};
    for (size_t i = 0; i < count; i++) sql.at[i] = programs[i]->text;
    QueryImage db = {.bytes = image, .fd = -1, .now_ms = x->w->now_ms};
    if (!query_load(x->q, &db, err)) return false;
    if (!query_run_many(x->q, a, sql, &EXAM_TINY, out, err)) return false;
    for (size_t i = 0; i < count; i++) {
        exam_names(programs[i], &out[i]);
        x->spent_ms += out[i].elapsed_ms;
    }
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

static bool is_same(const Examinee *x, const Table *expected, const Table *actual)
{
    Arena scratch = {0};
    CompareRule rule = x->spec->rule;
    rule.columns = COLUMNS_BY_POSITION; // two results of one text
    bool same = query_compare(&scratch, expected, actual, &rule).kind == COMPARE_SAME;
    arena_free(&scratch);
    return same;
}

bool run_is_stable(Examinee *x, const Data *data, const Table *expected, bool *stable, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    *stable = true;
    if (data_widest(data) < 2) return true; // there is no other order
    for (RowOrder o = 0; o <= ORDER_LAST && ok && *stable; o++) {
        Data other = order_rows(&scratch, data, o);
        QueryResult r;
        Run run = {warehouse_image(&scratch, x->w, &other), x->reference, &EXAM_SAMPLE};
        ok = run_on(x, &scratch, run, &r, err);
        *stable = ok && r.error.kind == ERROR_NONE && is_same(x, expected, &r.table);
    }
    arena_free(&scratch);
    return ok;
}

static bool differ(const Examinee *x, Arena *a, const QueryResult *expected,
                   const QueryResult *actual)
{
    if (expected->error.kind != ERROR_NONE) return false;
    if (x->fails) return actual->error.kind != ERROR_NONE && !error_is_limit(actual->error.kind);
    return actual->error.kind == ERROR_NONE &&
           run_compare(x, a, &expected->table, &actual->table).kind != COMPARE_SAME;
}

bool run_differs(Examinee *x, const Data *data, bool *differs, Error *err)
{
    *differs = false;
    if (x->veto && x->veto(x->veto_ctx, data)) return true;
    Arena scratch = {0};
    QueryResult expected, actual;
    Str image = warehouse_image(&scratch, x->w, data);
    Run reference = {image, x->reference, &EXAM_SAMPLE}, answer = reference;
    answer.program = x->answer;
    bool ok =
        run_on(x, &scratch, reference, &expected, err) && run_on(x, &scratch, answer, &actual, err);
    *differs = ok && differ(x, &scratch, &expected, &actual);
    if (*differs && !x->fails) ok = run_is_stable(x, data, &expected.table, differs, err);
    arena_free(&scratch);
    return ok;
}

bool case_is_stable(Examinee *x, Case *c, bool *stable, Error *err)
{
    if (!c->weighed && !run_is_stable(x, &c->data, &c->expected, &c->stable, err)) return false;
    c->weighed = true;
    *stable = c->stable;
    return true;
}
