// parse_query: WITH, set operations, VALUES, and what stands behind a query.
#include "sql/parse.h"

bool starts_query(const Parser *p, size_t ahead)
{
    switch (sym_at(p, ahead)) {
    case WORD_SELECT:
    case WORD_WITH:
        return true;
    case WORD_TABLE: // TABLE t; TABLE(f(x)) and a table called TABLE are none
        return is_name(p, ahead + 1) && sym_at(p, ahead + 2) == ')';
    case WORD_PIVOT:
    case WORD_UNPIVOT:
        return p->dialect == DIALECT_DUCKDB;
    case WORD_VALUES: // VALUES(x) is MySQL's function; a row list has a second parenthesis or row
        return p->dialect != DIALECT_MYSQL || sym_at(p, ahead + 1) == '(' ||
               sym_at(p, ahead + 1) == WORD_ROW;
    case WORD_FROM:
        return p->pos + ahead > 0 && sql_feature_in(FEATURE_FROM_FIRST, p->dialect);
    default:
        return false;
    }
}

static bool is_setop(const Parser *p)
{
    return is(p, WORD_UNION) || is(p, WORD_EXCEPT) || is(p, WORD_INTERSECT) || is(p, WORD_MINUS);
}

bool continues_query(const Parser *p)
{
    return is_setop(p) || is(p, WORD_ORDER) || is(p, WORD_LIMIT) || is(p, WORD_OFFSET) ||
           is(p, WORD_FETCH);
}

static SqlNode *parse_cte(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CTE);
    SqlNode *name = parse_name(p, "the name of a CTE");
    n->text = name->text;
    n->flags = name->flags;
    if (is(p, '(')) n->child[CTE_COLUMNS] = parse_names(p, "a column");
    expect(p, WORD_AS, "behind the name of the CTE");
    if (accept(p, WORD_MATERIALIZED)) n->flags |= FLAG_MATERIALIZED;
    if (accept_two(p, WORD_NOT, WORD_MATERIALIZED)) n->flags |= FLAG_NOT | FLAG_MATERIALIZED;
    if (is(p, WORD_SELECT) || is(p, WORD_WITH))
        parse_fail(p, p->pos, "The query of a CTE stands in parentheses: AS (SELECT …).");
    parse_open(p, "( and a query");
    bool writes =
        is(p, WORD_INSERT) || is(p, WORD_UPDATE) || is(p, WORD_DELETE) || is(p, WORD_MERGE);
    if (writes && p->dialect == DIALECT_POSTGRES)
        parse_lacks(p, "A WITH that changes rows (DELETE … RETURNING) is not supported here: write "
                       "the statements one behind the other, in one transaction.");
    if (writes)
        parse_fail(p, p->pos, "A CTE holds a query: what changes rows is a statement of its own.");
    int clause = p->clause;
    n->child[CTE_QUERY] = parse_query(p);
    p->clause = clause;
    parse_close(p);
    return node_done(p, n);
}

