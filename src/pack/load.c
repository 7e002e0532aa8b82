// load: files to a library, in passes, since parts of a pack refer to each other in any order:
// trees, heads, sets, warehouses, drills.
#include "pack/load.h"
#include "base/check.h"
#include "base/path.h"
#include "pack/shape.h"

enum { FILE_ERRORS_MAX = 200 };

static bool is_shared(const LoadedFile *f)
{
    return f->file.root.len == 0;
}

// A file with more faults than that says nothing useful any more.
static void begin_file(Reader *r)
{
    r->errors_max = r->diags->errors + FILE_ERRORS_MAX;
}

const Object *pack_root_object(const YamlNode *root)
{
    if (yaml_get(root, S("pack")) || root->kind != YAML_MAP) return &PACK_OBJECT;
    if (yaml_get(root, S("loop"))) return &PACK_LOOP_OBJECT;
    if (yaml_get(root, S("plan"))) return &PACK_PLAN_OBJECT;
    if (yaml_get(root, S("skills")) && !yaml_get(root, S("drills"))) return &PACK_SKILLS_OBJECT;
    return &PACK_PART_OBJECT;
}

LoadedFiles pack_unread(Arena *a, SourceFiles sources)
{
    LoadedFiles files = {arena_array(a, LoadedFile, sources.len), sources.len, sources};
    for (size_t i = 0; i < sources.len; i++) files.at[i].file = sources.at[i];
    return files;
}

SourceFiles pack_files_under(Arena *a, SourceFiles files, Str root)
{
    SourceFiles out = {arena_array(a, SourceFile, files.len), 0};
    for (size_t i = 0; i < files.len; i++) {
        if (str_eq(files.at[i].root, root)) out.at[out.len++] = files.at[i];
    }
    return out;
}

static void parse_all(Reader *r, LoadedFiles files)
{
    for (size_t i = 0; i < files.len; i++) {
        LoadedFile *f = &files.at[i];
        if (!yaml_parse(r->arena, f->file.path, f->file.bytes, r->diags, &f->doc)) {
            f->doc.root = NULL;
        }
    }
}

// ---- heads

static Pack *find_pack(const Library *l, Str name)
{
    for (size_t i = 0; i < l->pack_count; i++) {
        if (str_eq(l->packs[i]->name, name)) return l->packs[i];
    }
    return NULL;
}

// Reads a head; NULL when the pack cannot be told from others.
static Pack *read_head(Reader *r, LoadedFiles files, const LoadedFile *f, const Library *l)
{
    Pack *p = arena_new(r->arena, Pack);
    begin_file(r);
    (void)pack_read_object(r, &PACK_OBJECT, f->doc.root, p);
    if (!pack_is_slug(p->name)) return NULL;
    const Pack *other = find_pack(l, p->name);
    if (other) {
        diag_error(r->diags, yaml_get(f->doc.root, S("pack"))->at,
                   "the name `" STR_FMT "` is taken by the pack in " STR_FMT
                   ": two packs of one name cannot be told apart",
                   STR_ARG(p->name), STR_ARG(other->at.file));
        return NULL;
    }
    p->path = f->file.root;
    p->files = pack_files_under(r->arena, files.sources, f->file.root);
    return p;
}

static bool has_other_head(LoadedFiles files, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(files.at[k].file.root, files.at[i].file.root) && files.at[k].doc.root &&
            yaml_get(files.at[k].doc.root, S("pack"))) {
            return true;
        }
    }
    return false;
}

static void read_heads(Reader *r, LoadedFiles files, Library *out)
{
    out->packs = arena_array(r->arena, Pack *, files.len);
    for (size_t i = 0; i < files.len; i++) {
        LoadedFile *f = &files.at[i];
        const YamlEntry *e = f->doc.root ? yaml_entry(f->doc.root, S("pack")) : NULL;
        if (is_shared(f) || !e) continue;
        if (has_other_head(files, i)) {
            diag_error(r->diags, e->at, "this pack has its head in another file: one is enough");
            continue;
        }
        Pack *p = read_head(r, files, f, out);
        if (p) out->packs[out->pack_count++] = p;
    }
}

