// viewing: a streaming service: profiles, titles and devices, what is watched, how events arrive.
//
// Everything is a pure function of (seed, scale, profile): numbers come from counters, shares and
// curves from the tables below, lognormal weights from chance.h. Times are seconds since 1970.
#ifndef WAREHOUSE_VIEWING_H
#define WAREHOUSE_VIEWING_H
#include "warehouse/chance.h"
#include "warehouse/process.h"

enum {
    DAY_S = 86400,
    HOUR_S = 3600,
    MINUTE_S = 60,
    SESSION_GAP_S = 30 * MINUTE_S, // a longer pause ends a session
    QUALIFIED_S = 120,             // a view counts from here
    COUNTRIES = 12,
    PLANS = 3,
    VERSIONS_MAX = 3,
};

// Streams of random numbers: one for each thing that is drawn, so that none moves another.
typedef enum {
    DRAW_PROFILE = 1,
    DRAW_PROFILE_CHANGE,
    DRAW_ACTIVITY,
    DRAW_TITLE,
    DRAW_TITLE_CHANGE,
    DRAW_POPULARITY,
    DRAW_DEVICE,
    DRAW_PRICE,
    DRAW_SITTING,
    DRAW_PLAYBACK,
    DRAW_PICK,
    DRAW_DELIVERY,
    DRAW_RETRY,
    DRAW_VISITOR,
    DRAW_STEP,
} Draw;

typedef struct {
    const char *code, *name, *region, *currency;
    int offset_min;
    double share, price; // of profiles; of the standard plan
} Country;

typedef enum { DEVICE_TV, DEVICE_PHONE, DEVICE_TABLET, DEVICE_WEB, DEVICE_TYPES } DeviceType;

typedef struct {
    int64_t from;
    uint8_t plan, country;
} ProfileVersion;

typedef struct {
    int64_t id, signup, end; // no viewing after `end`: it left, or now
    double activity;         // relative number of sittings
    ProfileVersion version[VERSIONS_MAX];
    uint32_t versions, first_row;
    uint32_t first_device, devices;
} Person;

typedef struct {
    int64_t from;
    uint8_t genre, rating; // genre 0 = not tagged
} TitleVersion;

typedef struct {
    int64_t id, release_day;
    bool series;
    int runtime_min; // 0 = not measured
    uint32_t words;  // its name's number; shared by remakes
    TitleVersion version[VERSIONS_MAX];
    uint32_t versions, first_row;
} Title;

typedef struct {
    int64_t id;
    uint8_t type, os, app; // os, app 0 = not known
    int32_t skew_s;        // its clock is wrong by so much
    uint32_t owner;
} Device;

typedef struct {
    uint8_t plan, country;
    int32_t cents;
    int64_t from, to; // to 0 = open
} Price;

typedef enum { STEP_LANDING, STEP_PLAN, STEP_PAYMENT, STEP_CONFIRM, STEPS } StepName;
typedef enum { EVENT_PLAY, EVENT_HEARTBEAT, EVENT_PAUSE, EVENT_STOP, EVENT_TYPES } EventType;

enum { LOST = -1 };          // seconds watched that nobody knows
#define NO_DEVICE UINT32_MAX // a device that the client does not name

// A client event.
typedef struct {
    int64_t ts;                     // by the client's clock
    int64_t ingest;                 // of the first delivery, later of the one that is kept
    uint32_t person, title, device; // device: NO_DEVICE where the client never sends it
    uint32_t number;                // in the order in which they were made: its id
    int32_t played;                 // seconds since the playback's event before
    int32_t watch;                  // as delivered; LOST where it was lost
    uint8_t type, source, country;
} Play;

// A delivery of an event: a row of fact_play_event_raw.
typedef struct {
    int64_t ingest;
    uint32_t play; // index in plays
    int32_t watch;
    bool no_device; // lost on the way
} Delivery;

typedef struct {
    int64_t start, end, ingest;
    uint32_t play; // its first event: profile, title, device, country
    int32_t watch;
} Session;

typedef struct {
    int64_t ts, visitor;
    int32_t person;        // -1 = nobody signed up in this step
    uint8_t step, country; // country COUNTRIES = not known
} Step;

typedef struct {
    uint64_t seed;
    bool dirty; // retries, losses, late arrivals, wrong clocks
    double scale;
    int64_t now, today; // seconds, days
    int64_t first;      // no event before it
    Person *people;
    size_t person_count, person_rows;
    Title *titles;
    size_t title_count, title_rows;
    Device *devices;
    size_t device_count;
    Price *prices;
    size_t price_count;
    Play *plays; // by ingest
    size_t play_count;
    Delivery *deliveries; // by ingest
    size_t delivery_count;
    Session *sessions; // by start
    size_t session_count;
    Step *steps; // by time
    size_t step_count;
    // Rows of the tables of versions: which person or title, and which version.
    uint32_t *person_row, *title_row;
} Viewing;

extern const Country VIEWING_COUNTRIES[COUNTRIES];
extern const char *const VIEWING_PLANS[PLANS];
extern const char *const VIEWING_GENRES[];
extern const char *const VIEWING_RATINGS[];
extern const char *const VIEWING_DEVICE_TYPES[DEVICE_TYPES];
extern const char *const VIEWING_OS[];
extern const char *const VIEWING_APPS[];
extern const char *const VIEWING_EVENTS[EVENT_TYPES];
extern const char *const VIEWING_SOURCES[DEVICE_TYPES];
extern const char *const VIEWING_STEPS[STEPS];

// Random numbers of one thing.
uint64_t draw(const Viewing *v, Draw what, uint64_t index, uint64_t part);
double draw_unit(uint64_t random); // [0, 1)
int64_t draw_between(uint64_t random, int64_t low, int64_t high);
bool draw_share(uint64_t random, double share);
size_t draw_weighted(uint64_t random, const double *share, size_t n); // shares sum to 1
uint8_t person_country(const Person *p, int64_t ts);

// Orders indices by key, stable; keys are not negative.
void order_by(Arena *a, const int64_t *key, size_t n, uint32_t *order);

// A number from 0 to 2^32 - 1 that differs for each i: ids without order.
uint32_t scattered(uint32_t i);

void viewing_dimensions(Arena *a, Viewing *v, const ProcessRun *run);
// Plays as they are made: by person, and in the order of a person's time.
void viewing_plays(Arena *a, Viewing *v, const ProcessRun *run);
// The deliveries of each event, and which is kept; then plays and deliveries are put in the order
// of their ingest. Sessions are cut before, while the plays of a person stand together.
void viewing_deliveries(Arena *a, Viewing *v);
void viewing_sessions(Arena *a, Viewing *v);
void viewing_ingest_order(Arena *a, Viewing *v);
void viewing_steps(Arena *a, Viewing *v, const ProcessRun *run);
#endif
