// text: a contiguous text with an index of its lines.
#include "tui/widgets/text.h"
#include "base/check.h"
#include <string.h>

void text_close(Text *t)
{
    arena_free(&t->arena);
    *t = (Text){0};
}

Str text_str(const Text *t)
{
    return (Str){t->ptr, t->len};
}

size_t text_lines(const Text *t)
{
    return t->breaks + 1;
}

size_t text_start(const Text *t, size_t line)
{
    CHECK(line <= t->breaks);
    return line ? t->starts[line - 1] : 0;
}

Str text_line(const Text *t, size_t line)
{
    size_t end = line == t->breaks ? t->len : text_start(t, line + 1) - 1;
    return str_slice(text_str(t), text_start(t, line), end);
}

size_t text_line_of(const Text *t, size_t at)
{
    size_t low = 0, high = t->breaks; // lines whose start is known to be <= at, <= candidates
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (text_start(t, middle) <= at) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static size_t count_breaks(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += s.ptr[i] == '\n';
    return n;
}

// Old arrays stay in the arena: with doubling they are never more than what is in use.
static void grow(Text *t, size_t len, size_t breaks)
{
    enum { FIRST = 256 };
    if (len > t->cap) {
        size_t cap = t->cap ? t->cap : FIRST;
        while (cap < len) cap *= 2;
        char *p = arena_array(&t->arena, char, cap);
        if (t->len) memcpy(p, t->ptr, t->len);
        t->ptr = p;
        t->cap = cap;
    }
    if (breaks > t->starts_cap) {
        size_t cap = t->starts_cap ? t->starts_cap : FIRST;
        while (cap < breaks) cap *= 2;
        size_t *p = arena_array(&t->arena, size_t, cap);
        if (t->breaks) memcpy(p, t->starts, t->breaks * sizeof *p);
        t->starts = p;
        t->starts_cap = cap;
    }
}

// The line index for the same change; `first` is the line that `from` stands on.
static void replace_starts(Text *t, size_t first, size_t from, size_t to, Str with)
{
    size_t gone = text_line_of(t, to) - first, come = count_breaks(with);
    size_t tail = t->breaks - first - gone;
    if (tail) memmove(t->starts + first + come, t->starts + first + gone, tail * sizeof(size_t));
    t->breaks = first + come + tail;
    for (size_t i = first + come; i < t->breaks; i++) t->starts[i] += with.len - (to - from);
    for (size_t i = 0; i < with.len; i++) {
        if (with.ptr[i] == '\n') t->starts[first++] = from + i + 1;
    }
}

void text_replace(Text *t, size_t from, size_t to, Str with)
{
    CHECK(from <= to && to <= t->len);
    grow(t, t->len - (to - from) + with.len, t->breaks + count_breaks(with));
    replace_starts(t, text_line_of(t, from), from, to, with);
    if (t->len > to) memmove(t->ptr + from + with.len, t->ptr + to, t->len - to);
    if (with.len) memcpy(t->ptr + from, with.ptr, with.len);
    t->len = t->len - (to - from) + with.len;
}

void text_check(const Text *t)
{
    CHECK(t->len <= t->cap && t->breaks <= t->starts_cap);
    CHECK(count_breaks(text_str(t)) == t->breaks);
    for (size_t i = 0; i < t->breaks; i++) {
        CHECK(t->starts[i] > 0 && t->starts[i] <= t->len && t->ptr[t->starts[i] - 1] == '\n');
        CHECK(i == 0 || t->starts[i - 1] < t->starts[i]);
    }
}
