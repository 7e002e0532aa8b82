// shape_text: values that are text: prose, words, code, ids, references to other ids.
#include "base/check.h"
#include "pack/shape.h"
#include <string.h>

bool shape_string(Reader *r, const YamlNode *n, YamlText as, Str *out)
{
    if (!yaml_text(n, as, r->diags, out)) return false;
    if (str_trim(*out).len) return true;
    return yaml_expected(n, "some text", r->diags);
}

bool pack_is_slug(Str s)
{
    if (!s.len || s.len > 80) return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!alnum && (i == 0 || (c != '-' && c != '_'))) return false;
    }
    return true;
}

bool shape_is_empty(Reader *r, const YamlNode *n)
{
    diag_error(r->diags, n->at, STR_FMT ": nothing stands here; say at least one", STR_ARG(n->key));
    return false;
}

bool shape_slug(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    (void)f;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    if (!pack_is_slug(text)) {
        return yaml_expected(n, "a name of lower-case letters, digits, - and _, at most 80",
                             r->diags);
    }
    shape_put(slot, &text, sizeof text);
    return true;
}

// The ids under one key of the drill: of maps in a list, words of a list, or the keys of a map.
static void add_ids(Reader *r, const YamlNode *part, StrList *into, size_t room)
{
    for (size_t i = 0; part && i < part->count && into->len < room; i++) {
        const YamlNode *item = part->kind == YAML_LIST ? part->items[i] : NULL;
        const YamlNode *id = item && item->kind == YAML_MAP ? yaml_get(item, S("id")) : item;
        if (part->kind == YAML_MAP) into->at[into->len++] = part->entries[i].key;
        if (id && id->kind == YAML_SCALAR) into->at[into->len++] = id->text;
    }
    (void)r;
}

static StrList referred_ids(Reader *r, const Field *f)
{
    enum { ROOM = 256 };
    StrList ids = {arena_array(r->arena, Str, ROOM), 0};
    Str rest = str_from(f->refers), key;
    while (pack_next_word(&rest, &key)) add_ids(r, yaml_get(r->drill_node, key), &ids, ROOM);
    return ids;
}

bool shape_is_in(StrList list, Str s)
{
    for (size_t i = 0; i < list.len; i++) {
        if (str_eq(list.at[i], s)) return true;
    }
    return false;
}

static bool check_reference(Reader *r, const Field *f, Place at, Str name)
{
    if (!f->refers || !r->drill_node) return true;
    StrList ids = referred_ids(r, f);
    if (shape_is_in(ids, name)) return true;
    Str near = str_nearest(name, ids);
    diag_error(r->diags, at,
               "%s: `" STR_FMT "` is not among this drill's " STR_FMT "%s" STR_FMT "%s", f->name,
               STR_ARG(name), STR_ARG(pack_or(r->arena, f->refers)),
               near.len ? "; did you mean `" : "", STR_ARG(near), near.len ? "`?" : "");
    return false;
}

bool shape_word(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    shape_put(slot, &text, sizeof text);
    return check_reference(r, f, n->at, text);
}

bool shape_text(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    (void)f;
    if (!shape_string(r, n, YAML_SENTENCE, &text)) return false;
    shape_put(slot, &text, sizeof text);
    return true;
}

enum { CODE_BYTES_MAX = 64 * 1024 }; // what a worker prepares, too

static bool is_short_code(Reader *r, const YamlNode *n, Str text)
{
    if (text.len <= CODE_BYTES_MAX) return true;
    diag_error(r->diags, n->at, STR_FMT ": %zu bytes of code are too many; at most 64 KiB",
               STR_ARG(n->key), text.len);
    return false;
}

bool shape_code(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    (void)f;
    if (!shape_string(r, n, YAML_CODE, &text) || !is_short_code(r, n, text)) return false;
    shape_put(slot, &text, sizeof text);
    return true;
}

bool shape_strings(Reader *r, const Field *f, const YamlNode *n, YamlText as, StrList *out)
{
    if (!yaml_texts(r->arena, n, as, r->diags, out)) return false;
    if (f->required && !n->count) return shape_is_empty(r, n);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        if (!str_trim(out->at[i]).len) ok = yaml_expected(n->items[i], "some text", r->diags);
        if (as == YAML_CODE && !is_short_code(r, n->items[i], out->at[i])) ok = false;
        if (!check_reference(r, f, n->items[i]->at, out->at[i])) ok = false;
    }
    return ok;
}

bool shape_words(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    StrList list = {0};
    bool ok = shape_strings(r, f, n, YAML_WORD, &list);
    shape_put(slot, &list, sizeof list);
    return ok;
}

bool shape_texts(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    StrList list = {0};
    bool ok = shape_strings(r, f, n, YAML_SENTENCE, &list);
    shape_put(slot, &list, sizeof list);
    return ok;
}

bool shape_codes(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    StrList list = {0};
    bool ok = shape_strings(r, f, n, YAML_CODE, &list);
    shape_put(slot, &list, sizeof list);
    return ok;
}

bool shape_text_map(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (!yaml_map(n, f->name, r->diags)) return false;
    bool ok = true;
    DialogTelling *tells = arena_array(r->arena, DialogTelling, n->count);
    for (size_t i = 0; i < n->count; i++) {
        tells[i].fact = n->entries[i].key;
        if (!shape_string(r, n->entries[i].value, YAML_SENTENCE, &tells[i].say)) ok = false;
        if (!check_reference(r, f, n->entries[i].at, n->entries[i].key)) ok = false;
    }
    if (slot) shape_put_list(slot, tells, n->count);
    return ok;
}

bool shape_all_or_words(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (n->kind == YAML_LIST) return shape_words(r, f, n, slot);
    Str text;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    if (str_eq(text, S("all")) || str_eq(text, S("none"))) return true;
    return yaml_expected(n, "all, none, or a list of names", r->diags);
}

bool shape_word_lists(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (!yaml_list(n, f->name, r->diags)) return false;
    StrList *lists = arena_array(r->arena, StrList, n->count);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= shape_words(r, f, n->items[i], &lists[i]);
    shape_put_list(slot, lists, n->count);
    return ok;
}
