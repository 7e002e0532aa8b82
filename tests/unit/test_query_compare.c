// test_query_compare: when two results are the same, and the sentence when they are not.
#include "base/rng.h"
#include "base/vec.h"
#include "query/query.h"
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

// --- Tables from text: "a,b;1,x;2,y" has columns a and b and two rows. An integer, a REAL with
// '.', 'N' for NULL, ~ before an interval with parts, "x'..'" as a blob, else text ("" is the empty
// text). ---

static Value value_from(Str s)
{
    int64_t i;
    double d;
    if (str_eq(s, S("N"))) return (Value){0};
    if (str_starts(s, S("~")) && str_to_i64(str_slice(s, 1, s.len), &i))
        return (Value){.kind = VALUE_INTEGER, .integer = i, .text = s};
    if (str_to_i64(s, &i)) return VALUE_INT(i);
    if (str_to_f64(s, &d)) return VALUE_FLT(d);
    if (str_starts(s, S("x'"))) {
        return (Value){.kind = VALUE_BLOB, .text = str_slice(s, 2, s.len - 1)};
    }
    return VALUE_STR(s);
}

static Table table_from(const char *text)
{
    Str rest = str_from(text), line, cell;
    Table t = {0};
    VEC(Column) columns = {0};
    VEC(Value) cells = {0};
    bool more = str_cut(rest, ';', &line, &rest);
    for (bool go = true; go;) {
        go = str_cut(line, ',', &cell, &line);
        *vec_push(&arena, &columns) = (Column){.name = cell};
    }
    for (; more; t.rows++) {
        more = str_cut(rest, ';', &line, &rest);
        for (bool go = true; go;) {
            go = str_cut(line, ',', &cell, &line);
            *vec_push(&arena, &cells) = value_from(cell);
        }
    }
    t.columns = columns.at;
    t.width = columns.len;
    t.cells = cells.at;
    ck_assert_uint_eq(cells.len, t.rows * t.width);
    return t;
}

// --- Same or not ---

typedef struct {
    const char *expected, *actual;
    CompareKind kind;
    CompareRule rule;
} Case;

// An order as text. "k,v-": by k, then by v descending; "=": as the reference; "": none.
static void add_keys(CompareRule *rule, const char *text)
{
    Str rest = str_from(text), key;
    VEC(SortKey) keys = {0};
    for (bool go = rest.len > 0; go;) {
        go = str_cut(rest, ',', &key, &rest);
        bool descending = str_ends(key, S("-"));
        *vec_push(&arena, &keys) = (SortKey){str_slice(key, 0, key.len - descending), descending};
    }
    rule->as_reference = str_eq(str_from(text), S("="));
    rule->keys = keys.at;
    rule->key_count = rule->as_reference ? 0 : keys.len;
}

