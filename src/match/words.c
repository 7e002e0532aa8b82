// words: a text cut into words with their bytes, and into sentences.
//
// One pass over the code points. A word is letters and digits, with an apostrophe between letters
// and a point or comma between digits; a single hyphen or underscore between two words glues them.
// A point ends a sentence only in front of white space, and not in "e.g." or "vs.".
#include "base/utf8.h"
#include "base/vec.h"
#include "match/match.h"

typedef struct {
    Arena *arena;
    MatchStemmer *stemmer;
    Str text;
    VEC(MatchWord) words;
    VEC(MatchSentence) sentences;
    size_t first; // word that begins the sentence
} Cutter;

static bool in(uint32_t c, uint32_t low, uint32_t high)
{
    return c >= low && c <= high;
}

static bool digit(uint32_t c)
{
    return in(c, '0', '9');
}

// Letters and digits: in ASCII exactly, above by leaving out the blocks of marks and symbols.
static bool word_char(uint32_t c)
{
    if (c < 0x80) return digit(c) || in(c | 0x20, 'a', 'z');
    if (c < 0xC0 || c == 0xD7 || c == 0xF7 || c == 0xFFFD) return false;
    return !in(c, 0x2000, 0x2BFF) && !in(c, 0x3000, 0x303F) && !in(c, 0xFF00, 0xFF0F) &&
           !in(c, 0xFE00, 0xFE6F) && !in(c, 0x1F000, 0x1FAFF) && !in(c, 0xE0000, 0xE0FFF);
}

static bool apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static uint32_t at(const Cutter *c, size_t byte, size_t *length)
{
    *length = 0;
    return byte < c->text.len ? utf8_decode(c->text, byte, length) : 0;
}

// "1,288", but not "1,2,3": three digits stand behind the comma and no fourth.
static bool thousands(const Cutter *c, size_t behind)
{
    size_t n = 0;
    while (behind + n < c->text.len && digit((unsigned char)c->text.ptr[behind + n])) n++;
    return n == 3;
}

// Does the mark belong to the word? "don't", "2.4", "1,288". `behind`: where it ends.
static bool inside_word(const Cutter *c, uint32_t mark, uint32_t before, size_t behind)
{
    size_t length;
    uint32_t after = at(c, behind, &length);
    if (apostrophe(mark)) return !digit(before) && word_char(after) && !digit(after);
    if (!digit(before) || !digit(after)) return false;
    return mark == '.' || (mark == ',' && thousands(c, behind));
}

static size_t word_end(const Cutter *c, size_t from)
{
    uint32_t before = 0;
    for (size_t byte = from, length; byte < c->text.len; byte += length) {
        uint32_t cp = at(c, byte, &length);
        if (!word_char(cp) && !inside_word(c, cp, before, byte + length)) return byte;
        before = cp;
    }
    return c->text.len;
}

static uint32_t lower(uint32_t c)
{
    if (in(c, 'A', 'Z') || (in(c, 0xC0, 0xDE) && c != 0xD7)) return c + 0x20;
    if (in(c, 0x391, 0x3A9) || in(c, 0x410, 0x42F)) return c + 0x20; // Greek, Cyrillic
    return apostrophe(c) ? '\'' : c;
}

// "SLAs", "DAGs": capitals with an s behind them are a plural that Snowball would not see.
static bool plural_of_capitals(Str s)
{
    if (s.len < 3 || s.ptr[s.len - 1] != 's') return false;
    for (size_t i = 0; i + 1 < s.len; i++) {
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z') return false;
    }
    return true;
}

static Str normal(Arena *a, Str word)
{
    char *out =
        arena_array(a, char, word.len * 2 + 1); // a lower-case letter is never twice as long
    size_t n = 0;
    if (plural_of_capitals(word)) word.len--;
    for (size_t byte = 0, length; byte < word.len; byte += length) {
        uint32_t cp = utf8_decode(word, byte, &length);
        if (cp == ',') continue;
        n += utf8_encode(lower(cp), out + n);
    }
    return (Str){out, n};
}

