// Tests of base's texts: UTF-8 and cell widths, the sanitiser, JSON and maps.
#include "base/clean.h"
#include "base/json.h"
#include "base/map.h"
#include "base/rng.h"
#include "base/utf8.h"
#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(cases) ((int)(sizeof(cases) / sizeof *(cases)))
#define STR(lit)                                                                                   \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }

// In long loops: Check sends a message for every assertion, which costs more than what is tested.
#define REQUIRE(cond)                                                                              \
    do {                                                                                           \
        if (!(cond)) ck_abort_msg("%s", #cond);                                                    \
    } while (0)

static Arena arena;

static void setup(void)
{
    arena = (Arena){0};
}
static void teardown(void)
{
    arena_free(&arena);
}

// Bytes of all kinds, drawn so that clusters of every sort come up.
static Str random_text(Rng *r)
{
    static const char *const parts[] = {
        "a",          " ",        "\n",         "\r",           "\t",         "e\u0301",
        "\u0301",     "中",       "\U0001F469", "\u200D",       "\U0001F680", "\U0001F1E6",
        "\U0001F1FA", "\uFE0F",   "\u2764",     "\u1112",       "\u1161",     "\u11AB",
        "각",         "\u0915",   "\u094D",     "\u0937",       "\u093F",     "\u202E",
        "\xff",       "\xe2\x82", "\xc0\x80",   "\xed\xa0\x80", "\U0001F3FD", "\u0D4E",
        "\u00AD",     "\x1b[31m",
    };
    Buf b = buf_new(&arena);
    for (uint64_t n = rng_below(r, 12); n; n--) {
        buf_add(&b, str_from(parts[rng_below(r, sizeof parts / sizeof *parts)]));
    }
    return buf_str(&b);
}

// --- UTF-8 ---

static const struct {
    Str bytes;
    uint32_t cp;
    size_t len;
} decode_cases[] = {
    {STR("A"), 'A', 1},
    {STR("\xc3\xa9"), 0xE9, 2},
    {STR("\xe2\x82\xac"), 0x20AC, 3},
    {STR("\xf0\x9f\x9a\x80"), 0x1F680, 4},
    {STR("\xf4\x8f\xbf\xbf"), 0x10FFFF, 4},
    {STR("\xef\xbf\xbf"), 0xFFFF, 3},
    {STR("\0"), 0, 1},
    {STR("\x80"), 0xFFFD, 1},
    {STR("\xc0\x80"), 0xFFFD, 1},         // overlong
    {STR("\xe0\x80\xaf"), 0xFFFD, 1},     // overlong
    {STR("\xf0\x82\x82\xac"), 0xFFFD, 1}, // overlong
    {STR("\xed\xa0\x80"), 0xFFFD, 1},     // surrogate
    {STR("\xf4\x90\x80\x80"), 0xFFFD, 1}, // above the last
    {STR("\xf5\x80\x80\x80"), 0xFFFD, 1},
    {STR("\xe2\x82"), 0xFFFD, 1}, // cut
    {STR("\xe2\x41\x80"), 0xFFFD, 1},
};

START_TEST(code_points_are_decoded_strictly)
{
    size_t len;
    char *exact = malloc(decode_cases[_i].bytes.len); // so that ASan sees a read past the end
    memcpy(exact, decode_cases[_i].bytes.ptr, decode_cases[_i].bytes.len);
    ck_assert_uint_eq(utf8_decode((Str){exact, decode_cases[_i].bytes.len}, 0, &len),
                      decode_cases[_i].cp);
    ck_assert_uint_eq(len, decode_cases[_i].len);
    ck_assert(utf8_valid((Str){exact, decode_cases[_i].bytes.len}) ==
              (decode_cases[_i].cp != 0xFFFD));
    free(exact);
}
END_TEST

START_TEST(every_code_point_survives_encoding)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t n = utf8_encode(cp, bytes), len;
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        REQUIRE((utf8_decode((Str){bytes, n}, 0, &len)) == (surrogate ? 0xFFFD : cp));
        REQUIRE((len) == (n));
    }
    char bytes[4];
    ck_assert_uint_eq(utf8_encode(0x110000, bytes), 3);
    ck_assert(memcmp(bytes, "\xef\xbf\xbd", 3) == 0);
}
END_TEST

