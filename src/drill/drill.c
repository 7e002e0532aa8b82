// drill: names of kinds and levels, and looking things up in a library.
#include "drill/drill.h"
#include <assert.h>

static const char *const kinds[] = {
    [KIND_SQL] = "sql",         [KIND_KERNEL] = "kernel",     [KIND_MODEL] = "model",
    [KIND_DESIGN] = "design",   [KIND_INCIDENT] = "incident", [KIND_STORY] = "story",
    [KIND_EXPLAIN] = "explain", [KIND_CARD] = "card",
};
static_assert(sizeof kinds / sizeof *kinds == KIND_COUNT_, "name every kind");

static const char *const levels[] = {
    [LEVEL_WARMUP] = "warmup",
    [LEVEL_CORE] = "core",
    [LEVEL_SENIOR] = "senior",
    [LEVEL_STAFF] = "staff",
};
static_assert(sizeof levels / sizeof *levels == LEVEL_COUNT_, "name every level");

static bool find_name(const char *const *names, int count, Str name, int *out)
{
    for (int i = 0; i < count; i++) {
        if (!str_eq(str_from(names[i]), name)) continue;
        *out = i;
        return true;
    }
    return false;
}

const char *kind_name(DrillKind k)
{
    return kinds[k];
}

bool kind_from_name(Str name, DrillKind *out)
{
    int i;
    if (!find_name(kinds, KIND_COUNT_, name, &i)) return false;
    *out = (DrillKind)i;
    return true;
}

const char *level_name(Level l)
{
    return levels[l];
}

bool level_from_name(Str name, Level *out)
{
    int i;
    if (!find_name(levels, LEVEL_COUNT_, name, &i)) return false;
    *out = (Level)i;
    return true;
}

size_t library_drill_count(const Library *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->pack_count; i++) n += l->packs[i]->drill_count;
    return n;
}

const Drill *library_at(const Library *l, size_t i)
{
    for (size_t p = 0; p < l->pack_count; p++) {
        if (i < l->packs[p]->drill_count) return &l->packs[p]->drills[i];
        i -= l->packs[p]->drill_count;
    }
    return NULL;
}

// An old name stands as `slug` (of the same pack) or as `pack/slug` (it moved here).
static bool was_called(const Drill *d, Str id)
{
    for (size_t i = 0; i < d->was.len; i++) {
        Str pack, slug;
        if (str_eq(d->was.at[i], id)) return true;
        if (str_cut(id, '/', &pack, &slug) && str_eq(pack, d->pack->name) &&
            str_eq(slug, d->was.at[i])) {
            return true;
        }
    }
    return false;
}

static bool has_id(const Drill *d, Str id)
{
    return str_eq(d->id, id);
}

static bool has_slug(const Drill *d, Str id)
{
    return str_eq(d->slug, id);
}

// The drill for which `is` holds; NULL when there is none, or with `only` more than one.
static const Drill *find(const Library *l, Str id, bool (*is)(const Drill *, Str), bool only)
{
    const Drill *found = NULL;
    for (size_t p = 0; p < l->pack_count; p++) {
        for (size_t i = 0; i < l->packs[p]->drill_count; i++) {
            const Drill *d = &l->packs[p]->drills[i];
            if (!is(d, id)) continue;
            if (!only) return d;
            if (found) return NULL;
            found = d;
        }
    }
    return found;
}

const Drill *library_drill(const Library *l, Str id)
{
    const Drill *d = find(l, id, has_id, false);
    if (!d) d = find(l, id, was_called, false);
    return d ? d : find(l, id, has_slug, true);
}

// A library is filled behind its readers' backs: what they saw before stays as it was.
void library_read(const Library *l, const Drill *d)
{
    if (d->pack->outline && l->fill) l->fill((Library *)l, (Pack *)d->pack);
}

void library_read_all(const Library *l)
{
    for (size_t i = 0; l->fill && i < l->pack_count; i++) {
        if (l->packs[i]->outline) l->fill((Library *)l, l->packs[i]);
    }
}

static const WarehouseSpec *named(WarehouseSpec *const *list, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(list[i]->name, name)) return list[i];
    }
    return NULL;
}

const WarehouseSpec *library_warehouse_of(const Library *l, const Pack *pack, Str name)
{
    const WarehouseSpec *w = NULL;
    if (pack) w = named(pack->warehouses, pack->warehouse_count, name);
    if (!w) w = named(l->warehouses, l->warehouse_count, name);
    for (size_t p = 0; !w && !pack && p < l->pack_count; p++) {
        w = named(l->packs[p]->warehouses, l->packs[p]->warehouse_count, name);
    }
    return w;
}

const WarehouseSpec *library_warehouse(const Library *l, Str name)
{
    library_read_all(l);
    return library_warehouse_of(l, NULL, name);
}

// Ids first; then slugs, for those who leave the pack out.
Str library_nearest_id(Arena *a, const Library *l, Str id)
{
    size_t n = library_drill_count(l);
    StrList ids = {arena_array(a, Str, n), n};
    StrList slugs = {arena_array(a, Str, n), n};
    for (size_t i = 0; i < n; i++) {
        ids.at[i] = library_at(l, i)->id;
        slugs.at[i] = library_at(l, i)->slug;
    }
    Str near = str_nearest(id, ids);
    if (near.len) return near;
    near = str_nearest(id, slugs);
    for (size_t i = 0; near.len && i < n; i++) {
        if (str_eq(slugs.at[i], near)) return ids.at[i];
    }
    return (Str){0};
}

// --- Worlds ---

size_t drill_draw(const Drill *d, uint64_t seed)
{
    return d->world_count ? (size_t)((str_hash(d->id) + seed) % d->world_count) : 0;
}

const ExamSpec *drill_exam(const Drill *d, size_t world)
{
    return world < d->world_count ? &d->worlds[world].exam : &d->exam;
}

DialogFact *drill_facts(Arena *a, const Drill *d, size_t world)
{
    if (world >= d->world_count) return d->facts;
    const DrillWorld *w = &d->worlds[world];
    DialogFact *facts = arena_array(a, DialogFact, d->fact_count);
    for (size_t i = 0; i < d->fact_count; i++) {
        facts[i] = d->facts[i];
        for (size_t k = 0; k < w->tell_count; k++) {
            if (str_eq(w->tells[k].fact, facts[i].id)) facts[i].say = w->tells[k].say;
        }
    }
    return facts;
}
