// test_break: rows as they are typed, what they do to a query, and that every shipped SQL drill can
// be played.
#include "exam/breaking/break_private.h"
#include "exam_bench.h"
#include "grade/grade.h"
#include "pack/pack.h"
#include "temp_dir.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static Arena library_arena;
static GradeDesk *desk;
static Library library;
static Str folder;

static void setup(void)
{
    bench_setup();
    folder = temp_dir_make(&arena);
    world.cache_dir = folder;
    ck_assert_msg(grade_open(&world, &desk, &err), "%s", err.text);
}

static void teardown(void)
{
    grade_close(desk);
    temp_dir_remove(&arena, folder);
    bench_teardown();
}

static ColumnSpec team_columns[] = {
    {.name = STR_LIT("team_id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("name"),
     .type = TYPE_TEXT,
     .not_null = true,
     .unique = true,
     .null_share = -1},
};
static ColumnSpec player_columns[] = {
    {.name = STR_LIT("player_id"), .type = TYPE_INTEGER, .primary_key = true, .null_share = -1},
    {.name = STR_LIT("team_id"),
     .type = TYPE_INTEGER,
     .ref_table = STR_LIT("team"),
     .ref_column = STR_LIT("team_id"),
     .null_share = -1},
    {.name = STR_LIT("score"), .type = TYPE_REAL, .null_share = -1},
    {.name = STR_LIT("joined"), .type = TYPE_DATE, .not_null = true, .null_share = -1},
    {.name = STR_LIT("active"), .type = TYPE_BOOLEAN, .null_share = -1},
};
static Str checks[] = {STR_LIT("score >= 0")};
static TableSpec tables[] = {
    {.name = STR_LIT("team"), .rows = 5, .columns = team_columns, .width = COUNT(team_columns)},
    {.name = STR_LIT("player"),
     .rows = 20,
     .columns = player_columns,
     .width = COUNT(player_columns),
     .check = {checks, 1}},
};
static NeverRule never[] = {{.why = STR_LIT("nobody joins after 2030"),
                             .sql = STR_LIT("SELECT 1 FROM player WHERE joined > '2030-01-01'")}};
static const WarehouseSpec warehouse = {.name = STR_LIT("league"),
                                        .today = 20269,
                                        .now_ms = 1751284800000,
                                        .tables = tables,
                                        .table_count = COUNT(tables),
                                        .never = never,
                                        .never_count = 1};
static const char reference[] =
    "SELECT t.name, COUNT(p.player_id) AS n FROM team t LEFT JOIN player p"
    " ON p.team_id = t.team_id GROUP BY t.name";
static const char inner[] = "SELECT t.name, COUNT(p.player_id) AS n FROM team t JOIN player p"
                            " ON p.team_id = t.team_id GROUP BY t.name";
static ExamWrong wrong[] = {
    {.why = STR_LIT("Teams without players vanish."), .sql = {inner, sizeof inner - 1}}};
static const ExamSpec spec = {.warehouse = &warehouse,
                              .answer = {reference, sizeof reference - 1},
                              .wrong = wrong,
                              .wrong_count = 1};

// --- Typed rows ---

static const struct {
    const char *text, *rows; // as the reader understands them
} typed[] = {
    {"team\n1, Red\n2, 'Blue, dark'\n", "team(team_id name) 1 'Red' | 2 'Blue, dark'"},
    {"team: name\n\"O'Neil\"\n'it''s'", "team(name) 'O''Neil' | 'it''s'"},
    {"-- pasted\nTEAM\nteam_id,name\n7,Red", "team(team_id name) 7 'Red'"},
    {"team\n1\tRed", "team(team_id name) 1 'Red'"},
    {"team (name, team_id)\n('Red', 1),\n('Blue', 2);", "team(name team_id) 'Red' 1 | 'Blue' 2"},
    {"player: team_id, score joined active\n , 1.5, 2025-01-02, true\nNULL, 2, 2025-01-03, 0",
     "player(team_id score joined active) NULL 1.5 '2025-01-02' 1 | NULL 2.0 '2025-01-03' 0"},
    {"team: name\n'NULL'\n''\n", "team(name) 'NULL' | ''"},
    {"team\n\nplayer: player_id\n3\r\n", "team(team_id name) ; player(player_id) 3"},
};

static Str written(const BreakRows *rows)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < rows->len; i++) {
        const WitnessTable *t = &rows->at[i];
        buf_fmt(&b, "%s" STR_FMT "(" STR_FMT ")", i ? "; " : "", STR_ARG(t->table),
                STR_ARG(str_join(&arena, t->columns, S(" "))));
        if (!t->rows) buf_char(&b, ' ');
        for (size_t r = 0; r < t->rows; r++) {
            if (r) buf_add(&b, S(" |"));
            for (size_t c = 0; c < t->columns.len; c++) {
                buf_fmt(&b, " " STR_FMT,
                        STR_ARG(value_sql(&arena, &t->cells[r * t->columns.len + c])));
            }
        }
    }
    return buf_str(&b);
}

