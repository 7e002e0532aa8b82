// fn_print: texts by a format, numbers as people write them, and MySQL's functions over lists.
#include "base/buf.h"
#include "sql/translate.h"
#include <string.h>

// --- FORMAT: neutral formats are printf's ---

static SqlNode *printed(Translator *t, SqlNode *call, Str format)
{
    uint32_t count = sql_tail_count(call);
    SqlNode **args = arena_array(t->arena, SqlNode *, count);
    args[0] = make_string(t, sql_tail(call, 0), format);
    for (uint32_t i = 1; i < count; i++) {
        args[i] = as_text(t, sql_tail(call, i));
        bool number = node_is(args[i], TYPE_INTEGER) || node_is(args[i], TYPE_REAL);
        if (t->to == DIALECT_DUCKDB && number) args[i] = make_cast(t, args[i], "VARCHAR"); // its %s
    }
    return typed(make_call(t, call, "print", args, count), TYPE_TEXT);
}

static SqlNode *refuse(Translator *t, const SqlNode *format)
{
    return translate_unsupported(t, format, "This format is not supported here.");
}

static SqlNode *as_written(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode **args = arena_array(t->arena, SqlNode *, count);
    for (uint32_t i = 0; i < count; i++) args[i] = sql_tail(call, i);
    return typed(make_call(t, call, "print", args, count), TYPE_TEXT);
}

// %I and %L: the argument in quotes where its text needs them.
static void quote_argument(Translator *t, SqlNode *call, uint32_t i, char how)
{
    if (i >= sql_tail_count(call)) return;
    SqlNode **arg = &call->child[sql_roles(NODE_CALL) + i];
    const char *fn = how == 'I' ? "quote_ident" : "quote_nullable";
    *arg = typed(make_call1(t, *arg, fn, as_text(t, *arg)), TYPE_TEXT);
}

// %2$s: the number before a $ at `at`, 0 when none stands there; *end is behind the $.
static uint32_t position_at(Str s, size_t at, size_t *end)
{
    uint32_t n = 0;
    for (*end = at; *end < s.len && s.ptr[*end] >= '0' && s.ptr[*end] <= '9' && n < 1000; ++*end)
        n = n * 10 + (uint32_t)(s.ptr[*end] - '0');
    bool place = *end < s.len && s.ptr[*end] == '$';
    ++*end;
    return place ? n : 0;
}

// The arguments in the order in which the format takes them, each place without its number. Behind
// a numbered one Postgres goes on from there, Java from the last that had no number.
static bool arrange(Translator *t, SqlNode *call)
{
    Str s = sql_tail(call, 0)->text;
    Buf b = buf_new(t->arena);
    VEC(SqlNode *) args = {0};
    *vec_push(t->arena, &args) = sql_tail(call, 0);
    uint32_t next = 1, count = sql_tail_count(call);
    bool numbered = false;
    for (size_t i = 0, end; i < s.len; i++) {
        buf_char(&b, s.ptr[i]);
        if (s.ptr[i] != '%' || i + 1 >= s.len) continue;
        if (s.ptr[i + 1] == '%') {
            buf_char(&b, s.ptr[++i]);
            continue;
        }
        uint32_t place = position_at(s, i + 1, &end), from = place ? place : next;
        if (place) i = end - 1;
        numbered = numbered || place;
        if (from >= count) return false;
        if (!place || t->from == DIALECT_POSTGRES) next = from + 1;
        *vec_push(t->arena, &args) =
            numbered ? node_clone(t, sql_tail(call, from)) : sql_tail(call, from);
    }
    if (!numbered) return true; // the runtime says what is missing
    args.at[0]->text = buf_str(&b);
    node_set_tail(t, call, args.at, (uint32_t)args.len);
    return true;
}

// Postgres: %s, %I, %L with a width, and %%.
static SqlNode *read_format_pg(Translator *t, SqlNode *call)
{
    SqlNode *format = sql_tail(call, 0);
    if (format->kind != NODE_STRING || !arrange(t, call)) return refuse(t, format);
    Str s = format->text;
    Buf b = buf_new(t->arena);
    for (size_t i = 0, arg = 0; i < s.len; i++) {
        buf_char(&b, s.ptr[i]);
        if (s.ptr[i] != '%') continue;
        while (i + 1 < s.len && strchr("-0123456789", s.ptr[i + 1])) buf_char(&b, s.ptr[++i]);
        char next = ++i < s.len ? s.ptr[i] : 0;
        bool quotes = next == 'I' || next == 'L';
        if (next != 's' && next != '%' && !quotes) return refuse(t, format);
        if (next != '%') arg++;
        if (quotes) quote_argument(t, call, (uint32_t)arg, next);
        buf_char(&b, quotes ? 's' : next);
    }
    return printed(t, call, buf_str(&b));
}

