// chance: e^x by halving and a series, the normal as a sum of uniforms, the alias method.
#include "warehouse/chance.h"
#include "base/check.h"
#include "base/rng.h"
#include <string.h>

double chance_exp(double x)
{
    const double ln2_high = 0x1.62e42fefa38p-1, ln2_low = 0x1.ef35793c7673p-45;
    CHECK(x >= -700 && x <= 700);
    double halves = x / (ln2_high + ln2_low);
    int64_t k = (int64_t)(halves + (halves < 0 ? -0.5 : 0.5));
    double r = (x - (double)k * ln2_high) - (double)k * ln2_low; // |r| <= ln 2 / 2
    double sum = 1;
    for (int i = 13; i >= 1; i--) sum = 1 + r / i * sum;
    uint64_t bits = (uint64_t)(k + 1023) << 52; // 2^k
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return sum * scale;
}

double chance_normal(uint64_t key)
{
    int64_t sum = 0;
    for (uint64_t i = 0; i < 3; i++) {
        uint64_t x = rng_at(key, 0, i);
        sum += (int64_t)((x & 0xffff) + (x >> 16 & 0xffff) + (x >> 32 & 0xffff) + (x >> 48));
    }
    return (double)(sum - 6 * 0xffff) / 0x1p16;
}

double chance_lognormal(uint64_t key, double sigma)
{
    return chance_exp(sigma * chance_normal(key));
}

Sampler sampler_new(Arena *a, const double *weight, size_t len)
{
    CHECK(len > 0 && len < UINT32_MAX);
    Sampler s = {.len = len};
    s.keep = arena_array(a, double, len);
    s.other = arena_array(a, uint32_t, len);
    Arena scratch = {0};
    uint32_t *stack = arena_array(&scratch, uint32_t, len); // small ones below, large ones above
    size_t small = 0, large = len;
    double sum = 0;
    for (size_t i = 0; i < len; i++) sum += weight[i];
    CHECK(sum > 0);
    for (size_t i = 0; i < len; i++) {
        s.keep[i] = weight[i] * (double)len / sum;
        s.other[i] = (uint32_t)i;
        stack[s.keep[i] < 1 ? small++ : --large] = (uint32_t)i;
    }
    while (small > 0 && large < len) {
        uint32_t poor = stack[--small], rich = stack[large];
        s.other[poor] = rich;
        s.keep[rich] -= 1 - s.keep[poor];
        if (s.keep[rich] < 1) {
            large++;
            stack[small++] = rich;
        }
    }
    // What is left is 1 but for rounding.
    while (small > 0) s.keep[stack[--small]] = 1;
    while (large < len) s.keep[stack[large++]] = 1;
    arena_free(&scratch);
    return s;
}

size_t sampler_pick(const Sampler *s, uint64_t random)
{
    uint64_t slot = (random >> 32) * s->len >> 32;
    double unit = (double)(random & 0xffffffff) * 0x1p-32;
    return unit < s->keep[slot] ? (size_t)slot : s->other[slot];
}
