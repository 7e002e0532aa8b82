// parse_limit: how many rows: LIMIT, OFFSET, FETCH, TOP.
#include "sql/parse.h"

SqlNode *parse_top(Parser *p)
{
    parse_use(p, FEATURE_TOP);
    SqlNode *n = node_new(p, NODE_LIMIT);
    skip(p);
    n->child[LIMIT_COUNT] = parse_primary(p);
    if (accept(p, WORD_PERCENT)) n->flags |= FLAG_PERCENT;
    if (is_two(p, WORD_WITH, WORD_TIES)) {
        parse_use(p, FEATURE_TIES);
        skip(p);
        skip(p);
        n->flags |= FLAG_TIES;
    }
    return node_done(p, n);
}

static SqlNode *parse_fetch(Parser *p, SqlNode *n)
{
    parse_use(p, FEATURE_FETCH);
    skip(p);
    skip(p); // FIRST or NEXT
    n->flags |= FLAG_WORDS;
    bool counted = !is(p, WORD_ROW) && !is(p, WORD_ROWS);
    if (counted) n->child[LIMIT_COUNT] = parse_primary(p);
    if (accept(p, WORD_PERCENT)) n->flags |= FLAG_PERCENT;
    if (!accept(p, WORD_ROWS)) expect(p, WORD_ROW, "after FETCH FIRST");
    if (is_two(p, WORD_WITH, WORD_TIES)) {
        parse_use(p, FEATURE_TIES);
        skip(p);
        skip(p);
        n->flags |= FLAG_TIES;
    } else {
        expect(p, WORD_ONLY, "or WITH TIES behind FETCH");
    }
    return n;
}

static void parse_offset(Parser *p, SqlNode *n)
{
    p->clause = WORD_OFFSET;
    skip(p);
    n->child[LIMIT_OFFSET] = parse_expr(p);
    if (!accept(p, WORD_ROWS)) accept(p, WORD_ROW);
}

// DuckDB's LIMIT 10%, which is no modulo: nothing follows.
static bool is_percent(const Parser *p)
{
    bool sign = tok_at(p, 0)->kind == TOKEN_NUMBER && sym_at(p, 1) == '%';
    bool ends = sign && (tok_at(p, 2)->kind == TOKEN_END || sym_at(p, 2) == ')' ||
                         sym_at(p, 2) == ';' || sym_at(p, 2) == WORD_OFFSET);
    return ends;
}

SqlNode *parse_limit(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIMIT);
    if (is(p, WORD_OFFSET)) parse_offset(p, n);
    if (is(p, WORD_LIMIT)) {
        p->clause = WORD_LIMIT;
        skip(p);
        bool percent = is_percent(p);
        if (!accept(p, WORD_ALL))
            n->child[LIMIT_COUNT] = percent ? parse_primary(p) : parse_expr(p);
        if (accept(p, percent ? '%' : WORD_PERCENT)) n->flags |= FLAG_PERCENT;
        if (is(p, ',')) { // MySQL: offset, count
            parse_use(p, FEATURE_LIMIT_COMMA);
            skip(p);
            n->child[LIMIT_OFFSET] = n->child[LIMIT_COUNT];
            n->child[LIMIT_COUNT] = parse_expr(p);
        }
    }
    if (is(p, WORD_OFFSET) && !n->child[LIMIT_OFFSET]) {
        parse_use(p, FEATURE_LIMIT_FIRST);
        parse_offset(p, n);
    }
    if (is(p, WORD_FETCH) && !n->child[LIMIT_COUNT]) n = parse_fetch(p, n);
    return node_done(p, n);
}
