// test_editor: the text pane: changes and how they are taken back, motions, completion, search,
// drawing, $EDITOR, and a monkey at the keyboard.
#include "base/file.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "screen.h"
#include "tui/widgets/editor.h"
#include "tui/widgets/words.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Arena arena;
static Editor ed;

static void setup(void)
{
    arena = (Arena){0};
    editor_open(&ed, (EditorOptions){.syntax = SYNTAX_SQL});
}
static void teardown(void)
{
    editor_check(&ed);
    editor_close(&ed);
    arena_free(&arena);
}

static Key key(const char *name)
{
    Key k;
    ck_assert_msg(key_parse(str_from(name), &k), "no key '%s'", name);
    return k;
}

static Reply press(const char *names)
{
    Reply r = REPLY_NO;
    for (Str name, rest = str_from(names); rest.len > 0;) {
        str_cut(rest, ' ', &name, &rest);
        r = editor_key(&ed, key(str_c(&arena, name)));
    }
    return r;
}

static void type(const char *text)
{
    Str s = str_from(text);
    for (size_t at = 0, n; at < s.len; at += n) {
        uint32_t ch = utf8_decode(s, at, &n);
        editor_key(&ed, ch == '\n' ? key("enter") : (Key){.code = KC_CHAR, .ch = ch});
    }
}

static void paste(const char *text)
{
    editor_key(&ed, (Key){.code = KC_PASTE, .paste = str_from(text)});
}

static void set(const char *text)
{
    editor_set_text(&ed, str_from(text));
}

#define ck_text(want) ck_assert_str_eq(str_c(&arena, editor_text(&ed)), want)
#define ck_place(want_line, want_column)                                                           \
    do {                                                                                           \
        int line_, column_;                                                                        \
        editor_place(&ed, &line_, &column_);                                                       \
        ck_assert_int_eq(line_, want_line);                                                        \
        ck_assert_int_eq(column_, want_column);                                                    \
    } while (0)

// Changes
// ------------------------------------------------------------------------------------------

START_TEST(typing_is_taken_back_word_by_word)
{
    type("SELECT a, b");
    press("^_");
    ck_text("SELECT a, ");
    press("^_ ^_");
    ck_text("");
    press("^_");
    ck_text("");
    press("alt-r alt-r");
    ck_text("SELECT a, ");
    type("z");
    press("alt-r"); // what was typed since replaced the future
    ck_text("SELECT a, z");
    press("^X ^U"); // emacs' spelling
    ck_text("SELECT a, ");
}
END_TEST

START_TEST(erasing_is_one_step_and_moving_starts_another)
{
    type("abcdef");
    press("^H ^H ^H");
    ck_text("abc");
    press("^_");
    ck_text("abcdef");
    press("left ^H right");
    ck_text("abcdf");
    press("^_ ^_");
    ck_text("");
}
END_TEST

START_TEST(a_paste_is_one_step_and_never_submits)
{
    uint64_t before = ed.changes;
    Reply r =
        editor_key(&ed, (Key){.code = KC_PASTE, .paste = S("SELECT 1;\r\n\tFROM t\x1b\xff\n")});
    ck_assert_int_eq(r, REPLY_CHANGED);
    ck_text("SELECT 1;\n  FROM t\uFFFD\n");
    ck_assert_uint_eq(ed.changes, before + 1);
    press("^_");
    ck_text("");
    press("alt-r");
    ck_text("SELECT 1;\n  FROM t\uFFFD\n");
}
END_TEST

START_TEST(what_is_pasted_replaces_the_selection)
{
    type("one two");
    press("alt-a");
    paste("three");
    ck_text("three");
    press("^_");
    ck_text("one two");
    ck_assert(str_eq(editor_selected(&ed), S("one two")));
}
END_TEST

START_TEST(clusters_are_deleted_whole)
{
    type("e\u0301漢🇩🇪x");
    press("left ^H");
    ck_text("e\u0301漢x");
    press("^H ^H");
    ck_text("x");
    set("a\u0301b");
    press("^D");
    ck_text("b");
}
END_TEST

