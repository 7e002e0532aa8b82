// world: the only file that asks for the time, the environment and the place of our own binary.
#include "base/world.h"
#include "base/check.h"
#include "base/file.h"
#include "base/path.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DAY_S = 86400, DAY_MS = DAY_S * 1000, TZ_MAX = 14 * 60 };

// --- Clocks ---

static int64_t clock_ms(clockid_t id)
{
    struct timespec t;
    CHECK(clock_gettime(id, &t) == 0);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t real_wall(const World *w)
{
    (void)w;
    return clock_ms(CLOCK_REALTIME);
}

static int64_t real_mono(const World *w)
{
    (void)w;
    return clock_ms(CLOCK_MONOTONIC);
}

// Local civil time read as if it were UTC, minus UTC.
static int real_tz(const World *w)
{
    time_t now = (time_t)(w->wall_ms(w) / 1000);
    struct tm l;
    if (!localtime_r(&now, &l)) return 0;
    int64_t days = date_days(l.tm_year + 1900, l.tm_mon + 1, l.tm_mday);
    int64_t local = days * DAY_S + ((int64_t)l.tm_hour * 60 + l.tm_min) * 60 + l.tm_sec;
    return (int)((local - (int64_t)now) / 60);
}

static int64_t fixed_wall(const World *w)
{
    return w->fixed_ms;
}
static int fixed_tz(const World *w)
{
    return w->fixed_tz;
}

World world_fake(int64_t now_ms)
{
    return (World){.wall_ms = fixed_wall,
                   .mono_ms = fixed_wall,
                   .tz_min = fixed_tz,
                   .fixed_ms = now_ms,
                   .seed = 1,
                   .autosave_ms = 1000};
}

int64_t world_real_us(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

double world_cpu_ms(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// --- Places ---

static Str env(Arena *a, const char *name)
{
    return str_copy(a, str_from(getenv(name)));
}

// A relative name would mean another place after a chdir, and XDG says to ignore it.
static Str env_dir(Arena *a, const char *name)
{
    Str dir = env(a, name);
    return str_starts(dir, S("/")) ? dir : (Str){0};
}

static Str absolute(Arena *a, Str path)
{
    char cwd[PATH_MAX];
    if (str_starts(path, S("/")) || !getcwd(cwd, sizeof cwd)) return str_copy(a, path);
    return path_join(a, str_from(cwd), path);
}

static bool xdg_dir(Arena *a, const char *name, const char *fallback, Str *out)
{
    Str base = env_dir(a, name);
    Str home = env_dir(a, "HOME");
    if (base.len == 0 && home.len == 0) return false;
    if (base.len == 0) base = path_join(a, home, str_from(fallback));
    *out = path_join(a, base, S("greenroom"));
    return true;
}

static bool find_dirs(Arena *a, Str home, World *w, Error *err)
{
    if (home.len) {
        w->data_dir = absolute(a, home);
        w->cache_dir = path_join(a, w->data_dir, S("cache"));
        w->config_dir = path_join(a, w->data_dir, S("config"));
        return true;
    }
    if (xdg_dir(a, "XDG_DATA_HOME", ".local/share", &w->data_dir) &&
        xdg_dir(a, "XDG_CACHE_HOME", ".cache", &w->cache_dir) &&
        xdg_dir(a, "XDG_CONFIG_HOME", ".config", &w->config_dir)) {
        return true;
    }
    return error_set(err, ERROR_ENVIRONMENT,
                     "HOME is not set to a folder, so there is no place for your progress: "
                     "set it, or name a folder with --home DIR");
}

static Str find_self(Arena *a, const char *argv0)
{
    char real[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", real, sizeof real);
    if (n > 0 && (size_t)n < sizeof real) return str_copy(a, (Str){real, (size_t)n});
    if (argv0 && strchr(argv0, '/') && realpath(argv0, real)) return str_copy(a, str_from(real));
    return str_copy(a, str_from(argv0));
}

static bool holds(Arena *a, Str dir, Str name)
{
    return file_is_dir(path_join(a, dir, name));
}

static Str find_share(Arena *a, Str self)
{
    Str named = env(a, "GREENROOM_SHARE");
    if (named.len) return absolute(a, named);
    Str dir = path_dir(self);
    Str installed = path_join(a, path_dir(dir), S("share/greenroom"));
    if (holds(a, installed, S("drills"))) return installed;
    for (; dir.len; dir = path_dir(dir)) {
        if (holds(a, dir, S("drills")) && holds(a, dir, S("schemas"))) return str_copy(a, dir);
        if (dir.len == 1) break;
    }
    return (Str){0};
}

static bool parse_time(Str s, int64_t *ms, int *tz);

static bool set_clock(Str clock, World *w, Error *err)
{
    w->wall_ms = real_wall;
    w->mono_ms = real_mono;
    w->tz_min = real_tz;
    if (clock.len == 0) return true;
    if (!parse_time(clock, &w->fixed_ms, &w->fixed_tz)) {
        return error_set(err, ERROR_USAGE,
                         "--clock wants a time such as 2025-06-30T12:00:00Z, not '" STR_FMT "'",
                         STR_ARG(clock));
    }
    w->wall_ms = fixed_wall;
    w->tz_min = fixed_tz;
    return true;
}

bool world_open(Arena *a, const char *argv0, const WorldOptions *o, World *out, Error *err)
{
    World w = {.seed = o->seed ? o->seed : 1,
               .autosave_ms = o->autosave_ms > 0 ? o->autosave_ms : 1000};
    tzset();
    if (!set_clock(o->clock, &w, err) || !find_dirs(a, o->home, &w, err)) return false;
    w.self = find_self(a, argv0);
    w.share_dir = find_share(a, w.self);
    w.editor = env(a, "VISUAL");
    if (w.editor.len == 0) w.editor = env(a, "EDITOR");
    w.no_color = env(a, "NO_COLOR").len > 0;
    int64_t escape_ms;
    enum { ESCAPE_MS_MAX = 5000 };
    if (str_to_i64(env(a, "ESCDELAY"), &escape_ms) && escape_ms > 0 && escape_ms < ESCAPE_MS_MAX) {
        w.escape_ms = (int)escape_ms;
    }
    *out = w;
    return true;
}

// --- Civil time ---

enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_SHIFT = 719468 }; // from 0000-03-01 to 1970-01-01

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_mod(int64_t a, int64_t b)
{
    int64_t rest = a % b;
    return rest < 0 ? rest + b : rest;
}

int64_t date_days(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2); // years begin in March: the leap day comes last
    int64_t era = floor_div(y, ERA_YEARS);
    int64_t year_of_era = y - era * ERA_YEARS;
    int64_t day_of_year = (153 * (int64_t)(month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_SHIFT;
}

void date_civil(int64_t days, int *year, int *month, int *day)
{
    enum { FAR = 365250000 }; // a million years: beyond it a day is garbage, but not undefined
    int64_t z = (days > FAR ? FAR : days < -FAR ? -FAR : days) + EPOCH_SHIFT;
    int64_t era = floor_div(z, ERA_DAYS);
    int64_t doe = z - era * ERA_DAYS;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * ERA_YEARS + (*month <= 2));
}

// Takes exactly `digits` digits off *s.
static bool take_digits(Str *s, size_t digits, int *out)
{
    if (s->len < digits) return false;
    int v = 0;
    for (size_t i = 0; i < digits; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9') return false;
        v = v * 10 + (s->ptr[i] - '0');
    }
    *s = str_slice(*s, digits, s->len);
    *out = v;
    return true;
}

static bool take(Str *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c) return false;
    *s = str_slice(*s, 1, s->len);
    return true;
}

static bool take_date(Str *s, int64_t *days)
{
    int y, m, d;
    if (!take_digits(s, 4, &y) || !take(s, '-') || !take_digits(s, 2, &m) || !take(s, '-') ||
        !take_digits(s, 2, &d) || y == 0 || m < 1 || m > 12 || d < 1) {
        return false;
    }
    int64_t next = m == 12 ? date_days(y + 1, 1, 1) : date_days(y, m + 1, 1);
    *days = date_days(y, m, d);
    return *days < next;
}

// ".f": milliseconds; digits behind the third must be 0, for nothing may be lost in silence.
static bool take_fraction(Str *s, int *ms)
{
    *ms = 0;
    if (!take(s, '.')) return true;
    int digit, scale = 100;
    if (s->len == 0) return false;
    while (take_digits(s, 1, &digit)) {
        if (digit && !scale) return false;
        *ms += digit * scale;
        scale /= 10;
    }
    return true;
}

// HH:MM, HH:MM:SS or HH:MM:SS.f
static bool take_clock(Str *s, int *ms)
{
    int h, min, sec = 0, part = 0;
    if (!take_digits(s, 2, &h) || !take(s, ':') || !take_digits(s, 2, &min)) return false;
    if (take(s, ':') && (!take_digits(s, 2, &sec) || !take_fraction(s, &part))) return false;
    *ms = ((h * 60 + min) * 60 + sec) * 1000 + part;
    return h <= 23 && min <= 59 && sec <= 59;
}

// "Z", "+02:00" or nothing: minutes that local time is before UTC.
static bool take_zone(Str *s, int *tz)
{
    int h, m;
    *tz = 0;
    if (s->len == 0 || take(s, 'Z')) return true;
    bool minus = take(s, '-');
    if (!minus && !take(s, '+')) return false;
    if (!take_digits(s, 2, &h) || !take(s, ':') || !take_digits(s, 2, &m) || m > 59) return false;
    *tz = (h * 60 + m) * (minus ? -1 : 1);
    return h * 60 + m <= TZ_MAX;
}

static bool parse_time(Str s, int64_t *ms, int *tz)
{
    int64_t days;
    int of_day = 0, zone = 0;
    if (!take_date(&s, &days)) return false;
    if (s.len &&
        !((take(&s, 'T') || take(&s, ' ')) && take_clock(&s, &of_day) && take_zone(&s, &zone))) {
        return false;
    }
    *ms = days * DAY_MS + of_day - (int64_t)zone * 60000;
    *tz = zone;
    return s.len == 0;
}

bool date_parse(Str s, int64_t *days)
{
    int64_t found;
    if (!take_date(&s, &found) || s.len) return false;
    *days = found;
    return true;
}

bool time_parse(Str s, int64_t *ms)
{
    int64_t found;
    int tz;
    if (!parse_time(s, &found, &tz)) return false;
    *ms = found;
    return true;
}

Str date_text(Arena *a, int64_t days)
{
    int y, m, d;
    date_civil(days, &y, &m, &d);
    return str_fmt(a, "%04d-%02d-%02d", y, m, d);
}

Str time_text(Arena *a, int64_t ms)
{
    int part = (int)floor_mod(ms, DAY_MS);
    int s = part / 1000, fraction = part % 1000;
    Str text =
        str_fmt(a, STR_FMT " %02d:%02d:%02d.%03d", STR_ARG(date_text(a, floor_div(ms, DAY_MS))),
                s / 3600, s / 60 % 60, s % 60, fraction);
    while (str_ends(text, S("0")) && fraction) text.len--;
    return fraction ? text : str_slice(text, 0, text.len - 4);
}

int date_weekday(int64_t days)
{
    return (int)((floor_mod(days, 7) + 3) % 7);
}
