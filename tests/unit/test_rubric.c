// test_rubric: words, phrases and sets heard in a text.
#include "base/buf.h"
#include "rubric/rubric.h"
#include <check.h>
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

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define LIST(array) ((StrList){(array), COUNT(array)})

static Str late_words[] = {{"late", 4}, {"straggler", 9}, {"out of order", 12}};
static Str again_words[] = {{"rerun", 5}, {"twice", 5}, {"$late", 5}, {"$again", 6}};
static WordSet set_table[] = {{{"late", 4}, {late_words, 3}}, {{"again", 5}, {again_words, 4}}};
static const WordSets sets = {set_table, 2};

static bool hears(const char *text, const char *entry)
{
    Str words[] = {str_from(entry)};
    return rubric_hears(str_from(text), LIST(words), &sets, S(""));
}

static const struct {
    const char *entry, *text;
    bool heard;
} hear_cases[] = {
    // one word is heard in all its forms
    {"duplicate", "Are there any duplicates?", true},
    {"checkpoint", "it is CHECKPOINTING", true},
    {"late", "Can events be later?", false},
    {"2pc", "with 2PC.", true},
    {"p90", "the p90 per stage", true},
    {"p90", "the p9", false},
    {"120", "more than 120 seconds", true},
    {"1288", "1,288 rows", true},
    {"sla", "What are the SLAs?", true},
    {"stage's", "its stage's threshold", true},
    {"don't", "I don\u2019t know", true},
    // exactly, and by the beginning
    {"=merge", "merge it", true},
    {"=merge", "it merges", false},
    {"=Merge", "MERGE it", true},
    {"aggreg*", "an aggregation", true},
    {"aggreg*", "segregate", false},
    {"roll back*", "we rolled backwards", true},
    {"=roll back", "roll back now", true},
    {"=roll back", "rolls back now", false},
    // phrases: words in a row, within a sentence
    {"time zone", "In which time zones?", true},
    {"time zone", "What time? Zone two", false},
    {"time zone", "zone time", false},
    {"time zone", "the timezone is UTC", true},
    {"how long is", "how long the run is", false},
    // hyphens do not matter, identifiers are heard whole
    {"exactly once", "it is exactly-once", true},
    {"exactly-once", "it is exactly once", true},
    {"once", "exactly-once", true},
    {"e-mail", "send an email", true},
    {"email", "two e-mails", true},
    {"re-run", "a rerun is harmless", true},
    {"rerun", "we re-run it", true},
    {"valid from", "with valid_from", true},
    {"valid_from", "with valid from", true},
    {"from", "with valid_from", false},
    {"valid", "with valid_from", false},
    {"idempotent", "a non-idempotent sink", false},
    {"idempotent", "a sink that is idempotent", true},
    {"non-idempotent", "a non-idempotent sink", true},
    // sets
    {"$late", "a straggler came", true},
    {"$again", "run it twice", true},
    {"$again", "out of order", true},
    {"$again", "in order", false},
    {"$nothing", "nothing", false},
    // what is no entry is never heard
    {"", "anything", false},
    {"=", "=", false},
    {"*", "anything", false},
    {"?", "anything?", false},
};

START_TEST(an_entry_is_heard_in_a_text_or_not)
{
    ck_assert_msg(hears(hear_cases[_i].text, hear_cases[_i].entry) == hear_cases[_i].heard,
                  "%s in: %s", hear_cases[_i].entry, hear_cases[_i].text);
}
END_TEST

START_TEST(one_word_of_the_list_is_enough)
{
    Str words[] = {S("utc"), S("$late"), S("midnight")};
    ck_assert(rubric_hears(S("And midnight?"), LIST(words), &sets, S("")));
    ck_assert(rubric_hears(S("Hm. Late ones too"), LIST(words), &sets, S("")));
    ck_assert(!rubric_hears(S("Hm"), LIST(words), &sets, S("")));
    ck_assert(!rubric_hears(S("late"), LIST(words), NULL, S("")));
    ck_assert(!rubric_hears(S("late"), (StrList){0}, &sets, S("")));
    ck_assert(!rubric_hears(S(""), LIST(words), &sets, S("")));
}
END_TEST

START_TEST(an_echo_of_what_was_said_does_not_count)
{
    Str words[] = {S("day"), S("which days"), S("qualif*")};
    Str said = S("How long is the longest run of days?");
    ck_assert(!rubric_hears(S("the longest run of days?"), LIST(words), NULL, said));
    ck_assert(!rubric_hears(S("run of a day"), LIST(words), NULL, said));
    ck_assert(rubric_hears(S("which days count?"), LIST(words), NULL, said));
    ck_assert(rubric_hears(S("days that qualify?"), LIST(words), NULL, said));
    ck_assert(!rubric_hears(S("days that qualify?"), LIST(words), NULL, S("Days qualify, each")));
}
END_TEST

