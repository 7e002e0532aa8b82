// test_yaml: trees with places, and getters that read by the type of the field.
#include "base/json.h"
#include "base/world.h"
#include "yaml/yaml.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static Diags diags;
static YamlDoc doc;

static void setup(void)
{
    arena = (Arena){0};
    diags = (Diags){.arena = &arena};
    doc = (YamlDoc){0};
}

static void teardown(void)
{
    arena_free(&arena);
}

static bool parse(const char *text)
{
    return yaml_parse(&arena, S("p.yaml"), str_from(text), &diags, &doc);
}

// All that was said, a line each.
static const char *said(void)
{
    Str all = S("");
    for (size_t i = 0; i < diags.list.len; i++) {
        Str line = diag_line(&arena, &diags.list.at[i]);
        all = str_fmt(&arena, STR_FMT STR_FMT "\n", STR_ARG(all), STR_ARG(line));
    }
    return str_c(&arena, all);
}

static const YamlNode *at(const char *key)
{
    const YamlNode *n = yaml_get(doc.root, str_from(key));
    ck_assert_msg(n != NULL, "no key %s", key);
    return n;
}

#define ck_assert_source(node, text)                                                               \
    ck_assert_str_eq(str_c(&arena, yaml_source(&doc, (node))), (text))
#define ck_assert_text(str, text) ck_assert_str_eq(str_c(&arena, (str)), (text))

// ---- the tree -----------------------------------------------------------------------------------
START_TEST(a_map_keeps_the_order_and_the_places_of_its_keys)
{
    ck_assert(parse("pack: é\n# note\ntitle: \"A\"\nskills: [a, bc]\n"));
    ck_assert_uint_eq(doc.root->count, 3);
    const YamlEntry *e = &doc.root->entries[2];
    ck_assert_text(e->key, "skills");
    ck_assert_int_eq(e->at.line, 4);
    ck_assert_int_eq(e->at.column, 1);
    ck_assert_int_eq(e->value->items[1]->at.column, 13);
    ck_assert_text(at("title")->text, "A");
    ck_assert_str_eq(said(), "");
}
END_TEST

START_TEST(columns_count_characters_and_lines_end_as_in_editors)
{
    ck_assert(parse("\xEF\xBB\xBF{ä: \"é\u2028ü\", b: x}\r\n"));
    ck_assert_int_eq(at("b")->at.line, 1);
    ck_assert_int_eq(at("b")->at.column, 15);
    ck_assert_source(at("b"), "x");
    ck_assert_source(at("ä"), "\"é\u2028ü\"");
}
END_TEST

START_TEST(a_node_knows_how_it_was_written)
{
    ck_assert(parse("p: a\ns: 'a'\nd: \"a\"\nb: |\n  a\nf: >-\n  a\nl: [a]\nm:\n  - a\n"));
    static const YamlStyle styles[] = {YAML_STYLE_PLAIN, YAML_STYLE_SINGLE, YAML_STYLE_DOUBLE,
                                       YAML_STYLE_BLOCK, YAML_STYLE_BLOCK,  YAML_STYLE_FLOW,
                                       YAML_STYLE_BLOCK};
    for (size_t i = 0; i < doc.root->count; i++) {
        ck_assert_int_eq(doc.root->entries[i].value->style, styles[i]);
    }
    ck_assert_text(at("b")->text, "a\n");
    ck_assert_text(at("f")->text, "a");
}
END_TEST

START_TEST(the_source_of_a_drill_ends_before_the_comments_behind_it)
{
    ck_assert(parse("drills:\n- id: a\n  sql: |\n    SELECT 1\n\n# the next one\n- id: b\n"
                    "  skills: [x]   # why\n\n# end\n"));
    const YamlNode *drills = at("drills");
    ck_assert_source(drills->items[0], "id: a\n  sql: |\n    SELECT 1");
    ck_assert_source(drills->items[1], "id: b\n  skills: [x]");
    ck_assert_uint_eq(drills->end, drills->items[1]->end);
}
END_TEST

START_TEST(a_pair_in_a_flow_list_ends_with_its_value)
{
    ck_assert(parse("a: [p: q , r]\n"));
    ck_assert_source(at("a")->items[0], "p: q");
    ck_assert_source(at("a"), "[p: q , r]");
}
END_TEST

