// test_exam_texts: texts along a pattern fit it, those with a slip mostly miss it, and no pattern
// costs more than its bounds. What fits is judged by PCRE2, not by the code that wrote it.
#include "exam/data/literals/literals.h"
#include "exam/data/values/texts.h"
#include "match/match.h"
#include <check.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { DRAWS = 400 };

static Arena arena;

static void setup(void)
{
    arena = (Arena){0};
}

static void teardown(void)
{
    arena_free(&arena);
}

static Literal literal(LiteralUse use, const char *text)
{
    return (Literal){.text = str_from(text), .string = true, .use = use};
}

static bool matches(const char *regexp, Str text)
{
    MatchRegex *re;
    MatchSpan span;
    Error err;
    bool found;
    ck_assert_msg(match_regex_open(str_from(regexp), false, &re, &err), "%s: %s", regexp, err.text);
    ck_assert(match_regex_find(re, text, 0, NULL, &found, &span, &err));
    match_regex_close(re);
    return found;
}

static const struct {
    LiteralUse use;
    const char *pattern, *means; // `means` in PCRE2; NULL = the pattern itself
} patterns[] = {
    {LITERAL_REGEXP, "^[A-Za-z][A-Za-z0-9_.-]*@site\\.com$", NULL},
    {LITERAL_REGEXP, "(^|[^A-Za-z0-9])SN[0-9]{4}-[0-9]{4}([^0-9]|$)", NULL},
    {LITERAL_REGEXP, "^(\\+49|0)[1-9]\\d{2,4}(-\\d+)?$", NULL},
    {LITERAL_REGEXP, "(TAA|TAG|TGA)$", NULL},
    {LITERAL_REGEXP, "\\bDIAB1", NULL},
    {LITERAL_REGEXP, "G{3,}", NULL},
    {LITERAL_REGEXP, "^[^aeiou].*[^aeiou]$", NULL},
    {LITERAL_REGEXP, "^(?:ab)+?c?$", NULL},
    {LITERAL_REGEXP, "^[[:alpha:]]+[[:space:]][[:digit:]]$", NULL},
    {LITERAL_REGEXP, "^[]x-]+$", NULL},
    {LITERAL_REGEXP, "a|^b$|c.d", NULL},
    {LITERAL_REGEXP, "^(?<year>[0-9]{4})/\\w\\s\\W\\D$", NULL},
    {LITERAL_LIKE, "DIAB1%", "^DIAB1"},
    {LITERAL_LIKE, "% DIAB1%", " DIAB1"},
    {LITERAL_LIKE, "_a%b_", "^.a.*b.$"},
    {LITERAL_LIKE, "10\\%%", "^10%"},
    {LITERAL_LIKE, "%", ""},
    {LITERAL_VALUE, "a.b*", "^a\\.b\\*$"},
};

START_TEST(a_text_along_a_pattern_fits_it)
{
    Literal l = literal(patterns[_i].use, patterns[_i].pattern);
    const char *means = patterns[_i].means ? patterns[_i].means : patterns[_i].pattern;
    Rng rng = {.seed = 1};
    for (int i = 0; i < DRAWS; i++) {
        Str s;
        ck_assert(texts_fit(&arena, &l, &rng, &s));
        ck_assert_msg(matches(means, s), "%s does not fit %s", str_c(&arena, s), means);
    }
}
END_TEST

// Each is a mistake that people make; a text that it takes and the pattern does not must come up.
static const struct {
    LiteralUse use;
    const char *pattern, *means, *mistake;
} mistakes[] = {
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "^[a-z][a-z0-9_.-]*@site.com$"},
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "[a-z][a-z0-9_.-]*@site\\.com$"},
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "^[a-z][a-z0-9_.-]*@site\\.com"},
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "^[a-z0-9_.-]*@site\\.com$"},
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "^[a-z].*@site\\.com$"},
    {LITERAL_REGEXP, "^[a-z][a-z0-9_.-]*@site\\.com$", NULL, "^[a-z][a-z0-9_.-]*@[sS]ite\\.com$"},
    {LITERAL_REGEXP, "^SN[0-9]{4}-[0-9]{4}$", NULL, "^SN[0-9]+-[0-9]+$"},
    {LITERAL_REGEXP, "^SN[0-9]{4}-[0-9]{4}$", NULL, "^SN[0-9]{4}-?[0-9]{4}$"},
    {LITERAL_REGEXP, "^(TAG|TGA)$", NULL, "^T[AG][AG]$"},
    {LITERAL_REGEXP, "\\bDIAB1", NULL, "DIAB1"},
    {LITERAL_LIKE, "DIAB1%", "^DIAB1", "DIAB1"},
    {LITERAL_LIKE, "DIAB1%", "^DIAB1", "^DIAB"},
    {LITERAL_LIKE, "%.txt", "\\.txt$", "\\.txt"},
    {LITERAL_LIKE, "a_c", "^a.c$", "^a.?c$"},
    {LITERAL_VALUE, "new", "^new$", "^new"},
    {LITERAL_LIKE, "%late%broken%", "late.*broken", "broken.*late"},
    {LITERAL_REGEXP, "^late.*broken$", NULL, "^broken.*late$"},
};

