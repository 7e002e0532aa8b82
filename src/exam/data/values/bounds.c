// bounds: what the spec of a column allows as a value: kind, NULL, list, least and most.
#include "base/json.h"
#include "base/world.h"
#include "exam/data/column.h"

enum { DAY_S = 86400 };

bool bounds_is_thing(const ColumnSpec *c)
{
    static const Str ends[] = {STR_LIT("_id"), STR_LIT("_sk"), STR_LIT("_key"), STR_LIT("Id")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (str_ends(c->name, ends[i])) return true;
    }
    return str_eq_nocase(c->name, S("id"));
}

bool bounds_is_key(const TableSpec *t, const ColumnSpec *c)
{
    if (c->primary_key || c->unique) return true;
    for (size_t i = 0; i < t->unique_count; i++) {
        if (t->unique[i].len == 1 && str_eq_nocase(t->unique[i].at[0], c->name)) return true;
    }
    return false;
}

bool bounds_is_name_of(const TableSpec *t, size_t column)
{
    static const Str ends[] = {STR_LIT("_no"), STR_LIT("_nr"), STR_LIT("number"), STR_LIT("code"),
                               STR_LIT("key")};
    const ColumnSpec *c = &t->columns[column];
    bool named = bounds_is_key(t, c) || c->ref_table.len || bounds_is_thing_of(t, column);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) named |= str_ends(c->name, ends[i]);
    return named || str_eq_nocase(c->name, S("no"));
}

bool bounds_is_thing_of(const TableSpec *t, size_t column)
{
    const ColumnSpec *c = &t->columns[column];
    if (bounds_is_thing(c)) return true;
    bool name = c->type == TYPE_INTEGER || c->type == TYPE_TEXT;
    if (!name || c->value_count || c->min.len || c->max.len) return false;
    for (size_t i = 0; i < t->unique_count; i++) {
        for (size_t k = 0; t->unique[i].len > 1 && k < t->unique[i].len; k++) {
            if (str_eq_nocase(t->unique[i].at[k], c->name)) return true;
        }
    }
    return false;
}

// A year without bounds is one of the calendar: queries make dates of it.
static bool is_year(const ColumnSpec *c)
{
    bool named = str_ends(c->name, S("year")) || str_ends(c->name, S("Year")) ||
                 str_eq_nocase(c->name, S("yr"));
    return named && c->type == TYPE_INTEGER && !c->min.len && !c->max.len;
}

bool bounds_number(const ColumnSpec *c, double v)
{
    double low, high;
    if (is_year(c) && (v < 1 || v > 9999)) return false;
    if (str_to_f64(c->min, &low) && v < low) return false;
    return !str_to_f64(c->max, &high) || v <= high;
}

bool bounds_moment(Str text, int64_t *seconds)
{
    int64_t ms;
    Arena scratch = {0};
    Str whole = text;
    if (text.len == 4) whole = str_fmt(&scratch, STR_FMT "-01-01", STR_ARG(text));
    if (text.len == 7) whole = str_fmt(&scratch, STR_FMT "-01", STR_ARG(text));
    bool ok = time_parse(whole, &ms);
    arena_free(&scratch);
    if (ok) *seconds = ms / 1000;
    return ok;
}

// A date as the upper bound means the whole of that day, but nothing after now.
static bool bound_of(const WarehouseSpec *w, Str text, bool upper, int64_t *seconds)
{
    bool today = str_eq(text, S("today"));
    if (str_eq(text, S("now")) || (today && upper)) {
        *seconds = w->now_ms / 1000;
        return true;
    }
    if (today) *seconds = w->today * DAY_S;
    if (today || !bounds_moment(text, seconds)) return today;
    if (upper && text.len == 10) *seconds += DAY_S - 1;
    return true;
}

bool bounds_time(const WarehouseSpec *w, const ColumnSpec *c, int64_t seconds)
{
    int64_t low, high;
    if (bound_of(w, c->min, false, &low) && seconds < low) return false;
    if (bound_of(w, c->max, true, &high) && seconds > high) return false;
    return seconds >= date_days(1, 1, 1) * DAY_S && seconds < date_days(10000, 1, 1) * DAY_S;
}

static bool is_listed(const ColumnSpec *c, const Value *v)
{
    Arena scratch = {0};
    Str text = value_text(&scratch, v, TYPE_UNKNOWN);
    bool listed = false;
    for (size_t i = 0; i < c->value_count && !listed; i++) {
        double x;
        listed = str_eq(c->values[i].text, text) ||
                 (v->kind == VALUE_REAL && str_to_f64(c->values[i].text, &x) && x == v->real);
    }
    arena_free(&scratch);
    return listed;
}

bool bounds_value(const WarehouseSpec *w, const ColumnSpec *c, const Value *v)
{
    int64_t seconds;
    if (v->kind == VALUE_NULL) return !c->not_null && !c->primary_key;
    if (c->value_count && c->type != TYPE_BOOLEAN) return is_listed(c, v);
    switch (c->type) {
    case TYPE_INTEGER:
        return v->kind == VALUE_INTEGER && bounds_number(c, (double)v->integer);
    case TYPE_REAL:
        return v->kind == VALUE_REAL && bounds_number(c, v->real);
    case TYPE_BOOLEAN:
        return v->kind == VALUE_INTEGER && (v->integer == 0 || v->integer == 1);
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        return v->kind == VALUE_TEXT && bounds_moment(v->text, &seconds) &&
               bounds_time(w, c, seconds);
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        break;
    }
    return v->kind == VALUE_TEXT;
}

Value value_fitted(Arena *a, const ColumnSpec *c, Value v)
{
    int64_t n, seconds;
    double x;
    bool text = c->type == TYPE_TEXT || c->type == TYPE_UNKNOWN;
    if (text && v.kind == VALUE_INTEGER) return VALUE_STR(str_fmt(a, "%lld", (long long)v.integer));
    if (text && v.kind == VALUE_REAL) return VALUE_STR(real_text(a, v.real));
    if (c->type == TYPE_INTEGER && v.kind == VALUE_TEXT && str_to_i64(v.text, &n))
        return VALUE_INT(n);
    if (c->type == TYPE_INTEGER && v.kind == VALUE_REAL) return VALUE_INT((int64_t)v.real);
    if (c->type == TYPE_REAL && v.kind == VALUE_INTEGER) return VALUE_FLT((double)v.integer);
    if (c->type == TYPE_REAL && v.kind == VALUE_TEXT && str_to_f64(v.text, &x)) return VALUE_FLT(x);
    if (v.kind != VALUE_TEXT || !bounds_moment(v.text, &seconds)) return v;
    if (c->type == TYPE_DATE) return VALUE_STR(date_text(a, seconds / DAY_S));
    if (c->type == TYPE_TIMESTAMP) return VALUE_STR(time_text(a, seconds * 1000));
    return v;
}
