// parse: text to tokens with symbols, the nodes' making, and the way in.
#include "sql/parse.h"
#include "base/check.h"
#include <stdio.h>
#include <string.h>

const Tok *tok_at(const Parser *p, size_t ahead)
{
    size_t at = p->pos + ahead;
    return &p->tok[at < p->count ? at : p->count - 1];
}
int sym_at(const Parser *p, size_t ahead)
{
    return tok_at(p, ahead)->sym;
}
Str tok_text(const Parser *p, const Tok *t)
{
    return str_slice(p->sql, t->at, t->end);
}
bool is(const Parser *p, int sym)
{
    return p->tok[p->pos].sym == sym;
}
bool is_two(const Parser *p, int first, int second)
{
    return is(p, first) && sym_at(p, 1) == second;
}

void skip(Parser *p)
{
    if (p->pos + 1 < p->count) p->pos++;
}
bool accept(Parser *p, int sym)
{
    if (!is(p, sym)) return false;
    skip(p);
    return true;
}
bool accept_two(Parser *p, int first, int second)
{
    if (!is_two(p, first, second)) return false;
    skip(p);
    skip(p);
    return true;
}

// `after` names what the symbol belongs to: "after GROUP"; may be NULL.
void expect(Parser *p, int sym, const char *after)
{
    if (accept(p, sym)) return;
    char what[96];
    Str text = sym > WORD_FIRST_ ? sql_word_text(sym) : sql_operator_text(sym);
    snprintf(what, sizeof what, STR_FMT "%s%s", STR_ARG(text), after ? " " : "",
             after ? after : "");
    parse_expected(p, what);
}

void parse_open(Parser *p, const char *what)
{
    if (!is(p, '(')) {
        parse_expected(p, what);
        return;
    }
    *vec_push(p->scratch, &p->opened) = (uint32_t)p->pos;
    skip(p);
}

void parse_close(Parser *p)
{
    if (!is(p, ')')) {
        parse_unclosed(p);
        return;
    }
    skip(p);
    if (p->opened.len) p->opened.len--;
}

bool parse_enter(Parser *p)
{
    p->depth++;
    if (p->depth <= SQL_DEPTH_MAX) return true;
    parse_fail(p, p->pos, "This is nested too deep: more than %d levels are not read.",
               SQL_DEPTH_MAX);
    return false;
}
void parse_leave(Parser *p)
{
    p->depth--;
}

void parse_use(Parser *p, SqlFeature f)
{
    const Tok *t = tok_at(p, 0);
    *vec_push(p->arena, &p->uses) = (SqlUse){f, t->at, t->line, t->column};
}
void parse_use_at(Parser *p, SqlFeature f, const SqlNode *n)
{
    *vec_push(p->arena, &p->uses) = (SqlUse){f, n->at, n->line, n->column};
}

SqlNode *node_new(Parser *p, SqlKind kind)
{
    const Tok *t = tok_at(p, 0);
    SqlNode *n = arena_new(p->arena, SqlNode);
    *n = (SqlNode){.kind = (uint8_t)kind,
                   .height = 1,
                   .id = p->nodes++,
                   .at = t->at,
                   .end = t->end,
                   .line = t->line,
                   .column = t->column,
                   .count = sql_roles(kind)};
    if (n->count) n->child = arena_array(p->arena, SqlNode *, n->count);
    return n;
}

SqlNode *node_from(Parser *p, SqlKind kind, const SqlNode *first)
{
    SqlNode *n = node_new(p, kind);
    n->at = first->at;
    n->line = first->line;
    n->column = first->column;
    return n;
}

SqlNode *node_done(Parser *p, SqlNode *n)
{
    int height = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i] && n->child[i]->height > height) height = n->child[i]->height;
    }
    if (height >= SQL_HEIGHT_MAX) {
        parse_fail(p, p->pos, "This is a chain of more than %d parts: write it shorter.",
                   SQL_HEIGHT_MAX);
        height = 0;
    }
    n->height = (uint16_t)(height + 1);
    if (p->pos && !p->failed) n->end = p->tok[p->pos - 1].end;
    for (uint32_t i = 0; i < n->count; i++) { // ARRAY<ARRAY<INT>> ends inside a token
        if (n->child[i] && n->child[i]->end > n->end) n->end = n->child[i]->end;
    }
    return n;
}

void node_reach(SqlNode *n, const SqlNode *child)
{
    if (child->at < n->at) n->at = child->at, n->line = child->line, n->column = child->column;
    if (child->end > n->end) n->end = child->end;
    if (child->height >= n->height) n->height = (uint16_t)(child->height + 1);
}

SqlNode *node_around(SqlNode *n)
{
    n->end = n->at;
    for (uint32_t i = 0; i < n->count; i++) {
        if (n->child[i]) node_reach(n, n->child[i]);
    }
    return n;
}

size_t tail_open(const Parser *p)
{
    return p->stack.len;
}
void tail_add(Parser *p, SqlNode *n)
{
    *vec_push(p->scratch, &p->stack) = n;
}

SqlNode *tail_close(Parser *p, SqlNode *n, size_t mark)
{
    uint32_t more = (uint32_t)(p->stack.len - mark), roles = n->count;
    if (more) {
        SqlNode **all = arena_array(p->arena, SqlNode *, roles + more);
        if (roles) memcpy(all, n->child, roles * sizeof(SqlNode *));
        memcpy(all + roles, p->stack.at + mark, more * sizeof(SqlNode *));
        n->child = all;
        n->count = roles + more;
    }
    p->stack.len = mark;
    return node_done(p, n);
}

