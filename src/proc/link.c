// link: framed messages over a stream socket, with deadlines and partial frames that wait.
//
// The length and the body are read by separate calls, so that a read never crosses into the next
// message: a descriptor that arrives with a read belongs to the message being read.
#define _GNU_SOURCE
#include "base/check.h"
#include "proc/private.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 4, KEEP = 1 << 20 }; // a body buffer above KEEP bytes is given back after its message

void link_open(ProcLink *l, int fd)
{
    *l = (ProcLink){.fd = fd, .passed = -1};
    int flags = fcntl(fd, F_GETFL);
    CHECK(flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0);
}

void link_close(ProcLink *l)
{
    if (l->fd >= 0) close(l->fd);
    if (l->passed >= 0) close(l->passed);
    free(l->body);
    free(l->held);
    *l = (ProcLink){.fd = -1, .passed = -1};
}

// --- Waiting ---

static int64_t deadline_us(int wait_ms)
{
    return wait_ms < 0 ? INT64_MAX : world_real_us() + (int64_t)wait_ms * 1000;
}

// True when the socket is ready (or gone) before the deadline.
static bool wait_ready(const ProcLink *l, short events, int64_t deadline)
{
    for (;;) {
        int ms = -1;
        if (deadline != INT64_MAX) {
            int64_t left = (deadline - world_real_us() + 999) / 1000;
            ms = left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
        }
        struct pollfd p = {.fd = l->fd, .events = events};
        int n = poll(&p, 1, ms);
        if (n > 0) return true;
        if (n == 0) return false;
        CHECK(errno == EINTR || errno == EAGAIN);
    }
}

// --- Sending ---

static void attach(struct msghdr *m, char *control, size_t size, int fd)
{
    memset(control, 0, size);
    m->msg_control = control;
    m->msg_controllen = size;
    struct cmsghdr *c = CMSG_FIRSTHDR(m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
}

enum { PARTS = 4 }; // what was kept back, the length, and a message of two parts

// Sends what is left of the parts from byte `sent` on; the descriptor goes with the first.
static ssize_t send_some(ProcLink *l, const Str parts[PARTS], size_t sent, int fd)
{
    alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof fd)];
    struct iovec v[PARTS];
    struct msghdr m = {.msg_iov = v};
    if (sent == 0 && fd >= 0) attach(&m, control, sizeof control, fd);
    for (int i = 0; i < PARTS; i++) {
        Str left = str_slice(parts[i], sent, parts[i].len);
        sent -= sent < parts[i].len ? sent : parts[i].len;
        if (left.len) v[m.msg_iovlen++] = (struct iovec){(char *)left.ptr, left.len};
    }
    return sendmsg(l->fd, &m, MSG_NOSIGNAL);
}

static ProcIo send_all(ProcLink *l, const Str parts[PARTS], int fd, int wait_ms)
{
    size_t len = 0;
    for (int i = 0; i < PARTS; i++) len += parts[i].len;
    int64_t deadline = deadline_us(wait_ms);
    for (size_t sent = 0; sent < len;) {
        ssize_t n = send_some(l, parts, sent, fd);
        if (n >= 0) {
            sent += (size_t)n;
        } else if (errno == EAGAIN) {
            if (wait_ready(l, POLLOUT, deadline)) continue;
            l->broken = sent > 0;
            return l->broken ? PROC_IO_BROKEN : PROC_IO_WAITING;
        } else if (errno != EINTR) {
            return PROC_IO_CLOSED;
        }
    }
    l->held_len = 0;
    return PROC_IO_DONE;
}

static void put_length(char to[HEAD], size_t len)
{
    for (int i = 0; i < HEAD; i++) to[i] = (char)(len >> (8 * i) & 0xff);
}

static Str held(const ProcLink *l)
{
    return (Str){l->held, l->held_len};
}

ProcIo proc_flush(ProcLink *l, int wait_ms)
{
    if (l->broken) return PROC_IO_BROKEN;
    return send_all(l, (Str[PARTS]){held(l)}, -1, wait_ms);
}

ProcIo proc_send_parts(ProcLink *l, Str head, Str rest, int fd, int wait_ms)
{
    size_t len = head.len + rest.len;
    char length[HEAD];
    if (l->broken || len > UINT32_MAX) return PROC_IO_BROKEN;
    if (fd >= 0 && l->held_len) { // the descriptor belongs to this message
        ProcIo io = proc_flush(l, wait_ms);
        if (io != PROC_IO_DONE) return io;
    }
    put_length(length, len);
    return send_all(l, (Str[PARTS]){held(l), {length, HEAD}, head, rest}, fd, wait_ms);
}

