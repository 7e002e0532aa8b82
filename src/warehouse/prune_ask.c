// prune_ask: which units of a table do no harm: in chunks that are halved, then once more one by
// one.
//
// Mostly they do harm, or nobody would ask. So the next questions are asked at once, as they will
// come if all of them are answered so; the first that does no harm ends what was foreseen, and what
// is behind it was asked in vain. What comes out is the same as by one question after the other.
#include "base/check.h"
#include "warehouse/prune.h"
#include <string.h>

bool prune_good(Pruning *p, const uint8_t *keep, bool *good, Error *err)
{
    Arena *scratch = &p->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    Data view = prune_view(p, scratch, prune_living(p, scratch, keep));
    bool ok = rules_hold(p->m, &view, p->which, good, err);
    arena_rewind(scratch, mark);
    return ok;
}

static void put(uint8_t *keep, const Attempt *a)
{
    memset(keep + a->from, 1, a->to - a->from);
    keep[a->other] = 1;
}

// good[i] of the i-th attempt, beside what is kept; *answered of them, one at least.
static bool ask(Pruning *p, const Attempt *tries, size_t count, bool *good, size_t *answered,
                Error *err)
{
    Arena *scratch = &p->m->scratch;
    ArenaMark mark = arena_mark(scratch);
    size_t units = p->m->units[p->table].len;
    Data views[AHEAD_MOST];
    for (size_t i = 0; i < count; i++) {
        uint8_t *keep = arena_array(scratch, uint8_t, units + 1);
        memcpy(keep, p->keep, units);
        put(keep, &tries[i]);
        views[i] = prune_view(p, scratch, prune_living(p, scratch, keep));
    }
    bool ok = rules_hold_each(p->m, views, count, p->which, good, answered, err);
    arena_rewind(scratch, mark);
    return ok;
}

// Asks, and counts as the answers are used: up to the first that is good, which comes in. *used of
// them; *came: the last one is good.
static bool try_all(Pruning *p, const Attempt *tries, size_t count, size_t *used, bool *came,
                    Error *err)
{
    bool good[AHEAD_MOST] = {0};
    size_t answered;
    *used = 0;
    *came = false;
    if (!ask(p, tries, count, good, &answered, err)) return false;
    while (*used < answered && !*came) *came = good[(*used)++];
    p->left -= *used;
    if (*came) put(p->keep, &tries[*used - 1]);
    size_t more = *came ? 1 : 2 * p->ahead;
    p->ahead = more < AHEAD_MOST ? more : AHEAD_MOST;
    return true;
}

static size_t at_once(const Pruning *p)
{
    size_t n = p->m->tiny_rows ? p->ahead : 1; // large data: one question is work enough
    return n < p->left ? n : p->left;
}

// --- In chunks ---

enum { CHUNKS_MOST = 66 }; // of halves of halves

// Chunks that are still to be tried, the next one last.
typedef struct {
    Attempt at[CHUNKS_MOST];
    size_t len;
} Chunks;

static void push(Chunks *c, size_t from, size_t to)
{
    CHECK(c->len < CHUNKS_MOST);
    c->at[c->len++] = (Attempt){from, to, from};
}

static Attempt pop(Chunks *c)
{
    return c->at[--c->len];
}

// What does harm as a whole is tried by halves; a single unit stays out.
static void halve(Chunks *c, Attempt a)
{
    size_t half = a.from + (a.to - a.from) / 2;
    if (a.to - a.from == 1) return;
    push(c, half, a.to);
    push(c, a.from, half);
}

// The next ones if all of them do harm.
static size_t foresee(Chunks c, Attempt *out, size_t most)
{
    size_t n = 0;
    while (c.len && n < most) {
        out[n] = pop(&c);
        halve(&c, out[n++]);
    }
    return n;
}

bool prune_add(Pruning *p, size_t units, Error *err)
{
    Chunks chunks = {.len = 0};
    if (units) push(&chunks, 0, units);
    while (chunks.len && p->left) {
        Attempt tries[AHEAD_MOST];
        size_t n = foresee(chunks, tries, at_once(p)), used;
        bool came;
        if (!try_all(p, tries, n, &used, &came, err)) return false;
        for (size_t i = 0; i < used; i++) {
            Attempt a = pop(&chunks);
            if (!came || i + 1 < used) halve(&chunks, a);
        }
    }
    return true;
}

// --- Once more, one by one and two by two ---

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

// The next attempts from the *at-th on: each unit that is out, alone and then with the one most
// like it. *at: behind the last one.
static size_t foresee_later(const Pruning *p, size_t units, size_t *at, Attempt *out, size_t *where,
                            size_t most)
{
    size_t n = 0;
    for (; *at < 2 * units && n < most; ++*at) {
        size_t unit = *at % units;
        if (p->keep[unit]) continue;
        size_t other = *at < units ? unit : most_alike(p, unit);
        if (*at >= units && other == unit) continue;
        where[n] = *at;
        out[n++] = (Attempt){unit, unit + 1, other};
    }
    return n;
}

bool prune_add_later(Pruning *p, size_t units, Error *err)
{
    for (bool added = true; added && p->left;) {
        added = false;
        for (size_t i = 0; i < 2 * units && p->left;) {
            Attempt tries[AHEAD_MOST];
            size_t where[AHEAD_MOST], used,
                n = foresee_later(p, units, &i, tries, where, at_once(p));
            bool came;
            if (!n) break;
            if (!try_all(p, tries, n, &used, &came, err)) return false;
            if (used < n || came) i = where[used - 1] + 1;
            added |= came;
        }
    }
    return true;
}
