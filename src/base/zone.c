// zone: time zones by name: how far from UTC a place is, and when it moves its clocks.
#include "base/zone.h"
#include "base/calendar.h"

typedef enum {
    RULE_NONE,
    RULE_US,        // second Sunday of March, first of November, 2:00 by the clock; from 2007
    RULE_EUROPE,    // last Sundays of March and October, 1:00 UTC
    RULE_AUSTRALIA, // first Sundays of October and April, 2:00 standard time
    RULE_ZEALAND,   // last Sunday of September, first of April, 2:00 standard time
} Rule;

struct Zone {
    const char *name;
    int minutes; // of standard time, east
    Rule rule;
    int since;
};

static const Zone zones[] = {
    {"America/New_York", -300, RULE_US, 2007},
    {"America/Detroit", -300, RULE_US, 2007},
    {"America/Toronto", -300, RULE_US, 2007},
    {"US/Eastern", -300, RULE_US, 2007},
    {"EST5EDT", -300, RULE_US, 2007},
    {"America/Chicago", -360, RULE_US, 2007},
    {"US/Central", -360, RULE_US, 2007},
    {"CST6CDT", -360, RULE_US, 2007},
    {"America/Denver", -420, RULE_US, 2007},
    {"US/Mountain", -420, RULE_US, 2007},
    {"America/Phoenix", -420, RULE_NONE, 1970},
    {"America/Los_Angeles", -480, RULE_US, 2007},
    {"America/Vancouver", -480, RULE_US, 2007},
    {"US/Pacific", -480, RULE_US, 2007},
    {"PST8PDT", -480, RULE_US, 2007},
    {"America/Anchorage", -540, RULE_US, 2007},
    {"America/Halifax", -240, RULE_US, 2007},
    {"Pacific/Honolulu", -600, RULE_NONE, 1970},
    {"US/Hawaii", -600, RULE_NONE, 1970},
    {"America/Mexico_City", -360, RULE_NONE, 2023},
    {"America/Bogota", -300, RULE_NONE, 1994},
    {"America/Lima", -300, RULE_NONE, 1995},
    {"America/Sao_Paulo", -180, RULE_NONE, 2020},
    {"America/Argentina/Buenos_Aires", -180, RULE_NONE, 2010},
    {"America/Buenos_Aires", -180, RULE_NONE, 2010},
    {"Europe/London", 0, RULE_EUROPE, 1996},
    {"Europe/Dublin", 0, RULE_EUROPE, 1996},
    {"Europe/Lisbon", 0, RULE_EUROPE, 1997},
    {"Europe/Amsterdam", 60, RULE_EUROPE, 1996},
    {"Europe/Belgrade", 60, RULE_EUROPE, 1996},
    {"Europe/Berlin", 60, RULE_EUROPE, 1996},
    {"Europe/Brussels", 60, RULE_EUROPE, 1996},
    {"Europe/Budapest", 60, RULE_EUROPE, 1996},
    {"Europe/Copenhagen", 60, RULE_EUROPE, 1996},
    {"Europe/Luxembourg", 60, RULE_EUROPE, 1996},
    {"Europe/Madrid", 60, RULE_EUROPE, 1996},
    {"Europe/Oslo", 60, RULE_EUROPE, 1996},
    {"Europe/Paris", 60, RULE_EUROPE, 1996},
    {"Europe/Prague", 60, RULE_EUROPE, 1996},
    {"Europe/Rome", 60, RULE_EUROPE, 1996},
    {"Europe/Stockholm", 60, RULE_EUROPE, 1996},
    {"Europe/Vienna", 60, RULE_EUROPE, 1996},
    {"Europe/Warsaw", 60, RULE_EUROPE, 1996},
    {"Europe/Zagreb", 60, RULE_EUROPE, 1996},
    {"Europe/Zurich", 60, RULE_EUROPE, 1996},
    {"CET", 60, RULE_EUROPE, 1996},
    {"Europe/Athens", 120, RULE_EUROPE, 1996},
    {"Europe/Bucharest", 120, RULE_EUROPE, 1997},
    {"Europe/Helsinki", 120, RULE_EUROPE, 1996},
    {"Europe/Kiev", 120, RULE_EUROPE, 1997},
    {"Europe/Kyiv", 120, RULE_EUROPE, 1997},
    {"Europe/Sofia", 120, RULE_EUROPE, 1997},
    {"EET", 120, RULE_EUROPE, 1996},
    {"Europe/Istanbul", 180, RULE_NONE, 2017},
    {"Europe/Moscow", 180, RULE_NONE, 2015},
    {"Africa/Johannesburg", 120, RULE_NONE, 1970},
    {"Africa/Lagos", 60, RULE_NONE, 1970},
    {"Africa/Nairobi", 180, RULE_NONE, 1970},
    {"Asia/Bangkok", 420, RULE_NONE, 1970},
    {"Asia/Calcutta", 330, RULE_NONE, 1970},
    {"Asia/Dhaka", 360, RULE_NONE, 2010},
    {"Asia/Dubai", 240, RULE_NONE, 1970},
    {"Asia/Ho_Chi_Minh", 420, RULE_NONE, 1976},
    {"Asia/Hong_Kong", 480, RULE_NONE, 1980},
    {"Asia/Jakarta", 420, RULE_NONE, 1970},
    {"Asia/Karachi", 300, RULE_NONE, 2010},
    {"Asia/Kathmandu", 345, RULE_NONE, 1986},
    {"Asia/Kolkata", 330, RULE_NONE, 1970},
    {"Asia/Kuala_Lumpur", 480, RULE_NONE, 1982},
    {"Asia/Manila", 480, RULE_NONE, 1991},
    {"Asia/Riyadh", 180, RULE_NONE, 1970},
    {"Asia/Seoul", 540, RULE_NONE, 1989},
    {"Asia/Shanghai", 480, RULE_NONE, 1992},
    {"Asia/Singapore", 480, RULE_NONE, 1982},
    {"Asia/Taipei", 480, RULE_NONE, 1980},
    {"Asia/Tokyo", 540, RULE_NONE, 1970},
    {"Japan", 540, RULE_NONE, 1970},
    {"Australia/Adelaide", 570, RULE_AUSTRALIA, 2008},
    {"Australia/Brisbane", 600, RULE_NONE, 1993},
    {"Australia/Darwin", 570, RULE_NONE, 1970},
    {"Australia/Melbourne", 600, RULE_AUSTRALIA, 2008},
    {"Australia/Perth", 480, RULE_NONE, 2010},
    {"Australia/Sydney", 600, RULE_AUSTRALIA, 2008},
    {"Pacific/Auckland", 720, RULE_ZEALAND, 2008},
};
enum { ZONES = sizeof zones / sizeof *zones };

