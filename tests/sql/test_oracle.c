// test_oracle: queries of every dialect give what the real engines gave (tests/sql/oracle).
//
// What does not yet is listed in owed.txt, and nothing else: a case that fails and is not listed
// fails the suite, and so does one that is listed and passes. BLESS=1 writes the list anew; do that
// only to take lines out. ORACLE=file/id (or its start) tells what is wrong with the listed ones.
// passed_on.txt is such a list too.
#include "base/buf.h"
#include "base/file.h"
#include "base/interval.h"
#include "base/path.h"
#include "oracle_cases.h"
#include "oracle_owed.h"
#include "query/private.h"
#include "sqlite_image.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILES_MAX = 100 };
static const int64_t NOON = 1751284800000; // 2025-06-30 12:00:00 UTC

static Str folder =
    STR_LIT(SOURCE_DIR "/tests/sql/oracle"); // ORACLE_FOLDER: random cases of the tool
static Arena arena;
static StrList files; // names of the case files, "date" for date.case
static OracleWorld place;
static Engine engine;
static Error err;

static void setup(void)
{
    ck_assert_msg(engine_open(&engine, &err), "%s", err.text);
    place = oracle_world(&arena, str_c(&arena, path_join(&arena, folder, S("world.tables"))));
    QueryImage image = {
        .bytes = sqlite_image(&arena, str_c(&arena, place.script)), .fd = -1, .now_ms = NOON};
    ck_assert_msg(engine_load(&engine, &image, &err), "%s", err.text);
}
static void teardown(void)
{
    engine_close(&engine);
    arena_free(&arena);
}

// --- Types: the static ones must be the engine's, where they are known ---

static bool is_number(LogicalType t)
{
    return t == TYPE_INTEGER || t == TYPE_REAL;
}

static bool type_fits(LogicalType want, LogicalType got, Dialect d)
{
    if (want == TYPE_UNKNOWN || got == TYPE_UNKNOWN || want == got) return true;
    if (is_number(want) && is_number(got)) return true;
    if (want == TYPE_ARRAY && got == TYPE_STRUCT) return true;
    // MySQL's TRUE is 1.
    return d == DIALECT_MYSQL && want == TYPE_INTEGER && got == TYPE_BOOLEAN;
}

// --- One case: what is wrong with it, or "" ---

static Str rows_text(const Table *t)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < t->rows * t->width; i++) {
        Str v = value_sql(&arena, &t->cells[i]);
        buf_fmt(&b, "%s" STR_FMT, i % t->width ? " | " : "\n      ", STR_ARG(v));
    }
    return buf_str(&b);
}

// Intervals as home writes them.
static void show_intervals(const SqlProgram *p, Table *t, bool read)
{
    for (size_t i = 0; i < t->rows * t->width; i++) {
        size_t column = i % t->width;
        if (column >= p->output.len || p->output.at[column].type != TYPE_INTERVAL) continue;
        if (read) interval_show(&arena, &t->cells[i], sql_interval_style_of(p, column));
        if (t->cells[i].kind == VALUE_INTEGER) t->cells[i] = VALUE_STR(t->cells[i].text);
    }
}

static Str wrong_rows(const OracleCase *c, const SqlProgram *p, QueryResult *r)
{
    if (r->error.kind != ERROR_NONE) return str_fmt(&arena, "it fails: %s", r->error.text);
    Table want_shown = table_copy(&arena, &c->table);
    show_intervals(p, &r->table, true);
    show_intervals(p, &want_shown, false);
    CompareRule rule = {.columns = COLUMNS_BY_POSITION,
                        .tolerance = 1e-9,
                        .as_reference = c->kind == ORACLE_ORDERED};
    Comparison same = query_compare(&arena, &want_shown, &r->table, &rule);
    if (same.kind != COMPARE_SAME) {
        Str want = rows_text(&c->table), got = rows_text(&r->table);
        return str_fmt(&arena, STR_FMT "\n    expected" STR_FMT "\n    actual" STR_FMT,
                       STR_ARG(same.why), STR_ARG(want), STR_ARG(got));
    }
    for (size_t i = 0; i < c->table.width && i < p->output.len; i++) {
        LogicalType want = c->table.columns[i].type, got = p->output.at[i].type;
        if (type_fits(want, got, c->dialect)) continue;
        return str_fmt(&arena, "column %zu is %s, and taken for %s", i + 1, type_name(want),
                       type_name(got));
    }
    return S("");
}

