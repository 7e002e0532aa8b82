// fn_statistics: deviations, correlations, regressions and moments of higher order, over groups and
// moving frames.
//
// Sums of powers are kept, of values less the first one, in pairs of doubles (about 106 bits:
// Dekker 1971, "A floating-point technique for extending the available precision"): a value that
// leaves the frame is taken out again, and as long as values are within some 10^10 of each other
// the textbook formulas lose nothing that a double could show.
#include "query/fn.h"
#include <math.h>

// --- Pairs: high + low ---

typedef struct {
    double high, low;
} Pair;

static Pair two_sum(double a, double b)
{
    double s = a + b, part = s - a;
    return (Pair){s, (a - (s - part)) + (b - part)};
}
static Pair pair_add(Pair a, Pair b)
{
    Pair s = two_sum(a.high, b.high);
    double low = s.low + a.low + b.low;
    double high = s.high + low;
    return (Pair){high, low - (high - s.high)};
}
static Pair pair_of(double x)
{
    return (Pair){x, 0};
}
static Pair pair_multiply(Pair a, Pair b)
{
    double p = a.high * b.high, e = fma(a.high, b.high, -p);
    e += a.high * b.low + a.low * b.high;
    double high = p + e;
    return (Pair){high, e - (high - p)};
}
static Pair pair_scale(Pair a, double by)
{
    return pair_multiply(a, pair_of(by));
}
static Pair pair_less(Pair a, Pair b)
{
    return pair_add(a, (Pair){-b.high, -b.low});
}
static double pair_number(Pair a)
{
    return a.high + a.low;
}

// --- What is kept ---

typedef struct {
    sqlite3_int64 n;
    bool started;
    double x0, y0; // the first values: sums are of differences to them
    Pair x, xx, xxx, xxxx, y, yy, xy;
} Sums;

static void add_times(Pair *to, Pair what, double sign)
{
    *to = pair_add(*to, pair_scale(what, sign));
}

static void change(Sums *s, double x, double y, int sign)
{
    if (!s->started) s->x0 = x, s->y0 = y, s->started = true;
    Pair a = two_sum(x, -s->x0), b = two_sum(y, -s->y0), aa = pair_multiply(a, a);
    s->n += sign;
    add_times(&s->x, a, sign);
    add_times(&s->y, b, sign);
    add_times(&s->xx, aa, sign);
    add_times(&s->yy, pair_multiply(b, b), sign);
    add_times(&s->xy, pair_multiply(a, b), sign);
    add_times(&s->xxx, pair_multiply(aa, a), sign);
    add_times(&s->xxxx, pair_multiply(aa, aa), sign);
    if (s->n == 0) *s = (Sums){0};
}

// Of y and x where there are two: regressions name the dependent one first.
static void take(sqlite3_context *c, int n, sqlite3_value **v, int sign)
{
    Sums *s = sqlite3_aggregate_context(c, sizeof *s);
    if (!s) {
        sqlite3_result_error_nomem(c);
    } else if (!fn_any_null(n, v)) {
        double first = sqlite3_value_double(v[0]);
        if (n == 1) {
            change(s, first, 0, sign);
        } else {
            change(s, sqlite3_value_double(v[1]), first, sign);
        }
    }
}
static void step(sqlite3_context *c, int n, sqlite3_value **v)
{
    take(c, n, v, 1);
}
static void inverse(sqlite3_context *c, int n, sqlite3_value **v)
{
    take(c, n, v, -1);
}

// --- What is asked: sums of squares and products about the mean ---

// S(ab) = sum(ab) - sum(a) sum(b) / n
static double about_mean(const Sums *s, Pair ab, Pair a, Pair b)
{
    Pair n = pair_scale(pair_multiply(a, b), 1.0 / (double)s->n);
    // 1/n is rounded: what that leaves is put right by one step.
    Pair product = pair_multiply(a, b), rest = pair_less(product, pair_scale(n, (double)s->n));
    n = pair_add(n, pair_scale(rest, 1.0 / (double)s->n));
    return pair_number(pair_less(ab, n));
}
static double sxx(const Sums *s)
{
    double v = about_mean(s, s->xx, s->x, s->x);
    return v > 0 ? v : 0;
}
static double syy(const Sums *s)
{
    double v = about_mean(s, s->yy, s->y, s->y);
    return v > 0 ? v : 0;
}
static double sxy(const Sums *s)
{
    return about_mean(s, s->xy, s->x, s->y);
}
static double mean_x(const Sums *s)
{
    return s->x0 + pair_number(s->x) / (double)s->n;
}
static double mean_y(const Sums *s)
{
    return s->y0 + pair_number(s->y) / (double)s->n;
}

typedef double Formula(const Sums *s); // NAN = NULL

