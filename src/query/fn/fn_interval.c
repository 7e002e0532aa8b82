// fn_interval: intervals as values, in either of their two forms (base/interval.h): made, added,
// scaled, taken apart, written as each engine does, summed.
#include "query/fn_interval.h"
#include "query/fn_text.h"
#include <math.h>
#include <string.h>

// --- Values ---

bool fn_interval(sqlite3_value *v, Interval *out)
{
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
        *out = interval_of_us(sqlite3_value_int64(v));
        return true;
    case SQLITE_TEXT:
        return interval_decode(value_str(v), out);
    default:
        return false;
    }
}

void fn_result_interval(sqlite3_context *c, Interval i)
{
    char code[INTERVAL_CODE_MAX];
    sqlite3_result_text(c, code, (int)interval_encode(i, code), SQLITE_TRANSIENT);
}

static void result_in_range(sqlite3_context *c, bool fits, Interval i)
{
    if (fits) {
        fn_result_interval(c, i);
    } else {
        sqlite3_result_error(c, "The interval is out of range.", -1);
    }
}

int collate_interval(void *ctx, int a_len, const void *a, int b_len, const void *b)
{
    (void)ctx;
    int x = a_len < INTERVAL_KEY_END ? a_len : INTERVAL_KEY_END;
    int y = b_len < INTERVAL_KEY_END ? b_len : INTERVAL_KEY_END;
    int order = memcmp(a, b, (size_t)(x < y ? x : y));
    return order ? order : x - y;
}

// --- Made ---

static bool amount_of(sqlite3_context *c, sqlite3_value **v, Interval *out) // amount, unit
{
    Unit u;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[1], &u)) return false;
    if (interval_of(sqlite3_value_double(v[0]), u, out)) return true;
    sqlite3_result_error(c, "The interval is out of range.", -1);
    return false;
}

static void make(sqlite3_context *c, int n, sqlite3_value **v) // amount, unit
{
    (void)n;
    Interval i;
    if (amount_of(c, v, &i)) fn_result_interval(c, i);
}

static void duration(sqlite3_context *c, int n, sqlite3_value **v) // amount, unit: microseconds
{
    (void)n;
    Interval i;
    if (amount_of(c, v, &i)) sqlite3_result_int64(c, interval_us(i));
}

static void hours(sqlite3_context *c, int n, sqlite3_value **v) // microseconds, of no days
{
    (void)n;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    fn_result_interval(c, (Interval){.us = sqlite3_value_int64(v[0])});
}

static void age(sqlite3_context *c, int n, sqlite3_value **v) // a, b
{
    (void)n;
    Moment a, b;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &a) || !fn_moment(c, v[1], &b)) return;
    fn_result_interval(c, moment_age(a, b));
}