START_TEST(nothing_is_known_from_the_plain_style_only)
{
    ck_assert(parse("a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: !!str null\n"));
    ck_assert(yaml_is_nothing(at("a")) && yaml_is_nothing(at("b")) && yaml_is_nothing(at("c")));
    ck_assert(!yaml_is_nothing(at("d")) && !yaml_is_nothing(at("e")) && !yaml_is_nothing(at("f")));
    ck_assert(!yaml_is_nothing(NULL));
}
END_TEST

START_TEST(looking_for_a_key_in_what_is_no_map_finds_nothing)
{
    ck_assert(parse("a: [b]\n"));
    ck_assert_ptr_null(yaml_get(at("a"), S("b")));
    ck_assert_ptr_null(yaml_get(NULL, S("b")));
    ck_assert_ptr_null(yaml_entry(doc.root, S("b")));
    ck_assert_ptr_nonnull(yaml_entry(doc.root, S("a")));
}
END_TEST

// ---- getters: one value, of a declared type, and what is said -----------------------------------
typedef enum { G_WORD, G_SENTENCE, G_PATTERN, G_INTEGER, G_REAL, G_BOOLEAN, G_DATE } Getter;
typedef struct {
    Getter get;
    const char *yaml;  // the value of key `k`
    const char *reads; // what was read, printed; NULL = the getter failed
    const char *said;  // part of what was said; "" = nothing at all
} GetCase;

static const GetCase get_cases[] = {
    // text is text, whatever it looks like; a warning where 1.1 readers would change it
    {G_WORD, "DE", "DE", ""},
    {G_WORD, "NO", "NO", "1:4: warning: YAML 1.1 readers take `NO` for false: put it in quotes"},
    {G_WORD, "yes", "yes", "take `yes` for true"},
    {G_WORD, "on", "on", "take `on` for true"},
    {G_WORD, "y", "y", ""},
    {G_WORD, "'NO'", "NO", ""},
    {G_WORD, "!!str NO", "NO", ""},
    {G_WORD, "012", "012", "take `012` for 10"},
    {G_WORD, "089", "089", ""},
    {G_WORD, "12:30", "12:30", "take `12:30` for 750"},
    {G_WORD, "12:30:00", "12:30:00", "take `12:30:00` for 45000"},
    {G_WORD, "08:30", "08:30", ""},
    {G_WORD, "12:75", "12:75", ""},
    {G_WORD, "1_000", "1_000", "take `1_000` for 1000"},
    {G_WORD, "0x1F", "0x1F", "take `0x1F` for 31"},
    {G_WORD, "1.10", "1.10", "take `1.10` for 1.1"},
    {G_WORD, "1.5", "1.5", ""},
    {G_WORD, "1e-9", "1e-9", ""},
    {G_WORD, "120", "120", ""},
    {G_WORD, "2025-06-30", "2025-06-30", ""},
    {G_WORD, "null", "null", "take `null` for nothing"},
    {G_WORD, "2pc", "2pc", ""},
    {G_WORD, "", NULL, "1:3: error: k: expected a word or a phrase, found nothing"},
    {G_WORD, "\"\"", "", ""},
    {G_WORD, "[a]", NULL, "k: expected a word or a phrase, found a list"},
    // what YAML cuts in silence
    {G_SENTENCE, "Problem #7 again", "Problem", "the text ends before the #"},
    {G_SENTENCE, "Problem # which one", "Problem", ""},
    {G_SENTENCE, "Problem  #7", "Problem", ""},
    {G_SENTENCE, "a#7", "a#7", ""},
    {G_SENTENCE, "{Late: why}", NULL, "the colon behind `Late` makes it one"},
    {G_SENTENCE, "{a: 1, b: 2}", NULL, "k: expected a sentence, found a map\n"},
    {G_PATTERN, "[a-z]+ # letters", NULL, ""},
    {G_PATTERN, "a+ # letters", "a+", "the text ends before the #"},
    {G_PATTERN, "'\\bkey\\b'", "\\bkey\\b", ""},
    {G_PATTERN, "\"\\bkey\"", "\bkey", "in double quotes \\b is a backspace"},
    // whole numbers
    {G_INTEGER, "12", "12", ""},
    {G_INTEGER, "+12", "12", ""},
    {G_INTEGER, "-9223372036854775808", "-9223372036854775808", ""},
    {G_INTEGER, "9223372036854775808", NULL, "k: expected a whole number, found `922337203685"},
    {G_INTEGER, "012", "12", "take `012` for 10"},
    {G_INTEGER, "0o14", "12", "take `0o14` for text"},
    {G_INTEGER, "0x1F", "31", ""},
    {G_INTEGER, "0x", NULL, "expected a whole number"},
    {G_INTEGER, "1_000", NULL, "expected a whole number, found `1_000`"},
    {G_INTEGER, "1.0", NULL, "expected a whole number, found `1.0`"},
    {G_INTEGER, "12:30", NULL, "expected a whole number"},
    {G_INTEGER, "\"5\"", NULL, "found the text \"5\": leave out the quotes"},
    {G_INTEGER, "!!int \"5\"", "5", ""},
    {G_INTEGER, "five", NULL, "found `five`"},
    {G_INTEGER, "{a: 1}", NULL, "expected a whole number, found a map"},
    // numbers
    {G_REAL, "0.25", "0.25", ""},
    {G_REAL, "3", "3.0", ""},
    {G_REAL, ".5", "0.5", ""},
    {G_REAL, "5.", "5.0", ""},
    {G_REAL, "-1.5e+3", "-1500.0", ""},
    {G_REAL, "1e-9", "1e-09", "take `1e-9` for text"},
    {G_REAL, "1.0e9", "1000000000.0", "take `1.0e9` for text"},
    {G_REAL, "012", "12.0", "take `012` for 10"},
    {G_REAL, ".inf", NULL, "expected a number, found `.inf`"},
    {G_REAL, "1e999", NULL, "expected a number"},
    {G_REAL, "0x1F", NULL, "expected a number"},
    {G_REAL, "1,5", NULL, "expected a number, found `1,5`"},
    // booleans
    {G_BOOLEAN, "true", "true", ""},
    {G_BOOLEAN, "False", "false", ""},
    {G_BOOLEAN, "yes", NULL, "k: expected true or false, found `yes`"},
    {G_BOOLEAN, "0", NULL, "expected true or false, found `0`"},
    {G_BOOLEAN, "'true'", NULL, "found the text \"true\": leave out the quotes"},
    // dates
    {G_DATE, "2025-06-30", "2025-06-30", ""},
    {G_DATE, "\"2024-02-29\"", "2024-02-29", ""},
    {G_DATE, "2025-02-29", NULL, "expected a date such as 2025-06-30, found `2025-02-29`"},
    {G_DATE, "today", NULL, "expected a date"},
    {G_DATE, "[2025-06-30]", NULL, "found a list"},
};

