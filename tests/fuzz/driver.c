// driver: runs a fuzz target over the files of its corpus, and over damaged copies, without
// libFuzzer.
//
// So the corpus is a test on every compiler. The copies are the same on every run: each file gives
// DAMAGED of them, with bytes flipped, cut out or doubled by a generator that is seeded by the
// file's name.
#include "base/file.h"
#include "base/path.h"
#include "base/rng.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAMAGED = 20, FILES_MAX = 10000, BYTES_MAX = 1 << 21 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// From malloc and of the exact size, so that a sanitizer sees a read behind the end.
static void run(Str bytes)
{
    uint8_t *exact = malloc(bytes.len ? bytes.len : 1);
    if (!exact) abort();
    memcpy(exact, bytes.len ? bytes.ptr : "", bytes.len);
    LLVMFuzzerTestOneInput(exact, bytes.len);
    free(exact);
}

static Str damaged(Arena *a, Str bytes, Rng *rng)
{
    size_t at = rng_below(rng, bytes.len), n = 1 + rng_below(rng, 8);
    char *copy = arena_array(a, char, bytes.len + n);
    memcpy(copy, bytes.ptr, bytes.len);
    switch (rng_below(rng, 3)) {
    case 0:
        for (; n; n--) copy[rng_below(rng, bytes.len)] ^= (char)(1 << rng_below(rng, 8));
        return (Str){copy, bytes.len};
    case 1:
        return (Str){copy, at};
    default:
        memcpy(copy + at + n, bytes.ptr + at, bytes.len - at);
        return (Str){copy, bytes.len + n};
    }
}

static bool run_file(Str path)
{
    Arena a = {0};
    Error err = {0};
    Str bytes;
    bool ok = file_read(&a, path, BYTES_MAX, &bytes, &err);
    if (ok) {
        run(bytes);
        Rng rng = {.seed = str_hash(path_base(path))};
        for (int i = 0; i < DAMAGED && bytes.len; i++) {
            ArenaMark m = arena_mark(&a);
            run(damaged(&a, bytes, &rng));
            arena_rewind(&a, m);
        }
    } else {
        fprintf(stderr, "%s\n", err.text);
    }
    arena_free(&a);
    return ok;
}

static bool run_folder(Str dir, size_t *files)
{
    Arena a = {0};
    Error err = {0};
    StrList names;
    bool ok = file_list(&a, dir, FILES_MAX, &names, &err);
    for (size_t i = 0; ok && i < names.len; i++, ++*files) {
        ok = run_file(path_join(&a, dir, names.at[i]));
    }
    if (err.text[0]) fprintf(stderr, "%s\n", err.text);
    arena_free(&a);
    return ok;
}

int main(int argc, char **argv)
{
    size_t files = 0;
    for (int i = 1; i < argc; i++) {
        if (!run_folder(str_from(argv[i]), &files)) return EXIT_FAILURE;
    }
    printf("%zu files\n", files);
    return files ? EXIT_SUCCESS : EXIT_FAILURE;
}
