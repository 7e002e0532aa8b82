// parse_json_table: rows of a JSON text with named and typed columns, as a LATERAL query over its
// elements: MySQL's JSON_TABLE(j, '$[*]' COLUMNS (…)), Postgres's json_to_recordset(j) AS t (a
// int).
//
// The query reads `rows.v`, an element, and `rows.ord`, its place. What was written is kept for
// whoever lays the text out (FLAG_WORDS of the DERIVED).
#include "sql/parse.h"

typedef struct {
    Parser *p;
    const SqlNode *place; // every made node stands here
    Str rows;             // the alias of the elements
} Made;

static SqlNode *done(const Made *m, SqlNode *n)
{
    n->end = m->place->end;
    return n;
}

static SqlNode *leaf(const Made *m, SqlKind kind, Str text)
{
    SqlNode *n = node_from(m->p, kind, m->place);
    n->text = text;
    return done(m, n);
}

static SqlNode *with_tail(const Made *m, SqlNode *n, SqlNode *const *nodes, size_t count)
{
    size_t mark = tail_open(m->p);
    for (size_t i = 0; i < count; i++) tail_add(m->p, nodes[i]);
    return done(m, tail_close(m->p, n, mark));
}

static SqlNode *call(const Made *m, const char *name, SqlNode *a, SqlNode *b)
{
    SqlNode *n = leaf(m, NODE_CALL, str_from(name));
    SqlNode *args[] = {a, b};
    return with_tail(m, n, args, b ? 2 : 1);
}

static SqlNode *column(const Made *m, const char *name)
{
    SqlNode *parts[] = {leaf(m, NODE_NAME, m->rows), leaf(m, NODE_NAME, str_from(name))};
    return with_tail(m, leaf(m, NODE_COLUMN, (Str){0}), parts, 2);
}

static SqlNode *item(const Made *m, SqlNode *value, SqlNode *name)
{
    SqlNode *n = leaf(m, NODE_ITEM, (Str){0});
    n->child[ITEM_VALUE] = value;
    n->child[ITEM_ALIAS] = name;
    return n;
}

static SqlNode *cast(const Made *m, SqlNode *value, SqlNode *type)
{
    SqlNode *n = leaf(m, NODE_CAST, (Str){0});
    n->op = OP_CAST;
    n->child[CAST_VALUE] = value;
    n->child[CAST_TYPE] = type;
    return n;
}

// FROM f(array) WITH ORDINALITY AS rows (v, ord)
static SqlNode *elements(const Made *m, const char *function, SqlNode *array)
{
    SqlNode *n = leaf(m, NODE_TABLE_CALL, (Str){0}), *alias = leaf(m, NODE_ALIAS, (Str){0});
    SqlNode *names[] = {leaf(m, NODE_NAME, S("v")), leaf(m, NODE_NAME, S("ord"))};
    n->flags = FLAG_ORDINALITY;
    n->child[TABLE_CALL_CALL] = call(m, function, array, NULL);
    alias->child[ALIAS_NAME] = leaf(m, NODE_NAME, m->rows);
    alias->child[ALIAS_COLUMNS] = with_tail(m, leaf(m, NODE_LIST, (Str){0}), names, 2);
    n->child[TABLE_CALL_ALIAS] = alias;
    return n;
}

// What was made reaches as far as what was written inside it.
static void settle(Parser *p, SqlNode *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        if (!n->child[i]) continue;
        settle(p, n->child[i]);
        if (n->child[i]->height >= SQL_HEIGHT_MAX && !p->failed)
            parse_fail(p, p->pos, "This is a chain of more than %d parts: write it shorter.",
                       SQL_HEIGHT_MAX);
        node_reach(n, n->child[i]);
    }
}

static SqlNode *lateral(const Made *m, SqlNode *items, SqlNode *from)
{
    SqlNode *select = leaf(m, NODE_SELECT, (Str){0}), *query = leaf(m, NODE_QUERY, (Str){0});
    SqlNode *list = with_tail(m, leaf(m, NODE_FROM, (Str){0}), &from, 1);
    select->child[SELECT_ITEMS] = items;
    select->child[SELECT_FROM] = list;
    query->child[QUERY_BODY] = select;
    SqlNode *n = leaf(m, NODE_DERIVED, (Str){0});
    n->flags = FLAG_LATERAL | FLAG_WORDS;
    n->child[DERIVED_QUERY] = query;
    return n;
}

