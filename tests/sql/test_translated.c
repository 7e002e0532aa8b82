// test_translated: a query in another dialect's spelling gives the rows that the real engine gave
// for the source.
//
// Every query of the oracle corpus that gives rows is translated to every other dialect, and the
// translation is run here as that dialect's own. It may be refused by name; it may not be something
// that the target's reader does not take, and it may not give other rows, unless a comment above it
// says what differs. translated.txt lists what does all the same (see oracle_owed.h).
// TRANSLATED=FOLDER writes the translations as cases for the real engines (tests/oracle/README.md).
#include "base/buf.h"
#include "base/file.h"
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

static const char folder[] = SOURCE_DIR "/tests/sql/oracle";
static Arena arena;
static StrList files; // names of the case files, "text" for text.case
static OracleWorld place;
static Engine engine;
static Error err;
static size_t said, refused;

static void setup(void)
{
    ck_assert_msg(engine_open(&engine, &err), "%s", err.text);
    Str world = path_join(&arena, str_from(folder), S("world.tables"));
    place = oracle_world(&arena, str_c(&arena, world));
    QueryImage image = {
        .bytes = sqlite_image(&arena, str_c(&arena, place.script)), .fd = -1, .now_ms = NOON};
    ck_assert_msg(engine_load(&engine, &image, &err), "%s", err.text);
}
static void teardown(void)
{
    engine_close(&engine);
    arena_free(&arena);
}

// --- One case in one other dialect: what is wrong with it, or "" ---

static Str rows_text(const Table *t)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < t->rows * t->width; i++) {
        Str v = value_sql(&arena, &t->cells[i]);
        buf_fmt(&b, "%s" STR_FMT, i % t->width ? " | " : "\n      ", STR_ARG(v));
    }
    return buf_str(&b);
}

static Str other_rows(const OracleCase *c, const Table *got)
{
    CompareRule rule = {.columns = COLUMNS_BY_POSITION,
                        .tolerance = 1e-9,
                        .as_reference = c->kind == ORACLE_ORDERED};
    Comparison same = query_compare(&arena, &c->table, got, &rule);
    if (same.kind == COMPARE_SAME) return S("");
    return str_fmt(&arena, STR_FMT "\n    expected" STR_FMT "\n    actual" STR_FMT,
                   STR_ARG(same.why), STR_ARG(rows_text(&c->table)), STR_ARG(rows_text(got)));
}

// What differs between the two dialects, and no query can say, is told above the translation.
static bool says_so(Str text)
{
    return str_starts(text, S("-- "));
}

static Str wrong(const OracleCase *c, Dialect to, Str *text)
{
    SqlHome home = sql_at_home(c->dialect), there = sql_at_home(to);
    SqlProgram p;
    QueryResult r = {0};
    if (!sql_translate(&arena, c->query, &home, to, &place.schema, text, &err)) {
        refused++;
        return S("");
    }
    said++;
    there.strict = true;
    if (!sql_compile(&arena, *text, &there, &place.schema, &p, &err)) {
        return str_fmt(&arena, "it is not read there: %d:%d: %s", err.line, err.column, err.text);
    }
    if (!engine_run(&engine, &arena, p.text, &QUERY_GRADE, &r, &err))
        return str_fmt(&arena, "the engine: %s", err.text);
    if (r.error.kind != ERROR_NONE) return str_fmt(&arena, "it fails: %s", r.error.text);
    return says_so(*text) ? S("") : other_rows(c, &r.table);
}

// --- For the real engines ---

static void write_cell(Buf *out, const Value *v)
{
    Str text = value_sql(&arena, v);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' || c == '\n' || c == '\t') buf_char(out, '\\');
        buf_char(out, c == '\n' ? 'n' : c == '\t' ? 't' : c);
    }
}

static void write_case(Buf *out, const OracleCase *c, Dialect to, Str text)
{
    const char *ordered = c->kind == ORACLE_ORDERED ? " ordered" : "";
    const Table *t = &c->table;
    buf_fmt(out, "== " STR_FMT "-%s-%s [%s]\n", STR_ARG(c->id), dialect_name(c->dialect),
            dialect_name(to), dialect_name(to));
    Str line;
    while (str_line(&text, &line)) {
        if (str_trim(line).len) buf_fmt(out, STR_FMT "\n", STR_ARG(line));
    }
    buf_fmt(out, "=> %s%s\n", dialect_name(to), ordered);
    for (size_t i = 0; i < t->width; i++) {
        buf_fmt(out, "%s" STR_FMT " %s", i ? " | " : "", STR_ARG(t->columns[i].name),
                type_name(t->columns[i].type));
    }
    for (size_t i = 0; i < t->rows * t->width; i++) {
        buf_add(out, i % t->width ? S(" | ") : S("\n"));
        write_cell(out, &t->cells[i]);
    }
    buf_add(out, S("\n\n"));
}

