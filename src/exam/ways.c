// ways: what a query gives on the same rows in other orders, and with its ties broken one way and
// the other: what is the same in all of them hangs on neither.
//
// SQLite keeps tied rows in the order in which they came to it, which is not always that in which
// they lie in their table (GROUP BY sorts them): so a tie is broken both ways by a key of its own,
// drawn anew for each order, and a few more times before an answer counts as wrong in all of them.
#include "exam/data/rows.h"
#include "exam/mutate/rivals.h"
#include "exam/paper.h"
#include "exam/run.h"

// As they lie, reversed, shuffled, and turned so that each row of a few comes first once.
enum {
    TURNS_MOST = 8,
    TURNED = ORDER_COUNT_ + 1,
    ORDERS = TURNED + TURNS_MOST,
    PROGRAMS = 3,
    DRAWS = 12, // more of them, on the rows as they lie
    WAYS_MOST = ORDERS * PROGRAMS + 2 * DRAWS
};

typedef struct {
    const SqlProgram *plain;
    const Ties *ties; // NULL = none
    bool turned;      // in these orders, too
} Ways;

typedef struct {
    QueryResult at[WAYS_MOST];
    size_t len;
} Results;

typedef struct {
    uint64_t *at;
    size_t len;
} RowPrints;

static size_t list_programs(const Ways *w, const SqlProgram *out[PROGRAMS])
{
    size_t n = 0;
    out[n++] = w->plain;
    if (w->ties && w->ties->any) {
        out[n++] = &w->ties->way[0];
        out[n++] = &w->ties->way[1];
    }
    return n;
}

static Data in_order(Arena *a, const Data *data, size_t o)
{
    if (!o) return *data;
    return o < TURNED ? order_rows(a, data, (RowOrder)(o - 1))
                      : order_turned(a, data, o - TURNED + 1);
}

// In all ways but the plain one on the rows as they lie, which is known.
static bool run_ways(Examinee *x, Arena *a, const Data *data, const Ways *w, Results *out,
                     Error *err)
{
    const SqlProgram *programs[PROGRAMS];
    size_t n = list_programs(w, programs);
    size_t widest = data_widest(data);
    size_t most = w->turned && widest <= TURNS_MOST + 1 ? TURNED + widest - 1 : TURNED;
    out->len = 0;
    for (size_t o = 0; o < most; o++) {
        Data other = in_order(a, data, o);
        size_t from = o == 0; // the plain one
        if (from == n) continue;
        const uint64_t draws[PROGRAMS] = {o, o, o};
        RunMany run = {warehouse_image(a, x->w, &other), programs + from, n - from, &EXAM_SAMPLE,
                       draws};
        if (!run_many(x, a, run, out->at + out->len, err)) return false;
        out->len += n - from;
    }
    return true;
}

static bool is_same(const Examinee *x, const Table *expected, const Table *actual)
{
    Arena scratch = {0};
    CompareRule rule = x->spec->rule;
    rule.columns = COLUMNS_BY_POSITION; // two results of one text
    bool same = query_compare(&scratch, expected, actual, &rule).kind == COMPARE_SAME;
    arena_free(&scratch);
    return same;
}

bool run_is_stable(Examinee *x, const Data *data, const Table *expected, bool *stable, Error *err)
{
    Arena scratch = {0};
    Results r;
    *stable = true;
    if (data_widest(data) < 2) return true; // there is no other order
    bool ok = run_ways(x, &scratch, data, &(Ways){x->reference, x->ties, false}, &r, err);
    for (size_t i = 0; ok && i < r.len && *stable; i++)
        *stable = r.at[i].error.kind == ERROR_NONE && is_same(x, expected, &r.at[i].table);
    arena_free(&scratch);
    return ok;
}

bool case_is_stable(Examinee *x, Case *c, bool *stable, Error *err)
{
    if (!c->weighed && !run_is_stable(x, &c->data, &c->expected, &c->stable, err)) return false;
    c->weighed = true;
    *stable = c->stable;
    return true;
}

// Adds what comes with ties broken by other draws, on the rows as they lie.
static bool run_draws(Examinee *x, Arena *a, const Data *data, const Ties *ties, Results *out,
                      Error *err)
{
    const SqlProgram *programs[2 * DRAWS];
    uint64_t draws[2 * DRAWS];
    if (!ties || !ties->any) return true;
    for (size_t i = 0; i < 2 * DRAWS; i++) {
        programs[i] = &ties->way[i % 2];
        draws[i] = ORDERS + i / 2;
    }
    RunMany run = {warehouse_image(a, x->w, data), programs, 2 * DRAWS, &EXAM_SAMPLE, draws};
    if (!run_many(x, a, run, out->at + out->len, err)) return false;
    out->len += 2 * DRAWS;
    return true;
}

