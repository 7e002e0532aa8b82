// test_screen_break: a query is broken with rows that are typed: the game, key by key.
#include "stage.h"
#include <check.h>
#include <stdlib.h>

// A query to break -------------------------------------------------------------------------------

// What the exam draws gives way to a query and a database that stay the same while it gets better.
static void use_case(bool holds)
{
    static const char *const names[] = {"id", "seller", "item", "price"};
    static Value sales[] = {{VALUE_INTEGER, {7}, {0}},     {VALUE_TEXT, {0}, {"Ada", 3}},
                            {VALUE_TEXT, {0}, {"hat", 3}}, {VALUE_INTEGER, {12}, {0}},
                            {VALUE_INTEGER, {8}, {0}},     {VALUE_TEXT, {0}, {"Ada", 3}},
                            {VALUE_NULL, {0}, {0}},        {VALUE_INTEGER, {12}, {0}}};
    static Value both[] = {{VALUE_TEXT, {0}, {"Ada", 3}},
                           {VALUE_INTEGER, {7}, {0}},
                           {VALUE_TEXT, {0}, {"Ada", 3}},
                           {VALUE_INTEGER, {8}, {0}}};
    static size_t missing[] = {1};
    static const char *const shown[] = {"seller", "id"};
    BreakCase *c = &((Attempt *)app_attempt(ui.app))->shown;
    NamedTable *sale = arena_new(&arena, NamedTable);
    *sale = (NamedTable){S("sale"), table_of(names, 4, sales, 2)};
    *c = (BreakCase){
        .sql = holds ? S(RIGHT) : S(PICKS_ONE),
        .holds = holds,
        .why = holds ? S("") : S("It behaves as if there were no ties."),
        .own = {.kind = holds ? VERDICT_RIGHT : VERDICT_WRONG, .tried = 12, .agreed = 12}};
    if (holds) return;
    c->own.has_counterexample = true;
    c->own.counterexample = (Counterexample){
        .tables = sale,
        .table_count = 1,
        .rows = 2,
        .expected_sql = S(RIGHT),
        .actual_sql = S(PICKS_ONE),
        .expected = table_of(shown, 2, both, 2),
        .actual = table_of(shown, 2, both, 1),
        .diff = {.kind = COMPARE_ROWS, .missing = missing, .missing_len = 1, .missing_total = 1}};
}

static Attempt *breaking(void)
{
    ck_assert_int_eq(ui.at, SCREEN_BREAK);
    return (Attempt *)app_attempt(ui.app);
}

// As `b` in the list of drills does, with the query of use_case.
static void begin_breaking(void)
{
    start();
    press("d b");
    ck_assert(breaking()->has_case);
    use_case(false);
    ui.bench.drill = NULL; // its form is made anew
    ui_draw(&ui);
}

static void use_end(BreakKind kind)
{
    Attempt *t = breaking();
    BreakVerdict *v = &t->end;
    *v = (BreakVerdict){.kind = kind, .why = S("(not for the candidate yet)"), .has_run = true};
    v->run = t->shown.own.counterexample;
    v->least = 2;
    if (kind == BREAK_BROKEN) return;
    v->run.expected = v->run.actual;
    v->run.diff = (Comparison){0};
}

START_TEST(a_query_is_broken_with_rows_that_are_typed)
{
    use_size(_i);
    begin_breaking();
    check("break-start");
    type("7, 'Ada', 12\n8, 'Ada', dear");
    press("F5");
    use_case(false);
    check("break-bad");
    ck_assert(shows("line 3, column 11"));
    press("end backspace backspace backspace backspace");
    type("12");
    use_end(BREAK_SAME);
    check("break-same");
    press("F9");
    check("break-holds");
    press("esc F7");
    check("break-give-up");
    press("y");
    check("break-given-up");
    breaking()->session.giving_up = false;
    use_end(BREAK_BROKEN);
    check("break-broken");
    press("F7");
    ck_assert(shows("What a senior would say"));
    press("esc");
    StoreAttempt t = newest();
    ck_str(t.item, "kiosk/best-sale#break");
    ck_str(t.verdict, "wrong");
    ck_assert_int_eq(t.submits, 1);
    press("q");
    ck_assert_int_eq(ui.at, SCREEN_DRILLS);
}
END_TEST

