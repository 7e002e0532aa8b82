// test_lex: tokens of every dialect, places, statements, keywords; any bytes.
#include "base/buf.h"
#include "base/rng.h"
#include "sql/sql.h"
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

// One letter a token, then its text, joined by blanks: "k:SELECT n:a".
static const char *tokens(Str sql, Dialect d)
{
    static const char letters[] = "kn#soc!";
    Buf b = buf_new(&arena);
    Lexer x = sql_lexer(sql, d);
    for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
        buf_fmt(&b, "%s%c:" STR_FMT, b.len ? " " : "", letters[t.kind], STR_ARG(t.text));
    }
    return buf_str(&b).ptr;
}

static const struct {
    Dialect dialect;
    Str sql;
    const char *want;
} cases[] = {
    {DIALECT_SQLITE, STR_LIT("select a.b, 1.5e-3"), "k:select n:a o:. n:b o:, #:1.5e-3"},
    {DIALECT_SQLITE, STR_LIT("'it''s' \"a b\" [c d] `e`"), "s:'it''s' n:\"a b\" n:[c d] n:`e`"},
    {DIALECT_POSTGRES, STR_LIT("a[1]::int"), "n:a o:[ #:1 o:] o::: k:int"},
    {DIALECT_BIGQUERY, STR_LIT("\"text\" `p.d.t` # rest"), "s:\"text\" n:`p.d.t` c:# rest"},
    {DIALECT_MYSQL, STR_LIT("'a\\'b' x'ff'"), "s:'a\\'b' s:x'ff'"},
    {DIALECT_MYSQL, STR_LIT("2nd, t.2nd 1e5 0x1F .5 1e5x"),
     "n:2nd o:, n:t o:. n:2nd #:1e5 #:0x1F #:.5 n:1e5x"},
    {DIALECT_SPARK, STR_LIT("10L 2nd"), "#:10L #:2 n:nd"},
    {DIALECT_SQLITE, STR_LIT("'a\\' b"), "s:'a\\' n:b"},
    {DIALECT_POSTGRES, STR_LIT("$$a'b$$ $t$ x $$ $t$ $1"), "s:$$a'b$$ s:$t$ x $$ $t$ o:$ #:1"},
    {DIALECT_SQLITE, STR_LIT("a<=>b<>c->>d||e"), "n:a o:<=> n:b o:<> n:c o:->> n:d o:|| n:e"},
    {DIALECT_SQLITE, STR_LIT("1-- c\n/* d */2"), "#:1 c:-- c c:/* d */ #:2"},
    {DIALECT_SQLITE, STR_LIT("'open"), "!:'open"},
    {DIALECT_SQLITE, STR_LIT("/* open"), "!:/* open"},
    {DIALECT_SQLITE, STR_LIT("1e 1e+ .5 1..2"), "#:1 n:e #:1 n:e o:+ #:.5 #:1. #:.2"},
    {DIALECT_SQLITE, STR_LIT("\x01 \\"), "!:\x01 !:\\"},
    {DIALECT_SQLITE, STR_LIT("größe QUALIFY qualify_x"), "n:größe k:QUALIFY n:qualify_x"},
    {DIALECT_SQLITE, STR_LIT(""), ""},
    {DIALECT_SQLITE, STR_LIT("  \n\t "), ""},
};
START_TEST(tokens_are_those_of_the_dialect)
{
    ck_assert_str_eq(tokens(cases[_i].sql, cases[_i].dialect), cases[_i].want);
}
END_TEST

START_TEST(every_token_knows_its_line_and_column)
{
    Lexer x = sql_lexer(S("SELECT ä,\n  b"), DIALECT_SQLITE);
    Token t = sql_next(&x);
    t = sql_next(&x);
    ck_assert(t.line == 1 && t.column == 8);
    t = sql_next(&x);
    ck_assert(t.line == 1 && t.column == 9); // columns count characters, not bytes
    t = sql_next(&x);
    ck_assert(t.line == 2 && t.column == 3 && t.at == 13);
    int line, column;
    sql_place(S("SELECT ä,\n  b"), 13, &line, &column);
    ck_assert(line == 2 && column == 3);
}
END_TEST

START_TEST(statements_are_split_outside_literals_and_comments)
{
    StrList l =
        sql_statements(&arena, S("-- a; b\nSELECT ';'; ;\n SELECT (1;2) ; -- end"), DIALECT_SQLITE);
    ck_assert_uint_eq(l.len, 2);
    ck_assert(str_eq(l.at[0], S("SELECT ';'")));
    ck_assert(str_eq(l.at[1], S("SELECT (1;2)")));
    ck_assert_uint_eq(sql_statements(&arena, S(" -- only words"), DIALECT_SQLITE).len, 0);
}
END_TEST

START_TEST(keywords_are_sorted_so_that_all_are_found)
{
    StrList all = sql_keywords();
    for (size_t i = 0; i < all.len; i++) {
        ck_assert(sql_is_keyword(all.at[i]));
        ck_assert(sql_is_keyword(str_lower(&arena, all.at[i])));
        if (i) ck_assert_int_lt(str_cmp(all.at[i - 1], all.at[i]), 0);
    }
    ck_assert(!sql_is_keyword(S("profile_id")) && !sql_is_keyword(S("")));
}
END_TEST

// Tokens and the blanks between them make up the text, whatever its bytes.
START_TEST(any_bytes_are_covered_once_and_in_order)
{
    static const char alphabet[] = "ab1.'\"`$#-/*[]() \n;x\\\xc3\xa4\xff\x01=<>!:|e";
    int wrong = 0;
    for (uint64_t n = 0; n < 3000; n++) {
        char text[40];
        size_t len = rng_at(1, n, 99) % sizeof text;
        for (size_t i = 0; i < len; i++)
            text[i] = alphabet[rng_at(2, n, i) % (sizeof alphabet - 1)];
        for (int d = 0; d < DIALECT_COUNT_; d++) {
            Lexer x = sql_lexer((Str){text, len}, (Dialect)d);
            size_t end = 0;
            for (Token t = sql_next(&x); t.kind != TOKEN_END; t = sql_next(&x)) {
                wrong += t.at < end || t.text.len == 0 || t.at + t.text.len > len;
                end = t.at + t.text.len;
            }
        }
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(dialects_have_names_in_any_case)
{
    Dialect d;
    for (int i = 0; i < DIALECT_COUNT_; i++) {
        ck_assert(dialect_from_name(str_from(dialect_name((Dialect)i)), &d) && (int)d == i);
    }
    ck_assert(dialect_from_name(S("BigQuery"), &d) && d == DIALECT_BIGQUERY);
    ck_assert(!dialect_from_name(S("oracle"), &d));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sql lexer");
    TCase *t = tcase_create("lex");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, tokens_are_those_of_the_dialect, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(t, every_token_knows_its_line_and_column);
    tcase_add_test(t, statements_are_split_outside_literals_and_comments);
    tcase_add_test(t, keywords_are_sorted_so_that_all_are_found);
    tcase_add_test(t, any_bytes_are_covered_once_and_in_order);
    tcase_add_test(t, dialects_have_names_in_any_case);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
