// test_yaml_hostile: bytes that are no pack end in a sentence with a place, soon and within limits.
//
// The corpus is written out here and not kept as files, since most of it would not survive an
// editor: control bytes, broken UTF-8, a million brackets.
#include "base/buf.h"
#include "base/rng.h"
#include "yaml/yaml.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

// A slice that may initialise a table: S is no constant to a pedantic compiler.
#define L(lit)                                                                                     \
    {                                                                                              \
        (lit), sizeof(lit) - 1                                                                     \
    }

static Arena arena;
static Diags diags;
static YamlDoc doc;

static void setup(void)
{
    arena = (Arena){0};
    diags = (Diags){.arena = &arena};
}

static void teardown(void)
{
    arena_free(&arena);
}

// Each fault stands in the file, at a line and column that begin at 1, in a sentence.
static void check_faults(Str text)
{
    int lines = 1;
    for (size_t i = 0; i < text.len; i++) lines += text.ptr[i] == '\n' || text.ptr[i] == '\r';
    for (size_t i = 0; i < diags.list.len; i++) {
        const Diag *d = &diags.list.at[i];
        ck_assert_int_ge(d->place.line, 1);
        ck_assert_int_le(d->place.line, lines);
        ck_assert_int_ge(d->place.column, 1);
        ck_assert_uint_gt(d->text.len, 10);
    }
}

// ---- small files: one fault each ----------------------------------------------------------------
typedef struct {
    Str text;
    bool tree;        // is there one all the same?
    const char *said; // "line:column: error: …", the beginning of the first; NULL = nothing
} BadCase;

