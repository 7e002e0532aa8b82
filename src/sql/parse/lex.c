// lex: SQL text to tokens. Any bytes are handled, each byte is looked at a bounded number of times.
//
// What differs between dialects is data: which quotes make names, which make strings, and what else
// opens a comment. A literal that does not end is one TOKEN_ERROR up to the end of the text, so an
// editor colours it all as broken.
#include "base/utf8.h"
#include "sql/words.h"
#include <assert.h>
#include <string.h>

typedef struct {
    bool hash_comment;  // # starts a comment
    bool double_string; // "x" is a string, not a name
    bool backslash;     // \' inside a string is an escaped quote
    bool dollar;        // $$x$$ and $tag$x$tag$
    bool slashes;       // // starts a comment
    bool digit_names;   // 2nd is a name
    bool suffixes;      // 10L is a number
    bool grouped;       // 1_000 is a number
    bool triple;        // '''x''' and """x""" are strings, with quotes and lines in them
    bool nested;        // a comment in a comment, each with its own end
} Lexis;

static const Lexis lexis[] = {
    [DIALECT_SQLITE] = {0},
    [DIALECT_SNOWFLAKE] = {.backslash = true, .dollar = true, .slashes = true},
    [DIALECT_BIGQUERY] = {.hash_comment = true,
                          .double_string = true,
                          .backslash = true,
                          .triple = true},
    [DIALECT_SPARK] = {.double_string = true, .backslash = true, .suffixes = true, .nested = true},
    [DIALECT_POSTGRES] = {.dollar = true, .grouped = true, .nested = true},
    [DIALECT_TRINO] = {.grouped = true},
    [DIALECT_MYSQL] = {.hash_comment = true,
                       .double_string = true,
                       .backslash = true,
                       .digit_names = true},
    [DIALECT_DUCKDB] = {.dollar = true, .grouped = true, .nested = true},
    [DIALECT_FLINK] = {0},
};
static_assert(sizeof lexis / sizeof *lexis == DIALECT_COUNT_, "a row for every dialect");

// Bytes above 0x7f start or continue a name: identifiers may be in any script.
static bool starts_name(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}
static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}
static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static unsigned char byte(const Lexer *x, size_t at)
{
    return at < x->sql.len ? (unsigned char)x->sql.ptr[at] : 0;
}

Lexer sql_lexer(Str sql, Dialect d)
{
    return (Lexer){.sql = sql, .dialect = d, .line = 1, .column = 1};
}

// Moves to `to`, counting lines and code points.
static void advance(Lexer *x, size_t to)
{
    for (; x->at < to; x->at++) {
        unsigned char c = byte(x, x->at);
        if (c == '\n') {
            x->line++;
            x->column = 1;
        } else if ((c & 0xc0) != 0x80) {
            x->column++;
        }
    }
}

static size_t line_end(const Lexer *x, size_t at)
{
    while (at < x->sql.len && byte(x, at) != '\n') at++;
    return at;
}

// Behind the */ that closes, or 0 when none does.
static size_t block_end(const Lexer *x, size_t at)
{
    bool nested = lexis[x->dialect].nested;
    int open = 1;
    for (at += 2; at + 1 < x->sql.len; at++) {
        unsigned char c = byte(x, at), next = byte(x, at + 1);
        bool ends = c == '*' && next == '/', starts = nested && c == '/' && next == '*';
        if (!ends && !starts) continue;
        open += starts ? 1 : -1;
        if (!open) return at + 2;
        at++;
    }
    return 0;
}

// Behind the quote that closes; a doubled one stands for itself. 0 when none closes.
static size_t quote_end(const Lexer *x, size_t at, unsigned char quote, bool backslash)
{
    for (at++; at < x->sql.len; at++) {
        if (backslash && byte(x, at) == '\\') {
            at++;
        } else if (byte(x, at) == quote) {
            if (byte(x, at + 1) != quote) return at + 1;
            at++;
        }
    }
    return 0;
}

