// test_parse: queries of every dialect and their trees, errors and their sentences, hostile texts.
//
// tests/sql/parse/X.sql holds cases with a blank line between them; a case may start with a line
// @dialect (else it is read as snowflake). X.tree holds each case and its dump or its error. With
// BLESS=1 in the environment the .tree files are written anew: read them before they are committed.
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "sql/sql.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

static Arena arena;
static void setup(void)
{
    arena = (Arena){0};
}
static void teardown(void)
{
    arena_free(&arena);
}

typedef struct {
    Dialect dialect;
    Str sql;
} Case;
typedef VEC(Case) Cases;

static Cases read_cases(Str text)
{
    Cases all = {0};
    Str rest = text, line;
    size_t from = 0, to = 0;
    Dialect d = DIALECT_SNOWFLAKE;
    bool more = true;
    while (more) {
        more = str_line(&rest, &line);
        bool blank = !more || str_trim(line).len == 0;
        size_t at = more ? (size_t)(line.ptr - text.ptr) : text.len;
        if (!blank && line.ptr[0] == '@') {
            ck_assert(dialect_from_name(str_slice(line, 1, line.len), &d));
            continue;
        }
        if (!blank) {
            if (to == 0) from = at;
            to = at + line.len;
            continue;
        }
        if (to) *vec_push(&arena, &all) = (Case){d, str_slice(text, from, to)};
        to = 0;
        d = DIALECT_SNOWFLAKE;
    }
    return all;
}

static void add_result(Buf *b, const Case *c)
{
    SqlScript s;
    Error err = {0};
    Str rest = c->sql, line;
    if (c->dialect != DIALECT_SNOWFLAKE) buf_fmt(b, "@%s\n", dialect_name(c->dialect));
    while (str_line(&rest, &line)) buf_fmt(b, "| " STR_FMT "\n", STR_ARG(line));
    if (sql_parse(&arena, c->sql, c->dialect, &s, &err)) {
        sql_check(&s);
        for (uint32_t i = 0; i < s.root->count; i++)
            buf_fmt(b, STR_FMT "\n", STR_ARG(sql_dump(&arena, s.root->child[i])));
        if (!sql_home(&s, &err)) buf_fmt(b, "~ %d:%d %s\n", err.line, err.column, err.text);
    } else {
        buf_fmt(b, "! %d:%d %s: %s\n", err.line, err.column, error_kind_name(err.kind), err.text);
    }
    buf_char(b, '\n');
}

static const char *const files[] = {"query", "expr",   "join",  "window",
                                    "write", "create", "error", "corpus"};

static Str read_file(const char *name, const char *ending)
{
    Error err = {0};
    Str bytes = {0};
    Str path = str_fmt(&arena, SOURCE_DIR "/tests/sql/parse/%s.%s", name, ending);
    if (!file_read(&arena, path, FILE_MAX, &bytes, &err)) return S("");
    return bytes;
}

START_TEST(every_case_gives_the_tree_or_the_error_on_file)
{
    const char *name = files[_i];
    Cases all = read_cases(read_file(name, "sql"));
    ck_assert_uint_gt(all.len, 0);
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < all.len; i++) add_result(&b, &all.at[i]);
    Str got = buf_str(&b), want = read_file(name, "tree");
    if (getenv("BLESS")) {
        Error err = {0};
        Str path = str_fmt(&arena, SOURCE_DIR "/tests/sql/parse/%s.tree", name);
        ck_assert(file_write_atomic(path, got, &err));
        return;
    }
    Str g = got, w = want, gl, wl;
    for (int n = 1; str_line(&g, &gl); n++) {
        if (!str_line(&w, &wl)) wl = S("(the end)");
        if (!str_eq(gl, wl))
            ck_abort_msg("%s.tree:%d:\n got  " STR_FMT "\n want " STR_FMT, name, n, STR_ARG(gl),
                         STR_ARG(wl));
    }
    ck_assert(str_eq(got, want));
}
END_TEST

