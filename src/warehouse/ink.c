// ink: slabs that are cut from the front; digits written by hand, since printf takes ten times as
// long and half of a warehouse is timestamps.
#include "warehouse/ink.h"
#include "base/world.h"
#include <string.h>

enum {
    SLAB_FIRST = 1024,
    SLAB_MOST = 32 * 1024,
    DATE_LEN = 10,
    SECOND_LEN = 19,
    MS_PER_DAY = 86400000
};

char *ink_take(Ink *k, size_t n)
{
    if (n > k->left) {
        if (k->slab < SLAB_MOST) k->slab = k->slab ? 2 * k->slab : SLAB_FIRST;
        if (n > k->slab / 8) return arena_array(k->arena, char, n);
        k->at = arena_array(k->arena, char, k->slab);
        k->left = k->slab;
    }
    char *p = k->at;
    k->at += n;
    k->left -= n;
    return p;
}

Str ink_copy(Ink *k, Str s)
{
    char *p = ink_take(k, s.len);
    if (s.len) memcpy(p, s.ptr, s.len);
    return (Str){p, s.len};
}

static void digits(char *p, uint64_t v, int n)
{
    for (int i = n; i-- > 0; v /= 10) p[i] = (char)('0' + v % 10);
}

static void date_at(char *p, int64_t days)
{
    int year, month, day;
    date_civil(days, &year, &month, &day);
    digits(p, (uint64_t)year, 4);
    p[4] = p[7] = '-';
    digits(p + 5, (uint64_t)month, 2);
    digits(p + 8, (uint64_t)day, 2);
}

Str ink_date(Ink *k, int64_t days)
{
    char *p = ink_take(k, DATE_LEN);
    date_at(p, days);
    return (Str){p, DATE_LEN};
}

Str ink_time(Ink *k, int64_t ms)
{
    int64_t days = ms / MS_PER_DAY - (ms % MS_PER_DAY < 0);
    uint64_t rest = (uint64_t)(ms - days * MS_PER_DAY), second = rest / 1000, part = rest % 1000;
    size_t len = SECOND_LEN + (part ? 4 : 0);
    char *p = ink_take(k, len);
    date_at(p, days);
    p[10] = ' ';
    digits(p + 11, second / 3600, 2);
    p[13] = p[16] = ':';
    digits(p + 14, second / 60 % 60, 2);
    digits(p + 17, second % 60, 2);
    if (part) {
        p[19] = '.';
        digits(p + 20, part, 3);
        while (p[len - 1] == '0') len--;
    }
    return (Str){p, len};
}

Str ink_id(Ink *k, Str prefix, uint64_t n, int least)
{
    int count = 1;
    for (uint64_t v = n; v >= 10; v /= 10) count++;
    if (count < least) count = least;
    char *p = ink_take(k, prefix.len + (size_t)count);
    if (prefix.len) memcpy(p, prefix.ptr, prefix.len);
    digits(p + prefix.len, n, count);
    return (Str){p, prefix.len + (size_t)count};
}
