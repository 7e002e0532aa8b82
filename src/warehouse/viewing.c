// viewing: the tables of the process: how each row is read off what was made.
#include "warehouse/viewing.h"
#include "base/check.h"
#include "base/world.h"

const char *const VIEWING_EVENTS[EVENT_TYPES] = {"play", "heartbeat", "pause", "stop"};
const char *const VIEWING_SOURCES[DEVICE_TYPES] = {"tv_sdk", "mobile_sdk", "mobile_sdk",
                                                   "web_player"};

enum {
    EVENTS_FIRST = 20089, // 2025-01-01: the facts begin
    DATES_FIRST = 19905,  // 2024-07-01
    DATES = 549,          // … to 2025-12-31
};

static Value literal(const char *text)
{
    return text ? VALUE_STR(str_from(text)) : (Value){0};
}

static Value time_value(Ink *k, int64_t seconds)
{
    return VALUE_STR(ink_time(k, seconds * 1000));
}

static Value id_value(Ink *k, char kind, uint32_t number)
{
    char head[2] = {kind, '-'};
    return VALUE_STR(ink_id(k, (Str){head, sizeof head}, scattered(number), 10));
}

uint32_t scattered(uint32_t i)
{
    // Each step can be undone, so no two numbers meet.
    i = i * 0x9e3779b1u + 0x7f4a7c15u;
    i ^= i >> 15;
    i *= 0x2c1b3c6du;
    i ^= i >> 13;
    return i;
}

// ---- dim_geography, dim_date, dim_device

static size_t geography_rows(const void *made)
{
    (void)made;
    return COUNTRIES;
}

static const ProcessColumn geography_columns[] = {{"country_code", TYPE_TEXT},
                                                  {"country_name", TYPE_TEXT},
                                                  {"region", TYPE_TEXT},
                                                  {"utc_offset_minutes", TYPE_INTEGER},
                                                  {NULL, TYPE_UNKNOWN}};

static void geography_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Country *c = &VIEWING_COUNTRIES[row];
    (void)made;
    (void)k;
    out[0] = literal(c->code);
    out[1] = literal(c->name);
    out[2] = literal(c->region);
    out[3] = VALUE_INT(c->offset_min);
}

static size_t date_rows(const void *made)
{
    (void)made;
    return DATES;
}

static const ProcessColumn date_columns[] = {
    {"d", TYPE_DATE},           {"day_of_week", TYPE_INTEGER}, {"week_start", TYPE_DATE},
    {"month_start", TYPE_DATE}, {"is_weekend", TYPE_BOOLEAN},  {NULL, TYPE_UNKNOWN}};

static void date_row(const void *made, Ink *k, size_t row, Value *out)
{
    int64_t day = DATES_FIRST + (int64_t)row;
    int year, month, of_month, weekday = date_weekday(day);
    (void)made;
    date_civil(day, &year, &month, &of_month);
    out[0] = VALUE_STR(ink_date(k, day));
    out[1] = VALUE_INT(weekday + 1);
    out[2] = VALUE_STR(ink_date(k, day - weekday));
    out[3] = VALUE_STR(ink_date(k, day - of_month + 1));
    out[4] = VALUE_INT(weekday >= 5);
}

static size_t device_rows(const void *made)
{
    return ((const Viewing *)made)->device_count;
}

static const ProcessColumn device_columns[] = {
    {"device_sk", TYPE_INTEGER}, {"device_id", TYPE_INTEGER}, {"device_type", TYPE_TEXT},
    {"os", TYPE_TEXT},           {"app_version", TYPE_TEXT},  {NULL, TYPE_UNKNOWN}};

static void device_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Device *d = &((const Viewing *)made)->devices[row];
    (void)k;
    out[0] = VALUE_INT((int64_t)row + 1);
    out[1] = VALUE_INT(d->id);
    out[2] = literal(VIEWING_DEVICE_TYPES[d->type]);
    out[3] = literal(VIEWING_OS[d->os]);
    out[4] = literal(VIEWING_APPS[d->app]);
}

// ---- versions: dim_profile, dim_title, dim_pricing_plan

static size_t profile_rows(const void *made)
{
    return ((const Viewing *)made)->person_rows;
}

static const ProcessColumn profile_columns[] = {
    {"profile_sk", TYPE_INTEGER}, {"profile_id", TYPE_INTEGER},  {"plan_code", TYPE_TEXT},
    {"country_code", TYPE_TEXT},  {"signup_ts", TYPE_TIMESTAMP}, {"valid_from", TYPE_TIMESTAMP},
    {"valid_to", TYPE_TIMESTAMP}, {"is_current", TYPE_BOOLEAN},  {NULL, TYPE_UNKNOWN}};

static void profile_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    const Person *p = &v->people[v->person_row[row]];
    size_t i = row - p->first_row;
    bool current = i + 1 == p->versions;
    out[0] = VALUE_INT((int64_t)row + 1);
    out[1] = VALUE_INT(p->id);
    out[2] = literal(VIEWING_PLANS[p->version[i].plan]);
    out[3] = literal(VIEWING_COUNTRIES[p->version[i].country].code);
    out[4] = time_value(k, p->signup);
    out[5] = time_value(k, p->version[i].from);
    if (!current) out[6] = time_value(k, p->version[i + 1].from);
    out[7] = VALUE_INT(current);
}