static bool has_engine(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_MYSQL || d == DIALECT_DUCKDB;
}

static void write_file(Str file, Buf *cases)
{
    const char *out = getenv("TRANSLATED");
    if (!out || !cases->len) return;
    Str path = path_join(&arena, str_from(out), str_fmt(&arena, STR_FMT ".case", STR_ARG(file)));
    Buf b = buf_new(&arena);
    buf_add(&b, S("dialects postgres\n\n"));
    buf_add(&b, buf_str(cases));
    ck_assert_msg(file_write_atomic(path, buf_str(&b), &err), "%s", err.text);
}

// --- All of a file ---

// What is wrong and listed is told only when it is asked for.
static void note(Owed *o, Str name, int line, Str why, Str text)
{
    const char *asked = getenv("ORACLE");
    bool listed = owed_has(o, name), shown = asked && str_starts(name, str_from(asked));
    owed_note(o, name, why.len > 0);
    if (listed == (why.len > 0) && !(shown && listed)) return;
    if (!why.len) why = S("is right, and is listed");
    printf(STR_FMT ", line %d: " STR_FMT "\n" STR_FMT "\n", STR_ARG(name), line, STR_ARG(why),
           STR_ARG(text));
}

static void try_case(Owed *o, Str file, const OracleCase *c, Buf *written)
{
    for (Dialect to = 0; to <= DIALECT_LAST; to++) {
        if (to == c->dialect || to == DIALECT_SQLITE || to == DIALECT_FLINK) continue;
        Str text = S(""), why = wrong(c, to, &text);
        Str name = str_fmt(&arena, STR_FMT "/" STR_FMT "@%s>%s", STR_ARG(file), STR_ARG(c->id),
                           dialect_name(c->dialect), dialect_name(to));
        note(o, name, c->line, why, text);
        if (text.len && has_engine(to)) write_case(written, c, to, text);
    }
}

START_TEST(a_translation_gives_the_rows_of_its_source)
{
    Str file = files.at[_i];
    Str list = path_join(&arena, str_from(folder), S("translated.txt"));
    Owed owed = owed_open(&arena, list, str_fmt(&arena, STR_FMT "/", STR_ARG(file)));
    Str path = str_fmt(&arena, "%s/" STR_FMT ".case", folder, STR_ARG(file));
    OracleCases all = oracle_cases(&arena, path.ptr);
    Buf written = buf_new(&arena);
    for (size_t i = 0; i < all.len; i++) {
        const OracleCase *c = &all.at[i];
        if (c->kind == ORACLE_ROWS || c->kind == ORACLE_ORDERED) try_case(&owed, file, c, &written);
    }
    write_file(file, &written);
    owed_close(&owed);
    if (getenv("ORACLE"))
        printf(STR_FMT ": %zu translated, %zu refused\n", STR_ARG(file), said, refused);
    fflush(stdout);
    ck_assert_msg(owed.faults == 0, "%zu translations of " STR_FMT " are not as listed",
                  owed.faults, STR_ARG(file));
}
END_TEST

START_TEST(what_is_listed_stands_under_a_reason)
{
    Str list = path_join(&arena, str_from(folder), S("translated.txt"));
    Owed owed = owed_open(&arena, list, S(""));
    ck_assert_uint_eq(owed_without_reason(&owed), 0);
}
END_TEST

static void list_files(void)
{
    StrList names;
    static Arena kept;
    if (!file_list(&kept, str_from(folder), FILES_MAX, &names, &err)) abort();
    files.at = arena_array(&kept, Str, names.len);
    for (size_t i = 0; i < names.len; i++) {
        if (!str_ends(names.at[i], S(".case"))) continue;
        files.at[files.len++] = str_slice(names.at[i], 0, names.at[i].len - 5);
    }
}

int main(void)
{
    list_files();
    Suite *s = suite_create("translated");
    TCase *t = tcase_create("translated");
    tcase_set_timeout(t, 600);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, what_is_listed_stands_under_a_reason);
    tcase_add_loop_test(t, a_translation_gives_the_rows_of_its_source, 0, (int)files.len);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? 1 : 0;
}