START_TEST(a_written_replacement_character_is_valid)
{
    ck_assert(utf8_valid(S("\uFFFD")));
    ck_assert(utf8_valid((Str){0}));
}
END_TEST

static const struct {
    const char *text;
    int clusters, width;
} cluster_cases[] = {
    {"", 0, 0},
    {"abc", 3, 3},
    {"e\u0301a", 2, 2},
    {"中文", 2, 4},
    {"\r\n", 1, 0},
    {"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 2, 4}, // two flags
    {"\U0001F469\u200D\U0001F680x", 2, 3},              // an astronaut
    {"\U0001F44D\U0001F3FD", 1, 2},                     // a thumb with a skin
    {"\u2764", 1, 1},
    {"\u2764\uFE0F", 1, 2},
    {"한", 1, 2},
    {"\u1112\u1161\u11AB", 1, 2}, // the same in parts
    {"\u0915\u093F", 1, 2},       // a spacing mark takes a cell, as wcwidth says
    {"α…é", 3, 3},                // ambiguous is narrow
    {"┌─┐", 3, 3},
    {"\xff\xfe", 2, 2},
};

START_TEST(clusters_and_cells_are_counted)
{
    Str s = str_from(cluster_cases[_i].text);
    int n = 0;
    for (size_t at = 0; at < s.len; at = utf8_next(s, at)) n++;
    ck_assert_int_eq(n, cluster_cases[_i].clusters);
    ck_assert_int_eq(utf8_width(s), cluster_cases[_i].width);
}
END_TEST

START_TEST(going_back_finds_the_boundaries_of_going_forward)
{
    for (uint64_t i = 0; i < 20000; i++) {
        ArenaMark m = arena_mark(&arena);
        Rng r = {1, i, 0};
        Str s = random_text(&r);
        for (size_t at = 0; at < s.len;) {
            size_t next = utf8_next(s, at);
            REQUIRE(next > at);
            for (size_t inside = at + 1; inside <= next; inside++) {
                REQUIRE((utf8_prev(s, inside)) == (at));
            }
            at = next;
        }
        arena_rewind(&arena, m);
    }
    ck_assert_uint_eq(utf8_prev(S("abc"), 0), 0);
    ck_assert_uint_eq(utf8_next(S("abc"), 3), 3);
    ck_assert_uint_eq(utf8_prev(S("abc"), 99), 2);
}
END_TEST

START_TEST(a_prefix_that_fits_ends_between_clusters)
{
    int used;
    ck_assert_uint_eq(utf8_fit(S("中文x"), 3, &used).len, 3);
    ck_assert_int_eq(used, 2);
    ck_assert_uint_eq(utf8_fit(S("e\u0301x"), 1, &used).len, 3);
    ck_assert_int_eq(used, 1);
    ck_assert_uint_eq(utf8_fit(S("abc"), 0, NULL).len, 0);
    ck_assert_uint_eq(utf8_fit(S("abc"), -1, &used).len, 0);
    ck_assert_uint_eq(utf8_fit(S("abc"), 9, &used).len, 3);
    ck_assert_int_eq(used, 3);
}
END_TEST

// --- The sanitiser ---

static const struct {
    Str raw;
    const char *text;
    size_t hidden;
} clean_cases[] = {
    {STR(""), "", 0},
    {STR("plain, with umlauts: äöü"), "plain, with umlauts: äöü", 0},
    {STR("a\nb"), "a\nb", 0},
    {STR("\x1b]0;title\a"), "^[]0;title^G", 2},
    {STR("a\r\b\x7f\0z"), "a^M^H^?^@z", 4},
    {STR("\xc2\x9b"
         "31m"),
     "<U+009B>31m", 1},
    {STR("\xc2\x85"), "<U+0085>", 1},
    {STR("\x9b"), "\uFFFD", 1},
    {STR("\xff\xc0\x80"), "\uFFFD\uFFFD\uFFFD", 3},
    {STR("\uFFFD"), "\uFFFD", 0},
    {STR("a\u202Eb\u2066\u2069\u200F"), "a<U+202E>b<U+2066><U+2069><U+200F>", 4},
    {STR("\u200B\u200C\u200D\u2060\uFEFF"), "<U+200B><U+200C><U+200D><U+2060><U+FEFF>", 5},
    {STR("\u00AD\u2028\u2029"), "<U+00AD><U+2028><U+2029>", 3},
    {STR("x\U000E0061\U000E0100"), "x<U+E0061><U+E0100>", 2},
    {STR("\uFFFE\uFFFF\uFDD0\U0010FFFF"), "<U+FFFE><U+FFFF><U+FDD0><U+10FFFF>", 4},
    {STR("\u3164\u115F\u034F\u061C"), "<U+3164><U+115F><U+034F><U+061C>", 4},
    {STR("\u0378"), "<U+0378>", 1}, // not assigned
    {STR("\ttab"), "    tab", 0},
    {STR("a\tb\t\tc"), "a   b       c", 0},
    {STR("abcd\te"), "abcd    e", 0},
    {STR("中\tx\n12\ty"), "中  x\n12  y", 0},
    {STR("\x1b\tx"), "^[  x", 1}, // columns are those of what is shown
    {STR("e\u0301"), "e\u0301", 0},
    {STR("e\u0301\u0301\u0301\u0301\u0301\u0301x"), "e\u0301\u0301\u0301\u0301x", 2},
    {STR("\u0301"), "<U+0301>", 1}, // nothing of ours gets a foreign mark
    {STR("\n\u0301"), "\n<U+0301>", 1},
    {STR("\t\u0301"), "    <U+0301>", 1},
    {STR("e\u200D\u0301"), "e<U+200D><U+0301>", 2},
    {STR("\u11AB"), "<U+11AB>", 1},
    {STR("\u1112\u1161\u11AB"), "\u1112\u1161\u11AB", 0},
    {STR("\u26A0\uFE0F mind"), "\u26A0 mind", 0},
    {STR("a\uFE0F\uFE0F"), "a", 0},
    {STR("\uFE0F"), "<U+FE0F>", 1},
    {STR("\U0001F469\u200D\U0001F680"), "\U0001F469<U+200D>\U0001F680", 1},
    {STR("\U0001F1E9\U0001F1EA"), "\U0001F1E9\U0001F1EA", 0},
};

START_TEST(foreign_bytes_come_out_visible)
{
    size_t hidden = 99;
    Str text = clean_text(&arena, clean_cases[_i].raw, CLEAN_TEXT, &hidden);
    ck_assert_str_eq(text.ptr, clean_cases[_i].text);
    ck_assert_uint_eq(hidden, clean_cases[_i].hidden);
    Str again = clean_text(&arena, text, CLEAN_TEXT, &hidden);
    ck_assert(str_eq(again, text));
    ck_assert_uint_eq(hidden, 0);
}
END_TEST

START_TEST(one_line_stays_one_line)
{
    Str text = clean_text(&arena, S("a\nb\u0301\n\tc"), CLEAN_LINE, NULL);
    ck_assert_str_eq(text.ptr, "a⏎b\u0301⏎    c");
}
END_TEST

START_TEST(nothing_that_a_terminal_obeys_comes_through)
{
    for (uint64_t i = 0; i < 20000; i++) {
        ArenaMark m = arena_mark(&arena);
        Rng r = {2, i, 0};
        Str text = clean_text(&arena, random_text(&r), CLEAN_TEXT, NULL);
        REQUIRE(utf8_valid(text));
        for (size_t at = 0, n = 0; at < text.len; at += n) {
            uint32_t cp = utf8_decode(text, at, &n);
            REQUIRE(cp == '\n' || clean_is_safe(cp));
        }
        for (size_t at = 0; at < text.len; at = utf8_next(text, at)) {
            Str c = str_slice(text, at, utf8_next(text, at));
            REQUIRE(str_eq(c, S("\n")) || utf8_width(c) > 0);
        }
        arena_rewind(&arena, m);
    }
}
END_TEST

START_TEST(safe_code_points_are_the_visible_ones)
{
    static const uint32_t unsafe[] = {
        0,      '\n',    '\t',    0x1B,    0x7F,   0x80,   0x9B,     0xAD,      0x61C,
        0x200B, 0x200E,  0x202E,  0x2060,  0x2066, 0x2028, 0xFE0F,   0xFEFF,    0xFFF9,
        0xFFFE, 0x1FFFF, 0xE0001, 0xE007F, 0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF};
    static const uint32_t safe[] = {' ', '~', 0xA0, 0xE9, 0x301, 0x4E2D, 0xFFFD, 0x1F680, 0x23CE};
    for (int i = 0; i < COUNT(unsafe); i++) {
        ck_assert_msg(!clean_is_safe(unsafe[i]), "U+%04X", (unsigned)unsafe[i]);
    }
    for (int i = 0; i < COUNT(safe); i++) {
        ck_assert_msg(clean_is_safe(safe[i]), "U+%04X", (unsigned)safe[i]);
    }
    for (uint32_t plane = 0; plane <= 16; plane++) {
        REQUIRE(!clean_is_safe(plane * 0x10000 + 0xFFFE));
        REQUIRE(!clean_is_safe(plane * 0x10000 + 0xFFFF));
    }
}
END_TEST

// --- JSON ---

START_TEST(the_writer_places_commas_itself)
{
    Buf b = buf_new(&arena);
    Json j = json_new(&b);
    json_begin_object(&j);
    json_pair_str(&j, "a", S("x"));
    json_pair_int(&j, "b", INT64_MIN);
    json_key(&j, S("c"));
    json_begin_array(&j);
    json_begin_array(&j);
    json_end_array(&j);
    json_nil(&j);
    json_begin_object(&j);
    json_end_object(&j);
    json_float(&j, 1);
    json_float(&j, INFINITY);
    json_float(&j, NAN);
    json_end_array(&j);
    json_pair_bool(&j, "d", true);
    json_end_object(&j);
    ck_assert_str_eq(buf_str(&b).ptr, "{\"a\":\"x\",\"b\":-9223372036854775808,"
                                      "\"c\":[[],null,{},1.0,\"Infinity\",null],\"d\":true}");
    ck_assert_int_eq(j.depth, 0);
}
END_TEST

static const struct {
    Str raw;
    const char *json;
} string_cases[] = {
    {STR(""), "\"\""},
    {STR("a \"b\" \\ /"), "\"a \\\"b\\\" \\\\ /\""},
    {STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\""},
    {STR("\0\x1b\x7f"), "\"\\u0000\\u001b\\u007f\""},
    {STR("\xc2\x85\u202E\u200B\uFEFF\uFFFF"), "\"\\u0085\\u202e\\u200b\\ufeff\\uffff\""},
    {STR("\U000E0061"), "\"\\udb40\\udc61\""},
    {STR("é中\U0001F680"), "\"é中\U0001F680\""},
    {STR("\xff!"), "\"\uFFFD!\""},
};

START_TEST(strings_are_escaped_so_that_they_may_be_printed)
{
    Buf b = buf_new(&arena);
    Json j = json_new(&b);
    json_str(&j, string_cases[_i].raw);
    ck_assert_str_eq(buf_str(&b).ptr, string_cases[_i].json);
}
END_TEST

static const struct {
    double v;
    const char *text;
} real_cases[] = {
    {0, "0.0"},
    {-0.0, "-0.0"},
    {1, "1.0"},
    {-2.5, "-2.5"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1e15, "1e+15"},
    {123456789012345, "123456789012345.0"},
    {1e300, "1e+300"},
    {1e-7, "1e-07"},
    {1.7976931348623157e308, "1.7976931348623157e+308"},
    {2.2250738585072014e-308, "2.2250738585072014e-308"},
    {(double)INFINITY, "Infinity"},
    {-(double)INFINITY, "-Infinity"},
};

START_TEST(reals_are_written_shortest)
{
    ck_assert_str_eq(real_text(&arena, real_cases[_i].v).ptr, real_cases[_i].text);
}
END_TEST

START_TEST(reals_read_back_to_the_bit)
{
    for (uint64_t i = 0; i < 50000; i++) {
        uint64_t bits = rng_at(3, 0, i);
        double v, back;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v)) continue;
        ArenaMark m = arena_mark(&arena);
        Str text = real_text(&arena, v);
        REQUIRE(str_to_f64(text, &back));
        REQUIRE(memcmp(&v, &back, sizeof v) == 0);
        REQUIRE(strpbrk(text.ptr, ".e"));
        arena_rewind(&arena, m);
    }
    ck_assert_str_eq(real_text(&arena, (double)NAN).ptr, "NaN");
}
END_TEST

