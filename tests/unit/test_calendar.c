// test_calendar: dates and times: texts, weeks against the C library, units against their
// definitions.
#include "base/calendar.h"
#include "base/world.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static Moment moment(const char *text)
{
    Moment m = {0};
    ck_assert_msg(moment_read(str_from(text), &m), "%s", text);
    return m;
}

static const char *text_of(Moment m)
{
    static char text[MOMENT_TEXT_MAX + 1];
    text[moment_write(m, text)] = '\0';
    return text;
}

static Unit unit(const char *word)
{
    Unit u;
    ck_assert_msg(unit_read(str_from(word), &u), "%s", word);
    return u;
}

// --- Texts ---

START_TEST(what_people_write_is_read_and_written_in_one_form)
{
    static const struct {
        const char *text, *want; // NULL: it is no date or time
    } rows[] = {
        {"2024-02-29", "2024-02-29"},
        {"2024-2-9", "2024-02-09"},
        {"2024/02/29", "2024-02-29"},
        {"20240229", "2024-02-29"},
        {" 2024-02-29 ", "2024-02-29"},
        {"2024-02-29 12:34:56", "2024-02-29 12:34:56"},
        {"2024-02-29T12:34:56Z", "2024-02-29 12:34:56"},
        {"2024-02-29 12:34", "2024-02-29 12:34:00"},
        {"2024-02-29 12:34:56.500", "2024-02-29 12:34:56.5"},
        {"2024-02-29 12:34:56.1234567", "2024-02-29 12:34:56.123456"},
        {"2024-02-29 00:30:00+02:00", "2024-02-28 22:30:00"},
        {"2024-02-29 00:30:00 +02", "2024-02-28 22:30:00"},
        {"2024-02-29 23:30:00-0130", "2024-03-01 01:00:00"},
        {"2024-02-29 10:00:00 UTC", "2024-02-29 10:00:00"},
        {"09:05", "09:05:00"},
        {"9:05:07.25", "09:05:07.25"},
        {"1969-12-31 23:59:59.75", "1969-12-31 23:59:59.75"},
        {"0001-01-01", "0001-01-01"},
        {"9999-12-31 23:59:59", "9999-12-31 23:59:59"},
        {"2023-02-29", NULL},
        {"2024-13-01", NULL},
        {"2024-00-01", NULL},
        {"2024-02-29 24:00:00", NULL},
        {"2024-02-29 12:60:00", NULL},
        {"2024-02-29x", NULL},
        {"2024-02-29 12:34:56 Europe/Berlin", NULL},
        {"2024-02/29", NULL},
        {"24-02-29", NULL},
        {"", NULL},
        {"today", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Moment m;
        bool ok = moment_read(str_from(rows[i].text), &m);
        ck_assert_msg(ok == (rows[i].want != NULL), "%s", rows[i].text);
        if (ok) ck_assert_str_eq(text_of(m), rows[i].want);
    }
    Moment m;
    ck_assert(!moment_read((Str){0}, &m));
}
END_TEST

START_TEST(every_day_and_time_comes_back_from_its_text)
{
    for (int64_t day = date_days(1, 1, 1); day <= date_days(9999, 12, 31); day += 17) {
        Moment m = {day * DAY_US + day * 7919 % DAY_US, MOMENT_TIMESTAMP}, again;
        if (m.us < day * DAY_US) m.us += DAY_US;
        if (!moment_in_range(m)) continue;
        if (!moment_read(str_from(text_of(m)), &again) || again.us != m.us)
            ck_abort_msg("%s", text_of(m));
    }
}
END_TEST

// --- Parts ---

START_TEST(weeks_and_days_are_those_of_the_c_library)
{
    static const struct {
        const char *format;
        TimePart part;
    } rows[] = {{"%V", PART_WEEK_3}, {"%G", PART_ISOYEAR},      {"%U", PART_WEEK_0},
                {"%W", PART_WEEK_5}, {"%j", PART_DOY},          {"%u", PART_DOW_MONDAY_1},
                {"%Y", PART_YEAR},   {"%w", PART_DOW_SUNDAY_0}, {"%m", PART_MONTH},
                {"%d", PART_DAY}};
    for (int64_t day = date_days(1890, 1, 1); day < date_days(2110, 1, 1); day++) {
        time_t seconds = (time_t)(day * 86400);
        struct tm tm;
        if (!gmtime_r(&seconds, &tm)) ck_abort();
        Moment m = {day * DAY_US, MOMENT_DATE};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            char text[16] = "";
            size_t len = strftime(text, sizeof text, rows[i].format, &tm);
            if (len && (int)moment_part(m, rows[i].part) == atoi(text)) continue;
            ck_abort_msg("%s of %s is %s", rows[i].format, text_of(m), text);
        }
    }
}
END_TEST

