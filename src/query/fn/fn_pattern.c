// fn_pattern: LIKE with its pattern in a column, and regular expressions.
//
// LIKE is matched by going back to the last % alone: a text costs at most its length times the
// pattern's. Regular expressions are match's, which count their work; a compiled pattern is kept
// with the statement as long as it stays the same.
#include "base/check.h"
#include "match/match.h"
#include "query/fn_json.h"
#include "query/fn_text.h"
#include <stdlib.h>
#include <string.h>

// --- LIKE ---

typedef enum { LETTERS_EXACT, LETTERS_CASELESS, LETTERS_BARE } Letters; // bare: no accents either

typedef struct {
    Str p;
    uint32_t escape; // 0 = none
    Letters letters;
} Like;

static uint32_t folded(const Like *l, uint32_t cp)
{
    if (l->letters == LETTERS_EXACT) return cp;
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
    return l->letters == LETTERS_BARE ? utf8_fold(cp) : utf8_lower(cp);
}

typedef enum { STEP_CHAR, STEP_ONE, STEP_ANY, STEP_END } Step;

static Step step(const Like *l, size_t *at, uint32_t *cp)
{
    if (*at >= l->p.len) return STEP_END;
    size_t len;
    *cp = utf8_decode(l->p, *at, &len);
    *at += len;
    bool escaped = l->escape && *cp == l->escape && *at < l->p.len;
    if (escaped) {
        *cp = utf8_decode(l->p, *at, &len);
        *at += len;
    }
    *cp = folded(l, *cp);
    return escaped ? STEP_CHAR : *cp == '%' ? STEP_ANY : *cp == '_' ? STEP_ONE : STEP_CHAR;
}

static bool like(const Like *l, Str s)
{
    size_t p = 0, i = 0, back_p = SIZE_MAX, back_i = 0, len = 1;
    while (true) {
        uint32_t want = 0;
        size_t next = p;
        Step kind = step(l, &next, &want);
        if (kind == STEP_ANY) {
            back_p = p = next;
            back_i = i;
            continue;
        }
        if (kind == STEP_END && i >= s.len) return true;
        bool fits = i < s.len && kind != STEP_END;
        if (fits) fits = folded(l, utf8_decode(s, i, &len)) == want || kind == STEP_ONE;
        if (fits) {
            p = next;
            i += len;
            continue;
        }
        if (back_p == SIZE_MAX || back_i >= s.len) return false;
        utf8_decode(s, back_i, &len);
        back_i += len;
        p = back_p;
        i = back_i;
    }
}

static uint32_t escape_of(Str escape)
{
    size_t len;
    return escape.len ? utf8_decode(escape, 0, &len) : 0;
}

bool text_like_folded(Str s, Str pattern, Str escape)
{
    Like l = {.p = pattern, .escape = escape_of(escape), .letters = LETTERS_BARE};
    return like(&l, s);
}

static void call_like(sqlite3_context *c, int n, sqlite3_value **v, Letters letters)
{
    if (fn_any_null(n, v)) return;
    Like l = {.p = value_str(v[1]), .letters = letters};
    Str escape = n > 2 ? value_str(v[2]) : (Str){0};
    l.escape = escape_of(escape);
    sqlite3_result_int(c, like(&l, value_str(v[0])));
}
static void like_call(sqlite3_context *c, int n, sqlite3_value **v)
{
    call_like(c, n, v, LETTERS_EXACT);
}
static void ilike_call(sqlite3_context *c, int n, sqlite3_value **v)
{
    call_like(c, n, v, LETTERS_CASELESS);
}
static void like_folded_call(sqlite3_context *c, int n, sqlite3_value **v)
{
    call_like(c, n, v, LETTERS_BARE);
}

// --- Regular expressions ---

