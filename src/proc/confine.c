// confine: the table of profiles, the limits, and the layers put in force one after another.
#include "proc/private.h"
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STACK_BYTES = 8 << 20 };

const Profile profiles[] = {
    [PROC_SQL] = {.helper = "sql",
                  .confined = true,
                  .data_bytes = 1ULL << 30,
                  .cpu_s = 600,
                  .files = 16,
                  .no_file_writes = true,
                  .no_processes = true,
                  .no_files = true,
                  .filter = FILTER_SQL},
    [PROC_JOB] = {.helper = "job"},
};
static_assert(sizeof profiles / sizeof *profiles == PROC_COUNT_, "a profile for every kind");

static const char *const layer_names[] = {
    [PROC_LAYER_SESSION] = "own session",
    [PROC_LAYER_DEATH] = "ends with its parent",
    [PROC_LAYER_LIMITS] = "resource limits",
    [PROC_LAYER_STACK] = "full-size stack",
    [PROC_LAYER_PRIVS] = "no new privileges",
    [PROC_LAYER_FILES] = "no files (Landlock)",
    [PROC_LAYER_SYSCALLS] = "system calls (seccomp)",
};
static_assert(sizeof layer_names / sizeof *layer_names == PROC_LAYER_COUNT_, "name every layer");

const char *proc_kind_name(ProcKind k)
{
    return profiles[k].helper;
}
const char *proc_layer_name(ProcLayer l)
{
    return layer_names[l];
}

void layer_set(ProcLayerState *state, bool active, const char *fmt, ...)
{
    state->active = active;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(state->detail, sizeof state->detail, fmt, ap);
    va_end(ap);
}

// --- Limits ---

// Hard and soft; a hard limit that is lower already stays.
static bool set_limit(int what, uint64_t value)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0) return false;
    rlim_t v = now.rlim_max < value ? now.rlim_max : (rlim_t)value;
    return setrlimit(what, &(struct rlimit){v, v}) == 0;
}

static void apply_limits(const Profile *p, ProcLayerState *state)
{
    bool ok = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_CPU, p->cpu_s) &&
              set_limit(RLIMIT_NOFILE, p->files);
    if (p->no_file_writes) ok = set_limit(RLIMIT_FSIZE, 0) && ok;
#if defined(GREENROOM_SANITIZED) // its shadow memory is larger than any limit
    layer_set(state, ok, "%s", "sanitizer build: memory and processes are not limited");
#else
    ok = set_limit(RLIMIT_DATA, p->data_bytes) && ok;
    if (p->no_processes) ok = set_limit(RLIMIT_NPROC, 0) && ok;
    if (ok) {
        layer_set(state, true, "memory %llu MiB, CPU %llu s, %llu files, %s",
                  (unsigned long long)(p->data_bytes >> 20), (unsigned long long)p->cpu_s,
                  (unsigned long long)p->files,
                  p->no_file_writes ? "none written" : "files may be written");
    } else {
        layer_set(state, false, "%s", strerror(errno));
    }
#endif
}

// The main thread's stack grows up to the soft limit of the moment; SQLite's parser and code
// generator recurse by the depth of the text.
static void apply_stack(ProcLayerState *state)
{
    struct rlimit now;
    if (getrlimit(RLIMIT_STACK, &now) != 0) {
        layer_set(state, false, "%s", strerror(errno));
        return;
    }
    now.rlim_cur = now.rlim_max < STACK_BYTES ? now.rlim_max : STACK_BYTES;
    bool ok = setrlimit(RLIMIT_STACK, &now) == 0 && now.rlim_cur == STACK_BYTES;
    layer_set(state, ok, ok ? "%llu KiB" : "only %llu KiB",
              (unsigned long long)(now.rlim_cur >> 10));
}

static void apply_privileges(ProcLayerState *state)
{
    bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    // No process of the same user looks into this one; a crash leaves no core.
    if (ok) prctl(PR_SET_DUMPABLE, 0);
    layer_set(state, ok, "%s", ok ? "" : strerror(errno));
}

void proc_confine(ProcKind kind, ProcLayers *out)
{
    const Profile *p = &profiles[kind];
    *out = (ProcLayers){0};
    ProcLayerState *at = out->at;
    at[PROC_LAYER_SESSION].wanted = at[PROC_LAYER_DEATH].wanted = true;
    layer_set(&at[PROC_LAYER_SESSION], getsid(0) == getpid(), "%s", "");
    int on_death = 0;
    prctl(PR_GET_PDEATHSIG, &on_death);
    layer_set(&at[PROC_LAYER_DEATH], on_death == SIGKILL, "%s", "");
    if (!p->confined) return;
    at[PROC_LAYER_LIMITS].wanted = at[PROC_LAYER_STACK].wanted = true;
    at[PROC_LAYER_PRIVS].wanted = true;
    apply_limits(p, &at[PROC_LAYER_LIMITS]);
    apply_stack(&at[PROC_LAYER_STACK]);
    apply_privileges(&at[PROC_LAYER_PRIVS]);
    at[PROC_LAYER_FILES].wanted = p->no_files;
    if (p->no_files) landlock_apply(&at[PROC_LAYER_FILES]);
    at[PROC_LAYER_SYSCALLS].wanted = p->filter != FILTER_NONE;
    seccomp_apply(p->filter, &at[PROC_LAYER_SYSCALLS]); // last: it forbids what the others need
}
