// plan: from a spec to a plan, with an error for what contradicts itself.
#include "warehouse/plan.h"
#include "base/check.h"
#include "base/rng.h"
#include "base/vec.h"
#include <string.h>

typedef VEC(Link) Links;
typedef VEC(Columns) ColumnSets;
typedef VEC(size_t) Indices;

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    Plan *plan;
    Error *err;
} Planner;

#define FAULT(p, where, ...)                                                                       \
    error_at((p)->err, ERROR_INPUT, (where).file, (where).line, (where).column, __VA_ARGS__)

bool column_find(const TableSpec *t, Str name, size_t *i)
{
    return warehouse_column(t, name, i) != NULL;
}

static bool table_find(const WarehouseSpec *w, Str name, size_t *i)
{
    const TableSpec *t = warehouse_table(w, name);
    if (t) *i = (size_t)(t - w->tables);
    return t != NULL;
}

// ---- links

static bool link_ends(Planner *p, const TableSpec *t, Place at, Str ref_table, StrList ref_columns,
                      Link *out)
{
    if (!table_find(p->w, ref_table, &out->table)) {
        return FAULT(p, at,
                     "the table '" STR_FMT "' refers to a table '" STR_FMT
                     "', which is not in this warehouse",
                     STR_ARG(t->name), STR_ARG(ref_table));
    }
    size_t *to = arena_array(p->arena, size_t, ref_columns.len);
    for (size_t i = 0; i < ref_columns.len; i++) {
        if (column_find(&p->w->tables[out->table], ref_columns.at[i], &to[i])) continue;
        return FAULT(p, at,
                     "the table '" STR_FMT "' has no column '" STR_FMT "', to which '" STR_FMT
                     "' refers",
                     STR_ARG(ref_table), STR_ARG(ref_columns.at[i]), STR_ARG(t->name));
    }
    out->to = (Columns){to, ref_columns.len};
    return true;
}

static bool composite_link(Planner *p, const TableSpec *t, const ForeignKey *key, Links *links)
{
    Link link = {0};
    size_t *from = arena_array(p->arena, size_t, key->columns.len);
    if (key->columns.len != key->ref_columns.len || key->columns.len == 0) {
        return FAULT(p, t->at,
                     "a foreign key of the table '" STR_FMT
                     "' names %zu columns here and %zu there",
                     STR_ARG(t->name), key->columns.len, key->ref_columns.len);
    }
    for (size_t i = 0; i < key->columns.len; i++) {
        if (column_find(t, key->columns.at[i], &from[i])) continue;
        return FAULT(p, t->at,
                     "the table '" STR_FMT "' has no column '" STR_FMT "' for its foreign key",
                     STR_ARG(t->name), STR_ARG(key->columns.at[i]));
    }
    link.from = (Columns){from, key->columns.len};
    if (!link_ends(p, t, t->at, key->ref_table, key->ref_columns, &link)) return false;
    *vec_push(p->arena, links) = link;
    return true;
}

static bool column_link(Planner *p, const TableSpec *t, size_t column, Links *links)
{
    const ColumnSpec *c = &t->columns[column];
    for (size_t i = 0; i < links->len; i++) { // part of a composite key: that decides
        for (size_t j = 0; j < links->at[i].from.len; j++) {
            if (links->at[i].from.at[j] == column) return true;
        }
    }
    Link link = {.orphans = c->orphan_parents};
    size_t *from = arena_new(p->arena, size_t);
    *from = column;
    link.from = (Columns){from, 1};
    Str to = c->ref_column;
    if (!link_ends(p, t, c->at, c->ref_table, (StrList){&to, 1}, &link)) return false;
    *vec_push(p->arena, links) = link;
    return true;
}

