// sketch: HyperLogLog: registers, estimate and text.
#include "query/sketch.h"
#include <math.h>
#include <string.h>

static void raise(Sketch *s, uint64_t hash)
{
    size_t at = (size_t)(hash >> (64 - SKETCH_BITS));
    uint64_t rest = hash << SKETCH_BITS;
    uint8_t rank = 1;
    while (rank <= 64 - SKETCH_BITS && !(rest >> 63)) {
        rank++;
        rest <<= 1;
    }
    if (s->rank[at] < rank) s->rank[at] = rank;
}

static void make_dense(Sketch *s)
{
    if (s->dense) return;
    s->dense = true;
    for (size_t i = 0; i < s->count; i++) raise(s, s->hash[i]);
    s->count = 0;
}

void sketch_add(Sketch *s, uint64_t hash)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->hash[mid] < hash) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool known = !s->dense && low < s->count && s->hash[low] == hash;
    if (known) return;
    if (!s->dense && s->count == SKETCH_EXACT) make_dense(s);
    if (s->dense) {
        raise(s, hash);
        return;
    }
    memmove(s->hash + low + 1, s->hash + low, (s->count - low) * sizeof *s->hash);
    s->hash[low] = hash;
    s->count++;
}

void sketch_merge(Sketch *s, const Sketch *other)
{
    for (size_t i = 0; i < other->count; i++) sketch_add(s, other->hash[i]);
    if (!other->dense) return;
    make_dense(s);
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
        if (s->rank[i] < other->rank[i]) s->rank[i] = other->rank[i];
    }
}

// --- The estimate: Ertl 2017, "New cardinality estimation algorithms for HyperLogLog sketches",
// algorithm 6: it needs no tables of bias and no switch to linear counting.

static double sigma(double x)
{
    if (x >= 1) return INFINITY;
    double y = 1, z = x, before;
    do {
        x *= x;
        before = z;
        z += x * y;
        y += y;
    } while (z > before);
    return z;
}

static double tau(double x)
{
    if (x <= 0 || x >= 1) return 0;
    double y = 1, z = 1 - x, before;
    do {
        x = sqrt(x);
        before = z;
        y *= 0.5;
        z -= (1 - x) * (1 - x) * y;
    } while (z < before);
    return z / 3;
}

int64_t sketch_estimate(const Sketch *s)
{
    if (!s->dense) return (int64_t)s->count;
    enum { Q = 64 - SKETCH_BITS };
    double m = SKETCH_REGISTERS, count[Q + 2] = {0};
    for (size_t i = 0; i < SKETCH_REGISTERS; i++) count[s->rank[i]]++;
    double z = m * tau(1 - count[Q + 1] / m);
    for (int k = Q; k >= 1; k--) z = 0.5 * (z + count[k]);
    z += m * sigma(count[0] / m);
    double alpha = 0.5 / log(2.0);
    return (int64_t)llround(alpha * m * m / z);
}

// --- Its text ---

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t encode(const uint8_t *bytes, size_t n, char *out)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t b = (uint32_t)bytes[i] << 16;
        if (i + 1 < n) b |= (uint32_t)bytes[i + 1] << 8;
        if (i + 2 < n) b |= bytes[i + 2];
        out[at++] = digits[b >> 18];
        out[at++] = digits[b >> 12 & 63];
        out[at++] = i + 1 < n ? digits[b >> 6 & 63] : '=';
        out[at++] = i + 2 < n ? digits[b & 63] : '=';
    }
    return at;
}

static bool decode(Str text, uint8_t *out, size_t room, size_t *len)
{
    *len = 0;
    if (text.len % 4) return false;
    for (size_t i = 0; i < text.len; i += 4) {
        uint32_t b = 0;
        int pad = 0;
        for (size_t k = 0; k < 4; k++) {
            char c = text.ptr[i + k];
            const char *d = c ? strchr(digits, c) : NULL;
            bool ends = c == '=' && k >= 2 && i + 4 == text.len;
            if (!d && !ends) return false;
            if (d && pad) return false;
            pad += ends;
            b = b << 6 | (d ? (uint32_t)(d - digits) : 0);
        }
        for (int k = 0; k < 3 - pad; k++) {
            if (*len == room) return false;
            out[(*len)++] = (uint8_t)(b >> (16 - 8 * k));
        }
    }
    return true;
}

size_t sketch_write(const Sketch *s, char *text)
{
    uint8_t bytes[1 + SKETCH_REGISTERS] = {s->dense};
    size_t n = 1;
    for (size_t i = 0; i < s->count; i++) {
        for (int k = 56; k >= 0; k -= 8) bytes[n++] = (uint8_t)(s->hash[i] >> k);
    }
    if (s->dense) {
        memcpy(bytes + 1, s->rank, SKETCH_REGISTERS);
        n = sizeof bytes;
    }
    memcpy(text, "HLL1:", 5);
    size_t len = 5 + encode(bytes, n, text + 5);
    text[len] = '\0';
    return len;
}

bool sketch_read(Str text, Sketch *out)
{
    *out = (Sketch){0};
    uint8_t bytes[1 + SKETCH_REGISTERS];
    size_t n;
    if (!str_starts(text, S("HLL1:"))) return false;
    if (!decode(str_slice(text, 5, text.len), bytes, sizeof bytes, &n) || !n) return false;
    if (bytes[0] == 1 && n == sizeof bytes) {
        out->dense = true;
        for (size_t i = 0; i < SKETCH_REGISTERS; i++) {
            uint8_t rank = bytes[1 + i], most = 64 - SKETCH_BITS + 1;
            out->rank[i] = rank < most ? rank : most;
        }
        return true;
    }
    if (bytes[0] != 0 || (n - 1) % 8) return false;
    for (size_t at = 1; at < n; at += 8) {
        uint64_t hash = 0;
        for (size_t k = 0; k < 8; k++) hash = hash << 8 | bytes[at + k];
        sketch_add(out, hash);
    }
    return true;
}
