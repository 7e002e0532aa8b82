// test_base: arena, slices, buffers, vectors, errors, diagnostics, random numbers, wire and tables.
#include "base/check.h"
#include "base/diag.h"
#include "base/rng.h"
#include "base/table.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static void setup(void)
{
    arena = (Arena){0};
}
static void teardown(void)
{
    arena_free(&arena);
}

START_TEST(rewinding_keeps_what_came_before_the_mark)
{
    char *keep = arena_array(&arena, char, 10);
    ArenaMark m = arena_mark(&arena);
    (void)arena_array(&arena, char, 1 << 20);
    arena_rewind(&arena, m);
    keep[9] = 'x';
    char *next = arena_array(&arena, char, 10);
    ck_assert_int_eq(next[9], 0);
    ck_assert_int_eq(keep[9], 'x');
}
END_TEST

START_TEST(arena_memory_is_zeroed_after_a_rewind)
{
    ArenaMark m = arena_mark(&arena);
    memset(arena_array(&arena, char, 100), 'z', 100);
    arena_rewind(&arena, m);
    char *p = arena_array(&arena, char, 100);
    for (int i = 0; i < 100; i++) ck_assert_int_eq(p[i], 0);
}
END_TEST

START_TEST(a_broken_invariant_aborts)
{
    CHECK(1 + 1 == 3);
}
END_TEST

static const struct {
    Str in;
    bool ok;
    int64_t out;
} int_cases[] = {
    {STR_LIT("0"), true, 0},
    {STR_LIT("-12"), true, -12},
    {STR_LIT("+7"), true, 7},
    {STR_LIT("9223372036854775807"), true, INT64_MAX},
    {STR_LIT("-9223372036854775808"), true, INT64_MIN},
    {STR_LIT("9223372036854775808"), false, 0},
    {STR_LIT(""), false, 0},
    {STR_LIT("-"), false, 0},
    {STR_LIT("1 "), false, 0},
    {STR_LIT("0x1"), false, 0},
};
START_TEST(integers_are_read_whole_or_not_at_all)
{
    int64_t v = 0;
    ck_assert_int_eq(str_to_i64(int_cases[_i].in, &v), int_cases[_i].ok);
    ck_assert_int_eq(v, int_cases[_i].out);
}
END_TEST

static const struct {
    Str in;
    bool ok;
    double out;
} real_cases[] = {
    {STR_LIT("1.5"), true, 1.5},  {STR_LIT("-2e3"), true, -2000}, {STR_LIT(".5"), true, 0.5},
    {STR_LIT("3."), true, 3},     {STR_LIT("inf"), false, 0},     {STR_LIT("nan"), false, 0},
    {STR_LIT("0x1p3"), false, 0}, {STR_LIT("1e"), false, 0},      {STR_LIT("1,5"), false, 0},
};
START_TEST(reals_are_read_without_locale)
{
    double v = 0;
    ck_assert_int_eq(str_to_f64(real_cases[_i].in, &v), real_cases[_i].ok);
    ck_assert_double_eq(v, real_cases[_i].out);
}
END_TEST

START_TEST(lines_are_taken_off_with_either_line_end)
{
    Str rest = S("a\r\n\nb"), line;
    ck_assert(str_line(&rest, &line) && str_eq(line, S("a")));
    ck_assert(str_line(&rest, &line) && line.len == 0);
    ck_assert(str_line(&rest, &line) && str_eq(line, S("b")));
    ck_assert(!str_line(&rest, &line));
}
END_TEST

START_TEST(the_nearest_name_is_found_and_far_ones_are_not)
{
    Str names[] = {S("prompt"), S("solution"), S("columns")};
    StrList list = {names, 3};
    ck_assert(str_eq(str_nearest(S("promt"), list), S("prompt")));
    ck_assert(str_eq(str_nearest(S("Soultion"), list), S("solution")));
    ck_assert_uint_eq(str_nearest(S("weather"), list).len, 0);
    ck_assert_uint_eq(str_nearest(S(""), list).len, 0);
}
END_TEST

START_TEST(a_part_of_a_name_finds_it)
{
    Str names[] = {S("fact_play_event"), S("profile_id"), S("event_type"),
                   S("sql-core/top-titles")};
    StrList list = {names, 4};
    ck_assert(str_eq(str_nearest(S("play_event"), list), S("fact_play_event")));
    ck_assert(str_eq(str_nearest(S("profil"), list), S("profile_id")));
    ck_assert(str_eq(str_nearest(S("event"), list), S("event_type"))); // the shortest
    ck_assert(str_eq(str_nearest(S("Top-Titles"), list), S("sql-core/top-titles")));
    ck_assert(str_eq(str_nearest(S("my_profile_id_column"), list), S("profile_id")));
    ck_assert_uint_eq(str_nearest(S("id"), list).len, 0);   // says too little
    ck_assert_uint_eq(str_nearest(S("vent"), list).len, 0); // begins no word
}
END_TEST

