// test_screens: every screen in every state, key by key, against saved screens; and what is
// remembered afterwards.
//
// The loop is the real one, with a fake terminal, a clock that stands still and a real helper.
#include "stage.h"
#include <check.h>
#include <stdlib.h>

// Lists ------------------------------------------------------------------------------------------

START_TEST(home_says_what_comes_next)
{
    use_size(_i);
    start();
    check("home-empty");
    press("?");
    check("home-help");
    press("esc :");
    check("home-palette");
}
END_TEST

START_TEST(home_shows_history_and_a_draft)
{
    use_size(_i);
    start();
    press("enter");
    paste(RIGHT);
    pass(123000);
    press("F9 enter");
    press("y y enter");
    press("3 enter");
    pass(90000);
    press("enter");
    pass(40000);
    paste("SELECT 1");
    press("^Q");
    pass(3600000);
    leave();
    start();
    check("home-history");
}
END_TEST

START_TEST(the_list_of_drills_narrows_as_one_types)
{
    use_size(_i);
    start();
    press("d");
    check("drills");
    type("/upsert");
    check("drills-filtered");
    type("zzz");
    check("drills-nothing");
    press("esc esc");
    ck_assert_int_eq(ui.at, SCREEN_HOME);
}
END_TEST

// A query ----------------------------------------------------------------------------------------

START_TEST(a_query_is_written_and_run)
{
    use_size(_i);
    start();
    press("enter");
    check("work-empty");
    type("SELECT pri");
    check("work-typing");
    press("esc");
    paste("ce, seller, id FROM sale");
    pass(65000);
    press("F5");
    check("work-rows");
    press("shift-tab right down");
    check("work-rows-focus");
    press("tab");
    check("work-talk-focus");
    press("tab");
    paste(" WHERE prize > 3");
    press("F5");
    check("work-error");
}
END_TEST

START_TEST(each_step_of_a_query_shows_its_rows)
{
    use_size(_i);
    start();
    press("enter");
    paste("WITH dear AS (SELECT * FROM sale WHERE price > 29),\n"
          "  dearest AS (SELECT * FROM dear WHERE price > 30)\n"
          "SELECT seller, id FROM dearest WHERE id IN (SELECT id FROM sale)");
    press("F6");
    check("steps-first");
    press("F6");
    check("steps-empty");
    press("shift-tab F6 down");
    check("steps-subquery");
    press("F5");
    check("steps-left");
    press("F6 F9");
    check("steps-submit");
    press("esc F5");
    press("shift-tab shift-tab");
    paste("\n AND prize > 3");
    press("F6");
    press("F6 F6 F6");
    check("steps-fault");
    paste(" WHERE");
    check("steps-stale");
    press("F6");
    check("steps-syntax");
}
END_TEST

START_TEST(the_interviewer_answers_and_gives_hints)
{
    use_size(_i);
    start();
    press("enter");
    press("F3");
    type("Do we keep *ties*?\n");
    check("work-asked");
    press("esc F4");
    check("work-hint");
    press("F2");
    check("work-schema");
    press("F1");
    check("work-help");
    press("esc ^P");
    check("work-palette");
    press("esc F7");
    check("work-too-early");
}
END_TEST

// The exam's counterexample gives way to one that stays the same while the exam gets better.
static void use_counterexample(void)
{
    static const char *const names[] = {"id", "seller", "item", "price"};
    static Value sales[] = {{VALUE_INTEGER, {7}, {0}},     {VALUE_TEXT, {0}, {"Ada", 3}},
                            {VALUE_TEXT, {0}, {"hat", 3}}, {VALUE_INTEGER, {12}, {0}},
                            {VALUE_INTEGER, {8}, {0}},     {VALUE_TEXT, {0}, {"Ada", 3}},
                            {VALUE_NULL, {0}, {0}},        {VALUE_INTEGER, {12}, {0}}};
    static Value both[] = {{VALUE_INTEGER, {7}, {0}},
                           {VALUE_TEXT, {0}, {"Ada", 3}},
                           {VALUE_INTEGER, {8}, {0}},
                           {VALUE_TEXT, {0}, {"Ada", 3}}};
    static size_t missing[] = {1};
    Verdict *v = &((Attempt *)app_attempt(ui.app))->verdict;
    ck_assert_int_eq(v->kind, VERDICT_WRONG);
    ck_assert(v->has_counterexample);
    ck_assert_uint_eq(v->step_count, 2);
    v->astray = S("Rows here: ranked (line 2) 2, the whole query 1; expected 2.");
    for (size_t i = 0; i < 2; i++) v->steps[i].table = table_of(names, 2, both, 2 - i);
    NamedTable *sale = arena_new(&arena, NamedTable);
    *sale = (NamedTable){S("sale"), table_of(names, 4, sales, 2)};
    v->why =
        S("Your answer differs. 1 row is missing. The smallest database that shows it has 2 rows.");
    v->counterexample = (Counterexample){
        .tables = sale,
        .table_count = 1,
        .rows = 2,
        .expected = table_of(names, 2, both, 2),
        .actual = table_of(names, 2, both, 1),
        .diff = {.kind = COMPARE_ROWS, .missing = missing, .missing_len = 1, .missing_total = 1}};
}

