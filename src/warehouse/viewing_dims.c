// viewing_dims: who watches, what there is to watch, on what, and what it costs.
#include "base/check.h"
#include "base/rng.h"
#include "base/world.h"
#include "warehouse/viewing.h"
#include <string.h>

const Country VIEWING_COUNTRIES[COUNTRIES] = {
    {"US", "United States", "AMER", "USD", -300, 0.28, 15.49},
    {"BR", "Brazil", "AMER", "BRL", -180, 0.11, 18.90},
    {"GB", "United Kingdom", "EMEA", "GBP", 0, 0.10, 10.99},
    {"DE", "Germany", "EMEA", "EUR", 60, 0.09, 13.99},
    {"IN", "India", "APAC", "INR", 330, 0.09, 4.99},
    {"FR", "France", "EMEA", "EUR", 60, 0.07, 13.49},
    {"JP", "Japan", "APAC", "JPY", 540, 0.06, 14.90},
    {"MX", "Mexico", "AMER", "MXN", -360, 0.06, 17.90},
    {"KR", "South Korea", "APAC", "KRW", 540, 0.05, 13.50},
    {"ES", "Spain", "EMEA", "EUR", 60, 0.04, 12.99},
    {"NO", "Norway", "EMEA", "NOK", 60, 0.03, 12.90},
    {"ZA", "South Africa", "EMEA", "ZAR", 120, 0.02, 15.90},
};
const char *const VIEWING_PLANS[PLANS] = {"ads", "standard", "premium"};
const char *const VIEWING_GENRES[] = {NULL,   "drama",   "comedy", "thriller", "documentary",
                                      "kids", "romance", "sci-fi", "horror"};
const char *const VIEWING_RATINGS[] = {"all", "7+", "13+", "16+", "18+"};
const char *const VIEWING_DEVICE_TYPES[DEVICE_TYPES] = {"tv", "phone", "tablet", "web"};
const char *const VIEWING_OS[] = {NULL,    "android", "ios",     "tvos",
                                  "tizen", "webos",   "windows", "macos"};
const char *const VIEWING_APPS[] = {NULL, "8.1.0", "8.2.0", "8.3.1", "9.0.0"};

enum {
    GENRES = 8,
    RATINGS = 5,
    APPS = 4,
    SIGNUP_FIRST_DAYS = 364, // before today: the oldest profile
    RELEASE_FIRST = 16436,   // 2015-01-01
    PRICE_FIRST = 19358,     // 2023-01-01
    PRICE_CHANGES = 19844,   // 2024-05-01: none changes before
};

// ---- drawing

uint64_t draw(const Viewing *v, Draw what, uint64_t index, uint64_t part)
{
    return rng_at(v->seed, (uint64_t)what << 32 | part, index);
}

double draw_unit(uint64_t random)
{
    return (double)(random >> 11) * 0x1p-53;
}

bool draw_share(uint64_t random, double share)
{
    return draw_unit(random) < share;
}

int64_t draw_between(uint64_t random, int64_t low, int64_t high)
{
    return low + (int64_t)((random >> 32) * (uint64_t)(high - low + 1) >> 32);
}

size_t draw_weighted(uint64_t random, const double *share, size_t n)
{
    double u = draw_unit(random);
    size_t i = 0;
    for (; i + 1 < n && u >= share[i]; i++) u -= share[i];
    return i;
}

// Distinct numbers that do not rise with their index: an odd factor permutes the low bits.
static int64_t scattered_id(size_t i, int64_t first, unsigned bits)
{
    uint64_t mask = ((uint64_t)1 << bits) - 1;
    return first + (int64_t)(((uint64_t)i * 0x9e3779b1u + 0x5bd1u) & mask);
}

static unsigned bits_for(size_t n)
{
    unsigned bits = 10;
    while (((size_t)1 << bits) < 2 * n) bits++;
    return bits;
}

// ---- profiles

uint8_t person_country(const Person *p, int64_t ts)
{
    uint32_t i = p->versions - 1;
    while (i > 0 && p->version[i].from > ts) i--;
    return p->version[i].country;
}

