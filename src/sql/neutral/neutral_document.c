// neutral_document: JSON values in comparisons and casts, each as its home compares them.
//
// At run time a document is JSON text, its texts in quotes. What stands beside it is made one, too,
// where home compares documents (MySQL), or the number is read out of it (DuckDB).
#include "sql/fn_group.h"
#include "sql/home.h"
#include "sql/neutral_pair.h"

static SqlDocument own_document(const Translator *t, const SqlNode *n)
{
    bool known = t->meaning && n->id < t->script->nodes;
    return known ? t->meaning->types[n->id].document : DOCUMENT_NONE;
}

static bool is_path(const SqlNode *n)
{
    return node_is_call(n, "json_get") || node_is_call(n, "json_step");
}

SqlDocument document_of(const Translator *t, const SqlNode *n)
{
    SqlDocument d = own_document(t, n);
    if (d || n->kind == NODE_ROW || n->kind == NODE_STRUCT) return d;
    if (is_path(n) && !node_is(n, TYPE_STRUCT)) return DOCUMENT_TEXT;
    bool made = is_path(n) || node_is_call(n, "json_parse");
    if (!made || !node_is(n, TYPE_STRUCT)) return DOCUMENT_NONE;
    return t->from == DIALECT_POSTGRES ? DOCUMENT_JSONB : DOCUMENT_JSON;
}

// MySQL: a text out of JSON is compared with its case, unless a column stands beside it.
bool document_exact(const Translator *t, const SqlNode *a, const SqlNode *b)
{
    if (t->from != DIALECT_MYSQL) return false;
    bool x = document_of(t, a) == DOCUMENT_TEXT, y = document_of(t, b) == DOCUMENT_TEXT;
    return (x || y) && (x || a->kind == NODE_STRING) && (y || b->kind == NODE_STRING);
}

const char *document_collation(const Translator *t, const SqlNode *n)
{
    SqlDocument d = document_of(t, n);
    if (d == DOCUMENT_JSONB && t->from == DIALECT_POSTGRES) return "gr_document";
    return d == DOCUMENT_JSON && t->from == DIALECT_MYSQL ? "gr_document_other" : NULL;
}

// The text of a document: a scalar without quotes; NULL for the null of JSON.
SqlNode *document_text(Translator *t, SqlNode *n)
{
    SqlNode *how = make_word(t, n, S("X"));
    const char *fn = node_is_call(n, "json_step") ? "json_step" : "json_get";
    bool path = is_path(n);
    SqlNode *json = path ? sql_tail(n, 0) : n;
    SqlNode *step = path ? sql_tail(n, 1) : make_string(t, n, S("$"));
    return typed(make_call3(t, n, fn, json, step, how), TYPE_TEXT);
}

// A literal of SQL as that of JSON; NULL: it is none.
static SqlNode *literal_document(Translator *t, const SqlNode *n)
{
    Buf b = buf_new(t->arena);
    if (n->kind == NODE_STRING) {
        buf_char(&b, '"');
        for (size_t i = 0; i < n->text.len; i++) {
            unsigned char c = (unsigned char)n->text.ptr[i];
            if (c < 0x20) return NULL;
            if (c == '"' || c == '\\') buf_char(&b, '\\');
            buf_char(&b, (char)c);
        }
        buf_char(&b, '"');
    } else if (n->kind == NODE_NUMBER || n->kind == NODE_BOOLEAN) {
        buf_add(&b, n->kind == NODE_BOOLEAN ? str_lower(t->arena, n->text) : n->text);
    } else {
        return NULL;
    }
    return typed(make_string(t, n, buf_str(&b)), TYPE_STRUCT);
}