static void add_word(Cutter *c, size_t from, size_t to, MatchGlue glue)
{
    Str text = str_slice(c->text, from, to);
    Str norm = normal(c->arena, text);
    *vec_push(c->arena, &c->words) = (MatchWord){.text = text,
                                                 .norm = norm,
                                                 .stem = match_stem(c->arena, c->stemmer, norm),
                                                 .glue = glue,
                                                 .sentence = c->sentences.len};
}

static void end_sentence(Cutter *c)
{
    size_t count = c->words.len - c->first;
    if (count) *vec_push(c->arena, &c->sentences) = (MatchSentence){c->first, count};
    c->first = c->words.len;
}

static bool white(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0;
}

static bool closing(uint32_t c)
{
    return c == ')' || c == ']' || c == '"' || c == '\'' || c == '`' || c == '*' || c == 0x201D ||
           c == 0x2019;
}

// "vs." and the last letter of "e.g.".
static bool abbreviation(const Cutter *c)
{
    static const char *const words[] = {"vs", "approx", "cf"};
    if (c->words.len == c->first) return false;
    const MatchWord *w = &c->words.at[c->words.len - 1];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(w->norm, str_from(words[i]))) return true;
    }
    return w->text.len == 1 && w->text.ptr > c->text.ptr && w->text.ptr[-1] == '.';
}

static bool ends_sentence(const Cutter *c, uint32_t mark, size_t behind)
{
    if (mark == '\n' || mark == '!' || mark == '?' || mark == 0x2026) return true;
    if (mark != '.') return false;
    size_t length;
    uint32_t next = at(c, behind, &length);
    while (closing(next)) next = at(c, behind += length, &length);
    return (behind >= c->text.len || white(next) || next == '.') && !abbreviation(c);
}

// How the word at `from` hangs on the one that ended at `end`.
static MatchGlue glue_between(const Cutter *c, size_t end, size_t from)
{
    size_t length;
    if (c->words.len == c->first || end >= from) return MATCH_APART;
    uint32_t mark = at(c, end, &length);
    if (end + length != from) return MATCH_APART;
    if (mark == '_') return MATCH_UNDERSCORE;
    return hyphen(mark) ? MATCH_HYPHEN : MATCH_APART;
}

// "e-mail" is also heard as "email": at the first word of a run of hyphens, all of it as one word.
static void close_runs(Cutter *c)
{
    for (size_t i = 0, n; i < c->words.len; i += n) {
        n = 1;
        bool plain = c->words.at[i].glue == MATCH_APART;
        while (i + n < c->words.len && c->words.at[i + n].glue != MATCH_APART) {
            plain = plain && c->words.at[i + n].glue == MATCH_HYPHEN;
            n++;
        }
        if (!plain || n < 2) continue;
        Str parts[8];
        if (n > sizeof parts / sizeof *parts) continue;
        for (size_t k = 0; k < n; k++) parts[k] = c->words.at[i + k].norm;
        Str one = str_join(c->arena, (StrList){parts, n}, S(""));
        c->words.at[i].run = n;
        c->words.at[i].closed = match_stem(c->arena, c->stemmer, one);
    }
}

MatchText match_words(Arena *a, MatchStemmer *s, Str text)
{
    Cutter c = {.arena = a, .stemmer = s, .text = text};
    size_t end = 0; // of the last word
    for (size_t byte = 0, length; byte < text.len;) {
        uint32_t cp = at(&c, byte, &length);
        if (word_char(cp) || cp == '%') {
            size_t to = cp == '%' ? byte + 1 : word_end(&c, byte);
            add_word(&c, byte, to, glue_between(&c, end, byte));
            byte = end = to;
            continue;
        }
        if (ends_sentence(&c, cp, byte + length)) end_sentence(&c);
        byte += length;
    }
    end_sentence(&c);
    close_runs(&c);
    return (MatchText){text, c.words.at, c.words.len, c.sentences.at, c.sentences.len};
}