START_TEST(parts_of_a_time_count_downwards_before_1970)
{
    Moment m = moment("1969-12-31 23:59:58.25");
    ck_assert_double_eq(moment_part(m, PART_HOUR), 23);
    ck_assert_double_eq(moment_part(m, PART_SECOND), 58);
    ck_assert_double_eq(moment_part(m, PART_SECOND_EXACT), 58.25);
    ck_assert_double_eq(moment_part(m, PART_MILLISECOND), 58250);
    ck_assert_double_eq(moment_part(m, PART_MICROSECOND_OF_SECOND), 250000);
    ck_assert_double_eq(moment_part(m, PART_EPOCH), -1.75);
    ck_assert_double_eq(moment_part(m, PART_EPOCH_SECOND), -2);
    ck_assert_double_eq(moment_part(moment("2000-12-31"), PART_CENTURY), 20);
    ck_assert_double_eq(moment_part(moment("2001-01-01"), PART_CENTURY), 21);
    ck_assert_double_eq(moment_part(moment("2024-02-29"), PART_JULIAN), 2460370);
}
END_TEST

// --- Units ---

static const char *const words[] = {"MICROSECOND", "SECOND",        "MINUTE",      "HOUR",
                                    "DAY",         "WEEK",          "WEEK_SUNDAY", "MONTH",
                                    "QUARTER",     "WEEK_THURSDAY", "YEAR",        "DECADE",
                                    "CENTURY",     "MILLENNIUM",    "ISOYEAR"};
enum { WORDS = sizeof words / sizeof *words };

static const char *const samples[] = {
    "2024-02-29 12:30:15.25", "2023-12-31 23:59:59", "2024-12-30 00:00:00",
    "1969-12-31 23:59:59.5",  "2000-01-01 00:00:00", "1901-01-01 00:00:00",
    "2021-01-03 10:00:00",    "1900-02-28 08:00:00", "2024-03-31 00:00:00.001"};
enum { SAMPLES = sizeof samples / sizeof *samples };

START_TEST(a_moment_lies_in_its_unit)
{
    for (size_t s = 0; s < SAMPLES; s++) {
        for (size_t w = 0; w < WORDS; w++) {
            Moment m = moment(samples[s]), start = moment_trunc(m, unit(words[w]));
            Moment end = moment_next(start, unit(words[w]));
            ck_assert_msg(start.us <= m.us && m.us < end.us, "%s of %s", words[w], samples[s]);
            ck_assert_int_eq(moment_trunc(start, unit(words[w])).us, start.us);
            ck_assert_int_eq(moment_trunc(end, unit(words[w])).us, end.us);
            Moment last = {end.us - 1, MOMENT_TIMESTAMP};
            ck_assert_int_eq(moment_boundaries(m, last, unit(words[w])), 0);
            ck_assert_int_eq(moment_boundaries(m, end, unit(words[w])), 1);
            ck_assert_int_eq(moment_boundaries(end, m, unit(words[w])), -1);
        }
    }
}
END_TEST

START_TEST(elapsed_units_are_those_that_fit_between)
{
    for (size_t a = 0; a < SAMPLES; a++) {
        for (size_t b = 0; b < SAMPLES; b++) {
            for (size_t w = 1; w < WORDS - 1; w++) {
                Moment from = moment(samples[a]), to = moment(samples[b]), sum;
                Unit u = unit(words[w]);
                int64_t n = moment_elapsed(from, to, u, false);
                ck_assert_int_eq(n, -moment_elapsed(to, from, u, false));
                Interval i;
                if (from.us > to.us || !interval_of((double)n, u, &i)) continue;
                ck_assert(moment_plus(from, i, &sum));
                ck_assert_msg(sum.us <= to.us, "%s from %s to %s", words[w], samples[a],
                              samples[b]);
                ck_assert(interval_of((double)(n + 1), u, &i));
                if (!moment_plus(from, i, &sum)) continue;
                ck_assert_msg(sum.us > to.us ||
                                  moment_part(sum, PART_DAY) != moment_part(from, PART_DAY),
                              "%s from %s to %s", words[w], samples[a], samples[b]);
            }
        }
    }
    Moment from = moment("2024-01-31"), to = moment("2024-02-29");
    ck_assert_int_eq(moment_elapsed(from, to, unit("MONTH"), false), 0);
    ck_assert_int_eq(moment_elapsed(from, to, unit("MONTH"), true), 1);
}
END_TEST