void proc_hold(ProcLink *l, Str head, Str rest)
{
    const Str parts[] = {head, rest};
    size_t len = head.len + rest.len, need = l->held_len + HEAD + len;
    CHECK(len <= UINT32_MAX);
    if (need > l->held_cap) {
        l->held_cap = need > 2 * l->held_cap ? need : 2 * l->held_cap;
        l->held = realloc(l->held, l->held_cap);
        if (!l->held) die_out_of_memory();
    }
    put_length(l->held + l->held_len, len);
    l->held_len += HEAD;
    for (int i = 0; i < 2; i++) {
        if (parts[i].len) memcpy(l->held + l->held_len, parts[i].ptr, parts[i].len);
        l->held_len += parts[i].len;
    }
}

size_t proc_held(const ProcLink *l)
{
    return l->held_len;
}

ProcIo proc_send(ProcLink *l, Str bytes, int fd, int wait_ms)
{
    return proc_send_parts(l, bytes, (Str){0}, fd, wait_ms);
}

// --- Receiving ---

// Keeps the first descriptor of the message and closes any other: one is all a message may carry.
static void keep_descriptors(ProcLink *l, struct msghdr *m)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        for (size_t at = 0; CMSG_LEN(at + sizeof(int)) <= c->cmsg_len; at += sizeof(int)) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + at, sizeof fd);
            if (l->passed < 0) {
                l->passed = fd;
            } else {
                close(fd);
            }
        }
    }
}

// PROC_IO_DONE: some bytes came. PROC_IO_WAITING: none are there.
static ProcIo read_some(ProcLink *l, void *to, size_t want)
{
    alignas(struct cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))];
    struct iovec v = {to, want};
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    ssize_t n = recvmsg(l->fd, &m, MSG_CMSG_CLOEXEC);
    if (n < 0) return errno == EAGAIN || errno == EINTR ? PROC_IO_WAITING : PROC_IO_CLOSED;
    keep_descriptors(l, &m);
    l->have += (size_t)n;
    return n == 0 ? PROC_IO_CLOSED : PROC_IO_DONE;
}

static size_t head_length(const ProcLink *l)
{
    size_t n = 0;
    for (int i = 0; i < HEAD; i++) n |= (size_t)l->head[i] << (8 * i);
    return n;
}

// The length is known: room for the body, unless it is longer than the caller takes.
static bool begin_body(ProcLink *l, size_t limit)
{
    l->body_len = head_length(l);
    if (l->body_len > limit) return false;
    if (l->body_len < l->body_cap) return true;
    free(l->body);
    l->body_cap = l->body_len + 1; // and one, so that an empty body is not NULL
    l->body = malloc(l->body_cap);
    if (!l->body) die_out_of_memory();
    return true;
}

static bool is_whole(const ProcLink *l)
{
    return l->have >= HEAD && l->have == HEAD + l->body_len;
}

// Reads on until the message is whole or nothing more is there.
static ProcIo read_message(ProcLink *l, size_t limit)
{
    ProcIo io = PROC_IO_DONE;
    while (io == PROC_IO_DONE && (l->have < HEAD || !is_whole(l))) {
        if (l->have < HEAD) {
            io = read_some(l, l->head + l->have, HEAD - l->have);
            if (l->have == HEAD && !begin_body(l, limit)) io = PROC_IO_BROKEN;
        } else {
            io = read_some(l, l->body + (l->have - HEAD), HEAD + l->body_len - l->have);
        }
    }
    if (io == PROC_IO_BROKEN) l->broken = true;
    return io;
}

static void give_back(ProcLink *l)
{
    if (l->body_cap <= KEEP || l->have) return;
    free(l->body);
    l->body = NULL;
    l->body_cap = 0;
}

ProcIo proc_receive(ProcLink *l, size_t limit, int wait_ms, ProcMessage *out)
{
    *out = (ProcMessage){.fd = -1};
    if (l->broken) return PROC_IO_BROKEN;
    give_back(l);
    int64_t deadline = deadline_us(wait_ms);
    ProcIo io = read_message(l, limit);
    while (io == PROC_IO_WAITING && wait_ms != 0 && wait_ready(l, POLLIN, deadline)) {
        io = read_message(l, limit);
        if (io == PROC_IO_WAITING && world_real_us() >= deadline) break;
    }
    if (io != PROC_IO_DONE) return io;
    *out = (ProcMessage){{l->body, l->body_len}, l->passed};
    l->passed = -1;
    l->have = 0;
    return PROC_IO_DONE;
}