START_TEST(deleting_what_parts_two_flags_leaves_the_cursor_on_a_boundary)
{
    set("🇩x🇪");
    press("right right ^H");
    ck_text("🇩🇪");
    editor_check(&ed);
    press("^_");
    ck_text("🇩x🇪");
}
END_TEST

START_TEST(the_keys_of_readline_cut_and_paste)
{
    type("SELECT a FROM t");
    press("^W");
    ck_text("SELECT a FROM ");
    press("^Y ^A ^K");
    ck_text("");
    press("^Y");
    ck_text("SELECT a FROM t");
    press("ctrl-left ctrl-left ^U");
    ck_text("FROM t");
    press("alt-d");
    ck_text(" t");
    press("end alt-backspace");
    ck_text(" ");
    set("a\nb");
    press("end ^K"); // at the end of a line its newline goes
    ck_text("ab");
}
END_TEST

START_TEST(a_selection_is_copied_cut_and_replaced_by_typing)
{
    type("abc def");
    ck_assert_int_eq(press("^C"), REPLY_NO);
    press("shift-left shift-left shift-left");
    ck_assert_int_eq(press("^C"), REPLY_COPIED);
    ck_assert(str_eq(editor_clip(&ed), S("def")));
    type("x");
    ck_text("abc x");
    press("ctrl-shift-left ^W");
    ck_text("abc ");
    press("^A ^V");
    ck_text("xabc ");
    press("home shift-end left");
    ck_place(1, 1);
}
END_TEST

START_TEST(enter_keeps_indentation_and_brackets_add_to_it)
{
    type("SELECT *\n  FROM (\nSELECT 1\n) x");
    ck_text("SELECT *\n  FROM (\n    SELECT 1\n  ) x");
    set("f()");
    editor_go(&ed, 1, 3);
    press("enter");
    ck_text("f(\n  \n)");
    ck_place(2, 3);
    press("^H");
    ck_place(2, 1);
    press("^_ ^_");
    ck_text("f()");
}
END_TEST

START_TEST(tab_indents_and_lines_are_commented)
{
    type("a");
    press("tab");
    type("b");
    ck_text("a b");
    set("a\nb\n\nc");
    press("alt-a tab");
    ck_text("  a\n  b\n\n  c");
    press("shift-tab alt-;");
    ck_text("-- a\n-- b\n\n-- c");
    press("alt-;");
    ck_text("a\nb\n\nc");
    ck_assert_int_eq(press("left"), REPLY_YES);
    ck_assert_int_eq(press("shift-tab"), REPLY_NO); // without a selection: another pane
}
END_TEST

START_TEST(a_read_only_text_is_walked_and_copied_but_not_changed)
{
    editor_open(&ed, (EditorOptions){.read_only = true});
    set("abc def");
    type("x");
    press("^K ^D enter tab ^_ alt-r");
    paste("y");
    ck_text("abc def");
    press("home shift-end");
    ck_assert_int_eq(press("^C"), REPLY_COPIED);
    ck_assert(str_eq(editor_clip(&ed), S("abc def")));
}
END_TEST

START_TEST(a_new_text_of_the_owner_is_one_step)
{
    set("a\nb\nc");
    editor_go(&ed, 3, 1);
    editor_replace_text(&ed, S("a\nB\nc\r\n"));
    ck_text("a\nB\nc\n");
    ck_place(3, 1);
    press("^_");
    ck_text("a\nb\nc");
}
END_TEST

START_TEST(undo_forgets_the_oldest_when_it_holds_too_much)
{
    enum { BIG = 1 << 18 };
    char *big = arena_array(&arena, char, BIG + 1);
    memset(big, 'x', BIG);
    for (int i = 0; i < 40; i++) {
        press("alt-a");
        paste(big);
    }
    ck_assert_uint_le(ed.undo.bytes, UNDO_BYTES_MAX);
    ck_assert_uint_ge(ed.undo.edits.len, 2);
    press("^_");
    ck_assert_uint_eq(ed.text.len, BIG);
}
END_TEST

// Motions
// ------------------------------------------------------------------------------------------

