// fn_format: dates written by a format, and read by one. The notation is that of format_notation.c.
#include "query/fn_interval.h"
#include "query/fn_text.h"
#include <string.h>

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
static const char *const day_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};

typedef struct {
    bool bare, space, upper, lower, padded, ordinal;
    char letter;
} Directive;

// At the % of the format: the directive and what stands behind it.
static const char *directive(const char *at, const char *end, Directive *d)
{
    *d = (Directive){0};
    for (at++; at < end; at++) {
        switch (*at) {
        case '-':
            d->bare = true;
            break;
        case '_':
            d->space = true;
            break;
        case '^':
            d->upper = true;
            break;
        case ',':
            d->lower = true;
            break;
        case '9':
            d->padded = true;
            break;
        case 'O':
            d->ordinal = d->bare = true;
            break;
        default:
            d->letter = *at;
            return at + 1;
        }
    }
    return end;
}

// --- Writing ---

typedef struct {
    TextOut out;
    Moment m;
    Interval span; // … which is written instead of a moment
} Writer;

static void put_char(Writer *w, char c)
{
    out_put(&w->out, (Str){&c, 1});
}

static int part(const Writer *w, TimePart p)
{
    return (int)moment_part(w->m, p);
}

static void put_number(Writer *w, const Directive *d, int64_t v, int digits)
{
    char text[32], *at = text + sizeof text;
    for (uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v; rest || at == text + sizeof text;
         rest /= 10)
        *--at = (char)('0' + rest % 10);
    char fill = d->space ? ' ' : '0';
    while (!d->bare && text + sizeof text - at < digits) *--at = fill;
    if (v < 0) *--at = '-'; // an epoch: one digit will do
    out_put(&w->out, (Str){at, (size_t)(text + sizeof text - at)});
    if (!d->ordinal) return;
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    bool teen = v % 100 >= 11 && v % 100 <= 13;
    out_put(&w->out, str_from(teen || v % 10 > 3 ? "th" : ends[v % 10]));
}

static void put_word(Writer *w, const Directive *d, const char *word, size_t most)
{
    size_t n = 0;
    for (; word[n] && n < most; n++) {
        char c = word[n];
        bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
        if (d->upper && lower) c = (char)(c - 32);
        if (d->lower && upper) c = (char)(c + 32);
        put_char(w, c);
    }
    for (; d->padded && n < 9; n++) put_char(w, ' ');
}

static int hour_of_12(int hour)
{
    return hour % 12 ? hour % 12 : 12;
}

static bool put_date(Writer *w, const Directive *d)
{
    switch (d->letter) {
    case 'Y':
        put_number(w, d, part(w, PART_YEAR), 4);
        return true;
    case 'y':
        put_number(w, d, part(w, PART_YEAR) % 100, 2);
        return true;
    case 'm':
        put_number(w, d, part(w, PART_MONTH), 2);
        return true;
    case 'B':
        put_word(w, d, month_names[part(w, PART_MONTH) - 1], 20);
        return true;
    case 'b':
        put_word(w, d, month_names[part(w, PART_MONTH) - 1], 3);
        return true;
    case 'd':
        put_number(w, d, part(w, PART_DAY), 2);
        return true;
    case 'j':
        put_number(w, d, part(w, PART_DOY), 3);
        return true;
    case 'A':
        put_word(w, d, day_names[part(w, PART_DOW_MONDAY_0)], 20);
        return true;
    case 'a':
        put_word(w, d, day_names[part(w, PART_DOW_MONDAY_0)], 3);
        return true;
    case 'q':
        put_number(w, d, part(w, PART_QUARTER), 1);
        return true;
    default:
        return false;
    }
}

static bool put_clock(Writer *w, const Directive *d)
{
    int64_t us = (int64_t)moment_part(w->m, PART_MICROSECOND) % SECOND_US;
    switch (d->letter) {
    case 'H':
        put_number(w, d, part(w, PART_HOUR), 2);
        return true;
    case 'I':
        put_number(w, d, hour_of_12(part(w, PART_HOUR)), 2);
        return true;
    case 'M':
        put_number(w, d, part(w, PART_MINUTE), 2);
        return true;
    case 'S':
        put_number(w, d, part(w, PART_SECOND), 2);
        return true;
    case 'f':
        put_number(w, d, us, 6);
        return true;
    case 'L':
        put_number(w, d, us / 1000, 3);
        return true;
    case 'p':
        put_word(w, d, part(w, PART_HOUR) < 12 ? "AM" : "PM", 2);
        return true;
    case 's':
        put_number(w, d, (int64_t)moment_part(w->m, PART_EPOCH_SECOND), 1);
        return true;
    case 'Z':
        put_word(w, d, "UTC", 3);
        return true;
    case 'z':
        put_word(w, d, "+00:00", 6);
        return true;
    default:
        return false;
    }
}

