// get: look-ups and getters by declared type, and what they say when something else stands there.
//
// The warnings live here and not in the reader, since only the getter knows what a field holds: a
// comma between two words of a rule is right, the same comma in a sentence has cut it in two.
#include "base/check.h"
#include "base/world.h"
#include "yaml/private.h"
#include <assert.h>

typedef struct {
    const char *one, *many;
} TypeWords;

static const TypeWords text_words[] = {
    [YAML_WORD] = {"a word or a phrase", "a list of words"},
    [YAML_SENTENCE] = {"a sentence", "a list of sentences"},
    [YAML_CODE] = {"code", "a list of code texts"},
    [YAML_PATTERN] = {"a pattern", "a list of patterns"},
};
static_assert(sizeof text_words / sizeof *text_words == YAML_TEXT_COUNT_, "name every text");

// ---- looking around -----------------------------------------------------------------------------
const YamlEntry *yaml_entry(const YamlNode *map, Str key)
{
    if (!map || map->kind != YAML_MAP) return NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (str_eq(map->entries[i].key, key)) return &map->entries[i];
    }
    return NULL;
}

const YamlNode *yaml_get(const YamlNode *map, Str key)
{
    const YamlEntry *e = yaml_entry(map, key);
    return e ? e->value : NULL;
}

static bool plain(const YamlNode *n)
{
    return n->kind == YAML_SCALAR && n->style == YAML_STYLE_PLAIN && !n->tagged_str;
}

bool yaml_is_nothing(const YamlNode *n)
{
    return n && plain(n) && !n->bad && yaml12_nothing(n->text);
}

// ---- what stands there --------------------------------------------------------------------------
Str yaml_found(Arena *a, const YamlNode *n)
{
    if (n->kind == YAML_MAP) return S("a map");
    if (n->kind == YAML_LIST) return S("a list");
    if (yaml_is_nothing(n)) return S("nothing");
    Str shown = yaml_excerpt(a, n->text);
    if (n->style == YAML_STYLE_PLAIN) return str_fmt(a, "`" STR_FMT "`", STR_ARG(shown));
    return str_fmt(a, "the text \"" STR_FMT "\"", STR_ARG(shown));
}

// "skills: " in front of a complaint, so that it is understood without opening the file.
static Str under(Arena *a, const YamlNode *n)
{
    if (!n->key.len) return S("");
    return str_fmt(a, STR_FMT ": ", STR_ARG(yaml_excerpt(a, n->key)));
}

static bool expected(const YamlNode *n, const char *wanted, const char *help, Diags *d)
{
    if (n->bad) return false;
    diag_error(d, n->at, STR_FMT "expected %s, found " STR_FMT "%s", STR_ARG(under(d->arena, n)),
               wanted, STR_ARG(yaml_found(d->arena, n)), help);
    return false;
}

bool yaml_expected(const YamlNode *n, const char *wanted, Diags *d)
{
    return expected(n, wanted, "", d);
}

bool yaml_list(const YamlNode *n, const char *of, Diags *d)
{
    if (n->kind == YAML_LIST) return !n->bad;
    return expected(n, str_fmt(d->arena, "a list of %s", of).ptr, "", d);
}

bool yaml_map(const YamlNode *n, const char *of, Diags *d)
{
    if (n->kind == YAML_MAP) return !n->bad;
    return expected(n, str_fmt(d->arena, "%s (a map)", of).ptr, "", d);
}

enum { UNKNOWN_MAX = 20 };

bool yaml_known_keys(const YamlNode *map, StrList known, Diags *d)
{
    size_t unknown = 0;
    if (map->kind != YAML_MAP) return true;
    for (size_t i = 0; i < map->count; i++) {
        const YamlEntry *e = &map->entries[i];
        bool found = false;
        for (size_t k = 0; k < known.len && !found; k++) found = str_eq(e->key, known.at[k]);
        if (found) continue;
        if (++unknown > UNKNOWN_MAX) continue;
        Str near = str_nearest(e->key, known);
        Str advice =
            near.len ? str_fmt(d->arena, "; did you mean `" STR_FMT "`?", STR_ARG(near)) : S("");
        diag_error(d, e->at, "unknown key `" STR_FMT "`" STR_FMT,
                   STR_ARG(yaml_excerpt(d->arena, e->key)), STR_ARG(advice));
    }
    if (unknown > UNKNOWN_MAX) {
        diag_error(d, map->at, "this map has %zu more unknown keys", unknown - UNKNOWN_MAX);
    }
    return unknown == 0;
}

