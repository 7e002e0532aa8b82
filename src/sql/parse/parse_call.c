// parse_call: function calls with all that may stand inside and behind them, and the calls that
// are written with words instead of commas.
#include "base/buf.h"
#include "sql/parse.h"

// * [EXCEPT (…)] [REPLACE (…)]; `of` is what stands before the dot, or NULL. At the *.
// * ILIKE '%id%': the columns with such names, by a pattern of names as COLUMNS has them.
static void parse_star_like(Parser *p, SqlNode *n)
{
    bool ilike = is(p, WORD_ILIKE);
    skip(p);
    Str like = parse_string(p, "a pattern of names")->text;
    Buf b = buf_new(p->arena);
    buf_add(&b, ilike ? S("(?is)^") : S("(?s)^"));
    for (size_t i = 0; i < like.len; i++) {
        char c = like.ptr[i];
        bool plain = c == '%' || c == '_' || (c >= '0' && c <= '9') ||
                     ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
        if (!plain) buf_char(&b, '\\');
        if (c == '%') buf_add(&b, S(".*"));
        if (c != '%') buf_char(&b, c == '_' && !(i && like.ptr[i - 1] == '\\') ? '.' : c);
    }
    buf_char(&b, '$');
    n->text = buf_str(&b);
    n->flags |= FLAG_NAMED;
}

SqlNode *parse_star(Parser *p, SqlNode *of)
{
    SqlNode *n = of ? node_from(p, NODE_STAR, of) : node_new(p, NODE_STAR);
    skip(p);
    n->child[STAR_OF] = of;
    bool by_name = is(p, WORD_ILIKE) && p->dialect == DIALECT_SNOWFLAKE;
    by_name = by_name || (p->dialect == DIALECT_DUCKDB && (is(p, WORD_LIKE) || is(p, WORD_ILIKE)));
    if (by_name && tok_at(p, 1)->kind == TOKEN_STRING) parse_star_like(p, n);
    bool columns = sym_at(p, 1) == '(' && sym_at(p, 2) != WORD_SELECT && sym_at(p, 2) != '(';
    bool one = is(p, WORD_EXCLUDE) && is_name(p, 1);
    if ((is(p, WORD_EXCEPT) || is(p, WORD_EXCLUDE)) && (columns || one)) {
        bool except = is(p, WORD_EXCEPT);
        parse_use(p, except ? FEATURE_STAR_EXCEPT : FEATURE_STAR_EXCLUDE);
        n->flags = except ? 0 : FLAG_WORDS;
        skip(p);
        if (one && !columns) {
            SqlNode *list = node_new(p, NODE_LIST);
            size_t mark = tail_open(p);
            tail_add(p, parse_name(p, "a column"));
            n->child[STAR_EXCEPT] = tail_close(p, list, mark);
        } else {
            n->child[STAR_EXCEPT] = parse_names(p, "a column");
        }
    }
    if (is_two(p, WORD_REPLACE, '(')) {
        parse_use(p, FEATURE_STAR_REPLACE);
        skip(p);
        parse_open(p, "(");
        n->child[STAR_REPLACE] = parse_items(p);
        parse_close(p);
    }
    if (is_two(p, WORD_RENAME, '(')) {
        parse_use(p, FEATURE_STAR_RENAME);
        skip(p);
        parse_open(p, "(");
        n->child[STAR_RENAME] = parse_items(p);
        parse_close(p);
    }
    return node_done(p, n);
}

