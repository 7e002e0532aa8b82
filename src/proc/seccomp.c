// seccomp: which system calls a confined helper may still make, one table a filter.
//
// Everything that is not named fails with EPERM, as if a permission were missing: the C library
// copes with that. What only an attacker would try ends the process.
#define _GNU_SOURCE
#include "proc/private.h"
#include <assert.h>
#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if !defined(GREENROOM_SANITIZED)
// A warm SQL worker: messages on its socket, memory, its own end.
static const int sql_calls[] = {
    SCMP_SYS(read),         SCMP_SYS(write),        SCMP_SYS(readv),
    SCMP_SYS(writev),       SCMP_SYS(recvmsg),      SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom),     SCMP_SYS(sendto),       SCMP_SYS(poll),
    SCMP_SYS(ppoll),        SCMP_SYS(close),        SCMP_SYS(fstat),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),       SCMP_SYS(brk),
    SCMP_SYS(madvise),      SCMP_SYS(futex),        SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(time),         SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),  SCMP_SYS(getpid),       SCMP_SYS(gettid),
    SCMP_SYS(getppid),      SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),  SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),   SCMP_SYS(newfstatat),
};

static const struct {
    const int *calls;
    size_t count;
} filters[] = {
    [FILTER_NONE] = {0},
    [FILTER_SQL] = {sql_calls, sizeof sql_calls / sizeof *sql_calls},
};
static_assert(sizeof filters / sizeof *filters == FILTER_COUNT_, "a table for every filter");

static const int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
};

// Memory may be mapped and protected, never made executable; a signal may be raised only at
// oneself, which abort() needs.
static int add_conditions(scmp_filter_ctx c)
{
    struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    int rc = seccomp_rule_add_array(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_exec);
    if (!rc) rc = seccomp_rule_add_array(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_exec);
    if (!rc) rc = seccomp_rule_add_array(c, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &self);
    return rc;
}

static int add_rules(scmp_filter_ctx c, Filter f)
{
    int rc = 0;
    for (size_t i = 0; i < filters[f].count && !rc; i++) {
        rc = seccomp_rule_add_array(c, SCMP_ACT_ALLOW, filters[f].calls[i], 0, NULL);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly && !rc; i++) {
        rc = seccomp_rule_add_array(c, SCMP_ACT_KILL_PROCESS, deadly[i], 0, NULL);
    }
    return rc ? rc : add_conditions(c);
}
#endif

void seccomp_apply(Filter f, ProcLayerState *state)
{
    if (f == FILTER_NONE) return;
#if defined(GREENROOM_SANITIZED)
    layer_set(state, false, "%s", "left out of sanitizer builds");
#else
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int rc = c ? add_rules(c, f) : -ENOMEM;
    if (!rc) rc = seccomp_load(c);
    if (c) seccomp_release(c);
    if (rc) {
        layer_set(state, false, "%s", strerror(-rc));
    } else {
        layer_set(state, true, "%zu system calls allowed", filters[f].count + 3);
    }
#endif
}
