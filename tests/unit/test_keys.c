// test_keys: names of keys, key tables, and the bytes of terminals as keys.
#include "base/rng.h"
#include "base/utf8.h"
#include "tui/keys.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static KeyDecoder decoder;
static void setup(void)
{
    arena = (Arena){0};
    decoder = (KeyDecoder){0};
}
static void teardown(void)
{
    key_decoder_close(&decoder);
    arena_free(&arena);
}

static const char *const names[] = {"F5",    "F12",   "^R",         "^_",       "ctrl-right",
                                    "alt-x", "enter", "ctrl-space", "space",    "shift-tab",
                                    "esc",   "a",     "A",          "é",        "alt-shift-up",
                                    "-",     "^",     "ctrl-enter", "alt-enter"};
START_TEST(a_name_is_read_as_it_is_written)
{
    Key k;
    ck_assert(key_parse(str_from(names[_i]), &k));
    ck_assert_str_eq(key_label(&arena, k).ptr, names[_i]);
}
END_TEST

START_TEST(names_are_read_without_case_and_bad_ones_refused)
{
    Key k;
    ck_assert(key_parse(S("CTRL-R"), &k) && key_is_ctrl(k, 'r'));
    ck_assert(key_parse(S("^r"), &k) && key_is_ctrl(k, 'r'));
    ck_assert(key_parse(S("^H"), &k) && k.code == KC_BACKSPACE);
    ck_assert(key_parse(S("f5"), &k) && k.code == KC_F5);
    ck_assert(!key_parse(S("F13"), &k) && !key_parse(S(""), &k) && !key_parse(S("^X^E"), &k));
}
END_TEST

START_TEST(a_key_table_finds_actions_by_any_of_their_keys)
{
    static const KeyRow rows[] = {
        {.action = 7, .keys = "F5 ^R", .label = "run", .help = "Run the query"},
        {.action = 8, .keys = "^X^E", .help = "Write in $EDITOR"},
        {.action = 9, .keys = "enter", .help = "Start"},
    };
    KeyTable t = {"drill", rows, 3};
    ck_assert_int_eq(keymap_find(&t, (Key){.code = KC_F5}), 7);
    ck_assert_int_eq(keymap_find(&t, (Key){.code = KC_CHAR, .mods = MOD_CTRL, .ch = 'r'}), 7);
    ck_assert_int_eq(keymap_find(&t, (Key){.code = KC_ENTER}), 9);
    ck_assert_int_eq(keymap_find(&t, (Key){.code = KC_ENTER, .mods = MOD_ALT}), KEYMAP_NONE);
    ck_assert(str_eq(keymap_first(S("F5 ^R")), S("F5")));
}
END_TEST

// What terminals send, byte for byte.
static const struct {
    const char *bytes;
    const char *keys; // names; text as it is
} sent[] = {
    {"a", "a"},
    {"\r", "enter"},
    {"\n", "^J"},
    {"\t", "tab"},
    {"\x7f", "backspace"},
    {"\b", "backspace"},
    {"\x12", "^R"},
    {"\x1f", "^_"},
    {"\x1d", "^]"},
    {"é漢", "é 漢"},
    {"\033[A\033OA", "up up"},
    {"\033[1;2D\033[1;5C\033[1;6C\033[1;3A", "shift-left ctrl-right ctrl-shift-right alt-up"},
    {"\033[H\033OF\033[1~\033[4~\033[7~\033[8~", "home end home end home end"},
    {"\033[5~\033[6~\033[2~\033[3~\033[3;5~", "pgup pgdn ins del ctrl-del"},
    {"\033OP\033OQ\033[15~\033[17~\033[20~\033[24~", "F1 F2 F5 F6 F9 F12"},
    {"\033[[A\033[[E\033[11~", "F1 F5 F1"},
    {"\033[15;2~\033[1;2P", "shift-F5 shift-F1"},
    {"\033[Z", "shift-tab"},
    {"\033x\033\r\033\x7f\033é", "alt-x alt-enter alt-backspace alt-é"},
    {"\033\033[A", "alt-up"},
    {"\033[27;5;13~\033[13;5u\033[114;5u", "ctrl-enter ctrl-enter ^R"},
    {"\033OM\033Op\033Ok", "enter 0 +"},
    {"\033[?1;2c\033[>0;276;0c\033[12;40Rq", "ctrl-alt-shift-F3 q"}, // replies are not typed text
    {"\033[999;999zq", "q"},
    {"\xff\xc3q", "\uFFFD \uFFFD q"},
};