// What stands beside a document of MySQL becomes one.
static SqlNode *as_document(Translator *t, SqlNode *n)
{
    bool can = n->kind != NODE_NULL && n->kind != NODE_ROW && n->kind != NODE_SUBQUERY;
    if (!can || node_is(n, TYPE_STRUCT) || node_is(n, TYPE_ARRAY) || node_is(n, TYPE_UNKNOWN))
        return n;
    SqlNode *literal = literal_document(t, n);
    if (literal) return literal;
    SqlNode *written = typed(make_call1(t, n, "json_write", n), TYPE_STRUCT);
    if (is_never_null(t, n)) return written;
    SqlNode *there = typed(make_is_null(t, node_clone(t, n), true), TYPE_BOOLEAN);
    return typed(make_case(t, there, written, NULL), TYPE_STRUCT);
}

// A text that no other JSON value is written as.
static bool is_plain_word(const SqlNode *n)
{
    if (n->kind != NODE_STRING || !n->text.len) return false;
    unsigned char c = (unsigned char)n->text.ptr[0], lower = c | 0x20;
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(n->text, str_from(words[i]))) return false;
    }
    return c >= 0x80 || (lower >= 'a' && lower <= 'z');
}

static void compare_mysql(Translator *t, SqlNode *n, SqlNode **a, SqlNode **b)
{
    if (t->to == DIALECT_SQLITE) {
        *a = as_document(t, *a);
        *b = as_document(t, *b);
    } else if (t->to != DIALECT_MYSQL) {
        SqlNode **document = document_of(t, *a) == DOCUMENT_JSON ? a : b;
        const SqlNode *other = document == a ? *b : *a;
        bool equal = n->op == OP_EQ || n->op == OP_NE;
        if (node_is(other, TYPE_TEXT) && !(equal && is_plain_word(other))) {
            translate_unsupported(t, n,
                                  "MySQL compares a JSON value with a text as JSON: take the text "
                                  "out of it first, with ->>.");
            return;
        }
        *document = document_text(t, *document);
    }
}

// '"no"' of JSON as the text that is in it; NULL: it is no text, or one with escapes.
static SqlNode *text_of_literal(Translator *t, const SqlNode *n)
{
    Str s = str_trim(n->text);
    bool quoted = n->kind == NODE_STRING && s.len >= 2 && s.ptr[0] == '"' && str_ends(s, S("\""));
    if (!quoted || str_find(s, S("\\"), NULL)) return NULL;
    SqlNode *made = make_string(t, n, str_slice(s, 1, s.len - 1));
    made->type = TYPE_TEXT;
    return is_plain_word(made) ? made : NULL;
}

// Which of two is the larger, each engine says by an order of kinds of its own.
static bool compares_documents(Dialect d, bool equal)
{
    return equal && (d == DIALECT_MYSQL || d == DIALECT_SNOWFLAKE || d == DIALECT_TRINO);
}

// A literal beside jsonb of Postgres, or JSON of DuckDB, is JSON.
static void compare_json_literal(Translator *t, SqlNode *n, SqlNode **a, SqlNode **b)
{
    bool left = document_of(t, *a) != DOCUMENT_NONE && (*a)->kind != NODE_STRING;
    SqlNode **document = left ? a : b, **other = left ? b : a;
    bool equal = n->op == OP_EQ || n->op == OP_NE || n->kind == NODE_CALL;
    if ((*other)->kind == NODE_NULL) return;
    SqlNode *text = equal ? text_of_literal(t, *other) : NULL;
    if (text) {
        *document = document_text(t, *document);
        *other = text;
    } else if ((*other)->kind == NODE_STRING && compares_documents(t->to, equal)) {
        SqlNode *how = make_word(t, *other, S("F"));
        *other = typed(make_call2(t, *other, "json_parse", *other, how), TYPE_STRUCT);
    } else if (!(document_of(t, *other) == DOCUMENT_JSONB && compares_documents(t->to, equal))) {
        translate_unsupported(t, n,
                              "%s compares JSON values, which %s does not do in the same way: take "
                              "the text out with ->>.",
                              home_title(t->from), home_title(t->to));
    }
}

static bool is_number(const SqlNode *n)
{
    return node_is(n, TYPE_INTEGER) || node_is(n, TYPE_REAL);
}

