// interval: the encoding of intervals, their arithmetic, and the texts that each engine makes of
// them.
#include "base/interval.h"
#include "base/buf.h"
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// --- Encoding ---

static const uint64_t MIDDLE = UINT64_C(1) << 63;

size_t interval_encode(Interval i, char out[INTERVAL_CODE_MAX])
{
    uint64_t key = (uint64_t)interval_us(i) ^ MIDDLE; // 2^63 added
    int n = snprintf(out, INTERVAL_CODE_MAX, "~i%016" PRIx64 ":%" PRId64 ":%" PRId64 ":%" PRId64,
                     key, i.months, i.days, i.us);
    return (size_t)n;
}

bool interval_key(Str code, int64_t *out)
{
    if (code.len < INTERVAL_KEY_END || code.ptr[0] != '~' || code.ptr[1] != 'i') return false;
    uint64_t key = 0;
    for (size_t i = 2; i < INTERVAL_KEY_END; i++) {
        char c = code.ptr[i];
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (!digit && !letter) return false;
        key = key << 4 | (uint64_t)(digit ? c - '0' : c - 'a' + 10);
    }
    *out = (int64_t)(key ^ MIDDLE);
    return true;
}

bool interval_decode(Str text, Interval *out)
{
    int64_t key;
    Str rest, months, days;
    if (!interval_key(text, &key)) return false;
    rest = str_slice(text, INTERVAL_KEY_END, text.len);
    if (!str_starts(rest, S(":"))) return false;
    rest = str_slice(rest, 1, rest.len);
    return str_cut(rest, ':', &months, &rest) && str_cut(rest, ':', &days, &rest) &&
           str_to_i64(months, &out->months) && str_to_i64(days, &out->days) &&
           str_to_i64(rest, &out->us);
}

Interval interval_of_us(int64_t us)
{
    return (Interval){.days = us / DAY_US, .us = us % DAY_US};
}

// --- Arithmetic ---

// What Postgres holds: 178,000,000 years. A key has room for 290,000.
static bool fits(Interval i)
{
    const int64_t years = INT64_C(200000);
    return i.months <= years * 12 && i.months >= -years * 12 && i.days <= years * 366 &&
           i.days >= -years * 366 && i.us <= INT64_C(3000000000000000000) &&
           i.us >= -INT64_C(3000000000000000000) &&
           fabs((double)(i.months * 30 + i.days) * (double)DAY_US + (double)i.us) < 9e18;
}

bool interval_plus(Interval a, Interval b, Interval *out)
{
    *out = (Interval){a.months + b.months, a.days + b.days, a.us + b.us};
    return fits(a) && fits(b) && fits(*out);
}

bool interval_negate(Interval i, Interval *out)
{
    *out = (Interval){-i.months, -i.days, -i.us};
    return fits(i);
}

static double to_micros(double x) // a remainder of binary fractions is none
{
    return rint(x * 1e6) / 1e6;
}

static double scaled(int64_t n, double by, bool divides)
{
    return divides ? (double)n / by : (double)n * by;
}

bool interval_scale(Interval i, double by, bool divides, Interval *out)
{
    double months = scaled(i.months, by, divides), days = scaled(i.days, by, divides);
    double us = scaled(i.us, by, divides);
    if (!(fabs(months) < 1e7 && fabs(days) < 1e9 && fabs(us) < 3e18)) return false;
    double of_month = to_micros((months - trunc(months)) * 30);
    double seconds = to_micros((days - trunc(days) + of_month - trunc(of_month)) * 86400);
    double whole = trunc(days) + trunc(of_month);
    if (fabs(seconds) >= 86400) {
        whole += trunc(seconds / 86400);
        seconds -= trunc(seconds / 86400) * 86400;
    }
    *out = (Interval){(int64_t)months, (int64_t)whole, (int64_t)rint(us + seconds * 1e6)};
    return fits(*out);
}

// So that both have one sign: 1 month -1 day is 29 days.
static void same_sign(int64_t *high, int64_t *low, int64_t size)
{
    if (*high > 0 && *low < 0) {
        *low += size;
        --*high;
    } else if (*high < 0 && *low > 0) {
        *low -= size;
        ++*high;
    }
}

static void carry(int64_t *high, int64_t *low, int64_t size)
{
    *high += *low / size;
    *low %= size;
}

