// fn_regexp: regular expressions and patterns as functions.
//
// Neutral patterns are PCRE's, which the dialects' own are near enough to be (RE2, Java, ICU, POSIX
// ARE); what an ARE writes otherwise is rewritten where the pattern is written out. References in
// replacements are \1 there.
#include "base/buf.h"
#include "sql/home.h"
#include "sql/translate.h"

// --- Patterns and replacements as the dialects write them ---

// Postgres: \m \M are the two ends of a word, \y either, \Y none.
static Str from_are(Translator *t, Str p)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < p.len; i++) {
        char next = p.ptr[i] == '\\' && i + 1 < p.len ? p.ptr[i + 1] : 0;
        const char *as = next == 'm'   ? "\\b(?=\\w)"
                         : next == 'M' ? "\\b(?<=\\w)"
                         : next == 'y' ? "\\b"
                         : next == 'Y' ? "\\B"
                                       : NULL;
        if (as) {
            buf_add(&b, str_from(as));
        } else {
            buf_char(&b, p.ptr[i]);
            if (next) buf_char(&b, next);
        }
        if (next) i++;
    }
    return buf_str(&b);
}

static SqlNode *pattern_of(Translator *t, SqlNode *n)
{
    if (t->from == DIALECT_POSTGRES && t->to != DIALECT_POSTGRES && n->kind == NODE_STRING)
        return make_string(t, n, from_are(t, n->text));
    return n;
}

static bool has_dollars(Dialect d)
{
    return d == DIALECT_SPARK || d == DIALECT_TRINO || d == DIALECT_MYSQL || d == DIALECT_FLINK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// $1 to \1 and back; \$ is a dollar where $ refers, \\ a backslash in both.
static Str turn_references(Translator *t, Str s, bool to_dollars)
{
    Buf b = buf_new(t->arena);
    char old = to_dollars ? '\\' : '$';
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;
        if (c == old && is_digit(next)) {
            buf_char(&b, to_dollars ? '$' : '\\');
        } else if (to_dollars && c == '$') {
            buf_add(&b, S("\\$"));
        } else if (!to_dollars && c == '\\' && next == '$') {
            buf_char(&b, '$');
            i++;
        } else {
            buf_char(&b, c);
        }
    }
    return buf_str(&b);
}

static SqlNode *replacement_of(Translator *t, SqlNode *n)
{
    if (n && has_dollars(t->from) && n->kind == NODE_STRING)
        return make_string(t, n, turn_references(t, n->text, false));
    return n;
}

// MySQL matches by its collation.
static SqlNode *flags_of(Translator *t, const SqlNode *place, SqlNode *flags)
{
    if (!flags && sql_rules(t->ambient)->text_folds_case) return make_string(t, place, S("i"));
    return flags;
}

SqlNode *make_regexp(Translator *t, SqlNode *x, SqlNode *pattern, const char *how, SqlNode *flags)
{
    SqlNode *args[] = {x, pattern_of(t, pattern), make_word(t, x, str_from(how)),
                       flags_of(t, x, flags)};
    SqlNode *made = make_call(t, x, "regexp_like", args, args[3] ? 4 : 3);
    made->type = TYPE_BOOLEAN;
    return made;
}

// --- Reading ---

static SqlNode *nth(const SqlNode *call, uint32_t i)
{
    return i < sql_tail_count(call) ? sql_tail(call, i) : NULL;
}

static SqlNode *read_like(Translator *t, SqlNode *call, const char *how)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 3) return NULL;
    return make_regexp(t, nth(call, 0), nth(call, 1), how, nth(call, 2));
}
static SqlNode *read_regexp_like(Translator *t, SqlNode *call)
{
    return read_like(t, call, t->from == DIALECT_SNOWFLAKE ? "WHOLE" : "FIND");
}
static SqlNode *read_regexp_find(Translator *t, SqlNode *call)
{
    return read_like(t, call, "FIND");
}
static SqlNode *read_regexp_whole(Translator *t, SqlNode *call)
{
    return read_like(t, call, "WHOLE");
}

