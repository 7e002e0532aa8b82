// proc: child processes that are our own binary in a helper mode, and the messages between us.
//
// A child gets one socket on descriptor 3, no terminal, its own session, and dies with its parent.
// Nothing here waits for ever: a message that does not come in time is PROC_IO_WAITING, a partner
// that is gone is PROC_IO_CLOSED. What a child may do besides is a row in a table of profiles, one
// row a kind; each layer of it reports whether it is in force, because kernels and containers
// differ and only what is in force may be claimed.
#ifndef PROC_PROC_H
#define PROC_PROC_H
#include "base/world.h"

typedef enum {
    PROC_SQL, // runs foreign SQL: no files, no network, bounded memory
    PROC_JOB, // our own long work: its own session, nothing else taken away
    PROC_LAST = PROC_JOB,
} ProcKind;
enum { PROC_COUNT_ = PROC_LAST + 1 };
const char *proc_kind_name(ProcKind k); // the NAME of `greenroom --helper NAME`

// ---- messages: a u32 length and so many bytes, with at most one descriptor
typedef struct ProcLink ProcLink;

typedef enum {
    PROC_IO_DONE,    // sent, or one whole message received
    PROC_IO_WAITING, // not within wait_ms; a part that came is kept for the next call
    PROC_IO_CLOSED,  // the other side is gone
    PROC_IO_BROKEN,  // longer than `limit`, or half sent: the link is of no more use
    PROC_IO_LAST = PROC_IO_BROKEN,
} ProcIo;
enum { PROC_IO_COUNT_ = PROC_IO_LAST + 1 };

typedef struct {
    Str bytes; // valid until the next receive on the link
    int fd;    // -1, or a descriptor that is the receiver's to close
} ProcMessage;

enum { PROC_FOREVER = -1 }; // wait_ms of the child side, which has nothing else to do

// fd: -1 or a descriptor that the other side gets a copy of.
ProcIo proc_send(ProcLink *l, Str bytes, int fd, int wait_ms);
// The same as one message of two parts, so that a long second one need not be copied behind a head.
ProcIo proc_send_parts(ProcLink *l, Str head, Str rest, int fd, int wait_ms);
// Keeps a message back, until the next one is sent or proc_flush: the other side wakes up once.
void proc_hold(ProcLink *l, Str head, Str rest);
size_t proc_held(const ProcLink *l); // bytes
ProcIo proc_flush(ProcLink *l, int wait_ms);
// wait_ms 0 never blocks. `limit` bounds the length of the message.
ProcIo proc_receive(ProcLink *l, size_t limit, int wait_ms, ProcMessage *out);

// ---- the parent's side
typedef struct Proc Proc;
// To be called by the main thread: a child dies when the *thread* that started it does.
MUST_USE bool proc_spawn(const World *w, ProcKind kind, Proc **out, Error *err);
void proc_close(Proc *p); // kills, reaps, closes; NULL is fine
ProcLink *proc_link(Proc *p);
int proc_fd(const Proc *p); // for poll(); readable when a message or the end has come
int proc_pid(const Proc *p);

typedef enum {
    PROC_RUNNING,
    PROC_EXITED,
    PROC_SIGNALLED,
    PROC_STATE_LAST = PROC_SIGNALLED
} ProcState;
enum { PROC_STATE_COUNT_ = PROC_STATE_LAST + 1 };
typedef struct {
    ProcState state;
    int code;   // exit status or signal
    bool by_us; // proc_kill did it
} ProcEnd;

ProcEnd proc_kill(Proc *p); // SIGKILL to the child and its group; reaped when it returns
ProcEnd proc_end(Proc *p, int wait_ms); // how it ended; waits at most so long for the end
bool proc_ran_out_of_memory(ProcEnd e);
Str proc_end_text(Arena *a, ProcEnd e); // "signal 11, segmentation fault": fits behind "ended by"

// ---- the child's side
// To be called first: takes over descriptor 3, closes what else is open, and asks to die with the
// parent. NULL, with a sentence on stderr, when nobody started this process as a helper.
ProcLink *proc_child(void);

typedef enum {
    PROC_LAYER_SESSION,  // own session, so no terminal
    PROC_LAYER_DEATH,    // dies with its parent
    PROC_LAYER_LIMITS,   // memory, CPU time, files, processes
    PROC_LAYER_STACK,    // a stack of full size
    PROC_LAYER_PRIVS,    // gains no privileges
    PROC_LAYER_FILES,    // Landlock: reaches no file
    PROC_LAYER_SYSCALLS, // seccomp: only the system calls it needs
    PROC_LAYER_LAST = PROC_LAYER_SYSCALLS,
} ProcLayer;
enum { PROC_LAYER_COUNT_ = PROC_LAYER_LAST + 1 };
const char *proc_layer_name(ProcLayer l); // as doctor prints it

typedef struct {
    bool wanted; // the profile asks for it
    bool active;
    char detail[96]; // what it allows, or why it is missing
} ProcLayerState;
typedef struct {
    ProcLayerState at[PROC_LAYER_COUNT_];
} ProcLayers;

// Puts this process under the profile of `kind`, as far as the machine can; never undone.
void proc_confine(ProcKind kind, ProcLayers *out);
// The layers of `kind` on this machine, tried out in a child that is thrown away.
MUST_USE bool proc_layers(const World *w, ProcKind kind, ProcLayers *out, Error *err);
int proc_probe_main(void); // the helper mode behind proc_layers: --helper probe
#endif