// x -> …  and  (x, y) -> …, where the arrow is no JSON operator.
static bool starts_lambda(const Parser *p)
{
    switch (p->dialect) {
    case DIALECT_SQLITE:
    case DIALECT_POSTGRES:
    case DIALECT_MYSQL:
        return false;
    case DIALECT_SNOWFLAKE:
    case DIALECT_BIGQUERY:
    case DIALECT_SPARK:
    case DIALECT_TRINO:
    case DIALECT_DUCKDB:
    case DIALECT_FLINK:
        break;
    }
    if (is_name(p, 0) && sym_at(p, 1) == SYM_ARROW) {
        TokenKind next = (TokenKind)tok_at(p, 2)->kind; // DuckDB: j -> '$.x'
        bool step = next == TOKEN_STRING || next == TOKEN_NUMBER;
        return p->dialect != DIALECT_DUCKDB || !step;
    }
    if (!is(p, '(') || !is_name(p, 1)) return false;
    size_t at = 2;
    while (at < 10 && sym_at(p, at) == ',' && is_name(p, at + 1)) at += 2;
    return sym_at(p, at) == ')' && sym_at(p, at + 1) == SYM_ARROW;
}

// Snowflake: x INT -> x * 10
static bool starts_typed_lambda(const Parser *p)
{
    const Tok *type = tok_at(p, 1);
    bool named = type->kind == TOKEN_NAME || type->kind == TOKEN_KEYWORD;
    return p->dialect == DIALECT_SNOWFLAKE && is_name(p, 0) && named && sym_at(p, 2) == SYM_ARROW;
}

static SqlNode *parse_typed_lambda(Parser *p)
{
    parse_use(p, FEATURE_LAMBDA);
    SqlNode *n = node_new(p, NODE_LAMBDA), *list = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    tail_add(p, parse_name(p, "a parameter"));
    n->child[LAMBDA_PARAMS] = tail_close(p, list, mark);
    parse_type(p); // the values say it themselves
    expect(p, SYM_ARROW, NULL);
    n->child[LAMBDA_BODY] = parse_expr(p);
    return node_done(p, n);
}

static SqlNode *parse_lambda(Parser *p)
{
    parse_use(p, FEATURE_LAMBDA);
    SqlNode *n = node_new(p, NODE_LAMBDA);
    if (is(p, '(')) {
        n->child[LAMBDA_PARAMS] = parse_names(p, "a parameter");
    } else {
        SqlNode *list = node_new(p, NODE_LIST);
        size_t mark = tail_open(p);
        tail_add(p, parse_name(p, "a parameter"));
        n->child[LAMBDA_PARAMS] = tail_close(p, list, mark);
    }
    expect(p, SYM_ARROW, NULL);
    n->child[LAMBDA_BODY] = parse_expr(p);
    return node_done(p, n);
}

// DuckDB: lambda x, y: x + y
static bool starts_word_lambda(const Parser *p)
{
    bool names = is_name(p, 1) && (sym_at(p, 2) == ':' || sym_at(p, 2) == ',');
    return p->dialect == DIALECT_DUCKDB && is_word(p, 0, "LAMBDA") && names;
}

static SqlNode *parse_word_lambda(Parser *p)
{
    parse_use(p, FEATURE_LAMBDA);
    SqlNode *n = node_new(p, NODE_LAMBDA);
    skip(p);
    SqlNode *list = node_new(p, NODE_LIST);
    size_t mark = tail_open(p);
    do {
        tail_add(p, parse_name(p, "a parameter"));
    } while (accept(p, ','));
    n->flags = FLAG_WORDS;
    n->child[LAMBDA_PARAMS] = tail_close(p, list, mark);
    expect(p, ':', "behind the parameters of the lambda");
    n->child[LAMBDA_BODY] = parse_expr(p);
    return node_done(p, n);
}

static bool is_table_arg(const Parser *p)
{
    return is(p, WORD_TABLE) && is_name(p, 1);
}

// TABLE t [PARTITION BY k]: what Flink hands to its windows.
static SqlNode *parse_table_arg(Parser *p)
{
    SqlNode *n = node_new(p, NODE_TABLE_ARG);
    skip(p);
    n->child[0] = parse_path(p, NODE_COLUMN, "a table");
    if (accept_two(p, WORD_PARTITION, WORD_BY)) n->child[1] = parse_level(p, POWER_COMPARE + 1);
    return node_done(p, n);
}

