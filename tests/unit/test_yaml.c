// test_yaml: trees with places, getters by declared type, and faults in an author's words.
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

static bool parse(Str text)
{
    return yaml_parse(&arena, S("p.yaml"), text, &diags, &doc);
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

START_TEST(a_map_keeps_the_order_and_the_places_of_its_keys)
{
    ck_assert(parse(S("pack: é\n# note\ntitle: \"A\"\nskills: [a, bc]\n")));
    ck_assert_uint_eq(doc.root->count, 3);
    const YamlEntry *e = &doc.root->entries[2];
    ck_assert(str_eq(e->key, S("skills")));
    ck_assert_int_eq(e->at.line, 4);
    ck_assert_int_eq(e->at.column, 1);
    ck_assert_int_eq(e->value->items[1]->at.column, 13);
    ck_assert(str_eq(yaml_source(&doc, e->value), S("[a, bc]")));
    ck_assert(str_eq(yaml_get(doc.root, S("title"))->text, S("A")));
    ck_assert_str_eq(said(), "");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("yaml");
    TCase *tree = tcase_create("tree");
    tcase_add_checked_fixture(tree, setup, teardown);
    tcase_add_test(tree, a_map_keeps_the_order_and_the_places_of_its_keys);
    suite_add_tcase(s, tree);
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
