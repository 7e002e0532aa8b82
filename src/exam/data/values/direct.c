// direct: values out of a query's own literals, so that tiny databases meet its boundaries.
//
// A column draws one literal and gets it with its neighbours; a time draws a moment and a span.
// Columns of one name draw alike, so that joins meet. The generator then takes some of the listed
// values, under all constraints.
#include "exam/data/values/direct.h"
#include "base/rng.h"
#include "base/world.h"
#include "exam/data/column.h"
#include "exam/data/literals/literals.h"

bool direct_is_free(const TableSpec *t, const ColumnSpec *c)
{
    if (c->value_count || c->ref_table.len || c->after.len) return false;
    for (size_t i = 0; i < t->foreign_key_count; i++) {
        for (size_t k = 0; k < t->foreign_keys[i].columns.len; k++) {
            if (str_eq_nocase(t->foreign_keys[i].columns.at[k], c->name)) return false;
        }
    }
    return c->type != TYPE_BOOLEAN;
}

Str direct_shaped(Drawing *d, Str text)
{
    Str shape;
    bool shaped = d->column->type == TYPE_TEXT && text.len &&
                  shaped_like(d->literals, d->column->name, &shape);
    return shaped ? shaped_over(d->arena, shape, text) : text;
}

void direct_put(Drawing *d, Str text)
{
    text = direct_shaped(d, text);
    for (size_t i = 0; i < d->len; i++) {
        if (str_eq(d->at[i].text, text)) return;
    }
    if (d->len < VALUES_MOST) d->at[d->len++] = (ValueChoice){text, 1};
}

// One of the literals for which `fits`; those that stand beside this column come first, and of them
// at times those that only the answer has.
const Literal *direct_draw(Drawing *d, bool (*fits)(const Literal *))
{
    const Literals *l = d->literals;
    size_t near = 0, own = 0, all = 0;
    for (size_t i = 0; i < l->len; i++) {
        if (!fits(&l->at[i])) continue;
        bool beside = str_eq_nocase(l->at[i].column, d->column->name);
        near += beside;
        own += beside && l->at[i].own;
        all++;
    }
    if (!all || (d->thing && !near)) return NULL;
    bool beside = near && (d->thing || rng_below(&d->rng, 4));
    bool only_own = beside && own && rng_below(&d->rng, 2);
    size_t k = rng_below(&d->rng, only_own ? own : beside ? near : all);
    for (size_t i = 0; i < l->len; i++) {
        bool counts = fits(&l->at[i]) && (!only_own || l->at[i].own) &&
                      (!beside || str_eq_nocase(l->at[i].column, d->column->name));
        if (counts && k-- == 0) return &l->at[i];
    }
    return NULL;
}

// --- Numbers ---

bool direct_number_of(const Literal *l, double *v)
{
    return !l->string && str_to_f64(l->text, v) && *v > -1e15 && *v < 1e15;
}

bool direct_is_number(const Literal *l)
{
    double v;
    return direct_number_of(l, &v);
}

bool direct_is_clock(const ColumnSpec *c)
{
    return c->type == TYPE_DATE || c->type == TYPE_TIMESTAMP;
}

bool direct_asks_for(const Literal *l, const ColumnSpec *c)
{
    return l->equal && l->use == LITERAL_VALUE && l->text.len && str_eq_nocase(l->column, c->name);
}

bool direct_allows(const ColumnSpec *c, Str text)
{
    for (size_t i = 0; i < c->value_count; i++) {
        if (str_eq(c->values[i].text, text)) return true;
    }
    return c->value_count == 0;
}

// Numbers up to 3 are everywhere in queries and in data; alone they say nothing about a column.
static bool is_telling(const Drawing *d, const Literal *l, double v)
{
    return v > 3 || v < -3 || str_eq_nocase(l->column, d->column->name);
}

// Whether the query puts this number beside the column: COALESCE(x, 0).
static bool is_asked_for(const Drawing *d, double v)
{
    for (size_t i = 0; i < d->literals->len; i++) {
        double one;
        const Literal *l = &d->literals->at[i];
        if (!str_eq_nocase(l->column, d->column->name) || !direct_number_of(l, &one)) continue;
        if (one == v) return true;
    }
    return false;
}

