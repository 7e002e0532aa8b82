// storage_faults: system calls that change the disk, counted and made to fail.
#define _GNU_SOURCE // syscall(), pwrite64()
#include "storage_faults.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    bool armed;
    FaultKind kind;
    int left, with_errno;
    bool reached;
} plan;

void storage_faults_arm(FaultKind kind, int nth, int with_errno)
{
    plan.kind = kind;
    plan.left = nth;
    plan.with_errno = with_errno;
    plan.reached = false;
    plan.armed = true;
}

bool storage_faults_disarm(void)
{
    plan.armed = false;
    return plan.reached;
}

// Must this call fail? errno is set then.
static bool fails(void)
{
    if (!plan.armed || plan.left == 0) return false;
    if (plan.left > 1) {
        plan.left--;
        return false;
    }
    plan.reached = true;
    if (plan.kind == FAULT_KILL) raise(SIGKILL);
    if (plan.kind == FAULT_ONCE) plan.left = 0;
    errno = plan.with_errno;
    return true;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return fails() ? -1 : syscall(SYS_write, fd, bytes, n);
}
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, n, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return fails() ? -1 : syscall(SYS_pwrite64, fd, bytes, n, at);
}
int fsync(int fd)
{
    return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}
int fdatasync(int fd)
{
    return fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}
int ftruncate64(int fd, off64_t size)
{
    return fails() ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}
int ftruncate(int fd, off_t size)
{
    return fails() ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}
int unlink(const char *path)
{
    return fails() ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
int rename(const char *from, const char *to)
{
    return fails() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
int link(const char *from, const char *to)
{
    return fails() ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}
