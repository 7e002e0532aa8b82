// test_prose: Markdown, plain text and results laid out in cells.
#include "base/rng.h"
#include "base/utf8.h"
#include "prose/prose.h"
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

static const char *shown(Prose p)
{
    return prose_print(&arena, &p, false).ptr;
}

static const struct {
    const char *markdown, *want;
} pages[] = {
    {"", ""},
    {"# Title\n\nOne *two* **three** `four`.\n", "Title\n\nOne two three four.\n"},
    {"A paragraph that is longer than the line is folded at blanks.",
     "A paragraph that is longer\nthan the line is folded at\nblanks.\n"},
    {"hard  \nbreak\nsoft", "hard\nbreak soft\n"},
    {"- one\n- two is longer than one line of thirty cells\n  - inner\n- three\n\nend",
     "• one\n• two is longer than one\n  line of thirty cells\n  • inner\n• three\n\nend\n"},
    {"3. three\n4. four\n", "3. three\n4. four\n"},
    {"- a\n\n- b\n", "• a\n\n• b\n"},
    {"-\n- x\n", "•\n• x\n"},
    {"- [ ] open\n- [x] done\n", "[ ] open\n[x] done\n"},
    {"> quoted text that must be folded somewhere\n>\n> again\n\nout",
     "│ quoted text that must be\n│ folded somewhere\n│\n│ again\n\nout\n"},
    {"text\n\n```sql\nSELECT 1\n\n  FROM t\n```\nafter",
     "text\n\n  SELECT 1\n\n    FROM t\n\nafter\n"},
    {"a\n\n---\n\nb", "a\n\n────────────────────────────\n\nb\n"},
    {"| name | n |\n|---|--:|\n| event_id | 7 |\n| b | 12345 |\n",
     "name          n\n────────  ─────\nevent_id      7\nb         12345\n"},
    {"| a | what it says |\n|---|---|\n| key | the reason why it is so, at length |\n",
     "a    what it says\n───  ───────────────────────\nkey  the reason why it is\n     so, at "
     "length\n"},
    {"[docs](https://x.org) <https://y.org>", "docs (https://x.org)\nhttps://y.org\n"},
    {"![a plan](x.png)", "[image: a plan]\n"},
    {"x &lt; y &amp;&#65; &no; <b>bold</b>", "x < y &A &no; <b>bold</b>\n"},
    {"watch_seconds and __savepoint__", "watch_seconds and savepoint\n"},
    {"bell\a \033[31m bidi\u202e", "bell^G ^[[31m bidi<U+202E>\n"},
    {"1. one\n\n   ```\n   code\n   ```\n2. two", "1. one\n\n     code\n\n2. two\n"},
};
START_TEST(markdown_is_laid_out_for_a_reader)
{
    ck_assert_str_eq(shown(prose_markdown(&arena, str_from(pages[_i].markdown), 28)),
                     pages[_i].want);
}
END_TEST

START_TEST(spans_carry_roles_and_code_its_language)
{
    Prose p = prose_markdown(&arena, S("## H\n\na *b* **c** `d`\n\n```sql\nSELECT\n```"), 40);
    ck_assert_uint_eq(p.len, 5);
    ck_assert_int_eq(p.at[0].spans[0].role, PROSE_HEADING);
    static const ProseRole roles[] = {PROSE_TEXT,   PROSE_EMPHASIS, PROSE_TEXT,
                                      PROSE_STRONG, PROSE_TEXT,     PROSE_CODE};
    ck_assert_uint_eq(p.at[2].count, 6);
    for (size_t i = 0; i < 6; i++) ck_assert_int_eq(p.at[2].spans[i].role, roles[i]);
    ck_assert(str_eq(p.at[4].language, S("sql")));
    ck_assert_int_eq(prose_cells(&p.at[4]), 8);
}
END_TEST

START_TEST(any_text_is_laid_out_within_the_width_and_safely)
{
    static const char alphabet[] = "ab  **__``>>--##||[]()!\n\n\n&;<1.é漢\xff\x01\t";
    for (uint64_t seed = 0; seed < 300; seed++) {
        Rng r = {.seed = seed};
        char noise[400];
        for (size_t i = 0; i < sizeof noise; i++) {
            noise[i] = alphabet[rng_below(&r, sizeof alphabet - 1)];
        }
        Prose p = prose_markdown(&arena, (Str){noise, sizeof noise}, 24);
        bool narrow = true;
        for (size_t i = 0; i < p.len; i++) {
            // Code is not folded; wide characters may stand over by one in the smallest column.
            narrow = narrow &&
                     (prose_cells(&p.at[i]) <= 24 || p.at[i].spans[0].text.len == 0 ||
                      p.at[i].spans[p.at[i].count - 1].role == PROSE_CODE || strchr(noise, '|'));
        }
        ck_assert(narrow);
        Str out = prose_print(&arena, &p, false);
        ck_assert(utf8_valid(out));
        ck_assert(!memchr(out.ptr, '\x01', out.len) && !memchr(out.ptr, '\t', out.len));
    }
}
END_TEST