// $tag$ … $tag$: behind the closing mark, or 0. *is_dollar says whether this is one at all.
static size_t dollar_end(const Lexer *x, size_t at, bool *is_dollar)
{
    size_t tag = at + 1;
    while (starts_name(byte(x, tag)) || (tag > at + 1 && is_digit(byte(x, tag)))) tag++;
    *is_dollar = byte(x, tag) == '$';
    if (!*is_dollar) return 0;
    Str mark = str_slice(x->sql, at, tag + 1);
    size_t found = 0;
    bool closed = str_find(str_slice(x->sql, tag + 1, x->sql.len), mark, &found);
    return closed ? tag + 1 + found + mark.len : 0;
}

// Spark: 10L, 1S, 2Y, 1.5D, 1.5F, 1.5BD.
static size_t suffix_end(const Lexer *x, size_t at)
{
    size_t end = at;
    if ((byte(x, end) | 0x20) == 'b' && (byte(x, end + 1) | 0x20) == 'd') end++;
    if (!byte(x, end) || !strchr("lsydfLSYDF", byte(x, end))) return at;
    unsigned char next = byte(x, end + 1);
    return starts_name(next) || is_digit(next) ? at : end + 1;
}

// Behind the digits, with a _ between two of them.
static size_t digits_end(const Lexer *x, size_t at)
{
    bool grouped = lexis[x->dialect].grouped;
    while (is_digit(byte(x, at)) || (grouped && byte(x, at) == '_' && is_digit(byte(x, at - 1)) &&
                                     is_digit(byte(x, at + 1))))
        at++;
    return at;
}

static size_t number_end(const Lexer *x, size_t at)
{
    bool hex = byte(x, at) == '0' && (byte(x, at + 1) | 0x20) == 'x';
    if (hex && (is_digit(byte(x, at + 2)) || starts_name(byte(x, at + 2)))) {
        for (at += 2; is_digit(byte(x, at)) || starts_name(byte(x, at));) at++;
        return at;
    }
    at = digits_end(x, at);
    if (byte(x, at) == '.') at = digits_end(x, at + 1);
    if ((byte(x, at) | 0x20) == 'e') {
        size_t e = at + 1;
        if (byte(x, e) == '+' || byte(x, e) == '-') e++;
        if (is_digit(byte(x, e))) {
            while (is_digit(byte(x, e))) e++;
            at = e;
        }
    }
    return at;
}

static size_t name_end(const Lexer *x, size_t at)
{
    while (starts_name(byte(x, at)) || is_digit(byte(x, at)) || byte(x, at) == '$') at++;
    return at;
}

static size_t operator_end(const Lexer *x, size_t at)
{
    Str rest = str_slice(x->sql, at, x->sql.len);
    unsigned char second = byte(x, at + 1); // most operators have none: the table is not searched
    bool several = second && strchr("=><|:&~*-@", second);
    for (int i = SYM_LONG; several && i <= SYM_PATH; i++) { // longest first
        Str word = sql_operator_text(i);
        if (str_starts(rest, word)) return at + word.len;
    }
    if (byte(x, at) == '#' && x->dialect != DIALECT_POSTGRES && x->dialect != DIALECT_DUCKDB)
        return 0;
    Str singles = S("+-*/%=<>,;.()[]{}~&|^:?@!$#");
    return str_find(singles, str_slice(rest, 0, 1), NULL) ? at + 1 : 0;
}

typedef struct {
    TokenKind kind;
    size_t end; // 0 = it does not end: an error up to the end of the text
} Found;

// Behind the three quotes that close, or 0.
static size_t triple_end(const Lexer *x, size_t at)
{
    unsigned char quote = byte(x, at);
    for (at += 3; at + 2 < x->sql.len; at++) {
        if (byte(x, at) == '\\') {
            at++;
        } else if (byte(x, at) == quote && byte(x, at + 1) == quote && byte(x, at + 2) == quote) {
            return at + 3;
        }
    }
    return 0;
}