START_TEST(motions_go_where_their_names_say)
{
    static const struct {
        const char *keys;
        int line, column;
    } cases[] = {
        {"ctrl-end", 3, 6},   {"ctrl-home", 1, 1},      {"end", 1, 14},
        {"down", 2, 14},      {"home", 2, 3},           {"home", 2, 1},
        {"left", 1, 14},      {"ctrl-left", 1, 13},     {"ctrl-left ctrl-left", 1, 8},
        {"ctrl-right", 1, 9}, {"^E right", 2, 1},       {"down", 3, 1},
        {"up up up", 1, 1},   {"down down down", 3, 6}, {"alt-<", 1, 1},
    };
    set("SELECT a, b+1\n  FROM some_table\nhello");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int line, column;
        press(cases[i].keys);
        editor_place(&ed, &line, &column);
        ck_assert_msg(line == cases[i].line && column == cases[i].column, "%s: %d:%d",
                      cases[i].keys, line, column);
    }
}
END_TEST

START_TEST(up_and_down_aim_at_the_cell_they_started_from)
{
    set("a long line\nx\n漢漢漢漢\nanother line");
    editor_go(&ed, 1, 8);
    press("down");
    ck_place(2, 2);
    press("down");
    ck_place(3, 4); // the cell is the middle of a wide one
    press("down");
    ck_place(4, 8);
    press("up up up");
    ck_place(1, 8);
}
END_TEST

START_TEST(folded_lines_are_walked_row_by_row)
{
    Grid g = grid_new(&arena, 6, 21);
    editor_open(&ed, (EditorOptions){.wrap = true, .no_gutter = true});
    set("one two three four five six seven\nend");
    editor_draw(&ed, &g, grid_rect(&g), true);
    press("down");
    ck_place(1, 20);
    press("end"); // of the line
    ck_place(1, 34);
    press("down");
    ck_place(2, 4);
    press("up up");
    ck_place(1, 15);
    press("^E");
    grid_clear(&g);
    editor_draw(&ed, &g, grid_rect(&g), true);
    screen_check(&g, "editor-wrap");
}
END_TEST

START_TEST(the_mouse_places_selects_and_scrolls)
{
    Grid g = grid_new(&arena, 4, 30);
    set("SELECT 1\nFROM t\nWHERE x\nAND y\nAND z\nAND w");
    editor_draw(&ed, &g, grid_rect(&g), true);
    Key k = {.code = KC_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .row = 1, .col = 6 + 5};
    ck_assert_int_eq(editor_key(&ed, k), REPLY_YES);
    ck_place(2, 6);
    k.mouse = MOUSE_DRAG;
    k.row = 0;
    k.col = 6 + 7;
    editor_key(&ed, k);
    ck_assert(str_eq(editor_selected(&ed), S("1\nFROM ")));
    k.mouse = MOUSE_RELEASE;
    editor_key(&ed, k);
    k.mouse = MOUSE_WHEEL_DOWN;
    editor_key(&ed, k);
    grid_clear(&g);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_uint_eq(ed.top, 3);
    ck_assert(!g.cursor_shown);
    press("left");
    grid_clear(&g);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert(g.cursor_shown && ed.top == 0);
    k.row = 9;
    ck_assert_int_eq(editor_key(&ed, k), REPLY_NO);
}
END_TEST

START_TEST(an_error_is_marked_where_it_is)
{
    Grid g = grid_new(&arena, 4, 60);
    set("SELECT é,\n       oops(1)\nFROM t");
    editor_mark(&ed, 2, 8, S("no such function: oops"));
    ck_place(2, 8);
    editor_draw(&ed, &g, grid_rect(&g), true);
    screen_check(&g, "editor-mark");
    press("down");
    type("x");
    ck_assert_int_eq(ed.mark.line, 2); // another line
    press("up");
    type("x");
    ck_assert_int_eq(ed.mark.line, 0);
    editor_mark(&ed, 99, 1, S("elsewhere"));
    ck_assert_int_eq(ed.mark.line, 0);
}
END_TEST

// Completion and search
// ----------------------------------------------------------------------------

