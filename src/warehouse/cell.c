// cell: one value, by the way its column is made; and rows out of them, parents first.
#include "base/check.h"
#include "base/rng.h"
#include "warehouse/maker.h"

enum { ATTEMPT_STREAM = 0x51ed27, NULL_STREAM = 1, LINK_STREAM = 2 };

uint64_t cell_random(const Maker *m, const ColumnPlan *c, size_t row, unsigned attempt)
{
    return rng_at(m->seed, c->stream + (uint64_t)attempt * ATTEMPT_STREAM, row);
}

static double unit_of(uint64_t random)
{
    return (double)(random >> 11) * 0x1p-53;
}

// In a tiny database a row that fitted no check so often may need what the few values of its
// columns left out: NULL, or another one of the column's list.
static bool reaches_out(const Maker *m, unsigned attempt)
{
    enum { OFTEN = 3 };
    return m->tiny_rows && attempt >= OFTEN;
}

static bool is_null(const Maker *m, const Draft *d, size_t column, uint64_t random,
                    unsigned attempt)
{
    const double half = 0.5;
    const ColumnPlan *c = &d->plan->columns[column];
    double share = m->tiny_rows ? m->domains[d->table][column].null_share : c->null_share;
    if (reaches_out(m, attempt) && c->null_share > 0 && share < half) share = half;
    return share > 0 && unit_of(rng_at(random, NULL_STREAM, 0)) < share;
}

static int64_t within(int64_t low, int64_t high, uint64_t random)
{
    Rng r = {.seed = random};
    return rng_between(&r, low, high);
}

static Value serial(Maker *m, const Draft *d, const ColumnPlan *c, size_t row)
{
    int64_t first = c->has_low ? c->least : 1, n = (int64_t)row;
    const int64_t hour = 3600;
    switch (c->spec->type) {
    case TYPE_DATE:
        if (!c->has_low) first = c->high - (int64_t)d->rows + 1;
        return range_value(&m->ink, c, first + n);
    case TYPE_TIMESTAMP:
        return range_value(&m->ink, c, c->low + n * hour);
    case TYPE_REAL:
        return VALUE_FLT((double)(first + n));
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN: {
        Str name = c->spec->primary_key ? d->plan->spec->name : c->spec->name;
        char head[2] = {name.len ? name.ptr[0] : 'x', '-'};
        return VALUE_STR(ink_id(&m->ink, (Str){head, sizeof head}, row + 1, 5));
    }
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
        break;
    }
    // A second key beside the first: never equal to it, so that a join on the wrong one shows.
    const int64_t apart = 1000, step = 3;
    if (!c->spec->primary_key && !c->has_low) return VALUE_INT(apart + n * step);
    return VALUE_INT(first + n);
}

static bool units_of(const ColumnPlan *c, const Value *v, int64_t *out)
{
    return range_units(c->spec->type, c->per_one, v, out);
}

// The base may be a date and this a timestamp, or the other way round: both count in seconds. NULL
// where nothing fits; a row that needs a value is then made again.
static Value after(Maker *m, const Draft *d, const ColumnPlan *c, const Value *base,
                   uint64_t random)
{
    const int64_t day = 86400;
    bool from_date = d->plan->columns[c->base].spec->type == TYPE_DATE;
    bool date = c->spec->type == TYPE_DATE;
    int64_t at, grain = date ? day : 1;
    if (base->kind == VALUE_NULL || !units_of(&d->plan->columns[c->base], base, &at)) {
        return (Value){0};
    }
    int64_t wait = within(c->wait_low / grain, c->wait_high / grain, random);
    if (m->tiny_rows) wait = tiny_wait(d, c, random) / grain;
    if (date != from_date) at = date ? at / day : at * day;
    int64_t units = at + wait;
    // What lies behind now has not happened yet, where a column can say so.
    int64_t now = m->plan->w->now_ms / 1000 / grain;
    bool may_wait = c->null_share > 0 || c->spec->when.len;
    int64_t limit = c->has_high ? c->most : may_wait ? now : INT64_MAX;
    if (c->has_low && units < c->least) units = c->least;
    return units <= limit ? range_value(&m->ink, c, units) : (Value){0};
}

Value cell_make(Maker *m, const Draft *d, size_t column, size_t row, unsigned attempt)
{
    const ColumnPlan *c = &d->plan->columns[column];
    uint64_t random = cell_random(m, c, row, attempt);
    if (is_null(m, d, column, random, attempt)) return (Value){0};
    if (c->make == MAKE_AFTER) return after(m, d, c, &d->cells[row * d->width + c->base], random);
    if (m->tiny_rows) {
        const Domain *domain = &m->domains[d->table][column];
        if (domain->run && attempt == 0) return domain->at[row % domain->len];
        bool any = c->spec->value_count && random % 2 && reaches_out(m, attempt);
        if (any) return c->choice[(random >> 32) * c->spec->value_count >> 32];
        return domain->at[(random >> 32) * domain->len >> 32];
    }
    switch (c->make) {
    case MAKE_SERIAL:
        return serial(m, d, c, row);
    case MAKE_RANGE:
        return range_value(&m->ink, c, within(c->low, c->high, random));
    case MAKE_CHOICE:
        return c->choice[sampler_pick(&c->weights, random)];
    case MAKE_WORDS:
        return VALUE_STR(words_make(&m->ink, c->words, random, c->in_key ? attempt : 0));
    case MAKE_AFTER:
    case MAKE_LINK:
        break;
    }
    return (Value){0};
}

