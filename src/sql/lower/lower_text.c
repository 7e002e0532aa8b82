// lower_text: functions of text and LIKE are given texts, where the target casts nothing by itself.
//
// A date or a whole number is the same text everywhere; other values stay, and the target's own
// rules say what it makes of them.
#include "base/buf.h"
#include "sql/create.h"
#include "sql/fn_group.h"
#include "sql/lower.h"

static bool casts_nothing(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_TRINO || d == DIALECT_BIGQUERY ||
           d == DIALECT_DUCKDB;
}

static SqlNode *text_of(Translator *t, SqlNode *n)
{
    bool same = node_is(n, TYPE_DATE) || node_is(n, TYPE_TIMESTAMP) || node_is(n, TYPE_INTEGER);
    if (!same || !casts_nothing(t->to)) return n;
    return lower_cast(t, make_cast(t, n, "VARCHAR"));
}

// SPLIT_PART(x, '.', -1): parts from the end.
static SqlNode *split_back(Translator *t, SqlNode *n)
{
    const SqlNode *at = node_is_call(n, "split_part") ? node_arg(n, "n") : NULL;
    bool back = at && at->kind == NODE_UNARY && at->op == OP_MINUS && is_foreign(t) &&
                at->child[ONLY]->kind == NODE_NUMBER;
    if (!back || str_eq(node_arg(n, "style")->text, S("NULL"))) return n;
    SqlNode *made =
        make_call3(t, n, "split_back", node_arg(n, "x"), node_arg(n, "separator"), at->child[ONLY]);
    made->type = TYPE_TEXT;
    return made;
}

// Spark's SPLIT takes a pattern: the separator itself is said by escapes, or between \\Q and \\E.
static SqlNode *as_pattern(Translator *t, SqlNode *separator)
{
    static const char special[] = "\\.^$|?*+()[]{}";
    if (separator->kind != NODE_STRING) {
        SqlNode *args[] = {make_string(t, separator, S("\\Q")), separator,
                           make_string(t, separator, S("\\E"))};
        SqlNode *made = make_call(t, separator, "concat", args, 3);
        made->type = TYPE_TEXT;
        return made;
    }
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < separator->text.len; i++) {
        char c = separator->text.ptr[i];
        if (str_find(str_from(special), (Str){&c, 1}, NULL)) buf_char(&b, '\\');
        buf_char(&b, c);
    }
    return make_string(t, separator, buf_str(&b));
}

// STRING_TO_ARRAY finds no part in an empty text, where the others find one. NULL: there is none.
static SqlNode *split_to_postgres(Translator *t, SqlNode *n)
{
    const SqlNode *separator = node_arg(n, "separator");
    bool known = separator && separator->kind == NODE_STRING && separator->text.len;
    if (t->to != DIALECT_POSTGRES || !known) return NULL;
    SqlNode *pattern = as_pattern(t, node_arg(n, "separator"));
    return typed(make_call2(t, n, "regexp_split", node_arg(n, "text"), pattern), TYPE_ARRAY);
}

static SqlNode *split_from_postgres(Translator *t, SqlNode *n)
{
    SqlNode *text = node_arg(n, "text");
    bool some = (text->kind == NODE_STRING && text->text.len) || node_is_call(text, "nullif");
    if (t->from != DIALECT_POSTGRES || some) return NULL;
    SqlNode *none = lower_array(t, typed(make_node(t, NODE_ARRAY, n, 0), TYPE_ARRAY));
    SqlNode *empty = make_binary(t, OP_EQ, node_clone(t, text), make_string(t, n, S("")));
    return typed(make_case(t, empty, none, n), TYPE_ARRAY);
}

static SqlNode *split_there(Translator *t, SqlNode *n)
{
    if (!node_is_call(n, "array_split") || !is_foreign(t) || t->from == t->to) return n;
    SqlNode *made = split_to_postgres(t, n);
    if (!made) made = split_from_postgres(t, n);
    return made ? made : n;
}

