// viewing_plays: what people watch, sitting by sitting, as the events that their clients send.
//
// A sitting is a stretch of watching: one or more playbacks, of the next episode, of another title,
// or handed over to another device. Inside a sitting two events are never more than SESSION_GAP_S
// apart, but for the few pauses that are one second longer on purpose; between sittings of a person
// lies at least SITTINGS_APART_S. So every way to cut sessions meets its boundary, and few others.
#include "base/check.h"
#include "base/rng.h"
#include "base/vec.h"
#include "warehouse/viewing.h"
#include <stdlib.h>
#include <string.h>

enum {
    SITTINGS_APART_S = 45 * MINUTE_S,
    SITTING_MAX_S = 6 * HOUR_S,
    LAST_PLAYBACK_S = 2 * HOUR_S, // none begins later in a sitting
    HEARTBEAT_S = 20 * MINUTE_S,
    PLAYBACKS_MAX = 14,
    START_TRIES = 24,
    TITLE_TRIES = 8,
    PREMIERE_DAYS = 28,
    UPLOAD_SPARE_S = 10 * MINUTE_S, // the last sitting ends so long before now
};

typedef VEC(Play) Plays;

typedef struct {
    Arena *arena;
    Viewing *v;
    Sampler popular; // titles
    double *popularity;
    uint32_t *by_release; // titles, oldest first
    Plays plays;
} Studio;

typedef struct {
    uint64_t key; // of its random numbers
    uint64_t drawn;
    uint32_t person, title, device;
    uint8_t country;
    int64_t start, t; // true time
    int64_t upload;   // mobile devices without a network send all events then; 0 = at once
    bool no_device;   // of the playback
} Sitting;

static uint64_t next(Sitting *s)
{
    return rng_at(s->key, DRAW_PLAYBACK, s->drawn++);
}

// ---- when

// Share of the busiest hour, by hour of local time, and of the busiest day from Monday on.
static const double hours[24] = {0.34, 0.20, 0.12, 0.08, 0.06, 0.06, 0.09, 0.14,
                                 0.19, 0.22, 0.25, 0.28, 0.33, 0.35, 0.36, 0.38,
                                 0.43, 0.52, 0.66, 0.82, 0.95, 1.00, 0.86, 0.58};
static const double weekdays[7] = {0.72, 0.70, 0.71, 0.74, 0.86, 0.97, 1.00};

static double busy(int64_t ts, int offset_min)
{
    int64_t local = ts + offset_min * MINUTE_S, day = local / DAY_S;
    return hours[local % DAY_S / HOUR_S] * weekdays[(day + 3) % 7]; // 1970-01-01 was a Thursday
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t *starts_of(const Studio *st, Arena *a, uint32_t person, size_t n)
{
    const Viewing *v = st->v;
    const Person *p = &v->people[person];
    int64_t low = p->signup > v->first ? p->signup : v->first;
    int64_t *at = arena_array(a, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        for (uint64_t k = 0; k < START_TRIES; k++) {
            uint64_t random = draw(v, DRAW_SITTING, (uint64_t)person << 20 | i, k);
            at[i] = low + (int64_t)(draw_unit(random) * (double)(p->end - low));
            int offset = VIEWING_COUNTRIES[person_country(p, at[i])].offset_min;
            if (draw_share(rng_at(random, 0, 0), busy(at[i], offset))) break;
        }
    }
    qsort(at, n, sizeof *at, by_time);
    return at;
}

// ---- what

static uint32_t premiere(const Studio *st, uint64_t random, int64_t day)
{
    const Viewing *v = st->v;
    size_t low = 0, high = v->title_count; // the first title released after `day`
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (v->titles[st->by_release[middle]].release_day <= day)
            low = middle + 1;
        else
            high = middle;
    }
    size_t from = low;
    while (from > 0 && v->titles[st->by_release[from - 1]].release_day > day - PREMIERE_DAYS)
        from--;
    if (from == low) return UINT32_MAX;
    // Of two new titles the more popular one, so that premieres have a winner.
    uint32_t a = st->by_release[from + random % (low - from)];
    uint32_t b = st->by_release[from + (random >> 32) % (low - from)];
    return st->popularity[a] > st->popularity[b] ? a : b;
}