// The first that is right, of no width where none is.
static Table first_right(Examinee *x, Arena *a, const Results *r, const Table *expected)
{
    for (size_t i = 0; i < r->len; i++) {
        QueryResult one = r->at[i];
        bool right = one.error.kind == ERROR_NONE &&
                     run_compare(x, a, expected, &one.table).kind == COMPARE_SAME;
        if (!right) continue;
        exam_types(a, x->w, x->answer, &one);
        return one.table;
    }
    return (Table){0};
}

// Runs the answer in all ways, or until one is right.
static bool run_answer(Examinee *x, Arena *a, const Data *data, const Table *expected, Results *r,
                       Table *right, Error *err)
{
    *right = (Table){0};
    if (!run_ways(x, a, data, &(Ways){x->answer, x->answer_ties, true}, r, err)) return false;
    *right = first_right(x, a, r, expected);
    if (right->width) return true;
    if (!run_draws(x, a, data, x->answer_ties, r, err)) return false;
    *right = first_right(x, a, r, expected);
    return true;
}

bool run_luck(Examinee *x, Arena *a, const Data *data, const Table *expected, Table *lucky,
              Error *err)
{
    Arena scratch = {0};
    Results r;
    Table right = {0};
    *lucky = (Table){0};
    if (data_widest(data) < 2) return true;
    bool ok = run_answer(x, &scratch, data, expected, &r, &right, err);
    if (right.width) *lucky = table_copy(a, &right);
    arena_free(&scratch);
    return ok;
}

static void print_rows(const Table *t, const size_t *column_of, size_t width, RowPrints *out)
{
    for (size_t i = 0; i < t->rows; i++) out->at[i] = print_row(t, i, column_of, width);
    out->len = t->rows;
}

static bool has_print(const RowPrints *p, uint64_t print)
{
    for (size_t i = 0; i < p->len; i++) {
        if (p->at[i] == print) return true;
    }
    return false;
}

// Where many rows tie, the one way that is right is seldom drawn. It may be there when each row
// that is expected comes in one way or another, and no other row comes in all of them.
static bool may_be_right(const Examinee *x, Arena *a, const Results *r, const Table *expected)
{
    RowPrints *ways = arena_array(a, RowPrints, r->len + 1), wanted;
    size_t *own = arena_array(a, size_t, expected->width + 1);
    size_t n = 0;
    bool as_many = false;
    for (size_t i = 0; i < expected->width; i++) own[i] = i;
    wanted.at = arena_array(a, uint64_t, expected->rows + 1);
    print_rows(expected, own, expected->width, &wanted);
    for (size_t i = 0; i < r->len; i++) {
        if (r->at[i].error.kind != ERROR_NONE) continue;
        const Table *t = &r->at[i].table;
        Comparison c = run_compare(x, a, expected, t);
        if (c.kind != COMPARE_ROWS) return false; // of columns, of an order: no matter of luck
        ways[n].at = arena_array(a, uint64_t, t->rows + 1);
        print_rows(t, c.column_of, expected->width, &ways[n++]);
        as_many |= t->rows == expected->rows;
    }
    bool may = as_many;
    for (size_t i = 0; may && i < wanted.len; i++) {
        may = false;
        for (size_t k = 0; k < n && !may; k++) may = has_print(&ways[k], wanted.at[i]);
    }
    for (size_t i = 0; may && i < ways[0].len; i++) {
        bool always = !has_print(&wanted, ways[0].at[i]);
        for (size_t k = 1; k < n && always; k++) always = has_print(&ways[k], ways[0].at[i]);
        may = !always;
    }
    return may;
}

bool run_stands(Examinee *x, const Data *data, const Table *expected, bool *stands, Error *err)
{
    Arena scratch = {0};
    Results r;
    Table right = {0};
    *stands = true;
    if (data_widest(data) < 2) return true;
    bool ok = run_answer(x, &scratch, data, expected, &r, &right, err);
    *stands = ok && !right.width && !may_be_right(x, &scratch, &r, expected);
    arena_free(&scratch);
    return ok;
}