static const BadCase bad_cases[] = {
    // anchors, aliases, tags
    {L("a: &x 1\nb: 2\n"), true, "1:4: error: anchors are not supported here (&x)"},
    {L("a: &x [*x]\n"), true, "1:4: error: anchors are not supported here (&x)"},
    {L("b: *x\n"), true, "1:4: error: aliases are not supported here (*x)"},
    {L("a: *bold* words\n"), false, "1:4: error: a text that starts with & or * needs quotes"},
    {L("&a b: c\n"), true, "1:1: error: anchors are not supported here (&a)"},
    {L("a: &\n"), false, "1:4: error: a text that starts with & or * needs quotes"},
    {L("!!python/object/apply:os.system [ls]\n"), true, "1:1: error: tags are not supported"},
    {L("a: !!binary aGk=\n"), true, "1:4: error: tags are not supported here (!!binary)"},
    {L("a: !important\n"), true, "1:4: error: tags are not supported here (!important)"},
    {L("a: ! b\n"), true, "1:4: error: tags are not supported here (!)"},
    {L("a: !!float 1\n"), true, "1:4: error: tags are not supported here (!!float)"},
    {L("a: !!map [b]\n"), true, "1:4: error: tags are not supported here (!!map)"},
    {L("a: !<x\n"), false, "1:4: error: a text that starts with ! needs quotes"},
    {L("a: !e!x b\n"), false, "1:4: error: a text that starts with ! needs quotes"},
    {L("%TAG !e! tag:e.org,2002:\n---\na: b\n"), false, "1:1: error: %TAG is not supported"},
    {L("a: !!str 1\nb: !!int 2\nc: !!seq [a]\nd: !!map {a: b}\n"), true, NULL},
    // keys
    {L("a: 1\nb: 2\na: 3\n"), true,
     "3:1: error: the key `a` stands here a second time; the first is on line 1"},
    {L("a: {b: 1, \"b\": 2}\n"), true, "1:11: error: the key `b` stands here a second time"},
    {L("? [a, b]\n: c\n"), true, "1:3: error: a key must be a word"},
    {L("{a: 1}: b\n"), true, "1:1: error: a key must be a word"},
    {L("x: {sql: SELECT a, b, c}\n"), true,
     "1:20: error: the comma before `b` ends the text `SELECT a`"},
    // documents
    {L("a: 1\n---\nb: 2\n"), false, "2:1: error: a second document begins here"},
    {L("a: 1\n...\nb: 2\n"), false, "3:1: error: what stands above is already a whole document"},
    {L("---\na: 1\n...\n"), true, NULL},
    {L(""), false, "1:1: error: there is nothing in this file"},
    {L("# only a comment\n"), false, "1:1: error: there is nothing in this file"},
    {L("%YAML 1.3\n---\na: b\n"), false, "1:1: error: this version of YAML is not known"},
    {L("%YAML 1.2\n---\na: b\n"), true, NULL},
    {L("%pragma\n---\na: b\n"), false, "1:1: error: a line that starts with %"},
    // bytes
    {L("a: \x1b[31m\n"), false, "1:4: error: a control character stands here"},
    {L("a: b\0c\n"), false, "1:5: error: a control character stands here"},
    {L("é: \x7f\n"), false, "1:4: error: a control character stands here"},
    {L("a: \xc2\x9b\n"), false, "1:4: error: a control character stands here"},
    {L("a: \xff\n"), false, "1:4: error: this byte is not UTF-8: save the file as UTF-8"},
    {L("a: b\nc: Z\xfcrich\n"), false, "2:5: error: this byte is not UTF-8"},
    {L("a: \xc0\xaf\n"), false, "1:4: error: this byte is not UTF-8"},
    {L("a: \xed\xa0\x80\n"), false, "1:4: error: this byte is not UTF-8"},
    {L("a: \xe2\x82"), false, "1:4: error: this byte is not UTF-8"},
    {L("\xff\xfe"
       "a\0:\0"),
     false, "1:1: error: the file is written in UTF-16: save it as UTF-8"},
    {L("\xfe\xff\0a\0:"), false, "1:1: error: the file is written in UTF-16"},
    {L("\xef\xbb\xbf"
       "a: 1\r\nb: [\r\n"),
     false, "3:1: error: the file ends where a value"},
    {L("\xef\xbb\xbf"
       "a: 1\r\nb: 2\r\n"),
     true, NULL},
    // escapes
    {L("a: b\nc: \"x\\0y\"\n"), true, "2:4: error: this text holds the character NUL"},
    {L("a: \"\\e[31m\\x9b\\u202E\"\n"), true, NULL},
    {L("a: \"\\ud800\"\n"), false, "1:7: error: this is not the code of a character"},
    {L("a: \"\\xZZ\"\n"), false, "1:7: error: this is not the code of a character"},
    {L("a: \"\\d+\"\n"), false, "1:5: error: a backslash in double quotes starts an escape"},
    // layout
    {L("a:\n\t- b\n"), false, "2:1: error: a tab cannot indent: use spaces"},
    {L("a:\n  b: 1\n c: 2\n"), false,
     "3:2: error: expected a key here, in the column of the other keys (the map begins on line 1)"},
    {L("a:\n  - b\n c: 2\n"), false, "3:2: error: expected "},
    {L("- a\nb: c\n"), false, "2:1: error: expected `- ` here"},
    {L("a: 1\nfoo bar\nb: 2\n"), false, "2:1: error: this line is no key"},
    {L("title: Late: why\n"), false, "1:12: error: a colon and a space cannot stand"},
    {L("a: - b\n"), false, "1:4: error: a list cannot start here"},
    {L("a: |x\n  b\n"), false, "1:5: error: only a comment may follow here"},
    {L("a: |0\n  b\n"), false, "1:5: error: the number after | or > is at least 1"},
    {L("a: @b\n"), false, "1:4: error: a text that starts with @ needs quotes"},
    {L("a: `b`\n"), false, "1:4: error: a text that starts with a backquote needs quotes"},
    {L("a: %b\n"), false, "1:4: error: a text that starts with % needs quotes"},
    {L("a: 'don't do it'\n"), false, "1:9: error: the quoted text ends before this place"},
    {L("a: \"b\nc: d\n"), false, "1:4: error: the quote that is opened on line 1 is never closed"},
    {L("a: \"b\n---\n"), false, "2:1: error: a line of three dots or dashes"},
    {L("a: [b, c\nd: e\n"), false,
     "2:2: error: expected `,` or `]` here, for the list that is "
     "opened on line 1"},
    {L("a: {b: 1\n"), false, "1:4: error: expected `,` or `}` here"},
    {L("a: [b, {c: d]\n"), false, "1:13: error: expected `,` or `}` here"},
    {L("a: b]\nc: d]\n"), true, NULL},
    {L("a: ]\n"), false, "1:4: error: expected a value here"},
    {L("? a\n? b\n: [c\n"), false, NULL},
};

START_TEST(a_bad_file_is_refused_with_its_place_or_its_sense_is_kept)
{
    const BadCase *c = &bad_cases[_i];
    bool ok = yaml_parse(&arena, S("p.yaml"), c->text, &diags, &doc);
    Str first = diags.list.len ? diag_line(&arena, &diags.list.at[0]) : S("");
    ck_assert_msg(ok == c->tree, "%d: %s", _i, str_c(&arena, first));
    ck_assert((doc.root != NULL) == ok);
    check_faults(c->text);
    if (!ok) ck_assert_uint_gt(diags.errors, 0);
    if (ok && !c->said) ck_assert_uint_eq(diags.list.len, 0);
    if (!c->said) return;
    Str wanted = str_fmt(&arena, "p.yaml:%s", c->said);
    ck_assert_msg(str_starts(first, wanted), "%d: %s", _i, str_c(&arena, first));
}
END_TEST

