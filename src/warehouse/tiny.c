// tiny: databases of a few rows that tell queries apart: small shared domains, ties, NULLs, copies.
//
// Each column takes one to four values. Columns of one name share them, so that joins without a
// declared key meet; dates and times of all columns cluster around one day, with the distances that
// queries are wrong about: a second, half an hour and a second more or less, midnight, a day, a
// week, a month.
#include "base/check.h"
#include "base/rng.h"
#include "warehouse/maker.h"
#include <string.h>

enum {
    CANDIDATES = 32,
    DAY_S = 86400,
    ROWS_STREAM = 0x7a,
    ANCHOR_STREAM = 0x7b,
    SHARE_STREAM = 0x7c,
    REPEAT_STREAM = 0x7d,
    DATA_STREAM = 0x7e,
    WIDE_STREAM = 0x7f,
};

typedef struct {
    int64_t at[CANDIDATES];
    size_t len;
} Numbers;

static void add_any(Numbers *n, int64_t units)
{
    if (n->len == CANDIDATES) return;
    for (size_t i = 0; i < n->len; i++) {
        if (n->at[i] == units) return;
    }
    n->at[n->len++] = units;
}

static void add(Numbers *n, const ColumnPlan *c, int64_t units)
{
    if (units >= c->low && units <= c->high) add_any(n, units);
}

static void add_all(Numbers *n, const ColumnPlan *c, int64_t from, const int64_t *steps, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int64_t units;
        if (!__builtin_add_overflow(from, steps[i], &units)) add(n, c, units);
    }
}

// The day around which a column's dates lie: shortly before today where that is allowed, so that
// columns meet although their bounds differ; at times where a month begins.
static int64_t anchor_day(const Maker *m, int64_t low, int64_t high, bool *at_edge)
{
    enum { DAYS = 6, EDGE_ONE_IN = 3 };
    uint64_t random = rng_at(m->seed, ANCHOR_STREAM, 0);
    int64_t today = m->plan->w->today, last = today >= low && today <= high ? today : high;
    int year, month, day;
    date_civil(last, &year, &month, &day);
    int64_t edge = date_days(year, month, 1);
    *at_edge = random / DAYS % EDGE_ONE_IN == 0 && edge > low;
    if (*at_edge) return edge;
    return last - (int64_t)(random % DAYS);
}

static void clock_candidates(const Maker *m, const ColumnPlan *c, Numbers *n)
{
    static const int64_t days[] = {0, -1, -2, 1, -3, 2, -7, -6, -30, -31, 7};
    static const int64_t seconds[] = {
        0,   1,   -1,  1800,   1801,  1799,   3600,  60,     -3600, 7200,       600,
        119, 120, 121, -43200, 43199, -DAY_S, DAY_S, -43201, 14400, -7 * DAY_S, -30 * DAY_S};
    enum { NEAREST = 4 }; // days: seldom would both sides of an edge be taken out of more
    bool date = c->spec->type == TYPE_DATE, at_edge;
    if (date) {
        int64_t anchor = anchor_day(m, c->low, c->high, &at_edge), year_ago = anchor - 365;
        add_all(n, c, anchor, days, at_edge ? NEAREST : sizeof days / sizeof *days);
        if (at_edge && n->len == NEAREST) return;
        // The habit of a column ends before; only a bound that is written forbids it.
        if (!c->has_low || year_ago >= c->least) add_any(n, year_ago);
    } else {
        int64_t day = anchor_day(m, c->low / DAY_S, c->high / DAY_S, &at_edge);
        int64_t noon = day * DAY_S + DAY_S / 2;
        add_all(n, c, noon, seconds, sizeof seconds / sizeof *seconds);
    }
    add(n, c, c->high);
}

// How many of them, the first ones, lie around numbers in checks.
static size_t number_candidates(const Draft *d, const ColumnPlan *c, Numbers *n)
{
    static const int64_t steps[] = {0, 1, 2, 3, 4, 5, 7, 10, 100};
    static const int64_t parts[] = {0, 50, 100, 150, 200, 25, 1000};
    enum { LITERALS = 4 };
    int64_t literal[LITERALS];
    bool real = c->spec->type == TYPE_REAL;
    int64_t from = c->has_low ? c->least : c->low;
    size_t found = hints_numbers(d->plan->spec, c->spec->name, literal, LITERALS);
    for (size_t i = 0; i < found; i++) {
        int64_t units;
        if (__builtin_mul_overflow(literal[i], c->per_one, &units)) continue;
        for (int64_t side = -1; side <= 1; side++) {
            bool low = c->has_low && units + side < c->least;
            if (!low && !(c->has_high && units + side > c->most)) add_any(n, units + side);
        }
    }
    size_t telling = n->len;
    if (real) add_all(n, c, from, parts, sizeof parts / sizeof *parts);
    if (!real) add_all(n, c, from, steps, sizeof steps / sizeof *steps);
    if (c->has_high) add_any(n, c->most);
    if (c->below) add_any(n, -c->per_one);
    if (c->below) add_any(n, -3 * c->per_one);
    if (n->len == 0) add(n, c, c->low);
    return telling;
}

