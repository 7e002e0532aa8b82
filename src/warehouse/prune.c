// prune: leaves out the rows with which a never rule returns something.
//
// Units of rows are added in chunks to what is known to be good; a chunk that violates is halved,
// down to the single unit that is left out. Rows of other tables that would lose their parent go
// with it. First the table made last is tried, then the others that the rules name: "every order
// has a line" is met by leaving out orders, not lines. The number of questions is bounded, and what
// was not asked about in the end is left out.
#include "base/check.h"
#include "warehouse/maker.h"
#include <string.h>

enum { QUESTIONS = 600, QUESTIONS_TINY = 64 };

typedef struct {
    Maker *m;
    const uint8_t *which; // rules asked about
    size_t table;         // whose units are tried
    uint8_t *keep;        // of its units
    size_t left;          // questions
} Pruning;

// ---- a copy of the data without some rows

static bool has_parent(const Link *link, const Value *cells, const TupleSet *keys, Value *probe,
                       const TablePlan *child)
{
    for (size_t i = 0; i < link->from.len; i++) {
        probe[link->to.at[i]] = cells[link->from.at[i]];
        bool nil = cells[link->from.at[i]].kind == VALUE_NULL;
        if (nil && column_allows(&child->columns[link->from.at[i]], &(Value){0})) return true;
    }
    return tuples_find(keys, probe, NULL);
}

// Takes the rows that lost a parent out of `alive`; false when there are none.
static bool orphans_out(Maker *m, uint8_t **alive, size_t table)
{
    const TablePlan *t = &m->plan->tables[table];
    const Table *rows = &m->data->tables[table];
    Arena *scratch = &m->scratch;
    ArenaMark mark = arena_mark(scratch);
    bool any = false;
    for (size_t i = 0; i < t->link_count; i++) {
        const Link *link = &t->links[i];
        const Table *parent = &m->data->tables[link->table];
        if (link->deferred) continue;
        TupleSet keys = tuples_new(scratch, link->to, parent->cells, parent->width, parent->rows);
        Value *probe = arena_array(scratch, Value, parent->width);
        for (size_t r = 0; r < parent->rows; r++) {
            if (alive[link->table][r]) tuples_add(&keys, r);
        }
        for (size_t r = 0; r < rows->rows; r++) {
            const Value *cells = rows->cells + r * rows->width;
            if (!alive[table][r] || has_parent(link, cells, &keys, probe, t)) continue;
            alive[table][r] = 0;
            any = true;
        }
    }
    arena_rewind(scratch, mark);
    return any;
}

// A unit goes as a whole.
static void units_out(const Units *u, uint8_t *alive)
{
    for (size_t i = 0; i < u->len; i++) {
        bool whole = true;
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) whole &= alive[r] != 0;
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) alive[r] = whole;
    }
}

static uint8_t **everyone(const Maker *m, Arena *a)
{
    size_t n = m->data->table_count;
    uint8_t **alive = arena_array(a, uint8_t *, n);
    for (size_t t = 0; t < n; t++) {
        alive[t] = arena_array(a, uint8_t, m->data->tables[t].rows + 1);
        memset(alive[t], 1, m->data->tables[t].rows);
    }
    return alive;
}

// Which rows live when only some units of one table do.
static uint8_t **living(const Pruning *p, Arena *a, const uint8_t *keep)
{
    Maker *m = p->m;
    size_t n = m->data->table_count;
    uint8_t **alive = everyone(m, a);
    const Units *u = &m->units[p->table];
    for (size_t i = 0; i < u->len; i++) {
        for (size_t r = u->start[i]; r < u->start[i + 1]; r++) alive[p->table][r] = keep[i];
    }
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            size_t t = m->plan->order[i];
            if (!orphans_out(m, alive, t)) continue;
            units_out(&m->units[t], alive[t]);
            more = true;
        }
    }
    return alive;
}

