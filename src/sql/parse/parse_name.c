// parse_name: identifiers, paths and strings, with their values apart from their spelling.
#include "base/buf.h"
#include "sql/parse.h"

bool is_name(const Parser *p, size_t ahead)
{
    const Tok *t = tok_at(p, ahead);
    if (t->kind != TOKEN_NAME && t->kind != TOKEN_KEYWORD) return false;
    return !(sql_word_flags(t->sym) & WORD_RESERVED);
}

// Without its quotes; a doubled quote, and a backslash where the dialect has it, stand for one
// character.
Str parse_unquote(Parser *p, Str raw, char close, bool backslash)
{
    char both[] = {close, '\0'};
    if (!str_find(raw, str_from(both), NULL) && !(backslash && str_find(raw, S("\\"), NULL)))
        return raw;
    Buf b = buf_new(p->arena);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (backslash && c == '\\' && i + 1 < raw.len) {
            c = raw.ptr[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            // They keep it for LIKE.
            bool like = (c == '%' || c == '_') &&
                        (p->dialect == DIALECT_MYSQL || p->dialect == DIALECT_SPARK);
            if (like) buf_char(&b, '\\');
        } else if (c == close && i + 1 < raw.len && raw.ptr[i + 1] == close) {
            i++;
        }
        buf_char(&b, c);
    }
    return buf_str(&b);
}

// BigQuery's '''x''': a quote inside stands for itself.
static bool is_triple(const Parser *p, Str s)
{
    return p->dialect == DIALECT_BIGQUERY && s.len >= 6 && s.ptr[1] == s.ptr[0] &&
           s.ptr[2] == s.ptr[0];
}

