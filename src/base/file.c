// file: whole files in and out, by descriptors: nothing blocks, nothing is half written.
#include "base/file.h"
#include "base/path.h"
#include "base/vec.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef VEC(Str) StrVec;

// The path as C wants it; false when it has a NUL inside, which C would not see.
static bool c_path(Arena *a, Str path, const char **out)
{
    *out = str_c(a, path);
    return path.len > 0 && strlen(*out) == path.len;
}

static bool bad_path(Str path, Error *err)
{
    if (path.len == 0) return error_set(err, ERROR_INPUT, "the name of the file is empty");
    return error_set(err, ERROR_INPUT, "'" STR_FMT "' is no file name: it holds a NUL byte",
                     STR_ARG(path));
}

static bool cannot_read(Str path, Error *err)
{
    return error_set(err, ERROR_INPUT, "cannot read '" STR_FMT "': %s", STR_ARG(path),
                     strerror(errno));
}

static bool cannot_write(Str path, Error *err)
{
    return error_set(err, ERROR_ENVIRONMENT, "cannot write '" STR_FMT "': %s", STR_ARG(path),
                     strerror(errno));
}

static const char *irregular(mode_t mode)
{
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

// "1 MiB", "64 KiB", "10 bytes": the largest unit that is exact.
static Str size_text(Arena *a, size_t n)
{
    const size_t kib = 1024, mib = kib * kib;
    if (n && n % mib == 0) return str_fmt(a, "%zu MiB", n / mib);
    if (n && n % kib == 0) return str_fmt(a, "%zu KiB", n / kib);
    return str_fmt(a, "%zu bytes", n);
}

static bool too_large(Arena *a, Str name, size_t limit, Error *err)
{
    return error_set(err, ERROR_INPUT, STR_FMT " is larger than %s, the most that is read here",
                     STR_ARG(name), size_text(a, limit).ptr);
}

typedef enum { READ_OK, READ_FAILED, READ_TOO_LARGE } ReadResult;

// All that comes from fd, at most `limit` bytes; `hint` is how much is expected.
static ReadResult read_all(Arena *a, int fd, size_t hint, size_t limit, Str *out)
{
    size_t cap = hint < 4096 ? 4096 : hint + 1;
    size_t len = 0;
    char *p = arena_array(a, char, cap + 1);
    for (;;) {
        if (len == cap) {
            char *bigger = arena_array(a, char, 2 * cap + 1);
            memcpy(bigger, p, len);
            p = bigger;
            cap *= 2;
        }
        ssize_t n = read(fd, p + len, cap - len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return READ_FAILED;
        if (n == 0) break;
        len += (size_t)n;
        if (len > limit) return READ_TOO_LARGE;
    }
    p[len] = '\0';
    *out = (Str){p, len};
    return READ_OK;
}

static bool read_open(Arena *a, int fd, Str path, size_t limit, Str *out, Error *err)
{
    struct stat st;
    Str name = str_fmt(a, "'" STR_FMT "'", STR_ARG(path));
    if (fstat(fd, &st)) return cannot_read(path, err);
    if (!S_ISREG(st.st_mode)) {
        return error_set(err, ERROR_INPUT, STR_FMT " is %s, not a file", STR_ARG(name),
                         irregular(st.st_mode));
    }
    if (st.st_size > 0 && (uintmax_t)st.st_size > limit) return too_large(a, name, limit, err);
    switch (read_all(a, fd, (size_t)st.st_size, limit, out)) {
    case READ_OK:
        return true;
    case READ_FAILED:
        return cannot_read(path, err);
    case READ_TOO_LARGE:
        return too_large(a, name, limit, err);
    }
    return false;
}

bool file_read(Arena *a, Str path, size_t limit, Str *out, Error *err)
{
    const char *name;
    if (!c_path(a, path, &name)) return bad_path(path, err);
    int fd = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return cannot_read(path, err);
    bool ok = read_open(a, fd, path, limit, out, err);
    close(fd);
    return ok;
}

bool file_read_stdin(Arena *a, size_t limit, Str *out, Error *err)
{
    switch (read_all(a, STDIN_FILENO, 0, limit, out)) {
    case READ_OK:
        return true;
    case READ_FAILED:
        return error_set(err, ERROR_INPUT, "cannot read standard input: %s", strerror(errno));
    case READ_TOO_LARGE:
        return too_large(a, S("standard input"), limit, err);
    }
    return false;
}

static bool write_all(int fd, Str bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

// Writes and fsyncs a new file; what is there under this name is a leftover of a dead process.
static bool write_new(const char *name, mode_t mode, Str bytes)
{
    if (unlink(name) && errno != ENOENT) return false;
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) return false;
    bool ok = (!mode || !fchmod(fd, mode)) && write_all(fd, bytes) && !fsync(fd);
    int why = errno;
    if (close(fd) && ok) return false;
    errno = why;
    return ok;
}

static bool sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES; // a folder that may be written but not read
    bool ok = !fsync(fd) || errno == EINVAL || errno == ENOTSUP;
    int why = errno;
    close(fd);
    errno = why;
    return ok;
}

// A target that is a link is followed, so that the link stays. False: errno says why.
static bool follow_link(Arena *a, const char **name)
{
    struct stat st;
    if (lstat(*name, &st) || !S_ISLNK(st.st_mode)) return true;
    char *real = realpath(*name, NULL);
    if (!real) return false;
    *name = str_copy(a, str_from(real)).ptr;
    free(real);
    return true;
}

static bool write_beside(Arena *a, Str path, Str bytes, Error *err)
{
    const char *name;
    if (!c_path(a, path, &name)) return bad_path(path, err);
    if (!follow_link(a, &name)) return cannot_write(path, err);
    struct stat st;
    bool old = stat(name, &st) == 0;
    if (old && !S_ISREG(st.st_mode)) {
        return error_set(err, ERROR_ENVIRONMENT, "cannot write '" STR_FMT "': it is %s, not a file",
                         STR_ARG(path), irregular(st.st_mode));
    }
    Str folder = path_dir(str_from(name));
    const char *dir = folder.len ? str_c(a, folder) : ".";
    Str beside = str_fmt(a, "%s/.greenroom-%ld.tmp", dir, (long)getpid());
    if (write_new(beside.ptr, old ? st.st_mode & 0777 : 0, bytes) && !rename(beside.ptr, name)) {
        return sync_dir(dir) || cannot_write(path, err);
    }
    cannot_write(path, err);
    unlink(beside.ptr);
    return false;
}

bool file_write_atomic(Str path, Str bytes, Error *err)
{
    Arena scratch = {0};
    bool ok = write_beside(&scratch, path, bytes, err);
    arena_free(&scratch);
    return ok;
}

static bool sync_file(const char *name)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return false;
    bool ok = !fsync(fd) || errno == EINVAL || errno == ENOTSUP;
    int why = errno;
    close(fd);
    errno = why;
    return ok;
}