static uint8_t other(uint8_t one, uint64_t random, size_t n)
{
    return (uint8_t)((one + 1 + random % (n - 1)) % n);
}

static void person_versions(const Viewing *v, Person *p, size_t i)
{
    static const double plans[PLANS] = {0.35, 0.45, 0.20};
    double countries[COUNTRIES];
    for (size_t c = 0; c < COUNTRIES; c++) countries[c] = VIEWING_COUNTRIES[c].share;
    p->version[0] = (ProfileVersion){
        .from = p->signup,
        .plan = (uint8_t)draw_weighted(draw(v, DRAW_PROFILE, i, 1), plans, PLANS),
        .country = (uint8_t)draw_weighted(draw(v, DRAW_PROFILE, i, 2), countries, COUNTRIES)};
    p->versions = 1;
    const double changes = 0.2, moves = 0.25;
    while (p->versions < VERSIONS_MAX) {
        uint64_t random = draw(v, DRAW_PROFILE_CHANGE, i, p->versions);
        const ProfileVersion *before = &p->version[p->versions - 1];
        int64_t room = v->now - before->from - 2 * DAY_S;
        if (room <= 0 || !draw_share(random, changes)) break;
        ProfileVersion next = *before;
        next.from = before->from + DAY_S + draw_between(rng_at(random, 0, 0), 0, room);
        if (draw_share(rng_at(random, 1, 0), moves)) {
            next.country = other(before->country, rng_at(random, 2, 0), COUNTRIES);
        } else {
            next.plan = other(before->plan, rng_at(random, 3, 0), PLANS);
        }
        p->version[p->versions++] = next;
    }
}

// More sign up as the service grows; one in four has left since, soon rather than late.
static void person_make(const Viewing *v, Person *p, size_t i, unsigned id_bits)
{
    const double leave = 0.25, sigma = 1.5, never = 0.05;
    double u = draw_unit(draw(v, DRAW_PROFILE, i, 0)), late = u * (2 - u);
    int64_t span = (int64_t)SIGNUP_FIRST_DAYS * DAY_S;
    *p = (Person){.id = scattered_id(i, 1000, id_bits)};
    p->signup = v->now - span + (int64_t)(late * (double)(span - HOUR_S));
    p->end = v->now;
    uint64_t random = draw(v, DRAW_ACTIVITY, i, 0);
    if (draw_share(random, leave)) {
        double stays = draw_unit(rng_at(random, 0, 0));
        p->end = p->signup + (int64_t)(stays * stays * (double)(v->now - p->signup));
    }
    p->activity = chance_lognormal(draw(v, DRAW_ACTIVITY, i, 1), sigma);
    if (draw_share(draw(v, DRAW_ACTIVITY, i, 2), never)) p->activity = 0;
    person_versions(v, p, i);
}

static void make_people(Arena *a, Viewing *v, const ProcessRun *run)
{
    const size_t usual = 620;
    const double versions_each = 1.24; // as the changes above make them
    double rows = (double)process_rows(run, S("dim_profile"), usual);
    v->person_count = (size_t)(rows / versions_each + 1);
    v->people = arena_array(a, Person, v->person_count);
    v->person_row = arena_array(a, uint32_t, v->person_count * VERSIONS_MAX);
    for (size_t i = 0; i < v->person_count; i++) {
        Person *p = &v->people[i];
        person_make(v, p, i, bits_for(v->person_count));
        p->first_row = (uint32_t)v->person_rows;
        for (uint32_t k = 0; k < p->versions; k++) v->person_row[v->person_rows++] = (uint32_t)i;
    }
}

// ---- titles

