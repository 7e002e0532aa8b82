// range: numbers, dates and times between two bounds, given or habitual for a column of that name.
//
// `today` and `now` are the warehouse's. A date as the upper bound of a timestamp means the whole
// of that day, but nothing after now when the day is today.
#include "warehouse/plan.h"
#include <assert.h>

enum {
    DAY_S = 86400,
    DATE_FIRST = -719162, // 0001-01-01
    WIDE = 1000,          // units of an integer that says nothing about itself
};

bool range_units(LogicalType type, int64_t per_one, const Value *v, int64_t *units)
{
    int64_t ms;
    double x;
    switch (v->kind) {
    case VALUE_INTEGER:
        *units = v->integer;
        return type == TYPE_INTEGER || type == TYPE_BOOLEAN;
    case VALUE_REAL:
        x = v->real * (double)per_one;
        if (type != TYPE_REAL || !(x >= -9e15 && x <= 9e15)) return false;
        *units = (int64_t)(x + (x < 0 ? -0.5 : 0.5));
        return true;
    case VALUE_TEXT:
        if (type == TYPE_DATE) return date_parse(v->text, units);
        if (type != TYPE_TIMESTAMP || !time_parse(v->text, &ms)) return false;
        *units = ms / 1000;
        return true;
    case VALUE_NULL:
    case VALUE_BLOB:
        return false;
    }
    return false;
}

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
    return v < low ? low : v > high ? high : v;
}

Value range_value(Ink *k, const ColumnPlan *p, int64_t units)
{
    int64_t first = DATE_FIRST, last = DATE_LAST;
    switch (p->spec->type) {
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
        return VALUE_INT(units);
    case TYPE_REAL:
        return VALUE_FLT((double)units / (double)p->per_one);
    case TYPE_DATE:
        return VALUE_STR(ink_date(k, clamp(units, first, last)));
    case TYPE_TIMESTAMP:
        units = clamp(units, first * DAY_S, last * DAY_S + DAY_S - 1);
        return VALUE_STR(ink_time(k, units * 1000));
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        break;
    }
    return VALUE_STR(ink_id(k, S("x"), (uint64_t)units, 1));
}

bool column_allows(const ColumnPlan *p, const Value *v)
{
    const ColumnSpec *c = p->spec;
    int64_t units;
    if (v->kind == VALUE_NULL) return !c->not_null && !c->primary_key;
    if (c->type == TYPE_BOOLEAN && (v->kind != VALUE_INTEGER || v->integer >> 1)) return false;
    for (size_t i = 0; i < c->value_count; i++) {
        if (value_same(&p->choice[i], v)) return true;
    }
    if (c->value_count) return false;
    if (c->type == TYPE_TEXT || c->type == TYPE_UNKNOWN) return v->kind == VALUE_TEXT;
    if (!range_units(c->type, p->per_one, v, &units)) return false;
    return (!p->has_low || units >= p->least) && (!p->has_high || units <= p->most);
}

// ---- bounds as written

static bool date_bound(const WarehouseSpec *w, Str text, int64_t *days)
{
    if (str_eq(text, S("today")) || str_eq(text, S("now"))) {
        *days = w->today;
        return true;
    }
    return date_parse(text, days);
}

static bool time_bound(const WarehouseSpec *w, Str text, bool upper, int64_t *seconds)
{
    int64_t days, ms, now = w->now_ms / 1000;
    if (str_eq(text, S("now"))) {
        *seconds = now;
        return true;
    }
    if (date_bound(w, text, &days)) {
        *seconds = days * DAY_S + (upper ? DAY_S - 1 : 0);
        if (upper && days == w->today && *seconds > now) *seconds = now;
        return true;
    }
    if (!time_parse(text, &ms)) return false;
    *seconds = ms / 1000 + (!upper && ms % 1000 > 0);
    return true;
}

static bool number_bound(Str text, int64_t per_one, bool upper, int64_t *units)
{
    double x;
    if (per_one == 1 && str_to_i64(text, units)) return true;
    if (!str_to_f64(text, &x)) return false;
    x *= (double)per_one;
    if (x < -9e15 || x > 9e15) return false;
    *units = (int64_t)x; // towards zero; then to the side that is inside
    if (upper && (double)*units > x) --*units;
    if (!upper && (double)*units < x) ++*units;
    return true;
}

static bool read_bound(const WarehouseSpec *w, const ColumnPlan *p, Str text, bool upper,
                       int64_t *units)
{
    switch (p->spec->type) {
    case TYPE_INTEGER:
    case TYPE_BOOLEAN:
    case TYPE_REAL:
        return number_bound(text, p->per_one, upper, units);
    case TYPE_DATE:
        return date_bound(w, text, units);
    case TYPE_TIMESTAMP:
        return time_bound(w, text, upper, units);
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        break;
    }
    return false;
}

// ---- habits: what a column of such a name usually holds; days and seconds count from today, now

