// direct: values out of a query's own literals, so that tiny databases meet its boundaries.
//
// A column draws one literal and gets it with its neighbours; a time draws a moment and a span.
// Columns of one name draw alike, so that joins meet. The generator then takes some of the listed
// values, under all constraints.
#include "base/rng.h"
#include "base/world.h"
#include "exam/private.h"

enum { VALUES_MOST = 8, DAY_S = 86400, LONGEST_S = 3 * 366 * DAY_S };

typedef struct {
    Arena *arena;
    const WarehouseSpec *w;
    const Literals *literals;
    const ColumnSpec *column;
    Rng rng;
    ValueChoice at[VALUES_MOST];
    size_t len;
} Drawing;

static bool is_free(const TableSpec *t, const ColumnSpec *c)
{
    if (c->value_count || c->primary_key || c->unique || c->ref_table.len || c->after.len) {
        return false;
    }
    for (size_t i = 0; i < t->unique_count; i++) {
        for (size_t k = 0; k < t->unique[i].len; k++) {
            if (str_eq_nocase(t->unique[i].at[k], c->name)) return false;
        }
    }
    for (size_t i = 0; i < t->foreign_key_count; i++) {
        for (size_t k = 0; k < t->foreign_keys[i].columns.len; k++) {
            if (str_eq_nocase(t->foreign_keys[i].columns.at[k], c->name)) return false;
        }
    }
    return c->type != TYPE_BOOLEAN;
}

static void put(Drawing *d, Str text)
{
    for (size_t i = 0; i < d->len; i++) {
        if (str_eq(d->at[i].text, text)) return;
    }
    if (d->len < VALUES_MOST) d->at[d->len++] = (ValueChoice){text, 1};
}

// One of the literals for which `fits`; those that stand beside this column come first.
static const Literal *draw(Drawing *d, bool (*fits)(const Literal *))
{
    const Literals *l = d->literals;
    size_t near = 0, all = 0;
    for (size_t i = 0; i < l->len; i++) {
        if (!fits(&l->at[i])) continue;
        near += str_eq_nocase(l->at[i].column, d->column->name);
        all++;
    }
    if (!all) return NULL;
    bool beside = near && rng_below(&d->rng, 4) > 0;
    size_t k = rng_below(&d->rng, beside ? near : all);
    for (size_t i = 0; i < l->len; i++) {
        bool counts =
            fits(&l->at[i]) && (!beside || str_eq_nocase(l->at[i].column, d->column->name));
        if (counts && k-- == 0) return &l->at[i];
    }
    return NULL;
}

// --- Numbers ---

static bool number_of(const Literal *l, double *v)
{
    return !l->string && str_to_f64(l->text, v) && *v > -1e15 && *v < 1e15;
}

static bool is_number(const Literal *l)
{
    double v;
    return number_of(l, &v);
}

static void put_number(Drawing *d, double v)
{
    double low, high;
    if (str_to_f64(d->column->min, &low) && v < low) return;
    if (str_to_f64(d->column->max, &high) && v > high) return;
    bool real = d->column->type == TYPE_REAL;
    put(d, real ? real_text(d->arena, v) : str_fmt(d->arena, "%lld", (long long)v));
}

// At times two literals of a query meet in one value: duration / 60 >= 5 needs 300.
static double combined(Drawing *d, double v)
{
    double other;
    const Literal *l = draw(d, is_number);
    if (!l || !number_of(l, &other) || other == 0) return v;
    switch (rng_below(&d->rng, 6)) {
    case 0:
        return v * other;
    case 1:
        return v / other;
    default:
        return v;
    }
}

static void draw_numbers(Drawing *d)
{
    double v;
    const Literal *l = draw(d, is_number);
    if (!l || !number_of(l, &v)) return;
    v = combined(d, v);
    double step = d->column->type == TYPE_REAL && rng_below(&d->rng, 2) ? 0.01 : 1;
    put_number(d, v);
    put_number(d, v - step);
    put_number(d, v + step);
    put_number(d, rng_below(&d->rng, 2) ? 0 : 1);
    if (rng_below(&d->rng, 4) == 0) put_number(d, -v);
}

// --- Texts ---

static bool is_text(const Literal *l)
{
    int64_t any;
    return l->string && l->text.len && l->text.len <= 64 && l->text.ptr[0] != '%' &&
           !literals_span(l->text, &any);
}

static Str other_case(Arena *a, Str s)
{
    Str lower = str_lower(a, s);
    if (!str_eq(lower, s)) return lower;
    Buf b = buf_new(a);
    for (size_t i = 0; i < s.len; i++) {
        bool letter = s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
        buf_char(&b, letter ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i]);
    }
    return buf_str(&b);
}

static void draw_texts(Drawing *d)
{
    const Literal *l = draw(d, is_text);
    if (!l) return;
    Buf core = buf_new(d->arena);
    for (size_t i = 0; i < l->text.len; i++) { // of a LIKE pattern, what it asks for
        if (l->text.ptr[i] != '%') buf_char(&core, l->text.ptr[i] == '_' ? 'q' : l->text.ptr[i]);
    }
    Str s = buf_str(&core);
    put(d, s);
    put(d, l->text);
    put(d, rng_below(&d->rng, 2) ? other_case(d->arena, s)
                                 : str_fmt(d->arena, STR_FMT "z", STR_ARG(s)));
    put(d, rng_below(&d->rng, 2) ? S("other") : str_fmt(d->arena, "z" STR_FMT, STR_ARG(s)));
}

