// gate: who else holds the store, and was it left in peace?
//
// A POSIX lock on greenroom.lock is held as long as the store is open: exclusive while one process
// alone looks, repairs or migrates, shared from then on. It goes with its process, however that
// ends. A file system without locks counts as being alone.
#include "base/file.h"
#include "store/private.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 20, POLLS = DB_BUSY_MS / POLL_MS };

typedef enum { LOCK_GOT, LOCK_HELD, LOCK_NONE } Lock; // held by another; no locks here

static Lock try_lock(int fd, short type)
{
    struct flock l = {.l_type = type, .l_whence = SEEK_SET, .l_len = 1};
    if (fcntl(fd, F_SETLK, &l) == 0) return LOCK_GOT;
    return errno == EACCES || errno == EAGAIN ? LOCK_HELD : LOCK_NONE;
}

static long holder(int fd)
{
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    return fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK ? (long)l.l_pid : 0;
}

// Alone if nobody is in; else as soon as the one who is alone has let others in.
static bool wait_in(Gate *g, Str path, Error *err)
{
    for (int i = 0; i < POLLS; i++) {
        Lock all = try_lock(g->fd, F_WRLCK);
        g->alone = all != LOCK_HELD;
        if (g->alone || try_lock(g->fd, F_RDLCK) == LOCK_GOT) return true;
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
    return error_set(err, ERROR_ENVIRONMENT,
                     "another greenroom (process %ld) is repairing or migrating the store and has "
                     "not let go of '" STR_FMT "' in 5 seconds",
                     holder(g->fd), STR_ARG(path));
}

bool gate_enter(Gate *g, Str path, Error *err)
{
    Arena scratch = {0};
    *g = (Gate){.fd = open(str_c(&scratch, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    arena_free(&scratch);
    if (g->fd < 0) {
        return error_set(err, ERROR_ENVIRONMENT,
                         "cannot write '" STR_FMT "': %s; your progress is kept in that folder, "
                         "or in another one named with --home DIR",
                         STR_ARG(path), strerror(errno));
    }
    if (wait_in(g, path, err)) return true;
    gate_leave(g);
    return false;
}

void gate_share(Gate *g)
{
    if (g->alone) try_lock(g->fd, F_RDLCK);
}

bool gate_last(Gate *g)
{
    return try_lock(g->fd, F_WRLCK) != LOCK_HELD;
}

void gate_leave(Gate *g)
{
    if (g->fd >= 0) close(g->fd);
    *g = (Gate){.fd = -1};
}

// --- The mark of a clean exit ---
//
// It need not be removed while the store is open: the first write makes it untrue.

// "size seconds nanoseconds", or "" when there is no such file or its last transaction is
// unfinished.
static Str describe(Arena *a, Str db)
{
    struct stat st, journal;
    if (stat(str_c(a, db), &st)) return (Str){0};
    if (stat(str_fmt(a, STR_FMT "-journal", STR_ARG(db)).ptr, &journal) == 0 && journal.st_size) {
        return (Str){0};
    }
    return str_fmt(a, "%ju %jd %jd.%09ld %jd.%09ld\n", (uintmax_t)st.st_ino, (intmax_t)st.st_size,
                   (intmax_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (intmax_t)st.st_ctim.tv_sec,
                   st.st_ctim.tv_nsec);
}

bool mark_matches(Str mark, Str db)
{
    Arena scratch = {0};
    Str was;
    Error ignored;
    bool same = file_read(&scratch, mark, 256, &was, &ignored);
    if (same) {
        Str is = describe(&scratch, db);
        same = is.len > 0 && str_eq(was, is);
    }
    arena_free(&scratch);
    return same;
}

void mark_write(Str mark, Str db)
{
    Arena scratch = {0};
    Error ignored;
    Str is = describe(&scratch, db);
    if (is.len == 0 || !file_write_atomic(mark, is, &ignored)) file_remove(mark);
    arena_free(&scratch);
}
