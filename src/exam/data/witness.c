// witness: an author's few rows as a whole database.
//
// What the author leaves open comes from a tiny database of the generator: its rows lend their
// cells to the columns that are not named, its parents stay, everything else is emptied. A parent
// that the author's keys ask for is made by giving another parent that key, in all columns that are
// linked to it: so versions and whatever else hangs on equality stay whole.
#include "base/rng.h"
#include "base/vec.h"
#include "base/world.h"
#include "exam/data/make.h"
#include "exam/data/rows.h"

enum { ATTEMPTS = 24, SPARE_ROWS = 4, DRAW_STREAM = 0x317 };

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const ExamWrong *wrong;
    Data data;    // being made; its cells are ours
    bool **named; // table, column: does the author name it?
} Filling;

static const WitnessTable *witness_of(const Filling *f, size_t table)
{
    for (size_t i = 0; i < f->wrong->witness_count; i++) {
        if (str_eq_nocase(f->wrong->witness[i].table, f->w->tables[table].name)) {
            return &f->wrong->witness[i];
        }
    }
    return NULL;
}

static bool table_index(const WarehouseSpec *w, Str name, size_t *at)
{
    const TableSpec *t = warehouse_table(w, name);
    if (t) *at = (size_t)(t - w->tables);
    return t != NULL;
}

static Value *cell(const Filling *f, size_t table, size_t row, size_t column)
{
    return &f->data.tables[table].cells[row * f->data.tables[table].width + column];
}

// --- Keys of parents ---

// The other end of a reference.
static bool parent_of(const Filling *f, size_t table, size_t column, size_t *to, size_t *to_column)
{
    const ColumnSpec *c = &f->w->tables[table].columns[column];
    return c->ref_table.len && table_index(f->w, c->ref_table, to) &&
           warehouse_column(&f->w->tables[*to], c->ref_column, to_column);
}

// All columns that must hold the same keys as this one, through references in either direction.
static void mark_linked(const Filling *f, bool **linked)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t t = 0; t < f->w->table_count; t++) {
            for (size_t c = 0; c < f->w->tables[t].width; c++) {
                size_t to, to_column;
                if (!parent_of(f, t, c, &to, &to_column)) continue;
                if (linked[t][c] == linked[to][to_column]) continue;
                linked[t][c] = linked[to][to_column] = more = true;
            }
        }
    }
}

static bool **grid(const Filling *f)
{
    bool **g = arena_array(f->arena, bool *, f->w->table_count);
    for (size_t t = 0; t < f->w->table_count; t++) {
        g[t] = arena_array(f->arena, bool, f->w->tables[t].width);
    }
    return g;
}

static bool holds_key(const Filling *f, size_t table, size_t column, const Value *key)
{
    for (size_t r = 0; r < f->data.tables[table].rows; r++) {
        if (value_same(cell(f, table, r, column), key)) return true;
    }
    return false;
}

// Does the author use this value in one of the linked columns?
static bool is_asked_for(const Filling *f, bool *const *linked, const Value *v)
{
    for (size_t t = 0; t < f->w->table_count; t++) {
        const WitnessTable *own = witness_of(f, t);
        for (size_t i = 0; own && i < own->columns.len; i++) {
            size_t c;
            if (!warehouse_column(&f->w->tables[t], own->columns.at[i], &c) || !linked[t][c]) {
                continue;
            }
            for (size_t r = 0; r < own->rows; r++) {
                if (value_same(&own->cells[r * own->columns.len + i], v)) return true;
            }
        }
    }
    return false;
}

static void rename_key(const Filling *f, bool *const *linked, Value from, Value to)
{
    for (size_t t = 0; t < f->w->table_count; t++) {
        for (size_t c = 0; c < f->w->tables[t].width; c++) {
            for (size_t r = 0; linked[t][c] && r < f->data.tables[t].rows; r++) {
                if (value_same(cell(f, t, r, c), &from)) *cell(f, t, r, c) = to;
            }
        }
    }
}