// A neutral call whose arguments may be missing in the middle; trailing ones are cut off.
static SqlNode *call_of(Translator *t, SqlNode *call, const char *fn, SqlNode **args, uint32_t n)
{
    while (n && !args[n - 1]) n--;
    for (uint32_t i = 0; i < n; i++) {
        if (!args[i]) args[i] = make_node(t, NODE_DEFAULT, call, 0);
    }
    return make_call(t, call, fn, args, n);
}

// The one group of a pattern, or all of it where it has none; -1 when that is not known yet.
static SqlNode *own_group(Translator *t, const SqlNode *pattern)
{
    if (pattern->kind != NODE_STRING) return make_number(t, pattern, -1);
    Str p = pattern->text;
    bool set = false;
    for (size_t i = 0; i < p.len; i++) {
        if (p.ptr[i] == '\\') {
            i++;
        } else if (p.ptr[i] == '[' || p.ptr[i] == ']') {
            set = p.ptr[i] == '[';
        } else if (!set && p.ptr[i] == '(') {
            bool named = str_starts(str_slice(p, i, p.len), S("(?P<")) ||
                         str_starts(str_slice(p, i, p.len), S("(?<"));
            bool plain = i + 1 >= p.len || p.ptr[i + 1] != '?';
            if (plain || named) return make_number(t, pattern, 1);
        }
    }
    return make_number(t, pattern, 0);
}

// none: what it is when nothing matches; group: the default one.
static SqlNode *extract(Translator *t, SqlNode *call, const char *none, SqlNode *group,
                        SqlNode *start, SqlNode *occurrence, SqlNode *flags)
{
    SqlNode *args[] = {nth(call, 0),
                       pattern_of(t, nth(call, 1)),
                       make_word(t, call, str_from(none)),
                       group,
                       start ? start : make_number(t, call, 1),
                       occurrence ? occurrence : make_number(t, call, 1),
                       flags_of(t, call, flags)};
    SqlNode *made = call_of(t, call, "regexp_extract", args, 7);
    made->type = TYPE_TEXT;
    return made;
}

static bool has_e(const SqlNode *flags)
{
    return flags && flags->kind == NODE_STRING && str_find(flags->text, S("e"), NULL);
}

// (x, pattern, start, occurrence, flags, group): a group is only meant where one is said.
static SqlNode *read_regexp_substr(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call) < 2 || sql_tail_count(call) > 6) return NULL;
    SqlNode *flags = nth(call, 4), *group = nth(call, 5);
    if (!group) group = make_number(t, call, has_e(flags) ? 1 : 0);
    return extract(t, call, "NULL", group, nth(call, 2), nth(call, 3), flags);
}

static SqlNode *read_regexp_extract(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 4) return NULL;
    SqlNode *third = nth(call, 2);
    switch (t->from) {
    case DIALECT_BIGQUERY: // its one group, or all
        return extract(t, call, "NULL", own_group(t, nth(call, 1)), third, nth(call, 3), NULL);
    case DIALECT_SPARK:
        return extract(t, call, "EMPTY", third ? third : make_number(t, call, 1), NULL, NULL, NULL);
    case DIALECT_DUCKDB:
        return extract(t, call, "EMPTY", third ? third : make_number(t, call, 0), NULL, NULL,
                       nth(call, 3));
    case DIALECT_SQLITE:
    case DIALECT_SNOWFLAKE:
    case DIALECT_POSTGRES:
    case DIALECT_TRINO:
    case DIALECT_MYSQL:
    case DIALECT_FLINK:
        break;
    }
    return extract(t, call, "NULL", third ? third : make_number(t, call, 0), NULL, NULL, NULL);
}

// SUBSTRING(x FROM pattern): Postgres gives the first group, or all.
SqlNode *read_substring_pattern(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call) != 2) return NULL;
    return extract(t, call, "NULL", own_group(t, nth(call, 1)), NULL, NULL, NULL);
}

static bool has_g(const SqlNode *flags)
{
    return flags && flags->kind == NODE_STRING && str_find(flags->text, S("g"), NULL);
}
static SqlNode *without_g(Translator *t, SqlNode *flags)
{
    if (!has_g(flags)) return flags;
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < flags->text.len; i++) {
        if (flags->text.ptr[i] != 'g') buf_char(&b, flags->text.ptr[i]);
    }
    return b.len ? make_string(t, flags, buf_str(&b)) : NULL;
}