static void separator_there(Translator *t, SqlNode *n)
{
    bool splits = node_is_call(n, "array_split") && t->to == DIALECT_SPARK && is_foreign(t);
    SqlNode **separator = &n->child[sql_roles(NODE_CALL) + 1];
    if (splits) *separator = as_pattern(t, *separator);
}

// Some of these letters, at the ends that TRIM, LTRIM or RTRIM takes them off.
static Str ends_of(Translator *t, const SqlNode *n, Str letters)
{
    Buf set = buf_new(t->arena), b = buf_new(t->arena);
    for (size_t i = 0; i < letters.len; i++) {
        char c = letters.ptr[i];
        if (c == '\\' || c == ']' || c == '[' || c == '^' || c == '-') buf_char(&set, '\\');
        buf_char(&set, c);
    }
    Str some = str_fmt(t->arena, "[" STR_FMT "]+", STR_ARG(buf_str(&set)));
    if (!node_is_call(n, "rtrim")) buf_fmt(&b, "^" STR_FMT, STR_ARG(some));
    if (node_is_call(n, "trim")) buf_char(&b, '|');
    if (!node_is_call(n, "ltrim")) buf_fmt(&b, STR_FMT "$", STR_ARG(some));
    return buf_str(&b);
}

// MySQL's TRIM takes off whole strings, the others' any of the letters.
static SqlNode *letters_off(Translator *t, SqlNode *n)
{
    bool trims = node_is_call(n, "trim") || node_is_call(n, "ltrim") || node_is_call(n, "rtrim");
    SqlNode *what = trims && t->to == DIALECT_MYSQL && is_foreign(t) ? node_arg(n, "what") : NULL;
    if (!what || (what->kind == NODE_STRING && what->text.len == 1)) return n;
    if (what->kind != NODE_STRING || !what->text.len) {
        return translate_unsupported(t, n,
                                     "MySQL's TRIM takes off a string as a whole, and no single "
                                     "letters of it: write the letters out.");
    }
    SqlNode *args[] = {node_arg(n, "x"),         make_string(t, what, ends_of(t, n, what->text)),
                       make_string(t, n, S("")), make_number(t, n, 1),
                       make_number(t, n, 0),     make_string(t, n, S("c"))};
    return typed(make_call(t, n, "regexp_replace", args, 6), TYPE_TEXT);
}

// The bytes of a text, where a function takes bytes: which of the two it is goes without saying in
// a neutral call.
static void text_of_bytes(Translator *t, SqlNode *n)
{
    SqlNode **x = &n->child[sql_roles(NODE_CALL)];
    if (is_foreign(t) && node_is_call(n, "base64") && node_is_call(*x, "to_utf8"))
        *x = node_arg(*x, "x");
}

static void tell_extension(Translator *t, const SqlNode *n)
{
    if (t->to != DIALECT_POSTGRES || !is_foreign(t) || !node_is_call(n, "edit_distance")) return;
    left_out(t, n, "LEVENSHTEIN is of an extension of Postgres: CREATE EXTENSION fuzzystrmatch.");
}

SqlNode *lower_text_there(Translator *t, SqlNode *n)
{
    static const char *const texts[] = {
        "upper",      "lower",       "char_length", "trim",    "ltrim",   "rtrim",
        "substring",  "left",        "left_or_off", "right",   "reverse", "initcap",
        "lpad",       "rpad",        "split_part",  "replace", "repeat",  "substr",
        "trim_white", "starts_with", "ends_with",
    };
    uint32_t roles = sql_roles(NODE_CALL);
    for (size_t i = 0; n->fn && sql_tail_count(n) && i < sizeof texts / sizeof *texts; i++) {
        if (!node_is_call(n, texts[i])) continue;
        n->child[roles] = text_of(t, n->child[roles]);
        break;
    }
    tell_extension(t, n);
    separator_there(t, n);
    text_of_bytes(t, n);
    return split_back(t, split_there(t, letters_off(t, n)));
}

SqlNode *lower_like_there(Translator *t, SqlNode *n)
{
    n->child[OPERAND] = text_of(t, n->child[OPERAND]);
    return n;
}