START_TEST(a_decimal_comma_changes_no_real)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    for (int i = 0; i < COUNT(locales); i++) {
        if (!setlocale(LC_NUMERIC, locales[i])) continue; // where there is none, nothing to see
        ck_assert_str_eq(real_text(&arena, 1.5).ptr, "1.5");
        ck_assert_str_eq(real_text(&arena, 1.25e100).ptr, "1.25e+100");
    }
}
END_TEST

START_TEST(an_object_of_plain_values_is_read_in_order)
{
    JsonObject o;
    Error err = {0};
    ck_assert(json_read_object(&arena,
                               S(" {\"id\": \"a\\u00e9\\n\", \"n\": -7, \"r\": 2.5e1, \"t\": true, "
                                 "\"f\": false, \"z\": null} \n"),
                               &o, &err));
    ck_assert_uint_eq(o.len, 6);
    ck_assert(str_eq(o.at[0].key, S("id")));
    ck_assert(str_eq(json_member_str(&o, S("id")), S("aé\n")));
    ck_assert_int_eq(json_member(&o, S("n"))->kind, MEMBER_INT);
    ck_assert_int_eq(json_member(&o, S("n"))->integer, -7);
    ck_assert_int_eq(json_member(&o, S("r"))->kind, MEMBER_REAL);
    ck_assert(json_member(&o, S("r"))->real == 25.0);
    ck_assert_int_eq(json_member(&o, S("t"))->integer, 1);
    ck_assert_int_eq(json_member(&o, S("f"))->kind, MEMBER_BOOL);
    ck_assert_int_eq(json_member(&o, S("f"))->integer, 0);
    ck_assert_int_eq(json_member(&o, S("z"))->kind, MEMBER_NULL);
    ck_assert_ptr_null(json_member(&o, S("none")));
    ck_assert_uint_eq(json_member_str(&o, S("n")).len, 0);
    ck_assert(json_read_object(&arena, S("{}"), &o, &err));
    ck_assert_uint_eq(o.len, 0);
    ck_assert_int_eq(err.kind, ERROR_NONE);
}
END_TEST