// Postgres' own.
static bool put_rare(Writer *w, const Directive *d)
{
    static const char *const roman[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                        "VII", "VIII", "IX",  "X",  "XI", "XII"};
    Directive plain = {.letter = d->letter, .lower = d->lower};
    const char *month = roman[part(w, PART_MONTH) - 1];
    switch (d->letter) {
    case 'F':
        put_number(w, &plain, (part(w, PART_DAY) - 1) / 7 + 1, 1);
        return true;
    case 'C':
        put_number(w, &plain, part(w, PART_CENTURY), 2);
        return true;
    case 'J':
        put_number(w, &plain, part(w, PART_JULIAN), 1);
        return true;
    case 'D':
        put_number(w, &plain, part(w, PART_SECONDS_OF_DAY), 1);
        return true;
    case 'T':
        put_number(w, &plain, part(w, PART_YEAR) % 1000, 3);
        return true;
    case 'X':
        put_number(w, &plain, part(w, PART_YEAR) % 10, 1);
        return true;
    case 'E':
        put_word(w, &plain, "AD", 2);
        return true;
    case 'R':
        put_word(w, &plain, month, 4);
        for (size_t n = strlen(month); d->padded && n < 4; n++) put_char(w, ' ');
        return true;
    default:
        return false;
    }
}

static void put_week(Writer *w, const Directive *d)
{
    static const struct {
        char letter;
        TimePart part;
        int digits, divide, modulo;
    } rows[] = {
        {'G', PART_ISOYEAR, 4, 1, 10000},   {'V', PART_WEEK_3, 2, 1, 100},
        {'u', PART_DOW_MONDAY_1, 1, 1, 10}, {'w', PART_DOW_SUNDAY_0, 1, 1, 10},
        {'U', PART_WEEK_0, 2, 1, 100},      {'W', PART_WEEK_5, 2, 1, 100},
        {'N', PART_DOW_SUNDAY_1, 1, 1, 10}, {'k', PART_WEEK_1, 2, 1, 100},
        {'v', PART_WEEK_2, 2, 1, 100},      {'x', PART_YEARWEEK_2, 4, 100, 10000},
    };
    if (d->letter == 'K') put_number(w, d, (part(w, PART_DOY) - 1) / 7 + 1, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].letter == d->letter)
            put_number(w, d, part(w, rows[i].part) / rows[i].divide % rows[i].modulo,
                       rows[i].digits);
    }
}

typedef void Put(Writer *w, const Directive *d);

static void write_format(sqlite3_context *c, Writer *w, Str format, Put *put)
{
    const char *at = format.ptr, *end = at + format.len;
    out_start(&w->out, c);
    while (at < end) {
        Directive d;
        if (*at != '%' || (at + 1 < end && at[1] == '%')) {
            put_char(w, *at);
            at += *at == '%' ? 2 : 1;
            continue;
        }
        at = directive(at, end, &d);
        put(w, &d);
    }
    out_end(&w->out);
}

static void put_moment(Writer *w, const Directive *d)
{
    if (!put_date(w, d) && !put_clock(w, d) && !put_rare(w, d)) put_week(w, d);
}

static void date_format(sqlite3_context *c, int n, sqlite3_value **v) // time, format
{
    (void)n;
    Writer w;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &w.m)) return;
    write_format(c, &w, value_str(v[1]), put_moment);
}

// Its hours are all of them; a part below nothing says so itself.
static void put_span(Writer *w, const Directive *d)
{
    Interval i = w->span;
    int64_t hour = i.us / HOUR_US;
    const struct {
        char letter;
        int digits;
        int64_t n;
    } rows[] = {{'Y', 4, i.months / 12},
                {'m', 2, i.months % 12},
                {'d', 2, i.days},
                {'j', 3, i.months * 30 + i.days},
                {'H', 2, hour},
                {'I', 2, hour % 12 ? hour % 12 : 12},
                {'M', 2, i.us / MINUTE_US % 60},
                {'S', 2, i.us / SECOND_US % 60},
                {'L', 3, i.us % SECOND_US / 1000},
                {'f', 6, i.us % SECOND_US}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (rows[k].letter == d->letter) put_number(w, d, rows[k].n, rows[k].digits);
    }
}

