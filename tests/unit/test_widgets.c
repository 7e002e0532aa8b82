// test_widgets: the small widgets on a grid, key by key, against saved screens.
#include "base/rng.h"
#include "base/utf8.h"
#include "prose/prose.h"
#include "screen.h"
#include "tui/widgets/fuzzy.h"
#include "tui/widgets/help.h"
#include "tui/widgets/keybar.h"
#include "tui/widgets/palette.h"
#include "tui/widgets/pane.h"
#include "tui/widgets/sheet.h"
#include "tui/widgets/toast.h"
#include "tui/widgets/words.h"
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

static Key key(const char *name)
{
    Key k;
    ck_assert_msg(key_parse(str_from(name), &k), "no key '%s'", name);
    return k;
}

static Key click(int row, int col)
{
    return (Key){.code = KC_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .row = row, .col = col};
}

static Key wheel(MouseKind kind, int row, int col)
{
    return (Key){.code = KC_MOUSE, .mouse = kind, .row = row, .col = col};
}

// Input ------------------------------------------------------------------------------------------

static Input input;

static Reply type(const char *text)
{
    Reply r = REPLY_NO;
    for (const char *p = text; *p; p++) {
        r = input_key(&input, (Key){.code = KC_CHAR, .ch = (unsigned char)*p});
    }
    return r;
}

static void press(const char *names)
{
    for (Str name, rest = str_from(names); rest.len > 0;) {
        str_cut(rest, ' ', &name, &rest);
        input_key(&input, key(str_c(&arena, name)));
    }
}

#define ck_input(want) ck_assert_str_eq(str_c(&arena, input_text(&input)), want)

START_TEST(a_line_is_edited_with_the_keys_of_readline)
{
    input = (Input){0};
    type("which copy is best");
    ck_input("which copy is best");
    press("^W");
    ck_input("which copy is ");
    press("^A ^K");
    ck_input("");
    press("^Y");
    ck_input("which copy is ");
    press("^A ctrl-right ^U");
    ck_input(" copy is ");
    press("^A ^D ^E ^H left left ^H");
    ck_input("copyis");
    press("^A alt-f alt-d alt-b alt-d");
    ck_input("");
    ck_assert_int_eq(input_key(&input, key("enter")), REPLY_CHOSEN);
    ck_assert_int_eq(input_key(&input, key("^J")), REPLY_CHOSEN);
    ck_assert_int_eq(input_key(&input, key("esc")), REPLY_CLOSED);
    ck_assert_int_eq(input_key(&input, key("F5")), REPLY_NO);
    ck_assert_int_eq(input_key(&input, key("^R")), REPLY_NO);
    ck_assert_int_eq(input_key(&input, key("tab")), REPLY_NO);
}
END_TEST

START_TEST(clusters_are_moved_over_and_deleted_whole)
{
    input = (Input){0};
    input_set(&input, S("ae\u0301漢🇩🇪"));
    press("left");
    ck_assert_uint_eq(input.at, 7);
    press("^H");
    ck_input("ae\u0301🇩🇪");
    press("left ^D");
    ck_input("a🇩🇪");
}
END_TEST

START_TEST(a_paste_into_a_line_stays_one_line)
{
    input = (Input){0};
    Key k = {.code = KC_PASTE, .paste = S("two\nlines\t\x01\xff")};
    ck_assert_int_eq(input_key(&input, k), REPLY_CHANGED);
    ck_input("two lines  \uFFFD");
    char *big = arena_array(&arena, char, 100000);
    memset(big, 'x', 100000);
    k.paste = (Str){big, 100000};
    input_key(&input, k);
    ck_assert_uint_eq(input.len, INPUT_MAX);
    ck_assert(utf8_valid(input_text(&input)));
}
END_TEST

START_TEST(what_was_entered_before_comes_back)
{
    input = (Input){.arena = &arena};
    input_remember(&input, S("first"));
    input_remember(&input, S("second"));
    input_remember(&input, S("second"));
    press("up");
    ck_input("second");
    press("up up");
    ck_input("first");
    press("down down");
    ck_input("");
}
END_TEST

