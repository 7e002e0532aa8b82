// viewing_rows: how events arrive, which delivery is kept, and which sessions they make.
#include "base/check.h"
#include "base/rng.h"
#include "base/vec.h"
#include "warehouse/viewing.h"
#include <stdlib.h>
#include <string.h>

enum { WATCH_MAX = 28800, RETRIES_MAX = 3 };

// ---- order

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

// Least significant digit first; digits that are equal in all keys are skipped.
void order_by(Arena *a, const int64_t *key, size_t n, uint32_t *order)
{
    ArenaMark mark = arena_mark(a);
    uint32_t *from = order, *to = arena_array(a, uint32_t, n), *spare = to;
    int64_t low = n ? key[0] : 0, high = low;
    for (size_t i = 0; i < n; i++) {
        order[i] = (uint32_t)i;
        if (key[i] < low) low = key[i];
        if (key[i] > high) high = key[i];
    }
    for (unsigned shift = 0; shift < 63 && (uint64_t)(high - low) >> shift; shift += DIGIT_BITS) {
        size_t start[DIGITS] = {0};
        for (size_t i = 0; i < n; i++) start[(uint64_t)(key[i] - low) >> shift & (DIGITS - 1)]++;
        size_t sum = 0;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = start[d];
            start[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) {
            to[start[(uint64_t)(key[from[i]] - low) >> shift & (DIGITS - 1)]++] = from[i];
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from == spare && n) memcpy(order, spare, n * sizeof *order);
    arena_rewind(a, mark);
}

// ---- deliveries

typedef VEC(Delivery) Deliveries;

static int64_t retry_wait(uint64_t random)
{
    static const double shares[] = {0.1, 0.55, 0.22, 0.13};
    uint64_t length = rng_at(random, 0, 0);
    switch (draw_weighted(random, shares, 4)) {
    case 0:
        return 0; // the same second: a tie
    case 1:
        return draw_between(length, 1, MINUTE_S);
    case 2:
        return draw_between(length, MINUTE_S, HOUR_S);
    default:
        return draw_between(length, HOUR_S, 3 * DAY_S);
    }
}

// A retry may have lost fields; a later one may correct the seconds.
static Delivery retry(const Viewing *v, const Play *p, const Delivery *first, uint64_t random)
{
    const double loses = 0.35, loses_device = 0.4, corrects = 0.1;
    Delivery d = *first;
    int64_t wait = retry_wait(rng_at(random, 1, 0));
    if (first->ingest + wait <= v->now) d.ingest += wait;
    d.watch = p->watch;
    if (draw_share(rng_at(random, 2, 0), loses)) {
        d.watch = LOST;
        // Where another delivery is better anyway: the one that is kept has its device.
        bool spare = first->watch != LOST;
        d.no_device = spare && draw_share(rng_at(random, 3, 0), loses_device);
    } else if (d.ingest > first->ingest && p->watch > 0 &&
               draw_share(rng_at(random, 4, 0), corrects)) {
        int32_t more = p->watch + (int32_t)draw_between(random, 1, 30);
        d.watch = more < WATCH_MAX ? more : WATCH_MAX;
    }
    return d;
}

static size_t retry_count(uint64_t random)
{
    const double once = 0.05, again = 0.12;
    size_t n = 0;
    double share = once;
    while (n < RETRIES_MAX && draw_share(rng_at(random, n, 1), share)) {
        n++;
        share = again;
    }
    return n;
}

// Seconds first, then the latest: what deduplication should find. Equal ones have equal values.
static bool better(const Delivery *a, const Delivery *b)
{
    if ((a->watch == LOST) != (b->watch == LOST)) return b->watch == LOST;
    return a->ingest > b->ingest;
}

static void deliver(Viewing *v, Arena *a, Play *p, uint32_t index, Deliveries *all)
{
    const double first_incomplete = 0.3;
    uint64_t random = draw(v, DRAW_RETRY, p->number, 0);
    Delivery first = {.ingest = p->ingest, .play = index, .watch = p->watch};
    size_t retries = v->dirty ? retry_count(random) : 0, at = all->len;
    if (retries && draw_share(rng_at(random, 9, 0), first_incomplete)) first.watch = LOST;
    *vec_push(a, all) = first;
    for (size_t i = 0; i < retries; i++) {
        Delivery d = retry(v, p, &first, rng_at(random, 10, i));
        *vec_push(a, all) = d;
    }
    const Delivery *kept = &all->at[at];
    for (size_t i = at + 1; i < all->len; i++) {
        // Two corrections in one second would leave it open which is right.
        Delivery *d = &all->at[i];
        if (d->watch != LOST && d->ingest == kept->ingest && kept->watch != LOST)
            d->watch = kept->watch;
        if (better(d, kept)) kept = d;
    }
    p->ingest = kept->ingest;
    p->watch = kept->watch;
    if (kept->watch != LOST) p->played = kept->watch;
}

void viewing_deliveries(Arena *a, Viewing *v)
{
    Arena scratch = {0};
    Deliveries all = {0};
    for (size_t i = 0; i < v->play_count; i++) {
        deliver(v, &scratch, &v->plays[i], (uint32_t)i, &all);
    }
    v->deliveries = arena_array(a, Delivery, all.len);
    v->delivery_count = all.len;
    if (all.len) memcpy(v->deliveries, all.at, all.len * sizeof *v->deliveries);
    arena_free(&scratch);
}

// ---- sessions

typedef VEC(Session) Sessions;

typedef struct {
    int64_t ts;
    uint32_t title, device, play;
} Seen;

static int by_thread(const void *a, const void *b)
{
    const Seen *x = a, *y = b;
    if (x->title != y->title) return x->title < y->title ? -1 : 1;
    if (x->device != y->device) return x->device < y->device ? -1 : 1;
    if (x->ts != y->ts) return x->ts < y->ts ? -1 : 1;
    return (x->play > y->play) - (x->play < y->play);
}

static void person_sessions(Viewing *v, Arena *a, size_t from, size_t to, Sessions *all)
{
    Arena scratch = {0};
    Seen *seen = arena_array(&scratch, Seen, to - from);
    for (size_t i = from; i < to; i++) {
        const Play *p = &v->plays[i];
        seen[i - from] = (Seen){p->ts, p->title, p->device, (uint32_t)i};
    }
    qsort(seen, to - from, sizeof *seen, by_thread);
    Session *s = NULL;
    for (size_t i = 0; i < to - from; i++) {
        const Play *p = &v->plays[seen[i].play];
        bool other = i == 0 || seen[i].title != seen[i - 1].title ||
                     seen[i].device != seen[i - 1].device ||
                     seen[i].ts - seen[i - 1].ts > SESSION_GAP_S;
        if (other) {
            s = vec_push(a, all);
            *s = (Session){.start = p->ts, .play = seen[i].play};
        }
        s->end = p->ts;
        s->watch += p->played;
        if (p->ingest > s->ingest) s->ingest = p->ingest;
    }
    arena_free(&scratch);
}

void viewing_sessions(Arena *a, Viewing *v)
{
    Arena scratch = {0};
    Sessions all = {0};
    for (size_t i = 0; i < v->play_count;) {
        size_t to = i;
        while (to < v->play_count && v->plays[to].person == v->plays[i].person) to++;
        person_sessions(v, &scratch, i, to, &all);
        i = to;
    }
    int64_t *start = arena_array(&scratch, int64_t, all.len);
    uint32_t *order = arena_array(&scratch, uint32_t, all.len);
    for (size_t i = 0; i < all.len; i++) start[i] = all.at[i].start;
    order_by(&scratch, start, all.len, order);
    v->sessions = arena_array(a, Session, all.len);
    v->session_count = all.len;
    for (size_t i = 0; i < all.len; i++) {
        Session s = all.at[order[i]];
        // Loaded with the hour in which its last event came in; many share that second.
        int64_t loaded = (s.ingest / HOUR_S + 1) * HOUR_S;
        s.ingest = loaded < v->now ? loaded : v->now;
        CHECK(s.watch <= WATCH_MAX);
        v->sessions[i] = s;
    }
    arena_free(&scratch);
}

// ---- as the broker saw them

void viewing_ingest_order(Arena *a, Viewing *v)
{
    Arena scratch = {0};
    size_t n = v->play_count, m = v->delivery_count;
    int64_t *key = arena_array(&scratch, int64_t, n > m ? n : m);
    uint32_t *order = arena_array(&scratch, uint32_t, n > m ? n : m);
    uint32_t *place = arena_array(&scratch, uint32_t, n); // of each play after sorting
    for (size_t i = 0; i < n; i++) key[i] = v->plays[i].ingest;
    order_by(&scratch, key, n, order);
    Play *plays = arena_array(a, Play, n);
    for (size_t i = 0; i < n; i++) {
        plays[i] = v->plays[order[i]];
        place[order[i]] = (uint32_t)i;
    }
    v->plays = plays;
    for (size_t i = 0; i < v->session_count; i++) v->sessions[i].play = place[v->sessions[i].play];
    for (size_t i = 0; i < m; i++) key[i] = v->deliveries[i].ingest;
    order_by(&scratch, key, m, order);
    Delivery *deliveries = arena_array(a, Delivery, m);
    for (size_t i = 0; i < m; i++) {
        deliveries[i] = v->deliveries[order[i]];
        deliveries[i].play = place[deliveries[i].play];
    }
    v->deliveries = deliveries;
    arena_free(&scratch);
}
