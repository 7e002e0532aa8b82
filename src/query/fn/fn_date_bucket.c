// fn_date_bucket: windows of time and the next weekday.
#include "query/fn_interval.h"

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

// --- Buckets of a width, counted from an origin ---

static void date_bin(sqlite3_context *c, int n, sqlite3_value **v) // width, time[, origin]
{
    Moment m, origin = {0};
    if (fn_any_null(n, v)) return;
    Interval each;
    if (!fn_interval(v[0], &each)) return;
    int64_t width = interval_us(each);
    if (width <= 0) {
        sqlite3_result_error(c, "The width of a bucket of time is more than nothing.", -1);
        return;
    }
    if (!fn_moment(c, v[1], &m) || (n > 2 && !fn_moment(c, v[2], &origin))) return;
    // DuckDB counts from Monday 2000-01-03, so that weeks are weeks.
    if (n < 3 && !moment_of_day(2000, 1, 3, &origin)) return;
    m.us = floor_div(m.us - origin.us, width) * width + origin.us;
    m.kind = MOMENT_TIMESTAMP;
    fn_result_moment(c, m);
}

// Months since 1970-01.
static int64_t months_of(Moment m)
{
    return ((int64_t)moment_part(m, PART_YEAR) - 1970) * 12 + (int64_t)moment_part(m, PART_MONTH) -
           1;
}

static Moment start_of_slice(Moment m, int64_t amount, Unit u)
{
    Moment epoch = {0, m.kind}, first;
    Interval month;
    if (u.kind >= UNIT_MONTH && interval_of(1, u, &month)) {
        int64_t size = amount * month.months;
        int64_t months = floor_div(months_of(m), size) * size;
        return moment_plus(epoch, (Interval){.months = months}, &first) ? first : epoch;
    }
    if (u.kind == UNIT_WEEK) epoch = moment_trunc(epoch, u);
    int64_t size = amount * (moment_next(moment_trunc(epoch, u), u).us - moment_trunc(epoch, u).us);
    return (Moment){floor_div(m.us - epoch.us, size) * size + epoch.us, m.kind};
}

static void time_slice(sqlite3_context *c, int n, sqlite3_value **v) // amount, unit, time, end
{
    (void)n;
    Unit u;
    Moment m, end;
    Interval i;
    if (fn_any_null(4, v) || !fn_unit_of(c, v[1], &u) || !fn_moment(c, v[2], &m)) return;
    int64_t amount = sqlite3_value_int64(v[0]);
    if (amount < 1 || amount > 1000000) {
        sqlite3_result_error(c, "The length of a slice of time is a positive number.", -1);
        return;
    }
    m = start_of_slice(m, amount, u);
    Str word = value_str(v[3]);
    bool wants_end = word.len == 3 && (word.ptr[0] | 0x20) == 'e';
    if (wants_end && interval_of((double)amount, u, &i) && moment_plus(m, i, &end)) m = end;
    fn_result_moment(c, m);
}

// --- Weekdays ---

static int weekday_named(Str word) // 0 = Monday; -1 = none
{
    static const char *const starts[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    for (int i = 0; i < 7 && word.len >= 2; i++) {
        if (sqlite3_strnicmp(word.ptr, starts[i], 2) == 0) return i;
    }
    return -1;
}

// The nearest day of that name behind the date, or before it.
static void near_weekday(sqlite3_context *c, sqlite3_value **v, bool next)
{
    Moment m;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &m)) return;
    int wanted = weekday_named(value_str(v[1])), is = (int)moment_part(m, PART_DOW_MONDAY_0);
    if (wanted < 0) return; // NULL
    int days = next ? (wanted - is + 6) % 7 + 1 : -((is - wanted + 6) % 7 + 1);
    m = moment_as(m, MOMENT_DATE);
    m.us += days * DAY_US;
    fn_result_moment(c, m);
}
static void next_day(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    near_weekday(c, v, true);
}
static void previous_day(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    near_weekday(c, v, false);
}

// --- MySQL's periods: 202401 ---

static int64_t months_of_period(int64_t period)
{
    int64_t year = period / 100;
    if (year < 100) year += year < 70 ? 2000 : 1900;
    return year * 12 + period % 100 - 1;
}

static void period_add(sqlite3_context *c, int n, sqlite3_value **v) // period, months
{
    (void)n;
    if (fn_any_null(2, v)) return;
    int64_t months = months_of_period(sqlite3_value_int64(v[0])) + sqlite3_value_int64(v[1]);
    sqlite3_result_int64(c, months / 12 * 100 + months % 12 + 1);
}

static void period_diff(sqlite3_context *c, int n, sqlite3_value **v) // a, b
{
    (void)n;
    if (fn_any_null(2, v)) return;
    sqlite3_result_int64(c, months_of_period(sqlite3_value_int64(v[0])) -
                                months_of_period(sqlite3_value_int64(v[1])));
}

static const QueryFn rows[] = {
    {.name = "gr_date_bin", .args = -1, .call = date_bin},
    {.name = "gr_next_day", .args = 2, .call = next_day},
    {.name = "gr_period_add", .args = 2, .call = period_add},
    {.name = "gr_period_diff", .args = 2, .call = period_diff},
    {.name = "gr_previous_day", .args = 2, .call = previous_day},
    {.name = "gr_time_slice", .args = 4, .call = time_slice},
};
const QueryFns fn_date_buckets = {rows, sizeof rows / sizeof *rows};
