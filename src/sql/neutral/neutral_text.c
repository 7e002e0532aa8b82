// neutral_text: patterns and joined texts: LIKE in all its forms, || and CONCAT.
#include "base/buf.h"
#include "sql/home.h"
#include "sql/neutral_time.h"

// --- What LIKE means here ---

// The sign that takes a wildcard's meaning away where no ESCAPE says one.
static bool has_default_escape(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_SPARK ||
           d == DIALECT_BIGQUERY || d == DIALECT_FLINK;
}

// MySQL's LIKE folds case by its collation, which is the ambient one; SQLite's by itself.
static bool folds_case(const Translator *t)
{
    const SqlRules *from = sql_rules(t->from);
    if (from->like_folds_case && !from->text_folds_case) return true;
    return sql_rules(t->ambient)->text_folds_case;
}

SqlNode *negate(Translator *t, SqlNode *n, bool negated)
{
    return negated ? make_unary(t, OP_NOT, n) : n;
}

static bool may_hold_backslash(const SqlNode *pattern)
{
    return pattern->kind != NODE_STRING || str_find(pattern->text, S("\\"), NULL);
}

// LIKE BINARY 'a%', BINARY s LIKE 'a%': case matters.
static bool take_binary(SqlNode **n)
{
    bool binary = (*n)->kind == NODE_COLLATE && str_eq((*n)->text, S("BINARY"));
    if (binary) *n = (*n)->child[ONLY];
    return binary;
}

SqlNode *neutral_like(Translator *t, SqlNode *n)
{
    bool negated = n->flags & FLAG_NOT;
    if (n->op == OP_RLIKE) {
        bool whole = t->from == DIALECT_SNOWFLAKE;
        bool exact = take_binary(&n->child[OPERAND]);
        exact = take_binary(&n->child[OPERAND_SECOND]) || exact;
        SqlNode *flags = exact ? make_string(t, n, S("c")) : NULL;
        SqlNode *x = n->child[OPERAND], *pattern = n->child[OPERAND_SECOND];
        return negate(t, make_regexp(t, x, pattern, whole ? "WHOLE" : "FIND", flags), negated);
    }
    SqlNode *x = n->child[OPERAND], *pattern = n->child[OPERAND_SECOND];
    if (n->op == OP_SIMILAR) {
        bool plain = t->from == DIALECT_DUCKDB; // a regular expression there
        return negate(t, make_regexp(t, x, pattern, plain ? "WHOLE" : "SIMILAR", NULL), negated);
    }
    bool exact = take_binary(&n->child[OPERAND]);
    exact = take_binary(&n->child[OPERAND_SECOND]) || exact;
    pattern = n->child[OPERAND_SECOND];
    if (n->op == OP_LIKE && folds_case(t) && !exact) n->op = OP_ILIKE;
    bool open = !n->child[OPERAND_THIRD] && n->op != OP_GLOB && has_default_escape(t->from);
    if (open && may_hold_backslash(pattern)) n->child[OPERAND_THIRD] = make_string(t, n, S("\\"));
    SqlNode *escape = n->child[OPERAND_THIRD];
    if (escape && escape->kind == NODE_STRING && !escape->text.len) n->child[OPERAND_THIRD] = NULL;
    return n;
}

// --- … as SQLite runs it ---

enum { PATTERN_MAX = 100 }; // SQLITE_LIMIT_LIKE_PATTERN_LENGTH of the worker

static void glob_literal(Buf *b, char c)
{
    bool special = c == '*' || c == '?' || c == '[';
    if (special) buf_char(b, '[');
    buf_char(b, c);
    if (special) buf_char(b, ']');
}

static SqlNode *glob_node(Translator *t, const SqlNode *place, SqlNode *x, Str pattern)
{
    SqlNode *n = make_node(t, NODE_LIKE, place, 0);
    n->op = OP_GLOB;
    n->type = TYPE_BOOLEAN;
    n->child[OPERAND] = x;
    n->child[OPERAND_SECOND] = make_string(t, place, pattern);
    return n;
}

SqlNode *like_glob(Translator *t, const SqlNode *place, SqlNode *x, Str text, bool open_start,
                   bool open_end)
{
    Buf b = buf_new(t->arena);
    if (open_start) buf_char(&b, '*');
    for (size_t i = 0; i < text.len; i++) glob_literal(&b, text.ptr[i]);
    if (open_end) buf_char(&b, '*');
    return b.len > PATTERN_MAX ? NULL : glob_node(t, place, x, buf_str(&b));
}