static bool rename_synced(Arena *a, Str from, Str to, Error *err)
{
    const char *old, *new;
    if (!c_path(a, from, &old)) return bad_path(from, err);
    if (!c_path(a, to, &new)) return bad_path(to, err);
    Str folder = path_dir(to);
    if (sync_file(old) && !rename(old, new) && sync_dir(folder.len ? str_c(a, folder) : ".")) {
        return true;
    }
    return error_set(err, ERROR_ENVIRONMENT, "cannot rename '%s' to '%s': %s", old, new,
                     strerror(errno));
}

bool file_rename(Str from, Str to, Error *err)
{
    Arena scratch = {0};
    bool ok = rename_synced(&scratch, from, to, err);
    arena_free(&scratch);
    return ok;
}

static bool is_dir(const char *name)
{
    struct stat st;
    return stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool make_dirs(Arena *a, Str path, Error *err)
{
    const char *name;
    if (!c_path(a, path, &name)) return bad_path(path, err);
    for (size_t i = 1; i <= path.len; i++) {
        if (i < path.len && path.ptr[i] != '/') continue;
        const char *part = str_c(a, str_slice(path, 0, i));
        int why = mkdir(part, 0700) ? errno : 0;
        if (why == 0 || is_dir(part)) continue;
        return error_set(err, ERROR_ENVIRONMENT, "cannot make the folder '%s': %s", part,
                         why == EEXIST ? "a file of that name is in the way" : strerror(why));
    }
    return true;
}

bool file_make_dirs(Str path, Error *err)
{
    Arena scratch = {0};
    bool ok = make_dirs(&scratch, path, err);
    arena_free(&scratch);
    return ok;
}

typedef enum { ASK_EXISTS, ASK_IS_DIR, ASK_REMOVE } Ask;

static bool ask(Str path, Ask what)
{
    Arena scratch = {0};
    const char *name;
    bool yes = c_path(&scratch, path, &name);
    if (yes && what == ASK_EXISTS) yes = access(name, F_OK) == 0;
    if (yes && what == ASK_IS_DIR) yes = is_dir(name);
    if (yes && what == ASK_REMOVE) yes = unlink(name) == 0;
    arena_free(&scratch);
    return yes;
}

bool file_exists(Str path)
{
    return ask(path, ASK_EXISTS);
}
bool file_is_dir(Str path)
{
    return ask(path, ASK_IS_DIR);
}
bool file_remove(Str path)
{
    return ask(path, ASK_REMOVE);
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool list_open(Arena *a, DIR *dir, size_t limit, StrVec *names)
{
    errno = 0;
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        if (e->d_name[0] == '.') continue;
        if (names->len > limit) break; // one more than allowed is enough to know
        *vec_push(a, names) = str_copy(a, str_from(e->d_name));
        errno = 0;
    }
    return errno == 0;
}

bool file_list(Arena *a, Str path, size_t limit, StrList *out, Error *err)
{
    const char *name;
    if (!c_path(a, path, &name)) return bad_path(path, err);
    DIR *dir = opendir(name);
    if (!dir) return cannot_read(path, err);
    StrVec names = {0};
    bool ok = list_open(a, dir, limit, &names) || cannot_read(path, err);
    closedir(dir);
    if (!ok) return false;
    if (names.len > limit) {
        return error_set(err, ERROR_INPUT, "the folder '" STR_FMT "' holds more than %zu files",
                         STR_ARG(path), limit);
    }
    if (names.len) qsort(names.at, names.len, sizeof *names.at, by_bytes);
    *out = (StrList){names.at, names.len};
    return true;
}