static Str wrong(const OracleCase *c, Str *translated)
{
    SqlProgram p;
    QueryResult r = {0};
    SqlHome home = sql_at_home(c->dialect);
    home.strict = true;
    bool refused = c->kind == ORACLE_REFUSED, fails = c->kind == ORACLE_FAILS;
    if (!sql_compile(&arena, c->query, &home, &place.schema, &p, &err)) {
        if (err.kind == ERROR_HOME_REFUSED && (refused || fails)) return S("");
        if (err.kind == ERROR_SYNTAX && refused) return S("");
        return str_fmt(&arena, "%d:%d: %s: %s", err.line, err.column, error_kind_name(err.kind),
                       err.text);
    }
    *translated = p.text;
    if (refused) return str_fmt(&arena, "not refused: " STR_FMT, STR_ARG(c->message));
    if (!engine_run(&engine, &arena, p.text, &QUERY_GRADE, &r, &err)) {
        return str_fmt(&arena, "the engine: %s", err.text);
    }
    if (!fails) return wrong_rows(c, &p, &r);
    if (r.error.kind == ERROR_RUNTIME) return S("");
    return str_fmt(&arena, "does not fail: " STR_FMT, STR_ARG(c->message));
}

// --- All of a file ---

static OracleCases cases_of(Str file)
{
    Str name = str_fmt(&arena, STR_FMT ".case", STR_ARG(file));
    OracleCases all = oracle_cases(&arena, str_c(&arena, path_join(&arena, folder, name)));
    ck_assert_uint_gt(all.len, 0);
    return all;
}

static Owed owed_of(const char *list, Str file)
{
    return owed_open(&arena, path_join(&arena, folder, str_from(list)),
                     str_fmt(&arena, STR_FMT "/", STR_ARG(file)));
}

static Str name_of(Str file, const OracleCase *c)
{
    return str_fmt(&arena, STR_FMT "/" STR_FMT "@%s", STR_ARG(file), STR_ARG(c->id),
                   dialect_name(c->dialect));
}

// What is wrong and listed is told only when it is asked for.
static void note(Owed *o, Str name, const OracleCase *c, Str why, Str translated)
{
    const char *asked = getenv("ORACLE");
    bool listed = owed_has(o, name), shown = asked && str_starts(name, str_from(asked));
    owed_note(o, name, why.len > 0);
    if (listed == (why.len > 0) && !(shown && listed)) return;
    if (!why.len) why = S("passes, and is listed");
    printf(STR_FMT ", line %d: " STR_FMT "\n", STR_ARG(name), c->line, STR_ARG(why));
    if (translated.len) printf("    ran: " STR_FMT "\n", STR_ARG(translated));
}

static void close_owed(Owed *o)
{
    owed_close(o);
    fflush(stdout);
    ck_assert_msg(o->faults == 0, "%zu cases of " STR_FMT " are not as listed in " STR_FMT,
                  o->faults, STR_ARG(o->prefix), STR_ARG(path_base(o->path)));
}

START_TEST(queries_give_what_the_real_engine_gave)
{
    Str file = files.at[_i];
    Owed owed = owed_of("owed.txt", file);
    OracleCases all = cases_of(file);
    for (size_t i = 0; i < all.len; i++) {
        Str translated = S(""), why = wrong(&all.at[i], &translated);
        note(&owed, name_of(file, &all.at[i]), &all.at[i], why, translated);
    }
    close_owed(&owed);
}
END_TEST

// --- Three fates: translated, refused, or named; never passed on ---