static SqlNode *parse_named_arg(Parser *p)
{
    SqlNode *n = node_new(p, NODE_ARG);
    n->text = tok_text(p, tok_at(p, 0)); // a keyword too: outer => TRUE
    skip(p);
    skip(p);
    n->child[ONLY] = is_table_arg(p) ? parse_table_arg(p) : parse_expr(p);
    return node_done(p, n);
}

static SqlNode *parse_field_rest(Parser *p, SqlNode *value) // STRUCT(x AS a)
{
    SqlNode *n = node_from(p, NODE_FIELD, value);
    skip(p);
    n->text = parse_name(p, "the name of a field")->text;
    n->child[ONLY] = value;
    return node_done(p, n);
}

// ARRAY(SELECT …) is the one function whose parentheses are the query's as well.
static void check_bare_query(Parser *p)
{
    if (p->pos >= 2 && p->tok[p->pos - 2].sym == WORD_ARRAY) return;
    parse_fail(p, p->pos,
               "A query as an argument stands in parentheses of its own: f((SELECT …)).");
}

static SqlNode *parse_arg(Parser *p)
{
    if (is(p, '*')) return parse_star(p, NULL);
    bool function = is(p, WORD_VALUES) && p->dialect == DIALECT_MYSQL; // VALUES(a)
    if (!function && starts_query(p, 0)) {
        check_bare_query(p);
        SqlNode *n = node_new(p, NODE_SUBQUERY);
        n->child[ONLY] = parse_query(p);
        n->flags = FLAG_BARE;
        return node_done(p, n);
    }
    if (starts_lambda(p)) return parse_lambda(p);
    if (starts_word_lambda(p)) return parse_word_lambda(p);
    if (starts_typed_lambda(p)) return parse_typed_lambda(p);
    bool named = sym_at(p, 1) == SYM_FAT_ARROW || sym_at(p, 1) == SYM_ASSIGN;
    if (named) return parse_named_arg(p);
    if (is_table_arg(p)) return parse_table_arg(p);
    SqlNode *value = parse_expr(p);
    return is(p, WORD_AS) ? parse_field_rest(p, value) : value;
}

static bool null_treatment(Parser *p, SqlNode *call)
{
    bool ignore = is_two(p, WORD_IGNORE, WORD_NULLS);
    if (!ignore && !is_two(p, WORD_RESPECT, WORD_NULLS)) return false;
    parse_use(p, FEATURE_NULL_TREATMENT);
    call->flags |= ignore ? FLAG_IGNORE_NULLS : FLAG_RESPECT_NULLS;
    skip(p);
    skip(p);
    return true;
}

// What may stand behind the arguments, before the ).
static void parse_inside(Parser *p, SqlNode *call)
{
    null_treatment(p, call);
    if (is(p, WORD_HAVING) && (sym_at(p, 1) == WORD_MAX || sym_at(p, 1) == WORD_MIN)) {
        skip(p);
        SqlNode *by = node_new(p, NODE_ORDER_ITEM);
        by->flags = is(p, WORD_MAX) ? FLAG_DESC : FLAG_ASC;
        skip(p);
        by->child[ONLY] = parse_expr(p);
        call->child[CALL_HAVING] = node_done(p, by);
    }
    bool joins = p->dialect == DIALECT_MYSQL && str_eq_nocase(call->text, S("GROUP_CONCAT"));
    if (is(p, WORD_ORDER) && !joins) parse_use(p, FEATURE_AGGREGATE_ORDER);
    if (is(p, WORD_ORDER)) call->child[CALL_ORDER] = parse_order_by(p);
    null_treatment(p, call);
    if (accept(p, WORD_SEPARATOR)) call->child[CALL_SEPARATOR] = parse_string(p, "a separator");
    if (accept(p, WORD_LIMIT)) call->child[CALL_LIMIT] = parse_expr(p);
    if (is(p, WORD_USING) && p->dialect == DIALECT_MYSQL) { // CHAR(66 USING utf8mb4)
        skip(p);
        parse_name(p, "a character set");
    }
    if (is_two(p, WORD_ON, WORD_OVERFLOW)) parse_unsupported(p, "ON OVERFLOW");
}

