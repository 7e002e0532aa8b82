// locate: from libyaml's count of characters to bytes, lines and columns of the file.
//
// A line ends at \n, \r\n or \r, as editors count; libyaml's own line numbers also count NEL and
// the Unicode separators. One pass notes where lines start and where every 64th character stands,
// so that a look-up is a binary search and a short walk: also in a file that is one long line.
#include "base/utf8.h"
#include "yaml/private.h"

static Str after_mark(Str text, size_t *base)
{
    *base = str_starts(text, S("\xEF\xBB\xBF")) ? 3 : 0;
    return str_slice(text, *base, text.len);
}

static bool ends_line(Str s, size_t at)
{
    return s.ptr[at] == '\n' || (s.ptr[at] == '\r' && !(at + 1 < s.len && s.ptr[at + 1] == '\n'));
}

YamlLocator yaml_locator(Arena *a, Str path, Str text)
{
    YamlLocator l = {.path = path, .text = text};
    Str body = after_mark(text, &l.base);
    l.samples = arena_array(a, size_t, body.len / YAML_SAMPLE + 1);
    *vec_push(a, &l.lines) = (YamlLine){l.base, 0};
    for (size_t at = 0, step; at < body.len; at += step) {
        if (l.characters % YAML_SAMPLE == 0) l.samples[l.characters / YAML_SAMPLE] = l.base + at;
        utf8_decode(body, at, &step);
        l.characters++;
        if (ends_line(body, at)) {
            *vec_push(a, &l.lines) = (YamlLine){l.base + at + step, l.characters};
        }
    }
    return l;
}

size_t yaml_byte_of(const YamlLocator *l, size_t character)
{
    if (character >= l->characters) return l->text.len;
    size_t sample = character / YAML_SAMPLE, left = character % YAML_SAMPLE;
    size_t byte = l->samples[sample];
    bool last = sample == (l->characters - 1) / YAML_SAMPLE;
    size_t next = last ? l->text.len : l->samples[sample + 1];
    size_t characters = last ? l->characters - sample * YAML_SAMPLE : YAML_SAMPLE;
    if (next - byte == characters) return byte + left; // ASCII up to the next sample
    for (size_t step; left; left--) {
        utf8_decode(l->text, byte, &step);
        byte += step;
    }
    return byte;
}

Place yaml_place_of(const YamlLocator *l, size_t character)
{
    if (character > l->characters) character = l->characters;
    size_t low = 0, high = l->lines.len; // lines.at[low] starts at or before the character
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->lines.at[middle].character <= character) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (Place){l->path, (int)low + 1, (int)(character - l->lines.at[low].character) + 1};
}

Place yaml_place_of_byte(const YamlLocator *l, size_t byte)
{
    size_t low = 0, high = l->characters; // the last character that starts at or before the byte
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (yaml_byte_of(l, middle) <= byte) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return yaml_place_of(l, byte >= l->text.len ? l->characters : low);
}
