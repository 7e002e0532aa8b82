// layers: which layers of a profile hold on this machine, found out in a child that is thrown away.
//
// A layer that says it is in force is also tried: a file is opened, a socket is made.
#define _GNU_SOURCE
#include "base/wire.h"
#include "proc/private.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PROBE_WAIT_MS = 5000, PROBE_LIMIT = 4096 };

// --- In the child ---

static void try_files(ProcLayerState *s)
{
    int fd = s->active ? open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0) return;
    close(fd);
    layer_set(s, false, "%s", "set, yet the root folder can be opened");
}

static void try_syscalls(ProcLayerState *s)
{
    int fd = s->active ? socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    if (fd < 0) return;
    close(fd);
    layer_set(s, false, "%s", "set, yet a network socket can be made");
}

static void write_layers(Buf *b, const ProcLayers *l)
{
    for (int i = 0; i < PROC_LAYER_COUNT_; i++) {
        wire_u8(b, l->at[i].wanted);
        wire_u8(b, l->at[i].active);
        wire_str(b, str_from(l->at[i].detail));
    }
}

int proc_probe_main(void)
{
    ProcLink *link = proc_child();
    if (!link) return 2;
    ProcMessage m;
    if (proc_receive(link, PROBE_LIMIT, PROC_FOREVER, &m) != PROC_IO_DONE) return 1;
    Wire w = wire_open(m.bytes);
    ProcKind kind = (ProcKind)wire_get_enum(&w, PROC_COUNT_);
    if (!wire_done(&w)) return 1;
    ProcLayers layers;
    proc_confine(kind, &layers);
    try_files(&layers.at[PROC_LAYER_FILES]);
    try_syscalls(&layers.at[PROC_LAYER_SYSCALLS]);
    Arena a = {0};
    Buf reply = buf_new(&a);
    write_layers(&reply, &layers);
    proc_send(link, buf_str(&reply), -1, PROBE_WAIT_MS);
    _exit(0);
}

// --- In the parent ---

static bool read_layers(Str bytes, ProcLayers *out)
{
    Wire w = wire_open(bytes);
    for (int i = 0; i < PROC_LAYER_COUNT_; i++) {
        out->at[i].wanted = wire_get_u8(&w) != 0;
        out->at[i].active = wire_get_u8(&w) != 0;
        Str detail = wire_get_str(&w);
        snprintf(out->at[i].detail, sizeof out->at[i].detail, STR_FMT, STR_ARG(detail));
    }
    return wire_done(&w);
}

bool proc_layers(const World *w, ProcKind kind, ProcLayers *out, Error *err)
{
    Proc *p = NULL;
    *out = (ProcLayers){0};
    if (!spawn_named(w, PROC_PROBE_NAME, &p, err)) return false;
    char request = (char)kind;
    ProcMessage m;
    bool ok = proc_send(proc_link(p), (Str){&request, 1}, -1, PROBE_WAIT_MS) == PROC_IO_DONE &&
              proc_receive(proc_link(p), PROBE_LIMIT, PROBE_WAIT_MS, &m) == PROC_IO_DONE &&
              read_layers(m.bytes, out);
    if (!ok) {
        Arena scratch = {0};
        Str end = proc_end_text(&scratch, proc_kill(p));
        error_set(err, ERROR_ENVIRONMENT,
                  "The helper that tries out the sandbox gave no answer (" STR_FMT ").",
                  STR_ARG(end));
        arena_free(&scratch);
    }
    proc_close(p);
    return ok;
}
