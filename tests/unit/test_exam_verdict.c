// test_exam_verdict: verdicts as JSON and over the wire, and the texts of wrong answers.
#include "base/rng.h"
#include "exam/exam.h"
#include <check.h>
#include <math.h>
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

// One text column and one integer column, `rows` rows.
static Table table(const char *first, const char *second, size_t rows)
{
    Table t = {.width = 2, .rows = rows};
    t.columns = arena_array(&arena, Column, 2);
    t.columns[0] = (Column){str_from(first), TYPE_TEXT};
    t.columns[1] = (Column){str_from(second), TYPE_INTEGER};
    t.cells = arena_array(&arena, Value, 2 * rows);
    for (size_t r = 0; r < rows; r++) {
        t.cells[2 * r] = VALUE_STR(str_fmt(&arena, "row %zu", r));
        if (r) t.cells[2 * r + 1] = VALUE_INT((int64_t)r);
    }
    return t;
}

static Counterexample counterexample(void)
{
    static size_t columns[] = {1, 0}, missing[] = {1}, extra[] = {0};
    NamedTable *t = arena_array(&arena, NamedTable, 1);
    t[0] = (NamedTable){S("orders"), table("id", "n", 2)};
    StrList functions = {arena_array(&arena, Str, 1), 1};
    functions.at[0] = S("current_date");
    return (Counterexample){.tables = t,
                            .table_count = 1,
                            .rows = 2,
                            .expected = table("who", "n", 2),
                            .actual = table("n", "who", 1),
                            .diff = {.kind = COMPARE_ROWS,
                                     .why = S("1 row is missing."),
                                     .column_of = columns,
                                     .missing = missing,
                                     .missing_len = 1,
                                     .missing_total = 7,
                                     .extra = extra,
                                     .extra_len = 1,
                                     .extra_total = 1},
                            .unstable = true,
                            .again = table("n", "who", 2),
                            .setup = S("CREATE TABLE orders (id, n);"),
                            .expected_sql = S("SELECT 1"),
                            .actual_sql = S("SELECT 2"),
                            .functions = functions};
}

static Verdict full_verdict(void)
{
    Verdict v = {.kind = VERDICT_WRONG,
                 .why = S("Your answer differs."),
                 .diagnosis = S("It behaves as if the join were INNER."),
                 .tried = 12,
                 .agreed = 11,
                 .dropped = 1,
                 .has_counterexample = true,
                 .counterexample = counterexample(),
                 .review_count = 1,
                 .elapsed_ms = 41.4};
    v.review = arena_array(&arena, ReviewNote, 1);
    v.review[0] = (ReviewNote){S("sql/no-tiebreaker"), 6, 14, S("Ties are cut at random.")};
    v.astray = S("The rows are lost early: ranked (line 2) has none here.");
    v.step_count = 2;
    v.steps = arena_array(&arena, ExamStep, 2);
    v.steps[0] = (ExamStep){.name = S("ranked"), .line = 2, .table = table("n", "who", 1)};
    v.steps[1] = (ExamStep){.line = 1, .whole = true, .fault = S("Division by zero.")};
    return v;
}

static Verdict failed_verdict(VerdictKind kind, ErrorKind error)
{
    Verdict v = {.kind = kind, .why = S("no such column: \"x\"")};
    error_at(&v.error, error, (Str){0}, 3, 9, "no such column: \"x\"");
    return v;
}

static Str json(const Verdict *v)
{
    Buf b = buf_new(&arena);
    Json j = json_new(&b);
    json_begin_object(&j);
    verdict_json(&j, v);
    json_end_object(&j);
    return buf_str(&b);
}

static Str wired(const Verdict *v)
{
    Buf b = buf_new(&arena);
    verdict_wire(&b, v);
    return buf_str(&b);
}

static void ck_text(Str got, const char *want)
{
    ck_assert_str_eq(str_c(&arena, got), want);
}

// --- JSON ---