static uint32_t pick_title(const Studio *st, Sitting *s)
{
    const double new_ones = 0.12;
    const Viewing *v = st->v;
    int64_t day = s->t / DAY_S;
    uint32_t title = UINT32_MAX;
    if (draw_share(next(s), new_ones)) title = premiere(st, next(s), day - 1);
    for (int i = 0; i < TITLE_TRIES && title == UINT32_MAX; i++) {
        uint32_t one = (uint32_t)sampler_pick(&st->popular, next(s));
        if (v->titles[one].release_day < day) title = one;
    }
    return title == UINT32_MAX ? st->by_release[0] : title;
}

static uint32_t pick_device(const Studio *st, Sitting *s)
{
    static const double shares[] = {0.62, 0.26, 0.12};
    const Person *p = &st->v->people[s->person];
    size_t i = draw_weighted(next(s), shares, p->devices);
    return p->first_device + (uint32_t)i;
}

// ---- events

static bool is_mobile(const Device *d)
{
    return d->type == DEVICE_PHONE || d->type == DEVICE_TABLET;
}

static int64_t first_ingest(const Studio *st, Sitting *s, const Device *d)
{
    const double slow = 0.02;
    const Viewing *v = st->v;
    uint64_t random = next(s);
    int64_t at = s->t + draw_between(random, 1, 9);
    if (!v->dirty) return at;
    if (is_mobile(d) && s->upload) return s->upload;
    if (draw_share(rng_at(random, 0, 0), slow)) at += draw_between(random, MINUTE_S, HOUR_S);
    return at < v->now ? at : v->now;
}

static void event(Studio *st, Sitting *s, EventType type, int64_t played)
{
    const double lost = 0.007;
    const Viewing *v = st->v;
    const Device *d = &v->devices[s->device];
    Play *p = vec_push(st->arena, &st->plays);
    *p = (Play){.ts = s->t, .person = s->person, .title = s->title, .country = s->country};
    p->number = (uint32_t)(st->plays.len - 1);
    p->type = (uint8_t)type;
    p->source = d->type;
    p->device = s->no_device ? NO_DEVICE : s->device;
    p->played = p->watch = (int32_t)played;
    p->ingest = first_ingest(st, s, d);
    uint64_t random = next(s);
    if (v->dirty && played > 0 && draw_share(random, lost)) p->watch = LOST;
    int64_t skewed = p->ts + d->skew_s;
    if (skewed >= v->first && skewed <= v->now) p->ts = skewed;
}

// Plays on for so many seconds from the event before; a heartbeat each HEARTBEAT_S.
static void watch(Studio *st, Sitting *s, int64_t seconds, EventType last)
{
    while (seconds > HEARTBEAT_S) {
        s->t += HEARTBEAT_S;
        seconds -= HEARTBEAT_S;
        event(st, s, EVENT_HEARTBEAT, HEARTBEAT_S);
    }
    s->t += seconds;
    event(st, s, last, seconds);
}

static int64_t pause_length(uint64_t random)
{
    static const int64_t boundary[] = {SESSION_GAP_S - 1, SESSION_GAP_S, SESSION_GAP_S + 1};
    const double at_boundary = 0.08, median_s = 70, sigma = 1.2;
    if (draw_share(random, at_boundary)) return boundary[rng_at(random, 0, 0) % 3];
    int64_t length = 5 + (int64_t)(median_s * chance_lognormal(random, sigma));
    return length < SESSION_GAP_S - 5 * MINUTE_S ? length : SESSION_GAP_S - 5 * MINUTE_S;
}

