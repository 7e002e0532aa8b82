// test_grid: drawing in cells: clipping, wide characters, foreign text, differences; and themes.
#include "base/rng.h"
#include "tui/grid.h"
#include "tui/theme.h"
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

#define ck_dump(g, want) ck_assert_str_eq(grid_dump(&arena, &(g)).ptr, want)

START_TEST(text_is_clipped_to_its_area)
{
    Grid g = grid_new(&arena, 2, 12);
    int end = grid_text(&g, (Rect){0, 2, 2, 5}, 0, 0, ROLE_TITLE, S("greenroom"));
    ck_dump(g, "  green\n\n");
    ck_assert_int_eq(end, 5);
    grid_text(&g, (Rect){0, 2, 2, 5}, 1, -5, ROLE_TITLE, S("greenroom"));
    grid_text(&g, (Rect){0, 2, 2, 5}, 2, 0, ROLE_TITLE, S("below"));
    ck_dump(g, "  green\n  room\n");
    ck_assert_str_eq(grid_dump_roles(&arena, &g).ptr, "  ttttt\n  tttt\n");
}
END_TEST

START_TEST(a_wide_character_is_never_split)
{
    Grid g = grid_new(&arena, 1, 8);
    Rect all = grid_rect(&g);
    grid_text(&g, all, 0, 0, ROLE_TEXT, S("漢字漢字"));
    ck_dump(g, "漢字漢字\n");
    grid_text(&g, all, 0, 1, ROLE_TEXT, S("x")); // over a tail
    grid_text(&g, all, 0, 4, ROLE_TEXT, S("y")); // over a head
    ck_dump(g, " x字y 字\n");
    grid_check(&g);
    grid_clear(&g);
    grid_text(&g, (Rect){0, 0, 1, 3}, 0, 0, ROLE_TEXT, S("漢字")); // the second does not fit
    ck_dump(g, "漢\n");
    grid_text(&g, all, 0, -1, ROLE_TEXT, S("漢z")); // half of the first is cut off
    ck_dump(g, " z\n");
    grid_check(&g);
}
END_TEST

START_TEST(marks_stay_with_their_letter_and_flags_take_two_cells)
{
    Grid g = grid_new(&arena, 1, 8);
    int end = grid_text(&g, grid_rect(&g), 0, 0, ROLE_TEXT, S("e\u0301🇩🇪x"));
    ck_assert_int_eq(end, 4);
    ck_dump(g, "e\u0301🇩🇪x\n");
    ck_assert_int_eq(g.cells[0].len, 3);
    grid_check(&g);
}
END_TEST

START_TEST(nothing_that_a_terminal_obeys_reaches_a_cell)
{
    Grid g = grid_new(&arena, 1, 40);
    grid_text(&g, grid_rect(&g), 0, 0, ROLE_TEXT, S("a\033[31m\r\n\t\u202eb\xff"));
    ck_dump(g, "a^[[31m^M⏎  <U+202E>b\uFFFD\n");
    grid_check(&g);
    for (int seed = 0; seed < 300; seed++) {
        Rng r = {.seed = (uint64_t)seed};
        char noise[64];
        for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)rng_below(&r, 256);
        grid_text(&g, (Rect){0, 3, 1, 30}, 0, (int)rng_between(&r, -9, 9), ROLE_TEXT,
                  (Str){noise, sizeof noise});
        grid_check(&g);
    }
}
END_TEST

START_TEST(what_does_not_fit_ends_in_an_ellipsis)
{
    Grid g = grid_new(&arena, 1, 20);
    grid_fit(&g, (Rect){0, 0, 1, 6}, ROLE_TEXT, S("greenroom"));
    grid_fit_right(&g, (Rect){0, 7, 1, 6}, ROLE_NUMBER, S("312"));
    grid_fit_right(&g, (Rect){0, 14, 1, 6}, ROLE_NUMBER, S("1234567"));
    ck_dump(g, "green…    312 12345…\n");
}
END_TEST

