// landlock: no file system at all, by a rule set without rules; raw system calls, glibc has none.
//
// Rights are asked for as far as the kernel's ABI knows them (Linux Documentation,
// userspace-api/landlock: ABI 1 = 5.13, 2 refer, 3 truncate, 4 TCP, 5 ioctl, 6 scopes).
#define _GNU_SOURCE
#include "proc/private.h"
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    FS_RIGHTS_1 = 13,       // ABI 1 knows so many rights, one bit each from bit 0
    CREATE_VERSION = 1,     // LANDLOCK_CREATE_RULESET_VERSION
    NET_BIND_CONNECT = 3,   // the two TCP rights
    SCOPE_SOCKET_SIGNAL = 3 // abstract sockets and signals out of the domain
};

typedef struct {
    uint64_t fs, net, scoped;
} Ruleset; // struct landlock_ruleset_attr of ABI 6; older kernels take a prefix

static uint64_t fs_rights(long abi)
{
    int bits = FS_RIGHTS_1;
    if (abi >= 2) bits++; // refer
    if (abi >= 3) bits++; // truncate
    if (abi >= 5) bits++; // ioctl on devices
    return (1ULL << bits) - 1;
}

void landlock_apply(ProcLayerState *state)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
    if (abi < 1) {
        const char *why =
            errno == EOPNOTSUPP ? "switched off in this kernel" : "not in this kernel";
        layer_set(state, false, "%s", why);
        return;
    }
    Ruleset rules = {.fs = fs_rights(abi)};
    size_t size = sizeof rules.fs;
    if (abi >= 4) {
        rules.net = NET_BIND_CONNECT;
        size += sizeof rules.net;
    }
    if (abi >= 6) {
        rules.scoped = SCOPE_SOCKET_SIGNAL;
        size += sizeof rules.scoped;
    }
    long fd = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    bool ok = fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
    if (ok) {
        layer_set(state, true, "ABI %ld", abi);
    } else {
        layer_set(state, false, "ABI %ld: %s", abi, strerror(errno));
    }
    if (fd >= 0) close((int)fd);
}
