// parse_words: words by their texts, where a grammar has more of them than the table of words; and
// text that is kept as it stands.
#include "base/buf.h"
#include "sql/parse.h"

bool is_word(const Parser *p, size_t ahead, const char *word)
{
    return str_eq_nocase(tok_text(p, tok_at(p, ahead)), str_from(word));
}

static Str next_word(Str *rest)
{
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != ' ') end++;
    Str word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
    return word;
}

static size_t words_at(const Parser *p, const char *words)
{
    Str rest = str_from(words);
    size_t n = 0;
    while (rest.len) {
        if (!str_eq_nocase(tok_text(p, tok_at(p, n)), next_word(&rest))) return 0;
        n++;
    }
    return n;
}

bool is_words(const Parser *p, const char *words)
{
    return words_at(p, words) > 0;
}

bool skip_words(Parser *p, const char *words)
{
    size_t n = words_at(p, words);
    for (size_t i = 0; i < n; i++) skip(p);
    return n > 0;
}

SqlNode *accept_words(Parser *p, const char *const *all)
{
    for (; *all; all++) {
        if (!is_words(p, *all)) continue;
        SqlNode *n = node_new(p, NODE_WORDS);
        n->text = str_from(*all);
        skip_words(p, *all);
        return node_done(p, n);
    }
    return NULL;
}

static void take(Parser *p, Buf *b)
{
    int sym = sym_at(p, 0);
    bool tight = sym == ',' || sym == ')' || sym == ']' || sym == '.';
    char last = b->len ? b->ptr[b->len - 1] : '(';
    bool open = last == '(' || last == '[' || last == '.';
    if (!tight && !open) buf_char(b, ' ');
    buf_add(b, tok_text(p, tok_at(p, 0)));
    skip(p);
}

// '(' and all up to its ')'.
static void take_group(Parser *p, Buf *b)
{
    size_t open = p->pos;
    int depth = 0;
    do {
        if (is(p, '(')) depth++;
        if (is(p, ')')) depth--;
        take(p, b);
    } while (depth > 0 && p->pos + 1 < p->count);
    if (depth > 0) parse_fail(p, open, "This ( is never closed.");
}

SqlNode *parse_words(Parser *p, size_t count)
{
    SqlNode *n = node_new(p, NODE_WORDS);
    Buf b = buf_new(p->arena);
    for (size_t i = 0; i < count; i++) {
        bool none = tok_at(p, 0)->kind == TOKEN_END || is(p, ';') || is(p, ')') || is(p, ',');
        if (none) {
            parse_expected(p, "a word");
            break;
        }
        if (is(p, '(')) {
            take_group(p, &b);
        } else {
            take(p, &b);
        }
    }
    n->text = buf_str(&b);
    return node_done(p, n);
}

Str upper_text(Parser *p, Str word)
{
    char *upper = arena_array(p->arena, char, word.len + 1);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (Str){upper, word.len};
}
