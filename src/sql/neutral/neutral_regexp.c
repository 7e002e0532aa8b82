// neutral_regexp: the calls that are about regular expressions, in one order of arguments.
//
// Neutral patterns are PCRE's, which the dialects' own are near enough to be (RE2, Java, ICU, POSIX
// ARE); what an ARE writes otherwise is rewritten where the pattern is written out. References in
// replacements are \1 there.
#include "base/buf.h"
#include "sql/regexp.h"

// --- Patterns and replacements as the dialects write them ---

static bool in_word(Str p, size_t at)
{
    unsigned char c = at < p.len ? (unsigned char)p.ptr[at] : 0;
    int lower = c | 0x20;
    return c == '_' || (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c >= 0x80;
}
// Does a letter stand before the place? As itself: not as the name of an escape, as in \s.
static bool ends_word(Str p, size_t at)
{
    return at && in_word(p, at - 1) && !(at > 1 && p.ptr[at - 2] == '\\');
}

// Postgres: \m \M are the two ends of a word, \y either, \Y none. Beside a letter \b is enough.
static Str from_are(Translator *t, Str p)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < p.len; i++) {
        char next = p.ptr[i] == '\\' && i + 1 < p.len ? p.ptr[i + 1] : 0;
        const char *as = next == 'm'   ? in_word(p, i + 2) ? "\\b" : "\\b(?=\\w)"
                         : next == 'M' ? ends_word(p, i) ? "\\b" : "\\b(?<=\\w)"
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

bool regexp_has_dollars(Dialect d)
{
    return d == DIALECT_SPARK || d == DIALECT_TRINO || d == DIALECT_MYSQL || d == DIALECT_FLINK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// $1 to \1 and back; \$ is a dollar where $ refers, \\ a backslash in both.
Str regexp_turn_references(Translator *t, Str s, bool to_dollars)
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
    if (n && regexp_has_dollars(t->from) && n->kind == NODE_STRING)
        return make_string(t, n, regexp_turn_references(t, n->text, false));
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
SqlNode *read_regexp_like(Translator *t, SqlNode *call)
{
    return read_like(t, call, t->from == DIALECT_SNOWFLAKE ? "WHOLE" : "FIND");
}
SqlNode *read_regexp_find(Translator *t, SqlNode *call)
{
    return read_like(t, call, "FIND");
}
SqlNode *read_regexp_whole(Translator *t, SqlNode *call)
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
SqlNode *regexp_own_group(Translator *t, const SqlNode *pattern)
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
SqlNode *read_regexp_substr(Translator *t, SqlNode *call)
{
    if (sql_tail_count(call) < 2 || sql_tail_count(call) > 6) return NULL;
    SqlNode *flags = nth(call, 4), *group = nth(call, 5);
    if (!group) group = make_number(t, call, has_e(flags) ? 1 : 0);
    return extract(t, call, "NULL", group, nth(call, 2), nth(call, 3), flags);
}

SqlNode *read_regexp_extract(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 4) return NULL;
    SqlNode *third = nth(call, 2);
    switch (t->from) {
    case DIALECT_BIGQUERY: // its one group, or all
        return extract(t, call, "NULL", regexp_own_group(t, nth(call, 1)), third, nth(call, 3),
                       NULL);
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
    return extract(t, call, "NULL", regexp_own_group(t, nth(call, 1)), NULL, NULL, NULL);
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

SqlNode *read_regexp_replace(Translator *t, SqlNode *call)
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
SqlNode *read_regexp_count(Translator *t, SqlNode *call)
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
SqlNode *read_regexp_instr(Translator *t, SqlNode *call)
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
SqlNode *read_regexp_match(Translator *t, SqlNode *call)
{
    return array_call(t, call, "regexp_match", NULL, nth(call, 2));
}
// Postgres's is a set of rows, an array each.
SqlNode *read_regexp_matches(Translator *t, SqlNode *call)
{
    SqlNode *all = array_call(t, call, "regexp_matches", NULL, nth(call, 2));
    return t->failed ? all : make_call1(t, call, "unnest", all);
}
SqlNode *read_regexp_split(Translator *t, SqlNode *call)
{
    return array_call(t, call, "regexp_split", NULL, nth(call, 2));
}
SqlNode *read_regexp_extract_all(Translator *t, SqlNode *call)
{
    uint32_t count = sql_tail_count(call);
    if (count < 2 || count > 3) return NULL;
    SqlNode *group = nth(call, 2);
    if (t->from == DIALECT_BIGQUERY) group = regexp_own_group(t, nth(call, 1));
    if (!group) group = make_number(t, call, t->from == DIALECT_SPARK ? 1 : 0);
    return array_call(t, call, "regexp_extract_all", group, NULL);
}

// Snowflake: (x, pattern, start, occurrence, flags, group); 'e' asks for a group, the first.
SqlNode *read_regexp_substr_all(Translator *t, SqlNode *call)
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
