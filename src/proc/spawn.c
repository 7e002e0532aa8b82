// spawn: starting our own binary as a helper, ending it, and saying how it ended.
//
// posix_spawn, never fork: nothing of ours runs between the two processes, so a parent with locks
// or a half-drawn screen cannot hurt the child.
#define _GNU_SOURCE
#include "base/check.h"
#include "proc/private.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct Proc {
    pid_t pid; // 0 once it is reaped
    ProcLink link;
    ProcEnd end;
    bool killed;
};

extern char **environ;

// --- Starting ---

// Both ends at 4 or above, so that neither lies where the child's 0 to 3 will be put.
static bool socket_pair(int fds[2])
{
    int low[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low) != 0) return false;
    fds[0] = fcntl(low[0], F_DUPFD_CLOEXEC, PROC_CHILD_FD + 1);
    fds[1] = fcntl(low[1], F_DUPFD_CLOEXEC, PROC_CHILD_FD + 1);
    close(low[0]);
    close(low[1]);
    if (fds[0] >= 0 && fds[1] >= 0) return true;
    if (fds[0] >= 0) close(fds[0]);
    if (fds[1] >= 0) close(fds[1]);
    return false;
}

// A helper that runs foreign text sees nothing of the user's environment. Sanitizers read theirs.
static char **child_environment(const char *helper)
{
    static char path[] = "PATH=/usr/bin:/bin", lang[] = "LANG=C.UTF-8", zone[] = "TZ=UTC0";
    static char *bare[] = {path, lang, zone, NULL};
#if defined(GREENROOM_SANITIZED)
    (void)bare;
    (void)helper;
    return environ;
#else
    bool ours = strcmp(helper, proc_kind_name(PROC_JOB)) == 0;
    return ours ? environ : bare;
#endif
}

static int set_actions(posix_spawn_file_actions_t *f, int socket)
{
    int rc = posix_spawn_file_actions_addopen(f, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!rc) rc = posix_spawn_file_actions_addopen(f, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#if !defined(GREENROOM_SANITIZED) // whose reports must be seen; else nothing may reach a screen
    if (!rc) rc = posix_spawn_file_actions_addopen(f, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    if (!rc) rc = posix_spawn_file_actions_adddup2(f, socket, PROC_CHILD_FD);
    return rc;
}

static int set_attributes(posix_spawnattr_t *at)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int rc = posix_spawnattr_setsigmask(at, &none);
    if (!rc) rc = posix_spawnattr_setsigdefault(at, &all);
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (!rc) rc = posix_spawnattr_setflags(at, flags);
    return rc;
}

static int start(const char *path, const char *helper, int socket, pid_t *pid)
{
    posix_spawn_file_actions_t f;
    posix_spawnattr_t at;
    int rc = posix_spawn_file_actions_init(&f);
    if (rc) return rc;
    rc = posix_spawnattr_init(&at);
    if (rc) goto no_attributes;
    rc = set_actions(&f, socket);
    if (!rc) rc = set_attributes(&at);
    char name[] = "greenroom", option[] = "--helper";
    char *const argv[] = {name, option, (char *)helper, NULL};
    if (!rc) rc = posix_spawn(pid, path, &f, &at, argv, child_environment(helper));
    posix_spawnattr_destroy(&at);
no_attributes:
    posix_spawn_file_actions_destroy(&f);
    return rc;
}

bool spawn_named(const World *w, const char *helper, Proc **out, Error *err)
{
    Arena scratch = {0};
    int fds[2];
    if (!socket_pair(fds)) {
        return error_set(err, ERROR_ENVIRONMENT, "A helper process needs a socket: %s.",
                         strerror(errno));
    }
    pid_t pid = 0;
    int rc = start(str_c(&scratch, w->self), helper, fds[1], &pid);
    arena_free(&scratch);
    close(fds[1]);
    if (rc) {
        close(fds[0]);
        return error_set(err, ERROR_ENVIRONMENT, "The helper " STR_FMT " cannot be started: %s.",
                         STR_ARG(w->self), strerror(rc));
    }
    Proc *p = malloc(sizeof *p);
    if (!p) die_out_of_memory();
    *p = (Proc){.pid = pid};
    link_open(&p->link, fds[0]);
    *out = p;
    return true;
}

bool proc_spawn(const World *w, ProcKind kind, Proc **out, Error *err)
{
    return spawn_named(w, proc_kind_name(kind), out, err);
}

ProcLink *proc_link(Proc *p)
{
    return &p->link;
}
int proc_fd(const Proc *p)
{
    return p->link.fd;
}
int proc_pid(const Proc *p)
{
    return p->pid;
}

// --- Ending ---

// True once it is reaped.
static bool reap(Proc *p, int flags)
{
    if (p->pid == 0) return true;
    int status = 0;
    pid_t got;
    do {
        got = waitpid(p->pid, &status, flags);
    } while (got < 0 && errno == EINTR);
    if (got == 0) return false;
    p->end = (ProcEnd){.state = PROC_EXITED, .by_us = p->killed};
    if (got > 0 && WIFSIGNALED(status)) {
        p->end.state = PROC_SIGNALLED;
        p->end.code = WTERMSIG(status);
    } else if (got > 0) {
        p->end.code = WEXITSTATUS(status);
    }
    p->pid = 0;
    return true;
}

ProcEnd proc_kill(Proc *p)
{
    if (p->pid && !reap(p, WNOHANG)) {
        p->killed = true;
        kill(-p->pid, SIGKILL); // the child leads its own group
        kill(p->pid, SIGKILL);
        reap(p, 0);
    }
    return p->end;
}

ProcEnd proc_end(Proc *p, int wait_ms)
{
    int64_t deadline = world_real_us() + (int64_t)wait_ms * 1000;
    while (!reap(p, WNOHANG) && world_real_us() < deadline) poll(NULL, 0, 1);
    return p->end;
}

void proc_close(Proc *p)
{
    if (!p) return;
    proc_kill(p);
    link_close(&p->link);
    free(p);
}

bool proc_ran_out_of_memory(ProcEnd e)
{
    return e.state == PROC_EXITED && e.code == DIE_EXIT_MEMORY;
}

static const struct {
    int signal;
    const char *words;
} signal_words[] = {
    {SIGSEGV, "segmentation fault"},
    {SIGBUS, "bus error"},
    {SIGABRT, "abort"},
    {SIGFPE, "arithmetic fault"},
    {SIGILL, "illegal instruction"},
    {SIGSYS, "a system call that is not allowed"},
    {SIGXCPU, "CPU time used up"},
    {SIGKILL, "killed, perhaps for lack of memory"},
};

Str proc_end_text(Arena *a, ProcEnd e)
{
    if (e.state == PROC_RUNNING) return S("nothing yet");
    if (proc_ran_out_of_memory(e)) return S("lack of memory");
    if (e.state == PROC_EXITED) return str_fmt(a, "exit status %d", e.code);
    const char *words = "unexpected";
    for (size_t i = 0; i < sizeof signal_words / sizeof *signal_words; i++) {
        if (signal_words[i].signal == e.code) words = signal_words[i].words;
    }
    if (e.code == SIGKILL && e.by_us) words = "killed by greenroom";
    return str_fmt(a, "signal %d, %s", e.code, words);
}
