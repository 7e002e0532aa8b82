// parse_primary: literals, names, parentheses, CASE, and what binds tighter than any operator.
#include "base/buf.h"
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

static bool is_unit(const Parser *p, size_t ahead)
{
    static const char *const units[] = {
        "YEAR",       "QUARTER",    "MONTH",       "WEEK",        "DAY",
        "HOUR",       "MINUTE",     "SECOND",      "MILLISECOND", "MICROSECOND",
        "DECADE",     "CENTURY",    "MILLENNIUM",  "YEAR_MONTH",  "DAY_HOUR",
        "DAY_MINUTE", "DAY_SECOND", "HOUR_MINUTE", "HOUR_SECOND", "MINUTE_SECOND"};
    const Tok *t = tok_at(p, ahead);
    if (t->kind != TOKEN_NAME && t->kind != TOKEN_KEYWORD) return false;
    Str word = tok_text(p, t);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str unit = str_from(units[i]);
        if (str_eq_nocase(word, unit)) return true;
        bool plural = word.len == unit.len + 1 && (word.ptr[word.len - 1] | 0x20) == 's';
        if (plural && str_eq_nocase(str_slice(word, 0, unit.len), unit)) return true;
    }
    return false;
}

bool starts_interval(const Parser *p)
{
    if (!is(p, WORD_INTERVAL)) return false;
    const Tok *t = tok_at(p, 1);
    bool amount = t->kind == TOKEN_STRING || t->kind == TOKEN_NUMBER || t->sym == '(';
    if (amount || t->sym == '-') return true;
    int next = sym_at(p, 2);
    bool goes_on = is_unit(p, 2) || next == '+' || next == '*' || next == '.' || next == '(';
    return is_name(p, 1) && goes_on;
}

