// main: picks the face, or the helper mode.
#include "proc/proc.h"
#include "query/query.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(void);
} helpers[] = {
    {"probe", proc_probe_main},
    {"sql", query_worker_main},
};

static int run_helper(const char *name)
{
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
        if (strcmp(helpers[i].name, name) == 0) return helpers[i].run();
    }
    fputs("greenroom: there is no such helper\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--helper") == 0) _exit(run_helper(argv[2]));
    puts("greenroom 0.1.0");
    return 0;
}