static const struct {
    LogicalType type;
    const char *name;
    int64_t low, high; // reals in hundredths
} habits[] = {
    {TYPE_INTEGER, "age", 18, 80},
    {TYPE_INTEGER, "*year", 1990, 2025},
    {TYPE_INTEGER, "yr", 1990, 2025},
    {TYPE_INTEGER, "*month", 1, 12},
    {TYPE_INTEGER, "*quantity", 1, 9},
    {TYPE_INTEGER, "qty", 1, 9},
    {TYPE_INTEGER, "*rating", 1, 5},
    {TYPE_INTEGER, "*stars", 1, 5},
    {TYPE_INTEGER, "*score", 0, 100},
    {TYPE_INTEGER, "*percent", 0, 100},
    {TYPE_INTEGER, "*_count", 0, 40},
    {TYPE_INTEGER, "*salary", 30000, 180000},
    {TYPE_INTEGER, "*price", 1, 500},
    {TYPE_INTEGER, "*amount", 1, 1000},
    {TYPE_INTEGER, "*seconds", 0, 7200},
    {TYPE_INTEGER, "*minutes", 0, 180},
    {TYPE_INTEGER, "*_id", 1, 500},
    {TYPE_REAL, "*rate", 0, 100},
    {TYPE_REAL, "*share", 0, 100},
    {TYPE_REAL, "*ratio", 0, 100},
    {TYPE_REAL, "*rating", 100, 500},
    {TYPE_REAL, "*price", 100, 20000},
    {TYPE_REAL, "*amount", 100, 100000},
    {TYPE_REAL, "*salary", 3000000, 18000000},
    {TYPE_REAL, "*", 0, 10000},
    {TYPE_DATE, "birth*", -29200, -6600},
    {TYPE_DATE, "*birth*", -29200, -6600},
    {TYPE_DATE, "hire*", -3650, 0},
    {TYPE_DATE, "*due*", -30, 60},
    {TYPE_DATE, "expire*", -30, 365},
    {TYPE_DATE, "*", -180, 0},
    {TYPE_TIMESTAMP, "*due*", -30 * DAY_S, 30 * DAY_S},
    {TYPE_TIMESTAMP, "expire*", -30 * DAY_S, 365 * DAY_S},
    {TYPE_TIMESTAMP, "*", -90 * DAY_S, 0},
    {TYPE_BOOLEAN, "*", 0, 1},
    {TYPE_INTEGER, "*", 0, WIDE},
};

// Numbers that are never negative although no bound says so: names of things, counts, and what has
// a habit above. An amount may be a refund.
static bool may_be_negative(const ColumnPlan *p, const char *habit)
{
    static const char *const things[] = {"id", "*Id", "*_id", "*_key", "*_sk"};
    const ColumnSpec *c = p->spec;
    bool number = c->type == TYPE_INTEGER || c->type == TYPE_REAL;
    if (!number || p->has_low) return false;
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        if (words_match(str_from(things[i]), c->name)) return false;
    }
    return str_eq(str_from(habit), S("*")) || str_eq(str_from(habit), S("*amount"));
}

static void habit(const WarehouseSpec *w, ColumnPlan *p)
{
    const ColumnSpec *c = p->spec;
    int64_t origin = c->type == TYPE_DATE        ? w->today
                     : c->type == TYPE_TIMESTAMP ? w->now_ms / 1000
                                                 : 0;
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        if (habits[i].type != c->type || !words_match(str_from(habits[i].name), c->name)) continue;
        p->low = origin + habits[i].low;
        p->high = origin + habits[i].high;
        p->below = may_be_negative(p, habits[i].name);
        return;
    }
}

// Cents, unless the bounds lie so close together that cents would be coarse.
static int64_t real_grain(const ColumnSpec *c)
{
    double low = 0, high = 0;
    if (!str_to_f64(c->min, &low) || !str_to_f64(c->max, &high)) return 100;
    return high - low < 2 ? 10000 : 100;
}

// A date or a time that has no bound of its own may have one in a check.
static void bound_by_checks(const WarehouseSpec *w, const TableSpec *t, ColumnPlan *p)
{
    const ColumnSpec *c = p->spec;
    if (c->type != TYPE_DATE && c->type != TYPE_TIMESTAMP) return;
    Str min = hints_bound(t, c->name, false), max = hints_bound(t, c->name, true);
    if (!p->has_low) p->has_low = min.len && read_bound(w, p, min, false, &p->least);
    if (!p->has_high) p->has_high = max.len && read_bound(w, p, max, true, &p->most);
}

bool range_plan(const WarehouseSpec *w, const TableSpec *t, const ColumnSpec *c, ColumnPlan *p,
                Error *err)
{
    p->spec = c;
    p->per_one = c->type == TYPE_REAL ? real_grain(c) : 1;
    const struct {
        Str text;
        bool upper;
        int64_t *units;
        bool *has;
    } bounds[] = {{c->min, false, &p->least, &p->has_low}, {c->max, true, &p->most, &p->has_high}};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        if (bounds[i].text.len == 0) continue;
        if (!read_bound(w, p, bounds[i].text, bounds[i].upper, bounds[i].units)) {
            return error_at(err, ERROR_INPUT, c->at.file, c->at.line, c->at.column,
                            "'" STR_FMT "' cannot bound the column '" STR_FMT "', which is %s",
                            STR_ARG(bounds[i].text), STR_ARG(c->name), type_name(c->type));
        }
        *bounds[i].has = true;
    }
    bound_by_checks(w, t, p);
    if (p->has_low && p->has_high && p->least > p->most) {
        return error_at(err, ERROR_INPUT, c->at.file, c->at.line, c->at.column,
                        "no value of the column '" STR_FMT "' lies between '" STR_FMT
                        "' and '" STR_FMT "'",
                        STR_ARG(c->name), STR_ARG(c->min), STR_ARG(c->max));
    }
    if (p->has_low && p->has_high) {
        p->low = p->least;
        p->high = p->most;
        return true;
    }
    habit(w, p);
    int64_t width = p->high - p->low; // of the habit: kept where only one bound is given
    if (p->has_low && p->least > p->low) p->low = p->least;
    if (p->has_high && p->most < p->high) p->high = p->most;
    if (p->low <= p->high) return true;
    bool overflow = p->has_low ? __builtin_add_overflow(p->low, width, &p->high)
                               : __builtin_sub_overflow(p->high, width, &p->low);
    if (overflow) p->low = p->high = p->has_low ? p->low : p->high;
    return true;
}
