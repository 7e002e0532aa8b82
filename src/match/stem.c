// stem: Snowball's English stems, as libstemmer makes them.
#include "base/check.h"
#include "match/match.h"
#include <libstemmer.h>
#include <stdlib.h>

enum { WORD_MAX = 64 }; // longer ones are no English words, and are kept whole

struct MatchStemmer {
    struct sb_stemmer *snowball;
};

MatchStemmer *match_stemmer_open(void)
{
    MatchStemmer *s = calloc(1, sizeof *s);
    if (!s) die_out_of_memory();
    s->snowball = sb_stemmer_new("english", NULL);
    if (!s->snowball) die_out_of_memory(); // English is always built in
    return s;
}

void match_stemmer_close(MatchStemmer *s)
{
    if (!s) return;
    sb_stemmer_delete(s->snowball);
    free(s);
}

static bool has_digit(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') return true;
    }
    return false;
}

Str match_stem(Arena *a, MatchStemmer *s, Str word)
{
    if (!word.len || word.len > WORD_MAX || has_digit(word)) return word;
    const sb_symbol *stem =
        sb_stemmer_stem(s->snowball, (const sb_symbol *)word.ptr, (int)word.len);
    if (!stem) die_out_of_memory();
    return str_copy(a, (Str){(const char *)stem, (size_t)sb_stemmer_length(s->snowball)});
}
