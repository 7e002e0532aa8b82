// calendar_part: the parts of a moment, weeks by every count, and intervals as text.
#include "base/calendar.h"
#include "base/world.h"
#include <math.h>
#include <string.h>

static const Str names[] = {
    [PART_MICROSECOND] = STR_LIT("MICROSECOND"),
    [PART_MILLISECOND] = STR_LIT("MILLISECOND"),
    [PART_MILLISECOND_WHOLE] = STR_LIT("MILLISECOND_WHOLE"),
    [PART_MICROSECOND_OF_SECOND] = STR_LIT("MICROSECOND_OF_SECOND"),
    [PART_MILLISECOND_OF_SECOND] = STR_LIT("MILLISECOND_OF_SECOND"),
    [PART_SECOND] = STR_LIT("SECOND"),
    [PART_SECOND_EXACT] = STR_LIT("SECOND_EXACT"),
    [PART_MINUTE] = STR_LIT("MINUTE"),
    [PART_HOUR] = STR_LIT("HOUR"),
    [PART_DAY] = STR_LIT("DAY"),
    [PART_MONTH] = STR_LIT("MONTH"),
    [PART_QUARTER] = STR_LIT("QUARTER"),
    [PART_YEAR] = STR_LIT("YEAR"),
    [PART_DECADE] = STR_LIT("DECADE"),
    [PART_CENTURY] = STR_LIT("CENTURY"),
    [PART_MILLENNIUM] = STR_LIT("MILLENNIUM"),
    [PART_DOY] = STR_LIT("DOY"),
    [PART_DOW_MONDAY_0] = STR_LIT("DOW_MONDAY_0"),
    [PART_DOW_MONDAY_1] = STR_LIT("DOW_MONDAY_1"),
    [PART_DOW_SUNDAY_0] = STR_LIT("DOW_SUNDAY_0"),
    [PART_DOW_SUNDAY_1] = STR_LIT("DOW_SUNDAY_1"),
    [PART_WEEK_0] = STR_LIT("WEEK_0"),
    [PART_WEEK_1] = STR_LIT("WEEK_1"),
    [PART_WEEK_2] = STR_LIT("WEEK_2"),
    [PART_WEEK_3] = STR_LIT("WEEK"),
    [PART_WEEK_4] = STR_LIT("WEEK_4"),
    [PART_WEEK_5] = STR_LIT("WEEK_5"),
    [PART_WEEK_6] = STR_LIT("WEEK_6"),
    [PART_WEEK_7] = STR_LIT("WEEK_7"),
    [PART_ISOYEAR] = STR_LIT("ISOYEAR"),
    [PART_YEARWEEK_2] = STR_LIT("YEARWEEK"),
    [PART_YEARWEEK_3] = STR_LIT("YEARWEEK_ISO"),
    [PART_YEARWEEK_6] = STR_LIT("YEARWEEK_6"),
    [PART_YEARWEEK_7] = STR_LIT("YEARWEEK_7"),
    [PART_YEARMONTH] = STR_LIT("YEARMONTH"),
    [PART_EPOCH] = STR_LIT("EPOCH"),
    [PART_EPOCH_SECOND] = STR_LIT("EPOCH_SECOND"),
    [PART_EPOCH_MILLISECOND] = STR_LIT("EPOCH_MILLISECOND"),
    [PART_EPOCH_MICROSECOND] = STR_LIT("EPOCH_MICROSECOND"),
    [PART_EPOCH_DAY] = STR_LIT("EPOCH_DAY"),
    [PART_DAYS_OF_MYSQL] = STR_LIT("DAYS_OF_MYSQL"),
    [PART_SECONDS_OF_MYSQL] = STR_LIT("SECONDS_OF_MYSQL"),
    [PART_SECONDS_OF_DAY] = STR_LIT("SECONDS_OF_DAY"),
    [PART_JULIAN] = STR_LIT("JULIAN"),
};

bool part_read(Str word, TimePart *out)
{
    static TimePart last; // a query asks for the same one row by row
    *out = last;
    if (str_eq(word, names[last])) return true;
    for (int i = 0; i <= PART_LAST; i++) {
        *out = (TimePart)i;
        if (!str_eq(word, names[i])) continue;
        last = *out;
        return true;
    }
    return false;
}