// Numbers of things begin with 1, unless their column or the query says otherwise.
void direct_put_number(Drawing *d, double v)
{
    bool real = d->column->type == TYPE_REAL;
    if (!bounds_number(d->column, v)) return;
    if (d->thing && !d->column->min.len && v < (is_asked_for(d, 0) ? 0 : 1)) return;
    // What no integer of most databases can hold nobody need think of.
    if (!real && !d->literals->wide && (v >= 0x1p31 || v < -0x1p31)) return;
    direct_put(d, real ? real_text(d->arena, v) : str_fmt(d->arena, "%lld", (long long)v));
}

// At times two literals of a query meet in one value (duration / 60 >= 5 needs 300), or several
// values make up one (SUM(duration) >= 300 is met exactly by 150 and 150).
static double combined(Drawing *d, double v)
{
    double other;
    const Literal *l = direct_draw(d, direct_is_number);
    if (!l || !direct_number_of(l, &other) || other == 0 || other == v) return v;
    switch (rng_below(&d->rng, 6)) {
    case 0:
        return v * other;
    case 1:
        return v / other;
    default:
        return v;
    }
}

static double parts_of(Drawing *d, double v)
{
    int64_t parts = rng_between(&d->rng, 2, 3);
    return d->column->type == TYPE_REAL ? v / (double)parts : (double)((int64_t)v / parts);
}

// A number that may count things: the ten of a top ten.
static double count_of_things(Drawing *d)
{
    const Literals *l = d->literals;
    double v;
    size_t from = l->len ? rng_below(&d->rng, l->len) : 0;
    for (size_t i = 0; i < l->len; i++) {
        const Literal *one = &l->at[(from + i) % l->len];
        if (direct_number_of(one, &v) && v > 3 && v < VALUES_MOST - 2) return v;
    }
    return 0;
}

// One to three things, so that a few rows belong to one; at times more than the query counts, or 1
// and 11, which are not told apart where numbers are glued together.
static void draw_things(Drawing *d)
{
    if (rng_at(d->rng.seed, GLUE_STREAM, 0) % 12 == 0) { // in all columns
        direct_put_number(d, 1);
        direct_put_number(d, 11);
        return;
    }
    double count = count_of_things(d);
    int64_t things = rng_between(&d->rng, 1, 3);
    // Five things and pairs of them, in all columns: two that have three others in common.
    bool pairs = d->rows >= PAIRS_FROM && rng_at(d->rng.seed, PAIRS_STREAM, 0) % 4 == 0;
    if (pairs) things = PAIRED_THINGS;
    if (!pairs && count > 0 && rng_below(&d->rng, 3) == 0) things = (int64_t)count + 2;
    for (int64_t i = 1; i <= things; i++) direct_put_number(d, (double)i);
}

// --- Columns with a list ---

static bool is_listed(const TableSpec *t, const ColumnSpec *c)
{
    if (!c->value_count || c->ref_table.len || c->after.len || c->type == TYPE_BOOLEAN)
        return false;
    ColumnSpec free = *c;
    free.value_count = 0;
    return direct_is_free(t, &free);
}

// Of a long list those that the query asks for, and at times one more: who asks for two of them in
// two columns meets both.
static void draw_listed(Drawing *d)
{
    const Literals *l = d->literals;
    const ColumnSpec *c = d->column;
    if (c->value_count < 3 || rng_below(&d->rng, 2)) return;
    for (size_t i = 0; i < l->len; i++) {
        bool beside = l->at[i].string && str_eq_nocase(l->at[i].column, c->name);
        if (beside && direct_allows(c, l->at[i].text)) direct_put(d, l->at[i].text);
    }
    if (d->len && rng_below(&d->rng, 2))
        direct_put(d, c->values[rng_below(&d->rng, c->value_count)].text);
}

// The other literals that stand beside this column: x IN ('a', 'b'), x = 'a' here and 'b' there.
void direct_put_others(Drawing *d, const Literal *but, bool (*fits)(const Literal *))
{
    size_t put_so_far = 0;
    for (size_t i = 0; i < d->literals->len && put_so_far < OTHERS_MOST; i++) {
        const Literal *l = &d->literals->at[i];
        double v;
        if (l == but || !fits(l) || !str_eq_nocase(l->column, d->column->name)) continue;
        if (l->string) direct_put(d, l->text);
        if (direct_number_of(l, &v)) direct_put_number(d, v);
        put_so_far++;
    }
}