static bool speaks_of_another_kind(void)
{
    return shows("Another kind: ") || shows("No other kind of database was found");
}

// Another process reads the log.
static bool is_remembered(const char *kind, const char *part)
{
    Store *store;
    StoreOpening how;
    StoreEvent *events;
    size_t count;
    Error err;
    bool found = false;
    ck_assert_msg(store_open(&arena, &world, &store, &how, &err), "%s", err.text);
    ck_assert(store_events(store, &arena, (Str){0}, &events, &count, &err));
    for (size_t i = 0; i < count; i++) {
        found |= str_eq(events[i].kind, str_from(kind)) &&
                 str_find(events[i].body, str_from(part), NULL);
    }
    store_close(store);
    return found;
}

START_TEST(a_wrong_answer_is_asked_about_and_shown)
{
    use_size(_i);
    start();
    press("enter");
    paste(PICKS_ONE);
    pass(300000);
    press("F9");
    check("work-confirm");
    press("enter");
    check("guess");
    use_counterexample();
    type("two equally dear sales\n");
    check("refuted");
    press("F6");
    check("refuted-steps");
    press("F6");
    ck_assert(shows("The smallest database"));
    press("a");
    ck_assert(speaks_of_another_kind());
    Attempt *t = (Attempt *)app_attempt(ui.app);
    t->another = (ExamAnother){.found = true, .turn = TURN_TIE};
    t->another.counterexample = t->verdict.counterexample;
    check("refuted-another");
    t->another.found = false;
    check("refuted-no-other");
    press("a");
    ck_assert(shows("The smallest database"));
    press("F7");
    check("solution");
    press("esc n");
    check("compare-wrong");
    press("enter");
    check("score-wrong");
    press("esc");
    ck_assert_int_eq(ui.at, SCREEN_HOME);
    ck_str(newest().verdict, "wrong");
    ck_assert(is_remembered("verdict", "-- expected\\nSELECT "));
}
END_TEST

START_TEST(a_right_answer_is_ticked_rated_and_kept)
{
    use_size(_i);
    start();
    press("enter F3");
    type("What about ties?\n");
    pass(20000);
    press("esc");
    paste(RIGHT);
    pass(520000);
    press("F5");
    press("F9 enter");
    check("compare-right");
    press("y n");
    press("enter");
    check("score-right");
    press("4 3");
    check("score-rated");
    press("enter");
    check("home-kept");
    StoreAttempt t = newest();
    ck_str(t.verdict, "right");
    ck_assert_int_eq(t.end, ATTEMPT_KEPT);
    ck_assert_int_eq(t.spent_ms, 540000);
    ck_assert_int_eq(t.ratings[AXIS_CLARIFICATION], 4);
    ck_assert_int_eq(t.ratings[AXIS_TRADEOFFS], 3);
    ck_assert_int_eq(t.ticks, 2);
    ck_assert_int_eq(t.ticked, 1);
    ck_assert_ptr_null(app_draft(ui.app));
}
END_TEST

START_TEST(an_answer_that_does_not_run_is_shown_with_its_place)
{
    use_size(0);
    start();
    press("enter");
    paste("SELECT seller, id\nFROM sale\nWHERE prize > 3");
    press("F9 enter");
    check("refuted-error");
    press("enter");
    ck_assert_int_eq(ui.at, SCREEN_WORK);
}
END_TEST

START_TEST(an_endless_query_is_stopped_by_esc)
{
    use_size(_i);
    start();
    press("enter");
    paste(ENDLESS);
    term_fake_keys(term, S("F5"));
    turn();
    check("work-running");
    press("esc");
    ck_assert(!busy());
    ck_assert(shows("rows of data are ready"));
}
END_TEST

START_TEST(the_clock_turns_warm_and_is_never_in_the_way)
{
    use_size(0);
    start();
    press("enter");
    pass(9 * 60000);
    type("a");
    check("clock-warm");
    pass(2 * 60000);
    type("b");
    check("clock-over");
    ck_str(editor_text(&ui.bench.editor), "ab");
}
END_TEST
// A talk -----------------------------------------------------------------------------------------

START_TEST(a_talk_is_compared_ticked_and_kept)
{
    use_size(_i);
    start();
    press("down enter");
    check("talk-empty");
    type("Make the load idempotent.");
    pass(70000);
    press("F9");
    check("talk-confirm");
    press("enter");
    check("talk-compare");
    press("y enter");
    check("talk-score");
    press("enter");
    StoreAttempt t = newest();
    ck_str(t.verdict, "self");
    ck_str(t.item, "kiosk/why-upsert");
    ck_assert_int_eq(t.ticked, 1);
}
END_TEST

