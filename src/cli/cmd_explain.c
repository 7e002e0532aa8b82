// explain: the model answer and its reasons.
#include "cli/command.h"

static void print_sql(Cli *c, const char *title, Str sql)
{
    Buf b = buf_new(c->a);
    buf_fmt(&b, "**%s**\n\n```sql\n" STR_FMT "%s```\n", title, STR_ARG(sql),
            str_ends(sql, S("\n")) ? "" : "\n");
    cli_print_markdown(c, buf_str(&b));
    fputc('\n', c->out);
}

// A vague question has as many right answers as there are worlds.
static void print_answers(Cli *c, const Drill *d)
{
    if (!d->world_count) print_sql(c, "Reference", d->exam.answer);
    for (size_t i = 0; i < d->world_count; i++) {
        const DrillWorld *w = &d->worlds[i];
        for (size_t k = 0; k < w->tell_count; k++)
            cli_print_markdown(c, str_fmt(c->a, "*" STR_FMT "*", STR_ARG(w->tells[k].say)));
        print_sql(c, "Reference", w->exam.answer);
    }
}

static int run(Cli *c)
{
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) return status;
    const Drill *d = cli_drill(c, app, c->args.at[0], &status);
    if (d) {
        Str title = str_fmt(c->a, "# " STR_FMT, STR_ARG(d->title));
        cli_print_markdown(c, title);
        fputc('\n', c->out);
        if (d->kind == KIND_SQL) print_answers(c, d);
        cli_print_markdown(c, d->solution);
        if (d->item_count) fputs("\nPoints that count\n", c->out);
        for (size_t i = 0; i < d->item_count; i++) {
            Str line = str_fmt(c->a, "- *%s*: " STR_FMT, axis_title(d->items[i].axis),
                               STR_ARG(d->items[i].want));
            cli_print_markdown(c, line);
        }
    }
    app_close(app);
    return status;
}

const Command CMD_EXPLAIN = {.name = "explain",
                             .forms = {{"ID", "the model answer and its reasons"}},
                             .args_min = 1,
                             .args_max = 1,
                             .run = run};
