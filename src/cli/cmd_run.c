// run: an answer on the visible data, rows printed.
#include "cli/command.h"

static void print_json(Cli *c, const QueryResult *r)
{
    Buf b = buf_new(c->a);
    Json j = json_new(&b);
    json_begin_object(&j);
    table_json(&j, &r->table);
    json_pair_bool(&j, "more", r->table.more);
    json_pair_int(&j, "elapsed_ms", (int64_t)(r->elapsed_ms + 0.5));
    json_end_object(&j);
    cli_print_json(c->out, &b);
}

// What the answer did wrong, with its place in the answer's own file.
static int print_fault(Cli *c, const Error *e, Str file)
{
    Error at;
    error_at(&at, e->kind, str_eq(file, S("-")) ? S("answer") : file, e->line, e->column, "%s",
             e->text);
    return cli_fail(c, &at);
}

static int run_answer(Cli *c, const Drill *d, Str answer, Dialect dialect)
{
    Error err;
    QueryResult r;
    GradeDesk *desk = NULL;
    int status = 0;
    bool ok =
        grade_open(&c->world, &desk, &err) && grade_run(desk, c->a, d, answer, dialect, &r, &err);
    if (!ok) {
        status = cli_fail(c, &err);
    } else if (r.error.kind != ERROR_NONE) {
        status = print_fault(c, &r.error, c->args.at[1]);
    } else if (cli_flag(c, "--json")) {
        print_json(c, &r);
    } else {
        enum { SHOWN = 40 };
        cli_print_table(c, &r.table, SHOWN, 0);
        fprintf(c->out, "%zu%s row%s, %.0f ms\n", r.table.rows, r.table.more ? "+" : "",
                r.table.rows == 1 ? "" : "s", r.elapsed_ms);
    }
    grade_close(desk);
    return status;
}

static int run(Cli *c)
{
    int status = 0;
    Error err;
    Str answer;
    Dialect dialect;
    App *app = cli_library(c, &status);
    if (!app) return status;
    const Drill *d = cli_drill(c, app, c->args.at[0], &status);
    if (d && cli_dialect(c, d, &dialect, &status)) {
        if (cli_answer(c, c->args.at[1], &answer, &err)) {
            status = run_answer(c, d, answer, dialect);
        } else {
            status = cli_fail(c, &err);
        }
    }
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--dialect", "D", "the dialect the answer is written in; default the drill's"},
    {"--json", NULL, "one object: columns, types, rows"},
};
const Command CMD_RUN = {.name = "run",
                         .args = "ID FILE|-",
                         .help = "run an answer on the visible data, print rows",
                         .options = options,
                         .option_count = sizeof options / sizeof *options,
                         .args_min = 2,
                         .args_max = 2,
                         .run = run};