// What Trino's lambda over the groups gives, as a replacement: m[1] is $1.
static bool add_replacement(Buf *b, const SqlNode *n, Str groups)
{
    if (node_is_call(n, "element")) {
        const SqlNode *of = node_arg(n, "base"), *at = node_arg(n, "index");
        bool group = of->kind == NODE_COLUMN && str_eq_nocase(sql_last(of)->text, groups) &&
                     at->kind == NODE_NUMBER;
        buf_fmt(b, "$" STR_FMT, STR_ARG(group ? at->text : S("0")));
        return group;
    }
    if (n->kind == NODE_BINARY && n->op == OP_CONCAT)
        return add_replacement(b, n->child[LEFT_SIDE], groups) &&
               add_replacement(b, n->child[RIGHT_SIDE], groups);
    if (node_is_call(n, "concat")) {
        for (uint32_t i = 0; i < sql_tail_count(n); i++) {
            if (!add_replacement(b, sql_tail(n, i), groups)) return false;
        }
        return true;
    }
    for (size_t i = 0; n->kind == NODE_STRING && i < n->text.len; i++) {
        char c = n->text.ptr[i];
        if (c == '$' || c == '\\') buf_char(b, '\\');
        buf_char(b, c);
    }
    return n->kind == NODE_STRING;
}

static SqlNode *lambda_replacement(Translator *t, SqlNode *lambda)
{
    const SqlNode *params = lambda->child[LAMBDA_PARAMS];
    Buf b = buf_new(t->arena);
    if (sql_tail_count(params) == 1 &&
        add_replacement(&b, lambda->child[LAMBDA_BODY], sql_tail(params, 0)->text))
        return make_string(t, lambda, buf_str(&b));
    return translate_unsupported(t, lambda,
                                 "A lambda in REGEXP_REPLACE joins texts and groups here, as in "
                                 "m -> m[1] || 'x'.");
}

static SqlNode *replace(Translator *t, SqlNode *call, bool all, SqlNode *start, SqlNode *occurrence,
                        SqlNode *flags)
{
    SqlNode *fresh = nth(call, 2);
    if (fresh && fresh->kind == NODE_LAMBDA) fresh = lambda_replacement(t, fresh);
    SqlNode *args[] = {nth(call, 0),
                       pattern_of(t, nth(call, 1)),
                       fresh ? replacement_of(t, fresh) : make_string(t, call, S("")),
                       start ? start : make_number(t, call, 1),
                       occurrence ? occurrence : make_number(t, call, all ? 0 : 1),
                       flags_of(t, call, flags)};
    SqlNode *made = call_of(t, call, "regexp_replace", args, 6);
    made->type = TYPE_TEXT;
    return made;
}

static SqlNode *read_regexp_replace(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 6) return NULL;
    bool first = t->from == DIALECT_POSTGRES || t->from == DIALECT_DUCKDB;
    if (first && count > 4) return NULL;
    if (first) {
        SqlNode *flags = nth(call, 3);
        return replace(t, call, has_g(flags), NULL, NULL, without_g(t, flags));
    }
    return replace(t, call, true, nth(call, 3), nth(call, 4), nth(call, 5));
}

// (x, pattern, start, flags)
static SqlNode *read_regexp_count(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 4) return NULL;
    SqlNode *args[] = {nth(call, 0), pattern_of(t, nth(call, 1)),
                       nth(call, 2) ? nth(call, 2) : make_number(t, call, 1),
                       flags_of(t, call, nth(call, 3))};
    SqlNode *made = call_of(t, call, "regexp_count", args, 4);
    made->type = TYPE_INTEGER;
    return made;
}

// (x, pattern, start, occurrence, behind, flags)
static SqlNode *read_regexp_instr(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 6) return NULL;
    SqlNode *args[] = {nth(call, 0),
                       pattern_of(t, nth(call, 1)),
                       nth(call, 2) ? nth(call, 2) : make_number(t, call, 1),
                       nth(call, 3) ? nth(call, 3) : make_number(t, call, 1),
                       nth(call, 4) ? nth(call, 4) : make_number(t, call, 0),
                       flags_of(t, call, nth(call, 5))};
    SqlNode *made = call_of(t, call, "regexp_instr", args, 6);
    made->type = TYPE_INTEGER;
    return made;
}

// --- Many parts: arrays ---

