// lower_glob: a regular expression that is no more than a GLOB, which SQLite runs in half the time.
//
// ^? then letters, digits, escaped signs and classes of letters and digits, then .* or nothing; a
// few such with | between them.
// What else there is ($, which sees a line's end; quantifiers; groups) stays a regular expression.
#include "base/buf.h"
#include "sql/translate.h"
#include <string.h>

enum {
    PATTERN_MAX = 100,   // SQLITE_LIMIT_LIKE_PATTERN_LENGTH of the worker
    ALTERNATIVES_MAX = 4 // of a pattern: more are read more quickly at once
};

static bool is_word(char c)
{
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

static bool is_plain(char c)
{
    return is_word(c) || c == '_' || c == ' ' || c == '-' || c == '/' || c == '@' || c == ':' ||
           c == ',' || c == ';' || c == '=' || c == '&' || c == '%' || c == '#' || c == '\'';
}

// [A-Za-z0-9_] at `*i`: the same in both. False when there is more in it.
static bool add_class(Buf *b, Str s, size_t *i)
{
    size_t start = *i, at = start + 1;
    for (; at < s.len && s.ptr[at] != ']'; at++) {
        bool range = s.ptr[at] == '-' && at > start + 1 && at + 1 < s.len &&
                     is_word(s.ptr[at - 1]) && is_word(s.ptr[at + 1]);
        if (!is_word(s.ptr[at]) && s.ptr[at] != '_' && !range) return false;
    }
    if (at >= s.len || at == start + 1) return false;
    buf_add(b, str_slice(s, start, at + 1));
    *i = at;
    return true;
}

static bool is_quantifier(Str s, size_t i)
{
    return i < s.len && (s.ptr[i] == '*' || s.ptr[i] == '+' || s.ptr[i] == '?' || s.ptr[i] == '{');
}

// One character or class of the pattern at `*i`.
static bool add_item(Buf *b, Str s, size_t *i)
{
    char c = s.ptr[*i];
    if (c == '[') return add_class(b, s, i);
    if (c == '\\') {
        if (*i + 1 >= s.len || is_word(s.ptr[*i + 1])) return false;
        c = s.ptr[++*i];
        bool special = c == '[' || c == '*' || c == '?';
        buf_fmt(b, special ? "[%c]" : "%c", c);
        return (unsigned char)c < 0x80;
    }
    buf_char(b, c);
    return is_plain(c);
}

// whole: the pattern is of all of the text; then .* at its end, which sees no end of a line, is
// none of a GLOB.
static bool glob_of(Arena *a, Str s, bool whole, Str *out)
{
    Buf b = buf_new(a);
    bool anchored = s.len && s.ptr[0] == '^';
    if (!anchored && !whole) buf_char(&b, '*');
    for (size_t i = anchored; i < s.len; i++) {
        if (!whole && i + 2 == s.len && s.ptr[i] == '.' && s.ptr[i + 1] == '*') break;
        if (!add_item(&b, s, &i) || is_quantifier(s, i + 1)) return false;
    }
    if (!whole) buf_char(&b, '*');
    *out = buf_str(&b);
    return b.len <= PATTERN_MAX && b.len > !whole;
}

static SqlNode *glob_node(Translator *t, const SqlNode *call, SqlNode *x, Str glob)
{
    SqlNode *n = make_node(t, NODE_LIKE, call, 0);
    n->op = OP_GLOB;
    n->type = TYPE_BOOLEAN;
    n->child[OPERAND] = x;
    n->child[OPERAND_SECOND] = make_string(t, call, glob);
    return n;
}

// a|b as one GLOB or another, NULL when it is not that plain.
static SqlNode *globs(Translator *t, const SqlNode *call, Str pattern, bool whole)
{
    SqlNode *x = node_arg(call, "x"), *all[ALTERNATIVES_MAX];
    uint32_t count = 0;
    Str rest = pattern, one, glob;
    for (bool more = true; more; count++) {
        size_t bar = rest.len;
        more = str_find(rest, S("|"), &bar);
        one = str_slice(rest, 0, bar);
        rest = str_slice(rest, bar + 1, rest.len);
        bool fits = count < ALTERNATIVES_MAX && (x->kind == NODE_COLUMN || (!count && !more));
        if (!fits || !one.len || !glob_of(t->arena, one, whole, &glob)) return NULL;
        all[count] = glob_node(t, call, count ? node_clone(t, x) : x, glob);
    }
    if (count == 1) return all[0];
    SqlNode *either = make_node(t, NODE_OR, call, count);
    memcpy(either->child, all, count * sizeof *all);
    either->parens = 1;
    either->type = TYPE_BOOLEAN;
    return either;
}

SqlNode *lower_regexp_like(Translator *t, SqlNode *call)
{
    const SqlNode *pattern = node_arg(call, "pattern"), *how = node_arg(call, "how");
    bool whole = str_eq(how->text, S("WHOLE")), finds = str_eq(how->text, S("FIND"));
    bool plain = pattern->kind == NODE_STRING && !node_arg(call, "flags") && (whole || finds) &&
                 node_is(node_arg(call, "x"), TYPE_TEXT);
    SqlNode *made = plain ? globs(t, call, pattern->text, whole) : NULL;
    return made ? made : call;
}