static Str decode_all(bool bytewise, Str bytes)
{
    Buf out = buf_new(&arena);
    size_t chunk = bytewise ? 1 : bytes.len;
    for (size_t at = 0; at <= bytes.len; at += chunk) {
        Key k;
        bool late = at == bytes.len;
        if (!late) key_decoder_feed(&decoder, str_slice(bytes, at, at + chunk));
        while (key_decoder_next(&decoder, late, &k)) {
            buf_fmt(&out, "%s" STR_FMT, out.len ? " " : "", STR_ARG(key_label(&arena, k)));
        }
    }
    return buf_str(&out);
}

START_TEST(what_terminals_send_is_understood)
{
    Str got = decode_all(false, str_from(sent[_i].bytes));
    ck_assert_str_eq(got.ptr, sent[_i].keys);
}
END_TEST

START_TEST(it_is_understood_byte_by_byte_as_well)
{
    Str got = decode_all(true, str_from(sent[_i].bytes));
    ck_assert_str_eq(got.ptr, sent[_i].keys);
}
END_TEST

START_TEST(a_lone_escape_waits_until_it_is_late)
{
    Key k;
    ck_assert_int_eq(key_decoder_wait(&decoder, 25), 0);
    key_decoder_feed(&decoder, S("\033"));
    ck_assert(!key_decoder_next(&decoder, false, &k));
    ck_assert_int_eq(key_decoder_wait(&decoder, 25), 25);
    ck_assert(key_decoder_next(&decoder, true, &k) && k.code == KC_ESC);
    ck_assert_int_eq(key_decoder_wait(&decoder, 25), 0);
    ck_assert_str_eq(decode_all(false, S("\033\033")).ptr, "esc esc");
    ck_assert_str_eq(decode_all(false, S("\033[")).ptr, "alt-[");
}
END_TEST

START_TEST(sequences_of_terminfo_come_first)
{
    key_decoder_teach(&decoder, S("\033[25~"), (Key){.code = KC_F5});
    key_decoder_teach(&decoder, S("\033Ot"), (Key){.code = KC_LEFT});
    ck_assert_str_eq(decode_all(true, S("\033[25~\033Ot\033[26~x")).ptr, "F5 left x");
}
END_TEST

START_TEST(the_mouse_is_read_in_both_forms)
{
    static const struct {
        const char *bytes;
        Key want;
    } clicks[] = {
        {"\033[<0;10;5M", {.mouse = MOUSE_PRESS, .button = 1, .row = 4, .col = 9}},
        {"\033[<0;300;5m", {.mouse = MOUSE_RELEASE, .button = 1, .row = 4, .col = 299}},
        {"\033[<34;1;1M", {.mouse = MOUSE_DRAG, .button = 3, .row = 0, .col = 0}},
        {"\033[<64;2;3M", {.mouse = MOUSE_WHEEL_UP, .button = 1, .row = 2, .col = 1}},
        {"\033[<81;2;3M",
         {.mouse = MOUSE_WHEEL_DOWN, .button = 2, .row = 2, .col = 1, .mods = MOD_CTRL}},
        {"\033[M !!", {.mouse = MOUSE_PRESS, .button = 1, .row = 0, .col = 0}},
    };
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++) {
        Key k;
        key_decoder_feed(&decoder, str_from(clicks[i].bytes));
        ck_assert(key_decoder_next(&decoder, false, &k));
        ck_assert_int_eq(k.code, KC_MOUSE);
        ck_assert_int_eq(k.mouse, clicks[i].want.mouse);
        ck_assert_int_eq(k.button, clicks[i].want.button);
        ck_assert_int_eq(k.row, clicks[i].want.row);
        ck_assert_int_eq(k.col, clicks[i].want.col);
        ck_assert_uint_eq(k.mods, clicks[i].want.mods);
    }
}
END_TEST

