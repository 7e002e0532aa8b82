// parse_select: SELECT and its clauses, FROM first, TABLE t.
#include "sql/parse.h"

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
    bool sets = p->dialect == DIALECT_SPARK && is_two(p, WORD_GROUPING, WORD_SETS);
    if (sets) { // GROUP BY a, b GROUPING SETS (…): the list says nothing that the sets do not
        p->stack.len = mark;
        tail_add(p, parse_grouping(p, OP_SETS));
    }
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

void parse_refused_clause(Parser *p)
{
    static const struct {
        int first, second;
        const char *sentence;
    } rows[] = {
        {WORD_CONNECT, WORD_BY, "CONNECT BY is not supported here: write WITH RECURSIVE."},
        {WORD_START, WORD_WITH, "START WITH is not supported here: write WITH RECURSIVE."},
        {WORD_SORT, WORD_BY, "SORT BY is not supported here: write ORDER BY."},
        {WORD_DISTRIBUTE, WORD_BY, "DISTRIBUTE BY is not supported here: leave it out."},
        {WORD_CLUSTER, WORD_BY, "CLUSTER BY in a query is not supported here: leave it out."},
        {WORD_FOR, WORD_UPDATE, "FOR UPDATE is not supported here: leave it out."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (is_two(p, rows[i].first, rows[i].second)) parse_lacks(p, rows[i].sentence);
    }
    if (is(p, WORD_INTO))
        parse_lacks(p, "SELECT INTO is not supported here: write CREATE TABLE … AS SELECT.");
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
    parse_refused_clause(p);
}

// FROM t [SELECT …], as DuckDB has it.
SqlNode *parse_from_first(Parser *p)
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
SqlNode *parse_table_query(Parser *p)
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

SqlNode *parse_select(Parser *p)
{
    SqlNode *n = node_new(p, NODE_SELECT);
    p->clause = WORD_SELECT;
    skip(p);
    parse_select_head(p, n);
    if (is(p, WORD_FROM) && p->dialect == DIALECT_POSTGRES) // EXISTS (SELECT FROM t)
        parse_lacks(p, "A SELECT of no columns is not supported here: write SELECT 1.");
    n->child[SELECT_ITEMS] = parse_items(p);
    parse_refused_clause(p);
    if (is(p, WORD_FROM)) {
        p->clause = WORD_FROM;
        n->child[SELECT_FROM] = parse_from(p);
    }
    parse_spread(p, n);
    parse_select_tail(p, n);
    return node_done(p, n);
}