static SqlNode *array_call(Translator *t, SqlNode *call, const char *fn, SqlNode *group,
                           SqlNode *flags)
{
    SqlNode *args[4] = {nth(call, 0), pattern_of(t, nth(call, 1))};
    uint32_t n = 2;
    if (group) args[n++] = group;
    flags = flags_of(t, call, flags);
    if (flags) args[n++] = flags;
    SqlNode *made = make_call(t, call, fn, args, n);
    made->type = TYPE_ARRAY;
    return made;
}
static SqlNode *read_regexp_match(Translator *t, SqlNode *call)
{
    return array_call(t, call, "regexp_match", NULL, nth(call, 2));
}
// Postgres's is a set of rows, an array each.
static SqlNode *read_regexp_matches(Translator *t, SqlNode *call)
{
    SqlNode *all = array_call(t, call, "regexp_matches", NULL, nth(call, 2));
    return t->failed ? all : make_call1(t, call, "unnest", all);
}
static SqlNode *read_regexp_split(Translator *t, SqlNode *call)
{
    return array_call(t, call, "regexp_split", NULL, nth(call, 2));
}
static SqlNode *read_regexp_extract_all(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 3) return NULL;
    SqlNode *group = nth(call, 2);
    if (t->from == DIALECT_BIGQUERY) group = own_group(t, nth(call, 1));
    if (!group) group = make_number(t, call, t->from == DIALECT_SPARK ? 1 : 0);
    return array_call(t, call, "regexp_extract_all", group, NULL);
}

// Snowflake: (x, pattern, start, occurrence, flags, group); 'e' asks for a group, the first.
static SqlNode *read_regexp_substr_all(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 6) return NULL;
    for (uint32_t i = 2; i < 4 && i < count; i++) {
        if (nth(call, i)->kind != NODE_NUMBER || !str_eq(nth(call, i)->text, S("1"))) {
            return translate_unsupported(t, nth(call, i),
                                         "Parts are supported here from the first on.");
        }
    }
    bool group = count > 4 && nth(call, 4)->kind == NODE_STRING &&
                 str_find(nth(call, 4)->text, S("e"), NULL);
    SqlNode *which = count > 5 ? nth(call, 5) : make_number(t, call, group);
    return array_call(t, call, "regexp_extract_all", which, NULL);
}

// --- For other dialects ---

static bool says(const SqlNode *word, const char *what)
{
    return word && str_eq(word->text, str_from(what));
}
// SIMILAR TO's pattern as a regular expression.
static Str from_similar(Translator *t, Str p)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        if (c == '\\' && i + 1 < p.len) {
            buf_char(&b, c);
            buf_char(&b, p.ptr[++i]);
        } else if (c == '%') {
            buf_add(&b, S(".*"));
        } else if (c == '_') {
            buf_char(&b, '.');
        } else {
            if (c == '.' || c == '^' || c == '$') buf_char(&b, '\\');
            buf_char(&b, c);
        }
    }
    return buf_str(&b);
}

// That case counts goes without saying everywhere but in MySQL.
static SqlNode *without_default_flags(Translator *t, SqlNode *call)
{
    SqlNode *flags = node_arg(call, "flags");
    bool plain = flags && flags->kind == NODE_STRING && str_eq(flags->text, S("c"));
    if (!plain || t->to == DIALECT_MYSQL) return call;
    SqlNode *args[] = {node_arg(call, "x"), node_arg(call, "pattern"), node_arg(call, "how")};
    SqlNode *made = make_call(t, call, "regexp_like", args, 3);
    made->type = call->type;
    return made;
}

static SqlNode *like_there(Translator *t, SqlNode *call)
{
    call = without_default_flags(t, call);
    SqlNode *how = node_arg(call, "how"), *pattern = node_arg(call, "pattern");
    bool similar = says(how, "SIMILAR"), literal = pattern->kind == NODE_STRING;
    if (similar && t->to == DIALECT_POSTGRES) return call;
    if (similar && literal) pattern->text = from_similar(t, pattern->text);
    bool whole = t->to == DIALECT_SNOWFLAKE;
    if (similar) how->text = S("WHOLE");
    if (says(how, "WHOLE") && !whole && t->to != DIALECT_DUCKDB) {
        if (!literal) {
            return translate_unsupported(t, call,
                                         "%s finds a pattern anywhere: one that must match the "
                                         "whole text has to be written out.",
                                         home_title(t->to));
        }
        pattern->text = str_fmt(t->arena, "^(?:" STR_FMT ")$", STR_ARG(pattern->text));
        how->text = S("FIND");
    }
    return call;
}