void document_pair(Translator *t, SqlNode *n, SqlNode **a, SqlNode **b)
{
    bool jsonb = document_of(t, *a) == DOCUMENT_JSONB || document_of(t, *b) == DOCUMENT_JSONB;
    if (t->from == DIALECT_POSTGRES && jsonb && is_foreign(t) && t->to != DIALECT_POSTGRES) {
        compare_json_literal(t, n, a, b);
        return;
    }
    bool x = document_of(t, *a) == DOCUMENT_JSON, y = document_of(t, *b) == DOCUMENT_JSON;
    if (x == y) return;
    bool literal = (*a)->kind == NODE_STRING || (*b)->kind == NODE_STRING;
    if (t->from == DIALECT_DUCKDB && literal && is_foreign(t) && t->to != DIALECT_DUCKDB) {
        compare_json_literal(t, n, a, b);
        return;
    }
    if (t->from == DIALECT_MYSQL) compare_mysql(t, n, a, b);
    SqlNode **document = x ? a : b;
    if (t->from == DIALECT_DUCKDB && t->to != DIALECT_DUCKDB && is_number(x ? *b : *a))
        *document = document_text(t, *document);
}

// IN, BETWEEN and CASE x WHEN compare no documents in MySQL: among numbers x is a number.
void document_set(Translator *t, SqlNode **x, SqlNode *const *set, uint32_t n)
{
    bool reads = t->from == DIALECT_MYSQL || t->from == DIALECT_DUCKDB;
    if (!reads || t->from == t->to || document_of(t, *x) != DOCUMENT_JSON) return;
    for (uint32_t i = 0; i < n; i++) {
        if (!is_number(set[i])) continue;
        *x = document_text(t, *x);
        return;
    }
}

// DuckDB: a JSON value cast to a number is the number in it, its null is NULL.
void document_cast(Translator *t, SqlNode *cast, LogicalType into)
{
    SqlNode *value = cast->child[CAST_VALUE];
    bool plain = into == TYPE_INTEGER || into == TYPE_REAL || into == TYPE_BOOLEAN;
    bool text = into == TYPE_TEXT && t->from == DIALECT_SNOWFLAKE && t->to == DIALECT_SQLITE;
    if (text && node_is_call(value, "json_parse")) // a text in it loses its quotes
        cast->child[CAST_VALUE] = document_text(t, value);
    if (t->from != DIALECT_DUCKDB || t->to == DIALECT_DUCKDB || !plain) return;
    if (document_of(t, value) == DOCUMENT_JSON) cast->child[CAST_VALUE] = document_text(t, value);
}

// ORDER BY a document: each engine has an order of kinds of its own.
bool document_sorted(Translator *t, const SqlNode *item)
{
    SqlDocument d = document_of(t, item->child[ONLY]);
    bool sorts = (t->from == DIALECT_POSTGRES && d == DOCUMENT_JSONB) ||
                 (t->from == DIALECT_MYSQL && d == DOCUMENT_JSON);
    if (!sorts || !is_foreign(t) || t->from == t->to) return false;
    translate_unsupported(t, item,
                          "%s and %s sort JSON values in different orders: sort by the text.",
                          home_title(t->from), home_title(t->to));
    return true;
}

// CAST(json AS ARRAY(VARCHAR)): each element as a text; NULL: it is no such cast.
SqlNode *document_texts(Translator *t, SqlNode *cast, SqlType into)
{
    SqlNode *value = cast->child[CAST_VALUE];
    bool json = node_is_call(value, "json_parse") || document_of(t, value) == DOCUMENT_JSON;
    bool texts = into.type == TYPE_ARRAY && into.element == TYPE_TEXT;
    if (!json || !texts || t->to != DIALECT_SQLITE) return NULL;
    return typed(make_call2(t, cast, "json_array_of", value, make_word(t, cast, S("s"))),
                 TYPE_ARRAY);
}
