// test_pack_bad: every mistake in tests/packs-bad is reported at its place, and nothing else is.
//
// A file says what is expected of it: `# expect: LINE:COLUMN: error: sentence`. Every error must be
// expected, and every expectation must be met; warnings need not be expected. The sentence may be
// cut short.
#include "base/file.h"
#include "base/path.h"
#include "pack/pack.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILES_MAX = 500 };

static Arena arena;
static StrList files;

static Str folder(void)
{
    return S(SOURCE_DIR "/tests/packs-bad");
}

static StrList expectations(Str text)
{
    static const char mark[] = "# expect: ";
    StrList list = {arena_array(&arena, Str, FILES_MAX), 0};
    Str line;
    while (str_line(&text, &line)) {
        if (!str_starts(line, str_from(mark))) continue;
        ck_assert_uint_lt(list.len, FILES_MAX);
        list.at[list.len++] = str_slice(line, sizeof mark - 1, line.len);
    }
    return list;
}

// "12:3: error: sentence", without the file's name.
static Str said(Str path, const Diag *d)
{
    Str line = diag_line(&arena, d);
    return str_slice(line, path.len + 1, line.len);
}

static bool is_expected(StrList list, Str line)
{
    for (size_t i = 0; i < list.len; i++) {
        if (str_starts(line, list.at[i])) return true;
    }
    return false;
}

static bool is_met(Str path, const Diags *diags, Str expected)
{
    for (size_t i = 0; i < diags->list.len; i++) {
        if (str_starts(said(path, &diags->list.at[i]), expected)) return true;
    }
    return false;
}

static void lint(Str path, Diags *diags)
{
    PackSources from = {.share_dir = S(SOURCE_DIR)};
    Error err = {0};
    Str paths[] = {path};
    ck_assert_msg(pack_lint(&arena, &from, (StrList){paths, 1}, diags, &err), "%s", err.text);
}

START_TEST(every_mistake_is_reported_at_its_place_and_nothing_else_is)
{
    Str path = path_join(&arena, folder(), files.at[_i]), text;
    Diags diags = {.arena = &arena};
    Error err = {0};
    size_t surprises = 0;
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    StrList expected = expectations(text);
    ck_assert_msg(expected.len > 0, STR_FMT " expects nothing", STR_ARG(path));
    lint(path, &diags);
    for (size_t i = 0; i < diags.list.len; i++) {
        Str line = said(path, &diags.list.at[i]);
        if (diags.list.at[i].severity == DIAG_WARNING || is_expected(expected, line)) continue;
        fprintf(stderr, STR_FMT ": not expected: " STR_FMT "\n", STR_ARG(path), STR_ARG(line));
        surprises++;
    }
    for (size_t i = 0; i < expected.len; i++) {
        if (is_met(path, &diags, expected.at[i])) continue;
        fprintf(stderr, STR_FMT ": not said: " STR_FMT "\n", STR_ARG(path),
                STR_ARG(expected.at[i]));
        surprises++;
    }
    ck_assert_uint_eq(surprises, 0);
}
END_TEST

int main(void)
{
    Error err = {0};
    if (!file_list(&arena, folder(), FILES_MAX, &files, &err) || files.len < 40) {
        fprintf(stderr, "%zu files in packs-bad. %s\n", files.len, err.text);
        return EXIT_FAILURE;
    }
    Suite *s = suite_create("pack_bad");
    TCase *t = tcase_create("packs-bad");
    tcase_add_loop_test(t, every_mistake_is_reported_at_its_place_and_nothing_else_is, 0,
                        (int)files.len);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