// --- Weeks ---

typedef struct {
    int year, week;
} Week;

typedef struct {
    bool sunday;     // the week starts on Sunday, not Monday
    bool four;       // week 1 has four days or more, not: starts in the year
    bool never_zero; // days before week 1 are of the last week of the year before
} WeekRule;
static const WeekRule rules[] = {
    {true, false, false}, {false, true, false},  {true, false, true}, {false, true, true},
    {true, true, false},  {false, false, false}, {true, true, true},  {false, false, true},
};

static int weekday_from(int64_t days, bool sunday) // 0 = the first of the week
{
    int monday = date_weekday(days);
    return sunday ? (monday + 1) % 7 : monday;
}

static int64_t first_week(int year, const WeekRule *r) // the day on which week 1 starts
{
    int64_t first = date_days(year, 1, 1);
    int weekday = weekday_from(first, r->sunday);
    if (r->four) return weekday <= 3 ? first - weekday : first + 7 - weekday;
    return weekday == 0 ? first : first + 7 - weekday;
}

static Week week_of(int64_t days, int year, const WeekRule *r)
{
    int64_t start = first_week(year, r);
    if (days < start) {
        if (!r->never_zero) return (Week){year, 0};
        return (Week){year - 1, (int)((days - first_week(year - 1, r)) / 7) + 1};
    }
    // Of the next year, where its week 1 has begun. Counts with a week 0 stay in their year.
    if (r->never_zero && days >= first_week(year + 1, r)) return (Week){year + 1, 1};
    return (Week){year, (int)((days - start) / 7) + 1};
}

// --- Parts ---

static double day_part(int64_t days, TimePart p)
{
    int y, m, d;
    date_civil(days, &y, &m, &d);
    Week iso;
    switch (p) {
    case PART_DAY:
        return d;
    case PART_MONTH:
        return m;
    case PART_QUARTER:
        return (m + 2) / 3;
    case PART_YEAR:
        return y;
    case PART_DECADE:
        return floor(y / 10.0);
    case PART_CENTURY:
        return (y + 99) / 100;
    case PART_MILLENNIUM:
        return (y + 999) / 1000;
    case PART_YEARMONTH:
        return y * 100 + m;
    case PART_DOY:
        return (double)(days - date_days(y, 1, 1) + 1);
    case PART_DOW_MONDAY_0:
        return date_weekday(days);
    case PART_DOW_MONDAY_1:
        return date_weekday(days) + 1;
    case PART_DOW_SUNDAY_0:
        return weekday_from(days, true);
    case PART_DOW_SUNDAY_1:
        return weekday_from(days, true) + 1;
    case PART_ISOYEAR:
        return week_of(days, y, &rules[3]).year;
    case PART_YEARWEEK_2:
    case PART_YEARWEEK_3:
    case PART_YEARWEEK_6:
    case PART_YEARWEEK_7:
        iso = week_of(days, y,
                      &rules[p == PART_YEARWEEK_2   ? 2
                             : p == PART_YEARWEEK_3 ? 3
                             : p == PART_YEARWEEK_6 ? 6
                                                    : 7]);
        return iso.year * 100 + iso.week;
    default:
        break;
    }
    if (p >= PART_WEEK_0 && p <= PART_WEEK_7) return week_of(days, y, &rules[p - PART_WEEK_0]).week;
    return (double)days;
}

static double floor_real(int64_t a, int64_t b)
{
    return (double)(a / b - (a % b < 0));
}

