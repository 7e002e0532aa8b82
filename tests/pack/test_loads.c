// test_loads: right and wrong loads in every dialect (tests/pack/loads.txt), graded against the
// drills' own references: the shipped ones and those of loads.yaml.
#include "base/file.h"
#include "base/vec.h"
#include "exam/exam.h"
#include "exam_bench.h"
#include "pack/pack.h"
#include <check.h>
#include <stdlib.h>

typedef struct {
    Str drill, why, sql;
    Dialect dialect;
    VerdictKind kind;
    int line;
} Case;

static Arena library_arena;
static Library library;
static VEC(Case) cases;
static size_t stride; // only one in so many is run
START_TEST(a_load_is_judged_as_its_case_says)
{
    const Case *c = &cases.at[(size_t)_i * stride];
    const Drill *d = library_drill(&library, c->drill);
    ck_assert_msg(d != NULL, "loads.txt:%d: no drill " STR_FMT, c->line, STR_ARG(c->drill));
    ExamAnswer answer = {.sql = c->sql, .dialect = c->dialect, .seed = 1};
    Verdict v;
    ck_assert_msg(exam_check(bank, &arena, &d->exam, &answer, &v, &err), "loads.txt:%d: %s",
                  c->line, err.text);
    const char *fault = v.error.kind == ERROR_NONE ? "" : v.error.text;
    ck_assert_msg(v.kind == c->kind,
                  "loads.txt:%d: %s in %s is %s: " STR_FMT " %s\n" STR_FMT "\n" STR_FMT, c->line,
                  str_c(&arena, c->why), dialect_name(c->dialect), verdict_name(v.kind),
                  STR_ARG(v.why), fault, STR_ARG(c->sql), STR_ARG(v.counterexample.setup));
    if (c->kind == VERDICT_RIGHT) return;
    ck_assert(v.has_counterexample);
    ck_assert_msg(v.counterexample.rows <= 4, "loads.txt:%d: %zu rows\n" STR_FMT, c->line,
                  v.counterexample.rows, STR_ARG(v.counterexample.setup));
}
END_TEST

// --- The cases ---

// One for each dialect: what stands behind the head is filled in later.
static void add_head(Str line, int number)
{
    Str head, why, word;
    if (!str_cut(str_slice(line, 3, line.len), ':', &head, &why)) abort();
    Case c = {.why = str_trim(why), .line = number};
    str_cut(head, ' ', &c.drill, &head);
    str_cut(head, ' ', &word, &head);
    c.kind = str_eq(word, S("right")) ? VERDICT_RIGHT : VERDICT_WRONG;
    while (head.len) {
        str_cut(head, ' ', &word, &head);
        if (!dialect_from_name(word, &c.dialect)) abort();
        *vec_push(&library_arena, &cases) = c;
    }
}

static void read_cases(void)
{
    Str text, line;
    if (!file_read(&library_arena, S(SOURCE_DIR "/tests/pack/loads.txt"), 1 << 20, &text, &err))
        abort();
    const char *begins = NULL;
    size_t first = 0;
    for (int number = 1; str_line(&text, &line); number++) {
        if (!str_starts(line, S("== "))) continue;
        for (size_t i = first; i < cases.len; i++)
            cases.at[i].sql = str_trim((Str){begins, (size_t)(line.ptr - begins)});
        first = cases.len;
        add_head(line, number);
        begins = text.ptr;
    }
    for (size_t i = first; i < cases.len; i++)
        cases.at[i].sql = str_trim((Str){begins, (size_t)(text.ptr + text.len - begins)});
}

static void load_library(void)
{
    static Str more = STR_LIT(SOURCE_DIR "/tests/pack/loads.yaml");
    PackSources from = {.share_dir = S(SOURCE_DIR), .shipped = true, .extra = (StrList){&more, 1}};
    Diags diags = {.arena = &library_arena};
    if (!pack_load(&library_arena, &from, &library, &diags, &err) || diags.errors) abort();
    library_read_all(&library);
}

// Each third case, in the dialects by turns; with an argument all of them.
int main(int argc, char **argv)
{
    (void)argv;
    stride = argc > 1 ? 1 : 3;
    load_library();
    read_cases();
    Suite *s = suite_create("loads");
    TCase *t = tcase_create("in every dialect");
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, a_load_is_judged_as_its_case_says, 0,
                        (int)((cases.len + stride - 1) / stride));
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&library_arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
