// World: clock, seed, places and environment. time(), random sources and getenv() are called in
// world.c only.
#ifndef BASE_WORLD_H
#define BASE_WORLD_H
#include "base/error.h"

typedef struct World World;
struct World {
    int64_t (*wall_ms)(const World *); // UTC, since 1970
    int64_t (*mono_ms)(const World *); // never goes back
    int (*tz_min)(const World *);      // local minus UTC, minutes, now
    int64_t fixed_ms;                  // --clock, or a fake's now; wall_ms gives it where fixed
    int fixed_tz;    // minutes: --clock's own offset, else 0; tz_min gives it where fixed
    uint64_t seed;   // --seed; default 1
    int autosave_ms; // --autosave-ms; default 1000
    Str data_dir;    // the store: --home, else XDG data
    Str cache_dir;   // made things; may be deleted at any time
    Str config_dir;
    Str share_dir; // holds drills/ content/ schemas/ assets/; $GREENROOM_SHARE, install prefix or
                   // source tree; "" = none
    Str self;      // our own binary, for helpers
    Str editor;    // $VISUAL or $EDITOR, "" when unset
    bool no_color; // NO_COLOR is set and not empty
    int escape_ms; // ESCDELAY: how long a terminal may take over one key; 0 = unset
};

typedef struct {
    Str home;        // --home DIR: data in DIR, the rest in DIR/cache, DIR/config; "" = XDG
    Str clock;       // --clock ISO; "" = the real one
    uint64_t seed;   // 0 = default
    int autosave_ms; // 0 = default
} WorldOptions;

// The real world. Fails when HOME is unset and no --home is given, or --clock is no time.
MUST_USE bool world_open(Arena *a, const char *argv0, const WorldOptions *o, World *out,
                         Error *err);
World world_fake(int64_t now_ms); // for tests: a clock that stands still, seed 1, no places
// Microseconds of a clock that never stands still, for deadlines on other processes: a fixed World
// must not disarm them.
int64_t world_real_us(void);
double world_cpu_ms(void); // processor time of this thread

// Civil time (Hinnant, "chrono-compatible low-level date algorithms"): days and milliseconds since
// 1970-01-01 UTC.
int64_t date_days(int year, int month, int day);
void date_civil(int64_t days, int *year, int *month, int *day);
MUST_USE bool date_parse(Str s, int64_t *days); // YYYY-MM-DD, a real date
MUST_USE bool time_parse(Str s, int64_t *ms);   // date, or date and time with T or space, optional
                                                // .fff, and Z or +02:00; without: UTC
Str date_text(Arena *a, int64_t days);          // YYYY-MM-DD
Str time_text(Arena *a, int64_t ms); // YYYY-MM-DD HH:MM:SS[.f], zeros of the fraction cut
int date_weekday(int64_t days);      // 0 = Monday … 6 = Sunday
#endif
