// outline: what lists show of packs, kept in the cache folder, so that a start parses no YAML that
// did not change.
//
// One file holds the outlines of all packs. An outline is found by its key: a hash of this code's
// version, of the shared files and of every file of the pack, names and bytes. Packs with faults
// are never kept, so that their faults are said at every start. A file that is damaged, of another
// version or cannot be written costs the time it saves, and nothing else.
#include "base/file.h"
#include "base/path.h"
#include "pack/load.h"

enum {
    OUTLINE_VERSION = 1, // raised whenever what is written here changes
    OUTLINES_MAX = 256,  // packs remembered
    OUTLINE_BYTES_MAX = 16 << 20,
};

typedef struct {
    uint64_t key;
    Str bytes;
} Outline;
typedef VEC(Outline) OutlineVec;

// One pack among the files: its folder or file, and what is known of it.
typedef struct {
    Str root;
    uint64_t key;
    bool known;
    Pack *pack; // NULL = to be read
} Shelf;
typedef VEC(Shelf) ShelfVec;

// ---- a pack as bytes

static void put_list(Buf *b, StrList list)
{
    wire_u32(b, (uint32_t)list.len);
    for (size_t i = 0; i < list.len; i++) wire_str(b, list.at[i]);
}

static void put_place(Buf *b, const Place *at)
{
    wire_str(b, at->file);
    wire_u32(b, (uint32_t)at->line);
    wire_u32(b, (uint32_t)at->column);
}

static void put_drill(Buf *b, const Drill *d)
{
    wire_str(b, d->id);
    wire_str(b, d->slug);
    wire_u8(b, (uint8_t)d->kind);
    wire_u8(b, (uint8_t)d->level);
    wire_str(b, d->title);
    wire_str(b, d->prompt);
    put_list(b, d->skills);
    put_list(b, d->values);
    put_list(b, d->was);
    wire_u32(b, (uint32_t)d->version);
    wire_f64(b, d->points);
    wire_u64(b, d->hash);
    wire_u32(b, (uint32_t)d->beat_count);
    for (size_t i = 0; i < d->beat_count; i++) {
        wire_str(b, d->beats[i].name);
        wire_u32(b, (uint32_t)d->beats[i].seconds);
    }
    put_place(b, &d->at);
}

static Str write_pack(Arena *a, const Pack *p)
{
    Buf b = buf_new(a);
    wire_str(&b, p->name);
    wire_str(&b, p->title);
    wire_str(&b, p->licence);
    put_list(&b, p->authors);
    wire_u32(&b, (uint32_t)p->version);
    put_place(&b, &p->at);
    wire_u32(&b, (uint32_t)p->drill_count);
    for (size_t i = 0; i < p->drill_count; i++) put_drill(&b, &p->drills[i]);
    return buf_str(&b);
}

static StrList get_list(Arena *a, Wire *w)
{
    size_t n = wire_count(w, 4);
    StrList list = {arena_array(a, Str, n), n};
    for (size_t i = 0; i < n; i++) list.at[i] = wire_get_str(w);
    return list;
}

static Place get_place(Wire *w)
{
    Place at = {.file = wire_get_str(w)};
    at.line = (int)wire_get_u32(w);
    at.column = (int)wire_get_u32(w);
    return at;
}

static void get_drill(Arena *a, Wire *w, Drill *d)
{
    d->id = wire_get_str(w);
    d->slug = wire_get_str(w);
    d->kind = (DrillKind)wire_get_enum(w, KIND_COUNT_);
    d->level = (Level)wire_get_enum(w, LEVEL_COUNT_);
    d->title = wire_get_str(w);
    d->prompt = wire_get_str(w);
    d->skills = get_list(a, w);
    d->values = get_list(a, w);
    d->was = get_list(a, w);
    d->version = (int)wire_get_u32(w);
    d->points = wire_get_f64(w);
    d->hash = wire_get_u64(w);
    d->beat_count = wire_count(w, 8);
    d->beats = arena_array(a, Beat, d->beat_count);
    for (size_t i = 0; i < d->beat_count; i++) {
        d->beats[i].name = wire_get_str(w);
        d->beats[i].seconds = (int)wire_get_u32(w);
        d->clock_seconds += d->beats[i].seconds;
    }
    d->at = get_place(w);
}

// NULL when the bytes are no outline.
static Pack *read_pack(Arena *a, Str bytes)
{
    enum { DRILL_BYTES_MIN = 60 };
    Wire w = wire_open(bytes);
    Pack *p = arena_new(a, Pack);
    p->outline = true;
    p->name = wire_get_str(&w);
    p->title = wire_get_str(&w);
    p->licence = wire_get_str(&w);
    p->authors = get_list(a, &w);
    p->version = (int)wire_get_u32(&w);
    p->at = get_place(&w);
    p->drill_count = wire_count(&w, DRILL_BYTES_MIN);
    p->drills = arena_array(a, Drill, p->drill_count);
    for (size_t i = 0; i < p->drill_count; i++) {
        get_drill(a, &w, &p->drills[i]);
        p->drills[i].pack = p;
    }
    return wire_done(&w) ? p : NULL;
}