static const Case cases[] = {
    // Rows as a multiset.
    {"a;1;2", "a;2;1", COMPARE_SAME, {0}},
    {"a;1;2", "a;1", COMPARE_ROWS, {0}},
    {"a;1", "a;1;2", COMPARE_ROWS, {0}},
    {"a;1;1;2", "a;1;2;2", COMPARE_ROWS, {0}},
    {"a;1;1;2", "a;1;2;1", COMPARE_SAME, {0}},
    {"a;1;1", "a;1", COMPARE_ROWS, {0}},
    {"a", "a", COMPARE_SAME, {0}},
    {"a", "a;1", COMPARE_ROWS, {0}},
    {"a;1", "a", COMPARE_ROWS, {0}},
    {"a,b;1,x;2,y", "a,b;2,y;1,x", COMPARE_SAME, {0}},
    {"a,b;1,x;2,y", "a,b;2,x;1,y", COMPARE_ROWS, {0}},
    // A day's midnight is that day; any other time of it is not, nor is a text that looks alike.
    {"a;2025-06-01", "a;2025-06-01 00:00:00", COMPARE_SAME, {0}},
    {"a;2025-06-01 00:00:00;2025-06-02", "a;2025-06-02;2025-06-01", COMPARE_SAME, {0}},
    {"a;2025-06-01", "a;2025-06-01 00:00:01", COMPARE_ROWS, {0}},
    {"a;2025-06-01", "a;2025-06-02 00:00:00", COMPARE_ROWS, {0}},
    {"a;2025-06-01", "a;2025-06-01 00:00", COMPARE_ROWS, {0}},
    {"a;2025x06-01", "a;2025x06-01 00:00:00", COMPARE_ROWS, {0}},
    // NULL equals NULL and nothing else.
    {"a;N", "a;N", COMPARE_SAME, {0}},
    {"a;N", "a;0", COMPARE_ROWS, {0}},
    {"a;N", "a;", COMPARE_ROWS, {0}},
    {"a,b;N,1;N,2", "a,b;N,2;N,1", COMPARE_SAME, {0}},
    {"a;N;1.5", "a;1.5;N", COMPARE_SAME, {0}},
    {"a;N;1.5", "a;1.5;0.0", COMPARE_ROWS, {0}},
    // Kinds.
    {"a;1", "a;1.0", COMPARE_SAME, {0}},
    {"a;1.0;2", "a;2.0;1", COMPARE_SAME, {0}},
    {"a;0.0", "a;-0.0", COMPARE_SAME, {0}},
    {"a;1", "a;one", COMPARE_ROWS, {0}},
    {"a;x", "a;X", COMPARE_ROWS, {0}},
    {"a;x", "a;x'x'", COMPARE_ROWS, {0}},
    {"a;x'x'", "a;x'x'", COMPARE_SAME, {0}},
    {"a;9007199254740993", "a;9007199254740992", COMPARE_ROWS, {0}},
    {"a;one;1.5", "a;1.5;one", COMPARE_SAME, {0}},
    {"a;2025-06-01;2025-06-02", "a;2025-06-02;2025-06-01", COMPARE_SAME, {0}},
    // An interval with its parts is its length, to the last bits of a mean; one without is exact.
    {"a;~30", "a;30", COMPARE_SAME, {0}},
    {"a;~1", "a;~2", COMPARE_ROWS, {0}},
    {"a;~3333333333333;~5", "a;~5;3333333333334", COMPARE_SAME, {0}},
    {"a;3333333333333", "a;3333333333334", COMPARE_ROWS, {0}},
    {"a;~86400000000", "a;~86401000000", COMPARE_ROWS, {0}},
    {"a;~1", "a;N", COMPARE_ROWS, {0}},
    // REALs within the tolerance, by default the last bits.
    {"a;0.3", "a;0.30000000000000004", COMPARE_SAME, {0}},
    {"a;0.3", "a;0.301", COMPARE_ROWS, {0}},
    {"a;0.3", "a;0.301", COMPARE_SAME, {.tolerance = 0.01}},
    {"a;1000000.0", "a;1000000.0001", COMPARE_SAME, {0}},
    {"a;1000000.0", "a;1000000.1", COMPARE_ROWS, {0}},
    {"a;100.0;200.0", "a;201.0;100.5", COMPARE_SAME, {.tolerance = 0.01}},
    {"a;1", "a;1.005", COMPARE_SAME, {.tolerance = 0.01}},
    {"a;1", "a;2", COMPARE_ROWS, {.tolerance = 10}}, // two integers agree exactly or not at all
    {"a,b;1,0.10;1,0.20;1,0.30", "a,b;1,0.3;1,0.1;1,0.2", COMPARE_SAME, {0}},
    {"a,b;1,0.1;2,0.2", "a,b;1,0.2;2,0.1", COMPARE_ROWS, {0}},
    // Close is not an equivalence: the pairing must be found. 1.0~1.4, 1.4~1.8, not 1.0~1.8.
    {"a;1.4;1.0", "a;1.4;1.8", COMPARE_SAME, {.tolerance = 0.4}},
    {"a;1.0;1.4;1.8", "a;1.8;2.2;1.4", COMPARE_SAME, {.tolerance = 0.4}},
    {"a;1.0;1.4", "a;1.8;1.9", COMPARE_ROWS, {.tolerance = 0.4}},
    // The order by the first number misleads: only the second tells which belong together.
    {"a,b;1.00,5.0;1.01,9.0", "a,b;1.00,9.0;1.01,5.0", COMPARE_SAME, {.tolerance = 0.05}},
    {"a,b;1.00,5.0;1.01,9.0;1.02,7.0",
     "a,b;1.0,7.0;1.01,5.0;1.02,9.0",
     COMPARE_SAME,
     {.tolerance = 0.05}},
    {"a,b;1.00,5.0;1.01,9.0", "a,b;1.00,9.0;1.01,6.0", COMPARE_ROWS, {.tolerance = 0.05}},
    // Columns: by name, else by position, else the one way that fits.
    {"a,b;1,x", "b,a;x,1", COMPARE_SAME, {0}},
    {"a,b;1,x", "B,A;x,1", COMPARE_SAME, {0}},
    {"a,b;1,2", "b,a;1,2", COMPARE_ROWS, {0}},
    {"a,b;1,2", "c,d;1,2", COMPARE_SAME, {0}},
    {"a,b;1,2", "c,a;1,2", COMPARE_SAME, {0}},
    {"a,b;1,x;2,y", "c,d;x,1;y,2", COMPARE_SAME, {0}},
    {"a,b,c;1,x,5;2,y,6", "d,e,f;x,6,2;y,5,1", COMPARE_ROWS, {0}},
    {"a,b,c;1,x,5;2,y,6", "d,e,f;x,5,1;y,6,2", COMPARE_SAME, {0}},
    {"a,b,c;1,1,5;2,2,6", "d,e,f;5,1,1;6,2,2", COMPARE_SAME, {0}}, // twins: either way
    {"a,b,c;1,2,5;2,1,5", "d,e,f;5,1,2;5,2,1", COMPARE_ROWS, {0}}, // two ways: none is taken
    {"a,b;1,x", "c,d;x,1", COMPARE_ROWS, {.columns = COLUMNS_BY_POSITION}},
    {"a,b;1,x", "b,a;x,1", COMPARE_ROWS, {.columns = COLUMNS_BY_POSITION}},
    {"a,b;1,x", "b,a;1,x", COMPARE_SAME, {.columns = COLUMNS_BY_POSITION}},
    {"a,b;1,x", "a,c;1,x", COMPARE_COLUMNS, {.columns = COLUMNS_BY_NAME}},
    {"a,b;1,x", "b,a;x,1", COMPARE_SAME, {.columns = COLUMNS_BY_NAME}},
    {"a,a,b;1,2,3", "b,a,a;3,1,2", COMPARE_SAME, {0}},
    {"a,a,b;1,2,3", "b,a,a;3,2,1", COMPARE_ROWS, {0}},
    {"a,b;1,2", "a;1", COMPARE_COLUMNS, {0}},
    {"a;1", "a,b;1,2", COMPARE_COLUMNS, {0}},
    {"a", "a,b", COMPARE_COLUMNS, {0}},
};

