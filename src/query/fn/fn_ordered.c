// fn_ordered: aggregates that need the rows of the group in an order, or all of them at once:
// lists, percentiles, the most frequent value, the value at a place.
#include "query/fn_bag.h"
#include "query/fn_interval.h"
#include "query/fn_json.h"
#include <math.h>

static sqlite3_str *new_text(sqlite3_context *c)
{
    return sqlite3_str_new(sqlite3_context_db_handle(c));
}

// --- Lists ---

static void put_list(sqlite3_str *s, const Bag *b, BagRow *const *at, size_t len)
{
    (void)b;
    for (size_t i = 0; i < len; i++) {
        Str sep = fn_text_of(at[i]->value[1]), text = fn_text_of(at[i]->value[0]);
        if (i) sqlite3_str_append(s, sep.ptr ? sep.ptr : "", (int)sep.len);
        sqlite3_str_append(s, text.ptr ? text.ptr : "", (int)text.len);
    }
}

static void put_array(sqlite3_str *s, const Bag *b, BagRow *const *at, size_t len)
{
    sqlite3_str_appendchar(s, 1, '[');
    for (size_t i = 0; i < len; i++) {
        if (i) sqlite3_str_appendchar(s, 1, ',');
        json_put(s, at[i]->value[0], b->kind[0]);
    }
    sqlite3_str_appendchar(s, 1, ']');
}

static void put_object(sqlite3_str *s, const Bag *b, BagRow *const *at, size_t len)
{
    sqlite3_str_appendchar(s, 1, '{');
    for (size_t i = 0; i < len; i++) {
        bool again =
            i + 1 < len && value_compare(at[i]->value[0], at[i + 1]->value[0], TEXT_PLAIN) == 0;
        if (again) continue; // the last value of a key stays
        if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
        json_put_text(s, fn_text_of(at[i]->value[0]));
        sqlite3_str_appendchar(s, 1, ':');
        json_put(s, at[i]->value[1], b->kind[1]);
    }
    sqlite3_str_appendchar(s, 1, '}');
}

typedef void PutRows(sqlite3_str *s, const Bag *b, BagRow *const *at, size_t len);

static void list_result(sqlite3_context *c, Bag *b, PutRows *put)
{
    size_t len;
    BagRow **at = bag_list(b, &len);
    if (!at) {
        sqlite3_result_error_nomem(c);
        return;
    }
    sqlite3_str *s = new_text(c);
    put(s, b, at, len);
    sqlite3_free(at);
    json_result(c, s);
}

static void finish_string(sqlite3_context *c, Bag *b)
{
    list_result(c, b, put_list);
}
static void finish_array(sqlite3_context *c, Bag *b)
{
    list_result(c, b, put_array);
}
static void finish_object(sqlite3_context *c, Bag *b)
{
    list_result(c, b, put_object);
}

// --- Percentiles ---

// Between the two neighbours of place p * (n - 1), as the standard has PERCENTILE_CONT.
static double cont_at(const Bag *b, double p)
{
    double place = p * (double)(b->len - 1), below = floor(place);
    size_t i = (size_t)below;
    double low = sqlite3_value_double(b->sorted[i]->value[0]);
    if (i + 1 >= b->len || place == below) return low;
    double high = sqlite3_value_double(b->sorted[i + 1]->value[0]);
    return low + (place - below) * (high - low);
}

// The first value whose share of rows up to it is at least p: PERCENTILE_DISC.
static sqlite3_value *disc_at(const Bag *b, double p)
{
    double place = ceil(p * (double)b->len - 1e-9 * (double)b->len * p);
    size_t i = place < 1 ? 0 : (size_t)place - 1;
    return b->sorted[i < b->len ? i : b->len - 1]->value[0];
}

