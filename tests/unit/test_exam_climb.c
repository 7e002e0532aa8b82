// test_exam_climb: databases that are looked for: where the reference hardly ever gives a row,
// where a rule gives texts a form, where one row begins at the end of another.
//
// Each wrong query differs only on databases that cells drawn one by one do not make.
#include "exam/bank.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/mutate/mutants.h"
#include "exam/paper.h"
#include "exam_bench.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define COLUMN(n, t, ...)                                                                          \
    {                                                                                              \
        .name = STR_LIT(n), .type = t, .null_share = -1, .not_null = true, __VA_ARGS__             \
    }
#define WAREHOUSE(t, ...)                                                                          \
    {                                                                                              \
        .name = STR_LIT("w"), .today = 20269, .now_ms = 1751284800000, .tables = t,                \
        .table_count = COUNT(t), __VA_ARGS__                                                       \
    }

static ColumnSpec line_columns[] = {
    COLUMN("order_id", TYPE_INTEGER, .unique = false),
    COLUMN("product", TYPE_TEXT, .unique = false),
};
static Str line_key[] = {STR_LIT("order_id"), STR_LIT("product")};
static StrList line_unique[] = {{line_key, 2}};
static TableSpec lines[] = {{.name = STR_LIT("line"),
                             .columns = line_columns,
                             .width = 2,
                             .unique = line_unique,
                             .unique_count = 1}};
static ColumnSpec leg_columns[] = {
    COLUMN("start", TYPE_TEXT, .unique = false),
    COLUMN("goal", TYPE_TEXT, .unique = false),
};
static TableSpec legs[] = {{.name = STR_LIT("leg"), .columns = leg_columns, .width = 2}};
static ColumnSpec release_columns[] = {
    COLUMN("package", TYPE_TEXT, .unique = false),
    COLUMN("version", TYPE_TEXT, .unique = false),
};
static TableSpec releases[] = {
    {.name = STR_LIT("release"), .columns = release_columns, .width = 2}};
static NeverRule release_rules[] = {
    {.sql = STR_LIT("SELECT 1 FROM release WHERE version GLOB '*[^0-9.]*' OR length(version) - "
                    "length(replace(version, '.', '')) <> 1 OR version LIKE '.%' OR version LIKE "
                    "'%.' OR version GLOB '0[0-9]*' OR version GLOB '*.0[0-9]*'")}};
static ColumnSpec patient_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("born", TYPE_DATE, .unique = false),
};
static Str patient_checks[] = {STR_LIT("born <= '2004-02-28'")};
static TableSpec patients[] = {{.name = STR_LIT("patient"),
                                .columns = patient_columns,
                                .width = 2,
                                .check = {patient_checks, 1}}};
static ColumnSpec member_columns[] = {
    COLUMN("id", TYPE_INTEGER, .primary_key = true),
    COLUMN("born", TYPE_DATE, .unique = false),
    COLUMN("joined", TYPE_DATE, .unique = false),
};
static TableSpec members[] = {{.name = STR_LIT("member"), .columns = member_columns, .width = 3}};
static ColumnSpec call_columns[] = {
    COLUMN("caller", TYPE_INTEGER, .unique = false),
    COLUMN("callee", TYPE_INTEGER, .unique = false),
};
static TableSpec calls[] = {{.name = STR_LIT("call"), .columns = call_columns, .width = 2}};
static ColumnSpec claim_columns[] = {
    COLUMN("claim_id", TYPE_INTEGER, .primary_key = true),
    COLUMN("region", TYPE_TEXT, .unique = false),
    COLUMN("risk", TYPE_INTEGER, .unique = false),
};
static TableSpec claims[] = {{.name = STR_LIT("claim"), .columns = claim_columns, .width = 3}};

static ColumnSpec artist_columns[] = {
    COLUMN("aid", TYPE_INTEGER, .unique = false),
    COLUMN("name", TYPE_TEXT, .unique = false),
};
static ColumnSpec song_columns[] = {
    COLUMN("sid", TYPE_INTEGER, .unique = false),
    COLUMN("aid", TYPE_INTEGER, .unique = false),
    COLUMN("yr", TYPE_TEXT, .unique = false),
};
static TableSpec songs[] = {
    {.name = STR_LIT("artist"), .columns = artist_columns, .width = 2},
    {.name = STR_LIT("song"), .columns = song_columns, .width = 3},
};

