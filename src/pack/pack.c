// pack: the public doors: loading from the disk, from bytes, and what a job's request carries.
#include "pack/pack.h"
#include "base/file.h"
#include "base/path.h"
#include "pack/load.h"

static bool has_packs(const Library *l, size_t files, Error *err)
{
    if (l->pack_count) return true;
    if (!files)
        return error_set(err, ERROR_INPUT,
                         "no drills lie beside the program: start it where it was built, or say "
                         "where they are with --pack PATH");
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

typedef VEC(Str) StrVec;

// What is looked at, and the files whose faults are reported: a file of a pack's folder needs the
// others to be understood, and its author wants to read about this one.
typedef struct {
    Arena *a;
    SourceVec files;
    StrVec reported; // paths
} Lint;

static bool has_root(const SourceVec *files, Str root)
{
    for (size_t i = 0; i < files->len; i++) {
        if (str_eq(files->at[i].root, root)) return true;
    }
    return false;
}

// The folder of the pack that a file belongs to; "" when it stands for itself.
static Str folder_of(Arena *a, Str path)
{
    Str dir = path_dir(path).len ? path_dir(path) : S(".");
    bool head = str_eq(path_base(path), S("pack.yaml")) || file_is_dir(path);
    return !head && file_exists(path_join(a, dir, S("pack.yaml"))) ? dir : (Str){0};
}

static void add_path(Lint *l, Str path, Diags *diags)
{
    Str dir = folder_of(l->a, path);
    if (dir.len && !file_exists(path)) dir = (Str){0}; // so that its absence is said
    size_t before = l->files.len;
    if (!dir.len)
        pack_gather(l->a, path, &l->files, diags);
    else if (!has_root(&l->files, dir))
        pack_gather(l->a, dir, &l->files, diags);
    for (size_t i = before; i < l->files.len && !dir.len; i++) {
        *vec_push(l->a, &l->reported) = l->files.at[i].path;
    }
    if (!dir.len) return;
    *vec_push(l->a, &l->reported) = path;
    for (size_t i = 0; i < l->files.len; i++) {
        SourceFile *f = &l->files.at[i];
        bool same = str_eq(f->root, dir) && str_eq(path_base(f->path), path_base(path));
        if (same) f->path = path; // as the author wrote it
    }
}

// A file without a head is looked at as a shared one: a warehouse, sets, a loop, a plan.
static bool is_headless_part(Arena *a, const SourceFile *f)
{
    YamlDoc doc;
    Diags silent = {.arena = a};
    if (!str_eq(f->path, f->root)) return false;
    if (!yaml_parse(a, f->path, f->bytes, &silent, &doc)) return false;
    return !yaml_get(doc.root, S("pack")) && !yaml_get(doc.root, S("drills"));
}

static bool has_bytes(const SourceVec *files, size_t len, Str bytes)
{
    for (size_t i = 0; i < len; i++) {
        if (str_eq(files->at[i].bytes, bytes)) return true;
    }
    return false;
}

// A shared file that is linted itself is there once.
static void add_shared(Lint *l, Str share_dir)
{
    SourceVec shared = {0};
    Diags silent = {.arena = l->a};
    size_t own = l->files.len;
    if (share_dir.len) pack_gather_shared(l->a, share_dir, &shared, &silent);
    for (size_t i = 0; i < own; i++) {
        if (is_headless_part(l->a, &l->files.at[i])) l->files.at[i].root = S("");
    }
    for (size_t i = 0; i < shared.len; i++) {
        if (has_bytes(&l->files, own, shared.at[i].bytes)) continue;
        *vec_push(l->a, &l->files) = shared.at[i];
    }
}

static bool is_reported(const Lint *l, Str path)
{
    for (size_t i = 0; i < l->reported.len; i++) {
        if (str_eq(l->reported.at[i], path)) return true;
    }
    return false;
}

static void keep_reported(const Lint *l, Diags *diags, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < diags->list.len; i++) {
        Diag d = diags->list.at[i];
        if (is_reported(l, d.place.file)) {
            diags->list.at[kept++] = d;
        } else {
            *(d.severity == DIAG_ERROR ? &diags->errors : &diags->warnings) -= 1;
        }
    }
    diags->list.len = kept;
}

bool pack_lint(Arena *a, const PackSources *from, StrList paths, Diags *diags, Error *err)
{
    Lint l = {.a = a};
    Library library = {0};
    for (size_t i = 0; i < paths.len; i++) add_path(&l, paths.at[i], diags);
    size_t before = diags->list.len;
    if (!l.files.len) return error_set(err, ERROR_INPUT, "there is nothing to check");
    add_shared(&l, from->share_dir);
    Reader r = {.arena = a, .diags = diags, .lint = true};
    LoadedFiles loaded = pack_unread(a, (SourceFiles){l.files.at, l.files.len});
    pack_load_all(&r, loaded, &library);
    pack_advise(&r, loaded, &library);
    keep_reported(&l, diags, before);
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