static bool is_number(sqlite3_value *v)
{
    int type = sqlite3_value_type(v);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

// Postgres, between two intervals: part by part.
static void interval_cont(sqlite3_context *c, const Bag *b, double p)
{
    double place = p * (double)(b->len - 1), below = floor(place);
    size_t i = (size_t)below;
    Interval low, high, gap;
    bool last = i + 1 >= b->len || place == below;
    if (!fn_interval(b->sorted[i]->value[0], &low) ||
        !fn_interval(b->sorted[last ? i : i + 1]->value[0], &high))
        return;
    bool fits = interval_negate(low, &gap) && interval_plus(high, gap, &gap) &&
                interval_scale(gap, place - below, false, &gap) && interval_plus(low, gap, &gap);
    if (fits) fn_result_interval(c, gap);
}

static bool is_interval(sqlite3_value *v)
{
    int64_t key;
    return sqlite3_value_type(v) == SQLITE_TEXT && interval_key(value_str(v), &key);
}

static void put_percentile(sqlite3_str *s, const Bag *b, double p, bool cont)
{
    if (cont && is_number(b->sorted[0]->value[0])) {
        sqlite3_str_appendf(s, "%!.15g", cont_at(b, p));
    } else {
        json_put(s, disc_at(b, p), b->kind[0]);
    }
}

// A list of percentiles gives a list of values.
static void percentile_list(sqlite3_context *c, const Bag *b, JsonItem list, bool cont)
{
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    JsonWalk w = json_walk(list);
    while (json_next(&w)) {
        double p;
        if (sqlite3_str_length(s) > 1) sqlite3_str_appendchar(s, 1, ',');
        if (str_to_f64(w.item.text, &p) && p >= 0 && p <= 1) {
            put_percentile(s, b, p, cont);
        } else {
            sqlite3_str_appendall(s, "null");
        }
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

static void percentile(sqlite3_context *c, Bag *b, bool cont)
{
    sqlite3_value *which = b->sorted[b->len - 1]->value[1], *at = b->sorted[0]->value[2];
    JsonItem list;
    if (sqlite3_value_type(which) == SQLITE_NULL) return;
    if (json_item(fn_text_of(which), &list) && list.kind == '[') {
        percentile_list(c, b, list, cont);
        return;
    }
    double p = sqlite3_value_double(which);
    if (!(p >= 0 && p <= 1)) {
        fn_fail(c, at, "A percentile lies between 0 and 1: %g does not.", p);
    } else if (cont && is_number(b->sorted[0]->value[0])) {
        sqlite3_result_double(c, cont_at(b, p));
    } else if (cont && is_interval(b->sorted[0]->value[0])) {
        interval_cont(c, b, p);
    } else {
        sqlite3_result_value(c, disc_at(b, p));
    }
}

// Of MEDIAN(DISTINCT x) each value counts once.
static void of_different(sqlite3_context *c, Bag *b, void (*finish)(sqlite3_context *, Bag *))
{
    if (!b->distinct) {
        finish(c, b);
        return;
    }
    Bag once = *b;
    once.sorted = bag_list(b, &once.len);
    if (once.sorted) {
        finish(c, &once);
        sqlite3_free(once.sorted);
    } else {
        sqlite3_result_error_nomem(c);
    }
}

static void cont_of(sqlite3_context *c, Bag *b)
{
    percentile(c, b, true);
}
static void disc_of(sqlite3_context *c, Bag *b)
{
    percentile(c, b, false);
}
static void finish_cont(sqlite3_context *c, Bag *b)
{
    of_different(c, b, cont_of);
}
static void finish_disc(sqlite3_context *c, Bag *b)
{
    of_different(c, b, disc_of);
}

// n + 1 values: the least, the one at each n-th part, the greatest.
static void quantiles_of(sqlite3_context *c, Bag *b)
{
    sqlite3_int64 n = sqlite3_value_int64(b->sorted[0]->value[1]);
    if (n < 1 || n > 100000) {
        fn_fail(c, b->sorted[0]->value[2], "The number of quantiles lies between 1 and 100000.");
        return;
    }
    sqlite3_str *s = new_text(c);
    sqlite3_str_appendchar(s, 1, '[');
    for (sqlite3_int64 i = 0; i <= n; i++) {
        if (i) sqlite3_str_appendchar(s, 1, ',');
        json_put(s, disc_at(b, (double)i / (double)n), b->kind[0]);
    }
    sqlite3_str_appendchar(s, 1, ']');
    json_result(c, s);
}

static void finish_quantiles(sqlite3_context *c, Bag *b)
{
    of_different(c, b, quantiles_of);
}

// --- One of the values ---

static void finish_mode(sqlite3_context *c, Bag *b)
{
    size_t best = 0, most = 0;
    for (size_t i = 0, run = 0; i < b->len; i += run) {
        run = 1;
        while (i + run < b->len &&
               value_compare(b->sorted[i]->value[0], b->sorted[i + run]->value[0], b->text) == 0)
            run++;
        if (run > most) most = run, best = i;
    }
    sqlite3_result_value(c, b->sorted[best]->value[0]);
}

static void finish_first(sqlite3_context *c, Bag *b)
{
    sqlite3_result_value(c, b->sorted[0]->value[0]);
}
static void finish_last(sqlite3_context *c, Bag *b)
{
    sqlite3_result_value(c, b->sorted[b->len - 1]->value[0]);
}
static void finish_by(sqlite3_context *c, Bag *b) // y, x: the x of the first y
{
    sqlite3_result_value(c, b->sorted[0]->value[1]);
}

// x, n: the n-th of the frame, from its start or (n < 0) its end.
static void finish_nth(sqlite3_context *c, Bag *b)
{
    sqlite3_int64 n = sqlite3_value_int64(b->sorted[b->len - 1]->value[1]);
    sqlite3_int64 at = n < 0 ? (sqlite3_int64)b->len + n : n - 1;
    if (n == 0 || at < 0 || at >= (sqlite3_int64)b->len) return;
    sqlite3_result_value(c, b->sorted[at]->value[0]);
}

// --- Sums over different values, as window functions too ---

static void total(sqlite3_context *c, Bag *b, bool mean)
{
    size_t len;
    BagRow **at = bag_list(b, &len);
    if (!at) {
        sqlite3_result_error_nomem(c);
        return;
    }
    double sum = 0;
    sqlite3_int64 whole = 0;
    bool real = mean;
    for (size_t i = 0; i < len; i++) {
        sqlite3_value *v = at[i]->value[0];
        sum += sqlite3_value_double(v);
        real = real || sqlite3_value_type(v) != SQLITE_INTEGER;
        real = real || __builtin_add_overflow(whole, sqlite3_value_int64(v), &whole);
    }
    sqlite3_free(at);
    if (real) {
        sqlite3_result_double(c, mean ? sum / (double)len : sum);
    } else {
        sqlite3_result_int64(c, whole);
    }
}

static void finish_product(sqlite3_context *c, Bag *b)
{
    size_t len;
    BagRow **at = bag_list(b, &len);
    double product = 1;
    for (size_t i = 0; at && i < len; i++) product *= sqlite3_value_double(at[i]->value[0]);
    sqlite3_free(at);
    if (at) {
        sqlite3_result_double(c, product);
    } else {
        sqlite3_result_error_nomem(c);
    }
}

static void finish_sum(sqlite3_context *c, Bag *b)
{
    total(c, b, false);
}
static void finish_avg(sqlite3_context *c, Bag *b)
{
    total(c, b, true);
}
static void finish_count(sqlite3_context *c, Bag *b)
{
    size_t len;
    BagRow **at = bag_list(b, &len);
    sqlite3_free(at);
    if (at) {
        sqlite3_result_int64(c, (sqlite3_int64)len);
    } else {
        sqlite3_result_error_nomem(c);
    }
}

static const BagFn array = {.values = 1, .finish = finish_array, .keeps_nulls = true},
                   avg = {.values = 1, .finish = finish_avg},
                   by = {.values = 2, .finish = finish_by},
                   count = {.values = 1, .finish = finish_count, .counts = true},
                   first = {.values = 1, .finish = finish_first, .keeps_nulls = true},
                   last = {.values = 1, .finish = finish_last, .keeps_nulls = true},
                   mode = {.values = 1, .finish = finish_mode},
                   nth = {.values = 2, .finish = finish_nth, .keeps_nulls = true},
                   object = {.values = 2, .finish = finish_object},
                   cont = {.values = 3, .finish = finish_cont},
                   disc = {.values = 3, .finish = finish_disc},
                   product = {.values = 1, .finish = finish_product},
                   quantiles = {.values = 3, .finish = finish_quantiles},
                   string = {.values = 2, .finish = finish_string},
                   sum = {.values = 1, .finish = finish_sum};

#define BAG(text, row)                                                                             \
    {                                                                                              \
        .name = text, .args = -1, .step = bag_step, .inverse = bag_inverse, .value = bag_value,    \
        .final = bag_final, .data = &(row)                                                         \
    }
static const QueryFn rows[] = {
    BAG("gr_array_agg", array),
    BAG("gr_avg", avg),
    BAG("gr_by", by),
    BAG("gr_count", count),
    BAG("gr_first", first),
    BAG("gr_last", last),
    BAG("gr_mode", mode),
    BAG("gr_nth", nth),
    BAG("gr_object_agg", object),
    BAG("gr_percentile_cont", cont),
    BAG("gr_percentile_disc", disc),
    BAG("gr_product", product),
    BAG("gr_quantiles", quantiles),
    BAG("gr_string_agg", string),
    BAG("gr_sum", sum),
};
const QueryFns fn_ordered = {rows, sizeof rows / sizeof *rows};