// ---- the file

static Str outline_path(Arena *a, Str cache_dir)
{
    return path_join(a, cache_dir, S("packs.outline"));
}

static void read_outlines(Arena *a, Str cache_dir, OutlineVec *out)
{
    enum { ENTRY_BYTES_MIN = 12 };
    Error ignored;
    Str bytes, path = outline_path(a, cache_dir);
    if (!file_exists(path) || !file_read(a, path, OUTLINE_BYTES_MAX, &bytes, &ignored)) return;
    Wire w = wire_open(bytes);
    uint64_t sum = wire_get_u64(&w);
    if (w.bad || sum != str_hash(w.rest)) return;
    size_t n = wire_count(&w, ENTRY_BYTES_MIN);
    for (size_t i = 0; i < n; i++) {
        Outline o = {.key = wire_get_u64(&w)};
        o.bytes = wire_get_str(&w);
        if (!w.bad) *vec_push(a, out) = o;
    }
}

static void write_outlines(Arena *a, Str cache_dir, const OutlineVec *all)
{
    Error ignored;
    Buf body = buf_new(a), b = buf_new(a);
    size_t first = all->len > OUTLINES_MAX ? all->len - OUTLINES_MAX : 0;
    wire_u32(&body, (uint32_t)(all->len - first));
    for (size_t i = first; i < all->len; i++) {
        wire_u64(&body, all->at[i].key);
        wire_str(&body, all->at[i].bytes);
    }
    wire_u64(&b, str_hash(buf_str(&body)));
    buf_add(&b, buf_str(&body));
    if (!file_make_dirs(cache_dir, &ignored)) return;
    (void)!file_write_atomic(outline_path(a, cache_dir), buf_str(&b), &ignored);
}

// ---- which packs are known

static uint64_t mix(uint64_t key, Str s)
{
    return (key ^ str_hash(s)) * UINT64_C(0x9E3779B97F4A7C15) + s.len;
}

static uint64_t key_of(const SourceFiles *files, Str root)
{
    uint64_t key = mix(OUTLINE_VERSION, S(GREENROOM_VERSION));
    for (size_t i = 0; i < files->len; i++) {
        const SourceFile *f = &files->at[i];
        if (f->root.len && !str_eq(f->root, root)) continue;
        key = mix(mix(mix(key, f->path), f->root), f->bytes);
    }
    return key;
}

static void find_shelves(Arena *a, const SourceFiles *files, ShelfVec *out)
{
    Map seen = {.arena = a};
    for (size_t i = 0; i < files->len; i++) {
        Str root = files->at[i].root;
        if (!root.len || !map_put(&seen, root, (void *)&files->at[i])) continue;
        *vec_push(a, out) = (Shelf){.root = root, .key = key_of(files, root)};
    }
}

static void find_outline(Arena *a, const SourceFiles *files, const OutlineVec *known, Shelf *s)
{
    for (size_t i = 0; i < known->len && !s->pack; i++) {
        if (known->at[i].key == s->key) s->pack = read_pack(a, known->at[i].bytes);
    }
    if (!s->pack) return;
    s->known = true;
    s->pack->path = s->root;
    s->pack->files = pack_files_under(a, *files, s->root);
}

// Two packs of one name: then everything is read, and the fault is reported with both places.
static bool has_same_names(const ShelfVec *shelves)
{
    for (size_t i = 0; i < shelves->len; i++) {
        for (size_t k = 0; k < i; k++) {
            const Pack *x = shelves->at[i].pack, *y = shelves->at[k].pack;
            if (x && y && str_eq(x->name, y->name)) return true;
        }
    }
    return false;
}

// ---- filling in

static Drill *find_slug(Pack *p, Str slug)
{
    for (size_t i = 0; i < p->drill_count; i++) {
        if (str_eq(p->drills[i].slug, slug)) return &p->drills[i];
    }
    return NULL;
}

static SourceFiles both(Arena *a, SourceFiles x, SourceFiles y)
{
    SourceFiles all = {arena_array(a, SourceFile, x.len + y.len), 0};
    for (size_t i = 0; i < x.len; i++) all.at[all.len++] = x.at[i];
    for (size_t i = 0; i < y.len; i++) all.at[all.len++] = y.at[i];
    return all;
}

