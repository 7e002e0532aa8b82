// fn_zone: from UTC to the clocks of a time zone, and back.
#include "base/zone.h"
#include "query/fn_date.h"

static bool offset_of(Str zone, int64_t *minutes) // '+02:00', '-5'
{
    if (zone.len < 2 || (zone.ptr[0] != '+' && zone.ptr[0] != '-')) return false;
    Str h, m = {0};
    int64_t hours, rest = 0;
    str_cut(str_slice(zone, 1, zone.len), ':', &h, &m);
    if (!str_to_i64(h, &hours) || (m.len && !str_to_i64(m, &rest))) return false;
    *minutes = (zone.ptr[0] == '-' ? -1 : 1) * (hours * 60 + rest);
    return hours >= 0 && hours <= 18 && rest >= 0 && rest < 60;
}

static bool is_utc(Str zone)
{
    return str_eq_nocase(zone, S("UTC")) || str_eq_nocase(zone, S("GMT")) ||
           str_eq_nocase(zone, S("Z")) || str_eq_nocase(zone, S("Etc/UTC"));
}

static void by_name(sqlite3_context *c, sqlite3_value *at, Moment m, Str name, bool back)
{
    const Zone *z = zone_find(name);
    if (!z) {
        fn_fail(c, at, "The time zone '%.*s' is not known here.",
                (int)(name.len > 40 ? 40 : name.len), name.len ? name.ptr : "");
    } else if (moment_part(m, PART_YEAR) < zone_since(z)) {
        fn_fail(c, at, "The clocks of %.*s are known here from %d on.", (int)name.len, name.ptr,
                zone_since(z));
    } else {
        m.us = back ? zone_utc(z, m.us) : zone_local(z, m.us);
        fn_result_moment(c, m);
    }
}

static void zone(sqlite3_context *c, int n, sqlite3_value **v) // time, zone, 1 = to UTC, at
{
    (void)n;
    Moment m;
    int64_t minutes;
    if (fn_any_null(2, v) || !fn_moment(c, v[0], &m)) return;
    Str name = value_str(v[1]);
    bool back = sqlite3_value_int(v[2]);
    m = moment_as(m, MOMENT_TIMESTAMP);
    if (is_utc(name)) {
        fn_result_moment(c, m);
    } else if (offset_of(name, &minutes)) {
        m.us += (back ? -minutes : minutes) * MINUTE_US;
        fn_result_moment(c, m);
    } else {
        by_name(c, v[3], m, name, back);
    }
}

static const QueryFn rows[] = {{.name = "gr_zone", .args = 4, .call = zone}};
const QueryFns fn_zones = {rows, sizeof rows / sizeof *rows};