// SIMILAR TO in the words of a regular expression.
static void similar(sqlite3_str *b, Str p)
{
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        if (c == '\\' && i + 1 < p.len) {
            sqlite3_str_append(b, p.ptr + i++, 2);
        } else if (c == '%') {
            sqlite3_str_appendall(b, ".*");
        } else if (c == '_') {
            sqlite3_str_appendall(b, ".");
        } else {
            if (c == '.' || c == '^' || c == '$') sqlite3_str_appendchar(b, 1, '\\');
            sqlite3_str_appendchar(b, 1, c);
        }
    }
}

// The options that regular expressions have inside: (?ims). n and p are Postgres' and Snowflake's
// others; c is "case matters", e and g are read elsewhere.
static void options(sqlite3_str *b, Str flags, bool dot_all)
{
    bool on[3] = {false, false, dot_all};
    for (size_t i = 0; i < flags.len; i++) {
        switch (flags.ptr[i]) {
        case 'i':
            on[0] = true;
            break;
        case 'c':
            on[0] = false;
            break;
        case 'm':
        case 'n':
            on[1] = true;
            break;
        case 's':
            on[2] = true;
            break;
        default:
            break;
        }
    }
    if (!on[0] && !on[1] && !on[2]) return;
    sqlite3_str_appendf(b, "(?%s%s%s)", on[0] ? "i" : "", on[1] ? "m" : "", on[2] ? "s" : "");
}

static Str wrapped(sqlite3_str *b, Str pattern, Str how, Str flags)
{
    char kind = how.len ? how.ptr[0] : 'F';
    options(b, flags, kind == 'S');
    if (kind != 'F') sqlite3_str_appendall(b, "\\A(?:");
    if (kind == 'S') {
        similar(b, pattern);
    } else {
        build_str(b, pattern);
    }
    if (kind != 'F') sqlite3_str_appendall(b, ")\\z");
    const char *text = sqlite3_str_value(b);
    return (Str){text ? text : "", (size_t)sqlite3_str_length(b)};
}

// Compiled, and kept with the statement while pattern, how and flags stay the same.
typedef struct {
    MatchRegex *re;
    char how, flags[16];
    size_t flag_len;
} Kept;

static void drop(void *kept)
{
    match_regex_close(((Kept *)kept)->re);
    free(kept);
}

typedef struct {
    MatchRegex *re;
    bool kept;
} Regex;

static bool is_same(const Kept *k, Str how, Str flags)
{
    return k->how == (how.len ? how.ptr[0] : 'F') && str_eq((Str){k->flags, k->flag_len}, flags);
}

static void keep(sqlite3_context *c, int pattern, Str how, Str flags, Regex *r)
{
    if (flags.len > sizeof((Kept *)NULL)->flags) return;
    Kept *k = calloc(1, sizeof *k);
    if (!k) die_out_of_memory();
    *k = (Kept){.re = r->re, .how = how.len ? how.ptr[0] : 'F', .flag_len = flags.len};
    if (flags.len) memcpy(k->flags, flags.ptr, flags.len);
    sqlite3_set_auxdata(c, pattern, k, drop); // may drop it at once: then it is compiled again
    if (sqlite3_get_auxdata(c, pattern) == k) {
        r->kept = true;
    } else {
        r->re = NULL;
        sqlite3_result_error_nomem(c);
    }
}

static bool open_regex(sqlite3_context *c, sqlite3_value **v, int pattern, Str how, Str flags,
                       Regex *out)
{
    Error err = {0};
    const Kept *k = sqlite3_get_auxdata(c, pattern);
    *out = (Regex){0};
    if (k && is_same(k, how, flags)) {
        *out = (Regex){k->re, true};
        return true;
    }
    sqlite3_str *b = build(c);
    bool ok =
        match_regex_open(wrapped(b, value_str(v[pattern]), how, flags), false, &out->re, &err);
    sqlite3_free(sqlite3_str_finish(b));
    if (!ok) {
        fn_fail(c, v[0], "The regular expression does not read: %s.", err.text);
        return false;
    }
    if (!k) keep(c, pattern, how, flags, out);
    return out->re != NULL;
}

static void close_regex(const Regex *r)
{
    if (!r->kept) match_regex_close(r->re);
}