// BigQuery's %t shows a value as a text, %T as it is written in SQL; both NULL as a word.
static void show_argument(Translator *t, SqlNode *call, uint32_t i, bool written)
{
    if (i >= sql_tail_count(call) || t->to == t->from) return;
    SqlNode **arg = &call->child[sql_roles(NODE_CALL) + i], *text = as_text(t, *arg);
    LogicalType type = node_type(*arg);
    const char *word = type == TYPE_DATE ? "DATE" : type == TYPE_TIMESTAMP ? "TIMESTAMP" : NULL;
    if (written && type == TYPE_TEXT) text = make_call1(t, *arg, "json_quoted", text);
    if (written && word) {
        SqlNode *head = make_string(t, *arg, str_fmt(t->arena, "%s ", word));
        text = make_binary(t, OP_CONCAT, head, make_call1(t, *arg, "json_quoted", text));
    }
    SqlNode *null = make_string(t, *arg, S("NULL"));
    text->type = TYPE_TEXT;
    *arg = typed(make_call2(t, *arg, "coalesce", text, null), TYPE_TEXT);
}

// BigQuery, Trino, Spark and printf: %'d groups digits in the first, %,d in the others.
static SqlNode *read_printf(Translator *t, SqlNode *call)
{
    SqlNode *format = sql_tail(call, 0);
    if (format->kind != NODE_STRING) return as_written(t, call);
    if (str_find(format->text, S("$"), NULL) && !arrange(t, call)) return refuse(t, format);
    Buf b = buf_new(t->arena);
    Str s = format->text;
    uint32_t arg = 0;
    for (size_t i = 0; i < s.len; i++) {
        buf_char(&b, s.ptr[i]);
        if (s.ptr[i] != '%') continue;
        arg += i + 1 < s.len && s.ptr[i + 1] != '%';
        while (i + 1 < s.len && (s.ptr[i + 1] == '\'' || s.ptr[i + 1] == ',')) {
            buf_char(&b, ',');
            i++;
        }
        if (i + 1 < s.len && s.ptr[i + 1] == '%') buf_char(&b, s.ptr[++i]);
        char shown = i + 1 < s.len ? s.ptr[i + 1] : 0;
        if (shown == 't' || (shown == 'T' && t->from == DIALECT_BIGQUERY)) {
            if (shown == 'T' && t->to != DIALECT_SQLITE && t->to != t->from)
                return refuse(t, format);
            if (t->from == DIALECT_BIGQUERY) show_argument(t, call, arg, shown == 'T');
            buf_char(&b, 's');
            i++;
        }
    }
    sql_tail(call, 0)->text = buf_str(&b);
    return as_written(t, call);
}

// DuckDB: {} {:d} {:.2f} {:,}
static SqlNode *read_format_duck(Translator *t, SqlNode *call)
{
    SqlNode *format = sql_tail(call, 0);
    if (format->kind != NODE_STRING) return refuse(t, format);
    Buf b = buf_new(t->arena);
    Str s = format->text;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;
        if ((c == '{' || c == '}') && next == c) {
            buf_char(&b, c);
            i++;
        } else if (c == '{') {
            size_t close;
            if (!str_find(str_slice(s, i, s.len), S("}"), &close)) return refuse(t, format);
            Str spec = str_slice(s, i + 1, i + close);
            i += close;
            if (spec.len && spec.ptr[0] != ':') return refuse(t, format);
            spec = str_slice(spec, 1, spec.len);
            bool right = str_starts(spec, S(">")), left = str_starts(spec, S("<"));
            if (right || left)
                spec = str_fmt(t->arena, "%s" STR_FMT, left ? "-" : "",
                               STR_ARG(str_slice(spec, 1, spec.len)));
            if (str_starts(spec, S("^")) || str_find(spec, S("#"), NULL)) return refuse(t, format);
            bool letter = spec.len && (spec.ptr[spec.len - 1] | 0x20) >= 'a';
            bool group = str_eq(spec, S(","));
            buf_fmt(&b, "%%" STR_FMT "%s", STR_ARG(spec), letter ? "" : group ? "d" : "s");
        } else {
            if (c == '%') buf_char(&b, '%');
            buf_char(&b, c);
        }
    }
    sql_tail(call, 0)->text = buf_str(&b);
    return as_written(t, call);
}