static size_t title_rows(const void *made)
{
    return ((const Viewing *)made)->title_rows;
}

static const ProcessColumn title_columns[] = {
    {"title_sk", TYPE_INTEGER},     {"title_id", TYPE_INTEGER},
    {"title_name", TYPE_TEXT},      {"title_type", TYPE_TEXT},
    {"genre", TYPE_TEXT},           {"maturity_rating", TYPE_TEXT},
    {"release_date", TYPE_DATE},    {"runtime_minutes", TYPE_INTEGER},
    {"valid_from", TYPE_TIMESTAMP}, {"valid_to", TYPE_TIMESTAMP},
    {"is_current", TYPE_BOOLEAN},   {NULL, TYPE_UNKNOWN}};

// "Salt Orchard": two pools of words, so that names repeat only where they shall.
static Value title_name(Ink *k, uint32_t number)
{
    static const char *const heads[] = {
        "Salt",     "Paper", "Amber",    "Quiet",   "Northern", "Last",   "Glass",  "Silent",
        "Borrowed", "Iron",  "Midnight", "Lost",    "Winter",   "Long",   "Second", "Hidden",
        "Hollow",   "Slow",  "Copper",   "Distant", "Wild",     "Broken", "Golden", "Cold"};
    static const char *const tails[] = {
        "Orchard",  "Witness", "Harbour", "Letters", "Summer",  "Mile",   "Kitchen", "Choir",
        "Frontier", "Garden",  "Signal",  "Tide",    "Archive", "Border", "Engine",  "Promise",
        "Valley",   "Station", "Mirror",  "Voyage",  "Circle",  "Bridge", "Season"};
    enum { HEADS = sizeof heads / sizeof *heads, TAILS = sizeof tails / sizeof *tails };
    Str parts[] = {str_from(heads[number % HEADS]), S(" "), str_from(tails[number % TAILS])};
    char text[64];
    size_t n = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t j = 0; j < parts[i].len; j++) text[n++] = parts[i].ptr[j];
    }
    // 24 and 23 have no common factor: the pairs repeat after 552 titles, then with a number.
    if (number < HEADS * TAILS) return VALUE_STR(ink_copy(k, (Str){text, n}));
    text[n++] = ' ';
    return VALUE_STR(ink_id(k, (Str){text, n}, number / (HEADS * TAILS) + 1, 1));
}

static void title_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    const Title *t = &v->titles[v->title_row[row]];
    size_t i = row - t->first_row;
    bool current = i + 1 == t->versions;
    out[0] = VALUE_INT((int64_t)row + 1);
    out[1] = VALUE_INT(t->id);
    out[2] = title_name(k, t->words);
    out[3] = literal(t->series ? "series" : "film");
    out[4] = literal(VIEWING_GENRES[t->version[i].genre]);
    out[5] = literal(VIEWING_RATINGS[t->version[i].rating]);
    out[6] = VALUE_STR(ink_date(k, t->release_day));
    if (t->runtime_min) out[7] = VALUE_INT(t->runtime_min);
    out[8] = time_value(k, t->version[i].from);
    if (!current) out[9] = time_value(k, t->version[i + 1].from);
    out[10] = VALUE_INT(current);
}

static size_t price_rows(const void *made)
{
    return ((const Viewing *)made)->price_count;
}

static const ProcessColumn price_columns[] = {
    {"plan_sk", TYPE_INTEGER},    {"plan_code", TYPE_TEXT}, {"country_code", TYPE_TEXT},
    {"monthly_price", TYPE_REAL}, {"currency", TYPE_TEXT},  {"valid_from", TYPE_TIMESTAMP},
    {"valid_to", TYPE_TIMESTAMP}, {NULL, TYPE_UNKNOWN}};

static void price_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Price *p = &((const Viewing *)made)->prices[row];
    out[0] = VALUE_INT((int64_t)row + 1);
    out[1] = literal(VIEWING_PLANS[p->plan]);
    out[2] = literal(VIEWING_COUNTRIES[p->country].code);
    out[3] = VALUE_FLT((double)p->cents / 100);
    out[4] = literal(VIEWING_COUNTRIES[p->country].currency);
    out[5] = time_value(k, p->from);
    if (p->to) out[6] = time_value(k, p->to);
}

// ---- events

static const ProcessColumn event_columns[] = {
    {"event_id", TYPE_TEXT},       {"profile_id", TYPE_INTEGER},    {"title_id", TYPE_INTEGER},
    {"device_id", TYPE_INTEGER},   {"event_type", TYPE_TEXT},       {"ts", TYPE_TIMESTAMP},
    {"ingest_ts", TYPE_TIMESTAMP}, {"watch_seconds", TYPE_INTEGER}, {"source_system", TYPE_TEXT},
    {NULL, TYPE_UNKNOWN}};

