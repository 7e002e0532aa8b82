// test_exam_same: mutants that are proved to mean the same. What is proved of the queries in
// tests/exam/same.sql stands in same.txt (BLESS=1 writes it anew: read it before it is committed);
// and no mutant so called is refuted by any database, of references that are made at random and of
// those that we ship.
#include "base/file.h"
#include "base/rng.h"
#include "exam/mutate/mutants.h"
#include "exam_bench.h"
#include "pack/pack.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
enum { REFERENCES = 20, BATCHES = 3, BATCHES_FULL = 60, QUERIES_MOST = 80 };

static Arena library_arena;
static Library library;
static const ExamSpec *shop(void)
{
    const Drill *d = library_drill(&library, S("same/any"));
    ck_assert_ptr_nonnull(d);
    return &d->exam;
}

// --- What is proved of queries that were chosen for it ---

static Str read(const char *name)
{
    Str text, path = str_fmt(&arena, SOURCE_DIR "/tests/exam/%s", name);
    ck_assert_msg(file_read(&arena, path, 1 << 20, &text, &err), "%s", err.text);
    return text;
}

static void list(Buf *b, const ExamSpec *spec, Str sql, Dialect d)
{
    SameTree *t = same_tree(&arena, spec->warehouse, sql, d);
    ck_assert_msg(t, "not understood: " STR_FMT, STR_ARG(sql));
    Mutants m = mutants_find(&arena, sql, d, true);
    for (size_t i = 0; i < m.len; i++) {
        MutantSame same = mutant_same(t, &m.at[i]);
        if (!same.proof.len) continue;
        buf_fmt(b,
                "  %d:%d " STR_FMT ": " STR_FMT "  =>  " STR_FMT "  (" STR_FMT ": " STR_FMT ")\n",
                m.at[i].line, m.at[i].column, STR_ARG(m.at[i].class), STR_ARG(m.at[i].was),
                STR_ARG(m.at[i].now), STR_ARG(same.proof), STR_ARG(same.why));
    }
}

typedef struct {
    Str head, sql;
    Dialect dialect;
} Query;

// A line a query, below a line "-- mysql: why".
static size_t read_queries(Query *out, size_t most)
{
    Str text = read("same.sql"), line;
    size_t n = 0;
    Query q = {0};
    while (str_line(&text, &line) && n < most) {
        if (!str_starts(line, S("--"))) {
            q.sql = line;
            out[n++] = q;
            continue;
        }
        q.head = str_trim(str_slice(line, 2, line.len));
        size_t end = q.head.len;
        str_find(q.head, S(":"), &end);
        bool known = dialect_from_name(str_slice(q.head, 0, end), &q.dialect);
        ck_assert_msg(known || !n, STR_FMT, STR_ARG(line));
    }
    return n;
}

START_TEST(what_is_proved_is_what_is_listed)
{
    Query all[QUERIES_MOST];
    size_t count = read_queries(all, QUERIES_MOST);
    Buf b = buf_new(&arena);
    for (size_t i = 0; i < count; i++) {
        buf_fmt(&b, "-- " STR_FMT "\n" STR_FMT "\n", STR_ARG(all[i].head), STR_ARG(all[i].sql));
        list(&b, shop(), all[i].sql, all[i].dialect);
    }
    if (getenv("BLESS")) {
        Str path = S(SOURCE_DIR "/tests/exam/same.txt");
        ck_assert_msg(file_write_atomic(path, buf_str(&b), &err), "%s", err.text);
    }
    ck_assert_str_eq(buf_str(&b).ptr, read("same.txt").ptr);
}
END_TEST

// --- No database refutes what is proved ---

static size_t prove_all(const ExamSpec *spec)
{
    SameTree *t = same_tree(&arena, spec->warehouse, spec->answer, spec->dialect);
    bool ordered = spec->rule.key_count || spec->rule.as_reference;
    Mutants m = mutants_find(&arena, spec->answer, spec->dialect, ordered);
    size_t proved = 0;
    for (size_t i = 0; t && i < m.len; i++) {
        Verdict v;
        MutantSame same = mutant_same(t, &m.at[i]);
        if (!same.proof.len) continue;
        ExamAnswer answer = {.sql = m.at[i].sql, .dialect = spec->dialect, .seed = 1};
        Error why = {0};
        if (!exam_check(bank, &arena, spec, &answer, &v, &why)) break; // the reference does not run
        proved += v.kind == VERDICT_RIGHT;
        ck_assert_msg(v.kind != VERDICT_WRONG,
                      "%s, " STR_FMT " (" STR_FMT "):\n" STR_FMT "\nis not\n" STR_FMT "\n" STR_FMT,
                      dialect_name(spec->dialect), STR_ARG(same.proof), STR_ARG(same.why),
                      STR_ARG(m.at[i].sql), STR_ARG(spec->answer), STR_ARG(v.counterexample.setup));
    }
    return proved;
}