static void parse_within(Parser *p, SqlNode *call)
{
    if (!is_two(p, WORD_WITHIN, WORD_GROUP)) return;
    parse_use(p, FEATURE_WITHIN_GROUP);
    skip(p);
    skip(p);
    parse_open(p, "( after WITHIN GROUP");
    if (!is(p, WORD_ORDER)) parse_expected(p, "ORDER BY inside WITHIN GROUP");
    call->child[CALL_WITHIN] = parse_order_by(p);
    parse_close(p);
}

static void parse_behind(Parser *p, SqlNode *call)
{
    parse_within(p, call);
    if (is_two(p, WORD_FILTER, '(')) {
        parse_use(p, FEATURE_FILTER);
        skip(p);
        parse_open(p, "(");
        if (!accept(p, WORD_WHERE)) parse_use(p, FEATURE_FILTER_BARE);
        call->child[CALL_FILTER] = parse_expr(p);
        parse_close(p);
    }
    if (is_two(p, WORD_FROM, WORD_FIRST) || is_two(p, WORD_FROM, WORD_LAST)) {
        bool over = sym_at(p, 2) == WORD_OVER || sym_at(p, 2) == WORD_IGNORE ||
                    sym_at(p, 2) == WORD_RESPECT;
        if (over) {
            if (sym_at(p, 1) == WORD_LAST) call->flags |= FLAG_FROM_FIRST;
            skip(p);
            skip(p);
        }
    }
    null_treatment(p, call);
    if (is(p, WORD_OVER)) call->child[CALL_OVER] = parse_over(p);
    if (is(p, '(') && sym_at(p, 1) == WORD_PARTITION)
        parse_fail(p, p->pos, "OVER is missing before this window.");
}

// At the '(' behind a path: its last name is the function's.
static SqlNode *parse_unit(Parser *p);

// Flink: FLOOR(ts TO DAY).
static bool rounds_to_unit(const SqlNode *call)
{
    return str_eq_nocase(call->text, S("FLOOR")) || str_eq_nocase(call->text, S("CEIL"));
}

// The standard's JSON_OBJECT('a' VALUE 1), JSON_OBJECT('a': 1).
static bool makes_object(const SqlNode *call)
{
    return str_eq_nocase(call->text, S("JSON_OBJECT"));
}

SqlNode *parse_call(Parser *p, SqlNode *path)
{
    SqlNode *n = node_from(p, NODE_CALL, path);
    SqlNode *name = sql_last(path);
    n->text = name->text;
    n->flags |= name->flags & FLAG_QUOTED;
    if (sql_tail_count(path) > 1) {
        path->kind = NODE_LIST;
        path->count--;
        path->end = path->child[path->count - 1]->end;
        n->child[CALL_SCHEMA] = path;
    }
    parse_open(p, "(");
    if (accept(p, WORD_DISTINCT)) n->flags |= FLAG_DISTINCT;
    if (n->flags & FLAG_DISTINCT && is(p, ')'))
        parse_fail(p, p->pos, "DISTINCT wants a value behind it: COUNT(DISTINCT x).");
    if (accept(p, WORD_ALL)) n->flags |= FLAG_ALL;
    size_t mark = tail_open(p);
    if (n->child[CALL_SCHEMA] && p->dialect == DIALECT_DUCKDB)
        parse_method(p, n, n->child[CALL_SCHEMA]);
    if (!is(p, ')')) {
        do {
            bool pair = makes_object(n);
            if (pair && is_word(p, 0, "KEY") && tok_at(p, 1)->kind == TOKEN_STRING) skip(p);
            tail_add(p, parse_arg(p));
            if (pair && (is(p, ':') || is_word(p, 0, "VALUE"))) {
                skip(p);
                tail_add(p, parse_expr(p));
            }
        } while (accept(p, ','));
    }
    if (rounds_to_unit(n) && p->stack.len == mark + 1 && accept(p, WORD_TO)) {
        n->flags |= FLAG_WORDS;
        tail_add(p, parse_unit(p));
    }
    parse_inside(p, n);
    parse_close(p);
    tail_close(p, n, mark);
    parse_behind(p, n);
    return node_done(p, n);
}

