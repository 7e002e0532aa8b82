// beats: the parts of a drill's clock, as written or by its kind.
#include "pack/shape.h"
#include <stdlib.h>

enum { BEATS_MAX = 12 };

#define BEATS(...) (const Beat[]){__VA_ARGS__}, sizeof((const Beat[]){__VA_ARGS__}) / sizeof(Beat)
#define BEAT(text, s)                                                                              \
    {                                                                                              \
        {text, sizeof(text) - 1}, s                                                                \
    }

// What a drill of a kind has when it says nothing. `rest` takes what another clock leaves to it;
// where there is none, all parts stretch alike.
static const struct {
    const Beat *beats;
    size_t count;
    int rest; // index, -1 = none
} by_kind[KIND_COUNT_] = {
    [KIND_SQL] = {BEATS(BEAT("clarify", 45), BEAT("frame", 15), BEAT("build", 780),
                        BEAT("stress", 60)),
                  2},
    [KIND_KERNEL] = {BEATS(BEAT("clarify", 60), BEAT("frame", 30), BEAT("build", 1020),
                           BEAT("stress", 90)),
                     2},
    [KIND_MODEL] = {BEATS(BEAT("clarify", 300), BEAT("grain", 180), BEAT("build", 900),
                          BEAT("time", 420), BEAT("stress", 300)),
                    -1},
    [KIND_DESIGN] = {BEATS(BEAT("clarify", 360), BEAT("frame", 360), BEAT("build", 1380),
                           BEAT("stress", 600)),
                     -1},
    [KIND_INCIDENT] = {BEATS(BEAT("protect", 180), BEAT("stop", 180), BEAT("diagnose", 180),
                             BEAT("fix", 180), BEAT("prevent", 180)),
                       -1},
    [KIND_STORY] = {BEATS(BEAT("situation", 15), BEAT("task", 15), BEAT("action", 45),
                          BEAT("result", 15)),
                    -1},
    [KIND_EXPLAIN] = {BEATS(BEAT("claim", 15), BEAT("how", 40), BEAT("edge", 20), BEAT("pick", 15)),
                      -1},
    [KIND_CARD] = {BEATS(BEAT("recall", 60)), 0},
};

static int sum(const Beat *beats, size_t count)
{
    int s = 0;
    for (size_t i = 0; i < count; i++) s += beats[i].seconds;
    return s;
}

// All parts in proportion; the last takes what rounding leaves.
static void stretch(Beat *beats, size_t count, int clock)
{
    int whole = sum(beats, count), left = clock;
    for (size_t i = 0; i + 1 < count; i++) {
        beats[i].seconds = (int)((int64_t)beats[i].seconds * clock / whole);
        left -= beats[i].seconds;
    }
    beats[count - 1].seconds = left;
}

static void fit(Beat *beats, size_t count, int rest, int clock)
{
    int others = sum(beats, count) - (rest < 0 ? 0 : beats[rest].seconds);
    if (rest >= 0 && clock >= 2 * others)
        beats[rest].seconds = clock - others;
    else
        stretch(beats, count, clock);
}

static void copy_kind(Arena *a, DrillKind kind, Drill *out)
{
    out->beat_count = by_kind[kind].count;
    out->beats = arena_array(a, Beat, out->beat_count);
    for (size_t i = 0; i < out->beat_count; i++) out->beats[i] = by_kind[kind].beats[i];
}

// {name: amount}: `unit` seconds each.
static bool read_amounts(Reader *r, const YamlNode *n, int unit, Drill *out)
{
    if (!yaml_map(n, "the parts of a clock", r->diags)) return false;
    if (!n->count || n->count > BEATS_MAX) return yaml_expected(n, "1 to 12 parts", r->diags);
    Beat *beats = arena_array(r->arena, Beat, n->count);
    bool ok = true;
    for (size_t i = 0; i < n->count; i++) {
        const YamlEntry *e = &n->entries[i];
        double v = 0;
        if (!pack_is_slug(e->key)) {
            diag_error(r->diags, e->at,
                       "a part's name has lower-case letters, digits, - and _ only");
            ok = false;
        }
        if (!yaml_real(e->value, r->diags, &v))
            ok = false;
        else if (v * unit < 1 || v * unit > 4 * 3600) {
            ok = yaml_expected(e->value, "at least a second, at most four hours", r->diags);
        }
        beats[i] = (Beat){e->key, ok ? (int)(v * unit + 0.5) : 1};
    }
    out->beats = beats;
    out->beat_count = n->count;
    return ok;
}

