// parse_query: WITH, set operations, SELECT and its clauses, VALUES, LIMIT.
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

static SqlNode *parse_item(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ITEM);
    n->child[ITEM_VALUE] = is(p, '*') ? parse_star(p, NULL) : parse_columns_call(p);
    if (!n->child[ITEM_VALUE]) n->child[ITEM_VALUE] = parse_expr(p);
    bool several = is_two(p, WORD_AS, '(') && n->child[ITEM_VALUE]->kind == NODE_CALL;
    if (several) { // Spark: STACK(…) AS (a, b)
        parse_use(p, FEATURE_ITEM_COLUMNS);
        skip(p);
        n->child[ITEM_ALIAS] = parse_names(p, "a column");
        return node_done(p, n);
    }
    size_t at = p->pos;
    n->child[ITEM_ALIAS] = parse_alias_name(p);
    bool named = n->child[ITEM_VALUE] && n->child[ITEM_VALUE]->kind == NODE_STAR;
    if (named && n->child[ITEM_ALIAS])
        parse_fail(p, at,
                   "A * stands for many columns and takes no name: a comma is missing here.");
    return node_done(p, n);
}

SqlNode *parse_items(Parser *p)
{
    SqlNode *n = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    do {
        bool trailing = is(p, WORD_FROM) && p->stack.len > mark;
        if (trailing && sql_feature_in(FEATURE_TRAILING_COMMA, p->dialect)) {
            parse_use(p, FEATURE_TRAILING_COMMA);
            break;
        }
        tail_add(p, parse_item(p));
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

// ( ) among the keys: all rows as one group.
static SqlNode *parse_key(Parser *p)
{
    return is_two(p, '(', ')') ? parse_paren_list(p, NODE_ROW) : parse_expr(p);
}

static SqlNode *parse_grouping(Parser *p, SqlOp op)
{
    parse_use(p, FEATURE_GROUPING_SETS);
    SqlNode *n = node_new(p, NODE_GROUPING);
    n->op = (uint8_t)op;
    skip(p);
    accept(p, WORD_SETS);
    size_t mark = tail_open(p);
    parse_open(p, "(");
    do {
        bool nested = is_two(p, WORD_ROLLUP, '(') || is_two(p, WORD_CUBE, '(');
        if (nested && parse_enter(p)) {
            tail_add(p, parse_grouping(p, is(p, WORD_CUBE) ? OP_CUBE : OP_ROLLUP));
            parse_leave(p);
        } else {
            tail_add(p, parse_key(p));
        }
    } while (accept(p, ','));
    parse_close(p);
    return tail_close(p, n, mark);
}

static SqlNode *parse_group_element(Parser *p)
{
    if (is_two(p, WORD_ROLLUP, '(')) return parse_grouping(p, OP_ROLLUP);
    if (is_two(p, WORD_CUBE, '(')) return parse_grouping(p, OP_CUBE);
    if (is_two(p, WORD_GROUPING, WORD_SETS)) return parse_grouping(p, OP_SETS);
    return parse_key(p);
}

static SqlNode *parse_group_by(Parser *p)
{
    SqlNode *n = node_new(p, NODE_GROUP_BY);
    skip(p);
    expect(p, WORD_BY, "after GROUP");
    size_t mark = tail_open(p);
    if (is(p, WORD_ALL)) {
        parse_use(p, FEATURE_GROUP_BY_ALL);
        skip(p);
        n->flags = FLAG_ALL;
        return tail_close(p, n, mark);
    }
    do {
        tail_add(p, parse_group_element(p));
    } while (accept(p, ','));
    if (is_two(p, WORD_WITH, WORD_ROLLUP) || is_two(p, WORD_WITH, WORD_CUBE)) {
        parse_use(p, FEATURE_WITH_ROLLUP);
        skip(p);
        n->op = is(p, WORD_CUBE) ? OP_CUBE : OP_ROLLUP;
        skip(p);
    }
    return tail_close(p, n, mark);
}

static SqlNode *parse_windows(Parser *p)
{
    parse_use(p, FEATURE_NAMED_WINDOW);
    SqlNode *n = node_new(p, NODE_LIST);
    skip(p);
    size_t mark = tail_open(p);
    do {
        SqlNode *item = node_new(p, NODE_ITEM);
        item->child[ITEM_ALIAS] = parse_name(p, "the name of a window");
        expect(p, WORD_AS, "behind the name of the window");
        parse_open(p, "( after AS");
        item->child[ITEM_VALUE] = parse_window_body(p);
        tail_add(p, node_done(p, item));
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

static SqlNode *parse_top(Parser *p)
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

// MySQL's words on how a SELECT is run: SELECT SQL_NO_CACHE a. DISTINCTROW is DISTINCT.
static void skip_modifiers(Parser *p, SqlNode *n)
{
    static const char *const words[] = {
        "HIGH_PRIORITY",     "STRAIGHT_JOIN", "SQL_SMALL_RESULT",    "SQL_BIG_RESULT",
        "SQL_BUFFER_RESULT", "SQL_NO_CACHE",  "SQL_CALC_FOUND_ROWS", "DISTINCTROW"};
    enum { WORDS = sizeof words / sizeof *words };
    for (bool found = p->dialect == DIALECT_MYSQL; found;) {
        const Tok *next = tok_at(p, 1);
        bool value =
            next->kind == TOKEN_NAME || next->kind == TOKEN_NUMBER || next->sym == '*' ||
            next->kind == TOKEN_STRING || next->sym == '(' ||
            (next->kind == TOKEN_KEYWORD && next->sym != WORD_FROM && next->sym != WORD_AS);
        found = false;
        for (size_t i = 0; value && i < WORDS && !found; i++) {
            found = str_eq_nocase(tok_text(p, tok_at(p, 0)), str_from(words[i]));
            if (found && i == WORDS - 1) n->flags |= FLAG_DISTINCT;
        }
        if (found) skip(p);
    }
}

static void parse_select_head(Parser *p, SqlNode *n)
{
    skip_modifiers(p, n);
    if (accept(p, WORD_DISTINCT)) {
        n->flags |= FLAG_DISTINCT;
        if (is_two(p, WORD_ON, '(')) {
            parse_use(p, FEATURE_DISTINCT_ON);
            skip(p);
            if (is_two(p, '(', ')'))
                parse_fail(p, p->pos + 1, "Between these parentheses an expression is missing.");
            n->child[SELECT_ON] = parse_paren_list(p, NODE_LIST);
        }
    } else if (accept(p, WORD_ALL)) {
        n->flags |= FLAG_ALL;
    }
    skip_modifiers(p, n);
    bool top = is(p, WORD_TOP) && (tok_at(p, 1)->kind == TOKEN_NUMBER || sym_at(p, 1) == '(');
    if (top) n->child[SELECT_TOP] = parse_top(p);
    if (is_two(p, WORD_AS, WORD_STRUCT) || is_two(p, WORD_AS, WORD_VALUE)) {
        parse_use(p, FEATURE_SELECT_AS);
        n->text = sql_word_text(sym_at(p, 1));
        skip(p);
        skip(p);
    }
}

static SqlNode *parse_clause(Parser *p, int word)
{
    p->clause = word;
    skip(p);
    return parse_expr(p);
}

static void refuse_by_name(Parser *p)
{
    static const struct {
        int first, second;
        const char *name;
    } rows[] = {
        {WORD_CONNECT, WORD_BY, "CONNECT BY"},
        {WORD_START, WORD_WITH, "START WITH"},
        {WORD_SORT, WORD_BY, "SORT BY"},
        {WORD_DISTRIBUTE, WORD_BY, "DISTRIBUTE BY"},
        {WORD_CLUSTER, WORD_BY, "CLUSTER BY in a query"},
        {WORD_FOR, WORD_UPDATE, "FOR UPDATE"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (is_two(p, rows[i].first, rows[i].second)) parse_unsupported(p, rows[i].name);
    }
    if (is(p, WORD_INTO)) parse_unsupported(p, "SELECT INTO");
    bool sample = is_two(p, WORD_USING, WORD_SAMPLE);
    if (sample) parse_lacks(p, "USING SAMPLE takes other rows each time: LIMIT takes some.");
}

static void parse_select_tail(Parser *p, SqlNode *n)
{
    if (is(p, WORD_WHERE)) n->child[SELECT_WHERE] = parse_clause(p, WORD_WHERE);
    if (is(p, WORD_GROUP)) {
        p->clause = WORD_GROUP;
        n->child[SELECT_GROUP] = parse_group_by(p);
    }
    if (is(p, WORD_HAVING)) n->child[SELECT_HAVING] = parse_clause(p, WORD_HAVING);
    for (;;) {
        bool named = is(p, WORD_WINDOW) && is_name(p, 1) && !n->child[SELECT_WINDOWS];
        if (named) {
            p->clause = WORD_WINDOW;
            n->child[SELECT_WINDOWS] = parse_windows(p);
        } else if (is(p, WORD_QUALIFY) && !n->child[SELECT_QUALIFY]) {
            parse_use(p, FEATURE_QUALIFY);
            n->child[SELECT_QUALIFY] = parse_clause(p, WORD_QUALIFY);
        } else {
            break;
        }
    }
    refuse_by_name(p);
}

// FROM t [SELECT …], as DuckDB has it.
static SqlNode *parse_from_first(Parser *p)
{
    parse_use(p, FEATURE_FROM_FIRST);
    SqlNode *n = node_new(p, NODE_SELECT);
    n->flags = FLAG_FROM_FIRST;
    p->clause = WORD_FROM;
    n->child[SELECT_FROM] = parse_from(p);
    if (accept(p, WORD_SELECT)) {
        parse_select_head(p, n);
        n->child[SELECT_ITEMS] = parse_items(p);
    } else {
        SqlNode *list = node_new(p, NODE_LIST);
        list->end = list->at = n->child[SELECT_FROM]->end;
        n->child[SELECT_ITEMS] = list;
    }
    parse_select_tail(p, n);
    return node_done(p, n);
}

// TABLE t: all of it.
static SqlNode *parse_table_query(Parser *p)
{
    SqlNode *n = node_new(p, NODE_SELECT), *from = node_new(p, NODE_FROM);
    n->flags = FLAG_FROM_FIRST | FLAG_WORDS; // the spelling TABLE t
    skip(p);
    size_t mark = tail_open(p);
    tail_add(p, parse_table_path(p));
    n->child[SELECT_FROM] = tail_close(p, from, mark);
    SqlNode *list = node_new(p, NODE_LIST);
    list->end = list->at = from->end;
    n->child[SELECT_ITEMS] = list;
    return node_done(p, n);
}

static SqlNode *parse_select(Parser *p)
{
    SqlNode *n = node_new(p, NODE_SELECT);
    p->clause = WORD_SELECT;
    skip(p);
    parse_select_head(p, n);
    if (is(p, WORD_FROM) && p->dialect == DIALECT_POSTGRES) // EXISTS (SELECT FROM t)
        parse_lacks(p, "A SELECT of no columns is not supported here: write SELECT 1.");
    n->child[SELECT_ITEMS] = parse_items(p);
    refuse_by_name(p);
    if (is(p, WORD_FROM)) {
        p->clause = WORD_FROM;
        n->child[SELECT_FROM] = parse_from(p);
    }
    parse_spread(p, n);
    parse_select_tail(p, n);
    return node_done(p, n);
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
        bool word = accept(p, WORD_ROW), row = word || is(p, '(');
        SqlNode *one = row ? parse_paren_list(p, NODE_ROW) : parse_bare_row(p);
        if (word) one->flags |= FLAG_WORDS;
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

static SqlNode *parse_limit(Parser *p)
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
    if (is(p, WORD_OFFSET) && !n->child[LIMIT_OFFSET]) parse_offset(p, n);
    if (is(p, WORD_FETCH) && !n->child[LIMIT_COUNT]) n = parse_fetch(p, n);
    return node_done(p, n);
}

static SqlNode *parse_query_tail(Parser *p, SqlNode *n)
{
    if (is(p, WORD_ORDER)) {
        p->clause = WORD_ORDER;
        n->child[QUERY_ORDER] = parse_order_by(p);
    }
    if (is(p, WORD_LIMIT) || is(p, WORD_OFFSET) || is(p, WORD_FETCH))
        n->child[QUERY_LIMIT] = parse_limit(p);
    refuse_by_name(p);
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
