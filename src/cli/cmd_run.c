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

// --- Step by step ---

enum { SHOWN = 40, SHOWN_OF_STEP = 8, STEP_INDENT = 2 };

static Str step_name(const GradeStep *s)
{
    return s->whole ? S("the whole query") : s->name;
}

static void print_step(Cli *c, const GradeStep *s)
{
    if (s->rows < 0) {
        const Error *e = &s->result.error;
        fprintf(c->out, STR_FMT " (line %d): ", STR_ARG(step_name(s)), s->line);
        if (e->line) fprintf(c->out, "%d:%d: ", e->line, e->column);
        fprintf(c->out, "%s\n\n", e->text);
        return;
    }
    fprintf(c->out, STR_FMT " (line %d): %lld row%s\n", STR_ARG(step_name(s)), s->line,
            (long long)s->rows, s->rows == 1 ? "" : "s");
    cli_print_table(c, &s->result.table, SHOWN_OF_STEP, STEP_INDENT);
    fputc('\n', c->out);
}

static void steps_json(Cli *c, const GradeSteps *steps)
{
    Buf b = buf_new(c->a);
    Json j = json_new(&b);
    json_begin_object(&j);
    json_key(&j, S("steps"));
    json_begin_array(&j);
    for (size_t i = 0; i < steps->len; i++) {
        const GradeStep *s = &steps->at[i];
        json_begin_object(&j);
        json_pair_str(&j, "name", s->name);
        json_pair_int(&j, "line", s->line);
        if (s->rows < 0) {
            const Error *e = &s->result.error;
            json_pair_str(&j, "error", str_from(e->text));
            json_pair_int(&j, "error_line", e->line);
            json_pair_int(&j, "error_column", e->column);
        } else {
            json_pair_int(&j, "count", s->rows);
            table_json(&j, &s->result.table);
        }
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    cli_print_json(c->out, &b);
}

static int run_steps(Cli *c, const Drill *d, Str answer, Dialect dialect)
{
    Error err;
    GradeSteps steps;
    GradeDesk *desk = NULL;
    int status = 0;
    if (!grade_open(&c->world, &desk, &err) ||
        !grade_steps(desk, c->a, d, answer, dialect, &steps, &err)) {
        status = cli_fail(c, &err);
    } else if (steps.error.kind != ERROR_NONE) {
        status = cli_fault(c, &steps.error, c->args.at[1]);
    } else if (cli_flag(c, "--json")) {
        steps_json(c, &steps);
    } else {
        for (size_t i = 0; i < steps.len; i++) print_step(c, &steps.at[i]);
        if (!steps.len) fputs("It has no parts that can be run alone.\n", c->out);
    }
    grade_close(desk);
    return status;
}

// --- The whole ---

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
        status = cli_fault(c, &r.error, c->args.at[1]);
    } else if (cli_flag(c, "--json")) {
        print_json(c, &r);
    } else {
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
            status = cli_flag(c, "--steps") ? run_steps(c, d, answer, dialect)
                                            : run_answer(c, d, answer, dialect);
        } else {
            status = cli_fail(c, &err);
        }
    }
    app_close(app);
    return status;
}

static const Option options[] = {
    {"--dialect", "D", "the dialect the answer is written in; default the drill's"},
    {"--steps", NULL, "each CTE and subquery alone, with its rows"},
    {"--json", NULL, "one object: columns, types, rows"},
};
const Command CMD_RUN = {.name = "run",
                         .forms = {{"ID FILE|-", "run an answer on the visible data, print rows"}},
                         .options = options,
                         .option_count = sizeof options / sizeof *options,
                         .args_min = 2,
                         .args_max = 2,
                         .run = run};