static bool read_stages(Reader *r, const YamlNode *n, Drill *out)
{
    StrList names;
    if (!yaml_texts(r->arena, n, YAML_WORD, r->diags, &names)) return false;
    if (!names.len || names.len > BEATS_MAX) return yaml_expected(n, "1 to 12 names", r->diags);
    out->beat_count = names.len;
    out->beats = arena_array(r->arena, Beat, names.len);
    for (size_t i = 0; i < names.len; i++) out->beats[i] = (Beat){names.at[i], 60};
    return true;
}

static bool read_written(Reader *r, const Field *f, const YamlNode *n, Drill *out)
{
    if (n->bad) return false;
    if (f->shape == SHAPE_STAGES) return read_stages(r, n, out);
    if (f->shape == SHAPE_MINUTES) return read_amounts(r, n, 60, out);
    if (n->kind != YAML_SCALAR) return read_amounts(r, n, 1, out);
    if (!str_eq(n->text, S("star"))) return yaml_expected(n, "{name: seconds}, or star", r->diags);
    copy_kind(r->arena, KIND_STORY, out);
    return true;
}

// The key that says the parts of the clock, if one is there. Two of them are a fault.
static const YamlEntry *written_entry(Reader *r, const Object *o, const YamlNode *drill,
                                      const Field **field)
{
    static const char *const keys[] = {"beats", "moves", "stages"};
    const YamlEntry *found = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Field *f = pack_field(o, str_from(keys[i]));
        const YamlEntry *e = f ? yaml_entry(drill, str_from(keys[i])) : NULL;
        if (e && found) {
            diag_error(r->diags, e->at, "`" STR_FMT "` and `%s` exclude each other",
                       STR_ARG(found->key), keys[i]);
        }
        if (!e || found) continue;
        found = e;
        *field = f;
    }
    return found;
}

// What `minutes` says, in seconds; 0 when it says nothing.
static bool read_minutes(Reader *r, const Object *o, const YamlNode *drill, int *seconds)
{
    const Field *f = pack_field(o, S("minutes"));
    const YamlNode *n = yaml_get(drill, S("minutes"));
    double minutes = 0;
    if (n && !pack_read_field(r, f, n, &minutes)) return false;
    *seconds = (int)(minutes * 60 + 0.5);
    return true;
}

static void compare_clocks(Reader *r, const YamlNode *drill, const YamlEntry *parts, int minutes,
                           int clock)
{
    if (!r->lint || !minutes || abs(minutes - clock) <= 1) return;
    diag_warn(r->diags, yaml_get(drill, S("minutes"))->at,
              "`minutes` says %d s, but the sum of `" STR_FMT "` is %d s, and that is the clock",
              minutes, STR_ARG(parts->key), clock);
}

bool pack_read_beats(Reader *r, const YamlNode *drill, Drill *out)
{
    const Object *o = PACK_DRILL_OBJECTS[out->kind];
    const Field *field = NULL;
    const YamlEntry *parts = written_entry(r, o, drill, &field);
    int minutes = 0;
    bool ok = read_minutes(r, o, drill, &minutes);
    copy_kind(r->arena, out->kind, out);
    if (parts) ok &= read_written(r, field, parts->value, out);
    bool fixed = parts && field->shape != SHAPE_STAGES;
    int rest = parts ? -1 : by_kind[out->kind].rest;
    int clock = sum(by_kind[out->kind].beats, by_kind[out->kind].count);
    if (minutes) clock = minutes;
    if (fixed)
        clock = sum(out->beats, out->beat_count);
    else
        fit(out->beats, out->beat_count, rest, clock);
    if (fixed) compare_clocks(r, drill, parts, minutes, clock);
    out->clock_seconds = clock;
    return ok;
}