// How long is watched of what is left of a title; *whole when it is all of it.
static int64_t planned(Sitting *s, int64_t length, bool *whole)
{
    static const int64_t edge[] = {QUALIFIED_S - 1, QUALIFIED_S, QUALIFIED_S + 1};
    const double bounce = 0.17, at_edge = 0.15, part = 0.5, round = 0.4;
    uint64_t random = next(s), more = next(s);
    *whole = false;
    if (draw_share(random, bounce)) {
        return draw_share(more, at_edge) ? edge[more % 3] : draw_between(more, 4, QUALIFIED_S - 2);
    }
    int64_t seconds = length;
    if (draw_share(next(s), part)) {
        seconds = draw_between(more, length / 12, length * 11 / 12);
    } else {
        *whole = true;
    }
    if (draw_share(next(s), round)) seconds = (seconds / MINUTE_S + 1) * MINUTE_S;
    return seconds;
}

// To another device of the person, from one second to the next or at once.
static void hand_over(Studio *st, Sitting *s)
{
    const Person *p = &st->v->people[s->person];
    uint32_t at = s->device - p->first_device;
    s->device = p->first_device + (at + 1) % p->devices;
    int64_t wait = draw_between(next(s), -15, 50);
    if (wait > 0) s->t += wait;
}

// One playback of what is left of a title; false when the viewer has had enough of it.
static bool playback(Studio *st, Sitting *s)
{
    const double pauses = 0.4, silent = 0.07, hands = 0.1, nameless = 0.012;
    const Title *t = &st->v->titles[s->title];
    int64_t length = (t->runtime_min ? t->runtime_min : t->series ? 40 : 100) * MINUTE_S;
    bool whole;
    int64_t seconds = planned(s, length, &whole);
    s->no_device = st->v->dirty && draw_share(next(s), nameless);
    event(st, s, EVENT_PLAY, 0);
    if (seconds > 5 * MINUTE_S && draw_share(next(s), pauses)) {
        int64_t before = draw_between(next(s), MINUTE_S, seconds - MINUTE_S);
        watch(st, s, before, EVENT_PAUSE);
        s->t += pause_length(next(s));
        event(st, s, EVENT_PLAY, 0);
        seconds -= before;
    }
    const Person *p = &st->v->people[s->person];
    if (p->devices > 1 && seconds > 10 * MINUTE_S && draw_share(next(s), hands)) {
        int64_t before = seconds / 3;
        watch(st, s, before, EVENT_STOP);
        hand_over(st, s);
        event(st, s, EVENT_PLAY, 0);
        seconds -= before;
    }
    // A client that dies sends no stop: its last sign of life is a heartbeat.
    bool dies = draw_share(next(s), silent);
    watch(st, s, seconds, dies ? EVENT_HEARTBEAT : EVENT_STOP);
    return whole;
}

static void upload_later(const Studio *st, Sitting *s)
{
    const double offline = 0.12, days = 0.3;
    uint64_t random = next(s);
    s->upload = 0;
    if (!draw_share(random, offline)) return;
    bool late = draw_share(rng_at(random, 0, 0), days);
    int64_t wait =
        late ? draw_between(random, DAY_S, 4 * DAY_S) : draw_between(random, HOUR_S, 14 * HOUR_S);
    int64_t at = s->start + SITTING_MAX_S + wait;
    if (at < st->v->now) s->upload = at;
}