// By an ORDER BY of its own, behind the last parenthesis.
static bool is_sorted(Str sql)
{
    size_t at;
    while (str_find(sql, S(")"), &at)) sql = str_slice(sql, at + 1, sql.len);
    return str_find(sql, S("ORDER BY"), NULL);
}

START_TEST(the_listed_proofs_hold)
{
    Query all[QUERIES_MOST];
    size_t count = read_queries(all, QUERIES_MOST), proved = 0;
    for (size_t i = (size_t)_i; i < count; i += 4) {
        ExamSpec spec = *shop();
        spec.answer = all[i].sql;
        spec.dialect = all[i].dialect;
        spec.rule.as_reference = is_sorted(spec.answer);
        proved += prove_all(&spec);
    }
    ck_assert_uint_gt(proved, 0);
}
END_TEST

START_TEST(a_proof_holds_of_drills_that_we_ship)
{
    const Drill *d = library_at(&library, (size_t)_i);
    if (!d || d->kind != KIND_SQL || d->exam.load.len) return;
    prove_all(&d->exam);
}
END_TEST

// --- References made at random ---

typedef struct {
    const char *from;    // with aliases …
    const char *keys[6]; // … and values to select, group and sort by
} Source;
static const Source sources[] = {
    {"customer c", {"c.id", "c.email", "c.city", "c.since", "c.city", "c.id"}},
    {"sale s JOIN customer c ON c.id = s.customer_id",
     {"s.id", "c.id", "c.city", "s.amount", "s.sold_on", "s.customer_id"}},
    {"sale s LEFT JOIN item i ON i.id = s.item_id",
     {"s.id", "i.id", "i.price", "s.item_id", "s.amount", "s.customer_id"}},
    {"sale s JOIN item i ON s.item_id = i.id JOIN customer c ON s.customer_id = c.id",
     {"s.id", "i.id", "c.email", "c.city", "s.amount", "i.price"}},
    {"item i LEFT JOIN sale s ON s.item_id = i.id LEFT JOIN customer c ON c.id = s.customer_id",
     {"i.id", "s.id", "c.id", "c.city", "s.amount", "i.price"}},
    {"customer c LEFT JOIN sale s ON s.customer_id = c.id AND s.amount > 1",
     {"c.id", "s.id", "s.sold_on", "c.city", "s.amount", "c.email"}},
    {"stock k JOIN item i ON i.id = k.item_id",
     {"k.item_id", "k.day", "i.id", "k.pieces", "k.counted", "i.price"}},
    {"stock k LEFT JOIN sale s ON s.item_id = k.item_id AND s.sold_on = k.day",
     {"k.item_id", "k.day", "s.id", "s.amount", "k.counted", "s.customer_id"}},
    {"(SELECT s.customer_id, s.sold_on, SUM(s.amount) AS t, COUNT(*) AS n FROM sale s GROUP BY "
     "s.customer_id, s.sold_on) g JOIN customer c ON c.id = g.customer_id",
     {"g.customer_id", "g.sold_on", "g.t", "g.n", "c.city", "c.id"}},
    {"item i LEFT JOIN (SELECT s.item_id AS item, MAX(s.amount) AS m FROM sale s GROUP BY "
     "s.item_id) g ON g.item = i.id",
     {"i.id", "g.item", "g.m", "i.price", "g.m", "i.id"}},
    {"item i CROSS JOIN (SELECT DISTINCT s.sold_on AS d, s.amount AS a FROM sale s) g",
     {"i.id", "g.d", "g.a", "i.price", "g.d", "g.a"}},
};

static const char *pick(Rng *r, const Source *s)
{
    return s->keys[rng_below(r, COUNT(s->keys))];
}

static void put_list(Buf *b, Rng *r, const Source *s, size_t most, const char *end)
{
    size_t n = 1 + rng_below(r, most);
    for (size_t i = 0; i < n; i++)
        buf_fmt(b, "%s%s%s", i ? ", " : "", pick(r, s), rng_below(r, 4) || !*end ? "" : end);
}

static void put_where(Buf *b, Rng *r, const Source *s)
{
    if (rng_below(r, 2)) return;
    buf_fmt(b, " WHERE %s IS NOT NULL", pick(r, s));
    if (rng_below(r, 2)) buf_fmt(b, " AND COALESCE(s.amount, 0) <> 2 AND %s <> 3", pick(r, s));
}

static void put_grouped(Buf *b, Rng *r, const Source *s)
{
    static const char *const calls[] = {"COUNT(%s)", "SUM(%s)", "COUNT(DISTINCT %s)", "MAX(%s)"};
    size_t n = 1 + rng_below(r, 3);
    Buf keys = buf_new(&arena);
    for (size_t i = 0; i < n; i++) buf_fmt(&keys, "%s%s", i ? ", " : "", pick(r, s));
    buf_fmt(b, "SELECT %s" STR_FMT ", ", rng_below(r, 4) ? "" : "DISTINCT ",
            STR_ARG(buf_str(&keys)));
    const char *call = calls[rng_below(r, COUNT(calls))], *end = strchr(call, '%') + 2;
    buf_fmt(b, "%.*s%s%s AS x FROM %s", (int)(end - 2 - call), call, pick(r, s), end, s->from);
    put_where(b, r, s);
    buf_fmt(b, " GROUP BY " STR_FMT, STR_ARG(buf_str(&keys)));
}

