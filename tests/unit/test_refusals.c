// test_refusals: what each dialect refuses, and what is like it and runs: the cases of
// tests/sql/refusals.
//
// A case: "== what it is about", a query, then "no" and "yes" with the dialects that refuse it and
// that take it ("all", "rest" for those that are not named). The tables are those of schema.sql.
// X.said holds the sentences; with BLESS=1 in the environment it is written anew: read it before it
// is committed. list.txt is the list of all that is refused, written anew likewise.
#include "base/buf.h"
#include "base/file.h"
#include "sql/sql.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

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

#define FOLDER SOURCE_DIR "/tests/sql/refusals/"

static Str read_file(const char *name)
{
    Error err = {0};
    Str bytes = {0};
    if (!file_read(&arena, str_fmt(&arena, FOLDER "%s", name), FILE_MAX, &bytes, &err))
        return S("");
    return bytes;
}

static void hold(const char *name, Str got)
{
    if (getenv("BLESS")) {
        Error err = {0};
        ck_assert(file_write_atomic(str_fmt(&arena, FOLDER "%s", name), got, &err));
        return;
    }
    Str g = got, w = read_file(name), gl, wl;
    for (int n = 1; str_line(&g, &gl); n++) {
        if (!str_line(&w, &wl)) wl = S("(the end)");
        if (!str_eq(gl, wl))
            ck_abort_msg("%s:%d:\n got  " STR_FMT "\n want " STR_FMT, name, n, STR_ARG(gl),
                         STR_ARG(wl));
    }
    ck_assert(!w.len);
}

typedef struct {
    const char *file;
    Str schema;
    int schema_lines;
    Buf said;
    int wrong, cases;
} Run;

typedef struct {
    Str title;
    int line;
    Buf sql;
    bool named[DIALECT_COUNT_];
    int verdicts;
} Case;

// Empty = taken. "line:column sentence" with the lines of the query.
static Str refusal(Run *r, Str sql, Dialect d)
{
    SqlScript s;
    SqlMeaning m;
    Error err = {0};
    Str both = str_fmt(&arena, STR_FMT STR_FMT, STR_ARG(r->schema), STR_ARG(sql));
    SqlSchema none = {0};
    bool ok = sql_parse(&arena, both, d, &s, &err) && sql_resolve(&arena, &s, &none, &m, &err) &&
              sql_rules_check(&arena, &s, &m, NULL, &err);
    if (ok) return (Str){0};
    return str_fmt(&arena, "%d:%d %s%s", err.line - r->schema_lines, err.column,
                   err.kind == ERROR_HOME_REFUSED ? "" : "(not a refusal of home) ", err.text);
}

static void judge(Run *r, Case *c, Dialect d, bool refused)
{
    Str sql = buf_str(&c->sql);
    Str says = refusal(r, sql, d);
    c->named[d] = true;
    r->cases++;
    if (says.len) buf_fmt(&r->said, "%s: " STR_FMT "\n", dialect_name(d), STR_ARG(says));
    if ((says.len > 0) == refused) return;
    r->wrong++;
    fprintf(stderr, "%s:%d: %s should be %s in %s: " STR_FMT "\n", r->file, c->line, "this",
            refused ? "refused" : "taken", dialect_name(d), STR_ARG(says));
}

static void judge_line(Run *r, Case *c, Str words, bool refused)
{
    if (!c->verdicts++) {
        Str rest = buf_str(&c->sql), line;
        buf_fmt(&r->said, "== " STR_FMT "\n", STR_ARG(c->title));
        while (str_line(&rest, &line)) buf_fmt(&r->said, "| " STR_FMT "\n", STR_ARG(line));
    }
    Str word;
    for (bool more = words.len > 0; more;) {
        more = str_cut(words, ' ', &word, &words);
        Dialect d;
        if (str_eq(word, S("all")) || str_eq(word, S("rest"))) {
            for (int i = 0; i < DIALECT_COUNT_; i++) {
                if (!c->named[i] && i != DIALECT_SQLITE) judge(r, c, (Dialect)i, refused);
            }
        } else if (dialect_from_name(word, &d)) {
            judge(r, c, d, refused);
        } else {
            ck_abort_msg("%s:%d: no dialect: " STR_FMT, r->file, c->line, STR_ARG(word));
        }
    }
}

static void run_file(Run *r)
{
    Str rest = read_file(str_fmt(&arena, "%s.case", r->file).ptr), line;
    Case c = {.sql = buf_new(&arena)};
    for (int n = 1; str_line(&rest, &line); n++) {
        if (str_starts(line, S("== "))) {
            c = (Case){.title = str_slice(line, 3, line.len), .line = n, .sql = buf_new(&arena)};
        } else if (str_starts(line, S("no ")) || str_starts(line, S("yes "))) {
            bool no = line.ptr[0] == 'n';
            judge_line(r, &c, str_slice(line, no ? 3 : 4, line.len), no);
        } else if (line.len && line.ptr[0] != '#') {
            if (c.verdicts) { // another query under the same title
                Str title = c.title;
                c = (Case){.title = title, .line = n, .sql = buf_new(&arena)};
            }
            if (c.sql.len) buf_char(&c.sql, '\n');
            buf_add(&c.sql, line);
        }
    }
}

static const char *const files[] = {"names",  "alias",    "group",     "aggregate", "window",
                                    "order",  "types",    "assign",    "shape",     "right",
                                    "create", "document", "arguments", "taken"};

START_TEST(each_dialect_refuses_and_takes_what_it_does_at_home)
{
    Run r = {.file = files[_i], .schema = read_file("schema.sql"), .said = buf_new(&arena)};
    Str rest = r.schema, line;
    while (str_line(&rest, &line)) r.schema_lines++;
    run_file(&r);
    ck_assert_int_gt(r.cases, 10);
    hold(str_fmt(&arena, "%s.said", r.file).ptr, buf_str(&r.said));
    ck_assert_int_eq(r.wrong, 0);
}
END_TEST

static void add_row(Buf *b, const char *name, bool (*in)(size_t, Dialect), size_t i)
{
    buf_fmt(b, "%s:", name);
    for (int d = 0; d < DIALECT_COUNT_; d++) {
        if (in(i, (Dialect)d)) buf_fmt(b, " %s", dialect_name((Dialect)d));
    }
    buf_char(b, '\n');
}
static bool lacks(size_t feature, Dialect d)
{
    return !sql_feature_in((SqlFeature)feature, d);
}

START_TEST(the_list_of_refusals_is_the_committed_one)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("# What is refused, and in which dialects. Names that are unknown, ambiguous or "
                  "not to be seen\n# are refused in all of them (names.case, alias.case).\n\n"));
    for (size_t i = 0; i < sql_rule_count(); i++) add_row(&b, sql_rule_name(i), sql_rule_in, i);
    buf_add(&b, S("\n# Grammar that a dialect lacks: refused when strict, else noted.\n\n"));
    for (int i = 0; i < FEATURE_COUNT_; i++)
        add_row(&b, sql_feature_name((SqlFeature)i), lacks, (size_t)i);
    hold("list.txt", buf_str(&b));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sql refusals");
    TCase *t = tcase_create("refusals");
    tcase_add_checked_fixture(t, setup, teardown);
    int n = (int)(sizeof files / sizeof *files);
    tcase_add_loop_test(t, each_dialect_refuses_and_takes_what_it_does_at_home, 0, n);
    tcase_add_test(t, the_list_of_refusals_is_the_committed_one);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int bad = srunner_ntests_failed(r);
    srunner_free(r);
    return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