START_TEST(rows_are_read_as_they_are_meant)
{
    BreakRows rows;
    ck_assert_msg(break_rows_read(&arena, &warehouse, str_from(typed[_i].text), &rows, &err),
                  "%s: %s", typed[_i].text, err.text);
    ck_assert_str_eq(str_c(&arena, written(&rows)), typed[_i].rows);
}
END_TEST

static const struct {
    const char *text;
    int line, column;
    const char *said;
} faults[] = {
    {"", 1, 1, "no rows"},
    {"1, 2", 1, 1, "name the table first"},
    {"taem\n1, x", 1, 1, "did you mean team?"},
    {"team: nme\nx", 1, 7, "no column nme in team; it has team_id, name"},
    {"team: name name\nx", 1, 12, "named twice"},
    {"team\n1, Red, 3", 2, 1, "3 values, but 2 columns of team are expected"},
    {"team\nx, Red", 2, 1, "team_id wants a whole number, not `x`"},
    {"team\n1, NULL", 2, 4, "name may not be NULL"},
    {"team\n1, 'Red", 2, 4, "no closing quote"},
    {"team\n1, 'Red' x", 2, 10, "a comma is expected"},
    {"team\n1, a\nteam\n2, b", 3, 1, "stands here twice"},
    {"player: joined\n2025-02-30", 2, 1, "a date like 2025-06-30"},
    {"player: active\nperhaps", 2, 1, "true or false"},
};

START_TEST(what_cannot_be_read_has_its_place)
{
    BreakRows rows;
    ck_assert(!break_rows_read(&arena, &warehouse, str_from(faults[_i].text), &rows, &err));
    ck_assert_int_eq(err.kind, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, faults[_i].said), "%s", err.text);
    ck_assert_int_eq(err.line, faults[_i].line);
    ck_assert_int_eq(err.column, faults[_i].column);
}
END_TEST

// --- The judge ---

static BreakCase case_of(const char *sql)
{
    BreakCase c = {.sql = str_from(sql)};
    ExamAnswer answer = {.sql = c.sql, .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &c.own, &err), "%s", err.text);
    c.holds = c.own.kind == VERDICT_RIGHT;
    return c;
}

static const struct {
    const char *sql, *text;
    BreakKind kind;
    size_t rows; // of the database they were run on
    int line;    // of a fault
    const char *said;
} judged[] = {
    {inner, "team\n1, Red", BREAK_BROKEN, 1, 0, "Broken with 1 row; the smallest has 1."},
    {inner, "team\n1, Red\n2, Blue", BREAK_BROKEN, 2, 0, "Broken with 2 rows; the smallest has 1."},
    {inner, "team\n1, Red", BREAK_BROKEN, 1, 0, "Its result is empty"},
    {inner, "player: team_id\n4", BREAK_SAME, 2, 0,
     "the smallest database that breaks it has 1 row."},
    {inner, "holds", BREAK_MISSED, 0, 0, "1 row breaks it"},
    {inner, "It holds.\n", BREAK_MISSED, 0, 0, "does not hold"},
    {reference, "holds", BREAK_HELD, 0, 0, "databases tried"},
    {reference, "team\n1, Red", BREAK_IMPOSSIBLE, 1, 0, "and none do: the query holds"},
    {inner, "team\n1, Red\n1, Blue", BREAK_INVALID, 0, 3, "two rows of team have team_id 1"},
    {inner, "team: name\nRed\nRed", BREAK_INVALID, 0, 3, "two rows of team have name Red"},
    {inner, "team\n1, Red\nplayer: team_id\n1\n2", BREAK_INVALID, 0, 5,
     "team_id 2 has no row in team"},
    {inner, "player: score\n3\n-1", BREAK_INVALID, 0, 3, "score >= 0"},
    {inner, "player: joined\n2031-01-01", BREAK_INVALID, 0, 1, "nobody joins after 2030"},
    {inner, "team\n1, NULL", BREAK_INVALID, 0, 2, "may not be NULL"},
    {"SELECT name, abs(-9223372036854775808) AS n FROM team", "team\n1, Red", BREAK_FAILED, 0, 0,
     "overflow"},
};