// ---- large files: limits ------------------------------------------------------------------------
typedef struct {
    const char *unit; // repeated …
    size_t times;
    const char *head; // … behind this
    const char *said; // the beginning of the last thing said; NULL = a tree, and nothing said
} HugeCase;

static const HugeCase huge_cases[] = {
    {"[", 100000, "", "1:65: error: lists and maps are nested more than 64 deep"},
    {"[", 1000000, "", "1:65: error: lists and maps are nested more than 64 deep"},
    {"{a: ", 100000, "", "1:257: error: lists and maps are nested more than 64 deep"},
    {"- ", 5000, "", "1:129: error: lists and maps are nested more than 64 deep"},
    {"? ", 20000, "", "1:129: error: lists and maps are nested more than 64 deep"},
    {"[", 64, "a: ", "1:67: error: lists and maps are nested more than 64 deep"},
    {"[a,", 63, "a: ", "1:193: error: the file ends where a value should"},
    {"- &a x\n", 60000, "", "102:3: error: too many faults: reading stops here"},
    {"- *a\n", 60000, "", "102:3: error: too many faults: reading stops here"},
    {"a: 1\n", 60000, "", "103:1: error: too many faults: reading stops here"},
    {"- a\n", 150000, "", "99998:3: error: the file holds more parts than are read here"},
    {"- a\n", 90000, "", NULL},
    {"[],", 60000, "[", "1:149997: error: the file holds more parts than are read here"},
    {"a", 1000000, "k: ", NULL},
    {"a\n  ", 250000, "k: >\n  ", NULL},
    {"a b\n ", 200000, "k: ", NULL},
    {"\xC3\xA9 ", 300000, "k: ", NULL},
    {"a", 2000000, "k: ", "1:1: error: the file is larger than 1 MiB"},
    {"a", 1100, "", NULL},
    {"k", 1100, "a: 1\n? ", NULL},
    {"\n", 1000000, "a: 1", NULL},
    {"#", 1000000, "a: 1 ", NULL},
    {"'", 999999, "a: '", NULL},
    {"\\", 1000000, "a: \"", "1:4: error: the quote that is opened"},
    {"\"a\":", 1000, "", "1:4: error: the quoted text ends before"},
    {"!", 100000, "a: ", "1:4: error: tags are not supported here (!!!"},
    {"%", 100000, "a: !", "1:4: error: a text that starts with ! needs"},
    {" ", 1000000, "", "1:1: error: there is nothing"},
    {"\t", 1000000, "", "1:1: error: a tab cannot indent"},
};

START_TEST(a_huge_file_is_read_or_refused_within_the_limits)
{
    const HugeCase *c = &huge_cases[_i];
    Buf b = buf_new(&arena);
    buf_add(&b, str_from(c->head));
    for (size_t i = 0; i < c->times; i++) buf_add(&b, str_from(c->unit));
    if (!c->said) buf_add(&b, strcmp(c->unit, "'") ? S("\n") : S(""));
    bool ok = yaml_parse(&arena, S("p.yaml"), buf_str(&b), &diags, &doc);
    Str last =
        diags.list.len ? diag_line(&arena, &diags.list.at[diags.list.len - 1]) : S("nothing");
    bool tree = !c->said || strstr(c->said, "tags are") != NULL;
    ck_assert_msg(ok == tree, "%d: %s", _i, str_c(&arena, last));
    ck_assert_uint_le(diags.list.len, YAML_ERRORS_MAX + 2);
    check_faults(buf_str(&b));
    if (!c->said) return;
    Str wanted = str_fmt(&arena, "p.yaml:%s", c->said);
    ck_assert_msg(str_starts(last, wanted), "%d: %s", _i, str_c(&arena, last));
}
END_TEST

START_TEST(laughs_are_counted_once_since_aliases_are_never_followed)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("a: &a [lol]\n"));
    for (char c = 'b'; c <= 'i'; c++) {
        buf_fmt(&b, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c - 1, c - 1, c - 1,
                c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    }
    ck_assert(yaml_parse(&arena, S("p.yaml"), buf_str(&b), &diags, &doc));
    ck_assert_uint_eq(doc.root->count, 9);
    ck_assert_uint_eq(diags.errors, 9 + 72);
}
END_TEST