START_TEST(texts_with_a_slip_show_what_people_get_wrong)
{
    Literal l = literal(mistakes[_i].use, mistakes[_i].pattern);
    const char *means = mistakes[_i].means ? mistakes[_i].means : mistakes[_i].pattern;
    Rng rng = {.seed = 1};
    int misses = 0, telling = 0;
    for (int i = 0; i < DRAWS; i++) {
        Str s;
        ck_assert(texts_miss(&arena, &l, &rng, &s));
        if (matches(means, s)) continue;
        misses++;
        telling += matches(mistakes[_i].mistake, s);
    }
    ck_assert_int_ge(misses, DRAWS / 2);
    ck_assert_msg(telling >= DRAWS / 80, "%d of %d tell %s", telling, DRAWS, mistakes[_i].mistake);
}
END_TEST

// Of a word that stands alone nobody said what stands around it: brackets and hyphens stay out.
START_TEST(only_characters_that_the_pattern_names_come_in)
{
    Literal l = literal(LITERAL_LIKE, "% DIAB1%");
    Rng rng = {.seed = 1};
    for (int i = 0; i < DRAWS; i++) {
        Str s;
        ck_assert(texts_miss(&arena, &l, &rng, &s));
        ck_assert_msg(matches("^[A-Za-z0-9 ]*$", s), "%s", str_c(&arena, s));
    }
}
END_TEST

static const char *const odd[] = {
    "(", "a)", "[a", "a{2", "(a)\\1", "a{,", "((((((((((((((a))))))))))))))"};

START_TEST(what_cannot_be_read_gives_no_text)
{
    Literal l = literal(LITERAL_REGEXP, odd[_i]);
    Rng rng = {.seed = 1};
    Str s;
    ck_assert(!texts_fit(&arena, &l, &rng, &s) || s.len <= TEXTS_LENGTH_MAX);
    l.string = false;
    ck_assert(!texts_fit(&arena, &l, &rng, &s));
}
END_TEST

static const char *const large[] = {"a{99999999999}", "((((a*)*)*)*)*", "(((a{40}){40}){40}){40}",
                                    "(a|b|c|d|e){40}(.{40}){40}", "^(^(^(a|^)*)*)*$"};

START_TEST(a_hostile_pattern_ends_within_its_bounds)
{
    Literal l = literal(LITERAL_REGEXP, large[_i]);
    Rng rng = {.seed = 1};
    for (int i = 0; i < DRAWS; i++) {
        Str s;
        if (texts_fit(&arena, &l, &rng, &s)) ck_assert_uint_le(s.len, TEXTS_LENGTH_MAX);
        if (texts_miss(&arena, &l, &rng, &s)) ck_assert_uint_le(s.len, TEXTS_LENGTH_MAX);
    }
}
END_TEST

START_TEST(any_bytes_are_a_pattern_or_none)
{
    static const char alphabet[] = "ab0()[]{}|*+?^$.\\-,:<>=!d\xc3\xa9";
    Rng rng = {.seed = 7};
    for (int i = 0; i < 20000; i++) {
        char text[24];
        size_t len = 1 + rng_below(&rng, sizeof text - 1);
        for (size_t k = 0; k < len; k++) text[k] = alphabet[rng_below(&rng, sizeof alphabet - 1)];
        Literal l = {.text = {text, len}, .string = true, .use = (LiteralUse)(i % 3)};
        Str s;
        if (texts_fit(&arena, &l, &rng, &s)) ck_assert_uint_le(s.len, TEXTS_LENGTH_MAX);
        if (texts_miss(&arena, &l, &rng, &s)) ck_assert_uint_le(s.len, TEXTS_LENGTH_MAX);
        if (i % 500 == 0) {
            arena_free(&arena);
            arena = (Arena){0};
        }
    }
}
END_TEST

START_TEST(a_text_of_a_length_has_it_with_and_without_spaces)
{
    Rng rng = {.seed = 1};
    int trailing = 0, inner = 0, none = 0;
    for (int i = 0; i < DRAWS; i++) {
        Str s = texts_long(&arena, (size_t)i % 30, &rng);
        ck_assert_uint_eq(s.len, (size_t)i % 30);
        trailing += matches("\\w $", s);
        inner += matches("\\w \\w", s);
        none += matches("^\\w+$", s);
    }
    ck_assert_int_gt(trailing, 0);
    ck_assert_int_gt(inner, 0);
    ck_assert_int_gt(none, DRAWS / 3);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_text)
{
    Literal l = literal(LITERAL_REGEXP, "^[a-z]{2,5}(x|yy)z*$");
    Rng one = {.seed = 5}, two = {.seed = 5};
    for (int i = 0; i < DRAWS; i++) {
        Str s, t;
        ck_assert((i % 2 ? texts_fit : texts_miss)(&arena, &l, &one, &s));
        ck_assert((i % 2 ? texts_fit : texts_miss)(&arena, &l, &two, &t));
        ck_assert(str_eq(s, t));
    }
}
END_TEST