// The pattern of a LIKE as one of GLOB; false when it is none (a lone escape at the end).
static bool glob_of(Translator *t, Str pattern, char escape, Str *out)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];
        if (escape && c == escape) {
            if (++i >= pattern.len) return false;
            glob_literal(&b, pattern.ptr[i]);
        } else if (c == '%') {
            buf_char(&b, '*');
        } else if (c == '_') {
            buf_char(&b, '?');
        } else {
            glob_literal(&b, c);
        }
    }
    *out = buf_str(&b);
    return b.len <= PATTERN_MAX;
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80 || !s.ptr[i]) return false;
    }
    return true;
}

// MySQL's collation, which the columns have there.
static bool drops_accents(const Translator *t)
{
    return sql_rules(t->ambient)->text_folds_case;
}

static SqlNode *like_call(Translator *t, SqlNode *n)
{
    SqlNode *args[] = {n->child[OPERAND], n->child[OPERAND_SECOND], n->child[OPERAND_THIRD]};
    const char *fn = n->op != OP_ILIKE ? "like" : drops_accents(t) ? "like_folded" : "ilike";
    SqlNode *made = make_call(t, n, fn, args, args[2] ? 3 : 2);
    made->type = TYPE_BOOLEAN;
    return made;
}

// Literal patterns by SQLite's own operators, which are fast and can use an index; GLOB minds case.
static SqlNode *like_here(Translator *t, SqlNode *n)
{
    SqlNode *pattern = n->child[OPERAND_SECOND], *escape = n->child[OPERAND_THIRD];
    bool written = pattern->kind == NODE_STRING && !str_find(pattern->text, S("\0"), NULL);
    bool one = !escape || (escape->kind == NODE_STRING && escape->text.len == 1);
    Str glob;
    if (n->op == OP_GLOB) return n;
    bool bare = n->op == OP_ILIKE && drops_accents(t);
    if (!written || !one || bare) return like_call(t, n);
    if (n->op == OP_LIKE) {
        if (!glob_of(t, pattern->text, escape ? escape->text.ptr[0] : 0, &glob))
            return like_call(t, n);
        return glob_node(t, n, n->child[OPERAND], glob);
    }
    bool plain = !escape && is_ascii(pattern->text) && pattern->text.len <= PATTERN_MAX;
    if (!plain) return like_call(t, n);
    n->op = OP_LIKE;
    return n;
}

// --- … and as other dialects write it ---

static SqlNode *like_there(Translator *t, SqlNode *n)
{
    SqlNode *escape = n->child[OPERAND_THIRD];
    bool backslash = escape && escape->kind == NODE_STRING && str_eq(escape->text, S("\\"));
    if (backslash && has_default_escape(t->to)) n->child[OPERAND_THIRD] = NULL;
    if (n->op == OP_GLOB && t->to != DIALECT_DUCKDB)
        return translate_unsupported(t, n, "%s has no GLOB.", home_title(t->to));
    if (n->op == OP_LIKE) n->child[OPERAND_SECOND] = case_exact(t, n->child[OPERAND_SECOND]);
    if (n->op != OP_ILIKE || sql_feature_in(FEATURE_ILIKE, t->to)) return n;
    n->op = OP_LIKE;
    if (t->to == DIALECT_MYSQL) return n; // its collation folds
    n->child[OPERAND] = case_lower(t, n->child[OPERAND]);
    n->child[OPERAND_SECOND] = case_lower(t, n->child[OPERAND_SECOND]);
    return n;
}

SqlNode *lower_like(Translator *t, SqlNode *n)
{
    bool negated = n->flags & FLAG_NOT;
    if (t->to != DIALECT_SQLITE) return like_there(t, n);
    n->flags &= ~(uint32_t)FLAG_NOT;
    SqlNode *made = like_here(t, n);
    if (made->kind == NODE_LIKE && negated) {
        made->flags |= FLAG_NOT;
        return made;
    }
    return negate(t, made, negated);
}

// --- || and CONCAT ---