static void put_window(Buf *b, Rng *r, const Source *s)
{
    static const char *const calls[] = {"ROW_NUMBER()", "RANK()", "DENSE_RANK()", "SUM(1)",
                                        "COUNT(*)"};
    static const char *const frames[] = {
        "", "", " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", " RANGE UNBOUNDED PRECEDING"};
    size_t call = rng_below(r, COUNT(calls));
    buf_fmt(b, "%s OVER (PARTITION BY %s ORDER BY ", calls[call], pick(r, s));
    put_list(b, r, s, 3, " DESC");
    // ROW_NUMBER must not be up to the engine; the others give equals the same.
    for (size_t i = 0; call == 0 && i < COUNT(s->keys); i++) buf_fmt(b, ", %s", s->keys[i]);
    buf_fmt(b, "%s)", call < 3 ? "" : frames[rng_below(r, COUNT(frames))]);
}

static void put_ranked(Buf *b, Rng *r, const Source *s)
{
    bool outer = rng_below(r, 2);
    buf_fmt(b, "%sSELECT %s AS a, %s AS b, ", outer ? "WITH r AS (" : "", pick(r, s), pick(r, s));
    put_window(b, r, s);
    buf_fmt(b, " AS place FROM %s", s->from);
    put_where(b, r, s);
    static const char *const ends[] = {"a, b FROM r WHERE place = 1", "a FROM r WHERE place <= 1",
                                       "a, place FROM r WHERE place = 1",
                                       "a, COUNT(*) FROM r WHERE place < 3 GROUP BY a"};
    if (outer) buf_fmt(b, ") SELECT %s", ends[rng_below(r, COUNT(ends))]);
}

// Sorted ones have no ties and no DISTINCT: who is among the first three is not up to the engine.
static void put_plain(Buf *b, Rng *r, const Source *s)
{
    bool sorted = rng_below(r, 2);
    buf_fmt(b, "SELECT %s", sorted || rng_below(r, 3) ? "" : "DISTINCT ");
    put_list(b, r, s, 3, "");
    buf_fmt(b, " FROM %s", s->from);
    put_where(b, r, s);
    if (!sorted) return;
    buf_add(b, S(" ORDER BY "));
    put_list(b, r, s, 3, " DESC");
    for (size_t i = 0; i < COUNT(s->keys); i++) buf_fmt(b, ", %s", s->keys[i]);
    buf_add(b, S(" LIMIT 3"));
}

static Str reference(Rng *r)
{
    static void (*const shapes[])(Buf *, Rng *, const Source *) = {put_plain, put_grouped,
                                                                   put_ranked, put_plain};
    Buf b = buf_new(&arena);
    shapes[rng_below(r, COUNT(shapes))](&b, r, &sources[rng_below(r, COUNT(sources))]);
    return buf_str(&b);
}

START_TEST(no_database_refutes_a_proof)
{
    static const Dialect dialects[] = {DIALECT_SQLITE, DIALECT_SQLITE, DIALECT_POSTGRES,
                                       DIALECT_MYSQL,  DIALECT_DUCKDB, DIALECT_SPARK};
    Rng r = {.seed = (uint64_t)_i + 1};
    size_t proved = 0;
    for (int i = 0; i < REFERENCES; i++) {
        ExamSpec spec = *shop();
        spec.dialect = dialects[rng_below(&r, COUNT(dialects))];
        spec.answer = reference(&r);
        proved += prove_all(&spec);
    }
    ck_assert_msg(proved >= REFERENCES / 2, "%zu", proved);
}
END_TEST

static void load_library(void)
{
    static Str more[] = {STR_LIT(SOURCE_DIR "/tests/packs-exam"),
                         STR_LIT(SOURCE_DIR "/tests/exam/same.yaml")};
    PackSources from = {
        .share_dir = S(SOURCE_DIR), .shipped = true, .extra = (StrList){more, COUNT(more)}};
    Diags diags = {.arena = &library_arena};
    if (!pack_load(&library_arena, &from, &library, &diags, &err)) abort();
    for (size_t i = 0; i < library_drill_count(&library); i++)
        library_read(&library, library_at(&library, i));
}

// "all": the drills too, and many more references.
int main(int argc, char **argv)
{
    bool all = argc > 1 && strcmp(argv[1], "all") == 0;
    load_library();
    Suite *s = suite_create("exam_same");
    TCase *t = tcase_create("mutants that mean the same");
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_test(t, what_is_proved_is_what_is_listed);
    tcase_add_loop_test(t, the_listed_proofs_hold, 0, 4);
    tcase_add_loop_test(t, no_database_refutes_a_proof, 0, all ? BATCHES_FULL : BATCHES);
    tcase_add_loop_test(t, a_proof_holds_of_drills_that_we_ship, 0,
                        all ? (int)library_drill_count(&library) : 0);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    arena_free(&library_arena);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