START_TEST(a_paste_is_one_key_whatever_it_holds)
{
    const Str pieces[] = {S("\033[200~SELECT"), S(" 1;\r"),        S("\n\tx\003\033[31m"),
                          S("\033[20"),         S("0~\r\033[201"), S("~q")};
    Key k;
    for (size_t i = 0; i < 5; i++) {
        key_decoder_feed(&decoder, pieces[i]);
        ck_assert(!key_decoder_next(&decoder, false, &k));
        ck_assert_int_eq(key_decoder_wait(&decoder, 25), KEY_PASTE_WAIT_MS);
    }
    key_decoder_feed(&decoder, pieces[5]);
    ck_assert(key_decoder_next(&decoder, false, &k) && k.code == KC_PASTE);
    ck_assert(str_eq(k.paste, S("SELECT 1;\n\tx[31m[200~\n")));
    ck_assert(key_decoder_next(&decoder, false, &k) && key_is_char(k, 'q'));
}
END_TEST

START_TEST(a_paste_that_never_ends_is_given_when_it_is_late)
{
    Key k;
    key_decoder_feed(&decoder, S("\033[200~half\033[2"));
    ck_assert(!key_decoder_next(&decoder, false, &k));
    ck_assert(key_decoder_next(&decoder, true, &k) && k.code == KC_PASTE);
    ck_assert(str_eq(k.paste, S("half[2")));
    ck_assert(!key_decoder_next(&decoder, true, &k));
}
END_TEST

START_TEST(a_megabyte_is_pasted_in_small_reads)
{
    enum { SIZE = 1 << 20, READ = 512 };
    char *text = arena_array(&arena, char, SIZE);
    memset(text, 'x', SIZE);
    for (size_t i = 100; i < SIZE; i += 101) text[i] = '\r';
    Key k;
    key_decoder_feed(&decoder, S("\033[200~"));
    for (size_t at = 0; at < SIZE; at += READ) {
        key_decoder_feed(&decoder, (Str){text + at, READ});
        ck_assert(!key_decoder_next(&decoder, false, &k));
    }
    key_decoder_feed(&decoder, S("\033[201~"));
    ck_assert(key_decoder_next(&decoder, false, &k) && k.code == KC_PASTE);
    ck_assert_uint_eq(k.paste.len, SIZE);
    ck_assert(!memchr(k.paste.ptr, '\r', SIZE));
    // What was read is given back: the buffer of reads has not grown with the paste.
    ck_assert_uint_le(decoder.bytes.cap, 4 * READ);
}
END_TEST

START_TEST(any_bytes_give_keys_and_every_byte_is_used_up)
{
    for (uint64_t seed = 0; seed < 400; seed++) {
        Rng r = {.seed = seed};
        static const char alphabet[] = "\033\033\033[[[OO<;;0123456789ABMmZ~uR?200~\xc3\xa9\xff\r";
        char noise[200];
        for (size_t i = 0; i < sizeof noise; i++) {
            noise[i] = alphabet[rng_below(&r, sizeof alphabet)];
        }
        key_decoder_feed(&decoder, (Str){noise, sizeof noise});
        Key k;
        int count = 0;
        for (; key_decoder_next(&decoder, true, &k); count++) {
            ck_assert_int_ne(k.code, KC_NONE);
            ck_assert(k.code != KC_CHAR || k.ch >= ' ');
        }
        ck_assert_int_le(count, (int)sizeof noise);
        ck_assert_int_eq(key_decoder_wait(&decoder, 25), 0);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("keys");
    TCase *t = tcase_create("keys");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, a_name_is_read_as_it_is_written, 0, sizeof names / sizeof *names);
    tcase_add_test(t, names_are_read_without_case_and_bad_ones_refused);
    tcase_add_test(t, a_key_table_finds_actions_by_any_of_their_keys);
    tcase_add_loop_test(t, what_terminals_send_is_understood, 0, sizeof sent / sizeof *sent);
    tcase_add_loop_test(t, it_is_understood_byte_by_byte_as_well, 0, sizeof sent / sizeof *sent);
    tcase_add_test(t, a_lone_escape_waits_until_it_is_late);
    tcase_add_test(t, sequences_of_terminfo_come_first);
    tcase_add_test(t, the_mouse_is_read_in_both_forms);
    tcase_add_test(t, a_paste_is_one_key_whatever_it_holds);
    tcase_add_test(t, a_paste_that_never_ends_is_given_when_it_is_late);
    tcase_add_test(t, a_megabyte_is_pasted_in_small_reads);
    tcase_add_test(t, any_bytes_give_keys_and_every_byte_is_used_up);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