// ---- parents

// Parent rows that differ in the columns referred to and have no NULL there, without those that
// shall have no child.
static size_t *candidates(Maker *m, const Link *link, const Table *parent, size_t *count)
{
    size_t *rows = arena_array(&m->scratch, size_t, parent->rows), n = 0;
    ArenaMark mark = arena_mark(&m->scratch);
    TupleSet seen = tuples_new(&m->scratch, link->to, parent->cells, parent->width, parent->rows);
    for (size_t i = 0; i < parent->rows; i++) {
        size_t before = seen.len;
        if (tuples_add(&seen, i) && seen.len > before) rows[n++] = i;
    }
    arena_rewind(&m->scratch, mark);
    // Of `left` rows `out` go, each as likely (selection sampling).
    size_t out = link->orphans <= 0 ? 0 : (uint64_t)link->orphans < n ? (size_t)link->orphans : n;
    size_t kept = 0;
    for (size_t i = 0, left = n; i < n; i++, left--) {
        bool goes = rng_at(m->seed, LINK_STREAM, i) % left < out;
        if (goes) out--;
        if (!goes) rows[kept++] = rows[i];
    }
    *count = kept;
    return rows;
}

Parents *parents_find(Maker *m, const Draft *d)
{
    const double sigma =
        0.9; // of the number of children: some parents have several times the median
    Parents *all = arena_array(&m->scratch, Parents, d->plan->link_count);
    for (size_t i = 0; i < d->plan->link_count; i++) {
        const Link *link = &d->plan->links[i];
        const Table *parent = &m->data->tables[link->table];
        if (link->deferred || link->table == d->table) continue;
        all[i].rows = candidates(m, link, parent, &all[i].count);
        if (m->tiny_rows || all[i].count == 0) continue;
        double *weight = arena_array(&m->scratch, double, all[i].count);
        uint64_t stream = d->plan->columns[link->from.at[0]].stream;
        for (size_t j = 0; j < all[i].count; j++) {
            weight[j] = chance_lognormal(rng_at(m->seed, stream, all[i].rows[j]), sigma);
        }
        all[i].weights = sampler_new(&m->scratch, weight, all[i].count);
    }
    return all;
}

static size_t pick(const Maker *m, const Link *link, const Parents *p, size_t row, uint64_t random,
                   unsigned attempt)
{
    if (link->one_to_one) return p->rows[(row + attempt) % p->count];
    if (m->tiny_rows) return p->rows[(random >> 32) * p->count >> 32];
    return p->rows[sampler_pick(&p->weights, random)];
}

static void copy_cells(const Link *link, Value *child, const Value *parent)
{
    for (size_t i = 0; i < link->from.len; i++) {
        child[link->from.at[i]] = parent[link->to.at[i]];
    }
}

// A child without a parent where it may: NULL in every column of the link that can be NULL.
static void no_parent(const Draft *d, const Link *link, Value *child)
{
    for (size_t i = 0; i < link->from.len; i++) {
        const ColumnSpec *c = &d->plan->spec->columns[link->from.at[i]];
        if (!c->not_null && !c->primary_key) child[link->from.at[i]] = (Value){0};
    }
}

// False when the row needs a parent and there is none.
static bool link_row(Maker *m, Draft *d, const Link *link, const Parents *p, size_t row,
                     unsigned attempt)
{
    Value *cells = d->cells + row * d->width;
    uint64_t random = cell_random(m, &d->plan->columns[link->from.at[0]], row, attempt);
    bool none = false, nullable = false;
    for (size_t i = 0; i < link->from.len; i++) {
        const ColumnSpec *c = &d->plan->spec->columns[link->from.at[i]];
        nullable |= !c->not_null && !c->primary_key;
        none |= is_null(m, d, link->from.at[i], random, attempt);
    }
    if (link->table == d->table) {
        // An earlier row; the first is its own parent where it needs one.
        copy_cells(link, cells, row ? cells - (1 + (random >> 32) % row) * d->width : cells);
        none |= row == 0;
    } else if (p->count) {
        const Table *t = &m->data->tables[link->table];
        copy_cells(link, cells, t->cells + pick(m, link, p, row, random, attempt) * t->width);
    } else {
        none = true;
        if (!nullable) return false;
    }
    if (none) no_parent(d, link, cells);
    return true;
}

static bool link_all(Maker *m, Draft *d, const Parents *parents, size_t row, unsigned attempt,
                     bool self)
{
    for (size_t i = 0; i < d->plan->link_count; i++) {
        const Link *link = &d->plan->links[i];
        if ((link->table == d->table) != self) continue;
        if (!link_row(m, d, link, &parents[i], row, attempt)) return false;
    }
    return true;
}

bool row_make(Maker *m, Draft *d, const Parents *parents, size_t row, unsigned attempt)
{
    Value *cells = d->cells + row * d->width;
    for (size_t i = 0; i < d->width; i++) cells[i] = (Value){0};
    if (!link_all(m, d, parents, row, attempt, false)) return false;
    for (size_t i = 0; i < d->plan->order.len; i++) {
        size_t column = d->plan->order.at[i];
        cells[column] = cell_make(m, d, column, row, attempt);
        const ColumnSpec *spec = d->plan->columns[column].spec;
        bool needed = spec->not_null || spec->primary_key;
        if (needed && cells[column].kind == VALUE_NULL) return false;
    }
    if (m->tiny_rows) tiny_repeat(m, d, row, attempt);
    return link_all(m, d, parents, row, attempt, true);
}