static bool plan_links(Planner *p, TablePlan *t)
{
    Links links = {0};
    for (size_t i = 0; i < t->spec->foreign_key_count; i++) {
        if (!composite_link(p, t->spec, &t->spec->foreign_keys[i], &links)) return false;
    }
    for (size_t i = 0; i < t->spec->width; i++) {
        if (t->spec->columns[i].ref_table.len == 0) continue;
        if (!column_link(p, t->spec, i, &links)) return false;
    }
    for (size_t i = 0; i < links.len; i++) {
        for (size_t j = 0; j < links.at[i].from.len; j++) {
            t->columns[links.at[i].from.at[j]].make = MAKE_LINK;
        }
    }
    t->links = links.at;
    t->link_count = links.len;
    return true;
}

// ---- unique keys

static bool plan_unique(Planner *p, TablePlan *t)
{
    ColumnSets sets = {0};
    Indices primary = {0};
    for (size_t i = 0; i < t->spec->width; i++) {
        if (t->spec->columns[i].primary_key) *vec_push(p->arena, &primary) = i;
        if (!t->spec->columns[i].unique) continue;
        size_t *one = arena_new(p->arena, size_t);
        *one = i;
        *vec_push(p->arena, &sets) = (Columns){one, 1};
    }
    if (primary.len) *vec_push(p->arena, &sets) = (Columns){primary.at, primary.len};
    for (size_t i = 0; i < t->spec->unique_count; i++) {
        StrList names = t->spec->unique[i];
        size_t *at = arena_array(p->arena, size_t, names.len);
        for (size_t j = 0; j < names.len; j++) {
            if (column_find(t->spec, names.at[j], &at[j])) continue;
            return FAULT(p, t->spec->at,
                         "the table '" STR_FMT "' has no column '" STR_FMT "' for its unique key",
                         STR_ARG(t->spec->name), STR_ARG(names.at[j]));
        }
        *vec_push(p->arena, &sets) = (Columns){at, names.len};
    }
    t->unique = sets.at;
    t->unique_count = sets.len;
    return true;
}

static bool alone_unique(const TablePlan *t, size_t column)
{
    for (size_t i = 0; i < t->unique_count; i++) {
        if (t->unique[i].len == 1 && t->unique[i].at[0] == column) return true;
    }
    return false;
}

// ---- columns

static bool typed(const ColumnSpec *c, Str text, Value *out)
{
    int64_t n;
    double x;
    switch (c->type) {
    case TYPE_INTEGER:
        if (!str_to_i64(text, &n)) return false;
        *out = VALUE_INT(n);
        return true;
    case TYPE_BOOLEAN:
        n = str_eq_nocase(text, S("true")) || str_eq(text, S("1"));
        *out = VALUE_INT(n);
        return n || str_eq_nocase(text, S("false")) || str_eq(text, S("0"));
    case TYPE_REAL:
        if (!str_to_f64(text, &x)) return false;
        *out = VALUE_FLT(x);
        return true;
    case TYPE_DATE:
        *out = VALUE_STR(text);
        return date_parse(text, &n);
    case TYPE_TIMESTAMP:
        *out = VALUE_STR(text);
        return time_parse(text, &n);
    case TYPE_TEXT:
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
        *out = VALUE_STR(text);
        return true;
    }
    return false;
}

static bool plan_choice(Planner *p, ColumnPlan *c)
{
    const ColumnSpec *spec = c->spec;
    Value *choice = arena_array(p->arena, Value, spec->value_count);
    double *weight = arena_array(p->arena, double, spec->value_count), sum = 0;
    for (size_t i = 0; i < spec->value_count; i++) {
        weight[i] = spec->values[i].weight > 0 ? spec->values[i].weight : 0;
        sum += weight[i];
        if (typed(spec, spec->values[i].text, &choice[i])) continue;
        return FAULT(p, spec->at,
                     "'" STR_FMT "' is no value for the column '" STR_FMT "', which is %s",
                     STR_ARG(spec->values[i].text), STR_ARG(spec->name), type_name(spec->type));
    }
    for (size_t i = 0; sum <= 0 && i < spec->value_count; i++) weight[i] = 1;
    c->choice = choice;
    c->weights = sampler_new(p->arena, weight, spec->value_count);
    return true;
}

