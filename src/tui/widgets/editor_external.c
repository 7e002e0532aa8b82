// editor_external: $EDITOR on the text, in a folder that nobody else reads.
#include "base/file.h"
#include "base/path.h"
#include "tui/widgets/editor_impl.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool start(Arena *a, Str command, Str file, pid_t *pid)
{
    // The command may have arguments, as git and others allow: the shell parts them.
    Str script = command.len > 0 ? str_fmt(a, "exec " STR_FMT " \"$1\"", STR_ARG(command))
                                 : S("exec \"$(command -v nano || command -v vi)\" \"$1\"");
    char *argv[] = {(char *)"sh", (char *)"-c",           (char *)str_c(a, script),
                    (char *)"sh", (char *)str_c(a, file), NULL};
    posix_spawnattr_t attr;
    sigset_t fresh;
    sigemptyset(&fresh);
    sigaddset(&fresh, SIGINT);
    sigaddset(&fresh, SIGQUIT);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigdefault(&attr, &fresh);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF);
    bool ok = posix_spawn(pid, "/bin/sh", NULL, &attr, argv, environ) == 0;
    posix_spawnattr_destroy(&attr);
    return ok;
}

// Runs the editor to its end. ^C and ^\ on its terminal are its own business.
static bool run(Arena *a, Str command, Str file, Error *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, on_int, on_quit;
    sigaction(SIGINT, &ignore, &on_int);
    sigaction(SIGQUIT, &ignore, &on_quit);
    pid_t pid;
    int status = -1;
    bool started = start(a, command, file, &pid);
    while (started && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    sigaction(SIGINT, &on_int, NULL);
    sigaction(SIGQUIT, &on_quit, NULL);
    if (started && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    return error_set(err, ERROR_ENVIRONMENT,
                     "the editor '" STR_FMT "' did not end well, so your text is as it was; set "
                     "VISUAL or EDITOR to one that works",
                     STR_ARG(command));
}

static bool make_folder(Arena *a, const World *w, Str *dir, Error *err)
{
    if (!file_make_dirs(w->cache_dir, err)) return false;
    char *name = (char *)str_c(a, path_join(a, w->cache_dir, S("edit-XXXXXX")));
    if (!mkdtemp(name)) {
        return error_set(err, ERROR_ENVIRONMENT, "no temporary folder could be made in %s: %s",
                         str_c(a, w->cache_dir), strerror(errno));
    }
    *dir = str_from(name);
    return true;
}

bool editor_external(Editor *e, Term *t, const World *w, Str suffix, Error *err)
{
    enum { TEXT_MAX = 16 << 20 };
    Arena a = {0};
    Str dir = {0}, text;
    bool ok = false;
    if (!make_folder(&a, w, &dir, err)) goto done;
    Str file = path_join(&a, dir, str_fmt(&a, "answer." STR_FMT, STR_ARG(suffix)));
    if (!file_write_atomic(file, editor_text(e), err)) goto done;
    term_suspend(t);
    ok = run(&a, w->editor, file, err);
    term_resume(t);
    if (ok) ok = file_read(&a, file, TEXT_MAX, &text, err);
    if (ok) {
        // Editors end a file with a newline that nobody typed.
        if (!str_ends(editor_text(e), S("\n")) && str_ends(text, S("\n"))) text.len--;
        editor_replace_text(e, text);
    }
    file_remove(file);
done:
    if (dir.len > 0) rmdir(str_c(&a, dir));
    arena_free(&a);
    return ok;
}