// --- Times, in seconds since 1970 ---

static bool moment_of(Str text, int64_t *seconds)
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

static bool is_moment(const Literal *l)
{
    int64_t any;
    return l->string && moment_of(l->text, &any);
}

// What can be a distance between two times: '30 minutes', or a number.
static bool is_span(const Literal *l)
{
    int64_t any;
    double v;
    return l->string ? literals_span(l->text, &any) : number_of(l, &v) && v >= 1;
}

static bool bound_of(const Drawing *d, Str text, bool upper, int64_t *seconds)
{
    bool today = str_eq(text, S("today"));
    if (str_eq(text, S("now")) || (today && upper)) {
        *seconds = d->w->now_ms / 1000;
        return true;
    }
    if (today) *seconds = d->w->today * DAY_S;
    if (today || !moment_of(text, seconds)) return today;
    if (upper && text.len == 10) *seconds += DAY_S - 1; // the whole of that day
    return true;
}

static void put_time(Drawing *d, int64_t seconds)
{
    int64_t low, high;
    if (bound_of(d, d->column->min, false, &low) && seconds < low) return;
    if (bound_of(d, d->column->max, true, &high) && seconds > high) return;
    if (seconds < 0 || seconds > (int64_t)200 * 366 * DAY_S) return;
    put(d, d->column->type == TYPE_DATE ? date_text(d->arena, seconds / DAY_S)
                                        : time_text(d->arena, seconds * 1000));
}

static int64_t draw_moment(Drawing *d)
{
    int64_t at, high, now = d->w->now_ms / 1000;
    const Literal *l = draw(d, is_moment);
    bool clock = d->literals->clock && (!l || rng_below(&d->rng, 2));
    if (clock) return rng_below(&d->rng, 2) ? now : d->w->today * DAY_S;
    if (l && moment_of(l->text, &at)) return at;
    if (!bound_of(d, d->column->max, true, &high) || high > now) high = now;
    return (high / DAY_S - 1) * DAY_S + DAY_S / 2;
}

// 0 = the query has no spans.
static int64_t draw_span(Drawing *d)
{
    static const int64_t units[] = {1, 60, 3600, DAY_S};
    int64_t span = 0;
    double v;
    const Literal *l = draw(d, is_span);
    if (l && number_of(l, &v)) {
        int64_t unit = d->column->type == TYPE_DATE ? DAY_S : units[rng_below(&d->rng, 4)];
        span = v * (double)unit > LONGEST_S ? (int64_t)v : (int64_t)v * unit;
    } else if (l && !literals_span(l->text, &span)) {
        span = 0;
    }
    return span > LONGEST_S ? 0 : span;
}

static void draw_times(Drawing *d)
{
    if (!d->literals->clock && !draw(d, is_moment) && !draw(d, is_span)) return;
    int64_t at = draw_moment(d), span = draw_span(d);
    int64_t step = d->column->type == TYPE_DATE ? DAY_S : 1;
    if (!span) span = DAY_S;
    bool back = d->literals->clock || rng_below(&d->rng, 2);
    int64_t other = back ? at - span : at + span;
    put_time(d, at);
    put_time(d, other);
    put_time(d, other - step);
    put_time(d, other + step);
    put_time(d, at - step);
    if (rng_below(&d->rng, 2)) put_time(d, back ? other - span : other + span);
}

// --- All columns ---

static void draw_column(Drawing *d)
{
    d->rng = (Rng){.seed = d->rng.seed, .stream = str_hash(str_lower(d->arena, d->column->name))};
    if (rng_below(&d->rng, 5) == 0) return; // as the warehouse has it
    switch (d->column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        draw_numbers(d);
        break;
    case TYPE_TEXT:
        draw_texts(d);
        break;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        draw_times(d);
        break;
    case TYPE_UNKNOWN:
    case TYPE_BOOLEAN:
        break;
    }
}

WarehouseSpec direct_values(Arena *a, const WarehouseSpec *w, const Literals *l, uint64_t seed)
{
    WarehouseSpec out = *w;
    out.tables = arena_array(a, TableSpec, w->table_count);
    for (size_t t = 0; t < w->table_count; t++) {
        TableSpec *table = &out.tables[t];
        *table = w->tables[t];
        table->columns = arena_array(a, ColumnSpec, table->width);
        for (size_t c = 0; c < table->width; c++) {
            table->columns[c] = w->tables[t].columns[c];
            Drawing d = {.arena = a, .w = w, .literals = l, .column = &w->tables[t].columns[c]};
            d.rng.seed = seed;
            if (is_free(table, d.column)) draw_column(&d);
            if (!d.len) continue;
            ValueChoice *values = arena_array(a, ValueChoice, d.len);
            for (size_t i = 0; i < d.len; i++) values[i] = d.at[i];
            table->columns[c].values = values;
            table->columns[c].value_count = d.len;
        }
    }
    return out;
}