static Found quoted(const Lexer *x, const Lexis *lex)
{
    size_t at = x->at;
    unsigned char c = byte(x, at);
    bool triple = lex->triple && c != '`' && byte(x, at + 1) == c && byte(x, at + 2) == c;
    if (triple) return (Found){TOKEN_STRING, triple_end(x, at)};
    if (c == '[') { // SQLite's [name]; an array or subscript everywhere else
        size_t end = quote_end(x, at, ']', false);
        return (Found){TOKEN_NAME, end};
    }
    bool string = c == '\'' || (c == '"' && lex->double_string);
    return (Found){string ? TOKEN_STRING : TOKEN_NAME,
                   quote_end(x, at, c, string && lex->backslash)};
}

static Found find(const Lexer *x)
{
    const Lexis *lex = &lexis[x->dialect];
    size_t at = x->at;
    unsigned char c = byte(x, at), next = byte(x, at + 1);
    if (c == '-' && next == '-') return (Found){TOKEN_COMMENT, line_end(x, at)};
    if (c == '#' && lex->hash_comment) return (Found){TOKEN_COMMENT, line_end(x, at)};
    if (c == '/' && next == '/' && lex->slashes) return (Found){TOKEN_COMMENT, line_end(x, at)};
    if (c == '/' && next == '*') return (Found){TOKEN_COMMENT, block_end(x, at)};
    if (c == '\'' || c == '"' || c == '`') return quoted(x, lex);
    if (c == '[' && x->dialect == DIALECT_SQLITE) return quoted(x, lex);
    if ((c | 0x20) == 'x' && next == '\'')
        return (Found){TOKEN_STRING, quote_end(x, at + 1, '\'', false)};
    if (c == '$' && lex->dollar) {
        bool is_dollar;
        size_t end = dollar_end(x, at, &is_dollar);
        if (is_dollar) return (Found){TOKEN_STRING, end};
    }
    if (is_digit(c) || (c == '.' && is_digit(next))) {
        size_t end = number_end(x, at), name = name_end(x, at + (c == '.'));
        if (lex->suffixes) end = suffix_end(x, end);
        if (!lex->digit_names || name <= end) return (Found){TOKEN_NUMBER, end};
        return c == '.' ? (Found){TOKEN_OPERATOR, at + 1} : (Found){TOKEN_NAME, name};
    }
    if (starts_name(c)) {
        size_t end = name_end(x, at);
        Str word = str_slice(x->sql, at, end);
        return (Found){sql_is_keyword(word) ? TOKEN_KEYWORD : TOKEN_NAME, end};
    }
    size_t end = operator_end(x, at);
    return end ? (Found){TOKEN_OPERATOR, end} : (Found){TOKEN_ERROR, at + 1};
}

Token sql_next(Lexer *x)
{
    size_t at = x->at;
    while (at < x->sql.len && is_blank(byte(x, at))) at++;
    advance(x, at);
    Token t = {.kind = TOKEN_END, .at = at, .line = x->line, .column = x->column};
    if (at >= x->sql.len) return t;
    Found f = find(x);
    t.kind = f.end ? f.kind : TOKEN_ERROR;
    size_t end = f.end ? f.end : x->sql.len;
    t.text = str_slice(x->sql, at, end);
    advance(x, end);
    return t;
}

StrList sql_statements(Arena *a, Str sql, Dialect d)
{
    VEC(Str) list = {0};
    Lexer x = sql_lexer(sql, d);
    size_t from = SIZE_MAX, to = 0;
    int depth = 0;
    for (Token t = sql_next(&x);; t = sql_next(&x)) {
        char c = t.kind == TOKEN_OPERATOR ? t.text.ptr[0] : '\0';
        if (c == '(') depth++;
        if (c == ')' && depth) depth--;
        bool ends = t.kind == TOKEN_END || (c == ';' && depth == 0);
        if (ends && from != SIZE_MAX) {
            *vec_push(a, &list) = str_slice(sql, from, to);
            from = SIZE_MAX;
        }
        if (t.kind == TOKEN_END) break;
        if (ends || t.kind == TOKEN_COMMENT) continue; // comments alone are no statement
        if (from == SIZE_MAX) from = t.at;
        to = t.at + t.text.len;
    }
    return (StrList){list.at, list.len};
}
