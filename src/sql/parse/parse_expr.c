// parse_expr: operators by precedence climbing; what the operators join is parse_primary's.
//
// The table of infix symbols gives each its power. Where dialects disagree, the dialect's own rule
// holds: what || binds tighter than, and that MySQL reads || as OR and && as AND.
#include "sql/parse.h"

static const struct {
    uint16_t sym;
    uint8_t power, op;
} infixes[] = {
    {'=', POWER_COMPARE, OP_EQ},
    {SYM_EQ_EQ, POWER_COMPARE, OP_EQ},
    {SYM_NE, POWER_COMPARE, OP_NE},
    {SYM_BANG_NE, POWER_COMPARE, OP_NE},
    {'<', POWER_COMPARE, OP_LT},
    {SYM_LE, POWER_COMPARE, OP_LE},
    {'>', POWER_COMPARE, OP_GT},
    {SYM_GE, POWER_COMPARE, OP_GE},
    {SYM_SAME, POWER_COMPARE, OP_SAME},
    {'|', POWER_BITS, OP_BIT_OR},
    {'&', POWER_BITS, OP_BIT_AND},
    {SYM_SHIFT_LEFT, POWER_BITS, OP_SHIFT_LEFT},
    {SYM_SHIFT_RIGHT, POWER_BITS, OP_SHIFT_RIGHT},
    {'~', POWER_BITS, OP_MATCH},
    {SYM_MATCH_ANY, POWER_BITS, OP_MATCH_ANY},
    {SYM_NOT_MATCH, POWER_BITS, OP_NOT_MATCH},
    {SYM_NOT_MATCH_ANY, POWER_BITS, OP_NOT_MATCH_ANY},
    {SYM_AND_AND, POWER_BITS, OP_OVERLAP},
    {SYM_HOLDS, POWER_BITS, OP_HOLDS},
    {SYM_HELD, POWER_BITS, OP_HELD},
    {'?', POWER_BITS, OP_HAS},
    {SYM_HAS_ANY, POWER_BITS, OP_HAS_ANY},
    {SYM_HAS_ALL, POWER_BITS, OP_HAS_ALL},
    {WORD_OVERLAPS, POWER_COMPARE, OP_PERIODS},
    {SYM_CONCAT, POWER_CONCAT, OP_CONCAT},
    {'+', POWER_ADD, OP_ADD},
    {'-', POWER_ADD, OP_SUBTRACT},
    {'*', POWER_MULTIPLY, OP_MULTIPLY},
    {'/', POWER_MULTIPLY, OP_DIVIDE},
    {'%', POWER_MULTIPLY, OP_MODULO},
    {WORD_DIV, POWER_MULTIPLY, OP_DIV},
    {'^', POWER_POWER, OP_POWER},
    {SYM_POWER, POWER_POWER, OP_POWER},
    {SYM_ARROW, POWER_JSON, OP_JSON},
    {SYM_JSON_TEXT, POWER_JSON, OP_JSON_TEXT},
    {SYM_PATH, POWER_JSON, OP_NONE}, // parse_json_path
    {SYM_PATH_TEXT, POWER_JSON, OP_NONE},
    {'#', POWER_BITS, OP_BIT_XOR},
    {WORD_XOR, POWER_XOR, OP_XOR},
};

static int concat_power(Dialect d)
{
    switch (d) {
    case DIALECT_SQLITE:
        return POWER_JSON;
    case DIALECT_BIGQUERY:
        return POWER_MULTIPLY;
    case DIALECT_SPARK:
    case DIALECT_SNOWFLAKE:
        return POWER_ADD;
    case DIALECT_POSTGRES:
    case DIALECT_TRINO:
    case DIALECT_MYSQL:
    case DIALECT_DUCKDB:
    case DIALECT_FLINK:
        return POWER_CONCAT;
    }
    return POWER_CONCAT;
}

static bool is_or(const Parser *p)
{
    return is(p, WORD_OR) || (is(p, SYM_CONCAT) && p->dialect == DIALECT_MYSQL);
}
static bool is_and(const Parser *p)
{
    bool arrays = p->dialect == DIALECT_POSTGRES || p->dialect == DIALECT_DUCKDB; // that overlap
    return is(p, WORD_AND) || (is(p, SYM_AND_AND) && !arrays);
}