// Every file finds its pack. Files beside a head, and shared ones, are read by their own keys.
static void read_parts(Reader *r, LoadedFiles files, const Library *l)
{
    for (size_t i = 0; i < files.len; i++) {
        LoadedFile *f = &files.at[i];
        const YamlNode *root = f->doc.root;
        for (size_t p = 0; !is_shared(f) && p < l->pack_count; p++) {
            if (str_eq(l->packs[p]->path, f->file.root)) f->pack = l->packs[p];
        }
        if (!root || yaml_get(root, S("pack"))) continue;
        begin_file(r);
        (void)pack_read_object(r, pack_root_object(root), root, NULL);
        if (is_shared(f) || f->pack || yaml_get(root, S("pack"))) continue;
        if (pack_root_object(root) != &PACK_PART_OBJECT || !yaml_get(root, S("drills"))) continue;
        diag_error(r->diags, root->at,
                   "these drills belong to no pack: a head with `pack`, `title` and `licence` is "
                   "needed here or in pack.yaml beside it");
    }
}

// ---- sets and skills

static void read_skills(Reader *r, const LoadedFile *f, Library *out)
{
    const YamlNode *list = yaml_get(f->doc.root, S("skills"));
    if (!list || list->kind != YAML_LIST) return;
    out->skills.at = arena_array(r->arena, Str, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const YamlNode *id = yaml_get(list->items[i], S("id"));
        if (id && id->kind == YAML_SCALAR) out->skills.at[out->skills.len++] = id->text;
    }
}

static void read_file_sets(Reader *r, const LoadedFile *f, WordSets base, WordSets *into)
{
    const YamlNode *n = f->doc.root ? yaml_get(f->doc.root, S("sets")) : NULL;
    WordSets own = {0};
    begin_file(r);
    if (!n) return;
    (void)pack_read_sets(r, n, &own);
    *into = pack_join_sets(r->arena, into->len ? *into : base, own);
    (void)pack_check_sets(r, n, into);
}

static void read_sets(Reader *r, LoadedFiles files, Library *out)
{
    for (size_t i = 0; i < files.len; i++) {
        const LoadedFile *f = &files.at[i];
        if (!is_shared(f) || !f->doc.root) continue;
        read_file_sets(r, f, (WordSets){0}, &out->sets);
        if (pack_root_object(f->doc.root) == &PACK_SKILLS_OBJECT) read_skills(r, f, out);
    }
    for (size_t i = 0; i < out->pack_count; i++) out->packs[i]->sets = out->sets;
    for (size_t i = 0; i < files.len; i++) {
        const LoadedFile *f = &files.at[i];
        if (f->pack) read_file_sets(r, f, out->sets, &f->pack->sets);
    }
}

// ---- warehouses

static const YamlNode *list_of(const LoadedFile *f, Str key)
{
    const YamlNode *n = f->doc.root ? yaml_get(f->doc.root, key) : NULL;
    return n && n->kind == YAML_LIST ? n : NULL;
}

static size_t count_items(LoadedFiles files, Str key)
{
    size_t n = 0;
    for (size_t i = 0; i < files.len; i++) {
        const YamlNode *list = list_of(&files.at[i], key);
        if (list) n += list->count;
    }
    return n;
}

static bool is_taken(Reader *r, WarehouseSpec *const *list, size_t count, const WarehouseSpec *w)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(list[i]->name, w->name)) continue;
        diag_error(r->diags, w->at, "the warehouse `" STR_FMT "` is there already: " STR_FMT ":%d",
                   STR_ARG(w->name), STR_ARG(list[i]->at.file), list[i]->at.line);
        return true;
    }
    return false;
}

static void read_warehouse(Reader *r, const YamlNode *n, WarehouseSpec **list, size_t *count)
{
    WarehouseSpec *w = arena_new(r->arena, WarehouseSpec);
    bool ok = pack_read_object(r, &PACK_WAREHOUSE_OBJECT, n, w);
    if (ok) ok = !is_taken(r, list, *count, w);
    if (ok)
        list[(*count)++] = w;
    else if (w->name.len)
        r->broken->at[r->broken->len++] = w->name;
}

static void grow_shared(Arena *a, Library *out, size_t room)
{
    WarehouseSpec **all = arena_array(a, WarehouseSpec *, out->warehouse_count + room);
    for (size_t i = 0; i < out->warehouse_count; i++) all[i] = out->warehouses[i];
    out->warehouses = all;
}

