// bare: one table from its columns, keys and checks; rows that do not fit are made again.
//
// Rounds: make the units that are pending, apply `when` and definitions, ask the checks; what broke
// is pending again with its next attempt. What is pending after the last round is left out.
#include "base/check.h"
#include "warehouse/maker.h"
#include <string.h>

enum {
    ROUNDS = 20,
    ROUNDS_ASKED = 5,             // of a tiny table, where each costs a question
    LOOKUP_ROWS = 100,            // a table without parents of at most so many rows does not scale
    ROWS_MAX = 100 * 1000 * 1000, // more than fits anyway: see warehouse.c
};

typedef enum { UNIT_PENDING, UNIT_MADE, UNIT_KEPT, UNIT_DEAD } UnitState;

typedef struct {
    Maker *m;
    Draft d;
    Parents *parents;
    uint8_t *state;  // UnitState of each unit
    TupleSet *sets;  // for each unique key, and one for the key of versions
    TupleSet *known; // for each dependency
} Filling;

// ---- how many rows

static size_t row_limit(const Draft *d, const Parents *parents)
{
    size_t limit = ROWS_MAX;
    for (size_t i = 0; i < d->plan->link_count; i++) {
        const Link *link = &d->plan->links[i];
        if (link->one_to_one && link->table != d->table && parents[i].count < limit) {
            limit = parents[i].count;
        }
    }
    for (size_t i = 0; i < d->plan->unique_count; i++) {
        if (d->plan->unique[i].len != 1) continue;
        const ColumnPlan *c = &d->plan->columns[d->plan->unique[i].at[0]];
        size_t values = c->spec->value_count;
        if (c->spec->type == TYPE_BOOLEAN && c->make != MAKE_LINK) values = 2;
        if (values && values < limit && c->null_share <= 0) limit = values;
    }
    return limit;
}

static size_t wanted_rows(const Maker *m, const Draft *d)
{
    if (m->tiny_rows) return tiny_row_count(m, d->table);
    size_t rows = d->plan->rows;
    if (d->plan->link_count == 0 && rows <= LOOKUP_ROWS) return rows;
    double scaled = (double)rows * m->scale + 0.5;
    return scaled < 1 ? 1 : scaled > ROWS_MAX ? ROWS_MAX : (size_t)scaled;
}

// ---- rounds

static void set_row(Filling *f, size_t unit, size_t row)
{
    const TablePlan *p = f->d.plan;
    for (size_t i = 0; i < p->unique_count; i++) {
        if (!tuples_add(&f->sets[i], row)) f->state[unit] = UNIT_PENDING; // `when` or a definition
    }
    if (p->versions.is && row == f->d.units.start[unit]) tuples_add(&f->sets[p->unique_count], row);
    for (size_t i = 0; i < p->dependency_count; i++) tuples_add(&f->known[i], row);
}

static void set_unit(Filling *f, size_t unit)
{
    for (size_t r = f->d.units.start[unit]; r < f->d.units.start[unit + 1]; r++)
        set_row(f, unit, r);
}

// The sets over the rows that are kept.
static void sets_new(Filling *f, Arena *a)
{
    const TablePlan *p = f->d.plan;
    f->sets = arena_array(a, TupleSet, p->unique_count + 1);
    f->known = arena_array(a, TupleSet, p->dependency_count);
    for (size_t i = 0; i <= p->unique_count; i++) {
        Columns key = i < p->unique_count ? p->unique[i] : p->versions.key;
        f->sets[i] = tuples_new(a, key, f->d.cells, f->d.width, f->d.rows);
    }
    for (size_t i = 0; i < p->dependency_count; i++) {
        Columns key = p->dependencies[i].key;
        f->known[i] = tuples_new(a, key, f->d.cells, f->d.width, f->d.rows);
    }
    for (size_t u = 0; u < f->d.units.len; u++) {
        if (f->state[u] == UNIT_KEPT) set_unit(f, u);
    }
}

static void make_pending(Filling *f)
{
    for (size_t u = 0; u < f->d.units.len; u++) {
        if (f->state[u] != UNIT_PENDING) continue;
        bool made = unit_make(f->m, &f->d, f->parents, f->sets, f->known, u);
        f->state[u] = made ? UNIT_MADE : UNIT_DEAD;
        if (made) set_unit(f, u);
    }
}