// IN, LIKE, BETWEEN … at `ahead`: what may stand behind NOT as well.
static bool is_test(const Parser *p, size_t ahead)
{
    switch (sym_at(p, ahead)) {
    case WORD_IN:
    case WORD_LIKE:
    case WORD_ILIKE:
    case WORD_RLIKE:
    case WORD_REGEXP:
    case WORD_SIMILAR:
    case WORD_GLOB:
    case WORD_BETWEEN:
        return true;
    default:
        return false;
    }
}

// n MOD m: elsewhere the word is a name.
static bool is_mod(const Parser *p)
{
    const Tok *t = tok_at(p, 0);
    return p->dialect == DIALECT_MYSQL && t->kind == TOKEN_NAME &&
           str_eq_nocase(tok_text(p, t), S("MOD"));
}

// MySQL: x MEMBER OF (array)
static bool is_member_of(const Parser *p)
{
    return p->dialect == DIALECT_MYSQL && is_word(p, 0, "MEMBER") && sym_at(p, 1) == WORD_OF &&
           sym_at(p, 2) == '(';
}

// The power of the infix at the current token, 0 for none; *op when it is a plain binary one.
static int infix_power(const Parser *p, SqlOp *op)
{
    *op = OP_NONE;
    int sym = sym_at(p, 0);
    if (is_mod(p)) {
        *op = OP_MODULO;
        return POWER_MULTIPLY;
    }
    if (is_member_of(p)) return POWER_COMPARE;
    if (sym == SYM_NONE || sym == ')' || sym == ',' || sym == WORD_FROM) return 0;
    if (is_or(p)) return POWER_OR;
    if (is_and(p)) return POWER_AND;
    if (is_test(p, 0) || sym == WORD_IS || sym == WORD_ISNULL || sym == WORD_NOTNULL)
        return POWER_COMPARE;
    if (sym == WORD_NOT) return is_test(p, 1) || sym_at(p, 1) == WORD_NULL ? POWER_COMPARE : 0;
    if (is_two(p, '/', '/')) { // DuckDB
        *op = OP_DIV;
        return POWER_MULTIPLY;
    }
    if (sym == '?' && p->dialect != DIALECT_POSTGRES) return 0; // a parameter
    if (sym == '#' && p->dialect != DIALECT_POSTGRES) return 0; // DuckDB: #1 is a column
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++) {
        if (infixes[i].sym != sym) continue;
        *op = (SqlOp)infixes[i].op;
        if (*op == OP_CONCAT) return concat_power(p->dialect);
        if (sym == '^' && sql_rules(p->dialect)->caret_is_xor) *op = OP_BIT_XOR;
        return infixes[i].power;
    }
    return 0;
}

static SqlNode *parse_chain(Parser *p, SqlNode *left, bool is_or_chain)
{
    SqlNode *n = node_from(p, is_or_chain ? NODE_OR : NODE_AND, left);
    int power = is_or_chain ? POWER_OR : POWER_AND;
    size_t mark = tail_open(p);
    tail_add(p, left);
    while (is_or_chain ? is_or(p) : is_and(p)) {
        if (is(p, SYM_AND_AND)) parse_use(p, FEATURE_AND_SIGN);
        skip(p);
        tail_add(p, parse_level(p, power + 1));
    }
    return tail_close(p, n, mark);
}

static SqlNode *parse_is(Parser *p, SqlNode *left)
{
    SqlNode *n = node_from(p, NODE_IS, left);
    skip(p);
    bool negated = accept(p, WORD_NOT);
    n->flags = negated ? FLAG_NOT : 0;
    n->child[OPERAND] = left;
    if (accept(p, WORD_NULL)) {
        n->op = OP_IS_NULL;
    } else if (accept(p, WORD_TRUE)) {
        n->op = OP_IS_TRUE;
    } else if (accept(p, WORD_FALSE)) {
        n->op = OP_IS_FALSE;
    } else if (accept(p, WORD_UNKNOWN)) {
        n->op = OP_IS_UNKNOWN;
    } else if (is(p, WORD_DISTINCT) || p->dialect == DIALECT_SQLITE) {
        if (is(p, WORD_DISTINCT)) {
            parse_use(p, FEATURE_IS_DISTINCT);
            skip(p);
            expect(p, WORD_FROM, "after IS DISTINCT");
            negated = !negated;
        }
        SqlNode *b = node_from(p, NODE_BINARY, left);
        b->op = negated ? OP_DISTINCT : OP_SAME;
        b->child[LEFT_SIDE] = left;
        b->child[RIGHT_SIDE] = parse_level(p, POWER_COMPARE + 1);
        return node_done(p, b);
    } else if (is(p, WORD_IN) || is(p, WORD_LIKE) || is(p, WORD_BETWEEN)) {
        parse_fail(p, p->pos, "IS does not stand before " STR_FMT ": leave IS out.",
                   STR_ARG(tok_text(p, tok_at(p, 0))));
    } else {
        parse_expected(p, "NULL, TRUE, FALSE or DISTINCT FROM after IS");
    }
    return node_done(p, n);
}

