// doctor: what works on this machine.
#include "base/file.h"
#include "cli/command.h"
#include "proc/proc.h"
#include <unistd.h>

static void row(Cli *c, bool ok, const char *what, Str detail)
{
    Str line =
        str_fmt(c->a, "  %s  %-22s " STR_FMT "\n", ok ? "yes" : "no ", what, STR_ARG(detail));
    cli_print(c->out, line);
}

static void folder(Cli *c, const char *what, Str path)
{
    Error err;
    bool there = file_is_dir(path) || file_make_dirs(path, &err);
    bool ok = there && access(str_c(c->a, path), W_OK) == 0;
    row(c, ok, what, path);
}

static void packs(Cli *c)
{
    int status = 0;
    App *app = cli_library(c, &status);
    if (!app) {
        row(c, false, "packs", S("none could be loaded"));
        return;
    }
    const Library *l = app_library(app);
    row(c, app_faults(app)->errors == 0, "packs",
        str_fmt(c->a, "%zu packs, %zu drills, %zu faults", l->pack_count, library_drill_count(l),
                app_faults(app)->errors));
    app_close(app);
}

static bool store(Cli *c)
{
    Store *s = NULL;
    StoreOpening how;
    Error err;
    bool ok = store_open(c->a, &c->world, &s, &how, &err) && store_check(s, &err);
    row(c, ok, "what is remembered",
        ok ? S("opens, and every page is whole") : str_copy(c->a, str_from(err.text)));
    store_close(s);
    return ok;
}

static bool layers(Cli *c)
{
    ProcLayers l;
    Error err;
    fputs("\nthe process that runs foreign SQL\n", c->out);
    if (!proc_layers(&c->world, PROC_SQL, &l, &err)) {
        row(c, false, "starts", str_copy(c->a, str_from(err.text)));
        return false;
    }
    for (int i = 0; i < PROC_LAYER_COUNT_; i++) {
        if (l.at[i].wanted)
            row(c, l.at[i].active, proc_layer_name((ProcLayer)i),
                str_copy(c->a, str_from(l.at[i].detail)));
    }
    return true;
}

static int run(Cli *c)
{
    fputs("terminal\n", c->out);
    row(c, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO), "a terminal",
        S("needed for screens, not for commands"));
    row(c, !c->world.no_color, "colours",
        c->world.no_color ? S("NO_COLOR is set") : S("as the terminal says"));
    row(c, c->world.editor.len > 0, "an editor (^X^E)",
        c->world.editor.len ? c->world.editor : S("set $VISUAL or $EDITOR"));
    fputs("\nfolders\n", c->out);
    row(c, c->world.share_dir.len > 0, "shipped packs",
        c->world.share_dir.len ? c->world.share_dir : S("not found; set GREENROOM_SHARE"));
    folder(c, "data", c->world.data_dir);
    folder(c, "cache", c->world.cache_dir);
    packs(c);
    bool ok = store(c);
    ok = layers(c) && ok;
    return ok ? 0 : error_exit(ERROR_ENVIRONMENT);
}

const Command CMD_DOCTOR = {
    .name = "doctor", .forms = {{"", "what works on this machine"}}, .run = run};
