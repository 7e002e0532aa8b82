// fn_date: arithmetic of dates, times and intervals as the dialects mean it.
#include "query/fn_date.h"
#include "query/fn_text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// --- Values ---

Str value_str(sqlite3_value *v)
{
    const unsigned char *text = sqlite3_value_text(v);
    return (Str){(const char *)text, text ? (size_t)sqlite3_value_bytes(v) : 0};
}

Str value_bytes(sqlite3_value *v)
{
    const char *bytes = sqlite3_value_blob(v);
    return (Str){bytes, bytes ? (size_t)sqlite3_value_bytes(v) : 0};
}

static void fail(sqlite3_context *c, const char *fmt, Str text)
{
    char message[200];
    int len = text.len > 60 ? 60 : (int)text.len;
    snprintf(message, sizeof message, fmt, len, text.ptr ? text.ptr : "");
    sqlite3_result_error(c, message, -1);
}

static bool moment_in(sqlite3_context *c, Str text, Moment *out)
{
    if (moment_read(text, out)) return true;
    fail(c, "'%.*s' is not a date or time.", text);
    return false;
}

bool fn_moment(sqlite3_context *c, sqlite3_value *v, Moment *out)
{
    Str text = value_str(v);
    return text.ptr && moment_in(c, text, out);
}

bool fn_unit_of(sqlite3_context *c, sqlite3_value *v, Unit *out)
{
    Str text = value_str(v);
    if (unit_read(text, out)) return true;
    fail(c, "'%.*s' is not a unit of time.", text);
    return false;
}

void fn_result_moment(sqlite3_context *c, Moment m)
{
    char text[MOMENT_TEXT_MAX];
    if (m.kind != MOMENT_TIME && !moment_in_range(m)) {
        sqlite3_result_error(c, "The date is out of range: years go from 1 to 9999.", -1);
        return;
    }
    sqlite3_result_text(c, text, (int)moment_write(m, text), SQLITE_TRANSIENT);
}

void fn_result_number(sqlite3_context *c, double v)
{
    if (v == floor(v) && fabs(v) < 9e15) {
        sqlite3_result_int64(c, (sqlite3_int64)v);
    } else {
        sqlite3_result_double(c, v);
    }
}

// One side of a difference is a constant more often than not: it is read once.
typedef struct {
    char text[MOMENT_TEXT_MAX];
    size_t len;
    Moment moment;
} LastMoment;

static bool moment_again(sqlite3_context *c, Str text, LastMoment *last, Moment *out)
{
    if (text.len == last->len && text.len && memcmp(text.ptr, last->text, text.len) == 0) {
        *out = last->moment;
        return true;
    }
    if (!moment_in(c, text, out)) return false;
    if (text.len > sizeof last->text) return true;
    memcpy(last->text, text.ptr, text.len);
    last->len = text.len;
    last->moment = *out;
    return true;
}

static bool are_moments(sqlite3_context *c, sqlite3_value **v, Moment *a, Moment *b)
{
    static LastMoment last[2];
    Str x = value_str(v[0]), y = value_str(v[1]);
    if (!x.ptr || !y.ptr) return false;
    return moment_again(c, x, &last[0], a) && moment_again(c, y, &last[1], b);
}

// --- Adding ---

static void add_interval(sqlite3_context *c, Moment m, Interval i)
{
    Moment sum;
    if (moment_plus(m, i, &sum)) {
        fn_result_moment(c, sum);
    } else {
        sqlite3_result_error(c, "The date is out of range: years go from 1 to 9999.", -1);
    }
}

static bool amount_of(sqlite3_context *c, sqlite3_value *n, Unit u, Interval *out)
{
    if (interval_of(sqlite3_value_double(n), u, out)) return true;
    sqlite3_result_error(c, "The interval is out of range.", -1);
    return false;
}

static void date_add(sqlite3_context *c, int n, sqlite3_value **v) // unit, amount, time
{
    (void)n;
    Unit u;
    Moment m;
    Interval i;
    if (fn_any_null(3, v) || !fn_unit_of(c, v[0], &u) || !fn_moment(c, v[2], &m)) return;
    if (!amount_of(c, v[1], u, &i)) return;
    // By an hour a date becomes a moment, though it may be midnight again.
    if (m.kind == MOMENT_DATE && u.kind < UNIT_DAY) m.kind = MOMENT_TIMESTAMP;
    add_interval(c, m, i);
}

static bool is_last_day(Moment m)
{
    int year = (int)moment_part(m, PART_YEAR), month = (int)moment_part(m, PART_MONTH);
    return (int)moment_part(m, PART_DAY) == month_days(year, month);
}

static void add_months_end(sqlite3_context *c, int n, sqlite3_value **v) // time, months
{
    (void)n;
    Moment m, sum;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &m)) return;
    Interval i = {.months = (int64_t)round(sqlite3_value_double(v[1]))};
    bool last = is_last_day(m);
    if (!moment_plus(m, i, &sum)) {
        add_interval(c, m, i); // says so
        return;
    }
    if (last) {
        int year = (int)moment_part(sum, PART_YEAR), month = (int)moment_part(sum, PART_MONTH);
        sum.us += (month_days(year, month) - (int64_t)moment_part(sum, PART_DAY)) * DAY_US;
    }
    fn_result_moment(c, sum);
}

// --- Differences ---

static void time_minus(sqlite3_context *c, int n, sqlite3_value **v) // microseconds of a - b
{
    (void)n;
    Moment a, b;
    if (are_moments(c, v, &a, &b)) sqlite3_result_int64(c, a.us - b.us);
}

