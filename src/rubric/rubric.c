// rubric: axis names, and lists of words heard in a text.
//
// A list is an OR, so each set is looked into once, however often it is named: a set that holds
// itself ends by that, and no nest of sets can cost more than its entries.
#include "base/map.h"
#include "rubric/private.h"
#include <assert.h>

static const char *const axis_names[] = {
    [AXIS_CORRECTNESS] = "correctness",     [AXIS_CLARIFICATION] = "clarification",
    [AXIS_TRADEOFFS] = "tradeoffs",         [AXIS_FAILURE] = "failure",
    [AXIS_COMMUNICATION] = "communication",
};
static_assert(sizeof axis_names / sizeof *axis_names == AXIS_COUNT_, "name every axis");

const char *axis_title(Axis a)
{
    return a == AXIS_TRADEOFFS ? "trade-offs" : axis_names[a];
}

const char *axis_name(Axis a)
{
    return axis_names[a];
}

bool axis_from_name(Str name, Axis *out)
{
    for (int i = 0; i < AXIS_COUNT_; i++) {
        if (!str_eq(name, str_from(axis_names[i]))) continue;
        *out = (Axis)i;
        return true;
    }
    return false;
}

// ---- sets ---------------------------------------------------------------------------------------

enum { SETS_DEPTH_MAX = 16 }; // sets inside each other

// The set that an entry names, or NULL; *is_set tells a name from a word.
static const WordSet *named_set(Str entry, const WordSets *sets, bool *is_set)
{
    entry = str_trim(entry);
    *is_set = str_starts(entry, S("$"));
    if (!*is_set || !sets) return NULL;
    Str name = str_slice(entry, 1, entry.len);
    for (size_t i = 0; i < sets->len; i++) {
        if (str_eq(sets->at[i].name, name)) return &sets->at[i];
    }
    return NULL;
}

// ---- hearing ------------------------------------------------------------------------------------
typedef struct {
    Arena arena;
    MatchStemmer *stemmer;
    MatchText text;
    Map said; // stems of what the interviewer said
    const WordSets *sets;
    bool *visited; // a set was looked into
} Ear;

static Map stems_of(Arena *a, const MatchText *said)
{
    Map stems = {.arena = a};
    for (size_t i = 0; i < said->word_count; i++) {
        map_put(&stems, said->words[i].stem, &said->words[i]);
    }
    return stems;
}

static bool is_echo(const Ear *ear, RubricSpan span)
{
    for (size_t i = 0; i < span.count; i++) {
        if (!map_get(&ear->said, ear->text.words[span.first + i].stem)) return false;
    }
    return true;
}

static bool hears_entry(Ear *ear, Str written)
{
    RubricEntry e = rubric_entry(&ear->arena, ear->stemmer, written);
    for (size_t i = 0; i < ear->text.sentence_count; i++) {
        RubricSpan span;
        size_t from = 0;
        while (rubric_entry_find(&e, &ear->text, &ear->text.sentences[i], from, &span)) {
            if (!is_echo(ear, span)) return true;
            from = span.first + 1;
        }
    }
    return false;
}

static bool hears_list(Ear *ear, StrList words, int depth)
{
    for (size_t i = 0; i < words.len; i++) {
        bool is_set;
        const WordSet *set = named_set(words.at[i], ear->sets, &is_set);
        if (!is_set && hears_entry(ear, words.at[i])) return true;
        if (!set || depth == SETS_DEPTH_MAX || ear->visited[set - ear->sets->at]) continue;
        ear->visited[set - ear->sets->at] = true;
        if (hears_list(ear, set->words, depth + 1)) return true;
    }
    return false;
}

bool rubric_hears(Str text, StrList words, const WordSets *sets, Str said)
{
    Ear ear = {.stemmer = match_stemmer_open(), .sets = sets};
    ear.text = match_words(&ear.arena, ear.stemmer, text);
    MatchText before = match_words(&ear.arena, ear.stemmer, said);
    ear.said = stems_of(&ear.arena, &before);
    if (sets) ear.visited = arena_array(&ear.arena, bool, sets->len);
    bool heard = hears_list(&ear, words, 0);
    match_stemmer_close(ear.stemmer);
    arena_free(&ear.arena);
    return heard;
}

bool rubric_is_echo(Str text, Str said)
{
    Arena a = {0};
    MatchStemmer *stemmer = match_stemmer_open();
    MatchText echo = match_words(&a, stemmer, text), before = match_words(&a, stemmer, said);
    Map stems = stems_of(&a, &before);
    size_t given_back = 0, own = 0;
    for (size_t i = 0; i < echo.word_count; i++) {
        if (rubric_is_function_word(&echo.words[i])) continue;
        ++*(map_get(&stems, echo.words[i].stem) ? &given_back : &own);
    }
    match_stemmer_close(stemmer);
    arena_free(&a);
    return given_back > 0 && own == 0;
}

// ---- checking -----------------------------------------------------------------------------------
typedef struct {
    const WordSets *sets;
    Place at;
    Diags *diags;
    bool *visited, *open; // open: on the way from the list to here
    int depth;
    MatchStemmer *stemmer;
} Checker;

static void check_list(Checker *c, StrList words);

static void report_unknown(Checker *c, Str entry)
{
    Arena *a = c->diags->arena;
    Str name = str_slice(entry, 1, entry.len), near = S("");
    if (c->sets) {
        Str *names = arena_array(a, Str, c->sets->len);
        for (size_t i = 0; i < c->sets->len; i++) names[i] = c->sets->at[i].name;
        near = str_nearest(name, (StrList){names, c->sets->len});
    }
    Str advice = near.len ? str_fmt(a, "; did you mean $" STR_FMT "?", STR_ARG(near)) : S("");
    diag_error(c->diags, c->at, "there is no set of words named $" STR_FMT STR_FMT, STR_ARG(name),
               STR_ARG(advice));
}

static void check_set(Checker *c, const WordSet *set)
{
    size_t i = (size_t)(set - c->sets->at);
    if (c->open[i]) {
        diag_error(c->diags, c->at, "the set $" STR_FMT " holds itself", STR_ARG(set->name));
        return;
    }
    if (c->visited[i]) return;
    if (c->depth == SETS_DEPTH_MAX) {
        diag_error(c->diags, c->at, "sets are nested more than %d deep at $" STR_FMT,
                   SETS_DEPTH_MAX, STR_ARG(set->name));
        return;
    }
    c->visited[i] = c->open[i] = true;
    c->depth++;
    check_list(c, set->words);
    c->depth--;
    c->open[i] = false;
}

static void check_list(Checker *c, StrList words)
{
    for (size_t i = 0; i < words.len; i++) {
        bool is_set;
        Str entry = str_trim(words.at[i]);
        const WordSet *set = named_set(entry, c->sets, &is_set);
        if (set) {
            check_set(c, set);
        } else if (is_set) {
            report_unknown(c, entry);
        } else if (!rubric_entry(c->diags->arena, c->stemmer, entry).words.word_count) {
            diag_error(c->diags, c->at, "`" STR_FMT "` holds no word that could be heard",
                       STR_ARG(entry));
        }
    }
}

void rubric_check_words(StrList words, const WordSets *sets, Place at, Diags *d)
{
    Checker c = {.sets = sets, .at = at, .diags = d, .stemmer = match_stemmer_open()};
    size_t n = sets ? sets->len : 0;
    c.visited = arena_array(d->arena, bool, n);
    c.open = arena_array(d->arena, bool, n);
    check_list(&c, words);
    match_stemmer_close(c.stemmer);
}