static const struct {
    Str text;
    const char *part; // of the sentence
} bad_json[] = {
    {STR(""), "not valid JSON"},
    {STR("{"), "not valid JSON"},
    {STR("[1]"), "not an object"},
    {STR("7"), "not valid JSON"},
    {STR("{\"a\":1,\"a\":2}"), "duplicate"},
    {STR("{\"a\":1} x"), "not valid JSON"},
    {STR("{\"a\":[1]}"), "\"a\" holds"},
    {STR("{\"deep\":{}}"), "\"deep\" holds"},
    {STR("{\"a\":99999999999999999999}"), "not valid JSON"},
    {STR("{\"a\":1e999}"), "not valid JSON"},
    {STR("{\"a\":\"\\u0000\"}"), "not valid JSON"},
    {STR("{\"a\":\"\xff\"}"), "not valid JSON"},
    {STR("{\"a\\u0000b\":1}"), "not valid JSON"},
    {STR("{\"a\":1}\0"), "not valid JSON"},
};

START_TEST(anything_else_is_refused_in_a_sentence)
{
    JsonObject o;
    Error err = {0};
    ck_assert(!json_read_object(&arena, bad_json[_i].text, &o, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, bad_json[_i].part) != NULL, "%s", err.text);
    ck_assert_int_ge(err.line, 0);
}
END_TEST