static SqlNode *parse_null_test(Parser *p, SqlNode *left) // ISNULL, NOTNULL, NOT NULL
{
    SqlNode *n = node_from(p, NODE_IS, left);
    n->op = OP_IS_NULL;
    n->flags = is(p, WORD_ISNULL) ? 0 : FLAG_NOT;
    n->child[OPERAND] = left;
    if (accept(p, WORD_NOT)) {
        expect(p, WORD_NULL, NULL);
    } else {
        skip(p);
    }
    return node_done(p, n);
}

static SqlNode *parse_between(Parser *p, SqlNode *left, bool negated)
{
    SqlNode *n = node_from(p, NODE_BETWEEN, left);
    skip(p);
    n->flags = negated ? FLAG_NOT : 0;
    if (accept(p, WORD_SYMMETRIC)) n->flags |= FLAG_ALL;
    n->child[OPERAND] = left;
    n->child[OPERAND_SECOND] = parse_level(p, POWER_COMPARE + 1);
    if (is(p, ',')) parse_fail(p, p->pos, "BETWEEN takes AND between its bounds, not a comma.");
    expect(p, WORD_AND, "between the bounds of BETWEEN");
    n->child[OPERAND_THIRD] = parse_level(p, POWER_COMPARE + 1);
    return node_done(p, n);
}

// DuckDB: x IN [1, 2] is x IN (1, 2); x IN list asks the list.
static SqlNode *parse_in_list(Parser *p, SqlNode *left, bool negated)
{
    SqlNode *set = parse_level(p, POWER_COMPARE + 1);
    bool literal = set->kind == NODE_ARRAY;
    SqlNode *n = node_from(p, literal ? NODE_IN : NODE_QUANTIFIED, left);
    if (literal) {
        set->kind = NODE_LIST;
        n->flags = negated ? FLAG_NOT : 0;
        n->child[OPERAND] = left;
        n->child[OPERAND_SECOND] = set;
    } else {
        n->op = negated ? OP_NE : OP_EQ;
        n->flags = negated ? FLAG_ALL : 0;
        n->child[LEFT_SIDE] = left;
        n->child[RIGHT_SIDE] = set;
    }
    return node_done(p, n);
}

static SqlNode *parse_in(Parser *p, SqlNode *left, bool negated)
{
    bool list = p->dialect == DIALECT_DUCKDB && sym_at(p, 1) != '(' && sym_at(p, 1) != WORD_UNNEST;
    if (list && (sym_at(p, 1) == '[' || is_name(p, 1))) {
        skip(p);
        return parse_in_list(p, left, negated);
    }
    SqlNode *n = node_from(p, NODE_IN, left);
    skip(p);
    n->flags = negated ? FLAG_NOT : 0;
    n->child[OPERAND] = left;
    if (is(p, WORD_UNNEST)) {
        n->child[OPERAND_SECOND] = parse_primary(p);
    } else if (!is(p, '(')) {
        parse_fail(p, p->pos, "IN takes its values in parentheses: IN (1, 2).");
    } else if (starts_query(p, 1) || sym_at(p, 1) == '(') {
        SqlNode *set = parse_paren(p); // a query, or a list that starts with a parenthesis
        if (set->kind == NODE_ROW &&
            !set->parens) { // in parentheses once more it is a row: ((1, 2))
            set->kind = NODE_LIST;
        } else if (set->kind != NODE_SUBQUERY) {
            SqlNode *one = node_from(p, NODE_LIST, set);
            size_t mark = tail_open(p);
            if (set->parens) set->parens--;
            tail_add(p, set);
            set = tail_close(p, one, mark);
        }
        n->child[OPERAND_SECOND] = set;
    } else {
        n->child[OPERAND_SECOND] = parse_paren_list(p, NODE_LIST);
    }
    return node_done(p, n);
}

// = ANY (…), LIKE ALL (…): the right side is a query, a list or an array.
static SqlNode *parse_quantified(Parser *p, SqlNode *left, SqlOp op)
{
    SqlNode *n = node_from(p, NODE_QUANTIFIED, left);
    n->op = (uint8_t)op;
    n->flags = is(p, WORD_ALL) ? FLAG_ALL : 0;
    skip(p);
    n->child[LEFT_SIDE] = left;
    n->child[RIGHT_SIDE] = parse_paren(p);
    return node_done(p, n);
}