START_TEST(a_right_verdict_leaves_out_what_does_not_apply)
{
    Verdict v = {.why = S("Yes."), .tried = 3, .agreed = 3, .elapsed_ms = 0.7};
    ck_text(json(&v), "{\"verdict\":\"right\",\"why\":\"Yes.\",\"dialect\":\"sqlite\","
                      "\"databases\":{\"tried\":3,\"agreed\":3},\"elapsed_ms\":1}");
}
END_TEST

START_TEST(an_error_names_kind_line_and_column)
{
    Verdict v = failed_verdict(VERDICT_ERROR, ERROR_SYNTAX);
    ck_text(json(&v), "{\"verdict\":\"error\",\"why\":\"no such column: \\\"x\\\"\","
                      "\"dialect\":\"sqlite\",\"error\":{\"kind\":\"syntax\",\"line\":3,"
                      "\"column\":9,\"message\":\"no such column: \\\"x\\\"\"},\"elapsed_ms\":0}");
    v.error.line = 0;
    ck_assert(!str_find(json(&v), S("\"line\""), NULL));
}
END_TEST

START_TEST(a_limit_names_what_ran_out)
{
    Verdict v = failed_verdict(VERDICT_LIMIT, ERROR_MEMORY);
    Str text = json(&v);
    ck_assert(str_find(text, S("\"verdict\":\"limit\""), NULL));
    ck_assert(str_find(text, S("\"limit\":\"memory\""), NULL));
    ck_assert(!str_find(text, S("\"error\""), NULL));
}
END_TEST

START_TEST(a_counterexample_carries_tables_results_and_script)
{
    Verdict v = full_verdict();
    Str text = json(&v);
    static const char *const parts[] = {
        "\"diagnosis\":\"It behaves as if the join were INNER.\"",
        "\"databases\":{\"tried\":12,\"agreed\":11,\"dropped\":1}",
        "\"counterexample\":{\"rows\":2,\"tables\":{\"orders\":{\"columns\":[\"id\",\"n\"],"
        "\"types\":[\"text\",\"integer\"],\"rows\":[[\"row 0\",null],[\"row 1\",1]]}}",
        "\"expected\":{\"columns\":[\"who\",\"n\"]",
        "\"actual\":{\"columns\":[\"n\",\"who\"]",
        "\"actual_reordered\":{\"columns\":[\"n\",\"who\"]",
        "\"sql\":{\"setup\":\"CREATE TABLE orders (id, n);\",\"expected\":\"SELECT 1\","
        "\"actual\":\"SELECT 2\"},\"replay\":\"greenroom\",\"functions\":[\"current_date\"]}",
        "\"astray\":\"The rows are lost early: ranked (line 2) has none here.\","
        "\"steps\":[{\"name\":\"ranked\",\"line\":2,\"columns\":[\"n\",\"who\"],",
        "{\"name\":\"\",\"line\":1,\"error\":\"Division by zero.\"}]",
        "\"review\":[{\"rule\":\"sql/no-tiebreaker\",\"line\":6,\"column\":14,"
        "\"message\":\"Ties are cut at random.\"}],\"elapsed_ms\":41}",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ck_assert_msg(str_find(text, str_from(parts[i]), NULL), "no %s in " STR_FMT, parts[i],
                      STR_ARG(text));
    }
    v.counterexample.functions = (StrList){0};
    text = json(&v);
    ck_assert(str_find(text, S("\"replay\":\"plain\"}"), NULL));
    ck_assert(!str_find(text, S("functions"), NULL));
}
END_TEST

START_TEST(every_verdict_has_its_own_name)
{
    for (int i = 0; i < VERDICT_COUNT_; i++) {
        for (int k = 0; k < i; k++) {
            ck_assert_str_ne(verdict_name((VerdictKind)i), verdict_name((VerdictKind)k));
        }
    }
}
END_TEST

// --- The wire ---

