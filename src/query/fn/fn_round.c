// fn_round: decimal rounding of doubles.
#include "query/fn_number.h"
#include <math.h>

enum { PLACES_MOST = 22 }; // powers of ten up to here are exact

static double power_of_ten(long long n)
{
    double p = 1;
    while (n-- > 0) p *= 10;
    return p;
}

// v times 10^places: exact where it is a whole number or a tie to 15 digits.
static double scaled(double v, long long places)
{
    double t = places >= 0 ? v * power_of_ten(places) : v / power_of_ten(-places);
    double twice = round(t * 2);
    double hair = fabs(t) * 1e-15;
    return fabs(t * 2 - twice) <= 2 * hair ? twice / 2 : t;
}

static double apply(double v, long long places, double (*f)(double))
{
    if (!isfinite(v) || places > PLACES_MOST) return v;
    if (places < -PLACES_MOST) return 0;
    double t = scaled(v, places);
    if (!isfinite(t) || fabs(t) > 4e15) return v; // has no such places
    t = f(t);
    double r = places >= 0 ? t / power_of_ten(places) : t * power_of_ten(-places);
    return r == 0 ? 0 : r; // no -0.0
}

double round_places(double v, long long places)
{
    return apply(v, places, round);
}
double even_places(double v, long long places)
{
    return apply(v, places, nearbyint);
}
double cut_places(double v, long long places)
{
    return apply(v, places, trunc);
}
double floor_places(double v, long long places)
{
    return apply(v, places, floor);
}
double ceil_places(double v, long long places)
{
    return apply(v, places, ceil);
}