static void interval_format(sqlite3_context *c, int n, sqlite3_value **v) // interval, format
{
    (void)n;
    Writer w = {0};
    if (fn_any_null(2, v) || !fn_interval(v[0], &w.span)) return;
    write_format(c, &w, value_str(v[1]), put_span);
}

// --- Reading ---

typedef struct {
    const char *at, *end;
    int year, month, day, doy, hour, minute, second;
    int us, offset;
    int iso_year, iso_week, weekday;
    bool pm, twelve;
    int64_t epoch;
    bool has_epoch;
} Parsed;

static bool take_number(Parsed *p, int most, int *out)
{
    int n = 0, v = 0;
    while (n < most && p->at < p->end && *p->at >= '0' && *p->at <= '9') {
        v = v * 10 + (*p->at++ - '0');
        n++;
    }
    *out = v;
    return n > 0;
}

static bool take_fraction(Parsed *p, int digits, int *us)
{
    int scale = 100000, n = 0;
    *us = 0;
    for (; p->at < p->end && *p->at >= '0' && *p->at <= '9'; n++, scale /= 10) {
        if (n >= 9) return false;
        *us += (*p->at++ - '0') * scale;
    }
    (void)digits;
    return n > 0;
}

// The number of a name, in full or by its first three letters; 0 = none of them.
static int take_name(Parsed *p, const char *const *names, int count)
{
    for (int full = 1; full >= 0; full--) {
        for (int i = 0; i < count; i++) {
            size_t len = full ? strlen(names[i]) : 3;
            if ((size_t)(p->end - p->at) < len) continue;
            if (sqlite3_strnicmp(p->at, names[i], (int)len) != 0) continue;
            p->at += len;
            return i + 1;
        }
    }
    return 0;
}

static bool take_zone(Parsed *p)
{
    if (p->at == p->end) return false;
    if (*p->at == 'Z' || *p->at == 'z') {
        p->at++;
        return true;
    }
    if (p->end - p->at >= 3 && sqlite3_strnicmp(p->at, "UTC", 3) == 0) {
        p->at += 3;
        return true;
    }
    int sign = *p->at == '-' ? -1 : *p->at == '+' ? 1 : 0, h, m = 0;
    p->at++;
    if (!sign || !take_number(p, 2, &h)) return false;
    if (p->at < p->end && *p->at == ':') p->at++;
    if (p->at < p->end && *p->at >= '0' && *p->at <= '9' && !take_number(p, 2, &m)) return false;
    p->offset = sign * (h * 60 + m);
    return h <= 18 && m < 60;
}

static bool take_half(Parsed *p)
{
    if (p->end - p->at < 2) return false;
    bool am = sqlite3_strnicmp(p->at, "AM", 2) == 0, pm = sqlite3_strnicmp(p->at, "PM", 2) == 0;
    p->at += 2;
    p->pm = pm;
    p->twelve = true;
    return am || pm;
}

static bool take_epoch(Parsed *p)
{
    bool minus = p->at < p->end && *p->at == '-';
    if (minus) p->at++;
    int n = 0;
    for (; n < 12 && p->at < p->end && *p->at >= '0' && *p->at <= '9'; n++)
        p->epoch = p->epoch * 10 + (*p->at++ - '0');
    if (minus) p->epoch = -p->epoch;
    p->has_epoch = true;
    return n > 0;
}

static bool take_directive(Parsed *p, char letter)
{
    int unused;
    while (letter != 'Y' && p->at < p->end && *p->at == ' ') p->at++;
    switch (letter) {
    case 'Y':
        return take_number(p, 4, &p->year);
    case 'y':
        if (!take_number(p, 2, &p->year)) return false;
        p->year += p->year < 70 ? 2000 : 1900;
        return true;
    case 'm':
        return take_number(p, 2, &p->month);
    case 'B':
    case 'b':
        return (p->month = take_name(p, month_names, 12)) > 0;
    case 'd':
        return take_number(p, 2, &p->day);
    case 'j':
        return take_number(p, 3, &p->doy);
    case 'A':
    case 'a':
        return take_name(p, day_names, 7) > 0;
    case 'H':
        return take_number(p, 2, &p->hour);
    case 'I':
        p->twelve = true;
        return take_number(p, 2, &p->hour);
    case 'M':
        return take_number(p, 2, &p->minute);
    case 'S':
        return take_number(p, 2, &p->second);
    case 'f':
    case 'L':
        return take_fraction(p, 6, &p->us);
    case 'p':
        return take_half(p);
    case 'z':
    case 'Z':
        return take_zone(p);
    case 's':
        return take_epoch(p);
    case 'G':
        return take_number(p, 4, &p->iso_year);
    case 'V':
        return take_number(p, 2, &p->iso_week);
    case 'u':
        return take_number(p, 1, &p->weekday);
    case 'q':
    case 'w':
    case 'N':
        return take_number(p, 1, &unused);
    default:
        return false;
    }
}