static const Candidate candidates[] = {
    {{"fact_play_event", 15}, CANDIDATE_TABLE, {0}, {0}},
    {{"dim_profile", 11}, CANDIDATE_TABLE, {0}, {0}},
    {{"profile_id", 10}, CANDIDATE_COLUMN, {"fact_play_event", 15}, {"integer", 7}},
    {{"play_ts", 7}, CANDIDATE_COLUMN, {"fact_play_event", 15}, {"timestamp", 9}},
    {{"profile_id", 10}, CANDIDATE_COLUMN, {"dim_profile", 11}, {"integer", 7}},
    {{"plan", 4}, CANDIDATE_COLUMN, {"dim_profile", 11}, {"text", 4}},
    {{"PARTITION", 9}, CANDIDATE_KEYWORD, {0}, {0}},
    {{"SELECT", 6}, CANDIDATE_KEYWORD, {0}, {0}},
    {{"percent_rank", 12}, CANDIDATE_FUNCTION, {0}, {"()", 2}},
};
enum { CANDIDATES = sizeof candidates / sizeof *candidates };

static Str offered(size_t i)
{
    return i < ed.popup.count ? candidates[ed.popup.shown[i]].text : S("-");
}

START_TEST(words_are_offered_and_accepted)
{
    editor_set_candidates(&ed, candidates, CANDIDATES);
    type("SELECT p");
    ck_assert(!ed.popup.open);
    type("l");
    ck_assert(ed.popup.open && ed.popup.count == 2);
    ck_assert(str_eq(offered(0), S("play_ts")) && str_eq(offered(1), S("plan")));
    press("down tab");
    ck_text("SELECT plan");
    press("^_");
    ck_text("SELECT pl");
    press("^W");
    type("sel");
    press("enter");
    ck_text("SELECT select"); // in the case that was typed
    press("^W");
    type("SEL");
    press("enter");
    ck_text("SELECT SELECT");
    type(" fact_play_event"); // written out: nothing is left to offer
    ck_assert(!ed.popup.open);
    press("enter");
    ck_text("SELECT SELECT fact_play_event\n");
}
END_TEST

START_TEST(behind_a_dot_stand_the_columns_of_that_table)
{
    editor_set_candidates(&ed, candidates, CANDIDATES);
    type("SELECT d.");
    ck_assert_uint_eq(ed.popup.count, 3); // d is nobody yet: any column
    set("SELECT \nFROM dim_profile AS d\nJOIN fact_play_event f ON 1");
    editor_go(&ed, 1, 8);
    type("d.");
    ck_assert_uint_eq(ed.popup.count, 2);
    ck_assert(str_eq(offered(1), S("plan")));
    type("pr");
    press("tab");
    type(", f.pl");
    ck_assert_uint_eq(ed.popup.count, 1);
    press("tab");
    type(", dim_profile.");
    ck_assert(ed.popup.count == 2 && str_eq(offered(1), S("plan")));
    press("esc");
    ck_text("SELECT d.profile_id, f.play_ts, dim_profile.\nFROM dim_profile AS d\nJOIN "
            "fact_play_event f ON 1");
}
END_TEST

START_TEST(completion_can_be_refused_and_switched_off)
{
    editor_set_candidates(&ed, candidates, CANDIDATES);
    type("pl");
    ck_assert_int_eq(press("esc"), REPLY_YES);
    type("a");
    ck_assert(!ed.popup.open); // not again for this word
    ck_assert_int_eq(press("esc"), REPLY_NO);
    press("ctrl-space");
    ck_assert(ed.popup.open);
    press("left");
    ck_assert(!ed.popup.open);
    set("");
    type("'pl -- pl");
    ck_assert(!ed.popup.open); // a string
    set("-- ");
    press("end");
    type("pl");
    ck_assert(!ed.popup.open); // a comment
    set("");
    ed.options.no_completion = true;
    type("pl");
    ck_assert(!ed.popup.open);
}
END_TEST

START_TEST(the_popup_stands_at_its_word)
{
    Grid g = grid_new(&arena, 9, 50);
    editor_set_candidates(&ed, candidates, CANDIDATES);
    type("SELECT COUNT(*) AS n -- how many\nFROM fact_play_event WHERE p");
    press("ctrl-space");
    type("l");
    editor_draw(&ed, &g, grid_rect(&g), true);
    screen_check(&g, "editor-popup");
}
END_TEST