// --- MySQL ---

// INT, VARCHAR(10): what CAST calls SIGNED and CHAR.
static void as_cast_type(SqlNode *type)
{
    static const char *const whole[] = {"INT", "BIGINT", "SMALLINT", "TINYINT", "MEDIUMINT"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (!str_starts(type->text, str_from(whole[i]))) continue;
        type->text = S("SIGNED");
        type->count = 0;
    }
    if (str_eq(type->text, S("VARCHAR")) || str_eq(type->text, S("TEXT"))) type->text = S("CHAR");
}

static bool is_root(const SqlNode *path)
{
    return str_eq(path->text, S("$"));
}

// The array whose elements are the rows of a path: that before its [*], or a list of one.
static SqlNode *rows_of(const Made *m, SqlNode *json, SqlNode *path)
{
    Str text = path->text;
    bool each = str_ends(text, S("[*]"));
    if (each) text = str_slice(text, 0, text.len - 3);
    if (str_find(text, S("*"), NULL))
        parse_lacks(m->p, "A path of JSON_TABLE has one [*] here, at its end.");
    if (each && str_eq(text, S("$"))) return json;
    SqlNode *found = call(m, "JSON_EXTRACT", json, leaf(m, NODE_STRING, text));
    return each ? found : call(m, "JSON_ARRAY", found, NULL);
}

// NULL ON EMPTY, ERROR ON ERROR say what is so without them; DEFAULT 'x' ON EMPTY is given back.
static SqlNode *parse_on(Parser *p)
{
    SqlNode *value = NULL;
    while (is(p, WORD_NULL) || is_word(p, 0, "ERROR") || is(p, WORD_DEFAULT)) {
        bool given = accept(p, WORD_DEFAULT);
        SqlNode *one = given ? parse_string(p, "a value after DEFAULT") : NULL;
        if (!given) skip(p);
        expect(p, WORD_ON, "and EMPTY or ERROR");
        if (given && is_word(p, 0, "EMPTY")) value = one;
        skip(p);
    }
    return value;
}

static SqlNode *parse_path_column(const Made *m, SqlNode *name)
{
    Parser *p = m->p;
    SqlNode *type = parse_type(p);
    bool json = str_eq(type->text, S("JSON"));
    if (is(p, WORD_EXISTS)) parse_unsupported(p, "EXISTS PATH in JSON_TABLE");
    if (!is_word(p, 0, "PATH")) parse_expected(p, "PATH and where the column is found");
    skip(p);
    SqlNode *path = parse_string(p, "a path");
    SqlNode *value = column(m, "v");
    if (!is_root(path)) value = call(m, "JSON_EXTRACT", value, path);
    if (!json && !is_root(path)) value = call(m, "JSON_UNQUOTE", value, NULL);
    SqlNode *otherwise = parse_on(p);
    if (otherwise) value = call(m, "COALESCE", value, otherwise);
    as_cast_type(type);
    return item(m, json ? value : cast(m, value, type), name);
}

static void parse_columns_of(Made *m, SqlNode **from, int depth);

// NESTED PATH 'p' COLUMNS (…): its rows beside the row they are in.
static void parse_nested(Made *m, SqlNode **from, int depth)
{
    Parser *p = m->p;
    skip(p);
    if (is_word(p, 0, "PATH")) skip(p);
    SqlNode *path = parse_string(p, "a path");
    if (depth) parse_lacks(p, "JSON_TABLE has one NESTED PATH here.");
    SqlNode *array = rows_of(m, column(m, "v"), path);
    m->rows = S("nested_rows");
    SqlNode *join = leaf(m, NODE_JOIN, (Str){0});
    join->op = OP_LEFT;
    join->child[JOIN_LEFT] = *from;
    join->child[JOIN_RIGHT] = elements(m, "JSON_TABLE", array);
    join->child[JOIN_ON] = leaf(m, NODE_BOOLEAN, S("TRUE"));
    *from = join;
    parse_columns_of(m, from, depth + 1);
    m->rows = S("json_rows");
}

