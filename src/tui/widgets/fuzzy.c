// fuzzy: substrings first, then letters in order.
#include "tui/widgets/fuzzy.h"
#include "tui/widgets/words.h"

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static bool find_nocase(Str text, Str needle, size_t *at)
{
    for (size_t i = 0; i + needle.len <= text.len; i++) {
        if (!str_eq_nocase(str_slice(text, i, i + needle.len), needle)) continue;
        *at = i;
        return true;
    }
    return false;
}

bool fuzzy_contains(Str text, Str words)
{
    while (words.len > 0) {
        Str word;
        size_t at;
        str_cut(words, ' ', &word, &words);
        if (word.len > 0 && !find_nocase(text, word, &at)) return false;
    }
    return true;
}

static bool starts_word(Str text, size_t at)
{
    return at == 0 || !word_is_part(text.ptr[at - 1]) || text.ptr[at - 1] == '_';
}

int fuzzy_score(Str text, Str pattern)
{
    enum { SUBSTRING = 100000, LENGTHS = 1000, LETTER = 1, RUN = 4, WORD_START = 6 };
    int brevity = text.len < LENGTHS ? LENGTHS - (int)text.len : 0;
    size_t at;
    if (find_nocase(text, pattern, &at)) {
        return SUBSTRING + (starts_word(text, at) ? 2 * LENGTHS : 0) + brevity;
    }
    int score = 1;
    bool run = false;
    size_t next = 0;
    for (size_t i = 0; i < text.len && next < pattern.len; i++) {
        while (next < pattern.len && pattern.ptr[next] == ' ') next++;
        if (next < pattern.len && lower(text.ptr[i]) == lower(pattern.ptr[next])) {
            score += LETTER + (run ? RUN : 0) + (starts_word(text, i) ? WORD_START : 0);
            next++;
            run = true;
        } else {
            run = false;
        }
    }
    while (next < pattern.len && pattern.ptr[next] == ' ') next++;
    return next == pattern.len ? score : 0;
}