static void from_text(sqlite3_context *c, int n, sqlite3_value **v) // text[, place]
{
    Interval i;
    if (sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    Str text = value_str(v[0]);
    if (fn_interval(v[0], &i) || interval_read(text, &i)) {
        fn_result_interval(c, i);
    } else if (n > 1) {
        fn_fail(c, v[1], "'%.*s' is not an interval.", text.len > 60 ? 60 : (int)text.len,
                text.ptr);
    }
}

// --- From one form to the other ---

static void code(sqlite3_context *c, int n, sqlite3_value **v) // with its parts
{
    (void)n;
    Interval i;
    if (fn_interval(v[0], &i)) fn_result_interval(c, i);
}

static void micros(sqlite3_context *c, int n, sqlite3_value **v) // what it is compared by
{
    (void)n;
    int64_t key;
    if (sqlite3_value_type(v[0]) == SQLITE_INTEGER) {
        sqlite3_result_value(c, v[0]);
    } else if (sqlite3_value_type(v[0]) == SQLITE_TEXT && interval_key(value_str(v[0]), &key)) {
        sqlite3_result_int64(c, key);
    }
}

// --- Computed with ---

static void add(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Interval a, b, sum = {0};
    if (!fn_interval(v[0], &a) || !fn_interval(v[1], &b)) return;
    bool fits = interval_plus(a, b, &sum);
    result_in_range(c, fits, sum);
}

static void subtract(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Interval a, b, less = {0}, rest = {0};
    if (!fn_interval(v[0], &a) || !fn_interval(v[1], &b)) return;
    bool fits = interval_negate(b, &less) && interval_plus(a, less, &rest);
    result_in_range(c, fits, rest);
}

static void negate(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    Interval i, less = {0};
    if (!fn_interval(v[0], &i)) return;
    bool fits = interval_negate(i, &less);
    result_in_range(c, fits, less);
}

static void times(sqlite3_context *c, int n, sqlite3_value **v) // interval, number
{
    (void)n;
    Interval i, made = {0};
    if (fn_any_null(2, v) || !fn_interval(v[0], &i)) return;
    bool fits = interval_scale(i, sqlite3_value_double(v[1]), false, &made);
    result_in_range(c, fits, made);
}

// interval, number[, place]: with a place a division by 0 is an error, without it NULL.
static void over(sqlite3_context *c, int n, sqlite3_value **v)
{
    Interval i, made = {0};
    if (fn_any_null(2, v) || !fn_interval(v[0], &i)) return;
    double by = sqlite3_value_double(v[1]);
    if (by == 0) {
        if (n > 2) fn_fail(c, v[2], "Division by zero.");
        return;
    }
    bool fits = interval_scale(i, by, true, &made);
    result_in_range(c, fits, made);
}

static void justify(sqlite3_context *c, int n, sqlite3_value **v) // 'days' 'hours' or '', interval
{
    (void)n;
    Interval i, made = {0};
    if (!fn_interval(v[1], &i)) return;
    Str how = value_str(v[0]);
    bool fits = str_eq(how, S("days"))    ? interval_justify_days(i, &made)
                : str_eq(how, S("hours")) ? interval_justify_hours(i, &made)
                                          : interval_justify(i, &made);
    result_in_range(c, fits, made);
}

static void truncate(sqlite3_context *c, int n, sqlite3_value **v) // unit, interval
{
    (void)n;
    Unit u;
    Interval i;
    if (fn_any_null(2, v) || !fn_unit_of(c, v[0], &u) || !fn_interval(v[1], &i)) return;
    fn_result_interval(c, interval_trunc(i, u));
}

static void move(sqlite3_context *c, sqlite3_value **v, bool back) // time, interval
{
    Moment m, moved;
    Interval i;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &m) || !fn_interval(v[1], &i)) return;
    bool fits = (!back || interval_negate(i, &i)) && moment_plus(m, i, &moved);
    if (fits) {
        fn_result_moment(c, moved);
    } else {
        sqlite3_result_error(c, "The date is out of range: years go from 1 to 9999.", -1);
    }
}
static void time_plus(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    move(c, v, false);
}
static void time_less(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    move(c, v, true);
}

// --- Taken apart, and written ---

static void part(sqlite3_context *c, int n, sqlite3_value **v) // part, interval
{
    (void)n;
    TimePart p;
    Interval i;
    if (fn_any_null(2, v) || !fn_part_of(c, v[0], &p) || !fn_interval(v[1], &i)) return;
    fn_result_number(c, interval_part(i, p));
}

static IntervalStyle style_of(sqlite3_value *v)
{
    static const char letters[] = {
        [INTERVAL_DUCKDB] = 'D', [INTERVAL_POSTGRES] = 'P',  [INTERVAL_BIGQUERY] = 'B',
        [INTERVAL_SPARK] = 'S',  [INTERVAL_SPARK_DAY] = 's', [INTERVAL_TRINO] = 'T'};
    Str text = value_str(v);
    for (int i = 0; text.len && i <= INTERVAL_LAST; i++) {
        if (letters[i] == text.ptr[0]) return (IntervalStyle)i;
    }
    return INTERVAL_DUCKDB;
}