static WarehouseSpec line = WAREHOUSE(lines, .never_count = 0),
                     leg = WAREHOUSE(legs, .never_count = 0),
                     release = WAREHOUSE(releases, .never = release_rules, .never_count = 1),
                     patient = WAREHOUSE(patients, .never_count = 0),
                     member = WAREHOUSE(members, .never_count = 0),
                     call = WAREHOUSE(calls, .never_count = 0),
                     song = WAREHOUSE(songs, .never_count = 0),
                     claim = WAREHOUSE(claims, .never_count = 0);

#define PAIRS                                                                                      \
    "SELECT x.product AS p, y.product AS q, COUNT(*) AS n FROM line x JOIN line y ON y.order_id "  \
    "= x.order_id AND x.product < y.product GROUP BY x.product, y.product HAVING COUNT(*) "
#define TWO_LEGS                                                                                   \
    "SELECT goal FROM leg WHERE start = 'OSL' UNION SELECT b.goal FROM leg a JOIN leg b ON "       \
    "b.start = a.goal WHERE a.start = 'OSL'"
#define MAJOR "CAST(split_part(version, '.', 1) AS INTEGER)"
#define MINOR "CAST(split_part(version, '.', 2) AS INTEGER)"
#define SONGS "SELECT a.name FROM artist a JOIN song s ON s.aid = a.aid WHERE s.yr "
#define AGE                                                                                        \
    "SELECT id FROM member WHERE (EXTRACT(YEAR FROM joined) - EXTRACT(YEAR FROM born)) * 10000 + " \
    "(EXTRACT(MONTH FROM joined) - EXTRACT(MONTH FROM born)) * 100 + EXTRACT(DAY FROM joined) - "  \
    "EXTRACT(DAY FROM born) >= 180000"

#define UPPER(share)                                                                               \
    "SELECT c.claim_id FROM claim c JOIN (SELECT region, " share " WITHIN GROUP (ORDER BY risk) "  \
    "AS p FROM claim GROUP BY region) t ON t.region = c.region WHERE c.risk >= t.p"

static const struct {
    const WarehouseSpec *w;
    const char *reference, *right, *wrong;
} mistakes[] = {
    {&line, PAIRS ">= 4", PAIRS "> 3", PAIRS ">= 3"},
    {&line, PAIRS ">= 4", PAIRS "> 3", PAIRS "> 4"},
    {&leg, TWO_LEGS, TWO_LEGS " AND a.start = 'OSL'",
     TWO_LEGS " UNION SELECT c.goal FROM leg a JOIN leg b ON b.start = a.goal JOIN leg c ON "
              "c.start = b.goal WHERE a.start = 'OSL'"},
    {&release, "SELECT package, MAX(" MINOR ") AS n FROM release WHERE " MAJOR " = 1 GROUP BY 1",
     "SELECT package, MAX(CAST(substr(version, 3) AS INTEGER)) AS n FROM release WHERE version "
     "LIKE '1.%' GROUP BY 1",
     "SELECT package, CAST(MAX(split_part(version, '.', 2)) AS INTEGER) AS n FROM release "
     "WHERE " MAJOR " = 1 GROUP BY 1"},
    {&patient, "SELECT COUNT(*) AS n FROM patient WHERE born <= '2004-02-27'",
     "SELECT COUNT(*) AS n FROM patient WHERE born < '2004-02-28'",
     "SELECT COUNT(*) AS n FROM patient"},
    {&member, AGE, AGE " AND born < joined",
     "SELECT id FROM member WHERE joined - born >= 18 * 365"},
    {&song, SONGS "< '1990' INTERSECT " SONGS "> '2000'",
     SONGS "< '1990' AND a.name IN (" SONGS "> '2000') GROUP BY a.name",
     SONGS "< '1990' INTERSECT " SONGS ">= '2000'"},
    {&call,
     "SELECT LEAST(caller, callee) AS x, GREATEST(caller, callee) AS y FROM call GROUP BY 1, 2",
     "SELECT DISTINCT LEAST(caller, callee) AS x, GREATEST(caller, callee) AS y FROM call",
     "SELECT MIN(LEAST(caller, callee)) AS x, MAX(GREATEST(caller, callee)) AS y FROM call GROUP "
     "BY CONCAT(LEAST(caller, callee), GREATEST(caller, callee))"},
    // Of fewer than twenty rows the upper twentieth is the greatest.
    {&claim, UPPER("PERCENTILE_CONT(0.95)"), UPPER("PERCENTILE_CONT(0.950)"),
     UPPER("PERCENTILE_DISC(0.95)")},
};