static const struct {
    const char *expected, *actual;
    CompareKind kind;
    const char *keys;
} ordered[] = {
    // The order asked for; ties are free.
    {"k;1;2", "k;2;1", COMPARE_ORDER, "k"},
    {"k;1;2", "k;1;2", COMPARE_SAME, "k"},
    {"k;2;1", "k;2;1", COMPARE_SAME, "K-"},
    {"k,v;1,a;1,b;2,c", "k,v;1,b;1,a;2,c", COMPARE_SAME, "k"},
    {"k,v;1,a;1,b;2,c", "k,v;1,b;2,c;1,a", COMPARE_ORDER, "k"},
    {"k,v;1,9;1,5;2,7", "k,v;1,5;1,9;2,7", COMPARE_ORDER, "k,v-"},
    {"k,v;1,9;1,5;2,7", "k,v;1,9;1,5;2,7", COMPARE_SAME, "k,v-"},
    {"k;N;1", "k;1;N", COMPARE_ORDER, "k"},
    {"k;1;2", "k;2;1;3", COMPARE_ROWS, "k"}, // rows come first
    {"k,v;1,x;2,y", "v,k;x,1;y,2", COMPARE_SAME, "k"},
    {"k,v;1,x;2,y", "v,k;y,2;x,1", COMPARE_ORDER, "k"},
    {"k;0.3;0.30000000000000004", "k;0.30000000000000004;0.3", COMPARE_SAME, "k"},
    // A reference that does not follow its own keys: following them is enough.
    {"k;2;1;3", "k;1;2;3", COMPARE_SAME, "k"},
    {"k;2;1;3", "k;3;2;1", COMPARE_ORDER, "k"},
    {"k;1;2", "k;2;1", COMPARE_SAME, "elsewhere"}, // not in the output
    {"a,b;1,x;1,y", "a,b;1,y;1,x", COMPARE_ORDER, "="},
    {"a,b;1,x;1,y", "a,b;1,x;1,y", COMPARE_SAME, "="},
    {"a;1;1", "a;1;1", COMPARE_SAME, "="},
};

