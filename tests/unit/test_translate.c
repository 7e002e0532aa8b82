// test_translate: queries of one dialect in the spelling of another: the cases of
// tests/sql/translate.
//
// A case: "from > to" (and "without a schema", where any table is there), the query, "= " and what
// is written, "! " and the refusal's sentence, or
// "~ " and a note. Lines that start with # are comments; an empty line ends a case.
#include "base/buf.h"
#include "base/file.h"
#include "sql/sql.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const SqlColumn t_columns[] = {
    {.name = STR_LIT("a"), .type = TYPE_INTEGER, .not_null = false},
    {.name = STR_LIT("b"), .type = TYPE_INTEGER, .not_null = false},
    {.name = STR_LIT("x"), .type = TYPE_REAL, .not_null = false},
    {.name = STR_LIT("y"), .type = TYPE_REAL, .not_null = false},
    {.name = STR_LIT("s"), .type = TYPE_TEXT, .not_null = false},
    {.name = STR_LIT("d"), .type = TYPE_DATE, .not_null = false},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = false},
    {.name = STR_LIT("f"), .type = TYPE_BOOLEAN, .not_null = false},
};
static const SqlColumn u_columns[] = {
    {.name = STR_LIT("a"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("name"), .type = TYPE_TEXT, .not_null = false},
    {.name = STR_LIT("at"), .type = TYPE_TIMESTAMP, .not_null = true},
};
static const SqlColumn k_columns[] = {
    {.name = STR_LIT("id"), .type = TYPE_INTEGER, .not_null = true},
    {.name = STR_LIT("name"), .type = TYPE_TEXT, .not_null = true},
};
static const Str k_key[] = {STR_LIT("id")};
static const SqlTable tables[] = {
    {.name = STR_LIT("k"), .columns = {k_columns, 2, false}, .key = {(Str *)k_key, 1}},
    {.name = STR_LIT("t"), .columns = {t_columns, 8, false}},
    {.name = STR_LIT("u"), .columns = {u_columns, 3, false}}};
static const SqlSchema schema = {tables, 3};

typedef struct {
    Arena arena;
    const char *file;
    const SqlSchema *schema;
    int line, cases, wrong;
    Str from, to;
    Buf query;
    bool open;
} Run;

static const char *written(Run *r, Dialect from, Dialect to)
{
    Error err = {0};
    SqlHome home = sql_at_home(from);
    Str sql = str_trim(buf_str(&r->query)), out;
    SqlProgram p;
    bool ok;
    if (to == DIALECT_SQLITE) {
        ok = sql_compile(&r->arena, sql, &home, r->schema, &p, &err);
        out = p.text;
    } else {
        ok = sql_translate(&r->arena, sql, &home, to, r->schema, &out, &err);
    }
    if (!ok) return str_fmt(&r->arena, "! %s", err.text).ptr;
    // One line, whatever the layout.
    Buf b = buf_new(&r->arena);
    buf_add(&b, S("= "));
    bool space = false;
    for (size_t i = 0; i < out.len; i++) {
        bool blank = out.ptr[i] == ' ' || out.ptr[i] == '\n';
        if (blank && space) continue;
        buf_char(&b, blank ? ' ' : out.ptr[i]);
        space = blank;
    }
    return str_c(&r->arena, str_trim(buf_str(&b)));
}

static void judge(Run *r, Str want)
{
    Dialect from, to;
    r->cases++;
    bool known = dialect_from_name(r->from, &from) && dialect_from_name(r->to, &to);
    const char *got = known ? written(r, from, to) : "unknown dialect";
    if (strcmp(got, str_c(&r->arena, want)) == 0) return;
    r->wrong++;
    printf("%s:%d:\n  want %s\n  got  %s\n", r->file, r->line, str_c(&r->arena, want), got);
}

static void read_line(Run *r, Str line)
{
    size_t arrow;
    r->line++;
    if (line.len && line.ptr[0] == '#') return;
    if (!line.len) {
        r->open = false;
    } else if (!r->open && str_find(line, S(" > "), &arrow)) {
        r->from = str_slice(line, 0, arrow);
        r->to = str_slice(line, arrow + 3, line.len);
        Str any = S(" without a schema");
        r->schema = str_ends(r->to, any) ? NULL : &schema;
        if (!r->schema) r->to = str_slice(r->to, 0, r->to.len - any.len);
        r->query = buf_new(&r->arena);
        r->open = true;
    } else if (line.ptr[0] == '=' || line.ptr[0] == '!') {
        judge(r, line);
    } else {
        buf_add(&r->query, line);
        buf_char(&r->query, '\n');
    }
}

static int run_file(const char *path, int *wrong)
{
    Run r = {.file = path};
    Str text;
    Error err;
    ck_assert_msg(file_read(&r.arena, str_from(path), 1 << 20, &text, &err), "%s", err.text);
    Str line;
    while (str_line(&text, &line)) read_line(&r, line);
    *wrong += r.wrong;
    int cases = r.cases;
    arena_free(&r.arena);
    return cases;
}

START_TEST(every_case_is_written_as_it_says)
{
    int cases = 0, wrong = 0;
    DIR *dir = opendir(SOURCE_DIR "/tests/sql/translate");
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        if (e->d_name[0] == '.') continue;
        char path[512];
        snprintf(path, sizeof path, SOURCE_DIR "/tests/sql/translate/%s", e->d_name);
        cases += run_file(path, &wrong);
    }
    closedir(dir);
    fflush(stdout);
    ck_assert_int_gt(cases, 0);
    ck_assert_msg(!wrong, "%d of %d cases", wrong, cases);
}
END_TEST

// What is left out is said in a comment above, and a name may hold the end of a line.
START_TEST(a_name_does_not_break_out_of_a_comment)
{
    Run r = {.schema = &schema};
    r.query = buf_new(&r.arena);
    buf_add(&r.query, S("CREATE TABLE c (\"a\nDROP\" INT COMMENT 'x')"));
    Error err = {0};
    SqlHome home = sql_at_home(DIALECT_SNOWFLAKE);
    Str out, line;
    bool ok =
        sql_translate(&r.arena, buf_str(&r.query), &home, DIALECT_POSTGRES, &schema, &out, &err);
    ck_assert_msg(ok, "%s", err.text);
    ck_assert(str_line(&out, &line));
    ck_assert_str_eq(str_c(&r.arena, line), "-- COMMENT ON COLUMN c.\"a DROP\" IS 'x';");
    ck_assert(str_line(&out, &line));
    ck_assert_str_eq(str_c(&r.arena, line), "CREATE TABLE c (");
    arena_free(&r.arena);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("translate");
    TCase *c = tcase_create("cases");
    tcase_add_test(c, every_case_is_written_as_it_says);
    tcase_add_test(c, a_name_does_not_break_out_of_a_comment);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