static Verdict sample_verdict(int i)
{
    if (i == 0) return full_verdict();
    if (i == 1) return (Verdict){.why = S("Yes."), .tried = 9, .agreed = 9};
    if (i == 2) return failed_verdict(VERDICT_ERROR, ERROR_NOT_ALLOWED);
    return failed_verdict(VERDICT_LIMIT, ERROR_TIME);
}

START_TEST(a_verdict_arrives_as_it_was_sent)
{
    Verdict v = sample_verdict(_i), got;
    Str bytes = wired(&v);
    Wire w = wire_open(bytes);
    ck_assert(verdict_read(&arena, &w, &got));
    ck_assert(wire_done(&w));
    ck_assert(str_eq(json(&v), json(&got)));
    ck_assert(str_eq(bytes, wired(&got)));
}
END_TEST

START_TEST(a_verdict_that_was_cut_is_refused)
{
    Verdict v = sample_verdict(_i), got;
    Str bytes = wired(&v);
    size_t accepted = 0;
    for (size_t n = 0; n < bytes.len; n++) {
        Wire w = wire_open(str_slice(bytes, 0, n));
        accepted += verdict_read(&arena, &w, &got);
    }
    ck_assert_uint_eq(accepted, 0);
}
END_TEST

// Whoever shows a verdict indexes with these numbers without looking.
static bool is_sound(const Verdict *v)
{
    const Comparison *d = &v->counterexample.diff;
    bool sound = v->kind <= VERDICT_LAST && v->error.kind <= ERROR_LAST &&
                 v->dialect <= DIALECT_LAST && v->agreed <= v->tried;
    for (size_t i = 0; d->column_of && i < v->counterexample.expected.width; i++) {
        sound &= d->column_of[i] < v->counterexample.actual.width;
    }
    for (size_t i = 0; i < d->missing_len; i++) {
        sound &= d->missing[i] < v->counterexample.expected.rows;
    }
    for (size_t i = 0; i < d->extra_len; i++) {
        sound &= d->extra[i] < v->counterexample.actual.rows;
    }
    return sound && isfinite(v->elapsed_ms);
}

START_TEST(a_damaged_verdict_is_refused_or_sound)
{
    Verdict v = full_verdict(), got;
    Str bytes = wired(&v);
    Rng rng = {.seed = 7};
    bool sound = true;
    for (int i = 0; i < 3000; i++) {
        ArenaMark mark = arena_mark(&arena);
        char *copy = arena_array(&arena, char, bytes.len);
        memcpy(copy, bytes.ptr, bytes.len);
        for (uint64_t n = 1 + rng_below(&rng, 3); n; n--) {
            copy[rng_below(&rng, bytes.len)] = (char)rng_below(&rng, 256);
        }
        Wire w = wire_open((Str){copy, bytes.len});
        if (verdict_read(&arena, &w, &got)) sound &= is_sound(&got) && json(&got).len > 0;
        arena_rewind(&arena, mark);
    }
    ck_assert(sound);
}
END_TEST

static void no_error(Verdict *v)
{
    v->kind = VERDICT_ERROR;
}
static void stray_error(Verdict *v)
{
    v->error.kind = ERROR_TIME;
}
static void too_many_agree(Verdict *v)
{
    v->agreed = v->tried + 1;
}
static void wild_row(Verdict *v)
{
    v->counterexample.diff.missing[0] = 99;
}
static void wild_column(Verdict *v)
{
    v->counterexample.diff.column_of[0] = 2;
}
static void wrong_sum(Verdict *v)
{
    v->counterexample.rows++;
}
static void no_time(Verdict *v)
{
    v->elapsed_ms = NAN;
}
static void (*const lies[])(Verdict *) = {no_error,    stray_error, too_many_agree, wild_row,
                                          wild_column, wrong_sum,   no_time};