START_TEST(finding_and_cutting)
{
    size_t at = 99;
    ck_assert(str_find(S("watermark"), S("mark"), &at) && at == 5);
    ck_assert(!str_find(S("mark"), S("watermark"), &at));
    Str head, rest;
    ck_assert(str_cut(S("a=b=c"), '=', &head, &rest));
    ck_assert(str_eq(head, S("a")) && str_eq(rest, S("b=c")));
    ck_assert(!str_cut(S("abc"), '=', &head, &rest) && str_eq(head, S("abc")) && rest.len == 0);
}
END_TEST

START_TEST(a_buffer_is_always_terminated)
{
    Buf b = buf_new(&arena);
    ck_assert_str_eq(buf_str(&b).ptr, "");
    for (int i = 0; i < 1000; i++) buf_fmt(&b, "%d,", i % 10);
    ck_assert_uint_eq(buf_str(&b).len, 2000);
    ck_assert_uint_eq(strlen(buf_str(&b).ptr), 2000);
}
END_TEST

START_TEST(vectors_grow_and_keep_their_members)
{
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) *vec_push(&arena, &v) = i;
    ck_assert_uint_eq(v.len, 1000);
    for (int i = 0; i < 1000; i++) ck_assert_int_eq(v.at[i], i);
}
END_TEST

START_TEST(an_error_line_names_its_place_and_hides_control_characters)
{
    Error e;
    ck_assert(!error_at(&e, ERROR_INPUT, S("a.yaml"), 3, 9, "unknown key '%s'", "x\033[31m"));
    ck_assert_str_eq(error_line(&arena, &e).ptr, "a.yaml:3:9: error: unknown key 'x^[[31m'");
    ck_assert_int_eq(error_exit(e.kind), 3);
    ck_assert(!error_set(&e, ERROR_TIME, "too slow"));
    ck_assert_str_eq(error_line(&arena, &e).ptr, "error: too slow");
    ck_assert(error_is_limit(e.kind) && !error_is_limit(ERROR_SYNTAX));
}
END_TEST

START_TEST(diagnostics_are_sorted_by_place)
{
    Diags d = {.arena = &arena};
    diag_error(&d, (Place){S("b"), 1, 1}, "third");
    diag_warn(&d, (Place){S("a"), 2, 1}, "second");
    diag_error(&d, (Place){S("a"), 1, 5}, "first");
    diag_sort(&d);
    ck_assert_str_eq(diag_line(&arena, &d.list.at[0]).ptr, "a:1:5: error: first");
    ck_assert_str_eq(diag_line(&arena, &d.list.at[1]).ptr, "a:2:1: warning: second");
    ck_assert_uint_eq(d.errors, 2);
    ck_assert_uint_eq(d.warnings, 1);
}
END_TEST

// Values that must never change: every generated warehouse and every verdict stands on them.
START_TEST(random_numbers_are_fixed_for_ever)
{
    Rng r = {.seed = 1};
    uint64_t a = rng_next(&r), b = rng_next(&r);
    ck_assert_uint_eq(a, rng_at(1, 0, 0));
    ck_assert_uint_eq(b, rng_at(1, 0, 1));
    ck_assert_uint_eq(rng_at(1, 0, 0), UINT64_C(107434381087761299));
    ck_assert_uint_eq(rng_at(7, 3, 12345), UINT64_C(5153253172705210066));
}
END_TEST

START_TEST(random_numbers_below_n_cover_the_range_evenly)
{
    Rng r = {.seed = 5};
    int seen[10] = {0};
    for (int i = 0; i < 10000; i++) seen[rng_below(&r, 10)]++;
    for (int i = 0; i < 10; i++) ck_assert(seen[i] > 850 && seen[i] < 1150);
    ck_assert_int_eq(rng_between(&r, 3, 3), 3);
    for (int i = 0; i < 100; i++) {
        int64_t v = rng_between(&r, -2, 2);
        ck_assert(v >= -2 && v <= 2);
        double u = rng_unit(&r);
        ck_assert(u >= 0 && u < 1);
    }
}
END_TEST

static Table sample(void)
{
    Table t = {.width = 2, .rows = 2, .more = true};
    t.columns = arena_array(&arena, Column, 2);
    t.columns[0] = (Column){S("id"), TYPE_INTEGER};
    t.columns[1] = (Column){S("ok"), TYPE_BOOLEAN};
    t.cells = arena_array(&arena, Value, 4);
    t.cells[0] = VALUE_INT(7);
    t.cells[1] = VALUE_INT(1);
    t.cells[2] = VALUE_STR(S("x"));
    t.cells[3] = (Value){0};
    return t;
}

START_TEST(a_table_crosses_a_wire_unchanged)
{
    Table t = sample();
    Buf b = buf_new(&arena);
    table_wire(&b, &t);
    Wire w = wire_open(buf_str(&b));
    Table u = table_read(&arena, &w);
    ck_assert(wire_done(&w));
    ck_assert(u.more && u.rows == 2 && u.width == 2);
    for (size_t i = 0; i < 4; i++) ck_assert(value_same(&t.cells[i], &u.cells[i]));
    ck_assert(str_eq(u.columns[1].name, S("ok")) && u.columns[1].type == TYPE_BOOLEAN);
}
END_TEST