static Comparison judge(const char *x, const char *y, const CompareRule *rule, CompareKind kind)
{
    Table expected = table_from(x), actual = table_from(y);
    Comparison got = query_compare(&arena, &expected, &actual, rule);
    ck_assert_msg(got.kind == kind, "%s against %s: %d, " STR_FMT, x, y, (int)got.kind,
                  STR_ARG(got.why));
    ck_assert_int_eq(got.why.len == 0, kind == COMPARE_SAME);
    ck_assert_int_eq(got.column_of == NULL, kind == COMPARE_COLUMNS);
    bool uneven = got.missing_total || got.extra_total;
    ck_assert_int_eq(uneven, kind == COMPARE_ROWS);
    return got;
}

START_TEST(two_results_are_judged)
{
    judge(cases[_i].expected, cases[_i].actual, &cases[_i].rule, cases[_i].kind);
}
END_TEST

START_TEST(an_order_is_judged_where_it_is_asked_for)
{
    CompareRule rule = {0};
    add_keys(&rule, ordered[_i].keys);
    judge(ordered[_i].expected, ordered[_i].actual, &rule, ordered[_i].kind);
}
END_TEST

// --- The sentence ---

static const struct {
    const char *expected, *actual;
    CompareRule rule;
    const char *why;
} sentences[] = {
    {"id,name;1,x;2,y", "id,name;1,x", {0}, "1 row is missing: (id 2, name 'y')."},
    {"id;1;2;3", "id;3", {0}, "2 rows are missing; the first is (id 1)."},
    {"id;1;2", "id", {0}, "Your result is empty; 2 rows were expected, the first is (id 1)."},
    {"id;1", "id", {0}, "Your result is empty; 1 row was expected, the first is (id 1)."},
    {"id", "id;1;2", {0}, "No row was expected; yours has 2 rows, the first is (id 1)."},
    {"id;1", "id;1;2", {0}, "1 row should not be there: (id 2)."},
    {"id;1", "id;3;1;2", {0}, "2 rows should not be there; the first is (id 3)."},
    {"id;1;2", "id;1;2;1;1", {0}, "The row (id 1) comes 3 times; 1 was expected."},
    {"id;1;1;2", "id;1;2", {0}, "The row (id 1) comes 1 time; 2 were expected."},
    {"id,n;1,5;2,6;3,7",
     "id,n;1,5;2,7;3,N",
     {0},
     "Only column n differs, in 2 rows: where id is 2 it should be 6 and is 7."},
    {"id,n;1,5;2,6",
     "x,y;1,5;2,0.5",
     {0},
     "Only column n differs, in 1 row: where id is 2 it should be 6 and is 0.5."},
    {"n,id;5,a;6,b",
     "n,id;5,a;7,b",
     {0},
     "Only column n differs, in 1 row: where id is 'b' it should be 6 and is 7."},
    // The only row needs no telling apart.
    {"id,n;1,5", "id,n;1,6", {0}, "Only column n differs: it should be 5 and is 6."},
    {"id,n;1,5;2,6",
     "id,n;3,7;2,N;4,8",
     {0},
     "2 rows are missing and 3 should not be there; the first missing one is (id 1, n 5), the "
     "first "
     "that should not be there (id 3, n 7)."},
    {"a,b,c,d,e,f;1,2,3,4,5,6",
     "a,b,c,d,e,f;N,2,N,4,5,6",
     {0},
     "1 row is missing and 1 should not be there; the first missing one is (a 1, b 2, c 3, d 4, e "
     "5, …), the first that should not be there (a NULL, b 2, c NULL, d 4, e 5, …)."},
    {"a,b;1,2", "a;1", {0}, "Your result has 1 column (a); 2 were asked for (a, b)."},
    {"a,b;1,2",
     "a,c;1,2",
     {.columns = COLUMNS_BY_NAME},
     "A column named b was asked for; yours are a, c."},
    {"t;äöüäöüäöüäöüäöüäöüäöüäöü",
     "t",
     {0},
     "Your result is empty; 1 row was expected, the first is (t 'äöüäöüäöüäöüäöüäöüäö…')."},
    {"t;a\033[31m",
     "t",
     {0},
     "Your result is empty; 1 row was expected, the first is (t 'a^[[31m')."},
};

