// words: motions that the line and the editor have in common, and the gate of all that is typed.
#include "tui/widgets/words.h"
#include "base/buf.h"
#include "base/utf8.h"

bool word_is_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

size_t word_left(Str s, size_t at)
{
    while (at > 0 && !word_is_part(s.ptr[at - 1])) at--;
    while (at > 0 && word_is_part(s.ptr[at - 1])) at--;
    return at;
}

size_t word_right(Str s, size_t at)
{
    while (at < s.len && !word_is_part(s.ptr[at])) at++;
    while (at < s.len && word_is_part(s.ptr[at])) at++;
    return at;
}

static bool blank(char c)
{
    return c == ' ' || c == '\n';
}

size_t word_blank_left(Str s, size_t at)
{
    while (at > 0 && blank(s.ptr[at - 1])) at--;
    while (at > 0 && !blank(s.ptr[at - 1])) at--;
    return at;
}

size_t cluster_snap(Str s, size_t at)
{
    return at == 0 ? 0 : utf8_next(s, utf8_prev(s, at));
}

Str words_gate(Arena *a, Str raw)
{
    enum { NO_BREAK_SPACE = 0xA0, DEL = 0x7F, C1_END = 0xA0 };
    Buf out = buf_new(a);
    for (size_t at = 0, n; at < raw.len; at += n) {
        size_t end = at;
        while (end < raw.len && raw.ptr[end] >= ' ' && raw.ptr[end] <= '~') end++;
        buf_add(&out, str_slice(raw, at, end)); // most of it
        at = end;
        if (at == raw.len) break;
        uint32_t cp = utf8_decode(raw, at, &n);
        if (cp == '\n' || (cp == '\r' && (at + 1 == raw.len || raw.ptr[at + 1] != '\n'))) {
            buf_char(&out, '\n');
        } else if (cp == '\t') {
            buf_add(&out, S("  "));
        } else if (cp == NO_BREAK_SPACE) {
            buf_char(&out, ' ');
        } else if (cp >= ' ' && !(cp >= DEL && cp < C1_END)) {
            char bytes[4];
            buf_add(&out, (Str){bytes, utf8_encode(cp, bytes)});
        }
    }
    return buf_str(&out);
}
