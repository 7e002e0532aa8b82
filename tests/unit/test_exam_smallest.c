// test_exam_smallest: the database that is shown is the smallest: for the wrong answers of
// tests/exam/smallest.yaml every database with fewer rows is made, over the values of the one shown
// and those beside the literals of both queries, and both queries are run on it by SQLite alone.
#include "base/buf.h"
#include "exam_bench.h"
#include "pack/pack.h"
#include <check.h>
#include <sqlite3.h>
#include <stdlib.h>

enum { VALUES_MOST = 16, WIDTH_MOST = 4, TABLES_MOST = 4, ROWS_MOST = 5000, LEAST_MOST = 5 };

typedef struct {
    int64_t at[VALUES_MOST];
    size_t len;
} Values;

// A row that may be in a database: NULL is INT64_MIN.
typedef struct {
    size_t table;
    int64_t cells[WIDTH_MOST];
} Row;

typedef struct {
    const WarehouseSpec *w;
    bool in[TABLES_MOST]; // a query names the table; what refers to another one is free
    sqlite3 *db;
    sqlite3_stmt *queries[2], *clear[TABLES_MOST], *insert[TABLES_MOST];
    Row rows[ROWS_MOST];
    size_t count, tried;
    const Row *chosen[LEAST_MOST];
} Search;

static Library library;

// --- The values ---

static void add_value(Values *v, int64_t x)
{
    for (size_t i = 0; i < v->len; i++) {
        if (v->at[i] == x) return;
    }
    ck_assert_uint_lt(v->len, VALUES_MOST);
    v->at[v->len++] = x;
}

static void add_literals(Values *v, Str sql)
{
    for (size_t i = 0; i < sql.len; i++) {
        bool digit = sql.ptr[i] >= '0' && sql.ptr[i] <= '9';
        if (!digit) continue;
        for (int64_t d = -1; d <= 1; d++) {
            int64_t x = sql.ptr[i] - '0' + d;
            if (x >= 0 && x <= 9) add_value(v, x);
        }
    }
}

static Values values_of(const Counterexample *x)
{
    Values v = {.len = 0};
    for (size_t i = 0; i < x->table_count; i++) {
        const Table *t = &x->tables[i].table;
        for (size_t k = 0; k < t->rows * t->width; k++) {
            if (t->cells[k].kind == VALUE_INTEGER) add_value(&v, t->cells[k].integer);
        }
    }
    add_literals(&v, x->expected_sql);
    add_literals(&v, x->actual_sql);
    return v;
}

// Numbers of things need no more values than there are rows.
static Values column_values(const ColumnSpec *c, const Values *measures, size_t rows)
{
    Values v = *measures;
    if (c->primary_key || c->ref_table.len) {
        v.len = 0;
        for (size_t i = 1; i <= rows; i++) add_value(&v, (int64_t)i);
    }
    if (!c->not_null && !c->primary_key) add_value(&v, INT64_MIN);
    return v;
}

static void add_rows(Search *s, size_t table, const Values *measures, size_t rows)
{
    const TableSpec *t = &s->w->tables[table];
    Values v[WIDTH_MOST];
    size_t total = 1;
    ck_assert_uint_le(t->width, WIDTH_MOST);
    for (size_t c = 0; c < t->width; c++) {
        v[c] = column_values(&t->columns[c], measures, rows);
        total *= v[c].len;
    }
    for (size_t n = 0; n < total; n++) {
        size_t left = n;
        ck_assert_uint_lt(s->count, ROWS_MOST);
        Row *r = &s->rows[s->count++];
        r->table = table;
        for (size_t c = 0; c < t->width; c++, left /= v[c - 1].len)
            r->cells[c] = v[c].at[left % v[c].len];
    }
}

// --- One database ---

static sqlite3_stmt *prepared(Search *s, Str sql)
{
    sqlite3_stmt *st;
    int rc = sqlite3_prepare_v2(s->db, sql.ptr, (int)sql.len, &st, NULL);
    ck_assert_msg(rc == SQLITE_OK, STR_FMT ": %s", STR_ARG(sql), sqlite3_errmsg(s->db));
    return st;
}