START_TEST(any_keys_leave_a_line_valid)
{
    static const char *const names[] = {
        "left",  "right", "^W",    "^K",   "^U",  "^Y", "^H",        "del",
        "alt-d", "alt-b", "alt-f", "home", "end", "up", "ctrl-left", "alt-backspace"};
    static const uint32_t chars[] = {'a',     ' ',    0xe9,    0x301,  0x6f22, 0x1f1e9,
                                     0x1f1ea, 0x200d, 0x1f469, 0x202e, 0x1100, 0x1161};
    Rng r = {.seed = 3};
    Grid g = grid_new(&arena, 1, 20);
    input = (Input){.arena = &arena};
    bool sound = true;
    for (int i = 0; i < 20000; i++) {
        Key k = rng_below(&r, 3) ? (Key){.code = KC_CHAR, .ch = chars[rng_below(&r, 12)]}
                                 : key(names[rng_below(&r, sizeof names / sizeof *names)]);
        input_key(&input, k);
        Str s = input_text(&input);
        sound =
            sound && utf8_valid(s) && input.at <= s.len && cluster_snap(s, input.at) == input.at;
        if (i % 50 == 0) {
            grid_clear(&g);
            input_draw(&input, &g, grid_rect(&g), S("> "), S("hint"), true);
            grid_check(&g);
        }
    }
    ck_assert(sound);
}
END_TEST

START_TEST(a_long_line_scrolls_with_its_cursor)
{
    input = (Input){0};
    Grid g = grid_new(&arena, 3, 24);
    input_draw(&input, &g, rect_row(grid_rect(&g), 0), S("> "), S("ask the interviewer"), true);
    type("can ingest_ts tie between copies?");
    input_draw(&input, &g, rect_row(grid_rect(&g), 1), S("> "), (Str){0}, true);
    ck_assert(g.cursor_shown && g.cursor_row == 1 && g.cursor_col == 23);
    press("home");
    input_draw(&input, &g, rect_row(grid_rect(&g), 2), S("> "), (Str){0}, true);
    ck_assert_int_eq(g.cursor_col, 2);
    screen_check(&g, "input");
}
END_TEST

// List and fuzzy ---------------------------------------------------------------------------------

static const char *const drills[] = {"SQL",
                                     "Tiered dedup",
                                     "Handoff sessions",
                                     "Second highest salary",
                                     "Top titles per country",
                                     "Explain",
                                     "Exactly-once in 90 s",
                                     "Story",
                                     "A pipeline I broke"};
enum { DRILLS = sizeof drills / sizeof *drills };

static Str drill_text(const void *ctx, size_t i)
{
    (void)ctx;
    return str_from(drills[i]);
}
static bool drill_is_head(const void *ctx, size_t i)
{
    (void)ctx;
    return i == 0 || i == 5 || i == 7;
}
static const ListSource drill_source = {
    .count = DRILLS, .text = drill_text, .is_head = drill_is_head};

static List list;

static void list_press(const char *names)
{
    for (Str name, rest = str_from(names); rest.len > 0;) {
        str_cut(rest, ' ', &name, &rest);
        list_key(&list, key(str_c(&arena, name)));
    }
}

static size_t selected(void)
{
    size_t i = 999;
    list_selected(&list, &i);
    return i;
}

START_TEST(a_list_is_walked_over_its_headings)
{
    Grid g = grid_new(&arena, 5, 30);
    list = (List){0};
    list_set(&list, drill_source);
    list_draw(&list, &g, grid_rect(&g), true);
    ck_assert_uint_eq(selected(), 1);
    list_press("j j j down");
    ck_assert_uint_eq(selected(), 6);
    grid_clear(&g);
    list_draw(&list, &g, grid_rect(&g), true);
    screen_check(&g, "list-scrolled");
    list_press("G");
    ck_assert_uint_eq(selected(), 8);
    list_press("k k");
    ck_assert_uint_eq(selected(), 4);
    list_press("g up");
    ck_assert_uint_eq(selected(), 1);
    list_press("pgdn");
    ck_assert_uint_eq(selected(), 6);
    ck_assert_int_eq(list_key(&list, key("enter")), REPLY_CHOSEN);
    ck_assert_int_eq(list_key(&list, key("q")), REPLY_NO);
    list_close(&list);
}
END_TEST

