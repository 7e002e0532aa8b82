// literals_both: what two queries say together, and what is asked of the literals of one.
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"

// What stands for "no end" or for NULL in an answer: 999999, 1000000000, '9999-12-31',
// '1900-01-01'. No data comes near it, and beyond it nobody is wrong.
static bool is_sentinel(Str t, bool string)
{
    int64_t seconds;
    const int64_t year_s = (int64_t)366 * 86400;
    if (string) {
        bool early = str_starts(t, S("0")) || str_starts(t, S("18")) || str_starts(t, S("190"));
        return t.len >= 10 && bounds_moment(t, &seconds) && (early || seconds > 120 * year_s);
    }
    if (t.len && t.ptr[0] == '-') t = str_slice(t, 1, t.len);
    if (t.len < 5) return false;
    bool nines = true, round = t.ptr[0] == '1';
    for (size_t i = 0; i < t.len; i++) {
        nines &= t.ptr[i] == '9';
        round &= i == 0 || t.ptr[i] == '0';
    }
    return nines || (round && t.len >= 7);
}

static StrList both_lists(Arena *a, StrList x, StrList y)
{
    StrList out = {arena_array(a, Str, x.len + y.len), 0};
    for (size_t i = 0; i < x.len; i++) out.at[out.len++] = x.at[i];
    for (size_t i = 0; i < y.len; i++) out.at[out.len++] = y.at[i];
    return out;
}

// All of x, and what only y has; beside another column is another one.
Literals literals_both(Arena *a, const Literals *x, Literals y)
{
    Literals out = *x;
    out.at = arena_array(a, Literal, x->len + y.len);
    for (size_t i = 0; i < x->len; i++) out.at[i] = x->at[i];
    for (size_t i = 0; i < y.len; i++) {
        bool known = is_sentinel(y.at[i].text, y.at[i].string);
        for (size_t k = 0; k < x->len && !known; k++) {
            known = x->at[k].string == y.at[i].string && str_eq(x->at[k].text, y.at[i].text) &&
                    x->at[k].use == y.at[i].use && str_eq_nocase(x->at[k].column, y.at[i].column);
        }
        if (known) continue;
        out.at[out.len] = y.at[i];
        out.at[out.len++].own = true;
    }
    out.fresh = (Fresh){.glues = y.glued.len && !x->glued.len,
                        .ages = y.ages && !x->ages,
                        .folds = y.folds && !x->folds,
                        .units = y.units & ~x->units};
    out.clock |= y.clock;
    out.glued = both_lists(a, x->glued, y.glued);
    out.joined = both_lists(a, x->joined, y.joined);
    out.grouped = both_lists(a, x->grouped, y.grouped);
    out.ages |= y.ages;
    out.lengths |= y.lengths;
    out.folds |= y.folds;
    out.trims |= y.trims;
    out.averages |= y.averages;
    out.gathers |= y.gathers;
    out.wide |= y.wide;
    out.empty |= y.empty;
    out.below |= y.below;
    out.units |= y.units;
    if (y.decimals > out.decimals) out.decimals = y.decimals;
    return out;
}

bool literals_stand_in(const Literals *l, Str text, bool string)
{
    bool known = false;
    for (size_t i = 0; i < l->len; i++)
        known |= l->at[i].string == string && str_eq(l->at[i].text, text);
    return !known && is_sentinel(text, string);
}

bool literals_joined(const Literals *l, Str x, Str y)
{
    for (size_t i = 0; i + 1 < l->joined.len; i += 2) {
        const Str *pair = &l->joined.at[i];
        if (str_eq_nocase(pair[0], x) && str_eq_nocase(pair[1], y)) return true;
        if (str_eq_nocase(pair[0], y) && str_eq_nocase(pair[1], x)) return true;
    }
    return false;
}

static bool is_listed(const StrList *list, Str name)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq_nocase(list->at[i], name)) return true;
    }
    return false;
}

bool literals_name(const Literals *l, Str name)
{
    return is_listed(&l->names, name);
}

bool literals_grouped(const Literals *l, Str name)
{
    return is_listed(&l->grouped, name);
}

bool literals_span(Str text, int64_t *seconds)
{
    static const struct {
        const char *name;
        int64_t seconds;
    } units[] = {{"second", 1},         {"minute", 60},        {"hour", 3600},  {"day", 86400},
                 {"month", 30 * 86400}, {"year", 365 * 86400}, {"week", 604800}};
    Str number, unit;
    int64_t n;
    text = str_trim(text);
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+')) text = str_slice(text, 1, text.len);
    if (!str_cut(text, ' ', &number, &unit) || !str_to_i64(number, &n)) return false;
    unit = str_trim(unit);
    if (unit.len && (unit.ptr[unit.len - 1] | 0x20) == 's') unit = str_slice(unit, 0, unit.len - 1);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!str_eq_nocase(unit, str_from(units[i].name))) continue;
        return n >= 0 && !__builtin_mul_overflow(n, units[i].seconds, seconds);
    }
    return false;
}
