// temp_dir: a fresh folder for one test, removed with all that is in it.
//
// In memory where there is such a place: tests of durability kill processes, not machines, and each
// fsync on a busy disk would cost more than the rest of the test.
#ifndef SUPPORT_TEMP_DIR_H
#define SUPPORT_TEMP_DIR_H
#include "base/str.h"
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Its name, in the arena.
static inline Str temp_dir_make(Arena *a)
{
    const char *base = getenv("TMPDIR");
    if (!base || !*base) base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    Str name = str_fmt(a, "%s/greenroom-test-XXXXXX", base);
    char *bytes = arena_array(a, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++) bytes[i] = name.ptr[i];
    if (!mkdtemp(bytes)) abort();
    return (Str){bytes, name.len};
}

static inline int temp_dir_remove_one(const char *path, const struct stat *st, int type,
                                      struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static inline void temp_dir_remove(Arena *a, Str dir)
{
    nftw(str_c(a, dir), temp_dir_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
#endif