static void date_diff(sqlite3_context *c, int n, sqlite3_value **v) // unit, from, to
{
    (void)n;
    Moment a, b;
    Unit u;
    if (!are_moments(c, v + 1, &a, &b) || !fn_unit_of(c, v[0], &u)) return;
    sqlite3_result_int64(c, moment_boundaries(a, b, u));
}

static void elapsed(sqlite3_context *c, sqlite3_value **v, bool clamped)
{
    Moment a, b;
    Unit u;
    if (!are_moments(c, v + 1, &a, &b) || !fn_unit_of(c, v[0], &u)) return;
    sqlite3_result_int64(c, moment_elapsed(a, b, u, clamped));
}
static void date_elapsed(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    elapsed(c, v, false);
}
static void date_elapsed_clamped(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    elapsed(c, v, true);
}

static void between_months(sqlite3_context *c, int n, sqlite3_value **v) // a, b, digits
{
    (void)n;
    Moment a, b;
    if (!are_moments(c, v, &a, &b)) return;
    double scale = pow(10, sqlite3_value_double(v[2]));
    sqlite3_result_double(c, round(months_between(a, b) * scale) / scale);
}

// --- Truncating and parts ---

// Does `s` look like `shape`, which has a 0 where there may be any digit?
static bool has_shape(Str s, const char *shape)
{
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if (shape[i] == '0' ? !digit : s.ptr[i] != shape[i]) return false;
    }
    return true;
}

static int two_digits(const char *s)
{
    return (s[0] - '0') * 10 + s[1] - '0';
}

// YYYY-MM-DD and YYYY-MM-DD hh:mm:ss are truncated as they are written: no calendar is asked, but
// for what may be no day or no time.
static bool trunc_written(sqlite3_context *c, Str s, UnitKind unit)
{
    enum { DAY_LEN = 10, TIME_LEN = 19, DAY_SURE = 28 };
    static const char shape[] = "0000-00-00 00:00:00", least[] = "0000-01-01 00:00:00";
    static const uint8_t kept[UNIT_LAST + 1] = {
        [UNIT_YEAR] = 4, [UNIT_MONTH] = 7, [UNIT_DAY] = 10, [UNIT_HOUR] = 13, [UNIT_MINUTE] = 16};
    size_t keep = kept[unit];
    if (!keep || (s.len != TIME_LEN && (s.len != DAY_LEN || keep > DAY_LEN))) return false;
    if (!has_shape(s, shape) || s.ptr[0] == '0') return false;
    int month = two_digits(s.ptr + 5), day = two_digits(s.ptr + 8);
    if (month < 1 || month > 12 || day < 1 || day > DAY_SURE) return false;
    if (s.len == TIME_LEN &&
        (two_digits(s.ptr + 11) > 23 || two_digits(s.ptr + 14) > 59 || two_digits(s.ptr + 17) > 59))
        return false;
    char out[sizeof least];
    memcpy(out, least, sizeof out);
    memcpy(out, s.ptr, keep);
    sqlite3_result_text(c, out, (int)s.len, SQLITE_TRANSIENT);
    return true;
}

static void date_trunc(sqlite3_context *c, int n, sqlite3_value **v) // unit, time
{
    (void)n;
    Unit u;
    Moment m;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[0], &u)) return;
    if (trunc_written(c, value_str(v[1]), u.kind) || !fn_moment(c, v[1], &m)) return;
    fn_result_moment(c, moment_trunc(m, u));
}

static void date_ceil(sqlite3_context *c, int n, sqlite3_value **v) // unit, time
{
    (void)n;
    Unit u;
    Moment m;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[0], &u) || !fn_moment(c, v[1], &m)) return;
    Moment start = moment_trunc(m, u);
    fn_result_moment(c, start.us == m.us ? m : moment_next(start, u));
}

static void last_day(sqlite3_context *c, int n, sqlite3_value **v) // unit, time
{
    (void)n;
    Unit u;
    Moment m;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[0], &u) || !fn_moment(c, v[1], &m)) return;
    Moment next = moment_next(moment_trunc(m, u), u);
    next.us -= DAY_US;
    fn_result_moment(c, moment_as(next, MOMENT_DATE));
}

bool fn_part_of(sqlite3_context *c, sqlite3_value *v, TimePart *out)
{
    Str text = value_str(v);
    if (part_read(text, out)) return true;
    fail(c, "'%.*s' is not a part of a date or time.", text);
    return false;
}

static void date_part(sqlite3_context *c, int n, sqlite3_value **v) // part, time
{
    (void)n;
    TimePart p;
    Moment m;
    if (fn_any_null(2, v) || !fn_part_of(c, v[0], &p) || !fn_moment(c, v[1], &m)) return;
    fn_result_number(c, moment_part(m, p));
}

static const QueryFn rows[] = {
    {.name = "gr_add_months_end", .args = 2, .call = add_months_end},
    {.name = "gr_date_add", .args = 3, .call = date_add},
    {.name = "gr_date_ceil", .args = 2, .call = date_ceil},
    {.name = "gr_date_diff", .args = 3, .call = date_diff},
    {.name = "gr_date_elapsed", .args = 3, .call = date_elapsed},
    {.name = "gr_date_elapsed_clamped", .args = 3, .call = date_elapsed_clamped},
    {.name = "gr_date_part", .args = 2, .call = date_part},
    {.name = "gr_date_trunc", .args = 2, .call = date_trunc},
    {.name = "gr_last_day", .args = 2, .call = last_day},
    {.name = "gr_months_between", .args = 3, .call = between_months},
    {.name = "gr_time_minus", .args = 2, .call = time_minus},
};
const QueryFns fn_dates = {rows, sizeof rows / sizeof *rows};