static bool read_as(Getter get, const YamlNode *n, Str *shown)
{
    int64_t i;
    double r;
    bool b;
    switch (get) {
    case G_WORD:
        return yaml_text(n, YAML_WORD, &diags, shown);
    case G_SENTENCE:
        return yaml_text(n, YAML_SENTENCE, &diags, shown);
    case G_PATTERN:
        return yaml_text(n, YAML_PATTERN, &diags, shown);
    case G_INTEGER:
        if (!yaml_integer(n, &diags, &i)) return false;
        *shown = str_fmt(&arena, "%lld", (long long)i);
        return true;
    case G_REAL:
        if (!yaml_real(n, &diags, &r)) return false;
        *shown = real_text(&arena, r);
        return true;
    case G_BOOLEAN:
        if (!yaml_boolean(n, &diags, &b)) return false;
        *shown = b ? S("true") : S("false");
        return true;
    case G_DATE:
        if (!yaml_date(n, &diags, &i)) return false;
        *shown = date_text(&arena, i);
        return true;
    }
    return false;
}

START_TEST(a_value_is_read_by_the_type_of_its_field)
{
    const GetCase *c = &get_cases[_i];
    Str text = str_fmt(&arena, "k: %s\n", c->yaml), shown = S("");
    // "[a-z]+ # letters" is no YAML at all: a list with something behind it
    if (!yaml_parse(&arena, S("p.yaml"), text, &diags, &doc)) {
        ck_assert_msg(!c->reads, "%s: %s", c->yaml, said());
        return;
    }
    bool ok = read_as(c->get, at("k"), &shown);
    ck_assert_msg(ok == (c->reads != NULL), "%s: %s", c->yaml, said());
    if (c->reads) ck_assert_text(shown, c->reads);
    ck_assert_msg(c->said[0] ? strstr(said(), c->said) != NULL : !*said(), "%s: %s", c->yaml,
                  said());
    ck_assert_uint_eq(diags.errors, ok ? 0 : 1);
}
END_TEST

