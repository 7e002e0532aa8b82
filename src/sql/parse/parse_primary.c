// parse_primary: what an expression starts with: a name, a call, parentheses, CASE, a literal.
#include "sql/parse.h"

// ( … ): a query, a row, or an expression whose parentheses are only counted. A query inside more
// parentheses may turn out to be the left arm of a set operation.
SqlNode *parse_paren(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ROW);
    parse_open(p, "(");
    if (starts_query(p, 0)) {
        n = node_from(p, NODE_SUBQUERY, n);
        n->child[ONLY] = parse_query(p);
        parse_close(p);
        return node_done(p, n);
    }
    size_t mark = tail_open(p);
    if (is(p, ')')) {
        parse_fail(p, p->pos, "Between these parentheses an expression is missing.");
    } else {
        SqlNode *first = parse_expr(p);
        if (first->kind == NODE_SUBQUERY && continues_query(p)) {
            SqlNode *arm = first->child[ONLY];
            if (arm->parens < UINT8_MAX) arm->parens++;
            arm->at = first->at, arm->line = first->line, arm->column = first->column;
            arm->end = first->end;
            n = node_from(p, NODE_SUBQUERY, n);
            n->child[ONLY] = parse_query_rest(p, arm);
            parse_close(p);
            return node_done(p, n);
        }
        if (!is(p, ',')) {
            parse_close(p);
            if (first->parens < UINT8_MAX) first->parens++;
            first->at = n->at, first->line = n->line, first->column = n->column;
            SqlNode done = *node_done(p, n);
            first->end = done.end;
            return first;
        }
        tail_add(p, first);
    }
    while (accept(p, ',')) tail_add(p, parse_expr(p));
    parse_close(p);
    return tail_close(p, n, mark);
}

static SqlNode *parse_case(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CASE);
    size_t start = p->pos;
    skip(p);
    if (!is(p, WORD_WHEN)) n->child[CASE_OPERAND] = parse_expr(p);
    if (n->child[CASE_OPERAND] && n->child[CASE_OPERAND]->kind == NODE_ROW)
        parse_fail(p, start + 1, "CASE compares one value here: write WHEN a = 1 AND b = 2.");
    size_t mark = tail_open(p);
    if (!is(p, WORD_WHEN)) parse_expected(p, "WHEN after CASE");
    while (is(p, WORD_WHEN)) {
        SqlNode *when = node_new(p, NODE_WHEN);
        skip(p);
        when->child[WHEN_CONDITION] = parse_expr(p);
        expect(p, WORD_THEN, "after the condition of WHEN");
        when->child[WHEN_RESULT] = parse_expr(p);
        tail_add(p, node_done(p, when));
    }
    if (accept(p, WORD_ELSE)) {
        if (is(p, WORD_WHEN))
            parse_fail(p, p->pos, "ELSE is not followed by WHEN: leave ELSE out.");
        n->child[CASE_ELSE] = parse_expr(p);
    }
    if (!is(p, WORD_END) && !p->failed && !is(p, WORD_ELSE)) {
        const Tok *t = tok_at(p, 0);
        if (t->kind == TOKEN_END || t->sym == WORD_AS || t->sym == WORD_FROM || t->sym == ',' ||
            t->sym == ')' || t->sym == ';') {
            parse_fail(p, start, "This CASE has no END.");
        }
    }
    expect(p, WORD_END, "of CASE");
    return tail_close(p, n, mark);
}

static SqlNode *parse_leaf(Parser *p, SqlKind kind, Str text)
{
    SqlNode *n = node_new(p, kind);
    n->text = text;
    skip(p);
    return node_done(p, n);
}

static SqlNode *parse_exists(Parser *p)
{
    SqlNode *n = node_new(p, NODE_EXISTS);
    skip(p);
    parse_open(p, "( and a query after EXISTS");
    n->child[ONLY] = parse_query(p);
    parse_close(p);
    return node_done(p, n);
}

static SqlNode *parse_column_or_call(Parser *p)
{
    SqlNode *path = parse_path(p, NODE_COLUMN, "an expression");
    if (is_two(p, '.', '*')) {
        skip(p);
        return parse_star(p, path);
    }
    return is(p, '(') ? parse_call(p, path) : path;
}

static SqlNode *parse_unknown(Parser *p)
{
    SqlNode *n = node_new(p, NODE_NULL);
    if (is(p, '*') && p->pos && sym_at(p, 1) != '*') {
        parse_fail(p, p->pos, "A * stands for columns only alone: in a list, or in COUNT(*).");
    } else if (is(p, WORD_SELECT) || is(p, WORD_WITH)) {
        parse_fail(p, p->pos, "A query inside an expression stands in parentheses.");
    } else {
        parse_expected(p, "an expression");
    }
    return n;
}

