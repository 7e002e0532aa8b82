// fn_moment: dates, times and timestamps from other values: casts, numbers, parts.
#include "query/fn_date.h"
#include <math.h>
#include <stdio.h>

static const char *const names[] = {
    [MOMENT_DATE] = "date", [MOMENT_TIMESTAMP] = "timestamp", [MOMENT_TIME] = "time"};

// --- Casts: (value, place), and those that give NULL: (value) ---

static bool convert(sqlite3_value *v, MomentKind kind, Moment *out)
{
    if (!moment_read(value_str(v), out)) return false;
    if (out->kind == MOMENT_TIME && kind != MOMENT_TIME) return false;
    if (out->kind == MOMENT_DATE && kind == MOMENT_TIME) return false;
    *out = moment_as(*out, kind);
    return true;
}

static void cast(sqlite3_context *c, sqlite3_value **v, MomentKind kind, bool fails)
{
    Moment m;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (convert(v[0], kind, &m)) {
        fn_result_moment(c, m);
    } else if (fails) {
        Str text = value_str(v[0]);
        fn_fail(c, v[1], "'%.*s' is not a %s.", text.len > 60 ? 60 : (int)text.len, text.ptr,
                names[kind]);
    }
}

static void to_date(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_DATE, true);
}
static void to_timestamp(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_TIMESTAMP, true);
}
static void to_time(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_TIME, true);
}
static void try_date(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_DATE, false);
}
static void try_timestamp(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_TIMESTAMP, false);
}
static void try_time(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    cast(c, v, MOMENT_TIME, false);
}

// A text as what it is: a date stays one, as MySQL's DATE_ADD leaves it.
static void try_moment(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Moment m;
    if (moment_read(value_str(v[0]), &m) && m.kind != MOMENT_TIME) fn_result_moment(c, m);
}

// --- From numbers ---

static void from_epoch(sqlite3_context *c, int n, sqlite3_value **v) // unit, number
{
    (void)n;
    Unit u;
    Interval i;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[0], &u)) return;
    if (!interval_of(sqlite3_value_double(v[1]), u, &i)) {
        sqlite3_result_error(c, "The time is out of range.", -1);
        return;
    }
    fn_result_moment(c, (Moment){interval_us(i), MOMENT_TIMESTAMP});
}

static bool day_of(sqlite3_value **v, int64_t *days, bool rolls)
{
    int64_t y = sqlite3_value_int64(v[0]), m = sqlite3_value_int64(v[1]),
            d = sqlite3_value_int64(v[2]);
    bool far = y < 1 || y > 9999 || m < -100000 || m > 100000 || d < -4000000 || d > 4000000;
    if (far) return false;
    bool there = m >= 1 && m <= 12 && d >= 1 && d <= month_days((int)y, (int)m);
    if (!there && !rolls) return false;
    Moment first, day;
    if (!moment_of_day(y, 1, 1, &first)) return false;
    if (!moment_plus(first, (Interval){.months = m - 1, .days = d - 1}, &day)) return false;
    *days = moment_days(day);
    return true;
}

// year, month, day[, place]: with a place a day that does not exist is an error, without it is
// NULL.
static void make_date(sqlite3_context *c, int n, sqlite3_value **v)
{
    int64_t days;
    if (fn_any_null(3, v)) return;
    if (day_of(v, &days, false)) {
        fn_result_moment(c, (Moment){days * DAY_US, MOMENT_DATE});
    } else if (n > 3) {
        fn_fail(c, v[3], "There is no day %lld-%02lld-%02lld.", sqlite3_value_int64(v[0]),
                sqlite3_value_int64(v[1]), sqlite3_value_int64(v[2]));
    }
}

static void roll_date(sqlite3_context *c, int n, sqlite3_value **v) // month 13 is the next January
{
    (void)n;
    int64_t days;
    if (fn_any_null(3, v)) return;
    if (day_of(v, &days, true)) {
        fn_result_moment(c, (Moment){days * DAY_US, MOMENT_DATE});
    } else {
        sqlite3_result_error(c, "The date is out of range: years go from 1 to 9999.", -1);
    }
}