START_TEST(rows_are_judged)
{
    BreakCase c = case_of(judged[_i].sql);
    BreakVerdict v;
    ck_assert_msg(exam_break_judge(bank, &arena, &spec, &c, str_from(judged[_i].text), 1, &v, &err),
                  "%s", err.text);
    ck_assert_msg(v.kind == judged[_i].kind, "%s: " STR_FMT, break_name(v.kind), STR_ARG(v.why));
    ck_assert_msg(str_find(v.why, str_from(judged[_i].said), NULL), STR_FMT, STR_ARG(v.why));
    ck_assert_int_eq(v.fault.line, judged[_i].line);
    if (judged[_i].rows) ck_assert_uint_eq(v.run.rows, judged[_i].rows);
}
END_TEST

static BreakCase draw(const ExamSpec *of, uint64_t seed, size_t turn)
{
    BreakCase c;
    ck_assert_msg(exam_break_draw(bank, of, (BreakTurn){seed, turn}, &c, &err), "%s", err.text);
    ck_assert_int_eq(c.own.kind, c.holds ? VERDICT_RIGHT : VERDICT_WRONG);
    return c;
}

START_TEST(one_in_four_holds_and_the_seed_decides)
{
    enum { DRAWS = 40 };
    size_t holds = 0;
    for (uint64_t seed = 1; seed <= DRAWS; seed++) {
        BreakCase c = draw(&spec, seed, 0);
        holds += c.holds;
    }
    ck_assert_msg(holds >= DRAWS / 10 && holds <= DRAWS * 2 / 5, "%zu of %d hold", holds, DRAWS);
}
END_TEST

// --- Every shipped drill ---

// A database as a person would type it.
static Str typed_out(const Counterexample *x)
{
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < x->table_count; i++) {
        const Table *t = &x->tables[i].table;
        buf_fmt(&b, STR_FMT "\n", STR_ARG(x->tables[i].name));
        for (size_t r = 0; r < t->rows; r++) {
            for (size_t c = 0; c < t->width; c++) {
                buf_fmt(&b, "%s" STR_FMT, c ? ", " : "",
                        STR_ARG(value_sql(&arena, table_at(t, r, c))));
            }
            buf_char(&b, '\n');
        }
    }
    return buf_str(&b);
}

// --- A series ---

enum { SERIES_SEEDS = 2, SERIES_TURNS = 9 };
static const char *const played[] = {"sql-core/second-salary", "sql-core/record-day",
                                     "loads/upsert-with-guard"};

// The two agree on every database of the exam: one mistake, written twice.
static bool is_one_mistake(const ExamSpec *of, Str x, Str y)
{
    ExamSpec by = *of;
    Verdict v;
    by.answer = x;
    by.wrong_count = by.other_count = 0;
    ExamAnswer answer = {.sql = y, .dialect = of->dialect, .seed = 1};
    ck_assert_msg(exam_check(bank, &arena, &by, &answer, &v, &err), "%s", err.text);
    return v.kind == VERDICT_RIGHT;
}

START_TEST(a_series_makes_no_mistake_twice_and_changes_its_kind)
{
    const Drill *d = library_drill(&library, str_from(played[_i / SERIES_SEEDS]));
    uint64_t seed = (uint64_t)(_i % SERIES_SEEDS) + 1;
    const ExamSpec *of = drill_exam(d, seed % (d->world_count ? d->world_count : 1));
    BreakCase shown[SERIES_TURNS];
    size_t n = 0, kinds = 0;
    for (; n < SERIES_TURNS; n++) {
        shown[n] = draw(of, seed, n);
        if (shown[n].again) break;
        bool fresh = true;
        for (size_t i = 0; i < n; i++) {
            ck_assert(!str_eq(shown[i].sql, shown[n].sql));
            fresh = fresh && !str_eq(shown[i].class, shown[n].class);
            if (n < 3 && !of->load.len && !shown[i].holds && !shown[n].holds)
                ck_assert_msg(!is_one_mistake(of, shown[i].sql, shown[n].sql),
                              STR_FMT "\nand\n" STR_FMT, STR_ARG(shown[i].sql),
                              STR_ARG(shown[n].sql));
        }
        kinds += !shown[n].holds && fresh;
    }
    ck_assert_msg(n >= 4 && kinds >= 3, "%zu queries of %zu kinds", n, kinds);
    exam_bank_close(bank); // from a cold bank the same
    bank = exam_bank_open(worker);
    ck_assert(draw(of, seed, 3).holds == shown[3].holds);
}
END_TEST