static SqlNode *call_start(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CALL);
    n->text = tok_text(p, tok_at(p, 0));
    n->flags = FLAG_WORDS;
    skip(p);
    parse_open(p, "(");
    return n;
}

static SqlNode *parse_unit(Parser *p)
{
    if (tok_at(p, 0)->kind == TOKEN_STRING) return parse_string(p, "a unit");
    SqlNode *unit = parse_path(p, NODE_COLUMN, "a unit such as YEAR");
    return is(p, '(') ? parse_call(p, unit) : unit; // WEEK(MONDAY)
}

static SqlNode *parse_extract(Parser *p)
{
    SqlNode *n = call_start(p);
    size_t mark = tail_open(p), at = p->pos;
    const SqlNode *part = parse_unit(p);
    tail_add(p, (SqlNode *)part);
    bool word = part->kind == NODE_COLUMN && sql_tail_count(part) == 1;
    if (word && !p->failed && !fn_is_time_word(sql_last(part)->text))
        parse_fail(p, at, STR_FMT " is no part of a time: YEAR, MONTH, DAY, HOUR and so on are.",
                   STR_ARG(sql_last(part)->text));
    if (is(p, ',')) parse_fail(p, p->pos, "EXTRACT is written EXTRACT(unit FROM value).");
    expect(p, WORD_FROM, "inside EXTRACT");
    tail_add(p, parse_expr(p));
    parse_close(p);
    return tail_close(p, n, mark);
}

// POSITION(a IN b): the IN is no operator here.
static SqlNode *parse_position(Parser *p)
{
    SqlNode *n = call_start(p);
    size_t mark = tail_open(p);
    tail_add(p, parse_level(p, POWER_COMPARE + 1));
    if (accept(p, ',')) {
        n->flags = 0;
    } else {
        expect(p, WORD_IN, "inside POSITION");
    }
    tail_add(p, parse_expr(p));
    parse_close(p);
    return tail_close(p, n, mark);
}

// SUBSTRING(x FROM a FOR b), OVERLAY(x PLACING y FROM a FOR b); with commas it is a plain call.
static SqlNode *parse_substring(Parser *p)
{
    SqlNode *n = call_start(p);
    size_t mark = tail_open(p);
    if (accept(p, ')')) return tail_close(p, n, mark); // how many it takes is for others to say
    tail_add(p, parse_expr(p));
    n->flags = is(p, ',') ? 0 : FLAG_WORDS;
    while (accept(p, ',')) tail_add(p, parse_expr(p));
    static const int words[] = {WORD_PLACING, WORD_FROM, WORD_FOR};
    for (size_t i = 0; i < sizeof words / sizeof *words && n->flags; i++) {
        bool overlay = str_eq_nocase(n->text, S("OVERLAY"));
        if (words[i] == WORD_PLACING && !overlay) continue;
        if (accept(p, words[i]))
            tail_add(p, parse_expr(p));
        else if (words[i] != WORD_FOR)
            break;
    }
    parse_close(p);
    return tail_close(p, n, mark);
}

// TRIM([LEADING | TRAILING | BOTH] [what] FROM x), TRIM(x), TRIM(x, what): the tail is x, what.
static SqlNode *parse_trim(Parser *p)
{
    SqlNode *n = call_start(p);
    size_t mark = tail_open(p);
    n->op = accept(p, WORD_LEADING)    ? OP_LEADING
            : accept(p, WORD_TRAILING) ? OP_TRAILING
            : accept(p, WORD_BOTH)     ? OP_BOTH
                                       : OP_NONE;
    SqlNode *what = is(p, WORD_FROM) ? NULL : parse_expr(p);
    if (accept(p, WORD_FROM)) {
        tail_add(p, parse_expr(p));
        if (what) tail_add(p, what);
    } else {
        n->flags = n->op ? FLAG_WORDS : 0;
        if (what) tail_add(p, what);
        while (accept(p, ',')) tail_add(p, parse_expr(p));
    }
    parse_close(p);
    return tail_close(p, n, mark);
}

