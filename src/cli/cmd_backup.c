// backup: what is remembered, as one file.
#include "cli/command.h"

static int run(Cli *c)
{
    Store *store = NULL;
    StoreOpening how;
    Error err;
    bool ok =
        store_open(c->a, &c->world, &store, &how, &err) && store_backup(store, c->args.at[0], &err);
    store_close(store);
    if (!ok) return cli_fail(c, &err);
    fputs("written\n", c->out);
    return 0;
}

const Command CMD_BACKUP = {.name = "backup",
                            .forms = {{"FILE", "a copy of what is remembered"}},
                            .args_min = 1,
                            .args_max = 1,
                            .run = run};