// ---- values out of which a domain is drawn

typedef struct {
    Value at[CANDIDATES];
    size_t len;
    size_t telling; // the first ones: around numbers that a check compares with
} Pool;

static void pool_add(Pool *p, Value v)
{
    if (p->len == CANDIDATES) return;
    for (size_t i = 0; i < p->len; i++) {
        if (value_same(&p->at[i], &v)) return;
    }
    p->at[p->len++] = v;
}

static void pool_of_texts(Maker *m, const ColumnPlan *c, size_t need, Pool *p)
{
    for (uint64_t i = 0; p->len < need && i < CANDIDATES; i++) {
        uint64_t random = rng_at(m->seed, c->family, i);
        Str name = c->spec->name;
        bool label = c->words == WORDS_LABEL || c->words == WORDS_CODE;
        bool named =
            str_ends(name, S("id")) || str_ends(name, S("key")) || str_ends(name, S("code"));
        bool met = c->spec->family.len && (label || rng_at(m->seed, SHARE_STREAM, c->family) % 2);
        if (met || (label && (named || c->in_key))) {
            pool_add(p, VALUE_STR(ink_id(&m->ink, S("k"), i + 1, 1)));
        } else {
            pool_add(p, VALUE_STR(words_make(&m->ink, c->words, random, i > 8)));
        }
    }
}

static bool from_data(const Maker *m, const Draft *d, size_t column, Pool *p)
{
    const TableSpec *t = d->plan->spec;
    if (!t->has_data || t->data_rows == 0) return false;
    for (size_t i = 0; i < t->data_rows; i++) {
        size_t row = (i + (size_t)(rng_at(m->seed, DATA_STREAM, 0) % t->data_rows)) % t->data_rows;
        const Value *v = &t->data[row * t->width + column];
        if (v->kind != VALUE_NULL) pool_add(p, *v);
    }
    return p->len > 0;
}

static void fill_pool(Maker *m, const Draft *d, size_t column, size_t need, Pool *p)
{
    const ColumnPlan *c = &d->plan->columns[column];
    Numbers n = {.len = 0};
    bool in_turn = c->spec->in_turn;
    for (size_t i = 0; i < c->spec->value_count && p->len < CANDIDATES; i++) {
        if (in_turn) p->at[p->len++] = c->choice[i];
        if (!in_turn) pool_add(p, c->choice[i]);
    }
    if (p->len) return;
    if (from_data(m, d, column, p) && (!c->in_key || p->len >= need)) return;
    switch (c->spec->type) {
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        pool_of_texts(m, c, need, p);
        return;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        clock_candidates(m, c, &n);
        break;
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
    case TYPE_REAL:
        number_candidates(d, c, &n);
        break;
    }
    for (size_t i = 0; i < n.len; i++) pool_add(p, range_value(&m->ink, c, n.at[i]));
    // A key needs as many values as there are rows: what lies beside the first.
    for (int64_t i = 1; p->len < need && i < CANDIDATES && n.len; i++) {
        Numbers more = {.len = 0};
        add_all(&more, c, n.at[0], (int64_t[]){i, -i}, 2);
        for (size_t j = 0; j < more.len; j++) pool_add(p, range_value(&m->ink, c, more.at[j]));
    }
}

// ---- domains

static bool in_versions_key(const TablePlan *p, size_t column)
{
    for (size_t i = 0; p->versions.is && i < p->versions.key.len; i++) {
        if (p->versions.key.at[i] == column) return true;
    }
    return false;
}

static bool may_be_serial(const ColumnPlan *c)
{
    return c->spec->primary_key && c->spec->type == TYPE_INTEGER && !c->spec->value_count &&
           !c->has_high;
}

// 1, 2, 3 …, a row each; from the least that the column may hold.
static Domain serials(Maker *m, const ColumnPlan *c)
{
    int64_t first = c->has_low ? c->least : 1;
    Value *at = arena_array(&m->scratch, Value, m->tiny_rows);
    for (size_t i = 0; i < m->tiny_rows; i++) at[i] = VALUE_INT(first + (int64_t)i);
    return (Domain){.at = at, .len = m->tiny_rows, .run = true};
}

