// cast_texts: texts that a cast may read: dates of the usual forms, numbers with words and marks of
// the query before, behind and between them, plain numbers.
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/casts.h"

enum { DAY_S = 86400, NUMBERS_MOST = 10, DATES_MOST = 10, WORD_MOST = 12 };

// Forms of dates have odd numbers, all others even ones.
static void add(CastTexts *c, size_t form, Str text)
{
    if (c->len == CAST_TEXTS_MOST) return;
    c->forms[c->len] = form;
    c->at[c->len++] = text;
}

// --- Dates ---

static size_t find_days(const CastTexts *c, int64_t days[DATES_MOST])
{
    const Literals *l = &c->s->literals;
    size_t n = 0;
    for (size_t i = 0; i < l->len && n + 6 < DATES_MOST; i++) {
        int64_t at, year;
        bool day = l->at[i].string && bounds_moment(l->at[i].text, &at);
        if (!l->at[i].string && str_to_i64(l->at[i].text, &year) && year > 1900 && year < 2100) {
            at = date_days((int)year, 1, 1) * DAY_S;
            day = true;
        }
        if (!day) continue;
        for (int64_t by = -1; by <= 1; by++) days[n++] = at / DAY_S + by;
        if (c->parts && n < 4) days[n++] = calendar_later(at, CALENDAR_YEAR, -100) / DAY_S;
    }
    int year, month, day;
    date_civil(c->s->w.today, &year, &month, &day);
    days[n++] = date_days(year - 1, 12, 31); // no month
    days[n++] = date_days(year, 1, 2);
    days[n++] = date_days(year, 3, 15);
    return n;
}

static Str date_in_form(Arena *a, size_t form, int64_t days)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int y, m, d;
    date_civil(days, &y, &m, &d);
    switch (form) {
    case 0:
        return date_text(a, days);
    case 1:
        return str_fmt(a, "%02d/%02d/%04d", d, m, y);
    case 2:
        return str_fmt(a, "%02d/%02d/%04d", m, d, y);
    case 3:
        return str_fmt(a, "%04d%02d%02d", y, m, d);
    case 4:
        return str_fmt(a, "%02d-%02d-%04d", d, m, y);
    case 5:
        return str_fmt(a, "%02d.%02d.%04d", d, m, y);
    case 6:
        return str_fmt(a, "%04d/%02d/%02d", y, m, d);
    case 7:
        return str_fmt(a, "%s %02d, %04d", names[m - 1], d, y);
    case 8:
        return str_fmt(a, "%02d %s %04d", d, names[m - 1], y);
    case 9:
        return str_fmt(a, "%02d-%s-%04d", d, names[m - 1], y);
    default:
        return time_text(a, (days * DAY_S + DAY_S / 2) * 1000);
    }
}

static void list_dates(CastTexts *c)
{
    enum { FORMS = 11 };
    int64_t days[DATES_MOST];
    size_t n = find_days(c, days);
    for (size_t form = 0; form < FORMS; form++) {
        for (size_t i = n; i-- > 0;) add(c, 2 * form + 1, date_in_form(c->arena, form, days[i]));
    }
}

// --- Numbers ---

static size_t find_numbers(const CastTexts *c, Str out[NUMBERS_MOST])
{
    static const char *const plain[] = {"1", "2", "10", "7"};
    const Literals *l = &c->s->literals;
    size_t n = 0;
    for (size_t i = 0; i < 2; i++) out[n++] = str_from(plain[i]);
    for (size_t i = 0; i < l->len && n + 4 < NUMBERS_MOST; i++) {
        int64_t v, longer = 10;
        if (l->at[i].string || !str_to_i64(l->at[i].text, &v) || v < 4 || v > 1000000) continue;
        for (int64_t by = -1; by <= 1; by++)
            out[n++] = str_fmt(c->arena, "%lld", (long long)(v + by));
        while (longer <= v + 1) longer *= 10; // which comes before it as a text
        out[n++] = str_fmt(c->arena, "%lld", (long long)longer);
    }
    for (size_t i = 2; i < 4 && n < NUMBERS_MOST; i++) out[n++] = str_from(plain[i]);
    return n;
}

static bool is_mark(Str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char ch = word.ptr[i];
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
        if (letter || (ch >= '0' && ch <= '9')) return false;
    }
    return word.len > 0;
}

static void list_joined(CastTexts *c, size_t form, const Str *numbers, size_t n, Str before,
                        Str behind)
{
    for (size_t i = 0; i < n; i++)
        add(c, form,
            str_fmt(c->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(before), STR_ARG(numbers[i]),
                    STR_ARG(behind)));
}

// $1, which stands before all numbers of the column; 5%; 1,000.
static void list_marked(CastTexts *c, size_t form, const Str *numbers, size_t n, Str mark)
{
    const Str none = {0}, parts[] = {STR_LIT("1.5"), STR_LIT("10.25")};
    const Str long_ones[] = {STR_LIT("1,000"), STR_LIT("2,500"), STR_LIT("12,000")};
    const Str times[] = {STR_LIT("09:05"), STR_LIT("10:30"), STR_LIT("23:59")};
    if (str_eq(mark, S(","))) {
        list_joined(c, form, long_ones, 3, none, none);
        return;
    }
    if (str_eq(mark, S(":"))) {
        list_joined(c, form, times, 3, none, none);
        return;
    }
    bool behind = str_eq(mark, S("%"));
    c->marked |= str_trim(mark).len > 0;
    list_joined(c, form, numbers, n, behind ? none : mark, behind ? mark : none);
    list_joined(c, form + 2, parts, 2, behind ? none : mark, behind ? mark : none);
}

// $1, 5%, 1km, 1 km, 90 min; where the query splits texts 1.2 and 1:10.
static void list_with_words(CastTexts *c, const Str *numbers, size_t n)
{
    const Str none = {0}, parts[] = {STR_LIT("1.5"), STR_LIT("10.25")};
    for (size_t i = 0; i < c->words.len; i++) {
        Str w = c->words.at[i], blank = str_fmt(c->arena, " " STR_FMT, STR_ARG(w));
        size_t form = 100 + 8 * i, few = n < 4 ? n : 4;
        if (!w.len || w.len > WORD_MOST) continue;
        if (!is_mark(w)) {
            list_joined(c, form, numbers, n, none, blank);
            list_joined(c, form + 2, numbers, few, none, w);
            list_joined(c, form + 4, parts, 2, none, w);
            continue;
        }
        if (!c->splits) list_marked(c, form, numbers, n, w);
        for (size_t k = 0; c->splits && k < n; k++)
            add(c, form + 6,
                str_fmt(c->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(numbers[k]), STR_ARG(w),
                        STR_ARG(numbers[n - 1 - k])));
    }
}

void cast_texts_list(CastTexts *c)
{
    const Str none = {0}, parts[] = {STR_LIT("1.5"), STR_LIT("10.25")};
    Str numbers[NUMBERS_MOST];
    size_t n = find_numbers(c, numbers);
    for (size_t i = 0; i < c->words.len && !c->splits; i++)
        c->parts |= str_eq(c->words.at[i], S("-")) || str_eq(c->words.at[i], S("/"));
    if (c->parts || c->dates) list_dates(c);
    if (!c->dates) list_with_words(c, numbers, n);
    if (c->dates || c->splits || c->marked) return;
    list_joined(c, 0, numbers, n, none, none);
    list_joined(c, 2, parts, 2, none, none);
}
