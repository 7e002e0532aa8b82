// calendar: the texts of dates, times and timestamps.
#include "base/calendar.h"
#include "base/world.h"
#include <string.h>

enum { YEAR_MAX = 9999, OFFSET_MAX = 18 * 60 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// --- Reading ---

typedef struct {
    const char *at, *end;
} Cursor;

static bool take(Cursor *c, char what)
{
    if (c->at == c->end || *c->at != what) return false;
    c->at++;
    return true;
}

// One to `most` digits.
static bool take_number(Cursor *c, int most, int *out)
{
    int n = 0, v = 0;
    for (; n < most && c->at < c->end && is_digit(*c->at); n++) v = v * 10 + (*c->at++ - '0');
    *out = v;
    return n > 0;
}

// .123456789: what lies behind the microsecond is cut.
static void take_fraction(Cursor *c, int64_t *us)
{
    int64_t scale = SECOND_US / 10;
    for (; c->at < c->end && is_digit(*c->at); c->at++) {
        *us += (*c->at - '0') * scale;
        scale /= 10;
    }
}

static bool day_exists(int64_t y, int64_t m, int64_t d)
{
    return y >= 1 && y <= YEAR_MAX && m >= 1 && m <= 12 && d >= 1 &&
           d <= month_days((int)y, (int)m);
}

bool moment_of_day(int64_t year, int64_t month, int64_t day, Moment *out)
{
    if (!day_exists(year, month, day)) return false;
    *out = (Moment){date_days((int)year, (int)month, (int)day) * DAY_US, MOMENT_DATE};
    return true;
}

static bool take_date(Cursor *c, int64_t *days)
{
    int y, m, d;
    const char *start = c->at;
    if (!take_number(c, 8, &y)) return false;
    if (c->at - start == 8) { // 20240105
        m = y / 100 % 100, d = y % 100, y /= 10000;
    } else {
        if (c->at - start != 4) return false;
        char dash = take(c, '-') ? '-' : take(c, '/') ? '/' : '\0';
        if (!dash || !take_number(c, 2, &m) || !take(c, dash) || !take_number(c, 2, &d))
            return false;
    }
    if (!day_exists(y, m, d)) return false;
    *days = date_days(y, m, d);
    return true;
}

static bool take_time(Cursor *c, int64_t *us)
{
    int h, m, s = 0;
    if (!take_number(c, 2, &h) || !take(c, ':') || !take_number(c, 2, &m)) return false;
    bool seconds = take(c, ':');
    if (seconds && !take_number(c, 2, &s)) return false;
    if (h > 23 || m > 59 || s > 59) return false;
    *us = h * HOUR_US + m * MINUTE_US + s * SECOND_US;
    if (seconds && take(c, '.')) take_fraction(c, us);
    return true;
}

// Z, UTC, +02, +0200, +02:00, with a space before: minutes east.
static bool take_offset(Cursor *c, int *minutes)
{
    *minutes = 0;
    while (take(c, ' ')) continue;
    if (c->at == c->end || take(c, 'Z') || take(c, 'z')) return true;
    if (c->end - c->at >= 3 && memcmp(c->at, "UTC", 3) == 0) {
        c->at += 3;
        return true;
    }
    int sign = take(c, '-') ? -1 : take(c, '+') ? 1 : 0, h, m = 0;
    if (!sign || !take_number(c, 2, &h)) return false;
    take(c, ':');
    if (c->at < c->end && !take_number(c, 2, &m)) return false;
    *minutes = sign * (h * 60 + m);
    return m < 60 && *minutes <= OFFSET_MAX && *minutes >= -OFFSET_MAX;
}

static bool read_loose(Str text, Moment *out)
{
    text = str_trim(text);
    if (!text.len) return false; // it may have no bytes to point at
    Cursor c = {text.ptr, text.ptr + text.len};
    int64_t days = 0, us = 0;
    int offset = 0;
    if (text.len > 2 && (text.ptr[1] == ':' || text.ptr[2] == ':')) {
        *out = (Moment){0, MOMENT_TIME};
        return take_time(&c, &out->us) && c.at == c.end;
    }
    if (!take_date(&c, &days)) return false;
    *out = (Moment){days * DAY_US, MOMENT_DATE};
    if (c.at == c.end) return true;
    if (take(&c, 'T') || take(&c, 't')) {
        if (!take_time(&c, &us)) return false;
    } else if (take(&c, ' ')) {
        while (take(&c, ' ')) continue;
        if (c.at < c.end && is_digit(*c.at) && !take_time(&c, &us)) return false;
    }
    if (!take_offset(&c, &offset)) return false;
    *out = (Moment){days * DAY_US + us - offset * MINUTE_US, MOMENT_TIMESTAMP};
    return c.at == c.end && moment_in_range(*out);
}

// Two digits at `p`; more than 99 when they are none.
static unsigned two(const char *p)
{
    unsigned a = (unsigned)(unsigned char)p[0] - '0', b = (unsigned)(unsigned char)p[1] - '0';
    return a > 9 || b > 9 ? 1000 : a * 10 + b;
}

static bool read_day(const char *p, int64_t *days)
{
    unsigned century = two(p), year = two(p + 2), m = two(p + 5), d = two(p + 8);
    bool shape = century < 100 && year < 100 && p[4] == '-' && p[7] == '-';
    int64_t y = century * 100 + year;
    if (!shape || !day_exists(y, m, d)) return false;
    *days = date_days((int)y, (int)m, (int)d);
    return true;
}

bool moment_read(Str text, Moment *out)
{
    const char *p = text.ptr;
    int64_t days;
    if (text.len < 10 || !read_day(p, &days)) return read_loose(text, out);
    *out = (Moment){days * DAY_US, MOMENT_DATE};
    if (text.len == 10) return true;
    if (text.len < 19 || p[10] != ' ' || p[13] != ':' || p[16] != ':') return read_loose(text, out);
    unsigned h = two(p + 11), m = two(p + 14), s = two(p + 17);
    if (h > 23 || m > 59 || s > 59) return read_loose(text, out);
    out->kind = MOMENT_TIMESTAMP;
    out->us += h * HOUR_US + m * MINUTE_US + s * SECOND_US;
    if (text.len == 19) return true;
    Cursor c = {p + 20, p + text.len};
    if (p[19] != '.') return read_loose(text, out);
    take_fraction(&c, &out->us);
    return c.at == c.end || read_loose(text, out);
}

// --- Writing ---

static void put(char *p, int v, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        p[i] = (char)('0' + v % 10);
        v /= 10;
    }
}

