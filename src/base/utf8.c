// UTF-8: utf8proc decodes, finds cluster boundaries and knows widths; here is what terminals add.
//
// Widths are those of wcwidth(), which ncurses and terminals agree on: spacing marks take a cell
// and Hangul vowels and finals none, where utf8proc says otherwise. A cluster is as wide as its
// code points together, but an emoji's modifiers add nothing and its presentation selector makes
// it 2.
#include "base/utf8.h"
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, EMOJI_SELECTOR = 0xFE0F, JOINER = 0x200D };

uint32_t utf8_decode(Str s, size_t at, size_t *len)
{
    utf8proc_int32_t cp = -1;
    size_t left = s.len - at;
    if (left && (unsigned char)s.ptr[at] < 0x80) {
        *len = 1;
        return (unsigned char)s.ptr[at];
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at,
                                          left < 4 ? (utf8proc_ssize_t)left : 4, &cp);
    *len = n > 0 ? (size_t)n : 1;
    return n > 0 ? (uint32_t)cp : REPLACEMENT;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = REPLACEMENT;
    utf8proc_uint8_t bytes[4];
    size_t n = (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, bytes);
    memcpy(out, bytes, n);
    return n;
}

uint32_t utf8_upper(uint32_t cp)
{
    if (cp == 0xDF) return cp; // ß: its capital is two letters, or one that nobody expects
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}
uint32_t utf8_lower(uint32_t cp)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t utf8_fold(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
    utf8proc_int32_t parts[8];
    int last = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
                                UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
    return n > 0 && n <= 8 ? (uint32_t)parts[0] : cp;
}

bool utf8_is_word(uint32_t cp)
{
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
           (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_NO);
}

bool utf8_valid(Str s)
{
    for (size_t at = 0, n = 0; at < s.len; at += n) {
        if (utf8_decode(s, at, &n) == REPLACEMENT && n == 1) return false;
    }
    return true;
}

static bool plain(char c)
{
    return c >= ' ' && c <= '~';
}

size_t utf8_next(Str s, size_t at)
{
    if (at >= s.len) return s.len;
    if (plain(s.ptr[at]) && (at + 1 == s.len || plain(s.ptr[at + 1]))) return at + 1;
    size_t n;
    uint32_t cp = utf8_decode(s, at, &n);
    utf8proc_int32_t state = 0;
    for (at += n; at < s.len; at += n) {
        uint32_t follow = utf8_decode(s, at, &n);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)cp, (utf8proc_int32_t)follow,
                                             &state)) {
            break;
        }
        cp = follow;
    }
    return at;
}

// The start of the code point (or bad byte) that holds the byte before `at`, which is above 0.
static size_t before(Str s, size_t at)
{
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        size_t n;
        utf8_decode(s, at - back, &n);
        if (n >= back && n > 1) return at - back;
    }
    return at - 1;
}

// Is there a boundary at `at`, whatever stands before? Only such a place may start a forward walk.
static bool sure_boundary(Str s, size_t at)
{
    size_t n;
    utf8proc_int32_t left = (utf8proc_int32_t)utf8_decode(s, before(s, at), &n);
    utf8proc_int32_t right = (utf8proc_int32_t)utf8_decode(s, at, &n);
    unsigned class = utf8proc_get_property(left)->boundclass;
    return class != UTF8PROC_BOUNDCLASS_ZWJ && class != UTF8PROC_BOUNDCLASS_EXTEND &&
           utf8proc_grapheme_break(left, right);
}

size_t utf8_prev(Str s, size_t at)
{
    if (at > s.len) at = s.len;
    if (at == 0) return 0;
    size_t from = before(s, at);
    while (from > 0 && !sure_boundary(s, from)) from = before(s, from);
    for (size_t next = utf8_next(s, from); next < at; next = utf8_next(s, from)) from = next;
    return from;
}

int utf8_cp_width(uint32_t cp)
{
    if (cp > 0x10FFFF) return 0;
    if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FF)) return 0;
    if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MC) return 1;
    return utf8proc_charwidth((utf8proc_int32_t)cp);
}

static int cluster_width(Str c)
{
    size_t n;
    uint32_t cp = utf8_decode(c, 0, &n);
    int width = utf8_cp_width(cp);
    bool emoji = utf8proc_get_property((utf8proc_int32_t)cp)->boundclass ==
                 UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
    for (size_t at = n; at < c.len; at += n) {
        cp = utf8_decode(c, at, &n);
        if (!emoji) width += utf8_cp_width(cp);
        if (emoji && (cp == EMOJI_SELECTOR || cp == JOINER)) width = 2;
    }
    return width;
}

int utf8_width(Str s)
{
    int width;
    utf8_fit(s, INT32_MAX, &width);
    return width;
}

Str utf8_fit(Str s, int cells, int *used)
{
    int width = 0;
    size_t at = 0;
    while (at < s.len) {
        size_t end = utf8_next(s, at);
        int more = end == at + 1 && plain(s.ptr[at]) ? 1 : cluster_width(str_slice(s, at, end));
        if (more > cells - width) break;
        width += more;
        at = end;
    }
    if (used) *used = width;
    return str_slice(s, 0, at);
}