// Fractions that the rounding of the query hides, and others that only a coarser one would: 0.31
// and 4.31 of its last digit. No sum or mean of a few of them lies halfway between two results,
// where right answers that add in another order may round to different sides.
static void put_fraction(Drawing *d, double whole, double of_last_digit)
{
    const int digits = (int)d->literals->decimals - 1;
    double v = of_last_digit;
    for (int i = 0; i < digits; i++) v /= 10;
    if (str_to_f64(str_fmt(d->arena, "%.*f", digits + 2, whole + v), &v)) direct_put_number(d, v);
}

static void draw_fractions(Drawing *d)
{
    double v = 0;
    const Literal *l = direct_draw(d, direct_is_number);
    const double hidden = 0.31, shown = 4.31;
    if (!l || !direct_number_of(l, &v) || !is_telling(d, l, v)) v = 0;
    v += (double)rng_below(&d->rng, 3);
    direct_put_number(d, v);
    put_fraction(d, v, hidden);
    put_fraction(d, v, shown);
    put_fraction(d, v + 1, hidden);
    put_fraction(d, v, -hidden); // below the bound, and at it once it is rounded
    if (rng_below(&d->rng, 2)) direct_put_number(d, v + 2);
}

static void draw_numbers(Drawing *d)
{
    double v, most;
    if (d->column->type == TYPE_REAL && d->literals->decimals && rng_below(&d->rng, 3)) {
        draw_fractions(d);
        return;
    }
    const Literal *l = direct_draw(d, direct_is_number);
    if (!l && d->thing) draw_things(d);
    if (!l || !direct_number_of(l, &v) || !is_telling(d, l, v)) return;
    v = combined(d, v);
    if (str_to_f64(d->column->max, &most) && v > most) v = parts_of(d, v);
    double step = d->column->type == TYPE_REAL && rng_below(&d->rng, 2) ? 0.01 : 1;
    if (rng_below(&d->rng, 4) == 0)
        v = d->column->type == TYPE_REAL ? v / 2 : (double)((int64_t)v / 2);
    direct_put_number(d, v);
    direct_put_number(d, v - step);
    direct_put_number(d, v + step);
    direct_put_number(d, rng_below(&d->rng, 2) ? 0 : 1);
    if (rng_below(&d->rng, 4) == 0) direct_put_number(d, -v);
    if (rng_below(&d->rng, 3) == 0) direct_put_others(d, l, direct_is_number);
}

// --- All columns ---

// The i-th of values that have nothing to do with the query.
static void put_plain(Drawing *d, int64_t i)
{
    switch (d->column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        direct_put_number(d, (double)(i + 1));
        break;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        direct_put_time(d, (d->w->today - i) * DAY_S);
        break;
    case TYPE_TEXT:
        direct_put(d, str_fmt(d->arena, "t%lld", (long long)i + 1));
        break;
    default:
        break;
    }
}

// A few large groups: some columns are alike in all rows, others in no two. Who counts what belongs
// together meets the number that was asked for, and one more.
static bool draw_group(Drawing *d)
{
    double count = count_of_things(d);
    bool counted = count > 0 && (double)d->rows > count;
    if (d->rows < 5 || rng_at(d->rng.seed, GROUP_STREAM, 0) % (counted ? 3 : 8)) return false;
    if (rng_below(&d->rng, 2)) {
        put_plain(d, (int64_t)rng_below(&d->rng, 2));
    } else {
        for (size_t i = 0; i < d->rows; i++) put_plain(d, (int64_t)i);
        d->in_turn = true;
    }
    return d->len > 0;
}

// The empty text beside others, where a query names it: beside this column mostly.
static void draw_empty(Drawing *d)
{
    const Literals *l = d->literals;
    bool beside = false;
    for (size_t i = 0; i < l->len; i++)
        beside |= l->at[i].string && !l->at[i].text.len &&
                  str_eq_nocase(l->at[i].column, d->column->name);
    if (!l->empty || rng_below(&d->rng, beside ? 2 : 4)) return;
    if (!d->len) direct_put(d, S("other"));
    direct_put(d, (Str){"", 0});
}

// A measure whose name says that it is never below zero may be so in a table that does not say it.
static void draw_below(Drawing *d)
{
    bool name = bounds_is_name_of(&d->w->tables[d->table], d->place);
    if (!d->literals->below || name || rng_below(&d->rng, 3)) return;
    if (!d->len) direct_put_number(d, 2);
    direct_put_number(d, -1);
    if (rng_below(&d->rng, 2)) direct_put_number(d, -3);
}