START_TEST(a_verdict_that_contradicts_itself_is_refused)
{
    Verdict v = full_verdict(), got;
    size_t columns[] = {1, 0}, missing[] = {1};
    v.counterexample.diff.column_of = columns;
    v.counterexample.diff.missing = missing;
    lies[_i](&v);
    Wire w = wire_open(wired(&v));
    ck_assert(!verdict_read(&arena, &w, &got));
    ck_assert(w.bad);
}
END_TEST

START_TEST(control_characters_in_a_foreign_error_do_not_arrive)
{
    Verdict v = failed_verdict(VERDICT_ERROR, ERROR_RUNTIME), got;
    strcpy(v.error.text, "a\x1b[31mb");
    Wire w = wire_open(wired(&v));
    ck_assert(verdict_read(&arena, &w, &got));
    ck_assert_str_eq(got.error.text, "a^[[31mb");
}
END_TEST

// --- Queries to break, over the wire ---

static BreakCase open_case(bool holds)
{
    BreakCase c = {
        .sql = S("SELECT 1"), .holds = holds, .why = S("It behaves as if."), .own = full_verdict()};
    if (holds) c.own = (Verdict){.tried = 9, .agreed = 9};
    return c;
}

static BreakVerdict break_end(BreakKind kind)
{
    BreakVerdict v = {.kind = kind, .why = S("So it is."), .least = 2};
    bool faulty = kind == BREAK_INVALID || kind == BREAK_FAILED;
    if (faulty) error_at(&v.fault, ERROR_INPUT, (Str){0}, 3, 9, "no row");
    v.has_run = !faulty && kind != BREAK_HELD && kind != BREAK_MISSED;
    if (v.has_run) v.run = counterexample();
    return v;
}

static bool of_holding(BreakKind kind)
{
    return kind == BREAK_HELD || kind == BREAK_IMPOSSIBLE;
}

static Str break_bytes(const BreakCase *c, const BreakVerdict *v)
{
    Buf b = buf_new(&arena);
    break_wire(&b, c, v);
    return buf_str(&b);
}

static bool break_arrives(Str bytes, BreakCase *c, BreakVerdict *v, bool *judged)
{
    Wire w = wire_open(bytes);
    return break_read(&arena, &w, c, v, judged) && wire_done(&w);
}

START_TEST(every_end_of_breaking_arrives_as_it_was_sent)
{
    BreakCase c = open_case(of_holding((BreakKind)_i)), got_case;
    BreakVerdict v = break_end((BreakKind)_i), got;
    bool judged;
    Str bytes = break_bytes(&c, &v);
    ck_assert(break_arrives(bytes, &got_case, &got, &judged));
    ck_assert(judged);
    ck_assert_int_eq(got.kind, _i);
    ck_assert(str_eq(bytes, break_bytes(&got_case, &got)));
    ck_assert(break_arrives(break_bytes(&c, NULL), &got_case, &got, &judged));
    ck_assert(!judged);
    ck_text(got_case.sql, "SELECT 1");
    size_t accepted = 0;
    for (size_t n = 0; n < bytes.len; n++) {
        accepted += break_arrives(str_slice(bytes, 0, n), &got_case, &got, &judged);
    }
    ck_assert_uint_eq(accepted, 0);
}
END_TEST

START_TEST(an_end_of_breaking_that_contradicts_its_query_is_refused)
{
    BreakCase c = open_case(!of_holding((BreakKind)_i)), got_case;
    BreakVerdict v = break_end((BreakKind)_i), got;
    bool judged, told = _i == BREAK_SAME || _i == BREAK_MISSED || of_holding((BreakKind)_i);
    bool ok = break_arrives(break_bytes(&c, &v), &got_case, &got, &judged);
    ck_assert_int_eq(ok, !told);
    v.has_run = !v.has_run;
    v.run = counterexample();
    c = open_case(of_holding((BreakKind)_i));
    bool needs = !v.has_run; // it had one, and now has none
    ok = break_arrives(break_bytes(&c, &v), &got_case, &got, &judged);
    ck_assert_int_eq(ok, !needs);
    c = open_case(false);
    c.own.has_counterexample = false;
    ck_assert(!break_arrives(break_bytes(&c, NULL), &got_case, &got, &judged));
}
END_TEST

