// highlight: what a token of SQL looks like.
#include "tui/widgets/highlight.h"

static bool opens_call(Str behind)
{
    for (size_t i = 0; i < behind.len; i++) {
        if (behind.ptr[i] == '(') return true;
        if (behind.ptr[i] != ' ') return false;
    }
    return false;
}

Role highlight_role(const Token *t, Str behind)
{
    switch (t->kind) {
    case TOKEN_KEYWORD:
        return ROLE_SQL_KEYWORD;
    case TOKEN_NAME:
        return opens_call(behind) ? ROLE_SQL_FUNCTION : ROLE_SQL_NAME;
    case TOKEN_NUMBER:
        return ROLE_SQL_NUMBER;
    case TOKEN_STRING:
        return ROLE_SQL_STRING;
    case TOKEN_OPERATOR:
        return ROLE_SQL_OPERATOR;
    case TOKEN_COMMENT:
        return ROLE_SQL_COMMENT;
    case TOKEN_ERROR:
        return ROLE_SQL_ERROR;
    case TOKEN_END:
        break;
    }
    return ROLE_TEXT;
}

int highlight_line(Grid *g, Rect row, int col, Str sql)
{
    Lexer x = sql_lexer(sql, DIALECT_SQLITE);
    size_t done = 0;
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        col = grid_text(g, row, 0, col, ROLE_TEXT, str_slice(sql, done, t.at));
        done = t.at + t.text.len;
        col = grid_text(g, row, 0, col, highlight_role(&t, str_slice(sql, done, sql.len)), t.text);
    }
    return grid_text(g, row, 0, col, ROLE_TEXT, str_slice(sql, done, sql.len));
}