// "Other rows break it" and "nothing breaks it" are not to be told apart before the end.
START_TEST(rows_that_change_nothing_do_not_tell_whether_a_query_holds)
{
    use_size(_i);
    begin_breaking();
    type("7, 'Ada', 12");
    press("F5");
    use_case(false);
    use_end(BREAK_SAME);
    ui.bench.schema = false;
    ui_draw(&ui);
    Str same = grid_dump(&arena, term_fake_shown(term));
    breaking()->shown.holds = true;
    breaking()->shown.why = (Str){0};
    breaking()->end.kind = BREAK_IMPOSSIBLE;
    breaking()->end.least = 0;
    ui_draw(&ui);
    ck_str(grid_dump(&arena, term_fake_shown(term)), str_c(&arena, same));
}
END_TEST

static bool is_shown(const char *part, bool holds)
{
    const BreakCase *c = &breaking()->shown;
    return c->holds == holds && str_find(c->sql, str_from(part), NULL);
}

// Gives up until such a query comes.
static void wait_for_query(const char *part, bool holds)
{
    enum { MOST = 60 };
    for (int i = 0; i < MOST && !is_shown(part, holds); i++) press("F7 y n");
    ck_assert(is_shown(part, holds));
}

START_TEST(the_first_end_decides_and_is_remembered)
{
    use_size(0);
    start();
    press("d b");
    wait_for_query("ROW_NUMBER", false);
    type("1, 'Ada', 3\n2, 'Ada', 3");
    press("F5");
    ck_assert(shows("✓ Broken."));
    ck_str(newest().verdict, "right");
    press("n");
    wait_for_query("RANK", true);
    press("F5");
    ck_assert(shows("both queries give the same"));
    press("F9 enter");
    ck_assert(shows("✓ It holds."));
    ck_str(newest().verdict, "right");
    press("n");
    wait_for_query("RANK", false);
    press("F9 enter");
    ck_assert(shows("✗ It does not hold."));
    ck_str(newest().verdict, "wrong");
    ck_assert_ptr_null(app_draft(ui.app));
    ck_assert_ptr_null(app_item(ui.app, S("kiosk/best-sale"))); // nobody has written it yet
}
END_TEST

START_TEST(rows_that_were_typed_are_kept_with_their_query)
{
    use_size(0);
    start();
    press("d b");
    Str sql = str_copy(&arena, breaking()->shown.sql);
    type("1, 'Ada'");
    Str rows_typed = str_copy(&arena, editor_text(&ui.bench.editor));
    press("^Q");
    leave();
    start();
    ck_assert(shows("You were breaking Every seller's dearest sale"));
    press("r");
    ck_str(editor_text(&ui.bench.editor), str_c(&arena, rows_typed));
    ck_str(breaking()->shown.sql, str_c(&arena, sql));
}
END_TEST

START_TEST(an_answer_waits_while_a_query_is_broken)
{
    use_size(0);
    start();
    press("enter");
    type("-- mine");
    press("F11");
    ck_assert(breaking()->has_case);
    type("1");
    press("^Q");
    ck_assert_int_eq(ui.at, SCREEN_WORK);
    ck_str(editor_text(&ui.bench.editor), "-- mine");
    press("shift-tab b");
    ck_assert(breaking()->has_case);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("screen break");
    TCase *t = tcase_create("break");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, a_query_is_broken_with_rows_that_are_typed, 0, USUAL);
    tcase_add_loop_test(t, rows_that_change_nothing_do_not_tell_whether_a_query_holds, 0, USUAL);
    tcase_add_test(t, the_first_end_decides_and_is_remembered);
    tcase_add_test(t, rows_that_were_typed_are_kept_with_their_query);
    tcase_add_test(t, an_answer_waits_while_a_query_is_broken);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