START_TEST(a_filter_keeps_what_contains_its_words)
{
    Grid g = grid_new(&arena, 5, 30);
    list = (List){0};
    list_set(&list, drill_source);
    list_press("/ s e");
    grid_clear(&g);
    list_draw(&list, &g, grid_rect(&g), true);
    screen_check(&g, "list-filter");
    ck_assert_uint_eq(selected(), 2);
    list_press("down");
    ck_assert_uint_eq(selected(), 3);
    list_press("esc");
    ck_assert_uint_eq(selected(), 3);
    list_press("/ t t p c"); // no words of that: letters in order
    ck_assert_uint_eq(selected(), 4);
    list_press("x x");
    ck_assert_int_eq(list_key(&list, key("enter")), REPLY_YES);
    grid_clear(&g);
    list_draw(&list, &g, grid_rect(&g), true);
    ck_assert_ptr_nonnull(strstr(grid_dump(&arena, &g).ptr, "nothing matches"));
    list_press("^U");
    ck_assert_uint_eq(selected(), 1);
    list_close(&list);
}
END_TEST

START_TEST(a_click_selects_and_a_second_one_chooses)
{
    Grid g = grid_new(&arena, 9, 30);
    list = (List){0};
    list_set(&list, drill_source);
    list_draw(&list, &g, grid_rect(&g), true);
    ck_assert_int_eq(list_key(&list, click(3, 4)), REPLY_YES);
    ck_assert_uint_eq(selected(), 3);
    ck_assert_int_eq(list_key(&list, click(3, 4)), REPLY_CHOSEN);
    ck_assert_int_eq(list_key(&list, click(0, 4)), REPLY_YES);
    ck_assert_uint_eq(selected(), 3);
    ck_assert_int_eq(list_key(&list, wheel(MOUSE_WHEEL_DOWN, 2, 2)), REPLY_YES);
    ck_assert_uint_eq(selected(), 6);
    ck_assert_int_eq(list_key(&list, click(3, 30)), REPLY_NO);
    list_close(&list);
}
END_TEST

START_TEST(an_empty_list_takes_every_key)
{
    Grid g = grid_new(&arena, 3, 10);
    list = (List){0};
    list_press("j k g G enter pgup / x esc");
    list_draw(&list, &g, grid_rect(&g), true);
    ck_assert_uint_eq(selected(), 999);
    list_close(&list);
}
END_TEST

START_TEST(substrings_rank_above_letters_in_order)
{
    ck_assert_int_gt(fuzzy_score(S("run the query"), S("query")),
                     fuzzy_score(S("quite every year"), S("query")));
    ck_assert_int_gt(fuzzy_score(S("show schema"), S("sch")),
                     fuzzy_score(S("reschedule it"), S("sch")));
    ck_assert_int_gt(fuzzy_score(S("Tiered dedup"), S("td")), fuzzy_score(S("stride"), S("td")));
    ck_assert_int_eq(fuzzy_score(S("abc"), S("acb")), 0);
    ck_assert_int_gt(fuzzy_score(S(""), S("")), 0);
    ck_assert(fuzzy_contains(S("Second highest salary"), S("SAL high")));
    ck_assert(!fuzzy_contains(S("Second highest salary"), S("sal low")));
}
END_TEST

// Pane -------------------------------------------------------------------------------------------

static const char page[] =
    "# Tiered dedup\n\nA producer retries. `fact_play_event_raw` holds **several copies** of an "
    "event; keep the best one.\n\n- a *complete* one\n- else the one received last\n\n"
    "```sql\nSELECT COUNT(*), 'x' -- why\nFROM t WHERE a > 1.5\n```\n\nThe end.";

START_TEST(prose_scrolls_and_sql_in_it_has_colours)
{
    Grid g = grid_new(&arena, 8, 40);
    Pane p = {0};
    pane_set(&p, prose_markdown(&arena, str_from(page), 40));
    pane_draw(&p, &g, grid_rect(&g));
    screen_check(&g, "pane-top");
    ck_assert_int_eq(pane_key(&p, key("j")), REPLY_YES);
    ck_assert_int_eq(pane_key(&p, key("G")), REPLY_YES);
    ck_assert(pane_is_at_end(&p));
    grid_clear(&g);
    pane_draw(&p, &g, grid_rect(&g));
    screen_check(&g, "pane-end");
    ck_assert_int_eq(pane_key(&p, key("x")), REPLY_NO);
    ck_assert_int_eq(pane_key(&p, wheel(MOUSE_WHEEL_UP, 1, 1)), REPLY_YES);
    ck_assert(!pane_is_at_end(&p));
}
END_TEST