static bool scan(Parsed *p, Str format)
{
    const char *at = format.ptr, *end = at + format.len;
    while (at < end) {
        Directive d;
        bool sign = *at == '%' && at + 1 < end && at[1] == '%';
        if (*at == '%' && !sign) {
            at = directive(at, end, &d);
            if (!take_directive(p, d.letter)) return false;
            continue;
        }
        at += sign ? 2 : 1;
        char c = at[-1];
        if (c == ' ') {
            while (p->at < p->end && *p->at == ' ') p->at++;
        } else if (p->at < p->end && *p->at == c) {
            p->at++;
        } else {
            return false;
        }
    }
    return p->at == p->end;
}

static bool day_of(const Parsed *p, int64_t *days)
{
    Moment first;
    if (p->iso_week) {
        bool week = p->iso_week <= 53 && p->weekday <= 7;
        if (!week || !moment_of_day(p->iso_year, 1, 4, &first)) return false;
        first = moment_trunc(first, (Unit){UNIT_WEEK, 0});
        *days = moment_days(first) + (p->iso_week - 1) * 7 + (p->weekday ? p->weekday - 1 : 0);
        return true;
    }
    bool named = p->doy > 0;
    if (!moment_of_day(p->year, named ? 1 : p->month, named ? 1 : p->day, &first)) return false;
    *days = moment_days(first) + (named ? p->doy - 1 : 0);
    return p->doy <= 366;
}

static bool parse(Str text, Str format, Moment *out)
{
    Parsed p = {.at = text.ptr, .end = text.ptr + text.len, .year = 1970, .month = 1, .day = 1};
    int64_t days = 0;
    if (!scan(&p, format)) return false;
    if (p.has_epoch) {
        *out = (Moment){p.epoch * SECOND_US + p.us, MOMENT_TIMESTAMP};
        return true;
    }
    if (p.twelve && p.hour > 12) return false;
    if (p.twelve) p.hour = p.hour % 12 + (p.pm ? 12 : 0);
    if (!day_of(&p, &days) || p.hour > 23 || p.minute > 59 || p.second > 59) return false;
    int64_t us = p.hour * HOUR_US + p.minute * MINUTE_US + p.second * SECOND_US + p.us;
    *out = (Moment){days * DAY_US + us - p.offset * MINUTE_US, MOMENT_TIMESTAMP};
    return moment_in_range(*out);
}

// text, format[, place]: without a place what does not fit is NULL.
static void parse_as(sqlite3_context *c, int n, sqlite3_value **v, MomentKind kind)
{
    Moment m;
    if (fn_any_null(2, v)) return;
    Str text = value_str(v[0]);
    if (parse(text, value_str(v[1]), &m)) {
        fn_result_moment(c, moment_as(m, kind));
    } else if (n > 2) {
        fn_fail(c, v[2], "'%.*s' does not fit the format.", text.len > 60 ? 60 : (int)text.len,
                text.ptr ? text.ptr : "");
    }
}
static void parse_date(sqlite3_context *c, int n, sqlite3_value **v)
{
    parse_as(c, n, v, MOMENT_DATE);
}
static void parse_timestamp(sqlite3_context *c, int n, sqlite3_value **v)
{
    parse_as(c, n, v, MOMENT_TIMESTAMP);
}
static void parse_time(sqlite3_context *c, int n, sqlite3_value **v)
{
    parse_as(c, n, v, MOMENT_TIME);
}

static const QueryFn rows[] = {
    {.name = "gr_interval_format", .args = 2, .call = interval_format},
    {.name = "gr_parse_date", .args = -1, .call = parse_date},
    {.name = "gr_parse_time", .args = -1, .call = parse_time},
    {.name = "gr_parse_timestamp", .args = -1, .call = parse_timestamp},
    {.name = "gr_strftime", .args = 2, .call = date_format},
};
const QueryFns fn_formats = {rows, sizeof rows / sizeof *rows};