START_TEST(a_thousand_brackets_are_refused_quickly)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("{\"a\":"));
    buf_repeat(&b, '[', 100000);
    JsonObject o;
    Error err = {0};
    ck_assert(!json_read_object(&arena, buf_str(&b), &o, &err));
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    for (uint64_t i = 0; i < 2000; i++) {
        ArenaMark m = arena_mark(&arena);
        Rng r = {4, i, 0};
        Str s = random_text(&r);
        Buf b = buf_new(&arena);
        Json j = json_new(&b);
        json_begin_object(&j);
        json_pair_str(&j, "k", s);
        json_end_object(&j);
        JsonObject o;
        Error err = {0};
        ck_assert_msg(json_read_object(&arena, buf_str(&b), &o, &err), "%s", err.text);
        if (utf8_valid(s)) REQUIRE(str_eq(json_member_str(&o, S("k")), s));
        arena_rewind(&arena, m);
    }
}
END_TEST

// --- Maps ---

START_TEST(an_empty_map_has_nothing)
{
    Map m = {.arena = &arena};
    ck_assert_ptr_null(map_get(&m, S("a")));
    ck_assert_ptr_null(map_get(&m, (Str){0}));
}
END_TEST

START_TEST(a_map_keeps_the_order_and_the_last_value)
{
    Map m = {.arena = &arena};
    static int values[5000];
    for (size_t i = 0; i < 5000; i++) {
        ck_assert(map_put(&m, str_fmt(&arena, "key %zu", i), &values[i]));
    }
    ck_assert_uint_eq(m.len, 5000);
    for (size_t i = 0; i < 5000; i++) {
        Str key = str_fmt(&arena, "key %zu", i);
        ck_assert_ptr_eq(map_get(&m, key), &values[i]);
        ck_assert(str_eq(m.entries[i].key, key));
    }
    ck_assert(!map_put(&m, S("key 7"), &values[0]));
    ck_assert_ptr_eq(map_get(&m, S("key 7")), &values[0]);
    ck_assert_uint_eq(m.len, 5000);
    ck_assert_ptr_null(map_get(&m, S("key 5000")));
    ck_assert(map_put(&m, (Str){0}, &values[1]));
    ck_assert_ptr_eq(map_get(&m, S("")), &values[1]);
}
END_TEST