// Sees to it that the parent table holds the key; false when it has no row to spare.
static bool give_key(const Filling *f, bool *const *linked, size_t table, size_t column, Value key)
{
    if (key.kind == VALUE_NULL || holds_key(f, table, column, &key)) return true;
    for (size_t r = 0; r < f->data.tables[table].rows; r++) {
        Value v = *cell(f, table, r, column);
        if (v.kind == VALUE_NULL || is_asked_for(f, linked, &v)) continue;
        rename_key(f, linked, v, key);
        return true;
    }
    return false;
}

static bool give_keys(const Filling *f, size_t table, const WitnessTable *own)
{
    for (size_t i = 0; i < own->columns.len; i++) {
        size_t c, to, to_column;
        if (!warehouse_column(&f->w->tables[table], own->columns.at[i], &c)) return false;
        if (!parent_of(f, table, c, &to, &to_column) || witness_of(f, to)) continue;
        bool **linked = grid(f);
        linked[table][c] = true;
        mark_linked(f, linked);
        for (size_t r = 0; r < own->rows; r++) {
            if (!give_key(f, linked, to, to_column, own->cells[r * own->columns.len + i])) {
                return false;
            }
        }
    }
    return true;
}

// --- Rows ---

static bool put_rows(const Filling *f, size_t table, const WitnessTable *own)
{
    Table *t = &f->data.tables[table];
    if (t->rows < own->rows) return false; // the next tiny database may have more
    t->rows = own->rows;
    for (size_t i = 0; i < own->columns.len; i++) {
        size_t c;
        if (!warehouse_column(&f->w->tables[table], own->columns.at[i], &c)) return false;
        f->named[table][c] = true;
        for (size_t r = 0; r < own->rows; r++) {
            *cell(f, table, r, c) = own->cells[r * own->columns.len + i];
        }
    }
    return true;
}

// A key that is left open, to a parent whose rows the author gives, goes to one of these.
static void link_open_keys(const Filling *f, size_t table)
{
    for (size_t c = 0; c < f->w->tables[table].width; c++) {
        size_t to, to_column;
        if (f->named[table][c] || !parent_of(f, table, c, &to, &to_column)) continue;
        size_t parents = f->data.tables[to].rows;
        if (!witness_of(f, to)) continue;
        for (size_t r = 0; r < f->data.tables[table].rows; r++) {
            *cell(f, table, r, c) =
                parents ? *cell(f, to, r % parents, to_column) : (Value){.kind = VALUE_NULL};
        }
    }
}

// A time that is left open and comes after one that is named follows it as soon as it may.
static void set_later_times(const Filling *f, size_t table)
{
    const TableSpec *t = &f->w->tables[table];
    for (size_t c = 0; c < t->width; c++) {
        size_t base;
        bool open = !f->named[table][c] && t->columns[c].after.len &&
                    warehouse_column(t, t->columns[c].after, &base) && f->named[table][base];
        for (size_t r = 0; open && r < f->data.tables[table].rows; r++) {
            Value *v = cell(f, table, r, c), *from = cell(f, table, r, base);
            int64_t ms;
            if (v->kind == VALUE_NULL) continue;
            if (from->kind != VALUE_TEXT || !time_parse(from->text, &ms)) continue;
            ms += t->columns[c].after_min_s * 1000;
            bool date = t->columns[c].type == TYPE_DATE;
            *v = VALUE_STR(date ? date_text(f->arena, ms / 86400000) : time_text(f->arena, ms));
        }
    }
}

// Tables that no witness table hangs on hold nothing.
static void empty_others(const Filling *f)
{
    bool *stays = arena_array(f->arena, bool, f->w->table_count);
    for (size_t t = 0; t < f->w->table_count; t++) stays[t] = witness_of(f, t) != NULL;
    for (bool more = true; more;) {
        more = false;
        for (size_t t = 0; t < f->w->table_count; t++) {
            const TableSpec *spec = &f->w->tables[t];
            size_t to;
            for (size_t c = 0; stays[t] && c < spec->width; c++) {
                if (!table_index(f->w, spec->columns[c].ref_table, &to) || stays[to]) continue;
                stays[to] = more = true;
            }
            for (size_t i = 0; stays[t] && i < spec->foreign_key_count; i++) {
                if (!table_index(f->w, spec->foreign_keys[i].ref_table, &to) || stays[to]) continue;
                stays[to] = more = true;
            }
        }
    }
    for (size_t t = 0; t < f->w->table_count; t++) {
        if (!stays[t]) f->data.tables[t].rows = 0;
    }
}

