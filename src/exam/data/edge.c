// edge: databases on both sides of where the reference's result turns.
//
// A limit need not stand in the query as a number: hours in another table, rounded up row by row;
// half of a sum; the mean of all others. So one cell of an earlier database is moved far away, and
// where the reference then shows other rows, the place between is found where it begins to: by
// halves, as far as a column has steps. Whoever counts, rounds or compares a little otherwise gives
// something else on one of the two sides. The reference alone is asked, so that both are kept.
#include "base/map.h"
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/run.h"

enum { DAY_S = 86400, CELLS_MOST = 2, FAR_COUNT = 8, FAR_TRIES = 5, HALVES_MOST = 40, CENTS = 100 };

typedef struct {
    Examinee *x;
    const Making *m;
    const SqlProgram *reference;
    Arena *arena;
    Rng rng;
    Data data; // its cells are ours
    size_t table, column, row;
    Value was;
} Edge;

static const ColumnSpec *column_of(const Edge *e)
{
    return &e->m->w->tables[e->table].columns[e->column];
}

// --- A cell as a number of steps ---

static bool steps_of(const ColumnSpec *c, const Value *v, int64_t *out)
{
    if (c->type == TYPE_INTEGER && v->kind == VALUE_INTEGER) {
        *out = v->integer;
        return true;
    }
    if (c->type == TYPE_REAL && v->kind == VALUE_REAL && v->real > -1e12 && v->real < 1e12) {
        *out = (int64_t)(v->real * CENTS);
        return true;
    }
    bool clock = c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
    if (!clock || v->kind != VALUE_TEXT || !bounds_moment(v->text, out)) return false;
    if (c->type == TYPE_DATE) *out /= DAY_S;
    return true;
}

static Value value_at(Arena *a, const ColumnSpec *c, int64_t steps)
{
    switch (c->type) {
    case TYPE_DATE:
        return VALUE_STR(date_text(a, steps));
    case TYPE_TIMESTAMP:
        return VALUE_STR(time_text(a, steps * 1000));
    case TYPE_REAL:
        return VALUE_FLT((double)steps / CENTS);
    default:
        return VALUE_INT(steps);
    }
}

// A measure or a time that the query names.
static bool may_move(const Edge *e, size_t table, size_t column)
{
    const TableSpec *t = &e->m->w->tables[table];
    const ColumnSpec *c = &t->columns[column];
    bool number = c->type == TYPE_INTEGER || c->type == TYPE_REAL;
    bool clock = c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
    if (!(number || clock) || c->value_count || c->ref_table.len || bounds_is_key(t, c))
        return false;
    return literals_name(e->m->literals, c->name) && !bounds_is_thing_of(t, column);
}

static bool draw_cell(Edge *e)
{
    uint64_t seen = 0;
    int64_t steps;
    for (size_t t = 0; t < e->data.table_count; t++) {
        const Table *rows = &e->data.tables[t];
        for (size_t c = 0; c < rows->width; c++) {
            if (!may_move(e, t, c)) continue;
            for (size_t r = 0; r < rows->rows; r++) {
                if (!steps_of(&e->m->w->tables[t].columns[c], table_at(rows, r, c), &steps))
                    continue;
                if (rng_below(&e->rng, ++seen)) continue;
                e->table = t;
                e->column = c;
                e->row = r;
            }
        }
    }
    if (seen) e->was = *table_at(&e->data.tables[e->table], e->row, e->column);
    return seen > 0;
}

// --- What the reference shows ---

// The number of its rows and the words in them; numbers and times may follow the cell all the way.
static uint64_t print_of_shape(const Table *t)
{
    uint64_t print = t->rows * 0x9e3779b97f4a7c15u + 1;
    for (size_t i = 0; i < t->rows * t->width; i++) {
        const Value *v = &t->cells[i];
        int64_t any;
        if (v->kind == VALUE_TEXT && !bounds_moment(v->text, &any)) print += str_hash(v->text) | 1;
        if (v->kind == VALUE_NULL) print += 0x51;
    }
    return print;
}