START_TEST(a_list_keeps_its_good_items_and_reports_the_others)
{
    int64_t *n;
    size_t len;
    ck_assert(parse("k: [1, two, 3, [4]]\n"));
    ck_assert(!yaml_integers(&arena, at("k"), &diags, &n, &len));
    ck_assert_uint_eq(len, 2);
    ck_assert_int_eq(n[1], 3);
    ck_assert_str_eq(said(), "p.yaml:1:8: error: k: expected a whole number, found `two`\n"
                             "p.yaml:1:16: error: k: expected a whole number, found a list\n");
}
END_TEST

START_TEST(lists_of_each_type_are_read)
{
    double *r;
    bool *b;
    int64_t *d;
    StrList t;
    size_t len;
    ck_assert(parse("r: [0.5, 2]\nb: [true, false]\nd: [2025-06-30]\nt: [a, b c]\ne: []\n"));
    ck_assert(yaml_reals(&arena, at("r"), &diags, &r, &len) && len == 2 && r[1] == 2.0);
    ck_assert(yaml_booleans(&arena, at("b"), &diags, &b, &len) && len == 2 && !b[1]);
    ck_assert(yaml_dates(&arena, at("d"), &diags, &d, &len) && len == 1);
    ck_assert_int_eq(d[0], date_days(2025, 6, 30));
    ck_assert(yaml_texts(&arena, at("t"), YAML_WORD, &diags, &t) && t.len == 2);
    ck_assert_text(t.at[1], "b c");
    ck_assert(yaml_texts(&arena, at("e"), YAML_WORD, &diags, &t) && t.len == 0);
    ck_assert_str_eq(said(), "");
}
END_TEST

START_TEST(another_thing_than_a_list_is_named)
{
    StrList t;
    ck_assert(parse("skills: {a: b}\ntitle: [x]\n"));
    ck_assert(!yaml_texts(&arena, at("skills"), YAML_WORD, &diags, &t));
    ck_assert(!yaml_list(at("skills"), "drills", &diags));
    ck_assert(!yaml_map(at("title"), "a drill", &diags));
    ck_assert(yaml_map(at("skills"), "a drill", &diags) && yaml_list(at("title"), "x", &diags));
    ck_assert_str_eq(said(), "p.yaml:1:9: error: skills: expected a list of words, found a map\n"
                             "p.yaml:1:9: error: skills: expected a list of drills, found a map\n"
                             "p.yaml:2:8: error: title: expected a drill (a map), found a list\n");
}
END_TEST

START_TEST(a_comma_that_splits_a_sentence_of_a_flow_list_is_warned_about)
{
    StrList t;
    ck_assert(parse("hits: [It was late, but we stayed]\nask: [late, later]\n"
                    "ok: [\"It was late, but\", \"we stayed\", Really]\n"));
    ck_assert(yaml_texts(&arena, at("hits"), YAML_SENTENCE, &diags, &t));
    ck_assert(yaml_texts(&arena, at("ask"), YAML_WORD, &diags, &t));
    ck_assert(yaml_texts(&arena, at("ok"), YAML_SENTENCE, &diags, &t));
    ck_assert_uint_eq(diags.list.len, 1);
    ck_assert_ptr_nonnull(strstr(said(), "p.yaml:1:21: warning: the comma before `but we stayed`"));
}
END_TEST

START_TEST(a_fault_that_was_reported_is_not_reported_by_the_getter_again)
{
    Str s;
    int64_t i;
    StrList t;
    ck_assert(parse("a: &x 1\nb: *x\nc: !foo 2\nd: \"\\0\"\ne: {sql: SELECT a, b, c}\nf: &y []\n"));
    ck_assert_uint_eq(diags.errors, 6);
    ck_assert(!yaml_integer(at("a"), &diags, &i));
    ck_assert(!yaml_text(at("b"), YAML_WORD, &diags, &s));
    ck_assert(!yaml_integer(at("c"), &diags, &i));
    ck_assert(!yaml_text(at("d"), YAML_WORD, &diags, &s));
    ck_assert(!yaml_text(yaml_get(at("e"), S("sql")), YAML_CODE, &diags, &s));
    ck_assert(!yaml_texts(&arena, at("f"), YAML_WORD, &diags, &t));
    ck_assert_uint_eq(diags.errors, 6);
}
END_TEST