START_TEST(formatting_keeps_the_tree_and_is_stable)
{
    Cases all = read_cases(read_file(files[_i], "sql"));
    for (size_t i = 0; i < all.len; i++) {
        const Case *c = &all.at[i];
        SqlScript s, again;
        Error err = {0};
        if (!sql_parse(&arena, c->sql, c->dialect, &s, &err)) continue;
        Str text = sql_format(&arena, &s);
        if (!sql_parse(&arena, text, c->dialect, &again, &err))
            ck_abort_msg("%s\n" STR_FMT "\n" STR_FMT, err.text, STR_ARG(c->sql), STR_ARG(text));
        if (!sql_same(s.root, again.root))
            ck_abort_msg("differs:\n" STR_FMT "\n" STR_FMT, STR_ARG(c->sql), STR_ARG(text));
        Str twice = sql_format(&arena, &again);
        if (!str_eq(text, twice))
            ck_abort_msg("not stable:\n" STR_FMT "\n" STR_FMT, STR_ARG(text), STR_ARG(twice));
        ck_assert_uint_eq(s.comment_count, again.comment_count);
    }
}
END_TEST

START_TEST(columns_of_a_pivot_stand_on_lines_when_they_do_not_fit)
{
    static const char short_one[] = "SELECT *\nFROM t PIVOT (SUM(a) FOR b IN ('x', 'y')) AS p\n";
    static const char long_one[] = "SELECT *\n"
                                   "FROM monthly_sales UNPIVOT (amount FOR month_name IN (\n"
                                   "    january_amount,\n"
                                   "    february_amount,\n"
                                   "    march_amount\n"
                                   "))\n";
    static const char *const texts[] = {short_one, long_one};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        SqlScript s;
        Error err = {0};
        ck_assert_msg(sql_parse(&arena, str_from(texts[i]), DIALECT_SNOWFLAKE, &s, &err), "%s",
                      err.text);
        ck_assert_str_eq(sql_format(&arena, &s).ptr, texts[i]);
    }
}
END_TEST

START_TEST(every_prefix_of_the_cases_parses_or_errors)
{
    Cases all = read_cases(read_file(files[_i], "sql"));
    int silent = 0;
    for (size_t i = 0; i < all.len; i++) {
        Str sql = all.at[i].sql;
        size_t step = sql.len > 300 ? 13 : sql.len > 60 ? 3 : 1;
        for (size_t n = 0; n < sql.len; n += step) {
            SqlScript s;
            Error err = {0};
            Arena scratch = {0};
            if (sql_parse(&scratch, str_slice(sql, 0, n), all.at[i].dialect, &s, &err)) {
                sql_check(&s);
            } else {
                silent += !err.text[0] || !err.line;
            }
            arena_free(&scratch);
        }
    }
    ck_assert_int_eq(silent, 0);
}
END_TEST

// A long text of one kind: `open` n times, `middle`, `close` n times.
static const struct {
    const char *open, *middle, *close;
    int times;
    const char *says; // in the error; NULL = it parses
} pathological[] = {
    {"(", "1", ")", 20000, "nested too deep"},
    {"(", "", "", 20000, "nested too deep"},
    {"* FROM (SELECT ", "1", ")", 20000, "nested too deep"},
    {"((SELECT 1) UNION ", "SELECT 1", ")", 5000, "nested too deep"},
    {"1 AND ", "1", "", 10000, NULL},
    {"1 OR ", "1", "", 10000, NULL},
    {"1 + ", "1", "", 20000, "chain"},
    {"a = ", "a", "", 20000, "chain"},
    {"1,", "1", "", 50000, NULL},
    {",", "", "", 50000, "an expression"},
    {"CASE WHEN a THEN ", "1", " END", 10000, "nested too deep"},
    {"NOT ", "a", "", 20000, "nested too deep"},
    {"- ", "1", "", 20000, "nested too deep"},
    {"a.", "b", "", 20000, NULL},
    {"a[", "1", "]", 20000, "nested too deep"},
    {"", "a", "[1]", 20000, "chain"},
    {"f(", "1", ")", 20000, "nested too deep"},
    {"STRUCT<a ", "INT", ">", 20000, "nested too deep"},
    {"", "a", " COLLATE b", 20000, "chain"},
    {"a AT TIME ZONE ", "b", "", 20000, "chain"},
    {"", "a", " AT TIME ZONE b", 20000, "chain"},
    {"a IN (", "1", ")", 20000, "nested too deep"},
    {"a BETWEEN 1 AND ", "2", "", 20000, "chain"},
    {"EXISTS (SELECT ", "1", ")", 20000, "nested too deep"},
    {"{a: ", "1", "}", 20000, "nested too deep"},
    {"'a' ", "'", "", 20000, "never closed"},
    {"/* ", "1", "", 20000, "never closed"},
    {"\"", "", "", 20001, "never closed"},
    {"1 FROM a JOIN b ON ", "1", "", 1, NULL},
    {"a b c ", "", "", 20000, "comma"},
};
enum { PATHOLOGICAL = sizeof pathological / sizeof *pathological };

