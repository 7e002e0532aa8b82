// chance: normal and lognormal numbers and weighted picks that are the same on every machine.
//
// Only + - * / on doubles, in a fixed order: exp and log of libm differ between machines.
#ifndef WAREHOUSE_CHANCE_H
#define WAREHOUSE_CHANCE_H
#include "base/arena.h"
#include <stdint.h>

double chance_exp(double x);        // e^x for |x| <= 700, good to some 14 digits
double chance_normal(uint64_t key); // standard normal, |z| <= 6: twelve uniforms summed
double chance_lognormal(uint64_t key, double sigma); // median 1

// Picks index i with probability weight[i] / sum, in constant time (Walker 1977, built as Vose
// 1991).
typedef struct {
    size_t len;
    double *keep;    // probability to stay at the slot …
    uint32_t *other; // … else this one
} Sampler;
// Weights >= 0, at least one above 0; `weight` is not kept.
Sampler sampler_new(Arena *a, const double *weight, size_t len);
size_t sampler_pick(const Sampler *s, uint64_t random);
#endif
