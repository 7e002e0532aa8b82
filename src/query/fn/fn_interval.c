// fn_interval: intervals as texts, as each engine writes them.
//
// An interval is microseconds at run time. Where the query says how many months and days it is made
// of, the caller hands them over; else what is a day or more is shown as days.
#include "query/fn_date.h"
#include "query/fn_text.h"
#include <inttypes.h>

typedef struct {
    sqlite3_str *out;
    bool behind;   // something stands before
    bool negative; // … and is less than 0: in Postgres the next one says its +
} Text;

static void separate(Text *t)
{
    if (t->behind) sqlite3_str_appendchar(t->out, 1, ' ');
    t->behind = true;
}

// 1 mon, -3 days; nothing of 0.
static void put_unit(Text *t, int64_t n, const char *one, const char *more, bool signs)
{
    if (!n) return;
    separate(t);
    const char *plus = signs && t->negative && n > 0 ? "+" : "";
    // -1 is plural in Postgres, and not in DuckDB
    bool single = signs ? n == 1 : n == 1 || n == -1;
    sqlite3_str_appendf(t->out, "%s%lld %s", plus, (long long)n, single ? one : more);
    t->negative = n < 0;
}

static uint64_t size_of(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

// .5 of 500000 microseconds; of `least` digits or more.
static void put_fraction(sqlite3_str *out, uint64_t us, int least)
{
    char digits[8];
    int len = 6;
    sqlite3_snprintf((int)sizeof digits, digits, "%06llu", (unsigned long long)us);
    while (len > least && digits[len - 1] == '0') len--;
    if (len) sqlite3_str_appendf(out, ".%.*s", len, digits);
}

static void put_clock(sqlite3_str *out, const char *sign, uint64_t us, int least)
{
    sqlite3_str_appendf(out, "%s%02llu:%02llu:%02llu", sign, (unsigned long long)(us / HOUR_US),
                        (unsigned long long)(us / MINUTE_US % 60),
                        (unsigned long long)(us / SECOND_US % 60));
    put_fraction(out, us % SECOND_US, least);
}

static void write_units(sqlite3_str *out, Interval i, bool postgres)
{
    Text t = {.out = out};
    put_unit(&t, i.months / 12, "year", "years", postgres);
    put_unit(&t, i.months % 12, postgres ? "mon" : "month", postgres ? "mons" : "months", postgres);
    put_unit(&t, i.days, "day", "days", postgres);
    if (!i.us && t.behind) return;
    separate(&t);
    const char *sign = i.us < 0 ? "-" : postgres && t.negative ? "+" : "";
    put_clock(out, sign, size_of(i.us), 0);
}

static void write_bigquery(sqlite3_str *out, Interval i) // 1-2 3 4:5:6.5
{
    uint64_t months = size_of(i.months), us = size_of(i.us);
    sqlite3_str_appendf(out, "%s%llu-%llu %lld %s%llu:%llu:%llu", i.months < 0 ? "-" : "",
                        (unsigned long long)(months / 12), (unsigned long long)(months % 12),
                        (long long)i.days, i.us < 0 ? "-" : "", (unsigned long long)(us / HOUR_US),
                        (unsigned long long)(us / MINUTE_US % 60),
                        (unsigned long long)(us / SECOND_US % 60));
    put_fraction(out, us % SECOND_US, 0);
}

// Two types: months, and days to seconds.
static void write_two(sqlite3_str *out, Interval i, bool spark)
{
    if (spark) sqlite3_str_appendall(out, "INTERVAL '");
    if (i.months) {
        uint64_t n = size_of(i.months);
        sqlite3_str_appendf(out, "%s%llu-%llu", i.months < 0 ? "-" : "",
                            (unsigned long long)(n / 12), (unsigned long long)(n % 12));
    } else {
        int64_t all = i.days * DAY_US + i.us;
        uint64_t n = size_of(all);
        sqlite3_str_appendf(out, "%s%llu ", all < 0 ? "-" : "", (unsigned long long)(n / DAY_US));
        put_clock(out, "", n % DAY_US, spark ? 0 : 3);
    }
    if (spark) sqlite3_str_appendall(out, i.months ? "' YEAR TO MONTH" : "' DAY TO SECOND");
}

static void result_interval(sqlite3_context *c, char style, Interval i)
{
    sqlite3_str *out = build(c);
    switch (style) {
    case 'P':
        write_units(out, i, true);
        break;
    case 'B':
        write_bigquery(out, i);
        break;
    case 'S':
    case 'T':
        write_two(out, i, style == 'S');
        break;
    default:
        write_units(out, i, false);
        break;
    }
    result_built(c, out);
}

static char style_of(sqlite3_value *v)
{
    Str text = value_str(v);
    return text.len ? text.ptr[0] : 'P';
}

static void interval_text(sqlite3_context *c, int n, sqlite3_value **v) // style, microseconds
{
    (void)n;
    if (fn_any_null(2, v)) return;
    int64_t us = sqlite3_value_int64(v[1]);
    result_interval(c, style_of(v[0]), (Interval){.days = us / DAY_US, .us = us % DAY_US});
}

// style, months, days, microseconds
static void interval_parts_text(sqlite3_context *c, int n, sqlite3_value **v)
{
    (void)n;
    if (fn_any_null(4, v)) return;
    Interval i = {sqlite3_value_int64(v[1]), sqlite3_value_int64(v[2]), sqlite3_value_int64(v[3])};
    result_interval(c, style_of(v[0]), i);
}

static void age_text(sqlite3_context *c, int n, sqlite3_value **v) // style, a, b
{
    (void)n;
    Moment a, b;
    if (fn_any_null(3, v) || !fn_moment(c, v[1], &a) || !fn_moment(c, v[2], &b)) return;
    result_interval(c, style_of(v[0]), moment_age(a, b));
}

static const QueryFn rows[] = {
    {.name = "gr_age_text", .args = 3, .call = age_text},
    {.name = "gr_interval_text", .args = 2, .call = interval_text},
    {.name = "gr_interval_text", .args = 4, .call = interval_parts_text},
};
const QueryFns fn_intervals = {rows, sizeof rows / sizeof *rows};