static void run(sqlite3_stmt *st)
{
    while (sqlite3_step(st) == SQLITE_ROW) {
    }
    sqlite3_reset(st);
}

static bool is_key(const Search *s, const Row *r, size_t column, int64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s->chosen[i]->table == r->table && s->chosen[i]->cells[column] == value) return true;
    }
    return false;
}

static bool has_parent(const Search *s, const ColumnSpec *c, int64_t value, size_t n)
{
    const TableSpec *parent = warehouse_table(s->w, c->ref_table);
    size_t column, table = (size_t)(parent - s->w->tables);
    ck_assert_ptr_nonnull(warehouse_column(parent, c->ref_column, &column));
    bool found = value == INT64_MIN || !s->in[table];
    for (size_t i = 0; i < n && !found; i++)
        found = s->chosen[i]->table == table && s->chosen[i]->cells[column] == value;
    return found;
}

static bool is_allowed(const Search *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const TableSpec *t = &s->w->tables[s->chosen[i]->table];
        for (size_t c = 0; c < t->width; c++) {
            int64_t v = s->chosen[i]->cells[c];
            if (t->columns[c].primary_key && is_key(s, s->chosen[i], c, v, i)) return false;
            if (t->columns[c].ref_table.len && !has_parent(s, &t->columns[c], v, n)) return false;
        }
    }
    return true;
}

// The rows in any order: their number and a sum.
static uint64_t print_of(sqlite3_stmt *st)
{
    uint64_t sum = 0;
    while (sqlite3_step(st) == SQLITE_ROW) {
        uint64_t row = 0xcbf29ce484222325u;
        for (int c = 0; c < sqlite3_column_count(st); c++) {
            bool null = sqlite3_column_type(st, c) == SQLITE_NULL;
            row = (row ^ (uint64_t)(null ? -1 : (int64_t)(1000 * sqlite3_column_double(st, c)))) *
                  0x100000001b3u;
            row ^= row >> 29;
        }
        sum += row | 1;
    }
    sqlite3_reset(st);
    return sum;
}

static bool differs(Search *s, size_t n)
{
    for (size_t t = 0; t < s->w->table_count; t++) run(s->clear[t]);
    for (size_t i = 0; i < n; i++) {
        const Row *r = s->chosen[i];
        for (size_t c = 0; c < s->w->tables[r->table].width; c++) {
            if (r->cells[c] == INT64_MIN) {
                sqlite3_bind_null(s->insert[r->table], (int)c + 1);
            } else {
                sqlite3_bind_int64(s->insert[r->table], (int)c + 1, r->cells[c]);
            }
        }
        run(s->insert[r->table]);
    }
    s->tried++;
    return print_of(s->queries[0]) != print_of(s->queries[1]);
}

// All sets of n rows, equal ones too; whether the queries differ on one of them.
static bool search(Search *s, size_t from, size_t have, size_t n)
{
    if (have == n) return is_allowed(s, n) && differs(s, n);
    for (size_t i = from; i < s->count; i++) {
        s->chosen[have] = &s->rows[i];
        if (search(s, i, have + 1, n)) return true;
    }
    return false;
}

// --- One wrong answer ---

static void open_search(Search *s, const Counterexample *x)
{
    ck_assert_int_eq(sqlite3_open(":memory:", &s->db), SQLITE_OK);
    for (size_t i = 0; i < s->w->table_count; i++) {
        const TableSpec *t = &s->w->tables[i];
        Buf make = buf_new(&arena), insert = buf_new(&arena);
        buf_fmt(&make, "CREATE TABLE " STR_FMT " (", STR_ARG(t->name));
        buf_fmt(&insert, "INSERT INTO " STR_FMT " VALUES (", STR_ARG(t->name));
        for (size_t c = 0; c < t->width; c++) {
            buf_fmt(&make, "%s" STR_FMT " INTEGER", c ? ", " : "", STR_ARG(t->columns[c].name));
            buf_fmt(&insert, "%s?", c ? ", " : "");
        }
        buf_char(&make, ')');
        buf_char(&insert, ')');
        sqlite3_stmt *st = prepared(s, buf_str(&make));
        run(st);
        sqlite3_finalize(st);
        s->insert[i] = prepared(s, buf_str(&insert));
        s->clear[i] = prepared(s, str_fmt(&arena, "DELETE FROM " STR_FMT, STR_ARG(t->name)));
    }
    s->queries[0] = prepared(s, x->expected_sql);
    s->queries[1] = prepared(s, x->actual_sql);
}

