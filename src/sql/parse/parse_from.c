// parse_from: tables, derived tables, table functions and every kind of join.
#include "sql/parse.h"

// AS t (a, b), t (a, b), AS (a INT) …: NULL when no alias stands here.
SqlNode *parse_table_alias(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ALIAS);
    SqlNode *name = parse_alias_name(p);
    if (!name) return NULL;
    n->child[ALIAS_NAME] = name;
    if (is(p, '(') && !starts_record_columns(p))
        n->child[ALIAS_COLUMNS] = parse_names(p, "a column");
    return node_done(p, n);
}

static bool starts_as_of(const Parser *p)
{
    return is_two(p, WORD_FOR, WORD_SYSTEM_TIME) || is_two(p, WORD_FOR, WORD_VERSION) ||
           is_two(p, WORD_FOR, WORD_TIMESTAMP) || (is(p, WORD_AT) && sym_at(p, 1) == '(');
}

// FOR SYSTEM_TIME AS OF x, FOR VERSION AS OF x; Snowflake's AT (TIMESTAMP => x).
static SqlNode *parse_as_of(Parser *p)
{
    parse_use(p, FEATURE_AS_OF);
    SqlNode *n = node_new(p, NODE_AS_OF);
    if (accept(p, WORD_AT)) {
        parse_open(p, "(");
        n->text = tok_text(p, tok_at(p, 0));
        parse_name(p, "TIMESTAMP, OFFSET or STATEMENT");
        expect(p, SYM_FAT_ARROW, NULL);
        n->flags = FLAG_WORDS;
        n->child[ONLY] = parse_expr(p);
        parse_close(p);
        return node_done(p, n);
    }
    skip(p);
    n->text = sql_word_text(sym_at(p, 0));
    skip(p);
    expect(p, WORD_AS, "OF after FOR SYSTEM_TIME");
    expect(p, WORD_OF, "after AS");
    n->child[ONLY] = parse_level(p, POWER_COMPARE + 1);
    return node_done(p, n);
}

SqlNode *parse_table_path(Parser *p)
{
    return parse_path(p, NODE_TABLE, "a table");
}

static SqlNode *parse_call_table(Parser *p, SqlNode *call, uint32_t flags)
{
    SqlNode *n = node_from(p, NODE_TABLE_CALL, call);
    parse_use_at(
        p, str_eq_nocase(call->text, S("UNNEST")) ? FEATURE_UNNEST : FEATURE_TABLE_FUNCTION, call);
    n->flags = flags;
    n->child[TABLE_CALL_CALL] = call;
    if (accept_two(p, WORD_WITH, WORD_ORDINALITY)) n->flags |= FLAG_ORDINALITY;
    n->child[TABLE_CALL_ALIAS] = parse_table_alias(p);
    if (starts_record_columns(p)) return parse_record_columns(p, call, n->child[TABLE_CALL_ALIAS]);
    if (is_two(p, WORD_WITH, WORD_OFFSET)) { // BigQuery
        skip(p);
        SqlNode *name = node_new(p, NODE_NAME);
        name->text = S("offset");
        skip(p);
        name = node_done(p, name);
        SqlNode *alias = parse_alias_name(p);
        n->child[TABLE_CALL_OFFSET] = alias ? alias : name;
    }
    n->child[TABLE_CALL_SAMPLE] = parse_sample(p);
    return node_done(p, n);
}

// MySQL's USE INDEX (a, b), FORCE INDEX FOR JOIN (a): how it is run, not what it gives.
static void skip_index_hints(Parser *p)
{
    static const char *const starts[] = {"USE", "FORCE", "IGNORE"};
    for (bool found = p->dialect == DIALECT_MYSQL; found;) {
        found = false;
        bool index = sym_at(p, 1) == WORD_INDEX || sym_at(p, 1) == WORD_KEY;
        for (size_t i = 0; index && i < sizeof starts / sizeof *starts; i++)
            found = found || str_eq_nocase(tok_text(p, tok_at(p, 0)), str_from(starts[i]));
        if (!found) break;
        skip(p);
        skip(p);
        while (is(p, WORD_FOR) || is(p, WORD_JOIN) || is(p, WORD_ORDER) || is(p, WORD_GROUP) ||
               is(p, WORD_BY))
            skip(p);
        parse_open(p, "( and the names of indexes");
        while (!is(p, ')') && !p->failed) skip(p);
        parse_close(p);
    }
}

