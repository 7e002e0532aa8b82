// shape_part: values of one place only: references, value lists, sort orders, edits, beats.
#include "base/check.h"
#include "pack/shape.h"
#include <string.h>

bool shape_reference(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text, both[2];
    (void)f;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    if (!str_cut(text, '.', &both[0], &both[1]) || !both[0].len || !both[1].len) {
        return yaml_expected(n, "a column of a table: table.column", r->diags);
    }
    shape_put(slot, both, sizeof both);
    return true;
}

// Not a word that old readers would take for something else: it is what it looks like.
static bool is_boolean_word(const YamlNode *n)
{
    return n->kind == YAML_SCALAR && (str_eq(n->text, S("true")) || str_eq(n->text, S("false")));
}

static bool read_value_list(Reader *r, const YamlNode *n, ValueChoice *out)
{
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlNode *value = n->items[i];
        out[i] = (ValueChoice){.text = value->text, .weight = 1};
        if (is_boolean_word(value)) continue;
        ok &= yaml_text(value, YAML_WORD, r->diags, &out[i].text);
    }
    return ok;
}

static bool read_weights(Reader *r, const YamlNode *n, ValueChoice *out)
{
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlEntry *e = &n->entries[i];
        out[i].text = e->key;
        if (!yaml_real(e->value, r->diags, &out[i].weight))
            ok = false;
        else if (out[i].weight <= 0)
            ok = yaml_expected(e->value, "a weight above 0", r->diags);
    }
    return ok;
}

bool shape_values(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)f;
    if (n->kind != YAML_SCALAR && !n->count) return shape_is_empty(r, n);
    if (n->kind == YAML_SCALAR) {
        return yaml_expected(n, "a list of values, or a map of weights", r->diags);
    }
    ValueChoice *out = arena_array(r->arena, ValueChoice, n->count);
    bool ok = n->kind == YAML_LIST ? read_value_list(r, n, out) : read_weights(r, n, out);
    shape_put_list(slot, out, n->count);
    return ok;
}

static bool read_sort_key(Reader *r, const YamlNode *n, SortKey *out)
{
    Str text, name, way;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    bool two = str_cut(str_trim(text), ' ', &name, &way);
    way = str_trim(way);
    *out = (SortKey){.column = name, .descending = two && str_eq_nocase(way, S("desc"))};
    if (!two || out->descending || str_eq_nocase(way, S("asc"))) return true;
    return yaml_expected(n, "a column, or a column with asc or desc behind it", r->diags);
}

bool shape_sort(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    CompareRule *rule = slot;
    CHECK(rule);
    (void)f;
    if (n->kind == YAML_SCALAR && str_eq(n->text, S("reference"))) {
        rule->as_reference = true;
        return true;
    }
    if (n->kind != YAML_LIST || !n->count) {
        return yaml_expected(n, "a list of columns like [k, ts desc], or `reference`", r->diags);
    }
    SortKey *keys = arena_array(r->arena, SortKey, n->count);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= read_sort_key(r, n->items[i], &keys[i]);
    rule->keys = keys;
    rule->key_count = n->count;
    return ok;
}

static bool read_edit(Reader *r, const YamlNode *n, ExamEdit *out)
{
    if (n->kind != YAML_LIST || n->count != 2) {
        return yaml_expected(n, "a pair: [text of the answer, what stands there instead]",
                             r->diags);
    }
    if (!yaml_text(n->items[0], YAML_CODE, r->diags, &out->from)) return false;
    if (!yaml_text(n->items[1], YAML_CODE, r->diags, &out->to)) return false;
    return out->from.len || yaml_expected(n->items[0], "some text of the answer", r->diags);
}

bool shape_edits(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    if (!yaml_list(n, f->name, r->diags)) return false;
    if (!n->count) return shape_is_empty(r, n);
    ExamEdit *out = arena_array(r->arena, ExamEdit, n->count);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= read_edit(r, n->items[i], &out[i]);
    shape_put_list(slot, out, n->count);
    return ok;
}

bool shape_rows(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)slot;
    if (!yaml_list(n, f->name, r->diags)) return false;
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= yaml_list(n->items[i], "values", r->diags);
    return ok;
}

bool shape_any(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    (void)f;
    (void)slot;
    (void)r;
    return !n->bad;
}

bool shape_beat(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    Str text;
    const Drill *d = r->drill;
    if (!shape_string(r, n, YAML_WORD, &text)) return false;
    shape_put(slot, &text, sizeof text);
    if (!d) return true;
    StrList names = {arena_array(r->arena, Str, d->beat_count), d->beat_count};
    for (size_t i = 0; i < d->beat_count; i++) names.at[i] = d->beats[i].name;
    if (shape_is_in(names, text)) return true;
    Str near = str_nearest(text, names);
    Str all = str_join(r->arena, names, S(", "));
    diag_error(r->diags, n->at,
               "this drill has no %s `" STR_FMT "`%s" STR_FMT "%s; it has " STR_FMT, f->name,
               STR_ARG(text), near.len ? "; did you mean `" : "", STR_ARG(near),
               near.len ? "`?" : "", STR_ARG(all));
    return false;
}

bool shape_sets(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    WordSets sets = {0};
    (void)f;
    bool ok = pack_read_sets(r, n, &sets);
    shape_put(slot, &sets, sizeof sets);
    return ok;
}

bool shape_heard(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    StrList words = {0};
    bool ok = shape_words(r, f, n, &words);
    shape_put(slot, &words, sizeof words);
    for (size_t i = 0; ok && r->drill && i < n->count; i++) {
        ok &= pack_check_word(r, &r->drill->sets, n->items[i]->at, words.at[i]);
    }
    return ok;
}

bool shape_terms(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    MatchTerms terms = {0};
    (void)f;
    bool ok = pack_read_terms(r, n, &terms);
    shape_put(slot, &terms, sizeof terms);
    return ok;
}

bool shape_near(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    MatchTerms terms = {0};
    (void)f;
    bool ok = pack_read_near(r, n, &terms);
    shape_put(slot, &terms, sizeof terms);
    return ok;
}

bool shape_match(Reader *r, const Field *f, const YamlNode *n, void *slot)
{
    MatchSpec spec = {0};
    (void)f;
    bool ok = pack_read_match(r, n, &spec);
    shape_put(slot, &spec, sizeof spec);
    return ok;
}