static void close_search(Search *s)
{
    for (size_t i = 0; i < s->w->table_count; i++) {
        sqlite3_finalize(s->insert[i]);
        sqlite3_finalize(s->clear[i]);
    }
    sqlite3_finalize(s->queries[0]);
    sqlite3_finalize(s->queries[1]);
    sqlite3_close(s->db);
}

static bool is_named(const Counterexample *x, Str table)
{
    Arena scratch = {0};
    Str word = str_fmt(&scratch, " " STR_FMT, STR_ARG(table));
    bool named = str_find(x->expected_sql, word, NULL) || str_find(x->actual_sql, word, NULL);
    arena_free(&scratch);
    return named;
}

// Whether some database has fewer rows and tells the two apart, too.
static bool has_smaller(const WarehouseSpec *w, const Counterexample *x, size_t *tried)
{
    Search *s = calloc(1, sizeof *s);
    ck_assert_ptr_nonnull(s);
    s->w = w;
    Values measures = values_of(x);
    bool smaller = false;
    open_search(s, x);
    for (size_t n = 0; n < x->rows && !smaller; n++) {
        s->count = 0;
        for (size_t t = 0; t < w->table_count; t++) {
            s->in[t] = is_named(x, w->tables[t].name);
            if (s->in[t]) add_rows(s, t, &measures, n);
        }
        smaller = search(s, 0, 0, n);
    }
    *tried = s->tried;
    close_search(s);
    free(s);
    return smaller;
}

static void check_smallest(const Drill *d, size_t k, uint64_t seed)
{
    Verdict v;
    size_t tried;
    ExamAnswer answer = {.sql = d->exam.wrong[k].sql, .seed = seed};
    ck_assert_msg(exam_check(bank, &arena, &d->exam, &answer, &v, &err), "%s", err.text);
    ck_assert_msg(v.kind == VERDICT_WRONG, STR_FMT " %zu: " STR_FMT, STR_ARG(d->id), k + 1,
                  STR_ARG(v.why));
    Counterexample x = v.counterexample;
    ck_assert_uint_eq(x.functions.len, 0);
    ck_assert_uint_lt(x.rows, LEAST_MOST);
    ck_assert_msg(!has_smaller(d->exam.warehouse, &x, &tried),
                  STR_FMT " %zu: one of %zu smaller ones shows it, too:\n" STR_FMT, STR_ARG(d->id),
                  k + 1, tried, STR_ARG(x.setup));
    x.rows++; // the one that is shown is among those that are tried then
    ck_assert_msg(has_smaller(d->exam.warehouse, &x, &tried), STR_FMT " %zu: not found again",
                  STR_ARG(d->id), k + 1);
}

START_TEST(no_smaller_database_shows_it)
{
    size_t wrongs = 0;
    for (size_t i = 0; i < library_drill_count(&library); i++) {
        const Drill *d = library_at(&library, i);
        library_read(&library, d);
        for (size_t k = 0; k < d->exam.wrong_count; k++, wrongs++)
            check_smallest(d, k, (uint64_t)_i);
    }
    ck_assert_uint_ge(wrongs, 20);
}
END_TEST

// --- The suite ---

static void setup(void)
{
    static Arena library_arena;
    Diags diags = {.arena = &library_arena};
    Str pack = S(SOURCE_DIR "/tests/exam/smallest.yaml");
    PackSources from = {.share_dir = S(SOURCE_DIR), .extra = {&pack, 1}};
    ck_assert_msg(pack_load(&library_arena, &from, &library, &diags, &err), "%s", err.text);
}

int main(void)
{
    Suite *s = suite_create("exam smallest");
    TCase *t = tcase_create("smallest");
    tcase_set_timeout(t, 120);
    tcase_add_unchecked_fixture(t, setup, NULL);
    tcase_add_checked_fixture(t, bench_setup, bench_teardown);
    tcase_add_loop_test(t, no_smaller_database_shows_it, 1, 3);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
