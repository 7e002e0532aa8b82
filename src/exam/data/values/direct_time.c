// direct_time: dates and times out of a query's moments and spans, in seconds since 1970.
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/values/direct.h"

// The start of a moment, and what comes after it: '2020-02' and LIKE '2020-02-%' mean a month, a
// number a year.
static bool period_of(const Literal *l, int64_t *from, int64_t *to)
{
    enum { YEAR_LOW = 1900, YEAR_HIGH = 2100, OF_YEAR = 4, OF_MONTH = 7 };
    Str text = l->text;
    int64_t year;
    if (!l->string) {
        bool is_year = str_to_i64(text, &year) && year >= YEAR_LOW && year <= YEAR_HIGH;
        if (!is_year || !l->column.len) return false;
    } else if (l->use == LITERAL_LIKE) {
        size_t n = 0;
        while (n < text.len && text.ptr[n] != '%' && text.ptr[n] != '_') n++;
        while (n && (text.ptr[n - 1] == '-' || text.ptr[n - 1] == ' ')) n--;
        text = str_slice(text, 0, n);
    }
    if (!bounds_moment(text, from)) return false;
    int y, month, day;
    date_civil(*from / DAY_S, &y, &month, &day);
    *to = *from;
    if (text.len == OF_YEAR) *to = date_days(y + 1, 1, 1) * DAY_S;
    if (text.len == OF_MONTH) *to = date_days(y + month / 12, month % 12 + 1, 1) * DAY_S;
    return true;
}

static bool is_moment(const Literal *l)
{
    int64_t from, to;
    return period_of(l, &from, &to);
}

// MONTH(x) = 2 beside YEAR(x) = 2020.
static bool is_month(const Literal *l)
{
    double v;
    return direct_number_of(l, &v) && l->column.len && v >= 1 && v <= 12;
}

// One of the ends of what a literal means, the first more often.
static bool moment_of(Drawing *d, const Literal *l, int64_t *at)
{
    int64_t to, n;
    int year, month, day;
    if (!l || !period_of(l, at, &to)) return false;
    const Literal *in = l->string ? NULL : direct_draw(d, is_month);
    if (in && str_eq_nocase(in->column, l->column) && str_to_i64(in->text, &n)) {
        date_civil(*at / DAY_S, &year, &month, &day);
        *at = date_days(year, (int)n, 1) * DAY_S;
        to = date_days(year + (int)n / 12, (int)n % 12 + 1, 1) * DAY_S;
    }
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    if (to > *at && rng_below(&d->rng, 3) == 0) *at = to - step;
    return true;
}

// What can be a distance between two times: '30 minutes', or a number.
static bool is_span(const Literal *l)
{
    int64_t any;
    double v;
    return l->string ? literals_span(l->text, &any) : direct_number_of(l, &v) && v > 1;
}

void direct_put_time(Drawing *d, int64_t seconds)
{
    if (!bounds_time(d->w, d->column, seconds)) return;
    direct_put(d, d->column->type == TYPE_DATE ? date_text(d->arena, seconds / DAY_S)
                                               : time_text(d->arena, seconds * 1000));
}

static bool asks_for_months(const Literal *l)
{
    return l->string && str_starts(l->text, S("start of "));
}

// The first second of the month that is `back` months before the one of today.
static int64_t month_start(const Drawing *d, int back)
{
    int year, month, day;
    date_civil(d->w->today, &year, &month, &day);
    month -= back;
    return date_days(month < 1 ? year - 1 : year, month < 1 ? month + 12 : month, 1) * DAY_S;
}

static int64_t clock_moment(Drawing *d)
{
    bool months = direct_draw(d, asks_for_months);
    switch (rng_below(&d->rng, months ? 4 : 2)) {
    case 0:
        return d->w->now_ms / 1000;
    case 1:
        return d->w->today * DAY_S;
    case 2:
        return month_start(d, 0);
    default:
        return month_start(d, 1);
    }
}

int64_t calendar_later(int64_t seconds, CalendarUnit unit, int64_t n)
{
    static const int64_t months[] = {12, 3, 1}, spans[] = {7 * DAY_S, DAY_S, 3600, 60};
    if (unit >= CALENDAR_WEEK) return seconds + n * spans[unit - CALENDAR_WEEK];
    int year, month, day, there, same;
    date_civil(seconds / DAY_S, &year, &month, &day);
    int64_t all = (int64_t)year * 12 + month - 1 + n * months[unit];
    int64_t days = date_days((int)(all / 12), (int)(all % 12) + 1, day);
    date_civil(days, &year, &there, &same);
    if (same != day) days -= same; // the last day of a month that is shorter
    return days * DAY_S + seconds % DAY_S;
}