// ---- a pack, damaged ----------------------------------------------------------------------------
static const char sample[] = //
    "# A pack with every form that YAML has here.\n"
    "pack: smallest\n"
    "title: \"The least: a drill\"\n"
    "licence: CC-BY-4.0\n"
    "warehouses:\n"
    "  - warehouse: kitchen\n"
    "    today: 2025-06-30   # CURRENT_DATE\n"
    "    tables:\n"
    "      meal: {columns: {id: {type: integer, primary_key: true}, 'cook': {type: text}}}\n"
    "drills:\n"
    "- id: best-meal\n"
    "  prompt: |\n"
    "    Show the dearest meal — of every cook.\n"
    "\n"
    "    `cook` and `id`.\n"
    "  answer: >-\n"
    "    SELECT cook, id\n"
    "    FROM meal\n"
    "  wrong:\n"
    "    - {why: \"ROW_NUMBER \\u2028 keeps one\", edit: [[\"RANK()\", \"ROW_NUMBER()\"]]}\n"
    "  ? points\n"
    "  : 1.5\n"
    "  note: plain text\n"
    "    over two lines\n"
    "  skills: [sql.topn, !!str 2pc]\n";

static void read_everything(const YamlNode *n)
{
    Str s;
    int64_t i;
    double r;
    bool b;
    (void)!yaml_text(n, (YamlText)(n->start % YAML_TEXT_COUNT_), &diags, &s);
    (void)!yaml_integer(n, &diags, &i);
    (void)!yaml_real(n, &diags, &r);
    (void)!yaml_boolean(n, &diags, &b);
    (void)!yaml_date(n, &diags, &i);
    ck_assert_uint_le(n->start, n->end);
    ck_assert_uint_le(n->end, doc.text.len);
    for (size_t k = 0; n->kind == YAML_LIST && k < n->count; k++) read_everything(n->items[k]);
    for (size_t k = 0; n->kind == YAML_MAP && k < n->count; k++) {
        read_everything(n->entries[k].value);
    }
}

static void read_damaged(Str text)
{
    bool ok = yaml_parse(&arena, S("p.yaml"), text, &diags, &doc);
    if (!ok) ck_assert_uint_gt(diags.errors, 0);
    if (ok) read_everything(doc.root);
    check_faults(text);
    teardown();
    setup();
}

START_TEST(the_sample_itself_is_right)
{
    ck_assert(yaml_parse(&arena, S("p.yaml"), str_from(sample), &diags, &doc));
    ck_assert_uint_eq(diags.list.len, 0);
}
END_TEST

START_TEST(every_prefix_of_a_pack_is_read_or_refused)
{
    for (size_t n = 0; n < sizeof sample; n++) read_damaged(str_slice(str_from(sample), 0, n));
}
END_TEST

START_TEST(a_pack_with_flipped_bytes_is_read_or_refused)
{
    Rng rng = {.seed = 17};
    for (int i = 0; i < 1000; i++) {
        char text[sizeof sample];
        memcpy(text, sample, sizeof sample);
        for (int k = 0; k <= i % 3; k++) {
            text[rng_below(&rng, sizeof sample - 1)] ^= (char)(1 << rng_below(&rng, 8));
        }
        read_damaged((Str){text, sizeof sample - 1});
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("yaml hostile");
    TCase *bad = tcase_create("bad");
    tcase_add_checked_fixture(bad, setup, teardown);
    tcase_add_loop_test(bad, a_bad_file_is_refused_with_its_place_or_its_sense_is_kept, 0,
                        (int)(sizeof bad_cases / sizeof *bad_cases));
    suite_add_tcase(s, bad);
    TCase *huge = tcase_create("huge");
    tcase_add_checked_fixture(huge, setup, teardown);
    tcase_add_loop_test(huge, a_huge_file_is_read_or_refused_within_the_limits, 0,
                        (int)(sizeof huge_cases / sizeof *huge_cases));
    tcase_add_test(huge, laughs_are_counted_once_since_aliases_are_never_followed);
    suite_add_tcase(s, huge);
    TCase *damaged = tcase_create("damaged");
    tcase_add_checked_fixture(damaged, setup, teardown);
    tcase_add_test(damaged, the_sample_itself_is_right);
    tcase_add_test(damaged, every_prefix_of_a_pack_is_read_or_refused);
    tcase_add_test(damaged, a_pack_with_flipped_bytes_is_read_or_refused);
    suite_add_tcase(s, damaged);
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