// Drills keep their places in memory: everybody points to them.
static void take_over(Pack *p, Pack *whole)
{
    Drill *drills = p->drills;
    size_t count = p->drill_count;
    for (size_t i = 0; i < count; i++) {
        const Drill *d = find_slug(whole, drills[i].slug);
        if (d) drills[i] = *d;
        drills[i].pack = p;
    }
    *p = *whole;
    p->drills = drills;
    p->drill_count = count;
    p->outline = false;
}

static void fill(Library *l, Pack *p)
{
    Arena *a = l->fill_arena;
    Diags silent = {.arena = a}; // the same bytes had no fault before
    Reader r = {.arena = a, .diags = &silent};
    Library whole = {.warehouses = l->warehouses,
                     .warehouse_count = l->warehouse_count,
                     .sets = l->sets,
                     .skills = l->skills,
                     .files = l->files};
    SourceFiles files = l->shared_unread ? both(a, l->files, p->files) : p->files;
    pack_load_all(&r, pack_unread(a, files), &whole);
    l->warehouses = whole.warehouses;
    l->warehouse_count = whole.warehouse_count;
    l->sets = whole.sets;
    l->skills = whole.skills;
    l->shared_unread = false;
    p->outline = false; // also when it is gone: it is not looked for twice
    if (whole.pack_count) take_over(p, whole.packs[0]);
}

// ---- loading

static bool is_clean(const Diags *diags, const SourceFiles *files)
{
    for (size_t i = 0; i < diags->list.len; i++) {
        const Diag *d = &diags->list.at[i];
        for (size_t k = 0; k < files->len; k++) {
            bool here = str_eq(files->at[k].path, d->place.file);
            if (here && d->severity == DIAG_ERROR) return false;
        }
    }
    return true;
}

static Pack *find_root(const Library *l, Str root)
{
    for (size_t i = 0; i < l->pack_count; i++) {
        if (str_eq(l->packs[i]->path, root)) return l->packs[i];
    }
    return NULL;
}

static SourceFiles files_to_read(Arena *a, const SourceFiles *all, const ShelfVec *shelves)
{
    SourceVec out = {0};
    for (size_t i = 0; i < all->len; i++) {
        bool wanted = true;
        for (size_t k = 0; k < shelves->len; k++) {
            const Shelf *s = &shelves->at[k];
            if (str_eq(s->root, all->at[i].root)) wanted = !s->known;
        }
        if (wanted) *vec_push(a, &out) = all->at[i];
    }
    return (SourceFiles){out.at, out.len};
}

static size_t count_unknown(const ShelfVec *shelves)
{
    size_t n = 0;
    for (size_t i = 0; i < shelves->len; i++) n += !shelves->at[i].known;
    return n;
}

// The packs in the order of their files, known or just read.
static void put_in_order(Arena *a, ShelfVec *shelves, Library *out)
{
    Pack **packs = arena_array(a, Pack *, shelves->len);
    size_t count = 0;
    for (size_t i = 0; i < shelves->len; i++) {
        Shelf *s = &shelves->at[i];
        if (!s->known) s->pack = find_root(out, s->root);
        if (s->pack) packs[count++] = s->pack;
    }
    out->packs = packs;
    out->pack_count = count;
}

static void remember(Arena *a, Str cache_dir, const ShelfVec *shelves, const Library *l,
                     const Diags *diags, OutlineVec *known)
{
    size_t before = known->len;
    if (!is_clean(diags, &l->files)) return;
    for (size_t i = 0; i < shelves->len; i++) {
        const Shelf *s = &shelves->at[i];
        if (s->known || !s->pack || !is_clean(diags, &s->pack->files)) continue;
        *vec_push(a, known) = (Outline){s->key, write_pack(a, s->pack)};
    }
    if (known->len > before) write_outlines(a, cache_dir, known);
}

void pack_load_outlines(Arena *a, Str cache_dir, SourceFiles files, Library *out, Diags *diags)
{
    Reader r = {.arena = a, .diags = diags};
    OutlineVec known = {0};
    ShelfVec shelves = {0};
    read_outlines(a, cache_dir, &known);
    find_shelves(a, &files, &shelves);
    for (size_t i = 0; i < shelves.len; i++) find_outline(a, &files, &known, &shelves.at[i]);
    size_t unknown = count_unknown(&shelves);
    Diags before = *diags;
    if (unknown) {
        pack_load_all(&r, pack_unread(a, files_to_read(a, &files, &shelves)), out);
    } else {
        out->files = pack_files_under(a, files, S(""));
    }
    put_in_order(a, &shelves, out);
    if (has_same_names(&shelves)) {
        *out = (Library){0};
        *diags = before;
        pack_load_all(&r, pack_unread(a, files), out);
        return;
    }
    out->fill = fill;
    out->fill_arena = a;
    out->shared_unread = !unknown;
    remember(a, cache_dir, &shelves, out, diags, &known);
}