START_TEST(a_conversation_stays_at_its_end)
{
    Grid g = grid_new(&arena, 2, 30);
    Pane p = {.follow = true};
    pane_set(&p, prose_plain(&arena, S("1\n2\n3"), 30));
    pane_draw(&p, &g, grid_rect(&g));
    pane_set(&p, prose_plain(&arena, S("1\n2\n3\n4"), 30));
    grid_clear(&g);
    pane_draw(&p, &g, grid_rect(&g));
    ck_assert_str_eq(str_c(&arena, str_slice(grid_dump(&arena, &g), 0, 1)), "3");
    pane_key(&p, key("k"));
    grid_clear(&g);
    pane_draw(&p, &g, grid_rect(&g));
    ck_assert_str_eq(str_c(&arena, str_slice(grid_dump(&arena, &g), 0, 1)), "2");
}
END_TEST

START_TEST(prose_that_fits_leaves_its_keys_to_others)
{
    Grid g = grid_new(&arena, 5, 30);
    Pane p = {0};
    pane_set(&p, prose_plain(&arena, S("one line"), 30));
    pane_draw(&p, &g, grid_rect(&g));
    ck_assert_int_eq(pane_key(&p, key("down")), REPLY_NO);
}
END_TEST

// Sheet ------------------------------------------------------------------------------------------

static Table events(size_t rows)
{
    static Column columns[] = {{{"event_id", 8}, TYPE_TEXT},
                               {{"profile_id", 10}, TYPE_INTEGER},
                               {{"ts", 2}, TYPE_TIMESTAMP},
                               {{"watch", 5}, TYPE_UNKNOWN},
                               {{"finished", 8}, TYPE_BOOLEAN}};
    Table t = {.columns = columns, .width = 5, .rows = rows};
    t.cells = arena_array(&arena, Value, rows * 5);
    for (size_t i = 0; i < rows; i++) {
        Value *v = &t.cells[i * 5];
        v[0] = VALUE_STR(str_fmt(&arena, "e-%06zu", i * 17));
        v[1] = VALUE_INT((int64_t)(i * 7919 % 10000));
        v[2] = VALUE_STR(str_fmt(&arena, "2025-03-02 20:%02zu:00", i % 60));
        if (i % 3) v[3] = VALUE_INT((int64_t)i * 311);
        v[4] = VALUE_INT((int64_t)(i % 2));
    }
    return t;
}

START_TEST(a_result_shows_numbers_right_null_apart_and_a_cursor)
{
    Grid g = grid_new(&arena, 6, 70);
    Table t = events(4);
    t.cells[0] = VALUE_STR(S("NULL"));
    Sheet s = {0};
    sheet_set(&s, &t, 0);
    sheet_draw(&s, &g, grid_rect(&g), true);
    screen_check(&g, "sheet");
    ck_assert_str_eq(sheet_caption(&arena, &s).ptr, "rows 1-4 of 4");
    ck_assert_str_eq(sheet_cell(&arena, &s).ptr, "NULL");
}
END_TEST

START_TEST(a_result_scrolls_both_ways)
{
    Grid g = grid_new(&arena, 6, 32);
    Table t = events(2000);
    Sheet s = {0};
    sheet_set(&s, &t, 40812);
    sheet_draw(&s, &g, grid_rect(&g), true);
    ck_assert_str_eq(sheet_caption(&arena, &s).ptr, "rows 1-5 of 40,812");
    static const char *const keys[] = {"pgdn", "j", "l", "l", "l", "right"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ck_assert_int_eq(sheet_key(&s, key(keys[i])), REPLY_YES);
    }
    grid_clear(&g);
    sheet_draw(&s, &g, grid_rect(&g), true);
    screen_check(&g, "sheet-scrolled");
    sheet_key(&s, key("G"));
    sheet_key(&s, key("0"));
    grid_clear(&g);
    sheet_draw(&s, &g, grid_rect(&g), false);
    ck_assert_str_eq(sheet_caption(&arena, &s).ptr, "rows 1,996-2,000 of 40,812");
    ck_assert(s.left == 0 && s.row == 1999);
    ck_assert_int_eq(sheet_key(&s, click(1, 11)), REPLY_YES);
    ck_assert(s.row == 1995 && s.col == 1);
    ck_assert_int_eq(sheet_key(&s, key("F5")), REPLY_NO);
}
END_TEST