static size_t put_time(char *p, int64_t us)
{
    put(p, (int)(us / HOUR_US), 2);
    put(p + 3, (int)(us % HOUR_US / MINUTE_US), 2);
    put(p + 6, (int)(us % MINUTE_US / SECOND_US), 2);
    p[2] = p[5] = ':';
    int fraction = (int)(us % SECOND_US), digits = 6;
    if (!fraction) return 8;
    for (; fraction % 10 == 0; digits--) fraction /= 10;
    p[8] = '.';
    put(p + 9, fraction, digits);
    return 9 + (size_t)digits;
}

size_t moment_write(Moment m, char out[MOMENT_TEXT_MAX])
{
    int64_t days = moment_days(m), us = m.us - days * DAY_US;
    if (m.kind == MOMENT_TIME) return put_time(out, us);
    int year, month, day;
    date_civil(days, &year, &month, &day);
    put(out, year, 4);
    put(out + 5, month, 2);
    put(out + 8, day, 2);
    out[4] = out[7] = '-';
    if (m.kind == MOMENT_DATE) return 10;
    out[10] = ' ';
    return 11 + put_time(out + 11, us);
}

// --- Kinds ---

int64_t moment_days(Moment m)
{
    return m.us / DAY_US - (m.us % DAY_US < 0);
}

Moment moment_as(Moment m, MomentKind kind)
{
    int64_t midnight = moment_days(m) * DAY_US;
    if (kind == MOMENT_DATE) m.us = midnight;
    if (kind == MOMENT_TIME) m.us -= midnight;
    m.kind = kind;
    return m;
}

bool moment_in_range(Moment m)
{
    static int64_t first, end;
    if (!end) {
        first = date_days(1, 1, 1) * DAY_US;
        end = date_days(YEAR_MAX + 1, 1, 1) * DAY_US;
    }
    return m.us >= first && m.us < end;
}

int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}