static bool named(const Pruning *p, size_t table)
{
    const Plan *plan = p->m->plan;
    for (size_t i = 0; i < plan->w->never_count; i++) {
        if (p->which[i] && plan->rule_names[i * plan->w->table_count + table]) return true;
    }
    return false;
}

// The living rows of the tables that the rules name.
static Data view_of(const Pruning *p, Arena *a, uint8_t **alive)
{
    Data view = {.table_count = p->m->data->table_count};
    view.tables = arena_array(a, Table, view.table_count);
    for (size_t t = 0; t < view.table_count; t++) {
        const Table *from = &p->m->data->tables[t];
        Table *to = &view.tables[t];
        *to = *from;
        to->rows = 0;
        if (!named(p, t)) continue;
        to->cells = arena_array(a, Value, from->rows * from->width);
        for (size_t r = 0; r < from->rows; r++) {
            if (!alive[t][r]) continue;
            memcpy(to->cells + to->rows++ * to->width, from->cells + r * from->width,
                   from->width * sizeof *from->cells);
        }
    }
    return view;
}

// ---- asking

static bool good_with(Pruning *p, const uint8_t *keep, bool *good, Error *err)
{
    Arena *scratch = &p->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    Data view = view_of(p, scratch, living(p, scratch, keep));
    bool ok = rules_hold(p->m, &view, p->which, good, err);
    arena_rewind(scratch, mark);
    return ok;
}

// Adds the units [from, to) to p->keep as far as they do no harm.
static bool add_units(Pruning *p, size_t from, size_t to, Error *err)
{
    bool good;
    if (from == to || p->left == 0) return true;
    p->left--;
    memset(p->keep + from, 1, to - from);
    if (!good_with(p, p->keep, &good, err)) return false;
    if (good) return true;
    memset(p->keep + from, 0, to - from);
    if (to - from == 1) return true;
    size_t half = from + (to - from) / 2;
    return add_units(p, from, half, err) && add_units(p, half, to, err);
}

// Whether two units go in together; *added then, else they stay out.
static bool try_units(Pruning *p, size_t one, size_t other, bool *added, Error *err)
{
    *added = false;
    if (p->left == 0) return true;
    p->left--;
    p->keep[one] = p->keep[other] = 1;
    if (!good_with(p, p->keep, added, err)) return false;
    if (!*added) p->keep[one] = p->keep[other] = 0;
    return true;
}

// Of the units that are out, the one whose first row has most cells in common with this one's.
static size_t most_alike(const Pruning *p, size_t unit)
{
    const Units *u = &p->m->units[p->table];
    const Table *t = &p->m->data->tables[p->table];
    size_t best = unit, most = 0;
    for (size_t i = 0; i < u->len; i++) {
        size_t alike = 0;
        if (i == unit || p->keep[i]) continue;
        for (size_t c = 0; c < t->width; c++) {
            alike += value_same(table_at(t, u->start[i], c), table_at(t, u->start[unit], c));
        }
        if (alike <= most) continue;
        best = i;
        most = alike;
    }
    return best;
}

// What did harm before may fit beside what came in after it, or together with another one: a day
// behind the day that a rule asks for, an end with its start.
static bool add_later(Pruning *p, size_t units, Error *err)
{
    for (bool added = true; added && p->left;) {
        added = false;
        for (size_t i = 0; i < 2 * units; i++) {
            size_t unit = i % units, other = i < units ? unit : most_alike(p, unit);
            bool fits;
            if (p->keep[unit] || (i >= units && other == unit)) continue;
            if (!try_units(p, unit, other, &fits, err)) return false;
            added |= fits;
        }
    }
    return true;
}

