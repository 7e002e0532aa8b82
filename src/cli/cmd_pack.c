// pack: for authors: lint says every fault with its place; test proves every SQL drill; schema
// prints the format.
#include "base/file.h"
#include "cli/command.h"

static int lint(Cli *c, StrList paths)
{
    if (paths.len == 0) return cli_usage(c, "it is: greenroom pack lint PATH…");
    Diags diags = {.arena = c->a};
    Error err;
    for (size_t i = 0; i < paths.len; i++) {
        if (file_exists(paths.at[i])) continue;
        error_set(&err, ERROR_INPUT, "there is no file or folder '%.*s'", STR_ARG(paths.at[i]));
        return cli_fail(c, &err);
    }
    if (!pack_lint(c->a, &c->packs, paths, &diags, &err)) return cli_fail(c, &err);
    diag_sort(&diags);
    for (size_t i = 0; i < diags.list.len; i++) {
        cli_print(c->out, diag_line(c->a, &diags.list.at[i]));
        fputc('\n', c->out);
    }
    if (diags.list.len == 0) {
        fputs("nothing to mend\n", c->out);
    } else {
        fprintf(c->out, "%zu error%s, %zu warning%s\n", diags.errors, diags.errors == 1 ? "" : "s",
                diags.warnings, diags.warnings == 1 ? "" : "s");
    }
    return diags.list.len ? EXIT_WRONG : 0;
}

static int run(Cli *c)
{
    Str verb = c->args.at[0];
    StrList rest = {c->args.at + 1, c->args.len - 1};
    if (str_eq(verb, S("lint"))) return lint(c, rest);
    if (str_eq(verb, S("test"))) return cli_pack_test(c, rest);
    if (str_eq(verb, S("schema"))) {
        cli_print(c->out, pack_schema(c->a));
        return 0;
    }
    return cli_usage(
        c, "there is no 'pack " STR_FMT "': it is pack lint PATH…, pack test PATH… or pack schema",
        STR_ARG(verb));
}

static const Option options[] = {
    {"--json", NULL, "test: one object a drill and line"},
    {"--seed", "N", "test: which hidden databases; default 1"},
};
const Command CMD_PACK = {.name = "pack",
                          .forms = {{"lint PATH…", "every problem of a pack, with its place"},
                                    {"test PATH…", "proof of its SQL drills"},
                                    {"schema", "the JSON Schema of the format"}},
                          .options = options,
                          .option_count = sizeof options / sizeof *options,
                          .args_min = 1,
                          .args_max = SIZE_MAX,
                          .run = run};