static bool has_letters(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        int c = (unsigned char)s.ptr[i] | 0x20;
        if ((c >= 'a' && c <= 'z') || c >= 0x80) return true;
    }
    return false;
}

// MySQL looks at patterns as at texts, without case; and the flags of some dialects stand in the
// pattern.
static void spell_flags(Translator *t, SqlNode *call)
{
    int at = fn_param(fn_at(call->fn), S("flags"));
    if (at < 0 || t->from == t->to) return;
    uint32_t roles = sql_roles(NODE_CALL);
    SqlNode *pattern = node_arg(call, "pattern"), *flags = node_arg(call, "flags");
    bool inside = t->to == DIALECT_SPARK || t->to == DIALECT_TRINO || t->to == DIALECT_BIGQUERY ||
                  t->to == DIALECT_FLINK;
    bool cased = t->to == DIALECT_MYSQL && !sql_rules(t->ambient)->text_folds_case;
    if (flags && inside && flags->kind == NODE_STRING && pattern->kind == NODE_STRING) {
        if (flags->text.len && !str_eq(flags->text, S("c"))) {
            pattern->text = str_fmt(t->arena, "(?" STR_FMT ")" STR_FMT, STR_ARG(flags->text),
                                    STR_ARG(pattern->text));
        }
        call->child[roles + (uint32_t)at] = make_node(t, NODE_DEFAULT, call, 0);
    }
    bool letters = pattern->kind != NODE_STRING || has_letters(pattern->text);
    if (!flags && cased && letters) {
        while (sql_tail_count(call) <= (uint32_t)at)
            node_add_tail(t, call, make_node(t, NODE_DEFAULT, call, 0));
        call->child[roles + (uint32_t)at] = make_string(t, call, S("c"));
    }
}

// What is the default is left out; references are those of the target.
SqlNode *lower_regexp(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return call;
    if (call->fn && str_starts(call->text, S("regexp_"))) spell_flags(t, call);
    if (node_is_call(call, "regexp_like")) return like_there(t, call);
    SqlNode *group = node_is_call(call, "regexp_extract") ? node_arg(call, "group") : NULL;
    if (group && t->to == DIALECT_BIGQUERY &&
        !str_eq(group->text, own_group(t, node_arg(call, "pattern"))->text)) {
        return translate_unsupported(t, call,
                                     "BigQuery gives the one group of the pattern, or all "
                                     "of it where it has none: no other group.");
    }
    bool replaces = node_is_call(call, "regexp_replace");
    SqlNode *fresh = replaces ? node_arg(call, "new") : NULL;
    if (fresh && fresh->kind == NODE_STRING && has_dollars(t->to))
        fresh->text = turn_references(t, fresh->text, true);
    return call;
}