static const struct {
    const char *expected, *actual, *keys, *why;
} order_sentences[] = {
    {"k,v;2,b;1,a", "k,v;1,a;2,b", "k-",
     "The rows are right, their order is not: by k DESC row 1 should be one like (k 2, v 'b') and "
     "is (k 1, v 'a')."},
    {"k;1;2;3", "k;1;3;2", "=",
     "The rows are right, their order is not: row 2 should be (k 2) and is (k 3)."},
};

START_TEST(the_wrong_order_is_told_in_one_sentence)
{
    CompareRule rule = {0};
    add_keys(&rule, order_sentences[_i].keys);
    Comparison got =
        judge(order_sentences[_i].expected, order_sentences[_i].actual, &rule, COMPARE_ORDER);
    ck_assert_str_eq(str_c(&arena, got.why), order_sentences[_i].why);
}
END_TEST

START_TEST(the_difference_is_told_in_one_sentence)
{
    Table expected = table_from(sentences[_i].expected), actual = table_from(sentences[_i].actual);
    Comparison got = query_compare(&arena, &expected, &actual, &sentences[_i].rule);
    ck_assert_str_eq(str_c(&arena, got.why), sentences[_i].why);
}
END_TEST

START_TEST(the_assignment_of_columns_is_given_back)
{
    Table expected = table_from("a,b,c;1,x,5;2,y,6"), actual = table_from("d,e,f;x,5,1;y,6,2");
    Comparison got = query_compare(&arena, &expected, &actual, &(CompareRule){0});
    ck_assert_int_eq(got.kind, COMPARE_SAME);
    ck_assert_uint_eq(got.column_of[0], 2);
    ck_assert_uint_eq(got.column_of[1], 0);
    ck_assert_uint_eq(got.column_of[2], 1);
}
END_TEST

START_TEST(rows_without_a_partner_are_listed_up_to_a_cap)
{
    Buf b = buf_new(&arena);
    buf_add(&b, S("a"));
    for (int i = 0; i < 50; i++) buf_fmt(&b, ";%d", i);
    Table expected = table_from(buf_str(&b).ptr), actual = table_from("a;7;100;101");
    Comparison got = query_compare(&arena, &expected, &actual, &(CompareRule){0});
    ck_assert_uint_eq(got.missing_total, 49);
    ck_assert_uint_eq(got.missing_len, COMPARE_SHOWN);
    ck_assert_uint_eq(got.missing[6], 6);
    ck_assert_uint_eq(got.missing[7], 8); // row 7 has its partner
    ck_assert_uint_eq(got.extra_total, 2);
    ck_assert_uint_eq(got.extra[0], 1);
    ck_assert_uint_eq(got.extra[1], 2);
}
END_TEST

// --- Large and awkward ---

static Table noisy(size_t rows, double noise, size_t turn)
{
    Table t = {.width = 3, .rows = rows};
    t.columns = arena_array(&arena, Column, 3);
    t.columns[0].name = S("day");
    t.columns[1].name = S("sum");
    t.columns[2].name = S("share");
    t.cells = arena_array(&arena, Value, rows * 3);
    for (size_t i = 0; i < rows; i++) {
        size_t r = (i + turn) % rows;
        double wobble = noise * (double)((i * 7919) % 13) / 13;
        t.cells[i * 3] = VALUE_INT((int64_t)(r % 30));
        t.cells[i * 3 + 1] = VALUE_FLT((double)(r / 100) + wobble);
        t.cells[i * 3 + 2] = VALUE_FLT((double)(r % 97) / 97 + wobble);
    }
    return t;
}

