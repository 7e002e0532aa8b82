// chase_beyond: a text just above another, or just below it: what x > '2000' and yr < '1990' ask
// for where the bound itself does not pass.
#include "base/world.h"
#include "exam/data/chase/chase.h"
#include "exam/data/column.h"

enum { DAY_S = 86400, DATE_BYTES = 10, TIME_BYTES = 19 };

// Digits alone go on as numbers of as many digits: '1989' is below '1990'.
static bool next_number(Arena *a, Str bound, int by, Str *out)
{
    int64_t n;
    if (!bound.len || bound.len > 18 || !str_to_i64(bound, &n) || n + by < 0) return false;
    *out = str_fmt(a, "%0*lld", (int)bound.len, (long long)(n + by));
    return out->len == bound.len;
}

static bool next_moment(Arena *a, Str bound, int by, Str *out)
{
    int64_t seconds;
    if (!bounds_moment(bound, &seconds)) return false;
    if (bound.len == DATE_BYTES) *out = date_text(a, seconds / DAY_S + by);
    if (bound.len == TIME_BYTES) *out = time_text(a, (seconds + by) * 1000);
    return out->len == bound.len;
}

Str chase_beyond(Arena *a, Str bound, bool above)
{
    Str out = {0};
    int by = above ? 1 : -1;
    if (next_number(a, bound, by, &out) || next_moment(a, bound, by, &out)) return out;
    if (above) return str_fmt(a, STR_FMT "a", STR_ARG(bound));
    return bound.len ? str_slice(bound, 0, bound.len - 1) : bound;
}
