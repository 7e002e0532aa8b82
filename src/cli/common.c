// common: what the commands share: printing, the library, answers, dialects.
#include "base/clean.h"
#include "base/file.h"
#include "cli/command.h"
#include <stdarg.h>
#include <string.h>

enum { PAGE = 100, ANSWER_MAX = 1 << 20 };

void cli_print(FILE *f, Str text)
{
    fwrite(text.ptr ? text.ptr : "", 1, text.len, f);
}

int cli_fail(Cli *c, const Error *err)
{
    cli_print(c->err, error_line(c->a, err));
    fputc('\n', c->err);
    return error_exit(err->kind);
}

bool cli_flag(const Cli *c, const char *option)
{
    for (size_t i = 0; i < c->given_count; i++) {
        if (strcmp(c->given[i].option->name, option) == 0) return true;
    }
    return false;
}

Str cli_value(const Cli *c, const char *option)
{
    for (size_t i = c->given_count; i-- > 0;) {
        if (strcmp(c->given[i].option->name, option) == 0) return c->given[i].value;
    }
    return (Str){0};
}

int cli_usage(Cli *c, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    Str clean = clean_text(c->a, str_from(text), CLEAN_LINE, NULL);
    fprintf(c->err, "greenroom: " STR_FMT "\n", STR_ARG(clean));
    if (c->command) {
        fprintf(c->err, "see: greenroom %s --help\n", c->command->name);
    } else {
        fputs("see: greenroom --help\n", c->err);
    }
    return EXIT_USAGE;
}

void cli_print_json(FILE *f, Buf *json)
{
    cli_print(f, buf_str(json));
    fputc('\n', f);
}

void cli_print_table(Cli *c, const Table *t, size_t rows_max, int indent)
{
    ProseTableOptions o = {.cells = PAGE, .rows_max = rows_max, .indent = indent};
    Prose p = prose_table(c->a, t, &o);
    cli_print(c->out, prose_print(c->a, &p, c->colour));
}

void cli_print_markdown(Cli *c, Str markdown)
{
    Prose p = prose_markdown(c->a, markdown, PAGE);
    cli_print(c->out, prose_print(c->a, &p, c->colour));
}

App *cli_library(Cli *c, int *status)
{
    App *app = NULL;
    Error err;
    AppOptions o = {.world = &c->world, .packs = c->packs};
    if (!app_open(&o, &app, &err)) {
        *status = cli_fail(c, &err);
        return NULL;
    }
    const Diags *faults = app_faults(app);
    for (size_t i = 0; i < faults->list.len; i++) {
        if (faults->list.at[i].severity != DIAG_ERROR) continue;
        cli_print(c->err, diag_line(c->a, &faults->list.at[i]));
        fputc('\n', c->err);
    }
    return app;
}

const Drill *cli_drill(Cli *c, const App *app, Str id, int *status)
{
    const Drill *d = library_drill(app_library(app), id);
    if (d) library_read(app_library(app), d);
    if (d) return d;
    Error err;
    Str near = library_nearest_id(c->a, app_library(app), id);
    error_set(&err, ERROR_INPUT, "there is no drill '%.*s'%s%.*s%s", STR_ARG(id),
              near.len ? "; did you mean " : "", STR_ARG(near),
              near.len ? "?" : " (see: greenroom list)");
    *status = cli_fail(c, &err);
    return NULL;
}

bool cli_answer(Cli *c, Str file, Str *answer, Error *err)
{
    if (str_eq(file, S("-"))) return file_read_stdin(c->a, ANSWER_MAX, answer, err);
    return file_read(c->a, file, ANSWER_MAX, answer, err);
}

bool cli_dialect(Cli *c, const Drill *d, Dialect *out, int *status)
{
    Str name = cli_value(c, "--dialect");
    *out = d->exam.dialect;
    if (name.len == 0 || dialect_from_name(name, out)) return true;
    *status = cli_usage(c, "there is no dialect '" STR_FMT "'; known are " STR_FMT, STR_ARG(name),
                        STR_ARG(cli_dialects(c->a)));
    return false;
}

Str cli_dialects(Arena *a)
{
    Buf all = buf_new(a);
    for (int i = 0; i < DIALECT_COUNT_; i++)
        buf_fmt(&all, "%s%s", i ? ", " : "", dialect_name((Dialect)i));
    return buf_str(&all);
}

int cli_fault(Cli *c, const Error *e, Str file)
{
    Error at;
    error_at(&at, e->kind, str_eq(file, S("-")) ? S("answer") : file, e->line, e->column, "%s",
             e->text);
    return cli_fail(c, &at);
}