bool interval_justify_days(Interval i, Interval *out)
{
    carry(&i.months, &i.days, 30);
    same_sign(&i.months, &i.days, 30);
    *out = i;
    return fits(i);
}

bool interval_justify_hours(Interval i, Interval *out)
{
    carry(&i.days, &i.us, DAY_US);
    same_sign(&i.days, &i.us, DAY_US);
    *out = i;
    return fits(i);
}

bool interval_justify(Interval i, Interval *out)
{
    bool apart = (i.days > 0 && i.us > 0) || (i.days < 0 && i.us < 0);
    if (apart) carry(&i.months, &i.days, 30);
    carry(&i.days, &i.us, DAY_US);
    carry(&i.months, &i.days, 30);
    if (i.months > 0 && (i.days < 0 || (i.days == 0 && i.us < 0))) {
        i.days += 30;
        i.months--;
    } else if (i.months < 0 && (i.days > 0 || (i.days == 0 && i.us > 0))) {
        i.days -= 30;
        i.months++;
    }
    same_sign(&i.days, &i.us, DAY_US);
    *out = i;
    return fits(i);
}

static int64_t cut(int64_t n, int64_t size)
{
    return n / size * size;
}

Interval interval_trunc(Interval i, Unit u)
{
    Interval one;
    if (!interval_of(1, u, &one)) return i;
    if (one.months) return (Interval){.months = cut(i.months, one.months)};
    if (one.days) return (Interval){i.months, cut(i.days, one.days), 0};
    return (Interval){i.months, i.days, cut(i.us, one.us)};
}

double interval_part(Interval i, TimePart p)
{
    Moment rest = {i.us < 0 ? -i.us : i.us, MOMENT_TIMESTAMP};
    double sign = i.us < 0 ? -1 : 1;
    switch (p) {
    case PART_MILLENNIUM:
        return (double)(i.months / 12000);
    case PART_CENTURY:
        return (double)(i.months / 1200);
    case PART_DECADE:
        return (double)(i.months / 120);
    case PART_YEAR:
        return (double)(i.months / 12);
    case PART_QUARTER:
        return (double)(i.months % 12 / 3 + 1);
    case PART_MONTH:
        return (double)(i.months % 12);
    case PART_DAY:
        return (double)i.days;
    case PART_HOUR: // 27 hours are no day
        return (double)(i.us / HOUR_US);
    case PART_EPOCH: // a year has 365.25 days, a month of it 30
        return (double)(i.days * DAY_US + i.us) / (double)SECOND_US +
               (double)(i.months / 12) * 31557600 + (double)(i.months % 12) * 2592000;
    default:
        return sign * moment_part(rest, p);
    }
}

// --- Texts ---

typedef struct {
    char *at, *end;
    bool behind;   // something stands before
    bool negative; // … and is less than 0: in Postgres the next one says its +
} Text;

static void put(Text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(Text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->at, (size_t)(t->end - t->at), fmt, ap);
    va_end(ap);
    if (n > 0 && n < t->end - t->at) t->at += n;
}

static void separate(Text *t)
{
    if (t->behind) put(t, " ");
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
    put(t, "%s%" PRId64 " %s", plus, n, single ? one : more);
    t->negative = n < 0;
}

