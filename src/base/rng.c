// rng: splitmix64's finaliser over (seed, stream, counter).
#include "base/rng.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t counter)
{
    const uint64_t golden = 0x9e3779b97f4a7c15u; // 2^64 / phi: splitmix64's increment
    uint64_t key = mix(seed + golden) ^ mix(stream * golden + 1);
    return mix(key + (counter + 1) * golden);
}

uint64_t rng_next(Rng *r)
{
    return rng_at(r->seed, r->stream, r->counter++);
}

// Lemire's multiply-shift; the bias is below n / 2^64.
uint64_t rng_below(Rng *r, uint64_t n)
{
    uint64_t x = rng_next(r);
    uint64_t high = (x >> 32) * (n & 0xffffffffu), low = (x & 0xffffffffu) * (n & 0xffffffffu);
    uint64_t carry = (high + (low >> 32)) >> 32;
    return n >> 32 ? x % n : carry; // n beyond 32 bits is rare: modulo's bias is n / 2^64 as well
}

int64_t rng_between(Rng *r, int64_t low, int64_t high)
{
    if (high <= low) return low;
    uint64_t width = (uint64_t)high - (uint64_t)low + 1;
    return (int64_t)((uint64_t)low + (width ? rng_below(r, width) : rng_next(r)));
}

double rng_unit(Rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}
