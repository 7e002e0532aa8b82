// test_dialog: the scripted interviewer tells facts to those who ask, and never repeats a sentence.
#include "dialog/dialog.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

// ---- drills as authors wrote them: an SQL question, a Python one, a data model
// -------------------

typedef struct {
    const char *id;
    const char *ask[14];
    const char *say;
    const char *asks[3];
} Fact;

typedef struct {
    const char *prompt;
    Fact facts[6];
} Drill;

static const Drill drills[] = {
    {"Product wants to reward habits. How long is every profile's longest run of days in a row?\n\n"
     "Return `profile_id` and `longest_run` in days.",
     {{"counts",
       {"qualified", "what counts", "which sessions", "short", "120"},
       "Only sessions with `qualified_view` count.",
       {"Do short sessions count?", "What counts as a viewing day?"}},
      {"zone",
       {"time zone", "utc", "local time", "midnight"},
       "Days are UTC days.\n",
       {"In which time zone is a day?", "UTC or local time?"}}}},
    {"A producer retries, so the same event id can arrive more than once. Let an event through "
     "unless its id was let through a short while ago.",
     {{"edge",
       {"exactly ttl", "boundary", "inclusive", "equal to", "less than", "on the edge"},
       "Exactly `ttl` seconds later is long enough: let it through.",
       {"What if the repeat comes exactly ttl seconds later?", "Is the boundary inclusive?"}},
      {"clock",
       {"restart the clock", "from the first", "from the last", "dropped one", "extend"},
       "The time counts from the event that was let through.",
       {"Does a dropped repeat restart the clock?"}},
      {"memory",
       {"memory", "how many", "cardinality", "grow", "bounded", "state"},
       "A few million ids fit.",
       {"Can I keep all ids in memory?", "How many distinct ids are there?"}}}},
    {"We make several hundred films and series at a time, from greenlight to launch. Leadership "
     "keeps asking which of them are stuck. Give me a data model that answers that.",
     {{"back",
       {"backwards", "go back", "reverse", "return to", "more than once", "only once", "skip"},
       "A title in post can be sent back for reshoots.",
       {"Can a title go back to an earlier stage?", "Do titles pass each stage only once?"}},
      {"readers",
       {"who reads", "who uses", "who will use", "consumer", "audience", "what questions"},
       "Leadership weekly; schedulers every morning.",
       {"Who reads this?", "What questions should it answer?"}},
      {"fresh",
       {"latency", "fresh", "real time", "sla", "how often", "how soon", "up to date", "minutes"},
       "Next morning is fine.",
       {"What is the SLA?", "How fresh must it be?"}},
      {"stuck",
       {"stuck mean", "definition of stuck", "what is stuck", "threshold", "$long"},
       "Longer in its stage than nine in ten titles spent there.",
       {"What does stuck mean exactly?", "What's the definition of stuck?"}},
      {"source",
       {"come from", "source", "upstream", "who enters", "how do we learn", "feed", "late"},
       "Coordinators type it into a tracker, often days late.",
       {"Where do stage changes come from?", "Can entries arrive late?"}}}},
};
enum { STREAK, KERNEL, MODEL };

static Arena arena;
static DialogSpec spec;
static DialogState state;
static WordSets sets;

static StrList list(const char *const *words, size_t max)
{
    StrList l = {arena_array(&arena, Str, max), 0};
    for (; l.len < max && words[l.len]; l.len++) l.at[l.len] = str_from(words[l.len]);
    return l;
}

static void play(size_t drill)
{
    const Drill *d = &drills[drill];
    spec = (DialogSpec){arena_array(&arena, DialogFact, COUNT(d->facts)), 0, str_from(d->prompt)};
    for (; spec.fact_count < COUNT(d->facts) && d->facts[spec.fact_count].id; spec.fact_count++) {
        const Fact *f = &d->facts[spec.fact_count];
        spec.facts[spec.fact_count] =
            (DialogFact){.id = str_from(f->id),
                         .ask = list(f->ask, COUNT(f->ask)),
                         .say = str_from(f->say),
                         .asks = list(f->asks, COUNT(f->asks)),
                         .at = {S("p.yaml"), 10 + (int)spec.fact_count, 5}};
    }
    state = (DialogState){0};
}

static void setup(void)
{
    static const char *const words[] = {"too long", "how long is", NULL};
    arena = (Arena){0};
    WordSet *set = arena_new(&arena, WordSet);
    *set = (WordSet){S("long"), list(words, 2)};
    sets = (WordSets){set, 1};
    play(STREAK);
}

static void teardown(void)
{
    arena_free(&arena);
}

