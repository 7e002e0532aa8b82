// lower_regexp: regular expressions as other dialects write them: how much of a text they are of,
// flags, references.
#include "base/buf.h"
#include "sql/home.h"
#include "sql/regexp.h"

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

// Postgres writes the edge of a word as \y: its \b is a backspace.
static Str to_are(Translator *t, Str p)
{
    Buf b = buf_new(t->arena);
    for (size_t i = 0; i < p.len; i++) {
        char next = p.ptr[i] == '\\' && i + 1 < p.len ? p.ptr[i + 1] : 0;
        buf_char(&b, p.ptr[i]);
        if (!next) continue;
        buf_char(&b, next == 'b' ? 'y' : next == 'B' ? 'Y' : next);
        i++;
    }
    return buf_str(&b);
}

// What RE2 has no word for, as it stands in the pattern; "" = it has them all.
static Str beyond_re2(Str p)
{
    static const char *const looks[] = {"(?=", "(?!", "(?<=", "(?<!"};
    for (size_t i = 0; i < p.len; i++) {
        Str rest = str_slice(p, i, p.len);
        for (size_t k = 0; k < sizeof looks / sizeof *looks; k++) {
            if (str_starts(rest, str_from(looks[k]))) return str_from(looks[k]);
        }
        if (p.ptr[i] != '\\' || i + 1 >= p.len) continue;
        if (p.ptr[i + 1] >= '1' && p.ptr[i + 1] <= '9') return str_slice(p, i, i + 2);
        i++;
    }
    return S("");
}

static void pattern_there(Translator *t, SqlNode *pattern)
{
    if (t->from == t->to || !pattern || pattern->kind != NODE_STRING) return;
    if (t->to == DIALECT_POSTGRES) pattern->text = to_are(t, pattern->text);
    if (t->to != DIALECT_DUCKDB && t->to != DIALECT_BIGQUERY) return;
    Str lacks = beyond_re2(pattern->text);
    if (!lacks.len) return;
    translate_unsupported(t, pattern,
                          "The patterns of %s have no " STR_FMT ": they neither look around nor "
                          "back.",
                          home_title(t->to), STR_ARG(lacks));
}

// What is the default is left out; references are those of the target.
SqlNode *lower_regexp(Translator *t, SqlNode *call)
{
    if (t->to == DIALECT_SQLITE) return call;
    if (call->fn && str_starts(call->text, S("regexp_"))) {
        spell_flags(t, call);
        pattern_there(t, node_arg(call, "pattern"));
    }
    if (node_is_call(call, "regexp_like")) return like_there(t, call);
    SqlNode *group = node_is_call(call, "regexp_extract") ? node_arg(call, "group") : NULL;
    if (group && t->to == DIALECT_BIGQUERY &&
        !str_eq(group->text, regexp_own_group(t, node_arg(call, "pattern"))->text)) {
        return translate_unsupported(t, call,
                                     "BigQuery gives the one group of the pattern, or all "
                                     "of it where it has none: no other group.");
    }
    bool replaces = node_is_call(call, "regexp_replace");
    SqlNode *fresh = replaces ? node_arg(call, "new") : NULL;
    if (fresh && fresh->kind == NODE_STRING && regexp_has_dollars(t->to))
        fresh->text = regexp_turn_references(t, fresh->text, true);
    return call;
}