START_TEST(each_world_is_asked_in_its_turn)
{
    const Drill *d = library_drill(&library, S("sql-core/record-day"));
    ck_assert_uint_gt(d->world_count, 1);
    bool asked[8] = {false};
    for (size_t turn = 0; turn < d->world_count; turn++) {
        BreakCase c;
        BreakVerdict v;
        GradeBreak what = {{1, turn}, S("holds")};
        size_t w = grade_break_world(d, what.turn);
        ck_assert_msg(grade_break(desk, &arena, d, &what, &c, &v, &err), "%s", err.text);
        asked[w] = true;
        ExamAnswer answer = {.sql = c.sql, .dialect = d->exam.dialect, .seed = 1};
        Verdict own;
        ck_assert(exam_check(bank, &arena, drill_exam(d, w), &answer, &own, &err));
        ck_assert_int_eq(v.kind, own.kind == VERDICT_RIGHT ? BREAK_HELD : BREAK_MISSED);
    }
    for (size_t w = 0; w < d->world_count; w++) ck_assert(asked[w]);
}
END_TEST

START_TEST(the_smallest_rows_of_a_shipped_drill_break_it)
{
    const Drill *d = library_at(&library, (size_t)_i);
    if (!d || d->kind != KIND_SQL) return;
    BreakCase c;
    BreakVerdict v = {0};
    ck_assert_msg(grade_break(desk, &arena, d, &(GradeBreak){{1, 0}, {0}}, &c, &v, &err), "%s",
                  err.text);
    ck_assert_int_eq(c.own.kind, c.holds ? VERDICT_RIGHT : VERDICT_WRONG);
    Str text = c.holds ? S("holds") : typed_out(&c.own.counterexample);
    ck_assert_msg(grade_break(desk, &arena, d, &(GradeBreak){{1, 0}, text}, &c, &v, &err), "%s",
                  err.text);
    ck_assert_msg(v.kind == (c.holds ? BREAK_HELD : BREAK_BROKEN),
                  STR_FMT " %s line %d: " STR_FMT "\n" STR_FMT, STR_ARG(d->id), break_name(v.kind),
                  v.fault.line, STR_ARG(v.why), STR_ARG(text));
    if (!c.holds) ck_assert_uint_eq(v.run.rows, v.least);
}
END_TEST

// ---- another counterexample

#define TWO_MISTAKES                                                                               \
    "SELECT d.department_name, MAX(r.salary) AS second_salary FROM departments d "                 \
    "JOIN (SELECT department_id, salary, ROW_NUMBER() OVER (PARTITION BY department_id "           \
    "ORDER BY salary DESC) AS place FROM employees WHERE salary IS NOT NULL) r "                   \
    "ON r.department_id = d.department_id AND r.place = 2 "                                        \
    "GROUP BY d.department_id, d.department_name"
#define ONE_MISTAKE                                                                                \
    "SELECT d.department_name, MAX(e.salary) AS second_salary FROM departments d "                 \
    "LEFT JOIN employees e USING (department_id) GROUP BY d.department_id, d.department_name"

static ExamAnother another(const char *sql, unsigned seen)
{
    ExamAnother o;
    GradeAnswer given = {.text = str_from(sql), .seed = 1};
    const Drill *d = library_drill(&library, S("sql-core/second-salary"));
    ck_assert_msg(grade_another(desk, &arena, d, &given, seen, &o, &err), "%s", err.text);
    return o;
}

static Str another_bytes(const ExamAnother *o)
{
    Buf b = buf_new(&arena);
    another_wire(&b, o);
    return buf_str(&b);
}