static void draw_column(Drawing *d)
{
    bool met = d->column->type == TYPE_TEXT && d->column->family.len;
    Str family = met ? d->column->family : str_lower(d->arena, d->column->name);
    d->rng = (Rng){.seed = d->rng.seed, .stream = str_hash(family)};
    if (direct_glued(d)) return;
    if (rng_below(&d->rng, 5) == 0) return; // as the warehouse has it
    if (!d->key && draw_group(d)) return;
    switch (d->column->type) {
    case TYPE_INTEGER:
    case TYPE_REAL:
        draw_numbers(d);
        draw_below(d);
        break;
    case TYPE_TEXT:
        direct_texts(d);
        draw_empty(d);
        break;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
        direct_times(d);
        break;
    case TYPE_TIME:
    case TYPE_INTERVAL:
    case TYPE_ARRAY:
    case TYPE_STRUCT:
    case TYPE_UNKNOWN:
    case TYPE_BOOLEAN:
        break;
    }
}

// A key takes another value in each row: behind what was drawn stands what lies beside it.
static void pad_key(Drawing *d)
{
    Str first = d->at[0].text;
    int64_t number, seconds;
    double real;
    for (int64_t i = 1; d->len < d->rows + KEY_SPARE && i < VALUES_MOST; i++) {
        switch (d->column->type) {
        case TYPE_INTEGER:
            if (str_to_i64(first, &number)) direct_put_number(d, (double)(number + i));
            break;
        case TYPE_REAL:
            if (str_to_f64(first, &real)) direct_put_number(d, real + (double)i);
            break;
        case TYPE_DATE:
            if (bounds_moment(first, &seconds)) direct_put_time(d, seconds - i * DAY_S);
            break;
        case TYPE_TIMESTAMP:
            if (bounds_moment(first, &seconds)) direct_put_time(d, seconds - i * 60);
            break;
        case TYPE_TEXT:
        case TYPE_UNKNOWN:
            direct_put(d, str_fmt(d->arena, STR_FMT "%lld", STR_ARG(first), (long long)i));
            break;
        default:
            break;
        }
    }
}

static WarehouseSpec directed(Arena *a, const WarehouseSpec *w, const Literals *l, Scene scene,
                              size_t rows, uint64_t seed)
{
    WarehouseSpec out = *w;
    // Else there is nothing to draw from, but rows may go together.
    bool asked = l->len || l->clock || l->glued.len || l->units || l->ages || l->folds ||
                 l->trims || l->below;
    out.tables = arena_array(a, TableSpec, w->table_count);
    for (size_t t = 0; t < w->table_count; t++) {
        TableSpec *table = &out.tables[t];
        *table = w->tables[t];
        table->columns = arena_array(a, ColumnSpec, table->width);
        for (size_t c = 0; c < table->width; c++) {
            table->columns[c] = w->tables[t].columns[c];
            Drawing d = {.arena = a, .w = w, .literals = l, .rows = rows};
            d.column = &w->tables[t].columns[c];
            d.table = t;
            d.place = c;
            d.rng.seed = seed;
            d.key = bounds_is_key(table, d.column);
            d.thing = bounds_is_thing_of(&w->tables[t], c);
            bool staged = scene_column(&d, &scene, t, c);
            if (!staged && asked && direct_is_free(table, d.column)) draw_column(&d);
            if (!staged && is_listed(table, d.column)) draw_listed(&d);
            if (!d.len) continue;
            if (d.key && !d.in_turn) pad_key(&d);
            ValueChoice *values = arena_array(a, ValueChoice, d.len);
            for (size_t i = 0; i < d.len; i++) values[i] = d.at[i];
            table->columns[c].values = values;
            table->columns[c].value_count = d.len;
            table->columns[c].in_turn = d.in_turn;
            if (d.known) table->columns[c].null_share = 0;
        }
    }
    scene_rows(&scene, &out);
    return out;
}

WarehouseSpec direct_values(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                            uint64_t seed)
{
    return directed(a, w, l, scene_draw(w, l, rows, seed, false), rows, seed);
}

WarehouseSpec direct_story(Arena *a, const WarehouseSpec *w, const Literals *l, size_t rows,
                           uint64_t seed)
{
    return directed(a, w, l, scene_draw(w, l, rows, seed, true), rows, seed);
}
