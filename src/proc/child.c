// child: the first steps of a helper: descriptor 3, nothing else open, dead when the parent is.
#define _GNU_SOURCE
#include "proc/private.h"
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

// The socket knows who made it: a parent that died before prctl() is noticed, since a child of
// nobody is handed to another process. (A parent outside our PID namespace shows as 0.)
static bool parent_lives(void)
{
    struct ucred maker;
    socklen_t len = sizeof maker;
    if (getsockopt(PROC_CHILD_FD, SOL_SOCKET, SO_PEERCRED, &maker, &len) != 0) return false;
    return maker.pid == 0 || maker.pid == getppid();
}

ProcLink *proc_child(void)
{
    static ProcLink link;
    int type = 0;
    socklen_t len = sizeof type;
    if (getsockopt(PROC_CHILD_FD, SOL_SOCKET, SO_TYPE, &type, &len) != 0) {
        fputs("greenroom: helper modes are started by greenroom itself\n", stderr);
        return NULL;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!parent_lives()) _exit(0);
    // All of ours close on exec; this is for what another program left open. Old kernels lack it.
    (void)close_range(PROC_CHILD_FD + 1, ~0U, 0);
    link_open(&link, PROC_CHILD_FD);
    return &link;
}
