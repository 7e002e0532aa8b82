// neutral_zone: time zones: AT TIME ZONE and the arguments of functions that are zones.
//
// Timestamps are UTC. In Postgres and DuckDB a timestamp without a zone is taken for the time of
// that zone, and becomes UTC; one that has a zone becomes what the clocks show there.
#include "base/zone.h"
#include "sql/home.h"
#include "sql/neutral_time.h"

// Minutes east; false for a zone by name.
static bool time_zone_read(Str zone, int *minutes)
{
    static const char *const utc[] = {"UTC", "GMT", "Z", "Etc/UTC", "UCT", "Zulu", "Etc/GMT"};
    *minutes = 0;
    for (size_t i = 0; i < sizeof utc / sizeof *utc; i++) {
        if (str_eq_nocase(zone, str_from(utc[i]))) return true;
    }
    int sign = str_starts(zone, S("-")) ? -1 : str_starts(zone, S("+")) ? 1 : 0;
    Str h, m = {0};
    int64_t hours, rest = 0;
    if (!sign) return false;
    str_cut(str_slice(zone, 1, zone.len), ':', &h, &m);
    if (!str_to_i64(h, &hours) || (m.len && !str_to_i64(m, &rest))) return false;
    if (hours < 0 || hours > 18 || rest < 0 || rest > 59) return false;
    *minutes = sign * (int)(hours * 60 + rest);
    return true;
}

static SqlNode *named(Translator *t, SqlNode *time, SqlNode *zone, bool back)
{
    SqlNode *made = make_call3(t, time, "zone", time, zone, make_number(t, zone, back));
    made->type = TYPE_TIMESTAMP;
    return made;
}

static SqlNode *refused(Translator *t, const SqlNode *zone)
{
    if (t->to != DIALECT_SQLITE)
        return translate_unsupported(t, zone, "Time zones by name are not put into %s here.",
                                     home_title(t->to));
    Str near = zone_nearest(zone->text);
    bool said = near.len > 0;
    return translate_unsupported(
        t, zone, "The time zone '" STR_FMT "' is not known here%s" STR_FMT "%s",
        STR_ARG(zone->text), said ? ": did you mean " : "", STR_ARG(near), said ? "?" : ".");
}

SqlNode *time_in_zone(Translator *t, SqlNode *time, SqlNode *zone, bool back)
{
    int minutes;
    time = time_as(t, time, TYPE_TIMESTAMP);
    if (zone->kind != NODE_STRING) {
        if (t->to == DIALECT_SQLITE) return named(t, time, zone, back);
        return translate_unsupported(t, zone, "A time zone is a literal here: 'UTC'.");
    }
    if (time_zone_read(zone->text, &minutes)) {
        // Postgres reads an offset as POSIX does: what it adds to come to UTC.
        if (t->from == DIALECT_POSTGRES) minutes = -minutes;
        if (!minutes) return time;
        SqlNode *by = make_number(t, zone, minutes);
        return time_add(t, time, by, S("MINUTE"), back);
    }
    bool known = t->to == DIALECT_SQLITE && zone_find(zone->text);
    return known ? named(t, time, zone, back) : refused(t, zone);
}

// ---- AT TIME ZONE

static bool tells_zones(Dialect d)
{
    return d == DIALECT_POSTGRES || d == DIALECT_DUCKDB;
}

static bool is_zoned(const SqlNode *n)
{
    return node_is_call(n, "zoned") || node_is_call(n, "current_timestamp");
}

// A value of TIMESTAMPTZ: what AT TIME ZONE makes of it depends on that.
SqlNode *time_zoned(Translator *t, SqlNode *time)
{
    if (t->to != DIALECT_SQLITE || !tells_zones(t->from) || is_zoned(time)) return time;
    SqlNode *made = make_call1(t, time, "zoned", time);
    made->type = TYPE_TIMESTAMP;
    return made;
}

SqlNode *neutral_at_zone(Translator *t, SqlNode *n)
{
    SqlNode *time = n->child[LEFT_SIDE], *zone = n->child[RIGHT_SIDE];
    bool back = tells_zones(t->from) && !is_zoned(time);
    SqlNode *made = time_in_zone(t, time, zone, back);
    return back ? time_zoned(t, made) : made;
}

// ---- functions whose last argument is a zone

static const struct {
    Dialect in;
    const char *name;
    uint32_t time, count;
    bool back; // the result is UTC again
} zoned_calls[] = {
    {DIALECT_BIGQUERY, "TIMESTAMP_TRUNC", 0, 3, true},
    {DIALECT_BIGQUERY, "FORMAT_TIMESTAMP", 1, 3, false},
    {DIALECT_POSTGRES, "DATE_TRUNC", 1, 3, true},
};

// The zone that is cut from a call, whose time is the clocks' of that zone from then on; NULL.
SqlNode *time_zone_taken(Translator *t, SqlNode *call, bool *back)
{
    for (size_t i = 0; i < sizeof zoned_calls / sizeof *zoned_calls; i++) {
        uint32_t count = zoned_calls[i].count, roles = sql_roles(NODE_CALL);
        bool it = t->from == zoned_calls[i].in && sql_tail_count(call) == count &&
                  str_eq_nocase(call->text, str_from(zoned_calls[i].name));
        if (!it) continue;
        SqlNode **time = &call->child[roles + zoned_calls[i].time];
        SqlNode *zone = sql_tail(call, count - 1);
        *time = time_in_zone(t, *time, zone, false);
        *back = zoned_calls[i].back;
        call->count--;
        return zone;
    }
    return NULL;
}
