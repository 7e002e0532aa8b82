// calendar_unit: units of time: adding, truncating, counting between moments; intervals.
#include "base/calendar.h"
#include "base/world.h"
#include <math.h>

static const char *const weekdays[] = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                       "FRIDAY", "SATURDAY", "SUNDAY"};

static const struct {
    Str name;
    int months;
    int64_t us;
} rows[] = {
    [UNIT_MICROSECOND] = {STR_LIT("MICROSECOND"), 0, 1},
    [UNIT_MILLISECOND] = {STR_LIT("MILLISECOND"), 0, 1000},
    [UNIT_SECOND] = {STR_LIT("SECOND"), 0, SECOND_US},
    [UNIT_MINUTE] = {STR_LIT("MINUTE"), 0, MINUTE_US},
    [UNIT_HOUR] = {STR_LIT("HOUR"), 0, HOUR_US},
    [UNIT_DAY] = {STR_LIT("DAY"), 0, DAY_US},
    [UNIT_WEEK] = {STR_LIT("WEEK"), 0, 7 * DAY_US},
    [UNIT_MONTH] = {STR_LIT("MONTH"), 1, 0},
    [UNIT_QUARTER] = {STR_LIT("QUARTER"), 3, 0},
    [UNIT_YEAR] = {STR_LIT("YEAR"), 12, 0},
    [UNIT_DECADE] = {STR_LIT("DECADE"), 120, 0},
    [UNIT_CENTURY] = {STR_LIT("CENTURY"), 1200, 0},
    [UNIT_MILLENNIUM] = {STR_LIT("MILLENNIUM"), 12000, 0},
    [UNIT_ISOYEAR] = {STR_LIT("ISOYEAR"), 12, 0},
};

