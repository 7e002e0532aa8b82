// private: what the files of proc share: links, profiles and the layers they are made of.
#ifndef PROC_PRIVATE_H
#define PROC_PRIVATE_H
#include "proc/proc.h"

enum { PROC_CHILD_FD = 3 };
#define PROC_PROBE_NAME "probe"

struct ProcLink {
    int fd; // non-blocking
    bool broken;
    // The message being received: 4 bytes of length, then the body.
    size_t have; // bytes of it that came, the length included
    unsigned char head[4];
    char *body;
    size_t body_len, body_cap;
    int passed; // descriptor that came with it; -1 = none
    // Messages that are kept back, whole.
    char *held;
    size_t held_len, held_cap;
};
void link_open(ProcLink *l, int fd);
void link_close(ProcLink *l);
MUST_USE bool spawn_named(const World *w, const char *helper, Proc **out, Error *err);

// Which system calls stay open. A row of the table in seccomp.c.
typedef enum { FILTER_NONE, FILTER_SQL, FILTER_LAST = FILTER_SQL } Filter;
enum { FILTER_COUNT_ = FILTER_LAST + 1 };

typedef struct {
    const char *helper;
    bool confined;       // limits and privileges; else only session and death
    uint64_t data_bytes; // private writable memory
    uint64_t cpu_s;      // of its whole life: a fence behind the parent's wall clock
    uint64_t files;      // open descriptors
    bool no_file_writes; // RLIMIT_FSIZE 0
    bool no_processes;   // RLIMIT_NPROC 0 (not enforced for root)
    bool no_files;       // Landlock without a single rule
    Filter filter;
} Profile;
extern const Profile profiles[PROC_COUNT_];

// Each puts its layer into force or says in state->detail why it could not.
void landlock_apply(ProcLayerState *state);
void seccomp_apply(Filter f, ProcLayerState *state);
__attribute__((format(printf, 3, 4))) void layer_set(ProcLayerState *state, bool active,
                                                     const char *fmt, ...);
#endif