static VerdictKind verdict(const ExamSpec *spec, const char *sql, uint64_t seed)
{
    Verdict v;
    ExamAnswer answer = {.sql = str_from(sql), .dialect = spec->dialect, .seed = seed};
    ck_assert_msg(exam_check(bank, &arena, spec, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind != VERDICT_ERROR, "%s\n%s", sql, v.error.text);
    return v.kind;
}

START_TEST(a_mistake_that_only_a_sought_database_shows_is_found)
{
    ExamSpec spec = {.warehouse = mistakes[_i].w,
                     .answer = str_from(mistakes[_i].reference),
                     .dialect = DIALECT_POSTGRES};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        ck_assert_msg(verdict(&spec, mistakes[_i].wrong, seed) == VERDICT_WRONG, "seed %d: %s",
                      (int)seed, mistakes[_i].wrong);
        ck_assert_msg(verdict(&spec, mistakes[_i].right, seed) == VERDICT_RIGHT, "seed %d: %s",
                      (int)seed, mistakes[_i].right);
    }
}
END_TEST

static void ck_list(StrList list, const char *const *expected, size_t count)
{
    ck_assert_uint_eq(list.len, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(str_eq(list.at[i], str_from(expected[i])), "%zu: " STR_FMT, i,
                      STR_ARG(list.at[i]));
}

// Four of one order: of a database with many lines of one this is as much as of all others.
START_TEST(a_database_that_costs_too_much_is_left_out)
{
    TableSpec few[] = {lines[0]};
    few[0].rows = 20;
    WarehouseSpec w = WAREHOUSE(few, .never_count = 0);
    ExamSpec spec = {.warehouse = &w, .dialect = DIALECT_POSTGRES};
    spec.answer = S("SELECT a.product AS p, COUNT(*) AS n FROM line a JOIN line b ON b.product > "
                    "a.product JOIN line c ON c.product > b.product JOIN line d ON d.product > "
                    "c.product GROUP BY a.product");
    ExamAnswer answer = {.sql = spec.answer, .dialect = spec.dialect, .seed = 1};
    Verdict v;
    ck_assert_msg(exam_check(bank, &arena, &spec, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind == VERDICT_RIGHT, STR_FMT, STR_ARG(v.why));
    ck_assert_uint_gt(v.tried, 200);
    const Paper *p = bank_paper(bank, &spec, &answer);
    ck_assert_int_gt(p->steps_most, 0);
    for (size_t i = 0; i < p->count; i++) ck_assert_int_le(p->cases[i].steps, p->steps_most);
    ck_assert(error_is_limit(p->fault.kind)); // some were
    // The table is so short that the sample is all of it: nothing is run on it twice.
    ck_assert_ptr_eq(p->visible.image.ptr, p->sample.image.ptr);
}
END_TEST

START_TEST(a_query_comes_in_step_by_step)
{
    static const char *const steps[] = {
        "SELECT k FROM (SELECT k FROM t WHERE 1 = 1) d JOIN u ON 1 = 1 GROUP BY k HAVING 1 = 1",
        "SELECT k FROM (SELECT k FROM t WHERE x = 'a') d JOIN u ON 1 = 1 GROUP BY k HAVING 1 = 1",
        "SELECT k FROM (SELECT k FROM t WHERE x = 'a') d JOIN u ON u.k = d.k GROUP BY k HAVING "
        "1 = 1",
        "SELECT k FROM (SELECT k FROM t WHERE x = 'a') d JOIN u ON u.k = d.k GROUP BY k HAVING "
        "COUNT(*) >= 1",
        "SELECT k FROM (SELECT k FROM t WHERE x = 'a') d JOIN u ON u.k = d.k GROUP BY k HAVING "
        "COUNT(*) >= 2",
        "SELECT k FROM (SELECT k FROM t WHERE x = 'a') d JOIN u ON u.k = d.k GROUP BY k HAVING "
        "COUNT(*) >= 3"};
    ck_list(relaxed_steps(&arena, str_from(steps[5]), DIALECT_POSTGRES), steps, COUNT(steps));
}
END_TEST

// An aggregate without groups always gives a row, an outer join always keeps its left side.
START_TEST(what_a_query_should_come_to_is_read_off)
{
    static const char *const goals[] = {
        "SELECT SUM(b.n) AS n FROM a LEFT JOIN b ON b.k = a.k WHERE (a.x > 1) HAVING COUNT(*) > 0",
        "SELECT SUM(b.n) AS n FROM a JOIN b ON b.k = a.k WHERE (a.x > 1) HAVING COUNT(*) > 0"};
    static const char *const plain[] = {"SELECT k FROM a WHERE x NOT IN (SELECT MAX(x) FROM b)"};
    ck_list(relaxed_goals(&arena,
                          S("SELECT SUM(b.n) AS n FROM a LEFT JOIN b ON b.k = a.k WHERE (a.x > 1)"),
                          DIALECT_POSTGRES),
            goals, COUNT(goals));
    ck_list(relaxed_goals(&arena, str_from(plain[0]), DIALECT_POSTGRES), plain, 1);
}
END_TEST

START_TEST(what_a_query_joins_glues_and_counts_in_is_read)
{
    Literals l = literals_find(&arena,
                               S("SELECT STRING_AGG(s.skill, '' ORDER BY s.skill) FROM p JOIN s ON "
                                 "s.owner = p.id AND s.k = p.k AND s.n = LENGTH(p.n)"),
                               DIALECT_POSTGRES);
    ck_assert(literals_joined(&l, S("id"), S("OWNER")));
    ck_assert(!literals_joined(&l, S("k"), S("k")) && !literals_joined(&l, S("n"), S("length")));
    ck_assert_uint_eq(l.glued.len, 1);
    ck_assert(str_eq(l.glued.at[0], S("skill")) && !l.ages);
    l = literals_find(&arena, S("SELECT (a - b) / 365.25, STRING_AGG(x, ',') FROM t"),
                      DIALECT_POSTGRES);
    ck_assert(l.ages);
    ck_assert_uint_eq(l.glued.len, 0);
}
END_TEST

// Rows are grown within the bounds of their columns, too: no rule of the judge says them.
START_TEST(what_is_grown_keeps_all_bounds)
{
    static ColumnSpec columns[] = {COLUMN("day", TYPE_DATE, .max = STR_LIT("2025-06-30"))};
    static TableSpec tables[] = {{.name = STR_LIT("t"), .columns = columns, .width = 1}};
    static const WarehouseSpec w = WAREHOUSE(tables, .never_count = 0);
    Literals l = literals_find(&arena, S("SELECT day FROM t"), DIALECT_SQLITE);
    DataJudge judge = exam_judge(worker);
    for (int inside = 0; inside < 2; inside++) {
        Value cell = VALUE_STR(inside ? S("2025-06-29") : S("2025-06-30"));
        Column head = {S("day"), TYPE_DATE};
        Table t = {.width = 1, .rows = 1, .cells = &cell, .columns = &head};
        Data base = {&t, 1}, out;
        bool made;
        Making m = {.arena = &arena, .w = &w, .literals = &l, .judge = &judge, .seed = 1};
        ck_assert(grow_data(&m, &base, &out, &made, &err));
        ck_assert_int_eq(made, inside);
        if (made) ck_assert_uint_eq(out.tables[0].rows, 2);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("exam_climb");
    TCase *t = tcase_create("climb");
    tcase_set_timeout(t, 300);
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, a_mistake_that_only_a_sought_database_shows_is_found, 0,
                        (int)COUNT(mistakes));
    tcase_add_test(t, a_database_that_costs_too_much_is_left_out);
    tcase_add_test(t, a_query_comes_in_step_by_step);
    tcase_add_test(t, what_a_query_should_come_to_is_read_off);
    tcase_add_test(t, what_a_query_joins_glues_and_counts_in_is_read);
    tcase_add_test(t, what_is_grown_keeps_all_bounds);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