START_TEST(every_cut_or_flipped_message_is_bad_or_a_table_but_never_a_crash)
{
    Table t = sample();
    Buf b = buf_new(&arena);
    table_wire(&b, &t);
    Str whole = buf_str(&b);
    for (size_t n = 0; n < whole.len; n++) {
        Wire w = wire_open(str_slice(whole, 0, n));
        (void)table_read(&arena, &w);
        ck_assert(!wire_done(&w) || w.bad || n == whole.len);
    }
    for (size_t i = 0; i < whole.len; i++) {
        Str flipped = str_copy(&arena, whole);
        ((char *)flipped.ptr)[i] = (char)0xff;
        Wire w = wire_open(flipped);
        Table u = table_read(&arena, &w);
        ck_assert(u.rows <= whole.len);
    }
}
END_TEST

START_TEST(a_table_is_written_as_the_contract_says)
{
    Table t = sample();
    Buf b = buf_new(&arena);
    Json j = json_new(&b);
    json_begin_object(&j);
    table_json(&j, &t);
    json_end_object(&j);
    ck_assert_str_eq(buf_str(&b).ptr,
                     "{\"columns\":[\"id\",\"ok\"],\"types\":[\"integer\",\"boolean\"],"
                     "\"rows\":[[7,true],[\"x\",null]]}");
}
END_TEST

START_TEST(an_interval_is_shown_in_days_and_a_time)
{
    static const struct {
        int64_t microseconds;
        const char *want;
    } all[] = {
        {0, "00:00:00"},
        {1, "00:00:00.000001"},
        {-1500000, "-00:00:01.5"},
        {93784000000, "1 day 02:03:04"},
        {-93784000000, "-1 day -02:03:04"},
        {172800000000, "2 days"},
        {INT64_MIN, "-106751991 days -04:00:54.775808"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        Value v = VALUE_INT(all[i].microseconds);
        ck_assert_str_eq(value_text(&arena, &v, TYPE_INTERVAL).ptr, all[i].want);
    }
}
END_TEST

START_TEST(a_column_of_a_pack_has_one_of_six_types)
{
    LogicalType t;
    ck_assert(type_from_name(S("timestamp"), &t) && t == TYPE_TIMESTAMP);
    ck_assert(type_from_name(S("boolean"), &t) && t == TYPE_BOOLEAN);
    ck_assert(!type_from_name(S("unknown"), &t));
    for (int i = TYPE_COLUMN_COUNT_; i < TYPE_COUNT_; i++)
        ck_assert(!type_from_name(str_from(type_name((LogicalType)i)), &t));
}
END_TEST

START_TEST(values_as_sql_literals_are_quoted)
{
    Value v = VALUE_STR(S("it's"));
    ck_assert_str_eq(value_sql(&arena, &v).ptr, "'it''s'");
    v = VALUE_FLT(2);
    ck_assert_str_eq(value_sql(&arena, &v).ptr, "2.0");
    v = (Value){.kind = VALUE_BLOB, .text = S("\x01\xff")};
    ck_assert_str_eq(value_sql(&arena, &v).ptr, "x'01ff'");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("base");
    TCase *t = tcase_create("base");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, rewinding_keeps_what_came_before_the_mark);
    tcase_add_test(t, arena_memory_is_zeroed_after_a_rewind);
    tcase_add_test_raise_signal(t, a_broken_invariant_aborts, 6);
    tcase_add_loop_test(t, integers_are_read_whole_or_not_at_all, 0,
                        (int)(sizeof int_cases / sizeof *int_cases));
    tcase_add_loop_test(t, reals_are_read_without_locale, 0,
                        (int)(sizeof real_cases / sizeof *real_cases));
    tcase_add_test(t, lines_are_taken_off_with_either_line_end);
    tcase_add_test(t, the_nearest_name_is_found_and_far_ones_are_not);
    tcase_add_test(t, a_part_of_a_name_finds_it);
    tcase_add_test(t, finding_and_cutting);
    tcase_add_test(t, a_buffer_is_always_terminated);
    tcase_add_test(t, vectors_grow_and_keep_their_members);
    tcase_add_test(t, an_error_line_names_its_place_and_hides_control_characters);
    tcase_add_test(t, diagnostics_are_sorted_by_place);
    tcase_add_test(t, random_numbers_are_fixed_for_ever);
    tcase_add_test(t, random_numbers_below_n_cover_the_range_evenly);
    tcase_add_test(t, a_table_crosses_a_wire_unchanged);
    tcase_add_test(t, every_cut_or_flipped_message_is_bad_or_a_table_but_never_a_crash);
    tcase_add_test(t, a_table_is_written_as_the_contract_says);
    tcase_add_test(t, an_interval_is_shown_in_days_and_a_time);
    tcase_add_test(t, a_column_of_a_pack_has_one_of_six_types);
    tcase_add_test(t, values_as_sql_literals_are_quoted);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
