// match: what an item listens for, from words to nested operators, and the sets of synonyms.
#include "base/check.h"
#include "pack/shape.h"

static bool read_term(Reader *r, const YamlNode *n, MatchTerm *out);

bool pack_read_terms(Reader *r, const YamlNode *n, MatchTerms *out)
{
    if (n->bad || !yaml_list(n, "words", r->diags)) return false;
    if (!n->count) return shape_is_empty(r, n);
    *out = (MatchTerms){arena_array(r->arena, MatchTerm, n->count), n->count};
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) ok &= read_term(r, n->items[i], &out->at[i]);
    return ok;
}

static const WordSet *find_set(const WordSets *sets, Str name)
{
    for (size_t i = 0; i < sets->len; i++) {
        if (str_eq(sets->at[i].name, name)) return &sets->at[i];
    }
    return NULL;
}

bool pack_check_word(Reader *r, const WordSets *sets, Place at, Str word)
{
    Str name = str_slice(word, 1, word.len);
    if (!str_starts(word, S("$")) || find_set(sets, name)) return true;
    StrList names = {arena_array(r->arena, Str, sets->len), sets->len};
    for (size_t i = 0; i < sets->len; i++) names.at[i] = sets->at[i].name;
    Str near = str_nearest(name, names);
    diag_error(r->diags, at, "there is no set `" STR_FMT "`%s" STR_FMT "%s", STR_ARG(name),
               near.len ? "; did you mean `$" : "", STR_ARG(near), near.len ? "`?" : "");
    return false;
}

static bool read_words_term(Reader *r, const YamlNode *n, MatchTerm *out)
{
    out->kind = MATCH_WORDS;
    if (!shape_string(r, n, YAML_WORD, &out->text)) return false;
    return !r->drill || pack_check_word(r, &r->drill->sets, n->at, out->text);
}

static bool read_group(Reader *r, const YamlNode *n, MatchTerm *out)
{
    MatchTerms any = {0};
    bool ok = pack_read_terms(r, n, &any);
    out->kind = MATCH_GROUP;
    out->any = any.at;
    out->any_count = any.len;
    return ok;
}

static bool read_num(Reader *r, const YamlNode *n, MatchTerm *out)
{
    out->kind = MATCH_NUM;
    return pack_read_object(r, &PACK_NUM_OBJECT, n, out);
}

static bool read_pattern(Reader *r, const YamlNode *n, MatchTerm *out)
{
    out->kind = MATCH_RE;
    return shape_string(r, n, YAML_PATTERN, &out->text);
}

static bool read_rule(Reader *r, const YamlNode *n, MatchTerm *out)
{
    MatchSpec *rule = arena_new(r->arena, MatchSpec);
    out->kind = MATCH_RULE;
    out->rule = rule;
    return pack_read_match(r, n, rule);
}

// A map with one of num and re is that term; any other is a rule of its own.
static bool read_term(Reader *r, const YamlNode *n, MatchTerm *out)
{
    out->at = n->at;
    if (n->bad) return false;
    if (n->kind == YAML_LIST) return read_group(r, n, out);
    if (n->kind == YAML_SCALAR) return read_words_term(r, n, out);
    bool single = n->count == 1;
    if (single && yaml_get(n, S("num"))) return read_num(r, yaml_get(n, S("num")), out);
    if (single && yaml_get(n, S("re"))) return read_pattern(r, yaml_get(n, S("re")), out);
    return read_rule(r, n, out);
}

bool pack_read_near(Reader *r, const YamlNode *n, MatchTerms *out)
{
    if (n->kind != YAML_MAP) return pack_read_terms(r, n, out);
    NearForm form = {0};
    bool ok = pack_read_object(r, &PACK_NEAR_OBJECT, n, &form);
    *out = form.of;
    if (r->match) r->match->within = form.within;
    return ok;
}

static bool read_spec(Reader *r, const YamlNode *n, MatchSpec *out)
{
    if (n->kind == YAML_MAP) return pack_read_object(r, &PACK_MATCH_OBJECT, n, out);
    if (n->kind == YAML_LIST) return pack_read_terms(r, n, &out->alone);
    out->alone = (MatchTerms){arena_new(r->arena, MatchTerm), 1};
    return read_term(r, n, out->alone.at);
}

bool pack_read_match(Reader *r, const YamlNode *n, MatchSpec *out)
{
    MatchSpec *outer = r->match;
    if (n->bad) return false;
    *out = (MatchSpec){.within = 8, .present = true};
    r->match = out;
    bool ok = read_spec(r, n, out);
    r->match = outer;
    return ok;
}

void pack_num_done(Reader *r, const YamlNode *n, void *target)
{
    MatchTerm *t = target;
    bool has_min = yaml_get(n, S("min")), has_max = yaml_get(n, S("max"));
    if (!n->count) (void)yaml_expected(n, "min, max or unit", r->diags);
    if (!t) return;
    t->has_min = has_min;
    t->has_max = has_max;
    if (has_min && has_max && t->num_min > t->num_max) {
        diag_error(r->diags, n->at, "num: min is larger than max");
    }
}