static bool is_quantifier(const Parser *p)
{
    return (is(p, WORD_ANY) || is(p, WORD_ALL) || is(p, WORD_SOME)) && sym_at(p, 1) == '(';
}

static SqlOp like_op(Parser *p)
{
    switch (sym_at(p, 0)) {
    case WORD_ILIKE:
        parse_use(p, FEATURE_ILIKE);
        return OP_ILIKE;
    case WORD_RLIKE:
    case WORD_REGEXP:
        return OP_RLIKE;
    case WORD_SIMILAR:
        skip(p);
        if (!is(p, WORD_TO)) parse_expected(p, "TO after SIMILAR");
        return OP_SIMILAR;
    case WORD_GLOB:
        return OP_GLOB;
    default:
        return OP_LIKE;
    }
}

static SqlNode *parse_like(Parser *p, SqlNode *left, bool negated)
{
    SqlOp op = like_op(p);
    skip(p);
    if (is_quantifier(p)) {
        parse_use(p, FEATURE_LIKE_ANY);
        SqlNode *any = parse_quantified(p, left, op);
        if (negated) any->flags |= FLAG_NOT;
        return any;
    }
    SqlNode *n = node_from(p, NODE_LIKE, left);
    n->op = (uint8_t)op;
    n->flags = negated ? FLAG_NOT : 0;
    n->child[OPERAND] = left;
    n->child[OPERAND_SECOND] = parse_level(p, POWER_COMPARE + 1);
    if (accept(p, WORD_ESCAPE)) n->child[OPERAND_THIRD] = parse_level(p, POWER_COMPARE + 1);
    return node_done(p, n);
}

static SqlNode *parse_member_of(Parser *p, SqlNode *left)
{
    SqlNode *n = node_from(p, NODE_QUANTIFIED, left);
    n->op = OP_EQ;
    n->flags = FLAG_WORDS;
    skip(p);
    skip(p);
    n->child[LEFT_SIDE] = left;
    n->child[RIGHT_SIDE] = parse_paren(p);
    return node_done(p, n);
}

static SqlNode *parse_test(Parser *p, SqlNode *left)
{
    if (is_member_of(p)) return parse_member_of(p, left);
    if (is(p, WORD_IS)) return parse_is(p, left);
    if (is(p, WORD_ISNULL) || is(p, WORD_NOTNULL) || is_two(p, WORD_NOT, WORD_NULL))
        return parse_null_test(p, left);
    bool negated = accept(p, WORD_NOT);
    if (is(p, WORD_IN)) return parse_in(p, left, negated);
    if (is(p, WORD_BETWEEN)) return parse_between(p, left, negated);
    return parse_like(p, left, negated);
}

static void note_operator(Parser *p, SqlOp op)
{
    if (op == OP_SAME) parse_use(p, FEATURE_NULL_SAFE_ARROW);
    if (op >= OP_MATCH && op <= OP_NOT_MATCH_ANY) parse_use(p, FEATURE_MATCH_OPERATOR);
    if (op == OP_DIV) parse_use(p, FEATURE_DIV);
    if (is(p, SYM_EQ_EQ)) parse_use(p, FEATURE_EQUAL_TWICE);
    if (op == OP_PERIODS) parse_use(p, FEATURE_OVERLAPS);
}

// Postgres's ~~ is LIKE, and no ~ of a ~x.
static bool is_two_tildes(const Parser *p)
{
    const Tok *a = tok_at(p, 0), *b = tok_at(p, 1);
    return b->at < p->sql.len && a->end == b->at && p->sql.ptr[a->at] == '~' &&
           p->sql.ptr[b->at] == '~';
}

static SqlNode *parse_binary(Parser *p, SqlNode *left, SqlOp op, int power)
{
    if (op == OP_MATCH && is_two_tildes(p))
        parse_fail(p, p->pos, "~~ is LIKE: write LIKE, which every dialect reads.");
    if (op == OP_DIV && is(p, '/')) {
        skip(p);
    } else {
        note_operator(p, op);
    }
    skip(p);
    if (power == POWER_COMPARE && is_quantifier(p)) return parse_quantified(p, left, op);
    SqlNode *n = node_from(p, NODE_BINARY, left);
    n->op = (uint8_t)op;
    n->child[LEFT_SIDE] = left;
    n->child[RIGHT_SIDE] = parse_level(p, power + 1);
    return node_done(p, n);
}

