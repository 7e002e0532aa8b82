// test_oracle: queries of every dialect give what the real engines gave (tests/sql/oracle).
//
// What does not yet is listed in owed.txt, and nothing else: a case that fails and is not listed
// fails the suite, and so does one that is listed and passes. BLESS=1 writes the list anew; do that
// only to take lines out. ORACLE=file/id (or its start) tells what is wrong with the listed ones.
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "oracle_cases.h"
#include "query/private.h"
#include "sqlite_image.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_MAX = 1 << 20, FILES_MAX = 100 };
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

static Str wrong_rows(const OracleCase *c, const SqlProgram *p, const QueryResult *r)
{
    if (r->error.kind != ERROR_NONE) return str_fmt(&arena, "it fails: %s", r->error.text);
    CompareRule rule = {.columns = COLUMNS_BY_POSITION,
                        .tolerance = 1e-9,
                        .as_reference = c->kind == ORACLE_ORDERED};
    Comparison same = query_compare(&arena, &c->table, &r->table, &rule);
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
        bool at_home = err.kind == ERROR_HOME_REFUSED || err.kind == ERROR_SYNTAX;
        if (at_home && (refused || fails)) return S("");
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

// --- The list of what is owed ---

static StrList owed_lines(void)
{
    VEC(Str) lines = {0};
    Str text, line;
    if (!file_read(&arena, path_join(&arena, folder, S("owed.txt")), FILE_MAX, &text, &err))
        return (StrList){0};
    while (str_line(&text, &line)) *vec_push(&arena, &lines) = line;
    return (StrList){lines.at, lines.len};
}

static bool owed_has(StrList owed, Str name)
{
    for (size_t i = 0; i < owed.len; i++) {
        if (str_eq(owed.at[i], name)) return true;
    }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

// The lines of one file are written anew, those of the others stay.
static void owed_write(StrList owed, Str prefix, StrList now)
{
    VEC(Str) lines = {0};
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < owed.len; i++) {
        if (!str_starts(owed.at[i], prefix)) *vec_push(&arena, &lines) = owed.at[i];
    }
    for (size_t i = 0; i < now.len; i++) *vec_push(&arena, &lines) = now.at[i];
    if (lines.len) qsort(lines.at, lines.len, sizeof *lines.at, by_bytes);
    for (size_t i = 0; i < lines.len; i++) buf_fmt(&b, STR_FMT "\n", STR_ARG(lines.at[i]));
    Str path = path_join(&arena, folder, S("owed.txt"));
    ck_assert_msg(file_write_atomic(path, buf_str(&b), &err), "%s", err.text);
}

static bool wanted(Str name)
{
    const char *start = getenv("ORACLE");
    return start && str_starts(name, str_from(start));
}

static void tell(const OracleCase *c, Str file, Str why, Str translated)
{
    printf(STR_FMT ".case:%d: " STR_FMT "@%s: " STR_FMT "\n", STR_ARG(file), c->line,
           STR_ARG(c->id), dialect_name(c->dialect), STR_ARG(why));
    if (translated.len) printf("    ran: " STR_FMT "\n", STR_ARG(translated));
}

static OracleCases cases_of(Str file)
{
    Str name = str_fmt(&arena, STR_FMT ".case", STR_ARG(file));
    return oracle_cases(&arena, str_c(&arena, path_join(&arena, folder, name)));
}

START_TEST(queries_give_what_the_real_engine_gave)
{
    Str file = files.at[_i], prefix = str_fmt(&arena, STR_FMT "/", STR_ARG(file));
    StrList owed = owed_lines();
    VEC(Str) now = {0};
    size_t faults = 0;
    OracleCases all = cases_of(file);
    ck_assert_uint_gt(all.len, 0);
    for (size_t i = 0; i < all.len; i++) {
        const OracleCase *c = &all.at[i];
        Str name = str_fmt(&arena, STR_FMT STR_FMT "@%s", STR_ARG(prefix), STR_ARG(c->id),
                           dialect_name(c->dialect));
        Str translated = S(""), why = wrong(c, &translated);
        bool listed = owed_has(owed, name);
        if (why.len) *vec_push(&arena, &now) = name;
        if (why.len && (!listed || wanted(name))) tell(c, file, why, translated);
        if (!why.len && listed) tell(c, file, S("passes, and is listed in owed.txt"), S(""));
        faults += listed != (why.len > 0);
    }
    for (size_t i = 0; i < owed.len; i++) { // of cases that are no more
        if (!str_starts(owed.at[i], prefix)) continue;
        bool found = false;
        for (size_t k = 0; k < all.len && !found; k++) {
            Str name = str_fmt(&arena, STR_FMT STR_FMT "@%s", STR_ARG(prefix),
                               STR_ARG(all.at[k].id), dialect_name(all.at[k].dialect));
            found = str_eq(name, owed.at[i]);
        }
        if (!found) printf("owed.txt: no such case: " STR_FMT "\n", STR_ARG(owed.at[i]));
        faults += !found;
    }
    fflush(stdout);
    if (getenv("BLESS")) {
        owed_write(owed, prefix, (StrList){now.at, now.len});
    } else {
        ck_assert_msg(faults == 0, "%zu cases of " STR_FMT ".case are not as listed", faults,
                      STR_ARG(file));
    }
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
    ck_assert_uint_ge(of[DIALECT_POSTGRES], 90);
    ck_assert_uint_ge(of[DIALECT_MYSQL], 90);
    ck_assert_uint_ge(of[DIALECT_DUCKDB], 90);
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
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, queries_give_what_the_real_engine_gave, 0, (int)files.len);
    if (!other) tcase_add_test(t, there_are_cases_for_every_kind_of_dialect);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
