// editor_lex: colours of SQL, lexed no further than the page needs.
//
// A string or comment may run over many lines, so a page cannot be lexed from its own first line.
// For each line it is kept where lexing may begin: the start of the token that the line begins in,
// or of the line itself. A change forgets what stands behind its line; the next page that needs it
// finds it anew.
#include "base/check.h"
#include "tui/widgets/editor_impl.h"
#include "tui/widgets/highlight.h"
#include <string.h>

enum { PAGE_BYTES = 32 * 1024 }; // more than any screen holds

void editor_lex_forget(Editor *e, size_t line)
{
    if (e->lex_known > line + 1) e->lex_known = line + 1;
}

static void reserve(Editor *e, size_t lines)
{
    if (lines <= e->lex_cap) return;
    size_t cap = e->lex_cap ? e->lex_cap : 64;
    while (cap < lines) cap *= 2;
    size_t *p = arena_array(&e->lex_arena, size_t, cap);
    if (e->lex_known) memcpy(p, e->lex_from, e->lex_known * sizeof *p);
    e->lex_from = p;
    e->lex_cap = cap;
}

static Lexer lexer_at(const Editor *e, size_t at)
{
    Lexer x = sql_lexer(editor_text(e), e->options.dialect);
    x.at = at;
    return x;
}

// Where lexing may begin for `line`.
static size_t lex_from(Editor *e, size_t line)
{
    reserve(e, line + 1);
    if (e->lex_known == 0) {
        e->lex_from[0] = 0;
        e->lex_known = 1;
    }
    if (line < e->lex_known) return e->lex_from[line];
    Lexer x = lexer_at(e, e->lex_from[e->lex_known - 1]);
    while (e->lex_known <= line) {
        Token t = sql_next(&x);
        size_t end = t.kind == TOKEN_END ? SIZE_MAX : t.at + t.text.len;
        for (; e->lex_known <= line; e->lex_known++) {
            size_t start = text_start(&e->text, e->lex_known);
            if (start >= end) break;
            e->lex_from[e->lex_known] = start <= t.at || t.kind == TOKEN_END ? start : t.at;
        }
    }
    return e->lex_from[line];
}

uint8_t *editor_roles(Editor *e, Arena *a, size_t from, size_t to)
{
    CHECK(from <= to && to <= e->text.len);
    uint8_t *roles = arena_array(a, uint8_t, to - from + 1); // zero = ROLE_TEXT
    if (e->options.syntax == SYNTAX_NONE) return roles;
    Str text = editor_text(e);
    Lexer x = lexer_at(e, lex_from(e, text_line_of(&e->text, from)));
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        size_t end = t.at + t.text.len;
        if (t.at >= to || t.at >= from + PAGE_BYTES) break;
        Role role = highlight_role(&t, str_slice(text, end, end + 64));
        size_t low = t.at < from ? from : t.at, high = end < to ? end : to;
        if (low < high) memset(roles + (low - from), (int)role, high - low);
    }
    return roles;
}

static bool is_code(uint8_t role)
{
    return role != ROLE_SQL_STRING && role != ROLE_SQL_COMMENT && role != ROLE_SQL_ERROR;
}

bool editor_in_code(Editor *e, size_t at)
{
    if (at == 0 || e->options.syntax == SYNTAX_NONE) return true;
    Arena scratch = {0};
    size_t from = text_start(&e->text, text_line_of(&e->text, at - 1));
    const uint8_t *roles = editor_roles(e, &scratch, from, at);
    bool code = is_code(roles[at - 1 - from]);
    arena_free(&scratch);
    return code;
}

static const char openers[] = "([{", closers[] = ")]}";

static int bracket_kind(char c, const char *set)
{
    const char *p = c ? strchr(set, c) : NULL;
    return p ? (int)(p - set) : -1;
}

bool editor_bracket(const Editor *e, const uint8_t *roles, size_t from, size_t to, size_t pair[2])
{
    Str s = editor_text(e);
    // The one under the cursor, else the one before it.
    for (size_t back = 0; back < 2; back++) {
        size_t at = e->at - back;
        if (e->at < back || at < from || at >= to || !is_code(roles[at - from])) continue;
        int open = bracket_kind(s.ptr[at], openers), close = bracket_kind(s.ptr[at], closers);
        if (open < 0 && close < 0) continue;
        int depth = 0;
        for (size_t i = at; i >= from && i < to; open >= 0 ? i++ : i--) {
            if (!is_code(roles[i - from])) continue;
            depth += bracket_kind(s.ptr[i], openers) >= 0;
            depth -= bracket_kind(s.ptr[i], closers) >= 0;
            if (depth == 0) {
                pair[0] = at;
                pair[1] = i;
                return open >= 0 ? bracket_kind(s.ptr[i], closers) == open
                                 : bracket_kind(s.ptr[i], openers) == close;
            }
            if (i == 0 && open < 0) break;
        }
    }
    return false;
}
