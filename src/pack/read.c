// read: one walk over a YAML map by the rows of its object.
#include "pack/read.h"
#include "base/buf.h"
#include "base/check.h"
#include <string.h>

enum { FIELDS_MAX = 64 }; // of one object with its bases: a bit each

static const Field *find_field(const Object *o, Str name, size_t *index)
{
    size_t before = 0;
    for (; o; o = o->base) {
        for (size_t i = 0; i < o->count; i++) {
            if (!str_eq(str_from(o->fields[i].name), name)) continue;
            *index = before + i;
            return &o->fields[i];
        }
        before += o->count;
    }
    return NULL;
}

const Field *pack_field(const Object *o, Str name)
{
    size_t index;
    return find_field(o, name, &index);
}

static size_t count_fields(const Object *o)
{
    size_t n = 0;
    for (; o; o = o->base) n += o->count;
    return n;
}

static size_t add_names(StrList list, size_t len, const Object *o)
{
    if (!o) return len;
    len = add_names(list, len, o->base);
    for (size_t i = 0; i < o->count; i++) list.at[len++] = str_from(o->fields[i].name);
    return len;
}

StrList pack_field_names(Arena *a, const Object *o)
{
    StrList list = {arena_array(a, Str, count_fields(o)), count_fields(o)};
    add_names(list, 0, o);
    return list;
}

bool pack_next_word(Str *rest, Str *word)
{
    return rest->len && (str_cut(*rest, ' ', word, rest), word->len > 0);
}

Str pack_or(Arena *a, const char *words)
{
    Buf b = buf_new(a);
    Str rest = str_from(words), word;
    bool more = pack_next_word(&rest, &word);
    while (more) {
        buf_fmt(&b, "`" STR_FMT "`", STR_ARG(word));
        bool last = !str_find(rest, S(" "), NULL);
        more = pack_next_word(&rest, &word);
        if (more) buf_add(&b, last ? S(" or ") : S(", "));
    }
    return buf_str(&b);
}

static void *slot_of(const Field *f, void *target)
{
    return f->kept && target ? (char *)target + f->at : NULL;
}

// A default is read like a value that stands at the object's own place.
static void apply_defaults(Reader *r, const Object *o, const YamlNode *n, void *target)
{
    if (o->base) apply_defaults(r, o->base, n, target);
    for (size_t i = 0; i < o->count; i++) {
        const Field *f = &o->fields[i];
        void *slot = slot_of(f, target);
        if (!f->fallback || !slot) continue;
        YamlNode given = {.kind = YAML_SCALAR, .key = str_from(f->name), .at = n->at};
        given.text = str_from(f->fallback);
        bool ok = pack_read_field(r, f, &given, slot);
        CHECK(ok);
    }
}

// "a sql drill", "an item"
static Str label(Arena *a, const Object *o)
{
    bool vowel = o->name[0] && strchr("aeiou", o->name[0]);
    Buf b = buf_new(a);
    buf_add(&b, vowel ? S("an ") : S("a "));
    for (const char *c = o->name; *c; c++) buf_char(&b, *c == '-' ? ' ' : *c);
    return buf_str(&b);
}

static void check_required(Reader *r, const Object *top, const YamlNode *n, uint64_t seen)
{
    size_t index = 0;
    for (const Object *o = top; o; o = o->base) {
        for (size_t i = 0; i < o->count; i++, index++) {
            const Field *f = &o->fields[i];
            if (!f->required || (seen >> index & 1)) continue;
            diag_error(r->diags, n->at, STR_FMT ": `%s` is missing: %s",
                       STR_ARG(label(r->arena, top)), f->name, f->doc);
        }
    }
}

// Exactly one of the named keys stands there.
static void check_one_of(Reader *r, const Object *o, const YamlNode *n)
{
    Str rest = str_from(o->one_of), word, first = {0};
    while (pack_next_word(&rest, &word)) {
        const YamlEntry *e = yaml_entry(n, word);
        if (!e) continue;
        if (first.len) {
            diag_error(r->diags, e->at,
                       STR_FMT ": `" STR_FMT "` and `" STR_FMT "` exclude each other",
                       STR_ARG(label(r->arena, o)), STR_ARG(first), STR_ARG(word));
            return;
        }
        first = word;
    }
    if (first.len) return;
    diag_error(r->diags, n->at, STR_FMT ": one of these is missing: " STR_FMT,
               STR_ARG(label(r->arena, o)), STR_ARG(pack_or(r->arena, o->one_of)));
}

static void set_place(const Object *o, const YamlNode *n, void *target)
{
    while (o && !o->has_place) o = o->base;
    if (o && target) memcpy((char *)target + o->place_at, &n->at, sizeof n->at);
}

static void run_rules(Reader *r, const Object *o, const YamlNode *n, void *target)
{
    if (o->base) run_rules(r, o->base, n, target);
    if (o->one_of) check_one_of(r, o, n);
    if (o->done) o->done(r, n, target);
}

// Reads the keys that are known; the others wait for yaml_known_keys, which names the nearest.
static bool read_entries(Reader *r, const Object *o, const YamlNode *n, void *target,
                         uint64_t *seen)
{
    bool ok = true, unknown = false;
    for (size_t i = 0; i < n->count; i++) {
        size_t index;
        const YamlEntry *e = &n->entries[i];
        const Field *f = find_field(o, e->key, &index);
        if (!f) {
            unknown = true;
            continue;
        }
        *seen |= UINT64_C(1) << index;
        if (!f->later && !pack_read_field(r, f, e->value, slot_of(f, target))) ok = false;
    }
    return (!unknown || yaml_known_keys(n, pack_field_names(r->arena, o), r->diags)) && ok;
}

bool pack_is_hopeless(const Reader *r)
{
    return r->diags->errors >= r->errors_max;
}

bool pack_read_object(Reader *r, const Object *o, const YamlNode *n, void *target)
{
    size_t before = r->diags->errors;
    CHECK(count_fields(o) <= FIELDS_MAX);
    if (n->bad || !yaml_map(n, label(r->arena, o).ptr, r->diags)) return false;
    if (pack_is_hopeless(r)) return false;
    set_place(o, n, target);
    apply_defaults(r, o, n, target);
    uint64_t seen = 0;
    bool ok = read_entries(r, o, n, target, &seen);
    check_required(r, o, n, seen);
    run_rules(r, o, n, target);
    return ok && r->diags->errors == before;
}