static void event_row(const Viewing *v, Ink *k, const Delivery *d, Value *out)
{
    const Play *p = &v->plays[d->play];
    out[0] = id_value(k, 'e', p->number);
    out[1] = VALUE_INT(v->people[p->person].id);
    out[2] = VALUE_INT(v->titles[p->title].id);
    if (p->device != NO_DEVICE && !d->no_device) out[3] = VALUE_INT(v->devices[p->device].id);
    out[4] = literal(VIEWING_EVENTS[p->type]);
    out[5] = time_value(k, p->ts);
    out[6] = time_value(k, d->ingest);
    if (d->watch != LOST) out[7] = VALUE_INT(d->watch);
    out[8] = literal(VIEWING_SOURCES[p->source]);
}

static size_t raw_rows(const void *made)
{
    return ((const Viewing *)made)->delivery_count;
}

static void raw_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    event_row(v, k, &v->deliveries[row], out);
}

static size_t play_rows(const void *made)
{
    return ((const Viewing *)made)->play_count;
}

static void play_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    const Play *p = &v->plays[row];
    event_row(v, k, &(Delivery){.ingest = p->ingest, .play = (uint32_t)row, .watch = p->watch},
              out);
}

static size_t session_rows(const void *made)
{
    return ((const Viewing *)made)->session_count;
}

static const ProcessColumn session_columns[] = {{"session_id", TYPE_TEXT},
                                                {"profile_id", TYPE_INTEGER},
                                                {"title_id", TYPE_INTEGER},
                                                {"device_id", TYPE_INTEGER},
                                                {"country_code", TYPE_TEXT},
                                                {"session_start_ts", TYPE_TIMESTAMP},
                                                {"session_end_ts", TYPE_TIMESTAMP},
                                                {"watch_seconds", TYPE_INTEGER},
                                                {"qualified_view", TYPE_BOOLEAN},
                                                {"ingest_ts", TYPE_TIMESTAMP},
                                                {NULL, TYPE_UNKNOWN}};

static void session_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    const Session *s = &v->sessions[row];
    const Play *p = &v->plays[s->play];
    out[0] = id_value(k, 's', (uint32_t)row);
    out[1] = VALUE_INT(v->people[p->person].id);
    out[2] = VALUE_INT(v->titles[p->title].id);
    if (p->device != NO_DEVICE) out[3] = VALUE_INT(v->devices[p->device].id);
    out[4] = literal(VIEWING_COUNTRIES[p->country].code);
    out[5] = time_value(k, s->start);
    out[6] = time_value(k, s->end);
    out[7] = VALUE_INT(s->watch);
    out[8] = VALUE_INT(s->watch >= QUALIFIED_S);
    out[9] = time_value(k, s->ingest);
}

static size_t step_rows(const void *made)
{
    return ((const Viewing *)made)->step_count;
}

static const ProcessColumn step_columns[] = {
    {"event_id", TYPE_TEXT},  {"visitor_id", TYPE_INTEGER}, {"profile_id", TYPE_INTEGER},
    {"step_name", TYPE_TEXT}, {"country_code", TYPE_TEXT},  {"ts", TYPE_TIMESTAMP},
    {NULL, TYPE_UNKNOWN}};

static void step_row(const void *made, Ink *k, size_t row, Value *out)
{
    const Viewing *v = made;
    const Step *s = &v->steps[row];
    out[0] = id_value(k, 'v', (uint32_t)row);
    out[1] = VALUE_INT(s->visitor);
    if (s->person >= 0) out[2] = VALUE_INT(v->people[s->person].id);
    out[3] = literal(VIEWING_STEPS[s->step]);
    if (s->country < COUNTRIES) out[4] = literal(VIEWING_COUNTRIES[s->country].code);
    out[5] = time_value(k, s->ts);
}

// ---- all of it

static const void *make(Arena *a, const ProcessRun *run)
{
    Viewing *v = arena_new(a, Viewing);
    *v = (Viewing){.seed = run->seed, .dirty = run->profile == PROFILE_DIRTY, .scale = run->scale};
    v->now = run->w->now_ms / 1000;
    v->today = run->w->today;
    v->first = (int64_t)EVENTS_FIRST * DAY_S;
    viewing_dimensions(a, v, run);
    viewing_plays(a, v, run);
    viewing_deliveries(a, v);
    viewing_sessions(a, v);
    viewing_ingest_order(a, v);
    viewing_steps(a, v, run);
    return v;
}

static const ProcessTable tables[] = {
    {"dim_geography", geography_columns, geography_rows, geography_row},
    {"dim_date", date_columns, date_rows, date_row},
    {"dim_device", device_columns, device_rows, device_row},
    {"dim_profile", profile_columns, profile_rows, profile_row},
    {"dim_title", title_columns, title_rows, title_row},
    {"dim_pricing_plan", price_columns, price_rows, price_row},
    {"fact_play_event_raw", event_columns, raw_rows, raw_row},
    {"fact_play_event", event_columns, play_rows, play_row},
    {"fact_viewing_session", session_columns, session_rows, session_row},
    {"fact_signup_event", step_columns, step_rows, step_row},
    {0},
};

const Process PROCESS_VIEWING = {.name = STR_LIT("viewing"), .tables = tables, .make = make};