static const SqlFn fns[] = {
    {"ilike", "x pattern escape?", FN_SCALAR, "boolean", "gr_ilike({x}, {pattern}[, {escape}])",
     NULL},
    {"like_folded", "x pattern escape?", FN_SCALAR, "boolean",
     "gr_like_folded({x}, {pattern}[, {escape}])", NULL},
    {"like", "x pattern escape?", FN_SCALAR, "boolean", "gr_like({x}, {pattern}[, {escape}])",
     NULL},
    {"regexp_count", "x pattern start flags?", FN_SCALAR, "integer",
     "gr_regexp_count({at}, {x}, {pattern}, {start}[, {flags}])", NULL},
    {"regexp_extract", "x pattern none group start occurrence flags?", FN_SCALAR, "text",
     "gr_regexp_extract({at}, {x}, {pattern}, '{none}', {group}, {start}, {occurrence}[, {flags}])",
     NULL},
    {"regexp_extract_all", "x pattern group flags?", FN_SCALAR, "array",
     "gr_regexp_extract_all({at}, {x}, {pattern}, {group}[, {flags}])", NULL},
    {"regexp_instr", "x pattern start occurrence behind flags?", FN_SCALAR, "integer",
     "gr_regexp_instr({at}, {x}, {pattern}, {start}, {occurrence}, {behind}[, {flags}])", NULL},
    // how: WHOLE, FIND or SIMILAR
    {"regexp_like", "x pattern how flags?", FN_SCALAR, "boolean",
     "gr_regexp_like({at}, {x}, {pattern}, '{how}'[, {flags}])", lower_regexp_like},
    {"regexp_match", "x pattern flags?", FN_SCALAR, "array",
     "gr_regexp_match({at}, {x}, {pattern}[, {flags}])", NULL},
    {"regexp_matches", "x pattern flags?", FN_SCALAR, "array",
     "gr_regexp_matches({at}, {x}, {pattern}[, {flags}])", NULL},
    // occurrence 0: all of them
    {"regexp_replace", "x pattern new start occurrence flags?", FN_SCALAR, "text",
     "gr_regexp_replace({at}, {x}, {pattern}, {new}, {start}, {occurrence}[, {flags}])", NULL},
    {"regexp_split", "x pattern flags?", FN_SCALAR, "array",
     "gr_regexp_split({at}, {x}, {pattern}[, {flags}])", NULL},
};