bool unit_read(Str word, Unit *out)
{
    static UnitKind last; // a query asks for the same one row by row
    *out = (Unit){.kind = last};
    if (str_eq(word, rows[last].name)) return true;
    if (str_starts(word, S("WEEK_"))) {
        out->kind = UNIT_WEEK;
        for (int i = 0; i < 7; i++) {
            out->first = i;
            if (str_eq(str_slice(word, 5, word.len), str_from(weekdays[i]))) return true;
        }
        return false;
    }
    for (int i = 0; i <= UNIT_LAST; i++) {
        out->kind = (UnitKind)i;
        if (!str_eq(word, rows[i].name)) continue;
        last = out->kind;
        return true;
    }
    return false;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool add64(int64_t a, int64_t b, int64_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

// --- Months ---

typedef struct {
    int64_t month; // year * 12 + month - 1
    int day;
    int64_t us; // of the day
} Civil;

static Civil civil_of(Moment m)
{
    int64_t days = moment_days(m);
    int y, mo, d;
    date_civil(days, &y, &mo, &d);
    return (Civil){(int64_t)y * 12 + mo - 1, d, m.us - days * DAY_US};
}

static int year_of(int64_t month)
{
    return (int)floor_div(month, 12);
}
static int month_of(int64_t month)
{
    return (int)(month - 12 * floor_div(month, 12)) + 1;
}

static Moment moment_of(Civil c, MomentKind kind) // a day behind the last of its month is the last
{
    int y = year_of(c.month), m = month_of(c.month), last = month_days(y, m);
    int64_t days = date_days(y, m, c.day > last ? last : c.day);
    return (Moment){days * DAY_US + c.us, kind};
}

// --- Adding ---

static Moment time_of_day(int64_t us)
{
    return moment_as((Moment){us, MOMENT_TIME}, MOMENT_TIME);
}

bool moment_plus(Moment m, Interval i, Moment *out)
{
    int64_t days;
    if (m.kind == MOMENT_TIME) {
        *out = time_of_day(m.us + i.us % DAY_US);
        return true;
    }
    enum { MONTHS_MAX = 12 * 10000 };
    const int64_t days_max = MONTHS_MAX * INT64_C(31);
    if (i.months > MONTHS_MAX || i.months < -MONTHS_MAX || i.days > days_max || i.days < -days_max)
        return false;
    *out = m;
    if (i.months) {
        Civil c = civil_of(m);
        c.month += i.months;
        if (c.month < 12 || c.month >= MONTHS_MAX) return false;
        *out = moment_of(c, m.kind);
    }
    days = i.days * DAY_US;
    if (!add64(out->us, days, &out->us) || !add64(out->us, i.us, &out->us)) return false;
    if (m.kind == MOMENT_DATE && i.us % DAY_US != 0) out->kind = MOMENT_TIMESTAMP;
    return moment_in_range(*out);
}

bool interval_of(double n, Unit u, Interval *out)
{
    *out = (Interval){0};
    if (!(fabs(n) < 4e15)) return false; // also what is no number
    if (rows[u.kind].months) {
        double months = n * rows[u.kind].months, whole = trunc(months);
        double days = (months - whole) * 30, whole_days = trunc(days + copysign(1e-9, days));
        out->months = (int64_t)whole;
        out->days = (int64_t)whole_days;
        out->us = (int64_t)round((days - whole_days) * (double)DAY_US);
        if (out->us < 1000 && out->us > -1000) out->us = 0; // a remainder of binary fractions
        return true;
    }
    double us = n * (double)rows[u.kind].us;
    if (!(fabs(us) < 1e18)) return false;
    bool days = u.kind == UNIT_DAY || u.kind == UNIT_WEEK;
    bool whole = n == trunc(n);
    int64_t all = whole ? (int64_t)n * rows[u.kind].us : (int64_t)round(us);
    if (days) {
        out->days = all / DAY_US;
        all %= DAY_US;
    }
    out->us = all;
    return true;
}

int64_t interval_us(Interval i)
{
    return (i.months * 30 + i.days) * DAY_US + i.us;
}

// --- Truncating ---

static int weekday_of(int64_t days)
{
    return (int)(days + 3 - 7 * floor_div(days + 3, 7)); // 1970-01-01 was a Thursday
}

static Moment start_of_iso_year(Moment m)
{
    int64_t days = moment_days(m), thursday = days - weekday_of(days) + 3;
    int y, mo, d;
    date_civil(thursday, &y, &mo, &d);
    int64_t fourth = date_days(y, 1, 4); // is always in week 1
    return (Moment){(fourth - weekday_of(fourth)) * DAY_US, m.kind};
}

static int64_t start_of_months(int64_t month, UnitKind kind)
{
    int64_t size = rows[kind].months;
    // Centuries and millennia start with their first year, 1.
    int64_t shift = kind == UNIT_CENTURY || kind == UNIT_MILLENNIUM ? 12 : 0;
    return floor_div(month - shift, size) * size + shift;
}

Moment moment_trunc(Moment m, Unit u)
{
    if (u.kind == UNIT_ISOYEAR) return start_of_iso_year(m);
    if (u.kind == UNIT_WEEK) {
        int64_t days = moment_days(m);
        int back = (weekday_of(days) - u.first + 7) % 7;
        return (Moment){(days - back) * DAY_US, m.kind};
    }
    if (rows[u.kind].months) {
        int64_t month = start_of_months(civil_of(m).month, u.kind);
        if (month < 0) month = 0;
        return moment_of((Civil){month, 1, 0}, m.kind);
    }
    int64_t size = rows[u.kind].us;
    return (Moment){floor_div(m.us, size) * size, m.kind};
}

Moment moment_next(Moment truncated, Unit u)
{
    if (u.kind == UNIT_ISOYEAR) {
        Moment later = {truncated.us + 53 * 7 * DAY_US, truncated.kind};
        return start_of_iso_year(later);
    }
    if (rows[u.kind].months) {
        Civil c = civil_of(truncated);
        c.month += rows[u.kind].months;
        return moment_of(c, truncated.kind);
    }
    return (Moment){truncated.us + rows[u.kind].us, truncated.kind};
}

// --- Counting ---

static int64_t iso_year_of(Moment m)
{
    return (int64_t)moment_part(m, PART_ISOYEAR);
}

int64_t moment_boundaries(Moment from, Moment to, Unit u)
{
    if (u.kind == UNIT_ISOYEAR) return iso_year_of(to) - iso_year_of(from);
    if (rows[u.kind].months) {
        int64_t a = start_of_months(civil_of(from).month, u.kind);
        int64_t b = start_of_months(civil_of(to).month, u.kind);
        return (b - a) / rows[u.kind].months;
    }
    return (moment_trunc(to, u).us - moment_trunc(from, u).us) / rows[u.kind].us;
}

static bool is_last_day(const Civil *c)
{
    return c->day == month_days(year_of(c->month), month_of(c->month));
}

// A month has passed when the day and the time come round again; `clamped`: the last day of a
// shorter month will do.
static int64_t months_passed(Moment from, Moment to, bool clamped)
{
    if (clamped && to.us < from.us) return -months_passed(to, from, clamped);
    Civil a = civil_of(from), b = civil_of(to);
    int64_t months = b.month - a.month;
    if (clamped && is_last_day(&b) && a.day > b.day) a.day = b.day;
    bool short_of = b.day < a.day || (b.day == a.day && b.us < a.us);
    bool beyond = b.day > a.day || (b.day == a.day && b.us > a.us);
    if (months > 0 && short_of) months--;
    if (months < 0 && beyond) months++;
    return months;
}

int64_t moment_elapsed(Moment from, Moment to, Unit u, bool clamped)
{
    if (rows[u.kind].months) return months_passed(from, to, clamped) / rows[u.kind].months;
    return (to.us - from.us) / rows[u.kind].us;
}

double months_between(Moment a, Moment b)
{
    Civil x = civil_of(a), y = civil_of(b);
    int64_t months = x.month - y.month;
    if (x.day == y.day || (is_last_day(&x) && is_last_day(&y))) return (double)months;
    double days = (double)(x.day - y.day) + (double)(x.us - y.us) / (double)DAY_US;
    return (double)months + days / 31;
}

// Postgres: what is negative borrows from the next higher; days from the month of the earlier one.
Interval moment_age(Moment a, Moment b)
{
    bool back = a.us < b.us;
    Civil x = civil_of(back ? b : a), y = civil_of(back ? a : b);
    int64_t months = x.month - y.month, days = x.day - y.day, us = x.us - y.us;
    if (us < 0) us += DAY_US, days--;
    while (days < 0) {
        days += month_days(year_of(y.month), month_of(y.month));
        months--;
    }
    int64_t sign = back ? -1 : 1;
    return (Interval){sign * months, sign * days, sign * us};
}