static uint64_t size_of(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

// .5 of 500000 microseconds; of `least` digits or more.
static void put_fraction(Text *t, uint64_t us, int least)
{
    char digits[24];
    int len = 6;
    snprintf(digits, sizeof digits, "%06" PRIu64, us);
    while (len > least && digits[len - 1] == '0') len--;
    if (len) put(t, ".%.*s", len, digits);
}

static void put_clock(Text *t, const char *sign, uint64_t us, int least)
{
    put(t, "%s%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64, sign, us / HOUR_US, us / MINUTE_US % 60,
        us / SECOND_US % 60);
    put_fraction(t, us % SECOND_US, least);
}

static void put_units(Text *t, Interval i, bool postgres)
{
    put_unit(t, i.months / 12, "year", "years", postgres);
    put_unit(t, i.months % 12, postgres ? "mon" : "month", postgres ? "mons" : "months", postgres);
    put_unit(t, i.days, "day", "days", postgres);
    if (!i.us && t->behind) return;
    separate(t);
    const char *sign = i.us < 0 ? "-" : postgres && t->negative ? "+" : "";
    put_clock(t, sign, size_of(i.us), 0);
}

static void put_bigquery(Text *t, Interval i) // 1-2 3 4:5:6.5
{
    uint64_t months = size_of(i.months), us = size_of(i.us);
    put(t, "%s%" PRIu64 "-%" PRIu64 " %" PRId64 " %s%" PRIu64 ":%" PRIu64 ":%" PRIu64,
        i.months < 0 ? "-" : "", months / 12, months % 12, i.days, i.us < 0 ? "-" : "",
        us / HOUR_US, us / MINUTE_US % 60, us / SECOND_US % 60);
    put_fraction(t, us % SECOND_US, 0);
}

// Two types: months, and days to seconds.
static void put_two(Text *t, Interval i, bool spark)
{
    if (spark) put(t, "INTERVAL '");
    if (i.months) {
        uint64_t n = size_of(i.months);
        put(t, "%s%" PRIu64 "-%" PRIu64, i.months < 0 ? "-" : "", n / 12, n % 12);
    } else {
        int64_t all = i.days * DAY_US + i.us;
        uint64_t n = size_of(all);
        put(t, "%s%" PRIu64 " ", all < 0 ? "-" : "", n / DAY_US);
        put_clock(t, "", n % DAY_US, spark ? 0 : 3);
    }
    if (spark) put(t, i.months ? "' YEAR TO MONTH" : "' DAY TO SECOND");
}

size_t interval_write(Interval i, IntervalStyle style, char out[INTERVAL_TEXT_MAX])
{
    Text t = {.at = out, .end = out + INTERVAL_TEXT_MAX};
    switch (style) {
    case INTERVAL_POSTGRES:
    case INTERVAL_DUCKDB:
        put_units(&t, i, style == INTERVAL_POSTGRES);
        break;
    case INTERVAL_BIGQUERY:
        put_bigquery(&t, i);
        break;
    case INTERVAL_SPARK_DAY:
        put(&t, "INTERVAL '%" PRId64 "' DAY", i.days);
        break;
    case INTERVAL_SPARK:
    case INTERVAL_TRINO:
        put_two(&t, i, style == INTERVAL_SPARK);
        break;
    }
    return (size_t)(t.at - out);
}

void interval_show(Arena *a, Value *v, IntervalStyle style)
{
    char text[INTERVAL_TEXT_MAX];
    Interval i;
    if (v->kind != VALUE_INTEGER) return;
    if (!interval_decode(v->text, &i)) i = interval_of_us(v->integer);
    v->text = str_copy(a, (Str){text, interval_write(i, style, text)});
}

// --- In arrays ---

static size_t token_end(Str json, size_t at) // of a text, or of what is none
{
    bool text = json.ptr[at] == '"';
    for (size_t i = at + 1; i < json.len; i++) {
        char c = json.ptr[i];
        if (text && c == '\\') i++;
        if (text && c == '"') return i + 1;
        if (!text && (c == ',' || c == ']')) return i;
    }
    return json.len;
}

static bool token_interval(Str token, Interval *out)
{
    int64_t us;
    bool text = token.len > 2 && token.ptr[0] == '"';
    if (text) return interval_decode(str_slice(token, 1, token.len - 1), out);
    if (!str_to_i64(token, &us)) return false;
    *out = interval_of_us(us);
    return true;
}

void interval_show_list(Arena *a, Value *v, IntervalStyle style)
{
    if (v->kind != VALUE_TEXT || !str_starts(v->text, S("["))) return;
    Buf b = buf_new(a);
    for (size_t i = 0, end; i < v->text.len; i = end) {
        char c = v->text.ptr[i], text[INTERVAL_TEXT_MAX];
        bool sign = c == '[' || c == ']' || c == ',' || c == ' ';
        end = sign ? i + 1 : token_end(v->text, i);
        Str token = str_slice(v->text, i, end);
        Interval one;
        if (!sign && token_interval(token, &one)) {
            size_t len = interval_write(one, style, text);
            buf_fmt(&b, "\"" STR_FMT "\"", (int)len, text);
        } else {
            buf_add(&b, token);
        }
    }
    v->text = buf_str(&b);
}