static void make_time(sqlite3_context *c, int n, sqlite3_value **v) // hour, minute, second
{
    (void)n;
    if (fn_any_null(3, v)) return;
    int64_t h = sqlite3_value_int64(v[0]), m = sqlite3_value_int64(v[1]);
    double s = sqlite3_value_double(v[2]);
    if (h < 0 || h > 23 || m < 0 || m > 59 || !(s >= 0 && s < 60)) {
        sqlite3_result_error(c, "There is no such time of day.", -1);
        return;
    }
    int64_t us = h * HOUR_US + m * MINUTE_US + (int64_t)round(s * (double)SECOND_US);
    fn_result_moment(c, (Moment){us, MOMENT_TIME});
}

// hour, minute, second[, nanosecond]: 100 minutes are 01:40:00, and a day begins again.
static void roll_time(sqlite3_context *c, int n, sqlite3_value **v)
{
    if (fn_any_null(n, v)) return;
    double us = (sqlite3_value_double(v[0]) * 3600 + sqlite3_value_double(v[1]) * 60 +
                 sqlite3_value_double(v[2])) *
                    1e6 +
                (n > 3 ? trunc(sqlite3_value_double(v[3]) / 1000) : 0);
    if (!(fabs(us) < 9e15)) {
        sqlite3_result_error(c, "There is no such time of day.", -1);
        return;
    }
    int64_t of_day = (int64_t)us % DAY_US;
    fn_result_moment(c, (Moment){of_day < 0 ? of_day + DAY_US : of_day, MOMENT_TIME});
}

// year, month, day, hour, minute, second
static void make_timestamp(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    int64_t days;
    if (fn_any_null(6, v)) return;
    if (!day_of(v, &days, false)) {
        sqlite3_result_error(c, "There is no such day.", -1);
        return;
    }
    double s = sqlite3_value_double(v[5]);
    int64_t us =
        sqlite3_value_int64(v[3]) % 1000 * HOUR_US + sqlite3_value_int64(v[4]) % 100000 * MINUTE_US;
    if (!(fabs(s) < 1e9)) return;
    us += (int64_t)round(s * (double)SECOND_US);
    fn_result_moment(c, (Moment){days * DAY_US + us, MOMENT_TIMESTAMP});
}

// Microseconds as MySQL's TIME, which goes beyond a day: 25:00:00, -01:30:00.5.
static void clock_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    int64_t us = sqlite3_value_int64(v[0]);
    uint64_t all = us < 0 ? 0 - (uint64_t)us : (uint64_t)us, s = all / SECOND_US;
    char text[64];
    int len = snprintf(text, sizeof text, "%s%02llu:%02u:%02u", us < 0 ? "-" : "",
                       (unsigned long long)(s / 3600), (unsigned)(s / 60 % 60), (unsigned)(s % 60));
    unsigned rest = (unsigned)(all % SECOND_US);
    if (rest) len += snprintf(text + len, sizeof text - (size_t)len, ".%06u", rest);
    while (rest && text[len - 1] == '0') len--;
    sqlite3_result_text(c, text, len, SQLITE_TRANSIENT);
}

static const QueryFn rows[] = {
    {.name = "gr_clock", .args = 1, .call = clock_text},
    {.name = "gr_from_epoch", .args = 2, .call = from_epoch},
    {.name = "gr_make_date", .args = -1, .call = make_date},
    {.name = "gr_make_time", .args = 3, .call = make_time},
    {.name = "gr_make_timestamp", .args = 6, .call = make_timestamp},
    {.name = "gr_roll_date", .args = 3, .call = roll_date},
    {.name = "gr_roll_time", .args = 3, .most = 4, .call = roll_time},
    {.name = "gr_to_date", .args = 2, .call = to_date},
    {.name = "gr_to_time", .args = 2, .call = to_time},
    {.name = "gr_to_timestamp", .args = 2, .call = to_timestamp},
    {.name = "gr_try_date", .args = 1, .call = try_date},
    {.name = "gr_try_moment", .args = 1, .call = try_moment},
    {.name = "gr_try_time", .args = 1, .call = try_time},
    {.name = "gr_try_timestamp", .args = 1, .call = try_timestamp},
};
const QueryFns fn_moments = {rows, sizeof rows / sizeof *rows};