static bool find(sqlite3_context *c, sqlite3_value **v, const Regex *r, Str s, size_t from,
                 bool *found, MatchSpan *span)
{
    Error err; // set when it fails: row by row it is not worth clearing
    if (match_regex_find(r->re, s, from, NULL, found, span, &err)) return true;
    fn_fail(c, v[0], "The regular expression cannot be searched for: %s.", err.text);
    return false;
}

// The next place to look from: behind the match, and always further.
static size_t behind(Str s, MatchSpan span)
{
    if (span.to > span.from) return span.to;
    size_t len = 1;
    if (span.to < s.len) utf8_decode(s, span.to, &len);
    return span.to + len;
}

static size_t start_byte(Str s, sqlite3_value *start)
{
    int64_t at = sqlite3_value_int64(start);
    if (at > (int64_t)s.len + 1) return s.len + 1;
    return at < 2 ? 0 : str_byte_of(s, (size_t)at - 1);
}

static void regexp_like(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found;
    if (!open_regex(c, v, 2, value_str(v[3]), n > 4 ? value_str(v[4]) : (Str){0}, &r)) return;
    if (find(c, v, &r, value_str(v[1]), 0, &found, &span)) sqlite3_result_int(c, found);
    close_regex(&r);
}

static void regexp_count(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found = true;
    int64_t count = 0;
    if (!open_regex(c, v, 2, S("FIND"), n > 4 ? value_str(v[4]) : (Str){0}, &r)) return;
    Str s = value_str(v[1]);
    for (size_t at = start_byte(s, v[3]); at <= s.len; at = behind(s, span)) {
        if (!find(c, v, &r, s, at, &found, &span)) {
            close_regex(&r);
            return;
        }
        if (!found) break;
        count++;
    }
    sqlite3_result_int64(c, count);
    close_regex(&r);
}

// The k-th match from a place on.
static bool nth_match(sqlite3_context *c, sqlite3_value **v, const Regex *r, Str s, size_t at,
                      int64_t k, bool *found, MatchSpan *span)
{
    *found = false;
    for (; at <= s.len; at = behind(s, *span)) {
        if (!find(c, v, r, s, at, found, span)) return false;
        if (!*found || --k < 1) return true;
        *found = false;
    }
    return true;
}

// (at, x, pattern, none, group, start, occurrence, flags); group -1 is the first, or all.
static void regexp_extract(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found;
    if (!open_regex(c, v, 2, S("FIND"), n > 7 ? value_str(v[7]) : (Str){0}, &r)) return;
    Str s = value_str(v[1]), none = value_str(v[3]);
    int64_t group = sqlite3_value_int64(v[4]);
    size_t groups = match_regex_groups(r.re);
    if (group < 0) group = groups ? 1 : 0;
    if (group > (int64_t)groups) {
        fn_fail(c, v[0], "The regular expression has no group %lld.", (long long)group);
    } else if (nth_match(c, v, &r, s, start_byte(s, v[5]), sqlite3_value_int64(v[6]), &found,
                         &span)) {
        found = found && match_regex_group(r.re, (size_t)group, &span);
        if (found) {
            result_str(c, str_slice(s, span.from, span.to));
        } else if (str_eq(none, S("EMPTY"))) {
            result_str(c, (Str){0});
        }
    }
    close_regex(&r);
}

// (at, x, pattern, start, occurrence, behind, flags)
static void regexp_instr(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found;
    if (!open_regex(c, v, 2, S("FIND"), n > 6 ? value_str(v[6]) : (Str){0}, &r)) return;
    Str s = value_str(v[1]);
    if (nth_match(c, v, &r, s, start_byte(s, v[3]), sqlite3_value_int64(v[4]), &found, &span)) {
        size_t at = sqlite3_value_int(v[5]) ? span.to : span.from;
        sqlite3_result_int64(c, found ? (int64_t)str_points(str_slice(s, 0, at)) + 1 : 0);
    }
    close_regex(&r);
}