static void title_versions(const Viewing *v, Title *t, size_t i)
{
    static const double ratings[RATINGS] = {0.12, 0.15, 0.31, 0.27, 0.15};
    const double untagged = 0.06, changes = 0.18;
    uint64_t random = draw(v, DRAW_TITLE, i, 3);
    TitleVersion first = {.from = t->release_day * DAY_S};
    first.rating = (uint8_t)draw_weighted(draw(v, DRAW_TITLE, i, 4), ratings, RATINGS);
    if (!draw_share(random, untagged)) first.genre = (uint8_t)(1 + rng_at(random, 0, 0) % GENRES);
    t->version[0] = first;
    t->versions = 1;
    while (t->versions < VERSIONS_MAX) {
        uint64_t change = draw(v, DRAW_TITLE_CHANGE, i, t->versions);
        TitleVersion next = t->version[t->versions - 1];
        int64_t room = (v->now - next.from) / DAY_S - 2;
        if (room <= 0 || !draw_share(change, changes)) break;
        next.from += (1 + draw_between(rng_at(change, 0, 0), 0, room)) * DAY_S;
        if (change & 1) {
            next.genre = (uint8_t)(1 + (next.genre + rng_at(change, 1, 0) % (GENRES - 1)) % GENRES);
        } else {
            next.rating = other(next.rating, rng_at(change, 2, 0), RATINGS);
        }
        t->version[t->versions++] = next;
    }
}

static void title_make(const Viewing *v, Title *t, size_t i, unsigned id_bits)
{
    const double remakes = 0.03, unmeasured = 0.04, recent = 0.3, series = 0.45;
    uint64_t random = draw(v, DRAW_TITLE, i, 0);
    int64_t first = draw_share(random, recent) ? v->today - 365 : RELEASE_FIRST;
    *t = (Title){.id = scattered_id(i, 100, id_bits)};
    t->release_day = draw_between(draw(v, DRAW_TITLE, i, 1), first, v->today);
    t->series = draw_share(draw(v, DRAW_TITLE, i, 2), series);
    uint64_t length = draw(v, DRAW_TITLE, i, 5);
    t->runtime_min =
        (int)(t->series ? draw_between(length, 18, 65) : draw_between(length, 75, 190));
    if (draw_share(rng_at(length, 0, 0), unmeasured)) t->runtime_min = 0;
    t->words = (uint32_t)i;
    uint64_t remake = draw(v, DRAW_TITLE, i, 6);
    if (i > 0 && draw_share(remake, remakes)) t->words = (uint32_t)(rng_at(remake, 0, 0) % i);
    title_versions(v, t, i);
}

// The catalogue grows more slowly than the audience: with the square root of the scale.
static size_t catalogue(size_t base, double scale)
{
    double root = scale > 1 ? scale : 1;
    for (int i = 0; i < 60; i++) root = (root + scale / root) / 2; // Newton; sqrt is libm's
    return (size_t)((double)base * root);
}

static void make_titles(Arena *a, Viewing *v, const ProcessRun *run)
{
    enum { ROWS_USUAL = 360 };
    const double versions_each = 1.2;
    const TableSpec *spec = warehouse_table(run->w, S("dim_title"));
    size_t rows = spec && spec->rows > 0 ? (size_t)spec->rows : ROWS_USUAL;
    v->title_count = catalogue((size_t)((double)rows / versions_each), run->scale);
    if (v->title_count < 2) v->title_count = 2;
    v->titles = arena_array(a, Title, v->title_count);
    v->title_row = arena_array(a, uint32_t, v->title_count * VERSIONS_MAX);
    for (size_t i = 0; i < v->title_count; i++) {
        Title *t = &v->titles[i];
        title_make(v, t, i, bits_for(v->title_count));
        t->first_row = (uint32_t)v->title_rows;
        for (uint32_t k = 0; k < t->versions; k++) v->title_row[v->title_rows++] = (uint32_t)i;
    }
}

// ---- devices

static const struct {
    uint8_t first, count; // in VIEWING_OS
} os_of[DEVICE_TYPES] = {
    [DEVICE_TV] = {3, 3}, [DEVICE_PHONE] = {1, 2}, [DEVICE_TABLET] = {1, 2}, [DEVICE_WEB] = {6, 2}};

// Wrong clocks: mostly whole hours (time zones), some by minutes.
static const int32_t skews[] = {HOUR_S, -HOUR_S, 90, -7 * MINUTE_S};