START_TEST(damaged_bytes_of_breaking_are_refused_or_sound)
{
    BreakCase c = open_case(false), got_case;
    BreakVerdict v = break_end(BREAK_BROKEN), got;
    Str bytes = break_bytes(&c, &v);
    Rng rng = {.seed = 11};
    bool sound = true, judged;
    for (int i = 0; i < 3000; i++) {
        ArenaMark mark = arena_mark(&arena);
        char *copy = arena_array(&arena, char, bytes.len);
        memcpy(copy, bytes.ptr, bytes.len);
        for (uint64_t n = 1 + rng_below(&rng, 3); n; n--) {
            copy[rng_below(&rng, bytes.len)] = (char)rng_below(&rng, 256);
        }
        Str damaged = {copy, bytes.len};
        if (break_arrives(damaged, &got_case, &got, &judged)) {
            Verdict run = {.counterexample = got.run};
            sound &= got.kind <= BREAK_LAST && is_sound(&got_case.own) && is_sound(&run);
        }
        arena_rewind(&arena, mark);
    }
    ck_assert(sound);
}
END_TEST

START_TEST(a_form_names_the_tables_and_columns_of_its_query)
{
    ColumnSpec columns[] = {{.name = S("id")}, {.name = S("price")}, {.name = S("note")}};
    TableSpec tables[] = {{.name = S("sale"), .columns = columns, .width = 3},
                          {.name = S("gift"), .columns = columns, .width = 1}};
    WarehouseSpec w = {.tables = tables, .table_count = 2};
    ck_text(exam_break_form(&arena, &w, S("SELECT s.price FROM sale s")), "sale: price\n");
    ck_text(exam_break_form(&arena, &w, S("SELECT COUNT(*) FROM gift")), "gift: id\n");
    ck_text(exam_break_form(&arena, &w, S("SELECT * FROM sale JOIN \"gift\" USING (id)")),
            "sale: id price note\n\ngift: id\n");
}
END_TEST

// --- Wrong answers ---

static const struct {
    const char *from[2], *to[2], *want; // want NULL: refused
    const char *error;
} edits[] = {
    {{"LEFT JOIN b"}, {"JOIN b"}, "SELECT * FROM a JOIN b WHERE a.x > 1 AND b.x > 2", NULL},
    {{"> 2", "> 1"},
     {">= 2", ">= 1"},
     "SELECT * FROM a LEFT JOIN b WHERE a.x >= 1 AND b.x >= 2",
     NULL},
    {{" AND b.x > 2"}, {""}, "SELECT * FROM a LEFT JOIN b WHERE a.x > 1", NULL},
    // What an edit puts in may equal what another one looks for.
    {{"a.x > 1", "b.x > 2"},
     {"b.x > 2", "a.x > 1"},
     "SELECT * FROM a LEFT JOIN b WHERE b.x > 2 AND a.x > 1",
     NULL},
    {{".x"}, {".y"}, NULL, "more than once"},
    {{"RIGHT JOIN"}, {"JOIN"}, NULL, "does not stand"},
    {{""}, {"x"}, NULL, "does not stand"},
    {{"a.x > 1", "> 1 AND"}, {"", ""}, NULL, "overlaps"},
};

START_TEST(edits_apply_where_they_stand_exactly_once)
{
    ExamSpec spec = {.answer = S("SELECT * FROM a LEFT JOIN b WHERE a.x > 1 AND b.x > 2")};
    ExamEdit list[2] = {{str_from(edits[_i].from[0]), str_from(edits[_i].to[0])},
                        {str_from(edits[_i].from[1]), str_from(edits[_i].to[1])}};
    ExamWrong wrong = {
        .edits = list, .edit_count = edits[_i].from[1] ? 2 : 1, .at = {S("pack.yaml"), 12, 5}};
    Str sql;
    Error err = {0};
    bool ok = exam_wrong_sql(&arena, &spec, &wrong, &sql, &err);
    ck_assert_int_eq(ok, edits[_i].want != NULL);
    if (ok) {
        ck_text(sql, edits[_i].want);
    } else {
        ck_assert_ptr_nonnull(strstr(err.text, edits[_i].error));
        ck_assert_str_eq(err.file, "pack.yaml");
        ck_assert_int_eq(err.line, 12);
    }
}
END_TEST