double moment_part(Moment m, TimePart p)
{
    int64_t days = moment_days(m), us = m.us - days * DAY_US;
    switch (p) {
    case PART_MICROSECOND:
        return (double)(us % MINUTE_US);
    case PART_MILLISECOND:
        return (double)(us % MINUTE_US) / 1000;
    case PART_MILLISECOND_WHOLE:
        return (double)(us % MINUTE_US / 1000);
    case PART_MICROSECOND_OF_SECOND:
        return (double)(us % SECOND_US);
    case PART_MILLISECOND_OF_SECOND:
        return (double)(us % SECOND_US / 1000);
    case PART_SECONDS_OF_DAY:
        return (double)(us / SECOND_US);
    case PART_DAYS_OF_MYSQL:
        return (double)days + 719528;
    case PART_SECONDS_OF_MYSQL:
        return ((double)days + 719528) * 86400 + (double)(us / SECOND_US);
    case PART_SECOND:
        return (double)(us % MINUTE_US / SECOND_US);
    case PART_SECOND_EXACT:
        return (double)(us % MINUTE_US) / (double)SECOND_US;
    case PART_MINUTE:
        return (double)(us % HOUR_US / MINUTE_US);
    case PART_HOUR:
        return (double)(us / HOUR_US);
    case PART_EPOCH:
        return (double)m.us / (double)SECOND_US;
    case PART_EPOCH_SECOND:
        return floor_real(m.us, SECOND_US);
    case PART_EPOCH_MILLISECOND:
        return floor_real(m.us, 1000);
    case PART_EPOCH_MICROSECOND:
        return (double)m.us;
    case PART_JULIAN:
        return (double)days + 2440588;
    default:
        return day_part(days, p);
    }
}

// --- Intervals as text ---

typedef struct {
    Str rest;
} Words;

static bool next_word(Words *w, Str *word)
{
    w->rest = str_trim(w->rest);
    size_t n = 0;
    while (n < w->rest.len && w->rest.ptr[n] != ' ' && w->rest.ptr[n] != ',') n++;
    *word = str_slice(w->rest, 0, n);
    w->rest = str_slice(w->rest, n < w->rest.len && w->rest.ptr[n] == ',' ? n + 1 : n, w->rest.len);
    return n > 0;
}

static const struct {
    const char *name;
    UnitKind kind;
} unit_words[] = {
    {"us", UNIT_MICROSECOND},
    {"usec", UNIT_MICROSECOND},
    {"microsecond", UNIT_MICROSECOND},
    {"ms", UNIT_MILLISECOND},
    {"msec", UNIT_MILLISECOND},
    {"millisecond", UNIT_MILLISECOND},
    {"s", UNIT_SECOND},
    {"sec", UNIT_SECOND},
    {"second", UNIT_SECOND},
    {"m", UNIT_MINUTE},
    {"min", UNIT_MINUTE},
    {"minute", UNIT_MINUTE},
    {"h", UNIT_HOUR},
    {"hr", UNIT_HOUR},
    {"hour", UNIT_HOUR},
    {"d", UNIT_DAY},
    {"day", UNIT_DAY},
    {"w", UNIT_WEEK},
    {"week", UNIT_WEEK},
    {"mon", UNIT_MONTH},
    {"month", UNIT_MONTH},
    {"mm", UNIT_MONTH},
    {"quarter", UNIT_QUARTER},
    {"qtr", UNIT_QUARTER},
    {"y", UNIT_YEAR},
    {"yr", UNIT_YEAR},
    {"year", UNIT_YEAR},
    {"decade", UNIT_DECADE},
    {"century", UNIT_CENTURY},
    {"centurie", UNIT_CENTURY},
    {"millennium", UNIT_MILLENNIUM},
    {"millennia", UNIT_MILLENNIUM},
};

static bool read_unit_word(Str word, Unit *out)
{
    *out = (Unit){0};
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        Str name = str_from(unit_words[i].name);
        bool plural = word.len == name.len + 1 && (word.ptr[word.len - 1] | 0x20) == 's';
        out->kind = unit_words[i].kind;
        if (str_eq_nocase(plural ? str_slice(word, 0, name.len) : word, name)) return true;
    }
    return false;
}

static bool add(Interval *sum, Interval i)
{
    const int64_t most = INT64_C(1000000000000000000);
    sum->months += i.months;
    sum->days += i.days;
    sum->us += i.us;
    return sum->us < most && sum->us > -most && sum->days < most / DAY_US &&
           sum->days > -most / DAY_US && sum->months < 1000000 && sum->months > -1000000;
}