START_TEST(text_is_found_forwards_backwards_and_around)
{
    set("play Play\nreplay\nstop");
    press("^F p l a");
    ck_place(1, 4);
    ck_assert(str_eq(editor_selected(&ed), S("pla")));
    press("y enter");
    ck_place(1, 10);
    press("down");
    ck_place(2, 7);
    press("enter");
    ck_place(1, 5);
    press("up");
    ck_place(2, 7);
    Grid g = grid_new(&arena, 5, 40);
    editor_draw(&ed, &g, grid_rect(&g), true);
    screen_check(&g, "editor-find");
    press("x");
    ck_assert(str_eq(editor_selected(&ed), S("play"))); // stays at what was found
    ck_assert_int_eq(press("F5"), REPLY_NO);
    press("esc");
    ck_assert(!ed.find.open);
    type("z");
    ck_text("play Play\nrez\nstop");
}
END_TEST

// Drawing
// ------------------------------------------------------------------------------------------

START_TEST(sql_is_coloured_and_brackets_are_paired)
{
    Grid g = grid_new(&arena, 8, 60);
    set("WITH r AS (\n  SELECT *, ROW_NUMBER() OVER (ORDER BY x) AS rn\n  FROM t -- (why\n"
        "  WHERE a = ')' AND b > 1.5 /* two\n  lines */ )\nSELECT 'open");
    editor_go(&ed, 1, 11);
    editor_draw(&ed, &g, grid_rect(&g), true);
    screen_check(&g, "editor-sql");
}
END_TEST

START_TEST(a_page_in_the_middle_of_a_comment_knows_it)
{
    Buf b = buf_new(&arena);
    for (int i = 0; i < 200; i++) buf_add(&b, S("SELECT 1\n"));
    buf_add(&b, S("/* a comment\n"));
    for (int i = 0; i < 200; i++) buf_add(&b, S("SELECT 2\n"));
    buf_add(&b, S("*/ SELECT 3"));
    editor_set_text(&ed, buf_str(&b));
    Grid g = grid_new(&arena, 3, 20);
    editor_go(&ed, 300, 1);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_int_eq(g.cells[7].role, ROLE_SQL_COMMENT);
    editor_go(&ed, 402, 1);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_int_eq(g.cells[2 * 20 + 7].role, ROLE_SQL_COMMENT);
    ck_assert_int_eq(g.cells[2 * 20 + 11].role, ROLE_SQL_KEYWORD);
    editor_go(&ed, 201, 1);
    press("^D"); // no comment any more
    editor_go(&ed, 300, 1);
    grid_clear(&g);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_int_eq(g.cells[7].role, ROLE_SQL_KEYWORD);
}
END_TEST

START_TEST(long_lines_scroll_sideways_with_the_cursor)
{
    Grid g = grid_new(&arena, 3, 30);
    set("SELECT a_rather_long_name, another_long_name, third\nFROM t");
    press("end");
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert(g.cursor_shown);
    screen_check(&g, "editor-sideways");
    press("home");
    grid_clear(&g);
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_int_eq(ed.left, 0);
}
END_TEST

START_TEST(hidden_characters_are_spelled_out_and_the_cursor_knows)
{
    Grid g = grid_new(&arena, 1, 40);
    editor_open(&ed, (EditorOptions){.no_gutter = true});
    set("a\u202eb\u200bc");
    press("end");
    editor_draw(&ed, &g, grid_rect(&g), true);
    ck_assert_str_eq(grid_dump(&arena, &g).ptr, "a<U+202E>b<U+200B>c\n");
    ck_assert_int_eq(g.cursor_col, 19);
}
END_TEST

// Large texts, $EDITOR, monkey
// ---------------------------------------------------------------------

START_TEST(a_megabyte_of_lines_is_edited_without_haste)
{
    enum { LINES = 10000 };
    Buf b = buf_new(&arena);
    for (int i = 0; i < LINES; i++) {
        buf_fmt(&b,
                "SELECT profile_id, COUNT(*) FROM fact_play_event_%d WHERE watch > %d -- and so "
                "on, for a hundred bytes\n",
                i, i);
    }
    ck_assert_uint_ge(b.len, 1 << 20);
    editor_key(&ed, (Key){.code = KC_PASTE, .paste = buf_str(&b)});
    Grid g = grid_new(&arena, 40, 120);
    ck_assert_uint_eq(text_lines(&ed.text), LINES + 1);
    for (int i = 0; i < 20; i++) {
        editor_go(&ed, i % 2 ? 2 : LINES - i, 5);
        type("x");
        grid_clear(&g);
        editor_draw(&ed, &g, grid_rect(&g), true);
    }
    ck_assert_uint_eq(ed.text.len, b.len + 20);
    // Memory does not grow with the number of edits.
    ck_assert_uint_le(arena_bytes(&ed.text.arena), 8u << 20);
}
END_TEST