// num and re as operators: one more term that must be there.
static void add_required_term(Reader *r, const YamlNode *n, Str key, MatchSpec *out)
{
    const YamlNode *value = yaml_get(n, key);
    if (!value || value->bad) return;
    MatchTerms all = {arena_array(r->arena, MatchTerm, out->all_of.len + 1), out->all_of.len + 1};
    for (size_t i = 0; i < out->all_of.len; i++) all.at[i] = out->all_of.at[i];
    MatchTerm *t = &all.at[out->all_of.len];
    t->at = value->at;
    (void)(str_eq(key, S("num")) ? read_num(r, value, t) : read_pattern(r, value, t));
    out->all_of = all;
}

static bool has_operator(const YamlNode *n)
{
    Str rest = S("alone pair near before all_of at_least num re"), word;
    while (pack_next_word(&rest, &word)) {
        if (yaml_get(n, word)) return true;
    }
    return false;
}

void pack_match_done(Reader *r, const YamlNode *n, void *target)
{
    MatchSpec *out = target;
    CHECK(out);
    const YamlNode *scope = yaml_get(n, S("scope"));
    add_required_term(r, n, S("num"), out);
    add_required_term(r, n, S("re"), out);
    out->scope_answer = scope && str_eq(scope->text, S("answer"));
    if (out->pair.len == 1) {
        diag_error(r->diags, yaml_get(n, S("pair"))->at,
                   "pair: two different entries are needed; for one word use alone");
    }
    if (out->at_least.len && (size_t)out->at_least_count > out->at_least.len) {
        diag_error(r->diags, yaml_get(n, S("at_least"))->at, "at_least: %d of %zu cannot be",
                   out->at_least_count, out->at_least.len);
    }
    if (!has_operator(n)) {
        diag_error(r->diags, n->at,
                   "match: nothing to listen for: say alone, pair, near, before, all_of, at_least, "
                   "num or re");
    }
}

enum { SETS_MAX = 500 };

// ---- sets

bool pack_read_sets(Reader *r, const YamlNode *n, WordSets *out)
{
    if (n->bad || !yaml_map(n, "sets", r->diags)) return false;
    *out = (WordSets){arena_array(r->arena, WordSet, n->count), n->count};
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlEntry *e = &n->entries[i];
        out->at[i].name = e->key;
        ok &= yaml_texts(r->arena, e->value, YAML_WORD, r->diags, &out->at[i].words);
        if (!pack_is_slug(e->key)) {
            diag_error(r->diags, e->at,
                       "a set's name has lower-case letters, digits, - and _ only");
            ok = false;
        }
    }
    return ok;
}

static StrList joined(Arena *a, StrList x, StrList y)
{
    if (!x.len || !y.len) return x.len ? x : y;
    StrList all = {arena_array(a, Str, x.len + y.len), x.len + y.len};
    for (size_t i = 0; i < x.len; i++) all.at[i] = x.at[i];
    for (size_t i = 0; i < y.len; i++) all.at[x.len + i] = y.at[i];
    return all;
}

WordSets pack_join_sets(Arena *a, WordSets base, WordSets own)
{
    if (!own.len) return base;
    WordSets all = {arena_array(a, WordSet, base.len + own.len), base.len};
    for (size_t i = 0; i < base.len; i++) all.at[i] = base.at[i];
    for (size_t i = 0; i < own.len; i++) {
        WordSet *known = (WordSet *)find_set(&all, own.at[i].name);
        if (known)
            known->words = joined(a, known->words, own.at[i].words);
        else
            all.at[all.len++] = own.at[i];
    }
    return all;
}

enum { SETS_DEPTH_MAX = 8 };

// Depth of every set through those it includes, by relaxation: what still grows after so many
// rounds includes itself, or is built too deep to be understood.
static void measure_depths(const WordSets *sets, int *depth)
{
    for (int round = 0; round <= SETS_DEPTH_MAX; round++) {
        for (size_t i = 0; i < sets->len; i++) {
            for (size_t w = 0; w < sets->at[i].words.len; w++) {
                Str word = sets->at[i].words.at[w];
                if (!str_starts(word, S("$"))) continue;
                const WordSet *part = find_set(sets, str_slice(word, 1, word.len));
                int below = part ? depth[part - sets->at] + 1 : 0;
                if (below > depth[i]) depth[i] = below;
            }
        }
    }
}

static bool check_depths(Reader *r, const YamlNode *n, const WordSets *sets)
{
    int *depth = arena_array(r->arena, int, sets->len);
    bool ok = true;
    measure_depths(sets, depth);
    for (size_t i = 0; i < n->count; i++) {
        const WordSet *set = find_set(sets, n->entries[i].key);
        if (!set || depth[set - sets->at] <= SETS_DEPTH_MAX) continue;
        diag_error(r->diags, n->entries[i].at,
                   "the set `" STR_FMT "` includes itself, or others more than %d deep",
                   STR_ARG(set->name), SETS_DEPTH_MAX);
        ok = false;
    }
    return ok;
}

bool pack_check_sets(Reader *r, const YamlNode *n, const WordSets *sets)
{
    bool ok = true;
    if (!n || n->bad || n->kind != YAML_MAP) return true;
    if (sets->len > SETS_MAX) {
        diag_error(r->diags, n->at, "more than %d sets of words are too many", SETS_MAX);
        return false;
    }
    for (size_t i = 0; i < n->count; i++) {
        const YamlNode *list = n->entries[i].value;
        for (size_t w = 0; list->kind == YAML_LIST && w < list->count; w++) {
            ok &= pack_check_word(r, sets, list->items[w]->at, list->items[w]->text);
        }
    }
    return check_depths(r, n, sets) && ok;
}