static void desk_anew(void)
{
    grade_close(desk);
    ck_assert(grade_open(&world, &desk, &err));
}

START_TEST(each_further_database_turns_on_something_new_until_none_is_left)
{
    unsigned kinds = 0;
    ExamAnother o = another(TWO_MISTAKES, 0);
    ck_assert(o.found);
    ck_assert_int_eq(o.turn, TURN_TIE); // the first one shows a department without enough staff
    ck_assert_uint_eq(o.counterexample.rows, 3);
    for (int i = 0; i < TURN_COUNT_ && o.found; i++) {
        ck_assert(!(kinds >> o.turn & 1));
        ck_assert(o.seen >> o.turn & 1);
        ck_assert_int_ne(o.counterexample.diff.kind, COMPARE_SAME);
        kinds |= 1u << o.turn;
        o = another(TWO_MISTAKES, o.seen);
    }
    ck_assert(!o.found);
}
END_TEST

START_TEST(one_mistake_without_ties_and_nulls_has_no_other_kind)
{
    ck_assert(!another(ONE_MISTAKE, 0).found);
}
END_TEST

START_TEST(the_same_answer_gets_the_same_other_database_from_a_cold_desk)
{
    ExamAnother warm = another(TWO_MISTAKES, 0);
    Str bytes = another_bytes(&warm);
    desk_anew();
    ExamAnother cold = another(TWO_MISTAKES, 0);
    ck_assert(str_eq(another_bytes(&cold), bytes));
}
END_TEST

START_TEST(another_database_arrives_as_it_was_sent_or_not_at_all)
{
    ExamAnother o = another(TWO_MISTAKES, 0), got;
    Str bytes = another_bytes(&o);
    for (size_t n = 0; n <= bytes.len; n++) {
        Wire w = wire_open(str_slice(bytes, 0, n));
        ck_assert_int_eq(another_read(&arena, &w, &got), n == bytes.len);
    }
    ck_assert(str_eq(another_bytes(&got), bytes));
    o.seen = 1u << TURN_COUNT_; // a turn that there is not
    Wire w = wire_open(another_bytes(&o));
    ck_assert(!another_read(&arena, &w, &got));
}
END_TEST

START_TEST(a_right_answer_has_no_counterexample_to_add_to)
{
    const Drill *d = library_drill(&library, S("sql-core/second-salary"));
    ck_assert(!another(str_c(&arena, d->exam.answer), 0).found);
    ck_assert(!another("SELECT 1", 0).found);
}
END_TEST

static int load_library(void)
{
    Diags diags = {.arena = &library_arena};
    PackSources from = {.share_dir = S(SOURCE_DIR), .shipped = true};
    if (!pack_load(&library_arena, &from, &library, &diags, &err)) return 0;
    library_read_all(&library);
    return (int)library_drill_count(&library);
}

int main(void)
{
    int drills = load_library();
    Suite *s = suite_create("break");
    TCase *t = tcase_create("typed"), *p = tcase_create("shipped");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_checked_fixture(p, setup, teardown);
    tcase_add_loop_test(t, rows_are_read_as_they_are_meant, 0, COUNT(typed));
    tcase_add_loop_test(t, what_cannot_be_read_has_its_place, 0, COUNT(faults));
    tcase_add_loop_test(t, rows_are_judged, 0, COUNT(judged));
    tcase_add_test(t, one_in_four_holds_and_the_seed_decides);
    tcase_add_test(p, each_further_database_turns_on_something_new_until_none_is_left);
    tcase_add_test(p, one_mistake_without_ties_and_nulls_has_no_other_kind);
    tcase_add_test(p, the_same_answer_gets_the_same_other_database_from_a_cold_desk);
    tcase_add_test(p, another_database_arrives_as_it_was_sent_or_not_at_all);
    tcase_add_test(p, a_right_answer_has_no_counterexample_to_add_to);
    tcase_add_loop_test(p, a_series_makes_no_mistake_twice_and_changes_its_kind, 0,
                        SERIES_SEEDS * COUNT(played));
    tcase_add_test(p, each_world_is_asked_in_its_turn);
    tcase_add_loop_test(p, the_smallest_rows_of_a_shipped_drill_break_it, 0, drills);
    suite_add_tcase(s, t);
    suite_add_tcase(s, p);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&library_arena);
    return failed || !drills ? EXIT_FAILURE : EXIT_SUCCESS;
}