START_TEST(an_editor_of_ones_own_changes_the_text)
{
    char home[] = "/tmp/greenroom-editor-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(home));
    World w = world_fake(0);
    w.cache_dir = str_from(home);
    w.editor = S("sed -i -e s/old/new/ -e s/^$/x/");
    Term *t = term_fake(&arena, 10, 40);
    Error err = {0};
    set("SELECT old");
    ck_assert_int_eq(press("^X ^E"), REPLY_EXTERNAL);
    ck_assert_msg(editor_external(&ed, t, &w, S("sql"), &err), "%s", err.text);
    ck_text("SELECT new");
    ck_assert_int_eq(term_fake_suspended(t), 1);
    press("^_");
    ck_text("SELECT old");
    w.editor = S("sh -c 'case $1 in *.sql) echo fine >\"$1\";; esac' --");
    ck_assert(editor_external(&ed, t, &w, S("sql"), &err));
    ck_text("fine");
    w.editor = S("false");
    ck_assert(!editor_external(&ed, t, &w, S("sql"), &err));
    ck_assert_int_eq(err.kind, ERROR_ENVIRONMENT);
    ck_text("fine");
    StrList left;
    ck_assert(file_list(&arena, w.cache_dir, 10, &left, &err));
    ck_assert_uint_eq(left.len, 0);
    rmdir(home);
    term_close(t);
}
END_TEST

static const char *const monkey_keys[] = {"left",       "right",      "up",
                                          "down",       "home",       "end",
                                          "pgup",       "pgdn",       "ctrl-left",
                                          "ctrl-right", "shift-left", "shift-right",
                                          "shift-up",   "shift-down", "ctrl-shift-left",
                                          "ctrl-home",  "ctrl-end",   "enter",
                                          "tab",        "shift-tab",  "backspace",
                                          "del",        "^W",         "^K",
                                          "^U",         "^Y",         "^_",
                                          "alt-r",      "alt-a",      "alt-;",
                                          "^F",         "esc",        "^C",
                                          "ctrl-space", "alt-d",      "alt-backspace",
                                          "^X",         "^E",         "^A",
                                          "F5"};
static const uint32_t monkey_chars[] = {
    'a',   'S',    '(',     ')',    ' ',     '\'',   '"',  '-',  '/',  '*',    '.',    'p',   0xe9,
    0x301, 0x6f22, 0x1f469, 0x200d, 0x1f1e9, 0x202e, 0x7f, 0x85, 0xa0, 0x1100, 0x1161, 0x11a8};

static Key monkey_key(Rng *r)
{
    static char noise[3000];
    uint64_t what = rng_below(r, 100);
    if (what < 50) {
        size_t i = rng_below(r, sizeof monkey_chars / sizeof *monkey_chars);
        return (Key){.code = KC_CHAR, .ch = monkey_chars[i]};
    }
    if (what < 94) {
        return key(monkey_keys[rng_below(r, sizeof monkey_keys / sizeof *monkey_keys)]);
    }
    if (what < 97) {
        return (Key){.code = KC_MOUSE,
                     .mouse = (MouseKind)rng_below(r, MOUSE_LAST + 1),
                     .button = 1,
                     .row = (int)rng_between(r, -1, 20),
                     .col = (int)rng_between(r, -1, 60)};
    }
    size_t len = rng_below(r, 5) ? rng_below(r, 40) : rng_below(r, sizeof noise);
    for (size_t i = 0; i < len; i++) noise[i] = (char)rng_below(r, 256);
    return (Key){.code = KC_PASTE, .paste = {noise, len}};
}