CalendarUnit calendar_unit(const Literals *l, Rng *rng)
{
    CalendarUnit unit = CALENDAR_DAY;
    uint64_t seen = 0;
    unsigned units = l->fresh.units && rng_below(rng, 2) ? l->fresh.units : l->units;
    for (CalendarUnit u = 0; u <= CALENDAR_LAST; u++) {
        if (units >> u & 1 && rng_below(rng, ++seen) == 0) unit = u;
    }
    return unit;
}

// Where months, years and weeks meet behind this moment, and the end of a February with 29 days.
static int64_t edge_moment(Drawing *d, int64_t at)
{
    int year, month, day;
    date_civil(at / DAY_S, &year, &month, &day);
    switch (rng_below(&d->rng, 5)) {
    case 0:
        return date_days(year, month, 1) * DAY_S;
    case 1:
        return date_days(year + month / 12, month % 12 + 1, 1) * DAY_S;
    case 2:
        return date_days(year, 1, 1) * DAY_S;
    case 3:
        return (at / DAY_S + 6 - (at / DAY_S + 2) % 7) * DAY_S; // 1970 began on a Thursday
    default:
        return date_days(year - year % 4, 3, 1) * DAY_S;
    }
}

static int64_t draw_moment(Drawing *d)
{
    int64_t at;
    const Literal *l = direct_draw(d, is_moment);
    if (d->literals->clock && (!l || rng_below(&d->rng, 2))) return clock_moment(d);
    if (moment_of(d, l, &at)) {
        bool edge = d->literals->units && rng_below(&d->rng, 4) == 0;
        return edge ? edge_moment(d, at) : at;
    }
    if (rng_below(&d->rng, 2)) return edge_moment(d, d->w->today * DAY_S);
    return (d->w->today - 2) * DAY_S + DAY_S / 2;
}

// A number may count seconds, minutes, hours or days; a large one hardly anything but seconds.
static int64_t span_of(Drawing *d, double v)
{
    static const int64_t units[] = {1, 60, 3600, DAY_S};
    int64_t unit = units[rng_below(&d->rng, v >= 300 ? 1 : sizeof units / sizeof *units)];
    if (d->column->type == TYPE_DATE) unit = DAY_S;
    return v > (double)LONGEST_S ? 0 : (int64_t)v * unit;
}

// 0 = the query has no spans.
static int64_t draw_span(Drawing *d)
{
    int64_t span = 0;
    double v;
    const Literal *l = direct_draw(d, is_span);
    if (l && direct_number_of(l, &v)) span = span_of(d, v);
    if (l && l->string && !literals_span(l->text, &span)) span = 0;
    return span > LONGEST_S ? 0 : span;
}

static int64_t years_later(int64_t seconds, int years)
{
    int year, month, day;
    date_civil(seconds / DAY_S, &year, &month, &day);
    if (month == 2 && day == 29) day = 28;
    return date_days(year + years, month, day) * DAY_S + seconds % DAY_S;
}

// Two or three of them together: of a longer list the generator would seldom take the ones that
// meet.
static void put_pattern(Drawing *d, const int64_t *all)
{
    static const uint8_t patterns[][4] = {{0, 1}, {0, 1, 2}, {0, 1, 3},    {1, 2, 4},
                                          {0, 4}, {0, 1, 5}, {4, 2, 1, 5}, {1, 2, 3}};
    const uint8_t *pattern = patterns[rng_below(&d->rng, sizeof patterns / sizeof *patterns)];
    direct_put_time(d, all[pattern[0]]);
    for (size_t i = 1; i < 4 && pattern[i]; i++) direct_put_time(d, all[pattern[i]]);
}

// Days that follow each other, as many as there may be rows.
static void put_run(Drawing *d, int64_t from)
{
    bool many = d->rows > 9;
    size_t days = 2 + (many ? d->rows / 2 : 0) + rng_below(&d->rng, d->rows + 2);
    d->in_turn = days > 4 && (many || !d->key);
    for (size_t i = 0; i < days && i < VALUES_MOST; i++)
        direct_put_time(d, from + (int64_t)i * DAY_S);
}

// In the unit that the query counts in, at times with one left out: years with orders and one
// without. What lies just before a unit begins belongs to the one before.
static void put_units(Drawing *d, int64_t at)
{
    CalendarUnit unit = calendar_unit(d->literals, &d->rng);
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    if (d->column->type == TYPE_DATE && unit > CALENDAR_DAY) unit = CALENDAR_DAY;
    size_t gap = rng_below(&d->rng, 4), count = 2 + rng_below(&d->rng, 3);
    for (size_t i = 0; i < count; i++) {
        direct_put_time(d, calendar_later(at, unit, -(int64_t)(i + (i >= gap))));
    }
    if (rng_below(&d->rng, 2)) direct_put_time(d, at - step);
}

