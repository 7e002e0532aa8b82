// move: where no row can go while the others stay as they are, one goes and another changes with
// it.
//
// Taking rows away ends where each row is needed in the shape in which it was found: the second
// parent of a child that could as well have the first one, a third row that only lifts a mean. Here
// a row goes and those that hung on it get another parent or none, or a row becomes like another,
// or one cell takes another value. What is taken has fewer rows and holds all constraints. The
// attempts are counted, so the result is the same everywhere.
#include "exam/shrink/move.h"
#include "exam/data/column.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/run.h"
#include "exam/shrink/shrink.h"

enum {
    ROWS_FROM = 2,  // of a smaller one there is too little to win
    ROWS_MOST = 16, // of a larger one too many attempts
    RENAMED_FROM = 6,
    ATTEMPTS_MOST = 600, // for all moves together
    ENDLESS_MOST = 8,    // that took more steps than so few rows may: a chain became a ring
};

// --- Those that are tried ---

static bool weigh(Moves *m, const Data *other, Error *err)
{
    DataJudge judge = exam_judge(m->x->q);
    bool holds, differs = false;
    if (!witness_holds(m->x->w, other, &judge, &holds, err)) return false;
    if (holds && !run_differs(m->x, other, &differs, err)) return false;
    if (holds && differs) {
        m->data = data_copy(m->arena, other);
        m->found = true;
    }
    return true;
}

static bool flush(Moves *m, Error *err)
{
    TryOut out[MOVE_BATCH];
    bool ok = !m->count || run_differs_each(m->x, m->waiting, m->count, out, err);
    for (size_t i = 0; ok && i < m->count && !m->found; i++) {
        m->endless += out[i].endless;
        if (out[i].differs) ok = weigh(m, &m->waiting[i], err);
    }
    m->count = 0;
    arena_free(&m->scratch);
    return ok;
}

bool moves_over(const Moves *m)
{
    return m->found || m->attempts >= ATTEMPTS_MOST || m->endless >= ENDLESS_MOST;
}

// The cells are the caller's.
bool moves_offer(Moves *m, const Data *other, Error *err)
{
    if (moves_over(m) || !links_hold(m->x->w, other)) return true;
    m->attempts++;
    m->waiting[m->count++] = data_copy(&m->scratch, other);
    return m->count < MOVE_BATCH || flush(m, err);
}

// --- A row goes ---

// Without the row and those that hang on it.
static Data without(const Moves *m, Arena *a, const Data *from, Spot gone)
{
    Links l = links_find(a, m->x->w, from);
    bool **keep = arena_array(a, bool *, from->table_count);
    for (size_t t = 0; t < from->table_count; t++) {
        keep[t] = arena_array(a, bool, from->tables[t].rows);
        for (size_t r = 0; r < from->tables[t].rows; r++)
            keep[t][r] = t != gone.table || r != gone.row;
    }
    links_close(&l, from, keep);
    return links_subset(a, from, keep);
}

// The columns of children that refer to this one get `now` where they held `was`; whether any did.
static bool give_parent(const Moves *m, Data *data, Spot parent, const Value *was, Value now)
{
    const WarehouseSpec *w = m->x->w;
    const TableSpec *p = &w->tables[parent.table];
    bool any = false;
    for (size_t t = 0; t < w->table_count; t++) {
        Table *rows = &data->tables[t];
        for (size_t c = 0; c < w->tables[t].width; c++) {
            const ColumnSpec *child = &m->x->w->tables[t].columns[c];
            bool refers = str_eq_nocase(child->ref_table, p->name) &&
                          str_eq_nocase(child->ref_column, p->columns[parent.column].name);
            for (size_t r = 0; refers && r < rows->rows; r++) {
                Value *v = &rows->cells[r * rows->width + c];
                if (!value_same(v, was)) continue;
                *v = now;
                any = true;
            }
        }
    }
    return any;
}