static int hex_digit(char c)
{
    int lower = c | 0x20;
    if (c >= '0' && c <= '9') return c - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// MySQL's x'41' is the text 'A'; what is no text stays as it is written.
static Str hex_text(Parser *p, Str s)
{
    Buf b = buf_new(p->arena);
    bool pairs = s.len % 2, is_text = p->dialect == DIALECT_MYSQL;
    for (size_t i = 2; i + 1 < s.len && pairs; i += 2) {
        int high = hex_digit(s.ptr[i]), low = hex_digit(s.ptr[i + 1]);
        if (high < 0 || low < 0) pairs = false;
        if (high < 2 || high > 7) is_text = false;
        buf_char(&b, (char)(high * 16 + low));
    }
    if (!pairs) parse_fail(p, p->pos, "x'…' wants pairs of hexadecimal digits, as in x'4a4b'.");
    return pairs && is_text ? buf_str(&b) : s;
}

Str string_value(Parser *p, const Tok *t)
{
    Str s = tok_text(p, t);
    size_t open = 0;
    if (s.ptr[0] == '$') {
        size_t tag = 1;
        while (s.ptr[tag] != '$') tag++;
        return str_slice(s, tag + 1, s.len - tag - 1);
    }
    if (s.ptr[0] != '\'' && s.ptr[0] != '"') open = 1; // x'…' keeps its letter
    if (open) return hex_text(p, s);
    if (is_triple(p, s)) return parse_unquote(p, str_slice(s, 3, s.len - 3), '\0', true);
    bool backslash = p->dialect == DIALECT_SNOWFLAKE || p->dialect == DIALECT_BIGQUERY ||
                     p->dialect == DIALECT_SPARK || p->dialect == DIALECT_MYSQL;
    return parse_unquote(p, str_slice(s, 1, s.len - 1), s.ptr[0], backslash);
}

SqlNode *parse_string(Parser *p, const char *what)
{
    const Tok *t = tok_at(p, 0);
    SqlNode *n = node_new(p, NODE_STRING);
    if (t->kind != TOKEN_STRING) {
        parse_expected(p, what);
        return n;
    }
    n->text = string_value(p, t);
    bool hex = (p->sql.ptr[t->at] | 0x20) == 'x' && str_eq(n->text, tok_text(p, t));
    if (hex) n->flags = FLAG_WORDS; // x'ff': the text is the literal
    skip(p);
    return node_done(p, n);
}

static void set_name(Parser *p, SqlNode *n, const Tok *t)
{
    Str s = tok_text(p, t);
    char c = s.ptr[0];
    if (c == '`') parse_use(p, FEATURE_BACKTICKS);
    if (c == '"' || c == '`' || c == '[' || c == '\'') {
        n->flags = FLAG_QUOTED;
        char close = c == '[' ? ']' : c;
        s = parse_unquote(p, str_slice(s, 1, s.len - 1), close, false);
    }
    n->text = s;
}

// Units are arguments: whether they are, or names, is not seen here.
static bool is_unit(int sym)
{
    return sym == WORD_YEAR || sym == WORD_MONTH || sym == WORD_DAY || sym == WORD_HOUR ||
           sym == WORD_MINUTE || sym == WORD_SECOND;
}

// Before ( it is a function's name, which is not for this to judge.
static void judge_name(Parser *p)
{
    const Tok *t = tok_at(p, 0);
    bool bare = (t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD) && !is_unit(t->sym);
    if (bare && sym_at(p, 1) != '(' && sql_is_reserved(p->dialect, tok_text(p, t)))
        parse_use(p, FEATURE_RESERVED_NAME);
}

SqlNode *parse_name(Parser *p, const char *what)
{
    SqlNode *n = node_new(p, NODE_NAME);
    if (!is_name(p, 0)) {
        parse_expected(p, what);
        return n;
    }
    judge_name(p);
    set_name(p, n, tok_at(p, 0));
    skip(p);
    return node_done(p, n);
}

// Postgres and DuckDB take every keyword behind AS, where the item ends with it.
static bool is_any_word(const Parser *p)
{
    bool takes = p->dialect == DIALECT_POSTGRES || p->dialect == DIALECT_DUCKDB;
    const Tok *next = tok_at(p, 1);
    bool ends = next->kind == TOKEN_END || next->sym == ',' || next->sym == ')' ||
                next->sym == ';' || next->sym == WORD_FROM;
    return takes && ends && tok_at(p, 0)->kind == TOKEN_KEYWORD;
}

// Behind AS any word will do that is no clause; without AS only what cannot go on with the query.
SqlNode *parse_alias_name(Parser *p)
{
    bool as = accept(p, WORD_AS);
    const Tok *t = tok_at(p, 0);
    if (t->kind == TOKEN_STRING && (as || sql_feature_in(FEATURE_STRING_ALIAS, p->dialect))) {
        parse_use(p, FEATURE_STRING_ALIAS);
        SqlNode *n = node_new(p, NODE_NAME);
        set_name(p, n, t);
        skip(p);
        return node_done(p, n);
    }
    if (as && is_any_word(p)) {
        SqlNode *n = node_new(p, NODE_NAME);
        set_name(p, n, t);
        skip(p);
        return node_done(p, n);
    }
    if (as) return parse_name(p, "a name after AS");
    if (!is_name(p, 0) || sql_word_flags(t->sym) & WORD_NO_ALIAS) return NULL;
    SqlNode *n = parse_name(p, "a name");
    p->alias = p->pos;
    return n;
}

// Behind a dot even reserved words are names. BigQuery quotes whole paths: `project.set.table`.
static void path_rest(Parser *p)
{
    while (is(p, '.') && sym_at(p, 1) != '*') {
        const Tok *t = tok_at(p, 1);
        bool clause = t->sym == WORD_FROM || t->sym == WORD_WHERE || t->sym == WORD_SELECT;
        if (clause || (t->kind != TOKEN_NAME && t->kind != TOKEN_KEYWORD)) {
            skip(p);
            parse_expected(p, "a name after the dot");
            return;
        }
        skip(p);
        SqlNode *n = node_new(p, NODE_NAME);
        set_name(p, n, t);
        skip(p);
        tail_add(p, node_done(p, n));
    }
}

SqlNode *parse_path(Parser *p, SqlKind kind, const char *what)
{
    SqlNode *n = node_new(p, kind);
    size_t mark = tail_open(p);
    tail_add(p, parse_name(p, what));
    path_rest(p);
    return tail_close(p, n, mark);
}

SqlNode *parse_names(Parser *p, const char *what)
{
    SqlNode *n = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    parse_open(p, "(");
    do {
        tail_add(p, parse_name(p, what));
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}
