// parse_postfix: what binds tighter than any operator: x::type, x[1], x.field, COLLATE, AT TIME
// ZONE.
#include "sql/parse.h"

static SqlNode *parse_subscript(Parser *p, SqlNode *base)
{
    parse_use(p, FEATURE_SUBSCRIPT);
    SqlNode *n = node_from(p, NODE_SUBSCRIPT, base);
    skip(p);
    n->child[SUBSCRIPT_BASE] = base;
    if (!is(p, ':')) n->child[SUBSCRIPT_INDEX] = parse_expr(p);
    bool slice = accept(p, ':');
    if (slice && !is(p, ']')) n->child[SUBSCRIPT_TO] = parse_expr(p);
    if (slice && !n->child[SUBSCRIPT_TO]) n->flags |= FLAG_BARE; // s[2:], to the end
    if (slice && is(p, ':')) parse_unsupported(p, "A step in a slice");
    expect(p, ']', "at the end of the subscript");
    return node_done(p, n);
}

static SqlNode *parse_member(Parser *p, SqlNode *base)
{
    if (is(p, ':')) parse_use(p, FEATURE_PATH);
    SqlNode *n = node_from(p, NODE_MEMBER, base);
    bool colon = accept(p, ':');
    if (!colon) skip(p);
    n->flags = colon ? FLAG_WORDS : 0;
    bool word = !colon && tok_at(p, 0)->kind == TOKEN_KEYWORD; // window(…).end
    n->text = word ? tok_text(p, tok_at(p, 0)) : parse_name(p, "the name of a field")->text;
    if (word) skip(p);
    n->child[ONLY] = base;
    return node_done(p, n);
}

// A dot and a name behind a value; behind a call it may be any word.
static bool has_member(const Parser *p, const SqlNode *base)
{
    const Tok *t = tok_at(p, 1);
    bool word = t->kind == TOKEN_KEYWORD && t->sym != WORD_FROM && t->sym != WORD_WHERE;
    return is(p, '.') && (is_name(p, 1) || (base->kind == NODE_CALL && word));
}

static SqlNode *parse_colons(Parser *p, SqlNode *base)
{
    parse_use(p, FEATURE_COLONS_CAST);
    SqlNode *n = node_from(p, NODE_CAST, base);
    skip(p);
    n->op = OP_COLONS;
    n->child[CAST_VALUE] = base;
    n->child[CAST_TYPE] = parse_type(p);
    return node_done(p, n);
}

static SqlNode *parse_collate(Parser *p, SqlNode *base)
{
    SqlNode *n = node_from(p, NODE_COLLATE, base);
    skip(p);
    bool text = tok_at(p, 0)->kind == TOKEN_STRING;
    n->text = text ? parse_string(p, "a collation")->text : parse_name(p, "a collation")->text;
    n->child[ONLY] = base;
    return node_done(p, n);
}

static SqlNode *parse_at_zone(Parser *p, SqlNode *base)
{
    parse_use(p, FEATURE_AT_TIME_ZONE);
    SqlNode *n = node_from(p, NODE_AT_ZONE, base);
    skip(p);
    skip(p);
    expect(p, WORD_ZONE, "after AT TIME");
    n->child[LEFT_SIDE] = base;
    n->child[RIGHT_SIDE] = parse_atom(p); // no postfix: the chain goes on at its left
    return node_done(p, n);
}

// An atom and the postfixes behind it.
SqlNode *parse_primary(Parser *p)
{
    SqlNode *n = parse_atom(p);
    for (;;) {
        bool path = is(p, ':') && p->dialect == DIALECT_SNOWFLAKE && is_name(p, 1);
        if (is(p, SYM_COLONS)) {
            n = parse_colons(p, n);
        } else if (is(p, '[') && n->kind != NODE_STAR) {
            n = parse_subscript(p, n);
        } else if (is(p, '.') && sym_at(p, 2) == '(' && p->dialect == DIALECT_DUCKDB) {
            n = parse_chained(p, n);
        } else if (path || has_member(p, n)) {
            n = parse_member(p, n);
        } else if (is(p, WORD_COLLATE)) {
            n = parse_collate(p, n);
        } else if (is_two(p, WORD_AT, WORD_TIME)) {
            n = parse_at_zone(p, n);
        } else {
            break;
        }
    }
    return n;
}