// Nothing is lost --------------------------------------------------------------------------------

START_TEST(what_was_typed_is_on_disk_a_second_later)
{
    use_size(0);
    start();
    press("enter");
    type("SELECT 42");
    pass(1000);
    app_pump(ui.app);
    Ui first = ui; // killed: nobody leaves or closes anything
    start();
    ck_assert(shows("You were in Every seller's dearest sale"));
    press("r");
    ck_str(editor_text(&ui.bench.editor), "SELECT 42");
    type(" + 1");
    leave();
    start();
    ck_str(app_draft(ui.app)->text, "SELECT 42 + 1");
    ui_close(&first);
    term_close(first.term);
}
END_TEST

START_TEST(a_draft_is_not_thrown_away_by_beginning_its_drill_again)
{
    use_size(0);
    start();
    press("enter");
    type("-- mine");
    press("^Q");
    press("enter");
    ck_str(editor_text(&ui.bench.editor), "-- mine");
    ck_assert(shows("Your draft is back"));
}
END_TEST

START_TEST(resizing_keeps_the_answer_and_says_when_there_is_no_room)
{
    use_size(0);
    start();
    press("enter");
    type("SELECT 1");
    term_fake_resize(term, 5, 30);
    turn();
    ck_assert(shows("too small"));
    term_fake_resize(term, 10, 40);
    turn();
    ck_assert(shows("SELECT 1"));
    term_fake_resize(term, 60, 200);
    turn();
    ck_assert(shows("SELECT 1"));
    ck_str(editor_text(&ui.bench.editor), "SELECT 1");
}
END_TEST

static Key click(int row, int col)
{
    return (Key){.code = KC_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .row = row, .col = col};
}

START_TEST(a_click_chooses_a_pane_or_presses_a_key_of_the_footer)
{
    use_size(0);
    start();
    press("enter");
    paste("SELECT id FROM sale");
    term_fake_push(term, click(23, 2)); // F5
    turn();
    finish_work();
    ck_assert(shows("rows 1-"));
    term_fake_push(term, click(18, 2));
    turn();
    ck_assert_int_eq(ui.bench.focus, FOCUS_ROWS);
    term_fake_push(term, click(3, 3));
    turn();
    ck_assert_int_eq(ui.bench.focus, FOCUS_TALK);
    term_fake_push(term, click(4, 60));
    turn();
    ck_assert_int_eq(ui.bench.focus, FOCUS_ANSWER);
    term_fake_push(term, click(23, 74)); // the dialect
    turn();
    ck_assert_int_ne(app_attempt(ui.app)->session.dialect, DIALECT_SQLITE);
}
END_TEST

START_TEST(question_mark_and_colon_are_text_where_one_writes)
{
    use_size(0);
    start();
    press("enter");
    type("?:");
    ck_str(editor_text(&ui.bench.editor), "?:");
    press("F3");
    type("?:");
    ck_assert(!ui.help.open && !ui.palette.open);
    press("esc shift-tab");
    type("?");
    ck_assert(ui.help.open);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_loop_test(t, home_says_what_comes_next, 0, SIZES);
    tcase_add_loop_test(t, home_shows_history_and_a_draft, 0, USUAL);
    tcase_add_loop_test(t, the_list_of_drills_narrows_as_one_types, 0, USUAL);
    tcase_add_loop_test(t, a_query_is_written_and_run, 0, SIZES);
    tcase_add_loop_test(t, each_step_of_a_query_shows_its_rows, 0, USUAL);
    tcase_add_loop_test(t, the_interviewer_answers_and_gives_hints, 0, USUAL);
    tcase_add_loop_test(t, a_wrong_answer_is_asked_about_and_shown, 0, USUAL);
    tcase_add_loop_test(t, a_right_answer_is_ticked_rated_and_kept, 0, USUAL);
    tcase_add_test(t, an_answer_that_does_not_run_is_shown_with_its_place);
    tcase_add_loop_test(t, an_endless_query_is_stopped_by_esc, 0, USUAL);
    tcase_add_test(t, the_clock_turns_warm_and_is_never_in_the_way);
    tcase_add_loop_test(t, a_talk_is_compared_ticked_and_kept, 0, USUAL);
    tcase_add_test(t, what_was_typed_is_on_disk_a_second_later);
    tcase_add_test(t, a_draft_is_not_thrown_away_by_beginning_its_drill_again);
    tcase_add_test(t, resizing_keeps_the_answer_and_says_when_there_is_no_room);
    tcase_add_test(t, a_click_chooses_a_pane_or_presses_a_key_of_the_footer);
    tcase_add_test(t, question_mark_and_colon_are_text_where_one_writes);
}

int main(void)
{
    Suite *s = suite_create("screens");
    TCase *t = tcase_create("screens");
    tcase_add_checked_fixture(t, setup, teardown);
    add_tests(t);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