static DialogReply ask(const char *question)
{
    return dialog_ask(&arena, &spec, &state, str_from(question), &sets);
}

// ---- facts
// ---------------------------------------------------------------------------------------

START_TEST(every_fixture_question_unlocks_its_fact_and_no_other)
{
    play((size_t)_i);
    for (size_t f = 0; f < spec.fact_count; f++) {
        for (size_t q = 0; q < spec.facts[f].asks.len; q++) {
            state = (DialogState){0};
            DialogReply r = ask(spec.facts[f].asks.at[q].ptr);
            ck_assert_msg(r.told == UINT64_C(1) << f, "%s", spec.facts[f].asks.at[q].ptr);
            ck_assert(str_eq(r.say, str_trim(spec.facts[f].say)));
            ck_assert(r.question && !r.repeated);
        }
    }
}
END_TEST

START_TEST(the_prompt_itself_unlocks_nothing)
{
    play((size_t)_i);
    DialogReply r = ask(drills[_i].prompt);
    ck_assert_uint_eq(r.told, 0);
    ck_assert_uint_eq(state.told, 0);
}
END_TEST

START_TEST(a_set_unlocks_as_its_words_do)
{
    play(MODEL);
    ck_assert_uint_eq(ask("How long is too much?").told, 1 << 3);
}
END_TEST

START_TEST(a_question_may_unlock_several_facts_in_their_order)
{
    DialogReply r = ask("UTC or local time, and do short sessions count?");
    ck_assert_uint_eq(r.told, 3);
    ck_assert_str_eq(r.say.ptr, "Only sessions with `qualified_view` count. Days are UTC days.");
    ck_assert_uint_eq(state.asked, 1);
}
END_TEST

START_TEST(what_was_told_before_is_said_to_be_so)
{
    ask("utc?");
    DialogReply again = ask("utc?");
    ck_assert(again.repeated);
    ck_assert_uint_eq(again.told, 2);
    ck_assert_ptr_nonnull(strstr(again.say.ptr, "Days are UTC days."));
    ck_assert(!str_eq(again.say, S("Days are UTC days.")));
    DialogReply third = ask("utc?");
    ck_assert(!str_eq(third.say, again.say));
    DialogReply mixed = ask("utc, and short ones?");
    ck_assert(!mixed.repeated);
    ck_assert(str_starts(mixed.say, S("Only sessions with `qualified_view` count. ")));
    ck_assert_ptr_nonnull(strstr(mixed.say.ptr, ": Days are UTC days."));
    ck_assert_uint_eq(state.asked, 4);
}
END_TEST

// ---- what unlocks nothing
// ------------------------------------------------------------------------

START_TEST(an_unknown_question_never_gets_the_same_answer_twice_in_a_row)
{
    Str before = S("");
    bool different = false;
    Str first = ask("Are there duplicates?").say;
    for (int i = 0; i < 12; i++) {
        DialogReply r = ask("Are there duplicates?");
        ck_assert(!str_eq(r.say, before));
        ck_assert_uint_gt(r.say.len, 20);
        ck_assert(r.question && !r.told && !r.repeated);
        different = different || !str_eq(r.say, first);
        before = r.say;
    }
    ck_assert(different);
    ck_assert_uint_eq(state.asked, 13);
}
END_TEST

START_TEST(an_echo_of_the_prompt_is_answered_as_one)
{
    DialogReply r = ask("What is the longest run of days?");
    ck_assert_uint_eq(r.told, 0);
    ck_assert(r.question);
    state.heard = 0;
    Str echo = ask("the profile's longest run?").say;
    state.heard = 0;
    ck_assert(!str_eq(ask("the profile's shortest streak?").say, echo));
}
END_TEST

static const struct {
    const char *text;
    bool question;
} courtesies[] = {
    {"", false},
    {"  \n", false},
    {"?!", false},
    {"hi", false},
    {"Hello there!", false},
    {"Good morning", false},
    {"thanks", false},
    {"OK, thank you", false},
    {"ok, and duplicates?", true},
    {"why?", true},
    {"null", true},
    {"...", false},
    {"good sessions?", true},
};

START_TEST(greetings_and_silence_are_no_questions)
{
    DialogReply r = ask(courtesies[_i].text);
    ck_assert(r.question == courtesies[_i].question);
    ck_assert_uint_eq(state.asked, courtesies[_i].question);
    ck_assert_uint_gt(r.say.len, 0);
    DialogReply next = ask(courtesies[_i].text);
    ck_assert(!str_eq(next.say, r.say));
}
END_TEST