// COLUMNS ( … ): items to the tail that is open.
static void parse_columns_of(Made *m, SqlNode **from, int depth)
{
    Parser *p = m->p;
    if (!is(p, WORD_COLUMNS)) parse_expected(p, "COLUMNS and what they are");
    skip(p);
    parse_open(p, "( after COLUMNS");
    do {
        if (is_word(p, 0, "NESTED")) {
            parse_nested(m, from, depth);
            continue;
        }
        SqlNode *name = parse_name(p, "the name of a column");
        if (accept_two(p, WORD_FOR, WORD_ORDINALITY)) {
            tail_add(p, item(m, column(m, "ord"), name));
        } else {
            tail_add(p, parse_path_column(m, name));
        }
    } while (accept(p, ','));
    parse_close(p);
}

bool starts_json_table(const Parser *p)
{
    return p->dialect == DIALECT_MYSQL && is_word(p, 0, "JSON_TABLE") && sym_at(p, 1) == '(';
}

SqlNode *parse_json_table(Parser *p)
{
    SqlNode *start = node_new(p, NODE_NULL);
    Made m = {.p = p, .place = start, .rows = S("json_rows")};
    skip(p);
    parse_open(p, "(");
    SqlNode *json = parse_expr(p);
    expect(p, ',', "and a path in JSON_TABLE");
    SqlNode *path = parse_string(p, "a path");
    node_done(p, start);
    SqlNode *from = elements(&m, "JSON_TABLE", rows_of(&m, json, path));
    SqlNode *items = leaf(&m, NODE_LIST, (Str){0});
    size_t mark = tail_open(p);
    parse_columns_of(&m, &from, 0);
    items = tail_close(p, items, mark);
    parse_close(p);
    SqlNode *n = lateral(&m, items, from);
    n->child[DERIVED_ALIAS] = parse_table_alias(p);
    if (!n->child[DERIVED_ALIAS]) parse_expected(p, "a name for JSON_TABLE, as AS t");
    settle(p, n);
    return node_done(p, n);
}

// --- Postgres ---

// (a int, …): a list of names with types.
bool starts_record_columns(const Parser *p)
{
    const Tok *type = tok_at(p, 2);
    bool named = type->kind == TOKEN_NAME || type->kind == TOKEN_KEYWORD;
    return p->dialect == DIALECT_POSTGRES && is(p, '(') && is_name(p, 1) && named;
}

static bool is_json(const SqlNode *type)
{
    return str_starts(type->text, S("JSON"));
}

// At ( behind the alias of a call: the call as a query of such columns.
SqlNode *parse_record_columns(Parser *p, SqlNode *record, SqlNode *alias)
{
    Made m = {.p = p, .place = record, .rows = S("json_rows")};
    bool set = str_eq_nocase(record->text, S("JSON_TO_RECORDSET")) ||
               str_eq_nocase(record->text, S("JSONB_TO_RECORDSET"));
    bool one = str_eq_nocase(record->text, S("JSON_TO_RECORD")) ||
               str_eq_nocase(record->text, S("JSONB_TO_RECORD"));
    if (!(set || one) || sql_tail_count(record) != 1)
        parse_fail(p, p->pos + 2,
                   "Only a function that returns records, as json_to_recordset, has its columns' "
                   "types here: name the columns alone.");
    SqlNode *json = sql_tail_count(record) ? sql_tail(record, 0) : leaf(&m, NODE_NULL, (Str){0});
    SqlNode *array = set ? json : call(&m, "JSON_BUILD_ARRAY", json, NULL);
    SqlNode *from = elements(&m, one ? "JSON_ARRAY_ELEMENTS_TEXT" : "JSON_ARRAY_ELEMENTS", array);
    SqlNode *items = leaf(&m, NODE_LIST, (Str){0});
    size_t mark = tail_open(p);
    parse_open(p, "(");
    do {
        SqlNode *name = parse_name(p, "a column"), *type = parse_type(p);
        SqlNode *step = leaf(&m, NODE_BINARY, (Str){0});
        step->op = is_json(type) ? OP_JSON : OP_JSON_TEXT;
        step->child[LEFT_SIDE] = column(&m, "v");
        step->child[RIGHT_SIDE] = leaf(&m, NODE_STRING, name->text);
        tail_add(p, item(&m, is_json(type) ? step : cast(&m, step, type), name));
    } while (accept(p, ','));
    parse_close(p);
    items = tail_close(p, items, mark);
    SqlNode *n = lateral(&m, items, from);
    n->child[DERIVED_ALIAS] = alias;
    settle(p, n);
    return node_done(p, n);
}
