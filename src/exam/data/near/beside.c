// beside: which databases lie one step away from small ones on which the reference has something to
// say: each cell NULL, each row twice, a sum in two parts, everything again a month later.
//
// Where every row is needed, what is taken away or doubled shows at once: that is asked place by
// place, as chance forgets some of them. Of all kinds of steps some are taken, from each base.
#include "exam/data/near/beside.h"
#include "base/rng.h"
#include "base/vec.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"
#include "exam/paper.h"
#include "exam/run.h"

enum { FOUND_MOST = 3, LIST_STREAM = 0xbe51 };

typedef VEC(BesideStep) StepList;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const BesideAsk *ask;
    Rng rng;
    StepList lists[BESIDE_BASES][BESIDE_COUNT_];
} Listing;

// --- Small databases that tell something ---

static bool says_something(const Value *v)
{
    return !(v->kind == VALUE_NULL || (v->kind == VALUE_INTEGER && !v->integer));
}

// Columns of the result in which something stands.
static size_t columns_said(const Table *t)
{
    size_t n = 0;
    for (size_t c = 0; c < t->width; c++) {
        bool any = false;
        for (size_t r = 0; r < t->rows && !any; r++) any = says_something(table_at(t, r, c));
        n += any;
    }
    return n;
}

// How much is met on it, and with how few rows.
static size_t worth(const Case *c)
{
    enum { TABLE = 10000, COLUMN = 100, ROWS = 50 };
    size_t tables = 0;
    for (size_t t = 0; t < c->data.table_count; t++) tables += c->data.tables[t].rows > 0;
    return tables * TABLE + columns_said(&c->expected) * COLUMN + ROWS - data_rows(&c->data);
}

static bool is_small(const Case *c)
{
    enum { ROWS_MOST = 24 };
    size_t rows = c->state == CASE_READY && c->expected.rows ? data_rows(&c->data) : 0;
    bool alone = c->recipe.kind == RECIPE_TINY || c->recipe.kind == RECIPE_WITNESS ||
                 c->recipe.kind == RECIPE_CHASED || c->recipe.kind == RECIPE_CLIMBED;
    return alone && rows && rows <= ROWS_MOST;
}

// The one on which most is met, the smallest one, and any one.
static size_t find_telling(const Paper *s, size_t from, size_t to, Rng *rng,
                           const Case *out[FOUND_MOST])
{
    const Case *most = NULL, *least = NULL, *any = NULL;
    uint64_t seen = 0;
    for (size_t i = from; i < to; i++) {
        const Case *c = &s->cases[i];
        if (!is_small(c)) continue;
        if (!most || worth(c) > worth(most)) most = c;
        if (!least || data_rows(&c->data) < data_rows(&least->data)) least = c;
        if (rng_below(rng, ++seen) == 0) any = c;
    }
    size_t n = 0;
    if (most) out[n++] = most;
    if (least && least != most) out[n++] = least;
    if (any && any != most && any != least) out[n++] = any;
    return n;
}

static Data without(Arena *a, const Data *data, size_t table, size_t row)
{
    Data d = data_copy(a, data);
    Table *t = &d.tables[table];
    t->rows--;
    for (size_t i = row * t->width; i < t->rows * t->width; i++)
        t->cells[i] = t->cells[i + t->width];
    return d;
}

// Whether the reference still says as much: in as many columns.
static bool still_says(Examinee *x, const Paper *s, const Data *data, size_t columns, bool *says,
                       Error *err)
{
    Arena scratch = {0};
    DataJudge judge = exam_judge(x->q);
    QueryResult r;
    *says = false;
    bool ok = witness_holds(&s->w, data, &judge, says, err);
    if (ok && *says) {
        Run run = {warehouse_image(&scratch, &s->w, data), &s->program, &EXAM_TINY};
        ok = run_on(x, &scratch, run, &r, err);
        *says =
            ok && r.error.kind == ERROR_NONE && r.table.rows && columns_said(&r.table) >= columns;
    }
    arena_free(&scratch);
    return ok;
}

