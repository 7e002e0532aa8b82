// test_lint: what a reviewer says of queries, and of their right twins: the cases of
// tests/sql/lint.
//
// A case is a query, then "= rule@line:column …" with all that is said, or "= ok". Lines that start
// with # are comments, "dialect x" changes the dialect of what follows, an empty line ends a query.
#include "base/buf.h"
#include "base/file.h"
#include "sql/sql.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS(list)                                                                              \
    {                                                                                              \
        list, sizeof list / sizeof *list, false                                                    \
    }
#define INT TYPE_INTEGER
static const char *const files[] = {SOURCE_DIR "/tests/sql/lint/cases.txt",
                                    SOURCE_DIR "/tests/sql/lint/twins.txt"};
static const SqlColumn play[] = {
    {.name = STR_LIT("event_id"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("profile_id"), .type = INT, .not_null = true},
    {.name = STR_LIT("title_id"), .type = INT},
    {.name = STR_LIT("ts"), .type = TYPE_TIMESTAMP, .not_null = true},
    {.name = STR_LIT("day"), .type = TYPE_DATE, .not_null = true},
    {.name = STR_LIT("seconds"), .type = INT},
};
static const SqlColumn profile[] = {
    {.name = STR_LIT("profile_id"), .type = INT, .not_null = true},
    {.name = STR_LIT("country"), .type = TYPE_TEXT},
    {.name = STR_LIT("joined_on"), .type = TYPE_DATE, .not_null = true},
};
static const SqlColumn version[] = {
    {.name = STR_LIT("profile_id"), .type = INT, .not_null = true},
    {.name = STR_LIT("plan"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("valid_from"), .type = TYPE_TIMESTAMP, .not_null = true},
    {.name = STR_LIT("valid_to"), .type = TYPE_TIMESTAMP},
    {.name = STR_LIT("is_current"), .type = TYPE_BOOLEAN, .not_null = true},
};
static const SqlColumn item[] = {
    {.name = STR_LIT("event_id"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("sku"), .type = TYPE_TEXT, .not_null = true},
    {.name = STR_LIT("amount"), .type = INT},
};
static Str item_unique[] = {STR_LIT("event_id"), STR_LIT("sku")};
static const StrList item_uniques[] = {{item_unique, 2}};
static Str event_key[] = {STR_LIT("event_id")}, profile_key[] = {STR_LIT("profile_id")};
static Str version_key[] = {STR_LIT("profile_id"), STR_LIT("valid_from")};
static const SqlTable tables[] = {
    {STR_LIT("fact_play"), COLUMNS(play), {event_key, 1}, NULL, 0},
    {STR_LIT("play_raw"), COLUMNS(play), {NULL, 0}, NULL, 0},
    {STR_LIT("profile"), COLUMNS(profile), {profile_key, 1}, NULL, 0},
    {STR_LIT("profile_version"), COLUMNS(version), {version_key, 2}, NULL, 0},
    {STR_LIT("item"), COLUMNS(item), {NULL, 0}, item_uniques, 1},
};
static const SqlSchema schema = {tables, sizeof tables / sizeof *tables};

typedef struct {
    Arena arena;
    int line, cases, wrong;
    Dialect dialect;
    Buf query;
    bool said[100]; // by rule: some case hears it
} Run;

static const char *heard(Run *r)
{
    SqlScript s;
    SqlMeaning m;
    Error err = {0};
    Str sql = str_copy(&r->arena, buf_str(&r->query));
    if (!sql_parse(&r->arena, sql, r->dialect, &s, &err) ||
        !sql_resolve(&r->arena, &s, &schema, &m, &err)) {
        return str_fmt(&r->arena, "= %d:%d %s", err.line, err.column, err.text).ptr;
    }
    SqlFindings f = sql_lint(&r->arena, &s, &m);
    StrList rules = sql_lint_rules(&r->arena);
    Buf b = buf_new(&r->arena);
    buf_add(&b, f.len ? S("=") : S("= ok"));
    for (size_t i = 0; i < f.len; i++) {
        buf_fmt(&b, " %s@%d:%d", f.at[i].rule, f.at[i].line, f.at[i].column);
        for (size_t k = 0; k < rules.len; k++)
            r->said[k] = r->said[k] || str_eq(rules.at[k], str_from(f.at[i].rule));
        ck_assert(f.at[i].why.len > 20 && strlen(f.at[i].instead) > 10);
    }
    return buf_str(&b).ptr;
}

static void read_line(Run *r, Str line)
{
    r->line++;
    if (line.len && line.ptr[0] == '#') return;
    if (str_starts(line, S("dialect "))) {
        ck_assert(dialect_from_name(str_slice(line, 8, line.len), &r->dialect));
    } else if (line.len && line.ptr[0] == '=') {
        r->cases++;
        const char *got = heard(r);
        if (!str_eq(str_from(got), line)) {
            r->wrong++;
            printf("%d: want " STR_FMT "\n    got  %s\n", r->line, STR_ARG(line), got);
        }
        r->query = buf_new(&r->arena);
    } else if (line.len) {
        if (r->query.len) buf_char(&r->query, '\n');
        buf_add(&r->query, line);
    }
}

static void read_file(Run *r, const char *path)
{
    Str text, line;
    Error err;
    ck_assert(file_read(&r->arena, str_from(path), 1 << 20, &text, &err));
    printf("%s\n", path);
    r->line = 0;
    r->dialect = DIALECT_POSTGRES;
    r->query = buf_new(&r->arena);
    while (str_line(&text, &line)) read_line(r, line);
}

START_TEST(every_query_hears_what_it_should)
{
    Run r = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) read_file(&r, files[i]);
    ck_assert_int_gt(r.cases, 360);
    ck_assert_msg(!r.wrong, "%d of %d cases", r.wrong, r.cases);
    StrList rules = sql_lint_rules(&r.arena);
    ck_assert_uint_le(rules.len, sizeof r.said / sizeof *r.said);
    for (size_t k = 0; k < rules.len; k++)
        ck_assert_msg(r.said[k], "no case hears " STR_FMT, STR_ARG(rules.at[k]));
    arena_free(&r.arena);
}
END_TEST

START_TEST(the_grain_is_heard_in_comments)
{
    static const struct {
        const char *sql, *grain; // # begins a comment in MySQL and BigQuery
    } cases[] = {
        {"-- grain: one row per profile and day\nSELECT 1", "grain: one row per profile and day"},
        {"SELECT 1 /* The grain is event. */", "grain is event."},
        {"-- one row per title\nSELECT 1", "one row per title"},
        {"/*\n * Purpose: retention\n * Grain: user and week\n */\nSELECT 1",
         "Grain: user and week"},
        {"SELECT 1 /* one row per user per day */", "one row per user per day"},
        {"# one row per user\nSELECT 1", "one row per user"},
        {"SELECT 1 # grain = (user_id, day)", "grain = (user_id, day)"},
        {"-- result: 1 row per title\nSELECT 1", "1 row per title"},
        {"-- one row for each title\nSELECT 1", "one row for each title"},
        {"-- output grain - title, day\nSELECT 1", "grain - title, day"},
        {"-- Each row is a profile's day\nSELECT 1", "Each row is a profile's day"},
        {"WITH a AS (SELECT 1 AS x) -- grain of the result: x\nSELECT x FROM a",
         "grain of the result: x"},
        {"-- what is the grain?\nSELECT 1", ""},
        {"-- keep the latest row per user\nSELECT 1", ""},
        {"-- grain: ?\nSELECT 1", ""},
        {"-- the grain isn't clear\nSELECT 1", ""},
        {"-- fine-grained: no\nSELECT 1", ""},
        {"-- grained wood\nSELECT 1", ""},
        {"SELECT 'grain: x'", ""},
    };
    static const Dialect read[] = {DIALECT_MYSQL, DIALECT_BIGQUERY, DIALECT_POSTGRES};
    Arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t d = 0; d < sizeof read / sizeof *read; d++) {
            SqlScript s;
            Error err;
            if (read[d] == DIALECT_POSTGRES && strchr(cases[i].sql, '#')) continue;
            ck_assert(sql_parse(&a, str_from(cases[i].sql), read[d], &s, &err));
            ck_assert_str_eq(str_c(&a, sql_stated_grain(&s)), cases[i].grain);
        }
    }
    arena_free(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("lint");
    TCase *c = tcase_create("cases");
    tcase_add_test(c, every_query_hears_what_it_should);
    tcase_add_test(c, the_grain_is_heard_in_comments);
    suite_add_tcase(s, c);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