START_TEST(the_same_state_and_question_give_the_same_reply)
{
    DialogState copy = state = (DialogState){.told = 2, .asked = 7, .heard = 9};
    Str one = ask("utc and duplicates?").say;
    state = copy;
    ck_assert(str_eq(ask("utc and duplicates?").say, one));
}
END_TEST

START_TEST(any_bytes_get_an_answer)
{
    char text[256];
    for (int i = 0; i < 255; i++) text[i] = (char)(i + 1);
    ck_assert_uint_gt(dialog_ask(&arena, &spec, &state, (Str){text, 255}, &sets).say.len, 0);
    DialogSpec none = {0};
    ck_assert_uint_gt(dialog_ask(&arena, &none, &state, S("utc?"), NULL).say.len, 0);
}
END_TEST

// ---- for the linter
// ------------------------------------------------------------------------------

START_TEST(drills_that_are_right_give_nothing_to_report)
{
    Diags d = {.arena = &arena};
    play((size_t)_i);
    dialog_check(&spec, &sets, &d);
    ck_assert_uint_eq(d.list.len, 0);
}
END_TEST

START_TEST(facts_that_nobody_can_unlock_are_reported)
{
    static const char *const words[] = {"longest run", "$lnog", NULL};
    static const char *const asks[] = {"How long is the longest run?", NULL};
    Diags d = {.arena = &arena};
    spec.facts[1].ask = list(words, 2);
    spec.facts[1].asks = list(asks, 1);
    dialog_check(&spec, &sets, &d);
    static const char *const said[] = {
        "p.yaml:11:5: error: there is no set of words named $lnog; did you mean $long?",
        "p.yaml:11:5: error: the question \"How long is the longest run?\" does not unlock the "
        "fact `zone`",
        "p.yaml:11:5: warning: the prompt itself says `longest run`, so that never unlocks the "
        "fact `zone`",
    };
    ck_assert_uint_eq(d.list.len, COUNT(said));
    for (size_t i = 0; i < COUNT(said); i++) {
        ck_assert_str_eq(diag_line(&arena, &d.list.at[i]).ptr, said[i]);
    }
}
END_TEST

START_TEST(the_sixty_fifth_fact_is_reported_and_never_told)
{
    static const char *const words[] = {"ties", NULL};
    Diags d = {.arena = &arena};
    DialogFact facts[DIALOG_FACTS_MAX + 1] = {0};
    for (size_t i = 0; i < COUNT(facts); i++) facts[i].say = S("fact");
    facts[DIALOG_FACTS_MAX].ask = list(words, 1);
    spec.facts = facts;
    spec.fact_count = COUNT(facts);
    dialog_check(&spec, &sets, &d);
    ck_assert_uint_eq(d.errors, 1);
    ck_assert_uint_eq(ask("ties?").told, 0);
    facts[DIALOG_FACTS_MAX - 1].ask = list(words, 1);
    ck_assert_uint_eq(ask("ties?").told, UINT64_C(1) << 63);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("dialog");
    TCase *facts = tcase_create("facts");
    tcase_add_checked_fixture(facts, setup, teardown);
    tcase_add_loop_test(facts, every_fixture_question_unlocks_its_fact_and_no_other, 0,
                        (int)COUNT(drills));
    tcase_add_loop_test(facts, the_prompt_itself_unlocks_nothing, 0, (int)COUNT(drills));
    tcase_add_test(facts, a_set_unlocks_as_its_words_do);
    tcase_add_test(facts, a_question_may_unlock_several_facts_in_their_order);
    tcase_add_test(facts, what_was_told_before_is_said_to_be_so);
    suite_add_tcase(s, facts);
    TCase *other = tcase_create("replies");
    tcase_add_checked_fixture(other, setup, teardown);
    tcase_add_test(other, an_unknown_question_never_gets_the_same_answer_twice_in_a_row);
    tcase_add_test(other, an_echo_of_the_prompt_is_answered_as_one);
    tcase_add_loop_test(other, greetings_and_silence_are_no_questions, 0, (int)COUNT(courtesies));
    tcase_add_test(other, the_same_state_and_question_give_the_same_reply);
    tcase_add_test(other, any_bytes_get_an_answer);
    suite_add_tcase(s, other);
    TCase *lint = tcase_create("lint");
    tcase_add_checked_fixture(lint, setup, teardown);
    tcase_add_loop_test(lint, drills_that_are_right_give_nothing_to_report, 0, (int)COUNT(drills));
    tcase_add_test(lint, facts_that_nobody_can_unlock_are_reported);
    tcase_add_test(lint, the_sixty_fifth_fact_is_reported_and_never_told);
    suite_add_tcase(s, lint);
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