static double var_pop(const Sums *s)
{
    return sxx(s) / (double)s->n;
}
static double var_samp(const Sums *s)
{
    return s->n < 2 ? NAN : sxx(s) / (double)(s->n - 1);
}
static double stddev_pop(const Sums *s)
{
    return sqrt(var_pop(s));
}
static double stddev_samp(const Sums *s)
{
    return sqrt(var_samp(s));
}
static double covar_pop(const Sums *s)
{
    return sxy(s) / (double)s->n;
}
static double covar_samp(const Sums *s)
{
    return s->n < 2 ? NAN : sxy(s) / (double)(s->n - 1);
}
static double corr(const Sums *s)
{
    double x = sxx(s), y = syy(s);
    if (x <= 0 || y <= 0) return NAN;
    double r = sxy(s) / (sqrt(x) * sqrt(y));
    return r > 1 ? 1 : r < -1 ? -1 : r;
}
static double regr_slope(const Sums *s)
{
    return sxx(s) > 0 ? sxy(s) / sxx(s) : NAN;
}
static double regr_intercept(const Sums *s)
{
    return sxx(s) > 0 ? mean_y(s) - mean_x(s) * (sxy(s) / sxx(s)) : NAN;
}
static double regr_r2(const Sums *s) // the standard: 1 where y does not vary, NULL where x does not
{
    double x = sxx(s), y = syy(s), xy = sxy(s);
    return x <= 0 ? NAN : y <= 0 ? 1 : xy * xy / (x * y);
}

// The third and fourth sums about the mean, by the binomial theorem from those about x0.
static double third(const Sums *s)
{
    double n = (double)s->n, m = pair_number(s->x) / n;
    Pair p = pair_add(s->xxx, pair_scale(s->xx, -3 * m));
    p = pair_add(p, pair_scale(pair_scale(s->x, 2 * m), m));
    return pair_number(p);
}
static double fourth(const Sums *s)
{
    double n = (double)s->n, m = pair_number(s->x) / n;
    Pair p = pair_add(s->xxxx, pair_scale(s->xxx, -4 * m));
    p = pair_add(p, pair_scale(pair_scale(s->xx, 6 * m), m));
    p = pair_add(p, pair_scale(pair_scale(pair_scale(s->x, -3 * m), m), m));
    return pair_number(p);
}
// Joanes and Gill 1998, "Comparing measures of sample skewness and kurtosis": g1, G1, g2, G2.
static double skew_pop(const Sums *s)
{
    double v = var_pop(s);
    return v > 0 ? third(s) / (double)s->n / (v * sqrt(v)) : NAN;
}
static double skew_samp(const Sums *s)
{
    double n = (double)s->n;
    return s->n < 3 ? NAN : skew_pop(s) * sqrt(n * (n - 1)) / (n - 2);
}
static double kurtosis_pop(const Sums *s)
{
    double v = var_pop(s);
    return v > 0 ? fourth(s) / (double)s->n / (v * v) - 3 : NAN;
}
static double kurtosis_samp(const Sums *s)
{
    double n = (double)s->n;
    return s->n < 4 ? NAN : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * kurtosis_pop(s) + 6);
}

typedef struct {
    Formula *of;
} Measure;

static void value(sqlite3_context *c)
{
    const Measure *m = sqlite3_user_data(c);
    const Sums *s = sqlite3_aggregate_context(c, 0);
    double v = s && s->n > 0 ? m->of(s) : NAN;
    if (!isnan(v)) sqlite3_result_double(c, v);
}

static void regr_count(sqlite3_context *c)
{
    const Sums *s = sqlite3_aggregate_context(c, 0);
    sqlite3_result_int64(c, s ? s->n : 0);
}

#define MEASURE(text, n, formula)                                                                  \
    {                                                                                              \
        .name = text, .args = n, .step = step, .inverse = inverse, .value = value, .final = value, \
        .data = &(const Measure)                                                                   \
        {                                                                                          \
            formula                                                                                \
        }                                                                                          \
    }
static const QueryFn rows[] = {
    MEASURE("gr_corr", 2, corr),
    MEASURE("gr_covar_pop", 2, covar_pop),
    MEASURE("gr_covar_samp", 2, covar_samp),
    MEASURE("gr_kurtosis_pop", 1, kurtosis_pop),
    MEASURE("gr_kurtosis_samp", 1, kurtosis_samp),
    MEASURE("gr_regr_avgx", 2, mean_x),
    MEASURE("gr_regr_avgy", 2, mean_y),
    {.name = "gr_regr_count",
     .args = 2,
     .step = step,
     .inverse = inverse,
     .value = regr_count,
     .final = regr_count},
    MEASURE("gr_regr_intercept", 2, regr_intercept),
    MEASURE("gr_regr_r2", 2, regr_r2),
    MEASURE("gr_regr_slope", 2, regr_slope),
    MEASURE("gr_regr_sxx", 2, sxx),
    MEASURE("gr_regr_sxy", 2, sxy),
    MEASURE("gr_regr_syy", 2, syy),
    MEASURE("gr_skewness_pop", 1, skew_pop),
    MEASURE("gr_skewness_samp", 1, skew_samp),
    MEASURE("gr_stddev_pop", 1, stddev_pop),
    MEASURE("gr_stddev_samp", 1, stddev_samp),
    MEASURE("gr_var_pop", 1, var_pop),
    MEASURE("gr_var_samp", 1, var_samp),
};
const QueryFns fn_statistics = {rows, sizeof rows / sizeof *rows};