static bool is_hinted(const Parser *p)
{
    bool hint = sym_at(p, 1) == WORD_INDEX || sym_at(p, 1) == WORD_KEY;
    return p->dialect == DIALECT_MYSQL && hint;
}

static SqlNode *parse_named_table(Parser *p, uint32_t flags)
{
    bool only = p->dialect == DIALECT_POSTGRES && is_word(p, 0, "ONLY") && is_name(p, 1);
    if (only && sym_at(p, 1) != WORD_AS) skip(p); // no table here has heirs
    size_t at = p->pos;
    SqlNode *n = parse_table_path(p);
    if (flags & FLAG_LATERAL && !is(p, '('))
        parse_fail(p, at, "LATERAL stands before a query in parentheses or a function.");
    if (is(p, '(')) {
        n->kind = NODE_COLUMN; // roles are empty so far: keep the names only
        uint32_t roles = sql_roles(NODE_TABLE);
        n->child += roles;
        n->count -= roles;
        return parse_call_table(p, parse_call(p, n), flags);
    }
    if (starts_as_of(p)) n->child[TABLE_AS_OF] = parse_as_of(p);
    n->child[TABLE_SAMPLE] = parse_sample(p);
    if (!is_hinted(p)) n->child[TABLE_ALIAS] = parse_table_alias(p);
    const SqlNode *alias = n->child[TABLE_ALIAS];
    if (alias && alias->child[ALIAS_COLUMNS])
        parse_use_at(p, FEATURE_TABLE_COLUMNS, alias->child[ALIAS_COLUMNS]);
    skip_index_hints(p);
    if (!n->child[TABLE_AS_OF] && starts_as_of(p)) n->child[TABLE_AS_OF] = parse_as_of(p);
    if (!n->child[TABLE_SAMPLE]) n->child[TABLE_SAMPLE] = parse_sample(p);
    return node_done(p, n);
}

static SqlNode *parse_derived(Parser *p, const SqlNode *open, SqlNode *query, uint32_t flags)
{
    SqlNode *n = node_from(p, NODE_DERIVED, open);
    n->flags = flags;
    n->child[DERIVED_QUERY] = query;
    n->child[DERIVED_ALIAS] = parse_table_alias(p);
    n->child[DERIVED_SAMPLE] = parse_sample(p);
    return node_done(p, n);
}

// ( query ) alias, or ( joins ); as in expressions, a derived table may become an arm.
static SqlNode *parse_from_paren(Parser *p, uint32_t flags)
{
    SqlNode *open = node_new(p, NODE_NULL);
    int clause = p->clause;
    parse_open(p, "(");
    if (starts_query(p, 0)) {
        SqlNode *query = parse_query(p);
        parse_close(p);
        p->clause = clause;
        return parse_derived(p, open, query, flags);
    }
    SqlNode *inner = parse_table_ref(p);
    while (p->dialect == DIALECT_MYSQL && accept(p, ',')) { // MySQL: FROM (a, b)
        SqlNode *join = node_from(p, NODE_JOIN, inner);
        join->op = OP_CROSS;
        join->child[JOIN_LEFT] = inner;
        join->child[JOIN_RIGHT] = parse_table_ref(p);
        inner = node_done(p, join);
    }
    bool bare = inner->kind == NODE_DERIVED && !inner->child[DERIVED_ALIAS] && !inner->parens;
    if (bare && continues_query(p)) {
        SqlNode *arm = inner->child[DERIVED_QUERY];
        if (arm->parens < UINT8_MAX) arm->parens++;
        arm->at = inner->at, arm->line = inner->line, arm->column = inner->column;
        arm->end = inner->end;
        SqlNode *query = parse_query_rest(p, arm);
        parse_close(p);
        p->clause = clause;
        return parse_derived(p, open, query, flags);
    }
    parse_close(p);
    if (inner->parens < UINT8_MAX) inner->parens++;
    inner->at = open->at, inner->line = open->line, inner->column = open->column;
    inner->end = node_done(p, open)->end;
    if (bare && !inner->child[DERIVED_ALIAS]) {
        inner->child[DERIVED_ALIAS] = parse_table_alias(p);
        node_done(p, inner);
    }
    return inner;
}

