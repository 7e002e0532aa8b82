// prune: leaves out the rows with which a never rule returns something.
//
// Units of rows are added in chunks to what is known to be good; a chunk that violates is halved,
// down to the single unit that is left out. Rows of other tables that would lose their parent go
// with it. First the table made last is tried, then the others that the rules name: "every order
// has a line" is met by leaving out orders, not lines. The number of questions is bounded, and what
// was not asked about in the end is left out.
#include "warehouse/prune.h"
#include "base/check.h"
#include <string.h>

enum { QUESTIONS = 600, QUESTIONS_TINY = 64 };

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
    bool ok = prune_good(p, p->keep, met, err); // without the table
    if (ok && *met) {
        ok = prune_add(p, units, err) && (!m->tiny_rows || prune_add_later(p, units, err));
        uint8_t **alive = prune_living(p, scratch, p->keep);
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
    uint8_t **all = prune_everyone(p->m, scratch);
    Data view = prune_view(p, scratch, all);
    bool ok = rules_hold(p->m, &view, p->which, hold, err);
    arena_rewind(scratch, mark);
    return ok;
}

bool prune(Maker *m, size_t table, size_t *unmet, Error *err)
{
    Pruning p = {.m = m, .left = m->tiny_rows ? QUESTIONS_TINY : QUESTIONS, .ahead = 2};
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