// \1 and \& (and \0) stand for what was found, \\ for a backslash.
static void put_replacement(sqlite3_str *b, const MatchRegex *re, Str s, Str fresh)
{
    for (size_t i = 0; i < fresh.len; i++) {
        char c = fresh.ptr[i], next = i + 1 < fresh.len ? fresh.ptr[i + 1] : 0;
        bool group = c == '\\' && ((next >= '0' && next <= '9') || next == '&');
        if (group) {
            MatchSpan span;
            if (match_regex_group(re, next == '&' ? 0 : (size_t)(next - '0'), &span))
                build_str(b, str_slice(s, span.from, span.to));
            i++;
        } else {
            if (c == '\\' && next == '\\') i++;
            sqlite3_str_appendchar(b, 1, c);
        }
    }
}

// (at, x, pattern, new, start, occurrence, flags); occurrence 0 is all of them.
static void regexp_replace(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found, ok = true;
    if (!open_regex(c, v, 2, S("FIND"), n > 6 ? value_str(v[6]) : (Str){0}, &r)) return;
    Str s = value_str(v[1]), fresh = value_str(v[3]);
    int64_t only = sqlite3_value_int64(v[5]), k = 0;
    sqlite3_str *b = build(c);
    size_t done = 0;
    for (size_t at = start_byte(s, v[4]); at <= s.len; at = behind(s, span)) {
        ok = find(c, v, &r, s, at, &found, &span);
        if (!ok || !found) break;
        k++;
        if (only && k != only) continue;
        build_str(b, str_slice(s, done, span.from));
        put_replacement(b, r.re, s, fresh);
        done = span.to;
        if (only) break;
    }
    if (ok) {
        build_str(b, str_slice(s, done, s.len));
        result_built(c, b);
    } else {
        sqlite3_free(sqlite3_str_finish(b));
    }
    close_regex(&r);
}

// --- Arrays of parts ---

static void put_part(sqlite3_str *b, bool first, bool there, Str part)
{
    if (!first) sqlite3_str_appendchar(b, 1, ',');
    if (there) {
        json_put_text(b, part);
    } else {
        sqlite3_str_appendall(b, "null");
    }
}

static void result_array(sqlite3_context *c, sqlite3_str *b)
{
    sqlite3_str_appendchar(b, 1, ']');
    result_built(c, b);
}

// The groups of a match, or all of it.
static void put_groups(sqlite3_str *b, const Regex *r, Str s)
{
    MatchSpan span;
    size_t groups = match_regex_groups(r->re);
    sqlite3_str_appendchar(b, 1, '[');
    for (size_t i = groups ? 1 : 0; i <= groups; i++) {
        bool there = match_regex_group(r->re, i, &span);
        put_part(b, i <= 1, there, str_slice(s, span.from, span.to));
    }
}

// (at, x, pattern, flags): the groups of every match with the flag g, of the first without it: an
// array of arrays.
static void regexp_matches(sqlite3_context *c, int n, sqlite3_value **v)
{
    enum { FLAGS_MAX = 16 };
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    char others[FLAGS_MAX];
    Str s = value_str(v[1]), flags = n > 3 ? value_str(v[3]) : (Str){0}, kept = {others, 0};
    for (size_t i = 0; i < flags.len && i < FLAGS_MAX; i++) {
        if (flags.ptr[i] != 'g') others[kept.len++] = flags.ptr[i];
    }
    bool all = str_find(flags, S("g"), NULL), found, ok = true;
    if (!open_regex(c, v, 2, S("FIND"), kept, &r)) return;
    sqlite3_str *b = build(c);
    sqlite3_str_appendchar(b, 1, '[');
    for (size_t at = 0; at <= s.len; at = behind(s, span)) {
        ok = find(c, v, &r, s, at, &found, &span);
        if (!ok || !found) break;
        if (sqlite3_str_length(b) > 1) sqlite3_str_appendchar(b, 1, ',');
        put_groups(b, &r, s);
        sqlite3_str_appendchar(b, 1, ']');
        if (!all) break;
    }
    if (ok) {
        result_array(c, b);
    } else {
        sqlite3_free(sqlite3_str_finish(b));
    }
    close_regex(&r);
}