SqlNode *parse_with(Parser *p)
{
    SqlNode *n = node_new(p, NODE_WITH);
    skip(p);
    if (accept(p, WORD_RECURSIVE)) n->flags = FLAG_RECURSIVE;
    size_t mark = tail_open(p);
    do {
        if (is(p, WORD_SELECT))
            parse_fail(p, p->pos - 1, "There is a comma too many before SELECT.");
        tail_add(p, parse_cte(p));
        if (is_name(p, 0) && sym_at(p, 1) == WORD_AS && sym_at(p, 2) == '(')
            parse_fail(p, p->pos, "A comma is missing before this CTE.");
        if (is(p, WORD_WITH))
            parse_fail(p, p->pos, "WITH stands once: a comma comes before the next CTE.");
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

// VALUES 1, 2: rows of one column need no parentheses in Trino and Spark.
static SqlNode *parse_bare_row(Parser *p)
{
    parse_use(p, FEATURE_VALUES_SCALARS);
    SqlNode *row = node_new(p, NODE_ROW);
    size_t mark = tail_open(p);
    tail_add(p, parse_expr(p));
    return tail_close(p, row, mark);
}

SqlNode *parse_values(Parser *p)
{
    SqlNode *n = node_new(p, NODE_VALUES);
    skip(p);
    size_t mark = tail_open(p);
    do {
        size_t at = p->pos;
        bool word = accept(p, WORD_ROW), row = word || is(p, '(');
        SqlNode *one = row ? parse_paren_list(p, NODE_ROW) : parse_bare_row(p);
        if (word) one->flags |= FLAG_WORDS;
        const SqlNode *first = p->stack.len > mark ? p->stack.at[mark] : one;
        if (one->count != first->count && !p->failed)
            parse_fail(p, at,
                       "This row of VALUES is %u wide, the first one %u: all need as many values.",
                       one->count, first->count);
        tail_add(p, one);
        if (is(p, '(')) parse_fail(p, p->pos, "A comma is missing between these rows.");
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

static SqlNode *parse_arm(Parser *p)
{
    if (is(p, '(')) {
        SqlNode *open = node_new(p, NODE_NULL);
        parse_open(p, "(");
        SqlNode *q = parse_query(p);
        parse_close(p);
        if (q->parens < UINT8_MAX) q->parens++;
        q->at = open->at, q->line = open->line, q->column = open->column;
        q->end = node_done(p, open)->end;
        return q;
    }
    if (is(p, WORD_VALUES)) return parse_values(p);
    if (is(p, WORD_FROM)) return parse_from_first(p);
    if (is(p, WORD_SELECT)) return parse_select(p);
    if (is(p, WORD_TABLE) && is_name(p, 1)) return parse_table_query(p);
    if (is(p, WORD_PIVOT) || is(p, WORD_UNPIVOT)) return parse_pivot_query(p);
    parse_expected(p, "SELECT");
    return node_new(p, NODE_NULL);
}

static SqlOp setop_of(int word)
{
    switch (word) {
    case WORD_EXCEPT:
        return OP_EXCEPT;
    case WORD_MINUS:
        return OP_MINUS_SET;
    case WORD_INTERSECT:
        return OP_INTERSECT;
    default:
        return OP_UNION;
    }
}

// INTERSECT binds tighter than the others, as everywhere but in SQLite, where all are alike.
static SqlNode *parse_setops(Parser *p, SqlNode *left, bool tight)
{
    bool flat = p->dialect == DIALECT_SQLITE;
    while (is_setop(p) && (!tight || is(p, WORD_INTERSECT))) {
        SqlNode *n = node_from(p, NODE_SETOP, left);
        n->op = (uint8_t)setop_of(sym_at(p, 0));
        if (n->op == OP_MINUS_SET) parse_use(p, FEATURE_MINUS);
        bool said = sym_at(p, 1) == WORD_ALL || sym_at(p, 1) == WORD_DISTINCT;
        if (!said && n->op != OP_MINUS_SET) parse_use(p, FEATURE_UNION_BARE);
        skip(p);
        if (is(p, WORD_ALL) && n->op != OP_UNION) parse_use(p, FEATURE_SETOP_ALL);
        if (accept(p, WORD_ALL)) n->flags |= FLAG_ALL;
        if (accept(p, WORD_DISTINCT)) n->flags |= FLAG_DISTINCT;
        if (is_two(p, WORD_BY, WORD_NAME)) {
            parse_use(p, FEATURE_BY_NAME);
            skip(p);
            skip(p);
            n->flags |= FLAG_BY_NAME;
        }
        n->child[LEFT_SIDE] = left;
        SqlNode *right = parse_arm(p);
        if (!flat && !tight && n->op != OP_INTERSECT) right = parse_setops(p, right, true);
        n->child[RIGHT_SIDE] = right;
        left = node_done(p, n);
    }
    return left;
}

static SqlNode *parse_query_tail(Parser *p, SqlNode *n)
{
    if (is(p, WORD_ORDER)) {
        p->clause = WORD_ORDER;
        n->child[QUERY_ORDER] = parse_order_by(p);
    }
    if (is(p, WORD_LIMIT) || is(p, WORD_OFFSET) || is(p, WORD_FETCH))
        n->child[QUERY_LIMIT] = parse_limit(p);
    parse_refused_clause(p);
    parse_window_names(p, n);
    bool ordered = n->child[QUERY_ORDER] || n->child[QUERY_LIMIT];
    if (ordered && is_setop(p)) {
        parse_fail(p, p->pos,
                   "ORDER BY and LIMIT of one arm need parentheses around it: (SELECT …) " STR_FMT
                   " ….",
                   STR_ARG(sql_word_text(sym_at(p, 0))));
    }
    return node_done(p, n);
}

SqlNode *parse_query_rest(Parser *p, SqlNode *arm)
{
    SqlNode *n = node_from(p, NODE_QUERY, arm);
    n->child[QUERY_BODY] = parse_setops(p, arm, false);
    return parse_query_tail(p, n);
}

SqlNode *parse_query_with(Parser *p, SqlNode *with)
{
    SqlNode *n = with ? node_from(p, NODE_QUERY, with) : node_new(p, NODE_QUERY);
    int clause = p->clause;
    n->child[QUERY_WITH] = with;
    if (with && tok_at(p, 0)->kind == TOKEN_END)
        parse_fail(p, p->pos, "A query must follow the WITH list: the statement ends here.");
    n->child[QUERY_BODY] = parse_setops(p, parse_arm(p), false);
    n = parse_query_tail(p, n);
    if (is(p, ')') || is(p, ';')) p->clause = clause;
    return n;
}

SqlNode *parse_query(Parser *p)
{
    if (!parse_enter(p)) {
        parse_leave(p);
        return node_new(p, NODE_QUERY);
    }
    SqlNode *with = is(p, WORD_WITH) ? parse_with(p) : NULL;
    SqlNode *n = parse_query_with(p, with);
    parse_leave(p);
    return n;
}
