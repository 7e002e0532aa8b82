// bench_exam: how long the exam takes on the shipped SQL drills, and how much of it is spent in
// SQLite itself.
//
// A drill's first answer makes its databases; the next ones meet them made. A figure is the wall
// clock of exam_check; "in SQLite" is what the worker spent on the statements.
#include "base/world.h"
#include "exam/exam.h"
#include "pack/pack.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    double *at;
    size_t len, cap;
} Figures;

static void add(Figures *f, double v)
{
    if (f->len == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 64;
        f->at = realloc(f->at, f->cap * sizeof *f->at);
        if (!f->at) abort();
    }
    f->at[f->len++] = v;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

static void print(const char *what, Figures *f)
{
    if (!f->len) return;
    qsort(f->at, f->len, sizeof *f->at, by_size);
    printf("%-28s %4zu   median %7.1f   p90 %7.1f   worst %7.1f ms\n", what, f->len,
           f->at[f->len / 2], f->at[f->len * 9 / 10], f->at[f->len - 1]);
}

static Figures first, right, wrong, rows;
static double wall_ms, sqlite_ms;

static Verdict grade(ExamBank *bank, Arena *a, const Drill *d, Str sql, Figures *into)
{
    Verdict v;
    Error err;
    ExamAnswer answer = {.sql = sql, .dialect = d->exam.dialect, .seed = 1};
    int64_t began = world_real_us();
    if (!exam_check(bank, a, &d->exam, &answer, &v, &err)) {
        fprintf(stderr, "%.*s: %s\n", STR_ARG(d->id), err.text);
        exit(EXIT_FAILURE);
    }
    double ms = (double)(world_real_us() - began) / 1000;
    add(into, ms);
    wall_ms += ms;
    sqlite_ms += v.elapsed_ms;
    return v;
}

static double mean_from(const Figures *f, size_t from)
{
    double sum = 0;
    for (size_t i = from; i < f->len; i++) sum += f->at[i];
    return f->len > from ? sum / (double)(f->len - from) : 0;
}

static void bench_drill(QueryWorker *q, const Drill *d)
{
    Arena a = {0};
    ExamBank *bank = exam_bank_open(q);
    size_t rights = right.len, wrongs = wrong.len;
    Verdict v = grade(bank, &a, d, d->exam.answer, &first);
    size_t tried = v.tried;
    for (size_t i = 0; i < d->exam.also_right.len; i++) {
        grade(bank, &a, d, d->exam.also_right.at[i], &right);
    }
    for (size_t i = 0; i < d->exam.wrong_count; i++) {
        Str sql;
        Error err;
        if (!exam_wrong_sql(&a, &d->exam, &d->exam.wrong[i], &sql, &err)) continue;
        v = grade(bank, &a, d, sql, &wrong);
        if (v.has_counterexample) add(&rows, (double)v.counterexample.rows);
    }
    printf("%-32.*s %5zu databases: first %7.1f, then right %6.1f, wrong %6.1f ms (means)\n",
           STR_ARG(d->id), tried, first.at[first.len - 1], mean_from(&right, rights),
           mean_from(&wrong, wrongs));
    exam_bank_close(bank);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    Arena a = {0};
    Error err;
    World world = world_fake(0);
    Library library;
    Diags diags = {.arena = &a};
    QueryWorker *q;
    PackSources from = {.share_dir = S(SOURCE_DIR), .shipped = argc < 2};
    Str extra = str_from(argv[argc - 1]);
    if (argc > 1) from.extra = (StrList){&extra, 1};
    world.self = S(GREENROOM_BINARY);
    if (!pack_load(&a, &from, &library, &diags, &err) || !query_open(&world, &q, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < library_drill_count(&library); i++) {
        const Drill *d = library_at(&library, i);
        library_read(&library, d);
        if (d->kind == KIND_SQL) bench_drill(q, d);
    }
    print("first answer (databases made)", &first);
    print("right, databases there", &right);
    print("wrong: refuted and shrunk", &wrong);
    print("rows of a counterexample", &rows);
    printf("in SQLite itself: %.0f of %.0f ms, %.0f%%\n", sqlite_ms, wall_ms,
           100 * sqlite_ms / wall_ms);
    query_close(q);
    arena_free(&a);
    return EXIT_SUCCESS;
}
