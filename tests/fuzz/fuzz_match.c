// fuzz_match: line one is a pattern, all of it a text; both are read without trouble.
#include "base/check.h"
#include "match/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void search(Str pattern, Str text)
{
    MatchRegex *re;
    MatchSpan span;
    Error err = {0};
    bool found;
    if (!match_regex_open(pattern, true, &re, &err)) {
        CHECK(err.text[0]);
        return;
    }
    if (match_regex_find(re, text, 0, NULL, &found, &span, &err)) {
        CHECK(!found || (span.from <= span.to && span.to <= text.len));
    } else {
        CHECK(err.text[0]);
    }
    match_regex_close(re);
}

static void cut(Str text)
{
    Arena a = {0};
    MatchStemmer *stemmer = match_stemmer_open();
    MatchText t = match_words(&a, stemmer, text);
    size_t next = 0;
    const char *end = text.ptr;
    for (size_t i = 0; i < t.sentence_count; i++) {
        CHECK(t.sentences[i].first == next && t.sentences[i].count > 0);
        next += t.sentences[i].count;
    }
    CHECK(next == t.word_count);
    for (size_t i = 0; i < t.word_count; i++) {
        const MatchWord *w = &t.words[i];
        CHECK(w->text.len && w->text.ptr >= end);
        CHECK(w->sentence < t.sentence_count && i + w->run <= t.word_count);
        end = w->text.ptr + w->text.len;
    }
    CHECK(!t.word_count || end <= text.ptr + text.len);
    match_stemmer_close(stemmer);
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = {(const char *)data, size}, pattern, rest;
    str_cut(text, '\n', &pattern, &rest);
    search(pattern, rest);
    cut(text);
    return 0;
}