START_TEST(pathological_texts_end_soon_with_one_sentence)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("SELECT "));
    for (int i = 0; i < pathological[_i].times; i++) buf_add(&b, str_from(pathological[_i].open));
    buf_add(&b, str_from(pathological[_i].middle));
    for (int i = 0; i < pathological[_i].times; i++) buf_add(&b, str_from(pathological[_i].close));
    SqlScript s;
    Error err = {0};
    bool ok = sql_parse(&arena, buf_str(&b), DIALECT_SNOWFLAKE, &s, &err);
    const char *says = pathological[_i].says;
    if (ok) sql_check(&s);
    if (!ok && (!says || !strstr(err.text, says))) ck_abort_msg("%s", err.text);
    ck_assert(ok == !says);
    ck_assert_uint_lt(arena_bytes(&arena), buf_str(&b).len * 400 + (1 << 20));
}
END_TEST

START_TEST(long_chains_of_joins_and_unions_are_bounded)
{
    static const char *const links[] = {" UNION ALL SELECT 1", " JOIN t USING (a)"};
    Buf b = buf_new(&arena);
    buf_add(&b, S("SELECT 1 FROM t"));
    for (int i = 0; i < 5000; i++) buf_add(&b, str_from(links[_i]));
    SqlScript s;
    Error err = {0};
    ck_assert(!sql_parse(&arena, buf_str(&b), DIALECT_POSTGRES, &s, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "chain"));
}
END_TEST

START_TEST(comments_keep_their_places)
{
    SqlScript s;
    Error err = {0};
    Str sql = S("-- grain: one row a day\nSELECT 1 /* one */ -- end");
    ck_assert(sql_parse(&arena, sql, DIALECT_SQLITE, &s, &err));
    ck_assert_uint_eq(s.comment_count, 3);
    const SqlComment *c = &s.comments[1];
    ck_assert(str_eq(str_slice(sql, c->at, c->end), S("/* one */")));
    ck_assert(c->line == 2 && c->column == 10);
}
END_TEST

START_TEST(every_node_gives_back_its_own_spelling)
{
    SqlScript s;
    Error err = {0};
    Str sql = S("SELECT (a  +\n b) * Sum( x ) FROM \"T\" t");
    ck_assert(sql_parse(&arena, sql, DIALECT_POSTGRES, &s, &err));
    SqlNode *select = s.root->child[0]->child[QUERY_BODY];
    SqlNode *product = select->child[SELECT_ITEMS]->child[0]->child[ITEM_VALUE];
    ck_assert(str_eq(sql_source(sql, product), S("(a  +\n b) * Sum( x )")));
    ck_assert(str_eq(sql_source(sql, product->child[LEFT_SIDE]), S("(a  +\n b)")));
    ck_assert_uint_eq(product->child[LEFT_SIDE]->parens, 1);
    SqlNode *call = product->child[RIGHT_SIDE];
    ck_assert(call->line == 2 && call->column == 7);
}
END_TEST

START_TEST(only_the_dialect_s_own_grammar_is_at_home)
{
    SqlScript s;
    Error err = {0};
    Str sql = S("SELECT a FROM t\nQUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1");
    ck_assert(sql_parse(&arena, sql, DIALECT_POSTGRES, &s, &err));
    ck_assert(!sql_home(&s, &err));
    ck_assert_int_eq(err.kind, ERROR_HOME_REFUSED);
    ck_assert(err.line == 2 && err.column == 1);
    ck_assert(sql_parse(&arena, sql, DIALECT_SNOWFLAKE, &s, &err));
    ck_assert(sql_home(&s, &err));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sql parser");
    TCase *t = tcase_create("parse");
    int n = (int)(sizeof files / sizeof *files);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, every_case_gives_the_tree_or_the_error_on_file, 0, n);
    tcase_add_loop_test(t, formatting_keeps_the_tree_and_is_stable, 0, n);
    tcase_add_loop_test(t, every_prefix_of_the_cases_parses_or_errors, 0, n);
    tcase_add_loop_test(t, pathological_texts_end_soon_with_one_sentence, 0, PATHOLOGICAL);
    tcase_add_loop_test(t, long_chains_of_joins_and_unions_are_bounded, 0, 2);
    tcase_add_test(t, columns_of_a_pivot_stand_on_lines_when_they_do_not_fit);
    tcase_add_test(t, comments_keep_their_places);
    tcase_add_test(t, every_node_gives_back_its_own_spelling);
    tcase_add_test(t, only_the_dialect_s_own_grammar_is_at_home);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
