// translate: a query of one dialect in the spelling of another.
#include "cli/command.h"

static bool dialect_of(Cli *c, const char *option, Dialect fallback, Dialect *out, int *status)
{
    Str name = cli_value(c, option);
    *out = fallback;
    if (name.len == 0 || dialect_from_name(name, out)) return true;
    *status = cli_usage(c, "there is no dialect '" STR_FMT "'; known are " STR_FMT, STR_ARG(name),
                        STR_ARG(cli_dialects(c->a)));
    return false;
}

// The warehouse whose tables the query reads: then its columns' types are known, and its names are
// checked. Without one every table is taken as it comes.
static int translate(Cli *c, const SqlSchema *schema, const SqlHome *home, Dialect to)
{
    Error err;
    Str sql, out;
    if (!cli_answer(c, c->args.at[0], &sql, &err)) return cli_fail(c, &err);
    if (sql_translate(c->a, sql, home, to, schema, &out, &err)) {
        cli_print(c->out, out);
        return 0;
    }
    return cli_fault(c, &err, c->args.at[0]);
}

static int with_warehouse(Cli *c, Str name, const SqlHome *home, Dialect to)
{
    int status = 0;
    Error err;
    App *app = cli_library(c, &status);
    if (!app) return status;
    const WarehouseSpec *w = library_warehouse(app_library(app), name);
    if (w) {
        SqlSchema schema = exam_schema(c->a, w);
        status = translate(c, &schema, home, to);
    } else {
        error_set(&err, ERROR_INPUT, "there is no warehouse '" STR_FMT "'", STR_ARG(name));
        status = cli_fail(c, &err);
    }
    app_close(app);
    return status;
}

static int run(Cli *c)
{
    int status = 0;
    Dialect from, to;
    if (!cli_value(c, "--from").len) {
        return cli_usage(c, "translate needs --from D; known are " STR_FMT,
                         STR_ARG(cli_dialects(c->a)));
    }
    if (!dialect_of(c, "--from", DIALECT_SQLITE, &from, &status) ||
        !dialect_of(c, "--to", DIALECT_SQLITE, &to, &status)) {
        return status;
    }
    SqlHome home = sql_at_home(from);
    home.strict = cli_flag(c, "--strict");
    Str warehouse = cli_value(c, "--warehouse");
    return warehouse.len ? with_warehouse(c, warehouse, &home, to) : translate(c, NULL, &home, to);
}

static const Option options[] = {
    {"--from", "D", "the dialect the query is written in"},
    {"--to", "D", "the dialect to write it in; default sqlite, with greenroom's functions"},
    {"--warehouse", "W", "whose tables it reads: names are checked, types are known"},
    {"--strict", NULL, "refuse what the dialect itself would not read"},
};
const Command CMD_TRANSLATE = {
    .name = "translate",
    .forms = {{"FILE|-", "a query of one dialect in the spelling of another"}},
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .args_min = 1,
    .args_max = 1,
    .run = run};
