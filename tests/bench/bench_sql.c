// bench_sql: how long parsing and formatting a query of some sixty lines take.
//
//     bench_sql     prints the best of many repeats, in microseconds
#include "base/buf.h"
#include "base/file.h"
#include "sql/sql.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(void)
{
    enum { REPEATS = 2000, FILE_MAX = 1 << 16 };
    Arena files = {0};
    Error err = {0};
    Str sql;
    if (!file_read(&files, S(SOURCE_DIR "/tests/bench/sixty.sql"), FILE_MAX, &sql, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return EXIT_FAILURE;
    }
    double parsed = 1, formatted = 1;
    uint32_t nodes = 0;
    for (int i = 0; i < REPEATS; i++) {
        Arena a = {0};
        SqlScript s;
        double start = now();
        if (!sql_parse(&a, sql, DIALECT_SNOWFLAKE, &s, &err)) {
            fprintf(stderr, "%s\n", err.text);
            return EXIT_FAILURE;
        }
        double middle = now();
        sql_format(&a, &s);
        double end = now();
        if (middle - start < parsed) parsed = middle - start;
        if (end - middle < formatted) formatted = end - middle;
        nodes = s.nodes;
        arena_free(&a);
    }
    printf("%zu bytes, %u nodes: parsed in %.1f us, formatted in %.1f us\n", sql.len, nodes,
           1e6 * parsed, 1e6 * formatted);
    arena_free(&files);
    return EXIT_SUCCESS;
}