// FROM VALUES (1, 2), (3, 4) AS t(a, b), without parentheses around it.
static SqlNode *parse_bare_values(Parser *p)
{
    parse_use(p, FEATURE_BARE_VALUES);
    SqlNode *query = node_new(p, NODE_QUERY);
    query->child[QUERY_BODY] = parse_values(p);
    query = node_done(p, query);
    return parse_derived(p, query, query, FLAG_BARE);
}

SqlNode *parse_table_primary(Parser *p)
{
    uint32_t flags = 0;
    if (is(p, WORD_LATERAL) && sym_at(p, 1) != WORD_VIEW) {
        parse_use(p, FEATURE_LATERAL);
        skip(p);
        flags = FLAG_LATERAL;
    }
    if (is(p, '(')) return parse_from_paren(p, flags);
    if (starts_json_table(p)) return parse_json_table(p);
    if (is_word(p, 0, "ROWS")) parse_named(p); // ROWS FROM (f(), g())
    if (is(p, WORD_VALUES)) return parse_bare_values(p);
    if (is_two(p, WORD_TABLE, '(')) { // TABLE(f(x)): a table function by its word
        SqlNode *start = node_new(p, NODE_NULL);
        skip(p);
        parse_open(p, "(");
        SqlNode *call = parse_primary(p);
        if (call->kind != NODE_CALL) parse_expected(p, "a table function inside TABLE( )");
        parse_close(p);
        SqlNode *n = parse_call_table(p, call, flags | FLAG_WORDS);
        n->at = start->at, n->line = start->line, n->column = start->column;
        return n;
    }
    if (is(p, WORD_SELECT))
        parse_fail(p, p->pos, "A query in FROM stands in parentheses: FROM (SELECT …).");
    return parse_named_table(p, flags);
}

typedef struct {
    SqlOp op;
    uint32_t flags;
    bool found;
} JoinWords;

static void take_direction(Parser *p, JoinWords *j)
{
    static const struct {
        int word;
        SqlOp op;
    } rows[] = {{WORD_INNER, OP_INNER},
                {WORD_LEFT, OP_LEFT},
                {WORD_RIGHT, OP_RIGHT},
                {WORD_FULL, OP_FULL},
                {WORD_CROSS, OP_CROSS}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!is(p, rows[i].word)) continue;
        if (rows[i].op == OP_FULL) parse_use(p, FEATURE_FULL_JOIN);
        skip(p);
        j->op = rows[i].op;
        j->found = true;
        break;
    }
    accept(p, WORD_OUTER);
    if (is(p, WORD_SEMI) || is(p, WORD_ANTI)) {
        parse_use(p, FEATURE_SEMI_JOIN);
        j->op = is(p, WORD_SEMI) ? OP_SEMI : OP_ANTI;
        skip(p);
        j->found = true;
    }
}