static SqlNode *parse_unary(Parser *p, SqlOp op, int power)
{
    SqlNode *n = node_new(p, NODE_UNARY);
    if (is(p, '!')) n->flags = FLAG_BARE;
    skip(p);
    n->op = (uint8_t)op;
    n->child[ONLY] = parse_level(p, power);
    return node_done(p, n);
}

// MySQL's BINARY x: compared byte by byte.
static bool is_binary_word(const Parser *p)
{
    const Tok *next = tok_at(p, 1);
    bool call = next->kind == TOKEN_KEYWORD && sym_at(p, 2) == '('; // LEFT(x, 1)
    bool value = call || next->kind == TOKEN_NAME || next->kind == TOKEN_STRING ||
                 next->kind == TOKEN_NUMBER;
    return p->dialect == DIALECT_MYSQL && value &&
           str_eq_nocase(tok_text(p, tok_at(p, 0)), S("BINARY"));
}

static SqlNode *parse_binary_word(Parser *p)
{
    SqlNode *n = node_new(p, NODE_COLLATE);
    n->text = S("BINARY");
    skip(p);
    n->child[ONLY] = parse_level(p, POWER_UNARY);
    return node_done(p, n);
}

// Postgres: @ x is ABS(x), |/ x is SQRT(x), ||/ x is CBRT(x).
static const char *prefix_function(const Parser *p, size_t *tokens)
{
    if (p->dialect != DIALECT_POSTGRES) return NULL;
    const Tok *t = tok_at(p, 0);
    bool root = sym_at(p, 1) == '/' && t->end == tok_at(p, 1)->at;
    *tokens = is(p, '@') ? 1 : 2;
    if (is(p, '@')) return "ABS";
    if (!root) return NULL;
    return is(p, '|') ? "SQRT" : is(p, SYM_CONCAT) ? "CBRT" : NULL;
}

static SqlNode *parse_prefix_function(Parser *p, const char *name, size_t tokens)
{
    SqlNode *n = node_new(p, NODE_CALL);
    n->text = str_from(name);
    while (tokens--) skip(p);
    size_t mark = tail_open(p);
    tail_add(p, parse_level(p, POWER_UNARY));
    return tail_close(p, n, mark);
}

static SqlNode *parse_prefix(Parser *p)
{
    size_t tokens;
    const char *function = prefix_function(p, &tokens);
    if (function) return parse_prefix_function(p, function, tokens);
    switch (sym_at(p, 0)) {
    case WORD_NOT:
        return parse_unary(p, OP_NOT, POWER_NOT);
    case '!':
        return parse_unary(p, OP_NOT, POWER_UNARY);
    case '-':
        return parse_unary(p, OP_MINUS, POWER_UNARY);
    case '+':
        return parse_unary(p, OP_PLUS, POWER_UNARY);
    case '~':
        return parse_unary(p, OP_BIT_NOT, POWER_UNARY);
    default:
        return is_binary_word(p) ? parse_binary_word(p) : parse_primary(p);
    }
}

// An expression of operators that bind at least as tight as `power`.
SqlNode *parse_level(Parser *p, int power)
{
    if (!parse_enter(p)) {
        parse_leave(p);
        return node_new(p, NODE_NULL);
    }
    SqlNode *left = parse_prefix(p);
    for (;;) {
        SqlOp op;
        int found = infix_power(p, &op);
        if (found == 0 || found < power) break;
        if (found == POWER_OR || found == POWER_AND) {
            left = parse_chain(p, left, found == POWER_OR);
        } else if (is(p, SYM_PATH) || is(p, SYM_PATH_TEXT)) {
            left = parse_json_path(p, left);
        } else if (op) {
            left = parse_binary(p, left, op, found);
        } else {
            left = parse_test(p, left);
        }
    }
    parse_leave(p);
    return left;
}

SqlNode *parse_expr(Parser *p)
{
    return parse_level(p, POWER_OR);
}

SqlNode *parse_list(Parser *p, SqlKind kind)
{
    SqlNode *n = node_new(p, kind);
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_expr(p));
    } while (accept(p, ','));
    return tail_close(p, n, mark);
}

SqlNode *parse_paren_list(Parser *p, SqlKind kind)
{
    SqlNode *n = node_new(p, kind);
    size_t mark = tail_open(p);
    parse_open(p, "(");
    if (!is(p, ')')) {
        do {
            tail_add(p, parse_expr(p));
        } while (accept(p, ','));
    }
    parse_close(p);
    return tail_close(p, n, mark);
}
