// main: picks the face, or the helper mode.
#include "app/app.h"
#include "cli/cli.h"
#include "proc/proc.h"
#include "query/query.h"
#include "tui/tui.h"
#include <locale.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name; // as proc_kind_name says it
    int (*run)(void);
} helpers[] = {
    {"sql", query_worker_main},
    {"job", app_helper_main},
    {"probe", proc_probe_main},
};

static int run_helper(const char *name)
{
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
        if (strcmp(helpers[i].name, name) == 0) return helpers[i].run();
    }
    fputs("greenroom: there is no such helper\n", stderr);
    return error_exit(ERROR_USAGE);
}

static int run_screen(Arena *a, const CliScreen *s)
{
    Error err;
    TuiOptions o = {.world = &s->world,
                    .packs = s->packs,
                    .command = s->command,
                    .argument = s->argument,
                    .no_mouse = s->no_mouse};
    if (tui_run(&o, &err)) return 0;
    Str line = error_line(a, &err);
    fprintf(stderr, STR_FMT "\n", STR_ARG(line));
    return error_exit(err.kind);
}

int main(int argc, char **argv)
{
    // Characters only: a decimal comma must never reach numbers of YAML or SQL.
    setlocale(LC_CTYPE, "");
    // A helper owes nobody a tidy end: what it holds goes with it.
    if (argc == 3 && strcmp(argv[1], "--helper") == 0) _exit(run_helper(argv[2]));
    Arena arena = {0};
    CliScreen screen;
    int status = cli_main(&arena, argc, argv, stdout, stderr, &screen);
    if (screen.screen) status = run_screen(&arena, &screen);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == 0) { // also what failed long before
        fputs("greenroom: the output could not be written\n", stderr);
        status = error_exit(ERROR_ENVIRONMENT);
    }
    arena_free(&arena);
    return status;
}