START_TEST(a_day_that_the_month_lacks_becomes_its_last)
{
    static const struct {
        const char *from, *word;
        double n;
        const char *want; // NULL: out of range
    } rows[] = {
        {"2024-01-31", "MONTH", 1, "2024-02-29"},
        {"2023-01-31", "MONTH", 1, "2023-02-28"},
        {"2024-02-29", "YEAR", 1, "2025-02-28"},
        {"2024-02-29", "YEAR", -4, "2020-02-29"},
        {"2024-03-31", "MONTH", -1, "2024-02-29"},
        {"2024-01-31", "QUARTER", 1, "2024-04-30"},
        {"2024-02-28", "DAY", 2, "2024-03-01"},
        {"2024-02-29", "WEEK", 1, "2024-03-07"},
        {"2024-02-29", "DAY", 1.5, "2024-03-01 12:00:00"},
        {"2024-02-29", "MONTH", 1.5, "2024-04-13"},
        {"2024-02-29 23:30:00", "MINUTE", 45, "2024-03-01 00:15:00"},
        {"2024-02-29 23:30:00", "SECOND", 0.25, "2024-02-29 23:30:00.25"},
        {"23:30:00", "HOUR", 2, "01:30:00"},
        {"01:30:00", "HOUR", -2, "23:30:00"},
        {"9999-12-31", "DAY", 1, NULL},
        {"0001-01-01", "MONTH", -1, NULL},
        {"2024-01-01", "YEAR", 8000, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Interval by;
        Moment sum;
        ck_assert(interval_of(rows[i].n, unit(rows[i].word), &by));
        bool ok = moment_plus(moment(rows[i].from), by, &sum);
        ck_assert_msg(ok == (rows[i].want != NULL), "%s + %g %s", rows[i].from, rows[i].n,
                      rows[i].word);
        if (ok) ck_assert_str_eq(text_of(sum), rows[i].want);
    }
    Interval by;
    ck_assert(!interval_of(1e300, unit("DAY"), &by));
    ck_assert(!interval_of(1e15, unit("WEEK"), &by));
}
END_TEST

// --- Intervals ---

START_TEST(intervals_are_read_in_every_shape)
{
    static const struct {
        const char *text;
        bool ok;
        Interval want;
    } rows[] = {
        {"1 day", true, {0, 1, 0}},
        {"2 days 3 hours", true, {0, 2, 3 * HOUR_US}},
        {"1 day 02:30:00", true, {0, 1, 2 * HOUR_US + 30 * MINUTE_US}},
        {"1 02:30", true, {0, 1, 2 * HOUR_US + 30 * MINUTE_US}},
        {"1-2", true, {14, 0, 0}},
        {"-1-2", true, {-14, 0, 0}},
        {"1 year 2 mons 3 days", true, {14, 3, 0}},
        {"3 hours ago", true, {0, 0, -3 * HOUR_US}},
        {"1.5 hours", true, {0, 0, 90 * MINUTE_US}},
        {"1.5 months", true, {1, 15, 0}},
        {"-02:30", true, {0, 0, -150 * MINUTE_US}},
        {"90", true, {0, 0, 90 * SECOND_US}},
        {"3days", true, {0, 3, 0}},
        {"1 week", true, {0, 7, 0}},
        {"P1Y2M3DT4H5M6S", true, {14, 3, 4 * HOUR_US + 5 * MINUTE_US + 6 * SECOND_US}},
        {"", false, {0}},
        {"day", false, {0}},
        {"1 fortnight", false, {0}},
        {"1 day x", false, {0}},
        {"12:99", false, {0}},
        {"P1X", false, {0}},
        {"99999999999999999999 days", false, {0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Interval got;
        bool ok = interval_read(str_from(rows[i].text), &got);
        ck_assert_msg(ok == rows[i].ok, "%s", rows[i].text);
        if (!ok) continue;
        bool same = got.months == rows[i].want.months && got.days == rows[i].want.days &&
                    got.us == rows[i].want.us;
        ck_assert_msg(same, "%s", rows[i].text);
    }
}
END_TEST

START_TEST(an_age_borrows_from_the_earlier_month)
{
    Interval i = moment_age(moment("2024-03-01"), moment("2020-02-29"));
    ck_assert_int_eq(i.months, 48);
    ck_assert_int_eq(i.days, 1);
    i = moment_age(moment("2024-03-01"), moment("2024-01-31"));
    ck_assert_int_eq(i.months, 1);
    ck_assert_int_eq(i.days, 1);
    i = moment_age(moment("2024-01-31"), moment("2024-03-01"));
    ck_assert_int_eq(i.months, -1);
    ck_assert_int_eq(i.days, -1);
    i = moment_age(moment("2024-03-01 06:00:00"), moment("2024-02-29 12:00:00"));
    ck_assert_int_eq(i.days, 0);
    ck_assert_int_eq(i.us, 18 * HOUR_US);
    ck_assert_double_eq(months_between(moment("2024-02-29"), moment("2024-01-31")), 1);
    ck_assert_double_eq_tol(months_between(moment("2024-03-15"), moment("2024-02-14")),
                            1 + 1 / 31.0, 1e-12);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("calendar");
    TCase *t = tcase_create("calendar");
    tcase_add_test(t, what_people_write_is_read_and_written_in_one_form);
    tcase_add_test(t, every_day_and_time_comes_back_from_its_text);
    tcase_add_test(t, weeks_and_days_are_those_of_the_c_library);
    tcase_add_test(t, parts_of_a_time_count_downwards_before_1970);
    tcase_add_test(t, a_moment_lies_in_its_unit);
    tcase_add_test(t, elapsed_units_are_those_that_fit_between);
    tcase_add_test(t, a_day_that_the_month_lacks_becomes_its_last);
    tcase_add_test(t, intervals_are_read_in_every_shape);
    tcase_add_test(t, an_age_borrows_from_the_earlier_month);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
