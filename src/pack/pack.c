// pack: the public doors: loading from the disk, from bytes, and what a job's request carries.
#include "pack/pack.h"
#include "base/path.h"
#include "pack/load.h"

static bool has_packs(const Library *l, size_t files, Error *err)
{
    if (l->pack_count) return true;
    return error_set(err, ERROR_INPUT, "no pack could be loaded from %zu files", files);
}

bool pack_load_files(Arena *a, const SourceFiles *files, Library *out, Diags *diags, Error *err)
{
    Reader r = {.arena = a, .diags = diags};
    *out = (Library){0};
    pack_load_all(&r, pack_unread(a, *files), out);
    return has_packs(out, files->len, err);
}

bool pack_load(Arena *a, const PackSources *from, Library *out, Diags *diags, Error *err)
{
    SourceVec files = {0};
    Str drills = path_join(a, from->share_dir, S("drills"));
    if (from->share_dir.len) pack_gather_shared(a, from->share_dir, &files, diags);
    if (from->shipped) pack_gather(a, drills, &files, diags);
    for (size_t i = 0; i < from->extra.len; i++) pack_gather(a, from->extra.at[i], &files, diags);
    SourceFiles all = {files.at, files.len};
    if (!from->cache_dir.len) return pack_load_files(a, &all, out, diags, err);
    *out = (Library){0};
    pack_load_outlines(a, from->cache_dir, all, out, diags);
    return has_packs(out, all.len, err);
}

// ---- lint

static bool has_bytes(const SourceVec *files, Str bytes)
{
    for (size_t i = 0; i < files->len; i++) {
        if (str_eq(files->at[i].bytes, bytes)) return true;
    }
    return false;
}

// A shared file that is linted itself is there once. A file without a head is looked at as a shared
// one: a warehouse, sets, a loop, a plan.
static void add_shared(Arena *a, const PackSources *from, SourceVec *files)
{
    SourceVec shared = {0};
    Diags silent = {.arena = a};
    size_t linted = files->len;
    pack_gather_shared(a, from->share_dir, &shared, &silent);
    for (size_t i = 0; i < shared.len; i++) {
        SourceVec own = {files->at, linted, linted};
        if (!has_bytes(&own, shared.at[i].bytes)) *vec_push(a, files) = shared.at[i];
    }
}

static bool is_headless_part(Arena *a, const SourceFile *f)
{
    YamlDoc doc;
    Diags silent = {.arena = a};
    if (!str_eq(f->path, f->root)) return false;
    if (!yaml_parse(a, f->path, f->bytes, &silent, &doc)) return false;
    return !yaml_get(doc.root, S("pack")) && !yaml_get(doc.root, S("drills"));
}

static bool is_linted(const SourceVec *files, size_t linted, Str path)
{
    for (size_t i = 0; i < linted; i++) {
        if (str_eq(files->at[i].path, path)) return true;
    }
    return false;
}

// What a linted pack's author reads is about his files only.
static void keep_own(Diags *diags, size_t from, const SourceVec *files, size_t linted)
{
    size_t kept = from;
    for (size_t i = from; i < diags->list.len; i++) {
        Diag d = diags->list.at[i];
        if (is_linted(files, linted, d.place.file))
            diags->list.at[kept++] = d;
        else if (d.severity == DIAG_ERROR)
            diags->errors--;
        else
            diags->warnings--;
    }
    diags->list.len = kept;
}

bool pack_lint(Arena *a, const PackSources *from, StrList paths, Diags *diags, Error *err)
{
    SourceVec files = {0};
    Library library = {0};
    for (size_t i = 0; i < paths.len; i++) pack_gather(a, paths.at[i], &files, diags);
    size_t linted = files.len, before = diags->list.len;
    if (!linted) return error_set(err, ERROR_INPUT, "there is nothing to check");
    for (size_t i = 0; i < linted; i++) {
        if (is_headless_part(a, &files.at[i])) files.at[i].root = S("");
    }
    if (from->share_dir.len) add_shared(a, from, &files);
    Reader r = {.arena = a, .diags = diags, .lint = true};
    LoadedFiles loaded = pack_unread(a, (SourceFiles){files.at, files.len});
    pack_load_all(&r, loaded, &library);
    pack_advise(&r, loaded, &library);
    keep_own(diags, before, &files, linted);
    diag_sort(diags);
    return true;
}

// ---- jobs

// Does a file hold what other files may refer to? By its text: a word too many costs a file more.
static bool has_parts(const SourceFile *f)
{
    return str_find(f->bytes, S("warehouses:"), NULL) || str_find(f->bytes, S("sets:"), NULL);
}

SourceFiles pack_files(Arena *a, const Library *l, const Drill *d)
{
    SourceVec out = {0};
    const SourceFiles *own = &d->pack->files;
    library_read(l, d);
    Str warehouse = d->exam.warehouse ? d->exam.warehouse->at.file : (Str){0};
    for (size_t i = 0; i < l->files.len; i++) {
        const SourceFile *f = &l->files.at[i];
        bool needed = str_eq(f->path, warehouse) || str_find(f->bytes, S("sets:"), NULL);
        if (needed) *vec_push(a, &out) = *f;
    }
    for (size_t i = 0; i < own->len; i++) {
        const SourceFile *f = &own->at[i];
        bool head = str_eq(f->path, d->pack->at.file), its = str_eq(f->path, d->at.file);
        if (head || its || has_parts(f)) *vec_push(a, &out) = *f;
    }
    return (SourceFiles){out.at, out.len};
}

void pack_files_wire(Buf *b, const SourceFiles *files)
{
    wire_u32(b, (uint32_t)files->len);
    for (size_t i = 0; i < files->len; i++) {
        wire_str(b, files->at[i].path);
        wire_str(b, files->at[i].root);
        wire_str(b, files->at[i].bytes);
    }
}

SourceFiles pack_files_read(Arena *a, Wire *w)
{
    enum { LEAST = 3 * 4 }; // three empty texts
    size_t n = wire_count(w, LEAST);
    SourceFiles files = {arena_array(a, SourceFile, n), n};
    for (size_t i = 0; i < n; i++) {
        files.at[i].path = wire_get_str(w);
        files.at[i].root = wire_get_str(w);
        files.at[i].bytes = wire_get_str(w);
    }
    return files;
}