// MySQL's CONVERT(x, type) and CONVERT(x USING charset).
static SqlNode *parse_convert(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CAST);
    n->op = OP_CONVERT;
    skip(p);
    parse_open(p, "(");
    n->child[CAST_VALUE] = parse_expr(p);
    if (is(p, WORD_USING)) parse_unsupported(p, "CONVERT with a character set");
    expect(p, ',', "and a type inside CONVERT");
    n->child[CAST_TYPE] = parse_type(p);
    parse_close(p);
    return node_done(p, n);
}

static SqlNode *parse_bare_call(Parser *p)
{
    SqlNode *n = node_new(p, NODE_CALL);
    n->text = tok_text(p, tok_at(p, 0));
    n->flags = FLAG_BARE;
    skip(p);
    return node_done(p, n);
}

// LEFT(x, 2), IF(a, b, c), VALUES(x): words that are functions before a '('.
static SqlNode *parse_word_call(Parser *p)
{
    SqlNode *path = node_new(p, NODE_COLUMN);
    SqlNode *name = node_new(p, NODE_NAME);
    name->text = tok_text(p, tok_at(p, 0));
    skip(p);
    size_t mark = tail_open(p);
    tail_add(p, node_done(p, name));
    return parse_call(p, tail_close(p, path, mark));
}

static SqlNode *parse_struct(Parser *p)
{
    parse_use(p, FEATURE_STRUCT);
    SqlNode *n = node_new(p, NODE_STRUCT);
    if (sym_at(p, 1) == '<') {
        n->child[ONLY] = parse_type(p);
        if (!is(p, '(')) parse_expected(p, "( after the type of the STRUCT");
    } else {
        skip(p);
    }
    size_t mark = tail_open(p);
    parse_open(p, "(");
    if (!is(p, ')')) {
        do {
            tail_add(p, parse_arg(p));
        } while (accept(p, ','));
    }
    parse_close(p);
    return tail_close(p, n, mark);
}

SqlNode *parse_special_call(Parser *p)
{
    int sym = sym_at(p, 0);
    bool call = sym_at(p, 1) == '(';
    switch (sym) {
    case WORD_CURRENT_DATE:
    case WORD_CURRENT_TIME:
    case WORD_CURRENT_TIMESTAMP:
    case WORD_CURRENT_USER:
    case WORD_LOCALTIME:
    case WORD_LOCALTIMESTAMP:
    case WORD_SYSDATE:
        return call || sym_at(p, 1) == '.' ? NULL : parse_bare_call(p);
    case WORD_STRUCT:
        return call || sym_at(p, 1) == '<' ? parse_struct(p) : NULL;
    case WORD_CAST:
        return parse_cast(p, OP_CAST);
    default:
        break;
    }
    if (!call) return NULL;
    switch (sym) {
    case WORD_TRY_CAST:
        return parse_cast(p, OP_TRY_CAST);
    case WORD_SAFE_CAST:
        return parse_cast(p, OP_SAFE_CAST);
    case WORD_EXTRACT:
        return parse_extract(p);
    case WORD_POSITION:
        return parse_position(p);
    case WORD_SUBSTRING:
    case WORD_SUBSTR:
    case WORD_OVERLAY:
        return parse_substring(p);
    case WORD_TRIM:
        return parse_trim(p);
    case WORD_CONVERT:
        return parse_convert(p);
    case WORD_COLUMNS:
        if (p->dialect == DIALECT_DUCKDB && sym_at(p, 1) == '(') {
            parse_lacks(p, "COLUMNS stands alone here: write what is made of each column.");
        }
        return NULL;
    case WORD_EXISTS:
        return starts_query(p, 2) || sym_at(p, 2) == '(' ? NULL : parse_word_call(p);
    case WORD_LEFT:
    case WORD_RIGHT:
    case WORD_INSERT:
    case WORD_VALUES:
        return parse_word_call(p);
    default:
        return NULL;
    }
}