START_TEST(many_rows_with_noise_in_their_last_bits_still_match)
{
    Table expected = noisy(20000, 0, 0), actual = noisy(20000, 1e-11, 777);
    Comparison got = query_compare(&arena, &expected, &actual, &(CompareRule){0});
    ck_assert_msg(got.kind == COMPARE_SAME, STR_FMT, STR_ARG(got.why));
}
END_TEST

START_TEST(many_rows_with_one_that_differs_are_told_apart)
{
    Table expected = noisy(20000, 0, 0), actual = noisy(20000, 1e-11, 777);
    actual.cells[3 * 5000 + 1].real += 1e-4;
    Comparison got = query_compare(&arena, &expected, &actual, &(CompareRule){0});
    ck_assert_int_eq(got.kind, COMPARE_ROWS);
    ck_assert_uint_eq(got.missing_total, 1);
    ck_assert_uint_eq(got.extra_total, 1);
    ck_assert_uint_eq(got.extra[0], 5000);
}
END_TEST

// Random small tables against the definition: same when some pairing of all rows is close. Rows are
// few, so every pairing is tried.
static bool pairs_up(const double *x, const double *y, size_t n, unsigned used, size_t i)
{
    if (i == n) return true;
    for (size_t j = 0; j < n; j++) {
        bool close = fabs(x[i * 2] - y[j * 2]) <= 1 && fabs(x[i * 2 + 1] - y[j * 2 + 1]) <= 1;
        if (close && !(used & 1u << j) && pairs_up(x, y, n, used | 1u << j, i + 1)) return true;
    }
    return false;
}

START_TEST(the_pairing_is_found_whenever_there_is_one)
{
    Rng rng = {.seed = (uint64_t)_i + 1};
    size_t n = 2 + rng_below(&rng, 5);
    double x[16], y[16];
    Table tables[2] = {{.width = 2, .rows = n}, {.width = 2, .rows = n}};
    for (int t = 0; t < 2; t++) {
        tables[t].columns = arena_array(&arena, Column, 2);
        tables[t].cells = arena_array(&arena, Value, n * 2);
        for (size_t i = 0; i < n * 2; i++) {
            // Quarters from 0 to 2, so that max(1, …) of the rule is between 1 and 2: the oracle's
            // plain distance needs values below 1.
            double v = (double)rng_below(&rng, 9) / 8;
            (t ? y : x)[i] = v * 4;
            tables[t].cells[i] = VALUE_FLT(v);
        }
    }
    CompareRule rule = {.tolerance = 0.25}; // a quarter of the oracle's unit
    rule.columns = COLUMNS_BY_POSITION;
    Comparison got = query_compare(&arena, &tables[0], &tables[1], &rule);
    ck_assert_int_eq(got.kind == COMPARE_SAME, pairs_up(x, y, n, 0, 0));
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

static Suite *compare_suite(void)
{
    Suite *s = suite_create("query_compare");
    TCase *t = tcase_create("compare");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, two_results_are_judged, 0, COUNT(cases));
    tcase_add_loop_test(t, an_order_is_judged_where_it_is_asked_for, 0, COUNT(ordered));
    tcase_add_loop_test(t, the_wrong_order_is_told_in_one_sentence, 0, COUNT(order_sentences));
    tcase_add_loop_test(t, the_difference_is_told_in_one_sentence, 0, COUNT(sentences));
    tcase_add_test(t, the_assignment_of_columns_is_given_back);
    tcase_add_test(t, rows_without_a_partner_are_listed_up_to_a_cap);
    tcase_add_test(t, many_rows_with_noise_in_their_last_bits_still_match);
    tcase_add_test(t, many_rows_with_one_that_differs_are_told_apart);
    tcase_add_loop_test(t, the_pairing_is_found_whenever_there_is_one, 0, 200);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(compare_suite());
    srunner_run_all(r, CK_ENV);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