// Only the rows without which the reference says less.
static bool trim(Examinee *x, Paper *s, const Case *c, Data *out, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    size_t columns = columns_said(&c->expected);
    Data d = c->data;
    for (size_t t = 0; t < d.table_count && ok; t++) {
        for (size_t r = d.tables[t].rows; r-- > 0 && ok;) {
            bool says;
            Data less = without(&scratch, &d, t, r);
            ok = still_says(x, s, &less, columns, &says, err);
            if (ok && says) d = less;
        }
    }
    if (ok) *out = data_copy(&s->arena, &d);
    arena_free(&scratch);
    return ok;
}

bool beside_bases(Examinee *x, Paper *s, size_t from, size_t to, Error *err)
{
    const Case *found[FOUND_MOST];
    Rng rng = {.seed = s->seed, .stream = LIST_STREAM};
    size_t n = find_telling(s, from, to, &rng, found);
    for (size_t i = 0; i < n && s->base_count < BESIDE_BASES; i++) {
        if (!trim(x, s, found[i], &s->bases[s->base_count], err)) return false;
        s->base_count++;
    }
    return true;
}

// --- The steps from one of them ---

static size_t rows_like(const Table *t, const BesideStep *s)
{
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r++)
        n += value_same(table_at(t, r, s->column), table_at(t, s->row, s->column));
    return n;
}

static bool first_like(const Table *t, const BesideStep *s)
{
    for (size_t r = 0; r < s->row; r++) {
        if (value_same(table_at(t, r, s->column), table_at(t, s->row, s->column))) return false;
    }
    return true;
}

static bool measures(const TableSpec *spec, size_t column)
{
    const ColumnSpec *c = &spec->columns[column];
    bool number = c->type == TYPE_INTEGER || c->type == TYPE_REAL;
    return number && !c->value_count && !c->ref_table.len && !bounds_is_thing_of(spec, column);
}

static bool applies(const WarehouseSpec *w, const BesideStep *s)
{
    const TableSpec *spec = &w->tables[s->table];
    const Table *t = &s->base->tables[s->table];
    const ColumnSpec *c = &spec->columns[s->column];
    const Value *v = table_at(t, s->row, s->column);
    bool nullable = !c->not_null && !c->primary_key, known = v->kind != VALUE_NULL;
    switch (s->kind) {
    case BESIDE_NULL:
    case BESIDE_TWICE_NULL:
        return nullable && known;
    case BESIDE_NULLS:
        return nullable && known && rows_like(t, s) > 1 && first_like(t, s);
    case BESIDE_PARTS:
        return known && measures(spec, s->column);
    case BESIDE_OTHER:
    case BESIDE_TWICE_OTHER:
        return known && !bounds_is_key(spec, c);
    case BESIDE_GAP:
        return known && beside_clocked(c) && first_like(t, s) && t->rows > 1;
    case BESIDE_APART:
        return known && (bounds_is_key(spec, c) || bounds_is_thing_of(spec, s->column));
    case BESIDE_BOUND:
    case BESIDE_TWICE:
    case BESIDE_TWICE_LIKE:
    case BESIDE_AGAIN:
        break;
    }
    return true;
}

static bool is_asked(const BesideAsk *ask, Str name)
{
    return literals_name(ask->names, name) && !(ask->but && literals_name(ask->but, name));
}

// What is held against a column on both its sides; one cell of each is enough.
static void list_bounds(Listing *l, BesideStep s, StepList *out)
{
    const Literals *all = l->ask->bounds;
    const ColumnSpec *c = &l->w->tables[s.table].columns[s.column];
    bool steps = beside_clocked(c) || c->type == TYPE_INTEGER || c->type == TYPE_REAL, any = false;
    for (size_t i = 0; i < all->len; i++) {
        const Literal *one = &all->at[i];
        bool beside = one->use == LITERAL_VALUE && one->text.len &&
                      str_eq_nocase(one->column, c->name) && (!l->ask->but || one->own);
        if (!beside) continue;
        any = true;
        s.bound = one->text;
        for (s.by = steps ? -1 : 0; s.by <= (steps ? 1 : 0); s.by++) *vec_push(l->arena, out) = s;
    }
    s.bound = (Str){0};
    for (s.by = -1; any && !l->ask->but && beside_clocked(c) && s.by <= 1; s.by += 2)
        *vec_push(l->arena, out) = s;
}