// The rows of units in a state, copied side by side.
static Table gather(const Filling *f, Arena *a, UnitState state)
{
    Table t = f->m->data->tables[f->d.table];
    size_t rows = 0, bytes = f->d.width * sizeof *t.cells;
    const size_t *start = f->d.units.start;
    for (size_t u = 0; u < f->d.units.len; u++) {
        if (f->state[u] == state) rows += start[u + 1] - start[u];
    }
    t.cells = arena_array(a, Value, rows * f->d.width);
    t.rows = 0;
    for (size_t u = 0; u < f->d.units.len; u++) {
        size_t n = start[u + 1] - start[u];
        if (f->state[u] != state) continue;
        memcpy(t.cells + t.rows * f->d.width, f->d.cells + start[u] * f->d.width, n * bytes);
        t.rows += n;
    }
    return t;
}

// Copies what the rules changed back; units with a broken row are pending again. How many are.
static size_t judge_made(Filling *f, const Table *batch, const uint8_t *broken)
{
    size_t at = 0, pending = 0, bytes = f->d.width * sizeof *batch->cells;
    const size_t *start = f->d.units.start;
    for (size_t u = 0; u < f->d.units.len; u++) {
        size_t n = start[u + 1] - start[u];
        if (f->state[u] != UNIT_MADE) continue;
        memcpy(f->d.cells + start[u] * f->d.width, batch->cells + at * f->d.width, n * bytes);
        f->state[u] = UNIT_KEPT;
        for (size_t i = 0; i < n; i++) {
            if (broken[at + i]) f->state[u] = UNIT_PENDING;
        }
        pending += f->state[u] == UNIT_PENDING;
        at += n;
    }
    return pending;
}

static bool round_done(Filling *f, size_t *pending, Error *err)
{
    Arena *scratch = &f->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    sets_new(f, scratch);
    make_pending(f);
    Table batch = gather(f, scratch, UNIT_MADE);
    uint8_t *broken = arena_array(scratch, uint8_t, batch.rows);
    bool ok = rules_rows(f->m, f->d.table, &batch, broken, err);
    if (ok) *pending = judge_made(f, &batch, broken);
    arena_rewind(scratch, mark);
    return ok;
}

// What `when` or a definition made equal in a unique key.
static void drop_doubles(Filling *f)
{
    Arena *scratch = &f->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    sets_new(f, scratch);
    arena_rewind(scratch, mark);
}

static bool cannot_meet(Filling *f, Error *err)
{
    const TableSpec *t = f->d.plan->spec;
    Arena *scratch = &f->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    Table batch = gather(f, scratch, UNIT_PENDING);
    Str check;
    size_t row;
    bool found;
    if (batch.rows && !rules_name_check(f->m, f->d.table, &batch, &check, &row, &found, err)) {
        arena_rewind(scratch, mark);
        return false;
    }
    if (batch.rows && found) {
        error_at(err, ERROR_INPUT, t->at.file, t->at.line, t->at.column,
                 "no row of the table '" STR_FMT "' meets its check '" STR_FMT
                 "'; give its columns values, bounds or 'after' that fit it",
                 STR_ARG(t->name), STR_ARG(check));
    } else {
        error_at(err, ERROR_INPUT, t->at.file, t->at.line, t->at.column,
                 "no row of the table '" STR_FMT "' fits its keys and references",
                 STR_ARG(t->name));
    }
    arena_rewind(scratch, mark);
    return false;
}

static bool fill(Filling *f, Error *err)
{
    size_t rounds = f->m->tiny_rows && f->d.plan->asked_more.len ? ROUNDS_ASKED : ROUNDS;
    size_t pending = f->d.units.len, kept = 0;
    for (size_t i = 0; i < rounds && pending; i++) {
        if (!round_done(f, &pending, err)) return false;
    }
    drop_doubles(f);
    for (size_t u = 0; u < f->d.units.len; u++) kept += f->state[u] == UNIT_KEPT;
    // A parent without rows, or a tiny table where nothing fits, may well be empty.
    bool parents = true;
    for (size_t i = 0; i < f->d.plan->link_count; i++) {
        bool outside = f->d.plan->links[i].table != f->d.table;
        parents &= !outside || f->d.plan->links[i].deferred || f->parents[i].count > 0;
    }
    if (kept || f->d.units.len == 0 || f->m->tiny_rows || !parents) return true;
    return cannot_meet(f, err);
}

// ---- the table

// Kept rows move together, in the draft's own cells.
static void compact(Filling *f)
{
    size_t rows = 0, units = 0, bytes = f->d.width * sizeof *f->d.cells;
    size_t *start = f->d.units.start;
    for (size_t u = 0; u < f->d.units.len; u++) {
        size_t first = start[u], n = start[u + 1] - first;
        if (f->state[u] != UNIT_KEPT) continue;
        memmove(f->d.cells + rows * f->d.width, f->d.cells + first * f->d.width, n * bytes);
        f->state[units] = UNIT_KEPT;
        start[units++] = rows;
        rows += n;
    }
    start[units] = rows;
    f->d.units.len = units;
    f->d.rows = rows;
}

