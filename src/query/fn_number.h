// fn_number: rounding as decimals are rounded, though they are held as doubles.
#ifndef QUERY_FN_NUMBER_H
#define QUERY_FN_NUMBER_H

// To so many places behind the point (before it, when negative). What stands a hair off a tie or a
// whole number, as 2.675 * 100 does, is taken for it.
double round_places(double v, long long places); // half away from zero
double even_places(double v, long long places);  // half to even
double cut_places(double v, long long places);
double floor_places(double v, long long places);
double ceil_places(double v, long long places);
#endif