// What a number may say in years: 18, 216 months, 6570 days; with another one, 180000 of 10000. A
// power of ten only parts years from months and days.
static int years_in(int64_t v, int64_t other)
{
    for (int64_t ten = 100; ten <= v; ten *= 10) {
        if (v == ten) return 0;
    }
    if (other > 1 && v > other && v % other == 0 && v / other <= 100) return (int)(v / other);
    if (v > 1 && v < 100) return (int)v;
    if (v > 100 && v % 12 == 0 && v <= 1200) return (int)v / 12;
    return v > 3650 && v <= 36600 ? (int)(v / 365) : 0;
}

// How many years lie between: mostly as many as a number of the query says.
static int draw_years(Drawing *d)
{
    static const int years[] = {1, 1, 2, 3, 4, 5, 20, 30};
    const Literals *l = d->literals;
    int64_t v, other;
    int found = 0;
    uint64_t seen = 0;
    bool asked = rng_below(&d->rng, 4);
    for (size_t i = 0; asked && i < l->len; i++) {
        if (!str_to_i64(l->at[i].text, &v)) continue;
        int best = years_in(v, 0);
        for (size_t k = 0; k < l->len; k++) {
            int with = str_to_i64(l->at[k].text, &other) && other >= 100 ? years_in(v, other) : 0;
            if (with > 1) best = with;
        }
        if (best && rng_below(&d->rng, ++seen) == 0) found = best;
    }
    return found ? found : years[rng_below(&d->rng, sizeof years / sizeof *years)];
}

// Birthdays: the same day of years that lie far apart, the day before and the one behind, the days
// around the end of a February, and a year as 365 or 366 days.
static void put_ages(Drawing *d, int64_t at)
{
    int n = draw_years(d), year, month, day;
    if (rng_below(&d->rng, 2)) n = -n;
    date_civil(at / DAY_S, &year, &month, &day);
    if (rng_below(&d->rng, 2)) at = years_later(at, -(year % 4)); // a year with 366 days
    int64_t other = years_later(at, n);
    date_civil((rng_below(&d->rng, 2) ? at : other) / DAY_S, &year, &month, &day);
    year -= year % 4;
    int64_t days = 365 * (int64_t)(n < 0 ? -n : n);
    int64_t march = date_days(year, 3, 1) * DAY_S + at % DAY_S, way = n < 0 ? -DAY_S : DAY_S;
    const int64_t all[] = {at,
                           other,
                           other - DAY_S,
                           other + DAY_S,
                           march - DAY_S,
                           march,
                           march - 2 * DAY_S,
                           years_later(march, n),
                           at + days * way,
                           at + (days + 1) * way,
                           at + (days + days / 365 / 4) * way};
    enum { ALL = sizeof all / sizeof *all };
    size_t from = rng_below(&d->rng, ALL), count = 2 + rng_below(&d->rng, 4);
    if (rng_below(&d->rng, 2)) direct_put_time(d, at);
    for (size_t i = 0; i < count; i++) direct_put_time(d, all[(from + i) % ALL]);
}

void direct_moment(Drawing *d, int64_t *at, int64_t *span)
{
    d->rng.stream = TIME_STREAM;
    *at = draw_moment(d);
    *span = draw_span(d);
    if (*span < (d->column->type == TYPE_DATE ? DAY_S : 1)) *span = DAY_S;
}

// All columns of a database draw the same moment and span: so times of two tables, too, lie exactly
// so far apart. Which of the values a column takes is the generator's business.
void direct_times(Drawing *d)
{
    d->rng.stream = TIME_STREAM;
    bool asked = d->literals->clock || direct_draw(d, is_moment) || direct_draw(d, is_span);
    int64_t at = draw_moment(d), span = draw_span(d);
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    bool back = d->literals->clock || rng_below(&d->rng, 2);
    if (span < step) span = DAY_S;
    int64_t other = back ? at - span : at + span;
    bool days = d->column->type == TYPE_DATE;
    if (d->literals->units && rng_below(&d->rng, d->literals->fresh.units ? 2 : 4) == 0) {
        put_units(d, at);
        return;
    }
    uint64_t one_in = d->literals->fresh.ages ? 2 : 4;
    if (d->literals->ages && rng_below(&d->rng, one_in) == 0) {
        put_ages(d, at);
        return;
    }
    switch (rng_below(&d->rng, days && d->rows > 9 ? 3 : !days ? 16 : asked ? 8 : 10)) {
    case 0:
        put_run(d, at - DAY_S * (int64_t)rng_below(&d->rng, d->rows + 1));
        return;
    case 1: // the same day of another year
        other = years_later(at, back ? -1 : 1);
        break;
    case 2: // both ends of what the query looks at
        other = draw_moment(d);
        break;
    default:
        if (!asked && (!days || rng_below(&d->rng, 2))) return;
    }
    const int64_t all[] = {at, other, other - step, other + step, at - step, other + other - at};
    put_pattern(d, all);
}
