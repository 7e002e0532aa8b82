// entry: one entry of a list of words, heard in one sentence.
//
// Hyphens are not reliable in typed English, so "exactly once" is heard in "exactly-once", and
// "e-mail" and "email" in each other. An identifier is heard whole: "valid from" in "valid_from",
// but not "from". "non" turns a word around: "idempotent" is not heard in "non-idempotent".
#include "rubric/private.h"

RubricEntry rubric_entry(Arena *a, MatchStemmer *s, Str written)
{
    RubricEntry e = {.kind = ENTRY_STEMS};
    written = str_trim(written);
    if (str_starts(written, S("="))) {
        e.kind = ENTRY_EXACT;
        written = str_slice(written, 1, written.len);
    } else if (str_ends(written, S("*"))) {
        e.kind = ENTRY_PREFIX;
        written = str_slice(written, 0, written.len - 1);
    }
    e.words = match_words(a, s, written);
    if (e.kind != ENTRY_STEMS || !e.words.word_count) return e;
    Str *parts = arena_array(a, Str, e.words.word_count);
    for (size_t i = 0; i < e.words.word_count; i++) parts[i] = e.words.words[i].norm;
    e.closed = match_stem(a, s, str_join(a, (StrList){parts, e.words.word_count}, S("")));
    return e;
}

static bool same_word(const RubricEntry *e, size_t i, const MatchWord *heard)
{
    const MatchWord *wanted = &e->words.words[i];
    switch (e->kind) {
    case ENTRY_EXACT:
        return str_eq(wanted->norm, heard->norm);
    case ENTRY_PREFIX:
        if (i + 1 == e->words.word_count) return str_starts(heard->norm, wanted->norm);
        return str_eq(wanted->stem, heard->stem);
    case ENTRY_STEMS:
        return str_eq(wanted->stem, heard->stem);
    }
    return false;
}

// Words [at, at + count) are not the middle of an identifier, and no "non-" stands in front.
static bool stands_alone(const MatchText *t, size_t at, size_t count)
{
    const MatchWord *first = &t->words[at];
    if (first->glue == MATCH_UNDERSCORE) return false;
    if (at + count < t->word_count && first[count].glue == MATCH_UNDERSCORE) return false;
    return first->glue != MATCH_HYPHEN || !str_eq(first[-1].norm, S("non"));
}

// Heard at word `at`, of `left` words to the end of the sentence? How many words, or 0.
static size_t heard_at(const RubricEntry *e, const MatchText *t, size_t at, size_t left)
{
    const MatchWord *w = &t->words[at];
    size_t n = e->words.word_count;
    if (e->kind == ENTRY_STEMS) {
        bool as_one = n > 1 && str_eq(w->stem, e->closed);
        if (as_one && stands_alone(t, at, 1)) return 1;
        if (w->run && w->run <= left && str_eq(w->closed, e->closed)) return w->run;
    }
    if (n > left) return 0;
    for (size_t i = 0; i < n; i++) {
        if (!same_word(e, i, w + i)) return 0;
    }
    return stands_alone(t, at, n) ? n : 0;
}

bool rubric_entry_find(const RubricEntry *e, const MatchText *text, const MatchSentence *sentence,
                       size_t from, RubricSpan *out)
{
    size_t end = sentence->first + sentence->count;
    if (!e->words.word_count) return false;
    for (size_t at = from > sentence->first ? from : sentence->first; at < end; at++) {
        size_t n = heard_at(e, text, at, end - at);
        if (!n) continue;
        *out = (RubricSpan){at, n};
        return true;
    }
    return false;
}
