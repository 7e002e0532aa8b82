// bench_exam: how long the exam takes on the shipped SQL drills, and how much of it is spent in
// SQLite itself.
//
// A drill's first answer makes its databases; the next ones meet them made, as does the first one
// after the drill was on the screen for a moment: the warm-up, told beside it. A figure is the
// processor time of exam_check and its workers, which other work on the machine changes little; so
// is what SQLite took for the statements, to prepare them and to run them.
#include "base/world.h"
#include "exam/exam.h"
#include "pack/pack.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double clock_ms(clockid_t clock)
{
    struct timespec t;
    if (clock_gettime(clock, &t) != 0) return 0;
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// What the workers have used, those that are there now.
static double workers_ms(void)
{
    char path[64];
    long pid;
    double sum = 0;
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    FILE *f = fopen(path, "r");
    while (f && fscanf(f, "%ld", &pid) == 1) {
        clockid_t clock;
        if (clock_getcpuclockid((pid_t)pid, &clock) == 0) sum += clock_ms(clock);
    }
    if (f) fclose(f);
    return sum;
}

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

static Figures first, warmed, right, wrong, rows;
static double sqlite_ms, own_cpu_ms, worker_cpu_ms;

// From start to stop: what was used.
typedef struct {
    double own, workers;
} Meter;

static Meter start(void)
{
    return (Meter){clock_ms(CLOCK_PROCESS_CPUTIME_ID), workers_ms()};
}

static double stop(Meter m)
{
    Meter now = start();
    own_cpu_ms += now.own - m.own;
    worker_cpu_ms += now.workers - m.workers;
    return now.own - m.own + now.workers - m.workers;
}

static Verdict grade(ExamBank *bank, Arena *a, const Drill *d, Str sql, Figures *into)
{
    Verdict v;
    Error err;
    ExamAnswer answer = {.sql = sql, .dialect = d->exam.dialect, .seed = 1};
    Meter m = start();
    if (!exam_check(bank, a, &d->exam, &answer, &v, &err)) {
        fprintf(stderr, "%.*s: %s\n", STR_ARG(d->id), err.text);
        exit(EXIT_FAILURE);
    }
    add(into, stop(m));
    sqlite_ms += v.elapsed_ms;
    return v;
}

static double mean_from(const Figures *f, size_t from)
{
    double sum = 0;
    for (size_t i = from; i < f->len; i++) sum += f->at[i];
    return f->len > from ? sum / (double)(f->len - from) : 0;
}

// The first answer to a drill that was on the screen for a moment.
static void grade_warmed(QueryWorker *q, Arena *a, const Drill *d)
{
    ExamBank *bank = exam_bank_open(q);
    Error err;
    bool more = true;
    while (more) {
        if (!exam_warm(bank, &d->exam, 1, &more, &err)) exit(EXIT_FAILURE);
    }
    grade(bank, a, d, d->exam.answer, &warmed);
    exam_bank_close(bank);
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
    grade_warmed(q, &a, d);
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
    print("first answer, warmed up", &warmed);
    print("right, databases there", &right);
    print("wrong: refuted and shrunk", &wrong);
    print("rows of a counterexample", &rows);
    printf("workers: %.0f of %.0f ms of processor time, %.0f%%\n", worker_cpu_ms,
           worker_cpu_ms + own_cpu_ms, 100 * worker_cpu_ms / (worker_cpu_ms + own_cpu_ms));
    printf("in SQLite itself: %.0f of %.0f ms of processor time, %.0f%%\n", sqlite_ms,
           worker_cpu_ms + own_cpu_ms, 100 * sqlite_ms / (worker_cpu_ms + own_cpu_ms));
    query_close(q);
    arena_free(&a);
    return EXIT_SUCCESS;
}