static void list_all_bounds(Listing *l, BesideStep s, StepList *out)
{
    for (s.table = 0; l->ask->bounds && s.table < s.base->table_count; s.table++) {
        size_t rows = s.base->tables[s.table].rows;
        if (!rows) continue;
        s.row = rng_below(&l->rng, rows);
        for (s.column = 0; s.column < l->w->tables[s.table].width; s.column++)
            list_bounds(l, s, out);
    }
}

// At each cell, each row, or as a whole.
static void list_kind(Listing *l, BesideStep s, StepList *out)
{
    bool cells = s.kind > BESIDE_OF_ROWS;
    if (s.kind == BESIDE_BOUND) {
        list_all_bounds(l, s, out);
        return;
    }
    // Rows and the whole have been asked for already, but in the units that only the answer cuts
    // by.
    bool cuts = s.kind == BESIDE_AGAIN && l->ask->bounds && l->ask->bounds->fresh.units;
    if (!cells && l->ask->but && !cuts) return;
    if (s.kind == BESIDE_AGAIN) {
        for (s.row = 0; beside_has_clock(l->w, l->ask->names, s.base) && s.row < 2; s.row++)
            *vec_push(l->arena, out) = s;
        return;
    }
    for (s.table = 0; s.table < s.base->table_count; s.table++) {
        const TableSpec *spec = &l->w->tables[s.table];
        size_t rows = s.base->tables[s.table].rows;
        for (s.row = 0; s.row < rows; s.row++) {
            for (s.column = 0; s.column < (cells ? spec->width : 1); s.column++) {
                bool asked = !cells || is_asked(l->ask, spec->columns[s.column].name);
                if (asked && applies(l->w, &s)) *vec_push(l->arena, out) = s;
            }
        }
    }
}

static void shuffle(Rng *rng, StepList *list)
{
    for (size_t i = list->len; i > 1; i--) {
        size_t k = rng_below(rng, i);
        BesideStep s = list->at[i - 1];
        list->at[i - 1] = list->at[k];
        list->at[k] = s;
    }
}

// One of each kind from each base, then one more of each, until there are enough.
static StepList in_turn(Listing *l, size_t bases)
{
    StepList all = {0};
    bool more = bases > 0;
    for (size_t k = 0; more; k++) {
        more = false;
        for (BesideKind kind = 0; kind <= BESIDE_LAST; kind++) {
            for (size_t i = 0; i < bases; i++) {
                bool first = kind == BESIDE_NULL || kind == BESIDE_BOUND;
                size_t each = first ? 2 : 1; // these are forgotten most
                for (size_t n = k * each; n < (k + 1) * each; n++) {
                    if (n >= l->lists[i][kind].len || all.len == l->ask->most) continue;
                    *vec_push(l->arena, &all) = l->lists[i][kind].at[n];
                    more = true;
                }
            }
        }
    }
    return all;
}

BesideSteps beside_steps(Arena *a, const Paper *s, const BesideAsk *ask)
{
    Listing *l = arena_new(a, Listing);
    *l = (Listing){.arena = a, .w = &s->w, .ask = ask};
    l->rng = (Rng){.seed = s->seed, .stream = LIST_STREAM};
    size_t n = s->base_count - ask->from;
    for (size_t i = 0; i < n; i++) {
        for (BesideKind k = 0; k <= BESIDE_LAST; k++) {
            BesideStep step = {.base = &s->bases[ask->from + i], .kind = k};
            list_kind(l, step, &l->lists[i][k]);
            shuffle(&l->rng, &l->lists[i][k]);
        }
    }
    StepList all = in_turn(l, n);
    return (BesideSteps){.at = all.at, .len = all.len, .asked = true};
}