// ---- text ---------------------------------------------------------------------------------------
// `- note: this` is a map to YAML; to its author it is a sentence with a colon.
static const char *colon_help(Arena *a, const YamlNode *n)
{
    if (n->kind != YAML_MAP || n->count != 1) return "";
    const YamlEntry *e = &n->entries[0];
    if (e->style != YAML_STYLE_PLAIN || e->value->kind != YAML_SCALAR) return "";
    if (e->value->at.line != e->at.line) return "";
    return str_fmt(a, ": the colon behind `" STR_FMT "` makes it one, so put the text in quotes",
                   STR_ARG(yaml_excerpt(a, e->key)))
        .ptr;
}

static void warn_old_readers(const YamlNode *n, Diags *d)
{
    if (!plain(n)) return;
    Str reads = yaml11_changes(d->arena, n->text);
    if (!reads.len) return;
    diag_warn(d, n->at, "YAML 1.1 readers take `" STR_FMT "` for " STR_FMT ": put it in quotes",
              STR_ARG(yaml_excerpt(d->arena, n->text)), STR_ARG(reads));
}

static void warn_cut(const YamlNode *n, YamlText as, Diags *d)
{
    if (!n->cut || !(n->cut_close || as == YAML_PATTERN)) return;
    diag_warn(d, n->at,
              "the text ends before the #, which begins a comment: if it belongs to the text, put "
              "all of it in quotes");
}

// "\b" in double quotes is a backspace; a pattern means a word boundary.
static void warn_escapes(const YamlNode *n, YamlText as, Diags *d)
{
    if (as != YAML_PATTERN || n->style != YAML_STYLE_DOUBLE) return;
    if (!str_find(n->text, S("\b"), NULL)) return;
    diag_warn(d, n->at, "in double quotes \\b is a backspace: put patterns in single quotes");
}

bool yaml_text(const YamlNode *n, YamlText as, Diags *d, Str *out)
{
    if (n->bad) return false;
    bool nothing = plain(n) && !n->text.len;
    if (n->kind != YAML_SCALAR || nothing) {
        return expected(n, text_words[as].one, colon_help(d->arena, n), d);
    }
    warn_old_readers(n, d);
    warn_cut(n, as, d);
    warn_escapes(n, as, d);
    *out = n->text;
    return true;
}

static bool lower_case(Str s)
{
    return s.len && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
}

// [It was late, but we stayed]: two items, where one sentence was meant.
static void warn_split(const YamlNode *list, Diags *d)
{
    if (list->style != YAML_STYLE_FLOW) return;
    for (size_t i = 1; i < list->count; i++) {
        const YamlNode *before = list->items[i - 1], *n = list->items[i];
        if (!plain(before) || !plain(n) || !lower_case(n->text)) continue;
        diag_warn(d, n->at,
                  "the comma before `" STR_FMT "` begins another sentence of the list: if it is "
                  "meant as part of one, put the sentence in quotes",
                  STR_ARG(yaml_excerpt(d->arena, n->text)));
    }
}

// ---- numbers, booleans, dates -------------------------------------------------------------------
static const char *unquote_help(const YamlNode *n, bool readable)
{
    return readable && n->kind == YAML_SCALAR ? ": leave out the quotes" : "";
}

static void warn_other_value(const YamlNode *n, bool kept, Str reads, Diags *d)
{
    if (kept) return;
    diag_warn(d, n->at, "YAML 1.1 readers take `" STR_FMT "` for " STR_FMT,
              STR_ARG(yaml_excerpt(d->arena, n->text)), STR_ARG(reads));
}