static void put_cell(Edge *e, const Value *v)
{
    Table *t = &e->data.tables[e->table];
    t->cells[e->row * t->width + e->column] = *v;
}

// *print: 0 where the reference does not run.
static bool look(Edge *e, int64_t steps, uint64_t *print, Error *err)
{
    Arena scratch = {0};
    QueryResult r;
    Value v = value_at(e->arena, column_of(e), steps);
    put_cell(e, &v);
    Run run = {warehouse_image(&scratch, e->m->w, &e->data), e->reference, &EXAM_TINY};
    bool ok = run_on(e->x, &scratch, run, &r, err);
    *print = ok && r.error.kind == ERROR_NONE ? print_of_shape(&r.table) : 0;
    arena_free(&scratch);
    put_cell(e, &e->was);
    return ok;
}

// --- From near and far to the edge ---

static int64_t far_steps(const ColumnSpec *c, size_t i)
{
    static const int64_t numbers[] = {100, -100, 10, -10, 10000, 3, -1000, 1000};
    static const int64_t days[] = {31, -31, 3, -3, 400, -400, 9000, -9000};
    static const int64_t seconds[] = {DAY_S,      -DAY_S,      7200,        -7200,
                                      31 * DAY_S, -31 * DAY_S, 800 * DAY_S, -800 * DAY_S};
    if (c->type == TYPE_DATE) return days[i];
    return c->type == TYPE_TIMESTAMP ? seconds[i] : numbers[i] * (c->type == TYPE_REAL ? CENTS : 1);
}

static bool find_far(Edge *e, int64_t near, uint64_t print, int64_t *far, bool *found, Error *err)
{
    size_t from = rng_below(&e->rng, FAR_COUNT);
    *found = false;
    for (size_t i = 0; i < FAR_TRIES && !*found; i++) {
        uint64_t other;
        *far = near + far_steps(column_of(e), (from + i) % FAR_COUNT);
        Value v = value_at(e->arena, column_of(e), *far);
        if (!bounds_value(e->m->w, column_of(e), &v)) continue;
        if (!look(e, *far, &other, err)) return false;
        *found = other && other != print;
    }
    return true;
}

// near shows `print` and far does not; they come together.
static bool close_in(Edge *e, int64_t *near, int64_t *far, uint64_t print, Error *err)
{
    for (int i = 0; i < HALVES_MOST; i++) {
        int64_t middle = *near + (*far - *near) / 2;
        uint64_t there;
        if (middle == *near || middle == *far) break;
        if (!look(e, middle, &there, err)) return false;
        *(there == print ? near : far) = middle;
    }
    return true;
}

static Data with_cell(Edge *e, int64_t steps)
{
    Value v = value_at(e->arena, column_of(e), steps);
    put_cell(e, &v);
    Data d = data_copy(e->m->arena, &e->data);
    put_cell(e, &e->was);
    return d;
}

bool edge_data(Examinee *x, const SqlProgram *reference, const Making *m, const Data *base,
               Data sides[2], bool *made, Error *err)
{
    Arena scratch = {0};
    Edge e = {.x = x, .m = m, .reference = reference, .arena = &scratch, .rng.seed = m->seed};
    bool ok = true;
    *made = false;
    e.data = data_copy(&scratch, base);
    for (int i = 0; i < CELLS_MOST && ok && !*made && draw_cell(&e); i++) {
        int64_t near, far;
        uint64_t print;
        if (!steps_of(column_of(&e), &e.was, &near)) continue;
        ok = look(&e, near, &print, err);
        if (ok && print) ok = find_far(&e, near, print, &far, made, err);
        if (!ok || !*made) continue;
        ok = close_in(&e, &near, &far, print, err);
        sides[0] = with_cell(&e, near);
        sides[1] = with_cell(&e, far);
    }
    arena_free(&scratch);
    return ok;
}