// [-]hh:mm[:ss[.f]]; the hours may be many.
static bool add_clock(Interval *sum, Str word)
{
    bool minus = str_starts(word, S("-"));
    if (minus || str_starts(word, S("+"))) word = str_slice(word, 1, word.len);
    Str h, m, s = S("0");
    double hours, minutes, seconds;
    if (!str_cut(word, ':', &h, &m)) return false;
    Str rest;
    if (str_cut(m, ':', &m, &rest)) s = rest;
    if (!str_to_f64(h, &hours) || !str_to_f64(m, &minutes) || !str_to_f64(s, &seconds))
        return false;
    if (hours < 0 || minutes < 0 || minutes >= 60 || seconds < 0 || seconds >= 60 || hours > 1e6)
        return false;
    int64_t us = (int64_t)hours * HOUR_US + (int64_t)minutes * MINUTE_US +
                 (int64_t)round(seconds * (double)SECOND_US);
    return add(sum, (Interval){.us = minus ? -us : us});
}

// [-]years-months
static bool add_years_months(Interval *sum, Str word)
{
    bool minus = str_starts(word, S("-"));
    Str y, m;
    int64_t years, months;
    if (!str_cut(minus ? str_slice(word, 1, word.len) : word, '-', &y, &m)) return false;
    if (!str_to_i64(y, &years) || !str_to_i64(m, &months) || months < 0 || months > 11)
        return false;
    if (years < 0 || years > 10000) return false;
    return add(sum, (Interval){.months = (minus ? -1 : 1) * (years * 12 + months)});
}

static bool add_amount(Interval *sum, Str amount, Str unit)
{
    double n;
    Unit u;
    Interval i;
    if (!str_to_f64(amount, &n) || !read_unit_word(unit, &u) || !interval_of(n, u, &i))
        return false;
    return add(sum, i);
}

// P1Y2M3DT4H5M6S
static bool read_iso(Str text, Interval *out)
{
    bool time = false;
    size_t i = 1, start = 1;
    for (; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == 'T') {
            time = true;
            start = i + 1;
            continue;
        }
        if ((c >= '0' && c <= '9') || c == '.' || c == '-') continue;
        Str amount = str_slice(text, start, i);
        Str unit = c == 'M' ? (time ? S("minute") : S("month")) : str_slice(text, i, i + 1);
        if (!add_amount(out, amount, unit)) return false;
        start = i + 1;
    }
    return text.len > 2 && start == text.len;
}

// 3days: an amount and its unit without a space between.
static size_t digits_of(Str word)
{
    size_t n = 0;
    while (n < word.len && (word.ptr[n] == '-' || word.ptr[n] == '+' || word.ptr[n] == '.' ||
                            (word.ptr[n] >= '0' && word.ptr[n] <= '9')))
        n++;
    return n;
}

static bool read_words(Str text, Interval *sum)
{
    Words w = {text};
    Str word, unit;
    char below[40]; // '1 month - 1 day'
    bool minus = false;
    while (next_word(&w, &word)) {
        if (str_eq(word, S("-")) || str_eq(word, S("+"))) {
            if (minus || !str_trim(w.rest).len) return false;
            minus = str_eq(word, S("-"));
            continue;
        }
        if (minus) {
            if (word.len + 2 > sizeof below || word.ptr[0] < '0' || word.ptr[0] > '9') return false;
            below[0] = '-';
            memcpy(below + 1, word.ptr, word.len);
            word = (Str){below, word.len + 1};
            minus = false;
        }
        if (add_clock(sum, word) || add_years_months(sum, word)) continue;
        size_t n = digits_of(word);
        bool joined = n > 0 && n < word.len;
        unit = str_slice(word, n, word.len);
        Words before = w;
        if (!joined && !next_word(&w, &unit)) unit = S("second"); // '90': seconds
        if (!joined && str_find(unit, S(":"), NULL)) {            // '1 02:30:00': days and a clock
            w = before;
            unit = S("day");
        }
        if (!add_amount(sum, str_slice(word, 0, n), unit)) return false;
    }
    return true;
}

bool interval_read(Str text, Interval *out)
{
    text = str_trim(text);
    *out = (Interval){0};
    if (str_starts(text, S("P"))) return read_iso(text, out);
    if (str_starts(text, S("@"))) text = str_trim(str_slice(text, 1, text.len));
    bool ago = text.len > 4 && str_eq_nocase(str_slice(text, text.len - 4, text.len), S(" ago"));
    if (ago) text = str_slice(text, 0, text.len - 4);
    if (!text.len || !read_words(text, out)) return false;
    if (ago) *out = (Interval){-out->months, -out->days, -out->us};
    return true;
}