static Str unit_text(Parser *p)
{
    Str lower = tok_text(p, tok_at(p, 0));
    char *upper = arena_array(p->arena, char, lower.len);
    for (size_t i = 0; i < lower.len; i++) {
        char c = lower.ptr[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (Str){upper, lower.len};
}

// '1' DAY, 1 DAY, (n + 1) DAY, '1-2' YEAR TO MONTH, '1 day 2 hours', '5' DAY(3)
static SqlNode *parse_part(Parser *p)
{
    SqlNode *n = node_new(p, NODE_PART);
    bool text = tok_at(p, 0)->kind == TOKEN_STRING;
    n->child[PART_AMOUNT] = text ? parse_string(p, "an amount") : parse_level(p, POWER_ADD);
    if (is_unit(p, 0)) {
        n->text = unit_text(p);
        skip(p);
        if (is(p, '(')) parse_paren_list(p, NODE_LIST); // a precision changes no value
        if (is(p, WORD_TO) && is_unit(p, 1)) {
            skip(p);
            SqlNode *to = parse_name(p, "a unit after TO");
            n->child[PART_TO] = to;
            if (is(p, '(')) parse_paren_list(p, NODE_LIST);
        }
    } else if (!text) {
        parse_expected(p, "a unit such as DAY after the amount of the INTERVAL");
    }
    return node_done(p, n);
}

SqlNode *parse_interval(Parser *p)
{
    parse_use(p, FEATURE_INTERVAL);
    SqlNode *n = node_new(p, NODE_INTERVAL);
    skip(p);
    size_t mark = tail_open(p);
    tail_add(p, parse_part(p));
    while (tok_at(p, 0)->kind == TOKEN_NUMBER && is_unit(p, 1)) tail_add(p, parse_part(p));
    return tail_close(p, n, mark);
}

static bool is_typed_literal(const Parser *p)
{
    if (tok_at(p, 1)->kind != TOKEN_STRING) return false;
    switch (sym_at(p, 0)) {
    case WORD_DATE:
    case WORD_TIME:
    case WORD_DATETIME:
    case WORD_TIMESTAMP:
    case WORD_TIMESTAMPTZ:
    case WORD_TIMESTAMP_NTZ:
    case WORD_TIMESTAMP_LTZ:
    case WORD_TIMESTAMP_TZ:
    case WORD_NUMERIC:
    case WORD_BIGNUMERIC:
    case WORD_DECIMAL:
    case WORD_JSON:
    case WORD_UUID:
        return true;
    default:
        return false;
    }
}

static SqlNode *parse_typed(Parser *p)
{
    parse_use(p, FEATURE_TYPED_LITERAL);
    SqlNode *n = node_new(p, NODE_TYPED);
    n->text = sql_word_text(sym_at(p, 0));
    skip(p);
    n->child[ONLY] = parse_string(p, "a string");
    return node_done(p, n);
}

static SqlNode *parse_leaf(Parser *p, SqlKind kind, Str text)
{
    SqlNode *n = node_new(p, kind);
    n->text = text;
    skip(p);
    return node_done(p, n);
}

// E'…', r'…', b'…', N'…': the letter stands right before the quote.
static bool is_prefixed_string(const Parser *p)
{
    const Tok *t = tok_at(p, 0), *next = tok_at(p, 1);
    if (t->kind != TOKEN_NAME || next->kind != TOKEN_STRING || t->end != next->at) return false;
    char c = (char)(p->sql.ptr[t->at] | 0x20);
    return t->end - t->at <= 2 && (c == 'e' || c == 'r' || c == 'b' || c == 'n');
}

static SqlNode *parse_prefixed_string(Parser *p)
{
    SqlNode *n = node_new(p, NODE_STRING);
    Str letter = tok_text(p, tok_at(p, 0));
    skip(p);
    const Tok *t = tok_at(p, 0);
    bool raw = (letter.ptr[0] | 0x20) == 'r';
    Str all = tok_text(p, t);
    bool escapes = (letter.ptr[0] | 0x20) == 'e';
    n->text = raw && all.len >= 2 ? str_slice(all, 1, all.len - 1)
              : escapes           ? parse_unquote(p, str_slice(all, 1, all.len - 1), '\'', true)
                                  : string_value(p, t);
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

static SqlNode *parse_array(Parser *p)
{
    parse_use(p, FEATURE_ARRAY_LITERAL);
    SqlNode *n = node_new(p, NODE_ARRAY);
    if (sym_at(p, 1) == '<') {
        parse_type(p); // ARRAY<INT64>[…]: the elements say it themselves
    } else {
        accept(p, WORD_ARRAY);
    }
    expect(p, '[', NULL);
    size_t mark = tail_open(p);
    if (!is(p, ']')) {
        do {
            SqlNode *value = parse_expr(p);
            if (is(p, WORD_FOR) && p->dialect == DIALECT_DUCKDB) {
                SqlNode *made = parse_comprehension(p, value);
                expect(p, ']', "at the end of the list");
                return made;
            }
            tail_add(p, value);
        } while (accept(p, ','));
    }
    expect(p, ']', "at the end of the array");
    return tail_close(p, n, mark);
}

// {'a': 1, b: 2}
static SqlNode *parse_brace(Parser *p)
{
    if (sym_at(p, 1) == '{' || sym_at(p, 1) == '%') {
        parse_expected(p, "an expression");
        return node_new(p, NODE_NULL);
    }
    parse_use(p, FEATURE_STRUCT);
    SqlNode *n = node_new(p, NODE_STRUCT);
    skip(p);
    size_t mark = tail_open(p);
    while (!is(p, '}') && !p->failed) {
        SqlNode *field = node_new(p, NODE_FIELD);
        bool text = tok_at(p, 0)->kind == TOKEN_STRING;
        SqlNode *key = text ? parse_string(p, "a key") : parse_name(p, "a key");
        field->text = key->text;
        expect(p, ':', "after the key");
        field->child[ONLY] = parse_expr(p);
        tail_add(p, node_done(p, field));
        if (!accept(p, ',')) break;
    }
    expect(p, '}', NULL);
    return tail_close(p, n, mark);
}

// MAP {k: v} and MAP[k, v]
static SqlNode *parse_map(Parser *p)
{
    parse_use(p, FEATURE_MAP);
    SqlNode *n = node_new(p, NODE_MAP);
    skip(p);
    bool brace = is(p, '{');
    skip(p);
    size_t mark = tail_open(p);
    int close = brace ? '}' : ']';
    while (!is(p, close) && !p->failed) {
        tail_add(p, parse_expr(p));
        if (brace) {
            expect(p, ':', "after the key");
            tail_add(p, parse_expr(p));
        }
        if (!accept(p, ',')) break;
    }
    expect(p, close, "at the end of the map");
    return tail_close(p, n, mark);
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
    return d == DIALECT_MYSQL || d == DIALECT_POSTGRES || d == DIALECT_TRINO;
}

// A row of one column has no other spelling: it stays a call.
static SqlNode *parse_row(Parser *p)
{
    SqlNode *start = node_new(p, NODE_NULL);
    Str name = tok_text(p, tok_at(p, 0));
    skip(p);
    SqlNode *row = parse_paren_list(p, NODE_ROW);
    if (row->count > 1) return row;
    size_t mark = tail_open(p);
    for (uint32_t i = 0; i < row->count; i++) tail_add(p, row->child[i]);
    SqlNode *n = node_from(p, NODE_CALL, start);
    n->text = name;
    return tail_close(p, n, mark);
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
    if (is_typed_literal(p)) return parse_typed(p);
    if (is_prefixed_string(p)) return parse_prefixed_string(p);
    return is_name(p, 0) ? parse_column_or_call(p) : parse_unknown(p);
}

// Is the next text the rest of this one? MySQL and Spark: whatever is between; the standard: a
// line.
static bool goes_on(const Parser *p, size_t end)
{
    const Tok *t = tok_at(p, 0);
    bool mysql = p->dialect == DIALECT_MYSQL, spark = p->dialect == DIALECT_SPARK;
    bool standard = p->dialect == DIALECT_POSTGRES || p->dialect == DIALECT_DUCKDB;
    if (t->kind != TOKEN_STRING) return false;
    return mysql || spark || (standard && str_find(str_slice(p->sql, end, t->at), S("\n"), NULL));
}

static SqlNode *parse_strings(Parser *p)
{
    SqlNode *n = parse_string(p, "a string");
    if (n->flags & FLAG_WORDS || !goes_on(p, n->end)) return n;
    Buf b = buf_new(p->arena);
    buf_add(&b, n->text);
    while (goes_on(p, n->end)) {
        SqlNode *more = parse_string(p, "a string");
        buf_add(&b, more->text);
        n->end = more->end;
    }
    n->text = buf_str(&b);
    return n;
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

// Without the suffix that tells its type: 10L is 10, and 10D is 10.0.
static Str number_text(Parser *p, Str text)
{
    bool hex = text.len > 1 && (text.ptr[1] | 0x20) == 'x';
    size_t end = text.len;
    while (!hex && end && text.ptr[end - 1] >= 'A') end--;
    Str number = str_slice(text, 0, end), suffix = str_slice(text, end, text.len);
    bool floats = str_eq_nocase(suffix, S("d")) || str_eq_nocase(suffix, S("f"));
    bool real =
        str_find(number, S("."), NULL) || str_find(str_lower(p->arena, number), S("e"), NULL);
    return floats && !real ? str_fmt(p->arena, STR_FMT ".0", STR_ARG(number)) : number;
}

static SqlNode *parse_atom(Parser *p)
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