static void device_make(const Viewing *v, Device *d, size_t i, uint32_t owner, unsigned id_bits)
{
    static const double types[DEVICE_TYPES] = {0.52, 0.26, 0.10, 0.12};
    static const double apps[APPS] = {0.1, 0.2, 0.4, 0.3};
    const double unknown = 0.05, wrong = 0.015;
    uint64_t random = draw(v, DRAW_DEVICE, i, 0);
    *d = (Device){.id = scattered_id(i, 50000, id_bits), .owner = owner};
    d->type = (uint8_t)draw_weighted(random, types, DEVICE_TYPES);
    uint64_t os = draw(v, DRAW_DEVICE, i, 1), app = draw(v, DRAW_DEVICE, i, 2);
    if (!draw_share(os, unknown)) {
        d->os = (uint8_t)(os_of[d->type].first + rng_at(os, 0, 0) % os_of[d->type].count);
    }
    if (!draw_share(app, unknown)) {
        d->app = (uint8_t)(1 + draw_weighted(rng_at(app, 0, 0), apps, APPS));
    }
    uint64_t skew = draw(v, DRAW_DEVICE, i, 3);
    size_t kinds = sizeof skews / sizeof *skews;
    if (v->dirty && draw_share(skew, wrong)) d->skew_s = skews[rng_at(skew, 0, 0) % kinds];
}

// One to three devices each, so that the average is what the spec asks for.
static void make_devices(Arena *a, Viewing *v, const ProcessRun *run)
{
    enum { ROWS_USUAL = 750, EACH_MAX = 3 };
    size_t rows = process_rows(run, S("dim_device"), ROWS_USUAL), left = v->person_count;
    v->devices = arena_array(a, Device, v->person_count * EACH_MAX);
    for (size_t i = 0; i < v->person_count; i++, left--) {
        Person *p = &v->people[i];
        double want = rows > v->device_count ? (double)(rows - v->device_count) / (double)left : 1;
        uint32_t n = 1;
        for (uint64_t k = 1; k < EACH_MAX; k++) {
            n += draw_share(draw(v, DRAW_DEVICE, i, 8 + k), (want - 1) / (EACH_MAX - 1));
        }
        p->first_device = (uint32_t)v->device_count;
        p->devices = n;
        unsigned bits = bits_for(v->person_count * EACH_MAX);
        for (uint32_t k = 0; k < n; k++, v->device_count++) {
            device_make(v, &v->devices[v->device_count], v->device_count, (uint32_t)i, bits);
        }
    }
}

// ---- prices

static void make_prices(Arena *a, Viewing *v)
{
    static const double of_standard[PLANS] = {0.5, 1, 1.4};
    const int32_t least = 200, most = 3000;
    v->prices = arena_array(a, Price, PLANS * COUNTRIES * VERSIONS_MAX);
    for (size_t i = 0; i < PLANS * COUNTRIES; i++) {
        size_t plan = i % PLANS, country = i / PLANS;
        size_t versions = 1 + draw(v, DRAW_PRICE, i, 0) % VERSIONS_MAX;
        double cents = VIEWING_COUNTRIES[country].price * 100 * of_standard[plan];
        int64_t from = (int64_t)PRICE_FIRST * DAY_S, change = PRICE_CHANGES;
        int64_t slice = (v->today - PRICE_CHANGES) / (int64_t)versions;
        for (size_t n = 0; n < versions; n++) {
            int32_t rounded = (int32_t)(cents / 10) * 10 + 9;
            Price *p = &v->prices[v->price_count++];
            *p = (Price){.plan = (uint8_t)plan, .country = (uint8_t)country, .from = from};
            p->cents = rounded < least ? least : rounded > most ? most : rounded;
            if (n + 1 == versions) break;
            uint64_t random = draw(v, DRAW_PRICE, i, 1 + n);
            p->to = from = (change + draw_between(random, 1, slice)) * DAY_S;
            change += slice;
            cents *= 1.08;
        }
    }
}

void viewing_dimensions(Arena *a, Viewing *v, const ProcessRun *run)
{
    make_people(a, v, run);
    make_titles(a, v, run);
    make_devices(a, v, run);
    make_prices(a, v);
}