static Str passed_on(const OracleCase *c, Str *translated)
{
    SqlProgram p;
    QueryResult r = {0};
    SqlHome home = sql_at_home(c->dialect);
    if (!sql_compile(&arena, c->query, &home, &place.schema, &p, &err)) return S("");
    *translated = p.text;
    ck_assert_msg(engine_run(&engine, &arena, p.text, &QUERY_GRADE, &r, &err), "%s", err.text);
    bool unread = r.error.kind == ERROR_SYNTAX;
    return unread ? str_fmt(&arena, "passed on: %s", r.error.text) : S("");
}

// Every query of the corpus read as every dialect, with amnesty: whatever comes out of the
// translator, SQLite can prepare it.
START_TEST(no_text_is_passed_on_that_sqlite_does_not_understand)
{
    Str file = files.at[_i];
    Owed owed = owed_of("passed_on.txt", file);
    OracleCases all = cases_of(file);
    for (size_t i = 0; i < all.len; i++) {
        OracleCase c = all.at[i];
        if (i && str_eq(c.id, all.at[i - 1].id)) continue;
        for (Dialect d = 0; d <= DIALECT_LAST; d++) {
            if (d == DIALECT_SQLITE || d == DIALECT_FLINK) continue; // verbatim; streams
            c.dialect = d;
            Str translated = S(""), why = passed_on(&c, &translated);
            note(&owed, name_of(file, &c), &c, why, translated);
        }
    }
    close_owed(&owed);
}
END_TEST

// The corpus is there: a folder that lost its files would pass.
START_TEST(there_are_cases_for_every_kind_of_dialect)
{
    size_t of[DIALECT_COUNT_] = {0};
    for (size_t f = 0; f < files.len; f++) {
        OracleCases all = cases_of(files.at[f]);
        for (size_t i = 0; i < all.len; i++) of[all.at[i].dialect]++;
    }
    ck_assert_uint_ge(of[DIALECT_POSTGRES], 500);
    ck_assert_uint_ge(of[DIALECT_MYSQL], 500);
    ck_assert_uint_ge(of[DIALECT_DUCKDB], 400);
}
END_TEST

// A line that no run is about would stay for ever.
START_TEST(every_line_of_a_list_names_a_file_of_cases)
{
    static const char *const lists[] = {"owed.txt", "passed_on.txt"};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        Owed owed = owed_of(lists[l], S(""));
        for (size_t i = 0; i < owed.lines.len; i++) {
            Str file, rest;
            bool found = false;
            str_cut(owed.lines.at[i], '/', &file, &rest);
            for (size_t f = 0; f < files.len && !found; f++) found = str_eq(file, files.at[f]);
            ck_assert_msg(found, "%s: " STR_FMT, lists[l], STR_ARG(owed.lines.at[i]));
        }
    }
}
END_TEST

static void list_files(void)
{
    StrList names;
    static Arena kept;
    if (!file_list(&kept, folder, FILES_MAX, &names, &err)) abort();
    files.at = arena_array(&kept, Str, names.len);
    for (size_t i = 0; i < names.len; i++) {
        if (!str_ends(names.at[i], S(".case"))) continue;
        files.at[files.len++] = str_slice(names.at[i], 0, names.at[i].len - 5);
    }
}

int main(void)
{
    const char *other = getenv("ORACLE_FOLDER");
    if (other) folder = str_from(other);
    list_files();
    Suite *s = suite_create("oracle");
    TCase *t = tcase_create("oracle");
    tcase_set_timeout(t, 600);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, queries_give_what_the_real_engine_gave, 0, (int)files.len);
    if (!other) tcase_add_test(t, there_are_cases_for_every_kind_of_dialect);
    tcase_add_test(t, every_line_of_a_list_names_a_file_of_cases);
    suite_add_tcase(s, t);
    TCase *fates = tcase_create("fates"); // CK_RUN_CASE=oracle leaves them out
    tcase_set_timeout(fates, 600);
    tcase_add_checked_fixture(fates, setup, teardown);
    tcase_add_loop_test(fates, no_text_is_passed_on_that_sqlite_does_not_understand, 0,
                        (int)files.len);
    suite_add_tcase(s, fates);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