// What is joined is text, by the rules of the cast: TRUE is 'true', a REAL is written as at home.
SqlNode *as_text(Translator *t, SqlNode *n)
{
    SqlNode *there = as_text_there(t, n);
    if (there) return there;
    bool strict = t->to == DIALECT_BIGQUERY || t->to == DIALECT_TRINO;
    bool here = t->to == DIALECT_SQLITE &&
                (node_is(n, TYPE_REAL) || node_is(n, TYPE_BOOLEAN) || node_is(n, TYPE_INTERVAL));
    bool text = node_is(n, TYPE_TEXT) || node_is(n, TYPE_UNKNOWN) || n->kind == NODE_NULL;
    if (text || (!strict && !here)) return n;
    if (here && node_is(n, TYPE_INTERVAL)) return interval_as_text(t, n);
    return make_cast(t, n, "VARCHAR");
}

SqlNode *neutral_concat(Translator *t, SqlNode *n)
{
    n->child[LEFT_SIDE] = as_text(t, n->child[LEFT_SIDE]);
    n->child[RIGHT_SIDE] = as_text(t, n->child[RIGHT_SIDE]);
    n->type = TYPE_TEXT;
    return n;
}

// Postgres's CONCAT writes a truth value as t and f.
static SqlNode *short_truth(Translator *t, SqlNode *n)
{
    bool it = t->from == DIALECT_POSTGRES && t->to != t->from && node_is(n, TYPE_BOOLEAN);
    if (!it) return n;
    SqlNode *no =
        make_case(t, make_unary(t, OP_NOT, node_clone(t, n)), make_string(t, n, S("f")), NULL);
    no->type = TYPE_TEXT;
    SqlNode *made = make_case(t, n, make_string(t, n, S("t")), no);
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *joined(Translator *t, SqlNode *call, const char *meaning, uint32_t from)
{
    uint32_t count = sql_tail_count(call);
    if (count <= from) return NULL;
    SqlNode **args = arena_array(t->arena, SqlNode *, count);
    for (uint32_t i = 0; i < count; i++) args[i] = as_text(t, short_truth(t, sql_tail(call, i)));
    SqlNode *made = make_call(t, call, meaning, args, count);
    made->type = TYPE_TEXT;
    return made;
}

// NULL joins as nothing in Postgres and DuckDB.
SqlNode *read_concat(Translator *t, SqlNode *call)
{
    bool skips = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    return joined(t, call, skips ? "concat_skip" : "concat", 0);
}
// CONCAT_WS of arrays, and of values beside them: one array of all. NULL: there is no array.
static SqlNode *arrays_joined(Translator *t, SqlNode *call)
{
    SqlNode *all = NULL;
    bool any = false;
    for (uint32_t i = 1; i < sql_tail_count(call); i++) {
        SqlNode *one = sql_tail(call, i);
        bool array = node_is(one, TYPE_ARRAY);
        any = any || array;
        if (!array) {
            SqlNode *list = make_node(t, NODE_ARRAY, one, 1);
            list->child[0] = one;
            list->type = TYPE_ARRAY;
            one = list;
        }
        all = all ? make_call2(t, call, "array_concat", all, one) : one;
        all->type = TYPE_ARRAY;
    }
    if (!any) return NULL;
    SqlNode *made = make_call2(t, call, "array_text", all, sql_tail(call, 0));
    made->type = TYPE_TEXT;
    return made;
}

// … and in CONCAT_WS everywhere but in Snowflake.
SqlNode *read_concat_ws(Translator *t, SqlNode *call)
{
    if (t->from == DIALECT_SPARK || t->from == DIALECT_TRINO) {
        SqlNode *arrays = arrays_joined(t, call);
        if (arrays) return arrays;
    }
    return joined(t, call, t->from == DIALECT_SNOWFLAKE ? "concat_ws_null" : "concat_ws", 1);
}

static SqlNode *or_empty(Translator *t, SqlNode *n)
{
    if (n->kind == NODE_STRING || n->kind == NODE_NUMBER) return n;
    bool other = t->to != DIALECT_SQLITE && !node_is(n, TYPE_TEXT) && !node_is(n, TYPE_UNKNOWN);
    if (other) n = lower_cast(t, make_cast(t, n, "VARCHAR"));
    SqlNode *made = make_call2(t, n, "coalesce", n, make_string(t, n, S("")));
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *pipes(Translator *t, SqlNode *call, bool skip)
{
    SqlNode *made = NULL;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        SqlNode *one = sql_tail(call, i);
        if (skip) one = or_empty(t, one);
        made = made ? make_binary(t, OP_CONCAT, made, one) : one;
    }
    if (sql_tail_count(call) == 1 && !node_is(made, TYPE_TEXT))
        made = make_binary(t, OP_CONCAT, made, make_string(t, call, S("")));
    return made;
}
SqlNode *lower_concat(Translator *t, SqlNode *call)
{
    return pipes(t, call, false);
}
SqlNode *lower_concat_skip(Translator *t, SqlNode *call)
{
    return pipes(t, call, true);
}

// For other dialects: CONCAT where it means this, else || or COALESCE around each.
SqlNode *lower_concat_there(Translator *t, SqlNode *call)
{
    bool skips = t->to == DIALECT_POSTGRES || t->to == DIALECT_DUCKDB;
    if (t->to == DIALECT_SQLITE) return call;
    if (node_is_call(call, "concat") && skips) return pipes(t, call, false);
    if (!node_is_call(call, "concat_skip") || skips) return call;
    for (uint32_t i = 0; i < sql_tail_count(call); i++) {
        uint32_t at = sql_roles(NODE_CALL) + i;
        call->child[at] = or_empty(t, call->child[at]);
    }
    call->text = S("concat");
    call->fn = fn_index(fn_named("concat"));
    return call;
}

static uint32_t flatten(SqlNode *n, SqlNode **out)
{
    if (n->kind != NODE_BINARY || n->op != OP_CONCAT) {
        if (out) *out = n;
        return 1;
    }
    uint32_t left = flatten(n->child[LEFT_SIDE], out);
    return left + flatten(n->child[RIGHT_SIDE], out ? out + left : NULL);
}

// MySQL reads || as OR and has <=> alone. Its CONCAT is NULL when a part is, like ||.
SqlNode *lower_pipes(Translator *t, SqlNode *n)
{
    if (n->op == OP_DISTINCT && t->to == DIALECT_MYSQL) {
        n->op = OP_SAME;
        return make_unary(t, OP_NOT, n);
    }
    if (n->op != OP_CONCAT || t->to != DIALECT_MYSQL) return n;
    uint32_t count = flatten(n, NULL);
    SqlNode **parts = arena_array(t->arena, SqlNode *, count);
    flatten(n, parts);
    VEC(SqlNode *) args = {0};
    for (uint32_t i = 0; i < count; i++) { // inner ones are CONCAT already
        uint32_t inner = node_is_call(parts[i], "concat") ? sql_tail_count(parts[i]) : 0;
        for (uint32_t k = 0; k < inner; k++) *vec_push(t->arena, &args) = sql_tail(parts[i], k);
        if (!inner) *vec_push(t->arena, &args) = parts[i];
    }
    SqlNode *made = make_call(t, n, "concat", args.at, (uint32_t)args.len);
    made->type = TYPE_TEXT;
    return made;
}

// --- ~ and its kin ---

SqlNode *neutral_match(Translator *t, SqlNode *n)
{
    bool nocase = n->op == OP_MATCH_ANY || n->op == OP_NOT_MATCH_ANY;
    bool negated = n->op == OP_NOT_MATCH || n->op == OP_NOT_MATCH_ANY;
    bool whole = t->from == DIALECT_DUCKDB; // its ~ is REGEXP_FULL_MATCH
    SqlNode *flags = nocase ? make_string(t, n, S("i")) : NULL;
    return negate(
        t,
        make_regexp(t, n->child[LEFT_SIDE], n->child[RIGHT_SIDE], whole ? "WHOLE" : "FIND", flags),
        negated);
}

// SUBSTRING_INDEX(x, ',', -1): the number as one, by which spellings are found.
SqlNode *read_substring_index(Translator *t, SqlNode *n)
{
    if (sql_tail_count(n) != 3) return NULL;
    SqlNode *args[] = {sql_tail(n, 0), sql_tail(n, 1), sql_tail(n, 2)};
    const SqlNode *of = args[2]->kind == NODE_UNARY ? args[2]->child[ONLY] : NULL;
    int64_t value;
    bool minus = of && args[2]->op == OP_MINUS && of->kind == NODE_NUMBER;
    if (minus && str_to_i64(of->text, &value)) {
        args[2] = make_number(t, n, value);
        args[2]->text = str_fmt(t->arena, "-" STR_FMT, STR_ARG(of->text));
    }
    SqlNode *made = make_call(t, n, "substring_index", args, 3);
    made->type = TYPE_TEXT;
    return made;
}