bool yaml_integer(const YamlNode *n, Diags *d, int64_t *out)
{
    int64_t v;
    bool ok = n->kind == YAML_SCALAR && yaml12_integer(n->text, &v);
    if (!ok || n->bad || !(plain(n) || n->tagged_int)) {
        return expected(n, "a whole number", unquote_help(n, ok), d);
    }
    int64_t old;
    Str reads = yaml11_changes(d->arena, n->text);
    if (str_starts(n->text, S("0o"))) reads = S("text");
    bool kept = !reads.len || (str_to_i64(reads, &old) && old == v);
    warn_other_value(n, kept, reads, d);
    *out = v;
    return true;
}

bool yaml_real(const YamlNode *n, Diags *d, double *out)
{
    double v;
    bool ok = n->kind == YAML_SCALAR && yaml12_real(n->text, &v);
    if (!ok || n->bad || !(plain(n) || n->tagged_int)) {
        return expected(n, "a number", unquote_help(n, ok), d);
    }
    int64_t whole;
    double old;
    Str reads = yaml11_changes(d->arena, n->text);
    if (!str_to_i64(n->text, &whole) && !yaml11_has_real(n->text)) reads = S("text");
    bool kept = !reads.len || (str_to_f64(reads, &old) && old == v);
    warn_other_value(n, kept, reads, d);
    *out = v;
    return true;
}

bool yaml_boolean(const YamlNode *n, Diags *d, bool *out)
{
    bool v = false;
    bool ok = n->kind == YAML_SCALAR && yaml12_boolean(n->text, &v);
    if (!ok || n->bad || !plain(n)) {
        return expected(n, "true or false", unquote_help(n, ok), d);
    }
    *out = v;
    return true;
}

bool yaml_date(const YamlNode *n, Diags *d, int64_t *days)
{
    int64_t v;
    if (n->kind != YAML_SCALAR || n->bad || !date_parse(n->text, &v)) {
        return expected(n, "a date such as 2025-06-30", "", d);
    }
    *days = v;
    return true;
}

// ---- lists of them ------------------------------------------------------------------------------
// ------------------------------------------------------------------------------- Good items are
// kept, in order; the list fails when one item does.

bool yaml_texts(Arena *a, const YamlNode *n, YamlText as, Diags *d, StrList *out)
{
    *out = (StrList){0};
    if (n->kind != YAML_LIST || n->bad) return expected(n, text_words[as].many, "", d);
    if (as == YAML_SENTENCE) warn_split(n, d);
    out->at = arena_array(a, Str, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (yaml_text(n->items[i], as, d, &out->at[out->len])) out->len++;
    }
    return out->len == n->count;
}

bool yaml_integers(Arena *a, const YamlNode *n, Diags *d, int64_t **out, size_t *len)
{
    *len = 0;
    if (n->kind != YAML_LIST || n->bad) return expected(n, "a list of whole numbers", "", d);
    *out = arena_array(a, int64_t, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (yaml_integer(n->items[i], d, &(*out)[*len])) ++*len;
    }
    return *len == n->count;
}

bool yaml_reals(Arena *a, const YamlNode *n, Diags *d, double **out, size_t *len)
{
    *len = 0;
    if (n->kind != YAML_LIST || n->bad) return expected(n, "a list of numbers", "", d);
    *out = arena_array(a, double, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (yaml_real(n->items[i], d, &(*out)[*len])) ++*len;
    }
    return *len == n->count;
}

bool yaml_booleans(Arena *a, const YamlNode *n, Diags *d, bool **out, size_t *len)
{
    *len = 0;
    if (n->kind != YAML_LIST || n->bad) return expected(n, "a list of true and false", "", d);
    *out = arena_array(a, bool, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (yaml_boolean(n->items[i], d, &(*out)[*len])) ++*len;
    }
    return *len == n->count;
}

bool yaml_dates(Arena *a, const YamlNode *n, Diags *d, int64_t **out, size_t *len)
{
    *len = 0;
    if (n->kind != YAML_LIST || n->bad) return expected(n, "a list of dates", "", d);
    *out = arena_array(a, int64_t, n->count);
    for (size_t i = 0; i < n->count; i++) {
        if (yaml_date(n->items[i], d, &(*out)[*len])) ++*len;
    }
    return *len == n->count;
}