static bool fill(Filling *f, bool empty)
{
    f->named = grid(f);
    for (size_t t = 0; t < f->w->table_count; t++) {
        const WitnessTable *own = witness_of(f, t);
        if (own && !give_keys(f, t, own)) return false;
    }
    for (size_t t = 0; t < f->w->table_count; t++) {
        const WitnessTable *own = witness_of(f, t);
        if (own && !put_rows(f, t, own)) return false;
    }
    for (size_t t = 0; t < f->w->table_count; t++) {
        if (!witness_of(f, t)) continue;
        link_open_keys(f, t);
        set_later_times(f, t);
    }
    if (empty) empty_others(f);
    return true;
}

// --- Whether it is a database of this warehouse ---

// All checks of a table as one: it is false where one of them is, and unknown passes.
static bool checks_hold(const WarehouseSpec *w, const Data *data, size_t table,
                        const DataJudge *judge, bool *hold, Error *err)
{
    const TableSpec *t = &w->tables[table];
    if (!t->check.len || !data->tables[table].rows) return true;
    Arena scratch = {0};
    Buf b = buf_new(&scratch);
    for (size_t i = 0; i < t->check.len; i++) {
        buf_fmt(&b, "%s(" STR_FMT "\n)", i ? " AND " : "", STR_ARG(t->check.at[i]));
    }
    size_t *rows, count = 0;
    bool ok = judge->broken(judge->ctx, &scratch, w, data, table, buf_str(&b), &rows, &count, err);
    *hold = ok && count == 0;
    arena_free(&scratch);
    return ok;
}

// All rules as one question.
static bool rules_hold(const WarehouseSpec *w, const Data *data, const DataJudge *judge, bool *hold,
                       Error *err)
{
    if (!w->never_count) return true;
    Arena scratch = {0};
    Buf b = buf_new(&scratch);
    buf_add(&b, S("SELECT 1 WHERE "));
    for (size_t i = 0; i < w->never_count; i++) {
        buf_fmt(&b, "%sEXISTS (" STR_FMT "\n)", i ? " OR " : "", STR_ARG(w->never[i].sql));
    }
    bool returns = false;
    bool ok = judge->returns_rows(judge->ctx, w, data, buf_str(&b), &returns, err);
    *hold = ok && !returns;
    arena_free(&scratch);
    return ok;
}

bool witness_holds(const WarehouseSpec *w, const Data *data, const DataJudge *judge, bool *holds,
                   Error *err)
{
    bool ok = true;
    *holds = links_hold(w, data);
    for (size_t t = 0; t < w->table_count && ok && *holds; t++) {
        ok = checks_hold(w, data, t, judge, holds, err);
    }
    if (ok && *holds) ok = rules_hold(w, data, judge, holds, err);
    return ok;
}

static size_t rows_asked(const ExamWrong *wrong)
{
    size_t n = 0;
    for (size_t i = 0; i < wrong->witness_count; i++) {
        if (wrong->witness[i].rows > n) n = wrong->witness[i].rows;
    }
    return n;
}

bool witness_data(const Making *m, const ExamWrong *wrong, Data *out, bool *made, Error *err)
{
    Arena scratch = {0};
    bool ok = true;
    *made = false;
    for (uint64_t i = 0; i < ATTEMPTS && ok && !*made; i++) {
        Data base;
        size_t rows = 2 * rows_asked(wrong) + SPARE_ROWS;
        uint64_t seed = rng_at(m->seed, DRAW_STREAM, i);
        ok = warehouse_edge(&scratch, m->w, rows, seed, m->judge, &base, err);
        if (!ok) break;
        Filling f = {.arena = &scratch, .w = m->w, .wrong = wrong};
        f.data = data_copy(&scratch, &base);
        bool empty = i % 2 == 0; // a rule may want rows in tables that the author left open
        if (fill(&f, empty)) ok = witness_holds(m->w, &f.data, m->judge, made, err);
        if (ok && *made) *out = data_copy(m->arena, &f.data);
    }
    arena_free(&scratch);
    return ok;
}