START_TEST(a_wrong_answer_given_whole_is_taken_whole)
{
    ExamSpec spec = {.answer = S("SELECT 1")};
    ExamWrong wrong = {.sql = S("SELECT 2")};
    Str sql;
    Error err = {0};
    ck_assert(exam_wrong_sql(&arena, &spec, &wrong, &sql, &err));
    ck_text(sql, "SELECT 2");
}
END_TEST

START_TEST(columns_get_the_type_of_their_origin_or_of_their_values)
{
    ColumnSpec columns[] = {{.name = S("is_new"), .type = TYPE_BOOLEAN}};
    TableSpec t = {.name = S("t"), .columns = columns, .width = 1};
    WarehouseSpec w = {.tables = &t, .table_count = 1};
    QueryResult r = {.table = {.width = 4, .rows = 1}};
    r.table.columns = arena_array(&arena, Column, 4);
    r.table.cells = arena_array(&arena, Value, 4);
    r.table.cells[0] = VALUE_INT(1);
    r.table.cells[1] = VALUE_INT(1);
    r.table.cells[2] = VALUE_FLT(0.5);
    Str tables[] = {S("T"), S(""), S(""), S("")}, names[] = {S("is_new"), S(""), S(""), S("")};
    r.origin_table = (StrList){tables, 4};
    r.origin_column = (StrList){names, 4};
    exam_types(&arena, &w, &(SqlProgram){0}, &r);
    ck_assert_int_eq(r.table.columns[0].type, TYPE_BOOLEAN);
    ck_assert_int_eq(r.table.columns[1].type, TYPE_INTEGER);
    ck_assert_int_eq(r.table.columns[2].type, TYPE_REAL);
    ck_assert_int_eq(r.table.columns[3].type, TYPE_UNKNOWN);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam_verdict");
    TCase *t = tcase_create("verdict");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_right_verdict_leaves_out_what_does_not_apply);
    tcase_add_test(t, an_error_names_kind_line_and_column);
    tcase_add_test(t, a_limit_names_what_ran_out);
    tcase_add_test(t, a_counterexample_carries_tables_results_and_script);
    tcase_add_test(t, every_verdict_has_its_own_name);
    tcase_add_loop_test(t, a_verdict_arrives_as_it_was_sent, 0, 4);
    tcase_add_loop_test(t, a_verdict_that_was_cut_is_refused, 0, 4);
    tcase_add_test(t, a_damaged_verdict_is_refused_or_sound);
    tcase_add_loop_test(t, a_verdict_that_contradicts_itself_is_refused, 0,
                        sizeof lies / sizeof *lies);
    tcase_add_test(t, control_characters_in_a_foreign_error_do_not_arrive);
    tcase_add_loop_test(t, every_end_of_breaking_arrives_as_it_was_sent, 0, BREAK_COUNT_);
    tcase_add_loop_test(t, an_end_of_breaking_that_contradicts_its_query_is_refused, 0,
                        BREAK_COUNT_);
    tcase_add_test(t, damaged_bytes_of_breaking_are_refused_or_sound);
    tcase_add_test(t, a_form_names_the_tables_and_columns_of_its_query);
    tcase_add_loop_test(t, edits_apply_where_they_stand_exactly_once, 0,
                        sizeof edits / sizeof *edits);
    tcase_add_test(t, a_wrong_answer_given_whole_is_taken_whole);
    tcase_add_test(t, columns_get_the_type_of_their_origin_or_of_their_values);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
