// shape_map: maps by their rows, lists of maps, and maps by name.
#include "base/check.h"
#include "pack/shape.h"
#include <string.h>

enum { LIST_MAX = 1000 }; // items, wrong answers, rows of a vocabulary

bool shape_object(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    return pack_read_object(r, f->object, n, slot);
}

// Room for `more` objects behind those that another key of the drill put there (facts, evidence).
static char *extend(Reader *r, size_t size, void *slot, size_t *len, size_t more)
{
    void *old = NULL;
    *len = 0;
    if (slot) {
        memcpy(&old, slot, sizeof old);
        memcpy(len, (char *)slot + sizeof old, sizeof *len);
    }
    char *all = arena_alloc(r->arena, *len + more, size);
    if (*len) memcpy(all, old, *len * size);
    return all;
}

static bool unique_ids(Reader *r, const Field *f, const YamlNode *n)
{
    Map seen = {.arena = r->arena};
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlNode *id = yaml_get(n->items[i], S("id"));
        if (!id || id->kind != YAML_SCALAR) continue;
        const YamlNode *first = map_get(&seen, id->text);
        if (!first) {
            map_put(&seen, id->text, (void *)id);
            continue;
        }
        diag_error(r->diags, id->at, "%s: the id `" STR_FMT "` is taken since line %d", f->name,
                   STR_ARG(id->text), first->at.line);
        ok = false;
    }
    return ok;
}

bool shape_objects(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (!yaml_list(n, f->name, r->diags)) return false;
    if (n->count > LIST_MAX) return yaml_expected(n, "at most 1000 of them", r->diags);
    size_t size = f->object->size, len = 0;
    char *all = slot ? extend(r, size, slot, &len, n->count) : NULL;
    bool ok = !pack_field(f->object, S("id")) || unique_ids(r, f, n);
    for (size_t i = 0; i < n->count; i++) {
        void *target = all ? all + (len + i) * size : NULL;
        if (!pack_read_object(r, f->object, n->items[i], target)) ok = false;
    }
    if (slot) shape_put_list(slot, all, len + n->count);
    return ok;
}

static bool read_mixed(Reader *r, const Field *f, const YamlNode *n, YamlText as)
{
    Str text;
    if (!yaml_list(n, f->name, r->diags)) return false;
    if (n->count > LIST_MAX) return yaml_expected(n, "at most 1000 of them", r->diags);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlNode *item = n->items[i];
        if (item->kind == YAML_MAP)
            ok &= pack_read_object(r, f->object, item, NULL);
        else
            ok &= shape_string(r, item, as, &text);
    }
    return ok;
}

bool shape_code_or_objects(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)slot;
    return read_mixed(r, f, n, YAML_CODE);
}

bool shape_text_or_objects(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)slot;
    return read_mixed(r, f, n, YAML_SENTENCE);
}

static bool is_name(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return s.len > 0 && s.len <= 64;
}

enum { NAMED_MAX = 200 }; // tables of a warehouse, columns of a table

bool shape_named(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (!yaml_map(n, f->name, r->diags)) return false;
    if (!n->count) return shape_is_empty(r, n);
    if (n->count > NAMED_MAX) return yaml_expected(n, "at most 200 names", r->diags);
    const Object *o = f->object;
    char *all = slot ? arena_alloc(r->arena, n->count, o->size) : NULL;
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlEntry *e = &n->entries[i];
        char *target = all ? all + i * o->size : NULL;
        if (!is_name(e->key)) {
            diag_error(r->diags, e->at, "%s: `" STR_FMT "` is no name: letters, digits and _ only",
                       f->name, STR_ARG(e->key));
            ok = false;
        }
        if (target) memcpy(target + o->name_at, &e->key, sizeof e->key);
        if (!pack_read_object(r, o, e->value, target)) ok = false;
    }
    if (slot) shape_put_list(slot, all, n->count);
    return ok;
}