// One sitting from `start`; when it ends. `series` is what the person watches these weeks.
static int64_t sitting(Studio *st, uint32_t person, uint64_t number, int64_t start,
                       uint32_t *series)
{
    const double go_on = 0.35, binge = 0.64, another = 0.33, travels = 0.03;
    const Person *p = &st->v->people[person];
    Sitting s = {.person = person, .start = start, .t = start};
    s.key = draw(st->v, DRAW_PICK, (uint64_t)person << 20 | number, 0);
    s.country = person_country(p, start);
    if (draw_share(next(&s), travels)) s.country = (uint8_t)(next(&s) % COUNTRIES);
    s.device = pick_device(st, &s);
    upload_later(st, &s);
    bool same = *series != UINT32_MAX && draw_share(next(&s), go_on);
    s.title = same ? *series : pick_title(st, &s);
    for (int i = 0; i < PLAYBACKS_MAX; i++) {
        bool whole = playback(st, &s), is_series = st->v->titles[s.title].series;
        if (whole && is_series) *series = s.title;
        if (s.t - start > LAST_PLAYBACK_S) break;
        if (whole && is_series && draw_share(next(&s), binge)) {
            s.t += draw_between(next(&s), 5, 20); // the next episode starts by itself
            continue;
        }
        if (!draw_share(next(&s), another)) break;
        s.t += draw_between(next(&s), 20, 15 * MINUTE_S);
        s.title = pick_title(st, &s);
    }
    return s.t;
}

// ---- everyone

static void catalogue_open(Studio *st)
{
    const double sigma = 1.65; // of hours watched: fits what services publish, Zipf does not
    Viewing *v = st->v;
    st->popularity = arena_array(st->arena, double, v->title_count);
    st->by_release = arena_array(st->arena, uint32_t, v->title_count);
    int64_t *released = arena_array(st->arena, int64_t, v->title_count);
    for (size_t i = 0; i < v->title_count; i++) {
        st->popularity[i] = chance_lognormal(draw(v, DRAW_POPULARITY, i, 0), sigma);
        released[i] = v->titles[i].release_day;
    }
    order_by(st->arena, released, v->title_count, st->by_release);
    st->popular = sampler_new(st->arena, st->popularity, v->title_count);
}

// The time that a person can be seen watching.
static double window(const Viewing *v, const Person *p)
{
    int64_t low = p->signup > v->first ? p->signup : v->first;
    return p->end > low ? (double)(p->end - low) : 0;
}

static void person_plays(Studio *st, uint32_t person, double sittings)
{
    const double most_a_day = 1.6, least = 0.5; // of sittings; most people look in at least once
    Viewing *v = st->v;
    const Person *p = &v->people[person];
    Arena scratch = {0};
    double most = window(v, p) / DAY_S * most_a_day;
    double n =
        least + (sittings < most ? sittings : most) + draw_unit(draw(v, DRAW_ACTIVITY, person, 3));
    int64_t *start = starts_of(st, &scratch, person, (size_t)n);
    int64_t free_at = 0;
    uint32_t series = UINT32_MAX;
    for (size_t i = 0; i < (size_t)n; i++) {
        int64_t at = start[i] > free_at ? start[i] : free_at;
        if (at + SITTING_MAX_S + UPLOAD_SPARE_S > v->now) break;
        free_at = sitting(st, person, i, at, &series) + SITTINGS_APART_S;
    }
    arena_free(&scratch);
}

void viewing_plays(Arena *a, Viewing *v, const ProcessRun *run)
{
    enum { ROWS_USUAL = 5200 };
    const double sessions_each = 1.5; // of a sitting, as the shares above make them
    Arena scratch = {0};
    Studio st = {.arena = &scratch, .v = v};
    catalogue_open(&st);
    double sittings =
        (double)process_rows(run, S("fact_viewing_session"), ROWS_USUAL) / sessions_each;
    double sum = 0;
    for (size_t i = 0; i < v->person_count; i++) {
        sum += v->people[i].activity * window(v, &v->people[i]);
    }
    for (uint32_t i = 0; i < v->person_count && sum > 0; i++) {
        const Person *p = &v->people[i];
        double share = p->activity * window(v, p) / sum;
        if (share > 0) person_plays(&st, i, share * sittings);
    }
    v->plays = arena_array(a, Play, st.plays.len);
    v->play_count = st.plays.len;
    if (st.plays.len) memcpy(v->plays, st.plays.at, st.plays.len * sizeof *v->plays);
    arena_free(&scratch);
}