START_TEST(deep_nesting_is_cut_and_not_quadratic)
{
    enum { DEPTH = 5000 };
    char *deep = arena_array(&arena, char, DEPTH + 2);
    memset(deep, '>', DEPTH);
    deep[DEPTH] = 'x';
    Prose p = prose_markdown(&arena, (Str){deep, DEPTH + 1}, 30);
    ck_assert_uint_eq(p.len, 1);
    ck_assert_int_le(prose_cells(&p.at[0]), 30);
}
END_TEST

START_TEST(plain_text_keeps_its_lines_and_indentation)
{
    Prose p = prose_plain(
        &arena, S("first\n\n    indented line that is folded\n漢漢漢漢漢漢漢漢漢漢漢漢"), 20);
    ck_assert_str_eq(
        shown(p), "first\n\n    indented line\n    that is folded\n漢漢漢漢漢漢漢漢漢漢\n漢漢\n");
}
END_TEST

static Table sample(size_t rows)
{
    static Column columns[] = {{{"event_id", 8}, TYPE_TEXT},
                               {{"profile_id", 10}, TYPE_INTEGER},
                               {{"watch", 5}, TYPE_UNKNOWN}};
    Table t = {.columns = columns, .width = 3, .rows = rows};
    t.cells = arena_array(&arena, Value, rows * 3);
    for (size_t i = 0; i < rows; i++) {
        t.cells[i * 3] = VALUE_STR(str_fmt(&arena, "e-%04zu", i));
        t.cells[i * 3 + 1] = VALUE_INT((int64_t)(i * i * 37));
        if (i % 2) t.cells[i * 3 + 2] = VALUE_FLT((double)i / 4);
    }
    return t;
}

START_TEST(a_result_stands_in_columns_with_numbers_right_and_null_apart)
{
    Table t = sample(3);
    t.cells[0] = VALUE_STR(S("NULL"));
    t.cells[3] = VALUE_STR(S(""));
    t.cells[6] = VALUE_STR(S("two\nlines\033"));
    Prose p = prose_table(&arena, &t, &(ProseTableOptions){.indent = 2});
    ck_assert_str_eq(shown(p), "  event_id     profile_id  watch\n"
                               "  ───────────  ──────────  ─────\n"
                               "  'NULL'                0   NULL\n"
                               "  ''                   37   0.25\n"
                               "  two⏎lines^[         148   NULL\n");
    ck_assert_int_eq(p.at[2].spans[8].role, PROSE_NULL);
}
END_TEST

START_TEST(a_narrow_page_cuts_the_widest_columns)
{
    Table t = sample(2);
    t.cells[0] = VALUE_STR(S("a text that is much longer than the page has room for"));
    Prose p = prose_table(&arena, &t, &(ProseTableOptions){.cells = 30});
    ck_assert_str_eq(shown(p), "event_id     profile_id  watch\n"
                               "───────────  ──────────  ─────\n"
                               "a text tha…           0   NULL\n"
                               "e-0001               37   0.25\n");
    p = prose_table(&arena, &t, &(ProseTableOptions){.cells = 11});
    for (size_t i = 0; i < 4; i++) ck_assert_int_le(prose_cells(&p.at[i]), 11);
    ck_assert_ptr_nonnull(strstr(shown(p), "more column"));
}
END_TEST

START_TEST(what_is_left_out_is_said)
{
    Table t = sample(50);
    Prose p = prose_table(&arena, &t, &(ProseTableOptions){.rows_max = 3});
    ck_assert_uint_eq(p.len, 6);
    ck_assert_ptr_nonnull(strstr(shown(p), "… and 47 more rows\n"));
    t.more = true;
    ck_assert_ptr_nonnull(
        strstr(shown(prose_table(&arena, &t, &(ProseTableOptions){0})), "… and more rows\n"));
    t = sample(0);
    ck_assert_ptr_nonnull(
        strstr(shown(prose_table(&arena, &t, &(ProseTableOptions){0})), "(no rows)\n"));
}
END_TEST

START_TEST(colour_is_added_only_when_asked_for)
{
    Prose p = prose_markdown(&arena, S("**x** y"), 40);
    ck_assert_str_eq(prose_print(&arena, &p, true).ptr, "\033[1mx\033[0m y\n");
    ck_assert_str_eq(prose_print(&arena, &p, false).ptr, "x y\n");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("prose");
    TCase *t = tcase_create("prose");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, markdown_is_laid_out_for_a_reader, 0, sizeof pages / sizeof *pages);
    tcase_add_test(t, spans_carry_roles_and_code_its_language);
    tcase_add_test(t, any_text_is_laid_out_within_the_width_and_safely);
    tcase_add_test(t, deep_nesting_is_cut_and_not_quadratic);
    tcase_add_test(t, plain_text_keeps_its_lines_and_indentation);
    tcase_add_test(t, a_result_stands_in_columns_with_numbers_right_and_null_apart);
    tcase_add_test(t, a_narrow_page_cuts_the_widest_columns);
    tcase_add_test(t, what_is_left_out_is_said);
    tcase_add_test(t, colour_is_added_only_when_asked_for);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