START_TEST(a_result_without_rows_or_columns_is_drawn)
{
    Grid g = grid_new(&arena, 3, 32);
    Sheet s = {0};
    sheet_draw(&s, &g, grid_rect(&g), true);
    ck_assert_int_eq(sheet_key(&s, key("j")), REPLY_NO);
    Table t = events(0);
    sheet_set(&s, &t, 0);
    sheet_draw(&s, &g, grid_rect(&g), true);
    ck_assert_ptr_nonnull(strstr(grid_dump(&arena, &g).ptr, "(no rows)"));
    ck_assert_str_eq(str_c(&arena, sheet_caption(&arena, &s)), "no rows");
    ck_assert_uint_eq(sheet_cell(&arena, &s).len, 0);
    t = events(7);
    t.more = true;
    sheet_set(&s, &t, 0);
    sheet_draw(&s, &g, grid_rect(&g), true);
    ck_assert_str_eq(sheet_caption(&arena, &s).ptr, "rows 1-2 of more than 7");
    ck_assert_str_eq(sheet_count(&arena, -1234567).ptr, "-1,234,567");
}
END_TEST

START_TEST(any_keys_keep_the_cursor_on_the_sheet_and_the_page)
{
    static const char *const names[] = {"h", "j", "k",    "l",    "g",    "G",
                                        "0", "$", "pgup", "pgdn", "home", "ctrl-end"};
    Rng r = {.seed = 5};
    Table t = events(37);
    Sheet s = {0};
    sheet_set(&s, &t, 0);
    bool sound = true;
    for (int i = 0; i < 2000; i++) {
        sheet_key(&s, key(names[rng_below(&r, sizeof names / sizeof *names)]));
        Grid g = grid_new(&arena, (int)rng_between(&r, 1, 12), (int)rng_between(&r, 1, 60));
        sheet_draw(&s, &g, grid_rect(&g), true);
        grid_check(&g);
        sound = sound && s.row < 37 && s.col < 5 && s.left <= s.col &&
                (s.page == 0 || (s.top <= s.row && s.row < s.top + s.page));
    }
    ck_assert(sound);
}
END_TEST

// Keybar, help, palette, toast -------------------------------------------------------------------

static const KeyRow drill_rows[] = {
    {.action = 1, .keys = "F5 ^R", .label = "run", .help = "Run the query on the visible data"},
    {.action = 2, .keys = "F9", .label = "submit", .help = "Submit the answer for grading"},
    {.action = 3, .keys = "F3", .label = "ask", .help = "Ask the interviewer a question"},
    {.action = 4, .keys = "F4", .label = "hint", .help = "Take a hint, for part of the points"},
    {.action = 5, .keys = "^X^E", .help = "Write in your own editor"},
};
static const KeyRow all_rows[] = {
    {.action = 10, .keys = ": ^P", .label = "palette", .help = "Find any action by its name"},
    {.action = 11, .keys = "q", .label = "quit", .help = "Leave; nothing is lost"},
    {.action = 12, .keys = "F1 ?", .label = "help", .help = "Show the keys of this screen"},
};
static const KeyTable drill_table = {"This drill", drill_rows, 5};
static const KeyTable all_table = {"Everywhere", all_rows, 3};
static const KeyTable *const tables[] = {&drill_table, &all_table};

START_TEST(the_key_bar_shows_what_fits_and_always_help)
{
    Grid g = grid_new(&arena, 3, 80);
    Keybar b;
    keybar_draw(&b, &g, (Rect){0, 1, 1, 79}, tables, 2);
    Key pressed;
    ck_assert(keybar_hit(&b, click(0, 10), &pressed) && pressed.code == KC_F9);
    ck_assert(!keybar_hit(&b, click(0, 7), &pressed));
    ck_assert(!keybar_hit(&b, click(1, 10), &pressed));
    keybar_draw(&b, &g, (Rect){1, 1, 1, 40}, tables, 2);
    keybar_draw(&b, &g, (Rect){2, 1, 1, 8}, tables, 2);
    screen_check(&g, "keybar");
}
END_TEST

