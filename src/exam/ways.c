// ways: what a query gives on the same rows in other orders, and with its ties broken one way and
// the other: what is the same in all of them hangs on neither.
//
// SQLite keeps tied rows in the order in which they came to it, which is not always that in which
// they lie in their table: so a tie is broken both ways by a key of its own.
#include "exam/private.h"

// As they lie, reversed, shuffled, and turned so that each row of a few comes first once.
enum {
    TURNS_MOST = 8,
    TURNED = ORDER_COUNT_ + 1,
    ORDERS = TURNED + TURNS_MOST,
    PROGRAMS = 3,
    WAYS_MOST = ORDERS * PROGRAMS
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
        RunMany run = {warehouse_image(a, x->w, &other), programs + from, n - from, &EXAM_SAMPLE};
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

bool run_luck(Examinee *x, Arena *a, const Data *data, const Table *expected, Table *lucky,
              Error *err)
{
    Arena scratch = {0};
    Results r;
    *lucky = (Table){0};
    if (data_widest(data) < 2) return true;
    bool ok = run_ways(x, &scratch, data, &(Ways){x->answer, x->answer_ties, true}, &r, err);
    for (size_t i = 0; ok && i < r.len && !lucky->width; i++) {
        QueryResult *one = &r.at[i];
        bool right = one->error.kind == ERROR_NONE &&
                     run_compare(x, &scratch, expected, &one->table).kind == COMPARE_SAME;
        if (!right) continue;
        exam_types(&scratch, x->w, x->answer, one);
        *lucky = table_copy(a, &one->table);
    }
    arena_free(&scratch);
    return ok;
}
