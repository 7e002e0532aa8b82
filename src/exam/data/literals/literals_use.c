// literals_use: what a string of a query stands for, and to what use it is put.
#include "exam/data/literals/literals.h"
#include "exam/data/literals/literals_scan.h"

static bool escapes(const Scan *s)
{
    return s->dialect == DIALECT_SNOWFLAKE || s->dialect == DIALECT_BIGQUERY ||
           s->dialect == DIALECT_SPARK || s->dialect == DIALECT_MYSQL;
}

// r'…' and e'…': the letter that stands right before this string.
char scan_prefix(const Scan *s, const Token *t)
{
    const Token *b = &s->before[1];
    bool beside = b->kind == TOKEN_NAME && b->text.len == 1 && b->at + 1 == t->at;
    return beside ? (char)(b->text.ptr[0] | 0x20) : '\0';
}

// Without its quotes; a doubled quote, and a backslash where it is one, stand for one character.
Str scan_unquoted(const Scan *s, const Token *t)
{
    Str text = t->text;
    Buf b = buf_new(s->arena);
    char quote = text.ptr[0], prefix = scan_prefix(s, t);
    bool backslash = prefix == 'e' || (escapes(s) && prefix != 'r');
    for (size_t i = 1; i + 1 < text.len; i++) {
        char c = text.ptr[i];
        bool kept = text.ptr[i + 1] == '%' || text.ptr[i + 1] == '_'; // LIKE needs it
        if (c == '\\' && backslash && !kept && i + 2 < text.len) c = text.ptr[++i];
        buf_char(&b, c);
        if (c == quote && text.ptr[i + 1] == quote) i++;
    }
    return buf_str(&b);
}

// The pattern of GLOB as one of LIKE, that of SIMILAR TO as a regular expression.
Str scan_respelled(const Scan *s, Str pattern)
{
    Buf b = buf_new(s->arena);
    if (s->similar) buf_add(&b, S("^("));
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];
        if (s->glob) c = c == '*' ? '%' : c == '?' ? '_' : c;
        if (s->similar && c == '%') buf_char(&b, '.');
        buf_char(&b, !s->similar ? c : c == '%' ? '*' : c == '_' ? '.' : c);
    }
    if (s->similar) buf_add(&b, S(")$"));
    return buf_str(&b);
}

// What the next string is to the query.
void scan_use(Scan *s, const Token *t)
{
    static const char *const regexps[] = {"regexp", "rlike", "similar"};
    static const Str signs[] = {STR_LIT("~"), STR_LIT("~*"), STR_LIT("!~"), STR_LIT("!~*")};
    bool regexp = scan_is_any(t, regexps, sizeof regexps / sizeof *regexps), any = false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) regexp |= str_eq(t->text, signs[i]);
    Str name = str_starts(t->text, S("gr_")) ? str_slice(t->text, 3, t->text.len) : t->text;
    regexp |=
        t->kind == TOKEN_NAME && name.len > 7 && str_eq_nocase(str_slice(name, 0, 7), S("regexp_"));
    s->glob = scan_is_word(t, "glob") || (s->glob && s->use == LITERAL_LIKE);
    s->similar = scan_is_word(t, "similar") || (s->similar && s->use == LITERAL_REGEXP);
    any = scan_is_word(t, "like") || scan_is_word(t, "ilike") || scan_is_word(t, "glob");
    if (any) s->use = LITERAL_LIKE;
    if (regexp) s->use = LITERAL_REGEXP;
    if (s->use != LITERAL_VALUE) s->many |= scan_is_word(t, "any") || scan_is_word(t, "all");
}