START_TEST(rects_are_cut_and_never_grow)
{
    Rect r = {0, 0, 10, 40};
    Rect head = rect_top(&r, 1), keys = rect_bottom(&r, 1), left = rect_left(&r, 15);
    ck_assert(head.row == 0 && head.rows == 1 && head.cols == 40);
    ck_assert(keys.row == 9 && keys.rows == 1);
    ck_assert(left.row == 1 && left.rows == 8 && left.cols == 15);
    ck_assert(r.row == 1 && r.col == 15 && r.rows == 8 && r.cols == 25);
    Rect rest = rect_right(&r, 99);
    ck_assert(rest.cols == 25 && r.cols == 0);
    ck_assert(rect_bottom(&r, -3).rows == 0 && r.rows == 8);
    ck_assert(!rect_has(r, 1, 15) && rect_has(left, 8, 14) && !rect_has(left, 9, 0));
}
END_TEST

START_TEST(a_difference_names_the_changed_cells_only)
{
    Grid was = grid_new(&arena, 3, 10), now = grid_new(&arena, 3, 10);
    GridRun run = {0};
    ck_assert(!grid_change(&was, &now, &run));
    grid_text(&now, grid_rect(&now), 1, 3, ROLE_TEXT, S("ab"));
    grid_text(&now, grid_rect(&now), 2, 8, ROLE_TEXT, S("漢"));
    ck_assert(grid_change(&was, &now, &run));
    ck_assert(run.row == 1 && run.col == 3 && run.cells == 2);
    ck_assert(grid_change(&was, &now, &run));
    ck_assert(run.row == 2 && run.col == 8 && run.cells == 2);
    ck_assert(!grid_change(&was, &now, &run));
    Grid over = grid_new(&arena, 3, 10);
    memcpy(over.cells, now.cells, 30 * sizeof(Cell));
    grid_over(&over, (Rect){2, 9, 1, 1}, ROLE_SELECTION); // a tail alone: its head comes along
    run = (GridRun){0};
    ck_assert(grid_change(&now, &over, &run));
    ck_assert(run.row == 2 && run.col == 8 && run.cells == 2);
    ck_assert(!grid_change(&now, &over, &run));
}
END_TEST

START_TEST(every_role_has_a_name_and_a_letter_of_its_own)
{
    for (int r = 0; r < ROLE_COUNT_; r++) {
        Role back;
        ck_assert(role_from_name(str_from(role_name((Role)r)), &back) && (int)back == r);
        for (int q = 0; q < r; q++) ck_assert_int_ne(role_letter((Role)q), role_letter((Role)r));
    }
}
END_TEST

START_TEST(a_theme_is_read_and_its_faults_have_places)
{
    Diags d = {.arena = &arena};
    Theme t = theme_parse(&arena, S("x/night.theme"),
                          S("# dusk\naccent = #88c0d0 bold\n\npopup = white on 24\n"
                            "acccent = red\ngood = greeen\nbad\n"),
                          &d);
    ck_assert(str_eq(t.name, S("night")));
    ck_assert_uint_eq(t.styles[ROLE_ACCENT].fg, PAINT_RGB(0x88c0d0));
    ck_assert_uint_eq(t.styles[ROLE_ACCENT].attrs, STYLE_BOLD);
    ck_assert_uint_eq(t.styles[ROLE_POPUP].fg, PAINT_INDEX(7));
    ck_assert_uint_eq(t.styles[ROLE_POPUP].bg, PAINT_INDEX(24));
    ck_assert_uint_eq(t.styles[ROLE_TITLE].attrs, theme_default()->styles[ROLE_TITLE].attrs);
    ck_assert_uint_eq(d.errors, 3);
    const char *lines[] = {"x/night.theme:5:1: error: there is no role 'acccent'; did you mean "
                           "'accent'?",
                           "x/night.theme:6:8: error: 'greeen' is no colour and no attribute: "
                           "colours are names such as bright-blue, numbers 0-255 or #rrggbb",
                           "x/night.theme:7:1: error: a line of a theme is written `role = "
                           "colour`"};
    for (int i = 0; i < 3; i++) {
        ck_assert_str_eq(diag_line(&arena, &d.list.at[i]).ptr, lines[i]);
    }
}
END_TEST