// Of one meaning, the first row that fits is the one that is written.
static const SqlSpelling spellings[] = {
    {"regexp_count", SNOW | PG | SPARK | TRINO, "REGEXP_COUNT", NULL, NULL, read_regexp_count},
    {"regexp_count", SPARK | TRINO, "", "x pattern start=1", "REGEXP_COUNT({x}, {pattern})", NULL},
    {"regexp_count", BIG, "", "x pattern start=1",
     "ARRAY_LENGTH(REGEXP_EXTRACT_ALL({x}, {pattern}))", NULL},
    {"regexp_count", DUCK, "", "x pattern start=1", "LEN(REGEXP_EXTRACT_ALL({x}, {pattern}))",
     NULL},
    {"regexp_count", SNOW | PG, "", NULL, "REGEXP_COUNT({x}, {pattern}[, {start}, {flags}])", NULL},
    {"regexp_extract", SNOW | PG | MY | SPARK, "REGEXP_SUBSTR", NULL, NULL, read_regexp_substr},
    {"regexp_extract", BIG, "REGEXP_SUBSTR", NULL, NULL, read_regexp_extract},
    {"regexp_extract", EVERY & ~SNOW & ~PG & ~MY & ~LITE, "REGEXP_EXTRACT", NULL, NULL,
     read_regexp_extract},
    {"regexp_extract", SNOW | PG | MY | SPARK, "",
     "x pattern none=NULL group=0 start=1 occurrence=1", "REGEXP_SUBSTR({x}, {pattern})", NULL},
    {"regexp_extract", MY, "", "x pattern none=NULL group=0 start occurrence flags?",
     "REGEXP_SUBSTR({x}, {pattern}, {start}, {occurrence}[, {flags}])", NULL},
    {"regexp_extract", SNOW, "", "x pattern none=NULL group start occurrence",
     "REGEXP_SUBSTR({x}, {pattern}, {start}, {occurrence}, 'e', {group})", NULL},
    {"regexp_extract", PG, "", "x pattern none=NULL group start occurrence",
     "REGEXP_SUBSTR({x}, {pattern}, {start}, {occurrence}, '', {group})", NULL},
    {"regexp_extract", SNOW, "", "x pattern none=EMPTY group start occurrence",
     "COALESCE(REGEXP_SUBSTR({x}, {pattern}, {start}, {occurrence}, 'e', {group}), LEFT({x}, 0))",
     NULL},
    {"regexp_extract", PG, "", "x pattern none=EMPTY group start occurrence",
     "COALESCE(REGEXP_SUBSTR({x}, {pattern}, {start}, {occurrence}, '', {group}), LEFT({x}, 0))",
     NULL},
    {"regexp_extract", BIG, "", "x pattern none=NULL group start=1 occurrence=1",
     "REGEXP_EXTRACT({x}, {pattern})", NULL},
    {"regexp_extract", BIG, "", "x pattern none=EMPTY group start=1 occurrence=1",
     "COALESCE(REGEXP_EXTRACT({x}, {pattern}), LEFT({x}, 0))", NULL},
    {"regexp_extract", TRINO | FLINK, "", "x pattern none=NULL group start=1 occurrence=1",
     "REGEXP_EXTRACT({x}, {pattern}, {group})", NULL},
    {"regexp_extract", TRINO | FLINK, "", "x pattern none=EMPTY group start=1 occurrence=1",
     "COALESCE(REGEXP_EXTRACT({x}, {pattern}, {group}), SUBSTR({x}, 1, 0))", NULL},
    {"regexp_extract", SPARK | DUCK, "", "x pattern none=EMPTY group start=1 occurrence=1",
     "REGEXP_EXTRACT({x}, {pattern}, {group})", NULL},
    {"regexp_extract", SPARK | DUCK, "", "x pattern none=NULL group start=1 occurrence=1",
     "NULLIF(REGEXP_EXTRACT({x}, {pattern}, {group}), '')", NULL},
    {"regexp_extract_all", BIG | SPARK | TRINO | DUCK, "REGEXP_EXTRACT_ALL", NULL, NULL,
     read_regexp_extract_all},
    {"regexp_extract_all", BIG, "", "x pattern group", "REGEXP_EXTRACT_ALL({x}, {pattern})", NULL},
    {"regexp_extract_all", SPARK | TRINO | DUCK, "", "x pattern group",
     "REGEXP_EXTRACT_ALL({x}, {pattern}, {group})", NULL},
    {"regexp_extract_all", SNOW, "REGEXP_SUBSTR_ALL", NULL, NULL, read_regexp_substr_all},
    {"regexp_extract_all", SNOW, "REGEXP_EXTRACT_ALL", NULL, NULL, read_regexp_substr_all},
    {"regexp_extract_all", SNOW, "", "x pattern group",
     "REGEXP_SUBSTR_ALL({x}, {pattern}, 1, 1, 'e', {group})", NULL},
    {"regexp_instr", SNOW | PG | MY | SPARK | BIG, "REGEXP_INSTR", NULL, NULL, read_regexp_instr},
    {"regexp_instr", SNOW | PG | MY | SPARK | BIG, "", "x pattern start=1 occurrence=1 behind=0",
     "REGEXP_INSTR({x}, {pattern})", NULL},
    {"regexp_instr", TRINO, "", "x pattern start=1 occurrence=1 behind=0",
     "REGEXP_POSITION({x}, {pattern})", NULL},
    {"regexp_instr", SNOW | PG | MY | BIG, "", NULL,
     "REGEXP_INSTR({x}, {pattern}, {start}, {occurrence}, {behind}[, {flags}])", NULL},
    {"regexp_instr", TRINO, "REGEXP_POSITION", NULL, NULL, read_regexp_instr},
    {"regexp_like", SNOW | SPARK | PG | TRINO | MY, "REGEXP_LIKE", NULL, NULL, read_regexp_like},
    {"regexp_like", SNOW | SPARK, "RLIKE", NULL, NULL, read_regexp_like},
    {"regexp_like", SPARK | FLINK, "REGEXP", NULL, NULL, read_regexp_find},
    {"regexp_like", BIG, "REGEXP_CONTAINS", NULL, NULL, read_regexp_find},
    {"regexp_like", DUCK, "REGEXP_MATCHES", NULL, NULL, read_regexp_find},
    {"regexp_like", DUCK, "REGEXP_FULL_MATCH", NULL, NULL, read_regexp_whole},
    {"regexp_like", SNOW, "", "x pattern how=WHOLE flags?",
     "REGEXP_LIKE({x}, {pattern}[, {flags}])", NULL},
    {"regexp_like", SNOW, "", "x pattern how=FIND", "(REGEXP_INSTR({x}, {pattern}) > 0)", NULL},
    {"regexp_like", SNOW, "", "x pattern how=FIND flags",
     "(REGEXP_INSTR({x}, {pattern}, 1, 1, 0, {flags}) > 0)", NULL},
    {"regexp_like", PG, "", "x pattern how=FIND", "({x} ~ {pattern})", NULL},
    {"regexp_like", PG, "", "x pattern how=SIMILAR", "({x} SIMILAR TO {pattern})", NULL},
    {"regexp_like", DUCK, "", "x pattern how=FIND flags?",
     "REGEXP_MATCHES({x}, {pattern}[, {flags}])", NULL},
    {"regexp_like", DUCK, "", "x pattern how=WHOLE flags?",
     "REGEXP_FULL_MATCH({x}, {pattern}[, {flags}])", NULL},
    {"regexp_like", BIG, "", "x pattern how=FIND", "REGEXP_CONTAINS({x}, {pattern})", NULL},
    {"regexp_like", BIG, "", "x pattern how=FIND flags",
     "REGEXP_CONTAINS({x}, CONCAT('(?', {flags}, ')', {pattern}))", NULL},
    {"regexp_like", MY | PG, "", "x pattern how=FIND flags?",
     "REGEXP_LIKE({x}, {pattern}[, {flags}])", NULL},
    {"regexp_like", SPARK | TRINO, "", "x pattern how=FIND", "REGEXP_LIKE({x}, {pattern})", NULL},
    {"regexp_like", SPARK | TRINO, "", "x pattern how=FIND flags",
     "REGEXP_LIKE({x}, CONCAT('(?', {flags}, ')', {pattern}))", NULL},
    {"regexp_like", FLINK, "", "x pattern how=FIND", "REGEXP({x}, {pattern})", NULL},
    {"regexp_match", PG, "REGEXP_MATCH", "_ _ _?", NULL, read_regexp_match},
    {"unnest", PG, "REGEXP_MATCHES", "_ _ _?", NULL, read_regexp_matches},
    {"regexp_match", PG, "", NULL, "REGEXP_MATCH({x}, {pattern}[, {flags}])", NULL},
    {"regexp_replace", EVERY & ~LITE, "REGEXP_REPLACE", NULL, NULL, read_regexp_replace},
    {"regexp_replace", PG | DUCK, "", "x pattern new start=1 occurrence=0",
     "REGEXP_REPLACE({x}, {pattern}, {new}, 'g')", NULL},
    {"regexp_replace", PG | DUCK, "", "x pattern new start=1 occurrence=0 flags",
     "REGEXP_REPLACE({x}, {pattern}, {new}, 'g{flags}')", NULL},
    {"regexp_replace", PG | DUCK, "", "x pattern new start=1 occurrence=1",
     "REGEXP_REPLACE({x}, {pattern}, {new})", NULL},
    {"regexp_replace", PG | DUCK, "", "x pattern new start=1 occurrence=1 flags",
     "REGEXP_REPLACE({x}, {pattern}, {new}, {flags})", NULL},
    {"regexp_replace", EVERY & ~LITE & ~PG & ~DUCK, "", "x pattern new start=1 occurrence=0",
     "REGEXP_REPLACE({x}, {pattern}, {new})", NULL},
    {"regexp_replace", SNOW | MY, "", "x pattern new start occurrence",
     "REGEXP_REPLACE({x}, {pattern}, {new}, {start}, {occurrence})", NULL},
    {"regexp_replace", SNOW | MY, "", NULL,
     "REGEXP_REPLACE({x}, {pattern}, {new}, {start}, {occurrence}, {flags})", NULL},
    {"regexp_split", PG, "REGEXP_SPLIT_TO_ARRAY", "_ _ _?", NULL, read_regexp_split},
    {"regexp_split", TRINO, "REGEXP_SPLIT", "_ _", NULL, read_regexp_split},
    {"regexp_split", DUCK, "STRING_SPLIT_REGEX", "_ _ _?", NULL, read_regexp_split},
    {"regexp_split", DUCK, "REGEXP_SPLIT_TO_ARRAY", "_ _ _?", NULL, read_regexp_split},
    {"regexp_split", PG, "", NULL, "REGEXP_SPLIT_TO_ARRAY({x}, {pattern}[, {flags}])", NULL},
    {"regexp_split", TRINO, "", "x pattern", "REGEXP_SPLIT({x}, {pattern})", NULL},
    {"regexp_split", DUCK, "", NULL, "STRING_SPLIT_REGEX({x}, {pattern}[, {flags}])", NULL},
    {"regexp_split", SPARK, "", "x pattern", "SPLIT({x}, {pattern})", NULL},
};

const FnFamily fn_regexp = {fns, sizeof fns / sizeof *fns, spellings,
                            sizeof spellings / sizeof *spellings};