const Zone *zone_find(Str name)
{
    for (size_t i = 0; i < ZONES; i++) {
        if (str_eq_nocase(name, str_from(zones[i].name))) return &zones[i];
    }
    return NULL;
}

Str zone_nearest(Str name)
{
    Str names[ZONES];
    for (size_t i = 0; i < ZONES; i++) names[i] = str_from(zones[i].name);
    return str_nearest(name, (StrList){names, ZONES});
}

int zone_since(const Zone *z)
{
    return z->since;
}

// Midnight of the n-th Sunday of a month; 0: the last one.
static int64_t sunday(int64_t year, int month, int n)
{
    Moment first;
    bool next = n == 0;
    if (!moment_of_day(year + (next && month == 12), next ? month % 12 + 1 : month, 1, &first))
        return 0;
    int64_t days = moment_days(first), weekday = ((days + 4) % 7 + 7) % 7; // 0 = Sunday
    int64_t to = (7 - weekday) % 7;
    return (days + to + (next ? -7 : 7 * (n - 1))) * DAY_US;
}

// Are the clocks an hour ahead?
static bool is_summer(const Zone *z, int64_t utc)
{
    Moment m = {utc, MOMENT_TIMESTAMP};
    int64_t year = (int64_t)moment_part(m, PART_YEAR), east = z->minutes * MINUTE_US;
    switch (z->rule) {
    case RULE_US: // by standard time: it ends an hour earlier
        return utc + east >= sunday(year, 3, 2) + 2 * HOUR_US &&
               utc + east < sunday(year, 11, 1) + HOUR_US;
    case RULE_EUROPE:
        return utc >= sunday(year, 3, 0) + HOUR_US && utc < sunday(year, 10, 0) + HOUR_US;
    case RULE_AUSTRALIA:
    case RULE_ZEALAND: {
        Moment there = {utc + east, MOMENT_TIMESTAMP};
        year = (int64_t)moment_part(there, PART_YEAR);
        bool zealand = z->rule == RULE_ZEALAND;
        int64_t start = zealand ? sunday(year, 9, 0) : sunday(year, 10, 1);
        return there.us < sunday(year, 4, 1) + 2 * HOUR_US || there.us >= start + 2 * HOUR_US;
    }
    case RULE_NONE:
        break;
    }
    return false;
}

int64_t zone_local(const Zone *z, int64_t utc)
{
    return utc + z->minutes * MINUTE_US + (is_summer(z, utc) ? HOUR_US : 0);
}

int64_t zone_utc(const Zone *z, int64_t local)
{
    int64_t standard = local - z->minutes * MINUTE_US;
    bool summer = is_summer(z, standard) && is_summer(z, standard - HOUR_US);
    return summer ? standard - HOUR_US : standard;
}
