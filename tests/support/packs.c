// packs: a library, its faults and files for the suites of pack.
#include "packs.h"
#include "base/file.h"
#include "base/path.h"
#include "temp_dir.h"
#include <check.h>
#include <string.h>

Arena arena;
Diags diags;
Library library;
Str folder;

void packs_setup(void)
{
    arena = (Arena){0};
    diags = (Diags){.arena = &arena};
    library = (Library){0};
    folder = (Str){0};
}

void packs_teardown(void)
{
    if (folder.len) temp_dir_remove(&arena, folder);
    arena_free(&arena);
}

Str packs_put(const char *name, const char *text)
{
    Error err = {0};
    if (!folder.len) folder = temp_dir_make(&arena);
    Str path = path_join(&arena, folder, str_from(name));
    ck_assert_msg(file_make_dirs(path_dir(path), &err), "%s", err.text);
    ck_assert_msg(file_write_atomic(path, str_from(text), &err), "%s", err.text);
    return path;
}

bool packs_load_all(const Str *paths, size_t count)
{
    Error err = {0};
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    from.extra = (StrList){arena_array(&arena, Str, count), count};
    memcpy(from.extra.at, paths, count * sizeof *paths);
    return pack_load(&arena, &from, &library, &diags, &err);
}

bool packs_load(Str path)
{
    return packs_load_all(&path, 1);
}

const Drill *packs_drill(const char *id)
{
    const Drill *d = library_drill(&library, str_from(id));
    ck_assert_msg(d != NULL, "no drill %s", id);
    return d;
}

bool packs_was_said(Str path, const char *part)
{
    for (size_t i = 0; i < diags.list.len; i++) {
        const Diag *d = &diags.list.at[i];
        if (str_eq(d->place.file, path) && str_find(d->text, str_from(part), NULL)) return true;
    }
    return false;
}

const char *packs_first_error(void)
{
    for (size_t i = 0; i < diags.list.len; i++) {
        const Diag *d = &diags.list.at[i];
        if (d->severity == DIAG_ERROR) return diag_line(&arena, d).ptr;
    }
    return "";
}