// --- What a query says about its texts ---

static const struct {
    Dialect dialect;
    const char *sql;
    LiteralUse use;
    const char *column, *text;
} uses[] = {
    {DIALECT_MYSQL, "x REGEXP '^a\\\\.b$'", LITERAL_REGEXP, "x", "^a\\.b$"},
    {DIALECT_MYSQL, "x NOT RLIKE BINARY \"a\"\"b\"", LITERAL_REGEXP, "x", "a\"b"},
    {DIALECT_MYSQL, "REGEXP_LIKE(t.x, 'a|b', 'c')", LITERAL_REGEXP, "x", "a|b"},
    {DIALECT_MYSQL, "x LIKE '10\\%%'", LITERAL_LIKE, "x", "10\\%%"},
    {DIALECT_MYSQL, "x = 'it\\'s'", LITERAL_VALUE, "x", "it's"},
    {DIALECT_POSTGRES, "x !~* '^\\d'", LITERAL_REGEXP, "x", "^\\d"},
    {DIALECT_POSTGRES, "x SIMILAR TO '(a|b)%_'", LITERAL_REGEXP, "x", "^((a|b).*.)$"},
    {DIALECT_POSTGRES, "x ILIKE ANY (ARRAY['p%'])", LITERAL_LIKE, "x", "p%"},
    {DIALECT_BIGQUERY, "REGEXP_CONTAINS(x, r'\\bq')", LITERAL_REGEXP, "x", "\\bq"},
    {DIALECT_SQLITE, "x GLOB '*a?'", LITERAL_LIKE, "x", "%a_"},
    {DIALECT_SQLITE, "y LIKE z AND x = 'a'", LITERAL_VALUE, "x", "a"},
};

START_TEST(a_literal_is_read_as_the_query_uses_it)
{
    Literals l = literals_find(&arena, str_from(uses[_i].sql), uses[_i].dialect);
    ck_assert_uint_ge(l.len, 1);
    ck_assert_int_eq((int)l.at[0].use, (int)uses[_i].use);
    ck_assert_str_eq(str_c(&arena, l.at[0].text), uses[_i].text);
    ck_assert_str_eq(str_c(&arena, l.at[0].column), uses[_i].column);
}
END_TEST

static const struct {
    const char *sql;
    size_t decimals;
    bool lengths;
} calls[] = {
    {"SELECT ROUND(AVG(x), 2), ROUND(SUM(f(y, 7)), 3)", 4, false},
    {"SELECT ROUND(x)", 1, false},
    {"SELECT ROUND(x, -2), f(x, 3)", 0, false},
    {"SELECT CAST(x AS DECIMAL(10, 2)) WHERE CHAR_LENGTH(y) > 3", 3, true},
    {"SELECT length FROM t WHERE a > 5", 0, true}, // a column's name does no harm
};

START_TEST(decimals_and_lengths_are_heard)
{
    Literals l = literals_find(&arena, str_from(calls[_i].sql), DIALECT_MYSQL);
    ck_assert_uint_eq(l.decimals, calls[_i].decimals);
    ck_assert_int_eq(l.lengths, calls[_i].lengths);
}
END_TEST

static const struct {
    const char *sql, *columns;
} glues[] = {
    {"SELECT CONCAT(t.a, '-', upper(b)), c FROM t", "a b"},
    {"SELECT x || ',' || t.y, z FROM t", "x y"},
    {"SELECT z, x || y", "x y"},
    {"SELECT CONCAT_WS(' ', a, a), f(c)", "a"},
    {"SELECT a + b", ""},
};

START_TEST(glued_columns_are_heard)
{
    Literals l = literals_find(&arena, str_from(glues[_i].sql), DIALECT_POSTGRES);
    ck_assert_str_eq(str_c(&arena, str_join(&arena, l.glued, S(" "))), glues[_i].columns);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("exam texts");
    TCase *t = tcase_create("texts");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, a_text_along_a_pattern_fits_it, 0, COUNT(patterns));
    tcase_add_loop_test(t, texts_with_a_slip_show_what_people_get_wrong, 0, COUNT(mistakes));
    tcase_add_test(t, only_characters_that_the_pattern_names_come_in);
    tcase_add_loop_test(t, what_cannot_be_read_gives_no_text, 0, COUNT(odd));
    tcase_add_loop_test(t, a_hostile_pattern_ends_within_its_bounds, 0, COUNT(large));
    tcase_add_test(t, any_bytes_are_a_pattern_or_none);
    tcase_add_test(t, a_text_of_a_length_has_it_with_and_without_spaces);
    tcase_add_test(t, the_same_seed_gives_the_same_text);
    tcase_add_loop_test(t, a_literal_is_read_as_the_query_uses_it, 0, COUNT(uses));
    tcase_add_loop_test(t, decimals_and_lengths_are_heard, 0, COUNT(calls));
    tcase_add_loop_test(t, glued_columns_are_heard, 0, COUNT(glues));
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