static TCase *text_case(void)
{
    TCase *t = tcase_create("utf8 and clean");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, code_points_are_decoded_strictly, 0, COUNT(decode_cases));
    tcase_add_test(t, every_code_point_survives_encoding);
    tcase_add_test(t, a_written_replacement_character_is_valid);
    tcase_add_loop_test(t, clusters_and_cells_are_counted, 0, COUNT(cluster_cases));
    tcase_add_test(t, going_back_finds_the_boundaries_of_going_forward);
    tcase_add_test(t, a_prefix_that_fits_ends_between_clusters);
    tcase_add_loop_test(t, foreign_bytes_come_out_visible, 0, COUNT(clean_cases));
    tcase_add_test(t, one_line_stays_one_line);
    tcase_add_test(t, nothing_that_a_terminal_obeys_comes_through);
    tcase_add_test(t, safe_code_points_are_the_visible_ones);
    return t;
}

static TCase *data_case(void)
{
    TCase *t = tcase_create("json and map");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_writer_places_commas_itself);
    tcase_add_loop_test(t, strings_are_escaped_so_that_they_may_be_printed, 0, COUNT(string_cases));
    tcase_add_loop_test(t, reals_are_written_shortest, 0, COUNT(real_cases));
    tcase_add_test(t, reals_read_back_to_the_bit);
    tcase_add_test(t, a_decimal_comma_changes_no_real);
    tcase_add_test(t, an_object_of_plain_values_is_read_in_order);
    tcase_add_loop_test(t, anything_else_is_refused_in_a_sentence, 0, COUNT(bad_json));
    tcase_add_test(t, a_thousand_brackets_are_refused_quickly);
    tcase_add_test(t, what_is_written_is_read_back);
    tcase_add_test(t, an_empty_map_has_nothing);
    tcase_add_test(t, a_map_keeps_the_order_and_the_last_value);
    return t;
}

int main(void)
{
    Suite *s = suite_create("base: text");
    suite_add_tcase(s, text_case());
    suite_add_tcase(s, data_case());
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