// Rows whose parent in the same table was left out get none, or themselves. How many changed.
static size_t mend_parents(Filling *f, const Link *link)
{
    Arena *scratch = &f->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    size_t changed = 0;
    TupleSet keys = tuples_new(scratch, link->to, f->d.cells, f->d.width, f->d.rows);
    Value *probe = arena_array(scratch, Value, f->d.width);
    for (size_t r = 0; r < f->d.rows; r++) tuples_add(&keys, r);
    for (size_t r = 0; r < f->d.rows; r++) {
        Value *cells = f->d.cells + r * f->d.width;
        bool none = false;
        for (size_t i = 0; i < link->from.len; i++) {
            probe[link->to.at[i]] = cells[link->from.at[i]];
            const ColumnPlan *c = &f->d.plan->columns[link->from.at[i]];
            none |= cells[link->from.at[i]].kind == VALUE_NULL && column_allows(c, &(Value){0});
        }
        if (none || tuples_find(&keys, probe, NULL)) continue;
        for (size_t i = 0; i < link->from.len; i++) {
            const ColumnPlan *c = &f->d.plan->columns[link->from.at[i]];
            bool nil = column_allows(c, &(Value){0});
            cells[link->from.at[i]] = nil ? (Value){0} : cells[link->to.at[i]];
        }
        changed++;
    }
    arena_rewind(scratch, mark);
    return changed;
}

static bool settle(Filling *f, Error *err)
{
    for (size_t changed = 1; changed;) {
        changed = 0;
        for (size_t i = 0; i < f->d.plan->link_count; i++) {
            const Link *link = &f->d.plan->links[i];
            if (link->table == f->d.table) changed += mend_parents(f, link);
        }
        if (!changed) break;
        Arena *scratch = &f->m->scratch;
        ArenaMark mark = arena_mark(scratch);
        for (size_t u = 0; u < f->d.units.len; u++) f->state[u] = UNIT_MADE;
        Table batch = gather(f, scratch, UNIT_MADE);
        uint8_t *broken = arena_array(scratch, uint8_t, batch.rows);
        bool ok = rules_rows(f->m, f->d.table, &batch, broken, err);
        if (ok) judge_made(f, &batch, broken);
        arena_rewind(scratch, mark);
        if (!ok) return false;
        compact(f);
    }
    return true;
}

static bool exact_rows(Maker *m, size_t table, Error *err)
{
    const TableSpec *spec = m->plan->tables[table].spec;
    Table *t = &m->data->tables[table];
    Table rows = {
        .columns = t->columns, .width = t->width, .cells = spec->data, .rows = spec->data_rows};
    Table copy = table_copy(m->arena, &rows);
    t->cells = copy.cells;
    t->rows = copy.rows;
    Units u = {.start = arena_array(&m->scratch, size_t, t->rows + 1), .len = t->rows};
    for (size_t i = 0; i <= t->rows; i++) u.start[i] = i;
    m->units[table] = u;
    Str check;
    size_t row;
    bool found;
    if (spec->check.len == 0) return true;
    if (!rules_name_check(m, table, t, &check, &row, &found, err)) return false;
    if (!found) return true;
    return error_at(err, ERROR_INPUT, spec->at.file, spec->at.line, spec->at.column,
                    "row %zu of the 'data' of the table '" STR_FMT "' breaks its check '" STR_FMT
                    "'",
                    row + 1, STR_ARG(spec->name), STR_ARG(check));
}

bool bare_make(Maker *m, size_t table, Error *err)
{
    const TablePlan *p = &m->plan->tables[table];
    Table *t = &m->data->tables[table];
    if (p->spec->has_data && !m->tiny_rows) return exact_rows(m, table, err);
    Filling f = {.m = m, .d = {.table = table, .plan = p, .width = p->spec->width}};
    f.parents = parents_find(m, &f.d);
    size_t rows = wanted_rows(m, &f.d), limit = row_limit(&f.d, f.parents);
    f.d.rows = rows < limit ? rows : limit;
    f.d.cells = arena_array(m->arena, Value, f.d.rows * f.d.width);
    unit_split(m, &f.d);
    f.state = arena_array(&m->scratch, uint8_t, f.d.units.len + 1);
    if (!fill(&f, err)) return false;
    compact(&f);
    if (!settle(&f, err)) return false;
    t->cells = f.d.cells;
    t->rows = f.d.rows;
    m->units[table] = f.d.units;
    return true;
}