static void text(sqlite3_context *c, int n, sqlite3_value **v) // style, interval
{
    (void)n;
    Interval i;
    char out[INTERVAL_TEXT_MAX];
    if (fn_any_null(2, v) || !fn_interval(v[1], &i)) return;
    sqlite3_result_text(c, out, (int)interval_write(i, style_of(v[0]), out), SQLITE_TRANSIENT);
}

// --- SUM and AVG: part by part, so that a row can leave a frame again ---

typedef struct {
    int64_t n;
    Interval sum;
    bool far; // out of range: the rest counts no more
} Sum;

static void take(sqlite3_context *c, sqlite3_value *v, bool back)
{
    Sum *s = sqlite3_aggregate_context(c, sizeof *s);
    Interval i;
    if (!s) {
        sqlite3_result_error_nomem(c);
        return;
    }
    if (!fn_interval(v, &i)) return;
    s->n += back ? -1 : 1;
    bool fits = (!back || interval_negate(i, &i)) && interval_plus(s->sum, i, &s->sum);
    s->far = s->far || !fits;
}
static void step(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    take(c, v[0], false);
}
static void inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    take(c, v[0], true);
}

static void sum(sqlite3_context *c)
{
    const Sum *s = sqlite3_aggregate_context(c, 0);
    if (s && s->n) result_in_range(c, !s->far, s->sum);
}
static void mean(sqlite3_context *c)
{
    const Sum *s = sqlite3_aggregate_context(c, 0);
    Interval i = {0};
    if (!s || !s->n) return;
    bool fits = !s->far && interval_scale(s->sum, (double)s->n, true, &i);
    result_in_range(c, fits, i);
}

// DuckDB: what is left of the months becomes days, what is left of the days a time, and no hours
// become a day.
static void mean_left(sqlite3_context *c)
{
    const Sum *s = sqlite3_aggregate_context(c, 0);
    if (!s || !s->n) return;
    Interval all = s->sum;
    double of_month = (double)(all.months % s->n) * 30 / (double)s->n;
    double left = (of_month - trunc(of_month)) * (double)DAY_US +
                  (double)(all.days % s->n) * (double)DAY_US / (double)s->n +
                  (double)(all.us % s->n) / (double)s->n;
    Interval i = {all.months / s->n, all.days / s->n + (int64_t)of_month,
                  all.us / s->n + (int64_t)left};
    result_in_range(c, !s->far, i);
}

#define AGGREGATE(text, finish)                                                                    \
    {                                                                                              \
        .name = text, .args = 1, .step = step, .inverse = inverse, .value = finish,                \
        .final = finish                                                                            \
    }
static const QueryFn rows[] = {
    {.name = "gr_age", .args = 2, .call = age},
    {.name = "gr_duration", .args = 2, .call = duration},
    {.name = "gr_interval", .args = 2, .call = make},
    {.name = "gr_interval_add", .args = 2, .call = add},
    AGGREGATE("gr_interval_avg", mean),
    AGGREGATE("gr_interval_avg_left", mean_left),
    {.name = "gr_interval_code", .args = 1, .call = code},
    {.name = "gr_interval_hours", .args = 1, .call = hours},
    {.name = "gr_interval_less", .args = 1, .call = negate},
    {.name = "gr_interval_over", .args = 2, .most = 3, .call = over},
    {.name = "gr_interval_part", .args = 2, .call = part},
    {.name = "gr_interval_sub", .args = 2, .call = subtract},
    AGGREGATE("gr_interval_sum", sum),
    {.name = "gr_interval_text", .args = 2, .call = text},
    {.name = "gr_interval_times", .args = 2, .call = times},
    {.name = "gr_interval_trunc", .args = 2, .call = truncate},
    {.name = "gr_interval_us", .args = 1, .call = micros},
    {.name = "gr_justify", .args = 2, .call = justify},
    {.name = "gr_time_less", .args = 2, .call = time_less},
    {.name = "gr_time_plus", .args = 2, .call = time_plus},
    {.name = "gr_to_interval", .args = 1, .most = 2, .call = from_text},
};
const QueryFns fn_intervals = {rows, sizeof rows / sizeof *rows};