START_TEST(an_unknown_key_is_reported_with_the_nearest_one)
{
    Str known[] = {S("title"), S("prompt")};
    ck_assert(parse("titel: a\nprompt: b\nzzz: c\n"));
    ck_assert(!yaml_known_keys(doc.root, (StrList){known, 2}, &diags));
    ck_assert_str_eq(said(), "p.yaml:1:1: error: unknown key `titel`; did you mean `title`?\n"
                             "p.yaml:3:1: error: unknown key `zzz`\n");
}
END_TEST

START_TEST(a_flood_of_unknown_keys_is_cut)
{
    Str text = S("");
    for (int i = 0; i < 50; i++) text = str_fmt(&arena, "%sk%d: 1\n", str_c(&arena, text), i);
    ck_assert(yaml_parse(&arena, S("p.yaml"), text, &diags, &doc));
    ck_assert(!yaml_known_keys(doc.root, (StrList){0}, &diags));
    ck_assert_uint_eq(diags.errors, 21);
    ck_assert_ptr_nonnull(strstr(said(), "this map has 30 more unknown keys"));
}
END_TEST

START_TEST(what_is_quoted_in_a_message_is_short_and_harmless)
{
    int64_t i;
    ck_assert(parse("k: \"a\\e[31m\\u202E long text that goes on and on and on and on and on\"\n"));
    ck_assert(!yaml_integer(at("k"), &diags, &i));
    ck_assert_ptr_nonnull(strstr(said(), "found the text \"a^[[31m<U+202E> long text"));
    ck_assert_ptr_nonnull(strstr(said(), "…\""));
}
END_TEST

START_TEST(a_file_is_read_from_disk_and_a_missing_one_is_named)
{
    ck_assert(yaml_read(&arena, S(SOURCE_DIR "/content/sets.yaml"), &diags, &doc));
    ck_assert(yaml_get(doc.root, S("sets")) != NULL);
    ck_assert(!yaml_read(&arena, S("/nowhere/x.yaml"), &diags, &doc));
    ck_assert_ptr_nonnull(strstr(said(), "/nowhere/x.yaml:1:1: error: cannot read"));
    ck_assert_ptr_null(doc.root);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("yaml");
    TCase *tree = tcase_create("tree");
    tcase_add_checked_fixture(tree, setup, teardown);
    tcase_add_test(tree, a_map_keeps_the_order_and_the_places_of_its_keys);
    tcase_add_test(tree, columns_count_characters_and_lines_end_as_in_editors);
    tcase_add_test(tree, a_node_knows_how_it_was_written);
    tcase_add_test(tree, the_source_of_a_drill_ends_before_the_comments_behind_it);
    tcase_add_test(tree, a_pair_in_a_flow_list_ends_with_its_value);
    tcase_add_test(tree, nothing_is_known_from_the_plain_style_only);
    tcase_add_test(tree, looking_for_a_key_in_what_is_no_map_finds_nothing);
    suite_add_tcase(s, tree);
    TCase *get = tcase_create("getters");
    tcase_add_checked_fixture(get, setup, teardown);
    tcase_add_loop_test(get, a_value_is_read_by_the_type_of_its_field, 0,
                        (int)(sizeof get_cases / sizeof *get_cases));
    tcase_add_test(get, a_list_keeps_its_good_items_and_reports_the_others);
    tcase_add_test(get, lists_of_each_type_are_read);
    tcase_add_test(get, another_thing_than_a_list_is_named);
    tcase_add_test(get, a_comma_that_splits_a_sentence_of_a_flow_list_is_warned_about);
    tcase_add_test(get, a_fault_that_was_reported_is_not_reported_by_the_getter_again);
    tcase_add_test(get, an_unknown_key_is_reported_with_the_nearest_one);
    tcase_add_test(get, a_flood_of_unknown_keys_is_cut);
    tcase_add_test(get, what_is_quoted_in_a_message_is_short_and_harmless);
    tcase_add_test(get, a_file_is_read_from_disk_and_a_missing_one_is_named);
    suite_add_tcase(s, get);
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
