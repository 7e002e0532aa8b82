// bench_warehouse: how long the netflix warehouse and its image take at growing scales.
//
//     bench_warehouse [SCALE …]     prints rows, bytes, CPU time and rows a second
#include "spec_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// Seconds of CPU: the figure of a machine that does other things too.
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void measure(const WarehouseSpec *w, double scale)
{
    enum { REPEATS = 5 };
    double made = 1e9, written = 1e9;
    size_t rows = 0, bytes = 0;
    for (int i = 0; i < REPEATS; i++) {
        Arena a = {0};
        Data data;
        Error err = {0};
        double start = now();
        if (!warehouse_generate(&a, w, &(DataOptions){.scale = scale, .seed = 1}, NULL, &data,
                                &err)) {
            fprintf(stderr, "%s\n", err.text);
            exit(1);
        }
        double middle = now();
        bytes = warehouse_image(&a, w, &data).len;
        double end = now();
        if (middle - start < made) made = middle - start;
        if (end - middle < written) written = end - middle;
        rows = 0;
        for (size_t t = 0; t < data.table_count; t++) rows += data.tables[t].rows;
        arena_free(&a);
    }
    printf("scale %6.2f  %9zu rows  %10zu bytes  made in %8.2f ms (%5.2f M rows/s)  written in "
           "%8.2f ms (%5.2f M rows/s)\n",
           scale, rows, bytes, made * 1e3, (double)rows / made * 1e-6, written * 1e3,
           (double)rows / written * 1e-6);
}

int main(int argc, char **argv)
{
    Arena a = {0};
    WarehouseSpec w = spec_file(&a, SOURCE_DIR "/schemas/warehouses/netflix.yaml");
    const double scales[] = {0.1, 1, 10, 40};
    for (int i = 1; i < argc; i++) measure(&w, strtod(argv[i], NULL));
    for (size_t i = 0; argc < 2 && i < sizeof scales / sizeof *scales; i++) measure(&w, scales[i]);
    arena_free(&a);
    return 0;
}