static bool is_clock(LogicalType t)
{
    return t == TYPE_DATE || t == TYPE_TIMESTAMP;
}

static bool plan_after(Planner *p, const TablePlan *t, ColumnPlan *c)
{
    const ColumnSpec *spec = c->spec;
    if (!column_find(t->spec, spec->after, &c->base)) {
        return FAULT(p, spec->at,
                     "the column '" STR_FMT "' is after a column '" STR_FMT
                     "', which its table does not have",
                     STR_ARG(spec->name), STR_ARG(spec->after));
    }
    const int64_t day = 86400, minute = 60;
    bool date = spec->type == TYPE_DATE, given = spec->after_min_s || spec->after_max_s;
    c->wait_low = given ? spec->after_min_s : date ? day : minute;
    c->wait_high = given ? spec->after_max_s : date ? 14 * day : day;
    if (c->wait_high < c->wait_low) c->wait_high = c->wait_low;
    if (is_clock(spec->type) && is_clock(t->spec->columns[c->base].type)) return true;
    return FAULT(p, spec->at,
                 "'after' is for dates and timestamps, so '" STR_FMT "' cannot be after '" STR_FMT
                 "'",
                 STR_ARG(spec->name), STR_ARG(spec->after));
}

static MakeKind kind_of(const TablePlan *t, size_t column)
{
    const ColumnSpec *c = &t->spec->columns[column];
    bool text = c->type == TYPE_TEXT || c->type == TYPE_UNKNOWN;
    if (c->value_count) return MAKE_CHOICE;
    if (c->after.len) return MAKE_AFTER;
    if (!alone_unique(t, column) || c->type == TYPE_BOOLEAN) return text ? MAKE_WORDS : MAKE_RANGE;
    if (!text) return MAKE_SERIAL;
    Words words = t->columns[column].words;
    return words == WORDS_LABEL || words == WORDS_CODE ? MAKE_SERIAL : MAKE_WORDS;
}

enum { PART_OF_KEY = 12 }; // values of a number that is unique only together with others

static bool plan_column(Planner *p, TablePlan *t, size_t i)
{
    const ColumnSpec *spec = &t->spec->columns[i];
    ColumnPlan *c = &t->columns[i];
    bool link = c->make == MAKE_LINK;
    if (!range_plan(p->w, t->spec, spec, c, p->err)) return false;
    c->stream = rng_at(str_hash(t->spec->name), str_hash(spec->name), 0);
    bool text = spec->type == TYPE_TEXT || spec->type == TYPE_UNKNOWN;
    bool named = !text || !spec->family.len; // numbers of a family share where they begin (below)
    c->family = str_hash(named ? str_lower(p->arena, spec->name) : spec->family);
    if (text && !link && !spec->value_count) c->words = words_of(t->spec->name, spec->name);
    c->make = link ? MAKE_LINK : kind_of(t, i);
    if (!spec->not_null && !spec->primary_key) {
        const double habit = 0.08;
        c->null_share = spec->null_share >= 0 ? spec->null_share : spec->when.len ? 0 : habit;
    }
    t->has_whens |= spec->when.len > 0;
    bool in_key = spec->primary_key && !alone_unique(t, i);
    if (in_key && c->make == MAKE_RANGE && spec->type == TYPE_INTEGER && !c->has_high) {
        c->low = c->has_low ? c->least : 1;
        c->high = c->low + PART_OF_KEY - 1;
    }
    if (spec->value_count && !plan_choice(p, c)) return false;
    return c->make != MAKE_AFTER || plan_after(p, t, c);
}