// --- Lists of values: a CASE in every dialect ---

static SqlNode *when(Translator *t, SqlNode *condition, SqlNode *result)
{
    SqlNode *n = make_node(t, NODE_WHEN, condition, 0);
    n->child[WHEN_CONDITION] = condition;
    n->child[WHEN_RESULT] = result;
    return n;
}

// FIELD(x, a, b): the place of x among the others, 0 when it is not there.
static SqlNode *read_field(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2) return NULL;
    SqlNode *n = make_node(t, NODE_CASE, call, count - 1);
    n->child[CASE_OPERAND] = sql_tail(call, 0);
    for (uint32_t i = 1; i < count; i++)
        n->child[sql_roles(NODE_CASE) + i - 1] =
            when(t, sql_tail(call, i), make_number(t, call, i));
    n->child[CASE_ELSE] = make_number(t, call, 0);
    return neutral_case(t, typed(n, TYPE_INTEGER));
}

// ELT(n, a, b): the n-th of the others.
static SqlNode *read_elt(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2) return NULL;
    SqlNode *n = make_node(t, NODE_CASE, call, count - 1);
    n->child[CASE_OPERAND] = sql_tail(call, 0);
    for (uint32_t i = 1; i < count; i++)
        n->child[sql_roles(NODE_CASE) + i - 1] =
            when(t, make_number(t, call, i), sql_tail(call, i));
    return typed(n, node_type(sql_tail(call, 1)));
}

static SqlNode *compared(Translator *t, SqlNode *call, SqlOp op, int64_t result)
{
    SqlNode *a = node_clone(t, sql_tail(call, 0)), *b = node_clone(t, sql_tail(call, 1));
    return when(t, neutral_compare(t, make_binary(t, op, a, b)), make_number(t, call, result));
}

static SqlNode *read_strcmp(Translator *t, SqlNode *call)
{
    SqlNode *n = make_node(t, NODE_CASE, call, 3);
    uint32_t roles = sql_roles(NODE_CASE);
    n->child[roles] = compared(t, call, OP_LT, -1);
    n->child[roles + 1] = compared(t, call, OP_GT, 1);
    n->child[roles + 2] = compared(t, call, OP_EQ, 0);
    return typed(n, TYPE_INTEGER);
}

// What a NULL among the values prints: '0' makes the whole NULL, 'w' the word null, 'e' nothing.
static char null_print(Dialect d)
{
    static const char nulls[DIALECT_COUNT_] = {[DIALECT_BIGQUERY] = '0',
                                               [DIALECT_DUCKDB] = '0',
                                               [DIALECT_SPARK] = 'w',
                                               [DIALECT_TRINO] = 'w',
                                               [DIALECT_FLINK] = 'w'};
    return nulls[d] ? nulls[d] : 'e';
}

static SqlNode *lower_print(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    SqlNode **args = arena_array(t->arena, SqlNode *, count + 1);
    args[0] = make_string(t, call, str_fmt(t->arena, "%c", null_print(t->from)));
    for (uint32_t i = 0; i < count; i++) args[i + 1] = sql_tail(call, i);
    return typed(make_call(t, call, "gr_print", args, count + 1), TYPE_TEXT);
}

// Postgres prints texts: another letter is refused by name.
static bool prints_texts_only(Str format)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%') continue;
        char next = ++i < format.len ? format.ptr[i] : 0;
        if (next != 's' && next != '%') return false;
    }
    return true;
}

// The letters of a format, one a value; false when it has other things than %… of one letter.
static bool letter_at(Str format, uint32_t which, char *letter)
{
    for (size_t i = 0; i < format.len; i++) {
        if (format.ptr[i] != '%') continue;
        while (++i < format.len && (format.ptr[i] < 'A' || format.ptr[i] == '\''))
            if (format.ptr[i] == '%') break;
        if (i >= format.len || format.ptr[i] == '%') continue;
        if (which-- == 0) return *letter = format.ptr[i], true;
    }
    return false;
}