// (at, x, pattern, flags): the groups of the first match, or all of it; NULL when there is none.
static void regexp_match(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    MatchSpan span;
    bool found;
    if (!open_regex(c, v, 2, S("FIND"), n > 3 ? value_str(v[3]) : (Str){0}, &r)) return;
    Str s = value_str(v[1]);
    if (find(c, v, &r, s, 0, &found, &span) && found) {
        sqlite3_str *b = build(c);
        put_groups(b, &r, s);
        result_array(c, b);
    }
    close_regex(&r);
}

// What every match gives: its group, or, when `between`, the text up to it.
static void all_matches(sqlite3_context *c, sqlite3_value **v, const Regex *r, int64_t group,
                        bool between)
{
    MatchSpan span, part;
    bool found, ok = true, first = true;
    Str s = value_str(v[1]);
    size_t done = 0;
    sqlite3_str *b = build(c);
    sqlite3_str_appendchar(b, 1, '[');
    for (size_t at = 0; at <= s.len; at = behind(s, span)) {
        ok = find(c, v, r, s, at, &found, &span);
        if (!ok || !found) break;
        bool none = span.to == span.from && (span.from == done || span.from == s.len);
        if (between && none) continue; // parts nothing
        part = span;
        bool there = between || match_regex_group(r->re, (size_t)group, &part);
        if (between) part = (MatchSpan){done, span.from};
        put_part(b, first, there, str_slice(s, part.from, part.to));
        first = false;
        done = span.to;
    }
    if (ok && between) put_part(b, first, true, str_slice(s, done, s.len));
    if (ok) {
        result_array(c, b);
    } else {
        sqlite3_free(sqlite3_str_finish(b));
    }
}

// (at, x, pattern, group, flags)
static void regexp_extract_all(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    if (!open_regex(c, v, 2, S("FIND"), n > 4 ? value_str(v[4]) : (Str){0}, &r)) return;
    int64_t group = sqlite3_value_int64(v[3]), groups = (int64_t)match_regex_groups(r.re);
    if (group < 0) group = groups ? 1 : 0;
    if (group > groups) {
        fn_fail(c, v[0], "The regular expression has no group %lld.", (long long)group);
    } else {
        all_matches(c, v, &r, group, false);
    }
    close_regex(&r);
}

// (at, x, pattern, flags)
static void regexp_split(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    Regex r;
    if (!open_regex(c, v, 2, S("FIND"), n > 3 ? value_str(v[3]) : (Str){0}, &r)) return;
    all_matches(c, v, &r, 0, true);
    close_regex(&r);
}

static const QueryFn rows[] = {
    {.name = "gr_ilike", .args = 2, .most = 3, .call = ilike_call},
    {.name = "gr_like", .args = 2, .most = 3, .call = like_call},
    {.name = "gr_like_folded", .args = 2, .most = 3, .call = like_folded_call},
    {.name = "gr_regexp_count", .args = 4, .most = 5, .call = regexp_count},
    {.name = "gr_regexp_extract", .args = 7, .most = 8, .call = regexp_extract},
    {.name = "gr_regexp_extract_all", .args = 4, .most = 5, .call = regexp_extract_all},
    {.name = "gr_regexp_instr", .args = 6, .most = 7, .call = regexp_instr},
    {.name = "gr_regexp_like", .args = 4, .most = 5, .call = regexp_like},
    {.name = "gr_regexp_match", .args = 3, .most = 4, .call = regexp_match},
    {.name = "gr_regexp_matches", .args = 3, .most = 4, .call = regexp_matches},
    {.name = "gr_regexp_replace", .args = 6, .most = 7, .call = regexp_replace},
    {.name = "gr_regexp_split", .args = 3, .most = 4, .call = regexp_split},
};
const QueryFns fn_patterns = {rows, sizeof rows / sizeof *rows};