START_TEST(any_keys_and_pastes_leave_a_sound_text)
{
    enum { KEYS = 5000, LIMIT = 20000 };
    Rng r = {.seed = (uint64_t)_i};
    editor_close(&ed);
    editor_open(&ed, (EditorOptions){.syntax = _i % 2 ? SYNTAX_SQL : SYNTAX_NONE,
                                     .wrap = _i / 2 % 2,
                                     .no_gutter = _i == 3});
    editor_set_candidates(&ed, candidates, CANDIDATES);
    for (int i = 0; i < KEYS; i++) {
        editor_key(&ed, monkey_key(&r));
        if (i % 10 == 0) editor_check(&ed);
        if (ed.text.len > LIMIT) set("");
        if (i % 4) continue;
        ArenaMark m = arena_mark(&arena);
        Grid g = grid_new(&arena, (int)rng_between(&r, 1, 20), (int)rng_between(&r, 1, 60));
        editor_draw(&ed, &g, grid_rect(&g), true);
        grid_check(&g);
        // Folded rows can be narrower than one spelled-out cluster.
        ck_assert(ed.roaming || ed.body.cols == 0 || ed.find.open || ed.options.wrap ||
                  g.cursor_shown);
        arena_rewind(&arena, m);
    }
    // All of it can be taken back and done again.
    Str end = str_copy(&arena, editor_text(&ed));
    while (ed.find.open) press("esc");
    press("esc");
    while (ed.undo.done > 0) press("^_");
    editor_check(&ed);
    while (ed.undo.done < ed.undo.edits.len) press("alt-r");
    ck_assert(str_eq(editor_text(&ed), end));
}
END_TEST

static void add_change_tests(TCase *t)
{
    tcase_add_test(t, typing_is_taken_back_word_by_word);
    tcase_add_test(t, erasing_is_one_step_and_moving_starts_another);
    tcase_add_test(t, a_paste_is_one_step_and_never_submits);
    tcase_add_test(t, what_is_pasted_replaces_the_selection);
    tcase_add_test(t, clusters_are_deleted_whole);
    tcase_add_test(t, deleting_what_parts_two_flags_leaves_the_cursor_on_a_boundary);
    tcase_add_test(t, the_keys_of_readline_cut_and_paste);
    tcase_add_test(t, a_selection_is_copied_cut_and_replaced_by_typing);
    tcase_add_test(t, enter_keeps_indentation_and_brackets_add_to_it);
    tcase_add_test(t, tab_indents_and_lines_are_commented);
    tcase_add_test(t, a_read_only_text_is_walked_and_copied_but_not_changed);
    tcase_add_test(t, a_new_text_of_the_owner_is_one_step);
    tcase_add_test(t, undo_forgets_the_oldest_when_it_holds_too_much);
}

static void add_page_tests(TCase *t)
{
    tcase_add_test(t, motions_go_where_their_names_say);
    tcase_add_test(t, up_and_down_aim_at_the_cell_they_started_from);
    tcase_add_test(t, folded_lines_are_walked_row_by_row);
    tcase_add_test(t, the_mouse_places_selects_and_scrolls);
    tcase_add_test(t, an_error_is_marked_where_it_is);
    tcase_add_test(t, words_are_offered_and_accepted);
    tcase_add_test(t, behind_a_dot_stand_the_columns_of_that_table);
    tcase_add_test(t, completion_can_be_refused_and_switched_off);
    tcase_add_test(t, the_popup_stands_at_its_word);
    tcase_add_test(t, text_is_found_forwards_backwards_and_around);
    tcase_add_test(t, sql_is_coloured_and_brackets_are_paired);
    tcase_add_test(t, a_page_in_the_middle_of_a_comment_knows_it);
    tcase_add_test(t, long_lines_scroll_sideways_with_the_cursor);
    tcase_add_test(t, hidden_characters_are_spelled_out_and_the_cursor_knows);
    tcase_add_test(t, a_megabyte_of_lines_is_edited_without_haste);
    tcase_add_test(t, an_editor_of_ones_own_changes_the_text);
    tcase_add_loop_test(t, any_keys_and_pastes_leave_a_sound_text, 0, 4);
}

int main(void)
{
    Suite *s = suite_create("editor");
    TCase *t = tcase_create("editor");
    tcase_add_checked_fixture(t, setup, teardown);
    add_change_tests(t);
    add_page_tests(t);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