static void read_warehouses(Reader *r, LoadedFiles files, Library *out)
{
    size_t room = count_items(files, S("warehouses"));
    r->broken->at = arena_array(r->arena, Str, room);
    grow_shared(r->arena, out, room);
    for (size_t i = 0; i < out->pack_count; i++) {
        out->packs[i]->warehouses = arena_array(r->arena, WarehouseSpec *, room);
    }
    for (size_t i = 0; i < files.len; i++) {
        const LoadedFile *f = &files.at[i];
        const YamlNode *n = list_of(f, S("warehouses"));
        begin_file(r);
        for (size_t k = 0; n && k < n->count; k++) {
            if (f->pack) {
                read_warehouse(r, n->items[k], f->pack->warehouses, &f->pack->warehouse_count);
            } else if (is_shared(f)) {
                read_warehouse(r, n->items[k], out->warehouses, &out->warehouse_count);
            }
        }
    }
}

// ---- drills

// Faults of the YAML itself were reported before anyone knew in which drill they are.
static bool has_fault_inside(const Reader *r, const YamlNode *n, Str source)
{
    int last = n->at.line;
    for (size_t i = 0; i < source.len; i++) last += source.ptr[i] == '\n';
    for (size_t i = r->first_diag; i < r->diags->list.len; i++) {
        const Diag *d = &r->diags->list.at[i];
        if (d->severity == DIAG_ERROR && str_eq(d->place.file, n->at.file) &&
            d->place.line >= n->at.line && d->place.line <= last) {
            return true;
        }
    }
    return false;
}

static bool id_is_free(Reader *r, Map *ids, const YamlNode *n, Drill *d)
{
    const Drill *first = map_get(ids, d->slug);
    if (!first) return map_put(ids, d->slug, d);
    diag_error(r->diags, yaml_get(n, S("id"))->at,
               "the id `" STR_FMT "` is taken since " STR_FMT ":%d", STR_ARG(d->slug),
               STR_ARG(first->at.file), first->at.line);
    return false;
}

static void read_file_drills(Reader *r, const LoadedFile *f, Map *ids)
{
    const YamlNode *n = list_of(f, S("drills"));
    Pack *p = f->pack;
    begin_file(r);
    for (size_t i = 0; n && i < n->count; i++) {
        Drill *d = &p->drills[p->drill_count];
        *d = (Drill){0};
        bool ok = pack_read_drill(r, &f->doc, n->items[i], d);
        if (ok && r->diags->errors) ok = !has_fault_inside(r, n->items[i], d->source);
        if (ok && id_is_free(r, ids, n->items[i], d)) p->drill_count++;
    }
}

static void read_drills(Reader *r, LoadedFiles files, Pack *p)
{
    Map ids = {.arena = r->arena};
    size_t room = 0;
    for (size_t i = 0; i < files.len; i++) {
        const YamlNode *n = files.at[i].pack == p ? list_of(&files.at[i], S("drills")) : NULL;
        if (n) room += n->count;
    }
    p->drills = arena_array(r->arena, Drill, room);
    r->pack = p;
    for (size_t i = 0; i < files.len; i++) {
        if (files.at[i].pack == p) read_file_drills(r, &files.at[i], &ids);
    }
    r->pack = NULL;
}

// `drills` and `warehouses` must be lists, `sets` a map: the rows above pass over them.
static void check_lists(Reader *r, LoadedFiles files)
{
    for (size_t i = 0; i < files.len; i++) {
        const YamlNode *root = files.at[i].doc.root;
        const YamlNode *drills = root ? yaml_get(root, S("drills")) : NULL;
        const YamlNode *warehouses = root ? yaml_get(root, S("warehouses")) : NULL;
        if (drills) (void)!yaml_list(drills, "drills", r->diags);
        if (warehouses) (void)!yaml_list(warehouses, "warehouses", r->diags);
    }
}

void pack_load_all(Reader *r, LoadedFiles files, Library *out)
{
    StrList broken = {0};
    r->library = out;
    r->broken = &broken;
    r->first_diag = r->diags->list.len;
    parse_all(r, files);
    if (!out->files.len) out->files = pack_files_under(r->arena, files.sources, S(""));
    read_heads(r, files, out);
    read_parts(r, files, out);
    check_lists(r, files);
    read_sets(r, files, out);
    read_warehouses(r, files, out);
    for (size_t i = 0; i < out->pack_count; i++) read_drills(r, files, out->packs[i]);
    r->broken = NULL;
}