START_TEST(sets_in_a_long_chain_end)
{
    enum { SETS = 5000 };
    WordSet *at = arena_array(&arena, WordSet, SETS);
    for (size_t i = 0; i < SETS; i++) {
        Str *words = arena_array(&arena, Str, 2);
        words[0] = str_fmt(&arena, "$s%zu", i + 1);
        words[1] = str_fmt(&arena, "$s%zu", (i + 2) % SETS);
        at[i] = (WordSet){str_fmt(&arena, "s%zu", i), {words, 2}};
    }
    WordSets chain = {at, SETS};
    Diags d = {.arena = &arena};
    Str words[] = {S("$s0")};
    ck_assert(!rubric_hears(S("anything"), LIST(words), &chain, S("")));
    rubric_check_words(LIST(words), &chain, (Place){S("p.yaml"), 1, 1}, &d);
    ck_assert_uint_gt(d.errors, 0);
    ck_assert_ptr_nonnull(
        strstr(d.list.at[0].text.ptr, "sets are nested more than 16 deep at $s1"));
}
END_TEST

START_TEST(entries_that_can_never_be_heard_are_reported)
{
    Diags d = {.arena = &arena};
    Str words[] = {S("utc"), S("$lat"), S("$again"), S("?"), S("=")};
    rubric_check_words(LIST(words), &sets, (Place){S("p.yaml"), 3, 9}, &d);
    static const char *const said[] = {
        "p.yaml:3:9: error: there is no set of words named $lat; did you mean $late?",
        "p.yaml:3:9: error: the set $again holds itself",
        "p.yaml:3:9: error: `?` holds no word that could be heard",
        "p.yaml:3:9: error: `=` holds no word that could be heard",
    };
    ck_assert_uint_eq(d.list.len, COUNT(said));
    for (size_t i = 0; i < COUNT(said); i++) {
        ck_assert_str_eq(diag_line(&arena, &d.list.at[i]).ptr, said[i]);
    }
    Diags none = {.arena = &arena};
    rubric_check_words((StrList){words, 1}, NULL, (Place){0}, &none);
    ck_assert_uint_eq(none.list.len, 0);
}
END_TEST

static const struct {
    const char *text;
    bool echo;
} echo_cases[] = {
    {"What is the longest run?", true},
    {"a run of days", true},
    {"why?", false},
    {"the longest streak", false},
    {"longest_run", true},
    {"", false},
    {"how many?", false},
    {"Runs, day by day", true},
};

START_TEST(a_text_that_only_gives_back_what_was_said_is_an_echo)
{
    bool echo = rubric_is_echo(str_from(echo_cases[_i].text), S("the longest_run of days"));
    ck_assert_msg(echo == echo_cases[_i].echo, "%s", echo_cases[_i].text);
}
END_TEST

START_TEST(function_words_are_known_from_the_first_to_the_last)
{
    static const char *const words[] = {"a", "about", "I", "Don\u2019t", "its", "yours", "without"};
    for (size_t i = 0; i < COUNT(words); i++) {
        Str text = str_fmt(&arena, "key %s", words[i]);
        ck_assert_msg(rubric_is_echo(text, S("key")), "%s", words[i]);
    }
    ck_assert(!rubric_is_echo(S("key zebra"), S("key")));
    ck_assert(!rubric_is_echo(S("key 2"), S("key")));
}
END_TEST

START_TEST(axes_have_names_both_ways)
{
    for (int i = 0; i < AXIS_COUNT_; i++) {
        Axis a;
        ck_assert(axis_from_name(str_from(axis_name((Axis)i)), &a));
        ck_assert_int_eq((int)a, i);
    }
    Axis a = AXIS_FAILURE;
    ck_assert(!axis_from_name(S("trade-offs"), &a));
    ck_assert_int_eq(a, AXIS_FAILURE);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("rubric");
    TCase *hear = tcase_create("hears");
    tcase_add_checked_fixture(hear, setup, teardown);
    tcase_add_loop_test(hear, an_entry_is_heard_in_a_text_or_not, 0, (int)COUNT(hear_cases));
    tcase_add_test(hear, one_word_of_the_list_is_enough);
    tcase_add_test(hear, an_echo_of_what_was_said_does_not_count);
    tcase_add_loop_test(hear, a_text_that_only_gives_back_what_was_said_is_an_echo, 0,
                        (int)COUNT(echo_cases));
    tcase_add_test(hear, function_words_are_known_from_the_first_to_the_last);
    tcase_add_test(hear, sets_in_a_long_chain_end);
    tcase_add_test(hear, entries_that_can_never_be_heard_are_reported);
    tcase_add_test(hear, axes_have_names_both_ways);
    suite_add_tcase(s, hear);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