// Its children stay, with no parent or with another one.
static bool leave_children(Moves *m, const Gone *g, Error *err)
{
    Spot gone = g->row;
    const Table *t = &m->data.tables[gone.table];
    for (gone.column = 0; gone.column < t->width; gone.column++) {
        const Value *key = table_at(t, gone.row, gone.column);
        if (key->kind == VALUE_NULL) continue;
        for (size_t r = 0; r <= t->rows && !moves_over(m); r++) {
            if (r == gone.row) continue;
            Arena scratch = {0};
            Data other = data_copy(&scratch, &m->data);
            Value now = r < t->rows ? *table_at(t, r, gone.column) : (Value){0};
            bool ok = true, any = give_parent(m, &other, gone, key, now);
            if (any) {
                Data rest = without(m, &scratch, &other, gone);
                ok = moves_offer(m, &rest, err);
            }
            arena_free(&scratch);
            if (!ok) return false;
            if (!any) break;
        }
    }
    return true;
}

// --- Another changes with it ---

// What is unique stays its own.
static void become(const TableSpec *spec, Table *t, size_t row, const Table *like, size_t from)
{
    for (size_t c = 0; c < t->width; c++) {
        if (!bounds_is_key(spec, &spec->columns[c]))
            t->cells[row * t->width + c] = *table_at(like, from, c);
    }
}

// A row becomes like another: the one that went among them.
static bool copy_rows(Moves *m, const Gone *g, Error *err)
{
    const Data *rest = &g->rest;
    for (size_t t = 0; t < rest->table_count; t++) {
        const Table *like = &m->data.tables[t];
        for (size_t r = 0; r < rest->tables[t].rows; r++) {
            for (size_t k = 0; k < like->rows && !moves_over(m); k++) {
                Arena scratch = {0};
                Data other = data_copy(&scratch, rest);
                become(&m->x->w->tables[t], &other.tables[t], r, like, k);
                bool ok = moves_offer(m, &other, err);
                arena_free(&scratch);
                if (!ok) return false;
            }
        }
    }
    return true;
}

// --- In turn ---

typedef bool Move(Moves *m, const Gone *g, Error *err);

// With each row in turn; ends with the first that can go so.
static bool each_row(Moves *m, Move *move, Error *err)
{
    for (size_t t = 0; t < m->data.table_count; t++) {
        for (size_t r = 0; r < m->data.tables[t].rows && !moves_over(m); r++) {
            Arena scratch = {0};
            Gone g = {.row = {t, r, 0}};
            g.rest = without(m, &scratch, &m->data, g.row);
            bool ok = move(m, &g, err);
            arena_free(&scratch);
            if (!ok) return false;
        }
    }
    return flush(m, err);
}

static bool one_less(Moves *m, Error *err)
{
    m->found = false;
    bool many = data_rows(&m->data) >= RENAMED_FROM;
    if (!each_row(m, leave_children, err)) return false;
    if (many && !moves_over(m) && !moves_rename(m, err)) return false;
    if (!moves_over(m) && !each_row(m, copy_rows, err)) return false;
    return moves_over(m) || each_row(m, moves_change, err);
}

bool shrink_moves(Examinee *x, Arena *a, Data *least, Error *err)
{
    if (x->spec->load.len || data_rows(least) > ROWS_MOST)
        return true; // each run of a load is many
    Arena scratch = {0};
    Moves m = {.x = x, .arena = &scratch, .data = *least, .found = true};
    bool ok = true, any = false;
    while (ok && m.found && data_rows(&m.data) >= ROWS_FROM) {
        ok = one_less(&m, err);
        Data few;
        if (ok && m.found) ok = shrink_rows(x, &scratch, &m.data, &few, err);
        if (ok && m.found) m.data = few;
        any |= m.found;
    }
    if (ok && any) *least = data_copy(a, &m.data);
    arena_free(&m.scratch);
    arena_free(&scratch);
    return ok;
}

bool shrink_beside(Examinee *x, Arena *a, Data *data, bool *found, Error *err)
{
    *found = false;
    if (data_rows(data) > ROWS_MOST) return true;
    Arena scratch = {0};
    Moves m = {.x = x, .arena = &scratch, .data = *data};
    bool ok = moves_change(&m, &(Gone){.rest = *data}, err) && flush(&m, err);
    *found = ok && m.found;
    if (*found) *data = data_copy(a, &m.data);
    arena_free(&m.scratch);
    arena_free(&scratch);
    return ok;
}
