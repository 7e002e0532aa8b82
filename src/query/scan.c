// scan: finding one's way in the SQL text for guards and errors, over the lexer of module sql.
#include "query/private.h"
#include "sql/sql.h"

static bool is_filling(const Token *t)
{
    return t->kind == TOKEN_COMMENT || (t->kind == TOKEN_OPERATOR && str_eq(t->text, S(";")));
}

Str scan_first(Str sql, size_t from)
{
    Lexer x = sql_lexer(str_slice(sql, from, sql.len), DIALECT_SQLITE);
    Token t = sql_next(&x);
    while (t.kind != TOKEN_END && is_filling(&t)) t = sql_next(&x);
    return str_slice(sql, from + t.at, from + t.at + t.text.len);
}

// Without the quotes of "x", `x` and [x].
static Str bare_name(Str text)
{
    bool quoted = text.len >= 2 && (text.ptr[0] == '"' || text.ptr[0] == '`' || text.ptr[0] == '[');
    return quoted ? str_slice(text, 1, text.len - 1) : text;
}

bool scan_find(Str sql, Str name, size_t *at)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        bool named = t.kind == TOKEN_NAME || t.kind == TOKEN_KEYWORD;
        if (!named || !str_eq_nocase(bare_name(t.text), name)) continue;
        *at = t.at;
        return true;
    }
    return false;
}
