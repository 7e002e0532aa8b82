// rng: random numbers that are the same on every machine.
//
// Counter-based: a number is a pure function of (seed, stream, counter), so any cell can be made
// without the others and shards agree. Source: splitmix64's finaliser (Steele, Lea, Flood 2014)
// over the mixed key.
#ifndef BASE_RNG_H
#define BASE_RNG_H
#include <stdint.h>

uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t counter);

typedef struct {
    uint64_t seed, stream, counter;
} Rng;
uint64_t rng_next(Rng *r);
uint64_t rng_below(Rng *r, uint64_t n); // 0 … n-1 without bias worth speaking of; n = 0 gives 0
int64_t rng_between(Rng *r, int64_t low, int64_t high); // both ends included
double rng_unit(Rng *r);                                // [0, 1), 53 bits
#endif