static void compact(Maker *m, size_t table, const uint8_t *alive)
{
    Table *t = &m->data->tables[table];
    Units *u = &m->units[table];
    size_t rows = 0, units = 0, bytes = t->width * sizeof *t->cells;
    if (u->len == 0) return;
    for (size_t i = 0; i < u->len; i++) {
        size_t first = u->start[i], end = u->start[i + 1];
        if (first == end || !alive[first]) continue;
        memmove(t->cells + rows * t->width, t->cells + first * t->width, (end - first) * bytes);
        u->start[units++] = rows;
        rows += end - first;
    }
    u->start[units] = rows;
    u->len = units;
    t->rows = rows;
}

// Tries one table; *met says whether the rules hold now. Nothing is changed when they cannot.
static bool prune_table(Pruning *p, size_t table, bool *met, Error *err)
{
    Arena *scratch = &p->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    Maker *m = p->m;
    size_t units = m->units[table].len;
    p->table = table;
    p->keep = arena_array(scratch, uint8_t, units + 1);
    bool ok = good_with(p, p->keep, met, err); // without the table
    if (ok && *met) {
        ok = add_units(p, 0, units, err) && (!m->tiny_rows || add_later(p, units, err));
        uint8_t **alive = living(p, scratch, p->keep);
        for (size_t t = 0; ok && t < m->data->table_count; t++) compact(m, t, alive[t]);
    }
    arena_rewind(scratch, mark);
    return ok;
}

// Rules that can be asked: those whose last table is made, this one included.
static uint8_t *askable(Maker *m, size_t table, bool only_its)
{
    const Plan *p = m->plan;
    uint8_t *which = arena_array(&m->scratch, uint8_t, p->w->never_count + 1);
    for (size_t i = 0; i < p->w->never_count; i++) {
        bool made = false;
        for (size_t j = 0; j < p->w->table_count && !made; j++) {
            made = p->order[j] == p->rule_table[i];
            if (p->order[j] == table) break;
        }
        which[i] = only_its ? p->rule_table[i] == table : made;
    }
    return which;
}

static bool keeps_exact(const Maker *m, size_t table)
{
    const TableSpec *t = m->plan->tables[table].spec;
    return !m->tiny_rows && (t->has_data || t->process.len);
}

static bool holds(Pruning *p, bool *hold, Error *err)
{
    Arena *scratch = &p->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    uint8_t **all = everyone(p->m, scratch);
    Data view = view_of(p, scratch, all);
    bool ok = rules_hold(p->m, &view, p->which, hold, err);
    arena_rewind(scratch, mark);
    return ok;
}

bool prune(Maker *m, size_t table, size_t *unmet, Error *err)
{
    Pruning p = {.m = m, .left = m->tiny_rows ? QUESTIONS_TINY : QUESTIONS};
    bool met;
    *unmet = SIZE_MAX;
    p.which = askable(m, table, true);
    if (!holds(&p, &met, err)) return false;
    if (met) return true;
    if (!rules_first_broken(m, m->data, p.which, unmet, err)) return false;
    // Rows of other tables may go too, so all rules that were met before are asked again.
    p.which = askable(m, table, false);
    const Plan *plan = m->plan;
    size_t at = 0;
    while (plan->order[at] != table) at++;
    for (size_t i = at + 1; i-- > 0 && !met;) {
        size_t t = plan->order[i];
        bool names = plan->rule_names[*unmet * plan->w->table_count + t];
        if (!names || keeps_exact(m, t)) continue;
        if (!prune_table(&p, t, &met, err)) return false;
    }
    if (met) *unmet = SIZE_MAX;
    return true;
}

bool prune_all(Maker *m, size_t *unmet, Error *err)
{
    const Plan *plan = m->plan;
    size_t last = plan->w->table_count;
    Pruning p = {.m = m};
    bool met = true;
    *unmet = SIZE_MAX;
    if (last == 0 || plan->w->never_count == 0) return true;
    p.which = askable(m, plan->order[last - 1], false);
    if (!holds(&p, &met, err)) return false;
    for (size_t i = 0; i < last && !met && *unmet == SIZE_MAX; i++) {
        if (!prune(m, plan->order[i], unmet, err)) return false;
    }
    return true;
}