START_TEST(every_shipped_theme_is_sound)
{
    static const char *const names[] = {"default", "dusk", "paper", "mono"};
    ThemePlaces places = {.config_dir = S("/nowhere"), .share_dir = S(SOURCE_DIR)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Diags d = {.arena = &arena};
        Error err = {0};
        Theme t;
        ck_assert_msg(theme_load(&arena, &places, str_from(names[i]), &t, &d, &err), "%s",
                      err.text);
        ck_assert_uint_eq(d.errors, 0);
        ck_assert_str_eq(t.name.ptr, names[i]);
    }
    Theme t;
    Diags d = {.arena = &arena};
    Error err = {0};
    ck_assert(!theme_load(&arena, &places, S("../mono"), &t, &d, &err));
    ck_assert(!theme_load(&arena, &places, S("nosuch"), &t, &d, &err));
}
END_TEST

START_TEST(fewer_colours_keep_what_the_theme_says)
{
    Theme t = {.styles = {[ROLE_BAD] = {.fg = PAINT_RGB(0xff0505)},
                          [ROLE_POPUP] = {.fg = PAINT_RGB(0xd0d0d0), .bg = PAINT_RGB(0x303030)}}};
    Style s = theme_style(&t, ROLE_BAD, ROLE_TEXT, DEPTH_TRUE);
    ck_assert_uint_eq(s.fg, PAINT_RGB(0xff0505));
    ck_assert_uint_eq(theme_style(&t, ROLE_BAD, ROLE_TEXT, DEPTH_256).fg, PAINT_INDEX(196));
    ck_assert_uint_eq(theme_style(&t, ROLE_BAD, ROLE_TEXT, DEPTH_16).fg, PAINT_INDEX(9));
    s = theme_style(&t, ROLE_BAD, ROLE_TEXT, DEPTH_8);
    ck_assert(s.fg == PAINT_INDEX(1) && s.attrs == STYLE_BOLD);
    s = theme_style(&t, ROLE_BAD, ROLE_POPUP, DEPTH_NONE);
    ck_assert(s.fg == 0 && s.bg == 0 && s.attrs == STYLE_REVERSE);
    s = theme_style(&t, ROLE_BAD, ROLE_POPUP, DEPTH_256);
    ck_assert(s.fg == PAINT_INDEX(252) && s.bg == PAINT_INDEX(236));
}
END_TEST

START_TEST(a_selection_is_of_one_colour)
{
    const Theme *t = theme_default();
    Style s = theme_style(t, ROLE_SQL_KEYWORD, ROLE_SELECTION, DEPTH_16);
    Style plain = theme_style(t, ROLE_TEXT, ROLE_SELECTION, DEPTH_16);
    ck_assert(s.fg == plain.fg && s.bg == plain.bg && s.attrs & STYLE_REVERSE);
    s = theme_style(t, ROLE_SQL_KEYWORD, ROLE_MATCH, DEPTH_16);
    ck_assert_uint_eq(s.fg, t->styles[ROLE_SQL_KEYWORD].fg);
}
END_TEST

START_TEST(without_colours_what_is_laid_over_is_still_seen)
{
    static const Role over[] = {ROLE_SELECTION, ROLE_CURSOR, ROLE_MATCH, ROLE_MARK, ROLE_POPUP};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        Style s = theme_style(theme_default(), ROLE_TEXT, over[i], DEPTH_NONE);
        ck_assert_uint_ne(s.attrs, 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("grid");
    TCase *t = tcase_create("grid");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, text_is_clipped_to_its_area);
    tcase_add_test(t, a_wide_character_is_never_split);
    tcase_add_test(t, marks_stay_with_their_letter_and_flags_take_two_cells);
    tcase_add_test(t, nothing_that_a_terminal_obeys_reaches_a_cell);
    tcase_add_test(t, what_does_not_fit_ends_in_an_ellipsis);
    tcase_add_test(t, rects_are_cut_and_never_grow);
    tcase_add_test(t, a_difference_names_the_changed_cells_only);
    tcase_add_test(t, every_role_has_a_name_and_a_letter_of_its_own);
    tcase_add_test(t, a_theme_is_read_and_its_faults_have_places);
    tcase_add_test(t, every_shipped_theme_is_sound);
    tcase_add_test(t, fewer_colours_keep_what_the_theme_says);
    tcase_add_test(t, a_selection_is_of_one_colour);
    tcase_add_test(t, without_colours_what_is_laid_over_is_still_seen);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