static Domain domain_of(Maker *m, const Draft *d, size_t column)
{
    static const double shares[] = {0, 0, 0.15, 0.3, 0.5};
    enum { SHARES = sizeof shares / sizeof *shares, VALUES_MOST = 4, KEY_SPARE = 2 };
    const ColumnPlan *c = &d->plan->columns[column];
    Domain out = {0};
    uint64_t random = rng_at(m->seed, SHARE_STREAM, c->stream);
    if (c->null_share > 0) out.null_share = random % 40 == 0 ? 1 : shares[random / 40 % SHARES];
    if (c->make == MAKE_LINK || c->make == MAKE_AFTER) return out;
    // Columns of one name draw with the same numbers, so from equal pools they take equal values;
    // mostly all clocks do, or checks that order two of them would often have nothing to choose.
    bool clock = c->spec->type == TYPE_DATE || c->spec->type == TYPE_TIMESTAMP;
    bool shared = clock && rng_at(m->seed, SHARE_STREAM, 0) % 4;
    Rng rng = {.seed = m->seed, .stream = shared ? (uint64_t)c->spec->type : c->family};
    size_t keep = (shared ? 2 : 1) + (size_t)rng_below(&rng, VALUES_MOST);
    bool key = c->in_key || in_versions_key(d->plan, column);
    size_t need = key ? m->tiny_rows + KEY_SPARE : keep;
    if (!key && rng_at(m->seed, WIDE_STREAM, c->stream) % 8 == 0) {
        keep = need = m->tiny_rows; // hardly two rows that share it
    }
    if (may_be_serial(c) && rng_at(m->seed, WIDE_STREAM, c->stream) % 2) return serials(m, c);
    out.run = c->spec->in_turn;
    if (out.run) keep = need = c->spec->value_count;
    if (key && !out.run) keep = need;
    Pool pool = {.len = 0};
    fill_pool(m, d, column, need, &pool);
    CHECK(pool.len > 0);
    if (keep > pool.len) keep = pool.len;
    Value telling = pool.at[pool.telling ? rng_below(&rng, pool.telling) : 0];
    for (size_t i = 0; i < keep && !out.run; i++) {
        size_t j = i + (size_t)rng_below(&rng, pool.len - i);
        Value v = pool.at[i];
        pool.at[i] = pool.at[j];
        pool.at[j] = v;
    }
    Value *at = arena_array(&m->scratch, Value, keep);
    memcpy(at, pool.at, keep * sizeof *at);
    if (pool.telling && rng_below(&rng, 4)) at[0] = telling;
    out.at = at;
    out.len = keep;
    return out;
}

void tiny_domains(Maker *m)
{
    size_t n = m->plan->w->table_count;
    m->domains = arena_array(&m->scratch, Domain *, n);
    for (size_t t = 0; t < n; t++) {
        Draft d = {.table = t, .plan = &m->plan->tables[t]};
        m->domains[t] = arena_array(&m->scratch, Domain, d.plan->spec->width);
        for (size_t c = 0; c < d.plan->spec->width; c++) m->domains[t][c] = domain_of(m, &d, c);
    }
}

size_t tiny_row_count(const Maker *m, size_t table)
{
    const TableSpec *spec = m->plan->tables[table].spec;
    bool parent = false;
    size_t least = 1, most = m->tiny_rows;
    for (size_t i = 0; i < m->plan->w->table_count; i++) {
        const TablePlan *t = &m->plan->tables[i];
        for (size_t j = 0; j < t->link_count; j++) {
            const Link *link = &t->links[j];
            if (link->table != table || i == table) continue;
            parent = true;
            if (link->orphans > 0 && (size_t)link->orphans >= least)
                least = (size_t)link->orphans + 1;
        }
    }
    if (spec->tiny_most && spec->tiny_most < most && spec->tiny_most >= least)
        most = spec->tiny_most;
    if (spec->tiny_least > least) least = spec->tiny_least;
    if (least > most) least = most;
    // Without parents there are no children either: an empty parent is rarer.
    Rng rng = {.seed = m->seed, .stream = ROWS_STREAM, .counter = table * 4};
    uint64_t empty_one_in = parent ? 40 : 12;
    if (rng_below(&rng, empty_one_in) == 0 && !spec->tiny_least) return 0;
    return least + (size_t)rng_below(&rng, most - least + 1);
}

int64_t tiny_wait(const Draft *d, const ColumnPlan *c, uint64_t random)
{
    // The bounds of all columns that are after the same one, and a second beside them: so two such
    // columns meet, or miss each other by little.
    const TablePlan *t = d->plan;
    int64_t low = c->wait_low, high = c->wait_high, wait = low;
    uint64_t seen = 0;
    for (size_t i = 0; i < t->spec->width; i++) {
        const ColumnPlan *other = &t->columns[i];
        if (other->make != MAKE_AFTER || other->base != c->base) continue;
        const int64_t ends[] = {other->wait_low, other->wait_high};
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            for (int64_t side = -1; side <= 1; side++) {
                int64_t at = ends[e] + side;
                if (at < low || at > high) continue;
                seen++; // one of those seen, each as likely
                if (rng_at(random, REPEAT_STREAM, seen) % seen == 0) wait = at;
            }
        }
    }
    return wait;
}

void tiny_repeat(Maker *m, Draft *d, size_t row, unsigned attempt)
{
    const unsigned repeat_in_16 = 3;
    uint64_t random = rng_at(m->seed, REPEAT_STREAM + d->table, row * 64 + attempt);
    if (row == 0 || d->plan->versions.is || random % 16 >= repeat_in_16) return;
    const Value *from = d->cells + (size_t)((random >> 32) * row >> 32) * d->width;
    Value *cells = d->cells + row * d->width;
    for (size_t i = 0; i < d->width; i++) {
        const ColumnPlan *c = &d->plan->columns[i];
        // A run goes on: without one of its days a rule that asks for all would end it here.
        bool run = m->domains[d->table][i].run;
        bool copy = !run && !c->fixed && (from[i].kind != VALUE_NULL || c->null_share > 0);
        if (copy) cells[i] = from[i];
    }
}
