// Calendar: dates, times and timestamps as microseconds, and the arithmetic of the proleptic
// Gregorian calendar: units, truncation, differences, parts, intervals.
//
// Texts are those of the runtime (contracts): DATE YYYY-MM-DD, TIME HH:MM:SS[.f], TIMESTAMP both
// with a space between, in UTC. Every function that reads a text takes that form first, fast, and
// then what people write: 2024-1-5, 2024/01/05, 20240105, a T, a Z, an offset.
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H
#include "base/str.h"

typedef enum { MOMENT_DATE, MOMENT_TIMESTAMP, MOMENT_TIME, MOMENT_LAST = MOMENT_TIME } MomentKind;
typedef struct {
    int64_t us; // since 1970-01-01 00:00; of a TIME since midnight
    MomentKind kind;
} Moment;

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

typedef enum {
    UNIT_MICROSECOND,
    UNIT_MILLISECOND,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_YEAR,
    UNIT_DECADE,
    UNIT_CENTURY,
    UNIT_MILLENNIUM,
    UNIT_ISOYEAR,
    UNIT_LAST = UNIT_ISOYEAR,
} UnitKind;
typedef struct {
    UnitKind kind;
    int first; // of a WEEK: the weekday it starts on, 0 = Monday … 6 = Sunday
} Unit;
// "DAY", "WEEK" (from Monday), "WEEK_SUNDAY" …; capitals only.
MUST_USE bool unit_read(Str word, Unit *out);

typedef enum {
    PART_MICROSECOND, // of the second, with its seconds: 3.5 s = 3500000
    PART_MILLISECOND,
    PART_MILLISECOND_WHOLE,
    PART_MICROSECOND_OF_SECOND,
    PART_MILLISECOND_OF_SECOND,
    PART_SECOND,       // whole
    PART_SECOND_EXACT, // with its fraction
    PART_MINUTE,
    PART_HOUR,
    PART_DAY,
    PART_MONTH,
    PART_QUARTER,
    PART_YEAR,
    PART_DECADE,
    PART_CENTURY,
    PART_MILLENNIUM,
    PART_DOY,
    PART_DOW_MONDAY_0,
    PART_DOW_MONDAY_1,
    PART_DOW_SUNDAY_0,
    PART_DOW_SUNDAY_1,
    PART_WEEK_0, // MySQL's modes: 0 counts from the first Sunday, the days before are week 0
    PART_WEEK_1, // from Monday, week 1 has four days or more, before it is week 0
    PART_WEEK_2, // as 0, but the days before are the last week of the year before
    PART_WEEK_3, // as 1, alike: ISO
    PART_WEEK_4, // as 1 from Sunday
    PART_WEEK_5, // as 0 from Monday
    PART_WEEK_6, // as 4, without week 0
    PART_WEEK_7, // as 5, without week 0
    PART_ISOYEAR,
    PART_YEARWEEK_2, // 202401, by mode 2
    PART_YEARWEEK_3,
    PART_YEARWEEK_6,
    PART_YEARWEEK_7,
    PART_YEARMONTH,    // 202401
    PART_EPOCH,        // seconds, with their fraction
    PART_EPOCH_SECOND, // whole, downwards
    PART_EPOCH_MILLISECOND,
    PART_EPOCH_MICROSECOND,
    PART_EPOCH_DAY,
    PART_DAYS_OF_MYSQL, // since the year 0
    PART_SECONDS_OF_MYSQL,
    PART_SECONDS_OF_DAY,
    PART_JULIAN,
    PART_LAST = PART_JULIAN,
} TimePart;
MUST_USE bool part_read(Str word, TimePart *out); // "DOW_SUNDAY_0" …

// ---- texts
MUST_USE bool moment_read(Str text, Moment *out);
enum { MOMENT_TEXT_MAX = 32 };
size_t moment_write(Moment m, char out[MOMENT_TEXT_MAX]);                           // its length
MUST_USE bool moment_of_day(int64_t year, int64_t month, int64_t day, Moment *out); // a real one
Moment moment_as(Moment m, MomentKind kind); // a date is midnight; a timestamp's date or time
int64_t moment_days(Moment m);               // since 1970-01-01, downwards
bool moment_in_range(Moment m);              // years 1 … 9999

// ---- arithmetic
typedef struct {
    int64_t months, days, us;
} Interval;
// Months first, then days, then the rest; a day that the month lacks becomes its last. A DATE with
// a part of a day becomes a TIMESTAMP. False: out of range.
MUST_USE bool moment_plus(Moment m, Interval i, Moment *out);
// n units as an interval; fractions go down as in Postgres: 1.5 months = 1 month 15 days.
MUST_USE bool interval_of(double n, Unit u, Interval *out);
int64_t interval_us(Interval i); // a month counts 30 days
// '1 day 02:30:00', '1-2', '3 hours ago', 'P1DT2H'.
MUST_USE bool interval_read(Str text, Interval *out);

Moment moment_trunc(Moment m, Unit u);
Moment moment_next(Moment truncated, Unit u);              // the start of the next unit
int64_t moment_boundaries(Moment from, Moment to, Unit u); // how many starts of a unit lie between
// Whole units that have passed; `clamped`: from the 31st to the last of a shorter month is a month.
int64_t moment_elapsed(Moment from, Moment to, Unit u, bool clamped);
double moment_part(Moment m, TimePart p);
double months_between(Moment a, Moment b); // a - b in months of 31 days; ends of months are whole
Interval moment_age(Moment a, Moment b);   // a - b in years and months, days and the rest
int month_days(int year, int month);
#endif