// Columns without a link, each behind the one it is after.
static bool plan_order(Planner *p, TablePlan *t)
{
    size_t *order = arena_array(p->arena, size_t, t->spec->width), n = 0;
    bool *done = arena_array(p->arena, bool, t->spec->width);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < t->spec->width; i++) {
            const ColumnPlan *c = &t->columns[i];
            if (done[i] || (c->make == MAKE_AFTER && !done[c->base])) continue;
            done[i] = more = true;
            if (c->make != MAKE_LINK) order[n++] = i;
        }
    }
    for (size_t i = 0; i < t->spec->width; i++) {
        if (done[i]) continue;
        return FAULT(p, t->spec->columns[i].at,
                     "the column '" STR_FMT "' is after itself, by a ring",
                     STR_ARG(t->spec->columns[i].name));
    }
    t->order = (Columns){order, n};
    return true;
}

// ---- rows and the order of tables

enum { ROWS_LOOKUP = 60, ROWS_ALONE = 300, ROWS_CHILD = 1000, ROWS_FACT = 3000 };

static size_t habitual_rows(const Planner *p, const TablePlan *t)
{
    bool referred = false;
    size_t self = (size_t)(t - p->plan->tables);
    for (size_t i = 0; i < p->w->table_count; i++) {
        const TablePlan *other = &p->plan->tables[i];
        for (size_t j = 0; j < other->link_count; j++) {
            referred |= i != self && other->links[j].table == self;
        }
    }
    if (str_starts(t->spec->name, S("fact_")) || str_ends(t->spec->name, S("_events"))) {
        return ROWS_FACT;
    }
    if (t->link_count) return ROWS_CHILD;
    return referred ? ROWS_LOOKUP : ROWS_ALONE;
}

static bool link_nullable(const TablePlan *t, const Link *link)
{
    for (size_t i = 0; i < link->from.len; i++) {
        const ColumnSpec *c = &t->spec->columns[link->from.at[i]];
        if (!c->not_null && !c->primary_key) return true;
    }
    return false;
}

static bool table_ready(const Plan *plan, size_t table, const bool *done, bool force)
{
    const TablePlan *t = &plan->tables[table];
    for (size_t i = 0; i < t->link_count; i++) {
        const Link *link = &t->links[i];
        if (link->table == table || done[link->table]) continue;
        if (!force || !link_nullable(t, link)) return false;
    }
    return true;
}

static bool take_ready(Plan *plan, size_t *order, size_t *n, bool *done, bool force)
{
    for (size_t i = 0; i < plan->w->table_count; i++) {
        if (done[i] || !table_ready(plan, i, done, force)) continue;
        TablePlan *t = &plan->tables[i];
        for (size_t j = 0; j < t->link_count; j++) {
            t->links[j].deferred = t->links[j].table != i && !done[t->links[j].table];
        }
        done[i] = true;
        order[(*n)++] = i;
        return true;
    }
    return false;
}

// Parents first. In a ring of tables the first that may do without its parent does.
static bool order_tables(Planner *p)
{
    size_t *order = arena_array(p->arena, size_t, p->w->table_count), n = 0;
    bool *done = arena_array(p->arena, bool, p->w->table_count);
    while (n < p->w->table_count) {
        if (take_ready(p->plan, order, &n, done, false)) continue;
        if (take_ready(p->plan, order, &n, done, true)) continue;
        size_t stuck = 0;
        while (done[stuck]) stuck++;
        const TableSpec *t = &p->w->tables[stuck];
        return FAULT(p, t->at,
                     "the table '" STR_FMT "' needs a row of a table that needs "
                     "a row of it; let one of the columns be NULL",
                     STR_ARG(t->name));
    }
    p->plan->order = order;
    return true;
}

static void place_rules(Planner *p)
{
    const WarehouseSpec *w = p->w;
    size_t *last = arena_array(p->arena, size_t, w->never_count);
    uint8_t *names = arena_array(p->arena, uint8_t, w->never_count * w->table_count);
    for (size_t i = 0; i < w->never_count; i++) {
        uint8_t *named = &names[i * w->table_count];
        bool any = hints_tables(w, w->never[i].sql, named);
        for (size_t j = 0; j < w->table_count; j++) {
            size_t t = p->plan->order[j];
            if (!any) named[t] = 1; // about nothing that is known here: after everything
            if (named[t]) last[i] = t;
        }
    }
    p->plan->rule_table = last;
    p->plan->rule_names = names;
}