static bool says_row(Dialect d) // ROW(a, b) for (a, b)
{
    return d == DIALECT_MYSQL || d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_DUCKDB;
}

// A row of one column has no other spelling.
static SqlNode *parse_row(Parser *p)
{
    skip(p);
    SqlNode *row = parse_paren_list(p, NODE_ROW);
    if (row->count < 2) row->flags |= FLAG_WORDS;
    return row;
}

static SqlNode *parse_word(Parser *p)
{
    int sym = sym_at(p, 0);
    bool call = sym_at(p, 1) == '(';
    SqlNode *special = parse_special_call(p);
    if (special) return special;
    switch (sym) {
    case WORD_NULL:
        return parse_leaf(p, NODE_NULL, (Str){0});
    case WORD_TRUE:
    case WORD_FALSE:
        return parse_leaf(p, NODE_BOOLEAN, sql_word_text(sym));
    case WORD_DEFAULT:
        return call ? parse_column_or_call(p) : parse_leaf(p, NODE_DEFAULT, (Str){0});
    case WORD_CASE:
        return parse_case(p);
    case WORD_EXISTS:
        return parse_exists(p);
    case WORD_INTERVAL:
        return starts_interval(p) ? parse_interval(p) : parse_column_or_call(p);
    case WORD_ARRAY:
        return sym_at(p, 1) == '[' || sym_at(p, 1) == '<' ? parse_array(p)
                                                          : parse_column_or_call(p);
    case WORD_MAP:
        return sym_at(p, 1) == '[' || sym_at(p, 1) == '{' ? parse_map(p) : parse_column_or_call(p);
    case WORD_DISTINCT:
        parse_fail(p, p->pos,
                   "DISTINCT stands once, right behind SELECT or the ( of an aggregate.");
        return node_new(p, NODE_NULL);
    default:
        break;
    }
    if (sym == WORD_ROW && call && says_row(p->dialect)) return parse_row(p);
    bool coded = is_word(p, 0, "U") && sym_at(p, 1) == '&' && tok_at(p, 2)->kind == TOKEN_STRING &&
                 tok_at(p, 0)->end == tok_at(p, 1)->at && tok_at(p, 1)->end == tok_at(p, 2)->at;
    if (coded) parse_lacks(p, "U&'…' is not supported here: write the characters themselves.");
    if (starts_typed(p)) return parse_typed(p);
    if (starts_prefixed_string(p)) return parse_prefixed_string(p);
    return is_name(p, 0) ? parse_column_or_call(p) : parse_unknown(p);
}

bool is_variable(const Parser *p)
{
    const Tok *at = tok_at(p, 0), *name = tok_at(p, 1);
    bool named = name->kind == TOKEN_NAME || name->kind == TOKEN_KEYWORD;
    return p->dialect == DIALECT_MYSQL && at->sym == '@' && named && name->at == at->end;
}

// MySQL's @a and @a := value, as calls of "@" and "@:=".
SqlNode *parse_variable(Parser *p, bool assigned)
{
    SqlNode *n = node_new(p, NODE_CALL);
    skip(p);
    SqlNode *name = node_new(p, NODE_NAME);
    const Tok *t = tok_at(p, 0);
    name->text = tok_text(p, t);
    bool quoted = name->text.ptr[0] == '`';
    if (quoted) name->text = str_slice(name->text, 1, name->text.len - 1);
    skip(p);
    size_t mark = tail_open(p);
    tail_add(p, node_done(p, name));
    assigned = accept(p, SYM_ASSIGN) || (assigned && accept(p, '='));
    n->text = assigned ? S("@:=") : S("@");
    if (assigned) tail_add(p, parse_expr(p));
    return tail_close(p, n, mark);
}

SqlNode *parse_atom(Parser *p)
{
    const Tok *t = tok_at(p, 0);
    switch ((TokenKind)t->kind) {
    case TOKEN_NUMBER:
        return parse_leaf(p, NODE_NUMBER, number_text(p, tok_text(p, t)));
    case TOKEN_STRING:
        return parse_strings(p);
    case TOKEN_KEYWORD:
    case TOKEN_NAME:
        return parse_word(p);
    case TOKEN_OPERATOR:
        if (t->sym == '(') return parse_paren(p);
        if (t->sym == '[') return parse_array(p);
        if (t->sym == '{') return parse_brace(p);
        return is_variable(p) ? parse_variable(p, false) : parse_unknown(p);
    case TOKEN_COMMENT:
    case TOKEN_ERROR:
    case TOKEN_END:
        break;
    }
    return parse_unknown(p);
}
