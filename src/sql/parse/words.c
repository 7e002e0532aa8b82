// words: finding a word of the parser by its text.
#include "sql/words.h"
#include <assert.h>
#include <string.h>

#define WORD_TEXT(name, flags) STR_LIT(#name),
#define WORD_FLAGS(name, flags) flags,
static const Str texts[] = {SQL_WORDS(WORD_TEXT)};
static const unsigned char flags_of[] = {SQL_WORDS(WORD_FLAGS)};
enum { WORDS = sizeof texts / sizeof *texts, LONGEST = 20 };
static_assert(WORDS == WORD_END_ - WORD_FIRST_ - 1, "every word has a text");

// In the order of the SYM_… from SYM_LONG on.
static const Str operators[] = {
    STR_LIT("<=>"), STR_LIT("->>"), STR_LIT("!~*"), STR_LIT("::"),  STR_LIT("||"),
    STR_LIT("<="),  STR_LIT(">="),  STR_LIT("<>"),  STR_LIT("!="),  STR_LIT("=="),
    STR_LIT("->"),  STR_LIT("=>"),  STR_LIT("<<"),  STR_LIT(">>"),  STR_LIT("&&"),
    STR_LIT("!~"),  STR_LIT("~*"),  STR_LIT(":="),  STR_LIT("**"),  STR_LIT("@>"),
    STR_LIT("<@"),  STR_LIT("?|"),  STR_LIT("?&"),  STR_LIT("#>>"), STR_LIT("#>"),
};
static_assert(sizeof operators / sizeof *operators == SYM_PATH - SYM_LONG + 1, "name them all");

// Bisection without a call per step: a query asks for every one of its words.
int sql_word_of(Str text)
{
    char upper[LONGEST];
    if (text.len == 0 || text.len > LONGEST) return SYM_NONE;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    int low = 0, high = WORDS;
    while (low < high) {
        int mid = (low + high) / 2;
        size_t n = texts[mid].len < text.len ? texts[mid].len : text.len;
        int c = texts[mid].ptr[0] - upper[0]; // decides most steps
        if (c == 0) c = memcmp(texts[mid].ptr, upper, n);
        if (c == 0) c = (texts[mid].len > text.len) - (texts[mid].len < text.len);
        if (c == 0) return WORD_FIRST_ + 1 + mid;
        if (c < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return SYM_NONE;
}

int sql_word_flags(int word)
{
    return word > WORD_FIRST_ ? flags_of[word - WORD_FIRST_ - 1] : 0;
}
Str sql_word_text(int word)
{
    return texts[word - WORD_FIRST_ - 1];
}

int sql_operator_of(Str text)
{
    if (text.len == 1) return (unsigned char)text.ptr[0];
    for (int i = 0; i < (int)(sizeof operators / sizeof *operators); i++) {
        if (str_eq(text, operators[i])) return SYM_LONG + i;
    }
    return SYM_NONE;
}

Str sql_operator_text(int symbol)
{
    static const char singles[] = "+-*/%=<>,;.()[]{}~&|^:?@!$#";
    if (symbol >= SYM_LONG && symbol <= SYM_PATH) return operators[symbol - SYM_LONG];
    const char *at = symbol > 0 && symbol < SYM_LONG ? strchr(singles, symbol) : NULL;
    return at ? (Str){at, 1} : (Str){0};
}