START_TEST(help_lists_the_keys_and_is_filtered_by_key_or_word)
{
    Grid g = grid_new(&arena, 14, 60);
    Help h = {0};
    ck_assert_int_eq(help_key(&h, key("x")), REPLY_NO);
    help_open(&h);
    help_draw(&h, &g, grid_rect(&g), tables, 2);
    screen_check(&g, "help");
    help_key(&h, key("F"));
    help_key(&h, key("9"));
    grid_clear(&g);
    help_draw(&h, &g, grid_rect(&g), tables, 2);
    ck_assert_ptr_nonnull(strstr(grid_dump(&arena, &g).ptr, "Submit the answer"));
    ck_assert_ptr_null(strstr(grid_dump(&arena, &g).ptr, "Run the query"));
    ck_assert_int_eq(help_key(&h, key("esc")), REPLY_CLOSED);
    ck_assert(!h.open);
}
END_TEST

START_TEST(the_palette_finds_actions_by_name)
{
    Grid g = grid_new(&arena, 20, 80);
    Palette p = {0};
    palette_open(&p, tables, 2);
    palette_draw(&p, &g, grid_rect(&g));
    screen_check(&g, "palette");
    static const char *const typed[] = {"q", "u", "e", "s"};
    for (int i = 0; i < 4; i++) palette_key(&p, key(typed[i]));
    grid_clear(&g);
    palette_draw(&p, &g, grid_rect(&g));
    screen_check(&g, "palette-found");
    ck_assert_int_eq(palette_key(&p, key("enter")), REPLY_CHOSEN);
    ck_assert_int_eq(palette_chosen(&p).row->action, 3);
    ck_assert_ptr_eq(palette_chosen(&p).table, &drill_table);
    ck_assert(!p.open);
    palette_open(&p, tables, 2);
    ck_assert_int_eq(palette_key(&p, key("F7")), REPLY_YES); // nothing falls through
    ck_assert_int_eq(palette_key(&p, key("esc")), REPLY_CLOSED);
    palette_close(&p);
}
END_TEST

START_TEST(a_toast_stands_for_a_while_and_says_all)
{
    Grid g = grid_new(&arena, 5, 50);
    grid_repeat(&g, grid_rect(&g), ROLE_TEXT, S("x"));
    Toast t = {0};
    toast_draw(&t, &g, grid_rect(&g), 0);
    toast_show(&t, ROLE_WARN,
               S("Nothing to run yet: write a query first, then press F5 to see its rows."), 1000);
    ck_assert_int_gt(toast_left(&t, 1000), 3000);
    toast_draw(&t, &g, grid_rect(&g), 1000);
    screen_check(&g, "toast");
    ck_assert_int_eq(toast_left(&t, 60000), 0);
}
END_TEST

static void add_line_tests(TCase *t)
{
    tcase_add_test(t, a_line_is_edited_with_the_keys_of_readline);
    tcase_add_test(t, clusters_are_moved_over_and_deleted_whole);
    tcase_add_test(t, a_paste_into_a_line_stays_one_line);
    tcase_add_test(t, what_was_entered_before_comes_back);
    tcase_add_test(t, any_keys_leave_a_line_valid);
    tcase_add_test(t, a_long_line_scrolls_with_its_cursor);
    tcase_add_test(t, a_list_is_walked_over_its_headings);
    tcase_add_test(t, a_filter_keeps_what_contains_its_words);
    tcase_add_test(t, a_click_selects_and_a_second_one_chooses);
    tcase_add_test(t, an_empty_list_takes_every_key);
    tcase_add_test(t, substrings_rank_above_letters_in_order);
}

static void add_pane_tests(TCase *t)
{
    tcase_add_test(t, prose_scrolls_and_sql_in_it_has_colours);
    tcase_add_test(t, a_conversation_stays_at_its_end);
    tcase_add_test(t, prose_that_fits_leaves_its_keys_to_others);
    tcase_add_test(t, a_result_shows_numbers_right_null_apart_and_a_cursor);
    tcase_add_test(t, a_result_scrolls_both_ways);
    tcase_add_test(t, a_result_without_rows_or_columns_is_drawn);
    tcase_add_test(t, any_keys_keep_the_cursor_on_the_sheet_and_the_page);
    tcase_add_test(t, the_key_bar_shows_what_fits_and_always_help);
    tcase_add_test(t, help_lists_the_keys_and_is_filtered_by_key_or_word);
    tcase_add_test(t, the_palette_finds_actions_by_name);
    tcase_add_test(t, a_toast_stands_for_a_while_and_says_all);
}

int main(void)
{
    Suite *s = suite_create("widgets");
    TCase *t = tcase_create("widgets");
    tcase_add_checked_fixture(t, setup, teardown);
    add_line_tests(t);
    add_pane_tests(t);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