// NATURAL, ASOF, LEFT, RIGHT, FULL, OUTER, SEMI, ANTI, CROSS … and JOIN. found = false: no join
// here.
static JoinWords parse_join_words(Parser *p)
{
    JoinWords j = {.op = OP_INNER};
    if (is(p, WORD_STRAIGHT_JOIN) && p->dialect == DIALECT_MYSQL) { // its order is a hint
        skip(p);
        j.found = true;
        return j;
    }
    if (is(p, WORD_NATURAL)) {
        parse_use(p, FEATURE_NATURAL);
        skip(p);
        j.flags |= FLAG_NATURAL;
        j.found = true;
    }
    if (is(p, WORD_ASOF)) {
        parse_use(p, FEATURE_ASOF_JOIN);
        skip(p);
        j.op = OP_ASOF;
        j.found = true;
        if (accept(p, WORD_LEFT)) j.flags |= FLAG_OUTER;
    } else {
        take_direction(p, &j);
    }
    if (is_two(p, WORD_POSITIONAL, WORD_JOIN)) {
        parse_lacks(p, "POSITIONAL JOIN takes rows as they happen to lie: number the rows of both "
                       "sides in an order, and join by the number.");
    }
    if (j.found) {
        expect(p, WORD_JOIN, "after the kind of the join");
    } else {
        j.found = accept(p, WORD_JOIN);
    }
    return j;
}

static bool needs_condition(const SqlNode *join)
{
    const SqlNode *right = join->child[JOIN_RIGHT];
    bool unnest = right && right->kind == NODE_TABLE_CALL;
    return join->op != OP_CROSS && !(join->flags & FLAG_NATURAL) && !unnest && join->op != OP_ASOF;
}

static void parse_condition(Parser *p, SqlNode *n)
{
    if (is_two(p, WORD_MATCH_CONDITION, '(')) {
        skip(p);
        parse_open(p, "(");
        n->child[JOIN_MATCH] = parse_expr(p);
        parse_close(p);
    }
    // Of an INSERT, which has it behind its query.
    bool insert = is_two(p, WORD_ON, WORD_CONFLICT) || is_two(p, WORD_ON, WORD_DUPLICATE);
    if (n->flags & FLAG_NATURAL && !insert && (is(p, WORD_ON) || is(p, WORD_USING)))
        parse_fail(
            p, p->pos,
            "A NATURAL join has its condition by itself, all columns of the same name: leave "
            "NATURAL or this condition out.");
    if (!insert && accept(p, WORD_ON)) {
        n->child[JOIN_ON] = parse_expr(p);
    } else if (accept(p, WORD_USING)) {
        n->child[JOIN_USING] = parse_names(p, "a column");
    } else if (needs_condition(n)) {
        bool may = n->op == OP_INNER && sql_feature_in(FEATURE_JOIN_WITHOUT_ON, p->dialect);
        if (may) {
            parse_use_at(p, FEATURE_JOIN_WITHOUT_ON, n);
        } else {
            parse_expected(p, "ON or USING behind this JOIN");
        }
    }
}

static SqlNode *parse_join(Parser *p, SqlNode *left, JoinWords j)
{
    SqlNode *n = node_from(p, NODE_JOIN, left);
    n->op = (uint8_t)j.op;
    n->flags = j.flags;
    n->child[JOIN_LEFT] = left;
    n->child[JOIN_RIGHT] = parse_table_suffix(p, parse_table_primary(p));
    parse_condition(p, n);
    return node_done(p, n);
}

// A table and all that is joined to it by words.
SqlNode *parse_table_ref(Parser *p)
{
    if (!parse_enter(p)) {
        parse_leave(p);
        return node_new(p, NODE_NULL);
    }
    SqlNode *left = parse_table_suffix(p, parse_table_primary(p));
    for (;;) {
        JoinWords j = parse_join_words(p);
        if (!j.found) break;
        left = parse_table_suffix(p, parse_join(p, left, j));
    }
    parse_leave(p);
    return left;
}

// At FROM (or USING of DELETE).
SqlNode *parse_from(Parser *p)
{
    SqlNode *n = node_new(p, NODE_FROM);
    skip(p);
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_table_ref(p));
    } while (accept(p, ','));
    bool insert = is_two(p, WORD_ON, WORD_CONFLICT) || is_two(p, WORD_ON, WORD_DUPLICATE);
    if (is(p, WORD_ON) && !insert)
        parse_fail(p, p->pos, "ON belongs to a JOIN: a comma joins without a condition.");
    return tail_close(p, n, mark);
}