static void mark_keys(TablePlan *t)
{
    for (size_t i = 0; i < t->unique_count; i++) {
        for (size_t j = 0; j < t->unique[i].len; j++) {
            ColumnPlan *c = &t->columns[t->unique[i].at[j]];
            c->in_key = c->fixed = true;
        }
    }
    for (size_t i = 0; i < t->link_count; i++) {
        Link *link = &t->links[i];
        link->one_to_one = link->from.len == 1 && alone_unique(t, link->from.at[0]);
        bool fixed = false;
        for (size_t j = 0; j < link->from.len; j++) fixed |= t->columns[link->from.at[j]].in_key;
        for (size_t j = 0; j < link->from.len; j++) t->columns[link->from.at[j]].fixed |= fixed;
    }
}

static bool plan_table(Planner *p, TablePlan *t, const TableSpec *spec)
{
    t->spec = spec;
    t->columns = arena_array(p->arena, ColumnPlan, spec->width);
    if (!plan_links(p, t) || !plan_unique(p, t)) return false;
    for (size_t i = 0; i < spec->width; i++) {
        if (!plan_column(p, t, i)) return false;
    }
    mark_keys(t);
    return plan_order(p, t);
}

// ---- numbers of one family

static bool is_number(const ColumnSpec *c)
{
    return c->type == TYPE_INTEGER || c->type == TYPE_REAL;
}

// A salary begins at thousands by habit and a count at 1: held against each other they begin at the
// same number. A year held against a date begins shortly before today.
static void begin_with(const Planner *p, ColumnPlan *c, const ColumnPlan *other)
{
    enum { YEAR_LEAST = 1900, YEAR_MOST = 2100 };
    const ColumnSpec *spec = other->spec;
    if (is_number(spec) && other->per_one == c->per_one) {
        if (other->low > c->low) c->low = other->low;
        if (other->high > c->high) c->high = other->high;
    } else if (spec->type == TYPE_DATE || spec->type == TYPE_TIMESTAMP) {
        int year, month, day;
        date_civil(p->w->today, &year, &month, &day);
        bool is_year = c->low >= YEAR_LEAST && c->high <= YEAR_MOST;
        if (is_year) c->low = year - 1;
        if (is_year && c->high <= year) c->high = year + 1;
    }
}

static void begin_with_family(const Planner *p, ColumnPlan *c)
{
    for (size_t t = 0; t < p->w->table_count; t++) {
        for (size_t i = 0; i < p->w->tables[t].width; i++) {
            const ColumnPlan *other = &p->plan->tables[t].columns[i];
            if (other != c && str_eq(other->spec->family, c->spec->family)) begin_with(p, c, other);
        }
    }
}

static void begin_families(const Planner *p)
{
    for (size_t t = 0; t < p->w->table_count; t++) {
        for (size_t i = 0; i < p->w->tables[t].width; i++) {
            ColumnPlan *c = &p->plan->tables[t].columns[i];
            bool free = is_number(c->spec) && !c->has_low && !c->has_high;
            if (free && c->spec->family.len) begin_with_family(p, c);
        }
    }
}

bool plan_make(Arena *a, const WarehouseSpec *w, Plan *out, Error *err)
{
    Planner p = {.arena = a, .w = w, .plan = out, .err = err};
    *out = (Plan){.w = w, .tables = arena_array(a, TablePlan, w->table_count)};
    for (size_t i = 0; i < w->table_count; i++) {
        if (!plan_table(&p, &out->tables[i], &w->tables[i])) return false;
    }
    begin_families(&p);
    for (size_t i = 0; i < w->table_count; i++) {
        const TableSpec *t = out->tables[i].spec;
        out->tables[i].rows = t->rows > 0 ? (size_t)t->rows : habitual_rows(&p, &out->tables[i]);
    }
    if (!order_tables(&p)) return false;
    place_rules(&p);
    hints_read(a, out);
    return true;
}
