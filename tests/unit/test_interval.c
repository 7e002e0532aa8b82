// test_interval: the encoding of intervals is in their order and keeps their parts, on every way.
#include "base/interval.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;

static void teardown(void)
{
    arena_free(&arena);
}

static const Interval some[] = {
    {0, 0, 0},
    {0, 0, 1},
    {0, 0, -1},
    {0, 1, 0},
    {0, 0, DAY_US},
    {0, -1, 0},
    {1, 0, 0},
    {0, 30, 0},
    {1, -30, 0},
    {-1, 30, 5},
    {14, 3, 4 * HOUR_US},
    {-14, -3, -4 * HOUR_US},
    {12 * 9999, 0, 0},
    {-12 * 9999, 0, 0},
    {0, 0, INT64_C(2999999999999999999)},
};
enum { SOME = sizeof some / sizeof *some };

static Str encoded(Interval i)
{
    char code[INTERVAL_CODE_MAX];
    return str_copy(&arena, (Str){code, interval_encode(i, code)});
}

static int sign(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

START_TEST(bytes_are_in_the_order_of_the_intervals)
{
    for (int i = 0; i < SOME; i++) {
        for (int k = 0; k < SOME; k++) {
            Str a = encoded(some[i]), b = encoded(some[k]);
            int order = memcmp(a.ptr, b.ptr, INTERVAL_KEY_END);
            ck_assert_int_eq(sign(order, 0), sign(interval_us(some[i]), interval_us(some[k])));
        }
    }
}
END_TEST

START_TEST(a_code_keeps_its_parts_and_says_its_key)
{
    for (int i = 0; i < SOME; i++) {
        Interval back;
        int64_t key;
        Str code = encoded(some[i]);
        ck_assert(interval_decode(code, &back) && interval_key(code, &key));
        ck_assert_int_eq(key, interval_us(some[i]));
        ck_assert(back.months == some[i].months && back.days == some[i].days);
        ck_assert_int_eq(back.us, some[i].us);
    }
}
END_TEST

START_TEST(what_is_no_code_is_not_taken_for_one)
{
    static const char *const texts[] = {"",
                                        "~",
                                        "~i",
                                        "~i800000141dd76000",
                                        "~i800000141dd76000:0:1",
                                        "~i8",
                                        "1 day",
                                        "~j800000141dd76000:0:1:0",
                                        "~i800000141dd7600g:0:1:0",
                                        "~i800000141dd76000:0:x:0",
                                        "~i800000141dd76000;0:1:0",
                                        "~i800000141dd76000:0:1:99999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Interval out;
        ck_assert_msg(!interval_decode(str_from(texts[i]), &out), "%s", texts[i]);
    }
}
END_TEST

// What is computed part by part is as long as what is computed of the lengths.
START_TEST(sums_and_products_agree_with_the_lengths)
{
    for (int i = 0; i < SOME - 3; i++) {
        Interval out;
        ck_assert(interval_negate(some[i], &out));
        ck_assert_int_eq(interval_us(out), -interval_us(some[i]));
        ck_assert(interval_scale(some[i], 3, false, &out));
        ck_assert_int_eq(interval_us(out), 3 * interval_us(some[i]));
        ck_assert(interval_scale(some[i], 4, true, &out));
        ck_assert_int_le(llabs(interval_us(out) - interval_us(some[i]) / 4), 1);
        for (int k = 0; k < SOME - 3; k++) {
            ck_assert(interval_plus(some[i], some[k], &out));
            ck_assert_int_eq(interval_us(out), interval_us(some[i]) + interval_us(some[k]));
        }
        Interval whole, days, hours;
        bool fits = interval_justify(some[i], &whole) && interval_justify_days(some[i], &days) &&
                    interval_justify_hours(some[i], &hours);
        ck_assert(fits);
        ck_assert_int_eq(interval_us(whole), interval_us(some[i]));
        ck_assert_int_eq(interval_us(days), interval_us(some[i]));
        ck_assert_int_eq(interval_us(hours), interval_us(some[i]));
        ck_assert(whole.days > -30 && whole.days < 30 && whole.us > -DAY_US && whole.us < DAY_US);
    }
}
END_TEST

START_TEST(what_is_too_far_is_said)
{
    Interval far = {0, 0, INT64_C(2999999999999999999)}, out;
    ck_assert(!interval_plus(far, far, &out));
    ck_assert(!interval_scale(far, 1e9, false, &out));
    ck_assert(!interval_scale((Interval){1, 0, 0}, 1e300, false, &out));
    ck_assert(!interval_scale((Interval){1, 0, 0}, 0, true, &out)); // infinite
}
END_TEST

static Value cell(Interval i)
{
    return (Value){.kind = VALUE_INTEGER, .integer = interval_us(i), .text = encoded(i)};
}

START_TEST(a_month_and_thirty_days_are_one_value_with_two_texts)
{
    Value month = cell((Interval){1, 0, 0}), days = cell((Interval){0, 30, 0});
    ck_assert(value_same(&month, &days));
    interval_show(&arena, &month, INTERVAL_POSTGRES);
    interval_show(&arena, &days, INTERVAL_POSTGRES);
    ck_assert(str_eq(value_text(&arena, &month, TYPE_INTERVAL), S("1 mon")));
    ck_assert(str_eq(value_text(&arena, &days, TYPE_INTERVAL), S("30 days")));
}
END_TEST

START_TEST(its_text_goes_over_the_wire)
{
    Value cells[] = {cell((Interval){14, 3, 5}), VALUE_INT(DAY_US)};
    interval_show(&arena, &cells[0], INTERVAL_BIGQUERY);
    Column columns[] = {{S("a"), TYPE_INTERVAL}, {S("b"), TYPE_INTERVAL}};
    Table t = {.columns = columns, .width = 2, .cells = cells, .rows = 1};
    Buf b = buf_new(&arena);
    table_wire(&b, &t);
    Wire w = wire_open(buf_str(&b));
    Table back = table_read(&arena, &w);
    ck_assert(!w.bad);
    ck_assert(value_same(&back.cells[0], &cells[0]));
    ck_assert(str_eq(back.cells[0].text, S("1-2 3 0:0:0.000005")));
    ck_assert(str_eq(value_text(&arena, &back.cells[1], TYPE_INTERVAL), S("1 day")));
}
END_TEST

START_TEST(a_list_of_them_is_shown_as_one)
{
    Str text = str_fmt(&arena, "[\"" STR_FMT "\",null,7200000000,\"a\\\"b\"]",
                       STR_ARG(encoded((Interval){1, 0, 0})));
    Value v = VALUE_STR(text);
    interval_show_list(&arena, &v, INTERVAL_POSTGRES);
    ck_assert_msg(str_eq(v.text, S("[\"1 mon\",null,\"02:00:00\",\"a\\\"b\"]")), STR_FMT,
                  STR_ARG(v.text));
    static const char *const broken[] = {"[", "[\"", "[\"~i", "[1", "[\"\\", "]", "", "[,,"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        Value bad = VALUE_STR(str_from(broken[i]));
        interval_show_list(&arena, &bad, INTERVAL_POSTGRES); // ends, and reads no further
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("interval");
    TCase *t = tcase_create("intervals");
    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, bytes_are_in_the_order_of_the_intervals);
    tcase_add_test(t, a_code_keeps_its_parts_and_says_its_key);
    tcase_add_test(t, what_is_no_code_is_not_taken_for_one);
    tcase_add_test(t, sums_and_products_agree_with_the_lengths);
    tcase_add_test(t, what_is_too_far_is_said);
    tcase_add_test(t, a_month_and_thirty_days_are_one_value_with_two_texts);
    tcase_add_test(t, its_text_goes_over_the_wire);
    tcase_add_test(t, a_list_of_them_is_shown_as_one);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
