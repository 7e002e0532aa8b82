// flow: folding text into lines.
#include "prose/flow.h"
#include "base/clean.h"
#include "base/utf8.h"
#include <string.h>

Run run_new(Arena *a)
{
    return (Run){buf_new(a), buf_new(a)};
}

void run_add(Run *r, ProseRole role, Str text)
{
    Str clean = clean_text(r->text.arena, text, CLEAN_TEXT, NULL);
    buf_add(&r->text, clean);
    buf_repeat(&r->roles, (char)role, clean.len);
}

static int cluster_cells(Str s, size_t from, size_t to)
{
    return utf8_width(str_slice(s, from, to));
}

bool run_fold(const Run *r, size_t *at, int cells, size_t *from, size_t *to)
{
    Str s = {r->text.ptr, r->text.len};
    if (*at >= s.len) return false;
    *from = *at;
    size_t blank = 0; // behind the last word that fits, 0 = none
    int used = 0;
    for (size_t p = *at; p < s.len;) {
        size_t next = utf8_next(s, p);
        if (s.ptr[p] == '\n') {
            *to = p;
            *at = next;
            return true;
        }
        if (s.ptr[p] == ' ' && p > *from && s.ptr[p - 1] != ' ') blank = p;
        int width = cluster_cells(s, p, next);
        if (used + width > cells && s.ptr[p] != ' ' && p > *from) {
            *to = blank > *from ? blank : p;
            for (*at = *to; *at < s.len && s.ptr[*at] == ' ';) ++*at;
            return true;
        }
        used += width;
        p = next;
    }
    *to = *at = s.len;
    while (*to > *from && s.ptr[*to - 1] == ' ') --*to;
    return true;
}

void run_spans(Arena *a, const Run *r, size_t from, size_t to, SpanVec *out)
{
    while (from < to) {
        size_t end = from;
        while (end < to && r->roles.ptr[end] == r->roles.ptr[from]) end++;
        spans_add(a, out, (ProseRole)r->roles.ptr[from],
                  str_copy(a, (Str){r->text.ptr + from, end - from}));
        from = end;
    }
}

int run_longest_word(const Run *r)
{
    Str rest = {r->text.ptr, r->text.len};
    int longest = 0;
    while (rest.len > 0) {
        size_t n = 0;
        while (n < rest.len && rest.ptr[n] != ' ' && rest.ptr[n] != '\n') n++;
        int cells = utf8_width(str_slice(rest, 0, n));
        if (cells > longest) longest = cells;
        rest = str_slice(rest, n + 1, rest.len);
    }
    return longest;
}

int run_cells(const Run *r)
{
    Str rest = {r->text.ptr, r->text.len}, line;
    int longest = 0;
    while (str_line(&rest, &line)) {
        int cells = utf8_width(line);
        if (cells > longest) longest = cells;
    }
    return longest;
}

void spans_add(Arena *a, SpanVec *v, ProseRole role, Str text)
{
    if (text.len > 0) *vec_push(a, v) = (ProseSpan){text, role};
}

void spans_pad(Arena *a, SpanVec *v, int cells)
{
    if (cells <= 0) return;
    char *blanks = arena_array(a, char, (size_t)cells);
    memset(blanks, ' ', (size_t)cells);
    spans_add(a, v, PROSE_TEXT, (Str){blanks, (size_t)cells});
}
