// pattern_set: sets of characters.
#include "exam/data/values/pattern.h"

bool set_has(const Set *s, unsigned char c)
{
    return s->bits[c / 64] >> (c % 64) & 1;
}

void set_add(Set *s, unsigned char c)
{
    s->bits[c / 64] |= (uint64_t)1 << (c % 64);
}

void set_add_range(Set *s, unsigned char from, unsigned char to)
{
    for (unsigned c = from; c <= to; c++) set_add(s, (unsigned char)c);
}

void set_add_all(Set *s, const Set *more)
{
    for (size_t i = 0; i < 4; i++) s->bits[i] |= more->bits[i];
}

Set set_inverse(const Set *s)
{
    Set out = {{0}};
    for (unsigned c = FIRST_PRINTABLE; c <= LAST_PRINTABLE; c++) {
        if (!set_has(s, (unsigned char)c)) set_add(&out, (unsigned char)c);
    }
    return out;
}

bool set_is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool set_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

bool set_in_word(unsigned char c)
{
    return set_is_letter(c) || set_is_digit(c) || c == '_';
}

size_t set_size(const Set *s)
{
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) n += (size_t)__builtin_popcountll(s->bits[i]);
    return n;
}