static bool may_be_null(const Translator *t, const SqlNode *n)
{
    return n->kind == NODE_NULL || !(node_is_constant(n) || is_never_null(t, n));
}

static SqlNode *unless_null(Translator *t, SqlNode *call)
{
    SqlNode *all = NULL;
    for (uint32_t i = 1; i < sql_tail_count(call); i++) {
        SqlNode *x = sql_tail(call, i);
        if (x->kind == NODE_NULL) return make_null(t, call);
        if (may_be_null(t, x)) all = make_and(t, all, make_is_null(t, node_clone(t, x), true));
    }
    return all ? typed(make_case(t, all, call, NULL), TYPE_TEXT) : call;
}

// … in another dialect: what it would print for a NULL is put there.
SqlNode *print_there(Translator *t, SqlNode *call)
{
    char from = null_print(t->from), to = null_print(t->to), letter;
    if (!is_foreign(t) || !node_is_call(call, "print")) return call;
    const SqlNode *format = sql_tail(call, 0);
    bool written = format->kind == NODE_STRING;
    if (t->to == DIALECT_POSTGRES && !(written && prints_texts_only(format->text)))
        return translate_unsupported(t, format, "Postgres's FORMAT has %%s only: use TO_CHAR.");
    if (from == to) return call;
    if (from == '0') return unless_null(t, call);
    for (uint32_t i = 1; i < sql_tail_count(call); i++) {
        SqlNode **x = &call->child[sql_roles(NODE_CALL) + i];
        bool text = written && letter_at(format->text, i - 1, &letter) && letter == 's';
        if (!may_be_null(t, *x) || !text) continue;
        bool plain = node_is(*x, TYPE_TEXT) || (*x)->kind == NODE_NULL;
        SqlNode *value = plain ? *x : lower_cast(t, make_cast(t, *x, "VARCHAR"));
        *x = typed(make_call2(t, call, "coalesce", value,
                              make_string(t, call, from == 'w' ? S("null") : S(""))),
                   TYPE_TEXT);
    }
    return call;
}

static const SqlFn fns[] = {
    {"elt", "n values...", FN_SCALAR, "text", NULL, NULL},
    {"make_set", "bits values...", FN_SCALAR, "text", "gr_make_set({bits}, {values...})", NULL},
    {"field", "x values...", FN_SCALAR, "integer!", NULL, NULL},
    {"find_in_set", "x list", FN_SCALAR, "integer", "gr_find_in_set({x}, {list})", NULL},
    {"print", "format values...", FN_SCALAR, "text", NULL, lower_print},
    {"print_number", "x places", FN_SCALAR, "text", "gr_print_number({x}, {places})", NULL},
    {"strcmp", "a b", FN_SCALAR, "integer", NULL, NULL},
    {"gr_print", "nulls format values...", FN_SCALAR, "text", NULL, NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"make_set", MY, "MAKE_SET", NULL, NULL, NULL},
    {"elt", MY | SPARK, "ELT", NULL, NULL, read_elt},
    {"field", MY, "FIELD", NULL, NULL, read_field},
    {"find_in_set", MY | SPARK, "FIND_IN_SET", NULL, NULL, NULL},
    {"print", BIG | TRINO, "FORMAT", NULL, NULL, read_printf},
    {"print", DUCK, "FORMAT", NULL, NULL, read_format_duck},
    {"print", PG, "FORMAT", NULL, NULL, read_format_pg},
    {"print", SPARK, "FORMAT_STRING", NULL, NULL, read_printf},
    {"print", SPARK | DUCK | FLINK, "PRINTF", NULL, NULL, read_printf},
    {"print", BIG | TRINO | PG, "", NULL, "FORMAT({format}, {values...})", NULL},
    {"print", SPARK, "", NULL, "FORMAT_STRING({format}, {values...})", NULL},
    {"print", DUCK | FLINK, "", NULL, "PRINTF({format}, {values...})", NULL},
    {"print_number", MY, "FORMAT", NULL, NULL, NULL},
    {"print_number", SPARK, "FORMAT_NUMBER", NULL, NULL, NULL},
    {"strcmp", MY, "STRCMP", "a b", NULL, read_strcmp},
};

const FnFamily fn_print = {fns, sizeof fns / sizeof *fns, spellings,
                           sizeof spellings / sizeof *spellings};
