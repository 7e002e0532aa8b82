// verdict: a verdict in words, with the smallest database that shows it.
#include "cli/command.h"

enum { SHOWN = 12 };

int cli_verdict_exit(const Verdict *v)
{
    switch (v->kind) {
    case VERDICT_RIGHT:
        return EXIT_RIGHT;
    case VERDICT_WRONG:
        return EXIT_WRONG;
    case VERDICT_ERROR:
    case VERDICT_LIMIT:
        return EXIT_CANNOT_RUN;
    }
    return EXIT_CANNOT_RUN;
}

static void print_named(Cli *c, Str name, const Table *t)
{
    Str head = str_fmt(c->a, "**" STR_FMT "**", STR_ARG(name));
    cli_print_markdown(c, head);
    cli_print_table(c, t, SHOWN, 2);
    fputc('\n', c->out);
}

void cli_print_counterexample(Cli *c, const Counterexample *x)
{
    const char *what = x->actual.width ? "shows it" : "stops it";
    fprintf(c->out, "\nThe database that %s has %zu row%s:\n\n", what, x->rows,
            x->rows == 1 ? "" : "s");
    for (size_t i = 0; i < x->table_count; i++) {
        Table t = exam_focus(c->a, x, i);
        print_named(c, x->tables[i].name, &t);
    }
    print_named(c, S("expected"), &x->expected);
    if (x->actual.width) print_named(c, S("yours"), &x->actual);
}

void cli_print_verdict(Cli *c, const Drill *d, const Verdict *v)
{
    static const char *const heads[] = {[VERDICT_RIGHT] = "right",
                                        [VERDICT_WRONG] = "not yet",
                                        [VERDICT_ERROR] = "it did not run",
                                        [VERDICT_LIMIT] = "stopped"};
    Str head = str_fmt(c->a, "# " STR_FMT ": %s", STR_ARG(d->title), heads[v->kind]);
    cli_print_markdown(c, head);
    fputc('\n', c->out);
    if (v->error.kind != ERROR_NONE) {
        cli_print(c->out, error_line(c->a, &v->error));
        fputc('\n', c->out);
    } else if (v->why.len) {
        cli_print_markdown(c, v->why);
    }
    if (v->diagnosis.len) cli_print_markdown(c, v->diagnosis);
    if (v->tried && v->kind == VERDICT_WRONG) {
        fprintf(c->out, "%zu databases tried, %zu agree\n", v->tried, v->agreed);
    }
    if (v->has_counterexample) cli_print_counterexample(c, &v->counterexample);
    if (v->astray.len) cli_print_markdown(c, v->astray);
    for (size_t i = 0; i < v->review_count; i++) {
        const ReviewNote *n = &v->review[i];
        Str place = n->line ? str_fmt(c->a, " line %d", n->line) : (Str){0};
        Str line = str_fmt(c->a, "- *" STR_FMT "*" STR_FMT ": " STR_FMT, STR_ARG(n->rule),
                           STR_ARG(place), STR_ARG(n->message));
        cli_print_markdown(c, line);
    }
}