// What editors of prose put in the place of plain characters. No name has it outside of quotes.
static const struct {
    const char *bytes, *sentence;
} typographic[] = {
    {"\xe2\x80\x98", "This is a typographic quote: SQL takes the straight ' only."},
    {"\xe2\x80\x99", "This is a typographic quote: SQL takes the straight ' only."},
    {"\xe2\x80\x9c", "This is a typographic quote: SQL takes the straight ' only."},
    {"\xe2\x80\x9d", "This is a typographic quote: SQL takes the straight ' only."},
    {"\xe2\x80\x93", "This is a typographic dash: SQL takes the plain - only."},
    {"\xe2\x80\x94", "This is a typographic dash: SQL takes the plain - only."},
    {"\xe2\x88\x92", "This is a typographic minus: SQL takes the plain - only."},
    {"\xe2\x80\xa6", "This … stands for something: write it out."},
    {"\xe2\x89\xa4", "This comparison is written <= in SQL."},
    {"\xe2\x89\xa5", "This comparison is written >= in SQL."},
    {"\xe2\x89\xa0", "This comparison is written <> in SQL."},
    {"\xc2\xa0", "There is a no-break space here: SQL takes the plain blank only."},
    {"\xe2\x80\x8b", "There is a blank without width here: take it out."},
};

static bool is_plain(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80) return false;
    }
    return true;
}

static const char *typographic_fault(Str name)
{
    if (is_plain(name)) return NULL;
    for (size_t i = 0; i < sizeof typographic / sizeof *typographic; i++) {
        if (str_find(name, str_from(typographic[i].bytes), NULL)) return typographic[i].sentence;
    }
    return NULL;
}

// A token that is no SQL at all.
static const char *lexical_fault(const Token *t)
{
    char c = t->text.ptr[0];
    if (t->kind == TOKEN_NAME && !strchr("\"`[", c)) return typographic_fault(t->text);
    if (t->kind != TOKEN_ERROR) return NULL;
    if (c == '\'') return "The string that starts here is never closed: a ' is missing.";
    if (c == '"' || c == '`' || c == '[')
        return "The name in quotes that starts here is never closed.";
    if (c == '/' && t->text.len > 1) return "The comment that starts here is never closed.";
    if (c == '$') return "The text in dollar quotes that starts here is never closed.";
    return "This character has no place in SQL.";
}

static int symbol_of(const Token *t)
{
    if (t->kind == TOKEN_OPERATOR) return sql_operator_of(t->text);
    bool word = t->kind == TOKEN_KEYWORD || t->kind == TOKEN_NAME;
    return word ? sql_word_of(t->text) : SYM_NONE; // a name in quotes starts with a quote: no word
}

static bool tokenize(Parser *p)
{
    VEC(Tok) all = {0};
    Lexer x = sql_lexer(p->sql, p->dialect);
    for (Token t = sql_next(&x);; t = sql_next(&x)) {
        uint32_t at = (uint32_t)t.at, end = (uint32_t)(t.at + t.text.len);
        uint32_t line = (uint32_t)t.line, column = (uint32_t)t.column;
        if (t.kind == TOKEN_COMMENT) {
            *vec_push(p->arena, &p->comments) = (SqlComment){at, end, line, column};
            continue;
        }
        const char *fault = t.kind == TOKEN_END ? NULL : lexical_fault(&t);
        if (fault) return error_at(p->err, ERROR_SYNTAX, S(""), t.line, t.column, "%s", fault);
        *vec_push(p->scratch, &all) = (Tok){at,
                                            end,
                                            line,
                                            column,
                                            (uint16_t)t.kind,
                                            t.kind == TOKEN_END ? 0 : (uint16_t)symbol_of(&t)};
        if (t.kind == TOKEN_END) break;
    }
    p->tok = all.at;
    p->count = all.len;
    return true;
}

static SqlNode *parse_script(Parser *p)
{
    SqlNode *script = node_new(p, NODE_SCRIPT);
    script->at = 0;
    script->line = script->column = 1;
    size_t mark = tail_open(p);
    while (accept(p, ';')) {
    }
    while (tok_at(p, 0)->kind != TOKEN_END) {
        p->clause = 0;
        tail_add(p, parse_statement(p));
        if (p->pos + 1 < p->count && !is(p, ';')) parse_end_of_statement(p);
        while (accept(p, ';')) {
        }
    }
    script = tail_close(p, script, mark);
    script->end = (uint32_t)p->sql.len;
    return script;
}

bool sql_parse(Arena *a, Str sql, Dialect d, SqlScript *out, Error *err)
{
    if (sql.len > SQL_BYTES_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "The text has %zu bytes; at most %d are read.",
                         sql.len, SQL_BYTES_MAX);
    }
    Arena scratch = {0};
    Parser p = {.arena = a, .scratch = &scratch, .sql = sql, .dialect = d, .err = err};
    bool ok = tokenize(&p);
    if (ok) {
        SqlNode *root = parse_script(&p);
        ok = !p.failed;
        *out = (SqlScript){.sql = sql,
                           .dialect = d,
                           .root = root,
                           .nodes = p.nodes,
                           .uses = p.uses.at,
                           .use_count = p.uses.len,
                           .comments = p.comments.at,
                           .comment_count = p.comments.len};
    }
    arena_free(&scratch);
    return ok;
}

void sql_check(const SqlScript *s)
{
    sql_tree_check(s->root, s->nodes);
}
